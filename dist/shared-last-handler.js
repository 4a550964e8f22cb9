import { r as removeTemporaries } from "./shared-atomic.js";
import { n as limitProblem } from "./shared-system-limits.js";
import { i as unexpected } from "./shared-engine.js";
import { t as SaegateError } from "./shared-problem.js";
// src/gate/last-handler.ts
/**
* @file What nobody caught: a promise that fails unheard, an event handler that throws. Node would end the process with a stack
* trace and exit status 1, which to a pipeline says that the policy does not pass. It is a failed run: status 3, one message.
*/
/** Any failure as one that can be told: as it is, a limit of the system, or a defect of ours. */
function problemOf(error) {
	if (error instanceof SaegateError) return error;
	const text = error instanceof Error ? error.message : String(error);
	return limitProblem("saegate", text) ?? unexpected(text);
}
/** `tell` must not wait for anything: the process ends when it returns. */
function endOnDefect(tell) {
	process.on("uncaughtException", (error) => {
		removeTemporaries();
		tell(problemOf(error), error);
		process.exit(3);
	});
}
export { problemOf as n, endOnDefect as t };
