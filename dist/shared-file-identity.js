import { stat } from "node:fs/promises";
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
export { identityAt as n, identityOf as r, difference as t };
