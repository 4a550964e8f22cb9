/**
 * @file What the audit hands on: a report that is measured but not judged (every verdict null, no rules), and the
 * feature evidence that lies beside report.json as Parquet. Judging adds verdicts; nothing else ever joins the two.
 */
import type { FeatureReplicates, FeatureTable } from './feature-table.js';
import type { Report } from './report-schema.js';
/** One candidate through one read-out. */
export interface FeatureEvidence {
    readonly table: FeatureTable;
    readonly replicates: FeatureReplicates;
}
export interface Measurement {
    readonly report: Report;
    /** In the order of report.candidates × report.candidates[i].features. */
    readonly evidence: readonly FeatureEvidence[];
}
