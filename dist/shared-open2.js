import { _ as tensorNotInShard, a as noWeights, f as severalWeights, h as tensorNotFinite, i as noConfig, l as partMissing, m as tensorMissing, n as adapterUnmerged, o as notACheckpoint, p as shardMissing, r as indexMalformed, t as adapterOnly, u as pickleRefused } from "./shared-checkpoints.js";
import { n as located, t as SaegateError } from "./shared-problem.js";
import { n as digestsOf, r as filesSha256, t as digestedFiles } from "./shared-file-digests.js";
import { a as readJsonObject, n as describeJson, r as isJsonObject } from "./shared-json.js";
import { r as floatTensors, t as openPytorch } from "./shared-open.js";
import { i as positionOf, n as elementCount, r as isDtype } from "./shared-raw-tensor.js";
import { r as firstUnusable, t as toFloat32 } from "./shared-half.js";
import { C as shownJson, M as readNumbers, T as FLOATS, U as packedUnsupported, c as transposed, n as expertBlocks, t as modulesWith } from "./shared-modules.js";
import { t as staysInside } from "./shared-pinned-files.js";
import { t as openSafetensors } from "./shared-safetensors.js";
import { t as withSingleExperts } from "./shared-single-experts.js";
import { t as ggufPartNames } from "./shared-split.js";
import { createHash } from "node:crypto";
// src/checkpoints/mlx-delta-nets.ts
/**
* @file Checkpoints with gated delta nets (Qwen3.5, Qwen3-Next) as MLX stores them, in transformers' form: the convolution's weights are
* [channels, reach, 1] there, the same numbers in the same order as [channels, 1, reach], and the norms whose gain the model stores less 1 were
* given that 1. MLX itself tells the two forms apart by the convolution's last axis.
*
* Source: `sanitize` of mlx_lm/models/qwen3_5.py and qwen3_next.py (mlx-lm, August 2026). Left out: experts under MLX's name for them (`switch_mlp`).
*/
const CONVOLUTION = /\.linear_attn\.conv1d\.weight$/;
/** The delta net's own norm is not among them. */
const NORM = /(?:\.(?:input_layernorm|post_attention_layernorm|q_norm|k_norm)|(?:^|\.)model\.norm)\.weight$/;
const isTurned = ({ name, shape }) => CONVOLUTION.test(name) && shape.length === 3 && shape[1] !== 1 && shape[2] === 1;
const count = (shape) => shape.reduce((product, size) => product * size, 1);
/** The table itself where its convolutions are transformers', or there are none. Errors on read: the table's own. */
function withoutMlxForm(table) {
	const all = [...table.entries.values()];
	if (!all.some(isTurned)) return table;
	const entries = new Map(all.map((entry) => [entry.name, inTheirForm(entry)]));
	const isChanged = (name) => CONVOLUTION.test(name) || isNorm(entries.get(name));
	return {
		entries,
		read: async (name) => {
			const stored = await table.read(name);
			const shape = entries.get(name)?.shape ?? stored.shape;
			if (CONVOLUTION.test(name)) return stored.type === "float32" ? {
				...stored,
				shape
			} : {
				...stored,
				shape
			};
			if (!isNorm(entries.get(name))) return stored;
			return {
				type: "float32",
				shape,
				data: toFloat32(stored).map((gain) => gain - 1)
			};
		},
		rowsOf: (name) => isChanged(name) ? null : table.rowsOf?.(name) ?? null,
		close: () => table.close()
	};
}
const isNorm = (entry) => entry !== void 0 && NORM.test(entry.name) && entry.shape.length === 1;
function inTheirForm(entry) {
	if (isTurned(entry)) {
		const [channels = 0, reach = 0] = entry.shape;
		return {
			...entry,
			shape: [
				channels,
				1,
				reach
			]
		};
	}
	return isNorm(entry) ? {
		...entry,
		storedAs: "F32",
		byteLength: 4 * count(entry.shape)
	} : entry;
}
// src/checkpoints/packed/cache-scales.ts
/** vLLM's names, and those of the observers that compressed-tensors stores. */
const CACHE_SCALE = /\.(k_scale|v_scale|k_cache_scale|v_cache_scale|(k_proj|v_proj)\.output_scale)$/;
/** A scale per tensor, or per head; whatever is larger is something else. */
const MOST_VALUES = 4096;
/** Errors: those of reading. */
async function cacheScaleWarnings(raw) {
	const unusable = [];
	for (const tensor of raw.entries.values()) if (isScale(tensor) && (await readNumbers(raw, tensor)).some((scale) => !(scale > 0 && scale < 1e400))) unusable.push(tensor.name);
	const [first] = unusable;
	if (first === void 0) return [];
	return [`${unusable.length === 1 ? `${first} is` : `${first} and ${unusable.length - 1} more are`} zero, negative or not a number: a runtime that quantizes the key/value cache by it computes noise. The cache is not simulated here, so the figures do not show that; calibrate the cache scales again, or serve with an unquantized cache.`];
}
function isScale({ name, dtype, shape }) {
	return CACHE_SCALE.test(name) && FLOATS.includes(dtype) && shape.reduce((n, size) => n * size, 1) <= MOST_VALUES;
}
// src/checkpoints/packed/declared/rotation.ts
/**
* @file Does the config say that the residual stream was turned into another basis?
*
* Sources: compressed-tensors `transform_config` (llm-compressor SpinQuantModifier, QuIPModifier), GPTQModel `rotation`,
* AutoRound's rotation, QuaRot (arXiv 2404.00456), SpinQuant (arXiv 2405.16406). A dictionary trained on the original
* basis would find every feature gone in an equivalent model. Data can tell too; that check lies with the audit.
*/
const KEYS = [
	"transform_config",
	"rotation",
	"rotation_config",
	"quarot",
	"spinquant",
	"hadamard"
];
/** The reason in words, or null. */
function declaredRotation(quantization) {
	for (const key of KEYS) {
		const value = quantization[key];
		if (declares(value)) return `quantization_config.${key} (${shownJson(value)}) declares rotated weights`;
	}
	return null;
}
function declares(value) {
	if (value === void 0 || value === null || value === false || value === "" || value === "none") return false;
	if (!isJsonObject(value)) return !Array.isArray(value) || value.length > 0;
	const groups = isJsonObject(value.config_groups) ? value.config_groups : value;
	return Object.keys(groups).length > 0;
}
// src/checkpoints/packed/declared/section.ts
/** @file Where a config says how its weights are quantized. */
/**
* The section that describes the quantization, under its present or its older name; null where there is none. MLX has a
* name of its own for it, and writes it twice.
*/
function quantizationConfig(config) {
	const { quantization_config: quantization, compression_config: older } = config;
	const { quantization: mlx } = config;
	if (isJsonObject(mlx) && !(isJsonObject(quantization) && "quant_method" in quantization)) return {
		quant_method: "mlx",
		...mlx
	};
	if (isJsonObject(quantization)) return quantization;
	return isJsonObject(older) ? {
		quant_method: "compressed-tensors",
		...older
	} : null;
}
// src/checkpoints/packed/packed-table.ts
/** @file A checkpoint's tensors with the packed ones under their usual names, decoded and checked when they are read. */
/** GPT-2's Conv1D stores weights [K, N], and its family file expects them so; packed ones are [N, K] like all others. */
function isConv1d(name) {
	return /(^|\.)(c_attn|c_proj|c_fc)\.weight$/.test(name);
}
/** `gpt2`: weights of Conv1D modules are given as that family stores them, [K, N]. Errors on read: those of the packing. */
function packedTable(plain, packing, gpt2) {
	const entries = /* @__PURE__ */ new Map();
	for (const [name, entry] of plain.entries) if (!packing.parts.has(name)) entries.set(name, entry);
	const packed = /* @__PURE__ */ new Map();
	for (const weight of packing.weights) {
		const { name, shape, storedAs, byteLength } = weight;
		const shown = gpt2 && isConv1d(name) ? [shape[1], shape[0]] : shape;
		entries.set(name, {
			name,
			shape: shown,
			storedAs,
			byteLength
		});
		packed.set(name, weight);
	}
	return {
		entries,
		read: async (name) => {
			const weight = packed.get(name);
			if (weight === void 0) {
				if (!entries.has(name)) throw tensorMissing("The checkpoint", name);
				return plain.read(name);
			}
			const [N, K] = weight.shape;
			const decoded = await decodeFinite(weight);
			if (!(gpt2 && isConv1d(name))) return {
				type: "float32",
				shape: [N, K],
				data: decoded
			};
			return {
				type: "float32",
				shape: [K, N],
				data: transposed(decoded, N, K, new Float32Array(N * K))
			};
		},
		rowsOf: (name) => entries.has(name) && !packed.has(name) ? plain.rowsOf?.(name) ?? null : null,
		close: () => plain.close()
	};
}
/** Errors: TENSOR_NOT_FINITE, beside those of the packing. */
async function decodeFinite(weight) {
	const decoded = await weight.decode();
	const at = firstUnusable(decoded);
	if (at < 0) return decoded;
	const position = positionOf(at, weight.shape);
	throw tensorNotFinite(`after decoding ${weight.storedAs}`, weight.name, decoded[at], position);
}
// src/checkpoints/packed/seen-method.ts
/** @file Which packing the stored tensors look like, whatever the config says. */
/** What the tensors look like by themselves; null when nothing looks packed. Errors: PACKED_UNSUPPORTED for Marlin. */
function methodOfTensors(raw) {
	refuseMarlin(raw);
	const has = (suffix) => modulesWith(raw, suffix).length > 0;
	if (has(".weight_packed")) return "compressed-tensors";
	if (expertBlocks(raw).length > 0) return "mxfp4";
	if (has(".weight.absmax") || has(".SCB")) return "bitsandbytes";
	if (has(".W_q")) return "hqq";
	if (has("._weight_qdata")) return "torchao";
	if (has(".weight_scale_inv")) return "fp8";
	if (has(".weight_scale_2")) return "modelopt";
	const module = modulesWith(raw, ".qweight")[0];
	if (module !== void 0) return isGptq(raw, module) ? "gptq" : "awq";
	if (modulesWith(raw, ".biases").some((name) => raw.entries.get(`${name}.weight`)?.dtype === "U32")) return "mlx";
	return has(".weight_scale") ? "scaled" : null;
}
/**
* GPTQ: a column of qweight is an output, as in scales. AWQ GEMM has eight outputs in a column; in AWQ GEMV a row of both is
* an output.
*/
function isGptq(raw, module) {
	const [rows, columns] = raw.entries.get(`${module}.qweight`)?.shape ?? [];
	const [scaleRows, scaleColumns] = raw.entries.get(`${module}.scales`)?.shape ?? [];
	return raw.entries.has(`${module}.g_idx`) || columns === scaleColumns && rows !== scaleRows;
}
/** Marlin's tiles of a weight, as AutoGPTQ and GPTQModel save them: `X.B` with `X.s`. */
function refuseMarlin(raw) {
	const module = modulesWith(raw, ".B").find((name) => raw.entries.has(`${name}.s`));
	if (module === void 0) return;
	throw packedUnsupported("Marlin", `tensors "${module}.B" and "${module}.s"`, "Use the checkpoint from before it was repacked for Marlin: Marlin kernels load that one too.");
}
// src/checkpoints/packed/decode-packed.ts
/** Files that older tools write beside config.json; their content stands in for a missing quantization_config. */
const QUANTIZATION_FILES = [
	"quantize_config.json",
	"quant_config.json",
	"hf_quant_config.json"
];
/**
* Decode what is packed; null when the checkpoint is not quantized. `plain` reads the same tensors as they are; `config` is
* config.json (with the content of one of `QUANTIZATION_FILES` as quantization_config where it has none).
* Errors: PACKED_*. Nothing but small tensors (shapes, static scales) is read before a weight is asked for.
*/
async function decodePacked(raw, plain, config) {
	const quantization = quantizationConfig(config);
	const seen = methodOfTensors(raw);
	if (quantization === null && seen === null) return null;
	const { readPacking } = await import("./shared-read-packing.js");
	const { packing, warnings } = await readPacking(raw, quantization, seen);
	const rotation = quantization === null ? null : declaredRotation(quantization);
	const table = packedTable(plain, packing, config.model_type === "gpt2" || config.model_type === "openai-gpt");
	const unquantized = matricesLeft(table, packing);
	return {
		table,
		method: packing.method,
		describe: describe(packing.weights),
		unquantized,
		activations: packing.activations,
		rotation,
		warnings: [
			...warnings,
			...packing.warnings,
			...unexpectedlyPlain(unquantized, packing),
			...unexpectedlyPacked(packing),
			...await cacheScaleWarnings(raw)
		]
	};
}
function describe(weights) {
	let bytes = 0;
	let parameters = 0;
	for (const { shape, byteLength } of weights) {
		bytes += byteLength;
		parameters += shape[0] * shape[1];
	}
	const bits = parameters === 0 ? null : 8 * bytes / parameters;
	const sizes = new Set(weights.map((weight) => weight.groupSize));
	const [groupSize] = sizes;
	const shared = sizes.size === 1 && typeof groupSize === "number";
	const counts = {
		bits,
		tensors: weights.length,
		parameters
	};
	return shared ? {
		...counts,
		groupSize
	} : counts;
}
/** Modules whose weight has two axes and is stored as it is: embeddings, the unembedding, layers left out. */
function matricesLeft(table, packing) {
	const packed = new Set(packing.weights.map((weight) => weight.name));
	const modules = [];
	for (const { name, shape } of table.entries.values()) if (shape.length === 2 && name.endsWith(".weight") && !packed.has(name)) modules.push(name.slice(0, -7));
	return modules;
}
/** Layers stored plain, though others of their name are packed and the config does not exempt them. */
function unexpectedlyPlain(unquantized, packing) {
	const leaf = (module) => module.slice(module.lastIndexOf(".") + 1);
	const packed = new Set(packing.weights.map((weight) => leaf(weight.module)));
	const { isExempt } = packing;
	if (isExempt === null) return [];
	const strange = unquantized.filter((module) => packed.has(leaf(module)) && module !== HEAD$1 && !isExempt(module));
	return strange.length === 0 ? [] : [`${firstOf(strange)} is stored unquantized, though config.json does not say so.`];
}
/** Layers stored packed, though the config says that they are not. */
function unexpectedlyPacked({ weights, isExempt }) {
	const strange = weights.map(({ module }) => module).filter((module) => isExempt?.(module) === true);
	return strange.length === 0 ? [] : [`config.json leaves ${firstOf(strange)} unquantized, but the tensors are quantized: they are read as they are stored; an engine that goes by config.json refuses them, or runs another model than the figures are of.`];
}
/** Left as it is by most methods, without a word in the config. */
const HEAD$1 = "lm_head";
const firstOf = (modules) => `${modules[0]}${modules.length > 1 ? ` and ${modules.length - 1} more` : ""}`;
// src/checkpoints/plain-names.ts
/**
* @file Tensor names without what training wrappers put around a model, where their meaning is plain.
*
*     _orig_mod.                     torch.compile, before the module that was compiled
*     _fsdp_wrapped_module.          FullyShardedDataParallel, before every module that it shards
*     _checkpoint_wrapped_module.    activation checkpointing, before every module that is run again
*     module.                        DataParallel, before everything
*     base_model.model.              PEFT, before everything; `base_layer` is the module that an adapter sits on
*
* An adapter's own matrices beside the weights change the model, so they are refused rather than left out.
*/
/** Segments that stand anywhere in a name. */
const AROUND_ANY = /(?<=^|\.)(?:_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module)\./g;
/** Prefixes that every name must have to be taken off. */
const AROUND_ALL = ["module.", "base_model.model."];
/** Matrices of LoRA, IA³ and their kin. */
const ADAPTER$1 = /\.(?:lora_[A-Za-z_]+|ia3_l|oft_r|hada_w\d_[ab]|lokr_w\d)(?:\.|$)/;
/** The same tensors under their plain names; the table itself where nothing is around them. Errors: ADAPTER_UNMERGED. */
function withPlainNames(spec, raw) {
	const names = [...raw.entries.keys()];
	const adapter = names.find((name) => ADAPTER$1.test(name));
	if (adapter !== void 0) throw adapterUnmerged(spec, adapter);
	const plain = plainNames(names);
	if (names.every((name, i) => name === plain[i]) || new Set(plain).size < plain.length) return raw;
	const stored = new Map(names.map((name, i) => [plain[i] ?? name, name]));
	const entries = /* @__PURE__ */ new Map();
	for (const [name, old] of stored) {
		const tensor = raw.entries.get(old);
		if (tensor !== void 0) entries.set(name, {
			...tensor,
			name
		});
	}
	const described = names.map((name, i) => [plain[i] ?? name, raw.metadata.get(name)]);
	const metadata = new Map(raw.metadata);
	for (const [name, text] of described) if (text !== void 0) metadata.set(name, text);
	return {
		entries,
		metadata,
		readBytes: (name, range) => raw.readBytes(stored.get(name) ?? name, range),
		close: () => raw.close()
	};
}
function plainNames(names) {
	let plain = names.map((name) => name.replace(AROUND_ANY, ""));
	for (let changed = plain.length > 0; changed;) {
		const prefix = AROUND_ALL.find((around) => plain.every((name) => name.startsWith(around)));
		changed = prefix !== void 0;
		if (prefix !== void 0) plain = plain.map((name) => name.slice(prefix.length));
	}
	return plain.map((name) => name.replaceAll(".base_layer.", "."));
}
// src/checkpoints/redundant.ts
/**
* @file Stored tensors that say nothing of their own: biases of zeros (GPTQ tools write one for every layer, whether it has
* one or not), and an unembedding that is a copy of the embedding.
*
* A family is not told of them, so they neither mean that a layer has a bias nor that two tied matrices differ.
*/
/** Of two large tensors, before they are compared whole. */
const LOOKED_AT_BYTES = 2 ** 20;
/** Longer vectors are no bias. */
const MOST_BIAS_BYTES = 2 ** 22;
const EMBEDDING = /(?:^|\.)(?:embed_tokens|embed_in|wte)\.weight$/;
const HEAD = /(?:^|\.)(?:lm_head|embed_out)\.weight$/;
/** Errors: those of reading. */
async function redundantTensors(raw) {
	const redundant = /* @__PURE__ */ new Set();
	for (const tensor of raw.entries.values()) if (isBias(tensor) && (await raw.readBytes(tensor.name)).every((byte) => byte === 0)) redundant.add(tensor.name);
	const tensors = [...raw.entries.values()];
	const embedding = tensors.find(({ name }) => EMBEDDING.test(name));
	const head = tensors.find(({ name }) => HEAD.test(name));
	if (embedding !== void 0 && head !== void 0 && await areCopies(raw, embedding, head)) redundant.add(head.name);
	return redundant;
}
function isBias({ name, shape, start, end }) {
	return name.endsWith(".bias") && shape.length === 1 && end - start <= MOST_BIAS_BYTES;
}
/** Most differ from the start. What does not is hashed, one after the other: these are the largest tensors of a model. */
async function areCopies(raw, a, b) {
	if (a.dtype !== b.dtype || a.shape.join() !== b.shape.join()) return false;
	const beginning = [0, Math.min(LOOKED_AT_BYTES, a.end - a.start)];
	const [one, other] = [await raw.readBytes(a.name, beginning), await raw.readBytes(b.name, beginning)];
	if (Buffer.compare(one, other) !== 0) return false;
	const hash = async ({ name }) => createHash("sha256").update(await raw.readBytes(name)).digest("hex");
	return await hash(a) === await hash(b);
}
// src/checkpoints/sharded.ts
/**
* @file A checkpoint in several files, held together by model.safetensors.index.json or pytorch_model.bin.index.json.
*
* The index is {metadata?, weight_map: {tensor name: shard file}} (transformers, modeling_utils.py, load_sharded_checkpoint).
* weight_map decides: a tensor that a shard has but the index does not name is not part of the checkpoint. Each shard is
* opened, and its header read, once.
*/
/** Open all shards that an index names. Errors: SHARD_INDEX_MALFORMED, SHARD_MISSING, TENSOR_NOT_IN_SHARD, those of a shard. */
async function openSharded(files, indexName) {
	const namesByShard = await readWeightMap(files, indexName);
	for (const [shard, names] of namesByShard) if (!files.has(shard)) throw shardMissing(`${files.spec}: ${indexName}`, shard, names.length);
	const shards = /* @__PURE__ */ new Map();
	const closeAll = async () => {
		for (const shard of shards.values()) await shard.close();
	};
	try {
		for (const shard of namesByShard.keys()) shards.set(shard, await openWeightsIn(files, shard));
		return {
			raw: joined(files, indexName, namesByShard, shards, closeAll),
			shards: [...shards.keys()]
		};
	} catch (error) {
		await closeAll();
		throw error;
	}
}
/** Open one file of weights, of safetensors or of PyTorch; nothing stays open when it is malformed. */
async function openWeightsIn(files, name) {
	const source = await files.open(name);
	try {
		return isPytorch(name) ? await openPytorch(source) : await openSafetensors(source);
	} catch (error) {
		await source.close();
		throw error;
	}
}
/** Files of torch.save, by their names. */
const isPytorch = (name) => /\.(bin|pt|pth)$/.test(name);
/** Shard file → the tensors that it is to provide; shards sorted by name. */
async function readWeightMap(files, indexName) {
	const index = await readJsonObject(files, indexName);
	const refuse = (reason) => indexMalformed(`${files.spec}: ${indexName}`, reason);
	const weightMap = index.weight_map;
	const kind = isPytorch(indexName.replace(/\.index\.json$/, "")) ? ".bin" : ".safetensors";
	if (!isJsonObject(weightMap)) throw refuse(`weight_map is ${describeJson(weightMap)}, not an object`);
	const namesByShard = /* @__PURE__ */ new Map();
	for (const [tensor, shard] of Object.entries(weightMap)) {
		if (typeof shard !== "string") throw refuse(`weight_map["${tensor}"] is ${describeJson(shard)}, not a file name`);
		if (!staysInside(shard)) throw refuse(`weight_map["${tensor}"] is "${shard}", which leaves the folder`);
		if (!shard.endsWith(kind)) throw refuse(`weight_map["${tensor}"] is "${shard}", not a ${kind} file`);
		const names = namesByShard.get(shard);
		if (names) names.push(tensor);
		else namesByShard.set(shard, [tensor]);
	}
	if (namesByShard.size === 0) throw refuse("weight_map is empty");
	return new Map([...namesByShard].sort(([a], [b]) => a < b ? -1 : 1));
}
function joined(files, indexName, namesByShard, shards, close) {
	const entries = /* @__PURE__ */ new Map();
	const home = /* @__PURE__ */ new Map();
	const metadata = /* @__PURE__ */ new Map();
	for (const [shardName, table] of shards) {
		for (const name of namesByShard.get(shardName) ?? []) {
			const tensor = table.entries.get(name);
			if (tensor === void 0) throw tensorNotInShard(`${files.spec}: ${indexName}`, name, shardName);
			entries.set(name, tensor);
			home.set(name, table);
		}
		for (const [key, value] of table.metadata) if (!metadata.has(key)) metadata.set(key, value);
	}
	return {
		entries,
		metadata,
		readBytes: async (name, range) => {
			const shard = home.get(name);
			if (shard === void 0) throw tensorMissing(files.spec, name);
			return shard.readBytes(name, range);
		},
		close
	};
}
// src/checkpoints/weight-files.ts
/** @file Which files of a folder are its weights, and why a folder has none that can be read. */
const SINGLE = "model.safetensors";
const INDEX = "model.safetensors.index.json";
const PYTORCH = "pytorch_model.bin";
const PYTORCH_INDEX = "pytorch_model.bin.index.json";
/**
* Find the weights: model.safetensors, else its index, else the only .safetensors file, else the only .gguf file, else what PyTorch saved
* (pytorch_model.bin, or its index).
* Errors: NO_CONFIG, NO_WEIGHTS, WEIGHTS_AMBIGUOUS, PICKLE_REFUSED, ADAPTER_ONLY, NOT_A_CHECKPOINT.
*/
function findWeights(files) {
	if (files.has(SINGLE)) return {
		format: "single",
		file: SINGLE
	};
	if (files.has(INDEX)) return {
		format: "sharded",
		index: INDEX
	};
	const here = files.names.filter((name) => !name.includes("/"));
	const safetensors = here.filter((name) => name.endsWith(".safetensors") && !name.startsWith("adapter_"));
	const [only, ...more] = safetensors;
	if (only !== void 0 && more.length === 0) return {
		format: "single",
		file: only
	};
	if (only !== void 0) throw severalWeights(files.spec, safetensors);
	const gguf = here.filter((name) => name.endsWith(".gguf") && !/-(?!00001)\d{5}-of-\d{5}\.gguf$/.test(name));
	const [onlyGguf, ...moreGguf] = gguf;
	if (onlyGguf !== void 0 && moreGguf.length === 0) return {
		format: "gguf",
		file: onlyGguf
	};
	if (onlyGguf !== void 0) throw severalWeights(files.spec, gguf);
	if (files.has(PYTORCH)) return {
		format: "single",
		file: PYTORCH
	};
	if (files.has(PYTORCH_INDEX)) return {
		format: "sharded",
		index: PYTORCH_INDEX
	};
	throw missingWeights(files, here);
}
/** What PEFT saves an adapter as. */
const ADAPTER = /^adapter_model\.(safetensors|bin)$/;
/** Of an adapter that lies beside whole weights: transformers then loads another model and puts the adapter on it. */
function adapterBeside({ names }) {
	const adapter = names.find((name) => ADAPTER.test(name) || name === "adapter_config.json");
	return adapter === void 0 ? [] : [`${adapter} lies beside the weights: figures are of the weights alone, while transformers would load the base model that adapter_config.json names and put the adapter on it. Merge it, or take it out of the folder.`];
}
/** The file and, where it is one part of a split model, all others. Errors: PART_MISSING. */
function ggufParts(files, name) {
	const parts = ggufPartNames(name);
	for (const part of parts) if (!files.has(part)) throw partMissing(`${files.spec}: ${name}`, part, parts.length);
	return parts;
}
function missingWeights(files, here) {
	const adapter = here.find((name) => ADAPTER.test(name));
	if (adapter !== void 0) return adapterOnly(files.spec, adapter);
	const pickle = here.find((name) => /\.(bin|pt|pth|ckpt|pkl)(\.index\.json)?$/.test(name));
	if (pickle !== void 0) return pickleRefused(files.spec, pickle);
	const [only, ...more] = files.names;
	if (only !== void 0 && more.length === 0) return notACheckpoint(files.spec, only);
	if (!files.has("config.json")) return noConfig(files.spec, foldersWithConfig(files.names));
	return noWeights(files.spec, here);
}
/** Folders deeper down that hold a config.json: checkpoints of a training run, snapshots of a cache. */
function foldersWithConfig(names) {
	return names.flatMap((name) => name.endsWith("/config.json") ? [name.slice(0, -12)] : []);
}
// src/checkpoints/open.ts
/**
* @file Opens a checkpoint whatever its container: config, tensors by name, and what a report says about its origin.
*
* Hugging Face folders with safetensors or PyTorch files, one or sharded, their weights plain or packed by a quantizer, and GGUF files,
* which carry their config inside.
*/
/** Open the checkpoint in `files`. Errors: NO_CONFIG, those of finding weights, of JSON, safetensors, packings and GGUF. */
async function openCheckpoint(spec, files) {
	const weights = findWeights(files);
	const digested = digestedFiles(files);
	const opened = weights.format === "gguf" ? await openGgufFiles(spec, digested, ggufParts(files, weights.file)) : await openFolder(spec, digested, weights);
	if (files.vouchedSha256 === void 0) return opened;
	const vouched = "its files are not here: what it is known by is the word of whoever pushed its capture";
	return {
		...opened,
		warnings: [...opened.warnings, vouched]
	};
}
async function openFolder(spec, digested, weights) {
	const { files } = digested;
	if (!files.has("config.json")) throw noConfig(spec, foldersWithConfig(files.names));
	const config = await readJsonObject(files, "config.json");
	const quantized = await withQuantization(files, config);
	const { raw: stored, names } = await openTensors(files, weights);
	const { tensors: read, packed, redundant, warnings } = await readTensors(spec, stored, quantized).catch(async (error) => {
		await stored.close();
		throw error;
	});
	const tensors = withSingleExperts(withoutMlxForm(read), config);
	const entries = [...tensors.entries.values()].filter((entry) => !isBuffer(entry));
	return {
		spec,
		revision: files.revision,
		config,
		tensors,
		packed,
		gguf: null,
		files,
		storedAs: dominantType(entries),
		parameters: entries.reduce((sum, { shape }) => sum + (elementCount(shape) ?? 0), 0),
		redundant,
		warnings: [...adapterBeside(files), ...warnings],
		...digestsIn(digested, names),
		close: () => tensors.close()
	};
}
/** Plain names, packed weights decoded, and of float8 without a packing the numbers that its bits are. */
async function readTensors(spec, stored, config) {
	const raw = withPlainNames(spec, stored);
	const packed = await decodePacked(raw, floatTensors(spec, raw), config).catch((error) => {
		throw error instanceof SaegateError ? located(spec, error) : error;
	});
	const redundant = await redundantTensors(raw);
	if (packed !== null) return {
		tensors: locatedReads(spec, packed.table),
		packed,
		redundant,
		warnings: packed.warnings
	};
	const cast = [...raw.entries.values()].filter(({ dtype }) => dtype === "F8_E4M3" || dtype === "F8_E5M2");
	const warnings = cast.length === 0 ? [] : [castWarning(cast)];
	return {
		tensors: floatTensors(spec, raw, "float8"),
		packed,
		redundant,
		warnings
	};
}
/** The same for what is found when a weight is decoded. */
function locatedReads(spec, table) {
	const read = async (name) => {
		try {
			return await table.read(name);
		} catch (error) {
			throw error instanceof SaegateError ? located(spec, error) : error;
		}
	};
	return {
		...table,
		read
	};
}
function castWarning(cast) {
	const [{ dtype } = { dtype: "F8_E4M3" }] = cast;
	const tensors = cast.length === 1 ? "tensor is" : "tensors are";
	return `${cast.length} ${tensors} stored as ${dtype} without a scale, and config.json names no quantization: read as plain numbers`;
}
/** Older quantizers describe themselves in a file of their own; it then stands in config.json's place for it. */
async function withQuantization(files, config) {
	if (config.quantization_config !== void 0 || config.compression_config !== void 0) return config;
	const name = QUANTIZATION_FILES.find((file) => files.has(file));
	return name === void 0 ? config : {
		...config,
		quantization_config: await readJsonObject(files, name)
	};
}
async function openTensors(files, weights) {
	if (weights.format === "single") return {
		raw: await openWeightsIn(files, weights.file),
		names: [weights.file]
	};
	const { raw, shards } = await openSharded(files, weights.index);
	return {
		raw,
		names: shards
	};
}
async function openGgufFiles(spec, digested, names) {
	const { files } = digested;
	const { openGguf } = await import("./shared-open5.js");
	const sources = [];
	try {
		for (const name of names) sources.push(await files.open(name));
		const gguf = await openGguf(sources);
		return {
			spec,
			revision: files.revision,
			config: gguf.config,
			tensors: gguf.tensors,
			packed: null,
			gguf,
			files,
			storedAs: gguf.storedAs,
			parameters: gguf.parameters,
			redundant: /* @__PURE__ */ new Set(),
			warnings: gguf.warnings,
			...digestsIn(digested, names),
			close: () => gguf.tensors.close()
		};
	} catch (error) {
		for (const source of sources) await source.close();
		throw error;
	}
}
/** `weights`: names of the weight files. */
function digestsIn(digested, weights) {
	return {
		sha256: async () => filesSha256(await digested.opened()),
		weightsSha256: async () => filesSha256(await digestsOf(digested, weights)),
		fileDigests: digested.opened
	};
}
/** Integer and boolean tensors are buffers (masks, position ids), not parameters. */
function isBuffer(entry) {
	return isDtype(entry.storedAs) && /^(I\d|U\d|BOOL)/.test(entry.storedAs);
}
function dominantType(entries) {
	const bytes = /* @__PURE__ */ new Map();
	for (const { storedAs, byteLength } of entries) bytes.set(storedAs, (bytes.get(storedAs) ?? 0) + byteLength);
	const [largest] = [...bytes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
	return largest?.[0] ?? "none";
}
export { openCheckpoint as t };
