/**
 * @file Where the documents of a text begin: what stands in one is alike, and token groups for intervals should not split it.
 *
 * Looked for in this order, and taken where there are enough of them to tell: end-of-text tokens; article titles as WikiText
 * writes them (" = Title = " on a line of its own, sections having more signs); blank lines. Where the documents lie in the
 * tokens is reckoned from where they lie in the text, piece by piece of what was encoded: exact to a few tokens, and groups
 * end at whole sequences anyway.
 */

/** How documents were told apart. */
export type DocumentMark = 'end-of-text' | 'titles' | 'blank-lines' | 'records'

/** Where documents begin, ascending, the first at 0: in characters of a text, or in tokens of the stream. */
export interface Documents {
  readonly by: DocumentMark
  readonly starts: Int32Array
}

/** As many as there are groups at least, else they tell nothing. */
const FEWEST = 8

/** Documents of a text by its lines; null: not enough to tell. `lengthOf`: characters that a line takes in the text that is encoded. */
export function documentsOfText(text: string, lengthOf: (line: string) => number): Documents | null {
  const [titles, afterBlanks]: [number[], number[]] = [[], []]
  let [offset, isAfterBlank] = [0, true]
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start) + 1 || text.length
    const line = text.slice(start, end)
    const isBlank = line.trim() === ''
    if (!isBlank) {
      if (isTitle(line)) titles.push(offset)
      if (isAfterBlank) afterBlanks.push(offset)
    }
    isAfterBlank = isBlank
    offset += lengthOf(line)
    start = end
  }
  if (titles.length >= FEWEST) return { by: 'titles', starts: fromTheBeginning(titles) }
  return afterBlanks.length >= FEWEST ? { by: 'blank-lines', starts: fromTheBeginning(afterBlanks) } : null
}

/** " = Title = ", not " = = Section = = ". */
function isTitle(line: string): boolean {
  const words = line.trim()
  if (!words.startsWith('= ') || !words.endsWith(' =')) return false
  return words.length > 4 && !words.startsWith('= =') && !words.endsWith('= =')
}

/** Documents of a token stream by the special tokens that end or begin them; null: not enough to tell. */
export function documentsOfStream(stream: Int32Array, specialIds: readonly number[]): Documents | null {
  if (specialIds.length === 0) return null
  const special = new Set(specialIds)
  const starts: number[] = []
  for (let i = 1; i < stream.length; i++) {
    if (special.has(stream[i - 1]!) && !special.has(stream[i]!)) starts.push(i)
  }
  return starts.length >= FEWEST ? { by: 'end-of-text', starts: fromTheBeginning(starts) } : null
}

/** What was encoded so far, after each piece: characters, and tokens. Parallel, ascending. */
export interface EncodedPieces {
  readonly characters: number[]
  readonly tokens: number[]
}

/** The same documents in tokens, those beyond the last piece left out. */
export function inTokens({ by, starts }: Documents, pieces: EncodedPieces): Documents {
  const out: number[] = []
  let piece = 0
  for (const start of starts) {
    while (piece < pieces.characters.length && pieces.characters[piece]! <= start) piece++
    if (piece === pieces.characters.length) break
    const [fromCharacter, fromToken] = [pieces.characters[piece - 1] ?? 0, pieces.tokens[piece - 1] ?? 0]
    const part = (start - fromCharacter) / (pieces.characters[piece]! - fromCharacter)
    const token = Math.round(fromToken + part * (pieces.tokens[piece]! - fromToken))
    if (token > (out[out.length - 1] ?? -1)) out.push(token)
  }
  return { by, starts: Int32Array.from(out) }
}

/** Records by the tokens that each begins at; null: not enough to tell. */
export function documentsOfRecords(starts: readonly number[]): Documents | null {
  return starts.length >= FEWEST ? { by: 'records', starts: Int32Array.from(starts) } : null
}

function fromTheBeginning(starts: readonly number[]): Int32Array {
  return Int32Array.from(starts[0] === 0 ? starts : [0, ...starts])
}
