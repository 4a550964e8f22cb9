import { n as __exportAll } from "./shared-rolldown-runtime.js";
import { t as fedWeight } from "./shared-fed-weight.js";
import { t as Message } from "./shared-protobuf.js";
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
const log = (g, x) => unary(g, "Log", x);
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
/** What lies above 0 of x, from there on: x + height where x > 0, else 0. A JumpReLU of what lies above its thresholds (https://arxiv.org/abs/2407.14435, eq. 3). */
function jumpFrom(g, x, height) {
	const zero = g.scalar("float32", 0);
	return where(g, greater(g, x, zero), add(g, x, height), zero);
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
/** Zeros before and behind an axis; how many may be known only when the graph runs: both (1) int64. */
function padAxis(g, x, axis, before, behind, shape) {
	const rank = x.shape.length;
	const none = (axes) => g.integers(new Array(axes).fill(0));
	const left = none(axis);
	const right = none(rank - axis - 1);
	const pads = concat(g, [
		left,
		before,
		right,
		left,
		behind,
		right
	].filter(({ shape: [size] }) => size !== 0), 0, [2 * rank]);
	return g.apply("Pad", [x, pads], {
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
export { gelu as $, padAxis as A, sigmoid as B, logSoftmax as C, mul as D, min as E, relu as F, splitRows as G, slice as H, reshape as I, tanh as J, sqrt as K, round as L, range as M, reduceMax as N, nonZero as O, reduceMin as P, where as Q, rowSums as R, log as S, max as T, softmax as U, sign as V, split as W, topK as X, top1 as Y, transpose as Z, gemm as _, clip as a, simplifiedLayerNormalization as at, jumpFrom as b, div as c, int as ct, exp as d, groupQueryAttention as et, firstAxisSum as f, gatherElements as g, gather as h, cast as i, silu as it, padLast as j, outerAdd as k, equal as l, firstRows as m, add as n, layer_ops_exports as nt, columns as o, GraphBuilder as ot, firstOfLast as p, sub as q, argMax as r, rotaryEmbedding as rt, concat as s, float as st, abs as t, layerNormalization as tt, every as u, gemmPlain as v, matMul as w, less as x, greater as y, scatterElements as z };
