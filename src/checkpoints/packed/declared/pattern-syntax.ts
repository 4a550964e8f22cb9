/** @file The syntax of the regular expressions that module-pattern.ts runs: text to tree. */

/** Does a UTF-16 unit match? */
export type Accepts = (unit: number) => boolean
export type Node =
  | { readonly kind: 'unit'; readonly accepts: Accepts }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'any'; readonly choices: readonly Node[] }
  | { readonly kind: 'repeat'; readonly body: Node; readonly least: number; readonly most: number | null }

/** Thrown for what is not understood; never leaves module-pattern.ts. */
export class UnsupportedPattern extends Error {}

export function parsePattern(pattern: string): Node {
  return new Parser(pattern).parse()
}

class Parser {
  private at = 0
  private depth = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  parse(): Node {
    const node = this.alternatives()
    if (this.at < this.text.length) throw new UnsupportedPattern()
    return node
  }

  private alternatives(): Node {
    const choices = [this.sequence()]
    while (this.take('|')) choices.push(this.sequence())
    return choices.length === 1 ? choices[0]! : { kind: 'any', choices }
  }

  private sequence(): Node {
    const parts: Node[] = []
    while (this.at < this.text.length && !'|)'.includes(this.text[this.at]!)) parts.push(this.repeated())
    return { kind: 'all', parts }
  }

  private repeated(): Node {
    const body = this.atom()
    const [least, most] = this.quantifier()
    if (least === 1 && most === 1) return body
    this.take('?')
    if ('*+?{'.includes(this.text[this.at] ?? ' ')) throw new UnsupportedPattern()
    return { kind: 'repeat', body, least, most }
  }

  private quantifier(): readonly [least: number, most: number | null] {
    if (this.take('*')) return [0, null]
    if (this.take('+')) return [1, null]
    if (this.take('?')) return [0, 1]
    const counted = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.text.slice(this.at, this.at + 12))
    if (counted === null) return [1, 1]
    this.at += counted[0].length
    const least = Number(counted[1])
    const most = counted[2] === undefined ? least : counted[3] ? Number(counted[3]) : null
    if (most !== null && most < least) throw new UnsupportedPattern()
    return [least, most]
  }

  private atom(): Node {
    const character = this.text[this.at++]!
    switch (character) {
      case '(':
        return this.group()
      case '[':
        return { kind: 'unit', accepts: this.characterClass() }
      case '.':
        return { kind: 'unit', accepts: (unit) => unit !== 10 }
      case '^':
        return { kind: 'edge', at: 'start' }
      case '$':
        return { kind: 'edge', at: 'end' }
      case '\\':
        return { kind: 'unit', accepts: this.escaped() }
      case '*':
      case '+':
      case '?':
        throw new UnsupportedPattern()
      default:
        return literal(character)
    }
  }

  private group(): Node {
    if (this.text.startsWith('?:', this.at)) this.at += 2
    else if (this.text[this.at] === '?') throw new UnsupportedPattern()
    if (++this.depth > 50) throw new UnsupportedPattern()
    const node = this.alternatives()
    if (!this.take(')')) throw new UnsupportedPattern()
    this.depth--
    return node
  }

  private escaped(): Accepts {
    const character = this.text[this.at++]
    if (character === undefined) throw new UnsupportedPattern()
    const named = NAMED_CLASSES[character]
    if (named !== undefined) return named
    if (/[0-9A-Za-z]/.test(character)) throw new UnsupportedPattern()
    const code = character.charCodeAt(0)
    return (unit) => unit === code
  }

  private characterClass(): Accepts {
    const negated = this.take('^')
    const tests: Accepts[] = []
    for (let first = true; first || this.text[this.at] !== ']'; first = false) {
      if (this.at >= this.text.length) throw new UnsupportedPattern()
      tests.push(this.classItem())
    }
    this.at++
    return (unit) => tests.some((test) => test(unit)) !== negated
  }

  private classItem(): Accepts {
    if (this.take('\\')) return this.escaped()
    const low = this.text.charCodeAt(this.at++)
    if (this.text[this.at] !== '-' || (this.text[this.at + 1] ?? ']') === ']') return (unit) => unit === low
    const high = this.text.charCodeAt(this.at + 1)
    if (this.text[this.at + 1] === '\\' || high < low) throw new UnsupportedPattern()
    this.at += 2
    return (unit) => unit >= low && unit <= high
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }
}

function literal(character: string): Node {
  const code = character.charCodeAt(0)
  return { kind: 'unit', accepts: (unit) => unit === code }
}

const oneOf = (pattern: RegExp, wanted: boolean): Accepts => {
  return (unit) => pattern.test(String.fromCharCode(unit)) === wanted
}
const NAMED_CLASSES: Readonly<Record<string, Accepts>> = {
  d: oneOf(/\d/, true),
  D: oneOf(/\d/, false),
  w: oneOf(/\w/, true),
  W: oneOf(/\w/, false),
  s: oneOf(/\s/, true),
  S: oneOf(/\s/, false),
}
