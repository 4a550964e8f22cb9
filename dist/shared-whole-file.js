import { d as fileTooLarge, t as fileSource } from "./shared-file.js";
// src/bytes/whole-file.ts
/**
* @file A file that is read whole: policies, configurations, watchlists, stored reports and their tables.
*
* Unlike Node's readFile it asks first what lies there and how long it is: a pipe nobody writes to would be waited for
* without end, and /dev/zero would fill the memory.
*/
/** Errors: FILE_MISSING, FILE_UNREADABLE, NOT_A_FILE, FILE_TOO_LARGE. */
async function readWholeFile(path, maxBytes) {
	const source = await fileSource(path);
	try {
		if (source.byteLength > maxBytes) throw fileTooLarge(path, source.byteLength, maxBytes);
		return await source.read(0, source.byteLength);
	} finally {
		await source.close();
	}
}
/** The same as text. What is not UTF-8 becomes U+FFFD, which the parsers then stumble over. */
async function readTextFile(path, maxBytes) {
	const bytes = await readWholeFile(path, maxBytes);
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
export { readWholeFile as n, readTextFile as t };
