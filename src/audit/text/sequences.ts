/**
 * @file Which tokens are run together, which of their rows are kept, and what each kept row predicts.
 *
 * Chunked: every sequence is a sequence, every row is kept, and the last row of a sequence predicts nothing. Sliding: every
 * window is a sequence of which only the rows are kept that predict a target not scored before. With a stride as long
 * as the window the first token of a window has nothing of the text before it, and is no target. Where the corpus has a BOS, it stands
 * before each window, whose last token, which predicts nothing that is scored, is then left out: a window is as long as it
 * was, and the same targets are scored, each after all the text that it had before it.
 */

import type { TokenSequences } from '../../corpus/token-sequences.ts'
import { slidingWindows } from '../../corpus/windows.ts'
import { present } from '../../numbers/present.ts'
import { groupOfEach } from '../../statistics/intervals/token-groups.ts'

/** Tokens [begin, end) are run; the rows of [keepFrom, keepTo) go to the store, one after the other. */
export interface TokenSequence {
  readonly begin: number
  readonly end: number
  readonly keepFrom: number
  readonly keepTo: number
}

export interface SequencePlan {
  readonly ids: Int32Array
  /** What the model is given before each sequence, whose last token is then left out; null: nothing. */
  readonly firstToken: number | null
  readonly sequences: readonly TokenSequence[]
  readonly longest: number
  /** Rows kept in all. */
  readonly rows: number
}

/** Rows of the store that are scored, what each predicts, and the token group it is counted in. Parallel arrays. */
export interface ScoredRows {
  readonly rows: Int32Array
  readonly targets: Int32Array
  readonly tokenGroups: Int32Array
  readonly tokenGroupCount: number
}

export function chunkedPlan(tokens: TokenSequences): SequencePlan {
  const { sequenceCount, blockLength, ids } = tokens
  const sequences = Array.from({ length: sequenceCount }, (_, sequence) => {
    const begin = sequence * blockLength
    return { begin, end: begin + blockLength, keepFrom: begin, keepTo: begin + blockLength }
  })
  return { ids, firstToken: null, sequences, longest: blockLength, rows: sequenceCount * blockLength }
}

/** What the model is given for a sequence of the plan. */
export function sequenceIds({ ids, firstToken }: SequencePlan, { begin, end }: TokenSequence): Int32Array {
  if (firstToken === null) return ids.subarray(begin, end)
  const given = new Int32Array(end - begin)
  given[0] = firstToken
  given.set(ids.subarray(begin, end - 1), 1)
  return given
}

/** `groupStarts`: the first sequence of each token group, and the number of sequences. */
export function chunkedScores(sequences: TokenSequences, groupStarts: Int32Array): ScoredRows {
  const { sequenceCount, blockLength, ids } = sequences
  const groupOf = groupOfEach(groupStarts)
  const scored = sequenceCount * (blockLength - 1)
  const out = {
    rows: new Int32Array(scored),
    targets: new Int32Array(scored),
    tokenGroups: new Int32Array(scored),
  }
  let at = 0
  for (let sequence = 0; sequence < sequenceCount; sequence++) {
    for (let position = 0; position < blockLength - 1; position++, at++) {
      const row = sequence * blockLength + position
      out.rows[at] = row
      out.targets[at] = present(ids[row + 1])
      out.tokenGroups[at] = present(groupOf[sequence])
    }
  }
  return { ...out, tokenGroupCount: groupStarts.length - 1 }
}

/** Windows over a text without BOS; `bos`: what the corpus' sequences begin with. */
export function slidingPlan(
  stream: Int32Array,
  { window, stride }: { readonly window: number; readonly stride: number },
  bos: number | null,
): SequencePlan {
  // The row that predicts a target is that of the token before it, which a BOS moves on by one.
  const ahead = bos === null ? 1 : 0
  const sequences = slidingWindows(stream.length, window, stride).map(({ begin, end, firstScored }) => ({
    begin,
    end,
    keepFrom: firstScored - ahead,
    keepTo: end - ahead,
  }))
  const rows = sequences.reduce((sum, { keepFrom, keepTo }) => sum + keepTo - keepFrom, 0)
  return { ids: stream, firstToken: bos, sequences, longest: Math.min(window, stream.length), rows }
}

/**
 * What each kept row predicts: the next token. A target counts in the group of its text (`groupStarts`: the first token of
 * each, in the stream); what comes after the last sequence counts in the last.
 */
export function slidingScores(plan: SequencePlan, groupStarts: Int32Array): ScoredRows {
  const used = groupStarts.length - 1
  const targets = new Int32Array(plan.rows)
  const groups = new Int32Array(plan.rows)
  const ahead = plan.firstToken === null ? 1 : 0
  let [row, group] = [0, 0]
  for (const { keepFrom, keepTo } of plan.sequences) {
    for (let position = keepFrom; position < keepTo; position++, row++) {
      const target = position + ahead
      while (group < used - 1 && target >= present(groupStarts[group + 1])) group++
      targets[row] = present(plan.ids[target])
      groups[row] = group
    }
  }
  return {
    rows: Int32Array.from({ length: plan.rows }, (_, i) => i),
    targets,
    tokenGroups: groups,
    tokenGroupCount: used,
  }
}
