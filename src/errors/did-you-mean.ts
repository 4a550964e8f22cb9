/** @file Which of the names that there are was probably meant: the one a letter or two away, and how a message says so. */

/** Letters that are compared: longer names are alike in their beginnings. */
const MOST_LETTERS = 120

const plain = (text: string): string => text.toLowerCase().replaceAll(/[-_]/g, '').slice(0, MOST_LETTERS)

/** Slips of the finger in a word of that length, at most: one in four letters. */
const edits = (written: string): number => Math.min(8, Math.floor(written.length / 4))

/** The known name within `most` edits, upper and lower case and dashes aside; null when none is near. */
export function nearest(
  written: string,
  known: Iterable<string>,
  most: number = Math.max(2, edits(written)),
): string | null {
  const wanted = plain(written)
  let [best, fewest]: [string | null, number] = [null, most + 1]
  for (const name of known) {
    const other = plain(name)
    if (Math.abs(other.length - wanted.length) >= fewest) continue
    const distance = editDistance(wanted, other)
    if (distance < fewest) [best, fewest] = [name, distance]
  }
  return best
}

/** For short words, which are all near each other: one edit in every four letters. */
export const nearestWord = (written: string, known: Iterable<string>): string | null =>
  nearest(written, known, Math.max(1, edits(written)))

/** To stand before the full stop of a message. */
export const didYouMean = (near: string | null): string => (near === null ? '' : `; did you mean ${near}?`)

/** The end of a sentence that may ask. */
export const sentenceEnd = (near: string | null): string => (near === null ? '.' : didYouMean(near))

/** Letters to insert, remove, exchange or swap with their neighbour (optimal string alignment), three rows at a time. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const edited = Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (a[i] === b[j] ? 0 : 1))
      const isSwap = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j]
      next.push(isSwap ? Math.min(edited, before[j - 1]! + 1) : edited)
    }
    before = row
    row = next
  }
  return row[b.length]!
}
