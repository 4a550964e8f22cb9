import { n as visible, t as oneLine } from "./shared-visible.js";
import { G as methodOf, H as VALUE_ALONE, ot as countedRho } from "./shared-losses.js";
import { _ as metricNamed, b as PLAIN$1, m as unitOfChange, r as nothingRequired } from "./shared-verdict.js";
// src/report/words/figures.ts
/** The perplexity a table shows: chunked where it was measured, else sliding. */
function shownPerplexity(candidate) {
	const { chunked, sliding } = candidate.perplexity;
	if (chunked) return {
		protocol: "chunked",
		figure: chunked
	};
	return sliding ? {
		protocol: "sliding",
		figure: sliding
	} : null;
}
/** Sliding perplexity beside the chunked one that tables show, where it may be what a dissociation goes by; else null. */
function alsoMeasured({ perplexity, dissociation }) {
	return dissociation.flag && perplexity.chunked ? perplexity.sliding : null;
}
/** The reference's own perplexity, by the protocol that tables show; null: none was measured. All candidates are beside the same. */
function referencePerplexity(report) {
	for (const candidate of report.candidates) {
		const shown = shownPerplexity(candidate);
		if (shown !== null) return {
			protocol: shown.protocol,
			value: shown.figure.reference
		};
	}
	return null;
}
/** Candidates with what matters first on top: failed, undecided, passed; within those, in the report's order. */
function bySeverity(candidates) {
	return [...candidates].sort((a, b) => severity(a) - severity(b));
}
const SEVERITY = {
	fail: 0,
	inconclusive: 2,
	pass: 4
};
function severity(candidate) {
	const base = candidate.verdict === null ? 5 : SEVERITY[candidate.verdict];
	return candidate.dissociation.flag ? base - .5 : base;
}
/** Can survival be told? Not where no feature is active, nor where all of them are only moved by one factor. */
const isTold = ({ active, rescaled }) => active > 0 && rescaled === void 0;
/** A read-out's shares and mean ρ; null where they cannot be told. */
function ofActive(features) {
	return isTold(features) ? features : null;
}
/** What is shown in place of such a share. */
const NO_SHARE = {
	fraction: null,
	ci: null
};
/** Read-outs of which survival can be told. */
function activeReadouts(candidate) {
	return candidate.features.filter(isTold);
}
/** The read-out in which the fewest features survive. */
function worstReadout(candidate) {
	return activeReadouts(candidate).reduce((worst, one) => worst === null || one.survived.fraction < worst.survived.fraction ? one : worst, null);
}
/** Of which something is shown at first sight; all of them where they are few. */
function shownReadouts(candidate) {
	const worst = worstReadout(candidate);
	return candidate.features.length <= 4 || worst === null ? candidate.features : [worst];
}
/**
* The rule that limits a shown figure. A rule on another weighting or another threshold has the same metric but
* another observation: it does not limit this figure, and is not drawn beside it.
*/
function limitOf(candidate, metric, readout, shown) {
	const isLimit = (rule) => rule.metric === metric && (rule.operator === "min" || rule.operator === "max") && (rule.scope === null || rule.scope === readout) && rule.observed === shown;
	const found = candidate.rules.filter(isLimit);
	return found.find((rule) => rule.status === "fail") ?? found.find((rule) => rule.level === "error") ?? found[0] ?? null;
}
function baselineOf(candidate, metric, readout) {
	return candidate.baseline?.find((one) => one.metric === metric && one.readout === readout) ?? null;
}
/** Rules a reader has to look at, worst first: failed errors, undecided, failed warnings, waived, skipped. */
function rulesToSee(candidate) {
	const order = (rule) => {
		const rank = {
			fail: 0,
			inconclusive: 1,
			waived: 4,
			skipped: 5,
			pass: 9
		}[rule.status];
		return rule.level === "warning" && rank < 2 ? rank + 2 : rank;
	};
	return candidate.rules.filter((rule) => rule.status !== "pass").sort((a, b) => order(a) - order(b));
}
/** The `most` active features with the smallest ρ (undefined counts as 0), the more often firing first among equals. */
function worstFeatures({ table }, most) {
	const counted = (j) => countedRho(table.correlation[j] ?? NaN);
	const rate = (j) => table.firingRate[j] ?? 0;
	const lost = [];
	table.class.forEach((one, j) => {
		if (one === "damaged" || one === "degraded") lost.push(j);
	});
	lost.sort((a, b) => counted(a) - counted(b) || rate(b) - rate(a) || a - b);
	return lost.slice(0, most).map((feature) => ({
		feature,
		class: table.class[feature] ?? "inactive",
		correlation: table.correlation[feature] ?? NaN,
		low: table.correlationLow[feature] ?? NaN,
		high: table.correlationHigh[feature] ?? NaN,
		firingRate: rate(feature),
		peak: table.peak[feature] ?? NaN
	}));
}
/** Neuronpedia's page of a feature, or null where the SAE's config names none (or names something else). */
function neuronpediaUrl(readout, feature) {
	const base = neuronpediaBase(readout);
	return base === null ? null : `${base}/${feature}`;
}
function neuronpediaBase(readout) {
	const id = readout?.neuronpedia ?? "";
	return /^[A-Za-z0-9][\w.-]{0,99}\/[A-Za-z0-9][\w.-]{0,99}$/.test(id) ? `https://www.neuronpedia.org/${id}` : null;
}
function readoutOf(report, id) {
	return report.readouts.find((readout) => readout.id === id);
}
function evidenceOf(evidence, candidate, readout) {
	return evidence.find(({ table }) => table.candidate === candidate && table.readout === readout);
}
/** No formatted number needs more: a float64 has 17 significant digits. */
const MAX_DIGITS = 12;
function fixed(value, digits) {
	const text = Math.abs(value).toFixed(digits);
	const isZero = Number(text) === 0;
	return value < 0 && !isZero ? "−" + text : text;
}
/** A plain number with a fixed count of decimals; a missing one is an en dash. */
function decimal(value, digits) {
	if (value === null || value === void 0 || Number.isNaN(value)) return "–";
	if (!Number.isFinite(value)) return value > 0 ? "∞" : `−∞`;
	return fixed(value, digits);
}
/** No more decimals than this: what is smaller is noise of float32. */
const MOST_DECIMALS = 7;
/** Decimals that a small figure needs to be told from nothing: four, more where less than two digits of it would be seen. */
function smallDigits(value) {
	const size = Math.abs(value ?? 0);
	if (!(size > 0)) return 4;
	return Math.min(MOST_DECIMALS, Math.max(4, 1 - Math.floor(Math.log10(size))));
}
/** A number of unknown size, to `significant` digits, without trailing zeros; thousands apart above 10⁴. */
function number(value, significant = 4) {
	if (value === null || value === void 0 || !Number.isFinite(value)) return decimal(value, 0);
	if (Number.isInteger(value)) return count(value);
	const size = Math.abs(value);
	if (size >= 1e4) return count(Math.round(value));
	if (size < 1e-4) {
		const [mantissa = "0", exponent = "0"] = size.toExponential(Math.max(0, significant - 2)).split("e");
		const power = Number(exponent);
		return `${value < 0 ? "−" : ""}${mantissa}e${power < 0 ? "−" : ""}${Math.abs(power)}`;
	}
	return String(Number(size.toPrecision(significant))).replace(/^/, value < 0 ? "−" : "");
}
/** `1.783 → 1.790`: the second to the decimals that the first has, so that neither looks rounder than it is. */
function change(before, after, significant = 4) {
	const digits = Math.max(0, significant - 1 - Math.floor(Math.log10(Math.abs(before))));
	if (!(Math.abs(before) >= 1e-4 && Math.abs(before) < 1e4)) return `${number(before)} → ${number(after)}`;
	return `${decimal(before, digits)} → ${decimal(after, digits)}`;
}
/** 32768 → 32,768. */
function count(value) {
	const digits = String(Math.abs(Math.trunc(value))).replace(/\B(?=(\d{3})+$)/g, ",");
	return value < 0 ? "−" + digits : digits;
}
/** 0.62395 → 62.4 % */
function percent(ratio, digits = 1) {
	if (ratio === null || ratio === void 0 || !Number.isFinite(ratio)) return decimal(ratio, digits);
	return `${fixed(100 * ratio, digits)} %`;
}
/** A change that is in percent already: 14.722 → +14.7 %, −5.648 → −5.6 %. */
function signedPercent(change, digits = 1) {
	if (change === null || change === void 0 || !Number.isFinite(change)) return decimal(change, digits);
	return `${signed(change, digits)} %`;
}
/** With its sign; a value that rounds to nothing has none. */
function signed(value, digits) {
	const text = fixed(value, digits);
	return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}
/** [0.611, 0.637] → [61.1, 63.7]; empty without an interval. */
function percentInterval(ci, digits = 1) {
	return interval(ci, (value) => fixed(100 * value, digits));
}
function signedInterval(ci, digits = 1) {
	return interval(ci, (value) => signed(value, digits));
}
function decimalInterval(ci, digits) {
	return interval(ci, (value) => fixed(value, digits));
}
function interval(ci, show) {
	const [low, high] = ci ?? [];
	return low === void 0 || high === void 0 ? "" : `[${show(low)}, ${show(high)}]`;
}
/** Half the width of an interval, as ± in the units that `show` prints; empty without an interval. */
function plusMinus(ci, factor, digits = 1) {
	const [low, high] = ci ?? [];
	return low === void 0 || high === void 0 ? "" : `±${fixed(factor * (high - low) / 2, digits)}`;
}
/** 4096 s → 1 h 8 min. */
function duration(seconds) {
	if (seconds < 60) return `${seconds < 10 ? fixed(seconds, 1) : Math.round(seconds)} s`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 60) return `${minutes} min`;
	return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
/** The first hexadecimal digits of a hash: enough to tell two apart by eye. */
function shortHash(hash) {
	return hash.slice(0, 12);
}
/** How the values of a unit read, and with how many digits. */
const SHOWN = {
	percent: [1, (value, digits) => signedPercent(value, digits)],
	fraction: [1, (value, digits) => percent(value, digits)],
	correlation: [3, fixed],
	nats: [4, (value, digits) => `${fixed(value, digits)} nats`],
	bits: [2, (value, digits) => `${fixed(value, digits)} bits`],
	points: [1, (value, digits) => `${fixed(100 * value, digits)} points`],
	percentPoints: [1, (value, digits) => `${fixed(value, digits)} points`]
};
function shower(rule) {
	const unit = metricNamed(rule.metric)?.unit ?? "perplexity";
	const isChange = rule.operator === "maxDrop" || rule.operator === "maxRise";
	return SHOWN[isChange ? unitOfChange(unit) : unit] ?? [4, (value) => number(value)];
}
const LIMIT_WORDS = {
	min: "at least ",
	max: "at most ",
	equals: "has to be ",
	maxDrop: "a drop of at most ",
	maxRise: "a rise of at most "
};
/** A rule's observation and limit in the units of its metric, with digits enough to tell the two apart. */
function ruleText(rule) {
	const [digits, show] = shower(rule);
	const { observed, limit } = rule;
	const words = LIMIT_WORDS[rule.operator];
	if (typeof limit === "boolean" || typeof observed === "boolean") return {
		observed: observed === null ? "–" : yesNo(observed),
		interval: "",
		limit: words + yesNo(limit)
	};
	const enough = observed === null ? digits : digitsApart(observed, limit, digits, show);
	return {
		observed: observed === null ? "–" : show(observed, enough),
		interval: interval(rule.ci, (value) => show(value, enough).replace(/[^\d∞]+$/, "")),
		limit: words + show(limit, enough)
	};
}
/** The limit in short, for a cell: `≥ 80.0 %`. */
function shortLimit(rule) {
	return ruleText(rule).limit.replace(LIMIT_WORDS.min, `≥ `).replace(LIMIT_WORDS.max, `≤ `);
}
function yesNo(value) {
	if (typeof value === "number") return number(value);
	return value ? "yes" : "no";
}
function digitsApart(a, b, digits, show) {
	let enough = digits;
	while (a !== b && enough < MAX_DIGITS && show(a, enough) === show(b, enough)) enough++;
	return enough;
}
/** A bar of `width` cells filled in proportion to `ratio`: none for what is shown as 0.0 %, else at least one; below 1 not all. */
function bar(ratio, width, full, empty) {
	if (!(ratio >= 5e-4)) return empty.repeat(width);
	const cells = ratio >= 1 ? width : Math.min(width - 1, Math.max(1, Math.round(ratio * width)));
	return full.repeat(cells) + empty.repeat(width - cells);
}
// src/report/words/phrase.ts
/**
* @file A sentence that knows which of its words came from outside (names of models, rules, read-outs), so that every
* format can write the sentence once and escape those words its own way.
*/
/** Without markup: control characters made visible, nothing else. */
const PLAIN = {
	name: (text) => visible(text),
	sentence: (text) => visible(text, 600)
};
/** Tagged template: what is written is ours, what is inserted as an object is from outside. */
function phrase(words, ...inserted) {
	return words.flatMap((word, i) => {
		const next = inserted[i];
		if (next === void 0) return [word];
		if (typeof next === "string" || typeof next === "number") return [word, String(next)];
		return isPhrase(next) ? [word, ...next] : [word, next];
	});
}
function isPhrase(value) {
	return Array.isArray(value);
}
/** A name from outside, as the report gives it. */
function name(text) {
	return { outside: text };
}
/** The phrase as text, with `show` applied to every word from outside. */
function render(parts, show) {
	return parts.map((part) => typeof part === "string" ? part : shown(part, show)).join("");
}
function shown(part, show) {
	return "outside" in part ? show.name(part.outside) : show.sentence(part.sentence);
}
/** Messages of a policy begin in lower case; in a cell of their own they begin a sentence. */
function capital$1(text) {
	return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
/** `a`, `b` and 3 more */
function list(names, most) {
	const shown = names.slice(0, most);
	const rest = names.length - shown.length;
	const parts = [];
	shown.forEach((one, i) => {
		const isLast = i === shown.length - 1 && rest === 0;
		if (i > 0) parts.push(isLast ? " and " : ", ");
		parts.push(name(one));
	});
	return rest > 0 ? [...parts, ` and ${rest} more`] : parts;
}
// src/report/words/claim.ts
const CLAIMANTS = {
	fork: "THE FORK’S RUN",
	run: "ANOTHER RUN",
	step: "AN EARLIER STEP"
};
/** In place of PASS, FAIL or INCONCLUSIVE. */
function claimWord({ by }, verdict) {
	const claimed = `CLAIMED BY ${CLAIMANTS[by]}, NOT VERIFIED`;
	return verdict === "fail" ? `FAIL, ${claimed}` : claimed;
}
/** What the reason ends with. */
function claimReason({ differences }) {
	if (differences.length === 0) return phrase`Nobody here measured it.`;
	return phrase`Nobody here measured it, and it was not measured as is asked for here: ${{ sentence: differences.join("; ") }}.`;
}
/** No rule stands in the way of a pass but that nobody measured. */
function holdsEveryRule({ candidates }) {
	const errors = candidates.flatMap(({ rules }) => rules.filter(({ level }) => level === "error"));
	return errors.some(({ status }) => status === "pass") && errors.every(({ status }) => status !== "fail" && status !== "inconclusive");
}
// src/report/words/headline.ts
const WORDS = {
	pass: "PASS",
	fail: "FAIL",
	inconclusive: "INCONCLUSIVE"
};
function headline(report) {
	return {
		verdict: report.verdict,
		word: wordOf(report),
		reason: reason(report),
		dissociations: dissociated(report).map(dissociation),
		alarm: dissociated(report).every(isUndecided) ? "possible dissociation" : "dissociation"
	};
}
/** What a report is about. */
function subject({ readouts }) {
	return readouts.length === 0 ? "perplexity and KL" : "feature survival";
}
function wordOf({ claim, verdict }) {
	if (claim !== void 0) return claimWord(claim, verdict);
	return verdict === null ? "MEASURED" : WORDS[verdict];
}
/** Dissociated candidates, those with the fewest surviving features first. */
function dissociated(report) {
	const survived = (candidate) => worstReadout(candidate)?.survived.fraction ?? 1;
	return report.candidates.filter((one) => one.dissociation.flag).sort((a, b) => survived(a) - survived(b));
}
const isUndecided = ({ dissociation }) => dissociation.undecided === true;
/** `int7`: perplexity −5.6 %, but 18.7 % of active features degraded. The words are the policy's (policy/rules/dissociation.ts). */
function dissociation(candidate) {
	return phrase`${name(candidate.name)}: ${{ sentence: candidate.dissociation.reason }}`;
}
function reason(report) {
	const { candidates, verdict } = report;
	if (candidates.length === 0) return phrase`No candidate was audited.`;
	if (verdict === null) return phrase`Measured, not judged: no policy was given.`;
	const judged = verdict === "pass" ? passed(report) : notPassed(report, verdict);
	if (report.claim !== void 0) return phrase`${holdsEveryRule(report) ? phrase`By its own figures every rule holds.` : judged} ${claimReason(report.claim)}`;
	return report.policy?.informational ? phrase`${judged} The policy is informational: it reports and never fails.` : judged;
}
function passed(report) {
	const { candidates } = report;
	const judged = candidates.filter(({ verdict }) => verdict !== null);
	const fractions = judged.flatMap((one) => activeReadouts(one).map(({ survived }) => survived.fraction));
	const changes = judged.flatMap((one) => shownPerplexity(one)?.figure.deltaPercent ?? []);
	const who = whoPasses(candidates, judged);
	const least = fractions.length === 0 ? "" : `at least ${percent(Math.min(...fractions))} of active features survive`;
	const most = changes.length === 0 ? "" : `perplexity changes by ${signedPercent(Math.max(...changes))}`;
	const figures = [least, judged.length === 1 ? most : most.replace("by", "by at most")].filter((part) => part !== "");
	return figures.length === 0 ? phrase`${who}.` : phrase`${who}: ${figures.join(", ")}.`;
}
/** Candidates that no rule looks at have not passed anything. */
function whoPasses(candidates, judged) {
	const [first] = judged;
	if (judged.length < candidates.length) {
		const verb = judged.length === 1 ? "passes" : "pass";
		return phrase`${judged.length} of ${candidates.length} candidates ${verb}, no rule looks at the others`;
	}
	return judged.length === 1 ? phrase`${name(first?.name ?? "")} passes` : phrase`All ${judged.length} candidates pass`;
}
function notPassed(report, verdict) {
	const concerned = bySeverity(report.candidates.filter((one) => one.verdict === verdict));
	const worst = [...concerned].sort((a, b) => survivedOf(a) - survivedOf(b) || changeOf(b) - changeOf(a))[0];
	if (report.candidates.every((one) => one.verdict === null)) return phrase`No rule of the policy looks at any candidate.`;
	if (!worst) return verdict === "fail" ? phrase`The policy fails.` : unjudged(report);
	const names = concerned.map((one) => one.name);
	const verb = verdict === "fail" ? names.length === 1 ? "fails" : "fail" : "cannot be decided";
	const of = report.candidates.length > 1 && names.length > 1 ? ` (${names.length} of ${report.candidates.length})` : "";
	const deciding = decidingRule(worst, verdict);
	const nothing = nothingRequired(worst.rules);
	if (!deciding && nothing !== null) return phrase`${list(names, 3)}${of} ${verb}: nothing was required, for ${nothing}.`;
	if (!deciding) return phrase`${list(names, 3)}${of} ${verb}.`;
	const more = names.length > 1 ? phrase`, worst ${name(worst.name)}:` : phrase`:`;
	return phrase`${list(names, 3)}${of} ${verb}${more} ${ruleSentence(deciding, worst)}.`;
}
/** Nothing failed, and still not all was judged. */
function unjudged(report) {
	return phrase`No rule looks at ${list(report.candidates.filter((one) => one.verdict === null).map((one) => one.name), 3)}, so that nothing was required there.`;
}
function survivedOf(candidate) {
	return worstReadout(candidate)?.survived.fraction ?? 1;
}
/** Where features do not tell them apart. */
function changeOf(candidate) {
	return shownPerplexity(candidate)?.figure.deltaPercent ?? 0;
}
/** The rule that tells the reason best: about survival where one is concerned, else the first that has a figure. */
function decidingRule(candidate, verdict) {
	const concerned = rulesToSee(candidate).filter((rule) => rule.status === verdict && rule.level === "error");
	const survival = concerned.filter((rule) => rule.metric === "features.survived" && typeof rule.observed === "number");
	survival.sort((a, b) => Number(a.observed) - Number(b.observed));
	return survival[0] ?? concerned.find(({ observed }) => observed !== null) ?? concerned[0] ?? null;
}
/**
* 62.4 % of active features survive, the policy asks for at least 80.0 %. A rule that looks at something else than the figure
* on show (another threshold, features counted by their firing rate, a drop, nothing measured) is told in its own words.
*/
function ruleSentence(rule, candidate) {
	if (rule.metric === "dissociation" && rule.observed === true) return phrase`perplexity looks fine and the features are gone`;
	const metric = metricNamed(rule.metric);
	if (rule.status === "inconclusive" && rule.ci === null) return phrase`${{ sentence: rule.message }}`;
	const shown = shownFigure(metric, rule.scope, candidate);
	const verb = {
		min: "the policy asks for",
		max: "the policy allows"
	}[String(rule.operator)];
	if (shown === null || shown !== rule.observed || verb === void 0) return phrase`${{ sentence: rule.message }}`;
	const { observed, limit } = ruleText(rule);
	if (rule.metric === "features.survived") return phrase`${observed} of active features survive, ${verb} ${limit}`;
	return phrase`${metric?.words ?? rule.metric} is ${observed}, ${verb} ${limit}`;
}
/** What the report itself holds of the metric, if it does. */
function shownFigure(metric, scope, candidate) {
	if (metric === null) return null;
	if (metric.scope === "candidate") return metric.estimate(candidate, VALUE_ALONE)?.value ?? null;
	const readout = candidate.features.find((one) => one.readout === scope);
	return readout === void 0 ? null : metric.held(readout, PLAIN$1)?.value ?? null;
}
/** `most`: tensors of each candidate. */
function attributionTable({ candidates }, most = 10) {
	return {
		title: "Which tensors do it",
		words: "Each tensor (block, kind) of the candidate put alone into the reference, worst first: features that survive before and not after, and the fraction that survives less, paired; and how many come back where the reference’s is put into the candidate.",
		header: [
			"Candidate",
			"Swapped",
			"Read-out",
			"Lost",
			"Δ survived",
			"Interval",
			"Residual error",
			"Restored"
		],
		align: "lllrrlrr",
		rows: bySeverity(candidates).flatMap((candidate) => (candidate.attribution?.tensors ?? []).slice(0, most).map((row) => [
			name(candidate.name),
			name(row.tensor),
			row.readout === null ? "–" : name(row.readout),
			...cells$2(row)
		]))
	};
}
function cells$2(row) {
	const { lost, deltaSurvived, deltaSurvivedCi, residualErrorChange, restored } = row;
	return [
		count(lost),
		decimal(deltaSurvived, 4),
		decimalInterval(deltaSurvivedCi, 4),
		percent(residualErrorChange),
		restored === null ? "–" : count(restored.gained)
	];
}
// src/report/words/parts/latent-scaling.ts
function latentScalingTable({ candidates }) {
	return {
		title: "Latent scaling",
		words: "How much of an active feature’s direction, where the reference fires it, is there in the candidate beside the reference (ν; 1: as much): in what the SAE rebuilds, and in what it leaves with the feature’s own part. Quantiles over the features, without intervals; each feature’s is in the tables.",
		header: [
			"Candidate",
			"Read-out",
			"In",
			"Features",
			"5 %",
			"25 %",
			"Median",
			"75 %",
			"95 %"
		],
		align: "lllrrrrrr",
		rows: bySeverity(candidates).flatMap((candidate) => candidate.features.flatMap(({ readout, latentScaling }) => latentScaling === void 0 ? [] : [[
			name(candidate.name),
			name(readout),
			"what is rebuilt",
			...cells$1(latentScaling.reconstruction)
		], [
			name(candidate.name),
			name(readout),
			"what is left",
			...cells$1(latentScaling.error)
		]]))
	};
}
function cells$1({ features, p05, p25, p50, p75, p95 }) {
	return [count(features), ...[
		p05,
		p25,
		p50,
		p75,
		p95
	].map((value) => decimal(value, 3))];
}
// src/report/words/parts/loss-recovered.ts
const OF = {
	loss: "loss",
	kl: "KL"
};
const ABLATION = {
	zero: "zeros",
	mean: "the mean"
};
function lossRecoveredTable({ candidates }) {
	return {
		title: "Loss recovered",
		words: "Each model goes on with what the SAE rebuilds in place of its own value, at the positions that count: 1 where it loses nothing by that, 0 where it loses as much as with zeros (or the mean) there. Δ: candidate less reference.",
		header: [
			"Candidate",
			"Replaced",
			"Of",
			"Against",
			"Reference",
			"Candidate",
			"Δ",
			"Interval"
		],
		align: "llllrrrl",
		rows: bySeverity(candidates).flatMap((candidate) => candidate.features.flatMap(({ lossRecovered }) => (lossRecovered?.figures ?? []).map((figure) => [
			name(candidate.name),
			name(lossRecovered?.replaced ?? ""),
			...cells(figure)
		])))
	};
}
function cells({ of, ablation, reference, candidate, delta, deltaCi }) {
	return [
		OF[of],
		ABLATION[ablation],
		decimal(reference, 4),
		decimal(candidate, 4),
		decimal(delta, 4),
		decimalInterval(deltaCi, 4)
	];
}
// src/report/words/parts/new-features.ts
/** Features of a pair that are named; report.json has more. */
const MOST_NAMED = 5;
function newFeaturesTable({ candidates }) {
	return {
		title: "New features",
		words: "Features that the candidate fires on more than the active threshold of positions and the reference does not, found by encoding the candidate with the whole SAE; dead: the reference fires them nowhere. They are in no other figure, since the reference alone decides what is active. In brackets how often the candidate fires each.",
		header: [
			"Candidate",
			"Read-out",
			"New",
			"Dead in the reference",
			"Most often"
		],
		align: "llrrl",
		rows: bySeverity(candidates).flatMap((candidate) => candidate.features.flatMap(({ readout, newFeatures }) => {
			if (newFeatures === void 0) return [];
			const named = newFeatures.most.slice(0, MOST_NAMED).map(({ feature, candidateRate }) => `${feature} (${percent(candidateRate, 2)})`);
			const { count: found, dead } = newFeatures;
			return [[
				name(candidate.name),
				name(readout),
				count(found),
				count(dead),
				named.join(", ")
			]];
		}))
	};
}
// src/statistics/worst-kind.ts
/**
* The kind with the largest mean KL among those whose whole interval lies above the interval of all tokens. Null: there is none, or there are no
* intervals.
*/
function worstKind(kinds, whole) {
	const most = whole.klMeanCi?.[1];
	if (most === void 0) return null;
	return kinds.filter(({ klMeanCi }) => klMeanCi !== null && klMeanCi[0] > most).reduce((worst, one) => (one.klMean ?? 0) > (worst?.klMean ?? 0) ? one : worst, null);
}
/** The kind at which least survives, among those whose whole interval lies below that of all positions. Null: as above. */
function leastSurvived(kinds, whole) {
	const least = whole.survivedCi?.[0];
	if (least === void 0) return null;
	return kinds.filter(({ survivedCi }) => survivedCi !== null && survivedCi[1] < least).reduce((worst, one) => (one.survived ?? 1) < (worst?.survived ?? 1) ? one : worst, null);
}
// src/report/words/parts/token-parts.ts
const FIGURES = [
	"Tokens",
	"KL, nats",
	"Interval",
	"Top-1 agreement",
	"Interval"
];
const CONFIDENCE_HEADER = ["Reference’s top probability", ...FIGURES];
const KIND_HEADER = ["Predicted token", ...FIGURES];
/** One row per bucket; none of an older report. */
function confidenceRows({ divergence }) {
	return (divergence?.byConfidence ?? []).map((bucket) => [`${number(bucket.from, 2)} to ${number(bucket.to, 2)}`, ...figures(bucket)]);
}
/** One row per kind that could be told; none of an older report. */
function kindRows({ divergence }) {
	return (divergence?.byKind ?? []).map((one) => [capital(WORDS_OF_KINDS[one.kind]), ...figures(one)]);
}
function figures(part) {
	return [
		count(part.scoredTokens),
		decimal(part.klMean, 4),
		decimalInterval(part.klMeanCi, 4),
		percent(part.top1Agreement, 2),
		percentInterval(part.top1AgreementCi, 2)
	];
}
const WORDS_OF_KINDS = {
	digits: "tokens with digits",
	"code-punctuation": "punctuation of code",
	"non-latin": "other scripts than Latin",
	"white-space": "white space",
	special: "special tokens",
	rare: "ids that occur once",
	"position-1": "first eighths of sequences",
	"position-2": "second eighths of sequences",
	"position-3": "third eighths of sequences",
	"position-4": "fourth eighths of sequences",
	"position-5": "fifth eighths of sequences",
	"position-6": "sixth eighths of sequences",
	"position-7": "seventh eighths of sequences",
	"position-8": "last eighths of sequences"
};
const capital = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
/** `int4 differs most on tokens with digits: KL 0.0412 nats [0.0395, 0.043], 0.0121 over all tokens`, without a stop. Null: on none for sure. */
function worstKindSentence({ name: candidate, divergence }) {
	const worst = divergence && worstKind(divergence.byKind ?? [], divergence);
	if (worst === null) return null;
	const [kl, whole] = [nats(worst.klMean), nats(divergence?.klMean)];
	const interval = (worst.klMeanCi ?? []).map(nats).join(", ");
	return phrase`${name(candidate)} differs most on ${WORDS_OF_KINDS[worst.kind]}: KL ${kl} nats [${interval}], ${whole} over all tokens`;
}
/** Of any size: nearly lossless candidates have a worst kind, too. */
const nats = (kl) => number(kl, 3);
/** Of the candidate that comes first by severity and has one. */
function worstKindOf({ candidates }) {
	for (const candidate of bySeverity(candidates)) {
		const sentence = worstKindSentence(candidate);
		if (sentence !== null) return sentence;
	}
	return null;
}
// src/report/words/parts/survival-by-kind.ts
const bucketWords = ({ from, to }) => `Reference’s top probability ${number(from, 2)} to ${number(to, 2)}`;
function survivalByKindTable({ candidates }) {
	return {
		title: "Survival by kind of token",
		words: "Which part of the features survives at the positions that predict a token of the kind, ρ taken over these positions alone. Of at most 512 active features, spread evenly; at a kind those count that the reference fires on more than the active threshold of its positions, and at 20 of them at least. A token may be of several kinds. The last rows are by the probability that the reference gave its likeliest token.",
		header: [
			"Candidate",
			"Read-out",
			"Predicted token",
			"Positions",
			"Features",
			"Survived",
			"Interval",
			"Mean ρ"
		],
		align: "lllrrrrr",
		rows: bySeverity(candidates).flatMap((candidate) => candidate.features.flatMap(({ readout, survivalByKind }) => {
			if (survivalByKind === void 0) return [];
			const row = (what, part) => [...[
				name(candidate.name),
				name(readout),
				what,
				count(part.positions),
				count(part.features)
			], ...[
				percent(part.survived, 1),
				percentInterval(part.survivedCi, 1),
				decimal(part.meanCorrelation, 3)
			]];
			const { whole, kinds, byConfidence = [] } = survivalByKind;
			return [
				row("All", whole),
				...kinds.map((one) => row(capital(WORDS_OF_KINDS[one.kind]), one)),
				...byConfidence.map((one) => row(bucketWords(one), one))
			];
		}))
	};
}
/** `int4 keeps least at tokens with digits: 61.2 % of features survive [55.0, 67.1], 83.4 % at all tokens`, without a stop. Null: at none for sure. */
function leastSurvivedSentence({ name: candidate, features }) {
	for (const { survivalByKind } of features) {
		const worst = survivalByKind && leastSurvived(survivalByKind.kinds, survivalByKind.whole);
		if (survivalByKind === void 0 || worst == null) continue;
		const interval = percentInterval(worst.survivedCi, 1);
		return phrase`${name(candidate)} keeps least at ${WORDS_OF_KINDS[worst.kind]}: ${percent(worst.survived, 1)} of features survive ${interval}, ${percent(survivalByKind.whole.survived, 1)} at all tokens`;
	}
	return null;
}
/** Of the candidate that comes first by severity and has one. */
function leastSurvivedOf({ candidates }) {
	for (const candidate of bySeverity(candidates)) {
		const sentence = leastSurvivedSentence(candidate);
		if (sentence !== null) return sentence;
	}
	return null;
}
// src/report/words/parts/more-tables.ts
/** Those that have rows. */
function moreTables(report) {
	return [
		lossRecoveredTable(report),
		latentScalingTable(report),
		newFeaturesTable(report),
		survivalByKindTable(report),
		attributionTable(report)
	].filter(({ rows }) => rows.length > 0);
}
// src/report/words/by-layer.ts
/** Fewer layers are no course. */
const FEWEST_LAYERS = 3;
/** Places that are read in three blocks at least. Candidates: the worst first. */
function coursesByLayer(report) {
	const candidates = bySeverity(report.candidates);
	const places = /* @__PURE__ */ new Map();
	for (const readout of report.readouts) {
		const place = readout.hook.replace(/^blocks\.\d+\./, "");
		if (place === readout.hook) continue;
		const figures = candidates.map(({ features }) => {
			const found = features.find((one) => one.readout === readout.id);
			return found === void 0 ? null : ofActive(found);
		});
		const row = {
			layer: readout.layer,
			readout: readout.id,
			figures
		};
		places.set(place, [...places.get(place) ?? [], row]);
	}
	return [...places].filter(([, rows]) => new Set(rows.map(({ layer }) => layer)).size >= FEWEST_LAYERS).map(([place, rows]) => ({
		place,
		candidates: candidates.map(({ name }) => name),
		rows: rows.sort((a, b) => a.layer - b.layer)
	}));
}
// src/report/words/perplexity-notes.ts
function perplexityNotes(candidate, protocol) {
	const before = baselineOf(candidate, `perplexity.${protocol}.deltaPercent`, null);
	const also = alsoMeasured(candidate);
	return [...before === null ? [] : [`baseline ${signedPercent(before.baseline)}`], ...also === null ? [] : [`sliding ${signedPercent(also.deltaPercent)} ${signedInterval(also.ci)}`.trim()]].join("; ");
}
// src/report/words/computing.ts
/** Rows of the set-up: what, and in words. `name` shows a word from outside. */
function computingRows(tool, name) {
	return [
		["Device", deviceWords(tool, name)],
		["Arithmetic", arithmeticWords(tool)],
		["Weights", streamedWords(tool)]
	].flatMap(([key, value]) => value === null ? [] : [[key, value]]);
}
function deviceWords({ accelerator }, name) {
	if (accelerator === void 0) return null;
	return `${accelerator.count === void 0 ? "" : `${accelerator.count} × `}${name(accelerator.name)}, compute capability ${name(accelerator.capability)}, driver ${name(accelerator.driver)}`;
}
function arithmeticWords({ operands, accumulation, emulated }) {
	if (operands === void 0 || operands === "float32") return null;
	return `products of models in ${operands}${emulated === true ? ", its rounding emulated on the CPU" : ""}, summed in ${accumulation ?? "float32"}`;
}
function streamedWords({ streamed }) {
	if (streamed === void 0) return null;
	const { ranges, rowBytes, seconds, secondsWaited, rowError } = streamed;
	const half = rowError === void 0 ? "" : `, in 16 bits, off by ${rowError.toExponential(1)}`;
	const rows = `rows between them ${gigabytes(rowBytes.memory)} in memory and ${gigabytes(rowBytes.file)} in a file${half}`;
	return `streamed, one of ${count(ranges)} ranges of blocks at a time; ${rows}; ${count(Math.round(secondsWaited))} of ${count(Math.round(seconds))} s waiting for weights`;
}
const gigabytes = (bytes) => `${decimal(bytes / 1e9, 2)} GB`;
// src/report/words/method.ts
/** How often, in 100, 95 % intervals of one figure in one simulated setting held the truth (docs/statistics.md). */
const SIMULATED_COVERAGE = {
	average: 97,
	least: 87,
	most: 100
};
/** After "95 %, ". */
function methodWords(corpus) {
	const { groups, documents, degrees } = corpus;
	if (methodOf(corpus) === "delete-one") return `delete-one jackknife over ${groups} groups of sequences (the method of older reports)`;
	const halves = `half-samples of ${groups} groups of sequences, ${documents === void 0 ? "cut without regard to documents, which were not seen" : `dealt by ${count(documents.count)} documents`}`;
	if (degrees === void 0) return `${halves} (degrees of freedom as in older reports, whose intervals are narrower and held the truth less often)`;
	const { average, least, most } = SIMULATED_COVERAGE;
	return `${halves}; in simulation 95 % intervals so made held the truth ${average} times in 100 on average, ${least} to ${most} by figure and setting`;
}
// src/report/words/reproduce.ts
function reproduceCommand(report) {
	return ["saegate audit", ...measuringFlags(report).map(([flag, value]) => `  ${argument(flag, value)}`)].join(" \\\n");
}
/** Flags of `saegate audit` with their values, in order. */
function measuringFlags(report) {
	const { corpus, readouts, policy, baseline } = report;
	const perBlock = corpus.blockLength - (corpus.bos === null ? 0 : 1);
	return [
		["--reference", report.reference.spec],
		...report.candidates.map((one) => ["--candidate", one.spec]),
		...(readouts.length === 0 ? ["none"] : unique(readouts.map((one) => one.sae))).map((sae) => ["--sae", sae]),
		...shared(readouts, "hook", "--hook"),
		...shared(readouts, "center", "--center"),
		...shared(readouts, "positions", "--positions"),
		["--corpus", corpus.spec],
		["--tokens", String(corpus.blocks * perBlock)],
		["--block-length", String(corpus.blockLength)],
		["--bos", bosWord(report)],
		["--groups", String(corpus.groups)],
		["--perplexity", perplexity(report)],
		...report.asked?.matchTokens === void 0 ? [] : [["--match-tokens", report.asked.matchTokens]],
		...calibration(report),
		...policy === null ? [] : [["--policy", policy.path ?? policy.name]],
		...baseline === null ? [] : [["--baseline", baseline.path]]
	];
}
function calibration(report) {
	const text = report.candidates.find(({ compression }) => compression?.calibration !== void 0)?.compression?.calibration;
	if (text === void 0) return [];
	return [...text.where === "other-text" ? [["--calibration", text.source]] : [], ["--calibration-tokens", String(text.tokens)]];
}
/** One token before the whole text shows nowhere but in what was asked for. */
function bosWord({ corpus, asked }) {
	if (asked?.bos === "stream") return asked.bos;
	return corpus.bos === null ? "never" : "always";
}
/** A flag that holds for every read-out, where they agree; read-outs that differ need the configuration file. */
function shared(readouts, key, flag) {
	const values = unique(readouts.map((one) => String(one[key])));
	const [value] = values;
	return values.length === 1 && value !== void 0 ? [[flag, value]] : [];
}
function perplexity(report) {
	const first = report.candidates[0]?.perplexity;
	const sliding = first?.sliding;
	return [...first?.chunked ? ["chunked"] : [], ...sliding ? [sliding.window === void 0 ? "sliding" : `sliding=${sliding.window}/${sliding.stride ?? sliding.window}`] : []].join(",") || "none";
}
function unique(values) {
	return [...new Set(values)];
}
/** A value that begins with a dash is joined to its flag, so that it cannot become one. */
function argument(flag, value) {
	return value.startsWith("-") ? `${flag}=${shellQuote(value)}` : `${flag} ${shellQuote(value)}`;
}
/**
* POSIX: everything between single quotes is literal; a single quote itself is closed, escaped, reopened. Line ends and what
* else is invisible are escapes in $'…', as bash, zsh and ksh read it: a command stays on its lines.
*/
function shellQuote(text) {
	if (oneLine(text) !== text) return `$'${text.replace(/[\\'#]|[^\x21-\x7e]/gu, ansiEscape)}'`;
	return /^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
function ansiEscape(character) {
	const code = character.codePointAt(0) ?? 0;
	if (character === "\\" || character === "'") return `\\${character}`;
	if (code === 32) return character;
	return code < 128 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}
// src/report/ranking/rows.ts
/** Fewest bytes first; what cannot be compared last, in the report's order. */
function ranking(report) {
	const comparable = report.candidates.flatMap((candidate) => {
		const quality = qualityOf(report, candidate);
		return quality === null || candidate.size === void 0 ? [] : [{
			candidate,
			quality,
			bytes: candidate.size.bytes
		}];
	});
	const unbeaten = frontier(comparable);
	const rows = [...comparable].sort(byBytes).map((one) => rowOf(one.candidate, unbeaten.has(one)));
	const ranked = new Set(rows.map(({ candidate }) => candidate));
	const others = report.candidates.filter((candidate) => !ranked.has(candidate));
	return [...rows, ...others.map((candidate) => rowOf(candidate, null))];
}
/** Fewest bytes first. */
const byBytes = (a, b) => a.bytes - b.bytes || b.quality - a.quality;
const beats = (a, b) => a.bytes <= b.bytes && a.quality >= b.quality && (a.bytes < b.bytes || a.quality > b.quality);
/** Those that no other one beats. */
const frontier = (all) => new Set(all.filter((one) => !all.some((other) => beats(other, one))));
/** More is better; null where it was not measured alike. */
function qualityOf({ readouts }, candidate) {
	if (readouts.length === 0) return candidate.divergence === null ? null : -candidate.divergence.klMean;
	if (activeReadouts(candidate).length < readouts.length) return null;
	return worstReadout(candidate)?.survived.fraction ?? null;
}
function rowOf(candidate, isOnFrontier) {
	const { size } = candidate;
	const survived = worstReadout(candidate)?.survived ?? null;
	if (size === void 0) return {
		candidate,
		bits: null,
		survived,
		isOnFrontier
	};
	const { embeddings, head } = size;
	const parameters = size.parameters - embeddings.parameters - head.parameters;
	const blocks = parameters === 0 ? null : 8 * (size.bytes - embeddings.bytes - head.bytes) / parameters;
	return {
		candidate,
		bits: {
			all: 8 * size.bytes / size.parameters,
			blocks
		},
		survived,
		isOnFrontier
	};
}
// src/report/ranking/shown.ts
const UNITS = [
	["GB", 1e9],
	["MB", 1e6],
	["kB", 1e3]
];
/** `4.1 MB` */
function bytesWords(bytes) {
	const [unit, size] = UNITS.find(([, least]) => bytes >= least) ?? UNITS[2];
	return `${(bytes / size).toFixed(1)} ${unit}`;
}
/** Cells from 0 to all features. */
const CELLS = 31;
/** Survival on a line from 0 to 100 %, its interval as a bar: `·····├──●─┤·`. */
function survivalLine(survived) {
	if (survived === null) return "";
	const at = (fraction) => Math.round(Math.min(1, Math.max(0, fraction)) * 30);
	const [low = survived.fraction, high = survived.fraction] = survived.ci ?? [];
	return Array.from({ length: CELLS }, (_, cell) => {
		if (cell === at(survived.fraction)) return "●";
		if (cell === at(low)) return "├";
		if (cell === at(high)) return "┤";
		return cell > at(low) && cell < at(high) ? "─" : "·";
	}).join("");
}
export { neuronpediaBase as $, change as A, shortHash as B, subject as C, phrase as D, name as E, number as F, smallDigits as G, signed as H, percent as I, alsoMeasured as J, NO_SHARE as K, percentInterval as L, decimal as M, decimalInterval as N, render as O, duration as P, limitOf as Q, plusMinus as R, headline as S, capital$1 as T, signedInterval as U, shortLimit as V, signedPercent as W, bySeverity as X, baselineOf as Y, evidenceOf as Z, kindRows as _, ranking as a, shownPerplexity as at, attributionTable as b, methodWords as c, worstReadout as ct, coursesByLayer as d, neuronpediaUrl as et, moreTables as f, confidenceRows as g, KIND_HEADER as h, frontier as i, rulesToSee as it, count as j, bar as k, computingRows as l, CONFIDENCE_HEADER as m, survivalLine as n, readoutOf as nt, measuringFlags as o, shownReadouts as ot, leastSurvivedOf as p, activeReadouts as q, byBytes as r, referencePerplexity as rt, reproduceCommand as s, worstFeatures as st, bytesWords as t, ofActive as tt, perplexityNotes as u, worstKindOf as v, PLAIN as w, dissociated as x, worstKindSentence as y, ruleText as z };
