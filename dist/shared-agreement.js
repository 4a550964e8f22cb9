import { C as groupTotals, N as intervalOf, _ as columnsOf, et as canHalve, nt as halfCount, rt as halfSums } from "./shared-losses.js";
import { C as halvesSpread, a as ownSpread, d as meanCorrelation, r as functionalOf, x as quantile } from "./shared-feature-figures.js";
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
	const known = replicates === null || replicates.length === 0 ? null : replicates;
	return {
		...functionalOf({
			rho: values,
			replicates: known,
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
export { meanValue as a, valueIntervals as c, firingHalves as i, JACCARD as n, quantileValue as o, firingFigures as r, singleValue as s, GAIN as t };
