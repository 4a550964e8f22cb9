/**
 * @file Rows of the residual stream in float64: the body up to a hook, run once more on the sequences that lead to those
 * rows, one stage of blocks after the other. Only one stage is in memory, and the residual stream between two of them is
 * stored like any capture.
 *
 * A row depends on the tokens before it only, so a sequence ends with its last wanted row.
 */
import type { HookPoint } from '../../contract/hook-point.ts'
import { hookName } from '../../contract/hook-point.ts'
import { type BodyShape, RESIDUAL, RESIDUAL_BEFORE } from '../../models/body-graph.ts'
import { CPU_TILING } from '../../models/tiled-attention.ts'
import { allRefs, weightReader } from '../../models/weight-reader.ts'
import type { Device, TensorInput } from '../../onnx/sessions/session.ts'
import { loadStage, type Stage, stageRanges } from '../capture/body-stages.ts'
import { createRowStore, type RowStore } from '../capture/row-store.ts'
import type { MemoryBudget } from '../machine/memory.ts'
import type { Model } from '../subjects/model.ts'

/** Weights of a stage, counted in float32: twice that in float64. */
const STAGE_BYTES = 64e6

/** A model and the tokens that it was captured on. */
export interface ExactSource {
  readonly model: Model
  /** Token ids of blocks of equal length, one after the other. */
  readonly ids: Int32Array
  readonly blockLength: number
  readonly device: Device
  readonly memory: MemoryBudget
}

/** The start of a block, up to its last wanted row. */
interface Sequence {
  /** First row in `ids`, and in the store between stages. */
  readonly begin: number
  readonly length: number
  readonly storeRow: number
  /** Wanted rows of the capture. */
  readonly rows: readonly number[]
}

/** Can a model's rows be had in float64? Simulated rounding of activations is float32's own, and GPUs have no kernels. */
export function hasExactRows(model: Pick<Model, 'activations'>, device: Device): boolean {
  return device.kind === 'cpu' && model.activations.size === 0
}

/** Which rows are wanted, in any order, twice or once. */
export interface WantedRows {
  readonly hook: HookPoint
  readonly rows: readonly number[]
}

/** Who gets them, ascending, and hears how much of the work, in tokens, is done. */
export interface RowVisitor {
  readonly visit: (row: number, values: Float64Array) => void
  readonly onTokens: (done: number) => void
}

/** Give the visitor the wanted rows. Errors: ENGINE_FAILED, SPILL_FAILED, the checkpoint's own. */
export async function exactRows(
  source: ExactSource,
  { hook, rows }: WantedRows,
  { visit, onTokens }: RowVisitor,
  stageBytes = STAGE_BYTES,
): Promise<void> {
  const { model, memory } = source
  const sequences = sequencesTo(rows, source.blockLength)
  const ranges = stageRanges(model, stageBytes)
    .filter(([first]) => first <= hook.layer)
    .map(([first, end]) => [first, Math.min(end, hook.layer + 1)] as const)
  const tokens = tokenCount(sequences)
  const between = ranges.length < 2 ? null : await betweenStages(tokens, model.decoder.spec.d_model, memory)
  const reader = weightReader(model.tensors, allRefs(model.decoder.weights), model.remainder)
  let done = 0
  const lanes = { count: 1, device: source.device } as const
  try {
    for (const range of ranges) {
      const stage = await loadStage(model, reader, [hook], exactShape(source), range, lanes)
      const isLast = range[1] === hook.layer + 1
      try {
        for (const sequence of sequences) {
          await runSequence(source, sequence, { stage, between, last: isLast ? { hook, visit } : null })
          done += sequence.length
          onTokens(done / ranges.length)
        }
      } finally {
        await stage.session.release()
      }
    }
  } finally {
    await between?.close()
  }
}

/** Tokens that `exactRows` runs. */
export function exactTokens(rows: readonly number[], blockLength: number): number {
  return tokenCount(sequencesTo(rows, blockLength))
}

const tokenCount = (sequences: readonly Sequence[]): number =>
  sequences.reduce((sum, { length }) => sum + length, 0)

function sequencesTo(rows: readonly number[], blockLength: number): readonly Sequence[] {
  const byBlock = new Map<number, number[]>()
  for (const row of [...new Set(rows)].sort((a, b) => a - b)) {
    const block = Math.floor(row / blockLength)
    byBlock.set(block, [...(byBlock.get(block) ?? []), row])
  }
  let storeRow = 0
  return [...byBlock].map(([block, wanted]) => {
    const begin = block * blockLength
    const length = (wanted.at(-1) ?? begin) - begin + 1
    storeRow += length
    return { begin, length, storeRow: storeRow - length, rows: wanted }
  })
}

function exactShape({ model, blockLength }: ExactSource): BodyShape {
  return {
    blocks: 1,
    length: blockLength,
    type: 'float64',
    activations: new Map(),
    basis: model.basis,
    tiling: CPU_TILING,
  }
}

/** Rows of float64 between two stages. */
interface ExactStore {
  write(firstRow: number, values: Float64Array): Promise<void>
  read(start: number, end: number): Promise<Float64Array>
  close(): Promise<void>
}

/** A float64 is kept as the two halves of its bytes, each of which passes for a float32 that nothing is computed with. */
async function betweenStages(rows: number, width: number, memory: MemoryBudget): Promise<ExactStore> {
  const store: RowStore = await createRowStore(rows, 2 * width, memory)
  return {
    write: (firstRow, values) =>
      store.write(firstRow, new Float32Array(values.buffer, values.byteOffset, 2 * values.length)),
    async read(start, end) {
      const halves = await store.read(start, end)
      return new Float64Array(halves.buffer, halves.byteOffset, halves.length / 2)
    },
    close: () => store.close(),
  }
}

/** A stage, where it reads and writes, and who gets the rows of the last one. */
interface StageRun {
  readonly stage: Stage
  readonly between: ExactStore | null
  readonly last: { readonly hook: HookPoint; readonly visit: RowVisitor['visit'] } | null
}

async function runSequence(
  { model, ids }: ExactSource,
  { begin, length, storeRow, rows }: Sequence,
  { stage, between, last }: StageRun,
): Promise<void> {
  const { d_model } = model.decoder.spec
  const inputs: Record<string, TensorInput> = {
    last_position: { type: 'int32', data: Int32Array.of(length - 1), dims: [1] },
    length: { type: 'int32', data: Int32Array.of(length), dims: [] },
  }
  if (between !== null && stage.inputs.includes(RESIDUAL_BEFORE)) {
    const data = await between.read(storeRow, storeRow + length)
    inputs[RESIDUAL_BEFORE] = { type: 'float64', data, dims: [length, d_model] }
  } else {
    const tokens = BigInt64Array.from(ids.subarray(begin, begin + length), BigInt)
    inputs.ids = { type: 'int64', data: tokens, dims: [1, length] }
  }
  const output = last === null ? RESIDUAL : hookName(last.hook)
  const result = await stage.session.run(inputs, [output])
  const values = result.float64(output)
  if (last === null) {
    await between?.write(storeRow, values)
    return
  }
  const width = values.length / length
  for (const row of rows) {
    last.visit(row, values.subarray((row - begin) * width, (row - begin + 1) * width))
  }
}
