/** @file What the library hands back: a report with its tables, what the policy says of it, and where it was written. */
import type { Measurement } from '../contract/report/measurement.js';
import type { Verdict } from '../contract/report/report-schema.js';
import type { WrittenReport } from '../gate/report-folder.js';
export interface JudgedReport extends Measurement {
    /** Of all candidates together; null: no policy judged. */
    readonly verdict: Verdict | null;
    /** The policy says stop: `saegate` would end with status 1. Never without a policy. */
    readonly blocks: boolean;
    /** Null: no folder was named. */
    readonly written: WrittenReport | null;
}
/** A measurement as it was judged (gate/judging.ts). */
interface Judged {
    readonly measurement: Measurement;
    readonly blocks: boolean;
}
export declare function judgedReport({ measurement, blocks }: Judged, written: WrittenReport | null): JudgedReport;
export {};
