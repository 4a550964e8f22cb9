import { c as requireComparable, d as policyInvalid, f as policyKeyUnknown, g as policyRuleRepeated, h as policyRuleInvalid, i as lookConfidence, l as policyException, o as comparableOf, r as inScope, s as comparisonWarnings, x as matchesAny, y as todayInvalid } from "./shared-whole-file.js";
import { A as difference, F as knownOf, H as VALUE_ALONE, P as isUnpaired, U as fewestGroups, V as RESAMPLING_METHOD, W as groupsOfReplicates, Y as equalGroupSizes, a as summarizePerplexity, at as classOf, ct as isActive, i as summarizeDivergence, k as bareEstimate, q as samplingOf } from "./shared-losses.js";
import { a as unproven, b as PLAIN, c as matchedOnly, d as digitsApart, f as grouped, g as METRIC_NAMES, h as METRICS, i as reportVerdict, l as notEvaluable, m as unitOfChange, o as evaluated, p as quantity, r as nothingRequired, t as candidateVerdict, u as unreadFeatures, v as metricOf, x as QUESTION_KEYS } from "./shared-verdict.js";
import { R as DEFAULT_CONFIDENCE, S as schemaCheck, b as summarizeBuckets, x as summarizePart, z as DEFAULT_THRESHOLDS } from "./shared-present.js";
import { n as summarizeFiring, t as summarizeFeatures } from "./shared-feature-summary.js";
import { i as summarizeRecovered } from "./shared-loss-recovered.js";
import { n as JACCARD, t as GAIN } from "./shared-agreement.js";
import { p as correlationAccuracy } from "./shared-feature-figures.js";
import { t as require_dist } from "./shared-dist.js";
import { i as problem } from "./shared-problem.js";
// src/errors/config.ts
/** @file Problems with what an audit is asked to do: flags, action inputs, saegate.yaml. Source: contract/audit-request. */
/** JSON has no word for NaN and infinity: it would say null. */
const shown = (value) => {
	const text = typeof value === "number" ? String(value) : String(JSON.stringify(value) ?? value);
	return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};
/** What is to be changed: of `file:line:column: key` the key alone, which is read after the message has named the place. */
function optionIn(where) {
	const place = where.lastIndexOf(": ");
	return place < 0 ? where : where.slice(place + 2);
}
/** `where` is a flag, an input or file:line:column with the key. */
const optionInvalid = problem("OPTION_INVALID", 2, (where, value, allowed) => ({
	message: `${where} is ${shown(value)}; allowed: ${allowed}.`,
	fix: `Change ${optionIn(where)} to ${allowed}.`
}));
const deviceList = problem("DEVICE_LIST", 2, (where, value) => ({
	message: `${where} is ${shown(value)}, a list of devices that is not understood.`,
	fix: `Change ${optionIn(where)} to the devices by name, each once, apart by commas: cuda:0,cuda:1.`
}));
const optionRepeated = problem("OPTION_REPEATED", 2, (where, count) => ({
	message: `${where} is given ${count} times and takes one value.`,
	fix: `Give ${where} once.`
}));
const optionsMissing = problem("OPTION_MISSING", 2, (missing, file) => ({
	message: `The audit is not fully said: ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing${file === null ? "" : ` (neither given nor in ${file})`}.`,
	fix: "Give them as flags or action inputs, write them into saegate.yaml and pass --config, or put them among the options of audit()."
}));
const saeOrNone = problem("SAE_OR_NONE", 2, (where) => ({
	message: `${where}: none stands beside an SAE; it says that there is none.`,
	fix: "Give none alone for perplexity and KL without features, or the SAEs without none."
}));
const nothingMeasured = problem("NOTHING_MEASURED", 2, () => ({
	message: "The audit has neither an SAE (none) nor a perplexity protocol (none): there is nothing to measure.",
	fix: "Give an SAE, or a perplexity protocol such as chunked."
}));
const corpusSplit = problem("CORPUS_SPLIT", 2, (where, split, source) => ({
	message: `${where} is ${shown(split)}, but ${shown(source)} is a file: only named datasets have splits.`,
	fix: "Remove split, or name the file that holds that part of the text."
}));
const slidingStride = problem("SLIDING_STRIDE", 2, (where, window, stride) => ({
	message: `${where}: the sliding stride is ${stride}, longer than the window of ${window}: tokens between windows would go unscored.`,
	fix: "Choose a stride of at most the window, for example window 2048 and stride 512."
}));
const yamlTooLarge = problem("YAML_TOO_LARGE", 2, (file, size, limit) => ({
	message: `${file} has ${size} characters; at most ${limit} are read.`,
	fix: "Check that this is the file you mean; move long lists into files of their own."
}));
const yamlUnreadable = problem("YAML_UNREADABLE", 2, (where, reason) => ({
	message: `${where}: not readable as YAML: ${reason}.`,
	fix: "Correct the file at that line."
}));
const yamlAliases = problem("YAML_ALIASES", 2, (file) => ({
	message: `${file}: its aliases (*name) expand to too much data.`,
	fix: "Write the values out instead of using anchors and aliases."
}));
const configKeyUnknown = problem("CONFIG_KEY_UNKNOWN", 2, (where, key, suggestion, known) => ({
	message: `${where}: the key "${key}" is not known${suggestion === null ? "" : `; did you mean "${suggestion}"?`}`,
	fix: `Use one of: ${known.join(", ")}.`
}));
const configInvalid = problem("CONFIG_INVALID", 2, (where, key, found, expected) => ({
	message: `${where}: ${key === "" ? "the file" : key} is ${shown(found)}; expected ${expected}.`,
	fix: `Correct ${key === "" ? "the file" : key}; the JSON Schema in schemas/config.schema.json lets an editor help.`
}));
// src/contract/schema-problem.ts
/** The problem to tell of. `errors` are ajv's, made with `verbose`, of one value that did not fit. */
function schemaProblem(errors) {
	const error = mostTelling(meant(errors));
	if (error === void 0) return {
		kind: "unfit",
		path: [],
		found: void 0,
		expected: "another value"
	};
	const path = pathOf(error.instancePath);
	if (error.keyword === "additionalProperties") {
		const key = String(error.params.additionalProperty);
		const known = Object.keys(error.parentSchema?.properties ?? {});
		return {
			kind: "unknown-key",
			path: [...path, key],
			known,
			near: nearest(key, known)
		};
	}
	if (error.keyword === "required") return {
		kind: "missing-key",
		path,
		found: error.data,
		key: String(error.params.missingProperty)
	};
	return {
		kind: "unfit",
		path,
		found: error.data,
		expected: expectation(error)
	};
}
/** Without the alternatives that were not meant. */
function meant(errors) {
	return errors.filter(({ keyword }) => keyword === "anyOf").reduce((left, choice) => {
		const isBranch = (error) => error.schemaPath.startsWith(`${choice.schemaPath}/`);
		const branchOf = (error) => error.schemaPath.slice(choice.schemaPath.length).split("/")[1];
		const inside = errors.filter((error) => isBranch(error) && error.instancePath.startsWith(choice.instancePath));
		const other = new Set(inside.filter((error) => error.instancePath === choice.instancePath && isOfAnotherKind(error)).map(branchOf));
		const isLeft = (error) => !inside.includes(error) || !other.has(branchOf(error));
		const someIsMeant = inside.some((error) => !other.has(branchOf(error)));
		return left.filter((error) => error === choice ? !someIsMeant : isLeft(error));
	}, errors);
}
const isOfAnotherKind = ({ keyword }) => keyword === "type" || keyword === "enum" || keyword === "const";
function mostTelling(errors) {
	const weight = ({ instancePath, keyword }) => instancePath.split("/").length + (keyword === "additionalProperties" ? 1 : 0);
	return errors.reduce((best, error) => best === void 0 || weight(error) > weight(best) ? error : best, void 0);
}
function expectation({ keyword, parentSchema, data, params, message }) {
	const schema = parentSchema ?? {};
	switch (keyword) {
		case "enum": return withNearest(data, schema);
		case "const":
		case "type":
		case "anyOf":
		case "minimum":
		case "maximum": return inWords(schema);
		case "pattern": return schema.title ?? `text of the form ${String(params.pattern)}`;
		case "minLength": return "text that is not empty";
		default: return (message ?? "another value").replace(/^must (be )?/, "");
	}
}
/** A list of names that one of them was probably meant of. */
function withNearest(found, schema) {
	const names = (schema.enum ?? []).map(String);
	const near = typeof found === "string" ? nearest(found, names) : null;
	return near === null || near.length < 5 ? inWords(schema) : `"${near}", perhaps; one of ${names.join(", ")}`;
}
/** What a schema allows, to follow the word "expected". */
function inWords(schema) {
	if (schema.anyOf !== void 0) return schema.title ?? either(schema.anyOf.map(inWords));
	if (schema.enum !== void 0) return either(schema.enum.map(String));
	if (schema.const !== void 0) return String(schema.const);
	if (schema.properties !== void 0) return mappingInWords(schema.properties);
	if (schema.title !== void 0) return schema.title;
	const types = typeof schema.type === "string" ? [schema.type] : schema.type ?? [];
	return either(types.map((type) => typeInWords(type, schema)));
}
const either = (alternatives) => alternatives.some((one) => one.includes(", ")) ? alternatives.join(", or ") : alternatives.join(", ").replace(/, ([^,]*)$/, " or $1");
function mappingInWords(properties) {
	const keys = Object.keys(properties);
	return keys.length > MAX_KEYS ? "a mapping" : `a mapping with the keys ${keys.join(", ")}`;
}
/** Keys that are listed: a report's sections have more than a message can bear. */
const MAX_KEYS = 12;
function typeInWords(type, { items, minimum, maximum }) {
	const bounds = boundsInWords(minimum, maximum);
	switch (type) {
		case "string": return "text";
		case "boolean": return "true or false";
		case "integer": return `a whole number${bounds}`;
		case "number": return `a number${bounds}`;
		case "array": return items === void 0 ? "a list" : `a list, each entry ${inWords(items)}`;
		case "object": return "a mapping";
		default: return type;
	}
}
function boundsInWords(minimum, maximum) {
	if (minimum !== void 0 && maximum !== void 0) return ` from ${minimum} to ${maximum}`;
	if (minimum !== void 0) return ` of at least ${minimum}`;
	return maximum === void 0 ? "" : ` of at most ${maximum}`;
}
/** JSON pointer to path; numbers index lists. */
function pathOf(pointer) {
	return pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~")).map((part) => /^\d+$/.test(part) ? Number(part) : part);
}
/** `saes[0].hook` */
const keyText = (path) => path.reduce((text, part) => {
	if (typeof part === "number") return `${text}[${part}]`;
	return text === "" ? part : `${text}.${part}`;
}, "");
/** The known key within two edits, upper and lower case and dashes aside; null when none is near. */
function nearest(key, known) {
	const plain = (text) => text.toLowerCase().replaceAll(/[-_]/g, "").slice(0, 40);
	const best = known.map((name) => ({
		name,
		distance: editDistance(plain(key), plain(name))
	})).sort((a, b) => a.distance - b.distance)[0];
	return best !== void 0 && best.distance <= Math.max(2, Math.floor(key.length / 4)) ? best.name : null;
}
/** Levenshtein distance, two rows. */
function editDistance(a, b) {
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 0; i < a.length; i++) {
		const next = [i + 1];
		for (let j = 0; j < b.length; j++) next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (a[i] === b[j] ? 0 : 1)));
		row = next;
	}
	return row[b.length];
}
// src/contract/yaml/yaml-text.ts
var import_dist = require_dist();
/** Characters. Ten thousand lines of configuration. */
const MAX_CHARACTERS = 524288;
/** Product of alias uses and what they stand for, as the parser counts it: an ordinary file has none. */
const MAX_ALIASES = 64;
/** Our files nest to 5. What composes the tokens recurses, and so does what shows a value in a message. */
const MAX_DEPTH = 64;
const TOO_DEEP = `it nests deeper than ${MAX_DEPTH} levels`;
/** Throws YAML_TOO_LARGE, YAML_UNREADABLE, YAML_ALIASES. */
function readYaml(name, text) {
	if (text.length > MAX_CHARACTERS) throw yamlTooLarge(name, text.length, MAX_CHARACTERS);
	const lines = new import_dist.LineCounter();
	const document = parse(name, text, lines);
	const place = (path) => {
		for (let length = path.length; length > 0; length--) {
			const node = document.getIn(path.slice(0, length), true);
			if ((0, import_dist.isNode)(node) && node.range) return lines.linePos(node.range[0]);
		}
		return {
			line: 1,
			col: 1
		};
	};
	return {
		name,
		value: plain(name, document),
		lineOf: (path) => place(path).line,
		at: (path) => `${name}:${place(path).line}:${place(path).col}`
	};
}
function parse(name, text, lineCounter) {
	requireShallow(name, text);
	const document = (0, import_dist.parseDocument)(text, {
		lineCounter,
		prettyErrors: false,
		stringKeys: true,
		logLevel: "error"
	});
	const problem = document.errors[0] ?? document.warnings[0];
	if (problem !== void 0) {
		const { line, col } = lineCounter.linePos(problem.pos[0]);
		throw yamlUnreadable(`${name}:${line}:${col}`, problem.message.replace(/\s+/g, " "));
	}
	return document;
}
/** Asked of the tokens, and without recursion. */
function requireShallow(name, text) {
	const lines = new import_dist.LineCounter();
	const left = tokensOf(name, text, lines).map((token) => ({
		token,
		depth: 0
	}));
	for (let next = left.pop(); next !== void 0; next = left.pop()) {
		const depth = next.depth + 1;
		for (const token of tokensIn(next.token)) {
			if (depth > MAX_DEPTH && "items" in token) {
				const { line, col } = lines.linePos(token.offset);
				throw yamlUnreadable(`${name}:${line}:${col}`, TOO_DEEP);
			}
			left.push({
				token,
				depth
			});
		}
	}
}
function tokensOf(name, text, lines) {
	try {
		return [...new import_dist.Parser(lines.addNewLine).parse(text)];
	} catch (error) {
		throw yamlUnreadable(name, error instanceof RangeError ? TOO_DEEP : String(error));
	}
}
function tokensIn(token) {
	const parts = "items" in token ? token.items.flatMap(({ key, value }) => [key, value]) : [];
	return (token.type === "document" ? [token.value] : parts).filter((part) => part !== void 0 && part !== null);
}
function plain(name, document) {
	try {
		return document.toJS({ maxAliasCount: MAX_ALIASES });
	} catch (error) {
		if (error instanceof ReferenceError) throw yamlAliases(name);
		throw yamlUnreadable(name, String(error));
	}
}
// src/policy/metrics/baseline.ts
/** The candidate of the baseline that this one is to be compared with: same name, same spec, or the only one of both. */
function earlierCandidate(candidate, current, earlier) {
	const alone = current.candidates.length === 1 && earlier.candidates.length === 1;
	return earlier.candidates.find((one) => one.name === candidate.name) ?? earlier.candidates.find((one) => one.spec === candidate.spec) ?? (alone ? earlier.candidates[0] : void 0) ?? null;
}
/** The tables of one candidate and read-out; null where they are not beside the report. */
function evidenceOf(measurement, candidate, readout) {
	return measurement.evidence.find(({ table }) => table.candidate === candidate && table.readout === readout) ?? null;
}
/** current − baseline of every number that both reports hold. */
function changesSince(earlier, current) {
	const behaviour = METRICS.flatMap((metric) => {
		if (metric.scope !== "candidate") return [];
		const [before, now] = [earlier, current].map((one) => metric.estimate(one, VALUE_ALONE));
		return before && now ? [change(metric.name, null, before.value, now.value)] : [];
	});
	const features = current.features.flatMap((now) => {
		const before = earlier.features.find((one) => one.readout === now.readout);
		if (before === void 0) return [];
		return METRICS.flatMap((metric) => {
			if (metric.scope !== "readout") return [];
			const [there, here] = [before, now].map((one) => metric.held(one, PLAIN));
			return there && here ? [change(metric.name, now.readout, there.value, here.value)] : [];
		});
	});
	return [...behaviour, ...features];
}
function change(metric, readout, baseline, current) {
	return {
		metric,
		readout,
		baseline,
		current,
		delta: current - baseline
	};
}
/** Features that survived in the baseline and do not here, at these thresholds; read-outs without tables are left out. */
function newlyLost(current, candidate, baseline, earlier, thresholds) {
	return candidate.features.flatMap(({ readout }) => {
		if (!earlier.features.some((one) => one.readout === readout)) return [];
		const here = evidenceOf(current, candidate.name, readout)?.table;
		const there = evidenceOf(baseline, earlier.name, readout)?.table;
		if (here === void 0 || there === void 0) return [];
		const survives = (rho) => classOf(rho, thresholds) === "survived";
		const features = [];
		for (let j = 0; j < Math.min(here.width, there.width); j++) if (here.active[j] === 1 && there.active[j] === 1 && survives(there.correlation[j]) && !survives(here.correlation[j])) features.push(j);
		return [{
			readout,
			features
		}];
	});
}
// src/policy/metrics/population.ts
const missing = (why, advice) => ({
	kind: "missing",
	why,
	advice
});
function populationOf(view, { table, replicates }, question, thresholds) {
	const ids = question.features?.ids ?? activeIds(view, table, thresholds.active);
	const beyond = ids.find((id) => id >= table.width);
	if (beyond !== void 0) return missing(`feature ${beyond} does not exist: the SAE has ${table.width}`, "correct the rule’s features, or its readouts");
	const unmeasured = ids.filter((id) => table.measured[id] !== 1);
	if (unmeasured.length > 0) return missingFeatures(view, unmeasured, question, thresholds);
	if (ids.length === 0) return missing("no feature is active", "use more text, or a lower features.active");
	const weights = weightsOf(question.weight, ids, table);
	if (weights !== null && !(weights.reduce((sum, weight) => sum + weight, 0) > 0)) return missing(`the features have no ${question.weight} to count by`, "use weight: none, or an SAE with its decoder");
	const column = new Map(Array.from(replicates.features, (id, k) => [id, k]));
	const columns = ids.map((id) => column.get(id) ?? -1);
	const rows = replicates.correlations;
	const complete = !columns.includes(-1) && rows.every((row) => row.length === replicates.features.length);
	return {
		kind: "population",
		ids,
		correlations: {
			rho: Float64Array.from(ids, (id) => table.correlation[id]),
			replicates: complete && view.features.replicates !== null ? rows.map((row) => Float64Array.from(columns, (k) => row[k])) : null,
			resampling: resamplingOf(view, replicates),
			accuracy: Float64Array.from(ids, (id) => correlationAccuracy(table.mean[id], table.meanSquare[id]))
		},
		causal: view.features.causal ?? null,
		recovered: view.features.lossRecovered === void 0 ? null : {
			of: view.features.lossRecovered.groups,
			sampling: view.sampling
		},
		monitors: {
			of: view.features.monitors ?? [],
			sampling: view.sampling
		},
		firing: firingOf({
			table,
			replicates
		}, ids, columns, resamplingOf(view, replicates)),
		weights
	};
}
/** Gain and firing of the features, with their halves where all of them have some. */
function firingOf({ table, replicates }, ids, columns, resampling) {
	const { firing } = table;
	if (firing === void 0) return null;
	const halves = columns.includes(-1) ? void 0 : replicates.firing;
	const values = (of, rows, kind) => ({
		values: Float64Array.from(ids, (id) => of[id]),
		replicates: rows?.map((row) => Float64Array.from(columns, (k) => row[k])) ?? null,
		resampling,
		kind
	});
	return {
		gain: values(firing.gain, halves?.gain, GAIN),
		jaccard: values(firing.firingJaccard, halves?.jaccard, JACCARD)
	};
}
/** Reports of delete-one replicates dealt their sequences in runs as equal as could be. */
function resamplingOf({ sequences, sampling }, { method, correlations }) {
	const groups = groupsOfReplicates(method, correlations.length);
	return {
		...sampling,
		method,
		sizes: method === "delete-one" ? equalGroupSizes(sequences, groups) : new Float64Array(groups)
	};
}
function activeIds(view, { firingRate, active }, threshold) {
	const ids = [];
	const { active: measured } = view.features.thresholds;
	for (let j = 0; j < firingRate.length; j++) {
		const isConstant = active[j] === 0 && isActive(firingRate[j], measured);
		if ((threshold === measured ? active[j] === 1 : isActive(firingRate[j], threshold)) && !isConstant) ids.push(j);
	}
	return ids;
}
function missingFeatures(view, ids, question, thresholds) {
	const { active } = view.features.thresholds;
	if (question.features === null) return missing(`the policy counts features firing in more than ${thresholds.active} of positions; this report measured those above ${active}, and ${ids.length} more would be needed`, "run the audit again with this policy, or raise features.active");
	const named = ids.slice(0, 5).map((id) => featureName(id, question));
	const rest = ids.length > named.length ? ` and ${ids.length - named.length} more` : "";
	return missing(`${named.join(", ")}${rest} ${ids.length === 1 ? "was" : "were"} not measured: firing in ${active} of positions or fewer`, "use more or other text, a lower features.active, or take them off the list");
}
function weightsOf(weight, ids, { firingRate, decoderNorm }) {
	if (weight === "none") return null;
	const source = weight === "firing-rate" ? firingRate : decoderNorm;
	return Float64Array.from(ids, (id) => source[id]);
}
function featureName(id, { features }) {
	const label = features?.labels.get(id);
	return label === void 0 ? `feature ${id}` : `feature ${id} (${label})`;
}
// src/policy/metrics/view.ts
function viewOf({ measurement, candidate }, features) {
	const { confidence, corpus } = measurement.report;
	return {
		features,
		evidence: evidenceOf(measurement, candidate.name, features.readout),
		confidence,
		sequences: corpus.blocks,
		sampling: samplingOf(corpus)
	};
}
// src/policy/metrics/recomputed.ts
function recomputed(candidate, measurement) {
	const { confidence, corpus } = measurement.report;
	const sampling = samplingOf(corpus);
	const { perplexity, divergence, features } = candidate;
	const again = (kept) => kept && {
		...kept,
		...summarizePerplexity(kept.groups, sampling, confidence)
	};
	return {
		...candidate,
		perplexity: {
			chunked: again(perplexity.chunked),
			sliding: again(perplexity.sliding)
		},
		divergence: divergence && {
			...divergence,
			...summarizeDivergence(divergence.groups, divergence.klP99, sampling, confidence),
			...bucketsAgain(divergence.byConfidence, sampling, confidence),
			...kindsAgain(divergence.byKind, sampling, confidence)
		},
		features: features.map((one) => ({
			...featuresAgain(one, {
				measurement,
				candidate
			}),
			...recoveredAgain(one.lossRecovered, sampling, confidence)
		}))
	};
}
function bucketsAgain(kept, sampling, confidence) {
	if (kept === void 0) return {};
	const again = summarizeBuckets(kept.map(({ groups }) => groups), sampling, confidence);
	return { byConfidence: kept.map((bucket, b) => ({
		...bucket,
		...again[b]
	})) };
}
function kindsAgain(kept, sampling, confidence) {
	if (kept === void 0) return {};
	return { byKind: kept.map((one) => ({
		...one,
		...summarizePart(one.groups, sampling, confidence)
	})) };
}
function recoveredAgain(kept, sampling, confidence) {
	if (kept === void 0) return {};
	return { lossRecovered: {
		...kept,
		figures: summarizeRecovered(kept.groups, sampling, confidence)
	} };
}
/** As they are where the tables are not at hand, or no feature is active. */
function featuresAgain(features, subject) {
	const view = viewOf(subject, features);
	if (view.evidence === null) return features;
	const population = populationOf(view, view.evidence, PLAIN, features.thresholds);
	if (population.kind === "missing") return features;
	const { meanCorrelationBias: _, ...kept } = features;
	return {
		...kept,
		...summarizeFeatures(population.correlations, features.thresholds, view.confidence),
		...firingAgain(features, view, population)
	};
}
function firingAgain({ thresholds, firing }, { evidence, confidence }, population) {
	const columns = evidence?.table.firing;
	if (columns === void 0 || population.firing === null) return {};
	const of = (column) => Float64Array.from(population.ids, (id) => column[id]);
	const again = summarizeFiring({
		...population.firing,
		precision: of(columns.firingPrecision),
		recall: of(columns.firingRecall),
		candidateRates: of(columns.candidateFiringRate)
	}, thresholds.active, confidence);
	return {
		...again,
		firing: {
			...firing,
			...again.firing
		}
	};
}
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
			dissociation: { ...policy.dissociation }
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
export { slidingStride as C, saeOrNone as S, deviceList as _, oneSided as a, optionRepeated as b, POLICY_DEFAULTS as c, readYaml as d, keyText as f, corpusSplit as g, configKeyUnknown as h, limitWords as i, recomputed as l, configInvalid as m, isDecided as n, ruleSubject as o, schemaProblem as p, requireShortWaivers as r, parsePolicyFile as s, judge as t, evidenceOf as u, nothingMeasured as v, optionsMissing as x, optionInvalid as y };
