/** @file Sums by kind of token of rows that are written by hand, against sums written out here, and what then survives at each kind. */
import { describe, expect, it } from 'vitest'
import { kindSums } from '../../src/audit/by-kind/kind-sums.ts'
import { createRowStore, type RowStore } from '../../src/audit/capture/row-store.ts'
import { TOKEN_KINDS } from '../../src/contract/token-kinds.ts'
import type { Device } from '../../src/onnx/sessions/session.ts'
import { survivalOfKind } from '../../src/statistics/features/survival-by-kind.ts'
import { RandomSource } from '../oracle/random-source.ts'
import { storedOf } from '../sae/stored.ts'

const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
const [LENGTH, SEQUENCES, GROUPS, WIDTH] = [6, 64, 16, 3]
const ROWS = LENGTH * SEQUENCES
/** Feature j fires where the jth number of a row is above 0. */
const encoder = {
  d_in: WIDTH,
  input: 'plain',
  W_enc: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
  bias: new Float32Array(WIDTH),
  threshold: null,
  activatesBy: 'feature',
} as const
const [DIGITS, RARE] = [1 << TOKEN_KINDS.indexOf('digits'), 1 << TOKEN_KINDS.indexOf('rare')]

const random = new RandomSource(5)
const reference = Float32Array.from({ length: ROWS * WIDTH }, () => random.normal())
/** By predicting row: digits, digits that are rare, or neither. */
const kindOf = (row: number): number => [DIGITS, DIGITS | RARE, 0, 0][row % 4] ?? 0
/** The probability of the reference's likeliest token. */
const sureness = (row: number): number => (row % 3 === 0 ? 0.97 : 0.3)
/** The candidate's first feature is another's where digits are predicted, and its own elsewhere. */
const candidate = reference.map((value, i) => {
  const row = Math.floor(i / WIDTH)
  return i % WIDTH === 0 && (kindOf(row) & DIGITS) !== 0 ? random.normal() : value
})
/** The last position of a sequence predicts nothing. */
const scored = Array.from({ length: ROWS }, (_, row) => row).filter((row) => row % LENGTH < LENGTH - 1)

async function storeWith(rows: Float32Array): Promise<RowStore> {
  const store = await createRowStore(ROWS, WIDTH, { bytesLeft: 1e6 })
  await store.write(0, rows)
  return store
}

async function found(features: readonly number[]) {
  const [own, other] = [await storeWith(reference), await storeWith(candidate)]
  const groupStarts = Int32Array.from({ length: GROUPS + 1 }, (_, g) => (g * SEQUENCES) / GROUPS)
  const tokens = {
    sequences: { blockLength: LENGTH, sequenceCount: SEQUENCES },
    groupStarts,
    chunked: { scored: { rows: Int32Array.from(scored) } },
    kinds: { told: ['digits', 'rare', 'special'] as const, bits: Uint32Array.from(scored, kindOf) },
  }
  const sides = { reference: { store: own, center: false }, candidate: { store: other, center: false } }
  const readout = { encoder: storedOf(encoder), positions: 'skip-first' } as const
  const asked = { features: Int32Array.from(features), confidence: scored.map(sureness), ...sides }
  const sums = await kindSums({ tokens, device: CPU }, readout, asked, () => {})
  await own.close()
  await other.close()
  return sums
}

type Counts = (row: number) => boolean
const ofKind =
  (mask: number): Counts =>
  (row) =>
    (kindOf(row) & mask) !== 0

describe('sums by kind of token', () => {
  it('are those of the rows that predict one, group by group', async () => {
    const features = [0, 2]
    const sums = await found(features)
    const kind = (name: string) => ({ by: 'kind', kind: name })
    const buckets = [0, 1, 2, 3, 4].map((bucket) => ({ by: 'confidence', bucket }))
    expect(sums.map(({ part }) => part)).toEqual([
      ...[{ by: 'all' }, kind('digits'), kind('rare'), kind('special')],
      ...buckets,
    ])
    const cases: readonly (readonly [place: number, counts: Counts])[] = [
      [0, () => true],
      [1, ofKind(DIGITS)],
      [2, ofKind(RARE)],
      [4, () => false],
      [5, (row) => sureness(row) === 0.3],
      [8, (row) => sureness(row) === 0.97],
    ]
    for (const [i, counts] of cases) {
      const { reference: r, candidate: c } = sums[i] ?? sums[0]!
      for (let g = 0; g < GROUPS; g++) {
        const rows = scored.filter(
          (row) => row % LENGTH > 0 && Math.floor(row / LENGTH / (SEQUENCES / GROUPS)) === g && counts(row),
        )
        expect(r.positions[g]).toBe(rows.length)
        for (const [k, j] of features.entries()) {
          const a = rows.map((row) => Math.max(0, reference[row * WIDTH + j] ?? 0))
          const b = rows.map((row) => Math.max(0, candidate[row * WIDTH + j] ?? 0))
          const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0)
          const at = g * features.length + k
          expect(r.sum[at]).toBeCloseTo(sum(a), 10)
          expect(r.sumOfSquares[at]).toBeCloseTo(sum(a.map((x) => x * x)), 10)
          expect(c.sum[at]).toBeCloseTo(sum(b), 10)
          expect(c.sumOfSquares[at]).toBeCloseTo(sum(b.map((x) => x * x)), 10)
          expect(c.product[at]).toBeCloseTo(sum(a.map((x, n) => x * (b[n] ?? 0))), 10)
        }
      }
    }
  })

  it('tell where a feature is lost, with an interval', async () => {
    const [whole, digits, , special] = (await found([0, 1, 2])).map((sums) =>
      survivalOfKind(sums, {
        thresholds: { survived: 0.9, damaged: 0.5, active: 0.001 },
        confidence: 0.95,
        sampling: { method: 'half-samples', documents: 1000, degrees: 'shared-part' },
      }),
    )
    expect(digits).toMatchObject({ features: 3, survived: 2 / 3 })
    expect(digits?.survivedCi?.[0]).toBeLessThanOrEqual(2 / 3)
    expect(whole?.positions).toBe(SEQUENCES * (LENGTH - 2))
    // Nothing is of that kind.
    expect(special).toEqual({
      positions: 0,
      features: 0,
      survived: null,
      survivedCi: null,
      meanCorrelation: null,
    })
  })
})
