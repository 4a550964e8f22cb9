import { i as located, o as problem, r as SaegateError } from "./shared-system-limits.js";
import { o as difference, s as identityAt } from "./shared-file.js";
import { A as readJsonObject, B as partMissing, D as describeJson, F as noConfig, G as tensorNotFinite, H as severalWeights, I as noWeights, L as notACheckpoint, M as adapterOnly, N as adapterUnmerged, O as isJsonObject, P as indexMalformed, S as widenFloat16, T as firstUnusable16, U as shardMissing, V as pickleRefused, W as tensorMissing, _ as offsetBinary, a as floatTensors, c as elementCount, d as E2M1$1, f as E4M3, g as UINT8, h as INT8, k as parseJson, l as isDtype, m as E8M0$1, n as openSafetensors, p as E5M2, q as tensorNotInShard, r as openPytorch, s as DTYPE_BYTES, t as hubSpecOf, u as positionOf, v as toFloat32, w as firstUnusable, x as widenBfloat16 } from "./shared-hub-urls.js";
import { S as hubContentDiffers, d as fileExchanged, j as hubPrefixMissing, s as hubSettings, t as isHubSpec, u as staysInside } from "./shared-hub-spec.js";
import { n as beginListedHash, t as openLocal } from "./shared-local-folder.js";
import { createHash } from "node:crypto";
// src/sources/file-digests.ts
/**
* @file Which files were read of a folder, and the sha256 of each: what a report says it measured, and what a deployment is
* held against. Each file is hashed once, however often it is asked for.
*/
const PIECE_BYTES = 2 ** 24;
function digestedFiles(files) {
	const names = /* @__PURE__ */ new Set();
	const known = /* @__PURE__ */ new Map();
	const sha256 = (name) => {
		const hash = known.get(name) ?? fileSha256(files, name);
		known.set(name, hash);
		return hash;
	};
	return {
		files: {
			...files,
			open: async (name) => {
				const source = await files.open(name);
				names.add(name);
				return source;
			}
		},
		sha256,
		opened: () => digestsOf({ sha256 }, [...names])
	};
}
/**
* One digest of several files, hex: of the file itself where there is one, else of the lines "HASH  NAME\n" in the order of
* their names: what `sha256sum FILE… | LC_ALL=C sort -k 2 | sha256sum` prints in their folder. Names are escaped as sha256sum does,
* so that none can pass for two.
*/
function filesSha256(files) {
	const lines = Object.keys(files).sort().map((name) => line(files[name] ?? "", name));
	const [only, ...more] = Object.values(files);
	if (only !== void 0 && more.length === 0) return only;
	return createHash("sha256").update(lines.join("")).digest("hex");
}
function line(sha256, name) {
	const escaped = name.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
	return `${escaped === name ? "" : "\\"}${sha256}  ${escaped}\n`;
}
/** The digests of some files by their names. Errors: those of reading. */
async function digestsOf(digested, names) {
	const digests = [];
	for (const name of [...names].sort()) digests.push([name, await digested.sha256(name)]);
	return Object.fromEntries(digests);
}
/**
* sha256 of one file, hex, read in pieces; what the Hub lists of it is held against the same bytes: whatever was remembered of a
* file in the cache, or put there after it was looked at, a digest in a report is of none but the listed one. Errors:
* HUB_CONTENT_DIFFERS, those of reading.
*/
async function fileSha256(files, name) {
	const source = await files.open(name);
	try {
		const { byteLength } = source;
		const listed = files.listedHash?.(name) ?? null;
		const hash = createHash("sha256");
		const asListed = listed?.algorithm === "sha1" ? beginListedHash("sha1", byteLength) : null;
		for (let start = 0; start < byteLength; start += PIECE_BYTES) {
			const piece = await source.read(start, Math.min(start + PIECE_BYTES, byteLength));
			hash.update(piece);
			asListed?.update(piece);
		}
		const sha256 = hash.digest("hex");
		const found = asListed?.digest("hex") ?? sha256;
		if (listed !== null && found !== listed.hex) throw hubContentDiffers(source.name, {
			algorithm: listed.algorithm,
			found,
			listed: listed.hex
		});
		return sha256;
	} finally {
		await source.close();
	}
}
// src/errors/gguf.ts
/** @file What can go wrong with a GGUF file: its container, its split parts, its tensor types, its metadata and its tokenizer. */
const fetchAgain = "Download or convert the file again; a truncated download is the usual cause.";
const notGguf = problem("GGUF_NOT_GGUF", 2, (file, reason) => ({
	message: `${file} is not a GGUF file that can be read: ${reason}.`,
	fix: "Check the path. Files of GGUF version 1, GGML, GGJT and big-endian files must be converted again with a current llama.cpp."
}));
/** A count, length, alignment or nesting beyond what any real file has. */
const ggufLimit = problem("GGUF_LIMIT_EXCEEDED", 2, (file, what, found, limit) => ({
	message: `${file}: ${what} is ${found}; at most ${limit} is allowed.`,
	fix: fetchAgain
}));
/** The header or a tensor ends beyond the end of the file. */
const ggufTruncated = problem("GGUF_TRUNCATED", 2, (file, what, end, byteLength) => ({
	message: `${file}: ${what} would end at byte ${end}, but the file has ${byteLength} bytes.`,
	fix: fetchAgain
}));
const ggufMalformed = problem("GGUF_MALFORMED", 2, (file, what, reason) => ({
	message: `${file}: ${what} ${reason}.`,
	fix: fetchAgain
}));
const ggufTypeUnsupported = problem("GGUF_TYPE_UNSUPPORTED", 2, (file, tensor, type, supported) => ({
	message: `${file}: tensor "${tensor}" is stored as ${type}, which cannot be decoded. Supported: ${supported.join(", ")}.`,
	fix: "Quantize the model to one of the supported types."
}));
const ggufSplitWrong = problem("GGUF_SPLIT_WRONG", 2, (file, reason) => ({
	message: `${file}: the split file cannot be put together: ${reason}.`,
	fix: "Put all parts (name-00001-of-0000N.gguf) of one conversion in one folder and name the first."
}));
const ggufArchitectureUnknown = problem("GGUF_ARCHITECTURE_UNKNOWN", 2, (file, architecture, known) => ({
	message: `${file}: general.architecture is "${architecture}"; known are ${known.join(", ")}.`,
	fix: "Give the model as a Hugging Face folder or as ONNX, or use a GGUF of a known architecture."
}));
const ggufKeyMissing = problem("GGUF_KEY_MISSING", 2, (file, key) => ({
	message: `${file}: the metadata key "${key}" is missing.`,
	fix: "Convert the model again with a current llama.cpp."
}));
const ggufKeyInvalid = problem("GGUF_KEY_INVALID", 2, (file, key, found, allowed) => ({
	message: `${file}: the metadata key "${key}" is ${found}; it must be ${allowed}.`,
	fix: "Convert the model again with a current llama.cpp."
}));
/** The model uses something that its Hugging Face form, or this program, has no words for. */
const ggufModelUnsupported = problem("GGUF_MODEL_UNSUPPORTED", 2, (file, reason) => ({
	message: `${file}: this model cannot be brought to its Hugging Face form: ${reason}.`,
	fix: "Give the model as a Hugging Face folder instead."
}));
const ggufTensorUnknown = problem("GGUF_TENSOR_UNKNOWN", 2, (file, tensor, architecture) => ({
	message: `${file}: tensor "${tensor}" has no place in the architecture "${architecture}".`,
	fix: "The file holds a variant (experts, adapters, another head) that is not supported. Use the plain dense model."
}));
const ggufShapeWrong = problem("GGUF_SHAPE_WRONG", 2, (file, tensor, shape, expected) => ({
	message: `${file}: tensor "${tensor}" has shape (${shape.join(", ")}); ${expected}.`,
	fix: fetchAgain
}));
const ggufTokenizerUnsupported = problem("GGUF_TOKENIZER_UNSUPPORTED", 2, (file, reason) => ({
	message: `${file}: no tokenizer can be built from its metadata: ${reason}.`,
	fix: "Pass the tokenizer of the original model with --tokenizer."
}));
// src/checkpoints/gguf/header-reader.ts
const FIRST_WINDOW_BYTES = 2 ** 20;
const LAST_WINDOW_BYTES = 2 ** 24;
/**
* The largest headers are those of 262,144-token vocabularies with their merges: about 16 MB. Room for ten times that,
* and a bound on what a hostile file can make us read and keep.
*/
const MAX_HEADER_BYTES = 192 * 2 ** 20;
/** A cursor over the header. `need` makes sure of the next bytes; the other methods take bytes that `need` made sure of. */
var HeaderReader = class {
	source;
	#window = /* @__PURE__ */ new Uint8Array(0);
	#view = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(0));
	/** Where the window starts in the file, and the cursor's place in the window. */
	#windowStart = 0;
	#at = 0;
	#windowBytes = FIRST_WINDOW_BYTES;
	#text = new TextDecoder();
	constructor(source) {
		this.source = source;
	}
	/** Bytes of the file consumed so far. */
	get position() {
		return this.#windowStart + this.#at;
	}
	/** Bytes of the file not consumed yet: no count can promise more than that. */
	get remaining() {
		return this.source.byteLength - this.position;
	}
	/** Whether the next `bytes` are in the window already. */
	has(bytes) {
		return this.#at + bytes <= this.#window.byteLength;
	}
	/** Make the next `bytes` available. Errors: GGUF_TRUNCATED (naming `what`), GGUF_LIMIT_EXCEEDED. */
	async need(bytes, what) {
		if (this.has(bytes)) return;
		const end = this.position + bytes;
		if (end > this.source.byteLength) throw ggufTruncated(this.source.name, what, end, this.source.byteLength);
		if (end > MAX_HEADER_BYTES) throw ggufLimit(this.source.name, "the length of the header", end, MAX_HEADER_BYTES);
		const start = this.position;
		const until = Math.min(this.source.byteLength, start + Math.max(bytes, this.#windowBytes));
		this.#window = await this.source.read(start, until);
		this.#view = new DataView(this.#window.buffer, this.#window.byteOffset, this.#window.byteLength);
		this.#windowStart = start;
		this.#at = 0;
		this.#windowBytes = Math.min(LAST_WINDOW_BYTES, 2 * this.#windowBytes);
	}
	u8 = () => this.#view.getUint8(this.#advance(1));
	i8 = () => this.#view.getInt8(this.#advance(1));
	u16 = () => this.#view.getUint16(this.#advance(2), true);
	i16 = () => this.#view.getInt16(this.#advance(2), true);
	u32 = () => this.#view.getUint32(this.#advance(4), true);
	i32 = () => this.#view.getInt32(this.#advance(4), true);
	u64 = () => this.#view.getBigUint64(this.#advance(8), true);
	i64 = () => this.#view.getBigInt64(this.#advance(8), true);
	f32 = () => this.#view.getFloat32(this.#advance(4), true);
	f64 = () => this.#view.getFloat64(this.#advance(8), true);
	/** UTF-8; bytes that are not become U+FFFD (some files hold tokens cut inside a character). */
	text(bytes) {
		const start = this.#advance(bytes);
		return this.#text.decode(this.#window.subarray(start, start + bytes));
	}
	#advance(bytes) {
		const start = this.#at;
		this.#at += bytes;
		return start;
	}
};
// src/checkpoints/gguf/metadata.ts
/**
* @file The key-value pairs at the head of a GGUF file, of all thirteen types, every count bounded before it is believed.
*
* Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (`gguf_metadata_kv_t`). An array's length is
* checked against the bytes that are left (its items need at least one byte each, a string eight), so a lying count
* costs an error, not memory.
*/
/** Real files have 20 to 60 keys; the largest seen, with imatrix and tool templates, fewer than 200. */
const MAX_KEYS = 4096;
/** The specification's bound: 2^16 − 1. */
const MAX_KEY_BYTES = 65535;
/** Chat templates are the longest strings in real files: about 100 KB. */
const MAX_STRING_BYTES = 8 * 2 ** 20;
/**
* Items of all arrays of a file together. A 262,144-token vocabulary has that many tokens, scores and types, and 580,604
* merges: 1.4 million. Three times that bounds the memory that a file's items can take.
*/
const MAX_ITEMS = 4 * 2 ** 20;
/** Nothing real nests arrays at all; an inner array costs 12 bytes in the file and ten times that in memory. */
const MAX_ARRAY_DEPTH = 4;
const MAX_INNER_ARRAYS = 65536;
const STRING = 8;
const ARRAY = 9;
/** By the number that stands in the file; a boolean is one byte. */
const SCALARS = /* @__PURE__ */ new Map([
	[0, {
		bytes: 1,
		read: (reader) => reader.u8()
	}],
	[1, {
		bytes: 1,
		read: (reader) => reader.i8()
	}],
	[2, {
		bytes: 2,
		read: (reader) => reader.u16()
	}],
	[3, {
		bytes: 2,
		read: (reader) => reader.i16()
	}],
	[4, {
		bytes: 4,
		read: (reader) => reader.u32()
	}],
	[5, {
		bytes: 4,
		read: (reader) => reader.i32()
	}],
	[6, {
		bytes: 4,
		read: (reader) => reader.f32()
	}],
	[7, {
		bytes: 1,
		read: (reader) => reader.u8() !== 0
	}],
	[10, {
		bytes: 8,
		read: (reader) => narrowed(reader.u64())
	}],
	[11, {
		bytes: 8,
		read: (reader) => narrowed(reader.i64())
	}],
	[12, {
		bytes: 8,
		read: (reader) => reader.f64()
	}]
]);
const BOOLEAN = 7;
/** Read `count` pairs. Errors: GGUF_LIMIT_EXCEEDED, GGUF_TRUNCATED, GGUF_MALFORMED (unknown type, a key twice). */
async function readMetadata(reader, count) {
	const file = reader.source.name;
	if (count > MAX_KEYS) throw ggufLimit(file, "the number of metadata keys", count, MAX_KEYS);
	const metadata = /* @__PURE__ */ new Map();
	const allowance = {
		items: MAX_ITEMS,
		innerArrays: MAX_INNER_ARRAYS
	};
	for (let i = 0; i < count; i++) {
		const key = await readText(reader, `metadata key ${i}`, MAX_KEY_BYTES);
		if (metadata.has(key)) throw ggufMalformed(file, `the metadata key "${key}"`, "occurs twice");
		await reader.need(4, `the type of "${key}"`);
		metadata.set(key, await readValue(reader, key, reader.u32(), allowance));
	}
	return metadata;
}
/** A string behind its 64-bit length. Errors: GGUF_LIMIT_EXCEEDED, GGUF_TRUNCATED. */
async function readText(reader, what, maxBytes) {
	await reader.need(8, `the length of ${what}`);
	const bytes = reader.u64();
	if (bytes > maxBytes) throw ggufLimit(reader.source.name, `the length of ${what}`, bytes, maxBytes);
	await reader.need(Number(bytes), what);
	return reader.text(Number(bytes));
}
async function readValue(reader, key, type, allowance) {
	if (type === STRING) return readText(reader, `"${key}"`, MAX_STRING_BYTES);
	if (type === ARRAY) return readArray(reader, key, 1, allowance);
	const scalar = scalarOf(reader, key, type);
	await reader.need(scalar.bytes, `"${key}"`);
	return scalar.read(reader);
}
/** `depth` counts the arrays around and including this one. */
async function readArray(reader, key, depth, allowance) {
	const file = reader.source.name;
	if (depth > MAX_ARRAY_DEPTH) throw ggufLimit(file, `the nesting of "${key}"`, depth, MAX_ARRAY_DEPTH);
	await reader.need(12, `the array "${key}"`);
	const type = reader.u32();
	const count = reader.u64();
	const itemBytes = type === STRING ? 8 : type === ARRAY ? 12 : scalarOf(reader, key, type).bytes;
	const allowed = type === ARRAY ? allowance.innerArrays : allowance.items;
	const limit = Math.min(allowed, Math.floor(reader.remaining / itemBytes));
	if (count > limit) throw ggufLimit(file, `the length of the array "${key}"`, count, limit);
	const length = Number(count);
	if (type === ARRAY) allowance.innerArrays -= length;
	else allowance.items -= length;
	if (type === STRING) return readTexts(reader, key, length);
	if (type !== ARRAY) return readScalars(reader, key, type, length);
	const items = [];
	for (let i = 0; i < length; i++) items.push(await readArray(reader, key, depth + 1, allowance));
	return items;
}
/** Vocabularies have hundreds of thousands of strings: wait for the file only where a window ends. */
async function readTexts(reader, key, count) {
	const texts = [];
	for (let i = 0; i < count; i++) {
		if (!reader.has(8)) await reader.need(8, `item ${i} of "${key}"`);
		const bytes = reader.u64();
		if (bytes > MAX_STRING_BYTES) throw ggufLimit(reader.source.name, `the length of item ${i} of "${key}"`, bytes, MAX_STRING_BYTES);
		if (!reader.has(Number(bytes))) await reader.need(Number(bytes), `item ${i} of "${key}"`);
		texts.push(reader.text(Number(bytes)));
	}
	return texts;
}
async function readScalars(reader, key, type, count) {
	const scalar = scalarOf(reader, key, type);
	await reader.need(count * scalar.bytes, `the array "${key}"`);
	if (type === BOOLEAN) return Array.from({ length: count }, () => scalar.read(reader));
	return Float64Array.from({ length: count }, () => Number(scalar.read(reader)));
}
function scalarOf(reader, key, type) {
	const scalar = SCALARS.get(type);
	if (scalar === void 0) throw ggufMalformed(reader.source.name, `"${key}"`, `has the unknown value type ${type}`);
	return scalar;
}
/** A number where that is exact, which is everywhere in practice. */
function narrowed(value) {
	const number = Number(value);
	return Number.isSafeInteger(number) ? number : value;
}
// src/checkpoints/gguf/quant-blocks/half-table.ts
/** @file The value of every float16 pattern in one table: block scales are looked up, not computed. */
let values = null;
/** 65,536 values (256 KiB), made on first use; index it with the 16 stored bits. */
function halfTable() {
	if (values === null) {
		values = /* @__PURE__ */ new Float32Array(65536);
		const patterns = Uint16Array.from(values, (_, pattern) => pattern);
		widenFloat16(patterns, values);
	}
	return values;
}
// src/checkpoints/gguf/quant-blocks/codebook.ts
/** @file Quant blocks whose four-bit fields point into a table of values: IQ4_NL, IQ4_XS, MXFP4 and NVFP4. */
/** The values that the non-linear 4-bit types quantize to (ggml-common.h, `kvalues_iq4nl`). */
const NON_LINEAR = Float64Array.of(-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113);
/** E2M1 by its four bits: sign, two exponent bits, one fraction bit (OCP Microscaling Formats, section 5.3.3); ggml has no −0. */
const E2M1 = Float64Array.of(0, .5, 1, 1.5, 2, 3, 4, 6, 0, -.5, -1, -1.5, -2, -3, -4, -6);
/** 2^(e − 127) for every byte e; ggml has no NaN here (the OCP format's 255). */
const E8M0 = Float64Array.from({ length: 256 }, (_, exponent) => 2 ** (exponent - 127));
/** w = d·table[q]; 32 weights. Quant block: d, 16 bytes of q (byte j: weights j and j + 16). */
function decodeIQ4_NL(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 18, o += 32) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		for (let j = 0; j < 16; j++) {
			const q = bytes[at + 2 + j];
			out[o + j] = d * NON_LINEAR[q & 15];
			out[o + j + 16] = d * NON_LINEAR[q >> 4];
		}
	}
}
/** 8 sub-blocks of 32: w = d·(scale − 32)·table[q]. Quant block: d, 2 bytes of high scale bits, 4 of low ones, 128 of q. */
function decodeIQ4_XS(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 136) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		const scalesHigh = bytes[at + 2] | bytes[at + 3] << 8;
		for (let sub = 0; sub < 8; sub++, o += 32) {
			const scale = d * ((bytes[at + 4 + (sub >> 1)] >> 4 * (sub & 1) & 15 | (scalesHigh >> 2 * sub & 3) << 4) - 32);
			const start = at + 8 + 16 * sub;
			for (let j = 0; j < 16; j++) {
				const q = bytes[start + j];
				out[o + j] = scale * NON_LINEAR[q & 15];
				out[o + j + 16] = scale * NON_LINEAR[q >> 4];
			}
		}
	}
}
/** w = 2^(e − 127)·E2M1[q]; 32 weights. Quant block: e, 16 bytes of q (byte j: weights j and j + 16). */
function decodeMXFP4(bytes, out) {
	for (let at = 0, o = 0; o < out.length; at += 17, o += 32) {
		const scale = E8M0[bytes[at]];
		for (let j = 0; j < 16; j++) {
			const q = bytes[at + 1 + j];
			out[o + j] = scale * E2M1[q & 15];
			out[o + j + 16] = scale * E2M1[q >> 4];
		}
	}
}
/** Unsigned float8 with 4 exponent bits (bias 7) and 3 of fraction; ggml takes 0x7f for 0 and looks at no eighth bit. */
const UE4M3 = Float64Array.from({ length: 128 }, (_, code) => {
	if (code === 127) return 0;
	const fraction = code & 7;
	return code < 8 ? fraction * 2 ** -9 : (1 + fraction / 8) * 2 ** ((code >> 3) - 7);
});
/** w = scale·E2M1[q]; 4 parts of 16 weights. Quant block: 4 scales, then for each part 8 bytes of q (byte j: weights j and j + 8). */
function decodeNVFP4(bytes, out) {
	for (let at = 0, o = 0; o < out.length; at += 36) for (let part = 0; part < 4; part++, o += 16) {
		const scale = UE4M3[bytes[at + part] & 127];
		for (let j = 0; j < 8; j++) {
			const q = bytes[at + 4 + 8 * part + j];
			out[o + j] = scale * E2M1[q & 15];
			out[o + j + 8] = scale * E2M1[q >> 4];
		}
	}
}
// src/checkpoints/gguf/quant-blocks/grids.ts
/** 256 indices. */
const IQ2_XXS_GRID = {
	levels: [
		8,
		25,
		43
	],
	bits: 2,
	width: 8,
	sha256: "05826b5d3e472a3a78f196be62ac78acf81df0f909626e12ab9fa2a5d490dd54",
	fields: "AAACAAUACAAKABEAFAAgACIAKAAqAEEARABQAFgAYQBkAIAAggCKAKIAAQEEARABFQFAAYQBmAEAAgICIgKCAgEEBAQQBCEEJARABEIESARgBIEEhASQBKQEAAUCBQgFIAVGBWkFgAWRBQkGEAZABoQGpAYACAUICAgUCCgIQQhECFAIUgiICAQJQAkCChQKARAEEBAQIRBAEGAQhBCQEJUQABEIESARUBFaEYARJBJFEgAUCBQgFCUUSRSAFBgVYhUAFhYWARgEGBAYQBiBGAAZBRmgGVEaACACIAogRCBhIIAggiApIUghACICIgEkBCQQJEAkViQAJUElZCWQJggoICiUKEQqAUAEQBBAGEAhQCRAQEBIQFZAYECBQIRAkEAAQSBBYUGAQYVBAUIQQkhCVkJoQgBECEQgRIBEmUQSRSRFAEYBSARIEEhASEVIAElYSWFJgklFSpBKAFAIUBFQGVAgUIBQiFAEUUJRpFGRUpBUklQKVQFWVFYAWBFYGVhkWEBZCFoEYBBgQGBoYABhVWEYYmBiAGQFZBBlEmWEZUJoAIACgAqAQYCCgASBGIFAgRGCAYQEhBCEFYRAhGCEAIVGhZSFCYZAhmCGAogEiRGKBJAQkCSQQJChkBaRgJFFkgCUIpRElFGVgZggmQKgUKCFoAmhAKIYpFCoBKk="
};
/** 512 indices. */
const IQ2_XS_GRID = {
	levels: [
		8,
		25,
		43
	],
	bits: 2,
	width: 8,
	sha256: "06e47aaca60b4dc1d9b5a3f34540437058a6b142b4d7a59d5ded769b4d1bf1de",
	fields: "AAACAAUACAAKABEAFAAWABkAIAAiACUAKABBAEQARgBJAFAAUgBVAFgAYQBkAIAAggCFAIgAkQCUAJkAoAABAQQBBgEJARABEgEVARgBGgEhASQBQAFCAUUBSAFRAVQBYAFoAYEBhAGQAQACAgIFAggCEQIUAiACQQJEAlACVQKAAooCAQQEBAYECQQQBBIEFQQYBCEEJARABEIERQRIBFEEVARWBGAEgQSEBJAEAAUCBQUFCAURBRQFIAVBBUQFUAVhBYAFAQYEBhAGJgZABkIGhAYACAIIBQgICAoIEQgUCCAIJQhBCEQIUAhYCIAIoAiqCAEJBAkQCUAJgQmJCQAKIAooCpYKoAoBEAQQBhAJEBAQEhAVEBgQIRAkEEAQQhBFEEgQURBUEGAQahCBEIQQkBAAEQIRBREIERERFBEgEUERRBFQEYARlBGWEQESBBIGEhASQBJgEgAUAhQFFAgUERQUFCAUQRREFEkUUBRkFIAUARUEFRAVQBUAFhQWSRYBGAQYEBgSGEAYVBiGGAAZBRlmGVEaqRoAIAIgBSAIIAogESAUICAgQSBEIFAggCCgIAEhBCEQIUAhSCFlIQAiIiKAIqgiASQEJBAkKSRAJAAlQSVSJZklASYaJqYmACgIKAooIChVKIgooihoKZApCCogKoIqiCqKKgFABEAGQAlAEEASQBVAGEAhQCRAQEBCQEVASEBKQFFAVEBgQGVAgUCEQJBAAEECQQVBCEERQRRBIEFBQURBUEGAQYVBokEBQgRCEEISQilCQEIARAJEBUQIRBFEFEQZRCBEQURERFBEgESURAFFBEUQRSRFQEWaRQBGCkZERlBGAUgESBBIQEhFSFRIYkgASRFJRElQSWlJBEoAUAJQBVAIUBFQFFAgUChQQVBEUFBQgFABUQRREFEVUUBRQlEAUkRSqlIBVARUEFQhVEBUYFSBVKFUAFUIVYBViFUhVmhWoVYAWBRYQVhQWJlYGllAWUJZhVoBYARgEGBAYFRgYmCGYKlgAGEkYkpikmIAZBZkEGVAZUVlpGUBaGpoJWkGalRqYmoAgAKABYAIgBGAFIAggCqAQYBEgFCAgICCgKiAqoABgQSBBoEQgUCBUYFZgQCCIIKAgoKCoIKoggGEBIQQhBKEFYRAhGCEiYQAhUSFpYUYhmqGAIgIiCWIWoiAiIKIqIgGiSKKgIqIipaKqIoBkASQEJBAkFaQhJAAkSKRZJFWkomSAJQFlESUUJRYlCmVkJWSlUGWUZimmEmZFZpgmgCgAqAIoAqgIKAqoKCgUaFZoaahAKICogiiKqKAoqCiQKSVpGWmmKYKqCCoIqgoqKCoqKgEqYSphqkoqiqqkaqqqg=="
};
/** 1024 indices. */
const IQ2_S_GRID = {
	levels: [
		8,
		25,
		43
	],
	bits: 2,
	width: 8,
	sha256: "e1aa1473412b0552c2174c30ef22ab4073f6a181b85a17056e8249bd2932fd88",
	fields: "AAACAAUACAAKABEAFAAWABkAIAAiACUAKABBAEQARgBJAFAAUgBVAFgAYQBkAGYAaQCAAIIAhQCIAJEAlACgAKUAqgABAQQBBgEJARABEgEVARgBIQEkAUABQgFFAUgBUQFUAVYBWQFgAWUBaAGBAYQBkAGSAZUBoQGkAQACAgIFAggCEQIUAiACKgJBAkQCRgJJAlACVQKAAoUCigKUAqICAQQEBAYECQQQBBIEFQQYBCEEJAQmBCkEQARCBEUESARKBFEEVARWBFkEYARiBGUEgQSEBIYEiQSQBJUEmAShBKQEAAUCBQUFCAUKBREFFAUWBRkFIAUlBSgFQQVEBUYFSQVQBVIFVQVYBWEFZAWABYIFhQWIBZEFlAWgBQEGBAYGBgkGEAYVBkAGRQZIBlEGVAZgBoEGhAaQBgAIAggFCAgIEQgUCBYIGQggCCUIKghBCEQIRghJCFAIUghVCFgIYQhkCIAIhQiUCKoIAQkECRAJEgkVCRgJIQlACUUJSAlRCVQJYAmBCZAJAAoRChQKIgooCioKUAqZCgEQBBAGEAkQEBASEBUQGBAhECQQJhBAEEIQRRBIEFEQVBBWEFkQYBBiEGUQaBCBEIQQhhCQEJUQmBChEKQQABECEQURCBEKERERFBEWERkRIBEiESURKBFBEUQRRhFJEVARUhFVEVgRYRFkEYARghGFEYgRkRGUEQESBBIJEhASFRIhEiQSQBJFElESVBKBEoQSkBIAFAIUBRQIFBEUFBQWFBkUIBQlFCgUQRREFEYUSRRQFFIUVRRYFGEUZBSAFIIUhRSIFJEUlBSgFAEVBBUGFQkVEBUSFRUVGBUhFSQVQBVCFUUVSBVRFVQVYBWBFYQVkBUAFgUWCBYRFhQWIBZBFkQWUBaAFqoWARgEGAYYCRgQGBUYGBghGEAYQhhFGEgYURhUGGAYgRiEGAAZAhkFGQgZERkUGSAZQRlEGVAZaRmiGQQaEBpAGlYaACACIAUgCCARIBQgFiAZICAgJSAqIEEgRCBQIFIgVSBkIIAgiiCUIKogASEEIRAhEiEVISEhQCFCIUUhUSFUIWAhgSGEIZAhACIKIiIiKCIqIkQiUCKIIooiqCIBJAQkBiQJJBAkFSQYJCEkJCRAJEIkRSRIJFEkVCRgJIEkhCSQJAAlBSUIJRElFCUgJUElRCVQJWYlgCUBJgQmECZAJlkmACgFKBEoFChBKEQoUCiKKKooASkEKRAplSkKKiIqZCqIKooqAUAEQAZACUAQQBJAFUAYQBpAIUAkQCZAQEBCQEVASEBKQFFAVEBWQFlAYEBiQGVAgUCEQJBAlUCYQKFApEAAQQJBBUEIQRFBFEEWQRlBIEEiQSVBQUFEQUZBSUFQQVJBVUFYQWFBZEGAQYJBhUGIQZFBlEGgQQFCBEIQQhJCFUIYQiRCQEJFQkhCUUJUQmBCgUKEQgBEAkQFRAhECkQRRBREFkQZRCBEIkQlRChEQUREREZESURQRFJEVURYRGFEZESARIJEhUSIRJFElESgRAFFBEUGRQlFEEUSRRVFGEUhRSRFQEVCRUVFSEVRRVRFYEVqRYFFhEWQRQBGAkYFRghGEUYURiBGQUZERlBGgEalRgFIBEgJSBBIEkgVSBhIIUgkSEBIQkhFSEhIUUhUSGBIhEiQSABJAkkFSQhJEUkUSSBJQUlESVBJgEmWSQFKBEoQSkBKAFACUAVQCFARUBRQFlAZUCBQIlAlUChQQVBEUEZQSVBQUFJQVVBYUGFQZFCAUIJQhVCIUJFQlFABUQRRBlEJURBRElEVURhRIVEkUUBRQlFFUUhRUVFUUWBRgVGEUZBRAFIFUghSEVIUUiBSQVJEUlBSaVKAUgFUBFQGVAlUEFQSVBVUGFQhVCRUQFRCVEVUSFRRVFRUYFSBVIRUkFQAVQJVBVUIVRFVFFUgVUFVRFVQVYBVAVYEVhBWJlZAVgBYAlgFWAhYEVgUWCBYQVhEWFBYWliAWAFZBFkQWUBZAFoZWoVaqFoBYARgBmAQYBJgFWAYYCFgJGBAYEVgSGBRYFRgYGCEYJBgAGECYQVhCGERYRRhIGFBYURhUGGAYZlhBGIQYkBiVmKhYgBkBWQIZBFkFGQgZEFkRGRQZIBkAWUEZRBlQGVKZWhlkmUAZpRmAWgEaBBoZWiYaABpKmlCaqFqAIACgAWACIARgBSAGYAggCWAQYBEgFCAUoBVgFiAYYCAgIWAkYCUgAGBBIEJgRCBEoEVgRiBIYEkgUCBQoFFgUiBUYFUgYGBhIGQgamBAIIFggqCEYIUgkGCRIJQggGEBIQGhAmEEIQShBWEGIQhhECEQoRFhEiEUYRUhGCEgYSEhJCEAIUChQWFCIURhRSFIIVBhUSFUIWAhYqFAYYEhhCGKYZAhgCIBYgRiBSIQYhEiFCIoogBiQSJQIlliSKKWIpaioKKoooBkASQCZAQkBKQFZAYkCSQQJBCkEWQSJBRkFSQYJCBkISQkJAAkQWREZEUkUGRRJFQkVqRAZIEkhCSQJKmkgCUApQFlAiUEZQUlCCUQZRElFCUgJSWlAGVBJUQlUCVmJWhlQCWRpZklgGYBJgQmCaYQJipmACZSZlSmZCaAKAFoAqgFKAioCqgQaBEoFCgoqCqoEChZaECogqiIqIooiqigqKIooqiqKIBpASkEKRApImkpKQApRmlUaYKqCiooqhUqYapCKoKqiCqIqooqoiqqqo="
};
/** 256 indices. */
const IQ3_XXS_GRID = {
	levels: [
		4,
		12,
		20,
		28,
		36,
		44,
		52,
		62
	],
	bits: 4,
	width: 4,
	sha256: "46e35f5a997efdee6c99ce57854c8a0d4f0ff8ca57e5e8a60c0793ea580acf5d",
	fields: "AAACAAQAEQATABcAIAAiADEAQgBzAHUAAQEDARABEgEhASUBMAEyAUEBVAFwAQACAgIEAhECIAIiAjECMwI3AlECVwJ1AgEDBwMQAxIDJQNwAxMENwREBFcEcwR1BAEFBwUyBVIFNQZkBhAHFAcWB0MHYQcBEAMQEBASECEQIxAwEDIQNBBHEFAQABECERERIBEiEQESAxIQEhISIRIwEnISABMCEyATMRNGE2YTARQFFFAUIBUkFUYVcRUFFiIXQBcAIAIgESATICAgIiAmIDEgQiABIQMhBSEQIRIhISEwIWMhZyFwIQAiAiIRIhciICIiIjciQCJVIgEjECMUI3AjdCM1JFMkAyUnJUEldCUBJwMnFidFJwEwEDASMCEwIzBQMGUwcjAAMQIxIDExMUQxRjEBMgMyEDIlMlIycjIRMzMzMDRHNHI0ADUGNSI1VTUUNjY2YzYzN2A3BEAXQDVAN0BTQFdAdEEgQjdCQEJgQmZCB0NFQwREUURkRCVFQ0VwRQVHEEcSRzBHElBBUHBQAFEGUSZRVVEUUjJSclICU1NTEFQjVCdUclQCVTFVUFYkV0JXJGBEYEZgZGAhYWFhF2JkYjBjNmNEZAVlUmUzZgNnIWcDcAVwB3AQcDJwUnAmcUBxEnJFclJyAHMVczNzYHMhdEF0AHUCdSR1MHY="
};
/** 512 indices. */
const IQ3_S_GRID = {
	levels: [
		1,
		3,
		5,
		7,
		9,
		11,
		13,
		15
	],
	bits: 4,
	width: 4,
	sha256: "bd1af4945a1717c65610b0284e4628b9a1ba3b306fae3a06f6e5f597356e349f",
	fields: "AAABAAIABQAHABAAEQASABQAFgAgACEAJQAzAEAAQgBFAEcAUQBTAGAAYgBxAHQAdwAAAQEBAgEEARABEQEVASABIwEnATEBNQFEAWEBZQFyAQACAQIFAgcCEAITAhYCIQIlAjACNAJCAkUCRwJRAlMCcAJzAgMDEQMVAyADIgMxAzMDNgNEA1ADUgNnA3EDdQMABBMEFwQhBCQEMgRABEMEUQRwBAIFBAUgBSIFJgUzBUEFRQVHBWYFcwUGBhEGEwYxBlIGcQYABwIHBAcgByIHJgczB1AHVAcAEAEQAhAEEBAQERATEBUQFxAgECIQMRA0EDYQVBBWEGEQchAAEQERAxEGERARFBEhETARMxFBEVARUhFwEXYRABISEhUSFxIgEiQSMhJAEkMSVRJgEnISARMEEwcTEBMTEyETJxMwEzQTQRNiE3ATAxQFFBIUFBQxFDMUQhRGFFAUVBQBFRAVExUhFTAVMhVRFSAWJBYnFkQWRhYBFwMXEBcSFyEXNRdBF2IXcBcAIAEgAyAFIAcgECASIBQgFiAhICMgJyAwIDIgQSBDIEUgUCBSIGcgcCBzIHUgACECIRAhEyEXISIhJSExITQhQiFRIQEiBCIHIiEiIyIwIjciQSJTIlcicSJ0IgAjAiMFIxEjIiMkIzEjMyNCI1AjZiMBJAckICQjJDIkNSRBJHIkdSQEJRElIiU3JUAlUyVwJQAmAiYHJiEmVSZhJgUnEScmJzAnQydQJwIwETATMBUwFzAiMDEwMzA1MEIwRDBHMFEwYzBxMAExAzEFMRQxITEjMUAxYDFyMXYxADISMiAyMjI0MlAyATMQMxQzITMjMyczMDNBM0MzRzNVM3MzAzQRNBY0IjQxNFI0YDRkNAE1EDUSNSU1MjVENVY1czUWNkE2ATcDNyA3Ijc1NwBABEASQCBAJEAnQDJAQUBQQHBAAkEHQRFBE0EiQTBBNUFDQVFBVUEBQgNCEEIVQiFCM0JAQldCYkJwQgRDEUMTQyBDIkMxQzVDAEQCRCREN0RARHFEBUUHRSFFYkUTRjRGYEYQRxVHMEdDR1FHAlAQUBRQIlBAUERQR1BSUGZQdFABUQNRBVESUSFRMlFyUQBSEVIjUjBSNlJTUgJTB1MQUydTRFNRU2VTc1MBVARUIFQyVEZUElUmVVFVU1VCVgJXBFciVxFgE2AVYDFgM2BgYABhIGEnYWRhEmI0YkJiVWJiYnBiAGMUYyFjQGMlZENkYmQAZQNlNGVgZQVmQGYRZxNnAHAEcAdwIHAicDZwQHBUcGJwAnERcSRxQ3FFcQFyBHIQchZyIXIwclFyAnMyczVzU3MBdAV0E3QgdFB0InVCdQJ2MXYAdw=="
};
/** 2048 indices. */
const IQ1_S_GRID = {
	levels: [
		-1,
		0,
		1
	],
	bits: 2,
	width: 8,
	sha256: "07540ffc1aeaf6ad4d97e96b0fcc765aae39671d4ae4a27bbd0e796fde167c6a",
	fields: "AAACAAUACAAKABEAFQAgACIAKAAqAEUAUQBUAFYAZQCAAIIAiACKAJUAoACiAKgAqgAEAQUBEQEUARYBGQEaASUBQQFGAUkBUgFVAVoBYQFkAWYBaAGFAZEBlAGWAaUBAAICAggCCgIVAiACIgIoAioCRQJRAlkCZAJpAoACggKIAooCkQKVApkCoAKiAqgCqgIRBBQEFgQlBEEESQRVBFoEZARlBJEEmQSlBAEFBAUFBQYFFQUYBRoFKQVABUUFSgVQBVEFVAVVBVYFWQVgBWIFZQVoBWoFgQWRBZUFmAWaBaEFpAWlBaYFqQUUBhkGQQZEBlAGUgZVBlgGYAZhBmYGaQaFBpEGlAaZBgAIAggICAoIFQggCCIIKAgqCEUIUQhWCGUIgAiCCIgIigiVCKAIogioCKoIBQkRCRQJGQkkCSUJQQlQCVEJVQlhCWQJaQmRCZQJlgmZCaUJAAoCCggKCgoVCiAKIgooCioKRQpRClkKYQplCoAKggqFCogKigqVCqAKogqoCqoKEBAREBQQGRAkECUQQRBEEFAQVRBYEGEQZBBlEGkQkRCUEJYQoRClEAERBBEGEQkREBESERURGBEhESQRKRFFEUoRUBFREVIRVBFVEVYRWRFgEWURhBGSEZURoRGkERESFBIWEiUSQBJGEkkSUhJVElgSWhJkEmYShRKREpQSlhKlEgEUBhQJFBQUFRQYFBkUIRQmFEEURRRGFEgUShRRFFQUVRRWFFkUYhRlFGgUhBSJFJAUlBSVFJgUmRSaFKEUpBSlFKkUAhUFFQoVERUUFRUVFhUZFSAVIhUlFSgVKhVBFUQVRRVGFVEVUhVUFVUVVhVZFVoVYRVkFWUVZhVpFYAVghWEFYUViBWKFZAVkRWUFZUVlhWZFZoVoBWiFaUVARYEFgUWBhYVFhYWGBYaFiEWJhZAFkIWRBZFFkgWShZRFlUWVhZYFlkWYRZkFmUWaBZpFmoWhhaKFpIWlRakFqkWERgWGCUYQRhEGEYYSRhQGFUYWBhaGGAYYRhkGGYYaRiFGJEYlBilGBAZEhkVGRoZIRklGUIZRBlFGUgZURlUGVUZVhlZGVoZYBllGWoZiRmRGZIZlRmYGaEZphmpGQkaFhokGiYaRBpGGkkaUBpSGlUaWBphGmYaaRqFGpEalhqaGgAgAiAIIAogFSAgICIgJSAoICogRSBRIFkgYSBlIIAggiCIIIoglSCgIKIgpSCoIKogBSERIRQhGSElIUIhRCFJIVUhWCFaIWEhZCFlIWYhhSGQIZYhmSGlIQEiCCIKIhEiFSIgIiIiKCIqIkUiUSJWIlkiZSKBIogiiiKRIpUioCKiIqgiqiIFJBQkFiQZJCUkRCRFJEYkSSRSJFUkWCRaJGYkhSSRJJQkmSShJKUkCSUVJSElKSVAJUUlSCVRJVQlVSVZJWIlZSVoJYklkCWUJZUlmCWaJaElpCWmJaklBSYQJhImGSYlJkEmSSZVJmAmYSZpJoQmhiaQJpomACgCKAgoCigVKCAoIigoKCooRShRKFQoZSiAKIIoiCiKKKAooiioKKooCSkRKRQpGSklKUYpSSlSKVUpYSlkKWYpaSmFKZAplimZKaQppSkAKgIqCCoKKiAqIiooKioqRSpRKlYqWSplKoAqgiqIKooqlSqgKqIqqCqqKgVAEUAWQCVASUBSQFVAWEBaQGFAZEBmQJRAmUChQKZAAEEBQQRBBkEJQRJBFUEWQRhBGkEhQSZBKUFFQUhBSkFRQVRBVUFWQVlBWkFlQWhBakGBQYRBhkGQQZJBlUGgQaFBokEFQhFCFEIWQiVCQUJSQlVCWkJkQmlCiUKUQqVCAUQVRBlEKURFREhESkRRRFREVURWRGFEYkRlRGhEakSBRIZEiUSQRJJElUSgRKFEqUQBRQJFBUUKRRFFFEUVRRZFGUUgRSVFKkVBRURFRUVGRUlFUEVRRVRFVUVWRVhFWUVhRWRFZUVmRWlFgkWERYVFiEWRRZRFlUWWRZlFmkWlRahFqkUBRgVGCUYURhVGGEYaRiFGJEYpRkBGQkZFRkhGUEZRRlJGVUZWRllGYkZlRmhGgUaFRopGlEaVRqFGpEamRgVIEUgVSBpIJUhCSElIUEhVSFhIYUhkSGZIaUiFSJFIlEiWSJlIpUgBSQVJBkkKSRBJFEkVSRhJIUkkSSZJQElFSUpJUUlSSVRJVUlWSVlJYEliSWVJZklqSYZJiUmSSZVJlkmYSaFJpEmmSalJFkpESkZKSUpVSlhKWkpkSmlKlEqlSgFQBFAFUAZQCVASUBVQGlAhUCRQKVBAUEVQSFBRUFRQVVBWUFlQZVBoUIZQiVCVUJhQoFChUKZQqVAFUQhRCVEKURFRFFEVURZRGFEZUSBRJVEmUShRKlFBUURRRVFGUUlRUFFRUVJRVFFVUVZRWFFZUVpRYVFkUWVRZlFpUYJRhVGRUZRRlVGWUZlRoFGlUapRAVIGUhJSFVIaUiFSJFJCUkVSSlJRUlRSVVJWUllSYlJlUoVSkFKSUpVSmVKaUqRSBFQFVBFUFFQVVBZUGFQZVCFUJVQoVCpUQVREVEVURlRJVEpUUFRRVFRUVVRWVFhUWVRaVGFUYlRkVGVUZlRpVIBUiFSKVJFUlFSVVJZUmVShVKRUpVSqVAFVAlUEVQVVBlUJVRBVEVUSVRRVFVUWVRlVGlUhVSRVJVUmVSlVQFVBVUJVRFVFVUZVSFVJVVBVUVVSVVRVVVVWVVhVWVVaVWBVYVVkVWVVZlVoVWlValWBVYRVhVWJVYpVkFWRVZRVlVWWVZhVmVWhVaRVpVWmValVAFYBVgJWBFYGVghWCVYRVhRWFVYYVhlWIFYhViJWJFYlViZWKFYpVkFWRVZGVkhWSVZKVlBWUVZSVlRWVVZWVlhWWVZaVmFWZFZlVmlWglaFVoZWiFaJVopWkVaVVppWolalVqZWqFapVgRYBVgGWAlYEFgVWBhYIVgqWEVYSFhKWFFYVFhVWFZYWFhZWGBYYlhkWGVYgliJWJBYkliVWJhYoVipWAFZAlkFWQpZEVkUWRVZFlkZWSVZQVlEWUVZRllJWVBZUVlSWVRZVVlWWVhZWVlaWWFZZFllWWZZaVmBWYVZiVmRWZRZlVmWWZhZmVmlWQRaCFoVWhpaIFolWiZaKVpFWkhaSVpRWlVaVlpYWllaYlplWmhaalqBWopaklqVWpZamFqaWqFaBWAUYBZgGWAlYERgUGBVYFZgWGBaYGFgZGBmYGlggWCWYKVgAWEEYQZhCWESYRVhIWEiYSZhKWFFYUlhUWFVYVZhWWFlYWZhamGEYYphkmGVYaFhpmGpYRFiFmIZYkBiQWJGYlViVmJYYmBihWKRYpZipWIRZBJkFWQWZBpkIWQmZClkQGRCZEVkSGRKZFFkVGRVZFZkWWRaZGBkYmRlZIRkhWSJZJBkkmSUZJVklmSYZJpkoWSkZKlkBWUIZQplEWUVZRZlGWVEZUVlRmVJZVBlUWVUZVVlVmVZZWFlZGVlZWZlaWWGZYllimWRZZVllmWZZZplomWlZaZlqGUCZglmFWYgZiZmKGYpZkBmRWZIZkpmUWZUZlVmVmZYZlpmYGZlZmhmgGaCZoVmimaUZpZmmGaZZqBmpGamZqpmFmgZaCVoQWhSaFVoWmhhaGlohWiRaJhopmgBaQRpEGkVaSFpJGkmaSlpQGlBaUVpRmlIaVFpVGlVaVZpWWlgaWVpammCaYRpimmVaaFppGmlaalpEWoWahhqQWpEaklqUGpValhqWmpkamVqaWqGapRqmGqaaqZqAIACgAiACoAggCKAKIAqgEWAUIBRgFSAVoBZgGWAgICCgIiAioCVgKCAooCogKqABYERgRSBFoEZgSWBQYFEgUmBUIFSgVWBVoFYgVmBZIFmgWmBhYGJgZSBloGZgaWBAIICggiCCoIVgiCCIoIogiqCUYJUglmCZYKAgoKCiIKKgpWCoIKigqiCqoIUhBmEQYREhFGEVYRahGGEZIRphJSEmYQBhQmFEoUVhRqFJoUphUCFQYVFhUiFUYVUhVWFVoVZhVqFZYVmhWiFaoWBhYSFhoWJhZCFkoWVhZiFpoURhhaGGYYlhkGGRIZJhkqGUIZVhlmGWoZhhmaGaoaFhpGGmoakhgCIAogIiAqIFYggiCKIKIgqiEGIRYhRiFSIWYhliGmIgIiCiIiIioiViKCIooioiKqIBYkGiRGJFIkWiSWJQYlEiUaJSYlQiVKJVYlaiWGJZImFiZaJmYmliQCKAooIigqKFYogiiKKKIoqikWKUYpUilaKgIqCioiKioqViqCKooqoiqqKBZARkBaQGJAZkCWQQZBGkEmQVZBYkFqQaZBqkIWQkZCUkJaQmZClkAGRBJEGkQmREJEVkRiRGpEhkSSRJpEpkUCRRZFQkVGRVJFVkVaRWZFikWWRhJGGkZKRlZGYkaGRpJGmkamRBZIRkhSSGZIlkkSSRpJJklCSUpJVkliSZpJpkoWSlJKWkqmSAZQElAaUEJQVlBiUJpRAlEqUUZRUlFWUVpRYlFmUYJRhlGKUZZSElIaUkpSUlJWUmJShlKmUAJUFlQiVCpUQlRGVFJUVlRaVGZUhlSWVKZUqlUGVRJVFlUaVSZVQlVGVUpVUlVWVVpVYlVmVWpVhlWSVZZVmlWmVgZWFlYiVkZWSlZSVlZWWlZmVmpWglaKVpZWolaqVAZYElhCWFZYZliCWJpYplkWWSJZJllGWUpZVllaWWZZllmiWgpaElomWipaSlpSWlZaklqaWqZYFmBaYGZglmEGYRphQmFKYVZhWmFqYZJhlmIWYkZiWmJmYpZgEmQaZCZkQmRKZFZkYmRqZIJkhmSSZJplAmUKZRZlImUqZUZlUmVWZVplZmWKZZZlmmWqZgZmEmZCZkpmVmZqZoZmmmQWaFZolmkSaRppJmlCaVZpYmmGahZqRmpSalZqWmgCgAqAIoAqgFaAgoCKgKKAqoEWgUaBUoFagWaCAoIKgiKCKoJWgoKCioKigqqAFoQmhEaEUoRahGaEaoUahSaFRoVWhWKFaoWGhZKGFoZChkqGWoZmhAqIIogqiEKIZoiKiKKIqokWiUaJWolmiZaKAooKiiKKKopWioKKioqiiqqIZpCWkQaREpFCkVKRVpFikWqRhpGWkZqRopGmkhaQGpQmlEKUSpRWlGKUmpSmlQqVFpVGlVKVVpValWaVlpWqlgaWEpYWlhqWJpZKllaWYpQWmEaYWphqmIaYlpkSmRqZKplKmVaZWplimYKZipoamkKaVppammaahpqSmpqYAqAKoCKgKqCCoIqgoqCqoUahUqFaoWaiAqIKoiKiKqJWooKiiqKioqqgFqRSpGakhqSWpQalQqVWpWqlhqWapaamQqZapAKoCqgiqCqogqiKqKKoqqlGqVKpWqoCqgqqIqoqqlaqgqqKqqKqqqg=="
};
// src/checkpoints/gguf/quant-blocks/unpacked-grid.ts
const unpacked$1 = /* @__PURE__ */ new Map();
/** `width` values for each index, one index after the other. */
function gridValues(grid) {
	const known = unpacked$1.get(grid);
	if (known !== void 0) return known;
	const { levels, bits, fields } = grid;
	const bytes = Buffer.from(fields, "base64");
	const perByte = 8 / bits;
	const values = new Float64Array(bytes.length * perByte);
	for (let i = 0; i < values.length; i++) {
		const field = bytes[Math.floor(i / perByte)] >> bits * (i % perByte) & 2 ** bits - 1;
		values[i] = levels[field] ?? NaN;
	}
	unpacked$1.set(grid, values);
	return values;
}
// src/checkpoints/gguf/quant-blocks/i-quants.ts
/**
* @file The i-quants of 2 and 3 bits: quant blocks of 256 weights whose codes point into a code book of magnitudes, 8 or 4 at
* a time, with signs beside them.
*
* Layouts: ggml-common.h (`block_iq2_xxs` … `block_iq3_s`). A quant block is 8 parts of 32 weights. Signs are a byte for 8
* weights, bit j set where weight j is negative; IQ2_XXS, IQ2_XS and IQ3_XXS store 7 of its bits, and the eighth makes the
* number of minuses even.
*/
/** All eight signs of the seven that are stored. */
const EVEN_SIGNS = Uint8Array.from({ length: 128 }, (_, seven) => {
	let parity = 0;
	for (let bit = 0; bit < 7; bit++) parity ^= seven >> bit & 1;
	return seven | parity << 7;
});
/** Write `width` weights: scale · magnitude, negative where a sign bit from `firstSign` on is set. */
function writeSigned(grid, index, width, { scale, signs, firstSign }, out, o) {
	const at = index * width;
	for (let j = 0; j < width; j++) {
		const weight = scale * grid[at + j];
		out[o + j] = signs >> firstSign + j & 1 ? -weight : weight;
	}
}
/** w = d·(½ + s)/4·grid. Quant block: d; per part 4 bytes of indices, then 28 bits of signs and 4 of s. */
function decodeIQ2_XXS(bytes, out) {
	const half = halfTable();
	const grid = gridValues(IQ2_XXS_GRID);
	for (let at = 0, o = 0; o < out.length; at += 66) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		for (let part = at + 2; part < at + 66; part += 8) {
			const word = wordAt(bytes, part + 4);
			const scale = d * (.5 + (word >>> 28)) * .25;
			for (let l = 0; l < 4; l++, o += 8) {
				const signs = EVEN_SIGNS[word >>> 7 * l & 127];
				writeSigned(grid, bytes[part + l], 8, {
					scale,
					signs,
					firstSign: 0
				}, out, o);
			}
		}
	}
}
/** w = d·(½ + s)/4·grid. Quant block: d, 32 words of 9 bits of index and 7 of signs, 8 bytes of s (4 bits for 16 weights). */
function decodeIQ2_XS(bytes, out) {
	const half = halfTable();
	const grid = gridValues(IQ2_XS_GRID);
	for (let at = 0, o = 0; o < out.length; at += 74) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		for (let l = 0; l < 32; l++, o += 8) {
			const word = bytes[at + 2 + 2 * l] | bytes[at + 3 + 2 * l] << 8;
			const scale = d * (.5 + nibble(bytes, at + 66, l >> 1)) * .25;
			writeSigned(grid, word & 511, 8, {
				scale,
				signs: EVEN_SIGNS[word >> 9],
				firstSign: 0
			}, out, o);
		}
	}
}
/**
* w = d·(½ + s)/4·grid. Quant block: d, 32 bytes of low index bits, 32 of signs, 8 of high index bits (2 for 8 weights), 8 of s
* (4 bits for 16 weights).
*/
function decodeIQ2_S(bytes, out) {
	const half = halfTable();
	const grid = gridValues(IQ2_S_GRID);
	for (let at = 0, o = 0; o < out.length; at += 82) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		for (let l = 0; l < 32; l++, o += 8) {
			const high = bytes[at + 66 + (l >> 2)] >> 2 * (l & 3) & 3;
			const scale = d * (.5 + nibble(bytes, at + 74, l >> 1)) * .25;
			const signs = bytes[at + 34 + l];
			writeSigned(grid, bytes[at + 2 + l] | high << 8, 8, {
				scale,
				signs,
				firstSign: 0
			}, out, o);
		}
	}
}
/** w = d·(½ + s)/2·grid. Quant block: d, 64 bytes of indices (4 weights each), per part 28 bits of signs and 4 of s. */
function decodeIQ3_XXS(bytes, out) {
	const half = halfTable();
	const grid = gridValues(IQ3_XXS_GRID);
	for (let at = 0, o = 0; o < out.length; at += 98) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		for (let l = 0; l < 64; l++, o += 4) {
			const word = wordAt(bytes, at + 66 + 4 * (l >> 3));
			const scale = d * (.5 + (word >>> 28)) * .5;
			const signs = EVEN_SIGNS[word >>> 7 * (l >> 1 & 3) & 127];
			writeSigned(grid, bytes[at + 2 + l], 4, {
				scale,
				signs,
				firstSign: 4 * (l & 1)
			}, out, o);
		}
	}
}
/** w = d·(1 + 2s)·grid. Quant block: d, 64 bytes of low index bits, 8 of ninth bits, 32 of signs, 4 of s (4 bits for 32 weights). */
function decodeIQ3_S(bytes, out) {
	const half = halfTable();
	const grid = gridValues(IQ3_S_GRID);
	for (let at = 0, o = 0; o < out.length; at += 110) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		for (let l = 0; l < 64; l++, o += 4) {
			const ninth = bytes[at + 66 + (l >> 3)] >> (l & 7) & 1;
			const scale = d * (1 + 2 * nibble(bytes, at + 106, l >> 3));
			const signs = bytes[at + 74 + (l >> 1)];
			writeSigned(grid, bytes[at + 2 + l] | ninth << 8, 4, {
				scale,
				signs,
				firstSign: 4 * (l & 1)
			}, out, o);
		}
	}
}
/** Four bits, two in a byte, the low ones first. */
function nibble(bytes, from, i) {
	return bytes[from + (i >> 1)] >> 4 * (i & 1) & 15;
}
function wordAt(bytes, at) {
	return (bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16 | bytes[at + 3] << 24) >>> 0;
}
// src/checkpoints/gguf/quant-blocks/k-quants.ts
/**
* @file The k-quants: quant blocks of 256 weights whose sub-blocks have small integer scales times one float16 scale.
*
* Layouts: ggml-common.h (`block_q2_K` … `block_q6_K`). `d` scales the sub-block scales, `dmin` the sub-block minima.
*/
/** 16 sub-blocks of 16: w = d·scale·q − dmin·min. Quant block: 16 bytes (scale | min << 4), 64 bytes of 2-bit q, d, dmin. */
function decodeQ2_K(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 84) {
		const d = half[bytes[at + 80] | bytes[at + 81] << 8];
		const dmin = half[bytes[at + 82] | bytes[at + 83] << 8];
		for (let sub = 0; sub < 16; sub++, o += 16) {
			const packed = bytes[at + sub];
			const scale = d * (packed & 15);
			const min = dmin * (packed >> 4);
			const q = at + 16 + 32 * (sub >> 3) + 16 * (sub & 1);
			const shift = sub & 6;
			for (let j = 0; j < 16; j++) out[o + j] = scale * (bytes[q + j] >> shift & 3) - min;
		}
	}
}
/** 16 sub-blocks of 16: w = d·scale·(q − 4), q of 3 bits. Quant block: 32 bytes of third bits, 64 of low bits, 12 of scales, d. */
function decodeQ3_K(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 110) {
		const d = half[bytes[at + 108] | bytes[at + 109] << 8];
		const scales = at + 96;
		for (let sub = 0; sub < 16; sub++, o += 16) {
			const scale = d * ((bytes[scales + (sub & 7)] >> 4 * (sub >> 3) & 15 | (bytes[scales + 8 + (sub & 3)] >> 2 * (sub >> 2) & 3) << 4) - 32);
			const third = at + 16 * (sub & 1);
			const q = at + 32 + 32 * (sub >> 3) + 16 * (sub & 1);
			const shift = sub & 6;
			const bit = sub >> 1;
			for (let j = 0; j < 16; j++) out[o + j] = scale * ((bytes[q + j] >> shift & 3) + 4 * (bytes[third + j] >> bit & 1) - 4);
		}
	}
}
/** 8 sub-blocks of 32: w = d·scale·q − dmin·min. Quant block: d, dmin, 12 bytes of 6-bit scales and minima, 128 bytes of q. */
function decodeQ4_K(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 144) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		const dmin = half[bytes[at + 2] | bytes[at + 3] << 8];
		for (let pair = 0; pair < 4; pair++, o += 64) {
			const scaleLow = d * sixBitScale(bytes, at + 4, 2 * pair);
			const minLow = dmin * sixBitMin(bytes, at + 4, 2 * pair);
			const scaleHigh = d * sixBitScale(bytes, at + 4, 2 * pair + 1);
			const minHigh = dmin * sixBitMin(bytes, at + 4, 2 * pair + 1);
			const q = at + 16 + 32 * pair;
			for (let j = 0; j < 32; j++) {
				const packed = bytes[q + j];
				out[o + j] = scaleLow * (packed & 15) - minLow;
				out[o + j + 32] = scaleHigh * (packed >> 4) - minHigh;
			}
		}
	}
}
/** As Q4_K with a fifth bit: bit `sub` of byte j. Quant block: d, dmin, 12 bytes of scales, 32 of fifth bits, 128 of q. */
function decodeQ5_K(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 176) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		const dmin = half[bytes[at + 2] | bytes[at + 3] << 8];
		for (let pair = 0; pair < 4; pair++, o += 64) {
			const scaleLow = d * sixBitScale(bytes, at + 4, 2 * pair);
			const minLow = dmin * sixBitMin(bytes, at + 4, 2 * pair);
			const scaleHigh = d * sixBitScale(bytes, at + 4, 2 * pair + 1);
			const minHigh = dmin * sixBitMin(bytes, at + 4, 2 * pair + 1);
			const q = at + 48 + 32 * pair;
			for (let j = 0; j < 32; j++) {
				const packed = bytes[q + j];
				const fifth = bytes[at + 16 + j] >> 2 * pair;
				out[o + j] = scaleLow * (packed & 15 | (fifth & 1) << 4) - minLow;
				out[o + j + 32] = scaleHigh * (packed >> 4 | (fifth & 2) << 3) - minHigh;
			}
		}
	}
}
/** 16 sub-blocks of 16: w = d·scale·(q − 32). Quant block: 128 bytes of low four bits, 64 of high two, 16 signed scales, d. */
function decodeQ6_K(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 210) {
		const d = half[bytes[at + 208] | bytes[at + 209] << 8];
		for (let sub = 0; sub < 16; sub++, o += 16) {
			const scale = d * (bytes[at + 192 + sub] << 24 >> 24);
			const side = sub >> 3;
			const quarter = sub >> 1 & 3;
			const low = at + 64 * side + 32 * (quarter & 1) + 16 * (sub & 1);
			const high = at + 128 + 32 * side + 16 * (sub & 1);
			const lowShift = 4 * (quarter >> 1);
			const highShift = 2 * quarter;
			for (let j = 0; j < 16; j++) {
				const q = bytes[low + j] >> lowShift & 15 | (bytes[high + j] >> highShift & 3) << 4;
				out[o + j] = scale * (q - 32);
			}
		}
	}
}
/** Scale of sub-block `sub` (0-7) among the 12 bytes at `at`: six bits, the last four spread over two bytes. */
function sixBitScale(bytes, at, sub) {
	if (sub < 4) return bytes[at + sub] & 63;
	return bytes[at + sub + 4] & 15 | bytes[at + sub - 4] >> 6 << 4;
}
function sixBitMin(bytes, at, sub) {
	if (sub < 4) return bytes[at + sub + 4] & 63;
	return bytes[at + sub + 4] >> 4 | bytes[at + sub] >> 6 << 4;
}
// src/checkpoints/gguf/quant-blocks/legacy.ts
/**
* @file Quant blocks of 32 weights with one scale: Q4_0, Q4_1, Q5_0, Q5_1, Q8_0.
*
* Four-bit fields: byte j holds weight j in its low half and weight j + 16 in its high half. The fifth bit of weight j
* is bit j of a 32-bit word. `d` is the scale, `m` the minimum, both float16.
*/
/** w = d·(q − 8). Quant block: d, 16 bytes of q. */
function decodeQ4_0(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 18, o += 32) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		for (let j = 0; j < 16; j++) {
			const q = bytes[at + 2 + j];
			out[o + j] = d * ((q & 15) - 8);
			out[o + j + 16] = d * ((q >> 4) - 8);
		}
	}
}
/** w = d·q + m. Quant block: d, m, 16 bytes of q. */
function decodeQ4_1(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 20, o += 32) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		const m = half[bytes[at + 2] | bytes[at + 3] << 8];
		for (let j = 0; j < 16; j++) {
			const q = bytes[at + 4 + j];
			out[o + j] = d * (q & 15) + m;
			out[o + j + 16] = d * (q >> 4) + m;
		}
	}
}
/** w = d·(q − 16). Quant block: d, 4 bytes of fifth bits, 16 bytes of q. */
function decodeQ5_0(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 22, o += 32) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		const fifthLow = bytes[at + 2] | bytes[at + 3] << 8;
		const fifthHigh = bytes[at + 4] | bytes[at + 5] << 8;
		for (let j = 0; j < 16; j++) {
			const q = bytes[at + 6 + j];
			out[o + j] = d * ((q & 15 | (fifthLow >> j & 1) << 4) - 16);
			out[o + j + 16] = d * ((q >> 4 | (fifthHigh >> j & 1) << 4) - 16);
		}
	}
}
/** w = d·q + m. Quant block: d, m, 4 bytes of fifth bits, 16 bytes of q. */
function decodeQ5_1(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 24, o += 32) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		const m = half[bytes[at + 2] | bytes[at + 3] << 8];
		const fifthLow = bytes[at + 4] | bytes[at + 5] << 8;
		const fifthHigh = bytes[at + 6] | bytes[at + 7] << 8;
		for (let j = 0; j < 16; j++) {
			const q = bytes[at + 8 + j];
			out[o + j] = d * (q & 15 | (fifthLow >> j & 1) << 4) + m;
			out[o + j + 16] = d * (q >> 4 | (fifthHigh >> j & 1) << 4) + m;
		}
	}
}
/** w = d·q, q a signed byte. Quant block: d, 32 bytes of q. */
function decodeQ8_0(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 34, o += 32) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		for (let j = 0; j < 32; j++) out[o + j] = d * (bytes[at + 2 + j] << 24 >> 24);
	}
}
// src/checkpoints/gguf/quant-blocks/ternary.ts
/**
* @file Quant blocks of 256 weights of about one and a half bits: IQ1_S and IQ1_M (a code book of −1, 0 and 1, moved by an
* eighth), TQ1_0 and TQ2_0 (−1, 0 and 1 as they are).
*
* Layouts: ggml-common.h (`block_iq1_s`, `block_iq1_m`, `block_tq1_0`, `block_tq2_0`).
*/
/** What every value of IQ1's code book is moved by, up or down. */
const SHIFT = .125;
/** w = d·(2s + 1)·(grid ± ⅛). Quant block: d, 32 bytes of low index bits, 8 words of 4 · 3 high bits, 3 of s, 1 of the shift's sign. */
function decodeIQ1_S(bytes, out) {
	const half = halfTable();
	const grid = gridValues(IQ1_S_GRID);
	for (let at = 0, o = 0; o < out.length; at += 50) {
		const d = half[bytes[at] | bytes[at + 1] << 8];
		for (let l = 0; l < 32; l++, o += 8) {
			const word = wordOf(bytes, at + 34 + 2 * (l >> 2));
			const scale = d * (2 * (word >> 12 & 7) + 1);
			const shift = word & 32768 ? -.125 : SHIFT;
			const index = bytes[at + 2 + l] | (word >> 3 * (l & 3) & 7) << 8;
			for (let j = 0; j < 8; j++) out[o + j] = scale * (grid[8 * index + j] + shift);
		}
	}
}
/**
* w = d·(2s + 1)·(grid ± ⅛). Quant block: 32 bytes of low index bits, 32 nibbles of 3 high bits and the shift's sign, 4 words of
* 4 · 3 bits of s (for 16 weights each) whose top nibbles are d.
*/
function decodeIQ1_M(bytes, out) {
	const half = halfTable();
	const grid = gridValues(IQ1_S_GRID);
	for (let at = 0, o = 0; o < out.length; at += 56) {
		const scales = at + 48;
		let pattern = 0;
		for (let word = 0; word < 4; word++) pattern |= wordOf(bytes, scales + 2 * word) >> 12 << 4 * word;
		const d = half[pattern];
		for (let l = 0; l < 32; l++, o += 8) {
			const pair = l >> 1;
			const scale = d * (2 * (wordOf(bytes, scales + 2 * (pair >> 2)) >> 3 * (pair & 3) & 7) + 1);
			const high = bytes[at + 32 + pair] >> 4 * (l & 1) & 15;
			const shift = high & 8 ? -.125 : SHIFT;
			const index = bytes[at + l] | (high & 7) << 8;
			for (let j = 0; j < 8; j++) out[o + j] = scale * (grid[8 * index + j] + shift);
		}
	}
}
/** Digit n of a byte that holds five digits of base 3 as a fraction of 256: multiply by 3ⁿ, drop what is above, take the top. */
function digit(byte, power) {
	return (byte * power & 255) * 3 >> 8;
}
const POWERS = [
	1,
	3,
	9,
	27,
	81
];
/** Bytes of TQ1_0 whose weights lie together: from, how many, digits. */
const RUNS = [
	[
		0,
		32,
		5
	],
	[
		32,
		16,
		5
	],
	[
		48,
		4,
		4
	]
];
/** w = d·(digit − 1). Quant block: 32 and 16 bytes of five digits, 4 of four, d; digit n of all bytes of a run before digit n + 1. */
function decodeTQ1_0(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 54) {
		const d = half[bytes[at + 52] | bytes[at + 53] << 8];
		for (const [from, count, digits] of RUNS) for (let n = 0; n < digits; n++) for (let i = 0; i < count; i++) out[o++] = d * (digit(bytes[at + from + i], POWERS[n]) - 1);
	}
}
/** w = d·(q − 1). Quant block: two runs of 32 bytes with four q of 2 bits each, d; q of the same bits lie together. */
function decodeTQ2_0(bytes, out) {
	const half = halfTable();
	for (let at = 0, o = 0; o < out.length; at += 66) {
		const d = half[bytes[at + 64] | bytes[at + 65] << 8];
		for (let run = at; run < at + 64; run += 32) for (let shift = 0; shift < 8; shift += 2) for (let i = 0; i < 32; i++) out[o++] = d * ((bytes[run + i] >> shift & 3) - 1);
	}
}
function wordOf(bytes, at) {
	return bytes[at] | bytes[at + 1] << 8;
}
// src/checkpoints/gguf/quant-blocks/types.ts
/**
* @file Every tensor type that ggml has: its number, its name, how many weights a quant block holds in how many bytes.
*
* Source: ggml.h (`enum ggml_type`) and gguf's constants.py (`GGML_QUANT_SIZES`). Types without a decoder are listed so
* that a file that uses one is described, and refused, by name.
*/
const K = 256;
const TYPES = [
	{
		id: 0,
		name: "F32",
		blockSize: 1,
		blockBytes: 4,
		decoding: "plain"
	},
	{
		id: 1,
		name: "F16",
		blockSize: 1,
		blockBytes: 2,
		decoding: "plain"
	},
	{
		id: 2,
		name: "Q4_0",
		blockSize: 32,
		blockBytes: 18,
		decoding: decodeQ4_0
	},
	{
		id: 3,
		name: "Q4_1",
		blockSize: 32,
		blockBytes: 20,
		decoding: decodeQ4_1
	},
	{
		id: 6,
		name: "Q5_0",
		blockSize: 32,
		blockBytes: 22,
		decoding: decodeQ5_0
	},
	{
		id: 7,
		name: "Q5_1",
		blockSize: 32,
		blockBytes: 24,
		decoding: decodeQ5_1
	},
	{
		id: 8,
		name: "Q8_0",
		blockSize: 32,
		blockBytes: 34,
		decoding: decodeQ8_0
	},
	{
		id: 9,
		name: "Q8_1",
		blockSize: 32,
		blockBytes: 40,
		decoding: "none"
	},
	{
		id: 10,
		name: "Q2_K",
		blockSize: K,
		blockBytes: 84,
		decoding: decodeQ2_K
	},
	{
		id: 11,
		name: "Q3_K",
		blockSize: K,
		blockBytes: 110,
		decoding: decodeQ3_K
	},
	{
		id: 12,
		name: "Q4_K",
		blockSize: K,
		blockBytes: 144,
		decoding: decodeQ4_K
	},
	{
		id: 13,
		name: "Q5_K",
		blockSize: K,
		blockBytes: 176,
		decoding: decodeQ5_K
	},
	{
		id: 14,
		name: "Q6_K",
		blockSize: K,
		blockBytes: 210,
		decoding: decodeQ6_K
	},
	{
		id: 15,
		name: "Q8_K",
		blockSize: K,
		blockBytes: 292,
		decoding: "none"
	},
	{
		id: 16,
		name: "IQ2_XXS",
		blockSize: K,
		blockBytes: 66,
		decoding: decodeIQ2_XXS
	},
	{
		id: 17,
		name: "IQ2_XS",
		blockSize: K,
		blockBytes: 74,
		decoding: decodeIQ2_XS
	},
	{
		id: 18,
		name: "IQ3_XXS",
		blockSize: K,
		blockBytes: 98,
		decoding: decodeIQ3_XXS
	},
	{
		id: 19,
		name: "IQ1_S",
		blockSize: K,
		blockBytes: 50,
		decoding: decodeIQ1_S
	},
	{
		id: 20,
		name: "IQ4_NL",
		blockSize: 32,
		blockBytes: 18,
		decoding: decodeIQ4_NL
	},
	{
		id: 21,
		name: "IQ3_S",
		blockSize: K,
		blockBytes: 110,
		decoding: decodeIQ3_S
	},
	{
		id: 22,
		name: "IQ2_S",
		blockSize: K,
		blockBytes: 82,
		decoding: decodeIQ2_S
	},
	{
		id: 23,
		name: "IQ4_XS",
		blockSize: K,
		blockBytes: 136,
		decoding: decodeIQ4_XS
	},
	{
		id: 24,
		name: "I8",
		blockSize: 1,
		blockBytes: 1,
		decoding: "none"
	},
	{
		id: 25,
		name: "I16",
		blockSize: 1,
		blockBytes: 2,
		decoding: "none"
	},
	{
		id: 26,
		name: "I32",
		blockSize: 1,
		blockBytes: 4,
		decoding: "none"
	},
	{
		id: 27,
		name: "I64",
		blockSize: 1,
		blockBytes: 8,
		decoding: "none"
	},
	{
		id: 28,
		name: "F64",
		blockSize: 1,
		blockBytes: 8,
		decoding: "none"
	},
	{
		id: 29,
		name: "IQ1_M",
		blockSize: K,
		blockBytes: 56,
		decoding: decodeIQ1_M
	},
	{
		id: 30,
		name: "BF16",
		blockSize: 1,
		blockBytes: 2,
		decoding: "plain"
	},
	{
		id: 34,
		name: "TQ1_0",
		blockSize: K,
		blockBytes: 54,
		decoding: decodeTQ1_0
	},
	{
		id: 35,
		name: "TQ2_0",
		blockSize: K,
		blockBytes: 66,
		decoding: decodeTQ2_0
	},
	{
		id: 39,
		name: "MXFP4",
		blockSize: 32,
		blockBytes: 17,
		decoding: decodeMXFP4
	},
	{
		id: 40,
		name: "NVFP4",
		blockSize: 64,
		blockBytes: 36,
		decoding: decodeNVFP4
	},
	{
		id: 41,
		name: "Q1_0",
		blockSize: 128,
		blockBytes: 18,
		decoding: "none"
	}
];
/** Types that ggml once had and took out of the format. */
const REMOVED = /* @__PURE__ */ new Map([
	[4, "Q4_2"],
	[5, "Q4_3"],
	[31, "Q4_0_4_4"],
	[32, "Q4_0_4_8"],
	[33, "Q4_0_8_8"],
	[36, "IQ4_NL_4_4"],
	[37, "IQ4_NL_4_8"],
	[38, "IQ4_NL_8_8"]
]);
const BY_ID = new Map(TYPES.map((type) => [type.id, type]));
function ggmlType(id) {
	return BY_ID.get(id);
}
/** What to call a type that `ggmlType` does not know. */
function removedTypeName(id) {
	const name = REMOVED.get(id);
	return name === void 0 ? `type number ${id}, unknown to this version` : `${name} (removed from ggml)`;
}
const DECODABLE_TYPES = TYPES.filter((type) => type.decoding !== "none").map((type) => type.name);
// src/checkpoints/gguf/container.ts
const MAGIC = 1179993927;
const READABLE_VERSIONS = [2, 3];
/** Llama 3.1 405B has 1,138 tensors; old mixture-of-experts files, one tensor per expert, about 50,000. */
const MAX_TENSORS = 1e5;
/** ggml allows 63 bytes (GGML_MAX_NAME); some forks twice that. */
const MAX_NAME_BYTES = 255;
/** GGML_MAX_DIMS. */
const MAX_DIMS = 4;
/** 32 unless general.alignment says otherwise; file systems and GPUs ask for at most a huge page. */
const DEFAULT_ALIGNMENT = 32;
const MAX_ALIGNMENT = 2 ** 21;
/** Read the table of contents. Errors: GGUF_NOT_GGUF, GGUF_LIMIT_EXCEEDED, GGUF_TRUNCATED, GGUF_MALFORMED, GGUF_SHAPE_WRONG, GGUF_TYPE_UNSUPPORTED. */
async function readGguf(source) {
	const reader = new HeaderReader(source);
	const version = await readPreamble(reader);
	const tensorCount = reader.u64();
	const keyCount = reader.u64();
	if (tensorCount > MAX_TENSORS) throw ggufLimit(source.name, "the number of tensors", tensorCount, MAX_TENSORS);
	const metadata = await readMetadata(reader, keyCount);
	const alignment = alignmentOf(source, metadata);
	const infos = [];
	for (let i = 0; i < tensorCount; i++) infos.push(await readTensorInfo(reader, i));
	return {
		source,
		version,
		metadata,
		tensors: placeTensors(source, infos, Math.ceil(reader.position / alignment) * alignment, alignment)
	};
}
async function readPreamble(reader) {
	const { source } = reader;
	if (source.byteLength < 24) throw notGguf(source.name, `it has only ${source.byteLength} bytes`);
	await reader.need(24, "the header");
	if (reader.u32() !== MAGIC) throw notGguf(source.name, "it does not begin with \"GGUF\"");
	const version = reader.u32();
	if (READABLE_VERSIONS.includes(version)) return version;
	const swapped = version % 2 ** 16 === 0;
	throw notGguf(source.name, swapped ? "it is big-endian" : `its version is ${version}, and only 2 and 3 are known`);
}
function alignmentOf(source, metadata) {
	const alignment = metadata.get("general.alignment") ?? DEFAULT_ALIGNMENT;
	if (typeof alignment !== "number" || alignment < 1 || alignment > MAX_ALIGNMENT || !Number.isInteger(Math.log2(alignment))) throw ggufMalformed(source.name, "\"general.alignment\"", `is not a power of two up to ${MAX_ALIGNMENT}`);
	return alignment;
}
async function readTensorInfo(reader, index) {
	const file = reader.source.name;
	const name = await readText(reader, `the name of tensor ${index}`, MAX_NAME_BYTES);
	await reader.need(4, `the shape of tensor "${name}"`);
	const dims = reader.u32();
	if (dims > MAX_DIMS) throw ggufLimit(file, `the number of dimensions of tensor "${name}"`, dims, MAX_DIMS);
	await reader.need(8 * dims + 12, `the description of tensor "${name}"`);
	const shape = Array.from({ length: dims }, () => Number(reader.u64())).reverse();
	const typeId = reader.u32();
	const type = ggmlType(typeId);
	if (type === void 0) throw ggufTypeUnsupported(file, name, removedTypeName(typeId), DECODABLE_TYPES);
	return {
		name,
		shape,
		type,
		offset: reader.u64()
	};
}
/** Check every tensor's range and turn offsets into places in the file. */
function placeTensors(source, infos, dataStart, alignment) {
	const tensors = /* @__PURE__ */ new Map();
	for (const info of infos) {
		const what = `tensor "${info.name}"`;
		if (tensors.has(info.name)) throw ggufMalformed(source.name, what, "occurs twice");
		const offset = Number(info.offset);
		if (info.offset % BigInt(alignment) !== 0n) throw ggufMalformed(source.name, what, `starts at ${info.offset}, not a multiple of the alignment ${alignment}`);
		const start = dataStart + offset;
		const end = start + storedBytes(source, info);
		if (end > source.byteLength) throw ggufTruncated(source.name, what, end, source.byteLength);
		tensors.set(info.name, {
			name: info.name,
			shape: info.shape,
			type: info.type,
			source,
			start,
			end
		});
	}
	refuseOverlaps(source, [...tensors.values()]);
	return tensors;
}
function storedBytes(source, { name, shape, type }) {
	if (shape.some((size) => size < 1 || !Number.isSafeInteger(size))) throw ggufShapeWrong(source.name, name, shape, "every dimension must be at least 1");
	if ((shape.at(-1) ?? 1) % type.blockSize !== 0) throw ggufShapeWrong(source.name, name, shape, `${type.name} rows must be a multiple of ${type.blockSize} long`);
	return shape.reduce((product, size) => product * size, 1) / type.blockSize * type.blockBytes;
}
function refuseOverlaps(source, tensors) {
	tensors.sort((a, b) => a.start - b.start);
	for (const [i, tensor] of tensors.entries()) {
		const previous = tensors[i - 1];
		if (previous !== void 0 && previous.end > tensor.start) throw ggufMalformed(source.name, `tensor "${tensor.name}"`, `overlaps tensor "${previous.name}"`);
	}
}
// src/checkpoints/gguf/description.ts
const FLOAT_TYPES = [
	"F32",
	"F16",
	"BF16"
];
/** By ggml type name, most parameters first. */
function countTypes(entries) {
	const counts = /* @__PURE__ */ new Map();
	for (const entry of entries) {
		const { tensors, parameters } = counts.get(entry.storedAs) ?? {
			tensors: 0,
			parameters: 0
		};
		counts.set(entry.storedAs, {
			tensors: tensors + 1,
			parameters: parameters + size(entry)
		});
	}
	return new Map([...counts].sort(([a, x], [b, y]) => y.parameters - x.parameters || (a < b ? -1 : 1)));
}
function describeGguf(entries) {
	const quantized = entries.filter((entry) => !FLOAT_TYPES.includes(entry.storedAs));
	const compressed = quantized.length > 0 ? quantized : entries.filter((entry) => entry.shape.length > 1);
	const parameters = compressed.reduce((sum, entry) => sum + size(entry), 0);
	const bytes = compressed.reduce((sum, entry) => sum + entry.byteLength, 0);
	const [type = "F32"] = countTypes(compressed).keys();
	return {
		method: `gguf ${type}`,
		bits: parameters === 0 ? 0 : 8 * bytes / parameters,
		tensors: compressed.length,
		parameters
	};
}
function size(entry) {
	return entry.shape.reduce((product, length) => product * length, 1);
}
// src/checkpoints/gguf/families/family.ts
function rule(gguf, hf, undo = "none") {
	return {
		gguf,
		hf,
		undo
	};
}
// src/checkpoints/gguf/families/rope.ts
/**
* @file Rope scaling from a GGUF file: `rope.scaling.*` keys and the factors that stand in tensors.
*
* llama.cpp divides the frequency of pair i by factor i of `rope_freqs` (Llama 3) or of `rope_factors_long|short`
* (longrope). Llama 3's four numbers are computed into the factors; they are solved for again here and kept if they give
* the same factors, so that the config reads as the original did. Otherwise the factors themselves go into a longrope
* section, which computes the same thing.
*/
/** Largest relative difference between a stored float32 factor and the one recomputed in float64. */
const FACTOR_TOLERANCE = 1e-5;
/** `rope_theta` and `rope_scaling` for a config. Errors: GGUF_MODEL_UNSUPPORTED, GGUF_KEY_INVALID. */
function ropeKeys(model, headSize) {
	const base = model.metadata.positiveOr("rope.freq_base", 1e4);
	return {
		rope_theta: base,
		rope_scaling: ropeScaling(model, base, headSize)
	};
}
function ropeScaling(model, base, headSize) {
	const factors = model.ropeFactors.get("rope_freqs");
	if (factors === void 0) return scalingKeys(model, headSize);
	requireLength(model, "rope_freqs", factors, headSize / 2);
	if (factors.every((factor) => factor === 1)) return scalingKeys(model, headSize);
	const amplitude = attentionFactor(model);
	return (amplitude === 1 ? llama3Scaling(factors, base) : null) ?? explicitScaling(model, factors, amplitude);
}
/** Factor on cosine and sine, whatever the scaling; YaRN's own comes on top. */
function attentionFactor({ metadata }) {
	return metadata.positiveOr("rope.scaling.attn_factor", 1);
}
/** `rope.scaling.type` and what belongs to it; older converters wrote `rope.scale_linear`. */
function scalingKeys(model, headSize) {
	const { metadata, file } = model;
	const linear = metadata.positiveOr("rope.scale_linear", 1);
	const type = metadata.textOr("rope.scaling.type", linear === 1 ? "none" : "linear");
	const factor = metadata.positiveOr("rope.scaling.factor", linear);
	const amplitude = attentionFactor(model);
	if (type !== "none" && type !== "linear" && type !== "yarn") throw ggufModelUnsupported(file, `rope.scaling.type is "${type}"`);
	if (type !== "yarn" && amplitude !== 1) return explicitScaling(model, Array.from({ length: headSize / 2 }, () => type === "none" ? 1 : factor), amplitude);
	if (type === "none") return null;
	if (type === "linear") return {
		rope_type: "linear",
		factor
	};
	return {
		rope_type: "yarn",
		factor,
		original_max_position_embeddings: metadata.count("rope.scaling.original_context_length"),
		beta_fast: metadata.positiveOr("rope.scaling.yarn_beta_fast", 32),
		beta_slow: metadata.positiveOr("rope.scaling.yarn_beta_slow", 1),
		...amplitude === 1 ? {} : { attention_factor: amplitude * (factor <= 1 ? 1 : .1 * Math.log(factor) + 1) }
	};
}
/** Phi-3: two lists of factors and the length up to which the short ones hold; null for models without. */
function longropeScaling(model, pairs) {
	const long = model.ropeFactors.get("rope_factors_long");
	const short = model.ropeFactors.get("rope_factors_short");
	if (long === void 0 && short === void 0) return null;
	if (long === void 0 || short === void 0) throw ggufModelUnsupported(model.file, "it has only one of rope_factors_long and rope_factors_short");
	requireLength(model, "rope_factors_long", long, pairs);
	requireLength(model, "rope_factors_short", short, pairs);
	const stored = model.metadata.positiveOr("rope.scaling.attn_factor", null);
	return {
		type: "longrope",
		long_factor: long,
		short_factor: short,
		...stored === null ? {} : { attention_factor: stored }
	};
}
function requireLength(model, name, factors, pairs) {
	if (factors.length === pairs && factors.every((factor) => Number.isFinite(factor) && factor > 0)) return;
	throw ggufModelUnsupported(model.file, `${name} should hold ${pairs} numbers above 0`);
}
function explicitScaling({ metadata }, factors, amplitude) {
	return {
		rope_type: "longrope",
		long_factor: factors,
		short_factor: factors,
		attention_factor: amplitude,
		original_max_position_embeddings: metadata.count("context_length")
	};
}
/** Every Llama 3 has these three; its factor is 8 or 32. */
const PUBLISHED = {
	low: 1,
	high: 4,
	original: 8192
};
/** Factors of all pairs under Llama 3's rule (modeling_rope_utils.py, `_compute_llama3_parameters`). */
function llama3Factors({ factor, low, high, original }, base, pairs) {
	return Array.from({ length: pairs }, (_, pair) => {
		const turns = original / (2 * Math.PI * base ** (pair / pairs));
		const kept = Math.min(1, Math.max(0, (turns - low) / (high - low)));
		return 1 / ((1 - kept) / factor + kept);
	});
}
/** The section whose factors these are, or null. */
function llama3Scaling(factors, base) {
	const factor = Math.max(...factors);
	const candidates = [{
		factor,
		...PUBLISHED
	}, solveLlama3(factors, base, factor)];
	for (const candidate of candidates) {
		if (candidate === null) continue;
		if (llama3Factors(candidate, base, factors.length).every((value, i) => Math.abs(value / factors[i] - 1) <= FACTOR_TOLERANCE)) return {
			rope_type: "llama3",
			factor,
			low_freq_factor: candidate.low,
			high_freq_factor: candidate.high,
			original_max_position_embeddings: candidate.original
		};
	}
	return null;
}
/**
* Two pairs of the blend determine the line kept = (turns − low) / (high − low), in which only the ratios of low, high and
* original are fixed; with low = 1 the length comes out as a whole number in models that were made this way.
*/
function solveLlama3(factors, base, factor) {
	const blended = factors.flatMap((value, pair) => value > 1 && value < factor ? [{
		value,
		pair
	}] : []);
	const [first, last] = [blended[0], blended.at(-1)];
	if (first === void 0 || last === void 0 || first === last) return null;
	const kept = (value) => (1 / value - 1 / factor) / (1 - 1 / factor);
	const turnsOfOne = (pair) => 1 / (2 * Math.PI * base ** (pair / factors.length));
	const slope = (kept(first.value) - kept(last.value)) / (turnsOfOne(first.pair) - turnsOfOne(last.pair));
	const intercept = kept(first.value) - slope * turnsOfOne(first.pair);
	const high = round4(1 - 1 / intercept);
	const original = Math.round(slope * (high - 1));
	return high > 1 && original >= 1 ? {
		factor,
		low: 1,
		high,
		original
	} : null;
}
const round4 = (value) => Math.round(value * 1e4) / 1e4;
// src/checkpoints/gguf/families/sizes.ts
/** @file What every architecture's metadata has, and what is read off the tensors: vocabulary rows, ties, biases. */
/** Errors: GGUF_KEY_MISSING, GGUF_KEY_INVALID, TENSOR_MISSING, GGUF_MODEL_UNSUPPORTED (experts, unequal key and value). */
function readSizes(model) {
	const { metadata, file } = model;
	const d_model = metadata.count("embedding_length");
	const heads = metadata.count("attention.head_count");
	const headSize = metadata.countOr("attention.key_length", d_model / heads);
	if (!Number.isInteger(headSize)) throw metadata.refuse("attention.head_count", heads, `a divisor of the embedding length ${d_model}`);
	if (metadata.countOr("attention.value_length", headSize) !== headSize) throw ggufModelUnsupported(file, "keys and values have different lengths");
	if (metadata.wholeOr("expert_count", 0) > 0) throw ggufModelUnsupported(file, "it is a mixture of experts, and only dense models are known");
	return {
		d_model,
		layers: blockCount(model),
		heads,
		kvHeads: metadata.countOr("attention.head_count_kv", heads),
		headSize,
		d_mlp: metadata.count("feed_forward_length"),
		positions: metadata.count("context_length"),
		n_vocab: embeddingRows(model, d_model)
	};
}
/** Every block has tensors, so a file cannot make us build more blocks than it has tensors. */
function blockCount({ metadata, tensors }) {
	const layers = metadata.count("block_count");
	if (layers > tensors.size) throw metadata.refuse("block_count", layers, `at most the number of tensors, ${tensors.size}`);
	return layers;
}
function embeddingRows({ file, tensors }, d_model) {
	const embedding = tensors.get("token_embd.weight");
	if (embedding === void 0) throw tensorMissing(file, "token_embd.weight");
	const [rows, width] = embedding.shape;
	if (rows === void 0 || width !== d_model || embedding.shape.length !== 2) throw ggufShapeWrong(file, embedding.name, embedding.shape, `(rows, ${d_model}) is expected`);
	return rows;
}
/** Without an unembedding of its own a model reads its logits off the embedding. */
function isTied({ tensors }) {
	return !tensors.has("output.weight");
}
/** Keys under Llama's names, which its successors share. */
function llamaKeys(model, modelType, architecture) {
	const { metadata } = model;
	const sizes = readSizes(model);
	return {
		architectures: [architecture],
		model_type: modelType,
		hidden_size: sizes.d_model,
		num_hidden_layers: sizes.layers,
		num_attention_heads: sizes.heads,
		num_key_value_heads: sizes.kvHeads,
		intermediate_size: sizes.d_mlp,
		rms_norm_eps: metadata.positive("attention.layer_norm_rms_epsilon"),
		vocab_size: sizes.n_vocab,
		max_position_embeddings: sizes.positions,
		tie_word_embeddings: isTied(model),
		...tokenIds(model)
	};
}
function tokenIds({ metadata }) {
	const ids = {};
	for (const name of ["bos", "eos"]) {
		const id = metadata.tokenId(`${name}_token_id`);
		if (id !== null) ids[`${name}_token_id`] = id;
	}
	return ids;
}
/** `rope.dimension_count`, which must be the whole head where a family rotates the whole head. */
function requireFullRotary({ metadata }, headSize) {
	const rotated = metadata.countOr("rope.dimension_count", headSize);
	if (rotated !== headSize) throw metadata.refuse("rope.dimension_count", rotated, `the head size, ${headSize}`);
}
// src/checkpoints/gguf/families/llama.ts
/**
* @file Llama, Mistral (whose files say llama), Qwen2, Qwen3 and OLMo-2: Llama's module names, small differences.
*
* The window of Mistral 7B v0.1 (4,096 positions) is not in its files, and llama.cpp runs it without: so is it read here.
*
* Source: llama.cpp, conversion/llama.py, qwen.py and olmo.py; gguf's tensor_mapping.py. Only `llama` has its q and k rows
* permuted. Left out: OLMo-3, whose files say olmo2 but have sliding windows.
*/
/** Embedding, unembedding and final norm. */
const END_RULES = [rule("token_embd", "model.embed_tokens"), rule("output", "lm_head")];
/** A gated MLP. */
const MLP_RULES = [
	rule("blk.*.ffn_gate", "model.layers.*.mlp.gate_proj"),
	rule("blk.*.ffn_up", "model.layers.*.mlp.up_proj"),
	rule("blk.*.ffn_down", "model.layers.*.mlp.down_proj")
];
/** Four projections stored as they are. */
const ATTENTION_RULES = [
	rule("blk.*.attn_q", "model.layers.*.self_attn.q_proj"),
	rule("blk.*.attn_k", "model.layers.*.self_attn.k_proj"),
	rule("blk.*.attn_v", "model.layers.*.self_attn.v_proj"),
	rule("blk.*.attn_output", "model.layers.*.self_attn.o_proj")
];
/** RMS norms before attention and before the MLP. */
const NORM_RULES = [
	rule("output_norm", "model.norm"),
	rule("blk.*.attn_norm", "model.layers.*.input_layernorm"),
	rule("blk.*.ffn_norm", "model.layers.*.post_attention_layernorm")
];
const QK_NORM_RULES = [rule("blk.*.attn_q_norm", "model.layers.*.self_attn.q_norm"), rule("blk.*.attn_k_norm", "model.layers.*.self_attn.k_norm")];
/** What all five have, with rotary over whole heads. */
function keys$1(model, modelType, architecture) {
	const { headSize } = readSizes(model);
	requireFullRotary(model, headSize);
	return {
		...llamaKeys(model, modelType, architecture),
		hidden_act: "silu",
		...ropeKeys(model, headSize)
	};
}
const llama = {
	rules: [
		...END_RULES,
		...NORM_RULES,
		...MLP_RULES,
		rule("blk.*.attn_q", "model.layers.*.self_attn.q_proj", "rope-pairs-q"),
		rule("blk.*.attn_k", "model.layers.*.self_attn.k_proj", "rope-pairs-k"),
		rule("blk.*.attn_v", "model.layers.*.self_attn.v_proj"),
		rule("blk.*.attn_output", "model.layers.*.self_attn.o_proj")
	],
	config(model) {
		const head_dim = readSizes(model).headSize;
		const attention_bias = model.tensors.has("blk.0.attn_q.bias");
		const mlp_bias = model.tensors.has("blk.0.ffn_up.bias");
		return {
			...keys$1(model, "llama", "LlamaForCausalLM"),
			head_dim,
			attention_bias,
			mlp_bias
		};
	}
};
const qwen2 = {
	rules: [
		...END_RULES,
		...NORM_RULES,
		...MLP_RULES,
		...ATTENTION_RULES
	],
	config: (model) => ({
		...keys$1(model, "qwen2", "Qwen2ForCausalLM"),
		use_sliding_window: false
	})
};
const qwen3 = {
	rules: [
		...END_RULES,
		...NORM_RULES,
		...MLP_RULES,
		...ATTENTION_RULES,
		...QK_NORM_RULES
	],
	config: (model) => ({
		...keys$1(model, "qwen3", "Qwen3ForCausalLM"),
		head_dim: readSizes(model).headSize,
		attention_bias: model.tensors.has("blk.0.attn_q.bias"),
		use_sliding_window: false
	})
};
const olmo2 = {
	rules: [
		...END_RULES,
		...MLP_RULES,
		...ATTENTION_RULES,
		...QK_NORM_RULES,
		rule("output_norm", "model.norm"),
		rule("blk.*.post_attention_norm", "model.layers.*.post_attention_layernorm"),
		rule("blk.*.post_ffw_norm", "model.layers.*.post_feedforward_layernorm")
	],
	config(model) {
		if (model.metadata.has("attention.sliding_window")) throw ggufModelUnsupported(model.file, "it has sliding windows, which makes it an OLMo-3");
		return {
			...keys$1(model, "olmo2", "Olmo2ForCausalLM"),
			attention_bias: model.tensors.has("blk.0.attn_q.bias")
		};
	}
};
// src/checkpoints/gguf/families/gemma.ts
const GAIN_RULES = [rule("output_norm", "model.norm", "gain-plus-one"), rule("blk.*.attn_norm", "model.layers.*.input_layernorm", "gain-plus-one")];
const SANDWICH_RULES = [
	rule("blk.*.post_attention_norm", "model.layers.*.post_attention_layernorm", "gain-plus-one"),
	rule("blk.*.ffn_norm", "model.layers.*.pre_feedforward_layernorm", "gain-plus-one"),
	rule("blk.*.post_ffw_norm", "model.layers.*.post_feedforward_layernorm", "gain-plus-one")
];
const COMMON_RULES = [
	...END_RULES,
	...MLP_RULES,
	...ATTENTION_RULES,
	...GAIN_RULES
];
function keys(model, modelType, architecture) {
	const { headSize } = readSizes(model);
	requireFullRotary(model, headSize);
	return {
		...llamaKeys(model, modelType, architecture),
		head_dim: headSize,
		hidden_activation: "gelu_pytorch_tanh",
		...ropeKeys(model, headSize)
	};
}
/** The 27B models, known by their depth, divide by √(d_model / heads); all others by √headSize. */
function queryScalar(sizes, layersOf27B) {
	return sizes.layers === layersOf27B ? sizes.d_model / sizes.heads : sizes.headSize;
}
function layerTypes(slides) {
	return slides.map((slide) => slide ? "sliding_attention" : "full_attention");
}
const gemma = {
	rules: [...COMMON_RULES, rule("blk.*.ffn_norm", "model.layers.*.post_attention_layernorm", "gain-plus-one")],
	config: (model) => keys(model, "gemma", "GemmaForCausalLM")
};
const gemma2 = {
	rules: [...COMMON_RULES, ...SANDWICH_RULES],
	config(model) {
		const sizes = readSizes(model);
		const { metadata } = model;
		const slides = Array.from({ length: sizes.layers }, (_, layer) => layer % 2 === 0);
		return {
			...keys(model, "gemma2", "Gemma2ForCausalLM"),
			query_pre_attn_scalar: queryScalar(sizes, 46),
			attn_logit_softcapping: metadata.positiveOr("attn_logit_softcapping", 50),
			final_logit_softcapping: metadata.positiveOr("final_logit_softcapping", 30),
			sliding_window: metadata.countOr("attention.sliding_window", 4096),
			layer_types: layerTypes(slides)
		};
	}
};
const gemma3 = {
	rules: [
		...COMMON_RULES,
		...SANDWICH_RULES,
		rule("blk.*.attn_q_norm", "model.layers.*.self_attn.q_norm", "gain-plus-one"),
		rule("blk.*.attn_k_norm", "model.layers.*.self_attn.k_norm", "gain-plus-one")
	],
	config(model) {
		const sizes = readSizes(model);
		const { metadata } = model;
		const window = metadata.wholeOr("attention.sliding_window", 0);
		const stored = metadata.layerFlags("attention.sliding_window_pattern", sizes.layers);
		const period = stored === null ? metadata.countOr("attention.sliding_window_pattern", 6) : 6;
		const slides = stored ?? Array.from({ length: sizes.layers }, (_, layer) => (layer + 1) % period !== 0);
		return {
			...keys(model, "gemma3_text", "Gemma3ForCausalLM"),
			rope_theta: metadata.positiveOr("rope.freq_base", 1e6),
			rope_local_base_freq: metadata.positiveOr("rope.freq_base_swa", 1e4),
			query_pre_attn_scalar: queryScalar(sizes, 62),
			attn_logit_softcapping: null,
			final_logit_softcapping: metadata.positiveOr("final_logit_softcapping", null),
			sliding_window: window === 0 ? null : window,
			layer_types: layerTypes(window === 0 ? slides.map(() => false) : slides)
		};
	}
};
// src/checkpoints/gguf/families/gpt.ts
/**
* @file GPT-2 (Conv1D matrices were transposed) and GPT-NeoX (fused qkv rows were sorted).
*
* Source: llama.cpp, conversion/gpt2.py and gpt_neox.py. Activations are not in the files: GPT-2's is gelu_new, GPT-NeoX's
* gelu, as in every published checkpoint of the two.
*/
const gpt2$1 = {
	rules: [
		rule("token_embd", "transformer.wte"),
		rule("position_embd", "transformer.wpe"),
		rule("output", "lm_head"),
		rule("output_norm", "transformer.ln_f"),
		rule("blk.*.attn_norm", "transformer.h.*.ln_1"),
		rule("blk.*.ffn_norm", "transformer.h.*.ln_2"),
		rule("blk.*.attn_qkv", "transformer.h.*.attn.c_attn", "transposed"),
		rule("blk.*.attn_output", "transformer.h.*.attn.c_proj", "transposed"),
		rule("blk.*.ffn_up", "transformer.h.*.mlp.c_fc", "transposed"),
		rule("blk.*.ffn_down", "transformer.h.*.mlp.c_proj", "transposed")
	],
	config(model) {
		const sizes = readSizes(model);
		return {
			architectures: ["GPT2LMHeadModel"],
			model_type: "gpt2",
			n_embd: sizes.d_model,
			n_layer: sizes.layers,
			n_head: sizes.heads,
			n_inner: sizes.d_mlp,
			n_positions: sizes.positions,
			layer_norm_epsilon: model.metadata.positive("attention.layer_norm_epsilon"),
			activation_function: "gelu_new",
			vocab_size: sizes.n_vocab,
			tie_word_embeddings: isTied(model),
			...tokenIds(model)
		};
	}
};
const gptneox = {
	rules: [
		rule("token_embd", "gpt_neox.embed_in"),
		rule("output", "embed_out"),
		rule("output_norm", "gpt_neox.final_layer_norm"),
		rule("blk.*.attn_norm", "gpt_neox.layers.*.input_layernorm"),
		rule("blk.*.ffn_norm", "gpt_neox.layers.*.post_attention_layernorm"),
		rule("blk.*.attn_qkv", "gpt_neox.layers.*.attention.query_key_value", "split-qkv"),
		rule("blk.*.attn_output", "gpt_neox.layers.*.attention.dense"),
		rule("blk.*.ffn_up", "gpt_neox.layers.*.mlp.dense_h_to_4h"),
		rule("blk.*.ffn_down", "gpt_neox.layers.*.mlp.dense_4h_to_h")
	],
	config(model) {
		const sizes = readSizes(model);
		const { metadata } = model;
		return {
			architectures: ["GPTNeoXForCausalLM"],
			model_type: "gpt_neox",
			hidden_size: sizes.d_model,
			num_hidden_layers: sizes.layers,
			num_attention_heads: sizes.heads,
			intermediate_size: sizes.d_mlp,
			rotary_pct: metadata.countOr("rope.dimension_count", sizes.headSize) / sizes.headSize,
			rotary_emb_base: metadata.positiveOr("rope.freq_base", 1e4),
			use_parallel_residual: metadata.flagOr("use_parallel_residual", true),
			layer_norm_eps: metadata.positive("attention.layer_norm_epsilon"),
			hidden_act: "gelu",
			attention_bias: model.tensors.has("blk.0.attn_qkv.bias"),
			vocab_size: sizes.n_vocab,
			max_position_embeddings: sizes.positions,
			tie_word_embeddings: isTied(model),
			...tokenIds(model)
		};
	}
};
// src/checkpoints/gguf/families/phi3.ts
const phi3 = {
	rules: [
		...END_RULES,
		...NORM_RULES,
		rule("blk.*.attn_qkv", "model.layers.*.self_attn.qkv_proj"),
		rule("blk.*.attn_output", "model.layers.*.self_attn.o_proj"),
		rule("blk.*.ffn_up", "model.layers.*.mlp.gate_up_proj"),
		rule("blk.*.ffn_down", "model.layers.*.mlp.down_proj")
	],
	config(model) {
		const { headSize, positions } = readSizes(model);
		const { metadata } = model;
		const rotated = metadata.countOr("rope.dimension_count", headSize);
		const window = metadata.wholeOr("attention.sliding_window", 0);
		return {
			...llamaKeys(model, "phi3", "Phi3ForCausalLM"),
			hidden_act: "silu",
			partial_rotary_factor: rotated / headSize,
			rope_theta: metadata.positiveOr("rope.freq_base", 1e4),
			rope_scaling: longropeScaling(model, rotated / 2),
			original_max_position_embeddings: metadata.countOr("rope.scaling.original_context_length", positions),
			sliding_window: window === 0 ? null : window
		};
	}
};
// src/checkpoints/gguf/families/index.ts
/** @file The architectures whose GGUF files can be read, by general.architecture. Mistral's files say llama. */
const FAMILIES = /* @__PURE__ */ new Map([
	["llama", llama],
	["qwen2", qwen2],
	["qwen3", qwen3],
	["gemma", gemma],
	["gemma2", gemma2],
	["gemma3", gemma3],
	["phi3", phi3],
	["gpt2", gpt2$1],
	["gptneox", gptneox],
	["olmo2", olmo2]
]);
const GGUF_ARCHITECTURES = [...FAMILIES.keys()];
/** Errors: GGUF_ARCHITECTURE_UNKNOWN. */
function ggufFamily(file, architecture) {
	const family = FAMILIES.get(architecture);
	if (family === void 0) throw ggufArchitectureUnknown(file, architecture, GGUF_ARCHITECTURES);
	return family;
}
/** The config.json of a GGUF model. Errors: GGUF_ARCHITECTURE_UNKNOWN, and those of the family's `config`. */
function ggufConfig(model) {
	return ggufFamily(model.file, model.metadata.architecture).config(model);
}
// src/checkpoints/gguf/model-metadata.ts
/**
* @file Typed reading of a GGUF file's metadata: `{arch}.key` by its short name, with the range a value may have.
*
* Numbers with fractions are stored as float32; they are read as the shortest decimal with that float32 value, so that
* 1e-5 comes back as it stood in the config.json (9.999999747378752e-6 is what the file holds).
*/
/** No size, count or id of a model comes near; keeps products of three exact. */
const MOST = 2 ** 31 - 1;
var ModelMetadata = class {
	file;
	architecture;
	#values;
	/** Keys that somebody asked for. */
	#read = /* @__PURE__ */ new Set();
	/** Errors: GGUF_KEY_MISSING, GGUF_KEY_INVALID when general.architecture is not there or not a string. */
	constructor(file, values) {
		this.file = file;
		this.#values = values;
		const architecture = values.get("general.architecture");
		if (architecture === void 0) throw ggufKeyMissing(file, "general.architecture");
		if (typeof architecture !== "string") throw this.#invalid("general.architecture", architecture, "a string");
		this.architecture = architecture;
	}
	/** `{arch}.name`: a whole number from 1. Arrays with one value per layer are taken where all are equal. */
	count(name) {
		const value = this.countOr(name, null);
		if (value === null) throw ggufKeyMissing(this.file, this.#key(name));
		return value;
	}
	countOr(name, fallback) {
		const value = this.wholeOr(name, null);
		if (value === null) return fallback;
		if (value < 1) throw this.#invalid(this.#key(name), value, "at least 1");
		return value;
	}
	/** As `countOr`, with 0 allowed. */
	wholeOr(name, fallback) {
		const key = this.#key(name);
		const value = this.#get(key);
		if (value === void 0) return fallback;
		const number = value instanceof Float64Array ? value[0] : value;
		if (value instanceof Float64Array && value.some((item) => item !== number)) throw this.#invalid(key, "different from layer to layer", "the same for all layers");
		if (typeof number !== "number" || !Number.isInteger(number) || number < 0 || number > MOST) throw this.#invalid(key, value, `a whole number up to ${MOST}`);
		return number;
	}
	/** `{arch}.name`: a finite number above 0. */
	positive(name) {
		const value = this.positiveOr(name, null);
		if (value === null) throw ggufKeyMissing(this.file, this.#key(name));
		return value;
	}
	positiveOr(name, fallback) {
		const value = this.#get(this.#key(name));
		if (value === void 0) return fallback;
		if (typeof value !== "number" || !Number.isFinite(value) || value <= 0) throw this.#invalid(this.#key(name), value, "a number above 0");
		return shortestDecimal(value);
	}
	flagOr(name, fallback) {
		return this.#flag(this.#key(name), fallback);
	}
	textOr(name, fallback) {
		return this.#text(this.#key(name), fallback);
	}
	has(name) {
		return this.#get(this.#key(name)) !== void 0;
	}
	/** One boolean per layer, or null where the key is absent or a plain number (a period). */
	layerFlags(name, layers) {
		const value = this.#get(this.#key(name));
		if (!Array.isArray(value)) return null;
		const flags = value.filter((item) => typeof item === "boolean");
		if (flags.length !== layers || value.length !== layers) throw this.#invalid(this.#key(name), `an array of ${value.length}`, `${layers} booleans`);
		return flags;
	}
	/** `tokenizer.ggml.name`, a token id; null when absent. */
	tokenId(name) {
		const key = `tokenizer.ggml.${name}`;
		const value = this.#get(key);
		if (value === void 0) return null;
		if (typeof value !== "number" || !Number.isInteger(value) || value < 0) throw this.#invalid(key, value, "a token id");
		return value;
	}
	tokenizerText(name) {
		return this.#text(`tokenizer.ggml.${name}`, null);
	}
	tokenizerFlag(name, fallback) {
		return this.#flag(`tokenizer.ggml.${name}`, fallback);
	}
	/** `tokenizer.ggml.name`, a list of strings; null when absent. */
	tokenizerTexts(name) {
		const key = `tokenizer.ggml.${name}`;
		const value = this.#get(key);
		if (value === void 0) return null;
		const items = Array.isArray(value) ? value : [0];
		const texts = items.filter((item) => typeof item === "string");
		if (texts.length !== items.length) throw this.#invalid(key, value, "a list of strings");
		return texts;
	}
	/** `tokenizer.ggml.name`, a list of numbers of this length; null when absent. */
	tokenizerNumbers(name, length) {
		const key = `tokenizer.ggml.${name}`;
		const value = this.#get(key);
		if (value === void 0) return null;
		if (!(value instanceof Float64Array) || value.length !== length) throw this.#invalid(key, value, `a list of ${length} numbers`);
		return value;
	}
	/** The error for a key of this architecture whose value cannot be used. */
	refuse(name, found, allowed) {
		return this.#invalid(this.#key(name), found, allowed);
	}
	/** Keys of this architecture that nobody asked for, by their short names. */
	unread() {
		const prefix = `${this.architecture}.`;
		const own = [...this.#values].filter(([key]) => key.startsWith(prefix) && !this.#read.has(key));
		return new Map(own.map(([key, value]) => [key.slice(prefix.length), value]));
	}
	#get(key) {
		this.#read.add(key);
		return this.#values.get(key);
	}
	#key(name) {
		return `${this.architecture}.${name}`;
	}
	#flag(key, fallback) {
		const value = this.#get(key);
		if (value === void 0) return fallback;
		if (typeof value !== "boolean") throw this.#invalid(key, value, "true or false");
		return value;
	}
	#text(key, fallback) {
		const value = this.#get(key);
		if (value === void 0) return fallback;
		if (typeof value !== "string") throw this.#invalid(key, value, "a string");
		return value;
	}
	#invalid(key, found, allowed) {
		return ggufKeyInvalid(this.file, key, shown$1(found), allowed);
	}
};
/** The shortest decimal that rounds to this float32; the number itself where it is none. */
function shortestDecimal(value) {
	if (Number.isInteger(value) || Math.fround(value) !== value) return value;
	for (let digits = 1; digits <= 9; digits++) {
		const decimal = Number(value.toPrecision(digits));
		if (Math.fround(decimal) === value) return decimal;
	}
	return value;
}
function shown$1(value) {
	if (typeof value === "object") return `a list of ${value.length}`;
	const text = String(value);
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
// src/checkpoints/gguf/layout.ts
/**
* For each row of the Hugging Face matrix the row of the GGUF matrix that holds it. Within a head of size n, GGUF's row
* 2i + j is row j·n/2 + i.
*/
function ropePairRows(heads, headSize) {
	const half = headSize / 2;
	const rows = new Int32Array(heads * headSize);
	for (let row = 0; row < rows.length; row++) {
		const channel = row % headSize;
		rows[row] = row - channel + 2 * (channel % half) + Math.floor(channel / half);
	}
	return rows;
}
/** The same for a fused qkv: row (head·3 + part)·headSize + channel is GGUF's row (part·heads + head)·headSize + channel. */
function splitQkvRows(heads, headSize) {
	const rows = new Int32Array(3 * heads * headSize);
	for (let row = 0; row < rows.length; row++) {
		const channel = row % headSize;
		const slot = (row - channel) / headSize;
		rows[row] = (slot % 3 * heads + Math.floor(slot / 3)) * headSize + channel;
	}
	return rows;
}
/** Rows in another order: row i of the result is row `order[i]`. */
function gatherRows(bytes, order) {
	const rowBytes = bytes.byteLength / order.length;
	const gathered = new Uint8Array(bytes.byteLength);
	for (const [row, from] of order.entries()) gathered.set(bytes.subarray(from * rowBytes, (from + 1) * rowBytes), row * rowBytes);
	return gathered;
}
/** [m, n] → [n, m]. */
function transpose(tensor) {
	const [rows = 1, columns = 1] = tensor.shape;
	const shape = [columns, rows];
	if (tensor.type === "float32") {
		const data = new Float32Array(tensor.data.length);
		transposeInto(tensor.data, data, rows, columns);
		return {
			type: tensor.type,
			shape,
			data
		};
	}
	const data = new Uint16Array(tensor.data.length);
	transposeInto(tensor.data, data, rows, columns);
	return {
		type: tensor.type,
		shape,
		data
	};
}
/** Squares of this side stay in the first-level cache, read and written. */
const TILE$1 = 32;
function transposeInto(from, to, rows, columns) {
	for (let top = 0; top < rows; top += TILE$1) {
		const bottom = Math.min(rows, top + TILE$1);
		for (let left = 0; left < columns; left += TILE$1) {
			const right = Math.min(columns, left + TILE$1);
			for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) to[j * rows + i] = from[i * columns + j];
		}
	}
}
// src/checkpoints/gguf/renamed.ts
/** @file From GGUF's tensor names to Hugging Face's, with what to undo when a tensor is read. */
/** Tensors that hold no weights: they were read into the config. */
const ROPE_FACTOR_TENSORS = [
	"rope_freqs",
	"rope_factors_long",
	"rope_factors_short"
];
const NAME = /^(?:blk\.(0|[1-9]\d{0,5})\.)?([a-z0-9_]+)\.(weight|bias)$/;
/** Rename all tensors. Errors: GGUF_TENSOR_UNKNOWN, GGUF_SHAPE_WRONG, GGUF_MALFORMED, and those of the sizes. */
function renameTensors(model, rules) {
	const sizes = readSizes(model);
	const byName = new Map(rules.map((rule) => [rule.gguf, rule]));
	const renamed = /* @__PURE__ */ new Map();
	for (const stored of model.tensors.values()) {
		const [, block, module = "", kind = ""] = NAME.exec(stored.name) ?? [];
		if (ROPE_FACTOR_TENSORS.includes(module) && block === void 0) continue;
		const rule = byName.get(block === void 0 ? module : `blk.*.${module}`);
		if (rule === void 0 || Number(block ?? 0) >= sizes.layers) throw ggufTensorUnknown(model.file, stored.name, model.metadata.architecture);
		const name = `${rule.hf.replace("*", block ?? "")}.${kind}`;
		renamed.set(name, renamedTensor(name, stored, rule.undo, sizes));
	}
	return renamed;
}
function renamedTensor(name, stored, undo, sizes) {
	const file = stored.source.name;
	if (stored.shape.length < 1 || stored.shape.length > 2) throw ggufShapeWrong(file, stored.name, stored.shape, "weights have one or two dimensions");
	if (stored.shape.length === 1 && stored.type.blockSize !== 1) throw ggufMalformed(file, `tensor "${stored.name}"`, `is a vector stored as ${stored.type.name}`);
	const transposed = undo === "transposed" && stored.shape.length === 2;
	return {
		name,
		shape: transposed ? [...stored.shape].reverse() : stored.shape,
		stored,
		transposed,
		plusOne: undo === "gain-plus-one",
		rowOrder: rowOrderOf(stored, undo, sizes)
	};
}
function rowOrderOf(stored, undo, sizes) {
	const { heads, kvHeads, headSize } = sizes;
	switch (undo) {
		case "rope-pairs-q": return ropeRows(stored, heads, headSize);
		case "rope-pairs-k": return ropeRows(stored, kvHeads, headSize);
		case "split-qkv":
			requireRows(stored, 3 * heads * headSize);
			return () => splitQkvRows(heads, headSize);
		case "none":
		case "gain-plus-one":
		case "transposed": return null;
	}
}
function ropeRows(stored, heads, headSize) {
	requireRows(stored, heads * headSize);
	if (headSize % 2 !== 0) throw ggufShapeWrong(stored.source.name, stored.name, stored.shape, `heads of ${headSize} have no halves`);
	return () => ropePairRows(heads, headSize);
}
/** An order is as long as the tensor has rows: compared before anything that long is allocated. */
function requireRows(stored, rows) {
	if (stored.shape[0] === rows) return;
	throw ggufShapeWrong(stored.source.name, stored.name, stored.shape, `${rows} rows are expected, by its heads`);
}
// src/checkpoints/gguf/split.ts
/**
* @file Models split over several GGUF files, as llama.cpp's gguf-split writes them.
*
* Each part is a GGUF file with its own tensors and the keys split.no (0-based), split.count and split.tensors.count;
* the model's metadata stands in part 0. Names end in `-00001-of-0000N.gguf`.
*/
/** All parts that belong with a file name, in order; the name alone when it is not one of a split. */
function ggufPartNames(name) {
	const match = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/s.exec(name);
	const stem = match?.[1];
	const count = Number(match?.[3]);
	if (stem === void 0 || count < 1 || Number(match?.[2]) < 1 || Number(match?.[2]) > count) return [name];
	return Array.from({ length: count }, (_, i) => `${stem}-${padded(i + 1)}-of-${padded(count)}.gguf`);
}
const padded = (number) => String(number).padStart(5, "0");
/** The parts as one file: the metadata of part 0, the tensors of all. Errors: GGUF_SPLIT_WRONG, GGUF_MALFORMED. */
function joinParts(parts) {
	const ordered = [...parts].sort((a, b) => partNumber(a) - partNumber(b));
	const [first] = ordered;
	if (first === void 0) throw new RangeError("joinParts needs at least one file");
	const count = first.metadata.get("split.count") ?? 1;
	if (parts.length === 1 && (count === 1 || count === 0)) return first;
	for (const [i, part] of ordered.entries()) {
		const found = part.metadata.get("split.count");
		if (found !== parts.length) throw ggufSplitWrong(part.source.name, `split.count is ${shown(found)}, but ${parts.length} parts are given`);
		if (partNumber(part) !== i) throw ggufSplitWrong(part.source.name, `part ${i + 1} of ${parts.length} is missing or another is given twice`);
	}
	return {
		...first,
		tensors: joinTensors(ordered, first)
	};
}
function joinTensors(parts, first) {
	const tensors = /* @__PURE__ */ new Map();
	for (const part of parts) for (const [name, tensor] of part.tensors) {
		if (tensors.has(name)) throw ggufMalformed(part.source.name, `tensor "${name}"`, "is in another part as well");
		tensors.set(name, tensor);
	}
	const promised = first.metadata.get("split.tensors.count");
	if (promised !== void 0 && promised !== tensors.size) {
		const reason = `split.tensors.count is ${shown(promised)}, but the parts hold ${tensors.size} tensors`;
		throw ggufSplitWrong(first.source.name, reason);
	}
	return tensors;
}
function partNumber(file) {
	const number = file.metadata.get("split.no");
	return typeof number === "number" ? number : 0;
}
const shown = (value) => value === void 0 ? "missing" : String(value).slice(0, 40);
// src/checkpoints/gguf/tensors.ts
/** @file Reads renamed GGUF tensors: one range each, decoded and brought to the Hugging Face layout. */
/** A table that decodes on read. Errors on read: TENSOR_MISSING, TENSOR_NOT_FINITE, and those of the byte source. */
function ggufTensors(checkpoint, tensors, close) {
	const entries = /* @__PURE__ */ new Map();
	for (const { name, shape, stored } of tensors.values()) entries.set(name, {
		name,
		shape,
		storedAs: stored.type.name,
		byteLength: stored.end - stored.start
	});
	return {
		entries,
		read: async (name) => {
			const tensor = tensors.get(name);
			if (tensor === void 0) throw tensorMissing(checkpoint, name);
			const { source, start, end } = tensor.stored;
			return restored(tensor, await source.read(start, end));
		},
		rowsOf: (name) => {
			const tensor = tensors.get(name);
			if (tensor === void 0) throw tensorMissing(checkpoint, name);
			return storedRows(tensor);
		},
		close
	};
}
/** Rows as they are stored; null where the rows of the result are others. */
function storedRows(tensor) {
	const { source, shape, start: from, end: to } = tensor.stored;
	const [rows, ...rest] = shape;
	if (tensor.rowOrder !== null || tensor.transposed || rows === void 0 || rows === 0) return null;
	const rowBytes = (to - from) / rows;
	if (!Number.isInteger(rowBytes)) return null;
	return async ([start, end]) => {
		const stored = {
			...tensor.stored,
			shape: [end - start, ...rest]
		};
		const bytes = await source.read(from + start * rowBytes, from + end * rowBytes);
		return restored({
			...tensor,
			stored
		}, bytes, start);
	};
}
/** Refuse types without a decoder when a file is opened, not in the middle of a run. Errors: GGUF_TYPE_UNSUPPORTED. */
function requireDecodable(tensors) {
	for (const { name, type, source } of tensors) if (type.decoding === "none") throw ggufTypeUnsupported(source.name, name, type.name, DECODABLE_TYPES);
}
function restored(tensor, stored, firstRow = 0) {
	const bytes = tensor.rowOrder === null ? stored : gatherRows(stored, tensor.rowOrder());
	const decoded = decodeTensor(tensor.stored, bytes);
	requireFinite(tensor, decoded, firstRow);
	if (tensor.plusOne) return withoutOne(decoded);
	return tensor.transposed ? transpose(decoded) : decoded;
}
/** Values in stored order; F16 and BF16 stay 16 bits wide. */
function decodeTensor({ name, source, shape, type }, bytes) {
	if (type.decoding === "none") throw ggufTypeUnsupported(source.name, name, type.name, DECODABLE_TYPES);
	if (type.decoding !== "plain") return {
		type: "float32",
		shape,
		data: unpacked(type.decoding, type.blockSize, type.blockBytes, bytes)
	};
	const { buffer, byteOffset, byteLength } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
	if (type.name === "F32") return {
		type: "float32",
		shape,
		data: new Float32Array(buffer, byteOffset, byteLength / 4)
	};
	const data = new Uint16Array(buffer, byteOffset, byteLength / 2);
	return {
		type: type.name === "F16" ? "float16" : "bfloat16",
		shape,
		data
	};
}
function unpacked(decode, blockSize, blockBytes, bytes) {
	const values = new Float32Array(bytes.byteLength / blockBytes * blockSize);
	decode(bytes, values);
	return values;
}
function withoutOne(tensor) {
	return {
		type: "float32",
		shape: tensor.shape,
		data: toFloat32(tensor).map((gain) => gain - 1)
	};
}
/** Indices in the message are those of the stored tensor. */
function requireFinite({ stored }, data, firstRow) {
	const at = data.type === "float32" ? firstUnusable(data.data) : firstUnusable16(data.data, data.type);
	if (at < 0) return;
	const value = toFloat32(data)[at] ?? NaN;
	const [row = 0, ...rest] = positionOf(at, stored.shape);
	throw tensorNotFinite(stored.source.name, stored.name, value, [firstRow + row, ...rest]);
}
// src/checkpoints/gguf/pre-tokenizers.ts
const CONTRACTION = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])";
const UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
const LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
const LEAD = "[^\\r\\n\\p{L}\\p{N}]?";
const SPACES = "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const LLAMA3 = `${CONTRACTION}|${LEAD}\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|${SPACES}`;
const QWEN2 = `${CONTRACTION}|${LEAD}\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|${SPACES}`;
const TEKKEN = `${LEAD}${UPPER}*${LOWER}+|${LEAD}${UPPER}+${LOWER}*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|${SPACES}`;
const GPT4O = `${LEAD}${UPPER}*${LOWER}+${CONTRACTION}?|${LEAD}${UPPER}+${LOWER}*${CONTRACTION}?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|${SPACES}`;
/** Matches are words, and so is what lies between them. */
function split(pattern) {
	return {
		type: "Split",
		pattern: { Regex: pattern },
		behavior: "Isolated",
		invert: false
	};
}
/** Bytes to printable characters; `words`: cut by GPT-2's pattern first. */
function byteLevel(words) {
	return {
		type: "ByteLevel",
		add_prefix_space: false,
		trim_offsets: true,
		use_regex: words
	};
}
const gpt2 = {
	steps: [byteLevel(true)],
	ignoreMerges: false,
	addsBos: false
};
const digitsApart = {
	...gpt2,
	steps: [split("\\p{N}"), byteLevel(true)]
};
const cut = (pattern) => ({
	...gpt2,
	steps: [split(pattern), byteLevel(false)]
});
const llama3 = {
	...cut(LLAMA3),
	ignoreMerges: true,
	addsBos: true
};
const PRE_TOKENIZERS = /* @__PURE__ */ new Map([
	["default", gpt2],
	["gpt-2", gpt2],
	["olmo", gpt2],
	["mpt", gpt2],
	["phi-2", gpt2],
	["smollm", digitsApart],
	["starcoder", digitsApart],
	["refact", digitsApart],
	["llama3", llama3],
	["llama-v3", llama3],
	["llama-bpe", llama3],
	["smaug-bpe", cut(LLAMA3)],
	["dbrx", cut(LLAMA3)],
	["qwen2", cut(QWEN2)],
	["deepseek-r1-qwen", cut(QWEN2)],
	["tekken", {
		...cut(TEKKEN),
		ignoreMerges: true,
		addsBos: true
	}],
	["gpt-4o", cut(GPT4O)]
]);
// src/checkpoints/gguf/sentence-pieces.ts
/** Pairs in order of rank. Equal scores: lower ids of the parts first. */
function piecesToMerges(pieces) {
	const ids = new Map(pieces.map(({ text, id }) => [text, id]));
	return [...pieces].sort((a, b) => b.score - a.score || a.id - b.id).flatMap(({ text }) => cuts(text, ids));
}
function cuts(text, ids) {
	const found = [];
	for (let at = 1; at < text.length; at++) {
		const left = ids.get(text.slice(0, at));
		if (left === void 0) continue;
		const right = ids.get(text.slice(at));
		if (right !== void 0) found.push({
			left,
			right,
			at
		});
	}
	found.sort((a, b) => a.left - b.left || a.right - b.right);
	return found.map(({ at }) => [text.slice(0, at), text.slice(at)]);
}
// src/checkpoints/gguf/tokenizer.ts
/**
* @file The tokenizer in a GGUF file, as the tokenizer.json and tokenizer_config.json that it was converted from.
*
* Two kinds: `gpt2` (byte-level BPE: tokens, merges and the name of a pre-tokenizer) and `llama` (SentencePiece BPE:
* tokens with scores, from which merges are derived). Others (t5, bert, rwkv) are refused by name.
*/
/** Largest published: 262,208. */
const MOST_TOKENS = 2 ** 20;
/** Values of `tokenizer.ggml.token_type` (llama.h, `llama_token_type`). */
const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const USER_DEFINED = 4;
/** Rows without a token: converters fill them with these. */
const FILLER = /^\[PAD\d+\]$/;
/** Null where the file has no tokenizer. Errors: GGUF_TOKENIZER_UNSUPPORTED, GGUF_KEY_MISSING, GGUF_KEY_INVALID. */
function ggufTokenizer(metadata) {
	const kind = metadata.tokenizerText("model");
	if (kind === null || kind === "none" || kind === "no_vocab") return null;
	const vocabulary = readVocabulary(metadata);
	if (kind === "gpt2") return byteLevelTokenizer(metadata, vocabulary);
	if (kind === "llama") return sentencePieceTokenizer(metadata, vocabulary);
	throw ggufTokenizerUnsupported(metadata.file, `tokenizer.ggml.model is "${kind}"; known are gpt2 and llama`);
}
function readVocabulary(metadata) {
	const tokens = metadata.tokenizerTexts("tokens");
	if (tokens === null) throw ggufKeyMissing(metadata.file, "tokenizer.ggml.tokens");
	if (tokens.length === 0 || tokens.length > MOST_TOKENS) {
		const allowed = `between 1 and ${MOST_TOKENS} tokens`;
		throw ggufKeyInvalid(metadata.file, "tokenizer.ggml.tokens", `a list of ${tokens.length}`, allowed);
	}
	return {
		tokens,
		types: metadata.tokenizerNumbers("token_type", tokens.length) ?? new Float64Array(tokens.length).fill(NORMAL)
	};
}
function byteLevelTokenizer(metadata, vocabulary) {
	const name = metadata.tokenizerText("pre") ?? "default";
	const words = PRE_TOKENIZERS.get(name);
	if (words === void 0) {
		const known = [...PRE_TOKENIZERS.keys()].join(", ");
		throw ggufTokenizerUnsupported(metadata.file, `tokenizer.ggml.pre is "${name}"; known are ${known}`);
	}
	const merges = metadata.tokenizerTexts("merges");
	if (merges === null) throw ggufKeyMissing(metadata.file, "tokenizer.ggml.merges");
	return tokenizerFiles(metadata, vocabulary, words.addsBos, {
		normalizer: null,
		pre_tokenizer: {
			type: "Sequence",
			pretokenizers: words.steps
		},
		decoder: {
			type: "ByteLevel",
			add_prefix_space: true,
			trim_offsets: true,
			use_regex: true
		},
		model: {
			...bpe(vocabulary, merges),
			ignore_merges: words.ignoreMerges
		}
	});
}
function sentencePieceTokenizer(metadata, vocabulary) {
	const { tokens, types } = vocabulary;
	const scores = metadata.tokenizerNumbers("scores", tokens.length);
	if (scores === null) throw ggufKeyMissing(metadata.file, "tokenizer.ggml.scores");
	const pieces = tokens.flatMap((text, id) => types[id] === NORMAL ? [{
		text,
		id,
		score: scores[id] ?? 0
	}] : []);
	const tooLong = pieces.find(({ text }) => text.length > 512);
	if (tooLong !== void 0) {
		const reason = `token ${tooLong.id} has ${tooLong.text.length} characters; SentencePiece models stay below 512`;
		throw ggufTokenizerUnsupported(metadata.file, reason);
	}
	const spaces = {
		type: "Replace",
		pattern: { String: " " },
		content: "▁"
	};
	const prefix = metadata.tokenizerFlag("add_space_prefix", true);
	const strip = prefix ? [{
		type: "Strip",
		content: " ",
		start: 1,
		stop: 0
	}] : [];
	const unknown = types.indexOf(UNKNOWN);
	return tokenizerFiles(metadata, vocabulary, true, {
		normalizer: {
			type: "Sequence",
			normalizers: prefix ? [{
				type: "Prepend",
				prepend: "▁"
			}, spaces] : [spaces]
		},
		pre_tokenizer: null,
		decoder: {
			type: "Sequence",
			decoders: [
				{
					type: "Replace",
					pattern: { String: "▁" },
					content: " "
				},
				{ type: "ByteFallback" },
				{ type: "Fuse" },
				...strip
			]
		},
		model: {
			...bpe(vocabulary, piecesToMerges(pieces)),
			unk_token: tokens[unknown] ?? null,
			fuse_unk: true,
			byte_fallback: true
		}
	});
}
function bpe({ tokens }, merges) {
	const ids = /* @__PURE__ */ new Map();
	for (const [id, token] of tokens.entries()) if (!ids.has(token) && !FILLER.test(token)) ids.set(token, id);
	return {
		type: "BPE",
		dropout: null,
		unk_token: null,
		continuing_subword_prefix: null,
		end_of_word_suffix: null,
		fuse_unk: false,
		byte_fallback: false,
		vocab: Object.fromEntries(ids),
		merges
	};
}
function tokenizerFiles(metadata, vocabulary, addsBos, parts) {
	const bos = specialToken(metadata, vocabulary, "bos");
	const eos = specialToken(metadata, vocabulary, "eos");
	const addBos = metadata.tokenizerFlag("add_bos_token", addsBos) && bos !== null;
	const addEos = metadata.tokenizerFlag("add_eos_token", false) && eos !== null;
	return {
		tokenizer: {
			version: "1.0",
			truncation: null,
			padding: null,
			added_tokens: addedTokens(vocabulary),
			...parts,
			post_processor: template(addBos ? bos : null, addEos ? eos : null)
		},
		config: {
			add_bos_token: addBos,
			add_eos_token: addEos,
			bos_token: bos?.text ?? null,
			eos_token: eos?.text ?? null,
			clean_up_tokenization_spaces: false
		}
	};
}
function specialToken(metadata, { tokens }, name) {
	const id = metadata.tokenId(`${name}_token_id`);
	if (id === null) return null;
	const text = tokens[id];
	if (text === void 0) {
		const key = `tokenizer.ggml.${name}_token_id`;
		throw ggufKeyInvalid(metadata.file, key, String(id), `one of the ${tokens.length} tokens`);
	}
	return {
		id,
		text
	};
}
/** Tokens that are found in the text before anything else; control tokens are special. */
function addedTokens({ tokens, types }) {
	return tokens.flatMap((content, id) => {
		const type = types[id];
		const special = type === CONTROL || type === UNKNOWN;
		if (!special && type !== USER_DEFINED || FILLER.test(content) || content === "") return [];
		return [{
			id,
			content,
			single_word: false,
			lstrip: false,
			rstrip: false,
			normalized: false,
			special
		}];
	});
}
/** Put BOS before and EOS after a text. */
function template(bos, eos) {
	if (bos === null && eos === null) return null;
	const piece = (token, type) => [{ SpecialToken: {
		id: token.text,
		type_id: type
	} }];
	const sequence = (id, type) => [
		...bos ? piece(bos, type) : [],
		{ Sequence: {
			id,
			type_id: type
		} },
		...eos ? piece(eos, type) : []
	];
	const named = [bos, eos].flatMap((token) => token === null ? [] : [token]);
	return {
		type: "TemplateProcessing",
		single: sequence("A", 0),
		pair: [...sequence("A", 0), ...sequence("B", 1)],
		special_tokens: Object.fromEntries(named.map(({ id, text }) => [text, {
			id: text,
			ids: [id],
			tokens: [text]
		}]))
	};
}
// src/checkpoints/gguf/unread-keys.ts
/**
* @file Metadata keys of the file's architecture that its family did not ask for.
*
* Source: gguf's constants.py (`Keys`); llama.cpp, src/llama-model.cpp and llama-arch.cpp. A key that is known to change the
* computation, and has another value than the one that changes nothing, is refused: run without it, the model would be
* another one. Keys that say nothing of the forward pass are passed over; all others are warned of, a window too where
* llama.cpp runs the architecture without.
*/
/** Key → the value by which nothing is changed; null: there is none. */
const CHANGING = /* @__PURE__ */ new Map([
	["logit_scale", 1],
	["residual_scale", 1],
	["embedding_scale", 1],
	["attn_logit_softcapping", 0],
	["final_logit_softcapping", 0],
	["attention.scale", 0],
	["attention.output_scale", 1],
	["attention.sliding_window_pattern", null],
	["attention.max_alibi_bias", 0],
	["attention.clamp_kqv", 0],
	["attention.causal", true],
	["attention.shared_kv_layers", 0],
	["attention.temperature_scale", 0],
	["attention.temperature_length", 0],
	["attention.key_length_mla", null],
	["attention.value_length_mla", null],
	["attention.q_lora_rank", 0],
	["attention.kv_lora_rank", 0],
	["rope.scaling.alpha", 0],
	["rope.scaling.attn_factor", 1],
	["rope.scaling.yarn_ext_factor", 1],
	["rope.scaling.yarn_attn_factor", 1],
	["rope.scaling.yarn_log_multiplier", 0],
	["rope.freq_base_swa", null],
	["rope.dimension_count_swa", null],
	["rope.dimension_sections", null],
	["activation_sparsity_scale", 0],
	["swin_norm", false],
	["interleave_moe_layer_step", 0],
	["leading_dense_block_count", 0]
]);
const HARMLESS = /* @__PURE__ */ new Set([
	"vocab_size",
	"context_length",
	"tensor_data_layout",
	"expert_used_count",
	"rope.scaling.type",
	"rope.scaling.factor",
	"rope.scale_linear",
	"rope.scaling.finetuned",
	"rope.scaling.original_context_length",
	"attention.layer_norm_epsilon",
	"attention.layer_norm_rms_epsilon",
	"attention.value_length",
	"rope.dimension_count",
	"rope.freq_base",
	"use_parallel_residual"
]);
/** Warnings, one per key. Errors: GGUF_MODEL_UNSUPPORTED for one that changes the computation. */
function unreadKeyWarnings({ file, metadata }) {
	const warnings = [];
	for (const [name, value] of metadata.unread()) {
		if (HARMLESS.has(name)) continue;
		const key = `${metadata.architecture}.${name}`;
		const neutral = CHANGING.get(name);
		if (neutral === void 0) warnings.push(`${file}: the metadata key ${key} is not known and was ignored`);
		else if (!isNeutral(value, neutral)) {
			const reason = `${key} changes its computation, and is not known of this architecture`;
			throw ggufModelUnsupported(file, reason);
		}
	}
	return warnings;
}
function isNeutral(value, neutral) {
	return neutral !== null && Number(value) === Number(neutral);
}
// src/checkpoints/gguf/open.ts
/**
* Open one file, or all parts of a split one in any order (`ggufPartNames` gives their names). On an error the sources
* stay open: they are the caller's until a checkpoint is returned.
*
* Errors: GGUF_* of the container, the parts, the types, the architecture and its metadata; TENSOR_MISSING.
*/
async function openGguf(sources) {
	const parts = "read" in sources ? [sources] : sources;
	const files = [];
	for (const part of parts) files.push(await readGguf(part));
	const file = joinParts(files);
	requireModel(file);
	requireDecodable(file.tensors.values());
	const model = await modelOf(file);
	const config = ggufConfig(model);
	const { rules } = ggufFamily(model.file, model.metadata.architecture);
	const tensors = ggufTensors(model.file, renameTensors(model, rules), async () => {
		for (const part of parts) await part.close();
	});
	const entries = [...tensors.entries.values()];
	return {
		config,
		tensors,
		storedAs: typeWithMostBytes(tensors),
		parameters: entries.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0),
		types: countTypes(entries),
		describe: describeGguf(entries),
		tokens: model.metadata.tokenizerTexts("tokens"),
		tokenizer: () => ggufTokenizer(model.metadata),
		warnings: [
			...vocabularyWarnings(model, config),
			...preTokenizerWarnings(model),
			...unreadKeyWarnings(model)
		]
	};
}
/** Adapters, image projectors and importance matrices are GGUF files too. Errors: ADAPTER_ONLY, GGUF_MODEL_UNSUPPORTED. */
function requireModel({ source, metadata, tensors }) {
	const type = metadata.get("general.type") ?? "model";
	const adapter = [...tensors.keys()].find((name) => /\.lora_[ab]$/.test(name));
	if (type === "adapter" || adapter !== void 0) throw adapterOnly(source.name, adapter ?? "general.type: adapter");
	if (type !== "model") throw ggufModelUnsupported(source.name, `general.type is ${JSON.stringify(String(type).slice(0, 40))}, not "model"`);
}
async function modelOf({ source, metadata, tensors }) {
	const ropeFactors = /* @__PURE__ */ new Map();
	for (const name of ROPE_FACTOR_TENSORS) {
		const tensor = tensors.get(`${name}.weight`);
		if (tensor !== void 0) ropeFactors.set(name, await readFactors(tensor));
	}
	return {
		file: source.name,
		metadata: new ModelMetadata(source.name, metadata),
		tensors,
		ropeFactors
	};
}
/** One factor per rotated pair of a head: 32 to 128 in practice. */
const MOST_ROPE_FACTORS = 65536;
async function readFactors(tensor) {
	const { source, shape, start, end } = tensor;
	if (shape.length !== 1 || (shape[0] ?? 0) > MOST_ROPE_FACTORS) throw ggufShapeWrong(source.name, tensor.name, shape, `one dimension of at most ${MOST_ROPE_FACTORS} is expected`);
	return [...toFloat32(decodeTensor(tensor, await source.read(start, end)))];
}
function typeWithMostBytes({ entries }) {
	const bytes = /* @__PURE__ */ new Map();
	for (const { storedAs, byteLength } of entries.values()) bytes.set(storedAs, (bytes.get(storedAs) ?? 0) + byteLength);
	const [largest] = [...bytes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
	return largest?.[0] ?? "none";
}
/** Rows without a token and tokens without a row are both legal; the second kind cannot be run on. */
function vocabularyWarnings(model, config) {
	const tokens = model.metadata.tokenizerTexts("tokens")?.length;
	const rows = config.vocab_size;
	if (tokens === void 0 || typeof rows !== "number" || tokens <= rows) return [];
	return [`${model.file}: the tokenizer has ${tokens} tokens, but the embedding only ${rows} rows`];
}
/** Files from before April 2024 do not say how text is cut into words; llama.cpp warns as well. */
function preTokenizerWarnings({ file, metadata }) {
	const pre = metadata.tokenizerText("pre") ?? "default";
	if (metadata.tokenizerText("model") !== "gpt2" || pre !== "default") return [];
	return [`${file}: tokenizer.ggml.pre does not name the pre-tokenizer; if this file gives the tokenizer, GPT-2's rule is taken`];
}
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
	return lookUp(E8M0$1, await readPart(raw, tensor));
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
		case "F8_E8M0": return lookUp(E8M0$1, bytes);
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
// src/checkpoints/packed/cache-scales.ts
/** vLLM's names, and those of the observers that compressed-tensors stores. */
const CACHE_SCALE$1 = /\.(k_scale|v_scale|k_cache_scale|v_cache_scale|(k_proj|v_proj)\.output_scale)$/;
/** A scale per tensor, or per head; whatever is larger is something else. */
const MOST_VALUES = 4096;
/** Errors: those of reading. */
async function cacheScaleWarnings(raw) {
	const unusable = [];
	for (const tensor of raw.entries.values()) if (isScale(tensor) && (await readNumbers(raw, tensor)).some((scale) => !(scale > 0 && scale < 1e400))) unusable.push(tensor.name);
	const [first] = unusable;
	if (first === void 0) return [];
	return [`${unusable.length === 1 ? `${first} is` : `${first} and ${unusable.length - 1} more are`} zero, negative or not a number: a runtime that quantizes the key/value cache by it computes noise. The cache is not simulated here, so the figures do not show that; calibrate the cache scales again, or serve with an unquantized cache.`];
}
function isScale({ name, dtype, shape }) {
	return CACHE_SCALE$1.test(name) && FLOATS.includes(dtype) && shape.reduce((n, size) => n * size, 1) <= MOST_VALUES;
}
// src/checkpoints/packed/declared/cache-scheme.ts
/** @file A quantized key/value cache, as configs declare it: not simulated, so it is named, whatever the weights are. */
/** compressed-tensors and newer ModelOpt: `kv_cache_scheme`; ModelOpt: `kv_cache_quant_algo`. Null: none is declared. */
function cacheScheme(quantization) {
	const nested = isJsonObject(quantization.quantization) ? quantization.quantization : quantization;
	const scheme = quantization.kv_cache_scheme ?? nested.kv_cache_scheme;
	const algorithm = nested.kv_cache_quant_algo;
	if (isJsonObject(scheme)) return sentence("kv_cache_scheme", typeof scheme.num_bits === "number" ? `${scheme.num_bits} bits` : "fewer bits");
	return typeof algorithm === "string" ? sentence("kv_cache_quant_algo", algorithm.slice(0, 40)) : null;
}
function sentence(key, how) {
	return `${key} quantizes the key/value cache (${how}); that is not simulated, so the model as it is served is worse than the figures say.`;
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
// src/checkpoints/packed/declared/pattern-syntax.ts
/** Thrown for what is not understood; never leaves module-pattern.ts. */
var UnsupportedPattern = class extends Error {};
function parsePattern(pattern) {
	return new Parser(pattern).parse();
}
const LOOKS = [
	{
		opens: "?=",
		way: "ahead",
		wanted: true
	},
	{
		opens: "?!",
		way: "ahead",
		wanted: false
	},
	{
		opens: "?<=",
		way: "behind",
		wanted: true
	},
	{
		opens: "?<!",
		way: "behind",
		wanted: false
	}
];
const EDGES = /* @__PURE__ */ new Map([
	["A", "start"],
	["Z", "end"],
	["b", "border"],
	["B", "inside"]
]);
var Parser = class {
	at = 0;
	depth = 0;
	text;
	constructor(text) {
		this.text = text;
	}
	parse() {
		const node = this.alternatives();
		if (this.at < this.text.length) throw new UnsupportedPattern();
		return node;
	}
	alternatives() {
		const choices = [this.sequence()];
		while (this.take("|")) choices.push(this.sequence());
		return choices.length === 1 ? choices[0] : {
			kind: "any",
			choices
		};
	}
	sequence() {
		const parts = [];
		while (this.at < this.text.length && !"|)".includes(this.text[this.at])) parts.push(this.repeated());
		return {
			kind: "all",
			parts
		};
	}
	repeated() {
		const body = this.atom();
		const [least, most] = this.quantifier();
		if (least === 1 && most === 1) return body;
		this.take("?");
		if ("*+?{".includes(this.text[this.at] ?? " ")) throw new UnsupportedPattern();
		return {
			kind: "repeat",
			body,
			least,
			most
		};
	}
	quantifier() {
		if (this.take("*")) return [0, null];
		if (this.take("+")) return [1, null];
		if (this.take("?")) return [0, 1];
		const counted = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.text.slice(this.at, this.at + 12));
		if (counted === null) return [1, 1];
		this.at += counted[0].length;
		const least = Number(counted[1]);
		const most = counted[2] === void 0 ? least : counted[3] ? Number(counted[3]) : null;
		if (most !== null && most < least) throw new UnsupportedPattern();
		return [least, most];
	}
	atom() {
		const character = this.text[this.at++];
		switch (character) {
			case "(": return this.group();
			case "[": return {
				kind: "unit",
				accepts: this.characterClass()
			};
			case ".": return {
				kind: "unit",
				accepts: (unit) => unit !== 10
			};
			case "^": return {
				kind: "edge",
				at: "start"
			};
			case "$": return {
				kind: "edge",
				at: "end"
			};
			case "\\": return this.escapedEdge() ?? {
				kind: "unit",
				accepts: this.escaped()
			};
			case "*":
			case "+":
			case "?": throw new UnsupportedPattern();
			default: return literal(character);
		}
	}
	group() {
		const look = LOOKS.find(({ opens }) => this.text.startsWith(opens, this.at));
		if (look !== void 0) this.at += look.opens.length;
		else this.plainOpening();
		if (++this.depth > 50) throw new UnsupportedPattern();
		const node = this.alternatives();
		if (!this.take(")")) throw new UnsupportedPattern();
		this.depth--;
		return look === void 0 ? node : {
			kind: "look",
			way: look.way,
			wanted: look.wanted,
			body: node
		};
	}
	/** `(`, `(?:` or `(?P<name>`: what a group captured is never asked for. */
	plainOpening() {
		if (this.text[this.at] !== "?") return;
		const opening = /^\?(?::|P<[A-Za-z_]\w{0,60}>)/.exec(this.text.slice(this.at, this.at + 66));
		if (opening === null) throw new UnsupportedPattern();
		this.at += opening[0].length;
	}
	escapedEdge() {
		const at = EDGES.get(this.text[this.at] ?? "");
		if (at === void 0) return null;
		this.at++;
		return {
			kind: "edge",
			at
		};
	}
	escaped() {
		const character = this.text[this.at++];
		if (character === void 0) throw new UnsupportedPattern();
		const named = NAMED_CLASSES[character];
		if (named !== void 0) return named;
		if (/[0-9A-Za-z]/.test(character)) throw new UnsupportedPattern();
		const code = character.charCodeAt(0);
		return (unit) => unit === code;
	}
	characterClass() {
		const negated = this.take("^");
		const tests = [];
		for (let first = true; first || this.text[this.at] !== "]"; first = false) {
			if (this.at >= this.text.length) throw new UnsupportedPattern();
			tests.push(this.classItem());
		}
		this.at++;
		return (unit) => tests.some((test) => test(unit)) !== negated;
	}
	classItem() {
		if (this.take("\\")) return this.escaped();
		const low = this.text.charCodeAt(this.at++);
		if (this.text[this.at] !== "-" || (this.text[this.at + 1] ?? "]") === "]") return (unit) => unit === low;
		const high = this.text.charCodeAt(this.at + 1);
		if (this.text[this.at + 1] === "\\" || high < low) throw new UnsupportedPattern();
		this.at += 2;
		return (unit) => unit >= low && unit <= high;
	}
	take(character) {
		if (this.text[this.at] !== character) return false;
		this.at++;
		return true;
	}
};
function literal(character) {
	const code = character.charCodeAt(0);
	return {
		kind: "unit",
		accepts: (unit) => unit === code
	};
}
const oneOf = (pattern, wanted) => {
	return (unit) => pattern.test(String.fromCharCode(unit)) === wanted;
};
const NAMED_CLASSES = {
	d: oneOf(/\d/, true),
	D: oneOf(/\d/, false),
	w: oneOf(/\w/, true),
	W: oneOf(/\w/, false),
	s: oneOf(/\s/, true),
	S: oneOf(/\s/, false)
};
// src/checkpoints/packed/declared/module-pattern.ts
/**
* @file Regular expressions out of a config file, matched in linear time.
*
* compressed-tensors targets (`re:.*q_proj`) and GPTQModel's `dynamic` keys are Python expressions used with `re.match`:
* anchored at the start, free at the end; AutoRound's keys are used with `re.search`. A backtracking engine can be made to
* run for years by such a string, so this is a position-set simulation (Thompson 1968): work is at most pattern length ×
* name length, once more for every look-around, whose answer is kept for each place. Understood: literals, `.`, classes,
* \d \w \s and their opposites, groups (named ones too), alternatives, * + ? {m,n} (lazy ones alike), ^ $ \A \Z \b \B,
* (?= (?! (?<= (?<!. Left out: back references, flags; `compilePattern` returns null for them, and for what Python would
* refuse too.
*/
/** Longest pattern, and largest program after repetition is written out. Real ones have under 200 characters. */
const MAX_PATTERN = 2e3;
const MAX_PROGRAM = 2e4;
/** A test for module names, or null when the expression is not understood. */
function compilePattern(pattern, anchoring = "match") {
	if (pattern.length > MAX_PATTERN) return null;
	try {
		const program = [];
		emit(parsePattern(pattern), {
			program,
			left: { steps: MAX_PROGRAM }
		});
		return (name) => new Matcher(name).begins(program, anchoring);
	} catch (error) {
		if (error instanceof UnsupportedPattern) return null;
		throw error;
	}
}
/** Write a node as steps; a `split` goes on at two places, everything else at the next. */
function emit(node, target) {
	const { program, left } = target;
	if (--left.steps < 0) throw new UnsupportedPattern();
	switch (node.kind) {
		case "unit":
			program.push({
				op: "unit",
				accepts: node.accepts
			});
			return;
		case "edge":
			program.push({
				op: "edge",
				at: node.at
			});
			return;
		case "look": {
			const { way, wanted, body } = node;
			const inner = [];
			emit(body, {
				program: inner,
				left
			});
			program.push({
				op: "look",
				way,
				wanted,
				program: inner
			});
			return;
		}
		case "all":
			for (const inner of node.parts) emit(inner, target);
			return;
		case "any":
			emitChoices(node.choices, target);
			return;
		case "repeat": emitRepeat(node, target);
	}
}
function emitChoices(choices, target) {
	const { program } = target;
	const exits = [];
	choices.forEach((choice, i) => {
		const last = i === choices.length - 1;
		const fork = {
			op: "split",
			to: program.length + 1,
			or: 0
		};
		if (!last) program.push(fork);
		emit(choice, target);
		if (last) return;
		const exit = {
			op: "split",
			to: 0,
			or: 0
		};
		program.push(exit);
		exits.push(exit);
		fork.or = program.length;
	});
	for (const exit of exits) exit.to = exit.or = program.length;
}
function emitRepeat({ body, least, most }, target) {
	const { program } = target;
	for (let i = 0; i < least; i++) emit(body, target);
	const forks = [];
	for (let i = least; i < (most ?? least + 1); i++) {
		const at = program.length;
		const fork = {
			op: "split",
			to: at + 1,
			or: 0
		};
		program.push(fork);
		forks.push(fork);
		emit(body, target);
		if (most === null) program.push({
			op: "split",
			to: at,
			or: at
		});
	}
	for (const fork of forks) fork.or = program.length;
}
/** One name, against a program and the programs of its look-arounds. */
var Matcher = class {
	#name;
	/** Answers of look-arounds, by place. */
	#looked = /* @__PURE__ */ new Map();
	constructor(name) {
		this.#name = name;
	}
	/** Does some beginning of the name match (`search`: some part of it)? */
	begins(program, anchoring) {
		return this.#run(program, 0, null, anchoring === "search");
	}
	/** From `start` on, up to `end` exactly (null: wherever); `floating`: or from any later place. */
	#run(program, start, end, floating) {
		const stop = end ?? this.#name.length;
		let now = /* @__PURE__ */ new Set();
		for (let i = start;; i++) {
			if ((i === start || floating) && this.#follow(program, 0, i, now) && (end === null || i === end)) return true;
			if (i >= stop || now.size === 0 && !floating) return false;
			const unit = this.#name.charCodeAt(i);
			const next = /* @__PURE__ */ new Set();
			for (const at of now) {
				const step = program[at];
				if (step.op !== "unit" || !step.accepts(unit)) continue;
				if (this.#follow(program, at + 1, i + 1, next) && (end === null || i + 1 === end)) return true;
			}
			now = next;
		}
	}
	/** Add what is reached from `first` without reading; true when the end of the program is. */
	#follow(program, first, i, into) {
		const pending = [first];
		let reached = false;
		while (pending.length > 0) {
			const at = pending.pop();
			const step = program[at];
			if (step === void 0) reached = true;
			if (step === void 0 || into.has(at)) continue;
			into.add(at);
			if (step.op === "split") pending.push(step.or, step.to);
			else if (step.op === "edge" && this.#isAt(step.at, i)) pending.push(at + 1);
			else if (step.op === "look" && this.#look(step, i) === step.wanted) pending.push(at + 1);
		}
		return reached;
	}
	#isAt(edge, i) {
		if (edge === "start") return i === 0;
		if (edge === "end") return i === this.#name.length;
		const isWord = (at) => /^\w$/.test(this.#name[at] ?? "");
		return isWord(i - 1) !== isWord(i) === (edge === "border");
	}
	#look(step, i) {
		const known = this.#looked.get(step) ?? /* @__PURE__ */ new Map();
		this.#looked.set(step, known);
		const answer = known.get(i) ?? this.#lookedAt(step, i);
		known.set(i, answer);
		return answer;
	}
	#lookedAt({ way, program }, i) {
		return way === "ahead" ? this.#run(program, i, null, false) : this.#run(program, 0, i, true);
	}
};
// src/checkpoints/packed/declared/layer-rules.ts
/**
* @file Other settings for single layers: GPTQModel's `dynamic`, AutoRound's `extra_config`.
*
* Sources: ModelCloud/GPTQModel gptqmodel/quantization/config.py (`dynamic_get`); intel/auto-round
* auto_round/inference/convert_model.py.
*
*     dynamic        {"+:expression": fields, "-:expression": {}}     re.match; the first that matches counts; "-": left plain
*     extra_config   {name or expression: fields}                     a whole name first, then re.search; bits 16: left plain
*
* An expression that is not understood is refused: its layers would be read by settings that are not theirs.
*/
/** Errors: PACKED_CONFIG for an expression that is not understood. */
function readLayerRules({ dynamic, extra_config: extra }) {
	const rules = [...dynamicRules(dynamic), ...extraRules(extra)];
	return { of: (module) => rules.find(({ matches }) => matches(module))?.says ?? null };
}
function dynamicRules(dynamic) {
	if (!isJsonObject(dynamic)) return [];
	return Object.entries(dynamic).map(([key, fields]) => ({
		matches: compiled("dynamic", key.replace(/^[+-]:/, ""), "match"),
		says: key.startsWith("-:") ? "exempt" : isJsonObject(fields) ? fields : null
	}));
}
function extraRules(extra) {
	if (!isJsonObject(extra)) return [];
	const exact = [];
	const expressions = [];
	for (const [key, fields] of Object.entries(extra)) {
		if (!isJsonObject(fields)) continue;
		const says = fields.bits === 16 ? "exempt" : fields;
		exact.push({
			matches: (module) => module === key,
			says
		});
		if (!(/^[\w.]+$/.test(key) && key.includes("."))) expressions.push({
			matches: compiled("extra_config", key, "search"),
			says
		});
	}
	return [...exact, ...expressions];
}
function compiled(field, pattern, anchoring) {
	const matches = compilePattern(pattern, anchoring);
	if (matches !== null) return matches;
	throw packedConfig(`${field} has the key ${shownJson(pattern)}, which`, "not understood", "regular expressions without back references and flags");
}
// src/checkpoints/packed/modules.ts
/** Module names X for which a tensor X + suffix is stored, in the order of the file. */
function modulesWith(raw, suffix) {
	const modules = [];
	for (const name of raw.entries.keys()) if (name.length > suffix.length && name.endsWith(suffix)) modules.push(name.slice(0, -suffix.length));
	return modules;
}
// src/checkpoints/packed/methods/awq.ts
/**
* @file AWQ: 4-bit codes in GEMM order (eight outputs interleaved in a word) or GEMV order.
*
* Sources: casper-hansen/AutoAWQ awq/utils/packing_utils.py, awq/modules/linear/gemm.py and gemv.py. With G = K / group:
*
*     gemm   qweight int32 [K, N/8]   qzeros int32 [G, N/8]    scales [G, N]
*            nibble i of word j is output 8j + [0, 2, 4, 6, 1, 3, 5, 7][i]
*     gemv   qweight int32 [N, K/8]   qzeros int32 [N, zw]     scales [N, 8·zw]    nibbles in order, groups padded to zw
*     W[n, k] = (q[k, n] − z[k / group, n]) · scales[k / group, n]
*
* The scales that AWQ searches for are folded into the layers before, so the residual stream keeps its basis.
* Left out: gemv_fast (llm-awq's interleaved int16), Marlin and ExLlama repackings.
*/
/** The output that nibble i of a word holds, of the word's eight. */
const OUTPUT_OF = [
	0,
	2,
	4,
	6,
	1,
	3,
	5,
	7
];
/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*, PACKED_GROUPS. */
async function readAwq(raw, quantization) {
	const modules = modulesWith(raw, ".qweight");
	if (modules.length === 0) return null;
	const version = (optionalWord(quantization, ["version"]) ?? "gemm").toLowerCase();
	if (version !== "gemm" && version !== "gemv") throw packedUnsupported(`awq: ${version.slice(0, 40)}`, "quantization_config.version", "Quantize again with version \"GEMM\", or convert the checkpoint with AutoAWQ.");
	optionalNumber(quantization, ["bits", "w_bit"], [4]);
	const declared = optionalGroupSize(quantization, ["group_size", "q_group_size"]);
	const rules = readLayerRules(quantization);
	const groupSize = (module) => {
		const rule = rules.of(module);
		return optionalGroupSize(rule === "exempt" || rule === null ? {} : rule, ["group_size"]) ?? declared;
	};
	const found = modules.map((module) => locate$3(raw, module, version, groupSize(module)));
	const kept = words(quantization, "modules_to_not_convert");
	return {
		method: "awq",
		weights: found.map((located) => packedWeight$6(raw, located)),
		parts: new Set(found.flatMap(({ qweight, qzeros, scales }) => [
			qweight.name,
			qzeros.name,
			scales.name
		])),
		activations: /* @__PURE__ */ new Map(),
		isExempt: (module) => module === "lm_head" || isListed(kept, module) || rules.of(module) === "exempt",
		warnings: []
	};
}
function locate$3(raw, module, order, declared) {
	const qweight = part(raw, `${module}.qweight`, WORDS, "an AWQ layer needs it");
	const scales = part(raw, `${module}.scales`, FLOATS, `"${qweight.name}" cannot be decoded without it`);
	const qzeros = part(raw, `${module}.qzeros`, WORDS, `"${qweight.name}" cannot be decoded without it`);
	const [rows, columns] = matrixShape(qweight);
	const [scaleRows, scaleColumns] = matrixShape(scales);
	const tensors = {
		module,
		order,
		qweight,
		qzeros,
		scales,
		perChannel: (declared ?? (order === "gemm" && scaleRows > 1 ? 1 : -1)) === -1
	};
	if (order === "gemm") {
		const [K, N, G] = [
			rows,
			columns * 8,
			scaleRows
		];
		requireShape(scales, [G, N], ` (8 outputs per word of "${qweight.name}")`);
		requireShape(qzeros, [G, columns]);
		return {
			...tensors,
			N,
			K,
			G,
			groupSize: groupSizeOf$1(scales, declared, K, G)
		};
	}
	const [N, K] = [rows, columns * 8];
	if (scaleRows !== N) throw packedPartShape(scales.name, scales.shape, `${N} rows, as "${qweight.name}"`);
	requireShape(qzeros, [N, scaleColumns / 8], " (8 groups per word)");
	const groupSize = declared === null || declared === -1 ? K : declared;
	if (Math.ceil(K / groupSize) > scaleColumns) throw packedGroups(scales.name, "group_size", groupSize, K, scaleColumns);
	return {
		...tensors,
		N,
		K,
		G: scaleColumns,
		groupSize
	};
}
function groupSizeOf$1(scales, declared, K, G) {
	const size = declared === null ? Math.ceil(K / G) : declared === -1 ? K : declared;
	if (Math.ceil(K / size) !== G) throw packedGroups(scales.name, "group_size", size, K, G);
	return size;
}
function packedWeight$6(raw, parts) {
	const { module, N, K, groupSize, perChannel } = parts;
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `awq 4-bit ${perChannel ? "per channel" : `g${groupSize}`}`,
		groupSize: perChannel ? null : groupSize,
		byteLength: partBytes([
			parts.qweight,
			parts.qzeros,
			parts.scales
		]),
		decode: () => decode$3(raw, parts)
	};
}
async function decode$3(raw, parts) {
	const { N, K, G, groupSize, order } = parts;
	const qweight = await readWords(raw, parts.qweight);
	const qzeros = await readWords(raw, parts.qzeros);
	const scales = await readNumbers(raw, parts.scales);
	const grid = {
		columns: G,
		blockRows: 1,
		blockColumns: groupSize,
		order: null
	};
	if (order === "gemv") {
		const zeros = new Float64Array(unpackRows(qzeros, N, G, 4, "dense"));
		return dequantizeWords(N, K, packedRows(qweight, K, 4, "dense"), UINT8, {
			...grid,
			scales,
			zeros
		});
	}
	const zeros = new Float64Array(N * G);
	for (let at = 0; at < qzeros.length; at++) {
		const group = Math.floor(at / (N / 8));
		const first = 8 * (at % (N / 8));
		for (let i = 0; i < 8; i++) zeros[(first + OUTPUT_OF[i]) * G + group] = qzeros[at] >>> 4 * i & 15;
	}
	const turned = transposed(scales, G, N, new Float64Array(N * G));
	return dequantizeWords(N, K, gemmRows(qweight, N / 8, K), UINT8, {
		...grid,
		scales: turned,
		zeros
	});
}
/** Word columns turned together: a cache line of them, 128 outputs. */
const TILE = 16;
/** words [K, wide] in GEMM order as rows of K nibbles in order: 8 × 8 nibbles are transposed at a time. */
function gemmRows(qweight, wide, K) {
	const perRow = Math.ceil(K / 8);
	const tile = new Uint32Array(128 * perRow);
	const seek = (row) => {
		const inTile = row % 128;
		if (inTile === 0) turnTile(qweight, wide, K, row / 8, perRow, tile);
		return inTile * perRow;
	};
	return {
		words: tile,
		bits: 4,
		layout: "dense",
		seek
	};
}
function turnTile(qweight, wide, K, first, perRow, tile) {
	const end = Math.min(first + TILE, wide);
	const square = /* @__PURE__ */ new Uint32Array(8);
	for (let k = 0; k < K; k += 8) for (let j = first; j < end; j++) {
		for (let i = 0; i < 8; i++) square[i] = k + i < K ? qweight[(k + i) * wide + j] : 0;
		turnSquare(square);
		const at = (j - first) * 8 * perRow + (k >> 3);
		for (let i = 0; i < 8; i++) tile[at + OUTPUT_OF[i] * perRow] = square[i];
	}
}
/** Transpose 8 × 8 nibbles in three rounds of exchanges (Warren, Hacker's Delight, 7-3): halves, quarters, eighths. */
function turnSquare(square) {
	for (let i = 0; i < 8; i += 2) exchange(square, i, i + 1, 4, 252645135);
	for (let i = 0; i < 8; i += i & 1 ? 3 : 1) exchange(square, i, i + 2, 8, 16711935);
	for (let i = 0; i < 4; i++) exchange(square, i, i + 4, 16, 65535);
}
function exchange(square, low, high, shift, mask) {
	const differing = (square[low] >>> shift ^ square[high]) & mask;
	square[high] ^= differing;
	square[low] ^= differing << shift;
}
// src/checkpoints/packed/codes/groups.ts
/** @file Activation order: which group each input belongs to, where a checkpoint stores that (`g_idx`). */
/** Group of each input [K]. Errors: PACKED_PART_SHAPE; PACKED_PART_VALUE when one is outside [0, groups). */
async function readGroups(raw, tensor, K, groups) {
	requireShape(tensor, [K]);
	const numbers = await readNumbers(raw, tensor);
	for (let k = 0; k < K; k++) {
		const group = numbers[k];
		if (group < 0 || group >= groups) throw packedPartValue(tensor.name, `input ${k} is in group ${group}; there are ${groups}`);
	}
	return Int32Array.from(numbers);
}
/** The same for compressed-tensors, where a −1 anywhere means that no order was set: null. */
async function readOrder(raw, tensor, K, groups) {
	return (await readNumbers(raw, tensor)).includes(-1) ? null : inputOrder(await readGroups(raw, tensor, K, groups), groups);
}
// src/checkpoints/packed/declared/activations.ts
/** float32's epsilon: the smallest scale that compressed-tensors computes (`calculate_qparams`). */
const FLOAT32_EPSILON = 2 ** -23;
/** Dynamic float8 e4m3: scale = amax / 448. */
function float8Input(strategy, groupSize) {
	return {
		type: "float",
		bits: 8,
		symmetric: true,
		strategy,
		groupSize,
		dynamic: true,
		levels: [-448, 448],
		scaleDivisor: 448,
		powerOfTwo: false,
		minimumScale: 2 ** -126,
		scale: null,
		zeroPoint: null,
		globalScale: null,
		outlierThreshold: null,
		largestAmax: null
	};
}
/** Dynamic integers with the full range of two's complement: scale = amax / (2^bits − 1)·2 or (hi − lo) / (2^bits − 1). */
function integerInput(bits, symmetric, strategy, groupSize) {
	const range = 2 ** bits - 1;
	return {
		...float8Input(strategy, groupSize),
		type: "int",
		bits,
		symmetric,
		levels: [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1],
		scaleDivisor: symmetric ? range / 2 : range,
		minimumScale: FLOAT32_EPSILON
	};
}
/** Dynamic FP4 (e2m1): scale = amax / 6, or the two levels of NVFP4 when `globalScale` is given. */
function float4Input(groupSize, globalScale) {
	return {
		...float8Input(globalScale === null ? "group" : "tensor_group", groupSize),
		bits: 4,
		levels: [-6, 6],
		scaleDivisor: 6,
		globalScale
	};
}
/** OCP microscaling inputs, e2m1 (4 bits) or e4m3 (8): scale = power of two of amax / 2^(exponent of the largest level). */
function microscaledInput(bits, groupSize) {
	return {
		...bits === 4 ? float4Input(groupSize, null) : float8Input("group", groupSize),
		powerOfTwo: true,
		scaleDivisor: bits === 4 ? 4 : 256
	};
}
// src/checkpoints/packed/declared/compressed-schemes.ts
/** Errors: PACKED_CONFIG. */
function readSchemes(quantization) {
	const warnings = [];
	const targets = [];
	for (const [name, group] of Object.entries(section(quantization, "config_groups"))) {
		if (!isJsonObject(group)) throw packedConfig(`config_groups.${name.slice(0, 40)}`, shownJson(group), "an object");
		if (isJsonObject(group.output_activations)) warnings.push(`config_groups.${name} quantizes outputs of layers; that is not simulated.`);
		targets.push(...readTargets(name, group, optionalWord(quantization, ["format"]) ?? ""));
	}
	const cache = cacheScheme(quantization);
	if (cache !== null) warnings.push(cache);
	targets.sort((a, b) => a.rank - b.rank);
	const ignored = words(quantization, "ignore").map((target) => readMatch(target, "ignore"));
	const of = (module) => targets.find((target) => target.matches(module))?.scheme ?? null;
	return {
		of,
		ignores: (module) => ignored.some((target) => target.matches(module)),
		activations: (raw, modules) => readActivations(raw, modules, of),
		warnings: (modules) => [...warnings, ...groupWarnings(targets, modules)]
	};
}
/** The targets of one group. Its scheme is read only where a layer can have it: attention has strategies of its own. */
function readTargets(group, fields, wholeFormat) {
	const format = optionalWord(fields, ["format"]) ?? wholeFormat;
	const found = words(fields, "targets").map((target) => readMatch(target, `config_groups.${group.slice(0, 40)}.targets`));
	const scheme = found.every(({ isAttention }) => isAttention) ? {
		weights: null,
		inputs: null
	} : {
		weights: readArgs(fields, "weights", format),
		inputs: readArgs(fields, "input_activations", format)
	};
	return found.map((match) => ({
		...match,
		group,
		scheme
	}));
}
function groupWarnings(targets, modules) {
	const warnings = [];
	for (const group of new Set(targets.map((target) => target.group))) {
		const own = targets.filter((target) => target.group === group);
		const name = `config_groups.${group.slice(0, 40)}`;
		if (own.some(({ isAttention }) => isAttention)) warnings.push(`${name} quantizes queries, keys and values of attention; that is not simulated, so the model as it is served is worse than the figures say.`);
		else if (!modules.some((module) => own.some(({ matches }) => matches(module)))) warnings.push(`${name} names no layer whose weights are stored quantized; its scheme has no effect here.`);
	}
	return warnings;
}
/** Errors: PACKED_CONFIG for what cannot be matched. */
function readMatch(target, field) {
	if (target.startsWith("re:")) {
		const matches = compilePattern(target.slice(3));
		if (matches === null) throw packedConfig(field, `${shownJson(target)}, which is not understood`, "regular expressions without back references and flags");
		const isAttention = /(?:attn|attention)\$?$/.test(target);
		return {
			rank: 1,
			matches: isAttention ? () => false : matches,
			isAttention
		};
	}
	if (target === "Linear") return {
		rank: 2,
		matches: () => true,
		isAttention: false
	};
	if (target === "Embedding") return {
		rank: 1,
		matches: (module) => /(?:^|\.)(?:embed\w*|wte)$/.test(module),
		isAttention: false
	};
	if (/^[A-Z]\w*Attention$/.test(target)) return {
		rank: 2,
		matches: () => false,
		isAttention: true
	};
	if (/^[A-Z]\w*$/.test(target) && field !== "ignore") throw packedConfig(field, shownJson(target), "\"Linear\", \"Embedding\", a name, or an expression after \"re:\"");
	return {
		rank: 0,
		matches: (module) => module === target,
		isAttention: false
	};
}
function readArgs(group, field, format) {
	if (group[field] === void 0 || group[field] === null) return null;
	const args = section(group, field);
	const type = (optionalWord(args, ["type"]) ?? "int").toLowerCase();
	if (type !== "int" && type !== "float") throw packedConfig(`${field}.type`, shownJson(type), "\"int\", \"float\"");
	const allowed = type === "float" ? [4, 8] : [
		1,
		2,
		3,
		4,
		5,
		6,
		7,
		8
	];
	const groupSize = optionalGroupSize(args, ["group_size"]);
	const inferred = groupSize === null ? "tensor" : groupSize > 0 ? "group" : "channel";
	const { dynamic } = args;
	return {
		bits: optionalNumber(args, ["num_bits"], allowed) ?? 8,
		type,
		symmetric: flag(args, "symmetric", true),
		strategy: (optionalWord(args, ["strategy"]) ?? inferred).toLowerCase(),
		groupSize: groupSize === -1 ? null : groupSize,
		block: readBlock(args.block_structure),
		dynamic: dynamic === "local" ? "local" : flag(args, "dynamic", false),
		microscaling: type === "float" && groupSize === 32 && isMicroscaling(args, format)
	};
}
/** Newer files name the type of the scales, older ones only the format. */
function isMicroscaling(args, format) {
	const scales = args.scale_dtype;
	return typeof scales === "string" ? /uint8|e8m0/.test(scales) : /^mxfp[48]/.test(format);
}
/** [rows, columns], or "rowsxcolumns" of older files. */
function readBlock(value) {
	if (value === void 0 || value === null) return null;
	const [rows, columns, more] = typeof value === "string" ? value.split("x").map(Number) : isList(value) ? value : [];
	const isSize = (size) => typeof size === "number" && Number.isSafeInteger(size) && size > 0;
	if (!isSize(rows) || !isSize(columns) || more !== void 0) throw packedConfig("config_groups…block_structure", shownJson(value), "two positive whole numbers");
	return [rows, columns];
}
async function readActivations(raw, modules, of) {
	const activations = /* @__PURE__ */ new Map();
	for (const module of modules) {
		const inputs = of(module)?.inputs ?? null;
		if (inputs !== null) activations.set(module, await inputQuantization$2(raw, module, inputs));
	}
	return activations;
}
/** Errors: PACKED_CONFIG for a strategy that inputs cannot have, PACKED_PART_MISSING for a static scale. */
async function inputQuantization$2(raw, module, args) {
	const why = "input_activations of config.json are not dynamic";
	if (args.strategy === "tensor_group") {
		const stored = part(raw, `${module}.input_global_scale`, FLOATS, "input_activations have the strategy tensor_group");
		return float4Input(args.groupSize ?? 16, await readScalar(raw, stored));
	}
	const { strategy } = args;
	if (strategy !== "tensor" && strategy !== "token" && strategy !== "group") throw packedConfig("config_groups…input_activations.strategy", shownJson(strategy), "\"tensor\", \"token\", \"group\", \"tensor_group\"");
	if (strategy === "group" && args.groupSize === null) throw packedConfig("config_groups…input_activations.group_size", "missing", "a positive whole number");
	const groupSize = strategy === "group" ? args.groupSize : null;
	const bits = args.bits === 8 ? 8 : 4;
	if (args.microscaling && args.dynamic !== false) return microscaledInput(bits, groupSize ?? 32);
	const scheme = args.type === "int" ? integerInput(args.bits, args.symmetric, strategy, groupSize) : args.bits === 8 ? float8Input(strategy, groupSize) : float4Input(groupSize ?? 32, null);
	if (args.dynamic !== false) return scheme;
	const scale = part(raw, `${module}.input_scale`, FLOATS, why);
	const zero = zeroPoint(raw, `${module}.input_zero_point`);
	return {
		...scheme,
		dynamic: false,
		scale: await readScalar(raw, scale),
		zeroPoint: zero === null ? 0 : await readScalar(raw, zero)
	};
}
function zeroPoint(raw, name) {
	const tensor = raw.entries.get(name);
	if (tensor === void 0 || elementCount(tensor.shape) === 0) return null;
	return part(raw, name, [
		...FLOATS,
		...INTEGERS,
		"F8_E4M3"
	], "it was there a moment ago");
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
			return dequantizeWords(N, K, packedRows(words, K, 4, "dense"), E2M1$1, {
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
// src/checkpoints/packed/methods/fp8.ts
const FLOAT8 = ["F8_E4M3", "F8_E5M2"];
/** Blocks of DeepSeek-V3, and transformers' default. */
const DEFAULT_BLOCK = [128, 128];
/** Errors: PACKED_CONFIG, PACKED_PART_*. */
async function readFp8(raw, quantization) {
	const suffix = modulesWith(raw, ".weight_scale_inv").length > 0 ? "weight_scale_inv" : "weight_scale";
	const modules = modulesWith(raw, `.${suffix}`);
	if (modules.length === 0) return null;
	const block = blockSize$1(quantization);
	const parts = /* @__PURE__ */ new Set();
	const weights = modules.map((module) => {
		const weight = part(raw, `${module}.weight`, FLOAT8, `"${module}.${suffix}" is there`);
		const allowed = [
			...FLOATS,
			"F8_E8M0",
			"U8"
		];
		const scale = part(raw, `${module}.${suffix}`, allowed, `"${weight.name}" cannot be decoded without it`);
		parts.add(weight.name).add(scale.name);
		const count = elementCount(scale.shape);
		const extent = suffix === "weight_scale" && count === weight.shape[0] ? [1, weight.shape[1] ?? 1] : block;
		return float8Weight(raw, module, weight, scale, count === 1 && (scale.shape.length < 2 || (quantization.weight_block_size ?? null) === null) ? null : extent);
	});
	const kept = [...words(quantization, "modules_to_not_convert"), ...words(quantization, "ignored_layers")];
	return {
		method: "fp8",
		weights,
		parts,
		activations: await inputs(raw, quantization, weights, parts),
		isExempt: (module) => module === "lm_head" || isListed(kept, module),
		warnings: []
	};
}
function blockSize$1(quantization) {
	const value = quantization.weight_block_size;
	if (value === void 0 || value === null) return DEFAULT_BLOCK;
	const [rows, columns, more] = isList(value) ? value : [];
	const isSize = (size) => typeof size === "number" && Number.isSafeInteger(size) && size > 0;
	if (!isSize(rows) || !isSize(columns) || more !== void 0) throw packedConfig("weight_block_size", shownJson(value), "two positive whole numbers, or null");
	return [rows, columns];
}
/** What FbgemmFp8Config bounds inputs by where a config says nothing. */
const DEFAULT_BOUND = 1200;
/** A bound on inputs is stored beside the weight or, mostly, said by the config. Errors: PACKED_CONFIG, PACKED_PART_*. */
async function readFbgemmFp8(raw, quantization) {
	const modules = modulesWith(raw, ".weight_scale");
	if (modules.length === 0) return null;
	const parts = /* @__PURE__ */ new Set();
	const weights = modules.map((module) => {
		const weight = part(raw, `${module}.weight`, FLOAT8, `"${module}.weight_scale" is there`);
		const scale = part(raw, `${module}.weight_scale`, FLOATS, `"${weight.name}" cannot be decoded without it`);
		parts.add(weight.name).add(scale.name);
		const [N, K] = matrixShape(weight);
		if (elementCount(scale.shape) !== N) throw packedPartShape(scale.name, scale.shape, `[${N}, 1]`);
		return float8Weight(raw, module, weight, scale, [1, K]);
	});
	const declared = finiteNumber(quantization, "activation_scale_ub", DEFAULT_BOUND);
	const activations = /* @__PURE__ */ new Map();
	for (const module of modules) {
		const bound = optionalPart(raw, `${module}.input_scale_ub`, FLOATS);
		if (bound !== null) parts.add(bound.name);
		const largestAmax = bound === null ? declared : await readScalar(raw, bound);
		activations.set(module, {
			...float8Input("token", null),
			largestAmax,
			minimumScale: 1e-12 / 448
		});
	}
	const kept = words(quantization, "modules_to_not_convert");
	return {
		method: "fbgemm_fp8",
		weights,
		parts,
		activations,
		isExempt: (module) => module === "lm_head" || isListed(kept, module),
		warnings: []
	};
}
/** One float8 weight with scales over blocks; `block` null: one scale for all of it. */
function float8Weight(raw, module, weight, scale, block) {
	const [N, K] = matrixShape(weight);
	const [blockRows, blockColumns] = block ?? [N, K];
	const columns = Math.ceil(K / blockColumns);
	const expected = [Math.ceil(N / blockRows), columns];
	if (!(elementCount(scale.shape) === expected[0] * columns && (columns === 1 || scale.shape[0] === expected[0]))) {
		const why = `[${expected.join(", ")}] (weight_block_size [${blockRows}, ${blockColumns}] over [${N}, ${K}])`;
		throw packedPartShape(scale.name, scale.shape, why);
	}
	const extent = block === null ? "per tensor" : blockColumns >= K && blockRows === 1 ? "per channel" : block.join("×");
	return {
		module,
		name: weight.name,
		shape: [N, K],
		storedAs: `fp8 ${weight.dtype === "F8_E5M2" ? "e5m2" : "e4m3"} ${extent}`,
		groupSize: blockRows === 1 && blockColumns < K ? blockColumns : null,
		byteLength: partBytes([weight, scale]),
		decode: async () => {
			const scales = await readScales(raw, scale);
			const levels = weight.dtype === "F8_E5M2" ? E5M2 : E4M3;
			const grid = {
				scales,
				zeros: null,
				columns,
				blockRows,
				blockColumns,
				order: null
			};
			return dequantizeBytes(N, K, await readPart(raw, weight), levels, grid);
		}
	};
}
/** `dynamic`: per token and block of inputs; `static`: one stored scale. */
async function inputs(raw, quantization, weights, parts) {
	const scheme = optionalWord(quantization, ["activation_scheme"]) ?? "dynamic";
	if (scheme !== "dynamic" && scheme !== "static") throw packedConfig("activation_scheme", shownJson(scheme), "\"dynamic\", \"static\"");
	const block = blockSize$1(quantization)[1];
	const activations = /* @__PURE__ */ new Map();
	for (const { module, storedAs } of weights) {
		const stored = optionalPart(raw, `${module}.activation_scale`, FLOATS) ?? optionalPart(raw, `${module}.input_scale`, FLOATS);
		if (stored !== null) parts.add(stored.name);
		if (scheme === "dynamic") {
			const isWhole = / per (tensor|channel)$/.test(storedAs);
			activations.set(module, isWhole ? float8Input("token", null) : float8Input("group", block));
		} else {
			const scale = stored ?? part(raw, `${module}.activation_scale`, FLOATS, "activation_scheme is \"static\"");
			activations.set(module, {
				...float8Input("tensor", null),
				dynamic: false,
				scale: await readScalar(raw, scale),
				zeroPoint: 0
			});
		}
	}
	return activations;
}
// src/checkpoints/packed/methods/pack-quantized.ts
/**
* @file compressed-tensors `pack-quantized`: integers of 1 to 8 bits in int32 words, with an offset of 2^(bits − 1).
*
* Source: neuralmagic/compressed-tensors compressors/quantized_compressors/pack_quantized.py.
*
*     weight_packed int32 [N, words]        weight_shape int [2] = [N, K]
*     weight_scale [N, G], [N, 1] or one    weight_zero_point int32 [words of N, G], packed down the rows; weight_g_idx [K]
*     W = (u − 2^(b−1) − (z − 2^(b−1))) · scale
*
* Words: for widths that do not divide 32, releases before commit 3f01c782 (May 2026) put floor(32/b) fields into a word
* and left the rest of it unused; later ones pack densely. The width of the tensor tells which.
*/
/** Errors: PACKED_CONFIG, PACKED_PART_*, PACKED_GROUPS. */
async function packQuantizedWeight(raw, module, scheme) {
	const parts = await locate$2(raw, module, scheme);
	const { N, K, bits, groupSize, perTensor } = parts;
	const perChannel = parts.G === 1 && (scheme?.weights?.groupSize ?? null) === null;
	const extent = perTensor ? "per tensor" : perChannel ? "per channel" : `g${groupSize}`;
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `compressed-tensors int${bits} ${extent}${parts.zero === null ? "" : " asymmetric"}`,
		groupSize: perTensor || perChannel ? null : groupSize,
		byteLength: partBytes([
			parts.packed,
			parts.shape,
			parts.scale,
			parts.zero,
			parts.order
		]),
		decode: async () => {
			const rows = packedRows(await readWords(raw, parts.packed), K, bits, parts.layout);
			return dequantizeWords(N, K, rows, offsetBinary(bits), await readGrid(raw, parts));
		}
	};
}
async function locate$2(raw, module, scheme) {
	const packed = part(raw, `${module}.weight_packed`, WORDS, "the module has no weight");
	const needed = `"${packed.name}" cannot be decoded without it`;
	const shape = part(raw, `${module}.weight_shape`, INTEGERS, needed);
	const scale = part(raw, `${module}.weight_scale`, FLOATS, needed);
	const zero = optionalPart(raw, `${module}.weight_zero_point`, [
		...WORDS,
		"I8",
		...FLOATS
	]);
	const order = optionalPart(raw, `${module}.weight_g_idx`, INTEGERS);
	if (elementCount(shape.shape) !== 2) throw packedPartShape(shape.name, shape.shape, "[2]");
	const [N = 0, K = 0] = await readNumbers(raw, shape);
	const [rows, width] = matrixShape(packed);
	if (N !== rows) throw packedPartValue(shape.name, `holds [${N}, ${K}], but "${packed.name}" has ${rows} rows`);
	if (!Number.isSafeInteger(K) || K < 1 || K > width * 32) throw packedPartValue(shape.name, `holds [${N}, ${K}], but "${packed.name}" has ${width} words per row`);
	const { bits, layout } = fieldsOf$1(packed, K, scheme);
	const perTensor = elementCount(scale.shape) === 1;
	const [scaleRows, G = 1, more] = scale.shape;
	if (!perTensor && (scaleRows !== N || more !== void 0)) throw packedPartShape(scale.name, scale.shape, `one scale, [${N}, 1] or [${N}, groups]`);
	const groups = perTensor ? 1 : G;
	const declared = scheme?.weights?.groupSize ?? Math.ceil(K / groups);
	if (Math.ceil(K / declared) !== groups) throw packedGroups(scale.name, "config_groups…group_size", declared, K, groups);
	const parts = {
		packed,
		shape,
		scale,
		zero,
		order,
		N,
		K,
		G: groups,
		bits,
		layout,
		groupSize: declared,
		perTensor
	};
	checkZeros(parts);
	return parts;
}
/** Width in bits and layout of the fields, from the config and the number of words per row. */
function fieldsOf$1(packed, K, scheme) {
	const width = packed.shape[1];
	const fits = (bits) => width === wordsFor(K, bits, "dense") ? "dense" : width === wordsFor(K, bits, "padded") ? "padded" : null;
	const declared = scheme?.weights?.bits ?? null;
	if (declared !== null) {
		if (declared > 8) throw packedConfig("config_groups…num_bits", String(declared), "1 to 8");
		const layout = fits(declared);
		if (layout !== null) return {
			bits: declared,
			layout
		};
		const dense = wordsFor(K, declared, "dense");
		throw packedPartShape(packed.name, packed.shape, `${dense} words per row (num_bits ${declared}, ${K} inputs)`);
	}
	const bits = [
		4,
		8,
		2,
		1,
		3,
		5,
		6,
		7
	].find((width) => fits(width) !== null);
	if (bits === void 0) throw packedPartShape(packed.name, packed.shape, `words for ${K} inputs of 1 to 8 bits`);
	return {
		bits,
		layout: fits(bits) ?? "dense"
	};
}
/** Packed along the rows: as many columns as groups, words for N fields. */
function checkZeros({ zero, scale, N, G, bits, layout }) {
	if (zero === null) return;
	if (zero.dtype !== "I32" && zero.dtype !== "U32") {
		if (elementCount(zero.shape) === elementCount(scale.shape)) return;
		throw packedPartShape(zero.name, zero.shape, `as many as "${scale.name}" [${scale.shape.join(", ")}]`);
	}
	const rows = wordsFor(N, bits, layout);
	if (zero.shape.length !== 2 || zero.shape[0] !== rows || zero.shape[1] !== G) throw packedPartShape(zero.name, zero.shape, `[${rows}, ${G}] (${N} rows of ${bits} bits, ${G} groups)`);
}
async function readGrid(raw, parts) {
	const { N, K, G, bits, zero, order } = parts;
	return {
		scales: await readNumbers(raw, parts.scale),
		zeros: zero === null ? null : await readZeros(raw, zero, N, G, bits, parts.layout),
		columns: G,
		blockRows: parts.perTensor ? N : 1,
		blockColumns: parts.groupSize,
		order: order === null ? null : await readOrder(raw, order, K, G)
	};
}
async function readZeros(raw, zero, N, G, bits, layout) {
	if (zero.dtype !== "I32" && zero.dtype !== "U32") return readNumbers(raw, zero);
	const codes = unpackColumns(await readWords(raw, zero), G, N, bits, layout);
	const zeros = new Float64Array(codes.length);
	const offset = 2 ** (bits - 1);
	for (let i = 0; i < zeros.length; i++) zeros[i] = codes[i] - offset;
	return zeros;
}
// src/checkpoints/packed/methods/compressed-tensors.ts
/**
* @file compressed-tensors: the format of llm-compressor and vLLM. Which tensors there are decides; the config's groups
* say how scales are laid out where shapes leave a choice, and what happens to inputs.
*
* Sources: neuralmagic/compressed-tensors compressors/quantized_compressors/*.py, quantization/quant_config.py,
* quantization/lifecycle/forward.py, utils/match.py.
*
*     int-, float-, naive-quantized, mxfp8   weight int8 | float8 [N, K]; weight_scale one | [N, 1] | [N, K/g] | blocks;
*                                            weight_zero_point as the scale; weight_g_idx [K]; E8M0 scales in uint8
*     pack-quantized                         see pack-quantized.ts
*     nvfp4-, mxfp4-pack-quantized           see fp4.ts
*     W = (q − zero) · scale
*
* Left out: sparse formats (refused by name), quantized outputs and key/value caches (a warning).
*/
/** Tables that are looked up, not multiplied with. */
const EMBEDDING$1 = /(?:^|\.)(?:embed\w*|wte|wpe)$/;
/** Scales of queries, keys and values, which are not simulated (a warning says so). */
const CACHE_SCALE = /\.(k|v|q)_(scale|zero_point)$/;
/** Run-time values beside a weight that are not weights. */
const SUFFIXES = [
	"weight_packed",
	"weight_scale",
	"weight_zero_point",
	"weight_g_idx",
	"weight_shape",
	"weight_global_scale",
	"input_scale",
	"input_zero_point",
	"input_global_scale",
	"output_scale",
	"output_zero_point"
];
/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*, PACKED_GROUPS. */
async function readCompressedTensors(raw, quantization) {
	refuseSparse(raw, quantization);
	const packed = modulesWith(raw, ".weight_packed");
	const scaled = modulesWith(raw, ".weight_scale").filter((module) => raw.entries.has(`${module}.weight`));
	const schemes = readSchemes(quantization);
	const modules = [...packed, ...scaled];
	const plain = plainWithInputs(raw, modules, schemes);
	if (modules.length + plain.length + schemes.warnings(modules).length === 0) return null;
	const dense = denseModules(raw, scaled);
	const weights = [];
	for (const module of packed) weights.push(await packedWeight$5(raw, module, schemes.of(module)));
	for (const module of scaled) if (!dense.modules.has(module)) weights.push(scaledWeight(raw, module, schemes.of(module)));
	return {
		method: "compressed-tensors",
		weights,
		parts: partNames(raw, modules, dense.modules),
		activations: await schemes.activations(raw, [...modules, ...plain]),
		isExempt: schemes.ignores,
		warnings: [
			...schemes.warnings(modules),
			...dense.warnings,
			...contradictions(modules, schemes)
		]
	};
}
function refuseSparse(raw, { sparsity_config: sparsity, format }) {
	const fix = "Save the model again without sparse compression (llm-compressor: disable_sparse_compression=True).";
	if (format === "marlin-24") throw packedUnsupported("marlin-24", "quantization_config.format", fix);
	for (const name of raw.entries.keys()) {
		if (!(name.endsWith(".bitmask") || name.endsWith(".compressed") || name.endsWith(".row_offsets"))) continue;
		const named = typeof sparsity === "object" && sparsity !== null && "format" in sparsity ? String(sparsity.format) : "sparse";
		throw packedUnsupported(`compressed-tensors: ${named.slice(0, 40)}`, `tensor "${name}"`, fix);
	}
}
/** Layers whose weights stay as they are and whose inputs are quantized. */
function plainWithInputs(raw, modules, schemes) {
	const quantized = new Set(modules);
	return modulesWith(raw, ".weight").filter((module) => {
		const scheme = schemes.of(module);
		return raw.entries.get(`${module}.weight`)?.shape.length === 2 && !quantized.has(module) && !EMBEDDING$1.test(module) && !schemes.ignores(module) && scheme !== null && scheme.weights === null && scheme.inputs !== null;
	});
}
/**
* Frozen but not compressed (format `dense`): the rounded weights are stored as floats, and what they were rounded with
* beside them. Inputs are quantized as the scheme says.
*/
function denseModules(raw, scaled) {
	const modules = scaled.filter((module) => {
		const dtype = raw.entries.get(`${module}.weight`)?.dtype;
		return dtype !== void 0 && FLOATS.includes(dtype);
	});
	const warnings = [`${modules.length} ${modules.length === 1 ? "layer is" : "layers are"} stored as floats beside their scales; the floats are read as they are.`];
	return {
		modules: new Set(modules),
		warnings: modules.length === 0 ? [] : warnings
	};
}
/** Everything beside weights; the weights too, but of `dense` modules, whose weights are what they say. */
function partNames(raw, modules, dense) {
	const names = /* @__PURE__ */ new Set();
	for (const module of modules) {
		for (const suffix of SUFFIXES) if (raw.entries.has(`${module}.${suffix}`)) names.add(`${module}.${suffix}`);
		if (!dense.has(module)) names.add(`${module}.weight`);
	}
	for (const name of raw.entries.keys()) if (CACHE_SCALE.test(name)) names.add(name);
	return names;
}
function contradictions(modules, schemes) {
	const ignored = modules.filter((module) => schemes.ignores(module));
	const strange = modules.filter((module) => !schemes.ignores(module) && schemes.of(module) === null);
	const warnings = [];
	const first = (list) => `${list[0]}${list.length > 1 ? ` and ${list.length - 1} more` : ""}`;
	if (ignored.length > 0) warnings.push(`config.json ignores ${first(ignored)}, but the tensors are quantized.`);
	if (strange.length > 0) warnings.push(`No config group of config.json targets ${first(strange)}, but the tensors are quantized.`);
	return warnings;
}
async function packedWeight$5(raw, module, scheme) {
	const packed = part(raw, `${module}.weight_packed`, [
		"I32",
		"U32",
		"U8"
	], "it was there a moment ago");
	if (packed.dtype !== "U8") return packQuantizedWeight(raw, module, scheme);
	return float4Weight(raw, "compressed-tensors", module, packed, `${module}.weight_scale`, {
		globalScale: raw.entries.get(`${module}.weight_global_scale`) ?? null,
		combine: "divide"
	});
}
/** One stored byte per weight. */
function scaledWeight(raw, module, scheme) {
	const weight = part(raw, `${module}.weight`, ["I8", ...FLOAT8], `"${module}.weight_scale" is there`);
	const allowed = [
		...FLOATS,
		"F8_E8M0",
		"F8_E4M3",
		"U8"
	];
	const scale = part(raw, `${module}.weight_scale`, allowed, `"${weight.name}" cannot be decoded without it`);
	const zero = optionalPart(raw, `${module}.weight_zero_point`, [
		...FLOATS,
		...INTEGERS,
		...FLOAT8
	]);
	const order = optionalPart(raw, `${module}.weight_g_idx`, INTEGERS);
	const [N, K] = matrixShape(weight);
	const layout = blocksOf$1(scale, N, K, scheme);
	if (zero !== null && elementCount(zero.shape) !== elementCount(scale.shape)) throw packedPartShape(zero.name, zero.shape, `as many as "${scale.name}" [${scale.shape.join(", ")}]`);
	const isFloat = weight.dtype !== "I8";
	const bits = isFloat ? 8 : scheme?.weights?.bits ?? 8;
	const kind = isFloat ? weight.dtype === "F8_E5M2" ? "fp8 e5m2" : "fp8 e4m3" : `int${bits}`;
	return {
		module,
		name: weight.name,
		shape: [N, K],
		storedAs: `compressed-tensors ${kind} ${layout.words}`,
		groupSize: layout.blockRows === 1 && layout.blockColumns < K ? layout.blockColumns : null,
		byteLength: partBytes([
			weight,
			scale,
			zero,
			order
		]),
		decode: async () => {
			const levels = weight.dtype === "I8" ? INT8 : weight.dtype === "F8_E5M2" ? E5M2 : E4M3;
			return dequantizeBytes(N, K, await readPart(raw, weight), levels, {
				scales: await readScales(raw, scale),
				zeros: zero === null ? null : await readNumbers(raw, zero),
				columns: layout.columns,
				blockRows: layout.blockRows,
				blockColumns: layout.blockColumns,
				order: order === null ? null : await readOrder(raw, order, K, layout.columns)
			});
		}
	};
}
/** What the shape of the scales, and where that is not enough the scheme, says about blocks. */
function blocksOf$1(scale, N, K, scheme) {
	const count = elementCount(scale.shape);
	const [rows, columns, more] = scale.shape;
	if (count === 1) return {
		columns: 1,
		blockRows: N,
		blockColumns: K,
		words: "per tensor"
	};
	if (rows === N && (columns ?? 1) === 1 && more === void 0) return {
		columns: 1,
		blockRows: 1,
		blockColumns: K,
		words: "per channel"
	};
	const block = scheme?.weights?.block ?? null;
	if (block !== null) {
		const [bn, bk] = block;
		const expected = [Math.ceil(N / bn), Math.ceil(K / bk)];
		if (rows !== expected[0] || columns !== expected[1] || more !== void 0) throw packedPartShape(scale.name, scale.shape, `[${expected.join(", ")}] (block_structure [${bn}, ${bk}])`);
		return {
			columns: expected[1],
			blockRows: bn,
			blockColumns: bk,
			words: `${bn}×${bk}`
		};
	}
	if (rows !== N || !columns || more !== void 0) throw packedPartShape(scale.name, scale.shape, `one scale, [${N}, 1] or [${N}, groups]`);
	const size = scheme?.weights?.groupSize ?? Math.ceil(K / columns);
	if (Math.ceil(K / size) !== columns) throw packedGroups(scale.name, "config_groups…group_size", size, K, columns);
	return {
		columns,
		blockRows: 1,
		blockColumns: size,
		words: `g${size}`
	};
}
// src/checkpoints/packed/methods/gptq-zeros.ts
/** Errors: those of reading the parts. Symmetric checkpoints that are as declared cost one layer's zero points. */
async function readZeroOffset(raw, found, { declared, symmetric }) {
	if (!symmetric) return {
		offset: declared,
		warnings: declared === 1 ? await ambiguous(raw, found) : []
	};
	const other = declared === 1 ? 0 : 1;
	for (const stored of found) {
		const codes = await zeroCodes(raw, stored);
		if (codes.every((code) => code === middle(stored) - declared)) return {
			offset: declared,
			warnings: []
		};
		if (!codes.every((code) => code === middle(stored) - other)) return {
			offset: declared,
			warnings: [`${`config.json says that the quantization is symmetric, but the zero points of ${stored.module} differ`}; they are read as they are stored.`]
		};
	}
	const [named, meant] = declared === 1 ? ["\"gptq\" (v1)", "the zero point itself (v2)"] : ["\"gptq_v2\"", "it less one (v1)"];
	return {
		offset: other,
		warnings: [`${`config.json says checkpoint_format ${named}, but symmetric layers store ${meant}`}: the stored values decide.`]
	};
}
function middle({ bits }) {
	return 2 ** (bits - 1);
}
async function zeroCodes(raw, { qzeros, bits, N, G }) {
	return unpackRows(await readWords(raw, qzeros), G, N, bits, "dense");
}
async function ambiguous(raw, found) {
	let modules = 0;
	for (const stored of found) if ((await zeroCodes(raw, stored)).includes(2 ** stored.bits - 1)) modules++;
	if (modules === 0) return [];
	return [`${modules} of ${found.length} layers store a zero point of all ones, which some GPTQ kernels read as 0 and others as 2^bits; it is read as 0 here.`];
}
// src/checkpoints/packed/methods/gptq.ts
/**
* @file GPTQ: codes packed along the inputs, a scale and a zero point per group and output.
*
* Sources: AutoGPTQ auto_gptq/nn_modules/qlinear/qlinear_cuda_old.py; GPTQModel gptqmodel/utils/model_dequant.py.
* Per linear layer, b bits, G = ceil(K / group size):
*
*     qweight int32 [K·b/32, N]   dense bit fields down each column
*     qzeros  int32 [G, N·b/32]   dense bit fields along each row
*     scales  float [G, N]        g_idx int32 [K], the group of each input (may be absent: floor(k / group size))
*     W[n, k] = scales[g, n] · (q[k, n] − z[g, n])        g = g_idx[k]
*
* checkpoint_format `gptq` (v1, also when missing) stores z − 1: z = (stored + 1) & (2^b − 1); `gptq_v2` stores z; see
* gptq-zeros.ts for checkpoints whose zero points say otherwise.
* Left out: planar packing (`gptq_p`), pack_dtype other than int32, the Marlin and BitBLAS repackings.
*/
const BITS$1 = [
	2,
	3,
	4,
	8
];
/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*, PACKED_GROUPS. */
async function readGptq(raw, quantization) {
	return readGptqTensors(raw, quantization, "gptq", zeroOffsetOf(quantization));
}
/** The same tensors under another config (AutoRound's). */
async function readGptqTensors(raw, quantization, method, zeroOffset) {
	const modules = modulesWith(raw, ".qweight");
	if (modules.length === 0) return null;
	const warnings = [];
	const rules = readLayerRules(quantization);
	const found = modules.map((module) => locate$1(raw, quantization, rules, module, warnings));
	const zeros = await readZeroOffset(raw, found, {
		declared: zeroOffset,
		symmetric: flag(quantization, "sym", true)
	});
	warnings.push(...zeros.warnings);
	const actOrder = flag(quantization, "desc_act", false);
	const parts = /* @__PURE__ */ new Set();
	for (const { qweight, qzeros, scales, gIdx } of found) for (const tensor of [
		qweight,
		qzeros,
		scales,
		gIdx
	]) if (tensor !== null) parts.add(tensor.name);
	return {
		method,
		weights: found.map((located) => packedWeight$4(raw, located, {
			method,
			zeroOffset: zeros.offset,
			actOrder
		})),
		parts,
		activations: /* @__PURE__ */ new Map(),
		isExempt: (module) => module === "lm_head" || rules.of(module) === "exempt",
		warnings
	};
}
function zeroOffsetOf(quantization) {
	const format = optionalWord(quantization, ["checkpoint_format", "format"]) ?? "gptq";
	if (format === "gptq" || format === "gemm") return 1;
	if (format === "gptq_v2") return 0;
	throw packedUnsupported(`gptq: ${format}`, "quantization_config.checkpoint_format", "Save the checkpoint with format \"gptq\" or \"gptq_v2\".");
}
function locate$1(raw, quantization, rules, module, warnings) {
	const qweight = part(raw, `${module}.qweight`, WORDS, "a GPTQ layer needs it");
	const scales = part(raw, `${module}.scales`, FLOATS, `"${qweight.name}" cannot be decoded without it`);
	const qzeros = part(raw, `${module}.qzeros`, WORDS, `"${qweight.name}" cannot be decoded without it`);
	const gIdx = optionalPart(raw, `${module}.g_idx`, INTEGERS);
	const [rows, N] = matrixShape(qweight);
	const [G, scaleColumns] = matrixShape(scales);
	if (scaleColumns !== N) throw packedPartShape(scales.name, scales.shape, `[groups, ${N}], as "${qweight.name}"`);
	const declared = declaredFields(quantization, rules.of(module));
	const bits = bitsOf(qzeros, N);
	requireShape(qzeros, [G, N * bits / 32]);
	const K = rows * 32 / bits;
	if (!Number.isInteger(K)) throw packedPartShape(qweight.name, qweight.shape, `a multiple of 3 rows at 3 bits`);
	if (gIdx !== null) requireShape(gIdx, [K], ` (${rows} rows of "${qweight.name}" at ${bits} bits)`);
	if (declared.bits !== null && declared.bits !== bits) warnings.push(`${module}: the tensors hold ${bits}-bit codes; config.json says ${declared.bits}.`);
	return {
		module,
		qweight,
		qzeros,
		scales,
		gIdx,
		bits,
		groupSize: groupSizeOf(scales, declared.groupSize, K, G, gIdx !== null, warnings),
		perChannel: G === 1 && (declared.groupSize ?? -1) === -1,
		N,
		K,
		G
	};
}
/** qzeros [G, N·b/32] tells b without the config. */
function bitsOf(qzeros, N) {
	const [, columns] = matrixShape(qzeros);
	const bits = 32 * columns / N;
	if (BITS$1.includes(bits)) return bits;
	const allowed = BITS$1.map((b) => N * b / 32).filter(Number.isInteger);
	throw packedPartShape(qzeros.name, qzeros.shape, `${allowed.join(" or ")} columns (2, 3, 4 or 8 bits, ${N} outputs)`);
}
function groupSizeOf(scales, declared, K, G, hasIndex, warnings) {
	const inferred = Math.ceil(K / G);
	if (declared === null) {
		if (hasIndex || Math.ceil(K / inferred) === G) return inferred;
		throw packedGroups(scales.name, "group_size", inferred, K, G);
	}
	const size = declared === -1 ? K : declared;
	if (Math.ceil(K / size) === G) return size;
	if (!hasIndex) throw packedGroups(scales.name, "group_size", size, K, G);
	warnings.push(`${scales.name} holds ${G} groups; group_size ${size} of config.json would make ${Math.ceil(K / size)}.`);
	return inferred;
}
/** bits and group_size for this module, rules for single layers applied. */
function declaredFields(quantization, rule) {
	const own = rule === "exempt" || rule === null ? {} : rule;
	return {
		bits: optionalNumber(own, ["bits"], BITS$1) ?? optionalNumber(quantization, ["bits", "w_bit"], BITS$1),
		groupSize: optionalGroupSize(own, ["group_size"]) ?? optionalGroupSize(quantization, ["group_size", "q_group_size"])
	};
}
function packedWeight$4(raw, parts, { method, zeroOffset, actOrder }) {
	const { module, bits, groupSize, perChannel, N, K } = parts;
	const ordered = actOrder && parts.gIdx !== null;
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `${method} ${bits}-bit ${perChannel ? "per channel" : `g${groupSize}`}${ordered ? " act-order" : ""}`,
		groupSize: perChannel ? null : groupSize,
		byteLength: partBytes([
			parts.qweight,
			parts.qzeros,
			parts.scales,
			parts.gIdx
		]),
		decode: () => decode$2(raw, parts, zeroOffset)
	};
}
async function decode$2(raw, parts, zeroOffset) {
	const { bits, N, K, G, groupSize } = parts;
	const mask = 2 ** bits - 1;
	const scales = await readNumbers(raw, parts.scales);
	const stored = unpackRows(await readWords(raw, parts.qzeros), G, N, bits, "dense");
	const zeros = new Float64Array(stored.length);
	for (let i = 0; i < zeros.length; i++) zeros[i] = stored[i] + zeroOffset & mask;
	const groupOf = parts.gIdx === null ? null : await readGroups(raw, parts.gIdx, K, G);
	const regular = groupOf === null || groupOf.every((group, k) => group === Math.floor(k / groupSize));
	return dequantizeWords(N, K, packedColumns(await readWords(raw, parts.qweight), N, K, bits), UINT8, {
		scales: transposed(scales, G, N, new Float64Array(G * N)),
		zeros: transposed(zeros, G, N, new Float64Array(G * N)),
		columns: G,
		blockRows: 1,
		blockColumns: groupSize,
		order: regular || groupOf === null ? null : inputOrder(groupOf, G)
	});
}
// src/checkpoints/packed/methods/auto-round.ts
/**
* @file AutoRound: no packing of its own; `packing_format` says whose it uses.
*
* Source: intel/auto-round auto_round/export/*, auto_round_extension/torch/qlinear_torch_zp.py.
*
*     auto_round:auto_gptq       GPTQ with stored z − 1 (default for symmetric)
*     auto_round, auto_round:…   GPTQ tensors with stored z (asymmetric)
*     auto_round:auto_awq        AWQ GEMM
*     auto_round:llm_compressor, NVFP and MX variants     compressed-tensors
*/
/** Errors: PACKED_UNSUPPORTED, and those of the packing that it uses. */
async function readAutoRound(raw, quantization) {
	const packing = await readBy((optionalWord(quantization, ["packing_format", "backend"]) ?? "auto_round:auto_gptq").toLowerCase(), raw, quantization);
	return packing === null ? null : {
		...packing,
		method: "auto-round"
	};
}
async function readBy(format, raw, quantization) {
	if (/gptq/.test(format)) return readGptqTensors(raw, quantization, "auto-round", 1);
	if (/awq/.test(format)) return readAwq(raw, {
		...quantization,
		version: "gemm"
	});
	if (/llm_compressor|compressed|nv_?fp|mx_?fp|fp8/.test(format)) return readCompressedTensors(raw, quantization);
	if (/^auto_?round/.test(format)) return readGptqTensors(raw, quantization, "auto-round", 0);
	throw packedUnsupported(`auto-round: ${format.slice(0, 60)}`, "quantization_config.packing_format", "Export with format \"auto_round\", \"auto_round:auto_gptq\" or \"auto_round:auto_awq\".");
}
// src/checkpoints/packed/methods/llm-int8.ts
/** Adds the names of the tensors to `parts`. Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
async function llmInt8Weight(raw, module, parts) {
	const weight = part(raw, `${module}.weight`, ["I8"], `"${module}.SCB" is there`);
	const scale = part(raw, `${module}.SCB`, ["F32"], `"${weight.name}" cannot be decoded without it`);
	const [N, K] = matrixShape(weight);
	requireShape(scale, [N]);
	const format = optionalPart(raw, `${module}.weight_format`, INTEGERS);
	if (format !== null && await readScalar(raw, format) !== 0) throw packedUnsupported("LLM.int8() in a tiled layout", format.name, "Save the model on a machine with a current bitsandbytes, which stores weights row by row.");
	const tensors = [
		weight,
		scale,
		format
	];
	for (const tensor of tensors) if (tensor !== null) parts.add(tensor.name);
	return {
		module,
		name: weight.name,
		shape: [N, K],
		storedAs: "bitsandbytes int8 per channel",
		groupSize: null,
		byteLength: partBytes(tensors),
		decode: async () => {
			const scales = await readNumbers(raw, scale);
			for (let n = 0; n < N; n++) scales[n] = scales[n] / 127;
			return dequantizeBytes(N, K, await readPart(raw, weight), INT8, {
				scales,
				zeros: null,
				columns: 1,
				blockRows: 1,
				blockColumns: K,
				order: null
			});
		}
	};
}
/** Row-wise symmetric int8; columns with a value of at least `threshold` are kept in 16 bits (0: none are). */
function llmInt8Input(threshold) {
	return {
		type: "int",
		bits: 8,
		symmetric: true,
		strategy: "token",
		groupSize: null,
		dynamic: true,
		levels: [-127, 127],
		scaleDivisor: 127,
		powerOfTwo: false,
		minimumScale: 0,
		scale: null,
		zeroPoint: null,
		globalScale: null,
		outlierThreshold: threshold > 0 ? threshold : null,
		largestAmax: null
	};
}
// src/checkpoints/packed/methods/bitsandbytes.ts
/**
* @file bitsandbytes: 4-bit NF4 and FP4, with and without double quantization; LLM.int8() is found here too.
*
* Sources: bitsandbytes/functional.py (`QuantState.as_dict`, `from_dict`, `dequantize_4bit`).
* 4-bit, for a weight X of any shape, i its flat row-major index:
*
*     X                     ceil(total / 2) bytes, in whatever type; the even i in the high half of byte i >> 1
*     X.quant_map           float32 [16]
*     X.absmax              float32 [ceil(total / blocksize)]; with double quantization uint8, and
*                           X.nested_quant_map float32 [256], X.nested_absmax float32
*     X.quant_state.bitsandbytes__nf4 | __fp4     uint8: JSON {blocksize, shape, nested_blocksize, nested_offset, …}
*     W[i] = quant_map[code] · absmax[floor(i / blocksize)]
*     absmax[j] = nested_quant_map[stored[j]] · nested_absmax[floor(j / nested_blocksize)] + nested_offset
*
* 8-bit weights are in llm-int8.ts.
*/
/** The JSON of a quant_state has about 300 bytes. */
const MAX_STATE_BYTES = 65536;
/** What bitsandbytes accepts as blocksize (functional.py `quantize_4bit`), with 32 of newer releases. */
const BLOCK_SIZES = [
	32,
	64,
	128,
	256,
	512,
	1024,
	2048,
	4096
];
const ANY_TYPE = Object.keys(DTYPE_BYTES).filter((word) => word in DTYPE_BYTES);
/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*. */
async function readBitsandbytes(raw, quantization) {
	const four = modulesWith(raw, ".weight.absmax");
	const eight = modulesWith(raw, ".SCB");
	if (four.length + eight.length === 0) return null;
	const weights = [];
	const parts = /* @__PURE__ */ new Set();
	for (const module of four) weights.push(await fourBit(raw, module, parts));
	for (const module of eight) weights.push(await llmInt8Weight(raw, module, parts));
	const kept = words(quantization, "llm_int8_skip_modules");
	const activations = llmInt8Input(finiteNumber(quantization, "llm_int8_threshold", 6));
	return {
		method: "bitsandbytes",
		weights,
		parts,
		activations: new Map(eight.map((module) => [module, activations])),
		isExempt: (module) => module === "lm_head" || isListed(kept, module),
		warnings: []
	};
}
async function fourBit(raw, module, parts) {
	const name = `${module}.weight`;
	const needed = `"${name}" cannot be decoded without it`;
	const codes = part(raw, name, ANY_TYPE, `"${name}.absmax" is there`);
	const absmax = part(raw, `${name}.absmax`, ["F32", "U8"], needed);
	const map = part(raw, `${name}.quant_map`, ["F32"], needed);
	requireShape(map, [16]);
	const described = ["nf4", "fp4"].map((type) => raw.entries.get(`${name}.quant_state.bitsandbytes__${type}`)).find((tensor) => tensor !== void 0);
	if (described === void 0) throw packedPartMissing(`${name}.quant_state.bitsandbytes__nf4`, needed);
	const state = await readState(raw, described);
	const [N, K] = state.shape;
	checkCounts$1(codes, absmax, described, state);
	const nested = state.nested === null ? null : nestedParts(raw, name, absmax, state.nested.blockSize);
	const tensors = [
		codes,
		absmax,
		map,
		described,
		nested?.map ?? null,
		nested?.absmax ?? null
	];
	for (const tensor of tensors) if (tensor !== null) parts.add(tensor.name);
	return {
		module,
		name,
		shape: state.shape,
		storedAs: `bitsandbytes ${state.quantType} b${state.blockSize}${nested === null ? "" : " double"}`,
		groupSize: state.blockSize,
		byteLength: partBytes(tensors),
		decode: async () => {
			const scales = nested === null || state.nested === null ? await readNumbers(raw, absmax) : await nestedScales(raw, absmax, nested, state.nested);
			const swapped = swapNibbles(await readPart(raw, codes));
			return dequantizeWords(1, N * K, packedRows(swapped, N * K, 4, "dense"), await readNumbers(raw, map), {
				scales,
				zeros: null,
				columns: scales.length,
				blockRows: 1,
				blockColumns: state.blockSize,
				order: null
			});
		}
	};
}
/** The JSON in a quant_state tensor. Errors: PACKED_PART_VALUE, naming the field. */
async function readState(raw, tensor) {
	const refuse = (what) => packedPartValue(tensor.name, what);
	if (tensor.end - tensor.start > MAX_STATE_BYTES) throw refuse(`is larger than ${MAX_STATE_BYTES} bytes`);
	const outcome = parseJson(await readPart(raw, tensor));
	if ("reason" in outcome) throw refuse(`is not JSON: ${outcome.reason}`);
	const state = outcome.value;
	if (!isJsonObject(state)) throw refuse("is not a JSON object");
	const { blocksize, shape, nested_blocksize: nestedSize, nested_offset: offset } = state;
	if (typeof blocksize !== "number" || !BLOCK_SIZES.includes(blocksize)) throw refuse(`blocksize must be one of ${BLOCK_SIZES.join(", ")}`);
	const [N, K, more] = isList(shape) ? shape : [];
	if (!isSize(N) || !isSize(K) || more !== void 0 || !Number.isSafeInteger(N * K)) throw refuse("shape must be two positive whole numbers");
	const nested = nestedSize !== void 0 && nestedSize !== null;
	if (nested && !isSize(nestedSize)) throw refuse("nested_blocksize must be a positive whole number");
	if (nested && (typeof offset !== "number" || !Number.isFinite(offset))) throw refuse("nested_offset must be a number");
	return {
		quantType: tensor.name.endsWith("nf4") ? "nf4" : "fp4",
		blockSize: blocksize,
		shape: [N, K],
		nested: isSize(nestedSize) && typeof offset === "number" ? {
			blockSize: nestedSize,
			offset
		} : null
	};
}
function isSize(value) {
	return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
/** The declared shape must need exactly the bytes and block scales that are stored. */
function checkCounts$1(codes, absmax, described, state) {
	const [N, K] = state.shape;
	const bytes = Math.ceil(N * K / 2);
	if (codes.end - codes.start !== bytes) throw packedPartValue(described.name, `shape [${N}, ${K}] needs ${bytes} bytes of codes; "${codes.name}" has ${codes.end - codes.start}`);
	const blocks = Math.ceil(N * K / state.blockSize);
	if (elementCount(absmax.shape) !== blocks) throw packedPartShape(absmax.name, absmax.shape, `${blocks} blocks (blocksize ${state.blockSize} of [${N}, ${K}])`);
	if (absmax.dtype === "U8" !== (state.nested !== null)) throw packedPartValue(described.name, `nested_blocksize and the type ${absmax.dtype} of "${absmax.name}" contradict each other`);
}
function nestedParts(raw, name, stored, blockSize) {
	const why = `"${stored.name}" is quantized itself`;
	const map = part(raw, `${name}.nested_quant_map`, ["F32"], why);
	requireShape(map, [256]);
	const absmax = part(raw, `${name}.nested_absmax`, ["F32"], why);
	const blocks = Math.ceil((elementCount(stored.shape) ?? 0) / blockSize);
	if (elementCount(absmax.shape) !== blocks) throw packedPartShape(absmax.name, absmax.shape, `${blocks} blocks (nested_blocksize ${blockSize})`);
	return {
		map,
		absmax
	};
}
/** Rounded to float32 after the product and after the sum, as the library does. */
async function nestedScales(raw, stored, nested, { blockSize, offset }) {
	const codes = await readPart(raw, stored);
	const map = await readNumbers(raw, nested.map);
	const absmax = await readNumbers(raw, nested.absmax);
	const scales = new Float64Array(codes.length);
	const start = Math.fround(offset);
	for (let j = 0; j < codes.length; j++) scales[j] = Math.fround(Math.fround(map[codes[j]] * absmax[Math.floor(j / blockSize)]) + start);
	return scales;
}
/** Bytes with the first code in the high half as words with the first code in the lowest bits. */
function swapNibbles(bytes) {
	const swapped = new Uint32Array(Math.ceil(bytes.length / 4));
	new Uint8Array(swapped.buffer).set(bytes);
	for (let w = 0; w < swapped.length; w++) {
		const word = swapped[w];
		swapped[w] = (word & 252645135) << 4 | word >>> 4 & 252645135;
	}
	return swapped;
}
// src/checkpoints/packed/methods/hqq.ts
/**
* @file HQQ: planar bit fields, float zero points, groups along either axis.
*
* Sources: mobiusml/hqq hqq/core/bitpack.py, hqq/core/quantize.py (`Quantizer.dequantize`, `HQQLinear.state_dict`).
* Per layer `W_q`, `scale`, `zero`, `shape`, `nbits`, `group_size`, `axis`, `packing`, … ; in safetensors numbers are
* one-element tensors and strings are uint8 character codes. Unpacking concatenates along the first axis, so with L stored
* words, field f of word j is the flat element f·L + j, the first field in the highest bits:
*
*     8bit_u8 1 field   4bit_u8 2   2bit_u8 4   1bit_u8 8 (uint8)     3bit_32 10 (int32, from bit 27 down, cut at the end)
*     W = ((q − zero) · scale).reshape(shape)
*
* axis 1: the flat elements fall into rows of group_size, one scale each; axis 0: into columns, one scale each.
* Left out: quantized scales and zero points (`quant_scale`, `quant_zero`), which HQQ itself cannot write to safetensors
* (`state_dict` raises), and pickled `qmodel.pt` files.
*/
/** Bits and fields per stored word of each packing. */
const PACKINGS = {
	"8bit_u8": {
		bits: 8,
		fields: 1
	},
	"4bit_u8": {
		bits: 4,
		fields: 2
	},
	"3bit_32": {
		bits: 3,
		fields: 10
	},
	"2bit_u8": {
		bits: 2,
		fields: 4
	},
	"1bit_u8": {
		bits: 1,
		fields: 8
	}
};
/** The packing that HQQ chooses for each width, where the layer does not name it. */
const PACKING_OF_BITS = {
	8: "8bit_u8",
	6: "8bit_u8",
	5: "8bit_u8",
	4: "4bit_u8",
	3: "3bit_32",
	2: "2bit_u8",
	1: "1bit_u8"
};
/** Everything that `HQQLinear.state_dict` writes beside the weight. */
const META = [
	"nbits",
	"group_size",
	"shape",
	"scale",
	"zero",
	"axis",
	"packing",
	"unpack_view_dtype",
	"view_as_float",
	"quant_scale",
	"quant_zero",
	"compute_dtype",
	"offload_meta",
	"encoded_state_dict",
	"stores_quant_config",
	"channel_wise",
	"optimize",
	"round_zero"
];
/** Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
async function readHqq(raw, quantization) {
	const modules = modulesWith(raw, ".W_q");
	if (modules.length === 0) return null;
	const weights = [];
	const parts = /* @__PURE__ */ new Set();
	for (const module of modules) {
		for (const field of ["W_q", ...META]) if (raw.entries.has(`${module}.${field}`)) parts.add(`${module}.${field}`);
		weights.push(await packedWeight$3(raw, module));
	}
	const kept = words(quantization, "skip_modules");
	return {
		method: "hqq",
		weights,
		parts,
		activations: /* @__PURE__ */ new Map(),
		isExempt: (module) => module === "lm_head" || isListed(kept, module),
		warnings: []
	};
}
async function packedWeight$3(raw, module) {
	const layer = await readLayer(raw, module);
	const { N, K, bits, axis } = layer;
	const scales = elementCount(layer.scale.shape) ?? 0;
	const groupSize = N * K / scales;
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `hqq ${bits}-bit g${groupSize} axis ${axis}`,
		groupSize,
		byteLength: partBytes([
			layer.codes,
			layer.scale,
			layer.zero
		]),
		decode: () => decode$1(raw, layer)
	};
}
async function readLayer(raw, module) {
	const field = (name, allowed) => part(raw, `${module}.${name}`, allowed, `"${module}.W_q" cannot be decoded without it`);
	const codes = field("W_q", [
		...FLOATS,
		"U8",
		"I32"
	]);
	for (const flagged of ["quant_scale", "quant_zero"]) if (raw.entries.has(`${module}.${flagged}`) && await readScalar(raw, field(flagged, INTEGERS)) !== 0) throw packedUnsupported("hqq with quantized scales", `${module}.${flagged}`, "Quantize again with quant_scale=False and quant_zero=False, which is what safetensors can hold.");
	const scale = field("scale", FLOATS);
	const zero = field("zero", [...FLOATS, "U8"]);
	const [N, K] = await readShape(raw, field("shape", INTEGERS));
	const { bits, fields } = await readPacking$1(raw, module);
	const axis = await readScalar(raw, field("axis", INTEGERS));
	if (axis !== 0 && axis !== 1) throw packedPartValue(`${module}.axis`, `is ${axis}; allowed: 0, 1`);
	const layer = {
		codes,
		scale,
		zero,
		N,
		K,
		bits,
		fields,
		length: (codes.end - codes.start) / (bits === 3 ? 4 : 1),
		axis
	};
	await checkCounts(raw, module, layer);
	return layer;
}
async function readShape(raw, tensor) {
	if (elementCount(tensor.shape) !== 2) throw packedPartShape(tensor.name, tensor.shape, "[2]");
	const [N, K] = await readNumbers(raw, tensor);
	if (!N || !K || N < 0 || K < 0 || !Number.isSafeInteger(N * K)) throw packedPartValue(tensor.name, `holds [${N}, ${K}]; two positive sizes are needed`);
	return [N, K];
}
async function readPacking$1(raw, module) {
	const named = raw.entries.get(`${module}.packing`);
	if (named === void 0) {
		const why = `neither it nor "${module}.packing" tells how "${module}.W_q" is packed`;
		const nbits = await readScalar(raw, part(raw, `${module}.nbits`, [...FLOATS, ...INTEGERS], why));
		const packing = PACKINGS[PACKING_OF_BITS[nbits] ?? ""];
		if (packing === void 0) throw packedPartValue(`${module}.nbits`, `is ${nbits}; allowed: 1, 2, 3, 4, 5, 6, 8`);
		return packing;
	}
	const bytes = named.end - named.start > 64 ? /* @__PURE__ */ new Uint8Array() : await readPart(raw, named);
	const name = new TextDecoder("latin1").decode(bytes);
	const packing = Object.hasOwn(PACKINGS, name) ? PACKINGS[name] : void 0;
	if (packing !== void 0) return packing;
	throw packedPartValue(named.name, `names no known packing; allowed: ${Object.keys(PACKINGS).join(", ")}`);
}
async function checkCounts(raw, module, layer) {
	const { N, K, length, fields, bits, codes, scale, zero } = layer;
	const total = N * K;
	const capacity = length * fields;
	const spare = bits === 3 ? 9 * (length / Math.max(codes.shape[0] ?? 1, 1)) : 0;
	if (!Number.isInteger(length) || capacity < total || capacity > total + spare) throw packedPartShape(codes.name, codes.shape, `room for ${total} codes of ${bits} bits, as ${module}.shape says`);
	const scales = elementCount(scale.shape) ?? 0;
	if (scales === 0 || total % scales !== 0) throw packedPartShape(scale.name, scale.shape, `a number of scales that divides ${total} weights`);
	const zeros = elementCount(zero.shape);
	if (zeros !== scales && zeros !== 1) throw packedPartShape(zero.name, zero.shape, `${scales} zero points, as "${scale.name}"`);
	const declared = raw.entries.get(`${module}.group_size`);
	if (declared === void 0) return;
	const groupSize = await readScalar(raw, declared);
	if (scales !== 1 && total / scales !== groupSize) throw packedPartValue(declared.name, `is ${groupSize}, but "${scale.name}" has one scale per ${total / scales} weights`);
}
async function decode$1(raw, layer) {
	const { N, K, length, bits, fields, axis } = layer;
	const total = N * K;
	const stored = await readPart(raw, layer.codes);
	const codes = bits === 3 ? new Uint32Array(stored.buffer, stored.byteOffset, length) : stored;
	const scales = await readNumbers(raw, layer.scale);
	const stored0 = await readNumbers(raw, layer.zero);
	const zeros = stored0.length === scales.length ? stored0 : new Float64Array(scales.length).fill(stored0[0]);
	const weights = new Float32Array(total);
	for (let field = 0; field < fields; field++) {
		const start = field * length;
		const end = Math.min(start + length, total);
		const shift = bits * (fields - 1 - field);
		if (axis === 1) fillRows(codes, shift, bits, start, end, scales, zeros, weights);
		else fillColumns(codes, shift, bits, start, end, scales, zeros, weights);
	}
	return weights;
}
/** Elements [start, end): one field of all words; consecutive elements share a scale. */
function fillRows(codes, shift, bits, start, end, scales, zeros, weights) {
	const mask = 2 ** bits - 1;
	const size = weights.length / scales.length;
	for (let i = start; i < end;) {
		const group = Math.floor(i / size);
		const stop = Math.min((group + 1) * size, end);
		const scale = scales[group];
		const zero = zeros[group];
		for (; i < stop; i++) weights[i] = ((codes[i - start] >>> shift & mask) - zero) * scale;
	}
}
/** The same with element i in column i mod scales.length. */
function fillColumns(codes, shift, bits, start, end, scales, zeros, weights) {
	const mask = 2 ** bits - 1;
	const columns = scales.length;
	let column = start % columns;
	for (let i = start; i < end; i++) {
		weights[i] = ((codes[i - start] >>> shift & mask) - zeros[column]) * scales[column];
		if (++column === columns) column = 0;
	}
}
// src/checkpoints/packed/methods/mlx.ts
/**
* @file MLX: codes along each row with a scale per group of inputs, affine of 2 to 8 bits with a bias, or floats without.
*
* Source: ml-explore/mlx mlx/backend/cpu/quantized.cpp, python mlx.nn.layers.quantized; ml-explore/mlx-lm mlx_lm/utils.py.
* config.json says `quantization: {group_size, bits, mode}` and, under a module's name, other values for it, or false where
* it is left plain. Per layer or embedding, b bits, G = K / group_size:
*
*     weight uint32 [N, K·b/32]   dense bit fields, low bits first
*     scales, biases float [N, G]
*     W[n, k] = code · scales[n, k / group_size] + biases[n, k / group_size]
*
* Modes without biases, whose bits and group size are their own (mlx.core.quantize's table; fp_quantized.h):
*
*     scales uint8 [N, G]         mxfp4, mxfp8 (groups of 32): E8M0; nvfp4 (groups of 16): e4m3, and no second scale
*     W[n, k] = level[code] · scale    mxfp4, nvfp4: e2m1; mxfp8: e4m3
*/
const BITS = [
	2,
	3,
	4,
	5,
	6,
	8
];
/** What mlx_lm.convert takes where nothing is said. */
const DEFAULT_BITS = 4;
const DEFAULT_GROUP = 64;
/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*. */
async function readMlx(raw, quantization) {
	const modules = modulesWith(raw, ".scales").filter((module) => raw.entries.has(`${module}.weight`));
	if (modules.length === 0) return null;
	const parts = /* @__PURE__ */ new Set();
	return {
		method: "mlx",
		weights: modules.map((module) => {
			const fields = fieldsOf(quantization, module);
			const mode = optionalWord(fields, ["mode"]) ?? "affine";
			if (mode !== "affine") {
				const float = floatWeight(raw, module, mode, fields);
				for (const name of float.parts) parts.add(name);
				return float.weight;
			}
			const located = locate(raw, fields, module);
			for (const { name } of [
				located.codes,
				located.scales,
				located.biases
			]) parts.add(name);
			return packedWeight$2(raw, module, located);
		}),
		parts,
		activations: /* @__PURE__ */ new Map(),
		isExempt: (module) => quantization[module] === false,
		warnings: []
	};
}
/** What a module's own entry says counts before what is said of all. */
function fieldsOf(quantization, module) {
	const own = quantization[module];
	return isJsonObject(own) ? {
		...quantization,
		...own
	} : quantization;
}
function locate(raw, fields, module) {
	const bits = optionalNumber(fields, ["bits"], BITS) ?? DEFAULT_BITS;
	const groupSize = optionalGroupSize(fields, ["group_size"]) ?? DEFAULT_GROUP;
	const needed = `"${module}.weight" cannot be decoded without it`;
	const codes = part(raw, `${module}.weight`, WORDS, `"${module}.scales" is there`);
	const scales = part(raw, `${module}.scales`, FLOATS, needed);
	const biases = part(raw, `${module}.biases`, FLOATS, needed);
	const [N, groups] = matrixShape(scales);
	const K = groups * groupSize;
	const expected = [N, K * bits / 32];
	if (codes.shape.join() !== expected.join()) {
		const why = `[${expected.join(", ")}] (${bits} bits, ${groups} groups of ${groupSize})`;
		throw packedPartShape(codes.name, codes.shape, why);
	}
	requireShape(biases, [N, groups]);
	return {
		codes,
		scales,
		biases,
		bits,
		groupSize,
		N,
		K
	};
}
function packedWeight$2(raw, module, parts) {
	const { codes, scales, biases, bits, groupSize, N, K } = parts;
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `mlx ${bits}-bit g${groupSize}`,
		groupSize,
		byteLength: partBytes([
			codes,
			scales,
			biases
		]),
		decode: () => decode(raw, parts)
	};
}
async function decode(raw, parts) {
	const { bits, groupSize, N, K } = parts;
	const words = await readWords(raw, parts.codes);
	const scales = await readNumbers(raw, parts.scales);
	const biases = await readNumbers(raw, parts.biases);
	const weights = new Float32Array(N * K);
	const row = new Uint8Array(K);
	const wordsPerRow = K * bits / 32;
	for (let n = 0, group = 0; n < N; n++) {
		unpackRun(words, n * wordsPerRow, bits, "dense", row);
		for (let start = 0; start < K; start += groupSize, group++) {
			const scale = scales[group];
			const bias = biases[group];
			const at = n * K;
			for (let k = start; k < start + groupSize; k++) weights[at + k] = row[k] * scale + bias;
		}
	}
	return weights;
}
const MODES = {
	mxfp4: {
		bits: 4,
		groupSize: 32,
		levels: E2M1$1,
		scales: E8M0$1
	},
	mxfp8: {
		bits: 8,
		groupSize: 32,
		levels: E4M3,
		scales: E8M0$1
	},
	nvfp4: {
		bits: 4,
		groupSize: 16,
		levels: E2M1$1,
		scales: E4M3
	}
};
/** Errors: PACKED_UNSUPPORTED for a mode that is not known or values that are not its own; PACKED_PART_*. */
function floatWeight(raw, module, mode, fields) {
	const known = Object.hasOwn(MODES, mode) ? MODES[mode] : void 0;
	if (known === void 0) throw packedUnsupported(`mlx: ${mode.slice(0, 40)}`, "quantization.mode", "Convert the model with mlx_lm.convert in the affine mode, or give the checkpoint that it was made from.");
	const { bits, groupSize, levels, scales: scaleLevels } = known;
	const declared = [optionalNumber(fields, ["bits"], [bits]), optionalGroupSize(fields, ["group_size"])];
	if (declared[1] !== null && declared[1] !== groupSize) {
		const fix = `The mode has groups of ${groupSize}: give the config.json that the weights came with.`;
		throw packedUnsupported(`mlx: ${mode} in groups of ${declared[1]}`, "quantization.group_size", fix);
	}
	const codes = part(raw, `${module}.weight`, WORDS, `"${module}.scales" is there`);
	const needed = `"${module}.weight" cannot be decoded without it`;
	const scales = part(raw, `${module}.scales`, ["U8"], needed);
	const [N, columns] = matrixShape(scales);
	const K = columns * groupSize;
	const expected = [N, K * bits / 32].join(", ");
	if (codes.shape.join(", ") !== expected) throw packedPartShape(codes.name, codes.shape, `[${expected}] (${mode}, ${columns} groups of ${groupSize})`);
	return {
		weight: {
			module,
			name: codes.name,
			shape: [N, K],
			storedAs: `mlx ${mode} g${groupSize}`,
			groupSize,
			byteLength: partBytes([codes, scales]),
			decode: async () => {
				const words = await readWords(raw, codes);
				const bytes = await readPart(raw, scales);
				return dequantizeWords(N, K, packedRows(words, K, bits, "dense"), levels, {
					scales: Float64Array.from(bytes, (byte) => scaleLevels[byte]),
					zeros: null,
					columns,
					blockRows: 1,
					blockColumns: groupSize,
					order: null
				});
			}
		},
		parts: [codes.name, scales.name]
	};
}
// src/checkpoints/packed/methods/modelopt.ts
const FIX = "Export the model with ModelOpt as FP8, FP8_PER_CHANNEL_PER_TOKEN, FP8_PB_WO or NVFP4 (quant_algo).";
const ALGORITHMS = /* @__PURE__ */ new Map([
	["FP8", "static"],
	["FP8_PER_CHANNEL_PER_TOKEN", "token"],
	["FP8_PB_WO", "plain"],
	["NVFP4", "static"],
	["W4A16_NVFP4", "plain"]
]);
/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*. */
async function readModelOpt(raw, quantization) {
	const modules = modulesWith(raw, ".weight_scale");
	if (modules.length === 0) return null;
	const described = isJsonObject(quantization.quantization) ? quantization.quantization : quantization;
	const weights = [];
	const parts = /* @__PURE__ */ new Set();
	const activations = /* @__PURE__ */ new Map();
	for (const module of modules) {
		for (const suffix of [
			"weight",
			"weight_scale",
			"weight_scale_2",
			"input_scale"
		]) if (raw.entries.has(`${module}.${suffix}`)) parts.add(`${module}.${suffix}`);
		const inputs = inputsOf(described, module);
		weights.push(packedWeight$1(raw, module));
		const quantized = await inputQuantization$1(raw, module, inputs);
		if (quantized !== null) activations.set(module, quantized);
	}
	const caches = [...raw.entries.keys()].filter((name) => /\.[kv]_scale$/.test(name));
	for (const name of caches) parts.add(name);
	const kept = [...words(described, "exclude_modules"), ...words(described, "ignore")];
	return {
		method: "modelopt",
		weights,
		parts,
		activations,
		isExempt: (module) => module === "lm_head" || isListed(kept.map((name) => name.replace(/\*$/, "")), module),
		warnings: cacheWarnings(quantization, caches.length > 0)
	};
}
/** Errors: PACKED_UNSUPPORTED for an algorithm that is not known. */
function inputsOf(described, module) {
	const { quantized_layers: layers } = described;
	const own = isJsonObject(layers) ? layers[module] : void 0;
	const named = optionalWord(isJsonObject(own) ? own : described, ["quant_algo"]);
	if (named === null || named === "MIXED_PRECISION") return "stored";
	const inputs = ALGORITHMS.get(named.toUpperCase());
	if (inputs === void 0) throw packedUnsupported(`modelopt ${named.slice(0, 60)}`, "quant_algo", FIX);
	return inputs;
}
async function inputQuantization$1(raw, module, inputs) {
	if (inputs === "token") return float8Input("token", null);
	if (inputs === "plain") return null;
	const input = optionalPart(raw, `${module}.input_scale`, FLOATS);
	if (input === null && inputs === "stored") return null;
	const scale = await readScalar(raw, input ?? part(raw, `${module}.input_scale`, FLOATS, "quant_algo quantizes the inputs of layers by a stored scale"));
	if (raw.entries.has(`${module}.weight_scale_2`)) return float4Input(16, Math.fround(1 / scale));
	return {
		...float8Input("tensor", null),
		dynamic: false,
		scale,
		zeroPoint: 0
	};
}
/** Declared, or only to be seen by stored scales. */
function cacheWarnings(quantization, stored) {
	const declared = cacheScheme(quantization);
	if (declared !== null) return [declared];
	return stored ? ["The key/value cache is quantized by stored scales; that is not simulated."] : [];
}
function packedWeight$1(raw, module) {
	if (raw.entries.has(`${module}.pre_quant_scale`)) throw packedUnsupported("modelopt with pre_quant_scale (AWQ)", `${module}.pre_quant_scale`, FIX);
	const weight = part(raw, `${module}.weight`, [
		"F8_E4M3",
		"U8",
		"I8"
	], `"${module}.weight_scale" is there`);
	if (weight.dtype === "U8") {
		const second = part(raw, `${module}.weight_scale_2`, FLOATS, `"${weight.name}" holds NVFP4 codes`);
		return float4Weight(raw, "modelopt", module, weight, `${module}.weight_scale`, {
			globalScale: second,
			combine: "multiply"
		});
	}
	if (weight.dtype === "I8") throw packedUnsupported("modelopt int8", `tensor "${weight.name}"`, FIX);
	const scale = part(raw, `${module}.weight_scale`, FLOATS, `"${weight.name}" cannot be decoded without it`);
	const [N, K] = matrixShape(weight);
	const decoded = float8Weight(raw, module, weight, scale, blocksOf(scale, N, K));
	return {
		...decoded,
		storedAs: `modelopt ${decoded.storedAs}`
	};
}
/** [rows, columns] that share a scale; null: all of them. Errors: PACKED_PART_SHAPE. */
function blocksOf(scale, N, K) {
	const [rows, one, columns, last, more] = scale.shape;
	if (columns !== void 0 && one === 1 && last === 1 && more === void 0) {
		if (rows && columns && N % rows === 0 && K % columns === 0) return [N / rows, K / columns];
		throw packedPartShape(scale.name, scale.shape, `[${N} / b, 1, ${K} / b, 1] for blocks of b × b`);
	}
	const count = elementCount(scale.shape);
	if (count !== 1 && count !== N) throw packedPartShape(scale.name, scale.shape, `one scale or [${N}, 1]`);
	return count === 1 ? null : [1, K];
}
// src/checkpoints/packed/methods/torchao.ts
const READABLE = [
	"Float8Tensor",
	"IntxUnpackedToInt8Tensor",
	"Int8Tensor"
];
/** Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
async function readTorchao(raw) {
	const modules = modulesWith(raw, "._weight_qdata");
	if (modules.length === 0) return null;
	const weights = [];
	const parts = /* @__PURE__ */ new Set();
	const activations = /* @__PURE__ */ new Map();
	for (const module of modules) {
		const { type, data } = describedWeight(raw, module);
		for (const name of raw.entries.keys()) if (name.startsWith(`${module}._weight_`)) parts.add(name);
		weights.push(packedWeight(raw, module, type, data));
		const input = await storedScale(raw, module, data) ?? inputQuantization(module, data);
		if (input !== null) activations.set(module, input);
	}
	return {
		method: "torchao",
		weights,
		parts,
		activations,
		isExempt: () => true,
		warnings: []
	};
}
function describedWeight(raw, module) {
	const name = `${module}.weight`;
	const text = raw.metadata.get(name);
	if (text === void 0) throw packedPartValue(`${module}._weight_qdata`, `the file's metadata does not describe ${name}`);
	const outcome = parseJson(new TextEncoder().encode(text));
	const described = "reason" in outcome ? null : outcome.value;
	if (!isJsonObject(described ?? void 0) || !isObject(described)) throw packedPartValue(name, "its description in the file’s metadata is not a JSON object");
	const { _type: type, _data: data } = described;
	if (typeof type !== "string" || !isJsonObject(data)) throw packedPartValue(name, "its description in the file’s metadata lacks _type or _data");
	if (!READABLE.includes(type) || raw.entries.has(`${module}._weight_act_pre_scale`)) {
		const what = READABLE.includes(type) ? `${type} with act_pre_scale` : type.slice(0, 60);
		const fix = `Quantize with a configuration that stores ${READABLE.join(", ")}, or export to another format.`;
		throw packedUnsupported(`torchao ${what}`, name, fix);
	}
	return {
		type,
		data
	};
}
function isObject(value) {
	return value !== null && isJsonObject(value);
}
function packedWeight(raw, module, type, data) {
	const prefix = `${module}._weight_`;
	const needed = `"${prefix}qdata" cannot be decoded without it`;
	const codes = part(raw, `${prefix}qdata`, type === "Float8Tensor" ? FLOAT8 : ["I8"], needed);
	const scale = part(raw, `${prefix}scale`, FLOATS, needed);
	const zero = optionalPart(raw, `${prefix}zero_point`, [...FLOATS, ...INTEGERS]);
	const [N, K] = matrixShape(codes);
	const [blockRows, blockColumns] = blockSize(module, data.block_size, N, K);
	const columns = K / blockColumns;
	const count = N / blockRows * columns;
	for (const tensor of [scale, zero]) if (tensor !== null && elementCount(tensor.shape) !== count) {
		const because = `block_size [${blockRows}, ${blockColumns}] over [${N}, ${K}]`;
		throw packedPartShape(tensor.name, tensor.shape, `[${N / blockRows}, ${columns}] (${because})`);
	}
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `torchao ${kindOf(type, codes, data)} ${extentOf(blockRows, blockColumns, N, K)}`,
		groupSize: blockRows === 1 && blockColumns < K ? blockColumns : null,
		byteLength: partBytes([
			codes,
			scale,
			zero
		]),
		decode: async () => {
			const levels = codes.dtype === "I8" ? INT8 : codes.dtype === "F8_E5M2" ? E5M2 : E4M3;
			return dequantizeBytes(N, K, await readPart(raw, codes), levels, {
				scales: await readNumbers(raw, scale),
				zeros: zero === null ? null : await readNumbers(raw, zero),
				columns,
				blockRows,
				blockColumns,
				order: null
			});
		}
	};
}
/** Sizes that divide the weight; an empty list means one block, −1 the whole axis. */
function blockSize(module, value, N, K) {
	if (isList(value) && value.length === 0) return [N, K];
	const [rows, columns, more] = isList(value) ? value : [];
	const size = (given, whole) => given === -1 ? whole : given;
	const [blockRows, blockColumns] = [size(rows, N), size(columns, K)];
	const divides = (block, whole) => typeof block === "number" && Number.isSafeInteger(block) && block > 0 && whole % block === 0;
	if (!divides(blockRows, N) || !divides(blockColumns, K) || more !== void 0) throw packedPartValue(`${module}.weight`, `block_size in the file's metadata must divide [${N}, ${K}]`);
	return [blockRows, blockColumns];
}
function kindOf(type, codes, { target_dtype: target }) {
	if (type === "Float8Tensor") return codes.dtype === "F8_E5M2" ? "fp8 e5m2" : "fp8 e4m3";
	const named = isJsonObject(target) && typeof target._data === "string" ? target._data : "int8";
	return /^int[1-8]$/.test(named) ? named : "int8";
}
function extentOf(blockRows, blockColumns, N, K) {
	if (blockRows === N && blockColumns === K) return "per tensor";
	if (blockRows === 1) return blockColumns === K ? "per channel" : `g${blockColumns}`;
	return `${blockRows}×${blockColumns}`;
}
/** Static int8 inputs: one scale, beside the weight. Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
async function storedScale(raw, module, data) {
	const scale = optionalPart(raw, `${module}._weight_act_quant_scale`, FLOATS);
	if (scale === null) return null;
	const dynamic = inputQuantization(module, data);
	if (dynamic?.type !== "int" || elementCount(scale.shape) !== 1) throw packedUnsupported("torchao static activations of this kind", `tensor "${scale.name}"`, "Quantize with one static scale for int8 activations, or with dynamic ones.");
	const zero = optionalPart(raw, `${module}._weight_act_quant_zero_point`, [...FLOATS, ...INTEGERS]);
	return {
		...dynamic,
		strategy: "tensor",
		dynamic: false,
		scale: await readScalar(raw, scale),
		zeroPoint: zero === null ? 0 : await readScalar(raw, zero)
	};
}
/**
* `act_quant_kwargs` of Float8Tensor and Int8Tensor, `activation_quantization` of IntxUnpackedToInt8Tensor, which older
* versions said by a flag.
*/
function inputQuantization(module, data) {
	const { act_quant_kwargs: kwargs, activation_quantization: named } = data;
	const isNamed = isJsonObject(named) ? named._data : named;
	if (typeof isNamed === "string") {
		if (isNamed.toLowerCase() === "int8_asym_per_token") return integerInput(8, false, "token", null);
		throw packedUnsupported(`torchao activations ${isNamed.slice(0, 60)}`, `${module}.weight`, "Quantize again with int8_asym_per_token activations, or without.");
	}
	if (data.apply_int8_act_asym_per_token_quant === true) return integerInput(8, false, "token", null);
	if (!isJsonObject(kwargs)) return null;
	const fields = isJsonObject(kwargs._data) ? kwargs._data : {};
	const strategy = (isJsonObject(fields.granularity) ? fields.granularity._type : "PerRow") === "PerTensor" ? "tensor" : "token";
	if (kwargs._type === "QuantizeTensorToFloat8Kwargs") return boundedFloat8(strategy, fields);
	const { mapping_type: mapping } = fields;
	return integerInput(8, !isJsonObject(mapping) || mapping._data !== "ASYMMETRIC", strategy, null);
}
/** `hp_value_ub` and `hp_value_lb` bound the largest input that a scale is computed from. Errors: PACKED_CONFIG. */
function boundedFloat8(strategy, fields) {
	const input = float8Input(strategy, null);
	const most = finiteNumber(fields, "hp_value_ub", Number.POSITIVE_INFINITY);
	const least = finiteNumber(fields, "hp_value_lb", 0);
	return {
		...input,
		largestAmax: Number.isFinite(most) ? most : null,
		minimumScale: Math.max(input.minimumScale, least / input.scaleDivisor)
	};
}
// src/checkpoints/packed/methods/index.ts
/** Two of them are older names of others. */
const READERS = {
	gptq: readGptq,
	awq: readAwq,
	bitsandbytes: readBitsandbytes,
	"compressed-tensors": readCompressedTensors,
	sparseml: readCompressedTensors,
	fp8: readFp8,
	fbgemm_fp8: readFbgemmFp8,
	hqq: readHqq,
	"auto-round": readAutoRound,
	"intel/auto-round": readAutoRound,
	modelopt: readModelOpt,
	torchao: readTorchao,
	mlx: readMlx
};
/** Their names without the older ones: for messages. */
const READABLE_METHODS = Object.keys(READERS).filter((name) => name !== "sparseml" && name !== "intel/auto-round");
// src/checkpoints/packed/declared/method.ts
/** @file What a config says of how its weights are quantized, before any tensor is looked at. */
/**
* The section that describes the quantization, under its present or its older name; null where there is none. MLX has a
* name of its own for it, and writes it twice.
*/
function quantizationConfig(config) {
	const { quantization_config: quantization, compression_config: older } = config;
	const { quantization: mlx } = config;
	if (isJsonObject(mlx) && !(isJsonObject(quantization) && "quant_method" in quantization)) return {
		quant_method: "mlx",
		...mlx
	};
	if (isJsonObject(quantization)) return quantization;
	return isJsonObject(older) ? {
		quant_method: "compressed-tensors",
		...older
	} : null;
}
/** The method that a config names. Errors: PACKED_UNSUPPORTED for one that is not read. */
function declaredMethod(quantization) {
	const { quant_method: method, producer, load_in_4bit, load_in_8bit } = quantization;
	const named = typeof method === "string" ? method.toLowerCase() : null;
	if (named === null) {
		if (isJsonObject(producer) && producer.name === "modelopt") return "modelopt";
		if (load_in_4bit === true || load_in_8bit === true) return "bitsandbytes";
		return null;
	}
	if (Object.hasOwn(READERS, named)) return named;
	if (named === "bitsandbytes_4bit" || named === "bitsandbytes_8bit") return "bitsandbytes";
	const fix = `Use a checkpoint in one of ${READABLE_METHODS.join(", ")}, a GGUF file or an ONNX model.`;
	throw packedUnsupported(named.slice(0, 60), "quantization_config.quant_method", fix);
}
// src/checkpoints/packed/declared/rotation.ts
/**
* @file Does the config say that the residual stream was turned into another basis?
*
* Sources: compressed-tensors `transform_config` (llm-compressor SpinQuantModifier, QuIPModifier), GPTQModel `rotation`,
* AutoRound's rotation, QuaRot (arXiv 2404.00456), SpinQuant (arXiv 2405.16406). A dictionary trained on the original
* basis would find every feature gone in an equivalent model. Data can tell too; that check lies with the audit.
*/
const KEYS = [
	"transform_config",
	"rotation",
	"rotation_config",
	"quarot",
	"spinquant",
	"hadamard"
];
/** The reason in words, or null. */
function declaredRotation(quantization) {
	for (const key of KEYS) {
		const value = quantization[key];
		if (declares(value)) return `quantization_config.${key} (${shownJson(value)}) declares rotated weights`;
	}
	return null;
}
function declares(value) {
	if (value === void 0 || value === null || value === false || value === "" || value === "none") return false;
	if (!isJsonObject(value)) return !Array.isArray(value) || value.length > 0;
	const groups = isJsonObject(value.config_groups) ? value.config_groups : value;
	return Object.keys(groups).length > 0;
}
// src/checkpoints/packed/packed-table.ts
/** @file A checkpoint's tensors with the packed ones under their usual names, decoded and checked when they are read. */
/** GPT-2's Conv1D stores weights [K, N], and its family file expects them so; packed ones are [N, K] like all others. */
function isConv1d(name) {
	return /(^|\.)(c_attn|c_proj|c_fc)\.weight$/.test(name);
}
/** `gpt2`: weights of Conv1D modules are given as that family stores them, [K, N]. Errors on read: those of the packing. */
function packedTable(plain, packing, gpt2) {
	const entries = /* @__PURE__ */ new Map();
	for (const [name, entry] of plain.entries) if (!packing.parts.has(name)) entries.set(name, entry);
	const packed = /* @__PURE__ */ new Map();
	for (const weight of packing.weights) {
		const { name, shape, storedAs, byteLength } = weight;
		const shown = gpt2 && isConv1d(name) ? [shape[1], shape[0]] : shape;
		entries.set(name, {
			name,
			shape: shown,
			storedAs,
			byteLength
		});
		packed.set(name, weight);
	}
	return {
		entries,
		read: async (name) => {
			const weight = packed.get(name);
			if (weight === void 0) {
				if (!entries.has(name)) throw tensorMissing("The checkpoint", name);
				return plain.read(name);
			}
			const [N, K] = weight.shape;
			const decoded = await decodeFinite(weight);
			if (!(gpt2 && isConv1d(name))) return {
				type: "float32",
				shape: [N, K],
				data: decoded
			};
			return {
				type: "float32",
				shape: [K, N],
				data: transposed(decoded, N, K, new Float32Array(N * K))
			};
		},
		rowsOf: (name) => entries.has(name) && !packed.has(name) ? plain.rowsOf?.(name) ?? null : null,
		close: () => plain.close()
	};
}
/** Errors: TENSOR_NOT_FINITE, beside those of the packing. */
async function decodeFinite(weight) {
	const decoded = await weight.decode();
	const at = firstUnusable(decoded);
	if (at < 0) return decoded;
	const position = positionOf(at, weight.shape);
	throw tensorNotFinite(`after decoding ${weight.storedAs}`, weight.name, decoded[at], position);
}
// src/checkpoints/packed/seen-method.ts
/** @file Which packing the stored tensors look like, whatever the config says. */
/** What the tensors look like by themselves; null when nothing looks packed. Errors: PACKED_UNSUPPORTED for Marlin and for gpt-oss's experts. */
function methodOfTensors(raw) {
	refuseMarlin(raw);
	refuseExpertBlocks(raw);
	const has = (suffix) => modulesWith(raw, suffix).length > 0;
	if (has(".weight_packed")) return "compressed-tensors";
	if (has(".weight.absmax") || has(".SCB")) return "bitsandbytes";
	if (has(".W_q")) return "hqq";
	if (has("._weight_qdata")) return "torchao";
	if (has(".weight_scale_inv")) return "fp8";
	if (has(".weight_scale_2")) return "modelopt";
	const module = modulesWith(raw, ".qweight")[0];
	if (module !== void 0) return isGptq(raw, module) ? "gptq" : "awq";
	if (modulesWith(raw, ".biases").some((name) => raw.entries.get(`${name}.weight`)?.dtype === "U32")) return "mlx";
	return has(".weight_scale") ? "scaled" : null;
}
/**
* GPTQ: a column of qweight is an output, as in scales. AWQ GEMM has eight outputs in a column; in AWQ GEMV a row of both is
* an output.
*/
function isGptq(raw, module) {
	const [rows, columns] = raw.entries.get(`${module}.qweight`)?.shape ?? [];
	const [scaleRows, scaleColumns] = raw.entries.get(`${module}.scales`)?.shape ?? [];
	return raw.entries.has(`${module}.g_idx`) || columns === scaleColumns && rows !== scaleRows;
}
/** Marlin's tiles of a weight, as AutoGPTQ and GPTQModel save them: `X.B` with `X.s`. */
function refuseMarlin(raw) {
	const module = modulesWith(raw, ".B").find((name) => raw.entries.has(`${name}.s`));
	if (module === void 0) return;
	throw packedUnsupported("Marlin", `tensors "${module}.B" and "${module}.s"`, "Use the checkpoint from before it was repacked for Marlin: Marlin kernels load that one too.");
}
/** MXFP4 as gpt-oss stores its experts: `X_blocks` with `X_scales`, no module of their own. */
function refuseExpertBlocks(raw) {
	const name = [...raw.entries.keys()].find((entry) => {
		const expert = entry.replace(/_blocks$/, "");
		return expert !== entry && raw.entries.has(`${expert}_scales`);
	});
	if (name === void 0) return;
	const fix = "Use a copy whose experts are stored as bfloat16 (transformers: Mxfp4Config(dequantize=True), then save_pretrained), or export the model to ONNX and give that file.";
	const scales = name.replace(/_blocks$/, "_scales");
	throw packedUnsupported("MXFP4 of gpt-oss", `tensors "${name}" and "${scales}"`, fix);
}
// src/checkpoints/packed/decode-packed.ts
/**
* @file Quantized Hugging Face folders: which packing a checkpoint uses, and its weights under their usual names.
*
* `quantization_config` of config.json names the method; the tensors that are there decide over it where the two differ,
* with a warning. Left out: pickled checkpoints.
*/
/** Files that older tools write beside config.json; their content stands in for a missing quantization_config. */
const QUANTIZATION_FILES = [
	"quantize_config.json",
	"quant_config.json",
	"hf_quant_config.json"
];
/**
* Decode what is packed; null when the checkpoint is not quantized. `plain` reads the same tensors as they are; `config` is
* config.json (with the content of one of `QUANTIZATION_FILES` as quantization_config where it has none).
* Errors: PACKED_*. Nothing but small tensors (shapes, static scales) is read before a weight is asked for.
*/
async function decodePacked(raw, plain, config) {
	const quantization = quantizationConfig(config);
	const seen = methodOfTensors(raw);
	if (quantization === null && seen === null) return null;
	const declared = quantization === null ? null : declaredMethod(quantization);
	const { packing, warnings } = await readPacking(raw, quantization ?? {}, declared, seen);
	const rotation = quantization === null ? null : declaredRotation(quantization);
	const table = packedTable(plain, packing, config.model_type === "gpt2" || config.model_type === "openai-gpt");
	const unquantized = matricesLeft(table, packing);
	return {
		table,
		method: packing.method,
		describe: describe(packing.weights),
		unquantized,
		activations: packing.activations,
		rotation,
		warnings: [
			...warnings,
			...packing.warnings,
			...unexpectedlyPlain(unquantized, packing),
			...await cacheScaleWarnings(raw)
		]
	};
}
/** Methods whose tensors may be just a weight of one byte and its `weight_scale`. */
const SCALED = [
	"compressed-tensors",
	"sparseml",
	"fp8",
	"fbgemm_fp8",
	"modelopt",
	"auto-round",
	"intel/auto-round"
];
async function readPacking(raw, quantization, declared, seen) {
	const { bits } = quantization;
	if (bits !== void 0 && bits !== null && !(typeof bits === "number" && bits > 0)) throw packedConfig("bits", shownJson(bits), "a number of bits above 0");
	const warnings = [];
	const likely = seen === "scaled" ? "compressed-tensors" : seen;
	let method = declared ?? likely;
	if (declared !== null && seen !== null && !agree(declared, seen)) {
		const cache = cacheScheme(quantization);
		if (cache !== null) warnings.push(cache);
		warnings.push(`config.json says ${declared}, but the tensors are ${likely}; the tensors decide.`);
		method = likely;
	} else if (declared === null && method !== null) warnings.push(`config.json does not say how the weights are quantized; the tensors look like ${method}.`);
	const packing = await (method === null ? void 0 : READERS[method])?.(raw, method === declared || declared === null ? quantization : {}) ?? null;
	if (packing !== null) return {
		packing,
		warnings
	};
	const cache = cacheScheme(quantization);
	if (cache !== null) warnings.push(cache);
	warnings.push(`config.json says ${declared ?? "that the weights are quantized"}, but no tensor is packed.`);
	return {
		packing: nothingPacked(declared ?? "none"),
		warnings
	};
}
function agree(declared, seen) {
	if (seen === "scaled") return SCALED.includes(declared);
	return declared === seen || declared.endsWith("auto-round") || declared === "sparseml" && seen === SCALED[0];
}
function nothingPacked(method) {
	return {
		method,
		weights: [],
		parts: /* @__PURE__ */ new Set(),
		activations: /* @__PURE__ */ new Map(),
		isExempt: () => true,
		warnings: []
	};
}
function describe(weights) {
	let bytes = 0;
	let parameters = 0;
	for (const { shape, byteLength } of weights) {
		bytes += byteLength;
		parameters += shape[0] * shape[1];
	}
	const bits = parameters === 0 ? null : 8 * bytes / parameters;
	const sizes = new Set(weights.map((weight) => weight.groupSize));
	const [groupSize] = sizes;
	const shared = sizes.size === 1 && typeof groupSize === "number";
	const counts = {
		bits,
		tensors: weights.length,
		parameters
	};
	return shared ? {
		...counts,
		groupSize
	} : counts;
}
/** Modules whose weight has two axes and is stored as it is: embeddings, the unembedding, layers left out. */
function matricesLeft(table, packing) {
	const packed = new Set(packing.weights.map((weight) => weight.name));
	const modules = [];
	for (const { name, shape } of table.entries.values()) if (shape.length === 2 && name.endsWith(".weight") && !packed.has(name)) modules.push(name.slice(0, -7));
	return modules;
}
/** Layers stored plain, though others of their name are packed and the config does not exempt them. */
function unexpectedlyPlain(unquantized, packing) {
	const leaf = (module) => module.slice(module.lastIndexOf(".") + 1);
	const packed = new Set(packing.weights.map((weight) => leaf(weight.module)));
	const strange = unquantized.filter((module) => packed.has(leaf(module)) && !packing.isExempt(module));
	if (strange.length === 0) return [];
	const more = strange.length > 1 ? ` and ${strange.length - 1} more` : "";
	return [`${strange[0]}${more} is stored unquantized, though config.json does not say so.`];
}
// src/checkpoints/plain-names.ts
/**
* @file Tensor names without what training wrappers put around a model, where their meaning is plain.
*
*     _orig_mod.            torch.compile, before the module that was compiled
*     module.               DataParallel, before everything
*     base_model.model.     PEFT, before everything; `base_layer` is the module that an adapter sits on
*
* An adapter's own matrices beside the weights change the model, so they are refused rather than left out.
*/
/** Prefixes that every name must have to be taken off. */
const AROUND_ALL = ["module.", "base_model.model."];
/** Matrices of LoRA, IA³ and their kin. */
const ADAPTER = /\.(?:lora_[A-Za-z_]+|ia3_l|oft_r|hada_w\d_[ab]|lokr_w\d)(?:\.|$)/;
/** The same tensors under their plain names; the table itself where nothing is around them. Errors: ADAPTER_UNMERGED. */
function withPlainNames(spec, raw) {
	const names = [...raw.entries.keys()];
	const adapter = names.find((name) => ADAPTER.test(name));
	if (adapter !== void 0) throw adapterUnmerged(spec, adapter);
	const plain = plainNames(names);
	if (names.every((name, i) => name === plain[i]) || new Set(plain).size < plain.length) return raw;
	const stored = new Map(names.map((name, i) => [plain[i] ?? name, name]));
	const entries = /* @__PURE__ */ new Map();
	for (const [name, old] of stored) {
		const tensor = raw.entries.get(old);
		if (tensor !== void 0) entries.set(name, {
			...tensor,
			name
		});
	}
	const described = names.map((name, i) => [plain[i] ?? name, raw.metadata.get(name)]);
	const metadata = new Map(raw.metadata);
	for (const [name, text] of described) if (text !== void 0) metadata.set(name, text);
	return {
		entries,
		metadata,
		readBytes: (name, range) => raw.readBytes(stored.get(name) ?? name, range),
		close: () => raw.close()
	};
}
function plainNames(names) {
	let plain = names.map((name) => name.replaceAll("_orig_mod.", ""));
	for (let changed = plain.length > 0; changed;) {
		const prefix = AROUND_ALL.find((around) => plain.every((name) => name.startsWith(around)));
		changed = prefix !== void 0;
		if (prefix !== void 0) plain = plain.map((name) => name.slice(prefix.length));
	}
	return plain.map((name) => name.replaceAll(".base_layer.", "."));
}
// src/checkpoints/redundant.ts
/**
* @file Stored tensors that say nothing of their own: biases of zeros (GPTQ tools write one for every layer, whether it has
* one or not), and an unembedding that is a copy of the embedding.
*
* A family is not told of them, so they neither mean that a layer has a bias nor that two tied matrices differ.
*/
/** Longer vectors are no bias. */
const MOST_BIAS_BYTES = 2 ** 22;
const EMBEDDING = /(?:^|\.)(?:embed_tokens|embed_in|wte)\.weight$/;
const HEAD = /(?:^|\.)(?:lm_head|embed_out)\.weight$/;
/** Errors: those of reading. */
async function redundantTensors(raw) {
	const redundant = /* @__PURE__ */ new Set();
	for (const tensor of raw.entries.values()) if (isBias(tensor) && (await raw.readBytes(tensor.name)).every((byte) => byte === 0)) redundant.add(tensor.name);
	const tensors = [...raw.entries.values()];
	const embedding = tensors.find(({ name }) => EMBEDDING.test(name));
	const head = tensors.find(({ name }) => HEAD.test(name));
	if (embedding !== void 0 && head !== void 0 && await areCopies(raw, embedding, head)) redundant.add(head.name);
	return redundant;
}
function isBias({ name, shape, start, end }) {
	return name.endsWith(".bias") && shape.length === 1 && end - start <= MOST_BIAS_BYTES;
}
/** One is hashed after the other: they are the largest tensors of a model, and two need not be held. */
async function areCopies(raw, a, b) {
	if (a.dtype !== b.dtype || a.shape.join() !== b.shape.join()) return false;
	const hash = async ({ name }) => createHash("sha256").update(await raw.readBytes(name)).digest("hex");
	return await hash(a) === await hash(b);
}
// src/checkpoints/sharded.ts
/**
* @file A checkpoint in several files, held together by model.safetensors.index.json or pytorch_model.bin.index.json.
*
* The index is {metadata?, weight_map: {tensor name: shard file}} (transformers, modeling_utils.py, load_sharded_checkpoint).
* weight_map decides: a tensor that a shard has but the index does not name is not part of the checkpoint. Each shard is
* opened, and its header read, once.
*/
/** Open all shards that an index names. Errors: SHARD_INDEX_MALFORMED, SHARD_MISSING, TENSOR_NOT_IN_SHARD, those of a shard. */
async function openSharded(files, indexName) {
	const namesByShard = await readWeightMap(files, indexName);
	for (const [shard, names] of namesByShard) if (!files.has(shard)) throw shardMissing(`${files.spec}: ${indexName}`, shard, names.length);
	const shards = /* @__PURE__ */ new Map();
	const closeAll = async () => {
		for (const shard of shards.values()) await shard.close();
	};
	try {
		for (const shard of namesByShard.keys()) shards.set(shard, await openWeightsIn(files, shard));
		return {
			raw: joined(files, indexName, namesByShard, shards, closeAll),
			shards: [...shards.keys()]
		};
	} catch (error) {
		await closeAll();
		throw error;
	}
}
/** Open one file of weights, of safetensors or of PyTorch; nothing stays open when it is malformed. */
async function openWeightsIn(files, name) {
	const source = await files.open(name);
	try {
		return isPytorch(name) ? await openPytorch(source) : await openSafetensors(source);
	} catch (error) {
		await source.close();
		throw error;
	}
}
/** Files of torch.save, by their names. */
const isPytorch = (name) => /\.(bin|pt|pth)$/.test(name);
/** Shard file → the tensors that it is to provide; shards sorted by name. */
async function readWeightMap(files, indexName) {
	const index = await readJsonObject(files, indexName);
	const refuse = (reason) => indexMalformed(`${files.spec}: ${indexName}`, reason);
	const weightMap = index.weight_map;
	const kind = isPytorch(indexName.replace(/\.index\.json$/, "")) ? ".bin" : ".safetensors";
	if (!isJsonObject(weightMap)) throw refuse(`weight_map is ${describeJson(weightMap)}, not an object`);
	const namesByShard = /* @__PURE__ */ new Map();
	for (const [tensor, shard] of Object.entries(weightMap)) {
		if (typeof shard !== "string") throw refuse(`weight_map["${tensor}"] is ${describeJson(shard)}, not a file name`);
		if (!staysInside(shard)) throw refuse(`weight_map["${tensor}"] is "${shard}", which leaves the folder`);
		if (!shard.endsWith(kind)) throw refuse(`weight_map["${tensor}"] is "${shard}", not a ${kind} file`);
		const names = namesByShard.get(shard);
		if (names) names.push(tensor);
		else namesByShard.set(shard, [tensor]);
	}
	if (namesByShard.size === 0) throw refuse("weight_map is empty");
	return new Map([...namesByShard].sort(([a], [b]) => a < b ? -1 : 1));
}
function joined(files, indexName, namesByShard, shards, close) {
	const entries = /* @__PURE__ */ new Map();
	const home = /* @__PURE__ */ new Map();
	const metadata = /* @__PURE__ */ new Map();
	for (const [shardName, table] of shards) {
		for (const name of namesByShard.get(shardName) ?? []) {
			const tensor = table.entries.get(name);
			if (tensor === void 0) throw tensorNotInShard(`${files.spec}: ${indexName}`, name, shardName);
			entries.set(name, tensor);
			home.set(name, table);
		}
		for (const [key, value] of table.metadata) if (!metadata.has(key)) metadata.set(key, value);
	}
	return {
		entries,
		metadata,
		readBytes: async (name, range) => {
			const shard = home.get(name);
			if (shard === void 0) throw tensorMissing(files.spec, name);
			return shard.readBytes(name, range);
		},
		close
	};
}
// src/checkpoints/weight-files.ts
/** @file Which files of a folder are its weights, and why a folder has none that can be read. */
const SINGLE = "model.safetensors";
const INDEX = "model.safetensors.index.json";
const PYTORCH = "pytorch_model.bin";
const PYTORCH_INDEX = "pytorch_model.bin.index.json";
/**
* Find the weights: model.safetensors, else its index, else the only .safetensors file, else the only .gguf file, else what PyTorch saved
* (pytorch_model.bin, or its index).
* Errors: NO_CONFIG, NO_WEIGHTS, WEIGHTS_AMBIGUOUS, PICKLE_REFUSED, ADAPTER_ONLY, NOT_A_CHECKPOINT.
*/
function findWeights(files) {
	if (files.has(SINGLE)) return {
		format: "single",
		file: SINGLE
	};
	if (files.has(INDEX)) return {
		format: "sharded",
		index: INDEX
	};
	const here = files.names.filter((name) => !name.includes("/"));
	const safetensors = here.filter((name) => name.endsWith(".safetensors") && !name.startsWith("adapter_"));
	const [only, ...more] = safetensors;
	if (only !== void 0 && more.length === 0) return {
		format: "single",
		file: only
	};
	if (only !== void 0) throw severalWeights(files.spec, safetensors);
	const gguf = here.filter((name) => name.endsWith(".gguf") && !/-(?!00001)\d{5}-of-\d{5}\.gguf$/.test(name));
	const [onlyGguf, ...moreGguf] = gguf;
	if (onlyGguf !== void 0 && moreGguf.length === 0) return {
		format: "gguf",
		file: onlyGguf
	};
	if (onlyGguf !== void 0) throw severalWeights(files.spec, gguf);
	if (files.has(PYTORCH)) return {
		format: "single",
		file: PYTORCH
	};
	if (files.has(PYTORCH_INDEX)) return {
		format: "sharded",
		index: PYTORCH_INDEX
	};
	throw missingWeights(files, here);
}
/** The file and, where it is one part of a split model, all others. Errors: PART_MISSING. */
function ggufParts(files, name) {
	const parts = ggufPartNames(name);
	for (const part of parts) if (!files.has(part)) throw partMissing(`${files.spec}: ${name}`, part, parts.length);
	return parts;
}
function missingWeights(files, here) {
	const pickle = here.find((name) => /\.(bin|pt|pth|ckpt|pkl)(\.index\.json)?$/.test(name));
	if (pickle !== void 0) return pickleRefused(files.spec, pickle);
	const adapter = here.find((name) => name === "adapter_model.safetensors");
	if (adapter !== void 0) return adapterOnly(files.spec, adapter);
	const [only, ...more] = files.names;
	if (only !== void 0 && more.length === 0) return notACheckpoint(files.spec, only);
	if (!files.has("config.json")) return noConfig(files.spec);
	return noWeights(files.spec, here);
}
// src/checkpoints/open.ts
/**
* @file Opens a checkpoint whatever its container: config, tensors by name, and what a report says about its origin.
*
* Hugging Face folders with safetensors or PyTorch files, one or sharded, their weights plain or packed by a quantizer, and GGUF files,
* which carry their config inside.
*/
/** Open the checkpoint in `files`. Errors: NO_CONFIG, those of finding weights, of JSON, safetensors, packings and GGUF. */
async function openCheckpoint(spec, files) {
	const weights = findWeights(files);
	const digested = digestedFiles(files);
	return weights.format === "gguf" ? openGgufFiles(spec, digested, ggufParts(files, weights.file)) : openFolder(spec, digested, weights);
}
async function openFolder(spec, digested, weights) {
	const { files } = digested;
	if (!files.has("config.json")) throw noConfig(spec);
	const config = await readJsonObject(files, "config.json");
	const quantized = await withQuantization(files, config);
	const { raw: stored, names } = await openTensors(files, weights);
	const { tensors, packed, redundant, warnings } = await readTensors(spec, stored, quantized).catch(async (error) => {
		await stored.close();
		throw error;
	});
	const entries = [...tensors.entries.values()].filter((entry) => !isBuffer(entry));
	return {
		spec,
		revision: files.revision,
		config,
		tensors,
		packed,
		gguf: null,
		files,
		storedAs: dominantType(entries),
		parameters: entries.reduce((sum, { shape }) => sum + (elementCount(shape) ?? 0), 0),
		redundant,
		warnings,
		...digestsIn(digested, names),
		close: () => tensors.close()
	};
}
/** Plain names, packed weights decoded, and of float8 without a packing the numbers that its bits are. */
async function readTensors(spec, stored, config) {
	const raw = withPlainNames(spec, stored);
	const packed = await decodePacked(raw, floatTensors(spec, raw), config).catch((error) => {
		throw error instanceof SaegateError ? located(spec, error) : error;
	});
	const redundant = await redundantTensors(raw);
	if (packed !== null) return {
		tensors: locatedReads(spec, packed.table),
		packed,
		redundant,
		warnings: packed.warnings
	};
	const cast = [...raw.entries.values()].filter(({ dtype }) => dtype === "F8_E4M3" || dtype === "F8_E5M2");
	const warnings = cast.length === 0 ? [] : [castWarning(cast)];
	return {
		tensors: floatTensors(spec, raw, "float8"),
		packed,
		redundant,
		warnings
	};
}
/** The same for what is found when a weight is decoded. */
function locatedReads(spec, table) {
	const read = async (name) => {
		try {
			return await table.read(name);
		} catch (error) {
			throw error instanceof SaegateError ? located(spec, error) : error;
		}
	};
	return {
		...table,
		read
	};
}
function castWarning(cast) {
	const [{ dtype } = { dtype: "F8_E4M3" }] = cast;
	const tensors = cast.length === 1 ? "tensor is" : "tensors are";
	return `${cast.length} ${tensors} stored as ${dtype} without a scale, and config.json names no quantization: read as plain numbers`;
}
/** Older quantizers describe themselves in a file of their own; it then stands in config.json's place for it. */
async function withQuantization(files, config) {
	if (config.quantization_config !== void 0 || config.compression_config !== void 0) return config;
	const name = QUANTIZATION_FILES.find((file) => files.has(file));
	return name === void 0 ? config : {
		...config,
		quantization_config: await readJsonObject(files, name)
	};
}
async function openTensors(files, weights) {
	if (weights.format === "single") return {
		raw: await openWeightsIn(files, weights.file),
		names: [weights.file]
	};
	const { raw, shards } = await openSharded(files, weights.index);
	return {
		raw,
		names: shards
	};
}
async function openGgufFiles(spec, digested, names) {
	const { files } = digested;
	const sources = [];
	try {
		for (const name of names) sources.push(await files.open(name));
		const gguf = await openGguf(sources);
		return {
			spec,
			revision: files.revision,
			config: gguf.config,
			tensors: gguf.tensors,
			packed: null,
			gguf,
			files,
			storedAs: gguf.storedAs,
			parameters: gguf.parameters,
			redundant: /* @__PURE__ */ new Set(),
			warnings: gguf.warnings,
			...digestsIn(digested, names),
			close: () => gguf.tensors.close()
		};
	} catch (error) {
		for (const source of sources) await source.close();
		throw error;
	}
}
/** `weights`: names of the weight files. */
function digestsIn(digested, weights) {
	return {
		sha256: async () => filesSha256(await digested.opened()),
		weightsSha256: async () => filesSha256(await digestsOf(digested, weights)),
		fileDigests: digested.opened
	};
}
/** Integer and boolean tensors are buffers (masks, position ids), not parameters. */
function isBuffer(entry) {
	return isDtype(entry.storedAs) && /^(I\d|U\d|BOOL)/.test(entry.storedAs);
}
function dominantType(entries) {
	const bytes = /* @__PURE__ */ new Map();
	for (const { storedAs, byteLength } of entries) bytes.set(storedAs, (bytes.get(storedAs) ?? 0) + byteLength);
	const [largest] = [...bytes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
	return largest?.[0] ?? "none";
}
// src/sources/file-watch.ts
/**
* @file Were the files that were measured the same all the time? A model is opened many times in an audit (its header, range
* by range, for its digest), each time by its path: what every opening met is remembered, and held against each other and
* against what lies there at the end. So a digest is one of the very bytes that were measured.
*/
/** `before`: what somebody else met under the same paths. */
function fileWatch(before = /* @__PURE__ */ new Map()) {
	const sightings = new Map([...before].map(([path, met]) => [path, [...met]]));
	const opened = /* @__PURE__ */ new Set();
	const note = (path, identity) => {
		if (path === null || identity === void 0) return;
		const met = sightings.get(path) ?? [];
		if (met.every((one) => difference(one, identity) !== null)) met.push(identity);
		sightings.set(path, met);
		opened.add(path);
	};
	return {
		watched: (files) => ({
			...files,
			sightings,
			open: async (name) => {
				const source = await files.open(name);
				note(files.localPath(name), source.identity);
				return source;
			}
		}),
		sightings,
		requireUnchanged: async (linked = /* @__PURE__ */ new Set()) => {
			for (const path of opened) {
				const [first, ...others] = sightings.get(path) ?? [];
				if (first === void 0) continue;
				for (const met of [...others, await identityAt(path)]) {
					const known = met !== null && linked.has(path) ? {
						...met,
						changed: first.changed
					} : met;
					const what = difference(first, known);
					if (what !== null) throw fileExchanged(path, what);
				}
			}
		}
	};
}
// src/sources/open-files.ts
/** @file The one door from a spec string to files: a local path, `hf:owner/name[@revision][/sub/path]`, or that page's address. */
/**
* Resolve a spec. `hub` says how the Hugging Face Hub is reached, by default as the environment says.
* Errors: FILE_MISSING and those of opening a folder; for `hf:` those of the Hub.
*/
async function openFiles(given, hub) {
	const spec = hubSpecOf(given);
	if (!isHubSpec(spec)) return await openPath(spec);
	const { openHub } = await import("./shared-hub.js");
	return openHub(spec, hub ?? hubSettings(process.env));
}
/** Errors: those of opening; HUB_PREFIX_MISSING where nothing is there and the path reads like a repository. */
async function openPath(path) {
	try {
		return await openLocal(path);
	} catch (error) {
		if (error instanceof SaegateError && error.code === "FILE_MISSING" && LIKE_REPOSITORY.test(path)) throw hubPrefixMissing(path);
		throw error;
	}
}
/** `owner/name`, and no more than that. */
const LIKE_REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9._-]*\/[A-Za-z0-9][A-Za-z0-9._-]*(?:@[^/]+)?$/;
export { digestedFiles as a, ggufPartNames as i, fileWatch as n, digestsOf as o, openCheckpoint as r, filesSha256 as s, openFiles as t };
