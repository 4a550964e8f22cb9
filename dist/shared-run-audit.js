import { p as writeRefused, r as systemErrorCode } from "./shared-file.js";
import { n as visible } from "./shared-visible.js";
import { t as SaegateError } from "./shared-problem.js";
import { n as limitProblem, t as endedWithin } from "./shared-system-limits.js";
import { a as temporaryPathIn, l as writeProblem, s as writeFileWhole, t as beginFile } from "./shared-atomic.js";
import { n as engineDied, r as interrupted } from "./shared-engine.js";
import { b as saeOrNone, g as nothingMeasured, m as corpusSplit, v as optionRepeated, y as optionsMissing } from "./shared-recomputed.js";
import { t as hubSpecOf } from "./shared-hub-urls.js";
import { C as corpusRepositories, T as namedPart, c as policyExtends, d as policyNoRules, f as policyReference, g as policyUnknown, h as policyThresholds, i as comparableOf, p as policyRuleInvalid, s as policyException, v as watchlistInvalid, w as datasetPart } from "./shared-readout-scope.js";
import { M as DEFAULT_CONFIDENCE, N as DEFAULT_THRESHOLDS, P as EVERY_RECORD, y as AUDIT_OPTIONS } from "./shared-causal-schema.js";
import { A as readBoolean, C as outIsFile, F as readPerplexity, I as readPositions, L as readSha256, M as readCount, N as readDevice, P as readMatched, R as readSize, a as loadReportOnce, c as readReportText, d as featureTableParquet, f as replicatesParquet, h as reportJson, j as readChoice, k as checkSliding, l as readSmallText, m as parseReport, z as readText } from "./shared-version.js";
import { G as methodOf, U as fewestGroups } from "./shared-losses.js";
import { n as exitStatus } from "./shared-verdict.js";
import { c as parsePolicyFile, i as requireShortWaivers, l as POLICY_DEFAULTS, n as watchedFeatures, t as judge } from "./shared-judge.js";
import { _ as untilDecidedImpossible, a as digestUnexpected } from "./shared-audit.js";
import { t as makeFolder } from "./shared-make-folder.js";
import { B as shortHash, C as subject, F as number, G as smallDigits, H as signed, I as percent, K as NO_SHARE, L as percentInterval, M as decimal, N as decimalInterval, O as render, P as duration, Q as limitOf, S as headline, T as capital, U as signedInterval, V as shortLimit, W as signedPercent, X as bySeverity, Y as baselineOf, Z as evidenceOf, _ as kindRows, a as ranking, at as shownPerplexity, c as methodWords, d as coursesByLayer, et as neuronpediaUrl, f as moreTables, g as confidenceRows, h as KIND_HEADER, it as rulesToSee, j as count, k as bar, l as computingRows, m as CONFIDENCE_HEADER, n as survivalLine, nt as readoutOf, p as leastSurvivedOf, q as activeReadouts, rt as referencePerplexity, s as reproduceCommand, st as worstFeatures, t as bytesWords, tt as ofActive, u as perplexityNotes, v as worstKindOf, y as worstKindSentence, z as ruleText } from "./shared-shown.js";
import { n as temporariesIn, t as removeDeadTemporaries } from "./shared-leftovers.js";
import { i as shardName } from "./shared-shard-number.js";
import { t as FarSide } from "./shared-far-side.js";
import { n as programFile, t as isBundled } from "./shared-program-file.js";
import { t as present } from "./shared-present.js";
import { c as hubIdentityElsewhere, l as hubIdentityMissing, u as hubIdentityRefused } from "./shared-pinned-files.js";
import { t as isHubSpec } from "./shared-hub-spec.js";
import { i as isOciSpec } from "./shared-oci-spec.js";
import { a as isLoopback, o as environmentFetch, r as hubEndpoint, t as THE_HUB } from "./shared-hub-settings.js";
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync } from "node:fs";
import { lstat, readdir, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fork } from "node:child_process";
// src/contract/request/given.ts
/** @file One option at a time, as it was given at the call, else in saegate.yaml, else the default of the table of options. */
const rowOf = (name) => AUDIT_OPTIONS[name];
/** What a message calls an option. */
const labelOf = ({ origin }, name) => {
	const { flag, input, key } = rowOf(name);
	if (origin === "key") return key ?? name;
	return origin === "flag" ? flag ?? name : `input ${input ?? name}`;
};
/** Where saegate.yaml says an option; empty where it does not. */
const pathOf = (name) => rowOf(name).key?.split(".") ?? [];
/** The scalar at a path; undefined where there is none. */
function scalarAt(values, path) {
	let found = values;
	for (const key of path) {
		if (typeof found !== "object" || found === null) return void 0;
		found = Object.entries(found).find(([name]) => name === key)?.[1];
	}
	return typeof found === "string" || typeof found === "number" || typeof found === "boolean" ? found : void 0;
}
/** Reads each option from the call, else from the file, else from the table. */
function reader(overrides, file) {
	const inFile = (name) => scalarAt(file?.values, pathOf(name));
	const scalar = (name, fromFile = inFile(name)) => {
		const written = overrides.values[name];
		const label = labelOf(overrides, name);
		if (typeof written === "object") {
			if (written.length > 1) throw optionRepeated(label, written.length);
			return written[0] === void 0 ? null : {
				where: label,
				value: written[0]
			};
		}
		if (written !== void 0) return {
			where: label,
			value: written
		};
		return fromFile === void 0 || file === null ? null : {
			where: file.where(pathOf(name)),
			value: fromFile
		};
	};
	return {
		text(name, fromFile) {
			const found = scalar(name, fromFile);
			return found === null ? null : hubSpecOf(readText(found.where, found.value, rowOf(name).type));
		},
		boolean(name, row) {
			const found = scalar(name);
			return found === null ? row.default : readBoolean(found.where, found.value, row.type);
		},
		choice(name, row, absent = row.default) {
			const found = scalar(name);
			return found === null ? absent : readChoice(found.where, found.value, row.type.choices);
		},
		choiceOrNone(name, row) {
			const found = scalar(name);
			return found === null ? row.default : readChoice(found.where, found.value, row.type.choices);
		},
		count(name, row) {
			const found = scalar(name);
			return found === null ? row.default : readCount(found.where, found.value, row.type);
		},
		/** null: all. */
		countOrAll(name, row) {
			const found = scalar(name);
			return found === null ? row.default : readCount(found.where, found.value, row.type);
		},
		size(name, row) {
			const found = scalar(name);
			return found === null ? row.default : readSize(found.where, found.value, row.type);
		},
		list(name, fromFile) {
			const written = overrides.values[name];
			return (written === void 0 ? fromFile ?? [] : typeof written === "object" ? written : [written]).map((value) => hubSpecOf(readText(labelOf(overrides, name), value, rowOf(name).type)));
		},
		given: (name) => overrides.values[name] !== void 0,
		scalar
	};
}
// src/contract/request/audit-request.ts
/**
* @file Flags (or action inputs) and saegate.yaml, merged into one audit: what is given at the call overrides the file,
* the file overrides the defaults. Pure: the file is already read, and nothing named here is opened.
*
* Choices, bounds and defaults are those of the table of options. Thresholds and confidence are the policy's business;
* here they have its defaults, for audits without a policy.
*/
/** Throws OPTION_*, SAE_OR_NONE and NOTHING_MEASURED with flag, input or file:line:column, the value and what is allowed. */
function resolveRequest(overrides, file) {
	const given = reader(overrides, file);
	const said = subjects(given, overrides, file);
	const perplexity = perplexityOf(given, file);
	if (said.saes.length === 0 && !perplexity.chunked && perplexity.sliding === null) throw nothingMeasured();
	return {
		...said,
		tokenizer: given.text("tokenizer"),
		perplexity,
		matchTokens: matchTokensOf(given),
		calibration: {
			source: given.text("calibration"),
			tokens: given.count("calibrationTokens", AUDIT_OPTIONS.calibrationTokens)
		},
		positions: positionsOf(given),
		activations: given.choice("activations", AUDIT_OPTIONS.activations),
		thresholds: DEFAULT_THRESHOLDS,
		confidence: DEFAULT_CONFIDENCE,
		explain: given.count("explain", AUDIT_OPTIONS.explain),
		groups: given.count("groups", AUDIT_OPTIONS.groups),
		device: deviceOf(given),
		precision: given.choice("precision", AUDIT_OPTIONS.precision),
		threads: given.count("threads", AUDIT_OPTIONS.threads),
		memoryBytes: given.size("memory", AUDIT_OPTIONS.memory),
		weights: given.choice("weights", AUDIT_OPTIONS.weights),
		streamRows: given.choice("streamRows", AUDIT_OPTIONS.streamRows),
		...given.boolean("untilDecided", AUDIT_OPTIONS.untilDecided) ? { untilDecided: true } : {},
		...capturesOf(given),
		unrotate: given.boolean("unrotate", AUDIT_OPTIONS.unrotate),
		rescale: given.boolean("rescale", AUDIT_OPTIONS.rescale),
		tap: given.text("tap"),
		lossRecovered: given.boolean("lossRecovered", AUDIT_OPTIONS.lossRecovered),
		newFeatures: given.boolean("newFeatures", AUDIT_OPTIONS.newFeatures),
		survivalByKind: given.boolean("survivalByKind", AUDIT_OPTIONS.survivalByKind),
		latentScaling: given.boolean("latentScaling", AUDIT_OPTIONS.latentScaling),
		nullCheck: given.boolean("nullCheck", AUDIT_OPTIONS.nullCheck),
		noiseFloor: given.choice("noiseFloor", AUDIT_OPTIONS.noiseFloor),
		noiseNull: given.boolean("noiseNull", AUDIT_OPTIONS.noiseNull),
		allowBadFit: given.boolean("allowBadFit", AUDIT_OPTIONS.allowBadFit),
		policy: policyOf(given),
		baseline: given.text("baseline"),
		out: given.text("out") ?? AUDIT_OPTIONS.out.default,
		config: file?.name ?? null,
		expected: expectedOf(overrides),
		expectPolicy: digestsOf(overrides, "expectPolicy")
	};
}
/** Of the call alone: a file that a pull request brings has no say in what is expected. */
function digestsOf(overrides, name) {
	const written = overrides.values[name] ?? [];
	return (typeof written === "object" ? written : [written]).map((text) => readSha256(labelOf(overrides, name), text));
}
const expectedOf = (overrides) => ({
	reference: digestsOf(overrides, "expectReference"),
	saes: digestsOf(overrides, "expectSae"),
	corpus: digestsOf(overrides, "expectCorpus"),
	candidates: digestsOf(overrides, "expectCandidate")
});
function subjects(given, overrides, file) {
	const reference = given.text("reference");
	const candidates = given.list("candidate", file?.values.candidates);
	const saes = saesOf(given, overrides, file);
	const corpus = corpusOf(given, file);
	const found = {
		reference,
		candidate: candidates[0],
		sae: saes,
		corpus
	};
	if (reference === null || corpus === null || found.candidate === void 0 || saes === null) throw optionsMissing([
		"reference",
		"candidate",
		"sae",
		"corpus"
	].filter((name) => !found[name]).map((name) => labelOf(overrides, name)), file?.name ?? null);
	return {
		reference,
		candidates,
		saes,
		corpus
	};
}
function deviceOf(given) {
	const { type, default: absent } = AUDIT_OPTIONS.device;
	const found = given.scalar("device");
	return found === null ? absent : readDevice(found.where, found.value, type);
}
function capturesOf(given) {
	const bytes = given.size("captureCacheSize", AUDIT_OPTIONS.captureCacheSize);
	if (bytes === null) return {};
	return { captures: {
		bytes,
		rows: given.choice("captureRows", AUDIT_OPTIONS.captureRows)
	} };
}
function matchTokensOf(given) {
	const { type, default: absent } = AUDIT_OPTIONS.matchTokens;
	const found = given.scalar("matchTokens");
	return found === null ? {
		where: "held-out",
		tokens: absent
	} : readMatched(found.where, found.value, type);
}
function positionsOf(given) {
	const { type, default: absent } = AUDIT_OPTIONS.positions;
	const found = given.scalar("positions");
	return found === null ? absent : readPositions(found.where, found.value, type);
}
/** Said in place of SAEs: perplexity and KL alone. */
const NO_SAE = "none";
/** --hook and --center speak for every SAE. Null: nothing is said of SAEs, not even that there are none. Throws SAE_OR_NONE. */
function saesOf(given, overrides, file) {
	const inFile = (file?.values.saes ?? []).map((sae) => typeof sae === "string" ? { source: sae } : sae);
	const isGiven = given.given("sae");
	const sources = isGiven ? given.list("sae", []).map((source) => ({ source })) : inFile;
	if (sources.length === 0) return null;
	if (sources.some(({ source }) => source === NO_SAE)) {
		const where = isGiven || file === null ? labelOf(overrides, "sae") : file.where(["saes"]);
		if (sources.length > 1) throw saeOrNone(where);
		return [];
	}
	const hook = given.text("hook");
	const center = given.boolean("center", AUDIT_OPTIONS.center);
	return sources.map((sae) => ({
		source: hubSpecOf(sae.source),
		hook: hook ?? sae.hook ?? null,
		center: center ?? sae.center ?? null
	}));
}
/** `wikitext-2` and split `test` are `wikitext-2:test`. Throws CORPUS_SPLIT for a file, which has none. */
function namedCorpus({ values, where }) {
	const { corpus } = values;
	if (corpus === void 0 || typeof corpus === "string") return corpus;
	if (corpus.split === void 0) return corpus.source;
	if (namedPart(corpus.source) !== null) return `${corpus.source}:${corpus.split}`;
	if (datasetPart(corpus.source) !== null) return `${corpus.source}/${corpus.split}`;
	throw corpusSplit(where(["corpus", "split"]), corpus.split, corpus.source);
}
/** The split is the file's own: a corpus given at the call names its split itself. */
function corpusOf(given, file) {
	const written = file?.values.corpus;
	const named = file === null || given.given("corpus") ? void 0 : namedCorpus(file);
	const source = given.text("corpus", named ?? (typeof written === "string" ? written : written?.source));
	if (source === null) return null;
	const { lines } = AUDIT_OPTIONS;
	const isOfLines = namedPart(source)?.corpus.records === "lines";
	return {
		source,
		lines: given.choice("lines", lines, isOfLines ? "nonempty" : lines.default),
		lineEnds: given.choiceOrNone("lineEnds", AUDIT_OPTIONS.lineEnds),
		tokens: given.countOrAll("tokens", AUDIT_OPTIONS.tokens),
		blockLength: given.count("blockLength", AUDIT_OPTIONS.blockLength),
		bos: given.choice("bos", AUDIT_OPTIONS.bos),
		records: {
			field: given.text("field"),
			template: given.boolean("template", AUDIT_OPTIONS.template),
			subset: given.count("subset", AUDIT_OPTIONS.subset),
			seed: given.count("seed", AUDIT_OPTIONS.seed) ?? EVERY_RECORD.seed
		}
	};
}
/** In the file a mapping of protocols is a third way to say it, beside the text that flags and inputs take. */
function perplexityOf(given, file) {
	const { type, default: absent } = AUDIT_OPTIONS.perplexity;
	const text = given.scalar("perplexity");
	if (text !== null) return readPerplexity(text.where, text.value, type);
	const inFile = file?.values.perplexity;
	if (file === null || typeof inFile !== "object") return absent;
	const { chunked = absent.chunked, sliding = null } = inFile;
	if (sliding === null || sliding === false) return {
		chunked,
		sliding: null
	};
	if (sliding === true) return {
		chunked,
		sliding: type.sliding
	};
	return {
		chunked,
		sliding: checkSliding(file.where(["perplexity", "sliding"]), sliding)
	};
}
/** `none` is said where nothing is to be judged. */
const NO_POLICY = "none";
function policyOf(given) {
	const policy = given.text("policy");
	return policy === NO_POLICY ? null : policy;
}
/** A policy was named, or that there is none to be. */
const isPolicySaid = ({ values }, file) => (values.policy ?? file?.values.policy) !== void 0;
/** The same merge for `gate` and for the action's `report` input, where nothing is measured and no subject is needed. */
function resolveJudging(overrides, file) {
	const given = reader(overrides, file);
	return {
		policy: policyOf(given),
		baseline: given.text("baseline"),
		out: given.text("out") ?? AUDIT_OPTIONS.out.default,
		config: file?.name ?? null,
		expected: expectedOf(overrides),
		expectPolicy: digestsOf(overrides, "expectPolicy")
	};
}
// policies/default.yaml
var default_default = "# The policy for most releases. It keeps the features, and does not ask for more than a good 8-bit or 7-bit scheme gives.\n# Copy it, or start yours with `extends: default`. `saegate policy explain default` says all of it in words.\nversion: 1\nname: default\ndescription: Most features survive, none to speak of is damaged, and perplexity stays close to the reference's.\n\n# The classes of the method (arXiv 2606.03002): a feature survives when its activations in the candidate correlate with those\n# in the reference at 0.90 or more, and is damaged below 0.50. Active: it fires at more than one position in a thousand of the\n# reference's text; below that, 200,000 tokens hold fewer than 200 firings and a correlation says little.\nfeatures: {survived: 0.90, damaged: 0.50, active: 0.001}\n\n# 19 times in 20 the interval is to hold what more text of the same kind would show; in simulation it did so 97 times\n# in 100 on average, 87 to 100 by figure and setting (docs/statistics.md, What they cover). A rule decides on the whole interval.\nconfidence: 0.95\n\n# An interval across the limit is no pass: measure more tokens (the report says how many), or move the limit on purpose.\nonInconclusive: fail\n\n# Dissociation: perplexity says fine (at most 2 % worse: the change people wave through), yet fewer than 90 % of the features\n# survive.\ndissociation: {perplexityDeltaPercent: 2.0, survived: 0.90}\n\nrules:\n  # In the method's measurements on Pythia-70M and Gemma-2-2B, simulated INT8 kept 98-99 % of the features, INT7 81-86 %,\n  # INT6 51-62 %. 80 % lets 7 bits pass and stops 6.\n  - {id: feature-survival, metric: features.survived, at: 0.90, min: 0.80}\n\n  # Damaged means unrecognisable. INT8 and INT7 damaged none there, INT6 up to 1.0 %, INT5 6-13 %: more than 1 % is too many.\n  # At 200,000 tokens the interval reaches 0.25 points to either side of 1 %, bias from finite text included: what is measured has\n  # to be below three quarters of that to pass (docs/statistics.md, The shipped policies at their limits). With fewer tokens it is wider.\n  - {id: no-damage, metric: features.damaged, max: 0.01}\n\n  # The same 2 % as above. Perplexity alone can improve while features go, so this rule never stands alone.\n  - {id: perplexity, metric: perplexity.chunked.deltaPercent, max: 2.0}\n\n  # Shown, not failed: survival above has the last word here. The strict policy makes it an error.\n  - {id: dissociation, metric: dissociation, equals: false, level: warning}\n";
// policies/research.yaml
var research_default = "# For studies: everything is measured and shown, nothing fails. Also for the first weeks in a repository, to learn what is normal.\nversion: 1\nname: research\ndescription: The method's own thresholds as landmarks. Reports which candidates would pass; never fails.\n\n# Reports, never fails.\ninformational: true\n\n# The method's classes (arXiv 2606.03002).\nfeatures: {survived: 0.90, damaged: 0.50, active: 0.001}\n\n# The usual level of published intervals.\nconfidence: 0.95\n\n# An interval across a landmark is a finding here, not a failure.\nonInconclusive: warn\n\n# As in the default policy, so that flags compare.\ndissociation: {perplexityDeltaPercent: 2.0, survived: 0.90}\n\nrules:\n  # Landmarks of the default policy: by these two a candidate would pass or fail. All else is shown beside them.\n  - {id: feature-survival, metric: features.survived, at: 0.90, min: 0.80}\n  - {id: no-damage, metric: features.damaged, max: 0.01}\n\n  # Looser and stricter definitions of survival, as in the method's sensitivity table: 0.80 and 0.95 are its ends.\n  - {id: survival-at-080, metric: features.survived, at: 0.80, min: 0.80, level: warning}\n  - {id: survival-at-095, metric: features.survived, at: 0.95, min: 0.80, level: warning}\n\n  # Survival of the features in use: counted by how often they fire.\n  - {id: survival-in-use, metric: features.survived, weight: firing-rate, min: 0.80, level: warning}\n\n  # Half of the features above the survival threshold, and all but the worst twentieth above the damage threshold.\n  - {id: median-correlation, metric: features.medianCorrelation, min: 0.90, level: warning}\n  - {id: weakest-features, metric: features.correlation, quantile: 0.05, min: 0.50, level: warning}\n\n  # Behaviour: 2 % of perplexity, 0.1 nats of mean KL, the same top token 9 times in 10.\n  - {id: perplexity, metric: perplexity.chunked.deltaPercent, max: 2.0, level: warning}\n  - {id: divergence, metric: divergence.klMean, max: 0.1, level: warning}\n  - {id: agreement, metric: divergence.top1Agreement, min: 0.90, level: warning}\n  - {id: dissociation, metric: dissociation, equals: false, level: warning}\n";
// policies/strict.yaml
var strict_default = "# For models whose features people rely on: steering, monitoring, published interpretability work.\nversion: 1\nname: strict\ndescription: Nearly every feature survives, none that is in use is damaged, and dissociation fails the gate.\nextends: default\n\n# Intervals for 99 in 100 rather than 95: half again as wide or more, so plan for more tokens. At a limit of the rules on features a\n# simulated model passed or failed falsely 0 to 2 times of 100 (docs/statistics.md, The shipped policies at their limits).\nconfidence: 0.99\n\n# Tighter than default's 2 % and 90 %: what looks this good must be this good.\ndissociation: {perplexityDeltaPercent: 1.0, survived: 0.95}\n\nrules:\n  # Simulated INT8 kept 98-99 % of the features in arXiv 2606.03002; INT7 (81-86 %) does not pass.\n  - {id: feature-survival, metric: features.survived, at: 0.90, min: 0.95}\n\n  # One in a thousand: room for a few odd features, none for a group of them. At 200,000 tokens the interval reaches 0.10 points to\n  # either side there, so what passes measures a small part of the limit (docs/statistics.md, The shipped policies at their limits).\n  - {id: no-damage, metric: features.damaged, max: 0.001}\n\n  # The same for features weighted by how often they fire, so that rare ones do not outvote those in use. How often they fire is taken\n  # as measured: with few long documents such intervals hold the truth less often than others (docs/statistics.md, What they cover).\n  - {id: features-in-use, metric: features.survived, weight: firing-rate, min: 0.95}\n\n  # The worst twentieth of the features: even there ρ stays above 0.80.\n  - {id: weakest-features, metric: features.correlation, quantile: 0.05, min: 0.80}\n\n  # INT8 changed perplexity by 1.0-2.6 % in simulation; schemes in use stay below 1 %.\n  - {id: perplexity, metric: perplexity.chunked.deltaPercent, max: 1.0}\n\n  # Mean KL in nats per token sees changes that perplexity averages away. Rounding this project's small fixture model costs\n  # 0.003 at 8 bits, 0.014 at 7 and 0.063 at 6.\n  - {id: divergence, metric: divergence.klMean, max: 0.02}\n\n  # Against --baseline, when there is one. Both are measured on the same text, so the difference is known better than either: in\n  # simulation, at 200,000 tokens, to 0.9 points where survival itself is known to 2.8 (docs/statistics.md, The shipped policies at their limits).\n  - {id: no-regression, metric: features.survived, maxDrop: 0.02}\n\n  # What this tool exists to stop.\n  - {id: dissociation, metric: dissociation, equals: false}\n";
// src/policy/reading/shipped.ts
/** @file The policies that come with the tool: policies/*.yaml, which people read and copy, bundled as text so that they are at hand wherever the bundle runs. */
const SHIPPED_POLICY_NAMES = [
	"default",
	"strict",
	"research"
];
function isShippedPolicy(name) {
	return SHIPPED_POLICY_NAMES.some((known) => known === name);
}
const shippedPolicies = {
	default: default_default,
	strict: strict_default,
	research: research_default
};
// src/policy/reading/watchlist.ts
/**
* @file Feature ids, their labels and thresholds of alarms from a CSV file: `feature,label,threshold`, the last two optional, `#` opens a
* comment line.
*
* A header line may name the columns in any order (feature, label, threshold; others are ignored). Quotes as in RFC 4180, but a value
* does not span lines. Untrusted: size and count are bounded.
*/
/** Characters: a label for each feature of the widest published dictionary (about a million) would still be refused. */
const MAX_CHARACTERS = 16777216;
const MAX_FEATURES = 1e5;
/** A label is shown in tables. */
const MAX_LABEL = 200;
/** Throws WATCHLIST_INVALID with file and line. */
function parseWatchlist(path, text) {
	if (text.length > MAX_CHARACTERS) throw watchlistInvalid(path, `it has ${text.length} characters; at most ${MAX_CHARACTERS} are read`);
	const rows = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/).map((line, index) => ({
		line: line.trim(),
		number: index + 1
	})).filter(({ line }) => line !== "" && !line.startsWith("#"));
	const first = rows[0];
	if (first === void 0) throw watchlistInvalid(path, "it lists no feature");
	const header = cells(first.line).map((name) => name.toLowerCase());
	const named = header.includes("feature");
	const columns = named ? {
		id: header.indexOf("feature"),
		label: header.indexOf("label"),
		threshold: header.indexOf("threshold")
	} : {
		id: 0,
		label: 1,
		threshold: 2
	};
	const labels = /* @__PURE__ */ new Map();
	const ids = /* @__PURE__ */ new Set();
	const alarms = /* @__PURE__ */ new Map();
	for (const { line, number } of named ? rows.slice(1) : rows) {
		const values = cells(line);
		const id = values[columns.id] ?? "";
		if (!/^\d{1,9}$/.test(id)) throw watchlistInvalid(`${path}:${number}`, `"${id.slice(0, 40)}" is no feature id`);
		const label = values[columns.label] ?? "";
		ids.add(Number(id));
		if (label !== "") labels.set(Number(id), label.slice(0, MAX_LABEL));
		const threshold = thresholdOf(values[columns.threshold] ?? "", `${path}:${number}`);
		if (threshold !== null) alarms.set(Number(id), threshold);
		if (ids.size > MAX_FEATURES) throw watchlistInvalid(path, `it lists more than ${MAX_FEATURES} features`);
	}
	if (ids.size === 0) throw watchlistInvalid(path, "it lists no feature");
	return {
		ids: [...ids],
		labels,
		...alarms.size === 0 ? {} : { alarms }
	};
}
/** Throws WATCHLIST_INVALID. */
function thresholdOf(text, where) {
	if (text === "") return null;
	const value = Number(text);
	if (!/^[-+.\deE]{1,32}$/.test(text) || !Number.isFinite(value) || value < 0) throw watchlistInvalid(where, `"${text.slice(0, 40)}" is no threshold: a number of 0 or more`);
	return value;
}
/** One line's values: bare up to the next comma, or quoted with "" for a quote. */
function cells(line) {
	const out = [];
	const cell = /\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(,|$)/y;
	while (cell.lastIndex <= line.length) {
		const match = cell.exec(line);
		if (match === null) return [...out, line.slice(0, 40)];
		out.push(match[1] === void 0 ? (match[2] ?? "").trim() : match[1].replaceAll("\"\"", "\""));
		if (match[3] === "") break;
	}
	return out;
}
// src/policy/reading/load.ts
/**
* @file A policy with everything it builds on: the file it extends, and that one's base, down to a shipped policy; and the
* watchlists its rules name.
*
* A derived policy overrides key by key; a rule with an inherited id replaces that rule as a whole; exceptions add up.
* Files it names lie in its own folder or below: a policy may come with a pull request, and must not read elsewhere.
* Reading is the caller's.
*/
/** Policies that extend one another, at most: deeper is a mistake. */
const MAX_DEPTH = 8;
const isFileName = (spec) => /[/\\]|\.ya?ml$/i.test(spec);
/**
* The policy of a spec: `default`, `strict`, `research`, or the path of a YAML file. Throws POLICY_*, WATCHLIST_*, YAML_*,
* and what `readText` rejects with.
*/
async function loadPolicy(spec, readText) {
	const chain = await filesOf(spec, readText);
	const lists = /* @__PURE__ */ new Map();
	const rules = /* @__PURE__ */ new Map();
	for (const file of [...chain].reverse()) for (const [index, rule] of (file.document.rules ?? []).entries()) {
		const features = await featureList(file, index, rule, readText, lists);
		const listed = features?.ids.length ?? 0;
		if (rule.allow !== void 0 && rule.allow >= listed) throw policyRuleInvalid(file.at(["rules", index]), rule.id, `allow is ${rule.allow} of ${listed} listed features`, "Let fewer than all of them miss the limit, or remove the rule.");
		rules.set(rule.id, ruleOf(rule, features, file.path, file.lineOf(["rules", index])));
	}
	return assembled(chain, [...rules.values()], [...lists].map(([path, text]) => ({
		path,
		text
	})));
}
/** The policy's own file first, its base after it, and so on. */
async function filesOf(spec, readText) {
	const chain = [await openPolicy(spec, readText)];
	for (let file = chain[0]; file?.document.extends !== void 0; file = chain.at(-1)) {
		const base = file.document.extends;
		const path = isFileName(base) ? siblingPath(file, ["extends"], base) : base;
		const names = [...chain.map((known) => known.path), path];
		if (chain.some((known) => known.path === path)) throw policyExtends(names, "they lead in a circle");
		if (chain.length >= MAX_DEPTH) throw policyExtends(names, `at most ${MAX_DEPTH} policies may extend one another`);
		chain.push(await openPolicy(path, readText));
	}
	return chain;
}
async function openPolicy(spec, readText) {
	if (isFileName(spec)) return parsePolicyFile(spec, await readText(spec));
	if (!isShippedPolicy(spec)) throw policyUnknown(spec, SHIPPED_POLICY_NAMES);
	return parsePolicyFile(spec, shippedPolicies[spec]);
}
/** A file named by a policy, in that policy's folder or below. Throws POLICY_REFERENCE. */
function siblingPath(file, key, reference) {
	const refuse = (why) => policyReference(file.at(key), reference, why);
	if (reference.includes("\\") || reference.includes("\0")) throw refuse("is no path with forward slashes");
	if (reference.startsWith("/") || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(reference)) throw refuse("is not relative");
	const parts = reference.split("/").filter((part) => part !== "." && part !== "");
	if (parts.includes("..")) throw refuse("leaves the policy’s folder");
	return file.path.slice(0, Math.max(file.path.lastIndexOf("/"), file.path.lastIndexOf("\\")) + 1) + parts.join("/");
}
async function featureList(file, index, rule, readText, lists) {
	if (rule.features === void 0) return null;
	if (Array.isArray(rule.features)) return {
		ids: [...new Set(rule.features)],
		labels: /* @__PURE__ */ new Map()
	};
	const path = siblingPath(file, [
		"rules",
		index,
		"features",
		"file"
	], rule.features.file);
	const text = lists.get(path) ?? await readText(path);
	lists.set(path, text);
	return parseWatchlist(path, text);
}
function ruleOf(rule, features, path, line) {
	return {
		id: rule.id,
		metric: rule.metric,
		description: rule.description ?? null,
		limits: limitsOf(rule),
		allow: rule.allow ?? 0,
		at: rule.at ?? null,
		features,
		quantile: rule.quantile ?? null,
		mean: rule.mean ?? false,
		weight: rule.weight ?? "none",
		candidates: rule.candidates ?? null,
		readouts: rule.readouts ?? null,
		layers: rule.layers ?? null,
		level: rule.level ?? "error",
		path,
		line
	};
}
function limitsOf(rule) {
	const limits = [];
	for (const operator of [
		"min",
		"max",
		"maxDrop",
		"maxRise"
	]) {
		const value = rule[operator];
		if (value !== void 0) limits.push({
			operator,
			value
		});
	}
	if (rule.equals !== void 0) limits.push({
		operator: "equals",
		value: rule.equals
	});
	return limits;
}
function assembled(chain, rules, lists) {
	const own = chain[0];
	/** What the policy says, or the nearest base that says it. */
	const said = (read) => {
		for (const file of chain) {
			const value = read(file.document);
			if (value !== void 0) return value;
		}
	};
	const { features, dissociation } = POLICY_DEFAULTS;
	const policy = {
		name: own.document.name ?? fileName(own.path),
		path: isShippedPolicy(own.path) ? null : own.path,
		description: own.document.description ?? null,
		features: {
			survived: said((document) => document.features?.survived) ?? features.survived,
			damaged: said((document) => document.features?.damaged) ?? features.damaged,
			active: said((document) => document.features?.active) ?? features.active
		},
		confidence: said((document) => document.confidence) ?? POLICY_DEFAULTS.confidence,
		onInconclusive: said((document) => document.onInconclusive) ?? POLICY_DEFAULTS.onInconclusive,
		informational: said((document) => document.informational) ?? POLICY_DEFAULTS.informational,
		unjudged: said((document) => document.unjudged) ?? POLICY_DEFAULTS.unjudged,
		baseline: said((document) => document.baseline) ?? POLICY_DEFAULTS.baseline,
		dissociation: {
			perplexityDeltaPercent: said((document) => document.dissociation?.perplexityDeltaPercent) ?? dissociation.perplexityDeltaPercent,
			survived: said((document) => document.dissociation?.survived) ?? dissociation.survived
		},
		rules,
		exceptions: exceptionsOf(chain, rules),
		sources: [...chain.map(({ path, text }) => ({
			path,
			text
		})), ...lists]
	};
	if (rules.length === 0) throw policyNoRules(own.path);
	const { damaged, survived } = policy.features;
	if (damaged > survived) throw policyThresholds(own.at(["features"]), damaged, survived);
	return policy;
}
function exceptionsOf(chain, rules) {
	const ids = new Set(rules.map((rule) => rule.id));
	return chain.flatMap((file) => (file.document.exceptions ?? []).map((exception, index) => {
		if (!ids.has(exception.rule)) {
			const where = file.at([
				"exceptions",
				index,
				"rule"
			]);
			throw policyException(where, `there is no rule "${exception.rule}" to waive`, `Use one of: ${[...ids].join(", ")}.`);
		}
		const { rule, candidate, reason, expires } = exception;
		return {
			rule,
			candidate,
			reason,
			expires,
			path: file.path,
			line: file.lineOf(["exceptions", index])
		};
	}));
}
function fileName(path) {
	return (path.split(/[/\\]/).at(-1) ?? path).replace(/\.ya?ml$/i, "");
}
// src/gate/expected.ts
function requireOne(what, found, expected) {
	const { digests } = expected;
	if (digests.length > 0 && (found === null || !digests.includes(found))) throw digestUnexpected(what, found, expected);
}
/** `found` null: there is no policy. Errors: DIGEST_UNEXPECTED. */
const requirePolicy = (found, expected) => requireOne(found === null ? "The audit without a policy" : "The policy", found, {
	digests: expected,
	input: "expect-policy-sha256"
});
/** A report that somebody else made, or an earlier run. Errors: DIGEST_UNEXPECTED. */
function requireReport(report, { reference, saes, corpus, candidates }) {
	requireOne("The reference of the report", report.reference.sha256, {
		digests: reference,
		input: "expect-reference-sha256"
	});
	for (const { id, sha256 } of report.readouts) requireOne(`The SAE of ${id} in the report`, sha256, {
		digests: saes,
		input: "expect-sae-sha256"
	});
	const ofCorpus = {
		digests: corpus,
		input: "expect-corpus-sha256"
	};
	requireOne("The corpus of the report, as token ids,", report.corpus.sha256, ofCorpus);
	for (const { name, sha256 } of report.candidates) requireOne(`The candidate ${name} of the report`, sha256, {
		digests: candidates,
		input: "expect-candidate-sha256"
	});
}
// src/gate/judging.ts
/**
* @file A measurement and what was asked of it, judged: policy and baseline are read here, and only here. They are read once,
* before anything is measured: the verdict is by what the audit began with, whatever becomes of the files meanwhile.
*/
/**
* Read a policy by name or path. `today`: UTC, from where waivers run. `readText`: of the files that it is made of.
* Errors: those of reading, POLICY_*, YAML_*.
*/
async function readPolicy(spec, today = (/* @__PURE__ */ new Date()).toISOString().slice(0, 10), readText = readSmallText) {
	const policy = await loadPolicy(spec, readText);
	requireShortWaivers(policy, today);
	return policy;
}
/** Read what a request is to be judged by. Errors: those of policies and of baselines, DIGEST_UNEXPECTED. */
async function readCriteria(request, readText = readSmallText) {
	const policy = request.policy === null ? null : await readPolicy(request.policy, void 0, readText);
	requirePolicy(policy === null ? null : policyHash(policy), request.expectPolicy ?? []);
	return {
		policy,
		baseline: request.baseline === null ? null : await readBaseline(request.baseline)
	};
}
/** Judge by a policy, against a baseline. Without a policy nothing blocks. `today`: UTC, where waivers expire. */
function judgeBy(measurement, { policy, baseline }, today = (/* @__PURE__ */ new Date()).toISOString().slice(0, 10)) {
	const policySha256 = policy === null ? "" : policyHash(policy);
	const report = judge(measurement, policy, {
		today,
		policySha256,
		baseline
	});
	const blocks = policy !== null && exitStatus(report, policy) !== 0;
	return {
		measurement: {
			report,
			evidence: measurement.evidence
		},
		blocks
	};
}
/** Of every file the policy is made of, in the order read. */
function policyHash(policy) {
	const hash = createHash("sha256");
	for (const source of policy.sources) hash.update(source.text);
	return hash.digest("hex");
}
/** Errors: those of reading and of report.json. */
async function readBaseline(path) {
	const { sha256, measurement } = await loadReportOnce(path);
	return {
		path,
		sha256,
		measurement
	};
}
// src/bytes/staged.ts
/**
* @file Files that belong together: each is written and flushed under a temporary name, and only when all are there do
* they get their names, in one go. Some lie in a folder of their own, which appears whole.
*
* The folder comes first, then the files in the order they were added: a process that is killed in between leaves a folder
* that nothing names, and the last file as it was. The renames are synchronous on purpose. Nothing else of this process runs
* between them, a signal's handler included, so that Ctrl-C finds either none or all. No file stays open: hundreds may be staged.
*/
/**
* @param parent where the folder of `commit` will be
* @param signal aborting it before `commit` refuses it; afterwards it changes nothing
*/
function stageFiles(parent, signal) {
	const staged = [];
	const inside = temporaryPathIn(parent, "folder");
	const requireGoing = () => {
		if (signal.aborted) throw interrupted();
	};
	return {
		async add(path, bytes) {
			requireGoing();
			const file = await beginFile(path);
			staged.push({
				path,
				file
			});
			await file.write(bytes);
			await file.finish();
		},
		async addInside(path, bytes) {
			requireGoing();
			const place = join(inside.path, path);
			try {
				await makeFolder(dirname(place));
				await writeFileWhole(place, bytes);
			} catch (error) {
				requireGoing();
				throw writeProblem(join(parent, path), error);
			}
		},
		commit(path) {
			requireGoing();
			requireNothingButFolder(path);
			for (const one of staged) requireNoFolder(one.path);
			nameFolder(inside.path, path);
			inside.forget();
			for (const { file } of staged) file.rename();
		},
		async discard() {
			for (const { file } of staged) await file.discard();
			await rm(inside.path, {
				recursive: true,
				force: true
			});
			inside.forget();
		}
	};
}
/** Where a folder of that name is there, its files are replaced one by one: by themselves, where the name says what is in it. */
function nameFolder(from, to) {
	try {
		if (lstatSync(to, { throwIfNoEntry: false }) === void 0) renameSync(from, to);
		else moveInto(from, to);
	} catch (error) {
		throw writeProblem(to, error);
	}
}
/** Folders on the way are none that a link stands for: it may lead out of the report. */
function moveInto(from, to) {
	requireNothingButFolder(to);
	mkdirSync(to, { recursive: true });
	for (const entry of readdirSync(from, { withFileTypes: true })) {
		const [source, target] = [join(from, entry.name), join(to, entry.name)];
		if (entry.isDirectory()) moveInto(source, target);
		else renameSync(source, target);
	}
	rmdirSync(from);
}
/** The refusals that can be foreseen. */
function requireNoFolder(path) {
	if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw writeRefused(path, "a folder has that name");
}
function requireNothingButFolder(path) {
	if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === false) throw writeRefused(path, "something that is not a folder has that name");
}
// src/report/words/bias.ts
/** Estimated biases of a read-out, each in its own unit; null where the report has none. */
function biasWords(features) {
	const active = ofActive(features);
	if (active === null) return null;
	const { survived, damaged, meanCorrelationBias } = active;
	if (survived.bias === void 0 || damaged.bias === void 0 || meanCorrelationBias === void 0) return null;
	return `survived ${points(survived.bias)}, damaged ${points(damaged.bias)} points, mean ρ ${signed(meanCorrelationBias, 4)}`;
}
/** The bias is a part of the interval worth knowing of: a quarter of a side at least. Of figures that are not told it is not. */
function isBiasNotable(features) {
	const told = ofActive(features);
	if (told === null) return false;
	return [
		[told.survived.bias, told.survived.ci],
		[told.damaged.bias, told.damaged.ci],
		[told.meanCorrelationBias, told.meanCorrelationCi]
	].some(([bias, ci]) => typeof bias === "number" && Array.isArray(ci) && 8 * Math.abs(bias) > (ci[1] ?? 0) - (ci[0] ?? 0));
}
/** Size of the estimated bias of the share that survived; 0 where none is told. */
function survivalBias(features) {
	return Math.abs(ofActive(features)?.survived.bias ?? 0);
}
const points = (fraction) => signed(100 * fraction, 2);
// src/report/words/markdown-escape.ts
/**
* @file Words from outside, made harmless in GitHub's Markdown.
*
* Names go into code spans, where neither HTML, links, mentions nor issue references exist (CommonMark 6.1; GitHub's
* mention filter skips code). Prose from outside is escaped character by character. A pipe inside a code span cannot
* be escaped in every table parser, so it is shown as the broken bar ¦: names are shown, not copied.
*/
/** A name as a code span; safe in a table cell, a heading, a list. */
function code(text) {
	const shown = visible(text).replaceAll("|", "¦");
	const fence = "`".repeat(longestRun(shown, "`") + 1);
	const space = /^`|`$|^ .* $/.test(shown) ? " " : "";
	return `${fence}${space}${shown}${space}${fence}`;
}
/** Keeps `@name`, `#1`, `https:` and `www.` from becoming links: U+2060 WORD JOINER has no width. */
const JOINER = "⁠";
/** A sentence from outside as plain text on one line: every character that could start markup is escaped. */
function prose(text, most = 600) {
	return visible(text, most).replaceAll("|", "¦").replace(/[\\`*_[\]~]/g, "\\$&").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\$/g, "&dollar;").replace(/^(\s*)([-+=#])/, "$1\\$2").replace(/^(\s*\d+)([.)])/, "$1\\$2").replace(/[@#]/g, `$&${JOINER}`).replace(/\bGH-(?=\d)/gi, `$&${JOINER}`).replace(/:(?=\/|\w)/g, `:${JOINER}`).replace(/www(?=\.)/gi, `$&${JOINER}`);
}
/** A fenced block whose fence is longer than any run of backticks inside it. */
function fenced(text, language) {
	const fence = "`".repeat(Math.max(3, longestRun(text, "`") + 1));
	return `${fence}${language}\n${text.replace(/[\p{Cc}\p{Cf}]/gu, (one) => one === "\n" || one === "	" ? one : "�")}\n${fence}`;
}
/** A link whose text is ours; anything but an https address is left out. */
function link(label, url) {
	if (!/^https:\/\/[^\s<>]+$/.test(url)) return label;
	return `[${label}](${url.replace(/[()\\|`"'@]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)})`;
}
function longestRun(text, character) {
	let longest = 0;
	let run = 0;
	for (const one of text) {
		run = one === character ? run + 1 : 0;
		longest = Math.max(longest, run);
	}
	return longest;
}
/** Words from outside in a phrase: names as code, sentences escaped. */
const MARKDOWN = {
	name: code,
	sentence: (text) => prose(text)
};
// node_modules/markdown-table/index.js
/**
* @typedef {Options} MarkdownTableOptions
*   Configuration.
*/
/**
* @typedef Options
*   Configuration.
* @property {boolean | null | undefined} [alignDelimiters=true]
*   Whether to align the delimiters (default: `true`);
*   they are aligned by default:
*
*   ```markdown
*   | Alpha | B     |
*   | ----- | ----- |
*   | C     | Delta |
*   ```
*
*   Pass `false` to make them staggered:
*
*   ```markdown
*   | Alpha | B |
*   | - | - |
*   | C | Delta |
*   ```
* @property {ReadonlyArray<string | null | undefined> | string | null | undefined} [align]
*   How to align columns (default: `''`);
*   one style for all columns or styles for their respective columns;
*   each style is either `'l'` (left), `'r'` (right), or `'c'` (center);
*   other values are treated as `''`, which doesn’t place the colon in the
*   alignment row but does align left;
*   *only the lowercased first character is used, so `Right` is fine.*
* @property {boolean | null | undefined} [delimiterEnd=true]
*   Whether to end each row with the delimiter (default: `true`).
*
*   > 👉 **Note**: please don’t use this: it could create fragile structures
*   > that aren’t understandable to some markdown parsers.
*
*   When `true`, there are ending delimiters:
*
*   ```markdown
*   | Alpha | B     |
*   | ----- | ----- |
*   | C     | Delta |
*   ```
*
*   When `false`, there are no ending delimiters:
*
*   ```markdown
*   | Alpha | B
*   | ----- | -----
*   | C     | Delta
*   ```
* @property {boolean | null | undefined} [delimiterStart=true]
*   Whether to begin each row with the delimiter (default: `true`).
*
*   > 👉 **Note**: please don’t use this: it could create fragile structures
*   > that aren’t understandable to some markdown parsers.
*
*   When `true`, there are starting delimiters:
*
*   ```markdown
*   | Alpha | B     |
*   | ----- | ----- |
*   | C     | Delta |
*   ```
*
*   When `false`, there are no starting delimiters:
*
*   ```markdown
*   Alpha | B     |
*   ----- | ----- |
*   C     | Delta |
*   ```
* @property {boolean | null | undefined} [padding=true]
*   Whether to add a space of padding between delimiters and cells
*   (default: `true`).
*
*   When `true`, there is padding:
*
*   ```markdown
*   | Alpha | B     |
*   | ----- | ----- |
*   | C     | Delta |
*   ```
*
*   When `false`, there is no padding:
*
*   ```markdown
*   |Alpha|B    |
*   |-----|-----|
*   |C    |Delta|
*   ```
* @property {((value: string) => number) | null | undefined} [stringLength]
*   Function to detect the length of table cell content (optional);
*   this is used when aligning the delimiters (`|`) between table cells;
*   full-width characters and emoji mess up delimiter alignment when viewing
*   the markdown source;
*   to fix this, you can pass this function,
*   which receives the cell content and returns its “visible” size;
*   note that what is and isn’t visible depends on where the text is displayed.
*
*   Without such a function, the following:
*
*   ```js
*   markdownTable([
*     ['Alpha', 'Bravo'],
*     ['中文', 'Charlie'],
*     ['👩‍❤️‍👩', 'Delta']
*   ])
*   ```
*
*   Yields:
*
*   ```markdown
*   | Alpha | Bravo |
*   | - | - |
*   | 中文 | Charlie |
*   | 👩‍❤️‍👩 | Delta |
*   ```
*
*   With [`string-width`](https://github.com/sindresorhus/string-width):
*
*   ```js
*   import stringWidth from 'string-width'
*
*   markdownTable(
*     [
*       ['Alpha', 'Bravo'],
*       ['中文', 'Charlie'],
*       ['👩‍❤️‍👩', 'Delta']
*     ],
*     {stringLength: stringWidth}
*   )
*   ```
*
*   Yields:
*
*   ```markdown
*   | Alpha | Bravo   |
*   | ----- | ------- |
*   | 中文  | Charlie |
*   | 👩‍❤️‍👩    | Delta   |
*   ```
*/
/**
* @param {string} value
*   Cell value.
* @returns {number}
*   Cell size.
*/
function defaultStringLength(value) {
	return value.length;
}
/**
* Generate a markdown
* ([GFM](https://docs.github.com/en/github/writing-on-github/working-with-advanced-formatting/organizing-information-with-tables))
* table.
*
* @param {ReadonlyArray<ReadonlyArray<string | null | undefined>>} table
*   Table data (matrix of strings).
* @param {Readonly<Options> | null | undefined} [options]
*   Configuration (optional).
* @returns {string}
*   Result.
*/
function markdownTable(table, options) {
	const settings = options || {};
	const align = (settings.align || []).concat();
	const stringLength = settings.stringLength || defaultStringLength;
	/** @type {Array<number>} Character codes as symbols for alignment per column. */
	const alignments = [];
	/** @type {Array<Array<string>>} Cells per row. */
	const cellMatrix = [];
	/** @type {Array<Array<number>>} Sizes of each cell per row. */
	const sizeMatrix = [];
	/** @type {Array<number>} */
	const longestCellByColumn = [];
	let mostCellsPerRow = 0;
	let rowIndex = -1;
	while (++rowIndex < table.length) {
		/** @type {Array<string>} */
		const row = [];
		/** @type {Array<number>} */
		const sizes = [];
		let columnIndex = -1;
		if (table[rowIndex].length > mostCellsPerRow) mostCellsPerRow = table[rowIndex].length;
		while (++columnIndex < table[rowIndex].length) {
			const cell = serialize(table[rowIndex][columnIndex]);
			if (settings.alignDelimiters !== false) {
				const size = stringLength(cell);
				sizes[columnIndex] = size;
				if (longestCellByColumn[columnIndex] === void 0 || size > longestCellByColumn[columnIndex]) longestCellByColumn[columnIndex] = size;
			}
			row.push(cell);
		}
		cellMatrix[rowIndex] = row;
		sizeMatrix[rowIndex] = sizes;
	}
	let columnIndex = -1;
	if (typeof align === "object" && "length" in align) while (++columnIndex < mostCellsPerRow) alignments[columnIndex] = toAlignment(align[columnIndex]);
	else {
		const code = toAlignment(align);
		while (++columnIndex < mostCellsPerRow) alignments[columnIndex] = code;
	}
	columnIndex = -1;
	/** @type {Array<string>} */
	const row = [];
	/** @type {Array<number>} */
	const sizes = [];
	while (++columnIndex < mostCellsPerRow) {
		const code = alignments[columnIndex];
		let before = "";
		let after = "";
		if (code === 99) {
			before = ":";
			after = ":";
		} else if (code === 108) before = ":";
		else if (code === 114) after = ":";
		let size = settings.alignDelimiters === false ? 1 : Math.max(1, longestCellByColumn[columnIndex] - before.length - after.length);
		const cell = before + "-".repeat(size) + after;
		if (settings.alignDelimiters !== false) {
			size = before.length + size + after.length;
			if (size > longestCellByColumn[columnIndex]) longestCellByColumn[columnIndex] = size;
			sizes[columnIndex] = size;
		}
		row[columnIndex] = cell;
	}
	cellMatrix.splice(1, 0, row);
	sizeMatrix.splice(1, 0, sizes);
	rowIndex = -1;
	/** @type {Array<string>} */
	const lines = [];
	while (++rowIndex < cellMatrix.length) {
		const row = cellMatrix[rowIndex];
		const sizes = sizeMatrix[rowIndex];
		columnIndex = -1;
		/** @type {Array<string>} */
		const line = [];
		while (++columnIndex < mostCellsPerRow) {
			const cell = row[columnIndex] || "";
			let before = "";
			let after = "";
			if (settings.alignDelimiters !== false) {
				const size = longestCellByColumn[columnIndex] - (sizes[columnIndex] || 0);
				const code = alignments[columnIndex];
				if (code === 114) before = " ".repeat(size);
				else if (code === 99) {
					if (size % 2) {
						before = " ".repeat(size / 2 + .5);
						after = " ".repeat(size / 2 - .5);
					} else {
						before = " ".repeat(size / 2);
						after = before;
					}
				} else after = " ".repeat(size);
			}
			if (settings.delimiterStart !== false && !columnIndex) line.push("|");
			if (settings.padding !== false && !(settings.alignDelimiters === false && cell === "") && (settings.delimiterStart !== false || columnIndex)) line.push(" ");
			if (settings.alignDelimiters !== false) line.push(before);
			line.push(cell);
			if (settings.alignDelimiters !== false) line.push(after);
			if (settings.padding !== false) line.push(" ");
			if (settings.delimiterEnd !== false || columnIndex !== mostCellsPerRow - 1) line.push("|");
		}
		lines.push(settings.delimiterEnd === false ? line.join("").replace(/ +$/, "") : line.join(""));
	}
	return lines.join("\n");
}
/**
* @param {string | null | undefined} [value]
*   Value to serialize.
* @returns {string}
*   Result.
*/
function serialize(value) {
	return value === null || value === void 0 ? "" : String(value);
}
/**
* @param {string | null | undefined} value
*   Value.
* @returns {number}
*   Alignment.
*/
function toAlignment(value) {
	const code = typeof value === "string" ? value.codePointAt(0) : 0;
	return code === 67 || code === 99 ? 99 : code === 76 || code === 108 ? 108 : code === 82 || code === 114 ? 114 : 0;
}
// src/report/markdown/markdown-parts.ts
/**
* @file The pieces that report.md, the pull-request comment and the job summary are put together from.
* Every word from outside passes through `code` or `prose`; nothing here decides anything.
*/
const VERDICT_ICONS = {
	pass: "✅",
	fail: "❌",
	inconclusive: "❔"
};
const RULE_ICONS = {
	pass: "✅",
	fail: "❌",
	inconclusive: "❔",
	waived: "⏸️",
	skipped: "⏭️"
};
const BAR_WIDTH = 10;
function table(header, rows, align) {
	return markdownTable([header, ...rows].map((row) => [...row]), {
		align: [...align],
		alignDelimiters: false
	});
}
function details(summary, body) {
	return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
/** One row per candidate and read-out: each figure with its interval, a bar (where `bars`), its limit and its change. */
function overviewTable(report, all, bars = true) {
	const candidates = report.claim === void 0 ? all : all.map(withoutTicks);
	if (report.readouts.length === 0) return behaviourTable(report, candidates);
	const several = report.readouts.length > 1;
	return table([
		"",
		"Candidate",
		...several ? ["Read-out"] : [],
		perplexityHeader(report),
		"KL, nats",
		"Survived",
		"Degraded",
		"Damaged"
	], candidates.flatMap((candidate) => {
		const sharedCells = [perplexityCell(candidate), klCell(candidate)];
		const lines = candidate.features.map((features, i) => [
			i === 0 ? icon(candidate) : "",
			i === 0 ? `**${code(candidate.name)}**` : "",
			...several ? [code(features.readout)] : [],
			...i === 0 ? sharedCells : ["", ""],
			...[
				"survived",
				"degraded",
				"damaged"
			].map((kind) => shareCell(candidate, features, {
				kind,
				bars
			}))
		]);
		if (lines.length > 0) return lines;
		return [[
			icon(candidate),
			`**${code(candidate.name)}**`,
			...several ? ["–"] : [],
			...sharedCells,
			"–",
			"–",
			"–"
		]];
	}), several ? "clllllll" : "cllllll");
}
/** Of an audit without SAEs. */
function behaviourTable(report, candidates) {
	return table([
		"",
		"Candidate",
		perplexityHeader(report),
		"KL, nats",
		"Top-1 agreement"
	], candidates.map((candidate) => [
		icon(candidate),
		`**${code(candidate.name)}**`,
		perplexityCell(candidate),
		klCell(candidate),
		agreementCell(candidate)
	]), "cllll");
}
/** A limit that a claimed figure keeps is not shown as kept: nobody here measured it. */
const withoutTicks = (candidate) => ({
	...candidate,
	rules: candidate.rules.filter(({ status }) => status !== "pass")
});
function icon(candidate) {
	const verdict = candidate.verdict === null ? "" : VERDICT_ICONS[candidate.verdict];
	return candidate.dissociation.flag ? `${verdict}⚠️` : verdict;
}
function cell(figure, interval, bar, rule, change) {
	const notes = [
		interval,
		rule === null ? "" : `${shortLimit(rule)} ${RULE_ICONS[rule.status]}`,
		change
	].filter((part) => part !== "").map((part) => `<sub>${part}</sub>`);
	return [bar === "" ? figure : `${figure} ${bar}`, ...notes].join("<br>");
}
/** A change says little beside a perplexity that is out of the ordinary. */
function perplexityHeader(report) {
	const own = referencePerplexity(report);
	return own === null ? "Perplexity" : `Perplexity (reference ${number(own.value)})`;
}
function perplexityCell(candidate) {
	const shown = shownPerplexity(candidate);
	if (!shown) return "–";
	const { figure, protocol } = shown;
	const metric = `perplexity.${protocol}.deltaPercent`;
	const rule = limitOf(candidate, metric, null, figure.deltaPercent);
	return cell(`**${signedPercent(figure.deltaPercent)}**`, signedInterval(figure.ci), "", rule, perplexityNotes(candidate, protocol));
}
function agreementCell(candidate) {
	const { divergence } = candidate;
	if (!divergence) return "–";
	const { top1Agreement } = divergence;
	const rule = limitOf(candidate, "divergence.top1Agreement", null, top1Agreement);
	return cell(percent(top1Agreement), "", "", rule, "");
}
function klCell(candidate) {
	const { divergence } = candidate;
	if (!divergence) return "–";
	const rule = limitOf(candidate, "divergence.klMean", null, divergence.klMean);
	const before = baselineOf(candidate, "divergence.klMean", null);
	const digits = smallDigits(divergence.klMean);
	const change = before === null ? "" : `baseline ${decimal(before.baseline, digits)}`;
	return cell(decimal(divergence.klMean, digits), decimalInterval(divergence.klMeanCi, digits), "", rule, change);
}
function shareCell(candidate, features, { kind, bars }) {
	const { fraction, ci } = ofActive(features)?.[kind] ?? NO_SHARE;
	const metric = `features.${kind}`;
	const rule = limitOf(candidate, metric, features.readout, fraction);
	const before = baselineOf(candidate, metric, features.readout);
	const change = before === null ? "" : `baseline ${percent(before.baseline)} (${signed(100 * before.delta, 1)} points)`;
	return cell(kind === "survived" ? `**${percent(fraction)}**` : percent(fraction), percentInterval(ci), fraction === null || !bars ? "" : bar(fraction, BAR_WIDTH, "█", "░"), rule, change);
}
/** Rules that failed, are undecided, waived or skipped, each with observed, limit and what would change it. */
function rulesTable(candidates, most) {
	const concerned = candidates.flatMap((candidate) => rulesToSee(candidate).map((rule) => ({
		candidate,
		rule
	})));
	if (concerned.length === 0) return "";
	const rows = concerned.slice(0, most).map(({ candidate, rule }) => ruleRow(candidate, rule));
	const rest = concerned.length - rows.length;
	const text = table([
		"",
		"Candidate",
		"Rule",
		"Observed",
		"Limit",
		"What would change it"
	], rows, "clllll");
	return rest > 0 ? `${text}\n\n… and ${count(rest)} more rules that did not pass.` : text;
}
function ruleRow(candidate, rule) {
	const { observed, interval, limit } = ruleText(rule);
	const scope = rule.scope === null ? "" : `<br>${code(rule.scope)}`;
	const level = rule.level === "warning" ? " (warning)" : "";
	const status = rule.status === "fail" && rule.level === "warning" ? "⚠️" : RULE_ICONS[rule.status];
	const change = [
		rule.waiver ? `Waived until ${prose(rule.waiver.expires, 20)}: ${prose(rule.waiver.reason, 300)}` : "",
		rule.observed === null ? prose(capital(rule.message), 300) : "",
		prose(capital(rule.advice ?? ""), 300)
	];
	return [
		status,
		code(candidate.name),
		`${code(rule.id)}${level}${scope}`,
		`${observed} ${interval}`.trim(),
		limit,
		change.filter((part) => part !== "" && part !== prose("")).join("<br>") || "–"
	];
}
/** The most damaged features of each candidate and read-out, with links where Neuronpedia knows the SAE. */
function worstFeaturesParts(report, evidence, most, mostTables) {
	const parts = [];
	for (const candidate of bySeverity(report.candidates)) for (const features of activeReadouts(candidate)) {
		const found = evidenceOf(evidence, candidate.name, features.readout);
		const rows = found && parts.length < mostTables ? worstFeatures(found, most) : [];
		if (rows.length === 0) continue;
		const readout = readoutOf(report, features.readout);
		const body = rows.map((row) => [
			linkedFeature(row.feature, neuronpediaUrl(readout, row.feature)),
			row.class,
			Number.isNaN(row.correlation) ? "none (counts as 0)" : decimal(row.correlation, 3),
			decimalInterval(Number.isNaN(row.low) ? null : [row.low, row.high], 3),
			percent(row.firingRate, 2),
			decimal(row.peak, 2)
		]);
		parts.push(`**${code(candidate.name)}** at ${code(features.readout)}\n\n${table([
			"Feature",
			"Class",
			"ρ",
			"Interval",
			"Fires on",
			"Peak"
		], body, "rlrlrr")}`);
	}
	return parts;
}
function linkedFeature(feature, url) {
	return url === null ? String(feature) : link(String(feature), url);
}
/** Warnings of the report and of every candidate, as a list; '' without any. */
function warningList(report, most) {
	const all = [...report.warnings.map((text) => prose(text)), ...report.candidates.flatMap((one) => one.warnings.map((text) => `${code(one.name)}: ${prose(text)}`))];
	const rest = all.length > most ? [`and ${count(all.length - most)} more warnings`] : [];
	return [...all.slice(0, most), ...rest].map((text) => `- ${text}`).join("\n");
}
/** Notes of the report as a list; '' without any. */
function noteList(report) {
	return (report.notes ?? []).map((note) => `- ${prose(note)}`).join("\n");
}
/** Features that survived in the baseline and do not now. */
function newlyLost(candidates, most) {
	return candidates.flatMap((candidate) => (candidate.newlyLost ?? []).filter((one) => one.features.length > 0).map(({ readout, features }) => {
		const rest = features.length > most ? ` and ${count(features.length - most)} more` : "";
		return `- ${code(candidate.name)} at ${code(readout)}: ${count(features.length)} features lost since the baseline: ${features.slice(0, most).join(", ")}${rest}`;
	})).join("\n");
}
// src/report/markdown/by-layer.ts
/** More columns than this nobody reads side by side. */
const MOST_CANDIDATES = 12;
/** '' where no place is read in three blocks. */
function layerTables(report) {
	return coursesByLayer(report).map(({ place, candidates, rows }) => {
		const shown = candidates.slice(0, MOST_CANDIDATES);
		const header = ["Layer", ...shown.map((name) => code(name))];
		const body = rows.map(({ layer, figures }) => [String(layer), ...figures.slice(0, MOST_CANDIDATES).map((one) => {
			const interval = percentInterval(one?.survived.ci);
			return `${percent(one?.survived.fraction)} ${interval}`.trim();
		})]);
		const more = candidates.length > shown.length ? `\n\n${candidates.length - shown.length} more candidates.` : "";
		return `Survived, at ${code(place)}:\n\n${table(header, body, "r".repeat(header.length))}${more}`;
	}).join("\n\n");
}
// src/report/markdown/explained.ts
/** One part per candidate and read-out, the worst candidate first. */
function explainedParts(report, told) {
	return bySeverity(report.candidates).flatMap((candidate) => candidate.features.map((features) => ({
		candidate,
		features
	}))).filter(({ features }) => (features.explained ?? []).length > 0).slice(0, told.pairs).map(({ candidate, features }) => [`${code(candidate.name)} at ${code(features.readout)}:`, ...firstOf(features.explained ?? [], told.features).map((one) => feature(report, features, one, told))].join("\n\n"));
}
/** The first ones, and of the others the first that are watched. */
function firstOf(explained, most) {
	const watched = explained.slice(most).filter((one) => one.watched === true);
	return [...explained.slice(0, most), ...watched.slice(0, most)];
}
function feature(report, { readout }, { feature: id, watched = false, correlation, contexts, promotes }, told) {
	const url = neuronpediaUrl(readoutOf(report, readout), id);
	const name = url === null ? `Feature ${id}` : link(`Feature ${id}`, url);
	const rho = correlation === null ? "no ρ" : `ρ ${decimal(correlation, 3)}`;
	const speaks = promotes.length === 0 ? "" : `, speaks for ${promotes.map((token) => code(token)).join(" ")}`;
	const lines = contexts.slice(0, told.contexts).map(({ before, token, after, reference, candidate }) => `- ${number(reference, 3)} → ${number(candidate, 3)}: ${prose(before)} ${code(token)} ${prose(after)}`);
	return [`**${name}** (${watched ? "watched, " : ""}${rho})${speaks}`, ...lines.length === 0 ? [] : [lines.join("\n")]].join("\n\n");
}
// src/report/markdown/markdown-setup.ts
/** What was measured, on what, with what. */
function setupTable(report) {
	const { reference, corpus, policy, baseline, tool, confidence } = report;
	const fewest = fewestGroups(methodOf(corpus));
	const revision = reference.revision === null ? "" : ` at ${code(shortHash(reference.revision))}`;
	return table(["", ""], [
		["Reference", `${code(reference.spec)}${revision}, ${code(reference.family)}, ${count(reference.parameters)} parameters, ${code(reference.storedAs)}, sha256 ${code(shortHash(reference.sha256))}`],
		...report.candidates.map((one) => ["Candidate", candidateSource(one)]),
		...report.readouts.map((one) => ["Read-out", `${code(one.sae)} at ${code(one.hook)}: ${count(one.active)} of ${count(one.width)} features active, ${count(one.dead)} dead, L0 ${number(one.l0, 3)}, variance unexplained ${percent(one.varianceUnexplained)}, positions ${one.positions}${one.center ? ", centred" : ""}`]),
		["Corpus", `${code(corpus.spec)}: ${count(corpus.tokens)} tokens in ${count(corpus.blocks)} sequences of ${corpus.blockLength}${corpus.bos === null ? ", no beginning-of-sequence token" : `, each after token ${corpus.bos}`}`],
		["Policy", policy === null ? "none" : `${code(policy.name)}, sha256 ${code(shortHash(policy.sha256))}${policy.informational ? ", informational" : ""}`],
		...baseline === null ? [] : [["Baseline", `${code(baseline.path)} of ${code(baseline.createdAt)}`]],
		["Intervals", corpus.groups < fewest ? `none: ${corpus.groups} of at least ${fewest} groups of sequences` : `${percent(confidence, 0)}, ${methodWords(corpus)}`],
		["Run", `saegate ${code(tool.version)}, ${code(tool.engine)}, ${code(tool.device)}, ${tool.threads} threads, ${duration(tool.elapsedSeconds)}, ${code(report.createdAt)}`],
		...computingRows(tool, code)
	].map(([key = "", value = ""]) => [`**${key}**`, value]), "ll");
}
function candidateSource(candidate) {
	const { compression, sha256, revision } = candidate;
	const bits = compression?.bits == null ? "" : `, ${number(compression.bits, 3)} bits per weight`;
	const sparsity = compression?.sparsity === void 0 ? "" : `, ${percent(compression.sparsity)} pruned${matchWords(compression.match)}`;
	const layout = compression?.layout === void 0 ? "" : `, laid out as ${code(compression.layout)}`;
	const arithmetic = compression?.arithmetic === void 0 ? "" : `, in ${code(compression.arithmetic)}`;
	const what = compression === null ? "" : `, ${code(compression.method)}${bits}${sparsity} in ${count(compression.tensors)} tensors${layout}${arithmetic}`;
	const where = revision === null ? "" : ` at ${code(shortHash(revision))}`;
	const hash = sha256 === null ? "" : `, sha256 ${code(shortHash(sha256))}`;
	const inputs = compression?.activations == null ? "" : `, inputs ${code(compression.activations)}`;
	return `${code(candidate.name)} from ${code(candidate.spec)}${where}${what}${inputs}${calibrationWords(compression?.calibration)}${hash}`;
}
function calibrationWords(text) {
	if (text === void 0) return "";
	const where = text.where === "after-audited" ? " after those that are audited" : "";
	return `, calibrated on ${count(text.tokens)} tokens of ${code(text.source)}${where}, sha256 ${code(shortHash(text.sha256))}`;
}
/** How the sparsity was come by, every step. */
function matchWords(match) {
	if (match === void 0) return "";
	const { target, targetPerplexity, perplexity, reached, tokens, trace } = match;
	const steps = trace.map((step) => `${percent(step.sparsity)} → ${number(step.perplexity, 4)}`);
	return ` ${reached ? "to meet" : "which does not meet"} ${code(target)} (perplexity ${number(perplexity, 4)} for ${number(targetPerplexity, 4)} on ${count(tokens.count)} ${tokens.where === "audited" ? "audited" : "other"} tokens; tried ${steps.join(", ")})`;
}
function reproduce(report) {
	return fenced(reproduceCommand(report), "sh");
}
// src/report/markdown/more-table.ts
/** @file A table of what was asked for beside features, as Markdown. */
/** Its words, then its rows. */
function moreTable({ words, header, align, rows }) {
	return `${words}\n\n${table(header, rows.map((row) => row.map((cell) => typeof cell === "string" ? cell : code(cell.outside))), align)}`;
}
// src/report/markdown/ranking.ts
/** '' where there is nothing to choose between. */
function rankingTable(report) {
	const rows = ranking(report);
	if (rows.length < 2 || rows.every(({ isOnFrontier }) => isOnFrontier === null)) return "";
	return `${table([
		"",
		"Candidate",
		"Bytes",
		"Bits",
		"Blocks’ bits",
		"KL",
		"Survived",
		"0 to 100 %"
	], rows.map(({ candidate, bits, survived, isOnFrontier }) => [
		isOnFrontier === true ? "◆" : "",
		code(candidate.name),
		candidate.size === void 0 ? "–" : bytesWords(candidate.size.bytes),
		decimal(bits?.all, 2),
		decimal(bits?.blocks, 2),
		stacked(decimal(candidate.divergence?.klMean, 4), decimalInterval(candidate.divergence?.klMeanCi, 4)),
		stacked(percent(survived?.fraction), percentInterval(survived?.ci)),
		survived === null ? "" : code(survivalLine(survived))
	]), "llrrrrrl")}\n\n${LEGEND}`;
}
/** A comment is 790 pixels wide. */
const stacked = (figure, interval) => interval === "" ? figure : `${figure}<br><sub>${interval}</sub>`;
const LEGEND = "◆: no other candidate takes as few bytes and keeps as much. Bits: stored bits per parameter of all tensors that are run, with what decodes them; blocks’: without embeddings and unembedding. Survived: at the read-out where the fewest do.";
// src/report/markdown/markdown.ts
const FEATURES_PER_TABLE = 20;
const FEATURE_TABLES = 200;
const EVERYTHING = {
	features: 64,
	contexts: 5,
	pairs: FEATURE_TABLES
};
/**
* @param evidence may be empty: a report judged again without its tables has no list of features
*/
function reportMarkdown(report, evidence) {
	const { verdict, word, reason, dissociations, alarm } = headline(report);
	const worst = worstFeaturesParts(report, evidence, FEATURES_PER_TABLE, FEATURE_TABLES);
	const ordered = bySeverity(report.candidates);
	const worstKinds = [worstKindOf(report), leastSurvivedOf(report)];
	return `${[
		`# ${capital(subject(report))}: ${verdict === null ? "" : `${VERDICT_ICONS[verdict]} `}${word.toLowerCase()}`,
		...dissociations.map((one) => `> ⚠️ **${capital(alarm)}.** ${render(one, MARKDOWN)}.`),
		render(reason, MARKDOWN),
		...worstKinds.map((one) => one === null ? "" : `${render(one, MARKDOWN)}.`),
		...ordered.length === 0 ? [] : [overviewTable(report, ordered)],
		section("Rules that did not pass", rulesTable(ordered, Number.POSITIVE_INFINITY)),
		section("Lost since the baseline", newlyLost(ordered, 50)),
		section("Warnings", warningList(report, 1e3)),
		section("Notes", noteList(report)),
		section("Bytes and what they keep", rankingTable(report)),
		section("Layer by layer", layerTables(report)),
		section("More figures", figuresTable(report)),
		...moreTables(report).map((one) => section(one.title, moreTable(one))),
		section("By kind of token", byKind(report)),
		section("By how sure the reference was", byConfidence(report)),
		section("Other thresholds", sensitivity(report)),
		section("Most damaged features", worst.join("\n\n")),
		section("What the most changed features are about", explainedParts(report, EVERYTHING).join("\n\n")),
		section("Set-up", setupTable(report)),
		section("How to reproduce", reproduce(report)),
		section("What the words mean", report.readouts.length === 0 ? OF_BEHAVIOUR : GLOSSARY)
	].filter((part) => part !== "").join("\n\n")}\n`;
}
function section(title, body) {
	return body === "" ? "" : `## ${title}\n\n${body}`;
}
/** Every pair of candidate and read-out, with `row` made of it. */
function pairs(report, row) {
	return report.candidates.flatMap((candidate) => candidate.features.map((features) => [
		code(candidate.name),
		code(features.readout),
		...row(features)
	]));
}
function figuresTable(report) {
	const header = [
		"Candidate",
		"Read-out",
		"Mean ρ",
		"Interval",
		"Median ρ",
		"Undefined ρ",
		"Mean ρ, all positions",
		"Mean ρ, first skipped",
		"Residual error",
		"Bias from finite text"
	];
	const rows = pairs(report, (features) => {
		const active = ofActive(features);
		return [
			decimal(active?.meanCorrelation, 4),
			decimalInterval(active?.meanCorrelationCi, 4),
			decimal(active?.medianCorrelation, 4),
			count(features.undefined),
			decimal(active?.meanCorrelationByPositions.all, 4),
			decimal(active?.meanCorrelationByPositions.skipFirst, 4),
			percent(features.residualError),
			biasWords(features) ?? "–"
		];
	});
	return [
		rows.length === 0 ? "" : table(header, rows, "llrlrrrrrl"),
		firing(report),
		perplexities(report)
	].filter((part) => part !== "").join("\n\n");
}
/** How large and where the active features fire; nothing of reports that do not hold it. */
function firing(report) {
	const header = [
		"Candidate",
		"Read-out",
		"Mean gain",
		"Interval",
		"Firing agreement",
		"Interval",
		"Precision",
		"Recall",
		"Lost"
	];
	const rows = pairs(report, (features) => {
		const active = ofActive(features);
		return [
			decimal(active?.gain?.mean, 3),
			decimalInterval(active?.gain?.ci, 3),
			decimal(active?.firing?.jaccard, 3),
			decimalInterval(active?.firing?.ci, 3),
			decimal(active?.firing?.precision, 3),
			decimal(active?.firing?.recall, 3),
			active?.firing === void 0 ? "–" : count(active.firing.lost)
		];
	});
	return report.candidates.some(({ features }) => features.some((one) => one.gain !== void 0)) ? table(header, rows, "llrlrlrrr") : "";
}
function perplexities(report) {
	const rows = report.candidates.flatMap((candidate) => ["chunked", "sliding"].flatMap((protocol) => {
		const figure = candidate.perplexity[protocol];
		if (!figure) return [];
		const { divergence } = candidate;
		return [[
			code(candidate.name),
			figure.window === void 0 ? protocol : `${protocol}, ${figure.window}/${figure.stride ?? figure.window}`,
			number(figure.reference, 6),
			number(figure.candidate, 6),
			signedPercent(figure.deltaPercent, 2),
			signedInterval(figure.ci, 2),
			decimal(divergence?.klP99, 4),
			percent(divergence?.top1Agreement, 2)
		]];
	}));
	return rows.length === 0 ? "" : table([
		"Candidate",
		"Perplexity",
		"Reference",
		"Candidate",
		"Change",
		"Interval",
		"KL, 99th percentile",
		"Top-1 agreement"
	], rows, "llrrrlrr");
}
/** Tokens by the probability of the token that the reference thought likeliest. */
function byConfidence(report) {
	const rows = report.candidates.flatMap((candidate) => confidenceRows(candidate).map((cells) => [code(candidate.name), ...cells]));
	return rows.length === 0 ? "" : table(["Candidate", ...CONFIDENCE_HEADER], rows, "llrrlrl");
}
/** Which kind each candidate differs most on, then all of them. */
function byKind(report) {
	const worst = bySeverity(report.candidates).flatMap((candidate) => {
		const sentence = worstKindSentence(candidate);
		return sentence === null ? [] : [`- ${render(sentence, MARKDOWN)}`];
	});
	const rows = report.candidates.flatMap((candidate) => kindRows(candidate).map((cells) => [code(candidate.name), ...cells]));
	const all = rows.length === 0 ? "" : table(["Candidate", ...KIND_HEADER], rows, "llrrlrl");
	return [worst.join("\n"), all].filter((part) => part !== "").join("\n\n");
}
/** Survived and damaged at every pair of thresholds: does the answer hang on where the line is drawn? */
function sensitivity(report) {
	const grid = report.candidates[0]?.features[0]?.sensitivity ?? [];
	const survivedAt = [...new Set(grid.map((one) => one.survivedAt))];
	const damagedAt = [...new Set(grid.map((one) => one.damagedAt))];
	if (grid.length === 0) return "";
	const header = [
		"Candidate",
		"Read-out",
		...survivedAt.map((at) => `ρ ≥ ${number(at)}`),
		...damagedAt.map((at) => `ρ &lt; ${number(at)}`)
	];
	return table(header, pairs(report, (features) => {
		const cells = ofActive(features)?.sensitivity ?? [];
		return [...survivedAt.map((at) => percent(cells.find((one) => one.survivedAt === at)?.survived)), ...damagedAt.map((at) => percent(cells.find((one) => one.damagedAt === at)?.damaged))];
	}), `ll${"r".repeat(header.length - 2)}`);
}
/** Words of every report. */
const OF_BEHAVIOUR = `- **KL**: KL(reference ‖ candidate) of the next-token distributions, nats per token.
- **Interval**: from balanced half-samples of the token groups, the bias from finite text included. A rule decides on the
  interval, not on the point. In reports of older versions: delete-one-group jackknife.`;
const GLOSSARY = `- **Feature**: one direction of the sparse autoencoder's dictionary, frozen, the same for both models.
- **Active**: fires in the reference more often than the active threshold. Every share is of active features.
- **ρ**: Pearson correlation of a feature's activations in reference and candidate, over the same tokens. A feature that
  no longer varies in the candidate has none and counts as 0.
- **Survived, degraded, damaged**: ρ at or above the first threshold, between the two, below the second.
- **Dissociation**: perplexity says nothing happened, the features say otherwise.
${OF_BEHAVIOUR}
- **Bias**: how far a figure is off on average because the text is finite. It is in the interval and not taken off the
  figure; more tokens make it smaller.`;
// src/report/tables/table-origin.ts
/** JSON: the digests, thresholds and sizes that the figures of one table rest on. */
function tableOrigin({ reference, corpus, confidence, readouts, tool }, candidate, { readout: id, thresholds }) {
	const readout = readouts.find((one) => one.id === id);
	return JSON.stringify({
		tool: `${tool.name} ${tool.version}`,
		thresholds,
		confidence,
		reference: artifact(reference),
		candidate: artifact(candidate),
		sae: readout === void 0 ? null : {
			spec: readout.sae,
			hook: readout.hook,
			sha256: readout.sha256
		},
		corpus: {
			spec: corpus.spec,
			tokens: corpus.tokens,
			sha256: corpus.sha256
		},
		positions: readout?.positions ?? null
	});
}
const artifact = ({ spec, revision, sha256 }) => ({
	spec,
	revision,
	sha256
});
// src/gate/older-reports.ts
/**
* @file What older reports left in a folder: tables that report.json named before, and folders that no report names any more.
*
* Removed is what is provably ours: tables that the report.json we replaced named, and folders with a name of ours that hold
* nothing but what we put there. Another run may be about to name its folder: it is then still a temporary file of a living
* process away from it, and folders stay for the next run.
*/
const CONTENTS = /^report-[0-9a-f]{16}$/;
const OLD_TABLE = /^features\/[^/]+\.parquet$/;
const PAGES = ["report.md", "report.html"];
/** Tables that a report names, relative to it; none where there is no report that can be read. */
async function tablesNamedBy(json) {
	const report = await readIfThere(json);
	return report === null ? [] : namedTables(report);
}
function namedTables({ candidates }) {
	return candidates.flatMap((candidate) => candidate.features).flatMap(({ table, replicates }) => replicates === null ? [table] : [table, replicates]);
}
async function readIfThere(json) {
	try {
		return parseReport(await readReportText(json), json);
	} catch {
		return null;
	}
}
/** Remove what the report in `folder` does not name, as far as it is ours; what cannot be removed stays. */
async function removeOlderReports(folder, { contents, older }) {
	const found = await contentFolders(folder);
	if (older.length === 0 && found.every((name) => name === contents)) return;
	const { living } = await temporariesIn(folder);
	const current = await readIfThere(join(folder, "report.json"));
	if (current === null) return;
	const named = new Set(await tablesNamedBy(join(folder, "report.json")));
	if (await isFolder(join(folder, "features"))) for (const table of older.filter((path) => OLD_TABLE.test(path) && !named.has(path))) await removeTable(folder, table);
	if (living.length > 0) return;
	for (const name of found.filter((one) => one !== current.contents)) await removeContents(join(folder, name));
}
async function contentFolders(folder) {
	return (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isDirectory() && CONTENTS.test(entry.name)).map(({ name }) => name);
}
/** Not a link to one: it may lead out of the folder. */
async function isFolder(path) {
	return lstat(path).then((found) => found.isDirectory(), () => false);
}
async function removeTable(folder, table) {
	await rm(join(folder, table), { force: true }).catch(() => {});
	await rmdir(dirname(join(folder, table))).catch(() => {});
}
/** Remove the files that we put there, and the folder where that was all. */
async function removeContents(folder) {
	for (const page of PAGES) await rm(join(folder, page), { force: true }).catch(() => {});
	const features = join(folder, "features");
	const tables = (await isFolder(features) ? await readdir(features).catch(() => []) : []).filter((name) => name.endsWith(".parquet"));
	for (const table of tables) await rm(join(features, table), { force: true }).catch(() => {});
	for (const emptied of [features, folder]) await rmdir(emptied).catch(() => {});
}
// src/gate/prepare-folder.ts
/** @file A folder made ready for a report, before hours are spent on it. */
/** Make the folder, take away what killed runs left in it, and prove that a file can be made there. Errors: WRITE_REFUSED, DISK_FULL. */
async function prepareFolder(folder) {
	const made = [];
	const abandon = async () => {
		for (const path of made.reverse()) await rmdir(path).catch(() => {});
	};
	try {
		made.push(...await makeReportFolder(folder));
		await removeDeadTemporaries(folder);
		await (await beginFile(join(folder, "report.json"))).discard();
	} catch (error) {
		await abandon();
		throw error;
	}
	return { abandon };
}
/** Errors: WRITE_REFUSED, DISK_FULL, OUT_IS_FILE. */
async function makeReportFolder(folder) {
	try {
		return await makeFolder(folder);
	} catch (error) {
		if (systemErrorCode(error) !== "EEXIST") throw writeProblem(folder, error);
		const taken = error instanceof Error && "path" in error ? String(error.path) : folder;
		await stat(taken).catch((second) => {
			throw writeProblem(taken, second);
		});
		throw outIsFile(taken);
	}
}
// src/gate/report-folder.ts
/**
* @file A report on disk. report.json names a folder beside it, `report-` and sixteen digits of its content, which holds one
* Parquet table per candidate and read-out and the pages; report.md and report.html lie beside report.json too, for people.
*
* The folder gets its name first and report.json last: whatever ends the process, power loss apart, report.json and what it
* names are one report, the older or the new one. The pages beside it are whole each, and replaced just before.
*/
/**
* Write everything, or nothing where the signal is aborted before the files get their names: an older report in the folder
* is then still whole. report.json holds the digest of every table, so that tables and report of different runs are never
* taken together. What older reports left in the folder is removed. Errors: those of writing, INTERRUPTED.
*/
async function writeReport(measurement, folder, signal) {
	const { reportHtml } = await import("./shared-page2.js");
	const { abandon } = await prepareFolder(folder);
	const files = stageFiles(folder, signal);
	const json = join(folder, "report.json");
	try {
		const { report, contents } = inFolder$1(await withTables(measurement, files.addInside));
		const pages = {
			"report.md": reportMarkdown(report, measurement.evidence),
			"report.html": reportHtml(report, measurement.evidence)
		};
		for (const [name, page] of Object.entries(pages)) await files.addInside(name, page);
		for (const [name, page] of Object.entries(pages)) await files.add(join(folder, name), page);
		await files.add(json, reportJson(report));
		const older = await tablesNamedBy(json);
		files.commit(join(folder, contents));
		await removeOlderReports(folder, {
			contents,
			older
		});
		return {
			folder,
			json,
			report,
			files: [json, ...[...Object.keys(pages), ...namedTables(report)].map((name) => join(folder, name))]
		};
	} catch (error) {
		await files.discard();
		await abandon();
		throw error;
	}
}
/** The report as it is written, with the digests of its tables, their names inside the folder that has none yet. Nothing is written here. */
async function withTables({ report, evidence }, take) {
	const staging = {
		take,
		nameOf: uniqueNames()
	};
	const candidates = [];
	let next = 0;
	for (const candidate of report.candidates) {
		const features = [];
		for (const one of candidate.features) {
			const found = evidence[next++];
			features.push(found === void 0 ? one : await stageTable(one, found, tableOrigin(report, candidate, one), staging));
		}
		candidates.push({
			...candidate,
			features
		});
	}
	return {
		...report,
		candidates
	};
}
async function stageTable(features, evidence, origin, { take, nameOf }) {
	const stage = async (path, bytes) => {
		const name = nameOf(path);
		await take(name, bytes);
		return [name, sha256(bytes)];
	};
	const [table, tableSha256] = await stage(features.table, featureTableParquet(evidence.table, origin));
	if (features.replicates === null) return {
		...features,
		table,
		tableSha256
	};
	const [replicates, replicatesSha256] = await stage(features.replicates, replicatesParquet(evidence.replicates));
	return {
		...features,
		table,
		tableSha256,
		replicates,
		replicatesSha256
	};
}
/** `features/` and the last part of a path; a number before it where that was given already. */
function uniqueNames() {
	const given = /* @__PURE__ */ new Set();
	return (path) => {
		let name = basename(path);
		for (let i = 2; given.has(name); i++) name = `${i}.${basename(path)}`;
		given.add(name);
		return `features/${name}`;
	};
}
/** The report with its tables in the folder that is named by the report's content, their digests among it. */
function inFolder$1(report) {
	const contents = `report-${sha256(reportJson(report)).slice(0, 16)}`;
	const within = (features) => ({
		...features,
		table: `${contents}/${features.table}`,
		replicates: features.replicates === null ? null : `${contents}/${features.replicates}`
	});
	const candidates = report.candidates.map((one) => ({
		...one,
		features: one.features.map(within)
	}));
	return {
		report: {
			...report,
			contents,
			candidates
		},
		contents
	};
}
const sha256 = (content) => createHash("sha256").update(content).digest("hex");
// src/bridge/process.ts
/** @file A process as a far side, seen from the one that starts it. */
function startProcess(who, { file, env, nodeOptions, showsOutput }) {
	const child = fork(file, [], {
		serialization: "advanced",
		stdio: [
			"ignore",
			showsOutput ? "pipe" : "ignore",
			"pipe",
			"ipc"
		],
		execArgv: [...nodeOptions],
		env
	});
	child.stdout?.on("data", (chunk) => process.stderr.write(chunk));
	return new FarSide(who, processWire(who, child));
}
function processWire(who, child) {
	const noise = lastWords(child);
	const gone = new Promise((done) => child.once("exit", () => done()));
	return {
		post: (order) => void child.send(order, () => {}),
		listen(heard, ended) {
			child.on("message", (reply) => heard(reply));
			child.on("error", ({ message }) => ended(limitProblem(who, message) ?? engineDied(who, message)));
			child.on("exit", (status, signal) => {
				if (signal === "SIGINT" || signal === "SIGTERM") ended(interrupted());
				const how = signal === null ? `exit status ${status}` : `signal ${signal}`;
				const words = noise();
				ended(limitProblem(who, words) ?? (signal === null || signal === "SIGKILL" ? null : endedWithin(who, how)) ?? engineDied(who, words === "" ? how : `${how}: ${words}`));
			});
		},
		keepAlive: () => {},
		close: async () => {
			if (child.connected) child.disconnect();
			if (child.killed) await gone;
		},
		kill: () => void child.kill("SIGKILL")
	};
}
/** The last line of what native code wrote to standard error. */
function lastWords(child) {
	let text = "";
	child.stderr?.setEncoding("utf8").on("data", (chunk) => {
		text = (text + chunk).slice(-2e3);
		if (process.env.SAEGATE_DEBUG === "1") process.stderr.write(chunk);
	});
	return () => text.trim().split("\n").at(-1)?.slice(0, 300) ?? "";
}
// src/sources/trusted-publisher.ts
/**
* @file A token of the Hub without a stored secret: a job's own identity (OpenID Connect) is exchanged for a token that
* lasts an hour and reads what the Hub's owner allowed that job ("Trusted Publishers" on the Hub).
*
* Names and rules are those of huggingface_hub 1.19: HF_OIDC_RESOURCE (a user, or a repository) switches it on;
* HF_OIDC_ID_TOKEN is the identity where the CI gives one, and GitHub's is asked for where the job has
* `permissions: id-token: write`. HF_TOKEN, where it is set, stands before it. A failure is an error, never a silent
* run without a token. The identity is one for the Hub, who could be asked for a token with it by anybody: no mirror is given it.
*/
/** The only audience that the Hub accepts. */
const AUDIENCE = THE_HUB;
const TIMEOUT_MS = 3e4;
const LONGEST_ANSWER = 65536;
/**
* The environment with HF_TOKEN in it, where an identity is to be exchanged for one; else as it was. Errors:
* HUB_IDENTITY_ELSEWHERE, HUB_IDENTITY_MISSING, HUB_IDENTITY_REFUSED, HUB_SETTING_INVALID.
*/
async function withPublisherToken(environment, request = environmentFetch(environment)) {
	const given = (name) => environment[name]?.trim() || null;
	const resource = given("HF_OIDC_RESOURCE");
	const hasToken = given("HF_TOKEN") !== null || given("HUGGING_FACE_HUB_TOKEN") !== null;
	if (resource === null || hasToken) return environment;
	const endpoint = hubEndpoint(environment);
	if (endpoint !== "https://huggingface.co" && !isLoopback(new URL(endpoint).hostname)) throw hubIdentityElsewhere(endpoint);
	const identity = given("HF_OIDC_ID_TOKEN") ?? await githubIdentity(given, request);
	const answer = await asked("the Hub", request, `${endpoint}/oauth/token`, {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify({
			grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
			subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
			subject_token: identity,
			resource
		})
	});
	return {
		...environment,
		HF_TOKEN: fieldOf(answer, "access_token", "the Hub")
	};
}
async function githubIdentity(given, request) {
	const [url, secret] = [given("ACTIONS_ID_TOKEN_REQUEST_URL"), given("ACTIONS_ID_TOKEN_REQUEST_TOKEN")];
	if (url === null || secret === null || !URL.canParse(url)) throw hubIdentityMissing();
	const address = new URL(url);
	address.searchParams.set("audience", AUDIENCE);
	return fieldOf(await asked("GitHub", request, address.href, { headers: {
		Authorization: `bearer ${secret}`,
		Accept: "application/json"
	} }), "value", "GitHub");
}
/** Neither token nor identity is ever in a message: only who refused, and how. */
async function asked(who, request, url, init) {
	try {
		const signal = AbortSignal.timeout(TIMEOUT_MS);
		const response = await request(url, {
			...init,
			signal,
			redirect: "error"
		});
		const text = (await response.text()).slice(0, LONGEST_ANSWER);
		if (!response.ok) throw hubIdentityRefused(who, `it answered ${response.status}${reasonIn(text)}`);
		return JSON.parse(text);
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		throw hubIdentityRefused(who, "it could not be reached, or its answer is not JSON");
	}
}
/** OAuth's error code, which is one of a few known words (RFC 6749, section 5.2). */
function reasonIn(text) {
	const word = /"error"\s*:\s*"([a-z_]{1,40})"/.exec(text)?.[1];
	return word === void 0 ? "" : ` (${word})`;
}
function fieldOf(answer, field, who) {
	const value = typeof answer === "object" && answer !== null ? Object.entries(answer).find(([k]) => k === field)?.[1] : null;
	if (typeof value !== "string" || value === "") throw hubIdentityRefused(who, `its answer has no "${field}"`);
	return value;
}
// src/engine/environment.ts
/**
* @file What the engine process sees of the environment. It reads files that strangers wrote, with native code: it gets no
* secret that it has no use for. GitHub's tokens and those of package registries never; the Hub's where a spec names the Hub, an
* OCI registry's where one names such a registry.
*/
/** Inputs of the action (INPUT_GITHUB-TOKEN among them), what GitHub's runner gives a job, and other programs' secrets. */
const NEVER = /^(INPUT_.*|ACTIONS_.*|GITHUB_TOKEN|GH_TOKEN|GH_ENTERPRISE_TOKEN|GITHUB_ENTERPRISE_TOKEN|NODE_AUTH_TOKEN|NPM_TOKEN|npm_config_.*|AWS_(SECRET_ACCESS_KEY|SESSION_TOKEN)|AZURE_.*|CI_JOB_TOKEN|HF_OIDC_.*)$/i;
const OF_THE_HUB = /^(HF_TOKEN|HUGGING_FACE_HUB_TOKEN)$/;
const OF_OCI = /^SAEGATE_OCI_(USERNAME|PASSWORD)$/;
/** Errors: those of exchanging the job's identity for a token, where the Hub is named and that is asked for. */
async function engineEnvironment(config, environment) {
	const specs = specsOf(config);
	const [needsHub, needsOci] = [specs.some(isHubSpec), specs.some(isOciSpec)];
	const own = needsHub ? await withPublisherToken(environment) : environment;
	const kept = Object.entries(own).filter(([name]) => !NEVER.test(name) && (needsHub || !OF_THE_HUB.test(name)) && (needsOci || !OF_OCI.test(name)));
	return Object.fromEntries(kept);
}
function specsOf({ reference, candidates, saes, corpus, tokenizer }) {
	const corpora = corpusRepositories(corpus.source);
	const named = [
		reference,
		...candidates,
		...saes.map(({ source }) => source),
		...corpora
	];
	return tokenizer === null ? named : [...named, tokenizer];
}
// src/engine/memory-kept.ts
/** @file What the engine process is told of memory that is free. */
/**
* glibc gives allocations of the first size and more back to the system at once, and of smaller ones what lies free beyond the
* second at the end of its heap. By default it comes to keep blocks of up to 32 MiB, which is what tensors are, and a model
* then takes 1.3 times its weights in float32; gave it back all that it can, every run would touch new pages, which on a
* virtual machine take longer than the run (docs/decisions/2026-11-29-processor-time.md). For the same reason it asks for pages of
* 2 MiB, which Linux gives where it is asked; a glibc that has no such setting (before 2.35) leaves it unread.
*/
const MEMORY_KEPT = {
	MALLOC_MMAP_THRESHOLD_: String(2 ** 23),
	MALLOC_TRIM_THRESHOLD_: String(2 ** 26),
	GLIBC_TUNABLES: "glibc.malloc.hugetlb=1"
};
// src/engine/client.ts
/** @file Starts the engine process, hears its progress, and gives its measurement. */
/** Measure in a process of its own; in this one where the source runs without a bundle. Errors: whatever the audit raises, ENGINE_DIED, ENGINE_CRASHED, INTERRUPTED, HUB_IDENTITY_*. */
async function measureInEngine(request, options) {
	return present((await askEngine(request, options)).measurement, "a measurement");
}
/** One shard, likewise, which is then on disk. Errors: as well those of writing, SHARD_UNSUPPORTED, SHARDS_TOO_MANY. */
async function shardInEngine(request, options) {
	try {
		return present((await askEngine(request, options)).shard, "a shard");
	} catch (error) {
		await removeDeadTemporaries(dirname(request.shard.path));
		throw error;
	}
}
async function askEngine(request, { onProgress, signal, environment: given = process.env }) {
	if (signal.aborted) throw interrupted();
	const environment = await engineEnvironment(request.config, given);
	if (signal.aborted) throw interrupted();
	if (!isBundled("engine")) return await (await import("./shared-answer2.js")).answer(request, onProgress);
	const nodeOptions = debugOptions(process.env.SAEGATE_ENGINE_OPTIONS);
	const engine = startProcess("The engine process", {
		file: programFile("engine"),
		env: {
			...MEMORY_KEPT,
			...environment
		},
		nodeOptions,
		showsOutput: nodeOptions.length > 0
	});
	const onAbort = () => engine.cancel(interrupted());
	signal.addEventListener("abort", onAbort, { once: true });
	try {
		return await engine.ask(request, onProgress);
	} finally {
		signal.removeEventListener("abort", onAbort);
		await engine.close();
	}
}
/** Node's options for the engine as SAEGATE_ENGINE_OPTIONS lists them, apart by spaces. None: it runs undisturbed and unheard. */
function debugOptions(listed = "") {
	return listed.split(/\s+/).filter((option) => option !== "");
}
// src/gate/run-audit.ts
/** @file One audit as it was asked for: the policy decides the thresholds, the engine measures. */
/**
* Measure. What it is judged by has been read and the output folder is looked at first, so that a slip in them costs seconds,
* not the audit. Errors: those of writing, of the audit.
*/
async function runAudit(request, criteria, options) {
	return await inFolder(request, criteria, options, async (asked) => {
		const measurement = await measureInEngine(asked, options);
		return (abandon) => ({
			measurement,
			abandon
		});
	});
}
/** One shard of it, as a file of the output folder. Errors: those of writing, of the audit. */
async function runShard(request, number, criteria, options) {
	const path = join(request.out, shardName(number));
	return await inFolder(request, criteria, options, async (asked) => {
		const written = await shardInEngine({
			...asked,
			shard: {
				number,
				path
			}
		}, options);
		return () => written;
	});
}
const NO_FOLDER = { abandon: async () => {} };
/** What the engine is asked, in a folder that is ready for what comes of it. */
async function inFolder(request, { policy, baseline }, { toolVersion }, use) {
	if (request.untilDecided === true) {
		if (policy === null) throw untilDecidedImpossible("there is no policy whose rules could be decided");
		if (baseline !== null) throw untilDecidedImpossible("a baseline is of the whole text");
	}
	const { abandon } = request.out === null ? NO_FOLDER : await prepareFolder(request.out);
	const { policy: _p, baseline: _b, out: _o, config: _c, expectPolicy: _e, ...config } = request;
	const thresholds = policy?.features ?? config.thresholds;
	const confidence = policy?.confidence ?? config.confidence;
	const comparedWith = baseline === null ? null : {
		path: baseline.path,
		...comparableOf(baseline.measurement.report)
	};
	const watched = [...config.watched ?? [], ...policy === null ? [] : watchedFeatures(policy)];
	const asked = {
		config: {
			...config,
			thresholds,
			confidence,
			watched
		},
		baseline: comparedWith,
		toolVersion,
		...request.untilDecided === true && policy !== null ? { policy } : {}
	};
	try {
		return (await use(asked))(abandon);
	} catch (error) {
		await abandon();
		throw error;
	}
}
export { survivalBias as A, resolveJudging as B, MARKDOWN as C, prose as D, link as E, requireReport as F, loadPolicy as I, SHIPPED_POLICY_NAMES as L, policyHash as M, readCriteria as N, biasWords as O, readPolicy as P, isShippedPolicy as R, worstFeaturesParts as S, fenced as T, resolveRequest as V, newlyLost as _, writeReport as a, table as b, rankingTable as c, setupTable as d, explainedParts as f, icon as g, details as h, withTables as i, judgeBy as j, isBiasNotable as k, moreTable as l, VERDICT_ICONS as m, runShard as n, prepareFolder as o, RULE_ICONS as p, withPublisherToken as r, reportMarkdown as s, runAudit as t, reproduce as u, overviewTable as v, code as w, warningList as x, rulesTable as y, isPolicySaid as z };
