import { i as problem } from "./shared-problem.js";
// src/delivery/body-size.ts
/**
* @file Keeping a text under GitHub's limits without losing its verdict: folded details go first, the last ones before
* the first, then whole lines from the end. The head of the text, where the verdict stands, always stays. The report
* renders itself to size; this is the last resort.
*
* Limits: a comment, and a check run's summary, has at most 65,536 characters; a step's job summary at most 1 MiB, beyond
* which its upload fails.
*/
/** Characters. A margin for what the API may count in two. */
const COMMENT_LIMIT = 65400;
/** Bytes of UTF-8. */
const SUMMARY_LIMIT = 1e6;
const CUT = "\n\n*Shortened: the whole report is in the job’s artifact.*\n";
const characters = (text) => text.length;
const bytes = (text) => Buffer.byteLength(text, "utf8");
const shortenedTo = (text, limit) => shortened(text, limit, characters);
const fitComment = (text) => shortenedTo(text, COMMENT_LIMIT);
const fitSummary = (text) => shortened(text, SUMMARY_LIMIT, bytes);
function shortened(text, limit, size) {
	if (size(text) <= limit) return text;
	const room = limit - size(CUT);
	let shorter = text;
	for (let start = shorter.lastIndexOf("<details"); start >= 0 && size(shorter) > room;) {
		const end = shorter.indexOf("</details>", start);
		shorter = shorter.slice(0, start) + (end < 0 ? "" : shorter.slice(end + 10));
		start = shorter.lastIndexOf("<details");
	}
	return cutLines(shorter, room, size) + CUT;
}
/** As many whole lines as fit; where not even one does, as much of it as does. */
function cutLines(text, room, size) {
	if (size(text) <= room) return text;
	let [low, high] = [0, text.length];
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if (size(text.slice(0, middle)) <= room) low = middle;
		else high = middle - 1;
	}
	const lastLine = text.lastIndexOf("\n", low);
	const end = lastLine > low / 2 ? lastLine : low;
	return text.slice(0, /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end);
}
// src/errors/delivery.ts
/** @file Problems with telling people: pull-request comment, check run. None of them changes a verdict. */
const LIMIT = 300;
const short = (text) => text.length > LIMIT ? `${text.slice(0, LIMIT)}…` : text;
/** The permissions a workflow must grant, as YAML to paste. */
function permissionsYaml(checkRun) {
	return [...[
		"permissions:",
		"  contents: read",
		"  pull-requests: write"
	], ...checkRun ? ["  checks: write"] : []].join("\n");
}
const writeDenied = problem("DELIVERY_WRITE_DENIED", 3, (what, status, fork, checkRun) => ({
	message: fork ? `The ${what} was not written (GitHub answered ${status}): a pull request from a fork runs with a read-only token. The job summary and the verdict stand.` : `The ${what} was not written (GitHub answered ${status}): the token may not. The job summary and the verdict stand.`,
	fix: fork ? "Post it from a second workflow, as examples/workflows/fork-measure.yml and fork-comment.yml do." : `Add this to the workflow:\n${permissionsYaml(checkRun)}`
}));
const deliveryFailed = problem("DELIVERY_FAILED", 3, (what, reason) => ({
	message: `The ${what} was not written: ${short(reason)}. The job summary and the verdict stand.`,
	fix: "Run the job again if you need it; GitHub’s status page says whether its API is disturbed."
}));
const deliverySlow = problem("DELIVERY_SLOW", 3, (seconds) => ({
	message: `GitHub’s API took longer than ${seconds} s; the delivery was given up. The job summary and the verdict stand.`,
	fix: "Run the job again later if you need the comment."
}));
const commentsTooMany = problem("DELIVERY_COMMENTS_TOO_MANY", 3, (number, pages) => ({
	message: `Pull request #${number} has more than ${pages} pages of comments; saegate’s was not found among them, and no second one is made.`,
	fix: "Read the job summary, or open a fresh pull request."
}));
const pullRequestUnknown = problem("DELIVERY_PULL_REQUEST_UNKNOWN", 3, (head, sha, reason) => ({
	message: `No open pull request of this repository has ${head} at ${sha}: ${reason}. Nothing is commented.`,
	fix: "Nothing, when the pull request was closed or pushed to meanwhile: its newest run comments."
}));
/** From the first call of a delivery on; no further call is begun after it. */
const MAX_ELAPSED_MS = 3e5;
const SECONDARY_LIMIT_MS = 6e4;
const BACKOFF_MS = 1e3;
function patience(clock, note) {
	let waited = 0;
	let began = null;
	/** Errors an inner call has given up on: an outer one does not begin again. */
	const final = /* @__PURE__ */ new WeakSet();
	const worthWaiting = (error, attempt) => {
		if (typeof error === "object" && error !== null && final.has(error)) return null;
		const wait = attempt < 4 ? waitBeforeRetry(httpFailure(error), attempt, clock.now()) : null;
		return wait === null || waited + wait > 15e4 ? null : wait;
	};
	return { async with(call) {
		for (let attempt = 1;; attempt++) {
			began ??= clock.now();
			if (clock.now() - began > 3e5) throw deliverySlow(MAX_ELAPSED_MS / 1e3);
			try {
				return await call(attempt);
			} catch (error) {
				const wait = worthWaiting(error, attempt);
				if (wait === null) {
					if (typeof error === "object" && error !== null) final.add(error);
					throw error;
				}
				waited += wait;
				note(`GitHub: ${messageOf(error)}; trying again in ${Math.ceil(wait / 1e3)} s`);
				await clock.sleep(wait);
			}
		}
	} };
}
/** Milliseconds to wait before trying again; null: it will not pass by itself. */
function waitBeforeRetry(failure, attempt, now) {
	if (failure === null) return null;
	const doubling = 2 ** (attempt - 1);
	if (isRateLimit(failure)) {
		const after = Number(failure.headers["retry-after"]);
		if (after > 0) return after * 1e3;
		const reset = Number(failure.headers["x-ratelimit-reset"]);
		if (failure.headers["x-ratelimit-remaining"] === "0" && reset > 0) return Math.max(reset * 1e3 - now, BACKOFF_MS);
		return SECONDARY_LIMIT_MS * doubling;
	}
	return failure.status >= 500 ? BACKOFF_MS * doubling : null;
}
function isRateLimit({ status, headers, message }) {
	if (status === 429) return true;
	if (status !== 403) return false;
	return headers["retry-after"] !== void 0 || headers["x-ratelimit-remaining"] === "0" || /secondary rate limit|abuse detection/i.test(message);
}
/** 403 or 404 on a write, and not a rate limit: the token lacks the permission (GitHub hides with 404 what it denies). */
function isDenied(failure) {
	return failure !== null && !isRateLimit(failure) && (failure.status === 403 || failure.status === 404);
}
/** Status and headers of an Octokit error; null for anything else. Octokit reports a broken connection as 500. */
function httpFailure(error) {
	if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return null;
	const response = "response" in error ? error.response : null;
	const headers = isRecord(response) ? response.headers : null;
	const texts = Object.entries(isRecord(headers) ? headers : {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
	return {
		status: error.status,
		headers: Object.fromEntries(texts),
		message: error.message
	};
}
const isRecord = (value) => typeof value === "object" && value !== null;
/** One line. */
function messageOf(error) {
	return ((error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "").slice(0, 200);
}
export { commentsTooMany as a, writeDenied as c, fitSummary as d, shortenedTo as f, patience as i, COMMENT_LIMIT as l, isDenied as n, deliveryFailed as o, messageOf as r, pullRequestUnknown as s, httpFailure as t, fitComment as u };
