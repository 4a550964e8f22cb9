/** @file One half of a text's sequences: what is searched on one is judged on the other, which nobody has looked at. */

import type { Half } from '../../contract/options/audit-config.ts'
import { hashIds } from '../../corpus/cut-sequences.ts'
import type { TokenSequences } from '../../corpus/token-sequences.ts'
import { repairTextShort } from '../../errors/attribution.ts'

/** Fewer say nothing, on either side. */
const FEWEST = 2

/** Errors: REPAIR_TEXT_SHORT. */
export function halfOf(sequences: TokenSequences, half: Half): TokenSequences {
  const { ids, sequenceCount, blockLength, bos, stream, documents } = sequences
  if (sequenceCount < FEWEST) throw repairTextShort(sequenceCount)
  const middle = Math.floor(sequenceCount / 2)
  const [from, to] = half === 'first' ? [0, middle] : [middle, sequenceCount]
  const each = blockLength - (bos === null ? 0 : 1)
  const [start, end] = [from * each, to * each]
  const own = ids.slice(from * blockLength, to * blockLength)
  return {
    ...sequences,
    ids: own,
    sequenceCount: to - from,
    stream: stream.slice(start, end),
    sha256: hashIds(own),
    documents: documents && {
      ...documents,
      // A half begins in the middle of a document, which is one of its own there.
      starts: Int32Array.from([
        0,
        ...documents.starts.filter((at) => at > start && at < end).map((at) => at - start),
      ]),
    },
  }
}
