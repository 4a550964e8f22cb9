import { t as refuseStandIn } from "./shared-stand-in.js";
import { a as jsonNotAnObject, i as jsonMalformed, o as jsonTooLarge } from "./shared-sources.js";
// src/sources/json-syntax.ts
const IN_WORDS = {
	value: "a value",
	"value or ]": "a value or \"]\"",
	key: "a key in double quotes",
	"key or }": "a key in double quotes or \"}\"",
	":": "\":\"",
	", or ]": "\",\" or \"]\"",
	", or }": "\",\" or \"}\"",
	end: "nothing more"
};
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
/** As much of a string as is sound: where it ends is where the flaw is. */
const SOUND = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
/** Why a text is not JSON, with line and column from 1; null: it is. */
function syntaxReason(text) {
	const flaw = firstFlaw(text);
	if (flaw === null) return null;
	const before = text.slice(0, flaw.at);
	const line = before.split("\n").length;
	return `${flaw.reason} (line ${line}, column ${flaw.at - before.lastIndexOf("\n")})`;
}
function firstFlaw(text) {
	const open = [];
	let expected = "value";
	let at = afterSpace(text, 0);
	for (; at < text.length; at = afterSpace(text, at)) {
		const character = text[at];
		if (isCloser(character, expected)) {
			open.pop();
			at++;
			expected = afterValue(open);
		} else if (expected === ":" && character === ":") {
			at++;
			expected = "value";
		} else if (character === "," && (expected === ", or ]" || expected === ", or }")) {
			at++;
			expected = expected === ", or ]" ? "value" : "key";
		} else if (expected.startsWith("key")) {
			const end = character === "\"" ? endOf(STRING, text, at) : null;
			if (end === null) return flawAt(text, at, expected);
			at = end;
			expected = ":";
		} else if (!expected.startsWith("value")) return flawAt(text, at, expected);
		else if (character === "{" || character === "[") {
			open.push(character);
			at++;
			expected = character === "{" ? "key or }" : "value or ]";
		} else {
			const end = endOf(STRING, text, at) ?? endOf(NUMBER, text, at) ?? endOf(WORD, text, at);
			if (end === null) return flawAt(text, at, expected);
			at = end;
			expected = afterValue(open);
		}
	}
	return expected === "end" ? null : {
		at: text.length,
		reason: `it ends where ${IN_WORDS[expected]} should stand`
	};
}
function isCloser(character, expected) {
	return character === "]" ? expected.endsWith("]") : character === "}" && expected.endsWith("}");
}
function afterValue(open) {
	const container = open.at(-1);
	return container === void 0 ? "end" : container === "[" ? ", or ]" : ", or }";
}
function endOf(pattern, text, at) {
	pattern.lastIndex = at;
	return pattern.test(text) ? pattern.lastIndex : null;
}
function afterSpace(text, from) {
	let at = from;
	while (at < text.length && " \n\r	".includes(text[at])) at++;
	return at;
}
/** A string that is not whole is told by itself: its flaw lies within. */
function flawAt(text, at, expected) {
	if (text[at] === "\"" && !expected.startsWith(",") && expected !== ":" && expected !== "end") {
		const end = endOf(SOUND, text, at) ?? at;
		if (end >= text.length) return {
			at: end,
			reason: "it ends inside a string"
		};
		return {
			at: end,
			reason: `it has ${text[end] === "\\" ? "an escape that JSON does not have" : "a control character inside a string"}`
		};
	}
	return {
		at,
		reason: `it has ${shown(text, at)} where ${IN_WORDS[expected]} should stand`
	};
}
function shown(text, at) {
	const code = text.codePointAt(at);
	return code > 32 && code < 127 ? `"${text[at]}"` : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
// src/sources/json.ts
/**
* @file JSON from files that nobody vouches for: bounded in size and depth, strict UTF-8, no key twice.
*
* JSON.parse keeps the last of two equal keys in silence, so two readers could see two different files; here that is an
* error. `__proto__` is a key like any other in what JSON.parse returns, and in copies made by spreading; nothing here copies
* key by key.
*/
/** A config.json has a few KiB; tokenizer.json of large vocabularies reaches 35 MB (Gemma 3). Room for twice that. */
const MAX_JSON_BYTES = 64 * 2 ** 20;
/** Configs nest to about 6. JSON.parse survives far more; code that walks the result recursively would not. */
const MAX_JSON_DEPTH = 64;
/** Read a whole JSON file. Errors: FILE_NOT_LISTED, JSON_TOO_LARGE, JSON_MALFORMED. */
async function readJson(files, name, maxBytes = MAX_JSON_BYTES) {
	const source = await files.open(name);
	try {
		if (source.byteLength > maxBytes) throw jsonTooLarge(source.name, source.byteLength, maxBytes);
		const outcome = parseJson(await source.read(0, source.byteLength));
		if ("reason" in outcome) {
			await refuseStandIn(source);
			throw jsonMalformed(source.name, outcome.reason);
		}
		return outcome.value;
	} finally {
		await source.close();
	}
}
/** The same, for files whose top level must be an object. Errors: as `readJson`, and JSON_NOT_AN_OBJECT. */
async function readJsonObject(files, name, maxBytes = MAX_JSON_BYTES) {
	const value = await readJson(files, name, maxBytes);
	if (!isJsonObject(value)) throw jsonNotAnObject(`${files.spec}: ${name}`, describeJson(value));
	return value;
}
function isJsonObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** "a list", "a number", …: for messages. */
function describeJson(value) {
	if (value === void 0) return "nothing";
	if (value === null) return "null";
	if (Array.isArray(value)) return "a list";
	return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
/** Parse UTF-8 JSON; a byte order mark is not part of JSON and is refused. */
function parseJson(bytes) {
	let text;
	try {
		text = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes);
	} catch {
		return { reason: "it is not UTF-8 text" };
	}
	if (text.startsWith("﻿")) return { reason: "it begins with a byte order mark; save it as UTF-8 without one" };
	const flaw = structuralFlaw(text);
	if (flaw !== null) return { reason: flaw };
	try {
		return { value: JSON.parse(text) };
	} catch {
		return { reason: syntaxReason(text) ?? "it is not JSON" };
	}
}
/**
* What JSON.parse does not say: too deep, a key twice. Works on any text, without recursion; text that is
* not JSON may pass here and is left to JSON.parse.
*/
function structuralFlaw(text) {
	const keys = [];
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === OPEN_OBJECT || unit === OPEN_LIST) {
			if (keys.length === MAX_JSON_DEPTH) return `it nests deeper than ${MAX_JSON_DEPTH} levels`;
			keys.push(unit === OPEN_OBJECT ? /* @__PURE__ */ new Set() : null);
		} else if (unit === CLOSE_OBJECT || unit === CLOSE_LIST) keys.pop();
		else if (unit === QUOTE) {
			const end = closingQuote(text, at);
			const seen = keys.at(-1);
			if (seen && isColonNext(text, end + 1)) {
				const flaw = repeatedKey(text.slice(at, end + 1), seen);
				if (flaw !== null) return flaw;
			}
			at = end;
		}
	}
	return null;
}
const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
/** Index of the quote that ends the string opened at `open`; the text's length when none does. */
function closingQuote(text, open) {
	for (let at = open + 1; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === BACKSLASH) at++;
		else if (unit === QUOTE) return at;
	}
	return text.length;
}
function isColonNext(text, from) {
	let at = from;
	while (at < text.length && " \n\r	".includes(text.charAt(at))) at++;
	return text.charCodeAt(at) === COLON;
}
function repeatedKey(quoted, seen) {
	const key = quoted.includes("\\") ? unescaped(quoted) : quoted.slice(1, -1);
	if (seen.has(key)) return `the key "${key.slice(0, 200)}" occurs twice`;
	seen.add(key);
	return null;
}
/** `"a\u0062"` is the same key as `"ab"`. A malformed escape is left to JSON.parse of the whole text. */
function unescaped(quoted) {
	try {
		return String(JSON.parse(quoted));
	} catch {
		return quoted;
	}
}
export { readJsonObject as a, parseJson as i, describeJson as n, syntaxReason as o, isJsonObject as r, MAX_JSON_BYTES as t };
