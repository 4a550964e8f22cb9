import { N as intervalOf, n as meanDivergence, s as top1Agreement } from "./shared-losses.js";
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
const EVERY_POSITION = {
	start: 0,
	end: null,
	step: 1
};
/** The longest start that may be left out. */
const MOST_SKIPPED = 4096;
/** The largest number in a slice. */
const MOST_SLICED = 9999999;
/** What such a choice looks like, for readers and schemas. */
const COUNTED_POSITIONS = "all|skip-first(?:=[1-9][0-9]{0,3})?|slice=[0-9]{1,7}:(?:[0-9]{1,7})?(?::[1-9][0-9]{0,6})?";
function isCountedPositions(text) {
	if (!new RegExp(`^(?:all|skip-first(?:=[1-9][0-9]{0,3})?|slice=[0-9]{1,7}:(?:[0-9]{1,7})?(?::[1-9][0-9]{0,6})?)$`).test(text)) return false;
	return text.startsWith("slice=") || sliceOf(text).start <= 4096;
}
/** In the shortest form. */
function writtenPositions({ start, end, step }) {
	if (end !== null || step !== 1 || start > 4096) return `slice=${start}:${end ?? ""}${step === 1 ? "" : `:${step}`}`;
	if (start === 0) return "all";
	return start === 1 ? "skip-first" : `skip-first=${start}`;
}
/** The positions that are meant by it. */
function sliceOf(positions) {
	const [, start, end, step = "1"] = /^slice=(\d+):(\d*)(?::(\d+))?$/.exec(positions) ?? [];
	if (start !== void 0) return {
		start: Number(start),
		end: end ? Number(end) : null,
		step: Number(step)
	};
	if (positions === "all") return EVERY_POSITION;
	return {
		...EVERY_POSITION,
		start: Number(/=(\d+)$/.exec(positions)?.[1] ?? 1)
	};
}
/** Those of a slice that are not among the first `count` positions. */
function withoutFirst(slice, count) {
	const steps = Math.max(0, Math.ceil((count - slice.start) / slice.step));
	return {
		...slice,
		start: slice.start + steps * slice.step
	};
}
/** (length) 1 where a position of a sequence counts. */
function countedMask(positions, length) {
	const { start, end, step } = sliceOf(positions);
	const mask = new Uint8Array(length);
	for (let position = start; position < Math.min(length, end ?? length); position += step) mask[position] = 1;
	return mask;
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
		description: "Which positions of a sequence count: auto (as the SAE was trained), all, skip-first (all but position 0), skip-first=N (all but the first N), or slice=START:END:STEP (from START on, before END, every STEP-th).",
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
	lossRecovered: {
		flag: "--loss-recovered",
		input: null,
		key: "lossRecovered",
		type: { kind: "switch" },
		...one,
		default: false,
		metavar: "",
		description: "Also run each model on from every SAE’s hook with what the SAE rebuilds in place of the value, with zeros and with its mean: how much of the loss is recovered. Three runs of the blocks behind the hook per model and SAE, and four of the unembedding.",
		example: "true"
	},
	newFeatures: {
		flag: "--new-features",
		input: null,
		key: "newFeatures",
		type: { kind: "switch" },
		...one,
		default: false,
		metavar: "",
		description: "Also encode each candidate with the whole SAE, as the reference is, and count the features that it fires and the reference does not.",
		example: "true"
	},
	survivalByKind: {
		flag: "--survival-by-kind",
		input: null,
		key: "survivalByKind",
		type: { kind: "switch" },
		...one,
		default: false,
		metavar: "",
		description: "Also tell how many features survive at each kind of predicted token (digits, code, other scripts, white space, special, rare, eighths of the sequence) and by how sure the reference was: of 512 active features, spread evenly, in another pass over the stored rows.",
		example: "true"
	},
	latentScaling: {
		flag: "--latent-scaling",
		input: null,
		key: "latentScaling",
		type: { kind: "switch" },
		...one,
		default: false,
		metavar: "",
		description: "Also tell, of every active feature, how much of its direction is left in what the SAE rebuilds of a candidate and in what it does not: two to three times what the features of the reference take, for each model.",
		example: "true"
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
	untilDecided: {
		flag: "--until-decided",
		input: null,
		key: "untilDecided",
		type: { kind: "switch" },
		...one,
		default: false,
		metavar: "",
		description: "Stop after a quarter or half of the text if every rule of the policy is decided by then; intervals are wider for it, so that errors over all looks stay at what the policy says.",
		example: "true"
	},
	captureCacheSize: {
		flag: "--capture-cache-size",
		input: null,
		key: "captureCacheSize",
		type: {
			kind: "size",
			min: 2 ** 20,
			max: 0x38d7ea4c68000
		},
		...one,
		default: null,
		absent: "nothing is kept",
		metavar: "SIZE",
		description: "Keep what the reference gave and every finished candidate, for this audit to go on from where it is interrupted and for later ones of the same reference and text; of all audits so much at most, what was used least recently goes first.",
		example: "20GB"
	},
	captureRows: {
		flag: "--capture-rows",
		input: null,
		key: "captureRows",
		type: {
			kind: "choice",
			choices: ["full", "half"]
		},
		...one,
		default: "full",
		metavar: "SIZE",
		description: "What rows of the reference are kept in: full (32 bits), or half (16 bits, half the room; the audit then measures with the rounded rows, and the report says what rounding took).",
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
		description: "The full-precision model: a Hugging Face folder, a GGUF file, hf:owner/name[@revision] or oci:host/repository:tag.",
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
		description: "The compressed model: a folder, a GGUF or ONNX file, hf:owner/name, oci:host/repository:tag; or made of the reference: rtn:BITS (2 to 8), prune:SPARSITY, prune:match=SPEC (an rtn or a prune), nf4, int8-outlier, or calibrated (--calibration) wanda:SPARSITY, sparsegpt:SPARSITY (or N:M), gptq:BITS, awq:BITS (with or without ,group=N) or smoothquant:8. Several may be given.",
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
// src/statistics/divergence-parts.ts
/** @file KL and agreement over a part of the tokens: a bucket of confidence, a kind of token. */
/** No interval where a token group has no token of the part. */
function summarizePart(groups, sampling, confidence) {
	const scoredTokens = total(groups.tokens);
	if (scoredTokens === 0) return {
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
		scoredTokens,
		klMean: kl.value,
		klMeanCi: isEverywhere ? intervalOf(kl, confidence) : null,
		top1Agreement: agreement.value,
		top1AgreementCi: ofAgreement && widened(ofAgreement, agreement.value, scoredTokens, confidence)
	};
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
		return {
			from,
			to,
			...summarizePart(groups, sampling, confidence)
		};
	});
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
// src/contract/token-kinds.ts
/**
* @file Kinds of token by which damage is told apart. A token is of the kind of the one that is predicted, whose loss is counted, and may be of
* several: `rare` ids stand once in the audited text; `position-N` is the Nth eighth of what a sequence predicts.
*/
/** Told from a token's text; nothing is of these where nobody knows the spelling, and so they are left out. */
const SPELLED_KINDS = [
	"digits",
	"code-punctuation",
	"non-latin",
	"white-space"
];
const POSITION_KINDS = [
	"position-1",
	"position-2",
	"position-3",
	"position-4",
	"position-5",
	"position-6",
	"position-7",
	"position-8"
];
const POSITION_PARTS = POSITION_KINDS.length;
const TOKEN_KINDS = [
	...SPELLED_KINDS,
	"special",
	"rare",
	...POSITION_KINDS
];
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
export { writtenPositions as A, EVERY_POSITION as C, isCountedPositions as D, countedMask as E, SWAPPED_BY as F, DEFAULT_CONFIDENCE as M, DEFAULT_THRESHOLDS as N, sliceOf as O, EVERY_RECORD as P, COUNTED_POSITIONS as S, MOST_SLICED as T, auditOptions as _, TOKEN_KINDS as a, CONFIG_NAME as b, interval as c, share as d, verdict as f, summarizePart as g, summarizeBuckets as h, SPELLED_KINDS as i, ANYTHING as j, withoutFirst as k, nullableNumber as l, bucketOf as m, causal as n, bias as o, CONFIDENCE_EDGES as p, POSITION_PARTS as r, fileDigests as s, CAUSAL_EDITS as t, nullableString as u, optionNamed as v, MOST_SKIPPED as w, ACTION_OPTIONS as x, AUDIT_OPTIONS as y };
