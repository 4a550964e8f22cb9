import { n as globbed, r as isGlob, t as globFolder } from "./shared-globs.js";
import { _ as saeShape, d as saeKTooLarge, f as saeKUntold, g as saeScaleMissing, i as onnxEncoderUnread, l as saeHookUnknown, n as onnxEncoderData, o as saeConfigInvalid, r as onnxEncoderDiffers, t as RELEASES, u as saeHookUntold, v as saeUnsupported, x as CANONICAL_L0 } from "./shared-table.js";
import { a as readScaledRows, c as scaleColumns, d as NO_CLAIMS, f as TRAINED_ON_ALL, i as readScaledColumns, n as gatedAsJumpRelu, o as readTimes, p as decoderNorms, r as multiply, s as readUnitRows, t as columnsInMemory, u as scaledInput } from "./shared-forms.js";
import { c as npzMalformed, g as tensorNotFloat, m as tensorMissing, s as npyMalformed } from "./shared-checkpoints.js";
import { t as toFloat32 } from "./shared-half.js";
import { a as requireFiniteSpan, i as requireFinite, n as openZip, r as floatTensors, t as openPytorch } from "./shared-open.js";
import { n as elementCount } from "./shared-raw-tensor.js";
import { t as openSafetensors } from "./shared-safetensors.js";
import { C as EVERY_POSITION, T as MOST_SLICED, k as withoutFirst } from "./shared-causal-schema.js";
import { i as parseHookPoint, t as HOOK_NAMES } from "./shared-hook-point.js";
import { h as nearest } from "./shared-file.js";
import { a as readJsonObject, n as describeJson, r as isJsonObject } from "./shared-json.js";
import { n as dataFiles, t as readOnnxModel } from "./shared-model-proto.js";
import { n as narrowToFloat16 } from "./shared-float16.js";
import { t as Message } from "./shared-protobuf.js";
import { t as createSession } from "./shared-session.js";
// src/sae/format.ts
/** Files of this name, in whatever folder. */
function named(names, wanted) {
	return names.filter((name) => name === wanted || name.endsWith(`/${wanted}`));
}
/** The folder of a file, with its slash; '' at the top. */
function folderOf(name) {
	return name.slice(0, name.lastIndexOf("/") + 1);
}
// src/archives/row-order.ts
/** Bytes of values of `size` bytes (1, 2, 4 or 8) → the same values, last axis fastest, in memory of their own. */
function inRowOrder(stored, shape, size) {
	const from = new Uint8Array(stored).buffer;
	const rows = new Uint8Array(stored.byteLength);
	const to = rows.buffer;
	if (size === 8) reorder(new BigUint64Array(from), new BigUint64Array(to), shape);
	else if (size === 4) reorder(new Uint32Array(from), new Uint32Array(to), shape);
	else if (size === 2) reorder(new Uint16Array(from), new Uint16Array(to), shape);
	else reorder(stored, rows, shape);
	return rows;
}
function reorder(from, to, shape) {
	const steps = [];
	let step = 1;
	for (const length of shape) {
		steps.push(step);
		step *= length;
	}
	const place = shape.map(() => 0);
	for (let i = 0, at = 0; i < from.length; i++) {
		to[i] = from[at];
		for (let axis = shape.length - 1; axis >= 0; axis--) {
			at += steps[axis];
			if (++place[axis] < shape[axis]) break;
			at -= steps[axis] * shape[axis];
			place[axis] = 0;
		}
	}
}
// src/archives/npy.ts
/**
* @file Reads one .npy array: header as text that is matched, never evaluated, then little-endian values.
*
* Layout: "\x93NUMPY" | major, minor | header length (u16le in version 1, u32le in 2 and 3) | a Python dict literal with
* 'descr', 'fortran_order' and 'shape' | values. Source: numpy/lib/format.py. Left out: structured, complex, text and
* object types (an object array is a pickle), big-endian values.
*/
/** numpy refuses longer headers too (max_header_size of numpy.load). */
const MAX_NPY_HEADER_BYTES = 1e4;
const MAX_AXES = 64;
const DTYPES = {
	f8: 8,
	f4: 4,
	f2: 2,
	i8: 8,
	i4: 4,
	i2: 2,
	i1: 1,
	u8: 8,
	u4: 4,
	u2: 2,
	u1: 1,
	b1: 1
};
/** Read a whole array, in row-major order. The values may share `bytes`' memory. Errors: NPY_MALFORMED. */
function readNpy(bytes, name) {
	const { dtype, shape, isFortran, dataStart, dataBytes } = readNpyHeader(bytes, name);
	const found = bytes.byteLength - dataStart;
	if (found !== dataBytes) throw npyMalformed(name, `${dtype} of shape [${shape.join(", ")}] takes ${dataBytes} bytes, but ${found} follow the header`);
	const stored = bytes.subarray(dataStart);
	return {
		shape,
		...valuesOf$1(dtype, isFortran ? inRowOrder(stored, shape, DTYPES[dtype]) : stored)
	};
}
/** The bytes of elements [start, end) of a row-major array, its header counted. */
function npyRange({ dtype, dataStart }, start, end) {
	return [dataStart + start * DTYPES[dtype], dataStart + end * DTYPES[dtype]];
}
/** Values by themselves, as an array of one axis. */
function readNpyValues(dtype, bytes) {
	return {
		shape: [bytes.byteLength / DTYPES[dtype]],
		...valuesOf$1(dtype, bytes)
	};
}
/** Read the header from the first bytes of an array. Errors: NPY_MALFORMED. */
function readNpyHeader(bytes, name) {
	const refuse = (reason) => npyMalformed(name, reason);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.byteLength < 10 || view.getUint32(0) !== 2471384397 || view.getUint16(4) !== 20569) throw refuse("it does not begin with \\x93NUMPY");
	const [major, minor] = [view.getUint8(6), view.getUint8(7)];
	if (major < 1 || major > 3 || minor !== 0) throw refuse(`version ${major}.${minor} is not known (1.0 to 3.0 are)`);
	const textStart = major === 1 ? 10 : 12;
	if (bytes.byteLength < textStart) throw refuse("it ends inside its header");
	const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
	if (length > 1e4) throw refuse(`its header has ${length} bytes; at most ${MAX_NPY_HEADER_BYTES} are read`);
	const dataStart = textStart + length;
	if (dataStart > bytes.byteLength) throw refuse("it ends inside its header");
	const { dtype, shape, isFortran } = parseHeaderText(new TextDecoder("latin1").decode(bytes.subarray(textStart, dataStart)), refuse);
	const dataBytes = (elementCount(shape) ?? NaN) * DTYPES[dtype];
	if (!Number.isSafeInteger(dataBytes)) throw refuse(`its shape (${shape.join(", ")}) is too large`);
	return {
		dtype,
		shape,
		isFortran,
		dataStart,
		dataBytes
	};
}
/** `'key': value` with the three kinds of value that occur: a string, True or False, a tuple; or a list, to be refused. */
const ITEM = /\s*(?:'([a-z_]+)'|"([a-z_]+)")\s*:\s*('[^'\\]*'|"[^"\\]*"|True|False|\([\d,\sL]*\)|\[[^\]]*\])\s*(,|$)/y;
function parseHeaderText(text, refuse) {
	const dict = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
	if (dict === void 0) throw refuse("its header is not a dict");
	const values = /* @__PURE__ */ new Map();
	ITEM.lastIndex = 0;
	const body = dict.trimEnd();
	while (ITEM.lastIndex < body.length) {
		const item = ITEM.exec(body);
		const key = item?.[1] ?? item?.[2];
		const value = item?.[3];
		if (key === void 0 || value === void 0) throw refuse("its header is not a dict of descr, fortran_order and shape");
		if (values.has(key)) throw refuse(`its header has the key "${key}" twice`);
		values.set(key, value);
	}
	if (values.size !== 3) throw refuse(`its header has the keys ${[...values.keys()].join(", ")}; descr, fortran_order and shape are needed`);
	const dtype = parseDtype(values.get("descr"), refuse);
	const shape = parseShape(values.get("shape"), refuse);
	const fortran = values.get("fortran_order");
	if (fortran !== "True" && fortran !== "False") throw refuse("fortran_order is neither True nor False");
	return {
		dtype,
		shape,
		isFortran: fortran === "True" && shape.length > 1
	};
}
function parseDtype(quoted, refuse) {
	if (quoted === void 0) throw refuse("its header has no descr");
	if (!/^['"]/.test(quoted)) throw refuse("it is a structured array (several fields per value)");
	const descr = quoted.slice(1, -1);
	const [order, kind] = [descr.charAt(0), descr.slice(1)];
	if (kind.startsWith("O")) throw refuse("it holds Python objects, which are pickles and never read");
	if (!isNpyDtype(kind)) throw refuse(`its type "${descr}" is not a number type that is read`);
	if (order === ">" && DTYPES[kind] > 1) throw refuse(`its values are big-endian ("${descr}")`);
	if (!"<|>=".includes(order) || order === "") throw refuse(`its type "${descr}" has an unknown byte order`);
	return kind;
}
function isNpyDtype(word) {
	return Object.hasOwn(DTYPES, word);
}
/** `()`, `(3,)`, `(3, 4)`; Python 2 wrote `3L`. */
function parseShape(tuple, refuse) {
	const inner = /^\(\s*((?:\d+L?\s*,\s*)*(?:\d+L?)?)\s*\)$/.exec(tuple ?? "")?.[1];
	if (inner === void 0) throw refuse("its shape is not a tuple of whole numbers");
	const sizes = inner.split(",").map((size) => size.trim());
	if (sizes.at(-1) === "") sizes.pop();
	else if (sizes.length === 1) throw refuse("its shape is not a tuple of whole numbers");
	const shape = sizes.map((size) => Number(size.replace("L", "")));
	if (shape.length > MAX_AXES || !shape.every(Number.isSafeInteger)) throw refuse("its shape is too large");
	return shape;
}
function valuesOf$1(dtype, stored) {
	const { buffer, byteOffset, byteLength } = stored.byteOffset % DTYPES[dtype] !== 0 ? new Uint8Array(stored) : stored;
	const count = byteLength / DTYPES[dtype];
	switch (dtype) {
		case "f8": return {
			dtype,
			data: new Float64Array(buffer, byteOffset, count)
		};
		case "f4": return {
			dtype,
			data: new Float32Array(buffer, byteOffset, count)
		};
		case "f2":
		case "u2": return {
			dtype,
			data: new Uint16Array(buffer, byteOffset, count)
		};
		case "i8": return {
			dtype,
			data: new BigInt64Array(buffer, byteOffset, count)
		};
		case "i4": return {
			dtype,
			data: new Int32Array(buffer, byteOffset, count)
		};
		case "i2": return {
			dtype,
			data: new Int16Array(buffer, byteOffset, count)
		};
		case "i1": return {
			dtype,
			data: new Int8Array(buffer, byteOffset, count)
		};
		case "u8": return {
			dtype,
			data: new BigUint64Array(buffer, byteOffset, count)
		};
		case "u4": return {
			dtype,
			data: new Uint32Array(buffer, byteOffset, count)
		};
		case "u1":
		case "b1": return {
			dtype,
			data: new Uint8Array(buffer, byteOffset, count)
		};
	}
}
// src/archives/npz.ts
/** Enough for the longest header that is read, even where the first bytes of a member did not compress at all. */
const HEADER_READ_BYTES = 12048;
/** Open an archive; closing it closes the source. Errors: NPZ_MALFORMED, NPY_MALFORMED. */
async function openNpz(source) {
	const zip = await openZip(source);
	const members = /* @__PURE__ */ new Map();
	const arrays = /* @__PURE__ */ new Map();
	for (const member of zip.members.values()) {
		if (!member.name.endsWith(".npy")) continue;
		const array = member.name.slice(0, -4);
		const shown = `${source.name}: ${member.name}`;
		const header = readNpyHeader(await zip.readStart(member, HEADER_READ_BYTES), shown);
		const declared = header.dataStart + header.dataBytes;
		if (declared !== member.byteLength) throw npyMalformed(shown, `its header describes ${declared} bytes, but it has ${member.byteLength}`);
		members.set(array, member);
		arrays.set(array, header);
	}
	if (arrays.size === 0) throw npzMalformed(source.name, "it holds no .npy array");
	return {
		name: source.name,
		arrays,
		read: async (array) => {
			const member = members.get(array);
			if (member === void 0) throw tensorMissing(source.name, array);
			return readNpy(await zip.readMember(member), `${source.name}: ${member.name}`);
		},
		spansOf: (array) => {
			const [member, header] = [members.get(array), arrays.get(array)];
			if (member === void 0 || header === void 0) throw tensorMissing(source.name, array);
			if (member.deflated || header.isFortran) return null;
			return async (start, end) => {
				const bytes = await zip.readPart(member, npyRange(header, start, end));
				return readNpyValues(header.dtype, bytes);
			};
		},
		close: () => source.close()
	};
}
/** The arrays as float tensors; f8 is rounded to float32. Errors on read: TENSOR_NOT_FLOAT, TENSOR_NOT_FINITE, those of `read`. */
function npzTensors(archive) {
	const entries = /* @__PURE__ */ new Map();
	for (const [name, { dtype, shape, dataBytes }] of archive.arrays) entries.set(name, {
		name,
		shape,
		storedAs: dtype,
		byteLength: dataBytes
	});
	return {
		entries,
		read: async (name) => {
			const data = tensorOf$1(archive.name, name, await archive.read(name));
			requireFinite(archive.name, name, data);
			return data;
		},
		spansOf: (name) => {
			const spans = archive.spansOf(name);
			const shape = entries.get(name)?.shape ?? [];
			if (spans === null) return null;
			return async (start, end) => {
				const data = tensorOf$1(archive.name, name, await spans(start, end));
				requireFiniteSpan(archive.name, name, data, {
					start,
					shape
				});
				return data;
			};
		},
		close: () => archive.close()
	};
}
function tensorOf$1(file, name, { shape, ...values }) {
	switch (values.dtype) {
		case "f8": return {
			type: "float32",
			shape,
			data: new Float32Array(values.data)
		};
		case "f4": return {
			type: "float32",
			shape,
			data: values.data
		};
		case "f2": return {
			type: "float16",
			shape,
			data: values.data
		};
		default: throw tensorNotFloat(file, name, values.dtype);
	}
}
// src/sae/weights.ts
/** @file The tensors of an autoencoder, found by name, checked for shape, read as float32. */
/** Use the tensors of a weights file, whatever its container; it is closed behind. Errors: those of the container and of `use`. */
async function withTensors({ files, name, config }, use) {
	const source = await files.open(name);
	try {
		return await use({
			file: source.name,
			config,
			...await openTable(files.spec, source, name)
		});
	} finally {
		await source.close();
	}
}
async function openTable(spec, source, name) {
	if (name.endsWith(".npz")) return {
		table: npzTensors(await openNpz(source)),
		values: /* @__PURE__ */ new Map()
	};
	if (/\.(pt|pth|bin)$/.test(name)) {
		const file = await openPytorch(source);
		return {
			table: floatTensors(spec, file),
			values: file.values
		};
	}
	return {
		table: floatTensors(spec, await openSafetensors(source)),
		values: /* @__PURE__ */ new Map()
	};
}
/** d_in and d_sae from W_enc. Errors: TENSOR_MISSING, SAE_SHAPE. */
function sizeOf({ file, config, table }, name, stored = "as wanted") {
	const shape = table.entries.get(name)?.shape;
	if (shape === void 0) throw tensorMissing(file, name, config);
	const [rows = 0, columns = 0] = shape;
	const [d_in, d_sae] = stored === "transposed" ? [columns, rows] : [rows, columns];
	if (shape.length !== 2 || d_in === 0 || d_sae === 0) throw saeShape(file, name, shape, [rows, columns], d_in, d_sae);
	return {
		d_in,
		d_sae
	};
}
/** Length of a vector. Errors: TENSOR_MISSING, SAE_SHAPE. */
function lengthOf({ file, config, table }, name, { d_in, d_sae }) {
	const shape = table.entries.get(name)?.shape;
	if (shape === void 0) throw tensorMissing(file, name, config);
	const [length = 0] = shape;
	if (shape.length !== 1 || length === 0) throw saeShape(file, name, shape, [length], d_in, d_sae);
	return length;
}
/** One tensor of exactly this shape. Errors: TENSOR_MISSING, SAE_SHAPE, and those of reading (TENSOR_NOT_FINITE, …). */
async function readShaped({ file, config, table }, name, wanted, { d_in, d_sae }) {
	const shape = table.entries.get(name)?.shape;
	if (shape === void 0) throw tensorMissing(file, name, config);
	if (shape.length !== wanted.length || wanted.some((size, axis) => shape[axis] !== size)) throw saeShape(file, name, shape, wanted, d_in, d_sae);
	return toFloat32(await table.read(name));
}
/** A matrix (rows, columns), turned where it is stored the other way. Errors: as `readShaped`. */
async function readMatrix(tensors, { name, stored }, [rows, columns], size) {
	if (stored === "as wanted") return readShaped(tensors, name, [rows, columns], size);
	return transposed(await readShaped(tensors, name, [columns, rows], size), columns, rows);
}
/** Columns [start, end) of a matrix: (rows, end − start). Errors: as `readShaped`. */
async function readColumns(tensors, { name, stored, shape: [rows, columns], size }, range = [0, columns]) {
	if (stored === "as wanted") return await columnsOf(tensors, {
		name,
		shape: [rows, columns],
		size
	}, range);
	return transposed(await rowsOf(tensors, {
		name,
		shape: [columns, rows],
		size
	}, range), range[1] - range[0], rows);
}
/** Rows [start, end) of a matrix: (end − start, columns). Errors: as `readShaped`. */
async function readRows(tensors, { name, stored, shape: [rows, columns], size }, range = [0, rows]) {
	if (stored === "as wanted") return await rowsOf(tensors, {
		name,
		shape: [rows, columns],
		size
	}, range);
	return transposed(await columnsOf(tensors, {
		name,
		shape: [columns, rows],
		size
	}, range), columns, range[1] - range[0]);
}
async function rowsOf(tensors, { name, shape, size }, [start, end]) {
	const [rows, columns] = shape;
	const spans = start === 0 && end === rows ? null : spansOf(tensors, name, shape);
	if (spans !== null) return toFloat32(await spans(start * columns, end * columns));
	const whole = await readShaped(tensors, name, shape, size);
	return start === 0 && end === rows ? whole : whole.slice(start * columns, end * columns);
}
/** Rows whose parts are read beside each other: as many as keep a disk busy. */
const READ_AT_ONCE = 16;
async function columnsOf(tensors, { name, shape, size }, [start, end]) {
	const [rows, columns] = shape;
	if (start === 0 && end === columns) return await readShaped(tensors, name, shape, size);
	const width = end - start;
	const out = new Float32Array(rows * width);
	const spans = spansOf(tensors, name, shape);
	if (spans === null) {
		const whole = await readShaped(tensors, name, shape, size);
		for (let r = 0; r < rows; r++) out.set(whole.subarray(r * columns + start, r * columns + end), r * width);
		return out;
	}
	for (let first = 0; first < rows; first += READ_AT_ONCE) {
		const some = Array.from({ length: Math.min(READ_AT_ONCE, rows - first) }, (_, i) => first + i);
		const parts = await Promise.all(some.map((r) => spans(r * columns + start, r * columns + end)));
		for (const [i, part] of parts.entries()) out.set(toFloat32(part), (first + i) * width);
	}
	return out;
}
/** Null: this tensor can be had whole only, or is of another shape, which reading all of it tells. */
function spansOf({ table }, name, shape) {
	const found = table.entries.get(name)?.shape;
	if (found?.length !== shape.length || !shape.every((size, axis) => found[axis] === size)) return null;
	return table.spansOf?.(name) ?? null;
}
/** Rows and columns that are turned together, so that both sides stay in cache. */
const TURNED = 32;
/** (rows, columns) → (columns, rows) */
function transposed(matrix, rows, columns) {
	const out = new Float32Array(matrix.length);
	for (let r0 = 0; r0 < rows; r0 += TURNED) for (let c0 = 0; c0 < columns; c0 += TURNED) for (let c = c0; c < Math.min(c0 + TURNED, columns); c++) for (let r = r0; r < Math.min(r0 + TURNED, rows); r++) out[c * rows + r] = matrix[r * columns + c];
	return out;
}
// src/sae/named-tensors.ts
/** nn.Linear both ways: `encoder.weight` (d_sae, d_in) and `decoder.weight` (d_out, d_sae). */
const LINEAR_NAMES = {
	W_enc: {
		name: "encoder.weight",
		stored: "transposed"
	},
	b_enc: "encoder.bias",
	W_dec: {
		name: "decoder.weight",
		stored: "transposed"
	},
	b_dec: [
		"decoder.bias",
		"b_dec",
		"bias"
	]
};
/** Size and vectors. Errors: TENSOR_MISSING, SAE_SHAPE, and those of reading. */
async function readNamed(tensors, names) {
	const size = sizeOf(tensors, names.W_enc.name, names.W_enc.stored);
	const { d_in, d_sae } = size;
	const b_dec = names.b_dec.find((name) => tensors.table.entries.has(name));
	const d_out = b_dec === void 0 ? d_in : tensors.table.entries.get(b_dec)?.shape[0] ?? d_in;
	return {
		size,
		b_enc: names.b_enc === null ? new Float32Array(d_sae) : await readShaped(tensors, names.b_enc, [d_sae], size),
		b_dec: b_dec === void 0 ? new Float32Array(d_out) : await readShaped(tensors, b_dec, [d_out], size)
	};
}
/** W_enc as it is read of its file, a range of features at a time. */
function namedEncoder(file, { W_enc }, size) {
	const wanted = {
		...W_enc,
		shape: [size.d_in, size.d_sae],
		size
	};
	return (range) => withTensors(file, (tensors) => readColumns(tensors, wanted, range));
}
/** W_dec, likewise. */
function namedDecoder(file, { W_dec }, { size, b_dec }) {
	const wanted = {
		...W_dec,
		shape: [size.d_sae, b_dec.length],
		size
	};
	return (range) => withTensors(file, (tensors) => readRows(tensors, wanted, range));
}
// src/sae/known/input-scales.ts
/**
* @file Factors that inputs were scaled by in training, where neither the folder nor its config holds them: `norm_scaling_factor` of
* SAELens' registry, by repository and path.
*/
const INPUT_SCALES = {
	"jbloom/Gemma-2b-Residual-Stream-SAEs": { "gemma_2b_blocks.12.hook_resid_post_16384": .21381938399317255 },
	"tommmcgrath/gpt2-small-mlp-out-saes": {
		"sae_group_gpt2_blocks.0.hook_mlp_out_24576:v1": 1.049317316132615,
		"sae_group_gpt2_blocks.1.hook_mlp_out_24576:v0": 2.3693984005104283,
		"sae_group_gpt2_blocks.2.hook_mlp_out_24576:v0": 1.6411934982190302,
		"sae_group_gpt2_blocks.3.hook_mlp_out_24576:v0": 1.8958522157897557,
		"sae_group_gpt2_blocks.4.hook_mlp_out_24576:v0": 1.81673478700627,
		"sae_group_gpt2_blocks.5.hook_mlp_out_24576:v0": 1.550234472245924,
		"sae_group_gpt2_blocks.6.hook_mlp_out_24576:v0": 1.3237742807210804,
		"sae_group_gpt2_blocks.7.hook_mlp_out_24576:v0": 1.1042905114723296,
		"sae_group_gpt2_blocks.8.hook_mlp_out_24576:v1": .9123762783479742,
		"sae_group_gpt2_blocks.9.hook_mlp_out_24576:v0": .6955335635232373,
		"sae_group_gpt2_blocks.10.hook_mlp_out_24576:v0": .3619728926727644,
		"sae_group_gpt2_blocks.11.hook_mlp_out_24576:v2": .2851548652550073
	},
	"fnlp/Llama-Scope-R1-Distill": {
		"800M-Slimpajama-0-OpenR1-Math-220k/L0R": 53.52995401997436,
		"800M-Slimpajama-0-OpenR1-Math-220k/L1R": 37.07457226753229,
		"800M-Slimpajama-0-OpenR1-Math-220k/L2R": 26.801271953747353,
		"800M-Slimpajama-0-OpenR1-Math-220k/L3R": 20.258785842428143,
		"800M-Slimpajama-0-OpenR1-Math-220k/L4R": 16.35620323956284,
		"800M-Slimpajama-0-OpenR1-Math-220k/L5R": 13.77273090622553,
		"800M-Slimpajama-0-OpenR1-Math-220k/L6R": 11.802642616140206,
		"800M-Slimpajama-0-OpenR1-Math-220k/L7R": 10.345622082873675,
		"800M-Slimpajama-0-OpenR1-Math-220k/L8R": 9.52711219837399,
		"800M-Slimpajama-0-OpenR1-Math-220k/L9R": 8.722802553532865,
		"800M-Slimpajama-0-OpenR1-Math-220k/L10R": 8.187374613072596,
		"800M-Slimpajama-0-OpenR1-Math-220k/L11R": 7.681409438301019,
		"800M-Slimpajama-0-OpenR1-Math-220k/L12R": 7.011470964851573,
		"800M-Slimpajama-0-OpenR1-Math-220k/L13R": 6.507851835301529,
		"800M-Slimpajama-0-OpenR1-Math-220k/L14R": 6.075830839342571,
		"800M-Slimpajama-0-OpenR1-Math-220k/L15R": 5.529329506982431,
		"800M-Slimpajama-0-OpenR1-Math-220k/L16R": 5.04125765694814,
		"800M-Slimpajama-0-OpenR1-Math-220k/L17R": 4.543060254752811,
		"800M-Slimpajama-0-OpenR1-Math-220k/L18R": 4.136073768441771,
		"800M-Slimpajama-0-OpenR1-Math-220k/L19R": 3.8186778444880143,
		"800M-Slimpajama-0-OpenR1-Math-220k/L20R": 3.4997662089479755,
		"800M-Slimpajama-0-OpenR1-Math-220k/L21R": 3.114875161525094,
		"800M-Slimpajama-0-OpenR1-Math-220k/L22R": 2.858677637086371,
		"800M-Slimpajama-0-OpenR1-Math-220k/L23R": 2.6143620233159384,
		"800M-Slimpajama-0-OpenR1-Math-220k/L24R": 2.406593266301888,
		"800M-Slimpajama-0-OpenR1-Math-220k/L25R": 2.2185540508553694,
		"800M-Slimpajama-0-OpenR1-Math-220k/L26R": 2.038628827422577,
		"800M-Slimpajama-0-OpenR1-Math-220k/L27R": 1.8664054897001374,
		"800M-Slimpajama-0-OpenR1-Math-220k/L28R": 1.6914743009513147,
		"800M-Slimpajama-0-OpenR1-Math-220k/L29R": 1.530389056066687,
		"800M-Slimpajama-0-OpenR1-Math-220k/L30R": 1.3378642198135962,
		"800M-Slimpajama-0-OpenR1-Math-220k/L31R": 1.0963025732622191,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L0R": 53.97673033497749,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L1R": 36.76995792628666,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L2R": 26.86329549484781,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L3R": 20.473522361966317,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L4R": 16.491433880849524,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L5R": 13.902529211394633,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L6R": 11.959185891949216,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L7R": 10.454685082137889,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L8R": 9.625849752730096,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L9R": 8.705443147441324,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L10R": 8.0884989084078,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L11R": 7.449578399564585,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L12R": 6.80144905444981,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L13R": 6.331711239265464,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L14R": 5.70284230018703,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L15R": 5.318041374444156,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L16R": 4.79639347416429,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L17R": 4.333554093692626,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L18R": 3.9386839067851334,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L19R": 3.584045063066589,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L20R": 3.4122850442674064,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L21R": 2.9930188471058385,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L22R": 2.7548717844301582,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L23R": 2.5281942698718076,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L24R": 2.326851186904894,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L25R": 2.101068654605767,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L26R": 1.9361189375890395,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L27R": 1.7784660082777055,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L28R": 1.6635049539624462,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L29R": 1.448853212514504,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L30R": 1.157008764313032,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L31R": 1.041977999933546,
		"0-Slimpajama-800M-OpenR1-Math-220k/L0R": 54.308791085956486,
		"0-Slimpajama-800M-OpenR1-Math-220k/L1R": 36.49473030775242,
		"0-Slimpajama-800M-OpenR1-Math-220k/L2R": 26.96126387031055,
		"0-Slimpajama-800M-OpenR1-Math-220k/L3R": 20.52210199911164,
		"0-Slimpajama-800M-OpenR1-Math-220k/L4R": 16.67733543806145,
		"0-Slimpajama-800M-OpenR1-Math-220k/L5R": 14.067505043509176,
		"0-Slimpajama-800M-OpenR1-Math-220k/L6R": 12.034338704494331,
		"0-Slimpajama-800M-OpenR1-Math-220k/L7R": 10.495662821867164,
		"0-Slimpajama-800M-OpenR1-Math-220k/L8R": 9.683004157081735,
		"0-Slimpajama-800M-OpenR1-Math-220k/L9R": 8.679730500864236,
		"0-Slimpajama-800M-OpenR1-Math-220k/L10R": 7.988383971728427,
		"0-Slimpajama-800M-OpenR1-Math-220k/L11R": 7.237531143695951,
		"0-Slimpajama-800M-OpenR1-Math-220k/L12R": 6.69444885029299,
		"0-Slimpajama-800M-OpenR1-Math-220k/L13R": 6.0489858065009265,
		"0-Slimpajama-800M-OpenR1-Math-220k/L14R": 5.4935929917888595,
		"0-Slimpajama-800M-OpenR1-Math-220k/L15R": 4.970860531188141,
		"0-Slimpajama-800M-OpenR1-Math-220k/L16R": 4.541887865516153,
		"0-Slimpajama-800M-OpenR1-Math-220k/L17R": 4.111292885351861,
		"0-Slimpajama-800M-OpenR1-Math-220k/L18R": 3.7319009471881754,
		"0-Slimpajama-800M-OpenR1-Math-220k/L19R": 3.4464218438335172,
		"0-Slimpajama-800M-OpenR1-Math-220k/L20R": 3.1614163309538377,
		"0-Slimpajama-800M-OpenR1-Math-220k/L21R": 2.8600260547627334,
		"0-Slimpajama-800M-OpenR1-Math-220k/L22R": 2.636157171207381,
		"0-Slimpajama-800M-OpenR1-Math-220k/L23R": 2.4287397996449367,
		"0-Slimpajama-800M-OpenR1-Math-220k/L24R": 2.2405978768214556,
		"0-Slimpajama-800M-OpenR1-Math-220k/L25R": 2.034659098936678,
		"0-Slimpajama-800M-OpenR1-Math-220k/L26R": 1.8430054630341937,
		"0-Slimpajama-800M-OpenR1-Math-220k/L27R": 1.6554423260870552,
		"0-Slimpajama-800M-OpenR1-Math-220k/L28R": 1.477070442772071,
		"0-Slimpajama-800M-OpenR1-Math-220k/L29R": 1.3361543238773446,
		"0-Slimpajama-800M-OpenR1-Math-220k/L30R": 1.1387454210154435,
		"0-Slimpajama-800M-OpenR1-Math-220k/L31R": .926395749048437
	}
};
// src/sae/known/releases.ts
/**
* A dictionary is found where a path runs through its repository, on the Hub or in the Hub's cache. How inputs were prepared is the
* same for all of a repository; a name on Neuronpedia is of one dictionary. Null: not known.
*/
function knownRelease(paths) {
	const inRepository = RELEASES.flatMap((release) => {
		const inside = pathInside(paths, release.repository);
		return inside === null ? [] : [{
			release,
			inside,
			numbers: match(release, inside)
		}];
	});
	const found = inRepository.find(({ numbers }) => numbers !== null) ?? inRepository[0];
	if (found === void 0) return null;
	const { release, inside, numbers } = found;
	return {
		model: release.model,
		neuronpedia: numbers === null ? null : filled(release.neuronpedia, numbers),
		center: release.center ?? false,
		input: release.input ?? null,
		scale: scaleOf$1(release.repository, inside),
		skipped: release.skipped ?? 0
	};
}
/** What follows the repository in any of the paths; null: they do not name it. */
function pathInside(paths, repository) {
	const [owner = "", name = ""] = repository.split("/");
	const spelled = `(?:${escaped(repository)}|models--${escaped(owner)}--${escaped(name)}/snapshots/[^/]+|(?:^|/)${escaped(name)})`;
	const text = paths.replaceAll("\\", "/");
	return new RegExp(`${spelled}(?:@[^/\\s]+)?/(\\S+)`).exec(text)?.[1] ?? null;
}
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** The numbers that stand for the letters of a release's path. */
function match(release, inside) {
	const letters = [...release.path.matchAll(/\{([A-Z])\}/g)].map(([, letter = ""]) => letter);
	const pattern = escaped(release.path).replaceAll(/\\\{[A-Z]\\\}/g, "(\\d+)").replaceAll("\\*", "[^/]*").replace(/canonical$/, "average_l0_(\\d+)");
	const found = new RegExp(`^${pattern}(?:/|$)`).exec(inside);
	if (found === null) return null;
	const numbers = new Map(letters.map((letter, i) => [letter, found[i + 1] ?? ""]));
	if (numbers.has("L") && !release.layers.includes(Number(numbers.get("L")))) return null;
	if (release.path.endsWith("/canonical")) {
		const [, width = ""] = /width_(\w+)\//.exec(release.path) ?? [];
		if (CANONICAL_L0[release.repository.replace(/^.*\//, "")]?.[width]?.[Number(numbers.get("L"))] !== Number(found[letters.length + 1])) return null;
	}
	return numbers;
}
function filled(template, numbers) {
	return template?.replaceAll(/\{([A-Z])\}/g, (all, letter) => numbers.get(letter) ?? all) ?? null;
}
function scaleOf$1(repository, inside) {
	return Object.entries(INPUT_SCALES[repository] ?? {}).find(([path]) => inside === path || inside.startsWith(`${path}/`))?.[1] ?? null;
}
// src/sae/place.ts
/** @file Where a dictionary lies and where in the model it reads: paths for messages, hook points from what is known. */
/** What to call a file of the dictionary in a message, and where release names are looked for: the spec and the path. */
function placeOf(files, name) {
	return files.localPath(name) ?? `${files.spec}/${name}`;
}
/** Everything that is said by where a file lies: the spec as it was written, and the path on this machine. */
function pathsOf({ config, files, weights }) {
	return `${config.source}/${weights} ${placeOf(files, weights)}`;
}
/** The user's hook, else the dictionary's own. Errors: SAE_HOOK_UNKNOWN, SAE_HOOK_UNTOLD. */
function chooseHook(config, own, place) {
	const name = config.hook ?? own;
	if (name === null) throw saeHookUntold(place);
	return hookAt(name, config.hook === null ? place : "--hook");
}
/** `where` says it. A module of Hugging Face stands for what it gives. Errors: SAE_HOOK_UNKNOWN. */
function hookAt(name, where) {
	const hook = parseHookPoint(name) ?? hookOfModule(name);
	if (hook === null) throw saeHookUnknown(where, name, nearHook(name), HOOK_NAMES);
	return hook;
}
/** The hook whose name is a letter or two away, or is the end of one: `blocks.4.resid_post`. */
function nearHook(written) {
	const [, block = "", name = ""] = /^(blocks\.\d{1,4}\.)(\S+)$/.exec(written) ?? [];
	const near = nearest(name, HOOK_NAMES) ?? HOOK_NAMES.find((known) => name !== "" && known.endsWith(name));
	return block === "" || near === void 0 ? null : `${block}${near}`;
}
/** What a module is called inside its block, in the families that have published dictionaries → the hook of its output. */
const BLOCK_MODULES = {
	"": "hook_resid_post",
	mlp: "mlp.hook_out",
	self_attn: "attn.hook_out",
	attention: "attn.hook_out",
	attn: "attn.hook_out"
};
/**
* `model.layers.12`, `layers.12.mlp`, `gpt_neox.layers.3.attention`, `transformer.h.5`: the output of a module of Hugging Face's
* models, named from the model or from its base. Null: another text. An embedding is not among them: where a family
* scales it, some versions do so inside the module and some behind it.
*/
function hookOfModule(name) {
	const match = /^(?:[a-z_]+\.)*?(?:layers|h)\.(\d{1,4})(?:\.([a-z_]+))?$/.exec(name);
	const hook = match === null ? void 0 : BLOCK_MODULES[match[2] ?? ""];
	return match === null || hook === void 0 ? null : {
		layer: Number(match[1]),
		name: hook
	};
}
// src/sae/parts.ts
/** What stays unsaid is what registries know of it, and what most projects do: plain rows, b_dec not applied, every position. */
async function dictionaryOf(found, parts) {
	const { config } = found;
	const { size, encoder, b_dec } = parts.weights;
	const known = knownRelease(pathsOf(found));
	const claims = parts.claims ?? NO_CLAIMS;
	const untrained = parts.untrained ?? TRAINED_ON_ALL;
	return {
		spec: config.source,
		architecture: parts.architecture,
		d_in: size.d_in,
		d_sae: size.d_sae,
		reads: parts.reads,
		predicts: parts.predicts ?? parts.reads,
		input: known?.input ?? parts.input ?? "plain",
		applyBDecToInput: parts.applyBDecToInput ?? false,
		center: config.center ?? (parts.center === true || known?.center === true),
		untrained: {
			...untrained,
			outside: withoutFirst(untrained.outside, known?.skipped ?? 0)
		},
		neuronpedia: parts.neuronpedia ?? known?.neuronpedia ?? null,
		claims: {
			...claims,
			model: claims.model ?? known?.model ?? null
		},
		sha256: await found.sha256(),
		encoder,
		b_dec,
		warnings: parts.warnings ?? [],
		rebuilds: parts.rebuilds ?? true,
		W_dec: parts.W_dec,
		W_skip: parts.W_skip ?? (async () => null)
	};
}
// src/sae/layouts/circuit-tracer.ts
const PER_LAYER = /(^|\/)layer_(\d{1,4})\.safetensors$/;
const CROSS_LAYER = /(^|\/)W_enc_(\d{1,4})\.safetensors$/;
const MOST_CONFIG_BYTES = 65536;
const namesFor = (suffix) => ({
	W_enc: {
		name: `W_enc${suffix}`,
		stored: "transposed"
	},
	b_enc: `b_enc${suffix}`,
	W_dec: {
		name: `W_dec${suffix}`,
		stored: "as wanted"
	},
	b_dec: [`b_dec${suffix}`]
});
const perLayerTranscoder = {
	name: "circuit-tracer, per layer (mwhanna’s Qwen3 transcoders)",
	layout: "`layer_L.safetensors`, `config.yaml`",
	reads: "transcoders of the MLP (ReLU, JumpReLU; with and without skip)",
	weights: (names) => names.filter((name) => PER_LAYER.test(name)),
	open: openPerLayer
};
const crossLayerTranscoder = {
	name: "circuit-tracer, across layers (mntss)",
	layout: "`W_enc_L.safetensors`, `config.yaml`",
	reads: "the encoder of one layer; what it rebuilds is not measured",
	weights: (names) => names.filter((name) => CROSS_LAYER.test(name)),
	open: openCrossLayer
};
async function openPerLayer(found) {
	const { config, files, weights: name } = found;
	const layer = PER_LAYER.exec(name)?.[2] ?? "";
	const place = placeOf(files, name);
	const yaml = await configOf(files, name);
	const names = namesFor("");
	const file = {
		files,
		name,
		config: "config.yaml"
	};
	const { size, encoder, b_dec } = await readEncoder$3(file, names, "threshold");
	return await dictionaryOf(found, {
		architecture: encoder.threshold === null ? "standard" : "jumprelu",
		reads: chooseHook(config, `blocks.${layer}.${yaml("feature_input_hook") ?? "mlp.hook_in"}`, place),
		predicts: hookAt(`blocks.${layer}.${outputHook(yaml("feature_output_hook"))}`, place),
		weights: {
			size,
			encoder,
			b_dec
		},
		claims: {
			...NO_CLAIMS,
			model: yaml("model_name")
		},
		W_dec: namedDecoder(file, names, {
			size,
			b_dec
		}),
		W_skip: () => withTensors(file, async (tensors) => {
			if (!tensors.table.entries.has("W_skip")) return null;
			return await readMatrix(tensors, {
				name: "W_skip",
				stored: "transposed"
			}, [size.d_in, b_dec.length], size);
		})
	});
}
async function openCrossLayer(found) {
	const { config, files, weights: name } = found;
	const layer = CROSS_LAYER.exec(name)?.[2] ?? "";
	const place = placeOf(files, name);
	const yaml = await configOf(files, name);
	const suffix = `_${layer}`;
	const { size, encoder, b_dec } = await readEncoder$3({
		files,
		name,
		config: "config.yaml"
	}, namesFor(suffix), `threshold${suffix}`);
	return await dictionaryOf(found, {
		architecture: encoder.threshold === null ? "standard" : "jumprelu",
		reads: chooseHook(config, `blocks.${layer}.${yaml("feature_input_hook") ?? "hook_resid_mid"}`, place),
		predicts: hookAt(`blocks.${layer}.${outputHook(yaml("feature_output_hook"))}`, place),
		rebuilds: false,
		weights: {
			size,
			encoder,
			b_dec
		},
		claims: {
			...NO_CLAIMS,
			model: yaml("model_name")
		},
		W_dec: async ([start, end] = [0, size.d_sae]) => new Float32Array((end - start) * b_dec.length)
	});
}
async function readEncoder$3(file, names, threshold) {
	return await withTensors(file, async (tensors) => {
		const { size, b_enc, b_dec } = await readNamed(tensors, names);
		const jumps = tensors.table.entries.has(threshold);
		return {
			size,
			encoder: {
				activatesBy: "feature",
				W_enc: namedEncoder(file, names, size),
				b_enc,
				threshold: jumps ? await readShaped(tensors, threshold, [size.d_sae], size) : null
			},
			b_dec
		};
	});
}
/** circuit-tracer's `mlp.hook_out` is what is added to the residual, behind a norm where one stands there. */
const outputHook = (name) => name === "mlp.hook_out" || name === null ? "hook_mlp_out" : name;
/** Top-level words of config.yaml; null where there is none or it does not say. */
async function configOf(files, weights) {
	const name = `${folderOf(weights)}config.yaml`;
	if (!files.has(name)) return () => null;
	const source = await files.open(name);
	try {
		const bytes = await source.read(0, Math.min(source.byteLength, MOST_CONFIG_BYTES));
		const text = new TextDecoder().decode(bytes);
		return (key) => new RegExp(`^${key}:[ \\t]*["']?([\\w./-]{1,120})["']?[ \\t]*$`, "m").exec(text)?.[1] ?? null;
	} finally {
		await source.close();
	}
}
// src/sae/row-rule.ts
/** @file How many features of a row fire, checked against the dictionary's width. */
/** `found`: what says it, in `file` under `key`. Errors: SAE_CONFIG_INVALID, SAE_K_TOO_LARGE. */
function rowRule({ file, key }, kind, found, d_sae) {
	if (typeof found !== "number" || !Number.isInteger(found) || found < 1) throw saeConfigInvalid(file, key, String(JSON.stringify(found ?? null)).slice(0, 80), "a positive whole number");
	if (found > d_sae) throw saeKTooLarge(file, found, d_sae);
	if (kind === "groupmax" && d_sae % found !== 0) throw saeConfigInvalid(file, key, String(found), `a divisor of the ${d_sae} features`);
	return {
		kind,
		k: found
	};
}
// src/sae/layouts/dictionary-learning.ts
/**
* @file dictionary_learning (saprmarks) and SAEBench: `…/resid_post_layer_L/trainer_N/ae.pt` beside config.json, whose `trainer` says what the
* class is and where it reads.
*
* AutoEncoder: relu((x − bias) Wᵀ + b), decoder rows made of norm 1 where it is loaded; AutoEncoderNew takes nothing off.
* AutoEncoderTopK: the k largest. BatchTopKSAE, MatryoshkaBatchTopKSAE: above one stored threshold, once it is set. GatedAutoEncoder.
* JumpReluAutoEncoder: nothing taken off. `submodule_name` says mlp or attention, else the residual behind the layer.
*/
/** Parameters of a class that is no nn.Linear. */
const PLAIN_NAMES = {
	W_enc: {
		name: "W_enc",
		stored: "as wanted"
	},
	b_enc: "b_enc",
	W_dec: {
		name: "W_dec",
		stored: "as wanted"
	},
	b_dec: ["b_dec"]
};
const common = {
	names: LINEAR_NAMES,
	applyBDecToInput: true,
	unitDecoder: false
};
const CLASSES = {
	AutoEncoder: {
		...common,
		architecture: "standard",
		fires: "all",
		unitDecoder: true
	},
	AutoEncoderNew: {
		...common,
		architecture: "standard",
		fires: "all",
		applyBDecToInput: false
	},
	AutoEncoderTopK: {
		...common,
		architecture: "topk",
		fires: "row"
	},
	BatchTopKSAE: {
		...common,
		architecture: "jumprelu",
		fires: "one"
	},
	MatryoshkaBatchTopKSAE: {
		...common,
		architecture: "jumprelu",
		fires: "one",
		names: PLAIN_NAMES
	},
	GatedAutoEncoder: {
		...common,
		architecture: "gated",
		fires: "gated",
		names: {
			...LINEAR_NAMES,
			b_enc: null,
			b_dec: ["decoder_bias"]
		}
	},
	JumpReluAutoEncoder: {
		...common,
		architecture: "jumprelu",
		fires: "each",
		applyBDecToInput: false,
		names: PLAIN_NAMES
	}
};
const dictionaryLearning = {
	name: "dictionary_learning, SAEBench, andyrdt",
	layout: "`ae.pt`, `config.json`",
	reads: "standard, p-anneal, gated, top-k, BatchTopK, matryoshka and JumpReLU",
	weights: (names) => named(names, "ae.pt"),
	open: open$8
};
async function open$8(found) {
	const { config, files, weights: name } = found;
	const described = `${folderOf(name)}config.json`;
	const place = placeOf(files, described);
	const cfg = await readJsonObject(files, described);
	const trainer = isJsonObject(cfg.trainer) ? cfg.trainer : cfg;
	const kind = classOf(place, trainer);
	const file = {
		files,
		name,
		config: "config.json"
	};
	const { weights, W_dec } = await withTensors(file, (tensors) => readWeights$4(tensors, file, {
		kind,
		trainer
	}));
	return await dictionaryOf(found, {
		architecture: kind.architecture,
		reads: chooseHook(config, hookOf(trainer), place),
		weights,
		applyBDecToInput: kind.applyBDecToInput,
		claims: {
			...NO_CLAIMS,
			model: text$2(trainer.lm_name),
			contextSize: contextOf(cfg)
		},
		W_dec
	});
}
function classOf(place, { dict_class: name }) {
	const known = typeof name === "string" && Object.hasOwn(CLASSES, name) ? CLASSES[name] : void 0;
	if (name === void 0 || name === null) throw saeConfigInvalid(place, "dict_class", "null", `one of ${Object.keys(CLASSES).join(", ")}`);
	if (known === void 0) throw saeUnsupported(place, `dict_class ${JSON.stringify(name).slice(0, 80)}`);
	return known;
}
/** `layer` and `submodule_name` (`resid_post_layer_3`, `mlp_out_layer_3`, `attention_out_layer_3`). */
function hookOf({ layer, submodule_name: submodule }) {
	if (typeof layer !== "number" || !Number.isInteger(layer) || layer < 0) return null;
	const place = typeof submodule === "string" ? submodule : "";
	if (/^mlp/.test(place)) return `blocks.${layer}.mlp.hook_out`;
	if (/^att/.test(place)) return `blocks.${layer}.attn.hook_out`;
	return `blocks.${layer}.hook_resid_post`;
}
async function readWeights$4(tensors, file, { kind, trainer }) {
	const { size, b_enc, b_dec } = await readNamed(tensors, kind.names);
	let W_enc = namedEncoder(file, kind.names, size);
	let W_dec = namedDecoder(file, kind.names, {
		size,
		b_dec
	});
	if (kind.unitDecoder) {
		const norms = await decoderNorms({
			b_dec,
			d_sae: size.d_sae,
			W_dec
		});
		W_enc = readScaledColumns(W_enc, norms);
		scaleColumns(b_enc, norms);
		W_dec = readUnitRows(W_dec, norms);
	}
	return {
		weights: {
			size,
			b_dec,
			encoder: await readEncoder$2(tensors, kind, {
				W_enc,
				b_enc,
				size,
				trainer
			})
		},
		W_dec
	};
}
async function readEncoder$2(tensors, { fires }, { W_enc, b_enc, size, trainer }) {
	const { d_sae } = size;
	const vector = (name) => readShaped(tensors, name, [d_sae], size);
	const plain = {
		activatesBy: "feature",
		W_enc,
		b_enc,
		threshold: null
	};
	switch (fires) {
		case "all": return plain;
		case "row": return {
			...plain,
			activatesBy: rowRule({
				file: tensors.config,
				key: "k"
			}, "topk", trainer.k, d_sae)
		};
		case "one": {
			const [threshold = -1] = await readShaped(tensors, "threshold", [], size);
			if (threshold < 0) throw saeConfigInvalid(tensors.file, "threshold", String(threshold), "a threshold that training has set");
			return {
				...plain,
				threshold: new Float32Array(d_sae).fill(threshold)
			};
		}
		case "each": return {
			...plain,
			threshold: await vector("threshold")
		};
		case "gated": {
			const gates = {
				b_gate: await vector("gate_bias"),
				b_mag: await vector("mag_bias"),
				r_mag: await vector("r_mag")
			};
			return gatedAsJumpRelu(W_enc, gates);
		}
	}
}
function text$2(value) {
	return typeof value === "string" ? value : null;
}
function contextOf({ buffer }) {
	const length = isJsonObject(buffer) ? buffer.ctx_len : null;
	return typeof length === "number" && length > 0 ? length : null;
}
// src/sae/layouts/gemma-scope.ts
/**
* @file Gemma Scope: one params.npz per dictionary, and everything else about it in its path (arXiv 2408.05147).
*
* `gemma-scope-2b-pt-res/layer_12/width_16k/average_l0_82/params.npz`: res reads hook_resid_post of the layer, mlp
* hook_mlp_out, att attn.hook_z. Transcoders read the norm before the MLP without its gain (ln2.hook_normalized) and give
* hook_mlp_out. `embedding/` dictionaries read hook_embed and were trained on rows times √d: W_enc / √d, W_dec · √d.
* Always JumpReLU, b_dec not applied to the input, no normalisation, no centring. Arrays W_enc (d_in, d_sae), b_enc, W_dec,
* b_dec, threshold; older exports write w_enc and w_dec.
*/
const HOOKS = {
	res: "hook_resid_post",
	mlp: "hook_mlp_out",
	att: "attn.hook_z",
	transcoders: "ln2.hook_normalized"
};
/** An npz file that the user names outright may be called anything. */
const gemmaScope = {
	name: "Gemma Scope",
	layout: "`params.npz`",
	reads: "residual, attention, MLP and embedding dictionaries, transcoders (JumpReLU)",
	weights: (names) => {
		const [only, ...others] = names;
		if (only?.endsWith(".npz") && others.length === 0) return [only];
		return named(names, "params.npz");
	},
	open: open$7
};
async function open$7(found) {
	const { config, files, weights: name } = found;
	const paths = pathsOf(found);
	const place = placeOf(files, name);
	const reads = chooseHook(config, hookOfPath$1(paths), place);
	const isTranscoder = reads.name === "ln2.hook_normalized";
	const isEmbedding = reads.name === "hook_embed";
	const file = {
		files,
		name,
		config: "the path"
	};
	const weights = await readWeights$3(file, isEmbedding);
	const { d_in } = weights.size;
	return await dictionaryOf(found, {
		architecture: "jumprelu",
		reads,
		...isTranscoder ? { predicts: hookAt(`blocks.${reads.layer}.hook_mlp_out`, place) } : {},
		weights,
		untrained: {
			...TRAINED_ON_ALL,
			bos: true
		},
		claims: {
			...NO_CLAIMS,
			l0: claimedL0(paths),
			model: modelOfPath(paths)
		},
		W_dec: readTimes((range) => withTensors(file, (tensors) => readRows(tensors, decoderOf(tensors, weights), range)), isEmbedding ? Math.sqrt(d_in) : 1)
	});
}
async function readWeights$3(file, isEmbedding) {
	return await withTensors(file, async (tensors) => {
		const name = spelling(tensors, "W_enc");
		const size = sizeOf(tensors, name);
		const { d_in, d_sae } = size;
		const wanted = {
			name,
			stored: "as wanted",
			shape: [d_in, d_sae],
			size
		};
		const W_enc = readTimes((range) => withTensors(file, (opened) => readColumns(opened, wanted, range)), isEmbedding ? 1 / Math.sqrt(d_in) : 1);
		const b_enc = await readShaped(tensors, "b_enc", [d_sae], size);
		const threshold = await readShaped(tensors, "threshold", [d_sae], size);
		const b_dec = await readShaped(tensors, "b_dec", [lengthOf(tensors, "b_dec", size)], size);
		return {
			size,
			encoder: {
				activatesBy: "feature",
				W_enc,
				b_enc,
				threshold
			},
			b_dec
		};
	});
}
function decoderOf(tensors, { size, b_dec }) {
	const shape = [size.d_sae, b_dec.length];
	return {
		name: spelling(tensors, "W_dec"),
		stored: "as wanted",
		shape,
		size
	};
}
/** `…gemma-scope-…-res…/layer_12/…` → `blocks.12.hook_resid_post`; null where the path does not say both. */
function hookOfPath$1(path) {
	const kind = /gemma-scope-[^\\/]*-(res|mlp|att|transcoders)(?=[-\\/@\s]|$)/.exec(path)?.[1];
	if (kind === "res" && /(?:^|[\\/\s])embedding(?:[\\/\s]|$)/.test(path)) return "hook_embed";
	const layer = /(?:^|[\\/\s])layer_(\d{1,4})(?:[\\/\s]|$)/.exec(path)?.[1];
	if (layer === void 0 || kind === void 0) return null;
	return `blocks.${layer}.${HOOKS[kind]}`;
}
/** `average_l0_82` → 82 */
function claimedL0(path) {
	const l0 = /(?:^|[\\/\s])average_l0_(\d{1,6})(?:[\\/\s]|$)/.exec(path)?.[1];
	return l0 === void 0 ? null : Number(l0);
}
/** `gemma-scope-9b-it-res` → `gemma-2-9b-it` */
function modelOfPath(path) {
	const match = /gemma-scope-(2b|9b|27b)-(pt|it)-/.exec(path);
	return match === null ? null : `gemma-2-${match[1]}${match[2] === "it" ? "-it" : ""}`;
}
function spelling({ table }, name) {
	const lower = name.toLowerCase();
	return !table.entries.has(name) && table.entries.has(lower) ? lower : name;
}
// src/sae/layouts/gemma-scope-2.ts
/**
* @file Gemma Scope 2: params.safetensors, often with a config.json beside it.
*
* `gemma-scope-2-4b-pt/resid_post/layer_17_width_65k_l0_medium/params.safetensors`; kinds resid_post, attn_out, mlp_out and
* transcoder, each also with `_all` behind it. w_enc (d_in, d_sae), b_enc, w_dec (d_sae, d_out), b_dec, threshold; transcoders
* may have affine_skip_connection (d_in, d_out), by which x is multiplied as it stands. JumpReLU, b_dec not applied to the input.
* config.json names modules of Hugging Face: hf_hook_point_in and _out. Left out: `crosscoder/` and `clt/`, which read
* several blocks at once.
*/
const SKIP = "affine_skip_connection";
const NAMES$3 = {
	W_enc: {
		name: "w_enc",
		stored: "as wanted"
	},
	W_dec: {
		name: "w_dec",
		stored: "as wanted"
	}
};
const KINDS$1 = {
	resid_post: {
		reads: "hook_resid_post",
		predicts: "hook_resid_post"
	},
	attn_out: {
		reads: "attn.hook_z",
		predicts: "attn.hook_z"
	},
	mlp_out: {
		reads: "hook_mlp_out",
		predicts: "hook_mlp_out"
	},
	transcoder: {
		reads: "mlp.hook_in",
		predicts: "hook_mlp_out"
	}
};
/** Inputs and outputs of modules of Gemma 3, below `model.layers.L.`, as config.json names them. */
const MODULE_HOOKS = {
	output: "hook_resid_post",
	"self_attn.o_proj.input": "attn.hook_z",
	"post_feedforward_layernorm.output": "hook_mlp_out",
	"pre_feedforward_layernorm.output": "mlp.hook_in",
	"mlp.input": "mlp.hook_in",
	"post_attention_layernorm.output": "hook_attn_out"
};
const gemmaScope2 = {
	name: "Gemma Scope 2",
	layout: "`params.safetensors`, `config.json`",
	reads: "residual, attention and MLP dictionaries, transcoders with and without affine skip (JumpReLU)",
	weights: (names) => named(names, "params.safetensors"),
	open: open$6
};
async function open$6(found) {
	const { config, files, weights: name } = found;
	const paths = pathsOf(found);
	const several = /(?:^|[\\/])(crosscoder|clt)[\\/]/.exec(paths)?.[1];
	if (several !== void 0) throw saeUnsupported(placeOf(files, name), `a ${several} that reads several blocks at once`);
	const place = placeOf(files, `${folderOf(name)}config.json`);
	const described = files.has(`${folderOf(name)}config.json`) ? await readJsonObject(files, `${folderOf(name)}config.json`) : {};
	const own = hooksOfConfig(described) ?? hooksOfPath(paths);
	const reads = chooseHook(config, own?.reads ?? null, place);
	const file = {
		files,
		name,
		config: "config.json"
	};
	const weights = await withTensors(file, (tensors) => readWeights$2(tensors, file));
	const { size, b_dec } = weights;
	return await dictionaryOf(found, {
		architecture: "jumprelu",
		reads,
		...own === null || config.hook !== null ? {} : { predicts: hookAt(own.predicts, place) },
		weights,
		claims: claimsOf(described),
		W_dec: namedDecoder(file, NAMES$3, weights),
		W_skip: () => withTensors(file, async (tensors) => {
			if (!tensors.table.entries.has(SKIP)) return null;
			return await readShaped(tensors, SKIP, [size.d_in, b_dec.length], size);
		})
	});
}
async function readWeights$2(tensors, file) {
	const size = sizeOf(tensors, "w_enc");
	const { d_sae } = size;
	const W_enc = namedEncoder(file, NAMES$3, size);
	const b_enc = await readShaped(tensors, "b_enc", [d_sae], size);
	const threshold = await readShaped(tensors, "threshold", [d_sae], size);
	const b_dec = await readShaped(tensors, "b_dec", [lengthOf(tensors, "b_dec", size)], size);
	return {
		size,
		encoder: {
			activatesBy: "feature",
			W_enc,
			b_enc,
			threshold
		},
		b_dec
	};
}
function hooksOfConfig({ hf_hook_point_in: input, hf_hook_point_out: output }) {
	const reads = typeof input === "string" ? hookOfGemmaModule(input) : null;
	if (reads === null) return null;
	const predicts = typeof output === "string" ? hookOfGemmaModule(output) : reads;
	return predicts === null ? null : {
		reads,
		predicts
	};
}
/** `model.layers.12.self_attn.o_proj.input` → `blocks.12.attn.hook_z`; null: another place. */
function hookOfGemmaModule(name) {
	const match = /^(?:[a-z_]+\.)*?layers\.(\d{1,4})\.([a-z_.]+)$/.exec(name);
	const hook = match === null ? void 0 : MODULE_HOOKS[match[2] ?? ""];
	return match === null || hook === void 0 ? null : `blocks.${match[1]}.${hook}`;
}
/** `…/resid_post_all/layer_3_width_16k_l0_small/…` → where it reads and what it rebuilds; null where the path does not say. */
function hooksOfPath(path) {
	const match = /(?:^|[\\/])(resid_post|attn_out|mlp_out|transcoder)(?:_all)?[\\/]layer_(\d{1,4})_/.exec(path);
	const kind = match === null ? void 0 : KINDS$1[match[1] ?? ""];
	if (match === null || kind === void 0) return null;
	const at = (hook) => `blocks.${match[2]}.${hook}`;
	return {
		reads: at(kind.reads),
		predicts: at(kind.predicts)
	};
}
function claimsOf({ model_name: model, l0 }) {
	return {
		...NO_CLAIMS,
		l0: typeof l0 === "number" && l0 > 0 ? l0 : null,
		model: typeof model === "string" ? model : null
	};
}
// src/sae/onnx-encoder/figures.ts
/** @file An exported encoder's weights, from what its graph was read to do and the constants that stand in it. */
/** Columns of a gate and of its magnitude may differ by float32 rounding of the factor between them. */
const SAME_COLUMN = 1e-5;
/** Constants that the features depend on. */
function namesOf$1({ of, mask, largest, scaled, zeros }) {
	const gate = mask === null ? [] : [...affineNames(mask.of), mask.threshold];
	const names = [
		...affineNames(of),
		...gate,
		...largest === null ? [] : [largest.k],
		...zeros
	];
	return [.../* @__PURE__ */ new Set([...names, ...scaled.map(({ by }) => by)])];
}
/** Constants that what is rebuilt depends on, beyond the features. */
function rebuiltNames({ product, after }) {
	return [.../* @__PURE__ */ new Set([product.by, ...after.map(({ by }) => by)])];
}
const affineNames = ({ before, product, after }) => [...[...before, ...after].map(({ by }) => by), ...product === null ? [] : [product.by]];
/** Errors: SAE_ONNX_UNREAD, SAE_CONFIG_INVALID, SAE_K_TOO_LARGE. */
function encoderFigures(figures, features) {
	const { place } = figures;
	for (const name of features.zeros) if (constantOf(figures, name).data.some((value) => value !== 0)) throw onnxEncoderUnread(place, "features that do not fire are not zero");
	const affine = affineFigures(figures, features.of);
	const { size, W_enc, b_enc } = affine;
	const { largest, mask } = features;
	let threshold = mask === null ? null : thresholdOf(figures, affine, features, mask);
	if (!(features.rectified || (threshold?.every((value) => value >= 0) ?? false))) throw onnxEncoderUnread(place, "its features can be negative: there is no ReLU");
	const factors = scaleOf(figures, features.scaled, size.d_sae);
	if (factors !== null) {
		if (largest !== null || factors.some((factor) => !(factor > 0))) throw onnxEncoderUnread(place, "activations are multiplied after they were chosen");
		scaleColumns(W_enc, factors);
		b_enc.forEach((bias, f) => {
			b_enc[f] = bias * factors[f];
		});
		threshold = threshold?.map((value, f) => value * factors[f]) ?? null;
	}
	const k = largest === null ? null : constantOf(figures, largest.k).data[0];
	return {
		size,
		encoder: {
			activatesBy: k === null ? "feature" : rowRule({
				file: place,
				key: "k"
			}, "topk", k, size.d_sae),
			W_enc,
			b_enc: Float32Array.from(b_enc),
			threshold: threshold === null ? null : Float32Array.from(threshold)
		}
	};
}
/** What x is multiplied by, and the rest: what is done to x before is taken to the other side, in float64. */
function affineFigures(figures, { before, product, after }) {
	if (product === null) throw onnxEncoderUnread(figures.place, "its input is not multiplied with a matrix");
	const { rows: d_in, columns: d_sae, data } = matrixOf(figures, product);
	const input = stepsOf(figures, before, d_in);
	const output = stepsOf(figures, after, d_sae);
	const b_enc = new Float64Array(d_sae);
	for (let i = 0; i < d_in; i++) {
		const shift = input.shift[i];
		for (let f = 0; shift !== 0 && f < d_sae; f++) b_enc[f] += shift * data[i * d_sae + f];
	}
	for (let f = 0; f < d_sae; f++) b_enc[f] = b_enc[f] * output.factor[f] + output.shift[f];
	for (let i = 0; i < d_in; i++) {
		const factor = input.factor[i];
		for (let f = 0; f < d_sae; f++) data[i * d_sae + f] *= factor * output.factor[f];
	}
	return {
		size: {
			d_in,
			d_sae
		},
		W_enc: data,
		b_enc
	};
}
/** Elementwise steps as one: value · factor + shift, (width) each. */
function stepsOf(figures, steps, width) {
	const factor = new Float64Array(width).fill(1);
	const shift = new Float64Array(width);
	for (const { op, by } of steps) {
		const row = rowOf(figures, by, width);
		for (let i = 0; i < width; i++) {
			const value = row[i];
			if (op === "Add") shift[i] += value;
			else if (op === "Sub") shift[i] -= value;
			else {
				factor[i] = op === "Mul" ? factor[i] * value : factor[i] / value;
				shift[i] = op === "Mul" ? shift[i] * value : shift[i] / value;
			}
		}
	}
	return {
		factor,
		shift
	};
}
/** Null: not scaled. */
function scaleOf(figures, steps, width) {
	return steps.length === 0 ? null : stepsOf(figures, steps, width).factor;
}
/**
* θ of z, where the mask is of z itself, of its relu (which is above a negative θ wherever z is above 0), or of a gate u with
* z = g·u + c, g > 0 for each feature: u > θ where z > g·θ + c.
*/
function thresholdOf(figures, z, features, mask) {
	const { d_sae, d_in } = z.size;
	const threshold = Float64Array.from(rowOf(figures, mask.threshold, d_sae));
	if (mask.of === features.of) return mask.rectified ? threshold.map((value) => Math.max(value, 0)) : threshold;
	const u = affineFigures(figures, mask.of);
	if (mask.rectified || u.size.d_in !== d_in || u.size.d_sae !== d_sae) throw onnxEncoderUnread(figures.place, "it is gated by something else than its own features");
	for (let f = 0; f < d_sae; f++) {
		const gain = columnGain(u.W_enc, z.W_enc, f, z.size);
		if (gain === null) throw onnxEncoderUnread(figures.place, "gates and magnitudes are of different directions");
		threshold[f] = gain * (threshold[f] - u.b_enc[f]) + z.b_enc[f];
	}
	return threshold;
}
/** g > 0 with z's column f = g · u's; null: there is none. */
function columnGain(u, z, f, { d_in, d_sae }) {
	let largest = f;
	for (let i = 0; i < d_in; i++) {
		const at = i * d_sae + f;
		if (Math.abs(u[at]) > Math.abs(u[largest])) largest = at;
	}
	const gain = z[largest] / u[largest];
	const slack = SAME_COLUMN * Math.abs(z[largest]);
	for (let i = 0; i < d_in; i++) {
		const at = i * d_sae + f;
		if (!(Math.abs(z[at] - gain * u[at]) <= slack)) return null;
	}
	return gain > 0 ? gain : null;
}
/** (d_sae, d_out) and (d_out). Errors: SAE_ONNX_UNREAD. */
function decoderFigures(figures, { product, after }, { d_sae }) {
	const { rows, columns, data } = matrixOf(figures, product);
	if (rows !== d_sae) throw onnxEncoderUnread(figures.place, `its decoder takes ${rows} features of ${d_sae}`);
	const { factor, shift } = stepsOf(figures, after, columns);
	scaleColumns(data, factor);
	return {
		W_dec: data,
		b_dec: Float32Array.from(shift)
	};
}
function constantOf({ constants, place }, name) {
	const constant = constants.get(name);
	if (constant === void 0) throw onnxEncoderUnread(place, `its value "${name.slice(0, 80)}" is not to be had`);
	return constant;
}
/** A constant that is added to every row, or multiplies it: one number, or one of each column. */
function rowOf(figures, name, width) {
	const { data } = constantOf(figures, name);
	if (data.length === 1) return new Float32Array(width).fill(data[0]);
	const row = data.subarray(0, width);
	if (data.length % width !== 0 || data.some((value, i) => value !== row[i % width])) throw onnxEncoderUnread(figures.place, `its constant "${name.slice(0, 80)}" is not the same for every row`);
	return row;
}
/** A matrix as x is multiplied with it, (rows, columns); a copy. */
function matrixOf(figures, { by, transposed: transposed$1 }) {
	const { data, dims } = constantOf(figures, by);
	const [first = 0, second = 0] = dims.slice(-2);
	if (dims.length < 2 || first * second !== data.length || data.length === 0) throw onnxEncoderUnread(figures.place, `its constant "${by.slice(0, 80)}" is no matrix`);
	if (!transposed$1) return {
		rows: first,
		columns: second,
		data: data.slice()
	};
	return {
		rows: second,
		columns: first,
		data: transposed(data, first, second)
	};
}
// src/onnx/graph/model-edit.ts
/**
* @file Adds outputs to a model without touching its bytes. A protobuf parser merges a message that occurs twice and
* concatenates its repeated fields, so an edited model is the original file with a second, tiny graph behind it that
* holds only new nodes and outputs (https://protobuf.dev/programming-guides/encoding/#last-one-wins).
*/
const FLOAT$1 = 1;
const ATTRIBUTE_INT = 2;
/** What to append to the model's bytes. */
function addedOutputs(outputs) {
	const graph = new Message();
	for (const { name, addends } of outputs) {
		let [value = ""] = addends;
		for (const [i, addend] of addends.slice(1).entries()) {
			const sum = `${name}_sum_${i}`;
			graph.message(1, node("Add", [value, addend], sum));
			value = sum;
		}
		const to = new Message().string(1, "to").int(3, FLOAT$1).int(20, ATTRIBUTE_INT);
		graph.message(1, node("Cast", [value], name).message(5, to));
		const type = new Message().message(1, new Message().int(1, FLOAT$1));
		graph.message(12, new Message().string(1, name).message(2, type));
	}
	return new Message().message(7, graph).finish();
}
function node(op, inputs, output) {
	const message = new Message();
	for (const input of inputs) message.string(1, input);
	return message.string(2, output).string(3, `${output}_${op}`).string(4, op);
}
// src/sae/onnx-encoder/graph-run.ts
/** @file An exported encoder in the engine: its constants by name, and what it makes of rows. */
/** Small things are done once: a thread is enough. */
const DEVICE = {
	kind: "cpu",
	threads: 1,
	bodyType: "float32"
};
const FLOAT = 1;
const FLOAT16$1 = 10;
/** A graph of a fixed batch is fed whole. */
const MOST_ROWS = 4096;
/** Errors: ONNX_MALFORMED, ONNX_TOO_LARGE and those of reading. */
async function readGraph({ files, name, place }) {
	const source = await files.open(name);
	try {
		return readOnnxModel(place, await source.read(0, source.byteLength));
	} finally {
		await source.close();
	}
}
/** The shape of what is fed: `rows` where the batch is open. Errors: SAE_ONNX_UNREAD. */
function shapeOfRows(place, { inputs: [input] }, rows, width) {
	if (input === void 0) throw onnxEncoderUnread(place, "it has no input");
	const shape = input.shape ?? [null, width];
	if (input.type !== FLOAT && input.type !== FLOAT16$1) throw onnxEncoderUnread(place, `its input "${input.name}" is neither float32 nor float16`);
	const open = shape.slice(0, -1).lastIndexOf(null);
	const dims = [...shape.slice(0, -1).map((size, axis) => size ?? (axis === open ? rows : 1)), width];
	if (dims.slice(0, -1).reduce((product, size) => product * size, 1) > MOST_ROWS) throw onnxEncoderUnread(place, `its input "${input.name}" wants more than ${MOST_ROWS} rows at once`);
	return dims;
}
/** Values of the graph for these rows, in float32. Errors: ENGINE_FAILED, SAE_ONNX_DATA and those of reading. */
async function runGraph(file, model, rows, names) {
	const added = names.map((value, i) => ({
		name: `saegate_value_${i}`,
		addends: [value]
	}));
	const outputs = added.map(({ name }) => name);
	const graph = {
		bytes: Buffer.concat([model.bytes, addedOutputs(added)]),
		external: await externalData(file, model),
		fed: [],
		keeper: "engine",
		inputs: [],
		outputs
	};
	const session = await createSession(graph, DEVICE, file.place);
	try {
		const [input] = model.inputs;
		const result = await session.run({ [input?.name ?? ""]: tensorOf(input, rows) });
		return new Map(added.map(({ name }, i) => [names[i] ?? "", {
			data: result.float32(name),
			dims: result.dims(name)
		}]));
	} finally {
		await session.release();
	}
}
function tensorOf(input, { data, dims }) {
	if (input?.type !== FLOAT16$1) return {
		type: "float32",
		data,
		dims
	};
	const narrow = new Uint16Array(data.length);
	narrowToFloat16(data, narrow);
	return {
		type: "float16",
		data: narrow,
		dims
	};
}
/** Data files lie beside the graph, in the same set of files. */
async function externalData({ files, name, place }, model) {
	const [first] = model.external;
	if (first !== void 0 && files.names.length === 1) throw onnxEncoderData(place, first.external?.location.slice(0, 200) ?? "");
	const found = await dataFiles(model, name, files);
	return await Promise.all(found.map(async (file) => {
		const source = await files.open(file.name);
		try {
			return {
				path: file.location,
				data: await source.read(0, source.byteLength)
			};
		} finally {
			await source.close();
		}
	}));
}
/** Of the largest pre-activation of a row: rounding of float32 sums, and of a graph that computes in float16. */
const TOLERANCE = {
	float32: 1e-4,
	float16: .02
};
/** Rows at sizes from 1 to 64, because thresholds are of the size of activations: (rows, d_in). */
function trialRows(rows, d_in) {
	const spread = (n) => n * .6180339887498949 % 1 * 2 - 1;
	return Float32Array.from({ length: rows * d_in }, (_, at) => {
		const row = Math.floor(at / d_in);
		return spread(at + 1) * 4 ** (row % 8 >> 1);
	});
}
/** Errors: SAE_ONNX_DIFFERS. */
function proveRead(place, encoder, size, trial) {
	const { d_in, d_sae } = size;
	for (let row = 0; row < Math.min(8, trial.rows.length / d_in); row++) {
		const found = activationsOf(trial.rows.subarray(row * d_in, (row + 1) * d_in), encoder, size);
		const given = trial.activations.subarray(row * d_sae, (row + 1) * d_sae);
		const slack = TOLERANCE[trial.width] * Math.max(.001, found.size);
		for (let f = 0; f < d_sae; f++) {
			const near = Math.abs(found.margin[f]) <= slack;
			if (!(Math.abs(found.values[f] - given[f]) <= slack) && !(near && (given[f] === 0 || found.values[f] === 0))) throw onnxEncoderDiffers(place, row, f, found.values[f], given[f] ?? NaN);
		}
	}
}
/** In float64: activations, by how much each fires or does not, and the largest pre-activation. */
function activationsOf(x, { W_enc, b_enc, threshold, activatesBy }, { d_in, d_sae }) {
	const z = Float64Array.from(b_enc);
	for (let i = 0; i < d_in; i++) {
		const factor = x[i];
		for (let f = 0; f < d_sae; f++) z[f] += factor * W_enc[i * d_sae + f];
	}
	const size = z.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
	const least = activatesBy === "feature" ? null : Float64Array.from(z).sort()[d_sae - activatesBy.k];
	const margin = z.map((value, f) => value - (least ?? Math.max(0, threshold?.[f] ?? 0)));
	return {
		values: z.map((value, f) => (least === null ? margin[f] > 0 : margin[f] >= 0) ? Math.max(0, value) : 0),
		margin,
		size
	};
}
// src/sae/onnx-encoder/operators.ts
/** What changes no value, only type or shape. Whether rows stay rows is settled when the graph is run. */
const same = (_, [value]) => value === void 0 ? null : [value];
const OPERATORS = new Map([
	...[
		"Identity",
		"Cast",
		"CastLike",
		"Dropout",
		"Reshape",
		"Flatten",
		"Squeeze",
		"Unsqueeze"
	].map((name) => [name, same]),
	["Add", (_, inputs) => elementwise("Add", inputs)],
	["Sub", (_, inputs) => elementwise("Sub", inputs)],
	["Div", (_, inputs) => elementwise("Div", inputs)],
	["Mul", (_, inputs) => masked(inputs) ?? elementwise("Mul", inputs)],
	["MatMul", (_, [left, right]) => product(left, right, false)],
	["Gemm", gemm],
	["Relu", (_, [value]) => relu(value)],
	["Greater", (_, [left, right]) => above(left, right)],
	["Less", (_, [left, right]) => above(right, left)],
	["Where", (_, [mask, value, other]) => where(mask, value, other)],
	["TopK", topK],
	["ScatterElements", scatter],
	["Scatter", scatter]
]);
const STEPS_BOTH_WAYS = ["Add", "Mul"];
function elementwise(op, [left, right]) {
	if (left === void 0 || right === void 0) return null;
	if (right.kind === "constant") return stepped(left, {
		op,
		by: right.name
	});
	if (left.kind === "constant" && STEPS_BOTH_WAYS.includes(op)) return stepped(right, {
		op,
		by: left.name
	});
	return null;
}
function stepped(value, step) {
	switch (value.kind) {
		case "affine": {
			const { affine } = value;
			const side = affine.product === null ? "before" : "after";
			return [{
				kind: "affine",
				affine: {
					...affine,
					[side]: [...affine[side], step]
				}
			}];
		}
		case "features": {
			if (step.op !== "Mul" && step.op !== "Div") return null;
			const { features } = value;
			return [{
				kind: "features",
				features: {
					...features,
					scaled: [...features.scaled, step]
				}
			}];
		}
		case "rebuilt": {
			const { rebuilt } = value;
			return [{
				kind: "rebuilt",
				rebuilt: {
					...rebuilt,
					after: [...rebuilt.after, step]
				}
			}];
		}
		default: return null;
	}
}
function product(left, right, transposed) {
	if (left === void 0 || right?.kind !== "constant") return null;
	const by = {
		by: right.name,
		transposed
	};
	if (left.kind === "affine" && left.affine.product === null) return [{
		kind: "affine",
		affine: {
			...left.affine,
			product: by
		}
	}];
	if (left.kind === "features") return [{
		kind: "rebuilt",
		rebuilt: {
			features: left.features,
			product: by,
			after: []
		}
	}];
	return null;
}
/** x · W (+ b), as nn.Linear is exported for rows. */
function gemm({ attributes }, [left, right, bias]) {
	const of = (name, usual) => attributes.get(name) ?? usual;
	if (of("alpha", 1) !== 1 || of("beta", 1) !== 1 || of("transA", 0) !== 0) return null;
	const multiplied = product(left, right, of("transB", 0) === 1);
	if (bias === void 0 || multiplied === null) return multiplied;
	return elementwise("Add", [...multiplied, bias]);
}
function relu(value) {
	switch (value?.kind) {
		case "affine": return [{
			kind: "features",
			features: {
				...plain(value.affine),
				rectified: true
			}
		}];
		case "features":
			if (value.features.scaled.length > 0) return null;
			return [{
				kind: "features",
				features: {
					...value.features,
					rectified: true
				}
			}];
		case "largest": return [{
			...value,
			rectified: true
		}];
		default: return null;
	}
}
const plain = (of) => ({
	of,
	rectified: false,
	mask: null,
	largest: null,
	scaled: [],
	zeros: []
});
/** Pre-activations or their relu, which nothing has chosen from yet. */
function unchosen(value) {
	if (value?.kind === "affine" && value.affine.product !== null) return plain(value.affine);
	if (value?.kind !== "features") return null;
	const { mask, largest, scaled } = value.features;
	return mask === null && largest === null && scaled.length === 0 ? value.features : null;
}
/** value > threshold */
function above(value, threshold) {
	const features = unchosen(value);
	if (features === null || threshold?.kind !== "constant") return null;
	const { of, rectified } = features;
	return [{
		kind: "mask",
		mask: {
			of,
			rectified,
			threshold: threshold.name
		}
	}];
}
function masked([left, right]) {
	if (left?.kind === "mask") return withMask(left.mask, right, []);
	return right?.kind === "mask" ? withMask(right.mask, left, []) : null;
}
function withMask(mask, value, zeros) {
	const features = unchosen(value);
	return features === null ? null : [{
		kind: "features",
		features: {
			...features,
			mask,
			zeros: [...features.zeros, ...zeros]
		}
	}];
}
function where(mask, value, other) {
	if (mask?.kind !== "mask" || other?.kind !== "constant") return null;
	return withMask(mask.mask, value, [other.name]);
}
function topK({ attributes }, [value, k]) {
	const features = unchosen(value);
	if (features === null || k?.kind !== "constant" || attributes.get("largest") === 0) return null;
	const largest = {
		of: features.of,
		rectified: features.rectified,
		k: k.name
	};
	const { rectified } = features;
	return [{
		kind: "largest",
		part: "values",
		largest,
		rectified
	}, {
		kind: "largest",
		part: "indices",
		largest,
		rectified
	}];
}
/** The k largest, put where they were among zeros. */
function scatter({ attributes }, [zeros, indices, values]) {
	const reduction = attributes.get("reduction") ?? "none";
	if (zeros?.kind !== "constant" || indices?.kind !== "largest" || values?.kind !== "largest") return null;
	if (indices.part !== "indices" || values.part !== "values" || reduction !== "none") return null;
	if (indices.largest !== values.largest) return null;
	const { largest, rectified } = values;
	return [{
		kind: "features",
		features: {
			...plain(largest.of),
			rectified,
			largest,
			zeros: [zeros.name]
		}
	}];
}
// src/sae/onnx-encoder/traced.ts
const ROWS = {
	before: [],
	product: null,
	after: []
};
// src/sae/onnx-encoder/trace.ts
/**
* @file Reads what an exported encoder computes off its graph, node by node: x is shifted, multiplied, and activated by ReLU, by
* thresholds or as the k largest of a row. What is not understood is named, and stays without consequence where nothing asks for it.
*/
/** Random numbers are no constants. */
const CHANCE = /^(Random|Multinomial|Bernoulli)/;
/** Of any value, what these give is the same for every row. */
const OF_SHAPES = ["Shape", "Size"];
/** Errors: SAE_ONNX_UNREAD. */
function traceEncoder(file, model) {
	const [input, ...others] = model.inputs;
	if (input === void 0 || others.length > 0) throw onnxEncoderUnread(file, `it has ${model.inputs.length} inputs, not one`);
	const values = tracedValues(model, input.name);
	const outputs = model.outputs.map(({ name }) => ({
		name,
		value: values.get(name)
	}));
	const ends = outputs.flatMap(({ value }) => value?.kind === "features" ? [value.features] : value?.kind === "rebuilt" ? [value.rebuilt.features] : []);
	const [features, ...more] = new Set(ends);
	if (features === void 0) throw onnxEncoderUnread(file, whyNone(outputs));
	if (more.length > 0) throw onnxEncoderUnread(file, "it gives features in several ways");
	const rebuilt = outputs.flatMap(({ value }) => value?.kind === "rebuilt" ? [value.rebuilt] : []);
	const held = [...values].findLast(([, value]) => value.kind === "features" && value.features === features);
	return {
		input: input.name,
		features,
		output: held?.[0] ?? "",
		rebuilt: rebuilt[0] ?? null
	};
}
function whyNone(outputs) {
	const unread = outputs.find(({ value }) => value?.kind === "unread")?.value;
	if (unread?.kind === "unread") return unread.why;
	return `none of its outputs (${outputs.map(({ name }) => name).join(", ")}) is a row of activations`;
}
/** Every value by its name, in the order in which they are made. */
function tracedValues(model, input) {
	const values = /* @__PURE__ */ new Map([[input, {
		kind: "affine",
		affine: ROWS
	}]]);
	for (const name of model.initializers.keys()) values.set(name, {
		kind: "constant",
		name
	});
	for (const node of model.nodes) {
		const made = madeBy(node, values);
		for (const [i, output] of node.outputs.entries()) {
			if (output === "") continue;
			values.set(output, made?.[i] ?? {
				kind: "unread",
				why: why(node, values)
			});
		}
	}
	return values;
}
function madeBy(node, values) {
	const inputs = node.inputs.filter((name) => name !== "").map((name) => values.get(name));
	if (isConstant(node, inputs)) return node.outputs.map((name) => ({
		kind: "constant",
		name
	}));
	const known = inputs.flatMap((value) => value === void 0 ? [] : [value]);
	if (known.length < inputs.length || node.domain !== "") return null;
	return OPERATORS.get(node.op)?.(node, known) ?? null;
}
function isConstant({ op, captured }, inputs) {
	if (OF_SHAPES.includes(op)) return true;
	return captured.length === 0 && !CHANCE.test(op) && inputs.every((value) => value?.kind === "constant");
}
/** The first thing on the way that is not understood. */
function why(node, values) {
	for (const name of node.inputs) {
		const value = values.get(name);
		if (value?.kind === "unread") return value.why;
	}
	return `its node "${node.name.slice(0, 80)}" (${node.domain === "" ? "" : `${node.domain} `}${node.op}) does what no encoder that is known does there`;
}
// src/sae/layouts/onnx-encoder.ts
/**
* @file An encoder that somebody exported to ONNX, with or without its decoder: read for what it computes, then run once beside what
* was read. The hook is told by cfg.json beside it (SAELens' keys), or by --hook.
*/
/** Weights in other containers beside it are the dictionary's own. */
const OWN_WEIGHTS = /\.(safetensors|npz|pt|pth)$/;
const FLOAT16 = 10;
const onnxEncoder = {
	name: "ONNX export of an encoder",
	layout: "one `.onnx`, with `cfg.json` or `--hook`",
	reads: "ReLU, JumpReLU, gated and top-k, read off the graph and proved on trial rows; a decoder behind it, if there is one",
	weights: (names) => names.some((name) => OWN_WEIGHTS.test(name)) ? [] : names.filter((name) => name.endsWith(".onnx")),
	open: open$5
};
async function open$5(found) {
	const { config, files, weights: name } = found;
	const place = placeOf(files, name);
	const file = {
		files,
		name,
		place
	};
	const described = `${folderOf(name)}cfg.json`;
	const cfg = files.has(described) ? await readJsonObject(files, described) : {};
	const reads = chooseHook(config, typeof cfg.hook_name === "string" ? cfg.hook_name : null, place);
	const { traced, size, encoder, b_dec } = await readEncoder$1(file);
	return await dictionaryOf(found, {
		architecture: architectureOf(traced),
		reads,
		weights: {
			size,
			encoder: {
				...encoder,
				W_enc: columnsInMemory(encoder.W_enc, size.d_in)
			},
			b_dec
		},
		claims: {
			...NO_CLAIMS,
			model: typeof cfg.model_name === "string" ? cfg.model_name : null
		},
		rebuilds: traced.rebuilt !== null,
		W_dec: async ([start, end] = [0, size.d_sae]) => {
			const decoder = await readDecoder(await tracedGraph(file), size);
			const d_out = b_dec.length;
			return decoder?.W_dec.slice(start * d_out, end * d_out) ?? new Float32Array((end - start) * d_out);
		}
	});
}
async function tracedGraph(file) {
	const model = await readGraph(file);
	const traced = traceEncoder(file.place, model);
	return {
		file,
		model,
		traced,
		d_in: widthOf(file.place, model, traced)
	};
}
async function readEncoder$1(file) {
	const { place } = file;
	const graph = await tracedGraph(file);
	const { model, traced, d_in } = graph;
	const { features, output } = traced;
	const { constants, rows } = await valuesOf(graph, [...namesOf$1(features), output]);
	const { size, encoder } = encoderFigures({
		place,
		constants
	}, features);
	if (size.d_in !== d_in) throw onnxEncoderUnread(place, `its input has ${d_in} columns, its matrix ${size.d_in}`);
	proveRead(place, encoder, size, {
		rows,
		activations: constants.get(output)?.data ?? /* @__PURE__ */ new Float32Array(0),
		width: model.inputs[0]?.type === FLOAT16 ? "float16" : "float32"
	});
	return {
		traced,
		size,
		encoder,
		b_dec: (await readDecoder(graph, size))?.b_dec ?? new Float32Array(d_in)
	};
}
/** Null: there is none in the graph. */
async function readDecoder(graph, size) {
	const { file, traced } = graph;
	if (traced.rebuilt === null) return null;
	const { constants } = await valuesOf(graph, rebuiltNames(traced.rebuilt));
	return decoderFigures({
		place: file.place,
		constants
	}, traced.rebuilt, size);
}
async function valuesOf({ file, model, d_in }, names) {
	const dims = shapeOfRows(file.place, model, 8, d_in);
	const rows = trialRows(dims.reduce((product, size) => product * size, 1) / d_in, d_in);
	return {
		rows,
		constants: await runGraph(file, model, {
			data: rows,
			dims
		}, [...new Set(names)])
	};
}
/** d_in: the input's last dimension, else that of the matrix. */
function widthOf(place, model, { features }) {
	const [input] = model.inputs;
	const { product } = features.of;
	const dims = model.initializers.get(product?.by ?? "")?.dims.slice(-2) ?? [];
	const width = input?.shape?.at(-1) ?? dims[product?.transposed === true ? 1 : 0];
	if (width === void 0 || width === null) throw onnxEncoderUnread(place, `how wide its input "${input?.name}" is stands nowhere`);
	return width;
}
function architectureOf({ features }) {
	if (features.largest !== null) return "topk";
	if (features.mask === null) return "standard";
	return features.mask.of === features.of ? "jumprelu" : "gated";
}
// src/sae/layouts/openmoss.ts
/**
* @file OpenMOSS: Llama Scope (`hyperparams.json`, `checkpoints/final.safetensors`, arXiv 2410.20526), Llama Scope R1 and what followed
* (`config.json`, `sae_weights.safetensors`).
*
* encoder.weight (d_sae, d_in), encoder.bias, decoder.weight (d_out, d_sae), decoder.bias, or W_E, b_E, W_D, b_D as they are multiplied.
* norm_activation dataset-wise: rows are scaled to a mean norm of √d, by √d / norm; the norms are in the config, in tensors
* dataset_average_activation_norm.HOOK, or known of the release. θ is jump_relu_threshold for all features, or
* exp(log_jumprelu_threshold). With sparsity_include_decoder_norm it is z · ‖W_dec row‖ that is held against θ: the norm goes into
* the encoder here and out of the decoder. SAELens leaves that out and scales θ; this follows OpenMOSS' own loader.
*/
const MULTIPLIED = {
	W_enc: {
		name: "W_E",
		stored: "as wanted"
	},
	b_enc: "b_E",
	W_dec: {
		name: "W_D",
		stored: "as wanted"
	},
	b_dec: ["b_D"]
};
const llamaScope = {
	name: "Llama Scope",
	layout: "`checkpoints/final.safetensors`, `hyperparams.json`",
	reads: "residual, attention and MLP dictionaries (JumpReLU, rows scaled by the dataset’s mean norm)",
	weights: (names) => named(names, "checkpoints/final.safetensors"),
	open: (found) => open$4(found, `${folderOf(found.weights).replace(/checkpoints\/$/, "")}hyperparams.json`)
};
const openMoss = {
	name: "Llama Scope R1, Llama-Scope-2",
	layout: "`sae_weights.safetensors`, `config.json`",
	reads: "ReLU, JumpReLU and top-k dictionaries, transcoders",
	weights: (names) => named(names, "sae_weights.safetensors").filter((name) => {
		const folder = folderOf(name);
		return names.includes(`${folder}config.json`) && !names.includes(`${folder}cfg.json`);
	}),
	open: (found) => open$4(found, `${folderOf(found.weights)}config.json`)
};
async function open$4(found, configName) {
	const { config, files, weights: name } = found;
	const place = placeOf(files, configName);
	const cfg = await readJsonObject(files, configName);
	for (const key of ["use_glu_encoder", "apply_decoder_bias_to_pre_encoder"]) if (cfg[key] === true) throw saeUnsupported(place, key);
	if (typeof cfg.sae_type === "string" && cfg.sae_type !== "sae") throw saeUnsupported(place, `sae_type ${JSON.stringify(cfg.sae_type)}`);
	const reads = chooseHook(config, text$1(cfg.hook_point_in), place);
	const hookIn = text$1(cfg.hook_point_in) ?? "";
	const hookOut = text$1(cfg.hook_point_out) ?? hookIn;
	const described = {
		cfg,
		place,
		hookIn,
		hookOut,
		knownScale: knownRelease(pathsOf(found))?.scale ?? null
	};
	const file = {
		files,
		name,
		config: configName
	};
	const { weights, W_dec } = await withTensors(file, (tensors) => readWeights$1(tensors, file, described));
	const { encoder } = weights;
	const isTranscoder = config.hook === null && hookOut !== hookIn;
	return await dictionaryOf(found, {
		architecture: encoder.activatesBy !== "feature" ? "topk" : encoder.threshold === null ? "standard" : "jumprelu",
		reads,
		...isTranscoder ? { predicts: hookAt(hookOut, place) } : {},
		weights,
		claims: NO_CLAIMS,
		W_dec
	});
}
const namesOf = ({ table }) => table.entries.has("W_E") ? MULTIPLIED : LINEAR_NAMES;
const includesNorm = (cfg) => cfg.sparsity_include_decoder_norm === true;
async function readWeights$1(tensors, file, described) {
	const names = namesOf(tensors);
	const { size, b_enc, b_dec } = await readNamed(tensors, names);
	const scales = await readScales(tensors, described, {
		d_in: size.d_in,
		d_out: b_dec.length
	});
	const stored = namedDecoder(file, names, {
		size,
		b_dec
	});
	let W_enc = readTimes(namedEncoder(file, names, size), scales.input);
	let W_dec = stored;
	if (includesNorm(described.cfg)) {
		const norms = await decoderNorms({
			b_dec,
			d_sae: size.d_sae,
			W_dec: stored
		});
		W_enc = readScaledColumns(W_enc, norms);
		scaleColumns(b_enc, norms);
		W_dec = readUnitRows(stored, norms);
	}
	multiply(b_dec, 1 / scales.output);
	return {
		weights: {
			size,
			encoder: await readActivation(tensors, described, {
				W_enc,
				b_enc,
				d_in: size.d_in
			}),
			b_dec
		},
		W_dec: readTimes(W_dec, 1 / scales.output)
	};
}
async function readActivation(tensors, { cfg, place }, { W_enc, b_enc, d_in }) {
	const d_sae = b_enc.length;
	const plain = {
		activatesBy: "feature",
		W_enc,
		b_enc,
		threshold: null
	};
	const name = text$1(cfg.act_fn)?.toLowerCase() ?? "jumprelu";
	if (name === "relu") return plain;
	if (name === "topk") return {
		...plain,
		activatesBy: rowRule({
			file: place,
			key: "top_k"
		}, "topk", cfg.top_k, d_sae)
	};
	if (name !== "jumprelu") throw saeUnsupported(place, `act_fn ${JSON.stringify(cfg.act_fn)}`);
	if (typeof cfg.jump_relu_threshold === "number") return {
		...plain,
		threshold: new Float32Array(d_sae).fill(cfg.jump_relu_threshold)
	};
	const stored = ["log_jumprelu_threshold", "activation_function.log_jumprelu_threshold"].find((key) => tensors.table.entries.has(key)) ?? "log_jumprelu_threshold";
	const size = {
		d_in,
		d_sae
	};
	return {
		...plain,
		threshold: (await readShaped(tensors, stored, [d_sae], size)).map(Math.exp)
	};
}
async function readScales(tensors, { cfg, place, hookIn, hookOut, knownScale }, { d_in, d_out }) {
	const how = cfg.norm_activation ?? "dataset-wise";
	if (how === "inference") return {
		input: 1,
		output: 1
	};
	if (how !== "dataset-wise") throw saeUnsupported(place, `norm_activation ${JSON.stringify(how)}`);
	const norms = isJsonObject(cfg.dataset_average_activation_norm) ? cfg.dataset_average_activation_norm : {};
	const normAt = async (hook, side) => {
		const inConfig = norms[side] ?? norms[hook];
		if (inConfig !== void 0) return positive$1(place, "dataset_average_activation_norm", inConfig);
		const name = `dataset_average_activation_norm.${hook}`;
		const shape = tensors.table.entries.get(name)?.shape;
		if (shape === void 0) return null;
		const [stored = 0] = await readShaped(tensors, name, shape.length === 0 ? [] : [1], {
			d_in,
			d_sae: d_out
		});
		return positive$1(tensors.file, name, stored);
	};
	const [normIn, normOut] = [await normAt(hookIn, "in"), await normAt(hookOut, "out")];
	const input = normIn === null ? knownScale : Math.sqrt(d_in) / normIn;
	if (input === null) throw saeScaleMissing(place);
	return {
		input,
		output: normOut === null ? input : Math.sqrt(d_out) / normOut
	};
}
function positive$1(file, key, value) {
	if (typeof value === "number" && value > 0 && Number.isFinite(value)) return value;
	throw saeConfigInvalid(file, key, JSON.stringify(value).slice(0, 80), "a positive number");
}
function text$1(value) {
	return typeof value === "string" && value !== "" ? value : null;
}
// src/sae/layouts/plain-pytorch.ts
/**
* @file Files of PyTorch that hold a plain dict of tensors, told apart by their names.
*
* OpenAI (GPT-2, arXiv 2406.04093): pre_bias, encoder.weight, latent_bias, decoder.weight, activation, activation_state_dict; top-k of rows
* normalised by layer norm, else ReLU of plain rows; the place is in the path (`resid_post_mlp_v5_32k/autoencoders/L.pt`). connor_rob:
* W_enc, b_enc, W_dec, b_dec beside `NAME_cfg.json` with act_name. Goodfire: encoder_linear, decoder_linear. qresearch: encoder, decoder.
* The last two read the residual behind layer L of `…-lL.pt` and take nothing off it.
*/
/** What lies beside dictionaries and is none, and what other layouts are. */
const OTHERS = /(^|\/)(ae|layer\d+\.sae|pytorch_model[^/]*|optimizer|scheduler|trainer_state|training_args|rng_state[^/]*)\.(pt|pth)$/;
const KINDS = [
	{
		sign: "latent_bias",
		names: {
			...LINEAR_NAMES,
			b_enc: "latent_bias",
			b_dec: ["pre_bias"]
		},
		applyBDecToInput: true
	},
	{
		sign: "encoder_linear.weight",
		names: {
			W_enc: {
				name: "encoder_linear.weight",
				stored: "transposed"
			},
			b_enc: "encoder_linear.bias",
			W_dec: {
				name: "decoder_linear.weight",
				stored: "transposed"
			},
			b_dec: ["decoder_linear.bias"]
		},
		applyBDecToInput: false
	},
	{
		sign: "W_enc",
		names: {
			W_enc: {
				name: "W_enc",
				stored: "as wanted"
			},
			b_enc: "b_enc",
			W_dec: {
				name: "W_dec",
				stored: "as wanted"
			},
			b_dec: ["b_dec"]
		},
		applyBDecToInput: true
	},
	{
		sign: "encoder.weight",
		names: {
			...LINEAR_NAMES,
			b_dec: ["decoder.bias"]
		},
		applyBDecToInput: false
	}
];
/** OpenAI's locations in a block. */
const LOCATIONS = {
	resid_delta_attn: "hook_attn_out",
	resid_delta_mlp: "hook_mlp_out",
	resid_post_attn: "hook_resid_mid",
	resid_post_mlp: "hook_resid_post"
};
const plainPytorch = {
	name: "OpenAI, Goodfire, connor_rob, qresearch",
	layout: "one `.pt` or `.pth`",
	reads: "top-k with layer norm, ReLU",
	weights: (names) => names.filter((name) => /\.(pt|pth)$/.test(name) && !OTHERS.test(name)),
	open: open$3
};
async function open$3(found) {
	const { config, files, weights: name } = found;
	const place = placeOf(files, name);
	const file = {
		files,
		name,
		config: "the file"
	};
	const { kind, weights, isTopK } = await withTensors(file, (tensors) => readWeights(tensors, file, place));
	const described = name.replace(/\.(pt|pth)$/, "_cfg.json");
	const cfg = files.has(described) ? await readJsonObject(files, described) : {};
	const own = typeof cfg.act_name === "string" ? cfg.act_name : hookOfPath(pathsOf(found));
	return await dictionaryOf(found, {
		architecture: isTopK ? "topk" : "standard",
		reads: chooseHook(config, own, place),
		input: isTopK ? "layer_norm" : "plain",
		applyBDecToInput: kind.applyBDecToInput,
		weights,
		claims: NO_CLAIMS,
		W_dec: namedDecoder(file, kind.names, weights)
	});
}
async function readWeights(tensors, file, place) {
	const kind = KINDS.find(({ sign }) => tensors.table.entries.has(sign));
	if (kind === void 0) throw saeUnsupported(place, "a file of PyTorch in no layout that is known");
	const { size, b_enc, b_dec } = await readNamed(tensors, kind.names);
	const W_enc = namedEncoder(file, kind.names, size);
	const activation = tensors.values.get("activation") ?? "ReLU";
	if (activation !== "ReLU" && activation !== "TopK") throw saeUnsupported(place, `activation ${String(activation).slice(0, 40)}`);
	const isTopK = activation === "TopK";
	const k = tensors.values.get("activation_state_dict.k");
	const plain = {
		activatesBy: "feature",
		W_enc,
		b_enc,
		threshold: null
	};
	return {
		kind,
		isTopK,
		weights: {
			size,
			encoder: isTopK ? {
				...plain,
				activatesBy: rowRule({
					file: place,
					key: "activation_state_dict.k"
				}, "topk", k, size.d_sae)
			} : plain,
			b_dec
		}
	};
}
function hookOfPath(path) {
	const openAi = /(?:^|[\\/])(resid_(?:delta|post)_(?:attn|mlp))[^\\/]*[\\/]autoencoders[\\/](\d{1,4})\.pt/.exec(path);
	if (openAi !== null) return `blocks.${openAi[2]}.${LOCATIONS[openAi[1] ?? ""]}`;
	const layer = /-l(\d{1,4})\.(?:pt|pth)/.exec(path)?.[1];
	return layer === void 0 ? null : `blocks.${layer}.hook_resid_post`;
}
// src/sae/layouts/qwen-scope.ts
/**
* @file Qwen-Scope: `Qwen/SAE-Res-MODEL-W32K-L0_50/layerL.sae.pt`, a dict of W_enc (d_sae, d_in), W_dec (d_out, d_sae), b_enc, b_dec. Top-k,
* k in the repository's name; the model cards add b_enc and take nothing off the residual behind the layer.
*/
const NAMES$2 = {
	W_enc: {
		name: "W_enc",
		stored: "transposed"
	},
	b_enc: "b_enc",
	W_dec: {
		name: "W_dec",
		stored: "transposed"
	},
	b_dec: ["b_dec"]
};
const qwenScope = {
	name: "Qwen-Scope",
	layout: "`layerL.sae.pt`",
	reads: "residual dictionaries (top-k; k from the repository’s name)",
	weights: (names) => names.filter((name) => /(^|\/)layer\d{1,4}\.sae\.pt$/.test(name)),
	open: open$2
};
async function open$2(found) {
	const { config, files, weights: name } = found;
	const place = placeOf(files, name);
	const k = /SAE-[^/\s]*-L0_(\d{1,5})/.exec(pathsOf(found))?.[1];
	if (k === void 0) throw saeKUntold(place);
	const layer = /layer(\d{1,4})\.sae\.pt$/.exec(name)?.[1];
	const file = {
		files,
		name,
		config: "the path"
	};
	const read = await withTensors(file, (tensors) => readNamed(tensors, NAMES$2));
	const { size, b_enc, b_dec } = read;
	const activatesBy = rowRule({
		file: place,
		key: "L0"
	}, "topk", Number(k), size.d_sae);
	return await dictionaryOf(found, {
		architecture: "topk",
		reads: chooseHook(config, `blocks.${layer}.hook_resid_post`, place),
		weights: {
			size,
			encoder: {
				activatesBy,
				W_enc: namedEncoder(file, NAMES$2, size),
				b_enc,
				threshold: null
			},
			b_dec
		},
		claims: {
			...NO_CLAIMS,
			l0: Number(k)
		},
		W_dec: namedDecoder(file, NAMES$2, read)
	});
}
// src/sae/layouts/saelens-keys.ts
const READ = [
	"architecture",
	"d_in",
	"d_sae",
	"activation_fn",
	"activation_fn_str",
	"activation_fn_kwargs",
	"apply_b_dec_to_input",
	"normalize_activations",
	"finetuning_scaling_factor",
	"hook_name",
	"hook_point",
	"hook_head_index",
	"hook_point_head_index",
	"model_from_pretrained_kwargs",
	"exclude_special_tokens",
	"seqpos_slice",
	"neuronpedia_id",
	"metadata"
];
/** About the model, the data and the file; the features are the same without them. */
const ORIGIN = [
	"dtype",
	"device",
	"type",
	"seed",
	"verbose",
	"resume",
	"streaming",
	"context_size",
	"prepend_bos",
	"tokenizer_name",
	"reshape_activations",
	"d_out",
	"k",
	"rescale_acts_by_decoder_norm",
	"uses_scaling_factor",
	"use_error_term",
	"expansion_factor",
	"from_pretrained_path",
	"is_dataset_tokenized",
	"sparsity",
	"release",
	"sae_id",
	"sae",
	"logger",
	"name",
	"id",
	"license",
	"base_model"
];
/** First words of keys that steer training, logging, evaluation and the cache of activations, or name the hook again. */
const BY_FIRST_WORD = /^(?:sae_lens|hook|llm|prefetch|use_chat|model|dataset|disable_concat|sequence_separator|use_cached|cached|use_ghost|total|training|train|finetuning|feature|dead|resample|resampling|l0|l1|l2|lp|lr|mse|aux|pre_act|sparsity|scale_sparsity|jumprelu|topk|batchtopk|matryoshka|adam|optimizer|max_grad|b_dec_init|init|decoder_init|decoder_orthogonal|decoder_heuristic|normalize_sae_decoder|noise|n|num|eval|run|log|wandb|hf|autocast|compile|sae_compilation|compilation|checkpoint|save|output|resume|act_store|activations_mixing|activations_store|store|tokens_per|min|use_sparsity|use_wandb|push_to_hub)(?:_|$)/;
const KNOWN = /* @__PURE__ */ new Set([...READ, ...ORIGIN]);
/** Keys shown in the warning; the others are counted. */
const SHOWN_KEYS = 8;
/** One warning that names the keys which nobody knows; none where all are known. */
function unknownKeyWarnings(file, cfg) {
	const unknown = Object.keys(cfg).filter((key) => !KNOWN.has(key) && !BY_FIRST_WORD.test(key));
	if (unknown.length === 0) return [];
	const shown = unknown.slice(0, SHOWN_KEYS).map((key) => JSON.stringify(key).slice(0, 60));
	const more = unknown.length > SHOWN_KEYS ? ` and ${unknown.length - SHOWN_KEYS} more` : "";
	const [keys, were] = unknown.length === 1 ? ["the key", "is not known and was"] : ["the keys", "are not known and were"];
	return [`${file}: ${keys} ${shown.join(", ")}${more} ${were} ignored`];
}
// src/sae/layouts/saelens-config.ts
/**
* @file cfg.json of SAELens, every layout from 2.x to 6.x, as one plain description.
*
* 6.0 moved everything about the model into `metadata`; before it the file is flat, and before 3.0 the hook is called
* `hook_point`. Defaults of old files are those of SAELens' own `handle_config_defaulting`: architecture standard,
* relu, b_dec applied to the input, no normalisation. What changes the features and is not understood is refused by name.
*/
/** Read cfg.json. Errors: SAE_CONFIG_INVALID, SAE_UNSUPPORTED. */
function readSaeLensConfig(file, cfg) {
	const metadata = isJsonObject(cfg.metadata) ? cfg.metadata : {};
	const about = (key) => metadata[key] ?? cfg[key] ?? null;
	for (const key of ["hook_head_index", "hook_head_index_out"]) if (about(key) !== null) throw saeUnsupported(file, "an autoencoder of a single attention head");
	const { encoder, isTranscoder, hasSkip } = readArchitecture(file, cfg);
	return {
		encoder,
		k: encoder === "topk" ? readK(file, cfg) : null,
		rescaledByDecoder: flag(file, cfg, "rescale_acts_by_decoder_norm", false),
		isTranscoder,
		hasSkip,
		d_in: size(file, cfg, "d_in"),
		d_sae: size(file, cfg, "d_sae"),
		hook: text(about("hook_name")) ?? text(about("hook_point")),
		hookOut: text(about("hook_name_out")),
		applyBDecToInput: flag(file, cfg, "apply_b_dec_to_input", !isTranscoder),
		...readNormalisation(file, cfg),
		center: centersWeights(about("model_from_pretrained_kwargs")),
		untrained: untrainedOf(about),
		neuronpedia: text(about("neuronpedia_id")),
		claims: {
			l0: positive(about("l0")),
			unexplained: unexplained(about("explained_variance")),
			model: text(about("model_name")),
			contextSize: positive(about("context_size"))
		},
		warnings: [...warningsOf(about), ...unknownKeyWarnings(file, cfg)]
	};
}
/** `jumprelu_skip_transcoder`: words before `transcoder` say what the encoder is. */
const TRANSCODERS = {
	transcoder: {
		encoder: "standard",
		hasSkip: false
	},
	skip_transcoder: {
		encoder: "standard",
		hasSkip: true
	},
	jumprelu_transcoder: {
		encoder: "jumprelu",
		hasSkip: false
	},
	jumprelu_skip_transcoder: {
		encoder: "jumprelu",
		hasSkip: true
	},
	topk_transcoder: {
		encoder: "topk",
		hasSkip: false
	}
};
function readArchitecture(file, cfg) {
	const architecture = cfg.architecture ?? "standard";
	const shown = JSON.stringify(architecture);
	const refusal = saeUnsupported(file, `architecture ${shown}`);
	if (typeof architecture !== "string") throw refusal;
	const transcoder = Object.hasOwn(TRANSCODERS, architecture) ? TRANSCODERS[architecture] : void 0;
	if (transcoder !== void 0) return {
		...transcoder,
		isTranscoder: true
	};
	const encoder = encoderOf(file, cfg, architecture);
	if (encoder === null) throw refusal;
	return {
		encoder,
		isTranscoder: false,
		hasSkip: false
	};
}
/** Before 6.0 the activation was a key of its own, and top-k was an activation. */
function encoderOf(file, cfg, architecture) {
	const other = ["activation_fn_str", "activation_fn"].map((key) => ({
		key,
		value: cfg[key] ?? "relu"
	})).find(({ value }) => value !== "relu");
	const isTopK = architecture === "standard" && other?.value === "topk";
	if (other !== void 0 && !isTopK && !(architecture === "topk" && other.value === "topk")) throw saeUnsupported(file, `${other.key} ${JSON.stringify(other.value)}`);
	if (isTopK) return "topk";
	switch (architecture) {
		case "standard":
		case "gated":
		case "jumprelu":
		case "topk":
		case "batchtopk": return architecture;
		case "matryoshka_batchtopk": return "batchtopk";
		default: return null;
	}
}
function readK(file, cfg) {
	const kwargs = isJsonObject(cfg.activation_fn_kwargs) ? cfg.activation_fn_kwargs : {};
	if (kwargs.signed === true) throw saeUnsupported(file, "top-k of absolute values");
	const k = cfg.k ?? kwargs.k ?? null;
	if (typeof k === "number" && Number.isInteger(k) && k > 0) return k;
	throw saeConfigInvalid(file, "k", JSON.stringify(k).slice(0, 80), "a positive whole number");
}
/** Old files say true and false. */
function readNormalisation(file, cfg) {
	const value = cfg.normalize_activations ?? "none";
	if (value === "none" || value === false) return {
		input: "plain",
		scaledInput: false
	};
	if (value === "expected_average_only_in" || value === true) return {
		input: "plain",
		scaledInput: true
	};
	if (value === "layer_norm" || value === "constant_norm_rescale") return {
		input: value,
		scaledInput: false
	};
	throw saeUnsupported(file, `normalize_activations ${JSON.stringify(value)}`);
}
/** Trained on a model whose writing weights were centred: its residual has no mean over d_model. */
function centersWeights(kwargs) {
	return isJsonObject(kwargs) && kwargs.center_writing_weights === true;
}
/** Trained without special tokens (true, or a list of ids) or on contexts without BOS, and on a slice of each context. */
function untrainedOf(about) {
	const excluded = about("exclude_special_tokens");
	const withoutSpecial = excluded === true || Array.isArray(excluded) && excluded.length > 0;
	return {
		outside: trainedSlice(about).slice,
		bos: withoutSpecial || about("prepend_bos") === false
	};
}
function warningsOf(about) {
	if (trainedSlice(about).isWhole) return [];
	return [`Its config says it was trained on positions ${JSON.stringify(about("seqpos_slice")).slice(0, 80)} of each context only, and not all of that can be told: it is no slice, or counts from the end of contexts whose context_size is not said. --positions auto then counts positions that it never saw; --positions slice=START:END:STEP says which count.`];
}
/**
* `seqpos_slice` is what Python's slice() takes, one to three numbers or nulls, over a context: numbers below 0 count from
* its end, and a slice that begins there ends where the context does. One that begins at a position and is open has no end: whether longer
* sequences are in order is asked of every dictionary, with a slice or without (audit/run/claims.ts). Not `isWhole`: more was said than
* could be understood.
*/
function trainedSlice(about) {
	const said = about("seqpos_slice");
	if (said === null) return {
		slice: EVERY_POSITION,
		isWhole: true
	};
	const bounds = Array.isArray(said) ? said : [];
	const context = positive(about("context_size"));
	const [start, end, step] = bounds.length === 1 ? [null, ...bounds] : bounds;
	const from = bound(start, context);
	const to = bound(typeof start === "number" && start < 0 ? end ?? context : end, context);
	const isStep = step === void 0 || step === null || isPlainCount(step);
	return {
		slice: {
			start: from ?? 0,
			end: to ?? null,
			step: isStep ? step ?? 1 : 1
		},
		isWhole: bounds.length > 0 && bounds.length <= 3 && from !== void 0 && to !== void 0 && isStep
	};
}
/** From a context's start, no larger than a position can be written. Null: there is none; undefined: it cannot be told. */
function bound(value, context) {
	if (value === void 0 || value === null) return null;
	if (typeof value !== "number" || !Number.isInteger(value)) return void 0;
	if (value >= 0) return Math.min(value, MOST_SLICED);
	return context === null ? void 0 : Math.min(Math.max(0, Math.floor(context) + value), MOST_SLICED);
}
const isPlainCount = (value) => typeof value === "number" && Number.isInteger(value) && value > 0 && value <= 9999999;
function size(file, cfg, key) {
	const value = cfg[key] ?? null;
	if (value === null) return null;
	if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
	throw saeConfigInvalid(file, key, JSON.stringify(value).slice(0, 80), "a positive whole number");
}
function flag(file, cfg, key, otherwise) {
	const value = cfg[key] ?? otherwise;
	if (typeof value === "boolean") return value;
	throw saeConfigInvalid(file, key, describeJson(value), "true or false");
}
function text(value) {
	return typeof value === "string" && value !== "" ? value : null;
}
function positive(value) {
	return typeof value === "number" && value > 0 && Number.isFinite(value) ? value : null;
}
function unexplained(explained) {
	return typeof explained === "number" && explained > 0 && explained <= 1 ? 1 - explained : null;
}
// src/sae/layouts/saelens-sparsity.ts
const FILE = "sparsity.safetensors";
/** The features that fire per position, by the file; null: there is none, or it says something else. */
async function storedL0(files, folder, { d_sae }) {
	const name = folder + FILE;
	if (!files.has(name)) return null;
	const logs = await withTensors({
		files,
		name,
		config: "SAELens"
	}, async ({ table }) => {
		const shape = table.entries.get("sparsity")?.shape;
		return shape?.length === 1 && shape[0] === d_sae ? toFloat32(await table.read("sparsity")) : null;
	});
	if (logs === null || logs.some((log) => log > .001)) return null;
	return logs.reduce((sum, log) => sum + 10 ** log, 0);
}
// src/sae/layouts/saelens.ts
/**
* @file A SAELens folder: cfg.json beside sae_weights.safetensors.
*
* Tensors: W_enc (d_in, d_sae), b_enc (d_sae), W_dec (d_sae, d_out), b_dec (d_out); JumpReLU adds threshold (d_sae), or
* log_threshold in training checkpoints; gated ones have b_gate, b_mag and r_mag in place of b_enc; training checkpoints of
* batchtopk have one topk_threshold; skip transcoders have W_skip (d_out, d_in). `activation_scaler.json` {scaling_factor: s}
* belongs to training checkpoints whose input was scaled by s: it is folded as SAELens does (W_enc · s, W_dec / s, b_dec / s);
* of older releases only SAELens' registry knows s (known/). `scaling_factor` of old folders and
* `finetuning_scaling_factor` rescale decoding only and are folded into W_dec.
*/
const CONFIG = "cfg.json";
const SCALER = "activation_scaler.json";
const WEIGHTS = "sae_weights.safetensors";
const NAMES$1 = {
	W_enc: {
		name: "W_enc",
		stored: "as wanted"
	},
	W_dec: {
		name: "W_dec",
		stored: "as wanted"
	}
};
const saeLens = {
	name: "SAELens 2 to 6",
	layout: "`sae_weights.safetensors`, `cfg.json`",
	reads: "standard, gated, JumpReLU, top-k, BatchTopK and matryoshka, transcoders of these with and without skip; input normalised by layer norm, to a constant norm, or by one factor",
	weights: (names) => named(names, WEIGHTS).filter((name) => {
		const folder = folderOf(name);
		return names.includes(folder + CONFIG) || !names.includes(`${folder}config.json`);
	}),
	open: open$1
};
async function open$1(found) {
	const { config, files, weights: name } = found;
	const folder = folderOf(name);
	const place = placeOf(files, folder + CONFIG);
	const cfg = readSaeLensConfig(place, await readJsonObject(files, folder + CONFIG));
	const known = knownRelease(pathsOf(found));
	const reads = chooseHook(config, cfg.hook, place);
	const scale = cfg.scaledInput ? await readScale(files, folder, known) : 1;
	const file = {
		files,
		name,
		config: CONFIG
	};
	const { weights, W_dec } = await withTensors(file, (tensors) => readTensors(tensors, file, {
		cfg,
		scale
	}));
	const { size, b_dec } = weights;
	return await dictionaryOf(found, {
		architecture: cfg.encoder === "batchtopk" ? "jumprelu" : cfg.encoder,
		reads,
		...cfg.isTranscoder && cfg.hookOut !== null ? { predicts: hookAt(cfg.hookOut, place) } : {},
		weights,
		input: cfg.input,
		applyBDecToInput: cfg.applyBDecToInput,
		center: cfg.center,
		untrained: cfg.untrained,
		neuronpedia: cfg.neuronpedia,
		claims: {
			...cfg.claims,
			l0: cfg.claims.l0 ?? await storedL0(files, folder, size)
		},
		warnings: cfg.warnings,
		W_dec,
		W_skip: () => withTensors(file, async (tensors) => {
			if (!cfg.hasSkip) return null;
			return await readMatrix(tensors, {
				name: "W_skip",
				stored: "transposed"
			}, [size.d_in, b_dec.length], size);
		})
	});
}
async function readTensors(tensors, file, { cfg, scale }) {
	const size = checkSize(tensors, cfg);
	const b_dec = await readShaped(tensors, "b_dec", [cfg.isTranscoder ? lengthOf(tensors, "b_dec", size) : size.d_in], size);
	let encoder = await readEncoder(tensors, cfg, namedEncoder(file, NAMES$1, size), size);
	let W_dec = namedDecoder(file, NAMES$1, {
		size,
		b_dec
	});
	if (cfg.rescaledByDecoder) {
		const norms = await decoderNorms({
			b_dec,
			d_sae: size.d_sae,
			W_dec
		});
		encoder = {
			...encoder,
			W_enc: readScaledColumns(encoder.W_enc, norms)
		};
		scaleColumns(encoder.b_enc, norms);
		W_dec = readUnitRows(W_dec, norms);
	}
	multiply(b_dec, 1 / scale);
	W_dec = await rescaledDecoder(tensors, readTimes(W_dec, 1 / scale), size);
	return {
		weights: {
			size,
			encoder: scaledInput(encoder, scale),
			b_dec
		},
		W_dec
	};
}
async function readEncoder(tensors, cfg, W_enc, size) {
	const vector = (name) => readShaped(tensors, name, [size.d_sae], size);
	if (cfg.encoder === "gated") {
		const gates = {
			b_gate: await vector("b_gate"),
			b_mag: await vector("b_mag"),
			r_mag: await vector("r_mag")
		};
		return gatedAsJumpRelu(W_enc, gates);
	}
	const b_enc = await vector("b_enc");
	if (cfg.encoder === "topk") {
		const k = cfg.k ?? 0;
		if (k > size.d_sae) throw saeKTooLarge(tensors.file, k, size.d_sae);
		return {
			activatesBy: {
				kind: "topk",
				k
			},
			W_enc,
			b_enc,
			threshold: null
		};
	}
	return {
		activatesBy: "feature",
		W_enc,
		b_enc,
		threshold: cfg.encoder === "standard" ? null : await readThreshold(tensors, cfg, size)
	};
}
/** The sizes cfg.json gives must be the tensors'. */
function checkSize(tensors, cfg) {
	const size = sizeOf(tensors, "W_enc");
	const wanted = [cfg.d_in ?? size.d_in, cfg.d_sae ?? size.d_sae];
	if (wanted[0] !== size.d_in || wanted[1] !== size.d_sae) throw saeShape(tensors.file, "W_enc", [size.d_in, size.d_sae], wanted, wanted[0], wanted[1]);
	return size;
}
/** θ itself, its logarithm (training checkpoints of 4.1 to 6.47), or one for all features (batchtopk). */
async function readThreshold(tensors, { encoder }, size) {
	const has = (name) => tensors.table.entries.has(name);
	if (encoder === "batchtopk" && !has("threshold")) {
		const [one = 0] = await readShaped(tensors, "topk_threshold", [], size);
		return new Float32Array(size.d_sae).fill(one);
	}
	const isLog = !has("threshold") && has("log_threshold");
	const stored = await readShaped(tensors, isLog ? "log_threshold" : "threshold", [size.d_sae], size);
	return isLog ? stored.map(Math.exp) : stored;
}
/** With what older folders rescale decoding by, feature by feature. */
async function rescaledDecoder(tensors, W_dec, size) {
	let read = W_dec;
	for (const name of ["finetuning_scaling_factor", "scaling_factor"]) {
		if (!tensors.table.entries.has(name)) continue;
		read = readScaledRows(read, await readShaped(tensors, name, [size.d_sae], size));
	}
	return read;
}
/** The factor in the folder, else the one that the registry knows. Errors: SAE_SCALE_MISSING, SAE_CONFIG_INVALID. */
async function readScale(files, folder, known) {
	if (!files.has(folder + SCALER)) {
		if (known?.scale !== null && known?.scale !== void 0) return known.scale;
		throw saeScaleMissing(placeOf(files, folder + CONFIG));
	}
	const { scaling_factor: scale } = await readJsonObject(files, folder + SCALER);
	if (typeof scale === "number" && scale > 0 && Number.isFinite(scale)) return scale;
	const found = JSON.stringify(scale ?? null).slice(0, 80);
	throw saeConfigInvalid(placeOf(files, folder + SCALER), "scaling_factor", found, "a positive number");
}
// src/sae/layouts/sparsify.ts
/**
* @file EleutherAI's sparsify: `HOOKPOINT/cfg.json` beside sae.safetensors with encoder.weight (d_sae, d_in), encoder.bias, W_dec (d_sae, d_out),
* b_dec and, with a skip connection, W_skip (d_out, d_in).
*
* b_dec is taken off the input unless it transcodes. topk: the k largest; groupmax: the largest of each of k groups. multi_topk
* is of the loss in training only. Hookpoints are names of Hugging Face's modules: what they give, and of a transcoder
* what goes into an MLP and comes out of it.
*/
const NAMES = {
	W_enc: {
		name: "encoder.weight",
		stored: "transposed"
	},
	b_enc: "encoder.bias",
	W_dec: {
		name: "W_dec",
		stored: "as wanted"
	},
	b_dec: ["b_dec"]
};
const sparsify = {
	name: "EleutherAI sparsify",
	layout: "`sae.safetensors`, `cfg.json`",
	reads: "top-k and groupmax, transcoders with and without skip; places by names of Hugging Face’s modules",
	weights: (names) => named(names, "sae.safetensors"),
	open
};
async function open(found) {
	const { files, weights: name } = found;
	const folder = folderOf(name);
	const place = placeOf(files, `${folder}cfg.json`);
	const cfg = await readJsonObject(files, `${folder}cfg.json`);
	const { activation = "topk" } = cfg;
	if (activation !== "topk" && activation !== "groupmax") throw saeUnsupported(place, `activation ${JSON.stringify(activation)}`);
	if (cfg.signed === true) throw saeUnsupported(place, "top-k of absolute values");
	const transcodes = cfg.transcode === true;
	const file = {
		files,
		name,
		config: "cfg.json"
	};
	const read = await withTensors(file, (tensors) => readNamed(tensors, NAMES));
	const { size, b_enc, b_dec } = read;
	checkSizes(place, cfg, size.d_in, size.d_sae);
	const activatesBy = rowRule({
		file: place,
		key: "k"
	}, activation, cfg.k, size.d_sae);
	const { reads, predicts } = hooksOf(found, transcodes, place);
	return await dictionaryOf(found, {
		architecture: activation,
		reads,
		predicts,
		weights: {
			size,
			encoder: {
				activatesBy,
				W_enc: namedEncoder(file, NAMES, size),
				b_enc,
				threshold: null
			},
			b_dec
		},
		applyBDecToInput: !transcodes,
		claims: {
			...NO_CLAIMS,
			l0: activatesBy.k
		},
		W_dec: namedDecoder(file, NAMES, read),
		W_skip: () => withTensors(file, async (tensors) => {
			if (!tensors.table.entries.has("W_skip")) return null;
			return await readMatrix(tensors, {
				name: "W_skip",
				stored: "transposed"
			}, [size.d_in, b_dec.length], size);
		})
	});
}
/** The folder's name says the module; a transcoder's input is the module's. */
function hooksOf(found, transcodes, place) {
	const module = place.replaceAll("\\", "/").split("/").at(-2) ?? "";
	const output = hookOfModule(module);
	if (!transcodes) {
		const reads = chooseHook(found.config, output === null ? null : module, place);
		return {
			reads,
			predicts: reads
		};
	}
	const isMlp = output?.name === "mlp.hook_out";
	const reads = chooseHook(found.config, isMlp ? `blocks.${output.layer}.mlp.hook_in` : null, place);
	return {
		reads,
		predicts: hookAt(`blocks.${reads.layer}.mlp.hook_out`, place)
	};
}
/** num_latents 0 means d_in · expansion_factor. */
function checkSizes(place, cfg, d_in, d_sae) {
	const expansion = typeof cfg.expansion_factor === "number" ? cfg.expansion_factor : null;
	const wanted = (typeof cfg.num_latents === "number" && cfg.num_latents > 0 ? cfg.num_latents : null) ?? (expansion === null ? null : d_in * expansion);
	if (typeof cfg.d_in === "number" && cfg.d_in !== d_in) throw saeConfigInvalid(place, "d_in", String(cfg.d_in), `${d_in}, as the tensors have it,`);
	if (wanted !== null && wanted !== d_sae) throw saeConfigInvalid(place, "num_latents", String(wanted), `${d_sae}, as the tensors have it,`);
}
// src/sae/layouts/index.ts
const LAYOUTS = [
	saeLens,
	gemmaScope,
	gemmaScope2,
	dictionaryLearning,
	qwenScope,
	sparsify,
	llamaScope,
	openMoss,
	perLayerTranscoder,
	crossLayerTranscoder,
	plainPytorch,
	onnxEncoder
];
// src/sae/patterns.ts
/**
* @file Specs that stand for several dictionaries: wildcards in a path, and `canonical` at its end, which of a folder of Gemma Scope
* is the dictionary whose average L0 is nearest to 100, as SAELens and Neuronpedia chose.
*/
const CANONICAL = /\/canonical\/?$/;
/** A path on this machine may hold such characters and mean them: whether it is there is for the caller to look at. */
function isSaePattern(spec) {
	return isGlob(spec) || CANONICAL.test(spec);
}
/** The folder below which everything lies that a pattern may stand for. */
function patternRoot(pattern) {
	const plain = pattern.replace(CANONICAL, "/*");
	const folder = globFolder(plain);
	return folder === "" ? plain.startsWith("/") ? "/" : "." : folder;
}
/**
* The dictionaries among `names` (below the root) that a pattern stands for, as specs, by layer. Throws RangeError for a pattern
* beyond all bounds.
*/
function patternMatches(pattern, names) {
	const root = patternRoot(pattern);
	const prefix = root === "." && !pattern.startsWith("./") ? "" : root === "/" ? "/" : `${root}/`;
	const isCanonical = CANONICAL.test(pattern);
	const wanted = isCanonical ? pattern.replace(CANONICAL, "/average_l0_*") : pattern.replace(/\/$/, "");
	const places = [...new Set(weightsAmong(names).flatMap(placesOf))].map((place) => prefix + place);
	const found = globbed(wanted, places);
	return (isCanonical ? canonicalOf(found) : [...found]).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
/** Weights of any layout; files of PyTorch and npz are recognised by name alone only where they lie alone. */
function weightsAmong(names) {
	const alone = names.filter((name) => /\.(?:npz|pt|pth)$/.test(name));
	return [...LAYOUTS.flatMap((layout) => layout.weights(names)), ...alone];
}
/** A weights file, and every folder that it lies in: a spec may end at any of them. */
function placesOf(weights) {
	const parts = weights.split("/");
	return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}
/** What is nearest to when neither this project nor SAELens chose. */
const TYPICAL_L0 = 100;
/** Of each folder one. Equally near ones: the smaller. */
function canonicalOf(places) {
	const byFolder = /* @__PURE__ */ new Map();
	for (const place of places) {
		const [, folder = "", l0 = ""] = /^(.*)\/average_l0_(\d{1,6})$/.exec(place) ?? [];
		if (l0 !== "") byFolder.set(folder, [...byFolder.get(folder) ?? [], Number(l0)]);
	}
	return [...byFolder].map(([folder, l0s]) => {
		const known = chosenL0(folder);
		const nearest = l0s.reduce((best, l0) => {
			const [a, b] = [Math.abs(l0 - TYPICAL_L0), Math.abs(best - TYPICAL_L0)];
			return a < b || a === b && l0 < best ? l0 : best;
		});
		return `${folder}/average_l0_${known !== null && l0s.includes(known) ? known : nearest}`;
	});
}
/** `…gemma-scope-2b-pt-res/layer_12/width_16k` → 82; null: not in the table. */
function chosenL0(folder) {
	const [, release = "", layer = "", width = ""] = /(gemma-scope-[a-z0-9-]+)(?:@[^/]*)?\/layer_(\d{1,3})\/width_(\w+)$/.exec(folder) ?? [];
	return CANONICAL_L0[release]?.[width]?.[Number(layer)] || null;
}
export { addedOutputs as a, LAYOUTS as i, patternMatches as n, readNpy as o, patternRoot as r, folderOf as s, isSaePattern as t };
