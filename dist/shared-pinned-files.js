import { i as problem } from "./shared-problem.js";
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
// src/sources/pinned-files.ts
/**
* A name that stays where it is: relative, forward slashes, no empty, `.` or `..` part, no drive letter or NUL.
* Names from an index file or a zip archive are checked by this too.
*/
function staysInside(name) {
	if (name === "" || name.startsWith("/") || /[\\\0]/.test(name) || /^[A-Za-z]:/.test(name)) return false;
	return name.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
export { hubSpecMalformed as _, hubContentDiffers as a, hubIdentityElsewhere as c, hubNotFound as d, hubOfflineMissing as f, hubSettingInvalid as g, hubRefused as h, hubCacheDamaged as i, hubIdentityMissing as l, hubPrefixMissing as m, hubAnswerUnusable as n, hubFileDamaged as o, hubPathMissing as p, hubBusy as r, hubForbidden as s, staysInside as t, hubIdentityRefused as u, hubUnauthorized as v, hubUnreachable as y };
