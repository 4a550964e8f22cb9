import { a as fileMissing, c as notAFile, i as fileEndsEarly, l as readFailed, n as checkRange, s as fileUnreadable, u as readTooLarge } from "./shared-source.js";
import { t as SaegateError } from "./shared-problem.js";
import { r as identityOf } from "./shared-file-identity.js";
import { n as limitProblem } from "./shared-system-limits.js";
import { open, stat } from "node:fs/promises";
// src/bytes/file.ts
/** One read(2) returns at most 0x7ffff000 bytes on Linux; stay well below. */
const LARGEST_READ = 2 ** 30;
/** Open a regular file. Errors: FILE_MISSING, FILE_UNREADABLE, NOT_A_FILE; reads: RANGE_OUTSIDE_FILE and FILE_ENDS_EARLY. */
async function fileSource(path) {
	const { handle, identity } = await openRegular(path);
	const byteLength = Number(identity.byteLength);
	let closed = false;
	return {
		name: path,
		byteLength,
		identity,
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
		case "ENFILE": return limitProblem(path, code) ?? fileUnreadable(path, code);
		case "ELOOP": return fileUnreadable(path, "its symbolic links form a loop", "Point the link at the file or folder itself, or name that.");
		case "ENAMETOOLONG": return fileUnreadable(path.slice(0, 200), "the name is too long", "Check the path, or use shorter names.");
		default: return fileUnreadable(path, code ?? String(error), "Check the path, and the disk or network share that holds it.");
	}
}
async function openRegular(path) {
	try {
		requireRegular(path, await stat(path));
		const handle = await open(path, "r");
		return {
			handle,
			identity: identityOf(await handle.stat({ bigint: true }))
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
export { openProblem as n, systemErrorCode as r, fileSource as t };
