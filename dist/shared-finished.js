import { r as interrupted } from "./shared-engine.js";
import { N as readCriteria, a as writeReport, j as judgeBy } from "./shared-run-audit.js";
import { i as loadReport, o as theOne, r as loadFeatureTable } from "./shared-version.js";
import { stat } from "node:fs/promises";
import { join } from "node:path";
// src/library/judged-report.ts
function judgedReport({ measurement, blocks }, written) {
	const report = written?.report ?? measurement.report;
	return {
		report,
		evidence: measurement.evidence,
		verdict: report.verdict,
		blocks,
		written
	};
}
// src/library/finished.ts
/** @file Finished reports, for a program: opened, judged again, one table of them read. No model is run. */
/**
* Judge a finished report by a policy. `path`: report.json, or the folder that it lies in.
*
* @throws SaegateError: those of `openReport`, POLICY_*, YAML_*, those of writing, INTERRUPTED
*/
async function gate(path, options) {
	const { policy, baseline = null, out, signal = new AbortController().signal } = options;
	const judged = judgeBy(await openReport(path), await readCriteria({
		policy,
		baseline
	}));
	if (signal.aborted) throw interrupted();
	return judgedReport(judged, out === void 0 ? null : await writeReport(judged.measurement, out, signal));
}
/**
* Open a finished report with all its tables, held against their digests; figures that do not follow from the tables are an
* error. `path`: report.json, or the folder that it lies in.
*
* @throws SaegateError: FILE_*, REPORT_*, TABLE_*, FIGURES_DIFFER
*/
async function openReport(path) {
	return await loadReport(await reportFile(path));
}
/**
* One table, its columns as typed arrays with one entry per feature of the SAE; where a correlation is undefined or was not
* measured it is NaN. Of a path that table alone is read, held against its digest.
*
* @param from report.json, its folder, or what `audit`, `gate` or `openReport` gave
* @param candidate its name in the report, as `rtn-6`
* @param readout its id in the report; may be left out where there is one
* @throws SaegateError: FEATURES_NOT_THERE, and of a path FILE_*, REPORT_*, TABLE_*
*/
async function readFeatures(from, candidate, readout) {
	const choice = {
		candidate,
		readout
	};
	if (typeof from === "string") return await loadFeatureTable(await reportFile(from), choice);
	return theOne(from.evidence.map(({ table }) => table), choice);
}
async function reportFile(path) {
	return await stat(path).then((found) => found.isDirectory(), () => false) ? join(path, "report.json") : path;
}
export { judgedReport as i, openReport as n, readFeatures as r, gate as t };
