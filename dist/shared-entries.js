import { a as temporaryPathIn, l as writeProblem } from "./shared-atomic.js";
import { r as systemErrorCode } from "./shared-file.js";
import { t as removeDeadTemporaries } from "./shared-leftovers.js";
import { t as makeFolder } from "./shared-make-folder.js";
import { d as entryName, f as readManifest, u as KEPT_FORMAT } from "./shared-stand-in2.js";
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, rename, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
// src/sources/kept/entries.ts
/**
* @file Results that are kept for later runs, by what they were made from: one folder an entry, written whole or not at all, read
* with every byte held against its sha256, and removed by least recent use where they take more than they may.
*
* Nothing is locked. A folder gets its name when all of it is there; two runs that make the same entry make the same bytes,
* and the second drops its own. What another run takes away meanwhile is as good as never kept, and what cannot be kept
* (no space, no permission) is told and not missed. No link is followed.
*/
/** Bytes at a time, where nobody asks for other pieces. */
const PIECE_BYTES = 2 ** 22;
const MOST_MANIFEST_BYTES = 2 ** 22;
const MANIFEST = "manifest.json";
const ENTRY = /^[0-9a-f]{64}$/;
/** An entry that is not what it was when it was written. */
var EntryDamaged = class extends Error {};
/** The disk's fault, not that of what was to be written. */
var CannotKeep = class extends Error {};
var KeptEntries = class KeptEntries {
	#folder;
	#mostBytes;
	#tell;
	constructor(folder, mostBytes, tell) {
		this.#folder = folder;
		this.#mostBytes = mostBytes;
		this.#tell = tell;
	}
	/** `tell`: sentences about what was reused, could not be kept, or was found damaged. A folder that cannot be made keeps nothing. */
	static async open(folder, mostBytes, tell) {
		await makeFolder(folder, 448).catch(() => {});
		await removeDeadTemporaries(folder);
		return new KeptEntries(folder, mostBytes, tell);
	}
	/** Give `use` the entry; null: there is none that can be used, and a damaged one was told and removed. Errors: those of `use`. */
	async take(of, use) {
		const name = entryName(of);
		const path = join(this.#folder, name);
		try {
			if (!(await lstat(path)).isDirectory()) throw new EntryDamaged("it is no folder");
			const taken = await use(await openEntry(path, of));
			const now = /* @__PURE__ */ new Date();
			await utimes(join(path, MANIFEST), now, now).catch(() => {});
			return taken;
		} catch (error) {
			const code = systemErrorCode(error);
			if (code === "ENOENT") return null;
			if (code !== null) {
				this.#tell(`${of.kind}, kept as ${name.slice(0, 12)}, could not be read (${code}); made again`);
				return null;
			}
			if (!(error instanceof EntryDamaged)) throw error;
			await this.#remove(name);
			this.#tell(`${of.kind}, kept as ${name.slice(0, 12)}: ${error.message}; removed, and made again`);
			return null;
		}
	}
	/** Keep it, where that can be. Errors: those of what is written, none of the disk's. */
	async put({ kind, key, bytes, figures, write }) {
		const name = entryName({
			kind,
			key
		});
		if (bytes > this.#mostBytes) {
			this.#tell(`${kind} takes ${inGigabytes(bytes)}, more than --capture-cache-size allows: not kept`);
			return;
		}
		const { path, forget } = temporaryPathIn(this.#folder, "entry");
		try {
			await this.#makeRoom(bytes);
			await attempt(path, () => mkdir(path, { mode: 448 }));
			const parts = [];
			await write({ part: async (part, pieces) => void parts.push(await writePart(path, part, pieces)) });
			const manifest = {
				format: KEPT_FORMAT,
				kind,
				key,
				parts,
				figures
			};
			await writePart(path, MANIFEST, [new TextEncoder().encode(JSON.stringify(manifest))]);
			await this.#name(path, join(this.#folder, name));
		} catch (error) {
			if (!(error instanceof CannotKeep)) throw error;
			this.#tell(`${kind} could not be kept for a later run: ${error.message}`);
		} finally {
			await rm(path, {
				recursive: true,
				force: true
			}).catch(() => {});
			forget();
		}
	}
	/** Another run may have been quicker, with the same bytes. */
	async #name(from, to) {
		await attempt(to, () => rename(from, to).catch((error) => {
			const code = systemErrorCode(error);
			if (code !== "EEXIST" && code !== "ENOTEMPTY") throw error;
		}));
	}
	/** Remove what was used least recently until so many more bytes fit. */
	async #makeRoom(bytes) {
		const entries = await this.#list();
		let total = entries.reduce((sum, one) => sum + one.bytes, bytes);
		for (const { name, bytes: freed } of entries.sort((a, b) => a.used - b.used)) {
			if (total <= this.#mostBytes) return;
			await this.#remove(name);
			total -= freed;
		}
	}
	async #list() {
		const names = await readdir(this.#folder).catch(() => []);
		const found = [];
		for (const name of names.filter((one) => ENTRY.test(one))) {
			const path = join(this.#folder, name);
			let [bytes, used] = [0, 0];
			for (const file of await readdir(path).catch(() => [])) {
				const { size, mtimeMs } = await lstat(join(path, file)).catch(() => null) ?? {
					size: 0,
					mtimeMs: 0
				};
				bytes += size;
				used = Math.max(used, mtimeMs);
			}
			found.push({
				name,
				bytes,
				used
			});
		}
		return found;
	}
	/** Out of the way first, so that nobody reads half of it. */
	async #remove(name) {
		const { path, forget } = temporaryPathIn(this.#folder, "removed");
		await rename(join(this.#folder, name), path).catch(() => {});
		await rm(path, {
			recursive: true,
			force: true
		}).catch(() => {});
		forget();
	}
};
async function openEntry(path, of) {
	const outcome = readManifest(await readWhole(join(path, MANIFEST), MOST_MANIFEST_BYTES), of);
	if ("reason" in outcome) throw new EntryDamaged(outcome.reason);
	const parts = new Map(outcome.parts.map((part) => [part.name, part]));
	const partNamed = (name) => {
		const part = parts.get(name);
		if (part === void 0) throw new EntryDamaged(`it has no ${name}`);
		return part;
	};
	return {
		figures: outcome.figures,
		bytesOf: (name) => partNamed(name).bytes,
		pieces: (name, pieceBytes = PIECE_BYTES) => verified(join(path, name), partNamed(name), pieceBytes)
	};
}
async function* verified(path, part, pieceBytes) {
	const file = await openPlain(path);
	try {
		const { size } = await file.stat();
		if (size !== part.bytes) throw new EntryDamaged(`${part.name} has ${size} bytes, not ${part.bytes}`);
		const hash = createHash("sha256");
		for (let start = 0; start < size; start += pieceBytes) {
			const piece = new Uint8Array(Math.min(pieceBytes, size - start));
			await fill(file, piece, {
				start,
				part: part.name
			});
			hash.update(piece);
			yield piece;
		}
		if (hash.digest("hex") !== part.sha256) throw new EntryDamaged(`${part.name} does not match its sha256`);
	} finally {
		await file.close();
	}
}
async function fill(file, piece, { start, part }) {
	for (let done = 0; done < piece.length;) {
		const { bytesRead } = await file.read(piece, done, piece.length - done, start + done);
		if (bytesRead === 0) throw new EntryDamaged(`${part} ends early`);
		done += bytesRead;
	}
}
/** A regular file that no link stands for. */
async function openPlain(path) {
	const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((error) => {
		throw systemErrorCode(error) === "ELOOP" ? new EntryDamaged("a link stands for a part of it") : error;
	});
	if ((await file.stat()).isFile()) return file;
	await file.close();
	throw new EntryDamaged("a part of it is no file");
}
async function readWhole(path, most) {
	const file = await openPlain(path);
	try {
		const { size } = await file.stat();
		if (size > most) throw new EntryDamaged("its manifest is too large");
		return await file.readFile();
	} finally {
		await file.close();
	}
}
async function writePart(folder, name, pieces) {
	const path = join(folder, name);
	const file = await attempt(path, () => open(path, "wx", 384));
	const hash = createHash("sha256");
	let bytes = 0;
	try {
		for await (const piece of pieces) {
			hash.update(piece);
			bytes += piece.byteLength;
			await attempt(path, () => file.appendFile(piece));
		}
		await attempt(path, () => file.sync());
	} finally {
		await file.close();
	}
	return {
		name,
		bytes,
		sha256: hash.digest("hex")
	};
}
/** A step that the disk may refuse. */
async function attempt(path, step) {
	try {
		return await step();
	} catch (error) {
		const { message } = writeProblem(path, error);
		throw new CannotKeep(message);
	}
}
const inGigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
export { KeptEntries as n, EntryDamaged as t };
