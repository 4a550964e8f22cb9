import { C as groupTotals, I as logOdds, L as ofCorrelations, M as fisherZ, N as intervalOf, O as FINEST_CORRELATION, R as plain, _ as columnsOf, at as classOf, et as canHalve, g as columnTotals, it as documentDegrees, j as fisher, k as bareEstimate, lt as thresholdsOf, nt as halfCount, ot as countedRho, rt as halfSums, tt as groupInfluences, v as countedPositions } from "./shared-losses.js";
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
export { halvesSpread as C, quantileOfSorted as S, candidateColumns as _, ownSpread as a, median as b, classCounts as c, meanCorrelation as d, sensitivityGrid as f, halfCorrelations as g, filledHalf as h, meanOf as i, classFractions as l, featureReplicates as m, correlationIntervals as n, quantileOf as o, correlationAccuracy as p, functionalOf as r, singleCorrelation as s, classFraction as t, classesOf as u, correlations as v, neighbourCorrelation as w, quantile as x, definedOrZero as y };
