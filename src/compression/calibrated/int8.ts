/** @file The weights of LLM.int8() (arXiv 2208.07339) as bitsandbytes stores them: eight bits, a scale of max|w|/127 per row. */

import { halfToEven } from '../../numbers/half-even.ts'
import type { Rows } from './feedback.ts'

export function int8Rows({ data, out, in: inputs }: Rows): Float32Array {
  const rounded = new Float32Array(data.length)
  for (let row = 0; row < out; row++) {
    const [start, end] = [row * inputs, (row + 1) * inputs]
    let largest = 0
    for (let i = start; i < end; i++) largest = Math.max(largest, Math.abs(data[i]!))
    if (largest === 0) continue
    const scale = largest / 127
    for (let i = start; i < end; i++) rounded[i] = halfToEven((data[i]! * 127) / largest) * scale
  }
  return rounded
}
