import { d as hubNotFound, h as hubRefused, n as hubAnswerUnusable, r as hubBusy, s as hubForbidden, v as hubUnauthorized, y as hubUnreachable } from "./shared-pinned-files.js";
import { t as SaegateError } from "./shared-problem.js";
import { a as isLoopback } from "./shared-hub-settings.js";
import { r as repositoryName } from "./shared-hub-spec.js";
/** The Hub asks for at most 5 minutes (its rate limits are counted in windows of 5 minutes). */
const LONGEST_WAIT_MS = 3e5;
/** No answer within this time counts as a broken connection. */
const ANSWER_TIMEOUT_MS = 6e4;
/** Milliseconds before attempt `next` (the second is 1). */
function backOff(next) {
	return 1e3 * 2 ** (next - 1);
}
/**
* A `fetch` that answers with a usable response or throws a SaegateError. `attempts`: 1 for what must not happen twice. Errors:
* HUB_*.
*/
function hubFetch(spec, settings, attempts = 5) {
	let freeAt = 0;
	const wait = async (milliseconds, why) => {
		settings.onWait?.({
			seconds: Math.ceil(milliseconds / 1e3),
			why
		});
		await settings.wait(milliseconds);
	};
	return async (input, init) => {
		const url = new URL(input instanceof Request ? input.url : input);
		const headers = new Headers(init?.headers);
		const isHub = url.origin === new URL(settings.endpoint).origin;
		if (settings.token !== null && isHub) headers.set("Authorization", `Bearer ${settings.token}`);
		for (let attempt = 1;; attempt++) {
			if (isHub && freeAt > Date.now()) await wait(Math.min(freeAt - Date.now(), LONGEST_WAIT_MS), "the Hub limits requests");
			freeAt = 0;
			const response = await ask(settings, url, {
				...init,
				headers
			}, attempt === attempts);
			requireEncrypted(spec, settings, response?.url || url.href);
			if (response?.ok) {
				const limit = isHub ? rateLimit(response) : null;
				if (limit?.left === 0) freeAt = Date.now() + limit.milliseconds;
				return response;
			}
			if (response !== null && !isPassing(response.status)) throw refusal(spec, settings, response);
			if (response !== null && attempt === attempts) throw hubBusy(repositoryName(spec), response.status, attempts);
			await response?.body?.cancel();
			const limit = response?.status === 429 ? rateLimit(response) : null;
			const asked = retryAfter(response) ?? limit?.milliseconds ?? backOff(attempt);
			await wait(asked, reasonToWait(response));
		}
	};
}
/** What is asked over https leads nowhere else: over http anybody on the way could answer. This machine itself may. */
function requireEncrypted(spec, { endpoint }, answered) {
	const { protocol, hostname } = new URL(answered);
	if (new URL(endpoint).protocol === "https:" && protocol !== "https:" && !isLoopback(hostname)) throw hubAnswerUnusable(repositoryName(spec), `it leads to ${hostname} without encryption (${protocol})`);
}
/** The response, or null when the connection failed and another attempt is left. */
async function ask(settings, url, init, isLast) {
	const aborter = new AbortController();
	const timer = setTimeout(() => aborter.abort(/* @__PURE__ */ new Error("no answer in time")), ANSWER_TIMEOUT_MS);
	try {
		return await settings.fetch(url, {
			...init,
			signal: AbortSignal.any([aborter.signal, ...init.signal ? [init.signal] : []])
		});
	} catch (error) {
		if (isLast) throw unreachable(url, error);
		return null;
	} finally {
		clearTimeout(timer);
	}
}
/** Say why a connection failed; fetch hides the reason in `cause`. */
function unreachable(url, error) {
	if (error instanceof SaegateError) return error;
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	const code = cause instanceof Error && "code" in cause ? String(cause.code) : null;
	return hubUnreachable(url.host, code ?? (cause instanceof Error ? cause.message : String(cause)));
}
function isPassing(status) {
	return status === 408 || status === 429 || status >= 500;
}
function refusal(spec, { endpoint, token }, response) {
	const repository = repositoryName(spec);
	const isGated = response.headers.get("X-Error-Code") === "GatedRepo";
	if (response.status === 403 || isGated) return hubForbidden(repository, `${endpoint}/${repository}`, token !== null);
	if (response.status === 401) return hubUnauthorized(repository, token !== null);
	if (response.status !== 404) return hubRefused(repository, response.status);
	switch (response.headers.get("X-Error-Code")) {
		case "RevisionNotFound": return hubNotFound(repository, `revision: "${spec.revision}"`);
		case "EntryNotFound": return hubNotFound(repository, `file or folder: "${spec.path}"`);
		default: return hubNotFound(repository, `repository, or no revision "${spec.revision}"`);
	}
}
function reasonToWait(response) {
	if (response === null) return "the Hub did not answer";
	return response.status === 429 ? "the Hub limits requests" : `the Hub answered ${response.status}`;
}
/** Requests left in the window, and milliseconds until the next; null: not said. */
function rateLimit(response) {
	const header = response.headers.get("RateLimit") ?? "";
	const left = /;\s*r=(\d{1,9})(?:;|,|\s|$)/.exec(header)?.[1];
	const seconds = /;\s*t=(\d{1,9})(?:;|,|\s|$)/.exec(header)?.[1];
	if (left === void 0 || seconds === void 0) return null;
	return {
		left: Number(left),
		milliseconds: Math.min(1e3 * Number(seconds), LONGEST_WAIT_MS)
	};
}
/** Retry-After as milliseconds: seconds or a date; null when absent. */
function retryAfter(response) {
	const header = response?.headers.get("Retry-After");
	if (!header) return null;
	const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1e3;
	return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds * 1e3), LONGEST_WAIT_MS) : null;
}
export { hubFetch as n, unreachable as r, backOff as t };
