/** @file The first token groups of a text as a text of their own: what an audit that may stop early looks at. */
import { hashIds } from '../../corpus/cut-sequences.ts'
import { present } from '../../numbers/present.ts'
import { chunkedPlan, chunkedScores } from './sequences.ts'
import { type AuditTokens, wholeText } from './tokens.ts'

/** All of it where it has no more groups. Sliding windows are none of it: they run over the whole text. */
export function beginningOf(tokens: AuditTokens, groups: number): AuditTokens {
  const { sequences, groupStarts, kinds } = tokens
  if (groups === groupStarts.length - 1) return tokens
  const { ids, blockLength, bos, stream, documents } = sequences
  const sequenceCount = present(groupStarts[groups])
  const tokensUsed = sequenceCount * (blockLength - (bos === null ? 0 : 1))
  const own = ids.subarray(0, sequenceCount * blockLength)
  const cut = {
    ...sequences,
    ids: own,
    sequenceCount,
    stream: stream.subarray(0, tokensUsed),
    sha256: hashIds(own),
    documents: documents && {
      ...documents,
      starts: documents.starts.filter((start) => start < tokensUsed),
    },
  }
  const starts = groupStarts.slice(0, groups + 1)
  return {
    ...tokens,
    sequences: cut,
    groupStarts: starts,
    part: wholeText(sequenceCount, groups),
    chunked: { plan: chunkedPlan(cut), scored: chunkedScores(cut, starts) },
    sliding: null,
    kinds: { ...kinds, bits: kinds.bits.subarray(0, sequenceCount * (blockLength - 1)) },
  }
}
