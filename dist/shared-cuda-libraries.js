import { r as __require, t as __commonJSMin } from "./shared-rolldown-runtime.js";
import { o as problem } from "./shared-system-limits.js";
import { A as readJsonObject, D as describeJson, K as tensorNotFloat, O as isJsonObject, R as npyMalformed, W as tensorMissing, a as floatTensors, c as elementCount, i as openZip, n as openSafetensors, o as requireFinite, r as openPytorch, v as toFloat32, z as npzMalformed } from "./shared-hub-urls.js";
import { s as neededLibraries } from "./shared-cuda-provider.js";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
// src/onnx/devices/nvidia.ts
/**
* @file NVIDIA's devices as nvidia-smi tells them: it comes with the driver, so where it answers there is a driver, and only it knows
* names, compute capability and free memory before anything is loaded. What it prints is bounded and read as plain fields.
* https://docs.nvidia.com/deploy/nvidia-smi/
*/
const FIELDS = [
	"index",
	"uuid",
	"name",
	"driver_version",
	"compute_cap",
	"memory.total",
	"memory.free"
];
const LIMIT_MS = 2e4;
const LONGEST_ANSWER = 65536;
const LONGEST_FIELD = 80;
const MOST_DEVICES = 64;
const MIB = 2 ** 20;
/** Null: there is no driver that answers. */
function nvidiaDevices(program = "nvidia-smi") {
	const args = [`--query-gpu=${FIELDS.join(",")}`, "--format=csv,noheader,nounits"];
	const { status, stdout } = spawnSync(program, args, {
		encoding: "utf8",
		timeout: LIMIT_MS,
		maxBuffer: LONGEST_ANSWER
	});
	return status === 0 ? parseNvidiaSmi(stdout) : null;
}
/** One line a device, fields apart by commas; a line that is not so is left out. */
function parseNvidiaSmi(answer) {
	return answer.split(/\r?\n/).slice(0, MOST_DEVICES).flatMap((line) => {
		const fields = line.split(",").map((field) => plain$1(field));
		const [index = "", uuid = "", name = "", driver = "", capability = "", total = "", free = ""] = fields;
		if (fields.length !== FIELDS.length || !/^\d+$/.test(index)) return [];
		const memory = (mebibytes) => /^\d+$/.test(mebibytes) ? Number(mebibytes) * MIB : 0;
		const known = /^\d{1,2}\.\d{1,2}$/.test(capability) ? Number(capability) : 0;
		return {
			index: Number(index),
			uuid,
			name,
			driver,
			capability: known,
			totalMemory: memory(total),
			freeMemory: memory(free)
		};
	});
}
/**
* The device that this process sees as number `index`: CUDA_VISIBLE_DEVICES hides others and says the order, by number or UUID.
* Null: there is none, or the variable names a part of a device (MIG), of which nvidia-smi's fields do not tell.
*/
function visibleDevice(devices, index, visible) {
	if (visible === void 0) return devices.find((device) => device.index === index) ?? null;
	const named = visible.split(",")[index]?.trim();
	if (named === void 0 || named === "") return null;
	if (/^\d+$/.test(named)) return devices.find((device) => device.index === Number(named)) ?? null;
	return devices.find(({ uuid }) => named.startsWith("GPU-") && uuid.startsWith(named)) ?? null;
}
const plain$1 = (field) => field.replaceAll(/\p{C}/gu, "").trim().slice(0, LONGEST_FIELD);
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
// src/contract/options/cuda-device.ts
/** What such a name looks like, for readers and the schema. */
const CUDA_DEVICE = "cuda:(?:0|[1-9][0-9]?)";
function isCudaDevice(text) {
	return new RegExp(`^${CUDA_DEVICE}$`).test(text);
}
/** Which device is meant, as nvidia-smi counts them; `cuda` alone is the first. */
function cudaIndex(choice) {
	return choice === "cuda" ? 0 : Number(choice.slice(5));
}
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
const text$3 = { kind: "text" };
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
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
	hook: {
		flag: "--hook",
		input: null,
		key: "saes[].hook",
		type: text$3,
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
		type: text$3,
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
		description: "How many of the features that a candidate changed most are explained, for each SAE: where they fire in the text, and which tokens they speak for; 0: none, and the report quotes nothing of the corpus.",
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
		description: "Where the models run: auto, cpu, cuda, webgpu, or cuda:N for one of several NVIDIA devices, as nvidia-smi counts them.",
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
		type: text$3,
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
		type: text$3,
		multi: true,
		default: null,
		metavar: "SPEC",
		description: "The compressed model: a folder, a GGUF or ONNX file, hf:owner/name, rtn:BITS (2 to 8) or prune:SPARSITY. Several may be given.",
		example: "./quantized/int6"
	},
	sae: {
		flag: "--sae",
		input: "sae",
		key: "saes",
		type: text$3,
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
		type: text$3,
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
		type: text$3,
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
				"never"
			]
		},
		...one,
		default: "auto",
		metavar: "WHEN",
		description: "Whether each sequence begins with the beginning-of-sequence token; auto does as the tokenizer does.",
		example: "auto"
	},
	tokenizer: {
		flag: "--tokenizer",
		input: null,
		key: "tokenizer",
		type: text$3,
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
// src/errors/audit.ts
/** @file Problems met while an audit runs. */
const spillFailed = problem("SPILL_FAILED", 3, (folder, needed, reason) => ({
	message: `Writing captured activations to ${folder} failed: ${reason}. One of its captures alone takes ${needed} there.`,
	fix: "Free space, set TMPDIR to a larger disk, raise --memory so that less is spilled, or lower --tokens."
}));
const candidateIsReference = problem("CANDIDATE_IS_REFERENCE", 2, (candidate, reference) => ({
	message: `${candidate} is the reference: its weights and config.json are the files of ${reference}, so it would pass every rule.`,
	fix: "Name the compressed model. What an audit says of a model against itself is checked with --null-check."
}));
problem("GROUP_SUMS_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a file of group sums that can be used: ${reason}.`,
	fix: "Measure it again with this version of saegate."
}));
const nullCheckFailed = problem("NULL_CHECK_FAILED", 3, (readout, feature, rho) => ({
	message: `The reference audited against itself gives ρ = ${rho} for feature ${feature} of ${readout}; it must be 1 to six decimals.`,
	fix: "The numbers of this machine cannot be trusted. Run `saegate doctor`, try --threads 1 or --device cpu, and report this message."
}));
const badFit = problem("SAE_BAD_FIT", 2, (sae, hook, unexplained, l0) => ({
	message: `${sae} does not fit ${hook} of this reference: it leaves ${unexplained} of the variance unexplained with ${l0} features firing per token. Its correlations would say nothing about the model.`,
	fix: "Check that the SAE was trained on this model and hook, and --center; --allow-bad-fit audits all the same."
}));
const residualsAlike = problem("RESIDUALS_ALIKE", 2, (corpus, hook) => ({
	message: `${corpus} gives all positions the same residual at ${hook}: without variance nothing can be correlated, and no SAE can be judged.`,
	fix: "Use real text: several paragraphs, not one word or character repeated."
}));
const positionsLeaveNothing = problem("POSITIONS_LEAVE_NOTHING", 2, (readout, positions, blockLength) => ({
	message: `At ${readout} positions are counted by ${positions}, which leaves nothing of sequences of ${blockLength}.`,
	fix: "Use longer sequences (--block-length), or leave out fewer positions (--positions)."
}));
const lanesInvalid = problem("LANES_INVALID", 2, (value) => ({
	message: `SAEGATE_LANES is ${JSON.stringify(value.slice(0, 40))}, which is not a whole number of 1 or more.`,
	fix: "Unset it, or say how many copies of a graph may run side by side: 1 for the least memory."
}));
const captureNotFinite = problem("CAPTURE_NOT_FINITE", 3, (model, place, token) => ({
	message: `${model}: ${place} is not finite at token ${token}; the forward pass overflowed.`,
	fix: "On a GPU try --device cpu (float32). If it stays, the checkpoint itself is broken."
}));
const UNROTATED = "Give a checkpoint quantized without rotation (no QuaRot, SpinQuant or Hadamard transforms)";
const TURN_BACK = {
	checkpoint: "Pass --unrotate to turn its residual stream back where the embeddings say how.",
	onnx: "Give its checkpoint in place of the ONNX model: that can be turned back (--unrotate), which changes nothing for an ONNX model."
};
const candidateRotated = problem("CANDIDATE_ROTATED", 2, (name, reason, kind) => ({
	message: `${name} lives in another basis: ${reason}. A rotated model computes the same function, but a sparse autoencoder trained on the reference would see every feature gone.`,
	fix: `${TURN_BACK[kind]} ${UNROTATED} otherwise.`
}));
const rotationInexact = problem("ROTATION_INEXACT", 2, (name, reason, error, limit) => ({
	message: `${name} is rotated (${reason}) and cannot be turned back: ${error === null ? "the embeddings do not determine a rotation" : `the best rotation between the embeddings leaves ${(100 * error).toFixed(1)} % unexplained, at most ${100 * limit} % is exact enough`}.`,
	fix: `${UNROTATED}.`
}));
const rotationAtRunTime = problem("ROTATION_AT_RUN_TIME", 2, (name, which) => ({
	message: `${name} rotates activations at run time (quantization_config.transform_config: ${which}), which is not computed here.`,
	fix: `${UNROTATED}, or export it to ONNX with its transforms and give that file.`
}));
const modelTooLarge = problem("MODEL_TOO_LARGE", 2, (name, { needed, available, limitedBy, isWhole }) => ({
	message: `The audit of ${name} needs about ${needed} of memory${isWhole ? " with every model whole" : ", with one block at a time"}; ${available} are available${limitedBy === "container" ? " under the limit of this container" : ""}.`,
	fix: isWhole ? "Leave --weights to auto, or say stream." : "Lower --memory, use fewer tokens or a narrower SAE, free memory, or take a larger machine; `saegate plan` lists what is held."
}));
const diskTooSmall = problem("DISK_TOO_SMALL", 2, (folder, needed, free) => ({
	message: `The audit puts ${needed} of activations into a temporary file in ${folder}, which has ${free} left.`,
	fix: "Point TMPDIR at a disk with more room, raise --memory where there is memory, take --stream-rows half, or use fewer tokens."
}));
const digestUnexpected = problem("DIGEST_UNEXPECTED", 2, (what, found, { digests, input }) => ({
	message: `${what} ${found === null ? "has no digest of its own" : `has the sha256 ${found}`}; expected ${digests.slice(0, 4).join(" or ")}${digests.length > 4 ? " or another of those given" : ""}. Nothing was run.`,
	fix: `Give what was meant, or, where this is what is meant, its digest (report.json has it) as ${input} (on the command line --${input}).`
}));
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
function classOf$1(rho, thresholds) {
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
	const { differences, undefinedHalves } = halfDifferences(halves, accuracy);
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
/** (z(r,+) − z(r,−))/2 of every pair; NaN where one of the two is undefined. */
function halfDifferences(halves, accuracy) {
	const differences = new Float64Array(halves.length / 2);
	let undefinedHalves = 0;
	for (let r = 0; r < differences.length; r++) {
		const [plus, minus] = [halves[2 * r], halves[2 * r + 1]];
		undefinedHalves += Number(Number.isNaN(plus)) + Number(Number.isNaN(minus));
		differences[r] = Number.isNaN(plus) || Number.isNaN(minus) ? NaN : (fisherZ(plus, accuracy) - fisherZ(minus, accuracy)) / 2;
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
		const { differences, undefinedHalves } = halfDifferences(own, accuracy[k]);
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
* summed once, and each candidate adds only Σb, Σb² and Σab for the features it was measured on. Sums add: two batches,
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
		product: new Float64Array(size)
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
/** Merge two measurements of one candidate on the same features (associative). RangeError where they differ. */
function addCandidateMoments(a, b) {
	const sameFeatures = a.features.length === b.features.length && a.features.every((id, k) => id === b.features[k]);
	if (a.groups !== b.groups || !sameFeatures) throw new RangeError("candidate moments of other groups or features");
	return {
		groups: a.groups,
		features: a.features,
		sum: added(a.sum, b.sum),
		sumOfSquares: added(a.sumOfSquares, b.sumOfSquares),
		product: added(a.product, b.product)
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
/** (G, K) sums of both sides on the candidate's features. RangeError where the two were not measured together. */
function pairSums(reference, candidate) {
	const { groups, width } = reference;
	const last = candidate.features.at(-1) ?? -1;
	if (candidate.groups !== groups || last >= width) throw new RangeError(`reference has ${groups} groups and ${width} features, candidate ${candidate.groups} and ${last}`);
	return {
		a: columnsOf(reference.sum, groups, width, candidate.features),
		b: candidate.sum,
		aa: columnsOf(reference.sumOfSquares, groups, width, candidate.features),
		bb: candidate.sumOfSquares,
		ab: candidate.product
	};
}
/** ρ of `count` features whose sums start at `offset`. */
function correlationsAt(sums, positions, offset, count) {
	const out = new Float64Array(count);
	for (let k = 0; k < count; k++) {
		const i = offset + k;
		out[k] = correlationFromSums(positions, sums.a[i], sums.b[i], sums.aa[i], sums.bb[i], sums.ab[i]);
	}
	return out;
}
function mapSums(sums, transform) {
	return {
		a: transform(sums.a),
		b: transform(sums.b),
		aa: transform(sums.aa),
		bb: transform(sums.bb),
		ab: transform(sums.ab)
	};
}
/** (K) ρ over all groups, parallel to `candidate.features`; NaN where undefined. */
function correlations(reference, candidate) {
	const count = candidate.features.length;
	return correlationsAt(mapSums(pairSums(reference, candidate), (sums) => groupTotals(sums, reference.groups, count)), countedPositions(reference), 0, count);
}
/** The same candidate on fewer features. RangeError where one was not measured. */
function candidateColumns(candidate, features) {
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
		product: take(candidate.product)
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
	const a = columnsOf(reference.sum, groups, width, candidate.features);
	const aa = columnsOf(reference.sumOfSquares, groups, width, candidate.features);
	const positions = halfSums(reference.positions, groups);
	const halves = Array.from({ length: halfCount(groups) }, () => new Float32Array(count));
	for (let first = 0; first < count; first += TILE) {
		const columns = Math.min(TILE, count - first);
		const halved = (sums) => halfSums(sums, groups, count, [first, columns]);
		const sums = {
			a: halved(a),
			aa: halved(aa),
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
	const filled = Float64Array.from(half);
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
	return Array.from(correlation, (rho, j) => active[j] === 1 ? classOf$1(rho, thresholds) : "inactive");
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
	for (let k = 0; k < rho.length; k++) totals[classOf$1(rho[k], thresholds)] += weights === null ? 1 : weights[k];
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
/** The fractions at all 20 pairs of thresholds. */
function sensitivityGrid(rho) {
	return SENSITIVITY_SURVIVED.flatMap((survivedAt) => SENSITIVITY_DAMAGED.map((damagedAt) => {
		const { survived, degraded, damaged } = classFractions(rho, {
			survived: survivedAt,
			damaged: damagedAt
		});
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
	const count = Math.ceil((values.length - part) / 4);
	return Float64Array.from({ length: count }, (_, i) => values[part + i * 4]);
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
	const scoredTokens = total(groups.tokens);
	const referenceLoss = total(groups.referenceLoss) / scoredTokens;
	const candidateLoss = total(groups.candidateLoss) / scoredTokens;
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
	const scoredTokens = total(tokens);
	const change = total(candidateLoss) / scoredTokens - total(referenceLoss) / scoredTokens;
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
		scoredTokens: total(groups.tokens)
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
	const value = withoutRounding(total(kl) / total(tokens));
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
	const centre = to(total(sums) / total(tokens));
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
function total(values) {
	return values.reduce((sum, value) => sum + value, 0);
}
// src/statistics/features/feature-summary.ts
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
// node_modules/yaml/dist/nodes/identity.js
var require_identity = /* @__PURE__ */ __commonJSMin(((exports) => {
	const ALIAS = Symbol.for("yaml.alias");
	const DOC = Symbol.for("yaml.document");
	const MAP = Symbol.for("yaml.map");
	const PAIR = Symbol.for("yaml.pair");
	const SCALAR = Symbol.for("yaml.scalar");
	const SEQ = Symbol.for("yaml.seq");
	const NODE_TYPE = Symbol.for("yaml.node.type");
	const isAlias = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === ALIAS;
	const isDocument = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === DOC;
	const isMap = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === MAP;
	const isPair = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === PAIR;
	const isScalar = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SCALAR;
	const isSeq = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SEQ;
	function isCollection(node) {
		if (node && typeof node === "object") switch (node[NODE_TYPE]) {
			case MAP:
			case SEQ: return true;
		}
		return false;
	}
	function isNode(node) {
		if (node && typeof node === "object") switch (node[NODE_TYPE]) {
			case ALIAS:
			case MAP:
			case SCALAR:
			case SEQ: return true;
		}
		return false;
	}
	const hasAnchor = (node) => (isScalar(node) || isCollection(node)) && !!node.anchor;
	exports.ALIAS = ALIAS;
	exports.DOC = DOC;
	exports.MAP = MAP;
	exports.NODE_TYPE = NODE_TYPE;
	exports.PAIR = PAIR;
	exports.SCALAR = SCALAR;
	exports.SEQ = SEQ;
	exports.hasAnchor = hasAnchor;
	exports.isAlias = isAlias;
	exports.isCollection = isCollection;
	exports.isDocument = isDocument;
	exports.isMap = isMap;
	exports.isNode = isNode;
	exports.isPair = isPair;
	exports.isScalar = isScalar;
	exports.isSeq = isSeq;
}));
// node_modules/yaml/dist/visit.js
var require_visit = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	const BREAK = Symbol("break visit");
	const SKIP = Symbol("skip children");
	const REMOVE = Symbol("remove node");
	/**
	* Apply a visitor to an AST node or document.
	*
	* Walks through the tree (depth-first) starting from `node`, calling a
	* `visitor` function with three arguments:
	*   - `key`: For sequence values and map `Pair`, the node's index in the
	*     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
	*     `null` for the root node.
	*   - `node`: The current node.
	*   - `path`: The ancestry of the current node.
	*
	* The return value of the visitor may be used to control the traversal:
	*   - `undefined` (default): Do nothing and continue
	*   - `visit.SKIP`: Do not visit the children of this node, continue with next
	*     sibling
	*   - `visit.BREAK`: Terminate traversal completely
	*   - `visit.REMOVE`: Remove the current node, then continue with the next one
	*   - `Node`: Replace the current node, then continue by visiting it
	*   - `number`: While iterating the items of a sequence or map, set the index
	*     of the next step. This is useful especially if the index of the current
	*     node has changed.
	*
	* If `visitor` is a single function, it will be called with all values
	* encountered in the tree, including e.g. `null` values. Alternatively,
	* separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
	* `Alias` and `Scalar` node. To define the same visitor function for more than
	* one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
	* and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
	* specific defined one will be used for each node.
	*/
	function visit(node, visitor) {
		const visitor_ = initVisitor(visitor);
		if (identity.isDocument(node)) {
			if (visit_(null, node.contents, visitor_, Object.freeze([node])) === REMOVE) node.contents = null;
		} else visit_(null, node, visitor_, Object.freeze([]));
	}
	/** Terminate visit traversal completely */
	visit.BREAK = BREAK;
	/** Do not visit the children of the current node */
	visit.SKIP = SKIP;
	/** Remove the current node */
	visit.REMOVE = REMOVE;
	function visit_(key, node, visitor, path) {
		const ctrl = callVisitor(key, node, visitor, path);
		if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
			replaceNode(key, path, ctrl);
			return visit_(key, ctrl, visitor, path);
		}
		if (typeof ctrl !== "symbol") {
			if (identity.isCollection(node)) {
				path = Object.freeze(path.concat(node));
				for (let i = 0; i < node.items.length; ++i) {
					const ci = visit_(i, node.items[i], visitor, path);
					if (typeof ci === "number") i = ci - 1;
					else if (ci === BREAK) return BREAK;
					else if (ci === REMOVE) {
						node.items.splice(i, 1);
						i -= 1;
					}
				}
			} else if (identity.isPair(node)) {
				path = Object.freeze(path.concat(node));
				const ck = visit_("key", node.key, visitor, path);
				if (ck === BREAK) return BREAK;
				else if (ck === REMOVE) node.key = null;
				const cv = visit_("value", node.value, visitor, path);
				if (cv === BREAK) return BREAK;
				else if (cv === REMOVE) node.value = null;
			}
		}
		return ctrl;
	}
	/**
	* Apply an async visitor to an AST node or document.
	*
	* Walks through the tree (depth-first) starting from `node`, calling a
	* `visitor` function with three arguments:
	*   - `key`: For sequence values and map `Pair`, the node's index in the
	*     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
	*     `null` for the root node.
	*   - `node`: The current node.
	*   - `path`: The ancestry of the current node.
	*
	* The return value of the visitor may be used to control the traversal:
	*   - `Promise`: Must resolve to one of the following values
	*   - `undefined` (default): Do nothing and continue
	*   - `visit.SKIP`: Do not visit the children of this node, continue with next
	*     sibling
	*   - `visit.BREAK`: Terminate traversal completely
	*   - `visit.REMOVE`: Remove the current node, then continue with the next one
	*   - `Node`: Replace the current node, then continue by visiting it
	*   - `number`: While iterating the items of a sequence or map, set the index
	*     of the next step. This is useful especially if the index of the current
	*     node has changed.
	*
	* If `visitor` is a single function, it will be called with all values
	* encountered in the tree, including e.g. `null` values. Alternatively,
	* separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
	* `Alias` and `Scalar` node. To define the same visitor function for more than
	* one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
	* and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
	* specific defined one will be used for each node.
	*/
	async function visitAsync(node, visitor) {
		const visitor_ = initVisitor(visitor);
		if (identity.isDocument(node)) {
			if (await visitAsync_(null, node.contents, visitor_, Object.freeze([node])) === REMOVE) node.contents = null;
		} else await visitAsync_(null, node, visitor_, Object.freeze([]));
	}
	/** Terminate visit traversal completely */
	visitAsync.BREAK = BREAK;
	/** Do not visit the children of the current node */
	visitAsync.SKIP = SKIP;
	/** Remove the current node */
	visitAsync.REMOVE = REMOVE;
	async function visitAsync_(key, node, visitor, path) {
		const ctrl = await callVisitor(key, node, visitor, path);
		if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
			replaceNode(key, path, ctrl);
			return visitAsync_(key, ctrl, visitor, path);
		}
		if (typeof ctrl !== "symbol") {
			if (identity.isCollection(node)) {
				path = Object.freeze(path.concat(node));
				for (let i = 0; i < node.items.length; ++i) {
					const ci = await visitAsync_(i, node.items[i], visitor, path);
					if (typeof ci === "number") i = ci - 1;
					else if (ci === BREAK) return BREAK;
					else if (ci === REMOVE) {
						node.items.splice(i, 1);
						i -= 1;
					}
				}
			} else if (identity.isPair(node)) {
				path = Object.freeze(path.concat(node));
				const ck = await visitAsync_("key", node.key, visitor, path);
				if (ck === BREAK) return BREAK;
				else if (ck === REMOVE) node.key = null;
				const cv = await visitAsync_("value", node.value, visitor, path);
				if (cv === BREAK) return BREAK;
				else if (cv === REMOVE) node.value = null;
			}
		}
		return ctrl;
	}
	function initVisitor(visitor) {
		if (typeof visitor === "object" && (visitor.Collection || visitor.Node || visitor.Value)) return Object.assign({
			Alias: visitor.Node,
			Map: visitor.Node,
			Scalar: visitor.Node,
			Seq: visitor.Node
		}, visitor.Value && {
			Map: visitor.Value,
			Scalar: visitor.Value,
			Seq: visitor.Value
		}, visitor.Collection && {
			Map: visitor.Collection,
			Seq: visitor.Collection
		}, visitor);
		return visitor;
	}
	function callVisitor(key, node, visitor, path) {
		if (typeof visitor === "function") return visitor(key, node, path);
		if (identity.isMap(node)) return visitor.Map?.(key, node, path);
		if (identity.isSeq(node)) return visitor.Seq?.(key, node, path);
		if (identity.isPair(node)) return visitor.Pair?.(key, node, path);
		if (identity.isScalar(node)) return visitor.Scalar?.(key, node, path);
		if (identity.isAlias(node)) return visitor.Alias?.(key, node, path);
	}
	function replaceNode(key, path, node) {
		const parent = path[path.length - 1];
		if (identity.isCollection(parent)) parent.items[key] = node;
		else if (identity.isPair(parent)) {
			if (key === "key") parent.key = node;
			else parent.value = node;
		} else if (identity.isDocument(parent)) parent.contents = node;
		else {
			const pt = identity.isAlias(parent) ? "alias" : "scalar";
			throw new Error(`Cannot replace node with ${pt} parent`);
		}
	}
	exports.visit = visit;
	exports.visitAsync = visitAsync;
}));
// node_modules/yaml/dist/doc/directives.js
var require_directives = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var visit = require_visit();
	const escapeChars = {
		"!": "%21",
		",": "%2C",
		"[": "%5B",
		"]": "%5D",
		"{": "%7B",
		"}": "%7D"
	};
	const escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, (ch) => escapeChars[ch]);
	var Directives = class Directives {
		constructor(yaml, tags) {
			/**
			* The directives-end/doc-start marker `---`. If `null`, a marker may still be
			* included in the document's stringified representation.
			*/
			this.docStart = null;
			/** The doc-end marker `...`.  */
			this.docEnd = false;
			this.yaml = Object.assign({}, Directives.defaultYaml, yaml);
			this.tags = Object.assign({}, Directives.defaultTags, tags);
		}
		clone() {
			const copy = new Directives(this.yaml, this.tags);
			copy.docStart = this.docStart;
			return copy;
		}
		/**
		* During parsing, get a Directives instance for the current document and
		* update the stream state according to the current version's spec.
		*/
		atDocument() {
			const res = new Directives(this.yaml, this.tags);
			switch (this.yaml.version) {
				case "1.1":
					this.atNextDocument = true;
					break;
				case "1.2":
					this.atNextDocument = false;
					this.yaml = {
						explicit: Directives.defaultYaml.explicit,
						version: "1.2"
					};
					this.tags = Object.assign({}, Directives.defaultTags);
			}
			return res;
		}
		/**
		* @param onError - May be called even if the action was successful
		* @returns `true` on success
		*/
		add(line, onError) {
			if (this.atNextDocument) {
				this.yaml = {
					explicit: Directives.defaultYaml.explicit,
					version: "1.1"
				};
				this.tags = Object.assign({}, Directives.defaultTags);
				this.atNextDocument = false;
			}
			const parts = line.trim().split(/[ \t]+/);
			const name = parts.shift();
			switch (name) {
				case "%TAG": {
					if (parts.length !== 2) {
						onError(0, "%TAG directive should contain exactly two parts");
						if (parts.length < 2) return false;
					}
					const [handle, prefix] = parts;
					this.tags[handle] = prefix;
					return true;
				}
				case "%YAML": {
					this.yaml.explicit = true;
					if (parts.length !== 1) {
						onError(0, "%YAML directive should contain exactly one part");
						return false;
					}
					const [version] = parts;
					if (version === "1.1" || version === "1.2") {
						this.yaml.version = version;
						return true;
					} else {
						const isValid = /^\d+\.\d+$/.test(version);
						onError(6, `Unsupported YAML version ${version}`, isValid);
						return false;
					}
				}
				default:
					onError(0, `Unknown directive ${name}`, true);
					return false;
			}
		}
		/**
		* Resolves a tag, matching handles to those defined in %TAG directives.
		*
		* @returns Resolved tag, which may also be the non-specific tag `'!'` or a
		*   `'!local'` tag, or `null` if unresolvable.
		*/
		tagName(source, onError) {
			if (source === "!") return "!";
			if (source[0] !== "!") {
				onError(`Not a valid tag: ${source}`);
				return null;
			}
			if (source[1] === "<") {
				const verbatim = source.slice(2, -1);
				if (verbatim === "!" || verbatim === "!!") {
					onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
					return null;
				}
				if (source[source.length - 1] !== ">") onError("Verbatim tags must end with a >");
				return verbatim;
			}
			const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
			if (!suffix) onError(`The ${source} tag has no suffix`);
			const prefix = this.tags[handle];
			if (prefix) try {
				return prefix + decodeURIComponent(suffix);
			} catch (error) {
				onError(String(error));
				return null;
			}
			if (handle === "!") return source;
			onError(`Could not resolve tag: ${source}`);
			return null;
		}
		/**
		* Given a fully resolved tag, returns its printable string form,
		* taking into account current tag prefixes and defaults.
		*/
		tagString(tag) {
			for (const [handle, prefix] of Object.entries(this.tags)) if (tag.startsWith(prefix)) return handle + escapeTagName(tag.substring(prefix.length));
			return tag[0] === "!" ? tag : `!<${tag}>`;
		}
		toString(doc) {
			const lines = this.yaml.explicit ? [`%YAML ${this.yaml.version || "1.2"}`] : [];
			const tagEntries = Object.entries(this.tags);
			let tagNames;
			if (doc && tagEntries.length > 0 && identity.isNode(doc.contents)) {
				const tags = {};
				visit.visit(doc.contents, (_key, node) => {
					if (identity.isNode(node) && node.tag) tags[node.tag] = true;
				});
				tagNames = Object.keys(tags);
			} else tagNames = [];
			for (const [handle, prefix] of tagEntries) {
				if (handle === "!!" && prefix === "tag:yaml.org,2002:") continue;
				if (!doc || tagNames.some((tn) => tn.startsWith(prefix))) lines.push(`%TAG ${handle} ${prefix}`);
			}
			return lines.join("\n");
		}
	};
	Directives.defaultYaml = {
		explicit: false,
		version: "1.2"
	};
	Directives.defaultTags = { "!!": "tag:yaml.org,2002:" };
	exports.Directives = Directives;
}));
// node_modules/yaml/dist/doc/anchors.js
var require_anchors = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var visit = require_visit();
	/**
	* Verify that the input string is a valid anchor.
	*
	* Will throw on errors.
	*/
	function anchorIsValid(anchor) {
		if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
			const msg = `Anchor must not contain whitespace or control characters: ${JSON.stringify(anchor)}`;
			throw new Error(msg);
		}
		return true;
	}
	function anchorNames(root) {
		const anchors = /* @__PURE__ */ new Set();
		visit.visit(root, { Value(_key, node) {
			if (node.anchor) anchors.add(node.anchor);
		} });
		return anchors;
	}
	/** Find a new anchor name with the given `prefix` and a one-indexed suffix. */
	function findNewAnchor(prefix, exclude) {
		for (let i = 1;; ++i) {
			const name = `${prefix}${i}`;
			if (!exclude.has(name)) return name;
		}
	}
	function createNodeAnchors(doc, prefix) {
		const aliasObjects = [];
		const sourceObjects = /* @__PURE__ */ new Map();
		let prevAnchors = null;
		return {
			onAnchor: (source) => {
				aliasObjects.push(source);
				prevAnchors ?? (prevAnchors = anchorNames(doc));
				const anchor = findNewAnchor(prefix, prevAnchors);
				prevAnchors.add(anchor);
				return anchor;
			},
			/**
			* With circular references, the source node is only resolved after all
			* of its child nodes are. This is why anchors are set only after all of
			* the nodes have been created.
			*/
			setAnchors: () => {
				for (const source of aliasObjects) {
					const ref = sourceObjects.get(source);
					if (typeof ref === "object" && ref.anchor && (identity.isScalar(ref.node) || identity.isCollection(ref.node))) ref.node.anchor = ref.anchor;
					else {
						const error = /* @__PURE__ */ new Error("Failed to resolve repeated object (this should not happen)");
						error.source = source;
						throw error;
					}
				}
			},
			sourceObjects
		};
	}
	exports.anchorIsValid = anchorIsValid;
	exports.anchorNames = anchorNames;
	exports.createNodeAnchors = createNodeAnchors;
	exports.findNewAnchor = findNewAnchor;
}));
// node_modules/yaml/dist/doc/applyReviver.js
var require_applyReviver = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Applies the JSON.parse reviver algorithm as defined in the ECMA-262 spec,
	* in section 24.5.1.1 "Runtime Semantics: InternalizeJSONProperty" of the
	* 2021 edition: https://tc39.es/ecma262/#sec-json.parse
	*
	* Includes extensions for handling Map and Set objects.
	*/
	function applyReviver(reviver, obj, key, val) {
		if (val && typeof val === "object") {
			if (Array.isArray(val)) for (let i = 0, len = val.length; i < len; ++i) {
				const v0 = val[i];
				const v1 = applyReviver(reviver, val, String(i), v0);
				if (v1 === void 0) delete val[i];
				else if (v1 !== v0) val[i] = v1;
			}
			else if (val instanceof Map) for (const k of Array.from(val.keys())) {
				const v0 = val.get(k);
				const v1 = applyReviver(reviver, val, k, v0);
				if (v1 === void 0) val.delete(k);
				else if (v1 !== v0) val.set(k, v1);
			}
			else if (val instanceof Set) for (const v0 of Array.from(val)) {
				const v1 = applyReviver(reviver, val, v0, v0);
				if (v1 === void 0) val.delete(v0);
				else if (v1 !== v0) {
					val.delete(v0);
					val.add(v1);
				}
			}
			else for (const [k, v0] of Object.entries(val)) {
				const v1 = applyReviver(reviver, val, k, v0);
				if (v1 === void 0) delete val[k];
				else if (v1 !== v0) val[k] = v1;
			}
		}
		return reviver.call(obj, key, val);
	}
	exports.applyReviver = applyReviver;
}));
// node_modules/yaml/dist/nodes/toJS.js
var require_toJS = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	/**
	* Recursively convert any node or its contents to native JavaScript
	*
	* @param value - The input value
	* @param arg - If `value` defines a `toJSON()` method, use this
	*   as its first argument
	* @param ctx - Conversion context, originally set in Document#toJS(). If
	*   `{ keep: true }` is not set, output should be suitable for JSON
	*   stringification.
	*/
	function toJS(value, arg, ctx) {
		if (Array.isArray(value)) return value.map((v, i) => toJS(v, String(i), ctx));
		if (value && typeof value.toJSON === "function") {
			if (!ctx || !identity.hasAnchor(value)) return value.toJSON(arg, ctx);
			const data = {
				aliasCount: 0,
				count: 1,
				res: void 0
			};
			ctx.anchors.set(value, data);
			ctx.onCreate = (res) => {
				data.res = res;
				delete ctx.onCreate;
			};
			const res = value.toJSON(arg, ctx);
			if (ctx.onCreate) ctx.onCreate(res);
			return res;
		}
		if (typeof value === "bigint" && !ctx?.keep) return Number(value);
		return value;
	}
	exports.toJS = toJS;
}));
// node_modules/yaml/dist/nodes/Node.js
var require_Node = /* @__PURE__ */ __commonJSMin(((exports) => {
	var applyReviver = require_applyReviver();
	var identity = require_identity();
	var toJS = require_toJS();
	var NodeBase = class {
		constructor(type) {
			Object.defineProperty(this, identity.NODE_TYPE, { value: type });
		}
		/** Create a copy of this node.  */
		clone() {
			const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
			if (this.range) copy.range = this.range.slice();
			return copy;
		}
		/** A plain JavaScript representation of this node. */
		toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
			if (!identity.isDocument(doc)) throw new TypeError("A document argument is required");
			const ctx = {
				anchors: /* @__PURE__ */ new Map(),
				doc,
				keep: true,
				mapAsMap: mapAsMap === true,
				mapKeyWarned: false,
				maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
			};
			const res = toJS.toJS(this, "", ctx);
			if (typeof onAnchor === "function") for (const { count, res } of ctx.anchors.values()) onAnchor(res, count);
			return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
		}
	};
	exports.NodeBase = NodeBase;
}));
// node_modules/yaml/dist/nodes/Alias.js
var require_Alias = /* @__PURE__ */ __commonJSMin(((exports) => {
	var anchors = require_anchors();
	var visit = require_visit();
	var identity = require_identity();
	var Node = require_Node();
	var toJS = require_toJS();
	var Alias = class extends Node.NodeBase {
		constructor(source) {
			super(identity.ALIAS);
			this.source = source;
			Object.defineProperty(this, "tag", { set() {
				throw new Error("Alias nodes cannot have tags");
			} });
		}
		/**
		* Resolve the value of this alias within `doc`, finding the last
		* instance of the `source` anchor before this node.
		*/
		resolve(doc, ctx) {
			if (ctx?.maxAliasCount === 0) throw new ReferenceError("Alias resolution is disabled");
			let nodes;
			if (ctx?.aliasResolveCache) nodes = ctx.aliasResolveCache;
			else {
				nodes = [];
				visit.visit(doc, { Node: (_key, node) => {
					if (identity.isAlias(node) || identity.hasAnchor(node)) nodes.push(node);
				} });
				if (ctx) ctx.aliasResolveCache = nodes;
			}
			let found = void 0;
			for (const node of nodes) {
				if (node === this) break;
				if (node.anchor === this.source) found = node;
			}
			if (found && ctx) {
				const { anchors, doc, maxAliasCount } = ctx;
				let data = anchors.get(found);
				if (!data) {
					toJS.toJS(found, null, ctx);
					data = anchors.get(found);
				}
				/* istanbul ignore if */
				if (data?.res === void 0) throw new ReferenceError("This should not happen: Alias anchor was not resolved?");
				if (maxAliasCount >= 0) {
					data.count += 1;
					if (data.aliasCount === 0) data.aliasCount = getAliasCount(doc, found, anchors);
					if (data.count * data.aliasCount > maxAliasCount) throw new ReferenceError("Excessive alias count indicates a resource exhaustion attack");
				}
			}
			return found;
		}
		toJSON(_arg, ctx) {
			if (!ctx) return { source: this.source };
			const source = this.resolve(ctx.doc, ctx);
			if (!source) {
				const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
				throw new ReferenceError(msg);
			}
			return ctx.anchors.get(source).res;
		}
		toString(ctx, _onComment, _onChompKeep) {
			const src = `*${this.source}`;
			if (ctx) {
				anchors.anchorIsValid(this.source);
				if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
					const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
					throw new Error(msg);
				}
				if (ctx.implicitKey) return `${src} `;
			}
			return src;
		}
	};
	function getAliasCount(doc, node, anchors) {
		if (identity.isAlias(node)) {
			const source = node.resolve(doc);
			const anchor = anchors && source && anchors.get(source);
			return anchor ? anchor.count * anchor.aliasCount : 0;
		} else if (identity.isCollection(node)) {
			let count = 0;
			for (const item of node.items) {
				const c = getAliasCount(doc, item, anchors);
				if (c > count) count = c;
			}
			return count;
		} else if (identity.isPair(node)) {
			const kc = getAliasCount(doc, node.key, anchors);
			const vc = getAliasCount(doc, node.value, anchors);
			return Math.max(kc, vc);
		}
		return 1;
	}
	exports.Alias = Alias;
}));
// node_modules/yaml/dist/nodes/Scalar.js
var require_Scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Node = require_Node();
	var toJS = require_toJS();
	const isScalarValue = (value) => !value || typeof value !== "function" && typeof value !== "object";
	var Scalar = class extends Node.NodeBase {
		constructor(value) {
			super(identity.SCALAR);
			this.value = value;
		}
		toJSON(arg, ctx) {
			return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
		}
		toString() {
			return String(this.value);
		}
	};
	Scalar.BLOCK_FOLDED = "BLOCK_FOLDED";
	Scalar.BLOCK_LITERAL = "BLOCK_LITERAL";
	Scalar.PLAIN = "PLAIN";
	Scalar.QUOTE_DOUBLE = "QUOTE_DOUBLE";
	Scalar.QUOTE_SINGLE = "QUOTE_SINGLE";
	exports.Scalar = Scalar;
	exports.isScalarValue = isScalarValue;
}));
// node_modules/yaml/dist/doc/createNode.js
var require_createNode = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Alias = require_Alias();
	var identity = require_identity();
	var Scalar = require_Scalar();
	const defaultTagPrefix = "tag:yaml.org,2002:";
	function findTagObject(value, tagName, tags) {
		if (tagName) {
			const match = tags.filter((t) => t.tag === tagName);
			const tagObj = match.find((t) => !t.format) ?? match[0];
			if (!tagObj) throw new Error(`Tag ${tagName} not found`);
			return tagObj;
		}
		return tags.find((t) => t.identify?.(value) && !t.format);
	}
	function createNode(value, tagName, ctx) {
		if (identity.isDocument(value)) value = value.contents;
		if (identity.isNode(value)) return value;
		if (identity.isPair(value)) {
			const map = ctx.schema[identity.MAP].createNode?.(ctx.schema, null, ctx);
			map.items.push(value);
			return map;
		}
		if (value instanceof String || value instanceof Number || value instanceof Boolean || typeof BigInt !== "undefined" && value instanceof BigInt) value = value.valueOf();
		const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
		let ref = void 0;
		if (aliasDuplicateObjects && value && typeof value === "object") {
			ref = sourceObjects.get(value);
			if (ref) {
				ref.anchor ?? (ref.anchor = onAnchor(value));
				return new Alias.Alias(ref.anchor);
			} else {
				ref = {
					anchor: null,
					node: null
				};
				sourceObjects.set(value, ref);
			}
		}
		if (tagName?.startsWith("!!")) tagName = defaultTagPrefix + tagName.slice(2);
		let tagObj = findTagObject(value, tagName, schema.tags);
		if (!tagObj) {
			if (value && typeof value.toJSON === "function") value = value.toJSON();
			if (!value || typeof value !== "object") {
				const node = new Scalar.Scalar(value);
				if (ref) ref.node = node;
				return node;
			}
			tagObj = value instanceof Map ? schema[identity.MAP] : Symbol.iterator in Object(value) ? schema[identity.SEQ] : schema[identity.MAP];
		}
		if (onTagObj) {
			onTagObj(tagObj);
			delete ctx.onTagObj;
		}
		const node = tagObj?.createNode ? tagObj.createNode(ctx.schema, value, ctx) : typeof tagObj?.nodeClass?.from === "function" ? tagObj.nodeClass.from(ctx.schema, value, ctx) : new Scalar.Scalar(value);
		if (tagName) node.tag = tagName;
		else if (!tagObj.default) node.tag = tagObj.tag;
		if (ref) ref.node = node;
		return node;
	}
	exports.createNode = createNode;
}));
// node_modules/yaml/dist/nodes/Collection.js
var require_Collection = /* @__PURE__ */ __commonJSMin(((exports) => {
	var createNode = require_createNode();
	var identity = require_identity();
	var Node = require_Node();
	function collectionFromPath(schema, path, value) {
		let v = value;
		for (let i = path.length - 1; i >= 0; --i) {
			const k = path[i];
			if (typeof k === "number" && Number.isInteger(k) && k >= 0) {
				const a = [];
				a[k] = v;
				v = a;
			} else v = /* @__PURE__ */ new Map([[k, v]]);
		}
		return createNode.createNode(v, void 0, {
			aliasDuplicateObjects: false,
			keepUndefined: false,
			onAnchor: () => {
				throw new Error("This should not happen, please report a bug.");
			},
			schema,
			sourceObjects: /* @__PURE__ */ new Map()
		});
	}
	const isEmptyPath = (path) => path == null || typeof path === "object" && !!path[Symbol.iterator]().next().done;
	var Collection = class extends Node.NodeBase {
		constructor(type, schema) {
			super(type);
			Object.defineProperty(this, "schema", {
				value: schema,
				configurable: true,
				enumerable: false,
				writable: true
			});
		}
		/**
		* Create a copy of this collection.
		*
		* @param schema - If defined, overwrites the original's schema
		*/
		clone(schema) {
			const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
			if (schema) copy.schema = schema;
			copy.items = copy.items.map((it) => identity.isNode(it) || identity.isPair(it) ? it.clone(schema) : it);
			if (this.range) copy.range = this.range.slice();
			return copy;
		}
		/**
		* Adds a value to the collection. For `!!map` and `!!omap` the value must
		* be a Pair instance or a `{ key, value }` object, which may not have a key
		* that already exists in the map.
		*/
		addIn(path, value) {
			if (isEmptyPath(path)) this.add(value);
			else {
				const [key, ...rest] = path;
				const node = this.get(key, true);
				if (identity.isCollection(node)) node.addIn(rest, value);
				else if (node === void 0 && this.schema) this.set(key, collectionFromPath(this.schema, rest, value));
				else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
			}
		}
		/**
		* Removes a value from the collection.
		* @returns `true` if the item was found and removed.
		*/
		deleteIn(path) {
			const [key, ...rest] = path;
			if (rest.length === 0) return this.delete(key);
			const node = this.get(key, true);
			if (identity.isCollection(node)) return node.deleteIn(rest);
			else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
		}
		/**
		* Returns item at `key`, or `undefined` if not found. By default unwraps
		* scalar values from their surrounding node; to disable set `keepScalar` to
		* `true` (collections are always returned intact).
		*/
		getIn(path, keepScalar) {
			const [key, ...rest] = path;
			const node = this.get(key, true);
			if (rest.length === 0) return !keepScalar && identity.isScalar(node) ? node.value : node;
			else return identity.isCollection(node) ? node.getIn(rest, keepScalar) : void 0;
		}
		hasAllNullValues(allowScalar) {
			return this.items.every((node) => {
				if (!identity.isPair(node)) return false;
				const n = node.value;
				return n == null || allowScalar && identity.isScalar(n) && n.value == null && !n.commentBefore && !n.comment && !n.tag;
			});
		}
		/**
		* Checks if the collection includes a value with the key `key`.
		*/
		hasIn(path) {
			const [key, ...rest] = path;
			if (rest.length === 0) return this.has(key);
			const node = this.get(key, true);
			return identity.isCollection(node) ? node.hasIn(rest) : false;
		}
		/**
		* Sets a value in this collection. For `!!set`, `value` needs to be a
		* boolean to add/remove the item from the set.
		*/
		setIn(path, value) {
			const [key, ...rest] = path;
			if (rest.length === 0) this.set(key, value);
			else {
				const node = this.get(key, true);
				if (identity.isCollection(node)) node.setIn(rest, value);
				else if (node === void 0 && this.schema) this.set(key, collectionFromPath(this.schema, rest, value));
				else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
			}
		}
	};
	exports.Collection = Collection;
	exports.collectionFromPath = collectionFromPath;
	exports.isEmptyPath = isEmptyPath;
}));
// node_modules/yaml/dist/stringify/stringifyComment.js
var require_stringifyComment = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Stringifies a comment.
	*
	* Empty comment lines are left empty,
	* lines consisting of a single space are replaced by `#`,
	* and all other lines are prefixed with a `#`.
	*/
	const stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, "#");
	function indentComment(comment, indent) {
		if (/^\n+$/.test(comment)) return comment.substring(1);
		return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
	}
	const lineComment = (str, indent, comment) => str.endsWith("\n") ? indentComment(comment, indent) : comment.includes("\n") ? "\n" + indentComment(comment, indent) : (str.endsWith(" ") ? "" : " ") + comment;
	exports.indentComment = indentComment;
	exports.lineComment = lineComment;
	exports.stringifyComment = stringifyComment;
}));
// node_modules/yaml/dist/stringify/foldFlowLines.js
var require_foldFlowLines = /* @__PURE__ */ __commonJSMin(((exports) => {
	const FOLD_FLOW = "flow";
	const FOLD_BLOCK = "block";
	const FOLD_QUOTED = "quoted";
	/**
	* Tries to keep input at up to `lineWidth` characters, splitting only on spaces
	* not followed by newlines or spaces unless `mode` is `'quoted'`. Lines are
	* terminated with `\n` and started with `indent`.
	*/
	function foldFlowLines(text, indent, mode = "flow", { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
		if (!lineWidth || lineWidth < 0) return text;
		if (lineWidth < minContentWidth) minContentWidth = 0;
		const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
		if (text.length <= endStep) return text;
		const folds = [];
		const escapedFolds = {};
		let end = lineWidth - indent.length;
		if (typeof indentAtStart === "number") {
			if (indentAtStart > lineWidth - Math.max(2, minContentWidth)) folds.push(0);
			else end = lineWidth - indentAtStart;
		}
		let split = void 0;
		let prev = void 0;
		let overflow = false;
		let i = -1;
		let escStart = -1;
		let escEnd = -1;
		if (mode === FOLD_BLOCK) {
			i = consumeMoreIndentedLines(text, i, indent.length);
			if (i !== -1) end = i + endStep;
		}
		for (let ch; ch = text[i += 1];) {
			if (mode === FOLD_QUOTED && ch === "\\") {
				escStart = i;
				switch (text[i + 1]) {
					case "x":
						i += 3;
						break;
					case "u":
						i += 5;
						break;
					case "U":
						i += 9;
						break;
					default: i += 1;
				}
				escEnd = i;
			}
			if (ch === "\n") {
				if (mode === FOLD_BLOCK) i = consumeMoreIndentedLines(text, i, indent.length);
				end = i + indent.length + endStep;
				split = void 0;
			} else {
				if (ch === " " && prev && prev !== " " && prev !== "\n" && prev !== "	") {
					const next = text[i + 1];
					if (next && next !== " " && next !== "\n" && next !== "	") split = i;
				}
				if (i >= end) {
					if (split) {
						folds.push(split);
						end = split + endStep;
						split = void 0;
					} else if (mode === FOLD_QUOTED) {
						while (prev === " " || prev === "	") {
							prev = ch;
							ch = text[i += 1];
							overflow = true;
						}
						const j = i > escEnd + 1 ? i - 2 : escStart - 1;
						if (escapedFolds[j]) return text;
						folds.push(j);
						escapedFolds[j] = true;
						end = j + endStep;
						split = void 0;
					} else overflow = true;
				}
			}
			prev = ch;
		}
		if (overflow && onOverflow) onOverflow();
		if (folds.length === 0) return text;
		if (onFold) onFold();
		let res = text.slice(0, folds[0]);
		for (let i = 0; i < folds.length; ++i) {
			const fold = folds[i];
			const end = folds[i + 1] || text.length;
			if (fold === 0) res = `\n${indent}${text.slice(0, end)}`;
			else {
				if (mode === FOLD_QUOTED && escapedFolds[fold]) res += `${text[fold]}\\`;
				res += `\n${indent}${text.slice(fold + 1, end)}`;
			}
		}
		return res;
	}
	/**
	* Presumes `i + 1` is at the start of a line
	* @returns index of last newline in more-indented block
	*/
	function consumeMoreIndentedLines(text, i, indent) {
		let end = i;
		let start = i + 1;
		let ch = text[start];
		while (ch === " " || ch === "	") if (i < start + indent) ch = text[++i];
		else {
			do
				ch = text[++i];
			while (ch && ch !== "\n");
			end = i;
			start = i + 1;
			ch = text[start];
		}
		return end;
	}
	exports.FOLD_BLOCK = FOLD_BLOCK;
	exports.FOLD_FLOW = FOLD_FLOW;
	exports.FOLD_QUOTED = FOLD_QUOTED;
	exports.foldFlowLines = foldFlowLines;
}));
// node_modules/yaml/dist/stringify/stringifyString.js
var require_stringifyString = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var foldFlowLines = require_foldFlowLines();
	const getFoldOptions = (ctx, isBlock) => ({
		indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
		lineWidth: ctx.options.lineWidth,
		minContentWidth: ctx.options.minContentWidth
	});
	const containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
	function lineLengthOverLimit(str, lineWidth, indentLength) {
		if (!lineWidth || lineWidth < 0) return false;
		const limit = lineWidth - indentLength;
		const strLen = str.length;
		if (strLen <= limit) return false;
		for (let i = 0, start = 0; i < strLen; ++i) if (str[i] === "\n") {
			if (i - start > limit) return true;
			start = i + 1;
			if (strLen - start <= limit) return false;
		}
		return true;
	}
	function doubleQuotedString(value, ctx) {
		const json = JSON.stringify(value);
		if (ctx.options.doubleQuotedAsJSON) return json;
		const { implicitKey } = ctx;
		const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
		const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
		let str = "";
		let start = 0;
		for (let i = 0, ch = json[i]; ch; ch = json[++i]) {
			if (ch === " " && json[i + 1] === "\\" && json[i + 2] === "n") {
				str += json.slice(start, i) + "\\ ";
				i += 1;
				start = i;
				ch = "\\";
			}
			if (ch === "\\") switch (json[i + 1]) {
				case "u":
					{
						str += json.slice(start, i);
						const code = json.substr(i + 2, 4);
						switch (code) {
							case "0000":
								str += "\\0";
								break;
							case "0007":
								str += "\\a";
								break;
							case "000b":
								str += "\\v";
								break;
							case "001b":
								str += "\\e";
								break;
							case "0085":
								str += "\\N";
								break;
							case "00a0":
								str += "\\_";
								break;
							case "2028":
								str += "\\L";
								break;
							case "2029":
								str += "\\P";
								break;
							default: if (code.substr(0, 2) === "00") str += "\\x" + code.substr(2);
							else str += json.substr(i, 6);
						}
						i += 5;
						start = i + 1;
					}
					break;
				case "n":
					if (implicitKey || json[i + 2] === "\"" || json.length < minMultiLineLength) i += 1;
					else {
						str += json.slice(start, i) + "\n\n";
						while (json[i + 2] === "\\" && json[i + 3] === "n" && json[i + 4] !== "\"") {
							str += "\n";
							i += 2;
						}
						str += indent;
						if (json[i + 2] === " ") str += "\\";
						i += 1;
						start = i + 1;
					}
					break;
				default: i += 1;
			}
		}
		str = start ? str + json.slice(start) : json;
		return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
	}
	function singleQuotedString(value, ctx) {
		if (ctx.options.singleQuote === false || ctx.implicitKey && value.includes("\n") || /[ \t]\n|\n[ \t]/.test(value)) return doubleQuotedString(value, ctx);
		const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
		const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&\n${indent}`) + "'";
		return ctx.implicitKey ? res : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
	}
	function quotedString(value, ctx) {
		const { singleQuote } = ctx.options;
		let qs;
		if (singleQuote === false) qs = doubleQuotedString;
		else {
			const hasDouble = value.includes("\"");
			const hasSingle = value.includes("'");
			if (hasDouble && !hasSingle) qs = singleQuotedString;
			else if (hasSingle && !hasDouble) qs = doubleQuotedString;
			else qs = singleQuote ? singleQuotedString : doubleQuotedString;
		}
		return qs(value, ctx);
	}
	let blockEndNewlines;
	try {
		blockEndNewlines = new RegExp("(^|(?<!\n))\n+(?!\n|$)", "g");
	} catch {
		blockEndNewlines = /\n+(?!\n|$)/g;
	}
	function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
		const { blockQuote, commentString, lineWidth } = ctx.options;
		if (!blockQuote || /\n[\t ]+$/.test(value)) return quotedString(value, ctx);
		const indent = ctx.indent || (ctx.forceBlockIndent || containsDocumentMarker(value) ? "  " : "");
		const literal = blockQuote === "literal" ? true : blockQuote === "folded" || type === Scalar.Scalar.BLOCK_FOLDED ? false : type === Scalar.Scalar.BLOCK_LITERAL ? true : !lineLengthOverLimit(value, lineWidth, indent.length);
		if (!value) return literal ? "|\n" : ">\n";
		let chomp;
		let endStart;
		for (endStart = value.length; endStart > 0; --endStart) {
			const ch = value[endStart - 1];
			if (ch !== "\n" && ch !== "	" && ch !== " ") break;
		}
		let end = value.substring(endStart);
		const endNlPos = end.indexOf("\n");
		if (endNlPos === -1) chomp = "-";
		else if (value === end || endNlPos !== end.length - 1) {
			chomp = "+";
			if (onChompKeep) onChompKeep();
		} else chomp = "";
		if (end) {
			value = value.slice(0, -end.length);
			if (end[end.length - 1] === "\n") end = end.slice(0, -1);
			end = end.replace(blockEndNewlines, `$&${indent}`);
		}
		let startWithSpace = false;
		let startEnd;
		let startNlPos = -1;
		for (startEnd = 0; startEnd < value.length; ++startEnd) {
			const ch = value[startEnd];
			if (ch === " ") startWithSpace = true;
			else if (ch === "\n") startNlPos = startEnd;
			else break;
		}
		let start = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
		if (start) {
			value = value.substring(start.length);
			start = start.replace(/\n+/g, `$&${indent}`);
		}
		let header = (startWithSpace ? indent ? "2" : "1" : "") + chomp;
		if (comment) {
			header += " " + commentString(comment.replace(/ ?[\r\n]+/g, " "));
			if (onComment) onComment();
		}
		if (!literal) {
			const foldedValue = value.replace(/\n+/g, "\n$&").replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, "$1$2").replace(/\n+/g, `$&${indent}`);
			let literalFallback = false;
			const foldOptions = getFoldOptions(ctx, true);
			if (blockQuote !== "folded" && type !== Scalar.Scalar.BLOCK_FOLDED) foldOptions.onOverflow = () => {
				literalFallback = true;
			};
			const body = foldFlowLines.foldFlowLines(`${start}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
			if (!literalFallback) return `>${header}\n${indent}${body}`;
		}
		value = value.replace(/\n+/g, `$&${indent}`);
		return `|${header}\n${indent}${start}${value}${end}`;
	}
	function plainString(item, ctx, onComment, onChompKeep) {
		const { type, value } = item;
		const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
		if (implicitKey && value.includes("\n") || inFlow && /[[\]{},]/.test(value)) return quotedString(value, ctx);
		if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) return implicitKey || inFlow || !value.includes("\n") ? quotedString(value, ctx) : blockString(item, ctx, onComment, onChompKeep);
		if (!implicitKey && !inFlow && type !== Scalar.Scalar.PLAIN && value.includes("\n")) return blockString(item, ctx, onComment, onChompKeep);
		if (containsDocumentMarker(value)) {
			if (indent === "") {
				ctx.forceBlockIndent = true;
				return blockString(item, ctx, onComment, onChompKeep);
			} else if (implicitKey && indent === indentStep) return quotedString(value, ctx);
		}
		const str = value.replace(/\n+/g, `$&\n${indent}`);
		if (actualString) {
			const test = (tag) => tag.default && tag.tag !== "tag:yaml.org,2002:str" && tag.test?.test(str);
			const { compat, tags } = ctx.doc.schema;
			if (tags.some(test) || compat?.some(test)) return quotedString(value, ctx);
		}
		return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
	}
	function stringifyString(item, ctx, onComment, onChompKeep) {
		const { implicitKey, inFlow } = ctx;
		const ss = typeof item.value === "string" ? item : Object.assign({}, item, { value: String(item.value) });
		let { type } = item;
		if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
			if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value)) type = Scalar.Scalar.QUOTE_DOUBLE;
		}
		const _stringify = (_type) => {
			switch (_type) {
				case Scalar.Scalar.BLOCK_FOLDED:
				case Scalar.Scalar.BLOCK_LITERAL: return implicitKey || inFlow ? quotedString(ss.value, ctx) : blockString(ss, ctx, onComment, onChompKeep);
				case Scalar.Scalar.QUOTE_DOUBLE: return doubleQuotedString(ss.value, ctx);
				case Scalar.Scalar.QUOTE_SINGLE: return singleQuotedString(ss.value, ctx);
				case Scalar.Scalar.PLAIN: return plainString(ss, ctx, onComment, onChompKeep);
				default: return null;
			}
		};
		let res = _stringify(type);
		if (res === null) {
			const { defaultKeyType, defaultStringType } = ctx.options;
			const t = implicitKey && defaultKeyType || defaultStringType;
			res = _stringify(t);
			if (res === null) throw new Error(`Unsupported default string type ${t}`);
		}
		return res;
	}
	exports.stringifyString = stringifyString;
}));
// node_modules/yaml/dist/stringify/stringify.js
var require_stringify = /* @__PURE__ */ __commonJSMin(((exports) => {
	var anchors = require_anchors();
	var identity = require_identity();
	var stringifyComment = require_stringifyComment();
	var stringifyString = require_stringifyString();
	function createStringifyContext(doc, options) {
		const opt = Object.assign({
			blockQuote: true,
			commentString: stringifyComment.stringifyComment,
			defaultKeyType: null,
			defaultStringType: "PLAIN",
			directives: null,
			doubleQuotedAsJSON: false,
			doubleQuotedMinMultiLineLength: 40,
			falseStr: "false",
			flowCollectionPadding: true,
			indentSeq: true,
			lineWidth: 80,
			minContentWidth: 20,
			nullStr: "null",
			simpleKeys: false,
			singleQuote: null,
			trailingComma: false,
			trueStr: "true",
			verifyAliasOrder: true
		}, doc.schema.toStringOptions, options);
		let inFlow;
		switch (opt.collectionStyle) {
			case "block":
				inFlow = false;
				break;
			case "flow":
				inFlow = true;
				break;
			default: inFlow = null;
		}
		return {
			anchors: /* @__PURE__ */ new Set(),
			doc,
			flowCollectionPadding: opt.flowCollectionPadding ? " " : "",
			indent: "",
			indentStep: typeof opt.indent === "number" ? " ".repeat(opt.indent) : "  ",
			inFlow,
			options: opt
		};
	}
	function getTagObject(tags, item) {
		if (item.tag) {
			const match = tags.filter((t) => t.tag === item.tag);
			if (match.length > 0) return match.find((t) => t.format === item.format) ?? match[0];
		}
		let tagObj = void 0;
		let obj;
		if (identity.isScalar(item)) {
			obj = item.value;
			let match = tags.filter((t) => t.identify?.(obj));
			if (match.length > 1) {
				const testMatch = match.filter((t) => t.test);
				if (testMatch.length > 0) match = testMatch;
			}
			tagObj = match.find((t) => t.format === item.format) ?? match.find((t) => !t.format);
		} else {
			obj = item;
			tagObj = tags.find((t) => t.nodeClass && obj instanceof t.nodeClass);
		}
		if (!tagObj) {
			const name = obj?.constructor?.name ?? (obj === null ? "null" : typeof obj);
			throw new Error(`Tag not resolved for ${name} value`);
		}
		return tagObj;
	}
	function stringifyProps(node, tagObj, { anchors: anchors$1, doc }) {
		if (!doc.directives) return "";
		const props = [];
		const anchor = (identity.isScalar(node) || identity.isCollection(node)) && node.anchor;
		if (anchor && anchors.anchorIsValid(anchor)) {
			anchors$1.add(anchor);
			props.push(`&${anchor}`);
		}
		const tag = node.tag ?? (tagObj.default ? null : tagObj.tag);
		if (tag) props.push(doc.directives.tagString(tag));
		return props.join(" ");
	}
	function stringify(item, ctx, onComment, onChompKeep) {
		if (identity.isPair(item)) return item.toString(ctx, onComment, onChompKeep);
		if (identity.isAlias(item)) {
			if (ctx.doc.directives) return item.toString(ctx);
			if (ctx.resolvedAliases?.has(item)) throw new TypeError(`Cannot stringify circular structure without alias nodes`);
			else {
				if (ctx.resolvedAliases) ctx.resolvedAliases.add(item);
				else ctx.resolvedAliases = /* @__PURE__ */ new Set([item]);
				item = item.resolve(ctx.doc);
			}
		}
		let tagObj = void 0;
		const node = identity.isNode(item) ? item : ctx.doc.createNode(item, { onTagObj: (o) => tagObj = o });
		tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
		const props = stringifyProps(node, tagObj, ctx);
		if (props.length > 0) ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
		const str = typeof tagObj.stringify === "function" ? tagObj.stringify(node, ctx, onComment, onChompKeep) : identity.isScalar(node) ? stringifyString.stringifyString(node, ctx, onComment, onChompKeep) : node.toString(ctx, onComment, onChompKeep);
		if (!props) return str;
		return identity.isScalar(node) || str[0] === "{" || str[0] === "[" ? `${props} ${str}` : `${props}\n${ctx.indent}${str}`;
	}
	exports.createStringifyContext = createStringifyContext;
	exports.stringify = stringify;
}));
// node_modules/yaml/dist/stringify/stringifyPair.js
var require_stringifyPair = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Scalar = require_Scalar();
	var stringify = require_stringify();
	var stringifyComment = require_stringifyComment();
	function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
		const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
		let keyComment = identity.isNode(key) && key.comment || null;
		if (simpleKeys) {
			if (keyComment) throw new Error("With simple keys, key nodes cannot have comments");
			if (identity.isCollection(key) || !identity.isNode(key) && typeof key === "object") throw new Error("With simple keys, collection cannot be used as a key value");
		}
		let explicitKey = !simpleKeys && (!key || keyComment && value == null && !ctx.inFlow || identity.isCollection(key) || (identity.isScalar(key) ? key.type === Scalar.Scalar.BLOCK_FOLDED || key.type === Scalar.Scalar.BLOCK_LITERAL : typeof key === "object"));
		ctx = Object.assign({}, ctx, {
			allNullValues: false,
			implicitKey: !explicitKey && (simpleKeys || !allNullValues),
			indent: indent + indentStep
		});
		let keyCommentDone = false;
		let chompKeep = false;
		let str = stringify.stringify(key, ctx, () => keyCommentDone = true, () => chompKeep = true);
		if (!explicitKey && !ctx.inFlow && str.length > 1024) {
			if (simpleKeys) throw new Error("With simple keys, single line scalar must not span more than 1024 characters");
			explicitKey = true;
		}
		if (ctx.inFlow) {
			if (allNullValues || value == null) {
				if (keyCommentDone && onComment) onComment();
				return str === "" ? "?" : explicitKey ? `? ${str}` : str;
			}
		} else if (allNullValues && !simpleKeys || value == null && explicitKey) {
			str = `? ${str}`;
			if (keyComment && !keyCommentDone) str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
			else if (chompKeep && onChompKeep) onChompKeep();
			return str;
		}
		if (keyCommentDone) keyComment = null;
		if (explicitKey) {
			if (keyComment) str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
			str = `? ${str}\n${indent}:`;
		} else {
			str = `${str}:`;
			if (keyComment) str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
		}
		let vsb, vcb, valueComment;
		if (identity.isNode(value)) {
			vsb = !!value.spaceBefore;
			vcb = value.commentBefore;
			valueComment = value.comment;
		} else {
			vsb = false;
			vcb = null;
			valueComment = null;
			if (value && typeof value === "object") value = doc.createNode(value);
		}
		ctx.implicitKey = false;
		if (!explicitKey && !keyComment && identity.isScalar(value)) ctx.indentAtStart = str.length + 1;
		chompKeep = false;
		if (!indentSeq && indentStep.length >= 2 && !ctx.inFlow && !explicitKey && identity.isSeq(value) && !value.flow && !value.tag && !value.anchor) ctx.indent = ctx.indent.substring(2);
		let valueCommentDone = false;
		const valueStr = stringify.stringify(value, ctx, () => valueCommentDone = true, () => chompKeep = true);
		let ws = " ";
		if (keyComment || vsb || vcb) {
			ws = vsb ? "\n" : "";
			if (vcb) {
				const cs = commentString(vcb);
				ws += `\n${stringifyComment.indentComment(cs, ctx.indent)}`;
			}
			if (valueStr === "" && !ctx.inFlow) {
				if (ws === "\n" && valueComment) ws = "\n\n";
			} else ws += `\n${ctx.indent}`;
		} else if (!explicitKey && identity.isCollection(value)) {
			const vs0 = valueStr[0];
			const nl0 = valueStr.indexOf("\n");
			const hasNewline = nl0 !== -1;
			const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
			if (hasNewline || !flow) {
				let hasPropsLine = false;
				if (hasNewline && (vs0 === "&" || vs0 === "!")) {
					let sp0 = valueStr.indexOf(" ");
					if (vs0 === "&" && sp0 !== -1 && sp0 < nl0 && valueStr[sp0 + 1] === "!") sp0 = valueStr.indexOf(" ", sp0 + 1);
					if (sp0 === -1 || nl0 < sp0) hasPropsLine = true;
				}
				if (!hasPropsLine) ws = `\n${ctx.indent}`;
			}
		} else if (valueStr === "" || valueStr[0] === "\n") ws = "";
		str += ws + valueStr;
		if (ctx.inFlow) {
			if (valueCommentDone && onComment) onComment();
		} else if (valueComment && !valueCommentDone) str += stringifyComment.lineComment(str, ctx.indent, commentString(valueComment));
		else if (chompKeep && onChompKeep) onChompKeep();
		return str;
	}
	exports.stringifyPair = stringifyPair;
}));
// node_modules/yaml/dist/log.js
var require_log = /* @__PURE__ */ __commonJSMin(((exports) => {
	var node_process = __require("process");
	function debug(logLevel, ...messages) {
		if (logLevel === "debug") console.log(...messages);
	}
	function warn(logLevel, warning) {
		if (logLevel === "debug" || logLevel === "warn") {
			if (typeof node_process.emitWarning === "function") node_process.emitWarning(warning);
			else console.warn(warning);
		}
	}
	exports.debug = debug;
	exports.warn = warn;
}));
// node_modules/yaml/dist/schema/yaml-1.1/merge.js
var require_merge = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Scalar = require_Scalar();
	const MERGE_KEY = "<<";
	const merge = {
		identify: (value) => value === MERGE_KEY || typeof value === "symbol" && value.description === MERGE_KEY,
		default: "key",
		tag: "tag:yaml.org,2002:merge",
		test: /^<<$/,
		resolve: () => Object.assign(new Scalar.Scalar(Symbol(MERGE_KEY)), { addToJSMap: addMergeToJSMap }),
		stringify: () => MERGE_KEY
	};
	const isMergeKey = (ctx, key) => (merge.identify(key) || identity.isScalar(key) && (!key.type || key.type === Scalar.Scalar.PLAIN) && merge.identify(key.value)) && ctx?.doc.schema.tags.some((tag) => tag.tag === merge.tag && tag.default);
	function addMergeToJSMap(ctx, map, value) {
		const source = resolveAliasValue(ctx, value);
		if (identity.isSeq(source)) for (const it of source.items) mergeValue(ctx, map, it);
		else if (Array.isArray(source)) for (const it of source) mergeValue(ctx, map, it);
		else mergeValue(ctx, map, source);
	}
	function mergeValue(ctx, map, value) {
		const source = resolveAliasValue(ctx, value);
		if (!identity.isMap(source)) throw new Error("Merge sources must be maps or map aliases");
		const srcMap = source.toJSON(null, ctx, Map);
		for (const [key, value] of srcMap) if (map instanceof Map) {
			if (!map.has(key)) map.set(key, value);
		} else if (map instanceof Set) map.add(key);
		else if (!Object.prototype.hasOwnProperty.call(map, key)) Object.defineProperty(map, key, {
			value,
			writable: true,
			enumerable: true,
			configurable: true
		});
		return map;
	}
	function resolveAliasValue(ctx, value) {
		return ctx && identity.isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
	}
	exports.addMergeToJSMap = addMergeToJSMap;
	exports.isMergeKey = isMergeKey;
	exports.merge = merge;
}));
// node_modules/yaml/dist/nodes/addPairToJSMap.js
var require_addPairToJSMap = /* @__PURE__ */ __commonJSMin(((exports) => {
	var log = require_log();
	var merge = require_merge();
	var stringify = require_stringify();
	var identity = require_identity();
	var toJS = require_toJS();
	function addPairToJSMap(ctx, map, { key, value }) {
		if (identity.isNode(key) && key.addToJSMap) key.addToJSMap(ctx, map, value);
		else if (merge.isMergeKey(ctx, key)) merge.addMergeToJSMap(ctx, map, value);
		else {
			const jsKey = toJS.toJS(key, "", ctx);
			if (map instanceof Map) map.set(jsKey, toJS.toJS(value, jsKey, ctx));
			else if (map instanceof Set) map.add(jsKey);
			else {
				const stringKey = stringifyKey(key, jsKey, ctx);
				const jsValue = toJS.toJS(value, stringKey, ctx);
				if (stringKey in map) Object.defineProperty(map, stringKey, {
					value: jsValue,
					writable: true,
					enumerable: true,
					configurable: true
				});
				else map[stringKey] = jsValue;
			}
		}
		return map;
	}
	function stringifyKey(key, jsKey, ctx) {
		if (jsKey === null) return "";
		if (typeof jsKey !== "object") return String(jsKey);
		if (identity.isNode(key) && ctx?.doc) {
			const strCtx = stringify.createStringifyContext(ctx.doc, {});
			strCtx.anchors = /* @__PURE__ */ new Set();
			for (const node of ctx.anchors.keys()) strCtx.anchors.add(node.anchor);
			strCtx.inFlow = true;
			strCtx.inStringifyKey = true;
			const strKey = key.toString(strCtx);
			if (!ctx.mapKeyWarned) {
				let jsonStr = JSON.stringify(strKey);
				if (jsonStr.length > 40) jsonStr = jsonStr.substring(0, 36) + "...\"";
				log.warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
				ctx.mapKeyWarned = true;
			}
			return strKey;
		}
		return JSON.stringify(jsKey);
	}
	exports.addPairToJSMap = addPairToJSMap;
}));
// node_modules/yaml/dist/nodes/Pair.js
var require_Pair = /* @__PURE__ */ __commonJSMin(((exports) => {
	var createNode = require_createNode();
	var stringifyPair = require_stringifyPair();
	var addPairToJSMap = require_addPairToJSMap();
	var identity = require_identity();
	function createPair(key, value, ctx) {
		return new Pair(createNode.createNode(key, void 0, ctx), createNode.createNode(value, void 0, ctx));
	}
	var Pair = class Pair {
		constructor(key, value = null) {
			Object.defineProperty(this, identity.NODE_TYPE, { value: identity.PAIR });
			this.key = key;
			this.value = value;
		}
		clone(schema) {
			let { key, value } = this;
			if (identity.isNode(key)) key = key.clone(schema);
			if (identity.isNode(value)) value = value.clone(schema);
			return new Pair(key, value);
		}
		toJSON(_, ctx) {
			const pair = ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
			return addPairToJSMap.addPairToJSMap(ctx, pair, this);
		}
		toString(ctx, onComment, onChompKeep) {
			return ctx?.doc ? stringifyPair.stringifyPair(this, ctx, onComment, onChompKeep) : JSON.stringify(this);
		}
	};
	exports.Pair = Pair;
	exports.createPair = createPair;
}));
// node_modules/yaml/dist/stringify/stringifyCollection.js
var require_stringifyCollection = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var stringify = require_stringify();
	var stringifyComment = require_stringifyComment();
	function stringifyCollection(collection, ctx, options) {
		return (ctx.inFlow ?? collection.flow ? stringifyFlowCollection : stringifyBlockCollection)(collection, ctx, options);
	}
	function stringifyBlockCollection({ comment, items }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
		const { indent, options: { commentString } } = ctx;
		const itemCtx = Object.assign({}, ctx, {
			indent: itemIndent,
			type: null
		});
		let chompKeep = false;
		const lines = [];
		for (let i = 0; i < items.length; ++i) {
			const item = items[i];
			let comment = null;
			if (identity.isNode(item)) {
				if (!chompKeep && item.spaceBefore) lines.push("");
				addCommentBefore(ctx, lines, item.commentBefore, chompKeep);
				if (item.comment) comment = item.comment;
			} else if (identity.isPair(item)) {
				const ik = identity.isNode(item.key) ? item.key : null;
				if (ik) {
					if (!chompKeep && ik.spaceBefore) lines.push("");
					addCommentBefore(ctx, lines, ik.commentBefore, chompKeep);
				}
			}
			chompKeep = false;
			let str = stringify.stringify(item, itemCtx, () => comment = null, () => chompKeep = true);
			if (comment) str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
			if (chompKeep && comment) chompKeep = false;
			lines.push(blockItemPrefix + str);
		}
		let str;
		if (lines.length === 0) str = flowChars.start + flowChars.end;
		else {
			str = lines[0];
			for (let i = 1; i < lines.length; ++i) {
				const line = lines[i];
				str += line ? `\n${indent}${line}` : "\n";
			}
		}
		if (comment) {
			str += "\n" + stringifyComment.indentComment(commentString(comment), indent);
			if (onComment) onComment();
		} else if (chompKeep && onChompKeep) onChompKeep();
		return str;
	}
	function stringifyFlowCollection({ items }, ctx, { flowChars, itemIndent }) {
		const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
		itemIndent += indentStep;
		const itemCtx = Object.assign({}, ctx, {
			indent: itemIndent,
			inFlow: true,
			type: null
		});
		let reqNewline = false;
		let linesAtValue = 0;
		const lines = [];
		for (let i = 0; i < items.length; ++i) {
			const item = items[i];
			let comment = null;
			if (identity.isNode(item)) {
				if (item.spaceBefore) lines.push("");
				addCommentBefore(ctx, lines, item.commentBefore, false);
				if (item.comment) comment = item.comment;
			} else if (identity.isPair(item)) {
				const ik = identity.isNode(item.key) ? item.key : null;
				if (ik) {
					if (ik.spaceBefore) lines.push("");
					addCommentBefore(ctx, lines, ik.commentBefore, false);
					if (ik.comment) reqNewline = true;
				}
				const iv = identity.isNode(item.value) ? item.value : null;
				if (iv) {
					if (iv.comment) comment = iv.comment;
					if (iv.commentBefore) reqNewline = true;
				} else if (item.value == null && ik?.comment) comment = ik.comment;
			}
			if (comment) reqNewline = true;
			let str = stringify.stringify(item, itemCtx, () => comment = null);
			reqNewline || (reqNewline = lines.length > linesAtValue || str.includes("\n"));
			if (i < items.length - 1) str += ",";
			else if (ctx.options.trailingComma) {
				if (ctx.options.lineWidth > 0) reqNewline || (reqNewline = lines.reduce((sum, line) => sum + line.length + 2, 2) + (str.length + 2) > ctx.options.lineWidth);
				if (reqNewline) str += ",";
			}
			if (comment) str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
			lines.push(str);
			linesAtValue = lines.length;
		}
		const { start, end } = flowChars;
		if (lines.length === 0) return start + end;
		else {
			if (!reqNewline) {
				const len = lines.reduce((sum, line) => sum + line.length + 2, 2);
				reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
			}
			if (reqNewline) {
				let str = start;
				for (const line of lines) str += line ? `\n${indentStep}${indent}${line}` : "\n";
				return `${str}\n${indent}${end}`;
			} else return `${start}${fcPadding}${lines.join(" ")}${fcPadding}${end}`;
		}
	}
	function addCommentBefore({ indent, options: { commentString } }, lines, comment, chompKeep) {
		if (comment && chompKeep) comment = comment.replace(/^\n+/, "");
		if (comment) {
			const ic = stringifyComment.indentComment(commentString(comment), indent);
			lines.push(ic.trimStart());
		}
	}
	exports.stringifyCollection = stringifyCollection;
}));
// node_modules/yaml/dist/nodes/YAMLMap.js
var require_YAMLMap = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyCollection = require_stringifyCollection();
	var addPairToJSMap = require_addPairToJSMap();
	var Collection = require_Collection();
	var identity = require_identity();
	var Pair = require_Pair();
	var Scalar = require_Scalar();
	function findPair(items, key) {
		const k = identity.isScalar(key) ? key.value : key;
		for (const it of items) if (identity.isPair(it)) {
			if (it.key === key || it.key === k) return it;
			if (identity.isScalar(it.key) && it.key.value === k) return it;
		}
	}
	var YAMLMap = class extends Collection.Collection {
		static get tagName() {
			return "tag:yaml.org,2002:map";
		}
		constructor(schema) {
			super(identity.MAP, schema);
			this.items = [];
		}
		/**
		* A generic collection parsing method that can be extended
		* to other node classes that inherit from YAMLMap
		*/
		static from(schema, obj, ctx) {
			const { keepUndefined, replacer } = ctx;
			const map = new this(schema);
			const add = (key, value) => {
				if (typeof replacer === "function") value = replacer.call(obj, key, value);
				else if (Array.isArray(replacer) && !replacer.includes(key)) return;
				if (value !== void 0 || keepUndefined) map.items.push(Pair.createPair(key, value, ctx));
			};
			if (obj instanceof Map) for (const [key, value] of obj) add(key, value);
			else if (obj && typeof obj === "object") for (const key of Object.keys(obj)) add(key, obj[key]);
			if (typeof schema.sortMapEntries === "function") map.items.sort(schema.sortMapEntries);
			return map;
		}
		/**
		* Adds a value to the collection.
		*
		* @param overwrite - If not set `true`, using a key that is already in the
		*   collection will throw. Otherwise, overwrites the previous value.
		*/
		add(pair, overwrite) {
			let _pair;
			if (identity.isPair(pair)) _pair = pair;
			else if (!pair || typeof pair !== "object" || !("key" in pair)) _pair = new Pair.Pair(pair, pair?.value);
			else _pair = new Pair.Pair(pair.key, pair.value);
			const prev = findPair(this.items, _pair.key);
			const sortEntries = this.schema?.sortMapEntries;
			if (prev) {
				if (!overwrite) throw new Error(`Key ${_pair.key} already set`);
				if (identity.isScalar(prev.value) && Scalar.isScalarValue(_pair.value)) prev.value.value = _pair.value;
				else prev.value = _pair.value;
			} else if (sortEntries) {
				const i = this.items.findIndex((item) => sortEntries(_pair, item) < 0);
				if (i === -1) this.items.push(_pair);
				else this.items.splice(i, 0, _pair);
			} else this.items.push(_pair);
		}
		delete(key) {
			const it = findPair(this.items, key);
			if (!it) return false;
			return this.items.splice(this.items.indexOf(it), 1).length > 0;
		}
		get(key, keepScalar) {
			const node = findPair(this.items, key)?.value;
			return (!keepScalar && identity.isScalar(node) ? node.value : node) ?? void 0;
		}
		has(key) {
			return !!findPair(this.items, key);
		}
		set(key, value) {
			this.add(new Pair.Pair(key, value), true);
		}
		/**
		* @param ctx - Conversion context, originally set in Document#toJS()
		* @param {Class} Type - If set, forces the returned collection type
		* @returns Instance of Type, Map, or Object
		*/
		toJSON(_, ctx, Type) {
			const map = Type ? new Type() : ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
			if (ctx?.onCreate) ctx.onCreate(map);
			for (const item of this.items) addPairToJSMap.addPairToJSMap(ctx, map, item);
			return map;
		}
		toString(ctx, onComment, onChompKeep) {
			if (!ctx) return JSON.stringify(this);
			for (const item of this.items) if (!identity.isPair(item)) throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
			if (!ctx.allNullValues && this.hasAllNullValues(false)) ctx = Object.assign({}, ctx, { allNullValues: true });
			return stringifyCollection.stringifyCollection(this, ctx, {
				blockItemPrefix: "",
				flowChars: {
					start: "{",
					end: "}"
				},
				itemIndent: ctx.indent || "",
				onChompKeep,
				onComment
			});
		}
	};
	exports.YAMLMap = YAMLMap;
	exports.findPair = findPair;
}));
// node_modules/yaml/dist/schema/common/map.js
var require_map = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var YAMLMap = require_YAMLMap();
	exports.map = {
		collection: "map",
		default: true,
		nodeClass: YAMLMap.YAMLMap,
		tag: "tag:yaml.org,2002:map",
		resolve(map, onError) {
			if (!identity.isMap(map)) onError("Expected a mapping for this tag");
			return map;
		},
		createNode: (schema, obj, ctx) => YAMLMap.YAMLMap.from(schema, obj, ctx)
	};
}));
// node_modules/yaml/dist/nodes/YAMLSeq.js
var require_YAMLSeq = /* @__PURE__ */ __commonJSMin(((exports) => {
	var createNode = require_createNode();
	var stringifyCollection = require_stringifyCollection();
	var Collection = require_Collection();
	var identity = require_identity();
	var Scalar = require_Scalar();
	var toJS = require_toJS();
	var YAMLSeq = class extends Collection.Collection {
		static get tagName() {
			return "tag:yaml.org,2002:seq";
		}
		constructor(schema) {
			super(identity.SEQ, schema);
			this.items = [];
		}
		add(value) {
			this.items.push(value);
		}
		/**
		* Removes a value from the collection.
		*
		* `key` must contain a representation of an integer for this to succeed.
		* It may be wrapped in a `Scalar`.
		*
		* @returns `true` if the item was found and removed.
		*/
		delete(key) {
			const idx = asItemIndex(key);
			if (typeof idx !== "number") return false;
			return this.items.splice(idx, 1).length > 0;
		}
		get(key, keepScalar) {
			const idx = asItemIndex(key);
			if (typeof idx !== "number") return void 0;
			const it = this.items[idx];
			return !keepScalar && identity.isScalar(it) ? it.value : it;
		}
		/**
		* Checks if the collection includes a value with the key `key`.
		*
		* `key` must contain a representation of an integer for this to succeed.
		* It may be wrapped in a `Scalar`.
		*/
		has(key) {
			const idx = asItemIndex(key);
			return typeof idx === "number" && idx < this.items.length;
		}
		/**
		* Sets a value in this collection. For `!!set`, `value` needs to be a
		* boolean to add/remove the item from the set.
		*
		* If `key` does not contain a representation of an integer, this will throw.
		* It may be wrapped in a `Scalar`.
		*/
		set(key, value) {
			const idx = asItemIndex(key);
			if (typeof idx !== "number") throw new Error(`Expected a valid index, not ${key}.`);
			const prev = this.items[idx];
			if (identity.isScalar(prev) && Scalar.isScalarValue(value)) prev.value = value;
			else this.items[idx] = value;
		}
		toJSON(_, ctx) {
			const seq = [];
			if (ctx?.onCreate) ctx.onCreate(seq);
			let i = 0;
			for (const item of this.items) seq.push(toJS.toJS(item, String(i++), ctx));
			return seq;
		}
		toString(ctx, onComment, onChompKeep) {
			if (!ctx) return JSON.stringify(this);
			return stringifyCollection.stringifyCollection(this, ctx, {
				blockItemPrefix: "- ",
				flowChars: {
					start: "[",
					end: "]"
				},
				itemIndent: (ctx.indent || "") + "  ",
				onChompKeep,
				onComment
			});
		}
		static from(schema, obj, ctx) {
			const { replacer } = ctx;
			const seq = new this(schema);
			if (obj && Symbol.iterator in Object(obj)) {
				let i = 0;
				for (let it of obj) {
					if (typeof replacer === "function") {
						const key = obj instanceof Set ? it : String(i++);
						it = replacer.call(obj, key, it);
					}
					seq.items.push(createNode.createNode(it, void 0, ctx));
				}
			}
			return seq;
		}
	};
	function asItemIndex(key) {
		let idx = identity.isScalar(key) ? key.value : key;
		if (idx && typeof idx === "string") idx = Number(idx);
		return typeof idx === "number" && Number.isInteger(idx) && idx >= 0 ? idx : null;
	}
	exports.YAMLSeq = YAMLSeq;
}));
// node_modules/yaml/dist/schema/common/seq.js
var require_seq = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var YAMLSeq = require_YAMLSeq();
	exports.seq = {
		collection: "seq",
		default: true,
		nodeClass: YAMLSeq.YAMLSeq,
		tag: "tag:yaml.org,2002:seq",
		resolve(seq, onError) {
			if (!identity.isSeq(seq)) onError("Expected a sequence for this tag");
			return seq;
		},
		createNode: (schema, obj, ctx) => YAMLSeq.YAMLSeq.from(schema, obj, ctx)
	};
}));
// node_modules/yaml/dist/schema/common/string.js
var require_string = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyString = require_stringifyString();
	exports.string = {
		identify: (value) => typeof value === "string",
		default: true,
		tag: "tag:yaml.org,2002:str",
		resolve: (str) => str,
		stringify(item, ctx, onComment, onChompKeep) {
			ctx = Object.assign({ actualString: true }, ctx);
			return stringifyString.stringifyString(item, ctx, onComment, onChompKeep);
		}
	};
}));
// node_modules/yaml/dist/schema/common/null.js
var require_null = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	const nullTag = {
		identify: (value) => value == null,
		createNode: () => new Scalar.Scalar(null),
		default: true,
		tag: "tag:yaml.org,2002:null",
		test: /^(?:~|[Nn]ull|NULL)?$/,
		resolve: () => new Scalar.Scalar(null),
		stringify: ({ source }, ctx) => typeof source === "string" && nullTag.test.test(source) ? source : ctx.options.nullStr
	};
	exports.nullTag = nullTag;
}));
// node_modules/yaml/dist/schema/core/bool.js
var require_bool$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	const boolTag = {
		identify: (value) => typeof value === "boolean",
		default: true,
		tag: "tag:yaml.org,2002:bool",
		test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
		resolve: (str) => new Scalar.Scalar(str[0] === "t" || str[0] === "T"),
		stringify({ source, value }, ctx) {
			if (source && boolTag.test.test(source)) {
				if (value === (source[0] === "t" || source[0] === "T")) return source;
			}
			return value ? ctx.options.trueStr : ctx.options.falseStr;
		}
	};
	exports.boolTag = boolTag;
}));
// node_modules/yaml/dist/stringify/stringifyNumber.js
var require_stringifyNumber = /* @__PURE__ */ __commonJSMin(((exports) => {
	function stringifyNumber({ format, minFractionDigits, tag, value }) {
		if (typeof value === "bigint") return String(value);
		const num = typeof value === "number" ? value : Number(value);
		if (!isFinite(num)) return isNaN(num) ? ".nan" : num < 0 ? "-.inf" : ".inf";
		let n = Object.is(value, -0) ? "-0" : JSON.stringify(value);
		if (!format && minFractionDigits && (!tag || tag === "tag:yaml.org,2002:float") && /^-?\d/.test(n) && !n.includes("e")) {
			let i = n.indexOf(".");
			if (i < 0) {
				i = n.length;
				n += ".";
			}
			let d = minFractionDigits - (n.length - i - 1);
			while (d-- > 0) n += "0";
		}
		return n;
	}
	exports.stringifyNumber = stringifyNumber;
}));
// node_modules/yaml/dist/schema/core/float.js
var require_float$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var stringifyNumber = require_stringifyNumber();
	const floatNaN = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
		resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
		stringify: stringifyNumber.stringifyNumber
	};
	const floatExp = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		format: "EXP",
		test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
		resolve: (str) => parseFloat(str),
		stringify(node) {
			const num = Number(node.value);
			return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
		}
	};
	exports.float = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
		resolve(str) {
			const node = new Scalar.Scalar(parseFloat(str));
			const dot = str.indexOf(".");
			if (dot !== -1 && str[str.length - 1] === "0") node.minFractionDigits = str.length - dot - 1;
			return node;
		},
		stringify: stringifyNumber.stringifyNumber
	};
	exports.floatExp = floatExp;
	exports.floatNaN = floatNaN;
}));
// node_modules/yaml/dist/schema/core/int.js
var require_int$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyNumber = require_stringifyNumber();
	const intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
	const intResolve = (str, offset, radix, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix);
	function intStringify(node, radix, prefix) {
		const { value } = node;
		if (intIdentify(value) && value >= 0) return prefix + value.toString(radix);
		return stringifyNumber.stringifyNumber(node);
	}
	const intOct = {
		identify: (value) => intIdentify(value) && value >= 0,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "OCT",
		test: /^0o[0-7]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 2, 8, opt),
		stringify: (node) => intStringify(node, 8, "0o")
	};
	const int = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		test: /^[-+]?[0-9]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
		stringify: stringifyNumber.stringifyNumber
	};
	const intHex = {
		identify: (value) => intIdentify(value) && value >= 0,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "HEX",
		test: /^0x[0-9a-fA-F]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
		stringify: (node) => intStringify(node, 16, "0x")
	};
	exports.int = int;
	exports.intHex = intHex;
	exports.intOct = intOct;
}));
// node_modules/yaml/dist/schema/core/schema.js
var require_schema$2 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var map = require_map();
	var _null = require_null();
	var seq = require_seq();
	var string = require_string();
	var bool = require_bool$1();
	var float = require_float$1();
	var int = require_int$1();
	exports.schema = [
		map.map,
		seq.seq,
		string.string,
		_null.nullTag,
		bool.boolTag,
		int.intOct,
		int.int,
		int.intHex,
		float.floatNaN,
		float.floatExp,
		float.float
	];
}));
// node_modules/yaml/dist/schema/json/schema.js
var require_schema$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var map = require_map();
	var seq = require_seq();
	function intIdentify(value) {
		return typeof value === "bigint" || Number.isInteger(value);
	}
	const stringifyJSON = ({ value }) => JSON.stringify(value);
	const jsonScalars = [
		{
			identify: (value) => typeof value === "string",
			default: true,
			tag: "tag:yaml.org,2002:str",
			resolve: (str) => str,
			stringify: stringifyJSON
		},
		{
			identify: (value) => value == null,
			createNode: () => new Scalar.Scalar(null),
			default: true,
			tag: "tag:yaml.org,2002:null",
			test: /^null$/,
			resolve: () => null,
			stringify: stringifyJSON
		},
		{
			identify: (value) => typeof value === "boolean",
			default: true,
			tag: "tag:yaml.org,2002:bool",
			test: /^true$|^false$/,
			resolve: (str) => str === "true",
			stringify: stringifyJSON
		},
		{
			identify: intIdentify,
			default: true,
			tag: "tag:yaml.org,2002:int",
			test: /^-?(?:0|[1-9][0-9]*)$/,
			resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
			stringify: ({ value }) => intIdentify(value) ? value.toString() : JSON.stringify(value)
		},
		{
			identify: (value) => typeof value === "number",
			default: true,
			tag: "tag:yaml.org,2002:float",
			test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
			resolve: (str) => parseFloat(str),
			stringify: stringifyJSON
		}
	];
	exports.schema = [map.map, seq.seq].concat(jsonScalars, {
		default: true,
		tag: "",
		test: /^/,
		resolve(str, onError) {
			onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
			return str;
		}
	});
}));
// node_modules/yaml/dist/schema/yaml-1.1/binary.js
var require_binary = /* @__PURE__ */ __commonJSMin(((exports) => {
	var node_buffer = __require("buffer");
	var Scalar = require_Scalar();
	var stringifyString = require_stringifyString();
	exports.binary = {
		identify: (value) => value instanceof Uint8Array,
		default: false,
		tag: "tag:yaml.org,2002:binary",
		/**
		* Returns a Buffer in node and an Uint8Array in browsers
		*
		* To use the resulting buffer as an image, you'll want to do something like:
		*
		*   const blob = new Blob([buffer], { type: 'image/jpeg' })
		*   document.querySelector('#photo').src = URL.createObjectURL(blob)
		*/
		resolve(src, onError) {
			if (typeof node_buffer.Buffer === "function") return node_buffer.Buffer.from(src, "base64");
			else if (typeof atob === "function") {
				const str = atob(src.replace(/[\n\r]/g, ""));
				const buffer = new Uint8Array(str.length);
				for (let i = 0; i < str.length; ++i) buffer[i] = str.charCodeAt(i);
				return buffer;
			} else {
				onError("This environment does not support reading binary tags; either Buffer or atob is required");
				return src;
			}
		},
		stringify({ comment, type, value }, ctx, onComment, onChompKeep) {
			if (!value) return "";
			const buf = value;
			let str;
			if (typeof node_buffer.Buffer === "function") str = buf instanceof node_buffer.Buffer ? buf.toString("base64") : node_buffer.Buffer.from(buf.buffer).toString("base64");
			else if (typeof btoa === "function") {
				let s = "";
				for (let i = 0; i < buf.length; ++i) s += String.fromCharCode(buf[i]);
				str = btoa(s);
			} else throw new Error("This environment does not support writing binary tags; either Buffer or btoa is required");
			type ?? (type = Scalar.Scalar.BLOCK_LITERAL);
			if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
				const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
				const n = Math.ceil(str.length / lineWidth);
				const lines = new Array(n);
				for (let i = 0, o = 0; i < n; ++i, o += lineWidth) lines[i] = str.substr(o, lineWidth);
				str = lines.join(type === Scalar.Scalar.BLOCK_LITERAL ? "\n" : " ");
			}
			return stringifyString.stringifyString({
				comment,
				type,
				value: str
			}, ctx, onComment, onChompKeep);
		}
	};
}));
// node_modules/yaml/dist/schema/yaml-1.1/pairs.js
var require_pairs = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Pair = require_Pair();
	var Scalar = require_Scalar();
	var YAMLSeq = require_YAMLSeq();
	function resolvePairs(seq, onError) {
		if (identity.isSeq(seq)) for (let i = 0; i < seq.items.length; ++i) {
			let item = seq.items[i];
			if (identity.isPair(item)) continue;
			else if (identity.isMap(item)) {
				if (item.items.length > 1) onError("Each pair must have its own sequence indicator");
				const pair = item.items[0] || new Pair.Pair(new Scalar.Scalar(null));
				if (item.commentBefore) pair.key.commentBefore = pair.key.commentBefore ? `${item.commentBefore}\n${pair.key.commentBefore}` : item.commentBefore;
				if (item.comment) {
					const cn = pair.value ?? pair.key;
					cn.comment = cn.comment ? `${item.comment}\n${cn.comment}` : item.comment;
				}
				item = pair;
			}
			seq.items[i] = identity.isPair(item) ? item : new Pair.Pair(item);
		}
		else onError("Expected a sequence for this tag");
		return seq;
	}
	function createPairs(schema, iterable, ctx) {
		const { replacer } = ctx;
		const pairs = new YAMLSeq.YAMLSeq(schema);
		pairs.tag = "tag:yaml.org,2002:pairs";
		let i = 0;
		if (iterable && Symbol.iterator in Object(iterable)) for (let it of iterable) {
			if (typeof replacer === "function") it = replacer.call(iterable, String(i++), it);
			let key, value;
			if (Array.isArray(it)) {
				if (it.length === 2) {
					key = it[0];
					value = it[1];
				} else throw new TypeError(`Expected [key, value] tuple: ${it}`);
			} else if (it && it instanceof Object) {
				const keys = Object.keys(it);
				if (keys.length === 1) {
					key = keys[0];
					value = it[key];
				} else throw new TypeError(`Expected tuple with one key, not ${keys.length} keys`);
			} else key = it;
			pairs.items.push(Pair.createPair(key, value, ctx));
		}
		return pairs;
	}
	const pairs = {
		collection: "seq",
		default: false,
		tag: "tag:yaml.org,2002:pairs",
		resolve: resolvePairs,
		createNode: createPairs
	};
	exports.createPairs = createPairs;
	exports.pairs = pairs;
	exports.resolvePairs = resolvePairs;
}));
// node_modules/yaml/dist/schema/yaml-1.1/omap.js
var require_omap = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var toJS = require_toJS();
	var YAMLMap = require_YAMLMap();
	var YAMLSeq = require_YAMLSeq();
	var pairs = require_pairs();
	var YAMLOMap = class YAMLOMap extends YAMLSeq.YAMLSeq {
		constructor() {
			super();
			this.add = YAMLMap.YAMLMap.prototype.add.bind(this);
			this.delete = YAMLMap.YAMLMap.prototype.delete.bind(this);
			this.get = YAMLMap.YAMLMap.prototype.get.bind(this);
			this.has = YAMLMap.YAMLMap.prototype.has.bind(this);
			this.set = YAMLMap.YAMLMap.prototype.set.bind(this);
			this.tag = YAMLOMap.tag;
		}
		/**
		* If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
		* but TypeScript won't allow widening the signature of a child method.
		*/
		toJSON(_, ctx) {
			if (!ctx) return super.toJSON(_);
			const map = /* @__PURE__ */ new Map();
			if (ctx?.onCreate) ctx.onCreate(map);
			for (const pair of this.items) {
				let key, value;
				if (identity.isPair(pair)) {
					key = toJS.toJS(pair.key, "", ctx);
					value = toJS.toJS(pair.value, key, ctx);
				} else key = toJS.toJS(pair, "", ctx);
				if (map.has(key)) throw new Error("Ordered maps must not include duplicate keys");
				map.set(key, value);
			}
			return map;
		}
		static from(schema, iterable, ctx) {
			const pairs$1 = pairs.createPairs(schema, iterable, ctx);
			const omap = new this();
			omap.items = pairs$1.items;
			return omap;
		}
	};
	YAMLOMap.tag = "tag:yaml.org,2002:omap";
	const omap = {
		collection: "seq",
		identify: (value) => value instanceof Map,
		nodeClass: YAMLOMap,
		default: false,
		tag: "tag:yaml.org,2002:omap",
		resolve(seq, onError) {
			const pairs$1 = pairs.resolvePairs(seq, onError);
			const seenKeys = [];
			for (const { key } of pairs$1.items) if (identity.isScalar(key)) {
				if (seenKeys.includes(key.value)) onError(`Ordered maps must not include duplicate keys: ${key.value}`);
				else seenKeys.push(key.value);
			}
			return Object.assign(new YAMLOMap(), pairs$1);
		},
		createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
	};
	exports.YAMLOMap = YAMLOMap;
	exports.omap = omap;
}));
// node_modules/yaml/dist/schema/yaml-1.1/bool.js
var require_bool = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	function boolStringify({ value, source }, ctx) {
		if (source && (value ? trueTag : falseTag).test.test(source)) return source;
		return value ? ctx.options.trueStr : ctx.options.falseStr;
	}
	const trueTag = {
		identify: (value) => value === true,
		default: true,
		tag: "tag:yaml.org,2002:bool",
		test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
		resolve: () => new Scalar.Scalar(true),
		stringify: boolStringify
	};
	const falseTag = {
		identify: (value) => value === false,
		default: true,
		tag: "tag:yaml.org,2002:bool",
		test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
		resolve: () => new Scalar.Scalar(false),
		stringify: boolStringify
	};
	exports.falseTag = falseTag;
	exports.trueTag = trueTag;
}));
// node_modules/yaml/dist/schema/yaml-1.1/float.js
var require_float = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var stringifyNumber = require_stringifyNumber();
	const floatNaN = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
		resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
		stringify: stringifyNumber.stringifyNumber
	};
	const floatExp = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		format: "EXP",
		test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
		resolve: (str) => parseFloat(str.replace(/_/g, "")),
		stringify(node) {
			const num = Number(node.value);
			return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
		}
	};
	exports.float = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
		resolve(str) {
			const node = new Scalar.Scalar(parseFloat(str.replace(/_/g, "")));
			const dot = str.indexOf(".");
			if (dot !== -1) {
				const f = str.substring(dot + 1).replace(/_/g, "");
				if (f[f.length - 1] === "0") node.minFractionDigits = f.length;
			}
			return node;
		},
		stringify: stringifyNumber.stringifyNumber
	};
	exports.floatExp = floatExp;
	exports.floatNaN = floatNaN;
}));
// node_modules/yaml/dist/schema/yaml-1.1/int.js
var require_int = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyNumber = require_stringifyNumber();
	const intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
	function intResolve(str, offset, radix, { intAsBigInt }) {
		const sign = str[0];
		if (sign === "-" || sign === "+") offset += 1;
		str = str.substring(offset).replace(/_/g, "");
		if (intAsBigInt) {
			switch (radix) {
				case 2:
					str = `0b${str}`;
					break;
				case 8:
					str = `0o${str}`;
					break;
				case 16: str = `0x${str}`;
			}
			const n = BigInt(str);
			return sign === "-" ? BigInt(-1) * n : n;
		}
		const n = parseInt(str, radix);
		return sign === "-" ? -1 * n : n;
	}
	function intStringify(node, radix, prefix) {
		const { value } = node;
		if (intIdentify(value)) {
			const str = value.toString(radix);
			return value < 0 ? "-" + prefix + str.substr(1) : prefix + str;
		}
		return stringifyNumber.stringifyNumber(node);
	}
	const intBin = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "BIN",
		test: /^[-+]?0b[0-1_]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
		stringify: (node) => intStringify(node, 2, "0b")
	};
	const intOct = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "OCT",
		test: /^[-+]?0[0-7_]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
		stringify: (node) => intStringify(node, 8, "0")
	};
	const int = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		test: /^[-+]?[0-9][0-9_]*$/,
		resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
		stringify: stringifyNumber.stringifyNumber
	};
	const intHex = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "HEX",
		test: /^[-+]?0x[0-9a-fA-F_]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
		stringify: (node) => intStringify(node, 16, "0x")
	};
	exports.int = int;
	exports.intBin = intBin;
	exports.intHex = intHex;
	exports.intOct = intOct;
}));
// node_modules/yaml/dist/schema/yaml-1.1/set.js
var require_set = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Pair = require_Pair();
	var YAMLMap = require_YAMLMap();
	var YAMLSet = class YAMLSet extends YAMLMap.YAMLMap {
		constructor(schema) {
			super(schema);
			this.tag = YAMLSet.tag;
		}
		add(key) {
			let pair;
			if (identity.isPair(key)) pair = key;
			else if (key && typeof key === "object" && "key" in key && "value" in key && key.value === null) pair = new Pair.Pair(key.key, null);
			else pair = new Pair.Pair(key, null);
			if (!YAMLMap.findPair(this.items, pair.key)) this.items.push(pair);
		}
		/**
		* If `keepPair` is `true`, returns the Pair matching `key`.
		* Otherwise, returns the value of that Pair's key.
		*/
		get(key, keepPair) {
			const pair = YAMLMap.findPair(this.items, key);
			return !keepPair && identity.isPair(pair) ? identity.isScalar(pair.key) ? pair.key.value : pair.key : pair;
		}
		set(key, value) {
			if (typeof value !== "boolean") throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
			const prev = YAMLMap.findPair(this.items, key);
			if (prev && !value) this.items.splice(this.items.indexOf(prev), 1);
			else if (!prev && value) this.items.push(new Pair.Pair(key));
		}
		toJSON(_, ctx) {
			return super.toJSON(_, ctx, Set);
		}
		toString(ctx, onComment, onChompKeep) {
			if (!ctx) return JSON.stringify(this);
			if (this.hasAllNullValues(true)) return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
			else throw new Error("Set items must all have null values");
		}
		static from(schema, iterable, ctx) {
			const { replacer } = ctx;
			const set = new this(schema);
			if (iterable && Symbol.iterator in Object(iterable)) for (let value of iterable) {
				if (typeof replacer === "function") value = replacer.call(iterable, value, value);
				set.items.push(Pair.createPair(value, null, ctx));
			}
			return set;
		}
	};
	YAMLSet.tag = "tag:yaml.org,2002:set";
	const set = {
		collection: "map",
		identify: (value) => value instanceof Set,
		nodeClass: YAMLSet,
		default: false,
		tag: "tag:yaml.org,2002:set",
		createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
		resolve(map, onError) {
			if (identity.isMap(map)) {
				if (map.hasAllNullValues(true)) return Object.assign(new YAMLSet(), map);
				else onError("Set items must all have null values");
			} else onError("Expected a mapping for this tag");
			return map;
		}
	};
	exports.YAMLSet = YAMLSet;
	exports.set = set;
}));
// node_modules/yaml/dist/schema/yaml-1.1/timestamp.js
var require_timestamp = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyNumber = require_stringifyNumber();
	/** Internal types handle bigint as number, because TS can't figure it out. */
	function parseSexagesimal(str, asBigInt) {
		const sign = str[0];
		const parts = sign === "-" || sign === "+" ? str.substring(1) : str;
		const num = (n) => asBigInt ? BigInt(n) : Number(n);
		const res = parts.replace(/_/g, "").split(":").reduce((res, p) => res * num(60) + num(p), num(0));
		return sign === "-" ? num(-1) * res : res;
	}
	/**
	* hhhh:mm:ss.sss
	*
	* Internal types handle bigint as number, because TS can't figure it out.
	*/
	function stringifySexagesimal(node) {
		let { value } = node;
		let num = (n) => n;
		if (typeof value === "bigint") num = (n) => BigInt(n);
		else if (isNaN(value) || !isFinite(value)) return stringifyNumber.stringifyNumber(node);
		let sign = "";
		if (value < 0) {
			sign = "-";
			value *= num(-1);
		}
		const _60 = num(60);
		const parts = [value % _60];
		if (value < 60) parts.unshift(0);
		else {
			value = (value - parts[0]) / _60;
			parts.unshift(value % _60);
			if (value >= 60) {
				value = (value - parts[0]) / _60;
				parts.unshift(value);
			}
		}
		return sign + parts.map((n) => String(n).padStart(2, "0")).join(":").replace(/000000\d*$/, "");
	}
	const intTime = {
		identify: (value) => typeof value === "bigint" || Number.isInteger(value),
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "TIME",
		test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
		resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
		stringify: stringifySexagesimal
	};
	const floatTime = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		format: "TIME",
		test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
		resolve: (str) => parseSexagesimal(str, false),
		stringify: stringifySexagesimal
	};
	const timestamp = {
		identify: (value) => value instanceof Date,
		default: true,
		tag: "tag:yaml.org,2002:timestamp",
		test: RegExp("^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:t|T|[ \\t]+)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$"),
		resolve(str) {
			const match = str.match(timestamp.test);
			if (!match) throw new Error("!!timestamp expects a date, starting with yyyy-mm-dd");
			const [, year, month, day, hour, minute, second] = match.map(Number);
			const millisec = match[7] ? Number((match[7] + "00").substr(1, 3)) : 0;
			let date = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, millisec);
			const tz = match[8];
			if (tz && tz !== "Z") {
				let d = parseSexagesimal(tz, false);
				if (Math.abs(d) < 30) d *= 60;
				date -= 6e4 * d;
			}
			return new Date(date);
		},
		stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, "") ?? ""
	};
	exports.floatTime = floatTime;
	exports.intTime = intTime;
	exports.timestamp = timestamp;
}));
// node_modules/yaml/dist/schema/yaml-1.1/schema.js
var require_schema = /* @__PURE__ */ __commonJSMin(((exports) => {
	var map = require_map();
	var _null = require_null();
	var seq = require_seq();
	var string = require_string();
	var binary = require_binary();
	var bool = require_bool();
	var float = require_float();
	var int = require_int();
	var merge = require_merge();
	var omap = require_omap();
	var pairs = require_pairs();
	var set = require_set();
	var timestamp = require_timestamp();
	exports.schema = [
		map.map,
		seq.seq,
		string.string,
		_null.nullTag,
		bool.trueTag,
		bool.falseTag,
		int.intBin,
		int.intOct,
		int.int,
		int.intHex,
		float.floatNaN,
		float.floatExp,
		float.float,
		binary.binary,
		merge.merge,
		omap.omap,
		pairs.pairs,
		set.set,
		timestamp.intTime,
		timestamp.floatTime,
		timestamp.timestamp
	];
}));
// node_modules/yaml/dist/schema/tags.js
var require_tags = /* @__PURE__ */ __commonJSMin(((exports) => {
	var map = require_map();
	var _null = require_null();
	var seq = require_seq();
	var string = require_string();
	var bool = require_bool$1();
	var float = require_float$1();
	var int = require_int$1();
	var schema = require_schema$2();
	var schema$1 = require_schema$1();
	var binary = require_binary();
	var merge = require_merge();
	var omap = require_omap();
	var pairs = require_pairs();
	var schema$2 = require_schema();
	var set = require_set();
	var timestamp = require_timestamp();
	const schemas = /* @__PURE__ */ new Map([
		["core", schema.schema],
		["failsafe", [
			map.map,
			seq.seq,
			string.string
		]],
		["json", schema$1.schema],
		["yaml11", schema$2.schema],
		["yaml-1.1", schema$2.schema]
	]);
	const tagsByName = {
		binary: binary.binary,
		bool: bool.boolTag,
		float: float.float,
		floatExp: float.floatExp,
		floatNaN: float.floatNaN,
		floatTime: timestamp.floatTime,
		int: int.int,
		intHex: int.intHex,
		intOct: int.intOct,
		intTime: timestamp.intTime,
		map: map.map,
		merge: merge.merge,
		null: _null.nullTag,
		omap: omap.omap,
		pairs: pairs.pairs,
		seq: seq.seq,
		set: set.set,
		timestamp: timestamp.timestamp
	};
	const coreKnownTags = {
		"tag:yaml.org,2002:binary": binary.binary,
		"tag:yaml.org,2002:merge": merge.merge,
		"tag:yaml.org,2002:omap": omap.omap,
		"tag:yaml.org,2002:pairs": pairs.pairs,
		"tag:yaml.org,2002:set": set.set,
		"tag:yaml.org,2002:timestamp": timestamp.timestamp
	};
	function getTags(customTags, schemaName, addMergeTag) {
		const schemaTags = schemas.get(schemaName);
		if (schemaTags && !customTags) return addMergeTag && !schemaTags.includes(merge.merge) ? schemaTags.concat(merge.merge) : schemaTags.slice();
		let tags = schemaTags;
		if (!tags) {
			if (Array.isArray(customTags)) tags = [];
			else {
				const keys = Array.from(schemas.keys()).filter((key) => key !== "yaml11").map((key) => JSON.stringify(key)).join(", ");
				throw new Error(`Unknown schema "${schemaName}"; use one of ${keys} or define customTags array`);
			}
		}
		if (Array.isArray(customTags)) for (const tag of customTags) tags = tags.concat(tag);
		else if (typeof customTags === "function") tags = customTags(tags.slice());
		if (addMergeTag) tags = tags.concat(merge.merge);
		return tags.reduce((tags, tag) => {
			const tagObj = typeof tag === "string" ? tagsByName[tag] : tag;
			if (!tagObj) {
				const tagName = JSON.stringify(tag);
				const keys = Object.keys(tagsByName).map((key) => JSON.stringify(key)).join(", ");
				throw new Error(`Unknown custom tag ${tagName}; use one of ${keys}`);
			}
			if (!tags.includes(tagObj)) tags.push(tagObj);
			return tags;
		}, []);
	}
	exports.coreKnownTags = coreKnownTags;
	exports.getTags = getTags;
}));
// node_modules/yaml/dist/schema/Schema.js
var require_Schema = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var map = require_map();
	var seq = require_seq();
	var string = require_string();
	var tags = require_tags();
	const sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
	exports.Schema = class Schema {
		constructor({ compat, customTags, merge, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
			this.compat = Array.isArray(compat) ? tags.getTags(compat, "compat") : compat ? tags.getTags(null, compat) : null;
			this.name = typeof schema === "string" && schema || "core";
			this.knownTags = resolveKnownTags ? tags.coreKnownTags : {};
			this.tags = tags.getTags(customTags, this.name, merge);
			this.toStringOptions = toStringDefaults ?? null;
			Object.defineProperty(this, identity.MAP, { value: map.map });
			Object.defineProperty(this, identity.SCALAR, { value: string.string });
			Object.defineProperty(this, identity.SEQ, { value: seq.seq });
			this.sortMapEntries = typeof sortMapEntries === "function" ? sortMapEntries : sortMapEntries === true ? sortMapEntriesByKey : null;
		}
		clone() {
			const copy = Object.create(Schema.prototype, Object.getOwnPropertyDescriptors(this));
			copy.tags = this.tags.slice();
			return copy;
		}
	};
}));
// node_modules/yaml/dist/stringify/stringifyDocument.js
var require_stringifyDocument = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var stringify = require_stringify();
	var stringifyComment = require_stringifyComment();
	function stringifyDocument(doc, options) {
		const lines = [];
		let hasDirectives = options.directives === true;
		if (options.directives !== false && doc.directives) {
			const dir = doc.directives.toString(doc);
			if (dir) {
				lines.push(dir);
				hasDirectives = true;
			} else if (doc.directives.docStart) hasDirectives = true;
		}
		if (hasDirectives) lines.push("---");
		const ctx = stringify.createStringifyContext(doc, options);
		const { commentString } = ctx.options;
		if (doc.commentBefore) {
			if (lines.length !== 1) lines.unshift("");
			const cs = commentString(doc.commentBefore);
			lines.unshift(stringifyComment.indentComment(cs, ""));
		}
		let chompKeep = false;
		let contentComment = null;
		if (doc.contents) {
			if (identity.isNode(doc.contents)) {
				if (doc.contents.spaceBefore && hasDirectives) lines.push("");
				if (doc.contents.commentBefore) {
					const cs = commentString(doc.contents.commentBefore);
					lines.push(stringifyComment.indentComment(cs, ""));
				}
				ctx.forceBlockIndent = !!doc.comment;
				contentComment = doc.contents.comment;
			}
			const onChompKeep = contentComment ? void 0 : () => chompKeep = true;
			let body = stringify.stringify(doc.contents, ctx, () => contentComment = null, onChompKeep);
			if (contentComment) body += stringifyComment.lineComment(body, "", commentString(contentComment));
			if ((body[0] === "|" || body[0] === ">") && lines[lines.length - 1] === "---") lines[lines.length - 1] = `--- ${body}`;
			else lines.push(body);
		} else lines.push(stringify.stringify(doc.contents, ctx));
		if (doc.directives?.docEnd) {
			if (doc.comment) {
				const cs = commentString(doc.comment);
				if (cs.includes("\n")) {
					lines.push("...");
					lines.push(stringifyComment.indentComment(cs, ""));
				} else lines.push(`... ${cs}`);
			} else lines.push("...");
		} else {
			let dc = doc.comment;
			if (dc && chompKeep) dc = dc.replace(/^\n+/, "");
			if (dc) {
				if ((!chompKeep || contentComment) && lines[lines.length - 1] !== "") lines.push("");
				lines.push(stringifyComment.indentComment(commentString(dc), ""));
			}
		}
		return lines.join("\n") + "\n";
	}
	exports.stringifyDocument = stringifyDocument;
}));
// node_modules/yaml/dist/doc/Document.js
var require_Document = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Alias = require_Alias();
	var Collection = require_Collection();
	var identity = require_identity();
	var Pair = require_Pair();
	var toJS = require_toJS();
	var Schema = require_Schema();
	var stringifyDocument = require_stringifyDocument();
	var anchors = require_anchors();
	var applyReviver = require_applyReviver();
	var createNode = require_createNode();
	var directives = require_directives();
	var Document = class Document {
		constructor(value, replacer, options) {
			/** A comment before this Document */
			this.commentBefore = null;
			/** A comment immediately after this Document */
			this.comment = null;
			/** Errors encountered during parsing. */
			this.errors = [];
			/** Warnings encountered during parsing. */
			this.warnings = [];
			Object.defineProperty(this, identity.NODE_TYPE, { value: identity.DOC });
			let _replacer = null;
			if (typeof replacer === "function" || Array.isArray(replacer)) _replacer = replacer;
			else if (options === void 0 && replacer) {
				options = replacer;
				replacer = void 0;
			}
			const opt = Object.assign({
				intAsBigInt: false,
				keepSourceTokens: false,
				logLevel: "warn",
				prettyErrors: true,
				strict: true,
				stringKeys: false,
				uniqueKeys: true,
				version: "1.2"
			}, options);
			this.options = opt;
			let { version } = opt;
			if (options?._directives) {
				this.directives = options._directives.atDocument();
				if (this.directives.yaml.explicit) version = this.directives.yaml.version;
			} else this.directives = new directives.Directives({ version });
			this.setSchema(version, options);
			this.contents = value === void 0 ? null : this.createNode(value, _replacer, options);
		}
		/**
		* Create a deep copy of this Document and its contents.
		*
		* Custom Node values that inherit from `Object` still refer to their original instances.
		*/
		clone() {
			const copy = Object.create(Document.prototype, { [identity.NODE_TYPE]: { value: identity.DOC } });
			copy.commentBefore = this.commentBefore;
			copy.comment = this.comment;
			copy.errors = this.errors.slice();
			copy.warnings = this.warnings.slice();
			copy.options = Object.assign({}, this.options);
			if (this.directives) copy.directives = this.directives.clone();
			copy.schema = this.schema.clone();
			copy.contents = identity.isNode(this.contents) ? this.contents.clone(copy.schema) : this.contents;
			if (this.range) copy.range = this.range.slice();
			return copy;
		}
		/** Adds a value to the document. */
		add(value) {
			if (assertCollection(this.contents)) this.contents.add(value);
		}
		/** Adds a value to the document. */
		addIn(path, value) {
			if (assertCollection(this.contents)) this.contents.addIn(path, value);
		}
		/**
		* Create a new `Alias` node, ensuring that the target `node` has the required anchor.
		*
		* If `node` already has an anchor, `name` is ignored.
		* Otherwise, the `node.anchor` value will be set to `name`,
		* or if an anchor with that name is already present in the document,
		* `name` will be used as a prefix for a new unique anchor.
		* If `name` is undefined, the generated anchor will use 'a' as a prefix.
		*/
		createAlias(node, name) {
			if (!node.anchor) {
				const prev = anchors.anchorNames(this);
				node.anchor = !name || prev.has(name) ? anchors.findNewAnchor(name || "a", prev) : name;
			}
			return new Alias.Alias(node.anchor);
		}
		createNode(value, replacer, options) {
			let _replacer = void 0;
			if (typeof replacer === "function") {
				value = replacer.call({ "": value }, "", value);
				_replacer = replacer;
			} else if (Array.isArray(replacer)) {
				const keyToStr = (v) => typeof v === "number" || v instanceof String || v instanceof Number;
				const asStr = replacer.filter(keyToStr).map(String);
				if (asStr.length > 0) replacer = replacer.concat(asStr);
				_replacer = replacer;
			} else if (options === void 0 && replacer) {
				options = replacer;
				replacer = void 0;
			}
			const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag } = options ?? {};
			const { onAnchor, setAnchors, sourceObjects } = anchors.createNodeAnchors(this, anchorPrefix || "a");
			const ctx = {
				aliasDuplicateObjects: aliasDuplicateObjects ?? true,
				keepUndefined: keepUndefined ?? false,
				onAnchor,
				onTagObj,
				replacer: _replacer,
				schema: this.schema,
				sourceObjects
			};
			const node = createNode.createNode(value, tag, ctx);
			if (flow && identity.isCollection(node)) node.flow = true;
			setAnchors();
			return node;
		}
		/**
		* Convert a key and a value into a `Pair` using the current schema,
		* recursively wrapping all values as `Scalar` or `Collection` nodes.
		*/
		createPair(key, value, options = {}) {
			const k = this.createNode(key, null, options);
			const v = this.createNode(value, null, options);
			return new Pair.Pair(k, v);
		}
		/**
		* Removes a value from the document.
		* @returns `true` if the item was found and removed.
		*/
		delete(key) {
			return assertCollection(this.contents) ? this.contents.delete(key) : false;
		}
		/**
		* Removes a value from the document.
		* @returns `true` if the item was found and removed.
		*/
		deleteIn(path) {
			if (Collection.isEmptyPath(path)) {
				if (this.contents == null) return false;
				this.contents = null;
				return true;
			}
			return assertCollection(this.contents) ? this.contents.deleteIn(path) : false;
		}
		/**
		* Returns item at `key`, or `undefined` if not found. By default unwraps
		* scalar values from their surrounding node; to disable set `keepScalar` to
		* `true` (collections are always returned intact).
		*/
		get(key, keepScalar) {
			return identity.isCollection(this.contents) ? this.contents.get(key, keepScalar) : void 0;
		}
		/**
		* Returns item at `path`, or `undefined` if not found. By default unwraps
		* scalar values from their surrounding node; to disable set `keepScalar` to
		* `true` (collections are always returned intact).
		*/
		getIn(path, keepScalar) {
			if (Collection.isEmptyPath(path)) return !keepScalar && identity.isScalar(this.contents) ? this.contents.value : this.contents;
			return identity.isCollection(this.contents) ? this.contents.getIn(path, keepScalar) : void 0;
		}
		/**
		* Checks if the document includes a value with the key `key`.
		*/
		has(key) {
			return identity.isCollection(this.contents) ? this.contents.has(key) : false;
		}
		/**
		* Checks if the document includes a value at `path`.
		*/
		hasIn(path) {
			if (Collection.isEmptyPath(path)) return this.contents !== void 0;
			return identity.isCollection(this.contents) ? this.contents.hasIn(path) : false;
		}
		/**
		* Sets a value in this document. For `!!set`, `value` needs to be a
		* boolean to add/remove the item from the set.
		*/
		set(key, value) {
			if (this.contents == null) this.contents = Collection.collectionFromPath(this.schema, [key], value);
			else if (assertCollection(this.contents)) this.contents.set(key, value);
		}
		/**
		* Sets a value in this document. For `!!set`, `value` needs to be a
		* boolean to add/remove the item from the set.
		*/
		setIn(path, value) {
			if (Collection.isEmptyPath(path)) this.contents = value;
			else if (this.contents == null) this.contents = Collection.collectionFromPath(this.schema, Array.from(path), value);
			else if (assertCollection(this.contents)) this.contents.setIn(path, value);
		}
		/**
		* Change the YAML version and schema used by the document.
		* A `null` version disables support for directives, explicit tags, anchors, and aliases.
		* It also requires the `schema` option to be given as a `Schema` instance value.
		*
		* Overrides all previously set schema options.
		*/
		setSchema(version, options = {}) {
			if (typeof version === "number") version = String(version);
			let opt;
			switch (version) {
				case "1.1":
					if (this.directives) this.directives.yaml.version = "1.1";
					else this.directives = new directives.Directives({ version: "1.1" });
					opt = {
						resolveKnownTags: false,
						schema: "yaml-1.1"
					};
					break;
				case "1.2":
				case "next":
					if (this.directives) this.directives.yaml.version = version;
					else this.directives = new directives.Directives({ version });
					opt = {
						resolveKnownTags: true,
						schema: "core"
					};
					break;
				case null:
					if (this.directives) delete this.directives;
					opt = null;
					break;
				default: {
					const sv = JSON.stringify(version);
					throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
				}
			}
			if (options.schema instanceof Object) this.schema = options.schema;
			else if (opt) this.schema = new Schema.Schema(Object.assign(opt, options));
			else throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
		}
		toJS({ json, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
			const ctx = {
				anchors: /* @__PURE__ */ new Map(),
				doc: this,
				keep: !json,
				mapAsMap: mapAsMap === true,
				mapKeyWarned: false,
				maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
			};
			const res = toJS.toJS(this.contents, jsonArg ?? "", ctx);
			if (typeof onAnchor === "function") for (const { count, res } of ctx.anchors.values()) onAnchor(res, count);
			return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
		}
		/**
		* A JSON representation of the document `contents`.
		*
		* @param jsonArg Used by `JSON.stringify` to indicate the array index or
		*   property name.
		*/
		toJSON(jsonArg, onAnchor) {
			return this.toJS({
				json: true,
				jsonArg,
				mapAsMap: false,
				onAnchor
			});
		}
		/** A YAML representation of the document. */
		toString(options = {}) {
			if (this.errors.length > 0) throw new Error("Document with errors cannot be stringified");
			if ("indent" in options && (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
				const s = JSON.stringify(options.indent);
				throw new Error(`"indent" option must be a positive integer, not ${s}`);
			}
			return stringifyDocument.stringifyDocument(this, options);
		}
	};
	function assertCollection(contents) {
		if (identity.isCollection(contents)) return true;
		throw new Error("Expected a YAML collection as document contents");
	}
	exports.Document = Document;
}));
// node_modules/yaml/dist/errors.js
var require_errors = /* @__PURE__ */ __commonJSMin(((exports) => {
	var YAMLError = class extends Error {
		constructor(name, pos, code, message) {
			super();
			this.name = name;
			this.code = code;
			this.message = message;
			this.pos = pos;
		}
	};
	var YAMLParseError = class extends YAMLError {
		constructor(pos, code, message) {
			super("YAMLParseError", pos, code, message);
		}
	};
	var YAMLWarning = class extends YAMLError {
		constructor(pos, code, message) {
			super("YAMLWarning", pos, code, message);
		}
	};
	const prettifyError = (src, lc) => (error) => {
		if (error.pos[0] === -1) return;
		error.linePos = error.pos.map((pos) => lc.linePos(pos));
		const { line, col } = error.linePos[0];
		error.message += ` at line ${line}, column ${col}`;
		let ci = col - 1;
		let lineStr = src.substring(lc.lineStarts[line - 1], lc.lineStarts[line]).replace(/[\n\r]+$/, "");
		if (ci >= 60 && lineStr.length > 80) {
			const trimStart = Math.min(ci - 39, lineStr.length - 79);
			lineStr = "…" + lineStr.substring(trimStart);
			ci -= trimStart - 1;
		}
		if (lineStr.length > 80) lineStr = lineStr.substring(0, 79) + "…";
		if (line > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
			let prev = src.substring(lc.lineStarts[line - 2], lc.lineStarts[line - 1]);
			if (prev.length > 80) prev = prev.substring(0, 79) + "…\n";
			lineStr = prev + lineStr;
		}
		if (/[^ ]/.test(lineStr)) {
			let count = 1;
			const end = error.linePos[1];
			if (end?.line === line && end.col > col) count = Math.max(1, Math.min(end.col - col, 80 - ci));
			const pointer = " ".repeat(ci) + "^".repeat(count);
			error.message += `:\n\n${lineStr}\n${pointer}\n`;
		}
	};
	exports.YAMLError = YAMLError;
	exports.YAMLParseError = YAMLParseError;
	exports.YAMLWarning = YAMLWarning;
	exports.prettifyError = prettifyError;
}));
// node_modules/yaml/dist/compose/resolve-props.js
var require_resolve_props = /* @__PURE__ */ __commonJSMin(((exports) => {
	function resolveProps(tokens, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
		let spaceBefore = false;
		let atNewline = startOnNewline;
		let hasSpace = startOnNewline;
		let comment = "";
		let commentSep = "";
		let hasNewline = false;
		let reqSpace = false;
		let tab = null;
		let anchor = null;
		let tag = null;
		let newlineAfterProp = null;
		let comma = null;
		let found = null;
		let start = null;
		for (const token of tokens) {
			if (reqSpace) {
				if (token.type !== "space" && token.type !== "newline" && token.type !== "comma") onError(token.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
				reqSpace = false;
			}
			if (tab) {
				if (atNewline && token.type !== "comment" && token.type !== "newline") onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
				tab = null;
			}
			switch (token.type) {
				case "space":
					if (!flow && (indicator !== "doc-start" || next?.type !== "flow-collection") && token.source.includes("	")) tab = token;
					hasSpace = true;
					break;
				case "comment": {
					if (!hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
					const cb = token.source.substring(1) || " ";
					if (!comment) comment = cb;
					else comment += commentSep + cb;
					commentSep = "";
					atNewline = false;
					break;
				}
				case "newline":
					if (atNewline) {
						if (comment) comment += token.source;
						else if (!found || indicator !== "seq-item-ind") spaceBefore = true;
					} else commentSep += token.source;
					atNewline = true;
					hasNewline = true;
					if (anchor || tag) newlineAfterProp = token;
					hasSpace = true;
					break;
				case "anchor":
					if (anchor) onError(token, "MULTIPLE_ANCHORS", "A node can have at most one anchor");
					if (token.source.endsWith(":")) onError(token.offset + token.source.length - 1, "BAD_ALIAS", "Anchor ending in : is ambiguous", true);
					anchor = token;
					start ?? (start = token.offset);
					atNewline = false;
					hasSpace = false;
					reqSpace = true;
					break;
				case "tag":
					if (tag) onError(token, "MULTIPLE_TAGS", "A node can have at most one tag");
					tag = token;
					start ?? (start = token.offset);
					atNewline = false;
					hasSpace = false;
					reqSpace = true;
					break;
				case indicator:
					if (anchor || tag) onError(token, "BAD_PROP_ORDER", `Anchors and tags must be after the ${token.source} indicator`);
					if (found) onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.source} in ${flow ?? "collection"}`);
					found = token;
					atNewline = indicator === "seq-item-ind" || indicator === "explicit-key-ind";
					hasSpace = false;
					break;
				case "comma": if (flow) {
					if (comma) onError(token, "UNEXPECTED_TOKEN", `Unexpected , in ${flow}`);
					comma = token;
					atNewline = false;
					hasSpace = false;
					break;
				}
				default:
					onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.type} token`);
					atNewline = false;
					hasSpace = false;
			}
		}
		const last = tokens[tokens.length - 1];
		const end = last ? last.offset + last.source.length : offset;
		if (reqSpace && next && next.type !== "space" && next.type !== "newline" && next.type !== "comma" && (next.type !== "scalar" || next.source !== "")) onError(next.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
		if (tab && (atNewline && tab.indent <= parentIndent || next?.type === "block-map" || next?.type === "block-seq")) onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
		return {
			comma,
			found,
			spaceBefore,
			comment,
			hasNewline,
			anchor,
			tag,
			newlineAfterProp,
			end,
			start: start ?? end
		};
	}
	exports.resolveProps = resolveProps;
}));
// node_modules/yaml/dist/compose/util-contains-newline.js
var require_util_contains_newline = /* @__PURE__ */ __commonJSMin(((exports) => {
	function containsNewline(key) {
		if (!key) return null;
		switch (key.type) {
			case "alias":
			case "scalar":
			case "double-quoted-scalar":
			case "single-quoted-scalar":
				if (key.source.includes("\n")) return true;
				if (key.end) {
					for (const st of key.end) if (st.type === "newline") return true;
				}
				return false;
			case "flow-collection":
				for (const it of key.items) {
					for (const st of it.start) if (st.type === "newline") return true;
					if (it.sep) {
						for (const st of it.sep) if (st.type === "newline") return true;
					}
					if (containsNewline(it.key) || containsNewline(it.value)) return true;
				}
				return false;
			default: return true;
		}
	}
	exports.containsNewline = containsNewline;
}));
// node_modules/yaml/dist/compose/util-flow-indent-check.js
var require_util_flow_indent_check = /* @__PURE__ */ __commonJSMin(((exports) => {
	var utilContainsNewline = require_util_contains_newline();
	function flowIndentCheck(indent, fc, onError) {
		if (fc?.type === "flow-collection") {
			const end = fc.end[0];
			if (end.indent === indent && (end.source === "]" || end.source === "}") && utilContainsNewline.containsNewline(fc)) onError(end, "BAD_INDENT", "Flow end indicator should be more indented than parent", true);
		}
	}
	exports.flowIndentCheck = flowIndentCheck;
}));
// node_modules/yaml/dist/compose/util-map-includes.js
var require_util_map_includes = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	function mapIncludes(ctx, items, search) {
		const { uniqueKeys } = ctx.options;
		if (uniqueKeys === false) return false;
		const isEqual = typeof uniqueKeys === "function" ? uniqueKeys : (a, b) => a === b || identity.isScalar(a) && identity.isScalar(b) && a.value === b.value;
		return items.some((pair) => isEqual(pair.key, search));
	}
	exports.mapIncludes = mapIncludes;
}));
// node_modules/yaml/dist/compose/resolve-block-map.js
var require_resolve_block_map = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Pair = require_Pair();
	var YAMLMap = require_YAMLMap();
	var resolveProps = require_resolve_props();
	var utilContainsNewline = require_util_contains_newline();
	var utilFlowIndentCheck = require_util_flow_indent_check();
	var utilMapIncludes = require_util_map_includes();
	const startColMsg = "All mapping items must start at the same column";
	function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag) {
		const map = new ((tag?.nodeClass) ?? YAMLMap.YAMLMap)(ctx.schema);
		if (ctx.atRoot) ctx.atRoot = false;
		let offset = bm.offset;
		let commentEnd = null;
		for (const collItem of bm.items) {
			const { start, key, sep, value } = collItem;
			const keyProps = resolveProps.resolveProps(start, {
				indicator: "explicit-key-ind",
				next: key ?? sep?.[0],
				offset,
				onError,
				parentIndent: bm.indent,
				startOnNewline: true
			});
			const implicitKey = !keyProps.found;
			if (implicitKey) {
				if (key) {
					if (key.type === "block-seq") onError(offset, "BLOCK_AS_IMPLICIT_KEY", "A block sequence may not be used as an implicit map key");
					else if ("indent" in key && key.indent !== bm.indent) onError(offset, "BAD_INDENT", startColMsg);
				}
				if (!keyProps.anchor && !keyProps.tag && !sep) {
					commentEnd = keyProps.end;
					if (keyProps.comment) {
						if (map.comment) map.comment += "\n" + keyProps.comment;
						else map.comment = keyProps.comment;
					}
					continue;
				}
				if (keyProps.newlineAfterProp || utilContainsNewline.containsNewline(key)) onError(key ?? start[start.length - 1], "MULTILINE_IMPLICIT_KEY", "Implicit keys need to be on a single line");
			} else if (keyProps.found?.indent !== bm.indent) onError(offset, "BAD_INDENT", startColMsg);
			ctx.atKey = true;
			const keyStart = keyProps.end;
			const keyNode = key ? composeNode(ctx, key, keyProps, onError) : composeEmptyNode(ctx, keyStart, start, null, keyProps, onError);
			if (ctx.schema.compat) utilFlowIndentCheck.flowIndentCheck(bm.indent, key, onError);
			ctx.atKey = false;
			if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode)) onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
			const valueProps = resolveProps.resolveProps(sep ?? [], {
				indicator: "map-value-ind",
				next: value,
				offset: keyNode.range[2],
				onError,
				parentIndent: bm.indent,
				startOnNewline: !key || key.type === "block-scalar"
			});
			offset = valueProps.end;
			if (valueProps.found) {
				if (implicitKey) {
					if (value?.type === "block-map" && !valueProps.hasNewline) onError(offset, "BLOCK_AS_IMPLICIT_KEY", "Nested mappings are not allowed in compact mappings");
					if (ctx.options.strict && keyProps.start < valueProps.found.offset - 1024) onError(keyNode.range, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit block mapping key");
				}
				const valueNode = value ? composeNode(ctx, value, valueProps, onError) : composeEmptyNode(ctx, offset, sep, null, valueProps, onError);
				if (ctx.schema.compat) utilFlowIndentCheck.flowIndentCheck(bm.indent, value, onError);
				offset = valueNode.range[2];
				const pair = new Pair.Pair(keyNode, valueNode);
				if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
				map.items.push(pair);
			} else {
				if (implicitKey) onError(keyNode.range, "MISSING_CHAR", "Implicit map keys need to be followed by map values");
				if (valueProps.comment) {
					if (keyNode.comment) keyNode.comment += "\n" + valueProps.comment;
					else keyNode.comment = valueProps.comment;
				}
				const pair = new Pair.Pair(keyNode);
				if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
				map.items.push(pair);
			}
		}
		if (commentEnd && commentEnd < offset) onError(commentEnd, "IMPOSSIBLE", "Map comment with trailing content");
		map.range = [
			bm.offset,
			offset,
			commentEnd ?? offset
		];
		return map;
	}
	exports.resolveBlockMap = resolveBlockMap;
}));
// node_modules/yaml/dist/compose/resolve-block-seq.js
var require_resolve_block_seq = /* @__PURE__ */ __commonJSMin(((exports) => {
	var YAMLSeq = require_YAMLSeq();
	var resolveProps = require_resolve_props();
	var utilFlowIndentCheck = require_util_flow_indent_check();
	function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag) {
		const seq = new ((tag?.nodeClass) ?? YAMLSeq.YAMLSeq)(ctx.schema);
		if (ctx.atRoot) ctx.atRoot = false;
		if (ctx.atKey) ctx.atKey = false;
		let offset = bs.offset;
		let commentEnd = null;
		for (const { start, value } of bs.items) {
			const props = resolveProps.resolveProps(start, {
				indicator: "seq-item-ind",
				next: value,
				offset,
				onError,
				parentIndent: bs.indent,
				startOnNewline: true
			});
			if (!props.found) {
				if (props.anchor || props.tag || value) {
					if (value?.type === "block-seq") onError(props.end, "BAD_INDENT", "All sequence items must start at the same column");
					else onError(offset, "MISSING_CHAR", "Sequence item without - indicator");
				} else {
					commentEnd = props.end;
					if (props.comment) seq.comment = props.comment;
					continue;
				}
			}
			const node = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, start, null, props, onError);
			if (ctx.schema.compat) utilFlowIndentCheck.flowIndentCheck(bs.indent, value, onError);
			offset = node.range[2];
			seq.items.push(node);
		}
		seq.range = [
			bs.offset,
			offset,
			commentEnd ?? offset
		];
		return seq;
	}
	exports.resolveBlockSeq = resolveBlockSeq;
}));
// node_modules/yaml/dist/compose/resolve-end.js
var require_resolve_end = /* @__PURE__ */ __commonJSMin(((exports) => {
	function resolveEnd(end, offset, reqSpace, onError) {
		let comment = "";
		if (end) {
			let hasSpace = false;
			let sep = "";
			for (const token of end) {
				const { source, type } = token;
				switch (type) {
					case "space":
						hasSpace = true;
						break;
					case "comment": {
						if (reqSpace && !hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
						const cb = source.substring(1) || " ";
						if (!comment) comment = cb;
						else comment += sep + cb;
						sep = "";
						break;
					}
					case "newline":
						if (comment) sep += source;
						hasSpace = true;
						break;
					default: onError(token, "UNEXPECTED_TOKEN", `Unexpected ${type} at node end`);
				}
				offset += source.length;
			}
		}
		return {
			comment,
			offset
		};
	}
	exports.resolveEnd = resolveEnd;
}));
// node_modules/yaml/dist/compose/resolve-flow-collection.js
var require_resolve_flow_collection = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Pair = require_Pair();
	var YAMLMap = require_YAMLMap();
	var YAMLSeq = require_YAMLSeq();
	var resolveEnd = require_resolve_end();
	var resolveProps = require_resolve_props();
	var utilContainsNewline = require_util_contains_newline();
	var utilMapIncludes = require_util_map_includes();
	const blockMsg = "Block collections are not allowed within flow collections";
	const isBlock = (token) => token && (token.type === "block-map" || token.type === "block-seq");
	function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag) {
		const isMap = fc.start.source === "{";
		const fcName = isMap ? "flow map" : "flow sequence";
		const coll = new ((tag?.nodeClass) ?? (isMap ? YAMLMap.YAMLMap : YAMLSeq.YAMLSeq))(ctx.schema);
		coll.flow = true;
		const atRoot = ctx.atRoot;
		if (atRoot) ctx.atRoot = false;
		if (ctx.atKey) ctx.atKey = false;
		let offset = fc.offset + fc.start.source.length;
		for (let i = 0; i < fc.items.length; ++i) {
			const collItem = fc.items[i];
			const { start, key, sep, value } = collItem;
			const props = resolveProps.resolveProps(start, {
				flow: fcName,
				indicator: "explicit-key-ind",
				next: key ?? sep?.[0],
				offset,
				onError,
				parentIndent: fc.indent,
				startOnNewline: false
			});
			if (!props.found) {
				if (!props.anchor && !props.tag && !sep && !value) {
					if (i === 0 && props.comma) onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
					else if (i < fc.items.length - 1) onError(props.start, "UNEXPECTED_TOKEN", `Unexpected empty item in ${fcName}`);
					if (props.comment) {
						if (coll.comment) coll.comment += "\n" + props.comment;
						else coll.comment = props.comment;
					}
					offset = props.end;
					continue;
				}
				if (!isMap && ctx.options.strict && utilContainsNewline.containsNewline(key)) onError(key, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
			}
			if (i === 0) {
				if (props.comma) onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
			} else {
				if (!props.comma) onError(props.start, "MISSING_CHAR", `Missing , between ${fcName} items`);
				if (props.comment) {
					let prevItemComment = "";
					loop: for (const st of start) switch (st.type) {
						case "comma":
						case "space": break;
						case "comment":
							prevItemComment = st.source.substring(1);
							break loop;
						default: break loop;
					}
					if (prevItemComment) {
						let prev = coll.items[coll.items.length - 1];
						if (identity.isPair(prev)) prev = prev.value ?? prev.key;
						if (prev.comment) prev.comment += "\n" + prevItemComment;
						else prev.comment = prevItemComment;
						props.comment = props.comment.substring(prevItemComment.length + 1);
					}
				}
			}
			if (!isMap && !sep && !props.found) {
				const valueNode = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, sep, null, props, onError);
				coll.items.push(valueNode);
				offset = valueNode.range[2];
				if (isBlock(value)) onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
			} else {
				ctx.atKey = true;
				const keyStart = props.end;
				const keyNode = key ? composeNode(ctx, key, props, onError) : composeEmptyNode(ctx, keyStart, start, null, props, onError);
				if (isBlock(key)) onError(keyNode.range, "BLOCK_IN_FLOW", blockMsg);
				ctx.atKey = false;
				const valueProps = resolveProps.resolveProps(sep ?? [], {
					flow: fcName,
					indicator: "map-value-ind",
					next: value,
					offset: keyNode.range[2],
					onError,
					parentIndent: fc.indent,
					startOnNewline: false
				});
				if (valueProps.found) {
					if (!isMap && !props.found && ctx.options.strict) {
						if (sep) for (const st of sep) {
							if (st === valueProps.found) break;
							if (st.type === "newline") {
								onError(st, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
								break;
							}
						}
						if (props.start < valueProps.found.offset - 1024) onError(valueProps.found, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key");
					}
				} else if (value) {
					if ("source" in value && value.source?.[0] === ":") onError(value, "MISSING_CHAR", `Missing space after : in ${fcName}`);
					else onError(valueProps.start, "MISSING_CHAR", `Missing , or : between ${fcName} items`);
				}
				const valueNode = value ? composeNode(ctx, value, valueProps, onError) : valueProps.found ? composeEmptyNode(ctx, valueProps.end, sep, null, valueProps, onError) : null;
				if (valueNode) {
					if (isBlock(value)) onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
				} else if (valueProps.comment) {
					if (keyNode.comment) keyNode.comment += "\n" + valueProps.comment;
					else keyNode.comment = valueProps.comment;
				}
				const pair = new Pair.Pair(keyNode, valueNode);
				if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
				if (isMap) {
					const map = coll;
					if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode)) onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
					map.items.push(pair);
				} else {
					const map = new YAMLMap.YAMLMap(ctx.schema);
					map.flow = true;
					map.items.push(pair);
					const endRange = (valueNode ?? keyNode).range;
					map.range = [
						keyNode.range[0],
						endRange[1],
						endRange[2]
					];
					coll.items.push(map);
				}
				offset = valueNode ? valueNode.range[2] : valueProps.end;
			}
		}
		const expectedEnd = isMap ? "}" : "]";
		const [ce, ...ee] = fc.end;
		let cePos = offset;
		if (ce?.source === expectedEnd) cePos = ce.offset + ce.source.length;
		else {
			const name = fcName[0].toUpperCase() + fcName.substring(1);
			const msg = atRoot ? `${name} must end with a ${expectedEnd}` : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
			onError(offset, atRoot ? "MISSING_CHAR" : "BAD_INDENT", msg);
			if (ce && ce.source.length !== 1) ee.unshift(ce);
		}
		if (ee.length > 0) {
			const end = resolveEnd.resolveEnd(ee, cePos, ctx.options.strict, onError);
			if (end.comment) {
				if (coll.comment) coll.comment += "\n" + end.comment;
				else coll.comment = end.comment;
			}
			coll.range = [
				fc.offset,
				cePos,
				end.offset
			];
		} else coll.range = [
			fc.offset,
			cePos,
			cePos
		];
		return coll;
	}
	exports.resolveFlowCollection = resolveFlowCollection;
}));
// node_modules/yaml/dist/compose/compose-collection.js
var require_compose_collection = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Scalar = require_Scalar();
	var YAMLMap = require_YAMLMap();
	var YAMLSeq = require_YAMLSeq();
	var resolveBlockMap = require_resolve_block_map();
	var resolveBlockSeq = require_resolve_block_seq();
	var resolveFlowCollection = require_resolve_flow_collection();
	function resolveCollection(CN, ctx, token, onError, tagName, tag) {
		const coll = token.type === "block-map" ? resolveBlockMap.resolveBlockMap(CN, ctx, token, onError, tag) : token.type === "block-seq" ? resolveBlockSeq.resolveBlockSeq(CN, ctx, token, onError, tag) : resolveFlowCollection.resolveFlowCollection(CN, ctx, token, onError, tag);
		const Coll = coll.constructor;
		if (tagName === "!" || tagName === Coll.tagName) {
			coll.tag = Coll.tagName;
			return coll;
		}
		if (tagName) coll.tag = tagName;
		return coll;
	}
	function composeCollection(CN, ctx, token, props, onError) {
		const tagToken = props.tag;
		const tagName = !tagToken ? null : ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg));
		if (token.type === "block-seq") {
			const { anchor, newlineAfterProp: nl } = props;
			const lastProp = anchor && tagToken ? anchor.offset > tagToken.offset ? anchor : tagToken : anchor ?? tagToken;
			if (lastProp && (!nl || nl.offset < lastProp.offset)) onError(lastProp, "MISSING_CHAR", "Missing newline after block sequence props");
		}
		const expType = token.type === "block-map" ? "map" : token.type === "block-seq" ? "seq" : token.start.source === "{" ? "map" : "seq";
		if (!tagToken || !tagName || tagName === "!" || tagName === YAMLMap.YAMLMap.tagName && expType === "map" || tagName === YAMLSeq.YAMLSeq.tagName && expType === "seq") return resolveCollection(CN, ctx, token, onError, tagName);
		let tag = ctx.schema.tags.find((t) => t.tag === tagName && t.collection === expType);
		if (!tag) {
			const kt = ctx.schema.knownTags[tagName];
			if (kt?.collection === expType) {
				ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
				tag = kt;
			} else {
				if (kt) onError(tagToken, "BAD_COLLECTION_TYPE", `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? "scalar"}`, true);
				else onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, true);
				return resolveCollection(CN, ctx, token, onError, tagName);
			}
		}
		const coll = resolveCollection(CN, ctx, token, onError, tagName, tag);
		const res = tag.resolve?.(coll, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg), ctx.options) ?? coll;
		const node = identity.isNode(res) ? res : new Scalar.Scalar(res);
		node.range = coll.range;
		node.tag = tagName;
		if (tag?.format) node.format = tag.format;
		return node;
	}
	exports.composeCollection = composeCollection;
}));
// node_modules/yaml/dist/compose/resolve-block-scalar.js
var require_resolve_block_scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	function resolveBlockScalar(ctx, scalar, onError) {
		const start = scalar.offset;
		const header = parseBlockScalarHeader(scalar, ctx.options.strict, onError);
		if (!header) return {
			value: "",
			type: null,
			comment: "",
			range: [
				start,
				start,
				start
			]
		};
		const type = header.mode === ">" ? Scalar.Scalar.BLOCK_FOLDED : Scalar.Scalar.BLOCK_LITERAL;
		const lines = scalar.source ? splitLines(scalar.source) : [];
		let chompStart = lines.length;
		for (let i = lines.length - 1; i >= 0; --i) {
			const content = lines[i][1];
			if (content === "" || content === "\r") chompStart = i;
			else break;
		}
		if (chompStart === 0) {
			const value = header.chomp === "+" && lines.length > 0 ? "\n".repeat(Math.max(1, lines.length - 1)) : "";
			let end = start + header.length;
			if (scalar.source) end += scalar.source.length;
			return {
				value,
				type,
				comment: header.comment,
				range: [
					start,
					end,
					end
				]
			};
		}
		let trimIndent = scalar.indent + header.indent;
		let offset = scalar.offset + header.length;
		let contentStart = 0;
		for (let i = 0; i < chompStart; ++i) {
			const [indent, content] = lines[i];
			if (content === "" || content === "\r") {
				if (header.indent === 0 && indent.length > trimIndent) trimIndent = indent.length;
			} else {
				if (indent.length < trimIndent) onError(offset + indent.length, "MISSING_CHAR", "Block scalars with more-indented leading empty lines must use an explicit indentation indicator");
				if (header.indent === 0) trimIndent = indent.length;
				contentStart = i;
				if (trimIndent === 0 && !ctx.atRoot) onError(offset, "BAD_INDENT", "Block scalar values in collections must be indented");
				break;
			}
			offset += indent.length + content.length + 1;
		}
		for (let i = lines.length - 1; i >= chompStart; --i) if (lines[i][0].length > trimIndent) chompStart = i + 1;
		let value = "";
		let sep = "";
		let prevMoreIndented = false;
		for (let i = 0; i < contentStart; ++i) value += lines[i][0].slice(trimIndent) + "\n";
		for (let i = contentStart; i < chompStart; ++i) {
			let [indent, content] = lines[i];
			offset += indent.length + content.length + 1;
			const crlf = content[content.length - 1] === "\r";
			if (crlf) content = content.slice(0, -1);
			/* istanbul ignore if already caught in lexer */
			if (content && indent.length < trimIndent) {
				const message = `Block scalar lines must not be less indented than their ${header.indent ? "explicit indentation indicator" : "first line"}`;
				onError(offset - content.length - (crlf ? 2 : 1), "BAD_INDENT", message);
				indent = "";
			}
			if (type === Scalar.Scalar.BLOCK_LITERAL) {
				value += sep + indent.slice(trimIndent) + content;
				sep = "\n";
			} else if (indent.length > trimIndent || content[0] === "	") {
				if (sep === " ") sep = "\n";
				else if (!prevMoreIndented && sep === "\n") sep = "\n\n";
				value += sep + indent.slice(trimIndent) + content;
				sep = "\n";
				prevMoreIndented = true;
			} else if (content === "") {
				if (sep === "\n") value += "\n";
				else sep = "\n";
			} else {
				value += sep + content;
				sep = " ";
				prevMoreIndented = false;
			}
		}
		switch (header.chomp) {
			case "-": break;
			case "+":
				for (let i = chompStart; i < lines.length; ++i) value += "\n" + lines[i][0].slice(trimIndent);
				if (value[value.length - 1] !== "\n") value += "\n";
				break;
			default: value += "\n";
		}
		const end = start + header.length + scalar.source.length;
		return {
			value,
			type,
			comment: header.comment,
			range: [
				start,
				end,
				end
			]
		};
	}
	function parseBlockScalarHeader({ offset, props }, strict, onError) {
		/* istanbul ignore if should not happen */
		if (props[0].type !== "block-scalar-header") {
			onError(props[0], "IMPOSSIBLE", "Block scalar header not found");
			return null;
		}
		const { source } = props[0];
		const mode = source[0];
		let indent = 0;
		let chomp = "";
		let error = -1;
		for (let i = 1; i < source.length; ++i) {
			const ch = source[i];
			if (!chomp && (ch === "-" || ch === "+")) chomp = ch;
			else {
				const n = Number(ch);
				if (!indent && n) indent = n;
				else if (error === -1) error = offset + i;
			}
		}
		if (error !== -1) onError(error, "UNEXPECTED_TOKEN", `Block scalar header includes extra characters: ${source}`);
		let hasSpace = false;
		let comment = "";
		let length = source.length;
		for (let i = 1; i < props.length; ++i) {
			const token = props[i];
			switch (token.type) {
				case "space": hasSpace = true;
				case "newline":
					length += token.source.length;
					break;
				case "comment":
					if (strict && !hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
					length += token.source.length;
					comment = token.source.substring(1);
					break;
				case "error":
					onError(token, "UNEXPECTED_TOKEN", token.message);
					length += token.source.length;
					break;
				/* istanbul ignore next should not happen */
				default: {
					onError(token, "UNEXPECTED_TOKEN", `Unexpected token in block scalar header: ${token.type}`);
					const ts = token.source;
					if (ts && typeof ts === "string") length += ts.length;
				}
			}
		}
		return {
			mode,
			indent,
			chomp,
			comment,
			length
		};
	}
	/** @returns Array of lines split up as `[indent, content]` */
	function splitLines(source) {
		const split = source.split(/\n( *)/);
		const first = split[0];
		const m = first.match(/^( *)/);
		const lines = [m?.[1] ? [m[1], first.slice(m[1].length)] : ["", first]];
		for (let i = 1; i < split.length; i += 2) lines.push([split[i], split[i + 1]]);
		return lines;
	}
	exports.resolveBlockScalar = resolveBlockScalar;
}));
// node_modules/yaml/dist/compose/resolve-flow-scalar.js
var require_resolve_flow_scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var resolveEnd = require_resolve_end();
	function resolveFlowScalar(scalar, strict, onError) {
		const { offset, type, source, end } = scalar;
		let _type;
		let value;
		const _onError = (rel, code, msg) => onError(offset + rel, code, msg);
		switch (type) {
			case "scalar":
				_type = Scalar.Scalar.PLAIN;
				value = plainValue(source, _onError);
				break;
			case "single-quoted-scalar":
				_type = Scalar.Scalar.QUOTE_SINGLE;
				value = singleQuotedValue(source, _onError);
				break;
			case "double-quoted-scalar":
				_type = Scalar.Scalar.QUOTE_DOUBLE;
				value = doubleQuotedValue(source, _onError);
				break;
			/* istanbul ignore next should not happen */
			default:
				onError(scalar, "UNEXPECTED_TOKEN", `Expected a flow scalar value, but found: ${type}`);
				return {
					value: "",
					type: null,
					comment: "",
					range: [
						offset,
						offset + source.length,
						offset + source.length
					]
				};
		}
		const valueEnd = offset + source.length;
		const re = resolveEnd.resolveEnd(end, valueEnd, strict, onError);
		return {
			value,
			type: _type,
			comment: re.comment,
			range: [
				offset,
				valueEnd,
				re.offset
			]
		};
	}
	function plainValue(source, onError) {
		let badChar = "";
		switch (source[0]) {
			/* istanbul ignore next should not happen */
			case "	":
				badChar = "a tab character";
				break;
			case ",":
				badChar = "flow indicator character ,";
				break;
			case "%":
				badChar = "directive indicator character %";
				break;
			case "|":
			case ">":
				badChar = `block scalar indicator ${source[0]}`;
				break;
			case "@":
			case "`": badChar = `reserved character ${source[0]}`;
		}
		if (badChar) onError(0, "BAD_SCALAR_START", `Plain value cannot start with ${badChar}`);
		return unfoldLines(source);
	}
	function singleQuotedValue(source, onError) {
		if (source[source.length - 1] !== "'" || source.length === 1) onError(source.length, "MISSING_CHAR", "Missing closing 'quote");
		return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
	}
	function unfoldLines(source) {
		const line = /(.*?)\r?\n/sy;
		let match = line.exec(source);
		if (!match) return source;
		/**
		* The negative lookbehinds in these RegExps are to
		* prevent causing a polynomial search time in certain cases.
		*
		* The try-catch is for Safari < 16.4 and other old browsers:
		* https://caniuse.com/js-regexp-lookbehind
		*/
		let trimEnd, trimBoth;
		try {
			trimEnd = new RegExp("(?<![ 	])[ 	]+$");
			trimBoth = new RegExp("^[ 	]+|(?<![ 	])[ 	]+$", "g");
		} catch {
			trimEnd = /[ \t]+$/;
			trimBoth = /^[ \t]+|[ \t]+$/g;
		}
		let res = match[1].replace(trimEnd, "");
		let sep = " ";
		let pos = line.lastIndex;
		while (match = line.exec(source)) {
			const lm = match[1].replace(trimBoth, "");
			if (lm === "") {
				if (sep === "\n") res += sep;
				else sep = "\n";
			} else {
				res += sep + lm;
				sep = " ";
			}
			pos = line.lastIndex;
		}
		const last = /[ \t]*(.*)/sy;
		last.lastIndex = pos;
		match = last.exec(source);
		return res + sep + (match?.[1] ?? "");
	}
	function doubleQuotedValue(source, onError) {
		let res = "";
		for (let i = 1; i < source.length - 1; ++i) {
			const ch = source[i];
			if (ch === "\r" && source[i + 1] === "\n") continue;
			if (ch === "\n") {
				const { fold, offset } = foldNewline(source, i);
				res += fold;
				i = offset;
			} else if (ch === "\\") {
				let next = source[++i];
				const cc = escapeCodes[next];
				if (cc) res += cc;
				else if (next === "\n") {
					next = source[i + 1];
					while (next === " " || next === "	") next = source[++i + 1];
				} else if (next === "\r" && source[i + 1] === "\n") {
					next = source[++i + 1];
					while (next === " " || next === "	") next = source[++i + 1];
				} else if (next === "x" || next === "u" || next === "U") {
					const length = next === "x" ? 2 : next === "u" ? 4 : 8;
					res += parseCharCode(source, i + 1, length, onError);
					i += length;
				} else {
					const raw = source.substr(i - 1, 2);
					onError(i - 1, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
					res += raw;
				}
			} else if (ch === " " || ch === "	") {
				const wsStart = i;
				let next = source[i + 1];
				while (next === " " || next === "	") next = source[++i + 1];
				if (next !== "\n" && !(next === "\r" && source[i + 2] === "\n")) res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
			} else res += ch;
		}
		if (source[source.length - 1] !== "\"" || source.length === 1) onError(source.length, "MISSING_CHAR", "Missing closing \"quote");
		return res;
	}
	/**
	* Fold a single newline into a space, multiple newlines to N - 1 newlines.
	* Presumes `source[offset] === '\n'`
	*/
	function foldNewline(source, offset) {
		let fold = "";
		let ch = source[offset + 1];
		while (ch === " " || ch === "	" || ch === "\n" || ch === "\r") {
			if (ch === "\r" && source[offset + 2] !== "\n") break;
			if (ch === "\n") fold += "\n";
			offset += 1;
			ch = source[offset + 1];
		}
		if (!fold) fold = " ";
		return {
			fold,
			offset
		};
	}
	const escapeCodes = {
		"0": "\0",
		a: "\x07",
		b: "\b",
		e: "\x1B",
		f: "\f",
		n: "\n",
		r: "\r",
		t: "	",
		v: "\v",
		N: "",
		_: "\xA0",
		L: "\u2028",
		P: "\u2029",
		" ": " ",
		"\"": "\"",
		"/": "/",
		"\\": "\\",
		"	": "	"
	};
	function parseCharCode(source, offset, length, onError) {
		const cc = source.substr(offset, length);
		const code = cc.length === length && /^[0-9a-fA-F]+$/.test(cc) ? parseInt(cc, 16) : NaN;
		try {
			return String.fromCodePoint(code);
		} catch {
			const raw = source.substr(offset - 2, length + 2);
			onError(offset - 2, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
			return raw;
		}
	}
	exports.resolveFlowScalar = resolveFlowScalar;
}));
// node_modules/yaml/dist/compose/compose-scalar.js
var require_compose_scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Scalar = require_Scalar();
	var resolveBlockScalar = require_resolve_block_scalar();
	var resolveFlowScalar = require_resolve_flow_scalar();
	function composeScalar(ctx, token, tagToken, onError) {
		const { value, type, comment, range } = token.type === "block-scalar" ? resolveBlockScalar.resolveBlockScalar(ctx, token, onError) : resolveFlowScalar.resolveFlowScalar(token, ctx.options.strict, onError);
		const tagName = tagToken ? ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg)) : null;
		let tag;
		if (ctx.options.stringKeys && ctx.atKey) tag = ctx.schema[identity.SCALAR];
		else if (tagName) tag = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
		else if (token.type === "scalar") tag = findScalarTagByTest(ctx, value, token, onError);
		else tag = ctx.schema[identity.SCALAR];
		let scalar;
		try {
			const res = tag.resolve(value, (msg) => onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg), ctx.options);
			scalar = identity.isScalar(res) ? res : new Scalar.Scalar(res);
		} catch (error) {
			const msg = error instanceof Error ? error.message : String(error);
			onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg);
			scalar = new Scalar.Scalar(value);
		}
		scalar.range = range;
		scalar.source = value;
		if (type) scalar.type = type;
		if (tagName) scalar.tag = tagName;
		if (tag.format) scalar.format = tag.format;
		if (comment) scalar.comment = comment;
		return scalar;
	}
	function findScalarTagByName(schema, value, tagName, tagToken, onError) {
		if (tagName === "!") return schema[identity.SCALAR];
		const matchWithTest = [];
		for (const tag of schema.tags) if (!tag.collection && tag.tag === tagName) {
			if (tag.default && tag.test) matchWithTest.push(tag);
			else return tag;
		}
		for (const tag of matchWithTest) if (tag.test?.test(value)) return tag;
		const kt = schema.knownTags[tagName];
		if (kt && !kt.collection) {
			schema.tags.push(Object.assign({}, kt, {
				default: false,
				test: void 0
			}));
			return kt;
		}
		onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, tagName !== "tag:yaml.org,2002:str");
		return schema[identity.SCALAR];
	}
	function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
		const tag = schema.tags.find((tag) => (tag.default === true || atKey && tag.default === "key") && tag.test?.test(value)) || schema[identity.SCALAR];
		if (schema.compat) {
			const compat = schema.compat.find((tag) => tag.default && tag.test?.test(value)) ?? schema[identity.SCALAR];
			if (tag.tag !== compat.tag) onError(token, "TAG_RESOLVE_FAILED", `Value may be parsed as either ${directives.tagString(tag.tag)} or ${directives.tagString(compat.tag)}`, true);
		}
		return tag;
	}
	exports.composeScalar = composeScalar;
}));
// node_modules/yaml/dist/compose/util-empty-scalar-position.js
var require_util_empty_scalar_position = /* @__PURE__ */ __commonJSMin(((exports) => {
	function emptyScalarPosition(offset, before, pos) {
		if (before) {
			pos ?? (pos = before.length);
			for (let i = pos - 1; i >= 0; --i) {
				let st = before[i];
				switch (st.type) {
					case "space":
					case "comment":
					case "newline":
						offset -= st.source.length;
						continue;
				}
				st = before[++i];
				while (st?.type === "space") {
					offset += st.source.length;
					st = before[++i];
				}
				break;
			}
		}
		return offset;
	}
	exports.emptyScalarPosition = emptyScalarPosition;
}));
// node_modules/yaml/dist/compose/compose-node.js
var require_compose_node = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Alias = require_Alias();
	var identity = require_identity();
	var composeCollection = require_compose_collection();
	var composeScalar = require_compose_scalar();
	var resolveEnd = require_resolve_end();
	var utilEmptyScalarPosition = require_util_empty_scalar_position();
	const CN = {
		composeNode,
		composeEmptyNode
	};
	function composeNode(ctx, token, props, onError) {
		const atKey = ctx.atKey;
		const { spaceBefore, comment, anchor, tag } = props;
		let node;
		let isSrcToken = true;
		switch (token.type) {
			case "alias":
				node = composeAlias(ctx, token, onError);
				if (anchor || tag) onError(token, "ALIAS_PROPS", "An alias node must not specify any properties");
				break;
			case "scalar":
			case "single-quoted-scalar":
			case "double-quoted-scalar":
			case "block-scalar":
				node = composeScalar.composeScalar(ctx, token, tag, onError);
				if (anchor) node.anchor = anchor.source.substring(1);
				break;
			case "block-map":
			case "block-seq":
			case "flow-collection":
				try {
					node = composeCollection.composeCollection(CN, ctx, token, props, onError);
					if (anchor) node.anchor = anchor.source.substring(1);
				} catch (error) {
					onError(token, "RESOURCE_EXHAUSTION", error instanceof Error ? error.message : String(error));
				}
				break;
			default:
				onError(token, "UNEXPECTED_TOKEN", token.type === "error" ? token.message : `Unsupported token (type: ${token.type})`);
				isSrcToken = false;
		}
		node ?? (node = composeEmptyNode(ctx, token.offset, void 0, null, props, onError));
		if (anchor && node.anchor === "") onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
		if (atKey && ctx.options.stringKeys && (!identity.isScalar(node) || typeof node.value !== "string" || node.tag && node.tag !== "tag:yaml.org,2002:str")) onError(tag ?? token, "NON_STRING_KEY", "With stringKeys, all keys must be strings");
		if (spaceBefore) node.spaceBefore = true;
		if (comment) {
			if (token.type === "scalar" && token.source === "") node.comment = comment;
			else node.commentBefore = comment;
		}
		if (ctx.options.keepSourceTokens && isSrcToken) node.srcToken = token;
		return node;
	}
	function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment, anchor, tag, end }, onError) {
		const token = {
			type: "scalar",
			offset: utilEmptyScalarPosition.emptyScalarPosition(offset, before, pos),
			indent: -1,
			source: ""
		};
		const node = composeScalar.composeScalar(ctx, token, tag, onError);
		if (anchor) {
			node.anchor = anchor.source.substring(1);
			if (node.anchor === "") onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
		}
		if (spaceBefore) node.spaceBefore = true;
		if (comment) {
			node.comment = comment;
			node.range[2] = end;
		}
		return node;
	}
	function composeAlias({ options }, { offset, source, end }, onError) {
		const alias = new Alias.Alias(source.substring(1));
		if (alias.source === "") onError(offset, "BAD_ALIAS", "Alias cannot be an empty string");
		if (alias.source.endsWith(":")) onError(offset + source.length - 1, "BAD_ALIAS", "Alias ending in : is ambiguous", true);
		const valueEnd = offset + source.length;
		const re = resolveEnd.resolveEnd(end, valueEnd, options.strict, onError);
		alias.range = [
			offset,
			valueEnd,
			re.offset
		];
		if (re.comment) alias.comment = re.comment;
		return alias;
	}
	exports.composeEmptyNode = composeEmptyNode;
	exports.composeNode = composeNode;
}));
// node_modules/yaml/dist/compose/compose-doc.js
var require_compose_doc = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Document = require_Document();
	var composeNode = require_compose_node();
	var resolveEnd = require_resolve_end();
	var resolveProps = require_resolve_props();
	function composeDoc(options, directives, { offset, start, value, end }, onError) {
		const opts = Object.assign({ _directives: directives }, options);
		const doc = new Document.Document(void 0, opts);
		const ctx = {
			atKey: false,
			atRoot: true,
			directives: doc.directives,
			options: doc.options,
			schema: doc.schema
		};
		const props = resolveProps.resolveProps(start, {
			indicator: "doc-start",
			next: value ?? end?.[0],
			offset,
			onError,
			parentIndent: 0,
			startOnNewline: true
		});
		if (props.found) {
			doc.directives.docStart = true;
			if (value && (value.type === "block-map" || value.type === "block-seq") && !props.hasNewline) onError(props.end, "MISSING_CHAR", "Block collection cannot start on same line with directives-end marker");
		}
		doc.contents = value ? composeNode.composeNode(ctx, value, props, onError) : composeNode.composeEmptyNode(ctx, props.end, start, null, props, onError);
		const contentEnd = doc.contents.range[2];
		const re = resolveEnd.resolveEnd(end, contentEnd, false, onError);
		if (re.comment) doc.comment = re.comment;
		doc.range = [
			offset,
			contentEnd,
			re.offset
		];
		return doc;
	}
	exports.composeDoc = composeDoc;
}));
// node_modules/yaml/dist/compose/composer.js
var require_composer = /* @__PURE__ */ __commonJSMin(((exports) => {
	var node_process = __require("process");
	var directives = require_directives();
	var Document = require_Document();
	var errors = require_errors();
	var identity = require_identity();
	var composeDoc = require_compose_doc();
	var resolveEnd = require_resolve_end();
	function getErrorPos(src) {
		if (typeof src === "number") return [src, src + 1];
		if (Array.isArray(src)) return src.length === 2 ? src : [src[0], src[1]];
		const { offset, source } = src;
		return [offset, offset + (typeof source === "string" ? source.length : 1)];
	}
	function parsePrelude(prelude) {
		let comment = "";
		let atComment = false;
		let afterEmptyLine = false;
		for (let i = 0; i < prelude.length; ++i) {
			const source = prelude[i];
			switch (source[0]) {
				case "#":
					comment += (comment === "" ? "" : afterEmptyLine ? "\n\n" : "\n") + (source.substring(1) || " ");
					atComment = true;
					afterEmptyLine = false;
					break;
				case "%":
					if (prelude[i + 1]?.[0] !== "#") i += 1;
					atComment = false;
					break;
				default:
					if (!atComment) afterEmptyLine = true;
					atComment = false;
			}
		}
		return {
			comment,
			afterEmptyLine
		};
	}
	/**
	* Compose a stream of CST nodes into a stream of YAML Documents.
	*
	* ```ts
	* import { Composer, Parser } from 'yaml'
	*
	* const src: string = ...
	* const tokens = new Parser().parse(src)
	* const docs = new Composer().compose(tokens)
	* ```
	*/
	var Composer = class {
		constructor(options = {}) {
			this.doc = null;
			this.atDirectives = false;
			this.prelude = [];
			this.errors = [];
			this.warnings = [];
			this.onError = (source, code, message, warning) => {
				const pos = getErrorPos(source);
				if (warning) this.warnings.push(new errors.YAMLWarning(pos, code, message));
				else this.errors.push(new errors.YAMLParseError(pos, code, message));
			};
			this.directives = new directives.Directives({ version: options.version || "1.2" });
			this.options = options;
		}
		decorate(doc, afterDoc) {
			const { comment, afterEmptyLine } = parsePrelude(this.prelude);
			if (comment) {
				const dc = doc.contents;
				if (afterDoc) doc.comment = doc.comment ? `${doc.comment}\n${comment}` : comment;
				else if (afterEmptyLine || doc.directives.docStart || !dc) doc.commentBefore = comment;
				else if (identity.isCollection(dc) && !dc.flow && dc.items.length > 0) {
					let it = dc.items[0];
					if (identity.isPair(it)) it = it.key;
					const cb = it.commentBefore;
					it.commentBefore = cb ? `${comment}\n${cb}` : comment;
				} else {
					const cb = dc.commentBefore;
					dc.commentBefore = cb ? `${comment}\n${cb}` : comment;
				}
			}
			if (afterDoc) {
				for (let i = 0; i < this.errors.length; ++i) doc.errors.push(this.errors[i]);
				for (let i = 0; i < this.warnings.length; ++i) doc.warnings.push(this.warnings[i]);
			} else {
				doc.errors = this.errors;
				doc.warnings = this.warnings;
			}
			this.prelude = [];
			this.errors = [];
			this.warnings = [];
		}
		/**
		* Current stream status information.
		*
		* Mostly useful at the end of input for an empty stream.
		*/
		streamInfo() {
			return {
				comment: parsePrelude(this.prelude).comment,
				directives: this.directives,
				errors: this.errors,
				warnings: this.warnings
			};
		}
		/**
		* Compose tokens into documents.
		*
		* @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
		* @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
		*/
		*compose(tokens, forceDoc = false, endOffset = -1) {
			for (const token of tokens) yield* this.next(token);
			yield* this.end(forceDoc, endOffset);
		}
		/** Advance the composer by one CST token. */
		*next(token) {
			if (node_process.env.LOG_STREAM) console.dir(token, { depth: null });
			switch (token.type) {
				case "directive":
					this.directives.add(token.source, (offset, message, warning) => {
						const pos = getErrorPos(token);
						pos[0] += offset;
						this.onError(pos, "BAD_DIRECTIVE", message, warning);
					});
					this.prelude.push(token.source);
					this.atDirectives = true;
					break;
				case "document": {
					const doc = composeDoc.composeDoc(this.options, this.directives, token, this.onError);
					if (this.atDirectives && !doc.directives.docStart) this.onError(token, "MISSING_CHAR", "Missing directives-end/doc-start indicator line");
					this.decorate(doc, false);
					if (this.doc) yield this.doc;
					this.doc = doc;
					this.atDirectives = false;
					break;
				}
				case "byte-order-mark":
				case "space": break;
				case "comment":
				case "newline":
					this.prelude.push(token.source);
					break;
				case "error": {
					const msg = token.source ? `${token.message}: ${JSON.stringify(token.source)}` : token.message;
					const error = new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg);
					if (this.atDirectives || !this.doc) this.errors.push(error);
					else this.doc.errors.push(error);
					break;
				}
				case "doc-end": {
					if (!this.doc) {
						this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", "Unexpected doc-end without preceding document"));
						break;
					}
					this.doc.directives.docEnd = true;
					const end = resolveEnd.resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
					this.decorate(this.doc, true);
					if (end.comment) {
						const dc = this.doc.comment;
						this.doc.comment = dc ? `${dc}\n${end.comment}` : end.comment;
					}
					this.doc.range[2] = end.offset;
					break;
				}
				default: this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", `Unsupported token ${token.type}`));
			}
		}
		/**
		* Call at end of input to yield any remaining document.
		*
		* @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
		* @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
		*/
		*end(forceDoc = false, endOffset = -1) {
			if (this.doc) {
				this.decorate(this.doc, true);
				yield this.doc;
				this.doc = null;
			} else if (forceDoc) {
				const opts = Object.assign({ _directives: this.directives }, this.options);
				const doc = new Document.Document(void 0, opts);
				if (this.atDirectives) this.onError(endOffset, "MISSING_CHAR", "Missing directives-end indicator line");
				doc.range = [
					0,
					endOffset,
					endOffset
				];
				this.decorate(doc, false);
				yield doc;
			}
		}
	};
	exports.Composer = Composer;
}));
// node_modules/yaml/dist/parse/cst-scalar.js
var require_cst_scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var resolveBlockScalar = require_resolve_block_scalar();
	var resolveFlowScalar = require_resolve_flow_scalar();
	var errors = require_errors();
	var stringifyString = require_stringifyString();
	function resolveAsScalar(token, strict = true, onError) {
		if (token) {
			const _onError = (pos, code, message) => {
				const offset = typeof pos === "number" ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
				if (onError) onError(offset, code, message);
				else throw new errors.YAMLParseError([offset, offset + 1], code, message);
			};
			switch (token.type) {
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": return resolveFlowScalar.resolveFlowScalar(token, strict, _onError);
				case "block-scalar": return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token, _onError);
			}
		}
		return null;
	}
	/**
	* Create a new scalar token with `value`
	*
	* Values that represent an actual string but may be parsed as a different type should use a `type` other than `'PLAIN'`,
	* as this function does not support any schema operations and won't check for such conflicts.
	*
	* @param value The string representation of the value, which will have its content properly indented.
	* @param context.end Comments and whitespace after the end of the value, or after the block scalar header. If undefined, a newline will be added.
	* @param context.implicitKey Being within an implicit key may affect the resolved type of the token's value.
	* @param context.indent The indent level of the token.
	* @param context.inFlow Is this scalar within a flow collection? This may affect the resolved type of the token's value.
	* @param context.offset The offset position of the token.
	* @param context.type The preferred type of the scalar token. If undefined, the previous type of the `token` will be used, defaulting to `'PLAIN'`.
	*/
	function createScalarToken(value, context) {
		const { implicitKey = false, indent, inFlow = false, offset = -1, type = "PLAIN" } = context;
		const source = stringifyString.stringifyString({
			type,
			value
		}, {
			implicitKey,
			indent: indent > 0 ? " ".repeat(indent) : "",
			inFlow,
			options: {
				blockQuote: true,
				lineWidth: -1
			}
		});
		const end = context.end ?? [{
			type: "newline",
			offset: -1,
			indent,
			source: "\n"
		}];
		switch (source[0]) {
			case "|":
			case ">": {
				const he = source.indexOf("\n");
				const head = source.substring(0, he);
				const body = source.substring(he + 1) + "\n";
				const props = [{
					type: "block-scalar-header",
					offset,
					indent,
					source: head
				}];
				if (!addEndtoBlockProps(props, end)) props.push({
					type: "newline",
					offset: -1,
					indent,
					source: "\n"
				});
				return {
					type: "block-scalar",
					offset,
					indent,
					props,
					source: body
				};
			}
			case "\"": return {
				type: "double-quoted-scalar",
				offset,
				indent,
				source,
				end
			};
			case "'": return {
				type: "single-quoted-scalar",
				offset,
				indent,
				source,
				end
			};
			default: return {
				type: "scalar",
				offset,
				indent,
				source,
				end
			};
		}
	}
	/**
	* Set the value of `token` to the given string `value`, overwriting any previous contents and type that it may have.
	*
	* Best efforts are made to retain any comments previously associated with the `token`,
	* though all contents within a collection's `items` will be overwritten.
	*
	* Values that represent an actual string but may be parsed as a different type should use a `type` other than `'PLAIN'`,
	* as this function does not support any schema operations and won't check for such conflicts.
	*
	* @param token Any token. If it does not include an `indent` value, the value will be stringified as if it were an implicit key.
	* @param value The string representation of the value, which will have its content properly indented.
	* @param context.afterKey In most cases, values after a key should have an additional level of indentation.
	* @param context.implicitKey Being within an implicit key may affect the resolved type of the token's value.
	* @param context.inFlow Being within a flow collection may affect the resolved type of the token's value.
	* @param context.type The preferred type of the scalar token. If undefined, the previous type of the `token` will be used, defaulting to `'PLAIN'`.
	*/
	function setScalarValue(token, value, context = {}) {
		let { afterKey = false, implicitKey = false, inFlow = false, type } = context;
		let indent = "indent" in token ? token.indent : null;
		if (afterKey && typeof indent === "number") indent += 2;
		if (!type) switch (token.type) {
			case "single-quoted-scalar":
				type = "QUOTE_SINGLE";
				break;
			case "double-quoted-scalar":
				type = "QUOTE_DOUBLE";
				break;
			case "block-scalar": {
				const header = token.props[0];
				if (header.type !== "block-scalar-header") throw new Error("Invalid block scalar header");
				type = header.source[0] === ">" ? "BLOCK_FOLDED" : "BLOCK_LITERAL";
				break;
			}
			default: type = "PLAIN";
		}
		const source = stringifyString.stringifyString({
			type,
			value
		}, {
			implicitKey: implicitKey || indent === null,
			indent: indent !== null && indent > 0 ? " ".repeat(indent) : "",
			inFlow,
			options: {
				blockQuote: true,
				lineWidth: -1
			}
		});
		switch (source[0]) {
			case "|":
			case ">":
				setBlockScalarValue(token, source);
				break;
			case "\"":
				setFlowScalarValue(token, source, "double-quoted-scalar");
				break;
			case "'":
				setFlowScalarValue(token, source, "single-quoted-scalar");
				break;
			default: setFlowScalarValue(token, source, "scalar");
		}
	}
	function setBlockScalarValue(token, source) {
		const he = source.indexOf("\n");
		const head = source.substring(0, he);
		const body = source.substring(he + 1) + "\n";
		if (token.type === "block-scalar") {
			const header = token.props[0];
			if (header.type !== "block-scalar-header") throw new Error("Invalid block scalar header");
			header.source = head;
			token.source = body;
		} else {
			const { offset } = token;
			const indent = "indent" in token ? token.indent : -1;
			const props = [{
				type: "block-scalar-header",
				offset,
				indent,
				source: head
			}];
			if (!addEndtoBlockProps(props, "end" in token ? token.end : void 0)) props.push({
				type: "newline",
				offset: -1,
				indent,
				source: "\n"
			});
			for (const key of Object.keys(token)) if (key !== "type" && key !== "offset") delete token[key];
			Object.assign(token, {
				type: "block-scalar",
				indent,
				props,
				source: body
			});
		}
	}
	/** @returns `true` if last token is a newline */
	function addEndtoBlockProps(props, end) {
		if (end) for (const st of end) switch (st.type) {
			case "space":
			case "comment":
				props.push(st);
				break;
			case "newline":
				props.push(st);
				return true;
		}
		return false;
	}
	function setFlowScalarValue(token, source, type) {
		switch (token.type) {
			case "scalar":
			case "double-quoted-scalar":
			case "single-quoted-scalar":
				token.type = type;
				token.source = source;
				break;
			case "block-scalar": {
				const end = token.props.slice(1);
				let oa = source.length;
				if (token.props[0].type === "block-scalar-header") oa -= token.props[0].source.length;
				for (const tok of end) tok.offset += oa;
				delete token.props;
				Object.assign(token, {
					type,
					source,
					end
				});
				break;
			}
			case "block-map":
			case "block-seq": {
				const nl = {
					type: "newline",
					offset: token.offset + source.length,
					indent: token.indent,
					source: "\n"
				};
				delete token.items;
				Object.assign(token, {
					type,
					source,
					end: [nl]
				});
				break;
			}
			default: {
				const indent = "indent" in token ? token.indent : -1;
				const end = "end" in token && Array.isArray(token.end) ? token.end.filter((st) => st.type === "space" || st.type === "comment" || st.type === "newline") : [];
				for (const key of Object.keys(token)) if (key !== "type" && key !== "offset") delete token[key];
				Object.assign(token, {
					type,
					indent,
					source,
					end
				});
			}
		}
	}
	exports.createScalarToken = createScalarToken;
	exports.resolveAsScalar = resolveAsScalar;
	exports.setScalarValue = setScalarValue;
}));
// node_modules/yaml/dist/parse/cst-stringify.js
var require_cst_stringify = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Stringify a CST document, token, or collection item
	*
	* Fair warning: This applies no validation whatsoever, and
	* simply concatenates the sources in their logical order.
	*/
	const stringify = (cst) => "type" in cst ? stringifyToken(cst) : stringifyItem(cst);
	function stringifyToken(token) {
		switch (token.type) {
			case "block-scalar": {
				let res = "";
				for (const tok of token.props) res += stringifyToken(tok);
				return res + token.source;
			}
			case "block-map":
			case "block-seq": {
				let res = "";
				for (const item of token.items) res += stringifyItem(item);
				return res;
			}
			case "flow-collection": {
				let res = token.start.source;
				for (const item of token.items) res += stringifyItem(item);
				for (const st of token.end) res += st.source;
				return res;
			}
			case "document": {
				let res = stringifyItem(token);
				if (token.end) for (const st of token.end) res += st.source;
				return res;
			}
			default: {
				let res = token.source;
				if ("end" in token && token.end) for (const st of token.end) res += st.source;
				return res;
			}
		}
	}
	function stringifyItem({ start, key, sep, value }) {
		let res = "";
		for (const st of start) res += st.source;
		if (key) res += stringifyToken(key);
		if (sep) for (const st of sep) res += st.source;
		if (value) res += stringifyToken(value);
		return res;
	}
	exports.stringify = stringify;
}));
// node_modules/yaml/dist/parse/cst-visit.js
var require_cst_visit = /* @__PURE__ */ __commonJSMin(((exports) => {
	const BREAK = Symbol("break visit");
	const SKIP = Symbol("skip children");
	const REMOVE = Symbol("remove item");
	/**
	* Apply a visitor to a CST document or item.
	*
	* Walks through the tree (depth-first) starting from the root, calling a
	* `visitor` function with two arguments when entering each item:
	*   - `item`: The current item, which included the following members:
	*     - `start: SourceToken[]` – Source tokens before the key or value,
	*       possibly including its anchor or tag.
	*     - `key?: Token | null` – Set for pair values. May then be `null`, if
	*       the key before the `:` separator is empty.
	*     - `sep?: SourceToken[]` – Source tokens between the key and the value,
	*       which should include the `:` map value indicator if `value` is set.
	*     - `value?: Token` – The value of a sequence item, or of a map pair.
	*   - `path`: The steps from the root to the current node, as an array of
	*     `['key' | 'value', number]` tuples.
	*
	* The return value of the visitor may be used to control the traversal:
	*   - `undefined` (default): Do nothing and continue
	*   - `visit.SKIP`: Do not visit the children of this token, continue with
	*      next sibling
	*   - `visit.BREAK`: Terminate traversal completely
	*   - `visit.REMOVE`: Remove the current item, then continue with the next one
	*   - `number`: Set the index of the next step. This is useful especially if
	*     the index of the current token has changed.
	*   - `function`: Define the next visitor for this item. After the original
	*     visitor is called on item entry, next visitors are called after handling
	*     a non-empty `key` and when exiting the item.
	*/
	function visit(cst, visitor) {
		if ("type" in cst && cst.type === "document") cst = {
			start: cst.start,
			value: cst.value
		};
		_visit(Object.freeze([]), cst, visitor);
	}
	/** Terminate visit traversal completely */
	visit.BREAK = BREAK;
	/** Do not visit the children of the current item */
	visit.SKIP = SKIP;
	/** Remove the current item */
	visit.REMOVE = REMOVE;
	/** Find the item at `path` from `cst` as the root */
	visit.itemAtPath = (cst, path) => {
		let item = cst;
		for (const [field, index] of path) {
			const tok = item?.[field];
			if (tok && "items" in tok) item = tok.items[index];
			else return void 0;
		}
		return item;
	};
	/**
	* Get the immediate parent collection of the item at `path` from `cst` as the root.
	*
	* Throws an error if the collection is not found, which should never happen if the item itself exists.
	*/
	visit.parentCollection = (cst, path) => {
		const parent = visit.itemAtPath(cst, path.slice(0, -1));
		const field = path[path.length - 1][0];
		const coll = parent?.[field];
		if (coll && "items" in coll) return coll;
		throw new Error("Parent collection not found");
	};
	function _visit(path, item, visitor) {
		let ctrl = visitor(item, path);
		if (typeof ctrl === "symbol") return ctrl;
		for (const field of ["key", "value"]) {
			const token = item[field];
			if (token && "items" in token) {
				for (let i = 0; i < token.items.length; ++i) {
					const ci = _visit(Object.freeze(path.concat([[field, i]])), token.items[i], visitor);
					if (typeof ci === "number") i = ci - 1;
					else if (ci === BREAK) return BREAK;
					else if (ci === REMOVE) {
						token.items.splice(i, 1);
						i -= 1;
					}
				}
				if (typeof ctrl === "function" && field === "key") ctrl = ctrl(item, path);
			}
		}
		return typeof ctrl === "function" ? ctrl(item, path) : ctrl;
	}
	exports.visit = visit;
}));
// node_modules/yaml/dist/parse/cst.js
var require_cst = /* @__PURE__ */ __commonJSMin(((exports) => {
	var cstScalar = require_cst_scalar();
	var cstStringify = require_cst_stringify();
	var cstVisit = require_cst_visit();
	/** The byte order mark */
	const BOM = "﻿";
	/** Start of doc-mode */
	const DOCUMENT = "";
	/** Unexpected end of flow-mode */
	const FLOW_END = "";
	/** Next token is a scalar value */
	const SCALAR = "";
	/** @returns `true` if `token` is a flow or block collection */
	const isCollection = (token) => !!token && "items" in token;
	/** @returns `true` if `token` is a flow or block scalar; not an alias */
	const isScalar = (token) => !!token && (token.type === "scalar" || token.type === "single-quoted-scalar" || token.type === "double-quoted-scalar" || token.type === "block-scalar");
	/* istanbul ignore next */
	/** Get a printable representation of a lexer token */
	function prettyToken(token) {
		switch (token) {
			case BOM: return "<BOM>";
			case DOCUMENT: return "<DOC>";
			case FLOW_END: return "<FLOW_END>";
			case SCALAR: return "<SCALAR>";
			default: return JSON.stringify(token);
		}
	}
	/** Identify the type of a lexer token. May return `null` for unknown tokens. */
	function tokenType(source) {
		switch (source) {
			case BOM: return "byte-order-mark";
			case DOCUMENT: return "doc-mode";
			case FLOW_END: return "flow-error-end";
			case SCALAR: return "scalar";
			case "---": return "doc-start";
			case "...": return "doc-end";
			case "":
			case "\n":
			case "\r\n": return "newline";
			case "-": return "seq-item-ind";
			case "?": return "explicit-key-ind";
			case ":": return "map-value-ind";
			case "{": return "flow-map-start";
			case "}": return "flow-map-end";
			case "[": return "flow-seq-start";
			case "]": return "flow-seq-end";
			case ",": return "comma";
		}
		switch (source[0]) {
			case " ":
			case "	": return "space";
			case "#": return "comment";
			case "%": return "directive-line";
			case "*": return "alias";
			case "&": return "anchor";
			case "!": return "tag";
			case "'": return "single-quoted-scalar";
			case "\"": return "double-quoted-scalar";
			case "|":
			case ">": return "block-scalar-header";
		}
		return null;
	}
	exports.createScalarToken = cstScalar.createScalarToken;
	exports.resolveAsScalar = cstScalar.resolveAsScalar;
	exports.setScalarValue = cstScalar.setScalarValue;
	exports.stringify = cstStringify.stringify;
	exports.visit = cstVisit.visit;
	exports.BOM = BOM;
	exports.DOCUMENT = DOCUMENT;
	exports.FLOW_END = FLOW_END;
	exports.SCALAR = SCALAR;
	exports.isCollection = isCollection;
	exports.isScalar = isScalar;
	exports.prettyToken = prettyToken;
	exports.tokenType = tokenType;
}));
// node_modules/yaml/dist/parse/lexer.js
var require_lexer = /* @__PURE__ */ __commonJSMin(((exports) => {
	var cst = require_cst();
	function isEmpty(ch) {
		switch (ch) {
			case void 0:
			case " ":
			case "\n":
			case "\r":
			case "	": return true;
			default: return false;
		}
	}
	const hexDigits = /* @__PURE__ */ new Set("0123456789ABCDEFabcdef");
	const tagChars = /* @__PURE__ */ new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
	const flowIndicatorChars = /* @__PURE__ */ new Set(",[]{}");
	const invalidAnchorChars = /* @__PURE__ */ new Set(" ,[]{}\n\r	");
	const isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
	/**
	* Splits an input string into lexical tokens, i.e. smaller strings that are
	* easily identifiable by `tokens.tokenType()`.
	*
	* Lexing starts always in a "stream" context. Incomplete input may be buffered
	* until a complete token can be emitted.
	*
	* In addition to slices of the original input, the following control characters
	* may also be emitted:
	*
	* - `\x02` (Start of Text): A document starts with the next token
	* - `\x18` (Cancel): Unexpected end of flow-mode (indicates an error)
	* - `\x1f` (Unit Separator): Next token is a scalar value
	* - `\u{FEFF}` (Byte order mark): Emitted separately outside documents
	*/
	var Lexer = class {
		constructor() {
			/**
			* Flag indicating whether the end of the current buffer marks the end of
			* all input
			*/
			this.atEnd = false;
			/**
			* Explicit indent set in block scalar header, as an offset from the current
			* minimum indent, so e.g. set to 1 from a header `|2+`. Set to -1 if not
			* explicitly set.
			*/
			this.blockScalarIndent = -1;
			/**
			* Block scalars that include a + (keep) chomping indicator in their header
			* include trailing empty lines, which are otherwise excluded from the
			* scalar's contents.
			*/
			this.blockScalarKeep = false;
			/** Current input */
			this.buffer = "";
			/**
			* Flag noting whether the map value indicator : can immediately follow this
			* node within a flow context.
			*/
			this.flowKey = false;
			/** Count of surrounding flow collection levels. */
			this.flowLevel = 0;
			/**
			* Minimum level of indentation required for next lines to be parsed as a
			* part of the current scalar value.
			*/
			this.indentNext = 0;
			/** Indentation level of the current line. */
			this.indentValue = 0;
			/** Position of the next \n character. */
			this.lineEndPos = null;
			/** Stores the state of the lexer if reaching the end of incpomplete input */
			this.next = null;
			/** A pointer to `buffer`; the current position of the lexer. */
			this.pos = 0;
		}
		/**
		* Generate YAML tokens from the `source` string. If `incomplete`,
		* a part of the last line may be left as a buffer for the next call.
		*
		* @returns A generator of lexical tokens
		*/
		*lex(source, incomplete = false) {
			if (source) {
				if (typeof source !== "string") throw TypeError("source is not a string");
				this.buffer = this.buffer ? this.buffer + source : source;
				this.lineEndPos = null;
			}
			this.atEnd = !incomplete;
			let next = this.next ?? "stream";
			while (next && (incomplete || this.hasChars(1))) next = yield* this.parseNext(next);
		}
		atLineEnd() {
			let i = this.pos;
			let ch = this.buffer[i];
			while (ch === " " || ch === "	") ch = this.buffer[++i];
			if (!ch || ch === "#" || ch === "\n") return true;
			if (ch === "\r") return this.buffer[i + 1] === "\n";
			return false;
		}
		charAt(n) {
			return this.buffer[this.pos + n];
		}
		continueScalar(offset) {
			let ch = this.buffer[offset];
			if (this.indentNext > 0) {
				let indent = 0;
				while (ch === " ") ch = this.buffer[++indent + offset];
				if (ch === "\r") {
					const next = this.buffer[indent + offset + 1];
					if (next === "\n" || !next && !this.atEnd) return offset + indent + 1;
				}
				return ch === "\n" || indent >= this.indentNext || !ch && !this.atEnd ? offset + indent : -1;
			}
			if (ch === "-" || ch === ".") {
				const dt = this.buffer.substr(offset, 3);
				if ((dt === "---" || dt === "...") && isEmpty(this.buffer[offset + 3])) return -1;
			}
			return offset;
		}
		getLine() {
			let end = this.lineEndPos;
			if (typeof end !== "number" || end !== -1 && end < this.pos) {
				end = this.buffer.indexOf("\n", this.pos);
				this.lineEndPos = end;
			}
			if (end === -1) return this.atEnd ? this.buffer.substring(this.pos) : null;
			if (this.buffer[end - 1] === "\r") end -= 1;
			return this.buffer.substring(this.pos, end);
		}
		hasChars(n) {
			return this.pos + n <= this.buffer.length;
		}
		setNext(state) {
			this.buffer = this.buffer.substring(this.pos);
			this.pos = 0;
			this.lineEndPos = null;
			this.next = state;
			return null;
		}
		peek(n) {
			return this.buffer.substr(this.pos, n);
		}
		*parseNext(next) {
			switch (next) {
				case "stream": return yield* this.parseStream();
				case "line-start": return yield* this.parseLineStart();
				case "block-start": return yield* this.parseBlockStart();
				case "doc": return yield* this.parseDocument();
				case "flow": return yield* this.parseFlowCollection();
				case "quoted-scalar": return yield* this.parseQuotedScalar();
				case "block-scalar": return yield* this.parseBlockScalar();
				case "plain-scalar": return yield* this.parsePlainScalar();
			}
		}
		*parseStream() {
			let line = this.getLine();
			if (line === null) return this.setNext("stream");
			if (line[0] === cst.BOM) {
				yield* this.pushCount(1);
				line = line.substring(1);
			}
			if (line[0] === "%") {
				let dirEnd = line.length;
				let cs = line.indexOf("#");
				while (cs !== -1) {
					const ch = line[cs - 1];
					if (ch === " " || ch === "	") {
						dirEnd = cs - 1;
						break;
					} else cs = line.indexOf("#", cs + 1);
				}
				while (true) {
					const ch = line[dirEnd - 1];
					if (ch === " " || ch === "	") dirEnd -= 1;
					else break;
				}
				const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
				yield* this.pushCount(line.length - n);
				this.pushNewline();
				return "stream";
			}
			if (this.atLineEnd()) {
				const sp = yield* this.pushSpaces(true);
				yield* this.pushCount(line.length - sp);
				yield* this.pushNewline();
				return "stream";
			}
			yield cst.DOCUMENT;
			return yield* this.parseLineStart();
		}
		*parseLineStart() {
			const ch = this.charAt(0);
			if (!ch && !this.atEnd) return this.setNext("line-start");
			if (ch === "-" || ch === ".") {
				if (!this.atEnd && !this.hasChars(4)) return this.setNext("line-start");
				const s = this.peek(3);
				if ((s === "---" || s === "...") && isEmpty(this.charAt(3))) {
					yield* this.pushCount(3);
					this.indentValue = 0;
					this.indentNext = 0;
					return s === "---" ? "doc" : "stream";
				}
			}
			this.indentValue = yield* this.pushSpaces(false);
			if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1))) this.indentNext = this.indentValue;
			return yield* this.parseBlockStart();
		}
		*parseBlockStart() {
			const [ch0, ch1] = this.peek(2);
			if (!ch1 && !this.atEnd) return this.setNext("block-start");
			if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty(ch1)) {
				const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
				this.indentNext = this.indentValue + 1;
				this.indentValue += n;
				return "block-start";
			}
			return "doc";
		}
		*parseDocument() {
			yield* this.pushSpaces(true);
			const line = this.getLine();
			if (line === null) return this.setNext("doc");
			let n = yield* this.pushIndicators();
			switch (line[n]) {
				case "#": yield* this.pushCount(line.length - n);
				case void 0:
					yield* this.pushNewline();
					return yield* this.parseLineStart();
				case "{":
				case "[":
					yield* this.pushCount(1);
					this.flowKey = false;
					this.flowLevel = 1;
					return "flow";
				case "}":
				case "]":
					yield* this.pushCount(1);
					return "doc";
				case "*":
					yield* this.pushUntil(isNotAnchorChar);
					return "doc";
				case "\"":
				case "'": return yield* this.parseQuotedScalar();
				case "|":
				case ">":
					n += yield* this.parseBlockScalarHeader();
					n += yield* this.pushSpaces(true);
					yield* this.pushCount(line.length - n);
					yield* this.pushNewline();
					return yield* this.parseBlockScalar();
				default: return yield* this.parsePlainScalar();
			}
		}
		*parseFlowCollection() {
			let nl, sp;
			let indent = -1;
			do {
				nl = yield* this.pushNewline();
				if (nl > 0) {
					sp = yield* this.pushSpaces(false);
					this.indentValue = indent = sp;
				} else sp = 0;
				sp += yield* this.pushSpaces(true);
			} while (nl + sp > 0);
			const line = this.getLine();
			if (line === null) return this.setNext("flow");
			if (indent !== -1 && indent < this.indentNext && line[0] !== "#" || indent === 0 && (line.startsWith("---") || line.startsWith("...")) && isEmpty(line[3])) {
				if (!(indent === this.indentNext - 1 && this.flowLevel === 1 && (line[0] === "]" || line[0] === "}"))) {
					this.flowLevel = 0;
					yield cst.FLOW_END;
					return yield* this.parseLineStart();
				}
			}
			let n = 0;
			while (line[n] === ",") {
				n += yield* this.pushCount(1);
				n += yield* this.pushSpaces(true);
				this.flowKey = false;
			}
			n += yield* this.pushIndicators();
			switch (line[n]) {
				case void 0: return "flow";
				case "#":
					yield* this.pushCount(line.length - n);
					return "flow";
				case "{":
				case "[":
					yield* this.pushCount(1);
					this.flowKey = false;
					this.flowLevel += 1;
					return "flow";
				case "}":
				case "]":
					yield* this.pushCount(1);
					this.flowKey = true;
					this.flowLevel -= 1;
					return this.flowLevel ? "flow" : "doc";
				case "*":
					yield* this.pushUntil(isNotAnchorChar);
					return "flow";
				case "\"":
				case "'":
					this.flowKey = true;
					return yield* this.parseQuotedScalar();
				case ":": {
					const next = this.charAt(1);
					if (this.flowKey || isEmpty(next) || next === ",") {
						this.flowKey = false;
						yield* this.pushCount(1);
						yield* this.pushSpaces(true);
						return "flow";
					}
				}
				default:
					this.flowKey = false;
					return yield* this.parsePlainScalar();
			}
		}
		*parseQuotedScalar() {
			const quote = this.charAt(0);
			let end = this.buffer.indexOf(quote, this.pos + 1);
			if (quote === "'") while (end !== -1 && this.buffer[end + 1] === "'") end = this.buffer.indexOf("'", end + 2);
			else while (end !== -1) {
				let n = 0;
				while (this.buffer[end - 1 - n] === "\\") n += 1;
				if (n % 2 === 0) break;
				end = this.buffer.indexOf("\"", end + 1);
			}
			const qb = this.buffer.substring(0, end);
			let nl = qb.indexOf("\n", this.pos);
			if (nl !== -1) {
				while (nl !== -1) {
					const cs = this.continueScalar(nl + 1);
					if (cs === -1) break;
					nl = qb.indexOf("\n", cs);
				}
				if (nl !== -1) end = nl - (qb[nl - 1] === "\r" ? 2 : 1);
			}
			if (end === -1) {
				if (!this.atEnd) return this.setNext("quoted-scalar");
				end = this.buffer.length;
			}
			yield* this.pushToIndex(end + 1, false);
			return this.flowLevel ? "flow" : "doc";
		}
		*parseBlockScalarHeader() {
			this.blockScalarIndent = -1;
			this.blockScalarKeep = false;
			let i = this.pos;
			while (true) {
				const ch = this.buffer[++i];
				if (ch === "+") this.blockScalarKeep = true;
				else if (ch > "0" && ch <= "9") this.blockScalarIndent = Number(ch) - 1;
				else if (ch !== "-") break;
			}
			return yield* this.pushUntil((ch) => isEmpty(ch) || ch === "#");
		}
		*parseBlockScalar() {
			let nl = this.pos - 1;
			let indent = 0;
			let ch;
			loop: for (let i = this.pos; ch = this.buffer[i]; ++i) switch (ch) {
				case " ":
					indent += 1;
					break;
				case "\n":
					nl = i;
					indent = 0;
					break;
				case "\r": {
					const next = this.buffer[i + 1];
					if (!next && !this.atEnd) return this.setNext("block-scalar");
					if (next === "\n") break;
				}
				default: break loop;
			}
			if (!ch && !this.atEnd) return this.setNext("block-scalar");
			if (indent >= this.indentNext) {
				if (this.blockScalarIndent === -1) this.indentNext = indent;
				else this.indentNext = this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
				do {
					const cs = this.continueScalar(nl + 1);
					if (cs === -1) break;
					nl = this.buffer.indexOf("\n", cs);
				} while (nl !== -1);
				if (nl === -1) {
					if (!this.atEnd) return this.setNext("block-scalar");
					nl = this.buffer.length;
				}
			}
			let i = nl + 1;
			ch = this.buffer[i];
			while (ch === " ") ch = this.buffer[++i];
			if (ch === "	") {
				while (ch === "	" || ch === " " || ch === "\r" || ch === "\n") ch = this.buffer[++i];
				nl = i - 1;
			} else if (!this.blockScalarKeep) do {
				let i = nl - 1;
				let ch = this.buffer[i];
				if (ch === "\r") ch = this.buffer[--i];
				const lastChar = i;
				while (ch === " ") ch = this.buffer[--i];
				if (ch === "\n" && i >= this.pos && i + 1 + indent > lastChar) nl = i;
				else break;
			} while (true);
			yield cst.SCALAR;
			yield* this.pushToIndex(nl + 1, true);
			return yield* this.parseLineStart();
		}
		*parsePlainScalar() {
			const inFlow = this.flowLevel > 0;
			let end = this.pos - 1;
			let i = this.pos - 1;
			let ch;
			while (ch = this.buffer[++i]) if (ch === ":") {
				const next = this.buffer[i + 1];
				if (isEmpty(next) || inFlow && flowIndicatorChars.has(next)) break;
				end = i;
			} else if (isEmpty(ch)) {
				let next = this.buffer[i + 1];
				if (ch === "\r") {
					if (next === "\n") {
						i += 1;
						ch = "\n";
						next = this.buffer[i + 1];
					} else end = i;
				}
				if (next === "#" || inFlow && flowIndicatorChars.has(next)) break;
				if (ch === "\n") {
					const cs = this.continueScalar(i + 1);
					if (cs === -1) break;
					i = Math.max(i, cs - 2);
				}
			} else {
				if (inFlow && flowIndicatorChars.has(ch)) break;
				end = i;
			}
			if (!ch && !this.atEnd) return this.setNext("plain-scalar");
			yield cst.SCALAR;
			yield* this.pushToIndex(end + 1, true);
			return inFlow ? "flow" : "doc";
		}
		*pushCount(n) {
			if (n > 0) {
				yield this.buffer.substr(this.pos, n);
				this.pos += n;
				return n;
			}
			return 0;
		}
		*pushToIndex(i, allowEmpty) {
			const s = this.buffer.slice(this.pos, i);
			if (s) {
				yield s;
				this.pos += s.length;
				return s.length;
			} else if (allowEmpty) yield "";
			return 0;
		}
		*pushIndicators() {
			let n = 0;
			loop: while (true) {
				switch (this.charAt(0)) {
					case "!":
						n += yield* this.pushTag();
						n += yield* this.pushSpaces(true);
						continue loop;
					case "&":
						n += yield* this.pushUntil(isNotAnchorChar);
						n += yield* this.pushSpaces(true);
						continue loop;
					case "-":
					case "?":
					case ":": {
						const inFlow = this.flowLevel > 0;
						const ch1 = this.charAt(1);
						if (isEmpty(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
							if (!inFlow) this.indentNext = this.indentValue + 1;
							else if (this.flowKey) this.flowKey = false;
							n += yield* this.pushCount(1);
							n += yield* this.pushSpaces(true);
							continue loop;
						}
					}
				}
				break loop;
			}
			return n;
		}
		*pushTag() {
			if (this.charAt(1) === "<") {
				let i = this.pos + 2;
				let ch = this.buffer[i];
				while (!isEmpty(ch) && ch !== ">") ch = this.buffer[++i];
				return yield* this.pushToIndex(ch === ">" ? i + 1 : i, false);
			} else {
				let i = this.pos + 1;
				let ch = this.buffer[i];
				while (ch) if (tagChars.has(ch)) ch = this.buffer[++i];
				else if (ch === "%" && hexDigits.has(this.buffer[i + 1]) && hexDigits.has(this.buffer[i + 2])) ch = this.buffer[i += 3];
				else break;
				return yield* this.pushToIndex(i, false);
			}
		}
		*pushNewline() {
			const ch = this.buffer[this.pos];
			if (ch === "\n") return yield* this.pushCount(1);
			else if (ch === "\r" && this.charAt(1) === "\n") return yield* this.pushCount(2);
			else return 0;
		}
		*pushSpaces(allowTabs) {
			let i = this.pos - 1;
			let ch;
			do
				ch = this.buffer[++i];
			while (ch === " " || allowTabs && ch === "	");
			const n = i - this.pos;
			if (n > 0) {
				yield this.buffer.substr(this.pos, n);
				this.pos = i;
			}
			return n;
		}
		*pushUntil(test) {
			let i = this.pos;
			let ch = this.buffer[i];
			while (!test(ch)) ch = this.buffer[++i];
			return yield* this.pushToIndex(i, false);
		}
	};
	exports.Lexer = Lexer;
}));
// node_modules/yaml/dist/parse/line-counter.js
var require_line_counter = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Tracks newlines during parsing in order to provide an efficient API for
	* determining the one-indexed `{ line, col }` position for any offset
	* within the input.
	*/
	var LineCounter = class {
		constructor() {
			this.lineStarts = [];
			/**
			* Should be called in ascending order. Otherwise, call
			* `lineCounter.lineStarts.sort()` before calling `linePos()`.
			*/
			this.addNewLine = (offset) => this.lineStarts.push(offset);
			/**
			* Performs a binary search and returns the 1-indexed { line, col }
			* position of `offset`. If `line === 0`, `addNewLine` has never been
			* called or `offset` is before the first known newline.
			*/
			this.linePos = (offset) => {
				let low = 0;
				let high = this.lineStarts.length;
				while (low < high) {
					const mid = low + high >> 1;
					if (this.lineStarts[mid] < offset) low = mid + 1;
					else high = mid;
				}
				if (this.lineStarts[low] === offset) return {
					line: low + 1,
					col: 1
				};
				if (low === 0) return {
					line: 0,
					col: offset
				};
				const start = this.lineStarts[low - 1];
				return {
					line: low,
					col: offset - start + 1
				};
			};
		}
	};
	exports.LineCounter = LineCounter;
}));
// node_modules/yaml/dist/parse/parser.js
var require_parser = /* @__PURE__ */ __commonJSMin(((exports) => {
	var node_process = __require("process");
	var cst = require_cst();
	var lexer = require_lexer();
	function includesToken(list, type) {
		for (let i = 0; i < list.length; ++i) if (list[i].type === type) return true;
		return false;
	}
	function findNonEmptyIndex(list) {
		for (let i = 0; i < list.length; ++i) switch (list[i].type) {
			case "space":
			case "comment":
			case "newline": break;
			default: return i;
		}
		return -1;
	}
	function isFlowToken(token) {
		switch (token?.type) {
			case "alias":
			case "scalar":
			case "single-quoted-scalar":
			case "double-quoted-scalar":
			case "flow-collection": return true;
			default: return false;
		}
	}
	function getPrevProps(parent) {
		switch (parent.type) {
			case "document": return parent.start;
			case "block-map": {
				const it = parent.items[parent.items.length - 1];
				return it.sep ?? it.start;
			}
			case "block-seq": return parent.items[parent.items.length - 1].start;
			/* istanbul ignore next should not happen */
			default: return [];
		}
	}
	/** Note: May modify input array */
	function getFirstKeyStartProps(prev) {
		if (prev.length === 0) return [];
		let i = prev.length;
		loop: while (--i >= 0) switch (prev[i].type) {
			case "doc-start":
			case "explicit-key-ind":
			case "map-value-ind":
			case "seq-item-ind":
			case "newline": break loop;
		}
		while (prev[++i]?.type === "space");
		return prev.splice(i, prev.length);
	}
	function arrayPushArray(target, source) {
		if (source.length < 1e5) Array.prototype.push.apply(target, source);
		else for (let i = 0; i < source.length; ++i) target.push(source[i]);
	}
	function fixFlowSeqItems(fc) {
		if (fc.start.type === "flow-seq-start") {
			for (const it of fc.items) if (it.sep && !it.value && !includesToken(it.start, "explicit-key-ind") && !includesToken(it.sep, "map-value-ind")) {
				if (it.key) it.value = it.key;
				delete it.key;
				if (isFlowToken(it.value)) {
					if (it.value.end) arrayPushArray(it.value.end, it.sep);
					else it.value.end = it.sep;
				} else arrayPushArray(it.start, it.sep);
				delete it.sep;
			}
		}
	}
	/**
	* A YAML concrete syntax tree (CST) parser
	*
	* ```ts
	* const src: string = ...
	* for (const token of new Parser().parse(src)) {
	*   // token: Token
	* }
	* ```
	*
	* To use the parser with a user-provided lexer:
	*
	* ```ts
	* function* parse(source: string, lexer: Lexer) {
	*   const parser = new Parser()
	*   for (const lexeme of lexer.lex(source))
	*     yield* parser.next(lexeme)
	*   yield* parser.end()
	* }
	*
	* const src: string = ...
	* const lexer = new Lexer()
	* for (const token of parse(src, lexer)) {
	*   // token: Token
	* }
	* ```
	*/
	var Parser = class {
		/**
		* @param onNewLine - If defined, called separately with the start position of
		*   each new line (in `parse()`, including the start of input).
		*/
		constructor(onNewLine) {
			/** If true, space and sequence indicators count as indentation */
			this.atNewLine = true;
			/** If true, next token is a scalar value */
			this.atScalar = false;
			/** Current indentation level */
			this.indent = 0;
			/** Current offset since the start of parsing */
			this.offset = 0;
			/** On the same line with a block map key */
			this.onKeyLine = false;
			/** Top indicates the node that's currently being built */
			this.stack = [];
			/** The source of the current token, set in parse() */
			this.source = "";
			/** The type of the current token, set in parse() */
			this.type = "";
			this.lexer = new lexer.Lexer();
			this.onNewLine = onNewLine;
		}
		/**
		* Parse `source` as a YAML stream.
		* If `incomplete`, a part of the last line may be left as a buffer for the next call.
		*
		* Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
		*
		* @returns A generator of tokens representing each directive, document, and other structure.
		*/
		*parse(source, incomplete = false) {
			if (this.onNewLine && this.offset === 0) this.onNewLine(0);
			for (const lexeme of this.lexer.lex(source, incomplete)) yield* this.next(lexeme);
			if (!incomplete) yield* this.end();
		}
		/**
		* Advance the parser by the `source` of one lexical token.
		*/
		*next(source) {
			this.source = source;
			if (node_process.env.LOG_TOKENS) console.log("|", cst.prettyToken(source));
			if (this.atScalar) {
				this.atScalar = false;
				yield* this.step();
				this.offset += source.length;
				return;
			}
			const type = cst.tokenType(source);
			if (!type) {
				const message = `Not a YAML token: ${source}`;
				yield* this.pop({
					type: "error",
					offset: this.offset,
					message,
					source
				});
				this.offset += source.length;
			} else if (type === "scalar") {
				this.atNewLine = false;
				this.atScalar = true;
				this.type = "scalar";
			} else {
				this.type = type;
				yield* this.step();
				switch (type) {
					case "newline":
						this.atNewLine = true;
						this.indent = 0;
						if (this.onNewLine) this.onNewLine(this.offset + source.length);
						break;
					case "space":
						if (this.atNewLine && source[0] === " ") this.indent += source.length;
						break;
					case "explicit-key-ind":
					case "map-value-ind":
					case "seq-item-ind":
						if (this.atNewLine) this.indent += source.length;
						break;
					case "doc-mode":
					case "flow-error-end": return;
					default: this.atNewLine = false;
				}
				this.offset += source.length;
			}
		}
		/** Call at end of input to push out any remaining constructions */
		*end() {
			while (this.stack.length > 0) yield* this.pop();
		}
		get sourceToken() {
			return {
				type: this.type,
				offset: this.offset,
				indent: this.indent,
				source: this.source
			};
		}
		*step() {
			const top = this.peek(1);
			if (this.type === "doc-end" && top?.type !== "doc-end") {
				while (this.stack.length > 0) yield* this.pop();
				this.stack.push({
					type: "doc-end",
					offset: this.offset,
					source: this.source
				});
				return;
			}
			if (!top) return yield* this.stream();
			switch (top.type) {
				case "document": return yield* this.document(top);
				case "alias":
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": return yield* this.scalar(top);
				case "block-scalar": return yield* this.blockScalar(top);
				case "block-map": return yield* this.blockMap(top);
				case "block-seq": return yield* this.blockSequence(top);
				case "flow-collection": return yield* this.flowCollection(top);
				case "doc-end": return yield* this.documentEnd(top);
			}
			/* istanbul ignore next should not happen */
			yield* this.pop();
		}
		peek(n) {
			return this.stack[this.stack.length - n];
		}
		*pop(error) {
			const token = error ?? this.stack.pop();
			/* istanbul ignore if should not happen */
			if (!token) yield {
				type: "error",
				offset: this.offset,
				source: "",
				message: "Tried to pop an empty stack"
			};
			else if (this.stack.length === 0) yield token;
			else {
				const top = this.peek(1);
				if (token.type === "block-scalar") token.indent = "indent" in top ? top.indent : 0;
				else if (token.type === "flow-collection" && top.type === "document") token.indent = 0;
				if (token.type === "flow-collection") fixFlowSeqItems(token);
				switch (top.type) {
					case "document":
						top.value = token;
						break;
					case "block-scalar":
						top.props.push(token);
						break;
					case "block-map": {
						const it = top.items[top.items.length - 1];
						if (it.value) {
							top.items.push({
								start: [],
								key: token,
								sep: []
							});
							this.onKeyLine = true;
							return;
						} else if (it.sep) it.value = token;
						else {
							Object.assign(it, {
								key: token,
								sep: []
							});
							this.onKeyLine = !it.explicitKey;
							return;
						}
						break;
					}
					case "block-seq": {
						const it = top.items[top.items.length - 1];
						if (it.value) top.items.push({
							start: [],
							value: token
						});
						else it.value = token;
						break;
					}
					case "flow-collection": {
						const it = top.items[top.items.length - 1];
						if (!it || it.value) top.items.push({
							start: [],
							key: token,
							sep: []
						});
						else if (it.sep) it.value = token;
						else Object.assign(it, {
							key: token,
							sep: []
						});
						return;
					}
					/* istanbul ignore next should not happen */
					default:
						yield* this.pop();
						yield* this.pop(token);
				}
				if ((top.type === "document" || top.type === "block-map" || top.type === "block-seq") && (token.type === "block-map" || token.type === "block-seq")) {
					const last = token.items[token.items.length - 1];
					if (last && !last.sep && !last.value && last.start.length > 0 && findNonEmptyIndex(last.start) === -1 && (token.indent === 0 || last.start.every((st) => st.type !== "comment" || st.indent < token.indent))) {
						if (top.type === "document") top.end = last.start;
						else top.items.push({ start: last.start });
						token.items.splice(-1, 1);
					}
				}
			}
		}
		*stream() {
			switch (this.type) {
				case "directive-line":
					yield {
						type: "directive",
						offset: this.offset,
						source: this.source
					};
					return;
				case "byte-order-mark":
				case "space":
				case "comment":
				case "newline":
					yield this.sourceToken;
					return;
				case "doc-mode":
				case "doc-start": {
					const doc = {
						type: "document",
						offset: this.offset,
						start: []
					};
					if (this.type === "doc-start") doc.start.push(this.sourceToken);
					this.stack.push(doc);
					return;
				}
			}
			yield {
				type: "error",
				offset: this.offset,
				message: `Unexpected ${this.type} token in YAML stream`,
				source: this.source
			};
		}
		*document(doc) {
			if (doc.value) return yield* this.lineEnd(doc);
			switch (this.type) {
				case "doc-start":
					if (findNonEmptyIndex(doc.start) !== -1) {
						yield* this.pop();
						yield* this.step();
					} else doc.start.push(this.sourceToken);
					return;
				case "anchor":
				case "tag":
				case "space":
				case "comment":
				case "newline":
					doc.start.push(this.sourceToken);
					return;
			}
			const bv = this.startBlockValue(doc);
			if (bv) this.stack.push(bv);
			else yield {
				type: "error",
				offset: this.offset,
				message: `Unexpected ${this.type} token in YAML document`,
				source: this.source
			};
		}
		*scalar(scalar) {
			if (this.type === "map-value-ind") {
				const start = getFirstKeyStartProps(getPrevProps(this.peek(2)));
				let sep;
				if (scalar.end) {
					sep = scalar.end;
					sep.push(this.sourceToken);
					delete scalar.end;
				} else sep = [this.sourceToken];
				const map = {
					type: "block-map",
					offset: scalar.offset,
					indent: scalar.indent,
					items: [{
						start,
						key: scalar,
						sep
					}]
				};
				this.onKeyLine = true;
				this.stack[this.stack.length - 1] = map;
			} else yield* this.lineEnd(scalar);
		}
		*blockScalar(scalar) {
			switch (this.type) {
				case "space":
				case "comment":
				case "newline":
					scalar.props.push(this.sourceToken);
					return;
				case "scalar":
					scalar.source = this.source;
					this.atNewLine = true;
					this.indent = 0;
					if (this.onNewLine) {
						let nl = this.source.indexOf("\n") + 1;
						while (nl !== 0) {
							this.onNewLine(this.offset + nl);
							nl = this.source.indexOf("\n", nl) + 1;
						}
					}
					yield* this.pop();
					break;
				/* istanbul ignore next should not happen */
				default:
					yield* this.pop();
					yield* this.step();
			}
		}
		*blockMap(map) {
			const it = map.items[map.items.length - 1];
			switch (this.type) {
				case "newline":
					this.onKeyLine = false;
					if (it.value) {
						const end = "end" in it.value ? it.value.end : void 0;
						if ((Array.isArray(end) ? end[end.length - 1] : void 0)?.type === "comment") end?.push(this.sourceToken);
						else map.items.push({ start: [this.sourceToken] });
					} else if (it.sep) it.sep.push(this.sourceToken);
					else it.start.push(this.sourceToken);
					return;
				case "space":
				case "comment":
					if (it.value) map.items.push({ start: [this.sourceToken] });
					else if (it.sep) it.sep.push(this.sourceToken);
					else {
						if (this.atIndentedComment(it.start, map.indent)) {
							const end = map.items[map.items.length - 2]?.value?.end;
							if (Array.isArray(end)) {
								arrayPushArray(end, it.start);
								end.push(this.sourceToken);
								map.items.pop();
								return;
							}
						}
						it.start.push(this.sourceToken);
					}
					return;
			}
			if (this.indent >= map.indent) {
				const atMapIndent = !this.onKeyLine && this.indent === map.indent;
				const atNextItem = atMapIndent && (it.sep || it.explicitKey) && this.type !== "seq-item-ind";
				let start = [];
				if (atNextItem && it.sep && !it.value) {
					const nl = [];
					for (let i = 0; i < it.sep.length; ++i) {
						const st = it.sep[i];
						switch (st.type) {
							case "newline":
								nl.push(i);
								break;
							case "space": break;
							case "comment":
								if (st.indent > map.indent) nl.length = 0;
								break;
							default: nl.length = 0;
						}
					}
					if (nl.length >= 2) start = it.sep.splice(nl[1]);
				}
				switch (this.type) {
					case "anchor":
					case "tag":
						if (atNextItem || it.value) {
							start.push(this.sourceToken);
							map.items.push({ start });
							this.onKeyLine = true;
						} else if (it.sep) it.sep.push(this.sourceToken);
						else it.start.push(this.sourceToken);
						return;
					case "explicit-key-ind":
						if (!it.sep && !it.explicitKey) {
							it.start.push(this.sourceToken);
							it.explicitKey = true;
						} else if (atNextItem || it.value) {
							start.push(this.sourceToken);
							map.items.push({
								start,
								explicitKey: true
							});
						} else this.stack.push({
							type: "block-map",
							offset: this.offset,
							indent: this.indent,
							items: [{
								start: [this.sourceToken],
								explicitKey: true
							}]
						});
						this.onKeyLine = true;
						return;
					case "map-value-ind":
						if (it.explicitKey) {
							if (!it.sep) {
								if (includesToken(it.start, "newline")) Object.assign(it, {
									key: null,
									sep: [this.sourceToken]
								});
								else {
									const start = getFirstKeyStartProps(it.start);
									this.stack.push({
										type: "block-map",
										offset: this.offset,
										indent: this.indent,
										items: [{
											start,
											key: null,
											sep: [this.sourceToken]
										}]
									});
								}
							} else if (it.value) map.items.push({
								start: [],
								key: null,
								sep: [this.sourceToken]
							});
							else if (includesToken(it.sep, "map-value-ind")) this.stack.push({
								type: "block-map",
								offset: this.offset,
								indent: this.indent,
								items: [{
									start,
									key: null,
									sep: [this.sourceToken]
								}]
							});
							else if (isFlowToken(it.key) && !includesToken(it.sep, "newline")) {
								const start = getFirstKeyStartProps(it.start);
								const key = it.key;
								const sep = it.sep;
								sep.push(this.sourceToken);
								delete it.key;
								delete it.sep;
								this.stack.push({
									type: "block-map",
									offset: this.offset,
									indent: this.indent,
									items: [{
										start,
										key,
										sep
									}]
								});
							} else if (start.length > 0) it.sep = it.sep.concat(start, this.sourceToken);
							else it.sep.push(this.sourceToken);
						} else if (!it.sep) Object.assign(it, {
							key: null,
							sep: [this.sourceToken]
						});
						else if (it.value || atNextItem) map.items.push({
							start,
							key: null,
							sep: [this.sourceToken]
						});
						else if (includesToken(it.sep, "map-value-ind")) this.stack.push({
							type: "block-map",
							offset: this.offset,
							indent: this.indent,
							items: [{
								start: [],
								key: null,
								sep: [this.sourceToken]
							}]
						});
						else it.sep.push(this.sourceToken);
						this.onKeyLine = true;
						return;
					case "alias":
					case "scalar":
					case "single-quoted-scalar":
					case "double-quoted-scalar": {
						const fs = this.flowScalar(this.type);
						if (atNextItem || it.value) {
							map.items.push({
								start,
								key: fs,
								sep: []
							});
							this.onKeyLine = true;
						} else if (it.sep) this.stack.push(fs);
						else {
							Object.assign(it, {
								key: fs,
								sep: []
							});
							this.onKeyLine = true;
						}
						return;
					}
					default: {
						const bv = this.startBlockValue(map);
						if (bv) {
							if (bv.type === "block-seq") {
								if (!it.explicitKey && it.sep && !includesToken(it.sep, "newline")) {
									yield* this.pop({
										type: "error",
										offset: this.offset,
										message: "Unexpected block-seq-ind on same line with key",
										source: this.source
									});
									return;
								}
							} else if (atMapIndent) map.items.push({ start });
							this.stack.push(bv);
							return;
						}
					}
				}
			}
			yield* this.pop();
			yield* this.step();
		}
		*blockSequence(seq) {
			const it = seq.items[seq.items.length - 1];
			switch (this.type) {
				case "newline":
					if (it.value) {
						const end = "end" in it.value ? it.value.end : void 0;
						if ((Array.isArray(end) ? end[end.length - 1] : void 0)?.type === "comment") end?.push(this.sourceToken);
						else seq.items.push({ start: [this.sourceToken] });
					} else it.start.push(this.sourceToken);
					return;
				case "space":
				case "comment":
					if (it.value) seq.items.push({ start: [this.sourceToken] });
					else {
						if (this.atIndentedComment(it.start, seq.indent)) {
							const end = seq.items[seq.items.length - 2]?.value?.end;
							if (Array.isArray(end)) {
								arrayPushArray(end, it.start);
								end.push(this.sourceToken);
								seq.items.pop();
								return;
							}
						}
						it.start.push(this.sourceToken);
					}
					return;
				case "anchor":
				case "tag":
					if (it.value || this.indent <= seq.indent) break;
					it.start.push(this.sourceToken);
					return;
				case "seq-item-ind":
					if (this.indent !== seq.indent) break;
					if (it.value || includesToken(it.start, "seq-item-ind")) seq.items.push({ start: [this.sourceToken] });
					else it.start.push(this.sourceToken);
					return;
			}
			if (this.indent > seq.indent) {
				const bv = this.startBlockValue(seq);
				if (bv) {
					this.stack.push(bv);
					return;
				}
			}
			yield* this.pop();
			yield* this.step();
		}
		*flowCollection(fc) {
			const it = fc.items[fc.items.length - 1];
			if (this.type === "flow-error-end") {
				let top;
				do {
					yield* this.pop();
					top = this.peek(1);
				} while (top?.type === "flow-collection");
			} else if (fc.end.length === 0) {
				switch (this.type) {
					case "comma":
					case "explicit-key-ind":
						if (!it || it.sep) fc.items.push({ start: [this.sourceToken] });
						else it.start.push(this.sourceToken);
						return;
					case "map-value-ind":
						if (!it || it.value) fc.items.push({
							start: [],
							key: null,
							sep: [this.sourceToken]
						});
						else if (it.sep) it.sep.push(this.sourceToken);
						else Object.assign(it, {
							key: null,
							sep: [this.sourceToken]
						});
						return;
					case "space":
					case "comment":
					case "newline":
					case "anchor":
					case "tag":
						if (!it || it.value) fc.items.push({ start: [this.sourceToken] });
						else if (it.sep) it.sep.push(this.sourceToken);
						else it.start.push(this.sourceToken);
						return;
					case "alias":
					case "scalar":
					case "single-quoted-scalar":
					case "double-quoted-scalar": {
						const fs = this.flowScalar(this.type);
						if (!it || it.value) fc.items.push({
							start: [],
							key: fs,
							sep: []
						});
						else if (it.sep) this.stack.push(fs);
						else Object.assign(it, {
							key: fs,
							sep: []
						});
						return;
					}
					case "flow-map-end":
					case "flow-seq-end":
						fc.end.push(this.sourceToken);
						return;
				}
				const bv = this.startBlockValue(fc);
				/* istanbul ignore else should not happen */
				if (bv) this.stack.push(bv);
				else {
					yield* this.pop();
					yield* this.step();
				}
			} else {
				const parent = this.peek(2);
				if (parent.type === "block-map" && (this.type === "map-value-ind" && parent.indent === fc.indent || this.type === "newline" && !parent.items[parent.items.length - 1].sep)) {
					yield* this.pop();
					yield* this.step();
				} else if (this.type === "map-value-ind" && parent.type !== "flow-collection") {
					const start = getFirstKeyStartProps(getPrevProps(parent));
					fixFlowSeqItems(fc);
					const sep = fc.end.splice(1, fc.end.length);
					sep.push(this.sourceToken);
					const map = {
						type: "block-map",
						offset: fc.offset,
						indent: fc.indent,
						items: [{
							start,
							key: fc,
							sep
						}]
					};
					this.onKeyLine = true;
					this.stack[this.stack.length - 1] = map;
				} else yield* this.lineEnd(fc);
			}
		}
		flowScalar(type) {
			if (this.onNewLine) {
				let nl = this.source.indexOf("\n") + 1;
				while (nl !== 0) {
					this.onNewLine(this.offset + nl);
					nl = this.source.indexOf("\n", nl) + 1;
				}
			}
			return {
				type,
				offset: this.offset,
				indent: this.indent,
				source: this.source
			};
		}
		startBlockValue(parent) {
			switch (this.type) {
				case "alias":
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": return this.flowScalar(this.type);
				case "block-scalar-header": return {
					type: "block-scalar",
					offset: this.offset,
					indent: this.indent,
					props: [this.sourceToken],
					source: ""
				};
				case "flow-map-start":
				case "flow-seq-start": return {
					type: "flow-collection",
					offset: this.offset,
					indent: this.indent,
					start: this.sourceToken,
					items: [],
					end: []
				};
				case "seq-item-ind": return {
					type: "block-seq",
					offset: this.offset,
					indent: this.indent,
					items: [{ start: [this.sourceToken] }]
				};
				case "explicit-key-ind": {
					this.onKeyLine = true;
					const start = getFirstKeyStartProps(getPrevProps(parent));
					start.push(this.sourceToken);
					return {
						type: "block-map",
						offset: this.offset,
						indent: this.indent,
						items: [{
							start,
							explicitKey: true
						}]
					};
				}
				case "map-value-ind": {
					this.onKeyLine = true;
					const start = getFirstKeyStartProps(getPrevProps(parent));
					return {
						type: "block-map",
						offset: this.offset,
						indent: this.indent,
						items: [{
							start,
							key: null,
							sep: [this.sourceToken]
						}]
					};
				}
			}
			return null;
		}
		atIndentedComment(start, indent) {
			if (this.type !== "comment") return false;
			if (this.indent <= indent) return false;
			return start.every((st) => st.type === "newline" || st.type === "space");
		}
		*documentEnd(docEnd) {
			if (this.type !== "doc-mode") {
				if (docEnd.end) docEnd.end.push(this.sourceToken);
				else docEnd.end = [this.sourceToken];
				if (this.type === "newline") yield* this.pop();
			}
		}
		*lineEnd(token) {
			switch (this.type) {
				case "comma":
				case "doc-start":
				case "doc-end":
				case "flow-seq-end":
				case "flow-map-end":
				case "map-value-ind":
					yield* this.pop();
					yield* this.step();
					break;
				case "newline": this.onKeyLine = false;
				default:
					if (token.end) token.end.push(this.sourceToken);
					else token.end = [this.sourceToken];
					if (this.type === "newline") yield* this.pop();
			}
		}
	};
	exports.Parser = Parser;
}));
// node_modules/yaml/dist/public-api.js
var require_public_api = /* @__PURE__ */ __commonJSMin(((exports) => {
	var composer = require_composer();
	var Document = require_Document();
	var errors = require_errors();
	var log = require_log();
	var identity = require_identity();
	var lineCounter = require_line_counter();
	var parser = require_parser();
	function parseOptions(options) {
		const prettyErrors = options.prettyErrors !== false;
		return {
			lineCounter: options.lineCounter || prettyErrors && new lineCounter.LineCounter() || null,
			prettyErrors
		};
	}
	/**
	* Parse the input as a stream of YAML documents.
	*
	* Documents should be separated from each other by `...` or `---` marker lines.
	*
	* @returns If an empty `docs` array is returned, it will be of type
	*   EmptyStream and contain additional stream information. In
	*   TypeScript, you should use `'empty' in docs` as a type guard for it.
	*/
	function parseAllDocuments(source, options = {}) {
		const { lineCounter, prettyErrors } = parseOptions(options);
		const parser$1 = new parser.Parser(lineCounter?.addNewLine);
		const composer$1 = new composer.Composer(options);
		const docs = Array.from(composer$1.compose(parser$1.parse(source)));
		if (prettyErrors && lineCounter) for (const doc of docs) {
			doc.errors.forEach(errors.prettifyError(source, lineCounter));
			doc.warnings.forEach(errors.prettifyError(source, lineCounter));
		}
		if (docs.length > 0) return docs;
		return Object.assign([], { empty: true }, composer$1.streamInfo());
	}
	/** Parse an input string into a single YAML.Document */
	function parseDocument(source, options = {}) {
		const { lineCounter, prettyErrors } = parseOptions(options);
		const parser$1 = new parser.Parser(lineCounter?.addNewLine);
		const composer$1 = new composer.Composer(options);
		let doc = null;
		for (const _doc of composer$1.compose(parser$1.parse(source), true, source.length)) if (!doc) doc = _doc;
		else if (doc.options.logLevel !== "silent") {
			doc.errors.push(new errors.YAMLParseError(_doc.range.slice(0, 2), "MULTIPLE_DOCS", "Source contains multiple documents; please use YAML.parseAllDocuments()"));
			break;
		}
		if (prettyErrors && lineCounter) {
			doc.errors.forEach(errors.prettifyError(source, lineCounter));
			doc.warnings.forEach(errors.prettifyError(source, lineCounter));
		}
		return doc;
	}
	function parse(src, reviver, options) {
		let _reviver = void 0;
		if (typeof reviver === "function") _reviver = reviver;
		else if (options === void 0 && reviver && typeof reviver === "object") options = reviver;
		const doc = parseDocument(src, options);
		if (!doc) return null;
		doc.warnings.forEach((warning) => log.warn(doc.options.logLevel, warning));
		if (doc.errors.length > 0) {
			if (doc.options.logLevel !== "silent") throw doc.errors[0];
			else doc.errors = [];
		}
		return doc.toJS(Object.assign({ reviver: _reviver }, options));
	}
	function stringify(value, replacer, options) {
		let _replacer = null;
		if (typeof replacer === "function" || Array.isArray(replacer)) _replacer = replacer;
		else if (options === void 0 && replacer) options = replacer;
		if (typeof options === "string") options = options.length;
		if (typeof options === "number") {
			const indent = Math.round(options);
			options = indent < 1 ? void 0 : indent > 8 ? { indent: 8 } : { indent };
		}
		if (value === void 0) {
			const { keepUndefined } = options ?? replacer ?? {};
			if (!keepUndefined) return void 0;
		}
		if (identity.isDocument(value) && !_replacer) return value.toString(options);
		return new Document.Document(value, _replacer, options).toString(options);
	}
	exports.parse = parse;
	exports.parseAllDocuments = parseAllDocuments;
	exports.parseDocument = parseDocument;
	exports.stringify = stringify;
}));
// node_modules/yaml/dist/index.js
var require_dist = /* @__PURE__ */ __commonJSMin(((exports) => {
	var composer = require_composer();
	var Document = require_Document();
	var Schema = require_Schema();
	var errors = require_errors();
	var Alias = require_Alias();
	var identity = require_identity();
	var Pair = require_Pair();
	var Scalar = require_Scalar();
	var YAMLMap = require_YAMLMap();
	var YAMLSeq = require_YAMLSeq();
	require_cst();
	var lexer = require_lexer();
	var lineCounter = require_line_counter();
	var parser = require_parser();
	var publicApi = require_public_api();
	var visit = require_visit();
	exports.Composer = composer.Composer;
	exports.Document = Document.Document;
	exports.Schema = Schema.Schema;
	exports.YAMLError = errors.YAMLError;
	exports.YAMLParseError = errors.YAMLParseError;
	exports.YAMLWarning = errors.YAMLWarning;
	exports.Alias = Alias.Alias;
	exports.isAlias = identity.isAlias;
	exports.isCollection = identity.isCollection;
	exports.isDocument = identity.isDocument;
	exports.isMap = identity.isMap;
	exports.isNode = identity.isNode;
	exports.isPair = identity.isPair;
	exports.isScalar = identity.isScalar;
	exports.isSeq = identity.isSeq;
	exports.Pair = Pair.Pair;
	exports.Scalar = Scalar.Scalar;
	exports.YAMLMap = YAMLMap.YAMLMap;
	exports.YAMLSeq = YAMLSeq.YAMLSeq;
	exports.Lexer = lexer.Lexer;
	exports.LineCounter = lineCounter.LineCounter;
	exports.Parser = parser.Parser;
	exports.parse = publicApi.parse;
	exports.parseAllDocuments = publicApi.parseAllDocuments;
	exports.parseDocument = publicApi.parseDocument;
	exports.stringify = publicApi.stringify;
	exports.visit = visit.visit;
	exports.visitAsync = visit.visitAsync;
}));
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
function perplexityText({ chunked, sliding }) {
	return [...chunked ? ["chunked"] : [], ...sliding === null ? [] : [`sliding=${sliding.window}/${sliding.stride}`]].join(",") || "none";
}
// node_modules/hyparquet/src/thrift.js
/**
* @import {DataReader, ThriftObject, ThriftType} from '../src/types.js'
*/
const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;
/**
* Parse TCompactProtocol
*
* @param {DataReader} reader
* @returns {{ [key: `field_${number}`]: any }}
*/
function deserializeTCompactProtocol(reader) {
	/** @type {ThriftObject} */
	const value = {};
	let fid = 0;
	while (true) {
		if (reader.offset >= reader.view.byteLength) throw new Error("thrift struct ended without STOP");
		const byte = reader.view.getUint8(reader.offset++);
		const type = byte & 15;
		if (type === STOP) break;
		const delta = byte >> 4;
		fid = delta ? fid + delta : readZigZag(reader);
		value[`field_${fid}`] = readElement(reader, type);
	}
	return value;
}
/**
* Read a single element based on its type
*
* @param {DataReader} reader
* @param {number} type
* @returns {ThriftType}
*/
function readElement(reader, type) {
	switch (type) {
		case TRUE: return true;
		case FALSE: return false;
		case BYTE: return reader.view.getInt8(reader.offset++);
		case I16:
		case I32: return readZigZag(reader);
		case I64: return readZigZagBigInt(reader);
		case DOUBLE: {
			const value = reader.view.getFloat64(reader.offset, true);
			reader.offset += 8;
			return value;
		}
		case BINARY: {
			const stringLength = readVarInt(reader);
			if (reader.offset + stringLength > reader.view.byteLength) throw new Error(`thrift binary length ${stringLength} exceeds remaining ${reader.view.byteLength - reader.offset} bytes`);
			const strBytes = new Uint8Array(reader.view.buffer, reader.view.byteOffset + reader.offset, stringLength);
			reader.offset += stringLength;
			return strBytes;
		}
		case LIST: {
			const byte = reader.view.getUint8(reader.offset++);
			const elemType = byte & 15;
			let listSize = byte >> 4;
			if (listSize === 15) listSize = readVarInt(reader);
			const boolType = elemType === TRUE || elemType === FALSE;
			const values = new Array(listSize);
			for (let i = 0; i < listSize; i++) values[i] = boolType ? readElement(reader, BYTE) === 1 : readElement(reader, elemType);
			return values;
		}
		case STRUCT: return deserializeTCompactProtocol(reader);
		default: throw new Error(`thrift unhandled type: ${type}`);
	}
}
/**
* Read varint aka Unsigned LEB128.
*
* @param {DataReader} reader
* @returns {number}
*/
function readVarInt(reader) {
	let result = 0;
	let shift = 0;
	while (true) {
		const byte = reader.view.getUint8(reader.offset++);
		result |= (byte & 127) << shift;
		if (!(byte & 128)) return result;
		shift += 7;
	}
}
/**
* Read a varint as a bigint.
*
* @param {DataReader} reader
* @returns {bigint}
*/
function readVarBigInt(reader) {
	let result = 0n;
	let shift = 0n;
	while (true) {
		const byte = reader.view.getUint8(reader.offset++);
		result |= BigInt(byte & 127) << shift;
		if (!(byte & 128)) return result;
		shift += 7n;
	}
}
/**
* Read a zigzag number.
* Zigzag folds positive and negative numbers into the positive number space.
*
* @param {DataReader} reader
* @returns {number}
*/
function readZigZag(reader) {
	const zigzag = readVarInt(reader);
	return zigzag >>> 1 ^ -(zigzag & 1);
}
/**
* Read a zigzag bigint.
*
* @param {DataReader} reader
* @returns {bigint}
*/
function readZigZagBigInt(reader) {
	const zigzag = readVarBigInt(reader);
	return zigzag >> 1n ^ -(zigzag & 1n);
}
// node_modules/hyparquet/src/xxhash.js
const MASK = 18446744073709551615n;
const PRIME1 = 11400714785074694791n;
const PRIME2 = 14029467366897019727n;
const PRIME3 = 1609587929392839161n;
const PRIME4 = 9650029242287828579n;
const PRIME5 = 2870177450012600261n;
/**
* @param {bigint} x
* @param {bigint} r rotation amount in bits (1..63)
* @returns {bigint}
*/
function rotl64(x, r) {
	return (x << r | x >> 64n - r) & MASK;
}
/**
* @param {bigint} acc
* @param {bigint} val
* @returns {bigint}
*/
function round(acc, val) {
	acc = acc + val * PRIME2 & MASK;
	acc = rotl64(acc, 31n);
	return acc * PRIME1 & MASK;
}
/**
* @param {bigint} acc
* @param {bigint} val
* @returns {bigint}
*/
function mergeRound(acc, val) {
	acc ^= round(0n, val);
	return acc * PRIME1 + PRIME4 & MASK;
}
/**
* Compute the 64-bit xxHash of a byte buffer.
*
* @param {Uint8Array} input
* @param {bigint} [seed]
* @returns {bigint} 64-bit hash
*/
function xxhash64(input, seed = 0n) {
	const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
	const len = input.byteLength;
	let offset = 0;
	let h64;
	if (len >= 32) {
		let v1 = seed + PRIME1 + PRIME2 & MASK;
		let v2 = seed + PRIME2 & MASK;
		let v3 = seed;
		let v4 = seed - PRIME1 & MASK;
		while (offset + 32 <= len) {
			v1 = round(v1, view.getBigUint64(offset, true));
			offset += 8;
			v2 = round(v2, view.getBigUint64(offset, true));
			offset += 8;
			v3 = round(v3, view.getBigUint64(offset, true));
			offset += 8;
			v4 = round(v4, view.getBigUint64(offset, true));
			offset += 8;
		}
		h64 = rotl64(v1, 1n) + rotl64(v2, 7n) + rotl64(v3, 12n) + rotl64(v4, 18n) & MASK;
		h64 = mergeRound(h64, v1);
		h64 = mergeRound(h64, v2);
		h64 = mergeRound(h64, v3);
		h64 = mergeRound(h64, v4);
	} else h64 = seed + PRIME5 & MASK;
	h64 = h64 + BigInt(len) & MASK;
	while (offset + 8 <= len) {
		h64 ^= round(0n, view.getBigUint64(offset, true));
		h64 = rotl64(h64, 27n) * PRIME1 + PRIME4 & MASK;
		offset += 8;
	}
	if (offset + 4 <= len) {
		h64 ^= BigInt(view.getUint32(offset, true)) * PRIME1 & MASK;
		h64 = rotl64(h64, 23n) * PRIME2 + PRIME3 & MASK;
		offset += 4;
	}
	while (offset < len) {
		h64 ^= BigInt(view.getUint8(offset)) * PRIME5 & MASK;
		h64 = rotl64(h64, 11n) * PRIME1 & MASK;
		offset += 1;
	}
	h64 ^= h64 >> 33n;
	h64 = h64 * PRIME2 & MASK;
	h64 ^= h64 >> 29n;
	h64 = h64 * PRIME3 & MASK;
	h64 ^= h64 >> 32n;
	return h64;
}
// node_modules/hyparquet/src/bloom.js
/**
* @import {BloomFilter, DataReader, ParquetQueryFilter, SchemaElement} from '../src/types.js'
*/
const textEncoder = new TextEncoder();
const SALT = new Uint32Array([
	1203114875,
	1150766481,
	2284105051,
	2729912477,
	1884591559,
	770785867,
	2667333959,
	1550580529
]);
/**
* Map the high 32 bits of a hash to a block index in [0, numBlocks).
*
* @param {bigint} hash
* @param {number} numBlocks
* @returns {number}
*/
function blockIndex(hash, numBlocks) {
	return Number((hash >> 32n) * BigInt(numBlocks) >> 32n);
}
/**
* Per-block mask: 8 uint32 words, each with a single bit set at position `(low32 * SALT[i]) >> 27`.
*
* @param {bigint} hash
* @returns {Uint32Array}
*/
function blockMask(hash) {
	const m = /* @__PURE__ */ new Uint32Array(8);
	const low = Number(hash & 4294967295n) | 0;
	for (let i = 0; i < 8; i++) m[i] = 1 << (Math.imul(low, SALT[i]) >>> 27);
	return m;
}
/**
* Test whether a hash might be present in a Split Block Bloom Filter.
* False positives are possible; false negatives are not.
*
* @param {Uint32Array} blocks bloom filter words (8 * numBlocks long)
* @param {bigint} hash 64-bit xxhash of the parquet-plain-encoded value
* @returns {boolean}
*/
function sbbfContains(blocks, hash) {
	const offset = blockIndex(hash, blocks.length >> 3) << 3;
	const m = blockMask(hash);
	for (let i = 0; i < 8; i++) if ((blocks[offset + i] & m[i]) === 0) return false;
	return true;
}
/**
* Parse a Split Block Bloom Filter from a reader positioned at the BloomFilterHeader.
* Returns undefined when the header advertises an unsupported algorithm, hash, or
* compression — callers should treat that as "cannot use this bloom filter."
*
* @param {DataReader} reader
* @returns {BloomFilter | undefined}
*/
function readBloomFilter(reader) {
	const header = deserializeTCompactProtocol(reader);
	const numBytes = header.field_1;
	if (typeof numBytes !== "number" || numBytes <= 0 || numBytes % 32 !== 0) return void 0;
	if (!header.field_2?.field_1) return void 0;
	if (!header.field_3?.field_1) return void 0;
	if (!header.field_4?.field_1) return void 0;
	const { view, offset } = reader;
	if (offset + numBytes > view.byteLength) throw new Error(`parquet bloom filter truncated: need ${numBytes} bytes, have ${view.byteLength - offset}`);
	const blocks = new Uint32Array(numBytes >> 2);
	for (let i = 0; i < blocks.length; i++) blocks[i] = view.getUint32(offset + i * 4, true);
	reader.offset = offset + numBytes;
	return {
		numBytes,
		blocks
	};
}
/**
* Hash a JS filter value as its parquet PLAIN-encoded bytes, suitable for a
* bloom filter lookup. Returns undefined when the column's parser is lossy or
* ambiguous (DATE, TIMESTAMP_*, DECIMAL, JSON, BSON, INT96, FLOAT16, UUID,
* GEOMETRY, GEOGRAPHY, INTERVAL) or when the JS value type doesn't match the
* column. Callers must treat undefined as "bloom filter cannot help."
*
* @param {any} value
* @param {SchemaElement} element
* @returns {bigint | undefined}
*/
function hashParquetValue(value, element) {
	if (value === null || value === void 0) return void 0;
	const { type, converted_type, logical_type } = element;
	if (type === "BOOLEAN") {
		if (typeof value !== "boolean") return void 0;
		return xxhash64(new Uint8Array([value ? 1 : 0]));
	}
	if (type === "FLOAT") {
		if (typeof value !== "number") return void 0;
		const buf = /* @__PURE__ */ new ArrayBuffer(4);
		new DataView(buf).setFloat32(0, value, true);
		return xxhash64(new Uint8Array(buf));
	}
	if (type === "DOUBLE") {
		if (typeof value !== "number") return void 0;
		const buf = /* @__PURE__ */ new ArrayBuffer(8);
		new DataView(buf).setFloat64(0, value, true);
		return xxhash64(new Uint8Array(buf));
	}
	if (type === "INT32") {
		if (converted_type === "DATE" || converted_type === "DECIMAL" || converted_type === "TIME_MILLIS") return void 0;
		if (logical_type?.type === "DATE" || logical_type?.type === "TIME" || logical_type?.type === "DECIMAL") return void 0;
		if (typeof value !== "number" || !Number.isInteger(value)) return void 0;
		const buf = /* @__PURE__ */ new ArrayBuffer(4);
		new DataView(buf).setInt32(0, value | 0, true);
		return xxhash64(new Uint8Array(buf));
	}
	if (type === "INT64") {
		if (converted_type === "TIMESTAMP_MILLIS" || converted_type === "TIMESTAMP_MICROS") return void 0;
		if (converted_type === "TIME_MICROS" || converted_type === "DECIMAL") return void 0;
		if (logical_type?.type === "TIMESTAMP" || logical_type?.type === "TIME" || logical_type?.type === "DECIMAL") return void 0;
		let bigValue;
		if (typeof value === "bigint") bigValue = value;
		else if (typeof value === "number" && Number.isSafeInteger(value)) bigValue = BigInt(value);
		else return void 0;
		const buf = /* @__PURE__ */ new ArrayBuffer(8);
		new DataView(buf).setBigUint64(0, BigInt.asUintN(64, bigValue), true);
		return xxhash64(new Uint8Array(buf));
	}
	if (type === "BYTE_ARRAY") {
		if (converted_type === "JSON" || converted_type === "BSON" || converted_type === "DECIMAL") return void 0;
		if (logical_type?.type === "JSON" || logical_type?.type === "BSON" || logical_type?.type === "VARIANT") return void 0;
		if (logical_type?.type === "GEOMETRY" || logical_type?.type === "GEOGRAPHY") return void 0;
		if (typeof value === "string") return xxhash64(textEncoder.encode(value));
		if (value instanceof Uint8Array) return xxhash64(value);
		return;
	}
	if (type === "FIXED_LEN_BYTE_ARRAY") {
		if (converted_type === "DECIMAL" || converted_type === "INTERVAL") return void 0;
		if (logical_type?.type === "DECIMAL" || logical_type?.type === "UUID" || logical_type?.type === "FLOAT16") return void 0;
		if (logical_type?.type === "GEOMETRY" || logical_type?.type === "GEOGRAPHY") return void 0;
		if (value instanceof Uint8Array) return xxhash64(value);
		return;
	}
}
/**
* Top-level column names that appear in $eq or $in predicates within a filter.
* These are the only columns where a bloom filter can prove a value's absence
* and let us skip a row group; any other operator can't be helped by a bloom.
*
* @param {ParquetQueryFilter | undefined} filter
* @returns {Set<string>}
*/
function bloomEligibleColumns(filter) {
	/** @type {Set<string>} */
	const out = /* @__PURE__ */ new Set();
	walkBloomEligible(filter, out);
	return out;
}
/**
* @param {ParquetQueryFilter | undefined} filter
* @param {Set<string>} out
*/
function walkBloomEligible(filter, out) {
	if (!filter) return;
	if ("$and" in filter && Array.isArray(filter.$and)) {
		for (const sub of filter.$and) walkBloomEligible(sub, out);
		return;
	}
	if ("$or" in filter && Array.isArray(filter.$or)) {
		for (const sub of filter.$or) walkBloomEligible(sub, out);
		return;
	}
	if ("$nor" in filter) return;
	for (const [field, condition] of Object.entries(filter)) {
		if (field.startsWith("$")) continue;
		if (typeof condition === "object" && condition !== null && !Array.isArray(condition)) {
			if ("$eq" in condition || "$in" in condition) out.add(field);
		} else out.add(field);
	}
}
// node_modules/hyparquet/src/constants.js
/** @type {import('../src/types.d.ts').ParquetType[]} */
const ParquetTypes = [
	"BOOLEAN",
	"INT32",
	"INT64",
	"INT96",
	"FLOAT",
	"DOUBLE",
	"BYTE_ARRAY",
	"FIXED_LEN_BYTE_ARRAY"
];
/** @type {import('../src/types.d.ts').Encoding[]} */
const Encodings = [
	"PLAIN",
	"GROUP_VAR_INT",
	"PLAIN_DICTIONARY",
	"RLE",
	"BIT_PACKED",
	"DELTA_BINARY_PACKED",
	"DELTA_LENGTH_BYTE_ARRAY",
	"DELTA_BYTE_ARRAY",
	"RLE_DICTIONARY",
	"BYTE_STREAM_SPLIT"
];
/** @type {import('../src/types.d.ts').FieldRepetitionType[]} */
const FieldRepetitionTypes = [
	"REQUIRED",
	"OPTIONAL",
	"REPEATED"
];
/** @type {import('../src/types.d.ts').ConvertedType[]} */
const ConvertedTypes = [
	"UTF8",
	"MAP",
	"MAP_KEY_VALUE",
	"LIST",
	"ENUM",
	"DECIMAL",
	"DATE",
	"TIME_MILLIS",
	"TIME_MICROS",
	"TIMESTAMP_MILLIS",
	"TIMESTAMP_MICROS",
	"UINT_8",
	"UINT_16",
	"UINT_32",
	"UINT_64",
	"INT_8",
	"INT_16",
	"INT_32",
	"INT_64",
	"JSON",
	"BSON",
	"INTERVAL"
];
/** @type {import('../src/types.d.ts').CompressionCodec[]} */
const CompressionCodecs = [
	"UNCOMPRESSED",
	"SNAPPY",
	"GZIP",
	"LZO",
	"BROTLI",
	"LZ4",
	"ZSTD",
	"LZ4_RAW"
];
/** @type {import('../src/types.d.ts').PageType[]} */
const PageTypes = [
	"DATA_PAGE",
	"INDEX_PAGE",
	"DICTIONARY_PAGE",
	"DATA_PAGE_V2"
];
/** @type {import('../src/types.d.ts').BoundaryOrder[]} */
const BoundaryOrders = [
	"UNORDERED",
	"ASCENDING",
	"DESCENDING"
];
/** @type {import('../src/types.d.ts').EdgeInterpolationAlgorithm[]} */
const EdgeInterpolationAlgorithms = [
	"SPHERICAL",
	"VINCENTY",
	"THOMAS",
	"ANDOYER",
	"KARNEY"
];
// node_modules/hyparquet/src/wkb.js
/**
* WKB (Well-Known Binary) decoder for geometry objects.
*
* @param {DataReader} reader
* @returns {Geometry} geometry object
*/
function wkbToGeojson(reader) {
	const flags = getFlags(reader);
	if (flags.type === 1) return {
		type: "Point",
		coordinates: readPosition(reader, flags)
	};
	else if (flags.type === 2) return {
		type: "LineString",
		coordinates: readLine(reader, flags)
	};
	else if (flags.type === 3) return {
		type: "Polygon",
		coordinates: readPolygon(reader, flags)
	};
	else if (flags.type === 4) {
		const points = [];
		for (let i = 0; i < flags.count; i++) points.push(readPosition(reader, getFlags(reader)));
		return {
			type: "MultiPoint",
			coordinates: points
		};
	} else if (flags.type === 5) {
		const lines = [];
		for (let i = 0; i < flags.count; i++) lines.push(readLine(reader, getFlags(reader)));
		return {
			type: "MultiLineString",
			coordinates: lines
		};
	} else if (flags.type === 6) {
		const polygons = [];
		for (let i = 0; i < flags.count; i++) polygons.push(readPolygon(reader, getFlags(reader)));
		return {
			type: "MultiPolygon",
			coordinates: polygons
		};
	} else if (flags.type === 7) {
		const geometries = [];
		for (let i = 0; i < flags.count; i++) geometries.push(wkbToGeojson(reader));
		return {
			type: "GeometryCollection",
			geometries
		};
	} else throw new Error(`Unsupported geometry type: ${flags.type}`);
}
/**
* Extract ISO WKB flags and base geometry type.
*
* @param {DataReader} reader
* @returns {WkbFlags}
*/
function getFlags(reader) {
	const { view } = reader;
	const littleEndian = view.getUint8(reader.offset++) === 1;
	const rawType = view.getUint32(reader.offset, littleEndian);
	reader.offset += 4;
	const type = rawType % 1e3;
	const flags = Math.floor(rawType / 1e3);
	let count = 0;
	if (type > 1 && type <= 7) {
		count = view.getUint32(reader.offset, littleEndian);
		reader.offset += 4;
	}
	let dim = 2;
	if (flags) dim++;
	if (flags === 3) dim++;
	return {
		littleEndian,
		type,
		dim,
		count
	};
}
/**
* @param {DataReader} reader
* @param {WkbFlags} flags
* @returns {number[]}
*/
function readPosition(reader, flags) {
	const points = [];
	for (let i = 0; i < flags.dim; i++) {
		const coord = reader.view.getFloat64(reader.offset, flags.littleEndian);
		reader.offset += 8;
		points.push(coord);
	}
	return points;
}
/**
* @param {DataReader} reader
* @param {WkbFlags} flags
* @returns {number[][]}
*/
function readLine(reader, flags) {
	const points = [];
	for (let i = 0; i < flags.count; i++) points.push(readPosition(reader, flags));
	return points;
}
/**
* @param {DataReader} reader
* @param {WkbFlags} flags
* @returns {number[][][]}
*/
function readPolygon(reader, flags) {
	const { view } = reader;
	const rings = [];
	for (let r = 0; r < flags.count; r++) {
		const count = view.getUint32(reader.offset, flags.littleEndian);
		reader.offset += 4;
		rings.push(readLine(reader, {
			...flags,
			count
		}));
	}
	return rings;
}
/**
* @typedef {object} WkbFlags
* @property {boolean} littleEndian
* @property {number} type
* @property {number} dim
* @property {number} count
*/
/**
* @import {DataReader, Geometry} from '../src/types.js'
*/
// node_modules/hyparquet/src/convert.js
/**
* @import {ColumnDecoder, DecodedArray, Encoding, ParquetParsers} from '../src/types.js'
*/
const decoder$2 = new TextDecoder();
/**
* Default type parsers when no custom ones are given
* @type ParquetParsers
*/
const DEFAULT_PARSERS = {
	timestampFromMilliseconds(millis) {
		return new Date(Number(millis));
	},
	timestampFromMicroseconds(micros) {
		return new Date(Number(micros / 1000n));
	},
	timestampFromNanoseconds(nanos) {
		return new Date(Number(nanos / 1000000n));
	},
	dateFromDays(days) {
		return /* @__PURE__ */ new Date(days * 864e5);
	},
	stringFromBytes(bytes) {
		return bytes && decoder$2.decode(bytes);
	},
	jsonFromBytes(bytes) {
		return bytes && JSON.parse(decoder$2.decode(bytes));
	},
	geometryFromBytes(bytes) {
		return bytes && wkbToGeojson({
			view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
			offset: 0
		});
	},
	geographyFromBytes(bytes) {
		return bytes && wkbToGeojson({
			view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
			offset: 0
		});
	},
	uuidFromBytes(bytes) {
		if (!bytes) return void 0;
		const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
		return hex.slice(0, 8) + "-" + hex.slice(8, 12) + "-" + hex.slice(12, 16) + "-" + hex.slice(16, 20) + "-" + hex.slice(20, 32);
	}
};
/**
* Convert known types from primitive to rich, and dereference dictionary.
*
* @param {DecodedArray} data series of primitive types
* @param {DecodedArray | undefined} dictionary
* @param {Encoding} encoding
* @param {ColumnDecoder} columnDecoder
* @returns {DecodedArray} series of rich types
*/
function convertWithDictionary(data, dictionary, encoding, columnDecoder) {
	if (dictionary && encoding.endsWith("_DICTIONARY")) {
		let output = data;
		if (data instanceof Uint8Array && !(dictionary instanceof Uint8Array)) output = new dictionary.constructor(data.length);
		for (let i = 0; i < data.length; i++) output[i] = dictionary[data[i]];
		return output;
	} else return convert(data, columnDecoder);
}
/**
* Convert known types from primitive to rich.
*
* @param {DecodedArray} data series of primitive types
* @param {ColumnDecoder} columnDecoder
* @returns {DecodedArray} series of rich types
*/
function convert(data, columnDecoder) {
	const { element, parsers, utf8 = true, schemaPath } = columnDecoder;
	const { type, converted_type: ctype, logical_type: ltype } = element;
	const nullable = element.repetition_type !== "REQUIRED";
	if (schemaPath?.some((s) => s.element.logical_type?.type === "VARIANT") && type === "BYTE_ARRAY" && ctype !== "UTF8" && ltype?.type !== "STRING") return data;
	if (ctype === "DECIMAL") {
		const factor = 10 ** -(element.scale || 0);
		const arr = new Array(data.length);
		for (let i = 0; i < arr.length; i++) if (data[i] instanceof Uint8Array) arr[i] = parseDecimal(data[i]) * factor;
		else arr[i] = Number(data[i]) * factor;
		return arr;
	}
	if (!ctype && type === "INT96") return Array.from(data).map((v) => parsers.timestampFromNanoseconds(parseInt96Nanos(v)));
	if (ctype === "DATE") return Array.from(data).map((v) => parsers.dateFromDays(v));
	if (ctype === "TIMESTAMP_MILLIS") return Array.from(data).map((v) => parsers.timestampFromMilliseconds(v));
	if (ctype === "TIMESTAMP_MICROS") return Array.from(data).map((v) => parsers.timestampFromMicroseconds(v));
	if (ctype === "JSON") return data.map((v) => parsers.jsonFromBytes(v));
	if (ctype === "BSON") throw new Error("parquet bson not supported");
	if (ctype === "INTERVAL") throw new Error("parquet interval not supported");
	if (ltype?.type === "GEOMETRY") return data.map((v) => parsers.geometryFromBytes(v));
	if (ltype?.type === "GEOGRAPHY") return data.map((v) => parsers.geographyFromBytes(v));
	if (ltype?.type === "UUID") return data.map((v) => parsers.uuidFromBytes(v));
	if (ctype === "UTF8" || ltype?.type === "STRING" || utf8 && type === "BYTE_ARRAY") return data.map((v) => parsers.stringFromBytes(v));
	if (ctype === "UINT_64" || ltype?.type === "INTEGER" && ltype.bitWidth === 64 && !ltype.isSigned) {
		if (data instanceof BigInt64Array) return new BigUint64Array(data.buffer, data.byteOffset, data.length);
		const arr = nullable ? new Array(data.length) : new BigUint64Array(data.length);
		for (let i = 0; i < arr.length; i++) arr[i] = data[i];
		return arr;
	}
	if (ctype === "UINT_32" || ltype?.type === "INTEGER" && ltype.bitWidth === 32 && !ltype.isSigned) {
		if (data instanceof Int32Array) return new Uint32Array(data.buffer, data.byteOffset, data.length);
		const arr = nullable ? new Array(data.length) : new Uint32Array(data.length);
		for (let i = 0; i < arr.length; i++) arr[i] = data[i] < 0 ? 4294967296 + data[i] : data[i];
		return arr;
	}
	if (ltype?.type === "FLOAT16") return Array.from(data).map(parseFloat16);
	if (ltype?.type === "TIMESTAMP") {
		const { unit } = ltype;
		/** @type {ParquetParsers[keyof ParquetParsers]} */
		let parser = parsers.timestampFromMilliseconds;
		if (unit === "MICROS") parser = parsers.timestampFromMicroseconds;
		if (unit === "NANOS") parser = parsers.timestampFromNanoseconds;
		const arr = new Array(data.length);
		for (let i = 0; i < arr.length; i++) arr[i] = parser(data[i]);
		return arr;
	}
	return data;
}
/**
* @param {Uint8Array} bytes
* @returns {number}
*/
function parseDecimal(bytes) {
	if (!bytes.length) return 0;
	let value = 0n;
	for (const byte of bytes) value = value * 256n + BigInt(byte);
	const bits = bytes.length * 8;
	if (value >= 2n ** BigInt(bits - 1)) value -= 2n ** BigInt(bits);
	return Number(value);
}
/**
* Converts INT96 date format (hi 32bit days, lo 64bit nanos) to nanos since epoch
* @param {bigint} value
* @returns {bigint}
*/
function parseInt96Nanos(value) {
	const days = (value >> 64n) - 2440588n;
	const nano = value & 18446744073709551615n;
	return days * 86400000000000n + nano;
}
/**
* @param {Uint8Array | undefined} bytes
* @returns {number | undefined}
*/
function parseFloat16(bytes) {
	if (!bytes) return void 0;
	const int16 = bytes[1] << 8 | bytes[0];
	const sign = int16 >> 15 ? -1 : 1;
	const exp = int16 >> 10 & 31;
	const frac = int16 & 1023;
	if (exp === 0) return sign * 2 ** -14 * (frac / 1024);
	if (exp === 31) return frac ? NaN : sign * 1e400;
	return sign * 2 ** (exp - 15) * (1 + frac / 1024);
}
// node_modules/hyparquet/src/schema.js
/**
* Build a tree from the schema elements.
*
* @param {SchemaElement[]} schema
* @param {number} rootIndex index of the root element
* @param {string[]} path path to the element
* @returns {SchemaTree} tree of schema elements
*/
function schemaTree(schema, rootIndex, path) {
	const element = schema[rootIndex];
	const children = [];
	let count = 1;
	if (element.num_children) while (children.length < element.num_children) {
		const childElement = schema[rootIndex + count];
		const child = schemaTree(schema, rootIndex + count, [...path, childElement.name]);
		count += child.count;
		children.push(child);
	}
	return {
		count,
		element,
		children,
		path
	};
}
/**
* Get schema elements from the root to the given element name.
*
* @param {SchemaElement[]} schema
* @param {string[]} name path to the element
* @returns {SchemaTree[]} list of schema elements
*/
function getSchemaPath(schema, name) {
	return getTreePath(schemaTree(schema, 0, []), name);
}
/**
* Get schema tree nodes from the root of a prebuilt tree to the given element name.
*
* @param {SchemaTree} tree root of the schema tree
* @param {string[]} name path to the element
* @returns {SchemaTree[]} list of schema elements
*/
function getTreePath(tree, name) {
	const path = [tree];
	for (const part of name) {
		const child = tree.children.find((child) => child.element.name === part);
		if (!child) throw new Error(`parquet schema element not found: ${name}`);
		path.push(child);
		tree = child;
	}
	return path;
}
/**
* Get all physical (leaf) column names.
*
* @param {SchemaTree} schemaTree
* @returns {string[]} list of physical column names
*/
function getPhysicalColumns(schemaTree) {
	/** @type {string[]} */
	const columns = [];
	/** @param {SchemaTree} node */
	function traverse(node) {
		if (node.children.length) for (const child of node.children) traverse(child);
		else columns.push(node.path.join("."));
	}
	traverse(schemaTree);
	return columns;
}
/**
* Get the max repetition level for a given schema path.
*
* @param {SchemaTree[]} schemaPath
* @returns {number} max repetition level
*/
function getMaxRepetitionLevel(schemaPath) {
	let maxLevel = 0;
	for (const { element } of schemaPath) if (element.repetition_type === "REPEATED") maxLevel++;
	return maxLevel;
}
/**
* Get the max definition level for a given schema path.
*
* @param {SchemaTree[]} schemaPath
* @returns {number} max definition level
*/
function getMaxDefinitionLevel(schemaPath) {
	let maxLevel = 0;
	for (const { element } of schemaPath.slice(1)) if (element.repetition_type !== "REQUIRED") maxLevel++;
	return maxLevel;
}
/**
* Check if a column is list-like.
*
* @param {SchemaTree} schema
* @returns {boolean} true if list-like
*/
function isListLike(schema) {
	if (!schema) return false;
	if (schema.element.converted_type !== "LIST") return false;
	if (schema.children.length > 1) return false;
	const firstChild = schema.children[0];
	if (firstChild.children.length > 1) return false;
	if (firstChild.element.repetition_type !== "REPEATED") return false;
	return true;
}
/**
* Check if a column is map-like.
*
* @param {SchemaTree} schema
* @returns {boolean} true if map-like
*/
function isMapLike(schema) {
	if (!schema) return false;
	if (schema.element.converted_type !== "MAP") return false;
	if (schema.children.length > 1) return false;
	const firstChild = schema.children[0];
	if (firstChild.children.length !== 2) return false;
	if (firstChild.element.repetition_type !== "REPEATED") return false;
	if (firstChild.children.find((child) => child.element.name === "key")?.element.repetition_type === "REPEATED") return false;
	if (firstChild.children.find((child) => child.element.name === "value")?.element.repetition_type === "REPEATED") return false;
	return true;
}
/**
* Returns true if a column is non-nested.
*
* @param {SchemaTree[]} schemaPath
* @returns {boolean}
*/
function isFlatColumn(schemaPath) {
	if (schemaPath.length !== 2) return false;
	const [, column] = schemaPath;
	if (column.element.repetition_type === "REPEATED") return false;
	if (column.children.length) return false;
	return true;
}
/**
* @import {SchemaElement, SchemaTree} from '../src/types.js'
*/
// node_modules/hyparquet/src/geoparquet.js
/**
* @param {SchemaElement[]} schema
* @param {KeyValue[] | undefined} key_value_metadata
* @returns {void}
*/
function markGeoColumns(schema, key_value_metadata) {
	/** @type {Map<string, LogicalType>} */
	const columns = /* @__PURE__ */ new Map();
	const geo = key_value_metadata?.find(({ key }) => key === "geo")?.value;
	const decodedColumns = (geo && JSON.parse(geo)?.columns) ?? {};
	for (const [name, column] of Object.entries(decodedColumns)) {
		if (column.encoding !== "WKB") continue;
		const type = column.edges === "spherical" ? "GEOGRAPHY" : "GEOMETRY";
		const id = column.crs?.id ?? column.crs?.ids?.[0];
		const crs = id ? `${id.authority}:${id.code.toString()}` : void 0;
		columns.set(name, {
			type,
			crs
		});
	}
	for (let i = 1; i < schema.length; i++) {
		const { logical_type, name, num_children, type } = schema[i];
		if (num_children) {
			i += num_children;
			continue;
		}
		if (type === "BYTE_ARRAY" && !logical_type) schema[i].logical_type = columns.get(name);
	}
}
/**
* @import {KeyValue, LogicalType, SchemaElement} from '../src/types.js'
*/
// node_modules/hyparquet/src/metadata.js
/**
* @import {AsyncBuffer, FileMetaData, KeyValue, LogicalType, MetadataOptions, MinMaxType, ParquetParsers, SchemaElement, SchemaTree, Statistics, TimeUnit} from '../src/types.js'
*/
const defaultInitialFetchSize = 1 << 19;
const decoder$1 = new TextDecoder();
function decode(value) {
	return value && decoder$1.decode(value);
}
/**
* Read parquet metadata from an async buffer.
*
* An AsyncBuffer is like an ArrayBuffer, but the slices are loaded
* asynchronously, possibly over the network.
*
* You must provide the byteLength of the buffer, typically from a HEAD request.
*
* In theory, you could use suffix-range requests to fetch the end of the file,
* and save a round trip. But in practice, this doesn't work because chrome
* deems suffix-range requests as a not-safe-listed header, and will require
* a pre-flight. So the byteLength is required.
*
* To make this efficient, we initially request the last 512kb of the file,
* which is likely to contain the metadata. If the metadata length exceeds the
* initial fetch, 512kb, we request the rest of the metadata from the AsyncBuffer.
*
* This ensures that we either make one 512kb initial request for the metadata,
* or a second request for up to the metadata size.
*
* @param {AsyncBuffer} asyncBuffer parquet file contents
* @param {MetadataOptions & { initialFetchSize?: number }} options initial fetch size in bytes (default 512kb)
* @returns {Promise<FileMetaData>} parquet metadata object
*/
async function parquetMetadataAsync(asyncBuffer, { parsers, initialFetchSize = defaultInitialFetchSize, geoparquet = true } = {}) {
	if (!asyncBuffer || !(asyncBuffer.byteLength >= 0)) throw new Error("parquet expected AsyncBuffer");
	const footerOffset = Math.max(0, asyncBuffer.byteLength - initialFetchSize);
	const footerBuffer = await asyncBuffer.slice(footerOffset, asyncBuffer.byteLength);
	const footerView = new DataView(footerBuffer);
	if (footerView.getUint32(footerBuffer.byteLength - 4, true) !== 827474256) throw new Error("parquet file invalid (footer != PAR1)");
	const metadataLength = footerView.getUint32(footerBuffer.byteLength - 8, true);
	if (metadataLength > asyncBuffer.byteLength - 8) throw new Error(`parquet metadata length ${metadataLength} exceeds available buffer ${asyncBuffer.byteLength - 8}`);
	if (metadataLength + 8 > initialFetchSize) {
		const metadataOffset = asyncBuffer.byteLength - metadataLength - 8;
		const metadataBuffer = await asyncBuffer.slice(metadataOffset, footerOffset);
		const combinedBuffer = new ArrayBuffer(metadataLength + 8);
		const combinedView = new Uint8Array(combinedBuffer);
		combinedView.set(new Uint8Array(metadataBuffer));
		combinedView.set(new Uint8Array(footerBuffer), footerOffset - metadataOffset);
		return parquetMetadata(combinedBuffer, {
			parsers,
			geoparquet
		});
	} else return parquetMetadata(footerBuffer, {
		parsers,
		geoparquet
	});
}
/**
* Read parquet metadata from a buffer synchronously.
*
* @param {ArrayBuffer | Uint8Array} arrayBuffer parquet file footer
* @param {MetadataOptions} options metadata parsing options
* @returns {FileMetaData} parquet metadata object
*/
function parquetMetadata(arrayBuffer, { parsers, geoparquet = true } = {}) {
	let view;
	if (arrayBuffer instanceof ArrayBuffer) view = new DataView(arrayBuffer);
	else if (arrayBuffer instanceof Uint8Array) view = new DataView(arrayBuffer.buffer, arrayBuffer.byteOffset, arrayBuffer.byteLength);
	else throw new Error("parquet expected ArrayBuffer or Uint8Array");
	const allParsers = {
		...DEFAULT_PARSERS,
		...parsers
	};
	if (view.byteLength < 8) throw new Error("parquet file is too short");
	if (view.getUint32(view.byteLength - 4, true) !== 827474256) throw new Error("parquet file invalid (footer != PAR1)");
	const metadataLengthOffset = view.byteLength - 8;
	const metadataLength = view.getUint32(metadataLengthOffset, true);
	if (metadataLength > view.byteLength - 8) throw new Error(`parquet metadata length ${metadataLength} exceeds available buffer ${view.byteLength - 8}`);
	const metadataOffset = metadataLengthOffset - metadataLength;
	const metadata = deserializeTCompactProtocol({
		view,
		offset: metadataOffset
	});
	const version = metadata.field_1;
	/** @type {SchemaElement[]} */
	const schema = metadata.field_2.map((field) => ({
		type: ParquetTypes[field.field_1],
		type_length: field.field_2,
		repetition_type: FieldRepetitionTypes[field.field_3],
		name: decode(field.field_4),
		num_children: field.field_5,
		converted_type: ConvertedTypes[field.field_6],
		scale: field.field_7,
		precision: field.field_8,
		field_id: field.field_9,
		logical_type: logicalType(field.field_10)
	}));
	const columnSchema = schema.filter((e) => e.type);
	const num_rows = metadata.field_3;
	const row_groups = metadata.field_4.map((rowGroup) => ({
		columns: rowGroup.field_1.map((column, columnIndex) => ({
			file_path: decode(column.field_1),
			file_offset: column.field_2,
			meta_data: column.field_3 && {
				type: ParquetTypes[column.field_3.field_1],
				encodings: column.field_3.field_2?.map((e) => Encodings[e]),
				path_in_schema: column.field_3.field_3.map(decode),
				codec: CompressionCodecs[column.field_3.field_4],
				num_values: column.field_3.field_5,
				total_uncompressed_size: column.field_3.field_6,
				total_compressed_size: column.field_3.field_7,
				key_value_metadata: column.field_3.field_8?.map((kv) => ({
					key: decode(kv.field_1),
					value: decode(kv.field_2)
				})),
				data_page_offset: column.field_3.field_9,
				index_page_offset: column.field_3.field_10,
				dictionary_page_offset: column.field_3.field_11,
				statistics: convertStats(column.field_3.field_12, columnSchema[columnIndex], allParsers),
				encoding_stats: column.field_3.field_13?.map((encodingStat) => ({
					page_type: PageTypes[encodingStat.field_1],
					encoding: Encodings[encodingStat.field_2],
					count: encodingStat.field_3
				})),
				bloom_filter_offset: column.field_3.field_14,
				bloom_filter_length: column.field_3.field_15,
				size_statistics: column.field_3.field_16 && {
					unencoded_byte_array_data_bytes: column.field_3.field_16.field_1,
					repetition_level_histogram: column.field_3.field_16.field_2,
					definition_level_histogram: column.field_3.field_16.field_3
				},
				geospatial_statistics: column.field_3.field_17 && {
					bbox: column.field_3.field_17.field_1 && {
						xmin: column.field_3.field_17.field_1.field_1,
						xmax: column.field_3.field_17.field_1.field_2,
						ymin: column.field_3.field_17.field_1.field_3,
						ymax: column.field_3.field_17.field_1.field_4,
						zmin: column.field_3.field_17.field_1.field_5,
						zmax: column.field_3.field_17.field_1.field_6,
						mmin: column.field_3.field_17.field_1.field_7,
						mmax: column.field_3.field_17.field_1.field_8
					},
					geospatial_types: column.field_3.field_17.field_2
				}
			},
			offset_index_offset: column.field_4,
			offset_index_length: column.field_5,
			column_index_offset: column.field_6,
			column_index_length: column.field_7,
			crypto_metadata: column.field_8,
			encrypted_column_metadata: column.field_9
		})),
		total_byte_size: rowGroup.field_2,
		num_rows: rowGroup.field_3,
		sorting_columns: rowGroup.field_4?.map((sortingColumn) => ({
			column_idx: sortingColumn.field_1,
			descending: sortingColumn.field_2,
			nulls_first: sortingColumn.field_3
		})),
		file_offset: rowGroup.field_5,
		total_compressed_size: rowGroup.field_6,
		ordinal: rowGroup.field_7
	}));
	/** @type {KeyValue[] | undefined} */
	const key_value_metadata = metadata.field_5?.map((kv) => ({
		key: decode(kv.field_1),
		value: decode(kv.field_2)
	}));
	const created_by = decode(metadata.field_6);
	if (geoparquet) markGeoColumns(schema, key_value_metadata);
	return {
		version,
		schema,
		num_rows,
		row_groups,
		key_value_metadata,
		created_by,
		metadata_length: metadataLength
	};
}
/**
* Return a tree of schema elements from parquet metadata.
*
* @param {{schema: SchemaElement[]}} metadata parquet metadata object
* @returns {SchemaTree} tree of schema elements
*/
function parquetSchema({ schema }) {
	return getSchemaPath(schema, [])[0];
}
/**
* @param {any} logicalType
* @returns {LogicalType | undefined}
*/
function logicalType(logicalType) {
	if (logicalType?.field_1) return { type: "STRING" };
	if (logicalType?.field_2) return { type: "MAP" };
	if (logicalType?.field_3) return { type: "LIST" };
	if (logicalType?.field_4) return { type: "ENUM" };
	if (logicalType?.field_5) return {
		type: "DECIMAL",
		scale: logicalType.field_5.field_1,
		precision: logicalType.field_5.field_2
	};
	if (logicalType?.field_6) return { type: "DATE" };
	if (logicalType?.field_7) return {
		type: "TIME",
		isAdjustedToUTC: logicalType.field_7.field_1,
		unit: timeUnit(logicalType.field_7.field_2)
	};
	if (logicalType?.field_8) return {
		type: "TIMESTAMP",
		isAdjustedToUTC: logicalType.field_8.field_1,
		unit: timeUnit(logicalType.field_8.field_2)
	};
	if (logicalType?.field_10) return {
		type: "INTEGER",
		bitWidth: logicalType.field_10.field_1,
		isSigned: logicalType.field_10.field_2
	};
	if (logicalType?.field_11) return { type: "NULL" };
	if (logicalType?.field_12) return { type: "JSON" };
	if (logicalType?.field_13) return { type: "BSON" };
	if (logicalType?.field_14) return { type: "UUID" };
	if (logicalType?.field_15) return { type: "FLOAT16" };
	if (logicalType?.field_16) return {
		type: "VARIANT",
		specification_version: logicalType.field_16.field_1
	};
	if (logicalType?.field_17) return {
		type: "GEOMETRY",
		crs: decode(logicalType.field_17.field_1)
	};
	if (logicalType?.field_18) return {
		type: "GEOGRAPHY",
		crs: decode(logicalType.field_18.field_1),
		algorithm: EdgeInterpolationAlgorithms[logicalType.field_18.field_2]
	};
	return logicalType;
}
/**
* @param {any} unit
* @returns {TimeUnit}
*/
function timeUnit(unit) {
	if (unit.field_1) return "MILLIS";
	if (unit.field_2) return "MICROS";
	if (unit.field_3) return "NANOS";
	throw new Error("parquet time unit required");
}
/**
* Convert column statistics based on column type.
*
* @param {any} stats
* @param {SchemaElement} schema
* @param {ParquetParsers} parsers
* @returns {Statistics}
*/
function convertStats(stats, schema, parsers) {
	return stats && {
		max: convertMetadata(stats.field_1, schema, parsers),
		min: convertMetadata(stats.field_2, schema, parsers),
		null_count: stats.field_3,
		distinct_count: stats.field_4,
		max_value: convertMetadata(stats.field_5, schema, parsers),
		min_value: convertMetadata(stats.field_6, schema, parsers),
		is_max_value_exact: stats.field_7,
		is_min_value_exact: stats.field_8
	};
}
/**
* @param {Uint8Array | undefined} value
* @param {SchemaElement} schema
* @param {ParquetParsers} parsers
* @returns {MinMaxType | undefined}
*/
function convertMetadata(value, schema, parsers) {
	const { type, converted_type, logical_type } = schema;
	if (value === void 0) return value;
	if (type === "BOOLEAN") return value[0] === 1;
	if (type === "BYTE_ARRAY") return parsers.stringFromBytes(value);
	const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
	if (type === "FLOAT" && view.byteLength === 4) return view.getFloat32(0, true);
	if (type === "DOUBLE" && view.byteLength === 8) return view.getFloat64(0, true);
	if (type === "INT32" && converted_type === "DECIMAL" && view.byteLength === 4) return view.getInt32(0, true) * 10 ** -(schema.scale || 0);
	if (type === "INT64" && converted_type === "DECIMAL" && view.byteLength === 8) return Number(view.getBigInt64(0, true)) * 10 ** -(schema.scale || 0);
	if (type === "INT32" && converted_type === "DATE") return parsers.dateFromDays(view.getInt32(0, true));
	if (type === "INT64" && converted_type === "TIMESTAMP_MILLIS") return parsers.timestampFromMilliseconds(view.getBigInt64(0, true));
	if (type === "INT64" && converted_type === "TIMESTAMP_MICROS") return parsers.timestampFromMicroseconds(view.getBigInt64(0, true));
	if (type === "INT64" && logical_type?.type === "TIMESTAMP" && logical_type?.unit === "NANOS") return parsers.timestampFromNanoseconds(view.getBigInt64(0, true));
	if (type === "INT64" && logical_type?.type === "TIMESTAMP" && logical_type?.unit === "MICROS") return parsers.timestampFromMicroseconds(view.getBigInt64(0, true));
	if (type === "INT64" && logical_type?.type === "TIMESTAMP") return parsers.timestampFromMilliseconds(view.getBigInt64(0, true));
	const unsigned = converted_type?.startsWith("UINT_") || logical_type?.type === "INTEGER" && !logical_type.isSigned;
	if (type === "INT32" && unsigned && view.byteLength === 4) return view.getUint32(0, true);
	if (type === "INT64" && unsigned && view.byteLength === 8) return view.getBigUint64(0, true);
	if (type === "INT32" && view.byteLength === 4) return view.getInt32(0, true);
	if (type === "INT64" && view.byteLength === 8) return view.getBigInt64(0, true);
	if (converted_type === "DECIMAL") return parseDecimal(value) * 10 ** -(schema.scale || 0);
	if (logical_type?.type === "FLOAT16") return parseFloat16(value);
	if (logical_type?.type === "UUID") return parsers.uuidFromBytes(value);
	if (type === "FIXED_LEN_BYTE_ARRAY") return value;
	return value;
}
// node_modules/hyparquet/src/indexes.js
/**
* @import {ColumnIndex, DataReader, OffsetIndex, PageLocation, ParquetParsers, SchemaElement} from '../src/types.js'
*/
/**
* @param {DataReader} reader
* @param {SchemaElement} schema
* @param {Partial<ParquetParsers> | undefined} parsers
* @returns {ColumnIndex}
*/
function readColumnIndex(reader, schema, parsers = void 0) {
	const allParsers = {
		...DEFAULT_PARSERS,
		...parsers
	};
	const thrift = deserializeTCompactProtocol(reader);
	return {
		null_pages: thrift.field_1,
		min_values: thrift.field_2.map((m) => convertMetadata(m, schema, allParsers)),
		max_values: thrift.field_3.map((m) => convertMetadata(m, schema, allParsers)),
		boundary_order: BoundaryOrders[thrift.field_4],
		null_counts: thrift.field_5,
		repetition_level_histograms: thrift.field_6,
		definition_level_histograms: thrift.field_7
	};
}
/**
* @param {DataReader} reader
* @returns {OffsetIndex}
*/
function readOffsetIndex(reader) {
	const thrift = deserializeTCompactProtocol(reader);
	return {
		page_locations: thrift.field_1.map((loc) => ({
			offset: loc.field_1,
			compressed_page_size: loc.field_2,
			first_row_index: loc.field_3
		})),
		unencoded_byte_array_data_bytes: thrift.field_2
	};
}
// node_modules/hyparquet/src/utils.js
/**
* Replace bigint, date, etc with legal JSON types.
*
* @param {any} obj object to convert
* @returns {unknown} converted object
*/
function toJson(obj) {
	if (obj === void 0) return null;
	if (typeof obj === "bigint") return Number(obj);
	if (Object.is(obj, -0)) return 0;
	if (Array.isArray(obj)) return obj.map(toJson);
	if (obj instanceof Uint8Array) return Array.from(obj);
	if (obj instanceof Date) return obj.toISOString();
	if (obj instanceof Object) {
		/** @type {Record<string, unknown>} */
		const newObj = {};
		for (const key of Object.keys(obj)) {
			if (obj[key] === void 0) continue;
			newObj[key] = toJson(obj[key]);
		}
		return newObj;
	}
	return obj;
}
/**
* Concatenate two arrays fast.
*
* @param {any[]} aaa
* @param {DecodedArray} bbb
*/
function concat(aaa, bbb) {
	const chunk = 1e4;
	for (let i = 0; i < bbb.length; i += chunk) aaa.push(...bbb.slice(i, i + chunk));
}
/**
* Deep equality.
*
* @param {any} a
* @param {any} b
* @param {boolean} [strict]
* @returns {boolean}
*/
function equals(a, b, strict = true) {
	if (strict ? a === b : a == b) return true;
	if (!a || !b || typeof a !== "object" || typeof b !== "object") return false;
	if (a instanceof Uint8Array && b instanceof Uint8Array) {
		if (a.length !== b.length) return false;
		for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
		return true;
	}
	if (a instanceof Date || b instanceof Date) return a instanceof Date && b instanceof Date && a.getTime() === b.getTime();
	if (Array.isArray(a) && Array.isArray(b)) {
		if (a.length !== b.length) return false;
		for (let i = 0; i < a.length; i++) if (!equals(a[i], b[i], strict)) return false;
		return true;
	}
	const aKeys = Object.keys(a);
	if (aKeys.length !== Object.keys(b).length) return false;
	for (const k of aKeys) if (!equals(a[k], b[k], strict)) return false;
	return true;
}
/**
* Flatten a list of lists into a single list.
*
* @param {DecodedArray[]} [chunks]
* @returns {DecodedArray}
*/
function flatten(chunks) {
	if (!chunks) return [];
	if (chunks.length === 1) return chunks[0];
	/** @type {any[]} */
	const output = [];
	for (const chunk of chunks) concat(output, chunk);
	return output;
}
// node_modules/hyparquet/src/filter.js
/**
* @import {BloomFilter, ColumnPageStats, PageRanges, ParquetQueryFilter, RowGroup, SchemaElement} from '../src/types.js'
*/
const encoder = new TextEncoder();
/**
* Returns the physical leaf paths referenced by a filter.
*
* @param {ParquetQueryFilter} [filter]
* @returns {string[]}
*/
function pathsNeededForFilter(filter) {
	if (!filter) return [];
	/** @type {string[]} */
	const paths = [];
	if ("$and" in filter && Array.isArray(filter.$and)) paths.push(...filter.$and.flatMap(pathsNeededForFilter));
	else if ("$or" in filter && Array.isArray(filter.$or)) paths.push(...filter.$or.flatMap(pathsNeededForFilter));
	else if ("$nor" in filter && Array.isArray(filter.$nor)) paths.push(...filter.$nor.flatMap(pathsNeededForFilter));
	else paths.push(...Object.keys(filter));
	return [...new Set(paths)];
}
/**
* Returns an array of top-level column names needed to evaluate the filter.
*
* @param {ParquetQueryFilter} [filter]
* @returns {string[]}
*/
function columnsNeededForFilter(filter) {
	return [...new Set(pathsNeededForFilter(filter).map((path) => path.split(".")[0]))];
}
/**
* Match a record against a query filter
*
* @param {Record<string, any>} record
* @param {ParquetQueryFilter} filter
* @param {boolean} [strict]
* @returns {boolean}
*/
function matchFilter(record, filter, strict = true) {
	if ("$and" in filter && Array.isArray(filter.$and)) return filter.$and.every((subQuery) => matchFilter(record, subQuery, strict));
	if ("$or" in filter && Array.isArray(filter.$or)) return filter.$or.some((subQuery) => matchFilter(record, subQuery, strict));
	if ("$nor" in filter && Array.isArray(filter.$nor)) return !filter.$nor.some((subQuery) => matchFilter(record, subQuery, strict));
	return Object.entries(filter).every(([field, condition]) => {
		const value = resolve(record, field);
		if (typeof condition !== "object" || condition === null || Array.isArray(condition)) return equals(value, condition, strict);
		return Object.entries(condition || {}).every(([operator, target]) => {
			if (operator === "$gt") return value !== null && value !== void 0 && value > target;
			if (operator === "$gte") return value !== null && value !== void 0 && value >= target;
			if (operator === "$lt") return value !== null && value !== void 0 && value < target;
			if (operator === "$lte") return value !== null && value !== void 0 && value <= target;
			if (operator === "$eq") return equals(value, target, strict);
			if (operator === "$ne") return !equals(value, target, strict);
			if (operator === "$in") return Array.isArray(target) && matchesIn(value, target, strict);
			if (operator === "$nin") return Array.isArray(target) && !matchesIn(value, target, strict);
			if (operator === "$not") return !matchFilter({ value }, { value: target }, strict);
			return true;
		});
	});
}
/**
* Match a value or one of its immediate array elements against a list.
*
* @param {any} value
* @param {any[]} targets
* @param {boolean} strict
* @returns {boolean}
*/
function matchesIn(value, targets, strict) {
	return targets.some((target) => equals(value, target, strict) || Array.isArray(value) && value.some((element) => equals(element, target, strict)));
}
/**
* Check if a row group can be skipped based on filter and column statistics,
* optionally consulting per-column bloom filters for equality predicates that
* statistics can't decide.
*
* @param {object} options
* @param {RowGroup} options.rowGroup
* @param {string[]} options.physicalColumns
* @param {ParquetQueryFilter | undefined} options.filter
* @param {boolean} [options.strict]
* @param {Record<string, BloomFilter>} [options.bloomFilters] keyed by filter path
* @param {Record<string, SchemaElement>} [options.schemaElements] keyed by physical leaf path
* @returns {boolean} true if the row group can be skipped
*/
function canSkipRowGroup({ rowGroup, physicalColumns, filter, strict = true, bloomFilters, schemaElements }) {
	if (!filter) return false;
	if ("$and" in filter && Array.isArray(filter.$and)) return filter.$and.some((subFilter) => canSkipRowGroup({
		rowGroup,
		physicalColumns,
		filter: subFilter,
		strict,
		bloomFilters,
		schemaElements
	}));
	if ("$or" in filter && Array.isArray(filter.$or)) return filter.$or.every((subFilter) => canSkipRowGroup({
		rowGroup,
		physicalColumns,
		filter: subFilter,
		strict,
		bloomFilters,
		schemaElements
	}));
	if ("$nor" in filter && Array.isArray(filter.$nor)) return false;
	for (const [field, condition] of Object.entries(filter)) {
		const columnIndex = physicalColumns.indexOf(field);
		if (columnIndex === -1) continue;
		const { min, max, min_value, max_value, null_count: nullCount } = rowGroup.columns[columnIndex].meta_data?.statistics || {};
		const minVal = min_value !== void 0 ? min_value : min;
		const maxVal = max_value !== void 0 ? max_value : max;
		const haveStats = minVal !== void 0 && maxVal !== void 0;
		const bloom = bloomFilters?.[field];
		const element = schemaElements?.[field];
		const matchingNulls = matchFilter({ value: null }, { value: condition }, strict) && (nullCount === void 0 || nullCount > 0);
		if (haveStats && !matchingNulls && canSkipStats(condition, minVal, maxVal, strict, element)) return true;
		for (const [operator, target] of Object.entries(condition || {})) if (bloom && element) {
			if (operator === "$eq") {
				const hash = hashParquetValue(target, element);
				if (hash !== void 0 && !sbbfContains(bloom.blocks, hash)) return true;
			}
			if (operator === "$in" && Array.isArray(target) && target.length > 0) {
				let allAbsent = true;
				for (const v of target) {
					const h = hashParquetValue(v, element);
					if (h === void 0 || sbbfContains(bloom.blocks, h)) {
						allAbsent = false;
						break;
					}
				}
				if (allAbsent) return true;
			}
		}
	}
	return false;
}
/**
* Check if a page value range [minVal, maxVal] provably contains no value
* matching the operator conditions.
*
* @param {any} condition operator object like { $gt: 5 }
* @param {any} minVal lower bound (may be truncated, still a valid bound)
* @param {any} maxVal upper bound (may be truncated, still a valid bound)
* @param {boolean} strict
* @param {SchemaElement} [element] physical schema element for the bounds
* @returns {boolean} true if no value in the range can match
*/
function canSkipStats(condition, minVal, maxVal, strict, element) {
	if (minVal === void 0 || maxVal === void 0) return false;
	const mayContainNaN = element?.type === "FLOAT" || element?.type === "DOUBLE" || element?.logical_type?.type === "FLOAT16";
	for (const [operator, target] of Object.entries(condition || {})) {
		const minComparison = compareParquetValues(minVal, target, strict, element);
		const maxComparison = compareParquetValues(maxVal, target, strict, element);
		const relationalBoundsAreSafe = !(minVal instanceof Uint8Array || maxVal instanceof Uint8Array) && (element?.type !== "BYTE_ARRAY" || typeof target === "string" && [...target].every((character) => character.charCodeAt(0) <= 127));
		if (operator === "$gt" && relationalBoundsAreSafe && maxComparison !== void 0 && maxComparison <= 0) return true;
		if (operator === "$gte" && relationalBoundsAreSafe && maxComparison !== void 0 && maxComparison < 0) return true;
		if (operator === "$lt" && relationalBoundsAreSafe && minComparison !== void 0 && minComparison >= 0) return true;
		if (operator === "$lte" && relationalBoundsAreSafe && minComparison !== void 0 && minComparison > 0) return true;
		if (operator === "$eq") {
			const targetMinComparison = compareParquetValues(target, minVal, strict, element);
			const targetMaxComparison = compareParquetValues(target, maxVal, strict, element);
			if (targetMinComparison !== void 0 && targetMinComparison < 0 || targetMaxComparison !== void 0 && targetMaxComparison > 0) return true;
		}
		if (operator === "$ne" && !mayContainNaN && equals(minVal, maxVal, strict) && equals(minVal, target, strict)) return true;
		if (operator === "$in" && Array.isArray(target) && target.every((value) => {
			const valueMinComparison = compareParquetValues(value, minVal, strict, element);
			const valueMaxComparison = compareParquetValues(value, maxVal, strict, element);
			return valueMinComparison !== void 0 && valueMinComparison < 0 || valueMaxComparison !== void 0 && valueMaxComparison > 0;
		})) return true;
		if (operator === "$nin" && !mayContainNaN && Array.isArray(target) && equals(minVal, maxVal, strict) && target.some((value) => equals(minVal, value, strict))) return true;
	}
	return false;
}
/**
* Compare values using Parquet's unsigned lexicographic ordering for binary
* values. Returns undefined when values do not have a safely comparable order.
*
* @param {any} a
* @param {any} b
* @param {boolean} strict
* @param {SchemaElement} [element]
* @returns {-1 | 0 | 1 | undefined}
*/
function compareParquetValues(a, b, strict, element) {
	if (element?.type === "BYTE_ARRAY") {
		if (typeof a !== "string" || typeof b !== "string") return void 0;
		return compareBytes(encoder.encode(a), encoder.encode(b));
	}
	if (a instanceof Uint8Array || b instanceof Uint8Array) {
		if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return void 0;
		return compareBytes(a, b);
	}
	if (a < b) return -1;
	if (a > b) return 1;
	if (equals(a, b, strict)) return 0;
}
/**
* @param {Uint8Array} a
* @param {Uint8Array} b
* @returns {-1 | 0 | 1}
*/
function compareBytes(a, b) {
	const length = Math.min(a.length, b.length);
	for (let i = 0; i < length; i++) {
		if (a[i] < b[i]) return -1;
		if (a[i] > b[i]) return 1;
	}
	if (a.length < b.length) return -1;
	if (a.length > b.length) return 1;
	return 0;
}
/**
* Check whether the filter condition accepts a null value.
*
* @param {any} condition
* @param {boolean} strict
* @returns {boolean}
*/
function matchesNull(condition, strict) {
	return matchFilter({ value: null }, { value: condition }, strict);
}
/**
* Compute candidate row ranges within a row group that could match the filter,
* based on per-page column index statistics.
*
* Returns sorted disjoint [start, end) row ranges relative to the group.
* An empty array means the filter provably matches no rows in the group.
* Returns undefined when the page statistics give no pruning information
* (the caller must read the whole selection).
*
* @param {ParquetQueryFilter | undefined} filter
* @param {Record<string, ColumnPageStats>} columnPages keyed by physical leaf path
* @param {number} groupRows number of rows in the row group
* @param {boolean} [strict]
* @returns {PageRanges | undefined}
*/
function filterPageRanges(filter, columnPages, groupRows, strict = true) {
	if (!filter) return void 0;
	if ("$and" in filter && Array.isArray(filter.$and)) {
		/** @type {PageRanges | undefined} */
		let ranges;
		for (const subFilter of filter.$and) ranges = intersectRanges(ranges, filterPageRanges(subFilter, columnPages, groupRows, strict));
		return ranges;
	}
	if ("$or" in filter && Array.isArray(filter.$or)) {
		/** @type {PageRanges} */
		let ranges = [];
		for (const subFilter of filter.$or) {
			const subRanges = filterPageRanges(subFilter, columnPages, groupRows, strict);
			if (!subRanges) return void 0;
			ranges = unionRanges(ranges, subRanges);
		}
		return ranges;
	}
	if ("$nor" in filter && Array.isArray(filter.$nor)) return;
	/** @type {PageRanges | undefined} */
	let result;
	for (const [field, condition] of Object.entries(filter)) {
		const pages = columnPages[field];
		if (!pages) continue;
		const nullCanMatch = matchesNull(condition, strict);
		/** @type {PageRanges} */
		const keep = [];
		for (let i = 0; i < pages.pageStarts.length; i++) {
			const start = pages.pageStarts[i];
			const end = i + 1 < pages.pageStarts.length ? pages.pageStarts[i + 1] : groupRows;
			const nullCount = pages.nullCounts?.[i];
			const matchingNulls = nullCanMatch && (nullCount === void 0 || nullCount > 0);
			if (!(!pages.nullPages[i] && !matchingNulls && canSkipStats(condition, pages.minValues[i], pages.maxValues[i], strict, pages.element))) {
				const last = keep[keep.length - 1];
				if (last && last[1] === start) last[1] = end;
				else keep.push([start, end]);
			}
		}
		result = intersectRanges(result, keep);
	}
	return result;
}
/**
* Intersect two sets of sorted disjoint ranges. Undefined means "everything".
*
* @param {PageRanges | undefined} a
* @param {PageRanges | undefined} b
* @returns {PageRanges | undefined}
*/
function intersectRanges(a, b) {
	if (!a) return b;
	if (!b) return a;
	/** @type {PageRanges} */
	const out = [];
	let i = 0;
	let j = 0;
	while (i < a.length && j < b.length) {
		const start = Math.max(a[i][0], b[j][0]);
		const end = Math.min(a[i][1], b[j][1]);
		if (start < end) out.push([start, end]);
		if (a[i][1] < b[j][1]) i++;
		else j++;
	}
	return out;
}
/**
* Union two sets of sorted disjoint ranges.
*
* @param {PageRanges} a
* @param {PageRanges} b
* @returns {PageRanges}
*/
function unionRanges(a, b) {
	/** @type {PageRanges} */
	const out = [];
	let i = 0;
	let j = 0;
	while (i < a.length || j < b.length) {
		const next = j >= b.length || i < a.length && a[i][0] <= b[j][0] ? a[i++] : b[j++];
		const last = out[out.length - 1];
		if (last && next[0] <= last[1]) last[1] = Math.max(last[1], next[1]);
		else out.push([next[0], next[1]]);
	}
	return out;
}
/**
* Resolve a dot-notation path to a value in a nested object.
*
* @param {Record<string, any>} record
* @param {string} path
* @returns {any}
*/
function resolve(record, path) {
	let value = record;
	for (const part of path.split(".")) value = value?.[part];
	return value;
}
// node_modules/hyparquet/src/plan.js
/**
* @import {AsyncBuffer, BloomFilter, ByteRange, ChunkPlan, ColumnPageStats, FileMetaData, GroupPlan, PageLocation, PageRanges, ParquetParsers, ParquetQueryFilter, ParquetReadOptions, QueryPlan, RowGroup, SchemaElement, SchemaTree} from '../src/types.js'
*/
const runLimit = 1 << 21;
const columnGapLimit = 8192;
/**
* Plan which byte ranges to read to satisfy a read request.
* Metadata must be non-null.
*
* @param {ParquetReadOptions & { bloomFiltersByGroup?: Record<string, BloomFilter>[], schemaElements?: Record<string, SchemaElement>, pageRangesByGroup?: (PageRanges | undefined)[], pageLocationsByGroup?: Record<string, PageLocation[]>[] }} options
* @returns {QueryPlan}
*/
function parquetPlan(options) {
	const { metadata, rowStart = 0, columns, useOffsetIndex = false } = options;
	if (!metadata) throw new Error("parquetPlan requires metadata");
	/** @type {GroupPlan[]} */
	const groups = [];
	/** @type {ByteRange[]} */
	const fetches = [];
	/** @type {ByteRange[]} */
	const indexes = [];
	const scanPlan = parquetPlanGroups(options);
	for (const group of scanPlan.groups) {
		const groupPlan = parquetPlanGroup({
			...group,
			columns,
			useOffsetIndex
		});
		groups.push(...groupPlan.groups);
		fetches.push(...groupPlan.fetches);
		indexes.push(...groupPlan.indexes);
	}
	fetches.push(...indexes);
	return {
		metadata,
		rowStart,
		rowEnd: scanPlan.rowEnd,
		columns,
		fetches,
		groups
	};
}
/**
* Select physical row-group ranges without planning column reads.
*
* @param {ParquetReadOptions & { bloomFiltersByGroup?: Record<string, BloomFilter>[], schemaElements?: Record<string, SchemaElement>, pageRangesByGroup?: (PageRanges | undefined)[], pageLocationsByGroup?: Record<string, PageLocation[]>[] }} options
* @returns {{groups: {rowGroup: RowGroup, groupIndex: number, groupStart: number, groupRows: number, ranges: PageRanges, pageRanges?: PageRanges, pageLocations?: Record<string, PageLocation[]>}[], rowEnd: number}}
*/
function parquetPlanGroups({ metadata, rowStart = 0, rowEnd = 1e400, columns, filter, filterStrict = true, bloomFiltersByGroup, schemaElements, pageRangesByGroup, pageLocationsByGroup }) {
	if (!metadata) throw new Error("parquetPlan requires metadata");
	const schemaTree = parquetSchema(metadata);
	const physicalColumns = getPhysicalColumns(schemaTree);
	const elementsByPath = filter ? {
		...physicalSchemaElements(schemaTree),
		...schemaElements
	} : schemaElements;
	const groups = [];
	let groupStart = 0;
	for (let groupIndex = 0; groupIndex < metadata.row_groups.length; groupIndex++) {
		const rowGroup = metadata.row_groups[groupIndex];
		const groupRows = Number(rowGroup.num_rows);
		const groupEnd = groupStart + groupRows;
		if (groupRows > 0 && groupEnd > rowStart && groupStart < rowEnd && !canSkipRowGroup({
			rowGroup,
			physicalColumns,
			filter,
			strict: filterStrict,
			bloomFilters: bloomFiltersByGroup?.[groupIndex],
			schemaElements: elementsByPath
		})) {
			const selectStart = Math.max(rowStart - groupStart, 0);
			const selectEnd = Math.min(rowEnd - groupStart, groupRows);
			const pageRanges = pageRangesByGroup?.[groupIndex];
			const pageLocations = pageLocationsByGroup?.[groupIndex];
			/** @type {PageRanges} */
			let ranges = pageRanges ? pageRanges.map(([start, end]) => {
				return [Math.max(start, selectStart), Math.min(end, selectEnd)];
			}).filter(([start, end]) => start < end) : [[selectStart, selectEnd]];
			if (ranges.length > 1) ranges = rowGroup.columns.every((chunk) => {
				const columnName = chunk.meta_data?.path_in_schema[0];
				const columnPath = chunk.meta_data?.path_in_schema.join(".");
				if (columns && columnName && !columns.includes(columnName)) return true;
				return !!(chunk.offset_index_offset && chunk.offset_index_length) || !!(columnPath && pageLocations?.[columnPath]);
			}) ? coalesceOverlappingPageRanges(ranges, rowGroup, columns, pageLocations) : [[ranges[0][0], ranges[ranges.length - 1][1]]];
			if (ranges.length) groups.push({
				rowGroup,
				groupIndex,
				groupStart,
				groupRows,
				ranges,
				pageRanges,
				pageLocations
			});
		}
		groupStart = groupEnd;
	}
	return {
		groups,
		rowEnd: isFinite(rowEnd) ? rowEnd : groupStart
	};
}
/**
* Build byte plans for retained ranges in one row group.
*
* @param {object} options
* @param {RowGroup} options.rowGroup
* @param {number} options.groupStart
* @param {number} options.groupRows
* @param {PageRanges} options.ranges
* @param {string[]} [options.columns]
* @param {boolean} [options.useOffsetIndex]
* @param {PageRanges} [options.pageRanges]
* @param {Record<string, PageLocation[]>} [options.pageLocations]
* @returns {{groups: GroupPlan[], fetches: ByteRange[], indexes: ByteRange[]}}
*/
function parquetPlanGroup({ rowGroup, groupStart, groupRows, ranges, columns, useOffsetIndex = false, pageRanges, pageLocations }) {
	/** @type {ChunkPlan[]} */
	const chunks = [];
	/** @type {ByteRange[]} */
	const fetches = [];
	/** @type {ByteRange[]} */
	const indexes = [];
	const narrowed = ranges.length > 1 || ranges[0][0] > 0 || ranges[0][1] < groupRows;
	for (const chunk of rowGroup.columns) {
		const meta = chunk.meta_data;
		if (chunk.file_path) throw new Error("parquet file_path not supported");
		if (!meta) throw new Error("parquet column metadata is undefined");
		if (columns && !columns.includes(meta.path_in_schema[0])) continue;
		const columnOffset = meta.dictionary_page_offset || meta.data_page_offset;
		const startByte = Number(columnOffset);
		const endByte = Number(columnOffset + meta.total_compressed_size);
		const chunkPageLocations = pageLocations?.[meta.path_in_schema.join(".")];
		if (chunkPageLocations && narrowed) chunks.push({
			columnMetadata: meta,
			pageLocations: chunkPageLocations,
			range: {
				startByte,
				endByte
			}
		});
		else if ((useOffsetIndex || pageRanges) && chunk.offset_index_offset && chunk.offset_index_length && narrowed) {
			const startByte = Number(chunk.offset_index_offset);
			chunks.push({
				columnMetadata: meta,
				offsetIndex: {
					startByte,
					endByte: startByte + chunk.offset_index_length
				},
				range: {
					startByte: Number(columnOffset),
					endByte
				}
			});
		} else chunks.push({
			columnMetadata: meta,
			range: {
				startByte,
				endByte
			}
		});
	}
	/** @type {ByteRange[]} */
	const columnRanges = [];
	/** @type {ByteRange | undefined} */
	let run;
	for (const chunk of chunks) {
		if ("pageLocations" in chunk) continue;
		if ("offsetIndex" in chunk) indexes.push(chunk.offsetIndex);
		else if (columns) columnRanges.push(chunk.range);
		else if (run && chunk.range.endByte - run.startByte <= runLimit) run.endByte = chunk.range.endByte;
		else {
			if (run) fetches.push(run);
			run = { ...chunk.range };
		}
	}
	if (run) fetches.push(run);
	fetches.push(...coalesceByteRanges(columnRanges, columnGapLimit, runLimit));
	return {
		groups: ranges.map(([selectStart, selectEnd]) => ({
			chunks,
			rowGroup,
			groupStart,
			groupRows,
			selectStart,
			selectEnd
		})),
		fetches,
		indexes
	};
}
/**
* Merge candidate ranges when any selected column would read an overlapping
* data page for both ranges. Unknown page layouts are merged conservatively.
*
* @param {PageRanges} ranges
* @param {RowGroup} rowGroup
* @param {string[] | undefined} columns
* @param {Record<string, PageLocation[]> | undefined} pageLocations
* @returns {PageRanges}
*/
function coalesceOverlappingPageRanges(ranges, rowGroup, columns, pageLocations) {
	const selectedPageLayouts = rowGroup.columns.filter((chunk) => !columns || columns.includes(chunk.meta_data?.path_in_schema[0] || "")).map((chunk) => pageLocations?.[chunk.meta_data?.path_in_schema.join(".") || ""]);
	/** @type {PageRanges} */
	const merged = [];
	for (const range of ranges) {
		const last = merged[merged.length - 1];
		const overlapsPage = last && selectedPageLayouts.some((pages) => {
			if (!pages) return true;
			const lastPages = pagesForRange(last, pages, Number(rowGroup.num_rows));
			const rangePages = pagesForRange(range, pages, Number(rowGroup.num_rows));
			return lastPages[0] <= rangePages[1] && rangePages[0] <= lastPages[1];
		});
		if (last && overlapsPage) last[1] = range[1];
		else merged.push([...range]);
	}
	return merged;
}
/**
* Return the inclusive indexes of the first and last pages overlapping a row
* range. Offset indexes cover every row, so a valid range always finds a page.
*
* @param {[number, number]} range
* @param {PageLocation[]} pages
* @param {number} groupRows
* @returns {[number, number]}
*/
function pagesForRange([rangeStart, rangeEnd], pages, groupRows) {
	let first = 1e400;
	let last = -1e400;
	for (let i = 0; i < pages.length; i++) {
		const pageStart = Number(pages[i].first_row_index);
		if ((i + 1 < pages.length ? Number(pages[i + 1].first_row_index) : groupRows) > rangeStart && pageStart < rangeEnd) {
			first = Math.min(first, i);
			last = i;
		}
	}
	return [first, last];
}
/**
* Fetch bloom filters for $eq / $in columns of row groups not already provably
* skippable by statistics alone. Returns an array indexed by row-group ordinal;
* each entry maps top-level column name → BloomFilter for any chunk whose
* bloom filter we were able to parse. Adds one round-trip when at least one
* bloom filter is fetched; otherwise returns synchronously.
*
* @param {object} options
* @param {AsyncBuffer} options.file
* @param {FileMetaData} options.metadata
* @param {ParquetQueryFilter} options.filter
* @param {boolean} [options.filterStrict]
* @returns {Promise<Record<string, BloomFilter>[]>}
*/
async function prefetchBloomFilters({ file, metadata, filter, filterStrict = true }) {
	const result = metadata.row_groups.map(() => ({}));
	const eligibleCols = bloomEligibleColumns(filter);
	if (eligibleCols.size === 0) return result;
	const physicalColumns = getPhysicalColumns(parquetSchema(metadata));
	/** @type {Promise<void>[]} */
	const tasks = [];
	metadata.row_groups.forEach((rowGroup, rgIdx) => {
		if (canSkipRowGroup({
			rowGroup,
			physicalColumns,
			filter,
			strict: filterStrict
		})) return;
		for (const colName of eligibleCols) {
			const columnIdx = physicalColumns.indexOf(colName);
			if (columnIdx === -1) continue;
			const meta = rowGroup.columns[columnIdx]?.meta_data;
			if (!meta?.bloom_filter_offset || !meta.bloom_filter_length) continue;
			const start = Number(meta.bloom_filter_offset);
			const end = start + meta.bloom_filter_length;
			tasks.push((async () => {
				const buffer = await file.slice(start, end);
				const bloom = readBloomFilter({
					view: new DataView(buffer),
					offset: 0
				});
				if (bloom) result[rgIdx][colName] = bloom;
			})());
		}
	});
	if (tasks.length) await Promise.all(tasks);
	return result;
}
/**
* Fetch page indexes (column index + offset index) for filter columns of row
* groups that survive row-group-level pruning, and compute candidate row
* ranges per group from the per-page min/max statistics.
*
* Returns pageRangesByGroup indexed by row-group ordinal: sorted disjoint
* [start, end) row ranges (relative to the group) that could match the filter.
* An empty array means the group provably contains no matching rows; undefined
* means no page-level information was available for that group.
* Also returns pageLocationsByGroup, mapping row-group ordinals and physical
* leaf paths to page locations, so the read path can reuse the parsed offset
* indexes without refetching them.
*
* @param {object} options
* @param {AsyncBuffer} options.file
* @param {FileMetaData} options.metadata
* @param {ParquetQueryFilter} [options.filter]
* @param {boolean} [options.filterStrict]
* @param {number} [options.rowStart]
* @param {number} [options.rowEnd]
* @param {string[]} [options.columns]
* @param {Record<string, BloomFilter>[]} [options.bloomFiltersByGroup]
* @param {Record<string, SchemaElement>} [options.schemaElements]
* @param {Partial<ParquetParsers>} [options.parsers]
* @returns {Promise<{pageRangesByGroup: (PageRanges | undefined)[], pageLocationsByGroup: Record<string, PageLocation[]>[]}>}
*/
async function prefetchPageIndexes({ file, metadata, filter, filterStrict = true, rowStart = 0, rowEnd = 1e400, columns, bloomFiltersByGroup, schemaElements, parsers }) {
	/** @type {(PageRanges | undefined)[]} */
	const pageRangesByGroup = metadata.row_groups.map(() => void 0);
	const pageLocationsByGroup = metadata.row_groups.map(() => ({}));
	if (filter && "$nor" in filter && Array.isArray(filter.$nor)) return {
		pageRangesByGroup,
		pageLocationsByGroup
	};
	const filterColumns = pathsNeededForFilter(filter);
	if (!filterColumns.length) return {
		pageRangesByGroup,
		pageLocationsByGroup
	};
	const schemaTree = parquetSchema(metadata);
	const physicalColumns = getPhysicalColumns(schemaTree);
	const elementsByPath = {
		...physicalSchemaElements(schemaTree),
		...schemaElements
	};
	/** @type {ByteRange[]} */
	const indexRanges = [];
	/** @type {((file: AsyncBuffer) => Promise<void>)[]} */
	const indexTasks = [];
	/** @type {{rgIdx: number, groupRows: number, columnPages: Record<string, ColumnPageStats>}[]} */
	const candidateGroups = [];
	let groupStart = 0;
	metadata.row_groups.forEach((rowGroup, rgIdx) => {
		const groupRows = Number(rowGroup.num_rows);
		const groupEnd = groupStart + groupRows;
		const overlaps = groupRows > 0 && groupEnd > rowStart && groupStart < rowEnd;
		groupStart = groupEnd;
		if (!overlaps) return;
		if (canSkipRowGroup({
			rowGroup,
			physicalColumns,
			filter,
			strict: filterStrict,
			bloomFilters: bloomFiltersByGroup?.[rgIdx],
			schemaElements: elementsByPath
		})) return;
		/** @type {Record<string, ColumnPageStats>} */
		const columnPages = {};
		let columnTaskCount = 0;
		const scheduledOffsetPaths = /* @__PURE__ */ new Set();
		let hasFilterIndex = false;
		for (const columnName of filterColumns) {
			const columnIdx = physicalColumns.indexOf(columnName);
			if (columnIdx === -1) continue;
			const chunk = rowGroup.columns[columnIdx];
			if (!chunk?.meta_data) continue;
			if (!chunk.column_index_offset || !chunk.column_index_length) continue;
			if (!chunk.offset_index_offset || !chunk.offset_index_length) continue;
			const element = elementsByPath[columnName];
			if (!element) continue;
			hasFilterIndex = true;
			scheduledOffsetPaths.add(columnName);
			const columnIndexStart = Number(chunk.column_index_offset);
			const offsetIndexStart = Number(chunk.offset_index_offset);
			const columnIndexEnd = columnIndexStart + chunk.column_index_length;
			const offsetIndexEnd = offsetIndexStart + chunk.offset_index_length;
			indexRanges.push({
				startByte: columnIndexStart,
				endByte: columnIndexEnd
			}, {
				startByte: offsetIndexStart,
				endByte: offsetIndexEnd
			});
			columnTaskCount++;
			indexTasks.push(async (prefetchedFile) => {
				const [columnIndexBuffer, offsetIndexBuffer] = await Promise.all([prefetchedFile.slice(columnIndexStart, columnIndexEnd), prefetchedFile.slice(offsetIndexStart, offsetIndexEnd)]);
				const columnIndex = readColumnIndex({
					view: new DataView(columnIndexBuffer),
					offset: 0
				}, element, parsers);
				const offsetIndex = readOffsetIndex({
					view: new DataView(offsetIndexBuffer),
					offset: 0
				});
				pageLocationsByGroup[rgIdx][columnName] = offsetIndex.page_locations;
				columnPages[columnName] = {
					minValues: columnIndex.min_values,
					maxValues: columnIndex.max_values,
					nullPages: columnIndex.null_pages,
					nullCounts: columnIndex.null_counts,
					pageStarts: offsetIndex.page_locations.map((page) => Number(page.first_row_index)),
					element
				};
			});
		}
		if (hasFilterIndex) for (const chunk of rowGroup.columns) {
			const meta = chunk.meta_data;
			if (!meta) continue;
			const columnName = meta.path_in_schema[0];
			const columnPath = meta.path_in_schema.join(".");
			if (columns && !columns.includes(columnName)) continue;
			if (scheduledOffsetPaths.has(columnPath)) continue;
			if (!chunk.offset_index_offset || !chunk.offset_index_length) continue;
			scheduledOffsetPaths.add(columnPath);
			const offsetIndexStart = Number(chunk.offset_index_offset);
			const offsetIndexEnd = offsetIndexStart + chunk.offset_index_length;
			indexRanges.push({
				startByte: offsetIndexStart,
				endByte: offsetIndexEnd
			});
			columnTaskCount++;
			indexTasks.push(async (prefetchedFile) => {
				const offsetIndexBuffer = await prefetchedFile.slice(offsetIndexStart, offsetIndexEnd);
				const offsetIndex = readOffsetIndex({
					view: new DataView(offsetIndexBuffer),
					offset: 0
				});
				pageLocationsByGroup[rgIdx][columnPath] = offsetIndex.page_locations;
			});
		}
		if (columnTaskCount) candidateGroups.push({
			rgIdx,
			groupRows,
			columnPages
		});
	});
	if (indexTasks.length) {
		const prefetchedFile = prefetchAsyncBuffer(file, { fetches: coalesceByteRanges(indexRanges) });
		await Promise.all(indexTasks.map((task) => task(prefetchedFile)));
		for (const { rgIdx, groupRows, columnPages } of candidateGroups) pageRangesByGroup[rgIdx] = filterPageRanges(filter, columnPages, groupRows, filterStrict);
	}
	return {
		pageRangesByGroup,
		pageLocationsByGroup
	};
}
/**
* Merge overlapping or touching byte ranges. By default no bytes are added;
* pass maxGap to also merge ranges separated by up to maxGap unrequested bytes,
* as long as the merged range stays within maxSize.
*
* @param {ByteRange[]} ranges
* @param {number} [maxGap]
* @param {number} [maxSize]
* @returns {ByteRange[]}
*/
function coalesceByteRanges(ranges, maxGap = 0, maxSize = 1e400) {
	const sorted = ranges.map((range) => ({ ...range })).sort((a, b) => a.startByte - b.startByte || a.endByte - b.endByte);
	/** @type {ByteRange[]} */
	const merged = [];
	for (const range of sorted) {
		const last = merged[merged.length - 1];
		if (last && range.startByte <= last.endByte + maxGap && Math.max(last.endByte, range.endByte) - last.startByte <= maxSize) last.endByte = Math.max(last.endByte, range.endByte);
		else merged.push(range);
	}
	return merged;
}
/**
* Build a lookup from physical paths to leaf schema elements.
*
* @param {SchemaTree} schemaTree
* @returns {Record<string, SchemaElement>}
*/
function physicalSchemaElements(schemaTree) {
	/** @type {Record<string, SchemaElement>} */
	const elements = {};
	/** @param {SchemaTree} node */
	function traverse(node) {
		if (node.children.length) for (const child of node.children) traverse(child);
		else elements[node.path.join(".")] = node.element;
	}
	traverse(schemaTree);
	return elements;
}
/**
* Prefetch byte ranges from an AsyncBuffer.
*
* @param {AsyncBuffer} file
* @param {{fetches: ByteRange[]}} options
* @returns {AsyncBuffer}
*/
function prefetchAsyncBuffer(file, { fetches }) {
	const promises = fetches.map(({ startByte, endByte }) => file.slice(startByte, endByte));
	return {
		byteLength: file.byteLength,
		slice(start, end = file.byteLength) {
			const index = fetches.findIndex(({ startByte, endByte }) => startByte <= start && end <= endByte);
			if (index < 0) return file.slice(start, end);
			if (fetches[index].startByte !== start || fetches[index].endByte !== end) {
				const startOffset = start - fetches[index].startByte;
				const endOffset = end - fetches[index].startByte;
				if (promises[index] instanceof Promise) return promises[index].then((buffer) => buffer.slice(startOffset, endOffset));
				else return promises[index].slice(startOffset, endOffset);
			} else return promises[index];
		}
	};
}
// node_modules/hyparquet/src/variant.js
/**
* @import {DataReader, ParquetParsers, VariantMetadata} from '../src/types.js'
*/
const decoder = new TextDecoder();
/** @type {WeakMap<object, Map<string, VariantMetadata>>} */
const metadataCache = /* @__PURE__ */ new WeakMap();
/**
* Recursively decode variant structs into native values.
*
* @param {any} value
* @param {ParquetParsers} [parsers]
* @returns {any}
*/
function decodeVariantColumn(value, parsers = DEFAULT_PARSERS) {
	if (Array.isArray(value)) return value.map((entry) => decodeVariantColumn(entry, parsers));
	if (typeof value !== "object") return value;
	if ("metadata" in value) {
		const metadata = parseVariantMetadata(value.metadata);
		const shreddedFields = value.typed_value && decodeTypedValue(value.typed_value, metadata, parsers);
		const binaryValue = value.value && readVariant(makeReader(value.value), metadata, parsers);
		if (shreddedFields && binaryValue) return {
			...binaryValue,
			...shreddedFields
		};
		return shreddedFields ?? binaryValue;
	}
	return value;
}
/**
* Decode a shredded variant typed_value field.
*
* @param {any} typedValue
* @param {VariantMetadata} metadata
* @param {ParquetParsers} parsers
* @returns {any}
*/
function decodeTypedValue(typedValue, metadata, parsers) {
	if (typedValue instanceof Date) return typedValue;
	if (typedValue && typeof typedValue === "object" && !Array.isArray(typedValue) && !(typedValue instanceof Uint8Array)) {
		if ("typed_value" in typedValue && typedValue.typed_value !== null && typedValue.typed_value !== void 0) return decodeTypedValue(typedValue.typed_value, metadata, parsers);
		if ("value" in typedValue && typedValue.value instanceof Uint8Array) return readVariant(makeReader(typedValue.value), metadata, parsers);
		if ("typed_value" in typedValue || "value" in typedValue) return null;
		/** @type {Record<string, any>} */
		const result = {};
		for (const [key, field] of Object.entries(typedValue)) {
			if (!metadata.dictionary.includes(key)) continue;
			result[key] = decodeTypedValue(field, metadata, parsers);
		}
		return result;
	}
	if (typedValue instanceof Uint8Array) return readVariant(makeReader(typedValue), metadata, parsers);
	if (Array.isArray(typedValue)) return typedValue.map((element) => decodeTypedValue(element, metadata, parsers));
	return typedValue;
}
/**
* @param {Uint8Array} bytes
* @returns {DataReader}
*/
function makeReader(bytes) {
	return {
		view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
		offset: 0
	};
}
/**
* Parse and cache variant metadata dictionary.
*
* @param {Uint8Array} bytes
* @returns {VariantMetadata}
*/
function parseVariantMetadata(bytes) {
	let bufferCache = metadataCache.get(bytes.buffer);
	if (!bufferCache) {
		bufferCache = /* @__PURE__ */ new Map();
		metadataCache.set(bytes.buffer, bufferCache);
	}
	const key = `${bytes.byteOffset}:${bytes.byteLength}`;
	const cached = bufferCache.get(key);
	if (cached) return cached;
	const reader = makeReader(bytes);
	const header = reader.view.getUint8(reader.offset++);
	const version = header & 15;
	if (version !== 1) throw new Error(`parquet unsupported variant metadata version: ${version}`);
	const sorted = (header >> 4 & 1) === 1;
	const offsetSize = (header >> 6 & 3) + 1;
	const dictionarySize = readUnsigned(reader, offsetSize);
	const offsets = new Array(dictionarySize + 1);
	for (let i = 0; i < offsets.length; i++) offsets[i] = readUnsigned(reader, offsetSize);
	const base = reader.offset;
	const dictionary = new Array(dictionarySize);
	for (let i = 0; i < dictionarySize; i++) {
		const start = offsets[i];
		const end = offsets[i + 1];
		const strBytes = new Uint8Array(bytes.buffer, bytes.byteOffset + base + start, end - start);
		dictionary[i] = decoder.decode(strBytes);
	}
	const metadata = {
		dictionary,
		sorted
	};
	bufferCache.set(key, metadata);
	return metadata;
}
/**
* @param {DataReader} reader
* @param {number} byteWidth
* @returns {number}
*/
function readUnsigned(reader, byteWidth) {
	let value = 0;
	for (let i = 0; i < byteWidth; i++) value |= reader.view.getUint8(reader.offset + i) << i * 8;
	reader.offset += byteWidth;
	return value;
}
/**
* @param {DataReader} reader
* @param {VariantMetadata} metadata
* @param {ParquetParsers} parsers
* @returns {any}
*/
function readVariant(reader, metadata, parsers) {
	const typeByte = reader.view.getUint8(reader.offset++);
	const basicType = typeByte & 3;
	const header = typeByte >> 2;
	if (basicType === 0) return readVariantPrimitive(reader, header, parsers);
	if (basicType === 2) return readVariantObject(reader, header, metadata, parsers);
	if (basicType === 3) return readVariantArray(reader, header, metadata, parsers);
	const bytes = new Uint8Array(reader.view.buffer, reader.view.byteOffset + reader.offset, header);
	reader.offset += header;
	return decoder.decode(bytes);
}
/**
* @param {DataReader} reader
* @param {number} typeId
* @param {ParquetParsers} parsers
* @returns {any}
*/
function readVariantPrimitive(reader, typeId, parsers) {
	switch (typeId) {
		case 0: return null;
		case 1: return true;
		case 2: return false;
		case 3: {
			const value = reader.view.getInt8(reader.offset);
			reader.offset += 1;
			return value;
		}
		case 4: {
			const value = reader.view.getInt16(reader.offset, true);
			reader.offset += 2;
			return value;
		}
		case 5: {
			const value = reader.view.getInt32(reader.offset, true);
			reader.offset += 4;
			return value;
		}
		case 6: {
			const value = reader.view.getBigInt64(reader.offset, true);
			reader.offset += 8;
			return value;
		}
		case 7: {
			const value = reader.view.getFloat64(reader.offset, true);
			reader.offset += 8;
			return value;
		}
		case 8: return readVariantDecimal(reader, 4);
		case 9: return readVariantDecimal(reader, 8);
		case 10: return readVariantDecimal(reader, 16);
		case 11: {
			const value = reader.view.getInt32(reader.offset, true);
			reader.offset += 4;
			return parsers.dateFromDays(value);
		}
		case 12:
		case 13: {
			const value = reader.view.getBigInt64(reader.offset, true);
			reader.offset += 8;
			return parsers.timestampFromMicroseconds(value);
		}
		case 14: {
			const value = reader.view.getFloat32(reader.offset, true);
			reader.offset += 4;
			return value;
		}
		case 15: return readVariantBinary(reader);
		case 16: {
			const bytes = readVariantBinary(reader);
			return decoder.decode(bytes);
		}
		case 17: {
			const value = reader.view.getBigInt64(reader.offset, true);
			reader.offset += 8;
			return value;
		}
		case 18:
		case 19: {
			const value = reader.view.getBigInt64(reader.offset, true);
			reader.offset += 8;
			return parsers.timestampFromNanoseconds(value);
		}
		case 20: {
			const bytes = new Uint8Array(reader.view.buffer, reader.view.byteOffset + reader.offset, 16);
			reader.offset += 16;
			const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
			return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
		}
		default: throw new Error(`parquet unsupported variant primitive type: ${typeId}`);
	}
}
/**
* @param {DataReader} reader
* @param {number} header
* @param {VariantMetadata} metadata
* @param {ParquetParsers} parsers
* @returns {Record<string, any>}
*/
function readVariantObject(reader, header, metadata, parsers) {
	const offsetWidth = (header & 3) + 1;
	const idWidth = (header >> 2 & 3) + 1;
	const numElements = header >> 4 & 1 ? readUnsigned(reader, 4) : reader.view.getUint8(reader.offset++);
	/** @type {number[]} */
	const fieldIds = new Array(numElements);
	for (let i = 0; i < numElements; i++) fieldIds[i] = readUnsigned(reader, idWidth);
	const offsets = new Array(numElements + 1);
	for (let i = 0; i < offsets.length; i++) offsets[i] = readUnsigned(reader, offsetWidth);
	/** @type {Record<string, any>} */
	const out = {};
	for (let i = 0; i < numElements; i++) {
		const key = metadata.dictionary[fieldIds[i]];
		out[key] = readVariant({
			view: reader.view,
			offset: reader.offset + offsets[i]
		}, metadata, parsers);
	}
	reader.offset += offsets[offsets.length - 1];
	return out;
}
/**
* @param {DataReader} reader
* @param {number} header
* @param {VariantMetadata} metadata
* @param {ParquetParsers} parsers
* @returns {any[]}
*/
function readVariantArray(reader, header, metadata, parsers) {
	const fieldOffsetSize = header & 3;
	const isLarge = header >> 2 & 1;
	const offsetWidth = fieldOffsetSize + 1;
	const numElements = readUnsigned(reader, isLarge ? 4 : 1);
	const offsets = new Array(numElements + 1);
	for (let i = 0; i < offsets.length; i++) offsets[i] = readUnsigned(reader, offsetWidth);
	const valuesStart = reader.offset;
	const result = new Array(numElements);
	for (let i = 0; i < numElements; i++) {
		const valueReader = {
			view: reader.view,
			offset: valuesStart + offsets[i]
		};
		result[i] = readVariant(valueReader, metadata, parsers);
	}
	reader.offset = valuesStart + offsets[offsets.length - 1];
	return result;
}
/**
* @param {DataReader} reader
* @param {number} width
* @returns {number}
*/
function readVariantDecimal(reader, width) {
	const scale = reader.view.getUint8(reader.offset);
	reader.offset += 1;
	let unscaled;
	if (width === 4) {
		unscaled = BigInt(reader.view.getInt32(reader.offset, true));
		reader.offset += 4;
	} else if (width === 8) {
		unscaled = reader.view.getBigInt64(reader.offset, true);
		reader.offset += 8;
	} else {
		const low = reader.view.getBigUint64(reader.offset, true);
		unscaled = reader.view.getBigInt64(reader.offset + 8, true) << 64n | low;
		reader.offset += 16;
	}
	return Number(unscaled) * 10 ** -scale;
}
/**
* @param {DataReader} reader
* @returns {Uint8Array}
*/
function readVariantBinary(reader) {
	const length = reader.view.getUint32(reader.offset, true);
	reader.offset += 4;
	const bytes = new Uint8Array(reader.view.buffer, reader.view.byteOffset + reader.offset, length);
	reader.offset += length;
	return bytes;
}
// node_modules/hyparquet/src/assemble.js
/**
* Reconstructs a complex nested structure from flat arrays of values and
* definition and repetition levels, according to Dremel encoding.
*
* @param {any[]} output
* @param {number[] | undefined} definitionLevels
* @param {number[]} repetitionLevels
* @param {DecodedArray} values
* @param {SchemaTree[]} schemaPath
* @returns {DecodedArray}
*/
function assembleLists(output, definitionLevels, repetitionLevels, values, schemaPath) {
	const maxDefinitionLevel = getMaxDefinitionLevel(schemaPath);
	if (!definitionLevels?.length && !repetitionLevels.length) {
		if (!maxDefinitionLevel || !values.length) return values;
		definitionLevels = new Array(values.length).fill(maxDefinitionLevel);
	}
	const n = definitionLevels?.length || repetitionLevels.length;
	const repetitionPath = schemaPath.map(({ element }) => element.repetition_type);
	let valueIndex = 0;
	const containerStack = [output];
	let currentContainer = output;
	let currentDepth = 0;
	let currentDefLevel = 0;
	let currentRepLevel = 0;
	if (repetitionLevels[0]) while (currentDepth < repetitionPath.length - 2 && currentRepLevel < repetitionLevels[0]) {
		currentDepth++;
		if (repetitionPath[currentDepth] !== "REQUIRED") {
			currentContainer = currentContainer.at(-1);
			containerStack.push(currentContainer);
			currentDefLevel++;
		}
		if (repetitionPath[currentDepth] === "REPEATED") currentRepLevel++;
	}
	for (let i = 0; i < n; i++) {
		const def = definitionLevels?.length ? definitionLevels[i] : maxDefinitionLevel;
		const rep = repetitionLevels[i];
		while (currentDepth && (rep < currentRepLevel || repetitionPath[currentDepth] !== "REPEATED")) {
			if (repetitionPath[currentDepth] !== "REQUIRED") {
				containerStack.pop();
				currentDefLevel--;
			}
			if (repetitionPath[currentDepth] === "REPEATED") currentRepLevel--;
			currentDepth--;
		}
		currentContainer = containerStack.at(-1);
		while ((currentDepth < repetitionPath.length - 2 || repetitionPath[currentDepth + 1] === "REPEATED") && (currentDefLevel < def || repetitionPath[currentDepth + 1] === "REQUIRED")) {
			currentDepth++;
			if (repetitionPath[currentDepth] !== "REQUIRED") {
				/** @type {any[]} */
				const newList = [];
				currentContainer.push(newList);
				currentContainer = newList;
				containerStack.push(newList);
				currentDefLevel++;
			}
			if (repetitionPath[currentDepth] === "REPEATED") currentRepLevel++;
		}
		if (def === maxDefinitionLevel) currentContainer.push(values[valueIndex++]);
		else if (currentDepth === repetitionPath.length - 2) currentContainer.push(null);
		else currentContainer.push([]);
	}
	if (!output.length) for (let i = 0; i < maxDefinitionLevel; i++) {
		/** @type {any[]} */
		const newList = [];
		currentContainer.push(newList);
		currentContainer = newList;
	}
	return output;
}
/**
* Assemble a nested structure from subcolumn data.
*
* @param {Map<string, DecodedArray>} subcolumnData
* @param {SchemaTree} schema top-level schema element
* @param {ParquetParsers} parsers
* @param {number} [depth] depth of nested structure
*/
function assembleNested(subcolumnData, schema, parsers, depth = 0) {
	const path = schema.path.join(".");
	const optional = schema.element.repetition_type === "OPTIONAL";
	const nextDepth = optional ? depth + 1 : depth;
	if (isListLike(schema)) {
		let sublist = schema.children[0];
		let subDepth = nextDepth;
		if (sublist.children.length === 1) {
			sublist = sublist.children[0];
			subDepth++;
		}
		assembleNested(subcolumnData, sublist, parsers, subDepth);
		const subcolumn = sublist.path.join(".");
		const values = subcolumnData.get(subcolumn);
		if (!values) throw new Error("parquet list column missing values");
		if (optional) flattenAtDepth(values, depth);
		subcolumnData.set(path, values);
		subcolumnData.delete(subcolumn);
		return;
	}
	if (isMapLike(schema)) {
		const mapName = schema.children[0].element.name;
		assembleNested(subcolumnData, schema.children[0].children[0], parsers, nextDepth + 1);
		assembleNested(subcolumnData, schema.children[0].children[1], parsers, nextDepth + 1);
		const keys = subcolumnData.get(`${path}.${mapName}.key`);
		const values = subcolumnData.get(`${path}.${mapName}.value`);
		if (!keys) throw new Error("parquet map column missing keys");
		if (!values) throw new Error("parquet map column missing values");
		if (keys.length !== values.length) throw new Error("parquet map column key/value length mismatch");
		const out = assembleMaps(keys, values, nextDepth);
		if (optional) flattenAtDepth(out, depth);
		subcolumnData.delete(`${path}.${mapName}.key`);
		subcolumnData.delete(`${path}.${mapName}.value`);
		subcolumnData.set(path, out);
		return;
	}
	if (schema.children.length) {
		const invertDepth = schema.element.repetition_type === "REQUIRED" ? depth : depth + 1;
		/** @type {Record<string, any>} */
		const struct = {};
		for (const child of schema.children) {
			assembleNested(subcolumnData, child, parsers, invertDepth);
			const childData = subcolumnData.get(child.path.join("."));
			if (!childData) throw new Error("parquet struct missing child data");
			struct[child.element.name] = childData;
		}
		for (const child of schema.children) subcolumnData.delete(child.path.join("."));
		let inverted = invertStruct(struct, invertDepth);
		if (schema.element.logical_type?.type === "VARIANT") inverted = decodeVariantColumn(inverted, parsers);
		if (optional) flattenAtDepth(inverted, depth);
		subcolumnData.set(path, inverted);
	}
}
/**
* @import {DecodedArray, ParquetParsers, SchemaTree} from '../src/types.js'
* @param {DecodedArray} arr
* @param {number} depth
*/
function flattenAtDepth(arr, depth) {
	for (let i = 0; i < arr.length; i++) if (depth) flattenAtDepth(arr[i], depth - 1);
	else arr[i] = arr[i][0];
}
/**
* @param {DecodedArray} keys
* @param {DecodedArray} values
* @param {number} depth
* @returns {any[]}
*/
function assembleMaps(keys, values, depth) {
	const out = [];
	for (let i = 0; i < keys.length; i++) if (depth) out.push(assembleMaps(keys[i], values[i], depth - 1));
	else if (keys[i]) {
		/** @type {Record<string, any>} */
		const obj = {};
		for (let j = 0; j < keys[i].length; j++) {
			const value = values[i][j];
			obj[keys[i][j]] = value === void 0 ? null : value;
		}
		out.push(obj);
	} else out.push(void 0);
	return out;
}
/**
* Invert a struct-like object by depth.
*
* @param {Record<string, any[]>} struct
* @param {number} depth
* @returns {any[]}
*/
function invertStruct(struct, depth) {
	const keys = Object.keys(struct);
	const length = struct[keys[0]]?.length;
	const out = [];
	for (let i = 0; i < length; i++) {
		/** @type {Record<string, any>} */
		const obj = {};
		for (const key of keys) {
			if (struct[key].length !== length) throw new Error("parquet struct parsing error");
			obj[key] = struct[key][i];
		}
		if (depth) out.push(invertStruct(obj, depth - 1));
		else out.push(obj);
	}
	return out;
}
// node_modules/hyparquet/src/delta.js
/**
* @import {DataReader} from '../src/types.js'
*/
/**
* @param {DataReader} reader
* @param {number} count number of values to read
* @param {Int32Array | BigInt64Array} output
*/
function deltaBinaryUnpack(reader, count, output) {
	if (output instanceof Int32Array) {
		deltaBinaryUnpackInt32(reader, count, output);
		return;
	}
	const blockSize = readVarInt(reader);
	const miniblockPerBlock = readVarInt(reader);
	readVarInt(reader);
	let value = readZigZagBigInt(reader);
	let outputIndex = 0;
	output[outputIndex++] = value;
	const valuesPerMiniblock = blockSize / miniblockPerBlock;
	while (outputIndex < count) {
		const minDelta = readZigZagBigInt(reader);
		const bitWidths = new Uint8Array(miniblockPerBlock);
		for (let i = 0; i < miniblockPerBlock; i++) bitWidths[i] = reader.view.getUint8(reader.offset++);
		for (let i = 0; i < miniblockPerBlock && outputIndex < count; i++) {
			const bitWidth = bitWidths[i];
			if (bitWidth) {
				let bitpackPos = 0;
				let miniblockCount = valuesPerMiniblock;
				const mask = (1n << BigInt(bitWidth)) - 1n;
				while (miniblockCount && outputIndex < count) {
					let bits = BigInt(reader.view.getUint32(reader.offset, true) >>> bitpackPos) & mask;
					bitpackPos += bitWidth;
					while (bitpackPos >= 32) {
						bitpackPos -= 32;
						reader.offset += 4;
						if (bitpackPos) bits |= BigInt(reader.view.getUint32(reader.offset, true)) << BigInt(bitWidth - bitpackPos) & mask;
					}
					const delta = minDelta + bits;
					value += delta;
					output[outputIndex++] = value;
					miniblockCount--;
				}
				if (miniblockCount) reader.offset += Math.ceil((miniblockCount * bitWidth + bitpackPos) / 8);
			} else for (let j = 0; j < valuesPerMiniblock && outputIndex < count; j++) {
				value += minDelta;
				output[outputIndex++] = value;
			}
		}
	}
}
/**
* Decode INT32 without BigInt arithmetic in the per-value loop.
*
* @param {DataReader} reader
* @param {number} count
* @param {Int32Array} output
*/
function deltaBinaryUnpackInt32(reader, count, output) {
	const blockSize = readVarInt(reader);
	const miniblockPerBlock = readVarInt(reader);
	readVarInt(reader);
	let value = readZigZag(reader);
	let outputIndex = 0;
	output[outputIndex++] = value;
	const valuesPerMiniblock = blockSize / miniblockPerBlock;
	const { view } = reader;
	while (outputIndex < count) {
		const minDelta = readZigZagInt33(reader);
		const bitWidthsOffset = reader.offset;
		let offset = bitWidthsOffset + miniblockPerBlock;
		for (let i = 0; i < miniblockPerBlock && outputIndex < count; i++) {
			const bitWidth = view.getUint8(bitWidthsOffset + i);
			const end = offset + valuesPerMiniblock * bitWidth / 8;
			let bitOffset = 0;
			for (let j = 0; j < valuesPerMiniblock && outputIndex < count; j++) {
				let residual = 0;
				let bitsRead = 0;
				while (bitsRead < bitWidth) {
					const bitsToRead = Math.min(8 - bitOffset, bitWidth - bitsRead);
					if (bitsRead < 32) residual |= (view.getUint8(offset) >>> bitOffset & (1 << bitsToRead) - 1) << bitsRead;
					bitsRead += bitsToRead;
					bitOffset += bitsToRead;
					if (bitOffset === 8) {
						bitOffset = 0;
						offset++;
					}
				}
				value = value + minDelta + residual | 0;
				output[outputIndex++] = value;
			}
			offset = end;
		}
		reader.offset = offset;
	}
}
/**
* Read a zigzag varint modulo 2^32. INT32 deltas can need 33 bits, which
* readZigZag truncates, but only the low 32 bits of the decoded value matter.
* readVarInt keeps the low 32 zigzag bits of a 5-byte varint; bit 32 is bit 4
* of the fifth byte. Reusing readVarInt keeps the caller's hot loop fast.
*
* @param {DataReader} reader
* @returns {number}
*/
function readZigZagInt33(reader) {
	const start = reader.offset;
	const low = readVarInt(reader);
	const high = reader.offset - start === 5 ? reader.view.getUint8(start + 4) >>> 4 & 1 : 0;
	return (low >>> 1 | high << 31) ^ -(low & 1);
}
/**
* @param {DataReader} reader
* @param {number} count
* @param {Uint8Array[]} output
*/
function deltaLengthByteArray(reader, count, output) {
	const lengths = new Int32Array(count);
	deltaBinaryUnpack(reader, count, lengths);
	for (let i = 0; i < count; i++) {
		output[i] = new Uint8Array(reader.view.buffer, reader.view.byteOffset + reader.offset, lengths[i]);
		reader.offset += lengths[i];
	}
}
/**
* @param {DataReader} reader
* @param {number} count
* @param {Uint8Array[]} output
*/
function deltaByteArray(reader, count, output) {
	const prefixData = new Int32Array(count);
	deltaBinaryUnpack(reader, count, prefixData);
	const suffixData = new Int32Array(count);
	deltaBinaryUnpack(reader, count, suffixData);
	for (let i = 0; i < count; i++) {
		const suffix = new Uint8Array(reader.view.buffer, reader.view.byteOffset + reader.offset, suffixData[i]);
		if (prefixData[i]) {
			output[i] = new Uint8Array(prefixData[i] + suffixData[i]);
			output[i].set(output[i - 1].subarray(0, prefixData[i]));
			output[i].set(suffix, prefixData[i]);
		} else output[i] = suffix;
		reader.offset += suffixData[i];
	}
}
// node_modules/hyparquet/src/encoding.js
/**
* @import {DataReader, DecodedArray, ParquetType} from '../src/types.js'
*/
/**
* Read values from a run-length encoded/bit-packed hybrid encoding.
*
* If length is zero, then read int32 length at the start.
*
* @param {DataReader} reader
* @param {number} width - bitwidth
* @param {DecodedArray} output
* @param {number} [length] - length of the encoded data
*/
function readRleBitPackedHybrid(reader, width, output, length) {
	if (length === void 0) {
		length = reader.view.getUint32(reader.offset, true);
		reader.offset += 4;
	}
	const startOffset = reader.offset;
	let seen = 0;
	while (seen < output.length) {
		const header = readVarInt(reader);
		if (header & 1) seen = readBitPacked(reader, header, width, output, seen);
		else {
			const count = header >>> 1;
			readRle(reader, count, width, output, seen);
			seen += count;
		}
	}
	reader.offset = startOffset + length;
}
/**
* Run-length encoding: read value with bitWidth and repeat it count times.
*
* @param {DataReader} reader
* @param {number} count
* @param {number} bitWidth
* @param {DecodedArray} output
* @param {number} seen
*/
function readRle(reader, count, bitWidth, output, seen) {
	const width = bitWidth + 7 >> 3;
	let value = 0;
	for (let i = 0; i < width; i++) value |= reader.view.getUint8(reader.offset++) << (i << 3);
	for (let i = 0; i < count; i++) output[seen + i] = value;
}
/**
* Read a bit-packed run of the rle/bitpack hybrid.
* Supports width > 8 (crossing bytes).
*
* @param {DataReader} reader
* @param {number} header - bit-pack header
* @param {number} bitWidth
* @param {DecodedArray} output
* @param {number} seen
* @returns {number} total output values so far
*/
function readBitPacked(reader, header, bitWidth, output, seen) {
	let count = header >> 1 << 3;
	const mask = (1 << bitWidth) - 1;
	let data = 0;
	if (reader.offset < reader.view.byteLength) data = reader.view.getUint8(reader.offset++);
	else if (mask) throw new Error(`parquet bitpack offset ${reader.offset} out of range`);
	let left = 8;
	let right = 0;
	while (count) if (right > 8) {
		right -= 8;
		left -= 8;
		data >>>= 8;
	} else if (left - right < bitWidth) {
		data |= reader.view.getUint8(reader.offset) << left;
		reader.offset++;
		left += 8;
	} else {
		if (seen < output.length) output[seen++] = data >> right & mask;
		count--;
		right += bitWidth;
	}
	return seen;
}
/**
* @param {DataReader} reader
* @param {number} count
* @param {ParquetType} type
* @param {number | undefined} typeLength
* @returns {DecodedArray}
*/
function byteStreamSplit(reader, count, type, typeLength) {
	const width = byteWidth(type, typeLength);
	const bytes = new Uint8Array(count * width);
	for (let b = 0; b < width; b++) for (let i = 0; i < count; i++) bytes[i * width + b] = reader.view.getUint8(reader.offset++);
	if (type === "FLOAT") return new Float32Array(bytes.buffer);
	else if (type === "DOUBLE") return new Float64Array(bytes.buffer);
	else if (type === "INT32") return new Int32Array(bytes.buffer);
	else if (type === "INT64") return new BigInt64Array(bytes.buffer);
	else if (type === "FIXED_LEN_BYTE_ARRAY") {
		const split = new Array(count);
		for (let i = 0; i < count; i++) split[i] = bytes.subarray(i * width, (i + 1) * width);
		return split;
	}
	throw new Error(`parquet byte_stream_split unsupported type: ${type}`);
}
/**
* @param {ParquetType} type
* @param {number | undefined} typeLength
* @returns {number}
*/
function byteWidth(type, typeLength) {
	switch (type) {
		case "INT32":
		case "FLOAT": return 4;
		case "INT64":
		case "DOUBLE": return 8;
		case "FIXED_LEN_BYTE_ARRAY":
			if (!typeLength) throw new Error("parquet byteWidth missing type_length");
			return typeLength;
		default: throw new Error(`parquet unsupported type: ${type}`);
	}
}
// node_modules/hyparquet/src/plain.js
/**
* Read `count` values of the given type from the reader.view.
*
* @param {DataReader} reader - buffer to read data from
* @param {ParquetType} type - parquet type of the data
* @param {number} count - number of values to read
* @param {number | undefined} fixedLength - length of each fixed length byte array
* @returns {DecodedArray} array of values
*/
function readPlain(reader, type, count, fixedLength) {
	if (count === 0) return [];
	if (type === "BOOLEAN") return readPlainBoolean(reader, count);
	else if (type === "INT32") return readPlainInt32(reader, count);
	else if (type === "INT64") return readPlainInt64(reader, count);
	else if (type === "INT96") return readPlainInt96(reader, count);
	else if (type === "FLOAT") return readPlainFloat(reader, count);
	else if (type === "DOUBLE") return readPlainDouble(reader, count);
	else if (type === "BYTE_ARRAY") return readPlainByteArray(reader, count);
	else if (type === "FIXED_LEN_BYTE_ARRAY") {
		if (!fixedLength) throw new Error("parquet missing fixed length");
		return readPlainByteArrayFixed(reader, count, fixedLength);
	} else throw new Error(`parquet unhandled type: ${type}`);
}
/**
* Read `count` boolean values.
*
* @param {DataReader} reader
* @param {number} count
* @returns {boolean[]}
*/
function readPlainBoolean(reader, count) {
	const values = new Array(count);
	for (let i = 0; i < count; i++) {
		const byteOffset = reader.offset + (i / 8 | 0);
		const bitOffset = i % 8;
		const byte = reader.view.getUint8(byteOffset);
		values[i] = (byte & 1 << bitOffset) !== 0;
	}
	reader.offset += Math.ceil(count / 8);
	return values;
}
/**
* Read `count` int32 values.
*
* @param {DataReader} reader
* @param {number} count
* @returns {Int32Array}
*/
function readPlainInt32(reader, count) {
	const values = (reader.view.byteOffset + reader.offset) % 4 ? new Int32Array(align(reader.view.buffer, reader.view.byteOffset + reader.offset, count * 4)) : new Int32Array(reader.view.buffer, reader.view.byteOffset + reader.offset, count);
	reader.offset += count * 4;
	return values;
}
/**
* Read `count` int64 values.
*
* @param {DataReader} reader
* @param {number} count
* @returns {BigInt64Array}
*/
function readPlainInt64(reader, count) {
	const values = (reader.view.byteOffset + reader.offset) % 8 ? new BigInt64Array(align(reader.view.buffer, reader.view.byteOffset + reader.offset, count * 8)) : new BigInt64Array(reader.view.buffer, reader.view.byteOffset + reader.offset, count);
	reader.offset += count * 8;
	return values;
}
/**
* Read `count` int96 values.
*
* @param {DataReader} reader
* @param {number} count
* @returns {bigint[]}
*/
function readPlainInt96(reader, count) {
	const values = new Array(count);
	for (let i = 0; i < count; i++) {
		const low = reader.view.getBigInt64(reader.offset + i * 12, true);
		const high = reader.view.getInt32(reader.offset + i * 12 + 8, true);
		values[i] = BigInt(high) << 64n | low;
	}
	reader.offset += count * 12;
	return values;
}
/**
* Read `count` float values.
*
* @param {DataReader} reader
* @param {number} count
* @returns {Float32Array}
*/
function readPlainFloat(reader, count) {
	const values = (reader.view.byteOffset + reader.offset) % 4 ? new Float32Array(align(reader.view.buffer, reader.view.byteOffset + reader.offset, count * 4)) : new Float32Array(reader.view.buffer, reader.view.byteOffset + reader.offset, count);
	reader.offset += count * 4;
	return values;
}
/**
* Read `count` double values.
*
* @param {DataReader} reader
* @param {number} count
* @returns {Float64Array}
*/
function readPlainDouble(reader, count) {
	const values = (reader.view.byteOffset + reader.offset) % 8 ? new Float64Array(align(reader.view.buffer, reader.view.byteOffset + reader.offset, count * 8)) : new Float64Array(reader.view.buffer, reader.view.byteOffset + reader.offset, count);
	reader.offset += count * 8;
	return values;
}
/**
* Read `count` byte array values.
*
* @param {DataReader} reader
* @param {number} count
* @returns {Uint8Array[]}
*/
function readPlainByteArray(reader, count) {
	const values = new Array(count);
	for (let i = 0; i < count; i++) {
		const length = reader.view.getUint32(reader.offset, true);
		reader.offset += 4;
		values[i] = new Uint8Array(reader.view.buffer, reader.view.byteOffset + reader.offset, length);
		reader.offset += length;
	}
	return values;
}
/**
* Read a fixed length byte array.
*
* @param {DataReader} reader
* @param {number} count
* @param {number} fixedLength
* @returns {Uint8Array[]}
*/
function readPlainByteArrayFixed(reader, count, fixedLength) {
	const values = new Array(count);
	for (let i = 0; i < count; i++) {
		values[i] = new Uint8Array(reader.view.buffer, reader.view.byteOffset + reader.offset, fixedLength);
		reader.offset += fixedLength;
	}
	return values;
}
/**
* Create a new buffer with the offset and size.
*
* @import {DataReader, DecodedArray, ParquetType} from '../src/types.js'
* @param {ArrayBufferLike} buffer
* @param {number} offset
* @param {number} size
* @returns {ArrayBuffer}
*/
function align(buffer, offset, size) {
	const aligned = new ArrayBuffer(size);
	new Uint8Array(aligned).set(new Uint8Array(buffer, offset, size));
	return aligned;
}
// node_modules/hyparquet/src/snappy.js
/**
* The MIT License (MIT)
* Copyright (c) 2016 Zhipeng Jia
* https://github.com/zhipeng-jia/snappyjs
*/
const WORD_MASK = [
	0,
	255,
	65535,
	16777215,
	4294967295
];
/**
* Copy bytes from one array to another
*
* @param {Uint8Array} fromArray source array
* @param {number} fromPos source position
* @param {Uint8Array} toArray destination array
* @param {number} toPos destination position
* @param {number} length number of bytes to copy
*/
function copyBytes(fromArray, fromPos, toArray, toPos, length) {
	for (let i = 0; i < length; i++) toArray[toPos + i] = fromArray[fromPos + i];
}
/**
* Decompress snappy data.
* Accepts an output buffer to avoid allocating a new buffer for each call.
*
* @param {Uint8Array} input compressed data
* @param {Uint8Array} output output buffer
*/
function snappyUncompress(input, output) {
	const inputLength = input.byteLength;
	const outputLength = output.byteLength;
	let pos = 0;
	let outPos = 0;
	while (pos < inputLength) {
		const c = input[pos];
		pos++;
		if (c < 128) break;
	}
	if (outputLength && pos >= inputLength) throw new Error("invalid snappy length header");
	while (pos < inputLength) {
		const c = input[pos];
		let len = 0;
		pos++;
		if (pos >= inputLength) throw new Error("missing eof marker");
		if ((c & 3) === 0) {
			let len = (c >>> 2) + 1;
			if (len > 60) {
				if (pos + 3 >= inputLength) throw new Error("snappy error literal pos + 3 >= inputLength");
				const lengthSize = len - 60;
				len = input[pos] + (input[pos + 1] << 8) + (input[pos + 2] << 16) + (input[pos + 3] << 24);
				len = (len & WORD_MASK[lengthSize]) + 1;
				pos += lengthSize;
			}
			if (pos + len > inputLength) throw new Error("snappy error literal exceeds input length");
			copyBytes(input, pos, output, outPos, len);
			pos += len;
			outPos += len;
		} else {
			let offset = 0;
			switch (c & 3) {
				case 1:
					len = (c >>> 2 & 7) + 4;
					offset = input[pos] + (c >>> 5 << 8);
					pos++;
					break;
				case 2:
					if (inputLength <= pos + 1) throw new Error("snappy error end of input");
					len = (c >>> 2) + 1;
					offset = input[pos] + (input[pos + 1] << 8);
					pos += 2;
					break;
				case 3:
					if (inputLength <= pos + 3) throw new Error("snappy error end of input");
					len = (c >>> 2) + 1;
					offset = input[pos] + (input[pos + 1] << 8) + (input[pos + 2] << 16) + (input[pos + 3] << 24);
					pos += 4;
			}
			if (offset === 0 || isNaN(offset)) throw new Error(`invalid offset ${offset} pos ${pos} inputLength ${inputLength}`);
			if (offset > outPos) throw new Error("cannot copy from before start of buffer");
			copyBytes(output, outPos - offset, output, outPos, len);
			outPos += len;
		}
	}
	if (outPos !== outputLength) throw new Error("premature end of input");
}
// node_modules/hyparquet/src/datapage.js
/**
* @import {ColumnDecoder, CompressionCodec, Compressors, DataPage, DataPageHeader, DataPageHeaderV2, DataReader, DecodedArray, PageHeader, SchemaTree} from '../src/types.js'
*/
/**
* Read a data page from uncompressed reader.
*
* @param {Uint8Array} bytes raw page data (should already be decompressed)
* @param {DataPageHeader} daph data page header
* @param {ColumnDecoder} columnDecoder
* @returns {DataPage} definition levels, repetition levels, and array of values
*/
function readDataPage(bytes, daph, { type, element, schemaPath }) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const reader = {
		view,
		offset: 0
	};
	/** @type {DecodedArray} */
	let dataPage;
	const repetitionLevels = readRepetitionLevels(reader, daph, schemaPath);
	const { definitionLevels, numNulls } = readDefinitionLevels(reader, daph, schemaPath);
	const nValues = daph.num_values - numNulls;
	if (daph.encoding === "PLAIN") dataPage = readPlain(reader, type, nValues, element.type_length);
	else if (daph.encoding === "PLAIN_DICTIONARY" || daph.encoding === "RLE_DICTIONARY" || daph.encoding === "RLE") {
		const bitWidth = type === "BOOLEAN" ? 1 : view.getUint8(reader.offset++);
		if (bitWidth) {
			dataPage = new Array(nValues);
			if (type === "BOOLEAN") {
				readRleBitPackedHybrid(reader, bitWidth, dataPage);
				dataPage = dataPage.map((x) => !!x);
			} else readRleBitPackedHybrid(reader, bitWidth, dataPage, view.byteLength - reader.offset);
		} else dataPage = new Uint8Array(nValues);
	} else if (daph.encoding === "BYTE_STREAM_SPLIT") dataPage = byteStreamSplit(reader, nValues, type, element.type_length);
	else if (daph.encoding === "DELTA_BINARY_PACKED") {
		dataPage = type === "INT32" ? new Int32Array(nValues) : new BigInt64Array(nValues);
		deltaBinaryUnpack(reader, nValues, dataPage);
	} else if (daph.encoding === "DELTA_LENGTH_BYTE_ARRAY") {
		dataPage = new Array(nValues);
		deltaLengthByteArray(reader, nValues, dataPage);
	} else if (daph.encoding === "DELTA_BYTE_ARRAY") {
		dataPage = new Array(nValues);
		deltaByteArray(reader, nValues, dataPage);
	} else throw new Error(`parquet unsupported encoding: ${daph.encoding}`);
	return {
		definitionLevels,
		repetitionLevels,
		dataPage
	};
}
/**
* @param {DataReader} reader data view for the page
* @param {DataPageHeader} daph data page header
* @param {SchemaTree[]} schemaPath
* @returns {any[]} repetition levels and number of bytes read
*/
function readRepetitionLevels(reader, daph, schemaPath) {
	if (schemaPath.length > 1) {
		const maxRepetitionLevel = getMaxRepetitionLevel(schemaPath);
		if (maxRepetitionLevel) {
			const values = new Array(daph.num_values);
			readRleBitPackedHybrid(reader, bitWidth(maxRepetitionLevel), values);
			return values;
		}
	}
	return [];
}
/**
* @param {DataReader} reader data view for the page
* @param {DataPageHeader} daph data page header
* @param {SchemaTree[]} schemaPath
* @returns {{ definitionLevels: number[], numNulls: number }} definition levels
*/
function readDefinitionLevels(reader, daph, schemaPath) {
	const maxDefinitionLevel = getMaxDefinitionLevel(schemaPath);
	if (!maxDefinitionLevel) return {
		definitionLevels: [],
		numNulls: 0
	};
	const definitionLevels = new Array(daph.num_values);
	readRleBitPackedHybrid(reader, bitWidth(maxDefinitionLevel), definitionLevels);
	let numNulls = daph.num_values;
	for (const def of definitionLevels) if (def === maxDefinitionLevel) numNulls--;
	if (numNulls === 0) definitionLevels.length = 0;
	return {
		definitionLevels,
		numNulls
	};
}
/**
* @param {Uint8Array} compressedBytes
* @param {number} uncompressed_page_size
* @param {CompressionCodec} codec
* @param {Compressors | undefined} compressors
* @returns {Uint8Array}
*/
function decompressPage(compressedBytes, uncompressed_page_size, codec, compressors) {
	/** @type {Uint8Array} */
	let page;
	const customDecompressor = compressors?.[codec];
	if (codec === "UNCOMPRESSED") page = compressedBytes;
	else if (customDecompressor) page = customDecompressor(compressedBytes, uncompressed_page_size);
	else if (codec === "SNAPPY") {
		page = new Uint8Array(uncompressed_page_size);
		snappyUncompress(compressedBytes, page);
	} else throw new Error(`parquet unsupported compression codec: ${codec}`);
	if (page?.length !== uncompressed_page_size) throw new Error(`parquet decompressed page length ${page?.length} does not match header ${uncompressed_page_size}`);
	return page;
}
/**
* Read a data page from the given Uint8Array.
*
* @param {Uint8Array} compressedBytes raw page data
* @param {PageHeader} ph page header
* @param {ColumnDecoder} columnDecoder
* @returns {DataPage} definition levels, repetition levels, and array of values
*/
function readDataPageV2(compressedBytes, ph, columnDecoder) {
	const reader = {
		view: new DataView(compressedBytes.buffer, compressedBytes.byteOffset, compressedBytes.byteLength),
		offset: 0
	};
	const { type, element, schemaPath, codec, compressors } = columnDecoder;
	const daph2 = ph.data_page_header_v2;
	if (!daph2) throw new Error("parquet data page header v2 is undefined");
	const repetitionLevels = readRepetitionLevelsV2(reader, daph2, schemaPath);
	reader.offset = daph2.repetition_levels_byte_length;
	const definitionLevels = readDefinitionLevelsV2(reader, daph2, schemaPath);
	const uncompressedPageSize = ph.uncompressed_page_size - daph2.definition_levels_byte_length - daph2.repetition_levels_byte_length;
	let page = compressedBytes.subarray(reader.offset);
	if (daph2.is_compressed !== false) page = decompressPage(page, uncompressedPageSize, codec, compressors);
	const pageView = new DataView(page.buffer, page.byteOffset, page.byteLength);
	const pageReader = {
		view: pageView,
		offset: 0
	};
	/** @type {DecodedArray} */
	let dataPage;
	const nValues = daph2.num_values - daph2.num_nulls;
	if (daph2.encoding === "PLAIN") dataPage = readPlain(pageReader, type, nValues, element.type_length);
	else if (daph2.encoding === "RLE") {
		dataPage = new Array(nValues);
		readRleBitPackedHybrid(pageReader, 1, dataPage);
		dataPage = dataPage.map((x) => !!x);
	} else if (daph2.encoding === "PLAIN_DICTIONARY" || daph2.encoding === "RLE_DICTIONARY") {
		const bitWidth = pageView.getUint8(pageReader.offset++);
		dataPage = new Array(nValues);
		readRleBitPackedHybrid(pageReader, bitWidth, dataPage, uncompressedPageSize - 1);
	} else if (daph2.encoding === "DELTA_BINARY_PACKED") {
		dataPage = type === "INT32" ? new Int32Array(nValues) : new BigInt64Array(nValues);
		deltaBinaryUnpack(pageReader, nValues, dataPage);
	} else if (daph2.encoding === "DELTA_LENGTH_BYTE_ARRAY") {
		dataPage = new Array(nValues);
		deltaLengthByteArray(pageReader, nValues, dataPage);
	} else if (daph2.encoding === "DELTA_BYTE_ARRAY") {
		dataPage = new Array(nValues);
		deltaByteArray(pageReader, nValues, dataPage);
	} else if (daph2.encoding === "BYTE_STREAM_SPLIT") dataPage = byteStreamSplit(pageReader, nValues, type, element.type_length);
	else throw new Error(`parquet unsupported encoding: ${daph2.encoding}`);
	return {
		definitionLevels,
		repetitionLevels,
		dataPage
	};
}
/**
* @param {DataReader} reader
* @param {DataPageHeaderV2} daph2 data page header v2
* @param {SchemaTree[]} schemaPath
* @returns {any[]} repetition levels
*/
function readRepetitionLevelsV2(reader, daph2, schemaPath) {
	const maxRepetitionLevel = getMaxRepetitionLevel(schemaPath);
	if (!maxRepetitionLevel) return [];
	const values = new Array(daph2.num_values);
	readRleBitPackedHybrid(reader, bitWidth(maxRepetitionLevel), values, daph2.repetition_levels_byte_length);
	return values;
}
/**
* @param {DataReader} reader
* @param {DataPageHeaderV2} daph2 data page header v2
* @param {SchemaTree[]} schemaPath
* @returns {number[] | undefined} definition levels
*/
function readDefinitionLevelsV2(reader, daph2, schemaPath) {
	const maxDefinitionLevel = getMaxDefinitionLevel(schemaPath);
	if (maxDefinitionLevel) {
		const values = new Array(daph2.num_values);
		readRleBitPackedHybrid(reader, bitWidth(maxDefinitionLevel), values, daph2.definition_levels_byte_length);
		return values;
	}
}
/**
* Minimum bits needed to store value.
*
* @param {number} value
* @returns {number}
*/
function bitWidth(value) {
	return 32 - Math.clz32(value);
}
// node_modules/hyparquet/src/column.js
/**
* @import {ColumnDecoder, DataReader, DecodedArray, PageHeader, PageResult, RowGroupSelect, Statistics, SubColumnData} from '../src/types.js'
*/
/**
* Parse column data from a buffer.
*
* @param {DataReader} reader
* @param {RowGroupSelect} rowGroupSelect row group selection
* @param {ColumnDecoder} columnDecoder column decoder params
* @param {(chunk: SubColumnData) => void} [onPage] callback for each page
* @returns {{ data: DecodedArray[], skipped: number }}
*/
function readColumn(reader, { groupStart, selectStart, selectEnd }, columnDecoder, onPage) {
	const { pathInSchema, schemaPath } = columnDecoder;
	const isFlat = isFlatColumn(schemaPath);
	/** @type {DecodedArray[]} */
	const chunks = [];
	/** @type {DecodedArray | undefined} */
	let dictionary = void 0;
	/** @type {DecodedArray | undefined} */
	let lastChunk = void 0;
	let rowCount = 0;
	let skipped = 0;
	const emitLastChunk = onPage && (() => {
		lastChunk && onPage({
			pathInSchema,
			columnData: lastChunk,
			rowStart: groupStart + rowCount - lastChunk.length,
			rowEnd: groupStart + rowCount
		});
	});
	while (isFlat ? rowCount < selectEnd : reader.offset < reader.view.byteLength - 1) {
		if (reader.offset >= reader.view.byteLength - 1) break;
		const header = parquetHeader(reader);
		if (header.type === "DICTIONARY_PAGE") {
			const { data } = readPage(reader, header, columnDecoder, dictionary, void 0, 0);
			if (data) dictionary = convert(data, columnDecoder);
		} else {
			const lastChunkLength = lastChunk?.length || 0;
			const result = readPage(reader, header, columnDecoder, dictionary, lastChunk, selectStart - rowCount);
			if (result.skipped) {
				if (!chunks.length) skipped += result.skipped;
				rowCount += result.skipped;
			} else if (result.data && lastChunk === result.data) rowCount += result.data.length - lastChunkLength;
			else if (result.data && result.data.length) {
				emitLastChunk?.();
				chunks.push(result.data);
				rowCount += result.data.length;
				lastChunk = result.data;
			}
		}
	}
	emitLastChunk?.();
	return {
		data: chunks,
		skipped
	};
}
/**
* Read a page (data or dictionary) from a buffer.
*
* @param {DataReader} reader
* @param {PageHeader} header
* @param {ColumnDecoder} columnDecoder
* @param {DecodedArray | undefined} dictionary
* @param {DecodedArray | undefined} previousChunk
* @param {number} pageStart skip this many rows in the page
* @returns {PageResult}
*/
function readPage(reader, header, columnDecoder, dictionary, previousChunk, pageStart) {
	const { type, element, schemaPath, codec, compressors } = columnDecoder;
	const compressedBytes = new Uint8Array(reader.view.buffer, reader.view.byteOffset + reader.offset, header.compressed_page_size);
	reader.offset += header.compressed_page_size;
	if (header.type === "DATA_PAGE") {
		const daph = header.data_page_header;
		if (!daph) throw new Error("parquet data page header is undefined");
		if (pageStart > daph.num_values && isFlatColumn(schemaPath)) return { skipped: daph.num_values };
		const { definitionLevels, repetitionLevels, dataPage } = readDataPage(decompressPage(compressedBytes, Number(header.uncompressed_page_size), codec, compressors), daph, columnDecoder);
		const values = convertWithDictionary(dataPage, dictionary, daph.encoding, columnDecoder);
		return {
			skipped: 0,
			data: assembleLists(Array.isArray(previousChunk) ? previousChunk : [], definitionLevels, repetitionLevels, values, schemaPath)
		};
	} else if (header.type === "DATA_PAGE_V2") {
		const daph2 = header.data_page_header_v2;
		if (!daph2) throw new Error("parquet data page header v2 is undefined");
		if (pageStart > daph2.num_rows) return { skipped: daph2.num_rows };
		const { definitionLevels, repetitionLevels, dataPage } = readDataPageV2(compressedBytes, header, columnDecoder);
		const values = convertWithDictionary(dataPage, dictionary, daph2.encoding, columnDecoder);
		return {
			skipped: 0,
			data: assembleLists(Array.isArray(previousChunk) ? previousChunk : [], definitionLevels, repetitionLevels, values, schemaPath)
		};
	} else if (header.type === "DICTIONARY_PAGE") {
		const diph = header.dictionary_page_header;
		if (!diph) throw new Error("parquet dictionary page header is undefined");
		const page = decompressPage(compressedBytes, Number(header.uncompressed_page_size), codec, compressors);
		return {
			skipped: 0,
			data: readPlain({
				view: new DataView(page.buffer, page.byteOffset, page.byteLength),
				offset: 0
			}, type, diph.num_values, element.type_length)
		};
	} else throw new Error(`parquet unsupported page type: ${header.type}`);
}
/**
* Read a page header from a buffer, leaving the reader at the start of the page data.
*
* @param {DataReader} reader
* @returns {PageHeader}
*/
function parquetHeader(reader) {
	const header = deserializeTCompactProtocol(reader);
	return {
		type: PageTypes[header.field_1],
		uncompressed_page_size: header.field_2,
		compressed_page_size: header.field_3,
		crc: header.field_4,
		data_page_header: header.field_5 && {
			num_values: header.field_5.field_1,
			encoding: Encodings[header.field_5.field_2],
			definition_level_encoding: Encodings[header.field_5.field_3],
			repetition_level_encoding: Encodings[header.field_5.field_4],
			statistics: pageStatistics(header.field_5.field_5)
		},
		index_page_header: header.field_6,
		dictionary_page_header: header.field_7 && {
			num_values: header.field_7.field_1,
			encoding: Encodings[header.field_7.field_2],
			is_sorted: header.field_7.field_3
		},
		data_page_header_v2: header.field_8 && {
			num_values: header.field_8.field_1,
			num_nulls: header.field_8.field_2,
			num_rows: header.field_8.field_3,
			encoding: Encodings[header.field_8.field_4],
			definition_levels_byte_length: header.field_8.field_5,
			repetition_levels_byte_length: header.field_8.field_6,
			is_compressed: header.field_8.field_7 === void 0 ? true : header.field_8.field_7,
			statistics: pageStatistics(header.field_8.field_8)
		}
	};
}
/**
* @param {any} stats thrift Statistics struct
* @returns {Statistics | undefined}
*/
function pageStatistics(stats) {
	return stats && {
		max: stats.field_1,
		min: stats.field_2,
		null_count: stats.field_3,
		distinct_count: stats.field_4,
		max_value: stats.field_5,
		min_value: stats.field_6,
		is_max_value_exact: stats.field_7,
		is_min_value_exact: stats.field_8
	};
}
// node_modules/hyparquet/src/rowgroup.js
/**
* @import {AsyncColumn, AsyncRowGroup, ChunkPlan, ColumnDecoder, DecodedArray, GroupPlan, PageLocation, ParquetParsers, ParquetReadOptions, QueryPlan, SchemaTree} from '../src/types.js'
*/
/**
* Read a row group from a file-like object.
*
* @param {ParquetReadOptions} options
* @param {QueryPlan} plan
* @param {GroupPlan} groupPlan
* @returns {AsyncRowGroup} resolves to column data
*/
function readRowGroup(options, { metadata }, groupPlan) {
	/** @type {AsyncColumn[]} */
	const asyncColumns = [];
	const schemaTree = parquetSchema(metadata);
	for (const chunk of groupPlan.chunks) {
		const { path_in_schema: pathInSchema } = chunk.columnMetadata;
		const schemaPath = getTreePath(schemaTree, pathInSchema);
		const columnDecoder = {
			pathInSchema,
			element: schemaPath[schemaPath.length - 1].element,
			schemaPath,
			...options,
			...chunk.columnMetadata,
			parsers: {
				...DEFAULT_PARSERS,
				...options.parsers
			}
		};
		const { startByte, endByte } = chunk.range;
		if ("pageLocations" in chunk) asyncColumns.push({
			pathInSchema,
			data: readSelectedPages(options, groupPlan, chunk, chunk.pageLocations, columnDecoder)
		});
		else if ("offsetIndex" in chunk) asyncColumns.push({
			pathInSchema,
			data: Promise.resolve(options.file.slice(chunk.offsetIndex.startByte, chunk.offsetIndex.endByte)).then((arrayBuffer) => {
				const pages = readOffsetIndex({
					view: new DataView(arrayBuffer),
					offset: 0
				}).page_locations;
				return readSelectedPages(options, groupPlan, chunk, pages, columnDecoder);
			})
		});
		else asyncColumns.push({
			pathInSchema,
			data: Promise.resolve(options.file.slice(startByte, endByte)).then((buffer) => {
				return readColumn({
					view: new DataView(buffer),
					offset: 0
				}, groupPlan, columnDecoder, options.onPage);
			})
		});
	}
	return {
		groupStart: groupPlan.groupStart,
		groupRows: groupPlan.groupRows,
		selectStart: groupPlan.selectStart,
		selectEnd: groupPlan.selectEnd,
		asyncColumns
	};
}
/**
* Read only the pages of a column chunk that overlap the group plan's select
* range [selectStart, selectEnd), using page locations from the offset index.
*
* @param {ParquetReadOptions} options
* @param {GroupPlan} groupPlan
* @param {ChunkPlan} chunk
* @param {PageLocation[]} pages
* @param {ColumnDecoder} columnDecoder
* @returns {Promise<{data: DecodedArray[], skipped: number}>}
*/
async function readSelectedPages(options, groupPlan, chunk, pages, columnDecoder) {
	const { data_page_offset, dictionary_page_offset } = chunk.columnMetadata;
	const { selectStart, selectEnd } = groupPlan;
	let { startByte, endByte } = chunk.range;
	let skipped = -1;
	const hasDict = dictionary_page_offset || data_page_offset < pages[0].offset;
	for (let i = 0; i < pages.length; i++) {
		const page = pages[i];
		const pageStart = Number(page.first_row_index);
		const pageEnd = i + 1 < pages.length ? Number(pages[i + 1].first_row_index) : groupPlan.groupRows;
		if (skipped < 0 && pageEnd > selectStart) {
			startByte = Number(page.offset);
			skipped = pageStart;
		}
		if (pageStart < selectEnd) endByte = Number(page.offset) + page.compressed_page_size;
	}
	if (skipped < 0) skipped = 0;
	/** @type {DataView} */
	let view;
	if (hasDict && skipped) {
		const dictLength = Number(pages[0].offset) - chunk.range.startByte;
		const [dictBuffer, dataBuffer] = await Promise.all([options.file.slice(chunk.range.startByte, Number(pages[0].offset)), options.file.slice(startByte, endByte)]);
		const combined = new Uint8Array(dictLength + dataBuffer.byteLength);
		combined.set(new Uint8Array(dictBuffer, 0, dictLength));
		combined.set(new Uint8Array(dataBuffer), dictLength);
		view = new DataView(combined.buffer);
	} else if (hasDict) view = new DataView(await options.file.slice(chunk.range.startByte, endByte));
	else view = new DataView(await options.file.slice(startByte, endByte));
	const { data, skipped: columnSkipped } = readColumn({
		view,
		offset: 0
	}, skipped ? {
		...groupPlan,
		groupStart: groupPlan.groupStart + skipped,
		selectStart: groupPlan.selectStart - skipped,
		selectEnd: groupPlan.selectEnd - skipped
	} : groupPlan, columnDecoder, options.onPage);
	return {
		data,
		skipped: skipped + columnSkipped
	};
}
/**
* @overload
* @param {AsyncRowGroup} asyncGroup
* @param {number} selectStart
* @param {number} selectEnd
* @param {string[] | undefined} columns
* @param {'object'} rowFormat
* @returns {Promise<Record<string, any>[]>} resolves to row data
*/
/**
* @overload
* @param {AsyncRowGroup} asyncGroup
* @param {number} selectStart
* @param {number} selectEnd
* @param {string[] | undefined} columns
* @param {'array'} [rowFormat]
* @returns {Promise<any[][]>} resolves to row data
*/
/**
* @param {AsyncRowGroup} asyncGroup
* @param {number} selectStart
* @param {number} selectEnd
* @param {string[] | undefined} columns
* @param {'object' | 'array'} [rowFormat]
* @returns {Promise<Record<string, any>[] | any[][]>} resolves to row data
*/
async function asyncGroupToRows({ asyncColumns }, selectStart, selectEnd, columns, rowFormat) {
	const asyncPages = await Promise.all(asyncColumns.map((column) => column.data.then(({ skipped, data }) => ({
		skipped,
		data: flatten(data)
	}))));
	const selectCount = selectEnd - selectStart;
	if (rowFormat === "object") {
		/** @type {Record<string, any>[]} */
		const groupData = Array(selectCount);
		for (let selectRow = 0; selectRow < selectCount; selectRow++) {
			/** @type {Record<string, any>} */
			const rowData = {};
			for (let i = 0; i < asyncColumns.length; i++) {
				const { data, skipped } = asyncPages[i];
				rowData[asyncColumns[i].pathInSchema[0]] = data[selectStart + selectRow - skipped];
			}
			groupData[selectRow] = rowData;
		}
		return groupData;
	}
	const includedColumnNames = asyncColumns.map((child) => child.pathInSchema[0]).filter((name) => !columns || columns.includes(name));
	const columnOrder = columns ?? includedColumnNames;
	const columnIndexes = columnOrder.map((name) => asyncColumns.findIndex((column) => column.pathInSchema[0] === name));
	/** @type {any[][]} */
	const groupData = Array(selectCount);
	for (let selectRow = 0; selectRow < selectCount; selectRow++) {
		const rowData = Array(asyncColumns.length);
		for (let i = 0; i < columnOrder.length; i++) {
			const colIdx = columnIndexes[i];
			if (colIdx < 0) throw new Error(`parquet column not found: ${columnOrder[i]}`);
			const { data, skipped } = asyncPages[colIdx];
			rowData[i] = data[selectStart + selectRow - skipped];
		}
		groupData[selectRow] = rowData;
	}
	return groupData;
}
/**
* Assemble physical columns into top-level columns asynchronously.
*
* @param {AsyncRowGroup} asyncRowGroup
* @param {SchemaTree} schemaTree
* @param {Partial<ParquetParsers>} [parsers]
* @returns {AsyncRowGroup}
*/
function assembleAsync(asyncRowGroup, schemaTree, parsers) {
	const { asyncColumns } = asyncRowGroup;
	const allParsers = {
		...DEFAULT_PARSERS,
		...parsers
	};
	/** @type {AsyncColumn[]} */
	const assembled = [];
	for (const child of schemaTree.children) if (child.children.length) {
		const childColumns = asyncColumns.filter((column) => column.pathInSchema[0] === child.element.name);
		if (!childColumns.length) continue;
		assembled.push({
			pathInSchema: child.path,
			data: (async () => {
				const resolved = await Promise.all(childColumns.map((c) => c.data));
				/** @type {Map<string, DecodedArray>} */
				const subcolumnData = /* @__PURE__ */ new Map();
				const flattened = resolved.map(({ data }) => flatten(data));
				const skipped = Math.max(asyncRowGroup.selectStart ?? 0, ...resolved.map((result) => result.skipped));
				const end = Math.min(asyncRowGroup.selectEnd ?? 1e400, ...resolved.map((result, i) => result.skipped + flattened[i].length));
				for (let i = 0; i < childColumns.length; i++) {
					const start = skipped - resolved[i].skipped;
					const length = Math.max(0, end - skipped);
					subcolumnData.set(childColumns[i].pathInSchema.join("."), flattened[i].slice(start, start + length));
				}
				assembleNested(subcolumnData, child, allParsers);
				const assembled = subcolumnData.get(child.element.name);
				if (!assembled) throw new Error("parquet column data not assembled");
				return {
					data: [assembled],
					skipped
				};
			})()
		});
	} else {
		const asyncColumn = asyncColumns.find((column) => column.pathInSchema[0] === child.element.name);
		if (asyncColumn) assembled.push(asyncColumn);
	}
	return {
		...asyncRowGroup,
		asyncColumns: assembled
	};
}
// node_modules/hyparquet/src/scan.js
/**
* @import {AsyncRowGroup, BaseParquetReadOptions, BloomFilter, DecodedArray, PageLocation, PageRanges, ParquetScan, ParquetScanOptions, QueryPlan, SchemaElement} from '../src/types.js'
*/
/**
* @typedef {BaseParquetReadOptions & {
*   bloomFiltersByGroup?: Record<string, BloomFilter>[],
*   schemaElements?: Record<string, SchemaElement>,
*   pageRangesByGroup?: (PageRanges | undefined)[],
*   pageLocationsByGroup?: Record<string, PageLocation[]>[],
* }} PreparedParquetReadOptions
*/
/**
* Load optional indexes and build the canonical physical read plan.
* Shared by row-oriented reads and lazy scans so pruning behavior cannot
* diverge between APIs.
*
* @param {BaseParquetReadOptions} options
* @returns {Promise<{options: PreparedParquetReadOptions, plan: QueryPlan}>}
*/
async function prepareParquetRead(options) {
	const prepared = await prepareParquetOptions(options);
	return {
		options: prepared,
		plan: parquetPlan(prepared)
	};
}
/**
* Load optional indexes and validate read options without planning data reads.
*
* @param {BaseParquetReadOptions} options
* @returns {Promise<PreparedParquetReadOptions>}
*/
async function prepareParquetOptions(options) {
	const metadata = options.metadata ?? await parquetMetadataAsync(options.file, options);
	const schemaColumns = parquetSchema(metadata).children.map((child) => child.element.name);
	const missingFilterColumns = columnsNeededForFilter(options.filter).filter((column) => !schemaColumns.includes(column));
	if (missingFilterColumns.length) throw new Error(`parquet filter columns not found: ${missingFilterColumns.join(", ")}`);
	if (options.columns) {
		const missingColumns = options.columns.filter((column) => !schemaColumns.includes(column));
		if (missingColumns.length) throw new Error(`parquet column not found: ${missingColumns[0]}`);
	}
	/** @type {PreparedParquetReadOptions} */
	let prepared = {
		...options,
		metadata
	};
	prepared = await withBloomFilters(prepared);
	prepared = await withPageIndexes(prepared);
	return prepared;
}
/**
* Read all planned row groups, prefetching their coalesced byte ranges.
*
* @param {BaseParquetReadOptions} options
* @param {QueryPlan} plan
* @returns {AsyncRowGroup[]}
*/
function readParquetPlan(options, plan) {
	const readOptions = {
		...options,
		file: prefetchAsyncBuffer(options.file, plan)
	};
	return plan.groups.map((group) => readRowGroup(readOptions, plan, group));
}
/**
* Conditionally fetch bloom filters and attach them to planner options.
*
* @param {PreparedParquetReadOptions} options
* @returns {Promise<PreparedParquetReadOptions>}
*/
async function withBloomFilters(options) {
	if (!options.useBloomFilters || !options.filter || !options.metadata) return options;
	const schemaTree = parquetSchema(options.metadata);
	/** @type {Record<string, SchemaElement>} */
	const schemaElements = {};
	for (const child of schemaTree.children) schemaElements[child.element.name] = child.element;
	const bloomFiltersByGroup = await prefetchBloomFilters({
		file: options.file,
		metadata: options.metadata,
		filter: options.filter,
		filterStrict: options.filterStrict
	});
	return {
		...options,
		bloomFiltersByGroup,
		schemaElements
	};
}
/**
* Conditionally fetch page indexes and attach candidate ranges and layouts.
*
* @param {PreparedParquetReadOptions} options
* @returns {Promise<PreparedParquetReadOptions>}
*/
async function withPageIndexes(options) {
	if (!options.usePageIndex || !options.filter || !options.metadata) return options;
	const { pageRangesByGroup, pageLocationsByGroup } = await prefetchPageIndexes({
		file: options.file,
		metadata: options.metadata,
		filter: options.filter,
		filterStrict: options.filterStrict,
		rowStart: options.rowStart,
		rowEnd: options.rowEnd,
		columns: options.columns,
		bloomFiltersByGroup: options.bloomFiltersByGroup,
		schemaElements: options.schemaElements,
		parsers: options.parsers
	});
	return {
		...options,
		pageRangesByGroup,
		pageLocationsByGroup
	};
}
// node_modules/hyparquet/src/read.js
/**
* @import {AsyncRowGroup, BaseParquetReadOptions, DecodedArray, ParquetReadOptions, ParquetRow} from '../src/types.js'
*/
/**
* Symbol for the absolute, zero-based physical position of an object row.
* @type {typeof import('../src/types.js').rowIndex}
*/
const rowIndex = Symbol("rowIndex");
/**
* Read parquet data rows from a file-like object.
* Reads the minimal number of row groups and columns to satisfy the request.
*
* Returns a void promise when complete.
* Errors are thrown on the returned promise.
* Data is returned in callbacks onComplete, onChunk, onPage, NOT the return promise.
* See parquetReadObjects for a more convenient API.
*
* @param {ParquetReadOptions} options read options
* @returns {Promise<void>} resolves when all requested rows and columns are parsed, all errors are thrown here
*/
async function parquetRead(options) {
	options.metadata ??= await parquetMetadataAsync(options.file, options);
	const { rowStart = 0, rowEnd, columns, onChunk, onComplete, rowFormat, filter, filterStrict = true } = options;
	if (filter && rowFormat !== "object") throw new Error("parquet filter requires rowFormat: \"object\"");
	if (options.includeRowIndex && rowFormat !== "object") throw new Error("parquet includeRowIndex requires rowFormat: \"object\"");
	const filterColumns = columnsNeededForFilter(filter);
	let readColumns = columns;
	if (columns && filterColumns.length) {
		const selectedColumns = new Set(columns);
		const extraColumns = filterColumns.filter((column) => !selectedColumns.has(column));
		if (extraColumns.length) readColumns = [...columns, ...extraColumns];
	}
	const prepared = await prepareParquetRead(readColumns === columns ? options : {
		...options,
		columns: readColumns
	});
	const preparedOptions = prepared.options;
	const requiresProjection = readColumns !== columns;
	const asyncGroups = readParquetPlan(preparedOptions, prepared.plan);
	if (!onComplete && !onChunk) {
		await awaitAllColumns(asyncGroups);
		return;
	}
	if (!preparedOptions.metadata) throw new Error("parquet requires metadata");
	const schemaTree = parquetSchema(preparedOptions.metadata);
	const assembled = asyncGroups.map((arg) => assembleAsync(arg, schemaTree, options.parsers));
	if (onChunk) for (const asyncGroup of assembled) for (const asyncColumn of asyncGroup.asyncColumns) asyncColumn.data.then(({ data, skipped }) => {
		let rowStart = asyncGroup.groupStart + skipped;
		for (const columnData of data) {
			onChunk({
				columnName: asyncColumn.pathInSchema[0],
				columnData,
				rowStart,
				rowEnd: rowStart + columnData.length
			});
			rowStart += columnData.length;
		}
	}, () => {});
	if (onComplete) {
		await awaitAllColumns(assembled);
		/** @type {any[]} */
		const rows = [];
		for (const asyncGroup of assembled) {
			const selectStart = asyncGroup.selectStart ?? Math.max(rowStart - asyncGroup.groupStart, 0);
			const selectEnd = asyncGroup.selectEnd ?? Math.min((rowEnd ?? 1e400) - asyncGroup.groupStart, asyncGroup.groupRows);
			const groupData = rowFormat === "object" ? await asyncGroupToRows(asyncGroup, selectStart, selectEnd, readColumns, "object") : await asyncGroupToRows(asyncGroup, selectStart, selectEnd, columns, "array");
			if (options.includeRowIndex) for (let i = 0; i < groupData.length; i++) Object.defineProperty(groupData[i], rowIndex, { value: asyncGroup.groupStart + selectStart + i });
			if (filter) {
				for (const row of groupData) if (matchFilter(row, filter, filterStrict)) {
					if (requiresProjection && columns) {
						for (const col of filterColumns) if (!columns.includes(col)) delete row[col];
					}
					rows.push(row);
				}
			} else concat(rows, groupData);
		}
		onComplete(rows);
	} else await awaitAllColumns(assembled);
}
/**
* Await every column promise across the given row groups via Promise.allSettled
* so no rejection escapes as an unhandledRejection. Throws the first rejection.
*
* @param {AsyncRowGroup[]} asyncGroups
* @returns {Promise<void>}
*/
async function awaitAllColumns(asyncGroups) {
	const all = asyncGroups.flatMap((g) => g.asyncColumns.map((c) => c.data));
	const failed = (await Promise.allSettled(all)).find((r) => r.status === "rejected");
	if (failed) throw failed.reason;
}
/**
* This is a helper function to read parquet row data as a promise.
* It is a wrapper around the more configurable parquetRead function.
*
* @param {Omit<ParquetReadOptions, 'onComplete'>} options
* @returns {Promise<ParquetRow[]>} resolves when all requested rows and columns are parsed
*/
function parquetReadObjects(options) {
	return new Promise((onComplete, reject) => {
		parquetRead({
			...options,
			rowFormat: "object",
			onComplete
		}).catch(reject);
	});
}
// src/sources/globs.ts
/**
* @file Globs of paths, as shells and the Hub's datasets have them: `*` and `?` within a name, `**` over folders, `{a,b}`.
*
* Left out: character classes, which names of data sets need themselves (`[` is a character like any other).
*/
/** More alternatives or wildcards are no pattern that somebody wrote. */
const MOST_ALTERNATIVES = 256;
const MOST_WILDCARDS = 32;
function isGlob(path) {
	return /[*?{]/.test(path);
}
/** The folders before the first wildcard: 'data' of 'data/train-*.parquet'; '' for none. */
function globFolder(pattern) {
	const parts = pattern.split("/");
	const first = parts.findIndex(isGlob);
	return parts.slice(0, first < 0 ? parts.length - 1 : first).join("/");
}
/** The names that a pattern matches, in the order of the names. Throws RangeError for one beyond all bounds. */
function globbed(pattern, names) {
	const expressions = alternatives(pattern).map(expression);
	return names.filter((name) => expressions.some((one) => one.test(name)));
}
/** `a{b,c}d` → abd, acd. */
function alternatives(pattern) {
	const found = [];
	const pending = [pattern];
	for (let next = pending.pop(); next !== void 0; next = pending.pop()) {
		const braces = /\{([^{}]*)\}/.exec(next);
		if (braces === null) found.push(next);
		else for (const choice of (braces[1] ?? "").split(",")) pending.push(next.slice(0, braces.index) + choice + next.slice(braces.index + braces[0].length));
		if (found.length + pending.length > MOST_ALTERNATIVES) throw new RangeError("too many alternatives");
	}
	return found;
}
function expression(pattern) {
	if ((pattern.match(/[*?]/g) ?? []).length > MOST_WILDCARDS) throw new RangeError("too many wildcards");
	const source = pattern.replace(/\*\*\/|\*+|\?|[\\^$.|+()[\]{}]/g, (sign) => {
		if (sign === "**/") return "(?:[^/]+/)*";
		if (sign === "?") return "[^/]";
		if (sign.startsWith("*")) return sign === "*" ? "[^/]*" : ".*";
		return `\\${sign}`;
	});
	return new RegExp(`^${source}$`, "s");
}
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
// src/sae/dictionary.ts
const NO_CLAIMS = {
	l0: null,
	unexplained: null,
	model: null,
	contextSize: null
};
const TRAINED_ON_ALL = {
	first: 0,
	bos: false
};
/**
* The bias that makes z = x W_enc + bias, (d_sae): b_enc − b_dec W_enc where b_dec is applied to the input, else b_enc.
*
* Summed in float64 and rounded once. It saves a subtraction per token; z then differs from the two-step form by float32
* rounding of x W_enc, which matters only if ‖x‖ were thousands of times ‖x − b_dec‖.
*/
function encoderBias(dictionary) {
	if (!dictionary.applyBDecToInput) return dictionary.encoder.b_enc;
	return Float32Array.from(exactEncoderBias(dictionary));
}
/** The same, not rounded. */
function exactEncoderBias(dictionary) {
	const { d_in, d_sae, b_dec, applyBDecToInput } = dictionary;
	const { W_enc, b_enc } = dictionary.encoder;
	const bias = Float64Array.from(b_enc);
	if (!applyBDecToInput) return bias;
	for (let i = 0; i < d_in; i++) {
		const shift = b_dec[i];
		const row = i * d_sae;
		for (let f = 0; f < d_sae; f++) bias[f] -= shift * W_enc[row + f];
	}
	return bias;
}
/** ‖W_dec row‖₂ of every feature, (d_sae), float64. */
async function decoderNorms(dictionary) {
	const { b_dec, d_sae } = dictionary;
	return rowNorms(await dictionary.W_dec(), d_sae, b_dec.length);
}
/** ‖row‖₂ of a matrix (rows, width), float64. */
function rowNorms(matrix, rows, width) {
	const norms = new Float64Array(rows);
	for (let f = 0; f < rows; f++) {
		let square = 0;
		for (let i = f * width; i < (f + 1) * width; i++) square += matrix[i] ** 2;
		norms[f] = Math.sqrt(square);
	}
	return norms;
}
// src/sae/format.ts
/** Files of this name, in whatever folder. */
function named(names, wanted) {
	return names.filter((name) => name === wanted || name.endsWith(`/${wanted}`));
}
/** The folder of a file, with its slash; '' at the top. */
function folderOf(name) {
	return name.slice(0, name.lastIndexOf("/") + 1);
}
// src/archives/row-order.ts
/** Bytes of values of `size` bytes (1, 2, 4 or 8) → the same values, last axis fastest, in memory of their own. */
function inRowOrder(stored, shape, size) {
	const from = new Uint8Array(stored).buffer;
	const rows = new Uint8Array(stored.byteLength);
	const to = rows.buffer;
	if (size === 8) reorder(new BigUint64Array(from), new BigUint64Array(to), shape);
	else if (size === 4) reorder(new Uint32Array(from), new Uint32Array(to), shape);
	else if (size === 2) reorder(new Uint16Array(from), new Uint16Array(to), shape);
	else reorder(stored, rows, shape);
	return rows;
}
function reorder(from, to, shape) {
	const steps = [];
	let step = 1;
	for (const length of shape) {
		steps.push(step);
		step *= length;
	}
	const place = shape.map(() => 0);
	for (let i = 0, at = 0; i < from.length; i++) {
		to[i] = from[at];
		for (let axis = shape.length - 1; axis >= 0; axis--) {
			at += steps[axis];
			if (++place[axis] < shape[axis]) break;
			at -= steps[axis] * shape[axis];
			place[axis] = 0;
		}
	}
}
// src/archives/npy.ts
/**
* @file Reads one .npy array: header as text that is matched, never evaluated, then little-endian values.
*
* Layout: "\x93NUMPY" | major, minor | header length (u16le in version 1, u32le in 2 and 3) | a Python dict literal with
* 'descr', 'fortran_order' and 'shape' | values. Source: numpy/lib/format.py. Left out: structured, complex, text and
* object types (an object array is a pickle), big-endian values.
*/
/** numpy refuses longer headers too (max_header_size of numpy.load). */
const MAX_NPY_HEADER_BYTES = 1e4;
const MAX_AXES = 64;
const DTYPES = {
	f8: 8,
	f4: 4,
	f2: 2,
	i8: 8,
	i4: 4,
	i2: 2,
	i1: 1,
	u8: 8,
	u4: 4,
	u2: 2,
	u1: 1,
	b1: 1
};
/** Read a whole array, in row-major order. The values may share `bytes`' memory. Errors: NPY_MALFORMED. */
function readNpy(bytes, name) {
	const { dtype, shape, isFortran, dataStart, dataBytes } = readNpyHeader(bytes, name);
	const found = bytes.byteLength - dataStart;
	if (found !== dataBytes) throw npyMalformed(name, `${dtype} of shape [${shape.join(", ")}] takes ${dataBytes} bytes, but ${found} follow the header`);
	const stored = bytes.subarray(dataStart);
	return {
		shape,
		...valuesOf(dtype, isFortran ? inRowOrder(stored, shape, DTYPES[dtype]) : stored)
	};
}
/** Read the header from the first bytes of an array. Errors: NPY_MALFORMED. */
function readNpyHeader(bytes, name) {
	const refuse = (reason) => npyMalformed(name, reason);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.byteLength < 10 || view.getUint32(0) !== 2471384397 || view.getUint16(4) !== 20569) throw refuse("it does not begin with \\x93NUMPY");
	const [major, minor] = [view.getUint8(6), view.getUint8(7)];
	if (major < 1 || major > 3 || minor !== 0) throw refuse(`version ${major}.${minor} is not known (1.0 to 3.0 are)`);
	const textStart = major === 1 ? 10 : 12;
	if (bytes.byteLength < textStart) throw refuse("it ends inside its header");
	const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
	if (length > 1e4) throw refuse(`its header has ${length} bytes; at most ${MAX_NPY_HEADER_BYTES} are read`);
	const dataStart = textStart + length;
	if (dataStart > bytes.byteLength) throw refuse("it ends inside its header");
	const { dtype, shape, isFortran } = parseHeaderText(new TextDecoder("latin1").decode(bytes.subarray(textStart, dataStart)), refuse);
	const dataBytes = (elementCount(shape) ?? NaN) * DTYPES[dtype];
	if (!Number.isSafeInteger(dataBytes)) throw refuse(`its shape (${shape.join(", ")}) is too large`);
	return {
		dtype,
		shape,
		isFortran,
		dataStart,
		dataBytes
	};
}
/** `'key': value` with the three kinds of value that occur: a string, True or False, a tuple; or a list, to be refused. */
const ITEM = /\s*(?:'([a-z_]+)'|"([a-z_]+)")\s*:\s*('[^'\\]*'|"[^"\\]*"|True|False|\([\d,\sL]*\)|\[[^\]]*\])\s*(,|$)/y;
function parseHeaderText(text, refuse) {
	const dict = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
	if (dict === void 0) throw refuse("its header is not a dict");
	const values = /* @__PURE__ */ new Map();
	ITEM.lastIndex = 0;
	const body = dict.trimEnd();
	while (ITEM.lastIndex < body.length) {
		const item = ITEM.exec(body);
		const key = item?.[1] ?? item?.[2];
		const value = item?.[3];
		if (key === void 0 || value === void 0) throw refuse("its header is not a dict of descr, fortran_order and shape");
		if (values.has(key)) throw refuse(`its header has the key "${key}" twice`);
		values.set(key, value);
	}
	if (values.size !== 3) throw refuse(`its header has the keys ${[...values.keys()].join(", ")}; descr, fortran_order and shape are needed`);
	const dtype = parseDtype(values.get("descr"), refuse);
	const shape = parseShape(values.get("shape"), refuse);
	const fortran = values.get("fortran_order");
	if (fortran !== "True" && fortran !== "False") throw refuse("fortran_order is neither True nor False");
	return {
		dtype,
		shape,
		isFortran: fortran === "True" && shape.length > 1
	};
}
function parseDtype(quoted, refuse) {
	if (quoted === void 0) throw refuse("its header has no descr");
	if (!/^['"]/.test(quoted)) throw refuse("it is a structured array (several fields per value)");
	const descr = quoted.slice(1, -1);
	const [order, kind] = [descr.charAt(0), descr.slice(1)];
	if (kind.startsWith("O")) throw refuse("it holds Python objects, which are pickles and never read");
	if (!isNpyDtype(kind)) throw refuse(`its type "${descr}" is not a number type that is read`);
	if (order === ">" && DTYPES[kind] > 1) throw refuse(`its values are big-endian ("${descr}")`);
	if (!"<|>=".includes(order) || order === "") throw refuse(`its type "${descr}" has an unknown byte order`);
	return kind;
}
function isNpyDtype(word) {
	return Object.hasOwn(DTYPES, word);
}
/** `()`, `(3,)`, `(3, 4)`; Python 2 wrote `3L`. */
function parseShape(tuple, refuse) {
	const inner = /^\(\s*((?:\d+L?\s*,\s*)*(?:\d+L?)?)\s*\)$/.exec(tuple ?? "")?.[1];
	if (inner === void 0) throw refuse("its shape is not a tuple of whole numbers");
	const sizes = inner.split(",").map((size) => size.trim());
	if (sizes.at(-1) === "") sizes.pop();
	else if (sizes.length === 1) throw refuse("its shape is not a tuple of whole numbers");
	const shape = sizes.map((size) => Number(size.replace("L", "")));
	if (shape.length > MAX_AXES || !shape.every(Number.isSafeInteger)) throw refuse("its shape is too large");
	return shape;
}
function valuesOf(dtype, stored) {
	const { buffer, byteOffset, byteLength } = stored.byteOffset % DTYPES[dtype] !== 0 ? new Uint8Array(stored) : stored;
	const count = byteLength / DTYPES[dtype];
	switch (dtype) {
		case "f8": return {
			dtype,
			data: new Float64Array(buffer, byteOffset, count)
		};
		case "f4": return {
			dtype,
			data: new Float32Array(buffer, byteOffset, count)
		};
		case "f2":
		case "u2": return {
			dtype,
			data: new Uint16Array(buffer, byteOffset, count)
		};
		case "i8": return {
			dtype,
			data: new BigInt64Array(buffer, byteOffset, count)
		};
		case "i4": return {
			dtype,
			data: new Int32Array(buffer, byteOffset, count)
		};
		case "i2": return {
			dtype,
			data: new Int16Array(buffer, byteOffset, count)
		};
		case "i1": return {
			dtype,
			data: new Int8Array(buffer, byteOffset, count)
		};
		case "u8": return {
			dtype,
			data: new BigUint64Array(buffer, byteOffset, count)
		};
		case "u4": return {
			dtype,
			data: new Uint32Array(buffer, byteOffset, count)
		};
		case "u1":
		case "b1": return {
			dtype,
			data: new Uint8Array(buffer, byteOffset, count)
		};
	}
}
// src/archives/npz.ts
/** Enough for the longest header that is read, even where the first bytes of a member did not compress at all. */
const HEADER_READ_BYTES = 12048;
/** Open an archive; closing it closes the source. Errors: NPZ_MALFORMED, NPY_MALFORMED. */
async function openNpz(source) {
	const zip = await openZip(source);
	const members = /* @__PURE__ */ new Map();
	const arrays = /* @__PURE__ */ new Map();
	for (const member of zip.members.values()) {
		if (!member.name.endsWith(".npy")) continue;
		const array = member.name.slice(0, -4);
		const shown = `${source.name}: ${member.name}`;
		const header = readNpyHeader(await zip.readStart(member, HEADER_READ_BYTES), shown);
		const declared = header.dataStart + header.dataBytes;
		if (declared !== member.byteLength) throw npyMalformed(shown, `its header describes ${declared} bytes, but it has ${member.byteLength}`);
		members.set(array, member);
		arrays.set(array, header);
	}
	if (arrays.size === 0) throw npzMalformed(source.name, "it holds no .npy array");
	return {
		name: source.name,
		arrays,
		read: async (array) => {
			const member = members.get(array);
			if (member === void 0) throw tensorMissing(source.name, array);
			return readNpy(await zip.readMember(member), `${source.name}: ${member.name}`);
		},
		close: () => source.close()
	};
}
/** The arrays as float tensors; f8 is rounded to float32. Errors on read: TENSOR_NOT_FLOAT, TENSOR_NOT_FINITE, those of `read`. */
function npzTensors(archive) {
	const entries = /* @__PURE__ */ new Map();
	for (const [name, { dtype, shape, dataBytes }] of archive.arrays) entries.set(name, {
		name,
		shape,
		storedAs: dtype,
		byteLength: dataBytes
	});
	return {
		entries,
		read: async (name) => {
			const data = tensorOf(archive.name, name, await archive.read(name));
			requireFinite(archive.name, name, data);
			return data;
		},
		close: () => archive.close()
	};
}
function tensorOf(file, name, { shape, ...values }) {
	switch (values.dtype) {
		case "f8": return {
			type: "float32",
			shape,
			data: new Float32Array(values.data)
		};
		case "f4": return {
			type: "float32",
			shape,
			data: values.data
		};
		case "f2": return {
			type: "float16",
			shape,
			data: values.data
		};
		default: throw tensorNotFloat(file, name, values.dtype);
	}
}
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
// src/sae/weights.ts
/** @file The tensors of an autoencoder, found by name, checked for shape, read as float32. */
/** Use the tensors of a weights file, whatever its container; it is closed behind. Errors: those of the container and of `use`. */
async function withTensors({ files, name, config }, use) {
	const source = await files.open(name);
	try {
		return await use({
			file: source.name,
			config,
			...await openTable(files.spec, source, name)
		});
	} finally {
		await source.close();
	}
}
async function openTable(spec, source, name) {
	if (name.endsWith(".npz")) return {
		table: npzTensors(await openNpz(source)),
		values: /* @__PURE__ */ new Map()
	};
	if (/\.(pt|pth|bin)$/.test(name)) {
		const file = await openPytorch(source);
		return {
			table: floatTensors(spec, file),
			values: file.values
		};
	}
	return {
		table: floatTensors(spec, await openSafetensors(source)),
		values: /* @__PURE__ */ new Map()
	};
}
/** d_in and d_sae from W_enc. Errors: TENSOR_MISSING, SAE_SHAPE. */
function sizeOf({ file, config, table }, name, stored = "as wanted") {
	const shape = table.entries.get(name)?.shape;
	if (shape === void 0) throw tensorMissing(file, name, config);
	const [rows = 0, columns = 0] = shape;
	const [d_in, d_sae] = stored === "transposed" ? [columns, rows] : [rows, columns];
	if (shape.length !== 2 || d_in === 0 || d_sae === 0) throw saeShape(file, name, shape, [rows, columns], d_in, d_sae);
	return {
		d_in,
		d_sae
	};
}
/** Length of a vector. Errors: TENSOR_MISSING, SAE_SHAPE. */
function lengthOf({ file, config, table }, name, { d_in, d_sae }) {
	const shape = table.entries.get(name)?.shape;
	if (shape === void 0) throw tensorMissing(file, name, config);
	const [length = 0] = shape;
	if (shape.length !== 1 || length === 0) throw saeShape(file, name, shape, [length], d_in, d_sae);
	return length;
}
/** One tensor of exactly this shape. Errors: TENSOR_MISSING, SAE_SHAPE, and those of reading (TENSOR_NOT_FINITE, …). */
async function readShaped({ file, config, table }, name, wanted, { d_in, d_sae }) {
	const shape = table.entries.get(name)?.shape;
	if (shape === void 0) throw tensorMissing(file, name, config);
	if (shape.length !== wanted.length || wanted.some((size, axis) => shape[axis] !== size)) throw saeShape(file, name, shape, wanted, d_in, d_sae);
	return toFloat32(await table.read(name));
}
/** A matrix (rows, columns), turned where it is stored the other way. Errors: as `readShaped`. */
async function readMatrix(tensors, { name, stored }, [rows, columns], size) {
	if (stored === "as wanted") return readShaped(tensors, name, [rows, columns], size);
	return transposed(await readShaped(tensors, name, [columns, rows], size), columns, rows);
}
/** Rows and columns that are turned together, so that both sides stay in cache. */
const TURNED = 32;
/** (rows, columns) → (columns, rows) */
function transposed(matrix, rows, columns) {
	const out = new Float32Array(matrix.length);
	for (let r0 = 0; r0 < rows; r0 += TURNED) for (let c0 = 0; c0 < columns; c0 += TURNED) for (let c = c0; c < Math.min(c0 + TURNED, columns); c++) for (let r = r0; r < Math.min(r0 + TURNED, rows); r++) out[c * rows + r] = matrix[r * columns + c];
	return out;
}
// src/sae/named-tensors.ts
/** @file The four tensors that nearly every dictionary has, under the names and in the layout that a project gives them. */
/** nn.Linear both ways: `encoder.weight` (d_sae, d_in) and `decoder.weight` (d_out, d_sae). */
const LINEAR_NAMES = {
	W_enc: {
		name: "encoder.weight",
		stored: "transposed"
	},
	b_enc: "encoder.bias",
	W_dec: {
		name: "decoder.weight",
		stored: "transposed"
	},
	b_dec: [
		"decoder.bias",
		"b_dec",
		"bias"
	]
};
/** Errors: TENSOR_MISSING, SAE_SHAPE, and those of reading. */
async function readNamed(tensors, names) {
	const size = sizeOf(tensors, names.W_enc.name, names.W_enc.stored);
	const { d_in, d_sae } = size;
	const b_dec = names.b_dec.find((name) => tensors.table.entries.has(name));
	const d_out = b_dec === void 0 ? d_in : tensors.table.entries.get(b_dec)?.shape[0] ?? d_in;
	return {
		size,
		W_enc: await readMatrix(tensors, names.W_enc, [d_in, d_sae], size),
		b_enc: names.b_enc === null ? new Float32Array(d_sae) : await readShaped(tensors, names.b_enc, [d_sae], size),
		b_dec: b_dec === void 0 ? new Float32Array(d_out) : await readShaped(tensors, b_dec, [d_out], size)
	};
}
/** (d_sae, d_out) */
async function readDecoderNamed(tensors, names, size, d_out) {
	return await readMatrix(tensors, names.W_dec, [size.d_sae, d_out], size);
}
// src/sae/known/input-scales.ts
/**
* @file Factors that inputs were scaled by in training, where neither the folder nor its config holds them: `norm_scaling_factor` of
* SAELens' registry, by repository and path.
*/
const INPUT_SCALES = {
	"jbloom/Gemma-2b-Residual-Stream-SAEs": { "gemma_2b_blocks.12.hook_resid_post_16384": .21381938399317255 },
	"tommmcgrath/gpt2-small-mlp-out-saes": {
		"sae_group_gpt2_blocks.0.hook_mlp_out_24576:v1": 1.049317316132615,
		"sae_group_gpt2_blocks.1.hook_mlp_out_24576:v0": 2.3693984005104283,
		"sae_group_gpt2_blocks.2.hook_mlp_out_24576:v0": 1.6411934982190302,
		"sae_group_gpt2_blocks.3.hook_mlp_out_24576:v0": 1.8958522157897557,
		"sae_group_gpt2_blocks.4.hook_mlp_out_24576:v0": 1.81673478700627,
		"sae_group_gpt2_blocks.5.hook_mlp_out_24576:v0": 1.550234472245924,
		"sae_group_gpt2_blocks.6.hook_mlp_out_24576:v0": 1.3237742807210804,
		"sae_group_gpt2_blocks.7.hook_mlp_out_24576:v0": 1.1042905114723296,
		"sae_group_gpt2_blocks.8.hook_mlp_out_24576:v1": .9123762783479742,
		"sae_group_gpt2_blocks.9.hook_mlp_out_24576:v0": .6955335635232373,
		"sae_group_gpt2_blocks.10.hook_mlp_out_24576:v0": .3619728926727644,
		"sae_group_gpt2_blocks.11.hook_mlp_out_24576:v2": .2851548652550073
	},
	"fnlp/Llama-Scope-R1-Distill": {
		"800M-Slimpajama-0-OpenR1-Math-220k/L0R": 53.52995401997436,
		"800M-Slimpajama-0-OpenR1-Math-220k/L1R": 37.07457226753229,
		"800M-Slimpajama-0-OpenR1-Math-220k/L2R": 26.801271953747353,
		"800M-Slimpajama-0-OpenR1-Math-220k/L3R": 20.258785842428143,
		"800M-Slimpajama-0-OpenR1-Math-220k/L4R": 16.35620323956284,
		"800M-Slimpajama-0-OpenR1-Math-220k/L5R": 13.77273090622553,
		"800M-Slimpajama-0-OpenR1-Math-220k/L6R": 11.802642616140206,
		"800M-Slimpajama-0-OpenR1-Math-220k/L7R": 10.345622082873675,
		"800M-Slimpajama-0-OpenR1-Math-220k/L8R": 9.52711219837399,
		"800M-Slimpajama-0-OpenR1-Math-220k/L9R": 8.722802553532865,
		"800M-Slimpajama-0-OpenR1-Math-220k/L10R": 8.187374613072596,
		"800M-Slimpajama-0-OpenR1-Math-220k/L11R": 7.681409438301019,
		"800M-Slimpajama-0-OpenR1-Math-220k/L12R": 7.011470964851573,
		"800M-Slimpajama-0-OpenR1-Math-220k/L13R": 6.507851835301529,
		"800M-Slimpajama-0-OpenR1-Math-220k/L14R": 6.075830839342571,
		"800M-Slimpajama-0-OpenR1-Math-220k/L15R": 5.529329506982431,
		"800M-Slimpajama-0-OpenR1-Math-220k/L16R": 5.04125765694814,
		"800M-Slimpajama-0-OpenR1-Math-220k/L17R": 4.543060254752811,
		"800M-Slimpajama-0-OpenR1-Math-220k/L18R": 4.136073768441771,
		"800M-Slimpajama-0-OpenR1-Math-220k/L19R": 3.8186778444880143,
		"800M-Slimpajama-0-OpenR1-Math-220k/L20R": 3.4997662089479755,
		"800M-Slimpajama-0-OpenR1-Math-220k/L21R": 3.114875161525094,
		"800M-Slimpajama-0-OpenR1-Math-220k/L22R": 2.858677637086371,
		"800M-Slimpajama-0-OpenR1-Math-220k/L23R": 2.6143620233159384,
		"800M-Slimpajama-0-OpenR1-Math-220k/L24R": 2.406593266301888,
		"800M-Slimpajama-0-OpenR1-Math-220k/L25R": 2.2185540508553694,
		"800M-Slimpajama-0-OpenR1-Math-220k/L26R": 2.038628827422577,
		"800M-Slimpajama-0-OpenR1-Math-220k/L27R": 1.8664054897001374,
		"800M-Slimpajama-0-OpenR1-Math-220k/L28R": 1.6914743009513147,
		"800M-Slimpajama-0-OpenR1-Math-220k/L29R": 1.530389056066687,
		"800M-Slimpajama-0-OpenR1-Math-220k/L30R": 1.3378642198135962,
		"800M-Slimpajama-0-OpenR1-Math-220k/L31R": 1.0963025732622191,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L0R": 53.97673033497749,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L1R": 36.76995792628666,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L2R": 26.86329549484781,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L3R": 20.473522361966317,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L4R": 16.491433880849524,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L5R": 13.902529211394633,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L6R": 11.959185891949216,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L7R": 10.454685082137889,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L8R": 9.625849752730096,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L9R": 8.705443147441324,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L10R": 8.0884989084078,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L11R": 7.449578399564585,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L12R": 6.80144905444981,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L13R": 6.331711239265464,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L14R": 5.70284230018703,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L15R": 5.318041374444156,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L16R": 4.79639347416429,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L17R": 4.333554093692626,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L18R": 3.9386839067851334,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L19R": 3.584045063066589,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L20R": 3.4122850442674064,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L21R": 2.9930188471058385,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L22R": 2.7548717844301582,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L23R": 2.5281942698718076,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L24R": 2.326851186904894,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L25R": 2.101068654605767,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L26R": 1.9361189375890395,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L27R": 1.7784660082777055,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L28R": 1.6635049539624462,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L29R": 1.448853212514504,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L30R": 1.157008764313032,
		"400M-Slimpajama-400M-OpenR1-Math-220k/L31R": 1.041977999933546,
		"0-Slimpajama-800M-OpenR1-Math-220k/L0R": 54.308791085956486,
		"0-Slimpajama-800M-OpenR1-Math-220k/L1R": 36.49473030775242,
		"0-Slimpajama-800M-OpenR1-Math-220k/L2R": 26.96126387031055,
		"0-Slimpajama-800M-OpenR1-Math-220k/L3R": 20.52210199911164,
		"0-Slimpajama-800M-OpenR1-Math-220k/L4R": 16.67733543806145,
		"0-Slimpajama-800M-OpenR1-Math-220k/L5R": 14.067505043509176,
		"0-Slimpajama-800M-OpenR1-Math-220k/L6R": 12.034338704494331,
		"0-Slimpajama-800M-OpenR1-Math-220k/L7R": 10.495662821867164,
		"0-Slimpajama-800M-OpenR1-Math-220k/L8R": 9.683004157081735,
		"0-Slimpajama-800M-OpenR1-Math-220k/L9R": 8.679730500864236,
		"0-Slimpajama-800M-OpenR1-Math-220k/L10R": 7.988383971728427,
		"0-Slimpajama-800M-OpenR1-Math-220k/L11R": 7.237531143695951,
		"0-Slimpajama-800M-OpenR1-Math-220k/L12R": 6.69444885029299,
		"0-Slimpajama-800M-OpenR1-Math-220k/L13R": 6.0489858065009265,
		"0-Slimpajama-800M-OpenR1-Math-220k/L14R": 5.4935929917888595,
		"0-Slimpajama-800M-OpenR1-Math-220k/L15R": 4.970860531188141,
		"0-Slimpajama-800M-OpenR1-Math-220k/L16R": 4.541887865516153,
		"0-Slimpajama-800M-OpenR1-Math-220k/L17R": 4.111292885351861,
		"0-Slimpajama-800M-OpenR1-Math-220k/L18R": 3.7319009471881754,
		"0-Slimpajama-800M-OpenR1-Math-220k/L19R": 3.4464218438335172,
		"0-Slimpajama-800M-OpenR1-Math-220k/L20R": 3.1614163309538377,
		"0-Slimpajama-800M-OpenR1-Math-220k/L21R": 2.8600260547627334,
		"0-Slimpajama-800M-OpenR1-Math-220k/L22R": 2.636157171207381,
		"0-Slimpajama-800M-OpenR1-Math-220k/L23R": 2.4287397996449367,
		"0-Slimpajama-800M-OpenR1-Math-220k/L24R": 2.2405978768214556,
		"0-Slimpajama-800M-OpenR1-Math-220k/L25R": 2.034659098936678,
		"0-Slimpajama-800M-OpenR1-Math-220k/L26R": 1.8430054630341937,
		"0-Slimpajama-800M-OpenR1-Math-220k/L27R": 1.6554423260870552,
		"0-Slimpajama-800M-OpenR1-Math-220k/L28R": 1.477070442772071,
		"0-Slimpajama-800M-OpenR1-Math-220k/L29R": 1.3361543238773446,
		"0-Slimpajama-800M-OpenR1-Math-220k/L30R": 1.1387454210154435,
		"0-Slimpajama-800M-OpenR1-Math-220k/L31R": .926395749048437
	}
};
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
function gemmaScope$1() {
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
function gemmaScope2$1() {
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
function llamaScope$1() {
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
function qwenScope$1() {
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
	...gemmaScope$1(),
	...gemmaScope2$1(),
	...llamaScope$1(),
	...llamaScopeR1(),
	...openAiV5(),
	...qwen3Transcoders(),
	...qwenScope$1(),
	...saeBench()
];
// src/sae/known/releases.ts
/**
* A dictionary is found where a path runs through its repository, on the Hub or in the Hub's cache. How inputs were prepared is the
* same for all of a repository; a name on Neuronpedia is of one dictionary. Null: not known.
*/
function knownRelease(paths) {
	const inRepository = RELEASES.flatMap((release) => {
		const inside = pathInside(paths, release.repository);
		return inside === null ? [] : [{
			release,
			inside,
			numbers: match(release, inside)
		}];
	});
	const found = inRepository.find(({ numbers }) => numbers !== null) ?? inRepository[0];
	if (found === void 0) return null;
	const { release, inside, numbers } = found;
	return {
		model: release.model,
		neuronpedia: numbers === null ? null : filled(release.neuronpedia, numbers),
		center: release.center ?? false,
		input: release.input ?? null,
		scale: scaleOf(release.repository, inside),
		skipped: release.skipped ?? 0
	};
}
/** What follows the repository in any of the paths; null: they do not name it. */
function pathInside(paths, repository) {
	const [owner = "", name = ""] = repository.split("/");
	const spelled = `(?:${escaped(repository)}|models--${escaped(owner)}--${escaped(name)}/snapshots/[^/]+|(?:^|/)${escaped(name)})`;
	const text = paths.replaceAll("\\", "/");
	return new RegExp(`${spelled}(?:@[^/\\s]+)?/(\\S+)`).exec(text)?.[1] ?? null;
}
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** The numbers that stand for the letters of a release's path. */
function match(release, inside) {
	const letters = [...release.path.matchAll(/\{([A-Z])\}/g)].map(([, letter = ""]) => letter);
	const pattern = escaped(release.path).replaceAll(/\\\{[A-Z]\\\}/g, "(\\d+)").replaceAll("\\*", "[^/]*").replace(/canonical$/, "average_l0_(\\d+)");
	const found = new RegExp(`^${pattern}(?:/|$)`).exec(inside);
	if (found === null) return null;
	const numbers = new Map(letters.map((letter, i) => [letter, found[i + 1] ?? ""]));
	if (numbers.has("L") && !release.layers.includes(Number(numbers.get("L")))) return null;
	if (release.path.endsWith("/canonical")) {
		const [, width = ""] = /width_(\w+)\//.exec(release.path) ?? [];
		if (CANONICAL_L0[release.repository.replace(/^.*\//, "")]?.[width]?.[Number(numbers.get("L"))] !== Number(found[letters.length + 1])) return null;
	}
	return numbers;
}
function filled(template, numbers) {
	return template?.replaceAll(/\{([A-Z])\}/g, (all, letter) => numbers.get(letter) ?? all) ?? null;
}
function scaleOf(repository, inside) {
	return Object.entries(INPUT_SCALES[repository] ?? {}).find(([path]) => inside === path || inside.startsWith(`${path}/`))?.[1] ?? null;
}
// src/contract/hook-point.ts
/** @file Places in a decoder where activations are read, by their TransformerLens names. */
/** Of the model as a whole, before its first block. */
const MODEL_HOOKS = ["hook_embed"];
/** Of a block. */
const BLOCK_HOOKS = [
	"hook_resid_pre",
	"hook_resid_mid",
	"hook_resid_post",
	"hook_attn_out",
	"hook_mlp_out",
	"attn.hook_out",
	"mlp.hook_out",
	"attn.hook_q",
	"attn.hook_k",
	"attn.hook_v",
	"attn.hook_z",
	"mlp.hook_in",
	"ln2.hook_normalized"
];
const HOOK_NAMES = [...BLOCK_HOOKS, ...MODEL_HOOKS];
const isOfModel = (name) => MODEL_HOOKS.some((known) => known === name);
/** `blocks.4.hook_resid_post`, `hook_embed` */
function hookName(hook) {
	return isOfModel(hook.name) ? hook.name : `blocks.${hook.layer}.${hook.name}`;
}
/** The inverse of `hookName`; null when the text is no hook point that saegate can read. */
function parseHookPoint(text) {
	const ofModel = MODEL_HOOKS.find((known) => known === text);
	if (ofModel !== void 0) return {
		layer: 0,
		name: ofModel
	};
	const match = /^blocks\.(\d{1,4})\.(.+)$/.exec(text);
	const name = BLOCK_HOOKS.find((known) => known === match?.[2]);
	if (match === null || name === void 0) return null;
	return {
		layer: Number(match[1]),
		name
	};
}
/** Is it the residual stream itself, or something that is added to it? */
function isInStream({ name }) {
	return name.startsWith("hook_");
}
// src/sae/place.ts
/** @file Where a dictionary lies and where in the model it reads: paths for messages, hook points from what is known. */
/** What to call a file of the dictionary in a message, and where release names are looked for: the spec and the path. */
function placeOf(files, name) {
	return files.localPath(name) ?? `${files.spec}/${name}`;
}
/** Everything that is said by where a file lies: the spec as it was written, and the path on this machine. */
function pathsOf({ config, files, weights }) {
	return `${config.source}/${weights} ${placeOf(files, weights)}`;
}
/** The user's hook, else the dictionary's own. Errors: SAE_HOOK_UNKNOWN, SAE_HOOK_UNTOLD. */
function chooseHook(config, own, place) {
	const name = config.hook ?? own;
	if (name === null) throw saeHookUntold(place);
	return hookAt(name, config.hook === null ? place : "--hook");
}
/** `where` says it. A module of Hugging Face stands for what it gives. Errors: SAE_HOOK_UNKNOWN. */
function hookAt(name, where) {
	const hook = parseHookPoint(name) ?? hookOfModule(name);
	if (hook === null) throw saeHookUnknown(where, name, HOOK_NAMES);
	return hook;
}
/** What a module is called inside its block, in the families that have published dictionaries → the hook of its output. */
const BLOCK_MODULES = {
	"": "hook_resid_post",
	mlp: "mlp.hook_out",
	self_attn: "attn.hook_out",
	attention: "attn.hook_out",
	attn: "attn.hook_out"
};
/**
* `model.layers.12`, `layers.12.mlp`, `gpt_neox.layers.3.attention`, `transformer.h.5`: the output of a module of Hugging Face's
* models, named from the model or from its base. Null: another text. An embedding is not among them: where a family
* scales it, some versions do so inside the module and some behind it.
*/
function hookOfModule(name) {
	const match = /^(?:[a-z_]+\.)*?(?:layers|h)\.(\d{1,4})(?:\.([a-z_]+))?$/.exec(name);
	const hook = match === null ? void 0 : BLOCK_MODULES[match[2] ?? ""];
	return match === null || hook === void 0 ? null : {
		layer: Number(match[1]),
		name: hook
	};
}
// src/sae/parts.ts
/** What stays unsaid is what registries know of it, and what most projects do: plain rows, b_dec not applied, every position. */
async function dictionaryOf(found, parts) {
	const { config } = found;
	const { size, encoder, b_dec } = parts.weights;
	const known = knownRelease(pathsOf(found));
	const claims = parts.claims ?? NO_CLAIMS;
	const untrained = parts.untrained ?? TRAINED_ON_ALL;
	return {
		spec: config.source,
		architecture: parts.architecture,
		d_in: size.d_in,
		d_sae: size.d_sae,
		reads: parts.reads,
		predicts: parts.predicts ?? parts.reads,
		input: known?.input ?? parts.input ?? "plain",
		applyBDecToInput: parts.applyBDecToInput ?? false,
		center: config.center ?? (parts.center === true || known?.center === true),
		untrained: {
			...untrained,
			first: Math.max(untrained.first, known?.skipped ?? 0)
		},
		neuronpedia: parts.neuronpedia ?? known?.neuronpedia ?? null,
		claims: {
			...claims,
			model: claims.model ?? known?.model ?? null
		},
		sha256: await found.sha256(),
		encoder,
		b_dec,
		warnings: parts.warnings ?? [],
		rebuilds: parts.rebuilds ?? true,
		W_dec: parts.W_dec,
		W_skip: parts.W_skip ?? (async () => null)
	};
}
// src/sae/layouts/circuit-tracer.ts
const PER_LAYER = /(^|\/)layer_(\d{1,4})\.safetensors$/;
const CROSS_LAYER = /(^|\/)W_enc_(\d{1,4})\.safetensors$/;
const MOST_CONFIG_BYTES = 65536;
const namesFor = (suffix) => ({
	W_enc: {
		name: `W_enc${suffix}`,
		stored: "transposed"
	},
	b_enc: `b_enc${suffix}`,
	W_dec: {
		name: `W_dec${suffix}`,
		stored: "as wanted"
	},
	b_dec: [`b_dec${suffix}`]
});
const perLayerTranscoder = {
	name: "circuit-tracer, per layer (mwhanna’s Qwen3 transcoders)",
	layout: "`layer_L.safetensors`, `config.yaml`",
	reads: "transcoders of the MLP (ReLU, JumpReLU; with and without skip)",
	weights: (names) => names.filter((name) => PER_LAYER.test(name)),
	open: openPerLayer
};
const crossLayerTranscoder = {
	name: "circuit-tracer, across layers (mntss)",
	layout: "`W_enc_L.safetensors`, `config.yaml`",
	reads: "the encoder of one layer; what it rebuilds is not measured",
	weights: (names) => names.filter((name) => CROSS_LAYER.test(name)),
	open: openCrossLayer
};
async function openPerLayer(found) {
	const { config, files, weights: name } = found;
	const layer = PER_LAYER.exec(name)?.[2] ?? "";
	const place = placeOf(files, name);
	const yaml = await configOf(files, name);
	const names = namesFor("");
	const file = {
		files,
		name,
		config: "config.yaml"
	};
	const { size, encoder, b_dec } = await withTensors(file, (tensors) => readEncoder$2(tensors, names, "threshold"));
	return await dictionaryOf(found, {
		architecture: encoder.threshold === null ? "standard" : "jumprelu",
		reads: chooseHook(config, `blocks.${layer}.${yaml("feature_input_hook") ?? "mlp.hook_in"}`, place),
		predicts: hookAt(`blocks.${layer}.${outputHook(yaml("feature_output_hook"))}`, place),
		weights: {
			size,
			encoder,
			b_dec
		},
		claims: {
			...NO_CLAIMS,
			model: yaml("model_name")
		},
		W_dec: () => withTensors(file, (tensors) => readDecoderNamed(tensors, names, size, b_dec.length)),
		W_skip: () => withTensors(file, async (tensors) => {
			if (!tensors.table.entries.has("W_skip")) return null;
			return await readMatrix(tensors, {
				name: "W_skip",
				stored: "transposed"
			}, [size.d_in, b_dec.length], size);
		})
	});
}
async function openCrossLayer(found) {
	const { config, files, weights: name } = found;
	const layer = CROSS_LAYER.exec(name)?.[2] ?? "";
	const place = placeOf(files, name);
	const yaml = await configOf(files, name);
	const suffix = `_${layer}`;
	const { size, encoder, b_dec } = await withTensors({
		files,
		name,
		config: "config.yaml"
	}, (tensors) => readEncoder$2(tensors, namesFor(suffix), `threshold${suffix}`));
	return await dictionaryOf(found, {
		architecture: encoder.threshold === null ? "standard" : "jumprelu",
		reads: chooseHook(config, `blocks.${layer}.${yaml("feature_input_hook") ?? "hook_resid_mid"}`, place),
		predicts: hookAt(`blocks.${layer}.${outputHook(yaml("feature_output_hook"))}`, place),
		rebuilds: false,
		weights: {
			size,
			encoder,
			b_dec
		},
		claims: {
			...NO_CLAIMS,
			model: yaml("model_name")
		},
		W_dec: async () => new Float32Array(size.d_sae * b_dec.length)
	});
}
async function readEncoder$2(tensors, names, threshold) {
	const { size, W_enc, b_enc, b_dec } = await readNamed(tensors, names);
	return {
		size,
		encoder: {
			activatesBy: "feature",
			W_enc,
			b_enc,
			threshold: tensors.table.entries.has(threshold) ? await readShaped(tensors, threshold, [size.d_sae], size) : null
		},
		b_dec
	};
}
/** circuit-tracer's `mlp.hook_out` is what is added to the residual, behind a norm where one stands there. */
const outputHook = (name) => name === "mlp.hook_out" || name === null ? "hook_mlp_out" : name;
/** Top-level words of config.yaml; null where there is none or it does not say. */
async function configOf(files, weights) {
	const name = `${folderOf(weights)}config.yaml`;
	if (!files.has(name)) return () => null;
	const source = await files.open(name);
	try {
		const bytes = await source.read(0, Math.min(source.byteLength, MOST_CONFIG_BYTES));
		const text = new TextDecoder().decode(bytes);
		return (key) => new RegExp(`^${key}:[ \\t]*["']?([\\w./-]{1,120})["']?[ \\t]*$`, "m").exec(text)?.[1] ?? null;
	} finally {
		await source.close();
	}
}
// src/sae/forms.ts
/** x (d_in) is multiplied by this before it is encoded, and what is rebuilt divided: folded as SAELens does. */
function scaleInput(encoder, b_dec, scale) {
	multiply(encoder.W_enc, scale);
	multiply(b_dec, 1 / scale);
}
/**
* A gated encoder, f = [u + b_gate > 0] · relu(e^r_mag · u + b_mag) with u = x W_enc (b_dec taken off x where it is applied), as a
* JumpReLU: the magnitude is z = x (W_enc e^r_mag) + b_mag, and the gate is open where z > b_mag − e^r_mag · b_gate. W_enc is
* scaled in place. arXiv 2404.16014, section 3.2 and appendix E.
*/
function gatedAsJumpRelu(W_enc, { b_gate, b_mag, r_mag }) {
	const gain = Float64Array.from(r_mag, Math.exp);
	scaleColumns(W_enc, gain);
	return {
		activatesBy: "feature",
		W_enc,
		b_enc: b_mag,
		threshold: Float32Array.from(b_mag, (bias, f) => bias - gain[f] * b_gate[f])
	};
}
/** Multiply column f of (rows, d_sae) by factors[f], in place. */
function scaleColumns(matrix, factors) {
	const width = factors.length;
	for (let start = 0; start < matrix.length; start += width) for (let f = 0; f < width; f++) matrix[start + f] *= factors[f];
}
/** Multiply row f of (d_sae, width) by factors[f], in place. */
function scaleRows(matrix, factors, width) {
	for (let f = 0; f < factors.length; f++) multiply(matrix.subarray(f * width, (f + 1) * width), factors[f]);
}
/** In place. */
function multiply(values, factor) {
	if (factor === 1) return;
	for (let i = 0; i < values.length; i++) values[i] *= factor;
}
// src/sae/row-rule.ts
/** @file How many features of a row fire, checked against the dictionary's width. */
/** `found`: what says it, in `file` under `key`. Errors: SAE_CONFIG_INVALID, SAE_K_TOO_LARGE. */
function rowRule({ file, key }, kind, found, d_sae) {
	if (typeof found !== "number" || !Number.isInteger(found) || found < 1) throw saeConfigInvalid(file, key, String(JSON.stringify(found ?? null)).slice(0, 80), "a positive whole number");
	if (found > d_sae) throw saeKTooLarge(file, found, d_sae);
	if (kind === "groupmax" && d_sae % found !== 0) throw saeConfigInvalid(file, key, String(found), `a divisor of the ${d_sae} features`);
	return {
		kind,
		k: found
	};
}
// src/sae/layouts/dictionary-learning.ts
/**
* @file dictionary_learning (saprmarks) and SAEBench: `…/resid_post_layer_L/trainer_N/ae.pt` beside config.json, whose `trainer` says what the
* class is and where it reads.
*
* AutoEncoder: relu((x − bias) Wᵀ + b), decoder rows made of norm 1 where it is loaded; AutoEncoderNew takes nothing off.
* AutoEncoderTopK: the k largest. BatchTopKSAE, MatryoshkaBatchTopKSAE: above one stored threshold, once it is set. GatedAutoEncoder.
* JumpReluAutoEncoder: nothing taken off. `submodule_name` says mlp or attention, else the residual behind the layer.
*/
/** Parameters of a class that is no nn.Linear. */
const PLAIN_NAMES = {
	W_enc: {
		name: "W_enc",
		stored: "as wanted"
	},
	b_enc: "b_enc",
	W_dec: {
		name: "W_dec",
		stored: "as wanted"
	},
	b_dec: ["b_dec"]
};
const common = {
	names: LINEAR_NAMES,
	applyBDecToInput: true,
	unitDecoder: false
};
const CLASSES = {
	AutoEncoder: {
		...common,
		architecture: "standard",
		fires: "all",
		unitDecoder: true
	},
	AutoEncoderNew: {
		...common,
		architecture: "standard",
		fires: "all",
		applyBDecToInput: false
	},
	AutoEncoderTopK: {
		...common,
		architecture: "topk",
		fires: "row"
	},
	BatchTopKSAE: {
		...common,
		architecture: "jumprelu",
		fires: "one"
	},
	MatryoshkaBatchTopKSAE: {
		...common,
		architecture: "jumprelu",
		fires: "one",
		names: PLAIN_NAMES
	},
	GatedAutoEncoder: {
		...common,
		architecture: "gated",
		fires: "gated",
		names: {
			...LINEAR_NAMES,
			b_enc: null,
			b_dec: ["decoder_bias"]
		}
	},
	JumpReluAutoEncoder: {
		...common,
		architecture: "jumprelu",
		fires: "each",
		applyBDecToInput: false,
		names: PLAIN_NAMES
	}
};
const dictionaryLearning = {
	name: "dictionary_learning, SAEBench, andyrdt",
	layout: "`ae.pt`, `config.json`",
	reads: "standard, p-anneal, gated, top-k, BatchTopK, matryoshka and JumpReLU",
	weights: (names) => named(names, "ae.pt"),
	open: open$7
};
async function open$7(found) {
	const { config, files, weights: name } = found;
	const described = `${folderOf(name)}config.json`;
	const place = placeOf(files, described);
	const cfg = await readJsonObject(files, described);
	const trainer = isJsonObject(cfg.trainer) ? cfg.trainer : cfg;
	const kind = classOf(place, trainer);
	const file = {
		files,
		name,
		config: "config.json"
	};
	const weights = await withTensors(file, (tensors) => readWeights$4(tensors, kind, trainer));
	const d_out = weights.b_dec.length;
	return await dictionaryOf(found, {
		architecture: kind.architecture,
		reads: chooseHook(config, hookOf(trainer), place),
		weights,
		applyBDecToInput: kind.applyBDecToInput,
		claims: {
			...NO_CLAIMS,
			model: text$2(trainer.lm_name),
			contextSize: contextOf(cfg)
		},
		W_dec: () => withTensors(file, async (tensors) => {
			const W_dec = await readDecoderNamed(tensors, kind.names, weights.size, d_out);
			if (kind.unitDecoder) scaleRows(W_dec, inverse(rowNorms(W_dec, weights.size.d_sae, d_out)), d_out);
			return W_dec;
		})
	});
}
function classOf(place, { dict_class: name }) {
	const known = typeof name === "string" && Object.hasOwn(CLASSES, name) ? CLASSES[name] : void 0;
	if (known === void 0) throw saeUnsupported(place, `dict_class ${JSON.stringify(name ?? null).slice(0, 80)}`);
	return known;
}
/** `layer` and `submodule_name` (`resid_post_layer_3`, `mlp_out_layer_3`, `attention_out_layer_3`). */
function hookOf({ layer, submodule_name: submodule }) {
	if (typeof layer !== "number" || !Number.isInteger(layer) || layer < 0) return null;
	const place = typeof submodule === "string" ? submodule : "";
	if (/^mlp/.test(place)) return `blocks.${layer}.mlp.hook_out`;
	if (/^att/.test(place)) return `blocks.${layer}.attn.hook_out`;
	return `blocks.${layer}.hook_resid_post`;
}
async function readWeights$4(tensors, kind, trainer) {
	const { size, W_enc, b_enc, b_dec } = await readNamed(tensors, kind.names);
	if (kind.unitDecoder) {
		const norms = rowNorms(await readDecoderNamed(tensors, kind.names, size, b_dec.length), size.d_sae, b_dec.length);
		scaleColumns(W_enc, norms);
		scaleColumns(b_enc, norms);
	}
	return {
		size,
		b_dec,
		encoder: await readEncoder$1(tensors, kind, {
			W_enc,
			b_enc,
			trainer
		})
	};
}
async function readEncoder$1(tensors, { fires }, { W_enc, b_enc, trainer }) {
	const d_sae = b_enc.length;
	const size = {
		d_in: W_enc.length / d_sae,
		d_sae
	};
	const vector = (name) => readShaped(tensors, name, [d_sae], size);
	const plain = {
		activatesBy: "feature",
		W_enc,
		b_enc,
		threshold: null
	};
	switch (fires) {
		case "all": return plain;
		case "row": return {
			...plain,
			activatesBy: rowRule({
				file: tensors.config,
				key: "k"
			}, "topk", trainer.k, d_sae)
		};
		case "one": {
			const [threshold = -1] = await readShaped(tensors, "threshold", [], size);
			if (threshold < 0) throw saeConfigInvalid(tensors.file, "threshold", String(threshold), "a threshold that training has set");
			return {
				...plain,
				threshold: new Float32Array(d_sae).fill(threshold)
			};
		}
		case "each": return {
			...plain,
			threshold: await vector("threshold")
		};
		case "gated": return gatedAsJumpRelu(W_enc, {
			b_gate: await vector("gate_bias"),
			b_mag: await vector("mag_bias"),
			r_mag: await vector("r_mag")
		});
	}
}
const inverse = (norms) => norms.map((norm) => norm === 0 ? 1 : 1 / norm);
function text$2(value) {
	return typeof value === "string" ? value : null;
}
function contextOf({ buffer }) {
	const length = isJsonObject(buffer) ? buffer.ctx_len : null;
	return typeof length === "number" && length > 0 ? length : null;
}
// src/sae/layouts/gemma-scope.ts
/**
* @file Gemma Scope: one params.npz per dictionary, and everything else about it in its path (arXiv 2408.05147).
*
* `gemma-scope-2b-pt-res/layer_12/width_16k/average_l0_82/params.npz`: res reads hook_resid_post of the layer, mlp
* hook_mlp_out, att attn.hook_z. Transcoders read the norm before the MLP without its gain (ln2.hook_normalized) and give
* hook_mlp_out. `embedding/` dictionaries read hook_embed and were trained on rows times √d: W_enc / √d, W_dec · √d.
* Always JumpReLU, b_dec not applied to the input, no normalisation, no centring. Arrays W_enc (d_in, d_sae), b_enc, W_dec,
* b_dec, threshold; older exports write w_enc and w_dec.
*/
const HOOKS = {
	res: "hook_resid_post",
	mlp: "hook_mlp_out",
	att: "attn.hook_z",
	transcoders: "ln2.hook_normalized"
};
/** An npz file that the user names outright may be called anything. */
const gemmaScope = {
	name: "Gemma Scope",
	layout: "`params.npz`",
	reads: "residual, attention, MLP and embedding dictionaries, transcoders (JumpReLU)",
	weights: (names) => {
		const [only, ...others] = names;
		if (only?.endsWith(".npz") && others.length === 0) return [only];
		return named(names, "params.npz");
	},
	open: open$6
};
async function open$6(found) {
	const { config, files, weights: name } = found;
	const paths = pathsOf(found);
	const place = placeOf(files, name);
	const reads = chooseHook(config, hookOfPath$1(paths), place);
	const isTranscoder = reads.name === "ln2.hook_normalized";
	const isEmbedding = reads.name === "hook_embed";
	const file = {
		files,
		name,
		config: "the path"
	};
	const weights = await withTensors(file, (tensors) => readWeights$3(tensors, isEmbedding));
	const { d_in, d_sae } = weights.size;
	return await dictionaryOf(found, {
		architecture: "jumprelu",
		reads,
		...isTranscoder ? { predicts: hookAt(`blocks.${reads.layer}.hook_mlp_out`, place) } : {},
		weights,
		untrained: {
			first: 0,
			bos: true
		},
		claims: {
			...NO_CLAIMS,
			l0: claimedL0(paths),
			model: modelOfPath(paths)
		},
		W_dec: () => withTensors(file, async (tensors) => {
			const shape = [d_sae, weights.b_dec.length];
			const W_dec = await readShaped(tensors, spelling(tensors, "W_dec"), shape, weights.size);
			if (isEmbedding) multiply(W_dec, Math.sqrt(d_in));
			return W_dec;
		})
	});
}
async function readWeights$3(tensors, isEmbedding) {
	const W = spelling(tensors, "W_enc");
	const size = sizeOf(tensors, W);
	const { d_in, d_sae } = size;
	const W_enc = await readShaped(tensors, W, [d_in, d_sae], size);
	if (isEmbedding) multiply(W_enc, 1 / Math.sqrt(d_in));
	const b_enc = await readShaped(tensors, "b_enc", [d_sae], size);
	const threshold = await readShaped(tensors, "threshold", [d_sae], size);
	const b_dec = await readShaped(tensors, "b_dec", [lengthOf(tensors, "b_dec", size)], size);
	return {
		size,
		encoder: {
			activatesBy: "feature",
			W_enc,
			b_enc,
			threshold
		},
		b_dec
	};
}
/** `…gemma-scope-…-res…/layer_12/…` → `blocks.12.hook_resid_post`; null where the path does not say both. */
function hookOfPath$1(path) {
	const kind = /gemma-scope-[^\\/]*-(res|mlp|att|transcoders)(?=[-\\/@\s]|$)/.exec(path)?.[1];
	if (kind === "res" && /(?:^|[\\/\s])embedding(?:[\\/\s]|$)/.test(path)) return "hook_embed";
	const layer = /(?:^|[\\/\s])layer_(\d{1,4})(?:[\\/\s]|$)/.exec(path)?.[1];
	if (layer === void 0 || kind === void 0) return null;
	return `blocks.${layer}.${HOOKS[kind]}`;
}
/** `average_l0_82` → 82 */
function claimedL0(path) {
	const l0 = /(?:^|[\\/\s])average_l0_(\d{1,6})(?:[\\/\s]|$)/.exec(path)?.[1];
	return l0 === void 0 ? null : Number(l0);
}
/** `gemma-scope-9b-it-res` → `gemma-2-9b-it` */
function modelOfPath(path) {
	const match = /gemma-scope-(2b|9b|27b)-(pt|it)-/.exec(path);
	return match === null ? null : `gemma-2-${match[1]}${match[2] === "it" ? "-it" : ""}`;
}
function spelling({ table }, name) {
	const lower = name.toLowerCase();
	return !table.entries.has(name) && table.entries.has(lower) ? lower : name;
}
// src/sae/layouts/gemma-scope-2.ts
/**
* @file Gemma Scope 2: params.safetensors, often with a config.json beside it.
*
* `gemma-scope-2-4b-pt/resid_post/layer_17_width_65k_l0_medium/params.safetensors`; kinds resid_post, attn_out, mlp_out and
* transcoder, each also with `_all` behind it. w_enc (d_in, d_sae), b_enc, w_dec (d_sae, d_out), b_dec, threshold; transcoders
* may have affine_skip_connection (d_in, d_out), by which x is multiplied as it stands. JumpReLU, b_dec not applied to the input.
* config.json names modules of Hugging Face: hf_hook_point_in and _out. Left out: `crosscoder/` and `clt/`, which read
* several blocks at once.
*/
const SKIP = "affine_skip_connection";
const KINDS$1 = {
	resid_post: {
		reads: "hook_resid_post",
		predicts: "hook_resid_post"
	},
	attn_out: {
		reads: "attn.hook_z",
		predicts: "attn.hook_z"
	},
	mlp_out: {
		reads: "hook_mlp_out",
		predicts: "hook_mlp_out"
	},
	transcoder: {
		reads: "mlp.hook_in",
		predicts: "hook_mlp_out"
	}
};
/** Inputs and outputs of modules of Gemma 3, below `model.layers.L.`, as config.json names them. */
const MODULE_HOOKS = {
	output: "hook_resid_post",
	"self_attn.o_proj.input": "attn.hook_z",
	"post_feedforward_layernorm.output": "hook_mlp_out",
	"pre_feedforward_layernorm.output": "mlp.hook_in",
	"mlp.input": "mlp.hook_in",
	"post_attention_layernorm.output": "hook_attn_out"
};
const gemmaScope2 = {
	name: "Gemma Scope 2",
	layout: "`params.safetensors`, `config.json`",
	reads: "residual, attention and MLP dictionaries, transcoders with and without affine skip (JumpReLU)",
	weights: (names) => named(names, "params.safetensors"),
	open: open$5
};
async function open$5(found) {
	const { config, files, weights: name } = found;
	const paths = pathsOf(found);
	const several = /(?:^|[\\/])(crosscoder|clt)[\\/]/.exec(paths)?.[1];
	if (several !== void 0) throw saeUnsupported(placeOf(files, name), `a ${several} that reads several blocks at once`);
	const place = placeOf(files, `${folderOf(name)}config.json`);
	const described = files.has(`${folderOf(name)}config.json`) ? await readJsonObject(files, `${folderOf(name)}config.json`) : {};
	const own = hooksOfConfig(described) ?? hooksOfPath(paths);
	const reads = chooseHook(config, own?.reads ?? null, place);
	const file = {
		files,
		name,
		config: "config.json"
	};
	const weights = await withTensors(file, readWeights$2);
	const { size, b_dec } = weights;
	return await dictionaryOf(found, {
		architecture: "jumprelu",
		reads,
		...own === null || config.hook !== null ? {} : { predicts: hookAt(own.predicts, place) },
		weights,
		claims: claimsOf(described),
		W_dec: () => withTensors(file, (tensors) => readShaped(tensors, "w_dec", [size.d_sae, b_dec.length], size)),
		W_skip: () => withTensors(file, async (tensors) => {
			if (!tensors.table.entries.has(SKIP)) return null;
			return await readShaped(tensors, SKIP, [size.d_in, b_dec.length], size);
		})
	});
}
async function readWeights$2(tensors) {
	const size = sizeOf(tensors, "w_enc");
	const { d_in, d_sae } = size;
	const W_enc = await readShaped(tensors, "w_enc", [d_in, d_sae], size);
	const b_enc = await readShaped(tensors, "b_enc", [d_sae], size);
	const threshold = await readShaped(tensors, "threshold", [d_sae], size);
	const b_dec = await readShaped(tensors, "b_dec", [lengthOf(tensors, "b_dec", size)], size);
	return {
		size,
		encoder: {
			activatesBy: "feature",
			W_enc,
			b_enc,
			threshold
		},
		b_dec
	};
}
function hooksOfConfig({ hf_hook_point_in: input, hf_hook_point_out: output }) {
	const reads = typeof input === "string" ? hookOfGemmaModule(input) : null;
	if (reads === null) return null;
	const predicts = typeof output === "string" ? hookOfGemmaModule(output) : reads;
	return predicts === null ? null : {
		reads,
		predicts
	};
}
/** `model.layers.12.self_attn.o_proj.input` → `blocks.12.attn.hook_z`; null: another place. */
function hookOfGemmaModule(name) {
	const match = /^(?:[a-z_]+\.)*?layers\.(\d{1,4})\.([a-z_.]+)$/.exec(name);
	const hook = match === null ? void 0 : MODULE_HOOKS[match[2] ?? ""];
	return match === null || hook === void 0 ? null : `blocks.${match[1]}.${hook}`;
}
/** `…/resid_post_all/layer_3_width_16k_l0_small/…` → where it reads and what it rebuilds; null where the path does not say. */
function hooksOfPath(path) {
	const match = /(?:^|[\\/])(resid_post|attn_out|mlp_out|transcoder)(?:_all)?[\\/]layer_(\d{1,4})_/.exec(path);
	const kind = match === null ? void 0 : KINDS$1[match[1] ?? ""];
	if (match === null || kind === void 0) return null;
	const at = (hook) => `blocks.${match[2]}.${hook}`;
	return {
		reads: at(kind.reads),
		predicts: at(kind.predicts)
	};
}
function claimsOf({ model_name: model, l0 }) {
	return {
		...NO_CLAIMS,
		l0: typeof l0 === "number" && l0 > 0 ? l0 : null,
		model: typeof model === "string" ? model : null
	};
}
// src/sae/layouts/openmoss.ts
/**
* @file OpenMOSS: Llama Scope (`hyperparams.json`, `checkpoints/final.safetensors`, arXiv 2410.20526), Llama Scope R1 and what followed
* (`config.json`, `sae_weights.safetensors`).
*
* encoder.weight (d_sae, d_in), encoder.bias, decoder.weight (d_out, d_sae), decoder.bias, or W_E, b_E, W_D, b_D as they are multiplied.
* norm_activation dataset-wise: rows are scaled to a mean norm of √d, by √d / norm; the norms are in the config, in tensors
* dataset_average_activation_norm.HOOK, or known of the release. θ is jump_relu_threshold for all features, or
* exp(log_jumprelu_threshold). With sparsity_include_decoder_norm it is z · ‖W_dec row‖ that is held against θ: the norm goes into
* the encoder here and out of the decoder. SAELens leaves that out and scales θ; this follows OpenMOSS' own loader.
*/
const MULTIPLIED = {
	W_enc: {
		name: "W_E",
		stored: "as wanted"
	},
	b_enc: "b_E",
	W_dec: {
		name: "W_D",
		stored: "as wanted"
	},
	b_dec: ["b_D"]
};
const llamaScope = {
	name: "Llama Scope",
	layout: "`checkpoints/final.safetensors`, `hyperparams.json`",
	reads: "residual, attention and MLP dictionaries (JumpReLU, rows scaled by the dataset’s mean norm)",
	weights: (names) => named(names, "checkpoints/final.safetensors"),
	open: (found) => open$4(found, `${folderOf(found.weights).replace(/checkpoints\/$/, "")}hyperparams.json`)
};
const openMoss = {
	name: "Llama Scope R1, Llama-Scope-2",
	layout: "`sae_weights.safetensors`, `config.json`",
	reads: "ReLU, JumpReLU and top-k dictionaries, transcoders",
	weights: (names) => named(names, "sae_weights.safetensors").filter((name) => {
		const folder = folderOf(name);
		return names.includes(`${folder}config.json`) && !names.includes(`${folder}cfg.json`);
	}),
	open: (found) => open$4(found, `${folderOf(found.weights)}config.json`)
};
async function open$4(found, configName) {
	const { config, files, weights: name } = found;
	const place = placeOf(files, configName);
	const cfg = await readJsonObject(files, configName);
	for (const key of ["use_glu_encoder", "apply_decoder_bias_to_pre_encoder"]) if (cfg[key] === true) throw saeUnsupported(place, key);
	if (typeof cfg.sae_type === "string" && cfg.sae_type !== "sae") throw saeUnsupported(place, `sae_type ${JSON.stringify(cfg.sae_type)}`);
	const reads = chooseHook(config, text$1(cfg.hook_point_in), place);
	const hookIn = text$1(cfg.hook_point_in) ?? "";
	const hookOut = text$1(cfg.hook_point_out) ?? hookIn;
	const described = {
		cfg,
		place,
		hookIn,
		hookOut,
		knownScale: knownRelease(pathsOf(found))?.scale ?? null
	};
	const file = {
		files,
		name,
		config: configName
	};
	const { weights, scales } = await withTensors(file, (tensors) => readWeights$1(tensors, described));
	const { size, b_dec, encoder } = weights;
	const isTranscoder = config.hook === null && hookOut !== hookIn;
	return await dictionaryOf(found, {
		architecture: encoder.activatesBy !== "feature" ? "topk" : encoder.threshold === null ? "standard" : "jumprelu",
		reads,
		...isTranscoder ? { predicts: hookAt(hookOut, place) } : {},
		weights,
		claims: NO_CLAIMS,
		W_dec: () => withTensors(file, async (tensors) => {
			const W_dec = await readDecoderNamed(tensors, namesOf(tensors), size, b_dec.length);
			if (includesNorm(cfg)) scaleRows(W_dec, rowNorms(W_dec, size.d_sae, b_dec.length).map((norm) => norm === 0 ? 1 : 1 / norm), b_dec.length);
			multiply(W_dec, 1 / scales.output);
			return W_dec;
		})
	});
}
const namesOf = ({ table }) => table.entries.has("W_E") ? MULTIPLIED : LINEAR_NAMES;
const includesNorm = (cfg) => cfg.sparsity_include_decoder_norm === true;
async function readWeights$1(tensors, described) {
	const names = namesOf(tensors);
	const { size, W_enc, b_enc, b_dec } = await readNamed(tensors, names);
	const scales = await readScales(tensors, described, {
		d_in: size.d_in,
		d_out: b_dec.length
	});
	multiply(W_enc, scales.input);
	multiply(b_dec, 1 / scales.output);
	if (includesNorm(described.cfg)) {
		const norms = rowNorms(await readDecoderNamed(tensors, names, size, b_dec.length), size.d_sae, b_dec.length);
		scaleColumns(W_enc, norms);
		scaleColumns(b_enc, norms);
	}
	return {
		weights: {
			size,
			encoder: await readActivation(tensors, described, {
				W_enc,
				b_enc
			}),
			b_dec
		},
		scales
	};
}
async function readActivation(tensors, { cfg, place }, { W_enc, b_enc }) {
	const d_sae = b_enc.length;
	const plain = {
		activatesBy: "feature",
		W_enc,
		b_enc,
		threshold: null
	};
	const name = text$1(cfg.act_fn)?.toLowerCase() ?? "jumprelu";
	if (name === "relu") return plain;
	if (name === "topk") return {
		...plain,
		activatesBy: rowRule({
			file: place,
			key: "top_k"
		}, "topk", cfg.top_k, d_sae)
	};
	if (name !== "jumprelu") throw saeUnsupported(place, `act_fn ${JSON.stringify(cfg.act_fn)}`);
	if (typeof cfg.jump_relu_threshold === "number") return {
		...plain,
		threshold: new Float32Array(d_sae).fill(cfg.jump_relu_threshold)
	};
	const stored = ["log_jumprelu_threshold", "activation_function.log_jumprelu_threshold"].find((key) => tensors.table.entries.has(key)) ?? "log_jumprelu_threshold";
	const size = {
		d_in: W_enc.length / d_sae,
		d_sae
	};
	return {
		...plain,
		threshold: (await readShaped(tensors, stored, [d_sae], size)).map(Math.exp)
	};
}
async function readScales(tensors, { cfg, place, hookIn, hookOut, knownScale }, { d_in, d_out }) {
	const how = cfg.norm_activation ?? "dataset-wise";
	if (how === "inference") return {
		input: 1,
		output: 1
	};
	if (how !== "dataset-wise") throw saeUnsupported(place, `norm_activation ${JSON.stringify(how)}`);
	const norms = isJsonObject(cfg.dataset_average_activation_norm) ? cfg.dataset_average_activation_norm : {};
	const normAt = async (hook, side) => {
		const inConfig = norms[side] ?? norms[hook];
		if (inConfig !== void 0) return positive$1(place, "dataset_average_activation_norm", inConfig);
		const name = `dataset_average_activation_norm.${hook}`;
		const shape = tensors.table.entries.get(name)?.shape;
		if (shape === void 0) return null;
		const [stored = 0] = await readShaped(tensors, name, shape.length === 0 ? [] : [1], {
			d_in,
			d_sae: d_out
		});
		return positive$1(tensors.file, name, stored);
	};
	const [normIn, normOut] = [await normAt(hookIn, "in"), await normAt(hookOut, "out")];
	const input = normIn === null ? knownScale : Math.sqrt(d_in) / normIn;
	if (input === null) throw saeScaleMissing(place);
	return {
		input,
		output: normOut === null ? input : Math.sqrt(d_out) / normOut
	};
}
function positive$1(file, key, value) {
	if (typeof value === "number" && value > 0 && Number.isFinite(value)) return value;
	throw saeConfigInvalid(file, key, JSON.stringify(value).slice(0, 80), "a positive number");
}
function text$1(value) {
	return typeof value === "string" && value !== "" ? value : null;
}
// src/sae/layouts/plain-pytorch.ts
/**
* @file Files of PyTorch that hold a plain dict of tensors, told apart by their names.
*
* OpenAI (GPT-2, arXiv 2406.04093): pre_bias, encoder.weight, latent_bias, decoder.weight, activation, activation_state_dict; top-k of rows
* normalised by layer norm, else ReLU of plain rows; the place is in the path (`resid_post_mlp_v5_32k/autoencoders/L.pt`). connor_rob:
* W_enc, b_enc, W_dec, b_dec beside `NAME_cfg.json` with act_name. Goodfire: encoder_linear, decoder_linear. qresearch: encoder, decoder.
* The last two read the residual behind layer L of `…-lL.pt` and take nothing off it.
*/
/** What lies beside dictionaries and is none, and what other layouts are. */
const OTHERS = /(^|\/)(ae|layer\d+\.sae|pytorch_model[^/]*|optimizer|scheduler|trainer_state|training_args|rng_state[^/]*)\.(pt|pth)$/;
const KINDS = [
	{
		sign: "latent_bias",
		names: {
			...LINEAR_NAMES,
			b_enc: "latent_bias",
			b_dec: ["pre_bias"]
		},
		applyBDecToInput: true
	},
	{
		sign: "encoder_linear.weight",
		names: {
			W_enc: {
				name: "encoder_linear.weight",
				stored: "transposed"
			},
			b_enc: "encoder_linear.bias",
			W_dec: {
				name: "decoder_linear.weight",
				stored: "transposed"
			},
			b_dec: ["decoder_linear.bias"]
		},
		applyBDecToInput: false
	},
	{
		sign: "W_enc",
		names: {
			W_enc: {
				name: "W_enc",
				stored: "as wanted"
			},
			b_enc: "b_enc",
			W_dec: {
				name: "W_dec",
				stored: "as wanted"
			},
			b_dec: ["b_dec"]
		},
		applyBDecToInput: true
	},
	{
		sign: "encoder.weight",
		names: {
			...LINEAR_NAMES,
			b_dec: ["decoder.bias"]
		},
		applyBDecToInput: false
	}
];
/** OpenAI's locations in a block. */
const LOCATIONS = {
	resid_delta_attn: "hook_attn_out",
	resid_delta_mlp: "hook_mlp_out",
	resid_post_attn: "hook_resid_mid",
	resid_post_mlp: "hook_resid_post"
};
const plainPytorch = {
	name: "OpenAI, Goodfire, connor_rob, qresearch",
	layout: "one `.pt` or `.pth`",
	reads: "top-k with layer norm, ReLU",
	weights: (names) => names.filter((name) => /\.(pt|pth)$/.test(name) && !OTHERS.test(name)),
	open: open$3
};
async function open$3(found) {
	const { config, files, weights: name } = found;
	const place = placeOf(files, name);
	const file = {
		files,
		name,
		config: "the file"
	};
	const { kind, weights, isTopK } = await withTensors(file, (tensors) => readWeights(tensors, place));
	const { size, b_dec } = weights;
	const described = name.replace(/\.(pt|pth)$/, "_cfg.json");
	const cfg = files.has(described) ? await readJsonObject(files, described) : {};
	const own = typeof cfg.act_name === "string" ? cfg.act_name : hookOfPath(pathsOf(found));
	return await dictionaryOf(found, {
		architecture: isTopK ? "topk" : "standard",
		reads: chooseHook(config, own, place),
		input: isTopK ? "layer_norm" : "plain",
		applyBDecToInput: kind.applyBDecToInput,
		weights,
		claims: NO_CLAIMS,
		W_dec: () => withTensors(file, (tensors) => readDecoderNamed(tensors, kind.names, size, b_dec.length))
	});
}
async function readWeights(tensors, place) {
	const kind = KINDS.find(({ sign }) => tensors.table.entries.has(sign));
	if (kind === void 0) throw saeUnsupported(place, "a file of PyTorch in no layout that is known");
	const { size, W_enc, b_enc, b_dec } = await readNamed(tensors, kind.names);
	const activation = tensors.values.get("activation") ?? "ReLU";
	if (activation !== "ReLU" && activation !== "TopK") throw saeUnsupported(place, `activation ${String(activation).slice(0, 40)}`);
	const isTopK = activation === "TopK";
	const k = tensors.values.get("activation_state_dict.k");
	const plain = {
		activatesBy: "feature",
		W_enc,
		b_enc,
		threshold: null
	};
	return {
		kind,
		isTopK,
		weights: {
			size,
			encoder: isTopK ? {
				...plain,
				activatesBy: rowRule({
					file: place,
					key: "activation_state_dict.k"
				}, "topk", k, size.d_sae)
			} : plain,
			b_dec
		}
	};
}
function hookOfPath(path) {
	const openAi = /(?:^|[\\/])(resid_(?:delta|post)_(?:attn|mlp))[^\\/]*[\\/]autoencoders[\\/](\d{1,4})\.pt/.exec(path);
	if (openAi !== null) return `blocks.${openAi[2]}.${LOCATIONS[openAi[1] ?? ""]}`;
	const layer = /-l(\d{1,4})\.(?:pt|pth)/.exec(path)?.[1];
	return layer === void 0 ? null : `blocks.${layer}.hook_resid_post`;
}
// src/sae/layouts/qwen-scope.ts
/**
* @file Qwen-Scope: `Qwen/SAE-Res-MODEL-W32K-L0_50/layerL.sae.pt`, a dict of W_enc (d_sae, d_in), W_dec (d_out, d_sae), b_enc, b_dec. Top-k,
* k in the repository's name; the model cards add b_enc and take nothing off the residual behind the layer.
*/
const NAMES$1 = {
	W_enc: {
		name: "W_enc",
		stored: "transposed"
	},
	b_enc: "b_enc",
	W_dec: {
		name: "W_dec",
		stored: "transposed"
	},
	b_dec: ["b_dec"]
};
const qwenScope = {
	name: "Qwen-Scope",
	layout: "`layerL.sae.pt`",
	reads: "residual dictionaries (top-k; k from the repository’s name)",
	weights: (names) => names.filter((name) => /(^|\/)layer\d{1,4}\.sae\.pt$/.test(name)),
	open: open$2
};
async function open$2(found) {
	const { config, files, weights: name } = found;
	const place = placeOf(files, name);
	const k = /SAE-[^/\s]*-L0_(\d{1,5})/.exec(pathsOf(found))?.[1];
	if (k === void 0) throw saeKUntold(place);
	const layer = /layer(\d{1,4})\.sae\.pt$/.exec(name)?.[1];
	const file = {
		files,
		name,
		config: "the path"
	};
	const { size, W_enc, b_enc, b_dec } = await withTensors(file, (tensors) => readNamed(tensors, NAMES$1));
	const activatesBy = rowRule({
		file: place,
		key: "L0"
	}, "topk", Number(k), size.d_sae);
	return await dictionaryOf(found, {
		architecture: "topk",
		reads: chooseHook(config, `blocks.${layer}.hook_resid_post`, place),
		weights: {
			size,
			encoder: {
				activatesBy,
				W_enc,
				b_enc,
				threshold: null
			},
			b_dec
		},
		claims: {
			...NO_CLAIMS,
			l0: Number(k)
		},
		W_dec: () => withTensors(file, (tensors) => readDecoderNamed(tensors, NAMES$1, size, b_dec.length))
	});
}
// src/sae/layouts/saelens-keys.ts
const READ = [
	"architecture",
	"d_in",
	"d_sae",
	"activation_fn",
	"activation_fn_str",
	"activation_fn_kwargs",
	"apply_b_dec_to_input",
	"normalize_activations",
	"finetuning_scaling_factor",
	"hook_name",
	"hook_point",
	"hook_head_index",
	"hook_point_head_index",
	"model_from_pretrained_kwargs",
	"exclude_special_tokens",
	"seqpos_slice",
	"neuronpedia_id",
	"metadata"
];
/** About the model, the data and the file; the features are the same without them. */
const ORIGIN = [
	"dtype",
	"device",
	"type",
	"seed",
	"verbose",
	"resume",
	"streaming",
	"context_size",
	"prepend_bos",
	"tokenizer_name",
	"reshape_activations",
	"d_out",
	"k",
	"rescale_acts_by_decoder_norm",
	"uses_scaling_factor",
	"use_error_term",
	"expansion_factor",
	"from_pretrained_path",
	"is_dataset_tokenized",
	"sparsity",
	"release",
	"sae_id",
	"sae",
	"logger",
	"name",
	"id",
	"license",
	"base_model"
];
/** First words of keys that steer training, logging, evaluation and the cache of activations, or name the hook again. */
const BY_FIRST_WORD = /^(?:sae_lens|hook|llm|prefetch|use_chat|model|dataset|disable_concat|sequence_separator|use_cached|cached|use_ghost|total|training|train|finetuning|feature|dead|resample|resampling|l0|l1|l2|lp|lr|mse|aux|pre_act|sparsity|scale_sparsity|jumprelu|topk|batchtopk|matryoshka|adam|optimizer|max_grad|b_dec_init|init|decoder_init|decoder_orthogonal|decoder_heuristic|normalize_sae_decoder|noise|n|num|eval|run|log|wandb|hf|autocast|compile|sae_compilation|compilation|checkpoint|save|output|resume|act_store|activations_mixing|activations_store|store|tokens_per|min|use_sparsity|use_wandb|push_to_hub)(?:_|$)/;
const KNOWN = /* @__PURE__ */ new Set([...READ, ...ORIGIN]);
/** Keys shown in the warning; the others are counted. */
const SHOWN_KEYS = 8;
/** One warning that names the keys which nobody knows; none where all are known. */
function unknownKeyWarnings(file, cfg) {
	const unknown = Object.keys(cfg).filter((key) => !KNOWN.has(key) && !BY_FIRST_WORD.test(key));
	if (unknown.length === 0) return [];
	const shown = unknown.slice(0, SHOWN_KEYS).map((key) => JSON.stringify(key).slice(0, 60));
	const more = unknown.length > SHOWN_KEYS ? ` and ${unknown.length - SHOWN_KEYS} more` : "";
	const [keys, were] = unknown.length === 1 ? ["the key", "is not known and was"] : ["the keys", "are not known and were"];
	return [`${file}: ${keys} ${shown.join(", ")}${more} ${were} ignored`];
}
// src/sae/layouts/saelens-config.ts
/**
* @file cfg.json of SAELens, every layout from 2.x to 6.x, as one plain description.
*
* 6.0 moved everything about the model into `metadata`; before it the file is flat, and before 3.0 the hook is called
* `hook_point`. Defaults of old files are those of SAELens' own `handle_config_defaulting`: architecture standard,
* relu, b_dec applied to the input, no normalisation. What changes the features and is not understood is refused by name.
*/
/** Read cfg.json. Errors: SAE_CONFIG_INVALID, SAE_UNSUPPORTED. */
function readSaeLensConfig(file, cfg) {
	const metadata = isJsonObject(cfg.metadata) ? cfg.metadata : {};
	const about = (key) => metadata[key] ?? cfg[key] ?? null;
	for (const key of ["hook_head_index", "hook_head_index_out"]) if (about(key) !== null) throw saeUnsupported(file, "an autoencoder of a single attention head");
	const { encoder, isTranscoder, hasSkip } = readArchitecture(file, cfg);
	return {
		encoder,
		k: encoder === "topk" ? readK(file, cfg) : null,
		rescaledByDecoder: flag(file, cfg, "rescale_acts_by_decoder_norm", false),
		isTranscoder,
		hasSkip,
		d_in: size(file, cfg, "d_in"),
		d_sae: size(file, cfg, "d_sae"),
		hook: text(about("hook_name")) ?? text(about("hook_point")),
		hookOut: text(about("hook_name_out")),
		applyBDecToInput: flag(file, cfg, "apply_b_dec_to_input", !isTranscoder),
		...readNormalisation(file, cfg),
		center: centersWeights(about("model_from_pretrained_kwargs")),
		untrained: untrainedOf(about),
		neuronpedia: text(about("neuronpedia_id")),
		claims: {
			l0: positive(about("l0")),
			unexplained: unexplained(about("explained_variance")),
			model: text(about("model_name")),
			contextSize: positive(about("context_size"))
		},
		warnings: [...warningsOf(about), ...unknownKeyWarnings(file, cfg)]
	};
}
/** `jumprelu_skip_transcoder`: words before `transcoder` say what the encoder is. */
const TRANSCODERS = {
	transcoder: {
		encoder: "standard",
		hasSkip: false
	},
	skip_transcoder: {
		encoder: "standard",
		hasSkip: true
	},
	jumprelu_transcoder: {
		encoder: "jumprelu",
		hasSkip: false
	},
	jumprelu_skip_transcoder: {
		encoder: "jumprelu",
		hasSkip: true
	},
	topk_transcoder: {
		encoder: "topk",
		hasSkip: false
	}
};
function readArchitecture(file, cfg) {
	const architecture = cfg.architecture ?? "standard";
	const shown = JSON.stringify(architecture);
	const refusal = saeUnsupported(file, `architecture ${shown}`);
	if (typeof architecture !== "string") throw refusal;
	const transcoder = Object.hasOwn(TRANSCODERS, architecture) ? TRANSCODERS[architecture] : void 0;
	if (transcoder !== void 0) return {
		...transcoder,
		isTranscoder: true
	};
	const encoder = encoderOf(file, cfg, architecture);
	if (encoder === null) throw refusal;
	return {
		encoder,
		isTranscoder: false,
		hasSkip: false
	};
}
/** Before 6.0 the activation was a key of its own, and top-k was an activation. */
function encoderOf(file, cfg, architecture) {
	const other = ["activation_fn_str", "activation_fn"].map((key) => ({
		key,
		value: cfg[key] ?? "relu"
	})).find(({ value }) => value !== "relu");
	const isTopK = architecture === "standard" && other?.value === "topk";
	if (other !== void 0 && !isTopK && !(architecture === "topk" && other.value === "topk")) throw saeUnsupported(file, `${other.key} ${JSON.stringify(other.value)}`);
	if (isTopK) return "topk";
	switch (architecture) {
		case "standard":
		case "gated":
		case "jumprelu":
		case "topk":
		case "batchtopk": return architecture;
		case "matryoshka_batchtopk": return "batchtopk";
		default: return null;
	}
}
function readK(file, cfg) {
	const kwargs = isJsonObject(cfg.activation_fn_kwargs) ? cfg.activation_fn_kwargs : {};
	if (kwargs.signed === true) throw saeUnsupported(file, "top-k of absolute values");
	const k = cfg.k ?? kwargs.k ?? null;
	if (typeof k === "number" && Number.isInteger(k) && k > 0) return k;
	throw saeConfigInvalid(file, "k", JSON.stringify(k).slice(0, 80), "a positive whole number");
}
/** Old files say true and false. */
function readNormalisation(file, cfg) {
	const value = cfg.normalize_activations ?? "none";
	if (value === "none" || value === false) return {
		input: "plain",
		scaledInput: false
	};
	if (value === "expected_average_only_in" || value === true) return {
		input: "plain",
		scaledInput: true
	};
	if (value === "layer_norm" || value === "constant_norm_rescale") return {
		input: value,
		scaledInput: false
	};
	throw saeUnsupported(file, `normalize_activations ${JSON.stringify(value)}`);
}
/** Trained on a model whose writing weights were centred: its residual has no mean over d_model. */
function centersWeights(kwargs) {
	return isJsonObject(kwargs) && kwargs.center_writing_weights === true;
}
/** Trained without special tokens (true, or a list of ids) or on contexts without BOS, and from a position on ([start, stop, step]). */
function untrainedOf(about) {
	const [excluded, slice] = [about("exclude_special_tokens"), about("seqpos_slice")];
	const withoutSpecial = excluded === true || Array.isArray(excluded) && excluded.length > 0;
	const start = Array.isArray(slice) ? slice[0] : null;
	return {
		first: Math.min(typeof start === "number" && Number.isInteger(start) && start > 0 ? start : 0, MOST_SKIPPED),
		bos: withoutSpecial || about("prepend_bos") === false
	};
}
function warningsOf(about) {
	const slice = about("seqpos_slice");
	const [start = null, ...rest] = Array.isArray(slice) ? slice : [];
	if (!(typeof start === "number" && start < 0 || rest.some((bound) => bound !== null && bound !== 1))) return [];
	return [`It was trained on positions ${JSON.stringify(slice)} of each context only; of the others none but the first are left out.`];
}
function size(file, cfg, key) {
	const value = cfg[key] ?? null;
	if (value === null) return null;
	if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
	throw saeConfigInvalid(file, key, JSON.stringify(value).slice(0, 80), "a positive whole number");
}
function flag(file, cfg, key, otherwise) {
	const value = cfg[key] ?? otherwise;
	if (typeof value === "boolean") return value;
	throw saeConfigInvalid(file, key, describeJson(value), "true or false");
}
function text(value) {
	return typeof value === "string" && value !== "" ? value : null;
}
function positive(value) {
	return typeof value === "number" && value > 0 && Number.isFinite(value) ? value : null;
}
function unexplained(explained) {
	return typeof explained === "number" && explained > 0 && explained <= 1 ? 1 - explained : null;
}
// src/sae/layouts/saelens-sparsity.ts
const FILE = "sparsity.safetensors";
/** The features that fire per position, by the file; null: there is none, or it says something else. */
async function storedL0(files, folder, { d_sae }) {
	const name = folder + FILE;
	if (!files.has(name)) return null;
	const logs = await withTensors({
		files,
		name,
		config: "SAELens"
	}, async ({ table }) => {
		const shape = table.entries.get("sparsity")?.shape;
		return shape?.length === 1 && shape[0] === d_sae ? toFloat32(await table.read("sparsity")) : null;
	});
	if (logs === null || logs.some((log) => log > .001)) return null;
	return logs.reduce((sum, log) => sum + 10 ** log, 0);
}
// src/sae/layouts/saelens.ts
/**
* @file A SAELens folder: cfg.json beside sae_weights.safetensors.
*
* Tensors: W_enc (d_in, d_sae), b_enc (d_sae), W_dec (d_sae, d_out), b_dec (d_out); JumpReLU adds threshold (d_sae), or
* log_threshold in training checkpoints; gated ones have b_gate, b_mag and r_mag in place of b_enc; training checkpoints of
* batchtopk have one topk_threshold; skip transcoders have W_skip (d_out, d_in). `activation_scaler.json` {scaling_factor: s}
* belongs to training checkpoints whose input was scaled by s: it is folded as SAELens does (W_enc · s, W_dec / s, b_dec / s);
* of older releases only SAELens' registry knows s (known/). `scaling_factor` of old folders and
* `finetuning_scaling_factor` rescale decoding only and are folded into W_dec.
*/
const CONFIG = "cfg.json";
const SCALER = "activation_scaler.json";
const WEIGHTS = "sae_weights.safetensors";
const saeLens = {
	name: "SAELens 2 to 6",
	layout: "`sae_weights.safetensors`, `cfg.json`",
	reads: "standard, gated, JumpReLU, top-k, BatchTopK and matryoshka, transcoders of these with and without skip; input normalised by layer norm, to a constant norm, or by one factor",
	weights: (names) => named(names, WEIGHTS).filter((name) => {
		const folder = folderOf(name);
		return names.includes(folder + CONFIG) || !names.includes(`${folder}config.json`);
	}),
	open: open$1
};
async function open$1(found) {
	const { config, files, weights: name } = found;
	const folder = folderOf(name);
	const place = placeOf(files, folder + CONFIG);
	const cfg = readSaeLensConfig(place, await readJsonObject(files, folder + CONFIG));
	const known = knownRelease(pathsOf(found));
	const reads = chooseHook(config, cfg.hook, place);
	const scale = cfg.scaledInput ? await readScale(files, folder, known) : 1;
	const file = {
		files,
		name,
		config: CONFIG
	};
	const weights = await withTensors(file, (tensors) => readTensors(tensors, cfg, scale));
	const { size, b_dec } = weights;
	return await dictionaryOf(found, {
		architecture: cfg.encoder === "batchtopk" ? "jumprelu" : cfg.encoder,
		reads,
		...cfg.isTranscoder && cfg.hookOut !== null ? { predicts: hookAt(cfg.hookOut, place) } : {},
		weights,
		input: cfg.input,
		applyBDecToInput: cfg.applyBDecToInput,
		center: cfg.center,
		untrained: cfg.untrained,
		neuronpedia: cfg.neuronpedia,
		claims: {
			...cfg.claims,
			l0: cfg.claims.l0 ?? await storedL0(files, folder, size)
		},
		warnings: cfg.warnings,
		W_dec: () => withTensors(file, (tensors) => readDecoder(tensors, cfg, {
			size,
			d_out: b_dec.length,
			scale
		})),
		W_skip: () => withTensors(file, async (tensors) => {
			if (!cfg.hasSkip) return null;
			return await readMatrix(tensors, {
				name: "W_skip",
				stored: "transposed"
			}, [size.d_in, b_dec.length], size);
		})
	});
}
async function readTensors(tensors, cfg, scale) {
	const size = checkSize(tensors, cfg);
	const { d_in, d_sae } = size;
	const d_out = cfg.isTranscoder ? lengthOf(tensors, "b_dec", size) : d_in;
	const W_enc = await readShaped(tensors, "W_enc", [d_in, d_sae], size);
	const b_dec = await readShaped(tensors, "b_dec", [d_out], size);
	const encoder = await readEncoder(tensors, cfg, W_enc, size);
	if (cfg.rescaledByDecoder) {
		const norms = rowNorms(await readShaped(tensors, "W_dec", [d_sae, d_out], size), d_sae, d_out);
		scaleColumns(encoder.W_enc, norms);
		scaleColumns(encoder.b_enc, norms);
	}
	scaleInput(encoder, b_dec, scale);
	return {
		size,
		encoder,
		b_dec
	};
}
async function readEncoder(tensors, cfg, W_enc, size) {
	const vector = (name) => readShaped(tensors, name, [size.d_sae], size);
	if (cfg.encoder === "gated") return gatedAsJumpRelu(W_enc, {
		b_gate: await vector("b_gate"),
		b_mag: await vector("b_mag"),
		r_mag: await vector("r_mag")
	});
	const b_enc = await vector("b_enc");
	if (cfg.encoder === "topk") {
		const k = cfg.k ?? 0;
		if (k > size.d_sae) throw saeKTooLarge(tensors.file, k, size.d_sae);
		return {
			activatesBy: {
				kind: "topk",
				k
			},
			W_enc,
			b_enc,
			threshold: null
		};
	}
	return {
		activatesBy: "feature",
		W_enc,
		b_enc,
		threshold: cfg.encoder === "standard" ? null : await readThreshold(tensors, cfg, size)
	};
}
/** The sizes cfg.json gives must be the tensors'. */
function checkSize(tensors, cfg) {
	const size = sizeOf(tensors, "W_enc");
	const wanted = [cfg.d_in ?? size.d_in, cfg.d_sae ?? size.d_sae];
	if (wanted[0] !== size.d_in || wanted[1] !== size.d_sae) throw saeShape(tensors.file, "W_enc", [size.d_in, size.d_sae], wanted, wanted[0], wanted[1]);
	return size;
}
/** θ itself, its logarithm (training checkpoints of 4.1 to 6.47), or one for all features (batchtopk). */
async function readThreshold(tensors, { encoder }, size) {
	const has = (name) => tensors.table.entries.has(name);
	if (encoder === "batchtopk" && !has("threshold")) {
		const [one = 0] = await readShaped(tensors, "topk_threshold", [], size);
		return new Float32Array(size.d_sae).fill(one);
	}
	const isLog = !has("threshold") && has("log_threshold");
	const stored = await readShaped(tensors, isLog ? "log_threshold" : "threshold", [size.d_sae], size);
	return isLog ? stored.map(Math.exp) : stored;
}
async function readDecoder(tensors, { rescaledByDecoder }, { size, d_out, scale }) {
	const W_dec = await readShaped(tensors, "W_dec", [size.d_sae, d_out], size);
	if (rescaledByDecoder) scaleRows(W_dec, rowNorms(W_dec, size.d_sae, d_out).map((norm) => norm === 0 ? 1 : 1 / norm), d_out);
	multiply(W_dec, 1 / scale);
	for (const name of ["finetuning_scaling_factor", "scaling_factor"]) {
		if (!tensors.table.entries.has(name)) continue;
		scaleRows(W_dec, await readShaped(tensors, name, [size.d_sae], size), d_out);
	}
	return W_dec;
}
/** The factor in the folder, else the one that the registry knows. Errors: SAE_SCALE_MISSING, SAE_CONFIG_INVALID. */
async function readScale(files, folder, known) {
	if (!files.has(folder + SCALER)) {
		if (known?.scale !== null && known?.scale !== void 0) return known.scale;
		throw saeScaleMissing(placeOf(files, folder + CONFIG));
	}
	const { scaling_factor: scale } = await readJsonObject(files, folder + SCALER);
	if (typeof scale === "number" && scale > 0 && Number.isFinite(scale)) return scale;
	const found = JSON.stringify(scale ?? null).slice(0, 80);
	throw saeConfigInvalid(placeOf(files, folder + SCALER), "scaling_factor", found, "a positive number");
}
// src/sae/layouts/sparsify.ts
/**
* @file EleutherAI's sparsify: `HOOKPOINT/cfg.json` beside sae.safetensors with encoder.weight (d_sae, d_in), encoder.bias, W_dec (d_sae, d_out),
* b_dec and, with a skip connection, W_skip (d_out, d_in).
*
* b_dec is taken off the input unless it transcodes. topk: the k largest; groupmax: the largest of each of k groups. multi_topk
* is of the loss in training only. Hookpoints are names of Hugging Face's modules: what they give, and of a transcoder
* what goes into an MLP and comes out of it.
*/
const NAMES = {
	W_enc: {
		name: "encoder.weight",
		stored: "transposed"
	},
	b_enc: "encoder.bias",
	W_dec: {
		name: "W_dec",
		stored: "as wanted"
	},
	b_dec: ["b_dec"]
};
const sparsify = {
	name: "EleutherAI sparsify",
	layout: "`sae.safetensors`, `cfg.json`",
	reads: "top-k and groupmax, transcoders with and without skip; places by names of Hugging Face’s modules",
	weights: (names) => named(names, "sae.safetensors"),
	open
};
async function open(found) {
	const { files, weights: name } = found;
	const folder = folderOf(name);
	const place = placeOf(files, `${folder}cfg.json`);
	const cfg = await readJsonObject(files, `${folder}cfg.json`);
	const { activation = "topk" } = cfg;
	if (activation !== "topk" && activation !== "groupmax") throw saeUnsupported(place, `activation ${JSON.stringify(activation)}`);
	if (cfg.signed === true) throw saeUnsupported(place, "top-k of absolute values");
	const transcodes = cfg.transcode === true;
	const file = {
		files,
		name,
		config: "cfg.json"
	};
	const { size, W_enc, b_enc, b_dec } = await withTensors(file, (tensors) => readNamed(tensors, NAMES));
	checkSizes(place, cfg, size.d_in, size.d_sae);
	const activatesBy = rowRule({
		file: place,
		key: "k"
	}, activation, cfg.k, size.d_sae);
	const { reads, predicts } = hooksOf(found, transcodes, place);
	return await dictionaryOf(found, {
		architecture: activation,
		reads,
		predicts,
		weights: {
			size,
			encoder: {
				activatesBy,
				W_enc,
				b_enc,
				threshold: null
			},
			b_dec
		},
		applyBDecToInput: !transcodes,
		claims: {
			...NO_CLAIMS,
			l0: activatesBy.k
		},
		W_dec: () => withTensors(file, (tensors) => readDecoderNamed(tensors, NAMES, size, b_dec.length)),
		W_skip: () => withTensors(file, async (tensors) => {
			if (!tensors.table.entries.has("W_skip")) return null;
			return await readMatrix(tensors, {
				name: "W_skip",
				stored: "transposed"
			}, [size.d_in, b_dec.length], size);
		})
	});
}
/** The folder's name says the module; a transcoder's input is the module's. */
function hooksOf(found, transcodes, place) {
	const module = place.replaceAll("\\", "/").split("/").at(-2) ?? "";
	const output = hookOfModule(module);
	if (!transcodes) {
		const reads = chooseHook(found.config, output === null ? null : module, place);
		return {
			reads,
			predicts: reads
		};
	}
	const isMlp = output?.name === "mlp.hook_out";
	const reads = chooseHook(found.config, isMlp ? `blocks.${output.layer}.mlp.hook_in` : null, place);
	return {
		reads,
		predicts: hookAt(`blocks.${reads.layer}.mlp.hook_out`, place)
	};
}
/** num_latents 0 means d_in · expansion_factor. */
function checkSizes(place, cfg, d_in, d_sae) {
	const expansion = typeof cfg.expansion_factor === "number" ? cfg.expansion_factor : null;
	const wanted = (typeof cfg.num_latents === "number" && cfg.num_latents > 0 ? cfg.num_latents : null) ?? (expansion === null ? null : d_in * expansion);
	if (typeof cfg.d_in === "number" && cfg.d_in !== d_in) throw saeConfigInvalid(place, "d_in", String(cfg.d_in), `${d_in}, as the tensors have it,`);
	if (wanted !== null && wanted !== d_sae) throw saeConfigInvalid(place, "num_latents", String(wanted), `${d_sae}, as the tensors have it,`);
}
// src/sae/layouts/index.ts
const LAYOUTS = [
	saeLens,
	gemmaScope,
	gemmaScope2,
	dictionaryLearning,
	qwenScope,
	sparsify,
	llamaScope,
	openMoss,
	perLayerTranscoder,
	crossLayerTranscoder,
	plainPytorch
];
// src/sae/patterns.ts
/**
* @file Specs that stand for several dictionaries: wildcards in a path, and `canonical` at its end, which of a folder of Gemma Scope
* is the dictionary whose average L0 is nearest to 100, as SAELens and Neuronpedia chose.
*/
const CANONICAL = /\/canonical\/?$/;
/** A path on this machine may hold such characters and mean them: whether it is there is for the caller to look at. */
function isSaePattern(spec) {
	return isGlob(spec) || CANONICAL.test(spec);
}
/** The folder below which everything lies that a pattern may stand for. */
function patternRoot(pattern) {
	const plain = pattern.replace(CANONICAL, "/*");
	const folder = globFolder(plain);
	return folder === "" ? plain.startsWith("/") ? "/" : "." : folder;
}
/**
* The dictionaries among `names` (below the root) that a pattern stands for, as specs, by layer. Throws RangeError for a pattern
* beyond all bounds.
*/
function patternMatches(pattern, names) {
	const root = patternRoot(pattern);
	const prefix = root === "." && !pattern.startsWith("./") ? "" : root === "/" ? "/" : `${root}/`;
	const isCanonical = CANONICAL.test(pattern);
	const found = globbed(isCanonical ? pattern.replace(CANONICAL, "/average_l0_*") : pattern.replace(/\/$/, ""), [...new Set(weightsAmong(names).flatMap(placesOf))].map((place) => prefix + place));
	return (isCanonical ? canonicalOf(found) : [...found]).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
/** Weights of any layout; files of PyTorch and npz are recognised by name alone only where they lie alone. */
function weightsAmong(names) {
	const alone = names.filter((name) => /\.(?:npz|pt|pth)$/.test(name));
	return [...LAYOUTS.flatMap((layout) => layout.weights(names)), ...alone];
}
/** A weights file, and every folder that it lies in: a spec may end at any of them. */
function placesOf(weights) {
	const parts = weights.split("/");
	return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}
/** What is nearest to when neither this project nor SAELens chose. */
const TYPICAL_L0 = 100;
/** Of each folder one. Equally near ones: the smaller. */
function canonicalOf(places) {
	const byFolder = /* @__PURE__ */ new Map();
	for (const place of places) {
		const [, folder = "", l0 = ""] = /^(.*)\/average_l0_(\d{1,6})$/.exec(place) ?? [];
		if (l0 !== "") byFolder.set(folder, [...byFolder.get(folder) ?? [], Number(l0)]);
	}
	return [...byFolder].map(([folder, l0s]) => {
		const known = chosenL0(folder);
		const nearest = l0s.reduce((best, l0) => {
			const [a, b] = [Math.abs(l0 - TYPICAL_L0), Math.abs(best - TYPICAL_L0)];
			return a < b || a === b && l0 < best ? l0 : best;
		});
		return `${folder}/average_l0_${known !== null && l0s.includes(known) ? known : nearest}`;
	});
}
/** `…gemma-scope-2b-pt-res/layer_12/width_16k` → 82; null: not in the table. */
function chosenL0(folder) {
	const [, release = "", layer = "", width = ""] = /(gemma-scope-[a-z0-9-]+)(?:@[^/]*)?\/layer_(\d{1,3})\/width_(\w+)$/.exec(folder) ?? [];
	return CANONICAL_L0[release]?.[width]?.[Number(layer)] || null;
}
// src/onnx/runtime/cuda-libraries.ts
/**
* @file Which of the libraries that the CUDA provider needs are likely missing: told before a download of 300 MB, and where the
* provider does not load, because onnxruntime then does not say which one it was.
*
* Best effort: the folders of glibc's loader (ld.so(8)) are looked into: LD_LIBRARY_PATH, /etc/ld.so.conf.d, the system's
* own. The loader's cache is not read, ldconfig is not run, nothing is loaded. `saegate doctor` knows for sure.
*/
/** Where a library comes from, by the beginning of its name. */
const SOURCES = [
	["libcuda.so", "NVIDIA driver"],
	["libcudart", "CUDA"],
	["libcublas", "CUDA"],
	["libcufft", "CUDA"],
	["libcurand", "CUDA"],
	["libnvrtc", "CUDA"],
	["libcudnn", "cuDNN"]
];
/** What the provider for CUDA 12 is linked with, as far as it is known before it is there. */
const EXPECTED = [
	"libcuda.so.1",
	"libcudart.so.12",
	"libcublas.so.12",
	"libcublasLt.so.12",
	"libcufft.so.11"
];
/** Opened by name when the first operator asks for it, so that no header tells of it. */
const OPENED_LATER = "libcudnn.so.9";
/** The same libraries of the CUDA that follows. */
const NEIGHBOURS = /* @__PURE__ */ new Map([["libcudart.so.12", "libcudart.so.13"], ["libcublas.so.12", "libcublas.so.13"]]);
const SYSTEM_FOLDERS = [
	"/lib/x86_64-linux-gnu",
	"/usr/lib/x86_64-linux-gnu",
	"/lib64",
	"/usr/lib64",
	"/lib",
	"/usr/lib"
];
/** Where NVIDIA's installers put CUDA without telling the loader. */
const CUDA_FOLDERS = [
	"/usr/local/cuda/lib64",
	"/usr/local/cuda-12/lib64",
	"/opt/cuda/lib64"
];
/** `provider`: the library itself, whose header says what it needs; where it is not there yet, what is expected of it. */
function findCudaLibraries({ libraryPath, root = "" }, provider = null) {
	const nvidias = (provider === null ? null : neededLibraries(provider))?.filter((name) => sourceOf(name) !== null) ?? EXPECTED;
	const needed = [.../* @__PURE__ */ new Set([...nvidias, OPENED_LATER])];
	const searched = [...(libraryPath ?? "").split(":").filter((folder) => folder !== ""), ...[...configuredFolders(root), ...SYSTEM_FOLDERS].map((folder) => root + folder)];
	const others = CUDA_FOLDERS.map((folder) => root + folder).filter((folder) => !searched.includes(folder));
	const everywhere = [
		...searched,
		...others,
		`${root}/usr/local/cuda-13/lib64`
	];
	const lost = needed.filter((name) => !hasFile(searched, name));
	return {
		missing: lost.filter((name) => !hasFile(others, name)).map((name) => `${name} (${sourceOf(name)})`),
		unsearched: others.filter((folder) => lost.some((name) => hasFile([folder], name))),
		otherVersions: lost.flatMap((name) => NEIGHBOURS.get(name) ?? []).filter((name) => hasFile(everywhere, name))
	};
}
/** Null: not of NVIDIA. The version behind `.so.` is CUDA's own for these three. */
function sourceOf(name) {
	const from = SOURCES.find(([begins]) => name.startsWith(begins))?.[1];
	if (from === void 0) return null;
	const version = /^lib(?:cudart|cublas|cublasLt|cudnn)\.so\.(\d+)/.exec(name)?.[1];
	return version === void 0 ? from : `${from} ${version}`;
}
const hasFile = (folders, name) => folders.some((folder) => existsSync(join(folder, name)));
/** /etc/ld.so.conf does nothing but include this folder on every distribution with CUDA packages. */
function configuredFolders(root) {
	const folder = `${root}/etc/ld.so.conf.d`;
	try {
		return readdirSync(folder).filter((file) => file.endsWith(".conf")).flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n")).map((line) => line.replace(/#.*/, "").trim()).filter((line) => line.startsWith("/"));
	} catch {
		return [];
	}
}
export { share as $, isCountedPositions as $n, DEGREES_RULE as $t, snappyUncompress as A, todayInvalid as An, columnsOf as At, EdgeInterpolationAlgorithms as B, nullCheckFailed as Bn, median as Bt, exactEncoderBias as C, policyKeyUnknown as Cn, correlations as Ct, parquetRead as D, policyRuleRepeated as Dn, addCandidateTile as Dt, isGlob as E, policyRuleInvalid as En, addCandidateMoments as Et, isListLike as F, captureNotFinite as Fn, firingRates as Ft, hashParquetValue as G, spillFailed as Gn, difference as Gt, FieldRepetitionTypes as H, residualsAlike as Hn, quantileOfSorted as Ht, isMapLike as I, digestUnexpected as In, groupTotals as It, bias as J, AUDIT_OPTIONS as Jn, knownOf as Jt, askedOf as K, auditOptions as Kn, intervalOf as Kt, BoundaryOrders as L, diskTooSmall as Ln, meanActivations as Lt, parquetMetadata as M, badFit as Mn, deadFeatures as Mt, parquetSchema as N, candidateIsReference as Nn, emptyCandidateMoments as Nt, parquetReadObjects as O, policyThresholds as On, addReferenceMoments as Ot, getMaxDefinitionLevel as P, candidateRotated as Pn, emptyReferenceMoments as Pt, nullableString as Q, MOST_SKIPPED as Qn, studentQuantile as Qt, CompressionCodecs as R, lanesInvalid as Rn, meanFiring as Rt, encoderBias as S, policyInvalid as Sn, candidateColumns as St, globbed as T, policyReference as Tn, activeFeatures as Tt, PageTypes as U, rotationAtRunTime as Un, neighbourCorrelation as Ut, Encodings as V, positionsLeaveNothing as Vn, quantile as Vt, ParquetTypes as W, rotationInexact as Wn, bareEstimate as Wt, interval as X, ACTION_OPTIONS as Xn, ofCorrelations as Xt, fileDigests as Y, CONFIG_NAME as Yn, logOdds as Yt, nullableNumber as Z, COUNTED_POSITIONS as Zn, plain as Zt, saeWidth as _, comparableOf as _n, classesOf as _t, LAYOUTS as a, samplingOf as an, ANYTHING as ar, perplexityChange as at, folderOf as b, policyException as bn, featureReplicates as bt, isInStream as c, groupCount as cn, EVERY_RECORD as cr, tailDivergence as ct, saeHookLayer as d, canHalve as dn, datasetPart as dr, quantileBounds as dt, RESAMPLING_METHOD as en, leftOut as er, verdict as et, saeHookParallel as f, classOf$1 as fn, namedPart as fr, classFraction as ft, saeUnsupported as g, thresholdsOf as gn, singleCorrelation as gt, saePatternTooMany as h, isActive as hn, quantileOf as ht, patternRoot as i, methodOf as in, isCudaDevice as ir, meanDivergence as it, toJson as j, watchlistInvalid as jn, countedPositions as jt, parquetHeader as k, policyUnknown as kn, addReferenceTile as kt, RELEASES as l, groupOfEach as ln, corpusParts as lr, top1Agreement as lt, saePatternEmpty as m, firingRate as mn, visibleDevice as mr, meanOf as mt, isSaePattern as n, fewestGroups as nn, CUDA_DEVICE as nr, summarizeFeatures as nt, scaleRows as o, dealGroups as on, DEFAULT_CONFIDENCE as or, summarizeDivergence as ot, saeNotFound as p, countedRho as pn, nvidiaDevices as pr, correlationIntervals as pt, askedSchema as q, optionNamed as qn, isUnpaired as qt, patternMatches as r, groupsOfReplicates as rn, cudaIndex as rr, candidatePerplexity as rt, hookName as s, equalGroupSizes as sn, DEFAULT_THRESHOLDS as sr, summarizePerplexity as st, findCudaLibraries as t, VALUE_ALONE as tn, skipping as tr, require_dist as tt, saeAmbiguous as u, typicalDocument as un, corpusRepositories as ur, countsAbove as ut, saesModelUnknown as v, comparisonWarnings as vn, meanCorrelation as vt, globFolder as w, policyNoRules as wn, definedOrZero as wt, decoderNorms as x, policyExtends as xn, filledHalf as xt, readNpy as y, requireComparable as yn, correlationAccuracy as yt, ConvertedTypes as z, modelTooLarge as zn, meanSquares as zt };
