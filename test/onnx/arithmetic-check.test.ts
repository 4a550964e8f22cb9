/** @file The check of a device's arithmetic: the CPU passes its own; what is wrong is named with its size. */
import { describe, expect, it } from 'vitest'
import { arithmeticProblem, disagreement } from '../../src/onnx/devices/arithmetic-check.ts'

const outputs = (...values: number[]) =>
  new Map([
    ['Gemm', Float32Array.of(1, 2)],
    ['Softmax', Float32Array.from(values)],
  ])

describe('the check of a device', () => {
  it('passes the CPU', async () => {
    expect(await arithmeticProblem({ kind: 'cpu', threads: 1, bodyType: 'float32' })).toBeNull()
  })

  it('lets rounding pass', () => {
    expect(disagreement(outputs(0.5, -4), outputs(0.5001, -4.0002))).toBeNull()
  })

  it.each([
    ['a wrong value', [0.5, -3.9], '2.5e-2'],
    ['a value that is not a number', [Number.NaN, -4], 'NaN'],
    ['a value too few', [0.5], 'NaN'],
  ])('names %s', (_, values, size) => {
    expect(disagreement(outputs(0.5, -4), outputs(...values))).toBe(
      `its Softmax differs from the CPU’s by ${size} of the largest value, where 0.0001 is rounding`,
    )
  })
})
