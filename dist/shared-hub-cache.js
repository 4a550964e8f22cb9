import { l as writeProblem, s as writeFileWhole } from "./shared-atomic.js";
import { r as systemErrorCode } from "./shared-file.js";
import { f as hubOfflineMissing, o as hubCacheDamaged } from "./shared-hub-spec.js";
import { r as SaegateError } from "./shared-system-limits.js";
import { t as openLocal } from "./shared-local-folder.js";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, readFile, realpath, stat, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
// src/sources/content-proof.ts
/**
* @file Proof that a file of the cache is what the Hub lists: small files are hashed each time they are opened, large
* ones once per file. What was proven is remembered by the file's identity (device, inode, size, times of change) and
* hash, in a folder that no repository brings along. Whoever writes to a file changes its time of change, which only the
* system sets, so a proof never outlives the bytes it speaks of.
*
* Not protected against: somebody who may write to the folder of proofs, which is this user's own.
*/
/** Files up to this size are read again whenever they are opened: configurations, tokenizers, SAEs of tests. */
const HASHED_EACH_TIME = 2 ** 24;
/** Is the file at `path` what is listed? False where there is none. Errors: those of reading. */
async function isProven(path, listed, proofFolder) {
	const identity = await identityOf(path);
	if (identity === null || identity.byteLength !== listed.byteLength) return false;
	const proof = join(proofFolder, proofName(identity.text, listed));
	const isLarge = listed.byteLength > HASHED_EACH_TIME;
	if (isLarge && await exists(proof)) return true;
	if (await contentHash(path, listed) !== listed.hash.hex) return false;
	if ((await identityOf(path))?.text !== identity.text) return false;
	if (isLarge) await remember(proofFolder, proof);
	return true;
}
/** `blob LENGTH\0` stands before the contents where the hash is git's. Errors: those of reading. */
async function contentHash(path, { byteLength, hash }) {
	const digest = createHash(hash.algorithm);
	if (hash.algorithm === "sha1") digest.update(`blob ${byteLength}\0`);
	for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) digest.update(chunk);
	return digest.digest("hex");
}
/** Links are followed: it is the file itself that is known. Null: there is no file. */
async function identityOf(path) {
	try {
		const found = await stat(path, { bigint: true });
		if (!found.isFile()) return null;
		const { dev, ino, size, mtimeNs, ctimeNs } = found;
		return {
			text: [
				dev,
				ino,
				size,
				mtimeNs,
				ctimeNs
			].join(":"),
			byteLength: Number(size)
		};
	} catch {
		return null;
	}
}
function proofName(identity, { hash }) {
	return createHash("sha256").update(`${identity}:${hash.algorithm}:${hash.hex}`).digest("hex");
}
async function exists(path) {
	return stat(path).then((found) => found.isFile(), () => false);
}
/** Where nothing can be remembered, large files are hashed each time: slower, not less safe. */
async function remember(folder, proof) {
	try {
		await mkdir(folder, {
			recursive: true,
			mode: 448
		});
		await writeFile(proof, "", { mode: 384 });
	} catch {
		return;
	}
}
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
		return {
			...files,
			open: (name) => openProven(files, name, settings.proofFolder)
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
async function openProven(files, name, proofFolder) {
	const path = files.localPath(name);
	const blob = path === null ? null : await realpath(path).catch(() => null);
	if (blob !== null && basename(dirname(blob)) === "blobs") {
		const hex = basename(blob);
		const algorithm = /^[0-9a-f]{64}$/.test(hex) ? "sha256" : "sha1";
		const { size: byteLength } = await stat(blob);
		if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(hex) && !await isProven(blob, {
			byteLength,
			hash: {
				algorithm,
				hex
			}
		}, proofFolder)) throw hubCacheDamaged(blob, algorithm);
	}
	return await files.open(name);
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
	await makeFolder(dirname(path));
	await writeFileWhole(path, commit);
}
/** Give a blob its name in a snapshot: a relative link, or a copy where links cannot be made. */
async function linkBlob(blob, pointer) {
	await makeFolder(dirname(pointer));
	try {
		await symlink(relative(dirname(pointer), blob), pointer);
	} catch (error) {
		const code = systemErrorCode(error);
		if (code === "EEXIST") return;
		if (code !== "EPERM" && code !== "ENOSYS") throw writeProblem(pointer, error);
		await copyFile(blob, pointer);
	}
}
async function makeFolder(path) {
	try {
		await mkdir(path, { recursive: true });
	} catch (error) {
		throw writeProblem(path, error);
	}
}
export { repositoryFolder as a, openCached as i, linkBlob as n, writeRef as o, makeFolder as r, isProven as s, COMMIT as t };
