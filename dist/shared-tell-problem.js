import { o as plainLines } from "./shared-problem.js";
import { i as unexpected } from "./shared-engine.js";
// src/cli/host.ts
/** @file The world the command line runs in, as one value: what tests replace and the entry takes from the process. */
/** Both ways out of one stream. */
function outputTo(stream) {
	return {
		write: (text) => stream(plainLines(text)),
		data: stream
	};
}
/** Colour where a person reads it, unless they asked for none (https://no-color.org). */
function wantsColour(host) {
	if (host.env.NO_COLOR !== void 0 && host.env.NO_COLOR !== "") return false;
	return host.stdout.isTTY && host.env.TERM !== "dumb";
}
/** ASCII where the locale says that nothing else can be shown. */
function wantsUnicode(host) {
	const locale = host.env.LC_ALL ?? host.env.LC_CTYPE ?? host.env.LANG ?? "";
	return !/^(C|POSIX)$/.test(locale);
}
// src/cli/tell-problem.ts
/** @file A problem on the terminal: its message and its fix, and of a defect the stack for whoever asked to see it. */
function tellProblem({ stderr, env }, { code, message, fix }, cause) {
	stderr.write(`saegate: ${message}\n${fix}\n`);
	if (code === unexpected.code && env.SAEGATE_DEBUG === "1" && cause instanceof Error) stderr.write(`${cause.stack}\n`);
}
export { wantsUnicode as i, outputTo as n, wantsColour as r, tellProblem as t };
