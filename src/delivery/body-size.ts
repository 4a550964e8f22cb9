/**
 * @file Keeping a text under GitHub's limits without losing its verdict: folded details go first, the last ones before
 * the first, then whole lines from the end. The head of the text, where the verdict stands, always stays.
 *
 * Limits: a comment has at most 65,536 characters; a step's job summary at most 1 MiB, beyond which its upload fails.
 */

export const COMMENT_LIMIT = 65_000
export const SUMMARY_LIMIT = 1_000_000

const CUT = '\n\n*Shortened: the whole report is in the job’s artifact.*\n'

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8')

/** At most `limit` bytes of UTF-8 (and so at most as many characters). */
export function fitBody(text: string, limit: number): string {
  if (bytes(text) <= limit) return text
  let shorter = text
  while (bytes(shorter) + bytes(CUT) > limit) {
    const start = shorter.lastIndexOf('<details')
    if (start < 0) break
    const end = shorter.indexOf('</details>', start)
    shorter = shorter.slice(0, start) + (end < 0 ? '' : shorter.slice(end + '</details>'.length))
  }
  return cutLines(shorter, limit - bytes(CUT)) + CUT
}

function cutLines(text: string, limit: number): string {
  if (bytes(text) <= limit) return text
  const kept = Buffer.from(text, 'utf8').subarray(0, limit).toString('utf8').replace(/�+$/, '')
  const lastLine = kept.lastIndexOf('\n')
  return lastLine > limit / 2 ? kept.slice(0, lastLine) : kept
}
