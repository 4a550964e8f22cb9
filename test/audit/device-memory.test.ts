/** @file A GPU whose memory is short: fewer rows in a run, ranges of blocks, and a device that is gone. */
import { describe, expect, it } from 'vitest'
import { deviceRangeBytes, headRangeBytes } from '../../src/audit/machine/device-memory.ts'
import { isOutOfMemory, withFewerRows } from '../../src/audit/machine/fewer-rows.ts'
import { runSize } from '../../src/audit/machine/run-size.ts'
import { deviceLost, engineFailed } from '../../src/errors/onnx.ts'
import type { Device } from '../../src/onnx/sessions/session.ts'

const CUDA: Device = { kind: 'cuda', threads: 2, bodyType: 'bfloat16' }
/** As onnxruntime 1.29 and its CUDA provider said it. */
const FULL = engineFailed(
  'running a',
  'Non-zero status code returned while running Gemm node. Status Message: Failed to allocate memory for requested buffer of size 75497472',
)

describe('a range of the unembedding', () => {
  it.each([
    ['small on the CPU', { ...CUDA, kind: 'cpu' } as const, 80e9, 64e9, 256e6],
    ['small where the device does not tell', CUDA, 0, 64e9, 256e6],
    ['an eighth of the device, into which that of Gemma-2-2B fits whole', CUDA, 24e9, 64e9, 3e9],
    ['an eighth of the machine, which it comes through', CUDA, 80e9, 16e9, 2e9],
  ])('is %s', (_, device, freeMemory, available, expected) => {
    expect(headRangeBytes(device, { freeMemory }, available)).toBe(expected)
  })
})

describe('a stage that does not fit', () => {
  it('is done again with half the rows until it does', async () => {
    const tried: number[] = []
    const done = await withFewerRows(CUDA, async (device) => {
      const { bodyRows, headRows, featureRows } = runSize(device)
      tried.push(bodyRows)
      expect([headRows, featureRows]).toEqual([bodyRows, bodyRows])
      if (bodyRows > 1024) throw FULL
      return 'done'
    })
    expect([done, tried]).toEqual(['done', [4096, 2048, 1024]])
  })

  it('is given up where rows are not what fills the memory', async () => {
    let tries = 0
    const never = withFewerRows(CUDA, async () => {
      tries++
      throw FULL
    })
    await expect(never).rejects.toBe(FULL)
    expect(tries).toBe(6)
  })

  it.each([
    ['another failure', CUDA, engineFailed('running a', 'CUBLAS failure 13: execution failed')],
    ['a device that is gone', CUDA, deviceLost('running a', 'CUDA failure 719: unspecified launch failure')],
    ['the CPU', { ...CUDA, kind: 'cpu' } as const, FULL],
  ])('is not done again for %s', async (_, device, error) => {
    let tries = 0
    const once = withFewerRows(device, async () => {
      tries++
      throw error
    })
    await expect(once).rejects.toBe(error)
    expect(tries).toBe(1)
  })

  it.each([
    'CUDA failure 2: out of memory',
    'CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED',
    'Device is out of memory',
  ])('says %s', (reason) => {
    expect(isOutOfMemory(engineFailed('loading a', reason))).toBe(true)
    expect(isOutOfMemory(new Error(reason))).toBe(false)
  })
})

describe('a body on a device of so much free memory', () => {
  const GEMMA_2B = 4 * 2.6e9
  const LLAMA_8B = 4 * 8e9
  it.each([
    ['2B in 24 GB', 24e9, GEMMA_2B, null],
    ['8B in 24 GB', 24e9, LLAMA_8B, 30.77e9],
    ['8B in 48 GB', 48e9, LLAMA_8B, null],
    ['2B in 6 GB', 6e9, GEMMA_2B, 4.615e9],
  ])('%s', (_, freeMemory, bytes, range) => {
    const found = deviceRangeBytes(CUDA, { freeMemory }, bytes)
    if (range === null || found === null) expect(found).toBe(range)
    else expect(found / range).toBeCloseTo(1, 2)
  })

  it('is whole where nobody knows', () => {
    expect(deviceRangeBytes(CUDA, null, LLAMA_8B)).toBeNull()
    expect(deviceRangeBytes(CUDA, { freeMemory: 0 }, LLAMA_8B)).toBeNull()
  })
})

it('a device that is gone ends the run with 3, and says that nothing was written', () => {
  const { exitStatus, message, fix } = deviceLost('running a', 'CUDA failure 719: unspecified launch failure')
  expect([exitStatus, message]).toEqual([
    3,
    'The device stopped working while running a: CUDA failure 719: unspecified launch failure',
  ])
  expect(fix).toContain('Nothing was written')
})
