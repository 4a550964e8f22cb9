import { a as temporaryPathIn, l as writeProblem, s as writeFileWhole } from "./shared-atomic.js";
import { r as systemErrorCode } from "./shared-file.js";
import { t as makeFolder } from "./shared-make-folder.js";
import { f as hubOfflineMissing, i as hubCacheDamaged } from "./shared-pinned-files.js";
import { t as SaegateError } from "./shared-problem.js";
import { n as isProven } from "./shared-content-proof.js";
import { t as openLocal } from "./shared-local-folder.js";
import { copyFile, readFile, realpath, rename, rm, stat, symlink } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
// src/sources/hub-cache.ts
/**
* @file The cache that all Hugging Face libraries share, so that nothing is downloaded twice on one machine.
*
*     models--owner--name/refs/main                  the commit that a branch or tag last pointed to
*     models--owner--name/blobs/ETAG                 contents: ETAG is the sha256 of large files, the git hash of others
*     models--owner--name/snapshots/COMMIT/path      a link to the blob
*
* Source: huggingface_hub, "Understand caching".
*/
const COMMIT = /^[0-9a-f]{40}$/;
function repositoryFolder({ type, name }, { cacheFolder }) {
	return join(cacheFolder, `${type}s--${name.replaceAll("/", "--")}`);
}
/** What the cache has of a spec, without asking the Hub. Errors: HUB_OFFLINE_MISSING. */
async function openCached(spec, settings) {
	const repository = repositoryFolder(spec, settings);
	const commit = COMMIT.test(spec.revision) ? spec.revision : await readRef(repository, spec.revision);
	if (commit === null) throw hubOfflineMissing(spec.text, settings.cacheFolder);
	try {
		const files = await openLocal(spec.text, join(repository, "snapshots", commit, spec.path));
		const hashes = /* @__PURE__ */ new Map();
		const proven = async (name, proofFolder) => {
			const hash = await provenHash(files.localPath(name), proofFolder);
			if (hash !== null) hashes.set(name, hash);
			return await files.open(name);
		};
		return {
			...files,
			listedHash: (name) => hashes.get(name) ?? null,
			open: (name) => proven(name, settings.proofFolder),
			openParts: (name) => proven(name, null)
		};
	} catch (error) {
		if (error instanceof SaegateError && error.code === "FILE_MISSING") throw hubOfflineMissing(spec.text, settings.cacheFolder);
		throw error;
	}
}
/**
* A blob's name is the hash of its contents, so that an exchanged or damaged one is found without asking the Hub. Only that:
* which blobs belong to a commit is then the cache's own word, and a plain file in place of a link (a cache on Windows) has no name
* to be held against. Errors: HUB_CACHE_DAMAGED, those of opening.
*/
async function provenHash(path, proofFolder) {
	const blob = path === null ? null : await realpath(path).catch(() => null);
	const hash = blob === null ? null : hashInName(blob);
	if (blob === null || hash === null) return null;
	const { size: byteLength } = await stat(blob);
	if (!await isProven(blob, {
		byteLength,
		hash
	}, proofFolder)) throw hubCacheDamaged(blob, hash.algorithm);
	return hash;
}
/** Null: it is no blob of the cache. */
function hashInName(path) {
	if (basename(dirname(path)) !== "blobs") return null;
	const hex = basename(path);
	if (/^[0-9a-f]{64}$/.test(hex)) return {
		algorithm: "sha256",
		hex
	};
	return /^[0-9a-f]{40}$/.test(hex) ? {
		algorithm: "sha1",
		hex
	} : null;
}
async function readRef(repository, revision) {
	try {
		const commit = (await readFile(join(repository, "refs", revision), "latin1")).trim();
		return COMMIT.test(commit) ? commit : null;
	} catch {
		return null;
	}
}
/** Remember where a branch or tag points, for later runs without a network. */
async function writeRef(repository, revision, commit) {
	if (revision === commit) return;
	const path = join(repository, "refs", revision);
	await makeCacheFolder(dirname(path));
	await writeFileWhole(path, commit);
}
/**
* Give a blob its name in a snapshot, in place of what has it: a relative link, or a copy where links cannot be made. In one
* step, so that another job that opens the name finds a file there.
*/
async function linkBlob(blob, pointer) {
	await makeCacheFolder(dirname(pointer));
	const { path, forget } = temporaryPathIn(dirname(pointer), basename(pointer));
	try {
		await symlink(relative(dirname(pointer), blob), path).catch(async (error) => {
			const code = systemErrorCode(error);
			if (code !== "EPERM" && code !== "ENOSYS") throw error;
			await copyFile(blob, path);
		});
		await rename(path, pointer);
	} catch (error) {
		await rm(path, { force: true });
		throw writeProblem(pointer, error);
	} finally {
		forget();
	}
}
async function makeCacheFolder(path) {
	try {
		await makeFolder(path);
	} catch (error) {
		throw writeProblem(path, error);
	}
}
export { repositoryFolder as a, openCached as i, linkBlob as n, writeRef as o, makeCacheFolder as r, COMMIT as t };
