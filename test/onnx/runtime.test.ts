/** @file What the engine's environment says before its library is loaded. */
import { expect, it } from 'vitest'
import { runtime } from '../../src/onnx/runtime/runtime.ts'

it('switches usage records and TF32 off', () => {
  delete process.env.NVIDIA_TF32_OVERRIDE
  delete process.env.ORT_DISABLE_TELEMETRY
  runtime()
  expect(process.env.NVIDIA_TF32_OVERRIDE).toBe('0')
  expect(process.env.ORT_DISABLE_TELEMETRY).toBe('1')
})
