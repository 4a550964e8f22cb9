import { a as checkRange, i as bytesSource, t as fileSource } from "./shared-file.js";
import { f as ociDamaged, h as ociUnsupported, m as ociUnreachable, o as ociFolderName, s as parseOciSpec } from "./shared-oci-spec.js";
import { c as nameLeavesFolder, n as fileNotListed, r as folderTooLarge } from "./shared-sources.js";
import { n as isProven } from "./shared-content-proof.js";
import { r as makeCacheFolder } from "./shared-hub-cache.js";
import { t as staysInside } from "./shared-pinned-files.js";
import { d as reasonOf, s as layersOf, t as ociRegistry } from "./shared-registry2.js";
import { n as rangedSource, r as downloadVerified, t as WHOLE_BYTES } from "./shared-ranged-source.js";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
// src/sources/oci/tar.ts
/**
* @file What a tar archive that is not packed holds, and where: its headers are read one by one, its contents not at all.
*
* ustar with the long names and sizes of GNU and pax. Left out: links and devices, which are no files of a model, and sparse
* files, which are refused. Source: POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
*/
const BLOCK = 512;
const MOST_ENTRIES = 2e4;
/** Of a pax header or a long name. */
const MOST_EXTRA_BYTES = 2 ** 20;
/** In the order of the archive; of two with the same name the last one counts, as it does to tar. Errors: OCI_UNSUPPORTED, those of reading. */
async function tarEntries(source) {
	const found = /* @__PURE__ */ new Map();
	let [at, seen] = [0, 0];
	let extra = {};
	while (at + BLOCK <= source.byteLength) {
		const header = headerIn(await source.read(at, at + BLOCK), source.name);
		if (header === null) break;
		const start = at + BLOCK;
		const isExtra = header.type === "x" || header.type === "L" || header.type === "g" || header.type === "K";
		const size = isExtra ? header.size : extra.size ?? header.size;
		const end = start + size;
		if (!Number.isSafeInteger(end) || end > source.byteLength || seen++ > MOST_ENTRIES) throw ociUnsupported(source.name, "its tar archive ends early, or has too many files");
		if (isExtra) extra = {
			...extra,
			...await told(source, header, start)
		};
		else {
			const name = (extra.name ?? header.name).replace(/^(?:\.\/)+/, "");
			if (header.type === "S") throw ociUnsupported(source.name, `"${name.slice(0, 100)}" is a sparse file`);
			if (isFile(header.type) && staysInside(name)) found.set(name, {
				name,
				start,
				end
			});
			extra = {};
		}
		at = start + Math.ceil(size / BLOCK) * BLOCK;
	}
	return [...found.values()];
}
const isFile = (type) => type === "0" || type === "\0" || type === "7";
/** Null: a block of zeros. */
function headerIn(block, place) {
	if (block.every((byte) => byte === 0)) return null;
	const view = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
	const text = (start, length) => view.toString("utf8", start, start + length).replace(/\0.*$/s, "");
	const sum = view.reduce((all, byte, i) => all + (i >= 148 && i < 156 ? 32 : byte), 0);
	if (Number.parseInt(text(148, 8).trim(), 8) !== sum) throw ociUnsupported(place, "it is no tar archive");
	const prefix = text(257, 6) === "ustar" && view[263] === 48 ? text(345, 155) : "";
	return {
		name: prefix === "" ? text(0, 100) : `${prefix}/${text(0, 100)}`,
		size: sizeIn(view, place),
		type: String.fromCharCode(view[156] ?? 0)
	};
}
/** Octal digits, or 11 bytes in base 256 behind a set bit. */
function sizeIn(view, place) {
	const digits = view.toString("latin1", 124, 136).replace(/\0.*$/s, "").trim();
	const size = (view[124] ?? 0) & 128 ? view.subarray(125, 136).reduce((all, byte) => all * 256 + byte, 0) : digits === "" ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : NaN;
	if (!Number.isSafeInteger(size)) throw ociUnsupported(place, "its tar archive has a file of no size");
	return size;
}
/** What a header of its own says of the next one. */
async function told(source, { type, size }, start) {
	if (size > MOST_EXTRA_BYTES) throw ociUnsupported(source.name, "its tar archive has a header that is too long");
	if (type === "g" || type === "K") return {};
	const text = Buffer.from(await source.read(start, start + size)).toString("utf8");
	if (type === "L") return { name: text.replace(/\0.*$/s, "") };
	const records = /* @__PURE__ */ new Map();
	for (const [, key = "", value = ""] of text.matchAll(/(?:^|\n)\d+ ([^=\n]+)=([^\n]*)/g)) records.set(key, value);
	const [path, bytes] = [records.get("path"), records.get("size")];
	if ([...records.keys()].some((key) => key.startsWith("GNU.sparse"))) throw ociUnsupported(source.name, "it has a sparse file");
	return {
		...path === void 0 ? {} : { name: path },
		...bytes === void 0 || !/^\d{1,15}$/.test(bytes) ? {} : { size: Number(bytes) }
	};
}
/** A part of a source as one of its own, which closes the whole. */
function partOf(source, name, { start, end }) {
	const byteLength = end - start;
	return {
		name,
		byteLength,
		read: async (from, to) => {
			checkRange(name, from, to, byteLength);
			return await source.read(start + from, start + to);
		},
		close: () => source.close()
	};
}
// src/sources/oci/oci.ts
/**
* @file An artifact of an OCI registry as pinned files: fixed to its manifest's digest at once, each file fetched when opened. Raw
* layers and files of tar layers are opened from the blob, which comes into the cache whole and verified, or by range
* (`openParts`); only small packed layers are unpacked, in memory.
*/
const MOST_FILES = 2e4;
/** Open `oci:HOST/REPOSITORY[:TAG][@DIGEST]`. Errors: OCI_*, FOLDER_TOO_LARGE. */
async function openOci(text, settings) {
	const spec = parseOciSpec(text);
	if (settings.offline) throw ociUnreachable(spec.host, "HF_HUB_OFFLINE is set");
	const registry = ociRegistry(spec.host, settings);
	const manifest = await registry.manifest(spec.repository, spec.digest ?? spec.tag ?? "latest");
	const blobs = blobStore(spec, registry, settings);
	const files = /* @__PURE__ */ new Map();
	for (const layer of layersOf(text, manifest)) {
		for (const [name, found] of await filesOf(text, layer, blobs)) files.set(name, found);
		if (files.size > MOST_FILES) throw folderTooLarge(text, MOST_FILES);
	}
	return pinned(text, manifest.digest, files, blobs);
}
/** Beside what the Hub's cache holds where SAEGATE_CACHE names a folder, else among this user's own caches. */
function ociCache(environment) {
	const given = (name) => environment[name]?.trim() || null;
	return given("SAEGATE_CACHE") ?? join(given("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "saegate", "oci");
}
function blobStore(spec, registry, settings) {
	const folder = join(ociCache(settings.environment ?? {}), ociFolderName(spec));
	const arriving = /* @__PURE__ */ new Map();
	const here = /* @__PURE__ */ new Map();
	const fileOf = (blob) => ({
		name: `${spec.host}/${spec.repository}@${blob.digest}`,
		url: registry.blobUrl(spec.repository, blob.digest),
		listed: contentOf(blob),
		problems: {
			damaged: ociDamaged,
			unreachable: (_, error) => ociUnreachable(spec.host, reasonOf(error))
		}
	});
	const placeOf = ({ digest }) => join(folder, digest.replace(":", "-"));
	const bring = async ({ blob, part }) => {
		const path = placeOf(blob);
		const by = part === null ? settings : {
			...settings,
			proofFolder: null
		};
		if (!await isProven(path, contentOf(blob), by.proofFolder)) {
			await makeCacheFolder(dirname(path));
			await downloadVerified(fileOf(blob), path, by, registry.request);
		}
		here.set(blob.digest, path);
		return path;
	};
	const whole = async (piece) => {
		const { blob } = piece;
		const known = arriving.get(blob.digest) ?? bring(piece);
		arriving.set(blob.digest, known);
		try {
			return await known;
		} finally {
			arriving.delete(blob.digest);
		}
	};
	return {
		whole,
		pathOf: ({ digest }) => here.get(digest) ?? null,
		async parts(piece) {
			const { blob } = piece;
			if (await isProven(placeOf(blob), contentOf(blob), null) || blob.size <= WHOLE_BYTES || !await knowsRanges(registry, fileOf(blob))) return await fileSource(await whole(piece));
			return rangedSource(fileOf(blob), registry.request, settings);
		}
	};
}
const contentOf = ({ size, digest }) => ({
	byteLength: size,
	hash: {
		algorithm: "sha256",
		hex: digest.slice(7)
	}
});
async function knowsRanges({ request }, { url }) {
	const response = await request(url, { headers: { Range: "bytes=0-0" } });
	await response.body?.cancel();
	return response.status === 206;
}
/** Of a blob of which only headers are looked at. */
const NOTHING = {
	name: "",
	start: 0,
	end: 0
};
async function filesOf(spec, layer, blobs) {
	if (layer.form === "file") return [[layer.name, {
		blob: layer.blob,
		part: null
	}]];
	if (layer.form === "tar+gzip") return await unpacked(spec, layer.blob, blobs);
	const source = await blobs.parts({
		blob: layer.blob,
		part: NOTHING
	});
	try {
		return (await tarEntries({
			...source,
			name: spec
		})).map((part) => [part.name, {
			blob: layer.blob,
			part
		}]);
	} finally {
		await source.close();
	}
}
/** Text packs to a tenth; what grows more is meant to fill the memory. */
const MOST_GROWTH = 64;
async function unpacked(spec, blob, blobs) {
	const packed = await readFile(await blobs.whole({
		blob,
		part: null
	}));
	const hash = createHash("sha256").update(packed).digest("hex");
	if (`sha256:${hash}` !== blob.digest) throw ociDamaged(spec, `a layer is sha256:${hash}, not ${blob.digest}`);
	const archive = gunzipped(spec, packed);
	return (await tarEntries(bytesSource(spec, archive))).map(({ name, start, end }) => [name, { bytes: archive.subarray(start, end) }]);
}
function gunzipped(spec, packed) {
	try {
		return gunzipSync(packed, { maxOutputLength: MOST_GROWTH * packed.byteLength + 2 ** 20 });
	} catch {
		throw ociUnsupported(spec, "a layer is not packed with gzip, or unpacks to more than anybody packs");
	}
}
function pinned(spec, digest, files, blobs) {
	const opened = /* @__PURE__ */ new Set();
	const listed = (name) => {
		if (!staysInside(name)) throw nameLeavesFolder(spec, name);
		const found = files.get(name);
		if (found === void 0) throw fileNotListed(spec, name);
		return found;
	};
	const open = async (name, give) => {
		const found = listed(name);
		const label = `${spec}: ${name}`;
		if ("bytes" in found) return bytesSource(label, found.bytes);
		const whole = await give(found);
		const source = found.part === null ? {
			...whole,
			name: label
		} : partOf(whole, label, found.part);
		opened.add(source);
		const close = async () => {
			opened.delete(source);
			await source.close();
		};
		return {
			...source,
			close
		};
	};
	const wholeBlob = (name) => {
		const found = files.get(name);
		return found !== void 0 && "blob" in found && found.part === null ? found.blob : null;
	};
	return {
		spec,
		revision: digest,
		names: [...files.keys()].sort(),
		has: (name) => files.has(name),
		open: (name) => open(name, async (piece) => fileSource(await blobs.whole(piece))),
		openParts: (name) => open(name, (piece) => blobs.parts(piece)),
		listedHash: (name) => {
			const blob = wholeBlob(name);
			return blob === null ? null : contentOf(blob).hash;
		},
		listedBytes: (name) => {
			const found = files.get(name);
			if (found === void 0) return null;
			if ("bytes" in found) return found.bytes.byteLength;
			return found.part === null ? found.blob.size : found.part.end - found.part.start;
		},
		localPath: (name) => {
			const blob = wholeBlob(name);
			return blob === null ? null : blobs.pathOf(blob);
		},
		close: async () => {
			for (const source of opened) await source.close();
			opened.clear();
		}
	};
}
export { openOci as t };
