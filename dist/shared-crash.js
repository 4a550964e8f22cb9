import { n as limitProblem } from "./shared-system-limits.js";
import { t as engineCrashed } from "./shared-engine.js";
// src/bridge/crash.ts
/** @file A defect of ours on its way to the user: one message, and the stack for whoever asked to see it. */
/** What a stack says: ENGINE_CRASHED, or SYSTEM_LIMIT where it says that. */
function crashed(who, stack) {
	if (process.env.SAEGATE_DEBUG === "1") process.stderr.write(`${stack}\n`);
	const [first = ""] = stack.split("\n");
	return limitProblem(who, first) ?? engineCrashed(who, first);
}
function stackOf(error) {
	return error instanceof Error ? error.stack ?? error.message : String(error);
}
export { stackOf as n, crashed as t };
