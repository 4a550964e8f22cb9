/** @file One audit of a night, as the program has them: measured in an engine process, judged, written to its folder. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OnProgress } from '../../audit/machine/progress.ts'
import type { Report } from '../../contract/report/report-schema.ts'
import type { AuditRequest } from '../../contract/request/audit-request.ts'
import { fileMissing } from '../../errors/bytes.ts'
import { SaegateError } from '../../errors/problem.ts'
import { type Criteria, type Judged, judgeBy } from '../../gate/judging.ts'
import { loadReport } from '../../gate/load-report.ts'
import { writeReport } from '../../gate/report-folder.ts'
import { measureAndKeep } from '../../library/measured.ts'
import type { Environment } from '../../sources/hub-settings.ts'
import type { Figures, Outcome } from '../outcome.ts'

export type VerdictOutcome = Extract<Outcome, { readonly kind: 'verdict' }>

export interface AuditJob {
  readonly request: AuditRequest
  readonly criteria: Criteria
  /** Of the report; the same for the same inputs. */
  readonly folder: string
  readonly signal: AbortSignal
}

export interface AuditPort {
  /** Errors: whatever an audit raises, INTERRUPTED. The report is in its folder, whole, before this returns. */
  audit(job: AuditJob): Promise<VerdictOutcome>
  /** A whole report that an earlier run left in the folder, just before it was killed; null: there is none. */
  earlier(job: Pick<AuditJob, 'criteria' | 'folder'>): Promise<VerdictOutcome | null>
}

export interface AuditSettings {
  readonly toolVersion: string
  readonly environment: Environment
  readonly onProgress: OnProgress
}

export function engineAudits({ toolVersion, environment, onProgress }: AuditSettings): AuditPort {
  return {
    async audit({ request, criteria, folder, signal }) {
      const options = { onProgress, signal, toolVersion, environment }
      const asked = { ...request, out: folder }
      const { kept } = await measureAndKeep(asked, criteria, options, async (judged) => {
        const { json } = await writeReport(judged.measurement, folder, signal)
        return await outcomeOf(json, judged)
      })
      return kept
    },
    async earlier({ criteria, folder }) {
      const json = join(folder, 'report.json')
      try {
        return await outcomeOf(json, judgeBy(await loadReport(json), criteria))
      } catch (error) {
        // None, or one that does not hold together: it is measured again.
        if (error instanceof SaegateError && (error.code === fileMissing.code || error.exitStatus === 2))
          return null
        throw error
      }
    },
  }
}

async function outcomeOf(json: string, { measurement, blocks }: Judged): Promise<VerdictOutcome> {
  const { report } = measurement
  const digest = createHash('sha256')
    .update(await readFile(json))
    .digest('hex')
  return { kind: 'verdict', verdict: report.verdict, blocks, figures: figuresOf(report), report: digest }
}

/** Of the one candidate. */
export function figuresOf({ candidates }: Pick<Report, 'candidates'>): Figures {
  const [candidate] = candidates
  const worst = [...(candidate?.features ?? [])].sort(
    (a, b) => fraction(a.survived) - fraction(b.survived),
  )[0]
  return {
    survived: worst?.survived.fraction ?? null,
    damaged: worst?.damaged.fraction ?? null,
    perplexityDelta: candidate?.perplexity?.chunked?.deltaPercent ?? null,
    klMean: candidate?.divergence?.klMean ?? null,
    bytes: candidate?.size?.bytes ?? null,
  }
}

const fraction = ({ fraction: value }: { readonly fraction: number | null }): number => value ?? 2
