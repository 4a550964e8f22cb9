/**
 * @file Was a report measured as the configuration here asks for? Reference, SAEs, corpus and settings are held against each
 * other by what they are called: what lies behind a name is the word of whoever measured, unless a digest is expected.
 */
import type { AuditConfig } from '../contract/options/audit-config.ts'
import { askedOf } from '../contract/report/asked/asked.ts'
import type { Report } from '../contract/report/report-schema.ts'
import { oneLine } from '../escape/visible.ts'

const MOST = 50
const MOST_CHARACTERS = 300

/** One clause per difference, `what: X is asked for, and the report has Y`; none: as asked. `config` null: nothing here says what to measure. */
export function differencesFrom(report: Report, config: AuditConfig | null): readonly string[] {
  if (config === null) return ['nothing here says which reference, SAE and corpus to measure with']
  const all = [
    ...differs('reference', config.reference, report.reference.spec),
    ...ofCandidates(report, config),
    ...ofSaes(report, config),
    ...ofCorpus(report, config),
    ...ofSettings(report, config),
  ]
  const more = all.length > MOST ? [`and ${all.length - MOST} more`] : []
  return [...all.slice(0, MOST), ...more].map((text) => oneLine(text).slice(0, MOST_CHARACTERS))
}

type Value = string | number | boolean | null

const words = (value: Value): string => (value === null ? 'none' : String(value))

const differs = (what: string, asked: Value, found: Value): readonly string[] =>
  asked === found ? [] : [`${what}: ${words(asked)} is asked for, and the report has ${words(found)}`]

/** More than are asked for may be judged; none may be left out. */
function ofCandidates({ candidates }: Report, config: AuditConfig): readonly string[] {
  return config.candidates
    .filter((asked) => !candidates.some(({ spec }) => spec === asked))
    .map((asked) => `candidates: ${asked} is asked for, and the report has none of it`)
}

/** The spec that named a read-out. */
const givenFor = ({ sae, pattern }: Report['readouts'][number]): string => pattern ?? sae

function ofSaes({ readouts }: Report, { saes, positions }: AuditConfig): readonly string[] {
  const missing = saes.flatMap(({ source, hook, center }, i) => {
    const found = readouts.filter((one) => givenFor(one) === source)
    if (found.length === 0) return [`saes[${i}]: ${source} is asked for, and the report has none of it`]
    const [first] = found
    const here = hook === null ? first : (found.find((one) => one.hook === hook) ?? first)
    // Whatever a pattern stands for is asked for alike.
    const all = here === undefined ? [] : here.pattern === undefined ? [here] : found
    return all.flatMap((here) => [
      ...(hook === null ? [] : differs(`saes[${i}].hook`, hook, here.hook)),
      ...(center === null ? [] : differs(`saes[${i}].center`, center, here.center)),
      ...(positions === 'auto' ? [] : differs(`saes[${i}]: positions`, positions, here.positions)),
    ])
  })
  const asked = new Set(saes.map(({ source }) => source))
  const added = readouts
    .filter((one) => !asked.has(givenFor(one)))
    .map(({ sae }) => `saes: ${sae} is not asked for`)
  return [...missing, ...added]
}

function ofCorpus({ corpus, asked }: Report, config: AuditConfig): readonly string[] {
  const { source, blockLength, tokens, bos } = config.corpus
  const perSequence = corpus.blockLength - (corpus.bos === null ? 0 : 1)
  const used = corpus.blocks * perSequence
  // A text may be shorter than what is asked for at most: then the report says that as much was asked for.
  const isShort = asked === undefined && tokens !== null && used + perSequence <= tokens
  return [
    ...differs('corpus', source, corpus.spec),
    ...differs('corpus.blockLength', blockLength, corpus.blockLength),
    ...(bos === 'auto' ? [] : differs('corpus.bos', bos, corpus.bos === null ? 'never' : 'always')),
    ...(isShort || (tokens !== null && used > tokens) ? differs('corpus.tokens', tokens, used) : []),
    ...(corpus.tokens === corpus.blocks * corpus.blockLength
      ? []
      : [
          `corpus.tokens: the report has ${corpus.tokens} in ${corpus.blocks} sequences of ${corpus.blockLength}`,
        ]),
  ]
}

function ofSettings(report: Report, config: AuditConfig): readonly string[] {
  if (report.asked === undefined)
    return ['settings: the report is of an older version and does not say how it was asked for']
  const here = askedOf(config)
  const there = new Map<string, Value>(Object.entries(report.asked))
  const settings = Object.entries(here).flatMap(([name, value]) =>
    differs(name, value, there.get(name) ?? null),
  )
  return [...settings, ...ofProtocol(report, config)]
}

/** What was asked for shows in the figures that are there. */
function ofProtocol({ candidates }: Report, { perplexity }: AuditConfig): readonly string[] {
  return candidates.flatMap(({ name, perplexity: { chunked, sliding } }) => [
    ...(perplexity.chunked && chunked === null ? [`perplexity: ${name} has no chunked one`] : []),
    ...(perplexity.sliding !== null &&
    (sliding?.window !== perplexity.sliding.window || sliding.stride !== perplexity.sliding.stride)
      ? [`perplexity: ${name} has no sliding=${perplexity.sliding.window}/${perplexity.sliding.stride}`]
      : []),
  ])
}
