/**
 * @file Regular expressions out of a config file, matched in linear time.
 *
 * compressed-tensors targets (`re:.*q_proj`) and GPTQModel's `dynamic` keys are Python expressions used with `re.match`:
 * anchored at the start, free at the end; AutoRound's keys are used with `re.search`. A backtracking engine can be made to
 * run for years by such a string, so this is a position-set simulation (Thompson 1968): work is at most pattern length ×
 * name length, once more for every look-around, whose answer is kept for each place. Understood: literals, `.`, classes,
 * \d \w \s and their opposites, groups (named ones too), alternatives, * + ? {m,n} (lazy ones alike), ^ $ \A \Z \b \B,
 * (?= (?! (?<= (?<!. Left out: back references, flags; `compilePattern` returns null for them, and for what Python would
 * refuse too.
 */

import { type Accepts, type Edge, type Node, parsePattern, UnsupportedPattern } from './pattern-syntax.ts'

/** Longest pattern, and largest program after repetition is written out. Real ones have under 200 characters. */
const MAX_PATTERN = 2_000
const MAX_PROGRAM = 20_000

type Step =
  | { readonly op: 'unit'; readonly accepts: Accepts }
  | { readonly op: 'edge'; readonly at: Edge }
  | {
      readonly op: 'look'
      readonly way: 'ahead' | 'behind'
      readonly wanted: boolean
      readonly program: Step[]
    }
  | { readonly op: 'split'; to: number; or: number }

/** Python's `re.match`, anchored at the start, or `re.search`, free. */
export type Anchoring = 'match' | 'search'

/** A test for module names, or null when the expression is not understood. */
export function compilePattern(
  pattern: string,
  anchoring: Anchoring = 'match',
): ((name: string) => boolean) | null {
  if (pattern.length > MAX_PATTERN) return null
  try {
    const program: Step[] = []
    emit(parsePattern(pattern), { program, left: { steps: MAX_PROGRAM } })
    return (name) => new Matcher(name).begins(program, anchoring)
  } catch (error) {
    if (error instanceof UnsupportedPattern) return null
    throw error
  }
}

/** Where steps go, and how many may still be written, look-arounds included. */
interface Target {
  readonly program: Step[]
  readonly left: { steps: number }
}

/** Write a node as steps; a `split` goes on at two places, everything else at the next. */
function emit(node: Node, target: Target): void {
  const { program, left } = target
  if (--left.steps < 0) throw new UnsupportedPattern()
  switch (node.kind) {
    case 'unit':
      program.push({ op: 'unit', accepts: node.accepts })
      return
    case 'edge':
      program.push({ op: 'edge', at: node.at })
      return
    case 'look': {
      const { way, wanted, body } = node
      const inner: Step[] = []
      emit(body, { program: inner, left })
      program.push({ op: 'look', way, wanted, program: inner })
      return
    }
    case 'all':
      for (const inner of node.parts) emit(inner, target)
      return
    case 'any':
      emitChoices(node.choices, target)
      return
    case 'repeat':
      emitRepeat(node, target)
  }
}

function emitChoices(choices: readonly Node[], target: Target): void {
  const { program } = target
  const exits: { to: number; or: number }[] = []
  choices.forEach((choice, i) => {
    const last = i === choices.length - 1
    const fork = { op: 'split' as const, to: program.length + 1, or: 0 }
    if (!last) program.push(fork)
    emit(choice, target)
    if (last) return
    const exit = { op: 'split' as const, to: 0, or: 0 }
    program.push(exit)
    exits.push(exit)
    fork.or = program.length
  })
  for (const exit of exits) exit.to = exit.or = program.length
}

function emitRepeat({ body, least, most }: Extract<Node, { kind: 'repeat' }>, target: Target): void {
  const { program } = target
  for (let i = 0; i < least; i++) emit(body, target)
  const forks: { or: number }[] = []
  for (let i = least; i < (most ?? least + 1); i++) {
    const at = program.length
    const fork = { op: 'split' as const, to: at + 1, or: 0 }
    program.push(fork)
    forks.push(fork)
    emit(body, target)
    if (most === null) program.push({ op: 'split', to: at, or: at })
  }
  for (const fork of forks) fork.or = program.length
}

/** One name, against a program and the programs of its look-arounds. */
class Matcher {
  readonly #name: string
  /** Answers of look-arounds, by place. */
  readonly #looked = new Map<Step, Map<number, boolean>>()

  constructor(name: string) {
    this.#name = name
  }

  /** Does some beginning of the name match (`search`: some part of it)? */
  begins(program: readonly Step[], anchoring: Anchoring): boolean {
    return this.#run(program, 0, null, anchoring === 'search')
  }

  /** From `start` on, up to `end` exactly (null: wherever); `floating`: or from any later place. */
  #run(program: readonly Step[], start: number, end: number | null, floating: boolean): boolean {
    const stop = end ?? this.#name.length
    let now = new Set<number>()
    for (let i = start; ; i++) {
      const fresh = i === start || floating
      if (fresh && this.#follow(program, 0, i, now) && (end === null || i === end)) return true
      if (i >= stop || (now.size === 0 && !floating)) return false
      const unit = this.#name.charCodeAt(i)
      const next = new Set<number>()
      for (const at of now) {
        const step = program[at]!
        if (step.op !== 'unit' || !step.accepts(unit)) continue
        if (this.#follow(program, at + 1, i + 1, next) && (end === null || i + 1 === end)) return true
      }
      now = next
    }
  }

  /** Add what is reached from `first` without reading; true when the end of the program is. */
  #follow(program: readonly Step[], first: number, i: number, into: Set<number>): boolean {
    const pending = [first]
    let reached = false
    while (pending.length > 0) {
      const at = pending.pop()!
      const step = program[at]
      if (step === undefined) reached = true
      if (step === undefined || into.has(at)) continue
      into.add(at)
      if (step.op === 'split') pending.push(step.or, step.to)
      else if (step.op === 'edge' && this.#isAt(step.at, i)) pending.push(at + 1)
      else if (step.op === 'look' && this.#look(step, i) === step.wanted) pending.push(at + 1)
    }
    return reached
  }

  #isAt(edge: Edge, i: number): boolean {
    if (edge === 'start') return i === 0
    if (edge === 'end') return i === this.#name.length
    const isWord = (at: number) => /^\w$/.test(this.#name[at] ?? '')
    return (isWord(i - 1) !== isWord(i)) === (edge === 'border')
  }

  #look(step: Extract<Step, { op: 'look' }>, i: number): boolean {
    const known = this.#looked.get(step) ?? new Map<number, boolean>()
    this.#looked.set(step, known)
    const answer = known.get(i) ?? this.#lookedAt(step, i)
    known.set(i, answer)
    return answer
  }

  #lookedAt({ way, program }: Extract<Step, { op: 'look' }>, i: number): boolean {
    return way === 'ahead' ? this.#run(program, i, null, false) : this.#run(program, 0, i, true)
  }
}
