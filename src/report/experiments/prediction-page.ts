/** @file `saegate predict` as a page: its tables, the ROC curve and the reliability curve. */
import * as Plot from '@observablehq/plot'
import type { Calibration } from '../../statistics/fragility/calibration.ts'
import type { RocPoint } from '../../statistics/fragility/roc.ts'
import { figure } from '../page/figure.ts'
import { count, decimal, percent } from '../words/format.ts'
import { xml } from '../words/xml-escape.ts'
import { experimentPage, pageTable } from './experiment-page.ts'
import { COLLINEAR, type Prediction } from './prediction.ts'
import {
  aucWords,
  coefficientRows,
  quarterRows,
  reliabilityRows,
  ruleWords,
  skillWords,
  subjectWords,
} from './prediction-text.ts'

export function predictionPage({ kind, document }: Prediction): string {
  if (kind === 'fit') {
    const { fragility } = document
    return experimentPage({
      title: `Survival told from the reference: ${subjectWords(document)}`,
      lines: [
        `${count(fragility.survived)} of ${count(fragility.features)} active features survived.`,
        ruleWords(document),
        aucWords(fragility),
        `Without log concentration: ${aucWords(fragility.independent)}`,
        skillWords(fragility.calibration),
        COLLINEAR,
      ],
      sections: [
        pageTable('Coefficients', escaped(coefficientRows(fragility))),
        pageTable('Survival by quarters of each predictor', escaped(quarterRows(fragility))),
        plots(fragility.roc, fragility.calibration),
      ],
    })
  }
  const { truth, features, expected, standardised } = document
  return experimentPage({
    title: `Forecast for ${subjectWords(document)}`,
    lines: [
      `Expected to survive: ${percent(expected)} of ${count(features)} active features.`,
      ruleWords(document),
      standardised,
      truth === null
        ? 'What came of them is not known here.'
        : `Survived: ${percent(truth.survived / features)}; AUC ${decimal(truth.auc, 4)}; ${skillWords(truth.calibration)}`,
    ],
    sections: truth === null ? [] : [plots(truth.roc, truth.calibration)],
  })
}

const escaped = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  rows.map((row) => row.map(xml))

const SIZE = { width: 420, height: 380, marginLeft: 48, marginRight: 16, marginTop: 24, marginBottom: 42 }
const DIAGONAL = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
]

function plots(roc: readonly RocPoint[], calibration: Calibration): string {
  return `<section><h2>Predictions</h2><div class="grid">${rocPlot(roc)}\n${reliabilityPlot(calibration)}</div></section>`
}

/** More points than this are not seen apart. */
const MOST_POINTS = 400

function thinned(roc: readonly RocPoint[]): readonly RocPoint[] {
  const step = Math.max(1, Math.ceil(roc.length / MOST_POINTS))
  return roc.filter((_, i) => i % step === 0 || i === roc.length - 1)
}

function chance(): Plot.Markish {
  return Plot.line(DIAGONAL, { x: 'x', y: 'y', stroke: 'var(--muted)', strokeDasharray: '4 3' })
}

function rocPlot(roc: readonly RocPoint[]): string {
  const points = thinned(roc)
  const at = (rate: number): number =>
    roc.reduce((best, one) => (one.falsePositive <= rate ? Math.max(best, one.truePositive) : best), 0)
  return figure(
    {
      ...SIZE,
      x: { domain: [0, 1], label: 'Lost, called survivors →', ticks: 5 },
      y: { domain: [0, 1], label: '↑ Survivors, called survivors', ticks: 5, grid: true },
      marks: [
        chance(),
        Plot.line([...points], { x: 'falsePositive', y: 'truePositive', stroke: 'var(--accent)' }),
      ],
    },
    {
      id: 'roc',
      title: 'ROC curve',
      description: 'Predictions for features that were not fitted to. Dashed: chance.',
      header: ['Lost, called survivors', 'Survivors, called survivors'],
      rows: [0.01, 0.05, 0.1, 0.2, 0.5].map((rate) => [percent(rate, 0), percent(at(rate))]),
    },
  )
}

function reliabilityPlot(calibration: Calibration): string {
  const bins = calibration.reliability.map((bin) => ({ ...bin, low: bin.ci[0], high: bin.ci[1] }))
  const [header = [], ...rows] = reliabilityRows(calibration)
  return figure(
    {
      ...SIZE,
      x: { domain: [0, 1], label: 'Predicted →', ticks: 5 },
      y: { domain: [0, 1], label: '↑ Survived', ticks: 5, grid: true },
      marks: [
        chance(),
        Plot.ruleX(bins, { x: 'predicted', y1: 'low', y2: 'high', stroke: 'var(--accent)' }),
        Plot.dot(bins, { x: 'predicted', y: 'observed', fill: 'var(--accent)', r: 4 }),
      ],
    },
    {
      id: 'reliability',
      title: 'Are predictions true?',
      description: 'Features in tenths by prediction, with Wilson intervals. On the dashed line they are.',
      header,
      rows,
    },
  )
}
