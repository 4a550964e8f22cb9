/** @file Where Node has no WebAssembly, or none with vectors, that is said. */
import { afterEach, expect, it, vi } from 'vitest'
import { loadFunction, type VectorFunction } from '../../src/numbers/vector-function.ts'

const NOTHING: VectorFunction = { parameters: 0, integers: 0, vectors: 0, body: [] }
const missing = expect.objectContaining({ code: 'VECTORS_MISSING', exitStatus: 2 })

afterEach(() => vi.unstubAllGlobals())

it.each([
  ['WebAssembly, as under node --jitless', undefined],
  ['vectors in it', { validate: () => false }],
])('without %s', (_, found) => {
  expect(() => loadFunction(NOTHING, 1)).not.toThrow()
  vi.stubGlobal('WebAssembly', found)
  expect(() => loadFunction(NOTHING, 1)).toThrow(missing)
})
