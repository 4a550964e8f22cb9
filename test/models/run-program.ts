/** @file Runs any body program of a random model, its boundary rows given and taken as arrays. */
import type { BodyProgram } from '../../src/models/body-program.ts'
import type { Decoder } from '../../src/models/decoder-spec.ts'
import { describeDecoder } from '../../src/models/families/index.ts'
import { rowWidth } from '../../src/models/graph/beside/row-layout.ts'
import { buildBody, HIDDEN, RESIDUAL, RESIDUAL_BEFORE } from '../../src/models/graph/body.ts'
import { type BodyModel, type BodyShape, COUNTED_ROWS } from '../../src/models/graph/shape.ts'
import { programRefs, weightReader } from '../../src/models/weight-reader.ts'
import type { RunResult } from '../../src/onnx/sessions/run-result.ts'
import { createSession, type Device, type TensorInput } from '../../src/onnx/sessions/session.ts'
import type { TensorTable } from '../../src/tensors/tensor.ts'
import { type RandomModel, tableOfModel } from '../oracle/random-model.ts'

export const SEQUENCES = 2
export const LENGTH = 12
export const ROWS = SEQUENCES * LENGTH
export const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }

type Wide = Float32Array | Float64Array

/** Attention and MLP in tiles, the last of each narrower. */
export function shapeOf(type: 'float32' | 'float64'): BodyShape {
  const tiling = { rows: 5, beyondEnd: 'nothing' } as const
  return { sequences: SEQUENCES, length: LENGTH, type, tiling, hiddenTile: 7 }
}

export function decoderOf(model: RandomModel) {
  return describeDecoder(model.config, LENGTH, new Set(tableOfModel(model).entries.keys()))
}

/** Ids of sequences that run together, and the inputs that say how long they are. */
export function sequenceFeeds(sequences: readonly (readonly number[])[]): Record<string, TensorInput> {
  const last = new Int32Array(SEQUENCES).fill(LENGTH - 1)
  return {
    ids: {
      type: 'int64',
      data: BigInt64Array.from(sequences.flat(), BigInt),
      dims: [SEQUENCES, LENGTH],
    },
    last_position: { type: 'int32', data: last, dims: [SEQUENCES] },
    length: { type: 'int32', data: Int32Array.of(LENGTH), dims: [] },
  }
}

export function rowsInput(data: Wide, rows = ROWS): TensorInput {
  const dims = [rows, data.length / rows]
  return data instanceof Float64Array ? { type: 'float64', data, dims } : { type: 'float32', data, dims }
}

/** What a program is built for. */
export interface Built {
  readonly type: 'float32' | 'float64'
  /** (d_model, d_model) */
  readonly basis?: Float32Array
  readonly sharesRows?: boolean
}

/** What a program starts from. */
export interface Start {
  readonly sequences: readonly (readonly number[])[]
  /** Rows before its first block, unless it starts from the ids. */
  readonly before?: Wide
  /** 1 for rows that its sums count. */
  readonly counted?: readonly number[]
  /** Inputs besides. */
  readonly more?: Readonly<Record<string, TensorInput>>
}

export interface Ran {
  readonly end: Wide
  value(name: string): Wide
}

/** A program in the engine. */
export interface Loaded {
  /** Its outputs; `end` under the name that the program's end has. */
  run(start: Start): Promise<Ran>
  release(): Promise<void>
}

/** Run a body program of a random model once. */
export function runProgram(
  model: RandomModel,
  program: BodyProgram,
  start: Start & Pick<Built, 'basis'>,
  type: Built['type'] = 'float32',
): Promise<Ran> {
  return runDecoder({ decoder: decoderOf(model), table: tableOfModel(model) }, program, start, type)
}

/** The same of any decoder over any tensors. */
export async function runDecoder(
  of: AnyModel,
  program: BodyProgram,
  { basis, ...start }: Start & Pick<Built, 'basis'>,
  type: Built['type'],
): Promise<Ran> {
  const loaded = await loadProgram(of, program, basis === undefined ? { type } : { type, basis })
  const ran = await loaded.run(start)
  await loaded.release()
  return ran
}

interface AnyModel {
  readonly decoder: Decoder
  readonly table: TensorTable
  /** Absent: inputs of layers stay as they are. */
  readonly activations?: BodyModel['activations']
}

/** A program that may be run more than once. */
export async function loadProgram(
  { decoder, table, activations = new Map() }: AnyModel,
  program: BodyProgram,
  { type, basis, sharesRows = false }: Built,
): Promise<Loaded> {
  // Only what the program needs can be read.
  const refs = programRefs(program, decoder)
  const needed = new Set(refs.map(({ tensor }) => tensor))
  const read = async (name: string) => {
    if (!needed.has(name)) throw new Error(`${name} is not of this program`)
    return await table.read(name)
  }
  const graph = await buildBody({
    model: { decoder, activations, basis: basis ?? null },
    program,
    shape: { ...shapeOf(type), sharesRows },
    reader: weightReader({ ...table, read }, refs),
  })
  const session = await createSession(graph, CPU, 'body', type !== 'float64')
  const wide = (values: readonly number[]): Wide =>
    type === 'float64' ? Float64Array.from(values) : Float32Array.from(values)
  return {
    async run({ sequences, before, counted, more }) {
      const given: Record<string, TensorInput> = {
        ...sequenceFeeds(sequences),
        ...(before === undefined
          ? {}
          : { [RESIDUAL_BEFORE]: rowsInput(before, before.length / rowWidth(decoder)) }),
        ...(counted === undefined ? {} : { [COUNTED_ROWS]: rowsInput(wide(counted)) }),
        ...more,
      }
      const feeds = Object.fromEntries(Object.entries(given).filter(([name]) => graph.inputs.includes(name)))
      const result: RunResult = await session.run(feeds)
      const value = (name: string): Wide => (type === 'float64' ? result.float64(name) : result.float32(name))
      return { end: value(program.to === 'hidden' ? HIDDEN : RESIDUAL), value }
    },
    release: () => session.release(),
  }
}
