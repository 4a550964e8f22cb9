/**
 * @file Of which kinds the token is that each scored row predicts (contract/token-kinds.ts), as bits: found once an audit, for all
 * candidates.
 */
import { POSITION_PARTS, SPELLED_KINDS, TOKEN_KINDS, type TokenKind } from '../../contract/token-kinds.ts'
import type { TokenSequences } from '../../corpus/token-sequences.ts'
import { spelledKinds } from '../../corpus/tokenizers/spelled-kinds.ts'
import type { TextTokenizer } from '../../corpus/tokenizers/text-tokenizer.ts'
import { present } from '../../numbers/present.ts'
import type { ScoredRows } from './sequences.ts'

export interface ScoredKinds {
  /** Those that can be told here, in the order of TOKEN_KINDS. */
  readonly told: readonly TokenKind[]
  /** Per scored row: bit k is set where the predicted token is of TOKEN_KINDS[k]. */
  readonly bits: Uint32Array
}

const bitOf = (kind: TokenKind): number => 1 << TOKEN_KINDS.indexOf(kind)

/** Is the token of the scored row of the kind? */
export const isOfKind = ({ bits }: ScoredKinds, row: number, kind: TokenKind): boolean =>
  (present(bits[row]) & bitOf(kind)) !== 0

/** `scored`: rows of the sequences. Without a tokenizer nobody knows what ids spell, or which are special. */
export function scoredKinds(
  { ids, blockLength }: TokenSequences,
  { rows, targets }: Pick<ScoredRows, 'rows' | 'targets'>,
  tokenizer: Pick<TextTokenizer, 'text' | 'specialIds'> | null,
): ScoredKinds {
  const ofIds = bitsOfIds(ids, tokenizer)
  const first = TOKEN_KINDS.indexOf('position-1')
  return {
    told: tokenizer === null ? TOKEN_KINDS.filter((kind) => !NEEDS_TOKENIZER.has(kind)) : TOKEN_KINDS,
    bits: Uint32Array.from(rows, (row, i) => {
      const part = Math.floor((POSITION_PARTS * (row % blockLength)) / (blockLength - 1))
      return present(ofIds.get(present(targets[i]))) | (1 << (first + part))
    }),
  }
}

const NEEDS_TOKENIZER: ReadonlySet<TokenKind> = new Set([...SPELLED_KINDS, 'special'])

/** Kinds that an id is of wherever it stands. A special token is of no kind by its text, which names it and is no text. */
function bitsOfIds(
  ids: Int32Array,
  tokenizer: Pick<TextTokenizer, 'text' | 'specialIds'> | null,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  const special = new Set(tokenizer?.specialIds)
  const own = (id: number): readonly TokenKind[] => {
    if (tokenizer === null) return []
    return special.has(id) ? ['special'] : spelledKinds(id, tokenizer.text)
  }
  return new Map(
    [...counts].map(([id, count]) => {
      const kinds = count === 1 ? [...own(id), 'rare' as const] : own(id)
      return [id, kinds.reduce((bits, kind) => bits | bitOf(kind), 0)]
    }),
  )
}
