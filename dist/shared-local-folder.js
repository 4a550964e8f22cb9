import { r as problem, t as SaegateError } from "./shared-problem.js";
import { n as openProblem, t as fileSource } from "./shared-file.js";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
// src/errors/hub.ts
/** @file What can go wrong between saegate and the Hugging Face Hub. No message ever holds a token. */
const withToken = "set HF_TOKEN to a token with read access (huggingface.co/settings/tokens)";
const hubSpecMalformed = problem("HUB_SPEC_MALFORMED", 2, (spec, reason) => ({
	message: `"${spec}" is not a Hugging Face spec: ${reason}.`,
	fix: "Write hf:owner/name, hf:owner/name@revision or hf:owner/name@revision/sub/path; data sets begin with hf:datasets/."
}));
const hubSettingInvalid = problem("HUB_SETTING_INVALID", 2, (name, reason) => ({
	message: `${name} ${reason}.`,
	fix: `Correct ${name} in the environment, or unset it.`
}));
/** The Hub answers 401 both for private and for absent repositories when nobody is logged in. */
const hubUnauthorized = problem("HUB_UNAUTHORIZED", 2, (repository, tokenGiven) => ({
	message: tokenGiven ? `The Hub does not accept the token for ${repository} (401): it has expired, was revoked, or is incomplete.` : `${repository} does not exist on the Hub, or it is private or gated and no token was given (401).`,
	fix: tokenGiven ? "Make a new token at huggingface.co/settings/tokens and set HF_TOKEN to it." : `Check the spelling; for a private or gated repository, ${withToken}.`
}));
const hubForbidden = problem("HUB_FORBIDDEN", 2, (repository, page, tokenGiven) => ({
	message: `The Hub refuses access to ${repository} (403): it is gated, or the token may not read it.`,
	fix: `Ask for access at ${page}${tokenGiven ? ", and check that the token may read gated repositories" : `, then ${withToken}`}.`
}));
const hubNotFound = problem("HUB_NOT_FOUND", 2, (repository, what) => ({
	message: `${repository}: the Hub has no such ${what} (404).`,
	fix: "Check the spelling of repository, revision and path; a private repository is also \"not found\" without HF_TOKEN."
}));
const hubPathMissing = problem("HUB_PATH_MISSING", 2, (repository, path, revision) => ({
	message: `${repository} has no file or folder "${path}" at revision ${revision}.`,
	fix: "Check the path after owner/name against the file list on the repository page."
}));
const hubBusy = problem("HUB_BUSY", 3, (repository, status, attempts) => ({
	message: status === 429 ? `The Hub limits the rate of requests (429) and still did after ${attempts} attempts for ${repository}.` : `The Hub answered ${status} ${attempts} times in a row for ${repository}.`,
	fix: status === 429 ? `Wait some minutes, or ${withToken}: known users have higher limits.` : "Look at status.huggingface.co and try again later. Files that arrived whole are kept."
}));
const hubRefused = problem("HUB_REFUSED", 3, (repository, status) => ({
	message: `The Hub answered ${status} for ${repository}.`,
	fix: "Check HF_ENDPOINT and any proxy between this machine and the Hub."
}));
const hubUnreachable = problem("HUB_UNREACHABLE", 3, (host, reason) => ({
	message: `${host} cannot be reached: ${reason}.`,
	fix: "Check the network and proxy settings. If the files were downloaded before, set HF_HUB_OFFLINE=1 to use them."
}));
const hubOfflineMissing = problem("HUB_OFFLINE_MISSING", 2, (spec, cache) => ({
	message: `HF_HUB_OFFLINE is set, and ${spec} is not in the cache ${cache}.`,
	fix: "Unset HF_HUB_OFFLINE once to download it, or point HF_HUB_CACHE to the cache that has it."
}));
const hubFileDamaged = problem("HUB_FILE_DAMAGED", 3, (file, reason) => ({
	message: `${file} did not arrive as the Hub describes it: ${reason}. It was not kept.`,
	fix: "Run again. If it stays so, a proxy or mirror between this machine and the Hub changes the file."
}));
const hubAnswerUnusable = problem("HUB_ANSWER_UNUSABLE", 3, (repository, reason) => ({
	message: `The answer of the Hub for ${repository} cannot be used: ${reason}.`,
	fix: "Check HF_ENDPOINT: it must be a Hugging Face Hub."
}));
// src/sources/pinned-files.ts
/**
* A name that stays where it is: relative, forward slashes, no empty, `.` or `..` part, no drive letter or NUL.
* Names from an index file or a zip archive are checked by this too.
*/
function staysInside(name) {
	if (name === "" || name.startsWith("/") || /[\\\0]/.test(name) || /^[A-Za-z]:/.test(name)) return false;
	return name.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
// src/sources/hub-spec.ts
/** @file The spec of something on the Hugging Face Hub: `hf:[datasets/]owner/name[@revision][/sub/path]`. */
const PREFIX = "hf:";
/** Characters that the Hub allows in the names of owners and repositories. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/;
/** What branches, tags, commits and refs/pr/N are made of on the Hub; git allows more (git-check-ref-format). */
const REVISION = /^(?!.*\.\.)[A-Za-z0-9][\w./+=,!#-]{0,254}$/;
function isHubSpec(spec) {
	return spec.startsWith(PREFIX);
}
/** Errors: HUB_SPEC_MALFORMED. A slash inside a revision is written %2F, except in refs/pr/N and refs/convert/NAME. */
function parseHubSpec(text) {
	const isDataset = text.startsWith(`${PREFIX}datasets/`);
	const rest = text.slice(isDataset ? `${PREFIX}datasets/`.length : 3);
	const match = /^([^/@]+)\/([^/@]+)(?:@(refs\/(?:pr|convert)\/[^/]+|[^/]*))?(?:\/(.*))?$/s.exec(rest);
	const [, owner = "", name = "", revision = "main", path = ""] = match ?? [];
	if (match === null) throw hubSpecMalformed(text, "owner/name is needed");
	if (!NAME.test(owner) || !NAME.test(name)) throw hubSpecMalformed(text, "owner and name consist of letters, digits, \".\", \"_\" and \"-\"");
	const decoded = revision.replace(/%2f/gi, "/");
	if (!REVISION.test(decoded) || !staysInside(decoded)) throw hubSpecMalformed(text, `"${revision}" cannot be a revision`);
	const inside = path.replace(/\/+$/, "");
	if (inside !== "" && !staysInside(inside)) throw hubSpecMalformed(text, `the path "${path}" leaves the repository`);
	return {
		text,
		type: isDataset ? "dataset" : "model",
		name: `${owner}/${name}`,
		revision: decoded,
		path: inside
	};
}
/** How messages call it: `owner/name`, or `datasets/owner/name`. */
function repositoryName({ type, name }) {
	return type === "dataset" ? `datasets/${name}` : name;
}
// src/errors/sources.ts
/** @file What can go wrong between a spec string and the files it names: folders, the Hugging Face Hub, JSON files. */
const fileNotListed = problem("FILE_NOT_LISTED", 2, (spec, name) => ({
	message: `${spec} has no file "${name}".`,
	fix: "Check that the folder is complete, and that the spec names the right one."
}));
const nameLeavesFolder = problem("NAME_LEAVES_FOLDER", 2, (spec, name) => ({
	message: `${spec}: the file name "${name}" is absolute or climbs out of the folder.`,
	fix: "Name files relative to the folder, without \"..\". If another file named it, that file is not to be trusted."
}));
const linkLeavesFolder = problem("LINK_LEAVES_FOLDER", 2, (spec, name, target) => ({
	message: `${spec}: "${name}" is a symbolic link to ${target}, outside the folder.`,
	fix: "Copy the file into the folder. Only links of the Hugging Face cache (snapshots to blobs) are followed."
}));
const folderTooLarge = problem("FOLDER_TOO_LARGE", 2, (spec, limit) => ({
	message: `${spec} holds more than ${limit} files.`,
	fix: "Name the folder of the model or SAE itself, not one that holds many of them."
}));
const jsonTooLarge = problem("JSON_TOO_LARGE", 2, (name, bytes, limit) => ({
	message: `${name} has ${bytes} bytes; at most ${limit} are read as JSON here.`,
	fix: "Check that it is the file it claims to be."
}));
const jsonMalformed = problem("JSON_MALFORMED", 2, (name, reason) => ({
	message: `${name} cannot be used as JSON: ${reason}.`,
	fix: "Fetch the file again; a web page or a git-lfs pointer in its place is the usual cause."
}));
const jsonNotAnObject = problem("JSON_NOT_AN_OBJECT", 2, (name, found) => ({
	message: `${name} holds ${found}; a JSON object was expected.`,
	fix: "Check that it is the file it claims to be."
}));
// src/sources/local-folder.ts
/**
* @file A folder (or one file) on this machine as pinned files. Nothing outside the folder is ever read.
*
* Symbolic links are followed only where their target stays inside, with one exception: the Hugging Face cache stores
* `models--owner--name/snapshots/COMMIT/file` as a link to `models--owner--name/blobs/HASH`, so a folder below
* `snapshots` may link into the `blobs` beside it. Such a folder also knows its revision: the commit in its path.
*/
/** The largest SAE collections have some thousand files; a home folder given by mistake has more. */
const MAX_FILES = 2e4;
/** Gemma Scope nests three folders. */
const MAX_DEPTH = 12;
/** A folder with everything below it, or a single file as a set of one. Errors: FILE_MISSING, FOLDER_TOO_LARGE, … */
async function openLocal(spec, path = spec) {
	try {
		if ((await stat(path)).isDirectory()) {
			const root = await realpath(path);
			return pinned(spec, root, await listFolder(spec, root));
		}
		return pinned(spec, await realpath(dirname(resolve(path))), /* @__PURE__ */ new Map([[basename(path), { path: resolve(path) }]]));
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		throw openProblem(path, error);
	}
}
function pinned(spec, root, located) {
	const opened = /* @__PURE__ */ new Set();
	return {
		spec,
		revision: cacheSnapshot(root)?.commit ?? null,
		names: [...located.keys()].sort(),
		has: (name) => located.has(name),
		open: async (name) => {
			const source = await fileSource(requirePath(spec, name, located));
			opened.add(source);
			const close = async () => {
				opened.delete(source);
				await source.close();
			};
			return {
				name: source.name,
				byteLength: source.byteLength,
				read: source.read,
				close
			};
		},
		localPath: (name) => {
			const file = located.get(name);
			return file && "path" in file ? file.path : null;
		},
		close: async () => {
			for (const source of opened) await source.close();
			opened.clear();
		}
	};
}
function requirePath(spec, name, located) {
	if (!staysInside(name)) throw nameLeavesFolder(spec, name);
	const file = located.get(name);
	if (file === void 0) throw fileNotListed(spec, name);
	if ("outside" in file) throw linkLeavesFolder(spec, name, file.outside);
	return file.path;
}
/** Every file below `root`, without hidden folders (.git, .cache) and node_modules; linked folders are not entered. */
async function listFolder(spec, root) {
	const located = /* @__PURE__ */ new Map();
	const pending = [{
		folder: root,
		prefix: "",
		depth: 0
	}];
	for (let next = pending.pop(); next !== void 0; next = pending.pop()) {
		const { folder, prefix, depth } = next;
		for (const entry of await readdir(folder, { withFileTypes: true })) {
			const path = join(folder, entry.name);
			const name = prefix + entry.name;
			if (entry.isDirectory()) {
				if (!(entry.name.startsWith(".") || entry.name === "node_modules" || depth === MAX_DEPTH)) pending.push({
					folder: path,
					prefix: `${name}/`,
					depth: depth + 1
				});
			} else if (staysInside(name)) located.set(name, entry.isSymbolicLink() ? await followLink(root, path) : { path });
			if (located.size > MAX_FILES) throw folderTooLarge(spec, MAX_FILES);
		}
	}
	return located;
}
async function followLink(root, link) {
	try {
		const target = await realpath(link);
		if (isBelow(root, target) || isCacheBlob(root, target)) return { path: target };
		return { outside: target };
	} catch {
		return { path: link };
	}
}
function isBelow(folder, path) {
	const way = relative(folder, path);
	return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
function isCacheBlob(root, target) {
	const snapshot = cacheSnapshot(root);
	return snapshot !== null && isBelow(join(snapshot.repository, "blobs"), target);
}
/** Where `root` lies in a Hugging Face cache: `…/models--owner--name/snapshots/COMMIT[/sub/path]`, or null. */
function cacheSnapshot(root) {
	const parts = root.split(sep);
	const at = parts.lastIndexOf("snapshots");
	const commit = parts[at + 1];
	const isRepository = /^(models|datasets|spaces)--/.test(parts[at - 1] ?? "");
	if (at < 1 || !isRepository || commit === void 0 || !/^[0-9a-f]{40}$/.test(commit)) return null;
	return {
		repository: parts.slice(0, at).join(sep),
		commit
	};
}
export { hubUnreachable as S, hubOfflineMissing as _, jsonNotAnObject as a, hubSettingInvalid as b, isHubSpec as c, staysInside as d, hubAnswerUnusable as f, hubNotFound as g, hubForbidden as h, jsonMalformed as i, parseHubSpec as l, hubFileDamaged as m, fileNotListed as n, jsonTooLarge as o, hubBusy as p, folderTooLarge as r, nameLeavesFolder as s, openLocal as t, repositoryName as u, hubPathMissing as v, hubUnauthorized as x, hubRefused as y };
