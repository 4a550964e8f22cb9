import { _ as sentenceEnd, h as nearest } from "./shared-file.js";
import { i as problem } from "./shared-problem.js";
// src/contract/named-corpora.ts
const WIKITEXT = {
	dataset: "Salesforce/wikitext",
	revision: "b08601e04326c79dfdd32d625aee71d232d685c3",
	field: "text",
	records: "lines"
};
const wikitext = (config) => ({
	...WIKITEXT,
	splits: Object.fromEntries([
		"test",
		"validation",
		"train"
	].map((split) => [split, `${config}/${split}-*.parquet`]))
});
const NAMED_CORPORA = /* @__PURE__ */ new Map([
	["wikitext-2", wikitext("wikitext-2-raw-v1")],
	["wikitext-103", wikitext("wikitext-103-raw-v1")],
	["c4", {
		dataset: "allenai/c4",
		revision: "1588ec454efa1a09f29cd18ddd04fe05fc8653a2",
		splits: {
			validation: "en/c4-validation.*.json.gz",
			train: "en/c4-train.*.json.gz"
		},
		field: "text",
		records: "documents"
	}],
	["pile-10k", {
		dataset: "NeelNanda/pile-10k",
		revision: "127bfedcd5047750df5ccf3a12979a47bfa0bafa",
		splits: { train: "data/train-*.parquet" },
		field: "text",
		records: "documents"
	}],
	["fineweb-sample", {
		dataset: "HuggingFaceFW/fineweb",
		revision: "9bb295ddab0e05d785b879661af7260fed5140fc",
		splits: { train: "sample/10BT/*.parquet" },
		field: "text",
		records: "documents"
	}]
]);
/** Null: a path or something of the Hub. */
function namedPart(part) {
	const colon = part.indexOf(":");
	const corpus = NAMED_CORPORA.get(colon < 0 ? part : part.slice(0, colon));
	return corpus === void 0 ? null : {
		corpus,
		split: colon < 0 ? null : part.slice(colon + 1)
	};
}
/** Several sources of one corpus, apart by commas; those within braces belong to a glob. */
function corpusParts(source) {
	const parts = [];
	let [start, depth] = [0, 0];
	for (let at = 0; at <= source.length; at++) {
		const sign = source[at];
		if (sign === "{") depth++;
		if (sign === "}") depth = Math.max(0, depth - 1);
		if (at < source.length && (sign !== "," || depth > 0)) continue;
		const part = source.slice(start, at).trim();
		if (part !== "") parts.push(part);
		start = at + 1;
	}
	return parts;
}
/** What of a corpus lies on the Hub, as `hf:` specs of repositories. */
function corpusRepositories(source) {
	if (source.startsWith("tokens:")) return [];
	return corpusParts(source).flatMap((part) => {
		const named = namedPart(part);
		if (named !== null) return [`hf:datasets/${named.corpus.dataset}@${named.corpus.revision}`];
		const repository = DATASET.exec(part)?.[1];
		return repository === void 0 ? [] : [repository];
	});
}
/** `hf:[datasets/]owner/name[@revision]`, then `[:config]`, then `[/split or path]`. */
const DATASET = /^(hf:(?:datasets\/)?[^/@:]+\/[^/@:]+(?:@(?:refs\/(?:pr|convert)\/[^/:]+|[^/:]*))?)(?::([^/]*))?(?:\/(.*))?$/s;
/** Null: not of that form. */
function datasetPart(part) {
	const match = DATASET.exec(part);
	if (match === null) return null;
	const [, repository = "", config, path = ""] = match;
	return {
		repository,
		config: config || null,
		path: path.replace(/\/+$/, "")
	};
}
// src/contract/glob.ts
/**
* @file Wildcards for names: `*` is any run of characters, `?` any one; everything else stands for itself. Names such as
* `rtn:6` or `./quantized/int4` are not paths, so `*` crosses slashes. Linear in practice: no regular expression, hence
* no pattern that takes forever.
*/
function matchesGlob(pattern, name) {
	let p = 0;
	let n = 0;
	let star = -1;
	let resume = 0;
	while (n < name.length) if (pattern[p] === "*") {
		star = p++;
		resume = n;
	} else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === name[n])) {
		p++;
		n++;
	} else if (star >= 0) {
		p = star + 1;
		n = ++resume;
	} else return false;
	while (pattern[p] === "*") p++;
	return p === pattern.length;
}
/** One of the patterns matches one of the names. */
function matchesAny(patterns, names) {
	return patterns.some((pattern) => names.some((name) => matchesGlob(pattern, name)));
}
// src/errors/policy.ts
/** @file Problems with a policy, its watchlists, or the baseline it compares with. Source: policy/. */
/** JSON has no word for NaN and infinity: it would say null. */
const shown = (value) => {
	const text = typeof value === "number" ? String(value) : String(JSON.stringify(value) ?? value);
	return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};
/** `where` is file:line:column throughout. */
const policyKeyUnknown = problem("POLICY_KEY_UNKNOWN", 2, (where, key, suggestion, known) => ({
	message: `${where}: the key "${key}" is not known${sentenceEnd(suggestion === null ? null : `"${suggestion}"`)}`,
	fix: `Use one of: ${known.join(", ")}.`
}));
const policyInvalid = problem("POLICY_INVALID", 2, (where, key, found, expected) => ({
	message: `${where}: ${key === "" ? "the policy" : key} is ${shown(found)}; expected ${expected}.`,
	fix: `Correct ${key === "" ? "the file" : key}; schemas/policy.schema.json lets an editor help.`
}));
const policyRuleInvalid = problem("POLICY_RULE_INVALID", 2, (where, rule, what, fix) => ({
	message: `${where}: rule "${rule}": ${what}.`,
	fix
}));
const policyRuleRepeated = problem("POLICY_RULE_REPEATED", 2, (where, rule, firstLine) => ({
	message: `${where}: the rule id "${rule}" is used already on line ${firstLine}.`,
	fix: "Give each rule an id of its own: results, exceptions and annotations refer to it."
}));
const policyThresholds = problem("POLICY_THRESHOLDS", 2, (where, damaged, survived) => ({
	message: `${where}: features.damaged is ${damaged}, above features.survived, ${survived}: a feature would be both.`,
	fix: "Set damaged at or below survived (0.5 and 0.9 are the method’s)."
}));
const policyNoRules = problem("POLICY_NO_RULES", 2, (path) => ({
	message: `${path}: the policy has no rules, so it could not fail.`,
	fix: "Write rules:, or extends: default."
}));
const policyException = problem("POLICY_EXCEPTION", 2, (where, what, fix) => ({
	message: `${where}: ${what}.`,
	fix
}));
const policyUnknown = problem("POLICY_UNKNOWN", 2, (name, shipped) => ({
	message: `There is no shipped policy "${name}"${sentenceEnd(nearest(name, shipped))}`,
	fix: `Use ${shipped.join(", ")}, or a path that ends in .yaml or .yml.`
}));
const policyReference = problem("POLICY_REFERENCE", 2, (where, reference, why) => ({
	message: `${where}: "${reference}" ${why}.`,
	fix: "Name a file in the policy’s own folder or below, such as ./base.yaml."
}));
const policyExtends = problem("POLICY_EXTENDS", 2, (chain, why) => ({
	message: `${chain.join(" extends ")}: ${why}.`,
	fix: "Let each policy extend one that does not lead back to it."
}));
const watchlistInvalid = problem("WATCHLIST_INVALID", 2, (where, what) => ({
	message: `${where}: ${what}.`,
	fix: "Write one feature per line: its id (0, 1, …), then a comma and a label if it has one."
}));
const baselineMismatch = problem("BASELINE_MISMATCH", 2, (path, field, baseline, current) => ({
	message: `${path} cannot be the baseline: ${field} is ${shown(baseline)} there and ${shown(current)} here.`,
	fix: "Measure the baseline again with the same corpus, SAE, thresholds and positions, or leave --baseline out."
}));
const todayInvalid = problem("TODAY_INVALID", 2, (found) => ({
	message: `Today is given as "${found}"; expected YYYY-MM-DD.`,
	fix: "Give the date as YYYY-MM-DD."
}));
// src/contract/report/comparable.ts
/**
* @file Whether two measurements may be compared: they saw the same tokens in the same sequences and groups, the same reference,
* and the same SAE at the same positions and thresholds; anything else would show a change of the measurement, not of the
* model. What an older report does not say is not held against it, but said.
*
* The rule is asked twice: by the engine before anything is run, so that a baseline of another corpus costs seconds, and
* by judging, for reports that are judged again.
*/
/** The few values of a report that the rule asks for. */
function comparableOf({ digests, reference, corpus, readouts }) {
	const { sha256, blockLength, groups, bos, resampling, text, tokenizer } = corpus;
	return {
		...digests === void 0 ? {} : { digests },
		reference: {
			sha256: reference.sha256,
			...reference.files === void 0 ? {} : { files: reference.files }
		},
		corpus: {
			sha256,
			blockLength,
			groups,
			bos,
			...resampling === void 0 ? {} : { resampling },
			...text === void 0 ? {} : { text },
			...tokenizer === void 0 ? {} : { tokenizer }
		},
		readouts: readouts.map(({ id, sha256, positions, center, thresholds }) => ({
			id,
			sha256,
			positions,
			center,
			thresholds
		}))
	};
}
/** Throws with the differing field: BASELINE_MISMATCH, where nothing else is asked for. */
function requireComparable(current, earlier, say = baselineMismatch) {
	const same = (field, there, here) => {
		if (there !== here) throw say(earlier.path, field, there, here);
	};
	const differences = tokenDifferences(current.corpus, earlier.corpus);
	same(`corpus.sha256${differences.length === 0 ? "" : ` (what differs is ${differences.join(", and ")})`}`, earlier.corpus.sha256, current.corpus.sha256);
	same("corpus.blockLength", earlier.corpus.blockLength, current.corpus.blockLength);
	same("corpus.bos", earlier.corpus.bos, current.corpus.bos);
	if (earlier.corpus.resampling === current.corpus.resampling) same("corpus.groups", earlier.corpus.groups, current.corpus.groups);
	const other = referenceDifference(current, earlier);
	if (other !== null) same(`reference.sha256${other}`, earlier.reference.sha256, current.reference.sha256);
	const shared = current.readouts.flatMap((here) => {
		const there = earlier.readouts.find((one) => one.id === here.id);
		return there === void 0 ? [] : [{
			here,
			there
		}];
	});
	if (shared.length === 0 && current.readouts.length > 0 && earlier.readouts.length > 0) {
		const ids = ({ readouts }) => readouts.map((one) => one.id).join(", ");
		throw say(earlier.path, "readouts", ids(earlier), ids(current));
	}
	for (const { here, there } of shared) {
		if (sameDigests(current, earlier)) same(`readouts[${here.id}].sha256`, there.sha256, here.sha256);
		for (const key of ["positions", "center"]) same(`readouts[${here.id}].${key}`, there[key], here[key]);
		for (const key of [
			"survived",
			"damaged",
			"active"
		]) same(`readouts[${here.id}].thresholds.${key}`, there.thresholds[key], here.thresholds[key]);
	}
}
const sameDigests = (a, b) => a.digests === b.digests;
/** Read or not as the corpus needs them; the token ids that they gave are compared themselves. */
const OF_TOKENIZER = /^(tokenizer|vocab|merges|special_tokens|added_tokens|chat_template)/;
/** null: the same, or as far as older reports tell. Else what is another, for a message, or ''. */
function referenceDifference(here, there) {
	if (here.reference.sha256 === there.reference.sha256) return null;
	const [ours, theirs] = [here.reference.files, there.reference.files];
	if (ours === void 0 || theirs === void 0) return sameDigests(here, there) ? "" : null;
	const names = [.../* @__PURE__ */ new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
	const isOther = (name) => ours[name] === void 0 || theirs[name] === void 0 ? !OF_TOKENIZER.test(name) : ours[name] !== theirs[name];
	const others = names.filter(isOther);
	if (others.length === 0) return null;
	const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
	return ` (what differs is ${others.slice(0, 3).join(", ")}${more})`;
}
/** Why the token ids are others, as far as both reports tell; a clause each. */
function tokenDifferences(here, there) {
	const found = [];
	if (here.tokenizer !== void 0 && there.tokenizer !== void 0 && here.tokenizer !== there.tokenizer) found.push(`the tokenizer (${there.tokenizer.slice(0, 12)} there, ${here.tokenizer.slice(0, 12)} here)`);
	if (here.bos !== there.bos) found.push(`the BOS (${there.bos} there, ${here.bos} here)`);
	if (here.blockLength !== there.blockLength) found.push(`the block length (${there.blockLength} there, ${here.blockLength} here)`);
	if (here.text !== void 0 && there.text !== void 0 && here.text.sha256 !== there.text.sha256) found.push(here.text.unordered === there.text.unordered ? "the order of the records" : `the text (${there.text.sha256.slice(0, 12)} there, ${here.text.sha256.slice(0, 12)} here)`);
	return found;
}
/** What of two comparable reports differs that may show in the figures, or is not known; one clause each. */
function comparisonWarnings(current, earlier) {
	const [here, there] = [current.tool, earlier.tool];
	const warnings = [];
	if (here.device !== there.device) warnings.push(`the baseline was measured on ${there.device}, this report on ${here.device}: small changes may be the device’s`);
	if (there.operands === void 0 || here.operands === void 0) {
		const older = there.operands === void 0 ? "the baseline" : "this report";
		warnings.push(`${older} is of an older version and does not say in which number type it was computed: small changes may come of that`);
	} else if (here.operands !== there.operands) warnings.push(`the baseline was computed in ${there.operands}, this report in ${here.operands}: small changes may come of that`);
	if (!sameDigests(current, earlier)) {
		const older = earlier.digests === void 0 ? "the baseline" : "this report";
		const known = current.reference.files !== void 0 && earlier.reference.files !== void 0 ? "the SAEs are" : "reference and SAEs are";
		warnings.push(`${older} is of an older version, whose digests are of weight files alone: whether ${known} the same is not known`);
	}
	warnings.push(...arithmeticWarnings(here, there));
	if (earlier.corpus.resampling !== current.corpus.resampling) warnings.push("baseline and report are of versions that make intervals differently: changes are compared by value and the own interval of each, unpaired, which is wider than it had to be");
	return warnings;
}
/** Devices of one kind that differ, emulation beside the real thing, and how much of a change either report's arithmetic explains. */
function arithmeticWarnings(here, there) {
	const warnings = [];
	const [ours, theirs] = [here.accelerator?.name, there.accelerator?.name];
	if (ours !== void 0 && theirs !== void 0 && ours !== theirs) warnings.push(`the baseline was measured on ${theirs}, this report on ${ours}: small changes may be the device’s`);
	if ((here.emulated ?? false) !== (there.emulated ?? false)) warnings.push("one of baseline and report emulates 16-bit rounding on the CPU: small changes may come of that");
	const isOther = here.operands !== there.operands || here.device !== there.device;
	const noise = Math.max(here.engineNoise?.klMean ?? 0, there.engineNoise?.klMean ?? 0);
	if (isOther && noise > 0) warnings.push(`baseline and report were computed in different arithmetic, which alone is worth a KL of ${noise.toExponential(1)} against float32: changes of that size say nothing of the model`);
	return warnings;
}
// src/statistics/intervals/looks.ts
/**
* @file Looks at a growing text: an audit may stop at a quarter, at half, or go on to the whole. Who looks three times errs more often
* than who looks once, so every look's intervals are wider, all by one bound (Pocock, Biometrika 64, 1977).
*
* For normal errors the bound is that of a Brownian motion seen at times 1/4, 1/2, 1 (information grows as tokens do): P(|Z| > c at any
* look) = 1 − confidence. By Armitage, McPherson and Rowe (1969) the density of what has not crossed is carried from look to look. It
* is 2.31 for 95 % and three looks, 2.18 for two. With few documents, skewed errors and the bias of finite text that is not enough:
* how much less error each look is held to was found by simulation (`npm run coverage -- --looks`, docs/statistics.md).
*/
/** Parts of the token groups, ascending. */
const LOOKS = [
	1 / 4,
	1 / 2,
	1
];
/** Fewer have no interval. */
const FEWEST_GROUPS = 8;
/** Token groups that each look goes over, ascending; the whole is the last. */
function lookGroups(groups) {
	return LOOKS.map((part) => part * groups).filter((some) => some === groups || some >= FEWEST_GROUPS);
}
/**
* Part of the error that normal theory allows each look. With all of it a figure exactly on its limit passed falsely in up to 5 % of
* simulated texts, with half of it in 4.2 %, with a quarter in 2.5 % (docs/statistics.md). Two looks are held to what three are: the
* texts that have two are those of long documents, of which there are few.
*/
const SIMULATED_PART = 1 / 4;
/** The confidence that each of so many looks is held to, for all of them together to have the one given (0..1) at the least. */
function lookConfidence(confidence, looks) {
	if (looks <= 1) return confidence;
	return 1 - SIMULATED_PART * (1 - normalLookConfidence(confidence, LOOKS.length));
}
/** The same where errors are normal. */
function normalLookConfidence(confidence, looks) {
	if (looks <= 1) return confidence;
	const key = `${confidence}/${looks}`;
	const known = found.get(key);
	if (known !== void 0) return known;
	const level = bisected(confidence, looks);
	found.set(key, level);
	return level;
}
const found = /* @__PURE__ */ new Map();
function bisected(confidence, looks) {
	let [low, high] = [0, 12];
	for (let step = 0; step < 40; step++) {
		const middle = (low + high) / 2;
		if (crossing(middle, looks) > 1 - confidence) low = middle;
		else high = middle;
	}
	return 1 - crossing((low + high) / 2, 1);
}
/** Points on either side of zero at which densities are held. */
const STEPS = 60;
/** P(|Z| > c at any of the last so many looks). */
function crossing(bound, looks) {
	const times = LOOKS.slice(-looks);
	const [first = 1] = times;
	let at = grid(bound * Math.sqrt(first));
	let density = at.map((x) => normal(x, first));
	for (const [i, time] of times.entries()) {
		if (i === 0) continue;
		const before = times[i - 1] ?? 0;
		const next = grid(bound * Math.sqrt(time));
		density = next.map((y) => integral(at, (j, x) => (density[j] ?? 0) * normal(y - x, time - before)));
		at = next;
	}
	return 1 - integral(at, (j) => density[j] ?? 0);
}
/** Evenly from −end to end. */
const grid = (end) => Array.from({ length: 121 }, (_, i) => end * (i - STEPS) / STEPS);
const normal = (x, variance) => Math.exp(-x * x / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
/** Simpson's rule. */
function integral(at, value) {
	const step = (at[1] ?? 0) - (at[0] ?? 0);
	let sum = 0;
	for (const [j, x] of at.entries()) {
		const weight = j === 0 || j === at.length - 1 ? 1 : j % 2 === 1 ? 4 : 2;
		sum += weight * value(j, x);
	}
	return sum * step / 3;
}
// src/contract/readout-scope.ts
/** @file Which read-outs something is about: by the names they go by, by their layers. */
/** `names`: its id, its hook, its dictionary. */
function inScope({ readouts, layers }, names, layer) {
	return (readouts === null || matchesAny(readouts, names)) && (layers === null || layer !== void 0 && layers.includes(layer));
}
export { corpusRepositories as C, corpusParts as S, namedPart as T, todayInvalid as _, comparisonWarnings as a, matchesGlob as b, policyExtends as c, policyNoRules as d, policyReference as f, policyUnknown as g, policyThresholds as h, comparableOf as i, policyInvalid as l, policyRuleRepeated as m, lookConfidence as n, requireComparable as o, policyRuleInvalid as p, lookGroups as r, policyException as s, inScope as t, policyKeyUnknown as u, watchlistInvalid as v, datasetPart as w, NAMED_CORPORA as x, matchesAny as y };
