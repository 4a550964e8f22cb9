/** @file The head over edited rows, loaded: hidden rows with and without each edit → what each row's edits did. */
import { buildEffectHead, type EffectLayout, effectNames, ownEdits } from '../../models/effect-head.ts'
import { commonVocabulary, type Unembedding, vocabularyTiles } from '../../models/graph/head.ts'
import { present } from '../../numbers/present.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import type { Device, TensorInput } from '../../onnx/sessions/session.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import { createLanes } from '../../onnx/threads/lanes.ts'
import { openUnembedding } from '../capture/unembedding.ts'
import { runSize } from '../machine/run-size.ts'
import { shareThreads } from '../machine/share-threads.ts'
import type { Model } from '../subjects/model.ts'
import { EffectReader, type RowPlace } from './effect-rows.ts'

/** Hidden rows of one model, (rows, d_model) each. */
export interface ModelRows {
  readonly plain: Float32Array
  readonly edited: readonly Float32Array[]
}

/** Rows to compare, and what each predicts. */
export interface EffectBatch {
  /** The reference's first. */
  readonly models: readonly ModelRows[]
  readonly targets: Int32Array
}

export interface EffectHead {
  /** Hear what each row of the batch shows, in order. Errors: ENGINE_FAILED. */
  compare(
    batch: EffectBatch,
    use: (reader: EffectReader, place: RowPlace, row: number) => void,
  ): Promise<void>
  release(): Promise<void>
}

/** `models`: the reference, and the candidate where one stands beside it; `edits` of a run, as in EffectLayout. Errors: ENGINE_FAILED, the checkpoints' own. */
export async function loadEffectHead(
  models: readonly [Model] | readonly [Model, Model],
  edits: EffectLayout['edits'],
  rowsInAll: number,
  device: Device,
): Promise<EffectHead> {
  const unembeddings: Unembedding[] = []
  for (const model of models) {
    const stored = await openUnembedding(model, device)
    unembeddings.push(await stored.tokens(0, stored.n_vocab))
  }
  const [reference, candidate] = unembeddings
  if (reference === undefined) throw new RangeError('a head without models')
  const vocabulary = commonVocabulary(unembeddings)
  const sets = unembeddings.reduce((sum, _, m) => sum + 1 + ownEdits(edits, m).length, 0)
  const lanes = shareThreads(device, {
    weightBytes: 4 * reference.d_model * vocabulary * unembeddings.length,
    operations: 2 * reference.d_model * vocabulary * sets * rowsInAll,
  })
  const { headRows, headTile } = runSize(lanes.device)
  const rows = Math.max(16, Math.floor(headRows / sets))
  const layout = {
    unembeddings: candidate === undefined ? ([reference] as const) : ([reference, candidate] as const),
    edits,
  }
  const session = await createLanes(buildEffectHead(layout, rows, headTile), lanes, 'the unembedding')
  const tiles = vocabularyTiles(vocabulary, headTile)
  const tileWidth = present(tiles[0])[1]
  const begin = ({ models: of, targets }: EffectBatch, from: number): Promise<RunResult> =>
    session.run(
      headInputs(of, targets.subarray(from, from + rows), { from, rows, width: reference.d_model, edits }),
    )
  return {
    compare: async (batch, use) => {
      const starts = Array.from({ length: Math.ceil(batch.targets.length / rows) }, (_, i) => i * rows)
      await inOrder(
        starts,
        session.inFlight,
        (from) => begin(batch, from),
        (result, from) => {
          const reader = new EffectReader(result, tiles.length, { models: unembeddings.length, edits })
          const count = Math.min(rows, batch.targets.length - from)
          for (let row = 0; row < count; row++) {
            const targetTile = Math.floor(present(batch.targets[from + row]) / tileWidth)
            use(reader, { row, targetTile }, from + row)
          }
        },
      )
    },
    release: () => session.release(),
  }
}

interface HeadRows extends Pick<EffectLayout, 'edits'> {
  readonly from: number
  readonly rows: number
  readonly width: number
}

/** Rows from `from` on, filled up with zeros. */
function headInputs(
  models: readonly ModelRows[],
  targets: Int32Array,
  { from, rows, width, edits }: HeadRows,
): Record<string, TensorInput> {
  const ids = new BigInt64Array(rows)
  for (let i = 0; i < targets.length; i++) ids[i] = BigInt(present(targets[i]))
  const inputs: Record<string, TensorInput> = { targets: { type: 'int64', data: ids, dims: [rows, 1] } }
  const put = (name: string, values: Float32Array): void => {
    const data = new Float32Array(rows * width)
    data.set(values.subarray(from * width, (from + targets.length) * width))
    inputs[name] = { type: 'float32', data, dims: [rows, width] }
  }
  for (const [m, { plain, edited }] of models.entries()) {
    put(effectNames.plain(m), plain)
    for (const e of ownEdits(edits, m)) put(effectNames.edited(m, e), present(edited[e]))
  }
  return inputs
}
