import { i as problem } from "./shared-problem.js";
// src/errors/compression.ts
/** @file What can be wrong with a compression spec such as `rtn:6` or `prune:0.175`. */
/** How each is written, by what it begins with. */
const FORMS = {
	rtn: "rtn:6 (2 to 8 bits), rtn:4,group=128 or rtn:8,scale=tensor; rtn:6 also with ,layout=transformerlens and ,arithmetic=bfloat16",
	prune: "prune:0.175 (0 ≤ sparsity < 1), also with ,layout=transformerlens and ,arithmetic=bfloat16, or prune:match=rtn:6",
	wanda: "wanda:0.5 or wanda:2:4",
	sparsegpt: "sparsegpt:0.5 or sparsegpt:2:4",
	gptq: "gptq:4 or gptq:4,group=128 (2 to 8 bits)",
	awq: "awq:4 or awq:4,group=128 (2 to 8 bits)"
};
const formOf = (spec) => FORMS[/^\w+/.exec(spec)?.[0] ?? ""] ?? "nf4, int8-outlier or smoothquant:8, with nothing behind it";
const compressionSpecMalformed = problem("COMPRESSION_SPEC_MALFORMED", 2, (spec, reason) => ({
	message: `Candidate "${spec}": ${reason}.`,
	fix: `Write ${formOf(spec)}; several candidates each with their own --candidate.`
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
const layoutOfDeltaNets = problem("LAYOUT_OF_DELTA_NETS", 2, (spec) => ({
	message: `Candidate "${spec}": the reference has gated delta nets in place of attention, which TransformerLens does not hold as heads.`,
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
		...target.layout === void 0 ? {} : { layout: target.layout },
		...target.arithmetic === void 0 ? {} : { arithmetic: target.arithmetic }
	};
}
/** As the user would write it: `rtn:4,group=128`. */
function compressionText(how) {
	const layout = how.layout === void 0 ? "" : `,layout=${how.layout}`;
	const arithmetic = how.arithmetic === void 0 ? "" : `,arithmetic=${how.arithmetic}`;
	if (how.method === "prune") return `prune:${how.sparsity}${layout}${arithmetic}`;
	const group = how.group === null ? "" : `,group=${how.group}`;
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
/**
* Errors: COMPRESSION_SPEC_MALFORMED, where the target is no rounding or pruning, or is matched itself. A rule that is calibrated on the
* very text that sparsity is found on would be met at a perplexity that it has nowhere else.
*/
function parseTarget(spec) {
	const target = spec.slice(12);
	const how = target.startsWith(MATCH) ? null : parsePlain(target);
	if (how === null) throw compressionSpecMalformed(spec, `a pruning is matched to rtn:… or prune:… of the reference (prune:match=rtn:6), not to "${target}": neither to a checkpoint nor to a published rule such as gptq:4`);
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
	const arithmetic = arithmeticOf(spec, given.arithmetic);
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
	const { layout, arithmetic } = readOptions(spec, options, ["layout", "arithmetic"]);
	const sparsity = /^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(value) ? Number(value) : NaN;
	if (!(sparsity >= 0 && sparsity < 1)) throw compressionSpecMalformed(spec, `"${value}" is not a sparsity with 0 ≤ sparsity < 1`);
	return {
		method: "prune",
		sparsity,
		...layoutOf(spec, layout),
		...arithmeticOf(spec, arithmetic)
	};
}
function arithmeticOf(spec, given) {
	if (given === void 0 || given === "float64") return {};
	if (given === "bfloat16") return { arithmetic: given };
	throw compressionSpecMalformed(spec, `arithmetic is float64 or bfloat16, not "${given}"`);
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
export { calibrationTextMissing as a, layoutElsewhere as c, layoutOfExperts as d, layoutOfQuantized as f, smoothingOfExperts as g, smoothingElsewhere as h, calibrationAudited as i, layoutNotCentred as l, matchTextShort as m, matchedPrune as n, compressionShapeMismatch as o, matchTextMissing as p, parseCompression as r, compressionSpecMalformed as s, compressionText as t, layoutOfDeltaNets as u };
