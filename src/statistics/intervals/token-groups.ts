/**
 * @file How sequences of tokens are dealt to the groups whose sums are kept apart, and how many groups there are.
 *
 * Groups are runs of neighbouring sequences: text near itself is alike, and an interval takes groups to be independent. They
 * are not where a document lies in several of them, which makes intervals too narrow (half as wide as they should be in
 * simulation). So groups are no smaller than documents, and end where documents end, as near as whole sequences allow.
 */
import { GROUP_COUNTS } from './half-sums.ts'

/** Sequences of the same number of text tokens, and where documents begin among these (ascending; null: not known). */
export interface DealtText {
  readonly sequences: number
  readonly tokensPerSequence: number
  readonly documentStarts: Int32Array | null
}

/** Tokens of a typical document where boundaries are not known: 8,000 tokens a group. */
export const USUAL_DOCUMENT = 2000

/** A group holds so many typical documents: dealt by document … */
const DOCUMENTS_DEALT = 1
/** … and cut anywhere, where a document is split more often. */
const DOCUMENTS_CUT = 4

/**
 * Groups used: the most of 32, 16 and 8 that are no more than wanted and hold documents enough each; 8 at least where there
 * are 8 sequences. Fewer than 8 have no interval, and are kept as they are wanted.
 */
export function groupCount(text: DealtText, wanted: number): number {
  const most = Math.min(text.sequences, wanted)
  const possible = GROUP_COUNTS.filter((count) => count <= most)
  if (possible.length === 0) return Math.max(1, most)
  const tokens = text.sequences * text.tokensPerSequence
  const known = typicalDocument(text)
  const perGroup = known === null ? DOCUMENTS_CUT * USUAL_DOCUMENT : DOCUMENTS_DEALT * known
  return possible.find((count) => count * perGroup <= tokens) ?? Math.min(...possible)
}

/** Length in tokens of the document in which a token finds itself on average: Σ length²/Σ length. Null: not known. */
export function typicalDocument({ sequences, tokensPerSequence, documentStarts }: DealtText): number | null {
  if (documentStarts === null || documentStarts.length === 0) return null
  const tokens = sequences * tokensPerSequence
  let squares = 0
  for (let d = 0; d < documentStarts.length; d++) {
    const from = Math.min(tokens, d === 0 ? 0 : documentStarts[d]!)
    const to = Math.min(tokens, documentStarts[d + 1] ?? tokens)
    squares += (to - from) ** 2
  }
  return squares / tokens
}

/**
 * First sequence of each group (the last entry is the number of sequences). A boundary is where a document begins, if one does
 * within half a group of where equal groups would end; else there.
 */
export function dealGroups(text: DealtText, groups: number): Int32Array {
  const { sequences, tokensPerSequence, documentStarts } = text
  const starts = new Int32Array(groups + 1)
  starts[groups] = sequences
  for (let g = 1; g < groups; g++) {
    const even = Math.floor((g * sequences) / groups) * tokensPerSequence
    const near = documentStarts === null ? even : nearest(documentStarts, even)
    const reach = (sequences * tokensPerSequence) / groups / 2
    const sequence = Math.round((Math.abs(near - even) <= reach ? near : even) / tokensPerSequence)
    // Every group has a sequence, and leaves one to each that follows.
    starts[g] = Math.max(starts[g - 1]! + 1, Math.min(sequences - (groups - g), sequence))
  }
  return starts
}

/** The entry of an ascending list that is nearest to a value. */
function nearest(ascending: Int32Array, value: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! < value) low = middle + 1
    else high = middle
  }
  const [before, after] = [
    ascending[low - 1] ?? Number.NEGATIVE_INFINITY,
    ascending[low] ?? Number.POSITIVE_INFINITY,
  ]
  return value - before < after - value ? before : after
}

/** (starts[G]) group of each item, from the first item of each group. */
export function groupOfEach(starts: Int32Array): Int32Array {
  const out = new Int32Array(starts[starts.length - 1] ?? 0)
  for (let g = 0; g + 1 < starts.length; g++) out.fill(g, starts[g]!, starts[g + 1]!)
  return out
}

/** (groups) sequences in each of the groups of equal runs that reports before half-samples were measured in. */
export function equalGroupSizes(sequences: number, groups: number): Int32Array {
  const start = (g: number) => Math.floor((g * sequences) / groups)
  return Int32Array.from({ length: groups }, (_, g) => start(g + 1) - start(g))
}
