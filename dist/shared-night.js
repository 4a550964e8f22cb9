import { C as registryTimeOut, D as registryVariableMissing, E as registryUnreachable, T as registryTooLarge, a as registryCardUnreadable, b as registrySourceUnknown, c as registryEventRefused, d as registryIssuesTooMany, l as registryIssueDenied, n as registryAnswer, o as registryDamaged, r as registryArtifact, u as registryIssueFailed } from "./shared-registry.js";
import { a as loadReportOnce, i as loadReport, l as readSmallText, n as VERSION } from "./shared-version.js";
import { a as checkRange, n as openProblem, u as fileMissing } from "./shared-file.js";
import { t as SaegateError } from "./shared-problem.js";
import { D as prose, M as policyHash, N as readCriteria, V as resolveRequest, a as writeReport, j as judgeBy, w as code } from "./shared-run-audit.js";
import { t as measureAndKeep } from "./shared-measured.js";
import { A as itemId, C as inOrder, D as triesOf, E as publishedKey, O as auditFile, S as durationWords, T as historyOf, b as shardOf, g as withState, k as patternsOf, m as peekState, o as progressTo, r as readRegistry, s as nightMarkdown, w as sortByRules, y as shardName } from "./shared-state-folder.js";
import { t as makeFolder } from "./shared-make-folder.js";
import { n as reportsIn, t as auditReport } from "./shared-audit-report.js";
import { l as writeProblem, t as beginFile } from "./shared-atomic.js";
import { t as removeDeadTemporaries } from "./shared-leftovers.js";
import { n as parseHubSpec, t as isHubSpec } from "./shared-hub-spec.js";
import { i as isOciSpec, n as checkedHost, o as ociFolderName, r as checkedRepository, s as parseOciSpec, u as ociAnswer } from "./shared-oci-spec.js";
import { a as errorOutcome, c as contentOf, i as INTERRUPTED, l as digestOfWords, o as isWorthRetrying, s as retryWords, u as revisionOf } from "./shared-figures.js";
import { C as corpusRepositories, S as corpusParts, T as namedPart, w as datasetPart, y as matchesAny } from "./shared-readout-scope.js";
import { n as globbed, r as isGlob, t as globFolder } from "./shared-globs.js";
import { n as problemOf$1 } from "./shared-last-handler.js";
import { a as descriptorOf, c as textOf$2, f as requireEncrypted, i as OCI_MANIFEST, l as jsonOf, n as MOST_MANIFEST_BYTES, o as fieldsOf$2, r as OCI_INDEX, t as ociRegistry, u as patientFetch } from "./shared-registry2.js";
import { n as fileNotListed, r as folderTooLarge } from "./shared-sources.js";
import { t as openLocal } from "./shared-local-folder.js";
import { t as openFiles } from "./shared-open-files.js";
import { h as hubRefused, p as hubPathMissing, r as hubBusy, t as staysInside, y as hubUnreachable } from "./shared-pinned-files.js";
import { F as number, I as percent, W as signedPercent, j as count } from "./shared-shown.js";
import { t as backOff } from "./shared-hub-fetch.js";
import { i as patience, n as isDenied, r as messageOf, t as httpFailure, u as fitComment } from "./shared-patience.js";
import { t as require_dist } from "./shared-dist.js";
import { l as readYaml } from "./shared-recomputed.js";
import { i as hubSettings } from "./shared-hub-settings.js";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { appendFile, readFile, readdir, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
// src/registry/night/audit-port.ts
/** @file One audit of a night, as the program has them: measured in an engine process, judged, written to its folder. */
function engineAudits({ toolVersion, environment, onProgress }) {
	return {
		async audit({ request, criteria, folder, signal }) {
			const options = {
				onProgress,
				signal,
				toolVersion,
				environment
			};
			const asked = {
				...request,
				out: folder
			};
			const { kept } = await measureAndKeep(asked, criteria, options, async (judged) => {
				const { json } = await writeReport(judged.measurement, folder, signal);
				return await outcomeOf(json, judged);
			});
			return kept;
		},
		async earlier({ criteria, folder }) {
			const json = join(folder, "report.json");
			try {
				return await outcomeOf(json, judgeBy(await loadReport(json), criteria));
			} catch (error) {
				if (error instanceof SaegateError && (error.code === fileMissing.code || error.exitStatus === 2)) return null;
				throw error;
			}
		},
		async judgeAgain({ criteria, folder, signal }, { from, sha256 }) {
			const stored = await storedReport(join(from, "report.json"), sha256);
			if (stored === null) return { why: "its report is not kept any more" };
			const judged = judgeBy(stored, criteria);
			const unseen = unseenRule(judged.measurement.report, criteria);
			if (unseen !== null) return { why: `its report does not hold what rule ${unseen} asks for` };
			const { json } = await writeReport(judged.measurement, folder, signal);
			return await outcomeOf(json, judged);
		}
	};
}
/** Null: it is gone, or not as it was written. */
async function storedReport(path, sha256) {
	try {
		const stored = await loadReportOnce(path);
		return stored.sha256 === sha256 ? stored.measurement : null;
	} catch (error) {
		if (error instanceof SaegateError) return null;
		throw error;
	}
}
/** The first rule that nothing was seen for; without a baseline no audit would show those that ask for a change. */
function unseenRule({ candidates }, { baseline }) {
	const isOfChange = (operator) => operator === "maxDrop" || operator === "maxRise";
	return candidates.flatMap(({ rules }) => rules).find(({ observed, operator }) => observed === null && !(baseline === null && isOfChange(operator)))?.id ?? null;
}
async function outcomeOf(json, { measurement, blocks }) {
	const { report } = measurement;
	const digest = createHash("sha256").update(await readFile(json)).digest("hex");
	return {
		kind: "verdict",
		verdict: report.verdict,
		blocks,
		figures: figuresOf(report),
		report: digest
	};
}
/** Of the one candidate. */
function figuresOf({ candidates }) {
	const [candidate] = candidates;
	const worst = [...candidate?.features ?? []].sort((a, b) => fraction(a.survived) - fraction(b.survived))[0];
	return {
		survived: worst?.survived.fraction ?? null,
		damaged: worst?.damaged.fraction ?? null,
		perplexityDelta: candidate?.perplexity?.chunked?.deltaPercent ?? null,
		klMean: candidate?.divergence?.klMean ?? null,
		bytes: candidate?.size?.bytes ?? null
	};
}
const fraction = ({ fraction: value }) => value ?? 2;
// src/registry/night/event.ts
/** @file Which candidates an event speaks of, so that a run looks at these alone. */
/** `Name: value`, as HTTP has them; the text is the body alone. Errors: REGISTRY_EVENT_REFUSED. */
function eventWith(headers, body) {
	const named = headers.map((header) => {
		const [, name = "", value = ""] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/s.exec(header) ?? [];
		if (name === "") throw registryEventRefused("a header is not written \"Name: value\"");
		return [name.toLowerCase(), value];
	});
	return {
		headers: Object.fromEntries(named),
		body
	};
}
const MOST_NAMES = 1e3;
/**
* The payload of `repository_dispatch` that GitHub's runner wrote for a job: `client_payload.candidate` or `.candidates`,
* `SOURCE:NAME` each. It is signed by nobody, so it is taken from the runner's own file alone. Errors: REGISTRY_EVENT_REFUSED.
*/
function dispatchedItems(text) {
	const { client_payload: payload } = fieldsOf$1(text);
	const { candidate, candidates = candidate } = typeof payload === "object" && payload !== null ? Object.fromEntries(Object.entries(payload)) : {};
	const items = Array.isArray(candidates) ? candidates : [candidates];
	const names = items.filter((one) => typeof one === "string");
	if (names.length === 0 || names.length !== items.length || names.length > MOST_NAMES) throw registryEventRefused("its client_payload names no \"candidate\" or \"candidates\", SOURCE:NAME each");
	return names;
}
function fieldsOf$1(text) {
	try {
		const read = JSON.parse(text);
		return typeof read === "object" && read !== null ? Object.fromEntries(Object.entries(read)) : {};
	} catch {
		throw registryEventRefused("its file is not JSON");
	}
}
/** A file of an event: `{"headers": {…}, "body": "…"}`, both as they came. Errors: REGISTRY_EVENT_REFUSED. */
function parseEvent(text) {
	const { headers, body } = fieldsOf$1(text);
	if (typeof body !== "string" || typeof headers !== "object" || headers === null) throw registryEventRefused("its file has no \"headers\" and \"body\"");
	const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
	return {
		headers: Object.fromEntries(lower),
		body
	};
}
/** By their ids; none: it is about something else, such as a verdict of ours. Errors: REGISTRY_EVENT_REFUSED. */
function itemsOf$1(told, sources) {
	if (told.kind === "dispatch") return new Set(told.items);
	const { event } = told;
	const known = sources.map((source) => ({
		source,
		names: source.read?.(event) ?? null
	})).filter(({ names }) => names !== null);
	if (known.length === 0) throw registryEventRefused("no source of registry.yaml is told by such events");
	return new Set(known.flatMap(({ source, names }) => (names ?? []).map((name) => itemId({
		source: source.name,
		name
	}))));
}
// src/registry/verdict.ts
/** @file A verdict as others are told it: small, without a path or a name of this machine. */
/** Null: there is no verdict to tell. */
function publishedVerdict(item, finished) {
	const { outcome, inputs, revision } = finished;
	if (outcome.kind !== "verdict") return null;
	const { source, name } = item;
	return {
		schema: "saegate/verdict@1",
		candidate: {
			source,
			name,
			revision,
			sha256: inputs.candidate
		},
		verdict: outcome.verdict,
		blocks: outcome.blocks,
		figures: outcome.figures,
		inputs,
		report: outcome.report
	};
}
/** The same for the same candidate, inputs and verdict, on whichever machine and in whichever night. */
function idempotencyKey(item, key, outcome) {
	const text = JSON.stringify([
		item.source,
		item.name,
		key,
		outcome.verdict
	]);
	return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
// src/registry/publish/publish.ts
/** @file The verdicts that nobody was told yet, told: each once, whatever ends the run between. */
/** The last verdict of each candidate to each target that has a place for it. A target that fails stops nothing. */
async function publishVerdicts(items, { state, history, targets, note }) {
	const published = [];
	for (const item of items) {
		const id = itemId(item);
		const last = history.items.get(id)?.last?.what;
		if (last?.outcome.kind !== "verdict") continue;
		const verdict = publishedVerdict(item, last);
		const isCurrent = history.contents.get(`${id}@${item.revision}`) === last.inputs.candidate;
		if (verdict === null || !isCurrent) continue;
		const report = () => auditReport(state, last);
		const idempotency = idempotencyKey(item, last.key, last.outcome);
		for (const target of targets) {
			if (!target.takes(item) || history.published.has(publishedKey(target.name, idempotency))) continue;
			const tell = (what) => void published.push({
				item: id,
				target: target.name,
				what
			});
			if (note === null) {
				tell(`would tell ${last.outcome.verdict ?? "what was measured"}`);
				continue;
			}
			try {
				const address = await target.publish(item, verdict, idempotency, report);
				history.add(await note({
					type: "published",
					item: id,
					target: target.name,
					idempotency,
					address
				}));
				tell(address ?? "told");
			} catch (error) {
				if (!(error instanceof SaegateError)) throw error;
				tell(`failed: ${error.message}`);
			}
		}
	}
	return published;
}
// src/registry/night/downloads.ts
/**
* @file What a night downloads, in a folder of its own with a size: what was used least recently goes first, what is still needed
* never. The folder is not the one that other programs share: nothing of theirs is ever deleted.
*/
/** The folder of a candidate that has to be downloaded before it can be audited. */
const downloadName = (item) => `${item.source}--${digestOfWords(itemId(item), item.revision).slice(0, 32)}`;
/** The folder of a spec below the downloads, as the Hub's libraries name it; null: it is not downloaded. */
function downloadNameOf(spec) {
	if (isOciSpec(spec)) return ociFolderName(parseOciSpec(spec));
	if (!isHubSpec(spec)) return null;
	const { type, name } = parseHubSpec(spec);
	return `${type}s--${name.replaceAll("/", "--")}`;
}
const PIECE_BYTES = 2 ** 24;
/** Every file of a candidate into `folder`; what is there already is whole. Errors: REGISTRY_DAMAGED, those of reading and writing. */
async function download(files, folder, signal) {
	for (const name of files.names) {
		const path = join(folder, name);
		await makeFolder(dirname(path)).catch((error) => {
			throw writeProblem(path, error);
		});
		await removeDeadTemporaries(dirname(path));
		if (!await stat(path).then((found) => found.isFile(), () => false)) await downloadFile(files, name, path, signal);
	}
}
async function downloadFile(files, name, path, signal) {
	const source = await files.open(name);
	const file = await beginFile(path);
	const hash = createHash("sha256");
	try {
		for (let start = 0; start < source.byteLength; start += PIECE_BYTES) {
			signal.throwIfAborted();
			const piece = await source.read(start, Math.min(start + PIECE_BYTES, source.byteLength));
			hash.update(piece);
			await file.write(piece);
		}
		const listed = files.listedHash?.(name) ?? null;
		const found = hash.digest("hex");
		if (listed?.algorithm === "sha256" && listed.hex !== found) throw registryDamaged(source.name, found, listed.hex);
		await file.commit();
	} finally {
		await file.discard();
		await source.close();
	}
}
/** Bytes of all weights and configurations, as far as the place lists them. */
const listedBytes = (files) => files.names.reduce((sum, name) => sum + (files.listedBytes?.(name) ?? 0), 0);
/**
* Delete until `needed` more bytes fit, or nothing is left that may go. `order`: names of downloads, those used last at the end;
* what it does not name is older than all. `kept`: names that are in use or will be. Gives what was deleted.
*/
async function makeRoom({ folder, limit }, needed, order, kept) {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	const rank = new Map(order.map((name, i) => [name, i]));
	const sizes = /* @__PURE__ */ new Map();
	for (const { name } of entries) sizes.set(name, await bytesBelow(join(folder, name)));
	const oldest = [...sizes.keys()].sort((a, b) => (rank.get(a) ?? -1) - (rank.get(b) ?? -1) || (a < b ? -1 : 1));
	let total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
	const gone = [];
	for (const name of oldest) {
		if (total + needed <= limit) break;
		if (kept.has(name)) continue;
		await rm(join(folder, name), {
			recursive: true,
			force: true
		});
		total -= sizes.get(name) ?? 0;
		gone.push(name);
	}
	return gone;
}
/** Links, by which the cache names its blobs, have no size of their own. */
async function bytesBelow(path) {
	const entries = await readdir(path, {
		withFileTypes: true,
		recursive: true
	}).catch(() => []);
	let sum = 0;
	for (const entry of entries) if (entry.isFile()) sum += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
	return sum;
}
// src/registry/night/inputs.ts
/**
* @file What an audit of a candidate would be made from, as digests: it is due when one of them is another than the last time. What
* many candidates share (reference, SAEs, text, policy) is looked at once a night; what a revision holds is remembered over nights.
*/
function inputLookup(doors) {
	const { file, tool } = doors;
	const { ofSpec, ofCandidate, ofText } = placeDigests(doors);
	const criteria = /* @__PURE__ */ new Map();
	const criteriaOf = (request) => {
		const key = JSON.stringify([request.policy, request.baseline]);
		const read = criteria.get(key) ?? readCriteria(request);
		criteria.set(key, read);
		return read;
	};
	const requests = /* @__PURE__ */ new Map();
	/** Of all candidates of one rule and base, which differ in nothing but themselves. */
	const requestOf = (rule, base, spec) => {
		const key = JSON.stringify([rule, base]);
		const known = requests.get(key);
		if (known !== void 0) return known;
		const request = resolveRequest({
			origin: "flag",
			values: {}
		}, auditFile(file, rule, {
			spec,
			base
		}));
		requests.set(key, request);
		return request;
	};
	return async (item, rule, { spec, out }) => {
		const request = {
			...requestOf(rule, item.base, spec),
			candidates: [spec],
			out
		};
		const judged = await criteriaOf(request);
		const texts = [request.corpus.source, request.calibration?.source ?? null].filter((one) => one !== null);
		return {
			request,
			criteria: judged,
			inputs: {
				candidate: await ofCandidate(item),
				reference: await ofSpec(request.reference),
				sae: digestOfWords(...await Promise.all(request.saes.map(({ source }) => ofSpec(wholePlace(source))))),
				corpus: digestOfWords(...await Promise.all(texts.map(ofText)), request.tokenizer === null ? "" : await ofSpec(request.tokenizer), JSON.stringify({
					...request.corpus,
					source: ""
				})),
				policy: digestOfWords(judged.policy === null ? "" : policyHash(judged.policy), judged.baseline?.sha256 ?? ""),
				options: optionsDigest(request),
				tool
			}
		};
	};
}
/** Digests of places, each looked at once a night. */
function placeDigests(doors) {
	const memo = /* @__PURE__ */ new Map();
	const once = (of, find) => {
		const found = memo.get(of) ?? find();
		memo.set(of, found);
		return found;
	};
	const remembered = async (of, files) => {
		const place = `${of}@${await revisionOf(files)}`;
		const digest = doors.known(place) ?? await contentOf(files);
		if (doors.known(place) === void 0) doors.learn(place, digest);
		return digest;
	};
	const ofSpec = (spec) => once(spec, () => using(doors.openSpec(spec), (files) => remembered(spec, files)));
	const ofCandidate = async (item) => {
		const place = `${itemId(item)}@${item.revision}`;
		const known = doors.known(place);
		if (known !== void 0) return known;
		const digest = await using(doors.openItem(item), contentOf);
		doors.learn(place, digest);
		return digest;
	};
	const ofText = async (source) => {
		const parts = corpusParts(source.replace(/^tokens:/, ""));
		return digestOfWords(...await Promise.all(parts.map((part) => ofPart(part))));
	};
	const ofPart = async (part) => {
		if (namedPart(part) !== null) return part;
		const dataset = datasetPart(part);
		if (dataset !== null) return once(part, () => using(doors.openSpec(dataset.repository), async ({ revision }) => `${part}@${revision}`));
		return ofSpec(isGlob(part) ? globFolder(part) || "." : part);
	};
	return {
		ofSpec,
		ofCandidate,
		ofText
	};
}
/** A pattern stands for what lies below the folder before its first wildcard. */
const wholePlace = (spec) => isGlob(spec) ? globFolder(spec) || "." : spec;
/** Everything else that is asked for and may show in the figures; not where it is computed, and how much of the machine it takes. */
function optionsDigest(request) {
	const { reference: _r, candidates: _c, corpus: _t, policy: _p, baseline: _b, tokenizer: _k, ...rest } = request;
	const { out: _o, config: _f, threads: _n, memoryBytes: _m, weights: _w, calibration, saes, captures, ...figures } = rest;
	const places = saes.map(({ hook, center }) => ({
		hook,
		center
	}));
	const own = {
		calibration: calibration?.tokens ?? null,
		saes: places,
		isHalf: captures?.rows === "half"
	};
	return digestOfWords(JSON.stringify({
		...figures,
		...own
	}));
}
async function using(opening, look) {
	const files = await opening;
	try {
		return await look(files);
	} finally {
		await files.close();
	}
}
/** One digest of all: names the report. */
const inputsKey = (inputs) => {
	const { candidate, reference, sae, corpus, policy, options, tool } = inputs;
	return digestOfWords(candidate, reference, sae, corpus, policy, options, tool).slice(0, 32);
};
// src/registry/night/listing.ts
/** @file What the sources have now, beside what is known of them: only changes are written down. */
/** Lines of the journal stay readable. */
const ITEMS_OF_A_LINE = 100;
/** Ask every source; one that fails stops none of the others. */
async function listSources(sources, history) {
	const entries = [];
	const sourceErrors = [];
	const passedOver = [];
	for (const source of sources) {
		const { name, definition } = source;
		const before = history.cursors.get(name);
		const cursor = before?.definition === definition ? before.cursor : null;
		try {
			const listing = await source.list(cursor);
			const changed = listing.items.filter((item) => isChanged(item, history));
			for (let i = 0; i < changed.length; i += ITEMS_OF_A_LINE) entries.push({
				type: "listed",
				items: changed.slice(i, i + ITEMS_OF_A_LINE)
			});
			const gone = listing.isWhole ? goneFrom(name, listing.items, history) : [];
			if (gone.length > 0) entries.push({
				type: "gone",
				items: gone
			});
			if (listing.cursor !== null && listing.cursor !== cursor) entries.push({
				type: "cursor",
				source: name,
				definition,
				cursor: listing.cursor
			});
			passedOver.push(...listing.passedOver.map((one) => itemId({
				source: name,
				name: one
			})));
		} catch (error) {
			if (!(error instanceof SaegateError)) throw error;
			sourceErrors.push({
				source: name,
				code: error.code,
				message: error.message
			});
		}
	}
	return {
		entries,
		sourceErrors,
		passedOver
	};
}
function isChanged(item, history) {
	const known = history.items.get(itemId(item));
	return known === void 0 || !known.isListed || JSON.stringify(known.item) !== JSON.stringify(item);
}
function goneFrom(source, items, history) {
	const here = new Set(items.map(itemId));
	return [...history.items].filter(([id, { item, isListed }]) => isListed && item.source === source && !here.has(id)).map(([id]) => id);
}
// src/registry/night/perform.ts
/** @file The audits of a night, one after the other or a few at once: each ends in an outcome that is written down at once. */
/** Errors: those of writing the history, which end the night; no failing audit does. */
async function perform(jobs, limits, doors) {
	const began = doors.clock();
	const waiting = [...jobs];
	const done = [];
	const deferred = [];
	const stop = new AbortController();
	const timeLeft = () => limits.most === null ? 1e400 : limits.most - (doors.clock() - began);
	const worker = async () => {
		for (let job = waiting.shift(); job !== void 0; job = waiting.shift()) {
			const ended = limits.signal.aborted || stop.signal.aborted || timeLeft() <= 0 ? null : await one(job, {
				...limits,
				stop: stop.signal,
				timeLeft: timeLeft()
			}, doors);
			if (ended === null) deferred.push(job);
			else done.push(ended);
		}
	};
	const workers = Array.from({ length: Math.max(1, limits.atOnce) }, async () => {
		try {
			await worker();
		} catch (error) {
			stop.abort();
			throw error;
		}
	});
	const ends = await Promise.allSettled(workers);
	for (const end of ends) if (end.status === "rejected") throw end.reason;
	return {
		done,
		deferred
	};
}
/** Null: it was given up without an outcome. */
async function one(job, limits, doors) {
	const began = doors.clock();
	const { asked } = job;
	let why = job.why;
	const finish = async (outcome, how) => {
		const tries = triesOf(doors.history.items.get(job.id) ?? job.known, job.key) + 1;
		const seconds = Math.round((doors.clock() - began) / 100) / 10;
		const folder = outcome.kind === "verdict" ? job.folder : null;
		const { id: item, key, inputs } = job;
		const { revision } = job.ruled.item;
		const isNews = !isAsBefore(job, outcome);
		const entry = {
			type: "finished",
			item,
			revision,
			key,
			folder,
			inputs,
			run: doors.run,
			tries,
			seconds,
			outcome,
			...how === "judged again" ? { isJudgedAgain: true } : {}
		};
		if (isNews) doors.history.add(await doors.note(entry));
		const retry = outcome.kind === "error" ? retryWords(outcome.class, tries) : null;
		doors.tell(`${item}: ${outcomeWords(outcome)}`);
		return {
			item,
			why,
			outcome,
			folder,
			seconds,
			how,
			retry
		};
	};
	if (asked === null) return finish(errorOutcome(job.problem ?? problemOf$1(null)), "measured");
	const folder = asked.request.out;
	const earlier = await doors.port.earlier({
		criteria: asked.criteria,
		folder
	});
	if (earlier !== null) return finish(earlier, "measured earlier");
	if (job.judgedBefore !== null) {
		const { criteria } = asked;
		const again = await doors.port.judgeAgain({
			criteria,
			folder,
			signal: limits.signal
		}, job.judgedBefore);
		if ("kind" in again) return finish(again, "judged again");
		why = `${why}, and ${again.why}`;
	}
	if (job.known.open?.key === job.key) {
		const ended = await finish(INTERRUPTED, "measured");
		const tries = triesOf(doors.history.items.get(job.id) ?? job.known, job.key);
		if (!isWorthRetrying("interrupted", tries)) return ended;
	}
	doors.history.add(await doors.note({
		type: "started",
		item: job.id,
		key: job.key,
		run: doors.run
	}));
	doors.tell(`${job.id}: ${why}`);
	const outcome = await attempt(job, asked, limits, doors);
	if (outcome !== null) return finish(outcome, "measured");
	doors.history.add(await doors.note({
		type: "deferred",
		item: job.id,
		key: job.key,
		run: doors.run
	}));
	return null;
}
/** Null: it was ended because the night is over. */
async function attempt(job, { request, criteria }, { signal, stop, timeLeft }, { provide, port }) {
	const { timeoutMs } = job.ruled;
	const limit = new AbortController();
	const timer = setTimeout(() => limit.abort(), Math.min(timeoutMs, timeLeft, MOST_TIMER_MS));
	const all = AbortSignal.any([
		signal,
		stop,
		limit.signal
	]);
	try {
		await provide(job, all);
		return await port.audit({
			request,
			criteria,
			folder: request.out,
			signal: all
		});
	} catch (error) {
		if (!all.aborted) return errorOutcome(error instanceof SaegateError ? error : problemOf$1(error));
		return signal.aborted || stop.aborted || timeLeft <= timeoutMs ? null : errorOutcome(registryTimeOut(job.id, durationWords(timeoutMs)));
	} finally {
		clearTimeout(timer);
	}
}
/** A timer of Node's counts to 2³¹ − 1. */
const MOST_TIMER_MS = 2 ** 31 - 1;
/** The same error of the same inputs every night, which is tried without end, is written down once. */
function isAsBefore({ known, key }, outcome) {
	const last = known.last?.what;
	if (last?.outcome.kind !== "error" || outcome.kind !== "error" || last.key !== key || known.isWanted) return false;
	return last.outcome.code === outcome.code && isWorthRetrying(outcome.class, 1e400);
}
function outcomeWords(outcome) {
	if (outcome.kind === "verdict") return outcome.verdict ?? "measured";
	return `${outcome.class}: ${outcome.message}`;
}
// src/registry/night/due.ts
const WORDS = {
	candidate: "the candidate changed",
	reference: "the reference changed",
	sae: "an SAE changed",
	corpus: "the text changed",
	policy: "the policy changed",
	options: "the rule changed",
	tool: "saegate changed"
};
const NAMES = [
	"candidate",
	"reference",
	"sae",
	"corpus",
	"policy",
	"options",
	"tool"
];
/** The policy is another, and nothing else is: what was measured still holds. */
function isPolicyAlone(known, inputs) {
	const last = known.last?.what;
	if (known.isWanted || last?.outcome.kind !== "verdict") return false;
	return NAMES.every((name) => name === "policy" === (last.inputs[name] !== inputs[name]));
}
/** Why, in words; null: nothing is to be done. */
function whyDue(known, { inputs, key }, ignored) {
	const last = known.last?.what;
	if (known.isWanted) return "somebody asked for it";
	if (last === void 0) return known.open === null ? "new" : "an earlier run ended before it was done";
	const changes = NAMES.filter((name) => last.inputs[name] !== inputs[name]);
	const isIgnored = (name) => ignored.some((one) => one === name);
	if (last.inputs.candidate !== "" && changes.some((name) => !isIgnored(name))) return changes.map((name) => WORDS[name]).join(", ");
	if (last.inputs.candidate === "") return "it could not be opened before";
	if (known.open !== null) return "an earlier run ended before it was done";
	if (last.outcome.kind === "verdict") return null;
	return isWorthRetrying(last.outcome.class, triesOf(known, key)) ? `it failed: ${last.outcome.class}` : null;
}
// src/registry/night/work.ts
const UNOPENED = {
	candidate: "",
	reference: "",
	sae: "",
	corpus: "",
	policy: "",
	options: "",
	tool: ""
};
/** Requests to a registry that go on at once. */
const AT_ONCE$1 = 8;
async function findWork(ruled, doors) {
	const found = [];
	for (let i = 0; i < ruled.length; i += AT_ONCE$1) found.push(...await Promise.all(ruled.slice(i, i + AT_ONCE$1).map((one) => looked(one, doors))));
	const jobs = [];
	const givenUp = [];
	for (const one of found) if (one !== null && one !== "unchanged") {
		if ("ruled" in one) jobs.push(one);
		else givenUp.push(one);
	}
	return {
		jobs,
		givenUp,
		unchanged: found.filter((one) => one === "unchanged").length
	};
}
async function looked(ruled, doors) {
	const { item, rule } = ruled;
	const id = itemId(item);
	const known = doors.history.items.get(id);
	if (known === void 0) return null;
	const last = known.last?.what;
	const unopened = unopenedKey(ruled, doors);
	const givenUp = last?.outcome.kind === "error" ? {
		item: id,
		why: last.outcome.message
	} : null;
	const isHopeless = (key) => last?.outcome.kind === "error" && last.key === key && !isWorthRetrying(last.outcome.class, triesOf(known, key));
	if (givenUp !== null && isHopeless(unopened) && !known.isWanted) return givenUp;
	try {
		const asked = await doors.inputsOf(item, rule, {
			spec: doors.specOf(ruled),
			out: doors.folderOf("new")
		});
		const key = inputsKey(asked.inputs);
		const why = whyDue(known, {
			inputs: asked.inputs,
			key
		}, doors.file.config.ignoreChanges ?? []);
		if (why === null) return givenUp ?? "unchanged";
		const folder = folderName(key, known, doors.history);
		const request = {
			...asked.request,
			out: doors.folderOf(folder)
		};
		const judgedBefore = isPolicyAlone(known, asked.inputs) ? lastReport(known, doors) : null;
		return {
			id,
			ruled,
			known,
			why,
			key,
			inputs: asked.inputs,
			folder,
			judgedBefore,
			problem: null,
			asked: {
				...asked,
				request
			}
		};
	} catch (error) {
		if (!(error instanceof SaegateError)) throw error;
		return {
			id,
			ruled,
			known,
			why: last === void 0 ? "new" : "it could not be opened",
			key: unopened,
			inputs: UNOPENED,
			folder: "",
			asked: null,
			judgedBefore: null,
			problem: error
		};
	}
}
function lastReport({ last }, { folderOf }) {
	const { folder, outcome } = last?.what ?? {
		folder: null,
		outcome: null
	};
	return folder === null || outcome?.kind !== "verdict" ? null : {
		from: folderOf(folder),
		sha256: outcome.report
	};
}
/** What is known of a candidate that could not be opened: another revision, rule or tool may. */
function unopenedKey({ item, rule }, { file, tool }) {
	const said = JSON.stringify([file.config.rules[rule], file.config.audit ?? null]);
	return digestOfWords("unopened", itemId(item), item.revision, said, tool).slice(0, 32);
}
function folderName(key, { isWanted, item }, history) {
	if (!isWanted) return key;
	const earlier = history.audits.filter(({ what }) => what.item === itemId(item) && what.key === key && what.outcome.kind === "verdict").length;
	return earlier === 0 ? key : `${key}-${earlier + 1}`;
}
// src/registry/night/run-night.ts
/** @file One night: list, find what is due, audit it, tell the verdicts. Everything is written down as it happens. */
const downloadsIn = (folder) => join(folder, "downloads");
/** Errors: of registry.yaml and its policies, before anything is done; those of writing the history. */
async function runNight(settings, doors) {
	const { run, tool, shard, folder } = settings;
	const { file, sources, history } = doors;
	await requireRules(file);
	const note = async (...entries) => doors.note === null ? dry(entries) : await doors.note(...entries);
	const part = shard === null ? null : shardName(shard);
	history.add(await note({
		type: "run",
		run,
		tool,
		shard: part
	}));
	const { entries, sourceErrors, passedOver } = await listSources(sources, history);
	if (entries.length > 0) history.add(await note(...entries));
	const byName = new Map(sources.map((source) => [source.name, source]));
	const items = [...history.items.values()].filter(({ isListed, item }) => isListed && byName.has(item.source));
	const sorted = sortByRules(file, itemsOf(items));
	const ordered = inOrder(sorted.ruled);
	const isOurs = ({ item }) => shard === null || shardOf(itemId(item), shard.count) === shard.index;
	const { only } = settings;
	tellUnknown(only, items, doors);
	const ours = ordered.filter((one) => isOurs(one) && only?.has(itemId(one.item)) !== false);
	const sourceOf = ({ source }) => byName.get(source);
	/** Of what a rule matched: it was listed by one of these. */
	const requiredSource = (item) => {
		const found = sourceOf(item);
		if (found === void 0) throw registrySourceUnknown(itemId(item), item.source, [...byName.keys()]);
		return found;
	};
	const work = await findWork(ours, {
		file,
		tool,
		history,
		inputsOf: lookup(doors, tool, requiredSource),
		specOf: ({ item }) => requiredSource(item).specOf(item) ?? join(downloadsIn(folder), downloadName(item)),
		folderOf: (name) => join(reportsIn(folder), name)
	});
	const disk = provider(settings, work.jobs, {
		history,
		sourceOf
	});
	const isDryRun = doors.note === null;
	const performed = isDryRun ? {
		done: [],
		deferred: work.jobs
	} : await perform(work.jobs, settings, {
		...doors,
		run,
		note,
		provide: disk.provide
	});
	const published = await publishVerdicts(itemsOf(ours), {
		state: folder,
		history,
		targets: doors.targets,
		note: isDryRun || !settings.publishes ? null : note
	});
	return {
		schema: "saegate/registry-run@1",
		run,
		tool,
		isDryRun,
		shard: part,
		listed: items.length,
		sourceErrors,
		passedOver,
		skipped: sorted.skipped.map(named$2),
		unmatched: sorted.unmatched.map(named$2),
		unchanged: work.unchanged,
		givenUp: work.givenUp,
		elsewhere: ordered.length - ours.length,
		done: performed.done,
		due: performed.deferred.map(({ id, why }) => ({
			item: id,
			why
		})),
		deletedDownloads: disk.deleted(),
		published
	};
}
/** What an event names and nobody lists is said: it may be misspelt, or not there yet. */
function tellUnknown(only, items, { tell }) {
	const listed = new Set(items.map(({ item }) => itemId(item)));
	for (const id of only ?? []) if (!listed.has(id)) tell(`${id}: the event names it, and no source lists it`);
}
const itemsOf = (found) => found.map(({ item }) => item);
function lookup(doors, tool, sourceOf) {
	const { file, history, openSpec } = doors;
	return inputLookup({
		file,
		tool,
		openItem: (item) => sourceOf(item).open(item),
		openSpec,
		known: (of) => history.contents.get(of),
		learn: (of, digest) => {
			const entry = {
				type: "content",
				of,
				digest
			};
			history.add(doors.note === null ? dry([entry]) : doors.later(entry));
		}
	});
}
/** As if they had been written down. */
const dry = (entries) => entries.map((what) => ({
	id: "",
	at: "",
	what
}));
const named$2 = ({ item, why }) => ({
	item: itemId(item),
	why
});
/** A slip in a rule or its policy is one of registry.yaml, not of the candidates that it speaks for. */
async function requireRules(file) {
	for (const [i, rule] of file.config.rules.entries()) {
		if (rule.skip !== void 0) continue;
		const values = auditFile(file, i, {
			spec: "candidate",
			base: "hf:owner/name"
		});
		await readCriteria(resolveRequest({
			origin: "flag",
			values: {}
		}, values));
	}
}
/** Brings candidates that no spec leads to, and keeps downloads within their size. */
function provider({ folder, mostDisk }, jobs, { history, sourceOf }) {
	const place = downloadsIn(folder);
	const pending = new Set(jobs);
	let deleted = 0;
	const ownName = (item) => {
		const spec = sourceOf(item)?.specOf(item);
		return spec === void 0 ? null : spec === null ? downloadName(item) : downloadNameOf(spec);
	};
	/** By their last audit; what has never been audited is older than all. */
	const order = [...history.used].sort(([, a], [, b]) => a - b).flatMap(([id]) => {
		const item = history.items.get(id)?.item;
		return item === void 0 ? [] : [ownName(item) ?? []].flat();
	});
	const ownNames = (job) => [...namesKept(job), ...[ownName(job.ruled.item) ?? []].flat()];
	const provide = async (job, signal) => {
		const { item } = job.ruled;
		const source = sourceOf(item);
		const needsDownload = source?.specOf(item) === null;
		if (source === void 0 || !needsDownload && mostDisk === null) return;
		const files = await source.open(item);
		try {
			if (mostDisk !== null) {
				const needed = listedBytes(files);
				if (needed > mostDisk) throw registryTooLarge(job.id, needed, mostDisk);
				const kept = new Set([...pending].flatMap(namesKept));
				for (const name of ownNames(job)) kept.add(name);
				deleted += (await makeRoom({
					folder: place,
					limit: mostDisk
				}, needed, order, kept)).length;
			}
			if (needsDownload) {
				await makeFolder(place);
				await download(files, join(place, downloadName(item)), signal);
			}
			pending.delete(job);
			order.push(...ownNames(job));
		} finally {
			await files.close();
		}
	};
	return {
		provide,
		deleted: () => deleted
	};
}
/** What many candidates share stays while one that needs it waits; candidates themselves are brought when it is their turn. */
function namesKept({ asked }) {
	const request = asked?.request;
	if (request === void 0) return [];
	return [request.reference, ...request.saes.map(({ source }) => source)].flatMap((spec) => downloadNameOf(spec) ?? []);
}
// src/registry/sources/folder.ts
/** @file Candidates in a folder of this machine: folders that hold weights, and single GGUF and ONNX files. */
/** More candidates are no folder of models. */
const MOST_PLACES = 1e5;
const MAX_DEPTH = 8;
const WEIGHTS = /\.(safetensors|bin|gguf|onnx|npz|pt|pth)$/i;
const ALONE = /\.(gguf|onnx)$/i;
function folderSource({ name, path, match }) {
	const placeOf = (item) => join(path, item.name);
	return {
		name,
		definition: digestOfWords("folder", path, ...match),
		async list() {
			const { folders, files } = await places(path);
			const wanted = new Set(match.flatMap((pattern) => globbed(pattern, [...folders.keys(), ...files])));
			const items = [];
			const passedOver = [];
			for (const one of [...wanted].sort()) {
				const isFolder = folders.has(one);
				if (isFolder ? folders.get(one) !== true : isInside(one, wanted, folders)) {
					if (isFolder) passedOver.push(one);
				} else items.push(await itemAt(name, one, placeOf({ name: one })));
			}
			return {
				items,
				cursor: null,
				isWhole: true,
				passedOver
			};
		},
		open: (item) => openLocal(placeOf(item)),
		specOf: placeOf
	};
}
const isInside = (file, wanted, folders) => {
	const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
	return wanted.has(folder) && folders.get(folder) === true;
};
/** One that cannot be looked into is a candidate too, whose audit says why: it must not hide the others. */
async function itemAt(source, name, path) {
	const plain = {
		source,
		name,
		when: null,
		tags: [],
		base: null
	};
	const files = await openLocal(path).catch(() => null);
	if (files === null) return {
		...plain,
		revision: "unreadable"
	};
	try {
		const times = await Promise.all(files.names.map(async (one) => (await stat(files.localPath(one) ?? path)).mtime.toISOString())).catch(() => []);
		return {
			...plain,
			revision: await revisionOf(files),
			when: times.sort().at(-1) ?? null
		};
	} finally {
		await files.close();
	}
}
/** Hidden folders are left out, linked ones not entered. Errors: FILE_*, FOLDER_TOO_LARGE. */
async function places(root) {
	const folders = /* @__PURE__ */ new Map();
	const files = [];
	const pending = [{
		below: "",
		depth: 0
	}];
	for (let next = pending.pop(); next !== void 0; next = pending.pop()) {
		const { below, depth } = next;
		const named = (await readdir(join(root, below), { withFileTypes: true }).catch((error) => {
			throw openProblem(join(root, below), error);
		})).filter(({ name }) => !name.startsWith(".") && name !== "node_modules");
		if (below !== "") folders.set(below, named.some((one) => !one.isDirectory() && WEIGHTS.test(one.name)));
		for (const one of named) {
			const path = below === "" ? one.name : `${below}/${one.name}`;
			if (one.isDirectory() && depth < MAX_DEPTH) pending.push({
				below: path,
				depth: depth + 1
			});
			else if (ALONE.test(one.name)) files.push(path);
		}
		if (folders.size + files.length > MOST_PLACES) throw folderTooLarge(root, MOST_PLACES);
	}
	return {
		folders,
		files
	};
}
// src/registry/sources/same-secret.ts
/** @file Two secrets held against each other. */
/** In a time that tells nothing of where they differ. */
function isSameSecret(a, b) {
	const [one, other] = [digestOfWords(a), digestOfWords(b)].map((text) => Buffer.from(text));
	return one !== void 0 && other !== void 0 && timingSafeEqual(one, other);
}
// src/registry/sources/hub.ts
/** @file Models of the Hugging Face Hub as candidates, each at the commit that the list names. */
const BASE = "base_model:";
/** Lists are put together from copies that lag behind one another: what changed shortly before is looked at again. */
const OVERLAP_MS = 36e5;
function hubSource(settings, hub) {
	const { name, author, match, secret } = settings;
	const base = settings.base === null ? [] : [`${BASE}${settings.base.replace(BASE, "")}`];
	const tags = [...settings.tags, ...base];
	const specOf = (item) => `hf:${item.name}@${item.revision}`;
	return {
		name,
		definition: digestOfWords("hub", hub.endpoint, author ?? "", ...tags, "", ...match),
		async list(cursor) {
			const since = cursor === null ? null : (/* @__PURE__ */ new Date(Date.parse(cursor) - OVERLAP_MS)).toISOString();
			const { hubModels } = await import("./shared-hub-models.js");
			const models = await hubModels({
				owner: author,
				tags
			}, since, hub);
			return {
				items: models.filter((model) => matchesAny(match, [model.name])).map((model) => ({
					source: name,
					name: model.name,
					revision: model.commit,
					when: model.modified,
					tags: model.tags,
					base: baseIn(model.tags)
				})),
				cursor: models.map(({ modified }) => modified).sort().at(-1) ?? cursor,
				isWhole: since === null,
				passedOver: []
			};
		},
		open: (item) => openFiles(specOf(item), hub),
		specOf,
		read: (event) => secret === null ? null : namesIn$1(event, secret)
	};
}
/** The Hub writes base_model:owner/name, and again with the relation between: base_model:quantized:owner/name. */
function baseIn(tags) {
	const bases = tags.filter((tag) => tag.startsWith(BASE)).map((tag) => tag.slice(11));
	const base = bases.find((one) => one.startsWith("quantized:")) ?? bases[0];
	return base === void 0 ? null : `hf:${base.slice(base.lastIndexOf(":") + 1)}`;
}
/** Events of a repository's content have this scope; those of pull requests and comments, ours among them, another. */
const CONTENT = "repo.content";
/**
* A webhook of the Hub: the secret stands in X-Webhook-Secret, verbatim. Null: it is no webhook of the Hub. Errors:
* REGISTRY_EVENT_REFUSED.
*/
function namesIn$1({ headers, body }, secret) {
	const given = headers["x-webhook-secret"];
	if (given === void 0) return null;
	if (!isSameSecret(given, secret)) throw registryEventRefused("its secret is another one");
	try {
		const { event, repo } = JSON.parse(body);
		const isContent = typeof event?.scope === "string" && (event.scope === CONTENT || event.scope === "repo");
		if (repo?.type !== "model" || typeof repo.name !== "string" || !isContent || event?.action === "delete") return [];
		return [repo.name];
	} catch {
		throw registryEventRefused("its body is not JSON");
	}
}
// src/registry/sources/mlflow.ts
/** @file Versions of an MLflow Model Registry as candidates: `model/3`. */
/** Tags that are ours do not speak of the candidate. */
const OWN = "saegate.";
function mlflowSource(settings, client) {
	const { name, url, match, alias, tags, path, secret } = settings;
	const isAsked = (version) => matchesAny(match, [nameOf(version)]) && (alias === null || version.aliases.includes(alias)) && Object.entries(tags).every(([key, value]) => version.tags[key] === value);
	return {
		name,
		definition: digestOfWords("mlflow", url, alias ?? "", JSON.stringify(tags), path, ...match),
		async list() {
			const asked = (await client.versions()).filter(isAsked);
			return {
				items: asked.filter(({ status }) => status === "READY").map((version) => itemOf$1(name, version)),
				cursor: null,
				isWhole: true,
				passedOver: asked.filter(({ status }) => status !== "READY").map(nameOf)
			};
		},
		open: async (item) => {
			const [model, version] = partsOf(item);
			const prefix = path === "" ? "" : `${path.replace(/\/+$/, "")}/`;
			const artifacts = /* @__PURE__ */ new Map();
			for (const artifact of await client.artifacts(model, version)) {
				const below = artifact.name.slice(prefix.length);
				if (artifact.name.startsWith(prefix) && staysInside(below)) artifacts.set(below, artifact);
			}
			return pinned(`${name}:${item.name}`, artifacts, client);
		},
		specOf: () => null,
		read: (event) => secret === null ? null : namesIn(event, secret, alias)
	};
}
const nameOf = ({ model, version }) => `${model}/${version}`;
/** A model's name may have slashes itself. */
function partsOf({ name }) {
	const slash = name.lastIndexOf("/");
	return [name.slice(0, slash), name.slice(slash + 1)];
}
/** A version's files stay what they are: where they come from is what it is known by, not its tags, which verdicts change. */
function itemOf$1(source, version) {
	const tags = Object.entries(version.tags).filter(([key]) => !key.startsWith(OWN));
	return {
		source,
		name: nameOf(version),
		revision: digestOfWords(nameOf(version), version.origin),
		when: version.created,
		tags: [...tags.map(([key, value]) => `${key}=${value}`)].sort(),
		base: null,
		of: version.model
	};
}
function pinned(spec, artifacts, client) {
	return {
		spec,
		revision: null,
		names: [...artifacts.keys()].sort(),
		has: (name) => artifacts.has(name),
		open: async (name) => {
			const artifact = artifacts.get(name);
			if (artifact === void 0) throw fileNotListed(spec, name);
			return client.openArtifact(artifact);
		},
		listedBytes: (name) => artifacts.get(name)?.byteLength ?? null,
		localPath: () => null,
		close: async () => {}
	};
}
/** An event that is older may be one that somebody kept and sends again. Clocks differ a little both ways. */
const FRESH_MS = 3e5;
/**
* A webhook of MLflow: X-MLflow-Signature is `v1,` and the base64 of HMAC-SHA-256 over `delivery-id.timestamp.body`. Null: it is
* none of MLflow. Our own tags, and an alias that this source does not go by, speak of no candidate. Errors:
* REGISTRY_EVENT_REFUSED.
*/
function namesIn({ headers, body }, secret, alias) {
	const [signature, id, timestamp] = [
		"signature",
		"delivery-id",
		"timestamp"
	].map((part) => headers[`x-mlflow-${part}`]);
	if (signature === void 0) return null;
	const made = createHmac("sha256", secret).update(`${id}.${timestamp}.${body}`).digest("base64");
	if (!signature.split(" ").some((one) => isSameSecret(one, `v1,${made}`))) throw registryEventRefused("its signature is another one");
	const age = Date.now() - 1e3 * Number(timestamp);
	if (!(Math.abs(age) <= FRESH_MS)) throw registryEventRefused(`it is ${Math.round(age / 6e4)} minutes old`);
	const { entity, action, data } = eventIn$1(body);
	const [model, version] = [data.name, data.version].map((part) => part === void 0 ? "" : String(part));
	const isOurs = entity === "model_version_tag" && String(data.key).startsWith(OWN);
	const isAside = entity === "model_version_alias" && data.alias !== alias;
	return !(entity.startsWith("model_version") && action !== "deleted") || isOurs || isAside || !model || !version ? [] : [`${model}/${version}`];
}
/** Errors: REGISTRY_EVENT_REFUSED. */
function eventIn$1(body) {
	try {
		const { entity, action, data } = JSON.parse(body);
		const fields = typeof data === "object" && data !== null ? Object.fromEntries(Object.entries(data)) : {};
		return {
			entity: String(entity),
			action,
			data: fields
		};
	} catch {
		throw registryEventRefused("its body is not JSON");
	}
}
// src/registry/sources/streamed-source.ts
function streamedSource(file) {
	const { name, byteLength } = file;
	let flow = null;
	const end = async () => {
		await flow?.reader.cancel().catch(() => {});
		flow = null;
	};
	return {
		name,
		byteLength,
		read: async (start, stop) => {
			checkRange(name, start, stop, byteLength);
			if (start === stop) return /* @__PURE__ */ new Uint8Array(0);
			if (flow !== null && flow.position !== start) await end();
			flow ??= await begun(file, start);
			return await taken(file, flow, stop - start).catch(async (error) => {
				await end();
				throw error;
			});
		},
		close: end
	};
}
async function begun(file, start) {
	const response = await file.request(start);
	const reader = response.body?.getReader();
	if (reader === void 0) throw registryAnswer(file.name, "it is empty");
	const flow = {
		reader,
		position: response.status === 206 ? start : 0,
		rest: /* @__PURE__ */ new Uint8Array(0)
	};
	while (flow.position < start) await taken(file, flow, Math.min(start - flow.position, 2 ** 20));
	return flow;
}
async function taken({ name }, flow, count) {
	const bytes = new Uint8Array(count);
	for (let at = 0; at < count;) {
		if (flow.rest.byteLength === 0) {
			const { done, value } = await flow.reader.read().catch((error) => {
				throw registryUnreachable(name, error instanceof Error ? error.message : String(error));
			});
			if (done) throw registryUnreachable(name, `the answer ended ${count - at} bytes early`);
			flow.rest = value;
		}
		const piece = flow.rest.subarray(0, count - at);
		bytes.set(piece, at);
		flow.rest = flow.rest.subarray(piece.byteLength);
		at += piece.byteLength;
		flow.position += piece.byteLength;
	}
	return bytes;
}
// src/registry/sources/mlflow-client.ts
const MOST_PAGES$1 = 1e3;
const MOST_FILES = 2e4;
const PAGE = 200;
function mlflowClient(base, token, request) {
	const who = new URL(base).host;
	const root = base.replace(/\/+$/, "");
	const headers = token === null ? {} : { Authorization: `Bearer ${token}` };
	const address = (path, query = {}) => {
		const url = new URL(`${root}/api/2.0/${path}`);
		for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
		return url;
	};
	const get = async (path, query) => fieldsOf(who, await jsonOf(who, await request(address(path, query), { headers })));
	const post = async (path, body) => {
		const sent = {
			method: "POST",
			headers: {
				...headers,
				"Content-Type": "application/json"
			}
		};
		await (await request(address(path), {
			...sent,
			body: JSON.stringify(body)
		})).body?.cancel();
	};
	return {
		async versions() {
			const found = [];
			let token = "";
			for (let page = 0; page < MOST_PAGES$1; page++) {
				const asked = {
					max_results: String(PAGE),
					...token === "" ? {} : { page_token: token }
				};
				const answer = await get("mlflow/model-versions/search", asked);
				for (const one of listOf(answer.model_versions)) found.push(versionOf(who, fieldsOf(who, one)));
				token = textOf$1(answer.next_page_token);
				if (token === "") return found;
			}
			throw registryAnswer(who, `its list goes on after ${MOST_PAGES$1} pages`);
		},
		async artifacts(model, version) {
			const { artifact_uri } = await get("mlflow/model-versions/get-download-uri", {
				name: model,
				version
			});
			const top = proxiedPath(`${model}/${version}`, textOf$1(artifact_uri));
			const found = [];
			const pending = [top];
			for (let folder = pending.pop(); folder !== void 0; folder = pending.pop()) {
				const { files } = await get("mlflow-artifacts/artifacts", { path: folder });
				for (const one of listOf(files)) {
					const { path, is_dir, file_size } = fieldsOf(who, one);
					const below = `${folder}/${textOf$1(path)}`;
					if (is_dir === true) pending.push(below);
					else found.push({
						name: below.slice(top.length + 1),
						path: below,
						byteLength: sizeOf(who, file_size)
					});
					if (found.length + pending.length > MOST_FILES) throw registryArtifact(`${model}/${version}`, "it has too many files");
				}
			}
			return found;
		},
		openArtifact: ({ path, byteLength }) => streamedSource({
			name: `${who}: ${path}`,
			byteLength,
			request: (start) => request(address(`mlflow-artifacts/artifacts/${path.split("/").map(encodeURIComponent).join("/")}`), { headers: start === 0 ? headers : {
				...headers,
				Range: `bytes=${start}-`
			} })
		}),
		setTag: (name, version, { key, value }) => post("mlflow/model-versions/set-tag", {
			name,
			version,
			key,
			value
		}),
		async aliased(name, alias) {
			const response = await request(address("mlflow/registered-models/alias", {
				name,
				alias
			}), { headers }, [400, 404]);
			const answer = fieldsOf(who, await jsonOf(who, response));
			if (!response.ok) return null;
			return Number(fieldsOf(who, answer.model_version).version);
		},
		setAlias: (name, version, alias) => post("mlflow/registered-models/alias", {
			name,
			version,
			alias
		})
	};
}
function fieldsOf(who, value) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw registryAnswer(who, "an object was expected");
	return Object.fromEntries(Object.entries(value));
}
const listOf = (value) => Array.isArray(value) ? value : [];
const textOf$1 = (value) => typeof value === "string" ? value : "";
function sizeOf(who, value) {
	const size = Number(value);
	if (!Number.isSafeInteger(size) || size < 0) throw registryAnswer(who, "a file has no size");
	return size;
}
function versionOf(who, fields) {
	const [model, version] = [textOf$1(fields.name), String(fields.version ?? "")];
	if (model === "" || !/^\d{1,15}$/.test(version)) throw registryAnswer(who, "a version has no name or number");
	const created = Number(fields.creation_timestamp);
	const tags = listOf(fields.tags).map((tag) => fieldsOf(who, tag));
	return {
		model,
		version,
		status: textOf$1(fields.status),
		origin: [
			textOf$1(fields.source),
			textOf$1(fields.run_id),
			String(fields.creation_timestamp ?? "")
		].join(" "),
		created: Number.isSafeInteger(created) && created > 0 && created < 8e15 ? new Date(created).toISOString() : null,
		tags: Object.fromEntries(tags.map(({ key, value }) => [textOf$1(key), textOf$1(value)])),
		aliases: listOf(fields.aliases).map(textOf$1)
	};
}
/** `mlflow-artifacts:/0/RUN/artifacts/model`, or with a host. Others are not served by the tracking server. Errors: REGISTRY_ARTIFACT. */
function proxiedPath(item, uri) {
	const [, path] = /^mlflow-artifacts:(?:\/\/[^/]*)?\/+(.+?)\/*$/.exec(uri) ?? [];
	if (path === void 0) throw registryArtifact(item, `its artifacts are not served through the tracking server (${uri.split(":")[0]}:)`);
	return path;
}
// src/registry/sources/oci.ts
/** @file Tags of repositories in an OCI registry as candidates, `repository:tag`, each at the digest that the tag stands for now. */
/** Requests at once. */
const AT_ONCE = 8;
/**
* Tags that other programs keep beside an artifact, verdicts and signatures among them: `sha256-HEX`, `sha256-HEX.sig`
* (distribution-spec, "Referrers Tag Schema"; cosign).
*/
const OF_ANOTHER = /^sha256-[0-9a-f]{64}(?:\.[a-z]+)?$/;
function ociSource(settings, hub) {
	const { name, host, repositories, match } = settings;
	const specOf = (item) => `oci:${host}/${item.name}@${item.revision}`;
	return {
		name,
		definition: digestOfWords("oci", host, ...repositories, "", ...match),
		async list() {
			const { ociRegistry } = await import("./shared-registry3.js");
			const registry = ociRegistry(host, hub);
			const tagged = [];
			for (const repository of await named$1(registry, repositories)) for (const tag of await registry.tags(repository)) if (!OF_ANOTHER.test(tag) && matchesAny(match, [`${repository}:${tag}`])) tagged.push({
				repository,
				tag
			});
			const items = [];
			for (let i = 0; i < tagged.length; i += AT_ONCE) {
				const found = tagged.slice(i, i + AT_ONCE).map(async ({ repository, tag }) => {
					const digest = await registry.digestOf(repository, tag);
					return digest === null ? [] : [itemOf(name, `${repository}:${tag}`, digest)];
				});
				items.push(...(await Promise.all(found)).flat());
			}
			return {
				items,
				cursor: null,
				isWhole: true,
				passedOver: []
			};
		},
		open: (item) => openFiles(specOf(item), hub),
		specOf
	};
}
const itemOf = (source, name, digest) => ({
	source,
	name,
	revision: digest,
	when: null,
	tags: [],
	base: null
});
/** The registry is asked for all of its repositories only where a glob needs them: many do not tell. */
async function named$1(registry, repositories) {
	const plain = repositories.filter((one) => !isGlob(one));
	const globs = repositories.filter(isGlob);
	const listed = globs.length === 0 ? [] : await registry.repositories();
	return [.../* @__PURE__ */ new Set([...plain, ...listed.filter((one) => matchesAny(globs, [one]))])].sort();
}
/** `acme/llama:int4` → the repository and the tag. */
function repositoryOf({ name }) {
	return name.slice(0, name.lastIndexOf(":"));
}
// src/registry/sources/open-sources.ts
/** @file The sources that registry.yaml names, with the secrets that the environment holds for them. */
/** Errors: REGISTRY_VARIABLE_MISSING, REGISTRY_TOKEN_UNENCRYPTED, OCI_SPEC_MALFORMED. */
function openSources(file, doors) {
	return file.config.sources.map((source, i) => openSource(file, {
		source,
		index: i
	}, doors));
}
function openSource(file, { source, index }, doors) {
	const { environment, hub } = doors;
	const { name } = source;
	const secret = (kind, key, variable) => variable === void 0 ? null : secretIn(environment, variable, file.where([
		"sources",
		index,
		kind,
		key
	]));
	if (source.folder !== void 0) {
		const { path, match } = source.folder;
		return folderSource({
			name,
			path,
			match: patternsOf(match)
		});
	}
	if (source.hub !== void 0) {
		const { author = null, tags = [], base = null, match, webhookSecretEnv } = source.hub;
		const webhook = secret("hub", "webhookSecretEnv", webhookSecretEnv);
		return hubSource({
			name,
			author,
			tags,
			base,
			match: patternsOf(match),
			secret: webhook
		}, hub);
	}
	if (source.oci !== void 0) {
		const where = file.where([
			"sources",
			index,
			"oci",
			"registry"
		]);
		const { registry, repositories, match } = source.oci;
		return ociSource({
			name,
			host: checkedHost(where, registry),
			match: patternsOf(match),
			repositories: repositoriesOf(file, index, patternsOf(repositories))
		}, hub);
	}
	const { url = "", match, alias = null, tags = {}, path = "", webhookSecretEnv } = source.mlflow ?? {};
	const client = mlflowOf(file, index, doors);
	const webhook = secret("mlflow", "webhookSecretEnv", webhookSecretEnv);
	return mlflowSource({
		name,
		url,
		match: patternsOf(match),
		alias,
		tags,
		path,
		secret: webhook
	}, client);
}
/** Errors: OCI_SPEC_MALFORMED for a name that is no repository's. */
function repositoriesOf(file, index, names) {
	const where = file.where([
		"sources",
		index,
		"oci",
		"repositories"
	]);
	return names.map((one) => isGlob(one) ? one : checkedRepository(where, one));
}
/** The client of the source at a place of registry.yaml, which is one of MLflow. Errors: REGISTRY_VARIABLE_MISSING, REGISTRY_TOKEN_UNENCRYPTED. */
function mlflowOf(file, index, { environment }) {
	const { url = "", tokenEnv } = file.config.sources[index]?.mlflow ?? {};
	const where = file.where([
		"sources",
		index,
		"mlflow",
		"tokenEnv"
	]);
	const token = tokenEnv === void 0 ? null : secretIn(environment, tokenEnv, where);
	if (token !== null) requireEncrypted(where, new URL(url));
	return mlflowClient(url, token, patientFetch({
		who: new URL(url).host,
		environment
	}));
}
/** Errors: REGISTRY_VARIABLE_MISSING. */
function secretIn(environment, variable, where) {
	const value = environment[variable]?.trim();
	if (value === void 0 || value === "") throw registryVariableMissing(where, variable);
	return value;
}
// src/registry/publish/dataset.ts
/**
* @file Every report in a dataset repository of the Hugging Face Hub: `reports/SOURCE/NAME/KEY/report.json` and a row of the card's
* table, in one commit. The path holds the idempotency key: what is there is told, and is not told again.
*/
const CARD$1 = "README.md";
const MOST_CARD_BYTES$1 = 2 ** 22;
const TRIES$1 = 4;
/** `repository`: owner/name. */
function datasetTarget(repository, settings) {
	const spec = `hf:datasets/${repository}`;
	return {
		name: `dataset ${repository}`,
		takes: () => true,
		async publish(item, verdict, idempotency, report) {
			const path = pathOf(item, idempotency);
			const address = `${settings.endpoint}/datasets/${repository}/blob/main/${path}`;
			const { text } = await report();
			const { commitFiles } = await import("./shared-hub-commits.js");
			for (let attempt = 1;; attempt++) try {
				if (await fileAt(`${spec}/${path}`, settings) !== null) return address;
				const card = await fileAt(`${spec}/${CARD$1}`, settings);
				const files = [{
					path,
					text
				}, {
					path: CARD$1,
					text: withRow(card?.text ?? "", rowOf(item, verdict, path))
				}];
				const title = `${itemId(item)}: ${verdict.verdict ?? "measured"}`;
				await commitFiles({
					repository: spec,
					files,
					parent: card?.commit ?? null,
					title
				}, settings);
				return address;
			} catch (error) {
				if (!isWorthAnotherLook(error) || attempt === TRIES$1) throw error;
				await settings.wait(backOff(attempt));
			}
		}
	};
}
const isWorthAnotherLook = (error) => error instanceof SaegateError && [
	hubBusy.code,
	hubUnreachable.code,
	hubRefused.code
].includes(error.code);
/** The key tells apart what is written alike. */
function pathOf(item, idempotency) {
	const name = item.name.replace(/[^A-Za-z0-9._/-]/g, "-").replace(/(^|\/)\.+(?=\/|$)/g, "$1-");
	return `reports/${item.source}/${name}/${idempotency}/report.json`;
}
/** Null: there is no such file. */
async function fileAt(spec, settings) {
	try {
		const files = await openFiles(spec, settings);
		try {
			const file = await files.open(files.names[0] ?? "");
			if (file.byteLength > MOST_CARD_BYTES$1 && spec.endsWith(CARD$1)) throw registryCardUnreadable(spec, `it has more than ${MOST_CARD_BYTES$1} bytes`);
			const bytes = spec.endsWith(CARD$1) ? await file.read(0, file.byteLength) : /* @__PURE__ */ new Uint8Array(0);
			return {
				text: Buffer.from(bytes).toString("utf8"),
				commit: files.revision
			};
		} finally {
			await files.close();
		}
	} catch (error) {
		if (error instanceof SaegateError && error.code === hubPathMissing.code) return null;
		throw error;
	}
}
const BEGIN = "<!-- saegate-reports -->";
const END$1 = "<!-- saegate-reports-end -->";
const HEAD = ["| candidate | verdict | survived | damaged | perplexity | KL | report |", "|---|---|---:|---:|---:|---:|---|"];
const ROW = /^\| .* <!-- ([0-9a-f]{16}) -->/;
function rowOf(item, { verdict, figures }, path) {
	const id = digestOfWords("row", itemId(item)).slice(0, 16);
	const share = (value) => value === null ? "–" : percent(value);
	return {
		id,
		text: `| ${[
			`${code(itemId(item))} <!-- ${id} -->`,
			verdict ?? "measured",
			share(figures.survived),
			share(figures.damaged),
			signedPercent(figures.perplexityDelta),
			number(figures.klMean, 3),
			`[report.json](${path})`
		].join(" | ")} |`
	};
}
/** The card with one row for the candidate, its newest; what stands outside the marks stays as it is. */
function withRow(card, row) {
	const [start, end] = [card.indexOf(BEGIN), card.indexOf(END$1)];
	const isThere = start >= 0 && end > start;
	const others = (isThere ? card.slice(start, end).split("\n") : []).filter((line) => ROW.test(line) && ROW.exec(line)?.[1] !== row.id);
	const table = [
		BEGIN,
		"",
		...HEAD,
		...[...others, row.text].sort(),
		"",
		END$1
	].join("\n");
	if (isThere) return `${card.slice(0, start)}${table}${card.slice(end + 28)}`;
	const before = card.trimEnd();
	return `${before === "" ? "# Audits by saegate" : before}\n\n${table}\n`;
}
// src/registry/publish/github-issue.ts
const MOST_PAGES = 50;
/** Rules that are named; a policy with more says enough by its first. */
const MOST_RULES = 20;
function issueTarget(settings, clock) {
	const { owner, repo } = settings.repository;
	const place = `${owner}/${repo}`;
	let door = null;
	return {
		name: `github ${place}`,
		takes: () => true,
		async publish(item, verdict, idempotency, report) {
			door ??= opened(settings, clock);
			try {
				const told = {
					item,
					verdict,
					idempotency,
					report: (await report()).report
				};
				return await tell$1(await door, told, settings);
			} catch (error) {
				door = null;
				throw problemOf(place, error);
			}
		}
	};
}
async function opened({ token, apiUrl, repository }, clock) {
	const { connectGitHub } = await import("./shared-github2.js");
	const github = connectGitHub(token, apiUrl, repository);
	const patient = patience(clock, () => {});
	return {
		github,
		patience: patient,
		own: await ours(github, patient)
	};
}
/** Newest first. */
async function ours(github, patient) {
	const viewer = await patient.with(() => github.viewer()).catch(() => null);
	const found = [];
	for (let page = 1; page <= MOST_PAGES; page++) {
		const { issues, more } = await patient.with(() => github.issuePage(page));
		found.push(...issues.filter((one) => (viewer === null ? one.bot : one.author === viewer) && MARKER.test(one.body)));
		if (!more) return found;
	}
	throw registryIssuesTooMany(MOST_PAGES);
}
/** The hidden first line: whose issue it is, and the verdict that it tells. */
const MARKER = /^<!-- saegate-registry ([0-9a-f]{32}) ([0-9a-f]{32}) -->/;
const markerOf = (item, idempotency) => `<!-- saegate-registry ${itemKey(item)} ${idempotency} -->`;
const itemKey = (item) => digestOfWords("issue", itemId(item)).slice(0, 32);
/** Address of the issue; null: there is none, and none is needed. */
async function tell$1(door, told, { labels }) {
	const { item, verdict, idempotency } = told;
	const text = {
		title: titleOf(item),
		body: bodyOf(told)
	};
	return await door.patience.with(async (attempt) => {
		if (attempt > 1) door.own.splice(0, door.own.length, ...await ours(door.github, door.patience));
		const standing = door.own.filter(({ body }) => MARKER.exec(body)?.[1] === itemKey(item)).at(-1);
		if (standing === void 0 && !verdict.blocks) return null;
		if (standing !== void 0 && MARKER.exec(standing.body)?.[2] === idempotency && standing.isOpen === verdict.blocks) return standing.url;
		const written = standing === void 0 ? await door.github.createIssue(text, labels) : await door.github.updateIssue(standing.number, text, verdict.blocks);
		door.own.splice(0, door.own.length, written, ...door.own.filter(({ number }) => number !== written.number));
		return written.url;
	});
}
const MOST_TITLE = 200;
const titleOf = (item) => `${itemId(item)} does not pass saegate`.slice(0, MOST_TITLE);
function bodyOf({ item, verdict, idempotency, report }) {
	const { figures, candidate } = verdict;
	const rules = (report.candidates[0]?.rules ?? []).filter(({ status }) => status === "fail" || status === "inconclusive");
	const rows = [
		["verdict", verdict.verdict ?? "measured"],
		["features that survive", figures.survived === null ? "–" : percent(figures.survived)],
		["features that are damaged", figures.damaged === null ? "–" : percent(figures.damaged)],
		["perplexity", signedPercent(figures.perplexityDelta)],
		["mean KL divergence", number(figures.klMean, 3)],
		["revision", code(candidate.revision)],
		["content", code(`sha256:${candidate.sha256}`)],
		["report", code(`sha256:${verdict.report}`)]
	];
	const said = rules.slice(0, MOST_RULES).map(({ id, message }) => `- ${code(id)}: ${prose(message, 500)}`);
	const state = verdict.blocks ? "is blocked" : "is no longer blocked";
	return fitComment([
		markerOf(item, idempotency),
		`${code(itemId(item))} ${state}${report.policy === null ? "" : ` by the policy ${code(report.policy.name)}`}.`,
		"",
		"| | |",
		"|---|---|",
		...rows.map(([what, value]) => `| ${what} | ${value} |`),
		"",
		...said.length === 0 ? [] : [...said, ""],
		"Written by `saegate registry run --publish`; it is renewed with each verdict, and closed when the candidate passes."
	].join("\n"));
}
function problemOf(place, error) {
	if (error instanceof SaegateError) return error;
	const failure = httpFailure(error);
	if (isDenied(failure)) return registryIssueDenied(place, failure?.status ?? 403);
	return failure === null && !(error instanceof Error) ? error : registryIssueFailed(place, messageOf(error));
}
// src/registry/publish/card.ts
var import_dist = require_dist();
const SOURCE = {
	name: "saegate",
	url: "https://github.com/saegate/saegate"
};
const END = "<!-- saegate-verdict-end -->";
const SECTION = new RegExp(`${/<!-- saegate-verdict ([0-9a-f]{32}) -->/.source}[\\s\\S]*?${END}`);
const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n((?:[\s\S]*?\n)??)---[ \t]*(?:\r?\n|$)/;
const OPENING = /^\uFEFF?---[ \t]*\r?(?:\n|$)/;
/** The idempotency key of the verdict that it has; null: none. */
const keyIn = (card) => SECTION.exec(card)?.[1] ?? null;
/** `card`: '' where there is none. Errors: REGISTRY_CARD_UNREADABLE. */
function withVerdict(card, verdict) {
	const { model, idempotency, section } = verdict;
	const front = FRONT_MATTER.exec(card);
	if (front === null && OPENING.test(card)) throw registryCardUnreadable(model, "its front matter has no end");
	const body = front === null ? card : card.slice(front[0].length);
	const own = `<!-- saegate-verdict ${idempotency} -->\n${section.replaceAll("<!-- saegate-", "<!--⁠ saegate-").trim()}\n${END}`;
	const before = body.trimEnd();
	const written = SECTION.test(body) ? body.replace(SECTION, () => own) : `${before}${before === "" ? "" : "\n\n"}${own}\n`;
	return `---\n${withResults(front?.[1] ?? "", verdict)}---\n${written}`;
}
function withResults(yaml, { model, results }) {
	try {
		const { value } = readYaml("README.md", yaml);
		if (value !== null && value !== void 0 && !isFields(value)) throw registryCardUnreadable(model, "its front matter is no list of keys");
		const [first, ...others] = isFields(value) && Array.isArray(value["model-index"]) ? value["model-index"] : [];
		const entry = isFields(first) ? first : { name: model.slice(model.indexOf("/") + 1) };
		const there = Array.isArray(entry.results) ? entry.results : [];
		const own = results.map((one) => ({
			task: { type: "text-generation" },
			...one,
			source: SOURCE
		}));
		const document = (0, import_dist.parseDocument)(yaml, {
			stringKeys: true,
			logLevel: "error"
		});
		const edited = [{
			...entry,
			results: [...there.filter((one) => !isOurs(one)), ...own]
		}, ...others];
		document.set("model-index", document.createNode(edited, { aliasDuplicateObjects: false }));
		return document.toString({ lineWidth: 0 });
	} catch (error) {
		if (error instanceof SaegateError && error.code === registryCardUnreadable.code) throw error;
		throw registryCardUnreadable(model, (error instanceof Error ? error.message : String(error)).replace(/\.$/, ""));
	}
}
const isFields = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isOurs = (result) => isFields(result) && isFields(result.source) && result.source.name === SOURCE.name;
// src/registry/publish/card-verdict.ts
/** @file What a model's card is told of an audit: figures for `model-index`, and a section for people. Pure. */
/** A spec as others may see it: a path of this machine says nothing to them, and is none of their business. */
const named = (spec, sha256) => isHubSpec(spec) ? spec : `sha256:${sha256.slice(0, 16)}`;
/** The same of a text, with the repository of the Hub that it is of. */
function textOf({ corpus: { spec, sha256 } }) {
	const repositories = corpusParts(spec).map((part) => corpusRepositories(part)[0]);
	const [first] = repositories;
	if (first === void 0 || repositories.includes(void 0)) return {
		name: `text sha256:${sha256.slice(0, 16)}`,
		type: "text"
	};
	return {
		name: spec,
		type: first.replace(/^hf:(?:datasets\/)?/, "").replace(/@.*$/s, "")
	};
}
/** The text, with the words of how it was run. */
function protocolOf({ corpus }, positions) {
	const counted = positions === null ? "" : `, positions ${positions}`;
	return `${corpus.tokens} tokens in sequences of ${corpus.blockLength}${counted}`;
}
const DAMAGE = [
	[
		"saegate_survived",
		"Active features that survive",
		"survived"
	],
	[
		"saegate_degraded",
		"Active features that are degraded",
		"degraded"
	],
	[
		"saegate_damaged",
		"Active features that are damaged",
		"damaged"
	]
];
/** A result for each read-out, and one for the figures of the whole model. */
function cardResults(report) {
	const [candidate] = report.candidates;
	if (candidate === void 0) return [];
	const dataset = textOf(report);
	const readouts = candidate.features.map(({ readout, sae, hook, ...shares }) => {
		const { sha256 = "", positions = null } = report.readouts.find(({ id }) => id === readout) ?? {};
		return {
			dataset: {
				...dataset,
				config: `${named(sae, sha256)} at ${hook}`,
				split: protocolOf(report, positions)
			},
			metrics: DAMAGE.flatMap(([type, name, key]) => metric(type, name, shares[key].fraction))
		};
	});
	const whole = wholeModel(candidate);
	const config = `against ${named(report.reference.spec, report.reference.sha256)}`;
	const others = {
		dataset: {
			...dataset,
			config,
			split: protocolOf(report, null)
		},
		metrics: whole
	};
	return [...readouts, ...whole.length === 0 ? [] : [others]].filter(({ metrics }) => metrics.length > 0);
}
const wholeModel = ({ perplexity, divergence }) => [
	...metric("perplexity", "Perplexity", perplexity.chunked?.candidate),
	...metric("saegate_perplexity_change", "Change of perplexity, percent", perplexity.chunked?.deltaPercent),
	...metric("kl_divergence", "Mean KL divergence, nats per token", divergence?.klMean)
];
const metric = (type, name, value) => value === null || value === void 0 || !Number.isFinite(value) ? [] : [{
	type,
	name,
	value: Number(value.toPrecision(6))
}];
const SIGNS = {
	pass: "✅ pass",
	fail: "❌ fail",
	inconclusive: "⚠️ inconclusive"
};
/** Markdown. */
function cardSection(report, { verdict, candidate, report: digest }) {
	const [measured] = report.candidates;
	const rows = (measured?.features ?? []).map(({ readout, sae, hook, survived, damaged, active }) => {
		const { sha256 = "" } = report.readouts.find(({ id }) => id === readout) ?? {};
		return `| ${code(named(sae, sha256))} | ${code(hook)} | ${count(active)} | ${percent(survived.fraction)} | ${percent(damaged.fraction)} |`;
	});
	const { policy, reference, tool } = report;
	const by = policy === null ? "" : `, by the policy ${code(policy.name)}`;
	const perplexity = signedPercent(measured?.perplexity.chunked?.deltaPercent);
	const kl = measured?.divergence === void 0 ? "–" : number(measured.divergence?.klMean, 3);
	const table = [
		"| SAE | hook | active features | survived | damaged |",
		"|---|---|---:|---:|---:|",
		...rows
	];
	return [
		"## Features under quantization",
		"",
		`**${verdict === null ? "measured" : SIGNS[verdict]}**${by}. Held against ${code(named(reference.spec, reference.sha256))} through frozen sparse autoencoders by [saegate](https://github.com/saegate/saegate) ${code(tool.version)}, on ${protocolOf(report, null)} of ${code(textOf(report).name)}.`,
		"",
		...rows.length === 0 ? [] : [...table, ""],
		`Perplexity ${perplexity}, mean KL divergence ${kl}. Revision ${code(candidate.revision)}, content ${code(`sha256:${candidate.sha256}`)}, report ${code(`sha256:${digest}`)}.`
	].join("\n");
}
// src/registry/publish/hub.ts
/** By it, and by whose they are, our pull requests are found again. */
const TITLE = "Say in the card which features survive quantization";
const CARD = "README.md";
const MOST_CARD_BYTES = 2 ** 20;
const TRIES = 4;
/** `source`: name of the source whose models it speaks of. */
function hubTarget(source, settings) {
	return {
		name: `hub ${source}`,
		takes: (item) => item.source === source,
		async publish(item, verdict, idempotency, report) {
			const told = cardVerdict(item, verdict, idempotency, (await report()).report);
			const { hubPullRequests } = await import("./shared-hub-pull-requests.js");
			const requests = hubPullRequests(item.name, settings);
			for (let attempt = 1;; attempt++) try {
				return await tell(told, requests, settings);
			} catch (error) {
				if (!(error instanceof SaegateError && [hubBusy.code, hubUnreachable.code].includes(error.code)) || attempt === TRIES) throw error;
				await settings.wait(backOff(attempt));
			}
		}
	};
}
const cardVerdict = (item, verdict, idempotency, report) => ({
	model: item.name,
	idempotency,
	results: cardResults(report),
	section: cardSection(report, verdict)
});
/** Address of the pull request; null: the card has it. */
async function tell(verdict, requests, settings) {
	const { model, idempotency } = verdict;
	const standing = await cardAt(`hf:${model}`, model, settings);
	if (keyIn(standing.text) === idempotency) return null;
	const [own = null] = await requests.own(TITLE);
	const from = own === null ? standing : await cardAt(`hf:${model}@refs/pr/${own}`, model, settings);
	if (own !== null && keyIn(from.text) === idempotency) return requests.addressOf(own);
	return await requests.write({
		path: CARD,
		text: withVerdict(from.text, verdict),
		parent: from.commit,
		title: TITLE,
		description: "Results for `model-index`, and a section between two marks, which the next audit renews. Nothing else is changed.",
		pullRequest: own
	});
}
async function cardAt(spec, model, settings) {
	const files = await openFiles(spec, settings);
	try {
		const commit = files.revision ?? "";
		if (!files.has(CARD)) return {
			commit,
			text: ""
		};
		const file = await files.open(CARD);
		if (file.byteLength > MOST_CARD_BYTES) throw registryCardUnreadable(model, `it has more than ${MOST_CARD_BYTES} bytes`);
		const bytes = await file.read(0, file.byteLength);
		return {
			commit,
			text: new TextDecoder("utf-8", {
				fatal: true,
				ignoreBOM: true
			}).decode(bytes)
		};
	} catch (error) {
		if (error instanceof TypeError) throw registryCardUnreadable(model, "it is not UTF-8");
		throw error;
	} finally {
		await files.close();
	}
}
// src/registry/publish/mlflow.ts
/** @file A verdict as tags saegate.* of a model's version, and an alias that is moved to one that passes. */
/** Tags are set to what they are to be, the verdict last: told again after a crash, nothing is there twice. */
function mlflowTarget({ source, alias }, client) {
	return {
		name: `mlflow ${source}`,
		takes: (item) => item.source === source,
		async publish(item, { verdict, figures, report, candidate }, idempotency) {
			const [model, version] = partsOf(item);
			const tags = {
				"saegate.survived": figures.survived,
				"saegate.perplexity_delta_percent": figures.perplexityDelta,
				"saegate.kl_mean": figures.klMean,
				"saegate.report_sha256": report,
				"saegate.candidate_sha256": candidate.sha256,
				"saegate.idempotency": idempotency,
				"saegate.verdict": verdict ?? "measured"
			};
			for (const [key, value] of Object.entries(tags)) if (value !== null) await client.setTag(model, version, {
				key,
				value: String(value)
			});
			if (alias !== null && verdict === "pass" && Number(version) >= (await client.aliased(model, alias) ?? 0)) await client.setAlias(model, version, alias);
			return null;
		}
	};
}
// src/registry/publish/oci.ts
/**
* @file A verdict as an artifact beside the candidate, in the same repository of the OCI registry: a manifest of its own type whose
* subject is the candidate's manifest, with the report as its layer and the figures as annotations.
*
* Found by the referrers API, and where a registry has none, by the tag that the specification has for it (sha256-HEX), an index
* that is read, added to and written again. Source: distribution-spec, "Listing Referrers", "Pushing Manifests with Subject".
*/
const VERDICT_TYPE = "application/vnd.saegate.verdict.v1+json";
const REPORT_TYPE = "application/vnd.saegate.report.v1+json";
const EMPTY_TYPE = "application/vnd.oci.empty.v1+json";
const KEY = "dev.saegate.idempotency";
function ociTarget({ source, host }, settings) {
	const registry = ociRegistry(host, settings);
	return {
		name: `oci ${source}`,
		takes: (item) => item.source === source,
		async publish(item, verdict, idempotency, report) {
			const repository = repositoryOf(item);
			const place = {
				registry,
				repository
			};
			const subject = await registry.manifest(repository, item.revision);
			const { known, hasReferrers } = await referrers(place, subject.digest);
			const told = known.find(({ annotations }) => annotations[KEY] === idempotency);
			if (told !== void 0) return addressOf(place, told.digest);
			const { text, json } = artifactOf({
				item,
				verdict,
				idempotency,
				subject
			}, await report());
			await pushBlob(place, EMPTY);
			await pushBlob(place, json);
			const digest = digestOf(text);
			const answer = await pushManifest(place, digest, {
				type: OCI_MANIFEST,
				text
			});
			await answer.body?.cancel();
			if (!hasReferrers && answer.headers.get("OCI-Subject") === null) await pushFallback(place, subject.digest, descriptor(text, verdict, idempotency));
			return addressOf(place, digest);
		}
	};
}
const addressOf = ({ registry, repository }, digest) => `${registry.host}/${repository}@${digest}`;
const digestOf = (text) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const EMPTY = "{}";
/** What is said in few words, where the artifact is listed. */
function annotationsOf({ verdict, figures, report, candidate }, idempotency) {
	const told = {
		[KEY]: idempotency,
		"dev.saegate.verdict": verdict ?? "measured",
		"dev.saegate.survived": figures.survived,
		"dev.saegate.damaged": figures.damaged,
		"dev.saegate.perplexity_delta_percent": figures.perplexityDelta,
		"dev.saegate.kl_mean": figures.klMean,
		"dev.saegate.report_sha256": report,
		"dev.saegate.candidate_sha256": candidate.sha256
	};
	return Object.fromEntries(Object.entries(told).flatMap(([key, value]) => value === null ? [] : [[key, String(value)]]));
}
/** The same bytes for the same report: whoever pushes it again pushes the same artifact. */
function artifactOf({ verdict, idempotency, subject }, { report, text: json }) {
	const blob = (mediaType, content) => ({
		mediaType,
		digest: digestOf(content),
		size: Buffer.byteLength(content)
	});
	const manifest = {
		schemaVersion: 2,
		mediaType: OCI_MANIFEST,
		artifactType: VERDICT_TYPE,
		config: blob(EMPTY_TYPE, EMPTY),
		layers: [{
			...blob(REPORT_TYPE, json),
			annotations: { "org.opencontainers.image.title": "report.json" }
		}],
		subject: {
			mediaType: subject.mediaType,
			digest: subject.digest,
			size: subject.size
		},
		annotations: {
			"org.opencontainers.image.created": report.createdAt,
			...annotationsOf(verdict, idempotency)
		}
	};
	return {
		text: JSON.stringify(manifest),
		json
	};
}
const descriptor = (text, verdict, idempotency) => ({
	mediaType: OCI_MANIFEST,
	digest: digestOf(text),
	size: Buffer.byteLength(text),
	artifactType: VERDICT_TYPE,
	annotations: annotationsOf(verdict, idempotency)
});
/** Ours that speak of a manifest, by the API or else by the tag. */
async function referrers({ registry, repository }, digest) {
	const asked = registry.url(`${repository}/referrers/${digest}`);
	asked.searchParams.set("artifactType", VERDICT_TYPE);
	const response = await registry.request(asked, { headers: { Accept: OCI_INDEX } }, [
		400,
		404,
		405
	]);
	if (response.ok) {
		const index = await jsonOf(registry.host, response, MOST_MANIFEST_BYTES);
		return {
			known: oursIn(registry.host, index),
			hasReferrers: true
		};
	}
	await response.body?.cancel();
	const index = await fallbackIndex({
		registry,
		repository
	}, digest);
	return {
		known: oursIn(registry.host, { manifests: index }),
		hasReferrers: false
	};
}
/** A registry may know no filter. */
function oursIn(host, index) {
	const { manifests } = fieldsOf$2(index);
	if (!Array.isArray(manifests)) throw ociAnswer(host, "it has no list of referrers");
	return manifests.filter((one) => fieldsOf$2(one).artifactType === VERDICT_TYPE).map((one) => descriptorOf(host, one));
}
const fallbackTag = (digest) => digest.replace(":", "-");
/** What it lists, whosoever it is. */
async function fallbackIndex({ registry, repository }, digest) {
	const url = registry.url(`${repository}/manifests/${fallbackTag(digest)}`);
	const response = await registry.request(url, { headers: { Accept: OCI_INDEX } }, [404]);
	if (!response.ok) {
		await response.body?.cancel();
		return [];
	}
	const { manifests } = fieldsOf$2(await jsonOf(registry.host, response, MOST_MANIFEST_BYTES));
	if (!Array.isArray(manifests)) throw ociAnswer(registry.host, `the tag ${fallbackTag(digest)} of ${repository} is no index of referrers`);
	return manifests;
}
/** Read again just before it is written: another program may have added to it. */
async function pushFallback(place, subject, added) {
	const others = (await fallbackIndex(place, subject)).filter((one) => textOf$2(fieldsOf$2(one).digest) !== added.digest);
	const index = {
		schemaVersion: 2,
		mediaType: OCI_INDEX,
		manifests: [...others, added]
	};
	await (await pushManifest(place, fallbackTag(subject), {
		type: OCI_INDEX,
		text: JSON.stringify(index)
	})).body?.cancel();
}
async function pushManifest({ registry, repository }, reference, { type, text }) {
	return await registry.request(registry.url(`${repository}/manifests/${reference}`), {
		method: "PUT",
		headers: { "Content-Type": type },
		body: text
	});
}
/** What the registry has already is not sent again. */
async function pushBlob({ registry, repository }, content) {
	const digest = digestOf(content);
	if ((await registry.request(registry.blobUrl(repository, digest), { method: "HEAD" }, [404])).ok) return;
	const begun = await registry.request(registry.url(`${repository}/blobs/uploads/`), { method: "POST" });
	await begun.body?.cancel();
	const location = begun.headers.get("Location") ?? "";
	const base = registry.url("");
	if (!URL.canParse(location, base)) throw ociAnswer(registry.host, "it says nowhere to upload to");
	const to = new URL(location, base);
	to.searchParams.set("digest", digest);
	await (await registry.request(to, {
		method: "PUT",
		headers: { "Content-Type": "application/octet-stream" },
		body: content
	})).body?.cancel();
}
// src/registry/publish/webhook.ts
/**
* @file A verdict to an address of one's own, as JSON, signed: `X-Saegate-Signature: sha256=HEX` is the HMAC-SHA-256 over the body,
* and `Idempotency-Key` is the same for the same verdict on the same content, so that a receiver can leave a second one unread.
*/
function webhookTarget({ url, secret }, request) {
	return {
		name: `webhook ${new URL(url).host} ${digestOfWords(url).slice(0, 8)}`,
		takes: () => true,
		async publish(_, verdict, idempotency) {
			const body = JSON.stringify(verdict);
			const signature = secret === null ? null : createHmac("sha256", secret).update(body).digest("hex");
			await (await request(new URL(url), {
				method: "POST",
				headers: {
					"Content-Type": "application/json",
					"Idempotency-Key": idempotency,
					...signature === null ? {} : { "X-Saegate-Signature": `sha256=${signature}` }
				},
				body
			})).body?.cancel();
			return null;
		}
	};
}
// src/registry/publish/open-targets.ts
/** @file Where registry.yaml says that verdicts go, with the secrets that the environment holds for them. */
/** `isNeeded` false: nobody will be told, and no secret has to be there. Errors: REGISTRY_VARIABLE_MISSING, REGISTRY_TOKEN_UNENCRYPTED. */
function openTargets(file, doors, isNeeded) {
	const { environment } = doors;
	return (file.config.publish ?? []).flatMap(({ webhook, mlflow, hub, oci, github, dataset }, i) => {
		if (hub !== void 0) return hubTargets(file, doors);
		if (oci !== void 0) return ociTargets(file, doors);
		if (dataset !== void 0) return [datasetTarget(dataset.repository, doors.hub)];
		if (github !== void 0) {
			const where = file.where([
				"publish",
				i,
				"github"
			]);
			return [githubTarget(github, isNeeded ? secretIn(environment, "GITHUB_TOKEN", where) : "", environment)];
		}
		if (webhook === void 0) return mlflowTargets(file, mlflow?.alias ?? null, doors);
		const where = file.where([
			"publish",
			i,
			"webhook"
		]);
		const url = new URL(webhook.url);
		if (webhook.secretEnv !== void 0) requireEncrypted(where, url);
		const secret = webhook.secretEnv === void 0 || !isNeeded ? null : secretIn(environment, webhook.secretEnv, where);
		return [webhookTarget({
			url: webhook.url,
			secret
		}, patientFetch({
			who: url.host,
			environment
		}))];
	});
}
/** One for each source that is of MLflow. */
function mlflowTargets(file, alias, doors) {
	return file.config.sources.flatMap(({ name, mlflow }, i) => mlflow === void 0 ? [] : [mlflowTarget({
		source: name,
		alias
	}, mlflowOf(file, i, doors))]);
}
/** The same for the Hub. */
const hubTargets = (file, doors) => file.config.sources.flatMap(({ name, hub }) => hub === void 0 ? [] : [hubTarget(name, doors.hub)]);
/** The same for OCI registries. */
const ociTargets = (file, doors) => file.config.sources.flatMap(({ name, oci }) => oci === void 0 ? [] : [ociTarget({
	source: name,
	host: oci.registry
}, doors.hub)]);
function githubTarget({ repository, labels = [] }, token, environment) {
	const slash = repository.indexOf("/");
	return issueTarget({
		repository: {
			owner: repository.slice(0, slash),
			repo: repository.slice(slash + 1)
		},
		labels,
		token,
		apiUrl: environment.GITHUB_API_URL?.trim() || "https://api.github.com"
	}, {
		now: () => Date.now(),
		sleep: (milliseconds) => setTimeout$1(milliseconds)
	});
}
// src/cli/registry/night.ts
/** @file What `registry run` and `registry matrix` share: registry.yaml, the sources it names, and a night over its state. */
/** Errors: those of registry.yaml, of a state that is in use or damaged, of writing. */
async function night(host, given) {
	const file = await readRegistry(given.config);
	const folder = given.state ?? file.config.state ?? "saegate-registry";
	if (!given.isDryRun) return await withState(folder, (state) => within(host, {
		file,
		folder,
		given
	}, state));
	const history = await peekState(folder) ?? historyOf([]);
	const refuse = () => {
		throw new Error("a dry run writes nothing");
	};
	return await within(host, {
		file,
		folder,
		given
	}, {
		run: "dry-run",
		history,
		strays: 0,
		note: refuse,
		later: refuse,
		adopt: refuse
	});
}
async function within(host, { file, folder, given }, { run, history, note, later, strays }) {
	const progress = progressTo(host);
	const tell = (line) => {
		progress.clear();
		host.stderr.write(`${line}\n`);
	};
	if (strays > 0) tell(`${strays} lines of runs that had lost their lock are left out of the history.`);
	const environment = withDownloads(host.env, given.mostDisk === null ? null : downloadsIn(folder));
	const hub = {
		...hubSettings(environment),
		onWait: ({ why, seconds }) => tell(`${why}: waiting ${seconds} s`)
	};
	const doors = {
		environment,
		hub
	};
	const sources = openSources(file, doors);
	const only = given.event === void 0 ? null : itemsOf$1(await eventIn(host, given.event, given.eventHeaders ?? []), sources);
	try {
		return await runNight({
			...given,
			only,
			run,
			tool: VERSION,
			folder,
			signal: host.signal
		}, {
			file,
			sources,
			targets: openTargets(file, doors, given.publishes),
			history,
			port: engineAudits({
				toolVersion: VERSION,
				environment,
				onProgress: progress.show
			}),
			openSpec: (spec) => openFiles(spec, hub),
			note: given.isDryRun ? null : note,
			later,
			tell,
			clock: () => host.seconds() * 1e3
		});
	} finally {
		progress.clear();
	}
}
/** Errors: those of reading, REGISTRY_EVENT_REFUSED. */
async function eventIn(host, path, headers) {
	const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: runners } = host.env;
	const text = path === "-" ? await inputOf(host) : await readSmallText(path);
	if (headers.length > 0) return {
		kind: "webhook",
		event: eventWith(headers, text)
	};
	if (name === "repository_dispatch" && runners !== void 0 && resolve(path) === resolve(runners)) return {
		kind: "dispatch",
		items: dispatchedItems(text)
	};
	return {
		kind: "webhook",
		event: parseEvent(text)
	};
}
/** Webhooks take some kilobytes. */
const MOST_EVENT_BYTES = 2 ** 24;
/** Errors: REGISTRY_EVENT_REFUSED. */
async function inputOf(host) {
	const text = await host.input(MOST_EVENT_BYTES);
	if (text === null) throw registryEventRefused(`it has more than ${MOST_EVENT_BYTES} bytes`);
	return text;
}
/** Downloads within a size are kept apart from those that other programs share. */
const withDownloads = (env, folder) => folder === null ? env : {
	...env,
	SAEGATE_CACHE: folder,
	HF_HUB_CACHE: folder
};
/** The summary of a job on GitHub, where there is one. */
async function summarise(host, result) {
	const path = host.env.GITHUB_STEP_SUMMARY;
	if (path !== void 0 && path !== "") await appendFile(path, nightMarkdown(result));
}
export { night, summarise };
