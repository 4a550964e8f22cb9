import { n as openProblem, t as fileSource } from "./shared-file.js";
import { t as SaegateError } from "./shared-problem.js";
import { c as nameLeavesFolder, n as fileNotListed, r as folderTooLarge, s as linkLeavesFolder } from "./shared-sources.js";
import { t as staysInside } from "./shared-pinned-files.js";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
// src/sources/local-folder.ts
/**
* @file A folder (or one file) on this machine as pinned files. Nothing outside the folder is ever read.
*
* Symbolic links are followed only where their target stays inside and is not git's own (.git/config may hold a token), with one
* exception: the Hugging Face cache stores
* `models--owner--name/snapshots/COMMIT/file` as a link to `models--owner--name/blobs/HASH`, so a folder below
* `snapshots` may link into the `blobs` beside it. Such a folder also knows its revision: the commit in its path.
*/
/** The largest SAE collections have some thousand files; a home folder given by mistake has more. */
const MAX_FILES = 2e4;
/** Gemma Scope nests three folders. */
const MAX_DEPTH = 12;
/** A folder with everything below it, or a single file as a set of one. Errors: FILE_MISSING, FOLDER_TOO_LARGE, … */
async function openLocal(spec, path = spec) {
	try {
		if ((await stat(path)).isDirectory()) {
			const root = await realpath(path);
			return pinned(spec, root, await listFolder(spec, root));
		}
		return pinned(spec, await realpath(dirname(resolve(path))), /* @__PURE__ */ new Map([[basename(path), { path: resolve(path) }]]));
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		throw openProblem(path, error);
	}
}
function pinned(spec, root, located) {
	const opened = /* @__PURE__ */ new Set();
	return {
		spec,
		revision: cacheSnapshot(root)?.commit ?? null,
		names: [...located.keys()].sort(),
		has: (name) => located.has(name),
		open: async (name) => {
			const source = await fileSource(requirePath(spec, name, located));
			opened.add(source);
			const close = async () => {
				opened.delete(source);
				await source.close();
			};
			return {
				...source,
				close
			};
		},
		localPath: (name) => {
			const file = located.get(name);
			return file && "path" in file ? file.path : null;
		},
		close: async () => {
			for (const source of opened) await source.close();
			opened.clear();
		}
	};
}
function requirePath(spec, name, located) {
	if (!staysInside(name)) throw nameLeavesFolder(spec, name);
	const file = located.get(name);
	if (file === void 0) throw fileNotListed(spec, name);
	if ("outside" in file) throw linkLeavesFolder(spec, name, file.outside);
	return file.path;
}
/** Every file below `root`, without hidden folders (.git, .cache) and node_modules; linked folders are not entered. */
async function listFolder(spec, root) {
	const located = /* @__PURE__ */ new Map();
	const pending = [{
		folder: root,
		prefix: "",
		depth: 0
	}];
	for (let next = pending.pop(); next !== void 0; next = pending.pop()) {
		const { folder, prefix, depth } = next;
		for (const entry of await readdir(folder, { withFileTypes: true })) {
			const path = join(folder, entry.name);
			const name = prefix + entry.name;
			if (entry.isDirectory()) {
				if (!(entry.name.startsWith(".") || entry.name === "node_modules" || depth === MAX_DEPTH)) pending.push({
					folder: path,
					prefix: `${name}/`,
					depth: depth + 1
				});
			} else if (staysInside(name)) located.set(name, entry.isSymbolicLink() ? await followLink(root, path) : { path });
			if (located.size > MAX_FILES) throw folderTooLarge(spec, MAX_FILES);
		}
	}
	return located;
}
async function followLink(root, link) {
	try {
		const target = await realpath(link);
		if (isBelow(root, target) && !isOfGit(root, target) || isCacheBlob(root, target)) return { path: target };
		return { outside: target };
	} catch {
		return { path: link };
	}
}
function isBelow(folder, path) {
	const way = relative(folder, path);
	return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
function isOfGit(root, target) {
	return relative(root, target).split(sep).some((part) => part.toLowerCase() === ".git");
}
function isCacheBlob(root, target) {
	const snapshot = cacheSnapshot(root);
	return snapshot !== null && isBelow(join(snapshot.repository, "blobs"), target);
}
/** Where `root` lies in a Hugging Face cache: `…/models--owner--name/snapshots/COMMIT[/sub/path]`, or null. */
function cacheSnapshot(root) {
	const parts = root.split(sep);
	const at = parts.lastIndexOf("snapshots");
	const commit = parts[at + 1];
	const isRepository = /^(models|datasets|spaces)--/.test(parts[at - 1] ?? "");
	if (at < 1 || !isRepository || commit === void 0 || !/^[0-9a-f]{40}$/.test(commit)) return null;
	return {
		repository: parts.slice(0, at).join(sep),
		commit
	};
}
export { openLocal as t };
