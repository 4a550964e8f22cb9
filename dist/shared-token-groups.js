import { o as problem } from "./shared-system-limits.js";
// src/contract/options/audit-config.ts
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
const candidateRescaled = problem("CANDIDATE_RESCALED", 2, (name, hook, factor, kl) => ({
	message: `${name}: at ${hook} its residual stream is ${factor} times the reference's and otherwise the same, while the outputs agree (KL ${kl}). A rescaled model computes the same function, but a sparse autoencoder trained on the reference would see every activation moved.`,
	fix: "Pass --rescale to divide the factor out before encoding."
}));
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
const modelTooLarge = problem("MODEL_TOO_LARGE", 2, (name, parameters, needed, available) => ({
	message: `${name} has ${parameters} weights and needs about ${needed} of memory to run in float32; this machine has ${available}.`,
	fix: `Run the audit on a machine with more than ${needed} of memory, or audit a smaller model of the family.`
}));
const digestUnexpected = problem("DIGEST_UNEXPECTED", 2, (what, found, expected) => ({
	message: `${what} ${found === null ? "has no digest of its own" : `has the sha256 ${found}`}; expected ${expected.slice(0, 4).join(" or ")}${expected.length > 4 ? " or another of those given" : ""}. Nothing was run.`,
	fix: "Give what was meant, or, where this is what is meant, its digest (report.json has it) to the expect input or flag."
}));
// src/errors/policy.ts
/** @file Problems with a policy, its watchlists, or the baseline it compares with. Source: policy/. */
/** JSON has no word for NaN and infinity: it would say null. */
const shown = (value) => {
	const text = typeof value === "number" ? String(value) : String(JSON.stringify(value) ?? value);
	return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};
/** `where` is file:line:column throughout. */
const policyKeyUnknown = problem("POLICY_KEY_UNKNOWN", 2, (where, key, suggestion, known) => ({
	message: `${where}: the key "${key}" is not known${suggestion === null ? "" : `; did you mean "${suggestion}"?`}`,
	fix: `Use one of: ${known.join(", ")}.`
}));
const policyInvalid = problem("POLICY_INVALID", 2, (where, key, found, expected) => ({
	message: `${where}: ${key === "" ? "the policy" : key} is ${shown(found)}; expected ${expected}.`,
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
	message: `${path} cannot be the baseline: ${field} is ${shown(baseline)} there and ${shown(current)} here.`,
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
function comparableOf({ reference, corpus, readouts }) {
	const { sha256, blockLength, groups, bos, resampling } = corpus;
	return {
		reference: { sha256: reference.sha256 },
		corpus: {
			sha256,
			blockLength,
			groups,
			bos,
			...resampling === void 0 ? {} : { resampling }
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
/** Throws BASELINE_MISMATCH with the differing field. */
function requireComparable(current, earlier) {
	const same = (field, there, here) => {
		if (there !== here) throw baselineMismatch(earlier.path, field, there, here);
	};
	same("corpus.sha256", earlier.corpus.sha256, current.corpus.sha256);
	same("corpus.blockLength", earlier.corpus.blockLength, current.corpus.blockLength);
	same("corpus.bos", earlier.corpus.bos, current.corpus.bos);
	if (earlier.corpus.resampling === current.corpus.resampling) same("corpus.groups", earlier.corpus.groups, current.corpus.groups);
	same("reference.sha256", earlier.reference.sha256, current.reference.sha256);
	const shared = current.readouts.flatMap((here) => {
		const there = earlier.readouts.find((one) => one.id === here.id);
		return there === void 0 ? [] : [{
			here,
			there
		}];
	});
	if (shared.length === 0 && current.readouts.length > 0 && earlier.readouts.length > 0) {
		const ids = ({ readouts }) => readouts.map((one) => one.id).join(", ");
		throw baselineMismatch(earlier.path, "readouts", ids(earlier), ids(current));
	}
	for (const { here, there } of shared) {
		for (const key of [
			"sha256",
			"positions",
			"center"
		]) same(`readouts[${here.id}].${key}`, there[key], here[key]);
		for (const key of [
			"survived",
			"damaged",
			"active"
		]) same(`readouts[${here.id}].thresholds.${key}`, there.thresholds[key], here.thresholds[key]);
	}
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
	if (earlier.corpus.resampling !== current.corpus.resampling) warnings.push("baseline and report are of versions that make intervals differently: changes are compared by value and the own interval of each, unpaired, which is wider than it had to be");
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
* and the interval is θ ± t √V with G − 1 degrees of freedom. For what is linear in the groups V is the usual variance,
* exactly. The value shown is never corrected by b: b is itself noisy, and intervals around corrected fractions covered
* less (docs/statistics.md, with what each of these covers in simulation).
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
	const error = Math.sqrt(squares / halves.length);
	return Number.isFinite(error) ? {
		bias: sum / halves.length,
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
// src/statistics/intervals/resampling.ts
/** What new measurements are made with. */
const RESAMPLING_METHOD = "half-samples";
/** What a report was measured with; one that does not say is older than half-samples. */
function methodOf({ resampling }) {
	return resampling ?? "delete-one";
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
/** Null with too few groups, or where a number is not finite. RangeError where replicates are missing. */
function spreadOf(resampling, value, replicates) {
	const { method, sizes } = resampling;
	if (replicates.length !== replicateCount(resampling)) throw new RangeError(`${replicates.length} replicates for ${sizes.length} groups`);
	if (method === "half-samples") return halfSampleSpread(value, replicates);
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
	const spread = error.own === void 0 ? spreadOf(error.resampling, centre, values) : error.own.spread;
	if (spread === null) return null;
	const half = studentQuantile(confidence, spread.degrees) * spread.error;
	const low = Math.max(range[0], scale(centre - half));
	const high = Math.min(range[1], scale(centre + half));
	const most = value === 0 && error.oneFeature !== void 0 ? emptyClassEnd(values, error.oneFeature) : value;
	return {
		interval: [Math.min(value, low), Math.max(most, high)],
		bias: spread.bias === null ? null : scale(centre + spread.bias) - scale(centre),
		degrees: spread.degrees,
		budgetExponent: error.resampling.method === "half-samples" && error.own === void 0 ? budgetExponent(values) : 2
	};
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
	const values = Array.from(left.values, (one, r) => left.scale(one) - right.scale(right.values[r]));
	const { resampling } = left;
	const error = {
		kind: "replicates",
		resampling,
		scale: linear,
		centre: value,
		values
	};
	return {
		...bareEstimate(value),
		error
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
	return Float64Array.from(half, (value, k) => Number.isNaN(value) ? countedRho(rho[k]) : value);
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
	const fraction = (rho) => weightedClassFractions(rho, weights, thresholds)[name];
	const estimate = functionalOf(features, fraction);
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
		...functionalOf(features, (rho) => meanCorrelation(rho, weights)),
		range: [-1, 1]
	};
}
/** Quantile `q` (0..1) of ρ; 0.5 is the median. */
function quantileOf(features, q) {
	return {
		...functionalOf(features, (rho) => quantile(rho, q)),
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
			own: { spread: correlationSpread(own, near) }
		},
		range: [-1, 1]
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
/**
* Any number made from the features' ρ. The set of features is held: the active ones are the reference's, and the same in
* every replicate.
*/
function functionalOf({ rho, replicates, resampling }, functional) {
	const value = functional(definedOrZero(rho));
	if (replicates === null) return bareEstimate(value);
	const values = replicates.map((row) => functional(filledHalf(rho, row)));
	return {
		...bareEstimate(value),
		error: {
			kind: "replicates",
			resampling,
			scale: linear,
			centre: value,
			values
		}
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
function summarizePerplexity(groups, method, confidence) {
	const scoredTokens = total(groups.tokens);
	const referenceLoss = total(groups.referenceLoss) / scoredTokens;
	const candidateLoss = total(groups.candidateLoss) / scoredTokens;
	const change = perplexityChange(groups, method);
	return {
		reference: Math.exp(referenceLoss),
		candidate: candidatePerplexity(groups, method).value,
		referenceLoss,
		candidateLoss,
		deltaPercent: change.value,
		ci: intervalOf(change, confidence),
		scoredTokens
	};
}
/** Change of the perplexity, in percent. */
function perplexityChange(groups, method) {
	const { tokens, referenceLoss, candidateLoss } = groups;
	const differences = candidateLoss.map((loss, g) => loss - referenceLoss[g]);
	const scoredTokens = total(tokens);
	const change = total(candidateLoss) / scoredTokens - total(referenceLoss) / scoredTokens;
	return {
		...meanPerToken(differences, tokens, method, percentChange),
		value: percentChange(change)
	};
}
/** The candidate's own perplexity. */
function candidatePerplexity({ tokens, candidateLoss }, method) {
	return meanPerToken(candidateLoss, tokens, method, logarithm);
}
/** `klP99` is the 99th percentile of the KL of all scored tokens (quantile.ts). */
function summarizeDivergence(groups, klP99, method, confidence) {
	const [divergence, agreement] = [meanDivergence(groups, method), top1Agreement(groups, method)];
	const tail = tailDivergence(withoutRounding(klP99), groups, method);
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
/** KL is never negative: what rounding took below 0 is 0. More than rounding can take stays, and shows that something is wrong. */
function withoutRounding(kl) {
	return kl < 0 && kl >= -1e-6 ? 0 : kl;
}
/** Mean KL(reference‖candidate), nats per scored token. */
function meanDivergence({ tokens, kl }, method) {
	const mean = meanPerToken(kl, tokens, method, linear);
	return {
		...mean,
		value: withoutRounding(mean.value),
		range: [0, Number.POSITIVE_INFINITY]
	};
}
/** 99th percentile of the KL of single tokens; its error from the counts above levels, on the scale of the logarithm. */
function tailDivergence(klP99, { tokens, klAbove }, method) {
	if (klAbove === void 0 || method === "delete-one") return bareEstimate(klP99);
	const { centre, halves } = divergenceQuantile(klP99, .99, klAbove, tokens);
	return {
		value: klP99,
		error: {
			kind: "replicates",
			resampling: {
				method,
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
function top1Agreement({ tokens, agreements }, method) {
	return {
		...meanPerToken(agreements, tokens, method, linear),
		range: [0, 1]
	};
}
/** Σ sums / Σ tokens, a mean loss or a rate, on the scale where its errors are normal. */
function meanPerToken(sums, tokens, method, scale) {
	const resampling = {
		method,
		sizes: tokens
	};
	const centre = total(sums) / total(tokens);
	const counts = replicateSums(resampling, tokens, 1);
	const values = replicateSums(resampling, sums, 1).map((sum, r) => sum / counts[r]);
	return {
		...bareEstimate(scale(centre)),
		error: {
			kind: "replicates",
			resampling,
			scale,
			centre,
			values
		}
	};
}
function total(values) {
	return values.reduce((sum, value) => sum + value, 0);
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
export { classOf as $, addReferenceMoments as A, spillFailed as At, meanFiring as B, correlationAccuracy as C, digestUnexpected as Ct, activeFeatures as D, residualsAlike as Dt, correlations as E, nullCheckFailed as Et, emptyCandidateMoments as F, difference as G, quantile as H, emptyReferenceMoments as I, RESAMPLING_METHOD as J, isUnpaired as K, firingRates as L, columnsOf as M, DEFAULT_CONFIDENCE as Mt, countedPositions as N, DEFAULT_THRESHOLDS as Nt, addCandidateMoments as O, rotationAtRunTime as Ot, deadFeatures as P, canHalve as Q, groupTotals as R, sensitivityGrid as S, captureNotFinite as St, candidateColumns as T, modelTooLarge as Tt, neighbourCorrelation as U, meanSquares as V, bareEstimate as W, groupsOfReplicates as X, fewestGroups as Y, methodOf as Z, quantileOf as _, watchlistInvalid as _t, typicalDocument as a, requireComparable as at, classesOf as b, candidateRescaled as bt, perplexityChange as c, policyInvalid as ct, tailDivergence as d, policyReference as dt, countedRho as et, top1Agreement as f, policyRuleInvalid as ft, meanOf as g, todayInvalid as gt, correlationIntervals as h, policyUnknown as ht, groupOfEach as i, comparisonWarnings as it, addReferenceTile as j, ANYTHING as jt, addCandidateTile as k, rotationInexact as kt, summarizeDivergence as l, policyKeyUnknown as lt, classFraction as m, policyThresholds as mt, equalGroupSizes as n, isActive as nt, candidatePerplexity as o, policyException as ot, countsAbove as p, policyRuleRepeated as pt, knownOf as q, groupCount as r, comparableOf as rt, meanDivergence as s, policyExtends as st, dealGroups as t, firingRate as tt, summarizePerplexity as u, policyNoRules as ut, singleCorrelation as v, badFit as vt, featureReplicates as w, lanesInvalid as wt, meanCorrelation as x, candidateRotated as xt, classCounts as y, candidateIsReference as yt, meanActivations as z };
