/** @file Sequences in which a feature fires at a position that counts, of rows that are written by hand. */
import { describe, expect, it } from 'vitest'
import { createRowStore } from '../../src/audit/capture/row-store.ts'
import { firingSequences } from '../../src/audit/causal/firing-sequences.ts'
import type { Encoder } from '../../src/audit/run/readout.ts'
import type { CountedPositions } from '../../src/contract/options/positions.ts'
import type { Device } from '../../src/onnx/sessions/session.ts'
import { storedOf } from '../sae/stored.ts'

const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
/** One feature, which fires where the one number of a row is above 0. Four sequences of five positions. */
const encoder: Encoder = {
  d_in: 1,
  input: 'plain',
  W_enc: Float32Array.of(1),
  bias: Float32Array.of(0),
  threshold: null,
  activatesBy: 'feature',
}
const ROWS = [
  [1, 0, 0, 0, 0],
  [0, 1, 0, 0, 0],
  [0, 0, 1, 0, 0],
  [0, 0, 0, 1, 1],
]

describe('sequences in which a feature fires', () => {
  it.each<[CountedPositions, readonly number[]]>([
    ['all', [0, 1, 2, 3]],
    ['skip-first', [1, 2, 3]],
    ['slice=0:3', [0, 1, 2]],
    ['slice=1::2', [1, 3]],
    ['slice=0::2', [0, 2]],
    // Behind the last position nothing is predicted.
    ['slice=4:', []],
  ])('at %s', async (positions, wanted) => {
    const store = await createRowStore(ROWS.length * 5, 1, { bytesLeft: 1e6 })
    await store.write(0, Float32Array.from(ROWS.flat()))
    const text = { tokens: { sequences: { blockLength: 5, sequenceCount: ROWS.length } }, device: CPU }
    const asked = { residuals: { store, center: false }, features: Int32Array.of(0), most: 10 }
    const readout = { positions, encoder: storedOf(encoder) }
    expect(await firingSequences(text, readout, asked)).toEqual([wanted])
    await store.close()
  })
})
