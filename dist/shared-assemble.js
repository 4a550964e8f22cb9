import { r as candidateRotated } from "./shared-audit.js";
import { t as present } from "./shared-present.js";
import { O as sliceOf, g as summarizePart, h as summarizeBuckets } from "./shared-causal-schema.js";
import { D as referenceColumns, E as meanSquares, S as firingRates, a as summarizePerplexity, f as addCandidateMoments, i as summarizeDivergence, m as addReferenceMoments, q as samplingOf, st as firingRate, v as countedPositions, w as meanActivations } from "./shared-losses.js";
import { _ as candidateColumns, d as meanCorrelation, m as featureReplicates, n as correlationIntervals, p as correlationAccuracy, u as classesOf, v as correlations, w as neighbourCorrelation, x as quantile } from "./shared-feature-figures.js";
import { n as tokenStatistics } from "./shared-token-statistics.js";
import { B as relativeRounding, N as isRescaled, V as streamWarnings, d as chosenSums, f as countedMoments, t as noDamageWarnings, w as constantFeatures } from "./shared-not-compressed.js";
import { n as summarizeFiring, t as summarizeFeatures } from "./shared-feature-summary.js";
import { d as scalingOf, l as meanCosineOf, u as residualErrorOf } from "./shared-residual-sums.js";
import { c as valueIntervals, i as firingHalves, n as JACCARD, r as firingFigures, t as GAIN } from "./shared-agreement.js";
import { o as runtimeVersion } from "./shared-runtime.js";
// src/audit/features/evidence/firing-evidence.ts
/** `active`: the features that count, ascending. Pure. */
function firingEvidence(counted, moments, active, { resampling, confidence, activeRate }) {
	const all = firingFigures(counted, moments);
	const ofActive = candidateColumns(moments, active);
	const own = firingFigures(counted, ofActive);
	const halves = firingHalves(counted, ofActive);
	const values = (name, kind) => ({
		values: own[name],
		replicates: halves[name],
		resampling,
		kind
	});
	const [gain, jaccard] = [values("gain", GAIN), values("jaccard", JACCARD)];
	const spread = (ids, of) => {
		const column = new Float64Array(counted.width).fill(NaN);
		for (const [k, j] of ids.entries()) column[j] = present(of[k]);
		return column;
	};
	const [gainEnds, jaccardEnds] = [valueIntervals(gain, confidence), valueIntervals(jaccard, confidence)];
	const positions = countedPositions(counted);
	const rates = all.candidateFirings.map((count) => firingRate(count, positions));
	const columns = {
		gain: spread(moments.features, all.gain),
		gainLow: spread(active, gainEnds.low),
		gainHigh: spread(active, gainEnds.high),
		firingJaccard: spread(moments.features, all.jaccard),
		firingJaccardLow: spread(active, jaccardEnds.low),
		firingJaccardHigh: spread(active, jaccardEnds.high),
		firingPrecision: spread(moments.features, all.precision),
		firingRecall: spread(moments.features, all.recall),
		candidateFiringRate: spread(moments.features, rates)
	};
	const known = {
		gain,
		jaccard,
		precision: own.precision,
		recall: own.recall
	};
	const candidateRates = own.candidateFirings.map((count) => firingRate(count, positions));
	return {
		columns,
		halves,
		report: summarizeFiring({
			...known,
			candidateRates
		}, activeRate, confidence)
	};
}
// src/audit/features/evidence/feature-evidence.ts
/** Statistics of one candidate at one read-out. Pure. */
function candidateFeatures(seen, { candidate, ...pass }, config) {
	const { place } = seen;
	const moments = countedMoments(place, pass.moments, addCandidateMoments);
	const rho = correlations(seen.counted, moments);
	const { varying, constant } = withoutConstant(seen, moments);
	const replicates = featureReplicates(seen.counted, moments, varying);
	const active = {
		rho: correlations(seen.counted, candidateColumns(moments, varying)),
		replicates: replicates.correlations,
		resampling: {
			...config.sampling,
			sizes: seen.counted.positions
		},
		accuracy: accuracyOf(seen, varying)
	};
	const firing = firingEvidence(seen.counted, moments, varying, {
		resampling: active.resampling,
		confidence: config.confidence,
		activeRate: config.thresholds.active
	});
	const neighbours = neighbourCorrelation(replicates.correlations, active.accuracy);
	const { survived, degraded, damaged, ...rest } = summarizeFeatures(active, config.thresholds, config.confidence);
	const file = `features/${candidate}.${place.id.replace(/[^A-Za-z0-9._-]+/g, "-")}`;
	const table = featureTable({
		...seen,
		active: varying
	}, candidate, {
		ids: moments.features,
		rho,
		intervals: correlationIntervals(active, config.confidence),
		firing
	}, config);
	const report = {
		readout: place.id,
		sae: place.sae,
		hook: place.hook,
		width: place.width,
		active: rest.active,
		thresholds: { ...config.thresholds },
		survived: { ...survived },
		degraded: { ...degraded },
		damaged: { ...damaged },
		undefined: rest.undefined,
		...constant === 0 ? {} : { constant },
		meanCorrelation: rest.meanCorrelation,
		meanCorrelationCi: rest.meanCorrelationCi,
		...rest.meanCorrelationBias === void 0 ? {} : { meanCorrelationBias: rest.meanCorrelationBias },
		...neighbours === null ? {} : { neighbourCorrelation: neighbours },
		medianCorrelation: rest.medianCorrelation,
		...firing.report,
		meanCorrelationByPositions: meanByPositions({
			...seen,
			active: varying
		}, pass.moments, moments),
		residualError: residualErrorOf(pass.distance),
		sensitivity: rest.sensitivity,
		table: `${file}.parquet`,
		replicates: `${file}.groups.parquet`
	};
	const said = constant === 0 ? [] : [constantWarning(place.id, constant)];
	return {
		report,
		evidence: {
			table,
			replicates: {
				...replicates,
				firing: firing.halves
			}
		},
		meanCosine: meanCosineOf(pass.distance),
		scaling: scalingOf(pass.scaling),
		warnings: [
			...pass.warnings,
			...said,
			...neighbourWarnings(place.id, neighbours)
		]
	};
}
/** (K) how near to ±1 the ρ of each feature can be told. */
function accuracyOf({ counted }, features) {
	const [mean, square] = [meanActivations(counted), meanSquares(counted)];
	return Float64Array.from(features, (j) => correlationAccuracy(mean[j], square[j]));
}
/** Above this the token groups are not independent enough. */
const MOST_ALIKE = .1;
function neighbourWarnings(readout, neighbours) {
	if (neighbours === null || neighbours <= MOST_ALIKE) return [];
	return [`${readout}: neighbouring token groups are alike (autocorrelation ${neighbours.toFixed(2)}, ${MOST_ALIKE} at most is usual), as where documents are longer than groups: intervals are too narrow; use more text, or fewer --groups`];
}
/** Active features without those that are as constant in the candidate as in the reference, and how many these are. */
function withoutConstant({ counted, active }, moments) {
	const isConstant = constantFeatures(counted, candidateColumns(moments, active));
	const varying = active.filter((_, k) => isConstant[k] === 0);
	return {
		varying,
		constant: active.length - varying.length
	};
}
const constantWarning = (id, constant) => `${id}: ${constant} active feature${constant === 1 ? " fires" : "s fire"} alike at every position in the reference and in it too: nothing can be correlated, nothing is lost, and ${constant === 1 ? "it is" : "they are"} not counted; a text that varies more would tell`;
/** The mean ρ of the same active features with and without position 0. `counted`: over the positions that count. */
function meanByPositions({ place, moments: { first, rest }, counted: seen, active }, { first: leading, rest: others }, counted) {
	const mean = (a, b) => meanCorrelation(correlations(a, b), null);
	const skipFirst = mean(rest, candidateColumns(others, active));
	if (place.positions === "all") return {
		all: mean(seen, candidateColumns(counted, active)),
		skipFirst
	};
	const [a, c] = [referenceColumns(first, active), referenceColumns(rest, active)];
	const numbered = {
		...candidateColumns(addCandidateMoments(leading, others), active),
		features: active.map((_, k) => k)
	};
	return {
		all: mean(addReferenceMoments(a, c), numbered),
		skipFirst
	};
}
function featureTable({ place, counted, active: activeIds }, candidate, { ids, rho, intervals, firing }, config) {
	const { width } = counted;
	const nan = () => new Float64Array(width).fill(NaN);
	const [measured, active] = [new Uint8Array(width), new Uint8Array(width)];
	const [correlation, correlationLow, correlationHigh] = [
		nan(),
		nan(),
		nan()
	];
	for (const [k, j] of ids.entries()) {
		measured[j] = 1;
		correlation[j] = present(rho[k]);
	}
	for (const [k, j] of activeIds.entries()) {
		active[j] = 1;
		correlationLow[j] = present(intervals.low[k]);
		correlationHigh[j] = present(intervals.high[k]);
	}
	return {
		candidate,
		readout: place.id,
		width,
		active,
		measured,
		firingRate: firingRates(counted),
		mean: meanActivations(counted),
		meanSquare: meanSquares(counted),
		peak: counted.peak,
		decoderNorm: place.decoderNorms,
		correlation,
		correlationLow,
		correlationHigh,
		class: classesOf(active, correlation, config.thresholds),
		firing: firing.columns
	};
}
// src/audit/contamination/clean-figures.ts
/** `part`: of the tokens, which the clean groups hold. */
function cleanFigures({ name, sums, readouts }, choice, reading) {
	const { losses, divergence } = sums;
	const list = (values) => [...chosenSums(values, choice)];
	const total = (values) => values.reduce((sum, value) => sum + value, 0);
	const tokens = losses === null ? [] : list(losses.tokens);
	const documents = reading.sampling.documents * partOf(choice);
	const clean = {
		...reading,
		sampling: {
			...reading.sampling,
			documents
		}
	};
	return {
		scoredTokens: total(tokens),
		perplexity: losses === null ? null : perplexityOf$1(losses, list, clean),
		divergence: divergence === null ? null : divergenceOf$1(divergence, list, clean),
		features: readouts.map((seen, r) => featuresOf(seen, {
			candidate: name,
			...present(sums.readouts[r])
		}, choice, clean))
	};
}
/** Groups are dealt alike in size. */
const partOf = ({ of }) => of.filter((to) => to >= 0).length / of.length;
function perplexityOf$1({ tokens, referenceLoss, candidateLoss }, list, { sampling, confidence }) {
	const groups = {
		tokens: list(tokens),
		referenceLoss: list(referenceLoss),
		candidateLoss: list(candidateLoss)
	};
	const { reference, candidate, deltaPercent, ci } = summarizePerplexity(groups, sampling, confidence);
	return {
		reference,
		candidate,
		deltaPercent,
		ci
	};
}
function divergenceOf$1({ tokens, kl, agreements }, list, { sampling, confidence }) {
	const groups = {
		tokens: list(tokens),
		kl: list(kl),
		agreements: list(agreements)
	};
	const found = summarizeDivergence(groups, 0, sampling, confidence);
	return {
		klMean: found.klMean,
		klMeanCi: found.klMeanCi,
		top1Agreement: found.top1Agreement,
		top1AgreementCi: found.top1AgreementCi
	};
}
/** Which features are active is the whole text's word: a feature that fires in seen text alone stays, and is undefined. */
function featuresOf(seen, sums, choice, reading) {
	const { first, rest } = sums.moments;
	const part = {
		...seen,
		counted: ofReference(seen.counted, choice),
		moments: {
			first: ofReference(seen.moments.first, choice),
			rest: ofReference(seen.moments.rest, choice)
		}
	};
	const moments = {
		first: ofCandidate(first, choice),
		rest: ofCandidate(rest, choice)
	};
	const { report } = candidateFeatures(part, {
		...sums,
		moments
	}, reading);
	const { readout, survived, damaged, meanCorrelation, meanCorrelationCi } = report;
	return {
		readout,
		survived,
		damaged,
		meanCorrelation,
		meanCorrelationCi
	};
}
function ofReference(moments, choice) {
	const { width, positions, sum, sumOfSquares } = moments;
	return {
		...moments,
		groups: choice.groups,
		positions: chosenSums(positions, choice),
		sum: chosenSums(sum, choice, width),
		sumOfSquares: chosenSums(sumOfSquares, choice, width)
	};
}
function ofCandidate(moments, choice) {
	const width = moments.features.length;
	const chosen = (sums) => chosenSums(sums, choice, width);
	return {
		groups: choice.groups,
		features: moments.features,
		sum: chosen(moments.sum),
		sumOfSquares: chosen(moments.sumOfSquares),
		product: chosen(moments.product),
		together: chosen(moments.together),
		either: chosen(moments.either)
	};
}
// src/audit/frame/tool-report.ts
/** Without what it took, which is not known yet. */
function toolReport(computed) {
	const { device } = computed.run;
	return {
		name: "saegate",
		version: computed.toolVersion,
		engine: `onnxruntime-node ${runtimeVersion()}`,
		device: device.kind,
		threads: device.threads,
		...arithmeticOf(computed),
		elapsedSeconds: 0
	};
}
/** In which arithmetic the models were computed, on what, and how far that is from float32. */
function arithmeticOf({ run: { device, nvidia }, noise }) {
	return {
		operands: device.bodyType,
		accumulation: "float32",
		...device.kind === "cpu" && device.bodyType !== "float32" ? { emulated: true } : {},
		...nvidia === null ? {} : { accelerator: {
			name: nvidia.name,
			capability: nvidia.capability.toFixed(1),
			driver: nvidia.driver,
			...device.peers === void 0 ? {} : { count: 1 + device.peers.length }
		} },
		...noise === null ? {} : { engineNoise: noise }
	};
}
/** Nothing where every model was whole in memory. */
function streamedReport({ rounding, secondsStreamed, ...rest }) {
	if (rest.ranges === 0) return {};
	const error = relativeRounding(rounding);
	return { streamed: {
		...rest,
		seconds: secondsStreamed,
		...error === null ? {} : { rowError: error }
	} };
}
// src/audit/protocol.ts
/**
* @file The protocol check: does this text, run this way, say anything about the reference at all? A finding that it does
* not leaves every figure as it was measured, and lets no rule on perplexity, divergence or dissociation pass.
*/
/** Findings, those first that leave nothing to evaluate. */
function checkProtocol({ vocabulary, findings: ofText, readouts, candidates }) {
	const findings = [
		...referenceLoss(vocabulary, candidates),
		...ofText,
		...readouts.flatMap((seen) => firstPosition(seen, candidates))
	];
	const rank = ({ grade }) => grade === "not-evaluable" ? 0 : 1;
	return findings.sort((a, b) => rank(a) - rank(b));
}
/** What a report says of findings among its warnings. */
function protocolWarnings(findings) {
	return findings.map(({ grade, message }) => grade === "not-evaluable" ? `not evaluable: ${message}` : message);
}
/** Guessing evenly among all tokens gives a loss of ln(vocabulary): a model that does worse has not read the text. */
function referenceLoss(vocabulary, candidates) {
	const losses = candidates[0]?.sums.losses;
	if (losses === void 0 || losses === null) return [];
	const total = (values) => values.reduce((sum, one) => sum + one, 0);
	const loss = total(losses.referenceLoss) / total(losses.tokens);
	const chance = Math.log(vocabulary);
	if (loss <= chance) return [];
	return [{
		check: "reference-loss",
		grade: "not-evaluable",
		value: loss,
		message: `the reference's own loss is ${loss.toFixed(2)} nats per token (perplexity ${Math.exp(loss).toPrecision(4)}), worse than guessing among its ${vocabulary} tokens (${chance.toFixed(2)}): this is no text for it, or not the tokenizer it was trained with`
	}];
}
/** Part of the variance that position 0 may carry before ρ is mostly about it. */
const MOST_OF_VARIANCE = .5;
/** Candidates that the message quotes. */
const MOST_QUOTED = 3;
function firstPosition({ place, firstShare }, candidates) {
	if (sliceOf(place.positions).start > 0 || !(firstShare > MOST_OF_VARIANCE)) return [];
	const isAll = place.positions === "all";
	const means = (isAll ? candidates.slice(0, MOST_QUOTED) : []).flatMap(({ name, features }) => features.filter(({ report }) => report.readout === place.id).map(({ report: { meanCorrelationByPositions: mean } }) => {
		return `${name} ${mean.all.toFixed(3)} with it and ${mean.skipFirst.toFixed(3)} without`;
	}));
	return [{
		check: "first-position",
		grade: "warning",
		value: firstShare,
		message: `at ${place.id} the first position of the sequences carries ${(100 * firstShare).toFixed(0)} % of the residual's variance, so ρ is mostly about it (perplexity is not)${isAll ? `: mean ρ is ${means.join(", ")}; --positions skip-first leaves it out` : "; --positions with a slice that starts at 1 or later leaves it out"}`
	}];
}
// src/audit/assemble.ts
/** Mean cosine of the two residuals per token below which the candidate lives in another basis. */
const OTHER_BASIS_COSINE = .2;
/** … while the outputs still agree to this many nats per token. */
const SAME_OUTPUT_KL = .5;
/** Errors: CANDIDATE_ROTATED. */
function assemble(frame, audit, origin) {
	const named = audit.candidates.map((one, c) => ({
		...one,
		...present(frame.candidates[c])
	}));
	const candidates = named.map((one) => candidateReport(frame, audit, one));
	const { findings, vocabulary, warnings, contamination } = frame;
	const protocol = checkProtocol({
		vocabulary,
		findings,
		readouts: audit.readouts,
		candidates: named
	});
	return {
		report: {
			schema: "saegate/report@1",
			verdict: null,
			createdAt: origin.createdAt,
			digests: "files-read",
			asked: frame.asked,
			tool: {
				...frame.tool,
				...streamedReport(origin.streamed),
				elapsedSeconds: origin.elapsedSeconds
			},
			confidence: frame.confidence,
			...audit.looks === void 0 ? {} : { looks: audit.looks },
			reference: frame.reference,
			corpus: frame.corpus,
			policy: null,
			baseline: null,
			readouts: audit.readouts.map(({ report: one }) => one),
			candidates,
			warnings: [
				...protocolWarnings(protocol),
				...warnings.before,
				...audit.readouts.flatMap((one) => one.warnings),
				...warnings.between,
				...streamWarnings(origin.streamed),
				...warnings.after
			],
			protocol,
			...audit.floor === null ? {} : { noiseFloor: audit.floor },
			...contamination === null ? {} : { contamination: contamination.report },
			...audit.notes.length === 0 ? {} : { notes: [...audit.notes] }
		},
		evidence: named.flatMap(({ features }) => features.map(({ evidence }) => evidence))
	};
}
/** Of what is derived here, the text that it is calibrated on is none of the audited. */
function cleanOf({ contamination, reading: { thresholds }, confidence, corpus }, readouts, { kind, name, sums }) {
	const clean = contamination?.clean ?? null;
	if (clean === null || kind === "derived") return {};
	const choice = {
		groups: clean.groups,
		of: Int32Array.from(clean.of)
	};
	const how = {
		thresholds,
		confidence,
		sampling: samplingOf(corpus)
	};
	return { clean: cleanFigures({
		name,
		sums,
		readouts
	}, choice, how) };
}
function candidateReport(frame, { readouts }, framed) {
	const { sums, features, extras, kind: _, isTurnedBack: _t, warnings, ...described } = framed;
	const { rescale, chunked, sliding: windows } = frame.reading;
	const known = {
		sampling: samplingOf(frame.corpus),
		confidence: frame.confidence
	};
	const divergence = sums.divergence === null ? null : divergenceOf(sums.divergence, known);
	const klMean = divergence?.klMean ?? null;
	const { batched, equalErrors = [], diagnosis, attribution, stability = [] } = extras;
	const { name, spec, revision, sha256, files, compression, size } = described;
	return {
		name,
		spec,
		revision,
		sha256,
		...files === void 0 ? {} : { files },
		verdict: null,
		compression,
		...size === void 0 ? {} : { size },
		...diagnosis === void 0 ? {} : { diagnosis },
		...attribution === void 0 ? {} : { attribution },
		perplexity: {
			chunked: chunked && sums.losses !== null ? {
				...perplexityOf(sums.losses, known),
				...batched === void 0 ? {} : { batched }
			} : null,
			sliding: sums.sliding === null || windows === null ? null : {
				...perplexityOf(sums.sliding, known),
				window: windows.window,
				stride: windows.stride
			}
		},
		divergence,
		features: features.map((one, r) => {
			const found = equalErrors[r];
			const report = featuresReport(rescale, one, klMean);
			return found === void 0 ? report : {
				...report,
				equalErrors: found
			};
		}),
		dissociation: {
			flag: false,
			reason: ""
		},
		...stability.length === 0 ? {} : { stability },
		rules: [],
		warnings: [
			...warnings,
			...noDamageWarnings(klMean, features.map(({ report }) => report)),
			...features.flatMap((one) => one.warnings),
			...scalingWarnings(rescale, features, klMean),
			...basisWarnings(framed, klMean)
		],
		...cleanOf(frame, readouts, framed)
	};
}
function perplexityOf(groups, { sampling, confidence }) {
	return {
		...summarizePerplexity(groups, sampling, confidence),
		groups: writable(groups)
	};
}
function divergenceOf(sums, { sampling, confidence }) {
	const { tokens, kl, agreements, klAbove, klOfTokens, byConfidence, byKind } = sums;
	const klP99 = quantile(klOfTokens, .99);
	const buckets = summarizeBuckets(byConfidence, sampling, confidence);
	const losses = {
		referenceLoss: sums.referenceLossOfTokens,
		candidateLoss: sums.candidateLossOfTokens
	};
	const agreed = agreements.reduce((sum, count) => sum + count, 0);
	return {
		...summarizeDivergence({
			tokens,
			kl,
			agreements,
			klAbove
		}, klP99, sampling, confidence),
		byConfidence: buckets.map((bucket, b) => ({
			...bucket,
			groups: divergenceLists(present(byConfidence[b]))
		})),
		byKind: byKind.map(({ kind, ...groups }) => ({
			kind,
			...summarizePart(groups, sampling, confidence),
			groups: divergenceLists(groups)
		})),
		tokenStatistics: tokenStatistics({
			...losses,
			kl: klOfTokens
		}, agreed),
		groups: {
			...divergenceLists(sums),
			klAbove: klAbove.map((counts) => [...counts])
		}
	};
}
const divergenceLists = ({ tokens, kl, agreements }) => writable({
	tokens,
	kl,
	agreements
});
function writable(groups) {
	return Object.fromEntries(Object.entries(groups).map(([key, values]) => [key, [...values]]));
}
/** Do the outputs agree, as far as is known? Null: they were not compared, and may. */
const mayAgree = (klMean) => klMean === null || klMean < SAME_OUTPUT_KL;
const outputsInWords = (klMean) => klMean === null ? "were not compared (--perplexity none) and may agree" : `agree (KL ${klMean.toFixed(4)})`;
/** A residual stream that only has another size, its outputs the same: no damage, whatever a dictionary of the reference sees. */
const isOnlyRescaled = (scaling, klMean) => mayAgree(klMean) && isRescaled(scaling);
/** Figures of features as they were measured, marked where they say nothing: the factor was not divided out. */
function featuresReport(rescale, { report, scaling }, klMean) {
	return rescale || !isOnlyRescaled(scaling, klMean) ? report : {
		...report,
		rescaled: scaling.factor
	};
}
function scalingWarnings(rescale, features, klMean) {
	return features.filter(({ scaling }) => isOnlyRescaled(scaling, klMean)).map(({ scaling, report: { hook } }) => {
		const larger = `at ${hook} its residual stream is ${scaling.factor.toPrecision(4)} times the reference's`;
		return rescale ? `${larger}; it was divided by that before encoding (--rescale)` : `not evaluable: ${larger} and otherwise the same, while the outputs ${outputsInWords(klMean)}. Such a model computes the same function, but a sparse autoencoder trained on the reference sees every activation moved, so nothing is said of its features; --rescale divides the factor out before encoding`;
	});
}
/**
* The sign of a rotated residual stream that only a run shows: other directions, the same outputs. A candidate that was
* turned back by its embedding and still shows it is told, not refused. Errors: CANDIDATE_ROTATED.
*/
function basisWarnings({ kind, name, isTurnedBack, features }, klMean) {
	const elsewhere = features.find(({ meanCosine }) => meanCosine < OTHER_BASIS_COSINE && mayAgree(klMean));
	if (elsewhere === void 0) return [];
	const reason = `at ${elsewhere.report.hook} the residual streams point elsewhere (mean cosine ${elsewhere.meanCosine.toFixed(2)}) while the outputs ${outputsInWords(klMean)}`;
	if (klMean === null) return [`${reason}: a rotated model looks like this, and so does a ruined one`];
	if (!isTurnedBack) throw candidateRotated(name, reason, kind === "onnx" ? "onnx" : "checkpoint");
	return [`${reason}, though its residual stream was turned back: its features cannot be judged`];
}
export { toolReport as n, candidateFeatures as r, assemble as t };
