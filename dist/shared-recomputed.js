import { _ as sentenceEnd, g as nearestWord, h as nearest, m as didYouMean } from "./shared-file.js";
import { i as problem } from "./shared-problem.js";
import { g as summarizePart, h as summarizeBuckets } from "./shared-causal-schema.js";
import { t as require_dist } from "./shared-dist.js";
import { H as VALUE_ALONE, W as groupsOfReplicates, Y as equalGroupSizes, a as summarizePerplexity, at as classOf, ct as isActive, i as summarizeDivergence, q as samplingOf } from "./shared-losses.js";
import { b as PLAIN, h as METRICS } from "./shared-verdict.js";
import { p as correlationAccuracy } from "./shared-feature-figures.js";
import { n as JACCARD, t as GAIN } from "./shared-agreement.js";
import { i as summarizeRecovered } from "./shared-loss-recovered.js";
import { n as summarizeFiring, t as summarizeFeatures } from "./shared-feature-summary.js";
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
/** Up to the first letter of "allowed". */
function mistaken(value, names) {
	const near = typeof value === "string" ? nearestWord(value, names) : null;
	return near === null ? "; a" : `${didYouMean(near)} A`;
}
/** `where` is a flag, an input or file:line:column with the key; `names` are those of `allowed` that can be misspelt. */
const optionInvalid = problem("OPTION_INVALID", 2, (where, value, allowed, names = []) => ({
	message: `${where} is ${shown(value)}${mistaken(value, names)}llowed: ${allowed}.`,
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
	message: `${where}: the key "${key}" is not known${sentenceEnd(suggestion === null ? null : `"${suggestion}"`)}`,
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
export { optionInvalid as _, changesSince as a, saeOrNone as b, newlyLost as c, schemaProblem as d, configInvalid as f, nothingMeasured as g, deviceList as h, populationOf as i, readYaml as l, corpusSplit as m, viewOf as n, earlierCandidate as o, configKeyUnknown as p, featureName as r, evidenceOf as s, recomputed as t, keyText as u, optionRepeated as v, slidingStride as x, optionsMissing as y };
