/** @file `audit`: what `saegate audit` does, for a program. */
import type { OnProgress } from '../audit/machine/progress.js';
import type { SaegateConfig } from '../contract/yaml/config-schema.js';
import { type JudgedReport } from './judged-report.js';
/** How an audit runs; nothing here changes a figure. */
export interface AuditRun {
    /** Called as the work goes on: draw it no oftener than you like. */
    readonly onProgress?: OnProgress | undefined;
    /** Aborting kills the engine process at once; the audit rejects with INTERRUPTED and writes nothing. */
    readonly signal?: AbortSignal | undefined;
    /** Folder for the report; goes before `out` of the options. Without either nothing is written. */
    readonly out?: string | undefined;
}
/**
 * Measure the candidates, judge them by the policy if there is one, and write the report where a folder is named.
 *
 * `options` are the keys of saegate.yaml as a value, checked as the file is; paths are relative to the working folder. The audit
 * runs in a process of its own, so that the caller's event loop stays free. Nothing is printed.
 *
 * @throws SaegateError with `code`, `message` and `fix`: CONFIG_*, OPTION_*, those of the inputs and of the run, INTERRUPTED
 */
export declare function audit(options: SaegateConfig, run?: AuditRun): Promise<JudgedReport>;
