import { i as problem, t as SaegateError } from "./shared-problem.js";
import { n as limitProblem } from "./shared-system-limits.js";
import { existsSync, opendirSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
// src/errors/did-you-mean.ts
/** @file Which of the names that there are was probably meant: the one a letter or two away, and how a message says so. */
/** Letters that are compared: longer names are alike in their beginnings. */
const MOST_LETTERS = 120;
const plain = (text) => text.toLowerCase().replaceAll(/[-_]/g, "").slice(0, MOST_LETTERS);
/** Slips of the finger in a word of that length, at most: one in four letters. */
const edits = (written) => Math.min(8, Math.floor(written.length / 4));
/** The known name within `most` edits, upper and lower case and dashes aside; null when none is near. */
function nearest(written, known, most = Math.max(2, edits(written))) {
	const wanted = plain(written);
	let [best, fewest] = [null, most + 1];
	for (const name of known) {
		const other = plain(name);
		if (Math.abs(other.length - wanted.length) >= fewest) continue;
		const distance = editDistance(wanted, other);
		if (distance < fewest) [best, fewest] = [name, distance];
	}
	return best;
}
/** For short words, which are all near each other: one edit in every four letters. */
const nearestWord = (written, known) => nearest(written, known, Math.max(1, edits(written)));
/** To stand before the full stop of a message. */
const didYouMean = (near) => near === null ? "" : `; did you mean ${near}?`;
/** The end of a sentence that may ask. */
const sentenceEnd = (near) => near === null ? "." : didYouMean(near);
/** Letters to insert, remove, exchange or swap with their neighbour (optimal string alignment), three rows at a time. */
function editDistance(a, b) {
	let before = [];
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 0; i < a.length; i++) {
		const next = [i + 1];
		for (let j = 0; j < b.length; j++) {
			const edited = Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (a[i] === b[j] ? 0 : 1));
			const isSwap = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
			next.push(isSwap ? Math.min(edited, before[j - 1] + 1) : edited);
		}
		before = row;
		row = next;
	}
	return row[b.length];
}
// src/errors/bytes.ts
/** @file What can go wrong with files on disk: reading them, and writing them whole or not at all. */
/** `near`: what was probably meant. */
const fileMissing = problem("FILE_MISSING", 2, (path, near = null) => ({
	message: `${path} does not exist${sentenceEnd(near)}`,
	fix: "Check the spelling of the path, and the folder that the command runs in."
}));
/** `advice`: where permission is not what is missing. */
const fileUnreadable = problem("FILE_UNREADABLE", 2, (path, reason, advice = null) => ({
	message: `${path} cannot be read: ${reason}.`,
	fix: advice ?? "Give the user that runs this command permission to read the file and its folder."
}));
const notAFile = problem("NOT_A_FILE", 2, (path, found) => ({
	message: `${path} is ${found}; a regular file was expected.`,
	fix: "Name the file itself."
}));
const fileTooLarge = problem("FILE_TOO_LARGE", 2, (path, bytes, limit) => ({
	message: `${path} has ${bytes} bytes; at most ${limit} are read.`,
	fix: "Check that it is the file you mean."
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
// src/bytes/file-identity.ts
function identityOf({ dev, ino, size, mtimeNs, ctimeNs }) {
	return {
		device: dev,
		inode: ino,
		byteLength: size,
		modified: mtimeNs,
		changed: ctimeNs
	};
}
/** Of the file at `path`, links followed. Null: there is no file. */
async function identityAt(path) {
	try {
		const found = await stat(path, { bigint: true });
		return found.isFile() ? identityOf(found) : null;
	} catch {
		return null;
	}
}
/** What differs, for a message: "it has another size". Null: it is the same file, and nobody wrote to it. */
function difference(before, after) {
	if (after === null) return "it is not there any more";
	if (before.byteLength !== after.byteLength) return "it has another size";
	if (before.device !== after.device || before.inode !== after.inode) return "another file has its name";
	if (before.modified !== after.modified) return "it was written to";
	return before.changed === after.changed ? null : "its time of change moved";
}
// src/bytes/near-path.ts
/** @file The path that was probably meant where one does not exist: its parts, each as the folder has it or a letter away. */
/** Names of a folder that are looked at; beyond that it is no folder that anybody types names of. */
const MOST_NAMES = 2e3;
/** Shorter names are all near each other. */
const FEWEST_LETTERS = 3;
/** Null: nothing that is near exists, or it cannot be told. */
function nearPath(path) {
	const [folder, name] = [dirname(path), basename(path)];
	if (folder === path || name.length < FEWEST_LETTERS) return null;
	const there = existsSync(folder) ? folder : nearPath(folder);
	if (there === null) return null;
	const names = namesIn(there);
	const near = names.includes(name) ? name : nearestWord(name, names);
	if (near === null || near.startsWith(".") !== name.startsWith(".")) return null;
	return join(there, near);
}
function namesIn(folder) {
	const names = [];
	try {
		const open = opendirSync(folder);
		for (let entry = open.readSync(); entry !== null && names.length < MOST_NAMES; entry = open.readSync()) names.push(entry.name);
		open.closeSync();
	} catch {}
	return names;
}
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
		case "ENOTDIR": return fileMissing(path, nearPath(path));
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
export { sentenceEnd as _, checkRange as a, identityAt as c, fileTooLarge as d, writeFailed as f, nearestWord as g, nearest as h, bytesSource as i, diskFull as l, didYouMean as m, openProblem as n, nearPath as o, writeRefused as p, systemErrorCode as r, difference as s, fileSource as t, fileMissing as u };
