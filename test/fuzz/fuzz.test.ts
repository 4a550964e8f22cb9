/** @file Broken files through every reader: refused in our own words, or read. `npm run fuzz` tries as many as one likes. */
import { describe, expect, it } from 'vitest'
import { SaegateError } from '../../src/errors/problem.ts'
import { READERS } from './readers.ts'
import { inputOf, MOST_SECONDS } from './run.ts'

const INPUTS = 60

describe('a broken file', () => {
  it.each(Object.entries(READERS))('is refused or read: %s', async (name, reader) => {
    for (const seed of reader.seeds) await reader.read(seed)
    let refused = 0
    for (let index = 0; index < INPUTS; index++) {
      const started = performance.now()
      try {
        await reader.read(inputOf('test', name, index))
      } catch (error) {
        if (!(error instanceof SaegateError))
          throw new Error(`input ${index} of ${name} ended in a failure of ours`, { cause: error })
        expect(error.exitStatus).toBe(reader.exitStatus ?? 2)
        refused++
      }
      // Ten times what is allowed: other tests run beside this one.
      expect(performance.now() - started).toBeLessThan(10_000 * MOST_SECONDS)
    }
    expect(refused).toBeGreaterThan(0)
  })
})
