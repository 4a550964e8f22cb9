/** @file An audit that may stop early: what it cannot do besides, what each look is of, and what is said of the last one. */
import type { AuditConfig } from '../contract/options/audit-config.ts'
import type { LooksReport } from '../contract/report/asked/looks-schema.ts'
import { untilDecidedImpossible } from '../errors/audit.ts'
import { present } from '../numbers/present.ts'
import { lookConfidence, lookGroups } from '../statistics/intervals/looks.ts'
import { groupsOf } from './rows/row-batches.ts'
import { type Refusals, refusedOf } from './run/refusals.ts'
import type { Growing, Run } from './run/run.ts'
import { beginningOf } from './text/beginning.ts'
import type { AuditTokens } from './text/tokens.ts'

/** Made anew at each look, of its part of the text, is what is not in here. */
const NOT_BY_LOOKS = {
  reference: null,
  candidate: null,
  sae: null,
  corpus: null,
  field: null,
  template: null,
  subset: null,
  seed: null,
  tokens: null,
  blockLength: null,
  lines: null,
  lineEnds: null,
  bos: null,
  // Where stored candidates say that they were calibrated on it, the text as it was opened tells (measure.ts).
  calibration: null,
  calibrationTokens: null,
  tokenizer: null,
  perplexity: {
    isAsked: ({ perplexity }) => perplexity.sliding !== null,
    why: 'sliding perplexity runs over the whole text',
  },
  matchTokens: null,
  hook: null,
  center: null,
  positions: null,
  activations: null,
  unrotate: null,
  rescale: null,
  tap: null,
  lossRecovered: {
    isAsked: ({ lossRecovered }) => lossRecovered === true,
    why: 'loss recovered is read off the whole text',
  },
  newFeatures: null,
  survivalByKind: null,
  latentScaling: null,
  explain: null,
  groups: null,
  // One is wanted, and no baseline: gate/run-audit.ts has both.
  policy: null,
  baseline: null,
  config: null,
  out: null,
  device: null,
  precision: null,
  threads: null,
  memory: null,
  weights: null,
  streamRows: null,
  untilDecided: null,
  captureCacheSize: null,
  captureRows: null,
  nullCheck: null,
  noiseFloor: {
    isAsked: ({ noiseFloor = 'none' }) => noiseFloor !== 'none',
    why: 'a noise floor is measured of the whole text',
  },
  noiseNull: {
    isAsked: ({ noiseNull }) => noiseNull === true,
    why: 'a noise floor is measured of the whole text',
  },
  allowBadFit: null,
  expectPolicy: null,
  expectReference: null,
  expectSae: null,
  expectCorpus: null,
  expectCandidate: null,
  thresholds: null,
  confidence: null,
  watched: null,
  stability: {
    isAsked: ({ stability }) => stability !== undefined,
    why: 'stability is told of the whole text',
  },
  batchSequences: null,
  diagnose: {
    isAsked: ({ diagnose }) => diagnose === true,
    why: 'errors of layers are told of the whole text',
  },
  half: null,
  attribution: {
    isAsked: ({ attribution }) => attribution !== undefined,
    why: 'attribution reads the whole text',
  },
  causal: {
    isAsked: ({ causal }) => causal !== undefined,
    why: 'causal checks choose their sequences from the whole text',
  },
} satisfies Refusals

/** Errors: UNTIL_DECIDED_IMPOSSIBLE. */
export function requireLookable(config: AuditConfig): void {
  const found = refusedOf(NOT_BY_LOOKS, config)
  if (found !== null) throw untilDecidedImpossible(found.why)
}

/** The runs of one look after the other, each over the beginning of the text. Close what `growing` holds after the last. */
export function lookRuns(run: Run, growing: Growing): readonly Run[] {
  const planned = lookGroups(groupsOf(run.tokens))
  const { confidence } = run.config
  const config = { ...run.config, confidence: lookConfidence(confidence, planned.length) }
  // In one graph rows are not kept, and all of the text would be run anew at each look.
  const rounds = { ...run.rounds, inOneGraph: false }
  return planned.map((groups, look) => ({
    ...{ ...run, config, rounds, growing },
    tokens: beginningOf(run.tokens, groups),
    looks: { planned, look, confidence },
  }))
}

/** Tokens of each look, ascending. */
export function lookTokens(tokens: AuditTokens): number[] {
  const { groupStarts, sequences } = tokens
  return lookGroups(groupsOf(tokens)).map((groups) => present(groupStarts[groups]) * sequences.blockLength)
}

/** As the report says it. */
export function looksReport({ looks }: Run): LooksReport | null {
  if (looks === null) return null
  const { planned, look, confidence } = looks
  return { planned: [...planned], taken: look + 1, confidence }
}

/** In a sentence, for the notes of a report. */
export function looksNotes({ looks, growing, tokens, config }: Run): readonly string[] {
  if (looks === null || growing === null) return []
  const { planned, look, confidence } = looks
  const [used, all] = [tokens, growing.whole].map(({ chunked }) => chunked.plan.rows)
  const percent = (of: number): string => `${Number((100 * of).toFixed(1))} %`
  const isLast = look === planned.length - 1
  const said = isLast
    ? `the whole text was looked at (look ${planned.length} of ${planned.length})`
    : `every rule was decided at look ${look + 1} of ${planned.length}, after ${used} of ${all} tokens: the rest was not run`
  return [
    planned.length === 1
      ? '--until-decided: this text has too few token groups to be looked at before its end'
      : `--until-decided: ${said}. Intervals are of ${percent(config.confidence)}, so that ${percent(confidence)} hold over all looks`,
  ]
}
