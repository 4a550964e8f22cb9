import { i as unexpected } from "./shared-engine.js";
// src/cli/tell-problem.ts
/** @file A problem on the terminal: its message and its fix, and of a defect the stack for whoever asked to see it. */
function tellProblem({ stderr, env }, { code, message, fix }, cause) {
	stderr.write(`saegate: ${message}\n${fix}\n`);
	if (code === unexpected.code && env.SAEGATE_DEBUG === "1" && cause instanceof Error) stderr.write(`${cause.stack}\n`);
}
export { tellProblem as t };
