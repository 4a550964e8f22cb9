import { t as oneLine } from "./shared-visible.js";
// src/escape/plain-lines.ts
/**
* @file Text of several lines for a terminal or a log, in which nothing from outside can act: no escape sequence, no
* character that reorders or hides, no workflow command of a CI runner (a line that begins with `::`, or `##[`).
*/
/** U+2060 WORD JOINER has no width. */
const JOINER = "⁠";
/** Line ends stay; everything else that is invisible is U+FFFD or a space. */
function plainLines(text) {
	return withoutCommands(text.split("\n").map(oneLine).join("\n"));
}
/** Text whose words from outside have been through `visible` already: only that no line is a command. */
function withoutCommands(text) {
	return text.replace(/^([^\S\n]*):(?=:)/gm, `$1:${JOINER}`);
}
// src/errors/problem.ts
/**
* @file How an expected failure is made and shown: one message (what, where), one fix (what to do), one exit status.
*
* Every problem a user can meet is declared once, in a file of this folder named after the stage that meets it.
* Codes are permanent: programs match on them. docs/errors.md is generated from these files. Messages quote paths, names and
* values from outside: what is invisible in them is made visible here, once.
*/
/** An expected failure. Shown as message and fix, never with a stack trace. */
var SaegateError = class extends Error {
	name = "SaegateError";
	code;
	fix;
	exitStatus;
	constructor(code, exitStatus, message, fix) {
		super(message);
		this.code = code;
		this.exitStatus = exitStatus;
		this.fix = fix;
	}
};
function plainProblem({ code, exitStatus, message, fix }) {
	return {
		code,
		exitStatus,
		message,
		fix
	};
}
/** The error again, on the other side. */
function raisedAgain({ code, exitStatus, message, fix }) {
	return new SaegateError(code, exitStatus, message, fix);
}
/** The same problem, its message begun with where it lies; as it is where that is said already. */
function located(where, error) {
	const { code, exitStatus, message, fix } = error;
	return message.startsWith(where) ? error : new SaegateError(code, exitStatus, `${where}: ${message}`, fix);
}
/** Declare a problem; the result makes the error: `throw tensorMissing(file, name)`. */
function problem(code, exitStatus, describe) {
	const make = (...args) => {
		const { message, fix } = describe(...args);
		return new SaegateError(code, exitStatus, oneLine(message), plainLines(fix));
	};
	return Object.assign(make, { code });
}
export { raisedAgain as a, problem as i, located as n, plainLines as o, plainProblem as r, withoutCommands as s, SaegateError as t };
