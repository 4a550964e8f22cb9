import { i as problem } from "./shared-problem.js";
import { t as staysInside } from "./shared-pinned-files.js";
import { posix } from "node:path";
// src/errors/user-onnx.ts
/** @file Problems of a user's own ONNX model as a candidate. */
const listed = (names) => {
	const shown = names.slice(0, 24).join(", ");
	return names.length > 24 ? `${shown}, … (${names.length} in all)` : shown;
};
const onnxMalformed = problem("ONNX_MALFORMED", 2, (file, byte, reason) => ({
	message: `${file} is not a readable ONNX model: at byte ${byte}, ${reason}.`,
	fix: "Fetch or export the file again; a web page or a git-lfs pointer in its place is the usual cause."
}));
const onnxTooLarge = problem("ONNX_TOO_LARGE", 2, (file, what, most) => ({
	message: `${file} has ${what}; at most ${most} are read.`,
	fix: "Export the model with its weights as external data; a protobuf cannot hold more than 2 GiB."
}));
const onnxVersion = problem("ONNX_VERSION_TOO_NEW", 2, (file, what, found, newest) => ({
	message: `${file} uses ${what} ${found}; the engine of this release runs up to ${newest}.`,
	fix: `Export the model again with ${what} ${newest} or lower, or use a newer release of saegate.`
}));
const onnxSeveral = problem("ONNX_AMBIGUOUS", 2, (spec, found) => ({
	message: `${spec} holds several ONNX models: ${listed(found)}.`,
	fix: "Name the one to audit, for example ./model/onnx/model_q4.onnx."
}));
const onnxInput = problem("ONNX_INPUT", 2, (file, input, found, reason) => ({
	message: `${file}: input "${input}" (${found}) ${reason}.`,
	fix: "Export a decoder that takes input_ids and, if it must, attention_mask, position_ids and past_key_values, with batch and length left open."
}));
const onnxNoTokens = problem("ONNX_NO_TOKENS", 2, (file, inputs) => ({
	message: `${file} takes no token ids; its inputs: ${listed(inputs)}.`,
	fix: "Export the decoder with input_ids [batch, sequence], int64 or int32, as an input."
}));
const onnxNoLogits = problem("ONNX_NO_LOGITS", 2, (file, outputs) => ({
	message: `${file} gives no logits [batch, sequence, vocabulary]; its outputs: ${listed(outputs)}.`,
	fix: "Export the model with its language-model head (Optimum: --task text-generation)."
}));
const onnxShape = problem("ONNX_SHAPE", 2, (file, value, found, expected) => ({
	message: `${file}: "${value}" came out as [${found.join(", ")}]; ${expected} was expected.`,
	fix: "Check that the model belongs to this reference and gives logits for every position; with --tap, name a value of the residual stream."
}));
const onnxLastLogits = problem("ONNX_LAST_LOGITS", 2, (file, name, sign) => ({
	message: `${file}: "${name}" holds the logits of the last position only (${sign}); perplexity and KL need those of every position.`,
	fix: "Export it with the logits of every position (onnxruntime-genai: without prune_lm_head; torch: logits_to_keep 0)."
}));
const onnxFixedLength = problem("ONNX_FIXED_LENGTH", 2, (file, found, asked) => ({
	message: `${file} was exported for sequences of exactly ${found} tokens; the audit runs ${asked}.`,
	fix: `Use --block-length ${found} and chunked perplexity only, or export with an open sequence length.`
}));
const onnxDataMissing = problem("ONNX_DATA_MISSING", 2, (file, tensor, data) => ({
	message: `${file}: tensor "${tensor}" lies in "${data}", which is not beside the model.`,
	fix: "Copy the external data file into the folder of the model, under the name it was exported with."
}));
const onnxDataOutside = problem("ONNX_DATA_OUTSIDE", 2, (file, tensor, data) => ({
	message: `${file}: tensor "${tensor}" names the data file "${data}", outside the folder of the model.`,
	fix: "Nothing outside that folder is read. Export the model again with its data beside it; do not use a model from a source you do not trust."
}));
const onnxDataShort = problem("ONNX_DATA_SHORT", 2, (file, tensor, data, end, bytes) => ({
	message: `${file}: tensor "${tensor}" ends at byte ${end} of "${data}", which has ${bytes}.`,
	fix: "The download or export was cut short: fetch the data file again."
}));
const onnxRefused = problem("ONNX_REFUSED", 2, (file, reason) => ({
	message: `${file} cannot be loaded: ${reason}`,
	fix: "Check that the model runs in onnxruntime at all; operators of other engines and prepacked GPU weights do not."
}));
const onnxTapUnclear = problem("ONNX_TAP_UNCLEAR", 2, (file, hook, found, expected, values) => ({
	message: `${file}: ${hook} cannot be placed: a model like the reference adds to its residual stream ${expected} times, this one ${found} times. The values of the stream, in order: ${listed(values)}.`,
	fix: "Name the value that is this hook with --tap (`saegate inspect` lists them)."
}));
const onnxTapUnknown = problem("ONNX_TAP_UNKNOWN", 2, (file, tap, values) => ({
	message: `${file}: --tap ${tap}: no node of the model gives that value. The values of the residual stream: ${listed(values)}.`,
	fix: "Give one of these, or another node output (`saegate inspect` lists them)."
}));
const onnxTapHook = problem("ONNX_TAP_HOOK", 2, (file, hook, reason) => ({
	message: `${file}: ${hook}: ${reason}.`,
	fix: "Use SAEs of hook_resid_pre, hook_resid_mid or hook_resid_post, or name the value with --tap and audit one hook at a time."
}));
const onnxFusedAttention = problem("ONNX_FUSED_ATTENTION", 2, (file, op) => ({
	message: `${file}: its ${op} nodes cannot run on WebGPU: onnxruntime’s fused attention drops soft caps there, and gives wrong results on some drivers.`,
	fix: "Use --device cpu, or export with attention spelled out (torch: attn_implementation=\"eager\")."
}));
const onnxSubgraph = problem("ONNX_MERGED", 2, (file, node) => ({
	message: `${file}: the whole decoder lies inside the branches of the If node "${node}", whose condition is not use_cache_branch; its values cannot be read.`,
	fix: "Give the export before it was merged (decoder_model.onnx), or a plain one."
}));
// src/models/user-onnx/element-types.ts
/** @file Element types of ONNX tensors: names and bits. https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
/** TensorProto.DataType → name and bits of one element. */
const TYPES = /* @__PURE__ */ new Map([
	[1, ["float32", 32]],
	[2, ["uint8", 8]],
	[3, ["int8", 8]],
	[4, ["uint16", 16]],
	[5, ["int16", 16]],
	[6, ["int32", 32]],
	[7, ["int64", 64]],
	[9, ["bool", 8]],
	[10, ["float16", 16]],
	[11, ["float64", 64]],
	[12, ["uint32", 32]],
	[13, ["uint64", 64]],
	[16, ["bfloat16", 16]],
	[17, ["float8e4m3fn", 8]],
	[18, ["float8e4m3fnuz", 8]],
	[19, ["float8e5m2", 8]],
	[20, ["float8e5m2fnuz", 8]],
	[21, ["uint4", 4]],
	[22, ["int4", 4]],
	[23, ["float4e2m1", 4]],
	[24, ["float8e8m0", 8]],
	[25, ["uint2", 2]],
	[26, ["int2", 2]]
]);
/** float32, float16, float64, bfloat16 */
const FLOAT_TYPES = /* @__PURE__ */ new Set([
	1,
	10,
	11,
	16
]);
function elementName(type) {
	return type === null ? "unknown type" : TYPES.get(type)?.[0] ?? `type ${type}`;
}
/** Bits of one element; 0 for types without a fixed size. */
function elementBits(type) {
	return TYPES.get(type)?.[1] ?? 0;
}
// src/models/user-onnx/external-data.ts
/**
* @file The data files of a user's model, checked before the engine sees their names: beside the model and nowhere else,
* present, and as long as the tensors in them say. They stay where they are.
*/
/**
* Every data file of `model`, once. `name` is the model's own name among `files`.
* Errors: ONNX_DATA_OUTSIDE, ONNX_DATA_MISSING, ONNX_DATA_SHORT, LINK_LEAVES_FOLDER and those of opening a file.
*/
async function dataFiles(model, name, files) {
	const found = /* @__PURE__ */ new Map();
	for (const tensor of model.external) {
		if (tensor.external === null) continue;
		const { location } = tensor.external;
		const known = found.get(location) ?? await dataFile(tensor.name, location, name, files);
		found.set(location, known);
		const end = tensor.external.offset + byteLength(tensor);
		if (end > known.byteLength) throw onnxDataShort(files.spec, tensor.name, location, end, known.byteLength);
	}
	return [...found.values()].map(({ location, name: own, path }) => ({
		location,
		name: own,
		path
	}));
}
/** What the tensor takes; never less than its dimensions need. */
function byteLength({ dims, type, external }) {
	const needed = Math.ceil(dims.reduce((product, dim) => product * dim, 1) * elementBits(type) / 8);
	return Math.max(needed, external?.length ?? 0);
}
async function dataFile(tensor, location, model, files) {
	const written = location.slice(0, 200);
	const plain = location.replace(/^(\.\/)+/, "");
	if (!staysInside(plain)) throw onnxDataOutside(files.spec, tensor, written);
	const name = posix.join(posix.dirname(model), plain);
	if (!files.has(name)) throw onnxDataMissing(files.spec, tensor, written);
	const source = await files.open(name);
	await source.close();
	const path = files.localPath(name);
	if (path === null) throw onnxDataMissing(files.spec, tensor, written);
	return {
		location: plain,
		name,
		path,
		byteLength: source.byteLength
	};
}
// src/onnx/graph/wire.ts
/**
* @file Reads protobuf's wire format from bytes nobody vouches for: every length is checked against the message it lies
* in, fields are counted against a budget, and nothing is copied. https://protobuf.dev/programming-guides/encoding/
*
* Left out: groups (deprecated since 2008; ONNX never had them).
*/
/**
* Fields that one model may have. The largest exports have about two million; each costs at most some 200 bytes here,
* so a hostile file of tiny messages stays below two gigabytes.
*/
const MOST_FIELDS = 8e6;
/** Names decoded from one model, bytes; a hundred thousand nodes with long paths for names have some 50 MB. */
const MOST_TEXT = 256 * 2 ** 20;
const LONGEST_NAME = 65536;
const text = new TextDecoder("utf-8");
/** The bytes of one file, read as messages. */
var Wire = class {
	file;
	bytes;
	#view;
	#fieldsLeft = MOST_FIELDS;
	#textLeft = MOST_TEXT;
	constructor(file, bytes) {
		this.file = file;
		this.bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}
	/** The fields of the message in [start, end). Errors: ONNX_MALFORMED, ONNX_TOO_LARGE. */
	*fields(start = 0, end = this.bytes.byteLength) {
		for (let at = start; at < end;) {
			if (this.#fieldsLeft-- === 0) throw onnxTooLarge(this.file, "too many protobuf fields", MOST_FIELDS);
			const tag = this.#varint(at, end);
			const field = this.#field(tag.value, tag.next, end);
			at = field.end;
			yield field;
		}
	}
	/** The same, each with its bytes. */
	*rawFields(start = 0, end = this.bytes.byteLength) {
		let at = start;
		for (const field of this.fields(start, end)) {
			yield {
				...field,
				raw: this.bytes.subarray(at, field.end)
			};
			at = field.end;
		}
	}
	/** A name. Errors: ONNX_MALFORMED when it is longer than names are. */
	string({ start, end }) {
		if (end - start > LONGEST_NAME) throw this.malformed(start, `a name has ${end - start} bytes`);
		this.#textLeft -= end - start;
		if (this.#textLeft < 0) throw onnxTooLarge(this.file, "too many bytes of names", MOST_TEXT);
		return text.decode(this.bytes.subarray(start, end));
	}
	/** The integers of a repeated field, whether packed or one at a time. */
	*integers(field) {
		if (field.kind === "varint") yield field.value;
		if (field.kind !== "bytes") return;
		for (let at = field.start; at < field.end;) {
			if (this.#fieldsLeft-- === 0) throw onnxTooLarge(this.file, "too many protobuf fields", MOST_FIELDS);
			const { value, next } = this.#varint(at, field.end);
			at = next;
			yield value;
		}
	}
	malformed(byte, reason) {
		return onnxMalformed(this.file, byte, reason);
	}
	#field(tag, at, end) {
		const number = Math.floor(tag / 8);
		if (number === 0 || number > 536870911) throw this.malformed(at, `a field is numbered ${number}`);
		switch (tag % 8) {
			case 0: {
				const { value, next } = this.#varint(at, end);
				return {
					number,
					kind: "varint",
					value,
					start: at,
					end: next
				};
			}
			case 1: return {
				number,
				kind: "fixed64",
				value: 0,
				start: at,
				end: this.#within(at, 8, end)
			};
			case 2: {
				const { value, next } = this.#varint(at, end);
				return {
					number,
					kind: "bytes",
					value: 0,
					start: next,
					end: this.#within(next, value, end)
				};
			}
			case 5: {
				const past = this.#within(at, 4, end);
				return {
					number,
					kind: "float",
					value: this.#view.getFloat32(at, true),
					start: at,
					end: past
				};
			}
			default: throw this.malformed(at, `wire type ${tag % 8} is not one that ONNX uses`);
		}
	}
	#within(start, length, end) {
		if (!(length >= 0 && length <= end - start)) throw this.malformed(start, `a length of ${length} leaves its message, which ends at byte ${end}`);
		return start + length;
	}
	/** Signed 64-bit; beyond 2^53 rounded. */
	#varint(start, end) {
		let value = 0;
		for (let i = 0; i < 10 && start + i < end; i++) {
			const byte = this.bytes[start + i] ?? 0;
			if (i < 7) value += (byte & 127) * 2 ** (7 * i);
			if (byte < 128) return {
				value: i < 7 ? value : this.#wideVarint(start, i + 1),
				next: start + i + 1
			};
		}
		throw this.malformed(start, "a number does not end");
	}
	#wideVarint(start, length) {
		let value = 0n;
		for (let i = 0; i < length; i++) value |= BigInt((this.bytes[start + i] ?? 0) & 127) << BigInt(7 * i);
		return Number(BigInt.asIntN(64, value));
	}
};
// src/onnx/graph/model-proto.ts
/**
* @file An ONNX model that somebody else made, read as structure: inputs, outputs, nodes, and where each initializer's
* bytes lie. Weights are never looked at. Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
*
* A protobuf parser merges repeated occurrences of the graph, so they are merged here too; model-edit.ts relies on it.
* Of subgraphs (bodies of If, Loop, Scan) only what they read from outside is kept, and their external data.
*/
/** Bodies within bodies; real models have at most two levels. */
const DEEPEST = 16;
/** The largest exports (mixtures of experts, unrolled) have some hundred thousand. */
const MOST_NODES = 1e6;
/** Read the structure of a model. Errors: ONNX_MALFORMED, ONNX_TOO_LARGE. */
function readOnnxModel(file, bytes) {
	return new ModelReader(new Wire(file, bytes)).model();
}
var ModelReader = class {
	#wire;
	#external = [];
	#nodes = 0;
	constructor(wire) {
		this.#wire = wire;
	}
	model() {
		const opsets = /* @__PURE__ */ new Map();
		const graph = {
			nodes: [],
			initializers: /* @__PURE__ */ new Map(),
			inputs: [],
			outputs: []
		};
		let irVersion = 0;
		let producer = "";
		let graphs = 0;
		for (const field of this.#wire.fields()) {
			if (field.number === 1 && field.kind === "varint") irVersion = field.value;
			if (field.kind !== "bytes") continue;
			if (field.number === 2) producer = this.#wire.string(field);
			if (field.number === 7) {
				this.#readGraph(field, graph, 0);
				graphs++;
			}
			if (field.number === 8) this.#readOpset(field, opsets);
			if (field.number === 25) this.#readFunction(field);
		}
		if (graphs === 0 || irVersion === 0) throw this.#wire.malformed(0, "there is no graph or no IR version");
		const inputs = graph.inputs.filter(({ name }) => !graph.initializers.has(name));
		return {
			...graph,
			inputs,
			bytes: this.#wire.bytes,
			irVersion,
			producer,
			opsets,
			external: this.#external
		};
	}
	#readOpset(message, opsets) {
		let domain = "";
		let version = 0;
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.number === 1 && field.kind === "bytes") domain = this.#wire.string(field);
			if (field.number === 2 && field.kind === "varint") version = field.value;
		}
		opsets.set(domain === "ai.onnx" ? "" : domain, version);
	}
	/** Functions are opaque nodes here; only their external data matters. */
	#readFunction(message) {
		for (const field of this.#wire.fields(message.start, message.end)) if (field.number === 7 && field.kind === "bytes") this.#readNode(field, 1);
	}
	#readGraph(message, into, depth) {
		if (depth > DEEPEST) throw this.#wire.malformed(message.start, `graphs are nested ${depth} deep`);
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.kind !== "bytes") continue;
			if (field.number === 1) into.nodes.push(this.#readNode(field, depth));
			if (field.number === 11) into.inputs.push(this.#readValueInfo(field));
			if (field.number === 12) into.outputs.push(this.#readValueInfo(field));
			if (field.number === 5) {
				const tensor = this.#readTensor(field);
				into.initializers.set(tensor.name, tensor);
			}
			if (field.number === 15) {
				const tensor = this.#readSparse(field);
				into.initializers.set(tensor.name, tensor);
			}
		}
	}
	#readNode(message, depth) {
		if (++this.#nodes > MOST_NODES) throw onnxTooLarge(this.#wire.file, "too many nodes", MOST_NODES);
		const inputs = [];
		const outputs = [];
		const captured = [];
		const attributes = /* @__PURE__ */ new Map();
		let name = "";
		let op = "";
		let domain = "";
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.kind !== "bytes") continue;
			if (field.number === 1) inputs.push(this.#wire.string(field));
			if (field.number === 2) outputs.push(this.#wire.string(field));
			if (field.number === 3) name = this.#wire.string(field);
			if (field.number === 4) op = this.#wire.string(field);
			if (field.number === 5) this.#readAttribute(field, attributes, captured, depth);
			if (field.number === 7) domain = this.#wire.string(field);
		}
		return {
			name,
			op,
			domain: domain === "ai.onnx" ? "" : domain,
			inputs,
			outputs,
			attributes,
			captured
		};
	}
	#readAttribute(message, into, captured, depth) {
		let name = "";
		let value = null;
		const integers = [];
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.number === 1 && field.kind === "bytes") name = this.#wire.string(field);
			if (field.number === 2 && field.kind === "float") value = field.value;
			if (field.number === 3 && field.kind === "varint") value = field.value;
			if (field.number === 8) for (const integer of this.#wire.integers(field)) integers.push(integer);
			if (field.kind !== "bytes") continue;
			if (field.number === 4) value = field.end - field.start > 4096 ? "" : this.#wire.string(field);
			if (field.number === 5) value = this.#readTensor(field);
			if (field.number === 10) this.#readTensor(field);
			if (field.number === 22 || field.number === 23) this.#readSparse(field);
			if (field.number === 6 || field.number === 11) for (const name of this.#readBody(field, depth + 1)) captured.push(name);
		}
		if (integers.length > 0) value = integers;
		if (value !== null) into.set(name, value);
	}
	/** Names that a body reads and does not make. */
	#readBody(message, depth) {
		const body = {
			nodes: [],
			initializers: /* @__PURE__ */ new Map(),
			inputs: [],
			outputs: []
		};
		this.#readGraph(message, body, depth);
		const made = /* @__PURE__ */ new Set([...body.initializers.keys(), ...body.inputs.map(({ name }) => name)]);
		for (const { outputs } of body.nodes) for (const output of outputs) made.add(output);
		const used = [...body.nodes.flatMap(({ inputs, captured }) => [...inputs, ...captured]), ...body.outputs.map(({ name }) => name)];
		return [...new Set(used)].filter((name) => name !== "" && !made.has(name));
	}
	#readTensor(message) {
		const dims = [];
		const entries = /* @__PURE__ */ new Map();
		let name = "";
		let type = 0;
		let isExternal = false;
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.number === 1) for (const dim of this.#wire.integers(field)) dims.push(dim);
			if (field.number === 2 && field.kind === "varint") type = field.value;
			if (field.number === 8 && field.kind === "bytes") name = this.#wire.string(field);
			if (field.number === 13 && field.kind === "bytes") this.#readEntry(field, entries);
			if (field.number === 14 && field.kind === "varint") isExternal = field.value === 1;
		}
		const bad = dims.find((dim) => !(Number.isSafeInteger(dim) && dim >= 0));
		if (bad !== void 0) throw this.#wire.malformed(message.start, `tensor "${name}" has a dimension ${bad}`);
		const external = isExternal || entries.has("location") ? this.#externalRange(message, name, entries) : null;
		const tensor = {
			name,
			dims,
			type,
			external
		};
		if (external !== null) this.#external.push(tensor);
		return tensor;
	}
	#externalRange(message, name, entries) {
		const integer = (key) => {
			const written = entries.get(key);
			if (written === void 0 || written === "") return null;
			const value = /^\d{1,16}$/.test(written) ? Number(written) : NaN;
			if (Number.isSafeInteger(value)) return value;
			throw this.#wire.malformed(message.start, `tensor "${name}" has the ${key} "${written.slice(0, 40)}"`);
		};
		return {
			location: entries.get("location") ?? "",
			offset: integer("offset") ?? 0,
			length: integer("length")
		};
	}
	#readSparse(message) {
		let values = {
			name: "",
			dims: [],
			type: 0,
			external: null
		};
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.kind !== "bytes") continue;
			if (field.number === 1) values = this.#readTensor(field);
			if (field.number === 2) this.#readTensor(field);
		}
		return values;
	}
	#readEntry(message, into) {
		let key = "";
		let value = "";
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.number === 1 && field.kind === "bytes") key = this.#wire.string(field);
			if (field.number === 2 && field.kind === "bytes") value = this.#wire.string(field);
		}
		into.set(key, value);
	}
	#readValueInfo(message) {
		let name = "";
		let type = null;
		let shape = null;
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.number === 1 && field.kind === "bytes") name = this.#wire.string(field);
			if (field.number !== 2 || field.kind !== "bytes") continue;
			for (const kind of this.#wire.fields(field.start, field.end)) {
				if (kind.number !== 1 || kind.kind !== "bytes") continue;
				for (const part of this.#wire.fields(kind.start, kind.end)) {
					if (part.number === 1 && part.kind === "varint") type = part.value;
					if (part.number === 2 && part.kind === "bytes") shape = this.#readShape(part);
				}
			}
		}
		return {
			name,
			type,
			shape
		};
	}
	#readShape(message) {
		const shape = [];
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.number !== 1 || field.kind !== "bytes") continue;
			let size = null;
			for (const part of this.#wire.fields(field.start, field.end)) if (part.number === 1 && part.kind === "varint" && part.value > 0) size = part.value;
			shape.push(size);
		}
		return shape;
	}
};
export { onnxVersion as S, onnxSubgraph as _, elementBits as a, onnxTapUnknown as b, onnxFusedAttention as c, onnxMalformed as d, onnxNoLogits as f, onnxShape as g, onnxSeveral as h, FLOAT_TYPES as i, onnxInput as l, onnxRefused as m, Wire as n, elementName as o, onnxNoTokens as p, dataFiles as r, onnxFixedLength as s, readOnnxModel as t, onnxLastLogits as u, onnxTapHook as v, onnxTooLarge as x, onnxTapUnclear as y };
