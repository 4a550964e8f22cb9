import { u as fileMissing } from "./shared-file.js";
import { o as registryDamaged } from "./shared-registry.js";
import { c as readReportText, m as parseReport } from "./shared-version.js";
import { createHash } from "node:crypto";
import { join } from "node:path";
// src/registry/publish/audit-report.ts
/** @file The report of an audit as the state keeps it, for places that are told more than a verdict. */
const reportsIn = (state) => join(state, "reports");
/** Errors: those of reading, REPORT_*, REGISTRY_DAMAGED (it is another than the history speaks of). */
async function auditReport(state, { folder, outcome }) {
	if (folder === null || outcome.kind !== "verdict") throw fileMissing(reportsIn(state));
	const path = join(reportsIn(state), folder, "report.json");
	const text = await readReportText(path);
	const found = createHash("sha256").update(text).digest("hex");
	if (found !== outcome.report) throw registryDamaged(path, found, outcome.report);
	return {
		report: parseReport(text, path),
		text
	};
}
export { reportsIn as n, auditReport as t };
