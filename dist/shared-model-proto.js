import { t as staysInside } from "./shared-pinned-files.js";
import { i as onnxDataShort, n as onnxDataMissing, r as onnxDataOutside, t as Wire, y as onnxTooLarge } from "./shared-wire.js";
import { posix } from "node:path";
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
export { elementName as a, elementBits as i, dataFiles as n, FLOAT_TYPES as r, readOnnxModel as t };
