import type { Measurement } from '../contract/report/measurement.js';
import type { Report } from '../contract/report/report-schema.js';
export interface WrittenReport {
    readonly folder: string;
    /** Path of report.json. */
    readonly json: string;
    /** As it was written: with the names of its tables and their digests. */
    readonly report: Report;
    /** Paths of all that was written: report.json, the pages beside it, the tables. */
    readonly files: readonly string[];
}
/**
 * Write everything, or nothing where the signal is aborted before the files get their names: an older report in the folder
 * is then still whole. report.json holds the digest of every table, so that tables and report of different runs are never
 * taken together. What older reports left in the folder is removed. Errors: those of writing, INTERRUPTED.
 */
export declare function writeReport(measurement: Measurement, folder: string, signal: AbortSignal): Promise<WrittenReport>;
/** What is done with a table: its name inside the folder, and its bytes. */
type TakeTable = (name: string, bytes: Uint8Array) => Promise<void>;
/** The report as it is written, with the digests of its tables, their names inside the folder that has none yet. Nothing is written here. */
export declare function withTables({ report, evidence }: Measurement, take: TakeTable): Promise<Report>;
export {};
