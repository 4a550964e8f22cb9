import { n as __exportAll } from "./shared-rolldown-runtime.js";
import { o as problem } from "./shared-system-limits.js";
import { n as hubSettings } from "./shared-hub-settings.js";
import { d as widenBfloat16, f as widenFloat16, i as ggufPartNames, l as narrowToBfloat16, t as openFiles, u as narrowToFloat16, x as joinedSha256, y as digestedFiles } from "./shared-open-files.js";
import { t as isHubSpec, v as staysInside } from "./shared-hub-spec.js";
import { c as deviceUnavailable, i as knowsProvider, r as cudaProviderInstalled, t as createSession } from "./shared-session.js";
import { Tt as modelTooLarge } from "./shared-token-groups.js";
import { readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { dirname, join, posix } from "node:path";
import { constrainedMemory } from "node:process";
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
// src/contract/hook-point.ts
/** @file Places in a decoder where activations are read, by their TransformerLens names. */
const HOOK_NAMES = [
	"hook_resid_pre",
	"hook_resid_mid",
	"hook_resid_post",
	"hook_attn_out",
	"hook_mlp_out",
	"attn.hook_z"
];
/** `blocks.4.hook_resid_post` */
function hookName(hook) {
	return `blocks.${hook.layer}.${hook.name}`;
}
/** The inverse of `hookName`; null when the text is no hook point that saegate can read. */
function parseHookPoint(text) {
	const match = /^blocks\.(\d{1,4})\.(.+)$/.exec(text);
	const name = HOOK_NAMES.find((known) => known === match?.[2]);
	if (match === null || name === void 0) return null;
	return {
		layer: Number(match[1]),
		name
	};
}
// src/models/target-inputs.ts
/** Matrices of a block, in the order of its forward pass. */
const TARGET_ROLES = [
	"q",
	"k",
	"v",
	"o",
	"gate",
	"up",
	"down"
];
const INPUT_OF = {
	q: "qkv",
	k: "qkv",
	v: "qkv",
	o: "o",
	gate: "up",
	up: "up",
	down: "down"
};
/** `blocks.3.down.input` */
function targetInputName({ layer, name }) {
	return `blocks.${layer}.${name}.input`;
}
/** Every target matrix, in the order of the forward pass; those that are fused in one tensor are apart. */
function targets({ weights }) {
	return weights.blocks.flatMap((block, layer) => TARGET_ROLES.flatMap((role) => {
		const linear = block[role];
		return linear === null ? [] : [{
			role,
			linear,
			input: {
				layer,
				name: INPUT_OF[role]
			}
		}];
	}));
}
// src/models/body-program.ts
/**
* @file What a body is run for, as plain data: from where to where, what is read on the way, what is changed on the way. The
* audit's forward pass is the program from the token ids to the final hidden state; a suffix from stored rows, one range
* of blocks at a time and a run with an edit are other programs of the same kind (docs/decisions/2026-11-28-body-programs.md).
*
* Rows: n_row = sequences · n_token rows of the residual stream, (n_row, d_model).
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
function weightRanges([first, end], decoder, limit) {
	const { d_model, blocks } = decoder.spec;
	const ranges = [];
	let [start, bytes] = [first, 0];
	for (const [i, block] of blocks.slice(first, end).entries()) {
		const layer = first + i;
		const size = blockBytes(block, d_model);
		if (layer > start && bytes + size > limit) {
			ranges.push([start, layer]);
			[start, bytes] = [layer, 0];
		}
		bytes += size;
	}
	return [...ranges, [start, end]];
}
/** Weights of a block's linear layers in float32. */
function blockBytes({ attention, mlp }, d_model) {
	const { heads, kvHeads, headSize } = attention;
	return 4 * d_model * (headSize * 2 * (heads + kvHeads) + mlp.size * (mlp.gated ? 3 : 2));
}
/** Weights of the whole body in float32: its linear layers, and the embedding. */
function bodyBytes({ spec: { blocks, d_model, n_vocab } }) {
	return blocks.reduce((sum, block) => sum + blockBytes(block, d_model), 4 * n_vocab * d_model);
}
/** Width of a tapped value. Errors: HOOK_MISSING. */
function hookWidth(decoder, hook) {
	checkHook(decoder, hook);
	const attention = decoder.spec.blocks[hook.layer]?.attention;
	if (hook.name === "attn.hook_z" && attention !== void 0) return attention.heads * attention.headSize;
	return decoder.spec.d_model;
}
function checkHook(decoder, hook) {
	const block = decoder.spec.blocks[hook.layer];
	const { length } = decoder.spec.blocks;
	if (block === void 0) throw hookMissing(hookName(hook), `the model has blocks 0 to ${length - 1}`);
	if (hook.name === "hook_resid_mid" && block.layout === "parallel") throw hookMissing(hookName(hook), "attention and MLP run in parallel in this model, so there is no resid_mid");
}
// src/models/nearest-name.ts
/** @file The stored tensor whose name is most like one that was looked for: what a message can point at. */
/** Names that are compared; a checkpoint of more experts than that is looked at in part. */
const MOST_NAMES = 1e5;
/** Most characters in common at both ends, the shorter name first; null where there are no names. */
function nearestName(wanted, names) {
	let best = null;
	let most = -1;
	let seen = 0;
	for (const name of names) {
		if (seen++ === MOST_NAMES) break;
		const common = commonEnds(wanted, name);
		if (!(common > most || common === most && best !== null && name.length < best.length)) continue;
		best = name;
		most = common;
	}
	return best;
}
function commonEnds(a, b) {
	const shorter = Math.min(a.length, b.length);
	let start = 0;
	while (start < shorter && a[start] === b[start]) start++;
	let end = 0;
	while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
	return start + end;
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
		...normRefs(weights.finalNorm)
	];
}
/** Those that a program reads, in its order. */
function programRefs(program, decoder) {
	const { weights } = decoder;
	const blocks = weights.blocks.slice(...blockRange(program, decoder));
	return [
		...program.from === "ids" ? embeddingRefs(weights) : [],
		...blocks.flatMap(blockRefs),
		...program.to === "hidden" ? normRefs(weights.finalNorm) : []
	];
}
function embeddingRefs({ embedding, positions }) {
	return positions === null ? [embedding] : [embedding, positions];
}
function normRefs(norm) {
	if (norm === null) return [];
	return norm.bias === null ? [norm.gain] : [norm.gain, norm.bias];
}
function blockRefs(block) {
	const { preAttention, qNorm, kNorm, postAttention, preMlp, postMlp } = block;
	const linears = [
		block.q,
		block.k,
		block.v,
		block.o,
		block.gate,
		block.up,
		block.down
	];
	return [...[
		preAttention,
		qNorm,
		kNorm,
		postAttention,
		preMlp,
		postMlp
	].flatMap(normRefs), ...linears.flatMap((linear) => [linear?.weight ?? [], linear?.bias ?? []].flat())];
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
* tensors that it has, where they are read in float64.
*/
function weightReader(table, refs, remainder = null) {
	const read = cutter(table, refs);
	const rest = remainder === null ? null : cutter(remainder, refs);
	return {
		read,
		async readExact(ref) {
			const stored = await read(ref, "float32");
			const data = Float64Array.from(asFloat32(stored));
			if (rest !== null && remainder?.entries.has(ref.tensor)) {
				const small = asFloat32(await rest(ref, "float32"));
				for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) + (small[i] ?? 0);
			}
			return {
				shape: stored.shape,
				data
			};
		}
	};
}
function cutter(table, refs) {
	const uses = /* @__PURE__ */ new Map();
	for (const ref of refs) uses.set(ref.tensor, (uses.get(ref.tensor) ?? 0) + 1);
	const held = /* @__PURE__ */ new Map();
	return async (ref, type) => {
		const tensor = held.get(ref.tensor) ?? await table.read(ref.tensor);
		const left = (uses.get(ref.tensor) ?? 1) - 1;
		uses.set(ref.tensor, left);
		if (left > 0) held.set(ref.tensor, tensor);
		else held.delete(ref.tensor);
		return converted(cut(tensor, ref), type);
	};
}
/** The channels of `ref`, as [out, in]. */
function cut(tensor, ref) {
	const { type, data, shape } = tensor;
	const [rows = 1, columns = 1] = shape;
	if (shape.length < 2) return {
		type,
		...cutRows(data, ref.channels, rows, 1),
		shape: [channelCount(ref, rows)]
	};
	if (ref.layout === "in-out") {
		const { data: taken } = cutRows(transposed(data, rows, columns), ref.channels, columns, rows);
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
/** [rows, columns] → [columns, rows], in 32 × 32 tiles so that both sides stay in cache. */
function transposed(data, rows, columns) {
	const out = data instanceof Float32Array ? new Float32Array(data.length) : new Uint16Array(data.length);
	const tile = 32;
	for (let r0 = 0; r0 < rows; r0 += tile) for (let c0 = 0; c0 < columns; c0 += tile) for (let c = c0; c < Math.min(c0 + tile, columns); c++) for (let r = r0; r < Math.min(r0 + tile, rows); r++) out[c * rows + r] = data[r * columns + c] ?? 0;
	return out;
}
/** The same values in another type; 16-bit to another 16-bit goes through float32. */
function converted(weight, type) {
	if (type === "stored" || weight.type === type) return weight;
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
// src/audit/machine/memory.ts
/** @file The memory of this machine: does a model fit, asked before anything of it is read; what captures may take of it. */
/**
* What an audit needs, as a multiple of the weights in float32: loading takes 1.0 (measured on a Llama of 270 M weights, as
* bfloat16 and as GPTQ), the reference's unembedding and the captures come on top.
*/
const PEAK_FACTOR = 1.3;
/** Bytes of memory: the machine's, or what its container may use. */
function availableMemory() {
	const limit = constrainedMemory();
	return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
/** Errors: MODEL_TOO_LARGE. */
function requireMemory(name, weights, tensors, available) {
	const { unembedding } = weights;
	const used = new Set([...allRefs(weights), unembedding.weight].map((ref) => ref.tensor));
	let parameters = 0;
	for (const tensor of used) parameters += (tensors.entries.get(tensor)?.shape ?? []).reduce((product, size) => product * size, 1);
	const needed = PEAK_FACTOR * 4 * parameters;
	if (needed > available) throw modelTooLarge(name, parameters, gigabytes(needed), gigabytes(available));
}
const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
// src/errors/models.ts
/**
* @file What can be wrong with a model's config.json: a family or a value that we do not know how to compute. `where`: the
* model's spec and "model config"; an audit has several.
*/
const familyUnknown = problem("FAMILY_UNKNOWN", 2, (where, found, known) => ({
	message: `${where}: model_type is ${found}; known families: ${known.join(", ")}.`,
	fix: "Use a checkpoint of a known family, or export the model to ONNX and give that file."
}));
const configKeyMissing = problem("CONFIG_KEY_MISSING", 2, (where, key) => ({
	message: `${where}: ${key} is missing and has no default.`,
	fix: "Complete config.json from the original model repository."
}));
const configValueUnsupported = problem("CONFIG_VALUE_UNSUPPORTED", 2, (where, key, found, allowed) => ({
	message: `${where}: ${key} is ${found}; allowed: ${allowed}.`,
	fix: "Compare config.json with the original model repository; a value that is not listed would change the forward pass."
}));
const sequenceTooLong = problem("SEQUENCE_TOO_LONG", 2, (where, length, most) => ({
	message: `${where}: sequences of ${length} tokens are asked for, but the model was made for at most ${most} positions.`,
	fix: `Choose a block length and a sliding window of at most ${most}.`
}));
/** Most names that are shown. */
const SHOWN_TENSORS = 4;
/** `said`: what the config says of its class and code. */
const tensorsUnread = problem("TENSORS_UNREAD", 2, (where, family, tensors, said = []) => ({
	message: `${where}: the blocks store tensors that a ${family} with this config does not have: ${tensors.slice(0, SHOWN_TENSORS).join(", ")}${tensors.length > SHOWN_TENSORS ? ` and ${tensors.length - SHOWN_TENSORS} more` : ""}${said.map((sentence) => `; ${sentence}`).join("")}.`,
	fix: "They belong to another architecture or to a config.json that switches them on: use that config, merge adapters into the weights, or export the model to ONNX and give that file."
}));
// src/models/config-reader.ts
/**
* @file Typed reading of a Hugging Face config.json that nobody has checked.
*
* Every value is asked for by name with the range it may have; whatever is outside is an error that names the key,
* the value found and the values allowed. `null` counts as absent, as in transformers, except in `…OrNull`. Keys that
* nobody asked for can be listed afterwards (`unreadKeys`), so that nothing is ignored in silence.
* Left out: no schema per family; a family's own calls are its schema.
*/
/** Characters of a found value that are shown in a message. */
const SHOWN_CHARACTERS = 80;
function shown(value) {
	const text = JSON.stringify(value);
	return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isInteger(value, low, high) {
	return typeof value === "number" && Number.isInteger(value) && value >= low && value <= high;
}
var ConfigReader = class ConfigReader {
	#values;
	#where;
	#path;
	#read = /* @__PURE__ */ new Set();
	#sections = /* @__PURE__ */ new Map();
	/** `where`: whose config it is, for messages; `path`: of a nested section. */
	constructor(values, where, path = "") {
		this.#values = values;
		this.#where = where;
		this.#path = path;
	}
	/** The stored value; undefined where the key is absent. Marks the key as understood. */
	value(key) {
		this.#read.add(key);
		return Object.hasOwn(this.#values, key) ? this.#values[key] : void 0;
	}
	/** Present and not null. Does not mark the key. */
	has(key) {
		return Object.hasOwn(this.#values, key) && this.#values[key] !== null;
	}
	get isEmpty() {
		return Object.keys(this.#values).length === 0;
	}
	/** The error for a value that cannot be used: `throw config.unsupported('hidden_act', 'gelu, silu')`. */
	unsupported(key, allowed) {
		return configValueUnsupported(this.#where, this.#path + key, shown(this.value(key) ?? null), allowed);
	}
	#present(key) {
		return this.value(key) ?? null;
	}
	#fallback(key, fallback) {
		if (fallback === void 0) throw configKeyMissing(this.#where, this.#path + key);
		return fallback;
	}
	/** An integer 1..most; absent: the fallback, or an error where there is none. */
	count(key, most, fallback) {
		const value = this.#present(key);
		if (value === null) return this.#fallback(key, fallback);
		if (!isInteger(value, 1, most)) throw this.unsupported(key, `an integer from 1 to ${most}`);
		return value;
	}
	/** Like count, but a stored null means "none". */
	countOrNull(key, most, fallback) {
		const value = this.value(key);
		if (value === void 0 || value === null) return value === null ? null : fallback;
		return this.count(key, most);
	}
	/** A finite number low..high. */
	number(key, low, high, fallback) {
		const value = this.#present(key);
		if (value === null) return this.#fallback(key, fallback);
		if (typeof value !== "number" || !(value >= low && value <= high)) throw this.unsupported(key, `a number from ${low} to ${high}`);
		return value;
	}
	/** Like number, but a stored null means "none". */
	numberOrNull(key, low, high, fallback) {
		const value = this.value(key);
		if (value === void 0 || value === null) return value === null ? null : fallback;
		return this.number(key, low, high);
	}
	flag(key, fallback) {
		const value = this.#present(key);
		if (value === null) return fallback;
		if (typeof value !== "boolean") throw this.unsupported(key, "true, false");
		return value;
	}
	/** A word from a table; the table's value is what it means. */
	choice(key, known, fallback) {
		const value = this.#present(key) ?? fallback;
		const meaning = typeof value === "string" ? known.get(value) : void 0;
		if (meaning === void 0) throw this.unsupported(key, [...known.keys()].join(", "));
		return meaning;
	}
	/** The key must be absent, null or exactly this: the one variant that is computed. */
	only(key, supported) {
		const value = this.#present(key);
		if (value !== null && value !== supported) throw this.unsupported(key, shown(supported));
	}
	/** Exactly `length` numbers low..high. */
	numbers(key, length, low, high) {
		const allowed = `a list of ${length} numbers from ${low} to ${high}`;
		const value = this.#present(key);
		if (value === null) throw configKeyMissing(this.#where, this.#path + key);
		if (!Array.isArray(value) || value.length !== length) throw this.unsupported(key, allowed);
		return value.map((entry) => {
			if (typeof entry !== "number" || !(entry >= low && entry <= high)) throw this.unsupported(key, allowed);
			return entry;
		});
	}
	/** Exactly `length` words from a table, or null where the key is absent. */
	choices(key, length, known) {
		const value = this.#present(key);
		if (value === null) return null;
		const allowed = `a list of ${length} words from: ${[...known.keys()].join(", ")}`;
		if (!Array.isArray(value) || value.length !== length) throw this.unsupported(key, allowed);
		return value.map((entry) => {
			const meaning = typeof entry === "string" ? known.get(entry) : void 0;
			if (meaning === void 0) throw this.unsupported(key, allowed);
			return meaning;
		});
	}
	/** A nested object, or null where the key is absent. The same reader each time. */
	section(key) {
		const known = this.#sections.get(key);
		if (known) return known;
		const value = this.#present(key);
		if (value === null) return null;
		if (!isObject(value)) throw this.unsupported(key, "an object");
		const section = new ConfigReader(value, this.#where, `${this.#path}${key}.`);
		this.#sections.set(key, section);
		return section;
	}
	/** Keys, with the path of nested ones, that nobody asked for and that are not in `harmless`. */
	unreadKeys(harmless) {
		const own = Object.keys(this.#values).filter((key) => !this.#read.has(key) && !harmless.has(key));
		const nested = [...this.#sections.values()].flatMap((section) => section.unreadKeys(harmless));
		return [...own.map((key) => this.#path + key), ...nested];
	}
};
// src/models/families/weight-refs.ts
/** A stored matrix [out, in], all of it. */
function matrix(tensor, out, input) {
	return {
		tensor,
		storedShape: [out, input],
		layout: "out-in",
		channels: null
	};
}
/** A stored vector [size], all of it. */
function vector(tensor, size) {
	return {
		tensor,
		storedShape: [size],
		layout: "out-in",
		channels: null
	};
}
/** `NAME.weight` [out, in] and, where there is one, `NAME.bias` [out]. */
function linear(name, out, input, bias) {
	return {
		weight: matrix(`${name}.weight`, out, input),
		bias: bias ? vector(`${name}.bias`, out) : null
	};
}
/** GPT-2's Conv1D: `NAME.weight` is stored [in, out]; there is always a bias. */
function conv1d(name, out, input) {
	return {
		weight: {
			tensor: `${name}.weight`,
			storedShape: [input, out],
			layout: "in-out",
			channels: null
		},
		bias: vector(`${name}.bias`, out)
	};
}
/** Some output channels of a fused projection, the same ones of weight and bias. */
function take(fused, channels) {
	return {
		weight: {
			...fused.weight,
			channels
		},
		bias: fused.bias && {
			...fused.bias,
			channels
		}
	};
}
/** `NAME.weight` [size] of an RMS norm. */
function rmsNorm(name, size) {
	return {
		gain: vector(`${name}.weight`, size),
		bias: null
	};
}
/** `NAME.weight` and `NAME.bias` [size] of a layer norm. */
function layerNorm(name, size) {
	return {
		gain: vector(`${name}.weight`, size),
		bias: vector(`${name}.bias`, size)
	};
}
// src/models/families/as-stored.ts
/** Unembeddings under the names that families give them. */
const HEADS = [
	"lm_head.weight",
	"embed_out.weight",
	"language_model.lm_head.weight"
];
/** The same decoder, its weights looked for where they lie. Without names: as the family says. */
function asStored(decoder, names) {
	if (names.isEmpty) return {
		decoder,
		warnings: []
	};
	const warnings = /* @__PURE__ */ new Set();
	const { weights } = decoder;
	const blocks = weights.blocks.map((block) => storedBlock(block, names, warnings));
	const ends = storedEnds(weights, names, warnings);
	return {
		decoder: {
			...decoder,
			weights: {
				...weights,
				...ends,
				blocks
			}
		},
		warnings: [...warnings]
	};
}
function storedEnds({ embedding, unembedding }, names, warnings) {
	const head = HEADS.find((name) => names.has(name));
	if (unembedding.weight.tensor !== embedding.tensor || head === void 0) return {
		embedding,
		unembedding
	};
	const weight = {
		...embedding,
		tensor: head
	};
	if (!names.has(embedding.tensor)) return {
		embedding: weight,
		unembedding: {
			weight,
			bias: null
		}
	};
	warnings.add(`${head} is stored and is not the embedding, though the config ties the two: the stored one is used, as transformers 5 and vLLM do`);
	return {
		embedding,
		unembedding: {
			weight,
			bias: null
		}
	};
}
function storedBlock(block, names, warnings) {
	const [q, k, v] = fused([
		block.q,
		block.k,
		block.v
	], ["q_proj", "qkv_proj"], names, warnings);
	const { gate, up } = block;
	const [storedGate, storedUp] = gate === null ? [null, up] : fused([gate, up], ["gate_proj", "gate_up_proj"], names, warnings);
	return {
		...block,
		q: q ?? block.q,
		k: k ?? block.k,
		v: v ?? block.v,
		o: withoutMissingBias(block, names),
		gate: storedGate ?? gate,
		up: storedUp ?? up
	};
}
/** Some matrices that lie in one stored tensor, their rows one after the other; as they are where they do not. */
function fused(parts, [first, together], names, warnings) {
	const own = parts[0]?.weight.tensor ?? "";
	const ending = `.${first}.weight`;
	const module = `${own.slice(0, -ending.length)}.${together}`;
	if (!own.endsWith(ending) || names.has(own) || !names.has(`${module}.weight`)) return parts;
	warnings.add(`${together} holds several matrices of a block; its rows are read in the order of its name`);
	const rows = parts.map(({ weight }) => weight.storedShape[0] ?? 0);
	const whole = linear(module, rows.reduce((sum, count) => sum + count, 0), parts[0]?.weight.storedShape[1] ?? 0, names.has(`${module}.bias`));
	let start = 0;
	return rows.map((count) => {
		start += count;
		return take(whole, [[start - count, start]]);
	});
}
function withoutMissingBias({ q, o }, names) {
	return q.bias !== null && names.has(q.bias.tensor) && o.bias !== null && o.bias !== null && !names.has(o.bias.tensor) ? {
		...o,
		bias: null
	} : o;
}
// src/models/families/declared-class.ts
/** What may follow a family's name in the name of a class that computes the same: LlamaForCausalLM, GPT2LMHeadModel. */
const ENDINGS = /^(?:text)?(?:model|lmheadmodel|doubleheadsmodel|for\w+)$/;
/** Longest name that is shown. */
const SHOWN = 80;
function classWarnings(config, family) {
	const [declared] = listed$1(config.value("architectures"));
	const map = config.value("auto_map");
	const own = typeof map === "object" && map !== null ? Object.values(map).flatMap(listed$1) : [];
	const warnings = [];
	if (declared !== void 0 && !belongs(declared, family)) warnings.push(`config.json names the class ${declared}, which is not run: it is computed as ${family}, its model_type`);
	if (own.length > 0) warnings.push(`config.json names code of its own (${own[0]}), which is not run: it is computed as ${family}, its model_type`);
	return warnings;
}
function belongs(declared, family) {
	const stem = family.replace(/_text$/, "").replaceAll("_", "");
	const name = declared.toLowerCase();
	return name.startsWith(stem) && ENDINGS.test(name.slice(stem.length));
}
function listed$1(value) {
	return (Array.isArray(value) ? value : [value ?? null]).filter((item) => typeof item === "string").map((item) => item.slice(0, SHOWN));
}
// src/models/families/llama-parts.ts
/** q, k, v, o as four matrices. Biases: `qkv` on the first three, `output` on the last. */
function separateAttention(block, shape, bias) {
	const queries = shape.heads * shape.headSize;
	const keys = shape.kvHeads * shape.headSize;
	return {
		q: linear(`${block}.self_attn.q_proj`, queries, shape.d_model, bias.qkv),
		k: linear(`${block}.self_attn.k_proj`, keys, shape.d_model, bias.qkv),
		v: linear(`${block}.self_attn.v_proj`, keys, shape.d_model, bias.qkv),
		o: linear(`${block}.self_attn.o_proj`, shape.d_model, queries, bias.output)
	};
}
/** down(act(gate(x)) · up(x)) */
function gatedMlp(block, shape, bias) {
	return {
		gate: linear(`${block}.mlp.gate_proj`, shape.d_mlp, shape.d_model, bias),
		up: linear(`${block}.mlp.up_proj`, shape.d_mlp, shape.d_model, bias),
		down: linear(`${block}.mlp.down_proj`, shape.d_model, shape.d_mlp, bias)
	};
}
/** Norms before attention and before the MLP, none after: Llama, Mistral, Qwen, Gemma 1, Phi-3. */
function preNorms(block, shape) {
	return {
		preAttention: rmsNorm(`${block}.input_layernorm`, shape.d_model),
		postAttention: null,
		preMlp: rmsNorm(`${block}.post_attention_layernorm`, shape.d_model),
		postMlp: null
	};
}
/** Norms on both sides of attention and MLP, under Gemma 2's names. */
function sandwichNorms(block, shape) {
	return {
		preAttention: rmsNorm(`${block}.input_layernorm`, shape.d_model),
		postAttention: rmsNorm(`${block}.post_attention_layernorm`, shape.d_model),
		preMlp: rmsNorm(`${block}.pre_feedforward_layernorm`, shape.d_model),
		postMlp: rmsNorm(`${block}.post_feedforward_layernorm`, shape.d_model)
	};
}
/** RMS norms on q and k: none, one gain per head dimension, or one per channel of the projection. */
function qkNorms(block, shape, kind) {
	if (kind === "none") return {
		qNorm: null,
		kNorm: null
	};
	const norm = (name, heads) => rmsNorm(`${block}.self_attn.${name}`, kind === "full" ? heads * shape.headSize : shape.headSize);
	return {
		qNorm: norm("q_norm", shape.heads),
		kNorm: norm("k_norm", shape.kvHeads)
	};
}
/** Where the body's tensors begin. */
function bodyPrefix(input) {
	return input.names.prefix("embed_tokens.weight", ["model.", ""]);
}
/** Embedding, final norm and unembedding; a tied model reads its logits off the embedding. */
function ends(prefix, head, shape, tied) {
	const embedding = matrix(`${prefix}embed_tokens.weight`, shape.n_vocab, shape.d_model);
	return {
		embedding,
		finalNorm: rmsNorm(`${prefix}norm`, shape.d_model),
		unembedding: tied ? {
			weight: embedding,
			bias: null
		} : linear(head, shape.n_vocab, shape.d_model, false)
	};
}
/** One entry per block. */
function perBlock(shape, make) {
	return Array.from({ length: shape.layers }, (_, layer) => make(layer));
}
// src/models/families/shape.ts
/** Largest published decoder: 126 layers (Llama 3.1 405B). */
const MOST_LAYERS = 1024;
/** Largest published: 128 query heads. */
const MOST_HEADS = 4096;
/** Largest published: d_model 18,432, d_mlp 73,728. */
const WIDEST = 1 << 20;
/** Largest published: 262,208 rows (Gemma 3). */
const MOST_VOCABULARY = 1 << 24;
/** Largest published: 10 million positions. */
const MOST_POSITIONS = 1 << 30;
/** transformers' activation names (activations.py, ACT2FN) and what they compute. */
const ACTIVATIONS = /* @__PURE__ */ new Map([
	["gelu", "gelu"],
	["gelu_python", "gelu"],
	["gelu_new", "gelu_tanh"],
	["gelu_fast", "gelu_tanh"],
	["gelu_pytorch_tanh", "gelu_tanh"],
	["silu", "silu"],
	["swish", "silu"],
	["relu", "relu"]
]);
/** d_model / heads where the family has no head_dim of its own; an error where it does not divide. */
function dividedHeadSize(config, headsKey, heads, d_model) {
	if (d_model % heads !== 0) throw config.unsupported(headsKey, `a divisor of the hidden size ${d_model}`);
	return d_model / heads;
}
/** Sizes under the key names that Llama and its successors share. Errors name the key. */
function readShape(config, defaults) {
	const d_model = config.count("hidden_size", WIDEST, defaults.d_model);
	const heads = config.count("num_attention_heads", MOST_HEADS, defaults.heads);
	const kvHeads = config.countOrNull("num_key_value_heads", 4096, defaults.kvHeads) ?? heads;
	if (heads % kvHeads !== 0) throw config.unsupported("num_key_value_heads", `a divisor of the ${heads} query heads`);
	return {
		d_model,
		heads,
		kvHeads,
		headSize: config.countOrNull("head_dim", 1048576, defaults.headSize) ?? dividedHeadSize(config, "num_attention_heads", heads, d_model),
		n_vocab: config.count("vocab_size", MOST_VOCABULARY, defaults.n_vocab),
		layers: config.count("num_hidden_layers", MOST_LAYERS, defaults.layers),
		d_mlp: config.count("intermediate_size", WIDEST, defaults.d_mlp),
		maxPositions: config.count("max_position_embeddings", MOST_POSITIONS, defaults.maxPositions)
	};
}
/** Epsilon of a norm. */
function readEpsilon(config, key, fallback) {
	return config.number(key, 0, 1, fallback);
}
// src/models/families/rope-scaling.ts
const KINDS = /* @__PURE__ */ new Map([
	["default", "default"],
	["linear", "linear"],
	["dynamic", "dynamic"],
	["llama3", "llama3"],
	["yarn", "yarn"],
	["longrope", "longrope"]
]);
/** Phi-3's first checkpoints call longrope by older names (configuration_phi3.py). */
const PHI3_KINDS = new Map([
	...KINDS,
	["su", "longrope"],
	["yarn", "longrope"]
]);
/** Bases in use run from 10,000 to 10⁹. */
const LEAST_BASE = 2;
const GREATEST_BASE = 0xe8d4a51000;
/** Factors in use run from 1 to 128; longrope's per-pair factors reach about 65. */
const GREATEST_FACTOR = 1e6;
/** The section that describes the rotary embedding, in either spelling; null where there is none. An empty one says nothing. */
function ropeSection(config) {
	return [config.section("rope_scaling"), config.section("rope_parameters")].find((section) => section !== null && !section.isEmpty) ?? null;
}
/** The base: in the section (transformers 5), else at the top, else the family's default. */
function ropeBase(config, section, key, fallback) {
	const top = config.number(key, LEAST_BASE, GREATEST_BASE, fallback);
	return section ? section.number("rope_theta", LEAST_BASE, GREATEST_BASE, top) : top;
}
/** Rotated dimensions: the leading ⌊fraction · headSize⌋ of a head; even and not none. */
function rotarySize(config, key, fraction, headSize) {
	const size = Math.floor(fraction * headSize);
	if (size < 2 || size % 2 !== 0) throw config.unsupported(key, `a value that rotates an even number of the head's ${headSize} dimensions`);
	return size;
}
/** base^(−2i/size), i = 0..size/2−1. */
function plainFrequencies(size, base) {
	return Array.from({ length: size / 2 }, (_, pair) => base ** (-2 * pair / size));
}
function factorOf(section) {
	return section.number("factor", 1, GREATEST_FACTOR);
}
/** Llama 3.1: long waves slowed by the factor, short ones kept, a linear blend between. */
function llama3Frequencies(plain, section, most) {
	const factor = factorOf(section);
	const low = section.number("low_freq_factor", 0, GREATEST_FACTOR);
	const high = section.number("high_freq_factor", 0, GREATEST_FACTOR);
	if (high <= low) throw section.unsupported("high_freq_factor", `a number above low_freq_factor, ${low}`);
	const original = section.count("original_max_position_embeddings", MOST_POSITIONS, most);
	return plain.map((frequency) => {
		const turns = original * frequency / (2 * Math.PI);
		const kept = Math.min(1, Math.max(0, (turns - low) / (high - low)));
		return (1 - kept) * (frequency / factor) + kept * frequency;
	});
}
/** YaRN: dimensions that turn often are kept, those that turn rarely interpolated, a ramp between. */
function yarn(size, base, section, positions) {
	const factor = factorOf(section);
	const original = section.count("original_max_position_embeddings", MOST_POSITIONS, positions.original ?? positions.most);
	const fast = section.number("beta_fast", .001, GREATEST_FACTOR, 32);
	const slow = section.number("beta_slow", .001, GREATEST_FACTOR, 1);
	const truncate = section.flag("truncate", true);
	const dimension = (turns) => size * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(base));
	const low = Math.max(truncate ? Math.floor(dimension(fast)) : dimension(fast), 0);
	const high = Math.min(truncate ? Math.ceil(dimension(slow)) : dimension(slow), size - 1);
	const span = high === low ? .001 : high - low;
	return {
		size,
		pairing: "half",
		inverseFrequency: plainFrequencies(size, base).map((frequency, pair) => {
			const interpolated = Math.min(1, Math.max(0, (pair - low) / span));
			return frequency / factor * interpolated + frequency * (1 - interpolated);
		}),
		amplitude: yarnAmplitude(section, factor)
	};
}
function yarnAmplitude(section, factor) {
	const magnitude = (weight) => factor <= 1 ? 1 : .1 * weight * Math.log(factor) + 1;
	const given = section.numberOrNull("attention_factor", 0, GREATEST_FACTOR, null);
	const mscale = section.number("mscale", 0, GREATEST_FACTOR, 0);
	const mscaleAll = section.number("mscale_all_dim", 0, GREATEST_FACTOR, 0);
	if (given !== null) return given;
	return mscale > 0 && mscaleAll > 0 ? magnitude(mscale) / magnitude(mscaleAll) : magnitude(1);
}
/** LongRoPE: a factor per pair, one list for short and one for long sequences, and a factor on cos and sin. */
function longrope(size, base, section, positions) {
	const stored = section.count("original_max_position_embeddings", MOST_POSITIONS, positions.most);
	const original = positions.original ?? stored;
	const ratio = positions.most / original;
	const stretched = section.number("factor", 0, GREATEST_FACTOR, ratio);
	const factor = positions.original === null ? stretched : ratio;
	const short = section.numbers("short_factor", size / 2, 1e-6, GREATEST_FACTOR);
	const long = section.numbers("long_factor", size / 2, 1e-6, GREATEST_FACTOR);
	const perPair = positions.length > original ? long : short;
	const recommended = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
	return {
		size,
		pairing: "half",
		inverseFrequency: plainFrequencies(size, base).map((frequency, pair) => frequency / (perPair[pair] ?? 1)),
		amplitude: section.number("attention_factor", 0, GREATEST_FACTOR, recommended)
	};
}
/** `rope_type`, or `type` in older files; transformers 4 prefers the one and 5 the other, so both must agree. */
function readKind(section, kinds) {
	const kind = section.choice("rope_type", kinds, "default");
	if (!section.has("type")) return kind;
	const older = section.choice("type", kinds, "default");
	if (section.has("rope_type") && older !== kind) throw section.unsupported("type", "the same as rope_type");
	return older;
}
/**
* The rotary embedding of one kind of layer.
*
* @param section the config's rope section, null: no scaling
* Errors: an unknown rope type, a factor missing or out of range, naming the key.
*/
function rotary(size, base, positions, section, kinds = KINDS) {
	const plain = plainFrequencies(size, base);
	const scaled = (inverseFrequency) => ({
		size,
		pairing: "half",
		inverseFrequency,
		amplitude: 1
	});
	if (section === null) return scaled(plain);
	switch (readKind(section, kinds)) {
		case "default": return scaled(plain);
		case "linear": {
			const factor = factorOf(section);
			return scaled(plain.map((frequency) => frequency / factor));
		}
		case "dynamic":
			factorOf(section);
			return scaled(plain);
		case "llama3": return scaled(llama3Frequencies(plain, section, positions.most));
		case "yarn": return yarn(size, base, section, positions);
		case "longrope": return longrope(size, base, section, positions);
	}
}
// src/models/families/llama-like.ts
/** Rotation of whole heads; base and scaling from the config. */
function wholeHeadRotary(input, shape) {
	const { config, length } = input;
	config.only("partial_rotary_factor", 1);
	const section = ropeSection(config);
	section?.only("partial_rotary_factor", 1);
	const original = config.countOrNull("original_max_position_embeddings", MOST_POSITIONS, null);
	return rotary(rotarySize(config, "head_dim", 1, shape.headSize), ropeBase(config, section, "rope_theta", 1e4), {
		length,
		most: shape.maxPositions,
		original
	}, section);
}
function llamaLike(input, variant) {
	const { config } = input;
	const { shape, windows, qkNorm } = variant;
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		rotary: wholeHeadRotary(input, shape),
		qkNorm
	};
	const mlp = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: variant.family,
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-6),
				gainOffset: 0
			},
			blocks: windows.map((window) => ({
				layout: "sequential",
				attention: {
					...attention,
					window
				},
				mlp
			})),
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, "lm_head", shape, config.flag("tie_word_embeddings", false)),
			positions: null,
			blocks: perBlock(shape, (layer) => {
				const block = `${prefix}layers.${layer}`;
				return {
					...preNorms(block, shape),
					...separateAttention(block, shape, {
						qkv: variant.qkvBias,
						output: variant.outputBias
					}),
					...qkNorms(block, shape, qkNorm),
					...gatedMlp(block, shape, variant.mlpBias)
				};
			})
		}
	};
}
// src/models/families/gemma.ts
const DEFAULTS$7 = {
	n_vocab: 256e3,
	d_model: 3072,
	layers: 28,
	heads: 16,
	kvHeads: 16,
	headSize: 256,
	d_mlp: 24576,
	maxPositions: 8192
};
const GEMMA_ACTIVATIONS = new Map([...ACTIVATIONS, ["gelu", "gelu_tanh"]]);
function gemma(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$7);
	config.only("use_bidirectional_attention", false);
	const legacy = config.choice("hidden_act", GEMMA_ACTIVATIONS, "gelu_pytorch_tanh");
	const activation = config.has("hidden_activation") ? config.choice("hidden_activation", ACTIVATIONS, "gelu_pytorch_tanh") : legacy;
	config.value("hidden_activation");
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: wholeHeadRotary(input, shape),
		qkNorm: "none"
	};
	const mlp = {
		gated: true,
		activation,
		size: shape.d_mlp
	};
	const bias = config.flag("attention_bias", false);
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: "gemma",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: Math.sqrt(shape.d_model),
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-6),
				gainOffset: 1
			},
			blocks: perBlock(shape, () => ({
				layout: "sequential",
				attention,
				mlp
			})),
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, "lm_head", shape, config.flag("tie_word_embeddings", true)),
			positions: null,
			blocks: perBlock(shape, (layer) => {
				const block = `${prefix}layers.${layer}`;
				return {
					...preNorms(block, shape),
					...separateAttention(block, shape, {
						qkv: bias,
						output: bias
					}),
					...qkNorms(block, shape, "none"),
					...gatedMlp(block, shape, false)
				};
			})
		}
	};
}
// src/models/families/gemma-sandwich.ts
/** Caps in use: 30 and 50. */
const GREATEST_SOFTCAP = 1e6;
/** Scalars in use: 144 to 256. */
const GREATEST_SCALAR = 1e6;
/** query_pre_attn_scalar^−½ */
function readAttentionScale({ config }) {
	return config.number("query_pre_attn_scalar", 1e-6, GREATEST_SCALAR, 256) ** -.5;
}
function gemmaSandwich(input, variant) {
	const { config } = input;
	const { shape, prefix } = variant;
	config.only("use_bidirectional_attention", false);
	const activation = config.choice("hidden_activation", ACTIVATIONS, "gelu_pytorch_tanh");
	config.value("hidden_act");
	const mlp = {
		gated: true,
		activation,
		size: shape.d_mlp
	};
	const bias = config.flag("attention_bias", false);
	const qkNorm = variant.attention[0]?.qkNorm ?? "none";
	return {
		spec: {
			family: variant.family,
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: Math.sqrt(shape.d_model),
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-6),
				gainOffset: 1
			},
			blocks: variant.attention.map((attention) => ({
				layout: "sequential",
				attention,
				mlp
			})),
			logitSoftcap: variant.logitSoftcap
		},
		weights: {
			...ends(prefix, variant.head, shape, variant.tied),
			positions: null,
			blocks: perBlock(shape, (layer) => {
				const block = `${prefix}layers.${layer}`;
				return {
					...sandwichNorms(block, shape),
					...separateAttention(block, shape, {
						qkv: bias,
						output: bias
					}),
					...qkNorms(block, shape, qkNorm),
					...gatedMlp(block, shape, false)
				};
			})
		}
	};
}
// src/models/families/layer-windows.ts
const LAYER_TYPES = /* @__PURE__ */ new Map([["full_attention", false], ["sliding_attention", true]]);
/** Per block: does it slide? `layer_types` where it is given, else the rule. */
function slidingLayers(config, layers, slides) {
	return config.choices("layer_types", layers, LAYER_TYPES) ?? Array.from({ length: layers }, (_, layer) => slides(layer));
}
/**
* Per block: the window (keys visible, the query's own included) or null for all. transformers' masking_utils:
* key j is visible to query i iff i − window < j ≤ i.
*
* Errors: a block slides and `sliding_window` is null.
*/
function layerWindows(config, sliding, fallback) {
	const window = config.countOrNull("sliding_window", MOST_POSITIONS, fallback);
	if (window === null && sliding.includes(true)) throw config.unsupported("sliding_window", "an integer, since some layers are sliding_attention");
	return sliding.map((slides) => slides ? window : null);
}
// src/models/families/gemma2.ts
const DEFAULTS$6 = {
	n_vocab: 256e3,
	d_model: 2304,
	layers: 26,
	heads: 8,
	kvHeads: 4,
	headSize: 256,
	d_mlp: 9216,
	maxPositions: 8192
};
/** Attention of each block. */
function gemma2Attention(input, shape) {
	const { config } = input;
	const rotary = wholeHeadRotary(input, shape);
	const scale = readAttentionScale(input);
	const softcap = config.numberOrNull("attn_logit_softcapping", 1e-6, GREATEST_SOFTCAP, 50);
	return layerWindows(config, slidingLayers(config, shape.layers, (layer) => layer % 2 === 0), 4096).map((window) => ({
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale,
		softcap,
		window,
		rotary,
		qkNorm: "none"
	}));
}
function gemma2(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$6);
	return gemmaSandwich(input, {
		family: "gemma2",
		shape,
		attention: gemma2Attention(input, shape),
		logitSoftcap: config.numberOrNull("final_logit_softcapping", 1e-6, GREATEST_SOFTCAP, 30),
		tied: config.flag("tie_word_embeddings", true),
		prefix: bodyPrefix(input),
		head: "lm_head"
	});
}
// src/models/families/gemma3.ts
const DEFAULTS$5 = {
	n_vocab: 262208,
	d_model: 2304,
	layers: 26,
	heads: 8,
	kvHeads: 4,
	headSize: 256,
	d_mlp: 9216,
	maxPositions: 131072
};
/** The rope of sliding or of global blocks. */
function gemma3Rotary(input, shape, slides) {
	const { config, length } = input;
	const stored = config.section("rope_parameters")?.section(slides ? "sliding_attention" : "full_attention") ?? null;
	const scaling = config.section("rope_scaling");
	const section = slides || scaling === null || scaling.isEmpty ? stored : scaling;
	const base = slides ? ropeBase(config, stored, "rope_local_base_freq", 1e4) : ropeBase(config, stored, "rope_theta", 1e6);
	section?.only("partial_rotary_factor", 1);
	return rotary(rotarySize(config, "head_dim", 1, shape.headSize), base, {
		length,
		most: shape.maxPositions,
		original: null
	}, section);
}
/** Every sixth block is global, or every sliding_window_pattern-th, or what layer_types says. */
function gemma3Sliding(config, layers) {
	const key = config.has("_sliding_window_pattern") ? "_sliding_window_pattern" : "sliding_window_pattern";
	const pattern = config.count(key, MOST_LAYERS, 6);
	return slidingLayers(config, layers, (layer) => (layer + 1) % pattern !== 0);
}
function gemma3Attention(input, shape) {
	const { config } = input;
	const sliding = gemma3Sliding(config, shape.layers);
	const windows = layerWindows(config, sliding, 4096);
	const local = gemma3Rotary(input, shape, true);
	const global = gemma3Rotary(input, shape, false);
	const scale = readAttentionScale(input);
	return sliding.map((slides, layer) => ({
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale,
		softcap: null,
		window: windows[layer] ?? null,
		rotary: slides ? local : global,
		qkNorm: "head"
	}));
}
/** The text model: model_type gemma3_text. */
function gemma3Text(input) {
	const { config, names } = input;
	const shape = readShape(config, DEFAULTS$5);
	if (config.has("attn_logit_softcapping")) throw config.unsupported("attn_logit_softcapping", "null");
	config.value("attn_logit_softcapping");
	return gemmaSandwich(input, {
		family: "gemma3_text",
		shape,
		attention: gemma3Attention(input, shape),
		logitSoftcap: config.numberOrNull("final_logit_softcapping", 1e-6, GREATEST_SOFTCAP, null),
		tied: config.flag("tie_word_embeddings", true),
		prefix: names.prefix("embed_tokens.weight", [
			"model.",
			"",
			"language_model.model.",
			"model.language_model."
		]),
		head: names.has("language_model.lm_head.weight") ? "language_model.lm_head" : "lm_head"
	});
}
/** Keys of the image model around the text model. */
const IMAGE_KEYS = [
	"vision_config",
	"mm_tokens_per_image",
	"boi_token_index",
	"eoi_token_index",
	"image_token_index",
	"boi_token_id",
	"eoi_token_id",
	"image_token_id"
];
/** An image model's config: model_type gemma3, the text model's keys under text_config. Images are left out. */
function gemma3(input) {
	const text = input.config.section("text_config");
	if (text === null) throw input.config.unsupported("text_config", "an object with the text model’s keys");
	for (const key of IMAGE_KEYS) input.config.value(key);
	input.config.only("tie_word_embeddings", true);
	return gemma3Text({
		...input,
		config: text
	});
}
// src/models/families/gpt-neo.ts
const LOCAL = /* @__PURE__ */ new Map([["global", false], ["local", true]]);
function readNeoShape(config) {
	const d_model = config.count("hidden_size", WIDEST, 2048);
	const heads = config.count("num_heads", MOST_HEADS, 16);
	return {
		d_model,
		heads,
		kvHeads: heads,
		headSize: dividedHeadSize(config, "num_heads", heads, d_model),
		n_vocab: config.count("vocab_size", MOST_VOCABULARY, 50257),
		layers: config.count("num_layers", MOST_LAYERS, 24),
		d_mlp: config.count("intermediate_size", WIDEST, 4 * d_model),
		maxPositions: config.count("max_position_embeddings", MOST_POSITIONS, 2048)
	};
}
/** attention_types, run-length coded: [[["global", "local"], 12]]; expanded it must name every block. */
function localFromTypes(config, layers) {
	const allowed = `a list of [[words from: global, local], times], ${layers} words in all`;
	const types = config.value("attention_types") ?? [[["global", "local"], layers / 2]];
	if (!Array.isArray(types)) throw config.unsupported("attention_types", allowed);
	const local = [];
	for (const entry of types) {
		const [kinds, times] = Array.isArray(entry) ? entry : [];
		if (!Array.isArray(kinds) || typeof times !== "number" || !(kinds.length > 0)) throw config.unsupported("attention_types", allowed);
		for (let turn = 0; turn < times && local.length <= layers; turn++) for (const kind of kinds.slice(0, MOST_LAYERS)) {
			const slides = typeof kind === "string" ? LOCAL.get(kind) : void 0;
			if (slides === void 0) throw config.unsupported("attention_types", allowed);
			local.push(slides);
		}
	}
	if (local.length !== layers) throw config.unsupported("attention_types", allowed);
	return local;
}
function neoBlocks(config, shape) {
	const window = config.count("window_size", MOST_POSITIONS, 256);
	const local = localFromTypes(config, shape.layers);
	if (config.choices("attention_layers", shape.layers, LOCAL)?.some((slides, layer) => slides !== local[layer])) throw config.unsupported("attention_layers", "what attention_types expands to");
	const activation = config.choice("activation_function", ACTIVATIONS, "gelu_new");
	return local.map((slides) => ({
		layout: "sequential",
		attention: {
			heads: shape.heads,
			kvHeads: shape.heads,
			headSize: shape.headSize,
			scale: 1,
			softcap: null,
			window: slides ? window : null,
			rotary: null,
			qkNorm: "none"
		},
		mlp: {
			gated: false,
			activation,
			size: shape.d_mlp
		}
	}));
}
function neoBlock(block, shape) {
	const d = shape.d_model;
	const attention = `${block}.attn.attention`;
	return {
		preAttention: layerNorm(`${block}.ln_1`, d),
		q: linear(`${attention}.q_proj`, d, d, false),
		k: linear(`${attention}.k_proj`, d, d, false),
		v: linear(`${attention}.v_proj`, d, d, false),
		o: linear(`${attention}.out_proj`, d, d, true),
		qNorm: null,
		kNorm: null,
		postAttention: null,
		preMlp: layerNorm(`${block}.ln_2`, d),
		gate: null,
		up: linear(`${block}.mlp.c_fc`, shape.d_mlp, d, true),
		down: linear(`${block}.mlp.c_proj`, d, shape.d_mlp, true),
		postMlp: null
	};
}
function gptNeo({ config, names }) {
	const shape = readNeoShape(config);
	const prefix = names.prefix("wte.weight", ["transformer.", ""]);
	const embedding = matrix(`${prefix}wte.weight`, shape.n_vocab, shape.d_model);
	const tied = config.flag("tie_word_embeddings", true);
	return {
		spec: {
			family: "gpt_neo",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_epsilon", 1e-5),
				gainOffset: 0
			},
			blocks: neoBlocks(config, shape),
			logitSoftcap: null
		},
		weights: {
			embedding,
			positions: matrix(`${prefix}wpe.weight`, shape.maxPositions, shape.d_model),
			blocks: perBlock(shape, (layer) => neoBlock(`${prefix}h.${layer}`, shape)),
			finalNorm: layerNorm(`${prefix}ln_f`, shape.d_model),
			unembedding: tied ? {
				weight: embedding,
				bias: null
			} : linear("lm_head", shape.n_vocab, shape.d_model, false)
		}
	};
}
// src/models/families/gpt-neox.ts
function readNeoxShape({ config }) {
	const d_model = config.count("hidden_size", WIDEST, 6144);
	const heads = config.count("num_attention_heads", MOST_HEADS, 64);
	return {
		d_model,
		heads,
		kvHeads: heads,
		headSize: dividedHeadSize(config, "num_attention_heads", heads, d_model),
		n_vocab: config.count("vocab_size", MOST_VOCABULARY, 50432),
		layers: config.count("num_hidden_layers", MOST_LAYERS, 44),
		d_mlp: config.count("intermediate_size", WIDEST, 24576),
		maxPositions: config.count("max_position_embeddings", MOST_POSITIONS, 2048)
	};
}
function neoxAttention(input, shape) {
	const { config } = input;
	const section = ropeSection(config);
	const fraction = config.number("rotary_pct", 0, 1, .25);
	const rotated = section?.number("partial_rotary_factor", 0, 1, fraction) ?? fraction;
	return {
		heads: shape.heads,
		kvHeads: shape.heads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: rotary(rotarySize(config, "rotary_pct", rotated, shape.headSize), ropeBase(config, section, "rotary_emb_base", 1e4), {
			length: input.length,
			most: shape.maxPositions,
			original: null
		}, section),
		qkNorm: "none"
	};
}
/** Part 0, 1 or 2 (q, k, v) of each head's 3 · headSize rows. */
function headRows(shape, part) {
	return Array.from({ length: shape.heads }, (_, head) => {
		const start = (3 * head + part) * shape.headSize;
		return [start, start + shape.headSize];
	});
}
function neoxBlock(block, shape, attentionBias) {
	const fused = linear(`${block}.attention.query_key_value`, 3 * shape.d_model, shape.d_model, attentionBias);
	return {
		preAttention: layerNorm(`${block}.input_layernorm`, shape.d_model),
		q: take(fused, headRows(shape, 0)),
		k: take(fused, headRows(shape, 1)),
		v: take(fused, headRows(shape, 2)),
		o: linear(`${block}.attention.dense`, shape.d_model, shape.d_model, attentionBias),
		qNorm: null,
		kNorm: null,
		postAttention: null,
		preMlp: layerNorm(`${block}.post_attention_layernorm`, shape.d_model),
		gate: null,
		up: linear(`${block}.mlp.dense_h_to_4h`, shape.d_mlp, shape.d_model, true),
		down: linear(`${block}.mlp.dense_4h_to_h`, shape.d_model, shape.d_mlp, true),
		postMlp: null
	};
}
function gptNeox(input) {
	const { config, names } = input;
	const shape = readNeoxShape(input);
	const attention = neoxAttention(input, shape);
	const layout = config.flag("use_parallel_residual", true) ? "parallel" : "sequential";
	const mlp = {
		gated: false,
		activation: config.choice("hidden_act", ACTIVATIONS, "gelu"),
		size: shape.d_mlp
	};
	const attentionBias = config.flag("attention_bias", true);
	const prefix = names.prefix("embed_in.weight", ["gpt_neox.", ""]);
	const embedding = matrix(`${prefix}embed_in.weight`, shape.n_vocab, shape.d_model);
	const head = names.has("lm_head.weight") && !names.has("embed_out.weight") ? "lm_head" : "embed_out";
	const unembedding = config.flag("tie_word_embeddings", false) ? {
		weight: embedding,
		bias: null
	} : linear(head, shape.n_vocab, shape.d_model, false);
	return {
		spec: {
			family: "gpt_neox",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: perBlock(shape, () => ({
				layout,
				attention,
				mlp
			})),
			logitSoftcap: null
		},
		weights: {
			embedding,
			positions: null,
			blocks: perBlock(shape, (layer) => neoxBlock(`${prefix}layers.${layer}`, shape, attentionBias)),
			finalNorm: layerNorm(`${prefix}final_layer_norm`, shape.d_model),
			unembedding
		}
	};
}
// src/models/families/gpt2.ts
function readGpt2Shape(config) {
	const d_model = config.count("n_embd", WIDEST, 768);
	const heads = config.count("n_head", MOST_HEADS, 12);
	return {
		d_model,
		heads,
		kvHeads: heads,
		headSize: dividedHeadSize(config, "n_head", heads, d_model),
		n_vocab: config.count("vocab_size", MOST_VOCABULARY, 50257),
		layers: config.count("n_layer", MOST_LAYERS, 12),
		d_mlp: config.count("n_inner", WIDEST, 4 * d_model),
		maxPositions: config.count("n_positions", MOST_POSITIONS, 1024)
	};
}
function gpt2Blocks(config, shape) {
	const scale = config.flag("scale_attn_weights", true) ? shape.headSize ** -.5 : 1;
	const byLayer = config.flag("scale_attn_by_inverse_layer_idx", false);
	config.flag("reorder_and_upcast_attn", false);
	const activation = config.choice("activation_function", ACTIVATIONS, "gelu_new");
	return perBlock(shape, (layer) => ({
		layout: "sequential",
		attention: {
			heads: shape.heads,
			kvHeads: shape.heads,
			headSize: shape.headSize,
			scale: byLayer ? scale / (layer + 1) : scale,
			softcap: null,
			window: null,
			rotary: null,
			qkNorm: "none"
		},
		mlp: {
			gated: false,
			activation,
			size: shape.d_mlp
		}
	}));
}
function gpt2Block(block, shape) {
	const d = shape.d_model;
	const fused = conv1d(`${block}.attn.c_attn`, 3 * d, d);
	return {
		preAttention: layerNorm(`${block}.ln_1`, d),
		q: take(fused, [[0, d]]),
		k: take(fused, [[d, 2 * d]]),
		v: take(fused, [[2 * d, 3 * d]]),
		o: conv1d(`${block}.attn.c_proj`, d, d),
		qNorm: null,
		kNorm: null,
		postAttention: null,
		preMlp: layerNorm(`${block}.ln_2`, d),
		gate: null,
		up: conv1d(`${block}.mlp.c_fc`, shape.d_mlp, d),
		down: conv1d(`${block}.mlp.c_proj`, d, shape.d_mlp),
		postMlp: null
	};
}
function gpt2({ config, names }) {
	const shape = readGpt2Shape(config);
	config.only("n_ctx", shape.maxPositions);
	config.only("add_cross_attention", false);
	const prefix = names.prefix("wte.weight", ["transformer.", ""]);
	const embedding = matrix(`${prefix}wte.weight`, shape.n_vocab, shape.d_model);
	const tied = config.flag("tie_word_embeddings", true);
	return {
		spec: {
			family: "gpt2",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_epsilon", 1e-5),
				gainOffset: 0
			},
			blocks: gpt2Blocks(config, shape),
			logitSoftcap: null
		},
		weights: {
			embedding,
			positions: matrix(`${prefix}wpe.weight`, shape.maxPositions, shape.d_model),
			blocks: perBlock(shape, (layer) => gpt2Block(`${prefix}h.${layer}`, shape)),
			finalNorm: layerNorm(`${prefix}ln_f`, shape.d_model),
			unembedding: tied ? {
				weight: embedding,
				bias: null
			} : linear("lm_head", shape.n_vocab, shape.d_model, false)
		}
	};
}
// src/models/families/harmless-keys.ts
/**
* @file Keys of config.json that say nothing about the forward pass of a frozen causal model in evaluation.
*
* Source: PretrainedConfig of transformers 4.57 and 5.18 (names, generation defaults, training-time dropout), and keys
* that widely used exporters add. `quantization_config` is read where the tensors are unpacked, not here.
*/
const IDENTITY = [
	"architectures",
	"model_type",
	"_name_or_path",
	"name_or_path",
	"transformers_version",
	"auto_map",
	"torch_dtype",
	"dtype",
	"quantization_config",
	"quantization",
	"compression_config",
	"_commit_hash",
	"_attn_implementation_autoset",
	"attn_implementation",
	"_attn_implementation",
	"unsloth_fixed",
	"unsloth_version",
	"mup_config",
	"custom_pipelines"
];
const TOKENS = [
	"bos_token_id",
	"eos_token_id",
	"pad_token_id",
	"sep_token_id",
	"decoder_start_token_id",
	"forced_bos_token_id",
	"forced_eos_token_id",
	"tokenizer_class",
	"prefix",
	"suppress_tokens",
	"begin_suppress_tokens",
	"bad_words_ids"
];
const TRAINING = [
	"initializer_range",
	"initializer_factor",
	"attention_dropout",
	"hidden_dropout",
	"classifier_dropout",
	"resid_pdrop",
	"embd_pdrop",
	"attn_pdrop",
	"resid_dropout",
	"embed_dropout",
	"gradient_checkpointing",
	"pretraining_tp",
	"init_device",
	"finetuning_task",
	"problem_type",
	"id2label",
	"label2id",
	"num_labels",
	"task_specific_params",
	"router_aux_loss_coef"
];
const RUNTIME = [
	"use_cache",
	"cache_implementation",
	"return_dict",
	"output_hidden_states",
	"output_attentions",
	"torchscript",
	"use_bfloat16",
	"tf_legacy_loss",
	"pruned_heads",
	"tie_encoder_decoder",
	"chunk_size_feed_forward",
	"is_decoder",
	"cross_attention_hidden_size",
	"return_dict_in_generate",
	"output_scores",
	"remove_invalid_values",
	"max_length",
	"min_length",
	"do_sample",
	"early_stopping",
	"num_beams",
	"num_beam_groups",
	"diversity_penalty",
	"temperature",
	"top_k",
	"top_p",
	"typical_p",
	"repetition_penalty",
	"length_penalty",
	"no_repeat_ngram_size",
	"encoder_no_repeat_ngram_size",
	"num_return_sequences",
	"exponential_decay_length_penalty",
	"max_memory",
	"bits",
	"use_flash_attn",
	"flash_attn",
	"summary_type",
	"summary_use_proj",
	"summary_activation",
	"summary_proj_to_labels",
	"summary_first_dropout"
];
const HARMLESS_KEYS = /* @__PURE__ */ new Set([
	...IDENTITY,
	...TOKENS,
	...TRAINING,
	...RUNTIME
]);
// src/models/families/llama.ts
const DEFAULTS$4 = {
	n_vocab: 32e3,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 11008,
	maxPositions: 2048
};
function llama(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$4);
	const attentionBias = config.flag("attention_bias", false);
	return llamaLike(input, {
		family: "llama",
		shape,
		qkvBias: attentionBias,
		outputBias: attentionBias,
		mlpBias: config.flag("mlp_bias", false),
		qkNorm: "none",
		windows: perBlock(shape, () => null)
	});
}
// src/models/families/mistral.ts
const DEFAULTS$3 = {
	n_vocab: 32e3,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: 8,
	headSize: null,
	d_mlp: 14336,
	maxPositions: 131072
};
function mistral(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$3);
	config.only("attention_bias", false);
	config.only("mlp_bias", false);
	return llamaLike(input, {
		family: "mistral",
		shape,
		qkvBias: false,
		outputBias: false,
		mlpBias: false,
		qkNorm: "none",
		windows: layerWindows(config, Array.from({ length: shape.layers }, () => config.value("sliding_window") !== null), 4096)
	});
}
// src/models/families/olmo2.ts
const DEFAULTS$2 = {
	n_vocab: 50304,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 11008,
	maxPositions: 2048
};
function olmo2(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$2);
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: wholeHeadRotary(input, shape),
		qkNorm: "full"
	};
	const mlp = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const bias = config.flag("attention_bias", false);
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: "olmo2",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: perBlock(shape, () => ({
				layout: "sequential",
				attention,
				mlp
			})),
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, "lm_head", shape, config.flag("tie_word_embeddings", false)),
			positions: null,
			blocks: perBlock(shape, (layer) => {
				const block = `${prefix}layers.${layer}`;
				return {
					preAttention: null,
					...separateAttention(block, shape, {
						qkv: bias,
						output: bias
					}),
					...qkNorms(block, shape, "full"),
					postAttention: rmsNorm(`${block}.post_attention_layernorm`, shape.d_model),
					preMlp: null,
					...gatedMlp(block, shape, false),
					postMlp: rmsNorm(`${block}.post_feedforward_layernorm`, shape.d_model)
				};
			})
		}
	};
}
// src/models/families/phi3.ts
const DEFAULTS$1 = {
	n_vocab: 32064,
	d_model: 3072,
	layers: 32,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 8192,
	maxPositions: 4096
};
function phi3Rotary({ config, length }, shape) {
	const section = ropeSection(config);
	const stated = config.number("partial_rotary_factor", 0, 1, 1);
	const fraction = section?.number("partial_rotary_factor", 0, 1, stated) ?? stated;
	const original = config.count("original_max_position_embeddings", MOST_POSITIONS, 4096);
	return rotary(rotarySize(config, "partial_rotary_factor", fraction, shape.headSize), ropeBase(config, section, "rope_theta", 1e4), {
		length,
		most: shape.maxPositions,
		original
	}, section, PHI3_KINDS);
}
/** Rows of qkv_proj: all queries, all keys, all values. Rows of gate_up_proj: all gates, all ups. */
function phi3Block(block, shape) {
	const queries = shape.heads * shape.headSize;
	const keys = shape.kvHeads * shape.headSize;
	const qkv = linear(`${block}.self_attn.qkv_proj`, queries + 2 * keys, shape.d_model, false);
	const gateUp = linear(`${block}.mlp.gate_up_proj`, 2 * shape.d_mlp, shape.d_model, false);
	return {
		...preNorms(block, shape),
		q: take(qkv, [[0, queries]]),
		k: take(qkv, [[queries, queries + keys]]),
		v: take(qkv, [[queries + keys, queries + 2 * keys]]),
		o: linear(`${block}.self_attn.o_proj`, shape.d_model, queries, false),
		qNorm: null,
		kNorm: null,
		gate: take(gateUp, [[0, shape.d_mlp]]),
		up: take(gateUp, [[shape.d_mlp, 2 * shape.d_mlp]]),
		down: linear(`${block}.mlp.down_proj`, shape.d_model, shape.d_mlp, false)
	};
}
function phi3(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$1);
	config.only("attention_bias", false);
	config.only("mlp_bias", false);
	config.only("lm_head_bias", false);
	config.only("full_attn_mod", 1);
	config.only("interpolate_factor", 1);
	const slides = config.has("sliding_window");
	const windows = layerWindows(config, perBlock(shape, () => slides), null);
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		rotary: phi3Rotary(input, shape),
		qkNorm: "none"
	};
	const mlp = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: "phi3",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: windows.map((window) => ({
				layout: "sequential",
				attention: {
					...attention,
					window
				},
				mlp
			})),
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, "lm_head", shape, config.flag("tie_word_embeddings", false)),
			positions: null,
			blocks: perBlock(shape, (layer) => phi3Block(`${prefix}layers.${layer}`, shape))
		}
	};
}
// src/models/families/qwen.ts
const DEFAULTS = {
	n_vocab: 151936,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: 32,
	headSize: null,
	d_mlp: 22016,
	maxPositions: 32768
};
/** Blocks from max_window_layers on slide, if use_sliding_window says so; layer_types, where given, decides instead. */
function qwenWindows(config, layers) {
	const enabled = config.flag("use_sliding_window", false);
	const first = config.number("max_window_layers", 0, MOST_LAYERS, 28);
	const sliding = slidingLayers(config, layers, (layer) => enabled && layer >= first);
	if (enabled) return layerWindows(config, sliding, 4096);
	if (sliding.includes(true)) throw config.unsupported("use_sliding_window", "true, since layer_types has sliding layers");
	config.value("sliding_window");
	return sliding.map(() => null);
}
function qwen2(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS);
	config.only("attention_bias", true);
	config.only("use_mrope", false);
	return llamaLike(input, {
		family: "qwen2",
		shape,
		qkvBias: true,
		outputBias: false,
		mlpBias: false,
		qkNorm: "none",
		windows: qwenWindows(config, shape.layers)
	});
}
function qwen3(input) {
	const { config } = input;
	const shape = readShape(config, {
		...DEFAULTS,
		headSize: 128
	});
	const bias = config.flag("attention_bias", false);
	return llamaLike(input, {
		family: "qwen3",
		shape,
		qkvBias: bias,
		outputBias: bias,
		mlpBias: false,
		qkNorm: "head",
		windows: qwenWindows(config, shape.layers)
	});
}
// src/models/families/tensor-names.ts
/**
* @file The prefixes under which the same model is stored by different exporters.
*
* `AutoModel` saves the body alone (`layers.0…`), `AutoModelForCausalLM` puts it into a module (`model.layers.0…`), image
* models nest it once more. The names that are there decide; where they are not known, the commonest prefix is taken.
*/
var TensorNames = class {
	#names;
	constructor(names) {
		this.#names = names;
	}
	has(name) {
		return this.#names.has(name);
	}
	/** Nothing is known of what is stored. */
	get isEmpty() {
		return this.#names.size === 0;
	}
	[Symbol.iterator]() {
		return this.#names[Symbol.iterator]();
	}
	/** The first prefix with which the probe exists; none does: the first, so that the error names the usual tensor. */
	prefix(probe, prefixes) {
		return prefixes.find((prefix) => this.#names.has(prefix + probe)) ?? prefixes[0];
	}
};
// src/models/families/unread-tensors.ts
/** Buffers that checkpoints carry along and that are computed, not learned. */
const BUFFERS = /(?:^|\.)(?:rotary_emb\.(?:inv_freq|cos_cached|sin_cached)|(?:attention|attn)\.(?:bias|masked_bias))$/;
/** Parts of a model beside its text decoder: `_keys_to_ignore_on_load_unexpected` of transformers, and Gemma 3's images. */
const BESIDE = /^(?:model\.)?(?:vision\w*|multi_modal_projector|mtp\w*)\./;
/** Scales of the key/value cache and of attention's products; quantizing these is not simulated (the packing says so). */
const CACHE_SCALES = /(?:^|[._])(?:k|v|kv|q|prob|output)_(?:scale|zero_point)$/;
/** What quantizers store beside a weight. Only beside one: a scale by itself (AWQ's act.scales) changes the model. */
const PART = /^(.+)\.(?:(?:weight|input|output)_\w+|weight\..+|scales?|zeros?|zero_point|qzeros|g_idx|perm|SCB|\w+_quantizer\..+)$/;
/** Names that are shown; the others are counted. */
const SHOWN_NAMES = 3;
function unreadTensors(weights, names) {
	const { weight, bias } = weights.unembedding;
	const read = new Set([
		...allRefs(weights),
		weight,
		...bias === null ? [] : [bias]
	].map((ref) => ref.tensor));
	const unread = [...names].filter((name) => !read.has(name) && !isLeftOut(name, names));
	const blocks = new Set(weights.blocks.map(({ o }) => blockOf(o.weight.tensor)));
	const inBlocks = unread.filter((name) => blocks.has(blockOf(name)));
	const others = unread.filter((name) => !inBlocks.includes(name));
	return {
		inBlocks,
		warnings: others.length === 0 ? [] : [othersWarning(others)]
	};
}
/** `model.layers.3.` of `model.layers.3.mlp.up_proj.weight`; the name itself where it has no number. */
function blockOf(name) {
	return /^.*?\.\d+\./.exec(name)?.[0] ?? name;
}
function isLeftOut(name, names) {
	if (BUFFERS.test(name) || BESIDE.test(name) || CACHE_SCALES.test(name)) return true;
	const module = PART.exec(name)?.[1];
	return module !== void 0 && names.has(`${module}.weight`);
}
function othersWarning(unread) {
	const shown = unread.slice(0, SHOWN_NAMES).join(", ");
	const more = unread.length > SHOWN_NAMES ? ", …" : "";
	return `${unread.length} ${unread.length === 1 ? "tensor is" : "tensors are"} not read: ${shown}${more}`;
}
// src/models/families/index.ts
/**
* @file From a Hugging Face config to the decoder it describes. One entry per model_type.
*
* Adding a family: one file beside this one, one line in FAMILIES, one naive forward pass in test/oracle.
*/
const FAMILIES = /* @__PURE__ */ new Map([
	["gpt2", gpt2],
	["gpt_neo", gptNeo],
	["gpt_neox", gptNeox],
	["llama", llama],
	["mistral", mistral],
	["qwen2", qwen2],
	["qwen3", qwen3],
	["gemma", gemma],
	["gemma2", gemma2],
	["gemma3_text", gemma3Text],
	["gemma3", gemma3],
	["phi3", phi3],
	["olmo2", olmo2]
]);
/** model_type of every family that can be run. */
const knownFamilies = [...FAMILIES.keys()];
function describeWarnings(config, decoder) {
	const keys = config.unreadKeys(HARMLESS_KEYS).map((key) => `config key ${key} is not known and was ignored`);
	return [...classWarnings(config, decoder.spec.family), ...keys];
}
/**
* The decoder that a config.json describes.
*
* @param length longest sequence that will be run, in positions; selects longrope's short or long factors
* @param tensorNames names in the checkpoint, from which prefixes are found; unknown: the usual ones
* @param spec what to call the model in messages; several may be open
* Errors: FAMILY_UNKNOWN, CONFIG_KEY_MISSING, CONFIG_VALUE_UNSUPPORTED, SEQUENCE_TOO_LONG, TENSORS_UNREAD.
*/
function describeDecoder(config, length, tensorNames = /* @__PURE__ */ new Set(), spec = null) {
	const where = spec === null ? "model config" : `${spec}: model config`;
	const reader = new ConfigReader(config, where);
	const modelType = reader.value("model_type");
	const describe = typeof modelType === "string" ? FAMILIES.get(modelType) : void 0;
	if (!describe) throw familyUnknown(where, JSON.stringify(modelType ?? null).slice(0, 80), knownFamilies);
	const names = new TensorNames(tensorNames);
	const { decoder, warnings } = asStored(describe({
		config: reader,
		length,
		names
	}), names);
	const most = decoder.spec.maxPositions;
	if (most !== null && length > most) throw sequenceTooLong(where, length, most);
	const unread = unreadTensors(decoder.weights, names);
	if (unread.inBlocks.length > 0) {
		const { family } = decoder.spec;
		throw tensorsUnread(where, family, unread.inBlocks, classWarnings(reader, family));
	}
	return {
		...decoder,
		warnings: [
			...describeWarnings(reader, decoder),
			...warnings,
			...unread.warnings
		]
	};
}
// src/onnx/devices/cores.ts
/**
* @file Cores that this process may keep busy: the machine's, or fewer where a container has a quota of processor time. More
* threads than that are all stopped together once the quota of a period is used up, spinning or not.
* https://docs.kernel.org/admin-guide/cgroup-v2.html (cpu.max), https://docs.kernel.org/scheduler/sched-bwc.html (version 1)
*/
const ROOT = "/sys/fs/cgroup";
/** At least one. */
function usableCores() {
	return coresWithin(availableParallelism(), quotas(readText));
}
/** Whole cores within every quota; a part of one is left to the rest of the container. */
function coresWithin(cores, allowed) {
	return Math.max(1, Math.floor(Math.min(cores, ...allowed)));
}
/**
* Quotas that hold for this process, in cores: of its control group and of all above it. `read` gives a file's text, null
* where there is none.
*/
function quotas(read) {
	const own = read("/proc/self/cgroup") ?? "";
	const [, second = "/"] = /^0::(\/.*)$/m.exec(own) ?? [];
	const [, first = "/"] = /^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(\/.*)$/m.exec(own) ?? [];
	const ofSecond = (group) => {
		const [quota = "", period = ""] = (read(join(ROOT, group, "cpu.max")) ?? "").trim().split(/\s+/);
		return coresOf(quota, period);
	};
	const ofFirst = (group) => {
		const file = (name) => read(join(ROOT, "cpu", group, `cpu.cfs_${name}_us`)) ?? "";
		return coresOf(file("quota"), file("period"));
	};
	return [...upwards(second).map(ofSecond), ...upwards(first).map(ofFirst)].filter((cores) => cores !== null);
}
/** A group and those above it. A container sees its own group as the root, whatever it is called outside. */
function upwards(group) {
	return group === dirname(group) ? [group] : [group, ...upwards(dirname(group))];
}
/** Microseconds of processor time per microseconds; null: no quota (`max`, −1, or no such file). */
function coresOf(quota, period) {
	const cores = Number.parseInt(quota, 10) / Number.parseInt(period, 10);
	return cores > 0 && Number.isFinite(cores) ? cores : null;
}
function readText(path) {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return null;
	}
}
// src/onnx/graph/protobuf.ts
/** @file The protobuf wire encodings that ONNX needs. https://protobuf.dev/programming-guides/encoding/ */
const utf8 = new TextEncoder();
const WIRE_VARINT = 0;
const WIRE_BYTES = 2;
const WIRE_FIXED32 = 5;
/** A protobuf message under construction. Field numbers are those of onnx.proto. */
var Message = class {
	#parts = [];
	int(field, value) {
		return this.#push(tag(field, WIRE_VARINT), value < 0 ? signedVarint(value) : varint(value));
	}
	float(field, value) {
		const bytes = /* @__PURE__ */ new Uint8Array(4);
		new DataView(bytes.buffer).setFloat32(0, value, true);
		return this.#push(tag(field, WIRE_FIXED32), bytes);
	}
	bytes(field, value) {
		return this.#push(tag(field, WIRE_BYTES), varint(value.byteLength), value);
	}
	string(field, value) {
		return this.bytes(field, utf8.encode(value));
	}
	message(field, value) {
		return this.bytes(field, value.finish());
	}
	finish() {
		return Buffer.concat(this.#parts);
	}
	#push(...parts) {
		this.#parts.push(...parts);
		return this;
	}
};
function tag(field, wireType) {
	return varint(field * 8 + wireType);
}
/** Unsigned LEB128. `>>>` would cut at 32 bits, so this divides. */
function varint(value) {
	if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`varint of ${value}`);
	const bytes = [];
	let rest = value;
	for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(rest % 128 | 128);
	bytes.push(rest);
	return Uint8Array.from(bytes);
}
/** Negative int64: ten bytes of two's complement. */
function signedVarint(value) {
	const bytes = [];
	let rest = BigInt.asUintN(64, BigInt(value));
	for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
	bytes.push(Number(rest));
	return Uint8Array.from(bytes);
}
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
	#scalars = /* @__PURE__ */ new Map();
	#inlineBytes;
	#count = 0;
	/** Initializers of up to `inlineBytes` are written into the model. */
	constructor(inlineBytes = INLINE_BYTES) {
		this.#inlineBytes = inlineBytes;
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
	/** A weight. `data` holds the elements in row-major order; it must outlive the session's creation. */
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
			...this.#outputs.map(({ name }) => name)
		]);
		const graph = new Message();
		for (const node of this.#nodes) graph.message(1, node);
		graph.string(2, "saegate");
		for (const tensor of this.#initializers) graph.message(5, tensor);
		for (const value of this.#inputs) graph.message(11, valueInfo(value));
		for (const value of this.#outputs) graph.message(12, valueInfo(value));
		return {
			bytes: new Message().int(1, IR_VERSION).string(2, "saegate").message(7, graph).message(8, new Message().string(1, "").int(2, OPSET)).message(8, new Message().string(1, "com.microsoft").int(2, CONTRIB_OPSET)).finish(),
			external: this.#external,
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
/** x · sigmoid(x) (ort). */
function silu(g, x) {
	return g.apply("QuickGelu", [x], x, { alpha: float(1) }, "com.microsoft");
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
	const inputs = [
		q,
		k,
		v,
		null,
		null,
		sequence.lastPosition,
		sequence.length
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
	const shape = [dim(x, 0), 1];
	const results = [{
		type: x.type,
		shape
	}, {
		type: "int64",
		shape
	}];
	const [value, index] = g.node("TopK", [x, g.integers([1])], results, { axis: int(-1) });
	if (value === void 0 || index === void 0) throw new Error("TopK has no result");
	return {
		value,
		index
	};
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
* @file Does a device compute what the CPU does? The operators of a decoder block in one small graph, run on both. A driver
* or a kernel that is wrong shows here, before an audit whose figures would look plausible; what differs by rounding only
* passes.
*/
/** Positions and width: more than one step of any kernel, and no whole number of larger ones. */
const ROWS = 72;
const WIDTH = 80;
/** Of the largest value. float32 kernels differ by 1e-6, fast approximations of exp and tanh by 1e-5. */
const TOLERANCE = 1e-4;
const INPUT = "x";
/** What the device computes wrongly; null: nothing, up to rounding. Errors: ENGINE_FAILED. */
async function arithmeticProblem(device) {
	const graph = blockOperators();
	return disagreement(await run(graph, {
		...device,
		kind: "cpu"
	}), await run(graph, device));
}
/** The first output that differs by more than rounding. */
function disagreement(expected, found) {
	for (const [name, right] of expected) {
		const values = found.get(name);
		const size = right.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
		const error = right.reduce((most, x, i) => Math.max(most, Math.abs(x - (values?.[i] ?? NaN))), 0) / size;
		if (!(error <= TOLERANCE)) return `its ${name} differs from the CPU’s by ${error.toExponential(1)} of the largest value, where ${TOLERANCE} is rounding`;
	}
	return null;
}
async function run(graph, device) {
	const session = await createSession(graph, device, "a probe");
	try {
		const data = Float32Array.from({ length: 5760 }, (_, i) => 2 * Math.sin(i * i));
		const result = await session.run({ [INPUT]: {
			type: "float32",
			data,
			dims: [ROWS, WIDTH]
		} });
		return new Map(graph.outputs.map((name) => [name, result.float32(name)]));
	} finally {
		await session.release();
	}
}
function blockOperators() {
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
	return g.build();
}
// src/onnx/devices/device.ts
/**
* @file Which device the graphs run on. A device that was named and is not there is an error; `auto` takes CUDA, then
* the CPU (WebGPU only when named: its kernels round differently from one driver to the next).
*/
/** Choose the device. `bodyType` is the 16-bit type of the checkpoint, used on a GPU. Errors: DEVICE_UNAVAILABLE. */
async function chooseDevice(choice, threads, storedType) {
	const cpu = {
		kind: "cpu",
		threads: threads ?? usableCores(),
		bodyType: "float32"
	};
	if (choice === "cpu") return cpu;
	const kind = choice === "auto" ? "cuda" : choice;
	const { problem } = await probeDevice(kind);
	if (problem === null) return {
		kind,
		threads: cpu.threads,
		bodyType: bodyTypeOn(kind, storedType)
	};
	if (choice === "auto") return cpu;
	throw deviceUnavailable(choice, problem);
}
/** WebGPU has no bfloat16; a float32 checkpoint is rounded to float16 for CUDA's fused attention. */
function bodyTypeOn(kind, stored) {
	if (kind === "webgpu") return "float32";
	return stored === "float32" ? "float16" : stored;
}
/**
* Try to run a one-node graph on a device. On WebGPU, where every driver translates the kernels itself, the operators of a
* decoder must also compute what they do on the CPU.
*/
async function probeDevice(kind) {
	if (kind !== "cpu" && !isBundled(kind)) return {
		kind,
		problem: missingProvider(kind)
	};
	const g = new GraphBuilder();
	const x = g.input("x", "float32", [1]);
	g.output("y", g.apply("LeakyRelu", [x], x, { alpha: float(.5) }));
	try {
		const device = {
			kind,
			threads: 1,
			bodyType: "float32"
		};
		const session = await createSession(g.build(), device, "a probe");
		const result = await session.run({ x: {
			type: "float32",
			data: Float32Array.of(-2),
			dims: [1]
		} });
		await session.release();
		const value = result.float32("y")[0];
		if (value !== -1) return {
			kind,
			problem: `it computed ${value} where −1 is right`
		};
		return {
			kind,
			problem: kind === "webgpu" ? await arithmeticProblem(device) : null
		};
	} catch (cause) {
		return {
			kind,
			problem: cause instanceof Error ? cause.message : String(cause)
		};
	}
}
function isBundled(kind) {
	return knowsProvider(kind) && (kind !== "cuda" || cudaProviderInstalled());
}
function missingProvider(kind) {
	if (kind === "webgpu") return "this build of onnxruntime-node carries no WebGPU provider for this platform";
	return "the CUDA provider of onnxruntime-node is not installed (`saegate setup --cuda` downloads it; Linux x64 only, with an NVIDIA driver, CUDA 12 and cuDNN 9)";
}
// src/errors/compression.ts
/** @file What can be wrong with a compression spec such as `rtn:6` or `prune:0.175`. */
const GRAMMAR = "Write rtn:BITS with BITS 2 to 8 (rtn:6), rtn:BITS,group=N (rtn:4,group=128), or prune:SPARSITY with 0 ≤ SPARSITY < 1 (prune:0.175).";
const compressionSpecMalformed = problem("COMPRESSION_SPEC_MALFORMED", 2, (spec, reason) => ({
	message: `Candidate "${spec}": ${reason}.`,
	fix: GRAMMAR
}));
const compressionMatchUnsupported = problem("COMPRESSION_MATCH_UNSUPPORTED", 2, (spec) => ({
	message: `Candidate "${spec}": pruning matched to another candidate's perplexity is not available yet.`,
	fix: "Name the sparsity instead, for example prune:0.175."
}));
const compressionShapeMismatch = problem("COMPRESSION_SHAPE_MISMATCH", 2, (tensor, found, expected) => ({
	message: `Tensor "${tensor}" has shape [${found.join(", ")}]; compression expected [${expected.join(", ")}].`,
	fix: "Check that config.json belongs to these weights."
}));
// src/compression/spec.ts
/**
* @file What to do to the reference's weights, as the user writes it: `rtn:6`, `rtn:4,group=128`, `prune:0.175`.
*
* A spec that starts with neither `rtn:` nor `prune:` names a checkpoint and is none of this file's business.
*/
/** As the user would write it: `rtn:4,group=128`. */
function compressionText(how) {
	if (how.method === "prune") return `prune:${how.sparsity}`;
	return how.group === null ? `rtn:${how.bits}` : `rtn:${how.bits},group=${how.group}`;
}
/** Two bits leave -2..1, the fewest with a sign and a magnitude; above eight, rounding is not what is being studied. */
const MIN_BITS = 2;
const MAX_BITS = 8;
/**
* Read a candidate spec. Null: not a compression, so a checkpoint.
* Errors: COMPRESSION_SPEC_MALFORMED, COMPRESSION_MATCH_UNSUPPORTED.
*/
function parseCompression(spec) {
	const colon = spec.indexOf(":");
	const method = spec.slice(0, Math.max(colon, 0));
	const [value = "", ...options] = spec.slice(colon + 1).split(",");
	if (method === "rtn") return parseRoundToNearest(spec, value, options);
	if (method === "prune") return parsePrune(spec, value, options);
	return null;
}
function parseRoundToNearest(spec, value, options) {
	const bits = wholeNumber(value);
	if (bits === null || bits < MIN_BITS || bits > MAX_BITS) throw compressionSpecMalformed(spec, `"${value}" is not a number of bits from ${MIN_BITS} to ${MAX_BITS}`);
	let group = null;
	for (const option of options) {
		const size = option.startsWith("group=") ? wholeNumber(option.slice(6)) : null;
		if (size === null || size < 1) throw compressionSpecMalformed(spec, `"${option}" is not group=N with N 1 or more`);
		if (group !== null) throw compressionSpecMalformed(spec, "group is given twice");
		group = size;
	}
	return {
		method: "rtn",
		bits,
		group
	};
}
function parsePrune(spec, value, options) {
	if (value.startsWith("match=")) throw compressionMatchUnsupported(spec);
	if (options.length > 0) throw compressionSpecMalformed(spec, `prune has no option "${options[0]}"`);
	const sparsity = /^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(value) ? Number(value) : NaN;
	if (!(sparsity >= 0 && sparsity < 1)) throw compressionSpecMalformed(spec, `"${value}" is not a sparsity with 0 ≤ sparsity < 1`);
	return {
		method: "prune",
		sparsity
	};
}
function wholeNumber(text) {
	if (!/^\d{1,9}$/.test(text)) return null;
	return Number(text);
}
// src/contract/activation-quantization.ts
/** The scheme in words, for the report: `int8 dynamic per token`. */
function describeActivations(quantization) {
	const { type, bits, symmetric, strategy, groupSize, dynamic, outlierThreshold, powerOfTwo } = quantization;
	const kind = type === "int" ? `int${bits}` : bits === 8 ? "fp8 e4m3" : "fp4 e2m1";
	const extent = groupSize === null ? strategy : `group of ${groupSize}`;
	const outliers = outlierThreshold === null ? "" : `, outlier columns from ${outlierThreshold} kept`;
	return `${kind} ${dynamic ? "dynamic" : "static"} per ${extent}${symmetric ? "" : ", asymmetric"}${powerOfTwo ? ", scales powers of two" : ""}${outliers}`;
}
// src/audit/subjects/activations.ts
/** By the name of the weight tensor, as the graph builder looks it up. */
function activationsByWeight(checkpoint) {
	const declared = checkpoint.packed?.activations ?? /* @__PURE__ */ new Map();
	return new Map([...declared].map(([module, quantization]) => [`${module}.weight`, quantization]));
}
/** `int8 dynamic per token (24 layers)`; null where nothing is declared. */
function activationsInWords$1(checkpoint, activations) {
	const counts = /* @__PURE__ */ new Map();
	for (const quantization of checkpoint.packed?.activations.values() ?? []) {
		const words = describeActivations(quantization);
		counts.set(words, (counts.get(words) ?? 0) + 1);
	}
	if (counts.size === 0) return null;
	return `${[...counts].map(([words, layers]) => `${words} (${layers} layer${layers === 1 ? "" : "s"})`).join(", ")}${activations === "ignore" ? "; ignored (--activations ignore)" : ""}`;
}
// src/audit/subjects/decoder.ts
/**
* Its warnings are all that can be said without a reference: of the config, and of how the weights are stored.
*
* @param length longest sequence that will be run
* Errors: those of describeDecoder, WEIGHT_MISSING, WEIGHT_SHAPE.
*/
function decoderOf(checkpoint, length) {
	const stored = [...checkpoint.tensors.entries.keys()];
	const names = new Set(stored.filter((name) => !checkpoint.redundant.has(name)));
	const decoder = describeDecoder(checkpoint.config, length, names, checkpoint.spec);
	const { unembedding } = decoder.weights;
	const refs = [...allRefs(decoder.weights), unembedding.weight];
	if (unembedding.bias !== null) refs.push(unembedding.bias);
	checkShapes(checkpoint.tensors, refs, checkpoint.spec);
	return {
		...decoder,
		warnings: [...decoder.warnings, ...checkpoint.warnings]
	};
}
// src/audit/subjects/open-source.ts
/** @file The one door of an audit to its inputs: local paths and `hf:` specs, with the progress of downloads. */
/** Tokens of the longest sequence that is run. */
function longestSequence({ corpus, perplexity }) {
	return Math.max(corpus.blockLength, perplexity.sliding?.window ?? corpus.blockLength);
}
/**
* How the Hub is reached comes from the environment (see hub-settings.ts); SAEGATE_CACHE, which the action sets to a
* folder that it keeps between runs, stands before HF_HUB_CACHE. Errors: HUB_SETTING_INVALID.
*/
function sourceOpener(environment, onProgress) {
	const cache = environment.SAEGATE_CACHE?.trim();
	const hub = {
		...hubSettings(cache ? {
			...environment,
			HF_HUB_CACHE: cache
		} : environment),
		onProgress: ({ file, receivedBytes, totalBytes }) => onProgress({
			stage: `download ${file}`,
			done: receivedBytes,
			total: totalBytes,
			unit: "bytes",
			overall: 0
		})
	};
	return (spec) => openParts(spec, (place) => openFiles(place, hub));
}
/** One part of a split GGUF stands for all: its folder, of which only the parts are seen. */
async function openParts(spec, open) {
	const slash = spec.lastIndexOf("/");
	const file = spec.slice(slash + 1);
	if (!/-\d{5}-of-\d{5}\.gguf$/.test(file)) return await open(spec);
	const files = await open(slash < 0 ? "." : spec.slice(0, slash) || "/");
	if (!files.has(file)) {
		await files.close();
		return await open(spec);
	}
	const parts = ggufPartNames(file).filter((name) => files.has(name));
	return {
		spec,
		revision: files.revision,
		names: parts,
		has: (name) => parts.includes(name),
		open: (name) => files.open(name),
		localPath: (name) => files.localPath(name),
		close: () => files.close()
	};
}
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
		case "hook_attn_out":
		case "hook_mlp_out":
		case "attn.hook_z": throw onnxTapHook(file, hookName(hook), "only the residual stream is found in ONNX models");
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
			sha256: () => joinedSha256(digested, names),
			fileDigests: async () => Object.fromEntries(await Promise.all(names.map(async (name) => [name, await digested.sha256(name)]))),
			close: async () => {
				await around?.close();
			}
		};
	} catch (error) {
		await around?.close();
		throw error;
	}
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
	if (!isHubSpec(spec)) return dirname(localPath(file) ?? spec);
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
export { reduceMax as $, clip as A, blockRange as At, gemm as B, hookName as Bt, parseCompression as C, usableCores as Ct, abs as D, asFloat32 as Dt, probeDevice as E, requireMemory as Et, firstAxisSum as F, sumName as Ft, logSoftmax as G, tokensDiffer as Gt, greater as H, activationGroups as Ht, firstOfLast as I, wholeBody as It, min as J, matMul as K, firstRows as L, targetInputName as Lt, concat as M, checkProgram as Mt, div as N, hookWidth as Nt, add as O, programRefs as Ot, exp as P, programParts as Pt, range as Q, gather as R, targets as Rt, compressionText as S, Message as St, chooseDevice as T, availableMemory as Tt, jumpRelu as U, hookMissing as Ut, gemmPlain as V, parseHookPoint as Vt, less as W, modelsDiffer as Wt, outerAdd as X, mul as Y, padLast as Z, longestSequence as _, rotaryEmbedding as _t, typeText as a, sign as at, activationsByWeight as b, float as bt, Wire as c, split as ct, onnxLastLogits as d, top1 as dt, reduceMin as et, onnxRefused as f, transpose as ft, elementName as g, layer_ops_exports as gt, elementBits as h, layerNormalization as ht, feeds as i, rowSums as it, columns as j, bodyBytes as jt, cast as k, weightReader as kt, onnxFixedLength as l, sub as lt, onnxTapHook as m, groupQueryAttention as mt, openUserModel as n, reshape as nt, hasRunRanges as o, slice as ot, onnxShape as p, where as pt, max as q, tapOf as r, round as rt, isQuantized as s, softmax as st, findOnnx as t, relu as tt, onnxFusedAttention as u, tanh as ut, sourceOpener as v, simplifiedLayerNormalization as vt, compressionShapeMismatch as w, knownFamilies as wt, activationsInWords$1 as x, int as xt, decoderOf as y, GraphBuilder as yt, gatherElements as z, HOOK_NAMES as zt };
