/**
 * @file Kinds of token by which damage is told apart. A token is of the kind of the one that is predicted, whose loss is counted, and may be of
 * several: `rare` ids stand once in the audited text; `position-N` is the Nth eighth of what a sequence predicts.
 */

/** Told from a token's text; nothing is of these where nobody knows the spelling, and so they are left out. */
export const SPELLED_KINDS = ['digits', 'code-punctuation', 'non-latin', 'white-space'] as const

const POSITION_KINDS = [
  'position-1',
  'position-2',
  'position-3',
  'position-4',
  'position-5',
  'position-6',
  'position-7',
  'position-8',
] as const

export const POSITION_PARTS = POSITION_KINDS.length

export const TOKEN_KINDS = [...SPELLED_KINDS, 'special', 'rare', ...POSITION_KINDS] as const

export type SpelledKind = (typeof SPELLED_KINDS)[number]
export type TokenKind = (typeof TOKEN_KINDS)[number]
