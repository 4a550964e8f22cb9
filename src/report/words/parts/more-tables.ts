/** @file What an audit tells only where it was asked for, as tables of words that report.md and the page show alike. */
import type { Report } from '../../../contract/report/report-schema.ts'
import { attributionTable } from './attribution.ts'
import { latentScalingTable } from './latent-scaling.ts'
import { lossRecoveredTable } from './loss-recovered.ts'
import type { MoreTable } from './more-table.ts'
import { newFeaturesTable } from './new-features.ts'
import { survivalByKindTable } from './survival-by-kind.ts'

/** Those that have rows. */
export function moreTables(report: Report): readonly MoreTable[] {
  return [
    lossRecoveredTable(report),
    latentScalingTable(report),
    newFeaturesTable(report),
    survivalByKindTable(report),
    attributionTable(report),
  ].filter(({ rows }) => rows.length > 0)
}
