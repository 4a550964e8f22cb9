import { D as phrase, E as name, H as signed, j as count } from "./shared-shown.js";
// src/report/words/since-baseline.ts
/** Candidates named for each direction. */
const MOST_NAMED = 3;
/** Points that are shown as 0.0. */
const NOTHING = .05;
/** Null: there is no baseline. */
function sinceBaseline(report) {
	const { baseline, candidates } = report;
	if (baseline === null) return null;
	const known = candidates.map((one) => [one, changeOf(one)]).flatMap(([, change]) => change ?? []);
	const worse = known.filter(({ points }) => points <= -.05).sort((a, b) => a.points - b.points);
	const better = known.filter(({ points }) => points >= NOTHING).sort((a, b) => b.points - a.points);
	const same = known.length - worse.length - better.length;
	const unknown = candidates.length - known.length;
	const lost = newlyLost(candidates);
	const ofFeatures = report.readouts.length > 0;
	const parts = [
		...direction(ofFeatures ? "fewer features survive in" : "perplexity is higher in", worse),
		...direction(ofFeatures ? "more survive in" : "it is lower in", better),
		...same === 0 ? [] : [phrase`${count(same)} of ${count(candidates.length)} unchanged`],
		...unknown === 0 ? [] : [phrase`${count(unknown)} not in it`],
		...lost === 0 ? [] : [phrase`${count(lost)} ${lost === 1 ? "feature is" : "features are"} newly lost`]
	];
	return phrase`Since ${name(baseline.path)}: ${parts.flatMap((part, i) => i === 0 ? part : ["; ", ...part])}.`;
}
/** At the read-out where it is worst; of an audit without SAEs, of perplexity. Null: the baseline does not have the candidate. */
function changeOf({ name: of, baseline = [] }) {
	const survived = baseline.filter(({ metric }) => metric === "features.survived");
	if (survived.length > 0) {
		const points = 100 * Math.min(...survived.map(({ delta }) => delta));
		return {
			name: of,
			points,
			shown: signed(points, 1)
		};
	}
	const perplexity = baseline.find(({ metric }) => /^perplexity\.\w+\.deltaPercent$/.test(metric));
	return perplexity === void 0 ? null : {
		name: of,
		points: -perplexity.delta,
		shown: signed(perplexity.delta, 1)
	};
}
function direction(words, changes) {
	if (changes.length === 0) return [];
	const named = changes.slice(0, MOST_NAMED).flatMap((one, i) => [
		...i === 0 ? [] : [", "],
		name(one.name),
		` (${one.shown} points)`
	]);
	const rest = changes.length - MOST_NAMED;
	return [phrase`${words} ${named}${rest > 0 ? ` and ${count(rest)} more` : ""}`];
}
/** A feature that several candidates lose is one. */
function newlyLost(candidates) {
	const lost = /* @__PURE__ */ new Set();
	for (const { readout, features } of candidates.flatMap((one) => one.newlyLost ?? [])) for (const feature of features) lost.add(`${feature} ${readout}`);
	return lost.size;
}
export { sinceBaseline as n, changeOf as t };
