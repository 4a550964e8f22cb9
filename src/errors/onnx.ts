/** @file Problems of the engine: onnxruntime missing, a device that is not there, a graph that failed. */
import { problem } from './problem.ts'

export const runtimeMissing = problem('RUNTIME_MISSING', 3, (reason: string) => ({
  message: `The native engine onnxruntime-node could not be loaded: ${reason}`,
  fix: 'Run `npm ci` in the saegate folder (or set SAEGATE_RUNTIME to a folder whose node_modules has onnxruntime-node), then `saegate doctor`.',
}))

export const deviceUnavailable = problem('DEVICE_UNAVAILABLE', 2, (device: string, reason: string) => ({
  message: `--device ${device}: ${reason}`,
  fix: 'Run `saegate doctor` to see which devices work here and what is missing, or use --device cpu.',
}))

export const precisionUnavailable = problem('PRECISION_UNAVAILABLE', 2, (device: string, type: string) => ({
  message: `--precision ${type} is not to be had on --device ${device}.`,
  fix: 'Leave --precision out, or use --device cpu, which emulates 16-bit types, or --device cuda.',
}))

export const deviceLost = problem('DEVICE_LOST', 3, (what: string, reason: string) => ({
  message: `The device stopped working while ${what}: ${reason}`,
  fix: 'Nothing was written, and an older report is as it was. Look at `nvidia-smi` and the system log (Xid), and run the audit again; with --device cpu it needs no device.',
}))

export const engineFailed = problem('ENGINE_FAILED', 3, (what: string, reason: string) => ({
  message: `onnxruntime failed while ${what}: ${reason}`,
  fix: 'If memory is short, close other programs or lower --memory and --block-length; otherwise run `saegate doctor` and report this message.',
}))
