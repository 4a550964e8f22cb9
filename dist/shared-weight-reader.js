import { i as problem } from "./shared-problem.js";
import { i as widenFloat16, n as narrowToFloat16, r as widenBfloat16, t as narrowToBfloat16 } from "./shared-float16.js";
import { t as transposedMatrix } from "./shared-transposed.js";
import { n as hookName } from "./shared-hook-point.js";
import { t as nearestName } from "./shared-nearest-name.js";
// src/errors/graph.ts
/** @file Problems of joining a checkpoint to a decoder: tensors that are not there or do not fit, models that do not agree. */
const shapeText = (shape) => `[${shape.join(", ")}]`;
const weightMissing = problem("WEIGHT_MISSING", 2, (where, tensor, shape, nearest = null) => ({
	message: `${where}: the config asks for tensor "${tensor}" ${shapeText(shape)}, and the checkpoint has none of that name${nearest === null ? "" : `; the nearest that is stored is "${nearest}"`}.`,
	fix: "Check that the config belongs to these weights and that all their files are there."
}));
const weightShape = problem("WEIGHT_SHAPE", 2, (where, tensor, found, expected) => ({
	message: `${where}: tensor "${tensor}" is ${shapeText(found)}, and the config makes it ${shapeText(expected)}.`,
	fix: "Check that config.json belongs to these weights."
}));
const modelsDiffer = problem("MODELS_DIFFER", 2, (candidate, what, found, reference) => ({
	message: `${candidate} is not a version of the reference: its ${what} is ${found}, the reference's is ${reference}.`,
	fix: "Give a candidate made from this reference: same family, layers, width and vocabulary."
}));
/** Longest token that is shown. */
const SHOWN_TOKEN = 40;
const tokenText = (token) => JSON.stringify(token.slice(0, SHOWN_TOKEN));
/** Both models read the reference's ids. */
const tokensDiffer = problem("TOKENS_DIFFER", 2, (candidate, found) => ({
	message: `${candidate} numbers its tokens otherwise than the reference: id ${found.id} is ${tokenText(found.theirs)} to it and ${tokenText(found.ours)} to the reference, and so on for ${found.count} ids of the corpus.`,
	fix: "Give a candidate with the reference’s tokenizer; run on the same ids it would read another text. A tokenizer.json that was left beside it from another model can be removed."
}));
const activationGroups = problem("ACTIVATION_GROUPS", 2, (weight, inputs, groupSize) => ({
	message: `The inputs of "${weight}" are to be quantized in groups of ${groupSize}, but it has ${inputs} inputs, which is no multiple.`,
	fix: "Check group_size of input_activations in config.json, or pass --activations ignore."
}));
const hookMissing = problem("HOOK_MISSING", 2, (hook, reason) => ({
	message: `Hook point ${hook}: ${reason}.`,
	fix: "Give the hook the SAE was trained on with --hook, for example blocks.4.hook_resid_post."
}));
// src/tensors/read-wide.ts
/**
* @file A tensor in float32, into memory that the caller has: read, checked and widened a piece at a time, so that what lies between the
* file and that memory stays in the processor's cache.
*/
/** Values of a piece. Not more than a megabyte: larger pieces are memory of their own, which is new each time. */
const PIECE = 2 ** 18;
/**
* Read one tensor in float32. Where its rows cannot be read apart it is what the table gives, in its type. `allocate`: memory for as many
* values. Errors: the table's own.
*/
async function readWide(table, name, allocate) {
	const shape = table.entries.get(name)?.shape ?? [];
	const rows = shape.length < 2 ? null : table.rowsOf?.(name) ?? null;
	return rows === null ? await table.read(name, allocate) : await byRows(rows, shape, allocate);
}
async function byRows(rows, shape, allocate) {
	const [count = 0, ...rest] = shape;
	const width = rest.reduce((product, size) => product * size, 1);
	const wide = allocate(count * width);
	const step = Math.max(1, Math.floor(PIECE / Math.max(1, width)));
	for (let start = 0; start < count; start += step) {
		const end = Math.min(start + step, count);
		const target = wide.subarray(start * width, end * width);
		widen(await rows([start, end], target), target);
	}
	return {
		type: "float32",
		shape,
		data: wide
	};
}
function widen({ type, data }, target) {
	if (data === target) return;
	if (type === "float32") target.set(data);
	else if (type === "bfloat16") widenBfloat16(data, target);
	else widenFloat16(data, target);
}
// src/models/attention-of.ts
/** Null: a delta net stands in its place. */
function attentionOf({ attention }) {
	return attention.kind === "delta" ? null : attention;
}
// src/models/target-inputs.ts
/** Matrices of a block, in the order of its forward pass. */
const TARGET_ROLES = [
	"q",
	"k",
	"v",
	"outputGate",
	"o",
	"gate",
	"up",
	"down"
];
/** Those of an expert. */
const EXPERT_ROLES = [
	"gate",
	"up",
	"down"
];
const INPUT_OF = {
	q: "qkv",
	k: "qkv",
	v: "qkv",
	outputGate: "qkv",
	o: "o",
	gate: "up",
	up: "up",
	down: "down"
};
/** `blocks.3.down.input`, `blocks.3.experts.7.down.input` */
function targetInputName({ layer, name, expert }) {
	return `blocks.${layer}.${expert === void 0 ? "" : `experts.${expert}.`}${name}.input`;
}
/** Every target matrix, in the order of the forward pass; those that are fused in one tensor are apart. */
function targets({ weights }) {
	return weights.blocks.flatMap((block, layer) => [...TARGET_ROLES.flatMap((role) => {
		const linear = block[role] ?? null;
		return linear === null ? [] : [{
			role,
			linear,
			input: {
				layer,
				name: INPUT_OF[role]
			}
		}];
	}), ...(block.experts?.experts ?? []).flatMap((weights, expert) => EXPERT_ROLES.map((role) => ({
		role,
		linear: weights[role],
		input: {
			layer,
			name: INPUT_OF[role],
			expert
		}
	})))]);
}
// src/models/body-program.ts
/**
* @file What a body is run for, as plain data: from where to where, what is read on the way, what is changed on the way. The
* audit's forward pass is the program from the token ids to the final hidden state; a suffix from stored rows, one range
* of blocks at a time and a run with an edit are other programs of the same kind (docs/decisions/2026-11-28-body-programs.md).
*
* Rows: n_row = sequences · n_token rows of the residual stream, (n_row, d_model); between two blocks those of row-layout.ts.
*/
/** The forward pass of an audit. */
function wholeBody(taps) {
	return {
		from: "ids",
		to: "hidden",
		taps,
		sums: [],
		edits: []
	};
}
/** The forward pass as far as the last of these hooks: for an audit that looks at nothing behind it. */
function bodyUpTo(taps) {
	const last = taps.reduce((most, { layer }) => Math.max(most, layer), -1);
	return {
		...wholeBody(taps),
		to: last + 1
	};
}
/** What `sum` is called among a body's outputs: `blocks.3.down.input.squares`. */
function sumName({ input, of }) {
	return `${targetInputName(input)}.${of}`;
}
/** The blocks that a program runs. */
function blockRange({ from, to }, { spec }) {
	return [from === "ids" ? 0 : from, to === "hidden" ? spec.blocks.length : to];
}
/**
* Check a program against the model it is for. Errors: HOOK_MISSING for a hook that the model does not have. A range that is none, a place outside
* of it and a second edit at a hook are defects of ours.
*/
function checkProgram(program, decoder) {
	const { taps, edits, sums } = program;
	const [first, end] = blockRange(program, decoder);
	if (!(first >= 0 && first <= end && end <= decoder.spec.blocks.length)) throw new RangeError(`no blocks ${first} to ${end}`);
	const hooks = edits.map(({ hook }) => hook);
	for (const hook of [...taps, ...hooks]) checkHook(decoder, hook);
	for (const { layer } of [
		...taps,
		...hooks,
		...sums.map(({ input }) => input)
	]) if (layer < first || layer >= end) throw new RangeError(`block ${layer} is not among ${first} to ${end}`);
	if (new Set(hooks.map(hookName)).size < hooks.length) throw new RangeError("two edits at one hook");
}
/**
* The same program as several over neighbouring blocks, each of up to `bytes` of weights in float32 or one block: one's
* end is the next one's start.
*/
function programParts(program, decoder, bytes) {
	const range = blockRange(program, decoder);
	const within = ({ layer }, [first, end]) => layer >= first && layer < end;
	const ranges = weightRanges(range, decoder, bytes);
	return ranges.map((part, i) => ({
		from: i === 0 ? program.from : part[0],
		to: i === ranges.length - 1 ? program.to : part[1],
		taps: program.taps.filter((hook) => within(hook, part)),
		sums: program.sums.filter(({ input }) => within(input, part)),
		edits: program.edits.filter(({ hook }) => within(hook, part))
	}));
}
/**
* The same for a program whose rows are kept between parts: the embedding is a part of its own, since its table is not in memory beside
* a block then.
*/
function streamedParts(program, decoder, bytes) {
	if (program.from !== "ids" || program.to === 0) return programParts(program, decoder, bytes);
	return [{
		from: "ids",
		to: 0,
		taps: [],
		sums: [],
		edits: []
	}, ...programParts({
		...program,
		from: 0
	}, decoder, bytes)];
}
function weightRanges([first, end], decoder, limit) {
	const { spec } = decoder;
	const ranges = [];
	let [start, bytes] = [first, 0];
	for (const [i, block] of spec.blocks.slice(first, end).entries()) {
		const layer = first + i;
		const size = blockBytes(block, spec);
		if (layer > start && bytes + size > limit) {
			ranges.push([start, layer]);
			[start, bytes] = [layer, 0];
		}
		bytes += size;
	}
	return [...ranges, [start, end]];
}
/** Weights of a block's linear layers in float32. */
function blockBytes(block, spec) {
	const { attention, mlp } = block;
	const experts = mlp.experts === void 0 ? 0 : mlp.experts.count * (3 * mlp.experts.size + 1);
	const beside = besideChannels(block, spec);
	return 4 * spec.d_model * (mixingChannels(attention) + mlp.size * (mlp.gated ? 3 : 2) + experts + beside);
}
/** Rows of width d_model in the matrices beside attention and MLP: of a token's vector, and of LAuReL. */
function besideChannels({ laurelRank = 0 }, { tokenVectors }) {
	return 2 * ((tokenVectors?.size ?? 0) + laurelRank);
}
/** Rows of width d_model in the matrices of attention, or of a delta net. */
function mixingChannels(attention) {
	if (attention.kind === "delta") {
		const { keyHeads, keySize, valueHeads, valueSize } = attention;
		return 2 * keyHeads * keySize + 3 * valueHeads * valueSize + 2 * valueHeads;
	}
	const { heads, headSize, outputGate } = attention;
	return headSize * ((outputGate === true ? 3 : 2) * heads + keyHeads(attention));
}
/** Heads that k and v have together in the block's own matrices. */
function keyHeads({ kvHeads, keysOf, valuesOfKeys }) {
	if (keysOf !== void 0) return 0;
	return valuesOfKeys === true ? kvHeads : 2 * kvHeads;
}
/** Weights that a program's blocks multiply by, in float32, and the embedding where it starts with it. */
function rangeBytes(program, decoder) {
	const { spec } = decoder;
	const ends = (program.from === "ids" ? beginBytes(spec) : 0) + (program.to === "hidden" ? endBytes(spec) : 0);
	return spec.blocks.slice(...blockRange(program, decoder)).reduce((sum, block) => sum + blockBytes(block, spec), ends);
}
/** What is read before the first block: the embedding, and where they are the tables and projections beside it. */
function beginBytes(spec) {
	const { blocks, d_model, n_vocab, tokenVectors } = spec;
	const vectors = (tokenVectors?.size ?? 0) * blocks.length * ((tokenVectors?.n_vocab ?? 0) + d_model);
	return 4 * (n_vocab * d_model + vectors) + endBytes(spec);
}
/** Projections of the streams beside the first, which there are as many of behind the last block as before the first. */
const endBytes = ({ d_model, streams }) => 4 * ((streams?.count ?? 1) - 1) * d_model ** 2;
/** Weights of the whole body in float32: its linear layers, and the embedding. */
function bodyBytes({ spec }) {
	return spec.blocks.reduce((sum, block) => sum + blockBytes(block, spec), beginBytes(spec) + endBytes(spec));
}
/** Width of a tapped value. Errors: HOOK_MISSING. */
function hookWidth(decoder, hook) {
	return placeWidth(checkHook(decoder, hook), hook.name, decoder.spec.d_model);
}
/** Width of what passes a place of a block: that of all heads side by side need not be d_model (Gemma-2-2B: 2048 of 2304). */
function placeWidth({ attention }, name, d_model) {
	if (attention.kind === "delta") return name === "attn.hook_z" ? attention.valueHeads * attention.valueSize : d_model;
	switch (name) {
		case "attn.hook_q":
		case "attn.hook_z": return attention.heads * attention.headSize;
		case "attn.hook_k":
		case "attn.hook_v": return attention.kvHeads * attention.headSize;
		default: return d_model;
	}
}
/** Places that a delta net does not have: between projection and norm there is a convolution. */
const OF_ATTENTION = [
	"attn.hook_q",
	"attn.hook_k",
	"attn.hook_v"
];
const OF_KEYS = ["attn.hook_k", "attn.hook_v"];
function checkHook(decoder, hook) {
	const block = decoder.spec.blocks[hook.layer];
	const { length } = decoder.spec.blocks;
	if (block === void 0) throw hookMissing(hookName(hook), `the model has blocks 0 to ${length - 1}`);
	if (hook.name === "ln2.hook_normalized" && decoder.weights.blocks[hook.layer]?.preMlp === null) throw hookMissing(hookName(hook), "no norm stands before the MLP in this model");
	if (hook.name === "hook_resid_mid" && block.layout === "parallel") throw hookMissing(hookName(hook), "attention and MLP run in parallel in this model, so there is no resid_mid");
	if (block.attention.kind === "delta" && OF_ATTENTION.includes(hook.name)) throw hookMissing(hookName(hook), "this block has a gated delta net in place of attention; of its inside, attn.hook_z can be read");
	const keysOf = attentionOf(block)?.keysOf;
	if (keysOf !== void 0 && OF_KEYS.includes(hook.name)) throw hookMissing(hookName(hook), `this block attends to the keys and values of block ${keysOf}, where they can be read`);
	return block;
}
// src/models/weight-reader.ts
/**
* @file Weights on their way from a checkpoint into a graph: shapes checked, channels cut out, layout [out, in], in the
* type that the graph computes in. A tensor that several roles share (fused q/k/v, tied embeddings) is decoded once
* and dropped when its last role was read.
*/
/** Every reference of a body's weights, once per use. */
function allRefs(weights) {
	return [
		...embeddingRefs(weights),
		...weights.blocks.flatMap(blockRefs),
		...endRefs(weights)
	];
}
/** Those that a program reads, in its order. */
function programRefs(program, decoder) {
	const { weights } = decoder;
	const blocks = weights.blocks.slice(...blockRange(program, decoder));
	return [
		...program.from === "ids" ? embeddingRefs(weights) : [],
		...blocks.flatMap(blockRefs),
		...program.to === "hidden" ? endRefs(weights) : []
	];
}
function embeddingRefs({ embedding, positions, tokenVectors, streams }) {
	const vectors = tokenVectors === void 0 ? [] : [
		tokenVectors.table,
		...linearRefs([tokenVectors.projection]),
		...normRefs(tokenVectors.norm)
	];
	return [
		embedding,
		...positions === null ? [] : [positions],
		...vectors,
		...linearRefs(streams?.begin ?? [])
	];
}
function endRefs({ streams, finalNorm }) {
	return [...linearRefs(streams?.end ?? []), ...normRefs(finalNorm)];
}
function linearRefs(linears) {
	return linears.flatMap((linear) => [linear?.weight ?? [], linear?.bias ?? []].flat());
}
function normRefs(norm) {
	return [norm?.gain ?? [], norm?.bias ?? []].flat();
}
function blockRefs(block) {
	const { preAttention, qNorm, kNorm, postAttention, preMlp, postMlp } = block;
	const { q, k, v, o, gate, up, down, experts, delta } = block;
	const linears = [
		q,
		k,
		v,
		block.outputGate ?? null,
		o,
		delta?.write ?? null,
		delta?.fade ?? null
	];
	linears.push(gate, up, down, experts?.sharedGate ?? null, experts?.router ?? null);
	const routed = experts?.experts.flatMap((expert) => [
		expert.gate,
		expert.up,
		expert.down
	]) ?? [];
	return [
		...[
			preAttention,
			qNorm,
			kNorm,
			postAttention,
			preMlp,
			postMlp
		].flatMap(normRefs),
		...block.sinks === void 0 ? [] : [block.sinks],
		...delta === void 0 ? [] : deltaVectors(delta),
		...linearRefs([...linears, ...routed]),
		...besideRefs(block)
	];
}
/** What is beside attention, MLP and one stream. */
function besideRefs({ experts, tokenVector, altUp, laurel, outputScale }) {
	const { beside } = experts ?? {};
	const norms = [
		beside?.input,
		beside?.output,
		beside?.mlpOutput,
		tokenVector?.norm,
		laurel?.norm
	];
	const router = altUp === void 0 ? [] : [altUp.router.weight, ...normRefs(altUp.routerNorm)];
	return [
		...[...norms].flatMap((norm) => normRefs(norm ?? null)),
		...[
			beside?.routerGain ?? [],
			beside?.shares ?? [],
			outputScale ?? [],
			altUp?.scale ?? []
		].flat(),
		...linearRefs([
			tokenVector?.gate ?? null,
			tokenVector?.back ?? null,
			laurel?.left ?? null,
			laurel?.right ?? null
		]),
		...linearRefs([altUp?.predict ?? null, altUp?.correct ?? null]),
		...[...router, ...router]
	];
}
function deltaVectors({ convolutions, fadeRate, fadeBias, norm }) {
	const { q, k, v } = convolutions;
	return [
		q,
		k,
		v,
		fadeRate,
		fadeBias,
		...normRefs(norm)
	];
}
/** Check every tensor of a decoder against the checkpoint's table of contents, before anything is read. */
function checkShapes(table, refs, where) {
	for (const ref of refs) {
		const entry = table.entries.get(ref.tensor);
		if (entry === void 0) {
			const wanted = new Set(refs.map(({ tensor }) => tensor));
			const others = [...table.entries.keys()].filter((name) => !wanted.has(name));
			throw weightMissing(where, ref.tensor, ref.storedShape, nearestName(ref.tensor, others));
		}
		if (entry.shape.join() !== ref.storedShape.join()) throw weightShape(where, ref.tensor, entry.shape, ref.storedShape);
	}
}
/**
* A reader over the uses in `refs`: a tensor is kept from its first use to its last. `remainder`: what to add to the
* tensors that it has, where they are read in float64. `allocate`: memory for what is read in float32; absent: new.
*/
function weightReader(table, refs, remainder = null, allocate = (length) => new Float32Array(length)) {
	const read = cutter(table, refs, allocate);
	const rest = remainder === null ? null : cutter(remainder, refs, allocate);
	return {
		allocate,
		read,
		async readExact(ref) {
			const stored = await read(ref, "float32");
			const data = new Float64Array(asFloat32(stored));
			if (rest !== null && remainder?.entries.has(ref.tensor)) {
				const small = asFloat32(await rest(ref, "float32"));
				for (let i = 0; i < data.length; i++) data[i] = data[i] + small[i];
			}
			return {
				shape: stored.shape,
				data
			};
		}
	};
}
function cutter(table, refs, allocate) {
	const uses = /* @__PURE__ */ new Map();
	for (const ref of refs) uses.set(ref.tensor, (uses.get(ref.tensor) ?? 0) + 1);
	const held = /* @__PURE__ */ new Map();
	return async (ref, type) => {
		const read = () => type === "float32" ? readWide(table, ref.tensor, allocate) : table.read(ref.tensor);
		const tensor = held.get(ref.tensor) ?? await read();
		const left = (uses.get(ref.tensor) ?? 1) - 1;
		uses.set(ref.tensor, left);
		if (left > 0) held.set(ref.tensor, tensor);
		else held.delete(ref.tensor);
		return converted(cut(tensor, ref), type);
	};
}
/** The channels of `ref` out of its tensor, as [out, in]. */
function cut(tensor, ref) {
	const { type, data, shape } = tensor;
	const [rows = 1, ...inner] = shape;
	const columns = inner.reduce((product, size) => product * size, 1);
	if (shape.length < 2) return {
		type,
		...cutRows(data, ref.channels, rows, 1),
		shape: [channelCount(ref, rows)]
	};
	if (ref.layout === "in-out") {
		const { data: taken } = cutRows(transposedMatrix(data, rows, columns), ref.channels, columns, rows);
		return {
			type,
			data: taken,
			shape: [channelCount(ref, columns), rows]
		};
	}
	const { data: taken } = cutRows(data, ref.channels, rows, columns);
	return {
		type,
		data: taken,
		shape: [channelCount(ref, rows), columns]
	};
}
function channelCount(ref, all) {
	return ref.channels === null ? all : ref.channels.reduce((sum, [start, end]) => sum + end - start, 0);
}
function cutRows(data, channels, rows, width) {
	if (channels === null) return { data };
	if (channels.length === 1 && channels[0] !== void 0) return { data: data.subarray(channels[0][0] * width, channels[0][1] * width) };
	const count = channels.reduce((sum, [start, end]) => sum + end - start, 0);
	const out = data instanceof Float32Array ? new Float32Array(count * width) : new Uint16Array(count * width);
	let at = 0;
	for (const [start, end] of channels) {
		if (end > rows) throw new RangeError(`channels ${start}-${end} of ${rows}`);
		out.set(data.subarray(start * width, end * width), at);
		at += (end - start) * width;
	}
	return { data: out };
}
/** The same values in another type; 16-bit to another 16-bit goes through float32. */
function converted(weight, type) {
	return type === "stored" ? weight : asType(weight, type);
}
/** The same values in another type. */
function asType(weight, type) {
	if (weight.type === type) return weight;
	const wide = asFloat32(weight);
	if (type === "float32") return {
		type,
		shape: weight.shape,
		data: wide
	};
	const data = new Uint16Array(wide.length);
	if (type === "float16") narrowToFloat16(wide, data);
	else narrowToBfloat16(wide, data);
	return {
		type,
		shape: weight.shape,
		data
	};
}
/** Values as float32; a float32 weight is returned as it is, not copied. */
function asFloat32(weight) {
	const { type, data } = weight;
	if (data instanceof Float32Array) return data;
	const wide = new Float32Array(data.length);
	if (type === "bfloat16") widenBfloat16(data, wide);
	else widenFloat16(data, wide);
	return wide;
}
export { tokensDiffer as A, targetInputName as C, activationGroups as D, readWide as E, hookMissing as O, TARGET_ROLES as S, attentionOf as T, programParts as _, cut as a, sumName as b, besideChannels as c, bodyBytes as d, bodyUpTo as f, placeWidth as g, mixingChannels as h, checkShapes as i, modelsDiffer as k, blockBytes as l, hookWidth as m, asFloat32 as n, programRefs as o, checkProgram as p, asType as r, weightReader as s, allRefs as t, blockRange as u, rangeBytes as v, targets as w, wholeBody as x, streamedParts as y };
