import { S as quantileOfSorted } from "./shared-feature-figures.js";
// src/statistics/token-statistics.ts
/**
* @file The statistics of llama.cpp's perplexity tool with --kl-divergence, by its definitions: of single tokens, with the standard
* errors that they would have if tokens were independent of each other (statistics.md has what they are not).
*
* n tokens, r and c the losses of reference and candidate (nats), s² of a mean: (mean of squares − square of the mean)/(n − 1).
*   Δp = e^{−c} − e^{−r}, of the correct token's probability;    RMS Δp = √(mean Δp²), its error ½ s(Δp²)/RMS
*   ln(PPL(Q)/PPL(base)) = mean c − mean r, its error s(c − r) = √(s²(c) + s²(r) − 2 s(c, r));    Cor = s(c, r)/(s(c) s(r))
*   PPL(Q)/PPL(base): error ratio · that;   PPL(Q) − PPL(base): error √(e²(Q) + e²(base) − 2 PPL(Q) PPL(base) s(c, r)), e = PPL · s
* Quantiles are linear between neighbouring values (quantile.ts).
*/
/** Of KL and Δp, the largest first. */
const TOKEN_QUANTILES = [
	1,
	.999,
	.99,
	.95,
	.9,
	.75,
	.5,
	.25,
	.1,
	.05,
	.01,
	.001,
	0
];
/** `agreements`: tokens of which both models put the same token first. RangeError without tokens. */
function tokenStatistics({ referenceLoss, candidateLoss, kl }, agreements) {
	const n = kl.length;
	if (n === 0) throw new RangeError("statistics of no tokens");
	const deltaP = Float64Array.from({ length: n }, (_, i) => Math.exp(-candidateLoss[i]) - Math.exp(-referenceLoss[i]));
	const [base, own] = [meanOf(referenceLoss), meanOf(candidateLoss)];
	const covariance = covarianceOfMeans(candidateLoss, referenceLoss);
	const square = meanOf(deltaP.map((one) => one * one));
	const rms = Math.sqrt(square.value);
	const share = agreements / n;
	const [q, b] = [perplexityOf(own), perplexityOf(base)];
	const changes = Float64Array.from({ length: n }, (_, i) => candidateLoss[i] - referenceLoss[i]);
	const logRatio = {
		value: own.value - base.value,
		error: meanOf(changes).error
	};
	const ratio = Math.exp(logRatio.value);
	const both = (own.error ?? 0) * (base.error ?? 0);
	return {
		perplexity: q,
		basePerplexity: b,
		correlation: both > 0 ? covariance / both : null,
		logRatio,
		ratio: {
			value: ratio,
			error: logRatio.error === null ? null : ratio * logRatio.error
		},
		difference: {
			value: q.value - b.value,
			error: errorOfDifference(q.error, b.error, q.value * b.value * covariance)
		},
		kl: meanOf(kl),
		klQuantiles: quantilesOf(kl),
		deltaP: meanOf(deltaP),
		deltaPRms: {
			value: rms,
			error: rms > 0 && square.error !== null ? .5 * square.error / rms : square.error
		},
		deltaPQuantiles: quantilesOf(deltaP),
		sameTop: {
			value: share,
			error: n > 1 ? Math.sqrt(share * (1 - share) / (n - 1)) : null
		}
	};
}
function meanOf(values) {
	const n = values.length;
	let sum = 0;
	for (let i = 0; i < n; i++) sum += values[i];
	const mean = sum / n;
	let squares = 0;
	for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
	return {
		value: mean,
		error: n > 1 ? Math.sqrt(squares / n / (n - 1)) : null
	};
}
/** Of two means over the same tokens. */
function covarianceOfMeans(a, b) {
	const n = a.length;
	const [left, right] = [meanOf(a).value, meanOf(b).value];
	let sum = 0;
	for (let i = 0; i < n; i++) sum += (a[i] - left) * (b[i] - right);
	return n > 1 ? sum / n / (n - 1) : 0;
}
function perplexityOf({ value, error }) {
	const perplexity = Math.exp(value);
	return {
		value: perplexity,
		error: error === null ? null : perplexity * error
	};
}
/** What rounding takes below 0 is 0. */
function errorOfDifference(a, b, covariance) {
	return a === null || b === null ? null : Math.sqrt(Math.max(0, a * a + b * b - 2 * covariance));
}
function quantilesOf(values) {
	const sorted = Float64Array.from(values).sort();
	return TOKEN_QUANTILES.map((q) => quantileOfSorted(sorted, q));
}
export { tokenStatistics as n, TOKEN_QUANTILES as t };
