/**
 * @file Where a text stops being JSON, and what should stand there: a scan of its own, because JSON.parse says it in words
 * that differ from engine to engine, and often without a place.
 *
 * Source: RFC 8259. One pass, no recursion; containers are kept on a stack.
 */

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or ]' | ', or }' | 'end'

const IN_WORDS: Readonly<Record<Expected, string>> = {
  value: 'a value',
  'value or ]': 'a value or "]"',
  key: 'a key in double quotes',
  'key or }': 'a key in double quotes or "}"',
  ':': '":"',
  ', or ]': '"," or "]"',
  ', or }': '"," or "}"',
  end: 'nothing more',
}

interface Flaw {
  readonly at: number
  readonly reason: string
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
/** As much of a string as is sound: where it ends is where the flaw is. */
const SOUND = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y

/** Why a text is not JSON, with line and column from 1; null: it is. */
export function syntaxReason(text: string): string | null {
  const flaw = firstFlaw(text)
  if (flaw === null) return null
  const before = text.slice(0, flaw.at)
  const line = before.split('\n').length
  return `${flaw.reason} (line ${line}, column ${flaw.at - before.lastIndexOf('\n')})`
}

function firstFlaw(text: string): Flaw | null {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let at = afterSpace(text, 0)
  for (; at < text.length; at = afterSpace(text, at)) {
    const character = text[at]!
    if (isCloser(character, expected)) {
      open.pop()
      at++
      expected = afterValue(open)
    } else if (expected === ':' && character === ':') {
      at++
      expected = 'value'
    } else if (character === ',' && (expected === ', or ]' || expected === ', or }')) {
      at++
      expected = expected === ', or ]' ? 'value' : 'key'
    } else if (expected.startsWith('key')) {
      const end = character === '"' ? endOf(STRING, text, at) : null
      if (end === null) return flawAt(text, at, expected)
      at = end
      expected = ':'
    } else if (!expected.startsWith('value')) {
      return flawAt(text, at, expected)
    } else if (character === '{' || character === '[') {
      open.push(character)
      at++
      expected = character === '{' ? 'key or }' : 'value or ]'
    } else {
      const end = endOf(STRING, text, at) ?? endOf(NUMBER, text, at) ?? endOf(WORD, text, at)
      if (end === null) return flawAt(text, at, expected)
      at = end
      expected = afterValue(open)
    }
  }
  return expected === 'end'
    ? null
    : { at: text.length, reason: `it ends where ${IN_WORDS[expected]} should stand` }
}

function isCloser(character: string, expected: Expected): boolean {
  return character === ']' ? expected.endsWith(']') : character === '}' && expected.endsWith('}')
}

function afterValue(open: readonly ('{' | '[')[]): Expected {
  const container = open.at(-1)
  return container === undefined ? 'end' : container === '[' ? ', or ]' : ', or }'
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

function afterSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \n\r\t'.includes(text[at]!)) at++
  return at
}

/** A string that is not whole is told by itself: its flaw lies within. */
function flawAt(text: string, at: number, expected: Expected): Flaw {
  if (text[at] === '"' && !expected.startsWith(',') && expected !== ':' && expected !== 'end') {
    const end = endOf(SOUND, text, at) ?? at
    if (end >= text.length) return { at: end, reason: 'it ends inside a string' }
    const what =
      text[end] === '\\' ? 'an escape that JSON does not have' : 'a control character inside a string'
    return { at: end, reason: `it has ${what}` }
  }
  return { at, reason: `it has ${shown(text, at)} where ${IN_WORDS[expected]} should stand` }
}

function shown(text: string, at: number): string {
  const code = text.codePointAt(at)!
  const isPrintable = code > 0x20 && code < 0x7f
  return isPrintable ? `"${text[at]}"` : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
