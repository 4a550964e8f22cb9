import { r as systemErrorCode } from "./shared-file.js";
import { mkdir, rmdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
// src/bytes/make-folder.ts
/**
* @file Folders made, with those above them. Not Node's recursive mkdir: it never returns where a file system refuses every
* folder as if the one above were missing (/proc, the root of an automounter).
*/
/**
* Like `mkdir -p`; the folders that were made, the outermost first. `mode`: of each of them. Nothing that was made stays where the
* last cannot be made. Errors: those of mkdir; EEXIST where something else has the name.
*/
async function makeFolder(folder, mode = 511) {
	try {
		await mkdir(folder, { mode });
		return [folder];
	} catch (error) {
		if (await isFolder(folder)) return [];
		const parent = dirname(folder);
		if (systemErrorCode(error) !== "ENOENT" || parent === folder) throw error;
		const made = await makeFolder(parent, mode);
		try {
			await mkdir(folder, { mode });
		} catch (second) {
			if (await isFolder(folder)) return made;
			for (const path of made.toReversed()) await rmdir(path).catch(() => {});
			throw second;
		}
		return [...made, folder];
	}
}
async function isFolder(path) {
	return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
export { makeFolder as t };
