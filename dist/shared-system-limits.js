import { i as problem } from "./shared-problem.js";
// src/errors/system.ts
/** @file Limits of the system that a process ran into. */
const systemLimit = problem("SYSTEM_LIMIT", 3, (who, limit, fix) => ({
	message: `${who} ran into a limit of the system: ${limit}.`,
	fix
}));
const vectorsMissing = problem("VECTORS_MISSING", 2, () => ({
	message: "This Node runs no WebAssembly with vectors, by which weights are rounded and products are summed.",
	fix: "Start node without --jitless, on a processor with SSE4.1 (x64) or any arm64 one. Candidates that are compressed already are audited without."
}));
// src/bytes/system-limits.ts
/**
* What `who` ran into, by the text of the failure as the system words it; null: something else.
* Read from Node's own report, because there may be no file left to open.
*/
function limitProblem(who, text) {
	if (/\bEMFILE\b|too many open files/i.test(text)) {
		const limit = softLimit("open_files");
		const most = limit === null ? "no more files" : `no more than ${limit} files`;
		return systemLimit(who, `${most} may be open at once (ulimit -n)`, "Raise the limit, for example: ulimit -n 1024");
	}
	if (/\bENFILE\b/.test(text)) return systemLimit(who, "the whole machine has too many files open", "Close other programs, then run again.");
	if (/\bENOMEM\b|cannot allocate memory|failed to map segment|Array buffer allocation failed/i.test(text)) {
		const limit = addressSpaceInWords();
		const words = limit === null ? "the machine has no memory left" : `there is no more memory within ${limit}`;
		return systemLimit(who, words, limit === null ? MORE_MEMORY : RAISE_ADDRESS_SPACE);
	}
	return null;
}
const MORE_MEMORY = "Close other programs, lower --memory, or use a machine with more.";
const RAISE_ADDRESS_SPACE = "Raise the limit (ulimit -v unlimited), and limit memory by --memory or a control group instead: much address space is reserved and never used.";
/** An end by a signal, which is how native code runs into that limit; null: there is none. */
function endedWithin(who, how) {
	const limit = addressSpaceInWords();
	return limit === null ? null : systemLimit(who, `it ended (${how}) within ${limit}`, RAISE_ADDRESS_SPACE);
}
/** The limit on address space, which native code runs into in many ways; null: there is none. */
function addressSpaceInWords() {
	const bytes = softLimit("virtual_memory_kbytes");
	return bytes === null ? null : `${Math.round(bytes / 1e6)} MB of address space (ulimit -v)`;
}
function softLimit(name) {
	const report = process.report.getReport();
	if (typeof report !== "object" || report === null || !("userLimits" in report)) return null;
	const { userLimits } = report;
	if (typeof userLimits !== "object" || userLimits === null) return null;
	const limit = Reflect.get(userLimits, name);
	if (typeof limit !== "object" || limit === null || !("soft" in limit)) return null;
	return typeof limit.soft === "number" ? limit.soft : null;
}
export { limitProblem as n, vectorsMissing as r, endedWithin as t };
