import { i as problem } from "./shared-problem.js";
// src/contract/named-corpora.ts
const WIKITEXT = {
	dataset: "Salesforce/wikitext",
	revision: "b08601e04326c79dfdd32d625aee71d232d685c3",
	field: "text",
	records: "lines"
};
const wikitext = (config) => ({
	...WIKITEXT,
	splits: Object.fromEntries([
		"test",
		"validation",
		"train"
	].map((split) => [split, `${config}/${split}-*.parquet`]))
});
const NAMED_CORPORA = /* @__PURE__ */ new Map([
	["wikitext-2", wikitext("wikitext-2-raw-v1")],
	["wikitext-103", wikitext("wikitext-103-raw-v1")],
	["c4", {
		dataset: "allenai/c4",
		revision: "1588ec454efa1a09f29cd18ddd04fe05fc8653a2",
		splits: {
			validation: "en/c4-validation.*.json.gz",
			train: "en/c4-train.*.json.gz"
		},
		field: "text",
		records: "documents"
	}],
	["pile-10k", {
		dataset: "NeelNanda/pile-10k",
		revision: "127bfedcd5047750df5ccf3a12979a47bfa0bafa",
		splits: { train: "data/train-*.parquet" },
		field: "text",
		records: "documents"
	}],
	["fineweb-sample", {
		dataset: "HuggingFaceFW/fineweb",
		revision: "9bb295ddab0e05d785b879661af7260fed5140fc",
		splits: { train: "sample/10BT/*.parquet" },
		field: "text",
		records: "documents"
	}]
]);
/** Null: a path or something of the Hub. */
function namedPart(part) {
	const colon = part.indexOf(":");
	const corpus = NAMED_CORPORA.get(colon < 0 ? part : part.slice(0, colon));
	return corpus === void 0 ? null : {
		corpus,
		split: colon < 0 ? null : part.slice(colon + 1)
	};
}
/** Several sources of one corpus, apart by commas; those within braces belong to a glob. */
function corpusParts(source) {
	const parts = [];
	let [start, depth] = [0, 0];
	for (let at = 0; at <= source.length; at++) {
		const sign = source[at];
		if (sign === "{") depth++;
		if (sign === "}") depth = Math.max(0, depth - 1);
		if (at < source.length && (sign !== "," || depth > 0)) continue;
		const part = source.slice(start, at).trim();
		if (part !== "") parts.push(part);
		start = at + 1;
	}
	return parts;
}
/** What of a corpus lies on the Hub, as `hf:` specs of repositories. */
function corpusRepositories(source) {
	if (source.startsWith("tokens:")) return [];
	return corpusParts(source).flatMap((part) => {
		const named = namedPart(part);
		if (named !== null) return [`hf:datasets/${named.corpus.dataset}@${named.corpus.revision}`];
		const repository = DATASET.exec(part)?.[1];
		return repository === void 0 ? [] : [repository];
	});
}
/** `hf:[datasets/]owner/name[@revision]`, then `[:config]`, then `[/split or path]`. */
const DATASET = /^(hf:(?:datasets\/)?[^/@:]+\/[^/@:]+(?:@(?:refs\/(?:pr|convert)\/[^/:]+|[^/:]*))?)(?::([^/]*))?(?:\/(.*))?$/s;
/** Null: not of that form. */
function datasetPart(part) {
	const match = DATASET.exec(part);
	if (match === null) return null;
	const [, repository = "", config, path = ""] = match;
	return {
		repository,
		config: config || null,
		path: path.replace(/\/+$/, "")
	};
}
// src/contract/options/audit-config.ts
const EVERY_RECORD = {
	field: null,
	template: false,
	subset: null,
	seed: 0
};
/** The classes of features in arXiv 2606.03002, where a policy says nothing, and for audits without one. */
const DEFAULT_THRESHOLDS = {
	survived: .9,
	damaged: .5,
	active: .001
};
const DEFAULT_CONFIDENCE = .95;
const ANYTHING = {
	reference: [],
	saes: [],
	corpus: [],
	candidates: []
};
/** What is swapped together. */
const SWAPPED_BY = [
	"tensor",
	"block",
	"kind"
];
// src/contract/options/positions.ts
/** The longest start that may be left out. */
const MOST_SKIPPED = 4096;
/** What such a choice looks like, for readers and schemas. */
const COUNTED_POSITIONS = "all|skip-first(?:=[1-9][0-9]{0,3})?";
function isCountedPositions(text) {
	return new RegExp(`^(?:all|skip-first(?:=[1-9][0-9]{0,3})?)$`).test(text) && leftOut(text) <= 4096;
}
/** All but the first `count` positions. */
function skipping(count) {
	if (count === 0) return "all";
	return count === 1 ? "skip-first" : `skip-first=${count}`;
}
/** Positions at the start of every sequence that do not count. */
function leftOut(positions) {
	if (positions === "all") return 0;
	return Number(/=(\d+)$/.exec(positions)?.[1] ?? 1);
}
// src/contract/options/option-spec.ts
/** What many rows share: any text, given once. */
const text = { kind: "text" };
const one = { multi: false };
// src/contract/options/action-options.ts
/** @file The options that only the action has, and its outputs: part of the one table in options.ts. */
/** How the action delivers what was measured. */
const ACTION_OPTIONS = {
	configFrom: {
		flag: null,
		input: "config-from",
		key: null,
		type: {
			kind: "choice",
			choices: ["base", "head"]
		},
		...one,
		default: null,
		absent: "base on pull_request, pull_request_target, merge_group and workflow_run, else head",
		metavar: "WHERE",
		description: "Where saegate.yaml, policy, watch-lists, waivers and baseline are read: in the base commit, of which the candidate alone is not (base), or in the checkout, which is the pull request’s (head). Where the pull request’s own differ, comment and summary say so first.",
		example: "base"
	},
	policyRepository: {
		flag: null,
		input: "policy-repository",
		key: null,
		type: text,
		...one,
		default: null,
		metavar: "OWNER/NAME@REF",
		description: "Another repository whose policy (and saegate.yaml and baseline, where it has them) decides, read through GitHub’s API at the commit that REF stands for.",
		example: "octo/policies@v3"
	},
	policyToken: {
		flag: null,
		input: "policy-token",
		key: null,
		type: text,
		...one,
		default: null,
		absent: "github-token",
		metavar: "TOKEN",
		description: "Token that may read policy-repository, where it is not public.",
		example: "${{ secrets.POLICY_TOKEN }}"
	},
	comment: {
		flag: null,
		input: "comment",
		key: null,
		type: {
			kind: "choice",
			choices: [
				"on-change",
				"always",
				"on-failure",
				"never"
			]
		},
		...one,
		default: "on-change",
		metavar: "WHEN",
		description: "When to write the pull-request comment: on-change (only when what it says differs), always, on-failure or never. An existing comment is updated, never duplicated.",
		example: "on-failure"
	},
	checkName: {
		flag: null,
		input: "check-name",
		key: null,
		type: text,
		...one,
		default: "saegate",
		metavar: "NAME",
		description: "Names this gate: one comment per name, with a section for each job that reports under it, so that several gates can share a pull request.",
		example: "int6 gate"
	},
	checkRun: {
		flag: null,
		input: "check-run",
		key: null,
		type: { kind: "boolean" },
		...one,
		default: false,
		metavar: "BOOLEAN",
		description: "Also create a check run (needs checks: write). GitHub may file it under another workflow; the job’s exit status is the gate.",
		example: "true"
	},
	failOn: {
		flag: null,
		input: "fail-on",
		key: null,
		type: {
			kind: "choice",
			choices: [
				"error",
				"warning",
				"never"
			]
		},
		...one,
		default: "error",
		metavar: "LEVEL",
		description: "The job fails when the policy’s verdict is fail (error), when any rule of level warning fails too (warning), or never.",
		example: "never"
	},
	skipUnchanged: {
		flag: null,
		input: "skip-unchanged",
		key: null,
		type: { kind: "boolean" },
		...one,
		default: false,
		metavar: "BOOLEAN",
		description: "Do not measure again when candidate, SAE, corpus, policy and tool version are as in this pull request’s last run, which cache-path tells: the report that it uploaded is judged and delivered anew. GitHub is asked to confirm that run (needs actions: read).",
		example: "true"
	},
	report: {
		flag: null,
		input: "report",
		key: null,
		type: text,
		...one,
		default: null,
		metavar: "PATH",
		description: "A finished report.json to judge and deliver instead of measuring: for the workflow_run half of the fork recipe.",
		example: "saegate-report/report.json"
	},
	matrix: {
		flag: null,
		input: "matrix",
		key: null,
		type: text,
		...one,
		default: "${{ toJSON(matrix) }}",
		metavar: "JSON",
		description: "Which place of a matrix this job has: jobs that share a check-name have a section each in one comment. Leave it to its default.",
		example: "{\"candidate\": \"int4\"}"
	},
	jobTotal: {
		flag: null,
		input: "job-total",
		key: null,
		type: {
			kind: "count",
			min: 1,
			max: 256,
			all: false
		},
		...one,
		default: "${{ strategy.job-total }}",
		metavar: "N",
		description: "How many places the matrix has, so that none is passed over. Leave it to its default.",
		example: "3"
	},
	workingDirectory: {
		flag: null,
		input: "working-directory",
		key: null,
		type: text,
		...one,
		default: ".",
		metavar: "DIR",
		description: "Folder that relative paths start from.",
		example: "models/small"
	},
	cachePath: {
		flag: null,
		input: "cache-path",
		key: null,
		type: text,
		...one,
		default: null,
		metavar: "DIR",
		description: "Folder outside the workspace for downloads and for which run measured what, to be kept between runs (with actions/cache or on a self-hosted disk).",
		example: "/var/cache/saegate"
	},
	runtimePath: {
		flag: null,
		input: "runtime-path",
		key: null,
		type: text,
		...one,
		default: null,
		metavar: "DIR",
		description: "Folder whose node_modules hold onnxruntime-node, for runners without network; else it is installed into the tool cache.",
		example: "/opt/saegate-runtime"
	},
	githubToken: {
		flag: null,
		input: "github-token",
		key: null,
		type: text,
		...one,
		default: "${{ github.token }}",
		metavar: "TOKEN",
		description: "Token for the comment and the check run.",
		example: "${{ secrets.GITHUB_TOKEN }}"
	},
	hfToken: {
		flag: null,
		input: "hf-token",
		key: null,
		type: text,
		...one,
		default: null,
		metavar: "TOKEN",
		description: "Hugging Face token for gated or private repositories.",
		example: "${{ secrets.HF_TOKEN }}"
	}
};
// src/contract/options/expected-options.ts
/** Of nothing at all: sha256 of no bytes. */
const EXAMPLE_DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const EXPECTED_OPTIONS = {
	expectPolicy: {
		flag: "--expect-policy-sha256",
		input: "expect-policy-sha256",
		key: null,
		type: { kind: "sha256" },
		multi: true,
		default: null,
		metavar: "SHA256",
		description: "Refuse another policy before anything is run, unless its digest is this one (policy.sha256 of a report). Several may be given.",
		example: EXAMPLE_DIGEST
	},
	expectReference: {
		flag: "--expect-reference-sha256",
		input: "expect-reference-sha256",
		key: null,
		type: { kind: "sha256" },
		multi: true,
		default: null,
		metavar: "SHA256",
		description: "Refuse another reference before anything is run, unless its digest is this one (reference.sha256 of a report: of every file of it that is read). Several may be given.",
		example: EXAMPLE_DIGEST
	},
	expectSae: {
		flag: "--expect-sae-sha256",
		input: "expect-sae-sha256",
		key: null,
		type: { kind: "sha256" },
		multi: true,
		default: null,
		metavar: "SHA256",
		description: "Refuse another SAE before anything is run, unless its digest is this one (readouts[].sha256 of a report: of every file of it that is read). Several may be given.",
		example: EXAMPLE_DIGEST
	},
	expectCorpus: {
		flag: "--expect-corpus-sha256",
		input: "expect-corpus-sha256",
		key: null,
		type: { kind: "sha256" },
		multi: true,
		default: null,
		metavar: "SHA256",
		description: "Refuse another corpus before anything is run, unless its digest is this one (corpus.sha256, of its token ids, of a report). Several may be given.",
		example: EXAMPLE_DIGEST
	},
	expectCandidate: {
		flag: "--expect-candidate-sha256",
		input: "expect-candidate-sha256",
		key: null,
		type: { kind: "sha256" },
		multi: true,
		default: null,
		metavar: "SHA256",
		description: "Refuse another candidate, or one made of the reference, before anything is run, unless its digest is this one (candidates[].sha256 of a report: of every file of it that is read). Several may be given.",
		example: EXAMPLE_DIGEST
	}
};
// src/contract/options/judging-options.ts
/** @file What the figures are judged by, and where the audit is said and its report written. Part of the one table in options.ts. */
/** The file that says an audit, where no other is named. */
const CONFIG_NAME = "saegate.yaml";
const JUDGING_OPTIONS = {
	policy: {
		flag: "--policy",
		input: "policy",
		key: "policy",
		type: text,
		...one,
		default: null,
		metavar: "PATH",
		description: "The policy that decides: a YAML file, the name of a shipped one, or none: then the audit measures and does not judge. The action has to be told so.",
		example: "policies/default.yaml"
	},
	baseline: {
		flag: "--baseline",
		input: "baseline",
		key: "baseline",
		type: text,
		...one,
		default: null,
		metavar: "PATH",
		description: "An earlier report.json to compare with, for maxDrop and maxRise rules. In the action also base: the report of the pull request’s merge base, as this check measured it there.",
		example: "baseline/report.json"
	},
	config: {
		flag: "--config",
		input: "config",
		key: null,
		type: text,
		...one,
		default: null,
		absent: `${CONFIG_NAME} where present`,
		metavar: "PATH",
		description: "The file that says the audit; flags and inputs override it.",
		example: "saegate.yaml"
	},
	out: {
		flag: "--out",
		input: null,
		key: "out",
		type: text,
		...one,
		default: "saegate-report",
		metavar: "DIR",
		description: "Folder for report.json, report.html, report.md and the feature tables.",
		example: "saegate-report"
	}
};
// src/contract/options/measurement-options.ts
/** @file What is measured of the models, and how what was done to a candidate is undone or kept. Part of the one table in options.ts. */
/** The paper's window and stride, used when sliding perplexity is asked for by name alone. */
const SLIDING = {
	window: 2048,
	stride: 512
};
const MEASUREMENT_OPTIONS = {
	perplexity: {
		flag: "--perplexity",
		input: "perplexity",
		key: "perplexity",
		type: {
			kind: "perplexity",
			sliding: SLIDING,
			max: 1048576
		},
		...one,
		default: {
			chunked: true,
			sliding: null
		},
		metavar: "HOW",
		description: `Perplexity protocols: chunked, sliding, both or none (then no KL either: nothing behind the last SAE is run). sliding=WINDOW/STRIDE sets its window, else ${SLIDING.window}, and stride, else ${SLIDING.stride}.`,
		example: "chunked,sliding"
	},
	matchTokens: {
		flag: "--match-tokens",
		input: null,
		key: "matchTokens",
		type: {
			kind: "matched",
			min: 1,
			max: 0xe8d4a51000
		},
		...one,
		default: 5e4,
		metavar: "TOKENS",
		description: "Which tokens a candidate prune:match=SPEC finds its sparsity on: so many after those that are audited, or (as in the paper) audited, or the first N of these as audited=N.",
		example: "audited=100k"
	},
	hook: {
		flag: "--hook",
		input: null,
		key: "saes[].hook",
		type: text,
		...one,
		default: null,
		absent: "the SAE’s own",
		metavar: "POINT",
		description: "Where both models are read, for every SAE, in TransformerLens’ names.",
		example: "blocks.4.hook_resid_post"
	},
	center: {
		flag: "--center",
		input: null,
		key: "saes[].center",
		type: { kind: "boolean" },
		...one,
		default: null,
		absent: "as the SAE’s config says",
		metavar: "BOOLEAN",
		description: "Subtract each residual’s mean before encoding, for every SAE (TransformerLens’ centred weights).",
		example: "true"
	},
	positions: {
		flag: "--positions",
		input: null,
		key: "positions",
		type: {
			kind: "positions",
			choices: [
				"auto",
				"all",
				"skip-first"
			]
		},
		...one,
		default: "auto",
		metavar: "WHICH",
		description: "Which positions of a sequence count: auto (as the SAE was trained), all, skip-first (all but position 0), or skip-first=N (all but the first N).",
		example: "all"
	},
	activations: {
		flag: "--activations",
		input: null,
		key: "activations",
		type: {
			kind: "choice",
			choices: ["simulate", "ignore"]
		},
		...one,
		default: "simulate",
		metavar: "HOW",
		description: "Whether run-time activation quantization that a candidate’s config asks for is simulated.",
		example: "ignore"
	},
	unrotate: {
		flag: "--unrotate",
		input: null,
		key: "unrotate",
		type: { kind: "switch" },
		...one,
		default: false,
		metavar: "",
		description: "Turn the residual stream of a rotated candidate (QuaRot, SpinQuant) back before encoding, where its embedding says how.",
		example: "true"
	},
	rescale: {
		flag: "--rescale",
		input: null,
		key: "rescale",
		type: { kind: "switch" },
		...one,
		default: false,
		metavar: "",
		description: "Divide the residual stream of a candidate by the one factor that it is larger or smaller by, before encoding, where its outputs are the same.",
		example: "true"
	},
	tap: {
		flag: "--tap",
		input: null,
		key: "tap",
		type: text,
		...one,
		default: null,
		absent: "found from the graph",
		metavar: "NODE_OUTPUT",
		description: "The value of an ONNX candidate that is the SAE’s hook point; `saegate inspect MODEL.onnx` lists them.",
		example: "/model/layers.4/Add_1_output_0"
	},
	explain: {
		flag: "--explain",
		input: null,
		key: "explain",
		type: {
			kind: "count",
			min: 0,
			max: 64,
			all: false
		},
		...one,
		default: 8,
		metavar: "N",
		description: "How many of the features that a candidate changed most are explained, for each SAE: where they fire in the text, and which tokens they speak for; as many again of those that a rule of the policy lists; 0: none, and the report quotes nothing of the corpus.",
		example: "8"
	},
	groups: {
		flag: "--groups",
		input: null,
		key: "groups",
		type: {
			kind: "count",
			min: 2,
			max: 1024,
			all: false
		},
		...one,
		default: 32,
		metavar: "N",
		description: "Most groups of consecutive sequences whose sums are kept apart for intervals: 32, 16 or 8 are used, as many as the text’s documents allow; below 8 there are no intervals.",
		example: "32"
	}
};
// src/contract/options/run-options.ts
/** @file Where and with how much the audit runs, and what it checks or allows on the way. Part of the one table in options.ts. */
const RUN_OPTIONS = {
	device: {
		flag: "--device",
		input: "device",
		key: "device",
		type: {
			kind: "device",
			choices: [
				"auto",
				"cpu",
				"cuda",
				"webgpu"
			]
		},
		...one,
		default: "auto",
		metavar: "DEVICE",
		description: "Where the models run: auto, cpu, cuda, webgpu, or cuda:N for one of several NVIDIA devices, as nvidia-smi counts them; cuda:0,cuda:1 shares the text out between two.",
		example: "cuda"
	},
	precision: {
		flag: "--precision",
		input: null,
		key: "precision",
		type: {
			kind: "choice",
			choices: [
				"auto",
				"float32",
				"bfloat16",
				"float16"
			]
		},
		...one,
		default: "auto",
		metavar: "TYPE",
		description: "What the operands of matrix products are rounded to: auto is float32 on the CPU and WebGPU, and on CUDA the checkpoint’s 16-bit type. On the CPU a 16-bit type is emulated.",
		example: "bfloat16"
	},
	threads: {
		flag: "--threads",
		input: null,
		key: "threads",
		type: {
			kind: "count",
			min: 1,
			max: 1024,
			all: false
		},
		...one,
		default: null,
		absent: "one per core",
		metavar: "N",
		description: "Threads of the engine.",
		example: "8"
	},
	memory: {
		flag: "--memory",
		input: "memory",
		key: "memory",
		type: {
			kind: "size",
			min: 67108864,
			max: 0x38d7ea4c68000
		},
		...one,
		default: 1e9,
		metavar: "SIZE",
		description: "What captured activations may hold in memory before they are spilled to a temporary file.",
		example: "8GB"
	},
	weights: {
		flag: "--weights",
		input: "weights",
		key: "weights",
		type: {
			kind: "choice",
			choices: [
				"auto",
				"resident",
				"stream"
			]
		},
		...one,
		default: "auto",
		metavar: "HOW",
		description: "Whether a model is in memory whole (resident) or one block at a time (stream); auto holds it whole where there is memory for that. `saegate plan` says what it comes to.",
		example: "stream"
	},
	streamRows: {
		flag: "--stream-rows",
		input: null,
		key: "streamRows",
		type: {
			kind: "choice",
			choices: ["full", "half"]
		},
		...one,
		default: "full",
		metavar: "SIZE",
		description: "How the residual stream is stored between two blocks of a streamed model: full (32 bits) or half (16 bits, half the room; the report says what rounding took).",
		example: "half"
	},
	nullCheck: {
		flag: "--null-check",
		input: null,
		key: "nullCheck",
		type: { kind: "switch" },
		...one,
		default: false,
		metavar: "",
		description: "Also compare the reference with itself: every feature must survive.",
		example: "true"
	},
	noiseFloor: {
		flag: "--noise-floor",
		input: null,
		key: "noiseFloor",
		type: {
			kind: "choice",
			choices: [
				"none",
				"float16",
				"bfloat16"
			]
		},
		...one,
		default: "none",
		metavar: "FORMAT",
		description: "Also measure five references whose weights are moved by half a step of this format: what a lossless candidate would score.",
		example: "bfloat16"
	},
	noiseNull: {
		flag: "--noise-null",
		input: null,
		key: "noiseNull",
		type: { kind: "switch" },
		...one,
		default: false,
		metavar: "",
		description: "Also measure, for each candidate, 19 references with random errors as large as its own in every output channel: does it lose more than errors of that size do?",
		example: "true"
	},
	allowBadFit: {
		flag: "--allow-bad-fit",
		input: null,
		key: "allowBadFit",
		type: { kind: "switch" },
		...one,
		default: false,
		metavar: "",
		description: "Go on, with a warning, when the SAE does not fit the reference.",
		example: "true"
	}
};
// src/contract/options/subject-options.ts
/** @file What is compared: models, dictionary. Part of the one table in options.ts. */
const SUBJECT_OPTIONS = {
	reference: {
		flag: "--reference",
		input: "reference",
		key: "reference",
		type: text,
		...one,
		default: null,
		metavar: "SPEC",
		description: "The full-precision model: a Hugging Face folder, a GGUF file or hf:owner/name[@revision].",
		example: "hf:EleutherAI/pythia-70m-deduped"
	},
	candidate: {
		flag: "--candidate",
		input: "candidate",
		key: "candidates",
		type: text,
		multi: true,
		default: null,
		metavar: "SPEC",
		description: "The compressed model: a folder, a GGUF or ONNX file, hf:owner/name; or made of the reference: rtn:BITS (2 to 8), prune:SPARSITY, prune:match=SPEC (an rtn or a prune), nf4, int8-outlier, or calibrated (--calibration) wanda:SPARSITY, sparsegpt:SPARSITY (or N:M), gptq:BITS, awq:BITS (with or without ,group=N) or smoothquant:8. Several may be given.",
		example: "./quantized/int6"
	},
	sae: {
		flag: "--sae",
		input: "sae",
		key: "saes",
		type: text,
		multi: true,
		default: null,
		metavar: "SPEC",
		description: "The sparse autoencoder that names the features: a folder or hf:owner/name/path. Several may be given, or one pattern (hf:owner/name/layer_*/width_16k/canonical); none measures perplexity and KL alone.",
		example: "hf:ctigges/pythia-70m-deduped__res-sm_processed/4-res-sm"
	}
};
// src/contract/options/text-options.ts
/** @file The text that both models read, and how it becomes sequences of tokens. Part of the one table in options.ts. */
const TEXT_OPTIONS = {
	corpus: {
		flag: "--corpus",
		input: "corpus",
		key: "corpus.source",
		type: text,
		...one,
		default: null,
		metavar: "SPEC",
		description: "The text both models read: files (text, JSON lines, JSON, CSV, Parquet; plain, .gz or .zst), a folder, a glob, several apart by commas; wikitext-2[:split], c4, pile-10k or fineweb-sample; hf:datasets/owner/name[@revision][:config][/split]; or tokens:./ids.npy.",
		example: "wikitext-2"
	},
	field: {
		flag: "--field",
		input: null,
		key: "corpus.field",
		type: text,
		...one,
		default: null,
		absent: "text, else the only field that is text",
		metavar: "NAME",
		description: "The field of a record that holds its text (with --template: its messages); a.b is b inside a.",
		example: "content"
	},
	template: {
		flag: "--template",
		input: null,
		key: "corpus.template",
		type: { kind: "switch" },
		...one,
		default: false,
		metavar: "",
		description: "The records are conversations (messages with role and content): write each as the tokenizer’s chat template does.",
		example: "true"
	},
	subset: {
		flag: "--subset",
		input: null,
		key: "corpus.subset",
		type: {
			kind: "count",
			min: 1,
			max: 1e7,
			all: false
		},
		...one,
		default: null,
		absent: "all, in their order",
		metavar: "N",
		description: "Use N records drawn at random, in random order. Parquet reads only where they lie; other files are read to their end.",
		example: "1000"
	},
	seed: {
		flag: "--seed",
		input: null,
		key: "corpus.seed",
		type: {
			kind: "count",
			min: 0,
			max: 2 ** 32 - 1,
			all: false
		},
		...one,
		default: null,
		absent: "0",
		metavar: "S",
		description: "Which records --subset draws: the same seed draws the same ones.",
		example: "1"
	},
	tokens: {
		flag: "--tokens",
		input: "tokens",
		key: "corpus.tokens",
		type: {
			kind: "count",
			min: 1,
			max: 0xe8d4a51000,
			all: true
		},
		...one,
		default: 2e5,
		metavar: "N",
		description: "How many tokens of the corpus to use at most, or all.",
		example: "200k"
	},
	blockLength: {
		flag: "--block-length",
		input: "block-length",
		key: "corpus.blockLength",
		type: {
			kind: "count",
			min: 2,
			max: 1048576,
			all: false
		},
		...one,
		default: 512,
		metavar: "N",
		description: "Positions of each sequence that the model is given, a prepended beginning-of-sequence token included.",
		example: "512"
	},
	lines: {
		flag: "--lines",
		input: null,
		key: "corpus.lines",
		type: {
			kind: "choice",
			choices: [
				"as-is",
				"nonempty",
				"paper"
			]
		},
		...one,
		default: "as-is",
		metavar: "HOW",
		description: "Encode the text as it stands, or its non-empty lines alone; paper: these with two more line ends between them, as the paper’s code joins them.",
		example: "nonempty"
	},
	lineEnds: {
		flag: "--line-ends",
		input: null,
		key: "corpus.lineEnds",
		type: {
			kind: "choice",
			choices: ["lf", "keep"]
		},
		...one,
		default: null,
		absent: "as they are; a text of mostly CRLF is then not evaluable",
		metavar: "HOW",
		description: "What the CRLF line ends of the text are: lf makes them LF (as models are trained on), keep means them as they are.",
		example: "lf"
	},
	bos: {
		flag: "--bos",
		input: null,
		key: "corpus.bos",
		type: {
			kind: "choice",
			choices: [
				"auto",
				"always",
				"never",
				"stream"
			]
		},
		...one,
		default: "auto",
		metavar: "WHEN",
		description: "Whether each sequence begins with the beginning-of-sequence token; auto does as the tokenizer does, stream puts a single one before the whole text (the paper’s sliding windows).",
		example: "auto"
	},
	calibration: {
		flag: "--calibration",
		input: null,
		key: "calibration",
		type: text,
		...one,
		default: null,
		absent: "what --corpus has after the audited tokens",
		metavar: "SPEC",
		description: "The text that wanda, sparsegpt, gptq, awq and smoothquant are calibrated on, named as --corpus names one; it may not be what is audited. Of artifacts: what they were calibrated on elsewhere; how much of the audited text stands in it is said, with the figures on the rest.",
		example: "c4"
	},
	calibrationTokens: {
		flag: "--calibration-tokens",
		input: null,
		key: "calibrationTokens",
		type: {
			kind: "count",
			min: 1,
			max: 1e9,
			all: false
		},
		...one,
		default: 65536,
		metavar: "N",
		description: "How many tokens these are calibrated on at most, in whole sequences.",
		example: "64k"
	},
	tokenizer: {
		flag: "--tokenizer",
		input: null,
		key: "tokenizer",
		type: text,
		...one,
		default: null,
		absent: "the reference’s own",
		metavar: "PATH",
		description: "Another tokenizer.json than the reference’s own.",
		example: "./tokenizer.json"
	}
};
// src/contract/options/audit-options.ts
/** @file The options of an audit, by theme, in the order in which they are shown: part of the one table in options.ts. */
/** What is measured, where it is read from and judged by: shared by the command line, the action and saegate.yaml. */
const AUDIT_OPTIONS = {
	...SUBJECT_OPTIONS,
	...TEXT_OPTIONS,
	...MEASUREMENT_OPTIONS,
	...JUDGING_OPTIONS,
	...RUN_OPTIONS,
	...EXPECTED_OPTIONS
};
// src/contract/options/options.ts
/**
* @file The one table of options. CLI flags, the action's inputs, action.yml, the tables in docs/action.md, the keys of
* saegate.yaml, their schema, their defaults and their reading are all taken from here, so that an option is named,
* described, bounded and defaulted once.
*
* Left out: how values are read (option-values.ts) and how flags, inputs and file meet (request/audit-request.ts).
*/
/** The rows in the table's order, each with its name. */
function listed(table) {
	const rows = [];
	for (const name in table) {
		const row = table[name];
		if (row !== void 0) rows.push({
			...row,
			name
		});
	}
	return rows;
}
const auditOptions = listed(AUDIT_OPTIONS);
const actionOptions = listed(ACTION_OPTIONS);
[...auditOptions, ...actionOptions];
const TABLE = {
	...AUDIT_OPTIONS,
	...ACTION_OPTIONS
};
function optionNamed(name) {
	return TABLE[name];
}
// src/contract/glob.ts
/**
* @file Wildcards for names: `*` is any run of characters, `?` any one; everything else stands for itself. Names such as
* `rtn:6` or `./quantized/int4` are not paths, so `*` crosses slashes. Linear in practice: no regular expression, hence
* no pattern that takes forever.
*/
function matchesGlob(pattern, name) {
	let p = 0;
	let n = 0;
	let star = -1;
	let resume = 0;
	while (n < name.length) if (pattern[p] === "*") {
		star = p++;
		resume = n;
	} else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === name[n])) {
		p++;
		n++;
	} else if (star >= 0) {
		p = star + 1;
		n = ++resume;
	} else return false;
	while (pattern[p] === "*") p++;
	return p === pattern.length;
}
/** One of the patterns matches one of the names. */
function matchesAny(patterns, names) {
	return patterns.some((pattern) => names.some((name) => matchesGlob(pattern, name)));
}
// src/errors/policy.ts
/** @file Problems with a policy, its watchlists, or the baseline it compares with. Source: policy/. */
/** JSON has no word for NaN and infinity: it would say null. */
const shown$1 = (value) => {
	const text = typeof value === "number" ? String(value) : String(JSON.stringify(value) ?? value);
	return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};
/** `where` is file:line:column throughout. */
const policyKeyUnknown = problem("POLICY_KEY_UNKNOWN", 2, (where, key, suggestion, known) => ({
	message: `${where}: the key "${key}" is not known${suggestion === null ? "" : `; did you mean "${suggestion}"?`}`,
	fix: `Use one of: ${known.join(", ")}.`
}));
const policyInvalid = problem("POLICY_INVALID", 2, (where, key, found, expected) => ({
	message: `${where}: ${key === "" ? "the policy" : key} is ${shown$1(found)}; expected ${expected}.`,
	fix: `Correct ${key === "" ? "the file" : key}; schemas/policy.schema.json lets an editor help.`
}));
const policyRuleInvalid = problem("POLICY_RULE_INVALID", 2, (where, rule, what, fix) => ({
	message: `${where}: rule "${rule}": ${what}.`,
	fix
}));
const policyRuleRepeated = problem("POLICY_RULE_REPEATED", 2, (where, rule, firstLine) => ({
	message: `${where}: the rule id "${rule}" is used already on line ${firstLine}.`,
	fix: "Give each rule an id of its own: results, exceptions and annotations refer to it."
}));
const policyThresholds = problem("POLICY_THRESHOLDS", 2, (where, damaged, survived) => ({
	message: `${where}: features.damaged is ${damaged}, above features.survived, ${survived}: a feature would be both.`,
	fix: "Set damaged at or below survived (0.5 and 0.9 are the method’s)."
}));
const policyNoRules = problem("POLICY_NO_RULES", 2, (path) => ({
	message: `${path}: the policy has no rules, so it could not fail.`,
	fix: "Write rules:, or extends: default."
}));
const policyException = problem("POLICY_EXCEPTION", 2, (where, what, fix) => ({
	message: `${where}: ${what}.`,
	fix
}));
const policyUnknown = problem("POLICY_UNKNOWN", 2, (name, shipped) => ({
	message: `There is no shipped policy "${name}".`,
	fix: `Use ${shipped.join(", ")}, or a path that ends in .yaml or .yml.`
}));
const policyReference = problem("POLICY_REFERENCE", 2, (where, reference, why) => ({
	message: `${where}: "${reference}" ${why}.`,
	fix: "Name a file in the policy’s own folder or below, such as ./base.yaml."
}));
const policyExtends = problem("POLICY_EXTENDS", 2, (chain, why) => ({
	message: `${chain.join(" extends ")}: ${why}.`,
	fix: "Let each policy extend one that does not lead back to it."
}));
const watchlistInvalid = problem("WATCHLIST_INVALID", 2, (where, what) => ({
	message: `${where}: ${what}.`,
	fix: "Write one feature per line: its id (0, 1, …), then a comma and a label if it has one."
}));
const baselineMismatch = problem("BASELINE_MISMATCH", 2, (path, field, baseline, current) => ({
	message: `${path} cannot be the baseline: ${field} is ${shown$1(baseline)} there and ${shown$1(current)} here.`,
	fix: "Measure the baseline again with the same corpus, SAE, thresholds and positions, or leave --baseline out."
}));
const todayInvalid = problem("TODAY_INVALID", 2, (found) => ({
	message: `Today is given as "${found}"; expected YYYY-MM-DD.`,
	fix: "Give the date as YYYY-MM-DD."
}));
// src/contract/report/comparable.ts
/**
* @file Whether two measurements may be compared: they saw the same tokens in the same sequences and groups, the same reference,
* and the same SAE at the same positions and thresholds; anything else would show a change of the measurement, not of the
* model. What an older report does not say is not held against it, but said.
*
* The rule is asked twice: by the engine before anything is run, so that a baseline of another corpus costs seconds, and
* by judging, for reports that are judged again.
*/
/** The few values of a report that the rule asks for. */
function comparableOf({ digests, reference, corpus, readouts }) {
	const { sha256, blockLength, groups, bos, resampling, text, tokenizer } = corpus;
	return {
		...digests === void 0 ? {} : { digests },
		reference: {
			sha256: reference.sha256,
			...reference.files === void 0 ? {} : { files: reference.files }
		},
		corpus: {
			sha256,
			blockLength,
			groups,
			bos,
			...resampling === void 0 ? {} : { resampling },
			...text === void 0 ? {} : { text },
			...tokenizer === void 0 ? {} : { tokenizer }
		},
		readouts: readouts.map(({ id, sha256, positions, center, thresholds }) => ({
			id,
			sha256,
			positions,
			center,
			thresholds
		}))
	};
}
/** Throws with the differing field: BASELINE_MISMATCH, where nothing else is asked for. */
function requireComparable(current, earlier, say = baselineMismatch) {
	const same = (field, there, here) => {
		if (there !== here) throw say(earlier.path, field, there, here);
	};
	const differences = tokenDifferences(current.corpus, earlier.corpus);
	same(`corpus.sha256${differences.length === 0 ? "" : ` (what differs is ${differences.join(", and ")})`}`, earlier.corpus.sha256, current.corpus.sha256);
	same("corpus.blockLength", earlier.corpus.blockLength, current.corpus.blockLength);
	same("corpus.bos", earlier.corpus.bos, current.corpus.bos);
	if (earlier.corpus.resampling === current.corpus.resampling) same("corpus.groups", earlier.corpus.groups, current.corpus.groups);
	const other = referenceDifference(current, earlier);
	if (other !== null) same(`reference.sha256${other}`, earlier.reference.sha256, current.reference.sha256);
	const shared = current.readouts.flatMap((here) => {
		const there = earlier.readouts.find((one) => one.id === here.id);
		return there === void 0 ? [] : [{
			here,
			there
		}];
	});
	if (shared.length === 0 && current.readouts.length > 0 && earlier.readouts.length > 0) {
		const ids = ({ readouts }) => readouts.map((one) => one.id).join(", ");
		throw say(earlier.path, "readouts", ids(earlier), ids(current));
	}
	for (const { here, there } of shared) {
		if (sameDigests(current, earlier)) same(`readouts[${here.id}].sha256`, there.sha256, here.sha256);
		for (const key of ["positions", "center"]) same(`readouts[${here.id}].${key}`, there[key], here[key]);
		for (const key of [
			"survived",
			"damaged",
			"active"
		]) same(`readouts[${here.id}].thresholds.${key}`, there.thresholds[key], here.thresholds[key]);
	}
}
const sameDigests = (a, b) => a.digests === b.digests;
/** Read or not as the corpus needs them; the token ids that they gave are compared themselves. */
const OF_TOKENIZER = /^(tokenizer|vocab|merges|special_tokens|added_tokens|chat_template)/;
/** null: the same, or as far as older reports tell. Else what is another, for a message, or ''. */
function referenceDifference(here, there) {
	if (here.reference.sha256 === there.reference.sha256) return null;
	const [ours, theirs] = [here.reference.files, there.reference.files];
	if (ours === void 0 || theirs === void 0) return sameDigests(here, there) ? "" : null;
	const names = [.../* @__PURE__ */ new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
	const isOther = (name) => ours[name] === void 0 || theirs[name] === void 0 ? !OF_TOKENIZER.test(name) : ours[name] !== theirs[name];
	const others = names.filter(isOther);
	if (others.length === 0) return null;
	const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
	return ` (what differs is ${others.slice(0, 3).join(", ")}${more})`;
}
/** Why the token ids are others, as far as both reports tell; a clause each. */
function tokenDifferences(here, there) {
	const found = [];
	if (here.tokenizer !== void 0 && there.tokenizer !== void 0 && here.tokenizer !== there.tokenizer) found.push(`the tokenizer (${there.tokenizer.slice(0, 12)} there, ${here.tokenizer.slice(0, 12)} here)`);
	if (here.bos !== there.bos) found.push(`the BOS (${there.bos} there, ${here.bos} here)`);
	if (here.blockLength !== there.blockLength) found.push(`the block length (${there.blockLength} there, ${here.blockLength} here)`);
	if (here.text !== void 0 && there.text !== void 0 && here.text.sha256 !== there.text.sha256) found.push(here.text.unordered === there.text.unordered ? "the order of the records" : `the text (${there.text.sha256.slice(0, 12)} there, ${here.text.sha256.slice(0, 12)} here)`);
	return found;
}
/** What of two comparable reports differs that may show in the figures, or is not known; one clause each. */
function comparisonWarnings(current, earlier) {
	const [here, there] = [current.tool, earlier.tool];
	const warnings = [];
	if (here.device !== there.device) warnings.push(`the baseline was measured on ${there.device}, this report on ${here.device}: small changes may be the device’s`);
	if (there.operands === void 0 || here.operands === void 0) {
		const older = there.operands === void 0 ? "the baseline" : "this report";
		warnings.push(`${older} is of an older version and does not say in which number type it was computed: small changes may come of that`);
	} else if (here.operands !== there.operands) warnings.push(`the baseline was computed in ${there.operands}, this report in ${here.operands}: small changes may come of that`);
	if (!sameDigests(current, earlier)) {
		const older = earlier.digests === void 0 ? "the baseline" : "this report";
		const known = current.reference.files !== void 0 && earlier.reference.files !== void 0 ? "the SAEs are" : "reference and SAEs are";
		warnings.push(`${older} is of an older version, whose digests are of weight files alone: whether ${known} the same is not known`);
	}
	warnings.push(...arithmeticWarnings(here, there));
	if (earlier.corpus.resampling !== current.corpus.resampling) warnings.push("baseline and report are of versions that make intervals differently: changes are compared by value and the own interval of each, unpaired, which is wider than it had to be");
	return warnings;
}
/** Devices of one kind that differ, emulation beside the real thing, and how much of a change either report's arithmetic explains. */
function arithmeticWarnings(here, there) {
	const warnings = [];
	const [ours, theirs] = [here.accelerator?.name, there.accelerator?.name];
	if (ours !== void 0 && theirs !== void 0 && ours !== theirs) warnings.push(`the baseline was measured on ${theirs}, this report on ${ours}: small changes may be the device’s`);
	if ((here.emulated ?? false) !== (there.emulated ?? false)) warnings.push("one of baseline and report emulates 16-bit rounding on the CPU: small changes may come of that");
	const isOther = here.operands !== there.operands || here.device !== there.device;
	const noise = Math.max(here.engineNoise?.klMean ?? 0, there.engineNoise?.klMean ?? 0);
	if (isOther && noise > 0) warnings.push(`baseline and report were computed in different arithmetic, which alone is worth a KL of ${noise.toExponential(1)} against float32: changes of that size say nothing of the model`);
	return warnings;
}
// src/statistics/definitions.ts
/** Fraction of the counted positions at which the reference's activation is above 0. */
function firingRate(firings, positions) {
	return firings / positions;
}
/** Fires more often than the threshold, not as often: all fractions are fractions of these features. */
function isActive(rate, threshold) {
	return rate > threshold;
}
/** ρ as it counts in fractions, means, quantiles and intervals of active features: 0 where it is undefined, for the feature is gone. */
function countedRho(rho) {
	return Number.isNaN(rho) ? 0 : rho;
}
/** Class of one active feature. Survived: ρ ≥ survived. Damaged: ρ < damaged. Degraded: between. */
function classOf(rho, thresholds) {
	const value = countedRho(rho);
	if (value >= thresholds.survived) return "survived";
	return value < thresholds.damaged ? "damaged" : "degraded";
}
/** Thresholds for which `classOf` follows the rule: ρ is above t where it is at or above the next float64. */
function thresholdsOf({ survived, damaged, above }) {
	return {
		survived: above ? nextAbove(survived) : survived,
		damaged
	};
}
/** The smallest float64 above one that is not negative. */
function nextAbove(value) {
	const bits = /* @__PURE__ */ new BigUint64Array(1);
	const number = new Float64Array(bits.buffer);
	number[0] = value;
	bits[0] += 1n;
	return number[0];
}
// src/statistics/intervals/degrees.ts
/** ν₁ of a text that amounts to so many documents of typical length, before the number of groups bounds it. */
function documentDegrees(documents, rule) {
	if (rule === void 0) return Math.max(3.5, documents / 7);
	return Math.min(MOST_SHARED, Math.max(FEWEST_SHARED, documents / DOCUMENTS_A_DEGREE));
}
const DOCUMENTS_A_DEGREE = 20;
const FEWEST_SHARED = 3;
const MOST_SHARED = 8;
/** ν₂ */
const OF_OWN_ERRORS = 8;
/** Degrees of freedom of a figure of which all features share the part `shared` (0..1) of the variance. */
function degreesOf$1(groups, documents, shared) {
	const [common, own] = [documentDegrees(documents, "shared-part"), OF_OWN_ERRORS].map((most) => Math.min(groups - 1, most));
	return Math.min(groups - 1, 1 / (shared ** 2 / common + (1 - shared) ** 2 / own));
}
/**
* The part of a figure's variance (0..1) that its features share, from the values of its PARTS parts on the halves: the mean
* covariance of two parts over the mean of all entries of their covariance matrix, which is the variance of their mean.
* 1 where nothing tells: no parts, or a value that is not finite.
*/
function sharedPart(parts) {
	if (!parts) return 1;
	const differences = parts.map(({ values }) => pairDifferences(values));
	let [all, own] = [0, 0];
	for (const [i, one] of differences.entries()) for (const [j, other] of differences.entries()) {
		const product = dot(one, other);
		all += product;
		if (i === j) own += product;
	}
	const count = parts.length;
	const [shared, whole] = [(all - own) / (count * (count - 1)), all / count ** 2];
	if (!(Number.isFinite(whole) && whole > 0)) return 1;
	return Math.min(1, Math.max(0, shared / whole));
}
/** θ(r, +) − θ(r, −) of every pair of halves. */
function pairDifferences(halves) {
	return Float64Array.from({ length: halves.length / 2 }, (_, r) => halves[2 * r] - halves[2 * r + 1]);
}
function dot(a, b) {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
	return sum;
}
// src/statistics/intervals/half-sums.ts
/**
* @file Sums over balanced half-samples of the token groups: G groups, G − 1 ways to halve them, two halves each.
*
* Half (r, +) holds the groups g with H[r][g] = +1 and (r, −) the others, H being the Sylvester–Hadamard matrix of order G:
* H[r][g] = (−1)^(ones in r AND g). Its rows 1 to G − 1 have as many + as −, and any two groups fall together as often as
* apart: balanced half-samples (McCarthy 1969, "Pseudo-replication: half samples"), no seed.
*
* All halves come from one fast Walsh–Hadamard transform, with one change: it carries both halves' sums and only adds.
* A feature that fires in one group only thus leaves exact zeros in every half without that group, as one that never
* fires does; differences would leave rounding there, and a correlation made of it.
*/
/** Groups that can be halved evenly, and are few enough for a report to keep 2(G − 1) columns. */
const GROUP_COUNTS = [
	32,
	16,
	8
];
/** Whether G groups have balanced half-samples here. */
function canHalve(groups) {
	return GROUP_COUNTS.some((count) => count === groups);
}
/** How many halves there are: 2(G − 1), in the order (1, +), (1, −), (2, +), … */
function halfCount(groups) {
	return 2 * (groups - 1);
}
/**
* The sums of every half from the sums of every group, for `count` columns of a (G, columns) matrix from `first` on.
* G is a power of two.
*/
function halfSums(sums, groups, columns = 1, [first, count] = [0, columns]) {
	const plus = new Float64Array(groups * count);
	const minus = new Float64Array(groups * count);
	for (let g = 0; g < groups; g++) for (let k = 0; k < count; k++) plus[g * count + k] = sums[g * columns + first + k];
	for (let span = count; span < plus.length; span *= 2) for (let block = 0; block < plus.length; block += 2 * span) butterfly(plus, minus, block, span);
	return {
		plus,
		minus
	};
}
/** Rows [block, block + span) and the next `span`: alike where the new bit of r is 0, opposite where it is 1. */
function butterfly(plus, minus, block, span) {
	for (let i = block; i < block + span; i++) {
		const j = i + span;
		const [p, m, q, n] = [
			plus[i],
			minus[i],
			plus[j],
			minus[j]
		];
		plus[i] = p + q;
		minus[i] = m + n;
		plus[j] = p + n;
		minus[j] = m + q;
	}
}
/** The sums of one column as a list in the order of the halves. */
function listedHalfSums(sums) {
	const groups = sums.length;
	const { plus, minus } = halfSums(sums, groups);
	const listed = new Float64Array(halfCount(groups));
	for (let r = 1; r < groups; r++) {
		listed[2 * r - 2] = plus[r];
		listed[2 * r - 1] = minus[r];
	}
	return listed;
}
/**
* The part of each group, from half the difference of each pair of halves (d[r − 1] for H's row r): Σ_r H[r][g] d_r / G.
* The parts add to 0.
*/
function groupInfluences(differences) {
	const groups = differences.length + 1;
	const parts = new Float64Array(groups);
	for (let r = 1; r < groups; r++) parts[r] = differences[r - 1] / groups;
	for (let span = 1; span < groups; span *= 2) for (let block = 0; block < groups; block += 2 * span) for (let i = block; i < block + span; i++) {
		const [x, y] = [parts[i], parts[i + span]];
		parts[i] = x + y;
		parts[i + span] = x - y;
	}
	return parts;
}
// src/statistics/intervals/half-samples.ts
/**
* @file Bias, error and interval of a figure from its values on balanced half-samples of the token groups (half-sums.ts).
*
* Half the text has twice the variance and twice the bias of order 1/T, so that over all 2(G − 1) halves
*
*     b = mean of θ(half) − θ          estimates the bias of θ,
*     V = mean of (θ(half) − θ)²       estimates its squared error, bias included,
*
* and the interval is θ ± t √(V + b²), on the scale on which the figure's errors are most nearly normal. For what is linear
* in the groups V is the usual variance, exactly, and b is 0. The value shown is never corrected by b: b is itself noisy, and
* intervals around corrected fractions covered less. Nor is V enough where errors are independent and bias is most of the
* error: b² once more stands for what is uncertain in it (docs/statistics.md, with what each of these covers in simulation).
*
* Delete-one replicates move a figure by 1/G of the text: too little to see how a fraction of features above a threshold
* moves when features err independently, which made such intervals 2.4 times too wide.
*/
/**
* The spread of `value` given its 2(G − 1) values on the halves; null where they are not those of 8, 16 or 32 groups or
* where one is not finite.
*/
function halfSampleSpread(value, halves) {
	const groups = halves.length / 2 + 1;
	if (!canHalve(groups)) return null;
	let [sum, squares] = [0, 0];
	for (let i = 0; i < halves.length; i++) {
		const difference = halves[i] - value;
		sum += difference;
		squares += difference * difference;
	}
	const bias = sum / halves.length;
	const error = Math.sqrt(squares / halves.length + bias * bias);
	return Number.isFinite(error) ? {
		bias,
		error,
		degrees: groups - 1
	} : null;
}
/**
* Upper end for the fraction of a class in which nothing was found, where all halves together have nothing to spread: the
* largest fraction in any half, and no less than one feature's share, as whether a single feature belongs there is not
* excluded by not having found it. Never 0.
*/
function emptyClassEnd(halves, oneFeature) {
	let most = oneFeature;
	for (let i = 0; i < halves.length; i++) most = Math.max(most, halves[i]);
	return Math.min(1, most);
}
/**
* By which power of the budget the tokens that an interval needs grow: to halve it takes 2^exponent times the text.
*
* 2 where errors fall as T^−½. A fraction of features whose errors are independent moves by the few features that are
* near the threshold, which grow fewer as errors shrink: its error falls as T^−¼, and the exponent is 4. Two halves that
* share nothing differ by twice the text that two halves sharing half of it differ by, so the ratio of the mean squared
* differences is 2 in the first case and √2 in the second; both kinds have the same bias, which drops out.
*
* Not below 2 nor above 4; 2 where all halves agree.
*/
function budgetExponent(halves) {
	const count = halves.length;
	let [sum, squares, apart] = [
		0,
		0,
		0
	];
	for (let i = 0; i < count; i += 2) {
		const [plus, minus] = [halves[i], halves[i + 1]];
		sum += plus + minus;
		squares += plus * plus + minus * minus;
		apart += (plus - minus) ** 2;
	}
	const pairs = count / 2;
	const sharing = (count * squares - sum * sum - apart) / (count * (count - 2) / 2);
	const ratio = apart / pairs / sharing;
	if (!(apart > 0 && sharing > 0)) return 2;
	return Math.min(4, Math.max(2, 2 / Math.max(Math.log2(ratio), Number.MIN_VALUE)));
}
/** Groups that hold anything. */
function measuredGroups(sizes) {
	return Array.from(sizes).filter((size) => size > 0).length;
}
/**
* Standard error of `value`, a statistic of everything, given it without each group: `replicates[g]`, where group g
* holds `sizes[g]` observations. Groups of size 0 take no part. Null with fewer than FEWEST_LEFT_OUT groups, or where any
* number is not finite.
*/
function jackknifeError(value, replicates, sizes) {
	if (replicates.length !== sizes.length) throw new RangeError(`${replicates.length} replicates for ${sizes.length} groups`);
	const groups = measuredGroups(sizes);
	const total = Array.from(sizes).reduce((sum, size) => sum + size, 0);
	if (groups < 5) return null;
	let meanShift = 0;
	for (let g = 0; g < sizes.length; g++) if (sizes[g] > 0) meanShift += (1 - sizes[g] / total) * (value - replicates[g]);
	let variance = 0;
	for (let g = 0; g < sizes.length; g++) {
		if (!(sizes[g] > 0)) continue;
		const weight = total / sizes[g] - 1;
		variance += (weight * (value - replicates[g]) - meanShift) ** 2 / weight;
	}
	const error = Math.sqrt(variance / groups);
	return Number.isFinite(error) ? error : null;
}
/**
* (G, K) → (G, K): row g is the sum of all rows but g. Made of a forward and a backward running sum, not of total
* minus row: a feature that fires in one group only leaves exact zeros behind, as a feature that never fired does.
*/
function deleteOneSums(sums, groups, columns) {
	const out = new Float64Array(sums.length);
	const running = new Float64Array(columns);
	const visit = (g) => {
		for (let k = 0; k < columns; k++) {
			out[g * columns + k] += running[k];
			running[k] += sums[g * columns + k];
		}
	};
	for (let g = 0; g < groups; g++) visit(g);
	running.fill(0);
	for (let g = groups - 1; g >= 0; g--) visit(g);
	return out;
}
// src/statistics/intervals/token-groups.ts
/**
* @file How sequences of tokens are dealt to the groups whose sums are kept apart, and how many groups there are.
*
* Groups are runs of neighbouring sequences: text near itself is alike, and an interval takes groups to be independent. They
* are not where a document lies in several of them, which makes intervals too narrow (half as wide as they should be in
* simulation). So groups are no smaller than documents, and end where documents end, as near as whole sequences allow.
*/
/** Tokens of a typical document where boundaries are not known: 8,000 tokens a group. */
const USUAL_DOCUMENT = 2e3;
/** A group holds so many typical documents: dealt by document … */
const DOCUMENTS_DEALT = 1;
/** … and cut anywhere, where a document is split more often. */
const DOCUMENTS_CUT = 4;
/**
* Groups used: the most of 32, 16 and 8 that are no more than wanted and hold documents enough each; 8 at least where there
* are 8 sequences. Fewer than 8 have no interval, and are kept as they are wanted.
*/
function groupCount(text, wanted) {
	const most = Math.min(text.sequences, wanted);
	const possible = GROUP_COUNTS.filter((count) => count <= most);
	if (possible.length === 0) return Math.max(1, most);
	const tokens = text.sequences * text.tokensPerSequence;
	const known = typicalDocument(text);
	const perGroup = known === null ? DOCUMENTS_CUT * USUAL_DOCUMENT : DOCUMENTS_DEALT * known;
	return possible.find((count) => count * perGroup <= tokens) ?? Math.min(...possible);
}
/** Length in tokens of the document in which a token finds itself on average: Σ length²/Σ length. Null: not known. */
function typicalDocument({ sequences, tokensPerSequence, documentStarts }) {
	if (documentStarts === null || documentStarts.length === 0) return null;
	const tokens = sequences * tokensPerSequence;
	let squares = 0;
	for (let d = 0; d < documentStarts.length; d++) {
		const from = Math.min(tokens, d === 0 ? 0 : documentStarts[d]);
		const to = Math.min(tokens, documentStarts[d + 1] ?? tokens);
		squares += (to - from) ** 2;
	}
	return squares / tokens;
}
/**
* First sequence of each group (the last entry is the number of sequences). A boundary is where a document begins, if one does
* within half a group of where equal groups would end; else there.
*/
function dealGroups(text, groups) {
	const { sequences, tokensPerSequence, documentStarts } = text;
	const starts = new Int32Array(groups + 1);
	starts[groups] = sequences;
	for (let g = 1; g < groups; g++) {
		const even = Math.floor(g * sequences / groups) * tokensPerSequence;
		const near = documentStarts === null ? even : nearest(documentStarts, even);
		const reach = sequences * tokensPerSequence / groups / 2;
		const sequence = Math.round((Math.abs(near - even) <= reach ? near : even) / tokensPerSequence);
		starts[g] = Math.max(starts[g - 1] + 1, Math.min(sequences - (groups - g), sequence));
	}
	return starts;
}
/** The entry of an ascending list that is nearest to a value. */
function nearest(ascending, value) {
	let [low, high] = [0, ascending.length];
	while (low < high) {
		const middle = low + high >> 1;
		if (ascending[middle] < value) low = middle + 1;
		else high = middle;
	}
	const [before, after] = [ascending[low - 1] ?? Number.NEGATIVE_INFINITY, ascending[low] ?? Number.POSITIVE_INFINITY];
	return value - before < after - value ? before : after;
}
/** (starts[G]) group of each item, from the first item of each group. */
function groupOfEach(starts) {
	const out = new Int32Array(starts[starts.length - 1] ?? 0);
	for (let g = 0; g + 1 < starts.length; g++) out.fill(g, starts[g], starts[g + 1]);
	return out;
}
/** (groups) sequences in each of the groups of equal runs that reports before half-samples were measured in. */
function equalGroupSizes(sequences, groups) {
	const start = (g) => Math.floor(g * sequences / groups);
	return Int32Array.from({ length: groups }, (_, g) => start(g + 1) - start(g));
}
// src/statistics/intervals/resampling.ts
/** What new measurements are made with. */
const RESAMPLING_METHOD = "half-samples";
/** … and degrees of freedom found by. */
const DEGREES_RULE = "shared-part";
/** What a report was measured with; one that does not say is older than half-samples. */
function methodOf({ resampling }) {
	return resampling ?? "delete-one";
}
/** Where only the value is asked for: no interval is made with it. */
const VALUE_ALONE = {
	method: RESAMPLING_METHOD,
	documents: Number.POSITIVE_INFINITY,
	degrees: DEGREES_RULE
};
/** Of a report. Where documents were not seen, those of a usual length are assumed. */
function samplingOf(corpus) {
	const { tokens, documents, degrees } = corpus;
	return {
		method: methodOf(corpus),
		documents: tokens / (documents?.tokens ?? 2e3),
		...degrees === void 0 ? {} : { degrees }
	};
}
/** With fewer groups a method gives no interval. */
function fewestGroups(method) {
	return method === "half-samples" ? Math.min(...GROUP_COUNTS) : 5;
}
/** R: how many replicates there are; none of groups that cannot be halved. */
function replicateCount({ method, sizes }) {
	if (method === "delete-one") return sizes.length;
	return canHalve(sizes.length) ? halfCount(sizes.length) : 0;
}
/** G of so many replicates. */
function groupsOfReplicates(method, replicates) {
	return method === "delete-one" ? replicates : replicates / 2 + 1;
}
/** (G, columns) sums per group → (R, columns) sums of each replicate. RangeError where the groups are others. */
function replicateSums(resampling, sums, columns) {
	const { method, sizes } = resampling;
	if (sums.length !== sizes.length * columns) throw new RangeError(`${sums.length} sums for ${sizes.length} groups of ${columns}`);
	if (method === "delete-one") return deleteOneSums(sums, sizes.length, columns);
	const listed = new Float64Array(replicateCount(resampling) * columns);
	if (listed.length === 0) return listed;
	const { plus, minus } = halfSums(sums, sizes.length, columns);
	for (let r = 1; r < sizes.length; r++) {
		listed.set(plus.subarray(r * columns, (r + 1) * columns), (2 * r - 2) * columns);
		listed.set(minus.subarray(r * columns, (r + 1) * columns), (2 * r - 1) * columns);
	}
	return listed;
}
/**
* Null with too few groups, or where a number is not finite. RangeError where replicates are missing. `shared`: the part
* of its variance that features share (degrees.ts).
*/
function spreadOf(resampling, value, replicates, shared = 1) {
	const { method, sizes, documents, degrees: rule } = resampling;
	if (replicates.length !== replicateCount(resampling)) throw new RangeError(`${replicates.length} replicates for ${sizes.length} groups`);
	if (method === "half-samples") {
		const spread = halfSampleSpread(value, replicates);
		if (spread === null) return null;
		const degrees = rule === void 0 ? Math.min(spread.degrees, documentDegrees(documents, rule)) : degreesOf$1(sizes.length, documents, shared);
		return {
			...spread,
			degrees
		};
	}
	const error = jackknifeError(value, replicates, sizes);
	return error === null ? null : {
		error,
		bias: null,
		degrees: measuredGroups(sizes) - 1
	};
}
// src/statistics/intervals/student-t.ts
/**
* @file Student's t for any real number of degrees of freedom ν ≥ 1: tail probabilities and quantiles.
*
* P(|T| > t) is the regularised incomplete beta function I_x(ν/2, ½) at x = ν/(ν + t²) (Abramowitz & Stegun 26.7.1), taken
* from its continued fraction (26.5.8, evaluated by Lentz's method). Degrees need not be whole: those of a single feature
* are estimated (half-intervals.ts).
*/
/** t with P(|T| ≤ t) = confidence. RangeError unless 0 < confidence < 1 and ν ≥ 1. */
function studentQuantile(confidence, degrees) {
	if (!(confidence > 0 && confidence < 1 && degrees >= 1)) throw new RangeError(`no t quantile for confidence ${confidence} and ${degrees} degrees of freedom`);
	const key = `${confidence}/${degrees}`;
	const known = quantiles.get(key);
	if (known !== void 0) return known;
	const quantile = bisectedQuantile(confidence, degrees);
	if (quantiles.size < MOST_KEPT) quantiles.set(key, quantile);
	return quantile;
}
/** Thousands of features share a few quantiles. */
const quantiles = /* @__PURE__ */ new Map();
const MOST_KEPT = 4096;
/** Over θ = atan(t/√ν), which is bounded: bisection finds the quantile to the last bits. */
function bisectedQuantile(confidence, degrees) {
	let low = 0;
	let high = Math.PI / 2;
	for (let step = 0; step < 60; step++) {
		const middle = (low + high) / 2;
		if (twoSidedTail(Math.sqrt(degrees) * Math.tan(middle), degrees) > 1 - confidence) low = middle;
		else high = middle;
	}
	return Math.sqrt(degrees) * Math.tan((low + high) / 2);
}
/** P(|T| > t) for t ≥ 0. */
function twoSidedTail(t, degrees) {
	const a = degrees / 2;
	const x = degrees / (degrees + t * t);
	const y = t * t / (degrees + t * t);
	const front = x ** a * Math.sqrt(y) * gammaRatio(a) / Math.sqrt(Math.PI);
	if (x < (a + 1) / (a + 2.5)) return Math.min(1, front / a * betaFraction(a, .5, x));
	return Math.max(0, 1 - 2 * front * betaFraction(.5, a, y));
}
/** Γ(x + ½)/Γ(x): its asymptotic series, good to float64 from 40 on, brought down by Γ's recurrence. */
function gammaRatio(x) {
	let factor = 1;
	let at = x;
	for (; at < 40; at++) factor *= at / (at + .5);
	const u = 1 / at;
	const series = 1 + u * (-1 / 8 + u * (1 / 128 + u * (5 / 1024 + u * (-21 / 32768 + u * (-399 / 262144 + u * (869 / 4194304))))));
	return factor * Math.sqrt(at) * series;
}
/** The continued fraction of I_x(a, b), for x below (a + 1)/(a + b + 2), where it converges fast. */
function betaFraction(a, b, x) {
	let c = 1;
	let d = 1 / (1 - (a + b) * x / (a + 1));
	let fraction = d;
	for (let m = 1; m <= 500; m++) {
		const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / (1 + even * d);
		c = 1 + even / c;
		fraction *= d * c;
		const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / (1 + odd * d);
		c = 1 + odd / c;
		fraction *= d * c;
		if (Math.abs(d * c - 1) < 1e-16) break;
	}
	return fraction;
}
// src/statistics/intervals/estimate.ts
/**
* @file A figure with what is known of its error, its interval, and the difference of two such figures.
*
* Replicates are spread on the scale on which a figure's errors are most nearly normal, and the ends come back through the
* scale's inverse. Every interval in a report and in a rule is made by `intervalOf`.
*/
const linear = (value) => value;
/** Of a perplexity: its logarithm is a mean loss. */
const logarithm = Math.exp;
/** Of the change of a perplexity in percent: its logarithm is a difference of two mean losses of the same tokens. */
const percentChange = (value) => 100 * Math.expm1(value);
/** Of a single correlation: Fisher's z = atanh ρ, far less skewed near 1, where the thresholds are. */
const fisher = Math.tanh;
/** ρ of float32 batch sums is good to this at best. */
const FINEST_CORRELATION = 2e-6;
/** atanh of ρ, no nearer to ±1 than ρ is known: beyond, differences are rounding, and z would spread them to infinity. */
function fisherZ(rho, accuracy = FINEST_CORRELATION) {
	const most = 1 - accuracy;
	return Math.atanh(Math.max(-most, Math.min(most, countedRho(rho))));
}
const plain = {
	to: linear,
	from: linear
};
/** Of a mean, a median or a quantile of correlations. */
const ofCorrelations = {
	to: fisherZ,
	from: fisher
};
/** Of a fraction of so many features: log-odds, with half a feature on either side so that none and all have some. */
function logOdds(features) {
	return {
		to: (value) => Math.log((value * features + .5) / ((1 - value) * features + .5)),
		from: (odds) => ((features + 1) / (1 + Math.exp(-odds)) - .5) / features
	};
}
const ANY = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
/** A number without an interval. */
function bareEstimate(value) {
	return {
		value,
		error: null,
		range: ANY
	};
}
const NOTHING_ELSE = {
	bias: null,
	degrees: null,
	budgetExponent: 2
};
/** Null where nothing is known of its error, or too few groups were measured. The value always lies in the interval. */
function knownOf({ value, error, range }, confidence) {
	if (error === null) return null;
	if (error.kind === "kept") return error.interval && {
		...NOTHING_ELSE,
		interval: [...error.interval]
	};
	if (error.kind === "unpaired") return unpairedDifference(value, error, confidence);
	const { scale, centre, values } = error;
	const spread = error.own === void 0 ? spreadOf(error.resampling, centre, values, sharedPart(error.parts)) : error.own.spread;
	if (spread === null) return null;
	const half = studentQuantile(confidence, spread.degrees) * spread.error;
	const low = Math.max(range[0], scale(centre - half));
	const high = Math.min(range[1], scale(centre + half));
	const { oneFeature } = error;
	const most = value === 0 && oneFeature !== void 0 ? emptyClassEnd(Array.from(values, scale), oneFeature) : value;
	return {
		interval: [Math.min(value, low), Math.max(most, high)],
		bias: spread.bias === null ? null : meanOf$1(values, scale) - scale(centre),
		degrees: spread.degrees,
		budgetExponent: error.resampling.method === "half-samples" && error.own === void 0 ? budgetExponent(values) : 2
	};
}
/** The bias is told in the figure's own unit, so the mean is of its own values. */
function meanOf$1(values, scale) {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += scale(values[i]);
	return sum / values.length;
}
/** The ends of both added as independent errors are: by squares, each on its own side. */
function unpairedDifference(value, { from, less }, confidence) {
	const [a, b] = [knownOf(from, confidence), knownOf(less, confidence)];
	if (a === null || b === null) return null;
	const down = Math.hypot(from.value - a.interval[0], b.interval[1] - less.value);
	const up = Math.hypot(a.interval[1] - from.value, less.value - b.interval[0]);
	return {
		...NOTHING_ELSE,
		interval: [value - down, value + up]
	};
}
function intervalOf(estimate, confidence) {
	return knownOf(estimate, confidence)?.interval ?? null;
}
/**
* a − b. Where both were measured in the same groups the difference is taken replicate by replicate: what the two share of
* the text's noise cancels. Where they were not (a report of an older version), each keeps its own interval, and the
* difference is wider than it had to be (`isUnpaired`). Without an interval of either it has none.
*/
function difference(a, b) {
	const value = a.value - b.value;
	if (a.error === null || b.error === null) return bareEstimate(value);
	const [left, right] = [a.error, b.error];
	if (left.kind !== "replicates" || right.kind !== "replicates" || !paired(left.resampling, right.resampling)) return {
		...bareEstimate(value),
		error: {
			kind: "unpaired",
			from: a,
			less: b
		}
	};
	const { resampling } = left;
	const error = {
		kind: "replicates",
		resampling,
		...subtracted(left, right),
		centre: value,
		parts: left.parts && right.parts ? left.parts.map((part, i) => subtracted(part, right.parts[i])) : null
	};
	return {
		...bareEstimate(value),
		error
	};
}
/** Replicate by replicate, in the figures' own unit. */
function subtracted(from, less) {
	return {
		scale: linear,
		values: Array.from(from.values, (one, r) => from.scale(one) - less.scale(less.values[r]))
	};
}
/** A difference of figures that were measured in different groups or by different methods. */
function isUnpaired({ error }) {
	return error?.kind === "unpaired";
}
function paired(a, b) {
	return a.method === b.method && a.sizes.length === b.sizes.length;
}
// src/statistics/intervals/half-intervals.ts
/**
* @file How well single correlations are known, from their halves: the error of Fisher's z = atanh ρ, its degrees of
* freedom, group influences.
*
* z is far less skewed near 1, where thresholds are. V is the mean of ((z(r,+) − z(r,−))/2)²: the halves of a pair share
* their bias, which drops out. Its degrees of freedom are those of a variance of group influences u with kurtosis
* κ = G Σu⁴/(Σu²)²: 3G/κ − 1, between 1 and G − 1. A feature that fires in few of the groups has few.
*/
/** A feature undefined in more of its halves than this is not measurable alone. */
const MOST_UNDEFINED = 1 / 4;
/**
* The spread of one feature's z from its ρ on the 2(G − 1) halves (NaN: undefined there). Null where it is not measurable
* alone, or where there are no halves. Degrees are real, between 1 and G − 1, down to the next eighth: thousands of
* features then share a few quantiles.
*/
function correlationSpread(halves, accuracy) {
	return halvesSpread(onFishersScale(halves, accuracy));
}
/** The same of any figure, from its halves on the scale on which its errors are most nearly normal. */
function halvesSpread(halves) {
	const { differences, undefinedHalves } = halfDifferences(halves);
	if (undefinedHalves > MOST_UNDEFINED * halves.length) return null;
	const defined = differences.filter((d) => !Number.isNaN(d));
	if (defined.length === 0) return null;
	const variance = defined.reduce((sum, d) => sum + d * d, 0) / defined.length;
	const influences = groupInfluences(differences.map((d) => Number.isNaN(d) ? 0 : d));
	const degrees = Math.floor(8 * Math.min(defined.length, degreesOf(influences))) / 8;
	return {
		error: Math.sqrt(variance),
		bias: null,
		degrees
	};
}
function onFishersScale(halves, accuracy) {
	return Float64Array.from(halves, (rho) => Number.isNaN(rho) ? NaN : fisherZ(rho, accuracy));
}
/** (z(r,+) − z(r,−))/2 of every pair; NaN where one of the two is undefined. */
function halfDifferences(halves) {
	const differences = new Float64Array(halves.length / 2);
	let undefinedHalves = 0;
	for (let r = 0; r < differences.length; r++) {
		const [plus, minus] = [halves[2 * r], halves[2 * r + 1]];
		undefinedHalves += Number(Number.isNaN(plus)) + Number(Number.isNaN(minus));
		differences[r] = (plus - minus) / 2;
	}
	return {
		differences,
		undefinedHalves
	};
}
function degreesOf(influences) {
	const groups = influences.length;
	let [squares, fourth] = [0, 0];
	for (const u of influences) {
		squares += u * u;
		fourth += u ** 4;
	}
	if (!(squares > 0)) return groups - 1;
	const kurtosis = groups * fourth / squares ** 2;
	return Math.min(groups - 1, Math.max(1, 3 * groups / kurtosis - 1));
}
/**
* Lag-1 autocorrelation of the group influences, averaged over the features: −1/G where groups are independent, above it
* where neighbouring groups share documents, and intervals are then too narrow. Null where no feature can tell.
*/
function neighbourCorrelation(halves, accuracy) {
	const own = new Float64Array(halves.length);
	let [sum, count] = [0, 0];
	for (let k = 0; k < accuracy.length; k++) {
		for (let i = 0; i < halves.length; i++) own[i] = halves[i][k];
		const { differences, undefinedHalves } = halfDifferences(onFishersScale(own, accuracy[k]));
		if (differences.length === 0 || undefinedHalves > 0) continue;
		const u = groupInfluences(differences);
		let [square, neighbours] = [0, 0];
		for (let g = 0; g < u.length; g++) {
			square += u[g] * u[g];
			if (g > 0) neighbours += u[g] * u[g - 1];
		}
		if (!(square > 0)) continue;
		sum += neighbours / square;
		count++;
	}
	return count === 0 ? null : sum / count;
}
// src/statistics/quantile.ts
/**
* @file Exact quantiles by sorting: linear between neighbouring order statistics (Hyndman & Fan 1996, type 7), which is
* what numpy and R do by default, so that figures compare. Sorting a typed array of a million values takes a tenth of a
* second; a sketch would save nothing worth its error.
*/
/** Quantile `q` (0..1) of ascending values; NaN of none. */
function quantileOfSorted(sorted, q) {
	if (sorted.length === 0) return NaN;
	const place = q * (sorted.length - 1);
	const below = Math.floor(place);
	const above = Math.min(below + 1, sorted.length - 1);
	return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
/** Quantile `q` (0..1) of values in any order, none of them NaN. */
function quantile(values, q) {
	return quantileOfSorted(Float64Array.from(values).sort(), q);
}
/** Mean of the middle two, or the middle one. */
function median(values) {
	return quantile(values, .5);
}
// src/statistics/features/feature-moments.ts
/**
* @file The sums from which every feature's correlation is made, kept apart per token group.
*
* Reference and candidate are two types because one reference serves many candidates: Σa, Σa², firings and peak are
* summed once, and each candidate adds only Σb, Σb², Σab and two counts of firings for the features it was measured on. Sums add: two batches,
* two groups, two machines. Nothing here divides, so nothing depends on the order of sequences beyond float64 rounding.
*
* Sufficient statistics: arXiv 2606.03002, "one streaming pass". Raw sums rather than running means (Welford): device
* kernels give plain column sums, and activations are sparse and non-negative, so Σa² − (Σa)²/n loses few digits
* (see NO_VARIANCE in correlation.ts).
*
* Shapes: G token groups, F features of the dictionary, K measured features. Matrices are row-major.
*/
/** All sums zero. */
function emptyReferenceMoments(groups, width) {
	return {
		groups,
		width,
		positions: new Float64Array(groups),
		sum: new Float64Array(groups * width),
		sumOfSquares: new Float64Array(groups * width),
		firings: new Float64Array(width),
		peak: new Float64Array(width)
	};
}
/** All sums zero. `features` are ids in [0, F), strictly ascending; RangeError otherwise. */
function emptyCandidateMoments(groups, features) {
	for (let k = 0; k < features.length; k++) {
		const previous = k === 0 ? -1 : features[k - 1];
		if (features[k] <= previous) throw new RangeError(`feature ids must ascend: ${previous}, ${features[k]}`);
	}
	const size = groups * features.length;
	return {
		groups,
		features,
		sum: new Float64Array(size),
		sumOfSquares: new Float64Array(size),
		product: new Float64Array(size),
		together: new Float64Array(size),
		either: new Float64Array(size)
	};
}
/** Add a batch of one group, in place. `firstFeature` is the id of the tile's first column. */
function addReferenceTile(into, group, firstFeature, tile) {
	const row = group * into.width + firstFeature;
	for (let i = 0; i < tile.sum.length; i++) {
		into.sum[row + i] += tile.sum[i];
		into.sumOfSquares[row + i] += tile.sumOfSquares[i];
		into.firings[firstFeature + i] += tile.firings[i];
		into.peak[firstFeature + i] = Math.max(into.peak[firstFeature + i], tile.peak[i]);
	}
}
/** Add a batch of one group, in place. `firstColumn` is an index into `features`, not a feature id. */
function addCandidateTile(into, group, firstColumn, tile) {
	const row = group * into.features.length + firstColumn;
	for (let i = 0; i < tile.sum.length; i++) {
		into.sum[row + i] += tile.sum[i];
		into.sumOfSquares[row + i] += tile.sumOfSquares[i];
		into.product[row + i] += tile.product[i];
		into.together[row + i] += tile.together[i];
		into.either[row + i] += tile.either[i];
	}
}
/** Merge two measurements of the same dictionary over the same groups (associative). RangeError where shapes differ. */
function addReferenceMoments(a, b) {
	if (a.groups !== b.groups || a.width !== b.width) throw new RangeError(`moments of (${a.groups}, ${a.width}) and (${b.groups}, ${b.width}) do not add`);
	return {
		groups: a.groups,
		width: a.width,
		positions: added(a.positions, b.positions),
		sum: added(a.sum, b.sum),
		sumOfSquares: added(a.sumOfSquares, b.sumOfSquares),
		firings: added(a.firings, b.firings),
		peak: a.peak.map((peak, j) => Math.max(peak, b.peak[j]))
	};
}
/** Of some features alone, which are then numbered by their places. */
function referenceColumns(moments, features) {
	const { groups, width, positions } = moments;
	const pick = (values) => Float64Array.from(features, (j) => values[j]);
	return {
		groups,
		width: features.length,
		positions,
		sum: columnsOf(moments.sum, groups, width, features),
		sumOfSquares: columnsOf(moments.sumOfSquares, groups, width, features),
		firings: pick(moments.firings),
		peak: pick(moments.peak)
	};
}
/** Merge two measurements of one candidate on the same features (associative). RangeError where they differ. */
function addCandidateMoments(a, b) {
	const sameFeatures = a.features.length === b.features.length && a.features.every((id, k) => id === b.features[k]);
	if (a.groups !== b.groups || !sameFeatures) throw new RangeError("candidate moments of other groups or features");
	return {
		groups: a.groups,
		features: a.features,
		sum: added(a.sum, b.sum),
		sumOfSquares: added(a.sumOfSquares, b.sumOfSquares),
		product: added(a.product, b.product),
		together: added(a.together, b.together),
		either: added(a.either, b.either)
	};
}
function added(a, b) {
	return a.map((value, i) => value + b[i]);
}
/** Counted positions over all groups. */
function countedPositions(moments) {
	return moments.positions.reduce((total, count) => total + count, 0);
}
/** (F) */
function firingRates(moments) {
	const positions = countedPositions(moments);
	return moments.firings.map((firings) => firingRate(firings, positions));
}
/** (F) mean square of the activation over all counted positions. */
function meanSquares(moments) {
	const positions = countedPositions(moments);
	return groupTotals(moments.sumOfSquares, moments.groups, moments.width).map((sum) => sum / positions);
}
/** (F) mean activation over all counted positions, firing or not: each group's part of it, added up. */
function meanActivations(moments) {
	const { sum: sums, width } = moments;
	const positions = countedPositions(moments);
	const means = new Float64Array(width);
	sums.forEach((sum, i) => {
		means[i % width] += sum / positions;
	});
	return means;
}
/** Ids of the active features, ascending. */
function activeFeatures(moments, threshold) {
	const rates = firingRates(moments);
	const ids = [];
	for (let j = 0; j < rates.length; j++) if (isActive(rates[j], threshold)) ids.push(j);
	return Int32Array.from(ids);
}
/** Mean number of features that fire at a counted position: the dictionary's L0 on this text. */
function meanFiring(moments) {
	return moments.firings.reduce((sum, n) => sum + n, 0) / countedPositions(moments);
}
/** Features that never fired. */
function deadFeatures(moments) {
	return moments.firings.reduce((count, n) => count + (n === 0 ? 1 : 0), 0);
}
/** (G, K) → (K): sums over all groups. */
function groupTotals(sums, groups, columns) {
	const totals = new Float64Array(columns);
	for (let g = 0; g < groups; g++) for (let k = 0; k < columns; k++) totals[k] += sums[g * columns + k];
	return totals;
}
/** (G, F) → (K): sums over all groups of the columns of `features`, in the order of `groupTotals`. */
function columnTotals(sums, groups, width, features) {
	const totals = new Float64Array(features.length);
	for (let g = 0; g < groups; g++) {
		const row = g * width;
		for (let k = 0; k < features.length; k++) totals[k] += sums[row + features[k]];
	}
	return totals;
}
/** (G, F) → (G, K): the columns of `features`. */
function columnsOf(sums, groups, width, features) {
	const out = new Float64Array(groups * features.length);
	for (let g = 0; g < groups; g++) for (let k = 0; k < features.length; k++) out[g * features.length + k] = sums[g * width + features[k]];
	return out;
}
/** Relative rounding of float32 batch sums. Rounding may push |ρ| above 1 by this over the smaller variance ratio. */
const SUM_ROUNDING = 1e-6;
/**
* ρ from n, Σa, Σb, Σa², Σb², Σab. NaN where either side has no variance, where n < 2, and where the sums contradict
* each other (|ρ| beyond 1 by more than rounding explains).
*/
function correlationFromSums(n, sumA, sumB, sumAA, sumBB, sumAB) {
	const varianceA = sumAA - sumA * sumA / n;
	const varianceB = sumBB - sumB * sumB / n;
	if (!(n >= 2 && varianceA > 1e-12 * sumAA && varianceB > 1e-12 * sumBB)) return NaN;
	const rho = (sumAB - sumA * sumB / n) / rootOfProduct(varianceA, varianceB);
	const excess = Math.abs(rho) - 1;
	if (!(excess > 0)) return rho;
	return excess <= SUM_ROUNDING / Math.min(varianceA / sumAA, varianceB / sumBB) ? Math.sign(rho) : NaN;
}
/**
* √(a·b). One root, rounded once, so that a ρ that lies on a limit is met to the last digit; two where the product of tiny
* or huge activations would leave float64.
*/
function rootOfProduct(a, b) {
	const product = a * b;
	return product > 1e-290 && product < 1e290 ? Math.sqrt(product) : Math.sqrt(a) * Math.sqrt(b);
}
/** Sums of both sides on the candidate's features, over all groups. RangeError where the two were not measured together. */
function pairSums(reference, candidate) {
	const { groups, width } = reference;
	const { features } = candidate;
	const last = features.at(-1) ?? -1;
	if (candidate.groups !== groups || last >= width) throw new RangeError(`reference has ${groups} groups and ${width} features, candidate ${candidate.groups} and ${last}`);
	const ofReference = (sums) => columnTotals(sums, groups, width, features);
	const ofCandidate = (sums) => groupTotals(sums, groups, features.length);
	return {
		a: ofReference(reference.sum),
		b: ofCandidate(candidate.sum),
		aa: ofReference(reference.sumOfSquares),
		bb: ofCandidate(candidate.sumOfSquares),
		ab: ofCandidate(candidate.product)
	};
}
/** (K) ρ over all groups, parallel to `candidate.features`; NaN where undefined. */
function correlations(reference, candidate) {
	const { a, b, aa, bb, ab } = pairSums(reference, candidate);
	const positions = countedPositions(reference);
	return a.map((sum, k) => correlationFromSums(positions, sum, b[k], aa[k], bb[k], ab[k]));
}
/** The same candidate on fewer features; on all of them itself. RangeError where one was not measured. */
function candidateColumns(candidate, features) {
	const measured = candidate.features;
	if (features.length === measured.length && features.every((id, k) => id === measured[k])) return candidate;
	const column = new Map(Array.from(candidate.features, (id, k) => [id, k]));
	const columns = features.map((id) => {
		const k = column.get(id);
		if (k === void 0) throw new RangeError(`feature ${id} was not measured`);
		return k;
	});
	const width = candidate.features.length;
	const take = (sums) => columnsOf(sums, candidate.groups, width, columns);
	return {
		groups: candidate.groups,
		features,
		sum: take(candidate.sum),
		sumOfSquares: take(candidate.sumOfSquares),
		product: take(candidate.product),
		together: take(candidate.together),
		either: take(candidate.either)
	};
}
/** Undefined ρ of active features counted as 0. */
function definedOrZero(rho) {
	return rho.map(countedRho);
}
// src/statistics/features/half-correlations.ts
/** Columns halved together: five matrices of 32 rows then stay in a core's cache. */
const TILE = 256;
/** The replicates of the active features, as they are stored. RangeError where an active feature was not measured. */
function featureReplicates(reference, candidate, active) {
	return {
		method: "half-samples",
		features: active,
		correlations: halfCorrelations(reference, candidateColumns(candidate, active))
	};
}
/**
* 2(G − 1) arrays of (K) ρ, in the order of the halves, parallel to `candidate.features`; none where the groups cannot be
* halved. NaN where the reference does not vary in a half: the half says nothing of the feature. 0 where only the
* candidate does not: the feature is gone there.
*/
function halfCorrelations(reference, candidate) {
	const { groups, width } = reference;
	const count = candidate.features.length;
	if (!canHalve(groups)) return [];
	const last = candidate.features.at(-1) ?? -1;
	if (candidate.groups !== groups || last >= width) throw new RangeError(`reference has ${groups} groups and ${width} features, candidate ${candidate.groups} and ${last}`);
	const positions = halfSums(reference.positions, groups);
	const halves = Array.from({ length: halfCount(groups) }, () => new Float32Array(count));
	for (let first = 0; first < count; first += TILE) {
		const columns = Math.min(TILE, count - first);
		const halved = (sums) => halfSums(sums, groups, count, [first, columns]);
		const some = candidate.features.subarray(first, first + columns);
		const ofReference = (sums) => halfSums(columnsOf(sums, groups, width, some), groups, columns);
		const sums = {
			a: ofReference(reference.sum),
			aa: ofReference(reference.sumOfSquares),
			b: halved(candidate.sum),
			bb: halved(candidate.sumOfSquares),
			ab: halved(candidate.product)
		};
		for (let r = 1; r < groups; r++) for (const side of ["plus", "minus"]) {
			const into = halves[2 * r - (side === "plus" ? 2 : 1)];
			const n = positions[side][r];
			for (let k = 0; k < columns; k++) into[first + k] = halfCorrelation(sums, side, n, r * columns + k);
		}
	}
	return halves;
}
function halfCorrelation(sums, side, n, at) {
	const [a, b] = [sums.a[side][at], sums.b[side][at]];
	const [aa, bb] = [sums.aa[side][at], sums.bb[side][at]];
	if (!(bb - b * b / n > 1e-12 * bb)) return aa - a * a / n > 1e-12 * aa ? 0 : NaN;
	return correlationFromSums(n, a, b, aa, bb, sums.ab[side][at]);
}
/** A half with a feature's ρ on the whole (undefined: 0) where the half says nothing of it: for fractions, means, quantiles. */
function filledHalf(rho, half) {
	const filled = new Float64Array(half);
	for (let k = 0; k < filled.length; k++) if (Number.isNaN(filled[k])) filled[k] = countedRho(rho[k]);
	return filled;
}
/** ρ is good to this over (variance ÷ mean square): subtracting the square of the mean costs digits. */
const SUM_ACCURACY = 1e-6;
/**
* How near to ±1 a feature's ρ can be told, from its mean and mean square over the counted positions. Fisher's z is not
* taken nearer. A feature without variance: 1, nothing can be told. Mean square not
* known (NaN): as near as any. */
function correlationAccuracy(mean, meanSquare) {
	if (Number.isNaN(meanSquare)) return FINEST_CORRELATION;
	const part = meanSquare > 0 ? 1 - mean * mean / meanSquare : 0;
	return part > 0 ? Math.min(1, Math.max(FINEST_CORRELATION, SUM_ACCURACY / part)) : 1;
}
// src/statistics/features/taxonomy.ts
/** (F) class of every feature; `active` and `correlation` are (F). */
function classesOf(active, correlation, thresholds) {
	return Array.from(correlation, (rho, j) => active[j] === 1 ? classOf(rho, thresholds) : "inactive");
}
/** How many of the active features `rho` fall into each class. */
function classCounts(rho, thresholds) {
	return classWeights(rho, null, thresholds);
}
/** The fraction of each class, features counting equally. */
function classFractions(rho, thresholds) {
	return weightedClassFractions(rho, null, thresholds);
}
/**
* The fraction of each class where feature k counts `weights[k]` ≥ 0: firing rates, so that thousands of rare features
* do not outvote those in use, or decoder norms. Null: equal weights. All 0 where nothing has weight.
*/
function weightedClassFractions(rho, weights, thresholds) {
	const { survived, degraded, damaged } = classWeights(rho, weights, thresholds);
	const total = survived + degraded + damaged;
	if (!(total > 0)) return {
		survived: 0,
		degraded: 0,
		damaged: 0
	};
	return {
		survived: survived / total,
		degraded: degraded / total,
		damaged: damaged / total
	};
}
function classWeights(rho, weights, thresholds) {
	const totals = {
		survived: 0,
		degraded: 0,
		damaged: 0
	};
	for (let k = 0; k < rho.length; k++) totals[classOf(rho[k], thresholds)] += weights === null ? 1 : weights[k];
	return totals;
}
/** Mean ρ with undefined counted as 0, feature k counting `weights[k]`; 0 where nothing has weight. */
function meanCorrelation(rho, weights) {
	let sum = 0;
	let total = 0;
	for (let k = 0; k < rho.length; k++) {
		const weight = weights === null ? 1 : weights[k];
		sum += weight * countedRho(rho[k]);
		total += weight;
	}
	return total > 0 ? sum / total : 0;
}
/** The thresholds at which the fractions are also told. */
const SENSITIVITY_SURVIVED = [
	.8,
	.85,
	.9,
	.95
];
const SENSITIVITY_DAMAGED = [
	.3,
	.4,
	.5,
	.6,
	.7
];
/** The fractions at all 20 pairs of thresholds. `above`: survived is ρ above the first, not at it. */
function sensitivityGrid(rho, above = false) {
	return SENSITIVITY_SURVIVED.flatMap((survivedAt) => SENSITIVITY_DAMAGED.map((damagedAt) => {
		const { survived, degraded, damaged } = classFractions(rho, thresholdsOf({
			survived: survivedAt,
			damaged: damagedAt,
			above
		}));
		return {
			survivedAt,
			damagedAt,
			survived,
			degraded,
			damaged
		};
	}));
}
// src/statistics/features/feature-figures.ts
/**
* @file What one candidate through one read-out comes to, as estimates: fractions, means, quantiles and single
* correlations of some features.
*
* The audit makes these from fresh sums, the policy makes them again from stored evidence at other thresholds or another
* confidence; both call the functions here, so the two cannot disagree.
*/
/** The fraction of a class, feature k counting `weights[k]`; null: all the same. */
function classFraction(features, name, thresholds, weights) {
	const estimate = functionalOf(features, weights, {
		of: (rho, some) => weightedClassFractions(rho, some, thresholds)[name],
		scale: (count, some) => logOdds(effectiveCount(count, some))
	});
	if (estimate.error?.kind !== "replicates" || features.resampling.method === "delete-one") return {
		...estimate,
		range: [0, 1]
	};
	const oneFeature = 1 / effectiveCount(features.rho.length, weights);
	return {
		...estimate,
		range: [0, 1],
		error: {
			...estimate.error,
			oneFeature
		}
	};
}
/** How many features of equal weight would count alike: (Σw)²/Σw². */
function effectiveCount(count, weights) {
	if (weights === null) return Math.max(1, count);
	return weights.reduce((sum, w) => sum + w, 0) ** 2 / weights.reduce((sum, w) => sum + w * w, 0);
}
/** The mean ρ, feature k counting `weights[k]`; null: all the same. */
function meanOf(features, weights) {
	return {
		...functionalOf(features, weights, ofRho(meanCorrelation)),
		range: [-1, 1]
	};
}
/** Quantile `q` (0..1) of ρ; 0.5 is the median. */
function quantileOf(features, q) {
	return {
		...functionalOf(features, null, ofRho((rho) => quantile(rho, q))),
		range: [-1, 1]
	};
}
/** ρ of the k-th feature. */
function singleCorrelation({ rho, replicates, resampling, accuracy }, k) {
	const value = countedRho(rho[k]);
	if (replicates === null) return {
		value,
		error: null,
		range: [-1, 1]
	};
	const own = replicates.map((row) => row[k]);
	const [near, centre] = [accuracy[k], fisherZ(value, accuracy[k])];
	const values = own.map((one) => Number.isNaN(one) ? centre : fisherZ(one, near));
	const error = {
		kind: "replicates",
		resampling,
		scale: fisher,
		centre,
		values
	};
	return {
		value,
		error: resampling.method === "delete-one" ? error : {
			...error,
			own: { spread: ownSpread(correlationSpread(own, near), resampling) }
		},
		range: [-1, 1]
	};
}
/** No better known than so many documents allow. */
function ownSpread(spread, { documents, degrees }) {
	return spread && {
		...spread,
		degrees: Math.min(spread.degrees, documentDegrees(documents, degrees))
	};
}
/** (K) intervals of each ρ: always inside [−1, 1] and around ρ itself. NaN where there is none. */
function correlationIntervals(features, confidence) {
	const ends = Array.from(features.rho, (_, k) => intervalOf(singleCorrelation(features, k), confidence));
	return {
		low: Float64Array.from(ends, (one) => one?.[0] ?? NaN),
		high: Float64Array.from(ends, (one) => one?.[1] ?? NaN)
	};
}
const ofRho = (of) => ({
	of,
	scale: () => ofCorrelations
});
/**
* Any number made from the features' ρ, its halves spread on a scale of its own. The set of features is held: the active ones
* are the reference's, and the same in every replicate.
*/
function functionalOf({ rho, replicates, resampling }, weights, functional) {
	const value = functional.of(definedOrZero(rho), weights);
	if (replicates === null) return bareEstimate(value);
	const halves = replicates.map((row) => filledHalf(rho, row));
	const { to, from } = resampling.method === "delete-one" ? plain : functional.scale(rho.length, weights);
	const error = {
		kind: "replicates",
		resampling,
		scale: from,
		centre: to(value),
		values: halves.map((half) => to(functional.of(half, weights))),
		parts: resampling.degrees === void 0 ? null : partsOf(halves, weights, functional)
	};
	return {
		...bareEstimate(value),
		error
	};
}
/** The figure of each of PARTS parts of the features; null of too few features. */
function partsOf(halves, weights, { of, scale }) {
	const count = halves[0]?.length ?? 0;
	if (count < 100) return null;
	return Array.from({ length: 4 }, (_, part) => {
		const some = weights && everyFrom(part, weights);
		const { to, from } = scale(some?.length ?? Math.ceil((count - part) / 4), some);
		return {
			scale: from,
			values: halves.map((half) => to(of(everyFrom(part, half), some)))
		};
	});
}
/** Entries part, part + PARTS, … */
function everyFrom(part, values) {
	const some = new Float64Array(Math.ceil((values.length - part) / 4));
	for (let i = 0; i < some.length; i++) some[i] = values[part + i * 4];
	return some;
}
// src/statistics/features/agreement.ts
function firingFigures(reference, candidate) {
	const { groups, width } = reference;
	const { features } = candidate;
	const count = features.length;
	const total = (sums) => groupTotals(sums, groups, count);
	const [ab, together, either] = [
		total(candidate.product),
		total(candidate.together),
		total(candidate.either)
	];
	const aa = total(columnsOf(reference.sumOfSquares, groups, width, features));
	const own = features.map((j, k) => Math.min(either[k], Math.max(together[k], reference.firings[j])));
	const candidateFirings = either.map((sum, k) => sum + together[k] - own[k]);
	return {
		gain: ratios(ab, aa),
		jaccard: ratios(together, either),
		precision: ratios(together, candidateFirings),
		recall: ratios(together, Float64Array.from(own)),
		candidateFirings
	};
}
/** In the order of the halves. NaN where the half has nothing to divide by: it says nothing of the feature. */
function firingHalves(reference, candidate) {
	const { groups, width } = reference;
	const { features, product, together, either } = candidate;
	if (!canHalve(groups)) return {
		gain: [],
		jaccard: []
	};
	return {
		gain: halfRatios(product, columnsOf(reference.sumOfSquares, groups, width, features), groups, features.length),
		jaccard: halfRatios(together, either, groups, features.length)
	};
}
/** Of (G, K) sums. */
function halfRatios(above, below, groups, count) {
	const [over, under] = [halfSums(above, groups, count), halfSums(below, groups, count)];
	return Array.from({ length: halfCount(groups) }, (_, half) => {
		const side = half % 2 === 0 ? "plus" : "minus";
		const row = (Math.floor(half / 2) + 1) * count;
		return Float32Array.from(ratios(over[side].subarray(row, row + count), under[side].subarray(row, row + count)));
	});
}
function ratios(above, below) {
	return above.map((value, k) => below[k] > 0 ? value / below[k] : NaN);
}
/** Errors of a ratio of sums are nearly normal as they are. */
const GAIN = {
	range: [0, Number.POSITIVE_INFINITY],
	scale: {
		to: (value) => value,
		from: (value) => value
	}
};
/** Arcsine of the root: where a proportion's errors are as large near 0 and 1 as between. */
const JACCARD = {
	range: [0, 1],
	scale: {
		to: (value) => Math.asin(Math.sqrt(Math.min(1, Math.max(0, value)))),
		from: (angle) => Math.sin(Math.min(Math.PI / 2, Math.max(0, angle))) ** 2
	}
};
const counted = (value) => Number.isNaN(value) ? 0 : value;
/** The figure of the k-th feature. */
function singleValue({ values, replicates, resampling, kind }, k) {
	const value = counted(values[k]);
	const { range, scale } = kind;
	if (replicates === null || replicates.length === 0) return {
		value,
		error: null,
		range
	};
	const centre = scale.to(value);
	const onScale = replicates.map((row) => Number.isNaN(row[k]) ? NaN : scale.to(row[k]));
	return {
		value,
		error: {
			kind: "replicates",
			resampling,
			scale: scale.from,
			centre,
			values: onScale.map((one) => Number.isNaN(one) ? centre : one),
			own: { spread: ownSpread(halvesSpread(onScale), resampling) }
		},
		range
	};
}
/** The mean over features, feature k counting `weights[k]`; null: all the same. */
function meanValue(features, weights) {
	return valueOfAll(features, weights, meanCorrelation);
}
/** Quantile `q` (0..1) over features. */
function quantileValue(features, q) {
	return valueOfAll(features, null, (values) => quantile(values, q));
}
function valueOfAll({ values, replicates, resampling, kind }, weights, of) {
	return {
		...functionalOf({
			rho: values,
			replicates: replicates === null || replicates.length === 0 ? null : replicates,
			resampling
		}, weights, {
			of,
			scale: () => kind.scale
		}),
		range: kind.range
	};
}
/** (K) intervals of each feature's figure; NaN where there is none. */
function valueIntervals(features, confidence) {
	const ends = Array.from(features.values, (_, k) => intervalOf(singleValue(features, k), confidence));
	return {
		low: Float64Array.from(ends, (one) => one?.[0] ?? NaN),
		high: Float64Array.from(ends, (one) => one?.[1] ?? NaN)
	};
}
// src/statistics/divergence-levels.ts
/**
* @file Quantiles of the KL divergence of single tokens from counts: per token group, how many tokens lie above each of 64
* levels. Counts add over groups and shards, and give a quantile on every half of the text without the tokens.
*
* Levels are log-spaced from 1e-6 nats, below which a KL of float32 logits is rounding, to 100. Between two levels the
* logarithm of the count is taken as linear in the logarithm of the KL, as in an exponential tail; the error of that is
* the same on all halves, and drops out of their differences.
*/
const LOWEST = 1e-6;
const HIGHEST = 100;
/** Nats, ascending. */
const DIVERGENCE_LEVELS = Array.from({ length: 64 }, (_, i) => LOWEST * (HIGHEST / LOWEST) ** (i / 63));
/** (G)(64) counts of `kl` above each level; `groupOf` is parallel to `kl`. */
function countsAbove(kl, groupOf, groups) {
	const counts = Array.from({ length: groups }, () => new Array(DIVERGENCE_LEVELS.length).fill(0));
	for (let i = 0; i < kl.length; i++) {
		const passed = levelsBelow(kl[i]);
		if (passed > 0) counts[groupOf[i]][passed - 1] += 1;
	}
	for (const row of counts) for (let l = row.length - 2; l >= 0; l--) row[l] += row[l + 1];
	return counts;
}
/** How many levels lie below `value`. */
function levelsBelow(value) {
	let [low, high] = [0, DIVERGENCE_LEVELS.length];
	while (low < high) {
		const middle = low + high >> 1;
		if (value > DIVERGENCE_LEVELS[middle]) low = middle + 1;
		else high = middle;
	}
	return low;
}
/** Logarithm of quantile `q` (0..1) of `tokens` values of which counts[l] lie above level l; no lower than the lowest level. */
function logQuantile(counts, tokens, q) {
	const wanted = (1 - q) * tokens;
	if (!(counts[0] > wanted)) return Math.log(LOWEST);
	let l = 0;
	while (l + 1 < counts.length && counts[l + 1] > wanted) l++;
	const [from, to] = [Math.log(DIVERGENCE_LEVELS[l]), Math.log(DIVERGENCE_LEVELS[l + 1] ?? HIGHEST)];
	const [above, beyond] = [Math.log(counts[l]), Math.log(Math.max(.5, counts[l + 1] ?? .5))];
	const part = above > beyond ? (above - Math.log(Math.max(.5, wanted))) / (above - beyond) : 0;
	return from + Math.min(1, Math.max(0, part)) * (to - from);
}
/** Between which nats quantile `q` (0..1) of `tokens` values lies, of which counts[g][l] of group g lie above level l. */
function quantileBounds(q, counts, tokens) {
	const total = tokens.reduce((sum, n) => sum + n, 0);
	const [more, fewer] = [Math.ceil((1 - q) * (total - 1)) + 1, Math.floor((1 - q) * (total - 1))];
	const above = DIVERGENCE_LEVELS.map((_, l) => counts.reduce((sum, row) => sum + (row[l] ?? 0), 0));
	const low = above.findLastIndex((count) => count >= more);
	const high = above.findIndex((count) => count <= fewer);
	return [low < 0 ? Number.NEGATIVE_INFINITY : DIVERGENCE_LEVELS[low], high < 0 ? Number.POSITIVE_INFINITY : DIVERGENCE_LEVELS[high]];
}
/**
* Logarithms of `value`, the exact quantile `q` on all text, and of what it would be on each half: moved by what the counts
* say a half's quantile is of the whole's. `counts` is (G)(64), `tokens` (G). No halves of groups that have none.
*/
function divergenceQuantile(value, q, counts, tokens) {
	const centre = Math.log(Math.max(value, LOWEST));
	if (!canHalve(tokens.length)) return {
		centre,
		halves: /* @__PURE__ */ new Float64Array(0)
	};
	const byLevel = DIVERGENCE_LEVELS.map((_, l) => counts.map((row) => row[l]));
	const total = (values) => values.reduce((sum, x) => sum + x, 0);
	const whole = logQuantile(byLevel.map(total), total(tokens), q);
	const halved = byLevel.map(listedHalfSums);
	return {
		centre,
		halves: listedHalfSums(tokens).map((n, i) => {
			const own = halved.map((sums) => sums[i]);
			return centre + logQuantile(own, n, q) - whole;
		})
	};
}
// src/statistics/losses.ts
/**
* @file What everybody measures: perplexity of both models, KL divergence and top-1 agreement, from sums per token group.
*
* Perplexity change is 100 · (PPL_candidate / PPL_reference − 1). Its interval is made on the logarithm of that ratio,
* the difference of two mean losses of the same tokens, and its ends are transformed: losses add, ratios do not.
*/
function summarizePerplexity(groups, sampling, confidence) {
	const scoredTokens = total$1(groups.tokens);
	const referenceLoss = total$1(groups.referenceLoss) / scoredTokens;
	const candidateLoss = total$1(groups.candidateLoss) / scoredTokens;
	const change = perplexityChange(groups, sampling);
	return {
		reference: Math.exp(referenceLoss),
		candidate: candidatePerplexity(groups, sampling).value,
		referenceLoss,
		candidateLoss,
		deltaPercent: change.value,
		ci: intervalOf(change, confidence),
		scoredTokens
	};
}
/** Change of the perplexity, in percent. */
function perplexityChange(groups, sampling) {
	const { tokens, referenceLoss, candidateLoss } = groups;
	const differences = candidateLoss.map((loss, g) => loss - referenceLoss[g]);
	const scoredTokens = total$1(tokens);
	const change = total$1(candidateLoss) / scoredTokens - total$1(referenceLoss) / scoredTokens;
	return {
		...meanPerToken(differences, tokens, sampling, {
			...plain,
			from: percentChange
		}),
		value: percentChange(change)
	};
}
/** The candidate's own perplexity. */
function candidatePerplexity({ tokens, candidateLoss }, sampling) {
	return meanPerToken(candidateLoss, tokens, sampling, {
		...plain,
		from: logarithm
	});
}
/** `klP99` is the 99th percentile of the KL of all scored tokens (quantile.ts). */
function summarizeDivergence(groups, klP99, sampling, confidence) {
	const [divergence, agreement] = [meanDivergence(groups, sampling), top1Agreement(groups, sampling)];
	const tail = tailDivergence(withoutRounding(klP99), groups, sampling);
	return {
		klMean: divergence.value,
		klMeanCi: intervalOf(divergence, confidence),
		klP99: tail.value,
		klP99Ci: intervalOf(tail, confidence),
		top1Agreement: agreement.value,
		top1AgreementCi: intervalOf(agreement, confidence),
		scoredTokens: total$1(groups.tokens)
	};
}
/**
* Nats by which a KL of nothing may come out below 0: the sums over the vocabulary are float32, good to a few 2⁻²⁴, and
* a KL is a difference of such sums. Of identical models −9e-10 was seen.
*/
const KL_ROUNDING = 1e-6;
/** KL is never negative: what rounding took below 0 is 0. More than rounding can take stays, and shows that something is wrong. */
function withoutRounding(kl) {
	return kl < 0 && kl >= -1e-6 ? 0 : kl;
}
/** Skewed as sums of the KL of few documents are. What may be rounding is one value. */
const ofDivergence = {
	to: (kl) => Math.log(Math.max(kl, KL_ROUNDING)),
	from: logarithm
};
/** Mean KL(reference‖candidate), nats per scored token. */
function meanDivergence({ tokens, kl }, sampling) {
	const mean = meanPerToken(kl, tokens, sampling, sampling.method === "delete-one" ? plain : ofDivergence);
	const value = withoutRounding(total$1(kl) / total$1(tokens));
	return {
		...mean,
		value,
		range: [0, Number.POSITIVE_INFINITY]
	};
}
/** 99th percentile of the KL of single tokens; its error from the counts above levels, on the scale of the logarithm. */
function tailDivergence(klP99, { tokens, klAbove }, sampling) {
	if (klAbove === void 0 || sampling.method === "delete-one") return bareEstimate(klP99);
	const { centre, halves } = divergenceQuantile(klP99, .99, klAbove, tokens);
	return {
		value: klP99,
		error: {
			kind: "replicates",
			resampling: {
				...sampling,
				sizes: tokens
			},
			scale: logarithm,
			centre,
			values: halves
		},
		range: [0, Number.POSITIVE_INFINITY]
	};
}
/** Fraction of the scored tokens of which both models think the same likeliest. */
function top1Agreement({ tokens, agreements }, sampling) {
	return {
		...meanPerToken(agreements, tokens, sampling, plain),
		range: [0, 1]
	};
}
/** Σ sums / Σ tokens, a mean loss or a rate, on the scale where its errors are normal. */
function meanPerToken(sums, tokens, sampling, { to, from }) {
	const resampling = {
		...sampling,
		sizes: tokens
	};
	const centre = to(total$1(sums) / total$1(tokens));
	const counts = replicateSums(resampling, tokens, 1);
	const values = replicateSums(resampling, sums, 1).map((sum, r) => to(sum / counts[r]));
	return {
		...bareEstimate(from(centre)),
		error: {
			kind: "replicates",
			resampling,
			scale: from,
			centre,
			values
		}
	};
}
function total$1(values) {
	return values.reduce((sum, value) => sum + value, 0);
}
// src/statistics/confidence-buckets.ts
/**
* @file KL and agreement by how sure the reference was: tokens fall into buckets by the probability of its likeliest token. A mean KL
* hides where it comes from; a candidate that changes what the reference was sure of has lost more than one that shuffles guesses.
*/
/** Bucket i holds probabilities from edge i up to, and without, edge i + 1; the last holds 1 as well. */
const CONFIDENCE_EDGES = [
	0,
	.25,
	.5,
	.75,
	.95,
	1
];
/** Which bucket a probability falls into. What rounding takes beyond 1 is in the last. */
function bucketOf(probability) {
	let bucket = CONFIDENCE_EDGES.length - 2;
	while (bucket > 0 && probability < CONFIDENCE_EDGES[bucket]) bucket--;
	return bucket;
}
/** `buckets`: sums of each in the order of the edges. No interval where a token group has no token in the bucket. */
function summarizeBuckets(buckets, sampling, confidence) {
	return buckets.map((groups, b) => {
		const [from, to] = [CONFIDENCE_EDGES[b], CONFIDENCE_EDGES[b + 1]];
		const scoredTokens = total(groups.tokens);
		if (scoredTokens === 0) return {
			from,
			to,
			scoredTokens,
			klMean: null,
			klMeanCi: null,
			top1Agreement: null,
			top1AgreementCi: null
		};
		const [kl, agreement] = [meanDivergence(groups, sampling), top1Agreement(groups, sampling)];
		const isEverywhere = groups.tokens.every((tokens) => tokens > 0);
		const ofAgreement = isEverywhere ? intervalOf(agreement, confidence) : null;
		return {
			from,
			to,
			scoredTokens,
			klMean: kl.value,
			klMeanCi: isEverywhere ? intervalOf(kl, confidence) : null,
			top1Agreement: agreement.value,
			top1AgreementCi: ofAgreement && widened(ofAgreement, agreement.value, scoredTokens, confidence)
		};
	});
}
/** Where all tokens agree, or none does, halves have no spread: what n tokens of one kind still leave open, (α/2)^(1/n), is the other end. */
function widened(interval, value, tokens, confidence) {
	const end = ((1 - confidence) / 2) ** (1 / tokens);
	if (value === 1) return [Math.min(interval[0], end), 1];
	return value === 0 ? [0, Math.max(interval[1], 1 - end)] : interval;
}
function total(values) {
	return values.reduce((sum, value) => sum + value, 0);
}
// src/statistics/features/feature-summary.ts
/** @file What report.json says of features: one candidate through one read-out in a few numbers, each with its interval. */
/** Everything report.json says of the active features' correlations. With no active feature all fractions and means are 0. */
function summarizeFeatures(active, thresholds, confidence) {
	const counts = classCounts(active.rho, thresholds);
	const share = (name) => {
		const fraction = classFraction(active, name, thresholds, null);
		const known = knownOf(fraction, confidence);
		return {
			count: counts[name],
			fraction: fraction.value,
			ci: known?.interval ?? null,
			...known?.bias == null ? {} : { bias: known.bias }
		};
	};
	const mean = meanOf(active, null);
	const meanKnown = knownOf(mean, confidence);
	return {
		active: active.rho.length,
		survived: share("survived"),
		degraded: share("degraded"),
		damaged: share("damaged"),
		undefined: active.rho.reduce((count, rho) => count + (Number.isNaN(rho) ? 1 : 0), 0),
		meanCorrelation: mean.value,
		meanCorrelationCi: meanKnown?.interval ?? null,
		...meanKnown?.bias == null ? {} : { meanCorrelationBias: meanKnown.bias },
		medianCorrelation: active.rho.length === 0 ? 0 : quantileOf(active, .5).value,
		sensitivity: sensitivityGrid(active.rho)
	};
}
/** Means over the active features, one that is gone counting 0, and how many fire no more often than `activeRate` in the candidate. */
function summarizeFiring({ gain, jaccard, precision, recall, candidateRates }, activeRate, confidence) {
	const mean = (values) => {
		const estimate = meanValue(values, null);
		return {
			value: estimate.value,
			ci: knownOf(estimate, confidence)?.interval ?? null
		};
	};
	const plainMean = (values) => values.length === 0 ? 0 : values.reduce((sum, value) => sum + countedRho(value), 0) / values.length;
	const [ofGain, ofJaccard] = [mean(gain), mean(jaccard)];
	return {
		gain: {
			mean: ofGain.value,
			ci: ofGain.ci
		},
		firing: {
			jaccard: ofJaccard.value,
			ci: ofJaccard.ci,
			precision: plainMean(precision),
			recall: plainMean(recall),
			lost: candidateRates.reduce((count, rate) => count + (isActive(rate, activeRate) ? 0 : 1), 0)
		}
	};
}
// src/contract/readout-scope.ts
/** @file Which read-outs something is about: by the names they go by, by their layers. */
/** `names`: its id, its hook, its dictionary. */
function inScope({ readouts, layers }, names, layer) {
	return (readouts === null || matchesAny(readouts, names)) && (layers === null || layer !== void 0 && layers.includes(layer));
}
// src/contract/report/parts.ts
/** @file What several parts of report.json are made of. */
const interval = {
	description: "Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured.",
	anyOf: [{ type: "null" }, {
		type: "array",
		items: { type: "number" },
		minItems: 2,
		maxItems: 2
	}]
};
const nullableString = { anyOf: [{ type: "null" }, { type: "string" }] };
const nullableNumber = { anyOf: [{ type: "null" }, { type: "number" }] };
/** How far a figure is off on average because the text is finite; a part of the interval. Absent where nothing tells. */
const bias = {
	type: "number",
	description: "Estimated bias of the figure from finite text, in its own unit; it is in the interval, not taken off the figure."
};
/** A class of features: how many, which fraction of the active ones, how sure. */
const share = {
	type: "object",
	additionalProperties: false,
	required: [
		"count",
		"fraction",
		"ci"
	],
	properties: {
		count: { type: "integer" },
		fraction: { type: "number" },
		ci: interval,
		bias
	}
};
const verdict = { enum: [
	"pass",
	"fail",
	"inconclusive"
] };
/** Absent in reports of before. */
const fileDigests = {
	type: "object",
	description: "sha256 of every file that was read, by name: weights, config, tokenizer.",
	maxProperties: 2e4,
	additionalProperties: {
		type: "string",
		pattern: "^[0-9a-f]{64}$"
	}
};
// src/contract/report/asked.ts
const askedSchema = {
	type: "object",
	additionalProperties: false,
	required: [
		"tokens",
		"lines",
		"lineEnds",
		"bos",
		"field",
		"template",
		"subset",
		"seed",
		"tokenizer",
		"perplexity",
		"positions",
		"activations",
		"groups",
		"unrotate",
		"rescale",
		"tap",
		"allowBadFit",
		"precision",
		"streamRows"
	],
	properties: {
		tokens: {
			...nullableNumber,
			description: "Tokens of the text at most; null: all of it."
		},
		lines: { type: "string" },
		lineEnds: nullableString,
		bos: { type: "string" },
		field: {
			...nullableString,
			description: "Of records: which holds the text; null: found."
		},
		template: { type: "boolean" },
		subset: nullableNumber,
		seed: { type: "integer" },
		tokenizer: nullableString,
		perplexity: { type: "string" },
		matchTokens: {
			type: "string",
			description: "Which tokens matched prunings find their sparsity on. Absent: there were none."
		},
		positions: { type: "string" },
		activations: { type: "string" },
		groups: { type: "integer" },
		unrotate: { type: "boolean" },
		rescale: { type: "boolean" },
		tap: nullableString,
		allowBadFit: { type: "boolean" },
		precision: { type: "string" },
		streamRows: { type: "string" }
	},
	description: "How the audit was asked for, in the words of its options. Absent in older reports."
};
function askedOf(config) {
	const { corpus, tokenizer, perplexity, positions, activations, groups } = config;
	const { unrotate, rescale, tap, allowBadFit, precision, streamRows } = config;
	return {
		tokens: corpus.tokens,
		lines: corpus.lines,
		lineEnds: corpus.lineEnds,
		bos: corpus.bos,
		...corpus.records ?? EVERY_RECORD,
		tokenizer,
		perplexity: perplexityText(perplexity),
		...config.candidates.some((spec) => spec.startsWith("prune:match=")) ? { matchTokens: matchTokensText(config.matchTokens) } : {},
		positions,
		activations,
		groups,
		unrotate,
		rescale,
		tap,
		allowBadFit,
		precision: precision ?? AUDIT_OPTIONS.precision.default,
		streamRows
	};
}
function matchTokensText({ where, tokens } = {
	where: "held-out",
	tokens: AUDIT_OPTIONS.matchTokens.default
}) {
	if (where === "held-out") return String(tokens);
	return tokens === null ? where : `${where}=${tokens}`;
}
function perplexityText({ chunked, sliding }) {
	return [...chunked ? ["chunked"] : [], ...sliding === null ? [] : [`sliding=${sliding.window}/${sliding.stride}`]].join(",") || "none";
}
// src/contract/report/causal/causal-schema.ts
/** What is done where the reference fires the feature. */
const CAUSAL_EDITS = [
	{
		name: "ablate",
		strength: null
	},
	{
		name: "ablate-reference",
		strength: null
	},
	{
		name: "steer",
		strength: .5
	},
	{
		name: "steer",
		strength: 1
	},
	{
		name: "steer",
		strength: 2
	}
];
const effect = {
	type: "object",
	additionalProperties: false,
	required: [
		"edit",
		"strength",
		"agreement",
		"agreementCi",
		"slope",
		"slopeCi",
		"referenceKl",
		"candidateKl",
		"referenceLoss",
		"candidateLoss"
	],
	properties: {
		edit: {
			enum: [
				"ablate",
				"ablate-reference",
				"steer"
			],
			description: "ablate: x − f d, each model’s own f. ablate-reference: the reference’s f in both. steer: x + strength · peak · d."
		},
		strength: {
			...nullableNumber,
			description: "Of the reference’s peak; null: the feature is taken away."
		},
		agreement: {
			type: "number",
			description: "C = Σ p e_r e_c / √(Σ p e_r² · Σ p e_c²), e = ln p^do − ln p, p the reference’s."
		},
		agreementCi: interval,
		slope: {
			type: "number",
			description: "B = Σ p e_r e_c / Σ p e_r²."
		},
		slopeCi: interval,
		referenceKl: {
			type: "number",
			description: "KL(p ‖ p^do) in the reference, nats per position."
		},
		candidateKl: {
			type: "number",
			description: "The same in the candidate."
		},
		referenceLoss: {
			type: "number",
			description: "Change of the loss, nats per token."
		},
		candidateLoss: { type: "number" }
	}
};
const counts = {
	type: "object",
	additionalProperties: false,
	required: [
		"survived",
		"changed",
		"undecided"
	],
	properties: {
		survived: { type: "integer" },
		changed: { type: "integer" },
		undecided: { type: "integer" }
	}
};
const causal = {
	type: "object",
	additionalProperties: false,
	required: [
		"features",
		"prediction",
		"table",
		"noEffect",
		"survived",
		"controls",
		"sequences"
	],
	description: "Do features still act the same? Each is taken away and pushed in both models where the reference fires it. Absent: not asked for.",
	properties: {
		features: {
			type: "array",
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"feature",
					"chosen",
					"correlation",
					"sequences",
					"positions",
					"verdict",
					"effects",
					"controlKl"
				],
				properties: {
					feature: { type: "integer" },
					chosen: { enum: [
						"watched",
						"damaged",
						"sampled"
					] },
					correlation: {
						...nullableNumber,
						description: "ρ; null: undefined."
					},
					sequences: {
						type: "integer",
						description: "In which the reference fires it, of those looked at."
					},
					positions: {
						type: "integer",
						description: "Scored positions from the first firing to the end of each sequence."
					},
					verdict: {
						enum: [
							"survived",
							"changed",
							"undecided",
							"none"
						],
						description: "By the ablation: C’s interval from 0.9 on and B’s within [0.8, 1.25]; all of either elsewhere; between; no effect above the controls’."
					},
					effects: {
						type: "array",
						items: effect
					},
					controlKl: {
						...nullableNumber,
						description: "95 % quantile of KL(p ‖ p^do) of random vectors as long; null: no controls."
					}
				}
			}
		},
		prediction: {
			description: "Does ρ predict C? Spearman over the features with an effect; null: too few.",
			anyOf: [{ type: "null" }, {
				type: "object",
				additionalProperties: false,
				required: [
					"spearman",
					"ci",
					"features"
				],
				properties: {
					spearman: { type: "number" },
					ci: interval,
					features: { type: "integer" }
				}
			}]
		},
		table: {
			type: "object",
			description: "Features with an effect: ρ survived or not, and what they cause.",
			additionalProperties: false,
			required: ["survived", "notSurvived"],
			properties: {
				survived: counts,
				notSurvived: counts
			}
		},
		noEffect: {
			type: "integer",
			description: "Features whose effect is not above the controls’: in neither row."
		},
		survived: {
			type: "object",
			description: "Part of the features with an effect that act the same, by the values; sure: by the intervals.",
			additionalProperties: false,
			required: ["fraction", "ci"],
			properties: {
				fraction: nullableNumber,
				ci: interval
			}
		},
		controls: {
			type: "object",
			additionalProperties: false,
			required: ["vectors", "selfAgreement"],
			properties: {
				vectors: {
					type: "integer",
					description: "Random vectors per feature."
				},
				selfAgreement: {
					...nullableNumber,
					description: "C of the reference against itself: 1."
				}
			}
		},
		sequences: {
			type: "integer",
			description: "Per feature, at most."
		}
	}
};
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
	message: `${file}: "${key}" is ${found}; ${expected} was expected.`,
	fix: "Fetch cfg.json again, or correct the key."
}));
const saeScaleMissing = problem("SAE_SCALE_MISSING", 2, (file) => ({
	message: `${file}: normalize_activations is "expected_average_only_in", and the scale it was trained with is not in the folder.`,
	fix: "Fold the scale into the weights with SAELens (fold_activation_norm_scaling_factor) and save, or put activation_scaler.json beside cfg.json."
}));
const saeHookUnknown = problem("SAE_HOOK_UNKNOWN", 2, (where, hook, known) => ({
	message: `${where}: "${hook}" is not a place in the model that can be read.`,
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
	fix: "Check that cfg.json belongs to these weights."
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
export { quantileValue as $, methodOf as $t, nullableString as A, auditOptions as An, groupTotals as At, meanDivergence as B, ANYTHING as Bn, difference as Bt, causal as C, policyRuleInvalid as Cn, columnTotals as Ct, fileDigests as D, todayInvalid as Dn, emptyCandidateMoments as Dt, bias as E, policyUnknown as En, deadFeatures as Et, summarizeFiring as F, COUNTED_POSITIONS as Fn, median as Ft, top1Agreement as G, corpusParts as Gn, ofCorrelations as Gt, summarizeDivergence as H, DEFAULT_THRESHOLDS as Hn, isUnpaired as Ht, CONFIDENCE_EDGES as I, MOST_SKIPPED as In, quantile as It, GAIN as J, namedPart as Jn, DEGREES_RULE as Jt, countsAbove as K, corpusRepositories as Kn, plain as Kt, bucketOf as L, isCountedPositions as Ln, quantileOfSorted as Lt, verdict as M, AUDIT_OPTIONS as Mn, meanFiring as Mt, inScope as N, CONFIG_NAME as Nn, meanSquares as Nt, interval as O, watchlistInvalid as On, emptyReferenceMoments as Ot, summarizeFeatures as P, ACTION_OPTIONS as Pn, referenceColumns as Pt, meanValue as Q, groupsOfReplicates as Qt, summarizeBuckets as R, leftOut as Rn, neighbourCorrelation as Rt, CAUSAL_EDITS as S, policyReference as Sn, addReferenceTile as St, askedSchema as T, policyThresholds as Tn, countedPositions as Tt, summarizePerplexity as U, EVERY_RECORD as Un, knownOf as Ut, perplexityChange as V, DEFAULT_CONFIDENCE as Vn, intervalOf as Vt, tailDivergence as W, SWAPPED_BY as Wn, logOdds as Wt, firingFigures as X, VALUE_ALONE as Xt, JACCARD as Y, RESAMPLING_METHOD as Yt, firingHalves as Z, fewestGroups as Zt, saeShape as _, policyException as _n, definedOrZero as _t, saeAmbiguous as a, groupOfEach as an, quantileOf as at, saesModelUnknown as b, policyKeyUnknown as bn, addCandidateTile as bt, saeHookParallel as c, canHalve as cn, classesOf as ct, saeKTooLarge as d, firingRate as dn, correlationAccuracy as dt, replicateSums as en, singleValue as et, saeKUntold as f, isActive as fn, featureReplicates as ft, saeScaleMissing as g, requireComparable as gn, correlations as gt, saePatternTooMany as h, comparisonWarnings as hn, candidateColumns as ht, onnxEncoderUnread as i, groupCount as in, meanOf as it, share as j, optionNamed as jn, meanActivations as jt, nullableNumber as k, matchesAny as kn, firingRates as kt, saeHookUnknown as l, classOf as ln, meanCorrelation as lt, saePatternEmpty as m, comparableOf as mn, halfCorrelations as mt, onnxEncoderData as n, dealGroups as nn, classFraction as nt, saeConfigInvalid as o, typicalDocument as on, singleCorrelation as ot, saeNotFound as p, thresholdsOf as pn, filledHalf as pt, quantileBounds as q, datasetPart as qn, studentQuantile as qt, onnxEncoderDiffers as r, equalGroupSizes as rn, correlationIntervals as rt, saeHookLayer as s, GROUP_COUNTS as sn, classFractions as st, RELEASES as t, samplingOf as tn, valueIntervals as tt, saeHookUntold as u, countedRho as un, sensitivityGrid as ut, saeUnsupported as v, policyExtends as vn, activeFeatures as vt, askedOf as w, policyRuleRepeated as wn, columnsOf as wt, CANONICAL_L0 as x, policyNoRules as xn, addReferenceMoments as xt, saeWidth as y, policyInvalid as yn, addCandidateMoments as yt, candidatePerplexity as z, skipping as zn, bareEstimate as zt };
