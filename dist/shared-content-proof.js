import { c as identityAt, s as difference } from "./shared-file.js";
import { t as makeFolder } from "./shared-make-folder.js";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
// src/sources/content-proof.ts
/**
* @file Proof that a file of the cache is what the Hub lists: it is hashed when it is opened. Of large files named by their
* sha256 it is remembered, by their identity and hash, in a folder that no repository brings along; whoever writes to a
* file changes its time of change, which only the system sets, so a proof never outlives the bytes it speaks of.
*
* Whoever may write to the folder of proofs, another job of the same user, can forge one. So no audit rests on them: the
* digests that it takes of what it measures are held against the listed ones (file-digests.ts), and what it takes no digest
* of, a corpus, is hashed each time. They spare commands that only look (inspect, doctor) the reading of a whole model.
*/
/** Files up to this size are hashed whenever they are opened: configurations, tokenizers, SAEs of tests. */
const HASHED_EACH_TIME = 2 ** 24;
/** What this process hashed itself, by the same names that files of proof have. */
const provenHere = /* @__PURE__ */ new Set();
/**
* Is the file at `path` what is listed? False where there is none. `proofFolder` null: nothing that is remembered counts.
* Errors: those of reading.
*/
async function isProven(path, listed, proofFolder) {
	const identity = await identityAt(path);
	if (identity === null || identity.byteLength !== BigInt(listed.byteLength)) return false;
	const name = proofName(identity, listed.hash);
	const isLarge = listed.byteLength > HASHED_EACH_TIME;
	if (isLarge && provenHere.has(name)) return true;
	const folder = isLarge && listed.hash.algorithm === "sha256" ? proofFolder : null;
	if (folder !== null && await exists(join(folder, name))) return true;
	if (await contentHash(path, listed) !== listed.hash.hex) return false;
	if (difference(identity, await identityAt(path)) !== null) return false;
	provenHere.add(name);
	if (folder !== null) await remember(folder, name);
	return true;
}
/** Begin a hash as the Hub lists it. `blob LENGTH\0` stands before the contents where it is git's. */
function beginListedHash(algorithm, byteLength) {
	const hash = createHash(algorithm);
	return algorithm === "sha1" ? hash.update(`blob ${byteLength}\0`) : hash;
}
async function contentHash(path, { byteLength, hash }) {
	const digest = beginListedHash(hash.algorithm, byteLength);
	for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) digest.update(chunk);
	return digest.digest("hex");
}
function proofName({ device, inode, byteLength, modified, changed }, { algorithm, hex }) {
	const text = [
		device,
		inode,
		byteLength,
		modified,
		changed,
		algorithm,
		hex
	].join(":");
	return createHash("sha256").update(text).digest("hex");
}
async function exists(path) {
	return stat(path).then((found) => found.isFile(), () => false);
}
/** Where nothing can be remembered, large files are hashed each time: slower, not less safe. */
async function remember(folder, name) {
	try {
		await makeFolder(folder, 448);
		await writeFile(join(folder, name), "", { mode: 384 });
	} catch {
		return;
	}
}
export { isProven as n, beginListedHash as t };
