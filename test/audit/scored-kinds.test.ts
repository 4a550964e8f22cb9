/** @file Sums by kind of token, against a loop over single tokens that is written out. */
import { describe, expect, it } from 'vitest'
import { divergenceSums } from '../../src/audit/sums/group-sums.ts'
import { scoredKinds } from '../../src/audit/text/scored-kinds.ts'
import { chunkedScores } from '../../src/audit/text/sequences.ts'
import { SPELLED_KINDS, TOKEN_KINDS, type TokenKind } from '../../src/contract/token-kinds.ts'
import { tokenText } from '../../src/corpus/tokenizers/token-text.ts'
import { summarizePart } from '../../src/statistics/divergence-parts.ts'
import { VALUE_ALONE } from '../../src/statistics/intervals/resampling.ts'
import { worstKind } from '../../src/statistics/worst-kind.ts'

const PIECES = ['<s>', '▁the', '7', '▁{', '中', '▁▁', 'once', '▁42', '}', '<0xC3>']
const [SEQUENCES, LENGTH] = [6, 13]

/** 6 stands once; 0, which is special, begins sequences and stands in the middle of some. */
const ids = Int32Array.from({ length: SEQUENCES * LENGTH }, (_, i) => {
  if (i === 40) return 6
  const id = i % LENGTH === 0 ? 0 : (7 * i + Math.floor(i / 3)) % 10
  return id === 6 ? 1 : id
})
const tokens = {
  ids,
  sequenceCount: SEQUENCES,
  blockLength: LENGTH,
  bos: 0,
  stream: ids,
  sha256: 'a'.repeat(64),
  droppedTokens: 0,
  lineEnds: null,
  documents: null,
  specialIds: [],
}
const scored = chunkedScores(tokens, Int32Array.of(0, 2, 4, 6))
const tokenizer = {
  specialIds: [0],
  text: tokenText(new Map(PIECES.map((piece, id) => [id, piece])), 'metaspace'),
}
const count = SEQUENCES * (LENGTH - 1)
const kl = Float64Array.from({ length: count }, (_, i) => ((i * 37) % 101) / 50)
const agrees = Uint8Array.from({ length: count }, (_, i) => (i % 3 === 0 ? 0 : 1))
const losses = {
  scored,
  reference: new Float64Array(count).fill(1),
  referenceTop: new Float64Array(count).fill(0.5),
  candidate: { loss: new Float64Array(count).fill(2), kl, agrees },
}

const BY_HAND: Readonly<Partial<Record<TokenKind, readonly number[]>>> = {
  digits: [2, 7],
  'code-punctuation': [3, 8],
  'non-latin': [4, 9],
  'white-space': [5],
  special: [0],
  rare: [6],
}

/** Of the twelve tokens that a sequence predicts: 12 · n/8 of them come before eighth n + 1. */
const EIGHTHS = [1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8]

/** What the token after a row is, and where: no bits, no table of ids. */
function naive(kind: TokenKind) {
  const sums = { tokens: [0, 0, 0], kl: [0, 0, 0], agreements: [0, 0, 0] }
  let at = 0
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    for (let position = 1; position < LENGTH; position++, at++) {
      const id = ids[sequence * LENGTH + position] ?? -1
      const isIn = kind.startsWith('position-')
        ? EIGHTHS[position - 1] === Number(kind.slice(-1))
        : BY_HAND[kind]?.includes(id)
      if (isIn !== true) continue
      const g = Math.floor(sequence / 2)
      sums.tokens[g]! += 1
      sums.kl[g]! += kl[at] ?? Number.NaN
      sums.agreements[g]! += agrees[at] ?? Number.NaN
    }
  }
  return sums
}

describe('sums by kind of token', () => {
  const found = divergenceSums(losses, scoredKinds(tokens, scored, tokenizer)).byKind

  it.each(TOKEN_KINDS)('%s', (kind) => {
    const { kind: _, ...groups } = found.find((one) => one.kind === kind) ?? { kind }
    const expected = naive(kind)
    expect(groups).toEqual(expected)
    expect(expected.tokens.reduce((sum, tokens) => sum + tokens, 0)).toBeGreaterThan(0)
  })

  it('takes every token into one eighth of its sequence', () => {
    const eighths = found.filter(({ kind }) => kind.startsWith('position-'))
    expect(eighths).toHaveLength(8)
    expect(eighths.flatMap((one) => one.tokens).reduce((sum, tokens) => sum + tokens, 0)).toBe(count)
  })

  it('tells only what needs no tokenizer where there is none', () => {
    const told = divergenceSums(losses, scoredKinds(tokens, scored, null)).byKind
    const needs: readonly string[] = [...SPELLED_KINDS, 'special']
    expect(told).toEqual(found.filter(({ kind }) => !needs.includes(kind)))
  })

  it('are not made where kinds are not asked for', () => {
    expect(divergenceSums(losses, null).byKind).toEqual([])
  })

  it('of no token have no figures', () => {
    const none = summarizePart({ tokens: [0, 0], kl: [0, 0], agreements: [0, 0] }, VALUE_ALONE, 0.95)
    expect(none).toMatchObject({ scoredTokens: 0, klMean: null, top1Agreement: null })
  })
})

describe('the worst kind', () => {
  const whole = { klMean: 1, klMeanCi: [0.9, 1.1] }
  const of = (kind: string, klMean: number | null, klMeanCi: number[] | null) => ({ kind, klMean, klMeanCi })

  it('has the largest mean of those whose interval lies above that of all tokens', () => {
    const kinds = [
      of('above', 1.5, [1.2, 1.8]),
      of('furthest', 1.7, [1.3, 2.1]),
      of('uncertain', 5, [1.05, 9]),
      of('without an interval', 7, null),
      of('empty', null, null),
      of('below', 0.1, [0.05, 0.2]),
    ]
    expect(worstKind(kinds, whole)?.kind).toBe('furthest')
    expect(worstKind([...kinds].reverse(), whole)?.kind).toBe('furthest')
  })

  it('is none where no interval lies above, or all tokens have none', () => {
    expect(worstKind([of('touches', 2, [1.1, 3])], whole)).toBeNull()
    expect(worstKind([of('above', 2, [1.5, 3])], { klMean: 1, klMeanCi: null })).toBeNull()
    expect(worstKind([], whole)).toBeNull()
  })
})
