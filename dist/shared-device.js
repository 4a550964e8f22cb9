import { n as __exportAll } from "./shared-rolldown-runtime.js";
import { r as cudaIndices, t as findCudaLibraries } from "./shared-cuda-libraries.js";
import { _ as precisionUnavailable, h as deviceUnavailable, n as cudaProviderInstalled, r as knowsProvider, t as cudaProviderFile } from "./shared-runtime.js";
import { t as fedWeight } from "./shared-fed-weight.js";
import { t as Message } from "./shared-protobuf.js";
import { t as createSession } from "./shared-session.js";
import { t as usableCores } from "./shared-cores.js";
import { i as visibleDevice, n as nvidiaDevices, r as unlikeProblem, t as leastFree } from "./shared-nvidia.js";
// src/onnx/graph/graph.ts
/**
* @file Builds an ONNX graph in memory. The shape of the API is WebNN's MLGraphBuilder: operators take values and
* return values; the graph is whatever the outputs reach. Large tensors are not copied into the model: they are
* handed to onnxruntime as named external buffers, one per tensor, so that no single buffer limit is met.
*
* Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (IR version 10, opset 21).
*/
const IR_VERSION = 10;
const OPSET = 21;
const CONTRIB_OPSET = 1;
const DATA_LOCATION_EXTERNAL = 1;
/** Initializers up to this size are written into the model: shape constants and scalars. */
const INLINE_BYTES = 1024;
const ELEMENT_CODE = {
	float32: 1,
	uint8: 2,
	int8: 3,
	int32: 6,
	int64: 7,
	bool: 9,
	float16: 10,
	float64: 11,
	bfloat16: 16,
	float8e4m3fn: 17
};
const int = (value) => ({
	kind: "int",
	value
});
const float = (value) => ({
	kind: "float",
	value
});
const ints = (value) => ({
	kind: "ints",
	value
});
var GraphBuilder = class {
	#nodes = [];
	#initializers = [];
	#names = [];
	#inputs = [];
	#outputs = [];
	#external = [];
	#fed = [];
	#scalars = /* @__PURE__ */ new Map();
	#inlineBytes;
	#wanted;
	#keeper;
	#count = 0;
	/** Initializers of up to `inlineBytes` are written into the model. `keeper`: of what is added as a weight. */
	constructor(inlineBytes = INLINE_BYTES, keeper = "engine") {
		this.#inlineBytes = inlineBytes;
		this.#wanted = keeper;
		this.#keeper = keeper;
	}
	input(name, type, shape) {
		const value = {
			name,
			type,
			shape
		};
		this.#inputs.push(value);
		return value;
	}
	/**
	* What one model has and another of the same form has otherwise, row-major. `data` must stay as it is: where the caller keeps the
	* weights until the session is released, else until it is created. Types that a run cannot be given are always the engine's.
	*/
	weight(name, type, shape, data) {
		const fed = this.#wanted === "caller" ? fedWeight(name, type, shape, data) : null;
		if (fed === null) {
			this.#keeper = "engine";
			return this.initializer(name, type, shape, data);
		}
		this.#fed.push(fed);
		return {
			name,
			type,
			shape
		};
	}
	/** A constant. `data` holds the elements in row-major order; it must outlive the session's creation. */
	initializer(name, type, shape, data) {
		const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
		const tensor = new Message();
		for (const dim of shape) tensor.int(1, dim);
		tensor.int(2, ELEMENT_CODE[type]).string(8, name);
		if (bytes.byteLength <= this.#inlineBytes) tensor.bytes(9, bytes);
		else {
			const path = `${name}.bin`;
			for (const [key, value] of [
				["location", path],
				["offset", "0"],
				["length", String(bytes.byteLength)]
			]) tensor.message(13, new Message().string(1, key).string(2, value));
			tensor.int(14, DATA_LOCATION_EXTERNAL);
			this.#external.push({
				path,
				data: bytes
			});
		}
		this.#initializers.push(tensor);
		this.#names.push(name);
		return {
			name,
			type,
			shape
		};
	}
	/** A one-element constant that broadcasts; named after its value, so it is written once. */
	scalar(type, value) {
		const name = `${type}_${value}`;
		const known = this.#scalars.get(name) ?? this.initializer(name, type, [], scalarData(type, value));
		this.#scalars.set(name, known);
		return known;
	}
	/** The integers of a shape, an axes list, … as an int64 constant. */
	integers(values) {
		const name = `ints_${values.join("_").replaceAll("-", "m")}`;
		const data = BigInt64Array.from(values, (value) => BigInt(value));
		const known = this.#scalars.get(name) ?? this.initializer(name, "int64", [values.length], data);
		this.#scalars.set(name, known);
		return known;
	}
	/** A float32 matrix of ones. */
	ones(rows, columns) {
		const name = `ones_${rows}_${columns}`;
		const known = this.#scalars.get(name) ?? this.initializer(name, "float32", [rows, columns], new Float32Array(rows * columns).fill(1));
		this.#scalars.set(name, known);
		return known;
	}
	/** The one primitive. Operators in ops.ts call it with the results they inferred. A null input is left out. */
	node(op, inputs, results, attributes = {}, domain = "") {
		const id = this.#count++;
		const node = new Message();
		for (const input of inputs) node.string(1, input === null ? "" : input.name);
		const outputs = results.map((result, i) => ({
			...result,
			name: `${op.toLowerCase()}_${id}_${i}`
		}));
		for (const output of outputs) node.string(2, output.name);
		node.string(3, `${op}_${id}`).string(4, op);
		for (const [key, value] of Object.entries(attributes)) node.message(5, attributeProto(key, value));
		if (domain !== "") node.string(7, domain);
		this.#nodes.push(node);
		return outputs;
	}
	/** Like `node`, for operators with one result. */
	apply(op, inputs, result, attributes = {}, domain = "") {
		const [value] = this.node(op, inputs, [{
			type: result.type,
			shape: result.shape
		}], attributes, domain);
		if (value === void 0) throw new Error(`${op} has no result`);
		return value;
	}
	/** Make a value an output under a name of its own. */
	output(name, value) {
		const node = new Message().string(1, value.name).string(2, name).string(3, `output_${name}`).string(4, "Identity");
		this.#nodes.push(node);
		this.#outputs.push({
			...value,
			name
		});
	}
	/** The same for the values of a fragment, by name. */
	outputs(values) {
		for (const [name, value] of values) this.output(name, value);
	}
	build() {
		requireDistinct([
			...this.#names,
			...this.#inputs.map(({ name }) => name),
			...this.#fed.map(({ name }) => name),
			...this.#outputs.map(({ name }) => name)
		]);
		const graph = new Message();
		for (const node of this.#nodes) graph.message(1, node);
		graph.string(2, "saegate");
		for (const tensor of this.#initializers) graph.message(5, tensor);
		for (const value of this.#inputs) graph.message(11, valueInfo(value));
		for (const { name, type, dims } of this.#fed) graph.message(11, valueInfo({
			name,
			type,
			shape: dims
		}));
		for (const value of this.#outputs) graph.message(12, valueInfo(value));
		return {
			bytes: new Message().int(1, IR_VERSION).string(2, "saegate").message(7, graph).message(8, new Message().string(1, "").int(2, OPSET)).message(8, new Message().string(1, "com.microsoft").int(2, CONTRIB_OPSET)).finish(),
			external: this.#external,
			fed: this.#fed,
			keeper: this.#keeper,
			inputs: this.#inputs.map((value) => value.name),
			outputs: this.#outputs.map((value) => value.name)
		};
	}
};
/** Two weights of one name would both be taken for the last of them, without a word from the engine. */
function requireDistinct(names) {
	const seen = /* @__PURE__ */ new Set();
	for (const name of names) {
		if (seen.has(name)) throw new RangeError(`two values are called ${name}`);
		seen.add(name);
	}
}
function scalarData(type, value) {
	switch (type) {
		case "float64": return Float64Array.of(value);
		case "float32": return Float32Array.of(value);
		case "float16": return Uint16Array.of(halfBits(value));
		case "int64": return BigInt64Array.of(BigInt(value));
		case "int32": return Int32Array.of(value);
	}
}
/** Bits of a float16 constant; the constants used are small and exact enough, subnormals flush to zero. */
function halfBits(value) {
	const bits = new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
	const sign = bits >>> 16 & 32768;
	const exponent = (bits >>> 23 & 255) - 127 + 15;
	if (exponent <= 0) return sign;
	if (exponent >= 31) return sign | 31744;
	const mantissa = bits & 8388607;
	return sign | (exponent << 10) + (mantissa >>> 13) + ((mantissa & 8191) > 4096 ? 1 : 0);
}
function valueInfo({ name, type, shape }) {
	const dims = new Message();
	for (const dim of shape) dims.message(1, typeof dim === "number" ? new Message().int(1, dim) : new Message().string(2, dim));
	const tensorType = new Message().int(1, ELEMENT_CODE[type]).message(2, dims);
	return new Message().string(1, name).message(2, new Message().message(1, tensorType));
}
/** AttributeProto: name 1, f 2, i 3, s 4, ints 8, type 20 (FLOAT 1, INT 2, STRING 3, INTS 7). */
function attributeProto(name, attribute) {
	const proto = new Message().string(1, name);
	switch (attribute.kind) {
		case "float": return proto.float(2, attribute.value).int(20, 1);
		case "int": return proto.int(3, attribute.value).int(20, 2);
		case "string": return proto.string(4, attribute.value).int(20, 3);
		case "ints":
			for (const item of attribute.value) proto.int(8, item);
			return proto.int(20, 7);
	}
}
// src/onnx/graph/layer-ops.ts
/**
* @file Operators made for the layers of a decoder: norms, activations, rotary embedding, attention. Definitions:
* https://onnx.ai/onnx/operators/ and, for those marked (ort),
* https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
*/
var layer_ops_exports = /* @__PURE__ */ __exportAll({
	gelu: () => gelu,
	groupQueryAttention: () => groupQueryAttention,
	layerNormalization: () => layerNormalization,
	rotaryEmbedding: () => rotaryEmbedding,
	silu: () => silu,
	simplifiedLayerNormalization: () => simplifiedLayerNormalization
});
function layerNormalization(g, x, gain, bias, epsilon) {
	const inputs = bias === null ? [x, gain] : [
		x,
		gain,
		bias
	];
	return g.apply("LayerNormalization", inputs, x, {
		axis: int(-1),
		epsilon: float(epsilon)
	});
}
/** RMS norm (ort; registered in the default domain). */
function simplifiedLayerNormalization(g, x, gain, epsilon) {
	return g.apply("SimplifiedLayerNormalization", [x, gain], x, {
		axis: int(-1),
		epsilon: float(epsilon)
	});
}
function gelu(g, x, approximate) {
	const attributes = { approximate: {
		kind: "string",
		value: approximate
	} };
	return g.apply("Gelu", [x], x, attributes);
}
/** x · sigmoid(factor · x) (ort). */
function silu(g, x, factor = 1) {
	return g.apply("QuickGelu", [x], x, { alpha: float(factor) }, "com.microsoft");
}
/**
* Rotary embedding of (n_block, n_token, heads · headSize) with positions 0, 1, … (ort).
* `cos` and `sin` are (max positions, rotated/2).
*/
function rotaryEmbedding(g, x, rotary, heads) {
	const attributes = {
		interleaved: int(rotary.interleaved ? 1 : 0),
		num_heads: int(heads),
		rotary_embedding_dim: int(rotary.size)
	};
	const offset = g.integers([0]);
	return g.apply("RotaryEmbedding", [
		x,
		offset,
		rotary.cos,
		rotary.sin
	], x, attributes, "com.microsoft");
}
/**
* Causal attention of (n_block, n_token, ·) without a past (ort). `lastPosition` is n_token − 1 per block (int32),
* `length` n_token (int32 scalar). A query sees keys j with i − window < j ≤ i: onnxruntime's CPU kernel and flash
* attention both take local_window_size as the number of visible keys. Not for WebGPU: models/graph/fused-attention.ts.
*/
function groupQueryAttention(g, q, k, v, sequence, attention) {
	const attributes = {
		num_heads: int(attention.heads),
		kv_num_heads: int(attention.kvHeads),
		scale: float(attention.scale),
		softcap: float(attention.softcap ?? 0),
		local_window_size: int(attention.window ?? -1)
	};
	const present = {
		type: q.type,
		shape: [
			"n_block",
			attention.kvHeads,
			"n_token",
			"head"
		]
	};
	const usual = [
		q,
		k,
		v,
		null,
		null,
		sequence.lastPosition,
		sequence.length
	];
	const sinks = attention.sinks ?? null;
	const inputs = sinks === null ? usual : [
		...usual,
		null,
		null,
		null,
		null,
		sinks
	];
	const results = [
		{
			type: q.type,
			shape: q.shape
		},
		present,
		present
	];
	const [out] = g.node("GroupQueryAttention", inputs, results, attributes, "com.microsoft");
	if (out === void 0) throw new Error("GroupQueryAttention has no result");
	return out;
}
// src/onnx/graph/ops.ts
/**
* @file Operators: one function per ONNX operator, named as the operator, which infers the result's shape and adds a
* node. Those made for the layers of a decoder are in layer-ops.ts. Definitions: https://onnx.ai/onnx/operators/
*/
/** (m, k) · (n, k)ᵀ + (n) → (m, n): a linear layer with its weight [out, in] as Hugging Face stores it. */
function gemm(g, x, weight, bias) {
	const inputs = bias === null ? [x, weight] : [
		x,
		weight,
		bias
	];
	const shape = [dim(x, 0), dim(weight, 0)];
	return g.apply("Gemm", inputs, {
		type: x.type,
		shape
	}, { transB: int(1) });
}
/** (…, m, k) · (k, n) → (…, m, n) */
function matMul(g, a, b) {
	return g.apply("MatMul", [a, b], {
		type: a.type,
		shape: [...a.shape.slice(0, -1), dim(b, -1)]
	});
}
function binary(g, op, a, b) {
	const shape = a.shape.length >= b.shape.length ? a.shape : b.shape;
	return g.apply(op, [a, b], {
		type: a.type,
		shape
	});
}
const add = (g, a, b) => binary(g, "Add", a, b);
const sub = (g, a, b) => binary(g, "Sub", a, b);
const mul = (g, a, b) => binary(g, "Mul", a, b);
const max = (g, a, b) => binary(g, "Max", a, b);
const min = (g, a, b) => binary(g, "Min", a, b);
const div = (g, a, b) => binary(g, "Div", a, b);
/** (m, 1) + (n) → (m, n) */
function outerAdd(g, a, b) {
	return g.apply("Add", [a, b], {
		type: a.type,
		shape: [dim(a, 0), dim(b, 0)]
	});
}
function unary(g, op, x) {
	return g.apply(op, [x], x);
}
const relu = (g, x) => unary(g, "Relu", x);
const sigmoid = (g, x) => unary(g, "Sigmoid", x);
const sqrt = (g, x) => unary(g, "Sqrt", x);
const exp = (g, x) => unary(g, "Exp", x);
const tanh = (g, x) => unary(g, "Tanh", x);
const abs = (g, x) => unary(g, "Abs", x);
/** To the nearest integer, halves to even. */
const round = (g, x) => unary(g, "Round", x);
const sign = (g, x) => unary(g, "Sign", x);
/** A value in another type; nothing is added when it has that type already. */
function cast(g, x, type) {
	if (x.type === type) return x;
	return g.apply("Cast", [x], {
		type,
		shape: x.shape
	}, { to: int(ELEMENT_CODE[type]) });
}
function greater(g, a, b) {
	return g.apply("Greater", [a, b], {
		type: "bool",
		shape: a.shape
	});
}
/** a < b, elementwise. */
function less(g, a, b) {
	return g.apply("Less", [a, b], {
		type: "bool",
		shape: a.shape.length >= b.shape.length ? a.shape : b.shape
	});
}
/** a = b, elementwise; one of them may broadcast to the other's columns. */
function equal(g, a, b) {
	const [rows, columns] = [b.shape[0] ?? 1, a.shape.at(-1) ?? 1];
	const shape = a.shape.length >= b.shape.length ? a.shape : [rows, columns];
	return g.apply("Equal", [a, b], {
		type: "bool",
		shape
	});
}
/** Indices of what is true, one column each, in row-major order: (…) of rank r → (r, count). */
function nonZero(g, x, count) {
	return g.apply("NonZero", [x], {
		type: "int64",
		shape: [x.shape.length, count]
	});
}
function where(g, condition, a, b) {
	const widest = [
		a,
		b,
		condition
	].reduce((most, v) => v.shape.length > most.shape.length ? v : most);
	return g.apply("Where", [
		condition,
		a,
		b
	], {
		type: a.type,
		shape: widest.shape
	});
}
/** x where x > threshold, else 0. https://arxiv.org/abs/2407.14435, eq. 3 */
function jumpRelu(g, x, threshold) {
	return where(g, greater(g, x, threshold), x, g.scalar("float32", 0));
}
/** 0 keeps a dimension, −1 is inferred; `shape` is what the result has, in names and numbers. */
function reshape(g, x, dims, shape) {
	return g.apply("Reshape", [x, g.integers(dims)], {
		type: x.type,
		shape
	});
}
/** Rows of a table: (n, d)[indices] → (…indices, d) */
function gather(g, table, indices) {
	const shape = [...indices.shape, ...table.shape.slice(1)];
	return g.apply("Gather", [table, indices], {
		type: table.type,
		shape
	}, { axis: int(0) });
}
/** x[i, index[i, j]] → (…index) */
function gatherElements(g, x, index, axis) {
	return g.apply("GatherElements", [x, index], {
		type: x.type,
		shape: index.shape
	}, { axis: int(axis) });
}
function concat(g, values, axis, shape) {
	const [first] = values;
	if (first === void 0) throw new Error("Concat of nothing");
	if (values.length === 1) return first;
	return g.apply("Concat", values, {
		type: first.type,
		shape
	}, { axis: int(axis) });
}
/** Equal parts along an axis. */
function split(g, x, parts, axis, shape) {
	if (parts === 1) return [x];
	const result = {
		type: x.type,
		shape
	};
	return g.node("Split", [x], new Array(parts).fill(result), {
		axis: int(axis),
		num_outputs: int(parts)
	});
}
/** Parts of these sizes along the first axis. */
function splitRows(g, x, sizes) {
	if (sizes.length === 1) return [x];
	const results = sizes.map((size) => ({
		type: x.type,
		shape: [size, ...x.shape.slice(1)]
	}));
	return g.node("Split", [x, g.integers(sizes)], results, { axis: int(0) });
}
/** Where along an axis the largest is, of equal ones the first: int64, the axis stays as 1. */
function argMax(g, x, axis) {
	const shape = x.shape.map((d, i) => i === axis ? 1 : d);
	return g.apply("ArgMax", [x], {
		type: "int64",
		shape
	}, {
		axis: int(axis),
		keepdims: int(1)
	});
}
/** Largest along an axis, which stays as 1; null: of all, every axis stays as 1. */
const reduceMax = (g, x, axis) => reduce(g, "ReduceMax", x, axis);
/** Smallest, likewise. */
const reduceMin = (g, x, axis) => reduce(g, "ReduceMin", x, axis);
function reduce(g, op, x, axis) {
	const rank = x.shape.length;
	const shape = x.shape.map((d, i) => axis === null || i === (axis + rank) % rank ? 1 : d);
	const inputs = axis === null ? [x] : [x, g.integers([axis])];
	return g.apply(op, inputs, {
		type: x.type,
		shape
	}, { keepdims: int(1) });
}
/** Σ over the first axis, which goes: (p, m, n) → (m, n) */
function firstAxisSum(g, x) {
	const shape = x.shape.slice(1);
	return g.apply("ReduceSum", [x, g.integers([0])], {
		type: x.type,
		shape
	}, { keepdims: int(0) });
}
/** Clamp to [low, high]. */
function clip(g, x, low, high) {
	return g.apply("Clip", [
		x,
		low,
		high
	], x);
}
function dim(x, axis) {
	const value = x.shape.at(axis);
	if (value === void 0) throw new Error(`${x.name} has no axis ${axis}`);
	return value;
}
/** The first `count` rows of a table, count known only when the graph runs: (n, d) → (count, d). */
function firstRows(g, table, count) {
	const end = g.apply("Reshape", [cast(g, count, "int64"), g.integers([1])], {
		type: "int64",
		shape: [1]
	});
	const inputs = [
		table,
		g.integers([0]),
		end,
		g.integers([0])
	];
	return g.apply("Slice", inputs, {
		type: table.type,
		shape: ["n_token", ...table.shape.slice(1)]
	});
}
/** Zeros behind the last axis of a tensor: (…, d) → (…, d + count). */
function padLast(g, x, count, shape) {
	const pads = [
		...x.shape.map(() => 0),
		...x.shape.slice(1).map(() => 0),
		count
	];
	return g.apply("Pad", [x, g.integers(pads)], {
		type: x.type,
		shape
	});
}
/** The first `count` entries of the last axis. */
function firstOfLast(g, x, count, shape) {
	const inputs = [
		x,
		g.integers([0]),
		g.integers([count]),
		g.integers([-1])
	];
	return g.apply("Slice", inputs, {
		type: x.type,
		shape
	});
}
/** Columns [start, end) of the last axis. */
function columns(g, x, start, end) {
	const inputs = [
		x,
		g.integers([start]),
		g.integers([end]),
		g.integers([-1])
	];
	return g.apply("Slice", inputs, {
		type: x.type,
		shape: [...x.shape.slice(0, -1), end - start]
	});
}
/** Entries [start, end) of one axis, as far as there are such; both (1) int64, which may be known only when the graph runs. */
function range(g, x, axis, start, end) {
	const shape = x.shape.map((n, i) => i === axis ? `${start.name} to ${end.name}` : n);
	const inputs = [
		x,
		start,
		end,
		g.integers([axis])
	];
	return g.apply("Slice", inputs, {
		type: x.type,
		shape
	});
}
/** Entries start, start + step, … before `end` of one axis, as far as there are such. */
function every(g, x, axis, { start, end, step }) {
	if (step === 1) return range(g, x, axis, g.integers([start]), g.integers([end]));
	const shape = x.shape.map((n, i) => i === axis ? `${start}:${end}:${step} of ${n}` : n);
	const bounds = [
		[start],
		[end],
		[axis],
		[step]
	].map((values) => g.integers(values));
	return g.apply("Slice", [x, ...bounds], {
		type: x.type,
		shape
	});
}
/** Entries from `starts` to `ends` of the first axes, which may be known only when the graph runs. */
function slice(g, x, starts, ends, shape) {
	return g.apply("Slice", [
		x,
		starts,
		ends
	], {
		type: x.type,
		shape
	});
}
/** Axis i of the result is axis order[i] of x. */
function transpose(g, x, order) {
	const shape = order.map((axis) => dim(x, axis));
	return g.apply("Transpose", [x], {
		type: x.type,
		shape
	}, { perm: ints(order) });
}
/** eˣ / Σ eˣ over the last axis. */
function softmax(g, x) {
	return g.apply("Softmax", [x], x, { axis: int(-1) });
}
/** x − ln Σ eˣ over the last axis. */
function logSoftmax(g, x) {
	return g.apply("LogSoftmax", [x], x, { axis: int(-1) });
}
/** Largest of each row and where: (m, n) → two of (m, 1). */
function top1(g, x) {
	const { values, indices } = topK(g, x, 1);
	return {
		value: values,
		index: indices
	};
}
/** The k largest along the last axis, descending, of equal ones the first: (…, n) → two of (…, k). */
function topK(g, x, k) {
	const shape = [...x.shape.slice(0, -1), k];
	const results = [{
		type: x.type,
		shape
	}, {
		type: "int64",
		shape
	}];
	const [values, indices] = g.node("TopK", [x, g.integers([k])], results, { axis: int(-1) });
	if (values === void 0 || indices === void 0) throw new Error("TopK has no result");
	return {
		values,
		indices
	};
}
/** A vector with x[index[i]] = updates[i]. */
function scatterElements(g, x, index, updates) {
	return g.apply("ScatterElements", [
		x,
		index,
		updates
	], x, { axis: int(0) });
}
/** Σ over columns as a product with ones, which is quicker than ReduceSum: (m, n) → (m, 1) */
function rowSums(g, x) {
	return matMul(g, x, g.ones(dimNumber(x, 1), 1));
}
function dimNumber(x, axis) {
	const value = dim(x, axis);
	if (typeof value !== "number") throw new Error(`${x.name}: axis ${axis} is not known when the graph is built`);
	return value;
}
/** (m, k) · (k, n) + (n) → (m, n): a product with its weight [in, out] as SAEs store it. */
function gemmPlain(g, x, weight, bias) {
	return g.apply("Gemm", [
		x,
		weight,
		bias
	], {
		type: x.type,
		shape: [dim(x, 0), dim(weight, 1)]
	});
}
// src/onnx/devices/arithmetic-check.ts
/**
* @file Does a device compute what the CPU does? The operators of a decoder block in one small graph, run on both, in the type that
* the audit would run them in. A driver or a kernel that is wrong or missing shows here, before an audit whose figures would look
* plausible, or that would fail after an hour; what differs by rounding only passes.
*/
/** Positions and width: more than one step of any kernel, and no whole number of larger ones. */
const ROWS = 72;
const HEADS = 4;
const KEY_HEADS = 2;
const HEAD_SIZE = 16;
const WIDTH = 64;
/** Visible keys, and a cap that scores of −4 to 4 are bent by. */
const WINDOW = 9;
const SOFTCAP = 2;
/**
* Of the largest value. float32 kernels differ by 1e-6, fast approximations of exp and tanh by 1e-5; a 16-bit result is rounded
* once, and so is what attention multiplies with in between. A window or a cap that is left out is off by more than a tenth.
*/
const TOLERANCES = {
	float32: 1e-4,
	float16: .004,
	bfloat16: .03
};
const INPUT = "x";
const LAST = "last_position";
const LENGTH = "length";
/** What the device computes wrongly; null: nothing, up to rounding. Errors: ENGINE_FAILED. */
async function arithmeticProblem(device) {
	const { bodyType } = device;
	const cpu = {
		kind: "cpu",
		threads: device.threads,
		bodyType
	};
	return disagreement(await run(blockOperators(cpu, device.kind === "cuda"), cpu), await run(blockOperators(device, device.kind === "cuda"), device), bodyType);
}
/** The first output that differs by more than rounding. */
function disagreement(expected, found, type = "float32") {
	for (const [name, right] of expected) {
		const values = found.get(name);
		const size = right.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
		const error = right.reduce((most, x, i) => Math.max(most, Math.abs(x - (values?.[i] ?? NaN))), 0) / size;
		const tolerance = name.startsWith(SIXTEEN_BIT) ? TOLERANCES[type] : TOLERANCES.float32;
		if (!(error <= tolerance)) return `its ${name} differs from the CPU’s by ${error.toExponential(1)} of the largest value, where ${tolerance} is rounding`;
	}
	return null;
}
/** Begins the names of outputs of operators that run in the device's own type. */
const SIXTEEN_BIT = "operand ";
async function run(graph, device) {
	const session = await createSession(graph, device, "a probe");
	try {
		const data = Float32Array.from({ length: 4608 }, (_, i) => 2 * Math.sin(i * i));
		const sequence = {
			[LAST]: {
				type: "int32",
				data: Int32Array.of(71),
				dims: [1]
			},
			[LENGTH]: {
				type: "int32",
				data: Int32Array.of(ROWS),
				dims: []
			}
		};
		const result = await session.run({
			[INPUT]: {
				type: "float32",
				data,
				dims: [ROWS, WIDTH]
			},
			...graph.inputs.includes(LAST) ? sequence : {}
		});
		return new Map(graph.outputs.map((name) => [name, result.float32(name)]));
	} finally {
		await session.release();
	}
}
/** `fused`: with the operators of a block in the device's own type, attention among them. */
function blockOperators(device, fused) {
	const g = new GraphBuilder();
	const x = g.input(INPUT, "float32", [ROWS, WIDTH]);
	const ones = g.initializer("gain", "float32", [WIDTH], new Float32Array(WIDTH).fill(1));
	const normed = layerNormalization(g, x, ones, null, 1e-5);
	const scaled = mul(g, gemm(g, normed, x, null), g.scalar("float32", WIDTH ** -.5));
	const attention = matMul(g, softmax(g, mul(g, tanh(g, scaled), g.scalar("float32", 4))), x);
	const { value, index } = top1(g, attention);
	g.output("LayerNormalization", normed);
	g.output("SimplifiedLayerNormalization", simplifiedLayerNormalization(g, x, ones, 1e-6));
	g.output("Gelu", gelu(g, x, "none"));
	g.output("QuickGelu", silu(g, x));
	g.output("Gemm", scaled);
	g.output("Softmax", attention);
	g.output("LogSoftmax", logSoftmax(g, attention));
	g.output("TopK", value);
	g.output("GatherElements", gatherElements(g, attention, index, 1));
	g.output("ReduceMax", reduceMax(g, attention, 0));
	if (fused) operandOperators(g, x, device);
	return g.build();
}
/** Products, rotation and attention with a window and a cap in the type of operands: on the CPU in float32, of operands rounded to it. */
function operandOperators(g, x, { kind, bodyType }) {
	const isWide = kind === "cpu" || bodyType === "float32";
	const operand = (value) => {
		const rounded = cast(g, value, bodyType);
		return isWide ? cast(g, rounded, "float32") : rounded;
	};
	const out = (name, value) => g.output(`${SIXTEEN_BIT}${name}`, cast(g, value, "float32"));
	const rows = operand(x);
	out("Gemm", gemm(g, rows, rows, null));
	if (bodyType === "float32") return;
	const sequence = (columns, width) => reshape(g, columns, [
		1,
		ROWS,
		width
	], [
		1,
		ROWS,
		width
	]);
	const angle = (part) => {
		const half = HEAD_SIZE / 2;
		const data = Float32Array.from({ length: 576 }, (_, i) => Math[part](Math.floor(i / half) / 10 ** (i % half)));
		return operand(g.initializer(part, "float32", [ROWS, half], data));
	};
	const tables = {
		cos: angle("cos"),
		sin: angle("sin"),
		size: HEAD_SIZE,
		interleaved: false
	};
	const q = rotaryEmbedding(g, sequence(rows, WIDTH), tables, HEADS);
	out("RotaryEmbedding", q);
	const keyWidth = 32;
	const keys = sequence(columns(g, rows, 0, keyWidth), keyWidth);
	const values = sequence(columns(g, rows, 32, WIDTH), keyWidth);
	const length = {
		lastPosition: g.input(LAST, "int32", [1]),
		length: g.input(LENGTH, "int32", [])
	};
	const shape = {
		heads: HEADS,
		kvHeads: KEY_HEADS,
		scale: HEAD_SIZE ** -.5
	};
	const plain = groupQueryAttention(g, q, keys, values, length, {
		...shape,
		softcap: null,
		window: null
	});
	const bent = groupQueryAttention(g, q, keys, values, length, {
		...shape,
		softcap: SOFTCAP,
		window: WINDOW
	});
	out("GroupQueryAttention", plain);
	out("GroupQueryAttention with a cap and a window", bent);
}
// src/onnx/devices/missing-package.ts
/** In the order in which they are asked: a library that is named first, then what a call of it answers. */
const PACKAGES = [
	{
		says: /cudnn/i,
		missing: "cuDNN 9",
		fix: "install the package cudnn9-cuda-12 (or nvidia-cudnn-cu12 of PyPI, its lib folder in LD_LIBRARY_PATH)"
	},
	{
		says: /libcublas|CUBLAS_/i,
		missing: "cuBLAS of CUDA 12",
		fix: "install the package libcublas-12-8 or cuda-libraries-12-8 (or nvidia-cublas-cu12 of PyPI)"
	},
	{
		says: /libcudart/,
		missing: "the runtime of CUDA 12",
		fix: "install the package cuda-cudart-12-8 or cuda-libraries-12-8 (or nvidia-cuda-runtime-cu12 of PyPI)"
	},
	{
		says: /libcufft/,
		missing: "cuFFT of CUDA 12",
		fix: "install the package libcufft-12-8 or cuda-libraries-12-8 (or nvidia-cufft-cu12 of PyPI)"
	},
	{
		says: /libcurand/,
		missing: "cuRAND",
		fix: "install the package libcurand-12-8 or cuda-libraries-12-8 (or nvidia-curand-cu12 of PyPI)"
	},
	{
		says: /driver version is insufficient|CUDA failure 35\b/i,
		missing: "a driver that is new enough for CUDA 12",
		fix: "update the NVIDIA driver to version 525 or later"
	},
	{
		says: /libcuda\.so|no CUDA-capable device|CUDA failure 100\b/i,
		missing: "an NVIDIA driver with a device",
		fix: "install the NVIDIA driver; in a container, start it with --gpus all"
	},
	{
		says: /invalid device ordinal|CUDA failure 101\b/i,
		missing: "a device of that number",
		fix: "nvidia-smi -L lists what there is"
	},
	{
		says: /no kernel image|CUDA failure 209\b/i,
		missing: "kernels for this device’s compute capability in onnxruntime’s provider",
		fix: "use a device of another generation, or --device cpu"
	}
];
/** In words, with what the engine said; null: nothing that is known to be missing. */
function missingPackage(said) {
	const found = PACKAGES.find(({ says }) => says.test(said));
	return found === void 0 ? null : `${found.missing} is missing: ${found.fix}. The engine said: ${said}`;
}
// src/onnx/devices/device.ts
/**
* @file Which device the graphs run on, and in which number type. A device that was named and is not there is an error; `auto` takes
* CUDA, then the CPU (WebGPU only when named: its kernels round differently from one driver to the next).
*/
/** From this compute capability on there are products of bfloat16. https://docs.nvidia.com/cuda/cuda-c-programming-guide/ */
const BFLOAT16_FROM = 8;
/** Choose the device. `storedType`: of the reference's weights. Errors: DEVICE_UNAVAILABLE, PRECISION_UNAVAILABLE. */
async function chooseDevice({ device: choice, precision, threads }, storedType) {
	const cores = threads ?? usableCores();
	const cpu = {
		kind: "cpu",
		threads: cores,
		bodyType: precision === "auto" ? "float32" : precision
	};
	if (choice === "cpu") return {
		device: cpu,
		nvidia: null
	};
	if (choice === "webgpu") return {
		device: await webgpu(cores, precision),
		nvidia: null
	};
	if (choice === "auto" && !isBundled("cuda")) return {
		device: cpu,
		nvidia: null
	};
	const [index, ...peers] = choice === "auto" ? [0] : cudaIndices(choice);
	const all = [index, ...peers].map(nvidiaDevice);
	const nvidia = leastFree(all);
	const bodyType = precision === "auto" ? typeOnCuda(storedType, nvidia) : precision;
	const device = {
		kind: "cuda",
		threads: cores,
		bodyType,
		index,
		...peers.length === 0 ? {} : { peers }
	};
	const problem = typeProblem(bodyType, nvidia) ?? unlikeProblem(all) ?? await problemOfAll(device);
	if (problem === null) return {
		device,
		nvidia
	};
	if (choice === "auto") return {
		device: cpu,
		nvidia: null
	};
	throw deviceUnavailable(choice, problem);
}
/** Of the first of several that has one. */
async function problemOfAll(device) {
	const { index = 0, peers = [] } = device;
	for (const one of [index, ...peers]) {
		const problem = await problemOf({
			...device,
			index: one
		});
		if (problem !== null) return peers.length === 0 ? problem : `cuda:${one}: ${problem}`;
	}
	return null;
}
async function webgpu(threads, precision) {
	if (precision !== "auto" && precision !== "float32") throw precisionUnavailable("webgpu", precision);
	const device = {
		kind: "webgpu",
		threads,
		bodyType: "float32"
	};
	const problem = await problemOf(device);
	if (problem !== null) throw deviceUnavailable("webgpu", problem);
	return device;
}
/** The checkpoint's own 16-bit type where the device has products of it; a float32 checkpoint is rounded to float16. */
function typeOnCuda(stored, nvidia) {
	return stored === "bfloat16" && typeProblem("bfloat16", nvidia) === null ? "bfloat16" : "float16";
}
/** Why the device cannot compute in that type; null: it can, or nobody knows, and the probe tells. */
function typeProblem(type, nvidia) {
	if (type !== "bfloat16" || nvidia === null || nvidia.capability === 0) return null;
	if (nvidia.capability >= BFLOAT16_FROM) return null;
	return `${nvidia.name} has compute capability ${nvidia.capability}, and bfloat16 takes ${BFLOAT16_FROM}.0: use --precision float16`;
}
/** What nvidia-smi tells of the device that CUDA counts as `index`. */
function nvidiaDevice(index) {
	return visibleDevice(nvidiaDevices() ?? [], index, process.env.CUDA_VISIBLE_DEVICES);
}
/**
* Does a device compute what the CPU does, in the type that an audit would take there? The operators of a decoder are run on both.
* `choice`: a kind, or one of several CUDA devices.
*/
async function probeDevice(choice) {
	if (choice === "cpu" || choice === "webgpu") return {
		kind: choice,
		problem: await problemOf({
			kind: choice,
			threads: 1,
			bodyType: "float32"
		})
	};
	const [index, ...peers] = cudaIndices(choice);
	return {
		kind: "cuda",
		problem: await problemOfAll({
			kind: "cuda",
			threads: 1,
			bodyType: typeOnCuda("bfloat16", nvidiaDevice(index)),
			index,
			peers
		})
	};
}
/** In words; null: it works. */
async function problemOf(device) {
	const { kind } = device;
	if (kind !== "cpu" && !isBundled(kind)) return missingProvider(kind);
	try {
		return await arithmeticProblem(device);
	} catch (cause) {
		const said = cause instanceof Error ? cause.message : String(cause);
		return kind === "cuda" ? cudaProblem(said) : said;
	}
}
/** What is behind a failure on CUDA. Of a provider that does not load the engine does not say what is missing: its header does. */
function cudaProblem(said) {
	if (!/load shared library/i.test(said)) return missingPackage(said) ?? said;
	const { missing, unsearched } = findCudaLibraries({ libraryPath: process.env.LD_LIBRARY_PATH }, cudaProviderFile());
	const [first] = missing;
	if (first !== void 0) return missingPackage(missing.join(", ")) ?? `missing: ${missing.join(", ")}`;
	const [folder] = unsearched;
	if (folder !== void 0) return `the loader does not look into ${folder}: export LD_LIBRARY_PATH=${folder}`;
	return said;
}
function isBundled(kind) {
	return knowsProvider(kind) && (kind !== "cuda" || cudaProviderInstalled());
}
function missingProvider(kind) {
	if (kind === "webgpu") return "this build of onnxruntime-node carries no WebGPU provider for this platform";
	return "the CUDA provider of onnxruntime-node is not installed (`saegate setup --cuda` downloads it; Linux x64 only, with an NVIDIA driver, CUDA 12 and cuDNN 9)";
}
export { transpose as $, mul as A, rowSums as B, greater as C, matMul as D, logSoftmax as E, reduceMax as F, softmax as G, sigmoid as H, reduceMin as I, sqrt as J, split as K, relu as L, outerAdd as M, padLast as N, max as O, range as P, topK as Q, reshape as R, gemmPlain as S, less as T, sign as U, scatterElements as V, slice as W, tanh as X, sub as Y, top1 as Z, firstOfLast as _, abs as a, simplifiedLayerNormalization as at, gatherElements as b, cast as c, int as ct, concat as d, where as et, div as f, firstAxisSum as g, exp as h, typeOnCuda as i, rotaryEmbedding as it, nonZero as j, min as k, clip as l, every as m, nvidiaDevice as n, layerNormalization as nt, add as o, GraphBuilder as ot, equal as p, splitRows as q, probeDevice as r, layer_ops_exports as rt, argMax as s, float as st, chooseDevice as t, groupQueryAttention as tt, columns as u, firstRows as v, jumpRelu as w, gemm as x, gather as y, round as z };
