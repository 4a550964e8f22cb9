/** @file `saegate saes`: which published dictionaries are known of a model, and how each is named. Nothing is fetched. */
import { Command, Option } from 'commander'
import { saesModelUnknown } from '../../errors/sae.ts'
import { jsonText } from '../../escape/json-text.ts'
import { nearestName } from '../../models/nearest-name.ts'
import { type KnownDictionary, knownDictionaries, knownModels, modelNamed } from '../../sae/known/listing.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { refuseRepeats } from '../repeats.ts'

const EXAMPLES = `
A * in what --sae takes stands for several; "…/layer_*/width_16k/canonical" names one of each layer of Gemma Scope.

Examples:
  $ saegate saes
  $ saegate saes --model hf:google/gemma-2-2b
  $ saegate saes --model gpt2 --format json
`

export function saesCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('saes')
    .description('List the published dictionaries that are known of a model, with what --sae takes.')
    .option('--model <MODEL>', 'hf:owner/name of the reference; without it models are counted')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES)
  refuseRepeats(command)
  return command.action((given: { model?: string; format: string }) => {
    const model = given.model === undefined ? null : known(given.model)
    const found = knownDictionaries(model)
    if (given.format === 'json') host.stdout.data(`${jsonText(found, true)}\n`)
    else host.stdout.write(model === null ? modelsText(found) : dictionariesText(model, found))
    setStatus(0)
  })
}

/** Errors: SAES_MODEL_UNKNOWN. */
function known(text: string): string {
  const model = modelNamed(text)
  if (model === null) throw saesModelUnknown(text, nearestName(text.replace(/^hf:/, ''), knownModels()) ?? '')
  return model
}

function modelsText(all: readonly KnownDictionary[]): string {
  const rows = knownModels().map((model) => {
    const own = all.filter((one) => one.model === model)
    return [model, String(own.length), range(own.map(({ layer }) => layer)), widths(own)]
  })
  return table(['model', 'dictionaries', 'layers', 'features'], rows)
}

function dictionariesText(model: string, found: readonly KnownDictionary[]): string {
  const rows = found.map(({ spec, hook, width, l0, neuronpedia }) => [
    spec,
    hook,
    String(width),
    l0 === null ? '–' : String(l0),
    neuronpedia ?? '–',
  ])
  return `${model}: ${found.length} dictionaries\n${table(['--sae', 'hook', 'features', 'L0', 'Neuronpedia'], rows)}`
}

const range = (numbers: readonly number[]): string => `${Math.min(...numbers)} to ${Math.max(...numbers)}`

function widths(found: readonly KnownDictionary[]): string {
  const all = [...new Set(found.map(({ width }) => width))].sort((a, b) => a - b)
  return all.length === 1 ? String(all[0]) : `${all[0]} to ${all.at(-1)}`
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows]
  const sizes = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(sizes[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
