import { _ as todayInvalid, a as comparisonWarnings, i as comparableOf, l as policyInvalid, m as policyRuleRepeated, n as lookConfidence, o as requireComparable, p as policyRuleInvalid, s as policyException, t as inScope, u as policyKeyUnknown, y as matchesAny } from "./shared-readout-scope.js";
import { a as changesSince, c as newlyLost, d as schemaProblem, i as populationOf, l as readYaml, n as viewOf, o as earlierCandidate, r as featureName, t as recomputed, u as keyText } from "./shared-recomputed.js";
import { M as DEFAULT_CONFIDENCE, N as DEFAULT_THRESHOLDS } from "./shared-causal-schema.js";
import { a as unproven, b as PLAIN, c as matchedOnly, d as digitsApart, f as grouped, g as METRIC_NAMES, h as METRICS, i as reportVerdict, l as notEvaluable, m as unitOfChange, o as evaluated, p as quantity, r as nothingRequired, t as candidateVerdict, u as unreadFeatures, v as metricOf, x as QUESTION_KEYS } from "./shared-verdict.js";
import { t as schemaCheck } from "./shared-schema-check.js";
import { A as difference, F as knownOf, H as VALUE_ALONE, P as isUnpaired, U as fewestGroups, V as RESAMPLING_METHOD, k as bareEstimate, q as samplingOf } from "./shared-losses.js";
import { h as MOST_WATCHED } from "./shared-report-schema.js";
// src/policy/policy.ts
/** @file A policy as it is judged by: everything inherited, defaulted and looked up. */
/** When a candidate counts as dissociated, where a policy says nothing. */
const DEFAULT_DISSOCIATION = {
	perplexityDeltaPercent: 2,
	survived: .9
};
/** What counts where a policy says nothing. */
const POLICY_DEFAULTS = {
	features: DEFAULT_THRESHOLDS,
	confidence: DEFAULT_CONFIDENCE,
	onInconclusive: "fail",
	informational: false,
	unjudged: "inconclusive",
	baseline: "optional",
	dissociation: DEFAULT_DISSOCIATION
};
// src/policy/reading/rule-checks.ts
/**
* @file What a schema cannot say of a rule: which keys go with which metric, and limits that cannot have been meant.
*/
const OPERATORS = [
	"min",
	"max",
	"equals",
	"maxDrop",
	"maxRise"
];
/** The first fault of a rule, or null. */
function faultOf(rule) {
	for (const check of [
		operators,
		equality,
		limits,
		foreign,
		population
	]) {
		const fault = check(rule);
		if (fault !== null) return fault;
	}
	return null;
}
const operators = (rule) => {
	const given = OPERATORS.filter((operator) => rule[operator] !== void 0);
	if (given.length === 0) return {
		what: "it has no limit",
		fix: `Give it one of ${OPERATORS.join(", ")} (or min and max).`
	};
	const range = given.length === 2 && rule.min !== void 0 && rule.max !== void 0;
	if (given.length > 1 && !range) return {
		what: `it has ${given.join(" and ")}`,
		fix: "Only min and max go together: make two rules of it."
	};
	return null;
};
const equality = ({ metric, equals, min, max, maxDrop, maxRise }) => {
	const { unit, keys } = metricOf(metric);
	if (unit === "flag") return typeof equals === "boolean" ? null : {
		what: `${metric} is true or false`,
		fix: "Write equals: false."
	};
	if (equals === void 0) return null;
	if (typeof equals === "boolean") return {
		what: `${metric} is a number`,
		fix: "Give min or max a number."
	};
	if (!keys.includes("equals")) return {
		what: `${metric} is measured with an error, so it never equals a number`,
		fix: "Use min, max or both."
	};
	return [
		min,
		max,
		maxDrop,
		maxRise
	].every((other) => other === void 0) ? null : operators({
		id: "",
		metric
	});
};
const limits = (rule) => {
	const { range, unit } = metricOf(rule.metric);
	const { min, max, maxDrop, maxRise, equals } = rule;
	if (min !== void 0 && max !== void 0 && min > max) return {
		what: `min is ${min}, above max, ${max}`,
		fix: "Exchange them, or correct one."
	};
	for (const limit of [
		min,
		max,
		equals
	]) if (typeof limit === "number" && (limit < range[0] || limit > range[1])) return {
		what: `its limit is ${limit}; ${rule.metric} lies between ${range[0]} and ${range[1]}`,
		fix: unit === "fraction" ? `Write a fraction: ${limit / 100} for ${limit} %.` : "Correct the limit."
	};
	const widest = range[1] - range[0];
	const change = maxDrop ?? maxRise;
	if (change !== void 0 && change > widest) return {
		what: `it allows a change of ${change}; ${rule.metric} cannot change by more than ${widest}`,
		fix: "Correct it."
	};
	return null;
};
/** Keys that the metric knows nothing of; to count all features the same is what every metric of features does. */
const foreign = (rule) => {
	const { name, keys, scope } = metricOf(rule.metric);
	const isIdle = (key) => key === "weight" && rule.weight === "none" && scope === "readout";
	const key = QUESTION_KEYS.find((one) => rule[one] !== void 0 && !keys.includes(one) && !isIdle(one));
	if (key === void 0) return null;
	const others = METRICS.filter((metric) => metricOf(metric.name).keys.includes(key)).map((one) => one.name);
	return {
		what: `${key} has no meaning for ${name}`,
		fix: `Remove ${key}, or use it with ${others.join(", ").replace(/, ([^,]*)$/, " or $1")}.`
	};
};
/** A metric of which a quantile or the mean can be asked is of single features where neither is. */
const population = ({ metric, features, quantile, mean, weight, allow }) => {
	if (!metricOf(metric).keys.includes("quantile")) return null;
	if (quantile !== void 0 && mean === true) return {
		what: "it asks for a quantile and the mean",
		fix: "Choose one, or make two rules of it."
	};
	if (quantile === void 0 && mean !== true && features === void 0) return {
		what: "it does not say of which features, or which figure of them all",
		fix: "Add features: [ids], quantile: 0.05 or mean: true."
	};
	if (allow !== void 0 && (quantile !== void 0 || mean === true)) return {
		what: "allow has no meaning for a quantile or the mean",
		fix: "Use it with a list of features, each of which has to keep the limit."
	};
	return weight === void 0 || weight === "none" || mean === true ? null : {
		what: `weight has no meaning for ${metric} here`,
		fix: "Use it with fractions and means of features."
	};
};
// src/policy/reading/policy-schema.ts
const probability = {
	type: "number",
	minimum: 0,
	maximum: 1
};
const globs = {
	type: "array",
	items: {
		type: "string",
		minLength: 1
	},
	minItems: 1
};
const RULE_ID = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
const DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const rule = {
	type: "object",
	additionalProperties: false,
	required: ["id", "metric"],
	properties: {
		id: {
			type: "string",
			pattern: RULE_ID,
			title: "1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit",
			description: "Name of the rule, unique in the policy: letters, digits, dot, dash, underscore."
		},
		metric: {
			enum: METRIC_NAMES,
			description: "What is measured."
		},
		description: {
			type: "string",
			description: "Why the rule is there; shown by `saegate policy explain`."
		},
		min: {
			type: "number",
			description: "The metric must be at least this."
		},
		max: {
			type: "number",
			description: "The metric must be at most this."
		},
		equals: {
			type: ["number", "boolean"],
			description: "The metric must be exactly this; for dissociation and compression.bits."
		},
		maxDrop: {
			type: "number",
			minimum: 0,
			description: "The metric may be lower than in the baseline by at most this."
		},
		maxRise: {
			type: "number",
			minimum: 0,
			description: "The metric may be higher than in the baseline by at most this."
		},
		at: {
			type: "number",
			minimum: -1,
			maximum: 1,
			description: "Another ρ for this rule: features.survived counts ρ at or above it, features.damaged ρ below it."
		},
		features: {
			title: "a list of feature ids or {file: watchlist.csv}",
			description: "Only these features: a list of ids, or {file: watchlist.csv} with the columns feature and label.",
			anyOf: [{
				type: "array",
				items: {
					type: "integer",
					minimum: 0
				},
				minItems: 1,
				maxItems: 1e5
			}, {
				type: "object",
				additionalProperties: false,
				required: ["file"],
				properties: { file: {
					type: "string",
					minLength: 1,
					description: "Relative to the policy, in its folder or below."
				} }
			}]
		},
		allow: {
			type: "integer",
			minimum: 0,
			default: 0,
			description: "features.correlation, features.gain or features.firingJaccard of a list: so many of the listed features may miss the limit. Fewer than there are in the list."
		},
		quantile: {
			...probability,
			description: "features.correlation: this quantile of ρ (0.05: all but the worst 5 %); of features.gain and features.firingJaccard likewise."
		},
		mean: {
			type: "boolean",
			description: "features.correlation: the mean ρ; of features.gain and features.firingJaccard likewise."
		},
		weight: {
			enum: [
				"none",
				"firing-rate",
				"decoder-norm"
			],
			default: "none",
			description: "How much each feature counts in a fraction or mean: equally, by how often the reference fires it, or by the length of its decoder row."
		},
		candidates: {
			...globs,
			description: "Only candidates whose name or spec matches one of these (* and ?)."
		},
		readouts: {
			...globs,
			description: "Only read-outs whose id, hook or SAE matches one of these (* and ?)."
		},
		layers: {
			type: "array",
			items: {
				type: "integer",
				minimum: 0
			},
			minItems: 1,
			description: "Only read-outs of these layers (0-based blocks)."
		},
		level: {
			enum: ["error", "warning"],
			default: "error",
			description: "error: failing this rule fails the gate. warning: it is shown."
		}
	}
};
const exception = {
	type: "object",
	additionalProperties: false,
	required: [
		"rule",
		"candidate",
		"reason",
		"expires"
	],
	properties: {
		rule: {
			type: "string",
			minLength: 1,
			description: "Id of the rule that is waived."
		},
		candidate: {
			type: "string",
			minLength: 1,
			description: "Name or spec of the candidate; * and ? are wildcards."
		},
		reason: {
			type: "string",
			minLength: 1,
			description: "Why; shown wherever the waiver is used."
		},
		expires: {
			type: "string",
			pattern: DAY,
			title: "a day as YYYY-MM-DD",
			description: "Last day on which the waiver holds, YYYY-MM-DD."
		}
	}
};
const policySchema = {
	$schema: "http://json-schema.org/draft-07/schema#",
	$id: "https://saegate.dev/schemas/policy.schema.json",
	title: "saegate policy",
	description: "What a compressed model must still be able to do, feature by feature, before it ships.",
	type: "object",
	additionalProperties: false,
	required: ["version"],
	properties: {
		version: {
			const: 1,
			description: "Version of this grammar."
		},
		name: {
			type: "string",
			minLength: 1,
			maxLength: 100,
			description: "Shown in reports; the file name if absent."
		},
		description: {
			type: "string",
			description: "What the policy is for."
		},
		extends: {
			type: "string",
			minLength: 1,
			description: "A policy to start from: ./file.yaml in this folder or below, or a shipped one (default, strict, research). A rule with the same id replaces the inherited one."
		},
		features: {
			type: "object",
			additionalProperties: false,
			description: "Where the classes of features begin and end.",
			properties: {
				survived: {
					type: "number",
					minimum: -1,
					maximum: 1,
					default: DEFAULT_THRESHOLDS.survived,
					description: "ρ at or above: survived."
				},
				damaged: {
					type: "number",
					minimum: -1,
					maximum: 1,
					default: DEFAULT_THRESHOLDS.damaged,
					description: "ρ below: damaged."
				},
				active: {
					type: "number",
					minimum: 0,
					exclusiveMaximum: 1,
					default: DEFAULT_THRESHOLDS.active,
					description: "Features that fire in more than this fraction of the reference’s positions are counted."
				}
			}
		},
		confidence: {
			type: "number",
			minimum: .5,
			maximum: .9999,
			default: DEFAULT_CONFIDENCE,
			description: "A rule passes or fails when the whole interval at this level does: at 0.95 either happens falsely, on the limit, in 2.5 % of audits (one-sided)."
		},
		onInconclusive: {
			enum: [
				"fail",
				"warn",
				"pass"
			],
			default: "fail",
			description: "What the gate does when an interval straddles a limit."
		},
		informational: {
			type: "boolean",
			default: false,
			description: "Report everything, never fail: for the first weeks."
		},
		unjudged: {
			enum: ["inconclusive", "allow"],
			default: "inconclusive",
			description: "What a candidate that no rule looks at makes of the report: inconclusive, or nothing (allow) where others pass."
		},
		baseline: {
			enum: ["optional", "required"],
			default: "optional",
			description: "Without a baseline report, rules with maxDrop or maxRise are skipped (optional) or fail (required)."
		},
		dissociation: {
			type: "object",
			additionalProperties: false,
			description: "When a candidate counts as dissociated: behaviour looks this good while features are worse than this.",
			properties: {
				perplexityDeltaPercent: {
					type: "number",
					default: DEFAULT_DISSOCIATION.perplexityDeltaPercent,
					description: "Perplexity change at or below, in percent."
				},
				survived: {
					...probability,
					default: DEFAULT_DISSOCIATION.survived,
					description: "Fraction of surviving features below."
				}
			}
		},
		rules: {
			type: "array",
			items: rule,
			maxItems: 1e3,
			description: "What must hold, for each candidate and read-out."
		},
		exceptions: {
			type: "array",
			items: exception,
			maxItems: 1e3,
			description: "Rules waived for a candidate until a day; counted and shown."
		}
	}
};
// src/policy/reading/schema-errors.ts
/**
* @file What the schema finds wrong with a policy, with file, line, column and key.
*/
const check = schemaCheck(policySchema, {
	allErrors: true,
	verbose: true
});
/** The YAML's value as a policy document. Throws POLICY_INVALID or POLICY_KEY_UNKNOWN. */
function checkedDocument(yaml) {
	const validate = check();
	if (validate(yaml.value)) return yaml.value;
	const problem = schemaProblem(validate.errors ?? []);
	const [at, key] = [yaml.at(problem.path), keyText(problem.path)];
	if (problem.kind === "unknown-key") throw policyKeyUnknown(at, key, problem.near, problem.known);
	const expected = problem.kind === "missing-key" ? `the key "${problem.key}" in it` : problem.expected;
	throw policyInvalid(at, key, problem.found, expected);
}
// src/policy/reading/parse.ts
/**
* @file One policy file, read and checked, with the line of everything in it. What it extends and the lists it names are
* followed by load.ts.
*/
/** Throws YAML_*, POLICY_INVALID, POLICY_KEY_UNKNOWN, POLICY_RULE_INVALID, POLICY_RULE_REPEATED, POLICY_EXCEPTION. */
function parsePolicyFile(path, text) {
	const yaml = readYaml(path, text);
	const document = checkedDocument(yaml);
	checkRules(yaml, document.rules ?? []);
	document.exceptions?.forEach(({ expires }, index) => {
		if (!isDay(expires)) {
			const where = yaml.at([
				"exceptions",
				index,
				"expires"
			]);
			throw policyException(where, `${expires} is no day of the calendar`, "Correct the date (YYYY-MM-DD).");
		}
	});
	return {
		path,
		text,
		document,
		at: yaml.at,
		lineOf: yaml.lineOf
	};
}
function checkRules(yaml, rules) {
	const lines = /* @__PURE__ */ new Map();
	rules.forEach((rule, index) => {
		const first = lines.get(rule.id);
		if (first !== void 0) throw policyRuleRepeated(yaml.at([
			"rules",
			index,
			"id"
		]), rule.id, first);
		lines.set(rule.id, yaml.lineOf(["rules", index]));
		const fault = faultOf(rule);
		if (fault !== null) throw policyRuleInvalid(yaml.at(["rules", index]), rule.id, fault.what, fault.fix);
	});
}
/** YYYY-MM-DD that the calendar has. */
function isDay(text) {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
	if (match === null) return false;
	const [year, month, day] = match.slice(1).map(Number);
	const days = [
		31,
		year % 4 === 0 && year % 100 !== 0 || year % 400 === 0 ? 29 : 28,
		31,
		30,
		31,
		30,
		31,
		31,
		30,
		31,
		30,
		31
	];
	return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}
// src/policy/metrics/measured.ts
const measured = (active, ...estimates) => ({
	kind: "measured",
	estimates,
	active
});
function candidateMeasured(metric, candidate, sampling) {
	const estimate = metric.estimate(candidate, sampling);
	return estimate === null ? {
		kind: "missing",
		why: `${metric.words} was not measured`,
		advice: metric.measuredBy
	} : measured(null, {
		...estimate,
		label: null
	});
}
function featuresMeasured(metric, view, question, reading) {
	if (view.evidence === null) return fromReportAlone(metric, view, question, reading);
	const population = populationOf(view, view.evidence, question, reading.features);
	if (population.kind === "missing") return population;
	const estimates = metric.estimate(population, question, reading.features);
	if (estimates === null) return {
		kind: "missing",
		why: `${metric.words} was not measured`,
		advice: metric.measuredBy
	};
	const active = question.features === null ? population.ids.length : null;
	if (!isList(estimates)) return measured(active, {
		...estimates,
		label: null
	});
	return measured(active, ...estimates.map((one, k) => ({
		...one,
		label: featureName(population.ids[k] ?? -1, question)
	})));
}
const isList = (estimates) => Array.isArray(estimates);
/** Only what the report's own intervals answer: without replicates, another verdict might come out than with them. */
function fromReportAlone(metric, { features, confidence }, question, reading) {
	const held = metric.held(features, question);
	const interval = held?.interval;
	const own = features.thresholds;
	const same = question.features === null && question.weight === "none" && question.quantile === null && reading.confidence === confidence && reading.features.active === own.active && metric.thresholds.every((end) => (question.at ?? reading.features[end]) === own[end]);
	if (held === null || interval === void 0 || !same) return {
		kind: "missing",
		why: "it needs the feature tables, which are not beside this report",
		advice: "keep report.json and its features folder together"
	};
	const kept = interval === null ? null : [interval[0], interval[1]];
	return measured(features.active, {
		...bareEstimate(held.value),
		error: {
			kind: "kept",
			interval: kept
		},
		label: null
	});
}
// src/policy/rules/decide.ts
/**
* Half-width over distance to the limit at which about four audits in five decide. Where the two are equal, half of them do:
* the interval just touches the limit, and the number itself moves.
*/
const WIDTH_FOR_POWER = Math.SQRT1_2;
/** A number against a limit; `maxDrop` and `maxRise` take the drop or the rise itself. */
function decide(estimate, limit, confidence) {
	const known = knownOf(estimate, confidence);
	const interval = known?.interval ?? null;
	const [low, high] = interval ?? [estimate.value, estimate.value];
	const isUnsure = interval === null && estimate.error !== null;
	const found = isUnsure ? "inconclusive" : outcomeOf(low, high, limit);
	const slack = estimate.isEarly === true ? Math.abs(known?.bias ?? 0) : 0;
	const outcome = found === "fail" && outcomeOf(low - slack, high + slack, limit) !== "fail" ? "inconclusive" : found;
	return {
		outcome,
		estimate,
		interval,
		timesTokens: isUnsure ? NaN : outcome === "inconclusive" ? tokensNeeded(estimate.value, [low, high], limit, known?.budgetExponent ?? 2) : 1
	};
}
function outcomeOf(low, high, limit) {
	switch (limit.operator) {
		case "min": return low >= limit.value ? "pass" : high < limit.value ? "fail" : "inconclusive";
		case "max":
		case "maxDrop":
		case "maxRise": return high <= limit.value ? "pass" : low > limit.value ? "fail" : "inconclusive";
		case "equals": return low === limit.value && high === limit.value ? "pass" : "fail";
	}
}
/**
* Times the tokens that would decide a number about four times in five; Infinity where it is on the limit. Half-widths fall
* as tokens^(−1/exponent): 2 where errors fall as those of a mean do, up to 4 for fractions of features that err each for
* themselves.
*/
function tokensNeeded(value, [low, high], limit, exponent) {
	const distance = Math.abs(value - Number(limit.value));
	const half = value < Number(limit.value) ? high - value : value - low;
	if (distance === 0) return Number.POSITIVE_INFINITY;
	return Math.max(1, (half / (WIDTH_FOR_POWER * distance)) ** exponent);
}
/** A number of tokens worth naming: two digits, rounded up. */
function roundedTokens(tokens) {
	const unit = 10 ** Math.max(0, Math.floor(Math.log10(tokens)) - 1);
	return Math.ceil(Number((tokens / unit).toPrecision(12))) * unit;
}
// src/policy/rules/wording.ts
/** The unit in which a limit is told. */
function unitOf(rule, limit) {
	const { unit } = metricOf(rule.metric);
	return limit.operator === "maxDrop" || limit.operator === "maxRise" ? unitOfChange(unit) : unit;
}
/** `at least 80.0 %`, `a drop of at most 2.0 points`. */
function limitWords(rule, limit, extraDigits = 0) {
	if (typeof limit.value === "boolean") return String(limit.value);
	const value = quantity(limit.value, unitOf(rule, limit), extraDigits);
	switch (limit.operator) {
		case "min": return `at least ${value}`;
		case "max": return `at most ${value}`;
		case "equals": return `exactly ${value}`;
		case "maxDrop": return `a drop of at most ${value} against the baseline`;
		case "maxRise": return `a rise of at most ${value} against the baseline`;
	}
}
/** `95 % interval 76.9 % to 79.1 %` */
function intervalWords(interval, confidence, unit, extra = 0) {
	return `${Number((100 * confidence).toPrecision(6))} % interval ${quantity(interval[0], unit, extra)} to ${quantity(interval[1], unit, extra)}`;
}
/** The chance that a number whose truth lies exactly on its limit is said to keep it, or to miss it: 2.5 % at 95 %. */
function oneSided(confidence) {
	return `${Number((50 * (1 - confidence)).toPrecision(6))} %`;
}
/** What a rule is about, as the subject of a sentence: which features, which ρ, which weights. */
function ruleSubject(rule, policy) {
	const metric = metricOf(rule.metric);
	if (metric.scope === "candidate") return metric.words;
	const who = rule.features === null ? "active features" : listed(rule.features.ids.length);
	return metric.subject(who, rule, policy.features);
}
function listed(count) {
	return count === 1 ? "the 1 listed feature" : `the ${count} listed features`;
}
// src/policy/rules/dissociation.ts
function dissociationOf(candidate, views, policy, isEarly = false) {
	const { perplexityDeltaPercent, survived } = policy.dissociation;
	const changes = ["chunked", "sliding"].flatMap((protocol) => {
		const estimate = behaviour(`perplexity.${protocol}.deltaPercent`, candidate, views[0]?.sampling ?? VALUE_ALONE);
		return estimate === null ? [] : [{
			...estimate,
			isEarly,
			label: protocol
		}];
	});
	const survival = views.flatMap((view) => {
		const estimate = ofActive("features.survived", view, policy);
		return estimate === null ? [] : [{
			view,
			estimate: {
				...estimate,
				isEarly
			}
		}];
	});
	if (changes.length === 0) return unmeasured("perplexity was not measured");
	if (survival.length === 0) return unmeasured("no feature was measured");
	const fine = changes.map((estimate) => decide(estimate, {
		operator: "max",
		value: perplexityDeltaPercent
	}, policy.confidence));
	const kept = survival.map(({ view, estimate }) => ({
		view,
		...decide(estimate, {
			operator: "min",
			value: survived
		}, policy.confidence)
	}));
	const seen = {
		change: least(fine, ({ estimate }) => estimate.value),
		survival: least(kept, ({ estimate }) => estimate.value),
		several: views.length > 1
	};
	const looksFine = seen.change.estimate.value <= perplexityDeltaPercent;
	const flag = looksFine && seen.survival.estimate.value < survived;
	const certain = certainty(fine, kept);
	const undecided = [...fine, ...kept].filter(({ outcome }) => outcome === "inconclusive");
	return {
		flag,
		certain,
		reason: flag ? flaggedSentence(seen, certain === null, policy) : clearSentence(seen, looksFine, certain === null, policy),
		timesTokens: Math.max(1, ...undecided.map(({ timesTokens }) => timesTokens))
	};
}
const unmeasured = (reason) => ({
	flag: null,
	certain: null,
	reason,
	timesTokens: 1
});
function certainty(fine, kept) {
	if (fine.some(({ outcome }) => outcome === "pass") && kept.some(({ outcome }) => outcome === "fail")) return true;
	if (fine.every(({ outcome }) => outcome === "fail") || kept.every(({ outcome }) => outcome === "pass")) return false;
	return null;
}
/** perplexity −5.6 %, but 18.7 % of active features degraded; where undecided, "possibly", and how well both are known. */
function flaggedSentence({ change, survival, several }, undecided, policy) {
	const { view } = survival;
	const degraded = ofActive("features.degraded", view, policy)?.value ?? 0;
	const damaged = ofActive("features.damaged", view, policy)?.value ?? 0;
	const lost = `${[...degraded > 0 || damaged === 0 ? [`${quantity(degraded, "fraction")} of active features degraded`] : [], ...damaged > 0 ? [`${quantity(damaged, "fraction")}${degraded > 0 ? "" : " of active features"} damaged`] : []].join(" and ")}${place(view, several)}`;
	if (!undecided) return `${perplexityWords(change)}, but ${lost}`;
	const survive = `${quantity(survival.estimate.value, "fraction")} survive${known(survival, "fraction", policy)}`;
	return `possibly dissociated: ${perplexityWords(change)}${known(change, "percent", policy)}, but ${lost}, so that ${survive}`;
}
function clearSentence({ change, survival, several }, looksFine, undecided, policy) {
	const perplexity = `${perplexityWords(change)}${undecided ? known(change, "percent", policy) : ""}`;
	if (!looksFine) return `${perplexity} shows the change`;
	return `${perplexity}, and ${`${quantity(survival.estimate.value, "fraction")} of active features survive${place(survival.view, several)}`}${undecided ? known(survival, "fraction", policy) : ""}`;
}
const perplexityWords = ({ estimate }) => `${estimate.label === "sliding" ? "sliding " : ""}perplexity ${quantity(estimate.value, "percent")}`;
const place = ({ features }, several) => several ? ` at ${features.readout}` : "";
const known = ({ interval }, unit, policy) => interval === null ? " (no interval)" : ` (${intervalWords(interval, policy.confidence, unit)})`;
function behaviour(name, candidate, sampling) {
	const metric = metricOf(name);
	return metric.scope === "candidate" ? only(candidateMeasured(metric, candidate, sampling)) : null;
}
/** Of all active features at the policy's thresholds. */
function ofActive(name, view, policy) {
	const metric = metricOf(name);
	return metric.scope === "readout" ? only(featuresMeasured(metric, view, PLAIN, policy)) : null;
}
const only = (measured) => measured.kind === "measured" ? measured.estimates[0] ?? null : null;
function least(items, value) {
	return items.reduce((best, item) => value(item) < value(best) ? item : best);
}
// src/policy/rules/exceptions.ts
/**
* @file Waivers: a rule that need not hold for a candidate, for a reason, until a day. One that has run out makes the rule
* fail unless it passes by itself: nobody may forget one.
*/
/** A waiver is for the time it takes to mend something. */
const LONGEST_DAYS = 366;
/** Throws POLICY_EXCEPTION for a waiver that runs for more than a year from `today` (YYYY-MM-DD). */
function requireShortWaivers({ exceptions }, today) {
	const days = (day) => Date.parse(`${day}T00:00:00Z`) / 864e5;
	for (const { rule, expires, path, line } of exceptions) if (days(expires) - days(today) > LONGEST_DAYS) throw policyException(`${path}:${line}`, `the waiver of ${rule} runs until ${expires}, more than a year from ${today}`, "Let it expire within a year and renew it then, or remove the rule.");
}
function concerns(exception, candidate) {
	return matchesAny([exception.candidate], [candidate.name, candidate.spec]);
}
/** The result as the policy's exceptions leave it. `today` is YYYY-MM-DD; an exception holds through its last day. */
function withExceptions(result, candidate, exceptions, today) {
	if (result.status === "pass" || result.status === "skipped") return result;
	const mine = exceptions.filter((one) => one.rule === result.id && concerns(one, candidate));
	const valid = mine.find((one) => today <= one.expires);
	if (valid !== void 0) return {
		...result,
		status: "waived",
		waiver: {
			reason: valid.reason,
			expires: valid.expires
		}
	};
	const expired = mine.reduce((latest, one) => latest === null || one.expires > latest.expires ? one : latest, null);
	if (expired === null) return result;
	return {
		...result,
		status: "fail",
		message: `${result.message}; its waiver (${expired.reason}) expired on ${expired.expires}`
	};
}
// src/policy/rules/looks.ts
/** Was there another look to come? */
function isEarlyLook({ looks }) {
	return looks !== void 0 && looks.taken < looks.planned.length;
}
/** Is there nothing that more text could decide? Of a report that was judged. */
function isDecided({ candidates }) {
	return candidates.every(({ rules }) => rules.every(({ status }) => status !== "inconclusive"));
}
// src/policy/rules/rule-messages.ts
/** @file What a rule's result says: what was seen against what was asked, and what would change it. */
const FEATURES_NAMED = 5;
/** What was seen, the limit, and why it is undecided or has no interval. */
function message(rule, limit, policy, ruled) {
	const { estimate, interval } = ruled.decisions[0];
	const told = valueWords(rule, limit, policy, ruled.decisions[0]);
	const subject = `${{
		maxDrop: "the drop of ",
		maxRise: "the rise of ",
		min: "",
		max: "",
		equals: ""
	}[limit.operator]}${ruleSubject(rule, policy)}`;
	const bare = interval === null ? withoutInterval(rule, ruled.outcome) : ownIntervals(estimate);
	if (estimate.label !== null) return `${subject}${listWords(rule, limit, policy, ruled)}${bare}`;
	const straddles = ruled.outcome === "inconclusive" && interval !== null ? "; the interval lies on both sides" : "";
	return `${subject} is ${told.value}; ${told.asked}${straddles}${bare}`;
}
/** A value with its interval, and what is asked of it, with digits enough to tell the two apart. */
function valueWords(rule, limit, policy, { estimate, interval }) {
	const unit = unitOf(rule, limit);
	const extra = digitsApart(estimate.value, Number(limit.value), unit);
	const known = interval === null ? "" : ` (${intervalWords(interval, policy.confidence, unit, extra)})`;
	return {
		value: `${quantity(estimate.value, unit, extra)}${known}`,
		asked: `the policy asks for ${limitWords(rule, limit, extra)}`
	};
}
const isBeyond = ({ interval }, limit) => interval !== null && (limit.operator === "min" ? interval[1] < Number(limit.value) : interval[0] > Number(limit.value));
/** Of a list: which features miss the limit, or are undecided, and how many may miss it. */
function listWords(rule, limit, policy, { outcome, decisions }) {
	const { value, asked } = valueWords(rule, limit, policy, decisions[0]);
	const { label } = decisions[0].estimate;
	const allowance = rule.allow === 0 ? "" : ` (${rule.allow} of ${decisions.length} may miss it)`;
	if (outcome === "pass") return ` keeps the limit${allowance}, the nearest being ${label} with ${value}; ${asked}`;
	const concerned = decisions.filter((decision) => decision.outcome === outcome);
	const unit = unitOf(rule, limit);
	const named = concerned.slice(0, FEATURES_NAMED).map(({ estimate }) => {
		const extra = digitsApart(estimate.value, Number(limit.value), unit);
		return `${estimate.label} ${quantity(estimate.value, unit, extra)}`;
	});
	const rest = concerned.length > named.length ? ` and ${concerned.length - named.length} more` : "";
	const verb = outcome === "fail" ? "not kept by" : "undecided for";
	const together = outcome === "fail" && decisions.length > 1 ? `; the chance that any of the ${decisions.length} is blamed falsely is ${oneSided(policy.confidence)} (Holm)` : outcome === "inconclusive" && concerned.some((one) => isBeyond(one, limit)) ? `; some would miss it if looked at alone, which among ${decisions.length} happens by chance` : "";
	return `: ${asked}${allowance}, ${verb} ${concerned.length} of ${decisions.length}: ${named.join(", ")}${rest}${together}`;
}
/** Of a change against a report whose intervals were made differently. */
function ownIntervals(estimate) {
	return isUnpaired(estimate) ? "; compared unpaired, each by its own interval, because the baseline is of a version with other ones" : "";
}
function withoutInterval(rule, outcome) {
	if (outcome === "inconclusive") return "; there is no interval: too few token groups";
	switch (metricOf(rule.metric).interval) {
		case "exact": return "";
		case "none": return "; this metric has no interval, so its value alone decides";
		case "groups": return "; there is no interval (the groups were not kept, or are others than the baseline’s), so the value alone decides";
	}
}
/** Above this nobody measures. */
const MOST_TOKENS = 1e10;
/** The token budget that would probably decide it. `times` NaN: there is no interval to tell it by. */
function tokenAdvice(times, tokens) {
	if (Number.isNaN(times)) return `an interval takes ${fewestGroups(RESAMPLING_METHOD)} groups of sequences: more text (--tokens), shorter sequences (--block-length) or more --groups`;
	const needed = times * tokens;
	if (!(needed < MOST_TOKENS)) return "the value lies on the limit: more text will hardly decide it; move the limit, or choose onInconclusive: warn";
	const wanted = roundedTokens(needed);
	return `about ${grouped(wanted)} tokens would probably decide it (measured: ${grouped(tokens)}): --tokens ${wanted}, as one look at a budget fixed in advance`;
}
/** How far the number is from the limit. */
function gapAdvice(rule, limit, { estimate }) {
	if (limit.operator === "equals" || typeof limit.value === "boolean") return null;
	const gap = Math.abs(estimate.value - limit.value);
	const { unit } = metricOf(rule.metric);
	const shown = quantity(gap, unitOfChange(unit), digitsApart(gap, 0, unit));
	return `it would have to ${limit.operator === "min" ? "rise" : "fall"} by ${shown}`;
}
// src/policy/rules/step-down.ts
/** `allowed` of the estimates may miss the limit. */
function ruling(estimates, limit, confidence, allowed) {
	const [only, ...others] = estimates;
	if (only !== void 0 && others.length === 0) {
		const decision = decide(only, limit, confidence);
		return {
			outcome: decision.outcome,
			decisions: [decision]
		};
	}
	const missing = stepDown(estimates, limit, confidence);
	const strict = shared(confidence, allowed + 1);
	const undecidedAt = shared(confidence, estimates.length - missing.size);
	const decisions = estimates.map((estimate) => {
		const alone = decide(estimate, limit, confidence);
		if (missing.has(estimate)) return alone;
		const among = decide(estimate, limit, alone.outcome === "fail" ? undecidedAt : strict);
		return {
			...alone,
			outcome: among.outcome,
			timesTokens: among.timesTokens
		};
	});
	const inside = decisions.filter(({ outcome }) => outcome === "pass").length;
	return {
		outcome: missing.size > allowed ? "fail" : inside >= estimates.length - allowed ? "pass" : "inconclusive",
		decisions: worstFirst(decisions, limit)
	};
}
/** The confidence at which each of `count` looks shares one look's error. */
const shared = (confidence, count) => 1 - (1 - confidence) / count;
/** Those that miss the limit: each round asks the rest at the error that so many share, until a round finds none. */
function stepDown(estimates, limit, confidence) {
	const missing = /* @__PURE__ */ new Set();
	let left = estimates.filter((estimate) => decide(estimate, limit, confidence).outcome === "fail");
	for (;;) {
		const level = shared(confidence, estimates.length - missing.size);
		const found = left.filter((estimate) => decide(estimate, limit, level).outcome === "fail");
		if (found.length === 0) return missing;
		for (const estimate of found) missing.add(estimate);
		left = left.filter((estimate) => !missing.has(estimate));
	}
}
const RANK = {
	fail: 0,
	inconclusive: 1,
	pass: 2
};
function worstFirst(decisions, limit) {
	const badness = limit.operator === "min" ? 1 : -1;
	return [...decisions].sort((a, b) => RANK[a.outcome] - RANK[b.outcome] || badness * (a.estimate.value - b.estimate.value));
}
// src/policy/rules/rule-results.ts
/**
* @file One rule on one candidate: a result for each read-out it looks at and each limit it sets, with a message that says
* what was seen, and advice that says what would change it.
*/
/** A rule's results on a candidate; `earlier` is the same candidate in the baseline, or why there is none. */
function ruleResults(rule, policy, now, earlier) {
	if (metricOf(rule.metric).unit === "flag") return rule.limits.map((limit) => dissociationResult(rule, limit, policy, now));
	const scopes = scopesOf(rule, now);
	if (scopes.length === 0) return rule.limits.map((limit) => unseen(rule, limit, policy, null, noReadout(rule, now.measurement.report)));
	return scopes.flatMap((scope) => rule.limits.map((limit) => {
		const unread = unreadAt(now, scope);
		if (unread !== null) return undecided(rule, limit, policy, scope, unread);
		const found = measure(rule, policy, now, scope);
		if (found.kind === "missing") return unseen(rule, limit, policy, scope, found);
		const isEarly = isEarlyLook(now.measurement.report);
		const seen = {
			...found,
			estimates: found.estimates.map((one) => ({
				...one,
				isEarly
			}))
		};
		if (limit.operator !== "maxDrop" && limit.operator !== "maxRise") return judged(rule, limit, policy, scope, seen, now.measurement.report);
		if (typeof earlier === "string") return withoutBaseline(rule, limit, policy, scope, earlier);
		const unreadBefore = unreadAt(earlier, scope);
		if (unreadBefore !== null) return withoutBaseline(rule, limit, policy, scope, `in the baseline, ${unreadBefore.why}`);
		const before = measure(rule, policy, earlier, scope);
		if (before.kind === "missing") return withoutBaseline(rule, limit, policy, scope, `in the baseline, ${before.why}`);
		const changes = seen.estimates.map((estimate, k) => {
			const there = before.estimates[k];
			const [from, to] = limit.operator === "maxDrop" ? [there, estimate] : [estimate, there];
			return {
				...difference(from, to),
				label: estimate.label
			};
		});
		return judged(rule, limit, policy, scope, {
			...seen,
			estimates: changes
		}, now.measurement.report);
	}));
}
/** Read-out ids, or null for the candidate as a whole. */
function scopesOf(rule, { measurement, candidate }) {
	if (metricOf(rule.metric).scope === "candidate") return [null];
	return candidate.features.filter(({ readout, hook, sae }) => {
		const layer = measurement.report.readouts.find((one) => one.id === readout)?.layer;
		return inScope(rule, [
			readout,
			hook,
			sae
		], layer);
	}).map(({ readout }) => readout);
}
/** The read-outs whose features tell something. */
function readViews(subject) {
	return subject.candidate.features.filter((features) => unreadFeatures(features) === null).map((features) => viewOf(subject, features));
}
function measure(rule, policy, subject, scope) {
	const metric = metricOf(rule.metric);
	if (metric.scope === "candidate") return candidateMeasured(metric, subject.candidate, samplingOf(subject.measurement.report.corpus));
	const features = subject.candidate.features.find((one) => one.readout === scope);
	if (features !== void 0) return featuresMeasured(metric, viewOf(subject, features), rule, policy);
	return {
		kind: "missing",
		why: `there is no read-out ${scope}`,
		advice: metric.measuredBy
	};
}
/** Why the features at a read-out tell nothing; null: they do, or the rule is on the candidate as a whole. */
function unreadAt({ candidate }, scope) {
	const features = candidate.features.find((one) => one.readout === scope);
	return features === void 0 ? null : unreadFeatures(features);
}
function noReadout(rule, report) {
	const wanted = [...rule.readouts ?? [], ...(rule.layers ?? []).map((layer) => `layer ${layer}`)];
	const has = report.readouts.map(({ id }) => id);
	if (wanted.length === 0 || has.length === 0) return {
		why: "no read-out was measured",
		advice: metricOf(rule.metric).measuredBy
	};
	return {
		why: `no read-out matches ${wanted.join(", ")}; the report has ${has.join(", ")}`,
		advice: "run the audit with --sae for that read-out, or correct readouts and layers"
	};
}
function judged(rule, limit, policy, scope, { estimates, active }, report) {
	if (active !== null && active < FEWEST_ACTIVE && metricOf(rule.metric).unit === "fraction") return tooFew(rule, limit, policy, scope, estimates[0], active);
	const { outcome, decisions } = ruling(estimates, limit, policy.confidence, rule.allow);
	const worst = decisions[0];
	const open = decisions.filter(({ outcome }) => outcome === "inconclusive");
	const advice = outcome === "inconclusive" ? tokenAdvice(Math.max(...open.map(({ timesTokens }) => timesTokens)), report.corpus.tokens) : outcome === "fail" ? gapAdvice(rule, limit, worst) : null;
	return {
		...heading(rule, limit, policy, scope),
		status: outcome,
		observed: worst.estimate.value,
		ci: worst.interval === null ? null : [...worst.interval],
		message: message(rule, limit, policy, {
			outcome,
			decisions
		}),
		...advice === null ? {} : { advice }
	};
}
/** Of fewer features a fraction says little, and its interval less: one feature is more than 3 %. */
const FEWEST_ACTIVE = 30;
function tooFew(rule, limit, policy, scope, seen, active) {
	return {
		...heading(rule, limit, policy, scope),
		status: "inconclusive",
		observed: seen.value,
		ci: null,
		message: `${active} ${active === 1 ? "feature is" : "features are"} active, too few to speak of a fraction of them: ${FEWEST_ACTIVE} at least`,
		advice: "use more text or a wider SAE, and check that the SAE was trained on this model"
	};
}
function heading(rule, limit, policy, scope) {
	return {
		id: rule.id,
		metric: rule.metric,
		scope,
		level: rule.level,
		operator: limit.operator,
		limit: limit.value,
		...rule.path === policy.path ? { line: rule.line } : {}
	};
}
function unseen(rule, limit, policy, scope, { why, advice }) {
	return {
		...heading(rule, limit, policy, scope),
		status: "fail",
		observed: null,
		ci: null,
		message: `not measured: ${why}`,
		advice
	};
}
/** What was measured says nothing, so that nothing is claimed either way. */
function undecided(rule, limit, policy, scope, { why, advice }) {
	return {
		...heading(rule, limit, policy, scope),
		status: "inconclusive",
		observed: null,
		ci: null,
		message: why,
		advice
	};
}
function withoutBaseline(rule, limit, policy, scope, why) {
	return {
		...heading(rule, limit, policy, scope),
		status: policy.baseline === "required" ? "fail" : "skipped",
		observed: null,
		ci: null,
		message: `not compared: ${why}`,
		advice: "pass the report of the version before with --baseline"
	};
}
function dissociationResult(rule, limit, policy, subject) {
	const { report } = subject.measurement;
	const found = dissociationOf(subject.candidate, readViews(subject), policy, isEarlyLook(report));
	const unread = subject.candidate.features.flatMap((features) => unreadFeatures(features) ?? [])[0];
	if (unread !== void 0 && found.certain !== true) return undecided(rule, limit, policy, null, unread);
	if (found.flag === null) return unseen(rule, limit, policy, null, {
		why: found.reason,
		advice: metricOf(rule.metric).measuredBy
	});
	const { certain, flag, reason } = found;
	const outcome = certain === null ? "inconclusive" : certain === limit.value ? "pass" : "fail";
	const sure = certain === null ? " by the values, which the intervals leave undecided" : "";
	return {
		...heading(rule, limit, policy, null),
		status: outcome,
		observed: flag,
		ci: null,
		message: flag && certain === null ? reason : `${flag ? "dissociated" : "not dissociated"}${sure}: ${reason}`,
		...certain === null ? { advice: tokenAdvice(found.timesTokens, report.corpus.tokens) } : {}
	};
}
// src/policy/watched.ts
/** One entry for each rule that lists features. */
function watchedFeatures({ rules }) {
	return rules.flatMap(({ features, readouts, layers }) => features === null ? [] : [{
		ids: features.ids,
		...alarmsOf(features),
		readouts,
		layers
	}]);
}
/** The same for report.json, by rule; nothing of policies that list none. */
function listedFeatures({ rules }) {
	const watched = rules.flatMap(({ id, features }) => {
		if (features === null) return [];
		const { ids, labels } = features;
		const named = ids.slice(0, MOST_WATCHED).map((feature) => {
			const label = labels.get(feature);
			return label === void 0 ? { feature } : {
				feature,
				label
			};
		});
		return [{
			rule: id,
			count: ids.length,
			features: named
		}];
	});
	return watched.length === 0 ? {} : { watched };
}
function alarmsOf({ alarms }) {
	return alarms === void 0 ? {} : { alarms: [...alarms] };
}
// src/policy/judge.ts
/**
* @file Judging: a measured report and a policy give a report with verdicts. Pure, so that a stored report is judged now
* as it was when it was measured; whatever an earlier judging wrote is replaced.
*/
/** Warnings that judging adds to a report, and takes away before it judges again. */
const POLICY_WARNING = "Policy: ";
/**
* The report with verdict, rules, dissociation, and against a baseline the changes and newly lost features. Without a
* policy nothing is judged: verdicts stay null, dissociation goes by the default limits. Throws BASELINE_MISMATCH,
* TODAY_INVALID.
*/
function judge(measurement, asked, context) {
	const policy = asked === null ? null : heldAtLook(asked, measurement.report);
	if (!isDay(context.today)) throw todayInvalid(context.today);
	const { report } = measurement;
	const { baseline } = context;
	if (baseline !== null) {
		const { path, measurement: earlier } = baseline;
		requireComparable(report, {
			path,
			...comparableOf(earlier.report)
		});
	}
	const candidates = report.candidates.map((candidate) => judgedCandidate({
		measurement,
		candidate: recomputed(candidate, measurement)
	}, policy, context));
	return {
		...report,
		verdict: policy === null ? null : reportVerdict(candidates, policy),
		policy: policy && {
			name: policy.name,
			sha256: context.policySha256,
			path: policy.path,
			informational: policy.informational,
			...policy.confidence === report.confidence ? {} : { confidence: policy.confidence },
			dissociation: { ...policy.dissociation },
			...listedFeatures(policy)
		},
		baseline: baseline && {
			path: baseline.path,
			sha256: baseline.sha256,
			createdAt: baseline.measurement.report.createdAt
		},
		candidates,
		warnings: [...report.warnings.filter((warning) => !warning.startsWith(POLICY_WARNING)), ...policyWarnings(report, candidates, policy, context).map((warning) => POLICY_WARNING + warning)]
	};
}
/** Of several looks each is held to a higher confidence, so that all together have the policy's. */
function heldAtLook(policy, { looks }) {
	if (looks === void 0) return policy;
	return {
		...policy,
		confidence: lookConfidence(policy.confidence, looks.planned.length)
	};
}
function judgedCandidate(subject, policy, context) {
	const { baseline: _changes, newlyLost: _lost, ...measured } = subject.candidate;
	const earlier = earlierSubject(subject, context.baseline);
	const rules = policy?.rules.filter((rule) => rule.candidates === null || matchesAny(rule.candidates, [measured.name, measured.spec])).flatMap((rule) => ruleResults(rule, policy, subject, earlier)).map((result) => evaluated(result, subject.measurement.report)).map((result) => matchedOnly(result, measured)).map((result) => withExceptions(result, measured, policy.exceptions, context.today)) ?? [];
	return {
		...measured,
		verdict: policy && unproven(candidateVerdict(rules, policy), subject.measurement.report),
		rules,
		dissociation: flagged(subject, policy ?? defaultsFor(subject.measurement.report)),
		...typeof earlier === "string" ? {} : sinceBaseline(subject, earlier, policy)
	};
}
function flagged(subject, limits) {
	const unread = notEvaluable(subject.measurement.report);
	if (unread !== null) return {
		flag: false,
		reason: unread.why
	};
	const views = readViews(subject);
	const [rescaled] = subject.candidate.features.flatMap((features) => unreadFeatures(features) ?? []);
	if (rescaled !== void 0 && views.length === 0) return {
		flag: false,
		reason: rescaled.why
	};
	const { flag, certain, reason } = dissociationOf(subject.candidate, views, limits, isEarlyLook(subject.measurement.report));
	const isFlagged = flag ?? false;
	return {
		flag: isFlagged,
		...isFlagged && certain === null ? { undecided: true } : {},
		reason
	};
}
/** What a report is read by where no policy was given: the thresholds it was measured with. */
function defaultsFor(report) {
	return {
		...POLICY_DEFAULTS,
		name: "",
		path: null,
		description: null,
		features: report.readouts[0]?.thresholds ?? POLICY_DEFAULTS.features,
		confidence: report.confidence,
		rules: [],
		exceptions: [],
		sources: []
	};
}
/** The same candidate in the baseline, or why there is none to compare with. */
function earlierSubject({ measurement, candidate }, baseline) {
	if (baseline === null) return "no baseline report was given";
	const earlier = earlierCandidate(candidate, measurement.report, baseline.measurement.report);
	if (earlier === null) return `the baseline has no candidate ${candidate.name}`;
	return {
		measurement: baseline.measurement,
		candidate: earlier
	};
}
function sinceBaseline(now, earlier, policy) {
	const [current, before] = [readOnly(now.candidate), readOnly(earlier.candidate)];
	const thresholds = policy?.features ?? now.measurement.report.readouts[0]?.thresholds ?? POLICY_DEFAULTS.features;
	return {
		baseline: changesSince(before, current),
		newlyLost: newlyLost(now.measurement, current, earlier.measurement, before, thresholds)
	};
}
/** Without the read-outs whose features tell nothing. */
function readOnly(candidate) {
	return {
		...candidate,
		features: candidate.features.filter((features) => unreadFeatures(features) === null)
	};
}
function policyWarnings(report, candidates, policy, { today, baseline }) {
	const warnings = [];
	if (baseline !== null) warnings.push(...comparisonWarnings(report, baseline.measurement.report));
	for (const rule of policy?.rules ?? []) {
		const patterns = rule.candidates;
		if (!(patterns === null || candidates.some(({ name, spec }) => matchesAny(patterns, [name, spec])))) warnings.push(`rule ${rule.id} looks at no candidate of this report`);
	}
	for (const exception of policy?.exceptions ?? []) {
		if (!candidates.some((candidate) => concerns(exception, candidate))) continue;
		if (today > exception.expires) warnings.push(`the waiver of ${exception.rule} for ${exception.candidate} expired on ${exception.expires}`);
	}
	for (const candidate of policy === null ? [] : candidates) {
		const why = nothingRequired(candidate.rules);
		if (candidate.rules.length === 0) warnings.push(`no rule looks at ${candidate.name}`);
		else if (why !== null) warnings.push(`nothing was required of ${candidate.name}: ${why}`);
	}
	return warnings;
}
export { limitWords as a, parsePolicyFile as c, requireShortWaivers as i, POLICY_DEFAULTS as l, watchedFeatures as n, oneSided as o, isDecided as r, ruleSubject as s, judge as t };
