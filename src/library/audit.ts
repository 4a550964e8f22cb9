/** @file `audit`: what `saegate audit` does, for a program. */
import type { OnProgress } from '../audit/machine/progress.ts'
import { resolveRequest } from '../contract/request/audit-request.ts'
import { configOfValue } from '../contract/yaml/config-file.ts'
import type { SaegateConfig } from '../contract/yaml/config-schema.ts'
import { readCriteria } from '../gate/judging.ts'
import { writeReport } from '../gate/report-folder.ts'
import { VERSION } from '../version.ts'
import { type JudgedReport, judgedReport } from './judged-report.ts'
import { measureAndKeep } from './measured.ts'

/** What messages call the value. */
const OPTIONS = 'options'

/** How an audit runs; nothing here changes a figure. */
export interface AuditRun {
  /** Called as the work goes on: draw it no oftener than you like. */
  readonly onProgress?: OnProgress | undefined
  /** Aborting kills the engine process at once; the audit rejects with INTERRUPTED and writes nothing. */
  readonly signal?: AbortSignal | undefined
  /** Folder for the report; goes before `out` of the options. Without either nothing is written. */
  readonly out?: string | undefined
}

/**
 * Measure the candidates, judge them by the policy if there is one, and write the report where a folder is named.
 *
 * `options` are the keys of saegate.yaml as a value, checked as the file is; paths are relative to the working folder. The audit
 * runs in a process of its own, so that the caller's event loop stays free. Nothing is printed.
 *
 * @throws SaegateError with `code`, `message` and `fix`: CONFIG_*, OPTION_*, those of the inputs and of the run, INTERRUPTED
 */
export async function audit(options: SaegateConfig, run: AuditRun = {}): Promise<JudgedReport> {
  const { onProgress = () => {}, signal = new AbortController().signal } = run
  const file = configOfValue(OPTIONS, options)
  const out = run.out ?? file.values.out ?? null
  const request = { ...resolveRequest({ origin: 'key', values: {} }, file), config: null, out }
  const criteria = await readCriteria(request)
  const { judged, kept } = await measureAndKeep(
    request,
    criteria,
    { onProgress, signal, toolVersion: VERSION },
    async ({ measurement }) => (out === null ? null : await writeReport(measurement, out, signal)),
  )
  return judgedReport(judged, kept)
}
