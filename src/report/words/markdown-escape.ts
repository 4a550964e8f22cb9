/**
 * @file Words from outside, made harmless in GitHub's Markdown.
 *
 * Names go into code spans, where neither HTML, links, mentions nor issue references exist (CommonMark 6.1; GitHub's
 * mention filter skips code). Prose from outside is escaped character by character. A pipe inside a code span cannot
 * be escaped in every table parser, so it is shown as the broken bar ¦: names are shown, not copied.
 */
import { visible } from '../../escape/visible.ts'
import type { Show } from './phrase.ts'

/** A name as a code span; safe in a table cell, a heading, a list. */
export function code(text: string): string {
  const shown = visible(text).replaceAll('|', '¦')
  const fence = '`'.repeat(longestRun(shown, '`') + 1)
  // A space on both sides is stripped by the renderer, and keeps a backtick at the border apart from the fence.
  const space = /^`|`$|^ .* $/.test(shown) ? ' ' : ''
  return `${fence}${space}${shown}${space}${fence}`
}

/** Keeps `@name`, `#1`, `https:` and `www.` from becoming links: U+2060 WORD JOINER has no width. */
const JOINER = '\u2060'

/** A sentence from outside as plain text on one line: every character that could start markup is escaped. */
export function prose(text: string, most = 600): string {
  return visible(text, most)
    .replaceAll('|', '¦')
    .replace(/[\\`*_[\]~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\$/g, '&dollar;')
    .replace(/^(\s*)([-+=#])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2')
    .replace(/[@#]/g, `$&${JOINER}`)
    .replace(/\bGH-(?=\d)/gi, `$&${JOINER}`)
    .replace(/:(?=\/|\w)/g, `:${JOINER}`)
    .replace(/www(?=\.)/gi, `$&${JOINER}`)
}

/** A fenced block whose fence is longer than any run of backticks inside it. */
export function fenced(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text, '`') + 1))
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, (one) => (one === '\n' || one === '\t' ? one : '\uFFFD'))
  return `${fence}${language}\n${clean}\n${fence}`
}

/** A link whose text is ours; anything but an https address is left out. */
export function link(label: string, url: string): string {
  if (!/^https:\/\/[^\s<>]+$/.test(url)) return label
  return `[${label}](${url.replace(/[()\\|`"'@]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)})`
}

function longestRun(text: string, character: string): number {
  let longest = 0
  let run = 0
  for (const one of text) {
    run = one === character ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

/** Words from outside in a phrase: names as code, sentences escaped. */
export const MARKDOWN: Show = { name: code, sentence: (text) => prose(text) }
