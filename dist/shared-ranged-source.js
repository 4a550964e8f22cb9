import { a as checkRange } from "./shared-file.js";
import { t as SaegateError } from "./shared-problem.js";
import { t as beginFile } from "./shared-atomic.js";
import { n as temporariesIn, t as removeDeadTemporaries } from "./shared-leftovers.js";
import { n as isProven, t as beginListedHash } from "./shared-content-proof.js";
import { t as backOff } from "./shared-hub-fetch.js";
import { createReadStream } from "node:fs";
import { rename } from "node:fs/promises";
import { basename, dirname } from "node:path";
// src/sources/transfer/verified-download.ts
/**
* @file One file from another machine to a place on this one: streamed, resumed where the connection breaks, and checked before it
* counts. Its hash is verified while the bytes arrive, so a damaged or exchanged file never gets its name.
*/
/** No byte for this long counts as a broken connection. */
const STALL_TIMEOUT_MS = 6e4;
/** Download to `blob`, which lies in a folder that is there. Errors: `file.problems`, those of the request and of writing. */
async function downloadVerified(file, blob, settings, request) {
	const { url, listed, problems } = file;
	const kept = `${blob}.partial`;
	await keepDead(blob, kept);
	await removeDeadTemporaries(dirname(blob));
	const pending = await beginFile(blob, kept);
	const arrival = new Arrival(file, pending, settings);
	let isWorthKeeping = true;
	try {
		if (!await arrival.begin()) {
			isWorthKeeping = false;
			await pending.discard();
			return await downloadVerified(file, blob, settings, request);
		}
		for (let attempt = 1; arrival.receivedBytes < listed.byteLength; attempt++) {
			const before = arrival.receivedBytes;
			const failure = await stream(url, arrival, request);
			if (arrival.receivedBytes > before) attempt = 1;
			if (failure === null) break;
			if (attempt >= 5) throw problems.unreachable(url, failure);
			await settings.wait(backOff(attempt));
		}
		isWorthKeeping = false;
		arrival.verify();
		if (!await isProven(blob, listed, settings.proofFolder)) await pending.commit();
	} catch (error) {
		isWorthKeeping &&= !(error instanceof SaegateError && error.code === problems.damaged("", "").code);
		if (pending.keptBytes === 0 || isWorthKeeping) throw error;
		await pending.discard();
		await downloadVerified(file, blob, settings, request);
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
	#file;
	#pending;
	#settings;
	#hash;
	constructor(file, pending, settings) {
		const { byteLength, hash } = file.listed;
		this.#file = file;
		this.#pending = pending;
		this.#settings = settings;
		this.#hash = beginListedHash(hash.algorithm, byteLength);
	}
	/** Take in what an earlier run kept. False: it cannot be the beginning of this file. */
	async begin() {
		const { keptBytes, temporaryPath } = this.#pending;
		if (keptBytes > this.#file.listed.byteLength) return false;
		if (keptBytes === 0) return true;
		for await (const chunk of createReadStream(temporaryPath, { highWaterMark: 2 ** 20 })) this.#hash.update(chunk);
		this.receivedBytes = keptBytes;
		return true;
	}
	async add(bytes) {
		const { name, listed, problems } = this.#file;
		const total = listed.byteLength;
		if (this.receivedBytes + bytes.byteLength > total) throw problems.damaged(name, `more than its ${total} bytes arrived`);
		this.#hash.update(bytes);
		await this.#pending.write(bytes);
		this.receivedBytes += bytes.byteLength;
		this.#settings.onProgress({
			file: name,
			receivedBytes: this.receivedBytes,
			totalBytes: total
		});
	}
	verify() {
		const { name, problems } = this.#file;
		const { byteLength, hash } = this.#file.listed;
		if (this.receivedBytes !== byteLength) throw problems.damaged(name, `${this.receivedBytes} of its ${byteLength} bytes arrived`);
		const found = this.#hash.digest("hex");
		if (found !== hash.hex) throw problems.damaged(name, `its ${hash.algorithm} is ${found}, not ${hash.hex}`);
	}
};
// src/sources/transfer/ranged-source.ts
/** Files up to this size are fetched whole, verified and kept: they cost a minute once. */
const WHOLE_BYTES = 2 ** 27;
/** Errors on reading: `file.problems`, those of the request. */
function rangedSource(file, request, { wait, onRanges }) {
	const { name, url, listed, problems } = file;
	const { byteLength } = listed;
	const inOrder = new InOrder(file);
	const readAgain = async (start, end) => {
		for (let attempt = 1;; attempt++) try {
			return await readRange(file, {
				start,
				end
			}, request);
		} catch (error) {
			if (error instanceof SaegateError) throw error;
			if (attempt === 5) throw problems.unreachable(url, error);
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
	#file;
	#hash;
	#at = 0;
	constructor(file) {
		const { hash, byteLength } = file.listed;
		this.#file = file;
		this.#hash = beginListedHash(hash.algorithm, byteLength);
	}
	/** Errors: that it is damaged, at the end of a file that is not the listed one. */
	add(start, bytes) {
		if (start !== this.#at) return;
		this.#hash.update(bytes);
		this.#at += bytes.byteLength;
		const { name, listed, problems } = this.#file;
		const { byteLength, hash } = listed;
		if (this.#at < byteLength) return;
		const found = this.#hash.digest("hex");
		if (found !== hash.hex) throw problems.damaged(name, `its ${hash.algorithm} is ${found}, not ${hash.hex}`);
		this.isVerified = true;
	}
};
async function readRange({ name, url, listed: { byteLength }, problems }, { start, end }, request) {
	const response = await request(url, { headers: { Range: `bytes=${start}-${end - 1}` } });
	const said = response.headers.get("Content-Range");
	if (response.status !== 206 || said !== `bytes ${start}-${end - 1}/${byteLength}`) {
		await response.body?.cancel();
		const what = response.status === 206 ? `the range "${said}"` : `a whole file (${response.status})`;
		throw problems.damaged(name, `${what} arrived where bytes ${start} to ${end - 1} of ${byteLength} were asked for`);
	}
	const bytes = new Uint8Array(end - start);
	let at = 0;
	for await (const chunk of response.body ?? []) {
		if (at + chunk.byteLength > bytes.byteLength) throw problems.damaged(name, "more bytes than were asked for arrived");
		bytes.set(chunk, at);
		at += chunk.byteLength;
	}
	if (at < bytes.byteLength) throw new Error(`${at} of ${bytes.byteLength} bytes arrived`);
	return bytes;
}
export { rangedSource as n, downloadVerified as r, WHOLE_BYTES as t };
