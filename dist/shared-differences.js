// src/audit/shards/differences.ts
/** Long values are cut where they are shown. */
const SHOWN = 80;
/** Null: they are equal. */
function firstDifference(a, b, path = "") {
	if (Object.is(a, b)) return null;
	if (!isObject(a) || !isObject(b)) return {
		path: path || "the whole",
		values: [shown(a), shown(b)]
	};
	for (const key of /* @__PURE__ */ new Set([...Object.keys(a), ...Object.keys(b)])) {
		const found = firstDifference(a[key], b[key], path === "" ? key : `${path}.${key}`);
		if (found !== null) return found;
	}
	return null;
}
const isObject = (value) => typeof value === "object" && value !== null;
function shown(value) {
	const text = JSON.stringify(value) ?? "nothing";
	return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
export { firstDifference as t };
