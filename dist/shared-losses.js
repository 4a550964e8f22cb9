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
function degreesOf(groups, documents, shared) {
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
		const degrees = rule === void 0 ? Math.min(spread.degrees, documentDegrees(documents, rule)) : degreesOf(sizes.length, documents, shared);
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
/**
* @file Student's t for any real number of degrees of freedom ν ≥ 1: tail probabilities and quantiles.
*
* P(|T| > t) is the regularised incomplete beta function I_x(ν/2, ½) at x = ν/(ν + t²) (Abramowitz & Stegun 26.7.1), taken
* from its continued fraction (26.5.8, evaluated by Lentz's method). Degrees need not be whole: those of a single feature
* are estimated (half-intervals.ts).
*/
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
		bias: spread.bias === null ? null : meanOf(values, scale) - scale(centre),
		degrees: spread.degrees,
		budgetExponent: error.resampling.method === "half-samples" && error.own === void 0 ? budgetExponent(values) : 2
	};
}
/** The bias is told in the figure's own unit, so the mean is of its own values. */
function meanOf(values, scale) {
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
// src/statistics/features/feature-moments.ts
/**
* @file The sums from which every feature's correlation is made, kept apart per token group.
*
* Reference and candidate are two types because one reference serves many candidates: Σa, Σa², firings and peak are
* summed once, and each candidate adds only Σb, Σb², Σab and two counts of firings for the features it was measured on. Sums add: two batches,
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
		product: new Float64Array(size),
		together: new Float64Array(size),
		either: new Float64Array(size)
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
		into.together[row + i] += tile.together[i];
		into.either[row + i] += tile.either[i];
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
/** Of some features alone, which are then numbered by their places. */
function referenceColumns(moments, features) {
	const { groups, width, positions } = moments;
	const pick = (values) => Float64Array.from(features, (j) => values[j]);
	return {
		groups,
		width: features.length,
		positions,
		sum: columnsOf(moments.sum, groups, width, features),
		sumOfSquares: columnsOf(moments.sumOfSquares, groups, width, features),
		firings: pick(moments.firings),
		peak: pick(moments.peak)
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
		product: added(a.product, b.product),
		together: added(a.together, b.together),
		either: added(a.either, b.either)
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
/** (G, F) → (K): sums over all groups of the columns of `features`, in the order of `groupTotals`. */
function columnTotals(sums, groups, width, features) {
	const totals = new Float64Array(features.length);
	for (let g = 0; g < groups; g++) {
		const row = g * width;
		for (let k = 0; k < features.length; k++) totals[k] += sums[row + features[k]];
	}
	return totals;
}
/** (G, F) → (G, K): the columns of `features`. */
function columnsOf(sums, groups, width, features) {
	const out = new Float64Array(groups * features.length);
	for (let g = 0; g < groups; g++) for (let k = 0; k < features.length; k++) out[g * features.length + k] = sums[g * width + features[k]];
	return out;
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
export { GROUP_COUNTS as $, difference as A, DEGREES_RULE as B, groupTotals as C, referenceColumns as D, meanSquares as E, knownOf as F, methodOf as G, VALUE_ALONE as H, logOdds as I, dealGroups as J, replicateSums as K, ofCorrelations as L, fisherZ as M, intervalOf as N, FINEST_CORRELATION as O, isUnpaired as P, typicalDocument as Q, plain as R, firingRates as S, meanFiring as T, fewestGroups as U, RESAMPLING_METHOD as V, groupsOfReplicates as W, groupCount as X, equalGroupSizes as Y, groupOfEach as Z, columnsOf as _, summarizePerplexity as a, classOf as at, emptyCandidateMoments as b, DIVERGENCE_LEVELS as c, isActive as ct, activeFeatures as d, canHalve as et, addCandidateMoments as f, columnTotals as g, addReferenceTile as h, summarizeDivergence as i, documentDegrees as it, fisher as j, bareEstimate as k, countsAbove as l, thresholdsOf as lt, addReferenceMoments as m, meanDivergence as n, halfCount as nt, tailDivergence as o, countedRho as ot, addCandidateTile as p, samplingOf as q, perplexityChange as r, halfSums as rt, top1Agreement as s, firingRate as st, candidatePerplexity as t, groupInfluences as tt, quantileBounds as u, countedPositions as v, meanActivations as w, emptyReferenceMoments as x, deadFeatures as y, studentQuantile as z };
