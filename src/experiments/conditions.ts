/** @file The candidates that a sweep stands for: every bit-width and every pruning in every granularity. */
import { parseCompression } from '../compression/spec.ts'
import { sweepGranularity } from '../errors/experiments.ts'

/** As `--bits`, `--prune` and `--granularity` have them. */
export interface SweptConditions {
  readonly bits: readonly string[]
  /** What stands behind `prune:`: 0.175, match=rtn:6. */
  readonly prune: readonly string[]
  readonly granularities: readonly string[]
}

/** One scale per output channel, as everywhere. */
export const USUAL_GRANULARITY = 'channel'
export const PAPER_BITS = ['8', '7', '6', '5', '4'] as const

/** What a granularity adds to a spec of rounding; pruning has a layout alone. */
const RULES: readonly (readonly [granularity: RegExp, rounding: string, pruning: string])[] = [
  [/^channel$/, '', ''],
  [/^tensor$/, ',scale=tensor', ''],
  [/^group=\d+$/, ',$&', ''],
  [/^transformerlens$/, ',layout=$&', ',layout=$&'],
]

/** Candidate specs, each once. Errors: SWEEP_GRANULARITY, COMPRESSION_SPEC_MALFORMED. */
export function sweptCandidates({ bits, prune, granularities }: SweptConditions): readonly string[] {
  const specs = granularities.flatMap((granularity) => {
    const rule = RULES.find(([pattern]) => pattern.test(granularity))
    if (rule === undefined) throw sweepGranularity(granularity)
    const [pattern, rounding, pruning] = rule
    const added = (how: string): string => granularity.replace(pattern, how)
    return [
      ...bits.map((width) => `rtn:${width}${added(rounding)}`),
      ...prune.map((how) => `prune:${how}${how.includes(',layout=') ? '' : added(pruning)}`),
    ]
  })
  for (const spec of specs) parseCompression(spec)
  return [...new Set(specs)]
}
