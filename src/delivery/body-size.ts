/**
 * @file Keeping a text under GitHub's limits without losing its verdict: folded details go first, the last ones before
 * the first, then whole lines from the end. The head of the text, where the verdict stands, always stays. The report
 * renders itself to size; this is the last resort.
 *
 * Limits: a comment, and a check run's summary, has at most 65,536 characters; a step's job summary at most 1 MiB, beyond
 * which its upload fails.
 */

/** Characters. A margin for what the API may count in two. */
export const COMMENT_LIMIT = 65_400
/** Bytes of UTF-8. */
export const SUMMARY_LIMIT = 1_000_000

const CUT = '\n\n*Shortened: the whole report is in the job’s artifact.*\n'

type Measure = (text: string) => number
const characters: Measure = (text) => text.length
const bytes: Measure = (text) => Buffer.byteLength(text, 'utf8')

export const shortenedTo = (text: string, limit: number): string => shortened(text, limit, characters)
export const fitComment = (text: string): string => shortenedTo(text, COMMENT_LIMIT)
export const fitSummary = (text: string): string => shortened(text, SUMMARY_LIMIT, bytes)

function shortened(text: string, limit: number, size: Measure): string {
  if (size(text) <= limit) return text
  const room = limit - size(CUT)
  let shorter = text
  for (let start = shorter.lastIndexOf('<details'); start >= 0 && size(shorter) > room; ) {
    const end = shorter.indexOf('</details>', start)
    shorter = shorter.slice(0, start) + (end < 0 ? '' : shorter.slice(end + '</details>'.length))
    start = shorter.lastIndexOf('<details')
  }
  return cutLines(shorter, room, size) + CUT
}

/** As many whole lines as fit; where not even one does, as much of it as does. */
function cutLines(text: string, room: number, size: Measure): string {
  if (size(text) <= room) return text
  let [low, high] = [0, text.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (size(text.slice(0, middle)) <= room) low = middle
    else high = middle - 1
  }
  const lastLine = text.lastIndexOf('\n', low)
  const end = lastLine > low / 2 ? lastLine : low
  // Not between the halves of a character beyond the basic plane.
  return text.slice(0, /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end)
}
