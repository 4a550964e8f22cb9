import { o as plainLines } from "./shared-problem.js";
// src/cli/host.ts
/** @file The world the command line runs in, as one value: what tests replace and the entry takes from the process. */
/** Both ways out of one stream. */
function outputTo(stream) {
	return {
		write: (text) => stream(plainLines(text)),
		data: stream
	};
}
/** Colour where a person reads it, unless they asked for none (https://no-color.org); FORCE_COLOR, as Node has it, has the last word. */
function wantsColour(host) {
	const { FORCE_COLOR: forced, NO_COLOR: none, TERM: terminal } = host.env;
	if (forced !== void 0) return forced !== "0" && forced !== "false";
	if (none !== void 0 && none !== "") return false;
	return host.stdout.isTTY && terminal !== "dumb";
}
/** A terminal on which a line can be taken back. */
const isRewritable = (host) => host.stderr.isTTY && host.env.TERM !== "dumb";
/** Flags of every command that tells progress. */
const QUIET_FLAGS = "-q, --quiet";
const VERBOSE_FLAG = "--verbose";
function loudnessOf({ argv }) {
	if ("-q, --quiet".split(", ").some((flag) => argv.includes(flag))) return "quiet";
	return argv.includes("--verbose") ? "verbose" : "normal";
}
/** ASCII where the locale says that nothing else can be shown. */
function wantsUnicode(host) {
	const locale = host.env.LC_ALL ?? host.env.LC_CTYPE ?? host.env.LANG ?? "";
	return !/^(C|POSIX)$/.test(locale);
}
export { outputTo as a, loudnessOf as i, VERBOSE_FLAG as n, wantsColour as o, isRewritable as r, wantsUnicode as s, QUIET_FLAGS as t };
