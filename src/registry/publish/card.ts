/**
 * @file A model's card (README.md) with a verdict in it: entries of `model-index` in its front matter, and a section between two
 * marks. All else stays as its authors wrote it. Pure.
 *
 * Entries are ours by their source; they are replaced together, because the newest audit speaks of the model as it is. Sites that
 * read `model-index` merge entries of the same task, dataset, config and split, so the SAE with its hook is the config and the
 * protocol the split.
 */
import { parseDocument } from 'yaml'
import { readYaml } from '../../contract/yaml/yaml-text.ts'
import { SaegateError } from '../../errors/problem.ts'
import { registryCardUnreadable } from '../../errors/registry.ts'

/** One entry of `model-index`, before it has our name on it. */
export interface CardResult {
  readonly dataset: {
    readonly name: string
    readonly type: string
    readonly config: string
    readonly split: string
  }
  readonly metrics: readonly { readonly type: string; readonly name: string; readonly value: number }[]
}

export interface CardVerdict {
  /** owner/name */
  readonly model: string
  readonly idempotency: string
  readonly results: readonly CardResult[]
  /** Markdown. */
  readonly section: string
}

const SOURCE = { name: 'saegate', url: 'https://github.com/saegate/saegate' } as const
const END = '<!-- saegate-verdict-end -->'
const BEGIN = /<!-- saegate-verdict ([0-9a-f]{32}) -->/
const SECTION = new RegExp(`${BEGIN.source}[\\s\\S]*?${END}`)
const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n((?:[\s\S]*?\n)??)---[ \t]*(?:\r?\n|$)/
const OPENING = /^\uFEFF?---[ \t]*\r?(?:\n|$)/

/** The idempotency key of the verdict that it has; null: none. */
export const keyIn = (card: string): string | null => SECTION.exec(card)?.[1] ?? null

/** `card`: '' where there is none. Errors: REGISTRY_CARD_UNREADABLE. */
export function withVerdict(card: string, verdict: CardVerdict): string {
  const { model, idempotency, section } = verdict
  const front = FRONT_MATTER.exec(card)
  if (front === null && OPENING.test(card)) throw registryCardUnreadable(model, 'its front matter has no end')
  const body = front === null ? card : card.slice(front[0].length)
  const own = `<!-- saegate-verdict ${idempotency} -->\n${section.replaceAll('<!-- saegate-', '<!--\u2060 saegate-').trim()}\n${END}`
  const before = body.trimEnd()
  const written = SECTION.test(body)
    ? body.replace(SECTION, () => own)
    : `${before}${before === '' ? '' : '\n\n'}${own}\n`
  return `---\n${withResults(front?.[1] ?? '', verdict)}---\n${written}`
}

function withResults(yaml: string, { model, results }: CardVerdict): string {
  try {
    const { value } = readYaml('README.md', yaml)
    if (value !== null && value !== undefined && !isFields(value))
      throw registryCardUnreadable(model, 'its front matter is no list of keys')
    const index = isFields(value) && Array.isArray(value['model-index']) ? value['model-index'] : []
    const [first, ...others]: readonly unknown[] = index
    const entry = isFields(first) ? first : { name: model.slice(model.indexOf('/') + 1) }
    const there: readonly unknown[] = Array.isArray(entry.results) ? entry.results : []
    const own = results.map((one) => ({ task: { type: 'text-generation' }, ...one, source: SOURCE }))
    const document = parseDocument(yaml, { stringKeys: true, logLevel: 'error' })
    const edited = [{ ...entry, results: [...there.filter((one) => !isOurs(one)), ...own] }, ...others]
    document.set('model-index', document.createNode(edited, { aliasDuplicateObjects: false }))
    return document.toString({ lineWidth: 0 })
  } catch (error) {
    if (error instanceof SaegateError && error.code === registryCardUnreadable.code) throw error
    throw registryCardUnreadable(
      model,
      (error instanceof Error ? error.message : String(error)).replace(/\.$/, ''),
    )
  }
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isOurs = (result: unknown): boolean =>
  isFields(result) && isFields(result.source) && result.source.name === SOURCE.name
