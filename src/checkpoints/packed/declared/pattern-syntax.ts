/** @file The syntax of the regular expressions that module-pattern.ts runs: text to tree. */

/** Does a UTF-16 unit match? */
export type Accepts = (unit: number) => boolean
/** Places that match without reading: the name's ends, a border between word and other characters, or none there. */
export type Edge = 'start' | 'end' | 'border' | 'inside'
export type Node =
  | { readonly kind: 'unit'; readonly accepts: Accepts }
  | { readonly kind: 'edge'; readonly at: Edge }
  | { readonly kind: 'look'; readonly way: 'ahead' | 'behind'; readonly wanted: boolean; readonly body: Node }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'any'; readonly choices: readonly Node[] }
  | { readonly kind: 'repeat'; readonly body: Node; readonly least: number; readonly most: number | null }

/** Thrown for what is not understood; never leaves module-pattern.ts. */
export class UnsupportedPattern extends Error {}

export function parsePattern(pattern: string): Node {
  return new Parser(pattern).parse()
}

const LOOKS = [
  { opens: '?=', way: 'ahead', wanted: true },
  { opens: '?!', way: 'ahead', wanted: false },
  { opens: '?<=', way: 'behind', wanted: true },
  { opens: '?<!', way: 'behind', wanted: false },
] as const

const EDGES: ReadonlyMap<string, Edge> = new Map([
  ['A', 'start'],
  ['Z', 'end'],
  ['b', 'border'],
  ['B', 'inside'],
])

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
        return this.escapedEdge() ?? { kind: 'unit', accepts: this.escaped() }
      case '*':
      case '+':
      case '?':
        throw new UnsupportedPattern()
      default:
        return literal(character)
    }
  }

  private group(): Node {
    const look = LOOKS.find(({ opens }) => this.text.startsWith(opens, this.at))
    if (look !== undefined) this.at += look.opens.length
    else this.plainOpening()
    if (++this.depth > 50) throw new UnsupportedPattern()
    const node = this.alternatives()
    if (!this.take(')')) throw new UnsupportedPattern()
    this.depth--
    return look === undefined ? node : { kind: 'look', way: look.way, wanted: look.wanted, body: node }
  }

  /** `(`, `(?:` or `(?P<name>`: what a group captured is never asked for. */
  private plainOpening(): void {
    if (this.text[this.at] !== '?') return
    const opening = /^\?(?::|P<[A-Za-z_]\w{0,60}>)/.exec(this.text.slice(this.at, this.at + 66))
    if (opening === null) throw new UnsupportedPattern()
    this.at += opening[0].length
  }

  private escapedEdge(): Node | null {
    const at = EDGES.get(this.text[this.at] ?? '')
    if (at === undefined) return null
    this.at++
    return { kind: 'edge', at }
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
