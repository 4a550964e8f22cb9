// src/escape/visible.ts
/**
* @file Words from outside, made fit to be shown: no character that moves, hides or reorders others, on one line.
*
* Every format begins with this and adds its own escaping (Markdown, XML, CSV); what goes to a terminal or a log as it is goes
* through plain-lines.ts.
*/
/** A name from outside is shown up to this many characters. */
const MAX_NAME = 100;
/**
* Control, formatting, bidirectional and zero-width characters, lone surrogates, line separators, and letters that show
* nothing. Unicode's default-ignorable code points are those that a font does not draw.
*/
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const ALL_INVISIBLE = new RegExp(INVISIBLE.source, "gu");
/** Emoji and some scripts choose a character's shape with these; they change nothing else. */
const SHAPES = /[\uFE0E\uFE0F]/;
/** U+2060 WORD JOINER has no width. */
const JOINER$1 = "⁠";
/** Shown in full, on one line: line ends and tabs are spaces, other invisible characters U+FFFD. */
function oneLine(text) {
	return withoutOldCommands(text.replace(ALL_INVISIBLE, visibleCharacter));
}
/** A name or sentence of at most `most` characters; an empty one says so. */
function visible(text, most = MAX_NAME) {
	const clean = Array.from(text.slice(0, 4 * most), visibleCharacter);
	const shown = clean.length > most || text.length > 4 * most ? [...clean.slice(0, most - 1), "…"] : clean;
	return shown.length === 0 ? "(empty)" : withoutOldCommands(shown.join(""));
}
function visibleCharacter(character) {
	if (character === "\n" || character === "	" || character === "\r") return " ";
	return INVISIBLE.test(character) && !SHAPES.test(character) ? "�" : character;
}
/** A runner of GitHub's obeys `##[command]` anywhere in a line of a log. */
function withoutOldCommands(text) {
	return text.replaceAll("##[", `##${JOINER$1}[`);
}
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
export { raisedAgain as a, oneLine as c, problem as i, visible as l, located as n, plainLines as o, plainProblem as r, withoutCommands as s, SaegateError as t };
