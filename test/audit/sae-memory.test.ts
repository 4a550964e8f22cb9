/** @file What a plan counts of a dictionary against what the audit's own code makes: arrays' bytes, and what graphs hand to the engine. */
import { expect, it } from 'vitest'
import { referenceGraph } from '../../src/audit/encoding/feature-graph.ts'
import { featureSumGraph } from '../../src/audit/encoding/rebuild.ts'
import { slabWeights } from '../../src/audit/encoding/tile-weights.ts'
import { runSize } from '../../src/audit/machine/run-size.ts'
import { featuresPeak, keptFeatures, type SaeSize } from '../../src/audit/plan/sae-memory.ts'
import { storedEncoder } from '../../src/audit/run/stored-encoder.ts'
import { decoderNorms } from '../../src/sae/dictionary.ts'
import {
  addCandidateMoments,
  addReferenceMoments,
  emptyCandidateMoments,
  emptyReferenceMoments,
} from '../../src/statistics/features/feature-moments.ts'
import { featureReplicates } from '../../src/statistics/features/half-correlations.ts'

const [D, F, G] = [16, 1200, 8]
const ACTIVE = Int32Array.from({ length: 300 }, (_, k) => 4 * k)
const size: SaeSize = {
  id: 'hook',
  features: F,
  summed: 'active',
  active: ACTIVE.length,
  encoder: 4 * D * F,
  range: 4 * D * F,
  column: 4 * D,
  row: 4 * D,
  isGiven: true,
  waiting: null,
  tile: 480,
  preActivations: 4 * 512 * 480,
  copies: 1,
  tokenGroups: G,
  candidates: 1,
}
const encoder = {
  d_in: D,
  input: 'plain',
  W_enc: new Float32Array(D * F).fill(0.5),
  bias: new Float32Array(F),
  threshold: new Float32Array(F).fill(1),
  activatesBy: 'feature',
} as const
const W_dec = new Float32Array(F * D).fill(0.25)

/** Bytes of every typed array in a value, each buffer once. */
function bytesOf(value: unknown, seen = new Set<ArrayBufferLike>()): number {
  if (ArrayBuffer.isView(value)) {
    if (seen.has(value.buffer)) return 0
    seen.add(value.buffer)
    return value.byteLength
  }
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, one) => sum + bytesOf(one, seen), 0)
}

it('counts the sums of the reference and of a candidate as they are made', async () => {
  const [first, rest] = [emptyReferenceMoments(G, F), emptyReferenceMoments(G, F)]
  const stored = await storedEncoder({
    d_in: D,
    d_sae: F,
    input: 'plain',
    b_dec: new Float32Array(D),
    applyBDecToInput: false,
    encoder: {
      activatesBy: 'feature',
      W_enc: async () => encoder.W_enc,
      b_enc: encoder.bias,
      threshold: encoder.threshold,
    },
  })
  const norms = await decoderNorms({ b_dec: new Float32Array(D), d_sae: F, W_dec: async () => W_dec })
  const reference = bytesOf({ first, rest, counted: addReferenceMoments(first, rest), stored, norms })
  const planned = keptFeatures(size)
  expect(planned.reference).toBeGreaterThanOrEqual(reference)
  expect(planned.reference).toBeLessThan(1.1 * reference)

  const [leading, others] = [emptyCandidateMoments(G, ACTIVE), emptyCandidateMoments(G, ACTIVE)]
  const counted = addCandidateMoments(leading, others)
  const halves = featureReplicates(rest, counted, ACTIVE)
  const candidate = bytesOf({ leading, others, halves })
  // Beside these there is a table, of which each feature has a row.
  expect(planned.candidates - 96 * F).toBeGreaterThanOrEqual(candidate - bytesOf(ACTIVE))
  expect(planned.candidates - 96 * F).toBeLessThan(1.1 * candidate)
  expect(featuresPeak(size, 'resident')).toBeGreaterThanOrEqual(bytesOf(counted) - bytesOf(ACTIVE))
})

it('counts the sums of a shard over every feature of every candidate, and no figures', () => {
  const every = Int32Array.from({ length: F }, (_, j) => j)
  const reference = bytesOf([emptyReferenceMoments(G, F), emptyReferenceMoments(G, F)])
  const candidate = bytesOf([emptyCandidateMoments(G, every), emptyCandidateMoments(G, every)])
  const planned = keptFeatures({ ...size, summed: 'every', candidates: 3 })
  expect(planned.candidates).toBe(3 * (candidate - bytesOf(every)))
  // Beside these there are vectors of the encoder: bias, threshold, norms.
  expect(planned.reference).toBeGreaterThan(reference)
  expect(planned.reference).toBeLessThan(1.15 * reference)
  // All columns of the encoder are cut out for the pass, and nothing is worked out afterwards.
  const manyGroups = { ...size, summed: 'every', tokenGroups: 512 } as const
  expect(featuresPeak(manyGroups, 'resident')).toBe(featuresPeak({ ...size, summed: 'every' }, 'resident'))
  expect(featuresPeak(manyGroups, 'resident')).toBeLessThan(
    featuresPeak({ ...size, tokenGroups: 512 }, 'resident'),
  )
})

it('counts no copies of weights that are given to runs, and several of those that are loaded', () => {
  const tiling = runSize({ kind: 'cpu', threads: 1, bodyType: 'float32' })
  const handed = (graph: { external: readonly { data: Uint8Array }[] }): number =>
    graph.external.reduce((sum, { data }) => sum + data.byteLength, 0)
  const slab = slabWeights({ encoder, W_dec }, [0, F]).encoder
  expect(handed(referenceGraph({ encoder, tiling, near: true }))).toBeGreaterThanOrEqual(size.encoder)
  expect(handed(referenceGraph({ encoder: slab, tiling, near: true, given: true }))).toBe(0)
  expect(handed(featureSumGraph({ encoder, W_dec }))).toBeGreaterThanOrEqual(2 * size.encoder)
  expect(handed(featureSumGraph({ encoder: slab, W_dec, given: true }))).toBe(0)
  const copies = featuresPeak({ ...size, isGiven: false }, 'resident')
  expect(copies).toBeGreaterThanOrEqual(4 * size.encoder)
})

it('counts the rows of a run in every copy of an encoder whose features fire by the row', () => {
  const { featureRows, rankedTile } = runSize({ kind: 'cpu', threads: 1, bodyType: 'float32' })
  const wide = { ...size, isGiven: false, waiting: 0, copies: 2, tile: rankedTile }
  // float32
  const preActivations = 4 * featureRows * rankedTile
  expect(featuresPeak({ ...wide, preActivations }, 'resident')).toBeGreaterThan(2 * preActivations)
  expect(featuresPeak({ ...wide, preActivations: 0 }, 'resident')).toBeLessThan(preActivations)
})
