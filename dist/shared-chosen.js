import { p as corpusNoFiles } from "./shared-corpus.js";
import { n as globbed, t as globFolder } from "./shared-globs.js";
// src/corpus/places/formats.ts
const FORMATS = /* @__PURE__ */ new Map([
	["txt", "text"],
	["text", "text"],
	["md", "text"],
	["jsonl", "lines"],
	["ndjson", "lines"],
	["json", "json"],
	["csv", "csv"],
	["tsv", "tsv"],
	["parquet", "parquet"]
]);
const PACKINGS = /* @__PURE__ */ new Map([
	["gz", "gzip"],
	["gzip", "gzip"],
	["zst", "zstd"],
	["zstd", "zstd"]
]);
const UNREAD = /\.(xz|bz2|zip|7z|tar|tgz|arrow|feather|lz4|br)$/i;
/** Archives and the like that are no text; null: none of them. */
function unreadKind(name) {
	const ending = UNREAD.exec(name)?.[1];
	return ending === void 0 ? null : `a .${ending.toLowerCase()} file`;
}
/** By its endings; null: none that is known. */
function knownKind(name) {
	const endings = name.toLowerCase().split("/").at(-1)?.split(".").slice(1) ?? [];
	const packing = PACKINGS.get(endings.at(-1) ?? "") ?? null;
	const format = FORMATS.get(endings.at(packing === null ? -1 : -2) ?? "");
	return format === void 0 ? null : {
		format,
		packing
	};
}
/** A file that is named by itself: text, whatever it is called, unless its ending says more. */
function kindOf(name) {
	const packing = PACKINGS.get(name.toLowerCase().split(".").at(-1) ?? "") ?? null;
	return knownKind(name) ?? {
		format: "text",
		packing
	};
}
// src/corpus/places/chosen.ts
/** @file Files chosen out of a set by a pattern: of a folder on this machine, or of a repository of the Hub. */
/** The files that a pattern matches, below a place that stays as it is. */
async function globbedFiles(spec, { base, pattern }, open) {
	const folder = globFolder(pattern);
	const below = pattern.slice(folder === "" ? 0 : folder.length + 1);
	const root = base === "" && folder === "" && pattern.startsWith("/") ? "/" : `${base}${folder}`;
	const files = await open(root.replace(/\/$/, "") || (base === "" ? "." : root));
	let names;
	try {
		names = globbed(below, files.names);
	} catch {
		throw corpusNoFiles(spec, "the pattern has too many wildcards or alternatives");
	}
	const readable = names.filter((name) => unreadKind(name) === null);
	if (readable.length === 0) throw corpusNoFiles(spec, `no file matches "${pattern}"`);
	return {
		files,
		names: readable
	};
}
export { unreadKind as i, kindOf as n, knownKind as r, globbedFiles as t };
