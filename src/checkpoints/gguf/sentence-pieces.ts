/**
 * @file Merges from scores: SentencePiece's BPE joins the adjacent pair whose joined piece scores highest.
 *
 * A tokenizer.json wants a ranked list of pairs instead. As transformers derives it (convert_slow_tokenizer.py,
 * `generate_merges`): every cut of every piece into two pieces, ranked by the joined piece's score, best first.
 */

export interface Piece {
  readonly text: string
  readonly id: number
  readonly score: number
}

/** The longest piece of Llama 2 has 16 characters, Gemma's runs of one character reach 192. Bounds the number of cuts. */
export const MOST_PIECE_CHARACTERS = 512

/** Pairs in order of rank. Equal scores: lower ids of the parts first. */
export function piecesToMerges(pieces: readonly Piece[]): readonly (readonly [string, string])[] {
  const ids = new Map(pieces.map(({ text, id }) => [text, id]))
  const byScore = [...pieces].sort((a, b) => b.score - a.score || a.id - b.id)
  return byScore.flatMap(({ text }) => cuts(text, ids))
}

function cuts(text: string, ids: ReadonlyMap<string, number>): (readonly [string, string])[] {
  const found: { readonly left: number; readonly right: number; readonly at: number }[] = []
  for (let at = 1; at < text.length; at++) {
    const left = ids.get(text.slice(0, at))
    if (left === undefined) continue
    const right = ids.get(text.slice(at))
    if (right !== undefined) found.push({ left, right, at })
  }
  found.sort((a, b) => a.left - b.left || a.right - b.right)
  return found.map(({ at }) => [text.slice(0, at), text.slice(at)] as const)
}
