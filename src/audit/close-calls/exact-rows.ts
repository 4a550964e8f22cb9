/**
 * @file Rows of the residual stream in float64: the body up to a hook, run once more on the sequences that lead to those
 * rows, one part after the other (capture/body-parts.ts). Only one is in memory, and the residual stream between two of
 * them is stored like any capture.
 *
 * A row depends on the tokens before it only, so a sequence ends with its last wanted row.
 */
import type { HookPoint } from '../../contract/hook-point.ts'
import { hookName } from '../../contract/hook-point.ts'
import { programParts, wholeBody } from '../../models/body-program.ts'
import { rowWidth } from '../../models/graph/beside/row-layout.ts'
import { RESIDUAL, RESIDUAL_BEFORE } from '../../models/graph/body.ts'
import type { BodyShape } from '../../models/graph/shape.ts'
import { CPU_TILING } from '../../models/graph/tiled-attention.ts'
import type { Device, TensorInput } from '../../onnx/sessions/session.ts'
import { type LoadedPart, partByPart, runPart } from '../capture/body-parts.ts'
import { createRowStore, type RowStore } from '../capture/row-store.ts'
import type { MemoryBudget } from '../machine/memory.ts'
import type { Model } from '../subjects/model.ts'

/** Weights of a part, counted in float32: twice that in float64. */
const PART_BYTES = 64e6

/** A model and the tokens that it was captured on. */
export interface ExactSource {
  readonly model: Model
  /** Token ids of sequences of equal length, one after the other. */
  readonly ids: Int32Array
  readonly sequenceLength: number
  readonly device: Device
  readonly memory: MemoryBudget
}

/** The start of a sequence, up to its last wanted row. */
interface Sequence {
  /** First row in `ids`, and in the store between parts. */
  readonly begin: number
  readonly length: number
  readonly storeRow: number
  /** Wanted rows of the capture. */
  readonly rows: readonly number[]
}

/** Can a model's rows be had in float64? Simulated rounding is not to be undone, and GPUs have no kernels. */
export function hasExactRows(model: Pick<Model, 'activations'>, { kind, bodyType }: Device): boolean {
  return kind === 'cpu' && bodyType === 'float32' && model.activations.size === 0
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
  partBytes = PART_BYTES,
): Promise<void> {
  const { model, memory } = source
  const sequences = sequencesTo(rows, source.sequenceLength)
  const program = { ...wholeBody([hook]), to: hook.layer + 1 }
  const between = new ExactRowsBetween(tokenCount(sequences), rowWidth(model.decoder), memory)
  const parts = programParts(program, model.decoder, partBytes)
  const lanes = { count: 1, device: source.device } as const
  let done = 0
  try {
    await partByPart(model, parts, { shape: exactShape(source), lanes }, async (part) => {
      const last = part.program.to === program.to ? { hook, visit } : null
      for (const sequence of sequences) {
        await runSequence(source, sequence, { part, between, last })
        done += sequence.length
        onTokens(done / parts.length)
      }
    })
  } finally {
    await between.close()
  }
}

/** Tokens that `exactRows` runs. */
export function exactTokens(rows: readonly number[], sequenceLength: number): number {
  return tokenCount(sequencesTo(rows, sequenceLength))
}

const tokenCount = (sequences: readonly Sequence[]): number =>
  sequences.reduce((sum, { length }) => sum + length, 0)

function sequencesTo(rows: readonly number[], sequenceLength: number): readonly Sequence[] {
  const bySequence = new Map<number, number[]>()
  for (const row of [...new Set(rows)].sort((a, b) => a - b)) {
    const sequence = Math.floor(row / sequenceLength)
    bySequence.set(sequence, [...(bySequence.get(sequence) ?? []), row])
  }
  let storeRow = 0
  return [...bySequence].map(([sequence, wanted]) => {
    const begin = sequence * sequenceLength
    const length = (wanted.at(-1) ?? begin) - begin + 1
    storeRow += length
    return { begin, length, storeRow: storeRow - length, rows: wanted }
  })
}

function exactShape({ sequenceLength }: ExactSource): BodyShape {
  return {
    sequences: 1,
    length: sequenceLength,
    type: 'float64',
    tiling: CPU_TILING,
    hiddenTile: null,
  }
}

/**
 * Rows of float64 between two parts, from when there are any. A float64 is kept as the two halves of its bytes, each of which
 * passes for a float32 that nothing is computed with.
 */
class ExactRowsBetween {
  readonly #rows: number
  readonly #width: number
  readonly #memory: MemoryBudget
  #store: RowStore | null = null

  constructor(rows: number, width: number, memory: MemoryBudget) {
    this.#rows = rows
    this.#width = width
    this.#memory = memory
  }

  async write(firstRow: number, values: Float64Array): Promise<void> {
    this.#store ??= await createRowStore(this.#rows, 2 * this.#width, this.#memory)
    const halves = new Float32Array(values.buffer, values.byteOffset, 2 * values.length)
    await this.#store.write(firstRow, halves)
  }

  async read(start: number, end: number): Promise<Float64Array> {
    if (this.#store === null) throw new RangeError('nothing lies between two parts yet')
    const halves = await this.#store.read(start, end)
    return new Float64Array(halves.buffer, halves.byteOffset, halves.length / 2)
  }

  async close(): Promise<void> {
    await this.#store?.close()
  }
}

/** A part, where it reads and writes, and who gets the rows of the last one. */
interface PartRun {
  readonly part: LoadedPart
  readonly between: ExactRowsBetween
  readonly last: { readonly hook: HookPoint; readonly visit: RowVisitor['visit'] } | null
}

async function runSequence(
  { model, ids }: ExactSource,
  { begin, length, storeRow, rows }: Sequence,
  { part, between, last }: PartRun,
): Promise<void> {
  const inputs: Record<string, TensorInput> = {
    last_position: { type: 'int32', data: Int32Array.of(length - 1), dims: [1] },
    length: { type: 'int32', data: Int32Array.of(length), dims: [] },
  }
  if (part.program.from !== 'ids') {
    const data = await between.read(storeRow, storeRow + length)
    inputs[RESIDUAL_BEFORE] = { type: 'float64', data, dims: [length, rowWidth(model.decoder)] }
  } else {
    const tokens = BigInt64Array.from(ids.subarray(begin, begin + length), BigInt)
    inputs.ids = { type: 'int64', data: tokens, dims: [1, length] }
  }
  const output = last === null ? RESIDUAL : hookName(last.hook)
  const result = await runPart(part, inputs, [output])
  const values = result.float64(output)
  if (last === null) {
    await between.write(storeRow, values)
    return
  }
  const width = values.length / length
  for (const row of rows) {
    last.visit(row, values.subarray((row - begin) * width, (row - begin + 1) * width))
  }
}
