/**
 * @file A body loaded in stages of neighbouring blocks, run one after the other as if it were one graph. The engine
 * copies weights into its own layout while a session is made, so that the buffers given to it and its copies are in memory
 * together; with stages that is so for one stage at a time, and loading a model needs little more than the model.
 */
import { unpackAhead } from '../../checkpoints/unpack-ahead.ts'
import type { HookPoint } from '../../contract/hook-point.ts'
import {
  type BlockRange,
  type BodyShape,
  buildBody,
  RESIDUAL,
  RESIDUAL_BEFORE,
} from '../../models/body-graph.ts'
import type { BlockSpec, Decoder } from '../../models/decoder-spec.ts'
import { allRefs, type WeightReader, weightReader } from '../../models/weight-reader.ts'
import { type OutputTensor, type RunResult, runResult } from '../../onnx/sessions/run-result.ts'
import type { Session, TensorInput } from '../../onnx/sessions/session.ts'
import { createLanes, type Lanes } from '../../onnx/threads/lanes.ts'
import type { Model } from '../subjects/model.ts'

/** Weights of a stage in float32. Smaller stages save nothing: reading and decoding one tensor needs as much. */
const STAGE_BYTES = 128e6

export interface Stage {
  readonly session: Session
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** Load every block. Errors: HOOK_MISSING, ENGINE_FAILED, the checkpoint's own. */
export async function loadStages(
  model: Model,
  taps: readonly HookPoint[],
  shape: BodyShape,
  lanes: Lanes,
  stageBytes = STAGE_BYTES,
): Promise<Session> {
  const refs = allRefs(model.decoder.weights)
  const order = refs.map((ref) => ref.tensor)
  const { tensors, unpackFrom } = model
  const ahead = unpackFrom === null ? null : unpackAhead(tensors, unpackFrom, order)
  const reader = weightReader(ahead ?? tensors, refs)
  const stages: Stage[] = []
  const release = async (): Promise<void> => {
    for (const { session } of stages) await session.release()
  }
  try {
    for (const range of stageRanges(model, stageBytes)) {
      stages.push(await loadStage(model, reader, taps, shape, range, lanes))
    }
  } catch (error) {
    await release()
    throw error
  } finally {
    await ahead?.close()
  }
  const width = model.decoder.spec.d_model
  return {
    inFlight: Math.max(...stages.map(({ session }) => session.inFlight)),
    run: (inputs, outputs) => runStages(stages, inputs, outputs ?? null, width),
    release,
  }
}

/** Neighbouring blocks together, up to `stageBytes` of weights or one block. */
export function stageRanges({ decoder }: Model, stageBytes: number): readonly BlockRange[] {
  const { d_model, blocks } = decoder.spec
  const ranges: BlockRange[] = []
  let [first, bytes] = [0, 0]
  for (const [layer, block] of blocks.entries()) {
    const size = blockBytes(block, d_model)
    if (layer > first && bytes + size > stageBytes) {
      ranges.push([first, layer])
      ;[first, bytes] = [layer, 0]
    }
    bytes += size
  }
  return [...ranges, [first, blocks.length]]
}

/** Weights of a block's linear layers in float32. */
function blockBytes({ attention, mlp }: BlockSpec, d_model: number): number {
  const { heads, kvHeads, headSize } = attention
  return 4 * d_model * (headSize * 2 * (heads + kvHeads) + mlp.size * (mlp.gated ? 3 : 2))
}

/** Weights of the whole body in float32: its linear layers, and the embedding. */
export function bodyBytes({ spec: { blocks, d_model, n_vocab } }: Decoder): number {
  return blocks.reduce((sum, block) => sum + blockBytes(block, d_model), 4 * n_vocab * d_model)
}

/** Load some blocks. In a function of its own, so that the graph's buffers are let go before the next stage is read. */
export async function loadStage(
  model: Model,
  reader: WeightReader,
  taps: readonly HookPoint[],
  shape: BodyShape,
  range: BlockRange,
  lanes: Lanes,
): Promise<Stage> {
  const graph = await buildBody(model.decoder, reader, taps, shape, range)
  const session = await createLanes(graph, lanes, model.name, shape.type !== 'float64')
  return { session, inputs: graph.inputs, outputs: graph.outputs }
}

async function runStages(
  stages: readonly Stage[],
  inputs: Readonly<Record<string, TensorInput>>,
  outputs: readonly string[] | null,
  width: number,
): Promise<RunResult> {
  const found: Record<string, OutputTensor> = {}
  let passed = inputs
  for (const stage of stages) {
    const feeds = Object.fromEntries(Object.entries(passed).filter(([name]) => stage.inputs.includes(name)))
    const fetched = stage.outputs.filter((name) => name === RESIDUAL || (outputs?.includes(name) ?? true))
    if (fetched.length === 0) continue
    const result = await stage.session.run(feeds, fetched)
    for (const name of fetched) found[name] = result.tensor(name)
    if (!fetched.includes(RESIDUAL)) continue
    const data = result.float32(RESIDUAL)
    passed = { ...inputs, [RESIDUAL_BEFORE]: { type: 'float32', data, dims: [data.length / width, width] } }
  }
  return runResult(found)
}
