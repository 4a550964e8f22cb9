/**
 * @file action.yml and the tables of inputs and outputs in docs/action.md, written from the one table of options, so that each is
 * described once. scripts/action-table.mjs writes the files, the tests compare.
 */
import { markdownTable } from 'markdown-table'
import { stringify } from 'yaml'
import { writtenDefault } from './option-values.ts'
import { actionOutputs, auditOptions, type OptionSpec, options } from './options.ts'

/** The action runs on the runner's own Node, from the bundle. */
const RUNS = { using: 'node24', main: 'dist/action.js' } as const

const NOTE = '# Written by scripts/action-table.mjs from src/contract/options/options.ts; change it there.\n'

const inputs = options.filter(
  (option): option is typeof option & { readonly input: string } => option.input !== null,
)
const isAudit = (option: OptionSpec): boolean => auditOptions.some((one) => one.name === option.name)

/** An audit's defaults are not the manifest's: an input that is not set leaves saegate.yaml its say. */
const manifestDefault = (option: OptionSpec): string | null =>
  isAudit(option) ? null : writtenDefault(option)

function described(option: OptionSpec): string {
  const many = option.multi ? ' One per line.' : ''
  const key = option.key === null ? '' : ` Overrides ${option.key} of saegate.yaml.`
  return `${option.description}${many}${key}`
}

export function actionYaml(): string {
  const manifest = {
    name: 'saegate',
    description:
      'Stops a quantized language model from shipping when perplexity looks fine and its features are gone.',
    branding: { icon: 'shield', color: 'purple' },
    inputs: Object.fromEntries(inputs.map((option) => [option.input, manifestInput(option)])),
    outputs: Object.fromEntries(actionOutputs.map(({ name, description }) => [name, { description }])),
    runs: RUNS,
  }
  return NOTE + stringify(manifest, { lineWidth: 120 })
}

function manifestInput(option: OptionSpec) {
  const value = manifestDefault(option)
  return { description: described(option), required: false, ...(value === null ? {} : { default: value }) }
}

const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ')
const quoted = (text: string | null): string => (text === null ? '' : `\`${cell(text)}\``)

export function inputsTable(): string {
  const rows = inputs.map((option) => [`\`${option.input}\``, shownDefault(option), cell(described(option))])
  return markdownTable([['Input', 'Default', 'What it says'], ...rows])
}

/** Words that stand for a default are no value, and are not quoted as one. */
const shownDefault = (option: OptionSpec): string =>
  option.absent === undefined ? quoted(writtenDefault(option)) : cell(option.absent)

export function outputsTable(): string {
  const rows = actionOutputs.map(({ name, description }) => [`\`${name}\``, cell(description)])
  return markdownTable([['Output', 'What it says'], ...rows])
}

/** The text between `<!-- NAME:begin -->` and `<!-- NAME:end -->` replaced; null where the markers are missing. */
export function withSection(text: string, name: string, section: string): string | null {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) return null
  return `${text.slice(0, from + begin.length)}\n\n${section}\n\n${text.slice(to)}`
}
