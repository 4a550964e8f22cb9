import type { FeatureTable } from '../contract/report/feature-table.js';
import type { Measurement } from '../contract/report/measurement.js';
import { type JudgedReport } from './judged-report.js';
/** By what a finished report is judged, and where it goes then. */
export interface GateOptions {
    /** `default`, `strict`, `research` or the path of a YAML file. */
    readonly policy: string;
    /** Path of a report.json that this one is compared with, for rules with a change from a baseline. */
    readonly baseline?: string | null | undefined;
    /** Folder for the report with its new verdict. Without it nothing is written. */
    readonly out?: string | undefined;
    /** Aborting it keeps the report from being written. */
    readonly signal?: AbortSignal | undefined;
}
/**
 * Judge a finished report by a policy. `path`: report.json, or the folder that it lies in.
 *
 * @throws SaegateError: those of `openReport`, POLICY_*, YAML_*, those of writing, INTERRUPTED
 */
export declare function gate(path: string, options: GateOptions): Promise<JudgedReport>;
/**
 * Open a finished report with all its tables, held against their digests; figures that do not follow from the tables are an
 * error. `path`: report.json, or the folder that it lies in.
 *
 * @throws SaegateError: FILE_*, REPORT_*, TABLE_*, FIGURES_DIFFER
 */
export declare function openReport(path: string): Promise<Measurement>;
/**
 * One table, its columns as typed arrays with one entry per feature of the SAE; where a correlation is undefined or was not
 * measured it is NaN. Of a path that table alone is read, held against its digest.
 *
 * @param from report.json, its folder, or what `audit`, `gate` or `openReport` gave
 * @param candidate its name in the report, as `rtn-6`
 * @param readout its id in the report; may be left out where there is one
 * @throws SaegateError: FEATURES_NOT_THERE, and of a path FILE_*, REPORT_*, TABLE_*
 */
export declare function readFeatures(from: string | Measurement, candidate: string, readout?: string): Promise<FeatureTable>;
