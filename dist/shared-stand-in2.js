import { a as checkRange, r as systemErrorCode } from "./shared-file.js";
import { t as schemaCheck } from "./shared-schema-check.js";
import { i as problem } from "./shared-problem.js";
import { n as fileNotListed } from "./shared-sources.js";
import { t as openLocal } from "./shared-local-folder.js";
import { t as staysInside } from "./shared-pinned-files.js";
import { n as realPath, t as isWithin } from "./shared-real-path.js";
import { a as temporaryPathIn, l as writeProblem, t as beginFile } from "./shared-atomic.js";
import { t as makeFolder } from "./shared-make-folder.js";
import { i as parseJson, r as isJsonObject } from "./shared-json.js";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
// src/errors/kept.ts
/** @file Problems with what audits keep for later ones. */
const keptInCheckout = problem("KEPT_IN_CHECKOUT", 2, (folder, checkout) => ({
	message: `${folder}, where captures are to be kept, lies in the checkout ${checkout}: whoever commits files there would decide what was measured.`,
	fix: "Set SAEGATE_CACHE to a folder outside the checkout, or leave --capture-cache-size out."
}));
const captureNone = problem("CAPTURE_NONE", 2, (place) => ({
	message: `${place} holds no captures of a reference.`,
	fix: "Audit with --capture-cache-size first, or name the folder or dataset that `saegate capture push` wrote to."
}));
const captureDamaged = problem("CAPTURE_DAMAGED", 2, (place, reason) => ({
	message: `The capture ${place} cannot be used: ${reason}.`,
	fix: "Have it pushed again; nothing of it was taken."
}));
const captureTooLarge = problem("CAPTURE_TOO_LARGE", 2, (kind, bytes, most) => ({
	message: `${kind} takes ${bytes} bytes, and the cache may have ${most}.`,
	fix: "Give a larger --capture-cache-size."
}));
const captureWhich = problem("CAPTURE_WHICH", 2, (asked, known) => ({
	message: `${asked === null ? "There are captures of several references" : `There is no capture of the reference ${asked.slice(0, 64)}`}: ${known.slice(0, 12).join(", ")}.`,
	fix: "Say whose with --of and the first digits of its sha256, as reports and `saegate capture list` have it."
}));
const capturePlace = problem("CAPTURE_PLACE", 2, (place) => ({
	message: `${place.slice(0, 200)} is no place for captures.`,
	fix: "Name a folder, or a dataset of the Hub as hf:datasets/OWNER/NAME."
}));
const captureLacks = problem("CAPTURE_LACKS", 2, (file, start, end) => ({
	message: `Bytes ${start} to ${end} of ${file} are wanted, and of the reference's weights its capture has the unembedding alone.`,
	fix: "Use the same text, SAEs and flags that the capture was kept with, --capture-cache-size among them; rtn: and the like, close calls of JumpReLU SAEs and checks of the reference itself need its own files: name these as --reference."
}));
// src/sources/kept/folder.ts
/**
* @file Where what audits keep for later ones lies: with what is downloaded, where SAEGATE_CACHE names that folder, else among this
* user's own caches. Never in a checkout: what a pull request commits there would be taken for measured.
*/
function keptFolder(environment) {
	const given = (name) => environment[name]?.trim() || null;
	const cache = given("SAEGATE_CACHE");
	if (cache !== null) return join(cache, "captures");
	return join(given("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "saegate", "captures");
}
/** `at`: where the program runs. Links are followed before it is decided. Errors: KEPT_IN_CHECKOUT. */
function requireNoCheckout(folder, at, environment) {
	const workspace = environment.GITHUB_WORKSPACE?.trim() || null;
	for (const checkout of [
		checkoutOf(at),
		checkoutOf(folder),
		workspace
	]) if (checkout !== null && isWithin(folder, checkout)) throw keptInCheckout(folder, checkout);
}
/** The working tree that a path lies in; null: in none. */
function checkoutOf(path) {
	for (let folder = realPath(path);; folder = dirname(folder)) {
		if (existsSync(join(folder, ".git"))) return folder;
		if (dirname(folder) === folder) return null;
	}
}
// src/sources/kept/manifest.ts
/**
* @file What an entry of the cache says of itself: manifest.json in a folder that has the sha256 of the entry's key as its name.
* The key holds digests of all that the content depends on, so that no name is ever trusted; each part is a file beside it, with its
* length and its sha256.
*/
const KEPT_FORMAT = "saegate/kept@1";
const check$1 = schemaCheck({
	type: "object",
	additionalProperties: false,
	required: [
		"format",
		"kind",
		"key",
		"parts",
		"figures"
	],
	properties: {
		format: { const: KEPT_FORMAT },
		kind: { type: "string" },
		key: { type: "string" },
		parts: {
			type: "array",
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"name",
					"bytes",
					"sha256"
				],
				properties: {
					name: {
						type: "string",
						pattern: "^[a-z0-9][a-z0-9._-]{0,99}$"
					},
					bytes: {
						type: "integer",
						minimum: 0
					},
					sha256: {
						type: "string",
						pattern: "^[0-9a-f]{64}$"
					}
				}
			}
		},
		figures: {}
	}
});
/** The name of its folder. */
function entryName({ kind, key }) {
	return createHash("sha256").update(`${KEPT_FORMAT}\n${kind}\n${key}`).digest("hex");
}
/** The manifest in these bytes, or why there is none. */
function readManifest(bytes, { kind, key }) {
	const outcome = parseJson(bytes);
	if ("reason" in outcome) return { reason: `its manifest is not JSON: ${outcome.reason}` };
	const { value } = outcome;
	const isManifest = check$1();
	const figures = isJsonObject(value) ? value.figures ?? null : null;
	if (!isManifest(value)) return { reason: "its manifest is malformed" };
	if (value.kind !== kind || value.key !== key) return { reason: "it is of something else than its name says" };
	return {
		parts: value.parts,
		figures
	};
}
// src/sources/kept/published.ts
/**
* @file Captures of references that go elsewhere and come from there: entries of the cache (entries.ts) as they lie in it, one folder
* each. Only what is of a reference alone: rounds of candidates are of use to nobody else.
*
* What comes is hostile until it is held against its digests: the name of its folder is that of its key, every part has the length and
* the sha256 that its manifest says. That its figures are true is the word of whoever published it, as with a report.
*/
const MANIFEST = "manifest.json";
const MOST_MANIFEST_BYTES = 2 ** 22;
const NAME = /^([0-9a-f]{64})\/manifest\.json$/;
/** A cache of a year of nights has fewer; on the Hub each costs a request. */
const MOST_ENTRIES = 1e4;
const PIECE_BYTES$1 = 2 ** 22;
/** What is of a reference alone says so in its kind (audit/kept/keys.ts). */
const isOfReference = (kind) => /^(the capture|the files|sums) of the reference\b/.test(kind);
/** Those of references, by name. Errors: CAPTURE_DAMAGED, CAPTURE_NONE, those of reading. */
async function listEntries(files) {
	const names = files.names.flatMap((path) => NAME.exec(path)?.[1] ?? []);
	if (names.length > MOST_ENTRIES) throw captureDamaged(files.spec, `it has ${names.length} entries`);
	const found = [];
	for (const name of names) {
		const entry = await entryAt(files, name);
		if (isOfReference(entry.kind)) found.push(entry);
	}
	if (found.length === 0) throw captureNone(files.spec);
	return found;
}
async function entryAt(files, name) {
	const damaged = (reason) => captureDamaged(`${files.spec}/${name.slice(0, 12)}`, reason);
	const source = await files.open(`${name}/${MANIFEST}`);
	try {
		if (source.byteLength > MOST_MANIFEST_BYTES) throw damaged("its manifest is too large");
		const bytes = await source.read(0, source.byteLength);
		const of = keyIn(bytes);
		if (of === null) throw damaged("its manifest says not what it is of");
		if (entryName(of) !== name) throw damaged("it is of something else than its name says");
		const manifest = readManifest(bytes, of);
		if ("reason" in manifest) throw damaged(manifest.reason);
		const { parts, figures } = manifest;
		if (new Set(parts.map((part) => part.name)).size < parts.length || parts.some((part) => part.name === MANIFEST)) throw damaged("a part is there twice");
		const total = parts.reduce((sum, part) => sum + part.bytes, 0);
		return {
			...of,
			name,
			parts,
			figures,
			bytes: total,
			reference: referenceOf(of.key)
		};
	} finally {
		await source.close();
	}
}
function keyIn(bytes) {
	const outcome = parseJson(bytes);
	if ("reason" in outcome || !isJsonObject(outcome.value)) return null;
	const { kind, key } = outcome.value;
	return typeof kind === "string" && typeof key === "string" ? {
		kind: kind.slice(0, 1e3),
		key
	} : null;
}
/** '': the key says none. */
function referenceOf(key) {
	const outcome = parseJson(new TextEncoder().encode(key));
	const said = "value" in outcome && isJsonObject(outcome.value) ? outcome.value.reference : null;
	return typeof said === "string" ? said : "";
}
/** A part in pieces, each held against what the manifest says; the last one comes only where all of it does. Errors: CAPTURE_DAMAGED. */
async function* partOf(files, { name: entry }, { name, bytes, sha256 }) {
	const damaged = (reason) => captureDamaged(`${files.spec}/${entry.slice(0, 12)}`, reason);
	if (!files.has(`${entry}/${name}`)) throw damaged(`it has no ${name}`);
	const source = await files.open(`${entry}/${name}`);
	try {
		if (source.byteLength !== bytes) throw damaged(`${name} has ${source.byteLength} bytes, not ${bytes}`);
		const hash = createHash("sha256");
		for (let start = 0; start < bytes; start += PIECE_BYTES$1) {
			const piece = await source.read(start, Math.min(bytes, start + PIECE_BYTES$1));
			hash.update(piece);
			if (start + PIECE_BYTES$1 >= bytes && hash.digest("hex") !== sha256) throw damaged(`${name} does not match its sha256`);
			yield piece;
		}
		if (bytes === 0 && hash.digest("hex") !== sha256) throw damaged(`${name} does not match its sha256`);
	} finally {
		await source.close();
	}
}
/** Into the cache, which makes room for it. `mostBytes`: of the cache. Errors: CAPTURE_DAMAGED, CAPTURE_TOO_LARGE, those of reading. */
async function pullEntry(files, entry, { cache, mostBytes }) {
	const { kind, key, bytes, figures, parts } = entry;
	if (bytes > mostBytes) throw captureTooLarge(kind, bytes, mostBytes);
	await cache.put({
		kind,
		key,
		bytes,
		figures,
		write: async (into) => {
			for (const part of parts) await into.part(part.name, partOf(files, entry, part));
		}
	});
}
/** Into a folder, where it appears whole; false: it is there. Errors: CAPTURE_DAMAGED, those of reading and writing. */
async function copyEntry(files, entry, folder) {
	const target = join(folder, entry.name);
	if (await readdir(target).then(() => true, () => false)) return false;
	const { path, forget } = temporaryPathIn(folder, "capture");
	try {
		await makeFolder(path);
		for (const part of entry.parts) await writePieces(join(path, part.name), partOf(files, entry, part));
		const manifest = await files.open(`${entry.name}/${MANIFEST}`);
		try {
			await writePieces(join(path, MANIFEST), [await manifest.read(0, manifest.byteLength)]);
		} finally {
			await manifest.close();
		}
		await rename(path, target).catch((error) => {
			if (!["EEXIST", "ENOTEMPTY"].includes(systemErrorCode(error) ?? "")) throw error;
		});
		return true;
	} catch (error) {
		throw writeProblem(target, error);
	} finally {
		await rm(path, {
			recursive: true,
			force: true
		}).catch(() => {});
		forget();
	}
}
async function writePieces(path, pieces) {
	const file = await beginFile(path);
	try {
		for await (const piece of pieces) await file.write(piece);
		await file.commit();
	} finally {
		await file.discard();
	}
}
// src/sources/kept/stand-in.ts
const STAND_IN = "the files of the reference, with its unembedding and no other weights";
const STAND_IN_PART = "held";
const PREFIX = "capture:";
const isCaptureSpec = (spec) => spec.startsWith(PREFIX);
const count = {
	type: "integer",
	minimum: 0,
	maximum: 2 ** 53
};
const check = schemaCheck({
	type: "object",
	additionalProperties: false,
	required: ["files"],
	properties: { files: {
		type: "array",
		maxItems: 2e4,
		items: {
			type: "object",
			additionalProperties: false,
			required: [
				"name",
				"bytes",
				"sha256",
				"ranges"
			],
			properties: {
				name: {
					type: "string",
					minLength: 1,
					maxLength: 1e3
				},
				bytes: count,
				sha256: {
					type: "string",
					pattern: "^[0-9a-f]{64}$"
				},
				/** [start, end) of what is held, ascending, behind each other in the part; of one file after the other. */
				ranges: {
					type: "array",
					maxItems: 1e5,
					items: {
						type: "array",
						items: count,
						minItems: 2,
						maxItems: 2
					}
				}
			}
		}
	} }
});
/** Errors: CAPTURE_NONE, CAPTURE_WHICH, CAPTURE_DAMAGED, those of reading. */
async function openStandIn(spec, environment) {
	const asked = spec.slice(8).toLowerCase();
	const folder = keptFolder(environment);
	const cache = await openLocal(folder).catch(() => {
		throw captureNone(folder);
	});
	try {
		const entries = (await listEntries(cache)).filter(({ kind }) => kind === STAND_IN);
		const [entry, ...others] = entries.filter(({ reference }) => asked.length >= 8 && reference.startsWith(asked));
		if (entry === void 0 || others.length > 0) throw captureWhich(asked, [...new Set(entries.map(({ reference }) => reference.slice(0, 12)))]);
		return await standIn(spec, cache, entry);
	} catch (error) {
		await cache.close();
		throw error;
	}
}
async function standIn(spec, cache, entry) {
	const { figures } = entry;
	const isKnown = check();
	const damaged = (reason) => captureDamaged(`${cache.spec}/${entry.name.slice(0, 12)}`, reason);
	if (!isKnown(figures)) throw damaged("its list of files is malformed");
	const [part] = entry.parts.filter(({ name }) => name === STAND_IN_PART);
	if (part === void 0) throw damaged(`it has no ${STAND_IN_PART}`);
	const located = locate(figures.files, part.bytes);
	if (located === null) throw damaged("its ranges do not come to its length");
	await requireWhole(cache, entry, part);
	const held = await cache.open(`${entry.name}/${STAND_IN_PART}`);
	const files = new Map(figures.files.map((file) => [file.name, file]));
	return {
		spec,
		revision: null,
		names: [...files.keys()].sort(),
		has: (name) => files.has(name),
		open: async (name) => {
			const file = files.get(name);
			if (file === void 0) throw fileNotListed(spec, name);
			return sparseSource(`${spec}/${name}`, file.bytes, {
				held,
				ranges: located.get(name) ?? []
			});
		},
		listedBytes: (name) => files.get(name)?.bytes ?? null,
		vouchedSha256: (name) => files.get(name)?.sha256 ?? null,
		localPath: () => null,
		close: async () => {
			await held.close();
			await cache.close();
		}
	};
}
/** Null: they are no ranges of these files, or not as many bytes as there are. */
function locate(files, bytes) {
	const located = /* @__PURE__ */ new Map();
	let at = 0;
	for (const { name, bytes: length, ranges } of files) {
		if (!staysInside(name) || located.has(name)) return null;
		const own = [];
		let last = 0;
		for (const [start = -1, end = -1] of ranges) {
			if (start < last || end <= start || end > length) return null;
			own.push({
				start,
				end,
				at
			});
			at += end - start;
			last = end;
		}
		located.set(name, own);
	}
	return at === bytes ? located : null;
}
/** Once, before anything of it is believed. Errors: CAPTURE_DAMAGED. */
async function requireWhole(cache, entry, part) {
	for await (const _ of partOf(cache, entry, part));
}
function sparseSource(name, byteLength, { held, ranges }) {
	return {
		name,
		byteLength,
		read: async (start, end) => {
			checkRange(name, start, end, byteLength);
			if (start === end) return /* @__PURE__ */ new Uint8Array();
			const range = ranges.find((one) => one.start <= start && end <= one.end);
			if (range === void 0) throw captureLacks(name, start, end);
			return await held.read(range.at + start - range.start, range.at + end - range.start);
		},
		close: async () => {}
	};
}
function recorded(files) {
	const reads = /* @__PURE__ */ new Map();
	let isRecording = true;
	const open = async (name) => {
		const source = await files.open(name);
		return {
			...source,
			read: async (start, end) => {
				if (isRecording && end > start) reads.set(name, [...merged([...reads.get(name) ?? [], [start, end]])]);
				return await source.read(start, end);
			}
		};
	};
	return {
		files: {
			...files,
			open,
			openParts: open,
			localPath: () => null
		},
		stop: () => {
			isRecording = false;
		},
		rangesOf: (name) => reads.get(name) ?? []
	};
}
/** Neighbours are one: a read may cross what two others read. */
function merged(ranges) {
	const all = [];
	for (const [start, end] of [...ranges].sort(([a], [b]) => a - b)) {
		const last = all.at(-1);
		if (last !== void 0 && start <= last[1]) last[1] = Math.max(last[1], end);
		else all.push([start, end]);
	}
	return all;
}
const PIECE_BYTES = 2 ** 22;
/** The part: what is held of the files, one range behind the other. Errors: those of reading. */
async function* heldBytes(files, { files: listed }) {
	for (const { name, ranges } of listed) {
		if (ranges.length === 0) continue;
		const source = await files.open(name);
		try {
			for (const [start = 0, end = 0] of ranges) for (let at = start; at < end; at += PIECE_BYTES) yield await source.read(at, Math.min(end, at + PIECE_BYTES));
		} finally {
			await source.close();
		}
	}
}
export { captureTooLarge as _, openStandIn as a, listEntries as c, entryName as d, readManifest as f, capturePlace as g, captureNone as h, isCaptureSpec as i, pullEntry as l, requireNoCheckout as m, STAND_IN_PART as n, recorded as o, keptFolder as p, heldBytes as r, copyEntry as s, STAND_IN as t, KEPT_FORMAT as u, captureWhich as v };
