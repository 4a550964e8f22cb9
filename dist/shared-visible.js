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
const JOINER = "⁠";
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
	return text.replaceAll("##[", `##${JOINER}[`);
}
export { visible as n, oneLine as t };
