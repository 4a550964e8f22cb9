import { i as problem } from "./shared-problem.js";
import { n as describeJson, r as isJsonObject } from "./shared-json.js";
import { i as widenFloat16, r as widenBfloat16 } from "./shared-float16.js";
import { i as E8M0, n as E4M3, r as E5M2, t as E2M1 } from "./shared-levels.js";
import { n as elementCount, t as DTYPE_BYTES } from "./shared-raw-tensor.js";
// src/errors/packed.ts
/** @file What can be wrong with a quantized Hugging Face checkpoint. */
const DAMAGED = "Download or quantize the checkpoint again; a tensor file and config.json of different runs do not fit together.";
const packedPartMissing = problem("PACKED_PART_MISSING", 2, (tensor, why) => ({
	message: `Tensor "${tensor}" is missing: ${why}.`,
	fix: DAMAGED
}));
const packedPartType = problem("PACKED_PART_TYPE", 2, (tensor, found, allowed) => ({
	message: `Tensor "${tensor}" is stored as ${found}; this packing stores it as ${allowed.join(" or ")}.`,
	fix: DAMAGED
}));
const packedPartShape = problem("PACKED_PART_SHAPE", 2, (tensor, found, expected) => ({
	message: `Tensor "${tensor}" has shape [${found.join(", ")}]; expected ${expected}.`,
	fix: DAMAGED
}));
const packedPartLength = problem("PACKED_PART_LENGTH", 2, (tensor, found, expected) => ({
	message: `Tensor "${tensor}" has ${found} bytes; its shape and type need ${expected}.`,
	fix: DAMAGED
}));
const packedPartValue = problem("PACKED_PART_VALUE", 2, (tensor, what) => ({
	message: `Tensor "${tensor}": ${what}.`,
	fix: DAMAGED
}));
const packedConfig = problem("PACKED_CONFIG", 2, (field, found, allowed) => ({
	message: `config.json: quantization_config.${field} is ${found}; allowed: ${allowed}.`,
	fix: `Correct quantization_config.${field} in the checkpoint's config.json, or quantize again.`
}));
const packedGroups = problem("PACKED_GROUPS", 2, (tensor, field, groupSize, inputs, found) => ({
	message: `Tensor "${tensor}" has scales for ${found} groups, but quantization_config.${field} ${groupSize} over ${inputs} inputs makes ${Math.ceil(inputs / groupSize)}.`,
	fix: `Set quantization_config.${field} to the group size that the checkpoint was made with.`
}));
const packedUnsupported = problem("PACKED_UNSUPPORTED", 2, (format, where, fix) => ({
	message: `Packing "${format}" (${where}) cannot be read.`,
	fix
}));
// src/checkpoints/packed/parts.ts
/** @file The tensors that a packed weight is made of: looked up, checked for type and shape, read as numbers. */
const FLOATS = [
	"F32",
	"F16",
	"BF16",
	"F64"
];
const WORDS = ["I32", "U32"];
const INTEGERS = [
	"I64",
	"I32",
	"I16",
	"I8",
	"U8",
	"U16",
	"U32",
	"U64",
	"BOOL"
];
/** A tensor that may be absent. Errors: PACKED_PART_TYPE. */
function optionalPart(raw, name, allowed) {
	const tensor = raw.entries.get(name);
	if (tensor === void 0) return null;
	if (!allowed.includes(tensor.dtype)) throw packedPartType(name, tensor.dtype, allowed);
	return tensor;
}
/** A tensor that must be there; `why` ends the sentence "is missing: …". Errors: PACKED_PART_MISSING, PACKED_PART_TYPE. */
function part(raw, name, allowed, why) {
	const tensor = optionalPart(raw, name, allowed);
	if (tensor === null) throw packedPartMissing(name, why);
	return tensor;
}
/** Both sides of a matrix. Errors: PACKED_PART_SHAPE unless two axes, none of them empty. */
function matrixShape(tensor) {
	const [rows, columns, more] = tensor.shape;
	if (!rows || !columns || more !== void 0) throw packedPartShape(tensor.name, tensor.shape, "two axes, none of them empty");
	return [rows, columns];
}
/** Errors: PACKED_PART_SHAPE. */
function requireShape(tensor, expected, because = "") {
	if (!(tensor.shape.length === expected.length && tensor.shape.every((size, i) => size === expected[i]))) throw packedPartShape(tensor.name, tensor.shape, `[${expected.join(", ")}]${because}`);
}
function partBytes(tensors) {
	return tensors.reduce((sum, tensor) => sum + (tensor === null ? 0 : tensor.end - tensor.start), 0);
}
/** The stored bytes, at an offset that any typed array accepts. Errors: PACKED_PART_LENGTH, those of reading. */
async function readPart(raw, tensor) {
	const bytes = await raw.readBytes(tensor.name);
	const expected = (elementCount(tensor.shape) ?? NaN) * DTYPE_BYTES[tensor.dtype];
	if (bytes.byteLength !== expected) throw packedPartLength(tensor.name, bytes.byteLength, expected);
	return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}
async function readWords(raw, tensor) {
	const bytes = await readPart(raw, tensor);
	return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}
/** Any stored type as numbers; bytes of U8 are integers (see `readExponents` for scales stored so). */
async function readNumbers(raw, tensor) {
	return numbersOf(tensor.dtype, await readPart(raw, tensor));
}
/** E8M0 scales, whether the file calls them F8_E8M0 or U8. */
async function readExponents(raw, tensor) {
	return lookUp(E8M0, await readPart(raw, tensor));
}
/** Scales of any kind: U8 and F8_E8M0 are exponents, the rest numbers. */
function readScales(raw, tensor) {
	return tensor.dtype === "U8" ? readExponents(raw, tensor) : readNumbers(raw, tensor);
}
/** The one number of a scalar or one-element tensor. Errors: PACKED_PART_SHAPE, PACKED_PART_VALUE unless it is finite. */
async function readScalar(raw, tensor) {
	if (elementCount(tensor.shape) !== 1) throw packedPartShape(tensor.name, tensor.shape, "a single number");
	const value = (await readNumbers(raw, tensor))[0];
	if (!Number.isFinite(value)) throw packedPartValue(tensor.name, `holds ${value}`);
	return value;
}
function numbersOf(dtype, bytes) {
	const { buffer, byteOffset: at, byteLength } = bytes;
	const count = byteLength / DTYPE_BYTES[dtype];
	switch (dtype) {
		case "F64": return new Float64Array(buffer, at, count);
		case "F32": return new Float64Array(new Float32Array(buffer, at, count));
		case "F16": return widened(new Uint16Array(buffer, at, count), widenFloat16);
		case "BF16": return widened(new Uint16Array(buffer, at, count), widenBfloat16);
		case "F8_E4M3": return lookUp(E4M3, bytes);
		case "F8_E5M2": return lookUp(E5M2, bytes);
		case "F8_E8M0": return lookUp(E8M0, bytes);
		case "I64": return Float64Array.from(new BigInt64Array(buffer, at, count), Number);
		case "U64": return Float64Array.from(new BigUint64Array(buffer, at, count), Number);
		case "I32": return new Float64Array(new Int32Array(buffer, at, count));
		case "U32": return new Float64Array(new Uint32Array(buffer, at, count));
		case "I16": return new Float64Array(new Int16Array(buffer, at, count));
		case "U16": return new Float64Array(new Uint16Array(buffer, at, count));
		case "I8": return new Float64Array(new Int8Array(buffer, at, count));
		case "U8":
		case "BOOL": return new Float64Array(bytes);
	}
}
function widened(patterns, widen) {
	const wide = new Float32Array(patterns.length);
	widen(patterns, wide);
	return new Float64Array(wide);
}
function lookUp(table, bytes) {
	const values = new Float64Array(bytes.length);
	for (let i = 0; i < bytes.length; i++) values[i] = table[bytes[i]];
	return values;
}
// src/checkpoints/packed/declared/config.ts
/** @file Fields of a quantization config, read with their allowed values; anything else is an error that names the field. */
const MAX_SHOWN = 80;
/** A value as messages show it. */
function shownJson(value) {
	if (value === void 0) return "missing";
	const text = typeof value === "object" && value !== null ? describeJson(value) : JSON.stringify(value);
	return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
/** The first of `fields` that is there: formats renamed theirs (`bits`, `w_bit`). */
function firstOf(config, fields) {
	const found = fields.find((field) => config[field] !== void 0 && config[field] !== null);
	return [found ?? fields[0], found === void 0 ? void 0 : config[found]];
}
/** One of `allowed`, or null when the field is missing. Errors: PACKED_CONFIG. */
function optionalNumber(config, fields, allowed) {
	const [field, value] = firstOf(config, fields);
	if (value === void 0) return null;
	if (typeof value !== "number" || !allowed.includes(value)) throw packedConfig(field, shownJson(value), allowed.join(", "));
	return value;
}
/** A group size: −1 (one group) or a positive whole number; null when missing. Errors: PACKED_CONFIG. */
function optionalGroupSize(config, fields) {
	const [field, value] = firstOf(config, fields);
	if (value === void 0) return null;
	if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1 && value !== -1) throw packedConfig(field, shownJson(value), "a positive whole number, or -1 for one group");
	return value;
}
/** A word, or null when missing. Errors: PACKED_CONFIG. */
function optionalWord(config, fields) {
	const [field, value] = firstOf(config, fields);
	if (value === void 0) return null;
	if (typeof value !== "string") throw packedConfig(field, shownJson(value), "a string");
	return value;
}
/** A truth value, or `missing`. Errors: PACKED_CONFIG. */
function flag(config, field, missing) {
	const value = config[field];
	if (value === void 0 || value === null) return missing;
	if (typeof value !== "boolean") throw packedConfig(field, shownJson(value), "true or false");
	return value;
}
/** A finite number, or `missing`. Errors: PACKED_CONFIG. */
function finiteNumber(config, field, missing) {
	const value = config[field];
	if (value === void 0 || value === null) return missing;
	if (typeof value !== "number" || !Number.isFinite(value)) throw packedConfig(field, shownJson(value), "a number");
	return value;
}
/** The strings of a list; [] when missing. Errors: PACKED_CONFIG. */
function words(config, field) {
	const value = config[field];
	if (value === void 0 || value === null) return [];
	if (!isList(value)) throw packedConfig(field, shownJson(value), "a list of strings");
	return value.map((item) => {
		if (typeof item !== "string") throw packedConfig(field, `a list with ${shownJson(item)}`, "strings");
		return item;
	});
}
/** An object; {} when missing. Errors: PACKED_CONFIG. */
function section(config, field) {
	const value = config[field];
	if (value === void 0 || value === null) return {};
	if (!isJsonObject(value)) throw packedConfig(field, shownJson(value), "an object");
	return value;
}
function isList(value) {
	return Array.isArray(value);
}
/**
* Does a transformers list such as `modules_to_not_convert` name this module? As `should_convert_module` reads it: the
* whole name, a leading or trailing part of it on a dot, or a part between dots.
*/
function isListed(names, module) {
	return names.some((name) => `.${module}.`.includes(`.${name}.`));
}
// src/checkpoints/packed/codes/codes.ts
/** Words that hold `count` fields of `bits` bits. */
function wordsFor(count, bits, layout) {
	return layout === "dense" ? Math.ceil(count * bits / 32) : Math.ceil(count / Math.floor(32 / bits));
}
/** Fields that follow each other in the words from `start` on → codes[0 … codes.length). */
function unpackRun(words, start, bits, layout, codes) {
	if (bits === 4) unpackNibbleWords(words, start, codes);
	else if (layout === "padded" || 32 % bits === 0) unpackWholeFields(words, start, bits, codes);
	else unpackStraddling(words, start, bits, codes);
}
function unpackNibbleWords(words, start, codes) {
	const whole = codes.length & -8;
	let w = start;
	for (let i = 0; i < whole; i += 8, w++) {
		const word = words[w];
		codes[i] = word & 15;
		codes[i + 1] = word >>> 4 & 15;
		codes[i + 2] = word >>> 8 & 15;
		codes[i + 3] = word >>> 12 & 15;
		codes[i + 4] = word >>> 16 & 15;
		codes[i + 5] = word >>> 20 & 15;
		codes[i + 6] = word >>> 24 & 15;
		codes[i + 7] = word >>> 28;
	}
	for (let i = whole; i < codes.length; i++) codes[i] = words[w] >>> 4 * (i - whole) & 15;
}
function unpackWholeFields(words, start, bits, codes) {
	const mask = 2 ** bits - 1;
	const top = Math.floor(32 / bits) * bits;
	for (let i = 0, w = start; i < codes.length; w++) {
		const word = words[w];
		for (let shift = 0; shift < top && i < codes.length; shift += bits, i++) codes[i] = word >>> shift & mask;
	}
}
function unpackStraddling(words, start, bits, codes) {
	const mask = 2 ** bits - 1;
	let w = start;
	let shift = 0;
	for (let i = 0; i < codes.length; i++) {
		let field = words[w] >>> shift;
		shift += bits;
		if (shift >= 32) {
			shift -= 32;
			w++;
			if (shift > 0) field |= words[w] << bits - shift;
		}
		codes[i] = field & mask;
	}
}
/** Rows of fields, each from a fresh word on: words [rows, wordsPerRow] → codes [rows, count]. */
function unpackRows(words, rows, count, bits, layout) {
	const perRow = wordsFor(count, bits, layout);
	const codes = new Uint8Array(rows * count);
	for (let row = 0; row < rows; row++) unpackRun(words, row * perRow, bits, layout, codes.subarray(row * count, (row + 1) * count));
	return codes;
}
/** Columns of fields, packed downwards: words [wordsPerColumn, columns] → codes [count, columns]. */
function unpackColumns(words, columns, count, bits, layout) {
	const perColumn = wordsFor(count, bits, layout);
	const column = new Uint32Array(perColumn);
	const run = new Uint8Array(count);
	const codes = new Uint8Array(count * columns);
	for (let c = 0; c < columns; c++) {
		for (let w = 0; w < perColumn; w++) column[w] = words[w * columns + c];
		unpackRun(column, 0, bits, layout, run);
		for (let i = 0; i < count; i++) codes[i * columns + c] = run[i];
	}
	return codes;
}
/** Rows that are packed along themselves: words [rows, wordsFor(count)]. */
function packedRows(words, count, bits, layout) {
	const perRow = wordsFor(count, bits, layout);
	return {
		words,
		bits,
		layout,
		seek: (row) => row * perRow
	};
}
/** Columns turned into rows together: so many neighbouring words are a cache line. */
const COLUMN_TILE = 16;
/** The columns of words [wordsFor(count), columns] as rows of `count` dense fields (GPTQ packs so). */
function packedColumns(words, columns, count, bits) {
	const perColumn = wordsFor(count, bits, "dense");
	const tile = new Uint32Array(COLUMN_TILE * perColumn);
	const seek = (column) => {
		const inTile = column % COLUMN_TILE;
		if (inTile === 0) gatherColumns(words, columns, column, perColumn, tile);
		return inTile * perColumn;
	};
	return {
		words: tile,
		bits,
		layout: "dense",
		seek
	};
}
function gatherColumns(words, columns, first, rows, tile) {
	const wide = Math.min(COLUMN_TILE, columns - first);
	for (let row = 0; row < rows; row++) {
		const at = row * columns + first;
		for (let c = 0; c < wide; c++) tile[c * rows + row] = words[at + c];
	}
}
// src/checkpoints/packed/codes/scaling.ts
/**
* @file Codes to weights: W = (level[code] − zero) · scale, the scale shared by a block of rows × columns.
*
* Shape legend: N outputs (rows), K inputs (columns), G groups along K. Levels, scales and zeros are float64 so that the
* one rounding is the store into float32. Nibbles go from the word straight to eight weights: 410 M weights/s on one core
* (groups of 128), 220 M where the result's pages are touched for the first time, which alone takes as long.
*/
/** Packed rows → float32 [N, K]. */
function dequantizeWords(N, K, rows, levels, grid) {
	const weights = new Float32Array(N * K);
	if (rows.bits === 4 && K % 8 === 0 && (grid.blockColumns % 8 === 0 || grid.blockColumns >= K) && grid.order === null) {
		for (let row = 0; row < N; row++) scaleNibbles(rows.words, rows.seek(row), K, levels, grid, row, weights);
		return weights;
	}
	if (rows.bits === 8) {
		const bytes = new Uint8Array(rows.words.buffer, rows.words.byteOffset, rows.words.byteLength);
		for (let row = 0; row < N; row++) {
			const start = 4 * rows.seek(row);
			scaleCodes(bytes.subarray(start, start + K), levels, grid, row, weights);
		}
		return weights;
	}
	const codes = new Uint8Array(K);
	for (let row = 0; row < N; row++) {
		unpackRun(rows.words, rows.seek(row), rows.bits, rows.layout, codes);
		scaleCodes(codes, levels, grid, row, weights);
	}
	return weights;
}
/** One code per byte, [N, K] → float32 [N, K]. */
function dequantizeBytes(N, K, bytes, levels, grid) {
	const weights = new Float32Array(N * K);
	for (let row = 0; row < N; row++) scaleCodes(bytes.subarray(row * K, (row + 1) * K), levels, grid, row, weights);
	return weights;
}
function scaleNibbles(words, start, K, levels, { scales, zeros, columns, blockRows, blockColumns }, row, weights) {
	let block = Math.floor(row / blockRows) * columns;
	let w = start;
	let at = row * K;
	for (let k = 0; k < K; k += blockColumns, block++) {
		const scale = scales[block];
		const zero = zeros === null ? 0 : zeros[block];
		const end = start + Math.min(k + blockColumns, K) / 8;
		for (; w < end; w++, at += 8) {
			const word = words[w];
			weights[at] = (levels[word & 15] - zero) * scale;
			weights[at + 1] = (levels[word >>> 4 & 15] - zero) * scale;
			weights[at + 2] = (levels[word >>> 8 & 15] - zero) * scale;
			weights[at + 3] = (levels[word >>> 12 & 15] - zero) * scale;
			weights[at + 4] = (levels[word >>> 16 & 15] - zero) * scale;
			weights[at + 5] = (levels[word >>> 20 & 15] - zero) * scale;
			weights[at + 6] = (levels[word >>> 24 & 15] - zero) * scale;
			weights[at + 7] = (levels[word >>> 28] - zero) * scale;
		}
	}
}
function scaleCodes(codes, levels, grid, row, weights) {
	const first = Math.floor(row / grid.blockRows) * grid.columns;
	const at = row * codes.length;
	if (grid.order === null) scaleBlocks(codes, levels, grid, first, at, weights);
	else scaleOrdered(codes, levels, grid, grid.order, first, at, weights);
}
function scaleBlocks(codes, levels, { scales, zeros, blockColumns }, first, at, weights) {
	for (let start = 0, block = first; start < codes.length; start += blockColumns, block++) {
		const end = Math.min(start + blockColumns, codes.length);
		const scale = scales[block];
		const zero = zeros === null ? 0 : zeros[block];
		let k = start;
		for (; k + 3 < end; k += 4) {
			weights[at + k] = (levels[codes[k]] - zero) * scale;
			weights[at + k + 1] = (levels[codes[k + 1]] - zero) * scale;
			weights[at + k + 2] = (levels[codes[k + 2]] - zero) * scale;
			weights[at + k + 3] = (levels[codes[k + 3]] - zero) * scale;
		}
		for (; k < end; k++) weights[at + k] = (levels[codes[k]] - zero) * scale;
	}
}
/** Inputs of one group after the other, so that the scale stays in a register in activation order too. */
function scaleOrdered(codes, levels, { scales, zeros, columns }, { inputs, starts }, first, at, weights) {
	for (let group = 0; group < columns; group++) {
		const scale = scales[first + group];
		const zero = zeros === null ? 0 : zeros[first + group];
		const end = starts[group + 1];
		let i = starts[group];
		for (; i + 1 < end; i += 2) {
			const k = inputs[i];
			const next = inputs[i + 1];
			weights[at + k] = (levels[codes[k]] - zero) * scale;
			weights[at + next] = (levels[codes[next]] - zero) * scale;
		}
		if (i < end) {
			const k = inputs[i];
			weights[at + k] = (levels[codes[k]] - zero) * scale;
		}
	}
}
/** groupOf [K], each in [0, groups). */
function inputOrder(groupOf, groups) {
	const starts = new Int32Array(groups + 1);
	for (const group of groupOf) starts[group + 1]++;
	for (let g = 0; g < groups; g++) starts[g + 1] += starts[g];
	const next = starts.slice();
	const inputs = new Int32Array(groupOf.length);
	for (let k = 0; k < groupOf.length; k++) inputs[next[groupOf[k]]++] = k;
	return {
		inputs,
		starts
	};
}
/** [rows, columns] → [columns, rows]. */
function transposed(values, rows, columns, turned) {
	for (let r0 = 0; r0 < rows; r0 += 16) {
		const r1 = Math.min(r0 + 16, rows);
		for (let c0 = 0; c0 < columns; c0 += 16) {
			const c1 = Math.min(c0 + 16, columns);
			for (let r = r0; r < r1; r++) for (let c = c0; c < c1; c++) turned[c * rows + r] = values[r * columns + c];
		}
	}
	return turned;
}
// src/checkpoints/packed/methods/fp4.ts
/**
* @file FP4 (e2m1) weights: NVFP4 with two levels of scales, MXFP4 with powers of two.
*
* Sources: compressed-tensors compressors/quantized_compressors/fp4_quantized.py; NVIDIA ModelOpt
* modelopt/torch/quantization/qtensor/nvfp4_tensor.py; OCP Microscaling Formats 1.0.
*
*     codes uint8 [N, K/2], the even input in the low half
*     NVFP4   scale e4m3 [N, K/16], and one number: compressed-tensors stores 448·6/amax and divides by it,
*             ModelOpt stores amax/(448·6) and multiplies; either product is rounded to float32, as the libraries do
*     MXFP4   scale E8M0 [N, K/32] (in uint8)
*     W = E2M1[code] · scale
*
* gpt-oss stores all experts of a block together, [E, N, K/32, 16] blocks of MXFP4 with [E, N, K/32] exponents, as `X_blocks` and
* `X_scales` (transformers integrations/mxfp4.py, `convert_moe_packed_tensors`). They are told apart here, each a weight [N, K].
*/
/** Errors: PACKED_PART_*. */
function float4Weight(raw, format, module, codes, scaleName, { globalScale, combine }) {
	const [N, halfK] = matrixShape(codes);
	const K = halfK * 2;
	const groupSize = globalScale === null ? 32 : 16;
	const scale = part(raw, scaleName, globalScale === null ? ["U8", "F8_E8M0"] : ["F8_E4M3"], `"${codes.name}" cannot be decoded without it`);
	if (K % groupSize !== 0) throw packedPartShape(codes.name, codes.shape, `a multiple of ${groupSize / 2} columns`);
	requireShape(scale, [N, K / groupSize], ` (groups of ${groupSize} over ${K} inputs)`);
	if (globalScale !== null) part(raw, globalScale.name, FLOATS, "it was there a moment ago");
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `${format} ${globalScale === null ? "mxfp4" : "nvfp4"} g${groupSize}`,
		groupSize,
		byteLength: partBytes([
			codes,
			scale,
			globalScale
		]),
		decode: async () => {
			const scales = await readScales(raw, scale);
			if (globalScale !== null) {
				const second = await readScalar(raw, globalScale);
				for (let i = 0; i < scales.length; i++) scales[i] = Math.fround(combine === "divide" ? scales[i] / second : scales[i] * second);
			}
			const bytes = await readPart(raw, codes);
			const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
			return dequantizeWords(N, K, packedRows(words, K, 4, "dense"), E2M1, {
				scales,
				zeros: null,
				columns: K / groupSize,
				blockRows: 1,
				blockColumns: groupSize,
				order: null
			});
		}
	};
}
/** Bytes of a block of 32 codes. */
const BLOCK_BYTES = 16;
/** Published: 128. */
const MOST_EXPERTS = 4096;
/** Tensors X_blocks beside which X_scales is stored, in the order of the file. */
function expertBlocks(raw) {
	return [...raw.entries.keys()].flatMap((name) => {
		const stem = name.replace(/_blocks$/, "");
		return stem !== name && raw.entries.has(`${stem}_scales`) ? [stem] : [];
	});
}
/** gpt-oss as it is published. Errors: PACKED_PART_*. */
async function readExpertBlocks(raw) {
	const stems = expertBlocks(raw);
	if (stems.length === 0) return null;
	return {
		method: "mxfp4",
		weights: stems.flatMap((stem) => expertsOf(raw, stem)),
		parts: new Set(stems.flatMap((stem) => [`${stem}_blocks`, `${stem}_scales`])),
		activations: /* @__PURE__ */ new Map(),
		isExempt: null,
		warnings: []
	};
}
function expertsOf(raw, stem) {
	const codes = part(raw, `${stem}_blocks`, ["U8"], "it was there a moment ago");
	const scale = part(raw, `${stem}_scales`, ["U8", "F8_E8M0"], "it was there a moment ago");
	const [E = 0, N = 0, groups = 0] = codes.shape;
	if (E < 1 || E > MOST_EXPERTS || N < 1 || groups < 1) throw packedPartShape(codes.name, codes.shape, "[experts, outputs, groups, 16], none of them 0");
	requireShape(codes, [
		E,
		N,
		groups,
		BLOCK_BYTES
	]);
	requireShape(scale, [
		E,
		N,
		groups
	], " (an exponent for each block)");
	const at = stem.lastIndexOf(".");
	return Array.from({ length: E }, (_, expert) => {
		const module = `${stem.slice(0, at)}.${expert}${stem.slice(at)}`;
		return {
			module,
			name: `${module}.weight`,
			shape: [N, 32 * groups],
			storedAs: "mxfp4 g32",
			groupSize: 32,
			byteLength: N * groups * 17,
			decode: async () => {
				const bytes = await expertPart(raw, codes, expert);
				const exponents = await expertPart(raw, scale, expert);
				const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
				return dequantizeWords(N, 32 * groups, packedRows(words, 32 * groups, 4, "dense"), E2M1, {
					scales: Float64Array.from(exponents, (byte) => E8M0[byte]),
					zeros: null,
					columns: groups,
					blockRows: 1,
					blockColumns: 32,
					order: null
				});
			}
		};
	});
}
/** The bytes of one expert, at an offset that any typed array accepts. Errors: PACKED_PART_LENGTH, those of reading. */
async function expertPart(raw, { name, shape, start, end }, expert) {
	const size = (end - start) / (shape[0] ?? 1);
	const bytes = await raw.readBytes(name, [expert * size, (expert + 1) * size]);
	const expected = shape.slice(1).reduce((product, dim) => product * dim, 1);
	if (bytes.byteLength !== expected) throw packedPartLength(name, bytes.byteLength, expected);
	return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}
// src/checkpoints/packed/modules.ts
/** Module names X for which a tensor X + suffix is stored, in the order of the file. */
function modulesWith(raw, suffix) {
	const modules = [];
	for (const name of raw.entries.keys()) if (name.length > suffix.length && name.endsWith(suffix)) modules.push(name.slice(0, -suffix.length));
	return modules;
}
export { part as A, packedPartMissing as B, shownJson as C, WORDS as D, INTEGERS as E, readScales as F, packedPartValue as H, readWords as I, requireShape as L, readNumbers as M, readPart as N, matrixShape as O, readScalar as P, packedConfig as R, section as S, FLOATS as T, packedUnsupported as U, packedPartShape as V, isList as _, dequantizeBytes as a, optionalNumber as b, transposed as c, unpackColumns as d, unpackRows as f, flag as g, finiteNumber as h, readExpertBlocks as i, partBytes as j, optionalPart as k, packedColumns as l, wordsFor as m, expertBlocks as n, dequantizeWords as o, unpackRun as p, float4Weight as r, inputOrder as s, modulesWith as t, packedRows as u, isListed as v, words as w, optionalWord as x, optionalGroupSize as y, packedGroups as z };
