import { t as measure } from "./shared-measure.js";
import { t as serve } from "./shared-serve.js";
// src/engine/main.ts
function serveEngine(port) {
	serve(port, { answer: async ({ config, baseline, toolVersion }, onProgress) => await measure(config, {
		onProgress,
		seconds: () => performance.now() / 1e3,
		now: () => (/* @__PURE__ */ new Date()).toISOString(),
		toolVersion,
		baseline
	}) });
}
export { serveEngine };
