import { h as tensorNotFinite, m as tensorMissing, t as adapterOnly } from "./shared-checkpoints.js";
import { a as ggufKeyMissing, c as ggufModelUnsupported, d as ggufTokenizerUnsupported, f as ggufTruncated, i as ggufKeyInvalid, l as ggufShapeWrong, m as notGguf, n as joinParts, o as ggufLimit, p as ggufTypeUnsupported, r as ggufArchitectureUnknown, s as ggufMalformed, u as ggufTensorUnknown } from "./shared-split.js";
import { i as firstUnusable16, r as firstUnusable, t as toFloat32 } from "./shared-half.js";
import { t as withSingleExperts } from "./shared-single-experts.js";
import { t as refuseStandIn } from "./shared-stand-in.js";
import { i as widenFloat16 } from "./shared-float16.js";
import { i as positionOf } from "./shared-raw-tensor.js";
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
	if (source.byteLength < 24) {
		await refuseStandIn(source);
		throw notGguf(source.name, `it has only ${source.byteLength} bytes`);
	}
	await reader.need(24, "the header");
	if (reader.u32() !== MAGIC) {
		await refuseStandIn(source);
		throw notGguf(source.name, "it does not begin with \"GGUF\"");
	}
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
		undo,
		ofExperts: false
	};
}
/** The matrices or biases of all experts of a block. */
function expertsRule(gguf, hf) {
	return {
		gguf,
		hf,
		undo: "none",
		ofExperts: true
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
/** Errors: GGUF_KEY_MISSING, GGUF_KEY_INVALID, TENSOR_MISSING, GGUF_MODEL_UNSUPPORTED (unequal key and value). */
function readSizes(model) {
	const { metadata, file } = model;
	const d_model = metadata.count("embedding_length");
	const heads = metadata.count("attention.head_count");
	const headSize = metadata.countOr("attention.key_length", d_model / heads);
	if (!Number.isInteger(headSize)) throw metadata.refuse("attention.head_count", heads, `a divisor of the embedding length ${d_model}`);
	if (metadata.countOr("attention.value_length", headSize) !== headSize) throw ggufModelUnsupported(file, "keys and values have different lengths");
	return {
		d_model,
		layers: blockCount(model),
		heads,
		kvHeads: metadata.countOr("attention.head_count_kv", heads),
		headSize,
		d_mlp: hiddenUnits(model),
		positions: metadata.count("context_length"),
		n_vocab: embeddingRows(model, d_model)
	};
}
/** Of an MLP that every token is given to; models whose MLPs are all experts may not say it. */
function hiddenUnits({ metadata }) {
	return metadata.countOr("feed_forward_length", null) ?? metadata.countOr("expert_feed_forward_length", null) ?? metadata.count("feed_forward_length");
}
/** Errors: GGUF_KEY_MISSING, GGUF_KEY_INVALID. */
function deltaSizes({ metadata }) {
	const keyHeads = metadata.count("ssm.group_count");
	const valueHeads = metadata.count("ssm.time_step_rank");
	const values = metadata.count("ssm.inner_size");
	if (valueHeads % keyHeads !== 0) throw metadata.refuse("ssm.time_step_rank", valueHeads, `a multiple of the ${keyHeads} key heads`);
	if (values % valueHeads !== 0) throw metadata.refuse("ssm.inner_size", values, `a multiple of the ${valueHeads} value heads`);
	return {
		keyHeads,
		valueHeads,
		keySize: metadata.count("ssm.state_size"),
		valueSize: values / valueHeads
	};
}
/** Blocks behind the last, which predict further tokens and are no part of the model that is run. */
function predictingBlocks({ metadata }) {
	return metadata.wholeOr("nextn_predict_layers", 0);
}
/** Every block has tensors, so a file cannot make us build more blocks than it has tensors. */
function blockCount(model) {
	const { metadata, tensors } = model;
	const all = metadata.count("block_count");
	if (all > tensors.size) throw metadata.refuse("block_count", all, `at most the number of tensors, ${tensors.size}`);
	const layers = all - predictingBlocks(model);
	if (layers < 1) throw metadata.refuse("nextn_predict_layers", all - layers, `less than ${all} blocks`);
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
/** Experts of a block, 0 for a model without. */
function expertCount({ metadata }) {
	return metadata.wholeOr("expert_count", 0);
}
/** `rope.dimension_count`, which must be the whole head where a family rotates the whole head. */
function requireFullRotary({ metadata }, headSize) {
	const rotated = metadata.countOr("rope.dimension_count", headSize);
	if (rotated !== headSize) throw metadata.refuse("rope.dimension_count", rotated, `the head size, ${headSize}`);
}
// src/checkpoints/gguf/families/llama.ts
/**
* @file Llama, Mistral and Mixtral (whose files say llama), Qwen2, Qwen3, Qwen3-MoE and OLMo-2: Llama's module names, small differences.
*
* Of experts llama.cpp divides the chosen shares by their sum, whatever the model's own config says. Files of before April 2024 store each
* expert of Mixtral by itself.
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
/** Llama's keys, with rotary over whole heads. */
function llamaKeysWithRope(model, modelType, architecture) {
	const { headSize } = readSizes(model);
	requireFullRotary(model, headSize);
	return {
		...llamaKeys(model, modelType, architecture),
		hidden_act: "silu",
		...ropeKeys(model, headSize)
	};
}
/** Mixtral. */
function mixtralKeys(model) {
	const { headSize } = readSizes(model);
	return {
		...llamaKeysWithRope(model, "mixtral", "MixtralForCausalLM"),
		head_dim: headSize,
		num_local_experts: expertCount(model),
		num_experts_per_tok: model.metadata.count("expert_used_count"),
		sliding_window: null
	};
}
const llama = {
	hasExperts: true,
	rules: [
		rule("blk.*.ffn_gate_inp", "model.layers.*.block_sparse_moe.gate"),
		expertsRule("blk.*.ffn_gate_exps", "model.layers.*.block_sparse_moe.experts.w1"),
		expertsRule("blk.*.ffn_up_exps", "model.layers.*.block_sparse_moe.experts.w3"),
		expertsRule("blk.*.ffn_down_exps", "model.layers.*.block_sparse_moe.experts.w2"),
		rule("blk.*.ffn_gate.#", "model.layers.*.block_sparse_moe.experts.#.w1"),
		rule("blk.*.ffn_up.#", "model.layers.*.block_sparse_moe.experts.#.w3"),
		rule("blk.*.ffn_down.#", "model.layers.*.block_sparse_moe.experts.#.w2"),
		...END_RULES,
		...NORM_RULES,
		...MLP_RULES,
		rule("blk.*.attn_q", "model.layers.*.self_attn.q_proj", "rope-pairs-q"),
		rule("blk.*.attn_k", "model.layers.*.self_attn.k_proj", "rope-pairs-k"),
		rule("blk.*.attn_v", "model.layers.*.self_attn.v_proj"),
		rule("blk.*.attn_output", "model.layers.*.self_attn.o_proj")
	],
	config(model) {
		if (expertCount(model) > 0) return mixtralKeys(model);
		const head_dim = readSizes(model).headSize;
		const attention_bias = model.tensors.has("blk.0.attn_q.bias");
		const mlp_bias = model.tensors.has("blk.0.ffn_up.bias");
		return {
			...llamaKeysWithRope(model, "llama", "LlamaForCausalLM"),
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
		...llamaKeysWithRope(model, "qwen2", "Qwen2ForCausalLM"),
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
		...llamaKeysWithRope(model, "qwen3", "Qwen3ForCausalLM"),
		head_dim: readSizes(model).headSize,
		attention_bias: model.tensors.has("blk.0.attn_q.bias"),
		use_sliding_window: false
	})
};
const qwen3Moe = {
	hasExperts: true,
	rules: [
		...END_RULES,
		...NORM_RULES,
		...MLP_RULES,
		...ATTENTION_RULES,
		...QK_NORM_RULES,
		rule("blk.*.ffn_gate_inp", "model.layers.*.mlp.gate"),
		expertsRule("blk.*.ffn_gate_exps", "model.layers.*.mlp.experts.gate_proj"),
		expertsRule("blk.*.ffn_up_exps", "model.layers.*.mlp.experts.up_proj"),
		expertsRule("blk.*.ffn_down_exps", "model.layers.*.mlp.experts.down_proj")
	],
	config: (model) => ({
		...llamaKeysWithRope(model, "qwen3_moe", "Qwen3MoeForCausalLM"),
		head_dim: readSizes(model).headSize,
		attention_bias: model.tensors.has("blk.0.attn_q.bias"),
		use_sliding_window: false,
		num_experts: expertCount(model),
		num_experts_per_tok: model.metadata.count("expert_used_count"),
		moe_intermediate_size: model.metadata.count("expert_feed_forward_length"),
		norm_topk_prob: true,
		decoder_sparse_step: 1,
		mlp_only_layers: []
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
			...llamaKeysWithRope(model, "olmo2", "Olmo2ForCausalLM"),
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
// src/checkpoints/gguf/families/gpt-oss.ts
/**
* @file gpt-oss: Llama's names with biases, a score per head that has no value (attn_sinks), and experts whose gate and up were taken apart.
*
* Source: llama.cpp, conversion/gpt_oss.py and src/models/openai-moe.cpp; gguf's tensor_mapping.py. Its YaRN's ramp ends at whole pairs there, as
* everywhere in llama.cpp, though the original's does not: a file is read as it is run.
*/
const gptOss = {
	hasExperts: true,
	rules: [
		...END_RULES,
		...ATTENTION_RULES,
		rule("output_norm", "model.norm"),
		rule("blk.*.attn_norm", "model.layers.*.input_layernorm"),
		rule("blk.*.post_attention_norm", "model.layers.*.post_attention_layernorm"),
		{
			...rule("blk.*.attn_sinks", "model.layers.*.self_attn.sinks"),
			isParameter: true
		},
		rule("blk.*.ffn_gate_inp", "model.layers.*.mlp.router"),
		expertsRule("blk.*.ffn_gate_exps", "model.layers.*.mlp.experts.gate_proj"),
		expertsRule("blk.*.ffn_up_exps", "model.layers.*.mlp.experts.up_proj"),
		expertsRule("blk.*.ffn_down_exps", "model.layers.*.mlp.experts.down_proj")
	],
	config(model) {
		const { metadata, tensors } = model;
		return {
			...llamaKeysWithRope(model, "gpt_oss", "GptOssForCausalLM"),
			head_dim: readSizes(model).headSize,
			attention_bias: tensors.has("blk.0.attn_q.bias"),
			intermediate_size: metadata.count("expert_feed_forward_length"),
			num_local_experts: expertCount(model),
			num_experts_per_tok: metadata.count("expert_used_count"),
			sliding_window: metadata.count("attention.sliding_window")
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
// src/checkpoints/gguf/families/qwen35.ts
const NET = "model.layers.*.linear_attn";
const MLP = "model.layers.*.mlp";
/** What files of all of them have alike. */
const HYBRID_RULES = [
	...END_RULES,
	...ATTENTION_RULES,
	rule("output_norm", "model.norm", "gain-plus-one"),
	rule("blk.*.attn_norm", "model.layers.*.input_layernorm", "gain-plus-one"),
	rule("blk.*.post_attention_norm", "model.layers.*.post_attention_layernorm", "gain-plus-one"),
	rule("blk.*.attn_q_norm", "model.layers.*.self_attn.q_norm", "gain-plus-one"),
	rule("blk.*.attn_k_norm", "model.layers.*.self_attn.k_norm", "gain-plus-one"),
	rule("blk.*.ssm_norm", `${NET}.norm`)
];
const TILED_RULES = [
	rule("blk.*.attn_qkv", `${NET}.in_proj_qkv`, "tiled-values"),
	rule("blk.*.attn_gate", `${NET}.in_proj_z`, "tiled-values"),
	rule("blk.*.ssm_alpha", `${NET}.in_proj_a`, "tiled-heads"),
	rule("blk.*.ssm_beta", `${NET}.in_proj_b`, "tiled-heads"),
	{
		...rule("blk.*.ssm_a", `${NET}.A_log`, "tiled-rates"),
		isParameter: true,
		hasNoEnding: true
	},
	{
		...rule("blk.*.ssm_dt", `${NET}.dt_bias`, "tiled-heads"),
		isParameter: true
	},
	{
		...rule("blk.*.ssm_conv1d", `${NET}.conv1d`, "tiled-values"),
		squeezed: "convolution"
	},
	rule("blk.*.ssm_out", `${NET}.out_proj`, "tiled-columns")
];
/** Value heads as they were; `ssm_ba` by key head, as the original's. */
const NEXT_RULES = [
	rule("blk.*.attn_qkv", `${NET}.in_proj_qkv`),
	rule("blk.*.attn_gate", `${NET}.in_proj_z`),
	rule("blk.*.ssm_ba", `${NET}.in_proj_ba`),
	{
		...rule("blk.*.ssm_a", `${NET}.A_log`, "rates"),
		isParameter: true,
		hasNoEnding: true
	},
	{
		...rule("blk.*.ssm_dt", `${NET}.dt_bias`),
		isParameter: true
	},
	{
		...rule("blk.*.ssm_conv1d", `${NET}.conv1d`),
		squeezed: "convolution"
	},
	rule("blk.*.ssm_out", `${NET}.out_proj`)
];
const EXPERT_RULES = [
	rule("blk.*.ffn_gate_inp", `${MLP}.gate`),
	expertsRule("blk.*.ffn_gate_exps", `${MLP}.experts.gate_proj`),
	expertsRule("blk.*.ffn_up_exps", `${MLP}.experts.up_proj`),
	expertsRule("blk.*.ffn_gate_up_exps", `${MLP}.experts.gate_up_proj`),
	expertsRule("blk.*.ffn_down_exps", `${MLP}.experts.down_proj`),
	{
		...rule("blk.*.ffn_gate_inp_shexp", `${MLP}.shared_expert_gate`),
		squeezed: "row"
	},
	rule("blk.*.ffn_gate_shexp", `${MLP}.shared_expert.gate_proj`),
	rule("blk.*.ffn_up_shexp", `${MLP}.shared_expert.up_proj`),
	rule("blk.*.ffn_down_shexp", `${MLP}.shared_expert.down_proj`)
];
function hybridKeys(model, modelType, architecture) {
	const { metadata, tensors } = model;
	const { headSize, layers } = readSizes(model);
	const { keyHeads, valueHeads, keySize, valueSize } = deltaSizes(model);
	const rotated = metadata.countOr("rope.dimension_count", headSize / 4);
	metadata.has("rope.dimension_sections");
	const interval = metadata.countOr("full_attention_interval", 4);
	return {
		...llamaKeys(model, modelType, architecture),
		hidden_act: "silu",
		head_dim: headSize,
		attention_bias: tensors.has(`blk.${Math.min(interval, layers) - 1}.attn_q.bias`),
		full_attention_interval: interval,
		partial_rotary_factor: rotated / headSize,
		...ropeKeys(model, rotated),
		linear_num_key_heads: keyHeads,
		linear_num_value_heads: valueHeads,
		linear_key_head_dim: keySize,
		linear_value_head_dim: valueSize,
		linear_conv_kernel_dim: metadata.count("ssm.conv_kernel")
	};
}
function expertKeys(model, modelType, architecture) {
	const { metadata } = model;
	return {
		...hybridKeys(model, modelType, architecture),
		num_experts: expertCount(model),
		num_experts_per_tok: metadata.count("expert_used_count"),
		moe_intermediate_size: metadata.count("expert_feed_forward_length"),
		shared_expert_intermediate_size: metadata.count("expert_shared_feed_forward_length"),
		norm_topk_prob: true
	};
}
const qwen35 = {
	rules: [
		...HYBRID_RULES,
		...TILED_RULES,
		...MLP_RULES
	],
	config: (model) => hybridKeys(model, "qwen3_5_text", "Qwen3_5ForCausalLM")
};
const qwen35Moe = {
	hasExperts: true,
	rules: [
		...HYBRID_RULES,
		...TILED_RULES,
		...EXPERT_RULES
	],
	config: (model) => expertKeys(model, "qwen3_5_moe_text", "Qwen3_5MoeForCausalLM")
};
const qwen3Next = {
	hasExperts: true,
	rules: [
		...HYBRID_RULES,
		...NEXT_RULES,
		...EXPERT_RULES
	],
	config: (model) => expertKeys(model, "qwen3_next", "Qwen3NextForCausalLM")
};
// src/checkpoints/gguf/families/index.ts
/** @file The architectures whose GGUF files can be read, by general.architecture. Mistral's files say llama. */
const FAMILIES = /* @__PURE__ */ new Map([
	["llama", llama],
	["qwen2", qwen2],
	["qwen3", qwen3],
	["qwen3moe", qwen3Moe],
	["gemma", gemma],
	["gemma2", gemma2],
	["gemma3", gemma3],
	["phi3", phi3],
	["gpt2", gpt2$1],
	["gptneox", gptneox],
	["olmo2", olmo2],
	["gpt-oss", gptOss],
	["qwen3next", qwen3Next],
	["qwen35", qwen35],
	["qwen35moe", qwen35Moe]
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
	const family = ggufFamily(model.file, model.metadata.architecture);
	if (expertCount(model) > 0 && family.hasExperts !== true) throw ggufModelUnsupported(model.file, "it is a mixture of experts, which is not known of its architecture");
	return family.config(model);
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
		return ggufKeyInvalid(this.file, key, shown(found), allowed);
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
function shown(value) {
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
/** For each of `count` rows: behind those that stay, row (key head · share + own) · size + i is GGUF's row (own · keyHeads + key head) · size + i. */
function tiledHeadRows(count, { keyHeads, valueHeads }, size) {
	const first = count - valueHeads * size;
	const share = valueHeads / keyHeads;
	return Int32Array.from({ length: count }, (_, row) => {
		if (row < first) return row;
		const head = Math.floor((row - first) / size);
		const stored = head % share * keyHeads + Math.floor(head / share);
		return first + stored * size + (row - first) % size;
	});
}
/** Columns in another order: column i of the result is column `order[i]`. */
function gatherColumns(data, order) {
	const width = order.length;
	const gathered = new Float32Array(data.length);
	for (let start = 0; start < data.length; start += width) for (let i = 0; i < width; i++) gathered[start + i] = data[start + order[i]];
	return gathered;
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
const TILE = 32;
function transposeInto(from, to, rows, columns) {
	for (let top = 0; top < rows; top += TILE) {
		const bottom = Math.min(rows, top + TILE);
		for (let left = 0; left < columns; left += TILE) {
			const right = Math.min(columns, left + TILE);
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
const NAME = /^(?:blk\.(0|[1-9]\d{0,5})\.)?([a-z0-9_]+)(?:\.(0|[1-9]\d{0,3}))?(?:\.(weight|bias))?$/;
/** Rename all tensors. Errors: GGUF_TENSOR_UNKNOWN, GGUF_SHAPE_WRONG, GGUF_MALFORMED, and those of the sizes. */
function renameTensors(model, rules) {
	const sizes = readSizes(model);
	const byName = new Map(rules.map((rule) => [rule.gguf, rule]));
	const renamed = /* @__PURE__ */ new Map();
	const predicting = predictingBlocks(model);
	for (const stored of model.tensors.values()) {
		if (isIn(stored.name, sizes.layers, sizes.layers + predicting)) continue;
		const [, block, module = "", expert, kind = ""] = NAME.exec(stored.name) ?? [];
		if (ROPE_FACTOR_TENSORS.includes(module) && block === void 0) continue;
		const ofOne = expert === void 0 ? module : `${module}.#`;
		const rule = byName.get(block === void 0 ? ofOne : `blk.*.${ofOne}`);
		const isBeyond = Number(block ?? 0) >= sizes.layers || Number(expert ?? -1) >= expertCount(model);
		const isWhole = kind === "" === (rule?.hasNoEnding ?? false);
		if (rule === void 0 || isBeyond || !isWhole) throw ggufTensorUnknown(model.file, stored.name, model.metadata.architecture);
		const hf = rule.hf.replace("*", block ?? "").replace("#", expert ?? "");
		const name = rule.isParameter === true ? hf : `${hf}.${kind}`;
		renamed.set(name, renamedTensor(name, stored, rule, {
			model,
			sizes
		}));
	}
	return renamed;
}
function renamedTensor(name, stored, { undo, ofExperts, squeezed }, of) {
	const file = stored.source.name;
	const isBias = stored.name.endsWith(".bias");
	if (ofExperts && stored.shape.length !== (isBias ? 2 : 3)) {
		const expected = isBias ? "a bias for each expert has two" : "a matrix for each expert has three";
		throw ggufShapeWrong(file, stored.name, stored.shape, `${expected} dimensions`);
	}
	if (!ofExperts && (stored.shape.length < 1 || stored.shape.length > 2)) throw ggufShapeWrong(file, stored.name, stored.shape, "weights have one or two dimensions");
	if (stored.shape.length === 1 && stored.type.blockSize !== 1) throw ggufMalformed(file, `tensor "${stored.name}"`, `is a vector stored as ${stored.type.name}`);
	const transposed = undo === "transposed" && stored.shape.length === 2;
	return {
		name,
		shape: transposed ? [...stored.shape].reverse() : unsqueezed(stored.shape, squeezed),
		stored,
		transposed,
		change: undo === "gain-plus-one" ? "plus-one" : undo === "rates" || undo === "tiled-rates" ? "minus-exp" : "none",
		rowOrder: rowOrderOf(stored, undo, of),
		columnOrder: undo === "tiled-columns" ? valueColumns(stored, of) : null
	};
}
/** Is it a tensor of blocks [first, end)? */
function isIn(name, first, end) {
	const block = /^blk\.(\d{1,6})\./.exec(name)?.[1];
	return block !== void 0 && Number(block) >= first && Number(block) < end;
}
function unsqueezed(shape, squeezed) {
	const [rows = 1, columns = 1] = shape;
	if (squeezed === "convolution" && shape.length === 2) return [
		rows,
		1,
		columns
	];
	return squeezed === "row" && shape.length === 1 ? [1, rows] : shape;
}
function valueColumns({ source, name, shape }, { model }) {
	const sizes = deltaSizes(model);
	const columns = sizes.valueHeads * sizes.valueSize;
	if (shape.length !== 2 || shape[1] !== columns) throw ggufShapeWrong(source.name, name, shape, `${columns} columns are expected, by its value heads`);
	return () => tiledHeadRows(columns, sizes, sizes.valueSize);
}
function tiledRows(stored, { model }, each) {
	const sizes = deltaSizes(model);
	const size = each === "value" ? sizes.valueSize : 1;
	const [rows = 0] = stored.shape;
	const keys = 2 * sizes.keyHeads * sizes.keySize;
	if (each === "head" || rows !== keys + sizes.valueHeads * size) requireRows(stored, sizes.valueHeads * size);
	return () => tiledHeadRows(rows, sizes, size);
}
function rowOrderOf(stored, undo, of) {
	const { heads, kvHeads, headSize } = of.sizes;
	switch (undo) {
		case "rope-pairs-q": return ropeRows(stored, heads, headSize);
		case "rope-pairs-k": return ropeRows(stored, kvHeads, headSize);
		case "split-qkv":
			requireRows(stored, 3 * heads * headSize);
			return () => splitQkvRows(heads, headSize);
		case "tiled-values": return tiledRows(stored, of, "value");
		case "tiled-heads":
		case "tiled-rates": return tiledRows(stored, of, "head");
		case "none":
		case "gain-plus-one":
		case "rates":
		case "transposed":
		case "tiled-columns": return null;
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
	if (tensor.shape.length !== shape.length) return null;
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
	if (tensor.transposed) return transpose(decoded);
	const changed = unchanged(tensor, decoded);
	if (tensor.shape.length === changed.shape.length) return changed;
	return changed.type === "float32" ? {
		...changed,
		shape: tensor.shape
	} : {
		...changed,
		shape: tensor.shape
	};
}
/** As the numbers were before the converter changed them. */
function unchanged({ change, columnOrder }, decoded) {
	if (change === "plus-one") return withValues(decoded, (gain) => gain - 1);
	if (change === "minus-exp") return withValues(decoded, (rate) => Math.log(-rate));
	if (columnOrder === null) return decoded;
	return {
		type: "float32",
		shape: decoded.shape,
		data: gatherColumns(toFloat32(decoded), columnOrder())
	};
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
function withValues(tensor, of) {
	return {
		type: "float32",
		shape: tensor.shape,
		data: toFloat32(tensor).map(of)
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
	const stored = ggufTensors(model.file, renameTensors(model, rules), async () => {
		for (const part of parts) await part.close();
	});
	const tensors = withSingleExperts(stored, config);
	const entries = [...tensors.entries.values()];
	return {
		config,
		tensors,
		storedAs: typeWithMostBytes(tensors),
		parameters: entries.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0),
		types: countTypes(entries),
		describe: describeGguf(entries),
		calibratedOn: calibratedOn(file),
		tokens: model.metadata.tokenizerTexts("tokens"),
		tokenizer: () => ggufTokenizer(model.metadata),
		warnings: [
			...vocabularyWarnings(model, config),
			...preTokenizerWarnings(model),
			...unreadKeyWarnings(model)
		]
	};
}
/** llama-quantize, tools/quantize: `quantize.imatrix.dataset` is the text, `.file` the matrix. */
function calibratedOn({ metadata }) {
	const named = metadata.get("quantize.imatrix.dataset") ?? metadata.get("quantize.imatrix.file");
	return typeof named === "string" && named !== "" ? named : null;
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
export { openGguf };
