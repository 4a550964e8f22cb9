import { i as listFiles, o as modelInfo, r as datasetInfo, s as pathsInfo, t as boundedAnswers } from "./shared-bounded-answers.js";
import { t as fileSource } from "./shared-file.js";
import { n as hubAnswerUnusable, o as hubFileDamaged, p as hubPathMissing, t as staysInside } from "./shared-pinned-files.js";
import { t as SaegateError } from "./shared-problem.js";
import { c as nameLeavesFolder, n as fileNotListed, r as folderTooLarge } from "./shared-sources.js";
import { a as repositoryFolder, i as openCached, n as linkBlob, o as writeRef, r as makeCacheFolder, t as COMMIT } from "./shared-hub-cache.js";
import { n as parseHubSpec, r as repositoryName } from "./shared-hub-spec.js";
import { n as isProven } from "./shared-content-proof.js";
import { n as hubFetch, r as unreachable } from "./shared-hub-fetch.js";
import { n as rangedSource, r as downloadVerified, t as WHOLE_BYTES } from "./shared-ranged-source.js";
import { dirname, join } from "node:path";
// src/sources/transfer/hub-download.ts
/**
* @file One file from the Hub into the cache that all Hugging Face libraries share. Large files are named by the sha256 of their
* contents, small ones by git's hash. What is in the cache already is verified (content-proof.ts): other programs write there,
* and so may a pull request.
*/
/** What is said of a transfer from the Hub. */
const HUB_TRANSFER = {
	damaged: hubFileDamaged,
	unreachable
};
/** The path of the file on this machine, downloaded if it is not in the cache. Errors: HUB_*, those of writing. */
async function cachedFile(spec, commit, file, settings, request) {
	const repository = repositoryFolder(spec, settings);
	const pointer = join(repository, "snapshots", commit, file.path);
	if (await isProven(pointer, file, settings.proofFolder)) return pointer;
	const blob = join(repository, "blobs", file.hash.hex);
	if (!await isProven(blob, file, settings.proofFolder)) {
		await makeCacheFolder(dirname(blob));
		const name = `${repositoryName(spec)}/${file.path}`;
		const url = fileUrl(spec, commit, file, settings);
		await downloadVerified({
			name,
			url,
			listed: file,
			problems: HUB_TRANSFER
		}, blob, settings, request);
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
			const url = fileUrl(spec, commit, file, settings);
			const part = {
				name: `${spec.text}: ${name}`,
				url,
				listed: file,
				problems: HUB_TRANSFER
			};
			return rangedSource(part, request, settings);
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
