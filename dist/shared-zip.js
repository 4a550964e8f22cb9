import { d as npzMalformed } from "./shared-hub-settings.js";
import { v as staysInside } from "./shared-hub-spec.js";
import { constants, crc32, inflateRawSync } from "node:zlib";
// src/archives/zip-directory.ts
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const END64_BYTES = 56;
const ENTRY_BYTES = 46;
/** A comment has at most 65,535 bytes, so the end record begins within this distance of the end. */
const END_SEARCH_BYTES = 65557;
/** An npz has one member per array; the largest checkpoints have some ten thousand tensors. */
const MAX_DIRECTORY_BYTES = 16 * 2 ** 20;
/** Deflate cannot expand further: 258 bytes from 2 bits (zlib manual, "Maximum Compression Factor" 1032:1). */
const MAX_EXPANSION = 1032;
async function findDirectory(source) {
	const tailStart = Math.max(0, source.byteLength - END_SEARCH_BYTES);
	const tail = viewOf(await source.read(tailStart, source.byteLength));
	for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
		if (tail.getUint32(at, true) !== 101010256 || at + END_BYTES + tail.getUint16(at + 20, true) !== tail.byteLength) continue;
		const [size, start, entries] = [
			tail.getUint32(at + 12, true),
			tail.getUint32(at + 16, true),
			tail.getUint16(at + 10, true)
		];
		return checkedDirectory(source, start === 4294967295 || size === 4294967295 || entries === 65535 ? await findDirectory64(source, tailStart + at) : {
			start,
			end: start + size,
			entries
		}, tailStart + at);
	}
	throw npzMalformed(source.name, "it is not a zip archive, or its end is missing");
}
async function findDirectory64(source, endStart) {
	const locatorStart = endStart - LOCATOR_BYTES;
	if (locatorStart < 0) throw npzMalformed(source.name, "its zip64 locator is missing");
	const locator = viewOf(await source.read(locatorStart, endStart));
	const at = safe(locator.getBigUint64(8, true));
	if (locator.getUint32(0, true) !== 117853008 || at + END64_BYTES > locatorStart) throw npzMalformed(source.name, "its zip64 locator is damaged");
	const record = viewOf(await source.read(at, at + END64_BYTES));
	if (record.getUint32(0, true) !== 101075792) throw npzMalformed(source.name, "its zip64 end record is damaged");
	const start = safe(record.getBigUint64(48, true));
	return {
		start,
		end: start + safe(record.getBigUint64(40, true)),
		entries: safe(record.getBigUint64(32, true))
	};
}
function checkedDirectory(source, directory, limit) {
	const { start, end, entries } = directory;
	if (end > limit || start > end) throw npzMalformed(source.name, "its directory lies outside the file");
	if (end - start > MAX_DIRECTORY_BYTES) throw npzMalformed(source.name, `its directory has ${end - start} bytes; at most ${MAX_DIRECTORY_BYTES} are read`);
	if (entries * ENTRY_BYTES > end - start) throw npzMalformed(source.name, `its directory is too small for ${entries} members`);
	return directory;
}
async function readDirectory(source, directory) {
	const view = viewOf(await source.read(directory.start, directory.end));
	const members = /* @__PURE__ */ new Map();
	let at = 0;
	for (let i = 0; i < directory.entries; i++) {
		if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== 33639248) throw npzMalformed(source.name, `member ${i + 1} of its directory is damaged`);
		const nameEnd = at + ENTRY_BYTES + view.getUint16(at + 28, true);
		const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
		if (next > view.byteLength) throw npzMalformed(source.name, `member ${i + 1} of its directory is cut short`);
		const member = memberAt(source, view, at, nameEnd);
		if (members.has(member.name)) throw npzMalformed(source.name, `it has two members "${member.name}"`);
		members.set(member.name, member);
		at = next;
	}
	return members;
}
function memberAt(source, view, at, nameEnd) {
	const name = textOf(view, at + ENTRY_BYTES, nameEnd);
	if (!staysInside(name)) throw npzMalformed(source.name, `its member "${name}" has a name that leaves the archive`);
	const flags = view.getUint16(at + 8, true);
	const method = view.getUint16(at + 10, true);
	if ((flags & 8257) !== 0) throw npzMalformed(source.name, `"${name}" is encrypted`);
	if (method !== 0 && method !== 8) throw npzMalformed(source.name, `"${name}" uses compression method ${method}; stored and deflated are read`);
	const { byteLength, storedBytes, headerStart } = sizesOf(source, view, at, nameEnd, nameEnd + view.getUint16(at + 30, true));
	if (byteLength > (method === 8 ? storedBytes * 1032 : storedBytes) || method === 0 && byteLength !== storedBytes) throw npzMalformed(source.name, `"${name}" declares ${byteLength} bytes, which ${storedBytes} stored bytes cannot hold`);
	return {
		name,
		deflated: method === 8,
		crc: view.getUint32(at + 16, true),
		byteLength,
		storedBytes,
		headerStart
	};
}
/** Sizes and place of a member; those that read 0xffffffff stand in the zip64 extra field, in this order. */
function sizesOf(source, view, at, extraStart, extraEnd) {
	const long = zip64Field(view, extraStart, extraEnd);
	const pick = (offset) => {
		const short = view.getUint32(offset, true);
		if (short !== 4294967295) return short;
		const value = long.shift();
		if (value === void 0) throw npzMalformed(source.name, "a zip64 size is missing from its directory");
		return value;
	};
	const byteLength = pick(at + 24);
	const storedBytes = pick(at + 20);
	const headerStart = pick(at + 42);
	if (headerStart + 30 + storedBytes > source.byteLength) throw npzMalformed(source.name, "a member of its directory lies outside the file");
	return {
		byteLength,
		storedBytes,
		headerStart
	};
}
function zip64Field(view, start, end) {
	let at = start;
	while (at + 4 <= end) {
		const next = at + 4 + view.getUint16(at + 2, true);
		if (next > end) break;
		if (view.getUint16(at, true) === 1) {
			const values = [];
			for (let i = at + 4; i + 8 <= next; i += 8) values.push(safe(view.getBigUint64(i, true)));
			return values;
		}
		at = next;
	}
	return [];
}
function viewOf(bytes) {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
/** UTF-8; names of arrays that are not are shown with replacement characters, which is all that is needed. */
function textOf(view, start, end) {
	return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + start, end - start));
}
/** 64-bit numbers above 2⁵³ become Infinity, which every check against the file's length refuses. */
function safe(value) {
	return value <= Number.MAX_SAFE_INTEGER ? Number(value) : Number.POSITIVE_INFINITY;
}
// src/archives/zip.ts
/**
* @file The part of zip that .npz files use: members listed from the central directory, read one at a time.
*
* Source: APPNOTE.TXT 6.3.10, section 4.3.7 (local header). Stored and deflated members, checksums verified. Left out:
* encryption, other methods, several disks. Names that leave a folder, or occur twice, are refused.
*/
/** List an archive. Errors: NPZ_MALFORMED. */
async function openZip(source) {
	const directory = await findDirectory(source);
	return {
		members: await readDirectory(source, directory),
		readStart: async (member, atLeast) => {
			const start = await dataStart(source, member, directory.start);
			const stored = await source.read(start, start + Math.min(member.storedBytes, atLeast));
			if (!member.deflated) return stored;
			return inflate(source, member, stored, stored.byteLength * MAX_EXPANSION + 1, "start");
		},
		readMember: async (member) => {
			const start = await dataStart(source, member, directory.start);
			const stored = await source.read(start, start + member.storedBytes);
			const bytes = member.deflated ? inflate(source, member, stored, member.byteLength, "whole") : stored;
			if (bytes.byteLength !== member.byteLength) throw npzMalformed(source.name, `"${member.name}" has ${bytes.byteLength} bytes, not the ${member.byteLength} it declares`);
			if (crc32(bytes) !== member.crc) throw npzMalformed(source.name, `the checksum of "${member.name}" does not match`);
			return bytes;
		}
	};
}
function inflate(source, member, stored, most, part) {
	try {
		return inflateRawSync(stored, {
			maxOutputLength: most + 1,
			...part === "start" ? { finishFlush: constants.Z_SYNC_FLUSH } : { chunkSize: Math.max(64, most + 1) }
		});
	} catch {
		throw npzMalformed(source.name, `the compressed data of "${member.name}" is damaged or longer than declared`);
	}
}
/** Where a member's bytes begin: its local header repeats the name, with an extra field of its own. */
async function dataStart(source, member, directoryStart) {
	const { headerStart, name } = member;
	const view = viewOf(await source.read(headerStart, headerStart + 30));
	const start = headerStart + 30 + view.getUint16(26, true) + view.getUint16(28, true);
	if (view.getUint32(0, true) !== 67324752 || start + member.storedBytes > directoryStart) throw npzMalformed(source.name, `the local header of "${name}" is damaged`);
	const local = viewOf(await source.read(headerStart + 30, headerStart + 30 + view.getUint16(26, true)));
	if (textOf(local, 0, local.byteLength) !== name) throw npzMalformed(source.name, `its directory and the local header of "${name}" disagree on the name`);
	return start;
}
export { openZip as t };
