/** @file A short audit of the NeoX fixture, and what is looked at in its report. */
import type { AuditConfig } from '../../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../../src/contract/report/measurement.ts'
import type { CandidateReport } from '../../../src/contract/report/report-schema.ts'
import { audit, NEOX } from '../golden-audit.ts'

/** One thread: the models are too small to share work, and waiting threads burn time on a busy machine. */
export const SHORT: AuditConfig = {
  ...NEOX,
  saes: NEOX.saes.slice(0, 1),
  corpus: { ...NEOX.corpus, tokens: 1024 },
  groups: 8,
  threads: 1,
}

export async function candidatesOf(config: AuditConfig): Promise<readonly CandidateReport[]> {
  const { report } = await audit(config)
  return report.candidates
}

export const klOf = (candidate: CandidateReport | undefined): number =>
  candidate?.divergence?.klMean ?? Number.NaN

export const survivalOf = (candidate: CandidateReport | undefined): number =>
  candidate?.features[0]?.survived.fraction ?? Number.NaN

/** The smallest ρ of any active feature, per candidate. */
export function worstCorrelations({ evidence }: Measurement): readonly number[] {
  return evidence.map(({ table }) => {
    let worst = 1
    for (const [j, rho] of table.correlation.entries())
      if (table.active[j] === 1) worst = Math.min(worst, rho)
    return worst
  })
}
