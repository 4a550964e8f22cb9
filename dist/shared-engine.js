import { i as problem } from "./shared-problem.js";
// src/errors/engine.ts
/** @file Problems of processes and threads: the engine, its threads, and what none of them foresaw. `who` names one at the start of a sentence. */
const engineDied = problem("ENGINE_DIED", 3, (who, how) => ({
	message: `${who} ended without a result (${how}).`,
	fix: "The usual cause is memory: lower --memory, --tokens or --block-length, or use a machine with more. `saegate doctor` shows what there is."
}));
const REPORT_IT = "This is a defect of saegate. Please report it with this message and the command; SAEGATE_DEBUG=1 shows where it happened.";
const engineCrashed = problem("ENGINE_CRASHED", 3, (who, detail) => ({
	message: `${who} failed in a way it should not: ${detail}`,
	fix: REPORT_IT
}));
const unexpected = problem("UNEXPECTED", 3, (detail) => ({
	message: `unexpected failure: ${detail}`,
	fix: REPORT_IT
}));
/** `kept`: what was written before, in words. */
const interrupted = problem("INTERRUPTED", 3, (kept = "nothing was written") => ({
	message: `Interrupted; ${kept}.`,
	fix: "Run the same command again."
}));
export { unexpected as i, engineDied as n, interrupted as r, engineCrashed as t };
