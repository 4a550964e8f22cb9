import { F as knownOf, ct as isActive, ot as countedRho } from "./shared-losses.js";
import { a as meanValue } from "./shared-agreement.js";
import { c as classCounts, f as sensitivityGrid, i as meanOf, o as quantileOf, t as classFraction } from "./shared-feature-figures.js";
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
export { summarizeFiring as n, summarizeFeatures as t };
