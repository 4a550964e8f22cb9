import { i as problem } from "./shared-problem.js";
import { St as quantileOfSorted } from "./shared-table.js";
import { totalmem } from "node:os";
import { constrainedMemory } from "node:process";
// src/statistics/token-statistics.ts
/**
* @file The statistics of llama.cpp's perplexity tool with --kl-divergence, by its definitions: of single tokens, with the standard
* errors that they would have if tokens were independent of each other (statistics.md has what they are not).
*
* n tokens, r and c the losses of reference and candidate (nats), s² of a mean: (mean of squares − square of the mean)/(n − 1).
*   Δp = e^{−c} − e^{−r}, of the correct token's probability;    RMS Δp = √(mean Δp²), its error ½ s(Δp²)/RMS
*   ln(PPL(Q)/PPL(base)) = mean c − mean r, its error s(c − r) = √(s²(c) + s²(r) − 2 s(c, r));    Cor = s(c, r)/(s(c) s(r))
*   PPL(Q)/PPL(base): error ratio · that;   PPL(Q) − PPL(base): error √(e²(Q) + e²(base) − 2 PPL(Q) PPL(base) s(c, r)), e = PPL · s
* Quantiles are linear between neighbouring values (quantile.ts).
*/
/** Of KL and Δp, the largest first. */
const TOKEN_QUANTILES = [
	1,
	.999,
	.99,
	.95,
	.9,
	.75,
	.5,
	.25,
	.1,
	.05,
	.01,
	.001,
	0
];
/** `agreements`: tokens of which both models put the same token first. RangeError without tokens. */
function tokenStatistics({ referenceLoss, candidateLoss, kl }, agreements) {
	const n = kl.length;
	if (n === 0) throw new RangeError("statistics of no tokens");
	const deltaP = Float64Array.from({ length: n }, (_, i) => Math.exp(-candidateLoss[i]) - Math.exp(-referenceLoss[i]));
	const [base, own] = [meanOf(referenceLoss), meanOf(candidateLoss)];
	const covariance = covarianceOfMeans(candidateLoss, referenceLoss);
	const square = meanOf(deltaP.map((one) => one * one));
	const rms = Math.sqrt(square.value);
	const share = agreements / n;
	const [q, b] = [perplexityOf(own), perplexityOf(base)];
	const changes = Float64Array.from({ length: n }, (_, i) => candidateLoss[i] - referenceLoss[i]);
	const logRatio = {
		value: own.value - base.value,
		error: meanOf(changes).error
	};
	const ratio = Math.exp(logRatio.value);
	const both = (own.error ?? 0) * (base.error ?? 0);
	return {
		perplexity: q,
		basePerplexity: b,
		correlation: both > 0 ? covariance / both : null,
		logRatio,
		ratio: {
			value: ratio,
			error: logRatio.error === null ? null : ratio * logRatio.error
		},
		difference: {
			value: q.value - b.value,
			error: errorOfDifference(q.error, b.error, q.value * b.value * covariance)
		},
		kl: meanOf(kl),
		klQuantiles: quantilesOf(kl),
		deltaP: meanOf(deltaP),
		deltaPRms: {
			value: rms,
			error: rms > 0 && square.error !== null ? .5 * square.error / rms : square.error
		},
		deltaPQuantiles: quantilesOf(deltaP),
		sameTop: {
			value: share,
			error: n > 1 ? Math.sqrt(share * (1 - share) / (n - 1)) : null
		}
	};
}
function meanOf(values) {
	const n = values.length;
	let sum = 0;
	for (let i = 0; i < n; i++) sum += values[i];
	const mean = sum / n;
	let squares = 0;
	for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
	return {
		value: mean,
		error: n > 1 ? Math.sqrt(squares / n / (n - 1)) : null
	};
}
/** Of two means over the same tokens. */
function covarianceOfMeans(a, b) {
	const n = a.length;
	const [left, right] = [meanOf(a).value, meanOf(b).value];
	let sum = 0;
	for (let i = 0; i < n; i++) sum += (a[i] - left) * (b[i] - right);
	return n > 1 ? sum / n / (n - 1) : 0;
}
function perplexityOf({ value, error }) {
	const perplexity = Math.exp(value);
	return {
		value: perplexity,
		error: error === null ? null : perplexity * error
	};
}
/** What rounding takes below 0 is 0. */
function errorOfDifference(a, b, covariance) {
	return a === null || b === null ? null : Math.sqrt(Math.max(0, a * a + b * b - 2 * covariance));
}
function quantilesOf(values) {
	const sorted = Float64Array.from(values).sort();
	return TOKEN_QUANTILES.map((q) => quantileOfSorted(sorted, q));
}
// src/audit/machine/memory.ts
/** @file The memory of this machine or container, and what captures may take of it. */
/** Bytes of memory: the machine's, or what its container may use. */
function availableMemory() {
	const limit = constrainedMemory();
	return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
// src/statistics/shuffle.ts
/** @file A seeded order: Fisher–Yates by xorshift128 of Marsaglia (2003), its state filled by splitmix32. */
/** The same items in an order that `next`, uniform in [0, 1), alone decides. */
function shuffled(items, next) {
	const order = [...items];
	for (let i = order.length - 1; i > 0; i--) {
		const j = Math.floor(next() * (i + 1));
		[order[i], order[j]] = [order[j], order[i]];
	}
	return order;
}
/** Uniform in [0, 1). */
function seeded(seed) {
	let filler = seed >>> 0;
	const word = () => {
		filler = filler + 2654435769 >>> 0;
		let z = filler;
		z = Math.imul(z ^ z >>> 16, 2246822507);
		z = Math.imul(z ^ z >>> 13, 3266489909);
		return (z ^ z >>> 16) >>> 0;
	};
	let [x, y, z, w] = [
		word(),
		word(),
		word(),
		word()
	];
	return () => {
		const t = x ^ x << 11;
		[x, y, z] = [
			y,
			z,
			w
		];
		w = (w ^ w >>> 19 ^ t ^ t >>> 8) >>> 0;
		return w / 2 ** 32;
	};
}
// src/errors/compression.ts
/** @file What can be wrong with a compression spec such as `rtn:6` or `prune:0.175`. */
const GRAMMAR = "Write rtn:BITS with BITS 2 to 8 (rtn:6), rtn:BITS,group=N (rtn:4,group=128), rtn:BITS,scale=tensor, prune:SPARSITY with 0 ≤ SPARSITY < 1 (prune:0.175), prune:match=SPEC (prune:match=rtn:6), wanda:SPARSITY or wanda:N:M, sparsegpt: the same, gptq:BITS and awq:BITS with or without ,group=N, nf4, int8-outlier or smoothquant:8; ,layout=transformerlens goes with rtn and prune but groups and scale=tensor, ,arithmetic=bfloat16 with rtn.";
const compressionSpecMalformed = problem("COMPRESSION_SPEC_MALFORMED", 2, (spec, reason) => ({
	message: `Candidate "${spec}": ${reason}.`,
	fix: GRAMMAR
}));
const matchTextMissing = problem("MATCH_TEXT_MISSING", 2, (spec, corpus, audited) => ({
	message: `Candidate "${spec}": ${corpus} has no whole sequence left after the ${audited} tokens that are audited, and the sparsity is to be found on other text.`,
	fix: "Audit fewer tokens (--tokens), give more text, or find it on the audited tokens themselves (--match-tokens audited)."
}));
const matchTextShort = problem("MATCH_TEXT_SHORT", 2, (spec, tokens, sequence) => ({
	message: `Candidate "${spec}": --match-tokens gives ${tokens} tokens, less than one sequence of ${sequence}.`,
	fix: "Give more, for example --match-tokens 50k."
}));
const compressionShapeMismatch = problem("COMPRESSION_SHAPE_MISMATCH", 2, (tensor, found, expected) => ({
	message: `Tensor "${tensor}" has shape [${found.join(", ")}]; compression expected [${expected.join(", ")}].`,
	fix: "Check that config.json belongs to these weights."
}));
const layoutNotCentred = problem("LAYOUT_NOT_CENTRED", 2, (spec, readout) => ({
	message: `Candidate "${spec}": TransformerLens centres what this model writes to its residual stream, and ${readout} is read uncentred.`,
	fix: "Compare at centred read-outs on both sides (--center true, for an SAE that was trained so), or leave layout=transformerlens out."
}));
const layoutElsewhere = problem("LAYOUT_ELSEWHERE", 2, (spec, readout) => ({
	message: `Candidate "${spec}": ${readout} is inside a block, where TransformerLens' folded weights hold something else than the reference's.`,
	fix: "Read the residual stream, attn_out or mlp_out, or leave layout=transformerlens out."
}));
const layoutOfQuantized = problem("LAYOUT_OF_QUANTIZED", 2, (spec) => ({
	message: `Candidate "${spec}": the reference quantizes the inputs of its layers, and norms cannot be folded past that.`,
	fix: "Give the full-precision model as the reference."
}));
const layoutOfExperts = problem("LAYOUT_OF_EXPERTS", 2, (spec) => ({
	message: `Candidate "${spec}": the reference has layer norms before experts, a kind of model that TransformerLens does not hold.`,
	fix: "Leave layout=transformerlens out."
}));
const calibrationTextMissing = problem("CALIBRATION_TEXT_MISSING", 2, (spec, text, sequence) => ({
	message: `Candidate "${spec}": ${text} has no whole sequence of ${sequence} tokens to calibrate on that is not audited.`,
	fix: "Audit fewer tokens (--tokens), ask for at least one sequence (--calibration-tokens), or name another text (--calibration)."
}));
const calibrationAudited = problem("CALIBRATION_AUDITED", 2, (spec, text, sequence) => ({
	message: `Candidate "${spec}": at least half of sequence ${sequence} of the calibration text (${text}) is in the text that is audited, too. A compression that was fitted to the audited text would look better than it is.`,
	fix: "Calibrate on other text (--calibration), or audit another part."
}));
const smoothingOfExperts = problem("SMOOTHING_OF_EXPERTS", 2, (spec) => ({
	message: `Candidate "${spec}": experts share what a norm gives with the router that chooses among them, and SmoothQuant would scale it for both.`,
	fix: "Use another compression for a model with experts."
}));
const smoothingElsewhere = problem("SMOOTHING_ELSEWHERE", 2, (spec, readout) => ({
	message: `Candidate "${spec}": ${readout} reads what a norm gives, which SmoothQuant divides by its scales.`,
	fix: "Read the residual stream, attn_out or mlp_out, or use another compression."
}));
// src/compression/spec.ts
/**
* @file What to do to the reference's weights, as the user writes it: `rtn:6`, `rtn:4,group=128`, `prune:0.175`,
* `prune:match=rtn:6`, `rtn:6,layout=transformerlens`.
*
* A spec that starts with neither `rtn:` nor `prune:` names a checkpoint and is none of this file's business.
*/
/** The pruning that is meant, once its sparsity is known. */
function matchedPrune({ target }, sparsity) {
	return {
		method: "prune",
		sparsity,
		...target.layout === void 0 ? {} : { layout: target.layout }
	};
}
/** As the user would write it: `rtn:4,group=128`. */
function compressionText(how) {
	const layout = how.layout === void 0 ? "" : `,layout=${how.layout}`;
	if (how.method === "prune") return `prune:${how.sparsity}${layout}`;
	const group = how.group === null ? "" : `,group=${how.group}`;
	const arithmetic = how.arithmetic === void 0 ? "" : `,arithmetic=${how.arithmetic}`;
	const scale = how.scale === void 0 ? "" : `,scale=${how.scale}`;
	return `rtn:${how.bits}${group}${scale}${layout}${arithmetic}`;
}
/** Two bits leave -2..1, the fewest with a sign and a magnitude; above eight, rounding is not what is being studied. */
const MIN_BITS = 2;
const MAX_BITS = 8;
/**
* Read a candidate spec. Null: not a compression, so a checkpoint.
* Errors: COMPRESSION_SPEC_MALFORMED.
*/
function parseCompression(spec) {
	if (spec.startsWith(MATCH)) return {
		method: "match",
		target: parseTarget(spec)
	};
	return parsePlain(spec);
}
const MATCH = "prune:match=";
/** Errors: COMPRESSION_SPEC_MALFORMED, where the target is no compression of the reference, or is matched itself. */
function parseTarget(spec) {
	const target = spec.slice(12);
	const how = target.startsWith(MATCH) ? null : parsePlain(target);
	if (how === null) throw compressionSpecMalformed(spec, `"${target}" is no compression of the reference such as rtn:6`);
	return how;
}
function parsePlain(spec) {
	const colon = spec.indexOf(":");
	const method = spec.slice(0, Math.max(colon, 0));
	const [value = "", ...options] = spec.slice(colon + 1).split(",");
	if (method === "rtn") return parseRoundToNearest(spec, value, options);
	if (method === "prune") return parsePrune(spec, value, options);
	return null;
}
function parseRoundToNearest(spec, value, options) {
	const bits = wholeNumber(value);
	if (bits === null || bits < MIN_BITS || bits > MAX_BITS) throw compressionSpecMalformed(spec, `"${value}" is not a number of bits from ${MIN_BITS} to ${MAX_BITS}`);
	const given = readOptions(spec, options, [
		"group",
		"scale",
		"layout",
		"arithmetic"
	]);
	const group = given.group === void 0 ? null : wholeNumber(given.group);
	if (given.group !== void 0 && (group === null || group < 1)) throw compressionSpecMalformed(spec, `"group=${given.group}" is not group=N with N 1 or more`);
	const layout = layoutOf(spec, given.layout);
	if (given.arithmetic !== void 0 && given.arithmetic !== "bfloat16" && given.arithmetic !== "float64") throw compressionSpecMalformed(spec, `arithmetic is float64 or bfloat16, not "${given.arithmetic}"`);
	const arithmetic = given.arithmetic === "bfloat16" ? { arithmetic: "bfloat16" } : {};
	if (given.scale !== void 0 && given.scale !== "channel" && given.scale !== "tensor") throw compressionSpecMalformed(spec, `scale is channel or tensor, not "${given.scale}"`);
	const scale = given.scale === "tensor" ? { scale: "tensor" } : {};
	const isPlain = !("layout" in layout || "arithmetic" in arithmetic);
	if (group !== null && !isPlain) throw compressionSpecMalformed(spec, "group goes with the rows layout in float64 alone");
	if ("scale" in scale && (group !== null || !isPlain)) throw compressionSpecMalformed(spec, "scale=tensor goes without group, with the rows layout in float64 alone");
	return {
		method: "rtn",
		bits,
		group,
		...scale,
		...layout,
		...arithmetic
	};
}
function parsePrune(spec, value, options) {
	const { layout } = readOptions(spec, options, ["layout"]);
	const sparsity = /^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(value) ? Number(value) : NaN;
	if (!(sparsity >= 0 && sparsity < 1)) throw compressionSpecMalformed(spec, `"${value}" is not a sparsity with 0 ≤ sparsity < 1`);
	return {
		method: "prune",
		sparsity,
		...layoutOf(spec, layout)
	};
}
function layoutOf(spec, given) {
	if (given === void 0 || given === "rows") return {};
	if (given === "transformerlens") return { layout: given };
	throw compressionSpecMalformed(spec, `layout is rows or transformerlens, not "${given}"`);
}
/** `name=value` each, at most once, of the names that there are. */
function readOptions(spec, options, names) {
	const found = {};
	for (const option of options) {
		const [, key = "", value = ""] = /^(\w+)=(.*)$/.exec(option) ?? [];
		const name = names.find((one) => one === key);
		if (name === void 0) throw compressionSpecMalformed(spec, `"${option}" is none of ${names.map((one) => `${one}=…`).join(", ")}`);
		if (found[name] !== void 0) throw compressionSpecMalformed(spec, `${name} is given twice`);
		found[name] = value;
	}
	return found;
}
function wholeNumber(text) {
	if (!/^\d{1,9}$/.test(text)) return null;
	return Number(text);
}
export { shuffled as _, calibrationTextMissing as a, tokenStatistics as b, layoutElsewhere as c, layoutOfQuantized as d, matchTextMissing as f, seeded as g, smoothingOfExperts as h, calibrationAudited as i, layoutNotCentred as l, smoothingElsewhere as m, matchedPrune as n, compressionShapeMismatch as o, matchTextShort as p, parseCompression as r, compressionSpecMalformed as s, compressionText as t, layoutOfExperts as u, availableMemory as v, TOKEN_QUANTILES as y };
