import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
// src/errors/problem.ts
/** An expected failure. Shown as message and fix, never with a stack trace. */
var SaegateError = class extends Error {
	name = "SaegateError";
	code;
	fix;
	exitStatus;
	constructor(code, exitStatus, message, fix) {
		super(message);
		this.code = code;
		this.exitStatus = exitStatus;
		this.fix = fix;
	}
};
/** Declare a problem; the result makes the error: `throw tensorMissing(file, name)`. */
function problem(code, exitStatus, describe) {
	const make = (...args) => {
		const { message, fix } = describe(...args);
		return new SaegateError(code, exitStatus, message, fix);
	};
	return Object.assign(make, { code });
}
// src/errors/bytes.ts
/** @file What can go wrong with files on disk: reading them, and writing them whole or not at all. */
const fileMissing = problem("FILE_MISSING", 2, (path) => ({
	message: `${path} does not exist.`,
	fix: "Check the spelling of the path, and the folder that the command runs in."
}));
const fileUnreadable = problem("FILE_UNREADABLE", 2, (path, reason) => ({
	message: `${path} cannot be read: ${reason}.`,
	fix: "Give the user that runs this command permission to read the file and its folder."
}));
const notAFile = problem("NOT_A_FILE", 2, (path, found) => ({
	message: `${path} is ${found}; a regular file was expected.`,
	fix: "Name the file itself."
}));
/** The file is shorter than it was when it was opened. */
const fileEndsEarly = problem("FILE_ENDS_EARLY", 3, (path, wanted, got) => ({
	message: `${path} ends at byte ${got}, but bytes up to ${wanted} were there when it was opened.`,
	fix: "Something rewrote or truncated the file during the run. Wait until it is complete and run again."
}));
/** A read outside the source: what a file says about itself does not fit its length. */
const rangeOutside = problem("RANGE_OUTSIDE_FILE", 2, (name, start, end, byteLength) => ({
	message: `${name} has ${byteLength} bytes, but bytes ${start} to ${end} were asked for.`,
	fix: "The file is cut short or damaged. Fetch it again."
}));
const readTooLarge = problem("READ_TOO_LARGE", 3, (name, bytes) => ({
	message: `${name}: no room for a single read of ${bytes} bytes.`,
	fix: "Run on a machine with more memory, or split the tensor."
}));
const readFailed = problem("READ_FAILED", 3, (path, reason) => ({
	message: `${path}: reading failed: ${reason}.`,
	fix: "Check the disk or the network share that holds the file, then run again."
}));
const diskFull = problem("DISK_FULL", 3, (path) => ({
	message: `No space is left on the disk while writing ${path}; the incomplete file was removed.`,
	fix: "Free some space, or name another folder, then run again."
}));
const writeRefused = problem("WRITE_REFUSED", 2, (path, reason) => ({
	message: `${path} cannot be written: ${reason}.`,
	fix: "Name an output folder that the user running this command may write to."
}));
const writeFailed = problem("WRITE_FAILED", 3, (path, reason) => ({
	message: `${path}: writing failed: ${reason}; the incomplete file was removed.`,
	fix: "Check the disk that holds the folder, then run again."
}));
// src/bytes/source.ts
/** @file One way to read bytes, whether they are in memory, on disk or behind a URL. */
function bytesSource(name, bytes) {
	return {
		name,
		byteLength: bytes.byteLength,
		read: async (start, end) => {
			checkRange(name, start, end, bytes.byteLength);
			return bytes.subarray(start, end);
		},
		close: async () => {}
	};
}
/** Refuse a range that is not within [0, byteLength] or not made of whole numbers. */
function checkRange(name, start, end, byteLength) {
	if (!(Number.isSafeInteger(start) && Number.isSafeInteger(end)) || start < 0 || end < start || end > byteLength) throw rangeOutside(name, start, end, byteLength);
}
// src/bytes/file.ts
/** One read(2) returns at most 0x7ffff000 bytes on Linux; stay well below. */
const LARGEST_READ = 2 ** 30;
/** Open a regular file. Errors: FILE_MISSING, FILE_UNREADABLE, NOT_A_FILE; reads: RANGE_OUTSIDE_FILE and FILE_ENDS_EARLY. */
async function fileSource(path) {
	const { handle, byteLength } = await openRegular(path);
	let closed = false;
	return {
		name: path,
		byteLength,
		read: async (start, end) => {
			checkRange(path, start, end, byteLength);
			const bytes = allocate(path, end - start);
			await fill(handle, path, bytes, start);
			return bytes;
		},
		close: async () => {
			if (closed) return;
			closed = true;
			await handle.close();
		}
	};
}
/** The system's error code of a failed file operation (`ENOENT`, …), or null. */
function systemErrorCode(error) {
	if (!(error instanceof Error) || error instanceof SaegateError || !("code" in error)) return null;
	return typeof error.code === "string" ? error.code : null;
}
/** Say in one problem why a path could not be opened or listed. */
function openProblem(path, error) {
	const code = systemErrorCode(error);
	switch (code) {
		case "ENOENT":
		case "ENOTDIR": return fileMissing(path);
		case "EACCES":
		case "EPERM": return fileUnreadable(path, "permission denied");
		case "EISDIR": return notAFile(path, "a folder");
		case "EMFILE":
		case "ENFILE": return fileUnreadable(path, "too many files are open");
		case "ELOOP": return fileUnreadable(path, "its symbolic links form a loop");
		case "ENAMETOOLONG": return fileUnreadable(path.slice(0, 200), "the name is too long");
		default: return fileUnreadable(path, code ?? String(error));
	}
}
async function openRegular(path) {
	try {
		requireRegular(path, await stat(path));
		const handle = await open(path, "r");
		return {
			handle,
			byteLength: (await handle.stat()).size
		};
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		throw openProblem(path, error);
	}
}
function requireRegular(path, found) {
	if (found.isDirectory()) throw notAFile(path, "a folder");
	if (!found.isFile()) throw notAFile(path, "a pipe, socket or device");
}
function allocate(name, byteLength) {
	try {
		return new Uint8Array(byteLength);
	} catch {
		throw readTooLarge(name, byteLength);
	}
}
async function fill(handle, path, bytes, start) {
	let done = 0;
	while (done < bytes.byteLength) {
		const length = Math.min(bytes.byteLength - done, LARGEST_READ);
		const { bytesRead } = await handle.read(bytes, done, length, start + done).catch((error) => {
			throw readFailed(path, systemErrorCode(error) ?? String(error));
		});
		if (bytesRead === 0) throw fileEndsEarly(path, start + bytes.byteLength, start + done);
		done += bytesRead;
	}
}
// src/bytes/atomic.ts
/**
* @file Files that appear whole or not at all, and temporary files that never outlive the run.
*
* A file is written under a temporary name in the same folder (a rename must not cross file systems), flushed to the
* disk, then renamed. Every temporary path is kept in a register from before it exists until it is renamed or removed,
* so that Ctrl-C can remove what is left: `removeTemporaries()`. Not protected against: SIGKILL and power loss between
* two files of one report.
*/
const temporaries = /* @__PURE__ */ new Set();
/** Begin a file that will appear at `path`. Errors: WRITE_REFUSED (no such folder, no permission), DISK_FULL. */
async function beginFile(path) {
	const temporaryPath = temporaryName(dirname(path), basename(path));
	temporaries.add(temporaryPath);
	let handle;
	try {
		handle = await open(temporaryPath, "wx");
	} catch (error) {
		temporaries.delete(temporaryPath);
		throw writeProblem(path, error);
	}
	let isOpen = true;
	const discard = async () => {
		if (isOpen) await handle.close().catch(() => {});
		isOpen = false;
		if (temporaries.delete(temporaryPath)) await rm(temporaryPath, { force: true });
	};
	const attempt = async (step) => {
		try {
			await step();
		} catch (error) {
			await discard();
			throw writeProblem(path, error);
		}
	};
	const commit = async () => {
		await handle.sync();
		await handle.close();
		isOpen = false;
		await rename(temporaryPath, path);
		temporaries.delete(temporaryPath);
	};
	return {
		temporaryPath,
		write: (bytes) => attempt(() => handle.appendFile(bytes)),
		commit: () => attempt(commit),
		discard
	};
}
/** Write a whole file at once. Errors: WRITE_REFUSED, DISK_FULL, WRITE_FAILED; nothing is left behind then. */
async function writeFileWhole(path, bytes) {
	const file = await beginFile(path);
	await file.write(bytes);
	await file.commit();
}
/** A path for a temporary file in `folder`, registered for removal; the caller creates the file and calls `forget`. */
function temporaryPathIn(folder, label) {
	const path = temporaryName(folder, label);
	temporaries.add(path);
	return {
		path,
		forget: () => void temporaries.delete(path)
	};
}
/** Remove every temporary file of this process. Synchronous, so that a signal handler can call it. */
function removeTemporaries() {
	for (const path of temporaries) try {
		rmSync(path, {
			force: true,
			recursive: true
		});
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
		case "ENOENT":
		case "ENOTDIR": return writeRefused(path, "its folder does not exist");
		case "EACCES":
		case "EPERM":
		case "EROFS": return writeRefused(path, code === "EROFS" ? "the file system is read-only" : "permission denied");
		case "EISDIR": return writeRefused(path, "a folder has that name");
		default: return writeFailed(path, code ?? String(error));
	}
}
function temporaryName(folder, label) {
	return join(folder, `.${label.slice(0, 100)}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`);
}
export { writeProblem as a, systemErrorCode as c, SaegateError as d, problem as f, writeFileWhole as i, bytesSource as l, removeTemporaries as n, fileSource as o, temporaryPathIn as r, openProblem as s, beginFile as t, writeRefused as u };
