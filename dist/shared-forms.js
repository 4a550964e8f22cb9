import { C as EVERY_POSITION } from "./shared-causal-schema.js";
// src/sae/dictionary.ts
/** Features of a group of neighbours, which stay together where a dictionary is cut: one, but for groupmax. */
function featuresTogether(activatesBy, d_sae) {
	return activatesBy !== "feature" && activatesBy.kind === "groupmax" ? d_sae / activatesBy.k : 1;
}
/**
* The rule for `count` of the features, whole groups, by themselves: what may be among a row's winners is among theirs. RangeError: a part
* of a group.
*/
function ruleAmong(activatesBy, d_sae, count) {
	if (activatesBy === "feature") return activatesBy;
	const { kind, k } = activatesBy;
	if (kind === "topk") return {
		kind,
		k: Math.min(k, count)
	};
	const together = featuresTogether(activatesBy, d_sae);
	if (count % together !== 0) throw new RangeError(`${count} features in groups of ${together}`);
	return {
		kind,
		k: count / together
	};
}
const NO_CLAIMS = {
	l0: null,
	unexplained: null,
	model: null,
	contextSize: null
};
const TRAINED_ON_ALL = {
	outside: EVERY_POSITION,
	bos: false
};
/** Weights of a range of features that is gone through by itself take so many bytes of float32 at most. */
const RANGE_BYTES = 64e6;
/** Ranges of features, in order, with `each` weights of every feature in memory at once. */
function featureRanges(d_sae, each, mostBytes = RANGE_BYTES) {
	return rangesOf(d_sae, Math.max(1, Math.floor(mostBytes / (4 * each))));
}
/** So many features at a time, in order. */
function rangesOf(d_sae, size) {
	return Array.from({ length: Math.ceil(d_sae / size) }, (_, i) => [i * size, Math.min((i + 1) * size, d_sae)]);
}
/** `mostBytes`: of weights that are asked for at a time. Errors: those of reading W_enc. */
async function encoderColumns(dictionary, mostBytes = RANGE_BYTES) {
	const { d_in, d_sae, b_dec, applyBDecToInput, encoder } = dictionary;
	const bias = Float64Array.from(encoder.b_enc);
	const squares = new Float64Array(d_sae);
	for (const [start, end] of featureRanges(d_sae, d_in, mostBytes)) {
		const columns = await encoder.W_enc([start, end]);
		const size = end - start;
		for (let i = 0; i < d_in; i++) {
			const shift = applyBDecToInput ? b_dec[i] : 0;
			const row = i * size;
			for (let f = 0; f < size; f++) {
				const w = columns[row + f];
				bias[start + f] -= shift * w;
				squares[start + f] += w * w;
			}
		}
	}
	return {
		bias,
		norms: squares.map(Math.sqrt)
	};
}
/** ‖W_dec row‖₂ of every feature, (d_sae), float64. */
async function decoderNorms({ b_dec, d_sae, W_dec }) {
	const norms = new Float64Array(d_sae);
	for (const range of featureRanges(d_sae, b_dec.length)) norms.set(rowNorms(await W_dec(range), range[1] - range[0], b_dec.length), range[0]);
	return norms;
}
/** ‖row‖₂ of a matrix (rows, width), float64. */
function rowNorms(matrix, rows, width) {
	const norms = new Float64Array(rows);
	for (let f = 0; f < rows; f++) {
		let square = 0;
		for (let i = f * width; i < (f + 1) * width; i++) square += matrix[i] ** 2;
		norms[f] = Math.sqrt(square);
	}
	return norms;
}
// src/sae/forms.ts
/** Columns of a matrix (rows, d_sae) that is in memory, copied. */
function columnsInMemory(matrix, rows) {
	const width = matrix.length / rows;
	return async ([start, end] = [0, width]) => {
		const columns = new Float32Array(rows * (end - start));
		for (let row = 0; row < rows; row++) columns.set(matrix.subarray(row * width + start, row * width + end), row * (end - start));
		return columns;
	};
}
/** The encoder whose input (d_in) is multiplied by this first: folded as SAELens does. */
function scaledInput(encoder, scale) {
	return {
		...encoder,
		W_enc: readTimes(encoder.W_enc, scale)
	};
}
/** Every weight times a factor, as it is read. */
function readTimes(read, factor) {
	if (factor === 1) return read;
	return async (range) => {
		const weights = await read(range);
		multiply(weights, factor);
		return weights;
	};
}
/** Column f of a matrix (rows, d_sae) times factors[f], as it is read. */
function readScaledColumns(read, factors) {
	return async (range = [0, factors.length]) => {
		const columns = await read(range);
		scaleColumns(columns, factors.subarray(...range));
		return columns;
	};
}
/** Row f of a matrix (d_sae, width) times factors[f], as it is read. */
function readScaledRows(read, factors) {
	return async (range = [0, factors.length]) => {
		const rows = await read(range);
		scaleRows(rows, factors.subarray(...range), rows.length / (range[1] - range[0]));
		return rows;
	};
}
/** A decoder (d_sae, width) whose rows have these norms, with rows of norm 1, as it is read; zeros stay. */
function readUnitRows(read, norms) {
	return readScaledRows(read, norms.map((norm) => norm === 0 ? 1 : 1 / norm));
}
/**
* A gated encoder, f = [u + b_gate > 0] · relu(e^r_mag · u + b_mag) with u = x W_enc (b_dec taken off x where it is applied), as a
* JumpReLU: the magnitude is z = x (W_enc e^r_mag) + b_mag, and the gate is open where z > b_mag − e^r_mag · b_gate.
* arXiv 2404.16014, section 3.2 and appendix E.
*/
function gatedAsJumpRelu(W_enc, { b_gate, b_mag, r_mag }) {
	const gain = Float64Array.from(r_mag, Math.exp);
	const threshold = Float32Array.from(b_mag, (bias, f) => bias - gain[f] * b_gate[f]);
	return {
		activatesBy: "feature",
		W_enc: readScaledColumns(W_enc, gain),
		b_enc: b_mag,
		threshold
	};
}
/** Multiply column f of (rows, d_sae) by factors[f], in place. */
function scaleColumns(matrix, factors) {
	const width = factors.length;
	for (let start = 0; start < matrix.length; start += width) for (let f = 0; f < width; f++) matrix[start + f] *= factors[f];
}
/** Multiply row f of (d_sae, width) by factors[f], in place. */
function scaleRows(matrix, factors, width) {
	for (let f = 0; f < factors.length; f++) multiply(matrix.subarray(f * width, (f + 1) * width), factors[f]);
}
/** In place. */
function multiply(values, factor) {
	if (factor === 1) return;
	for (let i = 0; i < values.length; i++) values[i] *= factor;
}
export { rangesOf as _, readScaledRows as a, scaleColumns as c, NO_CLAIMS as d, TRAINED_ON_ALL as f, featuresTogether as g, featureRanges as h, readScaledColumns as i, scaleRows as l, encoderColumns as m, gatedAsJumpRelu as n, readTimes as o, decoderNorms as p, multiply as r, readUnitRows as s, columnsInMemory as t, scaledInput as u, ruleAmong as v };
