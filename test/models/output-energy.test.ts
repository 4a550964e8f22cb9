/** @file Errors of layers from products of their inputs, against the inputs themselves. */
import { expect, it } from 'vitest'
import { buildOutputEnergy } from '../../src/models/output-energy.ts'
import { createSession } from '../../src/onnx/sessions/session.ts'
import { CPU } from './run-program.ts'

it('is the squared norm of what each row makes of the inputs', async () => {
  const [OUT, IN, TOKENS] = [3, 5, 7]
  const wave = (i: number) => Math.sin(1 + 2.3 * i)
  const rows = Float32Array.from({ length: OUT * IN }, (_, i) => wave(i))
  const x = Array.from({ length: TOKENS }, (_, t) =>
    Array.from({ length: IN }, (_, k) => wave(40 + IN * t + k)),
  )
  const products = Float32Array.from({ length: IN * IN }, (_, i) =>
    x.reduce((sum, token) => sum + token[Math.floor(i / IN)]! * token[i % IN]!, 0),
  )
  const session = await createSession(buildOutputEnergy(IN), CPU, 'test')
  const result = await session.run({
    rows: { type: 'float32', data: rows, dims: [OUT, IN] },
    products: { type: 'float32', data: products, dims: [IN, IN] },
  })
  const energy = [...result.float32('energy')]
  await session.release()
  for (let r = 0; r < OUT; r++) {
    const outputs = x.map((token) => token.reduce((sum, value, k) => sum + value * rows[r * IN + k]!, 0))
    expect(energy[r]).toBeCloseTo(
      outputs.reduce((sum, y) => sum + y * y, 0),
      4,
    )
  }
})
