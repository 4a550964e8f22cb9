/** @file What `saegate causal` tells, as text: whether ρ predicts what a feature causes first, then the table, then the features. */
import type { CausalFeature, CausalReport } from '../../contract/report/causal/causal-schema.ts'
import type { Report } from '../../contract/report/report-schema.ts'
import { visible } from '../../escape/visible.ts'
import { decimal, decimalInterval, MISSING, number } from '../words/format.ts'
import { textTable } from './text-table.ts'

/** Rows of features that are shown; report.json has all. */
const MOST_FEATURES = 40

export function causalText({ candidates }: Report): string {
  const parts = candidates.flatMap(({ name, features }) =>
    features.flatMap(({ readout, causal }) =>
      causal === undefined ? [] : [partText(`${visible(name, 40)} at ${visible(readout, 80)}`, causal)],
    ),
  )
  return `${parts.join('\n\n')}\n`
}

function partText(title: string, causal: CausalReport): string {
  return [
    title,
    predictionLine(causal),
    '',
    ...textTable(tableRows(causal)),
    `${causal.noEffect} of ${causal.features.length} features have no effect above ${causal.controls.vectors} random vectors as long, and are in neither row`,
    `the reference against itself: C = ${decimal(causal.controls.selfAgreement ?? undefined, 6)}`,
    '',
    ...textTable(featureRows(causal.features)),
  ].join('\n')
}

function predictionLine({ prediction }: CausalReport): string {
  if (prediction === null) return 'Does ρ predict the effect? Too few features with an effect to say.'
  const { spearman, ci, features } = prediction
  return `Does ρ predict the effect? Spearman ${decimal(spearman, 3)} ${decimalInterval(ci, 3)} between ρ and C over ${features} features`
}

function tableRows({ table }: CausalReport): string[][] {
  const row = (name: string, of: CausalReport['table']['survived']): string[] => [
    name,
    String(of.survived),
    String(of.changed),
    String(of.undecided),
  ]
  return [
    ['', 'acts the same', 'changed', 'undecided'],
    row('ρ survived', table.survived),
    row('ρ did not', table.notSurvived),
  ]
}

const VERDICTS: Readonly<Record<CausalFeature['verdict'], string>> = {
  survived: 'acts the same',
  changed: 'changed',
  undecided: 'undecided',
  none: 'no effect',
}

function featureRows(features: readonly CausalFeature[]): string[][] {
  const header = [
    'feature',
    'ρ',
    'C',
    '',
    'B',
    '',
    'C, reference’s f',
    'C, steered',
    'KL',
    'in candidate',
    '',
  ]
  const rows = features.slice(0, MOST_FEATURES).map(({ feature, correlation, effects, verdict }) => {
    const [ablated, moved] = effects
    const steered = effects.find(({ strength }) => strength === 1)
    return [
      String(feature),
      correlation === null ? 'none' : decimal(correlation, 3),
      decimal(ablated?.agreement, 3),
      decimalInterval(ablated?.agreementCi ?? null, 3),
      decimal(ablated?.slope, 3),
      decimalInterval(ablated?.slopeCi ?? null, 3),
      decimal(moved?.agreement, 3),
      decimal(steered?.agreement, 3),
      ablated === undefined ? MISSING : number(ablated.referenceKl),
      ablated === undefined ? MISSING : number(ablated.candidateKl),
      VERDICTS[verdict],
    ]
  })
  const left = features.length - rows.length
  return [header, ...rows, ...(left > 0 ? [[`${left} more`, ...header.slice(1).map(() => '')]] : [])]
}
