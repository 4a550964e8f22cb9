/** @file What is said of references that may move. */
import { describe, expect, it } from 'vitest'
import { pinWarnings } from '../../src/audit/subjects/pinning.ts'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'
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
