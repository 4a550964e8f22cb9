/**
 * @file A body program in parts of neighbouring blocks: all of them loaded and run one after the other as if they were one graph, or
 * one loaded at a time. Where the engine keeps the weights it copies them into its own layout while a session is made, so that the
 * buffers given to it and its copies are in memory together; with parts that is so for one part at a time, and loading a model needs
 * little more than the model. Parts that are used one at a time are fed to it instead, out of memory that the next ones are read into.
 */
import { unpackAhead } from '../../checkpoints/unpack-ahead.ts'
import { type BodyProgram, programParts } from '../../models/body-program.ts'
import { buildBody, RESIDUAL, RESIDUAL_BEFORE } from '../../models/graph/body.ts'
import type { BodyShape } from '../../models/graph/shape.ts'
import { type BufferSet, WeightBuffers } from '../../models/weight-buffers.ts'
import { programRefs, type WeightReader, weightReader } from '../../models/weight-reader.ts'
import type { WeightKeeper } from '../../onnx/graph/fed-weight.ts'
import type { GraphModel } from '../../onnx/graph/graph.ts'
import { type OutputTensor, type RunResult, runResult } from '../../onnx/sessions/run-result.ts'
import type { Session, TensorInput } from '../../onnx/sessions/session.ts'
import { createLanes, type Lanes } from '../../onnx/threads/lanes.ts'
import type { TensorTable } from '../../tensors/tensor.ts'
import type { Model } from '../subjects/model.ts'
import { FormSessions } from './form-sessions.ts'

/** Weights of a part in float32. Smaller parts save nothing: reading and decoding one tensor needs as much. */
const PART_BYTES = 128e6

/** How a program is loaded. */
export interface Loading {
  readonly shape: BodyShape
  readonly lanes: Lanes
  /** Weights of a part, in float32, unless one block has more. */
  readonly partBytes?: number
  /** Read the weights of a part while the one before it is used. */
  readonly readsAhead?: boolean
  /** Hears how long nothing ran because the weights of a part were not there yet. */
  readonly onWaited?: (seconds: number) => void
}

/** Part of a program, in the engine. */
export interface LoadedPart {
  readonly program: BodyProgram
  readonly session: Session
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** A program in the engine, every part of it. Errors: HOOK_MISSING, ENGINE_FAILED, the checkpoint's own. */
export async function loadProgram(model: Model, program: BodyProgram, loading: Loading): Promise<Session> {
  const parts: LoadedPart[] = []
  const release = async (): Promise<void> => {
    for (const { session } of parts) await session.release()
  }
  try {
    const cut = programParts(program, model.decoder, loading.partBytes ?? PART_BYTES)
    await readParts(
      model,
      cut,
      { ...loading, keeper: 'engine' },
      {
        load: async (graph) => await createLanes(graph, loading.lanes, model.name, fuses(loading)),
        use: async (part) => void parts.push(part),
      },
    )
  } catch (error) {
    await release()
    throw error
  }
  return {
    inFlight: Math.max(...parts.map(({ session }) => session.inFlight)),
    run: (inputs, outputs) => runParts(parts, inputs, outputs ?? null),
    release,
  }
}

/** Give `use` these parts of a program one after the other; the weights of a part are let go before the next is loaded. Errors: as above. */
export async function partByPart(
  model: Model,
  parts: readonly BodyProgram[],
  loading: Loading,
  use: (part: LoadedPart) => Promise<void>,
): Promise<void> {
  const { lanes } = loading
  const forms = new FormSessions((graph) => createLanes(graph, lanes, model.name, fuses(loading)))
  const keeper = lanes.device.kind === 'cpu' ? 'caller' : 'engine'
  try {
    await readParts(
      model,
      parts,
      { ...loading, keeper },
      {
        load: (graph) => forms.load(graph),
        async use(part) {
          try {
            await use(part)
          } finally {
            await forms.letGo()
          }
        },
      },
    )
  } finally {
    await forms.release()
  }
}

/** Fused operators hold their factors in float32. */
const fuses = ({ shape }: Pick<Loading, 'shape'>): boolean => shape.type !== 'float64'

interface Reading extends Loading {
  readonly keeper: WeightKeeper
}

/** What is done with each part. */
interface Steps {
  readonly load: (graph: GraphModel) => Promise<Session>
  readonly use: (part: LoadedPart) => Promise<void>
}

/** A part that is being read, into memory of its own until it was used. */
interface BegunPart {
  readonly memory: BufferSet
  readonly graph: Promise<GraphModel>
}

async function readParts(
  model: Model,
  parts: readonly BodyProgram[],
  { shape, lanes, keeper, readsAhead = false, onWaited }: Reading,
  { load, use }: Steps,
): Promise<void> {
  await withTensors(model, parts, async (tensors) => {
    const buffers = new WeightBuffers(lanes.count > 1)
    const begin = (program: BodyProgram): BegunPart => {
      const memory = buffers.set()
      const refs = programRefs(program, model.decoder)
      const reader = weightReader(tensors, refs, model.remainder, memory.allocate)
      const graph = buildBody({ model, program, shape, reader }, keeper)
      // Its failure is raised when its turn comes; until then it is no unhandled one.
      graph.catch(() => {})
      return { memory, graph }
    }
    let next: BegunPart | null = null
    try {
      for (const [i, program] of parts.entries()) {
        const { memory, graph }: BegunPart = next ?? begin(program)
        const part = await loadPart(program, graph, load, onWaited)
        const following = parts[i + 1]
        next = readsAhead && following !== undefined ? begin(following) : null
        await use(part)
        memory.giveBack()
      }
    } finally {
      await next?.graph.catch(() => {})
    }
  })
}

/** Give `use` what reads the weights of these parts, once and in their order. Errors: the checkpoint's own. */
export async function withReader<T>(
  model: Model,
  parts: readonly BodyProgram[],
  use: (reader: WeightReader) => Promise<T>,
): Promise<T> {
  const refs = parts.flatMap((part) => programRefs(part, model.decoder))
  return await withTensors(
    model,
    parts,
    async (tensors) => await use(weightReader(tensors, refs, model.remainder)),
  )
}

/** Give `use` the model's tensors: those of these parts, where they are packed, unpacked ahead in their order. */
async function withTensors<T>(
  { decoder, tensors, unpackFrom }: Model,
  parts: readonly BodyProgram[],
  use: (tensors: TensorTable) => Promise<T>,
): Promise<T> {
  const order = parts.flatMap((part) => programRefs(part, decoder)).map(({ tensor }) => tensor)
  const ahead = unpackFrom === null ? null : unpackAhead(tensors, unpackFrom, order)
  try {
    return await use(ahead ?? tensors)
  } finally {
    await ahead?.close()
  }
}

/** In a function of its own, so that the graph's buffers are let go before the next part is read. */
async function loadPart(
  program: BodyProgram,
  read: Promise<GraphModel>,
  load: Steps['load'],
  onWaited: Loading['onWaited'],
): Promise<LoadedPart> {
  const begun = performance.now()
  const graph = await read
  onWaited?.((performance.now() - begun) / 1000)
  return { program, session: await load(graph), inputs: graph.inputs, outputs: graph.outputs }
}

/** What of `inputs` a part takes, and what it gives. */
export async function runPart(
  { session, inputs: taken }: LoadedPart,
  inputs: Readonly<Record<string, TensorInput>>,
  outputs: readonly string[],
): Promise<RunResult> {
  const own = Object.entries(inputs).filter(([name]) => taken.includes(name))
  return await session.run(Object.fromEntries(own), outputs)
}

/** `outputs` null: all. Parts behind the last one that has any of them are not run. */
async function runParts(
  parts: readonly LoadedPart[],
  inputs: Readonly<Record<string, TensorInput>>,
  outputs: readonly string[] | null,
): Promise<RunResult> {
  const wanted = (part: LoadedPart): readonly string[] =>
    part.outputs.filter((name) => outputs?.includes(name) ?? true)
  const last = parts.findLastIndex((part) => wanted(part).length > 0)
  const found: Record<string, OutputTensor> = {}
  let passed = inputs
  for (const [i, part] of parts.slice(0, last + 1).entries()) {
    const fetched = i < last ? [...new Set([...wanted(part), RESIDUAL])] : wanted(part)
    const result = await runPart(part, passed, fetched)
    for (const name of fetched) found[name] = result.tensor(name)
    if (i < last) passed = { ...inputs, [RESIDUAL_BEFORE]: residualInput(result.tensor(RESIDUAL)) }
  }
  return runResult(found)
}

/** Rows that one part gave, for the next. */
export function residualInput({ data, dims }: OutputTensor): TensorInput {
  if (data instanceof Float32Array) return { type: 'float32', data, dims }
  if (data instanceof Float64Array) return { type: 'float64', data, dims }
  throw new TypeError('rows of the residual stream are not integers')
}
