/**
 * @file Regular expressions out of a config file, matched in linear time.
 *
 * compressed-tensors targets (`re:.*q_proj`) and GPTQModel's `dynamic` keys are Python expressions used with `re.match`:
 * anchored at the start, free at the end. A backtracking engine can be made to run for years by such a string, so this is
 * a position-set simulation (Thompson 1968): work is at most pattern length × name length. Understood: literals, `.`,
 * classes, \d \w \s and their opposites, groups, alternatives, * + ? {m,n} (lazy ones alike), ^ $. Left out: look-around,
 * back references, named groups; `compilePattern` returns null for them, and for what Python would refuse too.
 */

import { type Accepts, type Node, parsePattern, UnsupportedPattern } from './pattern-syntax.ts'

/** Longest pattern, and largest program after repetition is written out. Real ones have under 200 characters. */
const MAX_PATTERN = 2_000
const MAX_PROGRAM = 20_000

type Step =
  | { readonly op: 'unit'; readonly accepts: Accepts }
  | { readonly op: 'edge'; readonly at: 'start' | 'end' }
  | { readonly op: 'split'; to: number; or: number }

/** A test for module names, or null when the expression is not understood. */
export function compilePattern(pattern: string): ((name: string) => boolean) | null {
  if (pattern.length > MAX_PATTERN) return null
  try {
    const program: Step[] = []
    emit(parsePattern(pattern), program)
    return (name) => matchesPrefix(program, name)
  } catch (error) {
    if (error instanceof UnsupportedPattern) return null
    throw error
  }
}

/** Write a node as steps; a `split` goes on at two places, everything else at the next. */
function emit(node: Node, program: Step[]): void {
  if (program.length > MAX_PROGRAM) throw new UnsupportedPattern()
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
