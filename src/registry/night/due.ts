/** @file Whether a candidate is due for an audit, and why: what changed, or what is worth trying again. Pure. */
import type { IgnoredChange } from '../../contract/registry/registry-schema.ts'
import { isWorthRetrying } from '../outcome.ts'
import type { Inputs } from '../state/entries.ts'
import { type Known, triesOf } from '../state/history.ts'

const WORDS: Readonly<Record<keyof Inputs, string>> = {
  candidate: 'the candidate changed',
  reference: 'the reference changed',
  sae: 'an SAE changed',
  corpus: 'the text changed',
  policy: 'the policy changed',
  options: 'the rule changed',
  tool: 'saegate changed',
}

const NAMES = ['candidate', 'reference', 'sae', 'corpus', 'policy', 'options', 'tool'] as const

/** The policy is another, and nothing else is: what was measured still holds. */
export function isPolicyAlone(known: Known, inputs: Inputs): boolean {
  const last = known.last?.what
  if (known.isWanted || last?.outcome.kind !== 'verdict') return false
  return NAMES.every((name) => (name === 'policy') === (last.inputs[name] !== inputs[name]))
}

/** Why, in words; null: nothing is to be done. */
export function whyDue(
  known: Known,
  { inputs, key }: { readonly inputs: Inputs; readonly key: string },
  ignored: readonly IgnoredChange[],
): string | null {
  const last = known.last?.what
  if (known.isWanted) return 'somebody asked for it'
  if (last === undefined) return known.open === null ? 'new' : 'an earlier run ended before it was done'
  const changes = NAMES.filter((name) => last.inputs[name] !== inputs[name])
  const isIgnored = (name: keyof Inputs): boolean => ignored.some((one) => one === name)
  // What could not be looked at has no inputs to compare.
  if (last.inputs.candidate !== '' && changes.some((name) => !isIgnored(name)))
    return changes.map((name) => WORDS[name]).join(', ')
  if (last.inputs.candidate === '') return 'it could not be opened before'
  if (known.open !== null) return 'an earlier run ended before it was done'
  if (last.outcome.kind === 'verdict') return null
  return isWorthRetrying(last.outcome.class, triesOf(known, key)) ? `it failed: ${last.outcome.class}` : null
}
