/** @file Some sequences of the text as a text of their own: one token group, no sliding windows. */
import { chunkedPlan, chunkedScores } from './sequences.ts'
import { type AuditTokens, wholeText } from './tokens.ts'

/** Numbers of the sequences, ascending: as many as have `tokens` tokens together, one at least. */
export function evenlySpread(sequences: number, length: number, tokens: number): readonly number[] {
  const count = Math.max(1, Math.min(sequences, Math.floor(tokens / length)))
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * sequences) / count))
}

/** The text that consists of these sequences. */
export function fewSequences(tokens: AuditTokens, chosen: readonly number[]): AuditTokens {
  const { sequences } = tokens
  const { blockLength } = sequences
  const ids = new Int32Array(chosen.length * blockLength)
  for (const [i, sequence] of chosen.entries()) {
    ids.set(sequences.ids.subarray(sequence * blockLength, (sequence + 1) * blockLength), i * blockLength)
  }
  const few = { ...sequences, ids, sequenceCount: chosen.length }
  const groupStarts = Int32Array.of(0, chosen.length)
  return {
    ...tokens,
    sequences: few,
    groupStarts,
    part: wholeText(chosen.length, 1),
    chunked: { plan: chunkedPlan(few), scored: chunkedScores(few, groupStarts) },
    sliding: null,
    longest: blockLength,
  }
}
