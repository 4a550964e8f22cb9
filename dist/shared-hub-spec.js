import { i as __toESM } from "./shared-rolldown-runtime.js";
import { o as problem } from "./shared-system-limits.js";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
// src/errors/hub.ts
/** @file What can go wrong between saegate and the Hugging Face Hub. No message ever holds a token. */
const withToken = "set HF_TOKEN to a token with read access (huggingface.co/settings/tokens)";
const hubSpecMalformed = problem("HUB_SPEC_MALFORMED", 2, (spec, reason) => ({
	message: `"${spec}" is not a Hugging Face spec: ${reason}.`,
	fix: "Write hf:owner/name, hf:owner/name@revision or hf:owner/name@revision/sub/path; data sets begin with hf:datasets/."
}));
const hubPrefixMissing = problem("HUB_PREFIX_MISSING", 2, (spec) => ({
	message: `${spec} does not exist on this machine.`,
	fix: `For the repository of that name on the Hugging Face Hub, write hf:${spec} (a dataset: hf:datasets/${spec}); else check the path.`
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
const hubIdentityMissing = problem("HUB_IDENTITY_MISSING", 2, () => ({
	message: "HF_OIDC_RESOURCE is set, and this job has no identity to exchange for a token of the Hub.",
	fix: "On GitHub give the job `permissions: id-token: write`; elsewhere set HF_OIDC_ID_TOKEN to an identity with audience https://huggingface.co, or set HF_TOKEN instead."
}));
const hubIdentityElsewhere = problem("HUB_IDENTITY_ELSEWHERE", 2, (endpoint) => ({
	message: `HF_OIDC_RESOURCE is set, and HF_ENDPOINT names ${endpoint}: this job's identity is one for huggingface.co, and is given to nobody else. Nothing was asked there.`,
	fix: "Unset HF_ENDPOINT; or unset HF_OIDC_RESOURCE, and set HF_TOKEN to a token that the mirror may have."
}));
const hubIdentityRefused = problem("HUB_IDENTITY_REFUSED", 3, (who, reason) => ({
	message: `This job's identity could not be exchanged for a token of the Hub: ${who} did not give one, ${reason}.`,
	fix: "Check that the trusted publisher on the Hub names this repository and workflow, and that HF_OIDC_RESOURCE is the user or repository it belongs to."
}));
const hubCacheDamaged = problem("HUB_CACHE_DAMAGED", 2, (path, hash) => ({
	message: `${path} in the cache is not what its name says (${hash}): it was damaged or exchanged. It was not used.`,
	fix: "Delete the file and run once without HF_HUB_OFFLINE, so that it is downloaded again."
}));
const hubContentDiffers = problem("HUB_CONTENT_DIFFERS", 3, (name, { algorithm, found, listed }) => ({
	message: `${name} in the cache has the ${algorithm} ${found}, not ${listed} as the Hub lists it, although it was taken for that. Nothing is said of it.`,
	fix: "Somebody wrote to the cache, or to ~/.cache/saegate/verified: delete that folder and run again; what differs is then downloaded anew."
}));
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
	message: `${spec}: "${name}" is a symbolic link to ${target}, outside the folder or git's own.`,
	fix: "Copy the file into the folder. Only links of the Hugging Face cache (snapshots to blobs) are followed."
}));
const fileExchanged = problem("FILE_EXCHANGED", 3, (path, what) => ({
	message: `${path} changed while it was measured: ${what}. Nothing is said of it.`,
	fix: "Run again while nothing else writes there; on a network share that gives its files new numbers, from a copy on a disk of this machine."
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
// src/sources/pinned-files.ts
/**
* A name that stays where it is: relative, forward slashes, no empty, `.` or `..` part, no drive letter or NUL.
* Names from an index file or a zip archive are checked by this too.
*/
function staysInside(name) {
	if (name === "" || name.startsWith("/") || /[\\\0]/.test(name) || /^[A-Za-z]:/.test(name)) return false;
	return name.split("/").every((part) => part !== "" && part !== "." && part !== "..");
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
		const response = new Response(answer.body === null ? null : streamed(answer.body.getReader()), {
			status: answer.status,
			statusText: answer.statusText,
			headers: [...answer.headers]
		});
		return Object.defineProperty(response, "url", { value: answer.url });
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
/** Where the Hub is, unless somebody says otherwise. */
const THE_HUB = "https://huggingface.co";
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
/** This machine itself. */
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
export { hubPathMissing as A, hubFileDamaged as C, hubIdentityRefused as D, hubIdentityMissing as E, hubRefused as M, hubUnauthorized as N, hubNotFound as O, hubUnreachable as P, hubContentDiffers as S, hubIdentityElsewhere as T, linkLeavesFolder as _, hubCacheFolder as a, hubBusy as b, isLoopback as c, fileExchanged as d, fileNotListed as f, jsonTooLarge as g, jsonNotAnObject as h, THE_HUB as i, hubPrefixMissing as j, hubOfflineMissing as k, environmentFetch as l, jsonMalformed as m, parseHubSpec as n, hubEndpoint as o, folderTooLarge as p, repositoryName as r, hubSettings as s, isHubSpec as t, staysInside as u, nameLeavesFolder as v, hubForbidden as w, hubCacheDamaged as x, hubAnswerUnusable as y };
