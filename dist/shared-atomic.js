import { f as writeFailed, l as diskFull, p as writeRefused, r as systemErrorCode } from "./shared-file.js";
import { t as SaegateError } from "./shared-problem.js";
import { createHash, randomBytes } from "node:crypto";
import { renameSync, rmSync, statSync } from "node:fs";
import { lstat, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
// src/bytes/atomic.ts
/**
* @file Files that appear whole or not at all, and temporary files that never outlive the run.
*
* A file is written under a temporary name in the same folder (a rename must not cross file systems), flushed to the
* disk, then renamed. Every temporary path is kept in a register from before it exists until it is renamed or removed,
* so that Ctrl-C can remove what is left: `removeTemporaries()`. Files that belong together are staged.ts' business; what a
* killed process leaves, leftovers.ts'. Not protected against: power loss between two of those.
*/
/** Each with the name under which it is kept for a later run, where it is worth that; null: it is removed. */
const temporaries = /* @__PURE__ */ new Map();
/**
* Begin a file that will appear at `path`. `keptAs`: what an earlier run kept is gone on with, and is kept there again when this one
* ends early. Errors: WRITE_REFUSED (no such folder, no permission), DISK_FULL.
*/
async function beginFile(path, keptAs = null) {
	const temporaryPath = temporaryName(dirname(path), basename(path));
	const { handle, keptBytes } = await openTemporary(path, temporaryPath, keptAs);
	let [isOpen, isPending] = [true, true];
	const discard = async () => {
		if (isOpen) await handle.close().catch(() => {});
		isOpen = false;
		if (!isPending) return;
		isPending = false;
		temporaries.delete(temporaryPath);
		await rm(temporaryPath, { force: true });
	};
	const attempt = async (step) => {
		try {
			await step();
		} catch (error) {
			await discard();
			throw writeProblem(path, error);
		}
	};
	const finish = async () => {
		await handle.sync();
		await handle.close();
		isOpen = false;
	};
	const rename = () => {
		try {
			renameSync(temporaryPath, path);
		} catch (error) {
			throw writeProblem(path, error);
		}
		isPending = false;
		temporaries.delete(temporaryPath);
	};
	return {
		temporaryPath,
		write: (bytes) => attempt(() => handle.appendFile(bytes)),
		finish: () => attempt(finish),
		rename,
		commit: () => attempt(() => finish().then(rename)),
		discard,
		keptBytes,
		keep: async () => {
			if (isOpen) await handle.close().catch(() => {});
			isOpen = false;
			if (!isPending || keptAs === null) return await discard();
			isPending = false;
			temporaries.delete(temporaryPath);
			await moved(temporaryPath, keptAs);
		}
	};
}
/** Registered from before it exists. Errors: WRITE_REFUSED, DISK_FULL. */
async function openTemporary(path, temporaryPath, keptAs) {
	temporaries.set(temporaryPath, keptAs);
	try {
		const isKept = keptAs !== null && await takenUp(keptAs, temporaryPath);
		const handle = await open(temporaryPath, isKept ? "a" : "wx");
		return {
			handle,
			keptBytes: isKept ? (await handle.stat()).size : 0
		};
	} catch (error) {
		temporaries.delete(temporaryPath);
		throw writeProblem(path, error);
	}
}
/** A link that has the kept file's name is not gone on with: what is appended would land wherever it leads. False: there is nothing. */
async function takenUp(keptAs, temporaryPath) {
	if (!await moved(keptAs, temporaryPath)) return false;
	const found = await lstat(temporaryPath);
	if (found.isFile() && found.nlink === 1) return true;
	await rm(temporaryPath, {
		recursive: true,
		force: true
	});
	return false;
}
/** False: there is nothing. What an earlier run kept is whoever's renames it first. */
async function moved(from, to) {
	return await rename(from, to).then(() => true, () => false);
}
/**
* Write a whole file at once. A link that has the name is replaced, not followed: it may lead out of the folder. Errors:
* WRITE_REFUSED, DISK_FULL, WRITE_FAILED; nothing is left behind then.
*/
async function writeFileWhole(path, bytes) {
	const file = await beginFile(path);
	await file.write(bytes);
	await file.commit();
}
/**
* Write where a user said. Through a symbolic link its target is written; a device or a pipe (`/dev/stdout`) is written to and
* never replaced. Errors as of `writeFileWhole`.
*/
async function writeOutput(path, bytes) {
	const target = await targetOf(path);
	if (target.isStream) {
		await writeFile(path, bytes).catch((error) => {
			throw writeProblem(path, error);
		});
		return;
	}
	await writeFileWhole(target.path, bytes);
}
/** Where a path leads: links followed as far as there is something; a device or a pipe cannot be replaced by a file. */
async function targetOf(path) {
	try {
		const found = await stat(path);
		if (!found.isFile() && !found.isDirectory()) return {
			path,
			isStream: true
		};
		return {
			path: await realpath(path),
			isStream: false
		};
	} catch {
		return {
			path,
			isStream: false
		};
	}
}
/** A path for a temporary file in `folder`, registered for removal; the caller creates the file and calls `forget`. */
function temporaryPathIn(folder, label) {
	const path = temporaryName(folder, label);
	temporaries.set(path, null);
	return {
		path,
		forget: () => void temporaries.delete(path)
	};
}
/** Remove every temporary file of this process. Synchronous, so that a signal handler can call it. */
function removeTemporaries() {
	for (const [path, keptAs] of temporaries) try {
		if (keptAs === null) rmSync(path, {
			force: true,
			recursive: true
		});
		else renameSync(path, keptAs);
	} catch {}
	temporaries.clear();
}
/** Say in one problem why a file could not be written. */
function writeProblem(path, error) {
	if (error instanceof SaegateError) return error;
	const code = systemErrorCode(error);
	switch (code) {
		case "ENOSPC":
		case "EDQUOT": return diskFull(path);
		case "ENOENT": return writeRefused(path, "its folder does not exist");
		case "ENOTDIR": return writeRefused(path, `${fileAbove(path)} is not a folder`);
		case "EACCES":
		case "EPERM":
		case "EROFS": return writeRefused(path, code === "EROFS" ? "the file system is read-only" : "permission denied");
		case "EISDIR": return writeRefused(path, "a folder has that name");
		default: return writeFailed(path, code ?? String(error));
	}
}
/** What of a path is there and no folder; where it cannot be told, the path that holds it. */
function fileAbove(path) {
	for (let at = dirname(path); at !== dirname(at); at = dirname(at)) try {
		if (!statSync(at).isDirectory()) return at;
	} catch {}
	return dirname(path);
}
/** `.report.json.1a2b3c4d-4711-9f8e7d6c.tmp`: host, process, chance. Null for any other name. */
function temporaryMaker(name) {
	const [, host, pid] = /^\..+\.([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{8}\.tmp$/.exec(name) ?? [];
	return host === void 0 || pid === void 0 ? null : {
		host,
		pid: Number(pid)
	};
}
/** The name of this host in temporary names: process numbers mean something on one host only. */
function thisHost() {
	return createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
}
/** Whether this process made it and may still write it. */
function isTemporaryOfThisProcess(path) {
	return temporaries.has(path);
}
function temporaryName(folder, label) {
	const maker = `${thisHost()}-${process.pid}-${randomBytes(4).toString("hex")}`;
	return join(folder, `.${label.slice(0, 100)}.${maker}.tmp`);
}
export { temporaryPathIn as a, writeOutput as c, temporaryMaker as i, writeProblem as l, isTemporaryOfThisProcess as n, thisHost as o, removeTemporaries as r, writeFileWhole as s, beginFile as t };
