/**
 * @file Several features under one limit. With a hundred features exactly on the limit some estimate lies surely beyond it
 * nine times in ten, by chance alone; so a feature counts as missing the limit only by Holm's step-down over all of them
 * (Holm 1979, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6), which
 * holds the chance that any is blamed falsely to that of one. Passing needs no such care: every feature has to pass.
 *
 * Where a rule lets some features miss the limit, a feature counts as inside only at the smaller error that as many chances
 * call for.
 */
import type { Seen } from '../metrics/view.ts'
import type { Limit } from '../policy.ts'
import { type Decision, decide, type Outcome } from './decide.ts'

/** What a rule comes to under one limit. */
export interface Ruling {
  readonly outcome: Outcome
  /** Worst first: fails, then undecided; within them the number nearest to failing. */
  readonly decisions: readonly Decision[]
}

/** `allowed` of the estimates may miss the limit. */
export function ruling(
  estimates: readonly Seen[],
  limit: Limit,
  confidence: number,
  allowed: number,
): Ruling {
  const [only, ...others] = estimates
  if (only !== undefined && others.length === 0) {
    const decision = decide(only, limit, confidence)
    return { outcome: decision.outcome, decisions: [decision] }
  }
  const missing = stepDown(estimates, limit, confidence)
  const strict = shared(confidence, allowed + 1)
  const undecidedAt = shared(confidence, estimates.length - missing.size)
  const decisions = estimates.map((estimate) => {
    const alone = decide(estimate, limit, confidence)
    if (missing.has(estimate)) return alone
    // Beyond the limit when looked at alone, it is not so by enough among so many.
    const among = decide(estimate, limit, alone.outcome === 'fail' ? undecidedAt : strict)
    return { ...alone, outcome: among.outcome, timesTokens: among.timesTokens }
  })
  const inside = decisions.filter(({ outcome }) => outcome === 'pass').length
  return {
    outcome: missing.size > allowed ? 'fail' : inside >= estimates.length - allowed ? 'pass' : 'inconclusive',
    decisions: worstFirst(decisions, limit),
  }
}

/** The confidence at which each of `count` looks shares one look's error. */
const shared = (confidence: number, count: number): number => 1 - (1 - confidence) / count

/** Those that miss the limit: each round asks the rest at the error that so many share, until a round finds none. */
function stepDown(estimates: readonly Seen[], limit: Limit, confidence: number): ReadonlySet<Seen> {
  const missing = new Set<Seen>()
  let left = estimates.filter((estimate) => decide(estimate, limit, confidence).outcome === 'fail')
  for (;;) {
    const level = shared(confidence, estimates.length - missing.size)
    const found = left.filter((estimate) => decide(estimate, limit, level).outcome === 'fail')
    if (found.length === 0) return missing
    for (const estimate of found) missing.add(estimate)
    left = left.filter((estimate) => !missing.has(estimate))
  }
}

const RANK: Readonly<Record<Outcome, number>> = { fail: 0, inconclusive: 1, pass: 2 }

function worstFirst(decisions: readonly Decision[], limit: Limit): Decision[] {
  const badness = limit.operator === 'min' ? 1 : -1
  return [...decisions].sort(
    (a, b) => RANK[a.outcome] - RANK[b.outcome] || badness * (a.estimate.value - b.estimate.value),
  )
}
