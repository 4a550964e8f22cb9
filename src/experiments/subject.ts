/**
 * @file What `compare` and `predict` look at, as the user names it: `PATH` or `PATH#CANDIDATE`, a report.json or a feature table.
 */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { DEFAULT_THRESHOLDS } from '../contract/options/audit-config.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { Report } from '../contract/report/report-schema.ts'
import { candidateUnknown, candidateUnnamed, onlyRescaled, readoutUnnamed } from '../errors/experiments.ts'
import { loadReport } from '../gate/load-report.ts'
import type { SurvivalRule } from '../statistics/definitions.ts'
import type { ActiveFeatures } from '../statistics/features/active-features.ts'
import { samplingOf } from '../statistics/intervals/resampling.ts'
import { activeFeatures, type FeatureRows, type KeptHalves, rowsOfEvidence } from './feature-rows.ts'
import { isTable, readTable } from './read-table.ts'

/** What the user says of how features are read. Null: as the report has it, or the usual. */
export interface Asked {
  readonly readout: string | null
  readonly active: number | null
  readonly survived: number | null
  readonly damaged: number | null
  /** Survived is ρ above the threshold, not at it: the rule of the paper's own code. */
  readonly survivedAbove: boolean
  /** Whether a table has to have correlations. */
  readonly truth: 'needed' | 'where-known'
}

/** One candidate at one read-out. */
export interface Subject {
  readonly path: string
  readonly candidate: string
  /** Null: the table names none. */
  readonly readout: string | null
  readonly active: ActiveFeatures
  readonly rule: SurvivalRule
  readonly activeAbove: number
  readonly confidence: number
  /** ρ is known of the features. */
  readonly isTruthKnown: boolean
  /** Null: a table alone. */
  readonly report: Report | null
}

/** A file with the candidates in it, before one is chosen. */
export interface Opened {
  readonly path: string
  readonly candidates: readonly string[]
  /** Errors: READOUT_UNNAMED, ONLY_RESCALED, NO_ACTIVE_FEATURES, TABLE_VALUE. */
  choose(candidate: string, asked: Asked): Subject
}

/** `PATH#CANDIDATE`, unless a file is called so. Errors: those of reading, CANDIDATE_UNNAMED, CANDIDATE_UNKNOWN, those of choosing. */
export async function openSubject(spec: string, asked: Asked): Promise<Subject> {
  const { path, candidate } = await partsOf(spec)
  const opened = await openFile(path, asked)
  const [only, second] = opened.candidates
  if (candidate === null) {
    if (only === undefined || second !== undefined) throw candidateUnnamed(path, opened.candidates)
    return opened.choose(only, asked)
  }
  if (!opened.candidates.includes(candidate)) throw candidateUnknown(path, candidate, opened.candidates)
  return opened.choose(candidate, asked)
}

/** `PATH#CANDIDATE`, unless a file is called so. */
export async function partsOf(spec: string): Promise<{ path: string; candidate: string | null }> {
  const at = spec.lastIndexOf('#')
  const isFile = at < 0 || (await stat(spec).catch(() => null)) !== null
  return isFile ? { path: spec, candidate: null } : { path: spec.slice(0, at), candidate: spec.slice(at + 1) }
}

/** Errors: those of reports and of tables. */
export async function openFile(path: string, asked: Pick<Asked, 'truth'>): Promise<Opened> {
  return isTable(path) ? await openTable(path, asked) : openMeasurement(path, await loadReport(path))
}

/** Of a report that is at hand; `path`: as it is called. */
export function openMeasurement(path: string, measurement: Measurement): Opened {
  const { report, evidence } = measurement
  const choose = (name: string, asked: Asked): Subject => {
    const sections = report.candidates.find((one) => one.name === name)?.features ?? []
    const ids = sections.map((one) => one.readout)
    const features = sections.find((one) => one.readout === chosenReadout(path, ids, asked.readout))
    const own = evidence.find(({ table }) => table.candidate === name && table.readout === features?.readout)
    if (features === undefined || own === undefined) throw readoutUnnamed(path, asked.readout, ids)
    if (features.rescaled !== undefined) throw onlyRescaled(path, name)
    const kept = { replicates: own.replicates, sampling: samplingOf(report.corpus) }
    return subjectOf({ path, candidate: name, readout: features.readout, report }, asked, {
      rows: rowsOfEvidence(path, own),
      kept,
      thresholds: features.thresholds,
    })
  }
  return { path, candidates: report.candidates.map(({ name }) => name), choose }
}

async function openTable(path: string, { truth }: Pick<Asked, 'truth'>): Promise<Opened> {
  const tables = await readTable(path, truth === 'needed')
  const nameOf = (candidate: string | null): string => candidate ?? basename(path).replace(/\.\w+$/, '')
  const choose = (name: string, asked: Asked): Subject => {
    const own = tables.filter((one) => nameOf(one.candidate) === name)
    const ids = own.flatMap(({ readout }) => readout ?? [])
    const readout = ids.length === 0 ? null : chosenReadout(path, ids, asked.readout)
    const found = own.find((one) => one.readout === readout)
    if (found === undefined) throw readoutUnnamed(path, asked.readout, ids)
    return subjectOf({ path, candidate: name, readout, report: null }, asked, {
      rows: found.rows,
      kept: null,
      thresholds: DEFAULT_THRESHOLDS,
    })
  }
  return { path, candidates: [...new Set(tables.map((one) => nameOf(one.candidate)))], choose }
}

function chosenReadout(path: string, ids: readonly string[], asked: string | null): string {
  const [only, second] = ids
  if (asked !== null && ids.includes(asked)) return asked
  if (asked !== null || only === undefined || second !== undefined) throw readoutUnnamed(path, asked, ids)
  return only
}

interface Material {
  readonly rows: FeatureRows
  readonly kept: KeptHalves | null
  readonly thresholds: typeof DEFAULT_THRESHOLDS
}

/** Level of intervals where no report says one; without token groups there are none. */
const CONFIDENCE = 0.95

function subjectOf(
  named: Pick<Subject, 'path' | 'candidate' | 'readout' | 'report'>,
  asked: Asked,
  { rows, kept, thresholds }: Material,
): Subject {
  return {
    ...named,
    active: activeFeatures(rows, asked.active, kept),
    rule: {
      survived: asked.survived ?? thresholds.survived,
      damaged: asked.damaged ?? thresholds.damaged,
      above: asked.survivedAbove,
    },
    isTruthKnown: rows.hasCorrelations,
    activeAbove: asked.active ?? thresholds.active,
    confidence: named.report?.confidence ?? CONFIDENCE,
  }
}
