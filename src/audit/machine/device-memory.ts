/**
 * @file How much of a model a device holds at a time. A body that fits is one session there: each session has an arena of its own for what lies
 * between operators, and the residual stream would go over the bus at every border (docs/decisions/2026-11-29-cuda.md).
 */
import type { NvidiaDevice } from '../../onnx/devices/nvidia.ts'
import type { Device } from '../../onnx/sessions/session.ts'

/** For what lies between operators, and the arenas’ growth by powers of two. */
const BETWEEN_BYTES = 4e9
/** What a session takes of the device, as a multiple of its weights. */
const SESSION_FACTOR = 1.3
const FLOAT32_BYTES = 4
/** Weights of the head at once, where nothing speaks for more. */
const HEAD_BYTES = 256e6
/** Of the memory of a device that a range of the unembedding may take, and of the machine's, through which it comes. */
const HEAD_SHARE = 1 / 8

/**
 * Weights, counted in float32, that a range of blocks may have on the device; null: all of them fit, or nobody knows how much memory there
 * is. `bodyBytes`: of the whole body, counted likewise.
 */
export function deviceRangeBytes(
  { bodyType }: Device,
  nvidia: Pick<NvidiaDevice, 'freeMemory'> | null,
  bodyBytes: number,
): number | null {
  if (nvidia === null || nvidia.freeMemory === 0) return null
  const { freeMemory } = nvidia
  const between = Math.min(BETWEEN_BYTES, freeMemory / 2)
  const each = bodyType === 'float32' ? FLOAT32_BYTES : 2
  const held = ((freeMemory - between) / SESSION_FACTOR) * (FLOAT32_BYTES / each)
  return bodyBytes <= held ? null : Math.floor(held)
}

/**
 * Weights of the unembedding, in the type they are multiplied in, that are in the engine at once. All hidden states go through a range before
 * the next is read: on a GPU they cross the bus once per range, so there it is as large as memory allows. `available`: of this machine.
 */
export function headRangeBytes(
  { kind }: Device,
  nvidia: Pick<NvidiaDevice, 'freeMemory'> | null,
  available: number,
): number {
  if (kind === 'cpu' || nvidia === null) return HEAD_BYTES
  return Math.max(HEAD_BYTES, Math.floor(HEAD_SHARE * Math.min(nvidia.freeMemory, available)))
}

/** What a round in one graph takes of the device. `weights`: bytes of all of them, as they are multiplied. */
export function roundBytes(weights: number): number {
  return SESSION_FACTOR * weights + BETWEEN_BYTES
}
