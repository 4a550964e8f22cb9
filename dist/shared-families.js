import { i as problem } from "./shared-problem.js";
import { t as allRefs } from "./shared-weight-reader.js";
// src/errors/models.ts
/**
* @file What can be wrong with a model's config.json: a family or a value that we do not know how to compute. `where`: the
* model's spec and "model config"; an audit has several.
*/
const familyUnknown = problem("FAMILY_UNKNOWN", 2, (where, found, known) => ({
	message: `${where}: model_type is ${found}; known families: ${known.join(", ")}.`,
	fix: "Use a checkpoint of a known family, or export the model to ONNX and give that file."
}));
/** `missing` ends the sentence "it has …". */
const familyRefused = problem("FAMILY_REFUSED", 2, (where, found, models, missing) => ({
	message: `${where}: model_type is "${found}" (${models}), which cannot be run: it has ${missing}.`,
	fix: "Use a checkpoint of a family that runs (`saegate doctor --families` lists them), or export the model to ONNX and give that file as a candidate."
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
	fix: `Choose a --block-length and a sliding window of at most ${most}.`
}));
/** Most names that are shown. */
const SHOWN_TENSORS = 4;
/** `pairs`: the name that would be read, and the other one. */
const tensorsTwice = problem("TENSORS_TWICE", 2, (where, pairs) => ({
	message: `${where}: ${pairs.length} ${pairs.length === 1 ? "tensor of its blocks is" : "tensors of its blocks are"} stored twice, under two prefixes: ${pairs[0]?.read} and ${pairs[0]?.other}. Which of the two a runtime loads is not known, so neither can be judged.`,
	fix: "Save the model again with one of the two (a quantizer that added what it took for missing leaves both), and audit that."
}));
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
/** `NAME.weight` [size] of a layer norm that has no bias: the decoder's norm kind tells it from an RMS norm. */
const layerNormWithoutBias = rmsNorm;
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
	const { k: ownKeys, v: ownValues } = block;
	const [q, k, v] = ownKeys === null || ownValues === null ? [
		block.q,
		ownKeys,
		ownValues
	] : fused([
		block.q,
		ownKeys,
		ownValues
	], ["q_proj", "qkv_proj"], names, warnings);
	const { gate, up } = block;
	const [storedGate, storedUp] = gate === null || up === null ? [gate, up] : fused([gate, up], ["gate_proj", "gate_up_proj"], names, warnings);
	return {
		...block,
		q: q ?? block.q,
		k: k ?? ownKeys,
		v: v ?? ownValues,
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
	return {
		...readSizes(config, defaults),
		d_mlp: config.count("intermediate_size", WIDEST, defaults.d_mlp)
	};
}
/** The same where MLPs differ from block to block. */
function readSizes(config, defaults) {
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
		maxPositions: config.count("max_position_embeddings", MOST_POSITIONS, defaults.maxPositions)
	};
}
/** Epsilon of a norm. */
function readEpsilon(config, key, fallback) {
	return config.number(key, 0, 1, fallback);
}
// src/models/families/layer-windows.ts
const LAYER_TYPES$1 = /* @__PURE__ */ new Map([["full_attention", false], ["sliding_attention", true]]);
/** Per block: does it slide? `layer_types` where it is given, else the rule. */
function slidingLayers(config, layers, slides) {
	return config.choices("layer_types", layers, LAYER_TYPES$1) ?? Array.from({ length: layers }, (_, layer) => slides(layer));
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
	if (kind === "none" || kind === "layer") return {
		qNorm: null,
		kNorm: null
	};
	const norm = (name, heads) => rmsNorm(`${block}.self_attn.${name}`, kind === "full" ? heads * shape.headSize : shape.headSize);
	return {
		qNorm: norm("q_norm", shape.heads),
		kNorm: norm("k_norm", shape.kvHeads)
	};
}
/** Where the body's tensors begin; the last two in checkpoints of image models, as transformers before and from 4.52 names them. */
function bodyPrefix(input) {
	return input.names.prefix("embed_tokens.weight", [
		"model.",
		"",
		"language_model.model.",
		"model.language_model."
	]);
}
/** Module of the unembedding; image models had it inside the text model. */
function headModule(input) {
	return input.names.has("language_model.lm_head.weight") ? "language_model.lm_head" : "lm_head";
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
/** Qwen's image models rotate some pairs by a token's time, height or width in an image; of text the three are its position. */
const IMAGE_KINDS = new Map([...KINDS, ["mrope", "default"]]);
/** Bases in use run from 10,000 to 10⁹. */
const LEAST_BASE = 2;
const GREATEST_BASE = 0xe8d4a51000;
/** Factors in use run from 1 to 128; longrope's per-pair factors reach about 65. */
const GREATEST_FACTOR$2 = 1e6;
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
	return section.number("factor", 1, GREATEST_FACTOR$2);
}
/** Llama 3.1: long waves slowed by the factor, short ones kept, a linear blend between. */
function llama3Frequencies(plain, section, most) {
	const factor = factorOf(section);
	const low = section.number("low_freq_factor", 0, GREATEST_FACTOR$2);
	const high = section.number("high_freq_factor", 0, GREATEST_FACTOR$2);
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
	const fast = section.number("beta_fast", .001, GREATEST_FACTOR$2, 32);
	const slow = section.number("beta_slow", .001, GREATEST_FACTOR$2, 1);
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
	const given = section.numberOrNull("attention_factor", 0, GREATEST_FACTOR$2, null);
	const mscale = section.number("mscale", 0, GREATEST_FACTOR$2, 0);
	const mscaleAll = section.number("mscale_all_dim", 0, GREATEST_FACTOR$2, 0);
	if (given !== null) return given;
	return mscale > 0 && mscaleAll > 0 ? magnitude(mscale) / magnitude(mscaleAll) : magnitude(1);
}
/** LongRoPE: a factor per pair, one list for short and one for long sequences, and a factor on cos and sin. */
function longrope(size, base, section, positions) {
	const stored = section.count("original_max_position_embeddings", MOST_POSITIONS, positions.most);
	const original = positions.original ?? stored;
	const ratio = positions.most / original;
	const stretched = section.number("factor", 0, GREATEST_FACTOR$2, ratio);
	const factor = positions.original === null ? stretched : ratio;
	const short = section.numbers("short_factor", size / 2, 1e-6, GREATEST_FACTOR$2);
	const long = section.numbers("long_factor", size / 2, 1e-6, GREATEST_FACTOR$2);
	const perPair = positions.length > original ? long : short;
	const recommended = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
	return {
		size,
		pairing: "half",
		inverseFrequency: plainFrequencies(size, base).map((frequency, pair) => frequency / (perPair[pair] ?? 1)),
		amplitude: section.number("attention_factor", 0, GREATEST_FACTOR$2, recommended)
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
function wholeHeadRotary(input, shape, base = 1e4, kinds = void 0) {
	const { config, length } = input;
	config.only("partial_rotary_factor", 1);
	const section = ropeSection(config);
	section?.only("partial_rotary_factor", 1);
	const original = config.countOrNull("original_max_position_embeddings", MOST_POSITIONS, null);
	return rotary(rotarySize(config, "head_dim", 1, shape.headSize), ropeBase(config, section, "rope_theta", base), {
		length,
		most: shape.maxPositions,
		original
	}, section, kinds);
}
function llamaLike(input, variant) {
	const { config } = input;
	const { shape, windows, qkNorm, rotated } = variant;
	const none = {
		embeddingScale: 1,
		residualScale: 1,
		logitScale: 1,
		attentionScale: shape.headSize ** -.5
	};
	const { attentionScale, ...scales } = variant.factors ?? none;
	const rotary = wholeHeadRotary(input, shape, variant.ropeBase, variant.ropeKinds);
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: attentionScale,
		softcap: null,
		qkNorm,
		...variant.queryGrowth === void 0 ? {} : { queryGrowth: variant.queryGrowth }
	};
	const usual = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const prefix = bodyPrefix(input);
	const mlps = perBlock(shape, (layer) => {
		const block = `${prefix}layers.${layer}`;
		if (variant.mlp !== void 0) return variant.mlp(block, layer);
		return {
			spec: usual,
			weights: gatedMlp(block, shape, variant.mlpBias)
		};
	});
	return {
		spec: {
			family: variant.family,
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			...scales,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", variant.epsilon ?? 1e-6),
				gainOffset: 0
			},
			blocks: windows.map((window, layer) => ({
				layout: "sequential",
				attention: {
					...attention,
					window,
					rotary: rotated?.[layer] === false ? null : rotary
				},
				mlp: mlps[layer]?.spec ?? usual
			})),
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, headModule(input), shape, config.flag("tie_word_embeddings", variant.tied ?? false)),
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
					...mlps[layer]?.weights ?? gatedMlp(block, shape, variant.mlpBias),
					...variant.sinks === true ? { sinks: vector(`${block}.self_attn.sinks`, shape.heads) } : {}
				};
			})
		}
	};
}
// src/models/families/cohere.ts
const DEFAULTS$20 = {
	n_vocab: 256e3,
	d_model: 8192,
	layers: 40,
	heads: 64,
	kvHeads: null,
	headSize: null,
	d_mlp: 22528,
	maxPositions: 8192
};
/** Factors in use run from 1/16 to 1. */
const LEAST_LOGIT_SCALE = 1e-6;
const GREATEST_LOGIT_SCALE = 1e6;
function cohere(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$20);
	return cohereDecoder(input, shape, {
		family: "cohere",
		windows: perBlock(shape, () => null),
		rotated: perBlock(shape, () => true),
		hasHeadNorms: config.flag("use_qk_norm", false)
	});
}
function cohere2(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$20);
	config.only("use_qk_norm", false);
	const slides = cohere2Sliding(config, shape.layers);
	return cohereDecoder(input, shape, {
		family: "cohere2",
		windows: layerWindows(config, slides, 4096),
		rotated: slides,
		hasHeadNorms: false
	});
}
function cohereDecoder(input, shape, version) {
	const { config } = input;
	const { family, windows, rotated, hasHeadNorms } = version;
	readFixed$2(config);
	const rotary = {
		...wholeHeadRotary(input, shape),
		pairing: "interleaved"
	};
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		qkNorm: hasHeadNorms ? "layer" : "none"
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
			family,
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: windows.map((window, layer) => ({
				layout: "parallel",
				attention: {
					...attention,
					window,
					rotary: rotated[layer] === true ? rotary : null
				},
				mlp
			})),
			logitScale: config.number("logit_scale", LEAST_LOGIT_SCALE, GREATEST_LOGIT_SCALE, .0625),
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, headModule(input), shape, config.flag("tie_word_embeddings", true)),
			positions: null,
			blocks: perBlock(shape, (layer) => ({
				...cohereBlock(`${prefix}layers.${layer}`, shape, bias),
				...hasHeadNorms ? headNorms(`${prefix}layers.${layer}.self_attn`, shape) : {}
			})),
			finalNorm: layerNormWithoutBias(`${prefix}norm`, shape.d_model)
		}
	};
}
/** A gain for each dimension of each head: [heads, headSize]. */
function headNorms(attention, shape) {
	const norm = (name, heads) => ({
		gain: matrix(`${attention}.${name}.weight`, heads, shape.headSize),
		bias: null
	});
	return {
		qNorm: norm("q_norm", shape.heads),
		kNorm: norm("k_norm", shape.kvHeads)
	};
}
function cohereBlock(block, shape, bias) {
	const norm = layerNormWithoutBias(`${block}.input_layernorm`, shape.d_model);
	return {
		preAttention: norm,
		...separateAttention(block, shape, {
			qkv: bias,
			output: bias
		}),
		qNorm: null,
		kNorm: null,
		postAttention: null,
		preMlp: norm,
		...gatedMlp(block, shape, false),
		postMlp: null
	};
}
/** Every fourth block is global, or every sliding_window_pattern-th, or what layer_types says. */
function cohere2Sliding(config, layers) {
	const key = config.has("_sliding_window_pattern") ? "_sliding_window_pattern" : "sliding_window_pattern";
	const pattern = config.count(key, MOST_LAYERS, 4);
	config.only("layer_switch", pattern);
	return slidingLayers(config, layers, (layer) => (layer + 1) % pattern !== 0);
}
/** What Cohere's own configs state besides, and transformers takes for granted. */
function readFixed$2(config) {
	config.only("order_of_interleaved_layers", "local_attn_first");
	config.only("position_embedding_type", "rope_gptj");
	config.only("rotary_pct", 1);
	config.only("use_gated_activation", true);
	config.only("use_parallel_block", true);
	for (const key of ["use_embedding_sharing", "use_parallel_embedding"]) config.value(key);
}
// src/models/families/declared-class.ts
/** What may follow a family's name in the name of a class that computes the same: LlamaForCausalLM, GPT2LMHeadModel. */
const ENDINGS = /^(?:text)?(?:model|lmheadmodel|doubleheadsmodel|for\w+)$/;
/** Longest name that is shown. */
const SHOWN = 80;
function classWarnings(config, family) {
	const [declared] = listed(config.value("architectures"));
	const map = config.value("auto_map");
	const own = typeof map === "object" && map !== null ? Object.values(map).flatMap(listed) : [];
	const warnings = [];
	if (declared !== void 0 && !belongs(declared, family)) warnings.push(`config.json names the class ${declared}, which is not run: it is computed as ${family}, its model_type`);
	if (own.length > 0) warnings.push(`config.json names code of its own (${own[0]}), which is not run: it is computed as ${family}, its model_type`);
	return warnings;
}
function belongs(declared, family) {
	const stem = family.replace(/_text$/, "").replaceAll("_", "");
	const name = declared.toLowerCase().replaceAll("_", "");
	return name.startsWith(stem) && ENDINGS.test(name.slice(stem.length));
}
function listed(value) {
	return (Array.isArray(value) ? value : [value ?? null]).filter((item) => typeof item === "string").map((item) => item.slice(0, SHOWN));
}
// src/models/families/falcon.ts
function falcon(input) {
	const { config, names } = input;
	const form = readForm(config);
	const shape = readFalconShape(config, form);
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
		gated: false,
		activation: config.choice("activation", ACTIVATIONS, "gelu"),
		size: shape.d_mlp
	};
	const prefix = names.prefix("word_embeddings.weight", ["transformer.", ""]);
	const embedding = matrix(`${prefix}word_embeddings.weight`, shape.n_vocab, shape.d_model);
	const isTied = config.flag("tie_word_embeddings", true);
	const layout = form.norms === "one after the other" ? "sequential" : "parallel";
	return {
		spec: {
			family: "falcon",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_epsilon", 1e-5),
				gainOffset: 0
			},
			blocks: perBlock(shape, () => ({
				layout,
				attention,
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			embedding,
			positions: null,
			blocks: perBlock(shape, (layer) => falconBlock(`${prefix}h.${layer}`, shape, form)),
			finalNorm: layerNorm(`${prefix}ln_f`, shape.d_model),
			unembedding: isTied ? {
				weight: embedding,
				bias: null
			} : linear("lm_head", shape.n_vocab, shape.d_model, false)
		}
	};
}
function readForm(config) {
	config.only("alibi", false);
	config.value("apply_residual_connection_post_layernorm");
	const isNew = config.flag("new_decoder_architecture", false);
	const isMultiQuery = config.flag("multi_query", true);
	const isParallel = config.flag("parallel_attn", true);
	const bias = config.flag("bias", false);
	if (!isNew) {
		config.only("num_ln_in_parallel_attn", 1);
		return {
			order: isMultiQuery ? "queries first" : "head by head",
			norms: isParallel ? "one for both" : "one after the other",
			bias
		};
	}
	if (!isParallel) throw config.unsupported("parallel_attn", "true with new_decoder_architecture");
	return {
		order: "groups",
		norms: (config.countOrNull("num_ln_in_parallel_attn", 2, 2) ?? 2) === 2 ? "both" : "one for both",
		bias
	};
}
/** Sizes under Falcon's own keys, older spellings (n_layer, n_head) too. */
function readFalconShape(config, { order }) {
	const count = (key, older, most, usual) => config.count(key, most, config.has(older) ? config.count(older, most) : usual);
	const d_model = count("hidden_size", "n_embed", WIDEST, 4544);
	const heads = count("num_attention_heads", "n_head", MOST_HEADS, 71);
	const kvHeads = {
		groups: count("num_kv_heads", "n_head_kv", MOST_HEADS, heads),
		"queries first": 1,
		"head by head": heads
	}[order];
	if (heads % kvHeads !== 0) throw config.unsupported("num_kv_heads", `a divisor of the ${heads} query heads`);
	return {
		d_model,
		heads,
		kvHeads,
		headSize: dividedHeadSize(config, "num_attention_heads", heads, d_model),
		n_vocab: config.count("vocab_size", MOST_VOCABULARY, 65024),
		layers: count("num_hidden_layers", "n_layer", MOST_LAYERS, 32),
		d_mlp: config.countOrNull("ffn_hidden_size", 1048576, null) ?? 4 * d_model,
		maxPositions: config.count("max_position_embeddings", MOST_POSITIONS, 2048)
	};
}
function falconBlock(block, shape, { order, norms, bias }) {
	const { d_model, d_mlp, headSize, heads, kvHeads } = shape;
	const rows = (heads + 2 * kvHeads) * headSize;
	const fused = linear(`${block}.self_attention.query_key_value`, rows, d_model, bias);
	const [first, second] = falconNorms(block, d_model, norms);
	return {
		preAttention: first,
		q: take(fused, headRanges(shape, order, "q")),
		k: take(fused, headRanges(shape, order, "k")),
		v: take(fused, headRanges(shape, order, "v")),
		o: linear(`${block}.self_attention.dense`, d_model, d_model, bias),
		qNorm: null,
		kNorm: null,
		postAttention: null,
		preMlp: second,
		gate: null,
		up: linear(`${block}.mlp.dense_h_to_4h`, d_mlp, d_model, bias),
		down: linear(`${block}.mlp.dense_4h_to_h`, d_model, d_mlp, bias),
		postMlp: null
	};
}
/** In front of attention and of the MLP. */
function falconNorms(block, d_model, norms) {
	const norm = (name) => layerNorm(`${block}.${name}`, d_model);
	switch (norms) {
		case "both": return [norm("ln_attn"), norm("ln_mlp")];
		case "one for both": return [norm("input_layernorm"), norm("input_layernorm")];
		case "one after the other": return [norm("input_layernorm"), norm("post_attention_layernorm")];
	}
}
/** Rows of the fused tensor that are q's, k's or v's, in the order of heads. */
function headRanges({ heads, kvHeads, headSize }, order, part) {
	const share = heads / kvHeads;
	const group = order === "head by head" ? 3 : share + 2;
	const [from, to] = {
		q: [0, group - 2],
		k: [group - 2, group - 1],
		v: [group - 1, group]
	}[part];
	return Array.from({ length: kvHeads }, (_, index) => [(index * group + (from ?? 0)) * headSize, (index * group + (to ?? 0)) * headSize]);
}
// src/models/families/gemma.ts
const DEFAULTS$19 = {
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
	const shape = readShape(config, DEFAULTS$19);
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
			residualScale: 1,
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
			logitScale: 1,
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
			residualScale: 1,
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
			logitScale: 1,
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
// src/models/families/gemma2.ts
const DEFAULTS$18 = {
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
	const shape = readShape(config, DEFAULTS$18);
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
const DEFAULTS$17 = {
	n_vocab: 262208,
	d_model: 2304,
	layers: 26,
	heads: 8,
	kvHeads: 4,
	headSize: 256,
	d_mlp: 9216,
	maxPositions: 131072
};
/** The rope of sliding or of global blocks, of Gemma 3n too. */
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
	const { config } = input;
	const shape = readShape(config, DEFAULTS$17);
	if (config.has("attn_logit_softcapping")) throw config.unsupported("attn_logit_softcapping", "null");
	config.value("attn_logit_softcapping");
	return gemmaSandwich(input, {
		family: "gemma3_text",
		shape,
		attention: gemma3Attention(input, shape),
		logitSoftcap: config.numberOrNull("final_logit_softcapping", 1e-6, GREATEST_SOFTCAP, null),
		tied: config.flag("tie_word_embeddings", true),
		prefix: bodyPrefix(input),
		head: headModule(input)
	});
}
/** Keys of the image model around the text model. */
const IMAGE_KEYS$2 = [
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
	for (const key of IMAGE_KEYS$2) input.config.value(key);
	input.config.only("tie_word_embeddings", true);
	return gemma3Text({
		...input,
		config: text
	});
}
// src/numbers/normal-quantile.ts
/**
* @file The normal distribution's quantiles.
*
* Φ(z) = ½ + φ(z) (z + z³/3 + z⁵/(3·5) + …) (Abramowitz and Stegun, 26.2.11), whose root is found by Newton's steps. To 1e-14 where |z| < 4.
*/
const STEPS = 60;
const TERMS = 400;
/** z with Φ(z) = p, for 0 < p < 1. */
function normalQuantile(p) {
	if (!(p > 0 && p < 1)) throw new RangeError(`no quantile of ${p}`);
	let z = 0;
	for (let step = 0; step < STEPS; step++) {
		const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
		const change = Math.max(-1, Math.min(1, (.5 + density * series(z) - p) / density));
		z -= change;
		if (Math.abs(change) < 1e-15 * Math.max(1, Math.abs(z))) break;
	}
	return z;
}
function series(z) {
	let [term, sum] = [z, z];
	for (let k = 1; k < TERMS && Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
		term *= z * z / (2 * k + 1);
		sum += term;
	}
	return sum;
}
// src/models/families/experts.ts
/** Published: 512 a block. */
const MOST_EXPERTS = 4096;
/** Published: 30,720 in all blocks together. Bounds what a hostile config makes us build. */
const MOST_EXPERTS_IN_ALL = 1 << 17;
/** Errors name the key. */
function readExpertCounts(config, { layers }, { countKey, count: usual, perToken: usualPerToken, perTokenKey = "num_experts_per_tok" }) {
	const count = config.count(countKey, MOST_EXPERTS, usual);
	if (count * layers > MOST_EXPERTS_IN_ALL) throw config.unsupported(countKey, `at most ${MOST_EXPERTS_IN_ALL} experts in all blocks together`);
	for (const key of [
		"output_router_logits",
		"router_jitter_noise",
		"input_jitter_noise"
	]) config.value(key);
	return {
		count,
		perToken: config.count(perTokenKey, count, Math.min(usualPerToken, count))
	};
}
/** One expert's matrices under names of their own: `NAMES` of gate, up and down. */
function singleExpert(module, { d_model, size }, [gate, up, down], bias = false) {
	return {
		gate: linear(`${module}.${gate}`, size, d_model, bias),
		up: linear(`${module}.${up}`, size, d_model, bias),
		down: linear(`${module}.${down}`, d_model, size, bias)
	};
}
/** The rows of gate before those of up in one matrix. */
function expertHalves(module, { d_model, size }) {
	const both = linear(`${module}.gate_up_proj`, 2 * size, d_model, false);
	return {
		gate: take(both, [[0, size]]),
		up: take(both, [[size, 2 * size]]),
		down: linear(`${module}.down_proj`, d_model, size, false)
	};
}
/** A block whose MLP is experts alone. */
function expertsOnly(mlp, experts, router, make) {
	return {
		spec: {
			...mlp,
			gated: true,
			size: 0,
			experts
		},
		weights: {
			gate: null,
			up: null,
			down: null,
			experts: {
				router,
				experts: Array.from({ length: experts.count }, (_, i) => make(i)),
				sharedGate: null
			}
		}
	};
}
// src/models/families/proportional-rope.ts
/** Factors in use: 1 and 8. */
const GREATEST_FACTOR$1 = 1e6;
const isProportional = (section) => section?.value("rope_type") === "proportional";
function readProportion(section) {
	return {
		share: section.number("partial_rotary_factor", 0, 1, 1),
		factor: section.number("factor", 1e-6, GREATEST_FACTOR$1, 1)
	};
}
/** Of whole heads: pairs that stay have frequency 0. */
function proportionalRope(headSize, base, { share, factor }) {
	const turned = Math.floor(share * headSize / 2);
	return {
		size: headSize,
		pairing: "half",
		inverseFrequency: Array.from({ length: headSize / 2 }, (_, pair) => pair < turned ? base ** (-2 * pair / headSize) / factor : 0),
		amplitude: 1
	};
}
// src/models/families/token-vectors.ts
/** Null: `hidden_size_per_layer_input` is 0 or null, so that there are none. */
function readTokenVectors(config, activation) {
	const key = "hidden_size_per_layer_input";
	const isNone = config.value(key) === 0 || config.value(key) === null;
	const n_vocab = config.count("vocab_size_per_layer_input", MOST_VOCABULARY, 262144);
	return isNone ? null : {
		size: config.count(key, WIDEST, 256),
		n_vocab,
		activation
	};
}
/** The table and projection of all blocks. */
function tokenVectorsRef(prefix, shape, spec) {
	const width = shape.layers * spec.size;
	return {
		table: matrix(`${prefix}embed_tokens_per_layer.weight`, spec.n_vocab, width),
		projection: linear(`${prefix}per_layer_model_projection`, width, shape.d_model, false),
		norm: rmsNorm(`${prefix}per_layer_projection_norm`, spec.size)
	};
}
/** One block's. */
function tokenVectorRef(block, d_model, { size }) {
	return {
		gate: linear(`${block}.per_layer_input_gate`, size, d_model, false),
		back: linear(`${block}.per_layer_projection`, d_model, size, false),
		norm: rmsNorm(`${block}.post_per_layer_input_norm`, d_model)
	};
}
/**
* Of each block the earlier one whose keys it reads, null: its own. The last `num_kv_shared_layers` read those of the last block before them
* that slides as they do. Errors: there is none such.
*/
function readSharedKeys(config, sliding, fallback) {
	const key = "num_kv_shared_layers";
	const shared = config.value(key) === 0 ? 0 : config.count(key, Math.max(1, sliding.length - 1), fallback);
	const own = sliding.slice(0, sliding.length - shared);
	return sliding.map((slides, layer) => {
		if (layer < own.length) return null;
		const source = own.lastIndexOf(slides);
		if (source < 0) throw config.unsupported(key, `a number that leaves a ${slides ? "sliding" : "global"} block before them`);
		return source;
	});
}
/** Tensors of those blocks that checkpoints store and nobody reads, as transformers has it. */
function unreadKeys(blocks, keysOf) {
	return blocks.filter((_, layer) => (keysOf[layer] ?? null) !== null).flatMap((block) => [
		"k_proj.weight",
		"k_proj.bias",
		"v_proj.weight",
		"v_proj.bias",
		"k_norm.weight",
		"v_norm.weight"
	].map((name) => `${block}.self_attn.${name}`));
}
// src/models/families/gemma4-blocks.ts
function readBlocks(input, shape, asked) {
	const { config } = input;
	const sliding = slidingLayers(config, shape.layers, (layer) => (layer + 1) % 6 !== 0).map((slides, layer) => slides && layer < shape.layers - 1);
	const windows = layerWindows(config, sliding, asked.window);
	const sources = readSharedKeys(config, sliding, 0);
	const isDouble = config.flag("use_double_wide_mlp", false);
	const sizes = readHeads(config, shape, sliding);
	const ofKeys = config.flag("attention_k_eq_v", false);
	const mlp = asked.hasExperts ? readMlp(config, shape, asked.activation) : plainMlp(asked.activation);
	return sliding.map((slides, layer) => {
		const own = {
			...shape,
			...sizes(layer)
		};
		const source = sources[layer] ?? null;
		const wide = isDouble && source !== null ? 2 * shape.d_mlp : shape.d_mlp;
		return {
			shape: own,
			mlp: mlp(asked.named[layer] ?? "", {
				...own,
				d_mlp: wide
			}),
			attention: {
				heads: own.heads,
				kvHeads: own.kvHeads,
				headSize: own.headSize,
				scale: 1,
				softcap: null,
				window: windows[layer] ?? null,
				rotary: readRotary(input, own, slides),
				qkNorm: "head",
				valueNorm: true,
				...ofKeys && !slides ? { valuesOfKeys: true } : {},
				...source === null ? {} : { keysOf: source }
			}
		};
	});
}
/** Heads of a block: `per_layer_config`, or global_head_dim and, with attention_k_eq_v, num_global_key_value_heads of global ones. */
function readHeads(config, shape, sliding) {
	const perLayer = config.section("per_layer_config");
	const size = config.countOrNull("global_head_dim", 1048576, 512) ?? shape.headSize;
	const global = config.countOrNull("num_global_key_value_heads", MOST_HEADS, null);
	const kvHeads = config.flag("attention_k_eq_v", false) ? global ?? shape.kvHeads : shape.kvHeads;
	return (layer) => {
		const own = perLayer?.section(String(layer)) ?? null;
		const usual = perLayer !== null || sliding[layer] === true ? shape : {
			headSize: size,
			kvHeads
		};
		const read = {
			headSize: own?.count("head_dim", 1048576, usual.headSize) ?? usual.headSize,
			kvHeads: own?.count("num_key_value_heads", 4096, usual.kvHeads) ?? usual.kvHeads
		};
		if (shape.heads % read.kvHeads !== 0) throw config.unsupported("num_global_key_value_heads", `a divisor of the ${shape.heads} query heads`);
		if (read.headSize % 2 !== 0) throw config.unsupported("global_head_dim", "an even number");
		return read;
	};
}
function readRotary({ config, length }, shape, slides) {
	const key = slides ? "sliding_attention" : "full_attention";
	const all = config.section("rope_parameters");
	const section = all?.section(key) ?? null;
	const base = ropeBase(config, section, slides ? "rope_local_base_freq" : "rope_theta", slides ? 1e4 : 1e6);
	if (all === null && !slides) return proportionalRope(shape.headSize, base, {
		share: .25,
		factor: 1
	});
	if (section !== null && isProportional(section)) return proportionalRope(shape.headSize, base, readProportion(section));
	section?.only("partial_rotary_factor", 1);
	return rotary(shape.headSize, base, {
		length,
		most: shape.maxPositions,
		original: null
	}, section);
}
/** Keys of another block, values of its own keys, or both its own. */
function attentionOfBlock(block, { shape, attention }, bias) {
	const { heads, kvHeads, headSize, d_model } = shape;
	const module = `${block}.self_attn`;
	const keys = (name) => linear(`${module}.${name}`, kvHeads * headSize, d_model, bias);
	const isShared = attention.keysOf !== void 0;
	const norms = qkNorms(block, shape, "head");
	return {
		q: linear(`${module}.q_proj`, heads * headSize, d_model, bias),
		k: isShared ? null : keys("k_proj"),
		v: isShared || attention.valuesOfKeys === true ? null : keys("v_proj"),
		o: linear(`${module}.o_proj`, d_model, heads * headSize, bias),
		...norms,
		kNorm: isShared ? null : norms.kNorm
	};
}
const plainMlp = (activation) => (block, shape) => ({
	spec: {
		gated: true,
		activation,
		size: shape.d_mlp
	},
	weights: gatedMlp(block, shape, false)
});
/** Plain, or with experts beside it that read the stream through norms of their own. */
function readMlp(config, shape, activation) {
	const plain = plainMlp(activation);
	const keys = [
		"num_experts",
		"top_k_experts",
		"moe_intermediate_size"
	];
	if (!config.flag("enable_moe_block", false)) {
		for (const key of keys) config.value(key);
		return plain;
	}
	const counts = readExpertCounts(config, shape, {
		countKey: "num_experts",
		perTokenKey: "top_k_experts",
		count: 128,
		perToken: 8
	});
	const size = config.count("moe_intermediate_size", WIDEST);
	return (block, own) => {
		const { spec, weights } = plain(block, own);
		const norm = (name) => rmsNorm(`${block}.${name}`, own.d_model);
		const sides = {
			d_model: own.d_model,
			size
		};
		return {
			spec: {
				...spec,
				experts: {
					...counts,
					size,
					routing: "chosen"
				}
			},
			weights: {
				...weights,
				experts: {
					router: linear(`${block}.router.proj`, counts.count, own.d_model, false),
					experts: Array.from({ length: counts.count }, (_, i) => expertHalves(`${block}.experts.${i}`, sides)),
					sharedGate: null,
					beside: {
						routerGain: vector(`${block}.router.scale`, own.d_model),
						shares: vector(`${block}.router.per_expert_scale`, counts.count),
						input: norm("pre_feedforward_layernorm_2"),
						output: norm("post_feedforward_layernorm_2"),
						mlpOutput: norm("post_feedforward_layernorm_1")
					}
				}
			}
		};
	};
}
// src/models/families/gemma4.ts
const DEFAULTS$16 = {
	n_vocab: 262144,
	d_model: 2304,
	layers: 30,
	heads: 8,
	kvHeads: 4,
	headSize: 256,
	d_mlp: 9216,
	maxPositions: 131072
};
const PLAIN = {
	family: "gemma4_text",
	window: 512,
	isUnified: false
};
const UNIFIED = {
	family: "gemma4_unified_text",
	window: 1024,
	isUnified: true
};
const gemma4Text = (input) => describe(input, PLAIN);
const gemma4UnifiedText = (input) => describe(input, UNIFIED);
/** Keys of the models around the text model. */
const AROUND = [
	"vision_config",
	"audio_config",
	"boi_token_id",
	"eoi_token_id",
	"image_token_id",
	"video_token_id",
	"boa_token_id",
	"eoa_token_id",
	"eoa_token_index",
	"audio_token_id",
	"vision_soft_tokens_per_image",
	"audio_soft_tokens_per_image"
];
/** The text model of a config with images or sound, its keys under text_config; those are left out. */
function insideOf(describeText) {
	return (input) => {
		const { config } = input;
		const text = config.section("text_config");
		if (text === null) throw config.unsupported("text_config", "an object with the text model’s keys");
		for (const key of AROUND) config.value(key);
		config.only("tie_word_embeddings", true);
		return describeText({
			...input,
			config: text
		});
	};
}
const gemma4 = insideOf(gemma4Text);
const gemma4Unified = insideOf(gemma4UnifiedText);
function describe(input, variant) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$16);
	readDirection(config);
	const activation = config.choice("hidden_activation", ACTIVATIONS, "gelu_pytorch_tanh");
	const bias = config.flag("attention_bias", false);
	const vectors = variant.isUnified ? null : readTokenVectors(config, activation);
	const prefix = bodyPrefix(input);
	const named = perBlock(shape, (layer) => `${prefix}layers.${layer}`);
	const blocks = readBlocks(input, shape, {
		window: variant.window,
		hasExperts: !variant.isUnified,
		activation,
		named
	});
	return {
		spec: {
			family: variant.family,
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: Math.sqrt(shape.d_model),
			residualScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-6),
				gainOffset: 0
			},
			blocks: blocks.map(({ attention, mlp }) => ({
				layout: "sequential",
				attention,
				mlp: mlp.spec
			})),
			logitScale: 1,
			logitSoftcap: config.numberOrNull("final_logit_softcapping", 1e-6, GREATEST_SOFTCAP, null),
			...vectors === null ? {} : { tokenVectors: vectors }
		},
		weights: {
			...ends(prefix, headModule(input), shape, config.flag("tie_word_embeddings", true)),
			positions: null,
			...vectors === null ? {} : { tokenVectors: tokenVectorsRef(prefix, shape, vectors) },
			blocks: blocks.map((block, layer) => {
				const name = named[layer] ?? "";
				return {
					...sandwichNorms(name, shape),
					...attentionOfBlock(name, block, bias),
					...block.mlp.weights,
					...vectors === null ? {} : { tokenVector: tokenVectorRef(name, shape.d_model, vectors) },
					outputScale: vector(`${name}.layer_scalar`, 1)
				};
			})
		},
		unused: unreadKeys(named, blocks.map(({ attention }) => attention.keysOf ?? null))
	};
}
/** Of images some versions see both ways; text is seen one way but with "all". */
function readDirection(config) {
	const key = "use_bidirectional_attention";
	const value = config.value(key) ?? null;
	if (value !== null && value !== false && value !== "vision") throw config.unsupported(key, "null, \"vision\"");
}
// src/models/families/gemma3n.ts
/**
* @file Gemma 3n, the text model alone or as the text part of its image and audio model: several residual streams per token (AltUp), a low-rank
* path beside attention (LAuReL), embeddings of each block, keys shared by the last blocks, RMS norms on the heads of q, k and v, no factor on
* scores, MLPs of which the first ones let through only gate values far above their mean.
*
* Source: configuration_gemma3n.py and modeling_gemma3n.py of transformers 5.18; defaults are those classes'. transformers 4 has rope_theta,
* rope_local_base_freq and rope_scaling, 5 rope_parameters, as of Gemma 3.
*/
const DEFAULTS$15 = {
	n_vocab: 262400,
	d_model: 2048,
	layers: 35,
	heads: 8,
	kvHeads: 2,
	headSize: 256,
	d_mlp: 16384,
	maxPositions: 32768
};
/** Published: 4. */
const MOST_STREAMS = 64;
/** Published: 0.95 and 0. What lets through less than this leaves nothing. */
const GREATEST_SPARSITY = .9999;
function gemma3nText(input) {
	const { config } = input;
	const shape = readSizes(config, DEFAULTS$15);
	const bias = config.flag("attention_bias", false);
	const attention = readAttention$1(input, shape);
	const mlps = readMlps(config, shape);
	const vectors = readTokenVectors(config, mlps[0]?.activation ?? "gelu_tanh");
	if (vectors === null) throw config.unsupported("hidden_size_per_layer_input", "an integer from 1");
	const streams = readStreams(config);
	const laurelRank = config.count("laurel_rank", WIDEST, 64);
	const prefix = bodyPrefix(input);
	const named = perBlock(shape, (layer) => `${prefix}layers.${layer}`);
	return {
		spec: {
			family: "gemma3n_text",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: Math.sqrt(shape.d_model),
			residualScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-6),
				gainOffset: 0
			},
			blocks: attention.map((spec, layer) => {
				const mlp = mlps[layer];
				if (mlp === void 0) throw new RangeError(`block ${layer} has no MLP`);
				return {
					layout: "sequential",
					attention: spec,
					mlp,
					laurelRank
				};
			}),
			logitScale: 1,
			logitSoftcap: config.numberOrNull("final_logit_softcapping", 1e-6, GREATEST_SOFTCAP, 30),
			tokenVectors: vectors,
			streams: { count: streams.count }
		},
		weights: {
			...ends(prefix, headModule(input), shape, config.flag("tie_word_embeddings", true)),
			positions: null,
			tokenVectors: tokenVectorsRef(prefix, shape, vectors),
			streams: streamsRef(prefix, shape.d_model, streams.count),
			blocks: named.map((block, layer) => {
				const size = mlps[layer]?.size ?? 0;
				const own = {
					...separateAttention(block, shape, {
						qkv: bias,
						output: bias
					}),
					...qkNorms(block, shape, "head")
				};
				const isShared = attention[layer]?.keysOf !== void 0;
				return {
					...sandwichNorms(block, shape),
					...own,
					...isShared ? {
						k: null,
						v: null,
						kNorm: null
					} : {},
					...gatedMlp(block, {
						...shape,
						d_mlp: size
					}, false),
					tokenVector: tokenVectorRef(block, shape.d_model, vectors),
					altUp: altUpRef(`${block}.altup`, shape.d_model, streams),
					laurel: laurelRef(`${block}.laurel`, shape.d_model, laurelRank)
				};
			})
		},
		unused: [...unreadKeys(named, attention.map(({ keysOf }) => keysOf ?? null)), ...streams.isScaled ? [] : named.map((block) => `${block}.altup.correct_output_scale`)]
	};
}
const gemma3n = insideOf(gemma3nText);
function readAttention$1(input, shape) {
	const { config } = input;
	const sliding = slidingLayers(config, shape.layers, (layer) => (layer + 1) % 5 !== 0);
	const windows = layerWindows(config, sliding, 512);
	const sources = readSharedKeys(config, sliding, Math.min(15, shape.layers - 1));
	const local = gemma3Rotary(input, shape, true);
	const global = gemma3Rotary(input, shape, false);
	return sliding.map((slides, layer) => {
		const source = sources[layer] ?? null;
		return {
			heads: shape.heads,
			kvHeads: shape.kvHeads,
			headSize: shape.headSize,
			scale: 1,
			softcap: null,
			window: windows[layer] ?? null,
			rotary: slides ? local : global,
			qkNorm: "head",
			valueNorm: true,
			...source === null ? {} : { keysOf: source }
		};
	});
}
/** Sizes of all blocks or of each, and how much of a token's gate values is cut away. */
function readMlps(config, { layers }) {
	const activation = config.choice("hidden_activation", ACTIVATIONS, "gelu_pytorch_tanh");
	const key = "intermediate_size";
	const sizes = Array.isArray(config.value(key)) ? config.numbers(key, layers, 1, WIDEST) : new Array(layers).fill(config.count(key, WIDEST, DEFAULTS$15.d_mlp));
	if (!sizes.every(Number.isInteger)) throw config.unsupported(key, "integers");
	const sparsity = readSparsity(config, layers);
	return sizes.map((size, layer) => {
		const share = sparsity[layer] ?? 0;
		return {
			gated: true,
			activation,
			size,
			...share === 0 ? {} : { cutAbove: normalQuantile(share) }
		};
	});
}
/** Absent: 0.95 in the first ten blocks of more than ten. */
function readSparsity(config, layers) {
	const key = "activation_sparsity_pattern";
	if (config.has(key)) return config.numbers(key, layers, 0, GREATEST_SPARSITY);
	config.value(key);
	return Array.from({ length: layers }, (_, layer) => layers > 10 && layer < 10 ? .95 : 0);
}
function readStreams(config) {
	config.only("altup_active_idx", 0);
	config.value("altup_coef_clip");
	const count = config.count("altup_num_inputs", MOST_STREAMS, 4);
	if (count < 2) throw config.unsupported("altup_num_inputs", `an integer from 2 to ${MOST_STREAMS}`);
	return {
		count,
		isScaled: config.flag("altup_correct_scale", true)
	};
}
function streamsRef(prefix, d_model, count) {
	const all = (name) => Array.from({ length: count - 1 }, (_, i) => linear(`${prefix}${name}.${i}`, d_model, d_model, false));
	return {
		begin: all("altup_projections"),
		end: all("altup_unembed_projections")
	};
}
function altUpRef(module, d_model, { count, isScaled }) {
	return {
		router: linear(`${module}.modality_router`, count, d_model, false),
		routerNorm: rmsNorm(`${module}.router_norm`, d_model),
		predict: linear(`${module}.prediction_coefs`, count * count, count, false),
		correct: linear(`${module}.correction_coefs`, count, count, false),
		scale: isScaled ? vector(`${module}.correct_output_scale`, d_model) : null
	};
}
function laurelRef(module, d_model, rank) {
	return {
		left: linear(`${module}.linear_left`, rank, d_model, false),
		right: linear(`${module}.linear_right`, d_model, rank, false),
		norm: rmsNorm(`${module}.post_laurel_norm`, d_model)
	};
}
// src/models/families/partial-rotary.ts
/** Base and scaling from the config. Errors: CONFIG_VALUE_UNSUPPORTED. */
function partialRotary({ config, length }, shape, { fraction, pairing, kinds }) {
	const key = "partial_rotary_factor";
	const section = ropeSection(config);
	const stated = config.number(key, 0, 1, fraction);
	return {
		...rotary(rotarySize(config, key, section?.number(key, 0, 1, stated) ?? stated, shape.headSize), ropeBase(config, section, "rope_theta", 1e4), {
			length,
			most: shape.maxPositions,
			original: null
		}, section, kinds),
		pairing
	};
}
// src/models/families/glm4.ts
const DEFAULTS$14 = {
	n_vocab: 151552,
	d_model: 4096,
	layers: 40,
	heads: 32,
	kvHeads: 2,
	headSize: 128,
	d_mlp: 13696,
	maxPositions: 131072
};
const glm = (input) => glmLike(input, "glm");
const glm4 = (input) => glmLike(input, "glm4");
function glmLike(input, family) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$14);
	const bias = config.flag("attention_bias", false);
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: partialRotary(input, shape, {
			fraction: .5,
			pairing: "interleaved"
		}),
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
			family,
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1.5625e-7),
				gainOffset: 0
			},
			blocks: perBlock(shape, () => ({
				layout: "sequential",
				attention,
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, "lm_head", shape, config.flag("tie_word_embeddings", false)),
			positions: null,
			blocks: perBlock(shape, (layer) => glmBlock(`${prefix}layers.${layer}`, shape, {
				family,
				bias
			}))
		}
	};
}
function glmBlock(block, shape, { family, bias }) {
	const gateUp = linear(`${block}.mlp.gate_up_proj`, 2 * shape.d_mlp, shape.d_model, false);
	const behind = family === "glm" ? {} : {
		postAttention: rmsNorm(`${block}.post_self_attn_layernorm`, shape.d_model),
		postMlp: rmsNorm(`${block}.post_mlp_layernorm`, shape.d_model)
	};
	return {
		...preNorms(block, shape),
		...behind,
		...separateAttention(block, shape, {
			qkv: bias,
			output: false
		}),
		qNorm: null,
		kNorm: null,
		gate: take(gateUp, [[0, shape.d_mlp]]),
		up: take(gateUp, [[shape.d_mlp, 2 * shape.d_mlp]]),
		down: linear(`${block}.mlp.down_proj`, shape.d_model, shape.d_mlp, false)
	};
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
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_epsilon", 1e-5),
				gainOffset: 0
			},
			blocks: neoBlocks(config, shape),
			logitScale: 1,
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
			residualScale: 1,
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
			logitScale: 1,
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
// src/models/families/gpt-oss.ts
const DEFAULTS$13 = {
	n_vocab: 201088,
	d_model: 2880,
	layers: 36,
	heads: 64,
	kvHeads: 8,
	headSize: 64,
	d_mlp: 2880,
	maxPositions: 131072
};
/** Published: 2,880. One range of channels is written for each. */
const MOST_HIDDEN_UNITS = 65536;
/** Of one expert whose gate and up are apart. */
const GGUF_NAMES = [
	"gate_proj",
	"up_proj",
	"down_proj"
];
function gptOss(input) {
	const { config, names } = input;
	const shape = readShape(config, DEFAULTS$13);
	if (shape.d_mlp > MOST_HIDDEN_UNITS) throw config.unsupported("intermediate_size", `at most ${MOST_HIDDEN_UNITS}`);
	const counts = readExpertCounts(config, shape, {
		countKey: "num_local_experts",
		count: 128,
		perToken: 4
	});
	readFixed$1(config, counts.perToken);
	const spec = {
		...counts,
		size: shape.d_mlp,
		routing: "chosen"
	};
	const sliding = slidingLayers(config, shape.layers, (layer) => layer % 2 === 0);
	const bias = config.flag("attention_bias", true);
	const sides = {
		d_model: shape.d_model,
		size: shape.d_mlp,
		...interleaved(shape.d_mlp)
	};
	return llamaLike(input, {
		family: "gpt_oss",
		shape,
		qkvBias: bias,
		outputBias: bias,
		mlpBias: false,
		qkNorm: "none",
		windows: layerWindows(config, sliding, 128),
		ropeBase: 15e4,
		epsilon: 1e-5,
		sinks: true,
		mlp: (block) => {
			const router = linear(`${block}.mlp.router`, spec.count, shape.d_model, true);
			return expertsOnly({ activation: "clamped_silu" }, spec, router, (expert) => gptOssExpert(`${block}.mlp.experts.${expert}`, sides, names));
		}
	});
}
/** The even channels of 2 · size, and the odd ones: shared by all experts. */
function interleaved(size) {
	const every = (first) => Array.from({ length: size }, (_, unit) => [2 * unit + first, 2 * unit + first + 1]);
	return {
		even: every(0),
		odd: every(1)
	};
}
/** Gate and up are matrices of their own where a converter took them apart. */
function gptOssExpert(module, { d_model, size, even, odd }, names) {
	const apart = singleExpert(module, {
		d_model,
		size
	}, GGUF_NAMES, true);
	if (names.has(`${module}.gate_proj.weight`)) return apart;
	const both = linear(`${module}.gate_up_proj`, 2 * size, d_model, true);
	return {
		...apart,
		gate: take(both, even),
		up: take(both, odd)
	};
}
/** What transformers takes for granted, or states twice. */
function readFixed$1(config, perToken) {
	if (ropeSection(config) === null) throw config.unsupported("rope_scaling", "an object, as published");
	config.only("hidden_act", "silu");
	config.only("swiglu_limit", 7);
	config.only("swiglu_alpha", 1.702);
	config.only("experts_per_token", perToken);
	config.value("initial_context_length");
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
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_epsilon", 1e-5),
				gainOffset: 0
			},
			blocks: gpt2Blocks(config, shape),
			logitScale: 1,
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
// src/models/families/granite.ts
const DEFAULTS$12 = {
	n_vocab: 32e3,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 11008,
	maxPositions: 2048
};
/** Factors in use run from 1/128 to 16. */
const LEAST_FACTOR = 1e-6;
const GREATEST_FACTOR = 1e6;
function granite(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$12);
	const bias = config.flag("attention_bias", false);
	return llamaLike(input, {
		family: "granite",
		shape,
		qkvBias: bias,
		outputBias: bias,
		mlpBias: config.flag("mlp_bias", false),
		qkNorm: "none",
		windows: perBlock(shape, () => null),
		factors: readFactors(config)
	});
}
/** logits_scaling is what logits are divided by. attention_multiplier stands for 1/√headSize. */
function readFactors(config) {
	const factor = (key) => config.number(key, LEAST_FACTOR, GREATEST_FACTOR, 1);
	return {
		embeddingScale: factor("embedding_multiplier"),
		attentionScale: factor("attention_multiplier"),
		residualScale: factor("residual_multiplier"),
		logitScale: 1 / factor("logits_scaling")
	};
}
// src/models/families/granite-moe.ts
const DEFAULTS$11 = {
	n_vocab: 32e3,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 11008,
	maxPositions: 2048
};
const graniteMoe = (input) => graniteWithExperts(input, "granitemoe", 0);
function graniteMoeShared(input) {
	const { config } = input;
	return graniteWithExperts(input, "granitemoeshared", config.value("shared_intermediate_size") === 0 || !config.has("shared_intermediate_size") ? 0 : config.count("shared_intermediate_size", WIDEST));
}
function graniteWithExperts(input, family, shared) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$11);
	const spec = {
		...readExpertCounts(config, shape, {
			countKey: "num_local_experts",
			count: 8,
			perToken: 2
		}),
		size: shape.d_mlp,
		routing: "chosen"
	};
	const activation = config.choice("hidden_act", ACTIVATIONS, "silu");
	const bias = config.flag("attention_bias", false);
	return llamaLike(input, {
		family,
		shape,
		qkvBias: bias,
		outputBias: bias,
		mlpBias: false,
		qkNorm: "none",
		windows: perBlock(shape, () => null),
		factors: readFactors(config),
		mlp: (block) => {
			const module = `${block}.block_sparse_moe`;
			const router = linear(`${module}.router.layer`, spec.count, shape.d_model, false);
			const routed = expertsOnly({ activation }, spec, router, (expert) => halves(`${module}.experts.${expert}`, shape.d_model, spec.size));
			return shared === 0 ? routed : withMlp(routed, halves(`${block}.shared_mlp`, shape.d_model, shared), shared);
		}
	});
}
/** Gate, then up, in `input_linear`; `output_linear` leads back. */
function halves(module, d_model, size) {
	const both = linear(`${module}.input_linear`, 2 * size, d_model, false);
	return {
		gate: take(both, [[0, size]]),
		up: take(both, [[size, 2 * size]]),
		down: linear(`${module}.output_linear`, d_model, size, false)
	};
}
function withMlp({ spec, weights }, mlp, size) {
	return {
		spec: {
			...spec,
			size
		},
		weights: {
			...weights,
			...mlp
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
	"model_max_length",
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
const DEFAULTS$10 = {
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
	const shape = readShape(config, DEFAULTS$10);
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
const DEFAULTS$9 = {
	n_vocab: 32e3,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: 8,
	headSize: null,
	d_mlp: 14336,
	maxPositions: 131072
};
const MINISTRAL = {
	...DEFAULTS$9,
	n_vocab: 131072,
	layers: 34,
	headSize: 128,
	maxPositions: 262144
};
const mistral = (input) => mistralText(input, "mistral");
/** Keys of the image model around the text model. */
const IMAGE_KEYS$1 = [
	"vision_config",
	"image_token_index",
	"image_token_id",
	"projector_hidden_act",
	"vision_feature_layer",
	"multimodal_projector_bias",
	"spatial_merge_size"
];
/** An image model's config: model_type mistral3, the text model's keys under text_config. Images are left out. */
function mistral3(input) {
	const { config } = input;
	const text = config.section("text_config");
	if (text === null) throw config.unsupported("text_config", "an object with the text model’s keys");
	const isMinistral = text.choice("model_type", TEXT_MODELS, "mistral");
	for (const key of IMAGE_KEYS$1) config.value(key);
	if (text.has("tie_word_embeddings") || !isMinistral) config.only("tie_word_embeddings", text.flag("tie_word_embeddings", false));
	const tied = config.flag("tie_word_embeddings", false);
	const inText = {
		...input,
		config: text
	};
	return isMinistral ? ministralText(inText, "mistral3", tied) : mistralText(inText, "mistral3");
}
const TEXT_MODELS = /* @__PURE__ */ new Map([["mistral", false], ["ministral3", true]]);
const ministral3 = (input) => ministralText(input, "ministral3", false);
/** Betas in use: 0.1, and 0 for none. */
const GREATEST_BETA = 1e3;
/** Rope and growth are one section of the config, which every published config has. */
function ministralText(input, family, tied) {
	const { config, length } = input;
	const shape = readShape(config, MINISTRAL);
	config.only("attention_bias", false);
	config.only("mlp_bias", false);
	const section = ropeSection(config);
	if (section === null) throw config.unsupported("rope_parameters", "an object, as published");
	section.value("max_position_embeddings");
	const beta = section.number("llama_4_scaling_beta", 0, GREATEST_BETA, 0);
	const every = section.count("original_max_position_embeddings", MOST_POSITIONS, shape.maxPositions);
	return llamaLike(input, {
		family,
		shape,
		qkvBias: false,
		outputBias: false,
		mlpBias: false,
		qkNorm: "none",
		windows: layerWindows(config, Array.from({ length: shape.layers }, () => config.has("sliding_window")), null),
		tied,
		epsilon: 1e-5,
		...beta > 0 && length > every ? { queryGrowth: {
			beta,
			every
		} } : {}
	});
}
function mistralText(input, family) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$9);
	config.only("attention_bias", false);
	config.only("mlp_bias", false);
	return llamaLike(input, {
		family,
		shape,
		qkvBias: false,
		outputBias: false,
		mlpBias: false,
		qkNorm: "none",
		windows: layerWindows(config, Array.from({ length: shape.layers }, () => config.value("sliding_window") !== null), 4096)
	});
}
// src/models/families/mixtral.ts
const DEFAULTS$8 = {
	n_vocab: 32e3,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: 8,
	headSize: null,
	d_mlp: 14336,
	maxPositions: 131072
};
/** Of one expert: gate, up, down. */
const MIXTRAL_NAMES = [
	"w1",
	"w3",
	"w2"
];
function mixtral(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$8);
	const spec = {
		...readExpertCounts(config, shape, {
			countKey: "num_local_experts",
			count: 8,
			perToken: 2
		}),
		size: shape.d_mlp,
		routing: "chosen"
	};
	const activation = config.choice("hidden_act", ACTIVATIONS, "silu");
	return llamaLike(input, {
		family: "mixtral",
		shape,
		qkvBias: false,
		outputBias: false,
		mlpBias: false,
		qkNorm: "none",
		windows: layerWindows(config, Array.from({ length: shape.layers }, () => config.has("sliding_window")), null),
		ropeBase: 1e6,
		epsilon: 1e-5,
		mlp: (block) => {
			const module = `${block}.block_sparse_moe`;
			const router = linear(`${module}.gate`, spec.count, shape.d_model, false);
			const sides = {
				d_model: shape.d_model,
				size: spec.size
			};
			return expertsOnly({ activation }, spec, router, (expert) => singleExpert(`${module}.experts.${expert}`, sides, MIXTRAL_NAMES));
		}
	});
}
// src/models/families/olmo.ts
const DEFAULTS$7 = {
	n_vocab: 50304,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 11008,
	maxPositions: 2048
};
const EPSILON = 1e-5;
const PLAIN_NORM = {
	gain: null,
	bias: null
};
function olmo1(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$7);
	if (config.has("clip_qkv")) throw config.unsupported("clip_qkv", "null");
	config.value("clip_qkv");
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
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const bias = config.flag("attention_bias", false);
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: "olmo",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: EPSILON,
				gainOffset: 0
			},
			blocks: perBlock(shape, () => ({
				layout: "sequential",
				attention,
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, headModule(input), shape, config.flag("tie_word_embeddings", false)),
			positions: null,
			blocks: perBlock(shape, (layer) => {
				const block = `${prefix}layers.${layer}`;
				return {
					preAttention: PLAIN_NORM,
					...separateAttention(block, shape, {
						qkv: bias,
						output: bias
					}),
					qNorm: null,
					kNorm: null,
					postAttention: null,
					preMlp: PLAIN_NORM,
					...gatedMlp(block, shape, false),
					postMlp: null
				};
			}),
			finalNorm: PLAIN_NORM
		}
	};
}
// src/models/families/olmo2.ts
const DEFAULTS$6 = {
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
	const shape = readShape(input.config, DEFAULTS$6);
	const rotary = wholeHeadRotary(input, shape);
	return olmo(input, {
		family: "olmo2",
		shape
	}, () => ({
		window: null,
		rotary
	}));
}
function olmo3(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$6);
	const slides = slidingLayers(config, shape.layers, (layer) => (layer + 1) % 4 !== 0);
	const windows = layerWindows(config, slides, 4096);
	const { sliding, global } = olmo3Rotaries(input, shape);
	return olmo(input, {
		family: "olmo3",
		shape
	}, (layer) => ({
		window: windows[layer] ?? null,
		rotary: slides[layer] === true ? sliding : global
	}));
}
/** transformers 4 scales by rope_scaling what does not slide; 5 has rope_parameters.{full,sliding}_attention. */
function olmo3Rotaries(input, shape) {
	const { config, length } = input;
	const positions = {
		length,
		most: shape.maxPositions,
		original: null
	};
	const turns = (section, scaling) => rotary(shape.headSize, ropeBase(config, section, "rope_theta", 1e4), positions, scaling);
	const kinds = config.section("rope_parameters");
	const [sliding, global] = ["sliding_attention", "full_attention"].map((kind) => kinds?.section(kind) ?? null);
	if (sliding != null && global != null) return {
		sliding: turns(sliding, sliding),
		global: turns(global, global)
	};
	return {
		sliding: turns(ropeSection(config), null),
		global: wholeHeadRotary(input, shape)
	};
}
function olmo({ config, ...input }, { family, shape }, ofBlock) {
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		qkNorm: "full"
	};
	const mlp = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const bias = config.flag("attention_bias", false);
	const prefix = bodyPrefix({
		config,
		...input
	});
	return {
		spec: {
			family,
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: perBlock(shape, (layer) => ({
				layout: "sequential",
				attention: {
					...attention,
					...ofBlock(layer)
				},
				mlp
			})),
			logitScale: 1,
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
// src/models/families/phi.ts
const DEFAULTS$5 = {
	n_vocab: 51200,
	d_model: 2048,
	layers: 24,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 8192,
	maxPositions: 2048
};
function phi(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$5);
	config.only("qk_layernorm", false);
	config.only("tie_word_embeddings", false);
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: partialRotary(input, shape, {
			fraction: .5,
			pairing: "half"
		}),
		qkNorm: "none"
	};
	const mlp = {
		gated: false,
		activation: config.choice("hidden_act", ACTIVATIONS, "gelu_new"),
		size: shape.d_mlp
	};
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: "phi",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: perBlock(shape, () => ({
				layout: "parallel",
				attention,
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			embedding: matrix(`${prefix}embed_tokens.weight`, shape.n_vocab, shape.d_model),
			positions: null,
			blocks: perBlock(shape, (layer) => phiBlock(`${prefix}layers.${layer}`, shape)),
			finalNorm: layerNorm(`${prefix}final_layernorm`, shape.d_model),
			unembedding: linear("lm_head", shape.n_vocab, shape.d_model, true)
		}
	};
}
function phiBlock(block, shape) {
	const queries = shape.heads * shape.headSize;
	const keys = shape.kvHeads * shape.headSize;
	const norm = layerNorm(`${block}.input_layernorm`, shape.d_model);
	return {
		preAttention: norm,
		q: linear(`${block}.self_attn.q_proj`, queries, shape.d_model, true),
		k: linear(`${block}.self_attn.k_proj`, keys, shape.d_model, true),
		v: linear(`${block}.self_attn.v_proj`, keys, shape.d_model, true),
		o: linear(`${block}.self_attn.dense`, shape.d_model, queries, true),
		qNorm: null,
		kNorm: null,
		postAttention: null,
		preMlp: norm,
		gate: null,
		up: linear(`${block}.mlp.fc1`, shape.d_mlp, shape.d_model, true),
		down: linear(`${block}.mlp.fc2`, shape.d_model, shape.d_mlp, true),
		postMlp: null
	};
}
// src/models/families/phi3.ts
const DEFAULTS$4 = {
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
	const shape = readShape(config, DEFAULTS$4);
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
			residualScale: 1,
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
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, "lm_head", shape, config.flag("tie_word_embeddings", false)),
			positions: null,
			blocks: perBlock(shape, (layer) => phi3Block(`${prefix}layers.${layer}`, shape))
		}
	};
}
// src/models/families/phimoe.ts
const DEFAULTS$3 = {
	n_vocab: 32064,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: 8,
	headSize: null,
	d_mlp: 6400,
	maxPositions: 131072
};
/** Published: 1.24. */
const GREATEST_MAGNITUDE = 1e6;
function phiMoe(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$3);
	const noise = config.number("router_jitter_noise", 0, 1, .01);
	const counts = readExpertCounts(config, shape, {
		countKey: "num_local_experts",
		count: 16,
		perToken: 2
	});
	config.only("num_experts_per_tok", 2);
	if (counts.perToken !== 2) throw config.unsupported("num_local_experts", "at least 2");
	const experts = {
		...counts,
		size: shape.d_mlp,
		routing: "sparsemixer",
		nearness: 2 * noise
	};
	const bias = config.flag("attention_bias", false);
	config.only("tie_word_embeddings", false);
	const everywhere = Array.from({ length: shape.layers }, () => config.has("sliding_window"));
	const turns = phiMoeRotary(input, shape);
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		rotary: turns,
		qkNorm: "none"
	};
	const activation = config.choice("hidden_act", ACTIVATIONS, "silu");
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: "phimoe",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: layerWindows(config, everywhere, null).map((window) => ({
				layout: "sequential",
				attention: {
					...attention,
					window
				},
				mlp: {
					gated: true,
					activation,
					size: 0,
					experts
				}
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			embedding: matrix(`${prefix}embed_tokens.weight`, shape.n_vocab, shape.d_model),
			positions: null,
			blocks: perBlock(shape, (layer) => phiMoeBlock(`${prefix}layers.${layer}`, shape, {
				bias,
				experts
			})),
			finalNorm: layerNorm(`${prefix}norm`, shape.d_model),
			unembedding: linear("lm_head", shape.n_vocab, shape.d_model, config.flag("lm_head_bias", false))
		}
	};
}
function phiMoeBlock(block, shape, { bias, experts }) {
	const module = `${block}.block_sparse_moe`;
	const router = linear(`${module}.gate`, experts.count, shape.d_model, false);
	const sides = {
		d_model: shape.d_model,
		size: experts.size
	};
	const { weights } = expertsOnly({ activation: "silu" }, experts, router, (expert) => singleExpert(`${module}.experts.${expert}`, sides, MIXTRAL_NAMES));
	return {
		preAttention: layerNorm(`${block}.input_layernorm`, shape.d_model),
		...separateAttention(block, shape, {
			qkv: bias,
			output: bias
		}),
		qNorm: null,
		kNorm: null,
		postAttention: null,
		preMlp: layerNorm(`${block}.post_attention_layernorm`, shape.d_model),
		...weights,
		postMlp: null
	};
}
/** With a scaling, cos and sin are multiplied by `long_mscale` where the long factors count, else by `short_mscale`. */
function phiMoeRotary(input, shape) {
	const { config, length } = input;
	const section = ropeSection(config);
	const original = config.countOrNull("original_max_position_embeddings", MOST_POSITIONS, null);
	const turns = rotary(rotarySize(config, "head_dim", 1, shape.headSize), ropeBase(config, section, "rope_theta", 1e6), {
		length,
		most: shape.maxPositions,
		original
	}, section, PHI3_KINDS);
	return section === null || isPlain(section) ? turns : {
		...turns,
		amplitude: magnitude(section, length)
	};
}
function isPlain(section) {
	return [section.value("rope_type"), section.value("type")].every((kind) => kind === void 0 || kind === "default");
}
function magnitude(section, length) {
	const original = section.count("original_max_position_embeddings", MOST_POSITIONS);
	const [short, long] = ["short_mscale", "long_mscale"].map((key) => section.number(key, 0, GREATEST_MAGNITUDE));
	return (length > original ? long : short) ?? 1;
}
// src/models/families/qwen.ts
const DEFAULTS$2 = {
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
function qwen2(input, own = {}) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$2);
	config.only("attention_bias", true);
	config.only("use_mrope", false);
	return llamaLike(input, {
		family: "qwen2",
		shape,
		qkvBias: true,
		outputBias: false,
		mlpBias: false,
		qkNorm: "none",
		windows: qwenWindows(config, shape.layers),
		...own
	});
}
function qwen3(input, own = {}) {
	const { config } = input;
	const shape = readShape(config, {
		...DEFAULTS$2,
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
		windows: qwenWindows(config, shape.layers),
		...own
	});
}
// src/models/families/delta-net.ts
/** Published: 4. */
const LONGEST_REACH = 64;
/** Errors name the key. */
function readDeltaNet(config) {
	const keyHeads = config.count("linear_num_key_heads", MOST_HEADS, 16);
	const valueHeads = config.count("linear_num_value_heads", MOST_HEADS, 32);
	if (valueHeads % keyHeads !== 0) throw config.unsupported("linear_num_value_heads", `a multiple of the ${keyHeads} key heads`);
	return {
		kind: "delta",
		keyHeads,
		valueHeads,
		keySize: config.count("linear_key_head_dim", WIDEST, 128),
		valueSize: config.count("linear_value_head_dim", WIDEST, 128),
		reach: config.count("linear_conv_kernel_dim", LONGEST_REACH, 4)
	};
}
/** A matrix for each, but for q, k and v. */
function deltaNetApart(module, spec, d_model) {
	const { keys, values, channels } = widthsOf(spec);
	const qkv = linear(`${module}.in_proj_qkv`, channels, d_model, false);
	const ofHeads = (name) => linear(`${module}.${name}`, spec.valueHeads, d_model, false);
	return {
		q: take(qkv, [[0, keys]]),
		k: take(qkv, [[keys, 2 * keys]]),
		v: take(qkv, [[2 * keys, channels]]),
		outputGate: linear(`${module}.in_proj_z`, values, d_model, false),
		...rest(module, spec, d_model, {
			write: ofHeads("in_proj_b"),
			fade: ofHeads("in_proj_a")
		})
	};
}
/** By key head: its q, its k, the v of its value heads, their z; b of its value heads, their a. llama.cpp takes the first four apart. */
function deltaNetByHead(module, spec, d_model, names) {
	const { keyHeads, valueHeads, keySize, valueSize } = spec;
	const { channels, values } = widthsOf(spec);
	const share = valueHeads / keyHeads;
	const [own, ofValues] = [2 * keySize + 2 * share * valueSize, share * valueSize];
	const qkvz = linear(`${module}.in_proj_qkvz`, channels + values, d_model, false);
	const ba = linear(`${module}.in_proj_ba`, 2 * valueHeads, d_model, false);
	const part = (whole, size, start, width) => take(whole, everyHead(keyHeads, size, start, width));
	const gates = {
		write: part(ba, 2 * share, 0, share),
		fade: part(ba, 2 * share, share, share)
	};
	if (names.has(`${module}.in_proj_qkv.weight`)) return {
		...deltaNetApart(module, spec, d_model),
		...rest(module, spec, d_model, gates)
	};
	return {
		q: part(qkvz, own, 0, keySize),
		k: part(qkvz, own, keySize, keySize),
		v: part(qkvz, own, 2 * keySize, ofValues),
		outputGate: part(qkvz, own, 2 * keySize + ofValues, ofValues),
		...rest(module, spec, d_model, gates)
	};
}
/** Of heads that have `size` channels each: [start, start + width) of every one. */
function everyHead(heads, size, start, width) {
	return Array.from({ length: heads }, (_, head) => {
		const first = head * size + start;
		return [first, first + width];
	});
}
function widthsOf({ keyHeads, keySize, valueHeads, valueSize }) {
	const [keys, values] = [keyHeads * keySize, valueHeads * valueSize];
	return {
		keys,
		values,
		channels: 2 * keys + values
	};
}
/** What both store alike. */
function rest(module, spec, d_model, gates) {
	const { keys, values, channels } = widthsOf(spec);
	const convolution = (start, end) => ({
		tensor: `${module}.conv1d.weight`,
		storedShape: [
			channels,
			1,
			spec.reach
		],
		layout: "out-in",
		channels: [[start, end]]
	});
	return {
		o: linear(`${module}.out_proj`, d_model, values, false),
		delta: {
			...gates,
			fadeRate: vector(`${module}.A_log`, spec.valueHeads),
			fadeBias: vector(`${module}.dt_bias`, spec.valueHeads),
			convolutions: {
				q: convolution(0, keys),
				k: convolution(keys, 2 * keys),
				v: convolution(2 * keys, channels)
			},
			norm: rmsNorm(`${module}.norm`, spec.valueSize)
		}
	};
}
// src/models/families/qwen-moe.ts
const QWEN2 = {
	n_vocab: 151936,
	d_model: 2048,
	layers: 24,
	heads: 16,
	kvHeads: 16,
	headSize: null,
	d_mlp: 5632,
	maxPositions: 32768
};
const QWEN3 = {
	...QWEN2,
	heads: 32,
	kvHeads: 4,
	d_mlp: 6144
};
const NAMES = [
	"gate_proj",
	"up_proj",
	"down_proj"
];
function qwen2Moe(input) {
	const { config } = input;
	const shape = readShape(config, QWEN2);
	config.only("use_sliding_window", false);
	for (const key of ["sliding_window", "max_window_layers"]) config.value(key);
	const experts = {
		...readExpertCounts(config, shape, {
			countKey: "num_experts",
			count: 60,
			perToken: 4
		}),
		...readRouting(config, 1408)
	};
	const shared = config.count("shared_expert_intermediate_size", WIDEST, 5632);
	return llamaLike(input, {
		family: "qwen2_moe",
		shape,
		qkvBias: config.flag("qkv_bias", true),
		outputBias: false,
		mlpBias: false,
		qkNorm: "none",
		windows: perBlock(shape, () => null),
		mlp: qwenMlps(input, shape, experts, shared)
	});
}
function qwen3Moe(input, own = {}) {
	const { config } = input;
	const shape = readShape(config, QWEN3);
	const bias = config.flag("attention_bias", false);
	const counts = readExpertCounts(config, shape, {
		countKey: "num_experts",
		count: 128,
		perToken: 8
	});
	const isAlwaysChosen = own.family === "qwen3_vl_moe";
	if (isAlwaysChosen) config.only("norm_topk_prob", true);
	const experts = {
		...counts,
		...readRouting(config, 768, isAlwaysChosen)
	};
	const slides = config.flag("use_sliding_window", false) && config.value("sliding_window") !== null;
	for (const key of ["sliding_window", "max_window_layers"]) config.value(key);
	return llamaLike(input, {
		family: "qwen3_moe",
		shape,
		qkvBias: bias,
		outputBias: bias,
		mlpBias: false,
		qkNorm: "head",
		windows: slides ? layerWindows(config, perBlock(shape, () => true), 4096) : perBlock(shape, () => null),
		mlp: qwenMlps(input, shape, experts, null),
		...own
	});
}
function readRouting(config, size, normed = false) {
	return {
		size: config.count("moe_intermediate_size", WIDEST, size),
		routing: config.flag("norm_topk_prob", normed) ? "chosen" : "all"
	};
}
/** `shared`: hidden units of the expert that every token is given to; null: none. */
function qwenMlps({ config, names }, shape, experts, shared) {
	const activation = config.choice("hidden_act", ACTIVATIONS, "silu");
	const step = config.count("decoder_sparse_step", MOST_LAYERS, 1);
	const plain = readPlainLayers(config, shape.layers);
	return (block, layer) => {
		if (plain.has(layer) || (layer + 1) % step !== 0) return {
			spec: {
				gated: true,
				activation,
				size: shape.d_mlp
			},
			weights: gatedMlp(block, shape, false)
		};
		const module = `${block}.mlp`;
		const router = linear(`${module}.gate`, experts.count, shape.d_model, false);
		const routed = expertsOnly({ activation }, experts, router, (expert) => qwenExpert(`${module}.experts.${expert}`, {
			d_model: shape.d_model,
			size: experts.size
		}, names));
		return shared === null ? routed : withShared(routed, module, shape.d_model, shared);
	};
}
/** The rows of gate before those of up where one matrix holds both, as Qwen3-VL's do. */
function qwenExpert(module, sides, names) {
	return names.has(`${module}.gate_up_proj.weight`) ? expertHalves(module, sides) : singleExpert(module, sides, NAMES);
}
function withShared({ spec, weights }, module, d_model, size) {
	const sharedGate = linear(`${module}.shared_expert_gate`, 1, d_model, false);
	return {
		spec: {
			...spec,
			size
		},
		weights: {
			...singleExpert(`${module}.shared_expert`, {
				d_model,
				size
			}, NAMES),
			...weights.experts === void 0 ? {} : { experts: {
				...weights.experts,
				sharedGate
			} }
		}
	};
}
/** `mlp_only_layers`: blocks that have an MLP whatever the step says. */
function readPlainLayers(config, layers) {
	const listed = config.value("mlp_only_layers") ?? [];
	const isBlock = (value) => Number.isInteger(value);
	if (!Array.isArray(listed) || listed.length > 1024 || !listed.every(isBlock)) throw config.unsupported("mlp_only_layers", `a list of blocks from 0 to ${layers - 1}`);
	return new Set(listed);
}
// src/models/families/qwen-vl.ts
/** Keys of the image model around the text model. */
const IMAGE_KEYS = [
	"vision_config",
	"image_token_id",
	"video_token_id",
	"vision_start_token_id",
	"vision_end_token_id",
	"vision_token_id",
	"language_model_only"
];
/** A family whose text model `describe` describes. */
const textOf = (family, describe) => (input) => {
	const { config } = input;
	for (const key of IMAGE_KEYS) config.value(key);
	const text = config.section("text_config") ?? config;
	text.value("model_type");
	readRope(text);
	if (text !== config) readTied(config, text);
	const tied = config.flag("tie_word_embeddings", false);
	return describe({
		...input,
		config: text
	}, {
		family,
		ropeKinds: IMAGE_KINDS,
		tied
	});
};
/** The third version's code knows no windows. */
function withoutWindows(describe) {
	return (input, own) => {
		input.config.only("use_sliding_window", false);
		return describe(input, own);
	};
}
/** How pairs are dealt to the three axes of an image. */
function readRope(text) {
	const section = ropeSection(text);
	section?.value("mrope_section");
	section?.value("mrope_interleaved");
}
/** The wrapper's own word on the unembedding must be the text's where both have one. */
function readTied(config, text) {
	if (text.has("tie_word_embeddings")) config.only("tie_word_embeddings", text.flag("tie_word_embeddings", false));
}
const qwen2Vl = textOf("qwen2_vl", qwen2);
const qwen25Vl = textOf("qwen2_5_vl", qwen2);
const qwen3Vl = textOf("qwen3_vl", withoutWindows(qwen3));
const qwen3VlMoe = textOf("qwen3_vl_moe", withoutWindows(qwen3Moe));
// src/models/families/qwen-hybrid.ts
const DENSE = {
	n_vocab: 248320,
	d_model: 4096,
	layers: 32,
	heads: 16,
	kvHeads: 4,
	headSize: 256,
	d_mlp: 12288,
	maxPositions: 32768
};
const MOE = {
	...DENSE,
	d_model: 2048,
	layers: 40,
	kvHeads: 2,
	d_mlp: 5632
};
const NEXT = {
	...MOE,
	n_vocab: 151936,
	layers: 48
};
const LAYER_TYPES = /* @__PURE__ */ new Map([["linear_attention", "delta"], ["full_attention", "attention"]]);
/** The text model by itself names ropes as the image model does. */
const ALONE = { ropeKinds: IMAGE_KINDS };
function qwen35Text(input, own = ALONE) {
	const { config } = input;
	const shape = readShape(config, DENSE);
	const mlp = (block) => ({
		spec: {
			gated: true,
			activation: "silu",
			size: shape.d_mlp
		},
		weights: gatedMlp(block, shape, false)
	});
	config.value("mlp_only_layers");
	return hybrid(input, {
		family: "qwen3_5_text",
		shape,
		mlp,
		delta: deltaNetApart,
		own
	});
}
function qwen35MoeText(input, own = ALONE) {
	const { config } = input;
	const shape = readShape(config, MOE);
	config.only("norm_topk_prob", true);
	return hybrid(input, {
		family: "qwen3_5_moe_text",
		shape,
		mlp: experts(input, shape, {
			count: 256,
			perToken: 8
		}),
		delta: deltaNetApart,
		own
	});
}
function qwen3Next(input) {
	const shape = readShape(input.config, NEXT);
	return hybrid(input, {
		family: "qwen3_next",
		shape,
		mlp: experts(input, shape, {
			count: 512,
			perToken: 10
		}),
		delta: deltaNetByHead,
		own: {}
	});
}
const qwen35 = textOf("qwen3_5", qwen35Text);
const qwen35Moe = textOf("qwen3_5_moe", qwen35MoeText);
function experts(input, shape, usual) {
	const { config } = input;
	const counts = readExpertCounts(config, shape, {
		countKey: "num_experts",
		...usual
	});
	const shared = config.count("shared_expert_intermediate_size", WIDEST, 512);
	return qwenMlps(input, shape, {
		...counts,
		...readRouting(config, 512, true)
	}, shared);
}
function hybrid(input, { family, shape, mlp, delta, own }) {
	const { config } = input;
	readFixed(config);
	if (own.ropeKinds !== void 0) readRope(config);
	const attention = readAttention(input, shape, own);
	const bias = config.flag("attention_bias", false);
	const net = readDeltaNet(config);
	const kinds = readKinds(config, shape.layers);
	const prefix = bodyPrefix(input);
	const mlps = perBlock(shape, (layer) => mlp(`${prefix}layers.${layer}`, layer));
	const tied = config.flag("tie_word_embeddings", own.tied ?? false);
	return {
		spec: {
			family: own.family ?? family,
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			logitScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-6),
				gainOffset: 1
			},
			blocks: mlps.map(({ spec }, layer) => {
				return {
					layout: "sequential",
					attention: kinds[layer] === "delta" ? net : attention,
					mlp: spec
				};
			}),
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, headModule(input), shape, tied),
			positions: null,
			blocks: mlps.map(({ weights }, layer) => {
				const block = `${prefix}layers.${layer}`;
				const mixing = kinds[layer] === "delta" ? {
					...delta(`${block}.linear_attn`, net, shape.d_model, input.names),
					qNorm: null,
					kNorm: null
				} : {
					...gatedAttention(block, shape, bias),
					...qkNorms(block, shape, "head")
				};
				return {
					...preNorms(block, shape),
					...mixing,
					...weights
				};
			})
		}
	};
}
function readAttention(input, shape, { ropeKinds }) {
	const turned = {
		fraction: .25,
		pairing: "half",
		...ropeKinds === void 0 ? {} : { kinds: ropeKinds }
	};
	return {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: partialRotary(input, shape, turned),
		qkNorm: "head",
		outputGate: true
	};
}
/** Of every head in q_proj the query comes first, then its gate. */
function gatedAttention(block, shape, bias) {
	const { heads, headSize, kvHeads, d_model } = shape;
	const attention = `${block}.self_attn`;
	const both = linear(`${attention}.q_proj`, 2 * heads * headSize, d_model, bias);
	return {
		q: take(both, everyHead(heads, 2 * headSize, 0, headSize)),
		outputGate: take(both, everyHead(heads, 2 * headSize, headSize, headSize)),
		k: linear(`${attention}.k_proj`, kvHeads * headSize, d_model, bias),
		v: linear(`${attention}.v_proj`, kvHeads * headSize, d_model, bias),
		o: linear(`${attention}.o_proj`, d_model, heads * headSize, bias)
	};
}
/** Every `full_attention_interval`-th has attention, or what layer_types says. */
function readKinds(config, layers) {
	const interval = config.count("full_attention_interval", MOST_LAYERS, 4);
	return config.choices("layer_types", layers, LAYER_TYPES) ?? Array.from({ length: layers }, (_, layer) => (layer + 1) % interval === 0 ? "attention" : "delta");
}
/** What transformers takes for granted, and what is of no weight here. */
function readFixed(config) {
	config.only("hidden_act", "silu");
	config.only("attn_output_gate", true);
	config.only("output_gate_type", "swish");
	config.only("use_sliding_window", false);
	for (const key of [
		"mamba_ssm_dtype",
		"mtp_num_hidden_layers",
		"mtp_use_dedicated_embeddings"
	]) config.value(key);
}
const REFUSED_FAMILIES = [
	{
		modelTypes: [
			"deepseek_v2",
			"deepseek_v3",
			"deepseek_v32",
			"kimi_k2",
			"mistral4"
		],
		models: "DeepSeek-V2, V3 and R1, Kimi K2, Mistral 4",
		missing: "attention over a compressed latent of keys and values, a part of which alone is rotated (MLA)"
	},
	{
		modelTypes: ["llama4", "llama4_text"],
		models: "Llama 4",
		missing: "attention in chunks of the sequence, and a router whose factor is on the input of an expert"
	},
	{
		modelTypes: [
			"glm4_moe",
			"glm4v",
			"glm4v_moe"
		],
		models: "GLM-4.5 and later",
		missing: "a router by sigmoids with a correction for balance, or image rotation"
	},
	{
		modelTypes: [
			"granitemoehybrid",
			"bamba",
			"falcon_h1",
			"falcon_mamba",
			"jamba",
			"mamba",
			"mamba2",
			"nemotron_h",
			"zamba2"
		],
		models: "Granite 4, Bamba, Falcon H1, Jamba, Mamba, Nemotron-H, Zamba",
		missing: "state space layers (Mamba), whose state is carried from token to token"
	},
	{
		modelTypes: ["bloom", "mpt"],
		models: "BLOOM and MPT",
		missing: "attention scores that fall with distance (ALiBi) in place of positions"
	}
];
// src/models/families/smollm3.ts
const DEFAULTS$1 = {
	n_vocab: 128256,
	d_model: 2048,
	layers: 36,
	heads: 16,
	kvHeads: 4,
	headSize: null,
	d_mlp: 11008,
	maxPositions: 32768
};
function smolLm3(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$1);
	const rotated = rotatedBlocks(config, shape.layers);
	const maySlide = config.flag("use_sliding_window", false);
	const window = config.value("sliding_window");
	const slides = slidingLayers(config, shape.layers, (layer) => maySlide && typeof window === "number" && rotated[layer] === false);
	config.value("max_window_layers");
	const bias = config.flag("attention_bias", false);
	return llamaLike(input, {
		family: "smollm3",
		shape,
		qkvBias: bias,
		outputBias: bias,
		mlpBias: config.flag("mlp_bias", false),
		qkNorm: "none",
		windows: layerWindows(config, slides, null),
		rotated,
		ropeBase: 2e6,
		tied: true
	});
}
/** `no_rope_layers`, else all but every `no_rope_layer_interval`-th. */
function rotatedBlocks(config, layers) {
	const interval = config.count("no_rope_layer_interval", MOST_LAYERS, 4);
	const listed = config.value("no_rope_layers");
	if (listed === void 0 || listed === null) return Array.from({ length: layers }, (_, layer) => (layer + 1) % interval !== 0);
	if (!(Array.isArray(listed) && listed.length === layers) || listed.some((one) => one !== 0 && one !== 1)) throw config.unsupported("no_rope_layers", `a list of ${layers} times 0 or 1`);
	return listed.map((one) => one === 1);
}
// src/models/families/stablelm.ts
const DEFAULTS = {
	n_vocab: 50304,
	d_model: 2560,
	layers: 32,
	heads: 32,
	kvHeads: 32,
	headSize: null,
	d_mlp: 6912,
	maxPositions: 4096
};
function stableLm(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS);
	config.only("qk_layernorm", false);
	const isParallel = config.flag("use_parallel_residual", false);
	const bias = config.flag("use_qkv_bias", false);
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: partialRotary(input, shape, {
			fraction: .25,
			pairing: "half"
		}),
		qkNorm: "none"
	};
	const mlp = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const prefix = bodyPrefix(input);
	const embedding = matrix(`${prefix}embed_tokens.weight`, shape.n_vocab, shape.d_model);
	const tied = config.flag("tie_word_embeddings", false);
	return {
		spec: {
			family: "stablelm",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: perBlock(shape, () => ({
				layout: isParallel ? "parallel" : "sequential",
				attention,
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			embedding,
			positions: null,
			blocks: perBlock(shape, (layer) => {
				const block = `${prefix}layers.${layer}`;
				const first = layerNorm(`${block}.input_layernorm`, shape.d_model);
				return {
					preAttention: first,
					...separateAttention(block, shape, {
						qkv: bias,
						output: false
					}),
					qNorm: null,
					kNorm: null,
					postAttention: null,
					preMlp: isParallel ? first : layerNorm(`${block}.post_attention_layernorm`, shape.d_model),
					...gatedMlp(block, shape, false),
					postMlp: null
				};
			}),
			finalNorm: layerNorm(`${prefix}norm`, shape.d_model),
			unembedding: tied ? {
				weight: embedding,
				bias: null
			} : linear("lm_head", shape.n_vocab, shape.d_model, false)
		}
	};
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
/** Parts of a model beside its text decoder: `_keys_to_ignore_on_load_unexpected` of transformers, and the images and sound of Gemma 3, 3n and 4, Mistral 3 and Qwen-VL. */
const BESIDE = /^(?:model\.)?(?:vision\w*|visual|audio_tower|embed_(?:vision|audio)|multi_modal_projector|mtp\w*)\./;
/** Scales of the key/value cache and of attention's products; quantizing these is not simulated (the packing says so). */
const CACHE_SCALES = /(?:^|[._])(?:k|v|kv|q|prob|output)_(?:scale|zero_point)$/;
/** What quantizers store beside a weight. Only beside one: a scale by itself (AWQ's act.scales) changes the model. */
const PART = /^(.+)\.(?:(?:weight|input|output)_\w+|weight\..+|scales?|zeros?|zero_point|qzeros|g_idx|perm|SCB|\w+_quantizer\..+)$/;
/** Modules around the text decoder whose number and order differ between versions of transformers and between quantizers. */
const AROUND_TEXT = /^(?:(?:model|language_model|text_model|transformer|module|_orig_mod|base_model)\.)+/;
/** Names that are shown; the others are counted. */
const SHOWN_NAMES = 3;
/** `unused`: tensors of its blocks that a family's own code leaves too. */
function unreadTensors(weights, names, unused = []) {
	const { weight, bias } = weights.unembedding;
	const read = new Set([
		...allRefs(weights),
		weight,
		...bias === null ? [] : [bias]
	].map((ref) => ref.tensor));
	const left = new Set(unused);
	const unread = [...names].filter((name) => !read.has(name) && !left.has(name) && !isLeftOut(name, names));
	const blocks = new Set(weights.blocks.map(({ o }) => blockOf(o.weight.tensor)));
	const inBlocks = unread.filter((name) => blocks.has(blockOf(name)));
	const others = unread.filter((name) => !inBlocks.includes(name));
	const readNames = new Map([...read].filter(isInBlock).map((name) => [withoutPrefixes(name), name]));
	return {
		inBlocks,
		twice: others.flatMap((other) => {
			const name = readNames.get(withoutPrefixes(other));
			return name === void 0 ? [] : [{
				read: name,
				other
			}];
		}),
		warnings: others.length === 0 ? [] : [othersWarning(others)]
	};
}
/** `model.layers.3.` of `model.layers.3.mlp.up_proj.weight`; the name itself where it has no number. */
function blockOf(name) {
	return /^.*?\.\d+\./.exec(name)?.[0] ?? name;
}
function isInBlock(name) {
	return blockOf(name) !== name;
}
function withoutPrefixes(name) {
	return name.replace(AROUND_TEXT, "");
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
* Adding a family: one file beside this one, one row in ROWS (`saegate doctor --families` shows it), one naive forward pass in test/oracle.
*/
const ROWS = [
	{
		modelType: "gpt2",
		models: "GPT-2",
		describe: gpt2
	},
	{
		modelType: "gpt_neo",
		models: "GPT-Neo",
		describe: gptNeo
	},
	{
		modelType: "gpt_neox",
		models: "GPT-NeoX and Pythia",
		describe: gptNeox
	},
	{
		modelType: "llama",
		models: "Llama 1 to 3 and what is stored in its form (SmolLM, Falcon 3)",
		describe: llama
	},
	{
		modelType: "mistral",
		models: "Mistral",
		describe: mistral
	},
	{
		modelType: "mistral3",
		models: "the text of Mistral 3 and Ministral 3",
		describe: mistral3
	},
	{
		modelType: "ministral3",
		models: "Ministral 3 and Devstral 2 alone",
		describe: ministral3
	},
	{
		modelType: "mixtral",
		models: "Mixtral",
		describe: mixtral
	},
	{
		modelType: "qwen2",
		models: "Qwen2 and Qwen2.5",
		describe: qwen2
	},
	{
		modelType: "qwen3",
		models: "Qwen3",
		describe: qwen3
	},
	{
		modelType: "qwen2_moe",
		models: "Qwen2-MoE",
		describe: qwen2Moe
	},
	{
		modelType: "qwen3_moe",
		models: "Qwen3-MoE",
		describe: qwen3Moe
	},
	{
		modelType: "qwen2_vl",
		models: "the text of Qwen2-VL",
		describe: qwen2Vl
	},
	{
		modelType: "qwen2_5_vl",
		models: "the text of Qwen2.5-VL",
		describe: qwen25Vl
	},
	{
		modelType: "qwen3_vl",
		models: "the text of Qwen3-VL",
		describe: qwen3Vl
	},
	{
		modelType: "qwen3_vl_moe",
		models: "the text of Qwen3-VL with experts",
		describe: qwen3VlMoe
	},
	{
		modelType: "qwen3_next",
		models: "Qwen3-Next",
		describe: qwen3Next
	},
	{
		modelType: "qwen3_5",
		models: "the text of Qwen3.5",
		describe: qwen35
	},
	{
		modelType: "qwen3_5_text",
		models: "Qwen3.5 without images",
		describe: qwen35Text
	},
	{
		modelType: "qwen3_5_moe",
		models: "the text of Qwen3.5 with experts",
		describe: qwen35Moe
	},
	{
		modelType: "qwen3_5_moe_text",
		models: "Qwen3.5 with experts, without images",
		describe: qwen35MoeText
	},
	{
		modelType: "gpt_oss",
		models: "gpt-oss",
		describe: gptOss
	},
	{
		modelType: "gemma",
		models: "Gemma",
		describe: gemma
	},
	{
		modelType: "gemma2",
		models: "Gemma 2",
		describe: gemma2
	},
	{
		modelType: "gemma3_text",
		models: "Gemma 3",
		describe: gemma3Text
	},
	{
		modelType: "gemma3",
		models: "the text of Gemma 3",
		describe: gemma3
	},
	{
		modelType: "gemma3n_text",
		models: "Gemma 3n without images",
		describe: gemma3nText
	},
	{
		modelType: "gemma3n",
		models: "the text of Gemma 3n",
		describe: gemma3n
	},
	{
		modelType: "gemma4_text",
		models: "Gemma 4 without images",
		describe: gemma4Text
	},
	{
		modelType: "gemma4",
		models: "the text of Gemma 4",
		describe: gemma4
	},
	{
		modelType: "gemma4_unified_text",
		models: "Gemma 4 of one decoder, without images",
		describe: gemma4UnifiedText
	},
	{
		modelType: "gemma4_unified",
		models: "the text of Gemma 4 of one decoder",
		describe: gemma4Unified
	},
	{
		modelType: "phi3",
		models: "Phi-3 and Phi-4",
		describe: phi3
	},
	{
		modelType: "phimoe",
		models: "Phi-3.5-MoE",
		describe: phiMoe
	},
	{
		modelType: "olmo",
		models: "OLMo 1",
		describe: olmo1
	},
	{
		modelType: "olmo2",
		models: "OLMo 2",
		describe: olmo2
	},
	{
		modelType: "olmo3",
		models: "OLMo 3",
		describe: olmo3
	},
	{
		modelType: "smollm3",
		models: "SmolLM3",
		describe: smolLm3
	},
	{
		modelType: "stablelm",
		models: "StableLM",
		describe: stableLm
	},
	{
		modelType: "phi",
		models: "Phi-1 to Phi-2",
		describe: phi
	},
	{
		modelType: "granite",
		models: "Granite 3",
		describe: granite
	},
	{
		modelType: "granitemoe",
		models: "Granite 3 with experts",
		describe: graniteMoe
	},
	{
		modelType: "granitemoeshared",
		models: "Granite with experts and an MLP beside them",
		describe: graniteMoeShared
	},
	{
		modelType: "cohere",
		models: "Command R, Command R+ and Aya",
		describe: cohere
	},
	{
		modelType: "cohere2",
		models: "Command R7B and Command A",
		describe: cohere2
	},
	{
		modelType: "falcon",
		models: "Falcon 7B to 180B, Falcon 2",
		describe: falcon
	},
	{
		modelType: "glm",
		models: "GLM-4",
		describe: glm
	},
	{
		modelType: "glm4",
		models: "GLM-4 of 2025",
		describe: glm4
	}
];
const FAMILIES = new Map(ROWS.map(({ modelType, describe }) => [modelType, describe]));
/** Every family that can be run, in words. */
const familyList = ROWS;
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
* Errors: FAMILY_UNKNOWN, FAMILY_REFUSED, CONFIG_KEY_MISSING, CONFIG_VALUE_UNSUPPORTED, SEQUENCE_TOO_LONG, TENSORS_UNREAD, TENSORS_TWICE.
*/
function describeDecoder(config, length, tensorNames = /* @__PURE__ */ new Set(), spec = null) {
	const where = spec === null ? "model config" : `${spec}: model config`;
	const reader = new ConfigReader(config, where);
	const modelType = reader.value("model_type");
	const describe = typeof modelType === "string" ? FAMILIES.get(modelType) : void 0;
	const refused = REFUSED_FAMILIES.find((row) => row.modelTypes.some((type) => type === modelType));
	if (refused !== void 0) throw familyRefused(where, String(modelType), refused.models, refused.missing);
	if (!describe) throw familyUnknown(where, JSON.stringify(modelType ?? null).slice(0, 80), knownFamilies);
	const names = new TensorNames(tensorNames);
	const family = describe({
		config: reader,
		length,
		names
	});
	const { decoder, warnings } = asStored(family, names);
	const most = decoder.spec.maxPositions;
	if (most !== null && length > most) throw sequenceTooLong(where, length, most);
	const unread = unreadTensors(decoder.weights, names, family.unused);
	if (unread.twice.length > 0) throw tensorsTwice(where, unread.twice);
	if (unread.inBlocks.length > 0) {
		const { family } = decoder.spec;
		throw tensorsUnread(where, family, unread.inBlocks, classWarnings(reader, family));
	}
	const { spec: shape, weights } = decoder;
	return {
		spec: shape,
		weights,
		warnings: [
			...describeWarnings(reader, decoder),
			...warnings,
			...unread.warnings
		]
	};
}
export { matrix as a, REFUSED_FAMILIES as i, familyList as n, vector as o, knownFamilies as r, describeDecoder as t };
