import { K as replicateSums, et as canHalve, k as bareEstimate, n as meanDivergence, o as tailDivergence, r as perplexityChange, s as top1Agreement, t as candidatePerplexity } from "./shared-losses.js";
import { i as meanOf, o as quantileOf, s as singleCorrelation, t as classFraction } from "./shared-feature-figures.js";
import { a as meanValue, n as JACCARD, o as quantileValue, s as singleValue } from "./shared-agreement.js";
import { n as lossRecovered, r as recoveredChange, t as BY_LOSS } from "./shared-loss-recovered.js";
// src/policy/metrics/metric.ts
/** All active features, counting equally, at the policy's thresholds. */
const PLAIN = {
	at: null,
	features: null,
	quantile: null,
	mean: false,
	weight: "none"
};
/** Keys of a rule that only some metrics know. */
const QUESTION_KEYS = [
	"features",
	"quantile",
	"mean",
	"weight",
	"at",
	"readouts",
	"layers",
	"equals",
	"allow"
];
/** The policy's classes, with the rule's `at` in place of the end it is about. */
function thresholdsAt(end, at, { survived, damaged }) {
	if (at === null) return {
		survived,
		damaged
	};
	return end === "damaged" ? {
		survived: Math.max(survived, at),
		damaged: at
	} : {
		survived: at,
		damaged: Math.min(damaged, at)
	};
}
// src/statistics/features/monitors.ts
/** @file Alarms of a monitor: a feature's activation above a threshold, in the reference and in a candidate, by token group. */
/** Part of the reference's alarms that the candidate misses; null where the reference raises none. */
function missedAlarms({ before, missed }, sampling) {
	const groups = before.length;
	const total = (list) => list.reduce((sum, one) => sum + one, 0);
	if (total(before) === 0) return null;
	const value = total(missed) / total(before);
	const { range, scale } = JACCARD;
	if (!canHalve(groups)) return {
		...bareEstimate(value),
		range
	};
	const resampling = {
		...sampling,
		sizes: Float64Array.from(before)
	};
	const sums = Float64Array.from({ length: 2 * groups }, (_, i) => (i % 2 === 0 ? missed : before)[i >> 1]);
	const halves = replicateSums(resampling, sums, 2);
	const centre = scale.to(value);
	const values = Array.from({ length: halves.length / 2 }, (_, half) => {
		const [lost, all] = [halves[2 * half], halves[2 * half + 1]];
		return all > 0 ? scale.to(lost / all) : centre;
	});
	return {
		value,
		range,
		error: {
			kind: "replicates",
			resampling,
			scale: scale.from,
			centre,
			values,
			oneFeature: mostUnseen(total(before))
		}
	};
}
/**
* Of so many alarms none was missed: the largest part that may be, at 95 % (Clopper & Pearson 1934, the end of 0 of n), as if alarms
* came one by one.
*/
const mostUnseen = (alarms) => 1 - .025 ** (1 / alarms);
// src/policy/metrics/table.ts
const INFINITE = Number.POSITIVE_INFINITY;
/** What the rows below share. */
const ofCandidate = {
	scope: "candidate",
	ofText: true,
	interval: "groups",
	keys: []
};
const ofFeatures = {
	scope: "readout",
	interval: "groups",
	thresholds: [],
	measuredBy: "run the audit with --sae for the read-out"
};
/** Of figures that reports of before do not hold. */
const AGAIN = "run the audit with --sae for the read-out, in this version";
const FEATURES = [
	"features",
	"readouts",
	"layers"
];
const fraction = {
	...ofFeatures,
	unit: "fraction",
	range: [0, 1]
};
const correlation = {
	...ofFeatures,
	unit: "correlation",
	range: [-1, 1],
	better: "higher"
};
const ofChunked = {
	...ofCandidate,
	measuredBy: "run the audit with --perplexity chunked"
};
const ofSliding = {
	...ofCandidate,
	measuredBy: "run the audit with --perplexity chunked,sliding"
};
const change = {
	unit: "percent",
	better: "lower",
	range: [-100, INFINITE]
};
const itself = {
	unit: "perplexity",
	better: "lower",
	range: [1, INFINITE]
};
const divergence = {
	...ofCandidate,
	measuredBy: "run the audit with --perplexity chunked, which measures the divergence too"
};
const nats = {
	...divergence,
	unit: "nats",
	better: "lower",
	range: [0, INFINITE]
};
const counted = ({ weight }) => weight === "none" ? "" : `, counted by ${weight === "firing-rate" ? "firing rate" : "decoder norm"}`;
/** "the mean gain of 3 features", "the gain of each of 3 features". */
function ofEach(name, who, question) {
	const { quantile, mean } = question;
	if (quantile !== null) return `the ${Number((100 * quantile).toPrecision(6))} % quantile of ${name} over ${who}`;
	return mean ? `the mean ${name} of ${who}${counted(question)}` : `the ${name} of each of ${who}`;
}
/** What is asked of a figure that every feature has. */
function valuesOf(values, { ids, weights }, { quantile, mean }) {
	if (quantile !== null) return quantileValue(values, quantile);
	return mean ? meanValue(values, weights) : ids.map((_, k) => singleValue(values, k));
}
/** Null where one of them has no alarms to miss. */
function missedOf(ids, { of, sampling }) {
	const estimates = ids.flatMap((id) => {
		const monitor = of.find(({ feature }) => feature === id);
		const estimate = monitor && missedAlarms(monitor.groups, sampling);
		return estimate == null ? [] : [estimate];
	});
	return estimates.length === ids.length ? estimates : null;
}
/** The interval is the report's: from those that surely act the same to all but those that surely do not. */
function causalPart(causal) {
	if (causal === null || causal.survived.fraction === null) return null;
	const { fraction, ci } = causal.survived;
	const [low, high] = ci ?? [];
	return {
		value: fraction,
		range: [0, 1],
		error: {
			kind: "kept",
			interval: low === void 0 || high === void 0 ? null : [low, high]
		}
	};
}
function heldRecovered(recovered, of) {
	const figure = recovered?.figures.find(({ of: by, ablation }) => by === BY_LOSS.of && ablation === BY_LOSS.ablation);
	const value = figure?.[of] ?? null;
	return figure === void 0 || value === null ? null : {
		value,
		interval: figure[`${of}Ci`]
	};
}
/** Keeps a row's name as a type. */
const features = (row) => row;
const candidate = (row) => row;
const METRICS = [
	features({
		...fraction,
		name: "features.survived",
		words: "survival of active features",
		better: "higher",
		keys: [
			...FEATURES,
			"at",
			"weight"
		],
		thresholds: ["survived"],
		subject: (who, question, { survived }) => `the fraction of ${who} that survive (ρ ≥ ${question.at ?? survived}${counted(question)})`,
		held: ({ survived }) => ({
			value: survived.fraction,
			interval: survived.ci
		}),
		estimate: ({ correlations, weights }, { at }, thresholds) => classFraction(correlations, "survived", thresholdsAt("survived", at, thresholds), weights)
	}),
	features({
		...fraction,
		name: "features.degraded",
		words: "the share of degraded features",
		better: "lower",
		keys: [...FEATURES, "weight"],
		thresholds: ["survived", "damaged"],
		subject: (who, question, { survived, damaged }) => `the fraction of ${who} that are degraded (${damaged} ≤ ρ < ${survived}${counted(question)})`,
		held: ({ degraded }) => ({
			value: degraded.fraction,
			interval: degraded.ci
		}),
		estimate: ({ correlations, weights }, _question, thresholds) => classFraction(correlations, "degraded", thresholds, weights)
	}),
	features({
		...fraction,
		name: "features.damaged",
		words: "the share of damaged features",
		better: "lower",
		keys: [
			...FEATURES,
			"at",
			"weight"
		],
		thresholds: ["damaged"],
		subject: (who, question, { damaged }) => `the fraction of ${who} that are damaged (ρ < ${question.at ?? damaged}${counted(question)})`,
		held: ({ damaged }) => ({
			value: damaged.fraction,
			interval: damaged.ci
		}),
		estimate: ({ correlations, weights }, { at }, thresholds) => classFraction(correlations, "damaged", thresholdsAt("damaged", at, thresholds), weights)
	}),
	features({
		...correlation,
		name: "features.correlation",
		words: "the correlation of features",
		keys: [
			...FEATURES,
			"quantile",
			"mean",
			"weight",
			"allow"
		],
		subject: (who, question) => ofEach("ρ", who, question),
		held: ({ meanCorrelation, meanCorrelationCi }, { mean }) => mean ? {
			value: meanCorrelation,
			interval: meanCorrelationCi
		} : null,
		estimate: ({ ids, correlations, weights }, { quantile, mean }) => {
			if (quantile !== null) return quantileOf(correlations, quantile);
			return mean ? meanOf(correlations, weights) : ids.map((_, k) => singleCorrelation(correlations, k));
		}
	}),
	features({
		...correlation,
		name: "features.meanCorrelation",
		words: "mean feature correlation",
		keys: [...FEATURES, "weight"],
		subject: (who, question) => `the mean ρ of ${who}${counted(question)}`,
		held: ({ meanCorrelation, meanCorrelationCi }) => ({
			value: meanCorrelation,
			interval: meanCorrelationCi
		}),
		estimate: ({ correlations, weights }) => meanOf(correlations, weights)
	}),
	features({
		...correlation,
		name: "features.medianCorrelation",
		words: "median feature correlation",
		keys: FEATURES,
		subject: (who) => `the median ρ of ${who}`,
		held: ({ medianCorrelation }) => ({ value: medianCorrelation }),
		estimate: ({ correlations }) => quantileOf(correlations, .5)
	}),
	features({
		...ofFeatures,
		measuredBy: AGAIN,
		name: "features.gain",
		words: "the gain of features",
		unit: "ratio",
		better: "neither",
		range: [0, INFINITE],
		keys: [
			...FEATURES,
			"quantile",
			"mean",
			"weight",
			"allow"
		],
		subject: (who, question) => ofEach("gain", who, question),
		held: ({ gain }, { mean }) => mean && gain !== void 0 ? {
			value: gain.mean,
			interval: gain.ci
		} : null,
		estimate: ({ ids, firing, weights }, question) => firing && valuesOf(firing.gain, {
			ids,
			weights
		}, question)
	}),
	features({
		...ofFeatures,
		measuredBy: AGAIN,
		name: "features.firingJaccard",
		words: "the firing agreement of features",
		unit: "ratio",
		better: "higher",
		range: [0, 1],
		keys: [
			...FEATURES,
			"quantile",
			"mean",
			"weight",
			"allow"
		],
		subject: (who, question) => ofEach("firing agreement (Jaccard)", who, question),
		held: ({ firing }, { mean }) => mean && firing !== void 0 ? {
			value: firing.jaccard,
			interval: firing.ci
		} : null,
		estimate: ({ ids, firing, weights }, question) => firing && valuesOf(firing.jaccard, {
			ids,
			weights
		}, question)
	}),
	features({
		...ofFeatures,
		name: "features.causal",
		words: "the share of features that act the same",
		unit: "ratio",
		better: "higher",
		range: [0, 1],
		keys: ["readouts", "layers"],
		measuredBy: "run saegate causal",
		subject: () => "the part that acts the same of the features that were ablated and have an effect",
		held: ({ causal }) => causal === void 0 || causal.survived.fraction === null ? null : {
			value: causal.survived.fraction,
			interval: causal.survived.ci
		},
		estimate: ({ causal }) => causalPart(causal)
	}),
	features({
		...ofFeatures,
		name: "features.lossRecovered",
		words: "the loss that a model recovers with what the SAE rebuilds",
		unit: "fraction",
		better: "higher",
		range: [-INFINITE, INFINITE],
		keys: ["readouts", "layers"],
		measuredBy: "run the audit with --loss-recovered",
		subject: () => "the part of what zeros cost that the candidate recovers with what the SAE rebuilds",
		held: ({ lossRecovered }) => heldRecovered(lossRecovered, "candidate"),
		estimate: ({ recovered }) => recovered && lossRecovered(recovered.of.candidate, BY_LOSS, recovered.sampling)
	}),
	features({
		...ofFeatures,
		name: "features.lossRecovered.delta",
		words: "the change of the loss that is recovered with what the SAE rebuilds",
		unit: "points",
		better: "higher",
		range: [-INFINITE, INFINITE],
		keys: ["readouts", "layers"],
		measuredBy: "run the audit with --loss-recovered",
		subject: () => "the part of the loss that the SAE recovers, candidate less reference",
		held: ({ lossRecovered }) => heldRecovered(lossRecovered, "delta"),
		estimate: ({ recovered }) => recovered && recoveredChange(recovered.of, BY_LOSS, recovered.sampling)
	}),
	features({
		...ofFeatures,
		name: "monitor.missed",
		words: "the part of alarms that are missed",
		unit: "ratio",
		better: "lower",
		range: [0, 1],
		keys: [...FEATURES, "allow"],
		measuredBy: "give every feature of the list a threshold (a column of its CSV file) that the reference passes somewhere, and run the audit with this policy",
		subject: (who) => `the part of the reference’s alarms that is missed by each of ${who}`,
		held: () => null,
		estimate: ({ ids, monitors }, { features: list }) => list === null ? null : missedOf(ids, monitors)
	}),
	candidate({
		...ofChunked,
		...change,
		name: "perplexity.chunked.deltaPercent",
		words: "the change of chunked perplexity",
		estimate: ({ perplexity: { chunked } }, sampling) => chunked && perplexityChange(chunked.groups, sampling)
	}),
	candidate({
		...ofChunked,
		...itself,
		name: "perplexity.chunked.candidate",
		words: "the candidate’s chunked perplexity",
		estimate: ({ perplexity: { chunked } }, sampling) => chunked && candidatePerplexity(chunked.groups, sampling)
	}),
	candidate({
		...ofSliding,
		...change,
		name: "perplexity.sliding.deltaPercent",
		words: "the change of sliding perplexity",
		estimate: ({ perplexity: { sliding } }, sampling) => sliding && perplexityChange(sliding.groups, sampling)
	}),
	candidate({
		...ofSliding,
		...itself,
		name: "perplexity.sliding.candidate",
		words: "the candidate’s sliding perplexity",
		estimate: ({ perplexity: { sliding } }, sampling) => sliding && candidatePerplexity(sliding.groups, sampling)
	}),
	candidate({
		...nats,
		name: "divergence.klMean",
		words: "the mean KL divergence",
		estimate: ({ divergence }, sampling) => divergence && meanDivergence(divergence.groups, sampling)
	}),
	candidate({
		...nats,
		name: "divergence.klP99",
		words: "the 99th percentile of the KL divergence",
		estimate: ({ divergence }, sampling) => divergence && tailDivergence(divergence.klP99, divergence.groups, sampling)
	}),
	candidate({
		...divergence,
		name: "divergence.top1Agreement",
		words: "the top-1 agreement",
		unit: "fraction",
		better: "higher",
		range: [0, 1],
		estimate: ({ divergence }, sampling) => divergence && top1Agreement(divergence.groups, sampling)
	}),
	candidate({
		...ofCandidate,
		ofText: false,
		name: "compression.bits",
		words: "the mean number of bits per compressed weight",
		unit: "bits",
		better: "neither",
		range: [0, INFINITE],
		interval: "exact",
		keys: ["equals"],
		measuredBy: "take a candidate whose format says how many bits it stores",
		estimate: ({ compression }) => {
			const bits = compression?.bits ?? null;
			return bits === null ? null : bareEstimate(bits);
		}
	}),
	candidate({
		...ofCandidate,
		name: "dissociation",
		words: "dissociation",
		unit: "flag",
		better: "neither",
		range: [0, 1],
		keys: ["equals"],
		measuredBy: "run the audit with --perplexity chunked and at least one --sae",
		estimate: () => null
	})
];
const METRIC_NAMES = METRICS.map(({ name }) => name);
const byName = new Map(METRICS.map((metric) => [metric.name, metric]));
/** Null for a name that no row has: a report may be of another version. */
function metricNamed(name) {
	return byName.get(name) ?? null;
}
/** RangeError for a name that no row has, which the types exclude. */
function metricOf(name) {
	const metric = metricNamed(name);
	if (metric === null) throw new RangeError(`there is no metric ${name}`);
	return metric;
}
// src/policy/metrics/units.ts
const DIGITS = {
	fraction: 1,
	points: 1,
	percentPoints: 1,
	correlation: 3,
	ratio: 3,
	percent: 1,
	perplexity: 2,
	nats: 4,
	bits: 2,
	flag: 0
};
const MAX_DIGITS = 12;
function fixed(value, digits) {
	return value.toFixed(digits).replace(/^-(?=0(\.0*)?$)/, "").replace("-", "−");
}
/** A value in its unit: 78.0 %, −5.6 %, 0.912, 0.0034 nats. */
function quantity(value, unit, extraDigits = 0) {
	const digits = DIGITS[unit] + extraDigits;
	switch (unit) {
		case "fraction": return `${fixed(100 * value, digits)} %`;
		case "points": return `${fixed(100 * value, digits)} points`;
		case "percentPoints": return `${fixed(value, digits)} points`;
		case "percent": return `${value > 0 ? "+" : ""}${fixed(value, digits)} %`;
		case "nats": return `${fixed(value, digits)} nats`;
		case "bits": return `${fixed(value, digits)} bits`;
		case "correlation":
		case "ratio":
		case "perplexity":
		case "flag": return fixed(value, digits);
	}
}
/** How many digits more are needed to tell two values apart. */
function digitsApart(a, b, unit) {
	let extra = 0;
	while (a !== b && extra < MAX_DIGITS && quantity(a, unit, extra) === quantity(b, unit, extra)) extra++;
	return extra;
}
/** Changes of percentages are points. */
function unitOfChange(unit) {
	return unit === "fraction" ? "points" : unit === "percent" ? "percentPoints" : unit;
}
/** 1234567 → 1,234,567 */
function grouped(count) {
	return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}
// src/policy/rules/evaluable.ts
/** In a few words, for a rule's message; the report's warnings have the whole sentence. */
const SHORT = {
	"shards-missing": "a part of the text was measured",
	"reference-loss": "the reference’s own loss is worse than guessing",
	"line-ends": "the text’s line ends are mostly CRLF",
	"carriage-returns": "the text has carriage returns",
	"bos-left-out": "the BOS is left out",
	"repeated-token": "one token makes up most of the text",
	"special-tokens": "the text has special tokens",
	"records-without-text": "records without text were left out",
	"first-position": "the first position carries most of the variance"
};
const ADVICE = {
	"shards-missing": "measure the missing shards and merge all of them",
	"line-ends": "say --line-ends lf, or keep where the model is meant to read CRLF"
};
const ANOTHER_TEXT = "use text of the kind that the reference was trained on, with its own tokenizer";
/** Why features at a read-out tell nothing; null: they do. The figures stay, and no rule on them is decided. */
function unreadFeatures({ rescaled }) {
	if (rescaled === void 0) return null;
	return {
		why: `not evaluable: the residual stream is ${rescaled.toPrecision(4)} times the reference’s and otherwise the same`,
		advice: "audit with --rescale, which divides the factor out before encoding"
	};
}
/** Why the text tells nothing; null: it does, or the report is older than the check. */
function notEvaluable({ protocol }) {
	const found = protocol?.find(({ grade }) => grade === "not-evaluable");
	if (found === void 0) return null;
	return {
		why: `not evaluable: ${SHORT[found.check]}`,
		advice: ADVICE[found.check] ?? ANOTHER_TEXT
	};
}
/** Shards of it are missing: nothing is judged by a part of a text. */
function isPart({ protocol }) {
	return protocol?.some(({ check }) => check === "shards-missing") ?? false;
}
/** Why a candidate is not the one that was asked for; null: it is. */
function unmatched({ compression }) {
	const match = compression?.match;
	if (match === void 0 || match.reached) return null;
	return {
		why: `not evaluable: no sparsity has the perplexity of ${match.target}`,
		advice: "match another compression, or name the sparsity (prune:0.175)"
	};
}
/** A rule that would pass on a pruning that meets no target is undecided: what was asked for does not exist. */
function matchedOnly(result, candidate) {
	return result.status === "pass" ? undecided(result, unmatched(candidate)) : result;
}
/** `found` null: it is decided. */
function undecided(result, found) {
	if (found === null) return result;
	return {
		...result,
		status: "inconclusive",
		message: `${found.why} (${result.message})`,
		advice: `${found.why}; ${found.advice}`
	};
}
/** A rule that would pass, or be undecided (which a policy may let pass), on a text that tells nothing fails instead, and says why. */
function evaluated(result, report) {
	const metric = metricNamed(result.metric);
	if (isPart(report)) return result.status === "pass" ? undecided(result, notEvaluable(report)) : result;
	const found = metric?.scope === "candidate" && metric.ofText ? notEvaluable(report) : null;
	if (found === null || result.status !== "pass" && result.status !== "inconclusive") return result;
	return {
		...result,
		status: "fail",
		message: `${found.why} (${result.message})`,
		advice: `${found.why}; ${found.advice}`
	};
}
// src/policy/rules/verdict.ts
/**
* fail if an error-level rule failed, else inconclusive if one is (unless the policy lets that pass) or none passed, else
* pass. Null: no rule looked at the candidate.
*/
function candidateVerdict(rules, { onInconclusive }) {
	if (rules.length === 0) return null;
	const errors = rules.filter((rule) => rule.level === "error");
	const some = (status) => errors.some((rule) => rule.status === status);
	if (some("fail")) return "fail";
	if (some("inconclusive") && onInconclusive !== "pass") return "inconclusive";
	return some("pass") ? "pass" : "inconclusive";
}
/** Why rules of which none failed or is undecided required nothing: `every rule is a warning`. Null where one required something. */
function nothingRequired(rules) {
	const errors = rules.filter((rule) => rule.level === "error");
	if (errors.some(({ status }) => status !== "skipped" && status !== "waived")) return null;
	if (rules.length === 0) return "no rule looks at it";
	if (errors.length === 0) return "every rule is a warning";
	const rest = errors.length < rules.length ? ", and the rest are warnings" : "";
	if (errors.every(({ status }) => status === "waived")) return `every rule that could fail is waived${rest}`;
	if (errors.every(({ status }) => status === "skipped")) return `every rule that could fail was skipped${rest}`;
	return `every rule that could fail is waived or was skipped${rest}`;
}
/**
* The worst of the candidates. One that no rule looks at makes the report inconclusive, unless the policy lets it be and
* another passes.
*/
function reportVerdict(candidates, { unjudged }) {
	const verdicts = candidates.map((candidate) => candidate.verdict);
	if (verdicts.includes("fail")) return "fail";
	if (verdicts.includes("inconclusive")) return "inconclusive";
	if (unjudged !== "allow" && verdicts.includes(null)) return "inconclusive";
	return verdicts.includes("pass") ? "pass" : "inconclusive";
}
/** The verdict where nobody here measured, or a part alone: what would be a pass is undecided. */
function unproven(verdict, report) {
	return (report.claim !== void 0 || isPart(report)) && verdict === "pass" ? "inconclusive" : verdict;
}
/** Nothing but that it is a claim keeps it from a pass, and it was measured as is asked for. */
function isHarmlessClaim({ claim, candidates }, policy) {
	if (claim === void 0 || claim.differences.length > 0) return false;
	return reportVerdict(candidates.map((one) => ({
		...one,
		verdict: candidateVerdict(one.rules, policy)
	})), policy) === "pass";
}
/** 1 closes the gate. A report that was not judged has nothing to close it. */
function exitStatus(report, policy) {
	if (policy === null || policy.informational || report.verdict === null) return 0;
	if (isPart(report)) return 1;
	if (report.verdict === "inconclusive") return policy.onInconclusive === "fail" && !isHarmlessClaim(report, policy) ? 1 : 0;
	return report.verdict === "fail" ? 1 : 0;
}
export { metricNamed as _, unproven as a, PLAIN as b, matchedOnly as c, digitsApart as d, grouped as f, METRIC_NAMES as g, METRICS as h, reportVerdict as i, notEvaluable as l, unitOfChange as m, exitStatus as n, evaluated as o, quantity as p, nothingRequired as r, isPart as s, candidateVerdict as t, unreadFeatures as u, metricOf as v, QUESTION_KEYS as x, missedAlarms as y };
