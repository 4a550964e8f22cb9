/**
 * @file A body program in parts of neighbouring blocks: all of them loaded and run one after the other as if they were one graph, or
 * one loaded at a time. The engine copies weights into its own layout while a session is made, so that the buffers given
 * to it and its copies are in memory together; with parts that is so for one part at a time, and loading a model needs
 * little more than the model.
 */
import { unpackAhead } from '../../checkpoints/unpack-ahead.ts'
import { type BodyProgram, programParts } from '../../models/body-program.ts'
import { buildBody, RESIDUAL, RESIDUAL_BEFORE } from '../../models/graph/body.ts'
import type { BodyShape } from '../../models/graph/shape.ts'
import { programRefs, type WeightReader, weightReader } from '../../models/weight-reader.ts'
import type { GraphModel } from '../../onnx/graph/graph.ts'
import { type OutputTensor, type RunResult, runResult } from '../../onnx/sessions/run-result.ts'
import type { Session, TensorInput } from '../../onnx/sessions/session.ts'
import { createLanes, type Lanes } from '../../onnx/threads/lanes.ts'
import type { Model } from '../subjects/model.ts'

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
    await loadParts(model, cut, loading, async (part) => void parts.push(part))
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

/** Give `use` these parts of a program one after the other; a part is out of the engine before the next is loaded. Errors: as above. */
export async function partByPart(
  model: Model,
  parts: readonly BodyProgram[],
  loading: Loading,
  use: (part: LoadedPart) => Promise<void>,
): Promise<void> {
  await loadParts(model, parts, loading, async (part) => {
    try {
      await use(part)
    } finally {
      await part.session.release()
    }
  })
}

async function loadParts(
  model: Model,
  parts: readonly BodyProgram[],
  loading: Loading,
  use: (part: LoadedPart) => Promise<void>,
): Promise<void> {
  await withReader(model, parts, async (reader) => {
    const read = (part: BodyProgram): Promise<GraphModel> => readPart(model, part, reader, loading)
    let next: Promise<GraphModel> | null = null
    try {
      for (const [i, part] of parts.entries()) {
        const loaded = await loadPart(model, part, next ?? read(part), loading)
        const following = parts[i + 1]
        next = loading.readsAhead === true && following !== undefined ? read(following) : null
        // Its failure is raised when its turn comes; until then it is no unhandled one.
        next?.catch(() => {})
        await use(loaded)
      }
    } finally {
      await next?.catch(() => {})
    }
  })
}

/** Give `use` what reads the weights of these parts, once and in their order: packed ones are unpacked ahead. Errors: the checkpoint's own. */
export async function withReader<T>(
  model: Model,
  parts: readonly BodyProgram[],
  use: (reader: WeightReader) => Promise<T>,
): Promise<T> {
  const refs = parts.flatMap((part) => programRefs(part, model.decoder))
  const order = refs.map((ref) => ref.tensor)
  const { tensors, unpackFrom } = model
  const ahead = unpackFrom === null ? null : unpackAhead(tensors, unpackFrom, order)
  try {
    return await use(weightReader(ahead ?? tensors, refs, model.remainder))
  } finally {
    await ahead?.close()
  }
}

async function readPart(
  model: Model,
  program: BodyProgram,
  reader: WeightReader,
  { shape }: Loading,
): Promise<GraphModel> {
  return await buildBody({ model, program, shape, reader })
}

/** In a function of its own, so that the graph's buffers are let go before the next part is read. */
async function loadPart(
  model: Model,
  program: BodyProgram,
  read: Promise<GraphModel>,
  { shape, lanes, onWaited }: Loading,
): Promise<LoadedPart> {
  const begun = performance.now()
  const graph = await read
  onWaited?.((performance.now() - begun) / 1000)
  const session = await createLanes(graph, lanes, model.name, shape.type !== 'float64')
  return { program, session, inputs: graph.inputs, outputs: graph.outputs }
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
