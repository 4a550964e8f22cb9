/** @file A preset's runs, measured, set beside the paper's figures table by table. */
import type { PaperTable, PresetRun } from '../contract/presets/preset-schema.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { CandidateReport } from '../contract/report/report-schema.ts'
import { SaegateError } from '../errors/problem.ts'
import type { ReproducedFigure, Reproduction } from '../report/experiments/reproduction/reproduction.ts'
import { digitsOf } from '../report/experiments/reproduction/reproduction-text.ts'
import type { SweepCondition } from '../report/experiments/sweep/sweep.ts'
import { compareSubjects } from './compare.ts'
import { fitted } from './predict.ts'
import { type PrintedTable, printedTable } from './presets.ts'
import { openMeasurement, type Subject } from './subject.ts'
import { sweepOf } from './sweep.ts'

/** A run of a preset, measured. */
export interface MeasuredRun {
  readonly run: PresetRun
  readonly measurement: Measurement
  /** Of report.json, for messages. */
  readonly path: string
}

/** Figures by condition, then by column; null: undefined here. */
type Told = Readonly<Record<string, Readonly<Record<string, number | null>>>>

/** The tables of a run: figures beside those of `preset`, and why some could not be told. */
export function tablesOf(
  preset: string,
  measured: MeasuredRun,
  tables: readonly PaperTable[],
): Pick<Reproduction, 'rows' | 'notes'> {
  const rows: ReproducedFigure[] = []
  const notes: Reproduction['notes'][number][] = []
  const run = measured.run.name
  for (const table of tables) {
    try {
      rows.push(...besides(TABLES[table](measured), printedTable(preset, table), { table, run }))
    } catch (error) {
      if (!(error instanceof SaegateError)) throw error
      notes.push({ table, run, message: error.message })
    }
  }
  return { rows, notes }
}

function besides(
  told: Told,
  printed: PrintedTable | null,
  place: Pick<ReproducedFigure, 'table' | 'run'>,
): readonly ReproducedFigure[] {
  return Object.entries(told).flatMap(([condition, figures]) =>
    Object.entries(figures).map(([figure, ours]) => {
      const column = printed?.columns.indexOf(figure) ?? -1
      const paper = printed?.rows.get(condition)?.[column] ?? null
      const difference = paper === null || ours === null ? null : ours - Number(paper)
      return {
        ...place,
        condition,
        figure,
        paper,
        ours,
        difference,
        // A hair of room, for a decimal half is none in binary.
        outside:
          difference === null || paper === null
            ? null
            : Math.abs(difference) > 0.5 * 10 ** -digitsOf(paper) * (1 + 1e-9),
      }
    }),
  )
}

const TABLES: Readonly<Record<PaperTable, (measured: MeasuredRun) => Told>> = {
  table1: (measured) =>
    perCondition(measured, ({ sweep: { readouts }, chunked }) => ({
      deltaPercent: (chunked?.batched ?? chunked)?.deltaPercent ?? null,
      meanCorrelation: readouts[0]?.meanCorrelation ?? null,
      survivedPercent: percent(readouts[0]?.survived.fraction),
      degradedPercent: percent(readouts[0]?.degraded.fraction),
      damagedPercent: percent(readouts[0]?.damaged.fraction),
    })),
  perplexities: (measured) =>
    perCondition(measured, ({ sweep: { readouts }, chunked }) => ({
      active: readouts[0]?.active ?? null,
      reference: (chunked?.batched ?? chunked)?.reference ?? null,
      perplexity: (chunked?.batched ?? chunked)?.candidate ?? null,
      medianCorrelation: readouts[0]?.medianCorrelation ?? null,
    })),
  table2: (measured) => ({ [ROUNDED]: predictorFigures(subjectOf(measured, ROUNDED)) }),
  table3: (measured) =>
    perCondition(measured, ({ sliding }) => ({
      reference: sliding?.reference ?? null,
      perplexity: sliding?.candidate ?? null,
      deltaPercent: sliding?.deltaPercent ?? null,
    })),
  table4: (measured) => {
    const { nonSurvived, damaged } = overlapOf(measured)
    const sets = ({ a, b, both, either, jaccard }: typeof damaged) => ({
      a,
      b,
      both,
      either,
      jaccard: jaccard.value,
    })
    return { 'non-survived': sets(nonSurvived), damaged: sets(damaged) }
  },
  correlation: (measured) => {
    const { pearson, spearman } = overlapOf(measured)
    return { scores: { pearson: pearson.value, spearman: spearman.value } }
  },
  deciles: (measured) =>
    Object.fromEntries(
      overlapOf(measured).deciles.map(({ features, nonSurvivedA, nonSurvivedB }, i) => [
        String(i + 1),
        { features, roundedPercent: 100 * nonSurvivedA, prunedPercent: 100 * nonSurvivedB },
      ]),
    ),
  appendixF: (measured) => ({
    [PRUNED]: { sparsity: candidateOf(measured, PRUNED).compression?.sparsity ?? null },
  }),
  layer2: (measured) =>
    perCondition(measured, ({ sweep: { readouts } }) => ({
      active: readouts[0]?.active ?? null,
      survivedPercent: percent(readouts[0]?.survived.fraction),
    })),
  withBos: (measured) =>
    perCondition(measured, ({ sweep: { readouts }, chunked, sliding }) => ({
      reference: chunked?.reference ?? null,
      deltaPercent: chunked?.deltaPercent ?? null,
      slidingDeltaPercent: sliding?.deltaPercent ?? null,
      survivedPercent: percent(readouts[0]?.survived.fraction),
    })),
}

/** The conditions that Tables 2 and 4 are about. */
const ROUNDED = 'INT6'
const PRUNED = 'pruned'

const percent = (fraction: number | undefined): number | null =>
  fraction === undefined ? null : 100 * fraction

type Perplexities = CandidateReport['perplexity']

function perCondition(
  measured: MeasuredRun,
  figures: (of: Perplexities & { readonly sweep: SweepCondition }) => Told[string],
): Told {
  const { run, measurement, path } = measured
  const { conditions } = sweepOf(path, measurement, { ...RULE, survivedAbove: run.survivedAbove })
  return Object.fromEntries(
    Object.keys(run.conditions).flatMap((name) => {
      const { spec, perplexity } = candidateOf(measured, name)
      const sweep = conditions.find((one) => one.spec === spec)
      return sweep === undefined ? [] : [[name, figures({ ...perplexity, sweep })]]
    }),
  )
}

/** As the audit had them. */
const RULE = { active: null, survived: null, damaged: null } as const

/** RangeError where the run has no such condition, which the tests of the presets rule out. */
function candidateOf({ run, measurement }: MeasuredRun, condition: string): CandidateReport {
  const spec = run.conditions[condition]
  const found = measurement.report.candidates.find((one) => one.spec === spec)
  if (found === undefined) throw new RangeError(`${run.name} has no ${condition}`)
  return found
}

function subjectOf(measured: MeasuredRun, condition: string): Subject {
  const { run, measurement, path } = measured
  const asked = { ...RULE, survivedAbove: run.survivedAbove, readout: null, truth: 'needed' } as const
  return openMeasurement(path, measurement).choose(candidateOf(measured, condition).name, asked)
}

const overlapOf = (measured: MeasuredRun) =>
  compareSubjects(subjectOf(measured, ROUNDED), subjectOf(measured, PRUNED)).comparison.overlap

/** Errors: TOO_FEW_OF_A_CLASS. */
function predictorFigures(subject: Subject): Told[string] {
  const { prediction } = fitted(subject)
  if (prediction.kind !== 'fit') throw new RangeError('a forecast, where a fit was made')
  const { fragility } = prediction.document
  const coefficient = (name: string): number | null =>
    fragility.model.coefficients.find(({ predictor }) => predictor === name)?.value ?? null
  return {
    features: fragility.features,
    survived: fragility.survived / fragility.features,
    auc: fragility.crossValidated.auc,
    rarity: coefficient('rarity'),
    logMean: coefficient('log mean'),
    logConcentration: coefficient('log concentration'),
    logPeak: coefficient('log peak'),
  }
}
