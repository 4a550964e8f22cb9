/** @file Group sums that are written down: two token groups, a dictionary of five features, two candidates. */
import type { CandidateGroupSums, GroupSums } from '../../src/audit/sums/group-sums.ts'
import type { OpenCalls, OpenReading } from '../../src/audit/sums/open-calls.ts'
import { type RowGroups, SCALES } from '../../src/audit/sums/residual-sums.ts'
import { DIVERGENCE_LEVELS } from '../../src/statistics/divergence-levels.ts'
import type { CandidateMoments, ReferenceMoments } from '../../src/statistics/features/feature-moments.ts'

const [GROUPS, WIDTH] = [2, 5]

/** Other numbers in every place. */
const numbers = (length: number, from: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => from + i / 7)
const counts = (length: number, from: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => from + i)

const reference = (from: number): ReferenceMoments => ({
  groups: GROUPS,
  width: WIDTH,
  positions: counts(GROUPS, from),
  sum: numbers(GROUPS * WIDTH, from),
  sumOfSquares: numbers(GROUPS * WIDTH, from + 10),
  firings: counts(WIDTH, from + 20),
  peak: numbers(WIDTH, from + 30),
})

/** Of a width of 3. */
const rows = (from: number): RowGroups => ({
  width: 3,
  rows: counts(GROUPS, from),
  sums: numbers(GROUPS * 3, from),
  squares: numbers(GROUPS, from + 1),
})

function moments(features: readonly number[], from: number): CandidateMoments {
  const size = GROUPS * features.length
  return {
    groups: GROUPS,
    features: Int32Array.from(features),
    sum: numbers(size, from),
    sumOfSquares: numbers(size, from + 10),
    product: numbers(size, from + 20),
    together: counts(size, from),
    either: counts(size, from + 3),
  }
}

const readings = (from: number): OpenReading => ({
  z: numbers(2, from),
  doubt: Float64Array.of(-1, from),
  exact: numbers(2, from + 1),
})

/** Two, one in each group. */
const calls = (from: number): OpenCalls => ({
  rows: counts(2, from),
  features: Float64Array.of(0, WIDTH - 1),
  tokenGroups: Float64Array.of(0, 1),
  apart: Float64Array.of(1, 0),
  reference: readings(from),
  candidate: readings(from + 7),
  skipped: 3,
  mostSequences: 4,
})

const candidate = (from: number, sliding: boolean): CandidateGroupSums => ({
  losses: { tokens: [3, 2], referenceLoss: [from, from + 1], candidateLoss: [from + 2, from + 3] },
  divergence: {
    tokens: [3, 2],
    kl: [from / 10, from / 20],
    klAbove: [2, 1].map((count) => DIVERGENCE_LEVELS.map((_, l) => (l < 40 ? count : 0))),
    agreements: [2, 1],
    klOfTokens: Float32Array.of(0.25, from, 0, -1e-7, 3),
    referenceLossOfTokens: Float32Array.of(1, from, 2, 3, 0.5),
    candidateLossOfTokens: Float32Array.of(1.5, from, 2.5, 3, 0.25),
    byKind: [
      { kind: 'digits', tokens: [1, 1], kl: [from, 0.5], agreements: [0, 1] },
      { kind: 'position-8', tokens: [0, 1], kl: [0, from / 3], agreements: [0, 0] },
    ],
    byConfidence: [0, 1, 2, 3, 4].map((b) => ({ tokens: [b, 1], kl: [from + b, b], agreements: [0, b] })),
  },
  sliding: sliding ? { tokens: [4, 4], referenceLoss: [from, 2], candidateLoss: [from, 3] } : null,
  readouts: [
    {
      moments: { first: moments([0, 4], from), rest: moments([0, 2, 4], from + 1) },
      distance: {
        apart: numbers(GROUPS, from),
        size: numbers(GROUPS, from + 1),
        cosines: numbers(GROUPS, from + 2),
        rows: counts(GROUPS, from + 3),
      },
      scaling: {
        products: numbers(GROUPS, from + 4),
        sizes: numbers(GROUPS, from + 5),
        rows: counts(GROUPS, from + 6),
      },
      calls: calls(from),
      warnings: ['said'],
    },
  ],
})

export const SUMS: GroupSums = {
  measured: {
    toolVersion: '0.0.0',
    engine: '1.0',
    device: 'cpu',
    operands: 'float32',
    reference: 'a'.repeat(64),
    tokens: 'b'.repeat(64),
    blockLength: 64,
    groups: GROUPS,
    bos: 'null',
    readouts: [{ id: 'blocks.4.hook_resid_post', sha256: 'c'.repeat(64), center: false }],
    candidates: [
      { name: 'rtn-6', made: 'rtn:6' },
      { name: 'other', made: 'd'.repeat(64) },
    ],
  },
  readouts: [
    {
      moments: { first: reference(100), rest: reference(200) },
      fit: {
        own: { ...rows(300), errors: numbers(GROUPS, 310) },
        scaled: { ...rows(320), errors: numbers(GROUPS * SCALES.length, 330) },
      },
      variance: { all: rows(340), first: rows(350) },
      calls: {
        ...calls(400),
        candidate: null,
        mostSequences: null,
        threshold: Float32Array.of(1, 2, 3, 4, 5),
      },
      warnings: ['heard'],
    },
  ],
  candidates: [candidate(1, true), candidate(2, false)],
}
