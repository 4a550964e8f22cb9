/**
 * @file A report that another run made is a claim: its tables are those that it names by digest, its figures follow from them,
 * and it was measured as the configuration here asks for. Nobody here measured it all the same, so it is never a pass.
 */

import type { AuditConfig } from '../contract/options/audit-config.ts'
import type { Claim } from '../contract/report/claim.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import { resolveRequest } from '../contract/request/audit-request.ts'
import { optionsMissing } from '../errors/config.ts'
import { tableWithoutDigest } from '../errors/gate.ts'
import { SaegateError } from '../errors/problem.ts'
import { differencesFrom } from '../gate/as-asked.ts'
import type { Run } from './run.ts'

/** `measurement` as it was handed on, marked as a claim where it is one. Errors: TABLE_WITHOUT_DIGEST, OPTION_*. */
export function handedOn(run: Run, measurement: Measurement): Measurement {
  const by = claimantOf(run)
  if (by === null) return measurement
  const { report } = measurement
  for (const { features } of report.candidates) {
    for (const { table, tableSha256, replicates, replicatesSha256 } of features) {
      if (typeof tableSha256 !== 'string') throw tableWithoutDigest(table)
      if (replicates !== null && typeof replicatesSha256 !== 'string') throw tableWithoutDigest(replicates)
    }
  }
  const claim: Claim = { by, differences: [...differencesFrom(report, askedHere(run))] }
  return { ...measurement, report: { ...report, claim } }
}

/** Who measured what these events hand on; null: an earlier step or job of this very run. */
function claimantOf({ event }: Run): Claim['by'] | null {
  if (event.name === 'pull_request_target') return event.pullRequest?.fork === false ? 'run' : 'fork'
  if (event.name !== 'workflow_run') return null
  return event.measured?.head.startsWith(`${event.repository.owner}:`) === false ? 'fork' : 'run'
}

/** What would be measured here; null: nobody says. Errors: OPTION_*. */
function askedHere({ inputs, file }: Run): AuditConfig | null {
  try {
    return resolveRequest(inputs.audit, file)
  } catch (error) {
    if (error instanceof SaegateError && error.code === optionsMissing.code) return null
    throw error
  }
}
