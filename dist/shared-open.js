import { a as checkRange } from "./shared-file.js";
import { i as problem, t as SaegateError } from "./shared-problem.js";
import { t as staysInside } from "./shared-pinned-files.js";
import { c as npzMalformed, g as tensorNotFloat, h as tensorNotFinite, m as tensorMissing } from "./shared-checkpoints.js";
import { t as refuseStandIn } from "./shared-stand-in.js";
import { i as firstUnusable16, r as firstUnusable, t as toFloat32 } from "./shared-half.js";
import { n as E4M3, r as E5M2 } from "./shared-levels.js";
import { i as positionOf, n as elementCount, t as DTYPE_BYTES } from "./shared-raw-tensor.js";
import { constants, crc32, inflateRawSync } from "node:zlib";
// src/tensors/float-tensors.ts
/**
* @file Plain floating-point tensors, decoded when read: 16-bit formats stay as they are, F64 is rounded to 32 bits.
*
* Every value is checked to be one that a weight may have: one NaN would turn every figure of a report into NaN.
*/
/** Read the tensors of `raw` as they are. Errors on read: TENSOR_MISSING, TENSOR_NOT_FLOAT, TENSOR_NOT_FINITE. */
function floatTensors(checkpoint, raw, float8 = "no float8") {
	const entries = /* @__PURE__ */ new Map();
	for (const { name, shape, dtype, start, end } of raw.entries.values()) entries.set(name, {
		name,
		shape,
		storedAs: dtype,
		byteLength: end - start
	});
	const floats = (name) => {
		const tensor = raw.entries.get(name);
		if (tensor === void 0) throw tensorMissing(checkpoint, name);
		if (float8 === "no float8" || !isFloat8(tensor)) requireFloat(tensor);
		return tensor;
	};
	return {
		entries,
		read: async (name) => {
			const tensor = floats(name);
			const data = decodeFloats(tensor, await raw.readBytes(name));
			requireFinite(tensor.file, name, data);
			return data;
		},
		rowsOf: (name) => floatRows(raw, floats(name)),
		spansOf: (name) => floatSpans(raw, floats(name)),
		close: () => raw.close()
	};
}
/** Rows of a plain tensor; null for a scalar. Errors on read: TENSOR_NOT_FINITE. */
function floatRows(raw, tensor) {
	const { name, file, start: from, end: to } = tensor;
	const [rows, ...rest] = tensor.shape;
	if (rows === void 0 || rows === 0) return null;
	const rowBytes = (to - from) / rows;
	return async ([start, end]) => {
		const bytes = await raw.readBytes(name, [start * rowBytes, end * rowBytes]);
		const data = decodeFloats({
			...tensor,
			shape: [end - start, ...rest]
		}, bytes);
		requireFinite(file, name, data, start);
		return data;
	};
}
/** Stretches of a plain tensor. Errors on read: TENSOR_NOT_FINITE. */
function floatSpans(raw, tensor) {
	const { name, file, shape, dtype } = tensor;
	const each = DTYPE_BYTES[dtype];
	return async (start, end) => {
		const bytes = await raw.readBytes(name, [start * each, end * each]);
		const data = decodeFloats({
			...tensor,
			shape: [end - start]
		}, bytes);
		requireFiniteSpan(file, name, data, {
			start,
			shape
		});
		return data;
	};
}
function isFloat8({ dtype }) {
	return dtype === "F8_E4M3" || dtype === "F8_E5M2";
}
function requireFloat({ file, name, dtype }) {
	if (dtype !== "F64" && dtype !== "F32" && dtype !== "F16" && dtype !== "BF16") throw tensorNotFloat(file, name, dtype);
}
/** Little-endian bytes of a floating-point tensor as numbers. Errors: TENSOR_NOT_FLOAT. */
function decodeFloats(tensor, stored) {
	const { shape } = tensor;
	const { buffer, byteOffset, byteLength } = aligned(stored, 8);
	switch (tensor.dtype) {
		case "F64": return {
			type: "float32",
			shape,
			data: new Float32Array(new Float64Array(buffer, byteOffset, byteLength / 8))
		};
		case "F32": return {
			type: "float32",
			shape,
			data: new Float32Array(buffer, byteOffset, byteLength / 4)
		};
		case "F16": return {
			type: "float16",
			shape,
			data: new Uint16Array(buffer, byteOffset, byteLength / 2)
		};
		case "BF16": return {
			type: "bfloat16",
			shape,
			data: new Uint16Array(buffer, byteOffset, byteLength / 2)
		};
		case "F8_E4M3": return {
			type: "float32",
			shape,
			data: Float32Array.from(stored, (byte) => E4M3[byte] ?? NaN)
		};
		case "F8_E5M2": return {
			type: "float32",
			shape,
			data: Float32Array.from(stored, (byte) => E5M2[byte] ?? NaN)
		};
		default: throw tensorNotFloat(tensor.file, tensor.name, tensor.dtype);
	}
}
/** The same bytes at an offset that typed arrays accept; copied only where they lie askew (slice() of a Buffer does not copy). */
function aligned(bytes, to) {
	return bytes.byteOffset % to === 0 ? bytes : new Uint8Array(bytes);
}
/** Refuse NaN, infinities and what overflows when it is multiplied. Errors: TENSOR_NOT_FINITE, naming the first one's place. */
function requireFinite(file, name, data, firstRow = 0) {
	const at = data.type === "float32" ? firstUnusable(data.data) : firstUnusable16(data.data, data.type);
	if (at < 0) return;
	const value = toFloat32(data)[at] ?? NaN;
	const [row = 0, ...rest] = positionOf(at, data.shape);
	throw tensorNotFinite(file, name, value, data.shape.length === 0 ? [] : [row + firstRow, ...rest]);
}
/** The same of a stretch of a tensor of that shape. Errors: TENSOR_NOT_FINITE, naming the first one's place in the tensor. */
function requireFiniteSpan(file, name, data, { start, shape }) {
	const at = data.type === "float32" ? firstUnusable(data.data) : firstUnusable16(data.data, data.type);
	if (at < 0) return;
	throw tensorNotFinite(file, name, toFloat32(data)[at] ?? NaN, positionOf(start + at, shape));
}
// src/archives/zip-directory.ts
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const END64_BYTES = 56;
const ENTRY_BYTES = 46;
/** A comment has at most 65,535 bytes, so the end record begins within this distance of the end. */
const END_SEARCH_BYTES = 65557;
/** An npz has one member per array; the largest checkpoints have some ten thousand tensors. */
const MAX_DIRECTORY_BYTES = 16 * 2 ** 20;
/** Deflate cannot expand further: 258 bytes from 2 bits (zlib manual, "Maximum Compression Factor" 1032:1). */
const MAX_EXPANSION = 1032;
async function findDirectory(source) {
	const tailStart = Math.max(0, source.byteLength - END_SEARCH_BYTES);
	const tail = viewOf(await source.read(tailStart, source.byteLength));
	for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
		if (tail.getUint32(at, true) !== 101010256 || at + END_BYTES + tail.getUint16(at + 20, true) !== tail.byteLength) continue;
		const [size, start, entries] = [
			tail.getUint32(at + 12, true),
			tail.getUint32(at + 16, true),
			tail.getUint16(at + 10, true)
		];
		return checkedDirectory(source, start === 4294967295 || size === 4294967295 || entries === 65535 ? await findDirectory64(source, tailStart + at) : {
			start,
			end: start + size,
			entries
		}, tailStart + at);
	}
	await refuseStandIn(source);
	throw npzMalformed(source.name, "it is not a zip archive, or its end is missing");
}
async function findDirectory64(source, endStart) {
	const locatorStart = endStart - LOCATOR_BYTES;
	if (locatorStart < 0) throw npzMalformed(source.name, "its zip64 locator is missing");
	const locator = viewOf(await source.read(locatorStart, endStart));
	const at = safe(locator.getBigUint64(8, true));
	if (locator.getUint32(0, true) !== 117853008 || at + END64_BYTES > locatorStart) throw npzMalformed(source.name, "its zip64 locator is damaged");
	const record = viewOf(await source.read(at, at + END64_BYTES));
	if (record.getUint32(0, true) !== 101075792) throw npzMalformed(source.name, "its zip64 end record is damaged");
	const start = safe(record.getBigUint64(48, true));
	return {
		start,
		end: start + safe(record.getBigUint64(40, true)),
		entries: safe(record.getBigUint64(32, true))
	};
}
function checkedDirectory(source, directory, limit) {
	const { start, end, entries } = directory;
	if (end > limit || start > end) throw npzMalformed(source.name, "its directory lies outside the file");
	if (end - start > MAX_DIRECTORY_BYTES) throw npzMalformed(source.name, `its directory has ${end - start} bytes; at most ${MAX_DIRECTORY_BYTES} are read`);
	if (entries * ENTRY_BYTES > end - start) throw npzMalformed(source.name, `its directory is too small for ${entries} members`);
	return directory;
}
async function readDirectory(source, directory) {
	const view = viewOf(await source.read(directory.start, directory.end));
	const members = /* @__PURE__ */ new Map();
	let at = 0;
	for (let i = 0; i < directory.entries; i++) {
		if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== 33639248) throw npzMalformed(source.name, `member ${i + 1} of its directory is damaged`);
		const nameEnd = at + ENTRY_BYTES + view.getUint16(at + 28, true);
		const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
		if (next > view.byteLength) throw npzMalformed(source.name, `member ${i + 1} of its directory is cut short`);
		const member = memberAt(source, view, at, nameEnd);
		if (members.has(member.name)) throw npzMalformed(source.name, `it has two members "${member.name}"`);
		members.set(member.name, member);
		at = next;
	}
	return members;
}
function memberAt(source, view, at, nameEnd) {
	const name = textOf(view, at + ENTRY_BYTES, nameEnd);
	if (!staysInside(name)) throw npzMalformed(source.name, `its member "${name}" has a name that leaves the archive`);
	const flags = view.getUint16(at + 8, true);
	const method = view.getUint16(at + 10, true);
	if ((flags & 8257) !== 0) throw npzMalformed(source.name, `"${name}" is encrypted`);
	if (method !== 0 && method !== 8) throw npzMalformed(source.name, `"${name}" uses compression method ${method}; stored and deflated are read`);
	const { byteLength, storedBytes, headerStart } = sizesOf(source, view, at, nameEnd, nameEnd + view.getUint16(at + 30, true));
	if (byteLength > (method === 8 ? storedBytes * 1032 : storedBytes) || method === 0 && byteLength !== storedBytes) throw npzMalformed(source.name, `"${name}" declares ${byteLength} bytes, which ${storedBytes} stored bytes cannot hold`);
	return {
		name,
		deflated: method === 8,
		crc: view.getUint32(at + 16, true),
		byteLength,
		storedBytes,
		headerStart
	};
}
/** Sizes and place of a member; those that read 0xffffffff stand in the zip64 extra field, in this order. */
function sizesOf(source, view, at, extraStart, extraEnd) {
	const long = zip64Field(view, extraStart, extraEnd);
	const pick = (offset) => {
		const short = view.getUint32(offset, true);
		if (short !== 4294967295) return short;
		const value = long.shift();
		if (value === void 0) throw npzMalformed(source.name, "a zip64 size is missing from its directory");
		return value;
	};
	const byteLength = pick(at + 24);
	const storedBytes = pick(at + 20);
	const headerStart = pick(at + 42);
	if (headerStart + 30 + storedBytes > source.byteLength) throw npzMalformed(source.name, "a member of its directory lies outside the file");
	return {
		byteLength,
		storedBytes,
		headerStart
	};
}
function zip64Field(view, start, end) {
	let at = start;
	while (at + 4 <= end) {
		const next = at + 4 + view.getUint16(at + 2, true);
		if (next > end) break;
		if (view.getUint16(at, true) === 1) {
			const values = [];
			for (let i = at + 4; i + 8 <= next; i += 8) values.push(safe(view.getBigUint64(i, true)));
			return values;
		}
		at = next;
	}
	return [];
}
function viewOf(bytes) {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
/** UTF-8; names of arrays that are not are shown with replacement characters, which is all that is needed. */
function textOf(view, start, end) {
	return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + start, end - start));
}
/** 64-bit numbers above 2⁵³ become Infinity, which every check against the file's length refuses. */
function safe(value) {
	return value <= Number.MAX_SAFE_INTEGER ? Number(value) : Number.POSITIVE_INFINITY;
}
// src/archives/zip.ts
/**
* @file The part of zip that .npz files use: members listed from the central directory, read one at a time.
*
* Source: APPNOTE.TXT 6.3.10, section 4.3.7 (local header). Stored and deflated members, checksums verified. Left out:
* encryption, other methods, several disks. Names that leave a folder, or occur twice, are refused.
*/
/** List an archive. Errors: NPZ_MALFORMED. */
async function openZip(source) {
	const directory = await findDirectory(source);
	const members = await readDirectory(source, directory);
	const readMember = (member) => readWhole(source, member, directory.start);
	return {
		members,
		readMember,
		readPart: async (member, [from, to]) => {
			checkRange(`${source.name}: ${member.name}`, from, to, member.byteLength);
			if (member.deflated) return (await readMember(member)).subarray(from, to);
			const start = await dataStart(source, member, directory.start);
			return await source.read(start + from, start + to);
		},
		readStart: async (member, atLeast) => {
			const start = await dataStart(source, member, directory.start);
			const stored = await source.read(start, start + Math.min(member.storedBytes, atLeast));
			if (!member.deflated) return stored;
			return inflate(source, member, stored, stored.byteLength * MAX_EXPANSION + 1, "start");
		}
	};
}
async function readWhole(source, member, directoryStart) {
	const start = await dataStart(source, member, directoryStart);
	const stored = await source.read(start, start + member.storedBytes);
	const bytes = member.deflated ? inflate(source, member, stored, member.byteLength, "whole") : stored;
	if (bytes.byteLength !== member.byteLength) throw npzMalformed(source.name, `"${member.name}" has ${bytes.byteLength} bytes, not the ${member.byteLength} it declares`);
	if (crc32(bytes) !== member.crc) throw npzMalformed(source.name, `the checksum of "${member.name}" does not match`);
	return bytes;
}
function inflate(source, member, stored, most, part) {
	try {
		return inflateRawSync(stored, {
			maxOutputLength: most + 1,
			...part === "start" ? { finishFlush: constants.Z_SYNC_FLUSH } : { chunkSize: Math.max(64, most + 1) }
		});
	} catch {
		throw npzMalformed(source.name, `the compressed data of "${member.name}" is damaged or longer than declared`);
	}
}
/** Where a member's bytes begin: its local header repeats the name, with an extra field of its own. */
async function dataStart(source, member, directoryStart) {
	const { headerStart, name } = member;
	const view = viewOf(await source.read(headerStart, headerStart + 30));
	const start = headerStart + 30 + view.getUint16(26, true) + view.getUint16(28, true);
	if (view.getUint32(0, true) !== 67324752 || start + member.storedBytes > directoryStart) throw npzMalformed(source.name, `the local header of "${name}" is damaged`);
	const local = viewOf(await source.read(headerStart + 30, headerStart + 30 + view.getUint16(26, true)));
	if (textOf(local, 0, local.byteLength) !== name) throw npzMalformed(source.name, `its directory and the local header of "${name}" disagree on the name`);
	return start;
}
// src/errors/pytorch.ts
/** @file What can go wrong with a file of PyTorch: it is damaged, or it asks for more than tensors and plain values. */
const pytorchMalformed = problem("PYTORCH_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a usable file of PyTorch: ${reason}.`,
	fix: "Fetch it again, or write it again with torch.save."
}));
const pytorchRefused = problem("PYTORCH_REFUSED", 2, (file, what) => ({
	message: `${file} asks for ${what}, which is neither a tensor nor a plain value: loading it could run any code, so it is not done.`,
	fix: "Save the tensors alone where Python is at hand: safetensors.torch.save_file, or torch.save of a dict of tensors."
}));
// src/pytorch/values.ts
function isKind(value, kind) {
	return typeof value === "object" && value !== null && "kind" in value && value.kind === kind;
}
/** A whole number of at least 0, or null. */
function wholeNumber(value) {
	return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
/** A tuple of whole numbers (torch.Size is one), or null. */
function wholeNumbers(value) {
	if (!isKind(value, "tuple")) return null;
	const numbers = value.items.map(wholeNumber);
	return numbers.every((number) => number !== null) ? numbers : null;
}
// src/pytorch/globals.ts
/**
* @file The few names of Python that tensors are pickled with, and what calling them gives. Nothing is run: a name outside of this
* list is refused, whatever it would be called with.
*
* Source: torch/_utils.py (_rebuild_tensor_v2, _rebuild_parameter), torch/storage.py, torch/serialization.py.
*/
const STORAGES = {
	DoubleStorage: "F64",
	FloatStorage: "F32",
	HalfStorage: "F16",
	BFloat16Storage: "BF16",
	LongStorage: "I64",
	IntStorage: "I32",
	ShortStorage: "I16",
	CharStorage: "I8",
	ByteStorage: "U8",
	BoolStorage: "BOOL"
};
/** Types named by themselves, in configs. */
const DTYPE_NAME = /^torch\.(float64|double|float32|float|float16|half|bfloat16|int64|long|int32|int|int16|int8|uint8|bool)$/;
/** PyTorch allows 64 axes in no operator of ours; numpy's limit. */
const MAX_AXES = 64;
function dtypeOfStorage(name) {
	const [, kind = ""] = /^torch\.(?:cuda\.)?(\w+Storage)$/.exec(name) ?? [];
	return Object.hasOwn(STORAGES, kind) ? STORAGES[kind] ?? null : null;
}
const CALLED = /* @__PURE__ */ new Set([
	"torch._utils._rebuild_tensor",
	"torch._utils._rebuild_tensor_v2",
	"torch._utils._rebuild_parameter",
	"torch._utils._rebuild_parameter_with_state",
	"torch.Size",
	"torch.device",
	"collections.OrderedDict"
]);
/** May a file name it? Calling it is another question. */
function isKnownGlobal(name) {
	return CALLED.has(name) || dtypeOfStorage(name) !== null || DTYPE_NAME.test(name);
}
/** The value of a call. Errors: PYTORCH_REFUSED, PYTORCH_MALFORMED. */
function called(file, name, args) {
	switch (name) {
		case "torch._utils._rebuild_tensor":
		case "torch._utils._rebuild_tensor_v2": return rebuiltTensor(file, args);
		case "torch._utils._rebuild_parameter":
		case "torch._utils._rebuild_parameter_with_state": {
			const [tensor] = args;
			if (isKind(tensor, "tensor")) return tensor;
			throw pytorchMalformed(file, "a parameter is made of something else than a tensor");
		}
		case "torch.Size": {
			const [sizes] = args;
			if (isKind(sizes, "tuple") || isKind(sizes, "list")) return {
				kind: "tuple",
				items: sizes.items
			};
			throw pytorchMalformed(file, "a size is made of something else than numbers");
		}
		case "torch.device": return String(args[0] ?? "cpu");
		case "collections.OrderedDict":
			if (args.length > 0) throw pytorchRefused(file, "an OrderedDict made of arguments");
			return {
				kind: "dict",
				entries: []
			};
		default: throw pytorchRefused(file, `a call of ${name}`);
	}
}
/** (storage, offset, size, stride, …) */
function rebuiltTensor(file, [storage, offset, size, strides]) {
	const [first, shape, stride] = [
		wholeNumber(offset),
		wholeNumbers(size),
		wholeNumbers(strides)
	];
	if (!isKind(storage, "storage") || first === null || shape === null || stride === null) throw pytorchMalformed(file, "a tensor is not described by a storage, an offset, sizes and strides");
	if (shape.length !== stride.length || shape.length > MAX_AXES) throw pytorchMalformed(file, `a tensor has ${shape.length} sizes and ${stride.length} strides`);
	const isEmpty = shape.includes(0);
	const last = shape.reduce((at, size, axis) => at + (size - 1) * (stride[axis] ?? 0), first);
	if (!isEmpty && !(last < storage.elements)) throw pytorchMalformed(file, `a tensor of [${shape.join(", ")}] reaches beyond its storage of ${storage.elements}`);
	return {
		kind: "tensor",
		storage,
		offset: first,
		shape,
		stride
	};
}
// src/pytorch/pickle-bytes.ts
/** @file The bytes of a pickle from front to back: numbers, texts and lengths, none longer than what is left of the file. */
const MOST_INTEGER_BYTES = 256;
/** Where in a pickle its machine is. Every method goes on behind what it gives. Errors: PYTORCH_MALFORMED. */
var PickleBytes = class {
	#file;
	#bytes;
	#view;
	#at;
	constructor(file, bytes, start) {
		this.#file = file;
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.#at = start;
	}
	/** Of the next byte. */
	get at() {
		return this.#at;
	}
	/** Start of the next `count` bytes, which are then behind. */
	take(count) {
		const start = this.#at;
		if (!(count <= this.#bytes.byteLength - start)) throw this.malformed("it ends early");
		this.#at = start + count;
		return start;
	}
	byte() {
		return this.#view.getUint8(this.take(1));
	}
	length(bytes) {
		const at = this.take(bytes);
		return bytes === 4 ? this.#view.getUint32(at, true) : Number(this.#view.getBigUint64(at, true));
	}
	slice(length) {
		const start = this.take(length);
		return this.#bytes.slice(start, start + length);
	}
	string(length) {
		return new TextDecoder().decode(this.slice(length));
	}
	/** Up to the next line feed. */
	line() {
		const end = this.#bytes.indexOf(10, this.#at);
		if (end < 0) throw this.malformed("it ends early");
		const text = this.string(end - this.#at);
		this.take(1);
		return text;
	}
	/** Little-endian, two's complement. */
	integer(length) {
		if (length > MOST_INTEGER_BYTES) throw this.malformed(`an integer has ${length} bytes`);
		const bytes = this.slice(length);
		let value = 0n;
		for (const byte of bytes.toReversed()) value = value << 8n | BigInt(byte);
		if ((bytes.at(-1) ?? 0) >= 128) value -= 1n << BigInt(8 * length);
		const small = Number(value);
		return Number.isSafeInteger(small) ? small : value;
	}
	int32() {
		return this.#view.getInt32(this.take(4), true);
	}
	uint16() {
		return this.#view.getUint16(this.take(2), true);
	}
	/** Big-endian, as pickle has it. */
	float64() {
		return this.#view.getFloat64(this.take(8), false);
	}
	/** PYTORCH_MALFORMED, near where it is. */
	malformed(reason) {
		return pytorchMalformed(this.#file, `in its pickle, near byte ${this.#at}, ${reason}`);
	}
};
// src/pytorch/pickle.ts
/**
* @file The pickle opcodes that tensors and plain values are written with, protocols 2 to 5, as a machine that runs nothing: objects are
* built by globals.ts alone, and every other opcode or name is refused by name.
*
* Source: Python's pickletools. Bounds: a length never exceeds what is left of the file, the stack and the memo never hold more
* than MOST_VALUES, integers are of 256 bytes at most (pickle-bytes.ts).
*/
/** A checkpoint of a thousand tensors has some ten thousand. */
const MOST_VALUES = 2e6;
/** Read one pickle from `start`. Errors: PYTORCH_MALFORMED, PYTORCH_REFUSED. */
function unpickle(file, bytes, start, persistentLoad) {
	return new Machine(file, bytes, start, persistentLoad).run();
}
const MARK = Symbol("mark");
var Machine = class {
	#file;
	#from;
	#persistentLoad;
	#stack = [];
	#memo = /* @__PURE__ */ new Map();
	constructor(file, bytes, start, persistentLoad) {
		this.#file = file;
		this.#from = new PickleBytes(file, bytes, start);
		this.#persistentLoad = persistentLoad;
	}
	run() {
		for (;;) {
			const code = this.#from.byte();
			if (code === 46) return {
				value: this.#pop(),
				end: this.#from.at
			};
			if (!(this.#scalar(code) || this.#container(code) || this.#object(code))) throw this.#unknown(code);
			if (this.#stack.length > MOST_VALUES || this.#memo.size > MOST_VALUES) throw this.#from.malformed(`it holds more than ${MOST_VALUES} values`);
		}
	}
	/** None, numbers, strings and bytes; and what only frames them. */
	#scalar(code) {
		switch (code) {
			case 128:
				this.#from.take(1);
				return true;
			case 149:
				this.#from.take(8);
				return true;
			case 78: return this.#push(null);
			case 136: return this.#push(true);
			case 137: return this.#push(false);
			case 74: return this.#push(this.#from.int32());
			case 75: return this.#push(this.#from.byte());
			case 77: return this.#push(this.#from.uint16());
			case 138: return this.#push(this.#from.integer(this.#from.byte()));
			case 139: return this.#push(this.#from.integer(this.#from.length(4)));
			case 71: return this.#push(this.#from.float64());
			default: return this.#text(code);
		}
	}
	#text(code) {
		switch (code) {
			case 88: return this.#push(this.#from.string(this.#from.length(4)));
			case 140: return this.#push(this.#from.string(this.#from.byte()));
			case 141: return this.#push(this.#from.string(this.#from.length(8)));
			case 85: return this.#push(this.#from.string(this.#from.byte()));
			case 84: return this.#push(this.#from.string(this.#from.length(4)));
			case 67: return this.#push(this.#from.slice(this.#from.byte()));
			case 66: return this.#push(this.#from.slice(this.#from.length(4)));
			case 142: return this.#push(this.#from.slice(this.#from.length(8)));
			default: return false;
		}
	}
	#container(code) {
		switch (code) {
			case 40:
				this.#stack.push(MARK);
				return true;
			case 93: return this.#push({
				kind: "list",
				items: []
			});
			case 125: return this.#push({
				kind: "dict",
				entries: []
			});
			case 41: return this.#push({
				kind: "tuple",
				items: []
			});
			case 133:
			case 134:
			case 135: return this.#push({
				kind: "tuple",
				items: this.#popMany(code - 132)
			});
			case 116: return this.#push({
				kind: "tuple",
				items: this.#popMarked()
			});
			case 108: return this.#push({
				kind: "list",
				items: this.#popMarked()
			});
			case 97: return this.#append([this.#pop()]);
			case 101: return this.#append(this.#popMarked());
			case 115: return this.#setItems(this.#popMany(2));
			case 117: return this.#setItems(this.#popMarked());
			case 48:
				if (this.#stack.pop() === void 0) throw this.#from.malformed("its stack is empty");
				return true;
			case 49:
				this.#popMarked();
				return true;
			default: return this.#remembered(code);
		}
	}
	#remembered(code) {
		switch (code) {
			case 113: return this.#remember(this.#from.byte());
			case 114: return this.#remember(this.#from.length(4));
			case 148: return this.#remember(this.#memo.size);
			case 104: return this.#recall(this.#from.byte());
			case 106: return this.#recall(this.#from.length(4));
			default: return false;
		}
	}
	#object(code) {
		switch (code) {
			case 99: return this.#global(this.#from.line(), this.#from.line());
			case 147: {
				const [module, name] = this.#popMany(2);
				if (typeof module !== "string" || typeof name !== "string") throw this.#from.malformed("a global is not named by text");
				return this.#global(module, name);
			}
			case 82: {
				const [callee, args] = this.#popMany(2);
				if (!isKind(callee, "global")) throw this.#from.malformed("something that has no name is called");
				if (!isKind(args, "tuple")) throw this.#from.malformed("a call has no tuple of arguments");
				return this.#push(called(this.#file, callee.name, args.items));
			}
			case 98: {
				this.#pop();
				const built = this.#peek();
				if (isKind(built, "dict") || isKind(built, "tensor")) return true;
				throw pytorchRefused(this.#file, "an object with a state of its own");
			}
			case 81: return this.#push(this.#persistentLoad(this.#pop()));
			default: return false;
		}
	}
	#global(module, name) {
		const full = `${module}.${name}`;
		if (!isKnownGlobal(full)) throw pytorchRefused(this.#file, full.slice(0, 120));
		return this.#push({
			kind: "global",
			name: full
		});
	}
	#push(value) {
		this.#stack.push(value);
		return true;
	}
	#pop() {
		const slot = this.#stack.pop();
		if (slot === void 0 || slot === MARK) throw this.#from.malformed("its stack is empty");
		return slot;
	}
	#peek() {
		const value = this.#pop();
		this.#stack.push(value);
		return value;
	}
	#popMany(count) {
		return Array.from({ length: count }, () => this.#pop()).reverse();
	}
	#popMarked() {
		const items = [];
		for (let slot = this.#stack.pop(); slot !== MARK; slot = this.#stack.pop()) {
			if (slot === void 0) throw this.#from.malformed("a mark is missing");
			items.push(slot);
		}
		return items.reverse();
	}
	#append(items) {
		const list = this.#peek();
		if (!isKind(list, "list")) throw this.#from.malformed("something is appended to what is no list");
		for (const item of items) list.items.push(item);
		return true;
	}
	#setItems(items) {
		const dict = this.#peek();
		if (!isKind(dict, "dict")) throw this.#from.malformed("an item is set in what is no dict");
		if (items.length % 2 !== 0) throw this.#from.malformed("a key has no value");
		for (let i = 0; i < items.length; i += 2) dict.entries.push([items[i] ?? null, items[i + 1] ?? null]);
		return true;
	}
	#remember(key) {
		this.#memo.set(key, this.#peek());
		return true;
	}
	#recall(key) {
		const value = this.#memo.get(key);
		if (value === void 0) throw this.#from.malformed(`nothing is remembered as ${key}`);
		return this.#push(value);
	}
	#unknown(code) {
		const shown = `0x${code.toString(16).padStart(2, "0")}`;
		return pytorchRefused(this.#file, `the pickle opcode ${shown} at byte ${this.#from.at - 1}`);
	}
};
// src/pytorch/storages.ts
/** @file What tensors are views of: how a storage is named in a pickle, and who has its bytes. */
/** ('storage', torch.FloatStorage, key, location, elements) */
function storageOf(file, id) {
	const [word, type, key, , count] = isKind(id, "tuple") ? id.items : [];
	const elements = wholeNumber(count);
	if (word !== "storage" || !isKind(type, "global") || typeof key !== "string" || elements === null) throw pytorchMalformed(file, "a storage is not described as PyTorch does");
	const dtype = dtypeOfStorage(type.name);
	if (dtype === null) throw pytorchRefused(file, `a storage of ${type.name}`);
	return {
		kind: "storage",
		key,
		dtype,
		elements
	};
}
// src/pytorch/legacy.ts
/**
* @file What torch.save wrote before PyTorch 1.6: five pickles (a magic number, the protocol, what wrote it, the object, the keys of
* storages), then of each storage, in the order of its key, a count of elements and the elements.
*/
/** torch/serialization.py, MAGIC_NUMBER */
const MAGIC = 119547037146038801333356n;
const MOST_PICKLE_BYTES$1 = 64e6;
const COUNT_BYTES = 8;
/** Errors: PYTORCH_MALFORMED, PYTORCH_REFUSED. */
async function openLegacy(source) {
	const { name } = source;
	const bytes = await source.read(0, Math.min(source.byteLength, MOST_PICKLE_BYTES$1));
	const none = () => {
		throw pytorchMalformed(name, "its first pickles refer to storages");
	};
	const magic = unpickle(name, bytes, 0, none);
	if (magic.value !== MAGIC) throw pytorchMalformed(name, "it begins neither as a zip archive nor as an older file");
	const system = unpickle(name, bytes, unpickle(name, bytes, magic.end, none).end, none);
	if (isKind(system.value, "dict") && system.value.entries.some(([key, value]) => key === "little_endian" && value === false)) throw pytorchRefused(name, "numbers of a big-endian machine in the older form");
	const known = /* @__PURE__ */ new Map();
	const object = unpickle(name, bytes, system.end, (id) => {
		if ((isKind(id, "tuple") ? id.items[5] ?? null : null) !== null) throw pytorchRefused(name, "views of storages in the older form");
		const storage = storageOf(name, id);
		known.set(storage.key, storage);
		return storage;
	});
	const keys = unpickle(name, bytes, object.end, none);
	if (!isKind(keys.value, "list")) throw pytorchMalformed(name, "its storages are not listed");
	return {
		value: object.value,
		storages: storagesFrom(source, keys.end, keys.value.items, known)
	};
}
/** Storages one after the other from `start`. */
function storagesFrom(source, start, keys, known) {
	const places = /* @__PURE__ */ new Map();
	let at = start;
	for (const key of keys) {
		const storage = typeof key === "string" ? known.get(key) : void 0;
		if (storage === void 0) throw pytorchMalformed(source.name, "a storage is listed that no tensor has");
		places.set(storage.key, at + COUNT_BYTES);
		at += COUNT_BYTES + storage.elements * DTYPE_BYTES[storage.dtype];
	}
	if (at > source.byteLength) throw pytorchMalformed(source.name, "its storages reach beyond its end");
	const placeOf = (key) => {
		const from = places.get(key);
		if (from === void 0) throw pytorchMalformed(source.name, `storage "${key}" is not listed`);
		return from;
	};
	return {
		read: async ({ key, elements, dtype }) => {
			const from = placeOf(key);
			return await source.read(from, from + elements * DTYPE_BYTES[dtype]);
		},
		readPart: async (storage, [start, end]) => {
			const from = placeOf(storage.key);
			checkRange(source.name, start, end, storage.elements * DTYPE_BYTES[storage.dtype]);
			return await source.read(from + start, from + end);
		}
	};
}
// src/pytorch/strides.ts
/** @file The elements of a view of a storage, one after the other. */
/** A view may repeat elements (a stride of 0): of so many times its storage is made no tensor. */
const MOST_REPEATED = 4;
/** Row-major bytes of the tensor, in a buffer of their own. Errors: PYTORCH_MALFORMED. */
function contiguous(file, tensor, storage) {
	const { shape, stride, offset } = tensor;
	const size = DTYPE_BYTES[tensor.storage.dtype];
	const count = elementCount(shape) ?? 0;
	if (count * size > MOST_REPEATED * storage.byteLength) throw pytorchMalformed(file, `a tensor of [${shape.join(", ")}] repeats a small storage`);
	if (isRowMajor(shape, stride)) return storage.slice(offset * size, (offset + count) * size);
	const out = new Uint8Array(count * size);
	const place = new Array(shape.length).fill(0);
	for (let i = 0, from = offset; i < count; i++) {
		for (let b = 0; b < size; b++) out[i * size + b] = storage[from * size + b] ?? 0;
		for (let axis = shape.length - 1; axis >= 0; axis--) {
			place[axis] = (place[axis] ?? 0) + 1;
			from += stride[axis] ?? 0;
			if ((place[axis] ?? 0) < (shape[axis] ?? 0)) break;
			from -= (stride[axis] ?? 0) * (shape[axis] ?? 0);
			place[axis] = 0;
		}
	}
	return out;
}
/** Do the elements stand in the storage one after the other, as a row-major tensor has them? */
function isRowMajor(shape, stride) {
	let wanted = 1;
	for (let axis = shape.length - 1; axis >= 0; axis--) {
		if (shape[axis] !== 1 && stride[axis] !== wanted) return false;
		wanted *= shape[axis] ?? 1;
	}
	return true;
}
// src/pytorch/open.ts
/**
* @file A file of torch.save: a zip archive of one pickle and a member per storage, or, before PyTorch 1.6, pickles one after the other and
* the storages behind them. Tensors are had by name, each read when it is asked for; plain values beside them too.
*
* Source: torch/serialization.py (_save, _load, _legacy_load). Names: keys of nested dicts joined by dots.
*/
/** A thousand tensors take some 200 KB. */
const MOST_PICKLE_BYTES = 64e6;
/** Dicts within dicts. */
const MOST_DEPTH = 16;
/** Names of tensors and values, once nested dicts are told apart. */
const MOST_NAMES = 2e5;
/** Open a file; closing the table closes the source. Errors: PYTORCH_MALFORMED, PYTORCH_REFUSED. */
async function openPytorch(source) {
	if (source.byteLength < 4) throw pytorchMalformed(source.name, "it is empty");
	const start = await source.read(0, 4);
	const isZip = start[0] === 80 && start[1] === 75;
	if (!isZip) await refuseStandIn(source);
	const { value, storages } = isZip ? await openArchive(source) : await openLegacy(source);
	return table(source, value, storages);
}
async function openArchive(source) {
	const zip = await asPytorch(source.name, () => openZip(source));
	const pickle = [...zip.members.keys()].find((name) => /(^|\/)data\.pkl$/.test(name));
	if (pickle === void 0) throw pytorchMalformed(source.name, "it holds no data.pkl");
	const folder = pickle.slice(0, -8);
	const isBig = await smallText(source.name, zip, `${folder}byteorder`) === "big";
	const member = zip.members.get(pickle);
	if (member === void 0 || member.byteLength > MOST_PICKLE_BYTES) throw pytorchMalformed(source.name, `its pickle has more than ${MOST_PICKLE_BYTES} bytes`);
	const bytes = await asPytorch(source.name, () => zip.readMember(member));
	const { value } = unpickle(source.name, bytes, 0, (id) => storageOf(source.name, id));
	return {
		value,
		storages: archived(source.name, zip, folder, isBig)
	};
}
async function smallText(file, zip, name) {
	const member = zip.members.get(name);
	if (member === void 0 || member.byteLength > 16) return null;
	const bytes = await asPytorch(file, () => zip.readMember(member));
	return new TextDecoder().decode(bytes);
}
/** A zip archive that is none is a file of PyTorch that is none. */
async function asPytorch(file, read) {
	try {
		return await read();
	} catch (error) {
		if (error instanceof SaegateError && error.code === "NPZ_MALFORMED") throw pytorchMalformed(file, error.message.replace(/^.*archive: /, "").replace(/\.$/, ""));
		throw error;
	}
}
function archived(file, zip, folder, isBig) {
	const memberOf = (storage) => {
		const member = zip.members.get(`${folder}data/${storage.key}`);
		const bytes = storage.elements * DTYPE_BYTES[storage.dtype];
		if (member?.byteLength !== bytes) throw pytorchMalformed(file, `storage "${storage.key}" has ${member?.byteLength ?? 0} bytes, not ${bytes}`);
		return member;
	};
	return {
		read: async (storage) => {
			const bytes = await asPytorch(file, () => zip.readMember(memberOf(storage)));
			return isBig ? swapped(bytes, DTYPE_BYTES[storage.dtype]) : bytes;
		},
		readPart: async (storage, range) => {
			const bytes = await asPytorch(file, () => zip.readPart(memberOf(storage), range));
			return isBig ? swapped(bytes, DTYPE_BYTES[storage.dtype]) : bytes;
		}
	};
}
/** Big-endian numbers, little-endian. */
function swapped(bytes, size) {
	const out = new Uint8Array(bytes.length);
	for (let i = 0; i < bytes.length; i++) {
		const within = i % size;
		out[i - within + size - 1 - within] = bytes[i] ?? 0;
	}
	return out;
}
function table(source, value, storages) {
	const names = new Names(source.name);
	names.collect(value, "", 0);
	const entries = /* @__PURE__ */ new Map();
	for (const [name, { storage, shape }] of names.tensors) {
		const bytes = (elementCount(shape) ?? Number.POSITIVE_INFINITY) * DTYPE_BYTES[storage.dtype];
		if (!Number.isSafeInteger(bytes)) throw pytorchMalformed(source.name, `tensor "${name}" is too large`);
		entries.set(name, {
			name,
			dtype: storage.dtype,
			shape,
			start: 0,
			end: bytes,
			file: source.name
		});
	}
	return {
		entries,
		metadata: /* @__PURE__ */ new Map(),
		values: names.values,
		readBytes: async (name, range) => {
			const tensor = names.tensors.get(name);
			if (tensor === void 0) throw tensorMissing(source.name, name);
			if (range === void 0) return contiguous(source.name, tensor, await storages.read(tensor.storage));
			if (isRowMajor(tensor.shape, tensor.stride)) {
				const from = tensor.offset * DTYPE_BYTES[tensor.storage.dtype];
				const bytes = await storages.readPart(tensor.storage, [from + range[0], from + range[1]]);
				return bytes.byteOffset === 0 ? bytes : new Uint8Array(bytes);
			}
			return contiguous(source.name, tensor, await storages.read(tensor.storage)).slice(...range);
		},
		close: () => source.close()
	};
}
/** Tensors and plain values by their names, of dicts within dicts. */
var Names = class {
	tensors = /* @__PURE__ */ new Map();
	values = /* @__PURE__ */ new Map();
	#file;
	#count = 0;
	constructor(file) {
		this.#file = file;
	}
	collect(value, name, depth) {
		if (depth > MOST_DEPTH || ++this.#count > MOST_NAMES) throw pytorchMalformed(this.#file, "dicts lie in dicts without end");
		if (isKind(value, "tensor")) this.tensors.set(name, value);
		else if (isKind(value, "dict")) for (const [key, item] of value.entries) {
			if (typeof key === "object") continue;
			this.collect(item, name === "" ? String(key) : `${name}.${String(key)}`, depth + 1);
		}
		else if (isKind(value, "list") || isKind(value, "tuple")) for (const [i, item] of value.items.entries()) this.collect(item, `${name}.${i}`, depth + 1);
		else if (value === null || typeof value !== "object") this.values.set(name, value);
	}
};
export { requireFiniteSpan as a, requireFinite as i, openZip as n, floatTensors as r, openPytorch as t };
