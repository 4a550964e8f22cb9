import { _ as untilDecidedImpossible, i as captureNotFinite, r as candidateRotated, u as nullCheckFailed } from "./shared-audit.js";
import { t as present } from "./shared-present.js";
import { $ as samplingOfTokens, A as candidateRecovered, At as wantsLosses, B as withLatents, C as featureSums, Ct as runSize, D as looksNotes, Dt as sequenceIds, E as lookRuns, Et as storeRows, F as vocabularyRanges, G as candidateSurvivalByKind, H as decodedRows, I as VocabularySums, J as fewSequences, K as causalChecks, L as fitSample, M as divergenceSums, N as lossSums, O as looksReport, Ot as shareThreads, P as tokenLosses, Q as documentsOf, R as candidateLatents, S as candidateTile, St as bodyShape, T as halfStepSource, Tt as batches, U as inputRows, V as rowLayout, W as rebuildGraph, X as wholeText, Y as madeFrom, Z as dealtText, _ as attribute, _t as halfWidth, a as requireShardable, at as tileLogits, b as referencePass, bt as placeOf, c as engineNoise, ct as locateKnown, d as rowsOf$1, dt as withProbe, et as hashIds, f as withSubjects, ft as captureModel, g as contaminationWarnings, gt as halfRows, h as turnedRows, ht as storeOf, i as requireFloat32, it as operand, j as referenceRecovered, jt as projections, k as requireLookable, kt as inOrder, l as noiseNotes, lt as locateRound, m as embeddingOf, mt as openStores, nt as commonVocabulary, o as haveSameEmbedding, ot as tileWeights, p as userTaps, pt as closeCapture, q as requireFiring, r as shardOf, rt as headFragment, s as haveSameUnembedding, st as vocabularyTiles, t as measureOpened, tt as buildLogitsHead, u as noiseSequences, ut as withExplanations, v as candidatePass, vt as closeGrown, w as equalErrorSource, wt as batchInputs, x as FIRING, xt as withFewerRows, y as featurePass, yt as hooksOf, z as referenceLatents } from "./shared-opened-run.js";
import { n as hookName } from "./shared-hook-point.js";
import { B as DEGREES_RULE, J as dealGroups, N as intervalOf, Q as typicalDocument, S as firingRates, U as fewestGroups, V as RESAMPLING_METHOD, X as groupCount, Z as groupOfEach, b as emptyCandidateMoments, ct as isActive, d as activeFeatures, f as addCandidateMoments, h as addReferenceTile, lt as thresholdsOf, m as addReferenceMoments, p as addCandidateTile, x as emptyReferenceMoments } from "./shared-losses.js";
import { B as relativeRounding, G as withReader, I as residualRows, K as createLanes, L as gatherRows, N as isRescaled, P as scalingBetween, R as addTally, X as bodyFragment, _ as float32Sequences, et as sequenceInputs, f as countedMoments, h as closeCallsAt, i as artifactOf, j as wholeEncoder, k as pickFeatures, l as warningsOf, n as plainFloatWarnings, o as isTurnedBack, p as readoutFigures, q as HIDDEN, rt as stageCost, s as unknownKind, tt as createRowStore, w as constantFeatures, z as emptyTally } from "./shared-not-compressed.js";
import { n as KeptEntries, t as EntryDamaged } from "./shared-entries.js";
import { g as engineFailed, o as runtimeVersion } from "./shared-runtime.js";
import { a as readGroupSums, i as writeShard, o as groupSumsBytes } from "./shared-shard-file.js";
import { i as bytesSource, r as systemErrorCode } from "./shared-file.js";
import { t as SaegateError } from "./shared-problem.js";
import { a as emptyRows, d as scalingOf, i as emptyDistances, n as addRow, t as SCALES } from "./shared-residual-sums.js";
import { t as createSession } from "./shared-session.js";
import { r as hubEndpoint } from "./shared-hub-settings.js";
import { i as parseJson, r as isJsonObject } from "./shared-json.js";
import { C as targetInputName, d as bodyBytes, f as bodyUpTo, k as modelsDiffer, m as hookWidth, n as asFloat32, s as weightReader, t as allRefs, x as wholeBody } from "./shared-weight-reader.js";
import { C as corpusRepositories, t as inScope } from "./shared-readout-scope.js";
import { E as countedMask, O as sliceOf, j as ANYTHING, l as nullableNumber, n as causal } from "./shared-causal-schema.js";
import { t as COMMIT } from "./shared-hub-cache.js";
import { n as parseHubSpec, t as isHubSpec } from "./shared-hub-spec.js";
import { i as isOciSpec, s as parseOciSpec } from "./shared-oci-spec.js";
import { t as schemaCheck } from "./shared-schema-check.js";
import { _ as candidateColumns, m as featureReplicates, v as correlations } from "./shared-feature-figures.js";
import { D as mul, R as rowSums, c as div, h as gather, n as add, ot as GraphBuilder, q as sub, s as concat, t as abs, w as matMul } from "./shared-ops.js";
import { M as sameUnembedding, a as withSources, c as planTensors, f as channelRows, j as openUnembedding, o as planBytes, r as planText } from "./shared-model.js";
import { E as shuffled, T as seeded } from "./shared-tensor-plan-schema.js";
import "./shared-families.js";
import { t as toFloat32 } from "./shared-half.js";
import { n as toolReport, r as candidateFeatures, t as assemble } from "./shared-assemble.js";
import { a as latentScaling, c as lossRecovered, i as stabilityRow, l as monitors, m as askedOf, o as newFeatures, p as attribution, s as survivalByKind, u as diagnosis } from "./shared-report-schema.js";
import { i as feeds, o as hasRunRanges } from "./shared-open4.js";
import { c as onnxLastLogits, f as onnxRefused, m as onnxShape, t as Wire } from "./shared-wire.js";
import { a as addedOutputs } from "./shared-patterns.js";
import { t as Message } from "./shared-protobuf.js";
import { a as temporaryPathIn, l as writeProblem } from "./shared-atomic.js";
import { t as removeDeadTemporaries } from "./shared-leftovers.js";
import { t as makeFolder } from "./shared-make-folder.js";
import { t as summarizeFeatures } from "./shared-feature-summary.js";
import { y as missedAlarms } from "./shared-verdict.js";
import { n as elementCount } from "./shared-raw-tensor.js";
import { n as programFile, t as isBundled } from "./shared-program-file.js";
import { m as requireNoCheckout, p as keptFolder } from "./shared-stand-in2.js";
import { r as isDecided, t as judge } from "./shared-judge.js";
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { appendFile, copyFile, link, lstat, mkdir, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
// src/audit/sums/measured-on.ts
/** @file What an audit measures, as a file of group sums says it. */
function measuredOn({ device, tokens }, readouts, candidates, { toolVersion, reference }) {
	const { sequences, groupStarts } = tokens;
	return {
		toolVersion,
		engine: runtimeVersion(),
		device: device.kind,
		operands: device.bodyType,
		reference,
		tokens: sequences.sha256,
		blockLength: sequences.blockLength,
		groups: groupStarts.length - 1,
		bos: JSON.stringify(sequences.bos),
		readouts: readouts.map(({ id, dictionary, center }) => ({
			id,
			sha256: dictionary.sha256,
			center
		})),
		candidates
	};
}
// src/audit/kept/keys.ts
/**
* @file What entries are kept by: digests of all that their content depends on, and nothing that a name says. Where the machine's
* threads and the memory that it has do not decide what is computed, they are not part of it.
*/
/** All that decides which rows the reference gives. */
function captureOf(run, { by, rows }) {
	const { config, device, nvidia, tokens, weights } = run;
	const { sequences, sliding } = tokens;
	return {
		...by,
		device: device.kind,
		accelerator: nvidia?.name ?? null,
		operands: device.bodyType,
		tokens: sequences.sha256,
		blockLength: sequences.blockLength,
		bos: sequences.bos,
		windows: sliding === null ? null : {
			...config.perplexity.sliding,
			ids: hashIds(sequences.stream)
		},
		hooks: hooksOf(run.readouts).map(hookName),
		hidden: wantsLosses(config),
		activations: config.activations,
		weights: weights.kind === "stream" ? `stream ${weights.rows}` : weights.kind,
		rows
	};
}
function captureKey(run, keeping) {
	return {
		kind: "the capture of the reference",
		key: JSON.stringify(captureOf(run, keeping))
	};
}
/** Of the sums of every feature at a read-out. */
function referenceSumsKey(run, keeping, readout) {
	const key = {
		...captureOf(run, keeping),
		...groupsOf(run),
		readout: readoutOf(readout)
	};
	return {
		kind: `sums of the reference at ${readout.id}`,
		key: JSON.stringify(key)
	};
}
const groupsOf = ({ tokens: { groupStarts, part } }) => ({
	groups: hashIds(groupStarts),
	part
});
const readoutOf = ({ id, hook, center, positions, dictionary }) => ({
	id,
	hook,
	center,
	positions,
	sae: dictionary.sha256
});
/**
* Of a round: what its candidates are (each by digests, in the order in which they are run), and all that was asked. What merely runs
* before or beside it is left out.
*/
function roundKey(run, keeping, candidates) {
	const { config, rounds, readouts, tokens } = run;
	const { candidates: _c, threads: _t, memoryBytes: _m, nullCheck: _n, noiseNull: _l, ...rest } = config;
	const { captures: _k, ...asked } = rest;
	const key = {
		...captureOf(run, keeping),
		...groupsOf(run),
		kinds: sha256(JSON.stringify([tokens.kinds.told, hashIds(Int32Array.from(tokens.kinds.bits))])),
		readouts: readouts.map(readoutOf),
		inOneGraph: rounds.inOneGraph,
		asked,
		candidates
	};
	return {
		kind: candidates.map(({ name }) => name).join(", "),
		key: JSON.stringify(key)
	};
}
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
// src/audit/kept/sums.ts
/** @file Group sums as a part of an entry, in the format of their file (sums/write-group-sums.ts). */
const SUMS_PART = "sums.safetensors";
/** All bytes of a part. Errors: EntryDamaged. */
async function wholePart(entry, part) {
	const bytes = new Uint8Array(entry.bytesOf(part));
	let done = 0;
	for await (const piece of entry.pieces(part)) {
		bytes.set(piece, done);
		done += piece.byteLength;
	}
	return bytes;
}
/** Errors: EntryDamaged. */
async function readSums(entry) {
	const bytes = await wholePart(entry, SUMS_PART);
	try {
		return await readGroupSums(bytesSource(SUMS_PART, bytes));
	} catch (error) {
		if (error instanceof SaegateError) throw new EntryDamaged(error.message);
		throw error;
	}
}
// src/audit/kept/reference-sums.ts
/** @file What a read-out comes to in the reference, taken from the cache where it is there. */
/** Taken, or made and kept. Errors: those of `make`. */
async function keptReferenceSums(run, readout, make) {
	const { kept } = run;
	if (kept === null) return await make();
	const key = referenceSumsKey(run, kept, readout);
	const known = await kept.entries.take(key, async (entry) => {
		const { readouts } = await readSums(entry);
		const [sums] = readouts;
		if (sums?.moments.rest.width !== readout.dictionary.d_sae) throw new EntryDamaged("it is of another dictionary");
		return sums;
	});
	if (known !== null) return known;
	const sums = await make();
	const measured = measuredOn(run, [readout], [], kept.by);
	const pieces = groupSumsBytes({
		measured,
		readouts: [sums],
		candidates: []
	});
	await kept.entries.put({
		...key,
		bytes: pieces.reduce((total, { byteLength }) => total + byteLength, 0),
		figures: null,
		write: async (into) => await into.part(SUMS_PART, pieces)
	});
	return sums;
}
// src/audit/features/first-position.ts
/** @file How much of a residual stream's variance lies in the first position of its sequences, an attention sink on most models. */
/** Rows that are read at a time. */
const ROWS$2 = 512;
/** Sums of the sampled rows, and of those at position 0. Errors: those of reading rows. */
async function firstPositionRows(residuals, { rows, tokenGroups, groups }, sequenceLength) {
	const { width } = residuals.store;
	const [all, first] = [emptyRows(groups, width), emptyRows(groups, width)];
	for (let start = 0; start < rows.length; start += ROWS$2) {
		const batch = rows.subarray(start, start + ROWS$2);
		const values = await residualRows(residuals, batch);
		for (const [i, row] of batch.entries()) {
			const group = present(tokenGroups[start + i]);
			addRow(all, group, values, i * width);
			if (row % sequenceLength === 0) addRow(first, group, values, i * width);
		}
	}
	return {
		all,
		first
	};
}
// src/audit/features/sae-fit.ts
/** @file Does the SAE fit this model? What it rebuilds of the residual, row by row, as sums. */
/** Rows of a store that are read at a time. */
const ROWS_READ = 512;
/** How well the SAE rebuilds the rows of a sample, and with its input times a factor some of them. */
async function measureFit(sae, { reads, predicts }, { all, scanned }, device) {
	const scales = sae.encoder.input === "plain" ? SCALES : [];
	const asked = scales.map((scale) => ({
		reads: {
			...reads,
			scale
		},
		predicts: {
			...predicts,
			scale
		},
		sample: scanned
	}));
	const [own, ...scaled] = await errorsOver(sae, [{
		reads,
		predicts,
		sample: all
	}, ...asked], device);
	const rowsOf = async (sample, errors) => ({
		...await sampledRows(predicts, sample),
		errors
	});
	return {
		own: await rowsOf(all, present(own)),
		scaled: scales.length === 0 ? null : await rowsOf(scanned, besideOneAnother(scaled, scales))
	};
}
/** (G) of every scale → (G, scales), in units of the scale's square. */
function besideOneAnother(errors, scales) {
	const groups = present(errors[0]).length;
	const out = new Float64Array(groups * scales.length);
	for (const [i, scale] of scales.entries()) for (let g = 0; g < groups; g++) out[g * scales.length + i] = present(errors[i]?.[g]) / scale ** 2;
	return out;
}
/** Sums of the sampled rows. */
async function sampledRows(residuals, { rows, tokenGroups, groups }) {
	const sums = emptyRows(groups, residuals.store.width);
	for (let start = 0; start < rows.length; start += ROWS_READ) {
		const values = await residualRows(residuals, rows.subarray(start, start + ROWS_READ));
		for (let i = 0; i * sums.width < values.length; i++) addRow(sums, present(tokenGroups[start + i]), values, i * sums.width);
	}
	return sums;
}
/** (G) Σ ‖y − ŷ‖² of each: every range of features is read once for all of them. */
async function errorsOver(sae, asked, device) {
	const { encoder, dictionary } = sae;
	const sums = await decodedRows(sae, asked.map(({ reads, sample: { rows } }) => ({
		reads,
		rows
	})), device);
	const batchRows = runSize(device).featureRows;
	const { d_in, input } = encoder;
	return await withSession(rebuildGraph({
		d_in,
		input,
		b_dec: dictionary.b_dec,
		W_skip: await dictionary.W_skip()
	}), device, async (session) => {
		const errors = [];
		for (const [i, one] of asked.entries()) errors.push(await errorsOf(session, one, present(sums[i]), batchRows));
		return errors;
	});
}
async function withSession(graph, device, use) {
	const session = await createSession(graph, device, "the SAE decoder");
	try {
		return await use(session);
	} finally {
		await session.release();
	}
}
/** What is rebuilt of the sums over features (rows, width), held against what is predicted: (G) Σ ‖y − ŷ‖². */
async function errorsOf(session, { reads, predicts, sample }, featureSums, batchRows) {
	const { rows, tokenGroups, groups } = sample;
	const { width } = predicts.store;
	const errors = new Float64Array(groups);
	for (let start = 0; start < rows.length; start += batchRows) {
		const batch = rows.subarray(start, start + batchRows);
		const inputs = await inputRows(reads, batch);
		const sum = {
			type: "float32",
			data: featureSums.subarray(start * width, (start + batch.length) * width),
			dims: [batch.length, width]
		};
		const rebuilt = (await session.run({
			...inputs,
			sum
		})).float32("rebuilt");
		const y = await residualRows(predicts, batch);
		for (let i = 0; i < batch.length; i++) {
			const group = present(tokenGroups[start + i]);
			errors[group] += squaredDistance(y, rebuilt, i * width, (i + 1) * width);
		}
	}
	return errors;
}
/** Over [start, end). */
function squaredDistance(y, rebuilt, start, end) {
	let sum = 0;
	for (let i = start; i < end; i++) sum += (y[i] - rebuilt[i]) ** 2;
	return sum;
}
// src/audit/features/reference-features.ts
/** @file What the reference does at a read-out: what of it is summed, and what the sums say. */
/**
* What an SAE sees in the reference. `known`: its sums, where they were made with the reference's own run, which decides every activation;
* null: it is run over the reference's residuals. Errors: SAE_BAD_FIT, RESIDUALS_ALIKE, ENGINE_FAILED.
*/
async function seeReference(run, captured, readout, known = null) {
	const { sums: measured, closeCalls } = await measureReference(run, {
		captured,
		float32: {
			tokens: run.tokens,
			capture: captured.capture
		}
	}, readout, known);
	const sums = {
		...measured,
		warnings: await settled(readout, measured.moments, closeCalls)
	};
	return {
		readout,
		sums,
		closeCalls,
		...readoutFigures(placeOf(readout), sums, run.config)
	};
}
/** `known`: as `seeReference` has it. Errors: ENGINE_FAILED, those of reading weights. */
async function measureReference(run, { captured: { model, capture }, float32 }, readout, known) {
	const { center } = readout;
	const residuals = {
		store: storeOf(capture.chunked, readout.hook),
		center
	};
	const target = {
		store: storeOf(capture.chunked, hookName(readout.dictionary.predicts)),
		center
	};
	const watched = {
		name: "reference",
		model,
		scale: 1
	};
	const sampled = {
		residuals: {
			store: storeOf(float32.capture.chunked, readout.hook),
			center
		},
		tokens: float32.tokens
	};
	const closeCalls = known === null ? await closeCallsAt(run, readout, watched, sampled) : null;
	const make = async () => {
		const moments = known ?? await encodeReference(run, readout, residuals, closeCalls);
		const sample = fitSample(run.tokens, readout);
		const places = {
			reads: residuals,
			predicts: target
		};
		return {
			moments,
			fit: readout.dictionary.rebuilds ? await measureFit(readout, places, sample, run.device) : null,
			variance: await firstPositionRows(residuals, sample.all, run.tokens.sequences.blockLength),
			calls: null,
			warnings: []
		};
	};
	return {
		sums: known === null && closeCalls === null ? await keptReferenceSums(run, readout, make) : await make(),
		closeCalls
	};
}
/** Put close calls into the sums. Returns warnings. */
async function settled(readout, moments, closeCalls) {
	if (closeCalls === null) return [];
	return await closeCalls.settleReference({
		moments,
		counted: countedMoments(readout, moments, addReferenceMoments)
	});
}
async function encodeReference(run, readout, residuals, closeCalls) {
	const { rows } = residuals.store;
	const { d_in, d_sae } = readout.dictionary;
	const cost = stageCost.features(d_in, d_sae, rows, 1);
	const onTokens = run.work.stage(`reference: features at ${readout.id}`, cost, rows);
	return await referencePass(featurePass(run, readout, onTokens), residuals, closeCalls?.reference ?? null);
}
// src/audit/contamination/named-calibration.ts
/** Of a name that a stranger wrote, as much as a message shows. */
const SHOWN$1 = 60;
/** One for each artifact that names the audited corpus, where nobody said what it was calibrated on (--calibration). */
function namedCalibrationWarnings({ corpus, calibration }, candidates) {
	if (calibration !== void 0 && calibration.source !== null) return [];
	return candidates.flatMap((candidate) => {
		const named = namesOf$2(candidate).find((name) => isAlike(name, corpus.source));
		return named === void 0 ? [] : [`${candidate.name} says that it was calibrated on ${JSON.stringify(named.slice(0, SHOWN$1))}, and it is audited on ${corpus.source}: on text that its calibration saw it does better than on other text; name that text with --calibration and the report says how much of it is here, with the figures on the rest`];
	});
}
/** quantize.imatrix.dataset of GGUF; `dataset` of GPTQ's and AutoRound's configs. */
function namesOf$2(candidate) {
	if (candidate.kind !== "stored") return [];
	const { gguf, config } = candidate.checkpoint;
	const quantization = config.quantization_config;
	const dataset = isJsonObject(quantization) ? quantization.dataset : void 0;
	const listed = Array.isArray(dataset) ? dataset : [dataset];
	return [gguf?.calibratedOn, ...listed].filter((one) => typeof one === "string");
}
/** "wikitext2" and "wikitext-2:test", "calibration/c4.txt" and "c4": one name within the other, signs and case aside. */
function isAlike(named, source) {
	const [a, b] = [named, source].map((name) => {
		return (name.split(/[\\/]/).at(-1) ?? "").toLowerCase().replace(/:.*$|\.(txt|jsonl?|csv|parquet)(\.(gz|zst))?$/g, "").replace(/[^a-z0-9]/g, "");
	});
	return a !== void 0 && b !== void 0 && a !== "" && b !== "" && (a.includes(b) || b.includes(a));
}
// src/audit/noise/weight-rounding.ts
/** @file What it does to a model's weights that operands have 16 bits: nothing where they are stored in that type, else told with its size. */
/**
* A warning for each model whose weights are no numbers of the operand type, as a checkpoint of bfloat16 for float16, or one whose integers were
* multiplied by scales of float16. Measured on one matrix, in the middle of the model. Errors: the checkpoint's own.
*/
async function weightRoundingWarnings({ bodyType }, models) {
	if (bodyType === "float32") return [];
	const warnings = [];
	for (const model of models) {
		const { tensor, error } = await roundingOf(model, bodyType);
		if (error === 0) continue;
		warnings.push(`${model.name}: its weights are rounded to ${bodyType}, which moves them by ${error.toExponential(1)} of their size (root mean square, in ${tensor}); --precision names another type`);
	}
	return warnings;
}
/** ‖W − W rounded‖ / ‖W‖ of the second matrix of the middle block's MLP, or of its first expert. */
async function roundingOf({ decoder, tensors }, type) {
	const { blocks } = decoder.weights;
	const { down, experts } = present(blocks[Math.floor(blocks.length / 2)]);
	const ref = present(down ?? experts?.experts[0]?.down).weight;
	const reader = weightReader(tensors, [ref, ref]);
	const exact = asFloat32(await reader.read(ref, "float32"));
	const rounded = asFloat32(await reader.read(ref, type));
	let [error, size] = [0, 0];
	for (let i = 0; i < exact.length; i++) {
		const value = exact[i];
		const off = rounded[i] - value;
		error += off * off;
		size += value * value;
	}
	return {
		tensor: ref.tensor,
		error: size === 0 ? 0 : Math.sqrt(error / size)
	};
}
// src/audit/subjects/pinning.ts
/** @file Which of the things that an audit reads may become others without a change here, or are what they are by somebody's word. */
/** A branch or tag of the Hub moves when its owner says so; a commit does not. */
function pinWarnings({ reference, saes, corpus, tokenizer }) {
	const named = [
		reference,
		...saes.map(({ source }) => source),
		...corpusRepositories(corpus.source),
		...tokenizer === null ? [] : [tokenizer]
	];
	const moving = [...new Set(named)].filter((spec) => isHubSpec(spec) && !COMMIT.test(parseHubSpec(spec).revision));
	const tagged = [...new Set(named)].filter((spec) => isOciSpec(spec) && parseOciSpec(spec).digest === null);
	if (moving.length === 0) return taggedWarnings(tagged);
	return [...taggedWarnings(tagged), `${moving.join(", ")}: not pinned to a commit, so the next audit may measure against another one, and its figures are then not comparable with these; write hf:owner/name@COMMIT (the commit that was used is in the report)`];
}
/** The same of tags in OCI registries. */
const taggedWarnings = (specs) => specs.length === 0 ? [] : [`${specs.join(", ")}: a tag may be moved, and the next audit then measures against something else; write @sha256:DIGEST (the digest that was used is in the report)`];
/** Of files that were read by ranges nothing but the digest of the token ids can tell that they are the listed ones. */
function rangeWarnings({ expected }, files) {
	if (files.length === 0 || (expected?.corpus.length ?? 0) > 0) return [];
	const more = files.length > SHOWN ? ` and ${files.length - SHOWN} more` : "";
	return [`not verified: of ${files.slice(0, SHOWN).join(", ")}${more} only parts were read, and only whole files can be held against the hash that the Hub lists. Whoever answers in its place could have given another text, and with it other figures: hold the token ids by expect-corpus-sha256`];
}
/** A mirror says itself what a commit holds: no hash of the Hub's stands behind it. */
function mirrorWarnings(config, endpoint) {
	if (endpoint === "https://huggingface.co") return [];
	const { reference, saes, corpus, candidates } = config.expected ?? ANYTHING;
	const open = [
		{
			input: "expect-reference-sha256",
			digests: reference,
			specs: [config.reference, config.tokenizer ?? ""]
		},
		{
			input: "expect-sae-sha256",
			digests: saes,
			specs: config.saes.map(({ source }) => source)
		},
		{
			input: "expect-corpus-sha256",
			digests: corpus,
			specs: corpusRepositories(config.corpus.source)
		},
		{
			input: "expect-candidate-sha256",
			digests: candidates,
			specs: config.candidates
		}
	].filter(({ digests, specs }) => digests.length === 0 && specs.some(isHubSpec));
	if (open.length === 0) return [];
	return [`not verified: what hf: names came from ${endpoint} (HF_ENDPOINT), which says itself which files a commit has; hold it by ${open.map(({ input }) => input).join(", ")}`];
}
const SHOWN = 3;
// src/audit/frame/warnings.ts
/** In the order of a report, around what the sums of read-outs and streaming add. Errors: those of reading weights. */
async function warningsAround({ config, device, readouts }, subjects) {
	const { reference, candidates, tokens, unverified, textWarnings, contamination } = subjects;
	return {
		before: [
			...pinWarnings(config),
			...rangeWarnings(config, unverified),
			...mirrorWarnings(config, hubEndpoint(process.env)),
			...reference.warnings,
			...readouts.flatMap(({ dictionary }) => dictionary.warnings)
		],
		between: [
			...groupWarnings(tokens),
			...tapWarnings(config, candidates),
			...textWarnings,
			...contaminationWarnings(contamination),
			...namedCalibrationWarnings(config, candidates)
		],
		after: [...await weightRoundingWarnings(device, [reference, ...modelsOf$1(candidates)])]
	};
}
/** Those that are compiled; an ONNX model runs in the types of its own graph. */
function modelsOf$1(candidates) {
	return candidates.flatMap((candidate) => candidate.kind === "onnx" ? [] : [candidate.model]);
}
function tapWarnings({ tap }, candidates) {
	if (tap === null || candidates.some(({ kind }) => kind === "onnx")) return [];
	return ["--tap names a value of an ONNX candidate, and there is none: it changed nothing"];
}
/** Without intervals rules stay undecided; the tables only leave a gap. */
function groupWarnings({ sequences, groupStarts }) {
	const groups = groupStarts.length - 1;
	const fewest = fewestGroups(RESAMPLING_METHOD);
	if (groups < fewest) return [`${groups === 1 ? "one group of sequences was" : `${groups} groups of sequences were`} measured (${sequences.sequenceCount} sequences), and an interval takes ${fewest}: there are none, and rules that go by one stay undecided; use more text, shorter sequences or more --groups`];
	const text = dealtText(sequences);
	const document = typicalDocument(text);
	const tokens = text.sequences * text.tokensPerSequence;
	if (document === null) return [];
	const warnings = tokens / document < 20 ? [`this text amounts to ${Math.floor(tokens / document)} documents of the length that a token finds itself in; below 20 nothing tells how often intervals hold the truth: use more text (--tokens)`] : [];
	if (document * groups <= tokens) return warnings;
	return [...warnings, `a document of this text is ${Math.round(document)} tokens long as a token sees it, a group of ${groups} ${Math.round(tokens / groups)}: groups share documents, and intervals are too narrow; use more text (--tokens)`];
}
// src/audit/gather-sums.ts
/** Errors: those of reading the files whose digests are wanted. */
async function gatherSums(reference, { run, readouts, candidates }, { toolVersion }) {
	return {
		measured: await measuredBy(reference, run, candidates.map(({ candidate }) => candidate), toolVersion),
		readouts: readouts.map(({ sums }) => sums),
		candidates: candidates.map(({ sums }) => sums)
	};
}
/** `run`: its text may be a part, whose token groups are counted. Errors: those of reading the files whose digests are wanted. */
async function measuredBy({ checkpoint }, run, candidates, toolVersion) {
	const made = [];
	for (const candidate of candidates) {
		const sha256 = await artifactOf(candidate)?.sha256();
		const spec = candidate.kind === "derived" ? candidate.made : candidate.spec;
		made.push({
			name: candidate.name,
			made: sha256 ?? spec
		});
	}
	return measuredOn(run, run.readouts, made, {
		toolVersion,
		reference: await checkpoint.sha256()
	});
}
// src/audit/kept/rows.ts
/** @file Rows of a store as a part of an entry, and back: float32 as it lies in memory, of this machine's byte order as all that we run on. */
/** Values that are moved at a time. */
const STEP_VALUES = 2 ** 20;
/** Stores of a capture by the names of their parts: `rows-0`, … in the order of the hooks, `hidden`, `windows`. */
function partsOf({ chunked, sliding }) {
	let hooks = 0;
	const parts = [...chunked].map(([name, store]) => [name === "hidden" ? "hidden" : `rows-${hooks++}`, store]);
	return sliding === null ? parts : [...parts, ["windows", sliding]];
}
const bytesOf = ({ rows, width }) => 4 * rows * width;
const stepOf = ({ width }) => Math.max(1, Math.floor(STEP_VALUES / width));
async function* piecesOf(store) {
	const step = stepOf(store);
	for (let start = 0; start < store.rows; start += step) {
		const values = await store.read(start, Math.min(start + step, store.rows));
		yield new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
	}
}
/** Fill a store. Its rows are not to be used where this fails. Errors: EntryDamaged, SPILL_FAILED. */
async function readRows(entry, part, store) {
	if (entry.bytesOf(part) !== bytesOf(store)) throw new EntryDamaged(`${part} has ${entry.bytesOf(part)} bytes for ${store.rows} rows of ${store.width}`);
	const bytesOfRow = 4 * store.width;
	let row = 0;
	for await (const piece of entry.pieces(part, stepOf(store) * bytesOfRow)) {
		await store.write(row, new Float32Array(piece.buffer, piece.byteOffset, piece.byteLength / 4));
		row += piece.byteLength / bytesOfRow;
	}
}
/** Copy all rows. */
async function copyRows(from, to) {
	const step = stepOf(from);
	for (let start = 0; start < from.rows; start += step) await to.write(start, await from.read(start, Math.min(start + step, from.rows)));
}
// src/audit/kept/tally.ts
const number = { type: "number" };
const tallySchema = {
	type: "object",
	additionalProperties: false,
	required: [
		"ranges",
		"rowBytes",
		"secondsWaited",
		"secondsStreamed",
		"bytesRead",
		"rounding"
	],
	properties: {
		ranges: number,
		rowBytes: {
			type: "object",
			additionalProperties: false,
			required: ["memory", "file"],
			properties: {
				memory: number,
				file: number
			}
		},
		secondsWaited: number,
		secondsStreamed: number,
		bytesRead: number,
		rounding: {
			type: "object",
			additionalProperties: false,
			required: ["error", "size"],
			properties: {
				error: number,
				size: number
			}
		}
	}
};
const keptTally = ({ rowBytes, rounding, ...rest }) => ({
	...rest,
	rowBytes: { ...rowBytes },
	rounding: { ...rounding }
});
// src/audit/kept/capture.ts
const figuresSchema = {
	type: "object",
	additionalProperties: false,
	required: ["streamed", "rounding"],
	properties: {
		streamed: tallySchema,
		rounding: tallySchema.properties.rounding
	}
};
const check$1 = schemaCheck(figuresSchema);
/** Taken, or captured and kept. Errors: those of captureModel. */
async function keptCapture(run, model) {
	const { kept, growing } = run;
	if (kept === null || growing !== null) return {
		capture: await captureModel(run, "reference", model),
		rounding: null
	};
	const key = captureKey(run, kept);
	const known = await kept.entries.take(key, (entry) => readCapture(run, model, entry));
	if (known !== null) {
		const { rows } = run.tokens.chunked.plan;
		run.work.stage("reference: as kept", stageCost.body(model.decoder, rows, run.tokens.longest), rows)(rows);
		kept.tell("the reference is not run: its capture was kept");
		return known;
	}
	const streamed = emptyTally();
	const whole = await captureModel({
		...run,
		streamed
	}, "reference", model);
	addTally(run.streamed, streamed);
	const held = await asKept(run, kept, {
		model,
		whole
	});
	const parts = partsOf(held.capture).map(([name, store]) => [name, held.storedAs(store)]);
	await kept.entries.put({
		...key,
		bytes: parts.reduce((sum, [, store]) => sum + bytesOf(store), 0),
		figures: {
			streamed: keptTally(streamed),
			rounding: { ...held.rounding }
		},
		write: async (into) => {
			for (const [name, store] of parts) await into.part(name, piecesOf(store));
		}
	});
	return {
		capture: held.capture,
		rounding: kept.rows === "half" ? held.rounding : null
	};
}
/** Empty stores, in the type that rows are kept in. */
async function openHeld(run, model, rows) {
	const rounding = {
		error: 0,
		size: 0
	};
	const bases = /* @__PURE__ */ new Map();
	const create = async (count, width, budget) => {
		if (rows === "full") return await createRowStore(count, width, budget);
		const base = await createRowStore(count, halfWidth(width), budget);
		const store = halfRows(base, width, rounding);
		bases.set(store, base);
		return store;
	};
	return {
		capture: await openStores(run, model, create),
		storedAs: (store) => bases.get(store) ?? store,
		rounding
	};
}
/** A fresh capture in the type that rows are kept in; it is closed where another takes its place. */
async function asKept(run, { rows }, { model, whole }) {
	if (rows === "full") return {
		capture: whole,
		storedAs: (store) => store,
		rounding: {
			error: 0,
			size: 0
		}
	};
	const held = await openHeld(run, model, rows);
	const [from, to] = [partsOf(whole), partsOf(held.capture)];
	for (const [i, [, store]] of from.entries()) await copyRows(store, present(to[i])[1]);
	await closeCapture(whole);
	return held;
}
/** Errors: EntryDamaged, SPILL_FAILED. */
async function readCapture(run, model, entry) {
	const { figures } = entry;
	if (!check$1()(figures)) throw new EntryDamaged("its figures are malformed");
	const rows = run.kept?.rows ?? "full";
	const { capture, storedAs } = await openHeld(run, model, rows);
	try {
		for (const [name, store] of partsOf(capture)) await readRows(entry, name, storedAs(store));
	} catch (error) {
		await closeCapture(capture);
		throw error;
	}
	addTally(run.streamed, figures.streamed);
	return {
		capture,
		rounding: rows === "half" ? figures.rounding : null
	};
}
/** What a reader of the report should know of it; sentences. */
function roundedWarnings(rounding) {
	const moved = rounding === null ? null : relativeRounding(rounding);
	if (moved === null) return [];
	return [`rows of the reference were rounded to 16 bits (--capture-rows half), which moved them by ${moved.toExponential(1)} of their length (root mean square); those of candidates were not`];
}
// src/audit/fused/kept-rows.ts
/**
* @file Some rows of a text, kept where all others stay on the device: what the fit of an SAE, the scale of a candidate and the noise
* of the engine are measured on.
*/
/** `kept`: ascending, of `total` rows. Errors: SPILL_FAILED. */
async function createKeptRows(kept, total, width, memory) {
	const dense = await createRowStore(kept.length, width, memory);
	let filled = 0;
	return {
		store: {
			rows: total,
			width,
			inFile: dense.inFile,
			write: async () => {
				throw new RangeError("rows that are kept are added in their order");
			},
			async read(start, end) {
				const out = new Float32Array((end - start) * width).fill(NaN);
				const [from, to] = [firstFrom(kept, start), firstFrom(kept, end)];
				const values = await dense.read(from, to);
				for (let i = from; i < to; i++) {
					const row = values.subarray((i - from) * width, (i - from + 1) * width);
					out.set(row, (present(kept[i]) - start) * width);
				}
				return out;
			},
			close: () => dense.close()
		},
		async add(rows) {
			await dense.write(filled, rows);
			filled += rows.length / width;
		}
	};
}
/** How many of `ascending` lie before `value`. */
function firstFrom(ascending, value) {
	let [low, high] = [0, ascending.length];
	while (low < high) {
		const middle = low + high >> 1;
		if (present(ascending[middle]) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}
/** Names of the graph's inputs and outputs that others have to know. Models count from the reference, 0. */
const roundNames = {
	scoredRows: "scored_rows",
	keptRows: "kept_rows",
	ones: (readout) => `ones_${readout}`,
	sum: (readout, figure) => `sae_${readout}.${figure}`,
	distance: (readout, candidate) => `sae_${readout}.distance_${candidate}`,
	kept: (model, place) => `kept_${model}.${place}`
};
/**
* Add a round to a graph. Inputs: those of the body's sequences; `targets` (n_scored, 1) and `scored_rows` (n_scored) int64 with a head; `kept_rows` (n_kept) int64;
* `ones_R` (rowParts, PLACES, n_part) per read-out R. Outputs: those of headFragment; `sae_R.…` those of featureSums (of an SAE with features), and
* `sae_R.distance_C` (n_row, DISTANCES) per candidate C ≥ 1; `kept_M.…` (n_kept, width) of model M. Errors: HOOK_MISSING, the readers' own.
*/
async function addRound(g, plan) {
	const { program, shape, bodies, head, readouts } = plan;
	const inputs = sequenceInputs(g, shape, [program]);
	const models = [];
	for (const [m, { sharesEmbedding, ...body }] of bodies.entries()) {
		const embedding = sharesEmbedding ? models[0]?.embedding : null;
		const part = {
			...body,
			program,
			shape,
			...embedding === null || embedding === void 0 ? {} : { embedding }
		};
		models.push(await bodyFragment(g, part, inputs, null, `model_${m}.`));
	}
	for (const [r, readout] of readouts.entries()) addReadout(g, plan, {
		r,
		readout
	}, models);
	if (head !== null) addHead(g, head, models);
	addKept(g, plan, models);
}
/** As a graph of its own. */
async function buildRound(plan) {
	const g = new GraphBuilder();
	await addRound(g, plan);
	return g.build();
}
function addHead(g, { layout, tile }, models) {
	const rows = g.input(roundNames.scoredRows, "int64", ["n_scored"]);
	const targets = g.input("targets", "int64", ["n_scored", 1]);
	const hidden = models.map(({ end }) => gather(g, end, rows));
	g.outputs(headFragment(g, layout, {
		hidden,
		targets
	}, tile));
}
function addReadout(g, { wanted, shape: { sequences } }, { r, readout }, models) {
	const { hook, center, encoder, tiling, highestAt: at } = readout;
	const rows = models.map(({ values }) => {
		const x = present(values.get(hook), hook);
		return center ? centred(g, x) : x;
	});
	if (encoder.bias.length > 0) {
		const ones = g.input(roundNames.ones(r), "float32", [
			tiling.rowParts,
			2,
			"n_part"
		]);
		const sums = {
			encoder,
			tiling,
			name: `sae_${r}.`
		};
		const figures = at === null ? wanted : {
			...wanted,
			highest: {
				sequences,
				at
			}
		};
		for (const [name, value] of featureSums(g, sums, {
			rows,
			ones
		}, figures)) g.output(roundNames.sum(r, name), value);
	}
	const [reference, ...candidates] = rows;
	if (reference === void 0 || !wanted.candidates) return;
	for (const [c, candidate] of candidates.entries()) g.output(roundNames.distance(r, c + 1), distances(g, reference, candidate));
}
/** Each row without its mean. */
function centred(g, x) {
	const width = x.shape[1];
	if (typeof width !== "number") throw new RangeError(`${x.name}: its width is not known`);
	return sub(g, x, div(g, rowSums(g, x), g.scalar("float32", width)));
}
/** (n_row, DISTANCES). The difference is taken before it is squared: x·x + y·y − 2 x·y of float32 would leave little of it. */
function distances(g, x, y) {
	const apart = sub(g, x, y);
	const sums = [
		[apart, apart],
		[x, x],
		[y, y],
		[x, y]
	].map(([a, b]) => rowSums(g, mul(g, a, b)));
	return concat(g, sums, 1, ["n_row", 4]);
}
function addKept(g, { kept }, models) {
	if (kept.every((places) => places.length === 0)) return;
	const rows = g.input(roundNames.keptRows, "int64", ["n_kept"]);
	for (const [m, { end, values }] of models.entries()) for (const place of kept[m] ?? []) {
		const value = place === "hidden" ? end : present(values.get(place), place);
		g.output(roundNames.kept(m, place), gather(g, value, rows));
	}
}
// src/audit/fused/load-round.ts
/** @file The graph of a fused round on its way into the engine: its models, head and SAEs read, and how its runs are cut. */
/** Errors: HOOK_MISSING, ENGINE_FAILED, those of reading weights. */
async function loadRound(asked, sequences, device) {
	const { models, head, readouts } = asked;
	const hooks = hooksOf(readouts.map(({ readout }) => readout));
	const program = head === null ? bodyUpTo(hooks) : wholeBody(hooks);
	const lanes = lanesOf(asked, sequences, device);
	const size = runSize(lanes.device);
	const body = bodyShape(lanes.device, sequences);
	const rowParts = commonDivisor(size.rowParts, body.sequences * sequences.blockLength);
	const kept = asked.keeps ? models.map((_, m) => keptPlaces(asked, hooks, m)) : [];
	const plan = {
		program,
		shape: body,
		head: head === null ? null : {
			layout: await wholeHead(head),
			tile: size.headTile
		},
		readouts: await inTurn(readouts, (one) => roundReadout(one, {
			rowParts,
			featureTile: size.featureTile
		})),
		wanted: asked.wanted,
		kept: kept.map((places) => places.map(({ name }) => name))
	};
	const graph = await withReaders(models, program, async (readers) => buildRound({
		...plan,
		bodies: bodiesOf(models, readers)
	}));
	return {
		session: await createLanes(graph, lanes, models.map(({ name }) => name).join(", ")),
		inputs: graph.inputs,
		shape: {
			sequences: body.sequences,
			rowParts,
			apart: readouts.map(({ apart }) => apart)
		},
		kept,
		vocabulary: plan.head === null ? [] : vocabularyTiles(commonVocabulary(plan.head.layout.unembeddings), size.headTile)
	};
}
/** One on a GPU, and one for each of several. On the CPU as many as copies of the bodies allow. */
function lanesOf({ models }, { count, longest }, device) {
	const { decoder } = present(models[0]).model;
	const weightBytes = models.length * bodyBytes(decoder);
	const operations = models.length * stageCost.body(decoder, count * longest, longest);
	return shareThreads(device, {
		weightBytes,
		operations
	});
}
/** Of the reference where it is measured, then with its final hidden state; of every candidate. */
function keptPlaces({ models, head, wanted }, hooks, m) {
	if (m === 0 && !wanted.reference) return [];
	const { decoder } = present(models[m]).model;
	const places = hooks.map((hook) => ({
		name: hookName(hook),
		width: hookWidth(decoder, hook)
	}));
	return m === 0 && head !== null ? [...places, {
		name: HIDDEN,
		width: decoder.spec.d_model
	}] : places;
}
async function roundReadout({ readout, features, highest }, tiling) {
	const { encoder, hook, center } = readout;
	return {
		hook,
		center,
		encoder: features === null ? await wholeEncoder(encoder) : await pickFeatures(encoder, features),
		tiling,
		highestAt: highest?.at ?? null
	};
}
/** All of the vocabulary that the models share. */
async function wholeHead({ unembeddings, models }) {
	const end = commonVocabulary(unembeddings);
	return {
		unembeddings: await inTurn(unembeddings, (one) => one.tokens(0, end)),
		models
	};
}
function bodiesOf(models, readers) {
	const reference = present(models[0]).model;
	return models.map(({ model }, m) => ({
		model,
		reader: present(readers[m]),
		sharesEmbedding: m > 0 && haveSameEmbedding(reference, model)
	}));
}
/** Readers of all models at once, for a graph that has all of them. */
async function withReaders(models, program, use) {
	const open = async (m, readers) => {
		const one = models[m];
		if (one === void 0) return await use(readers);
		return await withReader(one.model, [program], (reader) => open(m + 1, [...readers, reader]));
	};
	return await open(0, []);
}
async function inTurn(items, make) {
	const made = [];
	for (const item of items) made.push(await make(item));
	return made;
}
function commonDivisor(a, b) {
	return b === 0 ? a : commonDivisor(b, a % b);
}
// src/audit/fused/round-batches.ts
/** @file The runs of a fused round: which sequences go together, and what the graph is given of each. */
const keptOf = ({ keepFrom, keepTo }) => keepTo - keepFrom;
/** Every sequence once: neighbours of one token group and of one length, at most `size` together. */
function* roundBatches({ text, groupStarts, kept }, size) {
	const { plan, scored } = text;
	let row = 0;
	for (let tokenGroup = 0; tokenGroup < groupStarts.length - 1; tokenGroup++) {
		const [from, to] = [present(groupStarts[tokenGroup]), present(groupStarts[tokenGroup + 1])];
		for (const sequences of batches(plan.sequences.slice(from, to), size)) {
			const end = row + sequences.reduce((sum, sequence) => sum + keptOf(sequence), 0);
			const within = (ascending) => [firstFrom(ascending, row), firstFrom(ascending, end)];
			yield {
				sequences,
				tokenGroup,
				rows: [row, end],
				scored: within(scored.rows),
				kept: within(kept)
			};
			row = end;
		}
	}
}
/** Sequences in a run: up to `most`, and so many that the runs of the largest token group are equally full. */
function evenRuns(groupStarts, most) {
	let largest = 1;
	for (let g = 1; g < groupStarts.length; g++) largest = Math.max(largest, present(groupStarts[g]) - present(groupStarts[g - 1]));
	return Math.ceil(largest / Math.ceil(largest / most));
}
/** All that any graph of a round takes. */
function roundInputs({ text: { plan, scored }, kept }, batch, shape) {
	const { sequences } = batch;
	const place = rowPlaces(batch);
	const targets = scored.targets.subarray(...batch.scored);
	const ofSequences = batchInputs({ sequences: shape.sequences }, plan, sequences);
	const ones = shape.apart.map((apart, r) => [roundNames.ones(r), onesInput(batch, shape, apart)]);
	return {
		...ofSequences,
		...Object.fromEntries(ones),
		[roundNames.scoredRows]: indices(scored.rows.subarray(...batch.scored), place, []),
		targets: indices(targets, (target) => target, [1]),
		[roundNames.keptRows]: indices(kept.subarray(...batch.kept), place, [])
	};
}
/** Row of the graph of a row of the text. */
function rowPlaces({ sequences, rows }) {
	const places = new Int32Array(rows[1] - rows[0]);
	let at = 0;
	for (const [b, { begin, end, keepFrom, keepTo }] of sequences.entries()) for (let position = keepFrom; position < keepTo; position++, at++) places[at] = b * (end - begin) + position - begin;
	return (row) => present(places[row - rows[0]]);
}
/** int64 (n, …more); a zero where there is none, for no kernel has to do with nothing. */
function indices(values, of, more) {
	const count = Math.max(1, values.length);
	const data = new BigInt64Array(count);
	for (let i = 0; i < values.length; i++) data[i] = BigInt(of(present(values[i])));
	return {
		type: "int64",
		data,
		dims: [count, ...more]
	};
}
/** (rowParts, PLACES, n_part): which rows are summed at the positions that are kept apart, and which at the others. */
function onesInput({ sequences }, shape, apart) {
	const [first] = sequences;
	const { begin, end } = present(first);
	const length = end - begin;
	const { rowParts } = shape;
	const part = shape.sequences * length / rowParts;
	const data = new Float32Array(rowParts * 2 * part);
	for (let row = 0; row < sequences.length * length; row++) {
		const place = apart[row % length] === 1 ? 0 : 1;
		data[(Math.floor(row / part) * 2 + place) * part + row % part] = 1;
	}
	return {
		type: "float32",
		data,
		dims: [
			rowParts,
			2,
			part
		]
	};
}
// src/audit/fused/highest-rows.ts
var HighestRows = class {
	#r;
	/** Ascending ids. */
	#features;
	#asked;
	/** (features, most), highest first; 0 where there is none. */
	#activations;
	#rows;
	/** Per candidate, likewise. */
	#there;
	constructor(r, features, candidates, asked) {
		const size = features.length * asked.most;
		this.#r = r;
		this.#features = features;
		this.#asked = asked;
		this.#activations = new Float32Array(size);
		this.#rows = new Int32Array(size);
		this.#there = Array.from({ length: candidates }, () => new Float32Array(size));
	}
	add(result, { sequences, rows: [start] }) {
		const width = this.#features.length;
		if (width === 0) return;
		const { most, at: { start: begin, step } } = this.#asked;
		const of = (figure) => result.float32(roundNames.sum(this.#r, figure));
		const [highest, where] = [of("highest"), of("where")];
		const there = this.#there.map((_, c) => of(`there_${c + 1}`));
		let first = start;
		for (const [s, { keepFrom, keepTo }] of sequences.entries()) {
			for (let k = 0; k < width; k++) {
				const i = s * width + k;
				const activation = present(highest[i]);
				if (!(activation > present(this.#activations[k * most + most - 1]))) continue;
				const place = this.#insert(k, activation, first + begin + step * present(where[i]));
				for (const [c, values] of this.#there.entries()) values[place] = present(there[c]?.[i]);
			}
			first += keepTo - keepFrom;
		}
	}
	/** Those of one feature beside candidate `c` (0 is the first), the highest first. */
	of(feature, c) {
		const { most } = this.#asked;
		const k = firstFrom(this.#features, feature);
		if (this.#features[k] !== feature) throw new RangeError(`feature ${feature} was not looked at`);
		const found = [];
		for (let i = k * most; i < (k + 1) * most; i++) {
			const activation = present(this.#activations[i]);
			if (activation > 0) found.push({
				row: present(this.#rows[i]),
				activation,
				candidate: present(this.#there[c]?.[i])
			});
		}
		return found;
	}
	/** Make room behind what is as high, and say where. */
	#insert(k, activation, row) {
		const { most } = this.#asked;
		const [begin, end] = [k * most, (k + 1) * most];
		let place = begin;
		while (place < end && present(this.#activations[place]) >= activation) place++;
		for (const values of [
			this.#activations,
			this.#rows,
			...this.#there
		]) values.copyWithin(place + 1, place, end - 1);
		this.#activations[place] = activation;
		this.#rows[place] = row;
		return place;
	}
};
// src/audit/fused/round-sums.ts
/** @file What the runs of a fused round add up to: in float64, token group by token group. */
const SIDES = ["first", "rest"];
var ReadoutSums = class {
	#of;
	/** The reference's first. */
	#names;
	#reference;
	#highest;
	#candidates;
	/** `names`: of the models, for messages. */
	constructor(of, names, groups, wanted) {
		this.#of = of;
		this.#names = names;
		const width = of.features.length;
		const reference = () => emptyReferenceMoments(groups, width);
		const candidate = () => emptyCandidateMoments(groups, of.features);
		const { r, features, highest } = of;
		this.#highest = highest === null ? null : new HighestRows(r, features, names.length - 1, highest);
		this.#reference = wanted.reference ? {
			first: reference(),
			rest: reference()
		} : null;
		this.#candidates = names.slice(1).map(() => ({
			moments: {
				first: candidate(),
				rest: candidate()
			},
			distance: emptyDistances(groups)
		}));
	}
	/** Errors: CAPTURE_NOT_FINITE. */
	add(result, batch) {
		const { r, features, apart } = this.#of;
		const width = features.length;
		const { tokenGroup, sequences } = batch;
		for (const [c, { distance }] of this.#candidates.entries()) this.#addDistances(distance, result.float32(roundNames.distance(r, c + 1)), batch, c + 1);
		this.#highest?.add(result, batch);
		for (const [place, side] of SIDES.entries()) {
			const figure = (name) => width === 0 ? /* @__PURE__ */ new Float32Array() : result.float32(roundNames.sum(r, name)).subarray(place * width, (place + 1) * width);
			if (this.#reference !== null) {
				const into = this.#reference[side];
				const rows = batch.rows[1] - batch.rows[0];
				const first = sequences.length * apart.reduce((sum, is) => sum + is, 0);
				into.positions[tokenGroup] = present(into.positions[tokenGroup]) + (side === "first" ? first : rows - first);
				addReferenceTile(into, tokenGroup, 0, {
					sum: figure("sum"),
					sumOfSquares: figure("squares"),
					firings: figure("firings").map((sum) => sum / FIRING),
					peak: figure("peak")
				});
			}
			for (const [c, { moments }] of this.#candidates.entries()) addCandidateTile(moments[side], tokenGroup, 0, candidateTile(figure, c));
		}
	}
	get found() {
		return {
			reference: this.#reference,
			highest: this.#highest,
			candidates: this.#candidates
		};
	}
	#addDistances(into, values, { rows: [start, end], tokenGroup }, candidate) {
		const sums = {
			apart: 0,
			size: 0,
			cosines: 0
		};
		for (let row = 0; row < end - start; row++) {
			const [apart = 0, xx = 0, yy = 0, xy = 0] = values.subarray(row * 4, (row + 1) * 4);
			if (!Number.isFinite(apart)) {
				const model = present(this.#names[Number.isFinite(xx) ? candidate : 0]);
				throw captureNotFinite(model, this.#of.hook, start + row);
			}
			sums.apart += apart;
			sums.size += xx;
			sums.cosines += xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
		}
		into.apart[tokenGroup] += sums.apart;
		into.size[tokenGroup] += sums.size;
		into.cosines[tokenGroup] += sums.cosines;
		into.rows[tokenGroup] += end - start;
	}
};
// src/audit/fused/fused-round.ts
/**
* @file Reference and candidates of a round run together on the device, from ids to sums: nothing waits in between and no rows are stored but a
* few. What comes of it is what captures, losses and passes of SAEs come to (rounds.ts), to the rounding of sums.
*/
/** Run a round over a text. `onTokens` hears how many tokens were run. Errors: CAPTURE_NOT_FINITE, HOOK_MISSING, ENGINE_FAILED, SPILL_FAILED, those of reading weights. */
async function fusedRound(run, asked, text, onTokens) {
	return await withFewerRows(run.device, (device) => roundOn({
		...run,
		device
	}, asked, text, onTokens));
}
async function roundOn({ device, memory }, asked, text, onTokens) {
	const loaded = await loadRound(asked, sequencesOf(text, device), device);
	try {
		return await new Round(asked, text, loaded, memory).run(onTokens);
	} finally {
		await loaded.session.release();
	}
}
/** What the graph is built for. */
function sequencesOf({ text: { plan }, groupStarts }, device) {
	const { longest } = plan;
	return {
		blockLength: longest,
		longest,
		count: evenRuns(groupStarts, Math.max(1, Math.floor(runSize(device).bodyRows / longest)))
	};
}
/** One pass over the text. */
var Round = class {
	#asked;
	#text;
	#loaded;
	#memory;
	#losses;
	#readouts;
	constructor(asked, text, loaded, memory) {
		this.#asked = asked;
		this.#text = text;
		this.#loaded = loaded;
		this.#memory = memory;
		const names = asked.models.map(({ name }) => name);
		const groups = text.groupStarts.length - 1;
		this.#losses = asked.head === null ? null : new VocabularySums(text.text.scored.rows.length, names.length - 1);
		this.#readouts = asked.readouts.map(({ readout, features, apart, highest }, r) => {
			const all = features ?? Int32Array.from(readout.encoder.bias, (_, j) => j);
			return new ReadoutSums({
				r,
				hook: readout.hook,
				features: all,
				apart,
				highest
			}, names, groups, asked.wanted);
		});
	}
	async run(onTokens) {
		const kept = await this.#openKept();
		try {
			await this.#runAll(kept, onTokens);
			this.#settleLosses();
		} catch (error) {
			for (const places of kept) for (const { store } of places.values()) await store.close();
			throw error;
		}
		return {
			losses: this.#losses?.losses ?? null,
			readouts: this.#readouts.map(({ found }) => found),
			captures: kept.map((places) => ({
				chunked: new Map([...places].map(([place, { store }]) => [place, store])),
				sliding: null
			}))
		};
	}
	async #openKept() {
		const { kept, text } = this.#text;
		const opened = [];
		for (const places of this.#loaded.kept) {
			const stores = /* @__PURE__ */ new Map();
			opened.push(stores);
			for (const { name, width } of places) stores.set(name, await createKeptRows(kept, text.plan.rows, width, this.#memory));
		}
		return opened;
	}
	async #runAll(kept, onTokens) {
		const { session, inputs, shape } = this.#loaded;
		const begin = (batch) => {
			const given = roundInputs(this.#text, batch, shape);
			return session.run(Object.fromEntries(inputs.map((name) => [name, present(given[name], name)])));
		};
		let done = 0;
		await inOrder(roundBatches(this.#text, shape.sequences), session.inFlight, begin, async (result, batch) => {
			for (const sums of this.#readouts) sums.add(result, batch);
			this.#addLosses(result, batch);
			const rows = batch.kept[1] - batch.kept[0];
			for (const [m, places] of kept.entries()) for (const [name, into] of places) {
				const values = result.float32(roundNames.kept(m, name));
				await into.add(values.subarray(0, rows * into.store.width));
			}
			done += batch.sequences.reduce((sum, { begin: from, end }) => sum + end - from, 0);
			onTokens(done);
		});
	}
	#addLosses(result, { scored: [start, end] }) {
		if (this.#losses === null || start === end) return;
		const targets = this.#text.text.scored.targets.subarray(start, end);
		this.#losses.add(result, {
			targets,
			start
		}, {
			firstToken: 0,
			tiles: this.#loaded.vocabulary
		});
	}
	/** Errors: CAPTURE_NOT_FINITE. */
	#settleLosses() {
		if (this.#losses === null) return;
		const { rows } = this.#text.text.scored;
		this.#losses.settle(0, rows.length);
		const { losses } = this.#losses;
		for (const [m, loss] of [losses.reference, ...losses.candidates.map((one) => one.loss)].entries()) {
			const bad = loss.findIndex((one) => !Number.isFinite(one));
			if (bad < 0) continue;
			const { name } = present(this.#asked.models[m]);
			throw captureNotFinite(name, "the final hidden state", present(rows[bad]));
		}
	}
};
// src/audit/rounds/measure-stages.ts
/**
* @file A round stage by stage: each model is captured, then losses and features are measured beside the reference's, over rows that wait in
* stores.
*/
/** Capture the candidates of a round and measure them. Errors: those of running a model. */
async function measureStages(run, reference, round) {
	const captured = [];
	try {
		for (const candidate of round.candidates) {
			const { name, model } = candidate;
			captured.push({
				candidate,
				model,
				capture: await captureModel(run, name, model)
			});
		}
		const lossesOver = async (protocol) => await roundLosses(run, reference.captured, {
			...round,
			captured
		}, protocol);
		const chunked = wantsLosses(run.config) ? await lossesOver("chunked") : null;
		const sliding = run.tokens.sliding === null ? null : await lossesOver("sliding");
		const features = await roundFeatures(run, reference, captured);
		return captured.map((one, c) => ({
			...one,
			chunked: chunked?.[c] ?? null,
			sliding: sliding?.[c] ?? null,
			features: present(features[c]),
			highest: null
		}));
	} catch (error) {
		for (const { capture } of captured) await closeCapture(capture);
		throw error;
	}
}
/** Losses of a whole round, one entry per candidate. */
async function roundLosses({ tokens, device, work, headBytes }, reference, round, protocol) {
	const { captured } = round;
	const { scored } = protocol === "chunked" ? tokens.chunked : present(tokens.sliding);
	const hidden = [reference.capture, ...captured.map(({ capture }) => capture)].map((capture) => protocol === "chunked" ? storeOf(capture.chunked, HIDDEN) : present(capture.sliding));
	const cost = stageCost.head(reference.model.decoder, scored.rows.length, captured.length + 1);
	const onTokens = work.stage(`${namesOf$1(captured)}: ${protocol} losses`, cost, scored.rows.length);
	const head = await headOf(reference, round, device);
	const losses = await tokenLosses({
		head,
		hidden,
		rangeBytes: headBytes
	}, scored, device, onTokens);
	const { reference: own, referenceTop } = losses;
	return losses.candidates.map((candidate) => ({
		scored,
		reference: own,
		referenceTop,
		candidate
	}));
}
/** Unembeddings of a round. */
async function headOf({ model }, { candidates, isShared }, device) {
	const unembedding = await openUnembedding(model, device);
	const [first] = candidates;
	if (isShared || first === void 0) return {
		unembeddings: [unembedding],
		models: [0, ...candidates.map(() => 0)]
	};
	return {
		unembeddings: [unembedding, await openUnembedding(first.model, device)],
		models: [0, 1]
	};
}
/** Features of a whole round: per candidate, one entry per read-out. */
async function roundFeatures(run, reference, captured) {
	const byCandidate = captured.map(() => []);
	for (const seen of reference.readouts) {
		const features = await featuresAt(run, reference.captured, seen, captured);
		for (const [c, of] of byCandidate.entries()) of.push(present(features[c]));
	}
	return byCandidate;
}
/** Features of a whole round at one read-out, one entry per candidate. */
async function featuresAt(run, reference, seen, captured) {
	const { readout, active, closeCalls, records = false } = seen;
	const residuals = ({ chunked }) => ({
		store: storeOf(chunked, readout.hook),
		center: readout.center
	});
	const own = residuals(reference.capture);
	const { all: sample } = fitSample(run.tokens, readout);
	const scalings = [];
	for (const { capture } of captured) scalings.push(await scalingBetween(own, residuals(capture), sample));
	const scales = scalings.map((found) => {
		const scaling = scalingOf(found);
		return run.config.rescale && isRescaled(scaling) ? 1 / scaling.factor : 1;
	});
	const models = {
		reference: own,
		candidates: captured.map(({ capture }, c) => ({
			...residuals(capture),
			scale: present(scales[c])
		}))
	};
	const { rows } = models.reference.store;
	const cost = stageCost.features(readout.dictionary.d_in, active.length, rows, captured.length + 1);
	const onTokens = run.work.stage(`${namesOf$1(captured)}: features at ${readout.id}`, cost, rows);
	const watch = closeCalls?.candidates() ?? null;
	const passes = await candidatePass(featurePass(run, readout, onTokens), active, models, watch);
	const features = [];
	for (const [index, { candidate, model }] of captured.entries()) {
		const { name } = candidate;
		const pass = present(passes[index]);
		const sums = {
			index,
			name,
			model,
			scale: present(scales[index]),
			moments: pass.moments
		};
		const of = {
			...pass,
			scaling: present(scalings[index]),
			calls: null,
			warnings: []
		};
		if (watch === null || closeCalls === null) features.push(of);
		else if (records) features.push({
			...of,
			calls: await closeCalls.recordCandidate(watch, index, sums)
		});
		else features.push({
			...of,
			warnings: await closeCalls.settleCandidate(watch, sums)
		});
	}
	return features;
}
function namesOf$1(captured) {
	return captured.map(({ candidate }) => candidate.name).join(", ");
}
// src/audit/rounds/measure-fused.ts
/**
* @file A round in one graph (fused/): the first brings the reference's own sums along, for all features; those of candidates are then taken where
* the reference turned out to be active. Later rounds run the reference again beside their candidates, on the active features.
*/
/** What is read off the reference beside a round where nothing is asked for besides. */
const NOTHING_MORE = {
	recovered: async () => [],
	latents: async () => []
};
/** Run the reference with the candidates of its first round. Errors: those of fusedRound. */
async function measureFirst(run, model, round) {
	return {
		round,
		found: await runRound(run, model, round, null)
	};
}
/** Measure a round beside a reference whose sums are known. Errors: those of fusedRound. */
async function measureFused(run, reference, round) {
	const { captured, readouts, first } = reference;
	const { model } = captured;
	const found = (first !== null && isSame(first.round, round) ? first.found : null) ?? await runRound(run, model, round, readouts);
	const captures = found.captures.slice(1);
	try {
		const { chunked, sliding } = run.tokens;
		const windows = sliding === null ? null : await windowLosses(run, model, round, sliding);
		const measured = [];
		for (const [c, candidate] of round.candidates.entries()) {
			const capture = present(captures[c]);
			const of = {
				own: captured.capture,
				candidate: capture,
				c
			};
			measured.push({
				candidate,
				model: candidate.model,
				capture,
				chunked: found.losses === null ? null : scoredLosses(chunked, found.losses, c),
				sliding: sliding === null || windows === null ? null : scoredLosses(sliding, windows, c),
				features: await featuresOf(run, readouts, found.readouts, of),
				highest: (r, feature) => found.readouts[r]?.highest?.of(feature, c) ?? []
			});
		}
		return measured;
	} catch (error) {
		for (const capture of captures) await closeCapture(capture);
		throw error;
	}
}
function isSame(a, b) {
	return a.candidates.length === b.candidates.length && a.candidates.every((one, c) => one === b.candidates[c]);
}
/** `seen` null: the reference is not known yet. */
async function runRound(run, model, round, seen) {
	const { tokens, work, readouts, device, config: { explain = 0 } } = run;
	const { chunked, groupStarts } = tokens;
	const isFirst = seen === null;
	const asked = {
		models: modelsOf(model, round),
		head: wantsLosses(run.config) ? await headOf({ model }, round, device) : null,
		readouts: readouts.map((readout, r) => ({
			readout,
			features: seen === null ? null : present(seen[r]).active,
			apart: rowLayout(tokens, readout).apart,
			highest: explain === 0 ? null : {
				most: 5,
				at: sliceOf(readout.positions)
			}
		})),
		wanted: {
			reference: isFirst,
			candidates: true
		},
		keeps: true
	};
	const { rows } = chunked.plan;
	const onTokens = work.stage(`${namesOf(asked.models.slice(isFirst ? 0 : 1))}: all at once`, costOf(asked, rows, tokens.longest), rows);
	return await fusedRound(run, asked, {
		text: chunked,
		groupStarts,
		kept: keptRows(run, isFirst)
	}, onTokens);
}
/** Losses over sliding windows, which no SAE sees. */
async function windowLosses(run, model, round, text) {
	const { work, device, tokens } = run;
	const asked = {
		models: modelsOf(model, round),
		head: await headOf({ model }, round, device),
		readouts: [],
		wanted: {
			reference: false,
			candidates: true
		},
		keeps: false
	};
	const rows = text.plan.sequences.reduce((sum, { begin, end }) => sum + end - begin, 0);
	const onTokens = work.stage(`${namesOf(round.candidates)}: sliding windows`, costOf(asked, rows, tokens.longest), rows);
	const { losses } = await fusedRound(run, asked, {
		text,
		groupStarts: Int32Array.of(0, text.plan.sequences.length),
		kept: /* @__PURE__ */ new Int32Array(0)
	}, onTokens);
	return present(losses);
}
const modelsOf = (model, { candidates }) => [{
	name: "reference",
	model
}, ...candidates];
const namesOf = (models) => models.map(({ name }) => name).join(", ");
function costOf({ models, head, readouts }, rows, longest) {
	const { decoder } = present(models[0]).model;
	const features = readouts.map(({ readout: { dictionary }, features: some }) => stageCost.features(dictionary.d_in, some?.length ?? dictionary.d_sae, rows, models.length));
	return stageCost.body(decoder, rows, longest) * models.length + (head === null ? 0 : stageCost.head(decoder, rows, models.length)) + features.reduce((sum, cost) => sum + cost, 0);
}
/** Rows that come out as they are, ascending: those that fit and scale are measured on, and at first those of the engine noise. */
function keptRows({ tokens, readouts, device }, isFirst) {
	const rows = new Set(readouts.flatMap((readout) => [...fitSample(tokens, readout).all.rows]));
	const { blockLength } = tokens.sequences;
	for (const sequence of isFirst ? noiseSequences(device, tokens) : []) for (let row = sequence * blockLength; row < (sequence + 1) * blockLength; row++) rows.add(row);
	return Int32Array.from(rows).sort();
}
/** One candidate at every read-out. */
async function featuresOf(run, seen, found, { own, candidate, c }) {
	const features = [];
	for (const [r, { readout, active }] of seen.entries()) {
		const { hook, center } = readout;
		const { all: sample } = fitSample(run.tokens, readout);
		const rows = ({ chunked }) => ({
			store: storeOf(chunked, hook),
			center
		});
		const { moments, ...distance } = present(present(found[r]).candidates[c]);
		const taken = (of) => of.features.length === active.length ? of : candidateColumns(of, active);
		features.push({
			...distance,
			moments: {
				first: taken(moments.first),
				rest: taken(moments.rest)
			},
			scaling: await scalingBetween(rows(own), rows(candidate), sample),
			calls: null,
			warnings: []
		});
	}
	return features;
}
function scoredLosses({ scored }, { reference, referenceTop, candidates }, c) {
	return {
		scored,
		reference,
		referenceTop,
		candidate: present(candidates[c])
	};
}
// src/models/logit-difference.ts
/** @file How far the logits of two models lie apart, token by token, tiled over a range of the vocabulary as the head is. */
/** Sums over the vocabulary, (rows, 1) each: of squared and absolute differences, of products, of both squares. */
const LOGIT_SUMS = [
	"squares",
	"magnitudes",
	"products",
	"reference",
	"candidate"
];
/** Inputs `hidden_0` and `hidden_1` (n_row, d_model) float32, the reference's and the candidate's; outputs as LOGIT_SUMS. The unembeddings hold equally many tokens. */
function buildLogitDifference([reference, candidate], tileColumns) {
	const g = new GraphBuilder();
	const inputs = [reference, candidate].map((u, m) => operand(g, g.input(`hidden_${m}`, "float32", ["n_row", u.d_model]), u));
	const sums = /* @__PURE__ */ new Map();
	const add$1 = (name, values) => {
		const before = sums.get(name);
		const sum = rowSums(g, values);
		sums.set(name, before === void 0 ? sum : add(g, before, sum));
	};
	for (const tile of vocabularyTiles(Math.min(reference.n_vocab, candidate.n_vocab), tileColumns)) {
		const [own, other] = [reference, candidate].map((u, m) => {
			const x = inputs[m];
			if (x === void 0) throw new RangeError("a model without hidden states");
			return tileLogits(g, x, tileWeights(g, u, m, tile));
		});
		if (own === void 0 || other === void 0) continue;
		const difference = sub(g, other, own);
		add$1("squares", mul(g, difference, difference));
		add$1("magnitudes", abs(g, difference));
		add$1("products", mul(g, own, other));
		add$1("reference", mul(g, own, own));
		add$1("candidate", mul(g, other, other));
	}
	g.outputs(sums);
	return g.build();
}
// src/statistics/sequence-errors.ts
/** @file Figures of single sequences: their mean and spread, and perplexities of sequences drawn by a seed (arXiv 2606.03002, Appendix C). */
/** RangeError of no values. */
function meanAndSpread(values) {
	const n = values.length;
	if (n === 0) throw new RangeError("a mean of nothing");
	let sum = 0;
	for (let i = 0; i < n; i++) sum += values[i];
	const mean = sum / n;
	let squares = 0;
	for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
	return {
		mean,
		sd: n > 1 ? Math.sqrt(squares / (n - 1)) : null
	};
}
const SEEDS = 5;
/** Sequences of a subset, the paper's number; of a shorter text, half of it. */
const SUBSET = 300;
/** Of subsets of the sequences, without replacement; sequences have equally many scored tokens. Mean losses of each, nats. */
function subsetPerplexities(reference, candidate) {
	const size = Math.max(1, Math.min(SUBSET, Math.floor(reference.length / 2)));
	const perplexities = Array.from({ length: SEEDS }, (_, seed) => {
		const order = Array.from({ length: reference.length }, (_, i) => i);
		const chosen = shuffled(order, seeded(seed)).slice(0, size);
		const perplexity = (of) => Math.exp(chosen.reduce((sum, i) => sum + of[i], 0) / size);
		return {
			reference: perplexity(reference),
			candidate: perplexity(candidate)
		};
	});
	return {
		seeds: SEEDS,
		sequences: size,
		reference: meanAndSpread(perplexities.map((one) => one.reference)),
		candidate: meanAndSpread(perplexities.map((one) => one.candidate)),
		deltaPercent: meanAndSpread(perplexities.map((one) => 100 * (one.candidate / one.reference - 1)))
	};
}
// src/models/output-energy.ts
/** @file Σ‖x vᵀ‖² over inputs x of a layer, for each row v of a matrix, from their products P = Σ xᵀx: v P vᵀ. */
/** Inputs `rows` (n_row, width) and `products` (width, width), float32; output `energy` (n_row, 1). */
function buildOutputEnergy(width) {
	const g = new GraphBuilder();
	const rows = g.input("rows", "float32", ["n_row", width]);
	const products = g.input("products", "float32", [width, width]);
	const seen = matMul(g, rows, products);
	g.outputs(/* @__PURE__ */ new Map([["energy", rowSums(g, mul(g, seen, rows))]]));
	return g.build();
}
// src/statistics/weight-errors.ts
/** Beside mean |w|, so that a tensor of zeros has a relative error. */
const SMALLEST = 1e-12;
/** Of one tensor, both in one layout. The cosine of zeros is 0. */
function weightErrors(weights, changed) {
	let [squared, absolute, magnitude, product, own, theirs] = [
		0,
		0,
		0,
		0,
		0,
		0
	];
	for (let i = 0; i < weights.length; i++) {
		const [w, v] = [weights[i], changed[i]];
		const e = v - w;
		squared += e * e;
		absolute += Math.abs(e);
		magnitude += Math.abs(w);
		product += w * v;
		own += w * w;
		theirs += v * v;
	}
	const n = weights.length;
	return {
		meanSquared: squared / n,
		meanAbsolute: absolute / n,
		relative: absolute / n / (magnitude / n + SMALLEST),
		cosine: own > 0 && theirs > 0 ? product / Math.sqrt(own * theirs) : 0
	};
}
/** Mean over tensors, each counting once whatever its size. RangeError of none. */
function meanWeightErrors(tensors) {
	if (tensors.length === 0) throw new RangeError("errors of no tensors");
	const mean = (of) => tensors.reduce((sum, one) => sum + of(one), 0) / tensors.length;
	return {
		meanSquared: mean((one) => one.meanSquared),
		meanAbsolute: mean((one) => one.meanAbsolute),
		relative: mean((one) => one.relative),
		cosine: mean((one) => one.cosine)
	};
}
/** Least and greatest integer that weights (out, in) of `bits` bits have, each row or group over its own scale, max|w|/(2^(bits − 1) − 1) of what it was. */
function codeRange(weights, changed, inputs, { bits, group }) {
	const size = group ?? inputs;
	let [least, most] = [0, 0];
	for (let row = 0; row < weights.length; row += inputs) for (let start = row; start < row + inputs; start += size) {
		const end = Math.min(start + size, row + inputs);
		let largest = 0;
		for (let i = start; i < end; i++) largest = Math.max(largest, Math.abs(weights[i]));
		const scale = largest / (2 ** (bits - 1) - 1);
		if (scale === 0) continue;
		for (let i = start; i < end; i++) {
			const code = Math.round(changed[i] / scale);
			least = Math.min(least, code);
			most = Math.max(most, code);
		}
	}
	return [least, most];
}
// src/audit/diagnosis/weights.ts
/** Null where the candidate's matrices are not held as the reference's. Errors: those of reading weights, ENGINE_FAILED. */
async function weightsOf(run, reference, candidate) {
	const { model, compression } = candidate;
	const [targets, own] = [projections(reference.decoder), projections(model.decoder)];
	if (compression?.method === "smoothquant" || !areHeldAlike(targets, own)) return null;
	const layers = run.inputs === null ? null : new LayerErrors(run.device, run.inputs);
	const found = [];
	const outputs = [];
	let codes = null;
	try {
		for (const [name, target] of targets) {
			const [before, after] = [await rowsOf(reference, name, target), await rowsOf(model, name, target)];
			found.push(weightErrors(before, after));
			codes = widened(codes, codesOf(before, after, target, compression));
			const relative = await layers?.relative(target, [before, after]) ?? null;
			if (relative !== null) outputs.push(relative);
		}
	} finally {
		await layers?.close();
	}
	const output = outputs.length === 0 ? {} : { output: outputs.reduce((a, b) => a + b, 0) / outputs.length };
	return {
		tensors: found.length,
		...meanWeightErrors(found),
		...output,
		codes
	};
}
function areHeldAlike(targets, own) {
	return [...targets].every(([name, channels]) => {
		const side = own.get(name);
		return side?.out === channels.out && side.in === channels.in && side.layout === channels.layout;
	});
}
/** (out, in). */
async function rowsOf({ tensors }, name, channels) {
	return channelRows(toFloat32(await tensors.read(name)), channels);
}
/** Null: not of integers with a scale per row or group. */
function codesOf(before, after, { in: inputs }, compression) {
	if (compression?.method !== "rtn" || compression.scale !== void 0) return null;
	return [...codeRange(before, after, inputs, {
		bits: Math.floor(present(compression.bits)),
		group: compression.groupSize ?? null
	})];
}
function widened(all, more) {
	if (all === null || more === null) return all ?? more;
	return [Math.min(present(all[0]), present(more[0])), Math.max(present(all[1]), present(more[1]))];
}
/** Errors of outputs from products of inputs; one graph for every width. */
var LayerErrors = class {
	#device;
	#inputs;
	#sessions = /* @__PURE__ */ new Map();
	constructor(device, inputs) {
		this.#device = device;
		this.#inputs = inputs;
	}
	/** ‖X(ŵ − w)ᵀ‖ / ‖Xwᵀ‖. Null: nothing comes of X. */
	async relative({ input, in: width }, [before, after]) {
		const read = await this.#inputs(targetInputName(input), "products");
		const products = read instanceof Float32Array ? read : Float32Array.from(read);
		const whole = await this.#energy(before, products, width);
		const difference = after.map((value, i) => value - present(before[i]));
		const error = await this.#energy(difference, products, width);
		return whole > 0 ? Math.sqrt(Math.max(0, error) / whole) : null;
	}
	async close() {
		for (const session of this.#sessions.values()) await session.release();
	}
	async #energy(data, products, width) {
		const session = this.#sessions.get(width) ?? await createSession(buildOutputEnergy(width), this.#device, "errors of layers");
		this.#sessions.set(width, session);
		return (await session.run({
			rows: {
				type: "float32",
				data,
				dims: [data.length / width, width]
			},
			products: {
				type: "float32",
				data: products,
				dims: [width, width]
			}
		})).float32("energy").reduce((sum, value) => sum + value, 0);
	}
};
// src/audit/diagnosis/diagnose.ts
/** Rows of one run. */
const ROWS$1 = 256;
/** Null: not asked for. Errors: those of reading weights, ENGINE_FAILED. */
async function diagnose(run, reference, { candidate, capture, losses }) {
	if (run.config.diagnose !== true) return null;
	const compiled = candidate.kind === "onnx" ? null : candidate;
	const bySequence = losses === null ? null : lossesBySequence(run, losses);
	return {
		weights: compiled === null ? null : await weightsOf(run, reference.model, compiled),
		logits: compiled === null || bySequence === null ? null : await logitsOf$1(run, reference, {
			model: compiled.model,
			capture
		}, bySequence),
		subsets: bySequence === null ? null : subsetPerplexities(bySequence.reference, bySequence.candidate)
	};
}
/** Mean loss of every sequence; each has blockLength − 1 scored tokens. */
function lossesBySequence({ tokens: { sequences } }, { reference, candidate }) {
	const each = sequences.blockLength - 1;
	const means = (of) => Float64Array.from({ length: sequences.sequenceCount }, (_, s) => of.subarray(s * each, (s + 1) * each).reduce((sum, loss) => sum + loss / each, 0));
	return {
		reference: means(reference),
		candidate: means(candidate.loss)
	};
}
async function logitsOf$1(run, reference, candidate, losses) {
	const { sequences } = run.tokens;
	const { sums, vocabulary } = await logitSums(run, reference, candidate);
	const each = sequences.blockLength - 1;
	const bySequence = (of) => Array.from({ length: sequences.sequenceCount }, (_, s) => {
		let sum = 0;
		for (let i = s * each; i < (s + 1) * each; i++) sum += of(i);
		return sum / each;
	});
	const at = (name, i) => present(sums[name][i]);
	const cosine = (i) => at("products", i) / Math.sqrt(Math.max(Number.MIN_VALUE, at("reference", i) * at("candidate", i)));
	return {
		sequences: sequences.sequenceCount,
		meanSquared: meanAndSpread(bySequence((i) => at("squares", i) / vocabulary)),
		meanAbsolute: meanAndSpread(bySequence((i) => at("magnitudes", i) / vocabulary)),
		cosine: meanAndSpread(bySequence(cosine)),
		lossChange: meanAndSpread(losses.candidate.map((loss, s) => loss - present(losses.reference[s])))
	};
}
async function logitSums({ tokens, device, headBytes }, reference, candidate) {
	const { rows } = tokens.chunked.scored;
	const own = await openUnembedding(reference.model, device);
	const other = await openUnembedding(candidate.model, device);
	const hidden = [reference, candidate].map(({ capture }) => storeOf(capture.chunked, HIDDEN));
	const sums = Object.fromEntries(LOGIT_SUMS.map((name) => [name, new Float64Array(rows.length)]));
	const ranges = vocabularyRanges([own, other], headBytes);
	for (const [start, end] of ranges) {
		const graph = buildLogitDifference([await own.tokens(start, end), await other.tokens(start, end)], runSize(device).headTile);
		const session = await createSession(graph, device, "the unembedding");
		try {
			for (let from = 0; from < rows.length; from += ROWS$1) {
				const chosen = rows.subarray(from, Math.min(from + ROWS$1, rows.length));
				const result = await session.run(await inputsOf(hidden, chosen));
				for (const name of LOGIT_SUMS) {
					const [values, into] = [result.float32(name), present(sums[name])];
					for (let i = 0; i < chosen.length; i++) into[from + i] = present(into[from + i]) + present(values[i]);
				}
			}
		} finally {
			await session.release();
		}
	}
	return {
		sums: {
			squares: present(sums.squares),
			magnitudes: present(sums.magnitudes),
			products: present(sums.products),
			reference: present(sums.reference),
			candidate: present(sums.candidate)
		},
		vocabulary: present(ranges.at(-1))[1]
	};
}
async function inputsOf(hidden, rows) {
	const inputs = {};
	for (const [m, store] of hidden.entries()) {
		const data = await gatherRows(store, rows, rows.length);
		inputs[`hidden_${m}`] = {
			type: "float32",
			data,
			dims: [rows.length, store.width]
		};
	}
	return inputs;
}
// src/audit/subjects/plan-digest.ts
/** @file What a plan makes, as a digest: of what its checkpoints hold and of what is done to each tensor. */
/** SHA-256, hex. `digests`: of every checkpoint that the plan takes from. Equal digests, equal tensors; whatever the files are called. */
function planDigest(plan, digests) {
	const digestOf = (store) => {
		const digest = digests.get(store);
		if (digest === void 0) throw new RangeError(`no digest of ${store.name}`);
		return digest;
	};
	return createHash("sha256").update(planText(plan, digestOf)).digest("hex");
}
// src/audit/kept/members.ts
/** Null: one of them takes tensors from somewhere that has no digest here. Errors: those of reading files for their digests. */
async function roundMembers(candidates, reference) {
	const members = [];
	for (const candidate of candidates) {
		const digest = await digestOf(candidate, reference);
		if (digest === null) return null;
		const { name, spec, compression } = candidate;
		const said = candidate.kind === "derived" ? [candidate.made, candidate.form] : [];
		members.push({
			name,
			sha256: digest,
			made: sha256(JSON.stringify([
				spec,
				compression,
				...said
			]))
		});
	}
	return members;
}
async function digestOf(candidate, reference) {
	if (candidate.kind !== "derived") return await artifactOf(candidate)?.sha256() ?? null;
	const digests = /* @__PURE__ */ new Map();
	const add = (plan, digest) => {
		for (const store of storesOf(plan)) digests.set(store, digest);
	};
	add(reference.model.plan, reference.sha256);
	for (let base = candidate.base; base !== void 0; base = base.kind === "derived" ? base.base : void 0) if (base.kind === "stored") add(base.model.plan, await base.checkpoint.sha256());
	const { plan } = candidate.model;
	for (const store of storesOf(plan)) if (!digests.has(store)) return null;
	return planDigest(plan, digests);
}
function storesOf({ sources }) {
	const stores = /* @__PURE__ */ new Set();
	const visit = (source) => {
		switch (source.kind) {
			case "stored":
				stores.add(source.store);
				return;
			case "compressed":
				visit(source.of);
				return;
			case "joint": for (const of of source.of) visit(of);
		}
	};
	for (const source of sources.values()) visit(source);
	return stores;
}
// src/audit/kept/rounds.ts
const count$1 = {
	type: "integer",
	minimum: 0
};
const located$1 = {
	type: "object",
	additionalProperties: false,
	required: [
		"feature",
		"correlation",
		"watched",
		"contexts"
	],
	properties: {
		feature: count$1,
		correlation: nullableNumber,
		watched: { type: "boolean" },
		contexts: {
			type: "array",
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"row",
					"activation",
					"candidate"
				],
				properties: {
					row: count$1,
					activation: { type: "number" },
					candidate: { type: "number" }
				}
			}
		}
	}
};
const batched = {
	type: "object",
	additionalProperties: false,
	required: [
		"sequences",
		"reference",
		"candidate",
		"deltaPercent"
	],
	properties: {
		sequences: count$1,
		reference: { type: "number" },
		candidate: { type: "number" },
		deltaPercent: { type: "number" }
	}
};
/** Of the active features, in the order of their ids. */
const perFeature = {
	type: "array",
	items: nullableNumber
};
const check = schemaCheck({
	type: "object",
	additionalProperties: false,
	required: ["streamed", "candidates"],
	properties: {
		streamed: tallySchema,
		candidates: {
			type: "array",
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"batched",
					"stability",
					"diagnosis",
					"attribution",
					"located",
					"features"
				],
				properties: {
					batched: { anyOf: [{ type: "null" }, batched] },
					stability: {
						type: "array",
						items: stabilityRow
					},
					diagnosis: { anyOf: [{ type: "null" }, diagnosis] },
					attribution: { anyOf: [{ type: "null" }, attribution] },
					located: {
						type: "array",
						items: {
							type: "array",
							items: located$1
						}
					},
					features: {
						type: "array",
						items: {
							type: "object",
							additionalProperties: false,
							properties: {
								causal,
								monitors,
								lossRecovered,
								newFeatures,
								survivalByKind,
								latents: {
									type: "object",
									additionalProperties: false,
									required: [
										"report",
										"reconstruction",
										"error"
									],
									properties: {
										report: latentScaling,
										reconstruction: perFeature,
										error: perFeature
									}
								}
							}
						}
					}
				}
			}
		}
	}
});
const BESIDE_PART = "beside.json";
/** Null: it was not kept, or cannot be used. `to`: what streaming came to is added there. */
async function takeRound({ entries }, key, candidates, to) {
	return await entries.take(key, async (entry) => {
		const { candidates: all } = await readSums(entry);
		const { streamed, candidates: beside } = await readBeside(entry);
		const kept = all.flatMap((sums, c) => {
			const found = beside[c];
			return found === void 0 ? [] : [{
				sums,
				beside: found
			}];
		});
		if (kept.length !== candidates) throw new EntryDamaged("it is of another number of candidates");
		addTally(to, streamed);
		return kept;
	});
}
async function readBeside(entry) {
	const outcome = parseJson(await wholePart(entry, BESIDE_PART));
	const isRound = check();
	if ("reason" in outcome || !isRound(outcome.value)) throw new EntryDamaged(`${BESIDE_PART} is malformed`);
	return outcome.value;
}
/** `sums`: of the round's candidates, with the reference's. */
async function keepRound({ entries }, key, sums, { streamed, beside }) {
	const pieces = groupSumsBytes(sums);
	const json = new TextEncoder().encode(JSON.stringify({
		streamed: keptTally(streamed),
		candidates: beside
	}));
	await entries.put({
		...key,
		bytes: pieces.reduce((sum, { byteLength }) => sum + byteLength, json.byteLength),
		figures: null,
		write: async (into) => {
			await into.part(SUMS_PART, pieces);
			await into.part(BESIDE_PART, [json]);
		}
	});
}
// src/onnx/graph/own-zero-points.ts
const INT8 = 3;
/** More scales than the largest quantized matrices have: a model that claims more is left as it is. */
const MOST_SCALES = 2 ** 26;
/** Which input of a node is the zero point of its weight. */
const ZERO_POINT = /* @__PURE__ */ new Map([
	["DequantizeLinear", 2],
	["MatMulInteger", 3],
	["DynamicQuantizeMatMul", 3],
	["MatMulIntegerToFloat", 5],
	["QLinearMatMul", 5],
	["QGemm", 5],
	["QAttention", 7]
]);
/** The model's bytes, with own zero points where some are shared or left out; the same bytes where none is. */
function withOwnZeroPoints(file, model) {
	const own = /* @__PURE__ */ new Map();
	const used = /* @__PURE__ */ new Set();
	for (const [at, node] of model.nodes.entries()) {
		const given = zeroPointOf(node);
		const name = `saegate_zero_point_${at}`;
		if (given === null) {
			const scale = scaleWithoutZeroPoint(node, model);
			if (scale !== null) own.set(at, {
				name,
				copyOf: null,
				dims: scale.dims
			});
		} else if (model.initializers.has(given)) {
			if (used.has(given)) own.set(at, {
				name,
				copyOf: given,
				dims: []
			});
			used.add(given);
		}
	}
	return own.size === 0 ? model.bytes : new Editor(new Wire(file, model.bytes), model.nodes, own).edited();
}
function zeroPointOf({ op, inputs }) {
	return inputs[ZERO_POINT.get(op) ?? -1] || null;
}
/** The scales of a signed weight that is made float without a zero point; null: another node. */
function scaleWithoutZeroPoint({ op, inputs }, { initializers }) {
	const [weight = "", scale = ""] = inputs;
	if (op !== "DequantizeLinear" || initializers.get(weight)?.type !== INT8) return null;
	const scales = initializers.get(scale);
	const count = scales?.dims.reduce((product, dim) => product * dim, 1) ?? Number.POSITIVE_INFINITY;
	return scales !== void 0 && count <= MOST_SCALES ? scales : null;
}
/** Writes the model again, byte range by byte range. */
var Editor = class {
	#wire;
	#nodes;
	/** By the place of a node. */
	#own;
	#graph = [];
	#node = 0;
	constructor(wire, nodes, own) {
		this.#wire = wire;
		this.#nodes = nodes;
		this.#own = own;
	}
	edited() {
		const model = [];
		for (const field of this.#wire.rawFields()) if (field.number === 7 && field.kind === "bytes") this.#readGraph(field);
		else model.push(field.raw);
		for (const { name, copyOf, dims } of this.#own.values()) if (copyOf === null) this.#graph.push(zeros(name, dims));
		return Buffer.concat([...model, new Message().bytes(7, Buffer.concat(this.#graph)).finish()]);
	}
	#readGraph(graph) {
		const copies = /* @__PURE__ */ new Map();
		for (const { name, copyOf } of this.#own.values()) if (copyOf !== null) copies.set(copyOf, [...copies.get(copyOf) ?? [], name]);
		for (const field of this.#wire.rawFields(graph.start, graph.end)) {
			const isNode = field.number === 1 && field.kind === "bytes";
			const own = isNode ? this.#own.get(this.#node) : void 0;
			this.#graph.push(own === void 0 ? field.raw : this.#withZeroPoint(field, own.name));
			if (isNode) this.#node++;
			if (field.number !== 5 || field.kind !== "bytes") continue;
			for (const name of copies.get(this.#tensorName(field)) ?? []) this.#graph.push(this.#copied(field, name));
		}
	}
	/** NodeProto: its inputs are field 1, in order. */
	#withZeroPoint(node, zeroPoint) {
		const { op = "", inputs = [] } = this.#nodes[this.#node] ?? {};
		const place = ZERO_POINT.get(op) ?? inputs.length;
		const message = new Message();
		const rest = [];
		for (const { number, raw } of this.#wire.rawFields(node.start, node.end)) if (number !== 1) rest.push(raw);
		for (let i = 0; i < Math.max(inputs.length, place + 1); i++) message.string(1, i === place ? zeroPoint : inputs[i] ?? "");
		return new Message().bytes(1, Buffer.concat([message.finish(), ...rest])).finish();
	}
	/** TensorProto: its name is field 8. */
	#copied(tensor, name) {
		const parts = [...this.#wire.rawFields(tensor.start, tensor.end)].flatMap(({ number, raw }) => number === 8 ? [] : [raw]);
		return new Message().bytes(5, Buffer.concat([...parts, new Message().string(8, name).finish()])).finish();
	}
	#tensorName(tensor) {
		for (const field of this.#wire.fields(tensor.start, tensor.end)) if (field.number === 8 && field.kind === "bytes") return this.#wire.string(field);
		return "";
	}
};
/** An int8 initializer of zeros: dims 1, data_type 2, name 8, raw_data 9. */
function zeros(name, dims) {
	const tensor = new Message();
	for (const dim of dims) tensor.int(1, dim);
	const count = dims.reduce((product, dim) => product * dim, 1);
	tensor.int(2, INT8).string(8, name).bytes(9, new Uint8Array(count));
	return new Message().message(5, tensor).finish();
}
// src/models/user-onnx/staging.ts
/**
* @file Where the engine finds a user's model with outputs added. A model that holds its weights is handed over as
* bytes. One with external data must lie beside it, because the engine follows no other way: a temporary copy of the
* model file (megabytes) is put into its folder, or, where that cannot be written or its files are links, into a
* temporary folder with hard links to the data, and copies of it only across file systems.
*/
/** Put `bytes`, which are a model's in several parts, where they can be loaded. Errors: DISK_FULL, WRITE_*. */
async function stage(user, bytes, outputs) {
	if (user.data.length === 0) return {
		model: {
			bytes: Buffer.concat(bytes),
			external: [],
			fed: [],
			keeper: "engine",
			inputs: [],
			outputs
		},
		remove: async () => {}
	};
	const { path, remove } = (await liesInFolder(user) ? await stageBeside(user, bytes) : null) ?? await stageElsewhere(user, bytes);
	return {
		model: {
			path,
			outputs
		},
		remove
	};
}
/** Are model and data plain files of one folder? The engine follows no link out of the model's folder. */
async function liesInFolder({ path, data }) {
	const folder = dirname(path);
	if (!data.every((file) => file.path === join(folder, file.location))) return false;
	for (const file of data) if (!(await lstat(file.path)).isFile()) return false;
	return true;
}
/** Null when the folder cannot be written. */
async function stageBeside(user, bytes) {
	await removeDeadTemporaries(dirname(user.path));
	const { path, forget } = temporaryPathIn(dirname(user.path), "saegate.onnx");
	const remove = async () => {
		await rm(path, { force: true });
		forget();
	};
	try {
		await writeModel(path, bytes);
		return {
			path,
			remove
		};
	} catch (error) {
		await remove();
		const code = systemErrorCode(error);
		if (code === "EACCES" || code === "EPERM" || code === "EROFS" || code === "ENOSPC") return null;
		throw writeProblem(path, error);
	}
}
async function stageElsewhere(user, bytes) {
	await removeDeadTemporaries(tmpdir());
	const { path: folder, forget } = temporaryPathIn(tmpdir(), "saegate-onnx");
	const remove = async () => {
		await rm(folder, {
			recursive: true,
			force: true
		});
		forget();
	};
	try {
		await mkdir(folder, { mode: 448 });
		for (const file of user.data) {
			const place = join(folder, file.location);
			await makeFolder(dirname(place));
			await link(file.path, place).catch(() => copyFile(file.path, place, constants.COPYFILE_FICLONE));
		}
		const path = join(folder, "model.onnx");
		await writeModel(path, bytes);
		return {
			path,
			remove
		};
	} catch (error) {
		await remove();
		throw writeProblem(folder, error);
	}
}
async function writeModel(path, [first = /* @__PURE__ */ new Uint8Array(0), ...others]) {
	await appendFile(path, first, {
		flag: "wx",
		mode: 384
	});
	for (const bytes of others) await appendFile(path, bytes);
}
// src/models/user-onnx/run.ts
/** @file A user's model in the engine: token ids in, logits and the tapped values out, as float32. */
const LOGITS = "saegate_logits";
const EMBEDDED = "saegate_embedded";
/**
* What onnxruntime's optimizations would change in a model besides its speed, switched off. By default, products of int8 are
* added in saturating 16 bits on x86 processors without integer dot products, so that figures depend on the processor; and a
* product with a weight that is stored in integers is given activations in int8 (MatMulNBits, accuracy_level 4).
*/
const AS_STORED = {
	x64quantprecision: "1",
	qdq_matmulnbits_accuracy_level: "1"
};
/** Load a model with its taps as outputs. `d_model`: their width in the reference. Errors: ENGINE_FAILED, WRITE_*. */
async function loadUserModel(user, taps, d_model, device) {
	const { signature, spec } = user;
	const tapOutputs = taps.map((tap, i) => ({
		name: `saegate_tap_${i}`,
		addends: tap.addends
	}));
	const read = [{
		name: LOGITS,
		addends: [signature.logits.name]
	}, ...tapOutputs];
	const names = read.map(({ name }) => name);
	const [first] = user.stream;
	const outputs = first === void 0 ? read : [...read, {
		name: EMBEDDED,
		addends: first.addends
	}];
	const staged = await stage(user, [withOwnZeroPoints(spec, user.model), addedOutputs(outputs)], names);
	try {
		const session = await createSession(staged.model, device, spec, true, AS_STORED).catch((error) => {
			throw loadProblem(spec, error);
		});
		return {
			batch: signature.batch,
			length: signature.length,
			async embedded(ids, shape) {
				if (first === void 0) return null;
				const result = await session.run(feeds(spec, signature, ids, shape), [EMBEDDED]);
				if (result.dims(EMBEDDED).at(-1) !== d_model) return null;
				return tapRows(spec, first, EMBEDDED, result, shape, d_model);
			},
			async run(ids, shape) {
				const result = await session.run(feeds(spec, signature, ids, shape), names);
				return {
					...logitsOf(spec, signature.logits.name, result, shape),
					taps: taps.map((tap, i) => tapRows(spec, tap, `saegate_tap_${i}`, result, shape, d_model))
				};
			},
			release: () => session.release()
		};
	} finally {
		await staged.remove();
	}
}
/** A graph of ours that does not load is a failure of the run; a model of the user's is bad input. */
function loadProblem(spec, error) {
	if (!(error instanceof SaegateError) || error.code !== engineFailed.code) return error;
	return onnxRefused(spec, error.message);
}
function logitsOf(spec, name, result, { batch, length }) {
	const dims = result.dims(LOGITS);
	const n_vocab = dims.at(-1) ?? 0;
	const logits = result.float32(LOGITS);
	const flat = dims.length === 2 && dims[0] === batch * length;
	const nested = dims.length === 3 && dims[0] === batch && dims[1] === length;
	const last = dims.length === 3 ? dims[1] === 1 : dims.length === 2 && dims[0] === batch;
	if (!flat && !nested && last) throw onnxLastLogits(spec, name, `it came out as [${dims.join(", ")}]`);
	if (!flat && !nested) throw onnxShape(spec, name, dims, `[${batch}, ${length}, vocabulary]`);
	return {
		logits,
		n_vocab
	};
}
function tapRows(spec, tap, output, result, { batch, length }, d_model) {
	const dims = result.dims(output);
	const flat = dims.length === 2 && dims[0] === batch * length;
	const nested = dims.length === 3 && dims[0] === batch && dims[1] === length;
	if (!flat && !nested) throw onnxShape(spec, tap.name, dims, `[${batch}, ${length}, ${d_model}]`);
	const width = dims.at(-1) ?? 0;
	if (width !== d_model) throw modelsDiffer(spec, `width at "${tap.name}"`, width, d_model);
	return result.float32(output);
}
// src/audit/subjects/basis/onnx-basis.ts
/**
* @file Does the residual stream of a user's ONNX model lie in the reference's basis? Its embedding may be packed in any way, so
* it is seen by running: what enters the first block, token by token, beside the reference's rows.
*/
/** Rows that say enough, and those that say too little. */
const MOST_ROWS = 256;
const FEWEST_ROWS = 8;
/** `longest`: positions that the audit will run. Errors: CANDIDATE_ROTATED, those of running it. */
async function refuseTurnedOnnx({ name, vocabulary }, loaded, reference, longest) {
	const ours = await embeddingOf(reference);
	const first = await firstPosition(reference);
	const batch = loaded.batch ?? (first === null ? 1 : MOST_ROWS);
	const length = loaded.length ?? (first === null ? Math.min(MOST_ROWS, longest) : 1);
	const step = first === null ? 1 : length;
	const known = Math.min(ours.rows, vocabulary);
	const count = batch * length / step;
	const token = (row) => Math.floor(Math.floor(row / step) * known / count);
	const theirs = await loaded.embedded(Int32Array.from({ length: batch * length }, (_, row) => token(row)), {
		batch,
		length
	});
	if (theirs === null || count < FEWEST_ROWS) return;
	const rows = Array.from({ length: Math.min(count, MOST_ROWS) }, (_, i) => i * step);
	const scale = reference.decoder.spec.embeddingScale;
	const reason = turnedRows(rows.map((row) => ours.read(token(row), token(row) + 1).map((value, d) => value * scale + (first?.[d] ?? 0))), rows.map((row) => theirs.subarray(row * ours.width, (row + 1) * ours.width)));
	if (reason !== null) throw candidateRotated(name, reason, "onnx");
}
/** What is learned of position 0; null: positions are not learned. */
async function firstPosition({ decoder, tensors }) {
	const ref = decoder.weights.positions;
	if (ref === null) return null;
	const weight = await weightReader(tensors, [ref]).read(ref, "stored");
	const [, width = 0] = weight.shape;
	return asFloat32({
		type: weight.type,
		shape: [1, width],
		data: weight.data.subarray(0, width)
	});
}
// src/audit/losses/logit-losses.ts
/**
* @file Losses of a candidate that yields logits instead of hidden states: reduced at once beside the reference's
* stored hidden states, a few hundred rows at a time, so that logits are never stored.
*/
/** Rows of one run: reference and candidate together are as many as elsewhere. */
const ROWS_PER_RUN$1 = 256;
/** Reduces logits as they come, in the order of the store's rows. */
var LogitLosses = class {
	#sums;
	#name;
	#reference;
	#hidden;
	#scored;
	#device;
	/** The first scored token that is not reduced yet. */
	#next = 0;
	#head = null;
	/** `name`: the candidate's, for messages. */
	constructor(name, reference, scored, device) {
		this.#name = name;
		this.#reference = reference.unembedding;
		this.#hidden = reference.hidden;
		this.#scored = scored;
		this.#device = device;
		this.#sums = new VocabularySums(scored.rows.length, 1);
	}
	get losses() {
		return this.#sums.losses;
	}
	/** Errors: CAPTURE_NOT_FINITE, MODELS_DIFFER when a target lies beyond the candidate's vocabulary, ENGINE_FAILED. */
	async add(logits) {
		const { rows } = this.#scored;
		const past = logits.firstRow + logits.rows;
		while ((rows[this.#next] ?? past) < past) {
			const start = this.#next;
			let end = start + 1;
			while (end - start < ROWS_PER_RUN$1 && end < rows.length && rows[end] === present(rows[start]) + end - start) {
				if ((rows[end] ?? past) >= past) break;
				end++;
			}
			await this.#reduce(logits, start, end);
			this.#next = end;
		}
	}
	async release() {
		await this.#head?.session.release();
		this.#head = null;
	}
	async #reduce(logits, start, end) {
		const session = await this.#session(logits.columns);
		const rows = this.#scored.rows.subarray(start, end);
		const targets = this.#scored.targets.subarray(start, end);
		const count = end - start;
		const at = (present(rows[0]) - logits.firstRow) * logits.columns;
		const result = await session.run({
			hidden_0: {
				type: "float32",
				data: await gatherRows(this.#hidden, rows, count),
				dims: [count, this.#hidden.width]
			},
			logits_1: {
				type: "float32",
				data: logits.data.subarray(at, at + count * logits.columns),
				dims: [count, logits.columns]
			},
			targets: {
				type: "int64",
				data: BigInt64Array.from(targets, BigInt),
				dims: [count, 1]
			}
		});
		const common = Math.min(this.#reference.n_vocab, logits.columns);
		const tiles = vocabularyTiles(common, runSize(this.#device).headTile);
		this.#sums.add(result, {
			targets,
			start
		}, {
			firstToken: 0,
			tiles
		});
		this.#sums.settle(start, end);
		this.#checkFinite(start, end);
	}
	async #session(columns) {
		if (this.#head?.columns === columns) return this.#head.session;
		await this.release();
		const { n_vocab } = this.#reference;
		if (columns < n_vocab && this.#scored.targets.some((target) => target >= columns)) throw modelsDiffer(this.#name, "vocabulary", columns, n_vocab);
		const session = await createSession(buildLogitsHead(this.#reference, columns, runSize(this.#device).headTile), this.#device, "the unembedding");
		this.#head = {
			session,
			columns
		};
		return session;
	}
	#checkFinite(start, end) {
		const { loss, kl } = present(this.losses.candidates[0]);
		for (let i = start; i < end; i++) {
			if (Number.isFinite(present(loss[i]) + present(kl[i]))) continue;
			throw captureNotFinite(this.#name, "the logits", present(this.#scored.rows[i]));
		}
	}
};
// src/audit/losses/user-model.ts
/**
* @file A user's own ONNX model, run as it is on onnxruntime's kernels: its residual stream stored like any other's, its
* logits turned into losses at once.
*/
/** Rows of one run; each has a row of logits in memory. */
const ROWS_PER_RUN = 512;
/** Run the model over sequences and windows. Errors: ONNX_*, MODELS_DIFFER, CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED. */
async function measureUserModel(run, reference, candidate) {
	const { name, user } = candidate;
	const { tokens, device, memory, config } = run;
	const taps = userTaps(user, hooksOf(run.readouts), reference.model, config.tap);
	const { d_model } = reference.model.decoder.spec;
	const loaded = await loadUserModel(user, [...taps.values()], d_model, device);
	const stores = /* @__PURE__ */ new Map();
	try {
		await refuseTurnedOnnx(candidate, loaded, reference.model, tokens.chunked.plan.longest);
		for (const hook of taps.keys()) stores.set(hook, await createRowStore(tokens.chunked.plan.rows, d_model, memory));
		const running = {
			name,
			loaded,
			most: hasRunRanges(user.model) ? 1 : ROWS_PER_RUN,
			reference,
			unembedding: wantsLosses(config) ? await wholeUnembedding(reference.model, device) : null
		};
		const hidden = reference.capture.chunked.get("hidden") ?? null;
		const chunked = await runPlan(run, running, {
			...tokens.chunked,
			hidden,
			stores
		});
		const windows = reference.capture.sliding;
		return {
			stores,
			chunked,
			sliding: tokens.sliding === null || windows === null ? null : await runPlan(run, running, {
				...tokens.sliding,
				hidden: windows,
				stores: /* @__PURE__ */ new Map()
			})
		};
	} catch (error) {
		for (const store of stores.values()) await store.close();
		throw error;
	} finally {
		await loaded.release();
	}
}
/** All of it at once: this model's logits come a row at a time, each of the whole vocabulary. */
async function wholeUnembedding(model, device) {
	const stored = await openUnembedding(model, device);
	return await stored.tokens(0, stored.n_vocab);
}
async function runPlan({ device, work }, { name, loaded, most, reference, unembedding }, { plan, scored, hidden, stores }) {
	const { decoder } = reference.model;
	const total = plan.sequences.reduce((sum, { begin, end }) => sum + end - begin, 0);
	const cost = stageCost.body(decoder, total, plan.longest) + stageCost.head(decoder, total, 2);
	const what = plan.rows === total ? "forward pass and losses" : "sliding windows";
	const onTokens = work.stage(`${name}: ${what}`, cost, total);
	const losses = unembedding === null || hidden === null ? null : new LogitLosses(name, {
		unembedding,
		hidden
	}, scored, device);
	const size = loaded.batch ?? Math.max(1, Math.floor(most / plan.longest));
	let done = 0;
	let storeRow = 0;
	try {
		for (const batch of batches(plan.sequences, size)) {
			const { ids, length } = batchIds(plan, batch, loaded.batch ?? batch.length);
			const run = await loaded.run(ids, {
				batch: ids.length / length,
				length
			});
			for (const [i, [hook, store]] of [...stores].entries()) {
				const taps = present(run.taps[i], `the tap of ${hook}`);
				await storeRows({
					model: name,
					name: hook
				}, taps, batch, {
					store,
					storeRow
				});
			}
			for (const [b, { begin, keepFrom, keepTo }] of batch.entries()) {
				const rows = keepTo - keepFrom;
				const from = (b * length + keepFrom - begin) * run.n_vocab;
				const data = run.logits.subarray(from, from + rows * run.n_vocab);
				await losses?.add({
					data,
					columns: run.n_vocab,
					firstRow: storeRow,
					rows
				});
				storeRow += rows;
				done += length;
				onTokens(done);
			}
		}
		return losses?.losses ?? null;
	} finally {
		await losses?.release();
	}
}
/** Ids (size, length) of sequences of one length; a batch that is not full repeats its first sequence. */
function batchIds(plan, batch, size) {
	const [first] = batch;
	if (first === void 0) throw new RangeError("an empty batch");
	const length = first.end - first.begin;
	const ids = new Int32Array(size * length);
	for (let b = 0; b < size; b++) ids.set(sequenceIds(plan, batch[b] ?? first), b * length);
	return {
		ids,
		length
	};
}
// src/audit/plan-rounds.ts
/**
* @file Which candidates are measured together. Those that share the reference's unembedding go up to four to a round, because the
* reference's logits and activations are then computed once for all of them; one with an unembedding of its own goes alone,
* because it shares no product with the reference.
*/
/** Those that are run from their weights. */
function compiledOf(candidates) {
	return candidates.flatMap((one) => one.kind === "onnx" ? [] : [one]);
}
/** Rounds of candidates that are compiled from their weights. Errors: those of reading an unembedding. */
async function planRounds(run, reference, candidates) {
	const sharing = [];
	const alone = [];
	for (const candidate of candidates) if (await hasOwnUnembedding(run, reference, candidate)) alone.push({
		candidates: [candidate],
		isShared: false
	});
	else sharing.push(candidate);
	const most = run.rounds.candidates;
	const rounds = [];
	for (let start = 0; start < sharing.length; start += most) rounds.push({
		candidates: sharing.slice(start, start + most),
		isShared: true
	});
	return [...rounds, ...alone];
}
/** Is its unembedding another than the reference's? Read here and again in its round: nothing of it is kept. */
async function hasOwnUnembedding({ device, config }, reference, candidate) {
	if (!wantsLosses(config) || haveSameUnembedding(reference, candidate.model)) return false;
	const own = await openUnembedding(candidate.model, device);
	return !await sameUnembedding(own, await openUnembedding(reference, device));
}
// src/audit/stability/subsets.ts
/** In whole sequences of `length` positions, one at least and all at most; equal beginnings once. */
function subsetsOf({ budgets, subsets, subsetTokens, seed }, sequences, length) {
	const countOf = (tokens) => Math.max(1, Math.min(sequences, Math.floor(tokens / length)));
	const all = Array.from({ length: sequences }, (_, i) => i);
	const counts = [...new Set(budgets.map(countOf))].sort((a, b) => a - b);
	const drawn = countOf(subsetTokens);
	const begins = (kind, count) => ({
		kind,
		seed: null,
		sequences: all.slice(0, count)
	});
	return [
		...counts.map((count) => begins("budget", count)),
		...Array.from({ length: subsets }, (_, i) => ({
			kind: "subset",
			seed: seed + i,
			sequences: [...shuffled(all, seeded(seed + i)).slice(0, drawn)].sort((a, b) => a - b)
		})),
		begins("itself", drawn)
	];
}
// src/audit/stability/stability.ts
/** One candidate on every subset at every read-out; none where it was not asked for. Errors: SPILL_FAILED, ENGINE_FAILED. */
async function stabilityOf(run, pair) {
	const { stability } = run.config;
	if (stability === void 0) return [];
	const { sequenceCount, blockLength } = run.tokens.sequences;
	const rows = [];
	for (const subset of subsetsOf(stability, sequenceCount, blockLength)) for (const readout of run.readouts) rows.push(await rowOf(run, stability, {
		pair,
		subset,
		readout
	}));
	return rows;
}
async function rowOf(run, { above }, looked) {
	const { pair, subset, readout } = looked;
	const few = {
		...run,
		tokens: partOf(run, subset)
	};
	const { counted, moments } = await momentsOf(few, looked);
	const { thresholds, confidence } = run.config;
	const active = activeFeatures(counted, thresholds.active);
	const isConstant = constantFeatures(counted, candidateColumns(moments, active));
	const varying = active.filter((_, k) => isConstant[k] === 0);
	const features = {
		rho: correlations(counted, candidateColumns(moments, varying)),
		replicates: featureReplicates(counted, moments, varying).correlations,
		resampling: {
			...samplingOfTokens(few.tokens),
			sizes: counted.positions
		},
		accuracy: new Float64Array(varying.length)
	};
	const { survived, damaged, ...found } = summarizeFeatures(features, thresholdsOf({
		...thresholds,
		above
	}), confidence);
	const share = ({ count, fraction, ci }) => ({
		count,
		fraction,
		ci: ci === null ? null : [...ci]
	});
	return {
		kind: subset.kind,
		seed: subset.seed,
		tokens: few.tokens.chunked.plan.rows,
		candidate: subset.kind === "itself" ? "reference" : pair.name,
		readout: readout.id,
		active: varying.length,
		meanCorrelation: found.meanCorrelation,
		medianCorrelation: found.medianCorrelation,
		survived: share(survived),
		damaged: share(damaged)
	};
}
/** Dealt to token groups as a text of its own; where sequences were drawn, documents are not followed. */
function partOf(run, { kind, sequences }) {
	const few = fewSequences(run.tokens, sequences);
	const own = {
		...few.sequences,
		documents: kind === "subset" ? null : few.sequences.documents
	};
	const text = dealtText(own);
	const groupStarts = dealGroups(text, groupCount(text, run.config.groups));
	return {
		...few,
		sequences: own,
		groupStarts,
		part: wholeText(own.sequenceCount, groupStarts.length - 1)
	};
}
async function momentsOf(run, { pair, subset: { kind, sequences }, readout }) {
	const { blockLength } = run.tokens.sequences;
	const opened = [];
	const residuals = async ({ chunked }) => {
		const store = await rowsOf$1(storeOf(chunked, readout.hook), sequences, blockLength, run.memory);
		opened.push(store);
		return {
			store,
			center: readout.center
		};
	};
	try {
		const reference = await residuals(pair.reference);
		const candidate = kind === "itself" ? reference : await residuals(pair.candidate);
		const rows = run.tokens.chunked.plan.rows;
		const pass = featurePass(run, readout, run.work.stage(`${kind} of ${rows} tokens at ${readout.id}`, 0, rows));
		const counted = countedMoments(readout, await referencePass(pass, reference, null), addReferenceMoments);
		const active = activeFeatures(counted, run.config.thresholds.active);
		const [beside] = await candidatePass(pass, active, {
			reference,
			candidates: [candidate]
		}, null);
		return {
			counted,
			moments: countedMoments(readout, present(beside).moments, addCandidateMoments)
		};
	} finally {
		for (const store of opened) await store.close();
	}
}
// src/audit/sums/batch-means.ts
/** @file Perplexity as the paper's code has it: batches of sequences weigh alike, whatever is in them. */
/** `blockLength`: rows of a sequence. The last batch may be shorter; it weighs as much as the others. */
function batchedPerplexity({ scored, reference, candidate }, blockLength, sequences) {
	const batchOf = (scoredAt) => Math.floor(present(scored.rows[scoredAt]) / (blockLength * sequences));
	const of = (losses) => {
		const batches = /* @__PURE__ */ new Map();
		for (let i = 0; i < scored.rows.length; i++) {
			const batch = batches.get(batchOf(i)) ?? {
				sum: 0,
				count: 0
			};
			batches.set(batchOf(i), {
				sum: batch.sum + present(losses[i]),
				count: batch.count + 1
			});
		}
		const means = [...batches.values()].map(({ sum, count }) => sum / count);
		return Math.exp(means.reduce((total, mean) => total + mean, 0) / means.length);
	};
	const [before, after] = [of(reference), of(candidate.loss)];
	return {
		sequences,
		reference: before,
		candidate: after,
		deltaPercent: 100 * (after / before - 1)
	};
}
// src/audit/features/new-features.ts
/** Features that are listed. */
const MOST_LISTED = 20;
/** One entry per read-out; nothing where it was not asked for. Errors: ENGINE_FAILED, those of reading the SAE. */
async function candidateNewFeatures(run, readouts, { name, capture, features }) {
	const found = [];
	if (run.config.newFeatures !== true) return found;
	for (const [r, seen] of readouts.entries()) {
		const { readout, counted } = seen;
		const { scaling } = present(features[r]);
		const scale = run.config.rescale && isRescaled(scaling) ? 1 / scaling.factor : 1;
		const residuals = {
			store: storeOf(capture.chunked, readout.hook),
			center: readout.center,
			scale
		};
		const { d_in, d_sae } = readout.dictionary;
		const { rows } = residuals.store;
		const cost = stageCost.features(d_in, d_sae, rows, 1);
		const onTokens = run.work.stage(`${name}: new features at ${readout.id}`, cost, rows);
		const moments = await referencePass(featurePass(run, readout, onTokens), residuals, null);
		const own = countedMoments(readout, moments, addReferenceMoments);
		found.push(newlyFiring(counted, own, run.config.thresholds.active));
	}
	return found;
}
/** Pure. */
function newlyFiring(reference, candidate, threshold) {
	const [before, after] = [firingRates(reference), firingRates(candidate)];
	const ids = Array.from(after.keys()).filter((j) => isActive(present(after[j]), threshold) && !isActive(present(before[j]), threshold));
	const most = [...ids].sort((a, b) => present(after[b]) - present(after[a]) || a - b).slice(0, MOST_LISTED);
	return {
		count: ids.length,
		dead: ids.filter((j) => before[j] === 0).length,
		most: most.map((feature) => ({
			feature,
			referenceRate: present(before[feature]),
			candidateRate: present(after[feature]),
			candidatePeak: present(candidate.peak[feature])
		}))
	};
}
// src/audit/monitors/monitors.ts
/**
* @file Features that somebody watches with a threshold, as a monitor does: at how many positions it is passed in the reference and in the
* candidate, and where only one of them passes it. A second look at the stored rows, of the watched features alone.
*/
/** Rows that are encoded at a time. */
const ROWS = 2048;
/** Thresholds that a policy's lists give for this read-out, by feature; of several the last. */
function alarmsAt({ config }, { id, hook, dictionary }) {
	const names = [
		id,
		hook,
		hookName(dictionary.reads),
		dictionary.spec
	];
	const scopes = (config.watched ?? []).filter((scope) => inScope(scope, names, dictionary.reads.layer));
	return new Map(scopes.flatMap(({ alarms = [] }) => alarms).filter(([feature]) => feature < dictionary.d_sae));
}
/** Of a candidate, one list per read-out. Errors: ENGINE_FAILED. */
async function candidateMonitors(run, reference, readouts, candidate) {
	const found = [];
	for (const [r, { readout }] of readouts.entries()) {
		const alarms = [...alarmsAt(run, readout)].sort(([a], [b]) => a - b);
		if (alarms.length === 0) {
			found.push([]);
			continue;
		}
		const { scaling } = present(candidate.features[r]);
		const scale = run.config.rescale && isRescaled(scaling) ? 1 / scaling.factor : 1;
		const of = ({ chunked }) => ({
			store: storeOf(chunked, readout.hook),
			center: readout.center
		});
		const counts = await countAlarms(run, readout, alarms, {
			reference: of(reference.capture),
			candidate: {
				...of(candidate.capture),
				scale
			}
		});
		found.push(counts.map((groups, k) => monitorReport(run, present(alarms[k]), groups)));
	}
	return found;
}
/** Parallel to the alarms, at the positions that count. */
async function countAlarms(run, readout, alarms, { reference, candidate }) {
	const { blockLength, sequenceCount } = run.tokens.sequences;
	const { groupStarts } = run.tokens;
	const groupOf = groupOfEach(groupStarts);
	const counted = countedMask(readout.positions, blockLength);
	const counts = alarms.map(() => emptyGroups(groupStarts.length - 1));
	const features = Int32Array.from(alarms, ([feature]) => feature);
	const rows = sequenceCount * blockLength;
	await withProbe(readout.encoder, features, run.device, async (probe) => {
		for (let start = 0; start < rows; start += ROWS) {
			const batch = Int32Array.from({ length: Math.min(ROWS, rows - start) }, (_, i) => start + i);
			const [own, other] = [await probe(reference, batch), await probe(candidate, batch)];
			for (const [i, row] of batch.entries()) {
				if (counted[row % blockLength] !== 1) continue;
				const group = present(groupOf[Math.floor(row / blockLength)]);
				for (const [k, [, threshold]] of alarms.entries()) {
					const at = i * alarms.length + k;
					count(present(counts[k]), group, present(own[at]) > threshold, present(other[at]) > threshold);
				}
			}
		}
	});
	return counts;
}
function emptyGroups(groups) {
	const zeros = () => new Array(groups).fill(0);
	return {
		positions: zeros(),
		before: zeros(),
		after: zeros(),
		missed: zeros()
	};
}
function count(into, group, before, after) {
	const add = (list, is) => {
		list[group] = present(list[group]) + (is ? 1 : 0);
	};
	add(into.positions, true);
	add(into.before, before);
	add(into.after, after);
	add(into.missed, before && !after);
}
function monitorReport({ config, tokens }, [feature, threshold], groups) {
	const total = (list) => list.reduce((sum, one) => sum + one, 0);
	const [positions, before, after, missed] = [
		total(groups.positions),
		total(groups.before),
		total(groups.after),
		total(groups.missed)
	];
	const estimate = missedAlarms(groups, samplingOfTokens(tokens));
	return {
		feature,
		threshold,
		positions,
		before,
		after,
		missed,
		falseAlarms: after - (before - missed),
		missedRate: estimate?.value ?? null,
		missedCi: estimate === null ? null : intervalOf(estimate, config.confidence),
		groups
	};
}
// src/audit/rounds/asked-of-features.ts
/** @file What is asked of features beyond the sums of a round, while the candidate's capture is there: each where it was asked for. */
/** Features with what they cause and what monitors of them miss, where that was asked for. */
async function askedOfFeatures(run, { captured, readouts, latents, recovered }, { candidate, capture, features, chunked }) {
	const model = candidate.kind === "onnx" ? null : candidate.model;
	const found = await causalChecks(run, captured, readouts, {
		name: candidate.name,
		model,
		capture,
		features
	});
	const monitors = await candidateMonitors(run, captured, readouts, {
		capture,
		features
	});
	const appeared = await candidateNewFeatures(run, readouts, {
		name: candidate.name,
		capture,
		features
	});
	const byKind = await candidateSurvivalByKind(run, captured, readouts, {
		name: candidate.name,
		capture,
		features,
		confidence: chunked?.referenceTop ?? null
	});
	const scaled = await candidateLatents(run, captured, {
		readouts,
		latents: await latents()
	}, {
		name: candidate.name,
		capture,
		features
	});
	const recoveredParts = model === null ? [] : await candidateRecovered(run, captured, await recovered(), {
		name: candidate.name,
		model,
		capture,
		features
	});
	return features.map((one, r) => {
		const [causal, watched] = [found[r], monitors[r] ?? []];
		const [lossRecovered, newFeatures, survivalByKind] = [
			recoveredParts[r],
			appeared[r],
			byKind[r]
		];
		const report = {
			...one.report,
			...causal === void 0 ? {} : { causal },
			...lossRecovered === void 0 ? {} : { lossRecovered },
			...newFeatures === void 0 ? {} : { newFeatures },
			...survivalByKind === void 0 ? {} : { survivalByKind },
			...watched.length === 0 ? {} : { monitors: [...watched] }
		};
		const latent = scaled[r];
		return latent === void 0 ? {
			...one,
			report
		} : withLatents({
			...one,
			report
		}, latent);
	});
}
// src/audit/rounds/kept-parts.ts
function keptParts({ report, evidence: { table } }) {
	const { causal, monitors, lossRecovered, newFeatures, survivalByKind, latentScaling } = report;
	return {
		...causal === void 0 ? {} : { causal },
		...lossRecovered === void 0 ? {} : { lossRecovered },
		...newFeatures === void 0 ? {} : { newFeatures },
		...survivalByKind === void 0 ? {} : { survivalByKind },
		...monitors === void 0 ? {} : { monitors },
		...keptLatents(table, latentScaling)
	};
}
/** The inverse, into features as their sums make them. */
function withParts(features, { latents, ...parts }) {
	const asked = {
		...features,
		report: {
			...features.report,
			...parts
		}
	};
	return latents === void 0 ? asked : withLatents(asked, latentsOf(features.evidence.table, latents));
}
function keptLatents({ active, latents }, report) {
	if (latents === void 0 || report === void 0) return {};
	const kept = (column) => {
		return [...column].filter((_, j) => active[j] === 1).map((value) => Number.isNaN(value) ? null : value);
	};
	return { latents: {
		report,
		reconstruction: kept(latents.reconstruction),
		error: kept(latents.error)
	} };
}
function latentsOf({ active, width }, { report, reconstruction, error }) {
	const column = (values) => {
		const left = values.values();
		return Float64Array.from({ length: width }, (_, j) => {
			return active[j] === 1 ? left.next().value ?? NaN : NaN;
		});
	};
	return {
		report,
		columns: {
			reconstruction: column(reconstruction),
			error: column(error)
		}
	};
}
// src/audit/rounds/measure-rounds.ts
/** Measure every candidate; results are in the order given. */
async function measureRounds(run, reference, candidates) {
	const compiled = [];
	const onnx = [];
	for (const candidate of candidates) switch (candidate.kind) {
		case "derived":
		case "stored":
			compiled.push(candidate);
			break;
		case "onnx":
			onnx.push(candidate);
			break;
		default: unknownKind(candidate);
	}
	const results = /* @__PURE__ */ new Map();
	for (const round of await planRounds(run, reference.captured.model, compiled)) {
		const measured = await keptResults(run, reference, round.candidates, (own) => measureRound(own, reference, round));
		for (const result of measured) results.set(result.candidate, result);
	}
	for (const candidate of onnx) {
		const [result] = await keptResults(run, reference, [candidate], async (own) => [await measureUser(own, reference, candidate)]);
		results.set(candidate, present(result));
	}
	const { captured, readouts } = reference;
	const inOrder = candidates.map((candidate) => present(results.get(candidate)));
	return await withExplanations(run, {
		model: captured.model,
		readouts
	}, inOrder);
}
/** Taken from the cache where they are there, else measured and kept. Errors: those of `measure`. */
async function keptResults(run, reference, candidates, measure) {
	const { kept, streamed: all } = run;
	const { captured, readouts } = reference;
	const members = kept === null ? null : await roundMembers(candidates, {
		model: captured.model,
		sha256: kept.by.reference
	});
	if (kept === null || members === null) return await measure(run);
	const key = roundKey(run, kept, members);
	const known = await takeRound(kept, key, candidates.length, all);
	if (known !== null) {
		kept.tell(`${key.kind}: not run, as measured before`);
		return known.map(({ sums, beside }, c) => fromKept(run, reference, present(candidates[c]), {
			sums,
			beside
		}));
	}
	const streamed = emptyTally();
	const results = await measure({
		...run,
		streamed
	});
	addTally(all, streamed);
	const made = members.map(({ name, sha256 }) => ({
		name,
		made: sha256
	}));
	await keepRound(kept, key, {
		measured: measuredOn(run, readouts.map(({ readout }) => readout), made, kept.by),
		readouts: readouts.map((seen) => seen.sums),
		candidates: results.map((result) => result.sums)
	}, {
		streamed,
		beside: results.map(besideOf)
	});
	return results;
}
function besideOf({ features, located, ...result }) {
	const { batched, stability, diagnosis, attribution } = result;
	return {
		batched,
		diagnosis,
		attribution,
		stability: [...stability],
		located: located.map((of) => of.map((one) => ({
			...one,
			contexts: [...one.contexts]
		}))),
		features: features.map(keptParts)
	};
}
function fromKept(run, reference, candidate, { sums, beside: { features: more, ...beside } }) {
	const result = candidateResult(run, reference, candidate, sums);
	const features = result.features.map((one, r) => withParts(one, present(more[r])));
	return {
		...result,
		...beside,
		features
	};
}
async function measureRound(run, reference, round) {
	const measured = await (run.rounds.inOneGraph ? measureFused : measureStages)(run, reference, round);
	try {
		const results = [];
		for (const { candidate, capture, chunked, sliding, features } of measured) {
			const result = candidateResult(run, reference, candidate, sumsOf(run.tokens, {
				chunked,
				sliding
			}, features));
			const stability = await stabilityBeside(run, reference, candidate.name, capture);
			const diagnosis = await diagnose(run, reference.captured, {
				candidate,
				capture,
				losses: chunked
			});
			const attribution = await attribute(run, {
				...reference,
				candidate,
				sums: result.sums
			});
			const known = await askedOfFeatures(run, reference, {
				...result,
				capture,
				chunked
			});
			const batched = batchedOf(run, chunked);
			results.push({
				...result,
				features: known,
				stability,
				batched,
				diagnosis,
				attribution
			});
		}
		return await located(run, reference, measured, results);
	} finally {
		for (const { capture } of measured) await closeCapture(capture);
	}
}
async function measureUser(run, reference, candidate) {
	const { stores, chunked, sliding } = await measureUserModel(run, reference.captured, candidate);
	const capture = {
		chunked: stores,
		sliding: null
	};
	try {
		const [features] = await roundFeatures(run, reference, [{
			candidate,
			capture,
			model: null
		}]);
		const scored = userLosses(run.tokens, {
			chunked,
			sliding
		});
		const measured = candidateResult(run, reference, candidate, sumsOf(run.tokens, scored, present(features)));
		const stability = await stabilityBeside(run, reference, candidate.name, capture);
		const diagnosis = await diagnose(run, reference.captured, {
			candidate,
			capture,
			losses: scored.chunked
		});
		const batched = batchedOf(run, scored.chunked);
		const known = await askedOfFeatures(run, reference, {
			...measured,
			capture,
			chunked: scored.chunked
		});
		const result = {
			...measured,
			features: known,
			stability,
			batched,
			diagnosis,
			attribution: null
		};
		return present((await located(run, reference, [{
			capture,
			highest: null
		}], [result]))[0]);
	} finally {
		await closeCapture(capture);
	}
}
/** The results with where their worst features fire, while the captures are there. */
async function located(run, { captured: { capture }, readouts }, measured, results) {
	const known = measured.flatMap(({ highest }, c) => highest === null ? [] : [{
		features: present(results[c]).features,
		highest
	}]);
	const candidates = results.map(({ features }, c) => ({
		features,
		capture: present(measured[c]).capture
	}));
	const found = known.length === results.length ? locateKnown(run, readouts, known) : await locateRound(run, {
		capture,
		readouts
	}, candidates);
	return results.map((result, c) => ({
		...result,
		located: present(found[c])
	}));
}
/** Of one candidate, which goes alone. */
function userLosses(tokens, { chunked, sliding }) {
	const losses = (of, { scored }) => ({
		scored,
		reference: of.reference,
		referenceTop: of.referenceTop,
		candidate: present(of.candidates[0])
	});
	return {
		chunked: chunked === null ? null : losses(chunked, tokens.chunked),
		sliding: sliding === null ? null : losses(sliding, present(tokens.sliding))
	};
}
/** Losses per token become sums here: nothing after it sees a token. */
function sumsOf({ kinds }, { chunked, sliding }, readouts) {
	return {
		losses: chunked === null ? null : lossSums(chunked),
		divergence: chunked === null ? null : divergenceSums(chunked, kinds),
		sliding: sliding === null ? null : lossSums(sliding),
		readouts
	};
}
const stabilityBeside = (run, { captured }, name, candidate) => stabilityOf(run, {
	name,
	reference: captured.capture,
	candidate
});
/** Losses are apart here for the last time. */
function batchedOf({ config, tokens }, chunked) {
	if (config.batchSequences === void 0 || chunked === null) return null;
	return batchedPerplexity(chunked, tokens.sequences.blockLength, config.batchSequences);
}
/** What is said of a candidate, from its sums and the reference's alone. */
function candidateResult({ config: { thresholds, confidence }, tokens }, { readouts }, candidate, sums) {
	const reading = {
		thresholds,
		confidence,
		sampling: samplingOfTokens(tokens)
	};
	return {
		candidate,
		sums,
		features: readouts.map((seen, r) => candidateFeatures(seen, {
			candidate: candidate.name,
			...present(sums.readouts[r])
		}, reading))
	};
}
// src/audit/null-check.ts
/** @file The reference audited against itself: every active feature must correlate with itself to six decimals. */
const TOLERANCE = 1e-6;
/** Run the reference once more as a candidate. Returns what to say in the report. Errors: NULL_CHECK_FAILED. */
async function checkNull(run, reference) {
	const { model } = reference.captured;
	const candidate = {
		kind: "derived",
		name: "null-check",
		spec: model.name,
		model,
		compression: null,
		made: "the reference itself",
		matching: null,
		form: "as-stored"
	};
	const [result] = await measureRounds(run, {
		...reference,
		...NOTHING_MORE
	}, [candidate]);
	let [checked, constant] = [0, 0];
	for (const { evidence, report } of result?.features ?? []) {
		const { constant: apart = 0 } = report;
		constant += apart;
		const { active, correlation, readout } = evidence.table;
		for (let j = 0; j < active.length; j++) {
			const rho = present(correlation[j]);
			if (active[j] === 0) continue;
			if (Number.isNaN(rho)) {
				constant++;
				continue;
			}
			if (!(Math.abs(rho - 1) <= TOLERANCE)) throw nullCheckFailed(readout, j, rho);
			checked++;
		}
	}
	const rest = constant === 0 ? "" : `; ${constant} more never vary on this text and have no ρ`;
	return `null check: the reference against itself gives ρ = 1 to six decimals for all ${checked} active features${rest}`;
}
// src/statistics/rank-test.ts
/** RangeError of no values. */
function spreadOfValues(values) {
	if (values.length === 0) throw new RangeError("a spread of nothing");
	return {
		mean: values.reduce((sum, one) => sum + one, 0) / values.length,
		least: Math.min(...values),
		most: Math.max(...values)
	};
}
/** If the value were drawn as the K others are, pLower ≤ α in at most α of all cases: any of K + 1 ranks is as likely as any other. */
function rankTest(value, others) {
	const count = (is) => others.filter(is).length;
	return {
		fewer: count((other) => other < value),
		pLower: (1 + count((other) => other <= value)) / (others.length + 1),
		pUpper: (1 + count((other) => other >= value)) / (others.length + 1)
	};
}
// src/audit/perturbed/perturbed.ts
/**
* @file What survives errors that mean nothing: the reference perturbed by half a step of a 16-bit format (a floor for all candidates),
* and by random errors as large as a candidate's in every output channel (a null for that one). Definitions: docs/statistics.md.
*/
/** Perturbations of the floor, whose range is told. */
const FLOOR = 5;
/** … and of a null: the fewest that a rank of 5 % takes. */
const NULL = 19;
/** Errors: those of running a model. */
async function noiseFloor(run, reference, format) {
	const { model } = reference.captured;
	const targets = projections(model.decoder);
	const models = Array.from({ length: FLOOR }, (_, seed) => perturbed(model, `half-step-${seed}`, (name, of) => {
		const channels = targets.get(name);
		return channels === void 0 ? null : halfStepSource(of, {
			name,
			channels
		}, format, seed);
	}));
	const results = await measureRounds(unexplained(run), {
		...reference,
		...NOTHING_MORE
	}, models);
	const kl = results.flatMap(({ sums }) => klMean(sums) ?? []);
	return {
		format,
		perturbations: FLOOR,
		klMean: kl.length === 0 ? null : spreadOfValues(kl),
		readouts: reference.readouts.map(({ readout: { id } }, r) => ({
			id,
			...spreads(results, r)
		}))
	};
}
/** Per candidate, one entry per read-out; null: its matrices are not held as the reference's, or it has none of its own. */
async function equalErrors(run, reference, results) {
	const found = /* @__PURE__ */ new Map();
	for (const { candidate, features } of results) {
		const models = perturbedLike(reference.captured.model, candidate);
		if (models === null) {
			found.set(candidate, null);
			continue;
		}
		const drawn = await measureRounds(unexplained(run), {
			...reference,
			...NOTHING_MORE
		}, models);
		const beside = features.map(({ report }, r) => {
			const others = drawn.map((one) => survivedAt(one, r));
			return {
				perturbations: NULL,
				...spreads(drawn, r),
				...rankTest(report.survived.fraction, others)
			};
		});
		found.set(candidate, beside);
	}
	return found;
}
function perturbedLike(reference, candidate) {
	if (candidate.kind === "onnx" || candidate.kind === "derived" && candidate.form === "folded") return null;
	const { plan, decoder } = candidate.model;
	const [targets, own] = [projections(reference.decoder), projections(decoder)];
	for (const [name, { out, in: inputs, layout }] of targets) {
		const side = own.get(name);
		if (!(side?.out === out && side.in === inputs && side.layout === layout) || !plan.sources.has(name)) return null;
	}
	return Array.from({ length: NULL }, (_, seed) => perturbed(reference, `${candidate.name}-null-${seed}`, (name, of) => {
		const [channels, other] = [targets.get(name), plan.sources.get(name)];
		if (channels === void 0 || other === void 0) return null;
		return equalErrorSource(of, other, {
			name,
			channels
		}, seed);
	}));
}
/** The reference with some of its tensors replaced. */
function perturbed(reference, name, change) {
	const changed = [...reference.plan.sources].flatMap(([tensor, of]) => {
		const source = change(tensor, of);
		return source === null ? [] : [[tensor, source]];
	});
	const plan = withSources(name, reference.plan, new Map(changed));
	const own = {
		name,
		plan,
		tensors: planTensors(plan),
		remainder: null,
		unpackFrom: null
	};
	return {
		kind: "derived",
		name,
		spec: name,
		model: {
			...reference,
			...own,
			warnings: []
		},
		compression: null,
		made: name,
		matching: null,
		form: "as-stored"
	};
}
/** Nobody reads what features of a perturbation are about. */
const unexplained = (run) => ({
	...run,
	config: {
		...run.config,
		explain: 0,
		newFeatures: false,
		survivalByKind: false
	}
});
function survivedAt({ features }, readout) {
	return features[readout]?.report.survived.fraction ?? NaN;
}
function spreads(results, readout) {
	return {
		survived: spreadOfValues(results.map((one) => survivedAt(one, readout))),
		meanCorrelation: spreadOfValues(results.map(({ features }) => features[readout]?.report.meanCorrelation ?? NaN))
	};
}
function klMean({ divergence }) {
	if (divergence === null) return null;
	const total = (values) => values.reduce((sum, one) => sum + one, 0);
	return total(divergence.kl) / total(divergence.tokens);
}
const percent = (fraction) => `${(100 * fraction).toFixed(1)} %`;
const range = ({ mean, least, most }) => `${percent(mean)} (${percent(least)} to ${percent(most)})`;
/** Both in sentences, for the notes of a report. */
function perturbedNotes(floor, nulls, results) {
	const ofFloor = (floor?.readouts ?? []).map(({ id, survived, meanCorrelation }) => `noise floor: of the reference with its weights moved by half a step of ${floor?.format}, ${floor?.perturbations} times, ${range(survived)} of features survive at ${id}, mean ρ ${meanCorrelation.mean.toFixed(4)}`);
	const ofNulls = results.flatMap(({ candidate, features }) => {
		const beside = nulls.get(candidate);
		if (beside === void 0) return [];
		if (beside === null) return [`${candidate.name}: its matrices are not held as the reference's are, so random errors of equal size were not drawn`];
		return beside.map((one, r) => {
			const report = features[r]?.report;
			const p = Math.min(one.pLower, one.pUpper);
			const side = one.pLower <= one.pUpper ? "fewer" : "more";
			const words = p <= .05 ? `${side} than random errors of equal size in each output channel` : "about as many as random errors of equal size in each output channel";
			return `${candidate.name}: ${percent(report?.survived.fraction ?? NaN)} survive at ${report?.readout ?? ""}, ${words} let survive, ${range(one.survived)} of ${one.perturbations} draws (p = ${p.toFixed(2)}, one-sided)`;
		});
	});
	return [...ofFloor, ...ofNulls];
}
// src/audit/subjects/model-size.ts
/** @file What a model's tensors take: those that its decoder reads, each once, embeddings and unembedding apart. */
/** Null: a graph of its own, or weights in a form that nothing stores. */
function candidateSize(candidate) {
	if (candidate.kind === "onnx" || candidate.compression?.layout !== void 0) return null;
	return modelSize(candidate.model, candidate.kind === "stored" ? "stored" : "by its bits");
}
function modelSize({ decoder, plan, tensors }, counted) {
	const { embedding, positions, unembedding } = decoder.weights;
	const bytes = planBytes(plan);
	const of = (names) => {
		let sum = {
			parameters: 0,
			bytes: 0
		};
		for (const name of names) {
			const parameters = elementCount(tensors.entries.get(name)?.shape ?? []) ?? 0;
			sum = {
				parameters: sum.parameters + parameters,
				bytes: sum.bytes + (bytes.get(name) ?? 0)
			};
		}
		return sum;
	};
	const embeddings = new Set([embedding, ...positions === null ? [] : [positions]].map(({ tensor }) => tensor));
	const { weight, bias } = unembedding;
	const head = new Set([weight, ...bias === null ? [] : [bias]].map(({ tensor }) => tensor));
	for (const name of embeddings) head.delete(name);
	return {
		...of(/* @__PURE__ */ new Set([
			...embeddings,
			...head,
			...[...allRefs(decoder.weights)].map(({ tensor }) => tensor)
		])),
		counted,
		embeddings: of(embeddings),
		head: of(head)
	};
}
// src/audit/text/text-checks.ts
/** One token that makes up more than this: its loss is that of the whole text. */
const MOST_OF_ONE = .5;
/** Findings about the text that is run, in the order of the checks. */
function textFindings({ sequences, bosLeftOut }, lineEnds) {
	return [
		...lineEndFindings(sequences, lineEnds),
		...bosLeftOut === null ? [] : [leftOut(bosLeftOut)],
		...repeatedToken(sequences.stream),
		...specialTokens(sequences),
		...recordsWithout(sequences)
	];
}
function lineEndFindings({ lineEnds: found }, asked) {
	if (found === null) return [];
	const { crlf, lf, cr } = found;
	const returns = crlf + cr;
	if (returns === 0) return [];
	if (crlf > lf && asked === null) return [{
		check: "line-ends",
		grade: "not-evaluable",
		value: crlf / (crlf + lf),
		message: `${crlf} of the text's ${crlf + lf} line ends are CRLF: carriage returns are tokens that models have hardly seen, and perplexity would be theirs; say --line-ends lf to read them as LF, or --line-ends keep where the model is meant to read CRLF`
	}];
	return [{
		check: "carriage-returns",
		grade: "warning",
		value: returns,
		message: `the text has ${returns} carriage return${returns === 1 ? "" : "s"}${asked === "keep" ? ", kept as asked" : ""}: their losses count among the others`
	}];
}
function leftOut(bos) {
	return {
		check: "bos-left-out",
		grade: "warning",
		value: bos,
		message: `the tokenizer puts token ${bos} before every text, and sequences begin without it: where a model was trained with it, perplexity is that of a model out of its element, and features at the first positions are others (--bos auto puts it there)`
	};
}
function repeatedToken(stream) {
	const counts = /* @__PURE__ */ new Map();
	for (const id of stream) counts.set(id, (counts.get(id) ?? 0) + 1);
	let [token, most] = [0, 0];
	for (const [id, count] of counts) if (count > most) [token, most] = [id, count];
	const share = most / stream.length;
	if (!(share > MOST_OF_ONE)) return [];
	return [{
		check: "repeated-token",
		grade: "warning",
		value: share,
		message: `token ${token} is ${(100 * share).toFixed(0)} % of the text: losses and features are mostly its own, and say little about other text`
	}];
}
/** Those that stand in the text, not the BOS that was put before every sequence. */
function specialTokens({ stream, specialIds }) {
	const special = new Set(specialIds);
	const count = stream.reduce((sum, id) => sum + (special.has(id) ? 1 : 0), 0);
	if (count === 0) return [];
	return [{
		check: "special-tokens",
		grade: "warning",
		value: count,
		message: `the text has ${count} special token${count === 1 ? "" : "s"} (ends of text and the like): a model forgets what stands before one, and ${count === 1 ? "its loss counts" : "their losses count"} among the others`
	}];
}
function recordsWithout({ made }) {
	const records = made?.text.records ?? null;
	if (records === null || records.without === 0) return [];
	const { field, read, without } = records;
	return [{
		check: "records-without-text",
		grade: "warning",
		value: without,
		message: `${without} of the ${read} records that were read have no "${field}", and were left out`
	}];
}
// src/audit/frame/frame-of.ts
/** Errors: those of reading the files whose digests are wanted. */
async function frameOf(reference, framed) {
	const { run, tokens, readouts, contamination } = framed;
	const { config } = run;
	const candidates = [];
	for (const candidate of framed.candidates) candidates.push(await candidateFrame(candidate));
	return {
		asked: askedOf(config),
		tool: toolReport(framed),
		confidence: config.confidence,
		reference: await referenceFrame(config, reference),
		corpus: corpusFrame(config, tokens),
		vocabulary: reference.model.decoder.spec.n_vocab,
		reading: {
			thresholds: { ...config.thresholds },
			allowBadFit: config.allowBadFit,
			rescale: config.rescale,
			chunked: config.perplexity.chunked,
			sliding: config.perplexity.sliding === null ? null : { ...config.perplexity.sliding }
		},
		findings: [...textFindings(tokens, config.corpus.lineEnds)],
		warnings: framed.warnings,
		places: readouts.map((readout) => {
			const { decoderNorms: _, claims, ...place } = placeOf(readout);
			return {
				...place,
				claims: { ...claims }
			};
		}),
		candidates,
		contamination: contamination && {
			report: contamination.report,
			clean: contamination.clean && {
				groups: contamination.clean.groups,
				of: [...contamination.clean.of]
			}
		}
	};
}
async function referenceFrame({ reference: spec }, { checkpoint, model }) {
	return {
		spec,
		revision: checkpoint.revision,
		family: model.decoder.spec.family,
		parameters: checkpoint.parameters,
		storedAs: checkpoint.storedAs,
		sha256: await checkpoint.sha256(),
		files: await checkpoint.fileDigests()
	};
}
function corpusFrame({ corpus }, tokens) {
	return {
		spec: corpus.source,
		tokens: tokens.chunked.plan.rows,
		blocks: tokens.sequences.sequenceCount,
		blockLength: tokens.sequences.blockLength,
		groups: tokens.groupStarts.length - 1,
		resampling: RESAMPLING_METHOD,
		degrees: DEGREES_RULE,
		...documentsOf(tokens),
		bos: tokens.sequences.bos,
		sha256: tokens.sequences.sha256,
		...madeFrom(tokens.sequences)
	};
}
async function candidateFrame(candidate) {
	const artifact = artifactOf(candidate);
	const counted = candidateSize(candidate);
	return {
		kind: candidate.kind,
		isTurnedBack: isTurnedBack(candidate),
		name: candidate.name,
		spec: candidate.spec,
		revision: artifact?.revision ?? null,
		sha256: await artifact?.sha256() ?? null,
		...artifact === null ? {} : { files: await artifact.fileDigests() },
		compression: candidate.compression,
		...counted === null ? {} : { size: counted },
		warnings: [...warningsOf(candidate), ...plainFloatWarnings(candidate)]
	};
}
// src/audit/results.ts
/** Errors: those of reading the files whose digests are wanted, CANDIDATE_ROTATED. */
async function reportOf(reference, { tokens, contamination }, results, { toolVersion, ...origin }) {
	const { run, warnings, noise, notes, floor, readouts } = results;
	const frame = await frameOf(reference, {
		run,
		tokens,
		readouts: run.readouts,
		candidates: results.candidates.map(({ candidate }) => candidate),
		contamination,
		warnings,
		noise,
		toolVersion
	});
	const candidates = results.candidates.map((one) => ({
		...one,
		extras: extrasOf(results, one)
	}));
	const looks = looksReport(run);
	const measured = {
		readouts,
		candidates,
		notes,
		floor,
		...looks === null ? {} : { looks }
	};
	return assemble(frame, measured, {
		...origin,
		streamed: run.streamed
	});
}
function extrasOf({ nulls }, { candidate, batched, stability, diagnosis, attribution }) {
	return {
		equalErrors: nulls.get(candidate) ?? [],
		stability: [...stability],
		...batched === null ? {} : { batched },
		...diagnosis === null ? {} : { diagnosis },
		...attribution === null ? {} : { attribution }
	};
}
// src/audit/run/keeping.ts
/** @file What an audit keeps for later ones, and what all of it depends on. */
/** Errors: KEPT_IN_CHECKOUT, those of reading the reference. */
async function openKeeping({ bytes, rows }, { toolVersion, reference }, tell) {
	const folder = keptFolder(process.env);
	requireNoCheckout(folder, process.cwd(), process.env);
	const by = {
		toolVersion,
		program: isBundled("engine") ? await folderDigest(dirname(programFile("engine"))) : "from sources",
		engine: runtimeVersion(),
		reference
	};
	return {
		entries: await KeptEntries.open(folder, bytes, tell),
		rows,
		by,
		tell
	};
}
/** Of the programs and what they share: another build of the same version may measure otherwise. */
async function folderDigest(folder) {
	const hash = createHash("sha256");
	const names = await readdir(folder);
	for (const name of names.filter((one) => one.endsWith(".js")).sort()) hash.update(name).update(await readFile(join(folder, name)));
	return hash.digest("hex");
}
// src/audit/measure.ts
/** Run an audit. Errors: every expected failure is a SaegateError; nothing is written. */
async function measure(config, host) {
	const started = host.seconds();
	if (config.untilDecided === true) requireLookable(config);
	const { measurement, sums } = await withSubjects(config, host, async (reference, subjects) => {
		const kept = await keepingOf(config, reference, host);
		const origin = () => ({
			elapsedSeconds: host.seconds() - started,
			createdAt: host.now(),
			toolVersion: host.toolVersion
		});
		const { isDecided = () => false } = host;
		const report = async (results) => await reportOf(reference, {
			...subjects,
			tokens: results.run.tokens
		}, results, origin());
		const stops = async (results) => isDecided(await report(results));
		const measured = async (run, known) => config.untilDecided === true ? await measureLooks(run, known, stops) : await measureKnown(run, known);
		const results = await measureOpened(config, {
			...subjects,
			kept,
			summed: "active"
		}, host, measured);
		const sums = host.keepSums === void 0 ? null : await gatherSums(reference, results, host);
		return {
			measurement: await report(results),
			sums
		};
	});
	if (sums !== null) await host.keepSums?.(sums);
	return measurement;
}
/** Null: nothing is to be kept. Errors: KEPT_IN_CHECKOUT, those of reading the reference. */
async function keepingOf({ captures }, { checkpoint }, { toolVersion, onProgress }) {
	if (captures === void 0) return null;
	return await openKeeping(captures, {
		toolVersion,
		reference: await checkpoint.sha256()
	}, (note) => onProgress({
		stage: "kept",
		note,
		done: 0,
		total: 0,
		unit: "tokens",
		overall: 0
	}));
}
/** All models over the first token groups, then over more, until that is enough or the text ends. */
async function measureLooks(run, subjects, stops) {
	if (subjects.contamination !== null) throw untilDecidedImpossible("what candidates were calibrated on is looked for in the whole text");
	const growing = { whole: run.tokens };
	try {
		const looks = lookRuns(run, growing);
		for (const [look, at] of looks.entries()) {
			const results = await measureKnown(at, {
				...subjects,
				tokens: at.tokens
			});
			if (look === looks.length - 1 || await stops(results)) return results;
		}
		throw new RangeError("an audit without a look");
	} finally {
		await closeGrown(growing);
	}
}
/** Every candidate can be made. */
async function measureKnown(run, subjects) {
	const { reference } = subjects;
	const first = await firstRound(run, subjects);
	const own = first === null ? await keptCapture(run, reference) : null;
	const captures = first?.found.captures ?? [present(own).capture];
	try {
		return await measureCaptured(run, subjects, {
			model: reference,
			capture: present(captures[0]),
			rounding: own?.rounding ?? null
		}, first);
	} finally {
		for (const capture of captures) await closeCapture(capture);
	}
}
/** The round that the reference is run in; null: it is run by itself. */
async function firstRound(run, { reference, candidates }) {
	if (!run.rounds.inOneGraph) return null;
	const [round] = await planRounds(run, reference, compiledOf(candidates));
	return round === void 0 ? null : await measureFirst(run, reference, round);
}
async function measureCaptured(run, subjects, captured, first) {
	const { nullCheck, noiseFloor: format = "none", noiseNull = false } = run.config;
	const seen = [];
	for (const [r, readout] of run.readouts.entries()) seen.push(await seeReference(run, captured, readout, first?.found.readouts[r]?.reference ?? null));
	requireFiring(run, seen);
	const measured = {
		captured,
		readouts: seen,
		first,
		recovered: once(() => referenceRecovered(run, captured)),
		latents: once(() => referenceLatents(run, captured, seen))
	};
	const notes = nullCheck ? [await checkNull(run, measured)] : [];
	const noise = await engineNoise(run, captured, seen);
	const floor = format === "none" ? null : await noiseFloor(run, measured, format);
	const candidates = await measureRounds(run, measured, subjects.candidates);
	const nulls = noiseNull ? await equalErrors(run, measured, candidates) : /* @__PURE__ */ new Map();
	return {
		run,
		readouts: seen,
		candidates,
		warnings: withRounding(await warningsAround(run, subjects), captured.rounding),
		notes: [
			...looksNotes(run),
			...notes,
			...noiseNotes(noise),
			...perturbedNotes(floor, nulls, candidates)
		],
		noise,
		floor,
		nulls
	};
}
/** The same promise to all who ask. */
function once(make) {
	let made = null;
	return () => {
		made ??= make();
		return made;
	};
}
/** What rows that were kept in 16 bits took stands last. */
function withRounding(warnings, rounding) {
	return {
		...warnings,
		after: [...warnings.after, ...roundedWarnings(rounding)]
	};
}
// src/audit/shards/measure-shard.ts
/**
* @file One shard, measured: which features count and which close calls are decided only all shards together tell, so every feature is
* summed for every candidate, and close calls are written down (docs/decisions/2026-11-29-shards.md).
*/
/** `run`: of the shard's text. `whole`: all of it. Errors: those of running a model. */
async function measureShardSums(run, { reference, candidates }, whole) {
	const capture = await captureModel(run, "reference", reference);
	try {
		const rows = {
			captured: {
				model: reference,
				capture
			},
			float32: await float32Rows(run, reference, whole)
		};
		try {
			return await sumsBeside(run, rows, candidates);
		} finally {
			await closeCapture(rows.float32.capture);
		}
	} finally {
		await closeCapture(capture);
	}
}
/** The same rows for every shard: what float32 can tell is measured on the whole text's. */
async function float32Rows(run, reference, whole) {
	const tokens = fewSequences(whole, float32Sequences(whole.sequences.sequenceCount));
	const config = {
		...run.config,
		perplexity: {
			chunked: false,
			sliding: null
		}
	};
	return {
		tokens,
		capture: await captureModel({
			...run,
			config,
			tokens
		}, "reference", reference)
	};
}
async function sumsBeside(run, rows, candidates) {
	const readouts = [];
	const sums = [];
	for (const readout of run.readouts) {
		const { sums: measured, closeCalls } = await measureReference(run, rows, readout, null);
		const active = Int32Array.from({ length: readout.dictionary.d_sae }, (_, j) => j);
		readouts.push({
			readout,
			active,
			closeCalls,
			records: true
		});
		sums.push({
			...measured,
			calls: await closeCalls?.recordReference() ?? null
		});
	}
	const reference = {
		captured: rows.captured,
		readouts
	};
	const found = /* @__PURE__ */ new Map();
	for (const round of await planRounds(run, rows.captured.model, compiledOf(candidates))) {
		const measured = await measureStages(run, reference, round);
		for (const { candidate, capture, chunked, sliding, features } of measured) {
			found.set(candidate, sumsOf(run.tokens, {
				chunked,
				sliding
			}, features));
			await closeCapture(capture);
		}
	}
	for (const candidate of candidates) {
		if (candidate.kind !== "onnx") continue;
		const { stores, ...losses } = await measureUserModel(run, rows.captured, candidate);
		const capture = {
			chunked: stores,
			sliding: null
		};
		try {
			const [features] = await roundFeatures(run, reference, [{
				candidate,
				capture,
				model: null
			}]);
			found.set(candidate, sumsOf(run.tokens, userLosses(run.tokens, losses), present(features)));
		} finally {
			await closeCapture(capture);
		}
	}
	return {
		readouts: sums,
		candidates: candidates.map((candidate) => present(found.get(candidate)))
	};
}
// src/audit/measure-shard.ts
/** One shard of an audit, of whose token groups `number` says which. Errors: SHARD_UNSUPPORTED, SHARDS_TOO_MANY, those of `measure`. */
async function measureShard(config, number, host) {
	requireShardable(config);
	const started = host.seconds();
	return await withSubjects(config, host, async (reference, subjects) => {
		const { tokens: whole } = subjects;
		const tokens = shardOf(whole, number);
		const planned = {
			...subjects,
			tokens,
			kept: null,
			summed: "every"
		};
		return await measureOpened(config, planned, host, async (run, known) => {
			requireFloat32(run.device);
			const sums = await measureShardSums(run, known, whole);
			const warnings = await warningsAround(run, {
				...known,
				tokens: whole
			});
			const { candidates, contamination } = known;
			const { readouts } = run;
			const { toolVersion } = host;
			const named = {
				run,
				tokens: whole,
				readouts,
				candidates,
				contamination,
				warnings,
				toolVersion
			};
			const took = {
				seconds: host.seconds() - started,
				streamed: run.streamed
			};
			return {
				...number,
				firstGroup: tokens.part.firstGroup,
				sequences: tokens.sequences.sequenceCount,
				frame: await frameOf(reference, {
					...named,
					noise: null
				}),
				decoderNorms: readouts.map(({ decoderNorms }) => decoderNorms),
				sums: {
					...sums,
					measured: await measuredBy(reference, run, candidates, toolVersion)
				},
				took
			};
		});
	});
}
// src/engine/answer.ts
/** Errors: whatever the audit raises; of a shard, those of writing. */
async function answer({ config, baseline, toolVersion, shard: asked, policy }, onProgress) {
	const host = {
		onProgress,
		seconds: () => performance.now() / 1e3,
		now: () => (/* @__PURE__ */ new Date()).toISOString(),
		toolVersion,
		baseline,
		...policy === void 0 ? {} : { isDecided: (measurement) => isDecidedBy(measurement, policy) }
	};
	if (asked === void 0) return {
		measurement: await measure(config, host),
		shard: null
	};
	const measured = await measureShard(config, asked.number, host);
	const bytes = await writeShard(asked.path, measured);
	const { firstGroup, sums, frame } = measured;
	const groups = [firstGroup, firstGroup + sums.measured.groups];
	return {
		measurement: null,
		shard: {
			path: asked.path,
			bytes,
			groups,
			of: frame.corpus.groups
		}
	};
}
/** Does more text change no rule's word? As of today, as where the report is judged in the end. */
function isDecidedBy(measurement, policy) {
	const today = (/* @__PURE__ */ new Date()).toISOString().slice(0, 10);
	return isDecided(judge(measurement, policy, {
		today,
		policySha256: "",
		baseline: null
	}));
}
export { answer as t };
