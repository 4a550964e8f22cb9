/**
 * @file Two candidates beside each other: they are checked to have been measured alike, their active features are joined by
 * id, and what fell out is counted.
 */
import { COMPARISON_SCHEMA } from '../contract/experiments/comparison-schema.ts'
import { requireComparable } from '../contract/report/comparable.ts'
import type { Report } from '../contract/report/report-schema.ts'
import { candidatesNotTwo, incomparable, nothingShared } from '../errors/experiments.ts'
import type { ComparedPair, ComparedSide } from '../report/experiments/comparison.ts'
import { thresholdsOf } from '../statistics/definitions.ts'
import { chosenFeatures } from '../statistics/features/active-features.ts'
import { overlapOf, type Pair } from '../statistics/overlap/overlap.ts'
import { median } from '../statistics/quantile.ts'
import { type Asked, openFile, openSubject, type Subject } from './subject.ts'

/** `b` null: the two candidates of one file. Errors: those of subjects, CANDIDATES_NOT_TWO, INCOMPARABLE, NOTHING_SHARED. */
export async function compare(a: string, b: string | null, asked: Asked): Promise<ComparedPair> {
  if (b !== null) return compareSubjects(await openSubject(a, asked), await openSubject(b, asked))
  const opened = await openFile(a, asked)
  const [first, second, third] = opened.candidates
  if (first === undefined || second === undefined || third !== undefined)
    throw candidatesNotTwo(a, opened.candidates)
  return compareSubjects(opened.choose(first, asked), opened.choose(second, asked))
}

export function compareSubjects(a: Subject, b: Subject): ComparedPair {
  requireAlike(a, b)
  const pair = joined(a, b)
  requireSameReference(pair, b.path)
  const side = ({ path, candidate, readout, active }: Subject): ComparedSide => ({
    path,
    candidate,
    readout,
    active: active.ids.length,
    leftOut: active.ids.length - pair.a.ids.length,
  })
  const confidence = Math.min(a.confidence, b.confidence)
  return {
    comparison: {
      schema: COMPARISON_SCHEMA,
      a: side(a),
      b: side(b),
      thresholds: { ...a.rule, active: a.activeAbove },
      confidence,
      overlap: overlapOf(pair, thresholdsOf(a.rule), confidence),
    },
    pair,
  }
}

/** What reports say. Errors: INCOMPARABLE. */
function requireAlike(a: Subject, b: Subject): void {
  const same = (field: string, there: unknown, here: unknown): void => {
    if (there !== here) throw incomparable(b.path, field, there, here)
  }
  if (a.readout !== null && b.readout !== null) same('readout', b.readout, a.readout)
  same('thresholds.survived', b.rule.survived, a.rule.survived)
  same('thresholds.damaged', b.rule.damaged, a.rule.damaged)
  same('thresholds.active', b.activeAbove, a.activeAbove)
  if (a.report === null || b.report === null || a.report === b.report) return
  const [here, there] = [onlyReadout(a.report, a.readout), onlyReadout(b.report, b.readout)]
  requireComparable(here, { ...there, path: b.path }, incomparable)
  // Replicates are paired group by group.
  same('corpus.groups', b.report.corpus.groups, a.report.corpus.groups)
  same('corpus.resampling', b.report.corpus.resampling, a.report.corpus.resampling)
}

/** Other read-outs of the two may differ. */
function onlyReadout(report: Report, id: string | null): Report {
  return { ...report, readouts: report.readouts.filter((one) => one.id === id) }
}

/** Errors: NOTHING_SHARED. */
function joined(a: Subject, b: Subject): Pair {
  const placeInB = new Map(Array.from(b.active.ids, (id, k) => [id, k]))
  const shared = Array.from(a.active.ids, (id, k) => [k, placeInB.get(id) ?? -1] as const).filter(
    ([, inB]) => inB >= 0,
  )
  if (shared.length === 0) throw nothingShared(b.path)
  return {
    a: chosenFeatures(
      a.active,
      shared.map(([inA]) => inA),
    ),
    b: chosenFeatures(
      b.active,
      shared.map(([, inB]) => inB),
    ),
  }
}

/** Two devices agree to 1e-6; another text, or another SAE, is off by percents. */
const ALIKE = 1e-3

/** A table says nothing of its reference and tokens, but what the reference did on them. Errors: INCOMPARABLE. */
function requireSameReference({ a, b }: Pair, path: string): void {
  for (const [field, key] of [
    ['firing_rate', 'firingRate'],
    ['mean', 'mean'],
    ['peak', 'peak'],
  ] as const) {
    const differences = a[key].map((here, k) => {
      const there = b[key][k] ?? 0
      return here === there ? 0 : Math.abs(there - here) / Math.max(Math.abs(here), Math.abs(there))
    })
    if (median(differences) <= ALIKE) continue
    const worst = differences.reduce((most, one, k) => (one > (differences[most] ?? 0) ? k : most), 0)
    throw incomparable(path, `${field} of feature ${a.ids[worst]}`, b[key][worst], a[key][worst])
  }
}
