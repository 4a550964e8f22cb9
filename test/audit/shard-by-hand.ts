/** @file A shard that is written down: the only one of its audit, the group sums of sums-by-hand.ts over every feature. */
import type { Shard } from '../../src/audit/shards/shard.ts'
import type { CandidateGroupSums } from '../../src/audit/sums/group-sums.ts'
import { askedOf } from '../../src/contract/report/asked/asked.ts'
import type { AuditFrame } from '../../src/contract/shard/frame-schema.ts'
import type { CandidateMoments } from '../../src/statistics/features/feature-moments.ts'
import { sample } from '../report/sample.ts'
import { NEOX } from './golden-audit.ts'
import { SUMS } from './sums-by-hand.ts'

const { measured } = SUMS
const WIDTH = 5

/** The written numbers again and again, as many as there are features. */
function overEvery(moments: CandidateMoments): CandidateMoments {
  const long = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: measured.groups * WIDTH }, (_, i) => values[i % values.length] ?? 0)
  const { sum, sumOfSquares, product, together, either } = moments
  return {
    groups: measured.groups,
    features: Int32Array.from({ length: WIDTH }, (_, j) => j),
    sum: long(sum),
    sumOfSquares: long(sumOfSquares),
    product: long(product),
    together: long(together),
    either: long(either),
  }
}

const ofEvery = (candidate: CandidateGroupSums): CandidateGroupSums => ({
  ...candidate,
  readouts: candidate.readouts.map(({ moments: { first, rest }, ...of }) => ({
    ...of,
    moments: { first: overEvery(first), rest: overEvery(rest) },
  })),
})

const { report } = sample(48)

const frame: AuditFrame = {
  asked: askedOf(NEOX),
  tool: { ...report.tool, version: measured.toolVersion },
  confidence: 0.95,
  reference: { ...report.reference, sha256: measured.reference },
  corpus: {
    ...report.corpus,
    blockLength: measured.blockLength,
    groups: measured.groups,
    sha256: measured.tokens,
  },
  vocabulary: 512,
  reading: {
    thresholds: { survived: 0.9, damaged: 0.5, active: 0.001 },
    allowBadFit: true,
    rescale: false,
    chunked: true,
    sliding: null,
  },
  findings: [],
  warnings: { before: ['said first'], between: [], after: [] },
  places: measured.readouts.map(({ id, sha256, center }) => ({
    ...{ id, hook: id, pattern: null, sae: 'saes/one', layer: 4, width: WIDTH, modelWidth: 3 },
    ...{ architecture: 'standard', sha256, center, positions: 'skip-first', neuronpedia: null },
    claims: { l0: null, unexplained: null, model: null, contextSize: null },
  })),
  candidates: measured.candidates.map(({ name, made }) => ({
    ...{ kind: 'derived', isTurnedBack: false, name, spec: made, revision: null, sha256: null },
    ...{ compression: null, warnings: [] },
  })),
  contamination: null,
}

export const SHARD: Shard = {
  shard: 1,
  shards: 1,
  firstGroup: 0,
  sequences: 4,
  frame,
  decoderNorms: [Float64Array.of(1, 1.5, 2, 0.5, 1)],
  sums: { ...SUMS, candidates: SUMS.candidates.map(ofEvery) },
  took: {
    seconds: 1,
    streamed: {
      ranges: 0,
      rowBytes: { memory: 0, file: 0 },
      secondsWaited: 0,
      secondsStreamed: 0,
      bytesRead: 0,
      rounding: { error: 0, size: 0 },
    },
  },
}
