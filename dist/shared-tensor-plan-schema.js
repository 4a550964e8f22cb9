import { i as problem } from "./shared-problem.js";
import { I as logOdds, N as intervalOf, R as plain, at as classOf, k as bareEstimate, ot as countedRho, z as studentQuantile } from "./shared-losses.js";
import { S as quantileOfSorted, h as filledHalf } from "./shared-feature-figures.js";
import { r as parseCompression, s as compressionSpecMalformed } from "./shared-spec.js";
import { totalmem } from "node:os";
import { constrainedMemory } from "node:process";
// src/errors/attribution.ts
/** @file What can be wrong with what `attribute` and `repair` are asked for. */
const attributionUnlike = problem("ATTRIBUTION_UNLIKE", 2, (candidate, reason) => ({
	message: `Tensors of ${candidate} cannot take the places of the reference's: ${reason}.`,
	fix: "Attribute a candidate whose matrices have the names and shapes of the reference's: the same checkpoint quantized, without fusing, splitting or turning them."
}));
const nothingBeforeHook = problem("NOTHING_BEFORE_HOOK", 2, (hooks) => ({
	message: `No matrix that compression changes stands before ${hooks.join(", ")}, so no tensor can have changed what is read there.`,
	fix: "Take an SAE further on (--sae, --hook), or ask for KL (--kl), which every tensor can change."
}));
const attributionWithoutSae = problem("ATTRIBUTION_WITHOUT_SAE", 2, () => ({
	message: "Which tensors damage features is asked for, and no SAE is given.",
	fix: "Give one (--sae), or ask for KL beside it (--kl) with --sae none."
}));
const watchedUnknown = problem("WATCHED_UNKNOWN", 2, (feature, readout, width) => ({
	message: `Feature ${feature} is to be watched at ${readout}, whose SAE has ${width.toLocaleString("en")} features, 0 to ${(width - 1).toLocaleString("en")}.`,
	fix: "Give numbers of features that the SAE has (--watch, or the lists of the policy)."
}));
const planFileInvalid = problem("PLAN_FILE_INVALID", 2, (path, reason) => ({
	message: `${path} is no plan of tensors: ${reason}.`,
	fix: "Write {\"schema\": \"saegate/tensor-plan@1\", \"base\": \"rtn:4\", \"tensors\": {\"NAME\": \"reference\"}}, or take the file that `saegate repair` wrote."
}));
const repairReferenceFails = problem("REPAIR_REFERENCE_FAILS", 2, (rules) => ({
	message: `With every tensor that compression changed given back, the policy still fails (${rules.join(", ")}): no plan can make it pass.`,
	fix: "Change the policy: it asks for more than the reference itself has on this text. Or look at what else the candidate changed (embeddings, norms), which `saegate attribute` names."
}));
const repairTextShort = problem("REPAIR_TEXT_SHORT", 2, (sequences) => ({
	message: `The text has ${sequences} sequences, and a plan is searched on one half of them and judged on the other.`,
	fix: "Give more text, or shorter sequences (--block-length)."
}));
const repairWithoutPolicy = problem("REPAIR_WITHOUT_POLICY", 2, () => ({
	message: "A plan is to be found with which a policy passes, and none is given.",
	fix: "Name one with --policy."
}));
// src/audit/machine/memory.ts
/** @file The memory of this machine or container, and what captures may take of it. */
/** Bytes of memory: the machine's, or what its container may use. */
function availableMemory() {
	const limit = constrainedMemory();
	return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
// src/statistics/shuffle.ts
/** @file A seeded order: Fisher–Yates by xorshift128 of Marsaglia (2003), its state filled by splitmix32. */
/** The same items in an order that `next`, uniform in [0, 1), alone decides. */
function shuffled(items, next) {
	const order = [...items];
	for (let i = order.length - 1; i > 0; i--) {
		const j = Math.floor(next() * (i + 1));
		[order[i], order[j]] = [order[j], order[i]];
	}
	return order;
}
/** Uniform in [0, 1). */
function seeded(seed) {
	let filler = seed >>> 0;
	const word = () => {
		filler = filler + 2654435769 >>> 0;
		let z = filler;
		z = Math.imul(z ^ z >>> 16, 2246822507);
		z = Math.imul(z ^ z >>> 13, 3266489909);
		return (z ^ z >>> 16) >>> 0;
	};
	let [x, y, z, w] = [
		word(),
		word(),
		word(),
		word()
	];
	return () => {
		const t = x ^ x << 11;
		[x, y, z] = [
			y,
			z,
			w
		];
		w = (w ^ w >>> 19 ^ t ^ t >>> 8) >>> 0;
		return w / 2 ** 32;
	};
}
// src/statistics/equal-count.ts
/**
* @file Bins of equal count: edges are quantiles of the values (those of quantile.ts), a bin is open below and closed above,
* the first closed on both sides. Edges that coincide are one, and bins in which nothing lies are left out. It is what pandas' qcut does
* with duplicates dropped, so that deciles compare with the paper's.
*/
/** At most `count` bins, lowest first; none of no values. None may be NaN. */
function equalCountBins(values, count) {
	if (values.length === 0) return [];
	const sorted = Float64Array.from(values).sort();
	const quantiles = Array.from({ length: count + 1 }, (_, i) => quantileOfSorted(sorted, i / count));
	const edges = quantiles.filter((edge, i) => i === 0 || edge > quantiles[i - 1]);
	const uppers = edges.length === 1 ? edges : edges.slice(1);
	const members = uppers.map(() => []);
	for (let k = 0; k < values.length; k++) {
		const bin = uppers.findIndex((upper) => values[k] <= upper);
		members[bin < 0 ? uppers.length - 1 : bin].push(k);
	}
	return members.map((own, i) => ({
		low: edges[i],
		high: uppers[i],
		members: own
	})).filter((bin) => bin.members.length > 0);
}
// src/statistics/features/active-features.ts
/** Those at `places`, in that order. */
function chosenFeatures(from, places) {
	const take = (values) => Float64Array.from(places, (k) => values[k]);
	return {
		ids: Int32Array.from(places, (k) => from.ids[k]),
		rho: take(from.rho),
		firingRate: take(from.firingRate),
		mean: take(from.mean),
		peak: take(from.peak),
		halves: from.halves && {
			...from.halves,
			rho: from.halves.rho.map(take)
		}
	};
}
/** (R)(K) ρ on each half, whole-sample ρ where a half says nothing of a feature. Null without token groups. */
function halvesOf({ rho, halves }) {
	return halves === null ? null : halves.rho.map((half) => filledHalf(rho, half));
}
// src/statistics/fragility/calibration.ts
/** @file Are predicted probabilities true? Brier score with its skill over the base rate, and a reliability curve. */
const BINS = 10;
/** `z`: the normal quantile of the intervals' level. */
function calibrationOf(predicted, isOne, z) {
	const mean = (values) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
	const brier = mean(predicted.map((p, k) => (p - isOne[k]) ** 2));
	const rate = mean(isOne);
	const base = rate * (1 - rate);
	return {
		brier,
		skill: base > 0 ? 1 - brier / base : null,
		reliability: equalCountBins(predicted, BINS).map(({ members }) => {
			const observed = mean(members.map((k) => isOne[k]));
			return {
				predicted: mean(members.map((k) => predicted[k])),
				observed,
				ci: wilson(observed, members.length, z),
				count: members.length
			};
		})
	};
}
/** Wilson's score interval of a proportion (1927). */
function wilson(p, n, z) {
	const [square, scale] = [z * z, 1 + z * z / n];
	const centre = (p + square / (2 * n)) / scale;
	const half = z / scale * Math.sqrt(p * (1 - p) / n + square / (4 * n * n));
	return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
// src/statistics/fragility/folds.ts
/** @file Stratified folds: each class shuffled by a seed and dealt to the folds in turn, so that all hold as many of it, within one. */
/** (K) fold of each row, 0 to folds − 1. */
function stratifiedFolds(isOne, folds, seed) {
	const next = seeded(seed);
	const fold = new Uint8Array(isOne.length);
	let dealt = 0;
	for (const wanted of [0, 1]) {
		const rows = [...isOne.keys()].filter((k) => isOne[k] === wanted);
		for (const row of shuffled(rows, next)) fold[row] = dealt++ % folds;
	}
	return fold;
}
// src/statistics/fragility/logistic.ts
const MOST_STEPS = 100;
/** Of what the objective may still fall by over its size: rounding of the objective is a thousandth of it. */
const CONVERGED = 1e-12;
/**
* `c`: C; Infinity: no penalty, and then there is no fit of separable classes. `rows`: those that are fitted; all where left out.
* RangeError where it does not converge.
*/
function fitLogistic(columns, isOne, c, rows = Uint32Array.from(isOne.keys())) {
	const problem = {
		columns,
		isOne,
		rows,
		penalty: 1 / c
	};
	let weights = new Float64Array(columns.length + 1);
	let value = objective(problem, weights);
	for (let step = 0; step < MOST_STEPS; step++) {
		const { gradient, hessian } = derivatives(problem, weights);
		const direction = solved(hessian, gradient);
		const slope = direction.reduce((sum, d, i) => sum + d * gradient[i], 0);
		if (!(slope > CONVERGED * Math.max(1, value))) return fitOf(weights.map((w, i) => w - direction[i]));
		const next = lineSearch(problem, {
			weights,
			value,
			direction,
			slope
		});
		if (next === null) return fitOf(weights);
		({weights, value} = next);
	}
	throw new RangeError("the logistic fit did not converge");
}
/** P(one) of row k. */
function probability({ coefficients, intercept }, columns, row) {
	const score = coefficients.reduce((sum, w, i) => sum + w * columns[i][row], intercept);
	return 1 / (1 + Math.exp(-score));
}
function fitOf(weights) {
	return {
		coefficients: [...weights.subarray(0, -1)],
		intercept: weights.at(-1) ?? 0
	};
}
function scoreOf(columns, weights, row) {
	let score = weights[columns.length];
	for (let i = 0; i < columns.length; i++) score += weights[i] * columns[i][row];
	return score;
}
function objective({ columns, isOne, rows, penalty }, weights) {
	let value = 0;
	for (let i = 0; i < columns.length; i++) value += penalty / 2 * weights[i] ** 2;
	for (let k = 0; k < rows.length; k++) {
		const score = scoreOf(columns, weights, rows[k]);
		const margin = isOne[rows[k]] === 1 ? score : -score;
		value += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
	}
	return value;
}
/** Gradient (n) and Hessian (n, n) of the objective, n weights with the intercept. */
function derivatives({ columns, isOne, rows, penalty }, weights) {
	const n = weights.length;
	const gradient = weights.map((w, i) => i < n - 1 ? penalty * w : 0);
	const hessian = new Float64Array(n * n);
	for (let i = 0; i < n - 1; i++) hessian[i * n + i] = penalty;
	const x = new Float64Array(n).fill(1);
	for (let k = 0; k < rows.length; k++) {
		const row = rows[k];
		for (let i = 0; i < n - 1; i++) x[i] = columns[i][row];
		const p = 1 / (1 + Math.exp(-scoreOf(columns, weights, row)));
		const [residual, curvature] = [p - isOne[row], p * (1 - p)];
		for (let i = 0; i < n; i++) {
			gradient[i] += residual * x[i];
			for (let j = 0; j <= i; j++) hessian[i * n + j] += curvature * x[i] * x[j];
		}
	}
	return {
		gradient,
		hessian
	};
}
/** H⁻¹ g by Cholesky; of H only the lower half is read. RangeError where it is singular. */
function solved(hessian, gradient) {
	const n = gradient.length;
	const l = new Float64Array(n * n);
	for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) {
		let sum = hessian[i * n + j];
		for (let m = 0; m < j; m++) sum -= l[i * n + m] * l[j * n + m];
		if (i !== j) l[i * n + j] = sum / l[j * n + j];
		else if (sum > 0) l[i * n + i] = Math.sqrt(sum);
		else throw new RangeError("the logistic fit has no unique answer");
	}
	const x = Float64Array.from(gradient);
	for (let i = 0; i < n; i++) {
		for (let m = 0; m < i; m++) x[i] -= l[i * n + m] * x[m];
		x[i] /= l[i * n + i];
	}
	for (let i = n - 1; i >= 0; i--) {
		for (let m = i + 1; m < n; m++) x[i] -= l[m * n + i] * x[m];
		x[i] /= l[i * n + i];
	}
	return x;
}
/** Newton's step, halved until the objective falls (Armijo); null: it falls no more, in float64. */
function lineSearch(problem, { weights, value, direction, slope }) {
	for (let size = 1; size > 1e-10; size /= 2) {
		const next = weights.map((w, i) => w - size * direction[i]);
		const there = objective(problem, next);
		if (there <= value - 1e-4 * size * slope) return {
			weights: next,
			value: there
		};
	}
	return null;
}
// src/statistics/fragility/predictors.ts
const PREDICTORS = [
	"rarity",
	"log mean",
	"log peak",
	"log concentration"
];
/** Without the one that the others determine. */
const INDEPENDENT = [
	"rarity",
	"log mean",
	"log peak"
];
/** What logarithms are taken of is at least this. */
const FLOOR = 1e-8;
function predictorColumns(features) {
	const { firingRate, mean, peak } = features;
	const log = (value) => Math.log(Math.max(value, FLOOR));
	return {
		rarity: firingRate.map((rate) => -log(rate)),
		"log mean": mean.map(log),
		"log peak": peak.map(log),
		"log concentration": peak.map((most, k) => Math.log(Math.max(most / Math.max(mean[k], FLOOR), 1)))
	};
}
function standardOf(column) {
	const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
	const square = column.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	return {
		mean,
		sd: Math.sqrt(square / column.length)
	};
}
/** z-scores; of a column that does not vary 0. */
function standardised(column, { mean, sd }) {
	return column.map((value) => sd > 0 ? (value - mean) / sd : 0);
}
// node_modules/simple-statistics/dist/simple-statistics.mjs
/**
* Our default sum is the [Kahan-Babuska algorithm](https://pdfs.semanticscholar.org/1760/7d467cda1d0277ad272deb2113533131dc09.pdf).
* This method is an improvement over the classical
* [Kahan summation algorithm](https://en.wikipedia.org/wiki/Kahan_summation_algorithm).
* It aims at computing the sum of a list of numbers while correcting for
* floating-point errors. Traditionally, sums are calculated as many
* successive additions, each one with its own floating-point roundoff. These
* losses in precision add up as the number of numbers increases. This alternative
* algorithm is more accurate than the simple way of calculating sums by simple
* addition.
*
* This runs in `O(n)`, linear time, with respect to the length of the array.
*
* @param {Array<number>} x input
* @return {number} sum of all input numbers
* @example
* sum([1, 2, 3]); // => 6
*/
function sum(x) {
	if (x.length === 0) return 0;
	var sum = x[0];
	var correction = 0;
	var transition;
	if (typeof sum !== "number") return NaN;
	for (var i = 1; i < x.length; i++) {
		if (typeof x[i] !== "number") return NaN;
		transition = sum + x[i];
		if (Math.abs(sum) >= Math.abs(x[i])) correction += sum - transition + x[i];
		else correction += x[i] - transition + sum;
		sum = transition;
	}
	return sum + correction;
}
/**
* The mean, _also known as average_,
* is the sum of all values over the number of values.
* This is a [measure of central tendency](https://en.wikipedia.org/wiki/Central_tendency):
* a method of finding a typical or central value of a set of numbers.
*
* This runs in `O(n)`, linear time, with respect to the length of the array.
*
* @param {Array<number>} x sample of one or more data points
* @throws {Error} if the length of x is less than one
* @returns {number} mean
* @example
* mean([0, 10]); // => 5
*/
function mean(x) {
	if (x.length === 0) throw new Error("mean requires at least one data point");
	return sum(x) / x.length;
}
/**
* The sum of deviations to the Nth power.
* When n=2 it's the sum of squared deviations.
* When n=3 it's the sum of cubed deviations.
*
* @param {Array<number>} x
* @param {number} n power
* @returns {number} sum of nth power deviations
*
* @example
* var input = [1, 2, 3];
* // since the variance of a set is the mean squared
* // deviations, we can calculate that with sumNthPowerDeviations:
* sumNthPowerDeviations(input, 2) / input.length;
*/
function sumNthPowerDeviations(x, n) {
	var meanValue = mean(x);
	var sum = 0;
	var tempValue;
	var i;
	if (n === 2) for (i = 0; i < x.length; i++) {
		tempValue = x[i] - meanValue;
		sum += tempValue * tempValue;
	}
	else for (i = 0; i < x.length; i++) sum += Math.pow(x[i] - meanValue, n);
	return sum;
}
/**
* [Sample covariance](https://en.wikipedia.org/wiki/Sample_mean_and_covariance) of two datasets:
* how much do the two datasets move together?
* x and y are two datasets, represented as arrays of numbers.
*
* @param {Array<number>} x a sample of two or more data points
* @param {Array<number>} y a sample of two or more data points
* @throws {Error} if x and y do not have equal lengths
* @throws {Error} if x or y have length of one or less
* @returns {number} sample covariance
* @example
* sampleCovariance([1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1]); // => -3.5
*/
function sampleCovariance(x, y) {
	if (x.length !== y.length) throw new Error("sampleCovariance requires samples with equal lengths");
	if (x.length < 2) throw new Error("sampleCovariance requires at least two data points in each sample");
	var xmean = mean(x);
	var ymean = mean(y);
	var sum = 0;
	for (var i = 0; i < x.length; i++) sum += (x[i] - xmean) * (y[i] - ymean);
	var besselsCorrection = x.length - 1;
	return sum / besselsCorrection;
}
/**
* The [sample variance](https://en.wikipedia.org/wiki/Variance#Sample_variance)
* is the sum of squared deviations from the mean. The sample variance
* is distinguished from the variance by the usage of [Bessel's Correction](https://en.wikipedia.org/wiki/Bessel's_correction):
* instead of dividing the sum of squared deviations by the length of the input,
* it is divided by the length minus one. This corrects the bias in estimating
* a value from a set that you don't know if full.
*
* References:
* * [Wolfram MathWorld on Sample Variance](http://mathworld.wolfram.com/SampleVariance.html)
*
* @param {Array<number>} x a sample of two or more data points
* @throws {Error} if the length of x is less than 2
* @return {number} sample variance
* @example
* sampleVariance([1, 2, 3, 4, 5]); // => 2.5
*/
function sampleVariance(x) {
	if (x.length < 2) throw new Error("sampleVariance requires at least two data points");
	return sumNthPowerDeviations(x, 2) / (x.length - 1);
}
/**
* The [sample standard deviation](http://en.wikipedia.org/wiki/Standard_deviation#Sample_standard_deviation)
* is the square root of the sample variance.
*
* @param {Array<number>} x input array
* @returns {number} sample standard deviation
* @example
* sampleStandardDeviation([2, 4, 4, 4, 5, 5, 7, 9]).toFixed(2);
* // => '2.14'
*/
function sampleStandardDeviation(x) {
	var sampleVarianceX = sampleVariance(x);
	return Math.sqrt(sampleVarianceX);
}
/**
* The [correlation](http://en.wikipedia.org/wiki/Correlation_and_dependence) is
* a measure of how correlated two datasets are, between -1 and 1
*
* @param {Array<number>} x first input
* @param {Array<number>} y second input
* @returns {number} sample correlation
* @example
* sampleCorrelation([1, 2, 3, 4, 5, 6], [2, 2, 3, 4, 5, 60]).toFixed(2);
* // => '0.69'
*/
function sampleCorrelation(x, y) {
	var cov = sampleCovariance(x, y);
	var xstd = sampleStandardDeviation(x);
	var ystd = sampleStandardDeviation(y);
	return cov / xstd / ystd;
}
/**
* [Bayesian Classifier](http://en.wikipedia.org/wiki/Naive_Bayes_classifier)
*
* This is a naïve bayesian classifier that takes
* singly-nested objects.
*
* @class
* @example
* var bayes = new BayesianClassifier();
* bayes.train({
*   species: 'Cat'
* }, 'animal');
* var result = bayes.score({
*   species: 'Cat'
* })
* // result
* // {
* //   animal: 1
* // }
*/
var BayesianClassifier = function BayesianClassifier() {
	this.totalCount = 0;
	this.data = {};
};
/**
* Train the classifier with a new item, which has a single
* dimension of Javascript literal keys and values.
*
* @param {Object} item an object with singly-deep properties
* @param {string} category the category this item belongs to
* @return {undefined} adds the item to the classifier
*/
BayesianClassifier.prototype.train = function train(item, category) {
	if (!this.data[category]) this.data[category] = {};
	for (var k in item) {
		var v = item[k];
		if (this.data[category][k] === void 0) this.data[category][k] = {};
		if (this.data[category][k][v] === void 0) this.data[category][k][v] = 0;
		this.data[category][k][v]++;
	}
	this.totalCount++;
};
/**
* Generate a score of how well this item matches all
* possible categories based on its attributes
*
* @param {Object} item an item in the same format as with train
* @returns {Object} of probabilities that this item belongs to a
* given category.
*/
BayesianClassifier.prototype.score = function score(item) {
	var odds = {};
	var category;
	for (var k in item) {
		var v = item[k];
		for (category in this.data) {
			odds[category] = {};
			if (this.data[category][k]) odds[category][k + "_" + v] = (this.data[category][k][v] || 0) / this.totalCount;
			else odds[category][k + "_" + v] = 0;
		}
	}
	var oddsSums = {};
	for (category in odds) {
		oddsSums[category] = 0;
		for (var combination in odds[category]) oddsSums[category] += odds[category][combination];
	}
	return oddsSums;
};
/**
* This is a single-layer [Perceptron Classifier](http://en.wikipedia.org/wiki/Perceptron) that takes
* arrays of numbers and predicts whether they should be classified
* as either 0 or 1 (negative or positive examples).
* @class
* @example
* // Create the model
* var p = new PerceptronModel();
* // Train the model with input with a diagonal boundary.
* for (var i = 0; i < 5; i++) {
*     p.train([1, 1], 1);
*     p.train([0, 1], 0);
*     p.train([1, 0], 0);
*     p.train([0, 0], 0);
* }
* p.predict([0, 0]); // 0
* p.predict([0, 1]); // 0
* p.predict([1, 0]); // 0
* p.predict([1, 1]); // 1
*/
var PerceptronModel = function PerceptronModel() {
	this.weights = [];
	this.bias = 0;
};
/**
* **Predict**: Use an array of features with the weight array and bias
* to predict whether an example is labeled 0 or 1.
*
* @param {Array<number>} features an array of features as numbers
* @returns {number} 1 if the score is over 0, otherwise 0
*/
PerceptronModel.prototype.predict = function predict(features) {
	if (features.length !== this.weights.length) return null;
	var score = 0;
	for (var i = 0; i < this.weights.length; i++) score += this.weights[i] * features[i];
	score += this.bias;
	if (score > 0) return 1;
	else return 0;
};
/**
* **Train** the classifier with a new example, which is
* a numeric array of features and a 0 or 1 label.
*
* @param {Array<number>} features an array of features as numbers
* @param {number} label either 0 or 1
* @returns {PerceptronModel} this
*/
PerceptronModel.prototype.train = function train(features, label) {
	if (label !== 0 && label !== 1) return null;
	if (features.length !== this.weights.length) {
		this.weights = features;
		this.bias = 1;
	}
	var prediction = this.predict(features);
	if (typeof prediction === "number" && prediction !== label) {
		var gradient = label - prediction;
		for (var i = 0; i < this.weights.length; i++) this.weights[i] += gradient * features[i];
		this.bias += gradient;
	}
	return this;
};
var SQRT_2PI = Math.sqrt(2 * Math.PI);
function cumulativeDistribution(z) {
	var sum = z;
	var tmp = z;
	for (var i = 1; i < 15; i++) {
		tmp *= z * z / (2 * i + 1);
		sum += tmp;
	}
	return Math.round((.5 + sum / SQRT_2PI * Math.exp(-z * z / 2)) * 1e4) / 1e4;
}
/**
* A standard normal table, also called the unit normal table or Z table,
* is a mathematical table for the values of Φ (phi), which are the values of
* the [cumulative distribution function](https://en.wikipedia.org/wiki/Normal_distribution#Cumulative_distribution_function)
* of the normal distribution. It is used to find the probability that a
* statistic is observed below, above, or between values on the standard
* normal distribution, and by extension, any normal distribution.
*/
var standardNormalTable = [];
for (var z = 0; z <= 3.09; z += .01) standardNormalTable.push(cumulativeDistribution(z));
// src/statistics/overlap/ranks.ts
/**
* @file Pearson's and Spearman's correlation of two lists of numbers.
*
* Pearson's is simple-statistics'. Spearman's is Pearson's of the ranks, equal values sharing the mean of theirs: many
* features have a damage score of exactly 1, and simple-statistics ranks those by their order in the list.
*/
/** NaN of fewer than two, or where one side does not vary. */
function pearson(a, b) {
	return a.length < 2 ? NaN : sampleCorrelation(Array.from(a), Array.from(b));
}
/** NaN of fewer than two, or where one side does not vary. */
function spearman(a, b) {
	return pearson(midRanks(a), midRanks(b));
}
/** Ranks from 1; equal values have the mean of the ranks that they take up. None may be NaN. */
function midRanks(values) {
	const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i] - values[j]);
	const ranks = new Float64Array(values.length);
	for (let start = 0, end = 0; start < order.length; start = end) {
		while (end < order.length && values[order[end]] === values[order[start]]) end++;
		for (let at = start; at < end; at++) ranks[order[at]] = (start + 1 + end) / 2;
	}
	return ranks;
}
// src/statistics/fragility/roc.ts
/** @file How well scores tell two classes apart: ROC curve, and the area under it by mid-ranks, ties counting half. */
/** P(score of a one > score of a zero) + ½ P(equal); NaN where a class is empty. */
function areaUnderRoc(scores, isOne) {
	const ranks = midRanks(scores);
	let [sum, ones] = [0, 0];
	for (let k = 0; k < ranks.length; k++) {
		if (isOne[k] !== 1) continue;
		sum += ranks[k];
		ones++;
	}
	const zeros = ranks.length - ones;
	return ones === 0 || zeros === 0 ? NaN : (sum - ones * (ones + 1) / 2) / (ones * zeros);
}
/** From (0, 0) to (1, 1), a point for each distinct score, highest first. */
function rocCurve(scores, isOne) {
	const order = Uint32Array.from({ length: scores.length }, (_, k) => k).sort((a, b) => scores[b] - scores[a]);
	const ones = order.reduce((sum, k) => sum + isOne[k], 0);
	const zeros = scores.length - ones;
	const points = [{
		falsePositive: 0,
		truePositive: 0
	}];
	let [seenOnes, seenZeros] = [0, 0];
	order.forEach((k, at) => {
		if (isOne[k] === 1) seenOnes++;
		else seenZeros++;
		const next = order[at + 1];
		if (next !== void 0 && scores[next] === scores[k]) return;
		points.push({
			falsePositive: seenZeros / zeros,
			truePositive: seenOnes / ones
		});
	});
	return points;
}
/** Features of the smaller class. */
function smallerClass(features, thresholds) {
	const survived = survivedOf(features.rho, thresholds).reduce((sum, one) => sum + one, 0);
	return Math.min(survived, features.ids.length - survived);
}
/** RangeError where a class has fewer than FOLDS · FEWEST_A_FOLD features. */
function fragilityOf(features, thresholds, confidence) {
	if (smallerClass(features, thresholds) < 25) throw new RangeError("too few of a class");
	const survived = survivedOf(features.rho, thresholds);
	const raw = predictorColumns(features);
	const question = {
		features,
		thresholds,
		confidence,
		survived
	};
	const { crossValidated, predicted } = crossValidate(zScores(raw, PREDICTORS), survived);
	const reduced = crossValidate(zScores(raw, INDEPENDENT), survived);
	const z = studentQuantile(confidence, NORMAL);
	return {
		predicted,
		fragility: {
			features: survived.length,
			survived: survived.reduce((sum, one) => sum + one, 0),
			c: 1,
			model: modelOf(question, raw, PREDICTORS),
			crossValidated,
			independent: {
				model: modelOf(question, raw, INDEPENDENT),
				crossValidated: reduced.crossValidated
			},
			standard: byPredictor((name) => standardOf(raw[name])),
			calibration: calibrationOf(predicted, survived, z),
			roc: rocCurve(predicted, survived),
			quarters: byPredictor((name) => quartersOf(question, raw[name]))
		}
	};
}
/** Degrees of freedom from which Student's t is the normal distribution, to nine digits. */
const NORMAL = 1e9;
function byPredictor(make) {
	return {
		rarity: make("rarity"),
		"log mean": make("log mean"),
		"log peak": make("log peak"),
		"log concentration": make("log concentration")
	};
}
/** (K) 1: survived. */
function survivedOf(rho, thresholds) {
	return Uint8Array.from(rho, (one) => Number(classOf(countedRho(one), thresholds) === "survived"));
}
function zScores(raw, names) {
	return names.map((name) => standardised(raw[name], standardOf(raw[name])));
}
/** Fitted again to what survives in each half of the token groups: predictors are those of all of the text. */
function modelOf(question, raw, names) {
	const columns = zScores(raw, names);
	const fit = fitLogistic(columns, question.survived, 1);
	const halves = halvesOf(question.features)?.map((rho) => fitLogistic(columns, survivedOf(rho, question.thresholds), 1));
	return {
		coefficients: names.map((predictor, i) => ({
			predictor,
			value: fit.coefficients[i],
			ci: intervalFrom(question, {
				value: fit.coefficients[i],
				halves: halves?.map((half) => half.coefficients[i]),
				scale: plain
			})
		})),
		intercept: fit.intercept
	};
}
function intervalFrom({ features, confidence }, { value, halves, scale }) {
	if (features.halves === null || halves === void 0) return null;
	const estimate = {
		...bareEstimate(value),
		error: {
			kind: "replicates",
			resampling: features.halves.resampling,
			scale: scale.from,
			centre: scale.to(value),
			values: halves.map(scale.to)
		}
	};
	return intervalOf(estimate, confidence);
}
function crossValidate(columns, survived) {
	const predicted = new Float64Array(survived.length);
	const spreads = Array.from({ length: 20 }, (_, seed) => {
		const fold = stratifiedFolds(survived, 5, seed);
		return Array.from({ length: 5 }, (_, left) => {
			const rowsWhere = (isWanted) => Uint32Array.from(fold.keys()).filter((k) => isWanted(fold[k]));
			const fit = fitLogistic(columns, survived, 1, rowsWhere((f) => f !== left));
			const rows = rowsWhere((f) => f === left);
			const scores = Float64Array.from(rows, (k) => probability(fit, columns, k));
			rows.forEach((k, at) => {
				predicted[k] += scores[at] / 20;
			});
			return areaUnderRoc(scores, Uint8Array.from(rows, (k) => survived[k]));
		});
	}).map((folds) => standardOf(Float64Array.from(folds)));
	const means = standardOf(Float64Array.from(spreads, ({ mean }) => mean));
	return {
		predicted,
		crossValidated: {
			auc: means.mean,
			foldSd: standardOf(Float64Array.from(spreads, ({ sd }) => sd)).mean,
			seedSd: means.sd,
			folds: 5,
			seeds: 20
		}
	};
}
function quartersOf(question, column) {
	const { features, thresholds } = question;
	const halves = halvesOf(features)?.map((rho) => survivedOf(rho, thresholds));
	return equalCountBins(column, 4).map(({ low, high, members }) => {
		const share = (survived) => members.reduce((sum, k) => sum + survived[k], 0) / members.length;
		const value = share(question.survived);
		const scale = logOdds(members.length);
		return {
			low,
			high,
			features: members.length,
			survived: value,
			ci: clipped(intervalFrom(question, {
				value,
				halves: halves?.map(share),
				scale
			}))
		};
	});
}
function clipped(ci) {
	return ci && [Math.max(0, ci[0]), Math.min(1, ci[1])];
}
function forecast(fit, features) {
	const columns = zScores(predictorColumns(features), PREDICTORS);
	const predicted = features.firingRate.map((_, k) => probability(fit, columns, k));
	return {
		predicted,
		expected: predicted.reduce((sum, p) => sum + p, 0) / predicted.length
	};
}
// src/compression/calibrated/spec.ts
/**
* @file Compressors beyond plain rounding and magnitude pruning, as the user writes them: `wanda:0.5`, `wanda:2:4`, `sparsegpt:0.5`,
* `gptq:4,group=128`, `awq:4,group=128`, `nf4`, `int8-outlier`, `smoothquant:8`. Each is its publication's rule (statistics.md).
*/
const FIGURES_OF = {
	wanda: ["squares"],
	sparsegpt: ["products"],
	gptq: ["products"],
	awq: ["magnitudes", "products"],
	nf4: [],
	"int8-outlier": [],
	smoothquant: ["largest"]
};
/** As the user would write it. */
function publishedText(how) {
	switch (how.method) {
		case "wanda":
		case "sparsegpt": {
			const { sparsity } = how;
			const amount = sparsity.kind === "fraction" ? sparsity.fraction : `${sparsity.keep}:${sparsity.of}`;
			return `${how.method}:${amount}`;
		}
		case "gptq":
		case "awq": return `${how.method}:${how.bits}${how.group === null ? "" : `,group=${how.group}`}`;
		case "smoothquant": return `smoothquant:${how.bits}`;
		default: return how.method;
	}
}
/** Null: none of these. Errors: COMPRESSION_SPEC_MALFORMED. */
function parsePublished(spec) {
	if (spec === "nf4" || spec === "int8-outlier") return { method: spec };
	const [, method = "", written = ""] = /^(wanda|sparsegpt|gptq|awq|smoothquant|nf4|int8-outlier):(.*)$/.exec(spec) ?? [];
	switch (method) {
		case "": return null;
		case "wanda":
		case "sparsegpt": return {
			method,
			sparsity: sparsityOf(spec, written)
		};
		case "gptq":
		case "awq": return {
			method,
			...roundingOf(spec, written)
		};
		case "smoothquant":
			if (written !== "8") throw compressionSpecMalformed(spec, "smoothquant is of 8 bits, weights and inputs: smoothquant:8");
			return {
				method,
				bits: 8
			};
		default: throw compressionSpecMalformed(spec, `${method} takes nothing behind it`);
	}
}
function sparsityOf(spec, written) {
	const [, keep, of] = /^(\d{1,3}):(\d{1,3})$/.exec(written) ?? [];
	if (keep !== void 0 && of !== void 0) {
		const pattern = {
			kind: "pattern",
			keep: Number(keep),
			of: Number(of)
		};
		if (pattern.keep >= 1 && pattern.keep < pattern.of && pattern.of <= 128) return pattern;
		throw compressionSpecMalformed(spec, `"${written}" does not keep N of M neighbours, 1 ≤ N < M ≤ 128`);
	}
	const fraction = /^(\d+\.?\d*|\.\d+)$/.test(written) ? Number(written) : NaN;
	if (!(fraction >= 0 && fraction < 1)) throw compressionSpecMalformed(spec, `"${written}" is no sparsity with 0 ≤ sparsity < 1, and no N:M such as 2:4`);
	return {
		kind: "fraction",
		fraction
	};
}
function roundingOf(spec, written) {
	const [, bits, group] = /^([2-8])(?:,group=(\d{1,9}))?$/.exec(written) ?? [];
	if (bits === void 0 || group !== void 0 && Number(group) < 1) throw compressionSpecMalformed(spec, `"${written}" is not BITS (2 to 8) or BITS,group=N with N 1 or more`);
	return {
		bits: Number(bits),
		group: group === void 0 ? null : Number(group)
	};
}
// src/compression/derived-spec.ts
/** @file Whether a candidate is made of the reference, by what its spec says. */
/** False: a checkpoint, or something of the Hub. Errors: those of compression specs. */
const isDerivedSpec = (spec) => parsePublished(spec) !== null || parseCompression(spec) !== null;
// src/contract/tensor-plan/tensor-plan-schema.ts
const TENSOR_PLAN_SCHEMA = "saegate/tensor-plan@1";
/** What the reference stores. */
const AS_REFERENCE = "reference";
const tensorPlanSchema = {
	$schema: "http://json-schema.org/draft-07/schema#",
	$id: "https://saegate.dev/schemas/tensor-plan.schema.json",
	title: "saegate plan of tensors (plan:FILE)",
	type: "object",
	additionalProperties: false,
	required: [
		"schema",
		"base",
		"tensors"
	],
	properties: {
		schema: { const: TENSOR_PLAN_SCHEMA },
		base: {
			type: "string",
			minLength: 1,
			maxLength: 4096,
			description: "The candidate that every other tensor comes from: rtn:4, a folder, a GGUF file, hf:owner/name."
		},
		tensors: {
			type: "object",
			maxProperties: 1e5,
			propertyNames: { maxLength: 1e3 },
			additionalProperties: {
				type: "string",
				minLength: 1,
				maxLength: 100
			},
			description: "Target tensor, by its name in the reference, and what it becomes: `reference` as it is stored there, or a rounding of that (rtn:8)."
		}
	}
};
/** How a candidate is named that a plan makes. */
const PLAN_PREFIX = "plan:";
export { nothingBeforeHook as A, halvesOf as C, availableMemory as D, shuffled as E, watchedUnknown as F, repairReferenceFails as M, repairTextShort as N, attributionUnlike as O, repairWithoutPolicy as P, chosenFeatures as S, seeded as T, pearson as _, isDerivedSpec as a, PREDICTORS as b, publishedText as c, forecast as d, fragilityOf as f, rocCurve as g, areaUnderRoc as h, tensorPlanSchema as i, planFileInvalid as j, attributionWithoutSae as k, NORMAL as l, survivedOf as m, PLAN_PREFIX as n, FIGURES_OF as o, smallerClass as p, TENSOR_PLAN_SCHEMA as r, parsePublished as s, AS_REFERENCE as t, byPredictor as u, spearman as v, equalCountBins as w, calibrationOf as x, sampleStandardDeviation as y };
