/** @file Would the tokens of an audit decide the policy's rules? Told from an earlier report: its figures, and how wide its intervals were. */
import type { AuditPlan } from '../contract/plan/plan-schema.ts'
import { type Criteria, judgeBy } from './judging.ts'

export type Margins = NonNullable<AuditPlan['policy']>

/** Null: there is no policy, or no earlier report to tell it from. */
export function marginsOf({ policy, baseline }: Criteria): Margins | null {
  if (policy === null || baseline === null) return null
  // Against itself every change would be zero.
  const { report } = judgeBy(baseline.measurement, { policy, baseline: null }).measurement
  const rules = report.candidates.flatMap(({ name, rules: ofCandidate }) =>
    ofCandidate.map((rule) => ({ candidate: name, rule })),
  )
  const open = rules.filter(({ rule }) => rule.status === 'inconclusive')
  return {
    tokens: report.corpus.tokens,
    decided: rules.filter(({ rule }) => rule.status === 'pass' || rule.status === 'fail').length,
    undecided: open.map(({ candidate, rule: { id, scope, advice } }) => ({
      candidate,
      rule: scope === null ? id : `${id} @ ${scope}`,
      advice: advice ?? 'what it asks for was not measured there',
    })),
  }
}
