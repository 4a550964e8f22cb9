import { realpathSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
// src/bytes/real-path.ts
/** @file Where a path lies by where links lead, also of what is not there yet. */
/** Of what exists of a path; the rest as it is written. */
function realPath(path) {
	try {
		return realpathSync(path);
	} catch {
		const parent = dirname(path);
		return parent === path ? path : resolve(realPath(parent), relative(parent, path));
	}
}
/** Whether a path is a folder or lies below it, by where links lead. */
function isWithin(inside, folder) {
	const path = relative(realPath(resolve(folder)), realPath(resolve(inside)));
	return path !== ".." && !/^\.\.[/\\]/.test(path) && resolve(path) !== path;
}
export { realPath as n, isWithin as t };
