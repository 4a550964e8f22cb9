import { j as judgeBy, t as runAudit } from "./shared-run-audit.js";
// src/library/measured.ts
/**
* @file One audit from its request to what is kept of it: what `audit` of the library, the commands that measure and the
* registry run.
*/
/**
* Measure, judge, and keep of it what `keep` does: where that fails, the folders that were made for the report are taken away.
* Errors: those of the audit, of writing, of `keep`.
*/
async function measureAndKeep(request, criteria, options, keep) {
	const { measurement, abandon } = await runAudit(request, criteria, options);
	try {
		const judged = judgeBy(measurement, criteria);
		return {
			judged,
			kept: await keep(judged)
		};
	} catch (error) {
		await abandon();
		throw error;
	}
}
export { measureAndKeep as t };
