/** @file A model as the audit knows it before anything of it is loaded: described and checked, its tensors not yet read. */

import { dirname } from 'node:path'
import type { Checkpoint } from '../../checkpoints/open.ts'
import type { UnpackerData } from '../../checkpoints/unpack-ahead.ts'
import { planTensors } from '../../compression/plan-table.ts'
import { storedPlan, type TensorPlan } from '../../compression/tensor-plan.ts'
import type { ActivationQuantization } from '../../contract/activation-quantization.ts'
import type { ActivationsChoice } from '../../contract/options/audit-config.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import { present } from '../../numbers/present.ts'
import type { TensorTable } from '../../tensors/tensor.ts'
import { activationsByWeight } from './activations.ts'
import { decoderOf } from './decoder.ts'

/** A model that can be loaded: its tensors may be compressed on the way. */
export interface Model {
  /** What to call it in messages. */
  readonly name: string
  readonly decoder: Decoder
  /** Where its tensors come from. */
  readonly plan: TensorPlan
  /** The plan, read. */
  readonly tensors: TensorTable
  /** What float32 took from some of the tensors: theirs and these add up to the exact weights. Null: they are exact. */
  readonly remainder: TensorTable | null
  /** Local file or folder from which packed tensors can be decoded in a thread of their own; null: nothing to decode. */
  readonly unpackFrom: UnpackerData | null
  /** Quantization of the inputs of linear layers, by the name of the layer's weight tensor. */
  readonly activations: ReadonlyMap<string, ActivationQuantization>
  /** (d_model, d_model), row-major: every tapped row r of the residual stream becomes r · basis; null: as it is. */
  readonly basis: Float32Array | null
  /** What the user should know about it. */
  readonly warnings: readonly string[]
}

/** The model that candidates are compared with, and the checkpoint that it is read from. */
export interface Reference {
  readonly checkpoint: Checkpoint
  readonly model: Model
}

/** Describe a checkpoint and check every tensor the decoder needs. `length`: longest sequence that will be run. */
export function describeModel(checkpoint: Checkpoint, length: number, activations: ActivationsChoice): Model {
  const decoder = decoderOf(checkpoint, length)
  const plan = storedPlan({ name: checkpoint.spec, table: checkpoint.tensors })
  return {
    name: checkpoint.spec,
    decoder,
    plan,
    tensors: planTensors(plan),
    remainder: null,
    unpackFrom: checkpoint.packed === null && checkpoint.gguf === null ? null : localPlace(checkpoint),
    activations: activations === 'simulate' ? activationsByWeight(checkpoint) : new Map(),
    basis: null,
    warnings: decoder.warnings,
  }
}

/**
 * The path by which another thread can open the same checkpoint; null where a path alone does not say which files are
 * meant: parts of a split GGUF, files of the Hub. Those are decoded in place.
 */
function localPlace({ files, gguf, revision }: Checkpoint): UnpackerData | null {
  if (revision !== null) return null
  const sightings = files.sightings ?? new Map()
  if (gguf !== null) {
    const path = files.names.length === 1 ? files.localPath(present(files.names[0])) : null
    return path === null ? null : { path, sightings }
  }
  const config = files.localPath('config.json')
  return config === null ? null : { path: dirname(config), sightings }
}
