import { n as openProblem, t as fileSource } from "./shared-file.js";
import { o as problem, r as SaegateError } from "./shared-system-limits.js";
import { y as staysInside } from "./shared-hub-spec.js";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
// src/errors/sources.ts
/** @file What can go wrong between a spec string and the files it names: folders, the Hugging Face Hub, JSON files. */
const fileNotListed = problem("FILE_NOT_LISTED", 2, (spec, name) => ({
	message: `${spec} has no file "${name}".`,
	fix: "Check that the folder is complete, and that the spec names the right one."
}));
const nameLeavesFolder = problem("NAME_LEAVES_FOLDER", 2, (spec, name) => ({
	message: `${spec}: the file name "${name}" is absolute or climbs out of the folder.`,
	fix: "Name files relative to the folder, without \"..\". If another file named it, that file is not to be trusted."
}));
const linkLeavesFolder = problem("LINK_LEAVES_FOLDER", 2, (spec, name, target) => ({
	message: `${spec}: "${name}" is a symbolic link to ${target}, outside the folder.`,
	fix: "Copy the file into the folder. Only links of the Hugging Face cache (snapshots to blobs) are followed."
}));
const folderTooLarge = problem("FOLDER_TOO_LARGE", 2, (spec, limit) => ({
	message: `${spec} holds more than ${limit} files.`,
	fix: "Name the folder of the model or SAE itself, not one that holds many of them."
}));
const jsonTooLarge = problem("JSON_TOO_LARGE", 2, (name, bytes, limit) => ({
	message: `${name} has ${bytes} bytes; at most ${limit} are read as JSON here.`,
	fix: "Check that it is the file it claims to be."
}));
const jsonMalformed = problem("JSON_MALFORMED", 2, (name, reason) => ({
	message: `${name} cannot be used as JSON: ${reason}.`,
	fix: "Fetch the file again; a web page or a git-lfs pointer in its place is the usual cause."
}));
const jsonNotAnObject = problem("JSON_NOT_AN_OBJECT", 2, (name, found) => ({
	message: `${name} holds ${found}; a JSON object was expected.`,
	fix: "Check that it is the file it claims to be."
}));
// src/sources/local-folder.ts
/**
* @file A folder (or one file) on this machine as pinned files. Nothing outside the folder is ever read.
*
* Symbolic links are followed only where their target stays inside, with one exception: the Hugging Face cache stores
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
				name: source.name,
				byteLength: source.byteLength,
				read: source.read,
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
		if (isBelow(root, target) || isCacheBlob(root, target)) return { path: target };
		return { outside: target };
	} catch {
		return { path: link };
	}
}
function isBelow(folder, path) {
	const way = relative(folder, path);
	return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
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
export { jsonNotAnObject as a, jsonMalformed as i, fileNotListed as n, jsonTooLarge as o, folderTooLarge as r, nameLeavesFolder as s, openLocal as t };
