/** @file `saegate sweep` for a terminal or a log: the tables of arXiv 2606.03002 over the conditions of one report. */
import { visible } from '../../../escape/visible.ts'
import {
  count,
  decimal,
  MISSING,
  number,
  percent,
  percentInterval,
  signed,
  signedInterval,
  signedPercent,
} from '../../words/format.ts'
import { textTable } from '../text-table.ts'
import { type Sweep, type SweepCondition, type SweepReadout, sweptReadouts } from './sweep.ts'

export function sweepText(sweep: Sweep): string {
  return `${[
    ...sweepLines(sweep),
    ...sweptReadouts(sweep).flatMap((readout) => [
      '',
      `at ${visible(readout, 60)}`,
      ...textTable(survivalRows(sweep, readout)),
      '',
      'survived at other thresholds, and damaged below others',
      ...textTable(sensitivityRows(sweep, readout)),
    ]),
    ...block('perplexity by both protocols', perplexityRows(sweep)),
    ...block('pruning matched to another compression', matchRows(sweep)),
  ].join('\n')}\n`
}

const block = (title: string, rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length < 2 ? [] : ['', title, ...textTable(rows)]

/** What was swept, and by which rule. */
export function sweepLines(sweep: Sweep): readonly string[] {
  const { reference, tokens, thresholds, confidence } = sweep
  return [
    `${sweep.conditions.length} conditions of ${visible(reference, 80)} on ${count(tokens)} tokens`,
    `survived: ρ ${thresholds.above ? '>' : '≥'} ${number(thresholds.survived)}; damaged: ρ < ${number(thresholds.damaged)}; active: fires at more than ${number(thresholds.active)} of positions; intervals at ${percent(confidence, 0)}`,
  ]
}

const nameOf = ({ candidate }: SweepCondition): string => visible(candidate, 40)

const at = ({ readouts }: SweepCondition, readout: string): SweepReadout | undefined =>
  readouts.find((one) => one.readout === readout)

/** Table 1: change of perplexity, mean and median ρ, the three classes. */
export function survivalRows(sweep: Sweep, readout: string): readonly (readonly string[])[] {
  return [
    ['', 'perplexity', 'mean ρ', 'median ρ', 'survived', 'interval', 'degraded', 'damaged', 'KL'],
    ...sweep.conditions.map((one) => {
      const found = at(one, readout)
      const perplexity = one.chunked ?? one.sliding
      return [
        nameOf(one),
        signedPercent(perplexity?.deltaPercent, 3),
        decimal(found?.meanCorrelation, 3),
        decimal(found?.medianCorrelation, 3),
        percent(found?.survived.fraction, 3),
        percentInterval(found?.survived.ci, 1),
        percent(found?.degraded.fraction, 3),
        percent(found?.damaged.fraction, 3),
        number(one.klMean),
      ]
    }),
  ]
}

/** Appendix A: how much the classes depend on where they end. */
export function sensitivityRows(sweep: Sweep, readout: string): readonly (readonly string[])[] {
  const [first] = sweep.conditions.flatMap((one) => at(one, readout) ?? [])
  const survivedAt = [...new Set(first?.sensitivity.map((cell) => cell.survivedAt))]
  const damagedAt = [...new Set(first?.sensitivity.map((cell) => cell.damagedAt))]
  const sign = sweep.thresholds.above ? '>' : '≥'
  return [
    [
      '',
      ...survivedAt.map((value) => `ρ ${sign} ${decimal(value, 2)}`),
      ...damagedAt.map((value) => `ρ < ${decimal(value, 1)}`),
    ],
    ...sweep.conditions.map((one) => {
      const cells = at(one, readout)?.sensitivity ?? []
      return [
        nameOf(one),
        ...survivedAt.map((value) => percent(cells.find((cell) => cell.survivedAt === value)?.survived, 2)),
        ...damagedAt.map((value) => percent(cells.find((cell) => cell.damagedAt === value)?.damaged, 2)),
      ]
    }),
  ]
}

/** Table 3 and Appendix D: both perplexities and their changes side by side. A header alone where one was not measured. */
export function perplexityRows(sweep: Sweep): readonly (readonly string[])[] {
  const [first] = sweep.conditions
  const header = ['', 'chunked', 'change', 'interval', 'sliding', 'change', 'interval', 'ratio', 'shift']
  if (first?.chunked == null || first.sliding === null) return [header]
  const reference = [
    'reference',
    decimal(first.chunked.reference, 4),
    MISSING,
    '',
    decimal(first.sliding.reference, 4),
    MISSING,
    '',
    decimal(first.chunked.reference / first.sliding.reference, 4),
    MISSING,
  ]
  return [
    header,
    reference,
    ...sweep.conditions.map((one) => [
      nameOf(one),
      decimal(one.chunked?.candidate, 4),
      signedPercent(one.chunked?.deltaPercent, 3),
      signedInterval(one.chunked?.ci, 2),
      decimal(one.sliding?.candidate, 4),
      signedPercent(one.sliding?.deltaPercent, 3),
      signedInterval(one.sliding?.ci, 2),
      decimal(one.ratio, 4),
      one.shift === null ? MISSING : signed(one.shift, 3),
    ]),
  ]
}

/** Appendix F: every step of every match. */
export function matchRows(sweep: Sweep): readonly (readonly string[])[] {
  return [
    ['', 'step', 'sparsity', 'perplexity', 'target', 'taken'],
    ...sweep.conditions.flatMap((one) =>
      (one.match?.trace ?? []).map((step, i) => [
        i === 0 ? nameOf(one) : '',
        String(i + 1),
        percent(step.sparsity, 2),
        decimal(step.perplexity, 4),
        i === 0 ? decimal(one.match?.targetPerplexity, 4) : '',
        step.sparsity === one.sparsity ? (one.match?.reached ? 'taken' : 'nearest, not reached') : '',
      ]),
    ),
  ]
}
