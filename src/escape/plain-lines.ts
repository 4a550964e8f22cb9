/**
 * @file Text of several lines for a terminal or a log, in which nothing from outside can act: no escape sequence, no
 * character that reorders or hides, no workflow command of a CI runner (a line that begins with `::`, or `##[`).
 */
import { oneLine } from './visible.ts'

/** U+2060 WORD JOINER has no width. */
const JOINER = '\u2060'

/** Line ends stay; everything else that is invisible is U+FFFD or a space. */
export function plainLines(text: string): string {
  return withoutCommands(text.split('\n').map(oneLine).join('\n'))
}

/** Text whose words from outside have been through `visible` already: only that no line is a command. */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, `$1:${JOINER}`)
}
