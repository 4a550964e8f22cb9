import { a as hubContentDiffers } from "./shared-pinned-files.js";
import { t as beginListedHash } from "./shared-content-proof.js";
import { createHash } from "node:crypto";
// src/sources/file-digests.ts
/**
* @file Which files were read of a folder, and the sha256 of each: what a report says it measured, and what a deployment is
* held against. Each file is hashed once, however often it is asked for.
*/
/** Small enough that the memory of one piece serves the next: new pages take longer to come by than to hash. */
const PIECE_BYTES = 2 ** 20;
function digestedFiles(files) {
	const names = /* @__PURE__ */ new Set();
	const known = /* @__PURE__ */ new Map();
	const sha256 = (name) => {
		const hash = known.get(name) ?? fileSha256(files, name);
		known.set(name, hash);
		return hash;
	};
	return {
		files: {
			...files,
			open: async (name) => {
				const source = await files.open(name);
				names.add(name);
				return source;
			}
		},
		sha256,
		opened: () => digestsOf({ sha256 }, [...names])
	};
}
/**
* One digest of several files, hex: of the file itself where there is one, else of the lines "HASH  NAME\n" in the order of
* their names: what `sha256sum FILE… | LC_ALL=C sort -k 2 | sha256sum` prints in their folder. Names are escaped as sha256sum does,
* so that none can pass for two.
*/
function filesSha256(files) {
	const lines = Object.keys(files).sort().map((name) => line(files[name] ?? "", name));
	const [only, ...more] = Object.values(files);
	if (only !== void 0 && more.length === 0) return only;
	return createHash("sha256").update(lines.join("")).digest("hex");
}
function line(sha256, name) {
	const escaped = name.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
	return `${escaped === name ? "" : "\\"}${sha256}  ${escaped}\n`;
}
/** The digests of some files by their names. Errors: those of reading. */
async function digestsOf(digested, names) {
	const digests = [];
	for (const name of [...names].sort()) digests.push([name, await digested.sha256(name)]);
	return Object.fromEntries(digests);
}
/**
* sha256 of one file, hex, read in pieces; what the Hub lists of it is held against the same bytes: whatever was remembered of a
* file in the cache, or put there after it was looked at, a digest in a report is of none but the listed one. Errors:
* HUB_CONTENT_DIFFERS, those of reading.
*/
async function fileSha256(files, name) {
	const vouched = files.vouchedSha256?.(name) ?? null;
	if (vouched !== null) return vouched;
	const source = await files.open(name);
	try {
		const { byteLength } = source;
		const listed = files.listedHash?.(name) ?? null;
		const hash = createHash("sha256");
		const asListed = listed?.algorithm === "sha1" ? beginListedHash("sha1", byteLength) : null;
		for (let start = 0; start < byteLength; start += PIECE_BYTES) {
			const piece = await source.read(start, Math.min(start + PIECE_BYTES, byteLength));
			hash.update(piece);
			asListed?.update(piece);
		}
		const sha256 = hash.digest("hex");
		const found = asListed?.digest("hex") ?? sha256;
		if (listed !== null && found !== listed.hex) throw hubContentDiffers(source.name, {
			algorithm: listed.algorithm,
			found,
			listed: listed.hex
		});
		return sha256;
	} finally {
		await source.close();
	}
}
export { digestsOf as n, filesSha256 as r, digestedFiles as t };
