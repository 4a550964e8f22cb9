import { t as refuseStandIn } from "./shared-stand-in.js";
import { _ as onnxTapUnclear, a as onnxFixedLength, b as onnxVersion, c as onnxLastLogits, d as onnxNoTokens, g as onnxTapHook, h as onnxSubgraph, l as onnxMalformed, p as onnxSeveral, s as onnxInput, t as Wire, u as onnxNoLogits, v as onnxTapUnknown, y as onnxTooLarge } from "./shared-wire.js";
import { t as Message } from "./shared-protobuf.js";
import { a as elementName, i as elementBits, n as dataFiles, r as FLOAT_TYPES, t as readOnnxModel } from "./shared-model-proto.js";
import { n as digestsOf, r as filesSha256, t as digestedFiles } from "./shared-file-digests.js";
import { a as isRemoteSpec } from "./shared-oci-spec.js";
import { n as hookName } from "./shared-hook-point.js";
import { dirname, posix } from "node:path";
// src/onnx/graph/inline-branch.ts
/**
* @file Takes one branch of an If to the top of its graph, byte range by byte range; nothing is decoded and encoded
* again. Optimum merges a decoder with and without its cache into the branches of one If; the values in a branch can be
* read only once the branch is the graph.
*/
/**
* The model with the body `branch` of the node that makes `value` in that node's place. Null when there is no such node
* or body. Errors: ONNX_MALFORMED.
*/
function inlineBranch(file, bytes, value, branch) {
	const wire = new Wire(file, bytes);
	const model = [];
	const graph = [];
	let found = false;
	for (const field of wire.rawFields()) {
		if (field.number !== 7 || field.kind !== "bytes") {
			model.push(field.raw);
			continue;
		}
		for (const part of wire.rawFields(field.start, field.end)) {
			const body = part.number === 1 && part.kind === "bytes" ? bodyOf(wire, part, value, branch) : null;
			for (const raw of body ?? [part.raw]) graph.push(raw);
			found ||= body !== null;
		}
	}
	if (!found) return null;
	return Buffer.concat([...model, new Message().bytes(7, Buffer.concat(graph)).finish()]);
}
/** Nodes and weights of the body, and its outputs under the node's names; null for any other node. */
function bodyOf(wire, node, value, branch) {
	const outputs = [];
	let body = null;
	for (const field of wire.fields(node.start, node.end)) {
		if (field.kind !== "bytes") continue;
		if (field.number === 2) outputs.push(wire.string(field));
		if (field.number === 5) body = attributeGraph(wire, field, branch) ?? body;
	}
	if (body === null || !outputs.includes(value)) return null;
	const parts = [];
	const own = [];
	for (const field of wire.rawFields(body.start, body.end)) {
		if (field.number === 1 || field.number === 5 || field.number === 15) parts.push(field.raw);
		if (field.number === 12 && field.kind === "bytes") own.push(nameOf(wire, field));
	}
	for (const [i, output] of outputs.entries()) {
		const inner = own[i];
		if (inner === void 0 || inner === output || output === "") continue;
		const rename = new Message().string(1, inner).string(2, output).string(4, "Identity");
		parts.push(new Message().message(1, rename).finish());
	}
	return parts;
}
function attributeGraph(wire, attribute, branch) {
	let name = "";
	let graph = null;
	for (const field of wire.fields(attribute.start, attribute.end)) {
		if (field.number === 1 && field.kind === "bytes") name = wire.string(field);
		if (field.number === 6 && field.kind === "bytes") graph = field;
	}
	return name === branch ? graph : null;
}
function nameOf(wire, valueInfo) {
	for (const field of wire.fields(valueInfo.start, valueInfo.end)) if (field.number === 1 && field.kind === "bytes") return wire.string(field);
	return "";
}
// src/models/user-onnx/flow.ts
/**
* @file Where all paths meet. The nodes through which every path from the token ids to the logits goes (cut vertices of
* the data flow) are the spine of a decoder: the embedding, the residual stream between its additions, the final norm,
* the unembedding. What lies inside attention or an MLP is never among them, because the residual goes around it. So
* the stream is found whatever the exporter called it, and however weights are quantized and norms decomposed.
*
* Values that depend on the tokens only through a shape (masks, positions) are no data: paths end at Shape and Size.
*/
/** Errors: ONNX_MALFORMED for a graph with a cycle or a value made twice. */
function dataFlow(file, model, ids, logits) {
	const producer = producers(file, model);
	const consumers = consumersOf(model);
	const order = topological(file, pathNodes(producer, consumers, ids, logits), producer);
	const position = new Map(order.map((node, i) => [node, i]));
	return {
		producer,
		consumers,
		position,
		spine: cutNodes(order, position, consumers, ids)
	};
}
/** Every value a node reads; an optional input that is left out has an empty name and is none. */
function reads({ inputs, captured }) {
	const given = inputs.includes("") ? inputs.filter((name) => name !== "") : inputs;
	return captured.length === 0 ? given : [...given, ...captured];
}
function producers(file, model) {
	const producer = /* @__PURE__ */ new Map();
	for (const node of model.nodes) for (const output of node.outputs) {
		if (output === "") continue;
		if (producer.has(output)) throw onnxMalformed(file, 0, `two nodes make the value "${output}"`);
		producer.set(output, node);
	}
	return producer;
}
function consumersOf(model) {
	const consumers = /* @__PURE__ */ new Map();
	for (const node of model.nodes) {
		if (node.op === "Shape" || node.op === "Size") continue;
		for (const name of new Set(reads(node))) {
			const known = consumers.get(name);
			if (known === void 0) consumers.set(name, [node]);
			else known.push(node);
		}
	}
	return consumers;
}
/** Nodes that the ids reach and that reach the logits. */
function pathNodes(producer, consumers, ids, logits) {
	const reached = /* @__PURE__ */ new Set();
	const ahead = [...consumers.get(ids) ?? []];
	for (let node = ahead.pop(); node !== void 0; node = ahead.pop()) {
		if (reached.has(node)) continue;
		reached.add(node);
		for (const output of node.outputs) for (const next of consumers.get(output) ?? []) ahead.push(next);
	}
	const onPath = /* @__PURE__ */ new Set();
	const back = [logits];
	for (let name = back.pop(); name !== void 0; name = back.pop()) {
		const node = producer.get(name);
		if (node === void 0 || !reached.has(node) || onPath.has(node)) continue;
		onPath.add(node);
		for (const input of reads(node)) back.push(input);
	}
	return onPath;
}
/** Kahn's algorithm. */
function topological(file, nodes, producer) {
	const waiting = /* @__PURE__ */ new Map();
	const after = /* @__PURE__ */ new Map();
	for (const node of nodes) {
		const before = /* @__PURE__ */ new Set();
		for (const name of reads(node)) {
			const from = producer.get(name);
			if (from !== void 0 && nodes.has(from)) before.add(from);
		}
		waiting.set(node, before.size);
		for (const from of before) {
			const known = after.get(from);
			if (known === void 0) after.set(from, [node]);
			else known.push(node);
		}
	}
	const order = [...nodes].filter((node) => waiting.get(node) === 0);
	for (const node of order) for (const next of after.get(node) ?? []) {
		const left = (waiting.get(next) ?? 0) - 1;
		waiting.set(next, left);
		if (left === 0) order.push(next);
	}
	if (order.length < nodes.size) throw onnxMalformed(file, 0, "the graph has a cycle");
	return order;
}
/**
* A node is on every path exactly when no edge of the topological order jumps over it: a path around it needs such an
* edge, and every edge lies on a path.
*/
function cutNodes(order, position, consumers, ids) {
	const farthest = (names) => {
		let most = -1;
		for (const name of names) for (const next of consumers.get(name) ?? []) most = Math.max(most, position.get(next) ?? -1);
		return most;
	};
	const spine = [];
	let far = farthest([ids]);
	for (const [i, node] of order.entries()) {
		if (far <= i) spine.push(node);
		far = Math.max(far, farthest(node.outputs));
	}
	return spine;
}
// src/models/user-onnx/quantization.ts
/** Describe the quantization of a model; pure, from its structure. */
function quantizationOf(model) {
	const packed = /* @__PURE__ */ new Map();
	for (const node of model.nodes) {
		const found = packedWeight(model, node);
		if (found !== null) packed.set(found.tensor, found);
	}
	const activations = activationsInWords(model.nodes);
	if (packed.size === 0) return {
		...floats(model),
		activations
	};
	const all = [...packed.values()];
	const parameters = all.reduce((sum, { weights }) => sum + weights, 0);
	return {
		method: `onnx ${commonest(all.map(({ method, weights }) => [method, weights])).join(" + ")}`,
		bits: all.reduce((sum, { bits }) => sum + bits, 0) / Math.max(1, parameters),
		tensors: all.length,
		parameters,
		activations
	};
}
/** Whether any node holds a quantized weight. */
function isQuantized(model) {
	return model.nodes.some((node) => packedWeight(model, node) !== null);
}
function floats(model) {
	const tensors = [...model.initializers.values()].filter(({ type }) => FLOAT_TYPES.has(type));
	const parameters = tensors.reduce((sum, tensor) => sum + count(tensor), 0);
	const bits = tensors.reduce((sum, tensor) => sum + count(tensor) * elementBits(tensor.type), 0);
	return {
		method: `onnx ${commonest(tensors.map((tensor) => [elementName(tensor.type), count(tensor)]))[0] ?? "without weights"}`,
		bits: bits / Math.max(1, parameters),
		tensors: tensors.length,
		parameters
	};
}
/** Labels by descending weight, at most three. */
function commonest(labelled) {
	const sums = /* @__PURE__ */ new Map();
	for (const [label, weight] of labelled) sums.set(label, (sums.get(label) ?? 0) + weight);
	return [...sums].sort(([, a], [, b]) => b - a).slice(0, 3).map(([label]) => label);
}
function count({ dims }) {
	return dims.reduce((product, dim) => product * dim, 1);
}
/** Bits of a stored tensor; 0 when it is not an initializer. */
function storedBits(model, name) {
	const tensor = model.initializers.get(name ?? "");
	return tensor === void 0 ? 0 : count(tensor) * elementBits(tensor.type);
}
function packedWeight(model, node) {
	switch (node.op) {
		case "MatMulNBits": return matMulNBits(model, node);
		case "MatMulBnb4": return withScales(model, node, 1, [1, 2], "MatMulBnb4 4-bit", integer(node, "K") * integer(node, "N"));
		case "GatherBlockQuantized": return gatherBlockQuantized(model, node);
		case "DequantizeLinear": return plain(model, node, 0, [
			0,
			1,
			2
		], "DequantizeLinear");
		case "MatMulInteger": return plain(model, node, 1, [1, 3], "MatMulInteger");
		case "DynamicQuantizeMatMul":
		case "MatMulIntegerToFloat": return plain(model, node, 1, [
			1,
			2,
			4
		], node.op);
		case "QLinearMatMul":
		case "QGemm": return plain(model, node, 3, [
			3,
			4,
			5
		], node.op);
		case "QAttention": return plain(model, node, 1, [1, 4], node.op);
		default: return null;
	}
}
function integer(node, attribute) {
	const value = node.attributes.get(attribute);
	return typeof value === "number" ? value : 0;
}
function matMulNBits(model, node) {
	const accuracy = integer(node, "accuracy_level");
	const level = accuracy === 0 ? "" : ` accuracy_level ${accuracy}`;
	return withScales(model, node, 1, [
		1,
		2,
		3
	], `MatMulNBits ${integer(node, "bits") || 4}-bit block ${integer(node, "block_size")}${level}`, integer(node, "K") * integer(node, "N"));
}
/** Indices of 4 bits lie two to a byte in a uint8 tensor, or in int4. */
function gatherBlockQuantized(model, node) {
	const tensor = model.initializers.get(node.inputs[0] ?? "");
	if (tensor === void 0) return null;
	const bits = integer(node, "bits") || 4;
	const weights = Math.floor(count(tensor) * elementBits(tensor.type) / bits);
	return withScales(model, node, 0, [
		0,
		2,
		3
	], `GatherBlockQuantized ${bits}-bit block ${integer(node, "block_size") || 128}`, weights);
}
/** A matrix of one integer (or 8-bit float) per weight. */
function plain(model, node, weight, stored, op) {
	const tensor = model.initializers.get(node.inputs[weight] ?? "");
	if (tensor === void 0 || tensor.dims.length < 2 || FLOAT_TYPES.has(tensor.type)) return null;
	const block = integer(node, "block_size");
	const blocks = block === 0 ? "" : ` block ${block}`;
	return withScales(model, node, weight, stored, `${op} ${elementName(tensor.type)}${blocks}`, count(tensor));
}
function withScales(model, node, weight, stored, method, weights) {
	const tensor = node.inputs[weight] ?? "";
	if (!model.initializers.has(tensor)) return null;
	return {
		tensor,
		method,
		weights,
		bits: stored.reduce((sum, input) => sum + storedBits(model, node.inputs[input]), 0)
	};
}
const DYNAMIC = /* @__PURE__ */ new Set([
	"DynamicQuantizeLinear",
	"DynamicQuantizeMatMul",
	"QAttention"
]);
/** Are activations quantized by their range over all rows of a run? Sequences that run together then change each other. */
function hasRunRanges(model) {
	return model.nodes.some(({ op }) => DYNAMIC.has(op));
}
/** accuracy_level of MatMulNBits: what the kernel may round its activations to. */
const ACCURACY = {
	2: "float16",
	3: "bfloat16",
	4: "int8 per block"
};
function activationsInWords(nodes) {
	const words = /* @__PURE__ */ new Set();
	const weights = new Set(nodes.filter(({ op }) => op === "DequantizeLinear").map(({ inputs }) => inputs[0]));
	for (const node of nodes) {
		const rounded = ACCURACY[integer(node, "accuracy_level")];
		if (node.op === "MatMulNBits" && rounded !== void 0) words.add(`${rounded} inside MatMulNBits (accuracy_level ${integer(node, "accuracy_level")})`);
		if (node.op === "DynamicQuantizeLinear") words.add("uint8 per tensor, dynamic (DynamicQuantizeLinear)");
		if (node.op === "DynamicQuantizeMatMul" || node.op === "QAttention") words.add(`8-bit per tensor, dynamic (${node.op})`);
		if (node.op === "QuantizeLinear" && weights.has(node.outputs[0])) words.add("static scales (QuantizeLinear)");
		if (/^QLinear|^QGemm$/.test(node.op)) words.add(`static scales (${node.op})`);
	}
	return words.size === 0 ? null : [...words].join("; ");
}
// src/models/user-onnx/signature.ts
/**
* @file What a user's model is fed and where its logits are. Known inputs are those of Optimum, transformers.js,
* onnxruntime-genai and torch exports of decoders: token ids, a mask of ones, positions 0, 1, …, and an empty past.
* Anything else is refused by name, because a made-up value would change what the model computes.
*/
const INT32 = 6;
const INT64 = 7;
const BOOL = 9;
const FLOAT = 1;
const FLOAT16 = 10;
const IDS = /^(input_ids|input|inputs|tokens|token_ids|ids|input_tokens)$/i;
/** Work out inputs and logits from the model's own declarations. Errors: ONNX_NO_TOKENS, ONNX_INPUT, ONNX_NO_LOGITS. */
function readSignature(file, model) {
	const isIds = ({ name, type }) => IDS.test(name) && (type === INT64 || type === INT32);
	const ids = model.inputs.find(isIds);
	if (ids === void 0) throw onnxNoTokens(file, model.inputs.map((input) => `${input.name} (${typeText(input)})`));
	if (ids.shape !== null && ids.shape.length !== 2) throw onnxInput(file, ids.name, typeText(ids), "must have two dimensions, batch and sequence");
	return {
		ids: ids.name,
		idsType: ids.type === INT32 ? "int32" : "int64",
		batch: ids.shape?.[0] ?? null,
		length: ids.shape?.[1] ?? null,
		logits: logitsOf(file, model),
		others: model.inputs.filter((input) => input !== ids).map((input) => fedInput(file, input))
	};
}
/** `float16 [?, 12, ?, 64]` */
function typeText({ type, shape }) {
	const dims = shape === null ? "[…]" : `[${shape.map((dim) => dim ?? "?").join(", ")}]`;
	return `${elementName(type)} ${dims}`;
}
/** All inputs of one run over `batch` sequences of `length` ids each. Errors: ONNX_FIXED_LENGTH. */
function feeds(file, signature, ids, shape) {
	const { batch, length } = shape;
	if (signature.length !== null && signature.length !== length) throw onnxFixedLength(file, signature.length, length);
	const inputs = { [signature.ids]: integers(signature.idsType, ids, [batch, length]) };
	for (const { name, value } of signature.others) inputs[name] = value(shape);
	return inputs;
}
function integers(type, data, dims) {
	if (type === "int32") return {
		type,
		data,
		dims
	};
	return {
		type,
		data: BigInt64Array.from(data, BigInt),
		dims
	};
}
function fedInput(file, input) {
	const { name } = input;
	const key = name.toLowerCase();
	const refuse = (reason) => {
		throw onnxInput(file, name, typeText(input), reason);
	};
	if (/^(attention_mask|mask)$/.test(key)) return {
		name,
		value: mask(input, refuse)
	};
	if (key === "position_ids") return {
		name,
		value: perToken(input, refuse, (position) => position)
	};
	if (key === "token_type_ids") return {
		name,
		value: perToken(input, refuse, () => 0)
	};
	if (key === "cache_position") {
		const type = integerType(input, refuse);
		return {
			name,
			value: ({ length }) => integers(type, positions(length), [length])
		};
	}
	if (key === "use_cache_branch") {
		if (input.type !== BOOL) refuse("must be a boolean");
		return {
			name,
			value: () => ({
				type: "bool",
				data: Uint8Array.of(0),
				dims: scalarDims(input)
			})
		};
	}
	if (/^(num_)?logits_to_keep$/.test(key)) return {
		name,
		value: scalar(input, refuse, () => 0)
	};
	if (/^past_seq(uence)?_len(gth)?$/.test(key)) return {
		name,
		value: scalar(input, refuse, () => 0)
	};
	if (/^total_seq(uence)?_len(gth)?$/.test(key)) return {
		name,
		value: scalar(input, refuse, (n) => n)
	};
	if (/^past|^cache_[kv]|(^|[._])(past|cache)[._].*(key|value)/.test(key)) return {
		name,
		value: emptyPast(input, refuse)
	};
	return refuse("is not an input that saegate knows how to feed");
}
function integerType({ type }, refuse) {
	if (type === INT64) return "int64";
	return type === INT32 ? "int32" : refuse("must be int64 or int32");
}
function positions(length) {
	return Int32Array.from({ length }, (_, i) => i);
}
/** (batch, sequence), ones: every token is seen. */
function mask(input, refuse) {
	if (input.shape !== null && input.shape.length !== 2) return refuse("must have two dimensions, batch and sequence");
	const dims = ({ batch, length }) => [batch, length];
	const size = ({ batch, length }) => batch * length;
	if (input.type === FLOAT) return (shape) => ({
		type: "float32",
		data: new Float32Array(size(shape)).fill(1),
		dims: dims(shape)
	});
	if (input.type === BOOL) return (shape) => ({
		type: "bool",
		data: new Uint8Array(size(shape)).fill(1),
		dims: dims(shape)
	});
	const type = integerType(input, refuse);
	return (shape) => integers(type, new Int32Array(size(shape)).fill(1), dims(shape));
}
/** (batch, sequence) of a number per position. */
function perToken(input, refuse, of) {
	if (input.shape !== null && input.shape.length !== 2) return refuse("must have two dimensions, batch and sequence");
	const type = integerType(input, refuse);
	return ({ batch, length }) => integers(type, Int32Array.from({ length: batch * length }, (_, i) => of(i % length)), [batch, length]);
}
function scalarDims({ shape }) {
	return shape === null ? [1] : shape.map(() => 1);
}
function scalar(input, refuse, of) {
	const type = integerType(input, refuse);
	return ({ length }) => integers(type, Int32Array.of(of(length)), scalarDims(input));
}
/** The first open dimension is the batch, the others are the length of the past: none. */
function emptyPast(input, refuse) {
	const { shape, type } = input;
	if (shape === null || shape.length < 3) return refuse("is a past whose shape is not declared");
	const open = shape.flatMap((dim, axis) => dim === null ? [axis] : []);
	const [batchAxis] = open;
	const fixedBatch = open.length === 1;
	if (batchAxis === void 0) return refuse("is a past of fixed length, which cannot be empty");
	if (type !== FLOAT && type !== FLOAT16) return refuse("is a past that is neither float32 nor float16");
	return ({ batch }) => {
		const dims = shape.map((dim, axis) => dim ?? (axis === batchAxis && !fixedBatch ? batch : 0));
		return type === FLOAT ? {
			type: "float32",
			data: /* @__PURE__ */ new Float32Array(0),
			dims
		} : {
			type: "float16",
			data: /* @__PURE__ */ new Uint16Array(0),
			dims
		};
	};
}
function logitsOf(file, model) {
	const isFloat = ({ type }) => type === null || FLOAT_TYPES.has(type);
	const named = model.outputs.find((output) => isFloat(output) && /(^|[./])logits$/i.test(output.name));
	if (named !== void 0) return named;
	const [only, ...more] = model.outputs.filter((output) => isFloat(output) && output.shape?.length === 3 && !/hidden|present|past|cache/i.test(output.name));
	if (only !== void 0 && more.length === 0) return only;
	throw onnxNoLogits(file, model.outputs.map((output) => `${output.name} (${typeText(output)})`));
}
// src/models/user-onnx/stream.ts
/**
* @file The residual stream of a user's model, and where on it a hook point lies.
*
* Two neighbouring nodes of the spine with something between them, of which the second adds the first to what lies
* between, are one step of the stream: attention, an MLP, or in parallel blocks both. Fused nodes
* (SkipLayerNormalization) add and norm at once; the sum is their fourth output, and where an exporter left it out
* (after the last block) the same sum is added to the graph again.
*/
const SKIP_NORMS = /* @__PURE__ */ new Set(["SkipLayerNormalization", "SkipSimplifiedLayerNormalization"]);
/** input + skip + bias, as SkipLayerNormalization and its like define it. */
const SKIP_SUM_OUTPUT = 3;
/** What a value may pass on its way into an addition and still be the same value. */
const TRANSPARENT = /* @__PURE__ */ new Set([
	"Cast",
	"Identity",
	"Dropout",
	"Reshape"
]);
/** The values of the residual stream in order: before the first block, then after every addition. */
function residualStream(flow) {
	const steps = [];
	for (const [i, node] of flow.spine.entries()) {
		const before = flow.spine[i - 1];
		if (before === void 0) continue;
		if ((flow.position.get(node) ?? 0) - (flow.position.get(before) ?? 0) - 1 === 0 || !isAddition(node)) continue;
		const skipped = passedOn(flow, node, before);
		if (skipped === null) continue;
		if (steps.length === 0) steps.push(isSkipNorm(before) ? sumOf(before) : {
			name: skipped,
			addends: [skipped]
		});
		steps.push(afterQuantization(flow, node, flow.spine[i + 1]));
	}
	return steps;
}
function isSkipNorm(node) {
	return SKIP_NORMS.has(node.op);
}
function isAddition(node) {
	return node.op === "Add" || node.op === "Sum" || isSkipNorm(node);
}
/** What an addition adds. */
function addends(node) {
	return isSkipNorm(node) ? node.inputs.slice(0, 2) : node.inputs;
}
/** The output of `before` that `node` adds, straight or through further additions; null: it adds none. */
function passedOn(flow, node, before) {
	const own = new Set(before.outputs);
	const lowest = flow.position.get(before) ?? 0;
	/** A value, and the float that it is once its quantization is undone. */
	const pending = addends(node).map((name) => ({
		name,
		float: name
	}));
	const seen = /* @__PURE__ */ new Set();
	for (let next = pending.pop(); next !== void 0; next = pending.pop()) {
		const { name, float } = next;
		if (own.has(name)) return float;
		const from = flow.producer.get(name);
		if (from === void 0 || seen.has(name) || !((flow.position.get(from) ?? -1) > lowest)) continue;
		seen.add(name);
		const [input = ""] = from.inputs;
		if (from.op === "DequantizeLinear") pending.push({
			name: input,
			float: name
		});
		else if (from.op === "QuantizeLinear") pending.push({
			name: input,
			float
		});
		else if (TRANSPARENT.has(from.op)) pending.push({
			name: input,
			float: input
		});
		else if (isAddition(from)) for (const part of addends(from)) pending.push({
			name: part,
			float: part
		});
	}
	return null;
}
/** The sum that an addition makes. */
function sumOf(node) {
	const [first = ""] = node.outputs;
	if (!isSkipNorm(node)) return {
		name: first,
		addends: [first]
	};
	const sum = node.outputs[SKIP_SUM_OUTPUT] ?? "";
	if (sum !== "") return {
		name: sum,
		addends: [sum]
	};
	const bias = node.inputs[node.op === "SkipLayerNormalization" ? 4 : 3] ?? "";
	const parts = [...node.inputs.slice(0, 2), ...bias === "" ? [] : [bias]];
	return {
		name: parts.join("+"),
		addends: parts
	};
}
/** The sum, or what it is after being quantized at once (QDQ): the later blocks read that. */
function afterQuantization(flow, node, next) {
	const sum = sumOf(node);
	if (isSkipNorm(node) || next?.op !== "QuantizeLinear" || next.inputs[0] !== sum.name) return sum;
	const output = (flow.consumers.get(next.outputs[0] ?? "") ?? []).find(({ op }) => op === "DequantizeLinear")?.outputs[0] ?? "";
	return output === "" ? sum : {
		name: output,
		addends: [output]
	};
}
/**
* The tap of a hook. `override` is what --tap says. Errors: ONNX_TAP_HOOK for a hook that is not on the stream,
* ONNX_TAP_UNCLEAR when the model does not add as often as the reference, ONNX_TAP_UNKNOWN.
*/
function tapOf(file, model, stream, spec, hook, override) {
	const names = stream.map(({ name }) => name);
	if (override !== null) return namedTap(file, model, stream, override);
	const expected = stepsBefore(spec, spec.blocks.length);
	if (Math.max(0, stream.length - 1) !== expected) throw onnxTapUnclear(file, hookName(hook), Math.max(0, stream.length - 1), expected, names);
	const tap = stream[stepOf(file, spec, hook)];
	if (tap === void 0) throw onnxTapUnclear(file, hookName(hook), stream.length - 1, expected, names);
	return tap;
}
function namedTap(file, model, stream, name) {
	const listed = stream.find((tap) => tap.name === name);
	if (listed !== void 0) return listed;
	if (name !== "" && model.nodes.some(({ outputs }) => outputs.includes(name))) return {
		name,
		addends: [name]
	};
	throw onnxTapUnknown(file, name, stream.map((tap) => tap.name));
}
/** Additions to the stream before block `layer`: one per parallel block, two per sequential one. */
function stepsBefore(spec, layer) {
	return spec.blocks.slice(0, layer).reduce((sum, { layout }) => sum + (layout === "parallel" ? 1 : 2), 0);
}
function stepOf(file, spec, hook) {
	const block = spec.blocks[hook.layer];
	if (block === void 0) throw onnxTapHook(file, hookName(hook), `the model has blocks 0 to ${spec.blocks.length - 1}`);
	switch (hook.name) {
		case "hook_resid_pre": return stepsBefore(spec, hook.layer);
		case "hook_resid_post": return stepsBefore(spec, hook.layer + 1);
		case "hook_resid_mid":
			if (block.layout === "sequential") return stepsBefore(spec, hook.layer) + 1;
			throw onnxTapHook(file, hookName(hook), "attention and MLP run in parallel, so there is no resid_mid");
		default: throw onnxTapHook(file, hookName(hook), "only the residual stream is found in ONNX models");
	}
}
// src/models/user-onnx/open.ts
/**
* @file A user's ONNX model, opened and checked without running it: which file it is, its structure, what it is fed,
* where its logits and its residual stream are, and how it is quantized.
*/
/** What onnxruntime 1.30 loads. */
const NEWEST_IR = 13;
const NEWEST_OPSET = 26;
/** protobuf's own limit. */
const MOST_BYTES = 2 ** 31 - 1;
/**
* The ONNX model that a set of files is, or null when it is something else: the only file; or in a folder without other
* weights model.onnx, else the only .onnx file. Errors: ONNX_AMBIGUOUS.
*/
function findOnnx(files) {
	const onnx = files.names.filter((name) => name.toLowerCase().endsWith(".onnx"));
	const [first] = onnx;
	if (first === void 0 || files.names.length === 1) return first ?? null;
	if (files.names.some((name) => !name.includes("/") && /\.(safetensors|gguf)$/.test(name))) return null;
	const here = onnx.filter((name) => !name.includes("/"));
	const choice = here.length > 0 ? here : onnx;
	const usual = choice.find((name) => posix.basename(name) === "model.onnx");
	if (usual !== void 0) return usual;
	if (choice.length > 1) throw onnxSeveral(files.spec, choice);
	return choice[0] ?? null;
}
/**
* Open the model `file` of `files`; `open` reaches the folder around a spec that names a single file, for its data.
* Errors: those of reading, of its inputs, outputs and data files; ONNX_VERSION_TOO_NEW, ONNX_MERGED, ONNX_LAST_LOGITS.
*/
async function openUserModel(files, file, open) {
	const label = files.names.length === 1 ? files.spec : `${files.spec}: ${file}`;
	const stored = await readModel(files, file, label);
	checkVersions(label, stored);
	const model = unmerged(label, stored);
	const signature = readSignature(label, model);
	const flow = dataFlow(label, model, signature.ids, signature.logits.name);
	const stream = residualStream(flow);
	checkEveryPosition(label, model, signature, flow);
	const folder = model.external.length > 0 ? folderAround(files, file) : null;
	const around = folder === null ? null : await open(folder);
	try {
		const data = await dataFiles(model, file, around ?? files);
		const names = [file, ...data.map(({ name }) => name)];
		const digested = digestedFiles(data.length === 0 ? files : around ?? files);
		return {
			spec: files.spec,
			revision: files.revision,
			file,
			path: files.localPath(file) ?? "",
			model,
			files,
			data,
			signature,
			stream,
			quantization: quantizationOf(model),
			notes: model === stored ? [] : ["it is merged with its cached form; the branch without a cache was run"],
			...ownDigests(() => digestsOf(digested, names)),
			close: async () => {
				await around?.close();
			}
		};
	} catch (error) {
		await around?.close();
		throw error;
	}
}
/** There is nothing beside weights that is read of it. */
function ownDigests(fileDigests) {
	const sha256 = async () => filesSha256(await fileDigests());
	return {
		sha256,
		weightsSha256: sha256,
		fileDigests
	};
}
/** Logits of one position show before anything runs: in their declared shape, or where one is picked out of the rows. */
function checkEveryPosition(label, model, { logits, length }, { spine, producer }) {
	const [, positions = null] = logits.shape?.length === 3 ? logits.shape : [];
	if (positions === 1 && length !== 1) throw onnxLastLogits(label, logits.name, `it is declared as ${typeText(logits)}`);
	const isOne = (name) => {
		const constant = producer.get(name)?.attributes.get("value");
		const dims = typeof constant === "object" && "dims" in constant ? constant.dims : null;
		return (model.initializers.get(name)?.dims ?? dims)?.every((dim) => dim === 1) === true;
	};
	const picked = spine.find(({ op, attributes, inputs }) => op === "Gather" && attributes.get("axis") === 1 && isOne(inputs[1] ?? ""));
	if (picked !== void 0) throw onnxLastLogits(label, logits.name, `its node "${picked.name}" picks one`);
}
async function readModel(files, file, label) {
	const source = await files.open(file);
	try {
		if (source.byteLength > MOST_BYTES) throw onnxTooLarge(label, `${source.byteLength} bytes`, MOST_BYTES);
		await refuseStandIn(source);
		return readOnnxModel(label, await source.read(0, source.byteLength));
	} finally {
		await source.close();
	}
}
/**
* The folder around a spec that names one file, null for specs that name a folder:
* `./models/int4.onnx` → its folder, `hf:owner/name/onnx/model.onnx` → `hf:owner/name/onnx`
*/
function folderAround({ spec, names, localPath }, file) {
	if (names.length > 1) return null;
	if (!isRemoteSpec(spec)) return dirname(localPath(file) ?? spec);
	return spec.endsWith(`/${file}`) ? spec.slice(0, -file.length - 1) : null;
}
function checkVersions(label, { irVersion, opsets }) {
	if (irVersion > NEWEST_IR) throw onnxVersion(label, "IR version", irVersion, NEWEST_IR);
	const opset = opsets.get("") ?? 0;
	if (opset > NEWEST_OPSET) throw onnxVersion(label, "opset", opset, NEWEST_OPSET);
}
/**
* Optimum's merged models keep both forms of the decoder in the branches of one If: the one without a cache is taken.
* Errors: ONNX_MERGED for an If that decides otherwise.
*/
function unmerged(label, model) {
	const { name: logits } = readSignature(label, model).logits;
	const maker = model.nodes.find(({ outputs }) => outputs.includes(logits));
	if (maker?.op !== "If") return model;
	const [condition = ""] = maker.inputs;
	const bytes = /^use_cache_branch$/i.test(condition) && model.inputs.some(({ name }) => name === condition) ? inlineBranch(label, model.bytes, logits, "else_branch") : null;
	if (bytes === null) throw onnxSubgraph(label, maker.name);
	return readOnnxModel(label, bytes);
}
export { typeText as a, feeds as i, openUserModel as n, hasRunRanges as o, tapOf as r, isQuantized as s, findOnnx as t };
