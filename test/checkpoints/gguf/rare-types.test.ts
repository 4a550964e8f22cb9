/** @file I-quants, ternary types and NVFP4 against ggml's own Python package, over blocks that use every index of a code book. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import * as grids from '../../../src/checkpoints/gguf/quant-blocks/grids.ts'
import { ggmlType } from '../../../src/checkpoints/gguf/quant-blocks/types.ts'
import { gridValues } from '../../../src/checkpoints/gguf/quant-blocks/unpacked-grid.ts'

const IDS = {
  IQ2_XXS: 16,
  IQ2_XS: 17,
  IQ3_XXS: 18,
  IQ1_S: 19,
  IQ3_S: 21,
  IQ2_S: 22,
  IQ1_M: 29,
  TQ1_0: 34,
  TQ2_0: 35,
  NVFP4: 40,
} as const

interface Golden {
  readonly blocks: number
  readonly types: Readonly<
    Record<
      string,
      { readonly clear: readonly number[]; readonly sha256: string; readonly first: readonly number[] }
    >
  >
}

const golden: Golden = JSON.parse(
  await readFile(new URL('../../../fixtures/gguf/rare-types.json', import.meta.url), 'utf8'),
)

/** The bytes that the golden file was made from: a linear congruential generator, scales kept finite. */
function blocksOf(name: string, blockBytes: number): Uint8Array {
  let state = 7
  const bytes = Uint8Array.from({ length: golden.blocks * blockBytes }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  })
  for (let at = 0; at < bytes.length; at += blockBytes) {
    for (const high of golden.types[name]?.clear ?? []) bytes[at + high]! &= 0xbf
    if (name === 'NVFP4') for (let i = 0; i < 4; i++) bytes[at + i]! &= 0x7f
  }
  return bytes
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe.each(Object.entries(IDS))('%s', (name, id) => {
  it("decodes 2,000 blocks to the bits of ggml's package", () => {
    const type = ggmlType(id)
    if (type === undefined || typeof type.decoding !== 'function') throw new Error(`${name} has no decoder`)
    const out = new Float32Array(golden.blocks * type.blockSize)
    type.decoding(blocksOf(name, type.blockBytes), out)
    // A zero has no sign there.
    const values = out.map((value) => value + 0)
    expect([...values.subarray(0, 8)]).toEqual(golden.types[name]?.first)
    expect(sha256(new Uint8Array(values.buffer))).toBe(golden.types[name]?.sha256)
  })
})

describe.each(Object.entries(grids))('%s', (_, grid) => {
  it('holds the values that its checksum was made of', () => {
    const values = gridValues(grid)
    expect(sha256(Uint8Array.from(values, (value) => value & 255))).toBe(grid.sha256)
    expect(values.length % grid.width).toBe(0)
  })
})
