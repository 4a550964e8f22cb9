import { g as nearestWord, h as nearest, i as bytesSource, t as fileSource, u as fileMissing } from "./shared-file.js";
import { i as problem, t as SaegateError } from "./shared-problem.js";
import { S as corpusParts, T as namedPart, n as lookConfidence, o as requireComparable, r as lookGroups, t as inScope, w as datasetPart, x as NAMED_CORPORA } from "./shared-readout-scope.js";
import { A as writtenPositions, E as countedMask, O as sliceOf, P as EVERY_RECORD, a as TOKEN_KINDS, i as SPELLED_KINDS, j as ANYTHING, k as withoutFirst, m as bucketOf, p as CONFIDENCE_EDGES, r as POSITION_PARTS, t as CAUSAL_EDITS, v as optionNamed, y as AUDIT_OPTIONS } from "./shared-causal-schema.js";
import { t as schemaCheck } from "./shared-schema-check.js";
import { $ as GROUP_COUNTS, A as difference, B as DEGREES_RULE, E as meanSquares, J as dealGroups, K as replicateSums, L as ofCorrelations, N as intervalOf, Q as typicalDocument, R as plain, S as firingRates, V as RESAMPLING_METHOD, X as groupCount, Z as groupOfEach, _ as columnsOf, at as classOf, b as emptyCandidateMoments, ct as isActive, f as addCandidateMoments, h as addReferenceTile, k as bareEstimate, l as countsAbove, m as addReferenceMoments, n as meanDivergence, ot as countedRho, p as addCandidateTile, q as samplingOf, v as countedPositions, w as meanActivations, x as emptyReferenceMoments, z as studentQuantile } from "./shared-losses.js";
import { _ as candidateColumns, d as meanCorrelation, g as halfCorrelations, l as classFractions, p as correlationAccuracy, t as classFraction, v as correlations, x as quantile } from "./shared-feature-figures.js";
import { i as summarizeRecovered } from "./shared-loss-recovered.js";
import { _ as untilDecidedImpossible, a as digestUnexpected, c as lanesInvalid, d as positionsLeaveNothing, h as roundsInvalid, i as captureNotFinite, m as rotationInexact, p as rotationAtRunTime, r as candidateRotated } from "./shared-audit.js";
import { t as readTextFile } from "./shared-whole-file.js";
import { t as groupsOfShard } from "./shared-shard-number.js";
import { t as isBundled } from "./shared-program-file.js";
import { t as present } from "./shared-present.js";
import { a as isRemoteSpec } from "./shared-oci-spec.js";
import { r as filesSha256, t as digestedFiles } from "./shared-file-digests.js";
import { n as fileNotListed } from "./shared-sources.js";
import { a as readJsonObject, r as isJsonObject } from "./shared-json.js";
import { n as firstNonFinite, t as toFloat32 } from "./shared-half.js";
import { i as widenFloat16, n as narrowToFloat16 } from "./shared-float16.js";
import { t as openCheckpoint } from "./shared-open2.js";
import { r as tensorRows } from "./shared-single-experts.js";
import { t as fileWatch } from "./shared-file-watch.js";
import { t as openFiles } from "./shared-open-files.js";
import { t as createSession } from "./shared-session.js";
import { r as isGlob } from "./shared-globs.js";
import { a as saeAmbiguous, c as saeHookParallel, h as saePatternTooMany, m as saePatternEmpty, p as saeNotFound, s as saeHookLayer, v as saeUnsupported, y as saeWidth } from "./shared-table.js";
import { _ as rangesOf$1, g as featuresTogether, h as featureRanges, l as scaleRows, m as encoderColumns, p as decoderNorms, v as ruleAmong } from "./shared-forms.js";
import { i as LAYOUTS, n as patternMatches, o as readNpy, r as patternRoot, s as folderOf, t as isSaePattern } from "./shared-patterns.js";
import { n as hookName, r as isInStream } from "./shared-hook-point.js";
import { a as onnxFixedLength, g as onnxTapHook, o as onnxFusedAttention } from "./shared-wire.js";
import { A as hasTiles, C as repeatWhileLess, D as halfToEven, E as vector, F as vocabularyEntries, M as sameUnembedding, N as openTokenizer, O as pruneWithTies, P as tokenizerFile, S as loadTwice, T as store, _ as advance, a as withSources, b as load, c as planTensors, d as scaleCount, f as channelRows, g as roundShared, h as storedLayout, i as sameSource, j as openUnembedding, k as prunedCount, l as compressedBytes, m as roundToNearest, n as compressedPlan, o as planBytes, p as groupsPerChannel, s as planRemainder, t as describeModel, u as matrixOf$1, v as constant, w as set, x as loadFunction, y as get } from "./shared-model.js";
import { A as tokensMalformed, C as tokenOutOfVocabulary, D as tokenizerNeeded, T as tokenizerBeyondModel, _ as corpusTooLarge, g as corpusPathMissing, i as bosOfRows, j as tokensRowLength, l as corpusEmpty, m as corpusNoRecords, n as blockTooShort, p as corpusNoFiles, r as bosMissing, t as blockTooLong, v as corpusTooShort, x as datasetChoice, y as corpusUnsupported } from "./shared-corpus.js";
import { A as tokensDiffer, C as targetInputName, S as TARGET_ROLES, T as attentionOf, a as cut, b as sumName, d as bodyBytes, f as bodyUpTo, g as placeWidth, k as modelsDiffer, l as blockBytes, m as hookWidth$1, n as asFloat32, o as programRefs, s as weightReader, t as allRefs, u as blockRange, v as rangeBytes, w as targets, x as wholeBody$1, y as streamedParts } from "./shared-weight-reader.js";
import { a as calibrationTextMissing, c as layoutElsewhere, d as layoutOfExperts, f as layoutOfQuantized, g as smoothingOfExperts, h as smoothingElsewhere, i as calibrationAudited, l as layoutNotCentred, m as matchTextShort, n as matchedPrune, p as matchTextMissing, r as parseCompression, t as compressionText, u as layoutOfDeltaNets } from "./shared-spec.js";
import { i as describeActivations, r as activationsInWords } from "./shared-decoder.js";
import { a as matrix, o as vector$1 } from "./shared-families.js";
import { C as logSoftmax, D as mul, F as relu, G as splitRows, I as reshape, J as tanh, K as sqrt, M as range, N as reduceMax, P as reduceMin, Q as where, R as rowSums, U as softmax, W as split, X as topK, Y as top1, Z as transpose, _ as gemm, a as clip, b as jumpFrom, c as div, ct as int, f as firstAxisSum, g as gatherElements, i as cast, k as outerAdd, n as add, o as columns, ot as GraphBuilder, q as sub, r as argMax, s as concat, st as float, t as abs, u as every, v as gemmPlain, w as matMul, y as greater } from "./shared-ops.js";
import { t as chooseDevice } from "./shared-device.js";
import { $ as ROW_PLACES, A as storedEncoder, D as featureChunks, E as encoderRanges, F as passInputs, H as loadProgram, I as residualRows, J as RESIDUAL, K as createLanes, L as gatherRows, M as wholeGroups, N as isRescaled, O as heldEncoder, P as scalingBetween, Q as COUNTED_ROWS, T as encoderOf, U as partByPart, W as runPart, Y as RESIDUAL_BEFORE, Z as COMPUTED_ROW, a as closeCandidates, at as SAFE_TILING, c as vocabularyOf$1, f as countedMoments, g as hasCloseCalls, i as artifactOf, it as CPU_TILING, k as pickFeatures, m as closeCallCost, nt as rowWidth, q as HIDDEN, r as refuseReference, rt as stageCost, s as unknownKind, tt as createRowStore, u as chooseGroups, w as constantFeatures, z as emptyTally } from "./shared-not-compressed.js";
import { A as nothingBeforeHook, D as availableMemory, F as watchedUnknown, N as repairTextShort, O as attributionUnlike, T as seeded, a as isDerivedSpec, c as publishedText, i as tensorPlanSchema, j as planFileInvalid, k as attributionWithoutSae, l as NORMAL, n as PLAN_PREFIX, o as FIGURES_OF, s as parsePublished, v as spearman } from "./shared-tensor-plan-schema.js";
import { d as scalingOf, i as emptyDistances, u as residualErrorOf } from "./shared-residual-sums.js";
import { a as countLineEnds, c as inTokens, i as readTextFile$1, n as MAX_TEXT_BYTES, o as documentsOfRecords, r as preparedText, s as documentsOfStream } from "./shared-text.js";
import { i as unreadKind, n as kindOf, r as knownKind, t as globbedFiles } from "./shared-chosen.js";
import { n as sourceOpener, t as longestSequence } from "./shared-open-source2.js";
import { n as openUserModel, o as hasRunRanges, r as tapOf, t as findOnnx } from "./shared-open4.js";
import { t as llmInt8Input } from "./shared-llm-int8.js";
import { n as planSentence, r as requireFit } from "./shared-plan-fit2.js";
import { c as shardsTooMany, i as shardUnsupported } from "./shared-shards.js";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { stat, statfs } from "node:fs/promises";
import { freemem, tmpdir, totalmem } from "node:os";
import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
// src/models/families/projections.ts
/** Stored tensor → its size and its input, each once, in block order: q, k, v, o, gate, up, down. */
function projections(decoder) {
	const found = /* @__PURE__ */ new Map();
	for (const { linear, input } of targets(decoder)) {
		const { tensor, storedShape, layout } = linear.weight;
		const [rows = 0, columns = 0] = storedShape;
		const [out, inputs] = layout === "out-in" ? [rows, columns] : [columns, rows];
		found.set(tensor, {
			out,
			in: inputs,
			layout,
			input
		});
	}
	return found;
}
// src/audit/run/run.ts
/** Are losses and KL wanted? Else nothing behind the last hook is run. */
function wantsLosses({ perplexity }) {
	return perplexity.chunked || perplexity.sliding !== null;
}
// src/models/before-hook.ts
const ATTENTION_IN = [
	"q",
	"k",
	"v",
	"outputGate"
];
const ATTENTION = [...ATTENTION_IN, "o"];
const MLP = [
	"gate",
	"up",
	"down"
];
/** Of the hook's own block. */
function rolesBefore(name, { layout }) {
	const beforeMlp = layout === "parallel" ? [] : ATTENTION;
	switch (name) {
		case "hook_embed":
		case "hook_resid_pre": return [];
		case "attn.hook_q": return ["q"];
		case "attn.hook_k": return ["k"];
		case "attn.hook_v": return ["v"];
		case "attn.hook_z": return ATTENTION_IN;
		case "attn.hook_out":
		case "hook_attn_out":
		case "hook_resid_mid": return ATTENTION;
		case "mlp.hook_in":
		case "ln2.hook_normalized": return beforeMlp;
		case "mlp.hook_out":
		case "hook_mlp_out": return [...beforeMlp, ...MLP];
		case "hook_resid_post": return [...ATTENTION, ...MLP];
	}
}
/** Does what the hook reads depend on this matrix? */
function isBeforeHook({ role, input }, hook, { blocks }) {
	if (hook.name === "hook_embed" || input.layer > hook.layer) return false;
	if (input.layer < hook.layer) return true;
	const block = blocks[hook.layer];
	return block !== void 0 && rolesBefore(hook.name, block).includes(role);
}
// src/audit/attribution/units.ts
/** In the order of the forward pass. */
function targetTensors(decoder) {
	const byName = /* @__PURE__ */ new Map();
	for (const target of targets(decoder)) {
		const { tensor } = target.linear.weight;
		byName.set(tensor, [...byName.get(tensor) ?? [], target]);
	}
	return [...byName].map(([name, own]) => {
		const [first] = own;
		const kind = [...new Set(own.map(({ role }) => role))].join("+");
		const isExpert = first?.input.expert !== void 0;
		return {
			name,
			block: first?.input.layer ?? 0,
			kind: isExpert ? `experts.${kind}` : kind,
			targets: own
		};
	});
}
const UNIT_OF = {
	tensor: ({ name }) => name,
	block: ({ block }) => `blocks.${block}`,
	kind: ({ kind }) => kind
};
/** Does a hook see any of it? */
function isSeen({ targets: own }, hook, { spec }) {
	return own.some((target) => isBeforeHook(target, hook, spec));
}
/** Errors: NOTHING_BEFORE_HOOK, ATTRIBUTION_WITHOUT_SAE. */
function swapUnits(decoder, hooks, { by, kl }) {
	if (hooks.length === 0 && !kl) throw attributionWithoutSae();
	const all = targetTensors(decoder);
	const seen = all.filter((tensor) => kl || hooks.some((hook) => isSeen(tensor, hook, decoder)));
	if (seen.length === 0) throw nothingBeforeHook(hooks.map(hookName));
	const units = /* @__PURE__ */ new Map();
	for (const tensor of seen) {
		const name = UNIT_OF[by](tensor);
		units.set(name, [...units.get(name) ?? [], tensor]);
	}
	return {
		units: [...units].map(([name, tensors]) => ({
			name,
			tensors,
			first: Math.min(...tensors.map(({ block }) => block))
		})),
		skipped: all.filter((tensor) => !seen.includes(tensor)).map(({ name }) => name)
	};
}
// src/audit/attribution/cost.ts
/** `firsts`: the first block that each swap changes. */
function swapsCost(decoder, firsts, text) {
	const { tokens, length, readouts, kl } = text;
	if (firsts.length === 0) return 0;
	const upTo = (block) => stageCost.body(decoder, tokens, length, block);
	const last = kl ? decoder.spec.blocks.length : Math.max(...readouts.map(({ layer }) => layer + 1));
	let cost = upTo(Math.max(...firsts));
	for (const block of new Set(firsts)) {
		const count = firsts.filter((first) => first === block).length;
		const models = count + Math.ceil(count / 4);
		cost += count * (upTo(last) - upTo(block));
		for (const { layer, d_in, features } of readouts) if (layer >= block) cost += stageCost.features(d_in, features, tokens, models);
		if (kl) cost += stageCost.head(decoder, tokens, models);
	}
	return cost;
}
/** The pass that sums what matrices read. */
function screenCost(decoder, end, { tokens, length }) {
	return stageCost.body(decoder, tokens, length, end);
}
/** What an audit's swaps come to before it is known what the screen puts first and how many features are active. */
function attributionCost({ attribution: config }, decoder, readouts, text) {
	if (config === void 0) return 0;
	const paid = {
		...text,
		kl: config.kl,
		readouts: readouts.map(({ dictionary: { reads, d_in, d_sae } }) => ({
			layer: reads.layer,
			d_in,
			features: d_sae
		}))
	};
	const { units } = swapUnits(decoder, readouts.map(({ dictionary }) => dictionary.reads), config);
	const firsts = units.map(({ first }) => first);
	const some = (count) => firsts.slice(0, count ?? firsts.length);
	const end = 1 + Math.max(...units.flatMap(({ tensors }) => tensors.map(({ block }) => block)));
	return [
		config.first,
		config.controls,
		config.restored
	].map((count) => swapsCost(decoder, some(count), paid)).reduce((sum, cost) => sum + cost, screenCost(decoder, end, paid));
}
// src/onnx/threads/in-flight.ts
/** @file Runs begun ahead of being used, so that every lane has work; used in the order of their items all the same. */
/**
* `begin` each item, with up to `most` begun and not yet used, and `use` the results in order: sums do not depend on which
* was ready first. A failure is raised when the others that were begun have ended.
*/
async function inOrder(items, most, begin, use) {
	const begun = [];
	const useFirst = async () => {
		const first = begun.shift();
		if (first !== void 0) await use(await first.result, first.item);
	};
	try {
		for (const item of items) {
			if (begun.length >= most) await useFirst();
			const result = begin(item);
			result.catch(() => {});
			begun.push({
				item,
				result
			});
		}
		while (begun.length > 0) await useFirst();
	} finally {
		await Promise.allSettled(begun.map(({ result }) => result));
	}
}
// src/audit/machine/share-threads.ts
/**
* @file How many lanes (onnx/threads/lanes.ts) a graph gets: several where there is much to do and its weights are small enough to be
* held several times.
*/
/**
* One core takes two seconds for so many, of which lanes save 15 to 25 %; starting the threads, once, and loading a graph into them
* takes 0.2 s. With a third of it they cost more than they save.
*/
const LEAST_OPERATIONS = 1e11;
/** What copies of one graph's weights may take, and which share of the memory at most. */
const MOST_COPIED_BYTES = 1e9;
const MOST_COPIED_SHARE = 1 / 8;
/** As many lanes as there is memory for, with equal shares of the threads; of several CUDA devices one each. Errors: LANES_INVALID. */
function shareThreads(device, load, host = thisHost()) {
	if (host.isBundled && device.peers !== void 0) return {
		count: 1 + device.peers.length,
		device
	};
	const most = host.isBundled && device.kind === "cpu" ? mostLanes(load, host) : 1;
	for (let count = Math.min(most, device.threads); count > 1; count--) if (device.threads % count === 0) return {
		count,
		device: {
			...device,
			threads: device.threads / count
		}
	};
	return {
		count: 1,
		device
	};
}
function thisHost() {
	return {
		isBundled: isBundled("lane"),
		memory: availableMemory(),
		asked: process.env.SAEGATE_LANES
	};
}
function mostLanes({ weightBytes, operations }, { memory, asked }) {
	if (asked !== void 0 && asked !== "") {
		if (!/^[1-9]\d{0,5}$/.test(asked)) throw lanesInvalid(asked);
		return Number(asked);
	}
	if (operations < LEAST_OPERATIONS) return 1;
	const copied = Math.min(MOST_COPIED_BYTES, memory * MOST_COPIED_SHARE);
	return 1 + Math.floor(copied / Math.max(1, weightBytes));
}
// src/corpus/windows.ts
/**
* The windows in order. A stride below the window scores every target but the stream's first token; with a stride equal
* to it the first token of each window has no context and is left out. Fewer than two tokens: no windows.
*/
function slidingWindows(tokenCount, window, stride) {
	if (stride < 1 || window < 2) throw new RangeError(`sliding windows of ${window} with stride ${stride}`);
	const windows = [];
	let scoredTo = 1;
	for (let begin = 0; scoredTo < tokenCount; begin += stride) {
		const end = Math.min(begin + window, tokenCount);
		const firstScored = Math.max(scoredTo, begin + 1);
		if (firstScored < end) windows.push({
			begin,
			end,
			firstScored
		});
		scoredTo = end;
	}
	return windows;
}
// src/audit/text/sequences.ts
function chunkedPlan(tokens) {
	const { sequenceCount, blockLength, ids } = tokens;
	return {
		ids,
		firstToken: null,
		sequences: Array.from({ length: sequenceCount }, (_, sequence) => {
			const begin = sequence * blockLength;
			return {
				begin,
				end: begin + blockLength,
				keepFrom: begin,
				keepTo: begin + blockLength
			};
		}),
		longest: blockLength,
		rows: sequenceCount * blockLength
	};
}
/** What the model is given for a sequence of the plan. */
function sequenceIds({ ids, firstToken }, { begin, end }) {
	if (firstToken === null) return ids.subarray(begin, end);
	const given = new Int32Array(end - begin);
	given[0] = firstToken;
	given.set(ids.subarray(begin, end - 1), 1);
	return given;
}
/** `groupStarts`: the first sequence of each token group, and the number of sequences. */
function chunkedScores(sequences, groupStarts) {
	const { sequenceCount, blockLength, ids } = sequences;
	const groupOf = groupOfEach(groupStarts);
	const scored = sequenceCount * (blockLength - 1);
	const out = {
		rows: new Int32Array(scored),
		targets: new Int32Array(scored),
		tokenGroups: new Int32Array(scored)
	};
	let at = 0;
	for (let sequence = 0; sequence < sequenceCount; sequence++) for (let position = 0; position < blockLength - 1; position++, at++) {
		const row = sequence * blockLength + position;
		out.rows[at] = row;
		out.targets[at] = present(ids[row + 1]);
		out.tokenGroups[at] = present(groupOf[sequence]);
	}
	return {
		...out,
		tokenGroupCount: groupStarts.length - 1
	};
}
/** Windows over a text without BOS; `bos`: what the corpus' sequences begin with. */
function slidingPlan(stream, { window, stride }, bos) {
	const ahead = bos === null ? 1 : 0;
	const sequences = slidingWindows(stream.length, window, stride).map(({ begin, end, firstScored }) => ({
		begin,
		end,
		keepFrom: firstScored - ahead,
		keepTo: end - ahead
	}));
	const rows = sequences.reduce((sum, { keepFrom, keepTo }) => sum + keepTo - keepFrom, 0);
	return {
		ids: stream,
		firstToken: bos,
		sequences,
		longest: Math.min(window, stream.length),
		rows
	};
}
/**
* What each kept row predicts: the next token. A target counts in the group of its text (`groupStarts`: the first token of
* each, in the stream); what comes after the last sequence counts in the last.
*/
function slidingScores(plan, groupStarts) {
	const used = groupStarts.length - 1;
	const targets = new Int32Array(plan.rows);
	const groups = new Int32Array(plan.rows);
	const ahead = plan.firstToken === null ? 1 : 0;
	let [row, group] = [0, 0];
	for (const { keepFrom, keepTo } of plan.sequences) for (let position = keepFrom; position < keepTo; position++, row++) {
		const target = position + ahead;
		while (group < used - 1 && target >= present(groupStarts[group + 1])) group++;
		targets[row] = present(plan.ids[target]);
		groups[row] = group;
	}
	return {
		rows: Int32Array.from({ length: plan.rows }, (_, i) => i),
		targets,
		tokenGroups: groups,
		tokenGroupCount: used
	};
}
// src/audit/capture/capture.ts
/** @file Runs a body over the corpus and stores what it yields: the taps, and the hidden state that the head reads. */
/** Run every sequence of the plan and write its kept rows. `onTokens` hears how many tokens were run. Errors: CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED. */
async function capture(body, plan, stores, onTokens) {
	let done = 0;
	let storeRow = 0;
	await runSequences(body, plan, [...stores.keys()], async (result, batch) => {
		for (const [output, store] of stores) await storeRows({
			model: body.name,
			name: output
		}, result.float32(output), batch, {
			store,
			storeRow
		});
		for (const sequence of batch) {
			storeRow += sequence.keepTo - sequence.keepFrom;
			done += sequence.end - sequence.begin;
		}
		onTokens(done);
	});
}
/**
* Run every sequence of the plan and give `use` the named outputs, batch after batch. Sequences of one length run together,
* `body.sequences` at a time; a batch that is not full is filled up with its first sequence. Errors: ENGINE_FAILED.
*/
async function runSequences(body, plan, outputs, use) {
	const begin = (batch) => body.session.run(batchInputs(body, plan, batch), outputs);
	await inOrder(batches(plan.sequences, body.sequences), body.session.inFlight, begin, use);
}
/** Neighbouring sequences of equal length, at most `size` together. */
function* batches(sequences, size) {
	let batch = [];
	const lengthOf = (s) => s === void 0 ? 0 : s.end - s.begin;
	for (const sequence of sequences) {
		if (batch.length === size || batch.length > 0 && lengthOf(batch[0]) !== lengthOf(sequence)) {
			yield batch;
			batch = [];
		}
		batch.push(sequence);
	}
	if (batch.length > 0) yield batch;
}
function batchInputs({ sequences }, plan, batch) {
	const [first] = batch;
	if (first === void 0) throw new RangeError("an empty batch");
	const length = first.end - first.begin;
	const rows = sequences * length;
	const input = new BigInt64Array(rows);
	const counted = new Float32Array(rows);
	for (let b = 0; b < sequences; b++) {
		const sequence = batch[b] ?? first;
		const { begin, keepFrom, keepTo } = sequence;
		input.set(BigInt64Array.from(sequenceIds(plan, sequence), BigInt), b * length);
		if (b < batch.length) counted.fill(1, b * length + keepFrom - begin, b * length + keepTo - begin);
	}
	const lastPosition = new Int32Array(sequences).fill(length - 1);
	return {
		ids: {
			type: "int64",
			data: input,
			dims: [sequences, length]
		},
		last_position: {
			type: "int32",
			data: lastPosition,
			dims: [sequences]
		},
		length: {
			type: "int32",
			data: Int32Array.of(length),
			dims: []
		},
		[COUNTED_ROWS]: {
			type: "float32",
			data: counted,
			dims: [rows, 1]
		}
	};
}
/** Write the kept rows of one output of a batch. Errors: CAPTURE_NOT_FINITE, SPILL_FAILED. */
async function storeRows(output, values, batch, { store, storeRow }) {
	const { width } = store;
	let row = storeRow;
	for (const [b, { begin, end, keepFrom, keepTo }] of batch.entries()) {
		const start = b * (end - begin) + keepFrom - begin;
		const kept = values.subarray(start * width, (start + keepTo - keepFrom) * width);
		const bad = firstNonFinite(kept);
		if (bad >= 0) {
			const place = output.name === "hidden" ? "the final hidden state" : output.name;
			throw captureNotFinite(output.model, place, keepFrom + Math.floor(bad / width));
		}
		await store.write(row, kept);
		row += keepTo - keepFrom;
	}
}
// src/audit/machine/run-size.ts
/** Rows in a run on a GPU, where its memory allows. */
const GPU_ROWS = 4096;
/** More parts than this would make 512 rows sums of few. */
const MOST_PARTS = 16;
function runSize({ kind, threads, rows = GPU_ROWS }) {
	if (kind !== "cpu") return {
		bodyRows: rows,
		hiddenTile: null,
		headRows: rows,
		headTile: 8192,
		featureRows: rows,
		featureTile: 4096,
		rankedTile: 4096,
		rowParts: MOST_PARTS
	};
	return {
		bodyRows: 512,
		hiddenTile: 512,
		headRows: 1024,
		headTile: 1024,
		featureRows: 512,
		featureTile: 480,
		rankedTile: 32768,
		rowParts: Math.min(MOST_PARTS, Math.max(2, threads))
	};
}
// src/audit/capture/load-body.ts
/** @file A model's body on its way into the engine: compiled for the sequences that it will run, and loaded. */
/** Attention of plain products is the quicker one on the CPU and the right one on WebGPU; null: the fused kernel. */
const TILING = {
	cpu: CPU_TILING,
	cuda: null,
	webgpu: SAFE_TILING
};
/**
* How a body computes on a device. On the CPU 16-bit operands are emulated, and tiles of an MLP, which would be rounded each by
* itself, are left out. The fused kernel of CUDA takes 16-bit types only.
*/
function arithmetic({ kind, bodyType }, hiddenTile) {
	if (kind === "cpu" && bodyType !== "float32") return {
		type: "float32",
		rounding: bodyType,
		tiling: CPU_TILING,
		hiddenTile: null
	};
	return {
		type: bodyType,
		tiling: kind === "cuda" && bodyType === "float32" ? SAFE_TILING : TILING[kind],
		hiddenTile
	};
}
/** Compile and load the body. Errors: HOOK_MISSING, ENGINE_FAILED, the checkpoint's own. */
async function loadBody(model, program, sequences, device) {
	const { decoder } = model;
	const { blockLength, longest, count } = sequences;
	const operations = stageCost.body(decoder, count * blockLength, longest);
	const lanes = shareThreads(device, {
		weightBytes: bodyBytes(decoder),
		operations
	});
	const shape = bodyShape(lanes.device, sequences);
	const whole = device.kind === "cuda" ? { partBytes: Number.POSITIVE_INFINITY } : {};
	const session = await loadProgram(model, program, {
		shape,
		lanes,
		...whole
	});
	return {
		name: model.name,
		sequences: shape.sequences,
		session
	};
}
/** What a body's graph is built for on a device (a lane's share of its threads). */
function bodyShape(device, { blockLength, longest, count, sharing }) {
	const { bodyRows, hiddenTile } = runSize(device);
	const together = Math.max(1, Math.min(count, Math.floor(bodyRows / blockLength)));
	const cut = {
		length: longest,
		...arithmetic(device, hiddenTile)
	};
	return sharing === void 0 ? {
		sequences: together,
		...cut
	} : {
		sequences: sharing,
		sharesRows: true,
		...cut
	};
}
// src/audit/capture/stream-body.ts
/**
* @file A body too large for the memory, run range by range: a range of blocks is loaded, every sequence runs through it, and the
* rows of the residual stream wait in a store while the next range takes its place (docs/decisions/2026-11-29-streaming.md).
*/
const lengthOf = ({ begin, end }) => end - begin;
/** Tokens that a plan runs, kept or not. */
function runTokens({ sequences }) {
	return sequences.reduce((sum, sequence) => sum + lengthOf(sequence), 0);
}
/**
* Run plans through the ranges of a body, as `streamedParts` cuts it. Errors: CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED, the
* checkpoint's own.
*/
async function streamBody(model, ranges, plans, streaming) {
	const { tally, sequences, readsAhead, onTokens, onRange } = streaming;
	const { decoder } = model;
	const lanes = streaming.lanes ?? lanesOf(decoder, ranges, plans, streaming);
	const shape = bodyShape(lanes.device, sequences);
	const begun = performance.now();
	let done = 0;
	const onWaited = (seconds) => {
		tally.secondsWaited += seconds;
	};
	const [first, last] = [ranges[0], ranges.at(-1)];
	await partByPart(model, ranges, {
		shape,
		lanes,
		readsAhead,
		onWaited
	}, async (part) => {
		const { program } = part;
		const ends = {
			isFirst: program === first,
			isLast: program === last
		};
		const range = {
			name: model.name,
			part,
			together: shape.sequences,
			...ends
		};
		for (const plan of plans) await runRange(range, plan, (length) => {
			done += length;
			onTokens(Math.round(done / ranges.length));
		});
		await onRange?.(part.program);
	});
	tally.secondsStreamed += (performance.now() - begun) / 1e3;
	tally.ranges = Math.max(tally.ranges, ranges.length);
	tally.bytesRead += storedBytes(model, ranges);
}
function lanesOf(decoder, ranges, plans, { device, sequences }) {
	const tokens = plans.reduce((sum, { plan }) => sum + runTokens(plan), 0);
	return shareThreads(device, {
		weightBytes: Math.max(...ranges.map((range) => rangeBytes(range, decoder))),
		operations: stageCost.body(decoder, tokens, sequences.longest)
	});
}
/** Of the tensors that the ranges are made of, each once. */
function storedBytes({ decoder, tensors }, ranges) {
	return [...new Set(ranges.flatMap((range) => programRefs(range, decoder)).map(({ tensor }) => tensor))].reduce((sum, name) => sum + present(tensors.entries.get(name)).byteLength, 0);
}
/** Run a plan through one range. Errors: CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED. */
async function runRange({ name, part, together, isFirst, isLast }, { plan, stores, between, before, keepsEnd = true, given = /* @__PURE__ */ new Map(), onSum }, onBatch) {
	const { program, session, outputs } = part;
	const taken = [...stores.keys()].filter((output) => outputs.includes(output));
	const sums = onSum === void 0 ? [] : program.sums.map(sumName);
	const goesOn = outputs.includes("residual") && (keepsEnd || !isLast);
	const start = isFirst ? before ?? between : between;
	const fetched = [
		...taken,
		...sums,
		...goesOn ? [RESIDUAL] : []
	];
	const begin = async ({ batch, betweenRow }) => {
		const inputs = batchInputs({ sequences: together }, plan, batch);
		if (program.from === "ids") return await runPart(part, inputs, fetched);
		const rows = { [RESIDUAL_BEFORE]: await rowsBefore(start, batch, betweenRow, together) };
		for (const [name, store] of given) if (part.inputs.includes(name)) rows[name] = await rowsBefore(store, batch, betweenRow, together);
		return await runPart(part, {
			...inputs,
			...rows
		}, fetched);
	};
	await inOrder(placed$1(plan, together), session.inFlight, begin, async (result, { batch, storeRow, betweenRow }) => {
		for (const output of taken) {
			const store = stores.get(output);
			if (store === void 0) continue;
			await storeRows({
				model: name,
				name: output
			}, result.float32(output), batch, {
				store,
				storeRow
			});
		}
		const tokens = batch.reduce((sum, sequence) => sum + lengthOf(sequence), 0);
		for (const name of sums) onSum?.(name, result.float32(name));
		if (goesOn) {
			const rows = result.float32(RESIDUAL).subarray(0, tokens * between.width);
			await between.write(betweenRow, rows);
		}
		onBatch(tokens);
	});
}
function* placed$1(plan, together) {
	let [storeRow, betweenRow] = [0, 0];
	for (const batch of batches(plan.sequences, together)) {
		yield {
			batch,
			storeRow,
			betweenRow
		};
		for (const sequence of batch) {
			storeRow += sequence.keepTo - sequence.keepFrom;
			betweenRow += lengthOf(sequence);
		}
	}
}
/** A batch that is not full is filled up with its first sequence, as its ids are. */
async function rowsBefore(between, batch, firstRow, together) {
	const [first] = batch;
	if (first === void 0) throw new RangeError("an empty batch");
	const { width } = between;
	const size = lengthOf(first) * width;
	const data = new Float32Array(together * size);
	data.set(await between.read(firstRow, firstRow + batch.length * lengthOf(first)));
	for (let b = batch.length; b < together; b++) data.copyWithin(b * size, 0, size);
	return {
		type: "float32",
		data,
		dims: [together * lengthOf(first), width]
	};
}
// src/audit/machine/fewer-rows.ts
/**
* @file A stage of the audit on a device whose memory may be too small for a run of the usual size: where the device says so, the stage is
* done again with half as many rows in a run, and so on. What a stage has summed is its own, so that nothing counts twice. On the CPU
* rows are few, and no smaller run would help.
*/
/** Below this the weights are what does not fit. */
const LEAST_ROWS = 128;
/** Errors: those of the stage. */
async function withFewerRows(device, stage) {
	for (let tried = device;;) try {
		return await stage(tried);
	} catch (error) {
		const { rows = GPU_ROWS } = tried;
		if (device.kind === "cpu" || !isOutOfMemory(error) || rows <= LEAST_ROWS) throw error;
		tried = {
			...tried,
			rows: rows / 2
		};
	}
}
/** As onnxruntime's arenas, CUDA, cuBLAS, cuDNN and WebGPU say it. */
function isOutOfMemory(error) {
	if (!(error instanceof SaegateError) || error.code !== "ENGINE_FAILED") return false;
	return /out of memory|failed to allocate memory|ALLOC_FAILED|CUDA failure 2\b|Not enough memory/i.test(error.message);
}
// src/audit/calibration/kept-sums.ts
/** Sums of the block that runs, float64; and of those before it. */
var KeptSums = class {
	#running = /* @__PURE__ */ new Map();
	#vectors = /* @__PURE__ */ new Map();
	/** Σxᵀx, (in, in). */
	#products = /* @__PURE__ */ new Map();
	/** A batch more. The largest of magnitudes is no sum. */
	add(name, values) {
		const into = this.#running.get(name) ?? new Float64Array(values.length);
		if (name.endsWith(".largest")) for (let i = 0; i < values.length; i++) into[i] = Math.max(present(into[i]), present(values[i]));
		else for (let i = 0; i < values.length; i++) into[i] = present(into[i]) + present(values[i]);
		this.#running.set(name, into);
	}
	/** All sequences ran through these. */
	async settle(sums, memory) {
		for (const sum of sums) {
			const name = sumName(sum);
			const values = present(this.#running.get(name), name);
			this.#running.delete(name);
			if (sum.of !== "products") this.#vectors.set(name, values);
			else {
				const size = Math.round(Math.sqrt(values.length));
				const store = await createRowStore(size, size, memory);
				this.#products.set(name, store);
				await store.write(0, Float32Array.from(values));
			}
		}
	}
	async read(input, of) {
		const name = sumName({
			input,
			of
		});
		const store = this.#products.get(name);
		if (store === void 0) return present(this.#vectors.get(name), name);
		return await store.read(0, store.rows);
	}
	async close() {
		for (const store of this.#products.values()) await store.close();
		this.#products.clear();
		this.#running.clear();
		this.#vectors.clear();
	}
};
// src/audit/calibration/calibrate.ts
/** Is something to be calibrated? */
function isCalibrated(candidate) {
	return candidate.kind === "derived" && (candidate.calibrated?.figures.length ?? 0) > 0;
}
/** What is asked of inputs for any of the candidates. */
function calibratedFigures(candidates) {
	const asked = candidates.filter(isCalibrated).flatMap(({ calibrated }) => calibrated?.figures ?? []);
	return [...new Set(asked)];
}
/** Floating-point operations of the pass. */
function calibrationCost(decoder, text) {
	return text === null ? 0 : stageCost.body(decoder, text.tokens.chunked.plan.rows, text.tokens.longest);
}
/** `text` null: nothing is to be calibrated. Errors: those of running a model. */
async function calibrate(run, reference, candidates, text) {
	if (text === null) return {
		candidates,
		close: async () => {}
	};
	const concerned = candidates.filter(isCalibrated);
	const found = await sumInputs$1(run, reference, {
		stage: "calibration",
		figures: calibratedFigures(candidates),
		tokens: text.tokens,
		end: reference.decoder.spec.blocks.length
	});
	for (const { calibrated } of concerned) calibrated?.slot.fill(found.read);
	return {
		candidates: candidates.map((candidate) => {
			if (!isCalibrated(candidate) || candidate.compression === null) return candidate;
			const made = `${candidate.made}, calibrated on ${text.report.sha256}`;
			return {
				...candidate,
				made,
				compression: {
					...candidate.compression,
					calibration: text.report
				}
			};
		}),
		close: found.close
	};
}
/** Errors: those of running a model. */
async function sumInputs$1(run, model, { stage, figures, tokens, end }) {
	const { decoder } = model;
	const before = targets(decoder).filter(({ input }) => input.layer < end);
	const inputs = new Map(before.map(({ input }) => [targetInputName(input), input]));
	const sums = [...inputs.values()].flatMap((input) => figures.map((of) => ({
		input,
		of
	})));
	const program = {
		...bodyUpTo([]),
		to: end,
		sums
	};
	const kept = new KeptSums();
	const { plan } = tokens.chunked;
	const between = await createRowStore(runTokens(plan), rowWidth(decoder), run.memory);
	const cost = stageCost.body(decoder, plan.rows, tokens.longest, end);
	const onTokens = run.work.stage(stage, cost, plan.rows);
	const sequences = {
		blockLength: tokens.sequences.blockLength,
		longest: tokens.longest,
		count: plan.sequences.length
	};
	try {
		await withFewerRows(run.device, async (device) => {
			await kept.close();
			const ranges = streamedParts(program, decoder, run.weights.kind === "stream" ? run.weights.rangeBytes : 0);
			const adding = {
				plan,
				stores: /* @__PURE__ */ new Map(),
				between,
				onSum: (name, values) => kept.add(name, values)
			};
			const onRange = async (range) => await kept.settle(range.sums, run.memory);
			const tally = run.weights.kind === "stream" ? run.streamed : emptyTally();
			await streamBody(model, ranges, [adding], {
				device,
				sequences,
				readsAhead: false,
				tally,
				onTokens,
				onRange
			});
		});
	} catch (error) {
		await kept.close();
		throw error;
	} finally {
		await between.close();
	}
	return {
		read: (input, figure) => kept.read(present(inputs.get(input)), figure),
		close: () => kept.close()
	};
}
// src/errors/causal.ts
/** @file Problems of looking at what features cause. */
const causalHook = problem("CAUSAL_HOOK", 2, (hook, reason) => ({
	message: `Features at ${hook} cannot be ablated and steered: ${reason}.`,
	fix: "Take an SAE of the residual stream before a block (blocks.L.hook_resid_pre) or after one that is not the last (blocks.L.hook_resid_post)."
}));
const causalTranscoder = problem("CAUSAL_TRANSCODER", 2, (sae) => ({
	message: `${sae} reads one place and predicts another: what a feature adds where it is read is not known, so it cannot be taken away there.`,
	fix: "Take a sparse autoencoder, which rebuilds what it reads."
}));
const causalTurned = problem("CAUSAL_TURNED", 2, (name) => ({
	message: `${name} is turned back to the reference's basis where it is read; its stored rows are not the ones that its blocks go on with.`,
	fix: "Leave it out of the causal checks, or give a checkpoint that was quantized without rotation."
}));
const causalOnnx = problem("CAUSAL_ONNX", 2, (name) => ({
	message: `${name} is an ONNX model, which runs from token ids to logits as a whole: it cannot be started at a hook.`,
	fix: "Give its checkpoint in place of the ONNX model."
}));
const causalLosses = problem("CAUSAL_LOSSES", 2, () => ({
	message: "Causal checks compare next-token distributions, and --perplexity leaves out what stands behind the SAE.",
	fix: "Use --perplexity chunked."
}));
const causalStreamed = problem("CAUSAL_STREAMED", 3, (name) => ({
	message: `${name} does not fit into memory and is read range by range; causal checks run the blocks behind the SAE many times over and need them there.`,
	fix: "Use a machine with more memory, or audit without the causal checks."
}));
const causalSilent = problem("CAUSAL_SILENT", 2, (readout, features) => ({
	message: `At ${readout} the reference never fires ${features} on this text, so there is nothing to ablate.`,
	fix: "Use more or other text, or take them off the list."
}));
// src/audit/run/readout.ts
/** @file A read-out: one SAE at one hook of the reference. */
function placeOf({ id, hook, pattern, dictionary, center, positions, decoderNorms }) {
	const { spec, reads, d_sae, d_in, architecture, sha256, neuronpedia, claims } = dictionary;
	return {
		id,
		hook,
		pattern,
		sae: spec,
		layer: reads.layer,
		width: d_sae,
		modelWidth: d_in,
		architecture,
		sha256,
		center,
		positions,
		neuronpedia,
		claims,
		decoderNorms
	};
}
/** Where the read-outs read, and where what they rebuild stands: each place once. */
function hooksOf$1(readouts) {
	const hooks = readouts.flatMap(({ dictionary: { reads, predicts } }) => [reads, predicts]);
	return [...new Map(hooks.map((hook) => [hookName(hook), hook])).values()];
}
// src/audit/capture/growing-captures.ts
/** By the text that grows; whoever holds it holds these. */
const grownOver = /* @__PURE__ */ new WeakMap();
/** Rows of the model over `tokens`, a beginning of the text that grows. Errors: those of capturing. */
async function grownCapture(growing, model, { sequences: { sequenceCount, blockLength } }, { open, run }) {
	const all = grownOver.get(growing) ?? /* @__PURE__ */ new Map();
	grownOver.set(growing, all);
	const grown = all.get(model) ?? {
		stores: await open(growing.whole),
		sequences: 0
	};
	all.set(model, grown);
	const rows = sequenceCount * blockLength;
	if (grown.sequences < sequenceCount) {
		const firstRow = grown.sequences * blockLength;
		const stores = within(grown.stores, firstRow, rows - firstRow);
		await run({
			firstSequence: grown.sequences,
			stores
		});
		grown.sequences = sequenceCount;
	}
	return within(grown.stores, 0, rows);
}
/** Close what was captured. */
async function closeGrown(growing) {
	for (const { stores } of grownOver.get(growing)?.values() ?? []) for (const store of stores.values()) await store.close();
	grownOver.delete(growing);
}
/** Rows [first, first + rows) of every store, which stay open. */
function within(stores, first, rows) {
	const part = (store) => ({
		rows,
		width: store.width,
		inFile: store.inFile,
		write: async (row, values) => await store.write(first + row, values),
		read: async (start, end) => await store.read(first + start, first + end),
		close: async () => {}
	});
	return new Map([...stores].map(([name, store]) => [name, part(store)]));
}
// src/audit/capture/half-rows.ts
/** Bytes of a row of `width` values. */
function rowBytes$1(width, type) {
	return 4 * (type === "full" ? width : halfWidth(width));
}
/** A store in 16 bits where `type` says so, which adds what rounding took to `rounding`. Errors: SPILL_FAILED. */
async function createRowsOf(type, { rows, width }, budget, rounding) {
	if (type === "full") return await createRowStore(rows, width, budget);
	return halfRows(await createRowStore(rows, halfWidth(width), budget), width, rounding);
}
/** Float32 slots that a row of `width` values takes: two values in each, and its scale. */
function halfWidth(width) {
	return Math.ceil(width / 2) + 1;
}
/** Largest exponent of a scaled value: 2¹⁵ and what follows it still fit into float16. */
const TOP_EXPONENT = 15;
/** A store of rows of `width` in one of `halfWidth(width)`, whose slots are bits that nothing is computed with. */
function halfRows(base, width, rounding) {
	return {
		rows: base.rows,
		width,
		inFile: base.inFile,
		write: async (firstRow, values) => await base.write(firstRow, packRows(values, width, rounding)),
		read: async (start, end) => unpackRows(await base.read(start, end), width),
		close: () => base.close()
	};
}
/** Rows of `width` values as rows of `halfWidth(width)` slots. */
function packRows(values, width, rounding) {
	const slots = halfWidth(width);
	const count = values.length / width;
	const packed = new Float32Array(count * slots);
	for (let row = 0; row < count; row++) {
		const into = packed.subarray(row * slots, (row + 1) * slots);
		packRow(values.subarray(row * width, (row + 1) * width), into, rounding);
	}
	return packed;
}
/** The rounded values that `packRows` stored. */
function unpackRows(packed, width) {
	const slots = halfWidth(width);
	const count = packed.length / slots;
	const values = new Float32Array(count * width);
	for (let row = 0; row < count; row++) unpackRow(packed.subarray(row * slots, (row + 1) * slots), values.subarray(row * width, (row + 1) * width));
	return values;
}
const halvesOf = (row, width) => new Uint16Array(row.buffer, row.byteOffset + 4, width);
function packRow(values, into, rounding) {
	let largest = 0;
	for (const value of values) largest = Math.max(largest, Math.abs(value));
	const scale = largest === 0 ? 1 : 2 ** Math.max(-126, Math.min(126, TOP_EXPONENT - Math.floor(Math.log2(largest)) - 1));
	into[0] = 1 / scale;
	const scaled = values.map((value) => value * scale);
	const halves = halvesOf(into, values.length);
	narrowToFloat16(scaled, halves);
	const stored = new Float32Array(values.length);
	widenFloat16(halves, stored);
	let [error, size] = [0, 0];
	for (let i = 0; i < values.length; i++) {
		const value = present(values[i]);
		error += (value - present(stored[i]) / scale) ** 2;
		size += value ** 2;
	}
	rounding.error += error;
	rounding.size += size;
}
function unpackRow(packed, into) {
	const unscale = present(packed[0]);
	widenFloat16(halvesOf(packed, into.length), into);
	for (let i = 0; i < into.length; i++) into[i] = present(into[i]) * unscale;
}
// src/audit/capture/capture-model.ts
/** @file One model, loaded, run over sequences and windows, and unloaded: what is kept of it. */
/**
* Load a model, run it over sequences and windows, and unload it; of a text that grows, over what was added. `name`: as progress calls
* it.
*/
async function captureModel(run, name, model) {
	const { growing, tokens } = run;
	if (growing === null) {
		const stores = await openStores(run, model);
		await captureInto({
			run,
			name,
			model
		}, tokens.chunked.plan, stores);
		return stores;
	}
	return {
		chunked: await grownCapture(growing, model, tokens, {
			open: async (whole) => (await openStores({
				...run,
				tokens: whole
			}, model)).chunked,
			run: async ({ firstSequence, stores }) => {
				const { plan } = tokens.chunked;
				const sequences = plan.sequences.slice(firstSequence);
				const rows = plan.rows - firstSequence * tokens.sequences.blockLength;
				await captureInto({
					run,
					name,
					model
				}, {
					...plan,
					sequences,
					rows
				}, {
					chunked: stores,
					sliding: null
				});
			}
		}),
		sliding: null
	};
}
/** `plan`: of the sequences. The stores are closed where it fails. */
async function captureInto({ run, name, model }, plan, stores) {
	const { tokens } = run;
	const hooks = hooksOf$1(run.readouts);
	const sequences = {
		blockLength: tokens.sequences.blockLength,
		longest: tokens.longest,
		count: Math.max(plan.sequences.length, tokens.sliding?.plan.sequences.length ?? 0)
	};
	const running = {
		run,
		name,
		model,
		program: wantsLosses(run.config) ? wholeBody$1(hooks) : bodyUpTo(hooks),
		sequences,
		plan
	};
	try {
		await withFewerRows(run.device, (device) => runOn({
			...running,
			run: {
				...run,
				device
			}
		}, stores));
	} catch (error) {
		await closeCapture(stores);
		throw error;
	}
}
/** Empty, for all that is kept of a model. Errors: SPILL_FAILED. */
async function openStores({ config, tokens, readouts, memory }, { decoder }, create = createRowStore) {
	const { rows } = tokens.chunked.plan;
	const { d_model } = decoder.spec;
	const chunked = /* @__PURE__ */ new Map();
	for (const hook of hooksOf$1(readouts)) chunked.set(hookName(hook), await create(rows, hookWidth$1(decoder, hook), memory));
	if (wantsLosses(config)) chunked.set(HIDDEN, await create(rows, d_model, memory));
	const windows = tokens.sliding?.plan;
	return {
		chunked,
		sliding: windows === void 0 ? null : await create(windows.rows, d_model, memory)
	};
}
/** On its device, once: all of it written anew where a run before was too large. */
async function runOn(running, stores) {
	const { weights } = running.run;
	if (weights.kind === "stream") await runStreamed$1(running, weights, stores);
	else await runWhole$1(running, stores);
}
/** All of it in the engine: sequences, then windows. */
async function runWhole$1({ run: { tokens, work, device }, name, model, program, sequences, plan }, { chunked, sliding }) {
	const { decoder } = model;
	const [, end] = blockRange(program, decoder);
	const stage = (what, rows) => work.stage(`${name}: ${what}`, stageCost.body(decoder, rows, tokens.longest, end), rows);
	const body = await loadBody(model, program, sequences, device);
	try {
		await capture(body, plan, chunked, stage("forward pass", plan.rows));
		if (tokens.sliding === null || sliding === null) return;
		const windows = tokens.sliding.plan;
		await capture(body, windows, /* @__PURE__ */ new Map([[HIDDEN, sliding]]), stage("sliding windows", runTokens(windows)));
	} finally {
		await body.session.release();
	}
}
/** Range by range, sequences and windows through each. */
async function runStreamed$1({ run, name, model, program, sequences, plan }, { rangeBytes, rows, readsAhead }, { chunked, sliding }) {
	const { tokens, work, device, memory, streamed: tally } = run;
	const { decoder } = model;
	const [, end] = blockRange(program, decoder);
	const runs = [{
		plan,
		stores: chunked
	}, ...tokens.sliding === null || sliding === null ? [] : [{
		plan: tokens.sliding.plan,
		stores: /* @__PURE__ */ new Map([[HIDDEN, sliding]])
	}]];
	const total = runs.reduce((sum, { plan }) => sum + runTokens(plan), 0);
	const onTokens = work.stage(`${name}: forward pass, range by range`, stageCost.body(decoder, total, tokens.longest, end), total);
	const plans = [];
	try {
		for (const of of runs) {
			const between = await createRowsOf(rows, {
				rows: runTokens(of.plan),
				width: rowWidth(decoder)
			}, memory, tally.rounding);
			plans.push({
				...of,
				between
			});
		}
		noteRows(tally, rowWidth(decoder), rows, plans);
		await streamBody(model, streamedParts(program, decoder, rangeBytes), plans, {
			device,
			sequences,
			readsAhead,
			tally,
			onTokens
		});
	} finally {
		for (const { between } of plans) await between.close();
	}
}
/** What waits between two ranges of this model, beside what other models took. */
function noteRows({ rowBytes: most }, width, type, plans) {
	const bytes = (inFile) => plans.reduce((sum, { between }) => sum + (between.inFile === inFile ? between.rows * rowBytes$1(width, type) : 0), 0);
	most.memory = Math.max(most.memory, bytes(false));
	most.file = Math.max(most.file, bytes(true));
}
function storeOf(stores, name) {
	const store = stores.get(name);
	if (store === void 0) throw new RangeError(`nothing was captured at ${name}`);
	return store;
}
async function closeCapture({ chunked, sliding }) {
	for (const store of chunked.values()) await store.close();
	await sliding?.close();
}
// src/audit/encoding/tile-weights.ts
/**
* @file Where a graph has the weights of its tiles from. As constants of its own: the engine copies them several times while it loads the
* graph, and packs them for its products. Or as inputs of every run, read where they lie in memory: no copy, nothing to load, and one
* graph for every slab of features (docs/decisions/2026-11-29-wide-encoders.md).
*/
function vectorOf({ encoder: { bias, threshold } }, name, [start, end]) {
	const heights = threshold?.subarray(start, end).map((theta) => Math.max(theta, 0)) ?? null;
	if (name === "threshold") return heights;
	const own = bias.subarray(start, end);
	return heights === null ? own : own.map((value, j) => value - present(heights[j]));
}
function decoderOf({ encoder, W_dec }) {
	if (W_dec === null) throw new RangeError("nothing is rebuilt here");
	return {
		W_dec,
		d_out: W_dec.length / encoder.bias.length
	};
}
/** Constants of the graph. `name` tells those of several encoders in one graph apart. */
function constantWeights(g, of, name = "") {
	const { d_in, W_enc, bias } = of.encoder;
	const width = bias.length;
	return {
		jumps: of.encoder.threshold !== null,
		vector(vector, range) {
			const values = vectorOf(of, vector, range);
			if (values === null) return null;
			return g.initializer(`${name}${vector}_${range.join("_")}`, "float32", [values.length], values);
		},
		columns([start, end]) {
			const size = end - start;
			const columns = new Float32Array(d_in * size);
			for (let row = 0; row < d_in; row++) columns.set(W_enc.subarray(row * width + start, row * width + end), row * size);
			return g.initializer(`${name}W_enc_${start}`, "float32", [d_in, size], columns);
		},
		rows([start, end]) {
			const { W_dec, d_out } = decoderOf(of);
			const rows = W_dec.subarray(start * d_out, end * d_out);
			return g.initializer(`${name}W_dec_${start}`, "float32", [end - start, d_out], rows);
		}
	};
}
/**
* Inputs of the graph, of a slab of as many features as `of` has: `W_enc` (d_in, n) of all features and `first` (1), the slab's first
* among them; of the slab alone vectors by their names and `W_dec` (features, d_out).
*/
function givenWeights(g, of) {
	const { d_in, bias } = of.encoder;
	const slab = bias.length;
	const inputs = /* @__PURE__ */ new Map();
	const input = (name, make) => {
		const known = inputs.get(name) ?? make();
		inputs.set(name, known);
		return known;
	};
	const jumps = of.encoder.threshold !== null;
	return {
		jumps,
		vector(vector, [start, end]) {
			if (vector === "threshold" && !jumps) return null;
			return columns(g, input(vector, () => g.input(vector, "float32", [slab])), start, end);
		},
		columns([start, end]) {
			const all = input("W_enc", () => g.input("W_enc", "float32", [d_in, "n_feature"]));
			const first = input("first", () => g.input("first", "int64", [1]));
			const [from, to] = [add(g, first, g.integers([start])), add(g, first, g.integers([end]))];
			return {
				...range(g, all, 1, from, to),
				shape: [d_in, end - start]
			};
		},
		rows([start, end]) {
			const { d_out } = decoderOf(of);
			const all = input("W_dec", () => g.input("W_dec", "float32", [slab, d_out]));
			return {
				...range(g, all, 0, g.integers([start]), g.integers([end])),
				shape: [end - start, d_out]
			};
		}
	};
}
/** What `givenWeights` asks for, of the features in the range: of matrices views, no copies. */
function givenInputs(of, [start, end]) {
	const { d_in, W_enc, bias } = of.encoder;
	const inputs = {
		W_enc: {
			type: "float32",
			data: W_enc,
			dims: [d_in, bias.length]
		},
		first: {
			type: "int64",
			data: BigInt64Array.of(BigInt(start)),
			dims: [1]
		}
	};
	for (const name of ["bias", "threshold"]) {
		const data = vectorOf(of, name, [start, end]);
		if (data !== null) inputs[name] = {
			type: "float32",
			data,
			dims: [end - start]
		};
	}
	if (of.W_dec !== null) {
		const { W_dec, d_out } = decoderOf(of);
		inputs.W_dec = {
			type: "float32",
			data: W_dec.subarray(start * d_out, end * d_out),
			dims: [end - start, d_out]
		};
	}
	return inputs;
}
/** The weights of a slab of features, whose graph serves every slab of as many. */
function slabWeights({ encoder, W_dec }, [start, end]) {
	const { bias, threshold } = encoder;
	const d_out = W_dec === null ? 0 : W_dec.length / bias.length;
	return {
		encoder: {
			...encoder,
			bias: bias.subarray(start, end),
			threshold: threshold?.subarray(start, end) ?? null,
			activatesBy: ruleAmong(encoder.activatesBy, bias.length, end - start)
		},
		W_dec: W_dec?.subarray(start * d_out, end * d_out) ?? null
	};
}
// src/audit/encoding/encoder-graph.ts
/** @file An SAE's encoder in a graph, in tiles of features. */
/** Tiles are a multiple of this wide: whole vectors. */
const TILE_MULTIPLE = 16;
/** Feature ranges that cover the encoder, none wider than `tile`. */
function featureTiles(width, tile) {
	const count = Math.ceil(width / tile);
	const size = Math.ceil(width / count / TILE_MULTIPLE) * TILE_MULTIPLE;
	return Array.from({ length: Math.ceil(width / size) }, (_, i) => [i * size, Math.min((i + 1) * size, width)]);
}
/** `name` tells the weights of several encoders in one graph apart. */
function encoderTile(g, encoder, range, name = "") {
	return tileOf(constantWeights(g, {
		encoder,
		W_dec: null
	}, name), range);
}
/** The tile's weights, wherever the graph has them from. */
function tileOf(weights, range) {
	let threshold = null;
	const once = () => {
		threshold ??= present(weights.vector("threshold", range));
		return threshold;
	};
	return {
		W: weights.columns(range),
		bias: present(weights.vector("bias", range)),
		threshold: weights.jumps ? once : null,
		size: range[1] - range[0]
	};
}
/** How far x (n_row, d_in) · W + b lies above its threshold, or above 0 where there is none → (n_row, tile). Above 0 it fires. */
function preActivations(g, x, tile) {
	return gemmPlain(g, x, tile.W, tile.bias);
}
/** What features make of them, (n_row, tile). */
function activate(g, pre, tile) {
	if (tile.threshold === null) return relu(g, pre);
	return jumpFrom(g, pre, tile.threshold());
}
// src/audit/encoding/prepared-rows.ts
/** Keeps a row without variance, or of zeros, from dividing by nothing: SAELens' own. */
const LAYER_NORM_EPSILON$1 = 1e-5;
/** x (n_row, d_in) as `input` says. */
function prepareRows(g, x, input) {
	const width = x.shape[1];
	if (typeof width !== "number") throw new RangeError(`${x.name}: its width is not known`);
	const perRow = (sums, count) => div(g, sums, g.scalar("float32", count));
	switch (input) {
		case "plain": return {
			rows: x,
			undo: (rebuilt) => rebuilt,
			alike: (others) => others
		};
		case "layer_norm": {
			const mean = perRow(rowSums(g, x), width);
			const centred = sub(g, x, mean);
			const variance = perRow(rowSums(g, mul(g, centred, centred)), width - 1);
			const deviation = add(g, sqrt(g, variance), g.scalar("float32", LAYER_NORM_EPSILON$1));
			return {
				rows: div(g, centred, deviation),
				undo: (rebuilt) => add(g, mul(g, rebuilt, deviation), mean),
				alike: (others, isDifference = false) => div(g, isDifference ? others : sub(g, others, mean), deviation)
			};
		}
		case "constant_norm_rescale": {
			const length = sqrt(g, perRow(rowSums(g, mul(g, x, x)), width));
			return {
				rows: div(g, x, length),
				undo: (rebuilt) => mul(g, rebuilt, length),
				alike: (others) => div(g, others, length)
			};
		}
	}
}
// src/audit/encoding/encoder-runs.ts
/**
* @file An encoder in the engine. One that is small is loaded with its graph, once per lane. A wide one stays where it lies in memory and
* is given to the graph's runs, a slab of features after the other: the engine would hold it four times while it loads, and takes
* ever longer to load the more tiles there are (docs/decisions/2026-11-29-wide-encoders.md).
*/
/** Tiles of a slab: a run of them takes long beside what it takes to begin one, and its graph is loaded in a tenth of a second. */
const SLAB_TILES = 16;
/** Features of a slab: where k of a row are looked for, one tile of them; else whole groups, in tiles that stay in cache. */
function slabFeatures({ activatesBy, bias }, device) {
	const { rankedTile, featureTile } = runSize(device);
	if (activatesBy !== "feature" && activatesBy.kind === "topk") return rankedTile;
	return wholeGroups(SLAB_TILES * featureTile, featuresTogether(activatesBy, bias.length), bias.length);
}
/** Work of an SAE's encoder on so many of its features and so many rows, of all models together. */
function encoderLoad({ d_in }, features, rows) {
	return {
		weightBytes: 4 * d_in * features,
		operations: 2 * d_in * features * rows
	};
}
/** A wide encoder stays where it lies, on the CPU. */
function encoderPlace(device, { isWide }, load) {
	const isGiven = isWide && device.kind === "cpu";
	return {
		isGiven,
		lanes: isGiven ? {
			count: 1,
			device
		} : shareThreads(device, load)
	};
}
/** Errors: ENGINE_FAILED, RUNTIME_MISSING. */
async function encoderRuns(weights, graphOf, { isGiven, lanes }, what) {
	return await (isGiven ? givenRuns : loadedRuns)(weights, graphOf, lanes, what);
}
/** With its weights in the engine. */
async function loadedRuns(weights, graphOf, lanes, what) {
	const range = [0, weights.encoder.bias.length];
	const session = await createLanes(graphOf(weights, false), lanes, what);
	return {
		inFlight: session.inFlight,
		run: async (inputs) => [{
			range,
			result: await session.run(inputs)
		}],
		release: () => session.release()
	};
}
/** With its weights given to every run, on all of the device's threads. They are not to be changed meanwhile. */
async function givenRuns(weights, graphOf, { device }, what) {
	const slabs = rangesOf$1(weights.encoder.bias.length, slabFeatures(weights.encoder, device));
	const sessions = /* @__PURE__ */ new Map();
	const release = async () => {
		for (const session of sessions.values()) await session.release();
	};
	const wanted = /* @__PURE__ */ new Set();
	try {
		for (const range of slabs) {
			const count = range[1] - range[0];
			if (sessions.has(count)) continue;
			const graph = graphOf(slabWeights(weights, range), true);
			for (const name of graph.inputs) wanted.add(name);
			sessions.set(count, await createSession(graph, device, what));
		}
	} catch (error) {
		await release();
		throw error;
	}
	return {
		inFlight: 1,
		async run(inputs) {
			const results = [];
			for (const range of slabs) {
				const given = Object.entries(givenInputs(weights, range)).filter(([name]) => wanted.has(name));
				const session = present(sessions.get(range[1] - range[0]));
				results.push({
					range,
					result: await session.run({
						...inputs,
						...Object.fromEntries(given)
					})
				});
			}
			return results;
		},
		release
	};
}
// src/audit/encoding/row-features.ts
/**
* @file Dictionaries whose features fire by the row: the k largest pre-activations of all, or the largest of each group. What
* fires is had as k values and k ids per row, and activations of all features never are in memory together
* (docs/decisions/2026-11-29-row-encoders.md).
*/
/** Features at a time: a group gives one whatever the tile, in cache; k of every tile are few where there are few tiles. */
function rowTile(activatesBy, { featureTile, rankedTile }) {
	return activatesBy !== "feature" && activatesBy.kind === "topk" ? rankedTile : featureTile;
}
/**
* A graph of rows as they come in: input `x_0` (n_row, d_in); outputs `values` and `ids`, (n_row, k), those of rowFeatures. `given`: are weights
* inputs of it (givenWeights)?
*/
function rowGraph(encoder, tile, given = false) {
	const g = new GraphBuilder();
	const x = g.input("x_0", "float32", ["n_row", encoder.d_in]);
	const of = {
		encoder,
		W_dec: null
	};
	const weights = given ? givenWeights(g, of) : constantWeights(g, of);
	const { values, ids } = rowFeatures(g, prepareRows(g, x, encoder.input).rows, {
		encoder,
		weights
	}, tile);
	g.output("values", values);
	g.output("ids", ids);
	return g.build();
}
/**
* The features that fire by a row's rule, tile after tile, so that one tile's pre-activations are in memory at a time; of equal ones those of
* lower index (docs/decisions/2026-11-29-row-encoders.md). The tile changes nothing of what is chosen. `x`: prepared.
*/
function rowFeatures(g, x, of, tile) {
	const { activatesBy, bias } = of.encoder;
	if (activatesBy === "feature") throw new RangeError("features that activate by themselves");
	const width = bias.length;
	const parts = (activatesBy.kind === "topk" ? featureTiles(width, Math.max(tile, activatesBy.k)) : groupTiles(width, width / activatesBy.k, tile)).map((range) => tileWinners(g, x, of, range));
	const count = parts.reduce((sum, { values }) => sum + Number(values.shape[1]), 0);
	const values = concat(g, parts.map((part) => part.values), 1, ["n_row", count]);
	const ids = concat(g, parts.map((part) => part.ids), 1, ["n_row", count]);
	if (activatesBy.kind === "groupmax" || parts.length === 1) return {
		values: relu(g, values),
		ids
	};
	const best = topK(g, values, activatesBy.k);
	return {
		values: relu(g, best.values),
		ids: gatherElements(g, ids, best.indices, 1)
	};
}
/** Tiles of whole groups of `group` features, about `tile` wide. */
function groupTiles(width, group, tile) {
	const size = group * Math.max(1, Math.floor(tile / group));
	return Array.from({ length: Math.ceil(width / size) }, (_, i) => [i * size, Math.min((i + 1) * size, width)]);
}
/** Of one tile what may be among the row's: its k largest, or of each of its groups the largest. */
function tileWinners(g, x, { encoder, weights }, range) {
	const { activatesBy: rule } = encoder;
	if (rule === "feature") throw new RangeError("features that activate by themselves");
	const [start, end] = range;
	const tile = tileOf(weights, range);
	const pre = preActivations(g, x, tile);
	if (rule.kind === "topk") {
		const { values, indices } = topK(g, pre, Math.min(rule.k, tile.size));
		return {
			values,
			ids: start === 0 ? indices : add(g, indices, g.integers([start]))
		};
	}
	const group = encoder.bias.length / rule.k;
	const groups = (end - start) / group;
	const apart = reshape(g, pre, [
		-1,
		groups,
		group
	], [
		"n_row",
		groups,
		group
	]);
	const { value, index } = top1(g, apart);
	const flat = (of) => reshape(g, of, [-1, groups], ["n_row", groups]);
	const starts = BigInt64Array.from({ length: groups }, (_, i) => BigInt(start + i * group));
	const first = g.initializer(`groups_${start}`, "int64", [groups], starts);
	return {
		values: flat(value),
		ids: add(g, flat(index), first)
	};
}
// src/audit/encoding/row-winners.ts
/**
* @file What fires of rows whose features fire by the row, found over ranges of features: k values and k ids of each row wait while the next
* range is encoded, and the winners of both together go on. An encoder that is larger than memory is read so a range at a time, and once for
* as many rows as may wait (docs/decisions/2026-11-29-row-encoders.md).
*/
/** As much as a range of weights. */
const MOST_WAITING = 256e6;
/** float32 and int32. */
const WINNER_BYTES = 8;
/** Winners of one row in all models. */
const winnersOf = ({ k }, models) => WINNER_BYTES * k * models;
/** What waits between ranges at most, in bytes. */
function waitingBytes(rule, rows, models) {
	return Math.min(Math.max(MOST_WAITING, winnersOf(rule, models)), rows * winnersOf(rule, models));
}
/**
* Hand `use` what fires in each batch, in order, with what it was read as. Batches are read again for every range of the encoder. Errors:
* ENGINE_FAILED, those of reading W_enc.
*/
async function eachWinners(encoding, batches, read, use) {
	const { encoder, models, onRows, mostWaiting = MOST_WAITING } = encoding;
	const rule = rowRuleOf(encoder);
	const ranges = encoderRanges(encoder);
	const atOnce = ranges.length === 1 ? Number.POSITIVE_INFINITY : mostWaiting / winnersOf(rule, models);
	let before = 0;
	for (const portion of portions(batches, atOnce)) {
		const count = rowCount(portion);
		const waiting = /* @__PURE__ */ new Map();
		for (const [i, range] of ranges.entries()) {
			const runs = await runsOver(encoding, range, count);
			const begin = async (batch) => {
				const inputs = await read(batch);
				return {
					inputs,
					slabs: await slabsOf(runs, inputs, models)
				};
			};
			let done = 0;
			try {
				await inOrder(portion, runs.inFlight, begin, ({ inputs, slabs }, batch) => {
					const earlier = waiting.get(batch);
					const winners = slabs.map((of, m) => joined$1(rule, [...earlier === void 0 ? [] : [present(earlier[m])], ...winnersIn(of, range, batch)]));
					if (i < ranges.length - 1) waiting.set(batch, winners);
					else {
						waiting.delete(batch);
						use(batch, winners, inputs);
					}
					done += batch.rows.length;
					onRows(before + (i * count + done) / ranges.length);
				});
			} finally {
				await runs.release();
			}
		}
		before += count;
	}
}
function rowRuleOf({ activatesBy }) {
	if (activatesBy === "feature") throw new RangeError("features that activate by themselves");
	return activatesBy;
}
const rowCount = (batches) => batches.reduce((sum, { rows }) => sum + rows.length, 0);
/** Batches one after the other, of up to so many rows together; one at least. */
function portions(batches, atOnce) {
	const all = [];
	let rows = 0;
	for (const batch of batches) {
		const last = all.at(-1);
		if (last === void 0 || rows + batch.rows.length > atOnce) {
			all.push([batch]);
			rows = batch.rows.length;
		} else {
			last.push(batch);
			rows += batch.rows.length;
		}
	}
	return all;
}
async function runsOver({ encoder, device, models }, range, rows) {
	const weights = {
		encoder: await encoderOf(encoder, range),
		W_dec: null
	};
	const place = encoderPlace(device, encoder, encoderLoad(encoder, range[1] - range[0], models * rows));
	const tile = rowTile(encoder.activatesBy, runSize(place.lanes.device));
	const graph = (of, given) => rowGraph(of.encoder, tile, given);
	return await encoderRuns(weights, graph, place, "the SAE encoder");
}
/** Of each model. */
async function slabsOf(runs, inputs, models) {
	const all = [];
	for (let m = 0; m < models; m++) all.push(await runs.run({ x_0: present(inputs[`x_${m}`]) }));
	return all;
}
/** By ids of the whole dictionary. RangeError: an id that is none. */
function winnersIn(slabs, [first], { rows }) {
	return slabs.map(({ range: [start, end], result }) => {
		const k = present(result.dims("ids")[1]);
		const ids = Int32Array.from(result.int64("ids").subarray(0, k * rows.length), (id) => {
			if (id < 0 || id >= end - start) throw new RangeError(`feature ${id} of ${end - start}`);
			return Number(id) + start + first;
		});
		return {
			k,
			values: result.float32("values").subarray(0, ids.length),
			ids
		};
	});
}
/** Winners of ranges in ascending order: of topk the k largest of all, of groupmax each group's. */
function joined$1({ kind, k }, parts) {
	const put = kind === "topk" ? largestOf : sideBySide;
	return parts.reduce((a, b) => put(a, b, k));
}
/** The k largest of both, in order; of equal ones a's, whose ids are lower. */
function largestOf(a, b, most) {
	const rows = a.values.length / a.k;
	const k = Math.min(most, a.k + b.k);
	const [values, ids] = [new Float32Array(rows * k), new Int32Array(rows * k)];
	for (let row = 0; row < rows; row++) {
		let [i, j] = [row * a.k, row * b.k];
		const [endA, endB] = [i + a.k, j + b.k];
		for (let at = row * k; at < (row + 1) * k; at++) {
			const isA = j === endB || i < endA && a.values[i] >= b.values[j];
			values[at] = isA ? a.values[i] : b.values[j];
			ids[at] = isA ? a.ids[i++] : b.ids[j++];
		}
	}
	return {
		k,
		values,
		ids
	};
}
function sideBySide(a, b) {
	const rows = a.values.length / a.k;
	const k = a.k + b.k;
	const [values, ids] = [new Float32Array(rows * k), new Int32Array(rows * k)];
	for (let row = 0; row < rows; row++) for (const [part, at] of [[a, row * k], [b, row * k + a.k]]) {
		values.set(part.values.subarray(row * part.k, (row + 1) * part.k), at);
		ids.set(part.ids.subarray(row * part.k, (row + 1) * part.k), at);
	}
	return {
		k,
		values,
		ids
	};
}
// src/audit/explain/probe.ts
/** @file Activations of a few features of an SAE on any rows, whichever way its features fire. */
/**
* Hand `use` the activations of `features` as the audit computes them: of features that fire by the row, the whole encoder is run.
* Errors: ENGINE_FAILED.
*/
async function withProbe(encoder, features, device, use) {
	if (encoder.activatesBy === "feature") return await withColumns(encoder, features, device, use);
	return await use(byRow(encoder, features, device));
}
/** Hand `use` what the features' own columns make of rows: of features that fire by the row, relu of what they fire by. */
async function withColumns(encoder, features, device, use) {
	return await withSession(columnsGraph(await pickFeatures(encoder, features)), device, (session) => use(async (residuals, rows) => (await session.run(await inputs(residuals, rows))).float32("a")));
}
async function withSession(graph, device, use) {
	const session = await createSession(graph, device, "the SAE encoder");
	try {
		return await use(session);
	} finally {
		await session.release();
	}
}
/** Input `x_0` (n_row, d_in); output `a` (n_row, features). */
function columnsGraph(encoder) {
	const g = new GraphBuilder();
	const x = g.input("x_0", "float32", ["n_row", encoder.d_in]);
	const tile = encoderTile(g, encoder, [0, encoder.bias.length]);
	const { rows } = prepareRows(g, x, encoder.input);
	g.output("a", activate(g, preActivations(g, rows, tile), tile));
	return g.build();
}
async function inputs(residuals, rows) {
	return { x_0: {
		type: "float32",
		data: await residualRows(residuals, rows),
		dims: [rows.length, residuals.store.width]
	} };
}
/** What fired of each row, looked through for the features. */
function byRow(encoder, features, device) {
	const places = new Map([...features].map((feature, column) => [feature, column]));
	return async (residuals, rows) => {
		const out = new Float32Array(rows.length * features.length);
		await eachWinners({
			encoder,
			device,
			models: 1,
			onRows: () => {}
		}, [{ rows }], () => inputs(residuals, rows), (_, [winners]) => {
			const { k, values, ids } = present(winners);
			for (const [i, value] of values.entries()) {
				const column = places.get(present(ids[i]));
				if (column !== void 0) out[Math.floor(i / k) * features.length + column] = value;
			}
		});
		return out;
	};
}
// src/audit/explain/promoted-tokens.ts
/**
* @file Which tokens a feature speaks for: its decoder row through the final norm's gain and the unembedding (the logit lens), the
* highest first. Only of what is added to the residual stream; the final norm's division is the same for every token.
*/
/** Bytes of the unembedding that are held at a time. */
const PART_BYTES = 64e6;
/** Token ids of each feature, `most` at most; null: what it rebuilds is no part of the residual stream. */
async function promotedTokens(model, dictionary, features, { device, most }) {
	const { d_model } = model.decoder.spec;
	if (!dictionary.rebuilds || !isInStream(dictionary.predicts) || dictionary.b_dec.length !== d_model) return null;
	const float32 = {
		...device,
		bodyType: "float32"
	};
	const unembedding = await openUnembedding(model, float32);
	const directions = await readDirections(model, dictionary, features);
	const session = await createSession(scoreGraph(directions, d_model), float32, "the unembedding");
	const best = Array.from(features, () => []);
	try {
		const step = Math.max(1, Math.floor(PART_BYTES / (4 * d_model)));
		for (let start = 0; start < unembedding.n_vocab; start += step) {
			const end = Math.min(start + step, unembedding.n_vocab);
			const { matrix } = await unembedding.tokens(start, end);
			if (!(matrix instanceof Float32Array)) return null;
			const tokens = {
				type: "float32",
				data: matrix,
				dims: [end - start, d_model]
			};
			keepBest(best, (await session.run({ tokens })).float32("scores"), start, most);
		}
	} finally {
		await session.release();
	}
	return best.map((of) => of.map(({ id }) => id));
}
/** `scores`: (token, feature), from token `start` on. */
function keepBest(best, scores, start, most) {
	for (let i = 0; i < scores.length; i++) {
		const score = scores[i];
		const of = present(best[i % best.length]);
		if (of.length === most && score <= present(of.at(-1)).score) continue;
		const place = of.findIndex((one) => one.score < score);
		of.splice(place < 0 ? of.length : place, 0, {
			id: start + Math.floor(i / best.length),
			score
		});
		if (of.length > most) of.pop();
	}
}
/** (d_model, features): decoder rows times the final norm's gain; a LayerNorm takes their mean off first. */
async function readDirections({ decoder, tensors }, dictionary, features) {
	const { norm, d_model } = decoder.spec;
	const { gain: ref } = decoder.weights.finalNorm;
	const stored = ref && asFloat32(await weightReader(tensors, [ref]).read(ref, "float32"));
	const out = new Float32Array(d_model * features.length);
	for (const [k, feature] of features.entries()) {
		const row = await dictionary.W_dec([feature, feature + 1]);
		const mean = norm.kind === "layer" ? row.reduce((sum, value) => sum + value, 0) / d_model : 0;
		for (const [i, value] of row.entries()) out[i * features.length + k] = (value - mean) * (stored === null ? 1 : present(stored[i]) + norm.gainOffset);
	}
	return out;
}
/** Input `tokens` (n_token, d_model); output `scores` (n_token, features). */
function scoreGraph(directions, d_model) {
	const g = new GraphBuilder();
	const count = directions.length / d_model;
	const tokens = g.input("tokens", "float32", ["n_token", d_model]);
	const D = g.initializer("directions", "float32", [d_model, count], directions);
	g.output("scores", matMul(g, tokens, D));
	return g.build();
}
// src/audit/explain/top-rows.ts
/** @file Where features fire most: the highest rows of each, of different sequences. */
/**
* Rows whose own columns are highest among which those of features that fire by the row are looked for: a row may be
* high in a column that others of the row beat.
*/
const LOOKED_AT = 16;
/** Of each feature the `most` rows where it fires most, the highest first, none twice of one sequence. */
async function topRows({ encoder, features }, residuals, sequences, device) {
	const { most } = sequences;
	const kept = encoder.activatesBy === "feature" ? most : Math.max(most, LOOKED_AT);
	const found = await withColumns(encoder, features, device, (probe) => scan(probe, residuals, features.length, {
		...sequences,
		most: kept,
		size: runSize(device).featureRows
	}));
	if (encoder.activatesBy === "feature") return found;
	const rows = distinctRows(found);
	if (rows.length === 0) return found;
	const exact = await withProbe(encoder, features, device, (probe) => probe(residuals, rows));
	const at = new Map([...rows].map((row, i) => [row, i]));
	return found.map((of, k) => of.map(({ row }) => ({
		row,
		activation: present(exact[present(at.get(row)) * features.length + k])
	})).filter(({ activation }) => activation > 0).sort((a, b) => b.activation - a.activation).slice(0, most));
}
/** Every row of any of them, ascending. */
function distinctRows(found) {
	return Int32Array.from(new Set(found.flatMap((of) => of.map(({ row }) => row)))).sort();
}
async function scan(probe, residuals, count, { counted, most, size }) {
	const { length } = counted;
	const best = Array.from({ length: count }, () => new Best(most, length));
	for (let start = 0; start < residuals.store.rows; start += size) {
		const n = Math.min(size, residuals.store.rows - start);
		const activations = await probe(residuals, Int32Array.from({ length: n }, (_, i) => start + i));
		for (let row = start; row < start + n; row++) {
			if (counted[row % length] !== 1) continue;
			for (let k = 0; k < count; k++) {
				const activation = activations[(row - start) * count + k];
				if (activation > 0) best[k].add({
					row,
					activation
				});
			}
		}
	}
	return best.map(({ rows }) => rows);
}
/** The highest rows so far. */
var Best = class {
	/** Highest first. */
	rows = [];
	#most;
	#length;
	constructor(most, length) {
		this.#most = most;
		this.#length = length;
	}
	add(found) {
		const full = this.rows.length === this.#most;
		if (full && found.activation <= present(this.rows.at(-1)).activation) return;
		const sequence = (row) => Math.floor(row / this.#length);
		const same = this.rows.findIndex(({ row }) => sequence(row) === sequence(found.row));
		const kept = this.rows[same];
		if (kept !== void 0) {
			if (kept.activation >= found.activation) return;
			this.rows.splice(same, 1);
		} else if (full) this.rows.pop();
		const place = this.rows.findIndex(({ activation }) => activation < found.activation);
		this.rows.splice(place < 0 ? this.rows.length : place, 0, found);
	}
};
/** Tokens that it speaks for. */
const MOST_PROMOTED = 8;
/** Tokens of a context beside the one where it fires. */
const BEFORE = 12;
const AFTER = 6;
const MOST_CHARACTERS = 400;
/**
* Active features below the survived threshold, lowest ρ first; then the watched ones that are not among them, whatever their ρ. One
* without ρ counts as 0. Pure.
*/
function worstFeatures({ table }, { survived, most, watched }) {
	const { active, correlation, width } = table;
	const found = [];
	for (let feature = 0; feature < width; feature++) {
		if (active[feature] !== 1) continue;
		const rho = correlation[feature] ?? NaN;
		const rank = Number.isNaN(rho) ? 0 : rho;
		const isWatched = watched.has(feature);
		if (rank < survived || isWatched) found.push({
			feature,
			correlation: Number.isNaN(rho) ? null : rho,
			watched: isWatched,
			rank
		});
	}
	found.sort((a, b) => a.rank - b.rank || a.feature - b.feature);
	const worst = found.filter(({ rank }) => rank < survived).slice(0, most);
	const named = found.filter((one) => one.watched && !worst.includes(one)).slice(0, most);
	return [...worst, ...named].map(({ rank: _, ...chosen }) => chosen);
}
/** Per candidate of the round, in the order given. Errors: ENGINE_FAILED. */
async function locateFeatures(run, { readout }, { reference, candidates, chosen }) {
	const features = Int32Array.from(new Set(chosen.flatMap((of) => of.map(({ feature }) => feature)))).sort();
	if (features.length === 0) return candidates.map(() => []);
	const { encoder } = readout;
	const sequences = {
		counted: countedMask(readout.positions, run.tokens.sequences.blockLength),
		most: 5
	};
	const tops = await topRows({
		encoder,
		features
	}, reference, sequences, run.device);
	const rows = distinctRows(tops);
	const at = new Map([...rows].map((row, i) => [row, i]));
	const column = new Map([...features].map((feature, k) => [feature, k]));
	return await withProbe(encoder, features, run.device, async (probe) => {
		const located = [];
		for (const [c, residuals] of candidates.entries()) {
			const activations = rows.length === 0 ? /* @__PURE__ */ new Float32Array() : await probe(residuals, rows);
			const activation = (row, k) => present(activations[present(at.get(row)) * features.length + k]);
			located.push(present(chosen[c]).map((one) => {
				const k = present(column.get(one.feature));
				const contexts = present(tops[k]).map((top) => ({
					...top,
					candidate: activation(top.row, k)
				}));
				return {
					...one,
					contexts
				};
			}));
		}
		return located;
	});
}
/** In words, for the candidates of an audit at one read-out. Errors: the checkpoint's and the dictionary's own. */
async function inWords$1(run, model, { readout }, located) {
	const features = Int32Array.from(new Set(located.flatMap((of) => of.map(({ feature }) => feature)))).sort();
	if (features.length === 0) return located.map(() => []);
	const how = {
		device: run.device,
		most: MOST_PROMOTED
	};
	const promoted = await promotedTokens(model, readout.dictionary, features, how);
	const text = textOf$1(run);
	const promotes = new Map([...features].map((feature, k) => [feature, (promoted?.[k] ?? []).map((id) => text([id]))]));
	return located.map((of) => of.map(({ feature, correlation, watched, contexts }) => ({
		feature,
		watched,
		correlation,
		contexts: contexts.map((context) => contextIn(run, context, text)),
		promotes: promotes.get(feature) ?? []
	})));
}
function textOf$1({ tokens }) {
	const known = tokens.text ?? ((ids) => [...ids].map((id) => `#${id} `).join(""));
	return (ids) => known(ids).slice(0, MOST_CHARACTERS).replace(/[\uD800-\uDBFF]$/, "");
}
function contextIn({ tokens }, { row, activation, candidate }, text) {
	const { ids, blockLength } = tokens.sequences;
	const sequence = Math.floor(row / blockLength);
	const [start, end] = [sequence * blockLength, (sequence + 1) * blockLength];
	return {
		sequence,
		position: row - start,
		before: text(ids.subarray(Math.max(start, row - BEFORE), row)),
		token: text(ids.subarray(row, row + 1)),
		after: text(ids.subarray(row + 1, Math.min(end, row + 1 + AFTER))),
		reference: activation,
		candidate
	};
}
// src/audit/explain/explain-audit.ts
/** @file Explanations of a whole audit: features of each round while its captures are there, words for all of them at the end. */
/** Of every candidate of a round what is to be explained; nothing where it was not asked for. Errors: ENGINE_FAILED. */
async function locateRound(run, reference, candidates) {
	const { explain = 0, thresholds, rescale } = run.config;
	const { survived } = thresholds;
	const byCandidate = candidates.map(() => []);
	if (explain === 0) return byCandidate;
	for (const [r, seen] of reference.readouts.entries()) {
		const { hook, center } = seen.readout;
		const residuals = ({ chunked }, scale) => ({
			store: storeOf(chunked, hook),
			center,
			scale
		});
		const wanted = {
			survived,
			most: explain,
			watched: watchedAt$1(run, seen)
		};
		const located = await locateFeatures(run, seen, {
			reference: residuals(reference.capture, 1),
			candidates: candidates.map(({ capture, features }) => {
				const { scaling } = present(features[r]);
				return residuals(capture, rescale && isRescaled(scaling) ? 1 / scaling.factor : 1);
			}),
			chosen: candidates.map(({ features }) => worstFeatures(present(features[r]).evidence, wanted))
		});
		for (const [c, of] of byCandidate.entries()) of.push(present(located[c]));
	}
	return byCandidate;
}
/** The same without captures. */
function locateKnown(run, readouts, candidates) {
	const { explain = 0, thresholds } = run.config;
	if (explain === 0) return candidates.map(() => []);
	return candidates.map(({ features, highest }) => readouts.map((seen, r) => {
		const wanted = {
			survived: thresholds.survived,
			most: explain,
			watched: watchedAt$1(run, seen)
		};
		return worstFeatures(present(features[r]).evidence, wanted).map((one) => ({
			...one,
			contexts: highest(r, one.feature)
		}));
	}));
}
/** The features of this read-out that the policy lists. */
function watchedAt$1({ config }, { readout }) {
	const { id, hook, dictionary } = readout;
	const names = [
		id,
		hook,
		dictionary.spec
	];
	return new Set((config.watched ?? []).filter((scope) => inScope(scope, names, dictionary.reads.layer)).flatMap(({ ids }) => ids));
}
/** What was located, in words, as part of what the report says of each candidate's features. Errors: those of reading. */
async function withExplanations(run, reference, results) {
	const byReadout = [];
	for (const [r, seen] of reference.readouts.entries()) byReadout.push(await inWords$1(run, reference.model, seen, results.map(({ located }) => located[r] ?? [])));
	return results.map((result, c) => ({
		...result,
		features: result.features.map((one, r) => {
			const explained = byReadout[r]?.[c] ?? [];
			if (explained.length === 0) return one;
			return {
				...one,
				report: {
					...one.report,
					explained: [...explained]
				}
			};
		})
	}));
}
// src/audit/explain/known-features.ts
/** @file Are the features that somebody lists features of the dictionaries that are there? */
/** Errors: WATCHED_UNKNOWN. */
function requireKnownFeatures({ watched = [] }, readouts) {
	for (const { id, hook, dictionary } of readouts) {
		const names = [
			id,
			hook,
			hookName(dictionary.reads),
			dictionary.spec
		];
		const unknown = watched.filter((scope) => inScope(scope, names, dictionary.reads.layer)).flatMap(({ ids }) => ids).find((feature) => feature >= dictionary.d_sae);
		if (unknown !== void 0) throw watchedUnknown(unknown, id, dictionary.d_sae);
	}
}
// src/statistics/causal/agreement.ts
/**
* @file Does a feature do the same to the next token in both models? From sums over sequences of e = ln p^do − ln p, weighted by the
* reference's p:
*
*     agreement C = Σ p e_r e_c / √(Σ p e_r² · Σ p e_c²)       slope B = Σ p e_r e_c / Σ p e_r²
*
* C is 1 where the candidate's effect points the same way whatever its size, B is its size along the reference's.
*/
const EFFECT_SUMS = [
	"positions",
	"referenceSquares",
	"products",
	"candidateSquares",
	"referenceKl",
	"candidateKl",
	"referenceLoss",
	"candidateLoss"
];
/** Σ over sequences. */
function totalOf$1(values) {
	return values.reduce((sum, value) => sum + value, 0);
}
function agreement(sums) {
	const of = ([rr = 0, rc = 0, cc = 0]) => rr > 0 && cc > 0 ? rc / Math.sqrt(rr * cc) : 0;
	const estimate = ratioOf([
		sums.referenceSquares,
		sums.products,
		sums.candidateSquares
	], of, ofCorrelations);
	return {
		...estimate,
		value: Math.min(1, Math.max(-1, estimate.value)),
		range: [-1, 1]
	};
}
function slope(sums) {
	const of = ([rr = 0, rc = 0]) => rr > 0 ? rc / rr : 0;
	return ratioOf([sums.referenceSquares, sums.products], of, plain);
}
/** A function of sums, its halves those of groups of neighbouring sequences: as many as there are sequences, 32 at most. */
function ratioOf(lists, of, { to, from }) {
	const count = lists[0]?.length ?? 0;
	const value = of(Float64Array.from(lists, totalOf$1));
	const groups = GROUP_COUNTS.find((size) => size <= count);
	if (groups === void 0) return bareEstimate(value);
	const columns = lists.length;
	const grouped = new Float64Array(groups * columns);
	const sizes = new Float64Array(groups);
	for (let s = 0; s < count; s++) {
		const group = Math.floor(s * groups / count);
		sizes[group] += 1;
		for (const [k, list] of lists.entries()) grouped[group * columns + k] += list[s];
	}
	const resampling = {
		method: RESAMPLING_METHOD,
		documents: count,
		degrees: DEGREES_RULE,
		sizes
	};
	const halves = replicateSums(resampling, grouped, columns);
	const values = Array.from({ length: halves.length / columns }, (_, half) => to(of(halves.subarray(half * columns, (half + 1) * columns))));
	return {
		...bareEstimate(value),
		error: {
			kind: "replicates",
			resampling,
			scale: from,
			centre: to(value),
			values
		}
	};
}
const CAUSAL_SLOPE = [.8, 1.25];
/** Quantile of the controls' effects above which a feature's own is one. */
const CONTROL_QUANTILE = .95;
/** Survived: all of C's interval at or above 0.9 and B's within [0.8, 1.25]. Changed: all of either elsewhere. */
function causalVerdict({ agreement, slope }) {
	if (agreement === null || slope === null) return "undecided";
	const [low, high] = CAUSAL_SLOPE;
	if (agreement[1] < .9 || slope[1] < low || slope[0] > high) return "changed";
	return agreement[0] >= .9 && slope[0] >= low && slope[1] <= high ? "survived" : "undecided";
}
/** By the values alone. */
function actsTheSame(agreement, slope) {
	return agreement >= .9 && slope >= CAUSAL_SLOPE[0] && slope <= CAUSAL_SLOPE[1];
}
/** Is the effect (mean KL) above what random vectors of its size do? */
function hasEffect(kl, controls) {
	return controls.length === 0 || kl > quantile(controls, .95);
}
/**
* Spearman's correlation with the interval of Fisher's z, whose standard error for ranks is √(1.06 / (n − 3)): Fieller, Hartley and
* Pearson 1957, "Tests for rank correlation coefficients". Null of fewer than five pairs, or where one side does not vary.
*/
function spearmanInterval(a, b, confidence) {
	const value = spearman(a, b);
	if (a.length < 5 || Number.isNaN(value)) return null;
	const z = Math.atanh(Math.max(-1 + 1e-12, Math.min(1 - 1e-12, value)));
	const half = studentQuantile(confidence, NORMAL) * Math.sqrt(1.06 / (a.length - 3));
	return {
		value,
		ci: [Math.min(value, Math.tanh(z - half)), Math.max(value, Math.tanh(z + half))]
	};
}
// src/audit/causal/causal-report.ts
function causalReport(found, { correlation, class: classes }, { asked, confidence, selfAgreement }) {
	const features = found.map((one) => {
		const effects = one.sums.map((sums, edit) => effectOf(sums, edit, confidence));
		const rho = present(correlation[one.feature]);
		const { feature, chosen, sequences, controlKl } = one;
		return {
			feature,
			chosen,
			correlation: Number.isNaN(rho) ? null : rho,
			sequences,
			positions: totalOf$1(present(one.sums[0]).positions),
			verdict: verdictOf(present(effects[0]), controlKl),
			controlKl: controlKl.length === 0 ? null : quantile(controlKl, CONTROL_QUANTILE),
			effects
		};
	});
	const effective = features.filter(({ verdict }) => verdict !== "none");
	const ablated = effective.map(({ effects }) => present(effects[0]));
	const prediction = spearmanInterval(effective.map(({ correlation: rho }) => rho ?? 0), ablated.map((effect) => effect.agreement), confidence);
	const row = (survives) => {
		const of = effective.filter(({ feature }) => classes[feature] === "survived" === survives);
		const count = (verdict) => of.filter((one) => one.verdict === verdict).length;
		return {
			survived: count("survived"),
			changed: count("changed"),
			undecided: count("undecided")
		};
	};
	return {
		features,
		prediction: prediction && {
			spearman: prediction.value,
			ci: prediction.ci,
			features: effective.length
		},
		table: {
			survived: row(true),
			notSurvived: row(false)
		},
		noEffect: features.length - effective.length,
		survived: survivedPart(effective),
		controls: {
			vectors: asked.controls,
			selfAgreement
		},
		sequences: asked.sequences
	};
}
function effectOf(sums, edit, confidence) {
	const { name, strength } = present(CAUSAL_EDITS[edit]);
	const positions = totalOf$1(sums.positions);
	const mean = (values) => totalOf$1(values) / positions;
	const [c, b] = [agreement(sums), slope(sums)];
	return {
		edit: name,
		strength,
		agreement: c.value,
		agreementCi: intervalOf(c, confidence),
		slope: b.value,
		slopeCi: intervalOf(b, confidence),
		referenceKl: mean(sums.referenceKl),
		candidateKl: mean(sums.candidateKl),
		referenceLoss: mean(sums.referenceLoss),
		candidateLoss: mean(sums.candidateLoss)
	};
}
function verdictOf(ablated, controls) {
	if (!hasEffect(ablated.referenceKl, controls)) return "none";
	const ends = (ci) => ci === null ? null : [present(ci[0]), present(ci[1])];
	return causalVerdict({
		agreement: ends(ablated.agreementCi),
		slope: ends(ablated.slopeCi)
	});
}
/** By the values; the interval is from those that surely survive to all but those that surely do not. */
function survivedPart(effective) {
	const count = effective.length;
	if (count === 0) return {
		fraction: null,
		ci: null
	};
	const part = (is) => effective.filter(is).length / count;
	const fraction = part(({ effects }) => actsTheSame(present(effects[0]).agreement, present(effects[0]).slope));
	const sure = part(({ verdict }) => verdict === "survived");
	const open = part(({ verdict }) => verdict === "undecided");
	return {
		fraction,
		ci: [Math.min(fraction, sure), Math.max(fraction, sure + open)]
	};
}
// src/audit/causal/choose-features.ts
/** Of what watched features leave, this part goes to the lowest ρ. */
const DAMAGED_SHARE = 1 / 4;
/**
* At most `count` features that are active or watched, each once: watched ones first, then those of lowest ρ, then features
* spread evenly over the rest in the order of their ρ.
*/
function chooseFeatures({ active, correlation }, watched, count) {
	const named = [...watched].filter((feature) => feature < active.length).sort((a, b) => a - b).slice(0, count);
	const rho = (feature) => countedRho(present(correlation[feature]));
	const others = Array.from(active.keys()).filter((feature) => active[feature] === 1 && !watched.has(feature)).sort((a, b) => rho(a) - rho(b) || a - b);
	const left = count - named.length;
	const worst = others.slice(0, Math.ceil(left * DAMAGED_SHARE));
	const rest = others.slice(worst.length);
	const most = Math.min(left - worst.length, rest.length);
	const spread = Array.from({ length: most }, (_, i) => present(rest[Math.floor((i + .5) * rest.length / most)]));
	return [
		...named.map((feature) => ({
			feature,
			chosen: "watched"
		})),
		...worst.map((feature) => ({
			feature,
			chosen: "damaged"
		})),
		...spread.map((feature) => ({
			feature,
			chosen: "sampled"
		}))
	];
}
// src/audit/causal/edited-rows.ts
/** @file What is added where the reference fires a feature, by model and edit: strengths of its decoder row, position by position. */
/** For each edit the first that does the same to the reference: its own f is the reference's. */
const SAME_IN_REFERENCE = CAUSAL_EDITS.map(({ name }, e) => name === "ablate-reference" ? CAUSAL_EDITS.findIndex((other) => other.name === "ablate") : e);
const LAYER_NORM_EPSILON = 1e-5;
/**
* (rows) by what a rebuilt row is multiplied to be one of the stream again. `encoded` (rows, width): as they are encoded, before they are
* normalised; `scale`: what the stream was multiplied by for that.
*/
function rowUnits(input, encoded, width, scale) {
	const rows = encoded.length / width;
	return Float64Array.from({ length: rows }, (_, row) => {
		if (input === "plain") return 1 / scale;
		const values = encoded.subarray(row * width, (row + 1) * width);
		if (input === "constant_norm_rescale") return Math.sqrt(meanSquare(values, 0, width)) / scale;
		const mean = values.reduce((sum, value) => sum + value, 0) / width;
		return (Math.sqrt(meanSquare(values, mean, width - 1)) + LAYER_NORM_EPSILON) / scale;
	});
}
function meanSquare(values, mean, count) {
	let sum = 0;
	for (const value of values) sum += (value - mean) ** 2;
	return sum / count;
}
/** (rows) for each of CAUSAL_EDITS. `reference`: what the reference makes of the same rows. */
function editStrengths(own, reference, { peak, fires }) {
	return CAUSAL_EDITS.map(({ name, strength }) => Float32Array.from(fires, (isFiring, row) => {
		if (isFiring === 0) return 0;
		const unit = present(own.units[row]);
		if (name === "steer") return strength * peak * unit;
		const { activations } = name === "ablate" ? own : reference;
		return -present(activations[row]) * unit;
	}));
}
/** Half-open column ranges that cover the vocabulary, about `tile` wide each. */
function vocabularyTiles(n_vocab, tile) {
	const count = Math.max(1, Math.round(n_vocab / tile));
	const width = Math.ceil(n_vocab / count / 16) * 16;
	return Array.from({ length: Math.ceil(n_vocab / width) }, (_, i) => [i * width, Math.min((i + 1) * width, n_vocab)]);
}
/** Rows that all unembeddings have: what is beyond the smallest is padding. */
function commonVocabulary(unembeddings) {
	return unembeddings.reduce((least, { n_vocab }) => Math.min(least, n_vocab), Number.POSITIVE_INFINITY);
}
/** Values of one name, one per tile. */
var Columns = class {
	#g;
	#values = /* @__PURE__ */ new Map();
	constructor(g) {
		this.#g = g;
	}
	push(name, value) {
		this.#values.set(name, [...this.#values.get(name) ?? [], value]);
	}
	/**
	* (rows, tiles) of every name. The engine runs what an output needs before it turns to the next output. So there is
	* one node that needs everything, tile after tile: a tile's logits are then reduced while they are in cache, and never
	* are those of all tiles in memory together.
	*/
	values(rows) {
		const g = this.#g;
		const names = [...this.#values.keys()];
		const tiles = this.#values.get(names[0] ?? "")?.length ?? 0;
		const ofTile = Array.from({ length: tiles }, (_, tile) => {
			const values = names.flatMap((name) => this.#values.get(name)?.[tile] ?? []);
			return concat(g, values, 1, [rows, names.length]);
		});
		const all = concat(g, ofTile, 1, [rows, tiles * names.length]);
		const apart = reshape(g, all, [
			0,
			tiles,
			names.length
		], [
			rows,
			tiles,
			names.length
		]);
		const figures = split(g, apart, names.length, 2, [
			rows,
			tiles,
			1
		]);
		return new Map(figures.map((value, i) => [names[i] ?? "", reshape(g, value, [0, tiles], [rows, tiles])]));
	}
};
/**
* Add a head to a graph, with all its rows. Values, all (rows, tiles) float32: `target_logit_M` per model M; `top_logit_0`,
* `top_share_0`; per candidate M `target_share_M`, `best_M`, `at_top_M`, `difference_M`.
*/
function headFragment(g, layout, { hidden, targets }, tileColumns) {
	const [first] = layout.unembeddings;
	const [hiddenReference] = hidden;
	if (first === void 0 || hiddenReference === void 0) throw new RangeError("a head without models");
	const [rows = 0] = targets.shape;
	const reference = operand(g, hiddenReference, first);
	const candidates = layout.unembeddings.map((u, i) => {
		const own = hidden.filter((_, m) => m > 0 && layout.models[m] === i);
		if (own.length === 0) return null;
		const together = typeof rows === "number" ? own.length * rows : `${own.length} ${rows}`;
		return {
			count: own.length,
			x: operand(g, concat(g, own, 0, [together, u.d_model]), u)
		};
	});
	const columns = new Columns(g);
	for (const tile of vocabularyTiles(commonVocabulary(layout.unembeddings), tileColumns)) {
		const weights = layout.unembeddings.map((u, i) => tileWeights(g, u, i, tile));
		const logits = candidates.flatMap((stacked, i) => {
			const own = weights[i];
			if (stacked === null || own === void 0) return [];
			return split(g, tileLogits(g, stacked.x, own), stacked.count, 0, [rows, tile[1] - tile[0]]);
		});
		const [own] = weights;
		if (own === void 0) continue;
		reduceTile(g, [tileLogits(g, reference, own), ...logits], localTargets(g, targets, tile), columns);
	}
	return columns.values(rows);
}
/** A head as a graph of its own: inputs `hidden_M` (rows, d_model) float32 per model M, `targets` (rows, 1) int64; outputs as above. `keeper`: of the unembeddings. */
function buildHead(layout, rows, tileColumns, keeper = "engine") {
	const g = new GraphBuilder(void 0, keeper);
	const hidden = layout.models.map((u, m) => g.input(`hidden_${m}`, "float32", [rows, layout.unembeddings[u]?.d_model ?? 0]));
	const targets = g.input("targets", "int64", [rows, 1]);
	g.outputs(headFragment(g, layout, {
		hidden,
		targets
	}, tileColumns));
	return g.build();
}
/**
* The same for a candidate whose logits are given: inputs `hidden_0` (n_row, d_model) and `logits_1` (n_row, columns)
* float32, `targets` (n_row, 1) int64; outputs as those of `buildHead` for a reference and one candidate.
*/
function buildLogitsHead(reference, columns$1, tileColumns) {
	const g = new GraphBuilder();
	const hidden = operand(g, g.input("hidden_0", "float32", ["n_row", reference.d_model]), reference);
	const given = g.input("logits_1", "float32", ["n_row", columns$1]);
	const targets = g.input("targets", "int64", ["n_row", 1]);
	const perTile = new Columns(g);
	for (const tile of vocabularyTiles(Math.min(reference.n_vocab, columns$1), tileColumns)) reduceTile(g, [tileLogits(g, hidden, tileWeights(g, reference, 0, tile)), columns(g, given, ...tile)], localTargets(g, targets, tile), perTile);
	g.outputs(perTile.values("n_row"));
	return g.build();
}
function tileWeights(g, u, index, [start, end]) {
	const name = `unembedding_${index}_${start}`;
	const data = u.matrix.subarray(start * u.d_model, end * u.d_model);
	const type = data instanceof Float32Array ? "float32" : u.type;
	const bias = u.bias?.subarray(start, end) ?? null;
	return {
		matrix: cast(g, g.weight(name, type, [end - start, u.d_model], data), "float32"),
		bias: bias === null ? null : g.weight(`${name}_bias`, "float32", [end - start], bias),
		scale: u.scale,
		softcap: u.softcap
	};
}
/** Hidden states as they are multiplied: float32 of as many bits as the unembedding's type has. */
function operand(g, hidden, { type }) {
	return cast(g, cast(g, hidden, type), "float32");
}
/**
* (rows, tile) float32. A product in 16 bit would leave logits rounded to 8 bits or 11: then many tokens tie for the first place, and
* no KL is below 1e-3. Operands that were rounded to 16 bit and are multiplied in float32 give exact products, summed in float32.
*/
function tileLogits(g, x, { matrix, bias, scale, softcap }) {
	let logits = gemm(g, x, matrix, null);
	if (bias !== null) logits = add(g, logits, bias);
	if (scale !== 1) logits = mul(g, logits, g.scalar("float32", scale));
	if (softcap === null) return logits;
	const cap = g.scalar("float32", softcap);
	return mul(g, tanh(g, div(g, logits, cap)), cap);
}
/** Targets as columns of the tile, clipped into it: only the tile that holds the target is read later. */
function localTargets(g, targets, [start, end]) {
	const local = sub(g, targets, g.scalar("int64", start));
	return clip(g, local, g.scalar("int64", 0), g.scalar("int64", end - start - 1));
}
/** What is kept of one tile's logits, the reference's first. */
function reduceTile(g, logits, targets, columns) {
	const [reference, ...candidates] = logits;
	if (reference === void 0) return;
	const share = softmax(g, reference);
	const { value: top, index: topIndex } = bestToken(g, reference);
	columns.push("target_logit_0", gatherElements(g, reference, targets, 1));
	columns.push("top_logit_0", top);
	columns.push("top_share_0", gatherElements(g, share, topIndex, 1));
	for (const [c, candidate] of candidates.entries()) {
		const m = c + 1;
		const logShare = logSoftmax(g, candidate);
		columns.push(`target_logit_${m}`, gatherElements(g, candidate, targets, 1));
		columns.push(`target_share_${m}`, gatherElements(g, logShare, targets, 1));
		columns.push(`at_top_${m}`, gatherElements(g, candidate, topIndex, 1));
		columns.push(`best_${m}`, reduceMax(g, candidate, 1));
		columns.push(`difference_${m}`, rowSums(g, mul(g, share, sub(g, reference, candidate))));
	}
}
/**
* Largest of each row and where. Twice as quick as TopK over the row: the largest of each set of columns that stand
* columns/16 apart by ReduceMax, the best set by TopK, then TopK over the 16 columns of that set.
*/
function bestToken(g, logits) {
	const [rows = 0, columns] = logits.shape;
	if (typeof columns !== "number" || columns % 16 !== 0) return top1(g, logits);
	const apart = columns / 16;
	const parts = reshape(g, logits, [
		0,
		16,
		apart
	], [
		rows,
		16,
		apart
	]);
	const sets = reshape(g, reduceMax(g, parts, 1), [0, apart], [rows, apart]);
	const { value, index: set } = top1(g, sets);
	const steps = g.integers(Array.from({ length: 16 }, (_, part) => part * apart));
	const members = outerAdd(g, set, steps);
	const { index: member } = top1(g, gatherElements(g, logits, members, 1));
	return {
		value,
		index: gatherElements(g, members, member, 1)
	};
}
// src/models/effect-head.ts
/**
* @file What edits of the residual stream do to the next token's distribution, tiled over the vocabulary as the head is: of one model,
* or of a candidate beside the reference.
*
* With l the logits without an edit, l' those with it, s a shift of the row and p_t the softmax within tile t, each tile gives, per
* model m and edit e, u = l' − l − s; what is summed over the tile is weighted by p_t of the model that the sum is named after.
* statistics/causal/tile-sums.ts puts the tiles together in float64. The shift is the mean of l' − l over the first tile:
* without it a change that all logits share would drown the rest in float32.
*/
/** Names of inputs and outputs. */
const effectNames = {
	plain: (model) => `plain_${model}`,
	edited: (model, edit) => `edited_${model}_${edit}`,
	top: (model) => `top_${model}`,
	topShare: (model) => `top_share_${model}`,
	target: (model) => `target_${model}`,
	shift: (model, edit) => `shift_${model}_${edit}`,
	editedTop: (model, edit) => `edited_top_${model}_${edit}`,
	editedShare: (model, edit) => `edited_share_${model}_${edit}`,
	editedTarget: (model, edit) => `edited_target_${model}_${edit}`,
	/** Σ p_m u_m */
	mean: (model, edit) => `mean_${model}_${edit}`,
	/** Σ p_0 of u_0², of u_0 u_1, of u_1² and of u_1 */
	squares: (edit) => `squares_${edit}`,
	product: (edit) => `product_${edit}`,
	candidateSquares: (edit) => `candidate_squares_${edit}`,
	candidateMean: (edit) => `candidate_mean_${edit}`
};
/**
* Inputs: `plain_M` and `edited_M_E` (rows, d_model) float32, `targets` (rows, 1) int64. Outputs, (rows, tiles) each but for `shift_M_E`
* (rows, 1): of every model its largest logit, that one's share of the tile and the target's logit, without and with each edit; and
* the sums.
*/
function buildEffectHead(layout, rows, tileColumns) {
	const g = new GraphBuilder();
	const input = (name, u) => operand(g, g.input(name, "float32", [rows, u.d_model]), u);
	const models = layout.unembeddings.map((u, m) => ({
		u,
		plain: input(effectNames.plain(m), u),
		edited: ownEdits(layout.edits, m).map((e) => ({
			e,
			rows: input(effectNames.edited(m, e), u)
		}))
	}));
	const targets = g.input("targets", "int64", [rows, 1]);
	const columns = new Columns(g);
	const shifts = /* @__PURE__ */ new Map();
	for (const tile of vocabularyTiles(commonVocabulary(layout.unembeddings), tileColumns)) {
		const local = localTargets(g, targets, tile);
		const seen = models.map(({ u, plain, edited }, m) => {
			const weights = tileWeights(g, u, m, tile);
			const logits = tileLogits(g, plain, weights);
			return {
				share: reduced(g, {
					logits,
					targets: local
				}, columns, [
					effectNames.top(m),
					effectNames.topShare(m),
					effectNames.target(m)
				]),
				moved: new Map(edited.map(({ e, rows: x }) => {
					const changed = tileLogits(g, x, weights);
					reduced(g, {
						logits: changed,
						targets: local
					}, columns, [
						effectNames.editedTop(m, e),
						effectNames.editedShare(m, e),
						effectNames.editedTarget(m, e)
					]);
					return [e, shifted(g, sub(g, changed, logits), shifts, effectNames.shift(m, e))];
				}))
			};
		});
		for (const [e, first] of layout.edits.entries()) sumTile(g, seen, {
			e,
			first
		}, columns);
	}
	g.outputs(columns.values(rows));
	for (const [name, value] of shifts) g.output(name, value);
	return g.build();
}
/** The edits whose logits model `m` of a layout has: the reference those that no earlier one stands for. */
function ownEdits(edits, m) {
	return [...edits.keys()].filter((e) => m > 0 || edits[e] === e);
}
/** Keeps them, and gives the shares (rows, tile). */
function reduced(g, { logits, targets }, columns, [top, ofTop, target]) {
	const share = softmax(g, logits);
	columns.push(top, reduceMax(g, logits, 1));
	columns.push(ofTop, reduceMax(g, share, 1));
	columns.push(target, gatherElements(g, logits, targets, 1));
	return share;
}
/** Less the mean over the first tile, which is kept under `name`. */
function shifted(g, moved, shifts, name) {
	const width = moved.shape[1];
	if (typeof width !== "number") throw new RangeError("a tile of unknown width");
	const known = shifts.get(name);
	const shift = known ?? div(g, rowSums(g, moved), g.scalar("float32", width));
	if (known === void 0) shifts.set(name, shift);
	return sub(g, moved, shift);
}
function sumTile(g, seen, { e, first }, columns) {
	const [reference, candidate] = seen;
	const [u, k] = [reference?.moved.get(first), candidate?.moved.get(e)];
	if (reference === void 0 || u === void 0) return;
	const weighted = mul(g, reference.share, u);
	columns.push(effectNames.mean(0, e), rowSums(g, weighted));
	if (candidate === void 0 || k === void 0) return;
	columns.push(effectNames.squares(e), rowSums(g, mul(g, weighted, u)));
	columns.push(effectNames.product(e), rowSums(g, mul(g, weighted, k)));
	const other = mul(g, reference.share, k);
	columns.push(effectNames.candidateMean(e), rowSums(g, other));
	columns.push(effectNames.candidateSquares(e), rowSums(g, mul(g, other, k)));
	columns.push(effectNames.mean(1, e), rowSums(g, mul(g, candidate.share, k)));
}
// src/statistics/causal/tile-sums.ts
/** From each tile's largest logit and that one's share of the tile: Σ e^l over it is e^top / share. */
function tileParts(top, share) {
	let most = Number.NEGATIVE_INFINITY;
	for (let t = 0; t < top.length; t++) most = Math.max(most, top[t]);
	const parts = Float64Array.from(top, (largest, t) => Math.exp(largest - most) / share[t]);
	const sum = parts.reduce((total, part) => total + part, 0);
	return {
		logSum: most + Math.log(sum),
		parts: parts.map((part) => part / sum)
	};
}
/** Σ_t π_t x_t */
function meanOverTiles({ parts }, values) {
	let sum = 0;
	for (let t = 0; t < parts.length; t++) sum += parts[t] * values[t];
	return sum;
}
// src/audit/causal/effect-rows.ts
/** @file What a run of the effect head says of each of its rows, in float64. */
/** Reads rows of one result. */
var EffectReader = class {
	#values = /* @__PURE__ */ new Map();
	#plain = /* @__PURE__ */ new Map();
	#result;
	#tiles;
	#models;
	#edits;
	/** `models`: 1 or 2. */
	constructor(result, tiles, { models, edits }) {
		this.#result = result;
		this.#tiles = tiles;
		this.#models = models;
		this.#edits = edits;
	}
	/** The reference's own effect. */
	alone(place, edit) {
		const { kl, loss } = this.#moved(place, 0, edit);
		return {
			kl,
			loss
		};
	}
	/** Both models' effects beside each other. */
	paired(place, edit) {
		if (this.#models !== 2) throw new RangeError("no candidate stands beside the reference");
		const [r, c] = [this.#moved(place, 0, edit), this.#moved(place, 1, edit)];
		const of = (name) => meanOverTiles(r.plain, this.#row(name, place.row));
		const [uu, uk, kk] = [
			of(effectNames.squares(edit)),
			of(effectNames.product(edit)),
			of(effectNames.candidateSquares(edit))
		];
		const k = of(effectNames.candidateMean(edit));
		const { offset: a, mean: u } = r;
		const b = c.offset;
		return {
			referenceSquares: Math.max(0, uu - 2 * a * u + a * a),
			products: uk - b * u - a * k + a * b,
			candidateSquares: Math.max(0, kk - 2 * b * k + b * b),
			referenceKl: r.kl,
			candidateKl: c.kl,
			referenceLoss: r.loss,
			candidateLoss: c.loss
		};
	}
	/** One model under one edit: `offset` c, `mean` E[u] under its own p. */
	#moved({ row, targetTile }, m, edit) {
		const e = m === 0 ? present(this.#edits[edit]) : edit;
		const plain = this.#plainOf(row, m);
		const change = this.#parts(effectNames.editedTop(m, e), effectNames.editedShare(m, e), row).logSum - plain.logSum;
		const shift = present(this.#all(effectNames.shift(m, e))[row]);
		const mean = meanOverTiles(plain, this.#row(effectNames.mean(m, edit), row));
		const target = (name) => present(this.#row(name, row)[targetTile]);
		const atTarget = target(effectNames.editedTarget(m, e)) - target(effectNames.target(m));
		const offset = change - shift;
		return {
			plain,
			offset,
			mean,
			kl: offset - mean,
			loss: change - atTarget
		};
	}
	/** Once for all edits of a row. */
	#plainOf(row, m) {
		const key = row * this.#models + m;
		const known = this.#plain.get(key) ?? this.#parts(effectNames.top(m), effectNames.topShare(m), row);
		this.#plain.set(key, known);
		return known;
	}
	#parts(top, share, row) {
		return tileParts(this.#row(top, row), this.#row(share, row));
	}
	#row(name, row) {
		return this.#all(name).subarray(row * this.#tiles, (row + 1) * this.#tiles);
	}
	#all(name) {
		const known = this.#values.get(name) ?? this.#result.float32(name);
		this.#values.set(name, known);
		return known;
	}
};
// src/audit/causal/effect-head.ts
/** @file The head over edited rows, loaded: hidden rows with and without each edit → what each row's edits did. */
/** `models`: the reference, and the candidate where one stands beside it; `edits` of a run, as in EffectLayout. Errors: ENGINE_FAILED, the checkpoints' own. */
async function loadEffectHead(models, edits, rowsInAll, device) {
	const unembeddings = [];
	for (const model of models) {
		const stored = await openUnembedding(model, device);
		unembeddings.push(await stored.tokens(0, stored.n_vocab));
	}
	const [reference, candidate] = unembeddings;
	if (reference === void 0) throw new RangeError("a head without models");
	const vocabulary = commonVocabulary(unembeddings);
	const sets = unembeddings.reduce((sum, _, m) => sum + 1 + ownEdits(edits, m).length, 0);
	const lanes = shareThreads(device, {
		weightBytes: 4 * reference.d_model * vocabulary * unembeddings.length,
		operations: 2 * reference.d_model * vocabulary * sets * rowsInAll
	});
	const { headRows, headTile } = runSize(lanes.device);
	const rows = Math.max(16, Math.floor(headRows / sets));
	const session = await createLanes(buildEffectHead({
		unembeddings: candidate === void 0 ? [reference] : [reference, candidate],
		edits
	}, rows, headTile), lanes, "the unembedding");
	const tiles = vocabularyTiles(vocabulary, headTile);
	const tileWidth = present(tiles[0])[1];
	const begin = ({ models: of, targets }, from) => session.run(headInputs$1(of, targets.subarray(from, from + rows), {
		from,
		rows,
		width: reference.d_model,
		edits
	}));
	return {
		compare: async (batch, use) => {
			await inOrder(Array.from({ length: Math.ceil(batch.targets.length / rows) }, (_, i) => i * rows), session.inFlight, (from) => begin(batch, from), (result, from) => {
				const reader = new EffectReader(result, tiles.length, {
					models: unembeddings.length,
					edits
				});
				const count = Math.min(rows, batch.targets.length - from);
				for (let row = 0; row < count; row++) {
					const targetTile = Math.floor(present(batch.targets[from + row]) / tileWidth);
					use(reader, {
						row,
						targetTile
					}, from + row);
				}
			});
		},
		release: () => session.release()
	};
}
/** Rows from `from` on, filled up with zeros. */
function headInputs$1(models, targets, { from, rows, width, edits }) {
	const ids = new BigInt64Array(rows);
	for (let i = 0; i < targets.length; i++) ids[i] = BigInt(present(targets[i]));
	const inputs = { targets: {
		type: "int64",
		data: ids,
		dims: [rows, 1]
	} };
	const put = (name, values) => {
		const data = new Float32Array(rows * width);
		data.set(values.subarray(from * width, (from + targets.length) * width));
		inputs[name] = {
			type: "float32",
			data,
			dims: [rows, width]
		};
	};
	for (const [m, { plain, edited }] of models.entries()) {
		put(effectNames.plain(m), plain);
		for (const e of ownEdits(edits, m)) put(effectNames.edited(m, e), present(edited[e]));
	}
	return inputs;
}
// src/audit/causal/run-edits.ts
/** @file Edits of sequences, cut into runs of a suffix: the final hidden rows of scored positions, edit by edit. */
/**
* By edit, (scored, d_model): hidden rows of the scored positions. `rows` (sequences · length, d_model) before the edits. An edit that adds what
* another of them adds is not run again. Errors: ENGINE_FAILED.
*/
async function editedRows(suffix, { batch, length, firsts, scored }, rows, added) {
	const same = added.map((one) => added.findIndex((other) => isSame$1(one, other)));
	const width = rows.length / (batch.length * length);
	const found = new Map([...new Set(same)].map((edit) => [edit, new Float32Array(scored.length * width)]));
	const begin = async ({ from, to, edits }) => await suffix.run({
		batch: batch.slice(from, to),
		rows: rows.subarray(from * length * width, to * length * width),
		firsts: firsts.slice(from, to),
		added: edits.map((edit) => {
			const { strength, direction } = present(added[edit]);
			return {
				strength: strength.subarray(from * length, to * length),
				direction
			};
		})
	});
	await inOrder(editRuns(batch.length, [...found.keys()], suffix), suffix.inFlight, begin, ({ values, rowOf }, { from, to, edits }) => {
		for (const [i, { sequence, row }] of scored.entries()) {
			if (sequence < from || sequence >= to) continue;
			for (const [e, edit] of edits.entries()) {
				const at = rowOf(e, row - from * length) * width;
				present(found.get(edit)).set(values.subarray(at, at + width), i * width);
			}
		}
	});
	return same.map((edit) => present(found.get(edit)));
}
function editRuns(sequences, edits, { sequences: together, edits: atOnce }) {
	const runs = [];
	for (let from = 0; from < sequences; from += together) {
		const to = Math.min(sequences, from + together);
		for (let e = 0; e < edits.length; e += atOnce) runs.push({
			from,
			to,
			edits: edits.slice(e, e + atOnce)
		});
	}
	return runs;
}
function isSame$1(a, b) {
	return a.direction === b.direction && a.strength.every((value, i) => value === b.strength[i]);
}
/** Errors: ENGINE_FAILED. */
async function featureEffect(scene, task) {
	const sums = CAUSAL_EDITS.map(() => openSums(task.sequences.length));
	const controls = task.controls.map(() => 0);
	let positions = 0;
	const { sequences: together, inFlight } = scene.reference.suffix;
	const size = together * inFlight;
	for (let start = 0; start < task.sequences.length; start += size) {
		const part = await seePart(scene, task, task.sequences.slice(start, start + size));
		await comparePart(scene, part, (edit, sequence, effect) => {
			const into = present(sums[edit]);
			for (const name of EFFECT_SUMS) {
				const list = into[name];
				list[start + sequence] = present(list[start + sequence]) + effect[name];
			}
		});
		await comparePartControls(scene, part, task.controls, (control, kl) => {
			controls[control] = present(controls[control]) + kl;
		});
		positions += part.scored.length;
	}
	return {
		sums,
		controlKl: controls.map((sum) => sum / positions)
	};
}
function openSums(sequences) {
	const zeros = () => new Array(sequences).fill(0);
	return {
		positions: zeros(),
		referenceSquares: zeros(),
		products: zeros(),
		candidateSquares: zeros(),
		referenceKl: zeros(),
		candidateKl: zeros(),
		referenceLoss: zeros(),
		candidateLoss: zeros()
	};
}
async function seePart(scene, task, sequences) {
	const { tokens, counted, reference, candidate } = scene;
	const length = tokens.sequences.blockLength;
	const rows = Int32Array.from({ length: sequences.length * length }, (_, i) => {
		return present(sequences[Math.floor(i / length)]) * length + i % length;
	});
	const seen = [];
	for (const side of [reference, candidate]) seen.push(await seeRows(scene, side, task.feature, rows));
	const [own, other] = [present(seen[0]), present(seen[1])];
	const fires = Uint8Array.from(own.activations, (a, i) => a > 0 ? present(counted[i % length]) : 0);
	const places = {
		peak: task.peak,
		fires
	};
	const sides = [{
		rows: await gatherRows(reference.residuals.store, rows, rows.length),
		strengths: editStrengths(own, own, places)
	}, {
		rows: await gatherRows(candidate.residuals.store, rows, rows.length),
		strengths: editStrengths(other, own, places)
	}];
	const firsts = sequences.map((_, sequence) => {
		const first = fires.subarray(sequence * length, (sequence + 1) * length).indexOf(1);
		return first < 0 ? length : first;
	});
	const scored = firsts.flatMap((first, sequence) => {
		return Array.from({ length: Math.max(0, length - 1 - first) }, (_, t) => {
			const row = sequence * length + first + t;
			const storeRow = present(rows[row]);
			return {
				sequence,
				row,
				storeRow,
				target: present(tokens.sequences.ids[storeRow + 1])
			};
		});
	});
	return {
		batch: sequences.map((sequence) => present(tokens.chunked.plan.sequences[sequence])),
		length,
		firsts,
		direction: task.direction,
		sides,
		scored
	};
}
async function seeRows({ readout, probe, features }, { residuals }, feature, rows) {
	const column = features.indexOf(feature);
	const all = await probe(residuals, rows);
	const encoded = await residualRows(residuals, rows);
	const { input, d_in } = readout.encoder;
	return {
		activations: Float32Array.from(rows, (_, i) => present(all[i * features.length + column])),
		units: rowUnits(input, encoded, d_in, residuals.scale ?? 1)
	};
}
async function comparePart(scene, part, use) {
	const { reference, candidate, head } = scene;
	const models = [];
	for (const [m, side] of [reference, candidate].entries()) {
		const { rows, strengths } = present(part.sides[m]);
		const added = strengths.map((strength) => ({
			strength,
			direction: part.direction
		}));
		const edited = await editedRows(side.suffix, part, rows, added);
		models.push({
			plain: await plainRows(side, part),
			edited
		});
	}
	const targets = Int32Array.from(part.scored, ({ target }) => target);
	await head.compare({
		models,
		targets
	}, (reader, place, i) => {
		const { sequence } = present(part.scored[i]);
		for (const edit of CAUSAL_EDITS.keys()) use(edit, sequence, {
			positions: 1,
			...reader.paired(place, edit)
		});
	});
}
/** Random vectors in place of the ablated feature's, a few at a time. */
async function comparePartControls(scene, part, controls, use) {
	const { rows, strengths } = present(part.sides[0]);
	const targets = Int32Array.from(part.scored, ({ target }) => target);
	const plain = controls.length === 0 ? /* @__PURE__ */ new Float32Array() : await plainRows(scene.reference, part);
	for (let start = 0; start < controls.length; start += 5) {
		const some = controls.slice(start, start + 5);
		const added = some.map((direction) => ({
			strength: present(strengths[0]),
			direction
		}));
		const edited = [...await editedRows(scene.reference.suffix, part, rows, added)];
		while (edited.length < 5) edited.push(plain);
		await scene.controlHead.compare({
			models: [{
				plain,
				edited
			}],
			targets
		}, (reader, place) => {
			for (const i of some.keys()) use(start + i, reader.alone(place, i).kl);
		});
	}
}
async function plainRows({ hidden }, { scored }) {
	const rows = Int32Array.from(scored, ({ storeRow }) => storeRow);
	return await gatherRows(hidden, rows, rows.length);
}
// src/checkpoints/gguf/tokenizer-folder.ts
/** @file A tokenizer that was read out of a GGUF file, as the folder of files it would be in a Hugging Face checkpoint. */
/** tokenizer.json and tokenizer_config.json in memory. */
function tokenizerFolder(spec, files) {
	const texts = /* @__PURE__ */ new Map([["tokenizer.json", JSON.stringify(files.tokenizer)], ["tokenizer_config.json", JSON.stringify(files.config)]]);
	return {
		spec,
		revision: null,
		names: [...texts.keys()],
		has: (name) => texts.has(name),
		open: async (name) => {
			const text = texts.get(name);
			if (text === void 0) throw fileNotListed(spec, name);
			return bytesSource(`${spec}: ${name}`, new TextEncoder().encode(text));
		},
		localPath: () => null,
		close: async () => {}
	};
}
// src/corpus/cut-sequences.ts
/**
* @file A token stream cut into sequences: consecutive, non-overlapping, the incomplete last one dropped (arXiv 2606.03002).
*
* The block length is how many positions a sequence has. A prepended BOS is one of its positions, so BOS + N − 1 tokens of text.
*/
/** Cut (n_token) into sequences. Errors: CORPUS_TOO_SHORT when there is not one whole sequence. */
function cutSequences(tokens, cut) {
	const stream = cut.budget === null ? tokens : tokens.subarray(0, cut.budget);
	const prefix = cut.bos === null ? 0 : 1;
	const textPerSequence = cut.blockLength - prefix;
	const sequenceCount = Math.floor(stream.length / textPerSequence);
	if (sequenceCount === 0) throw corpusTooShort(cut.spec, stream.length, textPerSequence, cut.budget);
	const ids = new Int32Array(sequenceCount * cut.blockLength);
	for (let sequence = 0; sequence < sequenceCount; sequence++) {
		const start = sequence * cut.blockLength;
		if (cut.bos !== null) ids[start] = cut.bos;
		ids.set(stream.subarray(sequence * textPerSequence, (sequence + 1) * textPerSequence), start + prefix);
	}
	return {
		ids,
		sequenceCount,
		blockLength: cut.blockLength,
		bos: cut.bos,
		stream,
		sha256: hashIds(ids),
		droppedTokens: stream.length - sequenceCount * textPerSequence,
		lineEnds: cut.lineEnds,
		documents: cut.documents,
		specialIds: cut.specialIds
	};
}
/** sha256 of the ids as little-endian int32, hex. */
function hashIds(ids) {
	const bytes = new Uint8Array(ids.length * 4);
	const view = new DataView(bytes.buffer);
	for (let i = 0; i < ids.length; i++) view.setInt32(i * 4, ids[i], true);
	return createHash("sha256").update(bytes).digest("hex");
}
// src/corpus/places/corpus-files.ts
/** @file From a corpus spec to the files it means, in order: paths, folders and globs of this machine, datasets of the Hub, names. */
/** Errors: CORPUS_NO_FILES, CORPUS_UNSUPPORTED, DATASET_CHOICE, those of opening. */
async function corpusFiles(source, open) {
	const opened = [];
	const opening = async (spec) => {
		const files = await open(spec);
		opened.push(files);
		return files;
	};
	const close = async () => {
		for (const files of opened) await files.close();
	};
	try {
		const parts = await exists(source) ? [source] : corpusParts(source);
		const chosen = [];
		for (const part of parts) chosen.push(await chosenFiles(part, opening));
		const named = parts.map((part) => namedPart(part)?.corpus ?? null);
		const revisions = new Set(chosen.map(({ files }) => files.revision));
		const [revision = null] = revisions;
		return {
			files: chosen.flatMap((one) => one.names.map((name) => corpusFile(one.files, name))),
			revision: revisions.size === 1 ? revision : null,
			field: named[0]?.field ?? null,
			ofLines: named.length > 0 && named.every((one) => one?.records === "lines"),
			close
		};
	} catch (error) {
		await close();
		throw error;
	}
}
function corpusFile(files, name) {
	const full = files.localPath(name) ?? `${files.spec}: ${name}`;
	return {
		name: files.revision === null ? full : name,
		kind: kindOf(name),
		open: () => files.openParts === void 0 ? files.open(name) : files.openParts(name)
	};
}
async function chosenFiles(part, open) {
	const named = namedPart(part);
	if (named !== null) {
		const { corpus, split } = named;
		const [first = ""] = Object.keys(corpus.splits);
		const pattern = Object.entries(corpus.splits).find(([name]) => name === (split ?? first))?.[1];
		if (pattern === void 0) throw datasetChoice(part, "split", split, Object.keys(corpus.splits));
		return await globbedFiles(part, {
			base: `hf:datasets/${corpus.dataset}@${corpus.revision}/`,
			pattern
		}, open);
	}
	const dataset = datasetPart(part);
	if (dataset !== null) {
		const { datasetFiles } = await import("./shared-hub-dataset.js");
		return await datasetFiles(part, dataset, open);
	}
	if (isGlob(part) && !await exists(part)) return await globbedFiles(part, {
		base: "",
		pattern: part
	}, open);
	return await localFiles(part, open);
}
/** One file, whatever it is called; of a folder the files whose endings are known. */
async function localFiles(path, open) {
	const files = await open(path).catch((error) => {
		const near = nearest(path, NAMED_CORPORA.keys());
		throw error instanceof SaegateError && error.code === fileMissing.code && near !== null ? fileMissing(path, near) : error;
	});
	if (!await stat(path).then((found) => found.isDirectory(), () => false)) {
		const unread = unreadKind(path);
		if (unread !== null) throw corpusUnsupported(path, unread);
		return {
			files,
			names: files.names
		};
	}
	const names = files.names.filter((name) => knownKind(name) !== null);
	if (names.length === 0) throw corpusNoFiles(path, "the folder has none of these");
	return {
		files,
		names
	};
}
async function exists(path) {
	return stat(path).then(() => true, () => false);
}
// src/corpus/tokenizers/pieces.ts
/** @file A long text encoded piece by piece: the process stays responsive, and a token budget stops the work. */
/** Characters between two rests, in which signals and timers are served: 10 to 30 ms of work. */
const REST_AFTER = 16384;
/** Ids of the text, or of a prefix of it that has at least `budget` of them. */
async function encodePieces(text, encode, { cut, budget, onProgress, onPiece }) {
	const pieces = [];
	let count = 0;
	let start = 0;
	let rested = 0;
	while (start < text.length && (budget === null || count < budget)) {
		const end = cut === null ? text.length : nextCut(text, cut, start);
		const ids = encode(text.slice(start, end));
		pieces.push(ids);
		count += ids.length;
		start = end;
		onPiece?.(start, count);
		if (start - rested < REST_AFTER && start < text.length) continue;
		rested = start;
		onProgress(Math.max(start / text.length, budget === null ? 0 : Math.min(1, count / budget)));
		await setImmediate();
	}
	return joinPieces(pieces, count);
}
function nextCut(text, { pattern, pieceLength }, start) {
	pattern.lastIndex = Math.min(start + pieceLength, text.length);
	const match = pattern.exec(text);
	return match === null ? text.length : match.index + match[0].length;
}
/** One after the other; `count`: ids in all. */
function joinPieces(pieces, count) {
	const ids = new Int32Array(count);
	let at = 0;
	for (const piece of pieces) {
		ids.set(piece, at);
		at += piece.length;
	}
	return ids;
}
// src/corpus/encode.ts
/**
* @file The text of a corpus as token ids. A text is encoded in pieces; records one by one, a blank line after each that another
* follows, so that where one begins is known to the token, and no more of them is read than the budget asks for.
*/
/** Stands between two records. */
const BETWEEN = "\n\n";
/** Characters that a token has at most, over a whole text: of a text in lines no more than that is read for a budget. */
const CHARACTERS_EACH = 64;
const LEAST_READ = 2 ** 20;
/** Errors: those of errors/corpus.ts, of opening and of reading. */
async function encodeCorpus(config, tokenizer, { open, onProgress }) {
	const place = await corpusFiles(config.source, open);
	try {
		const isText = place.files.every(({ kind }) => kind.format === "text");
		const records = {
			...EVERY_RECORD,
			...config.records
		};
		if (isText || place.ofLines) refuseRecords(config.source, records);
		const encoding = {
			config,
			tokenizer,
			onProgress,
			place
		};
		const encoded = isText ? await encodeText(encoding, await wholeText$1(encoding)) : place.ofLines ? await encodeText(encoding, await textOfLines(encoding)) : await encodeRecords(encoding, records);
		if (encoded.tokens.length === 0) throw corpusEmpty(config.source, "text");
		return encoded;
	} finally {
		await place.close();
	}
}
/** Errors: CORPUS_NO_RECORDS. */
function refuseRecords(spec, { field, template, subset }) {
	if (subset !== null) throw corpusNoRecords(spec, "--subset");
	if (template) throw corpusNoRecords(spec, "--template");
	if (field !== null) throw corpusNoRecords(spec, "--field");
}
async function wholeText$1({ config, place }) {
	const texts = [];
	const starts = [];
	let [length, isCut] = [0, false];
	for (const file of place.files) {
		const { text, isCut: cut } = await readTextFile$1(file, config.tokens !== null);
		starts.push(length);
		texts.push(text);
		length += text.length + 2;
		isCut = cut || length > MAX_TEXT_BYTES;
		if (!isCut) continue;
		if (config.tokens === null) throw corpusTooLarge(file.name, null, MAX_TEXT_BYTES);
		break;
	}
	return {
		read: texts.join(BETWEEN),
		isCut,
		starts: texts.length === 1 ? [] : starts
	};
}
/** Parquet, CSV, Zstandard and chat templates are loaded where a corpus has records: most are one text. */
const readingRecords = () => import("./shared-texts.js");
/** Records that are lines of one text, as WikiText's are: what has no line end gets one. */
async function textOfLines({ config, place }) {
	const { tokens: budget } = config;
	const most = budget === null ? MAX_TEXT_BYTES : Math.min(MAX_TEXT_BYTES, budget * CHARACTERS_EACH + LEAST_READ);
	const { recordTexts } = await readingRecords();
	const lines = [];
	let [length, isCut] = [0, false];
	for await (const line of recordTexts(place, {
		...EVERY_RECORD,
		field: place.field
	}, null).texts()) {
		lines.push(line.endsWith("\n") ? line : `${line}\n`);
		length += line.length + 1;
		isCut = length > most;
		if (isCut) break;
	}
	if (isCut && budget === null) throw corpusTooLarge(config.source, null, MAX_TEXT_BYTES);
	return {
		read: lines.join(""),
		isCut,
		starts: []
	};
}
async function encodeText({ config, tokenizer, onProgress, place }, { read, isCut, starts }) {
	const { text, lineEnds, documents } = preparedText(read, config);
	const { cut, encode, specialIds } = tokenizer;
	const pieces = {
		characters: [],
		tokens: []
	};
	const onPiece = (characters, count) => {
		pieces.characters.push(characters);
		pieces.tokens.push(count);
	};
	const tokens = await encodePieces(text, encode, {
		cut,
		budget: config.tokens,
		onProgress,
		onPiece
	});
	if (isCut && tokens.length < (config.tokens ?? 0)) throw corpusTooLarge(config.source, null, MAX_TEXT_BYTES);
	const inText = (text.length === read.length ? documentsOfRecords(starts) : null) ?? documents;
	const sha256 = createHash("sha256").update(text).digest("hex");
	return {
		tokens,
		lineEnds,
		documents: documentsOfStream(tokens, specialIds) ?? (inText && inTokens(inText, pieces)),
		text: {
			sha256,
			unordered: sha256,
			records: null,
			...placed(place)
		}
	};
}
async function encodeRecords({ config, tokenizer, onProgress, place }, records) {
	const { tokens: budget } = config;
	const { recordTexts } = await readingRecords();
	const source = recordTexts(place, {
		...records,
		field: records.field ?? place.field
	}, tokenizer);
	const made = new Made();
	const pieces = [];
	const starts = [];
	let [count, characters] = [0, 0];
	for await (const { text, isLast } of withLast(prepared(source.texts(), config))) {
		if (budget === null && characters > MAX_TEXT_BYTES) throw corpusTooLarge(config.source, null, MAX_TEXT_BYTES);
		starts.push(count);
		made.add(text);
		characters += text.length;
		const left = budget === null ? null : budget - count;
		const ids = await encodePieces(isLast ? text : `${text}${BETWEEN}`, tokenizer.encode, {
			cut: tokenizer.cut,
			budget: left,
			onProgress: () => {}
		});
		pieces.push(ids);
		count += ids.length;
		if (budget === null) continue;
		onProgress(Math.min(1, count / budget));
		if (count >= budget) break;
	}
	return {
		tokens: joinPieces(pieces, count),
		lineEnds: made.lineEnds,
		documents: documentsOfRecords(starts),
		text: {
			...made.identity(),
			records: source.read(),
			...placed(place)
		}
	};
}
const placed = ({ files, revision }) => ({
	revision,
	files: files.map(({ name }) => name)
});
/** As the tokenizer is to be given them; what is blank has nothing to give. */
async function* prepared(texts, config) {
	for await (const one of texts) {
		const { text } = preparedText(one, config);
		if (text.trim() !== "") yield text;
	}
}
/** Each with whether another follows. */
async function* withLast(texts) {
	let held = null;
	for await (const text of texts) {
		if (held !== null) yield {
			text: held,
			isLast: false
		};
		held = text;
	}
	if (held !== null) yield {
		text: held,
		isLast: true
	};
}
/** What was read, summed up. */
var Made = class {
	#ordered = createHash("sha256");
	#sum = 0n;
	#ends = {
		crlf: 0,
		lf: 0,
		cr: 0
	};
	add(text) {
		const digest = createHash("sha256").update(text).digest("hex");
		this.#ordered.update(digest);
		this.#sum = (this.#sum + BigInt(`0x${digest}`)) % 2n ** 256n;
		const { crlf, lf, cr } = countLineEnds(text);
		this.#ends = {
			crlf: this.#ends.crlf + crlf,
			lf: this.#ends.lf + lf,
			cr: this.#ends.cr + cr
		};
	}
	get lineEnds() {
		return this.#ends;
	}
	identity() {
		return {
			sha256: this.#ordered.digest("hex"),
			unordered: this.#sum.toString(16).padStart(64, "0")
		};
	}
};
// src/corpus/token-ids.ts
/**
* @file Token ids that somebody else made: `tokens:FILE.npy`, any integer type, one stream (n) or sequences (sequence, length).
*
* A stream is cut like text. Sequences stay as they are: a row is what the model is given, and a BOS comes before it only
* where `bos: always` asks for one; a token budget keeps whole rows.
*/
/** Errors: TOKENS_MALFORMED, CORPUS_EMPTY, TOKEN_OUT_OF_VOCABULARY, NPY_MALFORMED and those of opening the file. */
async function readTokenIds(path, vocabulary) {
	const array = readNpy(await readWhole(path), path);
	const [rows = 0, rowLength = null, ...more] = array.shape;
	if (array.shape.length === 0 || more.length > 0) throw tokensMalformed(path, `it has ${array.shape.length} axes`);
	if (rows === 0 || rowLength === 0) throw corpusEmpty(path, "ids");
	return {
		ids: toIds(path, array, vocabulary),
		rowLength
	};
}
/** Tokens of whole rows within the budget. Errors: TOKENS_ROW_LENGTH where rows do not fill a sequence. */
function rowsWithin(path, tokens, rowLength, config) {
	const withBos = config.bos === "always";
	if (rowLength + Number(withBos) !== config.blockLength) throw tokensRowLength(path, rowLength, config.blockLength, withBos);
	if (config.tokens === null) return tokens.ids;
	return tokens.ids.subarray(0, Math.floor(config.tokens / rowLength) * rowLength);
}
async function readWhole(path) {
	const source = await fileSource(path);
	try {
		return await source.read(0, source.byteLength);
	} finally {
		await source.close();
	}
}
function toIds(path, array, vocabulary) {
	const { dtype, data } = array;
	if (dtype === "f8" || dtype === "f4" || dtype === "f2" || dtype === "b1") throw tokensMalformed(path, `its type is ${dtype}, not an integer type`);
	const ids = new Int32Array(data.length);
	for (let i = 0; i < data.length; i++) {
		const stored = data[i] ?? 0;
		const id = Number(stored);
		if (id < 0 || id >= vocabulary) throw tokenOutOfVocabulary(path, stored, i, vocabulary);
		ids[i] = id;
	}
	return ids;
}
// src/corpus/load.ts
const TOKENS$1 = "tokens:";
/**
* Tokens ready for the model. `tokenizer` null: the reference has none, so only `tokens:` will do. `onProgress` hears
* the fraction of the text that is tokenized.
* Errors: those of errors/corpus.ts, and those of reading.
*/
async function loadCorpus(config, tokenizer, limits, onProgress = () => {}) {
	checkBlockLength(config.blockLength, limits.maxPositions);
	if (config.source.startsWith(TOKENS$1)) return loadTokens(config, tokenizer, limits.vocabulary);
	if (tokenizer === null) throw tokenizerNeeded(config.source);
	return await loadText(config, tokenizer, limits, onProgress);
}
async function loadText(config, tokenizer, { vocabulary, open }, onProgress) {
	const bos = chooseBos(config, tokenizer, vocabulary);
	const { tokens, lineEnds, documents, text } = await encodeCorpus(config, tokenizer, {
		open: open ?? openFiles,
		onProgress
	});
	const beyond = tokens.find((id) => id >= vocabulary);
	if (beyond !== void 0) throw tokenizerBeyondModel(tokenizer.file, beyond, vocabulary);
	const { specialIds } = tokenizer;
	const leading = leadingBos(config, tokenizer, vocabulary);
	return {
		...cutSequences(led(leading, tokens), {
			spec: config.source,
			blockLength: config.blockLength,
			bos,
			budget: config.tokens,
			specialIds,
			lineEnds,
			documents: leading === null ? documents : afterBos(documents)
		}),
		made: {
			text,
			tokenizer: tokenizer.sha256
		}
	};
}
async function loadTokens(config, tokenizer, vocabulary) {
	const path = config.source.slice(7);
	if (path === "") throw corpusPathMissing(config.source);
	const tokens = await readTokenIds(path, vocabulary);
	const cut = {
		spec: config.source,
		blockLength: config.blockLength,
		specialIds: [],
		lineEnds: null,
		documents: null
	};
	if (tokens.rowLength === null) {
		const bos = chooseBos(config, tokenizer, vocabulary);
		return cutSequences(led(leadingBos(config, tokenizer, vocabulary), tokens.ids), {
			...cut,
			bos,
			budget: config.tokens
		});
	}
	if (config.bos === "stream") throw bosOfRows(path);
	const bos = config.bos === "always" ? chooseBos(config, tokenizer, vocabulary) : null;
	return cutSequences(rowsWithin(path, tokens, tokens.rowLength, config), {
		...cut,
		bos,
		budget: null
	});
}
function checkBlockLength(blockLength, maxPositions) {
	if (blockLength < 2) throw blockTooShort(blockLength);
	if (maxPositions !== null && blockLength > maxPositions) throw blockTooLong(blockLength, maxPositions);
}
/** The token that stands once before the whole text; null: none does. Errors: BOS_MISSING, TOKENIZER_BEYOND_MODEL. */
const leadingBos = (config, tokenizer, vocabulary) => config.bos === "stream" ? chooseBos({
	...config,
	bos: "always"
}, tokenizer, vocabulary) : null;
function led(bos, tokens) {
	if (bos === null) return tokens;
	const all = new Int32Array(tokens.length + 1);
	all[0] = bos;
	all.set(tokens, 1);
	return all;
}
/** Where documents begin, one token later: the first one has the BOS. */
const afterBos = (documents) => documents && {
	...documents,
	starts: documents.starts.map((start) => start === 0 ? 0 : start + 1)
};
/**
* The token to put before every sequence. `auto`: what the post-processor prepends; `always`: the tokenizer's bos_token.
* Errors: BOS_MISSING, TOKENIZER_BEYOND_MODEL.
*/
function chooseBos(config, tokenizer, vocabulary) {
	if (config.bos === "never" || config.bos === "stream") return null;
	const automatic = tokenizer?.bosFromPostProcessor ?? null;
	const bos = config.bos === "always" ? tokenizer?.bosToken ?? automatic : automatic;
	if (bos === null && config.bos === "always") throw bosMissing(config.source);
	if (bos !== null && tokenizer !== null && (bos < 0 || bos >= vocabulary)) throw tokenizerBeyondModel(`the BOS of ${tokenizer.file}`, bos, vocabulary);
	return bos;
}
// src/audit/text/dealing.ts
/** The sequences as the deal to token groups sees them. */
function dealtText({ sequenceCount, blockLength, bos, documents }) {
	return {
		sequences: sequenceCount,
		tokensPerSequence: blockLength - (bos === null ? 0 : 1),
		documentStarts: documents?.starts ?? null
	};
}
/** What was seen of the text's documents, as far as groups were dealt by them. */
function documentsOf({ sequences }) {
	const text = dealtText(sequences);
	const length = typicalDocument(text);
	if (sequences.documents === null || length === null) return {};
	return { documents: {
		count: sequences.documents.starts.filter((start) => start < text.sequences * text.tokensPerSequence).length,
		tokens: length,
		by: sequences.documents.by
	} };
}
/** As the report says it, so that whoever reads the report makes the same intervals. */
function samplingOfTokens(tokens) {
	return samplingOf({
		tokens: tokens.chunked.plan.rows,
		resampling: RESAMPLING_METHOD,
		degrees: DEGREES_RULE,
		...documentsOf(tokens)
	});
}
// src/audit/text/half.ts
/** Fewer say nothing, on either side. */
const FEWEST = 2;
/** Errors: REPAIR_TEXT_SHORT. */
function halfOf(sequences, half) {
	const { ids, sequenceCount, blockLength, bos, stream, documents } = sequences;
	if (sequenceCount < FEWEST) throw repairTextShort(sequenceCount);
	const middle = Math.floor(sequenceCount / 2);
	const [from, to] = half === "first" ? [0, middle] : [middle, sequenceCount];
	const each = blockLength - (bos === null ? 0 : 1);
	const [start, end] = [from * each, to * each];
	const own = ids.slice(from * blockLength, to * blockLength);
	return {
		...sequences,
		ids: own,
		sequenceCount: to - from,
		stream: stream.slice(start, end),
		sha256: hashIds(own),
		documents: documents && {
			...documents,
			starts: Int32Array.from([0, ...documents.starts.filter((at) => at > start && at < end).map((at) => at - start)])
		}
	};
}
// src/corpus/tokenizers/spelled-kinds.ts
/**
* @file Of which kinds a token is by its text. A token may be of none and of several; classes are Unicode's.
*
*     digits             has a decimal digit
*     code-punctuation   ASCII punctuation and white space alone, with one of {}[]()<>=+*&|^%$#@~`\/;_ among it
*     non-latin          has a letter or mark of another script than Latin, or is a part of a character
*     white-space        white space alone
*/
const HAS = {
	digits: /\p{Nd}/u,
	"code-punctuation": /^(?=.*[{}[\]()<>=+*&|^%$#@~`\\/;_])[\s!-/:-@[-`{-~]+$/su,
	"non-latin": /(?![\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}])[\p{L}\p{M}]|\uFFFD/u,
	"white-space": /^\s+$/u
};
/** Kinds of the token with this id; none of an id without a piece. */
function spelledKinds(id, text) {
	const spelled = text([id]);
	if (spelled.trim() === `#${id}`) return [];
	return SPELLED_KINDS.filter((kind) => HAS[kind].test(spelled));
}
// src/audit/text/scored-kinds.ts
/**
* @file Of which kinds the token is that each scored row predicts (contract/token-kinds.ts), as bits: found once an audit, for all
* candidates.
*/
const bitOf$1 = (kind) => 1 << TOKEN_KINDS.indexOf(kind);
/** Is the token of the scored row of the kind? */
const isOfKind = ({ bits }, row, kind) => (present(bits[row]) & bitOf$1(kind)) !== 0;
/** `scored`: rows of the sequences. Without a tokenizer nobody knows what ids spell, or which are special. */
function scoredKinds({ ids, blockLength }, { rows, targets }, tokenizer) {
	const ofIds = bitsOfIds(ids, tokenizer);
	const first = TOKEN_KINDS.indexOf("position-1");
	return {
		told: tokenizer === null ? TOKEN_KINDS.filter((kind) => !NEEDS_TOKENIZER.has(kind)) : TOKEN_KINDS,
		bits: Uint32Array.from(rows, (row, i) => {
			const part = Math.floor(POSITION_PARTS * (row % blockLength) / (blockLength - 1));
			return present(ofIds.get(present(targets[i]))) | 1 << first + part;
		})
	};
}
const NEEDS_TOKENIZER = /* @__PURE__ */ new Set([...SPELLED_KINDS, "special"]);
/** Kinds that an id is of wherever it stands. A special token is of no kind by its text, which names it and is no text. */
function bitsOfIds(ids, tokenizer) {
	const counts = /* @__PURE__ */ new Map();
	for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
	const special = new Set(tokenizer?.specialIds);
	const own = (id) => {
		if (tokenizer === null) return [];
		return special.has(id) ? ["special"] : spelledKinds(id, tokenizer.text);
	};
	return new Map([...counts].map(([id, count]) => {
		return [id, (count === 1 ? [...own(id), "rare"] : own(id)).reduce((bits, kind) => bits | bitOf$1(kind), 0)];
	}));
}
// src/audit/text/tokens.ts
/** @file The corpus as one audit runs it: sequences, sliding windows, what of them is scored, and the token groups. */
const wholeText = (sequences, groups) => ({
	firstSequence: 0,
	firstGroup: 0,
	sequences,
	groups
});
/** Tokenize the corpus and plan what is run. Errors: the corpus' own. */
async function openTokens(opening, { checkpoint, model }) {
	const { config } = opening;
	const { n_vocab: vocabulary, maxPositions } = model.decoder.spec;
	const tokenizer = !config.corpus.source.startsWith("tokens:") ? await tokenizerOf(opening, checkpoint) : null;
	const loaded = await loadCorpus(config.corpus, tokenizer, {
		vocabulary,
		maxPositions,
		open: opening.openText
	});
	const sequences = config.half === void 0 ? loaded : halfOf(loaded, config.half);
	const known = tokenizer ?? await tokenizerIfAny(opening, checkpoint);
	const { sliding } = config.perplexity;
	const text = dealtText(sequences);
	const groupStarts = dealGroups(text, groupCount(text, config.groups));
	const streamStarts = groupStarts.map((sequence) => sequence * text.tokensPerSequence);
	const scored = chunkedScores(sequences, groupStarts);
	return {
		sequences,
		chunked: {
			plan: chunkedPlan(sequences),
			scored
		},
		sliding: sliding === null ? null : slidingTokens(sequences, sliding, streamStarts),
		groupStarts,
		part: wholeText(sequences.sequenceCount, groupStarts.length - 1),
		bosLeftOut: leftOut(sequences, known),
		text: known?.text ?? null,
		kinds: scoredKinds(sequences, scored, known),
		longest: longestSequence(config)
	};
}
/** For ids that somebody else made, which need none: what cannot be read is then no matter. */
async function tokenizerIfAny(opening, checkpoint) {
	try {
		return await tokenizerOf(opening, checkpoint);
	} catch (error) {
		if (error instanceof SaegateError) return null;
		throw error;
	}
}
/** Ids of somebody else may hold it already. */
function leftOut({ ids, sequenceCount, blockLength, bos }, tokenizer) {
	const expected = tokenizer?.bosFromPostProcessor ?? null;
	if (expected === null || bos !== null) return null;
	return Array.from({ length: sequenceCount }, (_, sequence) => ids[sequence * blockLength]).filter((id) => id === expected).length > sequenceCount / 2 ? null : expected;
}
/** The one named, else the reference's own: in its folder, or beside or inside its GGUF file. Errors: those of `openTokenizer`. */
async function tokenizerOf({ config, openText: open }, checkpoint) {
	if (config.tokenizer !== null) {
		const files = await open(config.tokenizer);
		try {
			return await openTokenizer(files);
		} finally {
			await files.close();
		}
	}
	const inFile = checkpoint.files.has("tokenizer.json") ? null : checkpoint.gguf?.tokenizer() ?? null;
	return await openTokenizer(inFile === null ? checkpoint.files : tokenizerFolder(checkpoint.spec, inFile));
}
function slidingTokens({ stream, bos }, windows, streamStarts) {
	const plan = slidingPlan(stream, windows, bos);
	return {
		plan,
		scored: slidingScores(plan, streamStarts)
	};
}
/** What the report says the ids were made of, where they were not given. */
function madeFrom({ made }) {
	if (made === void 0) return {};
	const { text, tokenizer } = made;
	return {
		text: {
			...text,
			files: [...text.files]
		},
		tokenizer
	};
}
// src/audit/text/few-sequences.ts
/** @file Some sequences of the text as a text of their own: one token group, no sliding windows. */
/** Numbers of the sequences, ascending: as many as have `tokens` tokens together, one at least. */
function evenlySpread(sequences, length, tokens) {
	const count = Math.max(1, Math.min(sequences, Math.floor(tokens / length)));
	return Array.from({ length: count }, (_, i) => Math.floor((i + .5) * sequences / count));
}
/** The text that consists of these sequences. */
function fewSequences(tokens, chosen) {
	const { sequences } = tokens;
	const { blockLength } = sequences;
	const ids = new Int32Array(chosen.length * blockLength);
	for (const [i, sequence] of chosen.entries()) ids.set(sequences.ids.subarray(sequence * blockLength, (sequence + 1) * blockLength), i * blockLength);
	const few = {
		...sequences,
		ids,
		sequenceCount: chosen.length
	};
	const groupStarts = Int32Array.of(0, chosen.length);
	return {
		...tokens,
		sequences: few,
		groupStarts,
		part: wholeText(chosen.length, 1),
		chunked: {
			plan: chunkedPlan(few),
			scored: chunkedScores(few, groupStarts)
		},
		sliding: null,
		longest: blockLength
	};
}
// src/audit/causal/firing-sequences.ts
/** @file In which sequences the reference fires each of some features, at positions that count. */
/** Rows that are encoded at a time. */
const ROWS$5 = 2048;
/** At most `most` sequences per feature, spread evenly over those in which it fires before the last position, ascending. Errors: ENGINE_FAILED. */
async function firingSequences({ tokens, device }, readout, { residuals, features, most }) {
	const { blockLength, sequenceCount } = tokens.sequences;
	const counted = countedMask(readout.positions, blockLength);
	const fires = Array.from(features, () => new Uint8Array(sequenceCount));
	const rows = sequenceCount * blockLength;
	await withProbe(readout.encoder, features, device, async (probe) => {
		for (let start = 0; start < rows; start += ROWS$5) {
			const batch = Int32Array.from({ length: Math.min(ROWS$5, rows - start) }, (_, i) => start + i);
			const activations = await probe(residuals, batch);
			for (const [i, row] of batch.entries()) {
				const position = row % blockLength;
				if (counted[position] !== 1 || position >= blockLength - 1) continue;
				for (let k = 0; k < features.length; k++) if (present(activations[i * features.length + k]) > 0) present(fires[k])[Math.floor(row / blockLength)] = 1;
			}
		}
	});
	return fires.map((of) => {
		const found = Array.from(of.keys()).filter((sequence) => of[sequence] === 1);
		if (found.length <= most) return found;
		return evenlySpread(found.length, 1, most).map((i) => present(found[i]));
	});
}
// src/audit/causal/self-agreement.ts
/** @file The reference against itself, its suffix run a second time: C has to be 1. */
/** Least C over the edits of one feature, on the sequences of one run. Errors: ENGINE_FAILED. */
async function selfAgreement(scene, task, reference, device) {
	const sequences = task.sequences.slice(0, scene.reference.suffix.sequences);
	const rows = sequences.length * scene.tokens.sequences.blockLength;
	const head = await loadEffectHead([reference, reference], SAME_IN_REFERENCE, rows, device);
	try {
		const { sums } = await featureEffect({
			...scene,
			candidate: scene.reference,
			head
		}, {
			...task,
			sequences,
			controls: []
		});
		return sums.reduce((least, one) => Math.min(least, present(agreement(one).value)), 1);
	} finally {
		await head.release();
	}
}
// src/audit/causal/shared-rows.ts
/** @file Which rows the edits of a sequence have in common: all before the first that an edit changes, which are then computed once. Pure. */
function sharedRows({ sequences, length, firsts, edits }) {
	const rows = new Int32Array(sequences * length);
	const kept = [];
	for (const [s, first] of firsts.entries()) for (let edit = 0; edit < edits; edit++) for (let position = 0; position < length; position++) {
		const place = (s * edits + edit) * length + position;
		if (edit > 0 && position < first) rows[place] = present(rows[s * edits * length + position]);
		else rows[place] = kept.push({
			place,
			origin: s * length + position,
			edit
		}) - 1;
	}
	for (let place = firsts.length * edits * length; place < rows.length; place++) rows[place] = present(rows[place % length]);
	return {
		computed: BigInt64Array.from(rows, BigInt),
		places: BigInt64Array.from(kept, ({ place }) => BigInt(place)),
		origins: Int32Array.from(kept, ({ origin }) => origin),
		edits: Int32Array.from(kept, ({ edit }) => edit),
		rowOf: (edit, row) => present(rows[(Math.floor(row / length) * edits + edit) * length + row % length])
	};
}
// src/audit/causal/suffix.ts
/**
* @file A model from a hook in the residual stream to its final hidden rows, started from stored rows, under several edits at once: each adds
* to the rows at the hook a vector times a strength for each row. What lies before the first row that an edit changes is computed once for all.
*/
const STRENGTH = "edit_strength";
const DIRECTIONS = "edit_directions";
/** strength (n_row, n_edit) · directions (n_edit, d_model) is added to the rows. */
const addVector = (width) => (g, rows) => {
	const type = rows.type === "float64" ? "float64" : "float32";
	const strength = g.input(STRENGTH, type, ["n_row", "n_edit"]);
	return add(g, rows, matMul(g, strength, g.input(DIRECTIONS, type, ["n_edit", width])));
};
/**
* The program that edits what passes a hook of the residual stream, from the block behind it on. Errors: CAUSAL_HOOK where nothing of the
* model lies behind it, or the rows there are not all that the model goes on with.
*/
function suffixProgram(hook, decoder) {
	const { blocks, d_model } = decoder.spec;
	const from = hook.name === "hook_resid_post" ? hook.layer + 1 : hook.layer;
	if (hook.name !== "hook_resid_post" && hook.name !== "hook_resid_pre") throw causalHook(hookName(hook), "it is no place of the residual stream between two blocks");
	if (from >= blocks.length) throw causalHook(hookName(hook), "no block of the model stands behind it");
	if (rowWidth(decoder) !== d_model) throw causalHook(hookName(hook), "the blocks behind it are given more of a token than that: further streams, vectors of its own, or keys and values of earlier blocks");
	return {
		from,
		to: "hidden",
		taps: [],
		sums: [],
		edits: [{
			hook: {
				layer: from,
				name: "hook_resid_pre"
			},
			apply: addVector(d_model)
		}]
	};
}
/** Errors: CAUSAL_HOOK, CAUSAL_TURNED, ENGINE_FAILED, the checkpoint's own. */
async function loadSuffix(model, hook, { plan, blockLength, sequences: most, edits: wanted }, device) {
	if (model.basis !== null) throw causalTurned(model.name);
	const edits = spansRows(model) ? 1 : Math.min(wanted, Math.max(1, Math.floor(GPU_ROWS / blockLength)));
	const room = Math.floor(runSize(device).bodyRows / (edits * blockLength));
	const sequences = Math.max(1, Math.min(most, room));
	const body = await loadBody(model, suffixProgram(hook, model.decoder), {
		blockLength,
		longest: blockLength,
		count: most * wanted,
		sharing: edits * sequences
	}, device);
	return {
		sequences,
		edits,
		inFlight: body.session.inFlight,
		run: async ({ batch, rows, firsts, added }) => {
			const layout = sharedRows({
				sequences: body.sequences,
				length: blockLength,
				edits: added.length,
				firsts: firsts.map(roundedDown)
			});
			const { ids: _, ...given } = batchInputs(body, plan, batch);
			return {
				values: (await body.session.run({
					...given,
					...editInputs(layout, rows, added)
				}, [HIDDEN])).float32(HIDDEN),
				rowOf: layout.rowOf
			};
		},
		release: () => body.session.release()
	};
}
/** Does what one row is rounded to depend on the others of its run? Edits are then run apart. */
const spansRows = ({ activations }) => [...activations.values()].some(({ strategy, dynamic, outlierThreshold }) => strategy === "tensor" && dynamic || outlierThreshold !== null);
/** So that runs are of few sizes, each of which the engine finds its memory for anew. */
const FIRST_STEP = 4;
const roundedDown = (first) => first - first % FIRST_STEP;
function editInputs({ computed, places, origins, edits }, rows, added) {
	const width = present(added[0]).direction.length;
	const [count, columns] = [origins.length, added.length];
	const before = new Float32Array(count * width);
	const strengths = new Float32Array(count * columns);
	for (const [i, origin] of origins.entries()) {
		before.set(rows.subarray(origin * width, (origin + 1) * width), i * width);
		const edit = present(edits[i]);
		strengths[i * columns + edit] = present(present(added[edit]).strength[origin]);
	}
	const directions = new Float32Array(columns * width);
	for (const [edit, { direction }] of added.entries()) directions.set(direction, edit * width);
	return {
		[RESIDUAL_BEFORE]: {
			type: "float32",
			data: before,
			dims: [count, width]
		},
		[STRENGTH]: {
			type: "float32",
			data: strengths,
			dims: [count, columns]
		},
		[DIRECTIONS]: {
			type: "float32",
			data: directions,
			dims: [columns, width]
		},
		[COMPUTED_ROW]: {
			type: "int64",
			data: computed,
			dims: [computed.length]
		},
		[ROW_PLACES]: {
			type: "int64",
			data: places,
			dims: [count]
		}
	};
}
// src/audit/causal/causal.ts
/**
* @file Do features still act the same? A candidate at one read-out: which features, on which sequences, their effects in both models,
* and what comes of them. The model runs are behind feature-effect.ts, what is made of their sums is causal-report.ts.
*/
/** No control does what another does. */
const CONTROLS = Array.from({ length: 5 }, (_, e) => e);
/**
* What can be known before anything is run. Errors: WATCHED_UNKNOWN, CAUSAL_HOOK, CAUSAL_TRANSCODER, CAUSAL_ONNX, CAUSAL_LOSSES, CAUSAL_STREAMED.
*/
function requireCausal(run, reference, candidates) {
	if (run.config.causal === void 0) return;
	if (!wantsLosses(run.config)) throw causalLosses();
	if (run.weights.kind === "stream") throw causalStreamed(reference.name);
	const onnx = candidates.find(({ kind }) => kind === "onnx");
	if (onnx !== void 0) throw causalOnnx(onnx.name);
	requireKnownFeatures(run.config, run.readouts);
	for (const { dictionary } of run.readouts) {
		if (hookName(dictionary.reads) !== hookName(dictionary.predicts)) throw causalTranscoder(dictionary.spec);
		suffixProgram(dictionary.reads, reference.decoder);
	}
}
/** What the reference alone tells, before candidates are run. Errors: CAUSAL_SILENT. */
function requireFiring(run, readouts) {
	if (run.config.causal === void 0) return;
	for (const seen of readouts) {
		const { firings } = seen.counted;
		const silent = [...watchedAt$1(run, seen)].filter((feature) => firings[feature] === 0);
		if (silent.length > 0) throw causalSilent(seen.readout.id, listed$1(silent));
	}
}
/** One entry per read-out; nothing where it was not asked for. Errors: CAUSAL_TURNED, ENGINE_FAILED. */
async function causalChecks(run, reference, readouts, candidate) {
	const { causal } = run.config;
	const { model } = candidate;
	if (causal === void 0 || model === null) return [];
	const reports = [];
	for (const [r, seen] of readouts.entries()) {
		const place = {
			seen,
			features: present(candidate.features[r]),
			asked: causal
		};
		reports.push(await checksAt(run, reference, {
			...candidate,
			model
		}, place));
	}
	return reports;
}
async function checksAt(run, reference, candidate, place) {
	const tasks = await tasksOf(run, reference, place);
	const features = Int32Array.from(tasks, ({ feature }) => feature);
	const opened = [];
	const keep = (one) => {
		opened.push(one);
		return one;
	};
	const cost = costOf(run, reference.model, place, tasks);
	const onTokens = run.work.stage(`${candidate.name}: causal checks at ${place.seen.readout.id}`, cost.operations, cost.rows);
	try {
		return await withProbe(place.seen.readout.encoder, features, run.device, async (probe) => {
			const sides = {
				reference: sideOf(place, reference, keep(await suffixOf(run, reference.model, place)), 1),
				candidate: sideOf(place, candidate, keep(await suffixOf(run, candidate.model, place)), scaleOf(run, place))
			};
			const heads = {
				head: keep(await loadEffectHead([reference.model, candidate.model], SAME_IN_REFERENCE, cost.rows, run.device)),
				controlHead: keep(await loadEffectHead([reference.model], CONTROLS, cost.rows, run.device))
			};
			const { tokens } = run;
			const counted = countedMask(place.seen.readout.positions, tokens.sequences.blockLength);
			return await lookedAt(run, {
				tokens,
				readout: place.seen.readout,
				probe,
				features,
				counted,
				...sides,
				...heads
			}, {
				tasks,
				place,
				model: reference.model
			}, onTokens);
		});
	} finally {
		for (const one of opened) await one.release();
	}
}
async function lookedAt(run, scene, { tasks, place, model }, onTokens) {
	const found = [];
	let done = 0;
	for (const task of tasks) {
		const effect = await featureEffect(scene, task);
		const { feature, chosen, sequences } = task;
		found.push({
			feature,
			chosen,
			sequences: sequences.length,
			...effect
		});
		done += sequences.length * run.tokens.sequences.blockLength;
		onTokens(done);
	}
	const [first] = tasks;
	const itself = first === void 0 ? null : await selfAgreement(scene, first, model, run.device);
	return causalReport(found, place.features.evidence.table, {
		...run.config,
		asked: place.asked,
		selfAgreement: itself
	});
}
/** What a candidate's rows are multiplied by before they are encoded. */
function scaleOf({ config }, { features: { scaling } }) {
	return config.rescale && isRescaled(scaling) ? 1 / scaling.factor : 1;
}
function sideOf({ seen: { readout } }, { capture }, suffix, scale) {
	return {
		residuals: {
			store: storeOf(capture.chunked, readout.hook),
			center: readout.center,
			scale
		},
		hidden: storeOf(capture.chunked, HIDDEN),
		suffix
	};
}
async function suffixOf({ tokens, device }, model, { seen, asked }) {
	const { plan } = tokens.chunked;
	const { blockLength } = tokens.sequences;
	const work = {
		plan,
		blockLength,
		sequences: Math.min(asked.sequences, plan.sequences.length),
		edits: CAUSAL_EDITS.length
	};
	return await loadSuffix(model, seen.readout.dictionary.reads, work, device);
}
/** Features with the sequences that they fire in, and the random vectors beside each. Errors: ENGINE_FAILED. */
async function tasksOf(run, { capture }, { seen, features, asked }) {
	const { readout } = seen;
	const { table } = features.evidence;
	const chosen = chooseFeatures(table, watchedAt$1(run, seen), asked.features);
	const ids = Int32Array.from(chosen, ({ feature }) => feature);
	const sequences = await firingSequences(run, readout, {
		residuals: {
			store: storeOf(capture.chunked, readout.hook),
			center: readout.center
		},
		features: ids,
		most: asked.sequences
	});
	const tasks = [];
	for (const [k, one] of chosen.entries()) {
		const fired = present(sequences[k]);
		if (fired.length === 0) continue;
		const direction = await readout.dictionary.W_dec([one.feature, one.feature + 1]);
		const controls = randomVectors(direction, asked.controls, one.feature);
		tasks.push({
			...one,
			peak: present(table.peak[one.feature]),
			direction,
			sequences: fired,
			controls
		});
	}
	return tasks;
}
const listed$1 = (features) => `feature${features.length === 1 ? "" : "s"} ${features.slice(0, 10).join(", ")}${features.length > 10 ? " …" : ""}`;
/** As long as the direction, of any direction (Gauss, by Box and Muller), seeded by the feature. */
function randomVectors(direction, count, feature) {
	const next = seeded(feature + 1);
	const length = Math.hypot(...direction);
	return Array.from({ length: count }, () => {
		const drawn = Float64Array.from(direction, () => {
			return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
		});
		const own = Math.hypot(...drawn);
		return Float32Array.from(drawn, (value) => value / own * length);
	});
}
/** Rows, and operations of suffixes and heads: both models' edits, and the controls. */
function costOf({ tokens }, { decoder }, { seen, asked }, tasks) {
	const rows = tasks.reduce((sum, { sequences }) => sum + sequences.length * tokens.sequences.blockLength, 0);
	const { layer } = seen.readout.dictionary.reads;
	const suffix = stageCost.body(decoder, rows, tokens.longest) - stageCost.body(decoder, rows, tokens.longest, layer + 1);
	return {
		rows,
		operations: (2 * CAUSAL_EDITS.length - 1 + asked.controls) * (suffix + stageCost.head(decoder, rows, 1))
	};
}
// src/statistics/features/swap-effect.ts
/**
* @file What a change of some weights does to features: which are lost and which come back, and how much the survived fraction moves, with
* an interval from the same halves of the text on both sides.
*/
/** Those of the features that vary in the reference: of the others nothing can be told. */
function varyingFeatures(reference, features) {
	const { groups, width } = reference;
	const itself = {
		features,
		sum: columnsOf(reference.sum, groups, width, features),
		sumOfSquares: columnsOf(reference.sumOfSquares, groups, width, features)
	};
	const isConstant = constantFeatures(reference, itself);
	return features.filter((_, k) => isConstant[k] === 0);
}
/** ρ of the features, on the whole and on its halves. */
function featureState(reference, moments, features, sampling) {
	const [mean, square] = [meanActivations(reference), meanSquares(reference)];
	const columns = candidateColumns(moments, features);
	return {
		features,
		rho: correlations(reference, columns),
		replicates: halfCorrelations(reference, columns),
		resampling: {
			...sampling,
			sizes: reference.positions
		},
		accuracy: Float64Array.from(features, (j) => correlationAccuracy(mean[j], square[j]))
	};
}
/** Both on the same features. `before` null: the reference itself, of which every feature survives, whatever the text. */
function swapEffect(before, after, thresholds, confidence) {
	const survives = (state, k) => state === null || classOf(state.rho[k], thresholds) === "survived";
	const which = (was, is) => [...after.features].filter((_, k) => survives(was, k) && !survives(is, k));
	const survived = (state) => classFraction(state, "survived", thresholds, null);
	const change = before === null ? null : difference(survived(after), survived(before));
	const whole = survived(after);
	return {
		lost: which(before, after),
		gained: which(after, before),
		deltaSurvived: change?.value ?? whole.value - 1,
		deltaSurvivedCi: change === null ? lessOne(intervalOf(whole, confidence)) : intervalOf(change, confidence),
		meanCorrelation: meanCorrelation(after.rho, null)
	};
}
const lessOne = (interval) => interval && [interval[0] - 1, interval[1] - 1];
/** Both of the same positions; columns of the candidate are those of the reference. */
function survivalOfKind({ reference, candidate }, { thresholds, confidence, sampling }) {
	const positions = countedPositions(reference);
	const rates = positions === 0 ? new Float64Array(reference.width) : firingRates(reference);
	const often = candidate.features.filter((k) => isActive(rates[k], thresholds.active) && reference.firings[k] >= 20);
	const features = often.length === 0 ? often : varyingFeatures(reference, often);
	if (features.length === 0) return {
		positions,
		features: 0,
		survived: null,
		survivedCi: null,
		meanCorrelation: null
	};
	const state = featureState(reference, candidate, features, sampling);
	const survived = classFraction(state, "survived", thresholds, null);
	return {
		positions,
		features: features.length,
		survived: survived.value,
		survivedCi: intervalOf(survived, confidence),
		meanCorrelation: meanCorrelation(state.rho, null)
	};
}
// src/audit/by-kind/kind-sums.ts
/**
* @file Sums of a few features' activations, by kind of token and by how sure the reference was, in the reference and in a candidate: a second look at the stored
* rows. Activations are few beside positions, so they are added one by one, in float64.
*/
/** Rows that are encoded at a time. */
const ROWS$4 = 2048;
/** Of positions that count and predict a token: all, then kinds in the order of TOKEN_KINDS, then buckets. Errors: ENGINE_FAILED. */
async function kindSums(run, readout, { features, confidence, ...sides }, onRows) {
	const { blockLength, sequenceCount } = run.tokens.sequences;
	const { groupStarts } = run.tokens;
	const groups = groupStarts.length - 1;
	const groupOf = groupOfEach(groupStarts);
	const bits = bitsOfRows(run.tokens, readout.positions, confidence);
	const places = Int32Array.from(features.keys());
	const open = (part) => ({
		part,
		reference: emptyReferenceMoments(groups, places.length),
		candidate: emptyCandidateMoments(groups, places)
	});
	const sums = partsOf$1(run.tokens.kinds.told, confidence !== null).map(open);
	const masks = sums.map(({ part }) => bitOf(part));
	const rows = sequenceCount * blockLength;
	await withProbe(readout.encoder, features, run.device, async (probe) => {
		for (let start = 0; start < rows; start += ROWS$4) {
			const batch = Int32Array.from({ length: Math.min(ROWS$4, rows - start) }, (_, i) => start + i);
			const [a, b] = [await probe(sides.reference, batch), await probe(sides.candidate, batch)];
			for (const [i, row] of batch.entries()) {
				const own = present(bits[row]);
				if (own === 0) continue;
				const group = present(groupOf[Math.floor(row / blockLength)]);
				const at = i * features.length;
				addRow$1(sums.filter((_, k) => (own & present(masks[k])) !== 0), group, a.subarray(at, at + features.length), b.subarray(at, at + features.length));
			}
			onRows(start + batch.length);
		}
	});
	return sums;
}
function partsOf$1(told, hasConfidence) {
	const buckets = hasConfidence ? CONFIDENCE_EDGES.length - 1 : 0;
	return [
		{ by: "all" },
		...told.map((kind) => ({
			by: "kind",
			kind
		})),
		...Array.from({ length: buckets }, (_, bucket) => ({
			by: "confidence",
			bucket
		}))
	];
}
/** Kinds have their places among TOKEN_KINDS, buckets those behind them, and all the last of 32. */
function bitOf(part) {
	switch (part.by) {
		case "all": return 1 << 31;
		case "kind": return 1 << TOKEN_KINDS.indexOf(part.kind);
		case "confidence": return 1 << TOKEN_KINDS.length + part.bucket;
	}
}
/** (rows) the parts that each is of; 0: it predicts nothing, or does not count. */
function bitsOfRows({ sequences, chunked, kinds }, positions, confidence) {
	const { blockLength, sequenceCount } = sequences;
	const counted = countedMask(positions, blockLength);
	const bits = new Int32Array(sequenceCount * blockLength);
	for (const [i, row] of chunked.scored.rows.entries()) {
		if (counted[row % blockLength] !== 1) continue;
		const bucket = confidence === null ? null : bucketOf(present(confidence[i]));
		const sure = bucket === null ? 0 : bitOf({
			by: "confidence",
			bucket
		});
		bits[row] = bitOf({ by: "all" }) | present(kinds.bits[i]) | sure;
	}
	return bits;
}
function addRow$1(into, group, a, b) {
	for (const { reference } of into) reference.positions[group] = present(reference.positions[group]) + 1;
	for (let k = 0; k < a.length; k++) {
		const [x, y] = [a[k], b[k]];
		if (x <= 0 && y <= 0) continue;
		const at = group * a.length + k;
		for (const { reference, candidate } of into) {
			reference.sum[at] += x;
			reference.sumOfSquares[at] += x * x;
			if (x > 0) reference.firings[k] += 1;
			candidate.sum[at] += y;
			candidate.sumOfSquares[at] += y * y;
			candidate.product[at] += x * y;
		}
	}
}
/** One entry per read-out; nothing where it was not asked for. Errors: ENGINE_FAILED, those of reading the SAE. */
async function candidateSurvivalByKind(run, reference, readouts, { name, capture, features, confidence: sure }) {
	const found = [];
	if (run.config.survivalByKind !== true) return found;
	const { thresholds, confidence, rescale } = run.config;
	const reading = {
		thresholds,
		confidence,
		sampling: samplingOfTokens(run.tokens)
	};
	for (const [r, { readout, active }] of readouts.entries()) {
		const { scaling } = present(features[r]);
		const scale = rescale && isRescaled(scaling) ? 1 / scaling.factor : 1;
		const of = ({ chunked }) => ({
			store: storeOf(chunked, readout.hook),
			center: readout.center
		});
		const sides = {
			reference: of(reference.capture),
			candidate: {
				...of(capture),
				scale
			}
		};
		const chosen = spreadOver(active);
		const { rows } = sides.reference.store;
		const cost = kindCost(readout.dictionary.d_in, rows);
		const onRows = run.work.stage(`${name}: survival by kind of token at ${readout.id}`, cost, rows);
		const sums = await kindSums(run, readout, {
			features: chosen,
			confidence: sure,
			...sides
		}, onRows);
		found.push({
			features: chosen.length,
			...byPart(sums, (one) => survivalOfKind(one, reading))
		});
	}
	return found;
}
/** As the report has them. `figuresOf`: pure. */
function byPart(sums, figuresOf) {
	const told = sums.map((one) => {
		const { survivedCi, ...figures } = figuresOf(one);
		return {
			part: one.part,
			figures: {
				...figures,
				survivedCi: survivedCi && [...survivedCi]
			}
		};
	});
	const whole = present(told.find(({ part }) => part.by === "all")).figures;
	const kinds = told.flatMap(({ part, figures }) => part.by === "kind" ? [{
		kind: part.kind,
		...figures
	}] : []);
	const byConfidence = told.flatMap(({ part, figures }) => {
		if (part.by !== "confidence") return [];
		const { bucket } = part;
		return [{
			from: present(CONFIDENCE_EDGES[bucket]),
			to: present(CONFIDENCE_EDGES[bucket + 1]),
			...figures
		}];
	});
	return {
		whole,
		kinds,
		...byConfidence.length === 0 ? {} : { byConfidence }
	};
}
/** Operations of one candidate beside the reference. */
const kindCost = (d_in, rows) => stageCost.features(d_in, 512, rows, 2);
/** At most MOST_FEATURES of the active features, ascending. */
function spreadOver(active) {
	if (active.length <= 512) return active;
	return Int32Array.from(evenlySpread(active.length, 1, 512), (i) => present(active[i]));
}
// src/errors/rebuilt.ts
/** @file Problems of putting what an SAE rebuilds in place of what it reads. */
const recoveredHook = problem("RECOVERED_HOOK", 2, (hook, reason) => ({
	message: `A model cannot go on with what an SAE rebuilds at ${hook}: ${reason}.`,
	fix: "Take an SAE of the residual stream or of what attention or MLP add to it, or audit without --loss-recovered."
}));
const nothingRebuilt = problem("NOTHING_REBUILT", 2, (sae, asked) => ({
	message: `${sae} has no decoder, so it rebuilds nothing that ${asked} could look at.`,
	fix: `Give the SAE with its decoder, or audit without ${asked}.`
}));
const recoveredLosses = problem("RECOVERED_LOSSES", 2, () => ({
	message: "--loss-recovered compares losses, and --perplexity leaves out what stands behind the SAE, or the sequences that it reads.",
	fix: "Use --perplexity chunked."
}));
const recoveredOnnx = problem("RECOVERED_ONNX", 2, (name) => ({
	message: `${name} is an ONNX model, which runs from token ids to logits as a whole: nothing can be put in place of what passes a hook of it.`,
	fix: "Give its checkpoint in place of the ONNX model, or audit it without --loss-recovered."
}));
const recoveredTurned = problem("RECOVERED_TURNED", 2, (name) => ({
	message: `${name} is turned back to the reference's basis where it is read; its stored rows are not the ones that its blocks go on with.`,
	fix: "Audit it without --loss-recovered, or give a checkpoint that was quantized without rotation."
}));
const scalingByRow = problem("SCALING_BY_ROW", 2, (sae) => ({
	message: `The features of ${sae} fire by the row (the k largest of all), and latent scaling is measured of features that fire by themselves.`,
	fix: "Audit without --latent-scaling."
}));
// src/audit/encoding/feature-columns.ts
/**
* @file What is kept of feature activations: sums over the rows of a run, feature by feature, tile after tile.
*
* Rows are summed in as many parts as there are threads. The engine gives each thread the same share of the rows in a
* matrix product (where a tile is not wider than the run has rows), in elementwise operators, and here, part by part: so a
* thread finds the activations that it sums in its own core's cache. Handing them to another core costs little where
* cores share a cache and a third of the whole pass where they do not (docs/decisions/2026-11-25-rows-stay-with-threads.md).
*/
/** Gathers one row of figures per tile under each name, and puts them side by side at the end. */
var FeatureColumns = class {
	#g;
	#parts;
	#places;
	#ones;
	/** (parts, n_part, 1) per place; none where all rows are of one. */
	#marks;
	/** (parts, places, tile) each, still to be added up. */
	#sums = /* @__PURE__ */ new Map();
	/** (places, tile) each, largest or smallest. */
	#peaks = /* @__PURE__ */ new Map();
	/** (rows, tile) each, of as many rows as the figure has. */
	#blocks = /* @__PURE__ */ new Map();
	/**
	* `ones` (parts, places, n_part): 1 for rows that are summed, 0 for rows that fill up. Of several places each has sums of its own, and a
	* row is of one of them or of none.
	*/
	constructor(g, ones) {
		const [parts, places] = ones.shape;
		if (typeof parts !== "number" || typeof places !== "number") throw new RangeError("in how many parts rows are summed is not known");
		this.#g = g;
		this.#parts = parts;
		this.#places = places;
		this.#ones = ones;
		this.#marks = places === 1 ? [] : split(g, transpose(g, ones, [
			0,
			2,
			1
		]), places, 2, [
			parts,
			"n_part",
			1
		]);
	}
	/** Σ over the rows of x (n_row, tile), as a product with ones: quicker than ReduceSum. */
	sum(name, x) {
		append(this.#sums, name, matMul(this.#g, this.#ones, this.#apart(x)));
	}
	/** Largest of the rows of x (n_row, tile) ≥ 0: where all are of one place, those that fill up included. */
	peak(name, x) {
		const g = this.#g;
		const size = present(x.shape[1]);
		const apart = this.#apart(x);
		const peaks = (this.#marks.length === 0 ? [apart] : this.#marks.map((mark) => mul(g, apart, mark))).map((rows) => {
			const peak = reduceMax(g, reduceMax(g, rows, 1), 0);
			return reshape(g, peak, [1, -1], [1, size]);
		});
		append(this.#peaks, name, concat(g, peaks, 0, [this.#places, size]));
	}
	/** Smallest of the rows of x (n_row, tile), where all are of one place: those that fill up included. */
	least(name, x) {
		if (this.#places > 1) throw new RangeError("the smallest of rows of several places");
		const g = this.#g;
		const least = reduceMin(g, reduceMin(g, this.#apart(x), 1), 0);
		append(this.#peaks, name, reshape(g, least, [1, -1], [1, present(x.shape[1])]));
	}
	/** A figure of several rows, as it is: x (rows, tile). */
	block(name, x) {
		append(this.#blocks, name, x);
	}
	/** (n_row, tile) → (parts, n_part, tile) */
	#apart(x) {
		const tile = x.shape[1];
		if (typeof tile !== "number") throw new RangeError(`${x.name} is not a tile of features`);
		return reshape(this.#g, x, [
			this.#parts,
			-1,
			tile
		], [
			this.#parts,
			"n_part",
			tile
		]);
	}
	/**
	* The figures by name, (places, width) each, blocks as high as they are. The engine runs what an output needs before it turns to the next
	* output. So there is one node that needs everything, tile after tile: a tile's activations are then summed while they are in cache, and
	* never are those of all tiles in memory together (docs/decisions/2026-11-25-tile-order.md).
	*/
	values(width) {
		const g = this.#g;
		const names = [
			...this.#sums.keys(),
			...this.#peaks.keys(),
			...this.#blocks.keys()
		];
		const blocks = [...this.#blocks.values()].map((tiles) => heightOf(tiles));
		const heights = [...new Array(names.length - blocks.length).fill(this.#places), ...blocks];
		const rows = heights.reduce((sum, height) => sum + height, 0);
		const all = concat(g, this.#tiles(rows), 1, [rows, width]);
		const figures = blocks.length === 0 ? split(g, all, names.length, 0, [this.#places, width]) : splitRows(g, all, heights);
		return new Map(figures.map((value, i) => [present(names[i]), value]));
	}
	/** (rows, tile) each: sums, then peaks, then blocks. */
	#tiles(rows) {
		const g = this.#g;
		const [first = []] = this.#sums.values();
		return first.map(({ shape }, tile) => {
			const size = present(shape[2]);
			const ofTile = (values) => [...values.values()].flatMap((tiles) => tiles[tile] ?? []);
			const sums = concat(g, ofTile(this.#sums), 1, [
				this.#parts,
				this.#sums.size * this.#places,
				size
			]);
			const others = [...ofTile(this.#peaks), ...ofTile(this.#blocks)];
			return concat(g, [firstAxisSum(g, sums), ...others], 0, [rows, size]);
		});
	}
};
function heightOf([first]) {
	const height = first?.shape[0];
	if (typeof height !== "number") throw new RangeError("how many rows a figure has is not known");
	return height;
}
function append(values, name, value) {
	values.set(name, [...values.get(name) ?? [], value]);
}
// src/audit/encoding/rebuild.ts
/**
* @file Rows rebuilt of an SAE's features, in two graphs: what features add, which can be had of some of them at a time, and what is
* done to the sum of all.
*/
/** Where activations are multiplied on instead of summed, wider tiles make fewer partial sums of the result. */
const TILE_REBUILT = 2048;
/** f · W_dec of rows x (n_row, d_in): (n_row, d_out), of features that activate by themselves. */
function featureSum(g, x, { encoder, W_dec, given = false }) {
	if (encoder.activatesBy !== "feature") throw new RangeError("features that fire by the row");
	const { rows } = prepareRows(g, x, encoder.input);
	const of = {
		encoder,
		W_dec
	};
	const weights = given ? givenWeights(g, of) : constantWeights(g, of);
	let sum = null;
	for (const range of featureTiles(encoder.bias.length, TILE_REBUILT)) {
		const tile = tileOf(weights, range);
		const a = activate(g, preActivations(g, rows, tile), tile);
		const part = matMul(g, a, weights.rows(range));
		sum = sum === null ? part : add(g, sum, part);
	}
	if (sum === null) throw new RangeError("a dictionary without features");
	return sum;
}
/** As a graph of its own. Input: `x_0` (n_row, d_in). Output: `sum` (n_row, d_out). */
function featureSumGraph(of) {
	const g = new GraphBuilder();
	const x = g.input("x_0", "float32", ["n_row", of.encoder.d_in]);
	g.output("sum", featureSum(g, x, of));
	return g.build();
}
/** Rows as their features rebuild them, of x (n_row, d_in) and the sum over features (n_row, d_out). */
function rebuilt(g, x, sum, { d_in, input, b_dec, W_skip }) {
	const d_out = b_dec.length;
	const { undo } = prepareRows(g, x, input);
	const row = undo(add(g, sum, g.initializer("b_dec", "float32", [d_out], b_dec)));
	if (W_skip === null) return row;
	return add(g, row, matMul(g, x, g.initializer("W_skip", "float32", [d_in, d_out], W_skip)));
}
/** As a graph of its own. Inputs: `x_0` (n_row, d_in), `sum` (n_row, d_out). Output: `rebuilt` (n_row, d_out). */
function rebuildGraph(rebuilding) {
	const g = new GraphBuilder();
	const x = g.input("x_0", "float32", ["n_row", rebuilding.d_in]);
	const sum = g.input("sum", "float32", ["n_row", rebuilding.b_dec.length]);
	g.output("rebuilt", rebuilt(g, x, sum, rebuilding));
	return g.build();
}
/**
* Add what a range of features adds to rows (rows, d_out) in which these fire: the decoder's row of each, of W_dec (end − start, d_out), times
* how much it fires.
*/
function addWinners(sums, { k, values, ids }, W_dec, [start, end]) {
	const d_out = W_dec.length / (end - start);
	for (let i = 0; i < values.length; i++) {
		const [value, id] = [values[i], ids[i]];
		if (value <= 0 || id < start || id >= end) continue;
		const [to, from] = [Math.floor(i / k) * d_out, (id - start) * d_out];
		for (let c = 0; c < d_out; c++) sums[to + c] = sums[to + c] + value * W_dec[from + c];
	}
}
// src/audit/features/decoded-rows.ts
/** @file What an SAE's features add to rows: activations times the decoder's rows, summed over features, range after range. */
/** Of each set of rows (rows, d_out): weights are read once for all of them. Errors: ENGINE_FAILED, those of reading W_enc and W_dec. */
async function decodedRows(decoding, asked, device) {
	const { encoder, dictionary } = decoding;
	const sums = asked.map(({ rows }) => new Float32Array(rows.length * dictionary.b_dec.length));
	await (encoder.activatesBy === "feature" ? addByFeature : addByRow)(decoding, batchesOf$1(asked, sums, device), device);
	return sums;
}
/** As inputs of a graph, (rows, d_in). */
async function inputRows(reads, rows) {
	return { x_0: {
		type: "float32",
		data: await residualRows(reads, rows),
		dims: [rows.length, reads.store.width]
	} };
}
function batchesOf$1(asked, sums, device) {
	const size = runSize(device).featureRows;
	return asked.flatMap(({ reads, rows }, i) => {
		const all = present(sums[i]);
		const width = all.length / Math.max(1, rows.length);
		return Array.from({ length: Math.ceil(rows.length / size) }, (_, part) => {
			const [start, end] = [part * size, Math.min((part + 1) * size, rows.length)];
			return {
				reads,
				rows: rows.subarray(start, end),
				sums: all.subarray(start * width, end * width)
			};
		});
	});
}
async function addByFeature({ encoder, dictionary }, batches, device) {
	const isGiven = device.kind === "cpu";
	const { d_in, bias } = encoder;
	const ranges = isGiven ? featureRanges(bias.length, Math.max(d_in, dictionary.b_dec.length)) : encoderRanges(encoder);
	for (const range of ranges) {
		const weights = {
			encoder: await encoderOf(encoder, range),
			W_dec: await dictionary.W_dec(range)
		};
		const graph = (of, given) => featureSumGraph({
			encoder: of.encoder,
			W_dec: present(of.W_dec),
			given
		});
		const runs = await encoderRuns(weights, graph, {
			isGiven,
			lanes: {
				count: 1,
				device
			}
		}, "the SAE decoder");
		try {
			for (const batch of batches) await addRuns(runs, batch);
		} finally {
			await runs.release();
		}
	}
}
async function addRuns(runs, { reads, rows, sums }) {
	for (const { result } of await runs.run(await inputRows(reads, rows))) {
		const values = result.float32("sum");
		for (let i = 0; i < values.length; i++) sums[i] = sums[i] + values[i];
	}
}
async function addByRow({ encoder, dictionary }, batches, device) {
	const found = [];
	await eachWinners({
		encoder,
		device,
		models: 1,
		onRows: () => {}
	}, batches, ({ reads, rows }) => inputRows(reads, rows), ({ sums }, [winners]) => void found.push({
		sums,
		winners: present(winners)
	}));
	for (const range of featureRanges(encoder.bias.length, dictionary.b_dec.length)) {
		const W_dec = await dictionary.W_dec(range);
		for (const { sums, winners } of found) addWinners(sums, winners, W_dec, range);
	}
}
// src/audit/features/rebuilt-rows.ts
/** @file All rows of a store as an SAE rebuilds them, in a store of their own. */
/** Bytes of rows for which an SAE's weights are read once. */
const CHUNK_BYTES = 128e6;
/** (rows, d_out), of rows as they are encoded: centred and scaled. Errors: ENGINE_FAILED, SPILL_FAILED, those of reading the SAE. */
async function rebuiltRows(sae, reads, { device, memory, onRows }) {
	const { encoder, dictionary } = sae;
	const { rows } = reads.store;
	const width = dictionary.b_dec.length;
	const size = Math.max(1, Math.floor(CHUNK_BYTES / (4 * width)));
	const { d_in, input } = encoder;
	const graph = rebuildGraph({
		d_in,
		input,
		b_dec: dictionary.b_dec,
		W_skip: await dictionary.W_skip()
	});
	const session = await createSession(graph, device, "the SAE decoder");
	const store = await createRowStore(rows, width, memory);
	try {
		for (let start = 0; start < rows; start += size) {
			const chunk = rowRange(start, Math.min(rows, start + size));
			const [sums] = await decodedRows(sae, [{
				reads,
				rows: chunk
			}], device);
			await finish(session, {
				reads,
				store,
				rows: chunk,
				sums: present(sums)
			}, runSize(device).featureRows);
			onRows(start + chunk.length);
		}
		return store;
	} catch (error) {
		await store.close();
		throw error;
	} finally {
		await session.release();
	}
}
const rowRange = (start, end) => Int32Array.from({ length: end - start }, (_, i) => start + i);
async function finish(session, { reads, rows, sums, store }, size) {
	const { width } = store;
	for (let start = 0; start < rows.length; start += size) {
		const batch = rows.subarray(start, start + size);
		const sum = {
			type: "float32",
			data: sums.subarray(start * width, (start + batch.length) * width),
			dims: [batch.length, width]
		};
		const result = await session.run({
			...await inputRows(reads, batch),
			sum
		});
		await store.write(present(batch[0]), result.float32("rebuilt"));
	}
}
// src/audit/rows/row-batches.ts
/**
* @file The rows of a store in the batches that are summed together: rows of one token group, all at positions that
* are kept apart or none. So sums of either kind can be told apart afterwards.
*/
/** The rows of a capture over the corpus' sequences, for a read-out. */
function rowLayout({ sequences, groupStarts }, { positions }) {
	const { sequenceCount, blockLength: sequenceLength } = sequences;
	return {
		sequenceCount,
		sequenceLength,
		groupStarts,
		apart: apartOf(positions, sequenceLength)
	};
}
function apartOf(positions, length) {
	const apart = countedMask(positions, length).map((counts) => 1 - counts);
	if (!apart.includes(1)) apart[0] = 1;
	return apart;
}
function groupsOf$1({ groupStarts }) {
	return groupStarts.length - 1;
}
/** Every row once, in batches of up to `size`. */
function* rowBatches(layout, size) {
	const { sequenceLength, groupStarts, apart } = layout;
	for (let tokenGroup = 0; tokenGroup < groupsOf$1(layout); tokenGroup++) {
		const [from, to] = [present(groupStarts[tokenGroup]), present(groupStarts[tokenGroup + 1])];
		const first = [];
		const rest = [];
		for (let row = from * sequenceLength; row < to * sequenceLength; row++) if (apart[row % sequenceLength] === 1) first.push(row);
		else rest.push(row);
		for (const [place, rows] of [["first", first], ["rest", rest]]) for (let start = 0; start < rows.length; start += size) yield {
			rows: Int32Array.from(rows.slice(start, start + size)),
			tokenGroup,
			place
		};
	}
}
// src/audit/rebuilt/latent-scaling.ts
/**
* @file Latent scaling (after arXiv 2504.02922): by how much of itself a feature's direction is still there in what the SAE rebuilds of a
* candidate, and in what it leaves, where the reference fires the feature. Of model m, with f the activations and d the decoder row:
*
*     β_j^m = Σ f_j^r ⟨d_j, y_m⟩ / (‖d_j‖² Σ (f_j^r)²)        ν_j = β_j^c / β_j^r
*
* y is x̂ for the reconstruction, and x − x̂ + f_j d_j for the error: the second is Σ f_j^r ⟨d_j, x − x̂⟩ / (‖d_j‖² Σ (f_j^r)²) + Σ f_j^r f_j^m / Σ (f_j^r)².
* All in the SAE's own space: rows as they are encoded.
*/
/** What can be known before anything is run. Errors: NOTHING_REBUILT, SCALING_BY_ROW. */
function requireLatents({ config, readouts }) {
	if (config.latentScaling !== true) return;
	for (const { dictionary, encoder } of readouts) {
		if (!dictionary.rebuilds) throw nothingRebuilt(dictionary.spec, "--latent-scaling");
		if (encoder.activatesBy !== "feature") throw scalingByRow(dictionary.spec);
	}
}
/** Operations of one model at a read-out: it is rebuilt, and all features count as active. */
function latentCost({ d_in, d_sae, b_dec }, rows) {
	return stageCost.features(2 * d_in + 3 * b_dec.length, d_sae, rows, 1);
}
/** The reference at every read-out; nothing where it was not asked for. Errors: ENGINE_FAILED, SPILL_FAILED, those of reading the SAE. */
async function referenceLatents(run, { capture }, readouts) {
	const found = [];
	if (run.config.latentScaling !== true) return found;
	for (const seen of readouts) found.push(await latentSums(run, seen, {
		name: "reference",
		reference: capture,
		capture,
		scale: 1
	}));
	return found;
}
/** In the order of the read-outs; nothing where it was not asked for. Errors: as above. */
async function candidateLatents(run, reference, { readouts, latents }, candidate) {
	const found = [];
	for (const [r, own] of latents.entries()) {
		const seen = present(readouts[r]);
		const { scaling, evidence } = present(candidate.features[r]);
		const scale = run.config.rescale && isRescaled(scaling) ? 1 / scaling.factor : 1;
		const { name, capture } = candidate;
		const other = await latentSums(run, seen, {
			name,
			reference: reference.capture,
			capture,
			scale
		});
		found.push(latentScaling(seen, evidence.table, {
			own,
			other
		}));
	}
	return found;
}
/** Features with the columns of their table that latent scaling adds, and what the report says of them. */
function withLatents(features, { columns, report }) {
	const { evidence } = features;
	return {
		...features,
		report: {
			...features.report,
			latentScaling: report
		},
		evidence: {
			...evidence,
			table: {
				...evidence.table,
				latents: columns
			}
		}
	};
}
/** Pure. */
function latentScaling({ active, report: { tokens } }, { width, meanSquare, decoderNorm, firing }, { own, other }) {
	const column = () => new Float64Array(width).fill(NaN);
	const columns = {
		reconstruction: column(),
		error: column()
	};
	for (const [k, j] of active.entries()) {
		const size = present(decoderNorm[j]) ** 2 * present(meanSquare[j]) * tokens;
		columns.reconstruction[j] = present(other.rebuilt[k]) / present(own.rebuilt[k]);
		const gain = firing?.gain[j] ?? NaN;
		columns.error[j] = (present(other.left[k]) / size + gain) / (present(own.left[k]) / size + 1);
	}
	const told = (values) => {
		const known = values.filter(Number.isFinite);
		const at = (q) => known.length === 0 ? null : quantile(known, q);
		return {
			features: known.length,
			p05: at(.05),
			p25: at(.25),
			p50: at(.5),
			p75: at(.75),
			p95: at(.95)
		};
	};
	return {
		columns,
		report: {
			reconstruction: told(columns.reconstruction),
			error: told(columns.error)
		}
	};
}
async function latentSums(run, { readout, active }, { name, reference, capture, scale }) {
	const { center, hook, dictionary } = readout;
	const { device, memory } = run;
	const at = ({ chunked }, place, by) => ({
		store: storeOf(chunked, place),
		center,
		scale: by
	});
	const reads = at(capture, hook, scale);
	const { rows } = reads.store;
	const onTokens = run.work.stage(`${name}: latent scaling at ${readout.id}`, latentCost(dictionary, rows), 2 * rows);
	const rebuilt = await rebuiltRows(readout, reads, {
		device,
		memory,
		onRows: onTokens
	});
	try {
		return await summed(run, {
			readout,
			active,
			models: [
				at(reference, hook, 1),
				{
					store: rebuilt,
					center: false
				},
				at(capture, hookName(dictionary.predicts), scale),
				reads
			]
		}, (done) => onTokens(rows + done));
	} finally {
		await rebuilt.close();
	}
}
async function summed(run, { readout, active, models }, onRows) {
	const sums = {
		rebuilt: new Float64Array(active.length),
		left: new Float64Array(active.length)
	};
	const { featureRows, featureTile } = runSize(run.device);
	const layout = rowLayout(run.tokens, readout);
	let first = 0;
	for (const ids of featureChunks(active, readout.encoder)) {
		const graph = latentGraph(await pickFeatures(readout.encoder, ids), await decoderRows(readout, ids), featureTile);
		const session = await createSession(graph, run.device, "the SAE decoder");
		let done = 0;
		try {
			for (const batch of rowBatches(layout, featureRows)) {
				done += batch.rows.length;
				if (batch.place === "first" && readout.positions !== "all") continue;
				const result = await session.run(await passInputs(models, batch, 1));
				for (const name of ["rebuilt", "left"]) {
					const values = result.float32(name);
					for (let k = 0; k < ids.length; k++) sums[name][first + k] = sums[name][first + k] + values[k];
				}
				onRows(done);
			}
		} finally {
			await session.release();
		}
		first += ids.length;
	}
	return sums;
}
/** (features, d_out) of some of them, ascending. Errors: those of reading W_dec. */
async function decoderRows({ dictionary }, ids) {
	const width = dictionary.b_dec.length;
	const [from, to] = [ids[0] ?? 0, (ids.at(-1) ?? -1) + 1];
	const all = await dictionary.W_dec([from, to]);
	const rows = new Float32Array(ids.length * width);
	for (const [k, j] of ids.entries()) rows.set(all.subarray((j - from) * width, (j - from + 1) * width), k * width);
	return rows;
}
/** Inputs as passInputs makes them of Summing's models; outputs `rebuilt` and `left`, (1, features). */
function latentGraph(encoder, W_dec, featureTile) {
	const g = new GraphBuilder();
	const d_out = W_dec.length / encoder.bias.length;
	const input = (m, width) => g.input(`x_${m}`, "float32", ["n_row", width]);
	const columns = new FeatureColumns(g, g.input("ones", "float32", [
		1,
		1,
		"n_part"
	]));
	const f = prepareRows(g, input(0, encoder.d_in), encoder.input).rows;
	const [rebuilt, value] = [input(1, d_out), input(2, d_out)];
	const { alike } = prepareRows(g, input(3, encoder.d_in), encoder.input);
	const [sum, left] = [alike(rebuilt), alike(sub(g, value, rebuilt), true)];
	const weights = constantWeights(g, {
		encoder,
		W_dec
	});
	for (const range of featureTiles(encoder.bias.length, featureTile)) {
		const tile = tileOf(weights, range);
		const a = activate(g, preActivations(g, f, tile), tile);
		const turned = transpose(g, weights.rows(range), [1, 0]);
		columns.sum("rebuilt", mul(g, a, matMul(g, sum, turned)));
		columns.sum("left", mul(g, a, matMul(g, left, turned)));
	}
	g.outputs(columns.values(encoder.bias.length));
	return g.build();
}
// src/audit/capture/boundary.ts
/**
* @file The blocks of a model from a stored boundary on: rows of the residual stream before a block, which are kept while
* suffixes run from them, and then moved on by a block.
*/
const NOTHING_READ = {
	taps: [],
	sums: [],
	edits: []
};
/** Rows before the first block. Errors: those of running a model. */
async function firstBoundary(run, model) {
	const rows = await boundaryRows(run, model);
	const boundary = {
		model,
		block: 0,
		rows
	};
	await runFrom(run, boundary, {
		model,
		program: {
			...NOTHING_READ,
			from: "ids",
			to: 0
		},
		stores: /* @__PURE__ */ new Map(),
		end: rows
	});
	return boundary;
}
/** The same rows before a later block, in a store of their own; the one before is closed. */
async function movedOn(run, boundary, block) {
	if (block === boundary.block) return boundary;
	const { model } = boundary;
	const rows = await boundaryRows(run, model);
	await runFrom(run, boundary, {
		model,
		program: {
			...NOTHING_READ,
			from: boundary.block,
			to: block
		},
		stores: /* @__PURE__ */ new Map(),
		end: rows
	});
	await boundary.rows.close();
	return {
		model,
		block,
		rows
	};
}
const boundaryRows = (run, { decoder }) => createRowStore(runTokens(run.tokens.chunked.plan), rowWidth(decoder), run.memory);
/** Run another model from a boundary on, and keep its rows at hooks. The boundary's stay as they are. */
async function runSuffix(run, boundary, model, { hooks, hidden, edits = [], given = /* @__PURE__ */ new Map() }) {
	const stores = /* @__PURE__ */ new Map();
	const { rows } = run.tokens.chunked.plan;
	const { decoder } = model;
	try {
		for (const hook of hooks) stores.set(hookName(hook), await createRowStore(rows, hookWidth$1(decoder, hook), run.memory));
		if (hidden) stores.set(HIDDEN, await createRowStore(rows, decoder.spec.d_model, run.memory));
		const last = Math.max(boundary.block, ...hooks.map(({ layer }) => layer + 1));
		await runFrom(run, boundary, {
			model,
			program: {
				...NOTHING_READ,
				from: boundary.block,
				to: hidden ? "hidden" : last,
				taps: hooks,
				edits
			},
			stores,
			end: null,
			given
		});
		return stores;
	} catch (error) {
		await closeStores(stores);
		throw error;
	}
}
async function closeStores(stores) {
	for (const store of stores.values()) await store.close();
}
async function runFrom(run, { rows }, suffix) {
	const { program, stores, end, given = /* @__PURE__ */ new Map() } = suffix;
	const running = {
		program,
		stores,
		before: rows,
		given,
		...end === null ? { keepsEnd: false } : { between: end }
	};
	await withFewerRows(run.device, async (device) => {
		const { weights } = run;
		if (weights.kind === "stream") await runStreamed({
			...run,
			device
		}, weights, suffix, running);
		else await runWhole({
			...run,
			device
		}, suffix, running);
	});
}
function sequencesOf({ tokens }) {
	const { blockLength } = tokens.sequences;
	return {
		blockLength,
		longest: tokens.longest,
		count: tokens.chunked.plan.sequences.length
	};
}
/** All of it in the engine. */
async function runWhole(run, { model, program }, running) {
	const { plan } = run.tokens.chunked;
	const { name, session, sequences: together } = await loadBody(model, program, sequencesOf(run), run.device);
	const outputs = [...running.stores.keys(), ...running.keepsEnd === false ? [] : [RESIDUAL]];
	const part = {
		program,
		session,
		inputs: [...BODY_INPUTS, ...running.given?.keys() ?? []],
		outputs
	};
	const between = running.between ?? present(running.before);
	try {
		await runRange({
			name,
			part,
			together,
			isFirst: true,
			isLast: true
		}, {
			...running,
			plan,
			between
		}, () => {});
	} finally {
		await session.release();
	}
}
/** What parts of a body take; each picks its own. */
const BODY_INPUTS = [
	"ids",
	"last_position",
	"length",
	COUNTED_ROWS,
	RESIDUAL_BEFORE
];
async function runStreamed(run, { rangeBytes, rows, readsAhead }, { model, program }, running) {
	const { tokens, device, streamed: tally, memory } = run;
	const { plan } = tokens.chunked;
	const size = {
		rows: runTokens(plan),
		width: rowWidth(model.decoder)
	};
	const own = running.between === void 0 ? await createRowsOf(rows, size, memory, tally.rounding) : null;
	const between = running.between ?? present(own);
	try {
		const ranges = streamedParts(program, model.decoder, rangeBytes);
		const streaming = {
			device,
			sequences: sequencesOf(run),
			readsAhead,
			tally,
			onTokens: () => {}
		};
		await streamBody(model, ranges, [{
			...running,
			plan,
			between
		}], streaming);
	} finally {
		await own?.close();
	}
}
// src/audit/features/fit-sample.ts
/**
* @file The rows on which the fit of an SAE, a factor between residual streams and the first position's share are measured: drawn from
* the whole text, so that a part of it has the rows that the whole would take there.
*/
/** Rows on which the SAE’s fit is measured: 4,096 give the unexplained variance to about 2 % of itself. */
const FIT_ROWS = 4096;
/** Rows that factors are tried on: fewer of a wide dictionary, whose rows cost as much as they are wide. On 512 of 32,768 features the thirteen took most of a start. */
const SCAN_ROWS = {
	most: 512,
	least: 128,
	activations: 2 ** 22
};
function fitSample({ sequences, groupStarts, part }, { positions, encoder }) {
	const { blockLength: sequenceLength, sequenceCount } = sequences;
	const whole = fitRows({
		sequenceCount: part.sequences,
		sequenceLength
	}, positions, FIT_ROWS);
	const { most, least, activations } = SCAN_ROWS;
	const wanted = Math.max(least, Math.min(most, Math.floor(activations / encoder.bias.length)));
	const every = Math.max(1, Math.floor(whole.length / wanted));
	const first = part.firstSequence * sequenceLength;
	const end = first + sequenceCount * sequenceLength;
	const groupOf = groupOfEach(groupStarts);
	const own = (drawn) => {
		const rows = drawn.filter((row) => row >= first && row < end).map((row) => row - first);
		return {
			rows,
			tokenGroups: rows.map((row) => groupOf[Math.floor(row / sequenceLength)]),
			groups: groupStarts.length - 1
		};
	};
	return {
		all: own(whole),
		scanned: own(whole.filter((_, i) => i % every === 0))
	};
}
/**
* Rows to measure the fit on, ascending: all of them, or `most` spread evenly over the corpus and over the positions of a sequence
* alike. Every 16th row would be position 0 of every sequence of 512, sixteen times its share, and position 0 is where the
* residual can be a hundred times as long as elsewhere. Without the positions that do not count, in whose place others are taken once
* they are half of them or more.
*
* Row i is i·m mod n, with m near n / φ (points of a Kronecker sequence lie apart) and without a common divisor with n, so
* that it has none with the sequence length either, and every position comes as often as every other.
*/
function fitRows({ sequenceCount, sequenceLength }, positions, most) {
	const n = sequenceCount * sequenceLength;
	let step = Math.max(1, Math.round(n * (Math.sqrt(1.25) - .5)));
	while (greatestCommonDivisor(step, n) > 1) step++;
	const counted = countedMask(positions, sequenceLength);
	const places = counted.reduce((sum, counts) => sum + counts, 0);
	const tried = most * Math.floor(sequenceLength / Math.max(1, places));
	const rows = [];
	for (let i = 0; i < Math.min(n, tried); i++) {
		const row = i * step % n;
		if (counted[row % sequenceLength] === 1) rows.push(row);
	}
	return Int32Array.from(rows).sort();
}
function greatestCommonDivisor(a, b) {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
// src/audit/losses/vocabulary-sums.ts
/**
* @file What the head gives for tiles of the vocabulary, put together per token in float64 (definitions in models/graph/head.ts).
* Tiles come in any number of runs: a vocabulary that is read from its file range by range needs its sums only.
*
* With A_t a tile's log-normaliser and d_t its mean difference of logits under the reference:
*   ln Σ_v e^{l(v)} = ln Σ_t e^{A_t}        KL = Σ_t e^{A_t − A} d_t − A + A', A of the reference and A' of the candidate
* Sums over tiles are held relative to the largest A_t so far.
*/
/** ln Σ e^{A_t} of every token, as it grows. */
var Normalisers = class {
	/** The largest A_t so far. */
	top;
	/** Σ e^{A_t − top} */
	sum;
	constructor(tokens) {
		this.top = new Float64Array(tokens).fill(Number.NEGATIVE_INFINITY);
		this.sum = new Float64Array(tokens);
	}
	/** Make room for tiles of which `top` is the largest; what a sum relative to the one before is to be multiplied by. */
	raise(token, top) {
		const before = present(this.top[token]);
		if (top <= before) return 1;
		this.top[token] = top;
		const factor = before === Number.NEGATIVE_INFINITY ? 0 : Math.exp(before - top);
		this.sum[token] = present(this.sum[token]) * factor;
		return factor;
	}
	whole(token) {
		return present(this.top[token]) + Math.log(present(this.sum[token]));
	}
};
function modelSums(tokens) {
	return {
		normalisers: new Normalisers(tokens),
		targetLogit: new Float64Array(tokens).fill(NaN),
		best: new Float64Array(tokens).fill(Number.NEGATIVE_INFINITY)
	};
}
var VocabularySums = class {
	losses;
	#reference;
	#candidates;
	/** A_t of one row. */
	#tiles = /* @__PURE__ */ new Float64Array(0);
	constructor(tokens, candidates) {
		this.losses = emptyLosses(tokens, candidates);
		this.#reference = modelSums(tokens);
		this.#candidates = Array.from({ length: candidates }, () => ({
			...modelSums(tokens),
			difference: new Float64Array(tokens),
			atTop: new Float64Array(tokens).fill(NaN)
		}));
	}
	/** Add the tiles of a range for the rows of one run. */
	add(result, { targets, start }, { firstToken, tiles }) {
		const [tileStart, tileEnd] = present(tiles[0]);
		const range = {
			count: tiles.length,
			width: tileEnd - tileStart,
			end: present(tiles.at(-1))[1]
		};
		const reference = {
			targetLogit: result.float32("target_logit_0"),
			topLogit: result.float32("top_logit_0"),
			topShare: result.float32("top_share_0")
		};
		const found = this.#candidates.map((_, c) => candidateTiles(result, c + 1));
		if (this.#tiles.length < range.count) this.#tiles = new Float64Array(range.count);
		for (let row = 0; row < targets.length; row++) {
			const target = present(targets[row]) - firstToken;
			const first = row * range.count;
			const place = {
				token: start + row,
				first,
				count: range.count,
				target: target >= 0 && target < range.end ? first + Math.floor(target / range.width) : null
			};
			const isTop = this.#addReference(place, reference);
			for (const [c, sums] of this.#candidates.entries()) {
				const tile = present(found[c]);
				addDifferences(sums, place, {
					...isTop,
					difference: tile.difference
				});
				this.#addCandidate(sums, place, tile, isTop.at);
			}
		}
	}
	/** Write the losses of tokens [start, end), once every tile of the vocabulary was added for them. */
	settle(start, end) {
		const { losses } = this;
		for (let token = start; token < end; token++) {
			const whole = this.#reference.normalisers.whole(token);
			losses.reference[token] = whole - present(this.#reference.targetLogit[token]);
			losses.referenceTop[token] = Math.exp(present(this.#reference.best[token]) - whole);
			for (const [c, sums] of this.#candidates.entries()) {
				const into = present(losses.candidates[c]);
				const own = sums.normalisers.whole(token);
				into.loss[token] = own - present(sums.targetLogit[token]);
				const difference = present(sums.difference[token]) / present(this.#reference.normalisers.sum[token]);
				into.kl[token] = own - whole + difference;
				into.agrees[token] = present(sums.atTop[token]) >= present(sums.best[token]) ? 1 : 0;
			}
		}
	}
	/** What the differences of the same row are weighted by, and where the reference's best token of all is, if it is here. */
	#addReference({ token, first, count, target }, found) {
		const { normalisers, targetLogit, best } = this.#reference;
		if (target !== null) targetLogit[token] = present(found.targetLogit[target]);
		const shares = this.#tiles;
		let top = Number.NEGATIVE_INFINITY;
		for (let t = 0; t < count; t++) {
			shares[t] = present(found.topLogit[first + t]) - Math.log(present(found.topShare[first + t]));
			top = Math.max(top, present(shares[t]));
		}
		const factor = normalisers.raise(token, top);
		const most = present(normalisers.top[token]);
		let sum = present(normalisers.sum[token]);
		for (let t = 0; t < count; t++) {
			shares[t] = Math.exp(present(shares[t]) - most);
			sum += present(shares[t]);
		}
		normalisers.sum[token] = sum;
		const at = largest(found.topLogit, first, count);
		const isBest = present(found.topLogit[at]) > present(best[token]);
		if (isBest) best[token] = present(found.topLogit[at]);
		return {
			factor,
			shares,
			at: isBest ? at : null
		};
	}
	#addCandidate({ normalisers, targetLogit, best, atTop }, { token, first, count, target }, found, top) {
		let most = Number.NEGATIVE_INFINITY;
		for (let t = first; t < first + count; t++) {
			most = Math.max(most, present(found.targetLogit[t]) - present(found.targetShare[t]));
			best[token] = Math.max(present(best[token]), present(found.best[t]));
		}
		normalisers.raise(token, most);
		const held = present(normalisers.top[token]);
		let sum = present(normalisers.sum[token]);
		for (let t = first; t < first + count; t++) sum += Math.exp(present(found.targetLogit[t]) - present(found.targetShare[t]) - held);
		normalisers.sum[token] = sum;
		if (target !== null) targetLogit[token] = present(found.targetLogit[target]);
		if (top !== null) atTop[token] = present(found.atTop[top]);
	}
};
/** Zeros, for as many tokens and candidates. */
function emptyLosses(tokens, candidates) {
	return {
		reference: new Float64Array(tokens),
		referenceTop: new Float64Array(tokens),
		candidates: Array.from({ length: candidates }, () => ({
			loss: new Float64Array(tokens),
			kl: new Float64Array(tokens),
			agrees: new Uint8Array(tokens)
		}))
	};
}
function addDifferences({ difference }, { token, first, count }, { factor, shares, difference: ofTile }) {
	let sum = present(difference[token]) * factor;
	for (let t = 0; t < count; t++) sum += present(shares[t]) * present(ofTile[first + t]);
	difference[token] = sum;
}
/** What the graph gives of one candidate, (rows, tiles) each. */
function candidateTiles(result, model) {
	return {
		targetLogit: result.float32(`target_logit_${model}`),
		targetShare: result.float32(`target_share_${model}`),
		difference: result.float32(`difference_${model}`),
		atTop: result.float32(`at_top_${model}`),
		best: result.float32(`best_${model}`)
	};
}
/** Index of the largest of `count` values from `first` on. */
function largest(values, first, count) {
	let at = first;
	for (let i = first + 1; i < first + count; i++) if (present(values[i]) > present(values[at])) at = i;
	return at;
}
// src/audit/losses/token-losses.ts
/**
* @file The head over the corpus: per scored token the loss of every model, and for every candidate
* KL(reference‖candidate) and whether both put the same token first. The unembedding comes from its file, a range of the
* vocabulary at a time; all rows run through one range before the next is read.
*/
/** Results are in the order of the head's candidates. Errors: ENGINE_FAILED, the checkpoints' own. */
async function tokenLosses(models, scored, device, onTokens) {
	return await withFewerRows(device, (fewer) => lossesOn(models, scored, fewer, onTokens));
}
async function lossesOn({ head, hidden, rangeBytes }, scored, device, onTokens) {
	const total = scored.rows.length;
	const sums = new VocabularySums(total, head.models.length - 1);
	const ranges = vocabularyRanges(head.unembeddings, rangeBytes);
	const lanes = shareThreads(device, headLoad(head, present(ranges[0]), total));
	const size = runSize(lanes.device);
	const rows = Math.max(64, Math.floor(size.headRows / head.models.length));
	const keeper = lanes.device.kind === "cpu" && total < FEW_ROWS ? "caller" : "engine";
	for (const [r, [start, end]] of ranges.entries()) {
		const tiles = vocabularyTiles(end - start, size.headTile);
		const session = await loadRange(head, [start, end], rows, {
			lanes,
			keeper
		});
		try {
			const begin = async ([from, to]) => {
				const targets = scored.targets.subarray(from, to).map((target) => target - start);
				return await session.run(await headInputs(hidden, scored.rows.subarray(from, to), targets, rows));
			};
			await inOrder(steps(total, rows), session.inFlight, begin, (result, [from, to]) => {
				const run = {
					targets: scored.targets.subarray(from, to),
					start: from
				};
				sums.add(result, run, {
					firstToken: start,
					tiles
				});
				onTokens(Math.round((r * total + to) / ranges.length));
			});
		} finally {
			await session.release();
		}
	}
	sums.settle(0, total);
	return sums.losses;
}
/**
* Rows for which it does not pay that onnxruntime lays out an unembedding for its products: that takes as long as it saves on so many
* (on a quiet machine; several times as long on one whose memory is slow to come by).
*/
const FEW_ROWS = 4096;
/** In a function of its own, so that the graph's buffers are let go before it runs. */
async function loadRange({ unembeddings, models }, [start, end], rows, { lanes, keeper }) {
	const layout = {
		unembeddings: await inTurn(unembeddings, (unembedding) => unembedding.tokens(start, end)),
		models
	};
	const { headTile } = runSize(lanes.device);
	return await createLanes(buildHead(layout, rows, headTile, keeper), lanes, "the unembedding");
}
async function inTurn(items, make) {
	const made = [];
	for (const item of items) made.push(await make(item));
	return made;
}
/** 0 to `total` in ranges of `size`, the last one shorter. */
function* steps(total, size) {
	for (let start = 0; start < total; start += size) yield [start, Math.min(start + size, total)];
}
const bytesEach = ({ type }) => type === "float32" ? 4 : 2;
/** Tokens that all unembeddings have, in ranges of equal size whose weights take up to `bytes`. */
function vocabularyRanges(unembeddings, bytes) {
	const common = commonVocabulary(unembeddings);
	const perToken = unembeddings.reduce((sum, one) => sum + bytesEach(one) * one.d_model, 0);
	const count = Math.max(1, Math.ceil(common * perToken / bytes));
	return [...steps(common, Math.ceil(common / count / 16) * 16)];
}
function headLoad({ unembeddings, models }, [start, end], rows) {
	const perToken = unembeddings.reduce((sum, one) => sum + bytesEach(one) * one.d_model, 0);
	const products = models.map((of) => {
		const { n_vocab, d_model } = present(unembeddings[of]);
		return n_vocab * d_model;
	});
	return {
		weightBytes: perToken * (end - start),
		operations: products.reduce((sum, size) => sum + 2 * size * rows, 0)
	};
}
async function headInputs(hidden, rows, targets, size) {
	const ids = new BigInt64Array(size);
	for (let i = 0; i < targets.length; i++) ids[i] = BigInt(present(targets[i]));
	const inputs = { targets: {
		type: "int64",
		data: ids,
		dims: [size, 1]
	} };
	for (const [m, store] of hidden.entries()) inputs[`hidden_${m}`] = {
		type: "float32",
		data: await gatherRows(store, rows, size),
		dims: [size, store.width]
	};
	return inputs;
}
// src/audit/sums/group-sums.ts
function lossSums({ scored, reference, candidate }) {
	return {
		tokens: sumByGroup(scored, () => 1),
		referenceLoss: sumByGroup(scored, (i) => present(reference[i])),
		candidateLoss: sumByGroup(scored, (i) => present(candidate.loss[i]))
	};
}
/** `kinds`: of the scored rows; without them nothing is told apart by kind. */
function divergenceSums({ scored, reference, referenceTop, candidate }, kinds) {
	const sums = (counts) => ({
		tokens: sumByGroup(scored, (i) => counts(i) ? 1 : 0),
		kl: sumByGroup(scored, (i) => counts(i) ? present(candidate.kl[i]) : 0),
		agreements: sumByGroup(scored, (i) => counts(i) ? present(candidate.agrees[i]) : 0)
	});
	const buckets = Uint8Array.from(referenceTop, bucketOf);
	return {
		...sums(() => true),
		klAbove: countsAbove(candidate.kl, scored.tokenGroups, scored.tokenGroupCount),
		byConfidence: CONFIDENCE_EDGES.slice(1).map((_, bucket) => sums((i) => buckets[i] === bucket)),
		byKind: kinds === null ? [] : kinds.told.map((kind) => ({
			kind,
			...sums((i) => isOfKind(kinds, i, kind))
		})),
		klOfTokens: Float32Array.from(candidate.kl),
		referenceLossOfTokens: Float32Array.from(reference),
		candidateLossOfTokens: Float32Array.from(candidate.loss)
	};
}
/** (G) Σ of a value per token group, float64. */
function sumByGroup({ tokenGroups, tokenGroupCount }, value) {
	const sums = new Array(tokenGroupCount).fill(0);
	for (let i = 0; i < tokenGroups.length; i++) {
		const tokenGroup = present(tokenGroups[i]);
		sums[tokenGroup] = present(sums[tokenGroup]) + value(i);
	}
	return sums;
}
// src/audit/rebuilt/replaced-rows.ts
/**
* @file What stands at a hook in place of its value: at the positions that count what the SAE rebuilds, zeros or the mean over these
* positions; everywhere else the value as it is.
*/
/** Rows that are read at a time. */
const ROWS$3 = 512;
/** Write every row of the value into `into`, replaced where it counts. Errors: SPILL_FAILED. */
async function write({ value: { store }, counted }, into, replace) {
	const { rows, width } = store;
	for (let start = 0; start < rows; start += ROWS$3) {
		const end = Math.min(rows, start + ROWS$3);
		const clean = await store.read(start, end);
		const out = Float32Array.from(clean);
		await replace(out, start, end);
		for (let row = start; row < end; row++) {
			if (counted[row % counted.length] === 1) continue;
			const at = (row - start) * width;
			out.set(clean.subarray(at, at + width), at);
		}
		await into.write(start, out);
	}
}
async function writeZeros(place, into) {
	await write(place, into, (rows) => void rows.fill(0));
}
async function writeMean(place, into) {
	const mean = Float32Array.from(await meanRow(place));
	await write(place, into, (rows) => {
		for (let at = 0; at < rows.length; at += mean.length) rows.set(mean, at);
	});
}
/** (width) over the positions that count. */
async function meanRow({ value: { store }, counted }) {
	const { rows, width } = store;
	const sums = new Float64Array(width);
	let count = 0;
	for (let start = 0; start < rows; start += ROWS$3) {
		const read = await store.read(start, Math.min(rows, start + ROWS$3));
		for (let at = 0; at < read.length; at += width) {
			if (counted[(start + at / width) % counted.length] !== 1) continue;
			for (let k = 0; k < width; k++) sums[k] = sums[k] + read[at + k];
			count++;
		}
	}
	return sums.map((sum) => sum / Math.max(1, count));
}
/**
* `rebuilt`: rows as the SAE rebuilds them of the encoded ones. What encoding takes off a row (its mean, a factor) is put back: the value
* changes by what the SAE misses of it, and by nothing else.
*/
async function writeRebuilt(place, rebuilt, into) {
	const { scale = 1 } = place.value;
	await write(place, into, async (rows, start, end) => {
		const ids = Int32Array.from({ length: end - start }, (_, i) => start + i);
		const encoded = await residualRows(place.value, ids);
		const found = await rebuilt.read(start, end);
		for (let i = 0; i < rows.length; i++) rows[i] = present(rows[i]) + (present(found[i]) - present(encoded[i])) / scale;
	});
}
// src/audit/rebuilt/replaced-suffix.ts
const GIVEN = "replaced_rows";
/** Why nothing can be put in place of what passes a hook; null: it can. */
function whyNotReplaced({ name }) {
	if (name === "hook_embed") return "the model is run from there as a whole";
	if (name === "ln2.hook_normalized") return "the model does not go on with that value";
	return null;
}
/** The block before which the residual stream is all that the model goes on with; null: the hook is inside a block. */
function boundaryOf({ layer, name }) {
	if (name === "hook_resid_pre") return layer;
	return name === "hook_resid_post" ? layer + 1 : null;
}
/** Blocks that are run again with each replacement, from this one on. */
const firstReplaced = (hook) => boundaryOf(hook) ?? hook.layer;
/** Errors: those of running a model. */
async function replacedSuffix(run, model, hook) {
	const block = boundaryOf(hook);
	const hidden = {
		hooks: [],
		hidden: true
	};
	if (block !== null) return {
		run: (rows) => runSuffix(run, {
			model,
			block,
			rows
		}, model, hidden),
		close: async () => {}
	};
	const boundary = await boundaryAt(run, model, hook.layer);
	const edits = [{
		hook,
		apply: (g, rows) => g.input(GIVEN, rows.type, ["n_row", ...rows.shape.slice(1)])
	}];
	return {
		run: (rows) => runSuffix(run, boundary, model, {
			...hidden,
			edits,
			given: /* @__PURE__ */ new Map([[GIVEN, rows]])
		}),
		close: () => boundary.rows.close()
	};
}
async function boundaryAt(run, model, block) {
	const first = await firstBoundary(run, model);
	try {
		return await movedOn(run, first, block);
	} catch (error) {
		await first.rows.close();
		throw error;
	}
}
// src/audit/rebuilt/loss-recovered.ts
/**
* @file How much of its loss each model recovers that goes on with what an SAE rebuilds, at every read-out: the blocks behind the hook
* are run with the reconstruction, with zeros and with the mean in place of the value, and their losses are set beside those of the
* model as it is (statistics/loss-recovered.ts).
*/
/** In this order they are put in the value's place. */
const REPLACEMENTS = [
	"zero",
	"mean",
	"sae"
];
/** What can be known before anything is run. Errors: RECOVERED_HOOK, NOTHING_REBUILT, RECOVERED_LOSSES, RECOVERED_ONNX, RECOVERED_TURNED. */
function requireRecovered({ config, readouts }, candidates) {
	if (config.lossRecovered !== true) return;
	if (!config.perplexity.chunked) throw recoveredLosses();
	for (const candidate of candidates) {
		if (candidate.kind === "onnx") throw recoveredOnnx(candidate.name);
		if (candidate.model.basis !== null) throw recoveredTurned(candidate.name);
	}
	for (const { dictionary } of readouts) {
		if (!dictionary.rebuilds) throw nothingRebuilt(dictionary.spec, "--loss-recovered");
		const why = whyNotReplaced(dictionary.predicts);
		if (why !== null) throw recoveredHook(hookName(dictionary.predicts), why);
	}
}
/** Operations of one model at all read-outs: what is rebuilt, what is run on, and its losses. */
function recoveredCost(decoder, readouts, text) {
	return readouts.reduce((sum, { dictionary }) => sum + costAt(decoder, dictionary, text), 0);
}
function costAt(decoder, { d_in, d_sae, b_dec, predicts }, { rows, scored, longest }) {
	const before = stageCost.body(decoder, rows, longest, firstReplaced(predicts));
	const suffix = stageCost.body(decoder, rows, longest) - before;
	const isInside = predicts.name !== "hook_resid_pre" && predicts.name !== "hook_resid_post";
	return stageCost.features(d_in + b_dec.length, d_sae, rows, 1) + REPLACEMENTS.length * suffix + (isInside ? before : 0) + stageCost.head(decoder, scored, 1 + REPLACEMENTS.length);
}
/** Bytes of rows that are there at once while a model is run on: what stands at the hook, and final hidden rows of each. */
function replacedBytes({ spec: { d_model } }, readouts, rows) {
	const width = Math.max(0, ...readouts.map(({ dictionary }) => dictionary.b_dec.length));
	return 4 * rows * (2 * width + d_model * (1 + REPLACEMENTS.length));
}
/** The reference at every read-out; nothing where it was not asked for. Errors: those of running a model. */
async function referenceRecovered(run, { model, capture }) {
	const found = [];
	if (run.config.lossRecovered !== true) return found;
	for (const readout of run.readouts) found.push(await recoveredAt(run, readout, {
		name: "reference",
		model,
		capture,
		scales: ONCE
	}));
	return found;
}
/** A candidate beside the reference's groups, in the order of the read-outs; nothing where it was not asked for. Errors: those of running a model. */
async function candidateRecovered(run, reference, known, { name, model, capture, features }) {
	const found = [];
	for (const [r, groups] of known.entries()) {
		const readout = present(run.readouts[r]);
		const { scaling } = present(features[r]);
		const reads = run.config.rescale && isRescaled(scaling) ? 1 / scaling.factor : 1;
		const pair = {
			reference: groups,
			candidate: await recoveredAt(run, readout, {
				name,
				model,
				capture,
				scales: {
					reads,
					predicts: await predictedScale(run, readout, {
						reference: reference.capture,
						capture,
						reads
					})
				}
			})
		};
		const { scored } = run.tokens.chunked;
		found.push({
			replaced: hookName(readout.dictionary.predicts),
			tokens: sumByGroup(scored, () => 1),
			figures: summarizeRecovered(pair, samplingOfTokens(run.tokens), run.config.confidence),
			groups: {
				reference: writable(groups),
				candidate: writable(pair.candidate)
			}
		});
	}
	return found;
}
/** A transcoder predicts another place, which may be larger or smaller by another factor. */
async function predictedScale(run, readout, { reference, capture, reads }) {
	const hook = hookName(readout.dictionary.predicts);
	if (hook === readout.hook || !run.config.rescale) return reads;
	const at = ({ chunked }) => ({
		store: storeOf(chunked, hook),
		center: readout.center
	});
	const { all } = fitSample(run.tokens, readout);
	const scaling = scalingOf(await scalingBetween(at(reference), at(capture), all));
	return isRescaled(scaling) ? 1 / scaling.factor : 1;
}
/** Lists that a report may own. */
function writable(groups) {
	const { cleanLoss, saeLoss, zeroLoss, meanLoss, saeKl, zeroKl, meanKl } = groups;
	return {
		cleanLoss: [...cleanLoss],
		saeLoss: [...saeLoss],
		zeroLoss: [...zeroLoss],
		meanLoss: [...meanLoss],
		saeKl: [...saeKl],
		zeroKl: [...zeroKl],
		meanKl: [...meanKl]
	};
}
const ONCE = {
	reads: 1,
	predicts: 1
};
async function recoveredAt(run, readout, { name, model, capture, scales }) {
	const { tokens } = run;
	const { rows } = tokens.chunked.plan;
	const { scored } = tokens.chunked;
	const text = {
		rows,
		scored: scored.rows.length,
		longest: tokens.longest
	};
	const steps = 2 + REPLACEMENTS.length;
	const cost = costAt(model.decoder, readout.dictionary, text);
	const onTokens = run.work.stage(`${name}: loss recovered at ${readout.id}`, cost, steps * rows);
	const { center, dictionary } = readout;
	const at = (hook, scale) => ({
		store: storeOf(capture.chunked, hook),
		center,
		scale
	});
	const replaced = await replacedHidden(run, readout, {
		model,
		place: {
			value: at(hookName(dictionary.predicts), scales.predicts),
			counted: countedMask(readout.positions, tokens.sequences.blockLength)
		},
		reads: at(readout.hook, scales.reads)
	}, onTokens);
	try {
		const hidden = [storeOf(capture.chunked, HIDDEN), ...replaced.map((stores) => storeOf(stores, HIDDEN))];
		return groupsOf(await tokenLosses({
			head: {
				unembeddings: [await openUnembedding(model, run.device)],
				models: hidden.map(() => 0)
			},
			hidden,
			rangeBytes: run.headBytes
		}, scored, run.device, (done) => onTokens((steps - 1) * rows + done)), scored);
	} finally {
		for (const stores of replaced) await closeStores(stores);
	}
}
/** Final hidden rows with each of REPLACEMENTS in place. */
async function replacedHidden(run, readout, { model, place, reads }, onTokens) {
	const { device, memory } = run;
	const { store } = place.value;
	const opened = [];
	const keep = (one) => {
		opened.push(one);
		return one;
	};
	const found = [];
	try {
		const rebuilt = keep(await rebuiltRows(readout, reads, {
			device,
			memory,
			onRows: onTokens
		}));
		const rows = keep(await createRowStore(store.rows, store.width, memory));
		const suffix = keep(await replacedSuffix(run, model, readout.dictionary.predicts));
		for (const [i, replacement] of REPLACEMENTS.entries()) {
			if (replacement === "zero") await writeZeros(place, rows);
			else if (replacement === "mean") await writeMean(place, rows);
			else await writeRebuilt(place, rebuilt, rows);
			found.push(await suffix.run(rows));
			onTokens((i + 2) * store.rows);
		}
		return found;
	} catch (error) {
		for (const stores of found) await closeStores(stores);
		throw error;
	} finally {
		for (const one of opened) await one.close();
	}
}
function groupsOf(losses, scored) {
	const sums = (values) => sumByGroup(scored, (i) => present(values[i]));
	const of = (replacement) => present(losses.candidates[REPLACEMENTS.indexOf(replacement)]);
	const [zero, mean, sae] = [
		of("zero"),
		of("mean"),
		of("sae")
	];
	return {
		cleanLoss: sums(losses.reference),
		saeLoss: sums(sae.loss),
		zeroLoss: sums(zero.loss),
		meanLoss: sums(mean.loss),
		saeKl: sums(sae.kl),
		zeroKl: sums(zero.kl),
		meanKl: sums(mean.kl)
	};
}
// src/audit/cost.ts
/** Every stage of an audit over all of its models, before it is known how many features are active. */
function auditStages(decoder, readouts, tokens, { candidates, config }) {
	const rows = tokens.chunked.plan.rows;
	const windows = tokens.sliding?.plan.sequences.reduce((sum, s) => sum + s.end - s.begin, 0) ?? 0;
	const scored = tokens.chunked.scored.rows.length + (tokens.sliding?.scored.rows.length ?? 0);
	const models = candidates + 1;
	const body = stageCost.body(decoder, rows + windows, tokens.longest);
	const ofReadouts = readouts.flatMap((readout) => {
		const { d_in, d_sae } = readout.dictionary;
		return [
			{
				stage: `features at ${readout.id}`,
				operations: stageCost.features(d_in, d_sae, rows, models)
			},
			{
				stage: `latent scaling at ${readout.id}`,
				operations: config.latentScaling === true ? latentCost(readout.dictionary, rows) * models : 0
			},
			{
				stage: `new features at ${readout.id}`,
				operations: config.newFeatures === true ? stageCost.features(d_in, d_sae, rows, candidates) : 0
			},
			{
				stage: `survival by kind of token at ${readout.id}`,
				operations: config.survivalByKind === true ? kindCost(d_in, rows) * candidates : 0
			},
			{
				stage: `close calls at ${readout.id}`,
				operations: closeCallCost(readout, decoder, tokens) * models
			}
		];
	});
	const recovered = recoveredCost(decoder, readouts, {
		rows,
		scored: tokens.chunked.scored.rows.length,
		longest: tokens.longest
	});
	return [
		{
			stage: "forward pass: reference",
			operations: body
		},
		{
			stage: candidates === 1 ? "forward pass: candidate" : `forward passes: ${candidates} candidates`,
			operations: body * candidates
		},
		{
			stage: "losses",
			operations: wantsLosses(config) ? stageCost.head(decoder, scored, models) : 0
		},
		...ofReadouts,
		{
			stage: "loss recovered",
			operations: config.lossRecovered === true ? models * recovered : 0
		}
	].filter(({ operations }) => operations > 0);
}
/** Floating-point operations of all of these together. */
function auditCost(...what) {
	return auditStages(...what).reduce((sum, { operations }) => sum + operations, 0);
}
// src/audit/run/refusals.ts
/** The first row of the table that is asked for. Null: none is. */
function refusedOf(table, config) {
	for (const [name, row] of Object.entries(table)) if (row?.isAsked(config) === true) return {
		what: row.what ?? flagOf(name),
		why: row.why
	};
	return null;
}
const isOption = (name) => Object.hasOwn(AUDIT_OPTIONS, name);
const flagOf = (name) => (isOption(name) ? optionNamed(name).flag : null) ?? name;
// src/audit/text/beginning.ts
/** @file The first token groups of a text as a text of their own: what an audit that may stop early looks at. */
/** All of it where it has no more groups. Sliding windows are none of it: they run over the whole text. */
function beginningOf(tokens, groups) {
	const { sequences, groupStarts, kinds } = tokens;
	if (groups === groupStarts.length - 1) return tokens;
	const { ids, blockLength, bos, stream, documents } = sequences;
	const sequenceCount = present(groupStarts[groups]);
	const tokensUsed = sequenceCount * (blockLength - (bos === null ? 0 : 1));
	const own = ids.subarray(0, sequenceCount * blockLength);
	const cut = {
		...sequences,
		ids: own,
		sequenceCount,
		stream: stream.subarray(0, tokensUsed),
		sha256: hashIds(own),
		documents: documents && {
			...documents,
			starts: documents.starts.filter((start) => start < tokensUsed)
		}
	};
	const starts = groupStarts.slice(0, groups + 1);
	return {
		...tokens,
		sequences: cut,
		groupStarts: starts,
		part: wholeText(sequenceCount, groups),
		chunked: {
			plan: chunkedPlan(cut),
			scored: chunkedScores(cut, starts)
		},
		sliding: null,
		kinds: {
			...kinds,
			bits: kinds.bits.subarray(0, sequenceCount * (blockLength - 1))
		}
	};
}
// src/audit/looks.ts
/** Made anew at each look, of its part of the text, is what is not in here. */
const NOT_BY_LOOKS = {
	reference: null,
	candidate: null,
	sae: null,
	corpus: null,
	field: null,
	template: null,
	subset: null,
	seed: null,
	tokens: null,
	blockLength: null,
	lines: null,
	lineEnds: null,
	bos: null,
	calibration: null,
	calibrationTokens: null,
	tokenizer: null,
	perplexity: {
		isAsked: ({ perplexity }) => perplexity.sliding !== null,
		why: "sliding perplexity runs over the whole text"
	},
	matchTokens: null,
	hook: null,
	center: null,
	positions: null,
	activations: null,
	unrotate: null,
	rescale: null,
	tap: null,
	lossRecovered: {
		isAsked: ({ lossRecovered }) => lossRecovered === true,
		why: "loss recovered is read off the whole text"
	},
	newFeatures: null,
	survivalByKind: null,
	latentScaling: null,
	explain: null,
	groups: null,
	policy: null,
	baseline: null,
	config: null,
	out: null,
	device: null,
	precision: null,
	threads: null,
	memory: null,
	weights: null,
	streamRows: null,
	untilDecided: null,
	captureCacheSize: null,
	captureRows: null,
	nullCheck: null,
	noiseFloor: {
		isAsked: ({ noiseFloor = "none" }) => noiseFloor !== "none",
		why: "a noise floor is measured of the whole text"
	},
	noiseNull: {
		isAsked: ({ noiseNull }) => noiseNull === true,
		why: "a noise floor is measured of the whole text"
	},
	allowBadFit: null,
	expectPolicy: null,
	expectReference: null,
	expectSae: null,
	expectCorpus: null,
	expectCandidate: null,
	thresholds: null,
	confidence: null,
	watched: null,
	stability: {
		isAsked: ({ stability }) => stability !== void 0,
		why: "stability is told of the whole text"
	},
	batchSequences: null,
	diagnose: {
		isAsked: ({ diagnose }) => diagnose === true,
		why: "errors of layers are told of the whole text"
	},
	half: null,
	attribution: {
		isAsked: ({ attribution }) => attribution !== void 0,
		why: "attribution reads the whole text"
	},
	causal: {
		isAsked: ({ causal }) => causal !== void 0,
		why: "causal checks choose their sequences from the whole text"
	}
};
/** Errors: UNTIL_DECIDED_IMPOSSIBLE. */
function requireLookable(config) {
	const found = refusedOf(NOT_BY_LOOKS, config);
	if (found !== null) throw untilDecidedImpossible(found.why);
}
/** The runs of one look after the other, each over the beginning of the text. Close what `growing` holds after the last. */
function lookRuns(run, growing) {
	const planned = lookGroups(groupsOf$1(run.tokens));
	const { confidence } = run.config;
	const config = {
		...run.config,
		confidence: lookConfidence(confidence, planned.length)
	};
	const rounds = {
		...run.rounds,
		inOneGraph: false
	};
	return planned.map((groups, look) => ({
		...run,
		config,
		rounds,
		growing,
		tokens: beginningOf(run.tokens, groups),
		looks: {
			planned,
			look,
			confidence
		}
	}));
}
/** Tokens of each look, ascending. */
function lookTokens(tokens) {
	const { groupStarts, sequences } = tokens;
	return lookGroups(groupsOf$1(tokens)).map((groups) => present(groupStarts[groups]) * sequences.blockLength);
}
/** As the report says it. */
function looksReport({ looks }) {
	if (looks === null) return null;
	const { planned, look, confidence } = looks;
	return {
		planned: [...planned],
		taken: look + 1,
		confidence
	};
}
/** In a sentence, for the notes of a report. */
function looksNotes({ looks, growing, tokens, config }) {
	if (looks === null || growing === null) return [];
	const { planned, look, confidence } = looks;
	const [used, all] = [tokens, growing.whole].map(({ chunked }) => chunked.plan.rows);
	const percent = (of) => `${Number((100 * of).toFixed(1))} %`;
	const said = look === planned.length - 1 ? `the whole text was looked at (look ${planned.length} of ${planned.length})` : `every rule was decided at look ${look + 1} of ${planned.length}, after ${used} of ${all} tokens: the rest was not run`;
	return [planned.length === 1 ? "--until-decided: this text has too few token groups to be looked at before its end" : `--until-decided: ${said}. Intervals are of ${percent(config.confidence)}, so that ${percent(confidence)} hold over all looks`];
}
// src/audit/machine/device-memory.ts
/** For what lies between operators, and the arenas’ growth by powers of two. */
const BETWEEN_BYTES = 4e9;
/** What a session takes of the device, as a multiple of its weights. */
const SESSION_FACTOR = 1.3;
const FLOAT32_BYTES = 4;
/** Weights of the head at once, where nothing speaks for more. */
const HEAD_BYTES = 256e6;
/** Of the memory of a device that a range of the unembedding may take, and of the machine's, through which it comes. */
const HEAD_SHARE = 1 / 8;
/**
* Weights, counted in float32, that a range of blocks may have on the device; null: all of them fit, or nobody knows how much memory there
* is. `bodyBytes`: of the whole body, counted likewise.
*/
function deviceRangeBytes({ bodyType }, nvidia, bodyBytes) {
	if (nvidia === null || nvidia.freeMemory === 0) return null;
	const { freeMemory } = nvidia;
	const between = Math.min(BETWEEN_BYTES, freeMemory / 2);
	const each = bodyType === "float32" ? FLOAT32_BYTES : 2;
	const held = (freeMemory - between) / SESSION_FACTOR * (FLOAT32_BYTES / each);
	return bodyBytes <= held ? null : Math.floor(held);
}
/**
* Weights of the unembedding, in the type they are multiplied in, that are in the engine at once. All hidden states go through a range before
* the next is read: on a GPU they cross the bus once per range, so there it is as large as memory allows. `available`: of this machine.
*/
function headRangeBytes({ kind }, nvidia, available) {
	if (kind === "cpu" || nvidia === null) return HEAD_BYTES;
	return Math.max(HEAD_BYTES, Math.floor(HEAD_SHARE * Math.min(nvidia.freeMemory, available)));
}
/** What a round in one graph takes of the device. `weights`: bytes of all of them, as they are multiplied. */
function roundBytes(weights) {
	return SESSION_FACTOR * weights + BETWEEN_BYTES;
}
// src/audit/machine/progress.ts
/** Counts weighted work over the stages of an audit whose costs are known ahead. */
var Work = class {
	#total;
	#onProgress;
	#finished = 0;
	constructor(total, onProgress) {
		this.#total = total;
		this.#onProgress = onProgress;
	}
	/** Open a stage that costs `cost` and is done after `total` units. */
	stage(stage, cost, total, unit = "tokens") {
		const before = this.#finished;
		this.#finished += cost;
		return (done) => {
			const overall = Math.min(1, (before + cost * (total === 0 ? 1 : done / total)) / this.#total);
			this.#onProgress({
				stage,
				done,
				total,
				unit,
				overall
			});
		};
	}
};
// src/compression/matched-sparsity.ts
/**
* @file The sparsity at which a pruned model's perplexity comes closest to a target: six halvings of [0, 0.8], the step with the
* smallest absolute error taken (arXiv 2606.03002). Steps are whole eightieths, so that 0.15 is 0.15 and not a sum that rounds.
*/
/** Halvings of the range, and the finest step's fraction: 0.8 / 2⁶ = 1 / 80. */
const HALVINGS = 6;
const PARTS = 80;
const HIGHEST = 2 ** HALVINGS;
/** Where the range ends; no step is as high. */
const HIGHEST_SPARSITY = HIGHEST / PARTS;
/** The step that is tried first, whatever the target. */
const FIRST_SPARSITY = HIGHEST / 2 / PARTS;
/** A target that all steps lie on one side of is met where the nearest is within this part of it. */
const NEAR = .01;
/** `perplexityAt`: of the model pruned to a sparsity. Perplexity is taken to grow with it. */
async function matchSparsity(target, perplexityAt) {
	const trace = [];
	let [low, high] = [0, HIGHEST];
	while (high - low > 1) {
		const middle = (low + high) / 2;
		const sparsity = middle / PARTS;
		const perplexity = await perplexityAt(sparsity);
		trace.push({
			sparsity,
			perplexity
		});
		if (perplexity > target) high = middle;
		else low = middle;
	}
	const errorOf = ({ perplexity }) => Math.abs(perplexity - target);
	const chosen = trace.reduce((best, step) => errorOf(step) < errorOf(best) ? step : best);
	return {
		trace,
		chosen,
		isReached: low > 0 && high < HIGHEST || errorOf(chosen) <= NEAR * target
	};
}
// src/audit/matching/settle-matches.ts
/**
* @file Candidates pruned to another compression's perplexity: their sparsity is found here, by running the pruned model at each
* step (compression/matched-sparsity.ts). What comes out is a plain pruning that knows how it was come by.
*/
/** Models that are run for one match: the target, and six steps. */
const MODELS = 7;
/** Part of the target's perplexity by which the step that was taken is off, beyond which that is said. */
const FAR = .05;
/** Floating-point operations of all matches. */
function matchCost(decoder, candidates, text) {
	if (text === null) return 0;
	const { plan, scored } = text.tokens.chunked;
	const each = stageCost.body(decoder, plan.rows, text.tokens.longest) + stageCost.head(decoder, scored.rows.length, 1);
	return MODELS * each * candidates.filter((one) => one.kind === "derived" && one.matching !== null).length;
}
/** The candidates, every sparsity found. `text` null: there is none to find. Errors: those of running a model. */
async function settleMatches(run, candidates, text) {
	if (text === null) return candidates;
	const matchRun = {
		...run,
		config: {
			...run.config,
			perplexity: {
				chunked: true,
				sliding: null
			}
		},
		readouts: [],
		tokens: text.tokens
	};
	const settled = [];
	for (const candidate of candidates) {
		const isMatched = candidate.kind === "derived" && candidate.matching !== null;
		settled.push(isMatched ? await settledMatch(matchRun, candidate.matching, text) : candidate);
	}
	return settled;
}
async function settledMatch(run, { target, prunedTo }, text) {
	const aim = await perplexityOf(run, target);
	const found = await matchSparsity(aim, (sparsity) => perplexityOf(run, prunedTo(sparsity)));
	const match = {
		target: target.spec,
		targetPerplexity: aim,
		perplexity: found.chosen.perplexity,
		reached: found.isReached,
		tokens: {
			where: text.where,
			count: text.tokens.chunked.plan.rows,
			sha256: hashIds(text.tokens.sequences.ids)
		},
		trace: [...found.trace]
	};
	return withMatch(prunedTo(found.chosen.sparsity), match, found);
}
function withMatch(candidate, match, { isReached }) {
	const { model, compression } = candidate;
	const warning = matchWarning(match, isReached);
	return {
		...candidate,
		model: {
			...model,
			warnings: [...model.warnings, ...warning === null ? [] : [warning]]
		},
		compression: compression === null ? null : {
			...compression,
			match
		}
	};
}
/** The trace is told with it: `40 % 310.2, 20 % 95.1, …`. */
function matchWarning({ target, targetPerplexity, perplexity, trace }, isReached) {
	const off = perplexity / targetPerplexity - 1;
	if (isReached && Math.abs(off) <= FAR) return null;
	const told = trace.map((step) => `${percent(step.sparsity)} gives ${step.perplexity.toPrecision(5)}`);
	const nearest = `the nearest is ${perplexity.toPrecision(5)}, ${percent(Math.abs(off))} ${off > 0 ? "above" : "below"} it (${told.join(", ")})`;
	return isReached ? `pruned to the perplexity of ${target}, ${targetPerplexity.toPrecision(5)}: ${nearest}` : `not matched: no sparsity up to ${percent(HIGHEST_SPARSITY)} has the perplexity of ${target}, ${targetPerplexity.toPrecision(5)}; ${nearest}`;
}
const percent = (part) => `${Number((100 * part).toFixed(2))} %`;
/** Chunked, of one model alone. */
async function perplexityOf(run, candidate) {
	const { model } = candidate;
	const name = `${candidate.name} (${candidate.made})`;
	const capture = await captureModel(run, name, model);
	try {
		const { scored } = run.tokens.chunked;
		const cost = stageCost.head(model.decoder, scored.rows.length, 1);
		const head = {
			unembeddings: [await openUnembedding(model, run.device)],
			models: [0]
		};
		const hidden = [storeOf(capture.chunked, HIDDEN)];
		const onTokens = run.work.stage(`${name}: losses`, cost, scored.rows.length);
		const losses = await tokenLosses({
			head,
			hidden,
			rangeBytes: run.headBytes
		}, scored, run.device, onTokens);
		return Math.exp(losses.reference.reduce((sum, loss) => sum + loss, 0) / scored.rows.length);
	} finally {
		await closeCapture(capture);
	}
}
// src/compression/in-other-form.ts
/**
* @file A matrix brought into another form of the same function: its inputs or outputs times known factors. What a model's norms carry
* more, the matrices behind them carry less, and nothing that it computes changes.
*/
const UNCHANGED = {
	inputs: null,
	outputs: null
};
function isUnchanged({ inputs, outputs }) {
	return inputs === null && outputs === null;
}
/** diag(outputs) · W · diag(inputs), in the layout of W. `text` names the factors. */
function rescaledMatrix(of, channels, factors, text) {
	const { out, in: width, layout } = channels;
	return {
		kind: "joint",
		text,
		of: [of],
		shape: layout === "out-in" ? [out, width] : [width, out],
		make: ([weight]) => timesFactors(toFloat32(present(weight)), channels, factors)
	};
}
function timesFactors(weight, { out, in: width, layout }, factors) {
	const made = new Float32Array(weight.length);
	const { inputs, outputs } = factors;
	for (let i = 0; i < out; i++) for (let j = 0; j < width; j++) {
		const at = layout === "out-in" ? i * width + j : j * out + i;
		made[at] = weight[at] * (inputs?.[j] ?? 1) * (outputs?.[i] ?? 1);
	}
	return made;
}
/** A vector times one factor for each element. */
function rescaledVector(of, factors, text) {
	return {
		kind: "joint",
		text,
		of: [of],
		shape: [factors.length],
		make: ([vector]) => toFloat32(present(vector)).map((value, i) => value * present(factors[i]))
	};
}
/** bias + W · shift: what a norm's own bias adds to the outputs of the matrix behind it. */
function shiftedBias({ bias, weight }, { out, in: width, layout }, shift, text) {
	return {
		kind: "joint",
		text,
		of: [bias, weight],
		shape: [out],
		make: ([vector, matrix]) => {
			const [b, w] = [toFloat32(present(vector)), toFloat32(present(matrix))];
			return Float32Array.from(b, (value, i) => {
				let sum = value;
				for (let j = 0; j < width; j++) sum += w[layout === "out-in" ? i * width + j : j * out + i] * shift[j];
				return sum;
			});
		}
	};
}
// src/audit/subjects/derived/norm-changes.ts
/** @file The norms before a candidate's matrices beside the reference's: other gains, other biases. */
/** The norms before matrices, read where the plans do not say that both are one. */
var NormChanges = class {
	changed = [];
	#found = /* @__PURE__ */ new Map();
	#reference;
	#model;
	#name;
	constructor(reference, model, name) {
		this.#reference = reference;
		this.#model = model;
		this.#name = name;
	}
	/** Errors: ATTRIBUTION_UNLIKE, where what the reference's norm holds back cannot be had from it. */
	async before({ role, input }) {
		const norm = role === "q" || role === "k" || role === "v" ? "preAttention" : "preMlp";
		if (role === "o" || role === "down") return {
			gain: null,
			shift: null
		};
		const key = `${input.layer} ${norm}`;
		const known = this.#found.get(key);
		if (known !== void 0) return known;
		const found = await this.#read(input.layer, norm);
		if (found.gain !== null && input.expert !== void 0) throw attributionUnlike(this.#name, `its norm before the experts of block ${input.layer} has other gains, which the router reads too`);
		this.#found.set(key, found);
		return found;
	}
	async #read(layer, norm) {
		const { decoder } = this.#reference;
		const ours = decoder.weights.blocks[layer]?.[norm] ?? null;
		const theirs = this.#model.decoder.weights.blocks[layer]?.[norm] ?? null;
		const same = (part) => {
			const [a, b] = [ours?.[part]?.tensor, theirs?.[part]?.tensor];
			if (a === void 0 || b === void 0) return a === b;
			return sameSource(this.#reference.plan.sources.get(a), this.#model.plan.sources.get(b));
		};
		if (same("gain") && same("bias")) return {
			gain: null,
			shift: null
		};
		const { d_model } = decoder.spec;
		const [own, other] = [await normOf(this.#reference, ours, d_model), await normOf(this.#model, theirs, d_model)];
		const gain = other.gain.map((value, j) => {
			const before = present(own.gain[j]);
			if (value === before) return 1;
			if (before === 0) throw attributionUnlike(this.#name, `the reference's norm of block ${layer} has a gain of 0 where it has ${value}`);
			return value / before;
		});
		const shift = other.bias.map((value, j) => value - present(gain[j]) * present(own.bias[j]));
		const isOther = {
			gain: gain.some((value) => value !== 1),
			shift: shift.some((value) => value !== 0)
		};
		if (isOther.gain || isOther.shift) this.changed.push(`blocks.${layer}.${norm}`);
		return {
			gain: isOther.gain ? gain : null,
			shift: isOther.shift ? shift : null
		};
	}
};
/** As they multiply and add: without a stored one, 1 and 0. */
async function normOf({ tensors, decoder }, norm, width) {
	const { gainOffset } = decoder.spec.norm;
	const read = async (name) => Float64Array.from(toFloat32(await tensors.read(name)));
	const gain = norm?.gain ? (await read(norm.gain.tensor)).map((value) => value + gainOffset) : null;
	const bias = norm?.bias ? await read(norm.bias.tensor) : null;
	return {
		gain: gain ?? new Float64Array(width).fill(1),
		bias: bias ?? new Float64Array(width)
	};
}
// src/audit/subjects/derived/pair-scales.ts
/** A correlation of ln a and −ln b below this is no moved factor. */
const LEAST_ALIKE = .9;
/** Root mean square of ln a, below which there is nothing to divide out. */
const LEAST_MOVED = .001;
/** `inputsOf`: (in) by what the inputs of a matrix of the candidate are larger than the reference's; null: by nothing. Errors: those of reading. */
async function movedFactors(reference, model, inputsOf) {
	const found = /* @__PURE__ */ new Map();
	const changed = [];
	for (const pair of pairsOf(reference.decoder)) {
		const { writes, reads, block, role } = pair;
		if (!mayBeMoved(reference, model, [writes, reads])) continue;
		const scales = await scalesOf(reference, model, pair, inputsOf(writes.weight));
		if (scales === null) continue;
		const inputs = Float64Array.from({ length: inputsIn(reads.weight) }, (_, i) => present(scales[pair.channelOf(i)]));
		const outputs = spread(writes.weight, scales);
		found.set(writes.weight.tensor, {
			inputs: null,
			outputs
		});
		found.set(reads.weight.tensor, {
			inputs,
			outputs: null
		});
		changed.push(`blocks.${block}.${role === "v" ? "v and o" : "up and down"}`);
	}
	return {
		of: found,
		changed
	};
}
/** A delta net is not linear in its values, nor attention whose values are normed, nor an MLP whose hidden units are clamped in what up gives; experts are scaled by no quantizer that is read here. */
function pairsOf({ spec, weights }) {
	return weights.blocks.flatMap(({ v, o, up, down }, block) => {
		const { attention, mlp } = present(spec.blocks[block]);
		const isLinear = mlp.gated && mlp.activation !== "clamped_silu";
		return [...v === null || attention.kind === "delta" || attention.valueNorm === true ? [] : [{
			block,
			role: "v",
			writes: v,
			reads: o,
			channelOf: valueChannel$1(attention)
		}], ...up === null || down === null || !isLinear ? [] : [{
			block,
			role: "up",
			writes: up,
			reads: down,
			channelOf: (i) => i
		}]];
	});
}
/** Several heads read the values of one. */
const valueChannel$1 = ({ heads, kvHeads, headSize }) => (i) => Math.floor(Math.floor(i / headSize) / (heads / kvHeads)) * headSize + i % headSize;
/** What is rounded or pruned here carries no factors, and what is the reference's own neither. */
function mayBeMoved(reference, model, pair) {
	return pair.every(({ weight: { tensor } }) => {
		const source = model.plan.sources.get(tensor);
		return source?.kind === "stored" && !sameSource(source, reference.plan.sources.get(tensor));
	});
}
const inputsIn = ({ storedShape: [rows = 0, columns = 0], layout }) => layout === "out-in" ? columns : rows;
/** Over all output channels of the tensor that the channels are cut out of: 1 / scale there, 1 elsewhere. */
function spread({ storedShape, layout, channels }, scales) {
	const [rows = 0, columns = 0] = storedShape;
	const out = layout === "out-in" ? rows : columns;
	const factors = new Float64Array(out).fill(1);
	let k = 0;
	for (const [start, end] of channels ?? [[0, out]]) for (let channel = start; channel < end; channel++) factors[channel] = 1 / present(scales[k++]);
	return factors;
}
/** (channels) s: the candidate's are s times the reference's, and read by 1/s of it; null: nothing is moved. */
async function scalesOf(reference, model, { writes, reads, channelOf }, gain) {
	const written = await both(reference, model, writes.weight);
	const [count, inputs] = written.shape;
	const a = new Products(count);
	for (let row = 0; row < count; row++) for (let i = 0; i < inputs; i++) a.add(row, written.own[row * inputs + i], written.other[row * inputs + i] * (gain?.[i] ?? 1));
	const read = await both(reference, model, reads.weight);
	const [rows, width] = read.shape;
	const b = new Products(count);
	for (let row = 0; row < rows; row++) for (let i = 0; i < width; i++) b.add(channelOf(i), read.own[row * width + i], read.other[row * width + i]);
	const [first, second] = [a.logarithms(), b.logarithms()];
	if (!isMoved(first.values, second.values)) return null;
	return first.values.map((value, k) => {
		const [p, q] = [1 / first.variances[k], 1 / second.variances[k]];
		return Math.exp((p * value - q * second.values[k]) / (p + q));
	});
}
/** What float32 leaves of an exact factor. */
const LEAST_VARIANCE = 1e-16;
/** Sums of the weights of reference and candidate by channel. */
var Products = class {
	#own;
	#both;
	#other;
	#count;
	constructor(channels) {
		const zeros = () => new Float64Array(channels);
		[this.#own, this.#both, this.#other, this.#count] = [
			zeros(),
			zeros(),
			zeros(),
			zeros()
		];
	}
	add(channel, own, other) {
		this.#own[channel] = this.#own[channel] + own * own;
		this.#both[channel] = this.#both[channel] + own * other;
		this.#other[channel] = this.#other[channel] + other * other;
		this.#count[channel] = this.#count[channel] + 1;
	}
	/** Of the factor between both, 0 where there is none or it is not above 0, and how far off they may be: what the factor leaves, over what it explains, by weights. */
	logarithms() {
		const isKnown = (k) => this.#own[k] > 0 && this.#both[k] > 0;
		const explained = this.#both.map((sum, k) => isKnown(k) ? sum * sum / this.#own[k] : NaN);
		return {
			values: this.#both.map((sum, k) => isKnown(k) ? Math.log(sum / this.#own[k]) : 0),
			variances: explained.map((part, k) => {
				if (Number.isNaN(part)) return 1;
				const left = Math.max(0, this.#other[k] - part) / part / this.#count[k];
				return Math.max(LEAST_VARIANCE, left);
			})
		};
	}
};
/** Are the channels of one larger by what the channels of the other are smaller by? */
function isMoved(a, b) {
	let [aa, bb, ab] = [
		0,
		0,
		0
	];
	for (let k = 0; k < a.length; k++) {
		aa += a[k] * a[k];
		bb += b[k] * b[k];
		ab += a[k] * b[k];
	}
	return Math.sqrt(aa / a.length) > LEAST_MOVED && -ab > LEAST_ALIKE * Math.sqrt(aa * bb);
}
async function both(reference, model, weight) {
	const read = async ({ tensors }) => await weightReader(tensors, [weight]).read(weight, "float32");
	const [own, other] = [await read(reference), await read(model)];
	const [rows = 0, columns = 0] = own.shape;
	return {
		own: asFloat32(own),
		other: asFloat32(other),
		shape: [rows, columns]
	};
}
// src/audit/subjects/derived/reference-form.ts
/**
* @file A candidate in tensors that can take the places of the reference's, one by one. A quantizer may move factors between a norm and the
* matrices behind it, or make the whole residual stream larger: the same function, and a matrix that is swapped alone would
* be blamed for a factor that its neighbours undo. Here every matrix is as it is behind the reference's norms and in the
* reference's residual stream, without the factors that it hands on to the next (pair-scales.ts).
*/
/** Before anything is run. Errors: ATTRIBUTION_UNLIKE. */
function requireLike(reference, candidate) {
	const { name } = candidate;
	if (candidate.kind === "onnx") throw attributionUnlike(name, "it is an ONNX graph, whose weights are not read");
	if (candidate.kind === "derived" && candidate.form === "folded") throw attributionUnlike(name, "its norms are folded and its residual stream is centred (layout=transformerlens)");
	const { model } = candidate;
	if (model.basis !== null) throw attributionUnlike(name, "its residual stream was rotated, and all its tensors are in the other basis");
	const own = projections(model.decoder);
	for (const [tensor, { out, in: inputs, layout }] of projections(reference.decoder)) {
		const side = own.get(tensor);
		if (side === void 0) throw attributionUnlike(name, `it has no matrix ${tensor}`);
		if (side.out !== out || side.in !== inputs || side.layout !== layout) throw attributionUnlike(name, `${tensor} is ${inWords(side)} in it and ${inWords({
			out,
			in: inputs,
			layout
		})} in the reference`);
	}
	for (const { tensor } of allRefs(reference.decoder.weights)) if (!model.plan.sources.has(tensor)) throw attributionUnlike(name, `it has no tensor ${tensor}`);
}
const inWords = ({ out, in: inputs, layout }) => `[${out} out, ${inputs} in], stored ${layout}`;
/** `factor`: what the candidate's residual stream is times the reference's; 1: nothing. Errors: ATTRIBUTION_UNLIKE, those of reading. */
async function inReferenceForm(reference, { name, model }, factor) {
	const { decoder } = reference;
	const notes = [];
	const norms = new NormChanges(reference, model, name);
	const behind = /* @__PURE__ */ new Map();
	for (const target of targets(decoder)) {
		const { tensor } = target.linear.weight;
		if (!behind.has(tensor)) behind.set(tensor, {
			target,
			before: await norms.before(target)
		});
	}
	const gainBefore = ({ tensor }) => behind.get(tensor)?.before.gain ?? null;
	const moved = await movedFactors(reference, model, gainBefore);
	const made = /* @__PURE__ */ new Map();
	const sides = projections(decoder);
	for (const [tensor, { target, before }] of behind) {
		const change = {
			...before,
			handed: moved.of.get(tensor) ?? UNCHANGED,
			factor: outputFactor(target, decoder, factor)
		};
		made.set(tensor, sourcesOf(model, present(sides.get(tensor)), target, change));
	}
	const rest = await restOf(reference, model, factor);
	const changed = new Map([...rest.sources, ...[...made.values()].flatMap((own) => [...own])]);
	const plan = withSources(name, reference.plan, changed);
	if (norms.changed.length > 0) notes.push(`the norms of ${name} carry other gains than the reference's (${listed(norms.changed)}): each matrix behind one is swapped as it is behind the reference's`);
	if (moved.changed.length > 0) notes.push(`matrices of ${name} carry factors of single channels that the ones behind them undo (${listed(moved.changed)}): each is swapped without them`);
	if (factor !== 1) notes.push(`the residual stream of ${name} is ${factor.toPrecision(4)} times the reference's: what writes to it is divided by that`);
	if (rest.differing.length > 0) notes.push(`${listed(rest.differing)} ${rest.differing.length === 1 ? "is" : "are"} other values and no target, so not swapped: what changes through ${rest.differing.length === 1 ? "it" : "them"} is in the whole and in no swap`);
	const own = {
		name,
		plan,
		tensors: planTensors(plan),
		remainder: null,
		unpackFrom: null
	};
	return {
		model: {
			...reference,
			...own,
			activations: model.activations,
			warnings: []
		},
		sourcesOf: (tensor) => present(made.get(tensor), tensor),
		notes
	};
}
const listed = (names) => names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
/** Of a matrix whose outputs are added to the residual stream without a norm between. */
function outputFactor({ role, input }, { weights }, factor) {
	const block = weights.blocks[input.layer];
	if (role === "o" && block?.postAttention === null) return 1 / factor;
	if (role === "down" && block?.postMlp === null) return 1 / factor;
	return 1;
}
function sourcesOf({ plan }, side, { linear }, { gain, shift, factor, handed }) {
	const { tensor } = linear.weight;
	const weight = present(plan.sources.get(tensor), tensor);
	const outputs = product$1(factor === 1 ? null : new Float64Array(side.out).fill(factor), handed.outputs);
	const factors = {
		inputs: product$1(gain, handed.inputs),
		outputs
	};
	const matrix = isUnchanged(factors) ? weight : rescaledMatrix(weight, side, factors, `${tensor} in the reference's form, times ${factor}`);
	const biasName = linear.bias?.tensor;
	if (biasName === void 0) return /* @__PURE__ */ new Map([[tensor, matrix]]);
	const bias = present(plan.sources.get(biasName), biasName);
	const scaled = outputs === null ? bias : rescaledVector(bias, outputs, `${biasName} in the reference's form, times ${factor}`);
	const moved = shift === null ? scaled : shiftedBias({
		bias: scaled,
		weight
	}, side, shift, `${biasName} with a norm's bias`);
	return /* @__PURE__ */ new Map([[tensor, matrix], [biasName, moved]]);
}
/** One after the other; null: by nothing. */
function product$1(a, b) {
	if (a === null || b === null) return a ?? b;
	return Float64Array.from(a, (value, i) => value * present(b[i]));
}
/** Everything but target matrices, their biases and the norms before them: the candidate's own, and which of it are other values. */
async function restOf(reference, model, factor) {
	const { weights, spec } = reference.decoder;
	const swapped = targets(reference.decoder).flatMap(({ linear }) => [linear.weight, linear.bias]);
	const before = weights.blocks.flatMap(({ preAttention, preMlp }) => [...partsOf(preAttention), ...partsOf(preMlp)]);
	const known = new Set([...swapped, ...before].flatMap((ref) => ref?.tensor ?? []));
	const after = weights.blocks.flatMap(({ postAttention, postMlp }) => [...partsOf(postAttention), ...partsOf(postMlp)]);
	const gains = new Set(after.map(({ tensor }) => tensor));
	const writing = /* @__PURE__ */ new Set([
		weights.embedding.tensor,
		weights.positions?.tensor,
		...gains
	]);
	const sources = /* @__PURE__ */ new Map();
	const differing = [];
	for (const { tensor, storedShape } of allRefs(weights)) {
		if (known.has(tensor) || sources.has(tensor)) continue;
		const source = present(model.plan.sources.get(tensor), tensor);
		if (sameSource(source, reference.plan.sources.get(tensor))) continue;
		const isDivided = factor !== 1 && writing.has(tensor);
		const offset = gains.has(tensor) ? spec.norm.gainOffset : 0;
		sources.set(tensor, isDivided ? divided(source, storedShape, {
			tensor,
			factor,
			offset
		}) : source);
		if (!isDivided && await isOther(reference, model, tensor)) differing.push(tensor);
	}
	return {
		sources,
		differing
	};
}
const partsOf = (norm) => [norm?.gain ?? [], norm?.bias ?? []].flat();
/** Rows of a table that are compared: rounding changes every one. */
const COMPARED_ROWS = 64;
async function isOther(reference, model, tensor) {
	const rows = present(reference.tensors.entries.get(tensor)).shape[0] ?? 0;
	const range = [0, Math.min(rows, COMPARED_ROWS)];
	const [ours, theirs] = [toFloat32(await tensorRows(reference.tensors, tensor)(range)), toFloat32(await tensorRows(model.tensors, tensor)(range))];
	return ours.length !== theirs.length || ours.some((value, i) => value !== theirs[i]);
}
function divided(of, shape, { tensor, factor, offset }) {
	return {
		kind: "joint",
		text: `${tensor} divided by ${factor}`,
		of: [of],
		shape,
		make: ([values]) => toFloat32(present(values)).map((value) => (value + offset) / factor - offset)
	};
}
// src/audit/attribution/effects.ts
/** @file What a swap's sums come to, as soon as they are there: nothing of the sums is kept. */
function placesOf(run, readouts, sums) {
	const sampling = samplingOfTokens(run.tokens);
	return readouts.map((seen, r) => {
		const { moments, distance } = present(sums.readouts[r]);
		const { readout, counted, active } = seen;
		const features = varyingFeatures(counted, active);
		return {
			seen,
			candidate: featureState(counted, countedMoments(readout, moments, addCandidateMoments), features, sampling),
			residualError: residualErrorOf(distance),
			watched: watchedAt(run, seen)
		};
	});
}
function watchedAt({ config }, { readout: { id, hook, dictionary } }) {
	const ids = (config.watched ?? []).filter((scope) => inScope(scope, [
		id,
		hook,
		dictionary.spec
	], dictionary.reads.layer)).flatMap((scope) => scope.ids).filter((feature) => feature < dictionary.d_sae);
	return [...new Set(ids)].sort((a, b) => a - b);
}
function unitEffect(run, places, { start, before }, sums) {
	const kl = klChange(run, sums, before);
	return {
		places: places.map((place, r) => {
			const own = sums.places[r] ?? null;
			return own === null ? null : placeEffect(run, place, start, own);
		}).map((found) => found && {
			...found,
			effect: {
				...found.effect,
				...kl
			}
		}),
		kl
	};
}
function placeEffect({ config: { thresholds, confidence }, tokens }, place, start, { moments, residualError }) {
	const { seen, watched } = place;
	const { features } = place.candidate;
	const after = featureState(seen.counted, moments, features, samplingOfTokens(tokens));
	const { lost, gained, ...rest } = swapEffect(start === "reference" ? null : place.candidate, after, thresholds, confidence);
	const at = new Map([...features].map((feature, k) => [feature, k]));
	return {
		effect: {
			lost: lost.length,
			gained: gained.length,
			lostFeatures: [...lost],
			gainedFeatures: [...gained],
			...rest,
			residualErrorChange: residualError - (start === "reference" ? 0 : place.residualError),
			klChange: null,
			klChangeCi: null
		},
		residualError,
		watched: new Map(watched.flatMap((feature) => {
			const k = at.get(feature);
			return k === void 0 ? [] : [[feature, present(after.rho[k])]];
		}))
	};
}
function klChange({ config: { confidence }, tokens }, { divergence }, before) {
	if (divergence === null) return {
		klChange: null,
		klChangeCi: null
	};
	const after = meanDivergence(divergence, samplingOfTokens(tokens));
	const change = before === null ? after : difference(after, before);
	return {
		klChange: change.value,
		klChangeCi: intervalOf(change, confidence)
	};
}
/** Where no read-out sees anything of a swap, no feature changes. */
function noEffect(kl) {
	return {
		lost: 0,
		gained: 0,
		lostFeatures: [],
		gainedFeatures: [],
		deltaSurvived: 0,
		deltaSurvivedCi: null,
		meanCorrelation: 1,
		residualErrorChange: 0,
		...kl
	};
}
// src/audit/attribution/attribution-report.ts
/** @file All swaps of a candidate as report.json has them: worst first, with what they add up to and what the screen was worth. */
function attributionReport(parts) {
	const { config, order, effects, places, skipped, notes } = parts;
	const tensors = order.flatMap((unit, rank) => effects.swapped.has(unit) ? unitRows(parts, unit, rank + 1) : []);
	return {
		by: config.by,
		kl: config.kl,
		tensors: tensors.sort(worstFirst),
		places: places.map((place, r) => placeReport(parts, place, r)),
		watched: places.flatMap((place, r) => watchedRows(parts, place, r)),
		skipped: [...skipped],
		notSwapped: order.filter((unit) => !effects.swapped.has(unit)).map(({ name }) => name),
		notes: [...notes]
	};
}
/** By survival, then by how far ρ falls, then by KL. */
function worstFirst(a, b) {
	return a.deltaSurvived - b.deltaSurvived || a.meanCorrelation - b.meanCorrelation || (b.klChange ?? 0) - (a.klChange ?? 0);
}
/** One row for each read-out that sees the unit; one without, where none does. */
function unitRows(parts, unit, rank) {
	const { places, effects, screened } = parts;
	const [swapped, restored, control] = [
		present(effects.swapped.get(unit)),
		effects.restored.get(unit) ?? null,
		effects.controls.get(unit)?.places ?? null
	];
	const shared = {
		tensor: unit.name,
		tensors: unit.tensors.map(({ name }) => name),
		block: unit.first,
		kind: [...new Set(unit.tensors.map(({ kind }) => kind))].join(","),
		parameters: unitParameters(parts, unit),
		bytes: unitBytes(parts, unit)
	};
	const rows = places.flatMap(({ seen }, r) => {
		const own = swapped.places[r] ?? null;
		if (own === null) return [];
		return [{
			...shared,
			readout: seen.readout.id,
			...own.effect,
			screen: {
				score: present(screened.get(unit)?.[r]),
				rank
			},
			control: controlReport(control?.[r] ?? null),
			restored: restored?.places[r]?.effect ?? null
		}];
	});
	if (rows.length > 0) return rows;
	const screen = {
		score: 0,
		rank
	};
	return [{
		...shared,
		readout: null,
		...noEffect(swapped.kl),
		screen,
		control: null,
		restored: restored === null ? null : noEffect(restored.kl)
	}];
}
function controlReport(control) {
	if (control === null) return null;
	const { effect, residualError } = control;
	return {
		lost: effect.lost,
		deltaSurvived: effect.deltaSurvived,
		residualError
	};
}
function unitParameters({ models: { reference } }, { tensors }) {
	const sides = projections(reference.decoder);
	return tensors.reduce((sum, { name }) => {
		const side = present(sides.get(name), name);
		return sum + side.out * side.in;
	}, 0);
}
/** As both sides store them: weights, without biases. */
function unitBytes({ models }, { tensors }) {
	const sum = ({ plan }) => {
		const bytes = planBytes(plan);
		return tensors.reduce((total, { name }) => total + present(bytes.get(name), name), 0);
	};
	return {
		reference: sum(models.reference),
		candidate: sum(models.candidate)
	};
}
function placeReport(parts, place, r) {
	const { effects, order, screened } = parts;
	const { seen, candidate, residualError } = place;
	const at = (of, unit) => of.get(unit)?.places[r] ?? null;
	const swaps = order.flatMap((unit) => {
		const found = at(effects.swapped, unit);
		return found === null ? [] : [{
			found,
			score: present(screened.get(unit)?.[r])
		}];
	});
	const isWhole = order.every((unit) => effects.swapped.has(unit));
	const controls = order.flatMap((unit) => at(effects.controls, unit) ?? []);
	const [all] = [...effects.allControls.values()].map(({ places }) => places[r] ?? null);
	const scores = swaps.map(({ score }) => score);
	const rankWith = (of) => finiteOrNull(spearman(scores, swaps.map(({ found }) => of(found))));
	const lostInAll = candidate.rho.length * (1 - survivedOf(parts, place));
	return {
		readout: seen.readout.id,
		features: candidate.rho.length,
		survived: survivedOf(parts, place),
		residualError,
		additivity: {
			squaredError: isWhole ? ratio(residualError ** 2, sumOf(swaps.map(({ found }) => found.residualError ** 2))) : null,
			lost: isWhole ? ratio(lostInAll, sumOf(swaps.map(({ found }) => found.effect.lost))) : null,
			control: all == null ? null : ratio(all.residualError ** 2, sumOf(controls.map((one) => one.residualError ** 2)))
		},
		screen: {
			deltaSurvived: rankWith(({ effect }) => -effect.deltaSurvived),
			meanCorrelation: rankWith(({ effect }) => 1 - effect.meanCorrelation),
			residualError: rankWith((found) => found.residualError)
		}
	};
}
const survivedOf = ({ thresholds }, { candidate }) => classFractions(candidate.rho, thresholds).survived;
const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);
const ratio = (whole, parts) => parts > 0 ? whole / parts : null;
const finiteOrNull = (value) => Number.isFinite(value) ? value : null;
/** Tensors that are told of a watched feature. */
const WORST = 3;
function watchedRows(parts, place, r) {
	const { effects, order } = parts;
	const { seen, candidate, watched } = place;
	return watched.map((feature) => {
		const k = candidate.features.indexOf(feature);
		const worst = order.flatMap((unit) => {
			const rho = effects.swapped.get(unit)?.places[r]?.watched.get(feature);
			return rho === void 0 ? [] : [{
				tensor: unit.name,
				correlation: finiteOrNull(rho)
			}];
		}).sort((a, b) => (a.correlation ?? 0) - (b.correlation ?? 0)).slice(0, WORST);
		return {
			readout: seen.readout.id,
			feature,
			correlation: k < 0 ? null : finiteOrNull(present(candidate.rho[k])),
			state: stateOf(seen, feature, k >= 0),
			worst
		};
	});
}
function stateOf({ counted, active }, feature, isTold) {
	if (isTold) return "active";
	if (active.includes(feature)) return "constant";
	return counted.firings[feature] === 0 ? "silent" : "inactive";
}
// src/audit/attribution/first-order.ts
/** Mean squares over tokens of what each output channel gives, were inputs uncorrelated: Σ_j M_ij² E[x_j²]. (out) */
function outputSquares(matrix, inputs) {
	const width = inputs.length;
	const squares = new Float64Array(matrix.length / width);
	for (let i = 0; i < squares.length; i++) {
		let sum = 0;
		for (let j = 0; j < width; j++) sum += matrix[i * width + j] ** 2 * inputs[j];
		squares[i] = sum;
	}
	return squares;
}
/** Each probe's elements times factors: of the norm behind the matrix. */
function scaledProbes({ count, rows }, factors) {
	const width = rows.length / count;
	return {
		count,
		rows: rows.map((value, at) => value * present(factors[at % width]))
	};
}
/** ‖P m_j‖² of every column m_j of a matrix that writes. (in) */
function columnEnergy(matrix, width, probes) {
	const energy = new Float64Array(width);
	const out = matrix.length / width;
	if (probes === null) {
		for (let at = 0; at < matrix.length; at++) energy[at % width] += matrix[at] ** 2;
		return energy;
	}
	const projected = new Float64Array(width);
	for (let r = 0; r < probes.count; r++) {
		projected.fill(0);
		for (let i = 0; i < out; i++) {
			const weight = probes.rows[r * out + i];
			for (let j = 0; j < width; j++) projected[j] += weight * matrix[i * width + j];
		}
		for (let j = 0; j < width; j++) energy[j] += projected[j] ** 2;
	}
	return energy;
}
/** Σ a_i b_i */
function dot$1(a, b) {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
	return sum;
}
function carriedOver({ inputs, energy }, relative) {
	let sum = 0;
	for (let i = 0; i < energy.length; i++) sum += inputs[i] * relative(i) * energy[i];
	return sum;
}
/** An error relative to what it is an error of; of nothing there is none. */
function relativeError(error, size, i) {
	const whole = size[i];
	return whole > 0 ? error[i] / whole : 0;
}
/** The value channel that input i of the output projection is a mean of: heads in groups share one. */
function valueChannel({ heads, kvHeads, headSize }, i) {
	return Math.floor(Math.floor(i / headSize) / (heads / kvHeads)) * headSize + i % headSize;
}
/** The channels of q, k or v of a delta net that input i of its output projection is made with; null: of another matrix. */
function deltaChannels({ keyHeads, keySize, valueHeads, valueSize }, role) {
	if (role === "v") return (i) => [i, i + 1];
	if (role !== "q" && role !== "k") return null;
	return (i) => {
		const head = Math.floor(Math.floor(i / valueSize) / (valueHeads / keyHeads));
		return [head * keySize, (head + 1) * keySize];
	};
}
/**
* By how much a head's output moves, relative to itself, where its scores are off: their variance, 1 at most. `errors` of one side
* (query or key), `sizes` of the other.
*/
function scoreError(attention, side, errors, sizes) {
	const { heads, kvHeads, headSize, scale } = attention;
	return Float64Array.from({ length: heads }, (_, head) => {
		const shared = Math.floor(head / (heads / kvHeads));
		const [mine, other] = side === "q" ? [head, shared] : [shared, head];
		let sum = 0;
		for (let k = 0; k < headSize; k++) sum += errors[mine * headSize + k] * sizes[other * headSize + k];
		return Math.min(1, scale ** 2 * sum);
	});
}
// src/compression/perturbed.ts
/** Fraction bits, and the least exponent: numbers below have that step, too. */
const FORMATS = {
	float16: [10, -14],
	bfloat16: [7, -126]
};
/** Each weight up or down by half a step of the format at its size; 0 stays. */
function halfStepSource(of, target, format, seed) {
	return {
		kind: "joint",
		text: `half a step of ${format}, seed ${seed}, ${target.name}`,
		of: [of],
		shape: shapeOf(target.channels),
		make: ([weight]) => halfSteps(matrixOf$1(target, given(weight)), format, randomOf(target.name, seed))
	};
}
/** Each row off by as much as a row of `other` is, in a direction of its own. */
function equalErrorSource(of, other, target, seed) {
	const { channels, name } = target;
	return {
		kind: "joint",
		text: `errors of equal norm, seed ${seed}, ${name}`,
		of: [of, other],
		shape: shapeOf(channels),
		make: ([weight, changed]) => {
			const rows = channelRows(matrixOf$1(target, given(weight)), channels);
			const others = channelRows(matrixOf$1(target, given(changed)), channels);
			return storedLayout(equalErrors(rows, others, channels.in, randomOf(name, seed)), channels);
		}
	};
}
function halfSteps(weight, format, random) {
	const [fraction, least] = FORMATS[format];
	return weight.map((w) => {
		const up = random() < .5;
		if (w === 0) return 0;
		const half = 2 ** (Math.max(least, exponentOf(Math.abs(w))) - fraction - 1);
		return up ? w + half : w - half;
	});
}
/** The power of two at x > 0 or below it. */
function exponentOf(x) {
	const near = Math.floor(Math.log2(x));
	return 2 ** near > x ? near - 1 : near;
}
/** (out, in) w + ‖ŵ − w‖ g/‖g‖ of each row, g normal. */
function equalErrors(rows, others, inputs, random) {
	const moved = new Float32Array(rows.length);
	const direction = new Float64Array(inputs);
	for (let start = 0; start < rows.length; start += inputs) {
		let [error, length] = [0, 0];
		for (let k = 0; k < inputs; k++) {
			error += (others[start + k] - rows[start + k]) ** 2;
			direction[k] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
			length += direction[k] ** 2;
		}
		const scale = length > 0 ? Math.sqrt(error / length) : 0;
		for (let k = 0; k < inputs; k++) moved[start + k] = rows[start + k] + scale * direction[k];
	}
	return moved;
}
/** Of a tensor by its name, so that tensors draw apart (mulberry32). */
function randomOf(name, seed) {
	let state = seed + 1;
	for (let i = 0; i < name.length; i++) state = Math.imul(state ^ name.charCodeAt(i), 16777619);
	return () => {
		state = state + 1831565813 | 0;
		let z = Math.imul(state ^ state >>> 15, state | 1);
		z ^= z + Math.imul(z ^ z >>> 7, z | 61);
		return ((z ^ z >>> 14) >>> 0) / 2 ** 32;
	};
}
const shapeOf = ({ out, in: inputs, layout }) => layout === "out-in" ? [out, inputs] : [inputs, out];
function given(tensor) {
	if (tensor === void 0) throw new RangeError("a perturbation without a weight");
	return tensor;
}
// src/audit/attribution/probes.ts
/**
* @file The directions of a dictionary's active features as a few random sums of them: the mean over signs ε of (Σ_k ε_k d_k·e / s_k)² is
* Σ_k (d_k·e)² / s_k², what an error e moves every feature by, relative to how much the feature varies.
*/
/** Their error is that of a mean of so many squares over directions that are many more. */
const PROBES$1 = 32;
/** Null where the dictionary does not rebuild what passes in the residual stream. Errors: those of reading W_dec. */
async function probesOf({ readout, counted, active }, d_model, seed) {
	const { dictionary, id } = readout;
	const { reads, predicts, d_sae, b_dec } = dictionary;
	if (!isInStream(reads) || hookName(reads) !== hookName(predicts) || b_dec.length !== d_model) return null;
	const [mean, square] = [meanActivations(counted), meanSquares(counted)];
	const isActive = new Uint8Array(d_sae);
	for (const j of active) isActive[j] = 1;
	const rows = new Float64Array(PROBES$1 * d_model);
	const random = randomOf(id, seed);
	for (const [start, end] of featureRanges(d_sae, d_model)) {
		const decoder = await dictionary.W_dec([start, end]);
		for (let j = start; j < end; j++) {
			const variance = present(square[j]) - present(mean[j]) ** 2;
			if (isActive[j] === 0 || !(variance > 0)) continue;
			const size = 1 / Math.sqrt(variance * PROBES$1);
			for (let r = 0; r < PROBES$1; r++) {
				const factor = random() < .5 ? size : -size;
				for (let i = 0; i < d_model; i++) rows[r * d_model + i] += factor * decoder[(j - start) * d_model + i];
			}
		}
	}
	return {
		count: PROBES$1,
		rows
	};
}
// src/audit/attribution/screen.ts
/**
* @file Every swap's first-order estimate (first-order.ts), from one pass of the reference that sums what its matrices read: which
* tensors to look at first, and what that estimate is worth beside what the swaps find.
*/
/** Errors: those of running the reference and of reading weights. */
async function screen(screening, units) {
	const { run, reference, readouts, seed } = screening;
	const end = 1 + Math.max(...units.flatMap(({ tensors }) => tensors.map(({ block }) => block)));
	const { tokens } = run;
	const inputs = await sumInputs$1(run, reference, {
		stage: "inputs of the matrices",
		figures: ["squares"],
		tokens,
		end
	});
	try {
		const probes = [];
		for (const seen of readouts) probes.push(await probesOf(seen, reference.decoder.spec.d_model, seed));
		const scores = /* @__PURE__ */ new Map();
		for (let block = 0; block < end; block++) for (const [target, score] of await blockScores({
			...screening,
			inputs,
			probes
		}, block)) scores.set(keyOf(target), score);
		return new Map(units.map((unit) => [unit, unitScore(unit, scores, readouts.length)]));
	} finally {
		await inputs.close();
	}
}
const keyOf = ({ role, input, linear }) => `${input.layer} ${input.expert ?? ""} ${role} ${linear.weight.tensor}`;
function unitScore({ tensors }, scores, readouts) {
	const own = tensors.flatMap(({ targets: of }) => of.map((target) => scores.get(keyOf(target)) ?? []));
	return Array.from({ length: readouts }, (_, r) => own.reduce((sum, score) => sum + (score[r] ?? 0), 0));
}
/** One score per read-out for every matrix of a block. */
async function blockScores(of, block) {
	const { reference, readouts } = of;
	const { decoder } = reference;
	const own = targets(decoder).filter(({ input }) => input.layer === block);
	const matrices = [];
	for (const target of own) matrices.push(await matrixOf(of, target));
	const writers = /* @__PURE__ */ new Map();
	for (const matrix of matrices) if (isWriter(matrix.target)) writers.set(matrix, await writtenBy(of, matrix));
	return matrices.map((matrix) => {
		const writer = writers.has(matrix) ? matrix : matrices.find((one) => writers.has(one) && isBehind(one, matrix));
		const scores = readouts.map(({ readout }, r) => {
			if (writer === void 0 || !isBeforeHook(matrix.target, readout.dictionary.reads, decoder.spec)) return 0;
			return scoreOf(of, {
				matrix,
				matrices,
				writer,
				written: present(writers.get(writer)?.[r])
			});
		});
		return [matrix.target, scores];
	});
}
const isWriter = ({ role }) => role === "o" || role === "down";
/** Does `writer` carry on what this matrix gives? */
function isBehind({ target: writer }, { target }) {
	const inAttention = target.input.name === "qkv";
	return writer.role === (inAttention ? "o" : "down") && writer.input.expert === target.input.expert;
}
async function writtenBy({ reference, probes }, matrix) {
	const { role, input } = matrix.target;
	const block = reference.decoder.weights.blocks[input.layer];
	const norm = role === "o" ? block?.postAttention : block?.postMlp;
	const factors = norm == null ? null : await normFactors(reference, norm, matrix.outputSquares);
	const width = matrix.inputs.length;
	return probes.map((one) => {
		const behind = one === null || factors === null ? one : scaledProbes(one, factors);
		return {
			own: columnEnergy(matrix.own, width, behind),
			error: columnEnergy(matrix.error, width, behind)
		};
	});
}
/** What a norm behind a matrix multiplies its outputs by: gain over their root mean square. */
async function normFactors({ tensors, decoder }, { gain }, squares) {
	const size = Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length);
	const { gainOffset } = decoder.spec.norm;
	const gains = gain === null ? null : toFloat32(await tensors.read(gain.tensor));
	return squares.map((_, i) => size > 0 ? ((gains?.[i] ?? 1 - gainOffset) + gainOffset) / size : 0);
}
function scoreOf({ reference }, { matrix, matrices, writer, written }) {
	const { role, input } = matrix.target;
	const { errorSquares, outputSquares: sizes } = matrix;
	const carrier = {
		inputs: writer.inputs,
		energy: written.own
	};
	const block = present(reference.decoder.spec.blocks[input.layer]);
	if (block.attention.kind === "delta") {
		const channels = deltaChannels(block.attention, role);
		if (channels !== null) return carriedOver(carrier, (i) => relativeTogether(matrix, channels(i)));
	}
	const attention = attentionOf(block);
	switch (role) {
		case "o":
		case "down": return dot$1(matrix.inputs, written.error);
		case "gate":
		case "up": return carriedOver(carrier, (i) => relativeError(errorSquares, sizes, i));
		case "outputGate": return carriedOver(carrier, (i) => attention === null ? relativeError(errorSquares, sizes, i) : present(errorSquares[i]) / 4);
		case "v": return carriedOver(carrier, (i) => relativeError(errorSquares, sizes, valueChannel(present(attention), i)));
		case "q":
		case "k": {
			const other = matrices.find(({ target }) => target.role === (role === "q" ? "k" : "q"));
			const own = present(attention);
			const theirs = other?.outputSquares ?? new Float64Array(own.kvHeads * own.headSize).fill(1);
			const [errors, others] = own.qkNorm === "none" ? [errorSquares, theirs] : [unitSquares(errorSquares, sizes), unitSquares(theirs, theirs)];
			const byHead = scoreError(own, role, errors, others);
			const inScores = carriedOver(carrier, (i) => byHead[Math.floor(i / own.headSize)] ?? 0);
			if (role === "q" || own.valuesOfKeys !== true) return inScores;
			return inScores + carriedOver(carrier, (i) => relativeError(errorSquares, sizes, valueChannel(own, i)));
		}
	}
}
/** The error of some channels together, relative to them. */
function relativeTogether({ errorSquares, outputSquares: sizes }, [start, end]) {
	const sum = (values) => values.subarray(start, end).reduce((all, one) => all + one, 0);
	return relativeError([sum(errorSquares)], [sum(sizes)], 0);
}
/** Squares over the mean of `sizes`: what a norm of all leaves of them. */
function unitSquares(squares, sizes) {
	const mean = sizes.reduce((sum, one) => sum + one, 0) / sizes.length;
	return mean > 0 ? squares.map((one) => one / mean) : squares;
}
async function matrixOf({ run, reference, candidate, inputs }, target) {
	const sums = await inputs.read(targetInputName(target.input), "squares");
	const count = run.tokens.chunked.plan.rows;
	const means = Float64Array.from(sums, (sum) => sum / count);
	const own = await rowsOf$2(reference.tensors, reference, target);
	const error = (await rowsOf$2(candidate.tensors, reference, target)).map((value, i) => value - present(own[i]));
	return {
		target,
		own,
		error,
		inputs: means,
		outputSquares: outputSquares(own, means),
		errorSquares: outputSquares(error, means)
	};
}
/** (out, in) of one role, out of a tensor that may fuse several. */
async function rowsOf$2(table, { decoder }, { linear }) {
	const { tensor, channels } = linear.weight;
	const side = present(projections(decoder).get(tensor), tensor);
	const rows = channelRows(toFloat32(await table.read(tensor)), side);
	if (channels === null) return rows;
	return joined(channels.map(([start, end]) => rows.subarray(start * side.in, end * side.in)));
}
function joined(parts) {
	const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
// src/audit/attribution/swapped-models.ts
/** @file The models of a swap: one with tensors of another, and one with errors of the same size instead. */
/** The reference with the candidate's tensors. */
function swappedIn(reference, form, unit) {
	const sources = new Map(unit.tensors.flatMap(({ name }) => [...form.sourcesOf(name)]));
	return replaced(reference, {
		name: unit.name,
		sources,
		quantizedAs: form.model,
		unit
	});
}
/** The candidate with the reference's tensors. */
function restoredIn(reference, { model, sourcesOf }, unit) {
	const names = unit.tensors.flatMap(({ name }) => [...sourcesOf(name).keys()]);
	const sources = new Map(names.map((name) => [name, present(reference.plan.sources.get(name), name)]));
	return replaced(model, {
		name: unit.name,
		sources,
		quantizedAs: reference,
		unit
	});
}
/** The reference with random errors in these tensors, as large in every output channel as the candidate's are. */
function controlFor(reference, form, unit, seed) {
	const sides = projections(reference.decoder);
	const sources = new Map(unit.tensors.map(({ name }) => {
		const [of, other] = [reference.plan.sources.get(name), form.sourcesOf(name).get(name)];
		const target = {
			name,
			channels: present(sides.get(name), name)
		};
		return [name, equalErrorSource(present(of, name), present(other, name), target, seed)];
	}));
	return replaced(reference, {
		name: `${unit.name}, control`,
		sources,
		quantizedAs: reference,
		unit
	});
}
function replaced(base, { name, sources, quantizedAs, unit }) {
	const plan = withSources(name, base.plan, sources);
	const activations = new Map(base.activations);
	for (const { name: tensor } of unit.tensors) {
		const how = quantizedAs.activations.get(tensor);
		if (how === void 0) activations.delete(tensor);
		else activations.set(tensor, how);
	}
	const own = {
		name,
		plan,
		tensors: planTensors(plan),
		remainder: null,
		unpackFrom: null
	};
	return {
		...base,
		...own,
		activations,
		warnings: []
	};
}
// src/audit/encoding/feature-graph.ts
/**
* What a firing adds to `firings`: activations are clipped to it, so that a column sum is an exact multiple. One pass
* instead of a comparison and a cast: a twentieth of the reference's SAE pass. No activation above 0 is that small: it would
* have to be 10⁻²³ of the rounding of the terms it is the sum of.
*/
const FIRING = 2 ** -100;
/** The same for a product of two activations, either of which may be as small as 2⁻⁶⁰. */
const FIRING_TOGETHER = 2 ** -120;
/** Beyond the end of any sequence: positions are whole numbers of float32. */
const LAST_POSITION = 2 ** 24;
/**
* Sums over the rows, (places, d_sae) each: of the reference `sum` Σa, `squares` Σa², `firings` #(a > 0) in units of FIRING, `peak` max a; per
* candidate c ≥ 1 `sum_c` Σb, `squares_c` Σb², `product_c` Σab, `together_c` #(a > 0, b > 0) in units of FIRING_TOGETHER, `either_c`
* #(a > 0 or b > 0) in units of FIRING. With `near` and thresholds also `near_m` of every model m ≥ 0: the
* smallest |z − θ| of the rows, z what a feature fires by. With `highest`, (sequences, d_sae) each: `highest` the largest a of a sequence, `where` at which of the positions
* `at`, and per candidate `there_c` its b at that position.
*/
function featureSums(g, { encoder, tiling, near = false, name = "", given = false }, { rows, ones }, wanted) {
	const columns = new FeatureColumns(g, ones);
	const of = {
		encoder,
		W_dec: null
	};
	const weights = given ? givenWeights(g, of) : constantWeights(g, of, name);
	const prepared = (wanted.candidates ? rows : rows.slice(0, 1)).map((x) => prepareRows(g, x, encoder.input).rows);
	const zero = g.scalar("float32", 0);
	const isRaised = weights.jumps && !wanted.candidates && wanted.highest === void 0;
	for (const range of featureTiles(encoder.bias.length, tiling.featureTile)) {
		const tile = tileOf(weights, range);
		const [a, ...bs] = prepared.map((x, m) => {
			const above = preActivations(g, x, tile);
			if (near && weights.jumps) columns.least(`near_${m}`, abs(g, above));
			return isRaised ? relu(g, above) : activate(g, above, tile);
		});
		if (a === void 0) throw new RangeError("sums without a reference");
		if (wanted.reference) {
			columns.sum("sum", a);
			columns.sum("squares", mul(g, a, a));
			columns.sum("firings", clip(g, a, zero, g.scalar("float32", FIRING)));
			columns.peak("peak", a);
		}
		for (const [i, b] of bs.entries()) {
			columns.sum(`sum_${i + 1}`, b);
			columns.sum(`squares_${i + 1}`, mul(g, b, b));
			const product = mul(g, a, b);
			columns.sum(`product_${i + 1}`, product);
			columns.sum(`together_${i + 1}`, clip(g, product, zero, g.scalar("float32", FIRING_TOGETHER)));
			columns.sum(`either_${i + 1}`, clip(g, add(g, a, b), zero, g.scalar("float32", FIRING)));
		}
		if (wanted.highest !== void 0) addHighest(g, columns, wanted.highest, [a, ...bs]);
	}
	const width = encoder.bias.length;
	const figures = columns.values(width);
	return isRaised ? raised(g, figures, present(weights.vector("threshold", [0, width]))) : figures;
}
/**
* Sums of activations from those of what lies above thresholds, r: a = r + θ where r > 0, so that Σa = Σr + θn and Σa² = Σr² + θ(2 Σr + θn)
* of n firings. No tile has to be compared and chosen from for that.
*/
function raised(g, figures, heights) {
	const of = (name) => present(figures.get(name), name);
	const zero = g.scalar("float32", 0);
	const all = mul(g, heights, mul(g, of("firings"), g.scalar("float32", 1 / FIRING)));
	const twice = add(g, of("sum"), add(g, of("sum"), all));
	const peak = where(g, greater(g, of("peak"), zero), add(g, of("peak"), heights), zero);
	return new Map([
		...figures,
		["sum", add(g, of("sum"), all)],
		["squares", add(g, of("squares"), mul(g, heights, twice))],
		["peak", peak]
	]);
}
function addHighest(g, columns, { sequences, at }, activations) {
	const [a, ...bs] = activations.map((x) => {
		const size = present(x.shape[1]);
		return positionsAt(g, reshape(g, x, [
			sequences,
			-1,
			Number(size)
		], [
			sequences,
			"n_token",
			size
		]), at);
	});
	if (a === void 0) return;
	const flat = (x) => {
		const size = present(x.shape[2]);
		return reshape(g, x, [sequences, -1], [sequences, size]);
	};
	const where = argMax(g, a, 1);
	columns.block("highest", flat(reduceMax(g, a, 1)));
	columns.block("where", flat(cast(g, where, "float32")));
	for (const [i, b] of bs.entries()) columns.block(`there_${i + 1}`, flat(gatherElements(g, b, where, 1)));
}
/** Of (sequences, n_token, d) those positions. */
function positionsAt(g, x, { start, end, step }) {
	return start === 0 && end === null && step === 1 ? x : every(g, x, 1, {
		start,
		end: end ?? LAST_POSITION,
		step
	});
}
/** Those of the reference alone. */
function referenceSums(g, plan, inputs) {
	return featureSums(g, plan, inputs, {
		reference: true,
		candidates: false
	});
}
/** Those of candidates beside it. */
function candidateSums(g, plan, inputs) {
	return featureSums(g, plan, inputs, {
		reference: false,
		candidates: true
	});
}
/** Inputs of a graph of sums alone: `x_m` (n_row, d_in) per model, and `ones`. */
function sumInputs(g, { encoder, tiling }, models) {
	return {
		rows: Array.from({ length: models }, (_, m) => g.input(`x_${m}`, "float32", ["n_row", encoder.d_in])),
		ones: g.input("ones", "float32", [
			tiling.rowParts,
			1,
			"n_part"
		])
	};
}
/** The reference's sums as a graph of their own. */
function referenceGraph(plan) {
	const g = new GraphBuilder();
	g.outputs(referenceSums(g, plan, sumInputs(g, plan, 1)));
	return g.build();
}
/** The sums of candidates beside the reference as a graph of their own. */
function candidateGraph(plan, candidates) {
	const g = new GraphBuilder();
	g.outputs(candidateSums(g, plan, sumInputs(g, plan, candidates + 1)));
	return g.build();
}
/** Sums of candidate `c` (0 is the first) among what a graph gave, counts in their unit. */
function candidateTile(figure, c) {
	return {
		sum: figure(`sum_${c + 1}`),
		sumOfSquares: figure(`squares_${c + 1}`),
		product: figure(`product_${c + 1}`),
		together: figure(`together_${c + 1}`).map((sum) => sum / FIRING_TOGETHER),
		either: figure(`either_${c + 1}`).map((sum) => sum / FIRING)
	};
}
// src/audit/features/residual-distance.ts
/** @file How far two residual streams lie apart, row by row. */
/** Add the first `rows` rows of both, which are of one token group, in place; others fill up. */
function addDistances(into, group, [reference, candidate], rows) {
	if (reference?.type !== "float32" || candidate?.type !== "float32") return;
	const [, width = 0] = reference.dims;
	const x = reference.data;
	const y = candidate.data;
	let [apart, size, cosines] = [
		0,
		0,
		0
	];
	for (let row = 0; row < rows; row++) {
		let [xx, yy, xy] = [
			0,
			0,
			0
		];
		for (let i = row * width; i < (row + 1) * width; i++) {
			const a = present(x[i]);
			const b = present(y[i]);
			xx += a * a;
			yy += b * b;
			xy += a * b;
		}
		apart += xx + yy - 2 * xy;
		size += xx;
		cosines += xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
	}
	into.apart[group] += apart;
	into.size[group] += size;
	into.cosines[group] += cosines;
	into.rows[group] += rows;
}
// src/audit/features/row-pass.ts
/**
* @file The SAE over stored residuals where features fire by the row. The engine gives k values and ids per row; sums over rows are
* made here, in float64, of what fires alone. Every model needs its whole encoder, range after range, because what fires depends on all of
* the row, and it depends on that model's row only.
*/
/** A single row is multiplied by other code, whose sums go by where in a tile a feature stands: then ranges would matter. */
const ROWS_TOGETHER = 2;
/** Sums of the reference over every feature. */
async function referenceRowPass(pass, reference) {
	const { encoder, layout } = pass;
	const width = encoder.bias.length;
	const moments = {
		first: emptyReferenceMoments(groupsOf$1(layout), width),
		rest: emptyReferenceMoments(groupsOf$1(layout), width)
	};
	const sums = new ReferenceSums();
	await eachWinners(encodingOf(pass, 1), batchesOf(pass), (batch) => passInputs([reference], batch, ROWS_TOGETHER), ({ place, tokenGroup, rows }, [winners]) => {
		const into = moments[place];
		into.positions[tokenGroup] = present(into.positions[tokenGroup]) + rows.length;
		sums.add(present(winners), into, tokenGroup);
	});
	return moments;
}
function encodingOf({ encoder, device, onTokens }, models) {
	return {
		encoder,
		device,
		models,
		onRows: onTokens
	};
}
const batchesOf = ({ layout, device }) => [...rowBatches(layout, runSize(device).featureRows)];
/** Adds what fires to a token group's sums, feature by feature. */
var ReferenceSums = class {
	#one = {
		sum: /* @__PURE__ */ new Float64Array(1),
		sumOfSquares: /* @__PURE__ */ new Float64Array(1),
		firings: Float64Array.of(1),
		peak: /* @__PURE__ */ new Float64Array(1)
	};
	add({ values, ids }, into, tokenGroup) {
		const { sum, sumOfSquares, peak } = this.#one;
		for (let i = 0; i < values.length; i++) {
			const a = present(values[i]);
			if (a <= 0) continue;
			sum[0] = a;
			sumOfSquares[0] = a * a;
			peak[0] = a;
			addReferenceTile(into, tokenGroup, present(ids[i]), this.#one);
		}
	}
};
/** Sums of candidates beside the reference, on `features` only (ascending ids). */
async function candidateRowPass(pass, features, { reference, candidates }) {
	const { encoder, layout } = pass;
	const passes = candidates.map(() => ({
		moments: {
			first: emptyCandidateMoments(groupsOf$1(layout), features),
			rest: emptyCandidateMoments(groupsOf$1(layout), features)
		},
		distance: emptyDistances(groupsOf$1(layout))
	}));
	const models = [reference, ...candidates];
	const pairs = new PairSums(encoder.bias.length, features);
	await eachWinners(encodingOf(pass, models.length), batchesOf(pass), (batch) => passInputs(models, batch, ROWS_TOGETHER), ({ place, tokenGroup, rows }, [own, ...others], inputs) => {
		for (const [c, { moments, distance }] of passes.entries()) {
			addDistances(distance, tokenGroup, [inputs.x_0, inputs[`x_${c + 1}`]], rows.length);
			pairs.add(present(own), present(others[c]), moments[place], tokenGroup);
		}
	});
	return passes;
}
/** Adds a candidate's row beside the reference's: products are of features that fire in both. */
var PairSums = class {
	/** Column of each feature among those that count, or −1. */
	#columns;
	/** The reference's row, spread out; zero between rows. */
	#row;
	#one = {
		sum: /* @__PURE__ */ new Float64Array(1),
		sumOfSquares: /* @__PURE__ */ new Float64Array(1),
		product: /* @__PURE__ */ new Float64Array(1),
		together: /* @__PURE__ */ new Float64Array(1),
		either: /* @__PURE__ */ new Float64Array(1)
	};
	/** Where the reference alone fires. */
	#alone = {
		sum: /* @__PURE__ */ new Float64Array(1),
		sumOfSquares: /* @__PURE__ */ new Float64Array(1),
		product: /* @__PURE__ */ new Float64Array(1),
		together: /* @__PURE__ */ new Float64Array(1),
		either: Float64Array.of(1)
	};
	constructor(width, features) {
		this.#columns = new Int32Array(width).fill(-1);
		this.#row = new Float64Array(width);
		for (const [column, feature] of features.entries()) this.#columns[feature] = column;
	}
	add(reference, candidate, into, tokenGroup) {
		for (let start = 0; start < reference.values.length; start += reference.k) {
			this.#spread(reference, start, true);
			this.#addRow(candidate, start, into, tokenGroup);
			this.#addAlone(reference, start, into, tokenGroup);
			this.#spread(reference, start, false);
		}
	}
	#spread({ k, values, ids }, start, on) {
		for (let i = start; i < start + k; i++) this.#row[present(ids[i])] = on ? present(values[i]) : 0;
	}
	#addRow({ k, values, ids }, start, into, tokenGroup) {
		const { sum, sumOfSquares, product, together, either } = this.#one;
		either[0] = 1;
		for (let i = start; i < start + k; i++) {
			const b = present(values[i]);
			const feature = present(ids[i]);
			const column = present(this.#columns[feature]);
			if (b <= 0 || column < 0) continue;
			const a = present(this.#row[feature]);
			sum[0] = b;
			sumOfSquares[0] = b * b;
			product[0] = b * a;
			together[0] = a > 0 ? 1 : 0;
			addCandidateTile(into, tokenGroup, column, this.#one);
			this.#row[feature] = 0;
		}
	}
	#addAlone({ k, ids }, start, into, tokenGroup) {
		for (let i = start; i < start + k; i++) {
			const feature = present(ids[i]);
			const column = present(this.#columns[feature]);
			if (column >= 0 && present(this.#row[feature]) > 0) addCandidateTile(into, tokenGroup, column, this.#alone);
		}
	}
};
// src/audit/features/feature-pass.ts
/**
* @file The SAE over stored residuals. First the reference alone, which decides what is active; then candidates beside
* it, on the features that count. Position 0 of every sequence is summed apart from the rest, so that one pass tells both
* what every position gives and what it gives without attention sinks.
*/
function featurePass({ tokens, device }, readout, onTokens) {
	return {
		encoder: readout.encoder,
		layout: rowLayout(tokens, readout),
		device,
		onTokens
	};
}
/** Sums of the reference over every feature. What `watch` finds close is in none of them; null: float32 decides. */
async function referencePass(pass, reference, watch) {
	return await withFewerRows(pass.device, (device) => referenceOn({
		...pass,
		device
	}, reference, watch));
}
async function referenceOn(pass, reference, watch) {
	const { encoder, layout } = pass;
	if (encoder.activatesBy !== "feature") return await referenceRowPass(pass, reference);
	const width = encoder.bias.length;
	const moments = {
		first: emptyReferenceMoments(groupsOf$1(layout), width),
		rest: emptyReferenceMoments(groupsOf$1(layout), width)
	};
	const ranges = encoderRanges(encoder);
	for (const [i, range] of ranges.entries()) {
		const ids = Int32Array.from({ length: range[1] - range[0] }, (_, k) => range[0] + k);
		const held = {
			ids,
			firstColumn: range[0],
			encoder: await encoderOf(encoder, range),
			bands: watch?.bands(ids) ?? null
		};
		await referenceRange(partOf(pass, i, ranges.length), held, reference, {
			moments,
			watch
		});
	}
	for (const batch of rowBatches(layout, layout.sequenceLength)) {
		const { positions } = moments[batch.place];
		positions[batch.tokenGroup] = present(positions[batch.tokenGroup]) + batch.rows.length;
	}
	return moments;
}
/** A pass over some of the features, as the i-th of so many: what it tells of its rows is that part of all. */
function partOf(pass, i, parts) {
	const all = pass.layout.sequenceCount * pass.layout.sequenceLength;
	return {
		...pass,
		onTokens: (done) => pass.onTokens((i * all + done) / parts)
	};
}
/** Sums are cut by the machine's threads, not by how many of them a lane has: lanes depend on how much text there is. */
function sizeOf({ device }, { lanes }) {
	return {
		...runSize(lanes.device),
		rowParts: runSize(device).rowParts
	};
}
/** Add the sums of some of the features. */
async function referenceRange(pass, held, reference, { moments, watch }) {
	const { layout, onTokens } = pass;
	const { encoder, ids } = held;
	const load = encoderLoad(encoder, ids.length, reference.store.rows);
	const place = encoderPlace(pass.device, pass.encoder, load);
	const size = sizeOf(pass, place);
	const weights = {
		encoder,
		W_dec: null
	};
	const graph = (of, given) => referenceGraph({
		...of,
		tiling: size,
		near: watch !== null,
		given
	});
	const runs = await encoderRuns(weights, graph, place, "the SAE encoder");
	let done = 0;
	const begin = async (batch) => {
		const inputs = await passInputs([reference], batch, size.rowParts);
		return {
			sighting: watch?.look(inputs),
			slabs: await runs.run(inputs)
		};
	};
	try {
		await inOrder(rowBatches(layout, size.featureRows), runs.inFlight, begin, ({ sighting, slabs }, batch) => {
			for (const { range, result } of slabs) {
				const [first] = range;
				const tile = {
					sum: result.float32("sum"),
					sumOfSquares: result.float32("squares"),
					firings: result.float32("firings").map((sum) => sum / FIRING),
					peak: result.float32("peak")
				};
				if (sighting !== void 0) watch?.mend(tile, {
					result,
					sighting,
					batch,
					held,
					first
				});
				addReferenceTile(moments[batch.place], batch.tokenGroup, held.firstColumn + first, tile);
			}
			done += batch.rows.length;
			onTokens(done);
		});
	} finally {
		await runs.release();
	}
}
/**
* Sums of candidates beside the reference, on `features` only (ascending ids). What `watch` finds close is in none of them;
* null: float32 decides.
*/
async function candidatePass(pass, features, compared, watch) {
	return await withFewerRows(pass.device, (device) => candidatesOn({
		...pass,
		device
	}, features, compared, watch));
}
async function candidatesOn(pass, features, compared, watch) {
	const { encoder, layout } = pass;
	if (encoder.activatesBy !== "feature") return await candidateRowPass(pass, features, compared);
	const passes = compared.candidates.map(() => ({
		moments: {
			first: emptyCandidateMoments(groupsOf$1(layout), features),
			rest: emptyCandidateMoments(groupsOf$1(layout), features)
		},
		distance: emptyDistances(groupsOf$1(layout))
	}));
	const chunks = features.length === 0 ? [features] : featureChunks(features, encoder);
	let firstColumn = 0;
	for (const [i, ids] of chunks.entries()) {
		const held = {
			ids,
			firstColumn,
			encoder: await pickFeatures(encoder, ids),
			bands: watch?.bands(ids) ?? null
		};
		await candidatesRange(partOf(pass, i, chunks.length), held, compared, {
			passes,
			watch
		});
		firstColumn += ids.length;
	}
	return passes;
}
/** Add the sums of some of the features, and with the first of them how far apart the residuals lie. */
async function candidatesRange(pass, held, { reference, candidates }, { passes, watch }) {
	const { layout, onTokens } = pass;
	const { encoder, ids, firstColumn } = held;
	const models = [reference, ...candidates];
	const load = encoderLoad(encoder, ids.length, models.length * reference.store.rows);
	const place = encoderPlace(pass.device, pass.encoder, load);
	const size = sizeOf(pass, place);
	const weights = {
		encoder,
		W_dec: null
	};
	const graph = (of, given) => candidateGraph({
		...of,
		tiling: size,
		near: watch !== null,
		given
	}, candidates.length);
	const runs = ids.length === 0 ? null : await encoderRuns(weights, graph, place, "the SAE encoder");
	const begin = async (batch) => {
		const inputs = await passInputs(models, batch, size.rowParts);
		return {
			inputs,
			sighting: watch?.look(inputs, candidates.length),
			slabs: await runs?.run(inputs) ?? []
		};
	};
	let done = 0;
	try {
		await inOrder(rowBatches(layout, size.featureRows), runs?.inFlight ?? 1, begin, ({ inputs, sighting, slabs }, batch) => {
			for (const [c, { moments, distance }] of passes.entries()) {
				const compared = [inputs.x_0, inputs[`x_${c + 1}`]];
				if (firstColumn === 0) addDistances(distance, batch.tokenGroup, compared, batch.rows.length);
				for (const { range, result } of slabs) {
					const [first] = range;
					const tile = candidateTile((name) => result.float32(name), c);
					if (sighting !== void 0) watch?.mend(c, tile, {
						result,
						sighting,
						batch,
						held,
						first
					});
					addCandidateTile(moments[batch.place], batch.tokenGroup, firstColumn + first, tile);
				}
			}
			done += batch.rows.length;
			onTokens(done);
		});
	} finally {
		await runs?.release();
	}
}
// src/audit/attribution/swaps.ts
/**
* @file Swaps run and summed: block by block from a stored boundary, a few at a time beside the reference, whose activations are
* then computed once for all of them.
*/
/** Run swaps of one base; `use` hears of each, in the order of their first blocks. */
async function runSwaps(run, beside, { base, swaps }, use) {
	if (swaps.length === 0) return;
	const { decoder } = base.model;
	const readouts = beside.readouts.map(({ readout: { dictionary }, active }) => ({
		layer: dictionary.reads.layer,
		d_in: dictionary.d_in,
		features: active.length
	}));
	const text = {
		tokens: run.tokens.chunked.plan.rows,
		length: run.tokens.longest,
		readouts,
		kl: beside.kl
	};
	const firsts = swaps.map(({ unit }) => unit.first);
	const onTokens = run.work.stage(base.name, swapsCost(decoder, firsts, text), swaps.length, "tensors");
	const isShared = !beside.kl || await endsAlike(run, beside.captured.model, base.ending);
	let done = 0;
	let boundary = await firstBoundary(run, base.model);
	try {
		for (const block of [...new Set(swaps.map(({ unit }) => unit.first))].sort((a, b) => a - b)) {
			boundary = await movedOn(run, boundary, block);
			const own = swaps.filter(({ unit }) => unit.first === block);
			for (let start = 0; start < own.length; start += 4) {
				const round = own.slice(start, start + 4);
				const sums = await roundSums(run, beside, {
					base,
					isShared,
					boundary
				}, round);
				for (const [i, swap] of round.entries()) use(swap, present(sums[i]));
				done += round.length;
				onTokens(done);
			}
		}
	} finally {
		await boundary.rows.close();
	}
}
async function endsAlike({ device }, reference, ending) {
	if (ending === reference) return true;
	return await sameUnembedding(await openUnembedding(reference, device), await openUnembedding(ending, device));
}
async function roundSums(run, beside, start, round) {
	const ran = [];
	try {
		for (const { unit, model } of round) {
			const hooks = hooksOf(beside, unit, model);
			ran.push(await runSuffix(run, start.boundary, model, {
				hooks,
				hidden: beside.kl
			}));
		}
		const places = round.map(() => []);
		for (const seen of beside.readouts) {
			const found = await placeSums(run, beside.captured, seen, ran);
			for (const [i, of] of places.entries()) of.push(found[i] ?? null);
		}
		const divergences = beside.kl ? await divergencesOf(run, beside.captured, start, ran) : null;
		return places.map((of, i) => ({
			places: of,
			divergence: divergences?.[i] ?? null
		}));
	} finally {
		for (const stores of ran) await closeStores(stores);
	}
}
/** Those that see something of it, each once. */
function hooksOf({ readouts }, { tensors }, { decoder }) {
	const seen = readouts.map(({ readout }) => readout.dictionary.reads).filter((hook) => tensors.some((tensor) => isSeen(tensor, hook, decoder)));
	return [...new Map(seen.map((hook) => [hookName(hook), hook])).values()];
}
/** Of every model that was read there; float32 decides close calls. */
async function placeSums(run, { capture }, { readout, active }, ran) {
	const { hook, center } = readout;
	const read = ran.flatMap((stores, i) => stores.has(hook) ? [i] : []);
	if (read.length === 0) return ran.map(() => null);
	const compared = {
		reference: {
			store: storeOf(capture.chunked, hook),
			center
		},
		candidates: read.map((i) => ({
			store: storeOf(present(ran[i]), hook),
			center
		}))
	};
	const passes = await candidatePass(featurePass(run, readout, () => {}), active, compared, null);
	return ran.map((_, i) => {
		const pass = passes[read.indexOf(i)];
		if (pass === void 0) return null;
		const { moments, distance } = pass;
		const residualError = residualErrorOf(distance);
		return {
			moments: countedMoments(readout, moments, addCandidateMoments),
			residualError
		};
	});
}
async function divergencesOf(run, { model, capture }, { base, isShared }, ran) {
	const { device, headBytes, tokens } = run;
	const own = await openUnembedding(model, device);
	const head = isShared ? {
		unembeddings: [own],
		models: [0, ...ran.map(() => 0)]
	} : {
		unembeddings: [own, await openUnembedding(base.ending, device)],
		models: [0, ...ran.map(() => 1)]
	};
	const { scored } = tokens.chunked;
	const losses = await tokenLosses({
		head,
		hidden: [capture.chunked, ...ran].map((stores) => storeOf(stores, HIDDEN)),
		rangeBytes: headBytes
	}, scored, device, () => {});
	const { reference, referenceTop } = losses;
	return losses.candidates.map((candidate) => {
		const { tokens: counts, kl, agreements } = divergenceSums({
			scored,
			reference,
			referenceTop,
			candidate
		}, null);
		return {
			tokens: counts,
			kl,
			agreements
		};
	});
}
// src/audit/attribution/attribute.ts
/** Errors: ATTRIBUTION_*, NOTHING_BEFORE_HOOK, WATCHED_UNKNOWN. */
function checkAttribution(config, { reference, candidates, readouts }) {
	const { attribution } = config;
	if (attribution === void 0) return;
	const hooks = readouts.map(({ dictionary }) => dictionary.reads);
	swapUnits(reference.decoder, hooks, attribution);
	for (const candidate of candidates) requireLike(reference, candidate);
	requireKnownFeatures(config, readouts);
}
/** Null: nobody asks. Errors: those of running a model. */
async function attribute(run, of) {
	const { attribution: config, rescale } = run.config;
	if (config === void 0) return null;
	const { captured, readouts, candidate, sums } = of;
	const { model: reference } = captured;
	requireLike(reference, candidate);
	const hooks = readouts.map(({ readout }) => readout.dictionary.reads);
	const { units, skipped } = swapUnits(reference.decoder, hooks, config);
	const scaled = sums.readouts.map(({ scaling }) => scalingOf(scaling)).find(isRescaled);
	if (scaled !== void 0 && !rescale) return notAttributed(config, rescaledWords(candidate.name, scaled.factor));
	const form = await inReferenceForm(reference, candidate, scaled?.factor ?? 1);
	const { seed } = config;
	const screened = await screen({
		run,
		reference,
		candidate: form.model,
		readouts,
		seed
	}, units);
	const order = [...units].sort((a, b) => totalOf(screened, b) - totalOf(screened, a));
	const chosen = choose(order, config);
	const places = placesOf(run, readouts, sums);
	const effects = await swapAll(run, of, {
		...chosen,
		form,
		places,
		units,
		kl: config.kl,
		seed
	});
	return attributionReport({
		config,
		models: {
			reference,
			candidate: candidate.model
		},
		places,
		order,
		screened,
		effects,
		skipped,
		notes: form.notes,
		thresholds: run.config.thresholds
	});
}
const rescaledWords = (name, factor) => `the residual stream of ${name} is ${factor.toPrecision(4)} times the reference's, so nothing is said of its features; --rescale divides the factor out`;
const totalOf = (screened, unit) => present(screened.get(unit)).reduce((sum, score) => sum + score, 0);
/** `order`: by the screen. */
function choose(order, { first, restored, controls }) {
	const firstOf = (count, units) => units.slice(0, count ?? units.length);
	const swapped = firstOf(first, order);
	return {
		swapped,
		restored: firstOf(restored, swapped),
		controls: firstOf(controls, swapped)
	};
}
async function swapAll(run, of, swapping) {
	const { form, units, seed, swapped, restored, controls, kl } = swapping;
	const { captured, candidate, sums } = of;
	const reference = captured.model;
	const put = {
		base: {
			name: `${candidate.name}: tensors put into the reference`,
			model: reference,
			ending: reference
		},
		from: {
			start: "reference",
			before: null
		}
	};
	const before = kl && sums.divergence !== null ? sums.divergence : null;
	const ending = candidate.kind === "onnx" ? reference : candidate.model;
	const taken = {
		base: {
			name: `${candidate.name}: tensors restored`,
			model: form.model,
			ending
		},
		from: {
			start: "candidate",
			before: before && meanDivergence(before, samplingOfTokens(run.tokens))
		}
	};
	const control = (unit) => ({
		unit,
		model: controlFor(reference, form, unit, seed)
	});
	const effectsOf = (series, swaps) => seriesEffects(run, of, swapping, {
		...series,
		swaps
	});
	const isWhole = controls.length === units.length;
	return {
		swapped: await effectsOf(put, swapped.map((unit) => ({
			unit,
			model: swappedIn(reference, form, unit)
		}))),
		controls: await effectsOf(put, controls.map(control)),
		allControls: await effectsOf(put, isWhole ? [control(allOf(units))] : []),
		restored: await effectsOf(taken, restored.map((unit) => ({
			unit,
			model: restoredIn(reference, form, unit)
		})))
	};
}
async function seriesEffects(run, { captured, readouts }, { places, kl }, { base, from, swaps }) {
	const effects = /* @__PURE__ */ new Map();
	await runSwaps(run, {
		captured,
		readouts,
		kl
	}, {
		base,
		swaps
	}, ({ unit }, sums) => {
		effects.set(unit, unitEffect(run, places, from, sums));
	});
	return effects;
}
const allOf = (units) => ({
	name: "all",
	tensors: units.flatMap(({ tensors }) => tensors),
	first: Math.min(...units.map(({ first }) => first))
});
function notAttributed({ by, kl }, why) {
	return {
		by,
		kl,
		tensors: [],
		places: [],
		watched: [],
		skipped: [],
		notSwapped: [],
		notes: [why]
	};
}
// src/audit/text/match-text.ts
const USUAL$1 = {
	where: "held-out",
	tokens: AUDIT_OPTIONS.matchTokens.default
};
/**
* In whole sequences. `spec`: the candidate, for messages. Errors: MATCH_TEXT_MISSING, MATCH_TEXT_SHORT, those of reading the corpus.
*/
async function openMatchText(spec, opening, reference, audited) {
	const { matchTokens = USUAL$1 } = opening.config;
	const { blockLength, bos, sequenceCount } = audited.sequences;
	const perSequence = blockLength - (bos === null ? 0 : 1);
	const { where, tokens } = matchTokens;
	const wanted = tokens === null ? sequenceCount : Math.floor(tokens / perSequence);
	if (wanted === 0) throw matchTextShort(spec, tokens ?? 0, perSequence);
	if (where === "audited") return {
		where,
		tokens: someOf(audited, 0, Math.min(wanted, sequenceCount))
	};
	const held = await heldOutText(opening, reference, audited, wanted);
	if (held === null) throw matchTextMissing(spec, opening.config.corpus.source, audited.sequences.stream.length);
	return {
		where,
		tokens: held
	};
}
/** Up to `wanted` sequences of the corpus after those that are audited. Null: it has none. Errors: those of reading the corpus. */
async function heldOutText(opening, reference, audited, wanted) {
	const { blockLength, bos, stream } = audited.sequences;
	const perSequence = blockLength - (bos === null ? 0 : 1);
	const first = Math.ceil(stream.length / perSequence);
	const longer = await longerText(opening, reference, (first + wanted) * perSequence);
	const end = Math.min(first + wanted, longer?.sequences.sequenceCount ?? 0);
	return longer === null || end <= first ? null : someOf(longer, first, end);
}
/** The corpus read anew, further than the audit reads it. Null: the audit reads all of it. */
async function longerText(opening, reference, tokens) {
	const { corpus } = opening.config;
	if (corpus.tokens === null) return null;
	const config = {
		...opening.config,
		corpus: {
			...corpus,
			tokens
		},
		perplexity: {
			chunked: true,
			sliding: null
		}
	};
	return await openTokens({
		...opening,
		config
	}, reference);
}
/** Sequences [start, end). */
function someOf(tokens, start, end) {
	return fewSequences(tokens, Array.from({ length: end - start }, (_, i) => start + i));
}
// src/audit/calibration/calibration-text.ts
const USUAL = {
	source: null,
	tokens: AUDIT_OPTIONS.calibrationTokens.default
};
/** In whole sequences. `spec`: the candidate, for messages. Errors: CALIBRATION_TEXT_MISSING, CALIBRATION_AUDITED, those of reading the text. */
async function openCalibrationText(spec, opening, reference, audited) {
	const { corpus, calibration = USUAL } = opening.config;
	const { blockLength, bos } = audited.sequences;
	const perSequence = blockLength - (bos === null ? 0 : 1);
	const source = calibration.source ?? corpus.source;
	const wanted = Math.floor(calibration.tokens / perSequence);
	if (wanted === 0) throw calibrationTextMissing(spec, source, perSequence);
	const tokens = calibration.source === null ? await heldOutText(opening, reference, audited, wanted) : await otherText(opening, reference, calibration.source, wanted * perSequence);
	if (tokens === null || tokens.sequences.sequenceCount === 0) throw calibrationTextMissing(spec, source, perSequence);
	const shared = sharedSequence(audited, tokens);
	if (shared !== null) throw calibrationAudited(spec, source, shared);
	return {
		tokens,
		report: {
			source,
			where: calibration.source === null ? "after-audited" : "other-text",
			tokens: tokens.sequences.sequenceCount * perSequence,
			sha256: hashIds(tokens.sequences.ids)
		}
	};
}
async function otherText(opening, reference, source, tokens) {
	const corpus = {
		...opening.config.corpus,
		source,
		tokens
	};
	const config = {
		...opening.config,
		corpus,
		perplexity: {
			chunked: true,
			sliding: null
		}
	};
	return await openTokens({
		...opening,
		config
	}, reference);
}
/** Tokens that two texts have in one order are the same text from about so many on. */
const WINDOW = 32;
/** Part of a sequence's windows that are audited, too. */
const SHARED = .5;
/** The first sequence of a calibration of which so much is audited; null: there is none. */
function sharedSequence(audited, { sequences: { ids, blockLength, sequenceCount, bos } }) {
	const seen = /* @__PURE__ */ new Set();
	for (const hash of windowHashes(audited.sequences.stream)) seen.add(hash);
	for (let sequence = 0; sequence < sequenceCount; sequence++) {
		const [start, end] = [sequence * blockLength + (bos === null ? 0 : 1), (sequence + 1) * blockLength];
		let [windows, shared] = [0, 0];
		for (const hash of windowHashes(ids.subarray(start, end))) {
			windows++;
			if (seen.has(hash)) shared++;
		}
		if (windows > 0 && shared >= SHARED * windows) return sequence;
	}
	return null;
}
/** A 32-bit hash of every WINDOW neighbouring ids, or of all where they are fewer. Two windows of different text share one in 10⁹ times as often as not. */
function* windowHashes(ids) {
	const size = Math.min(WINDOW, ids.length);
	for (let start = 0; start + size <= ids.length && size > 0; start++) {
		let hash = 2166136261;
		for (let i = start; i < start + size; i++) hash = Math.imul(hash ^ present(ids[i]), 16777619);
		yield hash;
	}
}
/** The 13-grams of a text, as a set of 53-bit hashes: of 10⁷ each, two differ and share one once in 10⁹. */
function ngramsOf(ids) {
	const found = /* @__PURE__ */ new Set();
	for (let start = 0; start + 13 <= ids.length; start++) found.add(hashAt(ids, start));
	return found;
}
/** Part of the n-grams of `ids` that `known` has; 0 where there are none. */
function containment(ids, known) {
	const count = ids.length - 13 + 1;
	if (count <= 0) return 0;
	let shared = 0;
	for (let start = 0; start < count; start++) if (known.has(hashAt(ids, start))) shared++;
	return shared / count;
}
/** Two 32-bit products of the ids, mixed with different odd factors, as one whole number below 2⁵³. */
function hashAt(ids, start) {
	let [a, b] = [2166136261, 2654435769];
	for (let i = start; i < start + 13; i++) {
		a = Math.imul(a ^ ids[i], 16777619);
		b = Math.imul(b ^ ids[i], 2246822507);
		b ^= b >>> 13;
	}
	return (a >>> 11) * 2 ** 32 + (b >>> 0);
}
// src/audit/contamination/contamination.ts
/** A calibration takes a few hundred sequences; of a longer text the beginning is read. */
const MOST_TOKENS$1 = 4e6;
/** Part of a sequence's n-grams from which on it counts as seen: less are phrases that many texts share. */
const SEEN = .05;
/**
* Null: no candidate is an artifact, or nobody said what it was calibrated on. What is calibrated here has a check of its own, which
* refuses shared text. Errors: those of reading the text.
*/
async function openContamination(opening, reference, candidates, audited) {
	const source = opening.config.calibration?.source ?? null;
	if (source === null || candidates.every(({ kind }) => kind === "derived")) return null;
	const corpus = {
		...opening.config.corpus,
		source,
		tokens: MOST_TOKENS$1
	};
	const config = {
		...opening.config,
		corpus,
		perplexity: {
			chunked: true,
			sliding: null
		}
	};
	const { sequences } = await openTokens({
		...opening,
		config
	}, reference);
	return contaminationBy(source, sequences.stream, audited);
}
/** `stream`: the tokens that were calibrated on. */
function contaminationBy(calibration, stream, { sequences, groupStarts }) {
	const { ids, sequenceCount, blockLength, bos } = sequences;
	const known = ngramsOf(stream);
	const shares = Array.from({ length: sequenceCount }, (_, sequence) => containment(ids.subarray(sequence * blockLength + (bos === null ? 0 : 1), (sequence + 1) * blockLength), known));
	const kept = Array.from({ length: groupStarts.length - 1 }, (_, group) => shares.slice(groupStarts[group], groupStarts[group + 1]).every((share) => share < SEEN));
	const contained = shares.filter((share) => share >= SEEN).length;
	return {
		report: {
			calibration,
			tokens: stream.length,
			sha256: hashIds(stream),
			ngram: 13,
			containment: shares.reduce((sum, share) => sum + share, 0) / sequenceCount,
			sequences: sequenceCount,
			contained,
			cleanGroups: kept.filter((one) => one).length
		},
		clean: contained === 0 ? null : chooseGroups(kept)
	};
}
/** What the user should know; empty where none of the text was seen. */
function contaminationWarnings(found) {
	if (found === null) return [];
	const { calibration, tokens } = found.report;
	return [...tokens < MOST_TOKENS$1 ? [] : [`of ${calibration} the first ${tokens} tokens were read: whether artifacts saw audited text behind these is not known`], ...sharedWarnings(found)];
}
function sharedWarnings(found) {
	if (found.report.contained === 0) return [];
	const { calibration, contained, sequences, cleanGroups } = found.report;
	return [`${contained} of ${sequences} audited sequences stand in ${calibration}, which artifacts were calibrated on: there they do better than on text that they have not seen; ${found.clean === null ? `only ${cleanGroups} token groups are left without it, too few for figures of their own: audit on another text` : `figures on the ${cleanGroups} token groups without it stand beside (clean, in report.json)`}`];
}
// src/audit/run/folded.ts
const IN_STREAM = /* @__PURE__ */ new Set([
	"hook_resid_pre",
	"hook_resid_mid",
	"hook_resid_post",
	"hook_attn_out",
	"hook_mlp_out",
	"attn.hook_out",
	"mlp.hook_out",
	"hook_embed"
]);
/** Errors: LAYOUT_NOT_CENTRED, LAYOUT_ELSEWHERE. */
function checkFolded(spec, readouts) {
	for (const { id, center, dictionary } of readouts) {
		for (const { name } of [dictionary.reads, dictionary.predicts]) if (!IN_STREAM.has(name)) throw layoutElsewhere(spec, id);
		if (!center) throw layoutNotCentred(spec, id);
	}
}
// src/sae/check.ts
/** @file Does a dictionary belong to a model? Layer, place and width of its hook, before anything is run. */
/** Errors: SAE_HOOK_LAYER, SAE_HOOK_PARALLEL, SAE_WIDTH. */
function checkDictionary(dictionary, model) {
	const { reads, predicts, d_in, b_dec, spec } = dictionary;
	const sides = [{
		hook: reads,
		width: d_in
	}, {
		hook: predicts,
		width: b_dec.length
	}];
	for (const { hook, width } of sides) {
		const wanted = hookWidth(hook, spec, model);
		if (width !== wanted) throw saeWidth(spec, width, hookName(hook), wanted, model.family);
	}
}
function hookWidth(hook, spec, model) {
	const block = model.blocks[hook.layer];
	if (block === void 0) throw saeHookLayer(spec, hookName(hook), model.blocks.length);
	if (hook.name === "hook_resid_mid" && block.layout === "parallel") throw saeHookParallel(spec, hookName(hook));
	return placeWidth(block, hook.name, model.d_model);
}
// src/sae/open.ts
/** A file that gives a layout away, and what to call the layout. */
const REFUSED = [[/(^|\/)(conf\.yaml|latest_ckpt\.safetensors)$/, "a temporal autoencoder, which attends over the context,"], [/\.(pt|pth|pkl|bin)$/, "a file of PyTorch in no layout that is known"]];
/**
* Open the dictionary in `files`; they must stay open while its `W_dec` is wanted.
* Errors: those of errors/sae.ts, and of reading JSON, safetensors and npz files.
*/
async function openSae(config, files) {
	const found = LAYOUTS.flatMap((layout) => layout.weights(files.names).map((weights) => ({
		layout,
		weights
	})));
	const [only, ...others] = found;
	if (only === void 0) throw refusal(files);
	if (others.length > 0) throw saeAmbiguous(config.source, found.map(({ weights }) => placeOfWeights(weights)));
	const digested = digestedFiles(files);
	return await only.layout.open({
		config,
		files: digested.files,
		weights: only.weights,
		sha256: async () => filesSha256(await digested.opened())
	});
}
/** Its folder; the file itself where it lies in none. */
function placeOfWeights(name) {
	return folderOf(name).replace(/\/$/, "") || name;
}
function refusal(files) {
	for (const name of files.names) {
		const format = REFUSED.find(([pattern]) => pattern.test(name));
		if (format !== void 0) return saeUnsupported(`${files.spec}: ${name}`, format[1]);
	}
	return saeNotFound(files.spec, files.names);
}
// src/audit/run/asked-saes.ts
/** @file The SAEs that are asked for, each by its own spec: what a pattern stands for is looked up where it points. */
/** In the order they were asked for; a dictionary that two specs name comes twice. Errors: SAE_PATTERN_*, and those of listing. */
async function askedSaes({ config, open }) {
	const all = [];
	for (const sae of config.saes) {
		const { source } = sae;
		if (!isSaePattern(source) || !isRemoteSpec(source) && existsSync(source)) {
			all.push({
				...sae,
				pattern: null
			});
			continue;
		}
		const found = await expanded(source, open);
		all.push(...found.map((spec) => ({
			...sae,
			source: spec,
			pattern: source
		})));
	}
	return all;
}
async function expanded(pattern, open) {
	const files = await open(patternRoot(pattern));
	try {
		const found = matches(pattern, files.names);
		if (found.length === 0) throw saePatternEmpty(pattern, files.names);
		if (found.length > 256) throw saePatternTooMany(pattern, found.length, 256);
		return found;
	} finally {
		await files.close();
	}
}
function matches(pattern, names) {
	try {
		return patternMatches(pattern, names);
	} catch (error) {
		if (error instanceof RangeError) throw saePatternTooMany(pattern, null, 256);
		throw error;
	}
}
// src/audit/run/without-gain.ts
/** The same dictionary where it reads another place, or rows are normalised by it first. Errors: the checkpoint's own. */
async function withoutGain(dictionary, model) {
	const { reads, predicts, input, d_in } = dictionary;
	const gain = input === "plain" && reads.name === "mlp.hook_in" ? await readGain(model, reads.layer) : null;
	if (gain === null || predicts.name === "mlp.hook_in") return dictionary;
	const { bias } = await encoderColumns(dictionary);
	const { W_enc } = dictionary.encoder;
	return {
		...dictionary,
		reads: {
			layer: reads.layer,
			name: "ln2.hook_normalized"
		},
		applyBDecToInput: false,
		encoder: {
			...dictionary.encoder,
			b_enc: Float32Array.from(bias),
			W_enc: async (range) => {
				const columns = await W_enc(range);
				scaleRows(columns, gain, columns.length / d_in);
				return columns;
			}
		},
		W_skip: async () => {
			const W_skip = await dictionary.W_skip();
			if (W_skip !== null) scaleRows(W_skip, gain, W_skip.length / d_in);
			return W_skip;
		}
	};
}
/** (d_model) gain of the norm before the MLP, with what its family adds to it; null: no RMS norm stands there. */
async function readGain({ decoder, tensors }, layer) {
	const ref = gainOf(decoder, layer);
	if (ref === null || decoder.spec.norm.kind !== "rms") return null;
	const stored = asFloat32(await weightReader(tensors, [ref]).read(ref, "float32"));
	const { gainOffset } = decoder.spec.norm;
	return stored.map((gain) => gain + gainOffset);
}
const gainOf = ({ weights }, layer) => weights.blocks[layer]?.preMlp?.gain ?? null;
// src/audit/run/open-readouts.ts
/** @file SAE specs, opened and checked against the reference. */
/** Open the SAEs and check hook and width against the reference. Errors: the SAE's own. */
async function openReadouts(opening, model) {
	const readouts = [];
	const taken = /* @__PURE__ */ new Set();
	for (const sae of await askedSaes(opening)) readouts.push(await openReadout(opening, sae, model, taken));
	return readouts;
}
async function openReadout({ open }, sae, model, taken) {
	const files = await open(sae.source);
	const opened = await openSae(sae, files);
	checkDictionary(opened, model.decoder.spec);
	const dictionary = await withoutGain(opened, model);
	const hook = hookName(dictionary.reads);
	let id = hook;
	for (let n = 2; taken.has(id); n++) id = `${hook}#${n}`;
	taken.add(id);
	return {
		id,
		hook,
		pattern: sae.pattern,
		dictionary,
		encoder: await storedEncoder(dictionary),
		center: dictionary.center && (sae.center === true || model.decoder.spec.norm.kind === "layer"),
		decoderNorms: await decoderNorms(dictionary),
		close: () => files.close()
	};
}
// src/audit/run/positions.ts
/** As was asked for, or as the dictionary was trained. Errors: POSITIONS_LEAVE_NOTHING. */
function countedAt(readout, asked, untrained, { blockLength, bos }) {
	const auto = withoutFirst(untrained.outside, untrained.bos && bos !== null ? 1 : 0);
	const slice = asked === "auto" ? auto : sliceOf(asked);
	const isOpen = slice.end === null || slice.end >= blockLength;
	const counted = writtenPositions(isOpen ? {
		...slice,
		end: null
	} : slice);
	if (!countedMask(counted, blockLength).includes(1)) throw positionsLeaveNothing(readout, counted, blockLength);
	return counted;
}
// src/audit/subjects/expected.ts
/**
* Every reference, SAE, corpus and candidate is among those that were named; where nothing was named, anything is. A candidate
* that is made of the reference has no digest, so it cannot stand for one that has. Errors: DIGEST_UNEXPECTED, those of reading.
*/
async function requireExpected({ reference, saes, corpus, candidates }, opened) {
	const require = (what, found, expected) => {
		if (expected.digests.length > 0 && (found === null || !expected.digests.includes(found))) throw digestUnexpected(what, found, expected);
	};
	const { checkpoint } = opened.reference;
	if (reference.length > 0) require(`the reference ${checkpoint.spec}`, await checkpoint.sha256(), {
		digests: reference,
		input: "expect-reference-sha256"
	});
	for (const { id, dictionary } of opened.readouts) require(`the SAE of ${id}`, dictionary.sha256, {
		digests: saes,
		input: "expect-sae-sha256"
	});
	const ofCorpus = {
		digests: corpus,
		input: "expect-corpus-sha256"
	};
	require("the corpus, as token ids,", opened.corpusSha256, ofCorpus);
	if (candidates.length === 0) return;
	for (const candidate of opened.candidates) {
		const sha256 = await artifactOf(candidate)?.sha256();
		require(`the candidate ${candidate.spec}`, sha256 ?? null, {
			digests: candidates,
			input: "expect-candidate-sha256"
		});
	}
}
// src/compression/describe.ts
/**
* What report.json says of the compression. `bits` is the mean stored size of a compressed weight: the integers' bits
* and a scale of 16 bits per channel or group (rtn:4,group=128 → 4.125); null for pruning, whose size depends on the format.
*/
function describeCompression(how, targets) {
	const sides = [...targets.values()];
	const parameters = sides.reduce((sum, side) => sum + side.out * side.in, 0);
	const counted = {
		tensors: sides.length,
		parameters,
		...how.layout === void 0 ? {} : { layout: how.layout },
		...how.arithmetic === void 0 ? {} : { arithmetic: how.arithmetic },
		...how.method === "prune" || how.scale === void 0 ? {} : { scale: how.scale }
	};
	if (how.method === "prune") return {
		method: "prune",
		bits: null,
		sparsity: how.sparsity,
		...counted
	};
	const scales = sides.reduce((sum, side) => sum + scaleCount(side, how), 0);
	const bits = parameters === 0 ? how.bits : how.bits + 16 * scales / parameters;
	if (how.group === null) return {
		method: "rtn",
		bits,
		...counted
	};
	return {
		method: "rtn",
		bits,
		groupSize: how.group,
		...counted
	};
}
// src/compression/near-spec.ts
/** @file The compression that was probably meant by a spec that is neither one nor a path: `rtn8`, `gtpq:4`, `RTN-6`, `nf-4`. */
const BARE = ["nf4", "int8-outlier"];
const METHODS = [
	"rtn",
	"prune",
	"wanda",
	"sparsegpt",
	"gptq",
	"awq",
	"smoothquant"
];
/** A spec that can be read, or null. */
function nearSpec(written) {
	const bare = nearest(written, BARE, 1);
	if (bare !== null) return bare;
	const [, word = "", rest = ""] = /^([A-Za-z]+)[-_ :=]*([\d.].*)$/.exec(written) ?? [];
	const method = nearestWord(word, METHODS);
	const spec = `${method}:${rest}`;
	return method !== null && isReadable(spec) ? spec : null;
}
function isReadable(spec) {
	try {
		return isDerivedSpec(spec);
	} catch (error) {
		if (error instanceof SaegateError) return false;
		throw error;
	}
}
// src/models/lens/folded.ts
/** W · diag(gain): the norm's gain moved into what reads it. */
function withGain({ out, in: inputs, data }, gain) {
	const folded = new Float64Array(data.length);
	for (let row = 0, at = 0; row < out; row++) for (let i = 0; i < inputs; i++, at++) folded[at] = data[at] * gain[i];
	return {
		out,
		in: inputs,
		data: folded
	};
}
/** Each row less its mean: what a norm gives has mean 0, so that nothing changes. */
function centredRows({ out, in: inputs, data }) {
	const centred = new Float64Array(data.length);
	for (let row = 0; row < out; row++) {
		const [start, end] = [row * inputs, (row + 1) * inputs];
		let sum = 0;
		for (let at = start; at < end; at++) sum += data[at];
		const mean = sum / inputs;
		for (let at = start; at < end; at++) centred[at] = data[at] - mean;
	}
	return {
		out,
		in: inputs,
		data: centred
	};
}
/** Each column less its mean: what is written to the residual stream then has mean 0, which norms take off anyway. */
function centredColumns({ out, in: inputs, data }) {
	const means = new Float64Array(inputs);
	for (let row = 0, at = 0; row < out; row++) for (let i = 0; i < inputs; i++, at++) means[i] += data[at];
	for (let i = 0; i < inputs; i++) means[i] /= out;
	const centred = new Float64Array(data.length);
	for (let row = 0, at = 0; row < out; row++) for (let i = 0; i < inputs; i++, at++) centred[at] = data[at] - means[i];
	return {
		out,
		in: inputs,
		data: centred
	};
}
/** W · x */
function product({ out, in: inputs, data }, x) {
	return Float64Array.from({ length: out }, (_, row) => {
		let sum = 0;
		for (let i = 0; i < inputs; i++) sum += data[row * inputs + i] * x[i];
		return sum;
	});
}
function added(a, b) {
	return a.map((value, i) => value + b[i]);
}
function centredVector(x) {
	const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
	return x.map((value) => value - mean);
}
// src/models/lens/form-builder.ts
/**
* @file The tensors of a form of a decoder (lens-form.ts), each as a function of stored ones: matrices, biases that norms are folded
* into, and targets, which are compressed once they are made.
*/
/** Collects the tensors that are made. */
var FormBuilder = class {
	targets = /* @__PURE__ */ new Map();
	#made = /* @__PURE__ */ new Map();
	#base;
	#how;
	constructor(base, how) {
		this.#base = base;
		this.#how = how;
	}
	/** A matrix made of a stored one and vectors beside it. */
	matrixOf(name, weight, others, make) {
		const { out, in: inputs } = sidesOf$1(weight);
		this.#add(name, [out, inputs], [weight, ...others], ([w, ...rest]) => new Float32Array(make(matrixFrom(w, out), rest).data));
		return matrix(name, out, inputs);
	}
	/** The same of a matrix that is compressed. */
	target(name, weight, { role, spec }, make, others = []) {
		const how = this.#how;
		const { out, in: inputs } = sidesOf$1(weight);
		const period = periodOf(role, out, spec);
		const channels = {
			out,
			in: inputs,
			layout: "out-in",
			scales: period
		};
		this.targets.set(name, channels);
		const made = this.matrixOf(name, weight, others, make);
		if (how === null) return made;
		const byteLength = compressedBytes(channels, { byteLength: 4 * out * inputs }, how);
		const text = compressionText(how);
		this.#add(name, [out, inputs], [weight, ...others], ([w, ...rest]) => {
			const { data } = make(matrixFrom(w, out), rest);
			if (how.method === "rtn") return roundShared(data, {
				out,
				in: inputs,
				period
			}, how);
			const held = new Float32Array(data);
			return pruneWithTies(held, how, held);
		}, {
			text,
			stored: {
				storedAs: text,
				byteLength
			}
		});
		return made;
	}
	/** b + W β: the norm's bias as what reads it sees it. Null: there is neither. */
	readingBias(name, { weight, bias }, norm) {
		const beta = norm?.bias ?? null;
		if (beta === null) return bias;
		const { out } = sidesOf$1(weight);
		return this.#vector(name, out, [
			weight,
			beta,
			...bias === null ? [] : [bias]
		], ([w, b, own]) => {
			const seen = product(matrixFrom(w, out), b);
			return own === void 0 ? seen : added(seen, own);
		});
	}
	/** What values' biases come to behind the attention, whose weights add up to 1, and the output's own, centred. */
	outputBias(name, { o, preAttention, ...block }, spec) {
		const v = present(block.v);
		const beta = preAttention?.bias ?? null;
		const [d_model, ofValues] = [sidesOf$1(o.weight).out, sidesOf$1(v.weight).out];
		const others = [...beta === null ? [] : [beta], ...v.bias === null ? [] : [v.bias]];
		if (others.length === 0) return this.centredBias(name, o.bias);
		const refs = [
			o.weight,
			v.weight,
			...others,
			...o.bias === null ? [] : [o.bias]
		];
		return this.#vector(name, d_model, refs, (values) => {
			const [wO, wV, ...rest] = values;
			let bias = new Float64Array(ofValues);
			if (beta !== null) bias = product(matrixFrom(wV, ofValues), rest.shift());
			if (v.bias !== null) bias = added(bias, rest.shift());
			const written = product(matrixFrom(wO, d_model), perHead(bias, present(attentionOf(spec))));
			const [own] = rest;
			return centredVector(own === void 0 ? written : added(written, own));
		});
	}
	centredBias(name, bias) {
		if (bias === null) return null;
		return this.#vector(name, sidesOf$1(bias).out, [bias], ([b]) => centredVector(b));
	}
	/** A norm of which gain and bias are folded away. */
	plainNorm(name, norm) {
		if (norm === null) return null;
		const filled = (part, ref, value) => this.#vector(`${name}.${part}`, sidesOf$1(ref).out, [ref], ([stored]) => stored.map(() => value));
		return {
			gain: norm.gain && filled("w", norm.gain, 1),
			bias: norm.bias && filled("b", norm.bias, 0)
		};
	}
	/** The sources of all that the weights name: tensors that were made, and those that stay the reference's. */
	sourcesOf(weights) {
		const { weight, bias } = weights.unembedding;
		const refs = [
			...allRefs(weights),
			weight,
			...bias === null ? [] : [bias]
		];
		return new Map(refs.map(({ tensor }) => [tensor, this.#made.get(tensor) ?? this.#stored(tensor)]));
	}
	#vector(name, size, refs, make) {
		this.#add(name, [size], refs, (values) => new Float32Array(make(values)));
		return vector$1(name, size);
	}
	#add(name, shape, refs, make, { text = "", ...stored } = {}) {
		this.#made.set(name, {
			kind: "joint",
			text: `${name} ${text} ${JSON.stringify(refs)}`,
			of: refs.map(({ tensor }) => this.#stored(tensor)),
			shape,
			make: (inputs) => make(inputs.map((input, i) => new Float64Array(asFloat32(cut(input, refs[i]))))),
			...stored
		});
	}
	#stored(tensor) {
		const source = this.#base.sources.get(tensor);
		if (source === void 0) throw new RangeError(`${this.#base.name} has no ${tensor}`);
		return source;
	}
};
/** q, k and v of all heads share a scale per position inside a head; else each output channel has its own. */
function periodOf(role, out, spec) {
	return role === "q" || role === "k" || role === "v" ? present(attentionOf(spec)).headSize : out;
}
/** Of the part that `ref` takes; a vector has one input. */
function sidesOf$1({ storedShape, layout, channels }) {
	const [rows = 1, columns = 1] = storedShape;
	const [all, inputs] = layout === "out-in" ? [rows, columns] : [columns, rows];
	return {
		out: channels === null ? all : channels.reduce((sum, [start, end]) => sum + end - start, 0),
		in: inputs
	};
}
function matrixFrom(data, out) {
	return {
		out,
		in: data.length / out,
		data
	};
}
/** (kv head, head size) → (head, head size): each key/value head as often as query heads share it. */
function perHead(values, { heads, kvHeads, headSize }) {
	const share = heads / kvHeads;
	return Float64Array.from({ length: heads * headSize }, (_, i) => {
		return values[Math.floor(Math.floor(i / headSize) / share) * headSize + i % headSize];
	});
}
// src/models/lens/lens-form.ts
/** `how` null: nothing is rounded. */
function lensForm(name, decoder, base, how) {
	const form = new FormBuilder(base, how);
	const isCentred = decoder.spec.norm.kind === "layer";
	const blocks = decoder.weights.blocks.map((block, layer) => {
		const place = {
			layer,
			spec: decoder.spec.blocks[layer]
		};
		return isCentred ? foldedBlock(form, block, place) : plainBlock(form, block, place);
	});
	const weights = isCentred ? foldedEnds(form, decoder.weights, blocks) : {
		...decoder.weights,
		blocks
	};
	return {
		decoder: {
			...decoder,
			weights
		},
		plan: {
			name,
			sources: form.sourcesOf(weights)
		},
		targets: form.targets,
		isCentred
	};
}
const LENS_NAMES = {
	q: "attn.W_Q",
	k: "attn.W_K",
	v: "attn.W_V",
	outputGate: "attn.W_G",
	o: "attn.W_O",
	gate: "mlp.W_gate",
	up: "mlp.W_in",
	down: "mlp.W_out"
};
/** Without the name of the MLP that every token is given to. */
const inExpert = (role) => LENS_NAMES[role].replace("mlp.", "");
const nameOf = (layer, part) => `transformerlens.blocks.${layer}.${part}`;
/** Only the targets are tensors of their own. */
function plainBlock(form, block, { layer, spec }) {
	const target = (role, linear) => linear === null ? linear : {
		...linear,
		weight: form.target(nameOf(layer, LENS_NAMES[role]), linear.weight, {
			role,
			spec
		}, (w) => w)
	};
	const { experts } = block;
	const ofAll = Object.fromEntries(TARGET_ROLES.flatMap((role) => {
		const linear = block[role];
		return linear === void 0 ? [] : [[role, target(role, linear)]];
	}));
	if (experts === void 0) return {
		...block,
		...ofAll
	};
	const routed = experts.experts.map((expert, index) => {
		const name = (role) => nameOf(layer, `mlp.experts.${index}.${inExpert(role)}`);
		const part = (role) => ({
			...expert[role],
			weight: form.target(name(role), expert[role].weight, {
				role,
				spec
			}, (w) => w)
		});
		return {
			gate: part("gate"),
			up: part("up"),
			down: part("down")
		};
	});
	return {
		...block,
		...ofAll,
		experts: {
			...experts,
			experts: routed
		}
	};
}
function foldedBlock(form, block, { layer, spec }) {
	const name = (part) => nameOf(layer, part);
	const reading = (role, linear, norm) => ({
		weight: form.target(name(LENS_NAMES[role]), linear.weight, {
			role,
			spec
		}, (w, [gain]) => norm === null ? w : centredRows(gain === void 0 ? w : withGain(w, gain)), norm === null ? [] : gainsOf(norm)),
		bias: form.readingBias(name(LENS_NAMES[role].replace("W_", "b_")), linear, norm)
	});
	const writing = (role, linear) => form.target(name(LENS_NAMES[role]), linear.weight, {
		role,
		spec
	}, centredColumns);
	return {
		...block,
		preAttention: form.plainNorm(name("ln1"), block.preAttention),
		q: reading("q", block.q, block.preAttention),
		k: reading("k", present(block.k), block.preAttention),
		v: {
			weight: reading("v", present(block.v), block.preAttention).weight,
			bias: null
		},
		o: {
			weight: writing("o", block.o),
			bias: form.outputBias(name("attn.b_O"), block, spec)
		},
		preMlp: form.plainNorm(name("ln2"), block.preMlp),
		gate: block.gate && reading("gate", block.gate, block.preMlp),
		up: block.up && reading("up", block.up, block.preMlp),
		down: block.down && {
			weight: writing("down", block.down),
			bias: form.centredBias(name("mlp.b_out"), block.down.bias)
		}
	};
}
/** Embeddings, positions, final norm and unembedding. */
function foldedEnds(form, weights, blocks) {
	const { embedding, positions, finalNorm, unembedding } = weights;
	const prefix = "transformerlens.";
	return {
		embedding: form.matrixOf(`${prefix}embed.W_E`, embedding, [], centredRows),
		positions: positions && form.matrixOf(`${prefix}pos_embed.W_pos`, positions, [], centredRows),
		blocks,
		finalNorm: form.plainNorm(`${prefix}ln_final`, finalNorm) ?? finalNorm,
		unembedding: {
			weight: form.matrixOf(`${prefix}unembed.W_U`, unembedding.weight, gainsOf(finalNorm), (w, [gain]) => centredRows(gain === void 0 ? w : withGain(w, gain))),
			bias: form.readingBias(`${prefix}unembed.b_U`, unembedding, finalNorm)
		}
	};
}
/** None, or one. */
function gainsOf({ gain }) {
	return gain === null ? [] : [gain];
}
// src/audit/subjects/basis/turned-rows.ts
/**
* @file Are the rows of one embedding those of another, turned? Their inner products then are the same, up to the square of a
* factor where the residual stream was scaled too, and their directions are not. Pure.
*/
/** Below this mean cosine two embeddings point elsewhere: 2-bit rounding keeps 0.9. */
const SAME_DIRECTION = .8;
/** Relative difference of all inner products up to which they are the same: 8-bit rounding makes 0.01. */
const SAME_PRODUCTS = .05;
/** The sign of it in words; null: they are not turned. Rows of both belong together one by one. */
function turnedRows(reference, candidate) {
	let [cosines, counted] = [0, 0];
	let [ours, theirs, both] = [
		0,
		0,
		0
	];
	for (const [i, x] of reference.entries()) {
		const y = candidate[i] ?? x;
		const length = Math.sqrt(dot(x, x) * dot(y, y));
		if (length > 0) [cosines, counted] = [cosines + dot(x, y) / length, counted + 1];
		for (const [j, other] of reference.entries()) {
			const [p, q] = [dot(x, other), dot(y, candidate[j] ?? other)];
			ours += p * p;
			theirs += q * q;
			both += p * q;
		}
	}
	const cosine = counted === 0 ? 1 : cosines / counted;
	const square = both / ours;
	const left = Math.sqrt(Math.max(0, theirs - both * square) / theirs);
	if (!(cosine < SAME_DIRECTION && square > 0 && left <= SAME_PRODUCTS)) return null;
	const factor = Math.sqrt(square);
	return `its embedding has the reference's inner products in other directions${Math.abs(factor - 1) < .05 ? "" : `, ${factor.toPrecision(3)} times as large`}, mean cosine ${cosine.toFixed(2)}`;
}
function dot(a, b) {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
	return sum;
}
// src/audit/subjects/basis/procrustes.ts
/**
* @file The rotation between two matrices: orthogonal R (d, d) that minimizes ‖A·R − B‖ (whatever the size of B), for A, B (rows, d).
*
* R is the orthogonal polar factor of M = Aᵀ·B (Schönemann 1966, Psychometrika 31). The factor is found by the
* Newton–Schulz iteration X ← X·(3·I − Xᵀ·X)/2 from X = M/‖M‖, whose only operation is a matrix product, so the engine does
* all the work, in float64. It converges where M has full rank; how fast depends on the smallest singular value (each
* round multiplies it by 1.5), about 40 rounds for the embeddings of language models.
*/
/** Rows that one product takes: 64 MiB of float64 at d = 4096. */
const ROWS$2 = 2048;
/** Largest entry of Xᵀ·X − I at which X counts as orthogonal. */
const ORTHOGONAL = 1e-10;
/** Reaches singular values of 1e-16 times the largest: beyond them float64 has nothing to say. */
const MOST_ROUNDS = 100;
/** Of two matrices of one shape. Null where they do not determine a rotation (rank below d). */
async function rotationBetween(a, b, shape, device) {
	const { M, squaresA, squaresB } = await crossProduct(a, b, shape, device);
	const R = await polarFactor(M, shape[1], device);
	if (R === null) return null;
	const shared = R.reduce((sum, r, i) => sum + r * present(M[i]), 0);
	const best = shared / squaresA;
	const factor = Math.abs(best - 1) < .05 ? 1 : best;
	const left = factor * factor * squaresA + squaresB - 2 * factor * shared;
	return {
		R,
		factor,
		error: Math.sqrt(Math.max(0, left) / squaresB)
	};
}
/** M = Aᵀ·B and the squared norms of both. */
async function crossProduct(a, b, [rows, d], device) {
	const g = new GraphBuilder();
	const [left, right, before] = [
		g.input("a", "float64", ["n_row", d]),
		g.input("b", "float64", ["n_row", d]),
		g.input("before", "float64", [d, d])
	];
	const shape = {
		type: "float64",
		shape: [d, d]
	};
	g.output("sum", g.apply("Gemm", [
		left,
		right,
		before
	], shape, { transA: int(1) }));
	const session = await createSession(g.build(), device, "the rotation");
	let M = new Float64Array(d * d);
	let [squaresA, squaresB] = [0, 0];
	try {
		for (let start = 0; start < rows; start += ROWS$2) {
			const end = Math.min(start + ROWS$2, rows);
			const [x, y] = [Float64Array.from(a(start, end)), Float64Array.from(b(start, end))];
			squaresA += sumOfSquares(x);
			squaresB += sumOfSquares(y);
			const dims = [end - start, d];
			M = (await session.run({
				a: {
					type: "float64",
					data: x,
					dims
				},
				b: {
					type: "float64",
					data: y,
					dims
				},
				before: {
					type: "float64",
					data: M,
					dims: [d, d]
				}
			})).float64("sum");
		}
	} finally {
		await session.release();
	}
	return {
		M,
		squaresA,
		squaresB
	};
}
async function polarFactor(M, d, device) {
	const norm = Math.sqrt(sumOfSquares(M));
	if (!(norm > 0)) return null;
	let X = M.map((value) => value / norm);
	const session = await roundSession(d, device);
	try {
		for (let round = 0; round < MOST_ROUNDS; round++) {
			const result = await session.run({ x: {
				type: "float64",
				data: X,
				dims: [d, d]
			} });
			X = result.float64("next");
			if (present(result.float64("deviation")[0]) < ORTHOGONAL) return X;
		}
		return null;
	} finally {
		await session.release();
	}
}
/** One round: `next` and the largest entry of |Xᵀ·X − I| of the X given. */
async function roundSession(d, device) {
	const g = new GraphBuilder();
	const shape = {
		type: "float64",
		shape: [d, d]
	};
	const x = g.input("x", "float64", [d, d]);
	const gram = g.apply("Gemm", [x, x], shape, {
		transA: int(1),
		alpha: float(1)
	});
	const identity = Float64Array.from({ length: d * d }, (_, i) => i % (d + 1) === 0 ? 1 : 0);
	const I = g.initializer("identity", "float64", [d, d], identity);
	const deviation = abs(g, sub(g, gram, I));
	g.output("deviation", reduceMax(g, deviation, null));
	const cubic = g.apply("Gemm", [
		x,
		gram,
		x
	], shape, {
		alpha: float(-.5),
		beta: float(1.5)
	});
	g.output("next", cubic);
	return await createSession(g.build(), device, "the rotation");
}
function sumOfSquares(values) {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += present(values[i]) ** 2;
	return sum;
}
// src/audit/subjects/basis/basis.ts
/** Rows of the embeddings that are looked at. */
const SAMPLE_ROWS = 256;
/**
* Largest relative residual of the fit: bfloat16 rounding leaves 0.002, 8-bit embeddings 0.01; with more, the error of
* the rotation itself would be measured as damage.
*/
const EXACT_ENOUGH = .02;
/** Errors: CANDIDATE_ROTATED, ROTATION_AT_RUN_TIME, ROTATION_INEXACT. */
async function residualBasis(reference, candidate, checkpoint, unrotate) {
	const online = runTimeRotation(checkpoint.config);
	if (online !== null) throw rotationAtRunTime(candidate.name, online);
	const [ours, theirs] = [await embeddingOf(reference), await embeddingOf(candidate)];
	const reason = checkpoint.packed?.rotation ?? turnedEmbedding(ours, theirs);
	if (reason === null) return {
		basis: null,
		warnings: []
	};
	if (!unrotate) throw candidateRotated(candidate.name, reason, "checkpoint");
	const d = reference.decoder.spec.d_model;
	const rows = Math.min(ours.rows, theirs.rows);
	const found = await rotationBetween(ours.read, theirs.read, [rows, d], {
		kind: "cpu",
		threads: 0,
		bodyType: "float32"
	});
	if (found === null || found.error > EXACT_ENOUGH) throw rotationInexact(candidate.name, reason, found === null ? null : found.error, EXACT_ENOUGH);
	const percent = (100 * found.error).toPrecision(2);
	return {
		basis: transposed(found.R, d).map((value) => value / found.factor),
		warnings: [`it is rotated (${reason}); its residual stream was turned back by the orthogonal fit between the embeddings, which leaves ${percent} % of the embedding unexplained`]
	};
}
async function embeddingOf({ decoder, tensors }) {
	const ref = decoder.weights.embedding;
	const weight = await weightReader(tensors, [ref]).read(ref, "stored");
	const [rows = 0, width = 1] = weight.shape;
	const read = (start, end) => {
		const data = weight.data.subarray(start * width, end * width);
		const part = {
			type: weight.type,
			shape: [end - start, width],
			data
		};
		return asFloat32(part);
	};
	return {
		rows,
		width,
		read
	};
}
/** The sign in the data, in words, or null. */
function turnedEmbedding(reference, candidate) {
	const at = sampledRows(Math.min(reference.rows, candidate.rows));
	const sample = ({ read }) => at.map((row) => read(row, row + 1));
	return turnedRows(sample(reference), sample(candidate));
}
/** Rows that are looked at, spread evenly. */
function sampledRows(rows) {
	const count = Math.min(SAMPLE_ROWS, rows);
	return Array.from({ length: count }, (_, i) => Math.floor(i * rows / count));
}
/** A transform that compressed-tensors applies to activations (`input`, `output`, `q_attn`, `k_cache`), or null. */
function runTimeRotation(config) {
	const quantization = config.quantization_config;
	const transforms = isJsonObject(quantization) ? quantization.transform_config : null;
	const groups = isJsonObject(transforms) ? transforms.config_groups : null;
	for (const [name, group] of isJsonObject(groups) ? Object.entries(groups) : []) {
		const applied = isJsonObject(group) && Array.isArray(group.apply) ? group.apply : [];
		for (const apply of applied) {
			const location = isJsonObject(apply) ? apply.location : null;
			if (typeof location === "string" && !location.startsWith("weight_")) return `transform "${name.slice(0, 40)}" is applied to the ${location.slice(0, 40)} of layers`;
		}
	}
	return null;
}
function transposed(R, d) {
	return Float32Array.from({ length: d * d }, (_, i) => present(R[i % d * d + Math.floor(i / d)]));
}
// src/audit/subjects/derived/planned.ts
/** @file `plan:FILE`: a candidate with some of its tensors as the reference stores them, or as a rounding of these. */
/** A hundred thousand names. */
const MOST_BYTES = 2 ** 26;
const isPlanSpec = (spec) => spec.startsWith(PLAN_PREFIX);
const check = schemaCheck(tensorPlanSchema);
/** Errors: PLAN_FILE_INVALID, those of reading. */
async function readPlanFile(spec) {
	const path = spec.slice(PLAN_PREFIX.length);
	const text = await readTextFile(path, MOST_BYTES);
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw planFileInvalid(path, "it is not JSON");
	}
	const checked = check();
	if (!checked(value)) {
		const [error] = checked.errors ?? [];
		throw planFileInvalid(path, `${error?.instancePath || "it"} ${error?.message ?? "does not fit its schema"}`);
	}
	if (isPlanSpec(value.base)) throw planFileInvalid(path, "its base is a plan itself");
	return value;
}
/** `base`: opened, and closed with what is made of it. Errors: PLAN_FILE_INVALID, ATTRIBUTION_UNLIKE, those of reading norms. */
async function plannedCandidate(named, reference, file, base) {
	const path = named.spec.slice(PLAN_PREFIX.length);
	requireSettled(path, base);
	requireLike(reference, base);
	const { model } = await inReferenceForm(reference, base, 1);
	const sides = projections(reference.decoder);
	const changed = /* @__PURE__ */ new Map();
	const activations = new Map(model.activations);
	for (const [tensor, becomes] of Object.entries(file.tensors)) {
		const side = sides.get(tensor);
		if (side === void 0) throw planFileInvalid(path, `the reference has no target tensor ${JSON.stringify(tensor)}`);
		changed.set(tensor, becoming(path, reference, {
			tensor,
			side,
			becomes
		}));
		activations.delete(tensor);
	}
	const plan = withSources(named.name, model.plan, changed);
	const own = {
		name: named.name,
		plan,
		tensors: planTensors(plan),
		remainder: planRemainder(plan)
	};
	return {
		kind: "derived",
		...named,
		model: {
			...model,
			...own,
			activations,
			warnings: base.model.warnings
		},
		compression: base.compression,
		made: `${file.base} with ${JSON.stringify(Object.entries(file.tensors).sort())}`,
		matching: null,
		form: "as-stored",
		base,
		...base.kind === "derived" && base.calibrated !== void 0 ? { calibrated: base.calibrated } : {}
	};
}
/** Its norms are read before anything is run. */
function requireSettled(path, base) {
	if (base.kind === "derived" && base.matching !== null) throw planFileInvalid(path, "its base is a matched pruning, whose sparsity is found while an audit runs");
	if (base.compression?.method === "smoothquant") throw planFileInvalid(path, "its base moves factors between norms and matrices by what a calibration finds");
}
function becoming(path, reference, { tensor, side, becomes }) {
	const of = present(reference.plan.sources.get(tensor), tensor);
	if (becomes === "reference") return of;
	const how = parseCompression(becomes);
	if (how === null || how.method !== "rtn" || how.layout !== void 0) throw planFileInvalid(path, `${tensor} is to become ${JSON.stringify(becomes)}, which is neither reference nor a rounding such as rtn:8`);
	return {
		kind: "compressed",
		of,
		channels: side,
		how
	};
}
let loaded$1 = null;
/** One for every thread, loaded when it is first asked for. */
function squareProducts() {
	loaded$1 ??= laidOut();
	return loaded$1;
}
function laidOut() {
	const left = 32768;
	const sums = 33792;
	const { memory, call } = loadFunction(WRITTEN, 274432);
	return {
		values: new Float64Array(memory),
		left,
		right: 0,
		sums,
		multiply: (depth, fours) => {
			const [x, into] = [8 * left, 8 * sums];
			call(x, x + ROW * depth, 0, into, into + SQUARE * fours);
		}
	};
}
/** Bytes of four float64 and of four by four. */
const ROW = 32;
const SQUARE = 128;
/** Parameters: the left operand and its end, the right one, the sums and their end. */
const [LEFT, LEFT_END, RIGHT, SUMS, SUMS_END] = [
	0,
	1,
	2,
	3,
	4
];
/** An integer: the place in the left operand. */
const AT = 5;
/** Vectors: eight sums, [row][half]; two halves of a row of the right operand; a value of the left one, twice. */
const sum = (row, half) => 6 + 2 * row + half;
const right = (half) => 14 + half;
const VALUE = 16;
const ROWS$1 = [
	0,
	1,
	2,
	3
];
const HALVES = [0, 1];
const EIGHT = ROWS$1.flatMap((row) => HALVES.map((half) => ({
	row,
	half
})));
const WRITTEN = {
	parameters: 5,
	integers: 1,
	vectors: 11,
	body: [repeatWhileLess(SUMS, SUMS_END, [
		set(AT, get(LEFT)),
		...EIGHT.map(({ row, half }) => set(sum(row, half), constant(0))),
		repeatWhileLess(AT, LEFT_END, [
			...HALVES.map((half) => set(right(half), load(RIGHT, 16 * half))),
			...ROWS$1.flatMap((row) => [set(VALUE, loadTwice(AT, 8 * row)), ...HALVES.map((half) => addProduct(sum(row, half), VALUE, right(half)))]),
			advance(RIGHT, ROW),
			advance(AT, ROW)
		]),
		...EIGHT.map(({ row, half }) => store(SUMS, ROW * row + 16 * half, get(sum(row, half)))),
		advance(SUMS, SQUARE)
	])]
};
/** Rounded twice, as in JavaScript: no fused product. */
function addProduct(into, a, b) {
	return set(into, get(into), get(a), get(b), vector("f64x2.mul"), vector("f64x2.add"));
}
// src/compression/products/row-products.ts
/**
* @file Products of rows with rows, float64: what Cholesky factors and error feedback spend their time in. Operands are laid out anew for
* square-products.ts, which costs a tenth of the product of 128 rows.
*/
/** into (rows, columns) += sign · left (rows, depth) · right (columns, depth)ᵀ. `into` overlaps neither operand's rectangle. */
function addRowProducts(into, left, right, { rows, columns, depth, sign }) {
	const products = squareProducts();
	for (let from = 0; from < depth; from += 256) for (let first = 0; first < columns; first += 128) {
		const part = {
			rows,
			columns: Math.min(128, columns - first),
			depth: Math.min(256, depth - from)
		};
		layOut(products, at(right, first, from), part);
		addPart(products, at(into, 0, first), at(left, 0, from), {
			...part,
			sign
		});
	}
}
const at = ({ data, start, stride }, row, column) => ({
	data,
	start: start + row * stride + column,
	stride
});
function layOut({ values, right: to }, right, part) {
	const { columns, depth } = part;
	for (let j = 0; j < columns; j += 4) interleave(values, to + j * depth, at(right, j, 0), {
		rows: columns - j,
		depth
	});
}
/** Up to four rows as [p][4]; where there are fewer, zeros stand for the others. */
function interleave(values, to, { data, start, stride }, { rows, depth }) {
	if (rows >= 4) {
		const [second, third, fourth] = [
			stride,
			2 * stride,
			3 * stride
		];
		for (let p = start, i = to; p < start + depth; p++, i += 4) {
			values[i] = data[p];
			values[i + 1] = data[p + second];
			values[i + 2] = data[p + third];
			values[i + 3] = data[p + fourth];
		}
		return;
	}
	values.fill(0, to, to + 4 * depth);
	for (let r = 0; r < rows; r++) for (let p = 0; p < depth; p++) values[to + 4 * p + r] = data[start + r * stride + p];
}
function addPart({ values, left: to, sums, multiply }, into, left, { rows, columns, depth, sign }) {
	const fours = Math.ceil(columns / 4);
	for (let i = 0; i < rows; i += 4) {
		interleave(values, to, at(left, i, 0), {
			rows: rows - i,
			depth
		});
		multiply(depth, fours);
		for (let r = 0; r < 4 && i + r < rows; r++) addRow(at(into, i + r, 0), columns, sign, {
			values,
			from: sums + 4 * r
		});
	}
}
/** Sums of one row, of which every four lie a square apart. */
function addRow({ data, start }, columns, sign, { values, from }) {
	for (let j = 0; j < columns; j++) data[start + j] += sign * values[from + 16 * (j >> 2) + (j & 3)];
}
// src/compression/calibrated/levels.ts
/** @file Evenly spaced levels between the least and the greatest of some weights, 0 among them: asymmetric rounding to nearest. */
/** By GPTQ's and AWQ's rule: (greatest − least)/(2^bits − 1) apart, both taken with 0; of zeros alone, levels of −1 to 1. */
function levelsOf(weights, bits) {
	let [least, greatest] = [0, 0];
	for (let i = 0; i < weights.length; i++) {
		least = Math.min(least, weights[i]);
		greatest = Math.max(greatest, weights[i]);
	}
	if (least === 0 && greatest === 0) [least, greatest] = [-1, 1];
	const top = 2 ** bits - 1;
	const scale = (greatest - least) / top;
	return {
		scale,
		zero: halfToEven(-least / scale),
		top
	};
}
function nearestLevel(weight, { scale, zero, top }) {
	return (Math.min(top, Math.max(0, halfToEven(weight / scale) + zero)) - zero) * scale;
}
// src/compression/calibrated/awq.ts
/**
* @file AWQ (arXiv 2306.00978): inputs that are large on average have their weights scaled up before they are rounded, and down after;
* one scale per input, s = (mean |x|)^α, for all matrices that read it, α the best of 20 by the error of their outputs.
*
* The error is that on synthetic inputs which have the second moments of the calibration's: (I + M) √D z, z of ±1 drawn by a fixed
* seed (feedback-factor.ts). Its mean is Σ e H eᵀ over rows, for a fraction of what H itself would cost.
*/
const EXPONENTS = 20;
const LEAST_SCALE = 1e-4;
/** Synthetic inputs. */
const PROBES = 64;
/** (in) s, for all of the matrices. `magnitudes`: (in) Σ|x|. */
function awqScales(matrices, magnitudes, factor, how) {
	const probes = syntheticInputs(factor);
	let best = new Float64Array(factor.size).fill(1);
	let least = Number.POSITIVE_INFINITY;
	for (let step = 0; step < EXPONENTS; step++) {
		const scales = scalesAt(magnitudes, step / EXPONENTS);
		const error = matrices.reduce((sum, rows) => sum + outputError(rows, awq(rows, scales, how), probes), 0);
		if (error < least) [best, least] = [scales, error];
	}
	return best;
}
/** Rounded with scales s: Q(w s)/s. */
function awq({ data, out, in: inputs }, scales, { bits, group }) {
	const rounded = new Float32Array(data.length);
	const size = group ?? inputs;
	for (let row = 0; row < out; row++) for (let first = 0; first < inputs; first += size) {
		const end = Math.min(first + size, inputs);
		const scaled = Float64Array.from({ length: end - first }, (_, i) => data[row * inputs + first + i] * scales[first + i]);
		const levels = levelsOf(scaled, bits);
		for (let k = first; k < end; k++) rounded[row * inputs + k] = nearestLevel(scaled[k - first], levels) / scales[k];
	}
	return rounded;
}
/** m^α with its largest times its smallest made 1. A mean is as good as a sum then. */
function scalesAt(magnitudes, exponent) {
	const total = Array.from(magnitudes).reduce((sum, one) => sum + one, 0) / magnitudes.length;
	const scales = Float64Array.from(magnitudes, (one) => Math.max(LEAST_SCALE, (one / (total || 1)) ** exponent));
	const [least, most] = [scales.reduce((a, b) => Math.min(a, b)), scales.reduce((a, b) => Math.max(a, b))];
	return scales.map((one) => one / Math.sqrt(least * most));
}
/** (PROBES, in). */
function syntheticInputs({ size, feedback, weights }) {
	const inputs = new Float64Array(PROBES * size);
	let state = 1;
	for (let probe = 0; probe < PROBES; probe++) {
		const x = inputs.subarray(probe * size, (probe + 1) * size);
		for (let k = 0; k < size; k++) {
			state = Math.imul(state, 1664525) + 1013904223 >>> 0;
			const z = state >= 2 ** 31 ? Math.sqrt(weights[k]) : -Math.sqrt(weights[k]);
			for (let j = 0; j < k; j++) x[j] += feedback[k * size + j] * z;
			x[k] += z;
		}
	}
	return inputs;
}
function outputError({ data, out, in: inputs }, rounded, probes) {
	const errors = Float64Array.from(data, (weight, i) => weight - rounded[i]);
	const outputs = new Float64Array(out * PROBES);
	const [left, right] = [{
		data: errors,
		start: 0,
		stride: inputs
	}, {
		data: probes,
		start: 0,
		stride: inputs
	}];
	addRowProducts({
		data: outputs,
		start: 0,
		stride: PROBES
	}, left, right, {
		rows: out,
		columns: PROBES,
		depth: inputs,
		sign: 1
	});
	return outputs.reduce((sum, value) => sum + value * value, 0);
}
// src/compression/calibrated/feedback-factor.ts
/**
* @file How an error made in one input of a layer is made up for in the inputs behind it.
*
* With H = Σ x xᵀ over calibration inputs and e = w − ŵ, a row of a layer adds e H eᵀ to the squared error of its output. Let
* H = (I + M) D (I + M)ᵀ, M strictly upper triangular: then e H eᵀ = Σ_k D_k (e_k + Σ_{j<k} e_j M_jk)². Inputs chosen in their order,
* the best value for k is the one nearest to w_k + Σ_{j<k} e_j M_jk (arXiv 2307.13304 shows that this is what GPTQ, arXiv
* 2210.17323, computes by way of the inverse of H: U_kk there is 1/√D_k). M comes from the Cholesky factor of H with both its
* sides reversed, 1/3 n³ operations; the inverse is never made.
*/
/** Added to the diagonal of H, as a part of its mean: the default of GPTQ's and SparseGPT's code. */
const DAMPING = .01;
/** Columns that are factored together. */
const PANEL = 64;
/** Of `products`, (size, size) Σ x xᵀ, symmetric; it is left alone. */
function feedbackFactor(products, size) {
	const unused = Uint8Array.from({ length: size }, (_, k) => products[k * size + k] > 0 ? 0 : 1);
	const dead = unused.includes(0) ? unused : new Uint8Array(size);
	let mean = 0;
	for (let k = 0; k < size; k++) mean += (products[k * size + k] > 0 ? products[k * size + k] : 1) / size;
	for (let damping = DAMPING;; damping *= 10) {
		const factor = reversed(products, dead, damping * mean);
		if (!factorLower(factor, size)) continue;
		const weights = new Float64Array(size);
		for (let k = 0; k < size; k++) weights[k] = factor[(size - 1 - k) * (size + 1)] ** 2;
		turnAcross(factor, size);
		for (let k = 0; k < size; k++) {
			const diagonal = factor[k * size + k];
			for (let j = 0; j < k; j++) factor[k * size + j] /= diagonal;
		}
		return {
			size,
			feedback: factor,
			weights,
			dead
		};
	}
}
/** (I + M)⁻¹ of inputs [start, end), transposed: [k][j], row-major and whole. */
function undoneFeedback({ feedback, size }, start, end) {
	const width = end - start;
	const inverse = new Float64Array(width * width);
	for (let k = 0; k < width; k++) {
		inverse[k * width + k] = 1;
		for (let j = 0; j < k; j++) {
			let sum = -feedback[(start + k) * size + start + j];
			for (let i = j + 1; i < k; i++) sum -= inverse[i * width + j] * feedback[(start + k) * size + start + i];
			inverse[k * width + j] = sum;
		}
	}
	return inverse;
}
/** H with rows and columns in reverse; its lower half is what is read. */
function reversed(products, dead, damping) {
	const size = dead.length;
	const turned = new Float64Array(size * size);
	for (let k = 0; k < size; k++) {
		const from = (size - 1 - k) * size + size - 1;
		for (let j = 0; j <= k; j++) turned[k * size + j] = products[from - j];
		const diagonal = k * size + k;
		turned[diagonal] = (turned[diagonal] > 0 ? turned[diagonal] : 1) + damping;
	}
	return turned;
}
/** Cholesky in place, lower triangle, panel by panel. False: it has none. */
function factorLower(a, size) {
	for (let start = 0; start < size; start += PANEL) {
		const end = Math.min(start + PANEL, size);
		const panel = {
			data: a,
			start: start * size,
			stride: size
		};
		addRowProducts({
			...panel,
			start: start * size + start
		}, panel, panel, {
			rows: size - start,
			columns: end - start,
			depth: start,
			sign: -1
		});
		if (!factorPanel(a, size, start, end)) return false;
	}
	return true;
}
function factorPanel(a, size, start, end) {
	for (let k = start; k < end; k++) {
		let pivot = a[k * size + k];
		for (let p = start; p < k; p++) pivot -= a[k * size + p] ** 2;
		if (!(pivot > 0)) return false;
		const root = Math.sqrt(pivot);
		a[k * size + k] = root;
		for (let i = k + 1; i < size; i++) {
			let sum = a[i * size + k];
			for (let p = start; p < k; p++) sum -= a[i * size + p] * a[k * size + p];
			a[i * size + k] = sum / root;
		}
	}
	return true;
}
/** [k][j] and [n − 1 − j][n − 1 − k] change places: the lower triangle is mirrored at the other diagonal. */
function turnAcross(a, size) {
	for (let k = 0; k < size; k++) for (let j = 0; j <= k && j < size - 1 - k; j++) {
		const [here, there] = [k * size + j, (size - 1 - j) * size + size - 1 - k];
		const kept = a[here];
		a[here] = a[there];
		a[there] = kept;
	}
}
// src/compression/calibrated/feedback.ts
/**
* @file A layer's weights replaced input by input, the error of each made up for in those behind it (feedback-factor.ts). Inputs are
* taken in blocks: what all blocks before have left is added to a block at once, as a product of matrices, and inside a block what one step of
* inputs has left to those behind it.
*/
/** (out, in) what the weights become, float32; errors are those of the values before they are rounded to it. */
function replaceWithFeedback({ data, out, in: inputs }, factor, replacement) {
	const { blockSize, see, decide } = replacement;
	const replaced = new Float32Array(data.length);
	const errors = new Float64Array(data.length);
	for (let start = 0; start < inputs; start += blockSize) {
		const end = Math.min(start + blockSize, inputs);
		const block = new Block({
			data,
			out,
			in: inputs
		}, factor, {
			errors,
			start,
			end
		});
		if (see !== void 0) {
			const seen = block.unreplaced();
			for (let row = 0; row < out; row++) see(seen(row), end);
		}
		decide?.(start, end);
		replaceBlock(block, replacement, replaced);
	}
	return replaced;
}
function replaceBlock(block, { stepSize, choose }, replaced) {
	const { start, end, errors } = block.place;
	const { out, in: inputs } = block.rows;
	for (let first = start; first < end; first += stepSize) {
		const last = Math.min(first + stepSize, end);
		for (let row = 0; row < out; row++) for (let k = first; k < last; k++) {
			const value = choose(block.at(row, k), k, block.aim(row, k));
			replaced[row * inputs + k] = value;
			errors[row * inputs + k] = block.weight(row, k) - value;
		}
		block.settle(last);
	}
}
var Block = class {
	rows;
	place;
	#factor;
	/** (out, width) w_k + Σ e_j M_jk over inputs j before the step. */
	#aims;
	#corrected;
	row = 0;
	/** Input at which the step begins. */
	#step;
	/** Inputs before this one are replaced. */
	#next = 0;
	constructor(rows, factor, place) {
		this.rows = rows;
		this.#factor = factor;
		this.place = place;
		const { start, end } = place;
		const width = end - start;
		this.#aims = new Float64Array(rows.out * width);
		this.#corrected = new Float64Array(width);
		for (let row = 0; row < rows.out; row++) for (let k = start; k < end; k++) this.#aims[row * width + k - start] = this.weight(row, k);
		this.#addErrors(0, start, start);
		this.#step = start;
	}
	get start() {
		return this.place.start;
	}
	at(row, next) {
		this.row = row;
		this.#next = next;
		return this;
	}
	/** All before `next` are replaced in every row: what they left is in the aims of the others. */
	settle(next) {
		this.#addErrors(this.#step, next, next);
		this.#step = next;
	}
	aim(row, k) {
		const { start, end, errors } = this.place;
		const { feedback, size } = this.#factor;
		const [e, m] = [row * size, k * size];
		let aim = this.#aims[row * (end - start) + k - start];
		for (let j = this.#step; j < k; j++) aim += errors[e + j] * feedback[m + j];
		return aim;
	}
	corrected(from, to) {
		const { start, end, errors } = this.place;
		const { feedback, size } = this.#factor;
		const [aims, e] = [this.row * (end - start) - start, this.row * size];
		for (let k = this.#next; k < to; k++) {
			const m = k * size;
			let value = this.#aims[aims + k];
			for (let j = this.#step; j < this.#next; j++) value += errors[e + j] * feedback[m + j];
			for (let j = this.#next; j < k; j++) value += (this.weight(this.row, j) - this.#corrected[j - start]) * feedback[m + j];
			this.#corrected[k - start] = value;
		}
		return this.#corrected.subarray(from - start, to - start);
	}
	/**
	* The rows before any input of the block is replaced. Corrected weights c of them are such that c − w = (a − w) − (c − w) M inside the
	* block, a their aims: a product with (I + M)⁻¹, for all rows at once.
	*/
	unreplaced() {
		const { start, end } = this.place;
		const { out } = this.rows;
		const width = end - start;
		const [moved, corrected] = [this.#aims.slice(), new Float64Array(out * width)];
		for (let row = 0, i = 0; row < out; row++) for (let k = start; k < end; k++, i++) {
			corrected[i] = this.weight(row, k);
			moved[i] -= corrected[i];
		}
		addRowProducts({
			data: corrected,
			start: 0,
			stride: width
		}, {
			data: moved,
			start: 0,
			stride: width
		}, {
			data: undoneFeedback(this.#factor, start, end),
			start: 0,
			stride: width
		}, {
			rows: out,
			columns: width,
			depth: width,
			sign: 1
		});
		return (row) => ({
			row,
			start,
			corrected: (from, to) => corrected.subarray(row * width + from - start, row * width + to - start)
		});
	}
	weight(row, k) {
		return this.#factor.dead[k] === 1 ? 0 : this.rows.data[row * this.rows.in + k];
	}
	/** Of inputs [from, to), to the aims of those from `behind` on. */
	#addErrors(from, to, behind) {
		const { start, end, errors } = this.place;
		const { out, in: inputs } = this.rows;
		const width = end - start;
		addRowProducts({
			data: this.#aims,
			start: behind - start,
			stride: width
		}, {
			data: errors,
			start: from,
			stride: inputs
		}, {
			data: this.#factor.feedback,
			start: behind * inputs + from,
			stride: inputs
		}, {
			rows: out,
			columns: end - behind,
			depth: to - from,
			sign: 1
		});
	}
};
// src/compression/calibrated/gptq.ts
/** @file GPTQ (arXiv 2210.17323): levels per row or group of inputs, each weight rounded to make up for the errors before it. */
/** Inputs that are corrected together where no group says it. */
const BLOCK$1 = 128;
/**
* Inputs in their own order (no act-order). A group's levels span its weights as they are corrected when its first input is
* reached; a whole row's span the weights as they were.
*/
function gptq(rows, factor, { bits, group }) {
	const levels = [];
	if (group === null) for (let row = 0; row < rows.out; row++) {
		const own = rows.data.subarray(row * rows.in, (row + 1) * rows.in);
		levels.push(levelsOf(own.map((weight, k) => factor.dead[k] === 1 ? 0 : weight), bits));
	}
	return replaceWithFeedback(rows, factor, {
		blockSize: group ?? BLOCK$1,
		stepSize: 32,
		see: (row, end) => {
			if (group !== null) levels[row.row] = levelsOf(row.corrected(row.start, end), bits);
		},
		choose: ({ row }, _, aim) => nearestLevel(aim, levels[row])
	});
}
// src/compression/calibrated/int8.ts
/** @file The weights of LLM.int8() (arXiv 2208.07339) as bitsandbytes stores them: eight bits, a scale of max|w|/127 per row. */
function int8Rows({ data, out, in: inputs }) {
	const rounded = new Float32Array(data.length);
	for (let row = 0; row < out; row++) {
		const [start, end] = [row * inputs, (row + 1) * inputs];
		let largest = 0;
		for (let i = start; i < end; i++) largest = Math.max(largest, Math.abs(data[i]));
		if (largest === 0) continue;
		const scale = largest / 127;
		for (let i = start; i < end; i++) rounded[i] = halfToEven(data[i] * 127 / largest) * scale;
	}
	return rounded;
}
// src/compression/calibrated/normal-float.ts
/**
* @file NF4 (arXiv 2305.14314) as bitsandbytes stores it: sixteen levels at quantiles of a normal distribution, scaled by the largest
* magnitude of 64 neighbouring weights, row after row; no double quantization.
*/
/** bitsandbytes' own table, float32. */
const LEVELS = Float32Array.of(-1, -.6961928009986877, -.5250730514526367, -.39491748809814453, -.28444138169288635, -.18477343022823334, -.09105003625154495, 0, .07958029955625534, .16093020141124725, .24611230194568634, .33791524171829224, .44070982933044434, .5626170039176941, .7229568362236023, 1);
/** Of weights (out, in), row-major. */
function normalFloat(weights) {
	const rounded = new Float32Array(weights.length);
	const middles = LEVELS.subarray(1).map((level, i) => (level + LEVELS[i]) / 2);
	for (let start = 0; start < weights.length; start += 64) {
		const end = Math.min(start + 64, weights.length);
		let largest = 0;
		for (let i = start; i < end; i++) largest = Math.max(largest, Math.abs(weights[i]));
		if (largest === 0) continue;
		for (let i = start; i < end; i++) {
			const part = weights[i] / largest;
			let level = 0;
			while (level < middles.length && part > middles[level]) level++;
			rounded[i] = LEVELS[level] * largest;
		}
	}
	return rounded;
}
// src/compression/calibrated/smoothquant.ts
const LEAST = 1e-5;
/** (in) s. `largest`: (in) the largest |x|. */
function smoothingScales(matrices, largest) {
	const weights = new Float64Array(largest.length).fill(LEAST);
	for (const { data, out, in: inputs } of matrices) for (let row = 0; row < out; row++) for (let k = 0; k < inputs; k++) weights[k] = Math.max(weights[k], Math.abs(data[row * inputs + k]));
	return weights.map((weight, k) => Math.max(LEAST, Math.sqrt(largest[k] / weight)));
}
/** w · s, float32. */
function smoothed({ data, out, in: inputs }, scales) {
	const scaled = new Float32Array(data.length);
	for (let row = 0, i = 0; row < out; row++) for (let k = 0; k < inputs; k++, i++) scaled[i] = data[i] * scales[k];
	return scaled;
}
// src/compression/calibrated/sparsity.ts
/** 1 where a score is among the `count` smallest; of equal ones the first go. Scores are finite and not negative. */
function smallest(scores, count) {
	const gone = new Uint8Array(scores.length);
	if (count <= 0) return gone;
	const limit = ranked(Float64Array.from(scores), count - 1);
	let left = count;
	for (let i = 0; i < scores.length; i++) if (scores[i] < limit) left--;
	for (let i = 0; i < scores.length; i++) {
		const score = scores[i];
		if (score < limit || score === limit && left-- > 0) gone[i] = 1;
	}
	return gone;
}
/** What would stand at `rank` if these were sorted, without sorting them (Hoare's selection); they are moved about. */
function ranked(values, rank) {
	let [low, high] = [0, values.length - 1];
	while (low < high) {
		const pivot = middleOf(values[low], values[low + high >>> 1], values[high]);
		let [i, j] = [low, high];
		while (i <= j) {
			while (values[i] < pivot) i++;
			while (values[j] > pivot) j--;
			if (i > j) break;
			const kept = values[i];
			values[i++] = values[j];
			values[j--] = kept;
		}
		if (rank <= j) high = j;
		else if (rank >= i) low = i;
		else break;
	}
	return values[rank];
}
const middleOf = (a, b, c) => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
// src/compression/calibrated/sparsegpt.ts
/**
* @file SparseGPT (arXiv 2301.00774): weights whose loss costs least go, and the others make up for it. Without one of its inputs a
* row loses w²/[H⁻¹]_kk of those that are left, which is w² D_k here.
*/
/** Inputs among which the least are looked for together, over all rows; the published code's own. */
const BLOCK = 128;
function sparseGpt(rows, factor, how) {
	return how.kind === "pattern" ? inPattern(rows, factor, how) : unstructured(rows, factor, how.fraction);
}
/** Of a block, ⌊fraction · rows · inputs⌋ go. */
function unstructured(rows, factor, fraction) {
	const scores = new Float64Array(rows.out * BLOCK);
	let gone = /* @__PURE__ */ new Uint8Array(0);
	let width = 0;
	return replaceWithFeedback(rows, factor, {
		blockSize: BLOCK,
		stepSize: 32,
		see: (row, end) => {
			width = end - row.start;
			const corrected = row.corrected(row.start, end);
			for (let i = 0; i < width; i++) scores[row.row * width + i] = corrected[i] ** 2 * factor.weights[row.start + i];
		},
		decide: () => {
			const seen = scores.subarray(0, rows.out * width);
			gone = smallest(seen, prunedCount(seen.length, fraction));
		},
		choose: (row, k, aim) => gone[row.row * width + k - row.start] === 1 ? 0 : aim
	});
}
/** Of every `of` neighbouring inputs of a row, `of − keep` go: those that cost least once the inputs before are replaced. */
function inPattern(rows, factor, { keep, of }) {
	let gone = new Uint8Array(of);
	return replaceWithFeedback(rows, factor, {
		blockSize: BLOCK - BLOCK % of,
		stepSize: of * Math.ceil(32 / of),
		choose: (row, k, aim) => {
			if (k % of === 0) {
				const scores = row.corrected(k, Math.min(k + of, rows.in)).map((weight, i) => weight ** 2 * factor.weights[k + i]);
				gone = smallest(scores, Math.max(0, scores.length - keep));
			}
			return gone[k % of] === 1 ? 0 : aim;
		}
	});
}
// src/compression/calibrated/wanda.ts
/** @file Wanda (arXiv 2306.11695): in each row, weights go whose |w| · ‖x‖₂ is least, x their input over the calibration tokens; the others stay as they are. */
/** `squares`: (in) Σ x². */
function wanda({ data, out, in: inputs }, squares, how) {
	const pruned = data.slice();
	const norms = Float64Array.from(squares, Math.sqrt);
	const size = how.kind === "pattern" ? how.of : inputs;
	for (let row = 0; row < out; row++) for (let first = 0; first < inputs; first += size) {
		const last = Math.min(first + size, inputs);
		const scores = new Float64Array(last - first);
		for (let k = first; k < last; k++) scores[k - first] = Math.abs(data[row * inputs + k]) * norms[k];
		const gone = smallest(scores, how.kind === "pattern" ? Math.max(0, scores.length - how.keep) : prunedCount(inputs, how.fraction));
		for (let k = first; k < last; k++) if (gone[k - first] === 1) pruned[row * inputs + k] = 0;
	}
	return pruned;
}
// src/compression/calibrated/plan.ts
/**
* @file The plan of a model whose targets are compressed by a published rule. Weights are made when they are read, from what the
* calibration told of their inputs; nothing of them is kept.
*/
/** The reference's plan with its targets compressed, and, of SmoothQuant, the norms before them. */
function publishedPlan(name, subject, how, read) {
	const making = new Making(subject, how, read);
	const sources = [...subject.base.sources].map(([tensor, of]) => {
		const target = subject.targets.get(tensor);
		return [tensor, target === void 0 ? making.norm(tensor, of) ?? of : making.matrix(tensor, of, target)];
	});
	return {
		name,
		sources: new Map(sources)
	};
}
/** Bytes of a matrix as the rule would store it; of a pruned one those of `dense` weights. */
function publishedBytes(channels, dense, how) {
	const bits = publishedBits(channels, how);
	return bits === null ? dense : Math.ceil(bits * channels.out * channels.in / 8);
}
/** Mean stored bits of a weight: integers, 16-bit scales, zero points of as many bits as an integer; null: what zeros save depends on the format. */
function publishedBits({ in: inputs }, how) {
	switch (how.method) {
		case "wanda":
		case "sparsegpt": return null;
		case "gptq":
		case "awq": return how.bits + (16 + how.bits) * groupsPerChannel(inputs, how.group) / inputs;
		case "nf4": return 4.5;
		case "int8-outlier": return 8 + 32 / inputs;
		case "smoothquant": return how.bits + 16 / inputs;
	}
}
var Making = class {
	#subject;
	#how;
	#read;
	/** The factor that was asked for last: matrices with one input are read one after the other. */
	#latest = null;
	/** (in) AWQ's scales by input. */
	#scales = /* @__PURE__ */ new Map();
	constructor(subject, how, read) {
		this.#subject = subject;
		this.#how = how;
		this.#read = read;
	}
	matrix(tensor, of, target) {
		const shape = target.layout === "out-in" ? [target.out, target.in] : [target.in, target.out];
		const beside = this.#beside(tensor, target);
		const dense = target.out * target.in * 2;
		return {
			kind: "joint",
			text: `${publishedText(this.#how)} of ${JSON.stringify(target.input)}`,
			of: [of, ...beside.map((other) => this.#sourceOf(other))],
			shape,
			stored: {
				storedAs: publishedText(this.#how),
				byteLength: publishedBytes(target, dense, this.#how)
			},
			make: async (inputs) => {
				const names = [tensor, ...beside];
				const [own, ...others] = inputs.map((data, i) => this.#rows(names[i] ?? tensor, data));
				if (own === void 0) throw new RangeError("a matrix without a source");
				return storedLayout(await this.#compressed(own, others, {
					tensor,
					...target
				}), target);
			}
		};
	}
	/** A gain or a bias that SmoothQuant divides; null: it stays. */
	norm(tensor, of) {
		const norm = this.#how.method === "smoothquant" ? this.#subject.norms.find(({ gain, bias }) => gain === tensor || bias === tensor) : void 0;
		const [first] = norm?.matrices ?? [];
		if (norm === void 0 || first === void 0) return null;
		const offset = tensor === norm.gain ? norm.gainOffset : 0;
		const width = this.#targetOf(first).in;
		return {
			kind: "joint",
			text: `${publishedText(this.#how)} before ${JSON.stringify(norm.input)}`,
			of: [of, ...norm.matrices.map((matrix) => this.#sourceOf(matrix))],
			shape: [width],
			make: async ([stored, ...matrices]) => {
				if (stored === void 0) throw new RangeError("a norm without a source");
				const scales = smoothingScales(matrices.map((data, i) => this.#rows(norm.matrices[i] ?? first, data)), await this.#read(norm.input, "largest"));
				return toFloat32(stored).map((value, k) => (value + offset) / (scales[k] ?? 1) - offset);
			}
		};
	}
	/** Other matrices that a rule looks at beside one: those that share its scales. */
	#beside(tensor, { input }) {
		if (this.#how.method === "awq") return [...this.#subject.targets].flatMap(([name, other]) => other.input === input && name !== tensor ? [name] : []);
		if (this.#how.method !== "smoothquant") return [];
		return this.#normBefore(tensor)?.matrices.filter((name) => name !== tensor) ?? [];
	}
	#normBefore(tensor) {
		return this.#subject.norms.find(({ matrices }) => matrices.includes(tensor)) ?? null;
	}
	async #compressed(own, beside, { tensor, input }) {
		const how = this.#how;
		switch (how.method) {
			case "wanda": return wanda(own, await this.#read(input, "squares"), how.sparsity);
			case "sparsegpt": return sparseGpt(own, await this.#factor(input), how.sparsity);
			case "gptq": return gptq(own, await this.#factor(input), how);
			case "awq": {
				const scales = this.#scales.get(input) ?? this.#awqScales([own, ...beside], input, how);
				this.#scales.set(input, scales);
				return awq(own, await scales, how);
			}
			case "nf4": return normalFloat(own.data);
			case "int8-outlier": return int8Rows(own);
			case "smoothquant": return await this.#smoothed(own, beside, this.#normBefore(tensor));
		}
	}
	async #awqScales(matrices, input, how) {
		return awqScales(matrices, await this.#read(input, "magnitudes"), await this.#factor(input), how);
	}
	/** Where no norm stands before it, a matrix is rounded as it is. */
	async #smoothed(own, beside, norm) {
		const sides = {
			out: own.out,
			in: own.in,
			layout: "out-in"
		};
		const data = norm === null ? own.data : smoothed(own, smoothingScales([own, ...beside], await this.#read(norm.input, "largest")));
		return roundToNearest(data, sides, {
			bits: 8,
			group: null
		});
	}
	async #factor(input) {
		if (this.#latest?.input !== input) {
			const factor = this.#read(input, "products").then((products) => feedbackFactor(products, Math.round(Math.sqrt(products.length))));
			this.#latest = {
				input,
				factor
			};
		}
		return await this.#latest.factor;
	}
	#targetOf(tensor) {
		const target = this.#subject.targets.get(tensor);
		if (target === void 0) throw new RangeError(`${tensor} is no target`);
		return target;
	}
	#sourceOf(tensor) {
		const source = this.#subject.base.sources.get(tensor);
		if (source === void 0) throw new RangeError(`the plan has no ${tensor}`);
		return source;
	}
	#rows(tensor, data) {
		return rowsOf$1(tensor, data, this.#targetOf(tensor));
	}
};
/** (out, in), as a rule sees it. Errors: COMPRESSION_SHAPE_MISMATCH. */
function rowsOf$1(name, tensor, channels) {
	return {
		data: channelRows(matrixOf$1({
			name,
			channels
		}, tensor), channels),
		out: channels.out,
		in: channels.in
	};
}
// src/compression/calibrated/statistics.ts
function calibrationSlot() {
	let found = null;
	return {
		read: async (input, figure) => {
			if (found === null) throw new RangeError("a calibrated tensor was read before the calibration");
			return await found(input, figure);
		},
		fill: (figures) => {
			found = figures;
		}
	};
}
// src/models/smoothing.ts
/** Blocks whose matrices read the residual stream itself, norms without a gain, and norms before routers, delta nets and low-rank paths have none. */
function smoothedNorms({ spec, weights }) {
	const byGain = /* @__PURE__ */ new Map();
	for (const [layer, block] of weights.blocks.entries()) for (const { norm, name, matrices, hasOthers } of readers(block)) {
		const gain = norm?.gain?.tensor;
		if (gain === void 0 || hasOthers) continue;
		const tensors = matrices.flatMap((linear) => linear === null ? [] : [linear.weight.tensor]);
		const before = byGain.get(gain);
		byGain.set(gain, {
			gain,
			bias: norm?.bias?.tensor ?? null,
			gainOffset: spec.norm.gainOffset,
			input: before?.input ?? targetInputName({
				layer,
				name
			}),
			matrices: [.../* @__PURE__ */ new Set([...before?.matrices ?? [], ...tensors])]
		});
	}
	return [...byGain.values()];
}
/** Attention and MLP side by side may share the norm before both. */
function readers({ delta, experts, laurel, ...block }) {
	const { preAttention, preMlp, q, k, v, outputGate = null, gate, up } = block;
	return [{
		norm: preAttention,
		name: "qkv",
		matrices: [
			q,
			k,
			v,
			outputGate
		],
		hasOthers: delta !== void 0 || laurel !== void 0
	}, {
		norm: preMlp,
		name: "up",
		matrices: [gate, up],
		hasOthers: experts !== void 0
	}];
}
// src/audit/subjects/derived/published.ts
/** @file A candidate that the reference's weights are compressed to by a published rule. */
/** Columns of inputs with a value from here on stay as they are in LLM.int8(): its paper's and its library's. */
const OUTLIERS = 6;
/** Errors: SMOOTHING_OF_EXPERTS. Its weights can be read once the slot is filled. */
function publishedCandidate({ name, spec }, reference, how, simulated) {
	const { decoder, plan: base } = reference;
	if (how.method === "smoothquant" && decoder.weights.blocks.some(({ experts }) => experts !== void 0)) throw smoothingOfExperts(spec);
	const targets = new Map([...projections(decoder)].map(([tensor, { input, ...side }]) => [tensor, {
		...side,
		input: targetInputName(input)
	}]));
	const subject = {
		base,
		targets,
		norms: smoothedNorms(decoder)
	};
	const slot = calibrationSlot();
	const plan = publishedPlan(name, subject, how, slot.read);
	const inputs = simulated === "simulate" ? activationsOf(how) : null;
	const activations = inputs === null ? reference.activations : new Map([...targets.keys()].map((tensor) => [tensor, inputs]));
	const own = {
		name,
		plan,
		tensors: planTensors(plan),
		remainder: null,
		unpackFrom: null,
		activations
	};
	return {
		kind: "derived",
		name,
		spec,
		model: {
			...reference,
			...own,
			warnings: []
		},
		compression: described(how, subject, activationsOf(how), simulated),
		made: publishedText(how),
		matching: null,
		calibrated: {
			figures: FIGURES_OF[how.method],
			slot
		},
		form: "as-stored"
	};
}
/** What the rule does to inputs of the matrices at run time; null: nothing. */
function activationsOf({ method }) {
	if (method === "int8-outlier") return llmInt8Input(OUTLIERS);
	return method === "smoothquant" ? llmInt8Input(0) : null;
}
function described(how, { targets }, inputs, simulated) {
	const sides = [...targets.values()];
	const parameters = sides.reduce((sum, side) => sum + side.out * side.in, 0);
	const whole = sides.map((side) => {
		const bits = publishedBits(side, how);
		return bits === null ? null : bits * side.out * side.in;
	}).reduce((sum, bits) => sum === null || bits === null ? null : sum + bits, 0);
	return {
		method: how.method,
		bits: whole === null || parameters === 0 ? null : whole / parameters,
		..."sparsity" in how ? { sparsity: sparsityOf(how.sparsity) } : {},
		..."group" in how && how.group !== null ? { groupSize: how.group } : {},
		tensors: sides.length,
		parameters,
		...inputs === null ? {} : { activations: `${describeActivations(inputs)}${simulated === "simulate" ? "" : ", not simulated"}` }
	};
}
function sparsityOf(sparsity) {
	return sparsity.kind === "fraction" ? sparsity.fraction : 1 - sparsity.keep / sparsity.of;
}
// src/audit/subjects/same/rotary.ts
/** `same`: are two numbers equal, within what the formats keep of them? */
function rotaryDifferences(found, expected, same) {
	if (found === null || expected === null) {
		if (found === expected) return [];
		return [{
			what: "rotary embedding",
			found: found && "present",
			expected: expected && "present"
		}];
	}
	if (found.size !== expected.size) return [{
		what: "number of rotated dimensions",
		found: found.size,
		expected: expected.size
	}];
	const differences = [];
	if (found.pairing !== expected.pairing) differences.push({
		what: "pairing of rotated dimensions",
		found: found.pairing,
		expected: expected.pairing
	});
	if (!same(found.amplitude, expected.amplitude)) differences.push({
		what: "rotary amplitude",
		found: found.amplitude,
		expected: expected.amplitude
	});
	return [...differences, ...angleDifferences(found, expected, same)];
}
function angleDifferences(found, expected, same) {
	const other = found.inverseFrequency.flatMap((angle, pair) => same(angle, present(expected.inverseFrequency[pair])) ? [] : [pair]);
	const [first] = other;
	if (first === void 0) return [];
	const [a, b] = [plainForm(found, same), plainForm(expected, same)];
	if (a !== null && b !== null) {
		const differences = [{
			what: "rotary base",
			found: a.base,
			expected: b.base
		}, {
			what: "rotary scaling factor",
			found: a.factor,
			expected: b.factor
		}].filter((difference) => !same(difference.found, difference.expected));
		if (differences.length > 0) return differences;
	}
	return [{
		what: `rotary angle of pair ${first} (of ${other.length} pairs that turn otherwise)`,
		found: shown(present(found.inverseFrequency[first])),
		expected: shown(present(expected.inverseFrequency[first]))
	}];
}
/** Base and factor, where all angles follow from them; null: they do not, or one pair is too few to tell. */
function plainForm({ size, inverseFrequency }, same) {
	const [first = 0] = inverseFrequency;
	const last = inverseFrequency.length - 1;
	if (last < 1) return null;
	const base = (first / present(inverseFrequency[last])) ** (size / (2 * last));
	return inverseFrequency.every((angle, pair) => same(angle, first * base ** (-2 * pair / size))) ? {
		base: shown(base),
		factor: shown(1 / first)
	} : null;
}
/** To six digits: what a config says, without the rounding of our way back to it. */
const shown = (value) => Number(value.toPrecision(6));
// src/audit/subjects/same/model.ts
/**
* @file Is a candidate a version of the reference? Blocks and width must agree, or features cannot be compared. The
* family may have another name where the computation is the same (GGUF files call Mistral a llama). Smaller differences
* belong to the artifact and are only told: another rope base, window or epsilon is run as the candidate says it.
*
* Vocabularies may differ in padding: rows beyond the smaller one are left out of both models' losses, provided that no
* token of the corpus lies there.
*/
/** float32 metadata (GGUF) of a number that config.json holds in decimal differs by less. */
const RELATIVE_TOLERANCE = 1e-5;
/**
* Warnings about what differs. `length`: longest sequence that is run; a window that covers it is no window.
* Errors: MODELS_DIFFER.
*/
function compareModels(reference, candidate, name, length) {
	const [ours, theirs] = [reference.spec, candidate.spec];
	const required = [[
		"number of blocks",
		theirs.blocks.length,
		ours.blocks.length
	], [
		"width",
		theirs.d_model,
		ours.d_model
	]];
	for (const [what, found, expected] of required) if (found !== expected) throw modelsDiffer(name, what, found, expected);
	if (ours.family !== theirs.family && structure(reference) !== structure(candidate)) throw modelsDiffer(name, "family", theirs.family, ours.family);
	return [...vocabularyWarning(reference, candidate), ...numberWarnings(reference, candidate, length)];
}
/** What the families that are built alike share, as one text. */
function structure({ spec, weights }) {
	const block = spec.blocks.map(({ layout, attention, mlp }) => {
		if (attention.kind === "delta") return [
			layout,
			attention,
			mlp
		];
		const { heads, kvHeads, headSize, qkNorm, outputGate = false } = attention;
		const { valueNorm = false, valuesOfKeys = false, keysOf = null } = attention;
		return [
			layout,
			heads,
			kvHeads,
			headSize,
			qkNorm,
			outputGate,
			valueNorm,
			valuesOfKeys,
			keysOf,
			mlp
		];
	});
	const norms = weights.blocks.map((w) => [
		w.preAttention,
		w.postAttention,
		w.preMlp,
		w.postMlp
	].map(Boolean));
	const factors = [
		spec.embeddingScale,
		spec.residualScale,
		spec.logitScale
	];
	const beside = [spec.tokenVectors ?? null, spec.streams ?? null];
	return JSON.stringify([
		spec.norm.kind,
		spec.norm.gainOffset,
		...factors,
		block,
		norms,
		beside
	]);
}
function vocabularyWarning({ spec: ours }, { spec: theirs }) {
	if (ours.n_vocab === theirs.n_vocab) return [];
	const common = Math.min(ours.n_vocab, theirs.n_vocab);
	return [`its vocabulary has ${theirs.n_vocab} rows, the reference's ${ours.n_vocab}; both are compared on the first ${common}, the rest is padding`];
}
function numberWarnings(reference, candidate, length) {
	const [ours, theirs] = [reference.spec, candidate.spec];
	const differences = /* @__PURE__ */ new Map();
	const compare = (what, found, expected) => {
		if (!same(found, expected)) differences.set(what, `${found ?? "none"} instead of ${expected ?? "none"}`);
	};
	compare("norm epsilon", theirs.norm.epsilon, ours.norm.epsilon);
	compare("embedding scale", theirs.embeddingScale, ours.embeddingScale);
	compare("residual scale", theirs.residualScale, ours.residualScale);
	compare("logit scale", theirs.logitScale, ours.logitScale);
	compare("logit soft-cap", theirs.logitSoftcap, ours.logitSoftcap);
	for (const [layer, block] of theirs.blocks.entries()) {
		const other = ours.blocks[layer];
		if (other !== void 0) compareBlocks(block, other, length, compare);
	}
	return [...differences].map(([what, how]) => `its config differs from the reference's: ${what} is ${how}; it was run with its own`);
}
function compareBlocks(candidate, reference, length, compare) {
	const [a, b] = [attentionOf(candidate), attentionOf(reference)];
	const window = (w) => w === null || w >= length ? null : w;
	if (a !== null && b !== null) {
		compare("attention scale", a.scale, b.scale);
		compare("attention soft-cap", a.softcap, b.softcap);
		compare("attention window", window(a.window), window(b.window));
		for (const { what, found, expected } of rotaryDifferences(a.rotary, b.rotary, same)) compare(what, found, expected);
	}
	compare("kind of attention", a === null ? "a delta net" : "attention", b === null ? "a delta net" : "attention");
	compare("activation function", candidate.mlp.activation, reference.mlp.activation);
	compare("MLP width", candidate.mlp.size, reference.mlp.size);
	const [theirs, ours] = [candidate.mlp.experts, reference.mlp.experts];
	compare("number of experts", theirs?.count ?? 0, ours?.count ?? 0);
	compare("experts per token", theirs?.perToken ?? 0, ours?.perToken ?? 0);
	compare("width of an expert", theirs?.size ?? 0, ours?.size ?? 0);
	compare("routing", theirs?.routing ?? null, ours?.routing ?? null);
}
function same(a, b) {
	if (typeof a !== "number" || typeof b !== "number") return a === b;
	return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
/** Every token that is run must be one of the candidate's. `name`: its spec. Errors: MODELS_DIFFER. */
function checkTokensKnown(name, known, ids) {
	const { reference, candidate } = known;
	if (candidate < reference && ids.some((id) => id >= candidate)) throw modelsDiffer(name, "vocabulary", candidate, reference);
}
// src/models/graph/fused-attention.ts
/**
* @file Which nodes of a graph are fused attention, and why none of them may run on WebGPU. Of onnxruntime 1.30:
*
* - GroupQueryAttention ignores its `softcap` there: with a cap of 2 it gives the uncapped result to 2.6e-7, off by 0.7 of
*   values up to 2, at any length. No shader of the provider knows soft caps, so this holds for every driver. Gemma 2 has
*   one. https://github.com/microsoft/onnxruntime/pull/27461 would add it.
* - The flash kernel, which GroupQueryAttention and MultiHeadAttention take from 32 positions on, adds up the scores of one
*   step over the keys in variables that it declares in the loop without a value and needs to be zero in every step. By way
*   of Vulkan (Dawn to SPIR-V, Mesa's llvmpipe) they are not: a step starts from the softmax shares that the last one left
*   in them. That mistake, computed by hand, is what the kernel gives to 5e-7; the right result is 0.2 away. Metal and
*   Direct3D are translated in other ways, of which we have measured none.
*
* The graphs that saegate builds use tiled-attention.ts there instead.
*/
/** As the operators are called in the default and in onnxruntime's own domain. */
const FUSED = /* @__PURE__ */ new Set([
	"Attention",
	"GroupQueryAttention",
	"MultiHeadAttention"
]);
/** The first fused attention among nodes; null: there is none. */
function fusedAttention(nodes) {
	return nodes.find(({ op }) => FUSED.has(op))?.op ?? null;
}
// src/audit/subjects/user-onnx.ts
/** @file A user's own ONNX model as a candidate, before it is run: what is said of it, where it is tapped, what is checked. */
/** What an optimization level may change: kernels and their rounding, not what is quantized. */
const AS_STORED = "run as it is stored: onnxruntime fuses its operators (graphOptimizationLevel all), adds int8 products exactly on every processor (session.x64quantprecision), and quantizes no activations that the model does not (session.qdq_matmulnbits_accuracy_level)";
function rangeWarnings({ model, signature }) {
	if (!hasRunRanges(model)) return [];
	const { batch } = signature;
	return [`its activations are quantized by their range over a run: ${batch === null || batch === 1 ? "one sequence a run, as a server does" : `${batch} sequences a run, for which it was exported, and they change each other`}`];
}
/** Its own vocabulary, its own notes. */
function onnxCandidate({ name, spec }, user, reference) {
	const { n_vocab } = reference.decoder.spec;
	const vocabulary = user.signature.logits.shape?.at(-1) ?? n_vocab;
	const warnings = [
		AS_STORED,
		...rangeWarnings(user),
		...user.notes
	];
	if (vocabulary !== n_vocab) warnings.push(`its logits have ${vocabulary} columns, the reference's ${n_vocab}; both are compared on the first ${Math.min(vocabulary, n_vocab)}`);
	return {
		kind: "onnx",
		name,
		spec,
		user,
		vocabulary,
		warnings,
		compression: { ...user.quantization }
	};
}
/** The tap of every hook, by its name. Errors: ONNX_TAP_*. */
function userTaps(user, hooks, reference, override) {
	if (override !== null && hooks.length > 1) throw onnxTapHook(user.spec, hooks.map(hookName).join(", "), "--tap names one value, and the SAEs read several hooks");
	const { spec } = reference.decoder;
	const tap = (hook) => tapOf(user.spec, user.model, user.stream, spec, hook, override);
	return new Map(hooks.map((hook) => [hookName(hook), tap(hook)]));
}
/** What can be known before anything is run. Errors: ONNX_TAP_*, ONNX_FIXED_LENGTH, ONNX_FUSED_ATTENTION. */
function checkUserModel(user, hooks, reference, config) {
	const fused = config.device === "webgpu" ? fusedAttention(user.model.nodes) : null;
	if (fused !== null) throw onnxFusedAttention(user.spec, fused);
	userTaps(user, hooks, reference, config.tap);
	const { length } = user.signature;
	const other = [config.corpus.blockLength, config.perplexity.sliding?.window ?? config.corpus.blockLength].find((asked) => asked !== length);
	if (length !== null && other !== void 0) throw onnxFixedLength(user.spec, length, other);
}
// src/audit/subjects/open-candidates.ts
/** @file Candidate specs, opened: derived from the reference, or a checkpoint of its own. */
/**
* Open every candidate and check it against the reference, before anything is run. Errors: those of compression specs, of
* checkpoints, MODELS_DIFFER, those of basis.ts.
*/
async function openCandidates(opening, reference) {
	const candidates = [];
	const taken = /* @__PURE__ */ new Set();
	try {
		for (const spec of opening.config.candidates) candidates.push(await openCandidate(opening, reference, {
			spec,
			name: uniqueName(spec, taken)
		}));
	} catch (error) {
		await closeCandidates(candidates);
		throw error;
	}
	return candidates;
}
async function openCandidate(opening, reference, named) {
	const { spec } = named;
	if (isPlanSpec(spec)) return await openPlanned(opening, reference, named);
	const published = parsePublished(spec);
	const how = parseCompression(spec);
	if (published !== null) return publishedCandidate(named, reference, published, opening.config.activations);
	if (how === null) return await openArtifact(opening, reference, named).catch((error) => {
		throw isMissing(error) ? candidateMissing(spec, error) : error;
	});
	return how.method === "match" ? matched(named, reference, how) : derived(named, reference, how);
}
const isMissing = (error) => error instanceof SaegateError && error.code === fileMissing.code;
/** A spec that is nearly one is told as such; nothing else is known of a path. */
function candidateMissing(spec, error) {
	const near = nearSpec(spec);
	return near === null ? error : fileMissing(spec, near);
}
async function openPlanned(opening, reference, named) {
	const file = await readPlanFile(named.spec);
	const base = await openCandidate(opening, reference, {
		spec: file.base,
		name: named.name
	});
	try {
		return await plannedCandidate(named, reference, file, base);
	} catch (error) {
		await closeCandidates([base]);
		throw error;
	}
}
function matched(named, reference, how) {
	const prunedTo = (sparsity) => derived(named, reference, matchedPrune(how, sparsity));
	const spec = compressionText(how.target);
	const target = derived({
		name: `${named.name}: ${spec}`,
		spec
	}, reference, how.target);
	return {
		...prunedTo(FIRST_SPARSITY),
		matching: {
			target,
			prunedTo
		}
	};
}
function derived(named, reference, how) {
	const { name, spec } = named;
	if (how.layout === "transformerlens") return derivedInLens(named, reference, how);
	const targets = projections(reference.decoder);
	const plan = compressedPlan(name, reference.plan, targets, how);
	const [tensors, remainder] = [planTensors(plan), planRemainder(plan)];
	return {
		kind: "derived",
		name,
		spec,
		model: {
			...reference,
			name,
			plan,
			tensors,
			remainder,
			unpackFrom: null,
			warnings: []
		},
		compression: describeCompression(how, targets),
		made: compressionText(how),
		matching: null,
		form: "as-stored"
	};
}
/** Errors: LAYOUT_OF_QUANTIZED, LAYOUT_OF_EXPERTS, LAYOUT_OF_DELTA_NETS. */
function derivedInLens({ name, spec }, reference, how) {
	if (reference.activations.size > 0) throw layoutOfQuantized(spec);
	const { norm, blocks } = reference.decoder.spec;
	if (norm.kind === "layer" && blocks.some(({ mlp }) => mlp.experts !== void 0)) throw layoutOfExperts(spec);
	if (blocks.some((block) => attentionOf(block) === null)) throw layoutOfDeltaNets(spec);
	const { decoder, plan, targets, isCentred } = lensForm(name, reference.decoder, reference.plan, how);
	const own = {
		name,
		decoder,
		plan,
		tensors: planTensors(plan),
		remainder: null,
		unpackFrom: null
	};
	return {
		kind: "derived",
		name,
		spec,
		model: {
			...reference,
			...own,
			warnings: []
		},
		compression: describeCompression(how, targets),
		made: compressionText(how),
		matching: null,
		form: isCentred ? "folded" : "as-stored"
	};
}
async function openArtifact(opening, reference, named) {
	const files = await opening.open(named.spec);
	try {
		const onnxFile = findOnnx(files);
		if (onnxFile === null) return await openWeights(opening, reference, named, files);
		return onnxCandidate(named, await openUserModel(files, onnxFile, opening.open), reference);
	} catch (error) {
		await files.close();
		throw error;
	}
}
async function openWeights({ config }, reference, { name, spec }, files) {
	const checkpoint = await openCheckpoint(spec, files);
	try {
		const length = longestSequence(config);
		const described = describeModel(checkpoint, length, config.activations);
		const differences = compareModels(reference.decoder, described.decoder, spec, length);
		const { basis, warnings } = await residualBasis(reference, described, checkpoint, config.unrotate);
		return {
			kind: "stored",
			name,
			spec,
			model: {
				...described,
				name,
				basis,
				warnings: [
					...described.warnings,
					...differences,
					...warnings
				]
			},
			checkpoint,
			compression: compressionOf(checkpoint, config.activations)
		};
	} catch (error) {
		await checkpoint.close();
		throw error;
	}
}
/** Null where the weights are stored as plain floats. */
function compressionOf(checkpoint, simulated) {
	const { packed, gguf } = checkpoint;
	if (gguf !== null) return {
		...gguf.describe,
		activations: null
	};
	if (packed === null) return null;
	const { bits, groupSize, tensors, parameters } = packed.describe;
	return {
		method: packed.method,
		bits,
		...groupSize === void 0 ? {} : { groupSize },
		tensors,
		parameters,
		activations: activationsInWords(checkpoint, simulated)
	};
}
/** File systems allow 255 bytes; a table's name carries the hook point and an ending too. */
const LONGEST_NAME = 100;
/** `rtn:6` → `rtn-6`, `./models/int6` → `int6`; numbered when taken, upper and lower case aside (some disks tell no difference). */
function uniqueName(spec, taken) {
	const safe = (spec.startsWith("rtn:") || spec.startsWith("prune:") || parsePublished(spec) !== null ? spec : basename(spec.replace(isPlanSpec(spec) ? /\.json$/ : /[\\/]+$/, ""))).replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+/, "").slice(0, LONGEST_NAME) || "candidate";
	let name = safe;
	for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${safe}-${n}`;
	taken.add(name.toLowerCase());
	return name;
}
// src/corpus/tokenizers/vocabulary.ts
/**
* @file Which token each id stands for, and whether two models agree on it where it matters: both read the reference's ids,
* so a candidate that numbers the same tokens otherwise would be run on another text.
*
* Tokens that only one of the two knows are no disagreement by themselves: GGUF files and Hugging Face spell a few of them
* differently, and reserved places get names later.
*/
/** The vocabulary of a tokenizer.json and its added tokens; null: there is none. Errors: those of reading JSON. */
async function readVocabulary(files) {
	const name = tokenizerFile(files);
	if (name === null) return null;
	return vocabularyOf(vocabularyEntries(await readJsonObject(files, name)));
}
/** Tokens in the order of their ids, as GGUF files list them. */
function listedVocabulary(tokens) {
	return vocabularyOf(tokens.map((token, id) => [token, id]));
}
function vocabularyOf(entries) {
	return {
		tokens: new Map(entries.map(([token, id]) => [id, token])),
		ids: new Map(entries)
	};
}
/** Of these ids, those that stand for tokens which the other model has under another id; null: none. */
function disagreement(ours, theirs, ids) {
	let first = null;
	let count = 0;
	for (const id of new Set(ids)) {
		const [token, other] = [ours.tokens.get(id), theirs.tokens.get(id)];
		if (token === void 0 || other === void 0 || token === other) continue;
		if (!theirs.ids.has(token) && !ours.ids.has(other)) continue;
		first ??= {
			id,
			ours: token,
			theirs: other
		};
		count++;
	}
	return first === null ? null : {
		...first,
		count
	};
}
// src/audit/subjects/same/tokens.ts
/** Errors: TOKENS_DIFFER for an id of the corpus that means another token to a candidate, those of reading JSON. */
async function compareTokens(opening, { checkpoint }, candidates, ids) {
	const artifacts = candidates.filter(({ kind }) => kind !== "derived");
	const ours = artifacts.length === 0 ? null : await referenceVocabulary(opening, checkpoint);
	if (ours === null) return;
	for (const candidate of artifacts) {
		const theirs = await vocabularyIn(candidate);
		const found = theirs === null ? null : disagreement(ours, theirs, ids);
		if (found !== null) throw tokensDiffer(candidate.spec, found);
	}
}
/** Of --tokenizer, else of the reference itself. */
async function referenceVocabulary({ config, open }, checkpoint) {
	if (config.tokenizer === null) return await checkpointVocabulary(checkpoint);
	const files = await open(config.tokenizer);
	try {
		return await readVocabulary(files);
	} finally {
		await files.close();
	}
}
async function vocabularyIn(candidate) {
	switch (candidate.kind) {
		case "derived": return null;
		case "stored": return await checkpointVocabulary(candidate.checkpoint);
		case "onnx": return await readVocabulary(candidate.user.files);
		default: return unknownKind(candidate);
	}
}
/** A GGUF file's own list counts over a tokenizer.json beside it: it is what the file is run with. */
async function checkpointVocabulary({ gguf, files }) {
	const listed = gguf?.tokens ?? null;
	return listed === null ? await readVocabulary(files) : listedVocabulary(listed);
}
// src/audit/text/own-tokenizers.ts
/**
* @file Would a candidate's own tokenizer make the reference's tokens of a text?
*
* Both models are run on the reference's tokens. A file that carries a tokenizer is deployed with that one, and a conversion that
* lost a rule of it (how digits and spaces are cut, the BOS) ships a model that reads another text: no figure here would show it.
*/
/** Tokens of the corpus whose text is cut anew. */
const MOST_TOKENS = 4096;
/** Characters of a line that are quoted. */
const QUOTED = 40;
/** What conversions cut otherwise: numbers, contractions, runs of spaces, line ends, code, scripts, marks, emoji. */
const PROBE = [
	"In 1999, 3.14159 of 1,234,567 and 0x7F3A; 100000000.",
	"I'll say THEY'RE here, don't you? (he'd gone)",
	"spaces  two   three    four	one		two ",
	"    for (let i = 0; i < n; i++) { x[i] += a.b_c->d; }",
	"<div class=\"a-b\">https://example.org/?q=1&r=%20</div>",
	"Größe, façade, naïve, Ωmega, Москва́, שָׁלוֹם, السَّلام, हिन्दी, ไทย",
	"今天天气很好。日本語のテキスト、한국어 문장",
	"👩‍👩‍👧 🇩🇪 ½ ² … — „quoted“"
];
/** One warning for each candidate whose tokenizer cuts text otherwise, or could not be read. Errors: those of the reference's own. */
async function textWarnings(opening, { checkpoint }, candidates, tokens) {
	const carried = candidates.flatMap((one) => one.kind === "stored" ? [one] : []);
	const ours = carried.length === 0 ? null : await tokenizerOrNone(() => tokenizerOf(opening, checkpoint));
	if (ours === null || "reason" in ours) return [];
	const lines = [...textOf(tokens), ...PROBE];
	const warnings = [];
	for (const { name, checkpoint: artifact } of carried) {
		const theirs = await tokenizerOrNone(() => ownTokenizer(artifact));
		if (theirs === null) continue;
		if ("reason" in theirs) warnings.push(unread(name, theirs.reason));
		else if (theirs.sha256 !== ours.sha256) warnings.push(...differences(name, {
			ours,
			theirs
		}, lines));
	}
	return warnings;
}
/** A GGUF file's own counts over a tokenizer.json beside it: it is what the file is run with. */
async function ownTokenizer({ spec, gguf, files }) {
	const inFile = gguf?.tokenizer() ?? null;
	return await openTokenizer(inFile === null ? files : tokenizerFolder(spec, inFile));
}
/** What cannot be read is no reason to stop: it makes none of the audit's tokens. */
async function tokenizerOrNone(open) {
	try {
		return await open();
	} catch (error) {
		if (error instanceof SaegateError) return { reason: error.message };
		throw error;
	}
}
/** Lines of what is audited. */
function textOf({ sequences: { stream }, text }) {
	if (text === null) return [];
	return text(stream.subarray(0, MOST_TOKENS)).split("\n").filter((line) => line.trim() !== "");
}
function differences(name, { ours, theirs }, lines) {
	const known = lines.flatMap((line) => {
		const ids = idsOf(ours, line);
		return ids === null ? [] : [{
			line,
			ours: ids,
			theirs: idsOf(theirs, line)
		}];
	});
	const other = known.filter((one) => one.theirs === null || !isSame(one.ours, one.theirs));
	const [first] = other;
	const [before, theirsBefore] = [ours.bosFromPostProcessor, theirs.bosFromPostProcessor];
	const said = [...first === void 0 ? [] : [`${other.length} of ${known.length} lines become other tokens, first ${quote(first.line)}`], ...before === theirsBefore ? [] : [`it puts ${inFront(theirsBefore)} before a text, where the reference's puts ${inFront(before)}`]];
	if (said.length === 0) return [];
	return [`${name} carries a tokenizer of its own that is not the reference's: ${said.join("; ")}. Everything here was measured on the reference's tokens; whoever gives the file text to read runs it on others, which no figure here covers (of a GGUF file, tokenizer.ggml.pre and tokenizer.ggml.add_bos_token say it: convert it anew)`];
}
/** Null: it has no token for a part of it. */
function idsOf(tokenizer, line) {
	try {
		return tokenizer.encode(line);
	} catch (error) {
		if (error instanceof SaegateError) return null;
		throw error;
	}
}
const isSame = (a, b) => a.length === b.length && a.every((id, place) => id === b[place]);
const inFront = (id) => id === null ? "nothing" : `token ${id}`;
function quote(line) {
	const shown = [...line];
	return JSON.stringify(shown.length > QUOTED ? `${shown.slice(0, QUOTED).join("")}…` : line);
}
const unread = (name, reason) => `${name} carries a tokenizer of its own that could not be read, so nobody checked here whether it makes the reference's tokens of a text: ${reason}`;
// src/audit/open-subjects.ts
/** @file Everything that an audit measures, opened and checked before anything is run. */
/**
* Open the reference and everything beside it, check all of it, and give it to `use`; closed when that ends. Errors: the subjects'
* own, before anything is run; FILE_EXCHANGED, where what was measured changed meanwhile.
*/
async function withSubjects(config, host, use) {
	const ranged = /* @__PURE__ */ new Map();
	const openText = sourceOpener(process.env, host.onProgress, (file, areVerified) => {
		ranged.set(file, areVerified || ranged.get(file) === true);
	});
	const watch = fileWatch();
	const open = async (spec) => watch.watched(await openText(spec));
	const files = await open(config.reference);
	try {
		const checkpoint = await openCheckpoint(config.reference, files);
		try {
			const reference = {
				checkpoint,
				model: describeModel(checkpoint, longestSequence(config), config.activations)
			};
			return await withOthers({
				config,
				open,
				openText
			}, reference, host, async (subjects) => {
				const unverified = [...ranged].flatMap(([file, areVerified]) => areVerified ? [] : [file]);
				const result = await use(reference, {
					...subjects,
					unverified
				});
				await watch.requireUnchanged(linkedFiles(subjects.candidates));
				return result;
			});
		} finally {
			await checkpoint.close();
		}
	} finally {
		await files.close();
	}
}
/** The data of ONNX models, which staging.ts may give further names by links. */
function linkedFiles(candidates) {
	return new Set(candidates.flatMap((one) => one.kind === "onnx" ? one.user.data.map(({ path }) => path) : []));
}
async function withOthers(opening, reference, { baseline }, use) {
	const { config } = opening;
	const { model, checkpoint } = reference;
	const opened = await openReadouts(opening, model);
	try {
		const candidates = await openCandidates(opening, model);
		try {
			await refuseReference(reference, candidates);
			const tokens = await openTokens(opening, reference);
			const readouts = opened.map((readout) => ({
				...readout,
				positions: countedAt(readout.id, config.positions, readout.dictionary.untrained, tokens.sequences)
			}));
			const matched = candidates.find((one) => one.kind === "derived" && one.matching !== null);
			const matchText = matched === void 0 ? null : await openMatchText(matched.spec, opening, reference, tokens);
			const first = candidates.find(isCalibrated);
			const texts = {
				tokens,
				matchText,
				calibrationText: first === void 0 ? null : await openCalibrationText(first.spec, opening, reference, tokens),
				contamination: await openContamination(opening, reference, candidates, tokens)
			};
			const ours = {
				reference: model,
				files: checkpoint.files,
				readouts,
				candidates,
				...texts
			};
			checkCandidates(config, ours);
			await compareTokens(opening, reference, candidates, tokens.sequences.ids);
			const subjects = {
				...ours,
				textWarnings: await textWarnings(opening, reference, candidates, tokens)
			};
			const corpusSha256 = tokens.sequences.sha256;
			await requireExpected(config.expected ?? ANYTHING, {
				reference,
				readouts,
				candidates,
				corpusSha256
			});
			if (baseline !== null) requireComparable(comparable(config, subjects, await referenceOf(checkpoint)), baseline);
			return await use(subjects);
		} finally {
			await closeCandidates(candidates);
		}
	} finally {
		for (const readout of opened) await readout.close();
	}
}
/** What can only be checked once the tokens are known, before anything is run. */
function checkCandidates(config, { reference, readouts, candidates, tokens }) {
	for (const candidate of candidates) {
		for (const ids of [tokens.sequences.ids, tokens.sequences.stream]) {
			const known = {
				candidate: vocabularyOf$1(candidate),
				reference: reference.decoder.spec.n_vocab
			};
			checkTokensKnown(candidate.spec, known, ids);
		}
		if (candidate.kind === "derived" && candidate.form === "folded") checkFolded(candidate.spec, readouts);
		if (candidate.compression?.method === "smoothquant") checkSmoothed(candidate.spec, readouts);
		if (candidate.kind === "onnx") checkUserModel(candidate.user, hooksOf$1(readouts), reference, config);
	}
	checkAttribution(config, {
		reference,
		candidates,
		readouts
	});
}
/** Errors: SMOOTHING_ELSEWHERE. */
function checkSmoothed(spec, readouts) {
	const normed = readouts.find(({ hook }) => /\.(ln2\.hook_normalized|mlp\.hook_in)$/.test(hook));
	if (normed !== void 0) throw smoothingElsewhere(spec, normed.id);
}
async function referenceOf(checkpoint) {
	return {
		sha256: await checkpoint.sha256(),
		files: await checkpoint.fileDigests()
	};
}
/** What the report will say of these, as far as a baseline has to agree with it. */
function comparable({ thresholds }, { readouts, tokens: { sequences, groupStarts } }, reference) {
	return {
		digests: "files-read",
		reference,
		corpus: {
			sha256: sequences.sha256,
			blockLength: sequences.blockLength,
			groups: groupStarts.length - 1,
			bos: sequences.bos,
			resampling: RESAMPLING_METHOD,
			...madeFrom(sequences)
		},
		readouts: readouts.map(({ id, dictionary, positions, center }) => ({
			id,
			sha256: dictionary.sha256,
			positions,
			center,
			thresholds
		}))
	};
}
// src/audit/machine/memory-room.ts
/**
* @file The memory that this process may still take: what the machine has available, and what the limits of its container leave,
* those of every group above it included (cgroup v2 and v1). Pages that the kernel would give back, the cache of files, count as free.
*/
const fromKernel = (path) => {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return null;
	}
};
/** `read` null: not Linux. */
function memoryRoom(read = process.platform === "linux" ? fromKernel : null) {
	if (read === null) return {
		bytes: process.platform === "win32" ? freemem() : .75 * totalmem(),
		limitedBy: "machine"
	};
	const machine = kilobytes(read("/proc/meminfo"), "MemAvailable") ?? freemem();
	const container = containerRoom(read);
	return container !== null && container < machine ? {
		bytes: Math.max(0, container),
		limitedBy: "container"
	} : {
		bytes: machine,
		limitedBy: "machine"
	};
}
function kilobytes(text, key) {
	const found = new RegExp(`^${key}:\\s+(\\d+) kB`, "m").exec(text ?? "")?.[1];
	return found === void 0 ? null : 1024 * Number(found);
}
/** The least that any group from this process's own up to the root leaves; null: no limit. */
function containerRoom(read) {
	const rooms = [];
	for (const line of (read("/proc/self/cgroup") ?? "").split("\n")) {
		const [id, controllers = "", path = ""] = line.split(":");
		const isV2 = id === "0" && controllers === "";
		if (!isV2 && !controllers.split(",").includes("memory")) continue;
		const root = isV2 ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
		for (const folder of upwards(path)) {
			const room = groupRoom(read, `${root}${folder}`, isV2);
			if (room !== null) rooms.push(room);
		}
	}
	return rooms.length === 0 ? null : Math.min(...rooms);
}
/** `/a/b` → `/a/b`, `/a`, and the root. */
function upwards(path) {
	const parts = path.split("/").filter((part) => part !== "" && part !== "..");
	return Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i).map((part) => `/${part}`).join(""));
}
/** What v1 writes for no limit is near 2⁶³. */
const NO_LIMIT = 2 ** 60;
function groupRoom(read, folder, isV2) {
	const [limitFile, usedFile] = isV2 ? ["memory.max", "memory.current"] : ["memory.limit_in_bytes", "memory.usage_in_bytes"];
	const limit = Number(read(`${folder}/${limitFile}`)?.trim() ?? "none");
	const used = Number(read(`${folder}/${usedFile}`)?.trim() ?? "none");
	if (!Number.isFinite(limit) || !Number.isFinite(used) || limit > NO_LIMIT) return null;
	const cache = new RegExp(`^${isV2 ? "" : "total_"}inactive_file (\\d+)$`, "m").exec(read(`${folder}/memory.stat`) ?? "")?.[1];
	return limit - used + Number(cache ?? 0);
}
// src/audit/rows/few-rows.ts
/** @file Captured rows of some sequences of the text (text/few-sequences.ts). */
/** The rows of these sequences out of a store of all. Errors: SPILL_FAILED. */
async function rowsOf(all, chosen, length, memory) {
	const few = await createRowStore(chosen.length * length, all.width, memory);
	for (let i = 0; i < chosen.length; i++) {
		const first = present(chosen[i]) * length;
		await few.write(i * length, await all.read(first, first + length));
	}
	return few;
}
// src/audit/noise/changed-firings.ts
/**
* @file How often a feature fires in one of two residual streams only: what a rounding of the residual does where an activation
* begins, or jumps.
*/
/** Errors: ENGINE_FAILED. */
async function changedFirings({ encoder, features }, layout, residuals, device) {
	const found = {
		firings: 0,
		changed: 0
	};
	for (const ids of featureChunks(features, encoder)) {
		const some = await changedOf(await pickFeatures(encoder, ids), layout, residuals, device);
		found.firings += some.firings;
		found.changed += some.changed;
	}
	return found;
}
async function changedOf(encoder, layout, residuals, device) {
	const found = {
		firings: 0,
		changed: 0
	};
	const size = runSize(device);
	const session = await createSession(firingsGraph(encoder, size), device, "the SAE encoder");
	try {
		for (const batch of rowBatches(layout, size.featureRows)) {
			const result = await session.run(await passInputs(residuals, batch, size.rowParts));
			for (const name of ["firings", "changed"]) found[name] += result.float32(name).reduce((sum, count) => sum + count, 0);
		}
	} finally {
		await session.release();
	}
	return found;
}
/** Inputs `x_0`, `x_1` (n_row, d_in) and `ones`; outputs `firings` and `changed` (1, features): whole numbers, exact in float32. */
function firingsGraph(encoder, { featureTile, rowParts }) {
	const g = new GraphBuilder();
	const rows = [0, 1].map((m) => g.input(`x_${m}`, "float32", ["n_row", encoder.d_in]));
	const columns = new FeatureColumns(g, g.input("ones", "float32", [
		rowParts,
		1,
		"n_part"
	]));
	const prepared = rows.map((x) => prepareRows(g, x, encoder.input).rows);
	for (const range of featureTiles(encoder.bias.length, featureTile)) {
		const tile = encoderTile(g, encoder, range);
		const [one, other] = prepared.map((x) => {
			const a = activate(g, preActivations(g, x, tile), tile);
			return cast(g, greater(g, a, g.scalar("float32", 0)), "float32");
		});
		if (one === void 0 || other === void 0) continue;
		columns.sum("firings", one);
		columns.sum("changed", abs(g, sub(g, one, other)));
	}
	g.outputs(columns.values(encoder.bias.length));
	return g.build();
}
// src/audit/noise/engine-noise.ts
/** Positions that are computed both ways: seconds on the CPU for a model of 100 M weights, a minute or two for 2 billion. */
const TOKENS = 2048;
/** The sequences whose rows are compared, ascending; none in float32 on the CPU. */
function noiseSequences({ kind, bodyType }, { sequences }) {
	if (kind === "cpu" && bodyType === "float32") return [];
	return evenlySpread(sequences.sequenceCount, sequences.blockLength, TOKENS);
}
/** Null: the audit is in float32 on the CPU itself. Errors: those of capturing a model. */
async function engineNoise(run, captured, readouts) {
	const { device, tokens } = run;
	const chosen = noiseSequences(device, tokens);
	if (chosen.length === 0) return null;
	const { blockLength } = tokens.sequences;
	const cpu = {
		kind: "cpu",
		threads: device.threads,
		bodyType: "float32"
	};
	const few = {
		...run,
		device: cpu,
		headBytes: headRangeBytes(cpu, null, 0),
		tokens: fewSequences(tokens, chosen),
		growing: null
	};
	const exact = await captureModel(few, "reference in float32", captured.model);
	const own = /* @__PURE__ */ new Map();
	try {
		for (const [name, store] of captured.capture.chunked) own.set(name, await rowsOf(store, chosen, blockLength, run.memory));
		const sample = {
			run: few,
			exact,
			own
		};
		const found = [];
		for (const seen of readouts) found.push(await noiseAt(sample, seen));
		const behaviour = wantsLosses(run.config) ? await noiseOfLosses(sample, captured, device) : null;
		return {
			tokens: chosen.length * blockLength,
			klMean: behaviour?.klMean ?? null,
			top1Agreement: behaviour?.top1Agreement ?? null,
			readouts: found
		};
	} finally {
		await closeCapture(exact);
		for (const store of own.values()) await store.close();
	}
}
async function noiseAt({ run, exact, own }, { readout, active }) {
	const residuals = (stores) => ({
		store: storeOf(stores, readout.hook),
		center: readout.center
	});
	const models = [residuals(exact.chunked), residuals(own)];
	const pass = featurePass(run, readout, () => {});
	const reference = await referencePass(pass, models[0], null);
	const [beside] = await candidatePass(pass, active, {
		reference: models[0],
		candidates: [models[1]]
	}, null);
	const { moments, distance } = present(beside);
	const rho = correlations(countedMoments(readout, reference, addReferenceMoments), countedMoments(readout, moments, addCandidateMoments)).filter((one) => !Number.isNaN(one));
	const { encoder } = readout;
	const fired = encoder.activatesBy === "feature" ? await changedFirings({
		encoder,
		features: active
	}, rowLayout(run.tokens, readout), models, run.device) : null;
	const total = (counts) => counts.reduce((sum, count) => sum + count, 0);
	return {
		id: readout.id,
		residualError: residualErrorOf(distance),
		features: rho.length,
		meanCorrelation: rho.length === 0 ? null : total(rho) / rho.length,
		fifthPercentile: rho.length === 0 ? null : quantile(rho, .05),
		firings: fired?.firings ?? null,
		changedFirings: fired?.changed ?? null
	};
}
/** KL of the same hidden states as both arithmetics have them, each with its own unembedding, in one head on the CPU. */
async function noiseOfLosses({ run, exact, own }, { model }, device) {
	const unembeddings = [await openUnembedding(model, run.device), await openUnembedding(model, device)];
	const hidden = [storeOf(exact.chunked, HIDDEN), storeOf(own, HIDDEN)];
	const head = {
		unembeddings,
		models: [0, 1]
	};
	const { scored } = run.tokens.chunked;
	const { candidates } = await tokenLosses({
		head,
		hidden,
		rangeBytes: run.headBytes
	}, scored, run.device, () => {});
	const { kl, agrees } = present(candidates[0]);
	const count = Math.max(1, kl.length);
	return {
		klMean: kl.reduce((sum, one) => sum + one, 0) / count,
		top1Agreement: agrees.reduce((sum, one) => sum + one, 0) / count
	};
}
/** The noise in one sentence a read-out, for the notes of a report. */
function noiseNotes(noise) {
	if (noise === null) return [];
	const { tokens, klMean, readouts } = noise;
	const kl = klMean === null ? "" : `, KL ${klMean.toExponential(1)}`;
	const begin = `engine noise: the reference as computed here against float32 on the CPU, on ${tokens} tokens`;
	if (readouts.length === 0) return [`${begin}${kl}`];
	return readouts.map(({ id, residualError, meanCorrelation, fifthPercentile, firings, changedFirings }) => {
		const rho = meanCorrelation === null || fifthPercentile === null ? "" : `, mean 1 − ρ ${(1 - meanCorrelation).toExponential(1)}, 95 % of features below ${(1 - fifthPercentile).toExponential(1)}`;
		const changed = firings === null ? "" : `, ${changedFirings} of ${firings} firings changed`;
		return `${begin}${kl}; ${id}: residual off by ${residualError.toExponential(1)}${rho}${changed}`;
	});
}
// src/audit/subjects/same/sources.ts
/** @file Do two models take tensors from the same place? Told by their plans, so that nothing has to be read. */
/** Models of different decoders, or whose tensors would have to be compared, are none. */
function haveSameSources(a, b, refs) {
	if (a.decoder !== b.decoder) return false;
	return refs.every((ref) => ref === null || sameSource(a.plan.sources.get(ref.tensor), b.plan.sources.get(ref.tensor)));
}
/** Do the plans already say that both unembeddings are one? */
function haveSameUnembedding(a, b) {
	const { weight, bias } = a.decoder.weights.unembedding;
	return haveSameSources(a, b, [weight, bias]);
}
/** The table of token embeddings, likewise. */
function haveSameEmbedding(a, b) {
	return haveSameSources(a, b, [a.decoder.weights.embedding]);
}
// src/audit/plan/calibration-plan.ts
/** Of passes one after the other, each of whose products are kept. Null: there is none. */
function calibrationSize(decoder, passes) {
	const sizes = passes.map((pass) => passSize(decoder, pass));
	if (sizes.length === 0) return null;
	const most = (of) => Math.max(...sizes.map(of));
	return {
		running: most(({ running }) => running),
		kept: sizes.reduce((sum, { kept }) => sum + kept, 0),
		between: most(({ between }) => between),
		making: most(({ making }) => making)
	};
}
function passSize(decoder, { figures, rows }) {
	const widths = /* @__PURE__ */ new Map();
	let largest = 0;
	for (const { linear, input } of targets(decoder)) {
		const { out, width } = sidesOf(linear);
		widths.set(targetInputName(input), {
			layer: input.layer,
			width
		});
		largest = Math.max(largest, out * width);
	}
	const hasProducts = figures.includes("products");
	const vectors = figures.filter((figure) => figure !== "products").length;
	const ofBlock = /* @__PURE__ */ new Map();
	let [kept, widest] = [0, 0];
	for (const { layer, width } of widths.values()) {
		const square = hasProducts ? width * width : 0;
		ofBlock.set(layer, (ofBlock.get(layer) ?? 0) + (FLOAT64 + FLOAT32) * (square + vectors * width));
		kept += FLOAT32 * square;
		widest = Math.max(widest, width);
	}
	return {
		running: Math.max(0, ...ofBlock.values()),
		kept,
		between: FLOAT32 * rowWidth(decoder) * rows,
		making: hasProducts ? (FLOAT64 + FLOAT32) * (widest * widest + largest) : 0
	};
}
const FLOAT64 = 8;
const FLOAT32 = 4;
/** Of the part that a target takes of its stored tensor. */
function sidesOf({ weight: { storedShape, layout, channels } }) {
	const [rows = 1, columns = 1] = storedShape;
	const [all, width] = layout === "out-in" ? [rows, columns] : [columns, rows];
	return {
		out: channels === null ? all : channels.reduce((sum, [start, end]) => sum + end - start, 0),
		width
	};
}
// src/audit/plan/disk.ts
/** @file The disk as a plan needs it: what is free, and how quickly weights are read. */
/** Of the file system that holds a folder; null: it does not say. */
async function freeBytes(folder) {
	try {
		const { bavail, bsize } = await statfs(folder);
		return bavail * bsize;
	} catch {
		return null;
	}
}
/** Read to learn the rate; a file that is not several times as long says little. */
const SAMPLE_BYTES = 32e6;
/** Bytes per second of the largest weight file, from its middle; null: too small, or not on this machine. */
async function readingRate(files) {
	for (const name of files.names.filter((one) => /\.(safetensors|gguf)$/.test(one))) {
		if (files.localPath(name) === null) continue;
		const source = await files.open(name);
		try {
			if (source.byteLength < 4 * SAMPLE_BYTES) continue;
			const start = Math.floor(source.byteLength / 2);
			const begun = performance.now();
			await source.read(start, start + SAMPLE_BYTES);
			return SAMPLE_BYTES / ((performance.now() - begun) / 1e3);
		} finally {
			await source.close();
		}
	}
	return null;
}
// src/audit/plan/sae-memory.ts
/** As many as are all taken to be active. */
const ALL_ACTIVE = 16384;
/** Of the others: a wide dictionary's features fire rarely (20 % in the bench's). */
const ACTIVE_SHARE = 1 / 4;
/** Features that are active at most, as a rule: how many is only known once the reference has been encoded. */
function activeOf(features) {
	return Math.min(features, ALL_ACTIVE + Math.round(ACTIVE_SHARE * features));
}
const DOUBLE = 8;
/** Of each feature throughout: bias, threshold, norms and the like, in float32 and float64. */
const VECTORS = 36;
/** Σa and Σa² of a token group; firings and peaks. */
const REFERENCE_SUMS = 2;
const REFERENCE_TOTALS = 2;
/** Each at positions that are kept apart and at the others; for figures, at those that count as well. */
const PLACES = {
	active: 3,
	every: 2
};
/** Of each feature in a candidate's table. */
const TABLE_ROW = 96;
/** Rows and columns of one step of the fit (64 MB each, sae/dictionary.ts), read and in place. */
const FIT_BYTES = 64e6;
/** A tile of what is given is cut out, and packed for the product. */
const TILE_COPIES = 2;
/** What a pass gives of a batch of rows: sums and peaks in float32, as the engine gives them and as they are added. */
const RESULTS = 32;
/** Float32 ρ of a feature on a half of the token groups, and what figures are made of. */
const HALF = {
	kept: 4,
	worked: 16
};
const rangesOf = ({ encoder, range }, held) => held === "resident" ? 1 : Math.ceil(encoder / range);
/** What of an encoder is in memory throughout: one of a single range stays. */
const keptEncoder = (sae, held) => rangesOf(sae, held) === 1 ? sae.encoder : 0;
/** What fires of rows, between ranges. */
const waitingOf = (sae, held) => rangesOf(sae, held) === 1 ? 0 : sae.waiting ?? 0;
/** Sums and tables, which stay until the report is made; of a shard sums alone, until they are written. */
function keptFeatures({ features, summed, active, tokenGroups, candidates }) {
	const halves = 2 * (tokenGroups - 1);
	const ofPlace = DOUBLE * (REFERENCE_TOTALS + REFERENCE_SUMS * tokenGroups);
	const reference = features * (VECTORS + PLACES[summed] * ofPlace);
	const sums = 80 * tokenGroups;
	return {
		reference,
		candidates: candidates * (summed === "every" ? features * sums : active * (sums + HALF.kept * halves) + features * TABLE_ROW)
	};
}
/** What a pass, the fit or a candidate's figures take beside, whichever is most. */
function featuresPeak(sae, held) {
	return Math.max(passPeak(sae, held), fitPeak(sae), figuresPeak(sae));
}
/** The engine's copies of what it is given as constants while it loads them, and ours: tiles, and shared memory where there are lanes. */
const loaded = (bytes, copies) => bytes * Math.max(4, 2 + copies);
/** A range as it is read, and what is made of it; of candidates the columns of what is active. */
function passPeak(sae, held) {
	const { encoder, range, column, features, summed, active, isGiven, copies, preActivations } = sae;
	const part = held === "resident" ? encoder : range;
	const read = (keptEncoder(sae, held) > 0 ? 0 : part) + waitingOf(sae, held);
	if (!isGiven) return read + loaded(part, copies) + copies * preActivations;
	if (sae.waiting !== null) return read + TILE_COPIES * column * sae.tile + preActivations;
	const columns = column * (summed === "every" ? features : active);
	return read + Math.max(Math.min(columns, part), part / column * RESULTS);
}
/** Few rows wait in the fit, and decoder rows come after the encoder. */
function fitPeak({ features, column, row }) {
	return 2 * Math.min(features, FIT_BYTES / Math.max(column, row)) * (column + row);
}
/** The candidate's sums over the positions that count, and ρ on the halves, worked on as float64. */
function figuresPeak({ summed, active, tokenGroups }) {
	if (summed === "every") return 0;
	const halves = 2 * (tokenGroups - 1);
	return active * (80 * tokenGroups / 2 + HALF.worked * halves);
}
// src/audit/plan/sizes.ts
const total = (values) => values.reduce((sum, value) => sum + value, 0);
const most = (items, of) => Math.max(0, ...items.map(of));
const wholeBody = ({ blocks, embedding }) => total(blocks) + embedding;
const largestRange = ({ blocks, embedding }) => Math.max(embedding, ...blocks);
function rowBytes({ rows }, held) {
	return rows.perModel * rows.models + (held === "stream" ? rows.between : 0) + (rows.replaced ?? 0);
}
/** They are there before any row, and stay. */
const keptProducts = ({ calibration }) => calibration?.kept ?? 0;
// src/audit/plan/held-parts.ts
/** All that is held, the models first. */
function heldParts(sizes, machine, holding) {
	const place = machine.onDevice ? "device" : "memory";
	return [
		...modelParts(sizes, place, holding),
		...unembeddingParts(sizes, place),
		...userParts(sizes, place),
		...saeParts(sizes, holding),
		...calibrationParts(sizes, machine.rowBudget),
		...rowParts(sizes, machine, holding)
	];
}
function modelParts({ models }, where, { held }) {
	return models.map((model) => {
		const count = model.blocks.length;
		const what = `${model.name}: weights`;
		return held === "resident" ? {
			what,
			bytes: wholeBody(model),
			where,
			detail: `all ${count} blocks and the embedding`
		} : {
			what,
			bytes: largestRange(model),
			where,
			detail: `one of ${count + 1} ranges at a time, ${count} blocks and the embedding`
		};
	});
}
function unembeddingParts({ models }, where) {
	return models.filter(({ unembedding }) => unembedding > 0).map(({ name, unembedding, unembeddingRange }) => {
		const ranges = Math.ceil(unembedding / unembeddingRange);
		return {
			what: `${name}: unembedding`,
			bytes: unembeddingRange,
			where,
			detail: ranges === 1 ? "whole" : `one of ${ranges} ranges of the vocabulary at a time`
		};
	});
}
function userParts({ userModels }, where) {
	return userModels.map(({ name, bytes }) => ({
		what: `${name}: ONNX model`,
		bytes,
		where
	}));
}
function saeParts({ saes }, holding) {
	const encoders = saes.map((sae) => {
		const ranges = rangesOf(sae, holding.saes);
		const detail = `encodes ${sae.tile} features at a time`;
		return {
			what: `SAE ${sae.id}`,
			bytes: ranges === 1 ? sae.encoder : sae.range,
			where: "memory",
			detail: ranges === 1 ? detail : `one of ${ranges} ranges of its ${sae.features} features at a time; ${detail}`
		};
	});
	const sums = saes.map((sae) => {
		const { reference, candidates } = keptFeatures(sae);
		return {
			what: `SAE ${sae.id}: sums`,
			bytes: reference + candidates,
			where: "memory",
			detail: `of the reference over ${sae.features} features, of ${sae.candidates} candidates over ${sae.summed === "every" ? "all of them, as in every shard" : `about ${sae.active} that are active`}`
		};
	});
	const waiting = saes.map((sae) => ({
		sae,
		bytes: waitingOf(sae, holding.saes)
	})).filter(({ bytes }) => bytes > 0).map(({ sae, bytes }) => ({
		what: `SAE ${sae.id}: winners`,
		bytes,
		where: "memory",
		detail: "what fires of each row so far, between two ranges of its features"
	}));
	return [
		...encoders,
		...waiting,
		...sums
	];
}
function rowParts(sizes, { rowBudget }, { held }) {
	const all = rowBytes(sizes, held);
	const inMemory = Math.min(all, Math.max(0, rowBudget - keptProducts(sizes)));
	const detail = `of ${sizes.rows.models} models${held === "stream" ? ", and the residual stream between ranges" : ""}`;
	const part = (bytes, where) => bytes > 0 ? [{
		what: "activations",
		bytes,
		where,
		detail
	}] : [];
	return [...part(inMemory, "memory"), ...part(all - inMemory, "temporary file")];
}
function calibrationParts({ calibration }, rowBudget) {
	if (calibration === null) return [];
	const { running, kept, making } = calibration;
	const inFile = Math.max(0, kept - rowBudget);
	const part = (bytes, where, detail) => bytes > 0 ? [{
		what: "calibration",
		bytes,
		where,
		detail
	}] : [];
	const products = "products of the inputs of target matrices, of all blocks";
	return [
		...part(running, "memory", "sums over inputs of the block that runs, before anything else is run"),
		...part(kept - inFile, "memory", products),
		...part(inFile, "temporary file", products),
		...part(making, "memory", "the factor and the errors of the weight that is made, one at a time")
	];
}
// src/audit/plan/memory-plan.ts
/** Node, the engine and its code, before any weight (measured: 190 MB and what the collector has not returned). */
const PROGRAM_BYTES = 4e8;
/** Weights that are decoded and not yet taken over when a model is held whole: the parts it is loaded in. */
const LOADING_BYTES = 256e6;
/** Decide how weights are held and say what it comes to. */
function planMemory(sizes, machine, wanted) {
	const saes = wanted === "auto" ? heldSaes(sizes, machine) : wanted;
	const peakResident = peakOf(sizes, machine, {
		saes,
		held: "resident",
		readsAhead: false
	});
	const peakStreamed = peakOf(sizes, machine, {
		saes,
		held: "stream",
		readsAhead: false
	});
	const held = wanted === "auto" ? peakResident <= machine.available ? "resident" : "stream" : wanted;
	const ahead = peakOf(sizes, machine, {
		saes,
		held: "stream",
		readsAhead: true
	});
	const readsAhead = held === "stream" && ahead <= machine.available;
	const peak = peakOf(sizes, machine, {
		saes,
		held,
		readsAhead
	});
	const waiting = Math.max(rowBytes(sizes, held), sizes.calibration?.between ?? 0);
	const spilled = Math.max(0, waiting + keptProducts(sizes) - machine.rowBudget);
	const short = shortOf(peak, spilled, machine);
	const read = bytesRead(sizes);
	return {
		schema: "saegate/plan@1",
		fits: short === null,
		short,
		weights: {
			held,
			chosen: wanted === "auto" ? "auto" : "asked",
			ranges: held === "resident" ? 1 : present(sizes.models[0]).blocks.length + 1,
			rangeBytes: held === "resident" ? most(sizes.models, wholeBody) : most(sizes.models, largestRange),
			readsAhead
		},
		rounds: sizes.rounds,
		saes: {
			held: saes,
			ranges: Math.max(1, ...sizes.saes.map((sae) => rangesOf(sae, saes)))
		},
		memory: {
			available: machine.available,
			limitedBy: machine.limitedBy,
			peak,
			peakResident,
			peakStreamed
		},
		held: heldParts(sizes, machine, {
			saes,
			held
		}),
		reading: {
			bytes: read,
			bytesPerSecond: machine.bytesPerSecond,
			seconds: machine.bytesPerSecond === null ? null : read / machine.bytesPerSecond
		},
		temporary: {
			...machine.temporary,
			bytes: spilled
		}
	};
}
/** Encoders are held as far as --memory goes, and where models can be streamed beside them. */
function heldSaes(sizes, machine) {
	const least = peakOf(sizes, machine, {
		saes: "resident",
		held: "stream",
		readsAhead: false
	});
	return total(sizes.saes.map(({ encoder }) => encoder)) <= machine.rowBudget && least <= machine.available ? "resident" : "stream";
}
function peakOf(sizes, machine, holding) {
	const { models, userModels, saes, losses } = sizes;
	const encoders = total(saes.map((sae) => keptEncoder(sae, holding.saes)));
	const sums = total(saes.map(keptFeatures).map(({ reference, candidates }) => reference + candidates));
	const rows = Math.min(machine.rowBudget, rowBytes(sizes, holding.held) + keptProducts(sizes));
	const throughout = PROGRAM_BYTES + encoders + rows + sums;
	const head = most(models, ({ unembeddingRange }) => 2 * unembeddingRange) + losses;
	const features = most(saes, (sae) => featuresPeak(sae, holding.saes));
	const users = most(userModels, ({ bytes }) => 2 * bytes) + (userModels.length === 0 ? 0 : 2 * most(models, ({ unembedding }) => unembedding));
	return throughout + Math.max(most(models, (model) => bodyPeak(model, sizes, machine, holding)), calibrationPeak(sizes, machine), head, features, users, sizes.roundLoading);
}
/** The reference runs block by block, however it is held later. */
function calibrationPeak({ calibration, models }, { rowBudget }) {
	const [reference] = models;
	if (calibration === null || reference === void 0) return 0;
	const { running, between } = calibration;
	return running + Math.min(rowBudget, between) + 2 * largestRange(reference) + reference.largestTensor;
}
/** While weights are loaded that the engine copies, the buffers given to it and its copies are there together. */
function bodyPeak(model, { lanes, calibration }, { onDevice }, { held, readsAhead }) {
	const copies = onDevice ? 0 : lanes;
	const decoding = model.largestTensor + (calibration?.making ?? 0);
	if (held === "resident") return copies * wholeBody(model) + LOADING_BYTES + decoding;
	return (onDevice ? rangesOnDevice(model, readsAhead) : rangesFed(model, copies, readsAhead)) + decoding;
}
function rangesOnDevice(model, readsAhead) {
	return (readsAhead ? 3 : 2) * largestRange(model);
}
/**
* On the CPU blocks are multiplied where they were read, by all lanes (models/weight-buffers.ts): one, and the next where it is read beside it.
* The tables that rows are taken of are constants, which every lane's engine copies.
*/
function rangesFed({ blocks, embedding }, lanes, readsAhead) {
	const block = Math.max(0, ...blocks);
	return Math.max(block, (lanes + 1) * embedding) + (readsAhead ? block : 0);
}
function bytesRead({ models }) {
	return total(models.map(({ stored }) => stored));
}
function shortOf(peak, spilled, machine) {
	if (peak > machine.available) return {
		of: "memory",
		needed: peak,
		available: machine.available
	};
	const { free } = machine.temporary;
	return free !== null && spilled > free ? {
		of: "disk",
		needed: spilled,
		available: free
	} : null;
}
// src/audit/plan/round-plan.ts
/**
* What is read for the engine lies in this machine's memory until a device has it; for several, once more where all their threads see it. On
* the CPU the engine keeps a copy.
*/
const COPIES_OF_LANES = 2;
/** `needsRows`: what looks at stored activations, in words; null: nothing does. */
function planRoundsHeld(sizes, place, needsRows) {
	const { deviceFree } = place;
	const count = Math.min(4, sizes.candidates.length);
	const staged = (why) => ({
		rounds: {
			inOneGraph: false,
			why,
			candidates: 4,
			onDevice: 0,
			deviceFree
		},
		loading: 0
	});
	if (place.asked === "stages") return staged("SAEGATE_ROUNDS says so");
	if (needsRows !== null) return staged(needsRows);
	if (count === 0) return staged("no candidate is run from its weights");
	if (place.kind !== "cuda") {
		if (place.asked === null) return staged(place.kind === "cpu" ? "on the CPU stages are quicker" : "not on WebGPU");
		return {
			rounds: {
				inOneGraph: true,
				why: "SAEGATE_ROUNDS says so",
				candidates: count,
				onDevice: 0,
				deviceFree
			},
			loading: COPIES_OF_LANES * weightsOf(sizes, count)
		};
	}
	if (deviceFree === null) return staged("how much memory the device has is not known (nvidia-smi)");
	for (let candidates = count; candidates > 0; candidates--) {
		const weights = weightsOf(sizes, candidates);
		const onDevice = roundBytes(weights);
		const loading = (place.devices > 1 ? COPIES_OF_LANES : 1) * weights;
		if (onDevice <= deviceFree && loading <= place.available) return {
			rounds: {
				inOneGraph: true,
				why: "",
				candidates,
				onDevice,
				deviceFree
			},
			loading
		};
	}
	const weights = weightsOf(sizes, 1);
	return staged(weights > place.available ? `${inGigabytes(weights)} of weights do not fit into this machine's memory at once` : `it takes ${inGigabytes(roundBytes(weights))} of the device, which has ${inGigabytes(deviceFree)} free`);
}
/** With so many candidates, the largest of them. */
function weightsOf({ reference, candidates, unembeddings, encoders }, count) {
	return [...candidates].sort((a, b) => b - a).slice(0, count).reduce((sum, bytes) => sum + bytes, reference + unembeddings + encoders);
}
const inGigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
/** What SAEGATE_ROUNDS says. Errors: ROUNDS_INVALID. */
function askedRounds(value) {
	if (value === void 0 || value === "") return null;
	if (value === "graph" || value === "stages") return value;
	throw roundsInvalid(value);
}
/** What of an audit looks at stored activations, or cannot be in the graph; null: nothing. */
function needsRows({ diagnose = false, causal, lossRecovered = false, newFeatures = false, survivalByKind = false, latentScaling = false, watched = [], stability, attribution, rescale, weights }, { reference, readouts, candidates }, { device, nvidia }) {
	if (candidates.some(({ kind }) => kind === "onnx")) return "an ONNX candidate runs by itself";
	if (readouts.some(({ encoder }) => encoder.activatesBy !== "feature")) return "features of an SAE fire by the row";
	if (readouts.some((readout) => hasCloseCalls(readout, reference, device))) return "activations that jump are decided in float64";
	if (diagnose) return "a diagnosis reads stored activations";
	if (watched.some(({ alarms = [] }) => alarms.length > 0)) return "alarms are read off stored activations";
	if (causal !== void 0) return "causal checks start from stored activations";
	if (latentScaling) return "latent scaling reads stored activations";
	if (newFeatures) return "new features are looked for in stored activations";
	if (survivalByKind) return "survival by kind of token is read off stored activations";
	if (lossRecovered) return "models are run on from stored activations (--loss-recovered)";
	if (stability !== void 0) return "parts of the text are measured on stored activations";
	if (attribution !== void 0) return "swaps of tensors are set beside stored activations";
	if (rescale) return "--rescale is told from stored activations";
	if (weights === "stream" || deviceRangeBytes(device, nvidia, bodyBytes(reference.decoder)) !== null) return "models are run one range of blocks at a time";
	return null;
}
// src/audit/plan/plan-audit.ts
/** @file The plan of an audit whose subjects are opened: their sizes, this machine, and what memory-plan.ts makes of both. */
/** Say what the audit will hold where; reads a few megabytes to learn how quick the disk is. */
async function planAudit(config, subjects, { device, nvidia }) {
	const room = memoryRoom();
	return planMemory(sizesOf(config, subjects, {
		device,
		nvidia
	}, room.bytes), {
		available: room.bytes,
		limitedBy: room.limitedBy,
		rowBudget: config.memoryBytes,
		onDevice: device.kind !== "cpu",
		temporary: {
			folder: tmpdir(),
			free: await freeBytes(tmpdir())
		},
		bytesPerSecond: await readingRate(subjects.files)
	}, config.weights);
}
function sizesOf(config, { reference, readouts, candidates, tokens, calibrationText, summed }, { device, nvidia }, available) {
	const headBytes = headRangeBytes(device, nvidia, available);
	const size = (model, name) => modelSize(config, {
		model,
		name,
		readouts,
		headBytes
	}, device);
	const own = size(reference, "reference");
	const compiled = candidates.flatMap((one) => one.kind === "onnx" ? [] : [one]);
	const models = [
		own,
		...config.nullCheck ? [{
			...own,
			name: "null check"
		}] : [],
		...compiled.map(({ kind, name, model }) => kind === "derived" ? {
			...own,
			name
		} : size(model, name))
	];
	const userModels = candidates.flatMap((one) => one.kind === "onnx" ? [{
		name: one.name,
		bytes: userBytes(one)
	}] : []);
	const together = 1 + Math.max(Math.min(4, compiled.length), Math.min(1, userModels.length));
	const measured = {
		device,
		summed,
		candidates: candidates.length + (config.nullCheck ? 1 : 0)
	};
	const saes = readouts.map((readout) => saeSize(readout, tokens, {
		...measured,
		together
	}));
	const { rounds, loading: roundLoading } = planRoundsHeld(roundSizes(reference, {
		own,
		compiled,
		sizes: models.slice(models.length - compiled.length)
	}, saes), {
		kind: device.kind,
		deviceFree: nvidia === null || nvidia.freeMemory === 0 ? null : nvidia.freeMemory,
		available,
		devices: 1 + (device.peers?.length ?? 0),
		asked: askedRounds(process.env.SAEGATE_ROUNDS)
	}, needsRows(config, {
		reference,
		readouts,
		candidates
	}, {
		device,
		nvidia
	}));
	const scored = tokens.chunked.scored.rows.length;
	const operations = stageCost.body(reference.decoder, tokens.chunked.plan.rows, tokens.longest);
	const lanes = shareThreads(device, {
		weightBytes: bodyBytes(reference.decoder),
		operations
	});
	return {
		models,
		userModels,
		saes,
		rounds,
		roundLoading,
		rows: rowsSize(config, {
			reference,
			readouts,
			tokens
		}, {
			models: together,
			device,
			rounds
		}),
		calibration: calibrationSize(reference.decoder, inputPasses(config, {
			candidates,
			tokens,
			calibrationText
		})),
		losses: wantsLosses(config) ? 8 * scored * (4 + 6 * (together - 1)) : 0,
		lanes: lanes.count
	};
}
function inputPasses({ diagnose = false }, { candidates, tokens, calibrationText }) {
	const over = (figures, of) => ({
		figures,
		rows: runTokens(of.chunked.plan)
	});
	return [...calibrationText === null ? [] : [over(calibratedFigures(candidates), calibrationText.tokens)], ...diagnose ? [over(["products"], tokens)] : []];
}
/** What models share by their plans is held once; what they share by its numbers is only known once both are read. */
function roundSizes(reference, { own, compiled, sizes }, saes) {
	const total = (values) => values.reduce((sum, value) => sum + value, 0);
	const body = ({ blocks, embedding }) => total(blocks) + embedding;
	return {
		reference: body(own),
		candidates: sizes.map((size, c) => {
			const isShared = haveSameEmbedding(reference, present(compiled[c]).model);
			return body(size) - (isShared ? size.embedding : 0);
		}),
		unembeddings: own.unembedding * (compiled.every(({ model }) => haveSameUnembedding(reference, model)) ? 1 : 2),
		encoders: total(saes.map(({ encoder }) => encoder))
	};
}
function saeSize({ id, encoder, dictionary }, { groupStarts, chunked }, { device, summed, candidates, together }) {
	const { d_in, bias, rangeFeatures: range, activatesBy } = encoder;
	const features = bias.length;
	const { rows } = chunked.plan;
	const { isGiven, lanes } = encoderPlace(device, encoder, encoderLoad(encoder, range, rows));
	const size = runSize(lanes.device);
	const tile = Math.min(features, rowTile(activatesBy, size));
	return {
		id,
		features,
		summed,
		active: activeOf(features),
		encoder: 4 * d_in * features,
		range: 4 * d_in * range,
		column: 4 * d_in,
		row: 4 * dictionary.b_dec.length,
		isGiven,
		waiting: activatesBy === "feature" ? null : waitingBytes(activatesBy, rows, together),
		tile,
		preActivations: device.kind === "cpu" ? 4 * size.featureRows * tile : 0,
		copies: lanes.count,
		tokenGroups: groupStarts.length - 1,
		candidates
	};
}
function userBytes({ user }) {
	return [user.path, ...user.data.map(({ path }) => path)].reduce((sum, path) => sum + statSync(path).size, 0);
}
const elements = (shape) => shape.reduce((product, size) => product * size, 1);
function modelSize(config, { model, name, readouts, headBytes }, { kind, bodyType }) {
	const { decoder, tensors } = model;
	const { spec, weights } = decoder;
	const each = kind === "cpu" || bodyType === "float32" ? 4 : 2;
	const losses = wantsLosses(config);
	const hooks = hooksOf$1(readouts);
	const [, end] = blockRange(losses ? wholeBody$1(hooks) : bodyUpTo(hooks), decoder);
	const unembedding = losses ? each * spec.n_vocab * spec.d_model : 0;
	const tables = [weights.embedding, ...weights.tokenVectors === void 0 ? [] : [weights.tokenVectors.table]];
	const entriesOf = new Map(tables.map(({ tensor }) => [tensor, present(tensors.entries.get(tensor))]));
	const used = [...new Set(allRefs({
		...weights,
		blocks: weights.blocks.slice(0, end)
	}).map(({ tensor }) => tensor))].map((tensor) => present(tensors.entries.get(tensor)));
	const head = losses ? present(tensors.entries.get(weights.unembedding.weight.tensor)).byteLength : 0;
	const ofBlocks = used.filter(({ name: tensor }) => !entriesOf.has(tensor));
	return {
		name,
		blocks: spec.blocks.slice(0, end).map((block) => blockBytes(block, spec) / 4 * each),
		embedding: [...entriesOf.values()].reduce((sum, table) => sum + tableBytes(table), 0),
		largestTensor: Math.max(0, ...ofBlocks.map(({ shape }) => 4 * elements(shape))),
		unembedding,
		unembeddingRange: hasTiles(model) ? Math.min(unembedding, headBytes) : unembedding,
		stored: used.reduce((sum, { byteLength }) => sum + byteLength, head)
	};
}
/** As it is stored, in 16 bits or in 32. */
function tableBytes({ shape, storedAs }) {
	return elements(shape) * (storedAs === "F16" || storedAs === "BF16" ? 2 : 4);
}
/** Rows of whole models, or those few that a round in one graph keeps. */
function rowsSize(config, { reference: { decoder }, readouts, tokens }, { models, device, rounds }) {
	const { d_model } = decoder.spec;
	const { plan } = tokens.chunked;
	const windows = tokens.sliding?.plan;
	const hidden = wantsLosses(config) ? d_model : 0;
	const width = hooksOf$1(readouts).reduce((sum, hook) => sum + hookWidth$1(decoder, hook), hidden);
	if (rounds.inOneGraph) {
		const kept = readouts.length * FIT_ROWS + noiseSequences(device, tokens).length * tokens.longest;
		return {
			perModel: 4 * width * Math.min(kept, plan.rows),
			between: 0,
			models
		};
	}
	const run = runTokens(plan) + (windows === void 0 ? 0 : runTokens(windows));
	return {
		perModel: 4 * (plan.rows * width + (windows?.rows ?? 0) * d_model),
		between: run * rowBytes$1(rowWidth(decoder), config.streamRows),
		...config.lossRecovered === true ? { replaced: replacedBytes(decoder, readouts, plan.rows) } : {},
		models
	};
}
// src/onnx/devices/product-rate.ts
/** @file How quickly a device multiplies: two products of an MLP's shape, which is what most of an audit consists of. */
const ROWS = 512;
/** A wider product is no quicker. */
const MOST_WIDTH = 2048;
/** Long enough for clocks and caches to settle, and short beside an audit. */
const LEAST_MS = 150;
/** Floating-point operations per second of float32 products at this model width. Errors: ENGINE_FAILED, RUNTIME_MISSING. */
async function productRate(device, d_model) {
	const width = Math.min(MOST_WIDTH, d_model);
	const inner = 4 * width;
	const session = await createSession(twoProducts(width, inner), device, "a product");
	const input = { x: {
		type: "float32",
		data: new Float32Array(ROWS * width).fill(1),
		dims: [ROWS, width]
	} };
	try {
		await session.run(input);
		let [runs, spent] = [0, 0];
		const begun = performance.now();
		while (spent < LEAST_MS) {
			await session.run(input);
			runs++;
			spent = performance.now() - begun;
		}
		return 4 * ROWS * width * inner * runs / (spent / 1e3);
	} finally {
		await session.release();
	}
}
function twoProducts(width, inner) {
	const g = new GraphBuilder();
	const weight = (name, shape) => g.initializer(name, "float32", shape, new Float32Array(shape[0] * shape[1]).fill(1 / inner));
	const x = g.input("x", "float32", [ROWS, width]);
	const hidden = matMul(g, x, weight("up", [width, inner]));
	g.output("y", matMul(g, hidden, weight("down", [inner, width])));
	return g.build();
}
// src/audit/plan/plan-time.ts
/**
* What of the products' rate whole stages reach (bench/README.md): attention and activations take their part, and of narrow models a
* larger one.
*/
const REACHED = [
	{
		upTo: 256,
		share: .5
	},
	{
		upTo: 768,
		share: .75
	},
	{
		upTo: Number.POSITIVE_INFINITY,
		share: .85
	}
];
/** Program, engine, tokens and graphs, before the first token is run. */
const START_SECONDS = 3;
/** Runs the device for a fifth of a second. Errors: ENGINE_FAILED, RUNTIME_MISSING. */
async function planTime(config, { reference: { decoder }, readouts, candidates, tokens, matchText, calibrationText }, { chosen, plan }) {
	return timeOf([...[{
		stage: "calibration",
		operations: calibrationCost(decoder, calibrationText)
	}, {
		stage: "matching sparsities",
		operations: matchCost(decoder, candidates, matchText)
	}].filter(({ operations }) => operations > 0), ...auditStages(decoder, readouts, tokens, {
		candidates: candidates.length,
		config
	})], {
		rate: await productRate(chosen.device, decoder.spec.d_model),
		d_model: decoder.spec.d_model
	}, plan);
}
/** Reading is waited for where weights are not read while others run. */
function timeOf(stages, { rate, d_model }, { reading, weights }) {
	const share = REACHED.find(({ upTo }) => d_model <= upTo)?.share ?? 1;
	const timed = stages.map((one) => ({
		...one,
		seconds: one.operations / (rate * share)
	}));
	const running = timed.reduce((sum, { seconds }) => sum + seconds, 0);
	const read = reading.seconds ?? 0;
	const together = weights.readsAhead ? Math.max(running, read) : running + read;
	return {
		operationsPerSecond: rate,
		stages: timed,
		seconds: START_SECONDS + together
	};
}
// src/audit/shards/shardable.ts
const NOT_BY_SHARDS = {
	reference: null,
	candidate: null,
	sae: null,
	corpus: null,
	field: null,
	template: null,
	subset: null,
	seed: null,
	tokens: null,
	blockLength: null,
	lines: null,
	lineEnds: null,
	bos: null,
	calibration: null,
	calibrationTokens: null,
	tokenizer: null,
	perplexity: null,
	matchTokens: null,
	hook: null,
	center: null,
	positions: null,
	activations: null,
	unrotate: null,
	rescale: {
		isAsked: ({ rescale }) => rescale,
		why: "the factor is that of the whole text, and is wanted before it is read"
	},
	tap: null,
	lossRecovered: {
		isAsked: ({ lossRecovered }) => lossRecovered === true,
		why: "it is read off the whole text"
	},
	newFeatures: {
		isAsked: ({ newFeatures }) => newFeatures === true,
		why: "which features are not active only all shards together tell"
	},
	survivalByKind: {
		isAsked: ({ survivalByKind }) => survivalByKind === true,
		why: "which features are active only all shards together tell"
	},
	latentScaling: {
		isAsked: ({ latentScaling }) => latentScaling === true,
		why: "it is read off the whole text"
	},
	explain: {
		isAsked: ({ explain = 0 }) => explain > 0,
		why: "which features a candidate changed most only all shards together tell; say --explain 0"
	},
	groups: null,
	policy: null,
	baseline: null,
	config: null,
	out: null,
	device: null,
	precision: null,
	threads: null,
	memory: null,
	weights: null,
	streamRows: null,
	untilDecided: {
		isAsked: ({ untilDecided }) => untilDecided === true,
		why: "only all shards together tell whether rules are decided"
	},
	captureCacheSize: {
		isAsked: ({ captures }) => captures !== void 0,
		why: "what is kept is of whole texts"
	},
	captureRows: null,
	nullCheck: {
		isAsked: ({ nullCheck }) => nullCheck,
		why: "it holds the whole text against itself"
	},
	noiseFloor: {
		isAsked: ({ noiseFloor = "none" }) => noiseFloor !== "none",
		why: "it measures five references more on the whole text"
	},
	noiseNull: {
		isAsked: ({ noiseNull }) => noiseNull === true,
		why: "it is drawn for what all shards together give"
	},
	allowBadFit: null,
	expectPolicy: null,
	expectReference: null,
	expectSae: null,
	expectCorpus: null,
	expectCandidate: null,
	thresholds: null,
	confidence: null,
	watched: {
		what: "A policy with monitors",
		isAsked: ({ watched = [] }) => watched.some(({ alarms = [] }) => alarms.length > 0),
		why: "alarms are looked at by sequence, over the whole text"
	},
	stability: {
		what: "Stability",
		isAsked: ({ stability }) => stability !== void 0,
		why: "it looks at the whole text again"
	},
	batchSequences: {
		what: "Perplexity by batches",
		isAsked: ({ batchSequences }) => batchSequences !== void 0,
		why: "batches cross shards"
	},
	diagnose: {
		what: "A diagnosis",
		isAsked: ({ diagnose }) => diagnose === true,
		why: "it looks at the whole text again"
	},
	half: {
		what: "One half of a text",
		isAsked: ({ half }) => half !== void 0,
		why: "a half is a part already"
	},
	attribution: {
		what: "An attribution",
		isAsked: ({ attribution }) => attribution !== void 0,
		why: "it goes by the features of the whole text"
	},
	causal: {
		what: "A causal check",
		isAsked: ({ causal }) => causal !== void 0,
		why: "it goes by the features of the whole text"
	}
};
/** Errors: SHARD_UNSUPPORTED. */
function requireShardable(config) {
	const found = refusedOf(NOT_BY_SHARDS, config);
	if (found !== null) throw shardUnsupported(found.what, found.why);
}
/** Errors: SHARD_UNSUPPORTED. */
function requireFloat32({ kind, bodyType }) {
	if (kind === "cpu" && bodyType === "float32") return;
	const asked = kind === "cpu" ? `--precision ${bodyType}` : `--device ${kind}`;
	throw shardUnsupported(asked, "how far its arithmetic is from float32 is measured on the whole text; say --device cpu --precision float32");
}
// src/audit/text/shard-text.ts
/** @file The token groups of one shard as the text that is run; what is known of the whole text stays known. */
/** The token groups of a shard of a whole text. The digest stays that of the whole. Errors: SHARDS_TOO_MANY. */
function shardOf(tokens, number) {
	const groups = tokens.groupStarts.length - 1;
	if (number.shards > groups) throw shardsTooMany(number.shards, groups);
	return groupsOfText(tokens, groupsOfShard(number, groups));
}
/** [from, to) */
function groupsOfText(tokens, [from, to]) {
	const { sequences, groupStarts, kinds } = tokens;
	const { blockLength } = sequences;
	const [first, end] = [present(groupStarts[from]), present(groupStarts[to])];
	const own = {
		...sequences,
		ids: sequences.ids.subarray(first * blockLength, end * blockLength),
		sequenceCount: end - first
	};
	const starts = groupStarts.slice(from, to + 1).map((start) => start - first);
	const predictions = blockLength - 1;
	return {
		...tokens,
		sequences: own,
		groupStarts: starts,
		part: {
			...tokens.part,
			firstSequence: first,
			firstGroup: from
		},
		chunked: {
			plan: chunkedPlan(own),
			scored: chunkedScores(own, starts)
		},
		sliding: tokens.sliding === null ? null : slidingPart(tokens.sliding, [from, to]),
		kinds: {
			...kinds,
			bits: kinds.bits.subarray(first * predictions, end * predictions)
		}
	};
}
/** Of every window the rows that predict a target of these groups; windows without any are not run. */
function slidingPart({ plan, scored }, [from, to]) {
	const sequences = [];
	const chosen = [];
	let row = 0;
	for (const window of plan.sequences) {
		const rows = window.keepTo - window.keepFrom;
		const own = Array.from({ length: rows }, (_, i) => row + i).filter((at) => {
			const group = present(scored.tokenGroups[at]);
			return group >= from && group < to;
		});
		const keepFrom = window.keepFrom + present(own[0] ?? row) - row;
		if (own.length > 0) sequences.push({
			...window,
			keepFrom,
			keepTo: keepFrom + own.length
		});
		chosen.push(...own);
		row += rows;
	}
	return {
		plan: {
			...plan,
			sequences,
			rows: chosen.length
		},
		scored: {
			rows: Int32Array.from(chosen, (_, i) => i),
			targets: Int32Array.from(chosen, (at) => present(scored.targets[at])),
			tokenGroups: Int32Array.from(chosen, (at) => present(scored.tokenGroups[at]) - from),
			tokenGroupCount: to - from
		}
	};
}
// src/audit/opened-run.ts
/**
* What an audit would hold where, or a shard of it (null: all of it): nothing is run. Errors: those of opening, SHARD_UNSUPPORTED,
* SHARDS_TOO_MANY, UNTIL_DECIDED_IMPOSSIBLE; none where it does not fit, which the plan says.
*/
async function measurePlan(config, shard, onProgress) {
	if (shard !== null) requireShardable(config);
	if (config.untilDecided === true) requireLookable(config);
	return await withSubjects(config, {
		onProgress,
		baseline: null
	}, async (_, opened) => {
		const tokens = shard === null ? opened.tokens : shardOf(opened.tokens, shard);
		const subjects = {
			...opened,
			tokens,
			summed: shard === null ? "active" : "every"
		};
		const chosen = await chooseDevice(wishOf(config), storedType(subjects.reference));
		if (shard !== null) requireFloat32(chosen.device);
		const plan = await planAudit(config, subjects, chosen);
		const looks = config.untilDecided === true ? { looks: lookTokens(subjects.tokens) } : {};
		return {
			...plan,
			...looks,
			time: await planTime(config, subjects, {
				chosen,
				plan
			})
		};
	});
}
/** Run what `use` runs of candidates that can all be made. Errors: those of making them, of running a model. */
async function measureOpened(config, subjects, host, use) {
	const { reference, tokens, matchText, calibrationText } = subjects;
	const chosen = await chooseDevice(wishOf(config), storedType(reference));
	const plan = await planAudit(config, subjects, chosen);
	requireFit(reference.name, plan);
	host.onProgress({
		...told(plan),
		done: 0,
		total: tokens.chunked.plan.rows,
		unit: "tokens",
		overall: 0
	});
	const run = await runOf({
		config,
		plan,
		chosen
	}, subjects, host.onProgress);
	requireCausal(run, reference, subjects.candidates);
	requireRecovered(run, subjects.candidates);
	requireLatents(run);
	const calibration = await calibrate(run, reference, await settleMatches(run, subjects.candidates, matchText), calibrationText);
	try {
		const inputs = await diagnosedInputs(run, reference);
		try {
			const known = {
				...subjects,
				candidates: calibration.candidates
			};
			return await use({
				...run,
				inputs: inputs?.read ?? null
			}, known);
		} finally {
			await inputs?.close();
		}
	} finally {
		await calibration.close();
	}
}
/** Null: no errors of layers are asked for. */
async function diagnosedInputs(run, reference) {
	if (run.config.diagnose !== true) return null;
	const end = reference.decoder.spec.blocks.length;
	return await sumInputs$1(run, reference, {
		stage: "inputs of layers",
		figures: ["products"],
		tokens: run.tokens,
		end
	});
}
async function runOf({ config, plan, chosen: { device, nvidia } }, subjects, onProgress) {
	const { reference, candidates, tokens, matchText, calibrationText } = subjects;
	const { decoder } = reference;
	const readouts = await heldReadouts(subjects.readouts, plan);
	const cost = auditCost(decoder, readouts, tokens, {
		candidates: candidates.length,
		config
	}) + matchCost(decoder, candidates, matchText) + calibrationCost(decoder, calibrationText) + (config.diagnose === true ? stageCost.body(decoder, tokens.chunked.plan.rows, tokens.longest) : 0) + candidates.length * attributionCost(config, decoder, readouts, {
		tokens: tokens.chunked.plan.rows,
		length: tokens.longest
	});
	return {
		config,
		device,
		nvidia,
		memory: { bytesLeft: config.memoryBytes },
		work: new Work(cost, onProgress),
		tokens,
		readouts,
		weights: weightsHeld(config, plan, deviceRangeBytes(device, nvidia, bodyBytes(decoder))),
		rounds: {
			inOneGraph: plan.rounds.inOneGraph,
			candidates: plan.rounds.candidates
		},
		headBytes: headRangeBytes(device, nvidia, plan.memory.available),
		streamed: emptyTally(),
		kept: subjects.kept,
		growing: null,
		looks: null,
		inputs: null
	};
}
/** Encoders in memory where the plan has them there. */
async function heldReadouts(readouts, { saes }) {
	if (saes.held !== "resident") return readouts;
	const held = [];
	for (const readout of readouts) held.push({
		...readout,
		encoder: await heldEncoder(readout.encoder)
	});
	return held;
}
/**
* One block a range: larger ones save nothing that counts beside running them on the CPU. `range`: what a device holds at a time, where
* it does not hold the body.
*/
function weightsHeld({ streamRows }, { weights: { held, readsAhead } }, range) {
	if (held === "resident" && range === null) return { kind: "resident" };
	return {
		kind: "stream",
		rangeBytes: range ?? 0,
		rows: streamRows,
		readsAhead: held === "resident" || readsAhead
	};
}
/** Where an audit wants to run. */
const wishOf = ({ device, precision = "auto", threads }) => ({
	device,
	precision,
	threads
});
const told = (plan) => ({
	stage: "plan",
	note: planSentence(plan)
});
/** What the reference's weights are stored as, as far as it matters for the choice of a device. */
function storedType({ tensors, decoder }) {
	const storedAs = tensors.entries.get(decoder.weights.unembedding.weight.tensor)?.storedAs;
	if (storedAs === "BF16") return "bfloat16";
	return storedAs === "F32" ? "float32" : "float16";
}
export { samplingOfTokens as $, candidateRecovered as A, wantsLosses as At, withLatents as B, featureSums as C, runSize as Ct, looksNotes as D, sequenceIds as Dt, lookRuns as E, storeRows as Et, vocabularyRanges as F, candidateSurvivalByKind as G, decodedRows as H, VocabularySums as I, fewSequences as J, causalChecks as K, fitSample as L, divergenceSums as M, lossSums as N, looksReport as O, shareThreads as Ot, tokenLosses as P, documentsOf as Q, candidateLatents as R, candidateTile as S, bodyShape as St, halfStepSource as T, batches as Tt, inputRows as U, rowLayout as V, rebuildGraph as W, wholeText as X, madeFrom as Y, dealtText as Z, attribute as _, halfWidth as _t, requireShardable as a, tileLogits as at, referencePass as b, placeOf as bt, engineNoise as c, locateKnown as ct, rowsOf as d, withProbe as dt, hashIds as et, withSubjects as f, captureModel as ft, contaminationWarnings as g, halfRows as gt, turnedRows as h, storeOf as ht, requireFloat32 as i, operand as it, referenceRecovered as j, projections as jt, requireLookable as k, inOrder as kt, noiseNotes as l, locateRound as lt, embeddingOf as m, openStores as mt, measurePlan as n, commonVocabulary as nt, haveSameEmbedding as o, tileWeights as ot, userTaps as p, closeCapture as pt, requireFiring as q, shardOf as r, headFragment as rt, haveSameUnembedding as s, vocabularyTiles as st, measureOpened as t, buildLogitsHead as tt, noiseSequences as u, withExplanations as ut, candidatePass as v, closeGrown as vt, equalErrorSource as w, batchInputs as wt, FIRING as x, withFewerRows as xt, featurePass as y, hooksOf$1 as yt, referenceLatents as z };
