/** @file A checkpoint on its way into the engine: described, checked, compiled to a body graph, its unembedding read. */

import { dirname } from 'node:path'
import type { Checkpoint } from '../../checkpoints/open.ts'
import type { ActivationQuantization } from '../../contract/activation-quantization.ts'
import type { HookPoint } from '../../contract/hook-point.ts'
import type { ActivationsChoice } from '../../contract/options/audit-config.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import { describeDecoder } from '../../models/families/index.ts'
import type { Unembedding } from '../../models/head-graph.ts'
import { CPU_TILING, type Tiling, WEBGPU_TILING } from '../../models/tiled-attention.ts'
import { allRefs, asFloat32, checkShapes, weightReader } from '../../models/weight-reader.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import type { TensorTable } from '../../tensors/tensor.ts'
import type { LoadedBody } from '../capture/capture.ts'
import { stageCost } from '../cost.ts'
import { runSize } from '../run-size.ts'
import { shareThreads } from '../share-threads.ts'
import { activationsByWeight } from './activations.ts'
import { bodyBytes, loadStages } from './body-stages.ts'
import { availableMemory, requireMemory } from './memory.ts'

/** Attention of plain products is the quicker one on the CPU and the right one on WebGPU; null: the fused kernel. */
const TILING: Record<Device['kind'], Tiling | null> = { cpu: CPU_TILING, cuda: null, webgpu: WEBGPU_TILING }

/** A model that can be loaded: its tensors may be compressed on the way. */
export interface Model {
  /** What to call it in messages. */
  readonly name: string
  readonly decoder: Decoder
  readonly tensors: TensorTable
  /** What float32 took from some of the tensors: theirs and these add up to the exact weights. Null: they are exact. */
  readonly remainder: TensorTable | null
  /** Local file or folder from which packed tensors can be decoded in a thread of their own; null: nothing to decode. */
  readonly unpackFrom: string | null
  /** Quantization of the inputs of linear layers, by the name of the layer's weight tensor. */
  readonly activations: ReadonlyMap<string, ActivationQuantization>
  /** (d_model, d_model), row-major: every tapped row r of the residual stream becomes r · basis; null: as it is. */
  readonly basis: Float32Array | null
  /** What the user should know about it. */
  readonly warnings: readonly string[]
}

/** Describe a checkpoint and check every tensor the decoder needs. `length`: longest sequence that will be run. */
export function describeModel(checkpoint: Checkpoint, length: number, activations: ActivationsChoice): Model {
  const stored = [...checkpoint.tensors.entries.keys()]
  const names = new Set(stored.filter((name) => checkpoint.packed?.zeroBiases.has(name) !== true))
  const decoder = describeDecoder(checkpoint.config, length, names, checkpoint.spec)
  const { unembedding } = decoder.weights
  const refs = [...allRefs(decoder.weights), unembedding.weight]
  if (unembedding.bias !== null) refs.push(unembedding.bias)
  checkShapes(checkpoint.tensors, refs, checkpoint.spec)
  requireMemory(checkpoint.spec, decoder.weights, checkpoint.tensors, availableMemory())
  return {
    name: checkpoint.spec,
    decoder,
    tensors: checkpoint.tensors,
    remainder: null,
    unpackFrom: checkpoint.packed === null && checkpoint.gguf === null ? null : localPlace(checkpoint),
    activations: activations === 'simulate' ? activationsByWeight(checkpoint) : new Map(),
    basis: null,
    warnings: [...decoder.warnings, ...checkpoint.warnings],
  }
}

/**
 * The path by which another thread can open the same checkpoint; null where a path alone does not say which files are
 * meant: parts of a split GGUF, files of the Hub. Those are decoded in place.
 */
function localPlace({ files, gguf, revision }: Checkpoint): string | null {
  if (revision !== null) return null
  if (gguf !== null) return files.names.length === 1 ? files.localPath(files.names[0] ?? '') : null
  const config = files.localPath('config.json')
  return config === null ? null : dirname(config)
}

/** The sequences that a body will run. */
export interface Sequences {
  readonly blockLength: number
  readonly longest: number
  /** Of one length, at most. */
  readonly count: number
}

/** Compile and load the body. Errors: HOOK_MISSING, ENGINE_FAILED, the checkpoint's own. */
export async function loadBody(
  model: Model,
  taps: readonly HookPoint[],
  sequences: Sequences,
  device: Device,
): Promise<LoadedBody> {
  const { decoder } = model
  const { blockLength, longest, count } = sequences
  const operations = stageCost.body(decoder, count * blockLength, longest)
  const lanes = shareThreads(device, { weightBytes: bodyBytes(decoder), operations })
  const { bodyRows, hiddenTile } = runSize(lanes.device)
  // Not more at a time than there are: a batch that is not full is filled up.
  const blocks = Math.max(1, Math.min(count, Math.floor(bodyRows / blockLength)))
  const { activations, basis } = model
  const shape = {
    blocks,
    length: longest,
    type: device.bodyType,
    activations,
    basis,
    tiling: TILING[device.kind],
    hiddenTile,
  }
  return { name: model.name, blocks, session: await loadStages(model, taps, shape, lanes) }
}

/** Read the unembedding in the type that the device multiplies in. */
export async function loadUnembedding(model: Model, device: Device): Promise<Unembedding> {
  const { spec, weights } = model.decoder
  const { weight, bias } = weights.unembedding
  const refs = bias === null ? [weight] : [weight, bias]
  const reader = weightReader(model.tensors, refs)
  const matrix = await reader.read(weight, device.bodyType)
  return {
    n_vocab: spec.n_vocab,
    d_model: spec.d_model,
    type: device.bodyType,
    matrix: matrix.data,
    bias: bias === null ? null : asFloat32(await reader.read(bias, 'float32')),
    softcap: spec.logitSoftcap,
  }
}

/** Same numbers: then both models share one matrix product in the head. */
export function sameUnembedding(a: Unembedding, b: Unembedding): boolean {
  const bytes = (array: Float32Array | Uint16Array): Uint8Array =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  const equal = (x: Uint8Array, y: Uint8Array): boolean => Buffer.compare(x, y) === 0
  if (a.type !== b.type || a.softcap !== b.softcap || (a.bias === null) !== (b.bias === null)) return false
  if (a.bias !== null && b.bias !== null && !equal(bytes(a.bias), bytes(b.bias))) return false
  return equal(bytes(a.matrix), bytes(b.matrix))
}
