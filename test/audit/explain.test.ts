/** @file What features are about: where they fire most, against float64 loops and the table's peaks, and which tokens they speak for. */
import { describe, expect, it } from 'vitest'
import { createRowStore } from '../../src/audit/capture/row-store.ts'
import { topRows } from '../../src/audit/explain/top-rows.ts'
import type { Encoder } from '../../src/audit/run/readout.ts'
import { openCheckpoint } from '../../src/checkpoints/open.ts'
import { tokenText } from '../../src/corpus/tokenizers/token-text.ts'
import { openTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { present } from '../../src/numbers/present.ts'
import type { Device } from '../../src/onnx/sessions/session.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { toFloat32 } from '../../src/tensors/float-tensors.ts'
import { RandomSource } from '../oracle/random-source.ts'
import { open as openDictionary } from '../sae/dictionary-files.ts'
import { groupMax, type Row, topK } from '../sae/naive.ts'
import { storedOf } from '../sae/stored.ts'
import { audit, NEOX } from './golden-audit.ts'

const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
const [D, F, K, LENGTH, SEQUENCES] = [6, 600, 6, 9, 90]
const random = new RandomSource(11)
const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal())
const [W_enc, bias, rows] = [draw(D * F), draw(F), draw(SEQUENCES * LENGTH * D)]
const jumps = Float32Array.from({ length: F }, () => 1)
const FEATURES = Int32Array.of(3, 250, 599)

const encoder = { d_in: D, input: 'plain', W_enc, bias, threshold: null } as const
const kinds: readonly (readonly [string, Encoder, (z: Row) => Row])[] = [
  ['relu', { ...encoder, activatesBy: 'feature' }, (z) => z.map((x) => Math.max(0, x))],
  [
    'jumprelu',
    { ...encoder, threshold: jumps, activatesBy: 'feature' },
    (z) => z.map((x) => (x > 1 ? x : 0)),
  ],
  ['topk', { ...encoder, activatesBy: { kind: 'topk', k: K } }, (z) => topK(z, K)],
  ['groupmax', { ...encoder, activatesBy: { kind: 'groupmax', k: 60 } }, (z) => groupMax(z, 60)],
]

/** Activations of every feature at a row. */
function activations(row: number, rule: (z: Row) => Row): Row {
  return rule(
    Array.from({ length: F }, (_, j) => {
      let z = present(bias[j])
      for (let i = 0; i < D; i++) z += present(rows[row * D + i]) * present(W_enc[i * F + j])
      return z
    }),
  )
}

describe('the rows where a feature fires most', () => {
  it.each(kinds)('%s: one of each sequence, at positions that count', async (_, of, rule) => {
    const store = await createRowStore(SEQUENCES * LENGTH, D, { bytesLeft: 1e9 })
    await store.write(0, rows)
    const counts = (position: number): boolean => position >= 2 && position % 3 !== 1
    const mask = Uint8Array.from({ length: LENGTH }, (_, position) => Number(counts(position)))
    const sequences = { counted: mask, most: 5 }
    const found = await topRows(
      { encoder: storedOf(of, 250), features: FEATURES },
      { store, center: false },
      sequences,
      CPU,
    )
    for (const [k, feature] of FEATURES.entries()) {
      const best = Array.from({ length: SEQUENCES }, (_, s) => {
        const all = Array.from({ length: LENGTH }, (__, p) => s * LENGTH + p)
        const counted = all.filter((row) => counts(row % LENGTH))
        return counted
          .map((row) => ({ row, activation: present(activations(row, rule)[feature]) }))
          .reduce((a, b) => (b.activation > a.activation ? b : a))
      })
      const wanted = best
        .filter(({ activation }) => activation > 0)
        .sort((a, b) => b.activation - a.activation)
        .slice(0, 5)
      // Of features that fire by the row only the highest columns are looked at: what is found is right, and some may be missed.
      const isRow = of.activatesBy !== 'feature'
      const rowsFound = (found[k] ?? []).map(({ row }) => row)
      if (isRow) expect(rowsFound.length).toBeLessThanOrEqual(wanted.length)
      else expect(rowsFound).toEqual(wanted.map(({ row }) => row))
      for (const { row, activation } of found[k] ?? [])
        expect(activation).toBeCloseTo(present(activations(row, rule)[feature]), 4)
    }
    await store.close()
  })
})

/** The logit lens in float64, with the model's own tensors. */
async function promotedNaively(feature: number): Promise<readonly string[]> {
  const files = await openFiles(NEOX.reference)
  const checkpoint = await openCheckpoint(NEOX.reference, files)
  const read = async (name: string) => toFloat32(await checkpoint.tensors.read(name))
  const [W_U, gain] = [await read('embed_out.weight'), await read('gpt_neox.final_layer_norm.weight')]
  const W_dec = await (await openDictionary(present(NEOX.saes[1]).source)).W_dec()
  const text = present(await openTokenizer(files)).text
  await checkpoint.close()
  const d = gain.length
  const row = W_dec.subarray(feature * d, (feature + 1) * d)
  const mean = row.reduce((sum, value) => sum + value, 0) / d
  const scores = Array.from({ length: W_U.length / d }, (_, id) => {
    let score = 0
    for (let i = 0; i < d; i++)
      score += (present(row[i]) - mean) * present(gain[i]) * present(W_U[id * d + i])
    return { id, score }
  })
  return scores
    .sort((a, b) => b.score - a.score)
    .slice(0, 8)
    .map(({ id }) => text([id]))
}

describe('an audit', () => {
  it('explains the features that a candidate changed most', { tags: ['slow'] }, async () => {
    // The second is of another layer, the last one further than the dictionary is wide.
    const watched = [
      { readouts: null, layers: [4], ids: [3, 11, 12, 13, 14, 1_000_000] },
      { readouts: ['blocks.9.*'], layers: null, ids: [5] },
    ]
    const config = { ...NEOX, saes: NEOX.saes.slice(1), candidates: ['rtn:4'], explain: 4, watched }
    const { report, evidence } = await audit({ ...config, corpus: { ...NEOX.corpus, tokens: 2048 } })
    const [features] = report.candidates[0]?.features ?? []
    const table = present(evidence[0]).table
    const explained = features?.explained ?? []
    // By sorting, where the product picks; ρ of these five is known from the table.
    const rho = (feature: number): number => present(table.correlation[feature]) || 0
    const lowestFirst = (ids: readonly number[]): number[] =>
      ids.filter((id) => table.active[id] === 1).sort((a, b) => rho(a) - rho(b) || a - b)
    const worst = lowestFirst([...table.correlation.keys()]).slice(0, 4)
    const listed = lowestFirst([3, 11, 12, 13, 14].filter((id) => !worst.includes(id))).slice(0, 4)
    expect(explained.map(({ feature }) => feature)).toEqual([...worst, ...listed])
    expect(listed.length).toBeGreaterThan(0)
    for (const { feature, watched: isWatched, correlation } of explained) {
      expect(isWatched).toBe([3, 11, 12, 13, 14].includes(feature))
      expect(correlation ?? 0).toBe(rho(feature))
    }
    for (const { feature, contexts, promotes } of explained) {
      expect(contexts.length).toBeGreaterThan(0)
      expect(contexts[0]?.reference).toBeCloseTo(present(table.peak[feature]), 4)
      const sequences = contexts.map(({ sequence }) => sequence)
      expect(new Set(sequences).size).toBe(sequences.length)
      for (const { before, token, after, position } of contexts) {
        expect(token.length).toBeGreaterThan(0)
        expect(before.length > 0).toBe(position > 0)
        expect(`${before}${token}${after}`).not.toMatch(/Ġ|#\d/)
      }
      expect(promotes.length).toBe(8)
    }
    const [first] = explained
    expect(first?.promotes).toEqual(await promotedNaively(present(first).feature))
  })
})

describe('tokens as text', () => {
  it.each([
    ['byte-level', ['Ġthe', 'Ã', '©', '<|end|>', 'Ċ'], ' the\u00e9<|end|>\n'],
    ['metaspace', ['▁the', '<0xC3>', '<0xA9>', '<s>'], ' the\u00e9<s>'],
    ['wordpiece', ['play', '##ing', '.'], ' playing .'],
  ] as const)('%s', (spelling, pieces, wanted) => {
    const text = tokenText(new Map(pieces.map((piece, id) => [id, piece])), spelling)
    expect(text(pieces.keys())).toBe(wanted)
    expect(text([999])).toMatch(/#999/)
  })
})
