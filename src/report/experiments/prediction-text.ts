/** @file `saegate predict` for a terminal or a log, and its features as CSV. */
import { visible } from '../../escape/visible.ts'
import type { Calibration } from '../../statistics/fragility/calibration.ts'
import type { Fragility } from '../../statistics/fragility/fragility.ts'
import { PREDICTORS } from '../../statistics/fragility/predictors.ts'
import { wrap } from '../words/columns.ts'
import { count, decimal, decimalInterval, number, percent, percentInterval } from '../words/format.ts'
import {
  COLLINEAR,
  type FitDocument,
  type ForecastDocument,
  type PredictedFeatures,
  type PredictedSubject,
  type Prediction,
} from './prediction.ts'
import { textTable } from './text-table.ts'

const WIDTH = 100

export function predictionText({ kind, document }: Prediction): string {
  const lines = kind === 'fit' ? fitLines(document) : forecastLines(document)
  return `${lines.join('\n')}\n`
}

/** The features with what is predicted of them; `survived` empty where it is not known. */
export function predictionCsv({ ids, predicted, survived }: PredictedFeatures): string {
  const rows = Array.from(ids, (id, k) => `${id},${predicted[k]},${survived?.[k] ?? ''}`)
  return `${['feature,predicted,survived', ...rows].join('\n')}\n`
}

export function subjectWords({ candidate, readout }: PredictedSubject): string {
  return `${visible(candidate, 60)}${readout === null ? '' : ` at ${visible(readout, 60)}`}`
}

export function ruleWords({ thresholds: { survived, above, active } }: PredictedSubject): string {
  return `survived: ρ ${above ? '>' : '≥'} ${number(survived)}; active: fires at more than ${number(active)} of positions`
}

export function aucWords({ crossValidated }: Pick<Fragility, 'crossValidated'>): string {
  const { auc, foldSd, seedSd, folds, seeds } = crossValidated
  return `AUC ${decimal(auc, 4)} ± ${decimal(foldSd, 4)} over ${folds} folds (mean over ${seeds} seeds, which differ by ${decimal(seedSd, 4)})`
}

function fitLines(document: FitDocument): readonly string[] {
  const { fragility } = document
  return [
    `survival told from the reference: ${subjectWords(document)}`,
    `${count(fragility.survived)} of ${count(fragility.features)} active features survived (${percent(fragility.survived / fragility.features)})`,
    ruleWords(document),
    '',
    aucWords(fragility),
    `without log concentration: ${aucWords(fragility.independent)}`,
    '',
    ...textTable(coefficientRows(fragility)),
    ...wrap(COLLINEAR, WIDTH),
    '',
    ...textTable(quarterRows(fragility)),
    '',
    ...calibrationLines(fragility.calibration),
  ]
}

/** Header and rows, plain text. */
export function coefficientRows({ model, independent }: Fragility): readonly (readonly string[])[] {
  const rows = model.coefficients.map(({ predictor, value, ci }) => {
    const other = independent.model.coefficients.find((one) => one.predictor === predictor)
    return [
      predictor,
      decimal(value, 4),
      decimalInterval(ci, 2),
      decimal(other?.value, 4),
      decimalInterval(other?.ci, 2),
    ]
  })
  return [['coefficient per sd', 'of four', 'interval', 'of three', 'interval'], ...rows]
}

/** Header and rows, plain text. */
export function quarterRows({ quarters }: Fragility): readonly (readonly string[])[] {
  const rows = PREDICTORS.map((name) => [
    name,
    ...quarters[name].map(
      ({ survived, ci }) => `${percent(survived)}${ci === null ? '' : ` ${percentInterval(ci)}`}`,
    ),
  ])
  const most = rows.reduce((widest, row) => Math.max(widest, row.length - 1), 0)
  const names = ['lowest quarter', 'second', 'third', 'highest'].slice(0, most)
  return [['survived', ...names], ...rows]
}

function forecastLines(document: ForecastDocument): readonly string[] {
  const { features, expected, predictor, standardised, truth } = document
  const known =
    truth === null
      ? ['what came of them is not known here']
      : [
          `survived: ${percent(truth.survived / features)} (${count(truth.survived)}); AUC ${decimal(truth.auc, 4)}`,
          '',
          ...calibrationLines(truth.calibration),
        ]
  return [
    `forecast for ${subjectWords(document)}`,
    `expected to survive: ${percent(expected)} of ${count(features)} active features`,
    ruleWords(document),
    `by the fit to ${visible(predictor.of.candidate, 60)} (${visible(predictor.of.path, 80)}; AUC ${decimal(predictor.auc, 4)} there)`,
    ...wrap(standardised, WIDTH),
    ...known,
  ]
}

export function skillWords({ brier, skill }: Calibration): string {
  return `Brier score ${decimal(brier, 4)}, skill over the base rate ${decimal(skill, 3)}`
}

function calibrationLines(calibration: Calibration): readonly string[] {
  return [skillWords(calibration), ...textTable(reliabilityRows(calibration))]
}

/** Header and rows, plain text. */
export function reliabilityRows({ reliability }: Calibration): readonly (readonly string[])[] {
  return [
    ['predicted', 'survived', 'interval', 'features'],
    ...reliability.map((bin) => [
      percent(bin.predicted),
      percent(bin.observed),
      percentInterval(bin.ci),
      count(bin.count),
    ]),
  ]
}
