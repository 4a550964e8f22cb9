import { t as measure } from "./shared-measure.js";
// src/engine/answer.ts
/** Errors: whatever the audit raises. */
async function answer({ config, baseline, toolVersion }, onProgress) {
	return await measure(config, {
		onProgress,
		seconds: () => performance.now() / 1e3,
		now: () => (/* @__PURE__ */ new Date()).toISOString(),
		toolVersion,
		baseline
	});
}
export { answer as t };
