/**
 * @file A report that another run made, or an earlier step on a pull request, is a claim: its tables are those that it names by
 * digest, its figures follow from them, and it was measured as the configuration here asks for. This action did not measure
 * it all the same, so it is never a pass.
 */

import type { Claim } from '../contract/report/claim.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import { type AuditRequest, resolveRequest } from '../contract/request/audit-request.ts'
import { optionsMissing } from '../errors/config.ts'
import { tableWithoutDigest } from '../errors/gate.ts'
import { SaegateError } from '../errors/problem.ts'
import { differencesFrom } from '../gate/as-asked.ts'
import type { RunEvent } from './asked/event.ts'
import { bringsFiles } from './asked/own-paths.ts'
import type { Run } from './run.ts'

/** `measurement` as it was handed on, marked as a claim where it is one. Errors: TABLE_WITHOUT_DIGEST, OPTION_*. */
export function handedOn(run: Run, measurement: Measurement): Measurement {
  const by = claimantOf(run.event)
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

/**
 * Who measured what these events hand on. A step before this one has run in the pull request's checkout, by whatever
 * saegate.yaml lies there; null: nobody's who is to be judged.
 */
function claimantOf(event: RunEvent): Claim['by'] | null {
  if (event.name === 'pull_request_target') return event.pullRequest?.fork === false ? 'run' : 'fork'
  if (event.name === 'workflow_run')
    return event.measured?.head.startsWith(`${event.repository.owner}:`) === false ? 'fork' : 'run'
  return bringsFiles(event) ? 'step' : null
}

/** What would be measured here; null: nobody says. Errors: OPTION_*. */
export function askedHere({ inputs, file }: Pick<Run, 'inputs' | 'file'>): AuditRequest | null {
  try {
    return resolveRequest(inputs.audit, file)
  } catch (error) {
    if (error instanceof SaegateError && error.code === optionsMissing.code) return null
    throw error
  }
}
