/** @file What is said of references that may move. */
import { describe, expect, it } from 'vitest'
import { mirrorWarnings, pinWarnings, rangeWarnings } from '../../src/audit/subjects/pinning.ts'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'
const EXPECTED = { reference: [], saes: [], corpus: [], candidates: [] }
const config = (reference: string, sae = './sae') => ({
  reference,
  saes: [{ source: sae, hook: null, center: null }],
  corpus: {
    source: './text.txt',
    lines: 'as-is',
    lineEnds: null,
    tokens: null,
    blockLength: 128,
    bos: 'auto',
  } as const,
  tokenizer: null,
})

describe('an unpinned spec of the Hub', () => {
  it.each(['hf:own/name', 'hf:own/name@main', 'hf:own/name@v1.0', `hf:own/name@${COMMIT.slice(0, 7)}`])(
    '%s is named, with what follows from it',
    (spec) => {
      const [warning, ...others] = pinWarnings(config(spec, spec))
      expect(warning).toContain(`${spec}: not pinned`)
      expect(warning).toContain('not comparable')
      expect(others).toEqual([])
    },
  )

  it('is no matter for local files and commits', () => {
    expect(pinWarnings(config('./ref'))).toEqual([])
    expect(pinWarnings(config(`hf:own/name@${COMMIT}`, `hf:own/sae@${COMMIT}/layer_4`))).toEqual([])
  })
})

describe('what comes from a mirror', () => {
  const hubs = { ...config(`hf:own/name@${COMMIT}`), candidates: ['rtn:6', 'hf:own/int4'] }
  const mirror = 'https://mirror.example'

  it('is named, with the inputs that hold it', () => {
    const [warning, ...others] = mirrorWarnings(hubs, mirror)
    expect(warning).toContain(`not verified: what hf: names came from ${mirror} (HF_ENDPOINT)`)
    expect(warning).toMatch(/hold it by expect-reference-sha256, expect-candidate-sha256$/)
    expect(others).toEqual([])
    const half = mirrorWarnings({ ...hubs, expected: { ...EXPECTED, reference: ['0'.repeat(64)] } }, mirror)
    expect(half[0]).toMatch(/hold it by expect-candidate-sha256$/)
  })

  it('is no matter where it is held, or the Hub itself answers, or nothing is asked there', () => {
    const held = { ...EXPECTED, reference: ['0'.repeat(64)], candidates: ['1'.repeat(64)] }
    expect(mirrorWarnings({ ...hubs, expected: held }, mirror)).toEqual([])
    expect(mirrorWarnings(hubs, 'https://huggingface.co')).toEqual([])
    expect(mirrorWarnings({ ...config('./ref'), candidates: ['rtn:6'] }, mirror)).toEqual([])
  })
})

describe('a corpus of which parts were read', () => {
  it('is named, unless its token ids are held', () => {
    const [warning] = rangeWarnings({}, ['a', 'b', 'c', 'd', 'e'])
    expect(warning).toMatch(
      /^not verified: of a, b, c and 2 more only parts were read.*expect-corpus-sha256$/,
    )
    expect(rangeWarnings({}, [])).toEqual([])
    expect(rangeWarnings({ expected: { ...EXPECTED, corpus: ['0'.repeat(64)] } }, ['a'])).toEqual([])
  })
})
