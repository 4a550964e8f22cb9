/** @file One audit of a night, as the program has them: measured in an engine process, judged, written to its folder. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OnProgress } from '../../audit/machine/progress.ts'
import type { Measurement } from '../../contract/report/measurement.ts'
import type { Report } from '../../contract/report/report-schema.ts'
import type { AuditRequest } from '../../contract/request/audit-request.ts'
import { fileMissing } from '../../errors/bytes.ts'
import { SaegateError } from '../../errors/problem.ts'
import { type Criteria, type Judged, judgeBy } from '../../gate/judging.ts'
import { loadReport, loadReportOnce } from '../../gate/load-report.ts'
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

/** A report that was measured with the same inputs, but for the policy. */
export interface EarlierReport {
  /** Its folder. */
  readonly from: string
  /** sha256 of its report.json, as the history has it. */
  readonly sha256: string
}

/** Why it has to be measured again, in words that follow "the policy changed, and". */
export interface NotJudged {
  readonly why: string
}

export interface AuditPort {
  /** Errors: whatever an audit raises, INTERRUPTED. The report is in its folder, whole, before this returns. */
  audit(job: AuditJob): Promise<VerdictOutcome>
  /** A whole report that an earlier run left in the folder, just before it was killed; null: there is none. */
  earlier(job: Pick<AuditJob, 'criteria' | 'folder'>): Promise<VerdictOutcome | null>
  /** A report judged by a new policy and written to the job's folder, where it holds all that the policy asks for. Errors: those of writing. */
  judgeAgain(job: Omit<AuditJob, 'request'>, report: EarlierReport): Promise<VerdictOutcome | NotJudged>
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
    async judgeAgain({ criteria, folder, signal }, { from, sha256 }) {
      const stored = await storedReport(join(from, 'report.json'), sha256)
      if (stored === null) return { why: 'its report is not kept any more' }
      const judged = judgeBy(stored, criteria)
      const unseen = unseenRule(judged.measurement.report, criteria)
      if (unseen !== null) return { why: `its report does not hold what rule ${unseen} asks for` }
      const { json } = await writeReport(judged.measurement, folder, signal)
      return await outcomeOf(json, judged)
    },
  }
}

/** Null: it is gone, or not as it was written. */
async function storedReport(path: string, sha256: string): Promise<Measurement | null> {
  try {
    const stored = await loadReportOnce(path)
    return stored.sha256 === sha256 ? stored.measurement : null
  } catch (error) {
    if (error instanceof SaegateError) return null
    throw error
  }
}

/** The first rule that nothing was seen for; without a baseline no audit would show those that ask for a change. */
function unseenRule({ candidates }: Report, { baseline }: Criteria): string | null {
  const isOfChange = (operator: string): boolean => operator === 'maxDrop' || operator === 'maxRise'
  const unseen = candidates
    .flatMap(({ rules }) => rules)
    .find(({ observed, operator }) => observed === null && !(baseline === null && isOfChange(operator)))
  return unseen?.id ?? null
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
