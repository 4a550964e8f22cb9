/**
 * @file Regular expressions out of a config file, matched in linear time.
 *
 * compressed-tensors targets (`re:.*q_proj`) and GPTQModel's `dynamic` keys are Python expressions used with `re.match`:
 * anchored at the start, free at the end. A backtracking engine can be made to run for years by such a string, so this is
 * a position-set simulation (Thompson 1968): work is at most pattern length × name length. Understood: literals, `.`,
 * classes, \d \w \s and their opposites, groups, alternatives, * + ? {m,n} (lazy ones alike), ^ $. Left out: look-around,
 * back references, named groups; `compilePattern` returns null for them, and for what Python would refuse too.
 */

/** Longest pattern, and largest program after repetition is written out. Real ones have under 200 characters. */
const MAX_PATTERN = 2_000
const MAX_PROGRAM = 20_000

type Accepts = (unit: number) => boolean
type Node =
  | { readonly kind: 'unit'; readonly accepts: Accepts }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'any'; readonly choices: readonly Node[] }
  | { readonly kind: 'repeat'; readonly body: Node; readonly least: number; readonly most: number | null }

type Step =
  | { readonly op: 'unit'; readonly accepts: Accepts }
  | { readonly op: 'edge'; readonly at: 'start' | 'end' }
  | { readonly op: 'split'; to: number; or: number }

class Unsupported extends Error {}

/** A test for module names, or null when the expression is not understood. */
export function compilePattern(pattern: string): ((name: string) => boolean) | null {
  if (pattern.length > MAX_PATTERN) return null
  try {
    const program: Step[] = []
    emit(new Parser(pattern).parse(), program)
    return (name) => matchesPrefix(program, name)
  } catch (error) {
    if (error instanceof Unsupported) return null
    throw error
  }
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
    if (this.at < this.text.length) throw new Unsupported()
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
    if ('*+?{'.includes(this.text[this.at] ?? ' ')) throw new Unsupported()
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
    if (most !== null && most < least) throw new Unsupported()
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
        throw new Unsupported()
      default:
        return literal(character)
    }
  }

  private group(): Node {
    if (this.text.startsWith('?:', this.at)) this.at += 2
    else if (this.text[this.at] === '?') throw new Unsupported()
    if (++this.depth > 50) throw new Unsupported()
    const node = this.alternatives()
    if (!this.take(')')) throw new Unsupported()
    this.depth--
    return node
  }

  private escaped(): Accepts {
    const character = this.text[this.at++]
    if (character === undefined) throw new Unsupported()
    const named = NAMED_CLASSES[character]
    if (named !== undefined) return named
    if (/[0-9A-Za-z]/.test(character)) throw new Unsupported()
    const code = character.charCodeAt(0)
    return (unit) => unit === code
  }

  private characterClass(): Accepts {
    const negated = this.take('^')
    const tests: Accepts[] = []
    for (let first = true; first || this.text[this.at] !== ']'; first = false) {
      if (this.at >= this.text.length) throw new Unsupported()
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
    if (this.text[this.at + 1] === '\\' || high < low) throw new Unsupported()
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

/** Write a node as steps; a `split` goes on at two places, everything else at the next. */
function emit(node: Node, program: Step[]): void {
  if (program.length > MAX_PROGRAM) throw new Unsupported()
  switch (node.kind) {
    case 'unit':
      program.push({ op: 'unit', accepts: node.accepts })
      return
    case 'edge':
      program.push({ op: 'edge', at: node.at })
      return
    case 'all':
      for (const inner of node.parts) emit(inner, program)
      return
    case 'any':
      emitChoices(node.choices, program)
      return
    case 'repeat':
      emitRepeat(node.body, node.least, node.most, program)
  }
}

function emitChoices(choices: readonly Node[], program: Step[]): void {
  const exits: { to: number; or: number }[] = []
  choices.forEach((choice, i) => {
    const last = i === choices.length - 1
    const fork = { op: 'split' as const, to: program.length + 1, or: 0 }
    if (!last) program.push(fork)
    emit(choice, program)
    if (last) return
    const exit = { op: 'split' as const, to: 0, or: 0 }
    program.push(exit)
    exits.push(exit)
    fork.or = program.length
  })
  for (const exit of exits) exit.to = exit.or = program.length
}

function emitRepeat(body: Node, least: number, most: number | null, program: Step[]): void {
  for (let i = 0; i < least; i++) emit(body, program)
  const forks: { or: number }[] = []
  for (let i = least; i < (most ?? least + 1); i++) {
    const at = program.length
    const fork = { op: 'split' as const, to: at + 1, or: 0 }
    program.push(fork)
    forks.push(fork)
    emit(body, program)
    if (most === null) program.push({ op: 'split', to: at, or: at })
  }
  for (const fork of forks) fork.or = program.length
}

/** Does some beginning of `name` match? */
function matchesPrefix(program: readonly Step[], name: string): boolean {
  let now = new Set<number>()
  if (follow(program, 0, 0, name.length, now)) return true
  for (let i = 0; i < name.length && now.size > 0; i++) {
    const unit = name.charCodeAt(i)
    const next = new Set<number>()
    for (const at of now) {
      const step = program[at]!
      if (step.op === 'unit' && step.accepts(unit) && follow(program, at + 1, i + 1, name.length, next))
        return true
    }
    now = next
  }
  return false
}

/** Add what is reached from `start` without reading; true when that is the end of the program. */
function follow(
  program: readonly Step[],
  start: number,
  i: number,
  length: number,
  into: Set<number>,
): boolean {
  const pending = [start]
  while (pending.length > 0) {
    const at = pending.pop()!
    const step = program[at]
    if (step === undefined) return true
    if (into.has(at)) continue
    into.add(at)
    if (step.op === 'split') pending.push(step.or, step.to)
    else if (step.op === 'edge' && i === (step.at === 'start' ? 0 : length)) pending.push(at + 1)
  }
  return false
}
