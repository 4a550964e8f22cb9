import { t as SaegateError } from "./shared-problem.js";
import { N as readCriteria, V as resolveRequest, a as writeReport } from "./shared-run-audit.js";
import { E as configOfValue, n as VERSION } from "./shared-version.js";
import { i as judgedReport, n as openReport, r as readFeatures, t as gate } from "./shared-finished.js";
import { t as measureAndKeep } from "./shared-measured.js";
// src/library/audit.ts
/** What messages call the value. */
const OPTIONS = "options";
/**
* Measure the candidates, judge them by the policy if there is one, and write the report where a folder is named.
*
* `options` are the keys of saegate.yaml as a value, checked as the file is; paths are relative to the working folder. The audit
* runs in a process of its own, so that the caller's event loop stays free. Nothing is printed.
*
* @throws SaegateError with `code`, `message` and `fix`: CONFIG_*, OPTION_*, those of the inputs and of the run, INTERRUPTED
*/
async function audit(options, run = {}) {
	const { onProgress = () => {}, signal = new AbortController().signal } = run;
	const file = configOfValue(OPTIONS, options);
	const out = run.out ?? file.values.out ?? null;
	const request = {
		...resolveRequest({
			origin: "key",
			values: {}
		}, file),
		config: null,
		out
	};
	const criteria = await readCriteria(request);
	const { judged, kept } = await measureAndKeep(request, criteria, {
		onProgress,
		signal,
		toolVersion: VERSION
	}, async ({ measurement }) => out === null ? null : await writeReport(measurement, out, signal));
	return judgedReport(judged, kept);
}
export { SaegateError, audit, gate, openReport, readFeatures };
