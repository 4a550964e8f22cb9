import { c as identityAt, s as difference } from "./shared-file.js";
import { t as fileExchanged } from "./shared-sources.js";
// src/sources/file-watch.ts
/**
* @file Were the files that were measured the same all the time? A model is opened many times in an audit (its header, range
* by range, for its digest), each time by its path: what every opening met is remembered, and held against each other and
* against what lies there at the end. So a digest is one of the very bytes that were measured.
*/
/** `before`: what somebody else met under the same paths. */
function fileWatch(before = /* @__PURE__ */ new Map()) {
	const sightings = new Map([...before].map(([path, met]) => [path, [...met]]));
	const opened = /* @__PURE__ */ new Set();
	const note = (path, identity) => {
		if (path === null || identity === void 0) return;
		const met = sightings.get(path) ?? [];
		if (met.every((one) => difference(one, identity) !== null)) met.push(identity);
		sightings.set(path, met);
		opened.add(path);
	};
	return {
		watched: (files) => ({
			...files,
			sightings,
			open: async (name) => {
				const source = await files.open(name);
				note(files.localPath(name), source.identity);
				return source;
			}
		}),
		sightings,
		requireUnchanged: async (linked = /* @__PURE__ */ new Set()) => {
			for (const path of opened) {
				const [first, ...others] = sightings.get(path) ?? [];
				if (first === void 0) continue;
				for (const met of [...others, await identityAt(path)]) {
					const known = met !== null && linked.has(path) ? {
						...met,
						changed: first.changed
					} : met;
					const what = difference(first, known);
					if (what !== null) throw fileExchanged(path, what);
				}
			}
		}
	};
}
export { fileWatch as t };
