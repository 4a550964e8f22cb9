/** @file What nvidia-smi answers, and which of its devices a process sees. */
import { describe, expect, it } from 'vitest'
import { typeOnCuda } from '../../src/onnx/devices/device.ts'
import {
  leastFree,
  nvidiaDevices,
  parseNvidiaSmi,
  unlikeProblem,
  visibleDevice,
} from '../../src/onnx/devices/nvidia.ts'

const A100 =
  '0, GPU-11111111-aaaa-bbbb-cccc-000000000000, NVIDIA A100-SXM4-80GB, 550.54.15, 8.0, 81920, 81000'
const T4 = '1, GPU-22222222-aaaa-bbbb-cccc-000000000000, Tesla T4, 550.54.15, 7.5, 15360, 15000'
const DEVICES = parseNvidiaSmi(`${A100}\n${T4}\n`)

describe('the answer of nvidia-smi', () => {
  it('is read field by field', () => {
    expect(DEVICES[1]).toEqual({
      index: 1,
      uuid: 'GPU-22222222-aaaa-bbbb-cccc-000000000000',
      name: 'Tesla T4',
      driver: '550.54.15',
      capability: 7.5,
      totalMemory: 15360 * 2 ** 20,
      freeMemory: 15000 * 2 ** 20,
    })
  })

  it('may leave things open', () => {
    const [device] = parseNvidiaSmi('0, GPU-1, Old\u001b[31m card, 470.1, [N/A], [N/A], [N/A]')
    expect(device).toMatchObject({ name: 'Old[31m card', capability: 0, totalMemory: 0, freeMemory: 0 })
  })

  it.each(['', 'No devices were found', 'a, b, c', `${'x'.repeat(1000)},,,,,,`])(
    'may be none: %s',
    (answer) => {
      expect(parseNvidiaSmi(answer)).toEqual([])
    },
  )

  it('is bounded', () => {
    const many = Array.from({ length: 1000 }, (_, i) => A100.replace('0,', `${i},`)).join('\n')
    expect(parseNvidiaSmi(many)).toHaveLength(64)
    expect(parseNvidiaSmi(A100.replace('NVIDIA A100', 'N'.repeat(500)))[0]?.name).toHaveLength(80)
  })

  it('does not come where there is no driver', () => {
    expect(nvidiaDevices('saegate-has-no-such-program')).toBeNull()
  })
})

describe('CUDA_VISIBLE_DEVICES', () => {
  it.each([
    [undefined, 1, 'Tesla T4'],
    [undefined, 2, undefined],
    ['1,0', 0, 'Tesla T4'],
    ['1', 1, undefined],
    ['GPU-2222', 0, 'Tesla T4'],
    ['MIG-GPU-2222/1/0', 0, undefined],
    ['', 0, undefined],
  ])('%s: device %i is %s', (visible, index, name) => {
    expect(visibleDevice(DEVICES, index, visible)?.name).toBe(name)
  })
})

describe('the type of operands on CUDA', () => {
  it.each([
    ['bfloat16', DEVICES[0] ?? null, 'bfloat16'],
    ['bfloat16', DEVICES[1] ?? null, 'float16'],
    // Nobody knows: the probe will tell.
    ['bfloat16', null, 'bfloat16'],
    ['float16', DEVICES[0] ?? null, 'float16'],
    ['float32', DEVICES[0] ?? null, 'float16'],
  ] as const)('%s', (stored, device, type) => {
    expect(typeOnCuda(stored, device)).toBe(type)
  })
})

describe('several devices', () => {
  const other = parseNvidiaSmi(A100.replace('0,', '2,').replace('81000', '20000'))[0] ?? null
  const [a100 = null, t4 = null] = DEVICES

  it('are what the one with the least memory free is', () => {
    expect(leastFree([a100, other])?.index).toBe(2)
    expect(leastFree([other, a100])?.freeMemory).toBe(20000 * 2 ** 20)
    expect(leastFree([a100, null])).toBeNull()
  })

  it('have to be of one kind', () => {
    expect(unlikeProblem([a100, other])).toBeNull()
    expect(unlikeProblem([a100, null])).toBeNull()
    expect(unlikeProblem([a100, t4])).toMatch(/not alike: NVIDIA A100-SXM4-80GB, Tesla T4/)
  })
})
