/** @file From sums of effects to what the report says: C and B with intervals, verdicts, the table, whether ρ predicts. Pure. */
import type { CausalConfig } from '../../contract/options/audit-config.ts'
import {
  CAUSAL_EDITS,
  type CausalFeature,
  type CausalReport,
} from '../../contract/report/causal/causal-schema.ts'
import type { FeatureTable } from '../../contract/report/feature-table.ts'
import { present } from '../../numbers/present.ts'
import { agreement, type EffectSums, slope, totalOf } from '../../statistics/causal/agreement.ts'
import {
  actsTheSame,
  type CausalVerdict,
  CONTROL_QUANTILE,
  causalVerdict,
  hasEffect,
  spearmanInterval,
} from '../../statistics/causal/verdict.ts'
import { intervalOf } from '../../statistics/intervals/estimate.ts'
import { quantile } from '../../statistics/quantile.ts'

/** One feature, measured. */
export interface LookedAt {
  readonly feature: number
  readonly chosen: CausalFeature['chosen']
  readonly sequences: number
  /** In the order of CAUSAL_EDITS. */
  readonly sums: readonly EffectSums[]
  readonly controlKl: readonly number[]
}

/** How it is told. */
export interface CausalReading {
  readonly asked: CausalConfig
  readonly confidence: number
  readonly selfAgreement: number | null
}

export function causalReport(
  found: readonly LookedAt[],
  { correlation, class: classes }: Pick<FeatureTable, 'correlation' | 'class'>,
  { asked, confidence, selfAgreement }: CausalReading,
): CausalReport {
  const features = found.map((one): CausalFeature => {
    const effects = one.sums.map((sums, edit) => effectOf(sums, edit, confidence))
    const rho = present(correlation[one.feature])
    const { feature, chosen, sequences, controlKl } = one
    return {
      feature,
      chosen,
      correlation: Number.isNaN(rho) ? null : rho,
      sequences,
      positions: totalOf(present(one.sums[0]).positions),
      verdict: verdictOf(present(effects[0]), controlKl),
      controlKl: controlKl.length === 0 ? null : quantile(controlKl, CONTROL_QUANTILE),
      effects,
    }
  })
  const effective = features.filter(({ verdict }) => verdict !== 'none')
  const ablated = effective.map(({ effects }) => present(effects[0]))
  const prediction = spearmanInterval(
    effective.map(({ correlation: rho }) => rho ?? 0),
    ablated.map((effect) => effect.agreement),
    confidence,
  )
  const row = (survives: boolean) => {
    const of = effective.filter(({ feature }) => (classes[feature] === 'survived') === survives)
    const count = (verdict: CausalVerdict): number => of.filter((one) => one.verdict === verdict).length
    return { survived: count('survived'), changed: count('changed'), undecided: count('undecided') }
  }
  return {
    features,
    prediction: prediction && { spearman: prediction.value, ci: prediction.ci, features: effective.length },
    table: { survived: row(true), notSurvived: row(false) },
    noEffect: features.length - effective.length,
    survived: survivedPart(effective),
    controls: { vectors: asked.controls, selfAgreement },
    sequences: asked.sequences,
  }
}

function effectOf(sums: EffectSums, edit: number, confidence: number): CausalFeature['effects'][number] {
  const { name, strength } = present(CAUSAL_EDITS[edit])
  const positions = totalOf(sums.positions)
  const mean = (values: readonly number[]): number => totalOf(values) / positions
  const [c, b] = [agreement(sums), slope(sums)]
  return {
    edit: name,
    strength,
    agreement: c.value,
    agreementCi: intervalOf(c, confidence),
    slope: b.value,
    slopeCi: intervalOf(b, confidence),
    referenceKl: mean(sums.referenceKl),
    candidateKl: mean(sums.candidateKl),
    referenceLoss: mean(sums.referenceLoss),
    candidateLoss: mean(sums.candidateLoss),
  }
}

function verdictOf(ablated: CausalFeature['effects'][number], controls: readonly number[]): CausalVerdict {
  if (!hasEffect(ablated.referenceKl, controls)) return 'none'
  const ends = (ci: readonly number[] | null): [number, number] | null =>
    ci === null ? null : [present(ci[0]), present(ci[1])]
  return causalVerdict({ agreement: ends(ablated.agreementCi), slope: ends(ablated.slopeCi) })
}

/** By the values; the interval is from those that surely survive to all but those that surely do not. */
function survivedPart(effective: readonly CausalFeature[]): CausalReport['survived'] {
  const count = effective.length
  if (count === 0) return { fraction: null, ci: null }
  const part = (is: (one: CausalFeature) => boolean): number => effective.filter(is).length / count
  const fraction = part(({ effects }) =>
    actsTheSame(present(effects[0]).agreement, present(effects[0]).slope),
  )
  const sure = part(({ verdict }) => verdict === 'survived')
  const open = part(({ verdict }) => verdict === 'undecided')
  return { fraction, ci: [Math.min(fraction, sure), Math.max(fraction, sure + open)] }
}
