import { i as __toESM } from "./shared-rolldown-runtime.js";
import { o as problem } from "./shared-system-limits.js";
import { g as hubSettingInvalid, y as staysInside } from "./shared-hub-spec.js";
import { homedir } from "node:os";
import { join } from "node:path";
import { constants, crc32, inflateRawSync } from "node:zlib";
import { setTimeout } from "node:timers/promises";
// src/errors/checkpoints.ts
/** @file What can be wrong with a checkpoint: its folder, its container format, one of its tensors. */
const shown = (shape) => `[${shape.join(", ")}]`;
const safetensorsMalformed = problem("SAFETENSORS_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a valid safetensors file: ${reason}.`,
	fix: "Fetch the file again; if it stays the same, whoever wrote it has to write it anew."
}));
const gitLfsPointer = problem("GIT_LFS_POINTER", 2, (file) => ({
	message: `${file} is a git-lfs pointer, not the file itself.`,
	fix: "Run \"git lfs pull\" in the repository that it came from (git-lfs must be installed), or download the file."
}));
/** `config`: what said that there would be such a tensor. */
const tensorMissing = problem("TENSOR_MISSING", 2, (checkpoint, tensor, config = "config.json") => ({
	message: `${checkpoint} has no tensor "${tensor}".`,
	fix: `Check that ${config} belongs to these weights and that the file is complete.`
}));
const tensorNotFloat = problem("TENSOR_NOT_FLOAT", 2, (file, tensor, dtype) => ({
	message: `${file}: tensor "${tensor}" is stored as ${dtype}, which is not a floating-point weight by itself.`,
	fix: "If the model is quantized, its config.json must say how (quantization_config)."
}));
const tensorNotFinite = problem("TENSOR_NOT_FINITE", 2, (file, tensor, value, index) => ({
	message: `${file}: tensor "${tensor}" has ${value} at ${shown(index)}.`,
	fix: "Weights must be finite numbers, and below 2^60, so that their products are. Write the checkpoint again; overflow while converting is the usual cause."
}));
const indexMalformed = problem("SHARD_INDEX_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a usable index of shards: ${reason}.`,
	fix: "Fetch the index again from where the checkpoint came from."
}));
const shardMissing = problem("SHARD_MISSING", 2, (index, shard, tensors) => ({
	message: `${index} names the shard "${shard}" for ${tensors} tensors, but the file is not there.`,
	fix: "Download the missing shard into the same folder."
}));
const partMissing = problem("PART_MISSING", 2, (file, part, parts) => ({
	message: `${file} is one of ${parts} parts of a model, but "${part}" is not beside it.`,
	fix: "Download all parts into one folder, and name that folder."
}));
const tensorNotInShard = problem("TENSOR_NOT_IN_SHARD", 2, (index, tensor, shard) => ({
	message: `${index} says that tensor "${tensor}" is in "${shard}", but that file does not have it.`,
	fix: "The index and the shards are of different versions. Fetch all of them again."
}));
const npyMalformed = problem("NPY_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a usable .npy array: ${reason}.`,
	fix: "Write it again, for example with numpy.save(file, a) and a little-endian dtype of numbers."
}));
const npzMalformed = problem("NPZ_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a usable .npz archive: ${reason}.`,
	fix: "Fetch it again, or write it again with numpy.savez."
}));
const noConfig = problem("NO_CONFIG", 2, (spec) => ({
	message: `${spec} has no config.json, so nothing says what model the weights make.`,
	fix: "Name the Hugging Face folder that holds config.json, tokenizer.json and the *.safetensors files."
}));
const noWeights = problem("NO_WEIGHTS", 2, (spec, found) => ({
	message: `${spec} has no weights that can be read (*.safetensors, *.gguf)${found.length ? `; it has ${found.slice(0, 8).join(", ")}` : ""}.`,
	fix: "Check that the download is complete, and that the spec names the folder with the weights."
}));
const pickleRefused = problem("PICKLE_REFUSED", 2, (spec, file) => ({
	message: `${spec} has its weights only as ${file}, a Python pickle: reading one can run any code, so it is never done.`,
	fix: "Convert it once where Python is at hand: AutoModelForCausalLM.from_pretrained(folder).save_pretrained(out, safe_serialization=True)."
}));
const adapterOnly = problem("ADAPTER_ONLY", 2, (spec, sign) => ({
	message: `${spec} holds an adapter (${sign}), not a whole model.`,
	fix: "Merge the adapter into its base model, save the result, and audit that."
}));
const adapterUnmerged = problem("ADAPTER_UNMERGED", 2, (spec, tensor) => ({
	message: `${spec} stores an adapter beside the weights ("${tensor}"), which are not the model's without it.`,
	fix: "Merge the adapter into the weights (PEFT: merge_and_unload), save the result, and audit that folder."
}));
const severalWeights = problem("WEIGHTS_AMBIGUOUS", 2, (spec, files) => ({
	message: `${spec} has several weight files and no index that says which belong together: ${files.slice(0, 8).join(", ")}.`,
	fix: "Add model.safetensors.index.json, or name a folder with one checkpoint only."
}));
const notACheckpoint = problem("NOT_A_CHECKPOINT", 2, (spec, name) => ({
	message: `${spec}: "${name}" is not a checkpoint that can be read.`,
	fix: "Name a Hugging Face folder (config.json and *.safetensors), or a .gguf file."
}));
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
// src/contract/hub-urls.ts
/** @file Addresses of pages of the Hugging Face Hub, as people copy them, turned into `hf:` specs. */
const PAGE = /^https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/(datasets\/)?([^/?#]+)\/([^/?#]+)(?:\/(?:tree|blob|resolve|raw)\/([^?#]*))?\/?(?:[?#].*)?$/;
/** `https://huggingface.co/owner/name/tree/main/x` is `hf:owner/name/x`; anything else is as it was. */
function hubSpecOf(text) {
	const match = PAGE.exec(text.trim());
	if (match === null) return text;
	const [, datasets = "", owner = "", name = "", rest = ""] = match;
	const [, revision = "main", path = ""] = /^(refs(?:\/|%2F)(?:pr|convert)(?:\/|%2F)[^/]+|[^/]*)\/?(.*)$/.exec(rest) ?? [];
	const at = revision === "main" || revision === "" ? "" : `@${revision.replaceAll("%2F", "/")}`;
	const inside = path.replace(/\/+$/, "");
	return `hf:${datasets}${owner}/${name}${at}${inside === "" ? "" : `/${decoded(inside)}`}`;
}
function decoded(path) {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
// src/sources/transfer/proxy-fetch.ts
/**
* @file Requests by way of the proxy that the environment names: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not, the
* latter first, as curl and Python's tools read them. Node's own fetch looks at none of them before Node 24.
*/
/** `fetch` itself where no proxy is named. Errors: HUB_SETTING_INVALID. */
function environmentFetch(environment) {
	const httpsProxy = proxyNamed(environment, "HTTPS_PROXY");
	const httpProxy = proxyNamed(environment, "HTTP_PROXY");
	if (httpsProxy === null && httpProxy === null) return globalThis.fetch;
	const noProxy = named(environment, "NO_PROXY") ?? "";
	const proxied = /* @__PURE__ */ new Map();
	return async (input, init) => {
		const url = new URL(input instanceof Request ? input.url : input);
		const proxy = url.protocol === "https:" ? httpsProxy : httpProxy;
		if (proxy === null || isDirect(url, noProxy)) return await globalThis.fetch(input, init);
		const opened = proxied.get(proxy) ?? openProxied(proxy);
		proxied.set(proxy, opened);
		return await (await opened)(input, init);
	};
}
/** Hosts and their subdomains, with or without a dot in front and a port behind; `*`: all. */
function isDirect({ hostname, port, protocol }, noProxy) {
	return noProxy.split(/[\s,]+/).some((entry) => {
		const [, host = "", only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
		if (entry === "*") return true;
		return host !== "" && (hostname === host || hostname.endsWith(`.${host}`)) && (only === void 0 || only === (port || (protocol === "https:" ? "443" : "80")));
	});
}
/** Loaded when wanted. */
async function openProxied(proxy) {
	const { ProxyAgent, fetch: request } = await import("./shared-undici2.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const dispatcher = new ProxyAgent(proxy);
	return async (input, init = {}) => {
		const url = input instanceof Request ? input.url : input;
		const { method, headers, signal, redirect } = init;
		const body = typeof init.body === "string" ? init.body : void 0;
		const asked = {
			method,
			headers: [...new Headers(headers)],
			signal,
			redirect,
			body
		};
		const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value != null));
		const answer = await request(url, {
			...given,
			dispatcher
		});
		return new Response(answer.body === null ? null : streamed(answer.body.getReader()), {
			status: answer.status,
			statusText: answer.statusText,
			headers: [...answer.headers]
		});
	};
}
function streamed(reader) {
	return new ReadableStream({
		pull: async (controller) => {
			const { done, value } = await reader.read();
			if (done || value === void 0) controller.close();
			else controller.enqueue(value);
		},
		cancel: (reason) => reader.cancel(reason)
	});
}
function named(environment, name) {
	return environment[name.toLowerCase()]?.trim() || environment[name]?.trim() || null;
}
function proxyNamed(environment, name) {
	const text = named(environment, name);
	if (text === null) return null;
	const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
	const url = URL.canParse(address) ? new URL(address) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) throw hubSettingInvalid(name, "is not the http or https address of a proxy");
	return address;
}
// src/sources/hub-settings.ts
/** @file How the Hugging Face Hub is reached: from the environment, by the names that its own libraries use. */
/**
* Settings from HF_ENDPOINT, HF_TOKEN, HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME and HF_HUB_OFFLINE (huggingface_hub,
* "Environment variables"), and the proxy's. Errors: HUB_SETTING_INVALID.
*/
function hubSettings(environment) {
	const given = (name) => environment[name]?.trim() || null;
	const endpoint = hubEndpoint(environment);
	return {
		endpoint,
		token: checkedToken(given("HF_TOKEN") ?? given("HUGGING_FACE_HUB_TOKEN"), endpoint),
		cacheFolder: cacheFolder(given),
		proofFolder: join(homedir(), ".cache", "saegate", "verified"),
		offline: /^(1|on|yes|true)$/i.test(given("HF_HUB_OFFLINE") ?? ""),
		fetch: environmentFetch(environment),
		wait: setTimeout,
		onProgress: () => {}
	};
}
/** HF_ENDPOINT, or the Hub itself. Errors: HUB_SETTING_INVALID. */
function hubEndpoint(environment) {
	const text = environment.HF_ENDPOINT?.trim() || "https://huggingface.co";
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) throw hubSettingInvalid("HF_ENDPOINT", `is "${text}", not an http or https address`);
	if (url.username !== "" || url.password !== "") throw hubSettingInvalid("HF_ENDPOINT", "holds a password; use HF_TOKEN");
	return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}
/**
* A token with a line break or other control character would be refused by fetch, in a message that quotes it. Over http
* everybody on the way reads it: only this machine itself may be asked so.
*/
function checkedToken(token, endpoint) {
	if (token === null) return null;
	if (!/^[\x21-\x7e]+$/.test(token)) throw hubSettingInvalid("HF_TOKEN", "holds spaces or characters that no token has");
	const { protocol, hostname } = new URL(endpoint);
	if (protocol !== "https:" && !isLoopback(hostname)) throw hubSettingInvalid("HF_ENDPOINT", "begins with http:, and HF_TOKEN would travel unencrypted; use https");
	return token;
}
function isLoopback(hostname) {
	return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
/** Where an audit keeps what it downloads: SAEGATE_CACHE stands before what the Hub's libraries go by. */
function hubCacheFolder(environment) {
	return environment.SAEGATE_CACHE?.trim() || cacheFolder((name) => environment[name]?.trim() || null);
}
function cacheFolder(given) {
	const explicit = given("HF_HUB_CACHE") ?? given("HUGGINGFACE_HUB_CACHE");
	if (explicit !== null) return explicit;
	const home = given("HF_HOME") ?? join(given("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "huggingface");
	return join(home, "hub");
}
export { tensorNotFloat as C, tensorNotFinite as S, pickleRefused as _, hubSpecOf as a, shardMissing as b, adapterUnmerged as c, noConfig as d, noWeights as f, partMissing as g, npzMalformed as h, environmentFetch as i, gitLfsPointer as l, npyMalformed as m, hubEndpoint as n, openZip as o, notACheckpoint as p, hubSettings as r, adapterOnly as s, hubCacheFolder as t, indexMalformed as u, safetensorsMalformed as v, tensorNotInShard as w, tensorMissing as x, severalWeights as y };
