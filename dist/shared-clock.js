import { Script } from "node:vm";
// src/corpus/tokenizers/clock.ts
/** @file A function that a stranger's data drives, ended by the clock: V8 looks at it inside a regular expression too. */
/** Where the function to run is left for the script that runs it. */
const RUN = Symbol.for("saegate.bounded-run");
const script = new Script(`globalThis[Symbol.for('saegate.bounded-run')]()`);
/** What it gives. Throws an error for which `ranOut` holds, or what it throws. */
function endedByClock(seconds, run) {
	let result = null;
	Reflect.set(globalThis, RUN, () => {
		result = { value: run() };
	});
	try {
		script.runInThisContext({ timeout: Math.ceil(1e3 * seconds) });
	} finally {
		Reflect.deleteProperty(globalThis, RUN);
	}
	return ended(result);
}
function ranOut(error) {
	return error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
function ended(result) {
	if (result === null) throw new TypeError("a bounded run gave nothing");
	return result.value;
}
export { ranOut as n, endedByClock as t };
