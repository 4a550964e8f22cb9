import { i as problem } from "./shared-problem.js";
// src/errors/bytes.ts
/** @file What can go wrong with files on disk: reading them, and writing them whole or not at all. */
const fileMissing = problem("FILE_MISSING", 2, (path) => ({
	message: `${path} does not exist.`,
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
export { fileMissing as a, notAFile as c, writeFailed as d, writeRefused as f, fileEndsEarly as i, readFailed as l, checkRange as n, fileTooLarge as o, diskFull as r, fileUnreadable as s, bytesSource as t, readTooLarge as u };
