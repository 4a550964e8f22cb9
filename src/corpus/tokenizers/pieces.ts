/** @file A long text encoded piece by piece: the process stays responsive, and a token budget stops the work. */
import { setImmediate } from 'node:timers/promises'
import type { CutRule } from './cut-points.ts'

/** Characters between two rests, in which signals and timers are served: 10 to 30 ms of work. */
const REST_AFTER = 16_384

export interface PieceOptions {
  /** From `cutRule`; null: encode whole. */
  readonly cut: CutRule | null
  /** Tokens that are enough; null: all. */
  readonly budget: number | null
  /** Called with the fraction of the work done, 0..1. */
  readonly onProgress: (fraction: number) => void
  /** Called after each piece with the characters and tokens encoded so far. */
  readonly onPiece?: (characters: number, tokens: number) => void
}

/** Ids of the text, or of a prefix of it that has at least `budget` of them. */
export async function encodePieces(
  text: string,
  encode: (piece: string) => Int32Array,
  { cut, budget, onProgress, onPiece }: PieceOptions,
): Promise<Int32Array> {
  const pieces: Int32Array[] = []
  let count = 0
  let start = 0
  let rested = 0
  while (start < text.length && (budget === null || count < budget)) {
    const end = cut === null ? text.length : nextCut(text, cut, start)
    const ids = encode(text.slice(start, end))
    pieces.push(ids)
    count += ids.length
    start = end
    onPiece?.(start, count)
    if (start - rested < REST_AFTER && start < text.length) continue
    rested = start
    onProgress(Math.max(start / text.length, budget === null ? 0 : Math.min(1, count / budget)))
    await setImmediate()
  }
  return joinPieces(pieces, count)
}

function nextCut(text: string, { pattern, pieceLength }: CutRule, start: number): number {
  pattern.lastIndex = Math.min(start + pieceLength, text.length)
  const match = pattern.exec(text)
  return match === null ? text.length : match.index + match[0].length
}

/** One after the other; `count`: ids in all. */
export function joinPieces(pieces: readonly Int32Array[], count: number): Int32Array {
  const ids = new Int32Array(count)
  let at = 0
  for (const piece of pieces) {
    ids.set(piece, at)
    at += piece.length
  }
  return ids
}
