/**
 * @file The tiled head's losses of tokens against the plain formula.
 *
 * @module-tag slow
 */
import { describe, expect, it } from 'vitest'
import { createRowStore, type RowStore } from '../../src/audit/capture/row-store.ts'
import type { StoredUnembedding } from '../../src/audit/capture/unembedding.ts'
import { tokenLosses } from '../../src/audit/losses/token-losses.ts'
import type { Unembedding } from '../../src/models/graph/head.ts'
import type { Device } from '../../src/onnx/sessions/session.ts'

const CPU: Device = { kind: 'cpu', threads: 2, bodyType: 'float32' }
const quiet = (): void => {}

/** Random logits models: hidden states and unembeddings, from a small linear congruential generator. */
function randomValues(count: number, seed: number, scale: number): Float32Array {
  let state = seed
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state / 2 ** 32 - 0.5) * scale
  })
}

async function storeOf(values: Float32Array, width: number): Promise<RowStore> {
  const store = await createRowStore(values.length / width, width, { bytesLeft: 1e9 })
  await store.write(0, values)
  return store
}

/** As if it were read from a file. */
function stored(all: Unembedding): StoredUnembedding {
  const tokens: StoredUnembedding['tokens'] = async (start, end) => ({
    ...all,
    n_vocab: end - start,
    matrix: all.matrix.slice(start * all.d_model, end * all.d_model),
    bias: all.bias?.slice(start, end) ?? null,
  })
  return { ...all, tokens }
}

/** ln-probabilities of one row, in float64. */
function naiveLogSoftmax(hidden: Float32Array, row: number, u: Unembedding): Float64Array {
  const logits = new Float64Array(u.n_vocab)
  for (let v = 0; v < u.n_vocab; v++) {
    let sum = u.bias?.[v] ?? 0
    for (let d = 0; d < u.d_model; d++)
      sum += (hidden[row * u.d_model + d] ?? 0) * (u.matrix[v * u.d_model + d] ?? 0)
    const logit = u.scale * sum
    logits[v] = u.softcap === null ? logit : u.softcap * Math.tanh(logit / u.softcap)
  }
  const top = Math.max(...logits)
  const whole = top + Math.log(logits.reduce((sum, l) => sum + Math.exp(l - top), 0))
  return logits.map((l) => l - whole)
}

const HEADS = [
  {
    title: 'one tile, shared unembedding',
    n_vocab: 700,
    own: false,
    scale: 1,
    softcap: null,
    bias: false,
    rangeBytes: 1e9,
  },
  {
    title: 'several tiles, the last shorter',
    n_vocab: 7001,
    own: false,
    scale: 1,
    softcap: null,
    bias: false,
    rangeBytes: 1e9,
  },
  {
    title: 'ranges of the vocabulary',
    n_vocab: 7001,
    own: false,
    scale: 1,
    softcap: null,
    bias: true,
    rangeBytes: 50_000,
  },
  {
    title: 'ranges of two vocabularies',
    n_vocab: 5003,
    own: true,
    scale: 0.25,
    softcap: 3,
    bias: true,
    rangeBytes: 300_000,
  },
  {
    title: 'own unembedding, scaled, soft-capped, biased',
    n_vocab: 5003,
    own: true,
    scale: 0.25,
    softcap: 3,
    bias: true,
    rangeBytes: 1e9,
  },
]

describe('the tiled head', () => {
  const [rows, d_model] = [150, 24]
  it.each(HEADS)(
    'agrees with the plain formula: $title',
    async ({ n_vocab, own, scale, softcap, bias, rangeBytes }) => {
      const make = (seed: number): Unembedding => ({
        n_vocab,
        d_model,
        type: 'float32',
        matrix: randomValues(n_vocab * d_model, seed, 2),
        bias: bias ? randomValues(n_vocab, seed + 1, 1) : null,
        scale,
        softcap,
      })
      const unembeddings = own ? [make(1), make(2)] : [make(1)]
      const models = own ? [0, 1, 1] : [0, 0, 0]
      const hidden = models.map((_, m) => randomValues(rows * d_model, 10 + m, 2))
      const scored = {
        rows: Int32Array.from({ length: rows }, (_, i) => i),
        targets: Int32Array.from({ length: rows }, (_, i) => (i * 997) % n_vocab),
        tokenGroups: new Int32Array(rows),
        tokenGroupCount: 1,
      }
      const stores = await Promise.all(hidden.map((values) => storeOf(values, d_model)))
      const head = { unembeddings: unembeddings.map(stored), models }
      const losses = await tokenLosses({ head, hidden: stores, rangeBytes }, scored, CPU, quiet)
      for (let row = 0; row < rows; row++) {
        const shares = models.map((u, m) =>
          naiveLogSoftmax(hidden[m] ?? new Float32Array(), row, unembeddings[u] ?? make(1)),
        )
        const reference = shares[0] ?? new Float64Array()
        const target = scored.targets[row] ?? 0
        expect(losses.reference[row]).toBeCloseTo(-(reference[target] ?? 0), 4)
        expect(losses.referenceTop[row]).toBeCloseTo(Math.exp(Math.max(...reference)), 5)
        for (const [c, found] of losses.candidates.entries()) {
          const candidate = shares[c + 1] ?? new Float64Array()
          const kl = reference.reduce(
            (sum, share, v) => sum + Math.exp(share) * (share - (candidate[v] ?? 0)),
            0,
          )
          expect(found.loss[row]).toBeCloseTo(-(candidate[target] ?? 0), 4)
          expect(found.kl[row]).toBeCloseTo(kl, 4)
          const agrees =
            reference.indexOf(Math.max(...reference)) === candidate.indexOf(Math.max(...candidate))
          expect(found.agrees[row]).toBe(agrees ? 1 : 0)
        }
      }
    },
  )
})
