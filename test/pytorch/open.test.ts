/** @file Files that PyTorch wrote, against what PyTorch says they hold (fixtures/make/pytorch_files.py), and hostile ones. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../src/bytes/source.ts'
import { SaegateError } from '../../src/errors/problem.ts'
import { openPytorch } from '../../src/pytorch/open.ts'
import { decodeFloats, toFloat32 } from '../../src/tensors/float-tensors.ts'
import { randomOf } from '../fuzz/mutate.ts'
import { zipOf } from '../fuzz/zip-of.ts'
import { Pickler } from './pickler.ts'

interface Golden {
  readonly shape: number[]
  readonly values: number[]
}
const GOLDEN: Readonly<Record<string, Golden>> = JSON.parse(
  readFileSync('fixtures/pytorch/values.json', 'utf8'),
)
const stored = (name: string): Uint8Array => Uint8Array.from(readFileSync(`fixtures/pytorch/${name}`))
const open = (bytes: Uint8Array) => openPytorch(bytesSource('ae.pt', bytes))

async function valuesOf(bytes: Uint8Array, name: string): Promise<number[]> {
  const file = await open(bytes)
  const tensor = file.entries.get(name)
  if (tensor === undefined) throw new Error(`no ${name}`)
  const data = await file.readBytes(name)
  expect(data.byteLength).toBe(tensor.end - tensor.start)
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (tensor.dtype === 'I64')
    return Array.from({ length: data.byteLength / 8 }, (_, i) => Number(view.getBigInt64(8 * i, true)))
  if (tensor.dtype === 'U8' || tensor.dtype === 'BOOL') return [...data]
  return [...toFloat32(decodeFloats(tensor, data))]
}

describe('what PyTorch wrote', () => {
  it.each(Object.keys(GOLDEN))('zip: %s', async (name) => {
    const golden = GOLDEN[name]
    const file = await open(stored('zip.pt'))
    expect(file.entries.get(name)?.shape).toEqual(golden?.shape)
    const found = await valuesOf(stored('zip.pt'), name)
    expect(found).toEqual(golden?.values.map((value) => (name === 'f64' ? Math.fround(value) : value)))
  })

  it.each(['f32', 'f16', 'turned', 'behind'])('the form before 1.6: %s', async (name) => {
    expect(await valuesOf(stored('legacy.pt'), name)).toEqual(GOLDEN[name]?.values)
  })

  it.each([
    ['zip.pt', Object.keys(GOLDEN)],
    ['legacy.pt', ['f32', 'f16', 'turned', 'behind']],
  ] as const)('%s: any stretch of a tensor', async (from, names) => {
    const file = await open(stored(from))
    for (const name of names) {
      const whole = await file.readBytes(name)
      for (const range of [
        [0, 8],
        [8, 16],
        [0, whole.length],
        [whole.length - 8, whole.length],
      ] as const) {
        if (range[1] > whole.length || range[0] < 0) continue
        expect([...(await file.readBytes(name, range))]).toEqual([...whole.subarray(...range)])
      }
    }
  })

  it('has plain values beside tensors', async () => {
    expect(Object.fromEntries((await open(stored('zip.pt'))).values)).toEqual({
      'inner.k': 32,
      'inner.name': 'TopK',
      'inner.scale': 0.5,
      'inner.none': null,
      'inner.on': true,
    })
  })
})

/** An archive with this pickle, and one storage of four float32. */
const archive = (pickle: Uint8Array, more: Readonly<Record<string, Uint8Array>> = {}): Uint8Array =>
  zipOf(
    new Map([
      ['ae/data.pkl', pickle],
      ['ae/data/0', new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer)],
      ...Object.entries(more),
    ]),
  )

describe('a hostile file', () => {
  it.each([
    ['a function of the system', (p: Pickler) => p.global('posix', 'system').text('id').tuple(1).reduce()],
    ['the same without a call', (p: Pickler) => p.global('os', 'system')],
    ['builtins', (p: Pickler) => p.global('builtins', 'eval')],
    ['a class of torch that is no tensor', (p: Pickler) => p.global('torch.nn.modules.linear', 'Linear')],
    ['a storage that is called', (p: Pickler) => p.global('torch', 'FloatStorage').tuple(0).reduce()],
    ['an attribute of a type', (p: Pickler) => p.global('torch.float32', '__reduce__')],
    ['an opcode that makes an instance', (p: Pickler) => p.raw(0x81)],
    ['an opcode that looks up a registry', (p: Pickler) => p.raw(0x82, 1)],
    ['a state for what has none', (p: Pickler) => p.raw(0x5d, 0x7d, 0x62)],
  ])('is refused by name: %s', async (_, write) => {
    const pickler = new Pickler()
    write(pickler)
    await expect(open(archive(pickler.bytes()))).rejects.toMatchObject({
      code: 'PYTORCH_REFUSED',
      exitStatus: 2,
    })
  })

  it.each([
    ['a tensor beyond its storage', (p: Pickler) => p.tensor([5], [1]), /beyond its storage/],
    ['a tensor of more sizes than strides', (p: Pickler) => p.tensor([2, 2], [1]), /2 sizes and 1 strides/],
    ['sizes below 0', (p: Pickler) => p.tensor([-1], [1]), /not described/],
    ['an empty stack', (p: Pickler) => p.raw(0x30), /stack is empty/],
    ['a mark that is missing', (p: Pickler) => p.raw(0x74), /mark is missing/],
    ['a memo that is missing', (p: Pickler) => p.raw(0x68, 7), /remembered as 7/],
    ['text longer than the file', (p: Pickler) => p.raw(0x58, 255, 255, 255, 127), /ends early/],
    ['text of 2⁶³ bytes', (p: Pickler) => p.raw(0x8d, 255, 255, 255, 255, 255, 255, 255, 127), /ends early/],
    ['an integer of 4 GB', (p: Pickler) => p.raw(0x8b, 255, 255, 255, 255), /integer has/],
  ])('is refused where it is damaged: %s', async (_, write, message) => {
    const pickler = new Pickler()
    write(pickler)
    await expect(open(archive(pickler.bytes()))).rejects.toMatchObject({
      code: 'PYTORCH_MALFORMED',
      message: expect.stringMatching(message),
    })
  })
})

describe('a strange file', () => {
  it('repeats a small storage a billion times', async () => {
    const bytes = archive(new Pickler().dict('W', (p) => p.tensor([1 << 15, 1 << 15], [0, 0])).bytes())
    const file = await open(bytes)
    await expect(file.readBytes('W')).rejects.toMatchObject({ code: 'PYTORCH_MALFORMED' })
  })

  it('holds itself', async () => {
    // A list that is put into itself twice, without end.
    const loop = new Pickler().raw(0x5d, 0x71, 0, 0x68, 0, 0x61, 0x68, 0, 0x61).bytes()
    await expect(open(archive(loop))).rejects.toMatchObject({ code: 'PYTORCH_MALFORMED' })
  })

  it('has numbers of a big-endian machine, which are turned', async () => {
    const big = new Uint8Array(16)
    const view = new DataView(big.buffer)
    for (const [i, value] of [1, -2, 0.5, 4].entries()) view.setFloat32(4 * i, value, false)
    const bytes = archive(new Pickler().dict('W', (p) => p.tensor([4], [1])).bytes(), {
      'ae/data/0': big,
      'ae/byteorder': new TextEncoder().encode('big'),
    })
    expect(await valuesOf(bytes, 'W')).toEqual([1, -2, 0.5, 4])
  })

  it('with any opcode anywhere ends in our own words, and soon', async () => {
    const random = randomOf('opcodes')
    const good = new Pickler().dict('W', (p) => p.tensor([2, 2], [2, 1])).bytes()
    const started = performance.now()
    for (let opcode = 0; opcode < 256; opcode++) {
      for (let place = 0; place < 12; place++) {
        const bad = Uint8Array.from(good)
        bad[2 + Math.floor((bad.length - 2) * random())] = opcode
        try {
          const file = await open(archive(bad))
          for (const name of file.entries.keys()) await file.readBytes(name)
        } catch (error) {
          if (!(error instanceof SaegateError)) throw error
        }
      }
    }
    expect(performance.now() - started).toBeLessThan(120_000)
  })
})
