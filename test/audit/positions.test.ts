/** @file Which positions count: as asked, or as a dictionary was trained, on the sequences that there are. */
import { describe, expect, it } from 'vitest'
import { countedAt } from '../../src/audit/run/positions.ts'
import { countedMask, MOST_SKIPPED } from '../../src/contract/options/positions.ts'
import { resolveRequest } from '../../src/contract/request/audit-request.ts'
import { TRAINED_ON_ALL } from '../../src/sae/dictionary.ts'

const withBos = { blockLength: 64, bos: 2 }
const plain = { blockLength: 64, bos: null }
const untrained = (start: number, bos: boolean, end: number | null = null, step = 1) => ({
  outside: { start, end, step },
  bos,
})

describe('positions: auto', () => {
  it.each([
    [TRAINED_ON_ALL, withBos, 'all'],
    [untrained(0, true), withBos, 'skip-first'],
    // Nothing special stands there.
    [untrained(0, true), plain, 'all'],
    [untrained(1, false), plain, 'skip-first'],
    [untrained(8, true), withBos, 'skip-first=8'],
    [untrained(8, false, 60), plain, 'slice=8:60'],
    [untrained(0, false, null, 2), plain, 'slice=0::2'],
    // BOS stands where the first position that was trained on would: the next one is two further on.
    [untrained(0, true, 60, 2), withBos, 'slice=2:60:2'],
    [untrained(1, true, 60, 2), withBos, 'slice=1:60:2'],
    // Sequences end before.
    [untrained(1, false, 64), plain, 'skip-first'],
    [untrained(0, false, 123), plain, 'all'],
  ])('%j on %j: %s', (never, text, counted) => {
    expect(countedAt('hook', 'auto', never, text)).toBe(counted)
    expect(countedAt('hook', 'all', never, text)).toBe('all')
    expect(countedAt('hook', 'skip-first=3', never, text)).toBe('skip-first=3')
    expect(countedAt('hook', 'slice=3:64', never, text)).toBe('skip-first=3')
    expect(countedAt('hook', 'slice=3:63', never, text)).toBe('slice=3:63')
  })

  it('is refused where nothing is left', () => {
    expect(() => countedAt('hook', 'auto', untrained(64, false), plain)).toThrow(
      'At hook positions are counted by skip-first=64, which leaves nothing of sequences of 64.',
    )
    expect(() => countedAt('hook', 'skip-first=64', TRAINED_ON_ALL, plain)).toThrow(/leaves nothing/)
    expect(() => countedAt('hook', 'slice=9:9', TRAINED_ON_ALL, plain)).toThrow(/leaves nothing/)
  })
})

it.each([
  ['all', 5, [1, 1, 1, 1, 1]],
  ['skip-first', 5, [0, 1, 1, 1, 1]],
  ['skip-first=7', 5, [0, 0, 0, 0, 0]],
  ['slice=1:4', 5, [0, 1, 1, 1, 0]],
  ['slice=1::3', 6, [0, 1, 0, 0, 1, 0]],
  ['slice=1:4:3', 6, [0, 1, 0, 0, 0, 0]],
])('%s of %d positions', (positions, length, mask) => {
  expect([...countedMask(positions, length)]).toEqual(mask)
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

  it('takes a slice, and writes it in the shortest form', () => {
    const slices = [
      'slice=0:',
      'slice=1::1',
      'slice=8:',
      'slice=5000:',
      'slice=08:120',
      'slice=0::4',
      'slice=2:9:3',
    ]
    expect(slices.map(asked)).toEqual([
      ...['all', 'skip-first', 'skip-first=8', 'slice=5000:', 'slice=8:120', 'slice=0::4', 'slice=2:9:3'],
    ])
  })

  it.each([
    'skip-first=0',
    'skip-first=',
    'skip-first=-1',
    'skip-first=1.5',
    `skip-first=${MOST_SKIPPED + 1}`,
    'slice=',
    'slice=3',
    'slice=-1:',
    'slice=1:-1',
    'slice=1:9:0',
    'slice=1:12345678',
  ])('refuses %s', (text) => {
    expect(() => asked(text)).toThrow(/--positions is .* skip-first=N with N from 1 to 4096/)
  })
})
