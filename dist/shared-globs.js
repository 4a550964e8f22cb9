// src/sources/globs.ts
/**
* @file Globs of paths, as shells and the Hub's datasets have them: `*` and `?` within a name, `**` over folders, `{a,b}`.
*
* Left out: character classes, which names of data sets need themselves (`[` is a character like any other).
*/
/** More alternatives or wildcards are no pattern that somebody wrote. */
const MOST_ALTERNATIVES = 256;
const MOST_WILDCARDS = 32;
function isGlob(path) {
	return /[*?{]/.test(path);
}
/** The folders before the first wildcard: 'data' of 'data/train-*.parquet'; '' for none. */
function globFolder(pattern) {
	const parts = pattern.split("/");
	const first = parts.findIndex(isGlob);
	return parts.slice(0, first < 0 ? parts.length - 1 : first).join("/");
}
/** The names that a pattern matches, in the order of the names. Throws RangeError for one beyond all bounds. */
function globbed(pattern, names) {
	const expressions = alternatives(pattern).map(expression);
	return names.filter((name) => expressions.some((one) => one.test(name)));
}
/** `a{b,c}d` → abd, acd. */
function alternatives(pattern) {
	const found = [];
	const pending = [pattern];
	for (let next = pending.pop(); next !== void 0; next = pending.pop()) {
		const braces = /\{([^{}]*)\}/.exec(next);
		if (braces === null) found.push(next);
		else for (const choice of (braces[1] ?? "").split(",")) pending.push(next.slice(0, braces.index) + choice + next.slice(braces.index + braces[0].length));
		if (found.length + pending.length > MOST_ALTERNATIVES) throw new RangeError("too many alternatives");
	}
	return found;
}
function expression(pattern) {
	if ((pattern.match(/[*?]/g) ?? []).length > MOST_WILDCARDS) throw new RangeError("too many wildcards");
	const source = pattern.replace(/\*\*\/|\*+|\?|[\\^$.|+()[\]{}]/g, (sign) => {
		if (sign === "**/") return "(?:[^/]+/)*";
		if (sign === "?") return "[^/]";
		if (sign.startsWith("*")) return sign === "*" ? "[^/]*" : ".*";
		return `\\${sign}`;
	});
	return new RegExp(`^${source}$`, "s");
}
export { globbed as n, isGlob as r, globFolder as t };
