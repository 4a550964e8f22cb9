/** @file A model's body on its way into the engine: compiled for the sequences that it will run, and loaded. */
import { type BodyProgram, bodyBytes } from '../../models/body-program.ts'
import type { BodyShape } from '../../models/graph/shape.ts'
import { CPU_TILING, SAFE_TILING, type Tiling } from '../../models/graph/tiled-attention.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { runSize } from '../machine/run-size.ts'
import { shareThreads } from '../machine/share-threads.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { Model } from '../subjects/model.ts'
import { loadProgram } from './body-parts.ts'
import type { LoadedBody } from './capture.ts'

/** Attention of plain products is the quicker one on the CPU and the right one on WebGPU; null: the fused kernel. */
const TILING: Record<Device['kind'], Tiling | null> = { cpu: CPU_TILING, cuda: null, webgpu: SAFE_TILING }

/** The sequences that a body will run. */
export interface Sequences {
  readonly blockLength: number
  readonly longest: number
  /** Of one length, at most. */
  readonly count: number
  /** So many in each run, whose rows in common are computed once. Absent: as many as a run of the device takes. */
  readonly sharing?: number
}

/**
 * How a body computes on a device. On the CPU 16-bit operands are emulated, and tiles of an MLP, which would be rounded each by
 * itself, are left out. The fused kernel of CUDA takes 16-bit types only.
 */
function arithmetic({ kind, bodyType }: Device, hiddenTile: number | null) {
  if (kind === 'cpu' && bodyType !== 'float32') {
    return { type: 'float32', rounding: bodyType, tiling: CPU_TILING, hiddenTile: null } as const
  }
  const tiling = kind === 'cuda' && bodyType === 'float32' ? SAFE_TILING : TILING[kind]
  return { type: bodyType, tiling, hiddenTile } as const
}

/** Compile and load the body. Errors: HOOK_MISSING, ENGINE_FAILED, the checkpoint's own. */
export async function loadBody(
  model: Model,
  program: BodyProgram,
  sequences: Sequences,
  device: Device,
): Promise<LoadedBody> {
  const { decoder } = model
  const { blockLength, longest, count } = sequences
  const operations = stageCost.body(decoder, count * blockLength, longest)
  const lanes = shareThreads(device, { weightBytes: bodyBytes(decoder), operations })
  const shape = bodyShape(lanes.device, sequences)
  // What fits a GPU is one session there; what does not is not loaded whole (device-memory.ts).
  const whole = device.kind === 'cuda' ? { partBytes: Number.POSITIVE_INFINITY } : {}
  const session = await loadProgram(model, program, { shape, lanes, ...whole })
  return { name: model.name, sequences: shape.sequences, session }
}

/** What a body's graph is built for on a device (a lane's share of its threads). */
export function bodyShape(device: Device, { blockLength, longest, count, sharing }: Sequences): BodyShape {
  const { bodyRows, hiddenTile } = runSize(device)
  // Not more at a time than there are: a batch that is not full is filled up.
  const together = Math.max(1, Math.min(count, Math.floor(bodyRows / blockLength)))
  const cut = { length: longest, ...arithmetic(device, hiddenTile) }
  return sharing === undefined
    ? { sequences: together, ...cut }
    : { sequences: sharing, sharesRows: true, ...cut }
}
