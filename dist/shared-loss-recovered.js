import { A as difference, K as replicateSums, N as intervalOf, R as plain, et as canHalve, k as bareEstimate } from "./shared-losses.js";
// src/statistics/loss-recovered.ts
/**
* @file How much of what a model loses without a value it keeps when an SAE's reconstruction stands in its place:
*
*     S = (L_ablated − L_sae) / (L_ablated − L_clean)
*
* with L the mean loss, or KL from the model as it is (of which the clean one is 0), and the value ablated to zero or to its mean.
* 1: the reconstruction does as well as the value; 0: as badly as none. Of the candidate and of the reference, each with its own value,
* and of the difference over the same token groups.
*/
/** What rules read: the loss, of what zeros cost. */
const BY_LOSS = {
	of: "loss",
	ablation: "zero"
};
/** Every figure that is told. */
const RECOVERED_BY = [
	BY_LOSS,
	{
		of: "kl",
		ablation: "zero"
	},
	{
		of: "loss",
		ablation: "mean"
	},
	{
		of: "kl",
		ablation: "mean"
	}
];
/** S of one model; null where the ablation costs nothing, so that there is nothing to recover. */
function lossRecovered(groups, { of, ablation }, sampling) {
	const ablated = of === "loss" ? groups[`${ablation}Loss`] : groups[`${ablation}Kl`];
	const rebuilt = of === "loss" ? groups.saeLoss : groups.saeKl;
	const clean = of === "loss" ? groups.cleanLoss : ablated.map(() => 0);
	const kept = ablated.map((sum, g) => sum - rebuilt[g]);
	const most = ablated.map((sum, g) => sum - clean[g]);
	const total = (sums) => sums.reduce((sum, one) => sum + one, 0);
	if (!(total(most) > 0)) return null;
	const value = total(kept) / total(most);
	if (sampling.method === "half-samples" && !canHalve(ablated.length)) return bareEstimate(value);
	const resampling = {
		...sampling,
		sizes: ablated
	};
	const [above, below] = [replicateSums(resampling, kept, 1), replicateSums(resampling, most, 1)];
	const values = Array.from(above, (sum, r) => below[r] > 0 ? sum / below[r] : value);
	return {
		...bareEstimate(value),
		error: {
			kind: "replicates",
			resampling,
			scale: plain.from,
			centre: value,
			values
		}
	};
}
/** S of the candidate less S of the reference, replicate by replicate; null where either has none. */
function recoveredChange(pair, by, sampling) {
	const [from, less] = [lossRecovered(pair.candidate, by, sampling), lossRecovered(pair.reference, by, sampling)];
	return from && less && difference(from, less);
}
/** In the order of RECOVERED_BY. */
function summarizeRecovered(pair, sampling, confidence) {
	const ends = (estimate) => estimate === null ? null : intervalOf(estimate, confidence);
	return RECOVERED_BY.map((by) => {
		const reference = lossRecovered(pair.reference, by, sampling);
		const candidate = lossRecovered(pair.candidate, by, sampling);
		const delta = recoveredChange(pair, by, sampling);
		return {
			...by,
			reference: reference?.value ?? null,
			referenceCi: ends(reference),
			candidate: candidate?.value ?? null,
			candidateCi: ends(candidate),
			delta: delta?.value ?? null,
			deltaCi: ends(delta)
		};
	});
}
export { summarizeRecovered as i, lossRecovered as n, recoveredChange as r, BY_LOSS as t };
