/** @file What of stored reports the pages show: intervals beside the history's figures, and which features moved between two audits. */
import { join } from 'node:path'
import type { FeatureTable } from '../../contract/report/feature-table.ts'
import type { FeaturesReport, Interval, Report } from '../../contract/report/report-schema.ts'
import { SaegateError } from '../../errors/problem.ts'
import { loadFeatureTable } from '../../gate/load-report.ts'
import { neuronpediaUrl, readoutOf, worstReadout } from '../../report/words/figures.ts'
import { auditReport, reportsIn } from '../publish/audit-report.ts'
import type { Finished } from '../state/entries.ts'
import { isMeasured, measuredAgainst } from './models.ts'

/** Intervals of the figures that the history has; null: the report has none, or is gone. */
export interface Intervals {
  readonly survived: Interval
  readonly perplexityDelta: Interval
  readonly klMean: Interval
}

/** A feature that crossed the limit of damage. */
export interface MovedFeature {
  readonly feature: number
  /** ρ; NaN: undefined, counts as 0. */
  readonly before: number
  readonly after: number
  /** What people have said of it; null: nobody that is known. */
  readonly address: string | null
}

/** From one audit to the next at one read-out, of the features that are active in both. */
export interface Moved {
  readonly readout: string
  readonly newlyDamaged: readonly MovedFeature[]
  /** Damaged before, and not any more. */
  readonly repaired: number
}

/** The report of an audit; null: it is not kept any more, or not as it was written. Errors: those of reading a disk. */
export async function keptReport(state: string, finished: Finished): Promise<Report | null> {
  if (finished.folder === null) return null
  try {
    return (await auditReport(state, finished)).report
  } catch (error) {
    if (error instanceof SaegateError) return null
    throw error
  }
}

export function intervalsOf(report: Report | null): Intervals {
  const [candidate] = report?.candidates ?? []
  const ci = (of: readonly number[] | null | undefined): Interval => {
    const [low, high] = of ?? []
    return low === undefined || high === undefined ? null : [low, high]
  }
  return {
    survived: ci(candidate === undefined ? null : worstReadout(candidate)?.survived.ci),
    perplexityDelta: ci(candidate?.perplexity.chunked?.ci),
    klMean: ci(candidate?.divergence?.klMeanCi),
  }
}

/** Two audits of one model, the earlier one first, with their reports. */
export interface ReportPair {
  readonly before: { readonly finished: Finished; readonly report: Report }
  readonly after: { readonly finished: Finished; readonly report: Report }
}

/** Null: they were not measured alike, or a table is gone. Errors: those of reading a disk. */
export async function movedFeatures(
  state: string,
  { before, after }: ReportPair,
): Promise<readonly Moved[] | null> {
  if (!isMeasured(before.finished) || !isMeasured(after.finished)) return null
  if (measuredAgainst(before.finished) !== measuredAgainst(after.finished)) return null
  const earlier = before.report.candidates[0]?.features ?? []
  const moved: Moved[] = []
  for (const features of after.report.candidates[0]?.features ?? []) {
    const past = earlier.find(({ readout }) => readout === features.readout)
    const tables =
      past === undefined ? null : [await tableOf(state, before, past), await tableOf(state, after, features)]
    const [a = null, b = null] = tables ?? []
    if (a === null || b === null || a.width !== b.width) return null
    const addressOf = (feature: number): string | null =>
      neuronpediaUrl(readoutOf(after.report, features.readout), feature)
    moved.push({ readout: features.readout, ...between(a, b, addressOf) })
  }
  return moved
}

async function tableOf(
  state: string,
  { finished, report }: ReportPair['before'],
  { readout }: FeaturesReport,
): Promise<FeatureTable | null> {
  const candidate = report.candidates[0]?.name ?? ''
  try {
    return await loadFeatureTable(join(reportsIn(state), finished.folder ?? '', 'report.json'), {
      candidate,
      readout,
    })
  } catch (error) {
    if (error instanceof SaegateError) return null
    throw error
  }
}

/** Those that lost the most first. */
function between(
  a: FeatureTable,
  b: FeatureTable,
  addressOf: (feature: number) => string | null,
): Omit<Moved, 'readout'> {
  const newlyDamaged: MovedFeature[] = []
  let repaired = 0
  const counted = (rho: number | undefined): number => (rho === undefined || Number.isNaN(rho) ? 0 : rho)
  for (let j = 0; j < a.width; j++) {
    if (a.active[j] !== 1 || b.active[j] !== 1) continue
    const [was, is] = [a.class[j] === 'damaged', b.class[j] === 'damaged']
    if (was && !is) repaired++
    if (was || !is) continue
    const [before = Number.NaN, after = Number.NaN] = [a.correlation[j], b.correlation[j]]
    newlyDamaged.push({ feature: j, before, after, address: addressOf(j) })
  }
  const lost = ({ before, after }: MovedFeature): number => counted(before) - counted(after)
  return { newlyDamaged: newlyDamaged.sort((x, y) => lost(y) - lost(x) || x.feature - y.feature), repaired }
}
