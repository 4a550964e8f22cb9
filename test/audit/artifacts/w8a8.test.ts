/** Artifacts that quantize activations at run time: the graph does it too, says so, and can be told not to. *
 * @module-tag slow
 */
import { afterAll, describe, expect, it } from 'vitest'
import { loadProgram } from '../../../src/audit/capture/body-parts.ts'
import { describeModel } from '../../../src/audit/subjects/model.ts'
import { openCheckpoint } from '../../../src/checkpoints/open.ts'
import { wholeBody } from '../../../src/models/body-program.ts'
import { openFiles } from '../../../src/sources/open-files.ts'
import { ENCODERS } from '../../checkpoints/packed/encoders/index.ts'
import { at } from '../../oracle/pieces.ts'
import { NEOX } from '../golden-audit.ts'
import { saveAgain } from '../resaved.ts'
import { decodedBy, neox, Workshop } from './make.ts'
import { naiveQuantized } from './naive-activations.ts'
import { candidatesOf, klOf, SHORT } from './short.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

const [LENGTH, D] = [24, 128]
const CPU = { kind: 'cpu', threads: 1, bodyType: 'float32' } as const
const ONE = { count: 1, device: CPU } as const

/** Encoder, the scheme it declares in words. */
const SCHEMES = [
  ['int-quantized int8 per channel', 'int8 dynamic per token (24 layers)'],
  ['float-quantized per channel', 'fp8 e4m3 dynamic per token (24 layers)'],
  ['bitsandbytes int8', 'int8 dynamic per token, outlier columns from 6 kept (24 layers)'],
] as const

function encoderNamed(name: string) {
  const found = ENCODERS.find((encoder) => encoder.name === name)
  if (found === undefined) throw new Error(`no encoder ${name}`)
  return found
}

describe.each(SCHEMES)('%s', (name, words) => {
  const encoder = encoderNamed(name)
  const folder = workshop.packed(encoder, neox, name.replaceAll(' ', '-'))

  it('differs from weights alone, and the report says which it was', async () => {
    const [simulated] = await candidatesOf({ ...SHORT, candidates: [folder] })
    const [ignored] = await candidatesOf({ ...SHORT, candidates: [folder], activations: 'ignore' })
    expect(simulated?.compression?.activations).toBe(words)
    expect(ignored?.compression?.activations).toBe(`${words}; ignored (--activations ignore)`)
    expect(klOf(simulated)).toBeGreaterThan(1.1 * klOf(ignored))
    const [weightOnly] = await candidatesOf({
      ...SHORT,
      candidates: [workshop.plain(decodedBy(encoder, neox), `${name} plain`)],
    })
    expect(Math.abs(klOf(ignored) - klOf(weightOnly))).toBeLessThan(1e-6)
  })

  it('multiplies the quantized input, as plain loops do', async () => {
    const files = await openFiles(folder)
    const checkpoint = await openCheckpoint(folder, files)
    const model = describeModel(checkpoint, LENGTH, 'simulate')
    const layer = 3
    const hooks = ['attn.hook_z', 'hook_attn_out'] as const
    const taps = hooks.map((hook) => ({ layer, name: hook }))
    const shape = {
      sequences: 1,
      length: LENGTH,
      type: 'float32',
      tiling: null,
      hiddenTile: null,
    } as const
    const session = await loadProgram(model, wholeBody(taps), { shape, lanes: ONE })
    const ids = BigInt64Array.from({ length: LENGTH }, (_, i) => BigInt((i * 37) % 1000))
    const result = await session.run({
      ids: { type: 'int64', data: ids, dims: [1, LENGTH] },
      last_position: { type: 'int32', data: Int32Array.of(LENGTH - 1), dims: [1] },
      length: { type: 'int32', data: Int32Array.of(LENGTH), dims: [] },
    })
    await session.release()
    await checkpoint.close()

    const module = `gpt_neox.layers.${layer}.attention.dense`
    const quantization = model.activations.get(`${module}.weight`)
    if (quantization === undefined) throw new Error('no quantization')
    const z = result.float32(`blocks.${layer}.attn.hook_z`)
    const found = result.float32(`blocks.${layer}.hook_attn_out`)
    const expected = project(decodedBy(encoder, neox).tensors, module, naiveQuantized(z, D, quantization))
    const plain = project(decodedBy(encoder, neox).tensors, module, z)
    expect(distance(found, expected)).toBeLessThan(1e-6)
    expect(distance(found, plain)).toBeGreaterThan(1e-3)
  })
})

/** x·Wᵀ + b in float64. */
function project(tensors: typeof neox.tensors, module: string, x: Float32Array): Float64Array {
  const weight = tensors.get(`${module}.weight`)?.data ?? []
  const bias = tensors.get(`${module}.bias`)?.data ?? []
  return Float64Array.from({ length: x.length }, (_, i) => {
    const [row, out] = [Math.floor(i / D), i % D]
    let sum = at(bias, out)
    for (let k = 0; k < D; k++) sum += at(x, row * D + k) * at(weight, out * D + k)
    return sum
  })
}

/** ‖a − b‖ / ‖b‖ */
function distance(a: Float32Array, b: Float64Array): number {
  let [difference, size] = [0, 0]
  for (const [i, value] of b.entries()) {
    difference += (at(a, i) - value) ** 2
    size += value ** 2
  }
  return Math.sqrt(difference / size)
}

it('is the reference’s own figures when nothing is declared', async () => {
  const [candidate] = await candidatesOf({
    ...SHORT,
    candidates: [saveAgain(NEOX.reference, workshop.at('saved-again'))],
  })
  expect(candidate?.compression).toBeNull()
  expect(Math.abs(klOf(candidate))).toBeLessThan(1e-9)
})
