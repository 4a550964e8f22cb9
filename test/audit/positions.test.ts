/** @file Which positions count: as asked, or as a dictionary was trained, on the sequences that there are. */
import { describe, expect, it } from 'vitest'
import { countedAt } from '../../src/audit/run/positions.ts'
import { MOST_SKIPPED } from '../../src/contract/options/positions.ts'
import { resolveRequest } from '../../src/contract/request/audit-request.ts'
import { TRAINED_ON_ALL } from '../../src/sae/dictionary.ts'

const withBos = { blockLength: 64, bos: 2 }
const plain = { blockLength: 64, bos: null }

describe('positions: auto', () => {
  it.each([
    [TRAINED_ON_ALL, withBos, 'all'],
    [{ first: 0, bos: true }, withBos, 'skip-first'],
    // Nothing special stands there.
    [{ first: 0, bos: true }, plain, 'all'],
    [{ first: 1, bos: false }, plain, 'skip-first'],
    [{ first: 8, bos: true }, withBos, 'skip-first=8'],
  ])('%j on %j: %s', (untrained, text, counted) => {
    expect(countedAt('hook', 'auto', untrained, text)).toBe(counted)
    expect(countedAt('hook', 'all', untrained, text)).toBe('all')
    expect(countedAt('hook', 'skip-first=3', untrained, text)).toBe('skip-first=3')
  })

  it('is refused where nothing is left', () => {
    const untrained = { first: 64, bos: false }
    expect(() => countedAt('hook', 'auto', untrained, plain)).toThrow(
      'At hook positions are counted by skip-first=64, which leaves nothing of sequences of 64.',
    )
    expect(() => countedAt('hook', 'skip-first=64', TRAINED_ON_ALL, plain)).toThrow(/leaves nothing/)
  })
})

describe('--positions', () => {
  const asked = (positions: string) =>
    resolveRequest(
      {
        origin: 'flag',
        values: { reference: 'r', candidate: ['rtn:6'], sae: ['s'], corpus: 'c.txt', positions },
      },
      null,
    ).positions

  it('takes how many are left out', () => {
    expect(['auto', 'all', 'skip-first', 'skip-first=1', 'skip-first=8'].map(asked)).toEqual([
      'auto',
      'all',
      'skip-first',
      'skip-first',
      'skip-first=8',
    ])
  })

  it.each([
    'skip-first=0',
    'skip-first=',
    'skip-first=-1',
    'skip-first=1.5',
    `skip-first=${MOST_SKIPPED + 1}`,
  ])('refuses %s', (text) => {
    expect(() => asked(text)).toThrow(/--positions is .* skip-first=N with N from 1 to 4096/)
  })
})
