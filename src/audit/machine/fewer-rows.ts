/**
 * @file A stage of the audit on a device whose memory may be too small for a run of the usual size: where the device says so, the stage is
 * done again with half as many rows in a run, and so on. What a stage has summed is its own, so that nothing counts twice. On the CPU
 * rows are few, and no smaller run would help.
 */
import { SaegateError } from '../../errors/problem.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { GPU_ROWS } from './run-size.ts'

/** Below this the weights are what does not fit. */
const LEAST_ROWS = 128

/** Errors: those of the stage. */
export async function withFewerRows<T>(device: Device, stage: (device: Device) => Promise<T>): Promise<T> {
  for (let tried = device; ; ) {
    try {
      return await stage(tried)
    } catch (error) {
      const { rows = GPU_ROWS } = tried
      if (device.kind === 'cpu' || !isOutOfMemory(error) || rows <= LEAST_ROWS) throw error
      tried = { ...tried, rows: rows / 2 }
    }
  }
}

/** As onnxruntime's arenas, CUDA, cuBLAS, cuDNN and WebGPU say it. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof SaegateError) || error.code !== 'ENGINE_FAILED') return false
  return /out of memory|failed to allocate memory|ALLOC_FAILED|CUDA failure 2\b|Not enough memory/i.test(
    error.message,
  )
}
