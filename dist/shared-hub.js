import { i as listFiles, o as modelInfo, r as datasetInfo, s as pathsInfo, t as boundedAnswers } from "./shared-bounded-answers.js";
import { t as fileSource } from "./shared-file.js";
import { n as hubAnswerUnusable, o as hubFileDamaged, p as hubPathMissing, t as staysInside } from "./shared-pinned-files.js";
import { t as SaegateError } from "./shared-problem.js";
import { c as nameLeavesFolder, n as fileNotListed, r as folderTooLarge } from "./shared-sources.js";
import { a as repositoryFolder, i as openCached, n as linkBlob, o as writeRef, r as makeFolder, t as COMMIT } from "./shared-hub-cache.js";
import { n as parseHubSpec, r as repositoryName } from "./shared-hub-spec.js";
import { t as beginFile } from "./shared-atomic.js";
import { n as temporariesIn, t as removeDeadTemporaries } from "./shared-leftovers.js";
import { n as isProven, t as beginListedHash } from "./shared-content-proof.js";
import { n as hubFetch, r as unreachable, t as backOff } from "./shared-hub-fetch.js";
import { n as checkRange } from "./shared-source.js";
import { createReadStream } from "node:fs";
import { rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
// src/sources/transfer/hub-download.ts
/**
* @file One file from the Hub into the cache: streamed, resumed where the connection breaks, and checked before it counts.
*
* Large files are named by the sha256 of their contents, small ones by git's hash (sha1 of "blob LENGTH\0" and the
* contents); both are verified while the bytes arrive, so a damaged or exchanged file never enters the cache. What is in
* the cache already is verified too (content-proof.ts): other programs write there, and so may a pull request.
*/
/** No byte for this long counts as a broken connection. */
const STALL_TIMEOUT_MS = 6e4;
/** The path of the file on this machine, downloaded if it is not in the cache. Errors: HUB_*, those of writing. */
async function cachedFile(spec, commit, file, settings, request) {
	const repository = repositoryFolder(spec, settings);
	const pointer = join(repository, "snapshots", commit, file.path);
	if (await isProven(pointer, file, settings.proofFolder)) return pointer;
	const blob = join(repository, "blobs", file.hash.hex);
	if (!await isProven(blob, file, settings.proofFolder)) {
		await makeFolder(dirname(blob));
		await download(spec, commit, file, blob, settings, request);
	}
	if (!await isProven(pointer, file, settings.proofFolder)) await linkBlob(blob, pointer);
	return pointer;
}
/** Whether the whole file is in the cache, as the Hub lists it. */
async function isCached(spec, commit, file, settings) {
	const repository = repositoryFolder(spec, settings);
	const pointer = join(repository, "snapshots", commit, file.path);
	return await isProven(pointer, file, settings.proofFolder);
}
/** Where its contents are answered; for large files by way of another host, which gets no token. */
function fileUrl(spec, commit, { path }, { endpoint }) {
	const encoded = path.split("/").map(encodeURIComponent).join("/");
	return new URL(`${endpoint}/${repositoryName(spec)}/resolve/${commit}/${encoded}`);
}
async function download(spec, commit, file, blob, settings, request) {
	const url = fileUrl(spec, commit, file, settings);
	const kept = `${blob}.partial`;
	await keepDead(blob, kept);
	await removeDeadTemporaries(dirname(blob));
	const pending = await beginFile(blob, kept);
	const arrival = new Arrival(`${repositoryName(spec)}/${file.path}`, file, pending, settings);
	let isWorthKeeping = true;
	try {
		if (!await arrival.begin()) {
			isWorthKeeping = false;
			await pending.discard();
			return await download(spec, commit, file, blob, settings, request);
		}
		for (let attempt = 1; arrival.receivedBytes < file.byteLength; attempt++) {
			const before = arrival.receivedBytes;
			const failure = await stream(url, arrival, request);
			if (arrival.receivedBytes > before) attempt = 1;
			if (failure === null) break;
			if (attempt >= 5) throw unreachable(url, failure);
			await settings.wait(backOff(attempt));
		}
		isWorthKeeping = false;
		arrival.verify();
		if (!await isProven(blob, file, settings.proofFolder)) await pending.commit();
	} catch (error) {
		isWorthKeeping &&= !(error instanceof SaegateError && error.code === "HUB_FILE_DAMAGED");
		if (pending.keptBytes === 0 || isWorthKeeping) throw error;
		await pending.discard();
		await download(spec, commit, file, blob, settings, request);
	} finally {
		await (isWorthKeeping && arrival.receivedBytes > 0 ? pending.keep() : pending.discard());
	}
}
/** What a killed run left of this file becomes what a later one goes on with. */
async function keepDead(blob, kept) {
	const { dead } = await temporariesIn(dirname(blob));
	const own = dead.find((path) => basename(path).startsWith(`.${basename(blob)}.`));
	if (own !== void 0) await rename(own, kept).catch(() => {});
}
/** Read what is missing. Returns why the connection broke, or null when the answer was complete. */
async function stream(url, arrival, request) {
	const aborter = new AbortController();
	const stalled = () => aborter.abort(/* @__PURE__ */ new Error(`nothing arrived for ${STALL_TIMEOUT_MS / 1e3} s`));
	let timer;
	try {
		const from = arrival.receivedBytes;
		const tag = arrival.tag === null ? {} : { "If-Range": arrival.tag };
		const response = await request(url, {
			headers: from > 0 ? {
				Range: `bytes=${from}-`,
				...tag
			} : {},
			signal: aborter.signal
		});
		arrival.tag = strongTag(response);
		let skip = response.status === 206 ? 0 : from;
		timer = setTimeout(stalled, STALL_TIMEOUT_MS);
		for await (const chunk of response.body ?? []) {
			clearTimeout(timer);
			timer = setTimeout(stalled, STALL_TIMEOUT_MS);
			const fresh = skip > 0 ? chunk.subarray(skip) : chunk;
			skip = Math.max(0, skip - chunk.byteLength);
			if (fresh.byteLength > 0) await arrival.add(fresh);
		}
		return null;
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		return error;
	} finally {
		clearTimeout(timer);
	}
}
/** What the server calls this very content; null: nothing, or something that is not exact. */
function strongTag(response) {
	const tag = response.headers.get("ETag");
	return tag?.startsWith("\"") === true ? tag : null;
}
/** The bytes of one file as they come in: counted, hashed, written. */
var Arrival = class {
	receivedBytes = 0;
	/** Of the answer that the bytes came in. */
	tag = null;
	#name;
	#file;
	#pending;
	#settings;
	#hash;
	constructor(name, file, pending, settings) {
		this.#name = name;
		this.#file = file;
		this.#pending = pending;
		this.#settings = settings;
		this.#hash = beginListedHash(file.hash.algorithm, file.byteLength);
	}
	/** Take in what an earlier run kept. False: it cannot be the beginning of this file. */
	async begin() {
		const { keptBytes, temporaryPath } = this.#pending;
		if (keptBytes > this.#file.byteLength) return false;
		if (keptBytes === 0) return true;
		for await (const chunk of createReadStream(temporaryPath, { highWaterMark: 2 ** 20 })) this.#hash.update(chunk);
		this.receivedBytes = keptBytes;
		return true;
	}
	async add(bytes) {
		const total = this.#file.byteLength;
		if (this.receivedBytes + bytes.byteLength > total) throw hubFileDamaged(this.#name, `more than its ${total} bytes arrived`);
		this.#hash.update(bytes);
		await this.#pending.write(bytes);
		this.receivedBytes += bytes.byteLength;
		this.#settings.onProgress({
			file: this.#name,
			receivedBytes: this.receivedBytes,
			totalBytes: total
		});
	}
	verify() {
		const { byteLength, hash } = this.#file;
		if (this.receivedBytes !== byteLength) throw hubFileDamaged(this.#name, `${this.receivedBytes} of its ${byteLength} bytes arrived`);
		const found = this.#hash.digest("hex");
		if (found !== hash.hex) throw hubFileDamaged(this.#name, `its ${hash.algorithm} is ${found}, not ${hash.hex}`);
	}
};
// src/sources/transfer/hub-ranges.ts
/** Files up to this size are fetched whole, verified and kept: they cost a minute once. */
const WHOLE_BYTES = 2 ** 27;
/** Errors on reading: HUB_*. */
function rangedSource({ name, url, listed }, request, { wait, onRanges }) {
	const { byteLength } = listed;
	const inOrder = new InOrder(name, listed);
	const readAgain = async (start, end) => {
		for (let attempt = 1;; attempt++) try {
			return await readRange({
				name,
				url,
				byteLength
			}, {
				start,
				end
			}, request);
		} catch (error) {
			if (error instanceof SaegateError) throw error;
			if (attempt === 5) throw unreachable(url, error);
			await wait(backOff(attempt));
		}
	};
	return {
		name,
		byteLength,
		read: async (start, end) => {
			checkRange(name, start, end, byteLength);
			if (start === end) return /* @__PURE__ */ new Uint8Array(0);
			const bytes = await readAgain(start, end);
			inOrder.add(start, bytes);
			return bytes;
		},
		close: async () => onRanges?.(name, inOrder.isVerified)
	};
}
/** Hashes what is read as long as it goes on where it ended. */
var InOrder = class {
	isVerified = false;
	#name;
	#listed;
	#hash;
	#at = 0;
	constructor(name, listed) {
		this.#name = name;
		this.#listed = listed;
		this.#hash = beginListedHash(listed.hash.algorithm, listed.byteLength);
	}
	/** Errors: HUB_FILE_DAMAGED at the end of a file that is not the listed one. */
	add(start, bytes) {
		if (start !== this.#at) return;
		this.#hash.update(bytes);
		this.#at += bytes.byteLength;
		const { byteLength, hash } = this.#listed;
		if (this.#at < byteLength) return;
		const found = this.#hash.digest("hex");
		if (found !== hash.hex) throw hubFileDamaged(this.#name, `its ${hash.algorithm} is ${found}, not ${hash.hex}`);
		this.isVerified = true;
	}
};
async function readRange({ name, url, byteLength }, { start, end }, request) {
	const response = await request(url, { headers: { Range: `bytes=${start}-${end - 1}` } });
	const said = response.headers.get("Content-Range");
	if (response.status !== 206 || said !== `bytes ${start}-${end - 1}/${byteLength}`) {
		await response.body?.cancel();
		const what = response.status === 206 ? `the range "${said}"` : `a whole file (${response.status})`;
		throw hubFileDamaged(name, `${what} arrived where bytes ${start} to ${end - 1} of ${byteLength} were asked for`);
	}
	const bytes = new Uint8Array(end - start);
	let at = 0;
	for await (const chunk of response.body ?? []) {
		if (at + chunk.byteLength > bytes.byteLength) throw hubFileDamaged(name, "more bytes than were asked for arrived");
		bytes.set(chunk, at);
		at += chunk.byteLength;
	}
	if (at < bytes.byteLength) throw new Error(`${at} of ${bytes.byteLength} bytes arrived`);
	return bytes;
}
// src/sources/hub.ts
/**
* @file A repository of the Hugging Face Hub as pinned files: fixed to a commit at once, each file fetched when opened.
*
* Listing and commits come through @huggingface/hub; contents go to the shared cache by hub-download.ts, which checks
* them (the library's own cache writer does not). Left out: Xet's own transfers (the Hub serves the same files, put
* together, over plain HTTP, by way of a host that gets no token), Spaces and buckets.
*/
/** The largest SAE collections have some ten thousand files; name a folder of them. */
const MAX_FILES = 2e4;
/** Open `hf:owner/name[@revision][/sub/path]`. Errors: HUB_*, FOLDER_TOO_LARGE. */
async function openHub(text, settings) {
	const spec = parseHubSpec(text);
	if (settings.offline) return openCached(spec, settings);
	const request = hubFetch(spec, settings);
	try {
		const bounded = boundedAnswers(request, repositoryName(spec));
		const commit = await commitOf(spec, settings, bounded);
		const files = await listedFiles(spec, commit, settings, bounded);
		await writeRef(repositoryFolder(spec, settings), spec.revision, commit);
		return pinned(spec, commit, files, settings, request);
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		throw hubAnswerUnusable(repositoryName(spec), error instanceof Error ? error.message : String(error));
	}
}
async function commitOf(spec, settings, request) {
	const { name, revision } = spec;
	const asked = {
		name,
		revision,
		hubUrl: settings.endpoint,
		fetch: request
	};
	const { sha } = spec.type === "model" ? await modelInfo({
		...asked,
		additionalFields: ["sha"]
	}) : await datasetInfo({
		...asked,
		additionalFields: ["sha"]
	});
	if (typeof sha !== "string" || !COMMIT.test(sha)) throw hubAnswerUnusable(repositoryName(spec), "it names no commit");
	if (COMMIT.test(revision) && sha !== revision) throw hubAnswerUnusable(repositoryName(spec), `asked for commit ${revision}, it answers with ${sha}`);
	return sha;
}
/** Name below the spec's path → file. A spec that names a file gives that one. */
async function listedFiles(spec, commit, settings, request) {
	const asked = {
		repo: {
			type: spec.type,
			name: spec.name
		},
		revision: commit,
		hubUrl: settings.endpoint,
		fetch: request
	};
	const found = /* @__PURE__ */ new Map();
	if (spec.path !== "") {
		const [entry] = await pathsInfo({
			...asked,
			paths: [spec.path]
		});
		if (entry === void 0) throw hubPathMissing(repositoryName(spec), spec.path, spec.revision);
		if (entry.path !== spec.path) throw hubAnswerUnusable(repositoryName(spec), `asked for "${spec.path}", it describes another path`);
		if (entry.type === "file") return /* @__PURE__ */ new Map([[spec.path.split("/").at(-1) ?? "", hubFile(spec, entry)]]);
	}
	const path = spec.path.split("/").map(encodeURIComponent).join("/");
	const prefix = spec.path === "" ? "" : `${spec.path}/`;
	for await (const entry of listFiles({
		...asked,
		recursive: true,
		path
	})) {
		if (entry.type !== "file" || !entry.path.startsWith(prefix)) continue;
		const name = entry.path.slice(prefix.length);
		if (staysInside(entry.path) && staysInside(name)) found.set(name, hubFile(spec, entry));
		if (found.size > MAX_FILES) throw folderTooLarge(spec.text, MAX_FILES);
	}
	return found;
}
function hubFile(spec, { path, size, oid, lfs }) {
	const byteLength = lfs ? lfs.size : size;
	const hex = lfs ? lfs.oid : oid;
	if (!(typeof hex === "string" && new RegExp(`^[0-9a-f]{${lfs ? 64 : 40}}$`).test(hex)) || !(typeof byteLength === "number" && Number.isSafeInteger(byteLength) && byteLength >= 0)) throw hubAnswerUnusable(repositoryName(spec), `it describes "${path}" without a usable size or hash`);
	return {
		path,
		byteLength,
		hash: {
			algorithm: lfs ? "sha256" : "sha1",
			hex
		}
	};
}
function pinned(spec, commit, files, settings, request) {
	const forTexts = {
		...settings,
		proofFolder: null
	};
	const local = /* @__PURE__ */ new Map();
	const arriving = /* @__PURE__ */ new Map();
	const opened = /* @__PURE__ */ new Set();
	const fetched = async (name, by) => {
		const known = arriving.get(name) ?? cachedFile(spec, commit, listed(name), by, request);
		arriving.set(name, known);
		try {
			const path = await known;
			local.set(name, path);
			return path;
		} finally {
			arriving.delete(name);
		}
	};
	const listed = (name) => {
		if (!staysInside(name)) throw nameLeavesFolder(spec.text, name);
		const file = files.get(name);
		if (file === void 0) throw fileNotListed(spec.text, name);
		return file;
	};
	const open = async (name, by) => {
		const source = await fileSource(await fetched(name, by));
		opened.add(source);
		const close = async () => {
			opened.delete(source);
			await source.close();
		};
		return {
			...source,
			name: `${spec.text}: ${name}`,
			close
		};
	};
	return {
		spec: spec.text,
		revision: commit,
		names: [...files.keys()].sort(),
		has: (name) => files.has(name),
		open: (name) => open(name, settings),
		openParts: async (name) => {
			const file = listed(name);
			if (file.byteLength <= WHOLE_BYTES || await isCached(spec, commit, file, forTexts)) return await open(name, forTexts);
			return rangedSource({
				name: `${spec.text}: ${name}`,
				url: fileUrl(spec, commit, file, settings),
				listed: file
			}, request, settings);
		},
		listedHash: (name) => files.get(name)?.hash ?? null,
		listedBytes: (name) => files.get(name)?.byteLength ?? null,
		localPath: (name) => local.get(name) ?? null,
		close: async () => {
			for (const source of opened) await source.close();
			opened.clear();
		}
	};
}
export { openHub as t };
