/** @file Text in columns, for a terminal: how wide it is, filled up, cut short, in lines, in ASCII alone. */

/** Columns a text takes: code points, wide East Asian ones twice. Combining marks are not told apart. */
export function columns(text: string): number {
  let sum = 0
  for (const character of text)
    sum +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]|[\u{1F300}-\u{1FAFF}]|[\u{20000}-\u{3FFFD}]/u.test(
        character,
      )
        ? 2
        : 1
  return sum
}

export function pad(text: string, width: number): string {
  const clipped = clip(text, width)
  return clipped + ' '.repeat(Math.max(0, width - columns(clipped)))
}

export function clip(text: string, width: number): string {
  if (columns(text) <= width) return text
  let kept = ''
  for (const character of text) {
    if (columns(kept + character) > width - 1) break
    kept += character
  }
  return `${kept}…`
}

/** Lines of at most `width` columns; a number stays with its percent sign. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +(?!%)/).map((one) => clip(one, width))) {
    if (line !== '' && columns(line) + 1 + columns(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

const ASCII: Readonly<Record<string, string>> = {
  '✓': '+',
  '✗': 'x',
  '○': 'o',
  '–': '-',
  '−': '-',
  '±': '~',
  ρ: 'r',
  '…': '.',
  '\u202F': ' ',
  '’': "'",
  '∞': 'i',
}

/** Every character as exactly one ASCII character, so that columns stay. */
export function ascii(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code < 128 ? character : (ASCII[character] ?? '?')
  }).join('')
}
