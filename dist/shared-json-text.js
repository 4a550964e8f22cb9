// src/escape/json-text.ts
/** @file JSON in which every invisible character of a string is written as its escape: the same data, nothing hidden, no command of a CI runner. */
/** `value` as JSON, with two spaces where `isIndented`. */
function jsonText(value, isIndented = false) {
	return JSON.stringify(value, null, isIndented ? 2 : 0).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, escaped).replaceAll("##[", "\\u0023#[");
}
/** Every UTF-16 unit as \uXXXX. */
function escaped(character) {
	return Array.from({ length: character.length }, (_, i) => {
		return `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`;
	}).join("");
}
export { jsonText as t };
