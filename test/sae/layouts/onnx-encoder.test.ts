/** @file Encoders exported by PyTorch, read off their graphs: what PyTorch computed with them is what comes out. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Dictionary } from '../../../src/sae/dictionary.ts'
import { folderWith, open } from '../dictionary-files.ts'
import { activationsOf, type Matrix, rebuiltOf } from '../encode.ts'

const EXPORTS = new URL('onnx-exports/', import.meta.url)
/** Made by onnx-exports/make.py. */
const { cases }: { cases: Readonly<Record<string, { rows: Matrix; outputs: readonly Matrix[] }>> } =
  JSON.parse(readFileSync(new URL('expected.json', EXPORTS), 'utf8'))
const exported = (name: string): Uint8Array => readFileSync(new URL(`${name}.onnx`, EXPORTS))
const HOOK = { hook: 'blocks.3.hook_resid_post' }
const CFG = JSON.stringify({ hook_name: HOOK.hook, model_name: 'pythia-70m-deduped' })

const openExport = async (name: string): Promise<Dictionary> =>
  open(await folderWith({ 'encoder.onnx': exported(name), 'cfg.json': CFG }))

function expectClose(found: Matrix, wanted: Matrix | undefined): void {
  expect(found.length).toBe(wanted?.length)
  for (const [i, row] of (wanted ?? []).entries()) {
    expect(found[i]?.length).toBe(row.length)
    for (const [j, value] of row.entries()) expect(found[i]?.[j]).toBeCloseTo(value, 4)
  }
}

describe('the ONNX export of an encoder', () => {
  it.each([
    ['standard', 'standard'],
    ['jump', 'jumprelu'],
    ['jump-where', 'jumprelu'],
    ['batch-top-k', 'jumprelu'],
    ['top-k', 'topk'],
    ['gated', 'gated'],
    ['by-norm', 'standard'],
  ])('%s: activations are PyTorch’s', async (name, architecture) => {
    const dictionary = await openExport(name)
    expect(dictionary.architecture).toBe(architecture)
    expect(dictionary.reads).toEqual({ layer: 3, name: 'hook_resid_post' })
    expect(dictionary.claims.model).toBe('pythia-70m-deduped')
    const { rows = [], outputs = [] } = cases[name] ?? {}
    const fired = outputs[0]?.flat().filter((value) => value > 0).length ?? 0
    expect(fired).toBeGreaterThan(0)
    expectClose(await activationsOf(dictionary, rows), outputs[0])
  })

  it('what its decoder rebuilds is PyTorch’s, too', async () => {
    const dictionary = await openExport('standard')
    const { rows = [], outputs = [] } = cases.standard ?? {}
    expect(dictionary.rebuilds).toBe(true)
    expectClose(await rebuiltOf(dictionary, rows), outputs[1])
  })

  it.each(['linear', 'linear-3d'])('%s: features are found on the way to what is rebuilt', async (name) => {
    const dictionary = await openExport(name)
    const { rows = [], outputs = [] } = cases[name] ?? {}
    expectClose(await rebuiltOf(dictionary, rows), outputs[0])
  })

  it('without a decoder nothing is rebuilt', async () => {
    expect((await openExport('top-k')).rebuilds).toBe(false)
  })
})

describe('an ONNX export that is not read', () => {
  it.each([
    ['normed', /ReduceMean/],
    ['signed', /can be negative/],
  ])('%s is refused by name', async (name, message) => {
    await expect(openExport(name)).rejects.toMatchObject({ code: 'SAE_ONNX_UNREAD', exitStatus: 2, message })
  })

  it('without a word on the hook it is asked for', async () => {
    const folder = await folderWith({ 'encoder.onnx': exported('jump') })
    await expect(open(folder)).rejects.toMatchObject({ code: 'SAE_HOOK_UNTOLD' })
    expect((await open(folder, HOOK)).architecture).toBe('jumprelu')
  })

  it('cut short', async () => {
    const folder = await folderWith({ 'encoder.onnx': exported('jump').subarray(0, 900) })
    await expect(open(folder, HOOK)).rejects.toMatchObject({ exitStatus: 2 })
  })

  it('another activation is named', async () => {
    const bytes = Buffer.from(exported('jump'))
    bytes.write('Selu', bytes.indexOf('Relu'))
    const folder = await folderWith({ 'encoder.onnx': bytes })
    await expect(open(folder, HOOK)).rejects.toMatchObject({ code: 'SAE_ONNX_UNREAD', message: /Selu/ })
  })

  it('a graph that is another than it reads like is caught by running it', async () => {
    // The largest of each column, not of each row: axis −1, ten bytes long, becomes 0 in ten bytes.
    const bytes = Buffer.from(exported('top-k'))
    const last = Buffer.from([...new Array<number>(9).fill(0xff), 1])
    const first = Buffer.from([...new Array<number>(9).fill(0x80), 0])
    const at = bytes.indexOf(last)
    expect(at).toBeGreaterThan(0)
    first.copy(bytes, at)
    const folder = await folderWith({ 'encoder.onnx': bytes })
    await expect(open(folder, HOOK)).rejects.toMatchObject({ code: 'SAE_ONNX_DIFFERS', exitStatus: 2 })
  })

  it('beside a dictionary’s own weights it is left alone', async () => {
    const folder = await folderWith({ 'a.onnx': exported('jump'), 'other.safetensors': 'x' })
    await expect(open(folder, HOOK)).rejects.toMatchObject({ code: 'SAE_NOT_FOUND' })
  })
})
