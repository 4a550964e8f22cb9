import { _ as sentenceEnd } from "./shared-file.js";
import { i as problem } from "./shared-problem.js";
// src/sae/known/canonical.ts
/**
* @file The canonical dictionary of each layer and width of Gemma Scope: the average L0 that is nearest to 100, as SAELens and
* Neuronpedia chose it. By repository and width, layer after layer; 0 where there is none of that layer.
*/
const CANONICAL_L0 = {
	"gemma-scope-27b-pt-res": { "131k": [
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		106,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		82,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		72
	] },
	"gemma-scope-2b-pt-att": {
		"16k": [
			104,
			79,
			93,
			117,
			116,
			135,
			61,
			99,
			129,
			127,
			70,
			80,
			85,
			92,
			71,
			98,
			71,
			79,
			72,
			122,
			62,
			65,
			106,
			73,
			96,
			77
		],
		"65k": [
			75,
			98,
			125,
			83,
			87,
			99,
			112,
			96,
			112,
			107,
			67,
			75,
			79,
			87,
			66,
			90,
			129,
			70,
			123,
			106,
			102,
			118,
			112,
			140,
			77,
			63
		]
	},
	"gemma-scope-2b-pt-mlp": {
		"16k": [
			119,
			105,
			95,
			95,
			85,
			114,
			133,
			60,
			136,
			88,
			110,
			98,
			108,
			112,
			97,
			80,
			72,
			68,
			106,
			109,
			109,
			113,
			121,
			128,
			73,
			126
		],
		"65k": [
			72,
			127,
			134,
			68,
			66,
			86,
			101,
			115,
			110,
			77,
			95,
			88,
			96,
			98,
			89,
			72,
			66,
			136,
			88,
			88,
			88,
			86,
			92,
			102,
			128,
			107
		]
	},
	"gemma-scope-2b-pt-res": {
		"16k": [
			105,
			102,
			141,
			59,
			124,
			68,
			70,
			69,
			71,
			73,
			77,
			80,
			82,
			84,
			84,
			78,
			78,
			77,
			74,
			73,
			71,
			70,
			72,
			75,
			73,
			116
		],
		"1m": [
			0,
			0,
			0,
			0,
			0,
			114,
			0,
			0,
			0,
			0,
			0,
			0,
			107,
			0,
			0,
			0,
			0,
			0,
			0,
			88
		],
		"262k": [
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			121
		],
		"32k": [
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			76
		],
		"524k": [
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			115
		],
		"65k": [
			73,
			121,
			77,
			89,
			89,
			105,
			107,
			107,
			111,
			118,
			128,
			70,
			72,
			75,
			73,
			127,
			128,
			125,
			116,
			115,
			114,
			111,
			116,
			123,
			124,
			93
		]
	},
	"gemma-scope-9b-it-res": {
		"16k": [
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			88,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			91,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			76
		],
		"131k": [
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			121,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			81,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			109
		]
	},
	"gemma-scope-9b-pt-att": {
		"16k": [
			61,
			77,
			69,
			102,
			126,
			125,
			108,
			70,
			65,
			71,
			132,
			67,
			68,
			77,
			81,
			79,
			81,
			110,
			80,
			86,
			76,
			86,
			70,
			80,
			79,
			73,
			75,
			136,
			71,
			76,
			73,
			73,
			74,
			78,
			91,
			77,
			69,
			82,
			81,
			77,
			91,
			129
		],
		"131k": [
			55,
			116,
			135,
			119,
			75,
			78,
			73,
			106,
			98,
			111,
			97,
			104,
			110,
			126,
			131,
			130,
			71,
			90,
			69,
			71,
			125,
			71,
			115,
			66,
			130,
			115,
			120,
			102,
			115,
			128,
			109,
			117,
			117,
			128,
			63,
			124,
			105,
			124,
			135,
			120,
			64,
			92
		]
	},
	"gemma-scope-9b-pt-mlp": {
		"16k": [
			50,
			128,
			81,
			126,
			66,
			93,
			96,
			101,
			124,
			83,
			114,
			76,
			96,
			94,
			97,
			107,
			91,
			104,
			89,
			98,
			108,
			88,
			85,
			73,
			73,
			72,
			142,
			126,
			115,
			111,
			116,
			94,
			98,
			107,
			107,
			108,
			109,
			119,
			98,
			90,
			74,
			126
		],
		"131k": [
			30,
			106,
			61,
			109,
			84,
			131,
			72,
			75,
			89,
			129,
			83,
			120,
			77,
			75,
			80,
			89,
			81,
			91,
			82,
			85,
			93,
			79,
			77,
			67,
			67,
			65,
			110,
			99,
			91,
			87,
			89,
			77,
			76,
			83,
			82,
			80,
			81,
			90,
			79,
			75,
			125,
			99
		]
	},
	"gemma-scope-9b-pt-res": {
		"16k": [
			129,
			69,
			67,
			90,
			91,
			77,
			93,
			92,
			99,
			100,
			113,
			118,
			130,
			132,
			67,
			131,
			75,
			73,
			71,
			132,
			68,
			129,
			123,
			120,
			114,
			114,
			116,
			118,
			119,
			119,
			120,
			114,
			111,
			114,
			114,
			120,
			120,
			124,
			128,
			131,
			125,
			113
		],
		"131k": [
			41,
			56,
			70,
			103,
			101,
			94,
			120,
			119,
			72,
			75,
			84,
			88,
			96,
			99,
			105,
			103,
			121,
			117,
			113,
			110,
			114,
			109,
			105,
			101,
			97,
			96,
			97,
			96,
			98,
			97,
			95,
			92,
			88,
			91,
			89,
			94,
			93,
			96,
			101,
			99,
			94,
			84
		],
		"1m": [
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			122,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			101,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			77
		],
		"32k": [
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			57
		],
		"524k": [
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			48
		],
		"65k": [
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			55
		]
	},
	"gemma-scope-2b-pt-transcoders": { "16k": [
		76,
		65,
		49,
		54,
		88,
		87,
		95,
		70,
		52,
		72,
		88,
		5,
		6,
		8,
		8,
		8,
		10,
		12,
		13,
		12,
		11,
		13,
		15,
		25,
		37,
		41
	] }
};
// src/errors/sae.ts
/** @file What can go wrong with a sparse autoencoder: finding it, reading it, fitting it to the model. */
const shown = (names) => names.length === 0 ? "nothing" : names.slice(0, 8).join(", ");
const saeNotFound = problem("SAE_NOT_FOUND", 2, (spec, names) => ({
	message: `${spec} holds no sparse autoencoder that is known (found: ${shown(names)}).`,
	fix: "Name the folder or file of one dictionary, in a layout of docs/dictionaries.md: SAELens (cfg.json with sae_weights.safetensors), Gemma Scope (params.npz, params.safetensors), …"
}));
const saeAmbiguous = problem("SAE_AMBIGUOUS", 2, (spec, found) => ({
	message: `${spec} holds ${found.length} sparse autoencoders: ${shown(found)}${found.length > 8 ? ", …" : ""}.`,
	fix: "Name the folder of one of them; give several with --sae repeated."
}));
const saePatternEmpty = problem("SAE_PATTERN_EMPTY", 2, (pattern, names) => ({
	message: `${pattern} stands for no sparse autoencoder (there is: ${shown(names)}).`,
	fix: "A * stands for any part of one folder’s name, and \"canonical\" at the end for the folder average_l0_N of Gemma Scope that is nearest to 100."
}));
const saePatternTooMany = problem("SAE_PATTERN_TOO_MANY", 2, (pattern, count, most) => ({
	message: count === null ? `${pattern} has more wildcards than any path has names.` : `${pattern} stands for ${count} sparse autoencoders; ${most} can be audited at once.`,
	fix: "Write more of the path out: fewer layers, one width, \"canonical\" in place of a *."
}));
const saesModelUnknown = problem("SAES_MODEL_UNKNOWN", 2, (model, nearest) => ({
	message: `No published dictionary is known of ${model}; the model of a name most like it is ${nearest}.`,
	fix: "List the models with `saegate saes`. A dictionary need not be known to be used: name its folder with --sae."
}));
const saeUnsupported = problem("SAE_UNSUPPORTED", 2, (where, what) => ({
	message: `${where}: ${what} cannot be used.`,
	fix: "Use a dictionary in one of the layouts of docs/dictionaries.md."
}));
const saeConfigInvalid = problem("SAE_CONFIG_INVALID", 2, (file, key, found, expected) => ({
	message: `${file}: "${key}" is ${found === "null" ? "missing or null" : found}; ${expected} was expected.`,
	fix: "Fetch that file again, or correct the key."
}));
const saeScaleMissing = problem("SAE_SCALE_MISSING", 2, (file) => ({
	message: `${file}: normalize_activations is "expected_average_only_in", and the scale it was trained with is not in the folder.`,
	fix: "Fold the scale into the weights with SAELens (fold_activation_norm_scaling_factor) and save, or put activation_scaler.json beside cfg.json."
}));
const saeHookUnknown = problem("SAE_HOOK_UNKNOWN", 2, (where, hook, near, known) => ({
	message: `${where}: "${hook}" is not a place in the model that can be read${sentenceEnd(near)}`,
	fix: `Give the hook point with --hook, as blocks.L. and one of ${known.join(", ")}.`
}));
const saeHookUntold = problem("SAE_HOOK_UNTOLD", 2, (where) => ({
	message: `${where}: neither the path nor a config tells which place in the model this autoencoder reads.`,
	fix: "Give it with --hook, for example blocks.12.hook_resid_post."
}));
const saeHookLayer = problem("SAE_HOOK_LAYER", 2, (spec, hook, layers) => ({
	message: `${spec} reads ${hook}, but the model has only blocks 0 to ${layers - 1}.`,
	fix: "Use an autoencoder that was trained on this model, or correct --hook."
}));
const saeHookParallel = problem("SAE_HOOK_PARALLEL", 2, (spec, hook) => ({
	message: `${spec} reads ${hook}, which does not exist: attention and MLP of that block run in parallel.`,
	fix: "Use hook_resid_pre or hook_resid_post of the block."
}));
const saeWidth = problem("SAE_WIDTH", 2, (spec, d_in, hook, width, model) => ({
	message: `${spec} takes ${d_in} inputs, but ${hook} of this model (${model}) has ${width}.`,
	fix: "Use an autoencoder that was trained on this model and this hook point."
}));
const saeShape = problem("SAE_SHAPE", 2, (file, tensor, found, wanted, d_in, d_sae) => ({
	message: `${file}: tensor "${tensor}" has shape [${found.join(", ")}]; [${wanted.join(", ")}] is needed for d_in ${d_in} and d_sae ${d_sae}.`,
	fix: "Check that its config belongs to these weights."
}));
const saeKTooLarge = problem("SAE_K_TOO_LARGE", 2, (file, k, d_sae) => ({
	message: `${file}: ${k} features of a row are to fire, but the dictionary has ${d_sae}.`,
	fix: "Check that the config belongs to these weights."
}));
const saeKUntold = problem("SAE_K_UNTOLD", 2, (where) => ({
	message: `${where}: how many features of a row fire is said by the name of the repository it comes from, which is not in this path.`,
	fix: "Name it from the Hub (hf:owner/name/file), or keep it in a folder of the repository’s name."
}));
const onnxEncoderUnread = problem("SAE_ONNX_UNREAD", 2, (where, what) => ({
	message: `${where} was not understood as an encoder of one hook's rows: ${what}.`,
	fix: "Export encode() alone: one input of rows, shifts and factors, one product, and ReLU, a threshold for each feature, a gate or the k largest; without normalisation of the rows. Or use the dictionary’s own files."
}));
const onnxEncoderDiffers = problem("SAE_ONNX_DIFFERS", 2, (where, row, feature, found, expected) => ({
	message: `${where}: run as it is, feature ${feature} of trial row ${row} is ${expected}; as it was read it would be ${found}.`,
	fix: "Use the dictionary’s own files; this graph does something that is not read."
}));
const onnxEncoderData = problem("SAE_ONNX_DATA", 2, (where, data) => ({
	message: `${where}: its weights lie in "${data}" beside it, and only the file was named.`,
	fix: "Name the folder in place of the file."
}));
// src/sae/known/release.ts
const RESID_PRE = "blocks.{L}.hook_resid_pre";
const RESID_MID = "blocks.{L}.hook_resid_mid";
const RESID_POST = "blocks.{L}.hook_resid_post";
const ATTN_OUT = "blocks.{L}.hook_attn_out";
const MLP_OUT = "blocks.{L}.hook_mlp_out";
const Z = "blocks.{L}.attn.hook_z";
const WIDTHS = {
	"4k": 4096,
	"16k": 2 ** 14,
	"32k": 2 ** 15,
	"65k": 2 ** 16,
	"131k": 2 ** 17,
	"262k": 2 ** 18,
	"524k": 2 ** 19,
	"1m": 2 ** 20
};
/** Every `step`th layer from `first` to `last`, both included. */
function layers(first, last, step = 1) {
	return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step);
}
// src/sae/known/gemma-scope.ts
/** @file Releases of Gemma Scope 1 and 2: sites by widths by layers. */
const SITES = {
	res: RESID_POST,
	att: Z,
	mlp: MLP_OUT,
	transcoders: "blocks.{L}.ln2.hook_normalized"
};
/** Of every repository, the canonical dictionary of each layer and width. */
function gemmaScope() {
	return Object.entries(CANONICAL_L0).flatMap(([name, byWidth]) => {
		const [, size = "", tuned = "", site = ""] = /^gemma-scope-(\w+)-(pt|it)-(\w+)$/.exec(name) ?? [];
		const model = `gemma-2-${size}${tuned === "it" ? "-it" : ""}`;
		return Object.entries(byWidth).map(([width, l0]) => {
			const there = [...l0.keys()].filter((layer) => l0[layer] !== 0);
			return {
				repository: `google/${name}`,
				path: `layer_{L}/width_${width}/canonical`,
				model: `google/${model}`,
				hook: SITES[site] ?? "",
				layers: there,
				width: WIDTHS[width] ?? 0,
				l0: there.map((layer) => l0[layer] ?? 0),
				neuronpedia: site === "transcoders" ? `${model}/{L}-gemmascope-transcoder-${width}` : `${model}/{L}-gemmascope-${site}-${width}`
			};
		});
	});
}
/** Models of Gemma Scope 2: their size's name, their number of layers. */
const GEMMA_3 = [
	["270m", 18],
	["1b", 26],
	["4b", 34],
	["12b", 48],
	["27b", 62]
];
/** Depths of the four layers that have every width. */
const DEPTHS = [
	.25,
	.5,
	.65,
	.85
];
/** Four layers have medium ones of every width, all layers small and big ones of two; Neuronpedia has the former. */
function gemmaScope2() {
	return GEMMA_3.flatMap(([size, count]) => ["pt", "it"].flatMap((tuned) => ofModel(size, tuned, count)));
}
function ofModel(size, tuned, count) {
	const id = `gemma-3-${size}${tuned === "it" ? "-it" : ""}`;
	const common = {
		repository: `google/gemma-scope-2-${size}-${tuned}`,
		model: `google/gemma-3-${size}-${tuned}`
	};
	const everywhere = {
		...common,
		layers: layers(0, count - 1)
	};
	const all = (site, hook) => ["16k", "262k"].flatMap((width) => ["small", "big"].map((l0) => ({
		...everywhere,
		path: `${site}_all/layer_{L}_width_${width}_l0_${l0}`,
		hook,
		width: WIDTHS[width] ?? 0
	})));
	return [
		...[
			"16k",
			"65k",
			"262k",
			"1m"
		].map((width) => ({
			...common,
			layers: DEPTHS.map((depth) => Math.round(depth * count)),
			path: `resid_post/layer_{L}_width_${width}_l0_medium`,
			hook: RESID_POST,
			width: WIDTHS[width] ?? 0,
			neuronpedia: `${id}/{L}-gemmascope-2-res-${width}`
		})),
		...all("resid_post", RESID_POST),
		...all("attn_out", Z),
		...all("mlp_out", MLP_OUT),
		{
			...everywhere,
			path: "transcoder_all/layer_{L}_width_262k_l0_small_affine",
			hook: "blocks.{L}.mlp.hook_in",
			width: 2 ** 18,
			neuronpedia: `${id}/{L}-gemmascope-2-transcoder-262k`
		}
	];
}
// src/sae/known/saebench.ts
/** @file Releases of SAEBench: sweeps of dictionary_learning over sparsity penalties. */
/** Sweeps of dictionary_learning for SAEBench; {T} the trainer, {S} the step of a checkpoint. */
function saeBench() {
	return [...ofGemma(), ...ofPythia()];
}
function ofGemma() {
	const gemma = {
		model: "google/gemma-2-2b",
		hook: RESID_POST,
		layers: layers(5, 19, 7)
	};
	return [
		["2pow12", "4k"],
		["2pow14", "16k"],
		["2pow16", "65k"]
	].flatMap(([power, width]) => [["topk", "topk"], ["vanilla", "standard"]].flatMap(([folder, architecture]) => {
		const repository = `canrager/saebench_gemma-2-2b_width-${power}_date-1109`;
		const run = `gemma-2-2b_${folder}_width-${power}_date-1109/resid_post_layer_{L}`;
		const id = `gemma-2-2b/{L}-sae_bench-${architecture}-res-${width}__trainer_{T}_step_`;
		const common = {
			...gemma,
			repository,
			width: WIDTHS[width] ?? 0
		};
		return [{
			...common,
			path: `${run}/trainer_{T}`,
			neuronpedia: `${id}final`
		}, {
			...common,
			path: `${run}_checkpoints/trainer_{T}_step_{S}`,
			neuronpedia: `${id}{S}`
		}];
	}));
}
/** The first two of every four trainers of a sweep are narrow, the others wide. */
function ofPythia() {
	return [
		[
			"gated",
			"gated_ctx128_0730",
			20
		],
		[
			"panneal",
			"panneal_ctx128_0730",
			28
		],
		[
			"standard",
			"standard_ctx128_0712",
			24
		],
		[
			"topk",
			"topk_ctx128_0730",
			24
		]
	].flatMap(([architecture, sweep, trainers]) => layers(0, trainers - 1).map((trainer) => {
		const width = trainer % 4 < 2 ? "4k" : "16k";
		return {
			repository: "canrager/lm_sae",
			path: `pythia70m_sweep_${sweep}/resid_post_layer_{L}/trainer_${trainer}`,
			model: "EleutherAI/pythia-70m-deduped",
			hook: RESID_POST,
			layers: architecture === "standard" && trainer > 19 ? [4] : [3, 4],
			width: WIDTHS[width] ?? 0,
			neuronpedia: `pythia-70m-deduped/{L}-sae_bench-${architecture}-res-${width}__trainer_${trainer}_step_final`
		};
	}));
}
// src/sae/known/table.ts
/**
* @file What nothing in a folder says and only registries know, release by release: which model, how its input was prepared, its
* name on Neuronpedia. From the registries of SAELens and Neuronpedia, and from the projects' model cards.
*
* In a path {L} is the layer, other letters in braces are other numbers, * is any text inside one folder's name, and
* `canonical` is the folder whose average L0 is nearest to 100 (canonical.ts).
*/
function llamaScope() {
	return [
		[
			"R",
			RESID_POST,
			"res"
		],
		[
			"A",
			ATTN_OUT,
			"att"
		],
		[
			"M",
			MLP_OUT,
			"mlp"
		]
	].flatMap(([site, hook, set]) => [[8, "32k"], [32, "131k"]].map(([expansion, width]) => ({
		repository: `fnlp/Llama3_1-8B-Base-LX${site}-${expansion}x`,
		path: `Llama3_1-8B-Base-L{L}${site}-${expansion}x`,
		model: "meta-llama/Llama-3.1-8B",
		hook,
		layers: layers(0, 31),
		width: WIDTHS[width] ?? 0,
		l0: 50,
		neuronpedia: `llama3.1-8b/{L}-llamascope-${set}-${width}`
	})));
}
function llamaScopeR1() {
	return [
		["800M-Slimpajama-0-OpenR1-Math-220k", "slimpj"],
		["400M-Slimpajama-400M-OpenR1-Math-220k", "slimpj-openr1"],
		["0-Slimpajama-800M-OpenR1-Math-220k", "openr1"]
	].map(([folder, set]) => ({
		repository: "fnlp/Llama-Scope-R1-Distill",
		path: `${folder}/L{L}R`,
		model: "deepseek-ai/DeepSeek-R1-Distill-Llama-8B",
		hook: RESID_POST,
		layers: layers(0, 31),
		width: 2 ** 15,
		neuronpedia: `deepseek-r1-distill-llama-8b/{L}-llamascope-${set}-res-32k`
	}));
}
const GPT2 = {
	model: "openai-community/gpt2",
	layers: layers(0, 11)
};
const PYTHIA = {
	model: "EleutherAI/pythia-70m-deduped",
	layers: layers(0, 5)
};
/** OpenAI's fifth version in SAELens' layout. */
function openAiV5() {
	return [
		[
			"attn-out",
			ATTN_OUT,
			"att"
		],
		[
			"mlp-out",
			MLP_OUT,
			"mlp"
		],
		[
			"resid-mid",
			RESID_MID,
			"res_mid"
		],
		[
			"resid-post",
			RESID_POST,
			"res_post"
		]
	].flatMap(([site, hook, set]) => [["32k", 2 ** 15], ["128k", 2 ** 17]].map(([width, features]) => ({
		...GPT2,
		repository: `jbloom/GPT2-Small-OAI-v5-${width}-${site}-SAEs`,
		path: `v5_${width}_layer_{L}${site === "resid-post" && width === "32k" ? ".pt" : ""}`,
		hook,
		width: features,
		l0: 32,
		neuronpedia: `gpt2-small/{L}-${set}_${width}-oai`
	})));
}
function qwen3Transcoders() {
	return [
		[
			"0.6b",
			"Qwen/Qwen3-0.6B",
			27,
			"-lowl0"
		],
		[
			"1.7b",
			"Qwen/Qwen3-1.7B",
			27,
			"-lowl0"
		],
		[
			"4b",
			"Qwen/Qwen3-4B",
			35,
			""
		],
		[
			"8b",
			"Qwen/Qwen3-8B",
			35,
			""
		],
		[
			"14b",
			"Qwen/Qwen3-14B",
			39,
			""
		],
		[
			"14b",
			"Qwen/Qwen3-14B",
			39,
			"-lowl0"
		]
	].map(([size, model, last, low]) => ({
		repository: `mwhanna/qwen3-${size}-transcoders${low}`,
		path: "layer_{L}.safetensors",
		model,
		hook: "blocks.{L}.mlp.hook_in",
		layers: layers(0, last),
		width: 163840,
		neuronpedia: `qwen3-${size}/{L}-transcoder-hp${low}`
	}));
}
function qwenScope() {
	return [
		[
			"Qwen3-1.7B-Base",
			27,
			"32K",
			2 ** 15
		],
		[
			"Qwen3-8B-Base",
			35,
			"64K",
			2 ** 16
		],
		[
			"Qwen3-30B-A3B-Base",
			47,
			"32K",
			2 ** 15
		],
		[
			"Qwen3-30B-A3B-Base",
			47,
			"128K",
			2 ** 17
		],
		[
			"Qwen3.5-2B-Base",
			23,
			"32K",
			2 ** 15
		],
		[
			"Qwen3.5-9B-Base",
			31,
			"64K",
			2 ** 16
		],
		[
			"Qwen3.5-27B",
			63,
			"80K",
			81920
		],
		[
			"Qwen3.5-35B-A3B-Base",
			39,
			"32K",
			2 ** 15
		],
		[
			"Qwen3.5-35B-A3B-Base",
			39,
			"128K",
			2 ** 17
		]
	].flatMap(([model, last, name, width]) => [50, 100].map((l0) => ({
		repository: `Qwen/SAE-Res-${model}-W${name}-L0_${l0}`,
		path: "layer{L}.sae.pt",
		model: `Qwen/${model}`,
		hook: RESID_POST,
		layers: layers(0, last),
		width,
		l0
	})));
}
const RELEASES = [
	...[
		{
			...GPT2,
			repository: "jbloom/GPT2-Small-SAEs-Reformatted",
			path: "blocks.{L}.hook_resid_pre",
			hook: RESID_PRE,
			width: 24576,
			l0: [
				10,
				10,
				18,
				23,
				31,
				41,
				51,
				54,
				60,
				70,
				52,
				56
			],
			neuronpedia: "gpt2-small/{L}-res-jb",
			center: true
		},
		{
			...GPT2,
			repository: "jbloom/GPT2-Small-SAEs-Reformatted",
			path: "blocks.11.hook_resid_post",
			hook: "blocks.11.hook_resid_post",
			layers: [11],
			width: 24576,
			l0: 70,
			neuronpedia: "gpt2-small/12-res-jb",
			center: true
		},
		...[
			768,
			1536,
			3072,
			6144,
			12288,
			24576,
			49152,
			98304
		].map((width) => ({
			...GPT2,
			repository: "jbloom/GPT2-Small-Feature-Splitting-Experiment-Layer-8",
			path: `blocks.8.hook_resid_pre_${width}`,
			hook: "blocks.8.hook_resid_pre",
			layers: [8],
			width,
			neuronpedia: `gpt2-small/8-res_fs${width}-jb`,
			center: true
		})),
		{
			...GPT2,
			repository: "tommmcgrath/gpt2-small-mlp-out-saes",
			path: "sae_group_gpt2_blocks.{L}.hook_mlp_out_24576:v{N}",
			hook: MLP_OUT,
			width: 24576,
			l0: [
				15,
				21,
				137,
				54,
				74,
				76,
				40,
				52,
				36,
				49,
				167,
				170
			],
			center: true
		},
		...[[
			24576,
			[
				0,
				1,
				2,
				3,
				4,
				6,
				8,
				9,
				10,
				11
			],
			[
				3,
				23,
				16,
				15,
				14,
				17,
				23,
				23,
				14,
				9.4
			]
		], [
			49152,
			[5, 7],
			[17, 19]
		]].map(([width, of, l0]) => ({
			...GPT2,
			repository: "ckkissane/attn-saes-gpt2-small-all-layers",
			path: "gpt2-small_L{L}_Hcat_z_*.pt",
			hook: Z,
			layers: of,
			width,
			l0,
			neuronpedia: "gpt2-small/{L}-att-kk"
		})),
		...[
			"res",
			"mlp",
			"att"
		].map((site) => ({
			...PYTHIA,
			repository: `ctigges/pythia-70m-deduped__${site}-sm_processed`,
			path: `{L}-${site}-sm`,
			hook: site === "res" ? RESID_POST : site === "mlp" ? MLP_OUT : ATTN_OUT,
			width: 2 ** 15,
			neuronpedia: `pythia-70m-deduped/{L}-${site}-sm`
		})),
		...[
			"sce",
			"scefr",
			"scl",
			"sle",
			"slefr",
			"sll"
		].map((kind) => ({
			...GPT2,
			repository: `neuronpedia/gpt2-small__res_${kind}-ajt`,
			path: `{L}-res_${kind}-ajt`,
			hook: RESID_PRE,
			layers: layers(2, 10, 4),
			width: 46080,
			neuronpedia: `gpt2-small/{L}-res_${kind}-ajt`
		})),
		...[
			[
				0,
				"_anthropic",
				47,
				true
			],
			[
				6,
				"_anthropic_fast_lr",
				56,
				true
			],
			[
				10,
				"",
				62,
				true
			],
			[
				12,
				"",
				62,
				true
			],
			[
				17,
				"",
				54,
				false
			]
		].map(([layer, how, l0, isShown]) => ({
			repository: "jbloom/Gemma-2b-Residual-Stream-SAEs",
			path: `gemma_2b_blocks.{L}.hook_resid_post_16384${how}`,
			model: "google/gemma-2b",
			hook: RESID_POST,
			layers: [layer],
			width: 2 ** 14,
			l0,
			...isShown ? { neuronpedia: "gemma-2b/{L}-res-jb" } : {}
		})),
		{
			repository: "jbloom/Gemma-2b-IT-Residual-Stream-SAEs",
			path: "gemma_2b_it_blocks.{L}.hook_resid_post_16384",
			model: "google/gemma-2b-it",
			hook: RESID_POST,
			layers: [12],
			width: 2 ** 14,
			neuronpedia: "gemma-2b-it/{L}-res-jb"
		},
		{
			repository: "JoshEngels/Mistral-7B-Residual-Stream-SAEs",
			path: "mistral_7b_layer_{L}",
			model: "mistralai/Mistral-7B-v0.1",
			hook: RESID_PRE,
			layers: layers(8, 24, 8),
			width: 2 ** 16,
			input: "constant_norm_rescale",
			l0: [
				92,
				74,
				75
			]
		},
		{
			repository: "Juliushanhanhan/llama-3-8b-it-res",
			path: "blocks.25.hook_resid_post",
			model: "meta-llama/Meta-Llama-3-8B-Instruct",
			hook: "blocks.25.hook_resid_post",
			layers: [25],
			width: 2 ** 16,
			neuronpedia: "llama3-8b-it/25-res-jh"
		},
		{
			repository: "qresearch/DeepSeek-R1-Distill-Llama-8B-SAE-l19",
			path: "DeepSeek-R1-Distill-Llama-8B-SAE-l{L}.pt",
			model: "deepseek-ai/DeepSeek-R1-Distill-Llama-8B",
			hook: RESID_POST,
			layers: [19],
			width: 2 ** 16,
			neuronpedia: "deepseek-r1-distill-llama-8b/{L}-qresearch-res-65k"
		},
		{
			repository: "mntss/clt-gemma-2-2b-2.5M",
			path: "W_enc_{L}.safetensors",
			model: "google/gemma-2-2b",
			hook: RESID_MID,
			layers: layers(0, 25),
			width: 98304,
			neuronpedia: "gemma-2-2b/{L}-clt-hp"
		},
		{
			repository: "andyrdt/saes-llama-3.1-8b-instruct",
			path: "resid_post_layer_{L}/trainer_1",
			model: "meta-llama/Llama-3.1-8B-Instruct",
			hook: RESID_POST,
			layers: layers(3, 27, 4),
			width: 2 ** 17,
			neuronpedia: "llama3.1-8b-it/{L}-resid-post-aa",
			skipped: 8
		},
		{
			repository: "andyrdt/saes-qwen2.5-7b-instruct",
			path: "resid_post_layer_{L}/trainer_1",
			model: "Qwen/Qwen2.5-7B-Instruct",
			hook: RESID_POST,
			layers: layers(3, 27, 4),
			width: 2 ** 17,
			neuronpedia: "qwen2.5-7b-it/{L}-resid-post-aa",
			skipped: 8
		},
		...[{ of: layers(0, 11) }, {
			of: layers(12, 24),
			neuronpedia: "gemma-2-2b/{L}-res-matryoshka-dc"
		}].map(({ of, ...shown }) => ({
			repository: "chanind/gemma-2-2b-batch-topk-matryoshka-saes-w-32k-l0-40",
			path: "standard/blocks.{L}.hook_resid_post",
			model: "google/gemma-2-2b",
			hook: RESID_POST,
			layers: of,
			width: 2 ** 15,
			l0: 40,
			...shown
		})),
		{
			repository: "chanind/gemma-2-2b-batch-topk-matryoshka-saes-w-32k-l0-40",
			path: "snap/blocks.{L}.hook_resid_post",
			model: "google/gemma-2-2b",
			hook: RESID_POST,
			layers: layers(0, 24),
			width: 2 ** 15,
			l0: 40
		},
		...[{
			of: [20],
			neuronpedia: "gemma-2-9b/{L}-res-matryoshka-dc"
		}, { of: [...layers(0, 19), ...layers(21, 40)] }].map(({ of, ...shown }) => ({
			repository: "chanind/gemma-2-9b-batch-topk-matryoshka-saes-w-32k-l0-60",
			path: "blocks.{L}.hook_resid_post",
			model: "google/gemma-2-9b",
			hook: RESID_POST,
			layers: of,
			width: 2 ** 15,
			l0: 60,
			...shown
		})),
		{
			repository: "chanind/gemma-3-1b-batch-topk-matryoshka-saes-w-32k-l0-40",
			path: "blocks.{L}.hook_resid_post",
			model: "google/gemma-3-1b-pt",
			hook: RESID_POST,
			layers: layers(0, 24),
			width: 2 ** 15,
			l0: 40
		}
	],
	...gemmaScope(),
	...gemmaScope2(),
	...llamaScope(),
	...llamaScopeR1(),
	...openAiV5(),
	...qwen3Transcoders(),
	...qwenScope(),
	...saeBench()
];
export { saeShape as _, saeAmbiguous as a, saesModelUnknown as b, saeHookParallel as c, saeKTooLarge as d, saeKUntold as f, saeScaleMissing as g, saePatternTooMany as h, onnxEncoderUnread as i, saeHookUnknown as l, saePatternEmpty as m, onnxEncoderData as n, saeConfigInvalid as o, saeNotFound as p, onnxEncoderDiffers as r, saeHookLayer as s, RELEASES as t, saeHookUntold as u, saeUnsupported as v, CANONICAL_L0 as x, saeWidth as y };
