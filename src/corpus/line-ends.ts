/** @file How the lines of a text end: a tokenizer gives carriage returns tokens of their own, which models have hardly seen. */

export interface LineEnds {
  /** Carriage return and line feed. */
  readonly crlf: number
  /** Line feed alone. */
  readonly lf: number
  /** Carriage returns without a line feed. */
  readonly cr: number
}

export function countLineEnds(text: string): LineEnds {
  let [crlf, lf, cr] = [0, 0, 0]
  for (const [end] of text.matchAll(/\r\n|\r|\n/g)) {
    if (end === '\r\n') crlf++
    else if (end === '\n') lf++
    else cr++
  }
  return { crlf, lf, cr }
}
