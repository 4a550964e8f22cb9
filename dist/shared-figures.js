import { c as identityAt } from "./shared-file.js";
import { F as number, I as percent, W as signedPercent } from "./shared-shown.js";
import { t as digestedFiles } from "./shared-file-digests.js";
import { createHash } from "node:crypto";
// src/registry/content.ts
/**
* @file What a set of files is known by: cheaply, whether it may have changed (a commit, or sizes and times), and dearly, what it
* holds. The second is asked for only where the first is new.
*/
/**
* What people read and no audit does: a card that tells a verdict, ours among them, makes no new candidate. Everything else counts,
* the chat template too.
*/
const FOR_PEOPLE = /(^|\/)(\.git[a-z]*|license|notice|readme)[^/]*$|\.(md|png|jpe?g|gif|svg|webp|pdf|mp4)$/i;
/** Hex digest of some words, each told from the next. */
const digestOfWords = (...words) => createHash("sha256").update(JSON.stringify(words)).digest("hex");
/** Changes whenever the content may have: the commit, else the identity of each file on this machine. */
async function revisionOf(files) {
	if (files.revision !== null) return files.revision;
	const words = [];
	for (const name of files.names) {
		const path = files.localPath(name);
		const identity = path === null ? null : await identityAt(path);
		words.push(name, identity === null ? "absent" : Object.values(identity).join(" "));
	}
	return digestOfWords(...words);
}
/** Digest of the names and contents of all files that an audit may read. Errors: those of reading. */
async function contentOf(files) {
	const digested = digestedFiles(files);
	const words = [];
	for (const name of files.names.filter((one) => !FOR_PEOPLE.test(one))) {
		const listed = files.listedHash?.(name) ?? null;
		words.push(name, listed === null ? `sha256:${await digested.sha256(name)}` : `${listed.algorithm}:${listed.hex}`);
	}
	return digestOfWords(...words);
}
// src/registry/outcome.ts
/** In how many runs, one after the other, an audit with the same inputs is tried at most; null: in every one. */
const TRIES = {
	gated: null,
	network: null,
	disk: null,
	"missing file": 1,
	unsupported: 1,
	"out of memory": 2,
	"time-out": 2,
	interrupted: 3,
	failed: 3
};
/** Whether the next run tries an audit again that has now failed `tries` times in a row. */
function isWorthRetrying(errorClass, tries) {
	const most = TRIES[errorClass];
	return most === null || tries < most;
}
/** For people: when it is tried again. */
function retryWords(errorClass, tries) {
	if (isWorthRetrying(errorClass, tries)) return "the next run tries again";
	return "not tried again until its files, the rule or the tool change, or `saegate registry retry`";
}
const CLASSES = {
	HUB_FORBIDDEN: "gated",
	HUB_UNAUTHORIZED: "gated",
	REGISTRY_REFUSED: "gated",
	OCI_REFUSED: "gated",
	OCI_CREDENTIALS: "gated",
	HUB_NOT_FOUND: "missing file",
	OCI_ABSENT: "missing file",
	HUB_PATH_MISSING: "missing file",
	REGISTRY_ABSENT: "missing file",
	FILE_MISSING: "missing file",
	FILE_NOT_LISTED: "missing file",
	SHARD_MISSING: "missing file",
	PART_MISSING: "missing file",
	NO_CONFIG: "missing file",
	NO_WEIGHTS: "missing file",
	WEIGHT_MISSING: "missing file",
	TENSOR_MISSING: "missing file",
	ONNX_DATA_MISSING: "missing file",
	PACKED_PART_MISSING: "missing file",
	MODEL_TOO_LARGE: "out of memory",
	READ_TOO_LARGE: "out of memory",
	SYSTEM_LIMIT: "out of memory",
	ENGINE_DIED: "out of memory",
	REGISTRY_TIME_OUT: "time-out",
	HUB_BUSY: "network",
	HUB_REFUSED: "network",
	HUB_UNREACHABLE: "network",
	HUB_FILE_DAMAGED: "network",
	HUB_ANSWER_UNUSABLE: "network",
	HUB_IDENTITY_REFUSED: "network",
	OCI_UNREACHABLE: "network",
	OCI_ANSWER: "network",
	OCI_DAMAGED: "network",
	REGISTRY_UNREACHABLE: "network",
	REGISTRY_ANSWER: "network",
	REGISTRY_DAMAGED: "network",
	DISK_FULL: "disk",
	DISK_TOO_SMALL: "disk",
	SPILL_FAILED: "disk",
	WRITE_REFUSED: "disk",
	WRITE_FAILED: "disk",
	REGISTRY_TOO_LARGE: "disk"
};
/** Exit status 2 is bad input, which stays so. */
function classOf({ code, exitStatus }) {
	return CLASSES[code] ?? (exitStatus === 2 ? "unsupported" : "failed");
}
/** Characters of a message that are kept. */
const MOST_WORDS = 2e3;
function errorOutcome(error) {
	return {
		kind: "error",
		class: classOf(error),
		code: error.code,
		message: error.message.slice(0, MOST_WORDS),
		fix: error.fix.slice(0, MOST_WORDS)
	};
}
const INTERRUPTED = {
	kind: "error",
	class: "interrupted",
	code: "INTERRUPTED",
	message: "The run that audited it ended before it was done.",
	fix: "If it happens again, look for a process that was killed for its memory."
};
// src/registry/words/figures.ts
/** @file Verdicts and figures of a history in a few words. Pure. */
const mark = (outcome) => {
	if (outcome === null) return " ";
	if (outcome.kind === "error") return "!";
	if (outcome.verdict === null) return "·";
	return {
		pass: "✓",
		fail: "✗",
		inconclusive: "?"
	}[outcome.verdict];
};
const outcomeWord = (outcome) => {
	if (outcome === null) return "not yet audited";
	return outcome.kind === "error" ? outcome.class : outcome.verdict ?? "measured";
};
/** survived 98.1 %, perplexity +0.4 %, KL 0.0032 */
function figureWords({ survived, perplexityDelta, klMean }) {
	const parts = [
		survived === null ? null : `survived ${percent(survived)}`,
		perplexityDelta === null ? null : `perplexity ${signedPercent(perplexityDelta)}`,
		klMean === null ? null : `KL ${number(klMean, 2)}`
	].filter((part) => part !== null);
	return parts.length === 0 ? "–" : parts.join(", ");
}
export { errorOutcome as a, contentOf as c, INTERRUPTED as i, digestOfWords as l, mark as n, isWorthRetrying as o, outcomeWord as r, retryWords as s, figureWords as t, revisionOf as u };
