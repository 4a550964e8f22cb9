import { r as problem } from "./shared-problem.js";
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
// src/contract/comparable.ts
/**
* @file Whether two measurements may be compared: they saw the same tokens through the same SAE at the same positions and
* thresholds; anything else would show a change of the measurement, not of the model.
*
* The rule is asked twice: by the engine before anything is run, so that a baseline of another corpus costs seconds, and
* by judging, for reports that are judged again.
*/
/** The few values of a report that the rule asks for. */
function comparableOf({ corpus, readouts }) {
	return {
		corpus: { sha256: corpus.sha256 },
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
// src/statistics/taxonomy.ts
/** Class of one active feature. */
function classOf(rho, thresholds) {
	const value = Number.isNaN(rho) ? 0 : rho;
	if (value >= thresholds.survived) return "survived";
	return value < thresholds.damaged ? "damaged" : "degraded";
}
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
		sum += weight * (Number.isNaN(rho[k]) ? 0 : rho[k]);
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
// src/statistics/student-t.ts
/**
* @file Quantiles of Student's t for whole degrees of freedom, to double precision.
*
* For whole ν the distribution is a finite sum in θ = atan(t/√ν) (Abramowitz & Stegun 26.7.3 and 26.7.4): no gamma
* function, no approximation. It rises with θ, so bisection finds the quantile to the last bits.
*/
/** P(|T| ≤ t) with t = √ν · tan θ, θ in [0, π/2). */
function centralProbability(theta, degrees) {
	const cosine = Math.cos(theta);
	const odd = degrees % 2 === 1;
	let term = odd ? cosine : 1;
	let sum = degrees === 1 ? 0 : term;
	for (let power = odd ? 3 : 2; power <= degrees - 2; power += 2) {
		term *= cosine * cosine * ((power - 1) / power);
		sum += term;
	}
	return odd ? 2 / Math.PI * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
}
/** t with P(|T| ≤ t) = confidence. RangeError unless 0 < confidence < 1 and `degrees` is a whole number ≥ 1. */
function studentQuantile(confidence, degrees) {
	if (!(confidence > 0 && confidence < 1 && Number.isInteger(degrees) && degrees >= 1)) throw new RangeError(`no t quantile for confidence ${confidence} and ${degrees} degrees of freedom`);
	let low = 0;
	let high = Math.PI / 2;
	for (let step = 0; step < 64; step++) {
		const middle = (low + high) / 2;
		if (centralProbability(middle, degrees) < confidence) low = middle;
		else high = middle;
	}
	return Math.sqrt(degrees) * Math.tan((low + high) / 2);
}
/**
* Standard error of `value`, a statistic of everything, given it without each group: `replicates[g]`, where group g
* holds `sizes[g]` observations. Groups of size 0 take no part. Null with fewer than FEWEST_GROUPS groups, or where any
* number is not finite.
*/
function jackknifeError(value, replicates, sizes) {
	if (replicates.length !== sizes.length) throw new RangeError(`${replicates.length} replicates for ${sizes.length} groups`);
	let groups = 0;
	let total = 0;
	for (let g = 0; g < sizes.length; g++) {
		groups += sizes[g] > 0 ? 1 : 0;
		total += sizes[g];
	}
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
/** t quantile of an interval over these groups; null with too few groups. */
function groupQuantile(sizes, confidence) {
	let groups = 0;
	for (let g = 0; g < sizes.length; g++) groups += sizes[g] > 0 ? 1 : 0;
	return groups < 5 ? null : studentQuantile(confidence, groups - 1);
}
/** [low, high] of `value` at `confidence` (0..1), cut to [least, most]: the range the statistic can have. */
function jackknifeInterval(value, replicates, sizes, confidence, range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]) {
	const error = jackknifeError(value, replicates, sizes);
	const quantile = groupQuantile(sizes, confidence);
	if (error === null || quantile === null) return null;
	return [Math.max(range[0], value - quantile * error), Math.min(range[1], value + quantile * error)];
}
/**
* Interval of Σ numerator / Σ denominator over groups (a mean loss, a rate), the denominators being the group sizes.
* Null where there are too few groups.
*/
function ratioInterval(numerators, denominators, confidence, range) {
	const top = Array.from(numerators).reduce((total, x) => total + x, 0);
	const bottom = Array.from(denominators).reduce((total, x) => total + x, 0);
	const replicates = Array.from(numerators, (x, g) => (top - x) / (bottom - denominators[g]));
	return jackknifeInterval(top / bottom, replicates, denominators, confidence, range);
}
/** Largest |ρ| that Fisher's z is taken of: atanh(1) is infinite, and float64 knows nothing closer to 1 that matters. */
const NEAREST_TO_ONE = 1 - 1e-12;
/**
* (K) intervals of ρ. The jackknife runs on Fisher's z = atanh ρ, whose distribution is far less skewed near 1, where
* the thresholds are, and the ends are brought back by tanh: always inside [−1, 1] and around ρ itself. NaN where there
* are too few groups. `rho` and every replicate have undefined ρ counted as 0.
*/
function correlationIntervals(rho, replicates, sizes, confidence) {
	const low = new Float64Array(rho.length).fill(NaN);
	const high = new Float64Array(rho.length).fill(NaN);
	const quantile = groupQuantile(sizes, confidence);
	if (quantile === null) return {
		low,
		high
	};
	const replicateZ = new Float64Array(replicates.length);
	for (let k = 0; k < rho.length; k++) {
		const z = fisherZ(rho[k]);
		for (let g = 0; g < replicates.length; g++) replicateZ[g] = fisherZ(replicates[g][k]);
		const error = jackknifeError(z, replicateZ, sizes);
		if (error === null) continue;
		low[k] = Math.min(rho[k], Math.tanh(z - quantile * error));
		high[k] = Math.max(rho[k], Math.tanh(z + quantile * error));
	}
	return {
		low,
		high
	};
}
function fisherZ(rho) {
	return Math.atanh(Math.max(-.999999999999, Math.min(NEAREST_TO_ONE, rho)));
}
// src/statistics/feature-moments.ts
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
/** (G, K) → (K): sums over all groups. */
function groupTotals(sums, groups, columns) {
	const totals = new Float64Array(columns);
	for (let g = 0; g < groups; g++) for (let k = 0; k < columns; k++) totals[k] += sums[g * columns + k];
	return totals;
}
/**
* (G, K) → (G, K): row g is the sum of all rows but g. Made of a forward and a backward running sum, not of total
* minus row: a feature that fires in one group only leaves exact zeros behind, as a feature that never fired does.
*/
function leaveOneOutSums(sums, groups, columns) {
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
	const rho = (sumAB - sumA * sumB / n) / (Math.sqrt(varianceA) * Math.sqrt(varianceB));
	const excess = Math.abs(rho) - 1;
	if (!(excess > 0)) return rho;
	return excess <= SUM_ROUNDING / Math.min(varianceA / sumAA, varianceB / sumBB) ? Math.sign(rho) : NaN;
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
/** ρ with each group left out, one array per group, parallel to `candidate.features`; undefined ρ counted as 0. */
function leaveOneOutCorrelations(reference, candidate) {
	const count = candidate.features.length;
	const { groups, positions } = reference;
	const left = mapSums(pairSums(reference, candidate), (sums) => leaveOneOutSums(sums, groups, count));
	const remaining = leaveOneOutSums(positions, groups, 1);
	return Array.from({ length: groups }, (_, g) => definedOrZero(correlationsAt(left, remaining[g], g * count, count)));
}
/** The replicates of the active features, as they are stored. RangeError where an active feature was not measured. */
function featureReplicates(reference, candidate, active) {
	return {
		features: active,
		correlations: leaveOneOutCorrelations(reference, candidateColumns(candidate, active))
	};
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
	return rho.map((value) => Number.isNaN(value) ? 0 : value);
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
// src/statistics/token-groups.ts
/**
* @file How blocks of tokens are dealt to the groups that the jackknife leaves out in turn.
*
* Groups are runs of neighbouring blocks, as equal as they can be: text near itself is alike, so leaving out a run
* gives honester intervals than leaving out scattered blocks. The deal follows from the two numbers in report.json
* (corpus.blocks, corpus.groups), so a stored report's intervals can be made again.
*/
/** Groups really used: never more than there are blocks. */
function groupCount(blocks, wanted) {
	return Math.max(1, Math.min(blocks, wanted));
}
/** First block of group g, for g in 0..groups (the last entry is `blocks`): group g holds blocks [start[g], start[g + 1]). */
function groupStarts(blocks, groups) {
	return Int32Array.from({ length: groups + 1 }, (_, g) => Math.floor(g * blocks / groups));
}
/** (groups) blocks in each group; they differ by one at most. */
function groupSizes(blocks, groups) {
	const starts = groupStarts(blocks, groups);
	return Int32Array.from({ length: groups }, (_, g) => starts[g + 1] - starts[g]);
}
/** (blocks) group of each block. */
function groupOfBlocks(blocks, groups) {
	const starts = groupStarts(blocks, groups);
	const out = new Int32Array(blocks);
	for (let g = 0; g < groups; g++) out.fill(g, starts[g], starts[g + 1]);
	return out;
}
export { requireComparable as A, policyUnknown as B, classFractions as C, sensitivityGrid as D, meanCorrelation as E, policyNoRules as F, watchlistInvalid as H, policyReference as I, policyRuleInvalid as L, policyExtends as M, policyInvalid as N, weightedClassFractions as O, policyKeyUnknown as P, policyRuleRepeated as R, classCounts as S, classesOf as T, todayInvalid as V, emptyReferenceMoments as _, median as a, jackknifeInterval as b, correlations as c, addCandidateMoments as d, addCandidateTile as f, emptyCandidateMoments as g, countedPositions as h, groupStarts as i, policyException as j, comparableOf as k, definedOrZero as l, addReferenceTile as m, groupOfBlocks as n, quantile as o, addReferenceMoments as p, groupSizes as r, candidateColumns as s, groupCount as t, featureReplicates as u, groupTotals as v, classOf as w, ratioInterval as x, correlationIntervals as y, policyThresholds as z };
