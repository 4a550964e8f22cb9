import { n as __exportAll } from "./shared-rolldown-runtime.js";
import { _ as readJsonObject, a as floatTensors, b as fileSha256, c as toFloat32, g as isJsonObject, h as describeJson, m as MAX_JSON_BYTES, n as openCheckpoint, o as requireFinite, p as firstNonFinite, r as openSafetensors, s as elementCount, v as syntaxReason } from "./shared-open-files.js";
import { A as addReferenceMoments, At as spillFailed, B as meanFiring, C as correlationAccuracy, Ct as digestUnexpected, D as activeFeatures, Dt as residualsAlike, E as correlations, Et as nullCheckFailed, F as emptyCandidateMoments, H as quantile, I as emptyReferenceMoments, J as RESAMPLING_METHOD, L as firingRates, M as columnsOf, N as countedPositions, O as addCandidateMoments, Ot as rotationAtRunTime, P as deadFeatures, R as groupTotals, S as sensitivityGrid, St as captureNotFinite, T as candidateColumns, U as neighbourCorrelation, V as meanSquares, Y as fewestGroups, _ as quantileOf, a as typicalDocument, at as requireComparable, b as classesOf, bt as candidateRescaled, g as meanOf, h as correlationIntervals, i as groupOfEach, j as addReferenceTile, jt as ANYTHING, k as addCandidateTile, kt as rotationInexact, l as summarizeDivergence, m as classFraction, nt as isActive, p as countsAbove, q as knownOf, r as groupCount, t as dealGroups, tt as firingRate, u as summarizePerplexity, vt as badFit, w as featureReplicates, wt as lanesInvalid, x as meanCorrelation, xt as candidateRotated, y as classCounts, yt as candidateIsReference, z as meanActivations } from "./shared-token-groups.js";
import { $ as reduceMax, A as clip, At as blockRange, B as gemm, Bt as hookName, C as parseCompression, D as abs, Dt as asFloat32, Et as requireMemory, F as firstAxisSum, Ft as sumName, G as logSoftmax, Gt as tokensDiffer, H as greater, Ht as activationGroups, I as firstOfLast, It as wholeBody, J as min$1, K as matMul, L as firstRows, Lt as targetInputName, M as concat, Mt as checkProgram, N as div, Nt as hookWidth$1, O as add, Ot as programRefs, P as exp, Pt as programParts, Q as range, R as gather, Rt as targets, S as compressionText, St as Message, T as chooseDevice, Tt as availableMemory, U as jumpRelu$1, Ut as hookMissing, V as gemmPlain, Vt as parseHookPoint, W as less, Wt as modelsDiffer, X as outerAdd, Y as mul, Z as padLast, _ as longestSequence, _t as rotaryEmbedding$1, at as sign, b as activationsByWeight, bt as float, c as Wire, ct as split, d as onnxLastLogits, dt as top1, et as reduceMin, f as onnxRefused, ft as transpose$1, gt as layer_ops_exports, ht as layerNormalization, i as feeds, it as rowSums, j as columns, jt as bodyBytes, k as cast, kt as weightReader, l as onnxFixedLength, lt as sub, m as onnxTapHook, mt as groupQueryAttention, n as openUserModel, nt as reshape, o as hasRunRanges, ot as slice, p as onnxShape, pt as where, q as max, r as tapOf, rt as round, st as softmax, t as findOnnx, tt as relu, u as onnxFusedAttention, ut as tanh, v as sourceOpener, vt as simplifiedLayerNormalization, w as compressionShapeMismatch, x as activationsInWords, xt as int, y as decoderOf, yt as GraphBuilder, z as gatherElements, zt as HOOK_NAMES } from "./shared-open.js";
import { a as runtime, l as engineFailed, n as runResult, s as runtimeVersion, t as createSession } from "./shared-session.js";
import { i as bytesSource, r as systemErrorCode, t as fileSource } from "./shared-file.js";
import { n as fileNotListed } from "./shared-local-folder.js";
import { o as problem, r as SaegateError } from "./shared-system-limits.js";
import { _ as tensorMissing, d as npzMalformed, u as npyMalformed, y as tensorNotFloat } from "./shared-hub-settings.js";
import { n as programFile, t as isBundled } from "./shared-program-file.js";
import { r as serve, t as startThread } from "./shared-thread.js";
import { a as temporaryPathIn, l as writeProblem } from "./shared-atomic.js";
import { t as removeDeadTemporaries } from "./shared-leftovers.js";
import { t as openZip } from "./shared-zip.js";
import { t as COMMIT } from "./shared-hub-cache.js";
import { n as parseHubSpec, t as isHubSpec } from "./shared-hub-spec.js";
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { appendFile, copyFile, link, lstat, mkdir, mkdtemp, open as open$2, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join as join$1 } from "node:path";
import { setImmediate } from "node:timers/promises";
import { isUtf8 } from "node:buffer";
import { Script } from "node:vm";
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
// src/numbers/present.ts
/** @file Values that are there by construction, as the compiler cannot know: elements within an array's bounds, parallel arrays. */
/**
* The value; where it is missing after all, an end with a stack trace, because 0 in its place would be a figure that is wrong.
* `what` says which, in words made beforehand: this is called in loops.
*/
function present(value, what = "a value") {
	if (value === void 0 || value === null) throw new RangeError(`${what} is missing`);
	return value;
}
// src/audit/rows/gather-rows.ts
/** @file Some rows of a store, one after the other. */
/** The named rows (ascending), one after the other, then zeros up to `size` rows. */
async function gatherRows(store, rows, size) {
	const { width } = store;
	const out = new Float32Array(size * width);
	const first = present(rows[0]);
	const last = present(rows.at(-1));
	const span = await store.read(first, last + 1);
	for (let i = 0; i < rows.length; i++) {
		const at = (present(rows[i]) - first) * width;
		out.set(span.subarray(at, at + width), i * width);
	}
	return out;
}
// src/audit/rows/residuals.ts
/** @file Stored rows of the residual stream on their way into an SAE: gathered, centred, filled up to parts of equal size. */
/** Inputs of one batch, filled up with its last row (which counts once) to parts of equal size. */
async function passInputs(models, batch, parts) {
	const count = Math.ceil(batch.rows.length / parts) * parts;
	const rows = new Int32Array(count).fill(present(batch.rows.at(-1)));
	rows.set(batch.rows);
	const inputs = { ones: {
		type: "float32",
		data: new Float32Array(count).fill(1, 0, batch.rows.length),
		dims: [
			parts,
			1,
			count / parts
		]
	} };
	for (const [m, residuals] of models.entries()) {
		const data = await residualRows(residuals, rows);
		inputs[`x_${m}`] = {
			type: "float32",
			data,
			dims: [count, residuals.store.width]
		};
	}
	return inputs;
}
/** Rows of the store (ascending) one after the other, centred where the read-out is. */
async function residualRows({ store, center, scale = 1 }, rows) {
	const out = await gatherRows(store, rows, rows.length);
	if (center) centerRows(out, store.width);
	if (scale !== 1) scaleRows(out, scale);
	return out;
}
/** Multiply all, in place. */
function scaleRows(values, scale) {
	for (let i = 0; i < values.length; i++) values[i] = present(values[i]) * scale;
}
/** Subtract each row's mean, in place: what TransformerLens' centred writing weights do to the residual. */
function centerRows(values, width) {
	for (let start = 0; start < values.length; start += width) {
		let sum = 0;
		for (let i = start; i < start + width; i++) sum += present(values[i]);
		const mean = sum / width;
		for (let i = start; i < start + width; i++) values[i] = present(values[i]) - mean;
	}
}
// src/audit/features/scaling.ts
/**
* @file Is a candidate's residual stream the reference's but for one factor? Norms undo such a factor, so the model computes the
* same, while a dictionary of the reference would see every activation moved. Rows count the same, however long they
* are: a first position a hundred times as long as the rest would else decide alone.
*/
/** Rows that are read at a time. */
const ROWS$2 = 512;
/** `rows`: ascending. */
async function scalingBetween(reference, candidate, rows) {
	let [products, sizes, count] = [
		0,
		0,
		0
	];
	const { width } = reference.store;
	for (let start = 0; start < rows.length; start += ROWS$2) {
		const batch = rows.subarray(start, start + ROWS$2);
		const x = await residualRows(reference, batch);
		const y = await residualRows(candidate, batch);
		for (let row = 0; row < batch.length; row++) {
			let [xx, yy, xy] = [
				0,
				0,
				0
			];
			for (let i = row * width; i < (row + 1) * width; i++) {
				const [a, b] = [present(x[i]), present(y[i])];
				xx += a * a;
				yy += b * b;
				xy += a * b;
			}
			if (xx === 0) continue;
			products += xy / xx;
			sizes += yy / xx;
			count++;
		}
	}
	if (count === 0) return {
		factor: 1,
		error: 0
	};
	const factor = products / count;
	const left = sizes - 2 * factor * products + count * factor ** 2;
	return {
		factor,
		error: Math.sqrt(Math.max(0, left) / count) / Math.abs(factor)
	};
}
/** A factor nearer to 1 is what rounding does to lengths. */
const LEAST_CHANGE = .02;
/** What the factor leaves is at most this part of what it explains. */
const MOST_LEFT = 1 / 4;
/** One global factor, and little else. */
function isRescaled({ factor, error }) {
	const change = Math.abs(factor - 1);
	return factor > 0 && change > LEAST_CHANGE && error < MOST_LEFT * change;
}
// src/audit/text/text-checks.ts
/** One token that makes up more than this: its loss is that of the whole text. */
const MOST_OF_ONE = .5;
/** Findings about the text that is run, in the order of the checks. */
function textFindings({ sequences, bosLeftOut }, lineEnds) {
	return [
		...lineEndFindings(sequences, lineEnds),
		...bosLeftOut === null ? [] : [leftOut$1(bosLeftOut)],
		...repeatedToken(sequences.stream),
		...specialTokens(sequences)
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
function leftOut$1(bos) {
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
// src/audit/protocol.ts
/** Findings, those first that leave nothing to evaluate. */
function checkProtocol({ run, vocabulary, readouts, candidates }) {
	const findings = [
		...referenceLoss(vocabulary, candidates),
		...textFindings(run.tokens, run.config.corpus.lineEnds),
		...readouts.flatMap((seen) => firstPosition$1(seen, candidates))
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
	if (losses === void 0) return [];
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
function firstPosition$1({ readout, firstShare }, candidates) {
	if (readout.positions !== "all" || !(firstShare > MOST_OF_VARIANCE)) return [];
	const means = candidates.slice(0, MOST_QUOTED).flatMap(({ candidate, features }) => features.filter(({ report }) => report.readout === readout.id).map(({ report: { meanCorrelationByPositions: mean } }) => {
		return `${candidate.name} ${mean.all.toFixed(3)} with it and ${mean.skipFirst.toFixed(3)} without`;
	}));
	return [{
		check: "first-position",
		grade: "warning",
		value: firstShare,
		message: `at ${readout.id} the first position of the sequences carries ${(100 * firstShare).toFixed(0)} % of the residual's variance, so ρ is mostly about it (perplexity is not): mean ρ is ${means.join(", ")}; --positions skip-first leaves it out`
	}];
}
// src/audit/subjects/candidate.ts
/** A kind that no branch knows: the compiler refuses the call. */
function unknownKind(candidate) {
	throw new RangeError(`a candidate of no known kind: ${JSON.stringify(candidate)}`);
}
/** Token ids that it knows are below this. */
function vocabularyOf$1(candidate) {
	switch (candidate.kind) {
		case "derived":
		case "stored": return candidate.model.decoder.spec.n_vocab;
		case "onnx": return candidate.vocabulary;
		default: return unknownKind(candidate);
	}
}
/** What the user should know about it. */
function warningsOf$1(candidate) {
	switch (candidate.kind) {
		case "derived":
		case "stored": return candidate.model.warnings;
		case "onnx": return candidate.warnings;
		default: return unknownKind(candidate);
	}
}
/** Was its residual stream turned back into the reference's basis? */
function isTurnedBack(candidate) {
	switch (candidate.kind) {
		case "derived":
		case "stored": return candidate.model.basis !== null;
		case "onnx": return false;
		default: return unknownKind(candidate);
	}
}
/** Files of its own; null: it is made of the reference's. */
function artifactOf(candidate) {
	switch (candidate.kind) {
		case "derived": return null;
		case "stored": return candidate.checkpoint;
		case "onnx": return candidate.user;
		default: return unknownKind(candidate);
	}
}
/** Close what was opened for the candidates. */
async function closeCandidates(candidates) {
	for (const candidate of candidates) await closeCandidate(candidate);
}
async function closeCandidate(candidate) {
	switch (candidate.kind) {
		case "derived": return;
		case "stored":
			await candidate.checkpoint.close();
			return await candidate.checkpoint.files.close();
		case "onnx":
			await candidate.user.close();
			return await candidate.user.files.close();
		default: return unknownKind(candidate);
	}
}
// src/audit/subjects/not-compressed.ts
/** Refuse a candidate whose weights and config are the reference's files. Errors: CANDIDATE_IS_REFERENCE, those of reading. */
async function refuseReference({ checkpoint }, candidates) {
	for (const candidate of candidates) {
		const artifact = artifactOf(candidate);
		if (artifact === null || await artifact.sha256() !== await checkpoint.sha256()) continue;
		const [own, theirs] = [await artifact.fileDigests(), await checkpoint.fileDigests()];
		if (configOf(own) === configOf(theirs)) throw candidateIsReference(candidate.spec, checkpoint.spec);
	}
}
const configOf = (files) => files["config.json"];
/** Said before anything is measured: as many bytes as the reference's, or rounded values that only simulate a packing. */
function plainFloatWarnings(candidate) {
	if (candidate.kind !== "stored" || candidate.compression !== null) return [];
	return [`its weights are stored as ${candidate.checkpoint.storedAs} and none is quantized: nothing was compressed, or the compression is only simulated, and what is shipped has to be audited itself`];
}
/** Not a bit of difference that could be seen: then this says nothing of the compressed model. */
function noDamageWarnings(klMean, features) {
	if (!(features.length > 0 && features.every(({ survived }) => survived.fraction === 1)) || klMean === null || !(klMean < LEAST_KL)) return [];
	return [`every active feature survives at a mean KL of ${klMean.toExponential(1)}: nothing was compressed, as far as can be measured; check that this is the compressed model`];
}
/** Nats. Rounding to 8 bits gives 1e-4 to 1e-2; float32 against float32 about 1e-12. */
const LEAST_KL = 1e-6;
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
// src/errors/corpus.ts
/** @file What can go wrong between a corpus spec and blocks of token ids: the text, the tokenizer, the ids. */
const corpusUnsupported = problem("CORPUS_UNSUPPORTED", 2, (spec, kind) => ({
	message: `Corpus "${spec}": ${kind} cannot be read yet.`,
	fix: "Write the text to a UTF-8 .txt file and name that, or tokenize it and give tokens:FILE.npy."
}));
const corpusPathMissing = problem("CORPUS_PATH_MISSING", 2, (spec) => ({
	message: `Corpus "${spec}" names no file: a path must follow "${spec}".`,
	fix: "Name the .npy file that holds the token ids, for example tokens:./ids.npy."
}));
const corpusTooLarge = problem("CORPUS_TOO_LARGE", 2, (path, bytes, limit) => ({
	message: `${path} has ${bytes} bytes; a text corpus may have ${limit}.`,
	fix: "Cut the text to what the audit needs (200,000 tokens are about 1 MB), or give token ids as tokens:FILE.npy."
}));
const corpusNotUtf8 = problem("CORPUS_NOT_UTF8", 2, (path, offset, byte) => ({
	message: `${path} is not UTF-8 text: byte ${offset} (0x${byte.toString(16).padStart(2, "0")}) starts no valid character.`,
	fix: "Convert the file to UTF-8, for example: iconv -f LATIN1 -t UTF-8 in.txt > out.txt"
}));
const corpusUtf16 = problem("CORPUS_UTF16", 2, (path, sign) => ({
	message: `${path} is UTF-16 text, not UTF-8: ${sign}.`,
	fix: "Convert the file to UTF-8, for example: iconv -f UTF-16 -t UTF-8 in.txt > out.txt"
}));
const corpusLfsPointer = problem("CORPUS_LFS_POINTER", 2, (path) => ({
	message: `${path} is a Git LFS pointer, not the text: the file itself was not fetched.`,
	fix: "Fetch it: git lfs pull (in a workflow: actions/checkout with lfs: true)."
}));
const corpusEmpty = problem("CORPUS_EMPTY", 2, (spec, kind) => ({
	message: `Corpus "${spec}" has no tokens.`,
	fix: `Check the path and the content of the file${kind === "text" ? "; with lines: nonempty, blank lines do not count" : ""}.`
}));
const corpusTooShort = problem("CORPUS_TOO_SHORT", 2, (spec, available, needed, budget) => ({
	message: `Corpus "${spec}" gives ${available} tokens${budget === available ? " (the token budget)" : ""}; one sequence needs ${needed}.`,
	fix: `Use a longer text${budget === null ? "" : ", raise --tokens"}, or lower --block-length.`
}));
const blockTooLong = problem("BLOCK_TOO_LONG", 2, (length, maxPositions) => ({
	message: `A block of ${length} positions is longer than the model's ${maxPositions}.`,
	fix: `Use --block-length ${maxPositions} or less.`
}));
const blockTooShort = problem("BLOCK_TOO_SHORT", 2, (length) => ({
	message: `A block of ${length} positions leaves nothing to predict; the least is 2.`,
	fix: "Raise --block-length."
}));
const tokenOutOfVocabulary = problem("TOKEN_OUT_OF_VOCABULARY", 2, (where, id, index, vocabulary) => ({
	message: `${where}: token id ${id} at index ${index} is not in the model's vocabulary (0 to ${vocabulary - 1}).`,
	fix: "Use the tokenizer and the token ids of this model."
}));
const tokensMalformed = problem("TOKENS_MALFORMED", 2, (path, reason) => ({
	message: `${path} does not hold token ids: ${reason}.`,
	fix: "Save integers, as one stream (n) or as blocks (blocks, length): numpy.save(\"ids.npy\", ids.astype(\"int32\"))."
}));
const tokensRowLength = problem("TOKENS_ROW_LENGTH", 2, (path, row, blockLength, bos) => ({
	message: `${path} has rows of ${row} tokens${bos ? ", with the prepended BOS " : ", "}${row + Number(bos)} positions; the block length is ${blockLength}.`,
	fix: `Use --block-length ${row + Number(bos)}.`
}));
const tokenizerNeeded = problem("TOKENIZER_NEEDED", 2, (spec) => ({
	message: `Corpus "${spec}" is text, but the reference has no tokenizer.json.`,
	fix: "Name one with --tokenizer PATH, or give token ids as tokens:FILE.npy."
}));
const tokenizerUnsupported = problem("TOKENIZER_UNSUPPORTED", 2, (file, reason) => ({
	message: `${file} cannot be used: ${reason}.`,
	fix: "Save it again with a fast tokenizer (tokenizer.save_pretrained), or tokenize elsewhere and give tokens:FILE.npy."
}));
const tokenizerTooSlow = problem("TOKENIZER_TOO_SLOW", 2, (file, step, characters, seconds) => ({
	message: `${file} cannot be used: ${step} did not come to an end within ${seconds.toFixed(0)} s on ${characters} characters of text.`,
	fix: "A regular expression may run for ever: take the tokenizer.json of the model’s authors, or tokenize elsewhere and give tokens:FILE.npy."
}));
const tokenizerGrows = problem("TOKENIZER_GROWS", 2, (file, step, characters) => ({
	message: `${file} cannot be used: ${step} makes many times as much text of what it is given (${characters} characters).`,
	fix: "Take the tokenizer.json of the model’s authors, or tokenize elsewhere and give tokens:FILE.npy."
}));
const tokenUnknown = problem("TOKEN_UNKNOWN", 2, (file, token) => ({
	message: `${file}: the text has "${token}", which the tokenizer has no id for, not even an unknown-token id.`,
	fix: "Check that tokenizer.json is complete."
}));
const bosMissing = problem("BOS_MISSING", 2, (spec) => ({
	message: `bos is "always", but no beginning-of-sequence token is known for corpus "${spec}".`,
	fix: "Set bos_token in tokenizer_config.json, or use --bos never (or auto)."
}));
// src/corpus/cut-sequences.ts
/**
* @file A token stream cut into sequences: consecutive, non-overlapping, the incomplete last one dropped (arXiv 2606.03002).
*
* Block length is what the model is given. A prepended BOS is one of its positions, so BOS + N − 1 tokens of text.
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
/** Every id in [0, vocabulary). Errors: TOKEN_OUT_OF_VOCABULARY. */
function checkVocabulary(where, ids, vocabulary) {
	const index = ids.findIndex((id) => id < 0 || id >= vocabulary);
	if (index >= 0) throw tokenOutOfVocabulary(where, ids[index] ?? 0, index, vocabulary);
}
/** sha256 of the ids as little-endian int32, hex. */
function hashIds(ids) {
	const bytes = new Uint8Array(ids.length * 4);
	const view = new DataView(bytes.buffer);
	for (let i = 0; i < ids.length; i++) view.setInt32(i * 4, ids[i], true);
	return createHash("sha256").update(bytes).digest("hex");
}
// src/corpus/documents.ts
/** As many as there are groups at least, else they tell nothing. */
const FEWEST = 8;
/** Documents of a text by its lines; null: not enough to tell. `kept`: whether a line is part of the text that is encoded. */
function documentsOfText(text, kept) {
	const [titles, afterBlanks] = [[], []];
	let [offset, isAfterBlank] = [0, true];
	for (let start = 0; start < text.length;) {
		const end = text.indexOf("\n", start) + 1 || text.length;
		const line = text.slice(start, end);
		const isBlank = line.trim() === "";
		if (!isBlank) {
			if (isTitle(line)) titles.push(offset);
			if (isAfterBlank) afterBlanks.push(offset);
		}
		isAfterBlank = isBlank;
		if (kept(line)) offset += line.length;
		start = end;
	}
	if (titles.length >= FEWEST) return {
		by: "titles",
		starts: fromTheBeginning(titles)
	};
	return afterBlanks.length >= FEWEST ? {
		by: "blank-lines",
		starts: fromTheBeginning(afterBlanks)
	} : null;
}
/** " = Title = ", not " = = Section = = ". */
function isTitle(line) {
	const words = line.trim();
	if (!words.startsWith("= ") || !words.endsWith(" =")) return false;
	return words.length > 4 && !words.startsWith("= =") && !words.endsWith("= =");
}
/** Documents of a token stream by the special tokens that end or begin them; null: not enough to tell. */
function documentsOfStream(stream, specialIds) {
	if (specialIds.length === 0) return null;
	const special = new Set(specialIds);
	const starts = [];
	for (let i = 1; i < stream.length; i++) if (special.has(stream[i - 1]) && !special.has(stream[i])) starts.push(i);
	return starts.length >= FEWEST ? {
		by: "end-of-text",
		starts: fromTheBeginning(starts)
	} : null;
}
/** The same documents in tokens, those beyond the last piece left out. */
function inTokens({ by, starts }, pieces) {
	const out = [];
	let piece = 0;
	for (const start of starts) {
		while (piece < pieces.characters.length && pieces.characters[piece] <= start) piece++;
		if (piece === pieces.characters.length) break;
		const [fromCharacter, fromToken] = [pieces.characters[piece - 1] ?? 0, pieces.tokens[piece - 1] ?? 0];
		const part = (start - fromCharacter) / (pieces.characters[piece] - fromCharacter);
		const token = Math.round(fromToken + part * (pieces.tokens[piece] - fromToken));
		if (token > (out[out.length - 1] ?? -1)) out.push(token);
	}
	return {
		by,
		starts: Int32Array.from(out)
	};
}
function fromTheBeginning(starts) {
	return Int32Array.from(starts[0] === 0 ? starts : [0, ...starts]);
}
// src/corpus/pieces.ts
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
	return join(pieces, count);
}
function nextCut(text, { pattern, pieceLength }, start) {
	pattern.lastIndex = Math.min(start + pieceLength, text.length);
	const match = pattern.exec(text);
	return match === null ? text.length : match.index + match[0].length;
}
function join(pieces, count) {
	const ids = new Int32Array(count);
	let at = 0;
	for (const piece of pieces) {
		ids.set(piece, at);
		at += piece.length;
	}
	return ids;
}
// src/corpus/line-ends.ts
function countLineEnds(text) {
	let [crlf, lf, cr] = [
		0,
		0,
		0
	];
	for (const [end] of text.matchAll(/\r\n|\r|\n/g)) if (end === "\r\n") crlf++;
	else if (end === "\n") lf++;
	else cr++;
	return {
		crlf,
		lf,
		cr
	};
}
// src/corpus/text.ts
/**
* @file Text as it goes to the tokenizer: strict UTF-8, a leading byte order mark taken off, optionally without blank lines.
*
* A byte order mark is how the file is marked, not what it says, so it is dropped; everything else stays as it is
* (line ends, other invisible characters, Unicode forms: normalising is the tokenizer's business).
*/
/** About 60 million tokens, 300 times what the method uses; a JavaScript string may not have more than 512 Mi units. */
const MAX_TEXT_BYTES = 256 * 2 ** 20;
/** Read a text file whole. Errors: those of opening it, CORPUS_TOO_LARGE, CORPUS_LFS_POINTER, CORPUS_UTF16, CORPUS_NOT_UTF8. */
async function readText(path, { lines, lineEnds }) {
	const source = await fileSource(path);
	try {
		if (source.byteLength > MAX_TEXT_BYTES) throw corpusTooLarge(path, source.byteLength, MAX_TEXT_BYTES);
		const read = decodeText(path, await source.read(0, source.byteLength));
		const ended = lineEnds === "lf" ? read.replaceAll("\r\n", "\n") : read;
		const dropsBlanks = lines === "nonempty";
		const documents = documentsOfText(ended, (line) => !dropsBlanks || line.trim() !== "");
		const text = dropsBlanks ? dropBlankLines(ended) : ended;
		return {
			text,
			lineEnds: countLineEnds(text),
			documents
		};
	} finally {
		await source.close();
	}
}
/** What stands where the text would be, if its repository was cloned without Git LFS (git-lfs.com, specification of pointers). */
const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n/;
/** Errors: CORPUS_LFS_POINTER, CORPUS_UTF16, CORPUS_NOT_UTF8. */
function decodeText(path, bytes) {
	const sign = utf16Sign(bytes);
	if (sign !== null) throw corpusUtf16(path, sign);
	const text = decodeUtf8(path, bytes);
	if (LFS_POINTER.test(text)) throw corpusLfsPointer(path);
	return text;
}
/** Bytes that are looked at for UTF-16, and the share of one kind of them that is 0 in UTF-16 of any Latin text. */
const SIGN_BYTES = 4096;
const ZERO_SHARE = .4;
/** What shows that bytes are UTF-16; null: they are not. Without a mark, Latin text in it even passes for UTF-8 with zeros. */
function utf16Sign(bytes) {
	const [first, second] = bytes;
	if (first === 255 && second === 254) return "it begins with the byte order mark FF FE";
	if (first === 254 && second === 255) return "it begins with the byte order mark FE FF";
	const head = bytes.subarray(0, SIGN_BYTES);
	const zeros = [0, 0];
	head.forEach((byte, i) => {
		if (byte === 0) zeros[i % 2] += 1;
	});
	const most = Math.max(...zeros);
	const least = Math.min(...zeros);
	return most > ZERO_SHARE * head.length / 2 && least < most / 10 ? `every other byte of it is 0 (${most} of the first ${head.length})` : null;
}
/** Errors: CORPUS_NOT_UTF8 with the offset of the first bad byte. */
function decodeUtf8(path, bytes) {
	if (!isUtf8(bytes)) {
		const offset = firstInvalidByte(bytes);
		throw corpusNotUtf8(path, offset, bytes[offset] ?? 0);
	}
	return new TextDecoder("utf-8").decode(bytes);
}
/**
* Without its blank lines; what is kept keeps its own line end. The paper joins WikiText-2's non-empty lines, and the
* dataset's own reader calls a line of spaces empty.
*/
function dropBlankLines(text) {
	return text.replace(/(?<![^\n])[^\S\n]*(?:\n|$)/g, "");
}
/** Where the first character that is not UTF-8 begins: lengths, continuation bytes, overlongs, surrogates, range. */
function firstInvalidByte(bytes) {
	let at = 0;
	while (at < bytes.length) {
		const length = sequenceLength(bytes[at]);
		if (length === 0 || !isUtf8(bytes.subarray(at, at + length))) return at;
		at += length;
	}
	return at;
}
function sequenceLength(lead) {
	if (lead < 128) return 1;
	if (lead < 194) return 0;
	if (lead < 224) return 2;
	if (lead < 240) return 3;
	return lead < 245 ? 4 : 0;
}
// src/archives/row-order.ts
/** Bytes of values of `size` bytes (1, 2, 4 or 8) → the same values, last axis fastest, in memory of their own. */
function inRowOrder(stored, shape, size) {
	const from = new Uint8Array(stored).buffer;
	const rows = new Uint8Array(stored.byteLength);
	const to = rows.buffer;
	if (size === 8) reorder(new BigUint64Array(from), new BigUint64Array(to), shape);
	else if (size === 4) reorder(new Uint32Array(from), new Uint32Array(to), shape);
	else if (size === 2) reorder(new Uint16Array(from), new Uint16Array(to), shape);
	else reorder(stored, rows, shape);
	return rows;
}
function reorder(from, to, shape) {
	const steps = [];
	let step = 1;
	for (const length of shape) {
		steps.push(step);
		step *= length;
	}
	const place = shape.map(() => 0);
	for (let i = 0, at = 0; i < from.length; i++) {
		to[i] = from[at];
		for (let axis = shape.length - 1; axis >= 0; axis--) {
			at += steps[axis];
			if (++place[axis] < shape[axis]) break;
			at -= steps[axis] * shape[axis];
			place[axis] = 0;
		}
	}
}
// src/archives/npy.ts
/**
* @file Reads one .npy array: header as text that is matched, never evaluated, then little-endian values.
*
* Layout: "\x93NUMPY" | major, minor | header length (u16le in version 1, u32le in 2 and 3) | a Python dict literal with
* 'descr', 'fortran_order' and 'shape' | values. Source: numpy/lib/format.py. Left out: structured, complex, text and
* object types (an object array is a pickle), big-endian values.
*/
/** numpy refuses longer headers too (max_header_size of numpy.load). */
const MAX_NPY_HEADER_BYTES = 1e4;
const MAX_AXES = 64;
const DTYPES = {
	f8: 8,
	f4: 4,
	f2: 2,
	i8: 8,
	i4: 4,
	i2: 2,
	i1: 1,
	u8: 8,
	u4: 4,
	u2: 2,
	u1: 1,
	b1: 1
};
/** Read a whole array, in row-major order. The values may share `bytes`' memory. Errors: NPY_MALFORMED. */
function readNpy(bytes, name) {
	const { dtype, shape, isFortran, dataStart, dataBytes } = readNpyHeader(bytes, name);
	const found = bytes.byteLength - dataStart;
	if (found !== dataBytes) throw npyMalformed(name, `${dtype} of shape [${shape.join(", ")}] takes ${dataBytes} bytes, but ${found} follow the header`);
	const stored = bytes.subarray(dataStart);
	return {
		shape,
		...valuesOf(dtype, isFortran ? inRowOrder(stored, shape, DTYPES[dtype]) : stored)
	};
}
/** Read the header from the first bytes of an array. Errors: NPY_MALFORMED. */
function readNpyHeader(bytes, name) {
	const refuse = (reason) => npyMalformed(name, reason);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.byteLength < 10 || view.getUint32(0) !== 2471384397 || view.getUint16(4) !== 20569) throw refuse("it does not begin with \\x93NUMPY");
	const [major, minor] = [view.getUint8(6), view.getUint8(7)];
	if (major < 1 || major > 3 || minor !== 0) throw refuse(`version ${major}.${minor} is not known (1.0 to 3.0 are)`);
	const textStart = major === 1 ? 10 : 12;
	if (bytes.byteLength < textStart) throw refuse("it ends inside its header");
	const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
	if (length > 1e4) throw refuse(`its header has ${length} bytes; at most ${MAX_NPY_HEADER_BYTES} are read`);
	const dataStart = textStart + length;
	if (dataStart > bytes.byteLength) throw refuse("it ends inside its header");
	const { dtype, shape, isFortran } = parseHeaderText(new TextDecoder("latin1").decode(bytes.subarray(textStart, dataStart)), refuse);
	const dataBytes = (elementCount(shape) ?? NaN) * DTYPES[dtype];
	if (!Number.isSafeInteger(dataBytes)) throw refuse(`its shape (${shape.join(", ")}) is too large`);
	return {
		dtype,
		shape,
		isFortran,
		dataStart,
		dataBytes
	};
}
/** `'key': value` with the three kinds of value that occur: a string, True or False, a tuple; or a list, to be refused. */
const ITEM = /\s*(?:'([a-z_]+)'|"([a-z_]+)")\s*:\s*('[^'\\]*'|"[^"\\]*"|True|False|\([\d,\sL]*\)|\[[^\]]*\])\s*(,|$)/y;
function parseHeaderText(text, refuse) {
	const dict = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
	if (dict === void 0) throw refuse("its header is not a dict");
	const values = /* @__PURE__ */ new Map();
	ITEM.lastIndex = 0;
	const body = dict.trimEnd();
	while (ITEM.lastIndex < body.length) {
		const item = ITEM.exec(body);
		const key = item?.[1] ?? item?.[2];
		const value = item?.[3];
		if (key === void 0 || value === void 0) throw refuse("its header is not a dict of descr, fortran_order and shape");
		if (values.has(key)) throw refuse(`its header has the key "${key}" twice`);
		values.set(key, value);
	}
	if (values.size !== 3) throw refuse(`its header has the keys ${[...values.keys()].join(", ")}; descr, fortran_order and shape are needed`);
	const dtype = parseDtype(values.get("descr"), refuse);
	const shape = parseShape(values.get("shape"), refuse);
	const fortran = values.get("fortran_order");
	if (fortran !== "True" && fortran !== "False") throw refuse("fortran_order is neither True nor False");
	return {
		dtype,
		shape,
		isFortran: fortran === "True" && shape.length > 1
	};
}
function parseDtype(quoted, refuse) {
	if (quoted === void 0) throw refuse("its header has no descr");
	if (!/^['"]/.test(quoted)) throw refuse("it is a structured array (several fields per value)");
	const descr = quoted.slice(1, -1);
	const [order, kind] = [descr.charAt(0), descr.slice(1)];
	if (kind.startsWith("O")) throw refuse("it holds Python objects, which are pickles and never read");
	if (!isNpyDtype(kind)) throw refuse(`its type "${descr}" is not a number type that is read`);
	if (order === ">" && DTYPES[kind] > 1) throw refuse(`its values are big-endian ("${descr}")`);
	if (!"<|>=".includes(order) || order === "") throw refuse(`its type "${descr}" has an unknown byte order`);
	return kind;
}
function isNpyDtype(word) {
	return Object.hasOwn(DTYPES, word);
}
/** `()`, `(3,)`, `(3, 4)`; Python 2 wrote `3L`. */
function parseShape(tuple, refuse) {
	const inner = /^\(\s*((?:\d+L?\s*,\s*)*(?:\d+L?)?)\s*\)$/.exec(tuple ?? "")?.[1];
	if (inner === void 0) throw refuse("its shape is not a tuple of whole numbers");
	const sizes = inner.split(",").map((size) => size.trim());
	if (sizes.at(-1) === "") sizes.pop();
	else if (sizes.length === 1) throw refuse("its shape is not a tuple of whole numbers");
	const shape = sizes.map((size) => Number(size.replace("L", "")));
	if (shape.length > MAX_AXES || !shape.every(Number.isSafeInteger)) throw refuse("its shape is too large");
	return shape;
}
function valuesOf(dtype, stored) {
	const { buffer, byteOffset, byteLength } = stored.byteOffset % DTYPES[dtype] !== 0 ? new Uint8Array(stored) : stored;
	const count = byteLength / DTYPES[dtype];
	switch (dtype) {
		case "f8": return {
			dtype,
			data: new Float64Array(buffer, byteOffset, count)
		};
		case "f4": return {
			dtype,
			data: new Float32Array(buffer, byteOffset, count)
		};
		case "f2":
		case "u2": return {
			dtype,
			data: new Uint16Array(buffer, byteOffset, count)
		};
		case "i8": return {
			dtype,
			data: new BigInt64Array(buffer, byteOffset, count)
		};
		case "i4": return {
			dtype,
			data: new Int32Array(buffer, byteOffset, count)
		};
		case "i2": return {
			dtype,
			data: new Int16Array(buffer, byteOffset, count)
		};
		case "i1": return {
			dtype,
			data: new Int8Array(buffer, byteOffset, count)
		};
		case "u8": return {
			dtype,
			data: new BigUint64Array(buffer, byteOffset, count)
		};
		case "u4": return {
			dtype,
			data: new Uint32Array(buffer, byteOffset, count)
		};
		case "u1":
		case "b1": return {
			dtype,
			data: new Uint8Array(buffer, byteOffset, count)
		};
	}
}
// src/corpus/token-ids.ts
/**
* @file Token ids that somebody else made: `tokens:FILE.npy`, any integer type, one stream (n) or blocks (block, length).
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
const TOKENS = "tokens:";
/** What is known of but not read yet, and what to call it. */
const UNSUPPORTED = [
	[/^hf:/, "a dataset of the Hugging Face Hub"],
	[/^wikitext-/, "the WikiText shorthand"],
	[/\.jsonl(\.gz)?$/i, "JSON lines"],
	[/\.parquet$/i, "Parquet"],
	[/\.(gz|zst|xz|bz2|zip)$/i, "compressed text"]
];
/**
* Tokens ready for the model. `tokenizer` null: the reference has none, so only `tokens:` will do. `onProgress` hears
* the fraction of the text that is tokenized.
* Errors: those of errors/corpus.ts, and those of reading.
*/
async function loadCorpus(config, tokenizer, limits, onProgress = () => {}) {
	checkBlockLength(config.blockLength, limits.maxPositions);
	if (config.source.startsWith(TOKENS)) return loadTokens(config, tokenizer, limits.vocabulary);
	for (const [pattern, kind] of UNSUPPORTED) if (pattern.test(config.source)) throw corpusUnsupported(config.source, kind);
	if (tokenizer === null) throw tokenizerNeeded(config.source);
	return loadText(config, tokenizer, limits.vocabulary, onProgress);
}
async function loadText(config, tokenizer, vocabulary, onProgress) {
	const bos = chooseBos(config, tokenizer, vocabulary);
	const { text, lineEnds, documents } = await readText(config.source, config);
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
	if (tokens.length === 0) throw corpusEmpty(config.source, "text");
	checkVocabulary(config.source, tokens, vocabulary);
	return cutSequences(tokens, {
		spec: config.source,
		blockLength: config.blockLength,
		bos,
		budget: config.tokens,
		specialIds,
		lineEnds,
		documents: documentsOfStream(tokens, specialIds) ?? (documents && inTokens(documents, pieces))
	});
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
		return cutSequences(tokens.ids, {
			...cut,
			bos,
			budget: config.tokens
		});
	}
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
/**
* The token to put before every sequence. `auto`: what the post-processor prepends; `always`: the tokenizer's bos_token.
* Errors: BOS_MISSING, TOKEN_OUT_OF_VOCABULARY.
*/
function chooseBos(config, tokenizer, vocabulary) {
	if (config.bos === "never") return null;
	const automatic = tokenizer?.bosFromPostProcessor ?? null;
	const bos = config.bos === "always" ? tokenizer?.bosToken ?? automatic : automatic;
	if (bos === null && config.bos === "always") throw bosMissing(config.source);
	if (bos !== null && (bos < 0 || bos >= vocabulary)) throw tokenOutOfVocabulary("BOS", bos, 0, vocabulary);
	return bos;
}
// node_modules/@huggingface/tokenizers/dist/tokenizers.mjs
var DictionarySplitter = class {
	/**
	* @param dictionary The dictionary of words to use for splitting.
	*/
	constructor(dictionary) {
		this.trie = this._build_trie(dictionary);
	}
	/**
	* Builds a trie from the given dictionary.
	* @param dictionary The dictionary of words to build the trie from.
	* @returns The root node of the trie.
	* @private
	*/
	_build_trie(dictionary) {
		const trie = /* @__PURE__ */ Object.create(null);
		for (const word of dictionary) {
			let node = trie;
			for (let i = 0; i < word.length; ++i) {
				const char = word[i];
				node = node[char] ??= /* @__PURE__ */ Object.create(null);
			}
			node.end = word;
		}
		return trie;
	}
	/**
	* Splits the input text into tokens based on the dictionary.
	* @param text The input text to split.
	* @returns An array of tokens.
	*/
	split(text) {
		const result = [];
		const n = text.length;
		let start = 0;
		let i = 0;
		while (i < n) {
			let node = this.trie;
			let match = null;
			let j = i;
			while (j < n && (node = node[text[j]])) {
				if (node.end) match = node.end;
				++j;
			}
			if (match) {
				if (i > start) result.push(text.slice(start, i));
				result.push(match);
				i += match.length;
				start = i;
			} else ++i;
		}
		if (start < n) result.push(text.slice(start));
		return result;
	}
};
var DictionarySplitter_default = DictionarySplitter;
var AddedToken = class {
	/**
	* Creates a new instance of AddedToken.
	* @param config Added token configuration object.
	*/
	constructor(config) {
		this.content = config.content;
		this.id = config.id;
		this.single_word = config.single_word ?? false;
		this.lstrip = config.lstrip ?? false;
		this.rstrip = config.rstrip ?? false;
		this.special = config.special ?? false;
		this.normalized = config.normalized ?? !this.special;
	}
};
var AddedToken_default = AddedToken;
var compile_unicode_regexp = (source, flags) => {
	try {
		return new RegExp(source, flags);
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		const property_names = /* @__PURE__ */ new Map();
		const rewritten = source.replace(/(\\[pP])\{([^}=]+)\}/g, (text, p, n, offset) => {
			let preceding_backslashes = 0;
			for (let i = offset - 1; i >= 0 && source[i] === "\\"; --i) ++preceding_backslashes;
			if (preceding_backslashes % 2 === 1) return text;
			let property_name = property_names.get(n);
			if (property_name === void 0) {
				try {
					new RegExp(`\\p{${n}}`, "u");
					property_name = n;
				} catch {
					property_name = `Script=${n}`;
				}
				property_names.set(n, property_name);
			}
			return `${p}{${property_name}}`;
		});
		if (rewritten === source) throw error;
		try {
			return new RegExp(rewritten, flags);
		} catch {
			throw error;
		}
	}
};
var clean_up_tokenization = (text) => text.replace(/ \./g, ".").replace(/ \?/g, "?").replace(/ \!/g, "!").replace(/ ,/g, ",").replace(/ \' /g, "'").replace(/ n't/g, "n't").replace(/ 'm/g, "'m").replace(/ 's/g, "'s").replace(/ 've/g, "'ve").replace(/ 're/g, "'re");
var create_pattern = (pattern, invert = true) => {
	if (pattern.Regex !== void 0) return compile_unicode_regexp(rewrite_oniguruma_to_js(normalize_bloom_split_char_class(pattern.Regex)), "gu");
	else if (pattern.String !== void 0) {
		const escaped = escape_reg_exp(pattern.String);
		return new RegExp(invert ? escaped : `(${escaped})`, "gu");
	} else {
		console.warn("Unknown pattern type:", pattern);
		return null;
	}
};
var UNICODE_WORD_CHARS_IN_CLASS = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}";
var UNICODE_WORD_CHARS = `${UNICODE_WORD_CHARS_IN_CLASS}\\u00B2\\u00B3\\u00B9\\u00BC-\\u00BE`;
var UNICODE_WORD_CLASS = `[${UNICODE_WORD_CHARS}]`;
var UNICODE_NON_WORD_CLASS = `[^${UNICODE_WORD_CHARS}]`;
var UNICODE_WORD_BOUNDARY = `(?:(?<!${UNICODE_WORD_CLASS})(?=${UNICODE_WORD_CLASS})|(?<=${UNICODE_WORD_CLASS})(?!${UNICODE_WORD_CLASS}))`;
var UNICODE_NON_WORD_BOUNDARY = `(?:(?<!${UNICODE_WORD_CLASS})(?!${UNICODE_WORD_CLASS})|(?<=${UNICODE_WORD_CLASS})(?=${UNICODE_WORD_CLASS}))`;
var LINE_START_ANCHOR = "(?:(?<![\\s\\S])|(?<=\\n))";
var LINE_END_ANCHOR = "(?:(?=\\n)|(?![\\s\\S]))";
var HEX_DIGIT_CHARS = "0-9A-Fa-f";
var ESCAPE_REWRITES = /* @__PURE__ */ new Map([
	["A", "(?<![\\s\\S])"],
	["z", "(?![\\s\\S])"],
	["Z", "(?=\\n?(?![\\s\\S]))"],
	["h", `[${HEX_DIGIT_CHARS}]`],
	["H", `[^${HEX_DIGIT_CHARS}]`],
	["w", UNICODE_WORD_CLASS],
	["W", UNICODE_NON_WORD_CLASS],
	["d", "\\p{Nd}"],
	["D", "\\P{Nd}"],
	["s", "\\p{White_Space}"],
	["S", "\\P{White_Space}"],
	["b", UNICODE_WORD_BOUNDARY],
	["B", UNICODE_NON_WORD_BOUNDARY],
	["a", "\\x07"],
	["e", "\\x1B"]
]);
var CLASS_ESCAPE_REWRITES = /* @__PURE__ */ new Map([
	["h", HEX_DIGIT_CHARS],
	["w", UNICODE_WORD_CHARS_IN_CLASS],
	["d", "\\p{Nd}"],
	["D", "\\P{Nd}"],
	["s", "\\p{White_Space}"],
	["S", "\\P{White_Space}"],
	["a", "\\x07"],
	["e", "\\x1B"]
]);
var CLASS_COMPLEMENT_ALTERNATIVES = /* @__PURE__ */ new Map([["W", `[^${UNICODE_WORD_CHARS_IN_CLASS}]`], ["H", `[^${HEX_DIGIT_CHARS}]`]]);
var RAW_WHITESPACE_ESCAPES = /* @__PURE__ */ new Map([
	["\n", "\\n"],
	["\r", "\\r"],
	["	", "\\t"],
	["\f", "\\f"],
	["\v", "\\v"]
]);
var POSIX_CLASS_FRAGMENTS = /* @__PURE__ */ new Map([
	["alpha", "\\p{Alphabetic}"],
	["alnum", "\\p{Alphabetic}\\p{Nd}"],
	["digit", "\\p{Nd}"],
	["lower", "\\p{Lowercase}"],
	["upper", "\\p{Uppercase}"],
	["space", "\\p{White_Space}"],
	["blank", "\\t\\p{Zs}"],
	["punct", "\\p{P}\\p{S}"],
	["cntrl", "\\p{Cc}"],
	["word", UNICODE_WORD_CHARS_IN_CLASS],
	["xdigit", HEX_DIGIT_CHARS]
]);
var JS_SYNTAX_CHARS = "^$\\.*+?()[]{}|/";
var GROUP_PREFIX_RE = /^\(\?(?:<[=!]|<[A-Za-z_][A-Za-z0-9_]*>|[:=!>])/;
var BRACED_ESCAPE_RE = /^\\([pPxu])\{([^}]*)\}/;
var QUANTIFIER_BRACE_RE = /^\{(\d+(?:,\d*)?|,\d+)\}/;
var POSIX_BRACKET_RE = /^\[:(\^?)(\p{Alphabetic}+):\]/u;
var EMPTY_NEGATED_POSIX_BRACKET_RE = /^\[:\^:\]/;
var UNSUPPORTED_POSIX_BRACKET_RE = /^\[(?:\.[^\]]*\.\]|=[^\]]*=\])/;
var FIXED_WIDTH_ESCAPE_RE = /^(?:\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\c[A-Za-z])/;
var is_ascii_letter = (char) => char >= "A" && char <= "Z" || char >= "a" && char <= "z";
var character_at = (text, index) => String.fromCodePoint(text.codePointAt(index));
var get_ascii_folded_hex_atom = (hex) => {
	if (!/^[0-9A-Fa-f]{1,8}$/.test(hex)) return null;
	const code_point = Number.parseInt(hex, 16);
	if (code_point > 127) return null;
	const letter = String.fromCharCode(code_point);
	return is_ascii_letter(letter) ? `[${letter.toLowerCase()}${letter.toUpperCase()}]` : null;
};
var normalize_bloom_split_char_class = (regex) => regex.replace(/\[\^\(\\s\|\[([^\]]+)\]\)\]/g, "[^()|\\s$1]");
var ANY_CODE_POINT = "[\\s\\S]";
var MAX_CHARACTER_CLASS_NESTING_DEPTH = 256;
var create_character_class_operand = () => ({
	fragment: "",
	alternatives: [],
	tail: null,
	contains_complex_set: false
});
var throw_character_class_range_error = (index) => {
	throw new SyntaxError(`Unsupported range with a set-valued character-class operand at index ${index}`);
};
var add_character_class_atom = (operand, atom, index, contains_complex_set = true) => {
	if (operand.tail === "range") throw_character_class_range_error(index);
	operand.alternatives.push(atom);
	operand.tail = "set";
	operand.contains_complex_set = operand.contains_complex_set || contains_complex_set;
};
var append_character_class_fragment = (operand, fragment, set_valued = false, index = -1) => {
	if (set_valued && operand.tail === "range") throw_character_class_range_error(index);
	if (operand.tail === "range") {
		operand.fragment += fragment;
		operand.tail = "complete_range";
		return;
	}
	operand.fragment += fragment;
	operand.tail = set_valued ? "set" : "scalar";
	operand.contains_complex_set = operand.contains_complex_set || set_valued;
};
var rewrite_character_class_escape = (regex, index, operand) => {
	const braced = BRACED_ESCAPE_RE.exec(regex.slice(index));
	if (braced) {
		const [text, kind, body] = braced;
		if (kind === "P" && body === "Word") add_character_class_atom(operand, `[^${UNICODE_WORD_CHARS_IN_CLASS}]`, index);
		else append_character_class_fragment(operand, kind === "x" ? `\\u{${body}}` : kind === "p" && body === "Word" ? UNICODE_WORD_CHARS_IN_CLASS : text, kind === "p" || kind === "P", index);
		return index + text.length;
	}
	const fixed_width = FIXED_WIDTH_ESCAPE_RE.exec(regex.slice(index));
	if (fixed_width) {
		append_character_class_fragment(operand, fixed_width[0]);
		return index + fixed_width[0].length;
	}
	if (index + 1 >= regex.length) throw new SyntaxError(`Unterminated escape in character class at index ${index}`);
	const next = character_at(regex, index + 1);
	const next_end = index + 1 + next.length;
	const raw_whitespace = RAW_WHITESPACE_ESCAPES.get(next);
	if (raw_whitespace !== void 0) {
		append_character_class_fragment(operand, raw_whitespace);
		return next_end;
	}
	const complement = CLASS_COMPLEMENT_ALTERNATIVES.get(next);
	if (complement !== void 0) {
		add_character_class_atom(operand, complement, index);
		return next_end;
	}
	const rewrite = CLASS_ESCAPE_REWRITES.get(next);
	let replacement;
	let set_valued = false;
	if (rewrite !== void 0) {
		replacement = rewrite;
		set_valued = next !== "a" && next !== "e";
	} else if (/[A-Za-z0-9]/.test(next)) replacement = `\\${next}`;
	else if (JS_SYNTAX_CHARS.includes(next) || next === "-") replacement = `\\${next}`;
	else replacement = next;
	append_character_class_fragment(operand, replacement, set_valued, index);
	return next_end;
};
var compile_character_set_union = (pieces) => {
	if (pieces.length === 1) return pieces[0];
	return `(?:(?=(?:${pieces.join("|")}))${ANY_CODE_POINT})`;
};
var compile_character_class_operand = (operand) => {
	return compile_character_set_union(operand.fragment.length === 0 ? operand.alternatives : [`[${operand.fragment}]`, ...operand.alternatives]);
};
var get_ascii_fold_additions = (positive_atom) => {
	const membership = compile_unicode_regexp(`^(?:${positive_atom})$`, "u");
	let additions = "";
	for (let offset = 0; offset < 26; ++offset) {
		const upper = String.fromCharCode(65 + offset);
		const lower = String.fromCharCode(97 + offset);
		const has_upper = membership.test(upper);
		if (has_upper !== membership.test(lower)) additions += has_upper ? lower : upper;
	}
	return additions;
};
var parse_character_class = (regex, start, ascii_fold, apply_ascii_fold = true, nesting_depth = 1) => {
	if (nesting_depth > MAX_CHARACTER_CLASS_NESTING_DEPTH) throw new SyntaxError(`Maximum character-class nesting depth of ${MAX_CHARACTER_CLASS_NESTING_DEPTH} exceeded at index ${start}`);
	let i = start + 1;
	const negated = regex[i] === "^";
	if (negated) ++i;
	const first_content_index = i;
	const operands = [create_character_class_operand()];
	let operand = operands[0];
	let contains_nested_negated_complex_set = false;
	while (i < regex.length) {
		const char = character_at(regex, i);
		if (char === "\\") {
			i = rewrite_character_class_escape(regex, i, operand);
			continue;
		}
		if (char === "]") {
			if (i === first_content_index) {
				append_character_class_fragment(operand, "\\]");
				++i;
				continue;
			}
			if (operand.tail === null) {
				if (operands.length > 1) throw new SyntaxError(`Malformed character-class intersection with an empty operand at index ${i}`);
				throw new SyntaxError(`Empty character class at index ${start}`);
			}
			const contains_complex_set = operands.some((candidate) => candidate.contains_complex_set);
			if (negated && operands.length > 1 && contains_nested_negated_complex_set) throw new SyntaxError(`Unsupported outer-negated character-class intersection with a nested negated class containing a Unicode property, POSIX class, or shorthand at index ${start}`);
			const first_atom = compile_character_class_operand(operands[0]);
			let positive_atom = first_atom;
			if (operands.length > 1) {
				let lookaheads = "";
				for (let j = 1; j < operands.length; ++j) lookaheads += `(?=${compile_character_class_operand(operands[j])})`;
				positive_atom = `(?:${lookaheads}${first_atom})`;
			}
			const is_direct_class = operands.length === 1 && operand.alternatives.length === 0;
			let direct_fragment = operand.fragment;
			if (ascii_fold && apply_ascii_fold) {
				const additions = get_ascii_fold_additions(positive_atom);
				if (additions.length > 0) {
					if (is_direct_class) {
						direct_fragment += additions;
						positive_atom = `[${direct_fragment}]`;
					} else positive_atom = compile_character_set_union([positive_atom, `[${additions}]`]);
				}
			}
			return {
				atom: negated ? is_direct_class ? `[^${direct_fragment}]` : `(?:(?!${positive_atom})${ANY_CODE_POINT})` : positive_atom,
				end: i + 1,
				negated,
				contains_complex_set,
				contains_nested_negated_complex_set
			};
		}
		if (regex.startsWith("&&", i)) {
			if (operand.tail === null) throw new SyntaxError(`Malformed character-class intersection with an empty operand at index ${i}`);
			operand = create_character_class_operand();
			operands.push(operand);
			i += 2;
			continue;
		}
		if (char === "[") {
			const suffix = regex.slice(i);
			if (EMPTY_NEGATED_POSIX_BRACKET_RE.test(suffix)) throw new SyntaxError(`Malformed empty negated POSIX character class at index ${i}`);
			const posix = POSIX_BRACKET_RE.exec(suffix);
			if (posix) {
				const [, posix_negated, name] = posix;
				const fragment = POSIX_CLASS_FRAGMENTS.get(name);
				if (fragment === void 0) throw new SyntaxError(`Unsupported POSIX character class "${name}" at index ${i}`);
				if (ascii_fold && posix_negated && (name === "lower" || name === "upper")) throw new SyntaxError(`Unsupported negated POSIX ${name} class inside an inline case-insensitive group`);
				if (posix_negated) add_character_class_atom(operand, `[^${fragment}]`, i);
				else append_character_class_fragment(operand, fragment, true, i);
				i += posix[0].length;
				continue;
			}
			if (UNSUPPORTED_POSIX_BRACKET_RE.test(suffix)) throw new SyntaxError(`Unsupported POSIX collating or equivalence bracket expression at index ${i}`);
			const nested = parse_character_class(regex, i, ascii_fold, false, nesting_depth + 1);
			add_character_class_atom(operand, nested.atom, i, nested.contains_complex_set);
			contains_nested_negated_complex_set ||= nested.contains_nested_negated_complex_set || nested.negated && nested.contains_complex_set;
			i = nested.end;
			continue;
		}
		if (char === "-") {
			const is_terminal_literal = regex[i + 1] === "]" || regex.startsWith("&&", i + 1);
			if (operand.tail === "set" && !is_terminal_literal) throw_character_class_range_error(i);
			if (operand.tail === null || operand.tail === "range" || operand.tail === "complete_range" || is_terminal_literal) append_character_class_fragment(operand, "\\-");
			else {
				operand.fragment += "-";
				operand.tail = "range";
			}
			++i;
			continue;
		}
		append_character_class_fragment(operand, char === "^" && operand.fragment.length === 0 ? "\\^" : char);
		i += char.length;
	}
	throw new SyntaxError(`${operands.length > 1 ? "Unterminated character-class intersection" : "Unterminated character class"} at index ${start}`);
};
var rewrite_oniguruma_to_js = (regex) => {
	let out = "";
	let atom_start = -1;
	let last_was_quantifier = false;
	let ascii_fold = false;
	const group_states = [];
	const emit_atom = (text) => {
		atom_start = out.length;
		out += text;
		last_was_quantifier = false;
	};
	for (let i = 0; i < regex.length;) {
		const char = character_at(regex, i);
		if (char === "\\") {
			const braced = BRACED_ESCAPE_RE.exec(regex.slice(i));
			if (braced) {
				const [text, kind, body] = braced;
				let replacement2 = text;
				if (kind === "x") {
					const code_point_escape = `\\u{${body}}`;
					replacement2 = ascii_fold ? get_ascii_folded_hex_atom(body) ?? code_point_escape : code_point_escape;
				} else if (body === "Word") replacement2 = kind === "p" ? UNICODE_WORD_CLASS : UNICODE_NON_WORD_CLASS;
				emit_atom(replacement2);
				i += text.length;
				continue;
			}
			const fixed_width = FIXED_WIDTH_ESCAPE_RE.exec(regex.slice(i));
			if (fixed_width) {
				const text = fixed_width[0];
				emit_atom(ascii_fold && text[1] !== "c" ? get_ascii_folded_hex_atom(text.slice(2)) ?? text : text);
				i += text.length;
				continue;
			}
			if (i + 1 >= regex.length) {
				out += char;
				break;
			}
			const next = character_at(regex, i + 1);
			i += 1 + next.length;
			if (next === "G") continue;
			const raw_whitespace = RAW_WHITESPACE_ESCAPES.get(next);
			if (raw_whitespace !== void 0) {
				emit_atom(raw_whitespace);
				continue;
			}
			const rewrite = ESCAPE_REWRITES.get(next);
			let replacement;
			if (rewrite !== void 0) replacement = rewrite;
			else if (/[A-Za-z0-9]/.test(next)) replacement = `\\${next}`;
			else if (JS_SYNTAX_CHARS.includes(next)) replacement = `\\${next}`;
			else replacement = next;
			emit_atom(replacement);
			continue;
		}
		switch (char) {
			case "[": {
				const parsed = parse_character_class(regex, i, ascii_fold);
				emit_atom(parsed.atom);
				i = parsed.end;
				continue;
			}
			case "]":
				emit_atom("\\]");
				++i;
				continue;
			case ".":
				emit_atom("[^\\n]");
				++i;
				continue;
			case "^":
				emit_atom(LINE_START_ANCHOR);
				++i;
				continue;
			case "$":
				emit_atom(LINE_END_ANCHOR);
				++i;
				continue;
			case "(": {
				const inline_case_insensitive = regex.startsWith("(?i:", i);
				const source_prefix = inline_case_insensitive ? "(?i:" : GROUP_PREFIX_RE.exec(regex.slice(i))?.[0] ?? "(";
				const output_prefix = inline_case_insensitive ? "(?:" : source_prefix === "(?>" ? "(?:" : source_prefix;
				group_states.push([out.length, ascii_fold]);
				if (inline_case_insensitive) ascii_fold = true;
				out += output_prefix;
				last_was_quantifier = false;
				i += source_prefix.length;
				continue;
			}
			case ")":
				out += char;
				[atom_start, ascii_fold] = group_states.pop() ?? [-1, false];
				last_was_quantifier = false;
				++i;
				continue;
			case "|":
				out += char;
				atom_start = -1;
				last_was_quantifier = false;
				++i;
				continue;
			case "{": {
				const quant = QUANTIFIER_BRACE_RE.exec(regex.slice(i));
				if (!quant || atom_start < 0) {
					emit_atom("\\{");
					++i;
					continue;
				}
				const body = quant[1].startsWith(",") ? `0${quant[1]}` : quant[1];
				i += quant[0].length;
				const following = regex[i];
				if (following === "+" || following === "*") {
					out = `${out.slice(0, atom_start)}(?:${out.slice(atom_start)}{${body}})${following}`;
					++i;
				} else out += `{${body}}`;
				last_was_quantifier = true;
				continue;
			}
			case "}":
				emit_atom("\\}");
				++i;
				continue;
			case "+":
				if (last_was_quantifier) {
					++i;
					continue;
				}
				out += char;
				last_was_quantifier = true;
				++i;
				continue;
			case "*":
			case "?":
				out += char;
				last_was_quantifier = true;
				++i;
				continue;
			default:
				emit_atom(ascii_fold && is_ascii_letter(char) ? `[${char.toLowerCase()}${char.toUpperCase()}]` : char);
				i += char.length;
				continue;
		}
	}
	return out;
};
var escape_reg_exp = (string) => string.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
var fuse_unk = (arr, tokens_to_ids, unk_token_id) => {
	const fused = [];
	let i = 0;
	while (i < arr.length) {
		fused.push(arr[i]);
		if ((tokens_to_ids.get(arr[i]) ?? unk_token_id) !== unk_token_id) {
			++i;
			continue;
		}
		while (++i < arr.length && (tokens_to_ids.get(arr[i]) ?? unk_token_id) === unk_token_id) if (tokens_to_ids.get(fused.at(-1)) !== unk_token_id) fused[fused.length - 1] += arr[i];
	}
	return fused;
};
var is_chinese_char = (cp) => cp >= 19968 && cp <= 40959 || cp >= 13312 && cp <= 19903 || cp >= 131072 && cp <= 173791 || cp >= 173824 && cp <= 177983 || cp >= 177984 && cp <= 178207 || cp >= 178208 && cp <= 183983 || cp >= 63744 && cp <= 64255 || cp >= 194560 && cp <= 195103;
var is_integral_number = (x) => Number.isInteger(x) || typeof x === "bigint";
var len = (s) => {
	let length = 0;
	for (const c of s) ++length;
	return length;
};
var lowercase_and_remove_accents = (text) => remove_accents(text.toLowerCase());
var merge_arrays = (...arrs) => Array.prototype.concat.apply([], arrs);
var object_to_map = (obj) => new Map(Object.entries(obj));
var regex_split = (text, regex) => {
	const result = [];
	let prev = 0;
	for (const match of text.matchAll(regex)) {
		const full_match = match[0];
		if (prev < match.index) result.push(text.slice(prev, match.index));
		if (full_match.length > 0) result.push(full_match);
		prev = match.index + full_match.length;
	}
	if (prev < text.length) result.push(text.slice(prev));
	return result;
};
var remove_accents = (text) => text.replace(/\p{M}/gu, "");
var validate_object = (obj, name, required_keys = []) => {
	if (!obj || Array.isArray(obj) || typeof obj !== "object") return `${name} must be a valid object`;
	for (const key of required_keys) if (!(key in obj)) return `${name} must contain a "${key}" property`;
	return null;
};
var whitespace_split = (text) => text.match(/\S+/g) || [];
var Callable = class {
	/**
	* Creates a new instance of the Callable class.
	*/
	constructor() {
		const closure = function(...args) {
			return closure._call(...args);
		};
		return Object.setPrototypeOf(closure, new.target.prototype);
	}
};
var Callable_default = Callable;
var Normalizer = class extends Callable_default {
	/**
	* @param config The configuration object for the normalizer.
	*/
	constructor(config) {
		super();
		this.config = config;
	}
	/**
	* Alias for {@link Normalizer#normalize}.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	_call(text) {
		return this.normalize(text);
	}
};
var Normalizer_default = Normalizer;
var BertNormalizer = class extends Normalizer_default {
	/**
	* Adds whitespace around any CJK (Chinese, Japanese, or Korean) character in the input text.
	*
	* @param text The input text to tokenize.
	* @returns The tokenized text with whitespace added around CJK characters.
	*/
	tokenize_chinese_chars(text) {
		const output = [];
		for (let i = 0; i < text.length; ++i) {
			const char = text[i];
			if (is_chinese_char(char.charCodeAt(0))) {
				output.push(" ");
				output.push(char);
				output.push(" ");
			} else output.push(char);
		}
		return output.join("");
	}
	/**
	* Strips accents from the given text.
	* @param text The text to strip accents from.
	* @returns The text with accents removed.
	*/
	strip_accents(text) {
		return text.normalize("NFD").replace(/\p{Mn}/gu, "");
	}
	/**
	* Checks whether `char` is a control character.
	* @param char The character to check.
	* @returns Whether `char` is a control character.
	*/
	is_control(char) {
		switch (char) {
			case "	":
			case "\n":
			case "\r": return false;
			default: return /^\p{Cc}|\p{Cf}|\p{Co}|\p{Cs}$/u.test(char);
		}
	}
	/**
	* Performs invalid character removal and whitespace cleanup on text.
	* @param text The text to clean.
	* @returns The cleaned text.
	*/
	clean_text(text) {
		const output = [];
		for (const char of text) {
			const cp = char.charCodeAt(0);
			if (cp === 0 || cp === 65533 || this.is_control(char)) continue;
			if (/^\s$/.test(char)) output.push(" ");
			else output.push(char);
		}
		return output.join("");
	}
	/**
	* Normalizes the given text based on the configuration.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	normalize(text) {
		if (this.config.clean_text) text = this.clean_text(text);
		if (this.config.handle_chinese_chars) text = this.tokenize_chinese_chars(text);
		if (this.config.lowercase) {
			text = text.toLowerCase();
			if (this.config.strip_accents !== false) text = this.strip_accents(text);
		} else if (this.config.strip_accents) text = this.strip_accents(text);
		return text;
	}
};
var BertNormalizer_default = BertNormalizer;
var Precompiled = class extends Normalizer_default {
	/**
	* Create a new instance of Precompiled normalizer.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.charsmap = config.precompiled_charsmap ?? null;
	}
	/**
	* Normalizes the given text by applying the precompiled charsmap.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	normalize(text) {
		text = text.replace(/[\u0001-\u0008\u000B\u000E-\u001F\u007F\u008F\u009F]/gm, "");
		text = text.replace(/[\u0009\u000A\u000C\u000D\u00A0\u1680\u2000-\u200F\u2028\u2029\u202F\u205F\u2581\u3000\uFEFF\uFFFD]/gm, " ");
		if (text.includes("～")) text = text.split("～").map((part) => part.normalize("NFKC")).join("～");
		else text = text.normalize("NFKC");
		return text;
	}
};
var Precompiled_default = Precompiled;
var Sequence = class extends Normalizer_default {
	/**
	* Create a new instance of NormalizerSequence.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.normalizers = (config.normalizers ?? []).map((x) => create_normalizer_default(x));
	}
	/**
	* Apply a sequence of Normalizers to the input text.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	normalize(text) {
		return this.normalizers.reduce((t, normalizer) => {
			return normalizer ? normalizer.normalize(t) : t;
		}, text);
	}
};
var Sequence_default = Sequence;
var Replace = class extends Normalizer_default {
	/**
	* @param config The configuration object for the normalizer.
	*/
	constructor(config) {
		super(config);
		this.pattern = create_pattern(this.config.pattern ?? {});
	}
	/**
	* Normalize the input text by replacing the pattern with the content.
	* @param text The input text to be normalized.
	* @returns The normalized text after replacing the pattern with the content.
	*/
	normalize(text) {
		return this.pattern === null ? text : text.replaceAll(this.pattern, this.config.content ?? "");
	}
};
var Replace_default = Replace;
var UnicodeNormalizer = class extends Normalizer_default {
	constructor() {
		super(...arguments);
		/**
		* The Unicode normalization form to apply.
		* Should be one of: 'NFC', 'NFD', 'NFKC', or 'NFKD'.
		*/
		this.form = "NFC";
	}
	/**
	* Normalize the input text by applying Unicode normalization.
	* @param text The input text to be normalized.
	* @returns The normalized text.
	*/
	normalize(text) {
		text = text.normalize(this.form);
		return text;
	}
};
var UnicodeNormalizer_default = UnicodeNormalizer;
var NFC = class extends UnicodeNormalizer_default {
	constructor() {
		super(...arguments);
		this.form = "NFC";
	}
};
var NFC_default = NFC;
var NFD = class extends UnicodeNormalizer_default {
	constructor() {
		super(...arguments);
		this.form = "NFD";
	}
};
var NFD_default = NFD;
var NFKC = class extends UnicodeNormalizer_default {
	constructor() {
		super(...arguments);
		this.form = "NFKC";
	}
};
var NFKC_default = NFKC;
var NFKD = class extends UnicodeNormalizer_default {
	constructor() {
		super(...arguments);
		this.form = "NFKD";
	}
};
var NFKD_default = NFKD;
var Strip = class extends Normalizer_default {
	/**
	* Strip leading and/or trailing whitespace from the input text.
	* @param text The input text.
	* @returns The normalized text.
	*/
	normalize(text) {
		if (this.config.strip_left && this.config.strip_right) text = text.trim();
		else {
			if (this.config.strip_left) text = text.trimStart();
			if (this.config.strip_right) text = text.trimEnd();
		}
		return text;
	}
};
var Strip_default = Strip;
var StripAccents = class extends Normalizer_default {
	/**
	* Remove all accents from the text.
	* @param text The input text.
	* @returns The normalized text without accents.
	*/
	normalize(text) {
		return remove_accents(text);
	}
};
var StripAccents_default = StripAccents;
var Lowercase = class extends Normalizer_default {
	/**
	* Lowercases the input string.
	* @param {string} text The text to normalize.
	* @returns {string} The normalized text.
	*/
	normalize(text) {
		return text.toLowerCase();
	}
};
var Lowercase_default = Lowercase;
var Prepend = class extends Normalizer_default {
	/**
	* Prepends the input string.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	normalize(text) {
		text = this.config.prepend + text;
		return text;
	}
};
var Prepend_default = Prepend;
function create_normalizer(config) {
	if (config === null) return null;
	switch (config.type) {
		case "BertNormalizer": return new BertNormalizer_default(config);
		case "Precompiled": return new Precompiled_default(config);
		case "Sequence": return new Sequence_default(config);
		case "Replace": return new Replace_default(config);
		case "NFC": return new NFC_default(config);
		case "NFD": return new NFD_default(config);
		case "NFKC": return new NFKC_default(config);
		case "NFKD": return new NFKD_default(config);
		case "Strip": return new Strip_default(config);
		case "StripAccents": return new StripAccents_default(config);
		case "Lowercase": return new Lowercase_default(config);
		case "Prepend": return new Prepend_default(config);
		default: throw new Error(`Unknown Normalizer type: ${config.type}`);
	}
}
var create_normalizer_default = create_normalizer;
var PreTokenizer = class extends Callable_default {
	/**
	* Tokenizes the given text into pre-tokens.
	* @param text The text or array of texts to pre-tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of pre-tokens.
	*/
	pre_tokenize(text, options) {
		return (Array.isArray(text) ? text.map((x) => this.pre_tokenize_text(x, options)) : this.pre_tokenize_text(text, options)).flat();
	}
	/**
	* Alias for {@link PreTokenizer#pre_tokenize}.
	* @param text The text or array of texts to pre-tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of pre-tokens.
	*/
	_call(text, options) {
		return this.pre_tokenize(text, options);
	}
};
var PreTokenizer_default = PreTokenizer;
var BYTES_TO_UNICODE = (() => {
	const bs = [
		...Array.from({ length: "~".charCodeAt(0) - "!".charCodeAt(0) + 1 }, (_, i) => i + "!".charCodeAt(0)),
		...Array.from({ length: "¬".charCodeAt(0) - "¡".charCodeAt(0) + 1 }, (_, i) => i + "¡".charCodeAt(0)),
		...Array.from({ length: "ÿ".charCodeAt(0) - "®".charCodeAt(0) + 1 }, (_, i) => i + "®".charCodeAt(0))
	];
	const cs = bs.slice();
	let n = 0;
	for (let b = 0; b < 256; ++b) if (!bs.includes(b)) {
		bs.push(b);
		cs.push(256 + n);
		n += 1;
	}
	const ccs = cs.map((n2) => String.fromCharCode(n2));
	return Object.fromEntries(bs.map((b, i) => [b, ccs[i]]));
})();
var reverse_dictionary = (data) => Object.fromEntries(Object.entries(data).map(([key, value]) => [value, key]));
var UNICODE_TO_BYTES = reverse_dictionary(BYTES_TO_UNICODE);
var PUNCTUATION_REGEX = "\\p{P}\\u0021-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u007E";
var ByteLevel = class extends PreTokenizer_default {
	/**
	* Creates a new instance of the `ByteLevelPreTokenizer` class.
	* @param config The configuration object.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.add_prefix_space = this.config.add_prefix_space ?? false;
		this.trim_offsets = this.config.trim_offsets ?? false;
		this.use_regex = this.config.use_regex ?? true;
		this.pattern = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;
		this.byte_encoder = BYTES_TO_UNICODE;
		this.text_encoder = new TextEncoder();
	}
	/**
	* Tokenizes a single piece of text using byte-level tokenization.
	* @param text The text to tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text, options) {
		if (this.add_prefix_space && !text.startsWith(" ")) text = " " + text;
		return (this.use_regex ? text.match(this.pattern) || [] : [text]).map((token) => Array.from(this.text_encoder.encode(token), (byte) => this.byte_encoder[byte]).join(""));
	}
};
var ByteLevel_default = ByteLevel;
var Whitespace = class extends PreTokenizer_default {
	/**
	* Pre-tokenizes the input text by splitting it on word boundaries.
	* @param text The text to be pre-tokenized.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of tokens produced by splitting the input text on whitespace.
	*/
	pre_tokenize_text(text, options) {
		return text.match(/\w+|[^\w\s]+/g) || [];
	}
};
var Whitespace_default = Whitespace;
var Metaspace = class extends PreTokenizer_default {
	/**
	* @param config The configuration object for the MetaspacePreTokenizer.
	*/
	constructor(config) {
		super();
		this.replacement = config.replacement ?? "▁";
		this.str_rep = config.str_rep || this.replacement;
		this.prepend_scheme = config.prepend_scheme ?? "always";
	}
	/**
	* This method takes a string, replaces spaces with the replacement character,
	* adds a prefix space if requested, and returns a new list of tokens.
	* @param text The text to pre-tokenize.
	* @param options The options for the pre-tokenization.
	* @returns A new list of pre-tokenized tokens.
	*/
	pre_tokenize_text(text, options) {
		const { section_index = void 0 } = options ?? {};
		let normalized = text.replaceAll(" ", this.str_rep);
		if (!normalized.startsWith(this.replacement) && (this.prepend_scheme === "always" || this.prepend_scheme === "first" && section_index === 0)) normalized = this.str_rep + normalized;
		return [normalized];
	}
};
var Metaspace_default = Metaspace;
var Split = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.pattern = create_pattern(this.config.pattern ?? {}, this.config.invert ?? true);
	}
	/**
	* Tokenizes text by splitting it using the given pattern.
	* @param text The text to tokenize.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text) {
		if (this.pattern === null) return [];
		if (this.config.invert) return (text.match(this.pattern) || []).filter((x) => x);
		else if (this.config.behavior?.toLowerCase() === "removed") return text.split(this.pattern).filter((x) => x);
		else return regex_split(text, this.pattern);
	}
};
var Split_default = Split;
var Punctuation = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.pattern = new RegExp(`[^${PUNCTUATION_REGEX}]+|[${PUNCTUATION_REGEX}]+`, "gu");
	}
	/**
	* Tokenizes text by splitting it using the given pattern.
	* @param text The text to tokenize.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text) {
		return text.match(this.pattern) || [];
	}
};
var Punctuation_default = Punctuation;
var Digits = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		const digit_pattern = `[^\\d]+|\\d${this.config.individual_digits ? "" : "+"}`;
		this.pattern = new RegExp(digit_pattern, "gu");
	}
	/**
	* Tokenizes text by splitting it using the given pattern.
	* @param text The text to tokenize.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text) {
		return text.match(this.pattern) || [];
	}
};
var Digits_default = Digits;
var BertPreTokenizer = class extends PreTokenizer_default {
	/**
	* A PreTokenizer that splits text into wordpieces using a basic tokenization scheme
	* similar to that used in the original implementation of BERT.
	*/
	constructor() {
		super();
		this.pattern = new RegExp(`[^\\s${PUNCTUATION_REGEX}]+|[${PUNCTUATION_REGEX}]`, "gu");
	}
	/**
	* Tokenizes a single text using the BERT pre-tokenization scheme.
	*
	* @param text The text to tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text, options) {
		return text.trim().match(this.pattern) || [];
	}
};
var BertPreTokenizer_default = BertPreTokenizer;
var Replace2 = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.pattern = create_pattern(this.config.pattern ?? {});
		this.content = this.config.content ?? "";
	}
	/**
	* Pre-tokenizes the input text by replacing certain characters.
	* @param text The text to be pre-tokenized.
	* @returns An array of tokens produced by replacing certain characters.
	*/
	pre_tokenize_text(text) {
		if (this.pattern === null) return [text];
		return [text.replaceAll(this.pattern, this.config.content ?? "")];
	}
};
var Replace_default2 = Replace2;
var Sequence2 = class extends PreTokenizer_default {
	/**
	* Creates an instance of PreTokenizerSequence.
	* @param config The configuration object for the pre-tokenizer sequence.
	*/
	constructor(config) {
		super();
		this.tokenizers = (config.pretokenizers ?? []).map((x) => create_pre_tokenizer_default(x));
	}
	/**
	* Applies each pre-tokenizer in the sequence to the input text in turn.
	* @param text The text to pre-tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns The pre-tokenized text.
	*/
	pre_tokenize_text(text, options) {
		return this.tokenizers.reduce((pre_tokenized_text, tokenizer) => {
			return tokenizer ? tokenizer.pre_tokenize(pre_tokenized_text, options) : pre_tokenized_text;
		}, [text]);
	}
};
var Sequence_default2 = Sequence2;
var WhitespaceSplit = class extends PreTokenizer_default {
	/**
	* Pre-tokenizes the input text by splitting it on whitespace characters.
	* @param text The text to be pre-tokenized.
	* @returns An array of tokens produced by splitting the input text on whitespace.
	*/
	pre_tokenize_text(text) {
		return whitespace_split(text);
	}
};
var WhitespaceSplit_default = WhitespaceSplit;
var FixedLength = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		this._length = config.length;
	}
	/**
	* Pre-tokenizes the input text by splitting it into fixed-length tokens.
	* @param text The text to be pre-tokenized.
	* @returns An array of tokens produced by splitting the input text into fixed-length tokens.
	*/
	pre_tokenize_text(text) {
		const tokens = [];
		for (let i = 0; i < text.length; i += this._length) tokens.push(text.slice(i, i + this._length));
		return tokens;
	}
};
var FixedLength_default = FixedLength;
function create_pre_tokenizer(config) {
	if (config === null) return null;
	switch (config.type) {
		case "BertPreTokenizer": return new BertPreTokenizer_default();
		case "Sequence": return new Sequence_default2(config);
		case "Whitespace": return new Whitespace_default();
		case "WhitespaceSplit": return new WhitespaceSplit_default();
		case "Metaspace": return new Metaspace_default(config);
		case "ByteLevel": return new ByteLevel_default(config);
		case "Split": return new Split_default(config);
		case "Punctuation": return new Punctuation_default(config);
		case "Digits": return new Digits_default(config);
		case "Replace": return new Replace_default2(config);
		case "FixedLength": return new FixedLength_default(config);
		default: throw new Error(`Unknown PreTokenizer type: ${config.type}`);
	}
}
var create_pre_tokenizer_default = create_pre_tokenizer;
var TokenizerModel = class extends Callable_default {
	/**
	* Creates a new instance of TokenizerModel.
	* @param config The configuration object for the TokenizerModel.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.vocab = [];
		this.tokens_to_ids = /* @__PURE__ */ new Map();
		this.unk_token_id = void 0;
		this.unk_token = void 0;
		this.end_of_word_suffix = void 0;
		this.fuse_unk = this.config.fuse_unk ?? false;
	}
	/**
	* Internal function to call the TokenizerModel instance.
	* @param tokens The tokens to encode.
	* @returns The encoded tokens.
	*/
	_call(tokens) {
		let result = this.encode(tokens);
		if (this.fuse_unk) result = fuse_unk(result, this.tokens_to_ids, this.unk_token_id);
		return result;
	}
};
var TokenizerModel_default = TokenizerModel;
var WordPieceTokenizer = class extends TokenizerModel_default {
	/**
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		/** The maximum number of characters per word. */
		this.max_input_chars_per_word = 100;
		this.tokens_to_ids = object_to_map(config.vocab);
		this.unk_token_id = this.tokens_to_ids.get(config.unk_token);
		this.unk_token = config.unk_token;
		this.max_input_chars_per_word = config.max_input_chars_per_word ?? 100;
		this.vocab = new Array(this.tokens_to_ids.size);
		for (const [key, value] of this.tokens_to_ids) this.vocab[value] = key;
	}
	/**
	* Encodes an array of tokens using WordPiece encoding.
	* @param tokens The tokens to encode.
	* @returns An array of encoded tokens.
	*/
	encode(tokens) {
		const output_tokens = [];
		for (const token of tokens) {
			const chars = [...token];
			if (chars.length > this.max_input_chars_per_word) {
				output_tokens.push(this.unk_token);
				continue;
			}
			let is_unknown = false;
			let start = 0;
			const sub_tokens = [];
			while (start < chars.length) {
				let end = chars.length;
				let current_substring = null;
				while (start < end) {
					let substr = chars.slice(start, end).join("");
					if (start > 0) substr = this.config.continuing_subword_prefix + substr;
					if (this.tokens_to_ids.has(substr)) {
						current_substring = substr;
						break;
					}
					--end;
				}
				if (current_substring === null) {
					is_unknown = true;
					break;
				}
				sub_tokens.push(current_substring);
				start = end;
			}
			if (is_unknown) output_tokens.push(this.unk_token);
			else output_tokens.push(...sub_tokens);
		}
		return output_tokens;
	}
};
var WordPiece_default = WordPieceTokenizer;
var CharTrieNode = class _CharTrieNode {
	/**
	* Create a new CharTrieNode.
	* @param is_leaf Whether the node is a leaf node or not.
	* @param children A map containing the node's children, where the key is a character and the value is a `CharTrieNode`.
	*/
	constructor(is_leaf, children) {
		this.is_leaf = is_leaf;
		this.children = children;
	}
	/**
	* Returns a new `CharTrieNode` instance with default values.
	* @returns A new `CharTrieNode` instance with `is_leaf` set to `false` and an empty `children` map.
	*/
	static default() {
		return new _CharTrieNode(false, /* @__PURE__ */ new Map());
	}
};
var CharTrie = class {
	constructor() {
		this.root = CharTrieNode.default();
	}
	/**
	* Adds one or more `texts` to the trie.
	* @param texts The strings to add to the trie.
	*/
	extend(texts) {
		for (const text of texts) this.push(text);
	}
	/**
	* Adds text to the trie.
	* @param text The string to add to the trie.
	*/
	push(text) {
		let node = this.root;
		for (const ch of text) {
			let child = node.children.get(ch);
			if (child === void 0) {
				child = CharTrieNode.default();
				node.children.set(ch, child);
			}
			node = child;
		}
		node.is_leaf = true;
	}
	/**
	* Searches the trie for stored strings that match `chars` starting at `start`.
	* @param chars The input characters to search.
	* @param start The index to start searching from.
	* @yields Each stored string that is a prefix of `chars` starting at `start`.
	*/
	*common_prefix_search(chars, start = 0) {
		let node = this.root;
		if (node === void 0) return;
		let prefix = "";
		for (let i = start; i < chars.length; ++i) {
			const ch = chars[i];
			prefix += ch;
			node = node.children.get(ch);
			if (node === void 0) return;
			if (node.is_leaf) yield prefix;
		}
	}
};
var CharTrie_default = CharTrie;
var TokenLatticeNode = class _TokenLatticeNode {
	/**
	* Represents a node in a token lattice for a given sentence.
	* @param token_id The ID of the token associated with this node.
	* @param node_id The ID of this node.
	* @param pos The starting position of the token in the sentence.
	* @param length The length of the token.
	* @param score The score associated with the token.
	*/
	constructor(token_id, node_id, pos, length, score) {
		this.token_id = token_id;
		this.node_id = node_id;
		this.pos = pos;
		this.length = length;
		this.score = score;
		this.prev = null;
		this.backtrace_score = 0;
	}
	/**
	* Returns a clone of this node.
	* @returns A clone of this node.
	*/
	clone() {
		const n = new _TokenLatticeNode(this.token_id, this.node_id, this.pos, this.length, this.score);
		n.prev = this.prev;
		n.backtrace_score = this.backtrace_score;
		return n;
	}
};
var TokenLattice = class {
	/**
	* Creates a new TokenLattice instance.
	*
	* @param sentence The input sentence to be tokenized.
	* @param bos_token_id The beginning-of-sequence token ID.
	* @param eos_token_id The end-of-sequence token ID.
	*/
	constructor(sentence, bos_token_id, eos_token_id) {
		this.chars = Array.from(sentence);
		this.len = this.chars.length;
		this.bos_token_id = bos_token_id;
		this.eos_token_id = eos_token_id;
		this.nodes = [];
		this.begin_nodes = Array.from({ length: this.len + 1 }, () => []);
		this.end_nodes = Array.from({ length: this.len + 1 }, () => []);
		const bos = new TokenLatticeNode(this.bos_token_id ?? 0, 0, 0, 0, 0);
		const eos = new TokenLatticeNode(this.eos_token_id ?? 0, 1, this.len, 0, 0);
		this.nodes.push(bos.clone());
		this.nodes.push(eos.clone());
		this.begin_nodes[this.len].push(eos);
		this.end_nodes[0].push(bos);
	}
	/**
	* Inserts a new token node into the token lattice.
	*
	* @param pos The starting position of the token.
	* @param length The length of the token.
	* @param score The score of the token.
	* @param token_id The token ID of the token.
	*/
	insert(pos, length, score, token_id) {
		const node_id = this.nodes.length;
		const node = new TokenLatticeNode(token_id, node_id, pos, length, score);
		this.begin_nodes[pos].push(node);
		this.end_nodes[pos + length].push(node);
		this.nodes.push(node);
	}
	/**
	* Implements the Viterbi algorithm to compute the most likely sequence of tokens.
	*
	* @returns The most likely sequence of tokens.
	*/
	viterbi() {
		const len2 = this.len;
		let pos = 0;
		while (pos <= len2) {
			if (this.begin_nodes[pos].length == 0) return [];
			for (let rnode of this.begin_nodes[pos]) {
				rnode.prev = null;
				let best_score = 0;
				let best_node = null;
				for (let lnode of this.end_nodes[pos]) {
					const score = lnode.backtrace_score + rnode.score;
					if (best_node === null || score > best_score) {
						best_node = lnode.clone();
						best_score = score;
					}
				}
				if (best_node !== null) {
					rnode.prev = best_node;
					rnode.backtrace_score = best_score;
				} else return [];
			}
			++pos;
		}
		const results = [];
		const prev = this.begin_nodes[len2][0].prev;
		if (prev === null) return [];
		let node = prev.clone();
		while (node.prev !== null) {
			results.push(node.clone());
			node = node.clone().prev.clone();
		}
		results.reverse();
		return results;
	}
	/**
	* Get the text piece for a given node.
	* @param node The node to get the piece for.
	* @returns The array of nodes representing the most likely sequence of tokens.
	*/
	piece(node) {
		return this.chars.slice(node.pos, node.pos + node.length).join("");
	}
	/**
	* @returns The most likely sequence of tokens.
	*/
	tokens() {
		return this.viterbi().map((x) => this.piece(x));
	}
	/**
	* @returns The most likely sequence of token ids.
	*/
	token_ids() {
		return this.viterbi().map((x) => x.token_id);
	}
};
var TokenLattice_default = TokenLattice;
function min(arr) {
	if (arr.length === 0) throw new Error("Array must not be empty");
	let min_value = arr[0];
	let index_of_min = 0;
	for (let i = 1; i < arr.length; ++i) if (arr[i] < min_value) {
		min_value = arr[i];
		index_of_min = i;
	}
	return [min_value, index_of_min];
}
var Unigram = class extends TokenizerModel_default {
	/**
	* Create a new Unigram tokenizer model.
	* @param config The configuration object for the Unigram model.
	* @param eos_token
	*/
	constructor(config, eos_token) {
		super(config);
		const vocab_size = config.vocab.length;
		this.vocab = new Array(vocab_size);
		this.scores = new Array(vocab_size);
		for (let i = 0; i < vocab_size; ++i) [this.vocab[i], this.scores[i]] = config.vocab[i];
		this.unk_token_id = config.unk_id;
		this.unk_token = this.vocab[config.unk_id];
		this.tokens_to_ids = new Map(this.vocab.map((x, i) => [x, i]));
		this.bos_token = " ";
		this.bos_token_id = this.tokens_to_ids.get(this.bos_token);
		this.eos_token = eos_token;
		this.eos_token_id = this.tokens_to_ids.get(this.eos_token);
		this.unk_token = this.vocab[this.unk_token_id];
		this.min_score = min(this.scores)[0];
		this.unk_score = this.min_score - 10;
		this.scores[this.unk_token_id] = this.unk_score;
		this.trie = new CharTrie_default();
		this.trie.extend(this.vocab);
		this.fuse_unk = true;
	}
	/**
	* Populates lattice nodes.
	* @param lattice The token lattice to populate with nodes.
	*/
	populate_nodes(lattice) {
		const chars = lattice.chars;
		const mblen = 1;
		let begin_pos = 0;
		while (begin_pos < chars.length) {
			let has_single_node = false;
			const prefixed_tokens = this.trie.common_prefix_search(chars, begin_pos);
			for (const token of prefixed_tokens) {
				const token_id = this.tokens_to_ids.get(token);
				const token_score = this.scores[token_id];
				const n = len(token);
				lattice.insert(begin_pos, n, token_score, token_id);
				if (!has_single_node && n === mblen) has_single_node = true;
			}
			if (!has_single_node) lattice.insert(begin_pos, mblen, this.unk_score, this.unk_token_id);
			begin_pos += mblen;
		}
	}
	/**
	* Encodes an array of tokens into an array of subtokens using the unigram model.
	*
	* @param normalized The normalized string.
	* @returns An array of subtokens obtained by encoding the input tokens using the unigram model.
	*/
	tokenize(normalized) {
		const lattice = new TokenLattice_default(normalized, this.bos_token_id, this.eos_token_id);
		this.populate_nodes(lattice);
		return lattice.tokens();
	}
	/**
	* Encodes an array of tokens using Unigram encoding.
	* @param tokens The tokens to encode.
	* @returns An array of encoded tokens.
	*/
	encode(tokens) {
		const to_return = [];
		for (const token of tokens) {
			const tokenized = this.tokenize(token);
			to_return.push(...tokenized);
		}
		return to_return;
	}
};
var Unigram_default = Unigram;
var PriorityQueue = class {
	/**
	* Create a new PriorityQueue.
	* @param comparator Comparator function to determine priority. Defaults to a MaxHeap.
	* @param max_size Maximum size of the queue. Defaults to Infinity.
	*/
	constructor(comparator = (a, b) => a > b, max_size = 1e400) {
		this._heap = [];
		this._comparator = comparator;
		this._max_size = max_size;
	}
	/**
	* The size of the queue
	*/
	get size() {
		return this._heap.length;
	}
	/**
	* Check if the queue is empty.
	* @returns `true` if the queue is empty, `false` otherwise.
	*/
	is_empty() {
		return this.size === 0;
	}
	/**
	* Return the element with the highest priority in the queue.
	* @returns The highest priority element in the queue.
	*/
	peek() {
		return this._heap[0];
	}
	/**
	* Add one or more elements to the queue.
	* @param values The values to push into the queue.
	* @returns The new size of the queue.
	*/
	push(...values) {
		return this.extend(values);
	}
	/**
	* Add multiple elements to the queue.
	* @param values The values to push into the queue.
	* @returns The new size of the queue.
	*/
	extend(values) {
		for (const value of values) if (this.size < this._max_size) {
			this._heap.push(value);
			this._sift_up();
		} else {
			const smallest = this._smallest();
			if (this._comparator(value, this._heap[smallest])) {
				this._heap[smallest] = value;
				this._sift_up_from(smallest);
			}
		}
		return this.size;
	}
	/**
	* Remove and return the element with the highest priority in the queue.
	* @returns The element with the highest priority in the queue.
	*/
	pop() {
		const popped_value = this.peek();
		const bottom = this.size - 1;
		if (bottom > 0) this._swap(0, bottom);
		this._heap.pop();
		this._sift_down();
		return popped_value;
	}
	/**
	* Replace the element with the highest priority in the queue with a new value.
	* @param value The new value.
	* @returns The replaced value.
	*/
	replace(value) {
		const replaced_value = this.peek();
		this._heap[0] = value;
		this._sift_down();
		return replaced_value;
	}
	/**
	* Compute the index for the parent of the node at index `i`.
	* @param i The index of the node to get the parent of.
	* @returns The index of the parent node.
	* @private
	*/
	_parent(i) {
		return (i + 1 >>> 1) - 1;
	}
	/**
	* Compute the index for the left child of the node at index `i`.
	* @param i The index of the node to get the left child of.
	* @returns The index of the left child.
	* @private
	*/
	_left(i) {
		return (i << 1) + 1;
	}
	/**
	* Compute the index for the right child of the node at index `i`.
	* @param i The index of the node to get the right child of.
	* @returns The index of the right child.
	* @private
	*/
	_right(i) {
		return i + 1 << 1;
	}
	/**
	* Check if the element at index `i` is greater than the element at index `j`.
	* @param i The index of the first element to compare.
	* @param j The index of the second element to compare.
	* @returns `true` if the element at index `i` is greater than the element at index `j`, `false` otherwise.
	* @private
	*/
	_greater(i, j) {
		return this._comparator(this._heap[i], this._heap[j]);
	}
	/**
	* Swap the elements at indices `i` and `j`.
	* @param i The index of the first element to swap.
	* @param j The index of the second element to swap.
	* @private
	*/
	_swap(i, j) {
		const temp = this._heap[i];
		this._heap[i] = this._heap[j];
		this._heap[j] = temp;
	}
	/**
	* Maintain the heap property by updating positions in the heap,
	* starting at the last element and moving up the heap.
	* @private
	*/
	_sift_up() {
		this._sift_up_from(this.size - 1);
	}
	/**
	* Helper function to sift up from a given node.
	* @param node The index of the node to start sifting up from.
	*/
	_sift_up_from(node) {
		while (node > 0 && this._greater(node, this._parent(node))) {
			this._swap(node, this._parent(node));
			node = this._parent(node);
		}
	}
	/**
	* Maintain the heap property by updating positions in the heap,
	* starting at the first element and moving down the heap.
	* @private
	*/
	_sift_down() {
		let node = 0;
		while (this._left(node) < this.size && this._greater(this._left(node), node) || this._right(node) < this.size && this._greater(this._right(node), node)) {
			const max_child = this._right(node) < this.size && this._greater(this._right(node), this._left(node)) ? this._right(node) : this._left(node);
			this._swap(node, max_child);
			node = max_child;
		}
	}
	/**
	* Get the index of the smallest element in the heap. Since we use an array-based heap,
	* the index can be computed without needing to traverse the heap.
	* @private
	*/
	_smallest() {
		return 2 ** Math.floor(Math.log2(this.size)) - 1;
	}
};
var PriorityQueue_default = PriorityQueue;
var LRUCache = class {
	/**
	* Creates an LRUCache instance.
	* @param capacity The maximum number of items the cache can hold.
	*/
	constructor(capacity) {
		this.capacity = capacity;
		this.cache = /* @__PURE__ */ new Map();
	}
	/**
	* Retrieves the value associated with the given key and marks the key as recently used.
	* @param key The key to retrieve.
	* @returns The value associated with the key, or undefined if the key does not exist.
	*/
	get(key) {
		if (!this.cache.has(key)) return void 0;
		const value = this.cache.get(key);
		this.cache.delete(key);
		this.cache.set(key, value);
		return value;
	}
	/**
	* Inserts or updates the key-value pair in the cache.
	* If the key already exists, it is updated and marked as recently used.
	* If the cache exceeds its capacity, the least recently used item is evicted.
	* @param key The key to add or update.
	* @param value The value to associate with the key.
	*/
	put(key, value) {
		if (this.cache.has(key)) this.cache.delete(key);
		this.cache.set(key, value);
		if (this.cache.size > this.capacity) this.cache.delete(this.cache.keys().next().value);
	}
	/**
	* Clears the cache.
	*/
	clear() {
		this.cache.clear();
	}
};
var LRUCache_default = LRUCache;
var BPE = class extends TokenizerModel_default {
	/**
	* Create a BPE instance.
	* @param config The configuration object for BPE.
	*/
	constructor(config) {
		super(config);
		this.tokens_to_ids = object_to_map(config.vocab);
		this.unk_token_id = this.tokens_to_ids.get(config.unk_token);
		this.unk_token = config.unk_token;
		this.vocab = new Array(this.tokens_to_ids.size);
		for (const [key, value] of this.tokens_to_ids) this.vocab[value] = key;
		const use_new_merge_format = Array.isArray(config.merges[0]);
		this.merges = use_new_merge_format ? config.merges : config.merges.map((x) => x.split(" ", 2));
		this.bpe_ranks = new Map(this.merges.map((x, i) => [JSON.stringify(x), i]));
		this.end_of_word_suffix = config.end_of_word_suffix;
		this.continuing_subword_suffix = config.continuing_subword_suffix ?? null;
		this.byte_fallback = this.config.byte_fallback ?? false;
		if (this.byte_fallback) this.text_encoder = new TextEncoder();
		this.ignore_merges = this.config.ignore_merges ?? false;
		this.max_length_to_cache = 256;
		this.cache_capacity = 1e4;
		this.cache = new LRUCache_default(this.cache_capacity);
	}
	/**
	* Clears the cache.
	*/
	clear_cache() {
		this.cache.clear();
	}
	/**
	* Apply Byte-Pair-Encoding (BPE) to a given token. Efficient heap-based priority
	* queue implementation adapted from https://github.com/belladoreai/llama-tokenizer-js.
	* @param token The token to encode.
	* @returns The BPE encoded tokens.
	*/
	bpe(token) {
		if (token.length === 0) return [];
		const cached = this.cache.get(token);
		if (cached !== void 0) return cached;
		const word = Array.from(token);
		if (this.end_of_word_suffix) word[word.length - 1] += this.end_of_word_suffix;
		let result = [];
		if (word.length > 1) {
			const queue = new PriorityQueue_default((a, b) => a.score < b.score);
			let starting_node = {
				token: word[0],
				bias: 0,
				prev: null,
				next: null
			};
			let previous_node = starting_node;
			for (let i = 1; i < word.length; ++i) {
				const current_node = {
					bias: i / word.length,
					token: word[i],
					prev: previous_node,
					next: null
				};
				previous_node.next = current_node;
				this.add_node(queue, previous_node);
				previous_node = current_node;
			}
			while (!queue.is_empty()) {
				const node = queue.pop();
				if (node.deleted || !node.next || node.next.deleted) continue;
				node.deleted = true;
				node.next.deleted = true;
				if (node.prev) {
					const new_previous_node = { ...node.prev };
					node.prev.deleted = true;
					node.prev = new_previous_node;
					if (new_previous_node.prev) new_previous_node.prev.next = new_previous_node;
					else starting_node = new_previous_node;
				}
				const merged = {
					token: node.token + node.next.token,
					bias: node.bias,
					prev: node.prev,
					next: node.next.next
				};
				if (merged.prev) {
					merged.prev.next = merged;
					this.add_node(queue, merged.prev);
				} else starting_node = merged;
				if (merged.next) {
					merged.next.prev = merged;
					this.add_node(queue, merged);
				}
			}
			for (let current_node = starting_node; current_node !== null; current_node = current_node.next) result.push(current_node.token);
		} else result = word;
		if (this.continuing_subword_suffix) for (let i = 0; i < result.length - 1; ++i) result[i] += this.continuing_subword_suffix;
		if (token.length < this.max_length_to_cache) this.cache.put(token, result);
		return result;
	}
	/**
	* Helper function to add a node to the priority queue.
	* @param queue
	* @param node
	*/
	add_node(queue, node) {
		const rank = this.bpe_ranks.get(JSON.stringify([node.token, node.next.token]));
		if (rank !== void 0) {
			node.score = rank + node.bias;
			queue.push(node);
		}
	}
	/**
	* Encodes the input sequence of tokens using the BPE algorithm and returns the resulting subword tokens.
	* @param tokens The input sequence of tokens to encode.
	* @returns The resulting subword tokens after applying the BPE algorithm to the input sequence of tokens.
	*/
	encode(tokens) {
		const output_tokens = [];
		for (const token of tokens) {
			if (this.ignore_merges && this.tokens_to_ids.has(token)) {
				output_tokens.push(token);
				continue;
			}
			const bpe_token_list = this.bpe(token);
			for (const t of bpe_token_list) if (this.tokens_to_ids.has(t)) output_tokens.push(t);
			else if (this.byte_fallback) {
				const byte_tokens = Array.from(this.text_encoder.encode(t)).map((x) => `<0x${x.toString(16).toUpperCase().padStart(2, "0")}>`);
				if (byte_tokens.every((x) => this.tokens_to_ids.has(x))) output_tokens.push(...byte_tokens);
				else if (this.unk_token != null) output_tokens.push(this.unk_token);
			} else if (this.unk_token != null) output_tokens.push(this.unk_token);
		}
		return output_tokens;
	}
};
var BPE_default = BPE;
var Legacy = class extends TokenizerModel_default {
	/**
	* Create a Legacy tokenizer model instance.
	* @param config The configuration object for Legacy tokenizer model.
	* @param more_config Additional configuration object for the Legacy tokenizer model.
	*/
	constructor(config, more_config) {
		super(config);
		const vocab = config.vocab;
		this.tokens_to_ids = object_to_map(more_config.target_lang ? vocab[more_config.target_lang] : vocab);
		this.bos_token = more_config.bos_token;
		this.bos_token_id = this.tokens_to_ids.get(this.bos_token);
		this.eos_token = more_config.eos_token;
		this.eos_token_id = this.tokens_to_ids.get(this.eos_token);
		this.pad_token = more_config.pad_token;
		this.pad_token_id = this.tokens_to_ids.get(this.pad_token);
		this.unk_token = more_config.unk_token;
		this.unk_token_id = this.tokens_to_ids.get(this.unk_token);
		this.vocab = new Array(this.tokens_to_ids.size);
		for (const [key, value] of this.tokens_to_ids) this.vocab[value] = key;
	}
	encode(tokens) {
		return tokens;
	}
};
var Legacy_default = Legacy;
function create_tokenizer_model(model_config, config) {
	switch (model_config.type) {
		case "WordPiece": return new WordPiece_default(model_config);
		case "Unigram": return new Unigram_default(model_config, config.eos_token);
		case "BPE": return new BPE_default(model_config);
		default:
			if (model_config.vocab) {
				if (Array.isArray(model_config.vocab)) return new Unigram_default(model_config, config.eos_token);
				else if (Object.hasOwn(model_config, "continuing_subword_prefix") && Object.hasOwn(model_config, "unk_token")) {
					if (Object.hasOwn(model_config, "merges")) return new BPE_default(model_config);
					else return new WordPiece_default(model_config);
				} else return new Legacy_default(model_config, {
					target_lang: config.target_lang,
					bos_token: config.bos_token,
					eos_token: config.eos_token,
					pad_token: config.pad_token,
					unk_token: config.unk_token
				});
			}
			throw new Error(`Unknown TokenizerModel type: ${model_config?.type}`);
	}
}
var create_tokenizer_model_default = create_tokenizer_model;
var PostProcessor = class extends Callable_default {
	/**
	* @param config The configuration for the post-processor.
	*/
	constructor(config) {
		super();
		this.config = config;
	}
	/**
	* Alias for {@link PostProcessor#post_process}.
	* @param tokens The text or array of texts to post-process.
	* @param args Additional arguments required by the post-processing logic.
	* @returns The post-processed tokens.
	*/
	_call(tokens, ...args) {
		return this.post_process(tokens, ...args);
	}
};
var PostProcessor_default = PostProcessor;
var TemplateProcessing = class extends PostProcessor_default {
	/**
	* Replaces special tokens in the template with actual tokens.
	* @param tokens The list of tokens for the first sequence.
	* @param tokens_pair The list of tokens for the second sequence (optional).
	* @param add_special_tokens Whether to add the special tokens to the beginning and end of the input.
	* @returns An object containing the list of tokens with the special tokens replaced with actual tokens.
	*/
	post_process(tokens, tokens_pair = null, add_special_tokens = true) {
		const type = tokens_pair === null ? this.config.single : this.config.pair;
		let processed_tokens = [];
		let types = [];
		for (const item of type) if ("SpecialToken" in item) {
			if (add_special_tokens) {
				processed_tokens.push(item.SpecialToken.id);
				types.push(item.SpecialToken.type_id);
			}
		} else if ("Sequence" in item) {
			if (item.Sequence.id === "A") {
				processed_tokens = merge_arrays(processed_tokens, tokens);
				types = merge_arrays(types, new Array(tokens.length).fill(item.Sequence.type_id));
			} else if (item.Sequence.id === "B") {
				processed_tokens = merge_arrays(processed_tokens, tokens_pair);
				types = merge_arrays(types, new Array(tokens_pair.length).fill(item.Sequence.type_id));
			}
		}
		return {
			tokens: processed_tokens,
			token_type_ids: types
		};
	}
};
var TemplateProcessing_default = TemplateProcessing;
var ByteLevel2 = class extends PostProcessor_default {
	/**
	* Post process the given tokens.
	* @param tokens The list of tokens for the first sequence.
	* @param tokens_pair The list of tokens for the second sequence (optional).
	* @returns An object containing the post-processed tokens.
	*/
	post_process(tokens, tokens_pair = null) {
		return {
			tokens,
			tokens_pair
		};
	}
};
var ByteLevel_default2 = ByteLevel2;
var BertProcessing = class extends PostProcessor_default {
	/**
	* @param config The configuration for the post-processor.
	* @param config.cls The special tokens to add to the beginning of the input.
	* @param config.sep The special tokens to add to the end of the input.
	*/
	constructor(config) {
		super(config);
		this.sep = config.sep;
		this.cls = config.cls;
	}
	/**
	* Adds the special tokens to the beginning and end of the input.
	* @param tokens The input tokens.
	* @param tokens_pair An optional second set of input tokens.
	* @param add_special_tokens Whether to add the special tokens to the beginning and end of the input.
	* @returns The post-processed tokens with the special tokens added to the beginning and end.
	*/
	post_process(tokens, tokens_pair = null, add_special_tokens = true) {
		if (add_special_tokens) tokens = merge_arrays([this.cls[0]], tokens, [this.sep[0]]);
		let token_type_ids = new Array(tokens.length).fill(0);
		if (tokens_pair) {
			const middle = [];
			const after = add_special_tokens ? [this.sep[0]] : [];
			tokens = merge_arrays(tokens, middle, tokens_pair, after);
			token_type_ids = merge_arrays(token_type_ids, new Array(tokens_pair.length + middle.length + after.length).fill(1));
		}
		return {
			tokens,
			token_type_ids
		};
	}
};
var BertProcessing_default = BertProcessing;
var RobertaProcessing = class extends PostProcessor_default {
	/**
	* @param config The configuration for the post-processor.
	* @param config.cls The special tokens to add to the beginning of the input.
	* @param config.sep The special tokens to add to the end of the input.
	*/
	constructor(config) {
		super(config);
		this.sep = config.sep;
		this.cls = config.cls;
	}
	/**
	* Adds the special tokens to the beginning and end of the input.
	* @param tokens The input tokens.
	* @param tokens_pair An optional second set of input tokens.
	* @param add_special_tokens Whether to add the special tokens to the beginning and end of the input.
	* @returns The post-processed tokens with the special tokens added to the beginning and end.
	*/
	post_process(tokens, tokens_pair, add_special_tokens = true) {
		if (add_special_tokens) tokens = merge_arrays([this.cls[0]], tokens, [this.sep[0]]);
		let token_type_ids = new Array(tokens.length).fill(0);
		if (tokens_pair) {
			const middle = add_special_tokens ? [this.sep[0]] : [];
			const after = add_special_tokens ? [this.sep[0]] : [];
			tokens = merge_arrays(tokens, middle, tokens_pair, after);
			token_type_ids = merge_arrays(token_type_ids, new Array(tokens_pair.length + middle.length + after.length).fill(1));
		}
		return {
			tokens,
			token_type_ids
		};
	}
};
var RobertaProcessing_default = RobertaProcessing;
var Sequence3 = class extends PostProcessor_default {
	/**
	* Creates a new instance of Sequence post-processor.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.processors = (config.processors ?? []).map((x) => create_post_processor_default(x));
	}
	/**
	* Post process the given tokens.
	* @param tokens The list of tokens for the first sequence.
	* @param tokens_pair The list of tokens for the second sequence (optional).
	* @param add_special_tokens Whether to add the special tokens to the beginning and end of the input.
	* @returns An object containing the post-processed tokens.
	*/
	post_process(tokens, tokens_pair = null, add_special_tokens = true) {
		let processed_tokens = {
			tokens,
			tokens_pair
		};
		for (const processor of this.processors) processed_tokens = processor.post_process(processed_tokens.tokens, processed_tokens.tokens_pair, add_special_tokens);
		return processed_tokens;
	}
};
var Sequence_default3 = Sequence3;
function create_post_processor(config) {
	if (config === null) return null;
	switch (config.type) {
		case "TemplateProcessing": return new TemplateProcessing_default(config);
		case "ByteLevel": return new ByteLevel_default2(config);
		case "BertProcessing": return new BertProcessing_default(config);
		case "RobertaProcessing": return new RobertaProcessing_default(config);
		case "Sequence": return new Sequence_default3(config);
		default: throw new Error(`Unknown PostProcessor type: ${config.type}`);
	}
}
var create_post_processor_default = create_post_processor;
var Decoder = class extends Callable_default {
	/**
	* Creates an instance of `Decoder`.
	* @param config The configuration object.
	**/
	constructor(config) {
		super();
		this.config = config;
		this.added_tokens = [];
		this.end_of_word_suffix = null;
		this.trim_offsets = "trim_offsets" in config ? config.trim_offsets : false;
	}
	/**
	* Calls the `decode` method.
	*
	* @param tokens The list of tokens.
	* @returns The decoded string.
	*/
	_call(tokens) {
		return this.decode(tokens);
	}
	/**
	* Decodes a list of tokens.
	* @param tokens The list of tokens.
	* @returns The decoded string.
	*/
	decode(tokens) {
		return this.decode_chain(tokens).join("");
	}
};
var Decoder_default = Decoder;
var ByteLevel3 = class extends Decoder_default {
	/**
	* Create a `ByteLevelDecoder` object.
	*/
	constructor(config) {
		super(config);
		this.byte_decoder = UNICODE_TO_BYTES;
		this.text_decoder = new TextDecoder("utf-8", {
			fatal: false,
			ignoreBOM: true
		});
		this.end_of_word_suffix = null;
	}
	/**
	* Convert an array of tokens to string by decoding each byte.
	* @param tokens Array of tokens to be decoded.
	* @returns The decoded string.
	*/
	convert_tokens_to_string(tokens) {
		const text = tokens.join("");
		const byte_array = new Uint8Array([...text].map((c) => this.byte_decoder[c]));
		return this.text_decoder.decode(byte_array);
	}
	decode_chain(tokens) {
		const sub_texts = [];
		let current_sub_text = [];
		for (const token of tokens) if (this.added_tokens.find((x) => x.content === token) !== void 0) {
			if (current_sub_text.length > 0) {
				sub_texts.push(this.convert_tokens_to_string(current_sub_text));
				current_sub_text = [];
			}
			sub_texts.push(token);
		} else current_sub_text.push(token);
		if (current_sub_text.length > 0) sub_texts.push(this.convert_tokens_to_string(current_sub_text));
		return sub_texts;
	}
};
var ByteLevel_default3 = ByteLevel3;
var WordPiece = class extends Decoder_default {
	/**
	* Creates a new instance of WordPieceDecoder.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.cleanup = config.cleanup;
	}
	decode_chain(tokens) {
		return tokens.map((token, i) => {
			if (i !== 0) {
				const prefix = this.config.prefix;
				if (prefix && token.startsWith(prefix)) token = token.replace(prefix, "");
				else token = " " + token;
			}
			if (this.cleanup) token = clean_up_tokenization(token);
			return token;
		});
	}
};
var WordPiece_default2 = WordPiece;
var Metaspace2 = class extends Decoder_default {
	/**
	* Constructs a new MetaspaceDecoder object.
	* @param config The configuration object for the MetaspaceDecoder.
	*/
	constructor(config) {
		super(config);
		this.replacement = config.replacement ?? "▁";
	}
	decode_chain(tokens) {
		const result = [];
		for (let i = 0; i < tokens.length; ++i) {
			let normalized = tokens[i].replaceAll(this.replacement, " ");
			if (i == 0 && normalized.startsWith(" ")) normalized = normalized.substring(1);
			result.push(normalized);
		}
		return result;
	}
};
var Metaspace_default2 = Metaspace2;
var BPE2 = class extends Decoder_default {
	constructor(config) {
		super(config);
		this.suffix = config.suffix ?? "";
	}
	decode_chain(tokens) {
		return tokens.map((token, i) => {
			return token.replaceAll(this.suffix, i === tokens.length - 1 ? "" : " ");
		});
	}
};
var BPE_default2 = BPE2;
var CTC = class extends Decoder_default {
	constructor(config) {
		super(config);
		this.pad_token = config.pad_token ?? "";
		this.word_delimiter_token = config.word_delimiter_token ?? "";
		this.cleanup = config.cleanup;
	}
	/**
	* Converts a connectionist-temporal-classification (CTC) output tokens into a single string.
	* @param tokens Array of tokens to be decoded.
	* @returns The decoded string.
	*/
	convert_tokens_to_string(tokens) {
		if (tokens.length === 0) return "";
		const grouped_tokens = [tokens[0]];
		for (let i = 1; i < tokens.length; ++i) if (tokens[i] !== grouped_tokens.at(-1)) grouped_tokens.push(tokens[i]);
		let text = grouped_tokens.filter((token) => token !== this.pad_token).join("");
		if (this.cleanup) text = clean_up_tokenization(text).replaceAll(this.word_delimiter_token, " ").trim();
		return text;
	}
	decode_chain(tokens) {
		return [this.convert_tokens_to_string(tokens)];
	}
};
var CTC_default = CTC;
var Sequence4 = class extends Decoder_default {
	/**
	* Creates a new instance of DecoderSequence.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.decoders = (config.decoders ?? []).map((x) => create_decoder_default(x));
	}
	decode_chain(tokens) {
		return this.decoders.reduce((toks, decoder) => {
			return decoder.decode_chain(toks);
		}, tokens);
	}
};
var Sequence_default4 = Sequence4;
var Replace3 = class extends Decoder_default {
	/**
	* @param config The configuration object for the decoder.
	*/
	constructor(config) {
		super(config);
		this.pattern = create_pattern(this.config.pattern);
	}
	decode_chain(tokens) {
		const content = this.config.content ?? "";
		const pattern = this.pattern;
		return pattern === null ? tokens : tokens.map((token) => token.replaceAll(pattern, content));
	}
};
var Replace_default3 = Replace3;
var Fuse = class extends Decoder_default {
	decode_chain(tokens) {
		return [tokens.join("")];
	}
};
var Fuse_default = Fuse;
var Strip2 = class extends Decoder_default {
	constructor(config) {
		super(config);
		this.content = config.content ?? "";
		this.start = config.start ?? 0;
		this.stop = config.stop ?? 0;
	}
	decode_chain(tokens) {
		return tokens.map((token) => {
			let start_cut = 0;
			for (let i = 0; i < this.start; ++i) if (token[i] === this.content) {
				start_cut = i + 1;
				continue;
			} else break;
			let stop_cut = token.length;
			for (let i = 0; i < this.stop; ++i) {
				const index = token.length - i - 1;
				if (token[index] === this.content) {
					stop_cut = index;
					continue;
				} else break;
			}
			return token.slice(start_cut, stop_cut);
		});
	}
};
var Strip_default2 = Strip2;
var ByteFallback = class extends Decoder_default {
	constructor(config) {
		super(config);
		this.text_decoder = new TextDecoder();
	}
	decode_chain(tokens) {
		const new_tokens = [];
		let previous_byte_tokens = [];
		for (const token of tokens) {
			let bytes = null;
			if (token.length === 6 && token.startsWith("<0x") && token.endsWith(">")) {
				const byte = parseInt(token.slice(3, 5), 16);
				if (!isNaN(byte)) bytes = byte;
			}
			if (bytes !== null) previous_byte_tokens.push(bytes);
			else {
				if (previous_byte_tokens.length > 0) {
					const string = this.text_decoder.decode(Uint8Array.from(previous_byte_tokens));
					new_tokens.push(string);
					previous_byte_tokens = [];
				}
				new_tokens.push(token);
			}
		}
		if (previous_byte_tokens.length > 0) {
			const string = this.text_decoder.decode(Uint8Array.from(previous_byte_tokens));
			new_tokens.push(string);
			previous_byte_tokens = [];
		}
		return new_tokens;
	}
};
var ByteFallback_default = ByteFallback;
function create_decoder(config) {
	if (config === null) return null;
	switch (config.type) {
		case "ByteLevel": return new ByteLevel_default3(config);
		case "WordPiece": return new WordPiece_default2(config);
		case "Metaspace": return new Metaspace_default2(config);
		case "BPEDecoder": return new BPE_default2(config);
		case "CTC": return new CTC_default(config);
		case "Sequence": return new Sequence_default4(config);
		case "Replace": return new Replace_default3(config);
		case "Fuse": return new Fuse_default(config);
		case "Strip": return new Strip_default2(config);
		case "ByteFallback": return new ByteFallback_default(config);
		default: throw new Error(`Unknown Decoder type: ${config.type}`);
	}
}
var create_decoder_default = create_decoder;
var Tokenizer = class {
	constructor(tokenizer, config) {
		const tokenizer_error = validate_object(tokenizer, "Tokenizer", [
			"model",
			"decoder",
			"post_processor",
			"pre_tokenizer",
			"normalizer"
		]);
		if (tokenizer_error) throw new Error(tokenizer_error);
		const config_error = validate_object(config, "Config");
		if (config_error) throw new Error(config_error);
		this.tokenizer = tokenizer;
		this.config = config;
		this.normalizer = create_normalizer_default(this.tokenizer.normalizer);
		this.pre_tokenizer = create_pre_tokenizer_default(this.tokenizer.pre_tokenizer);
		this.model = create_tokenizer_model_default(this.tokenizer.model, this.config);
		this.post_processor = create_post_processor_default(this.tokenizer.post_processor);
		this.decoder = create_decoder_default(this.tokenizer.decoder);
		this.special_tokens = [];
		this.all_special_ids = [];
		this.added_tokens = [];
		const unnormalized_contents = [];
		const normalized_contents = [];
		this.added_tokens_map = /* @__PURE__ */ new Map();
		for (const added_token of this.tokenizer.added_tokens) {
			const token = new AddedToken_default(added_token);
			this.added_tokens.push(token);
			this.model.tokens_to_ids.set(token.content, token.id);
			this.model.vocab[token.id] = token.content;
			if (token.special) {
				this.special_tokens.push(token.content);
				this.all_special_ids.push(token.id);
			}
			this.added_tokens_map.set(token.content, token);
			if (token.normalized && this.normalizer !== null) {
				const normalized_content = this.normalizer(token.content);
				normalized_contents.push(normalized_content);
				this.added_tokens_map.set(normalized_content, token);
			} else unnormalized_contents.push(token.content);
		}
		(this.config.additional_special_tokens ?? []).forEach((token) => {
			if (!this.special_tokens.includes(token)) this.special_tokens.push(token);
		});
		if (this.decoder) {
			this.decoder.added_tokens = this.added_tokens;
			this.decoder.end_of_word_suffix = this.model.end_of_word_suffix;
		}
		this.splitter_unnormalized = new DictionarySplitter_default(unnormalized_contents);
		this.splitter_normalized = new DictionarySplitter_default(normalized_contents);
		this.remove_space = this.config.remove_space;
		this.clean_up_tokenization_spaces = this.config.clean_up_tokenization_spaces ?? true;
		this.do_lowercase_and_remove_accent = this.config.do_lowercase_and_remove_accent ?? false;
	}
	encode(text, { text_pair = null, add_special_tokens = true, return_token_type_ids = null } = {}) {
		const { tokens, token_type_ids } = this.tokenize_helper(text, {
			text_pair,
			add_special_tokens
		});
		const input_ids = tokens.map((t) => this.added_tokens_map.get(t)?.id ?? this.model.tokens_to_ids.get(t) ?? this.model.unk_token_id);
		const result = {
			ids: input_ids,
			tokens,
			attention_mask: new Array(input_ids.length).fill(1)
		};
		if (return_token_type_ids && token_type_ids) result.token_type_ids = token_type_ids;
		return result;
	}
	decode(token_ids, options = {}) {
		if (!Array.isArray(token_ids) || token_ids.length === 0 || !is_integral_number(token_ids[0])) throw Error("token_ids must be a non-empty array of integers.");
		let tokens = token_ids.map((i) => this.model.vocab[Number(i)] ?? this.model.unk_token);
		if (options.skip_special_tokens) tokens = tokens.filter((x) => !this.special_tokens.includes(x));
		let decoded = this.decoder ? this.decoder(tokens) : tokens.join(" ");
		if (this.decoder && this.decoder.end_of_word_suffix) {
			decoded = decoded.replaceAll(this.decoder.end_of_word_suffix, " ");
			if (options.skip_special_tokens) decoded = decoded.trim();
		}
		if (options.clean_up_tokenization_spaces ?? this.clean_up_tokenization_spaces) decoded = clean_up_tokenization(decoded);
		return decoded;
	}
	/**
	* Converts a string into a sequence of tokens.
	* @param text The sequence to be encoded.
	* @param options An optional object containing the following properties:
	* @returns The list of tokens.
	*/
	tokenize(text, { text_pair = null, add_special_tokens = false } = {}) {
		return this.tokenize_helper(text, {
			text_pair,
			add_special_tokens
		}).tokens;
	}
	encode_text(text) {
		if (text === null) return null;
		const sections = this.splitter_unnormalized.split(text);
		sections.forEach((section, i) => {
			const added_token = this.added_tokens_map.get(section);
			if (added_token) {
				if (added_token.lstrip && i > 0) sections[i - 1] = sections[i - 1].trimEnd();
				if (added_token.rstrip && i < sections.length - 1) sections[i + 1] = sections[i + 1].trimStart();
			}
		});
		return sections.flatMap((processed_text, section_index) => {
			if (processed_text.length === 0) return [];
			if (this.added_tokens_map.has(processed_text)) return [processed_text];
			if (this.remove_space === true) processed_text = processed_text.trim().split(/\s+/).join(" ");
			if (this.do_lowercase_and_remove_accent) processed_text = lowercase_and_remove_accents(processed_text);
			if (this.normalizer !== null) processed_text = this.normalizer(processed_text);
			if (processed_text.length === 0) return [];
			const subsections = this.splitter_normalized.split(processed_text);
			subsections.forEach((subsection, j) => {
				const added_token = this.added_tokens_map.get(subsection);
				if (added_token) {
					if (added_token.lstrip && j > 0) subsections[j - 1] = subsections[j - 1].trimEnd();
					if (added_token.rstrip && j < subsections.length - 1) subsections[j + 1] = subsections[j + 1].trimStart();
				}
			});
			return subsections.flatMap((subsection) => {
				if (subsection.length === 0) return [];
				if (this.added_tokens_map.has(subsection)) return [subsection];
				const section_tokens = this.pre_tokenizer !== null ? this.pre_tokenizer(subsection, { section_index }) : [subsection];
				return this.model(section_tokens);
			});
		});
	}
	tokenize_helper(text, { text_pair = null, add_special_tokens = true }) {
		const tokens1 = this.encode_text(text);
		const tokens2 = this.encode_text(text_pair || null);
		return this.post_processor ? this.post_processor(tokens1, tokens2, add_special_tokens) : { tokens: merge_arrays(tokens1 ?? [], tokens2 ?? []) };
	}
	/**
	* Converts a token string to its corresponding token ID.
	* @param token The token string to convert.
	* @returns The token ID, or undefined if the token is not in the vocabulary.
	*/
	token_to_id(token) {
		return this.model.tokens_to_ids.get(token);
	}
	/**
	* Converts a token ID to its corresponding token string.
	* @param id The token ID to convert.
	* @returns The token string, or undefined if the ID is not in the vocabulary.
	*/
	id_to_token(id) {
		return this.model.vocab[id];
	}
	/**
	* Returns a mapping of token IDs to AddedToken objects for all added tokens.
	* @returns A Map where keys are token IDs and values are AddedToken objects.
	*/
	get_added_tokens_decoder() {
		const decoder = /* @__PURE__ */ new Map();
		for (const token of this.added_tokens) decoder.set(token.id, token);
		return decoder;
	}
	/**
	* Get the underlying vocabulary
	* @param with_added_tokens Whether to include the added tokens
	* @returns The vocabulary
	*/
	get_vocab(with_added_tokens = true) {
		const vocab = /* @__PURE__ */ new Map();
		for (let i = 0; i < this.model.vocab.length; ++i) {
			const token = this.model.vocab[i];
			if (with_added_tokens || !this.added_tokens_map.has(token)) vocab.set(token, i);
		}
		return vocab;
	}
};
var Tokenizer_default = Tokenizer;
// src/corpus/bounded-tokenizer.ts
/**
* @file Bounds for a tokenizer.json of unknown origin: its regular expressions may run without end, and a chain of its
* replacements may turn kilobytes of text into gigabytes. Every step of its normalizer and pre_tokenizer is counted, what runs is
* ended by the clock (V8 looks at it inside a regular expression too), and the message names the step.
*/
/**
* A hundred times what the slowest tokenizer in use takes: 200,000 characters as one word in 3 s. Tokenizers of which more is
* known (cut-points.ts) need no clock.
*/
const GENEROUS = {
	seconds: 30,
	secondsPerMillion: 300
};
/** Normalization makes eighteen characters of one in the worst case (NFKC), but not of every one. */
const MOST_GROWTH = 8;
const GROWTH_FREE = 2 ** 16;
/** Characters that one step may be about to make, were it to replace every character. */
const MOST_AT_ONCE = 2 ** 28;
const SHOWN_CHARACTERS$1 = 80;
/** Where the function to run is left for the script that runs it. */
const RUN = Symbol.for("saegate.bounded-run");
const script = new Script(`globalThis[Symbol.for('saegate.bounded-run')]()`);
var Bounds = class {
	#file;
	#allowance;
	#made = /* @__PURE__ */ new Map();
	#running = "its model";
	#characters = 0;
	constructor(file, allowance) {
		this.#file = file;
		this.#allowance = allowance;
	}
	/** Count what the steps of a tokenizer of this definition do. */
	watch({ normalizer, pre_tokenizer }, definition) {
		this.#watchStep(normalizer, definition.normalizer, "normalizer");
		this.#watchStep(pre_tokenizer, definition.pre_tokenizer, "pre_tokenizer");
	}
	/** Run what works on a text of so many characters. Errors: TOKENIZER_TOO_SLOW, TOKENIZER_GROWS. */
	within(characters, run) {
		const { seconds, secondsPerMillion } = this.#allowance;
		const allowed = seconds + secondsPerMillion * characters / 1e6;
		this.#made.clear();
		this.#characters = characters;
		this.#running = "its model";
		let result = null;
		Reflect.set(globalThis, RUN, () => {
			result = { value: run() };
		});
		try {
			script.runInThisContext({ timeout: Math.ceil(1e3 * allowed) });
		} catch (error) {
			if (isTimeout(error)) throw tokenizerTooSlow(this.#file, this.#running, characters, allowed);
			throw error;
		} finally {
			Reflect.deleteProperty(globalThis, RUN);
		}
		return ended(result);
	}
	#watchStep(step, definition, at) {
		if (step === null || step === void 0 || !isJsonObject(definition)) return;
		const words = inWords(at, definition);
		const longest = longestInsert(definition);
		const { normalize, pre_tokenize_text: split } = step;
		if (step.normalizers === void 0 && normalize !== void 0) step.normalize = (text) => this.#counted(words, text.length, longest, () => [normalize.call(step, text)])[0] ?? "";
		if (step.tokenizers === void 0 && split !== void 0) step.pre_tokenize_text = (text, options) => this.#counted(words, text.length, longest, () => split.call(step, text, options));
		const parts = definition.normalizers ?? definition.pretokenizers;
		for (const [i, part] of (step.normalizers ?? step.tokenizers ?? []).entries()) this.#watchStep(part, Array.isArray(parts) ? parts[i] : void 0, `${at}[${i}]`);
	}
	/** What a step makes of so many characters. */
	#counted(step, characters, longest, make) {
		const before = this.#running;
		this.#running = step;
		if (characters * longest > MOST_AT_ONCE) throw tokenizerGrows(this.#file, step, this.#characters);
		const parts = make();
		const made = parts.reduce((sum, part) => sum + part.length, this.#made.get(step) ?? 0);
		this.#made.set(step, made);
		if (made > MOST_GROWTH * this.#characters + GROWTH_FREE) throw tokenizerGrows(this.#file, step, this.#characters);
		this.#running = before;
		return parts;
	}
};
function isTimeout(error) {
	return error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
function ended(result) {
	if (result === null) throw new TypeError("a bounded run gave nothing");
	return result.value;
}
/** What a step may put in the place of a character, or before a text. */
function longestInsert({ content, prepend, replacement, str_rep }) {
	return Math.max(...[
		content,
		prepend,
		replacement,
		str_rep
	].map((text) => typeof text === "string" ? text.length : 1), 1);
}
/** `normalizer[2] (Replace, pattern "(a+)+$")` */
function inWords(at, { type, pattern }) {
	const expression = isJsonObject(pattern) ? pattern.Regex ?? pattern.String : void 0;
	const text = JSON.stringify(expression) ?? "";
	const shown = text.length > SHOWN_CHARACTERS$1 ? `${text.slice(0, SHOWN_CHARACTERS$1)}…` : text;
	return `its ${at} (${String(type).slice(0, SHOWN_CHARACTERS$1)}${shown === "" ? "" : `, pattern ${shown}`})`;
}
// src/corpus/cut-points.ts
/**
* @file Where a text may be cut so that its pieces, encoded one by one, give exactly the ids of the whole.
*
* Pieces keep a long text from blocking the process and let a token budget stop early; wrong ids would be worse than
* either, so a cut is made only where this argument holds, else the text is encoded whole. A cut lies between an ASCII
* letter and a space before another letter. Then
* - Unicode normalisation does not reach across it: ASCII never composes with what stands before it (UAX #15);
* - the known word patterns (GPT-2, Llama 3, Qwen 2) end a match there and begin one, having no look-behind and nothing
*   that spans letter and space; words are encoded one by one;
* - without word patterns (Gemma, where the text is one word), byte-pair merges cannot cross it when no merge makes a
*   token with that letter before a space; letters for which one does are left out;
* - added tokens neither contain such a place nor strip the space after them.
*/
const WORD_PATTERNS = /* @__PURE__ */ new Set([
	"'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
	"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
	"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
]);
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/**
* @huggingface/tokenizers 0.2.0, in characters a second (2 cores): with a word pattern 0.6 million in pieces of a word,
* 1.6 million in these. As one word 0.06 million for a 200,000-character text, 0.14 million in these, and 0.7 million
* word by word, which its cache of short words then knows.
*/
const FASTEST_WITH_WORDS = 16384;
const FASTEST_AS_ONE_WORD = 1;
/** Where a text may be cut for the tokenizer of tokenizer.json and tokenizer_config.json; null: nowhere that is known. */
function cutRule(definition, config) {
	const { model, normalizer = null, pre_tokenizer: words = null } = definition;
	if (!isJsonObject(model) || model.type !== "BPE") return null;
	if (config.remove_space === true || config.do_lowercase_and_remove_accent === true) return null;
	if (!addedTokensAllow(definition.added_tokens ?? null)) return null;
	const space = spaceAfter(normalizer);
	if (space === null) return null;
	if (space === " " && splitsWords(words) && model.fuse_unk !== true) return before(LETTERS, FASTEST_WITH_WORDS);
	return words === null || space !== " " && splitsAtSpaces(words) ? before(unmergedLetters(model, space), FASTEST_AS_ONE_WORD) : null;
}
function before(letters, pieceLength) {
	return letters === "" ? null : {
		pattern: new RegExp(`[${letters}](?= [A-Za-z])`, "g"),
		pieceLength
	};
}
function addedTokensAllow(added) {
	if (!Array.isArray(added)) return false;
	return added.every((token) => isJsonObject(token) && token.rstrip !== true && typeof token.content === "string" && !/[A-Za-z][ \u2581]/.test(token.content));
}
/** What a space becomes: itself, or what the one Replace makes of it; null: a normalizer that is not understood. */
function spaceAfter(normalizer) {
	const steps = isJsonObject(normalizer) && normalizer.type === "Sequence" ? normalizer.normalizers : [normalizer];
	if (!Array.isArray(steps)) return null;
	let space = " ";
	for (const step of steps) {
		if (step === null || isJsonObject(step) && /^NFK?[CD]$/.test(String(step.type))) continue;
		const replaced = replacedSpace(step);
		if (replaced === null || space !== " ") return null;
		space = replaced;
	}
	return space;
}
/** The one character that a Replace step puts for a space. */
function replacedSpace(step) {
	if (!isJsonObject(step) || step.type !== "Replace" || !isJsonObject(step.pattern)) return null;
	const { content } = step;
	return step.pattern.String === " " && typeof content === "string" && content.length === 1 ? content : null;
}
/** ByteLevel with its own pattern, or a Split by a known pattern before ByteLevel without one. */
function splitsWords(words) {
	if (!isJsonObject(words)) return false;
	if (words.type === "ByteLevel") return words.use_regex !== false;
	if (words.type !== "Sequence" || !Array.isArray(words.pretokenizers)) return false;
	const [split, bytes, ...more] = words.pretokenizers;
	if (!isJsonObject(split) || !isJsonObject(bytes) || more.length > 0) return false;
	const known = isJsonObject(split.pattern) && WORD_PATTERNS.has(split.pattern.Regex ?? null);
	const isolates = split.type === "Split" && split.invert !== true && split.behavior === "Isolated";
	return known && isolates && bytes.type === "ByteLevel" && bytes.use_regex === false && bytes.add_prefix_space !== true;
}
/** Gemma's Split at spaces, of which there are none left. */
function splitsAtSpaces(words) {
	if (!isJsonObject(words) || words.type !== "Split" || words.invert === true) return false;
	return isJsonObject(words.pattern) && words.pattern.String === " ";
}
/** Letters that are tokens and that no merge puts before a space. */
function unmergedLetters(model, space) {
	const { vocab, merges } = model;
	const affixed = [
		model.end_of_word_suffix,
		model.continuing_subword_prefix,
		model.continuing_subword_suffix
	];
	if (!isJsonObject(vocab) || !Array.isArray(merges) || affixed.some((affix) => Boolean(affix))) return "";
	if (!Object.hasOwn(vocab, space)) return "";
	const crossed = /* @__PURE__ */ new Set();
	for (const merge of merges) {
		const token = Array.isArray(merge) ? merge.join("") : String(merge).replace(" ", "");
		for (let at = token.indexOf(space, 1); at > 0; at = token.indexOf(space, at + 1)) crossed.add(token.charAt(at - 1));
	}
	return [...LETTERS].filter((letter) => Object.hasOwn(vocab, letter) && !crossed.has(letter)).join("");
}
// src/corpus/tokenizer-shape.ts
/**
* @file Is a tokenizer.json what @huggingface/tokenizers takes it for? The library checks next to nothing: an id of 1.5
* is cut to 1 in silence, and a list that is missing ends in a message about JavaScript. What shapes ids is checked
* here: the vocabulary, the merges and the added tokens. One pass over each: half a second at most for 256,000 tokens.
*/
/** Ids are held as int32. */
const LARGEST_ID = 2 ** 31 - 1;
const TYPES = [
	"BPE",
	"Unigram",
	"WordPiece",
	"WordLevel"
];
/** Characters of a found value that are shown in a message. */
const SHOWN_CHARACTERS = 60;
/** Errors: TOKENIZER_UNSUPPORTED, naming the part, the token and what was found. */
function checkTokenizer(file, definition) {
	const flaw = modelFlaw(definition.model) ?? addedTokensFlaw(definition.added_tokens);
	if (flaw !== null) throw tokenizerUnsupported(file, flaw);
}
function modelFlaw(model) {
	if (!isJsonObject(model)) return `its model is ${describeJson(model)}, not an object`;
	const { vocab, merges } = model;
	const type = model.type ?? null;
	if (type !== null && !TYPES.includes(type)) return `its model.type is ${shown$2(type)}; ${TYPES.join(", ")} are known`;
	if (type === "Unigram" || type === null && Array.isArray(vocab)) return unigramFlaw(vocab);
	if (!isJsonObject(vocab)) return `its model.vocab is ${describeJson(vocab)}; an object that gives every token's id is needed`;
	return vocabularyFlaw(vocab) ?? (type === "BPE" || merges !== void 0 ? mergesFlaw(model, vocab) : null);
}
/** Every id is one, and no two tokens have the same: whichever came last would count. */
function vocabularyFlaw(vocab) {
	const named = /* @__PURE__ */ new Map();
	for (const [token, id] of Object.entries(vocab)) {
		if (!isId(id)) return idFlaw(token, id);
		const other = named.get(id);
		if (other !== void 0) return `its tokens ${shown$2(other)} and ${shown$2(token)} have the same id, ${shown$2(id)}`;
		named.set(id, token);
	}
	return null;
}
/** The ids of a Unigram model are the places in its list. */
function unigramFlaw(vocab) {
	if (!Array.isArray(vocab)) return `its model.vocab is ${describeJson(vocab)}; a list of [token, score] is needed`;
	const at = vocab.findIndex((entry) => !isScored(entry));
	return at < 0 ? null : `its model.vocab[${at}] is ${shown$2(vocab[at])}; [token, score] is needed`;
}
function isScored(entry) {
	return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string" && typeof entry[1] === "number";
}
/** "left right" in files of before 2024, ["left", "right"] since; the library goes by the first. */
function mergesFlaw(model, vocab) {
	const { merges, continuing_subword_prefix: prefix } = model;
	if (!Array.isArray(merges)) return `its model.merges is ${describeJson(merges)}; a list of merges is needed`;
	const pairs = Array.isArray(merges[0]);
	const at = merges.findIndex((merge) => pairs ? !isPair(merge) : !isSpaced(merge));
	if (at < 0) return missingMerge(merges, vocab, typeof prefix === "string" ? prefix : "");
	const needed = pairs ? "[\"left\", \"right\"], like the first," : "\"left right\"";
	return `its model.merges[${at}] is ${shown$2(merges[at])}; ${needed} is needed`;
}
/**
* A merge joins two tokens to a third, the right one without the prefix that marks it as a continuation; the library would
* take one that is missing for an unknown token.
*/
function missingMerge(merges, vocab, prefix) {
	for (const [at, merge] of merges.entries()) {
		const [left = "", right = ""] = typeof merge === "string" ? merge.split(" ") : Array.isArray(merge) ? merge.map(String) : [];
		const missing = [
			left,
			right,
			left + (right.startsWith(prefix) ? right.slice(prefix.length) : right)
		].find((token) => !Object.hasOwn(vocab, token));
		if (missing !== void 0) return `its model.merges[${at}] needs the token ${shown$2(missing)}, which its vocabulary does not have`;
	}
	return null;
}
function isPair(merge) {
	return Array.isArray(merge) && merge.length === 2 && merge.every((side) => typeof side === "string");
}
/** One space exactly: with more, nobody knows where the left one ends. */
function isSpaced(merge) {
	return typeof merge === "string" && merge.includes(" ") && merge.indexOf(" ") === merge.lastIndexOf(" ");
}
function addedTokensFlaw(added) {
	if (!Array.isArray(added)) return `its added_tokens is ${describeJson(added)}, not a list`;
	for (const [at, token] of added.entries()) {
		if (!isJsonObject(token) || typeof token.content !== "string") return `its added_tokens[${at}] is ${shown$2(token)}; an object with content and id is needed`;
		if (!isId(token.id)) return idFlaw(token.content, token.id);
	}
	return null;
}
function isId(value) {
	return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= LARGEST_ID;
}
function idFlaw(token, id) {
	return `the id of its token ${shown$2(token)} is ${shown$2(id)}; a whole number from 0 to ${LARGEST_ID} is needed`;
}
function shown$2(value) {
	const text = value === void 0 ? "missing" : JSON.stringify(value);
	return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
// src/corpus/tokenizer.ts
/**
* @file A model's own tokenizer, from tokenizer.json, through @huggingface/tokenizers.
*
* Text is encoded as one string, without special tokens, exactly as the library gives it. Which token a model expects
* in front is found by asking: the post-processor runs on a probe, and what it puts before it is the BOS. What is
* left out: tokenizer.model (SentencePiece) and vocab.json with merges.txt, which need converting first.
*/
/** Anything that is tokenized to one token or more would do; every vocabulary has this one. */
const PROBE = "a";
/**
* The tokenizer of a model folder, or of a tokenizer.json named by itself. Null: the folder has none.
* Errors: TOKENIZER_UNSUPPORTED, TOKENIZER_TOO_SLOW, TOKENIZER_GROWS, those of reading.
*/
async function openTokenizer(files, allowance = GENEROUS) {
	const name = tokenizerFile(files);
	if (name === null) return null;
	const { definition, sha256 } = await readDefinition(files, name);
	const config = await readBeside(files, "tokenizer_config.json");
	const model = await readBeside(files, "config.json");
	const file = `${files.spec}: ${name}`;
	checkTokenizer(file, definition);
	const cut = cutRule(definition, config);
	const bounds = cut === null ? new Bounds(file, allowance) : null;
	if (bounds !== null) rehearse(file, definition, bounds);
	const tokenizer = construct(file, definition, config);
	bounds?.watch(tokenizer, definition);
	const run = (text, special) => {
		const encode = () => encodeText(tokenizer, file, text, special);
		return bounds === null ? encode() : bounds.within(text.length, encode);
	};
	const named = (key) => tokenId(tokenizer, config[key]) ?? wholeNumber(model[`${key}_id`]);
	return {
		encode: (text) => encodeWhole(run, file, text),
		cut,
		bosFromPostProcessor: prependedToken(run, file),
		bosToken: named("bos_token"),
		eosToken: named("eos_token"),
		specialIds: specialIds(tokenizer),
		sha256
	};
}
/** tokenizer.json of a folder, or the one JSON file that was named by itself; null: neither. */
function tokenizerFile(files) {
	if (files.has("tokenizer.json")) return "tokenizer.json";
	const [only, ...others] = files.names;
	return only?.endsWith(".json") && others.length === 0 ? only : null;
}
/**
* Not through `readJson`: a vocabulary is the one JSON object whose keys are arbitrary (`__proto__` is a fair token of
* a code model), and it is read by entries only.
*/
async function readDefinition(files, name) {
	const source = await files.open(name);
	try {
		if (source.byteLength > MAX_JSON_BYTES) throw tokenizerUnsupported(source.name, `it has ${source.byteLength} bytes, more than ${MAX_JSON_BYTES}`);
		const bytes = await source.read(0, source.byteLength);
		return {
			definition: parse(source.name, bytes),
			sha256: createHash("sha256").update(bytes).digest("hex")
		};
	} finally {
		await source.close();
	}
}
function parse(name, bytes) {
	const value = parseValue(name, bytes);
	if (isJsonObject(value)) return value;
	throw tokenizerUnsupported(name, `it holds ${describeJson(value)}; a JSON object was expected`);
}
function parseValue(name, bytes) {
	let text;
	try {
		text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw tokenizerUnsupported(name, "it is not UTF-8 text");
	}
	try {
		return JSON.parse(text);
	} catch {
		throw tokenizerUnsupported(name, `it is not JSON: ${syntaxReason(text) ?? "for no reason that was found"}`);
	}
}
async function readBeside(files, name) {
	return files.has(name) ? readJsonObject(files, name) : {};
}
function construct(file, definition, config) {
	try {
		return new Tokenizer_default(definition, config);
	} catch (error) {
		throw tokenizerUnsupported(file, reasonOf(error));
	}
}
/**
* The library runs the normalizer over every added token as it is made, out of our sight: so a tokenizer of the same steps and no
* tokens runs over them first.
*/
function rehearse(file, definition, bounds) {
	const { added_tokens: added } = definition;
	const model = {
		type: "BPE",
		vocab: { a: 0 },
		merges: []
	};
	const tokenizer = construct(file, {
		...definition,
		model,
		post_processor: null,
		added_tokens: []
	}, {});
	bounds.watch(tokenizer, definition);
	const contents = (Array.isArray(added) ? added : []).flatMap((token) => isJsonObject(token) && typeof token.content === "string" ? [token.content] : []);
	const characters = contents.reduce((sum, { length }) => sum + length, 0);
	bounds.within(characters, () => {
		for (const content of contents) encodeText(tokenizer, file, content, false);
	});
}
function encodeWhole(run, file, text) {
	const { ids, tokens } = run(text, false);
	return Int32Array.from(ids, (id, at) => {
		if (id === void 0) throw tokenUnknown(file, tokens[at] ?? "");
		return id;
	});
}
function encodeText(tokenizer, file, text, special) {
	try {
		return tokenizer.encode(text, { add_special_tokens: special });
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		throw tokenizerUnsupported(file, reasonOf(error));
	}
}
/** The library's own words; where it stumbled instead, JavaScript's would help nobody. */
function reasonOf(error) {
	if (error instanceof TypeError || error instanceof RangeError) return "its normalizer, pre_tokenizer, post_processor or decoder has parts that are missing or of the wrong kind";
	return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
function prependedToken(run, file) {
	const bare = run(PROBE, false).ids;
	const dressed = run(PROBE, true).ids;
	const before = dressed.findIndex((_, at) => bare.every((id, i) => dressed[at + i] === id));
	if (before === 0) return null;
	if (before === 1) return dressed[0] ?? null;
	throw tokenizerUnsupported(file, "its post-processor puts more than one token before the text");
}
function tokenId(tokenizer, token) {
	const content = isJsonObject(token) ? token.content : token;
	return typeof content === "string" ? tokenizer.token_to_id(content) ?? null : null;
}
function wholeNumber(value) {
	return typeof value === "number" && Number.isInteger(value) ? value : null;
}
function specialIds(tokenizer) {
	return [...tokenizer.get_added_tokens_decoder()].flatMap(([id, token]) => token.special ? [id] : []).sort((a, b) => a - b);
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
// src/audit/text/tokens.ts
/** @file The corpus as one audit runs it: sequences, sliding windows, what of them is scored, and the token groups. */
/** Tokenize the corpus and plan what is run. Errors: the corpus' own. */
async function openTokens(opening, { checkpoint, model }) {
	const { config } = opening;
	const { n_vocab: vocabulary, maxPositions } = model.decoder.spec;
	const tokenizer = !config.corpus.source.startsWith("tokens:") ? await tokenizerOf(opening, checkpoint) : null;
	const sequences = await loadCorpus(config.corpus, tokenizer, {
		vocabulary,
		maxPositions
	});
	const { sliding } = config.perplexity;
	const text = dealtText(sequences);
	const groupStarts = dealGroups(text, groupCount(text, config.groups));
	const streamStarts = groupStarts.map((sequence) => sequence * text.tokensPerSequence);
	return {
		sequences,
		chunked: {
			plan: chunkedPlan(sequences),
			scored: chunkedScores(sequences, groupStarts)
		},
		sliding: sliding === null ? null : slidingTokens(sequences, sliding, streamStarts),
		groupStarts,
		bosLeftOut: leftOut(sequences, tokenizer ?? await tokenizerIfAny(opening, checkpoint)),
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
/** The one named, else the reference's own: in its folder, or beside or inside its GGUF file. */
async function tokenizerOf({ config, open }, checkpoint) {
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
/** The sequences as the deal to token groups sees them. */
function dealtText({ sequenceCount, blockLength, bos, documents }) {
	return {
		sequences: sequenceCount,
		tokensPerSequence: blockLength - (bos === null ? 0 : 1),
		documentStarts: documents?.starts ?? null
	};
}
// src/audit/assemble.ts
/** Mean cosine of the two residuals per token below which the candidate lives in another basis. */
const OTHER_BASIS_COSINE = .2;
/** … while the outputs still agree to this many nats per token. */
const SAME_OUTPUT_KL = .5;
async function assemble({ checkpoint, model }, results, origin) {
	const { config, tokens, device } = results.run;
	const candidates = [];
	for (const result of results.candidates) candidates.push(await candidateReport(config, result));
	const protocol = checkProtocol({
		...results,
		vocabulary: model.decoder.spec.n_vocab
	});
	return {
		report: {
			schema: "saegate/report@1",
			verdict: null,
			createdAt: origin.createdAt,
			tool: {
				name: "saegate",
				version: origin.toolVersion,
				engine: `onnxruntime-node ${runtimeVersion()}`,
				device: device.kind,
				threads: device.threads,
				operands: device.bodyType,
				elapsedSeconds: origin.elapsedSeconds
			},
			confidence: config.confidence,
			reference: {
				spec: config.reference,
				revision: checkpoint.revision,
				family: model.decoder.spec.family,
				parameters: checkpoint.parameters,
				storedAs: checkpoint.storedAs,
				sha256: await checkpoint.sha256(),
				files: await checkpoint.fileDigests()
			},
			corpus: {
				spec: config.corpus.source,
				tokens: tokens.chunked.plan.rows,
				blocks: tokens.sequences.sequenceCount,
				blockLength: tokens.sequences.blockLength,
				groups: tokens.groupStarts.length - 1,
				resampling: RESAMPLING_METHOD,
				...documentsOf(tokens),
				bos: tokens.sequences.bos,
				sha256: tokens.sequences.sha256
			},
			policy: null,
			baseline: null,
			readouts: results.readouts.map(({ report }) => report),
			candidates,
			warnings: [...protocolWarnings(protocol), ...results.warnings],
			protocol,
			...results.notes.length === 0 ? {} : { notes: [...results.notes] }
		},
		evidence: results.candidates.flatMap(({ features }) => features.map(({ evidence }) => evidence))
	};
}
async function candidateReport(config, result) {
	const { candidate, sums, features } = result;
	const divergence = divergenceOf(sums.divergence, config.confidence);
	const windows = config.perplexity.sliding;
	const artifact = artifactOf(candidate);
	return {
		name: candidate.name,
		spec: candidate.spec,
		revision: artifact?.revision ?? null,
		sha256: await artifact?.sha256() ?? null,
		...artifact === null ? {} : { files: await artifact.fileDigests() },
		verdict: null,
		compression: candidate.compression,
		perplexity: {
			chunked: config.perplexity.chunked ? perplexityOf(sums.losses, config.confidence) : null,
			sliding: sums.sliding === null || windows === null ? null : {
				...perplexityOf(sums.sliding, config.confidence),
				window: windows.window,
				stride: windows.stride
			}
		},
		divergence,
		features: features.map(({ report }) => report),
		dissociation: {
			flag: false,
			reason: ""
		},
		rules: [],
		warnings: [
			...warningsOf$1(candidate),
			...plainFloatWarnings(candidate),
			...noDamageWarnings(divergence?.klMean ?? null, features.map(({ report }) => report)),
			...features.flatMap(({ warnings }) => warnings),
			...scalingWarnings(config, result, divergence?.klMean ?? 0),
			...basisWarnings(result, divergence?.klMean ?? 0)
		]
	};
}
function perplexityOf(groups, confidence) {
	return {
		...summarizePerplexity(groups, RESAMPLING_METHOD, confidence),
		groups: writable(groups)
	};
}
function divergenceOf({ klOfTokens, ...groups }, confidence) {
	const klP99 = quantile(klOfTokens, .99);
	const { klAbove, ...rest } = groups;
	return {
		...summarizeDivergence(groups, klP99, RESAMPLING_METHOD, confidence),
		groups: {
			...writable(rest),
			klAbove: klAbove.map((counts) => [...counts])
		}
	};
}
function writable(groups) {
	return Object.fromEntries(Object.entries(groups).map(([key, values]) => [key, [...values]]));
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
/** A residual stream that only has another size is no damage: told where it was divided out, else refused. Errors: CANDIDATE_RESCALED. */
function scalingWarnings({ rescale }, { candidate, features }, klMean) {
	if (klMean >= SAME_OUTPUT_KL) return [];
	return features.filter(({ scaling }) => isRescaled(scaling)).map(({ scaling, report: { hook } }) => {
		const factor = scaling.factor.toPrecision(4);
		if (!rescale) throw candidateRescaled(candidate.name, hook, factor, klMean.toFixed(4));
		return `at ${hook} its residual stream is ${factor} times the reference's; it was divided by that before encoding (--rescale)`;
	});
}
/**
* The sign of a rotated residual stream that only a run shows: other directions, the same outputs. A candidate that was
* turned back by its embedding and still shows it is told, not refused. Errors: CANDIDATE_ROTATED.
*/
function basisWarnings({ candidate, features }, klMean) {
	const elsewhere = features.find(({ meanCosine }) => meanCosine < OTHER_BASIS_COSINE && klMean < SAME_OUTPUT_KL);
	if (elsewhere === void 0) return [];
	const reason = `at ${elsewhere.report.hook} the residual streams point elsewhere (mean cosine ${elsewhere.meanCosine.toFixed(2)}) while the outputs agree (KL ${klMean.toFixed(3)})`;
	if (!isTurnedBack(candidate)) throw candidateRotated(candidate.name, reason, candidate.kind === "onnx" ? "onnx" : "checkpoint");
	return [`${reason}, though its residual stream was turned back: its features cannot be judged`];
}
// src/onnx/graph/double-ops.ts
var double_ops_exports = /* @__PURE__ */ __exportAll({
	erf: () => erf,
	forEpsilon: () => forEpsilon,
	gelu: () => gelu,
	rotaryEmbedding: () => rotaryEmbedding,
	silu: () => silu
});
/** Where Cody's first range ends. */
const SMALL = .46875;
/** erf(x) = x · A(x²) / B(x²) up to SMALL; highest power first. */
const A = [
	.18577770618460315,
	3.1611237438705655,
	113.86415415105016,
	377.485237685302,
	3209.3775891384694
];
const B = [
	1,
	23.601290952344122,
	244.02463793444417,
	1282.6165260773723,
	2844.236833439171
];
/** erfc(y) = e^(−y²) · C(y) / D(y) beyond it. */
const C = [
	2.1531153547440383e-8,
	.5641884969886701,
	8.883149794388377,
	66.11919063714163,
	298.6351381974001,
	881.952221241769,
	1712.0476126340707,
	2051.0783778260716,
	1230.3393547979972
];
const D = [
	1,
	15.744926110709835,
	117.6939508913125,
	537.1811018620099,
	1621.3895745666903,
	3290.7992357334597,
	4362.619090143247,
	3439.3676741437216,
	1230.3393548037495
];
/** Error function, any shape. */
function erf(g, x) {
	const constant = (value) => g.scalar("float64", value);
	const square = mul(g, x, x);
	const near = mul(g, x, div(g, polynomial(g, square, A), polynomial(g, square, B)));
	const y = abs(g, x);
	const ratio = div(g, polynomial(g, y, C), polynomial(g, y, D));
	const complement = mul(g, exp(g, sub(g, constant(0), square)), ratio);
	const far = mul(g, sign(g, x), sub(g, constant(1), complement));
	return where(g, less(g, y, constant(SMALL)), near, far);
}
/** Horner's rule, highest power first. */
function polynomial(g, x, [first = 0, ...rest]) {
	const constant = (value) => g.scalar("float64", value);
	const [second = 0, ...lower] = rest;
	const start = add(g, mul(g, x, constant(first)), constant(second));
	return lower.reduce((sum, coefficient) => add(g, mul(g, sum, x), constant(coefficient)), start);
}
/**
* Normalizations take their epsilon ε as a float32: x and ε with which they give what x and the exact ε would give, both
* scaled. By a factor near 2, because onnxruntime drops products with a factor near 1.
*/
function forEpsilon(g, x, epsilon) {
	if (epsilon === 0) return {
		x,
		epsilon
	};
	const scaled = 4 * Math.fround(epsilon);
	return {
		x: mul(g, x, g.scalar("float64", Math.sqrt(scaled / epsilon))),
		epsilon: scaled
	};
}
/** x · Φ(x), or the approximation by tanh that some models were trained with. */
function gelu(g, x, approximate) {
	const constant = (value) => g.scalar("float64", value);
	const half = mul(g, x, constant(.5));
	const inner = () => {
		const cubic = add(g, mul(g, mul(g, x, x), constant(.044715)), constant(1));
		return tanh(g, mul(g, mul(g, x, cubic), constant(Math.sqrt(2 / Math.PI))));
	};
	const odd = approximate === "tanh" ? inner() : erf(g, mul(g, x, constant(Math.SQRT1_2)));
	return mul(g, half, add(g, odd, constant(1)));
}
/** x · sigmoid(x), written as a quotient: onnxruntime fuses the product into its float32 QuickGelu. */
function silu(g, x) {
	const minus = exp(g, sub(g, g.scalar("float64", 0), x));
	return div(g, x, add(g, minus, g.scalar("float64", 1)));
}
/**
* Rotary embedding of (n_block, n_token, heads · headSize) with positions 0, 1, …; `cos` and `sin` are (max positions,
* size/2), `length` is n_token as an int32 scalar.
*/
function rotaryEmbedding(g, x, rotary, heads, length) {
	const { size, interleaved } = rotary;
	const [blocks = 1, , width] = x.shape;
	if (typeof width !== "number" || typeof blocks !== "number") throw new Error(`${x.name} has no fixed width`);
	const pairs = size / 2;
	const headSize = width / heads;
	const split = reshape(g, x, [
		blocks,
		-1,
		heads,
		headSize
	], [
		blocks,
		"n_token",
		heads,
		headSize
	]);
	const table = (whole) => reshape(g, firstRows(g, whole, length), [
		-1,
		1,
		pairs
	], [
		"n_token",
		1,
		pairs
	]);
	const turned = columns(g, split, 0, size);
	const [a, b] = interleaved ? neighbours(g, turned, pairs) : halves(g, turned, pairs);
	const [cos, sin] = [table(rotary.cos), table(rotary.sin)];
	const first = sub(g, mul(g, a, cos), mul(g, b, sin));
	const second = add(g, mul(g, b, cos), mul(g, a, sin));
	const whole = joined(g, [interleaved ? woven(g, first, second, size) : joined(g, [first, second], size), ...size === headSize ? [] : [columns(g, split, size, headSize)]], headSize);
	return reshape(g, whole, [
		blocks,
		-1,
		width
	], x.shape);
}
/** (…, size) → the first and the second half of it. */
function halves(g, x, pairs) {
	return [columns(g, x, 0, pairs), columns(g, x, pairs, 2 * pairs)];
}
/** (…, size) → its even and its odd entries, (…, pairs) both. */
function neighbours(g, x, pairs) {
	const lead = x.shape.slice(0, -1);
	const shape = [...lead, pairs];
	const two = reshape(g, x, [
		...lead.map(() => 0),
		pairs,
		2
	], [...shape, 2]);
	const pick = (i) => reshape(g, columns(g, two, i, i + 1), [...lead.map(() => 0), pairs], shape);
	return [pick(0), pick(1)];
}
/** The inverse of `neighbours`. */
function woven(g, even, odd, size) {
	const lead = even.shape.slice(0, -1);
	const zeros = lead.map(() => 0);
	const column = (x) => reshape(g, x, [
		...zeros,
		size / 2,
		1
	], [...x.shape, 1]);
	const two = concat(g, [column(even), column(odd)], even.shape.length, [...even.shape, 2]);
	return reshape(g, two, [...zeros, size], [...lead, size]);
}
function joined(g, parts, width) {
	const [first] = parts;
	return concat(g, parts, 3, [...first?.shape.slice(0, -1) ?? [], width]);
}
// src/models/graph/tiled-attention.ts
/** 64 rows are quicker at 512 positions, slower at 2,048. */
const CPU_TILING = {
	rows: 128,
	beyondEnd: "nothing"
};
const WEBGPU_TILING = {
	rows: 128,
	beyondEnd: "last row"
};
/** Added to a score that a query may not see: e to its power is 0 beside any score that it may. */
const HIDDEN_SCORE = -3e38;
/** What a tile adds to its scores. One per graph: layers with the same window share. */
var CausalMasks = class {
	#g;
	#tiling;
	#longest;
	#type;
	/** n, as (1) int64 */
	#length;
	#masks = /* @__PURE__ */ new Map();
	#starts = /* @__PURE__ */ new Map();
	/** `type`: of the scores. */
	constructor(g, tiling, longest, length, type = "float32") {
		this.#g = g;
		this.#tiling = tiling;
		this.#longest = longest;
		this.#type = type;
		this.#length = reshape(g, cast(g, length, "int64"), [1], [1]);
	}
	get type() {
		return this.#type;
	}
	/** Tiles of query rows with the first key that any of them sees. Ends are exclusive. */
	tiles(window) {
		const { rows } = this.#tiling;
		return Array.from({ length: Math.ceil(this.#longest / rows) }, (_, i) => {
			const start = i * rows;
			return {
				start,
				end: start + rows,
				firstKey: Math.max(0, start + 1 - (window ?? 1e400))
			};
		});
	}
	/** The results of all tiles, along `axis`, without those beyond the end. */
	trimmed(x, axis) {
		return this.#tiling.beyondEnd === "nothing" || this.#longest <= this.#tiling.rows ? x : range(this.#g, x, axis, this.#g.integers([0]), this.#length);
	}
	/** Where to begin for `position`: there, or if it must exist at the last that does; (1) int64. */
	from(position) {
		const g = this.#g;
		if (position === 0 || this.#tiling.beyondEnd === "nothing") return g.integers([position]);
		const known = this.#starts.get(position) ?? min$1(g, sub(g, this.#length, g.integers([1])), g.integers([position]));
		this.#starts.set(position, known);
		return known;
	}
	/** (rows of the tile that there are, keys that there are) */
	of(start, end, firstKey, window) {
		const name = `${start} ${window}`;
		const known = this.#masks.get(name) ?? this.#cut(start, end, firstKey, window);
		this.#masks.set(name, known);
		return known;
	}
	/**
	* A mask depends on the distance of key and query only, so all are cut out of one band: its column c is the key that
	* stands c − longest after the tile's first query.
	*/
	#cut(start, end, firstKey, window) {
		const g = this.#g;
		const left = this.#longest - start + firstKey;
		const first = concat(g, [this.from(start), this.from(firstKey)], 0, [2]);
		const sizes = sub(g, min$1(g, this.#length, g.integers([end, end])), first);
		const ends = add(g, max(g, sizes, g.integers([0, 0])), g.integers([0, left]));
		return slice(g, this.#band(window), g.integers([0, left]), ends, ["n_query", "n_key"]);
	}
	#band(window) {
		const { rows } = this.#tiling;
		const width = this.#longest + rows;
		const size = rows * width;
		const band = this.#type === "float64" ? new Float64Array(size) : new Float32Array(size);
		for (let row = 0; row < rows; row++) for (let column = 0; column < width; column++) {
			const distance = row - (column - this.#longest);
			const visible = distance >= 0 && (window === null || distance < window);
			band[row * width + column] = visible ? 0 : HIDDEN_SCORE;
		}
		const name = `causal_${window}`;
		const known = this.#masks.get(name) ?? this.#g.initializer(name, this.#type, [rows, width], band);
		this.#masks.set(name, known);
		return known;
	}
};
/** q (B, n, H·R·D), k and v (B, n, H·D), of the masks' type → (B, n, H·R·D) */
function tiledAttention(g, q, k, v, masks, shape) {
	const { sequences: B, heads, kvHeads: H, headSize: D, scale, softcap, window } = shape;
	const R = heads / H;
	const split = (x, repeats) => reshape(g, x, [
		B,
		-1,
		H,
		repeats,
		D
	], [
		B,
		"n_token",
		H,
		repeats,
		D
	]);
	const scaled = scale === 1 ? q : mul(g, q, g.scalar(masks.type, scale));
	const queries = transpose$1(g, split(scaled, R), [
		0,
		2,
		3,
		1,
		4
	]);
	const keys = transpose$1(g, split(k, 1), [
		0,
		2,
		3,
		4,
		1
	]);
	const values = transpose$1(g, split(v, 1), [
		0,
		2,
		3,
		1,
		4
	]);
	const parts = masks.tiles(window).map(({ start, end, firstKey }) => {
		const some = (x, axis, from) => range(g, x, axis, masks.from(from), g.integers([end]));
		let scores = matMul(g, some(queries, 3, start), some(keys, 4, firstKey));
		if (softcap !== null) {
			const cap = g.scalar(masks.type, softcap);
			scores = mul(g, tanh(g, div(g, scores, cap)), cap);
		}
		const shares = softmax(g, add(g, scores, masks.of(start, end, firstKey, window)));
		return matMul(g, shares, some(values, 3, firstKey));
	});
	const attended = masks.trimmed(concat(g, parts, 3, [
		B,
		H,
		R,
		"n_token",
		D
	]), 3);
	const rows = transpose$1(g, attended, [
		0,
		3,
		1,
		2,
		4
	]);
	return reshape(g, rows, [
		B,
		-1,
		heads * D
	], [
		B,
		"n_token",
		heads * D
	]);
}
// src/models/graph/attention.ts
/** @file Attention of one block: projections, norms of q and k, rotation, causal attention, output projection. */
/** x (n_row, d_model) wide, already normed → attention output (n_row, d_model) wide. Taps `attn.hook_z`. */
async function attention(scope, x) {
	const { w, block, weights, layer, places } = scope;
	const { heads, headSize, kvHeads } = block.attention;
	places.read(layer, "qkv", x);
	const attended = attend(scope, await project(scope, x, weights.q, weights.qNorm, heads, "q"), await project(scope, x, weights.k, weights.kNorm, kvHeads, "k"), toSequence(scope, await w.linearTyped(x, weights.v, `blocks.${layer}.v`), kvHeads * headSize));
	const rows = reshape(w.g, attended, [-1, heads * headSize], ["n_row", heads * headSize]);
	const z = places.pass(layer, "attn.hook_z", rows);
	places.read(layer, "o", z);
	return await w.linear(z, weights.o, `blocks.${layer}.o`);
}
/** q, k, v (sequences, n_token, ·) → (sequences, n_token, heads · headSize) */
function attend(scope, q, k, v) {
	const { w, block, inputs } = scope;
	const { g } = w;
	const { masks } = inputs;
	const { heads, kvHeads, headSize, scale, softcap, window } = block.attention;
	if (masks !== null) return tiledAttention(g, q, k, v, masks, {
		sequences: inputs.sequences,
		heads,
		kvHeads,
		headSize,
		scale,
		softcap,
		window
	});
	const padded = [
		widened(scope, q, heads),
		widened(scope, k, kvHeads),
		widened(scope, v, kvHeads)
	];
	return narrowed(scope, groupQueryAttention(g, ...padded, inputs, {
		heads,
		kvHeads,
		scale,
		softcap,
		window
	}));
}
/** q or k: (sequences, n_token, heads · headSize), normed and rotated. */
async function project(scope, x, linear, norm, heads, role) {
	const { w, block, layer, inputs } = scope;
	const { g } = w;
	const { headSize, qkNorm, rotary } = block.attention;
	const width = heads * headSize;
	let projected = await w.linearTyped(x, linear, `blocks.${layer}.${role}`);
	if (norm !== null && qkNorm !== "none") {
		const normSpec = {
			...scope.norm,
			kind: "rms"
		};
		const groups = qkNorm === "head" ? headSize : width;
		const rows = reshape(g, cast(g, projected, w.wide), [-1, groups], ["n_group", groups]);
		projected = cast(g, await w.norm(rows, normSpec, norm, `blocks.${layer}.${role}_norm`), w.type);
	}
	const shaped = toSequence(scope, projected, width);
	if (rotary === null || scope.rotary === null) return shaped;
	const tables = {
		...scope.rotary,
		size: rotary.size,
		interleaved: rotary.pairing === "interleaved"
	};
	return w.type === "float64" ? rotaryEmbedding(g, shaped, tables, heads, inputs.length) : rotaryEmbedding$1(g, shaped, tables, heads);
}
/** onnxruntime's attention takes head sizes that are multiples of this. */
const HEAD_SIZE_STEP = 8;
/** Zeros behind every head up to a size that the kernel takes (TinyStories-1M has heads of 4): q·k stays the same. */
function widened({ w: { g }, block, inputs: { sequences } }, x, heads) {
	const { headSize } = block.attention;
	const size = Math.ceil(headSize / HEAD_SIZE_STEP) * HEAD_SIZE_STEP;
	if (size === headSize) return x;
	const split = reshape(g, x, [
		sequences,
		-1,
		heads,
		headSize
	], [
		sequences,
		"n_token",
		heads,
		headSize
	]);
	const padded = padLast(g, split, size - headSize, [
		sequences,
		"n_token",
		heads,
		size
	]);
	return reshape(g, padded, [
		sequences,
		-1,
		heads * size
	], [
		sequences,
		"n_token",
		heads * size
	]);
}
/** The inverse for the attention output, whose padded entries are zero. */
function narrowed({ w: { g }, block, inputs: { sequences } }, z) {
	const { heads, headSize } = block.attention;
	const size = Math.ceil(headSize / HEAD_SIZE_STEP) * HEAD_SIZE_STEP;
	if (size === headSize) return z;
	const split = reshape(g, z, [
		sequences,
		-1,
		heads,
		size
	], [
		sequences,
		"n_token",
		heads,
		size
	]);
	return firstOfLast(g, split, headSize, [
		sequences,
		"n_token",
		heads,
		headSize
	]);
}
function toSequence({ w: { g }, inputs: { sequences } }, x, width) {
	return reshape(g, x, [
		sequences,
		-1,
		width
	], [
		sequences,
		"n_token",
		width
	]);
}
// src/models/graph/mlp.ts
/**
* @file The MLP of one block, plain or gated: all hidden units at once, or a tile of them at a time, whose part of the
* output is then added up. On the CPU tiles are a tenth quicker: not wider than the run has rows, they leave every thread with
* rows of its own, and between the two products they stay in its core's cache.
*/
/** x (n_row, d_model) wide, already normed → (n_row, d_model) wide. */
async function mlp(scope, x) {
	const { w, weights, layer, hiddenTile } = scope;
	scope.places.read(layer, "up", x);
	return hiddenTile === null || w.type !== "float32" || w.quantizes(weights.down) ? await wholeMlp(scope, x) : await tiledMlp(scope, x, hiddenTile);
}
async function wholeMlp(scope, x) {
	const { w, weights, layer } = scope;
	const inner = await hiddenUnits(scope, x);
	scope.places.read(layer, "down", inner);
	return await w.linear(inner, weights.down, `blocks.${layer}.down`);
}
/** (n_row, d_mlp) wide: what the second matrix reads. */
async function hiddenUnits({ w, block, weights, layer }, x) {
	const { activation } = block.mlp;
	const up = await w.linear(x, weights.up, `blocks.${layer}.up`);
	if (weights.gate === null) return activate$1(w.g, up, activation);
	const gate = await w.linear(x, weights.gate, `blocks.${layer}.gate`);
	return mul(w.g, activate$1(w.g, gate, activation), up);
}
async function tiledMlp(scope, x, hiddenTile) {
	const { w, block, weights, layer, places } = scope;
	const { g } = w;
	const { activation, size } = block.mlp;
	const named = (role) => `blocks.${layer}.${role}`;
	const gate = weights.gate === null ? null : await w.outputTiles(weights.gate, named("gate"));
	const up = await w.outputTiles(weights.up, named("up"));
	const down = await w.inputTiles(weights.down, named("down"));
	const inner = (tile) => {
		if (gate === null) return activate$1(g, up(x, tile), activation);
		return mul(g, activate$1(g, gate(x, tile), activation), up(x, tile));
	};
	const parts = [];
	let sum = null;
	for (const tile of hiddenTiles(size, hiddenTile)) {
		const part = inner(tile);
		parts.push(part);
		sum = down(part, tile, sum);
	}
	if (sum === null) throw new RangeError("an MLP without hidden units");
	if (places.sums(layer, "down")) places.read(layer, "down", concat(g, parts, 1, ["n_row", size]));
	return sum;
}
/** Tiles that cover `size` units, each at most `tile` wide. */
function hiddenTiles(size, tile) {
	return Array.from({ length: Math.ceil(size / tile) }, (_, i) => [i * tile, Math.min((i + 1) * tile, size)]);
}
function activate$1(g, x, activation) {
	const { gelu, silu } = x.type === "float64" ? double_ops_exports : layer_ops_exports;
	switch (activation) {
		case "gelu": return gelu(g, x, "none");
		case "gelu_tanh": return gelu(g, x, "tanh");
		case "silu": return silu(g, x);
		case "relu": return relu(g, x);
	}
}
// src/models/graph/block.ts
/** (n_row, d_model) → (n_row, d_model) */
async function runBlock(scope, before) {
	const { w, norm, block, weights, layer, places } = scope;
	const named = (role) => `blocks.${layer}.${role}`;
	const input = places.pass(layer, "hook_resid_pre", before);
	let attended = await attention(scope, weights.preAttention ? await w.norm(input, norm, weights.preAttention, named("pre_attention")) : input);
	if (weights.postAttention) attended = await w.norm(attended, norm, weights.postAttention, named("post_attention"));
	attended = places.pass(layer, "hook_attn_out", attended);
	let middle = add(w.g, input, attended);
	if (block.layout === "sequential") middle = places.pass(layer, "hook_resid_mid", middle);
	const mlpInput = block.layout === "parallel" ? input : middle;
	let out = await mlp(scope, weights.preMlp ? await w.norm(mlpInput, norm, weights.preMlp, named("pre_mlp")) : mlpInput);
	if (weights.postMlp) out = await w.norm(out, norm, weights.postMlp, named("post_mlp"));
	out = places.pass(layer, "hook_mlp_out", out);
	return places.pass(layer, "hook_resid_post", add(w.g, middle, out));
}
// src/models/graph/places.ts
/** @file The places of a body where a program reads, changes or sums: what it has to do there, and what came of it. */
/** The embeddings tell how the residual stream was turned, not how the heads were. */
const HEADS_TURNED = "the candidate is rotated, and heads may be rotated in ways of their own";
var BodyPlaces = class {
	/** By hook, and by sum. */
	values = /* @__PURE__ */ new Map();
	#w;
	#taps;
	#edits;
	#program;
	#countedRows;
	/** (d_model, d_model); null: rows are read as they are. */
	#turn;
	constructor(w, program, { basis, decoder }, countedRows) {
		this.#w = w;
		this.#program = program;
		this.#countedRows = countedRows;
		this.#taps = new Set(program.taps.map(hookName));
		this.#edits = new Map(program.edits.map(({ hook, apply }) => [hookName(hook), apply]));
		const { d_model } = decoder.spec;
		this.#turn = basis === null ? null : w.constant("basis", [d_model, d_model], basis);
	}
	/** What goes on from a hook where `value` arrives: itself, or what the edit makes of it. */
	pass(layer, name, value) {
		const { g, wide } = this.#w;
		const hook = hookName({
			layer,
			name
		});
		const edit = this.#edits.get(hook);
		const isTapped = this.#taps.has(hook);
		if (edit === void 0 && !isTapped) return value;
		if (this.#turn !== null && name === "attn.hook_z") throw hookMissing(hook, HEADS_TURNED);
		const arrived = cast(g, value, wide);
		const rows = this.#turn === null ? arrived : matMul(g, arrived, this.#turn);
		const read = edit === void 0 ? rows : edit(g, rows);
		if (isTapped) this.values.set(hook, read);
		if (edit === void 0) return value;
		return this.#turn === null ? read : matMul(g, read, transpose$1(g, this.#turn, [1, 0]));
	}
	/** Is the input of this matrix summed? */
	sums(layer, name) {
		return this.#program.sums.some(({ input }) => input.layer === layer && input.name === name);
	}
	/** Sum x (n_row, width), which the matrices of that name read. */
	read(layer, name, x) {
		const wanted = targetInputName({
			layer,
			name
		});
		for (const sum of this.#program.sums) if (targetInputName(sum.input) === wanted) this.values.set(sumName(sum), this.#summed(x, sum.of));
	}
	#summed(value, of) {
		const { g, wide } = this.#w;
		if (this.#countedRows === null) throw new RangeError("sums without counted rows");
		const x = cast(g, value, wide);
		if (of === "products") return matMul(g, transpose$1(g, mul(g, x, this.#countedRows), [1, 0]), x);
		return matMul(g, transpose$1(g, this.#countedRows, [1, 0]), mul(g, x, x));
	}
};
// src/models/graph/shape.ts
/** (n_row, 1), with programs that sum: 1 for rows that count, 0 for those that fill up. */
const COUNTED_ROWS = "counted_rows";
/** Residual stream, norms and masks are in this type. */
function wideType(type) {
	return type === "float64" ? "float64" : "float32";
}
/** Inputs `ids` (where a program begins with them), `last_position`, `length`, and `counted_rows` (where one sums). */
function sequenceInputs(g, shape, programs) {
	const { sequences, tiling, length: longest } = shape;
	const wide = wideType(shape.type);
	const hasSums = programs.some(({ sums }) => sums.length > 0);
	const hasIds = programs.some(({ from }) => from === "ids");
	const lastPosition = g.input("last_position", "int32", [sequences]);
	const length = g.input("length", "int32", []);
	return {
		sequences,
		ids: hasIds ? g.input("ids", "int64", [sequences, "n_token"]) : null,
		lastPosition,
		length,
		countedRows: hasSums ? g.input(COUNTED_ROWS, wide, ["n_row", 1]) : null,
		masks: tiling === null ? null : new CausalMasks(g, tiling, longest, length, wide)
	};
}
// src/models/graph/fake-quantize.ts
/** x (n_row, K) float32 → the values it stands for after quantization, (n_row, K). `weight` names the layer in messages. */
function fakeQuantize(g, x, quantization, weight) {
	const K = x.shape.at(-1);
	const { groupSize, strategy } = quantization;
	if (!(groupSize !== null && (strategy === "group" || strategy === "tensor_group")) || typeof K !== "number") return quantizeExtents(g, x, quantization);
	if (K % groupSize !== 0) throw activationGroups(weight, K, groupSize);
	const rows = reshape(g, x, [-1, groupSize], ["n_group", groupSize]);
	return reshape(g, quantizeExtents(g, rows, quantization), [-1, K], x.shape);
}
/** The last axis, or all of x, is one extent. */
function quantizeExtents(g, x, q) {
	const { outlierThreshold } = q;
	if (outlierThreshold === null) return dequantized(g, x, scales(g, x, q), q);
	const threshold = g.scalar("float32", outlierThreshold);
	const magnitude = abs(g, x);
	const small = where(g, less(g, magnitude, threshold), x, g.scalar("float32", 0));
	const isQuantized = less(g, reduceMax(g, magnitude, 0), threshold);
	return where(g, isQuantized, dequantized(g, x, scales(g, small, q), q), x);
}
function scales(g, x, q) {
	const constant = (value) => g.scalar("float32", Math.fround(value));
	if (!q.dynamic && q.scale !== null) return {
		scale: constant(q.scale),
		zero: q.zeroPoint ? constant(q.zeroPoint) : null
	};
	const axis = q.strategy === "tensor" ? null : -1;
	if (!q.symmetric) return asymmetricScales(g, x, q, axis);
	let amax = reduceMax(g, abs(g, x), axis);
	if (q.largestAmax !== null) amax = min$1(g, amax, constant(q.largestAmax));
	if (q.globalScale !== null) return {
		scale: blockScale(g, amax, q, q.globalScale),
		zero: null
	};
	const size = q.powerOfTwo ? roundedPower(g, amax) : amax;
	const scale = div(g, size, constant(q.scaleDivisor));
	return {
		scale: max(g, scale, constant(q.minimumScale)),
		zero: null
	};
}
/**
* The power of two at amax or below it, twice that from 1.75 times it on: amax without its fraction once a quarter was added
* to that (compressed-tensors, `round_to_power_2`). t − (t − x) with t = (2²³ + 1) x is x rounded to one bit (Veltkamp);
* what was rounded up is halved again.
*/
function roundedPower(g, amax) {
	const constant = (value) => g.scalar("float32", value);
	const wide = mul(g, amax, constant(2 ** 23 + 1));
	const nearest = sub(g, wide, sub(g, wide, amax));
	const below = where(g, greater(g, nearest, amax), mul(g, nearest, constant(.5)), nearest);
	const stays = less(g, amax, mul(g, below, constant(1.75)));
	return where(g, stays, below, mul(g, below, constant(2)));
}
function asymmetricScales(g, x, q, axis) {
	const constant = (value) => g.scalar("float32", Math.fround(value));
	const low = min$1(g, reduceMin(g, x, axis), constant(0));
	const high = max(g, reduceMax(g, x, axis), constant(0));
	const span = div(g, sub(g, high, low), constant(q.scaleDivisor));
	const scale = max(g, span, constant(q.minimumScale));
	const [bottom, top] = q.levels;
	const zero = sub(g, constant(bottom), div(g, low, scale));
	return {
		scale,
		zero: round(g, clip(g, zero, constant(bottom), constant(top)))
	};
}
/** NVFP4: the scale of a group is itself a float8, relative to the tensor's. */
function blockScale(g, amax, q, globalScale) {
	const constant = (value) => g.scalar("float32", Math.fround(value));
	const wanted = div(g, mul(g, constant(globalScale), amax), constant(q.scaleDivisor));
	const block = toFloat8(g, clip(g, wanted, constant(-448), constant(448)));
	const nonZero = where(g, greater(g, block, constant(0)), block, constant(.125));
	return div(g, nonZero, constant(globalScale));
}
/** (round(clamp(x / scale + zero, levels)) − zero) · scale */
function dequantized(g, x, { scale, zero }, q) {
	const [bottom, top] = q.levels;
	const divided = div(g, x, scale);
	const shifted = zero === null ? divided : add(g, divided, zero);
	const level = nearestLevel(g, clip(g, shifted, g.scalar("float32", bottom), g.scalar("float32", top)), q);
	return mul(g, zero === null ? level : sub(g, level, zero), scale);
}
function nearestLevel(g, x, { type, bits }) {
	if (type === "int") return round(g, x);
	return bits === 8 ? toFloat8(g, x) : toFloat4(g, x);
}
/** To the nearest float8 e4m3fn, ties to even; |x| ≤ 448. */
function toFloat8(g, x) {
	return cast(g, cast(g, x, "float8e4m3fn"), "float32");
}
/** To the nearest of ±{0, ½, 1, 1½, 2, 3, 4, 6}: steps of ½ below 2, 1 below 4, 2 above; ties to even mantissa. */
function toFloat4(g, x) {
	const constant = (value) => g.scalar("float32", value);
	const magnitude = abs(g, x);
	const step = where(g, less(g, magnitude, constant(2)), constant(.5), where(g, less(g, magnitude, constant(4)), constant(1), constant(2)));
	return mul(g, round(g, div(g, x, step)), step);
}
// src/models/graph/weights.ts
var GraphWeights = class {
	g;
	#reader;
	#type;
	#activations;
	#name;
	/** Inputs that were quantized already: q, k and v read the same one. */
	#quantized = /* @__PURE__ */ new Map();
	/** `name` is put before the names of all constants, so that two models fit into one graph. */
	constructor(g, reader, type, activations, name = "") {
		this.g = g;
		this.#reader = reader;
		this.#type = type;
		this.#activations = activations;
		this.#name = name;
	}
	/** Type of the operands of matrix products. */
	get type() {
		return this.#type;
	}
	/** Type of the residual stream, of norms and of activation functions. */
	get wide() {
		return this.#type === "float64" ? "float64" : "float32";
	}
	/** A stored value as a constant of the graph, in the operand type. */
	async #operand(ref, name) {
		if (this.#type === "float64") return this.#vector(name, await this.#wideData(ref));
		return this.#stored(name, await this.#reader.read(ref, this.#type));
	}
	async #wideData(ref) {
		if (this.wide === "float64") return await this.#reader.readExact(ref);
		const stored = await this.#reader.read(ref, "float32");
		return {
			shape: stored.shape,
			data: asFloat32(stored)
		};
	}
	#vector(name, { shape, data }) {
		return this.g.initializer(this.#name + name, this.wide, shape, data);
	}
	#stored(name, { type, shape, data }) {
		return this.g.initializer(this.#name + name, type, shape, data);
	}
	/** Numbers that are no weight of the checkpoint, wide. */
	constant(name, shape, data) {
		return this.#vector(name, {
			shape,
			data: this.wide === "float64" ? Float64Array.from(data) : data
		});
	}
	/** A matrix of which only rows are taken: stays in the type it is stored in. */
	async table(ref, name) {
		return this.#stored(name, await this.#reader.read(ref, "stored"));
	}
	/** x (n_row, in) → (n_row, out), wide: rounded to the operand type on the way in. */
	async linear(x, ref, name) {
		return cast(this.g, await this.linearTyped(x, ref, name), this.wide);
	}
	/** Like `linear`, but the result stays in the operand type (for q, k, v on their way into attention). */
	async linearTyped(x, ref, name) {
		const g = this.g;
		const matrix = await this.#operand(ref.weight, `${name}.weight`);
		const bias = ref.bias === null ? null : await this.#operand(ref.bias, `${name}.bias`);
		const input = this.quantizedInput(x, ref.weight.tensor);
		return gemm(g, cast(g, input, this.#type), matrix, bias);
	}
	/** Does this layer quantize its input? */
	quantizes(ref) {
		return this.#activations.has(ref.weight.tensor);
	}
	/** A float32 layer whose outputs [start, end) can be had apart: x (n_row, in) → (n_row, end − start). */
	async outputTiles(ref, name) {
		const g = this.g;
		const { shape, data } = await this.#wideData(ref.weight);
		const bias = ref.bias === null ? null : (await this.#wideData(ref.bias)).data;
		const [, inputs = 0] = shape;
		return (x, [start, end]) => {
			const named = (part) => `${name}.${part}.${start}`;
			const rows = data.subarray(start * inputs, end * inputs);
			const matrix = this.#vector(named("weight"), {
				shape: [end - start, inputs],
				data: rows
			});
			const offset = bias === null ? null : this.#vector(named("bias"), {
				shape: [end - start],
				data: bias.subarray(start, end)
			});
			return gemm(g, this.quantizedInput(x, ref.weight.tensor), matrix, offset);
		};
	}
	/**
	* A float32 layer that is summed over its inputs a tile at a time: x (n_row, end − start) and the sum so far (null at
	* first: the bias) → (n_row, out). Not for layers that quantize their input.
	*/
	async inputTiles(ref, name) {
		const g = this.g;
		const { shape, data } = await this.#wideData(ref.weight);
		const bias = ref.bias === null ? null : this.#vector(`${name}.bias`, await this.#wideData(ref.bias));
		const [outputs = 0, inputs = 0] = shape;
		return (x, [start, end], sum) => {
			const columns = new Float32Array(outputs * (end - start));
			for (let row = 0; row < outputs; row++) columns.set(data.subarray(row * inputs + start, row * inputs + end), row * (end - start));
			const tile = {
				shape: [outputs, end - start],
				data: columns
			};
			return gemm(g, x, this.#vector(`${name}.weight.${start}`, tile), sum ?? bias);
		};
	}
	/** x (n_row, in) wide, quantized and dequantized (float32 only) as the layer of that weight declares. */
	quantizedInput(x, weightTensor) {
		const quantization = this.#activations.get(weightTensor);
		if (quantization === void 0) return x;
		const key = `${x.name} ${JSON.stringify(quantization)}`;
		const known = this.#quantized.get(key) ?? fakeQuantize(this.g, x, quantization, weightTensor);
		this.#quantized.set(key, known);
		return known;
	}
	/** A norm over the last axis, wide. */
	async norm(x, spec, ref, name) {
		const g = this.g;
		const { shape, data } = await this.#wideData(ref.gain);
		const centred = spec.gainOffset === 0 ? data : data.map((gain) => gain + spec.gainOffset);
		const gain = this.#vector(`${name}.gain`, {
			shape,
			data: centred
		});
		const { epsilon } = spec;
		const input = this.wide === "float64" ? forEpsilon(g, x, epsilon) : {
			x,
			epsilon
		};
		if (spec.kind === "rms") return simplifiedLayerNormalization(g, input.x, gain, input.epsilon);
		const bias = ref.bias === null ? null : this.#vector(`${name}.bias`, await this.#wideData(ref.bias));
		return layerNormalization(g, input.x, gain, bias, input.epsilon);
	}
	/**
	* cos and sin tables (length, size/2), one pair per distinct rotary spec. Angles are computed in float64 and rounded
	* once at most: float32 angles would be off by 1e-4 at position 2,000.
	*/
	rotaryTables(blocks, length) {
		const tables = /* @__PURE__ */ new Map();
		for (const { attention } of blocks) {
			const { rotary } = attention;
			if (rotary === null || tables.has(JSON.stringify(rotary))) continue;
			const name = `rotary_${tables.size}`;
			const shape = [length, rotary.size / 2];
			const [cos, sin] = angles(rotary, length);
			const table = (part, exact) => {
				const data = this.wide === "float64" ? exact : Float32Array.from(exact);
				return cast(this.g, this.#vector(`${name}.${part}`, {
					shape,
					data
				}), this.#type);
			};
			tables.set(JSON.stringify(rotary), {
				cos: table("cos", cos),
				sin: table("sin", sin)
			});
		}
		return (rotary) => rotary === null ? null : tables.get(JSON.stringify(rotary)) ?? null;
	}
};
function angles(rotary, length) {
	const pairs = rotary.size / 2;
	const cos = new Float64Array(length * pairs);
	const sin = new Float64Array(length * pairs);
	for (let position = 0; position < length; position++) for (let pair = 0; pair < pairs; pair++) {
		const angle = position * (rotary.inverseFrequency[pair] ?? 0);
		cos[position * pairs + pair] = Math.cos(angle) * rotary.amplitude;
		sin[position * pairs + pair] = Math.sin(angle) * rotary.amplitude;
	}
	return [cos, sin];
}
// src/models/graph/body.ts
/**
* @file The body of a decoder as a fragment of an ONNX graph, or as a graph of its own: from token ids or stored rows to
* rows or the final normed hidden state, with what a program reads and changes on the way (body-program.ts).
*
* Shapes: sequences of n_token tokens run together; n_row = sequences · n_token rows of the residual stream.
* The residual stream, norms and activation functions are float32 on every device; on a GPU only what goes into a
* matrix product or attention is rounded to the checkpoint's 16-bit type. So the CPU graph is the same graph without
* the casts. With operands in float64 everything is float64 ("wide"), on the CPU only and with tiled attention only: what
* float32 is checked against (audit/close-calls/close-calls.ts). The unembedding is not here: see head.ts.
*/
const HIDDEN = "hidden";
/** The residual stream between two parts of a body: an output of one is an input of the next. */
const RESIDUAL = "residual";
const RESIDUAL_BEFORE = "residual_before";
/**
* Add a body to a graph. `before`: the rows that it starts from, wide; null where it starts from the ids. `name` tells its weights
* from those of another body in the same graph. Errors: HOOK_MISSING, the reader's own.
*/
async function bodyFragment(g, { model, program, shape, reader }, inputs, before, name = "") {
	const { decoder } = model;
	const { spec, weights } = decoder;
	checkProgram(program, decoder);
	const w = new GraphWeights(g, reader, shape.type, model.activations, name);
	const places = new BodyPlaces(w, program, model, inputs.countedRows);
	let residual = before ?? await embed(w, decoder, inputs);
	const rotary = w.rotaryTables(spec.blocks, shape.length);
	const [first, end] = blockRange(program, decoder);
	for (let layer = first; layer < end; layer++) {
		const [block, blockWeights] = [spec.blocks[layer], weights.blocks[layer]];
		if (block === void 0 || blockWeights === void 0) throw new RangeError(`no block ${layer}`);
		const { hiddenTile } = shape;
		const tables = rotary(block.attention.rotary);
		const { norm } = spec;
		residual = await runBlock({
			w,
			norm,
			block,
			weights: blockWeights,
			layer,
			inputs,
			rotary: tables,
			hiddenTile,
			places
		}, residual);
	}
	if (program.to !== "hidden") return {
		end: residual,
		values: places.values
	};
	const normed = await w.norm(residual, spec.norm, weights.finalNorm, "final_norm");
	return {
		end: w.quantizedInput(normed, weights.unembedding.weight.tensor),
		values: places.values
	};
}
/**
* A body as a graph of its own: besides the inputs of its sequences it takes `residual_before` where it starts from rows. Outputs: its
* taps under their hooks' names, its sums, and `residual` or `hidden` (n_row, d_model). Errors: HOOK_MISSING, the reader's own.
*/
async function buildBody(part) {
	const { program, shape, model } = part;
	const g = new GraphBuilder();
	const { end, values } = await bodyFragment(g, part, sequenceInputs(g, shape, [program]), program.from === "ids" ? null : g.input(RESIDUAL_BEFORE, wideType(shape.type), ["n_row", model.decoder.spec.d_model]));
	g.outputs(values);
	g.output(program.to === "hidden" ? HIDDEN : RESIDUAL, end);
	return g.build();
}
/** (n_row, d_model) wide: the embedding rows, scaled, plus learned positions. */
async function embed(w, decoder, { ids, length }) {
	const { g } = w;
	const { spec, weights } = decoder;
	if (ids === null) throw new RangeError("a body without ids or rows to start from");
	const table = await w.table(weights.embedding, "embedding");
	let rows = cast(g, gather(g, table, ids), w.wide);
	if (spec.embeddingScale !== 1) rows = mul(g, rows, g.scalar(w.wide, spec.embeddingScale));
	if (weights.positions !== null) {
		const positions = cast(g, await w.table(weights.positions, "positions"), w.wide);
		rows = add(g, rows, firstRows(g, positions, length));
	}
	return reshape(g, rows, [-1, spec.d_model], ["n_row", spec.d_model]);
}
// src/audit/machine/stage-cost.ts
/** Keys that a query is multiplied with on average: attention takes its rows in tiles, and keys up to a tile's end. */
function meanKeys(length, window) {
	let products = 0;
	for (let start = 0; start < length; start += CPU_TILING.rows) {
		const end = Math.min(start + CPU_TILING.rows, length);
		products += (end - start) * (end - Math.max(0, start + 1 - (window ?? length)));
	}
	return products / length;
}
/** float64 against float32, whole bodies on the CPU: 3 to 4 times (measured on the Gemma-2 fixture). */
const FLOAT64_COST = 4;
/** Floating-point operations of the matrix products. */
const stageCost = {
	/** One forward pass without the unembedding over `tokens` in sequences of `length`. */
	body(decoder, tokens, length) {
		const { d_model, blocks } = decoder.spec;
		let perToken = 0;
		for (const { attention, mlp } of blocks) {
			const { heads, kvHeads, headSize } = attention;
			const attended = meanKeys(length, attention.window);
			perToken += 2 * d_model * headSize * (2 * heads + 2 * kvHeads);
			perToken += 4 * heads * headSize * attended;
			perToken += 2 * d_model * mlp.size * (mlp.gated ? 3 : 2);
		}
		return perToken * tokens;
	},
	/** The same in float64 on the CPU, up to block `layer`. */
	exactBody(decoder, layer, tokens, length) {
		const share = (layer + 1) / decoder.spec.blocks.length;
		return FLOAT64_COST * share * stageCost.body(decoder, tokens, length);
	},
	/** Logits of `models` models. */
	head(decoder, tokens, models) {
		return 2 * decoder.spec.d_model * decoder.spec.n_vocab * tokens * models;
	},
	/** An SAE's encoder over `models` residuals, on `features` of its features. */
	features(d_in, features, tokens, models) {
		return 2 * d_in * features * tokens * models;
	}
};
// src/audit/run/readout.ts
/** @file A read-out: one SAE at one hook of the reference. */
/** Where the read-outs read, and where what they rebuild stands: each place once. */
function hooksOf(readouts) {
	const hooks = readouts.flatMap(({ dictionary: { reads, predicts } }) => [reads, predicts]);
	return [...new Map(hooks.map((hook) => [hookName(hook), hook])).values()];
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
/** More parts than this would make 512 rows sums of few. */
const MOST_PARTS = 16;
function runSize({ kind, threads }) {
	if (kind !== "cpu") return {
		bodyRows: 4096,
		hiddenTile: null,
		headRows: 4096,
		headTile: 8192,
		featureRows: 4096,
		featureTile: 4096,
		rowParts: MOST_PARTS
	};
	return {
		bodyRows: 512,
		hiddenTile: 512,
		headRows: 1024,
		headTile: 1024,
		featureRows: 512,
		featureTile: 480,
		rowParts: Math.min(MOST_PARTS, Math.max(2, threads))
	};
}
// src/audit/machine/share-threads.ts
/**
* @file How many lanes (onnx/threads/lanes.ts) a graph gets: several where there is much to do and its weights are small enough to be
* held several times.
*/
/** Two cores take two or three seconds for so many; starting threads and loading a graph into them is done in a fraction of one. */
const LEAST_OPERATIONS = 5e11;
/** What copies of one graph's weights may take, and which share of the memory at most. */
const MOST_COPIED_BYTES = 1e9;
const MOST_COPIED_SHARE = 1 / 8;
/** As many lanes as there is memory for, with equal shares of the threads. Errors: LANES_INVALID. */
function shareThreads(device, load, host = thisHost()) {
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
// src/checkpoints/unpack-ahead.ts
/** Unpacked bytes that may wait for their use: a stage of a body. */
const BYTES_AHEAD = 128e6;
/**
* The same table, with the tensors of `order` unpacked ahead in that order; others are read here. Without a bundle nothing
* is ahead. `close` ends the thread and leaves the table open. Errors of reading are the table's own.
*/
function unpackAhead(table, path, order) {
	if (!isBundled("unpacker")) return {
		...table,
		close: async () => {}
	};
	const data = { path };
	const thread = startThread("The thread that unpacks weights", programFile("unpacker"), data);
	const ahead = new Ahead(thread, table, order);
	return {
		entries: table.entries,
		read: (name) => ahead.read(name),
		close: () => thread.close()
	};
}
/** Keeps the thread busy with the next tensors of the order, within BYTES_AHEAD. */
var Ahead = class {
	#thread;
	#table;
	#queue;
	#begun = /* @__PURE__ */ new Map();
	#bytes = 0;
	constructor(thread, table, order) {
		this.#thread = thread;
		this.#table = table;
		this.#queue = [...new Set(order)];
		this.#ask();
	}
	async read(name) {
		const begun = this.#begun.get(name);
		if (begun === void 0) {
			const place = this.#queue.indexOf(name);
			if (place >= 0) this.#queue.splice(place, 1);
			return await this.#table.read(name);
		}
		const tensor = await begun.tensor;
		this.#begun.delete(name);
		this.#bytes -= begun.bytes;
		this.#ask();
		return tensor;
	}
	#ask() {
		while (this.#bytes < BYTES_AHEAD || this.#begun.size === 0) {
			const name = this.#queue.shift();
			if (name === void 0) return;
			const bytes = 4 * (this.#table.entries.get(name)?.shape.reduce((product, dim) => product * dim, 1) ?? 0);
			const tensor = this.#thread.ask(name);
			tensor.catch(() => {});
			this.#begun.set(name, {
				tensor,
				bytes
			});
			this.#bytes += bytes;
		}
	}
};
// src/onnx/threads/lane-thread.ts
function startLane(file = programFile("lane")) {
	return startThread("A thread that runs graphs", file);
}
// src/onnx/threads/lanes.ts
/** Runs begun per lane: while one is worked on, the next has arrived. */
const BEGUN = 2;
/** Threads are started once and serve every graph of the process. */
const threads = [];
let sessions = 0;
/**
* Load a graph once per lane. A single lane is a session in this thread. `fuses`: as createSession has it.
* Errors: ENGINE_FAILED, RUNTIME_MISSING.
*/
async function createLanes(model, lanes, what, fuses = true) {
	if (lanes.count === 1) return await createSession(model, lanes.device, what, fuses);
	runtime();
	while (threads.length < lanes.count) threads.push(startLane());
	return await loadInto(threads.slice(0, lanes.count), model, lanes.device, what, fuses);
}
/** Load a graph into each of these threads. */
async function loadInto(lanes, model, device, what, fuses) {
	const session = sessions++;
	const release = () => allOf(lanes.map((lane) => lane.ask({
		kind: "release",
		session
	})));
	try {
		await load(lanes, session, model, {
			threads: device.threads,
			what,
			fuses
		});
	} catch (error) {
		await release();
		throw error;
	}
	return laneSession(lanes, session, model.outputs, release);
}
/** In a function of its own, so that nothing that lives on remembers the weights. */
async function load(lanes, session, model, how) {
	const graph = {
		...model,
		external: model.external.map(inSharedMemory)
	};
	await allOf(lanes.map((lane) => lane.ask({
		kind: "load",
		session,
		graph,
		how
	})));
}
function laneSession(lanes, session, all, release) {
	return {
		inFlight: BEGUN * lanes.length,
		async run(inputs, outputs = all) {
			const lane = lanes.reduce((least, other) => other.waiting < least.waiting ? other : least);
			return runResult(await lane.ask({
				kind: "run",
				session,
				inputs,
				outputs
			}));
		},
		release
	};
}
/** Wait for every one, then raise the first failure: none goes on behind the caller's back. */
async function allOf(promises) {
	for (const result of await Promise.allSettled(promises)) if (result.status === "rejected") throw result.reason;
}
/** Bytes that every thread can read without a copy of its own. */
function inSharedMemory({ path, data }) {
	if (data.buffer instanceof SharedArrayBuffer) return {
		path,
		data
	};
	const shared = new Uint8Array(new SharedArrayBuffer(data.byteLength));
	shared.set(data);
	return {
		path,
		data: shared
	};
}
// src/audit/capture/body-parts.ts
/**
* @file A body program in parts of neighbouring blocks: all of them loaded and run one after the other as if they were one graph, or
* one loaded at a time. The engine copies weights into its own layout while a session is made, so that the buffers given
* to it and its copies are in memory together; with parts that is so for one part at a time, and loading a model needs
* little more than the model.
*/
/** Weights of a part in float32. Smaller parts save nothing: reading and decoding one tensor needs as much. */
const PART_BYTES$1 = 128e6;
/** A program in the engine, every part of it. Errors: HOOK_MISSING, ENGINE_FAILED, the checkpoint's own. */
async function loadProgram(model, program, loading) {
	const parts = [];
	const release = async () => {
		for (const { session } of parts) await session.release();
	};
	try {
		await loadParts(model, program, loading, async (part) => void parts.push(part));
	} catch (error) {
		await release();
		throw error;
	}
	return {
		inFlight: Math.max(...parts.map(({ session }) => session.inFlight)),
		run: (inputs, outputs) => runParts(parts, inputs, outputs ?? null),
		release
	};
}
/** Give `use` the parts of a program one after the other; a part is out of the engine before the next is read. Errors: as above. */
async function partByPart(model, program, loading, use) {
	await loadParts(model, program, loading, async (part) => {
		try {
			await use(part);
		} finally {
			await part.session.release();
		}
	});
}
async function loadParts(model, program, loading, use) {
	const refs = programRefs(program, model.decoder);
	const order = refs.map((ref) => ref.tensor);
	const { tensors, unpackFrom } = model;
	const ahead = unpackFrom === null ? null : unpackAhead(tensors, unpackFrom, order);
	const reader = weightReader(ahead ?? tensors, refs, model.remainder);
	try {
		for (const part of programParts(program, model.decoder, loading.partBytes ?? PART_BYTES$1)) await use(await loadPart(model, part, reader, loading));
	} finally {
		await ahead?.close();
	}
}
/** In a function of its own, so that the graph's buffers are let go before the next part is read. */
async function loadPart(model, program, reader, { shape, lanes }) {
	const graph = await buildBody({
		model,
		program,
		shape,
		reader
	});
	return {
		program,
		session: await createLanes(graph, lanes, model.name, shape.type !== "float64"),
		inputs: graph.inputs,
		outputs: graph.outputs
	};
}
/** What of `inputs` a part takes, and what it gives. */
async function runPart({ session, inputs: taken }, inputs, outputs) {
	const own = Object.entries(inputs).filter(([name]) => taken.includes(name));
	return await session.run(Object.fromEntries(own), outputs);
}
/** `outputs` null: all. Parts behind the last one that has any of them are not run. */
async function runParts(parts, inputs, outputs) {
	const wanted = (part) => part.outputs.filter((name) => outputs?.includes(name) ?? true);
	const last = parts.findLastIndex((part) => wanted(part).length > 0);
	const found = {};
	let passed = inputs;
	for (const [i, part] of parts.slice(0, last + 1).entries()) {
		const fetched = i < last ? [.../* @__PURE__ */ new Set([...wanted(part), RESIDUAL])] : wanted(part);
		const result = await runPart(part, passed, fetched);
		for (const name of fetched) found[name] = result.tensor(name);
		if (i < last) passed = {
			...inputs,
			[RESIDUAL_BEFORE]: residualInput(result.tensor(RESIDUAL))
		};
	}
	return runResult(found);
}
/** Rows that one part gave, for the next. */
function residualInput({ data, dims }) {
	if (data instanceof Float32Array) return {
		type: "float32",
		data,
		dims
	};
	if (data instanceof Float64Array) return {
		type: "float64",
		data,
		dims
	};
	throw new TypeError("rows of the residual stream are not integers");
}
// src/audit/capture/load-body.ts
/** @file A model's body on its way into the engine: compiled for the sequences that it will run, and loaded. */
/** Attention of plain products is the quicker one on the CPU and the right one on WebGPU; null: the fused kernel. */
const TILING = {
	cpu: CPU_TILING,
	cuda: null,
	webgpu: WEBGPU_TILING
};
/** Compile and load the body. Errors: HOOK_MISSING, ENGINE_FAILED, the checkpoint's own. */
async function loadBody(model, program, sequences, device) {
	const { decoder } = model;
	const { blockLength, longest, count } = sequences;
	const operations = stageCost.body(decoder, count * blockLength, longest);
	const lanes = shareThreads(device, {
		weightBytes: bodyBytes(decoder),
		operations
	});
	const { bodyRows, hiddenTile } = runSize(lanes.device);
	const together = Math.max(1, Math.min(count, Math.floor(bodyRows / blockLength)));
	const tiling = TILING[device.kind];
	const session = await loadProgram(model, program, {
		shape: {
			sequences: together,
			length: longest,
			type: device.bodyType,
			tiling,
			hiddenTile
		},
		lanes
	});
	return {
		name: model.name,
		sequences: together,
		session
	};
}
// src/audit/capture/row-store.ts
/**
* @file Rows of activations [tokens, width], kept in memory while a budget lasts and in a temporary file beyond it.
* Where the system allows it the file is unlinked as soon as it is open, so that nothing is left behind however the
* process ends.
*/
/** A store of `rows` × `width`, in memory if the budget has room for all of it. Errors: SPILL_FAILED. */
async function createRowStore(rows, width, budget) {
	const bytes = rows * width * 4;
	if (bytes > budget.bytesLeft) return await spilledRows(rows, width);
	budget.bytesLeft -= bytes;
	return memoryRows(rows, width, () => {
		budget.bytesLeft += bytes;
	});
}
function memoryRows(rows, width, onClose) {
	let data = new Float32Array(rows * width);
	return {
		rows,
		width,
		write: async (firstRow, values) => data.set(values, firstRow * width),
		read: async (start, end) => data.subarray(start * width, end * width),
		close: async () => {
			if (data.length > 0 || rows === 0) onClose();
			data = /* @__PURE__ */ new Float32Array(0);
		}
	};
}
/** Rounded up to what is worth freeing: no audit needs 0.0 of anything. */
function bytesInWords(bytes) {
	return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
async function spilledRows(rows, width) {
	const needed = bytesInWords(rows * width * 4);
	const failed = (cause) => spillFailed(tmpdir(), needed, cause instanceof Error ? cause.message : String(cause));
	const folder = await mkdtemp(join$1(tmpdir(), "saegate-")).catch((cause) => {
		throw failed(cause);
	});
	const path = join$1(folder, "rows.bin");
	const file = await open$2(path, "w+").catch((cause) => {
		throw failed(cause);
	});
	const unlinked = process.platform !== "win32";
	if (unlinked) await rm(folder, {
		recursive: true,
		force: true
	});
	const rowBytes = width * 4;
	return {
		rows,
		width,
		async write(firstRow, values) {
			const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
			for (let done = 0; done < bytes.length;) {
				const rest = bytes.subarray(done);
				const { bytesWritten } = await file.write(rest, 0, rest.length, firstRow * rowBytes + done).catch((cause) => {
					throw failed(cause);
				});
				done += bytesWritten;
			}
		},
		async read(start, end) {
			const bytes = new Uint8Array((end - start) * rowBytes);
			const { bytesRead } = await file.read(bytes, 0, bytes.length, start * rowBytes);
			if (bytesRead < bytes.length) bytes.fill(0, bytesRead);
			return new Float32Array(bytes.buffer);
		},
		async close() {
			await file.close();
			if (!unlinked) await rm(folder, {
				recursive: true,
				force: true
			});
		}
	};
}
// src/audit/capture/capture-model.ts
/** @file One model, loaded, run over sequences and windows, and unloaded: what is kept of it. */
/** Load a model, run it over sequences and windows, and unload it. `name`: as progress calls it. */
async function captureModel(run, name, model) {
	const { tokens, memory, work, device } = run;
	const { decoder } = model;
	const hooks = hooksOf(run.readouts);
	const { plan } = tokens.chunked;
	const sequences = {
		blockLength: tokens.sequences.blockLength,
		longest: tokens.longest,
		count: Math.max(plan.sequences.length, tokens.sliding?.plan.sequences.length ?? 0)
	};
	const stage = (what, rows) => work.stage(`${name}: ${what}`, stageCost.body(decoder, rows, tokens.longest), rows);
	const body = await loadBody(model, wholeBody(hooks), sequences, device);
	try {
		const chunked = /* @__PURE__ */ new Map();
		for (const hook of hooks) chunked.set(hookName(hook), await createRowStore(plan.rows, hookWidth$1(decoder, hook), memory));
		chunked.set(HIDDEN, await createRowStore(plan.rows, decoder.spec.d_model, memory));
		await capture(body, plan, chunked, stage("forward pass", plan.rows));
		if (tokens.sliding === null) return {
			chunked,
			sliding: null
		};
		const windows = tokens.sliding.plan;
		const sliding = await createRowStore(windows.rows, decoder.spec.d_model, memory);
		const runTokens = windows.sequences.reduce((sum, s) => sum + s.end - s.begin, 0);
		await capture(body, windows, /* @__PURE__ */ new Map([[HIDDEN, sliding]]), stage("sliding windows", runTokens));
		return {
			chunked,
			sliding
		};
	} finally {
		await body.session.release();
	}
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
// src/audit/capture/unembedding.ts
/** Read the unembedding in the type that the device multiplies in. */
async function loadUnembedding(model, device) {
	const { spec, weights } = model.decoder;
	const { weight, bias } = weights.unembedding;
	const refs = bias === null ? [weight] : [weight, bias];
	const reader = weightReader(model.tensors, refs);
	const matrix = await reader.read(weight, device.bodyType);
	return {
		n_vocab: spec.n_vocab,
		d_model: spec.d_model,
		type: device.bodyType,
		matrix: matrix.data,
		bias: bias === null ? null : asFloat32(await reader.read(bias, "float32")),
		softcap: spec.logitSoftcap
	};
}
/** Same numbers: then both models share one matrix product in the head. */
function sameUnembedding(a, b) {
	const bytes = (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
	const equal = (x, y) => Buffer.compare(x, y) === 0;
	if (a.type !== b.type || a.softcap !== b.softcap || a.bias === null !== (b.bias === null)) return false;
	if (a.bias !== null && b.bias !== null && !equal(bytes(a.bias), bytes(b.bias))) return false;
	return equal(bytes(a.matrix), bytes(b.matrix));
}
// src/audit/close-calls/exact-rows.ts
/** Weights of a part, counted in float32: twice that in float64. */
const PART_BYTES = 64e6;
/** Can a model's rows be had in float64? Simulated rounding of activations is float32's own, and GPUs have no kernels. */
function hasExactRows(model, device) {
	return device.kind === "cpu" && model.activations.size === 0;
}
/** Give the visitor the wanted rows. Errors: ENGINE_FAILED, SPILL_FAILED, the checkpoint's own. */
async function exactRows(source, { hook, rows }, { visit, onTokens }, partBytes = PART_BYTES) {
	const { model, memory } = source;
	const sequences = sequencesTo(rows, source.sequenceLength);
	const program = {
		...wholeBody([hook]),
		to: hook.layer + 1
	};
	const between = new ExactRowsBetween(tokenCount(sequences), model.decoder.spec.d_model, memory);
	const parts = programParts(program, model.decoder, partBytes).length;
	const lanes = {
		count: 1,
		device: source.device
	};
	let done = 0;
	try {
		await partByPart(model, program, {
			shape: exactShape(source),
			lanes,
			partBytes
		}, async (part) => {
			const last = part.program.to === program.to ? {
				hook,
				visit
			} : null;
			for (const sequence of sequences) {
				await runSequence(source, sequence, {
					part,
					between,
					last
				});
				done += sequence.length;
				onTokens(done / parts);
			}
		});
	} finally {
		await between.close();
	}
}
/** Tokens that `exactRows` runs. */
function exactTokens(rows, sequenceLength) {
	return tokenCount(sequencesTo(rows, sequenceLength));
}
const tokenCount = (sequences) => sequences.reduce((sum, { length }) => sum + length, 0);
function sequencesTo(rows, sequenceLength) {
	const bySequence = /* @__PURE__ */ new Map();
	for (const row of [...new Set(rows)].sort((a, b) => a - b)) {
		const sequence = Math.floor(row / sequenceLength);
		bySequence.set(sequence, [...bySequence.get(sequence) ?? [], row]);
	}
	let storeRow = 0;
	return [...bySequence].map(([sequence, wanted]) => {
		const begin = sequence * sequenceLength;
		const length = (wanted.at(-1) ?? begin) - begin + 1;
		storeRow += length;
		return {
			begin,
			length,
			storeRow: storeRow - length,
			rows: wanted
		};
	});
}
function exactShape({ sequenceLength }) {
	return {
		sequences: 1,
		length: sequenceLength,
		type: "float64",
		tiling: CPU_TILING,
		hiddenTile: null
	};
}
/**
* Rows of float64 between two parts, from when there are any. A float64 is kept as the two halves of its bytes, each of which
* passes for a float32 that nothing is computed with.
*/
var ExactRowsBetween = class {
	#rows;
	#width;
	#memory;
	#store = null;
	constructor(rows, width, memory) {
		this.#rows = rows;
		this.#width = width;
		this.#memory = memory;
	}
	async write(firstRow, values) {
		this.#store ??= await createRowStore(this.#rows, 2 * this.#width, this.#memory);
		const halves = new Float32Array(values.buffer, values.byteOffset, 2 * values.length);
		await this.#store.write(firstRow, halves);
	}
	async read(start, end) {
		if (this.#store === null) throw new RangeError("nothing lies between two parts yet");
		const halves = await this.#store.read(start, end);
		return new Float64Array(halves.buffer, halves.byteOffset, halves.length / 2);
	}
	async close() {
		await this.#store?.close();
	}
};
async function runSequence({ model, ids }, { begin, length, storeRow, rows }, { part, between, last }) {
	const { d_model } = model.decoder.spec;
	const inputs = {
		last_position: {
			type: "int32",
			data: Int32Array.of(length - 1),
			dims: [1]
		},
		length: {
			type: "int32",
			data: Int32Array.of(length),
			dims: []
		}
	};
	if (part.program.from !== "ids") {
		const data = await between.read(storeRow, storeRow + length);
		inputs[RESIDUAL_BEFORE] = {
			type: "float64",
			data,
			dims: [length, d_model]
		};
	} else inputs.ids = {
		type: "int64",
		data: BigInt64Array.from(ids.subarray(begin, begin + length), BigInt),
		dims: [1, length]
	};
	const output = last === null ? RESIDUAL : hookName(last.hook);
	const values = (await runPart(part, inputs, [output])).float64(output);
	if (last === null) {
		await between.write(storeRow, values);
		return;
	}
	const width = values.length / length;
	for (const row of rows) last.visit(row, values.subarray((row - begin) * width, (row - begin + 1) * width));
}
// src/sae/dictionary.ts
/**
* The bias that makes z = x W_enc + bias, (d_sae): b_enc − b_dec W_enc where b_dec is applied to the input, else b_enc.
*
* Summed in float64 and rounded once. It saves a subtraction per token; z then differs from the two-step form by float32
* rounding of x W_enc, which matters only if ‖x‖ were thousands of times ‖x − b_dec‖.
*/
function encoderBias(dictionary) {
	if (!dictionary.applyBDecToInput) return dictionary.encoder.b_enc;
	return Float32Array.from(exactEncoderBias(dictionary));
}
/** The same, not rounded. */
function exactEncoderBias(dictionary) {
	const { d_in, d_sae, b_dec, applyBDecToInput } = dictionary;
	const { W_enc, b_enc } = dictionary.encoder;
	const bias = Float64Array.from(b_enc);
	if (!applyBDecToInput) return bias;
	for (let i = 0; i < d_in; i++) {
		const shift = b_dec[i];
		const row = i * d_sae;
		for (let f = 0; f < d_sae; f++) bias[f] -= shift * W_enc[row + f];
	}
	return bias;
}
/** ‖W_dec row‖₂ of every feature, (d_sae), float64. */
async function decoderNorms(dictionary) {
	const { b_dec, d_sae } = dictionary;
	const d_out = b_dec.length;
	const W_dec = await dictionary.W_dec();
	const norms = new Float64Array(d_sae);
	for (let f = 0; f < d_sae; f++) {
		let square = 0;
		for (let i = f * d_out; i < (f + 1) * d_out; i++) square += W_dec[i] ** 2;
		norms[f] = Math.sqrt(square);
	}
	return norms;
}
// src/audit/close-calls/jumps.ts
/**
* @file Activations that jump: a JumpReLU gives 0 up to its threshold θ and the pre-activation z beyond it. Where z lies
* nearer to θ than float32 can tell, a sum over tokens is off by a whole θ, and ρ of a feature that fires n times by up to
* 1 / n. Such pairs of a row and a feature are close calls: feature-graph.ts finds where they are, close-cells.ts which
* they are, referee.ts has them decided in float64.
*
* Shapes: W_enc (d_in, d_sae) row-major; all else (d_sae). z = x · W_enc + bias, x as the encoder sees it (centred or not).
*/
/** Does any activation of it jump? */
function canJump({ threshold }) {
	return threshold?.some((theta) => theta > 0) ?? false;
}
/** Null: nothing jumps. */
function jumpEncoder(dictionary) {
	const { d_in, d_sae } = dictionary;
	const { W_enc, threshold } = dictionary.encoder;
	if (threshold === null || !canJump(dictionary.encoder)) return null;
	const norms = new Float64Array(d_sae);
	for (let i = 0; i < W_enc.length; i++) norms[i % d_sae] = present(norms[i % d_sae]) + present(W_enc[i]) ** 2;
	return {
		d_in,
		W_enc,
		bias: exactEncoderBias(dictionary),
		threshold,
		norms: norms.map(Math.sqrt)
	};
}
/** What a z stands for. */
function jumpRelu(z, threshold) {
	return z > Math.max(threshold, 0) ? z : 0;
}
/** Distance of z from its threshold in units of ‖x‖ · ‖w_j‖: below `error.band` it is a close call. */
function distance(jumps, feature, z, rowNorm) {
	const theta = present(jumps.threshold[feature]);
	const unit = rowNorm * present(jumps.norms[feature]);
	return theta <= 0 || unit === 0 ? Number.POSITIVE_INFINITY : Math.abs(z - theta) / unit;
}
/** w_j (d_in) */
function encoderColumn({ d_in, W_enc, bias }, feature) {
	return Float64Array.from({ length: d_in }, (_, i) => present(W_enc[i * bias.length + feature]));
}
/** z of row `row` of x (n_row, d_in), summed in float64. */
function preActivation(column, bias, x, row) {
	const width = column.length;
	let z = bias;
	for (let i = 0, at = row * width; i < width; i++, at++) z += present(column[i]) * present(x[at]);
	return z;
}
/** ‖x‖ of each row. */
function rowNorms(x, width) {
	const norms = new Float64Array(x.length / width);
	for (let i = 0; i < x.length; i++) {
		const row = Math.floor(i / width);
		norms[row] = present(norms[row]) + present(x[i]) ** 2;
	}
	return norms.map(Math.sqrt);
}
/** Unit roundoff of float32. */
const ROUNDOFF = 2 ** -24;
/** Products of d terms are off by about √d roundings of ‖x‖ · ‖w‖ at most (Higham and Mary 2019, SIAM J. Sci. Comput. 41). */
const productError = ({ d_in }) => Math.sqrt(d_in) * ROUNDOFF;
/** Bands of the graph, for `features` of the encoder: they hold its own rounding too. */
function graphBands({ bias, threshold, norms }, features) {
	const ids = features ?? Int32Array.from(threshold.keys());
	const slack = (j) => {
		const theta = present(threshold[j]);
		return theta <= 0 ? -1 : 4 * ROUNDOFF * (theta + Math.abs(present(bias[j])));
	};
	return {
		slack: Float32Array.from(ids, slack),
		scale: Float32Array.from(ids, (j) => present(threshold[j]) <= 0 ? 0 : present(norms[j]))
	};
}
/** How far the bands reach in a batch of rows of these norms. */
function graphReach(jumps, norms) {
	return norms.reduce((most, norm) => Math.max(most, norm), 0) * (jumps.error.band + productError(jumps));
}
// src/audit/close-calls/choose.ts
/**
* @file Which close calls are decided in float64, and where they go once they are. Pure.
*
* A call that falls the wrong way moves ρ of its feature by about θ² / Σa²: much where the feature is rare. Deciding one
* means running its sequence again, so the sequences whose calls could do most harm come first.
*/
/** Calls that move ρ by less are left to float32: half of what float32 sums move it by (docs/method.md). */
const LEAST_EFFECT = 1e-6;
/**
* At most this share of the sequences is run again for one read-out of one model. float64 takes three to four times as long as
* float32, on the half of a sequence that leads to a call: at worst as long as half a forward pass again.
*/
const MOST_SEQUENCES_SHARE = 1 / 4;
const pairKey = (width, row, feature) => row * width + feature;
/** (d_sae) effect of one call, 0 below LEAST_EFFECT and for features that cannot be active whatever is decided. */
function callEffects({ threshold }, counted, calls, activeRate) {
	const { groups, width } = counted;
	const positions = countedPositions(counted);
	const sums = groupTotals(counted.sum, groups, width);
	const squares = groupTotals(counted.sumOfSquares, groups, width);
	const undecided = new Float64Array(width);
	for (const { feature } of calls) undecided[feature] = present(undecided[feature]) + 1;
	return Float64Array.from(threshold, (theta, j) => {
		const firings = present(counted.firings[j]) + present(undecided[j]);
		if (!isActive(firingRate(firings, positions), activeRate)) return 0;
		const variance = present(squares[j]) - present(sums[j]) ** 2 / positions;
		const effect = variance > 0 ? theta * theta / variance : 1;
		return effect < LEAST_EFFECT ? 0 : Math.min(effect, 1);
	});
}
/** Calls in at most `mostSequences` sequences: those of the largest harm, which is effect times the chance of falling wrong. */
function chooseCalls(calls, readingOf, effects, { sequenceLength, mostSequences }) {
	const weighed = calls.flatMap((call) => {
		const { doubt } = readingOf(call);
		const effect = present(effects[call.feature]);
		return doubt === null || effect === 0 ? [] : [{
			call,
			harm: effect * Math.exp(-doubt)
		}];
	});
	weighed.sort((a, b) => b.harm - a.harm);
	const sequenceOf = (call) => Math.floor(call.row / sequenceLength);
	const sequences = /* @__PURE__ */ new Set();
	for (const { call } of weighed) if (sequences.size < mostSequences) sequences.add(sequenceOf(call));
	const isChosen = ({ call }) => sequences.has(sequenceOf(call));
	return {
		chosen: weighed.filter(isChosen).map(({ call }) => call),
		left: weighed.filter((one) => !isChosen(one)).map(({ call }) => call)
	};
}
/** Add every call to the reference's sums: by its float64 z where there is one. In place. */
function settleReference({ threshold }, moments, calls, exact) {
	for (const { row, feature, tokenGroup, place, reference } of calls) {
		const a = jumpRelu(exact.get(pairKey(threshold.length, row, feature)) ?? reference.z, present(threshold[feature]));
		addReferenceTile(moments[place], tokenGroup, feature, {
			sum: Float64Array.of(a),
			sumOfSquares: Float64Array.of(a * a),
			firings: Float64Array.of(a > 0 ? 1 : 0),
			peak: Float64Array.of(a)
		});
	}
}
/** Add every call to a candidate's sums, likewise. `exact`: of both models. In place. */
function settleCandidate({ threshold }, moments, calls, exact) {
	for (const { row, feature, column, tokenGroup, place, reference, candidate } of calls) {
		const key = pairKey(threshold.length, row, feature);
		const theta = present(threshold[feature]);
		const a = jumpRelu(exact.reference.get(key) ?? reference.z, theta);
		const b = jumpRelu(exact.candidate.get(key) ?? candidate.z, theta);
		addCandidateTile(moments[place], tokenGroup, column, {
			sum: Float64Array.of(b),
			sumOfSquares: Float64Array.of(b * b),
			product: Float64Array.of(a * b)
		});
	}
}
// src/audit/close-calls/referee.ts
/** Blocks and features on which float32 is measured: 100,000 pairs and more. */
const SAMPLE_SEQUENCES = 2;
const SAMPLE_FEATURES = 512;
/**
* Nothing is taken to be farther off than this many times the worst pair of the sample. On the Gemma-2 fixture the worst of
* all pairs, 76 million in each of the reference and seven candidates, is 1.8 to 2.8 times the worst of the sample.
*/
const BAND_MARGIN = 6;
/** Measure what float32 can tell at a read-out, on the reference. */
async function measureFloat32(encoder, place, residuals, referee) {
	const { name, source } = referee;
	const { sequenceLength } = source;
	const { store } = residuals;
	const sequences = store.rows / sequenceLength;
	const sampled = Math.min(SAMPLE_SEQUENCES, sequences);
	const captured = /* @__PURE__ */ new Map();
	for (let s = 0; s < sampled; s++) {
		const begin = Math.floor(s * sequences / sampled) * sequenceLength;
		for (let row = begin; row < begin + sequenceLength; row++) {
			const x = Float32Array.from(await store.read(row, row + 1));
			if (place.center) centerRows(x, store.width);
			captured.set(row, x);
		}
	}
	const width = encoder.bias.length;
	const step = Math.ceil(width / SAMPLE_FEATURES);
	const sample = new ErrorSample(encoder, Array.from({ length: Math.floor(width / step) }, (_, k) => k * step));
	const rows = [...captured.keys()];
	await exactStage(`${name}: float32 against float64 at ${place.id}`, place, rows, referee)((row, exact) => sample.add(present(captured.get(row)), exact));
	return {
		...encoder,
		error: sample.error()
	};
}
/** Differences of z of the same row in float32 and in float64. */
var ErrorSample = class {
	#columns;
	#worst = 0;
	#squares = 0;
	#count = 0;
	constructor(encoder, features) {
		this.#columns = features.map((j) => ({
			column: encoderColumn(encoder, j),
			norm: present(encoder.norms[j])
		})).filter(({ norm }) => norm > 0);
	}
	add(x, exact) {
		const [norm = 0] = rowNorms(exact, exact.length);
		if (norm === 0) return;
		for (const { column, norm: scale } of this.#columns) {
			const error = Math.abs(preActivation(column, 0, x, 0) - preActivation(column, 0, exact, 0));
			this.#worst = Math.max(this.#worst, error / (norm * scale));
			this.#squares += (error / (norm * scale)) ** 2;
			this.#count++;
		}
	}
	error() {
		return {
			typical: Math.sqrt(this.#squares / Math.max(1, this.#count)),
			band: BAND_MARGIN * this.#worst
		};
	}
};
/** Decide the reference's close calls and add all of them to its sums, in place. */
async function decideReference(watched, { calls, skipped }, { moments, counted, activeRate }, referee) {
	const { jumps, place } = watched;
	const effects = callEffects(jumps, counted, calls, activeRate);
	const allowance = allowanceOf(referee.source);
	const { chosen, left } = chooseCalls(calls, ({ reference }) => reference, effects, allowance);
	const exact = await exactPairs(watched, chosen, referee);
	settleReference(jumps, moments, calls, exact);
	return {
		effects,
		exact,
		leftSequences: new Set(left.map(({ row }) => Math.floor(row / allowance.sequenceLength))),
		warnings: leftWarnings(referee.name, place, left.length + skipped)
	};
}
/** Decide a candidate's close calls and add all of them to its sums, in place. Returns warnings. */
async function decideCandidate(watched, { effects, exact, leftSequences }, { calls, skipped }, { moments, referee }) {
	const { jumps, place } = watched;
	if (referee === null) {
		settleCandidate(jumps, moments, calls, {
			reference: exact,
			candidate: /* @__PURE__ */ new Map()
		});
		return [];
	}
	const allowance = allowanceOf(referee.source);
	const { chosen, left } = chooseCalls(calls.filter(({ row }) => !leftSequences.has(Math.floor(row / allowance.sequenceLength))), ({ candidate }) => candidate, effects, allowance);
	settleCandidate(jumps, moments, calls, {
		reference: exact,
		candidate: await exactPairs(watched, chosen, referee)
	});
	return leftWarnings(referee.name, place, left.length + skipped);
}
function allowanceOf({ ids, sequenceLength }) {
	return {
		sequenceLength,
		mostSequences: Math.ceil(ids.length / sequenceLength * MOST_SEQUENCES_SHARE)
	};
}
function leftWarnings(name, { id }, left) {
	if (left === 0) return [];
	return [`${name} at ${id}: ${left} activations lie too near their threshold for float32 to tell and were left to it: deciding all of them in float64 would take too long`];
}
/** z of the calls in float64. */
async function exactPairs({ jumps, place }, calls, referee) {
	const pairs = /* @__PURE__ */ new Map();
	if (calls.length === 0) return pairs;
	const byRow = /* @__PURE__ */ new Map();
	for (const { row, feature } of calls) byRow.set(row, [...byRow.get(row) ?? [], feature]);
	const rows = [...byRow.keys()];
	await exactStage(`${referee.name}: close calls at ${place.id}`, place, rows, referee)((row, x) => {
		for (const feature of byRow.get(row) ?? []) {
			const z = preActivation(encoderColumn(jumps, feature), present(jumps.bias[feature]), x, 0);
			pairs.set(pairKey(jumps.bias.length, row, feature), z);
		}
	});
	return pairs;
}
/** Rows in float64 as the SAE sees them, as a stage of the audit. */
function exactStage(stage, { center, dictionary: { reads: hook } }, rows, { source, work, scale }) {
	const tokens = exactTokens(rows, source.sequenceLength);
	const cost = stageCost.exactBody(source.model.decoder, hook.layer, tokens, source.sequenceLength);
	const onTokens = work.stage(stage, cost, tokens);
	const seen = (values) => {
		if (!center && scale === 1) return values;
		const x = Float64Array.from(values);
		if (center) centerRows(x, x.length);
		if (scale !== 1) scaleRows(x, scale);
		return x;
	};
	return (visit) => exactRows(source, {
		hook,
		rows
	}, {
		visit: (row, values) => visit(row, seen(values)),
		onTokens
	});
}
// src/audit/close-calls/close-cells.ts
/**
* @file Sums of one feature over one batch, where the graph found a pre-activation near the threshold: made in float64 from
* the float32 rows, in place of the graph's, with the close calls left out and put on a list.
*/
function batchRows(x, width) {
	return {
		x,
		norms: rowNorms(x, width)
	};
}
const nothingUndecided = () => ({
	calls: [],
	skipped: 0
});
/** Reads one feature off rows. */
function reader(jumps, feature) {
	const column = encoderColumn(jumps, feature);
	const bias = present(jumps.bias[feature]);
	const { typical, band } = jumps.error;
	return ({ x, norms }, i) => {
		const z = preActivation(column, bias, x, i);
		const apart = distance(jumps, feature, z, present(norms[i]));
		return {
			z,
			doubt: apart < band ? apart / typical : null
		};
	};
}
/** Sums of the reference over the sure rows of a batch; close calls are added to `calls`. */
function referenceCell({ jumps, feature }, rows, batch, calls) {
	const read = reader(jumps, feature);
	const theta = present(jumps.threshold[feature]);
	let [sum, squares, firings, peak] = [
		0,
		0,
		0,
		0
	];
	for (const [i, row] of batch.rows.entries()) {
		const reference = read(rows, i);
		if (reference.doubt !== null) {
			calls.push({
				row,
				feature,
				tokenGroup: batch.tokenGroup,
				place: batch.place,
				reference
			});
			continue;
		}
		const a = jumpRelu(reference.z, theta);
		sum += a;
		squares += a * a;
		firings += a > 0 ? 1 : 0;
		peak = Math.max(peak, a);
	}
	return {
		sum,
		squares,
		firings,
		peak
	};
}
/** Sums of a candidate beside the reference, likewise. `column`: of the feature among those measured. */
function candidateCell({ jumps, feature, column }, [reference, candidate], batch, calls) {
	const read = reader(jumps, feature);
	const theta = present(jumps.threshold[feature]);
	let [sum, squares, product] = [
		0,
		0,
		0
	];
	for (const [i, row] of batch.rows.entries()) {
		const call = {
			reference: read(reference, i),
			candidate: read(candidate, i)
		};
		if (call.reference.doubt !== null || call.candidate.doubt !== null) {
			calls.push({
				row,
				feature,
				column,
				tokenGroup: batch.tokenGroup,
				place: batch.place,
				...call
			});
			continue;
		}
		const b = jumpRelu(call.candidate.z, theta);
		sum += b;
		squares += b * b;
		product += jumpRelu(call.reference.z, theta) * b;
	}
	return {
		sum,
		squares,
		product
	};
}
/** One run is allowed this share of its features as cells, and a few: one takes as long as 100 features in the graph. */
const MOST_CELLS_SHARE = 1 / 64;
const FEW_CELLS = 16;
/**
* Columns with a count above 0, whose sums are then made here: at most so many that they take about twice as long as the
* graph. Beyond that (thresholds that lie everywhere near) the graph's own sums stay, and the counts are `skipped`.
*/
function closeColumns(counts, undecided) {
	const width = present(counts[0]).length;
	const most = FEW_CELLS + width * MOST_CELLS_SHARE;
	const columns = [];
	for (let k = 0; k < width; k++) {
		const near = counts.reduce((sum, count) => sum + present(count[k]), 0);
		if (near === 0) continue;
		if (columns.length < most) columns.push(k);
		else undecided.skipped += near;
	}
	return columns;
}
// src/audit/close-calls/watch.ts
/**
* @file Watches over the passes of one read-out whose activations jump: what the graph is to mark, the sums of a batch made
* again where it marked something, and in the end every close call decided and added to the sums that it belongs to.
*/
/** Of the reference's pass over every feature. */
var ReferenceWatch = class {
	bands;
	#watched;
	#undecided = nothingUndecided();
	constructor(watched) {
		this.#watched = watched;
		this.bands = graphBands(watched.jumps, null);
	}
	/** Close calls found, which are in no sum until they are decided. */
	get calls() {
		return this.#undecided.calls;
	}
	look(inputs) {
		return sighting(this.#watched.jumps, inputs, 1);
	}
	/** Make the sums of features with a close call in the batch again, in place. */
	mend(tile, { result, sighting, batch }) {
		const { jumps } = this.#watched;
		const rows = present(sighting.rows[0]);
		for (const feature of closeColumns([result.float32("close_0")], this.#undecided)) {
			const cell = referenceCell({
				jumps,
				feature
			}, rows, batch, this.#undecided.calls);
			tile.sum[feature] = cell.sum;
			tile.sumOfSquares[feature] = cell.squares;
			tile.firings[feature] = cell.firings;
			tile.peak[feature] = cell.peak;
		}
	}
	/** Decide what is open and add it to the sums, in place. */
	async decide(sums, referee) {
		return await decideReference(this.#watched, this.#undecided, sums, referee);
	}
};
/** Of a pass of `count` candidates beside the reference, over `features` (ascending ids). */
var CandidateWatch = class {
	bands;
	#watched;
	#decided;
	#features;
	#undecided = /* @__PURE__ */ new Map();
	constructor(watched, decided, features) {
		this.#watched = watched;
		this.#decided = decided;
		this.#features = features;
		this.bands = graphBands(watched.jumps, features);
	}
	/** Close calls of candidate `c` (0 is the first), which are in no sum until they are decided. */
	callsOf(c) {
		return this.#of(c).calls;
	}
	look(inputs, candidates) {
		return sighting(this.#watched.jumps, inputs, candidates + 1);
	}
	/** Make the sums of candidate `c` again where it or the reference has a close call in the batch, in place. */
	mend(c, tile, { result, sighting, batch }) {
		const { jumps } = this.#watched;
		const undecided = this.#of(c);
		const rows = [present(sighting.rows[0]), present(sighting.rows[c + 1])];
		const counts = [result.float32("close_0"), result.float32(`close_${c + 1}`)];
		for (const column of closeColumns(counts, undecided)) {
			const cell = candidateCell({
				jumps,
				feature: present(this.#features[column], "a feature"),
				column
			}, rows, batch, undecided.calls);
			tile.sum[column] = cell.sum;
			tile.sumOfSquares[column] = cell.squares;
			tile.product[column] = cell.product;
		}
	}
	/** Decide what is open of candidate `c` and add it to its sums, in place. Returns warnings. */
	async decide(c, sums) {
		return await decideCandidate(this.#watched, this.#decided, this.#of(c), sums);
	}
	#of(c) {
		const known = this.#undecided.get(c);
		if (known !== void 0) return known;
		const fresh = nothingUndecided();
		this.#undecided.set(c, fresh);
		return fresh;
	}
};
/** The rows of each model in a batch, and how far the graph's bands reach there. */
function sighting(jumps, inputs, models) {
	const reaches = {};
	return {
		rows: Array.from({ length: models }, (_, m) => {
			const x = inputs[`x_${m}`];
			if (x?.type !== "float32") throw new RangeError(`x_${m} is missing`);
			const of = batchRows(x.data, jumps.d_in);
			const data = Float32Array.of(graphReach(jumps, of.norms));
			reaches[`reach_${m}`] = {
				type: "float32",
				data,
				dims: [1]
			};
			return of;
		}),
		inputs: reaches
	};
}
// src/audit/close-calls/close-calls.ts
/** Close calls at one read-out: the reference's are decided first, then candidates' likewise. */
var CloseCalls = class {
	reference;
	#run;
	#watched;
	#referee;
	#decided = null;
	constructor(run, watched, referee) {
		this.#run = run;
		this.#watched = watched;
		this.#referee = referee;
		this.reference = new ReferenceWatch(watched);
	}
	/** Decide the reference's calls and add them to its sums, in place. Returns warnings. */
	async settleReference(sums) {
		const { active: activeRate } = this.#run.config.thresholds;
		this.#decided = await this.reference.decide({
			...sums,
			activeRate
		}, this.#referee);
		return this.#decided.warnings;
	}
	/** For a pass of candidates over `features` (ascending ids). */
	candidates(features) {
		if (this.#decided === null) throw new RangeError("the reference comes first");
		return new CandidateWatch(this.#watched, this.#decided, features);
	}
	/** Decide one candidate's calls and add them to its sums, in place. Returns warnings. */
	async settleCandidate(watch, sums) {
		const referee = refereeOf(this.#run, sums);
		return await watch.decide(sums.index, {
			moments: sums.moments,
			referee
		});
	}
};
/** Null: nothing jumps there, or the reference cannot be had in float64 and float32 decides. */
async function closeCallsAt(run, readout, reference, residuals) {
	const referee = refereeOf(run, reference);
	const encoder = referee === null ? null : jumpEncoder(readout.dictionary);
	if (encoder === null || referee === null) return null;
	return new CloseCalls(run, {
		jumps: await measureFloat32(encoder, readout, residuals, referee),
		place: readout
	}, referee);
}
function refereeOf({ tokens, device, memory, work }, { name, model, scale }) {
	if (model === null || !hasExactRows(model, device)) return null;
	const { ids, blockLength: sequenceLength } = tokens.sequences;
	return {
		name,
		scale,
		source: {
			model,
			ids,
			sequenceLength,
			device,
			memory
		},
		work
	};
}
/** Tokens that are run again in float64 for an SAE whose activations jump: 8 % of the Gemma-2 fixture's. */
const EXACT_SHARE = .08;
/** An estimate, before anything is known of the activations. */
function closeCallCost({ dictionary: { encoder, reads } }, decoder, tokens) {
	if (!canJump(encoder)) return 0;
	return stageCost.exactBody(decoder, reads.layer, EXACT_SHARE * tokens.chunked.plan.rows, tokens.longest);
}
// src/audit/cost.ts
/** Floating-point operations of the whole audit, before it is known how many features are active. */
function auditCost(decoder, readouts, tokens, candidates) {
	const rows = tokens.chunked.plan.rows;
	const windows = tokens.sliding?.plan.sequences.reduce((sum, s) => sum + s.end - s.begin, 0) ?? 0;
	const scored = tokens.chunked.scored.rows.length + (tokens.sliding?.scored.rows.length ?? 0);
	const models = candidates + 1;
	const perReadout = (readout) => {
		const { d_in, d_sae } = readout.dictionary;
		return stageCost.features(d_in, d_sae, rows, models) + closeCallCost(readout, decoder, tokens) * models;
	};
	return stageCost.body(decoder, rows + windows, tokens.longest) * models + stageCost.head(decoder, scored, models) + readouts.reduce((sum, readout) => sum + perReadout(readout), 0);
}
// src/audit/rows/row-batches.ts
/**
* @file The rows of a store in the batches that are summed together: rows of one token group, all at position 0 of their
* sequence or none. So sums of either kind can be told apart afterwards.
*/
/** The rows of a capture over the corpus' sequences. */
function rowLayout({ sequences, groupStarts }) {
	return {
		sequenceCount: sequences.sequenceCount,
		sequenceLength: sequences.blockLength,
		groupStarts
	};
}
function groupsOf({ groupStarts }) {
	return groupStarts.length - 1;
}
/** Every row once, in batches of up to `size`. */
function* rowBatches(layout, size) {
	const { sequenceLength, groupStarts } = layout;
	for (let tokenGroup = 0; tokenGroup < groupsOf(layout); tokenGroup++) {
		const [from, to] = [present(groupStarts[tokenGroup]), present(groupStarts[tokenGroup + 1])];
		const first = [];
		const rest = [];
		for (let row = from * sequenceLength; row < to * sequenceLength; row++) if (row % sequenceLength === 0) first.push(row);
		else rest.push(row);
		for (const [place, rows] of [["first", first], ["rest", rest]]) for (let start = 0; start < rows.length; start += size) yield {
			rows: Int32Array.from(rows.slice(start, start + size)),
			tokenGroup,
			place
		};
	}
}
// src/audit/features/encoder-graph.ts
/** @file An SAE in a graph: its encoder in tiles of features, and its rows rebuilt. */
/** Tiles are a multiple of this wide: whole vectors. */
const TILE_MULTIPLE = 16;
/** Columns of an encoder, in the order of `features`. Only where features activate by themselves. */
function selectFeatures(encoder, features) {
	const { d_in, W_enc, bias, threshold, activatesBy } = encoder;
	if (activatesBy === "row") throw new RangeError("features that activate by the row cannot be had apart");
	const width = bias.length;
	const selected = new Float32Array(d_in * features.length);
	for (let row = 0; row < d_in; row++) for (let k = 0; k < features.length; k++) selected[row * features.length + k] = present(W_enc[row * width + present(features[k])]);
	const pick = (values) => Float32Array.from(features, (j) => present(values[j]));
	return {
		d_in,
		W_enc: selected,
		bias: pick(bias),
		threshold: threshold === null ? null : pick(threshold),
		activatesBy
	};
}
/** Feature ranges that cover the encoder, none wider than `tile`. */
function featureTiles(width, tile) {
	const count = Math.ceil(width / tile);
	const size = Math.ceil(width / count / TILE_MULTIPLE) * TILE_MULTIPLE;
	return Array.from({ length: Math.ceil(width / size) }, (_, i) => [i * size, Math.min((i + 1) * size, width)]);
}
/** How an encoder is cut: tiles of features, or one of all where an activation depends on the whole row. */
function encoderTiles({ bias, activatesBy }, tile) {
	return activatesBy === "row" ? [[0, bias.length]] : featureTiles(bias.length, tile);
}
/** `name` tells the weights of several encoders in one graph apart. */
function encoderTile(g, encoder, [start, end], name = "") {
	const size = end - start;
	const { d_in, W_enc, bias, threshold } = encoder;
	const width = bias.length;
	const columns = new Float32Array(d_in * size);
	for (let row = 0; row < d_in; row++) columns.set(W_enc.subarray(row * width + start, row * width + end), row * size);
	return {
		W: g.initializer(`${name}W_enc_${start}`, "float32", [d_in, size], columns),
		bias: g.initializer(`${name}bias_${start}`, "float32", [size], bias.subarray(start, end)),
		threshold: threshold === null ? null : g.initializer(`${name}threshold_${start}`, "float32", [size], threshold.subarray(start, end)),
		size
	};
}
/** x (n_row, d_in) · W + b → (n_row, tile) */
function preActivations(g, x, tile) {
	return gemmPlain(g, x, tile.W, tile.bias);
}
/** What features make of them, (n_row, tile). */
function activate(g, pre, tile) {
	const active = relu(g, pre);
	return tile.threshold === null ? active : jumpRelu$1(g, active, tile.threshold);
}
/** Where activations are multiplied on instead of summed, wider tiles make fewer partial sums of the result. */
const TILE_REBUILT = 2048;
/** (n_row, d_in) → (n_row, d_out) */
function rebuild(g, x, { encoder, W_dec, b_dec }) {
	const d_out = b_dec.length;
	let rebuilt = g.initializer("b_dec", "float32", [d_out], b_dec);
	for (const range of encoderTiles(encoder, TILE_REBUILT)) {
		const [start, end] = range;
		const tile = encoderTile(g, encoder, range);
		const a = activate(g, preActivations(g, x, tile), tile);
		const rows = W_dec.subarray(start * d_out, end * d_out);
		const decoder = g.initializer(`W_dec_${start}`, "float32", [end - start, d_out], rows);
		rebuilt = add(g, matMul(g, a, decoder), rebuilt);
	}
	return rebuilt;
}
/** As a graph of its own. Input: `x_0` (n_row, d_in). Output: `rebuilt` (n_row, d_out). */
function rebuildGraph(rebuilding) {
	const g = new GraphBuilder();
	const x = g.input("x_0", "float32", ["n_row", rebuilding.encoder.d_in]);
	g.output("rebuilt", rebuild(g, x, rebuilding));
	return g.build();
}
// src/audit/features/feature-columns.ts
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
	#ones;
	/** (parts, 1, tile) each, still to be added up. */
	#sums = /* @__PURE__ */ new Map();
	/** (1, tile) each. */
	#peaks = /* @__PURE__ */ new Map();
	/** `ones` (parts, 1, n_part): 1 for rows that are summed, 0 for rows that fill up. */
	constructor(g, ones) {
		const [parts] = ones.shape;
		if (typeof parts !== "number") throw new RangeError("in how many parts rows are summed is not known");
		this.#g = g;
		this.#parts = parts;
		this.#ones = ones;
	}
	/** Σ over the rows of x (n_row, tile), as a product with ones: quicker than ReduceSum. */
	sum(name, x) {
		append(this.#sums, name, matMul(this.#g, this.#ones, this.#apart(x)));
	}
	/** Largest of the rows of x (n_row, tile), those that fill up included. */
	peak(name, x) {
		const g = this.#g;
		const peak = reduceMax(g, reduceMax(g, this.#apart(x), 1), 0);
		append(this.#peaks, name, reshape(g, peak, [1, -1], [1, present(x.shape[1])]));
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
	* The figures by name, (1, width) each. The engine runs what an output needs before it turns to the next output. So there is
	* one node that needs everything, tile after tile: a tile's activations are then summed while they are in cache, and
	* never are those of all tiles in memory together (docs/decisions/2026-11-25-tile-order.md).
	*/
	values(width) {
		const g = this.#g;
		const names = [...this.#sums.keys(), ...this.#peaks.keys()];
		const all = concat(g, this.#tiles(names.length), 1, [names.length, width]);
		const figures = split(g, all, names.length, 0, [1, width]);
		return new Map(figures.map((value, i) => [present(names[i]), value]));
	}
	/** (names, tile) each: sums, then peaks. */
	#tiles(names) {
		const g = this.#g;
		const [first = []] = this.#sums.values();
		return first.map(({ shape }, tile) => {
			const size = present(shape[2]);
			const ofTile = (values) => [...values.values()].flatMap((tiles) => tiles[tile] ?? []);
			const sums = concat(g, ofTile(this.#sums), 1, [
				this.#parts,
				this.#sums.size,
				size
			]);
			return concat(g, [firstAxisSum(g, sums), ...ofTile(this.#peaks)], 0, [names, size]);
		});
	}
};
function append(values, name, value) {
	values.set(name, [...values.get(name) ?? [], value]);
}
// src/audit/features/feature-graph.ts
/**
* @file SAE features of a batch of rows, tiled over features and summed over rows inside the graph: feature
* activations [tokens, d_sae] exist only a tile at a time, in cache.
*
* Sums over rows are products with a row of ones, in float32 over at most a few hundred rows; they are added up in
* float64 outside. The encoder bias already holds −b_dec·W_enc where the SAE subtracts b_dec from its input.
*/
/**
* What a firing adds to `firings`: activations are clipped to it, so that a column sum is an exact multiple. One pass
* instead of a comparison and a cast: a twentieth of the reference's SAE pass. No activation above 0 is that small: it would
* have to be 10⁻²³ of the rounding of the terms it is the sum of.
*/
const FIRING = 2 ** -100;
/** Marks what lies in the bands of a tile; without bands nothing is counted. */
var Closeness = class {
	#g;
	#bands;
	#reaches;
	constructor(g, bands, reaches) {
		this.#g = g;
		this.#bands = bands;
		this.#reaches = reaches;
	}
	of([start, end], tile, name) {
		const { threshold } = tile;
		if (this.#bands === null || threshold === null) return () => null;
		const g = this.#g;
		const part = (of, values) => g.initializer(`${name}${of}_${start}`, "float32", [end - start], values.subarray(start, end));
		const slack = part("slack", this.#bands.slack);
		const scale = part("scale", this.#bands.scale);
		return (pre, model) => {
			const reach = this.#reaches[model];
			if (reach === void 0) return null;
			const band = add(g, mul(g, scale, reach), slack);
			const near = less(g, abs(g, sub(g, pre, threshold)), band);
			return cast(g, near, "float32");
		};
	}
};
/**
* The reference alone. Values, (1, d_sae): `sum` Σa, `squares` Σa², `firings` #(a > 0) in units of FIRING, `peak` max a; with
* bands also `close_0`, how many pre-activations lie in them.
*/
function referenceSums(g, { encoder, tiling, bands, name = "" }, { rows, ones, reaches }) {
	const [x] = rows;
	if (x === void 0) throw new RangeError("sums without a reference");
	const columns = new FeatureColumns(g, ones);
	const closeness = new Closeness(g, bands, reaches);
	for (const range of encoderTiles(encoder, tiling.featureTile)) {
		const tile = encoderTile(g, encoder, range, name);
		const pre = preActivations(g, x, tile);
		const a = activate(g, pre, tile);
		const close = closeness.of(range, tile, name)(pre, 0);
		if (close !== null) columns.sum("close_0", close);
		columns.sum("sum", a);
		columns.sum("squares", mul(g, a, a));
		columns.sum("firings", clip(g, a, g.scalar("float32", 0), g.scalar("float32", FIRING)));
		columns.peak("peak", a);
	}
	return columns.values(encoder.bias.length);
}
/**
* Candidates beside the reference. Values, (1, features), per candidate c ≥ 1: `sum_c` Σb, `squares_c` Σb², `product_c` Σab; with
* bands also `close_m` of every model m ≥ 0.
*/
function candidateSums(g, { encoder, tiling, bands, name = "" }, { rows, ones, reaches }) {
	const columns = new FeatureColumns(g, ones);
	const closeness = new Closeness(g, bands, reaches);
	for (const range of encoderTiles(encoder, tiling.featureTile)) {
		const tile = encoderTile(g, encoder, range, name);
		const mark = closeness.of(range, tile, name);
		const [a, ...bs] = rows.map((x, m) => {
			const pre = preActivations(g, x, tile);
			const close = mark(pre, m);
			if (close !== null) columns.sum(`close_${m}`, close);
			return activate(g, pre, tile);
		});
		if (a === void 0) continue;
		for (const [i, b] of bs.entries()) {
			columns.sum(`sum_${i + 1}`, b);
			columns.sum(`squares_${i + 1}`, mul(g, b, b));
			columns.sum(`product_${i + 1}`, mul(g, a, b));
		}
	}
	return columns.values(encoder.bias.length);
}
/** Inputs of a graph of sums alone: `x_m` (n_row, d_in) per model, `ones`, and with bands `reach_m` (1) per model. */
function sumInputs(g, { encoder, tiling, bands }, models) {
	const each = (name, shape) => Array.from({ length: models }, (_, m) => g.input(`${name}_${m}`, "float32", shape));
	return {
		rows: each("x", ["n_row", encoder.d_in]),
		ones: g.input("ones", "float32", [
			tiling.rowParts,
			1,
			"n_part"
		]),
		reaches: bands === null ? [] : each("reach", [1])
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
// src/audit/features/residual-distance.ts
/** @file How far two residual streams lie apart, row by row. */
var ResidualDistance = class {
	#apart = 0;
	#size = 0;
	#cosines = 0;
	#rows = 0;
	/** The first `rows` rows of both; others fill up. */
	add(reference, candidate, rows) {
		if (reference?.type !== "float32" || candidate?.type !== "float32") return;
		const [, width = 0] = reference.dims;
		const x = reference.data;
		const y = candidate.data;
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
			this.#apart += xx + yy - 2 * xy;
			this.#size += xx;
			this.#cosines += xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
		}
		this.#rows += rows;
	}
	summary() {
		return {
			residualError: this.#size === 0 ? 0 : Math.sqrt(Math.max(0, this.#apart) / this.#size),
			meanCosine: this.#rows === 0 ? 1 : this.#cosines / this.#rows
		};
	}
};
// src/audit/features/feature-pass.ts
/**
* @file The SAE over stored residuals. First the reference alone, which decides what is active; then candidates beside
* it, on the features that count. Position 0 of every sequence is summed apart from the rest, so that one pass tells both
* what every position gives and what it gives without attention sinks.
*/
function featurePass({ tokens, device }, { encoder }, onTokens) {
	return {
		encoder,
		layout: rowLayout(tokens),
		device,
		onTokens
	};
}
/** Sums of the reference over every feature. What `watch` finds close is in none of them; null: float32 decides. */
async function referencePass({ encoder, layout, device, onTokens }, reference, watch) {
	const width = encoder.bias.length;
	const moments = {
		first: emptyReferenceMoments(groupsOf(layout), width),
		rest: emptyReferenceMoments(groupsOf(layout), width)
	};
	const lanes = shareThreads(device, encoderLoad(encoder, width, reference.store.rows));
	const size = runSize(lanes.device);
	const session = await createLanes(referenceGraph({
		encoder,
		tiling: size,
		bands: watch?.bands ?? null
	}), lanes, "the SAE encoder");
	let done = 0;
	const begin = async (batch) => {
		const inputs = await passInputs([reference], batch, size.rowParts);
		const sighting = watch?.look(inputs);
		return {
			sighting,
			result: await session.run({
				...inputs,
				...sighting?.inputs
			})
		};
	};
	try {
		await inOrder(rowBatches(layout, size.featureRows), session.inFlight, begin, ({ sighting, result }, batch) => {
			const into = moments[batch.place];
			into.positions[batch.tokenGroup] = present(into.positions[batch.tokenGroup]) + batch.rows.length;
			const tile = {
				sum: result.float32("sum"),
				sumOfSquares: result.float32("squares"),
				firings: result.float32("firings").map((sum) => sum / FIRING),
				peak: result.float32("peak")
			};
			if (sighting !== void 0) watch?.mend(tile, {
				result,
				sighting,
				batch
			});
			addReferenceTile(into, batch.tokenGroup, 0, tile);
			done += batch.rows.length;
			onTokens(done);
		});
	} finally {
		await session.release();
	}
	return moments;
}
/**
* Sums of candidates beside the reference, on `features` only (ascending ids). What `watch` finds close is in none of them;
* null: float32 decides.
*/
async function candidatePass({ encoder, layout, device, onTokens }, features, { reference, candidates }, watch) {
	const passes = candidates.map(() => ({
		moments: {
			first: emptyCandidateMoments(groupsOf(layout), features),
			rest: emptyCandidateMoments(groupsOf(layout), features)
		},
		distance: new ResidualDistance()
	}));
	const models = [reference, ...candidates];
	const lanes = shareThreads(device, encoderLoad(encoder, features.length, models.length * reference.store.rows));
	const size = runSize(lanes.device);
	const bands = watch?.bands ?? null;
	const graph = () => candidateGraph({
		encoder: selectFeatures(encoder, features),
		tiling: size,
		bands
	}, candidates.length);
	const session = features.length === 0 ? null : await createLanes(graph(), lanes, "the SAE encoder");
	const begin = async (batch) => {
		const inputs = await passInputs(models, batch, size.rowParts);
		const sighting = watch?.look(inputs, candidates.length);
		return {
			inputs,
			sighting,
			result: await session?.run({
				...inputs,
				...sighting?.inputs
			}) ?? null
		};
	};
	let done = 0;
	try {
		await inOrder(rowBatches(layout, size.featureRows), session?.inFlight ?? 1, begin, ({ inputs, sighting, result }, batch) => {
			for (const [c, { moments, distance }] of passes.entries()) {
				distance.add(inputs.x_0, inputs[`x_${c + 1}`], batch.rows.length);
				if (result === null) continue;
				const tile = candidateTile(result, c);
				if (sighting !== void 0) watch?.mend(c, tile, {
					result,
					sighting,
					batch
				});
				addCandidateTile(moments[batch.place], batch.tokenGroup, 0, tile);
			}
			done += batch.rows.length;
			onTokens(done);
		});
	} finally {
		await session?.release();
	}
	return passes.map(({ moments, distance }) => ({
		moments,
		...distance.summary()
	}));
}
/** Sums of candidate `c` (0 is the first) in one run. */
function candidateTile(result, c) {
	return {
		sum: result.float32(`sum_${c + 1}`),
		sumOfSquares: result.float32(`squares_${c + 1}`),
		product: result.float32(`product_${c + 1}`)
	};
}
/** Work of an SAE's encoder on so many of its features and so many rows, of all models together. */
function encoderLoad({ d_in }, features, rows) {
	return {
		weightBytes: 4 * d_in * features,
		operations: 2 * d_in * features * rows
	};
}
// src/audit/features/first-position.ts
/** @file How much of a residual stream's variance lies in the first position of its sequences, an attention sink on most models. */
/** Rows that are read at a time. */
const ROWS$1 = 512;
/** Σ‖x − mean‖² over rows at position 0, as a part of that over all of `rows` (ascending; the mean is theirs). 0 where nothing varies. */
async function firstPositionShare(residuals, rows, sequenceLength) {
	const { width } = residuals.store;
	const all = new Squares(width);
	const first = new Squares(width);
	for (let start = 0; start < rows.length; start += ROWS$1) {
		const batch = rows.subarray(start, start + ROWS$1);
		const values = await residualRows(residuals, batch);
		for (const [i, row] of batch.entries()) {
			const x = values.subarray(i * width, (i + 1) * width);
			all.add(x);
			if (row % sequenceLength === 0) first.add(x);
		}
	}
	const mean = all.sums.map((sum) => sum / all.rows);
	const total = all.about(mean);
	return total > 0 ? first.about(mean) / total : 0;
}
/** Sums of rows from which Σ‖x − c‖² follows for any c. */
var Squares = class {
	sums;
	rows = 0;
	#squares = 0;
	constructor(width) {
		this.sums = new Float64Array(width);
	}
	add(x) {
		this.rows++;
		for (const [i, value] of x.entries()) {
			this.sums[i] = present(this.sums[i]) + value;
			this.#squares += value * value;
		}
	}
	about(center) {
		let [cross, size] = [0, 0];
		for (const [i, c] of center.entries()) {
			cross += c * present(this.sums[i]);
			size += c * c;
		}
		return this.#squares - 2 * cross + this.rows * size;
	}
};
// src/audit/features/sae-fit.ts
/** @file Does the SAE fit this model? How much of the residual's variance it leaves unexplained. */
/** Rows on which the SAE’s fit is measured: 4,096 give the unexplained variance to about 2 % of itself. */
const FIT_ROWS = 4096;
/** A dictionary that leaves this much unexplained is the wrong one: trained SAEs leave 0.05 to 0.4. */
const WORST_FIT = .9;
/** A variance of less than this part of the mean square is the rounding of residuals that are all the same. */
const LEAST_SPREAD = 1e-6;
/**
* Rows to measure the fit on, ascending: all of them, or `most` spread evenly over the corpus and over the positions of a sequence
* alike. Every 16th row would be position 0 of every sequence of 512, sixteen times its share, and position 0 is where the
* residual can be a hundred times as long as elsewhere. `positions` skip-first: then without position 0.
*
* Row i is i·m mod n, with m near n / φ (points of a Kronecker sequence lie apart) and without a common divisor with n, so
* that it has none with the sequence length either, and every position comes as often as every other.
*/
function fitRows({ sequenceCount, sequenceLength }, positions, most) {
	const n = sequenceCount * sequenceLength;
	let step = Math.max(1, Math.round(n * (Math.sqrt(1.25) - .5)));
	while (greatestCommonDivisor(step, n) > 1) step++;
	const rows = [];
	for (let i = 0; i < Math.min(n, most); i++) {
		const row = i * step % n;
		if (positions === "all" || row % sequenceLength > 0) rows.push(row);
	}
	return Int32Array.from(rows).sort();
}
function greatestCommonDivisor(a, b) {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
/** How well the SAE rebuilds `rows` (ascending). */
async function measureFit({ encoder, dictionary }, { reads, predicts }, rows, device) {
	const graph = rebuildGraph({
		encoder,
		W_dec: await dictionary.W_dec(),
		b_dec: dictionary.b_dec
	});
	const session = await createSession(graph, device, "the SAE decoder");
	const { width } = predicts.store;
	const { featureRows } = runSize(device);
	const sums = new Float64Array(width);
	let [squares, errors] = [0, 0];
	try {
		for (let start = 0; start < rows.length; start += featureRows) {
			const batch = rows.subarray(start, start + featureRows);
			const x = await residualRows(reads, batch);
			const dims = [batch.length, reads.store.width];
			const rebuilt = (await session.run({ x_0: {
				type: "float32",
				data: x,
				dims
			} })).float32("rebuilt");
			const y = await residualRows(predicts, batch);
			for (let i = 0; i < y.length; i++) {
				const value = present(y[i]);
				sums[i % width] = present(sums[i % width]) + value;
				squares += value * value;
				errors += (value - present(rebuilt[i])) ** 2;
			}
		}
	} finally {
		await session.release();
	}
	const variance = squares - sums.reduce((total, sum) => total + sum * sum, 0) / rows.length;
	return {
		unexplained: errors / variance,
		spread: variance / squares
	};
}
/** Throws SAE_BAD_FIT, and RESIDUALS_ALIKE where it is the text's fault and not the SAE's. */
function requireFit({ dictionary, hook }, { unexplained, spread }, l0, corpus) {
	if (unexplained >= 0 && unexplained <= WORST_FIT) return;
	if (!(spread >= LEAST_SPREAD)) throw residualsAlike(corpus, hook);
	throw badFit(dictionary.spec, hook, `${(100 * unexplained).toFixed(0)} %`, l0.toFixed(1));
}
// src/audit/features/reference-features.ts
/** @file What the reference does at a read-out: what fires, how often, and whether the dictionary fits at all. */
/** Run an SAE over the reference's residuals. Errors: SAE_BAD_FIT, RESIDUALS_ALIKE, ENGINE_FAILED. */
async function seeReference(run, { model, capture }, readout) {
	const { config, device } = run;
	const { center } = readout;
	const residuals = {
		store: storeOf(capture.chunked, readout.hook),
		center
	};
	const target = {
		store: storeOf(capture.chunked, hookName(readout.dictionary.predicts)),
		center
	};
	const { rows } = residuals.store;
	const { d_in, d_sae } = readout.dictionary;
	const cost = stageCost.features(d_in, d_sae, rows, 1);
	const onTokens = run.work.stage(`reference: features at ${readout.id}`, cost, rows);
	const closeCalls = await closeCallsAt(run, readout, {
		name: "reference",
		model,
		scale: 1
	}, residuals);
	const moments = await referencePass(featurePass(run, readout, onTokens), residuals, closeCalls?.reference ?? null);
	const sure = countedMoments(readout, moments, addReferenceMoments);
	const undecided = await closeCalls?.settleReference({
		moments,
		counted: sure
	}) ?? [];
	const counted = countedMoments(readout, moments, addReferenceMoments);
	const active = activeFeatures(counted, config.thresholds.active);
	const sample = fitRows(rowLayout(run.tokens), readout.positions, FIT_ROWS);
	const fit = await measureFit(readout, {
		reads: residuals,
		predicts: target
	}, sample, device);
	const report = {
		...readoutReport(readout, counted),
		varianceUnexplained: fit.unexplained,
		active: active.length,
		thresholds: { ...config.thresholds }
	};
	if (!config.allowBadFit) requireFit(readout, fit, report.l0, config.corpus.source);
	return {
		readout,
		moments,
		counted,
		active,
		closeCalls,
		report,
		firstShare: await firstPositionShare(residuals, sample, run.tokens.sequences.blockLength),
		warnings: [
			...undecided,
			...silentWarnings(report),
			...placeWarnings(report)
		]
	};
}
/** Where nothing counts as active, fractions are 0 of 0: said, because a table cannot. */
function silentWarnings({ id, active, thresholds }) {
	if (active > 0) return [];
	return [`${id}: no feature fires on more than ${100 * thresholds.active} % of the reference's tokens, so nothing can be said of survival; use more text, or check that this SAE was trained on this model`];
}
/** Trained SAEs leave 0.05 to 0.4 of the variance where they were trained. */
const MUCH_UNEXPLAINED = .5;
const MANY_DEAD = .2;
/** An SAE at another place than it was trained for: it may run, and says little. */
function placeWarnings({ id, varianceUnexplained, dead, width, tokens }) {
	const signs = [...varianceUnexplained !== null && varianceUnexplained > MUCH_UNEXPLAINED ? [`it leaves ${(100 * varianceUnexplained).toFixed(0)} % of the residual's variance unexplained`] : [], ...dead / width > MANY_DEAD ? [`${dead} of its ${width} features (${(100 * dead / width).toFixed(0)} %) fire nowhere in ${tokens} tokens`] : []];
	if (signs.length === 0) return [];
	return [`${id}: the SAE may be at the wrong place, or of another model: ${signs.join(", and ")}; check its hook, --center and --positions`];
}
/** The sums over the positions that count at this read-out. */
function countedMoments(readout, moments, add) {
	return readout.positions === "all" ? add(moments.first, moments.rest) : moments.rest;
}
function readoutReport({ id, hook, dictionary, center, positions }, counted) {
	return {
		id,
		sae: dictionary.spec,
		hook,
		layer: dictionary.reads.layer,
		width: dictionary.d_sae,
		modelWidth: dictionary.d_in,
		architecture: dictionary.architecture,
		sha256: dictionary.sha256,
		center,
		positions,
		tokens: countedPositions(counted),
		l0: meanFiring(counted),
		dead: deadFeatures(counted),
		neuronpedia: dictionary.neuronpedia
	};
}
// src/audit/gather-sums.ts
/** @file The sums of a whole audit, with what they were measured on: what a file of group sums holds. */
/** Errors: those of reading the files whose digests are wanted. */
async function gatherSums({ checkpoint }, { run, readouts, candidates }, { toolVersion }) {
	const { sequences, groupStarts } = run.tokens;
	const made = [];
	for (const { candidate } of candidates) {
		const sha256 = await artifactOf(candidate)?.sha256();
		made.push({
			name: candidate.name,
			made: sha256 ?? candidate.spec
		});
	}
	return {
		measured: {
			toolVersion,
			engine: runtimeVersion(),
			device: run.device.kind,
			operands: run.device.bodyType,
			reference: await checkpoint.sha256(),
			tokens: sequences.sha256,
			blockLength: sequences.blockLength,
			groups: groupStarts.length - 1,
			bos: JSON.stringify(sequences.bos),
			readouts: readouts.map(({ readout }) => ({
				id: readout.id,
				sha256: readout.dictionary.sha256,
				center: readout.center
			})),
			candidates: made
		},
		readouts: readouts.map(({ moments }) => moments),
		candidates: candidates.map(({ sums }) => sums)
	};
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
// src/compression/tensor-plan.ts
/** Every tensor of a checkpoint as it is stored. */
function storedPlan(store) {
	const sources = [...store.table.entries.keys()].map((tensor) => [tensor, {
		kind: "stored",
		store,
		tensor
	}]);
	return {
		name: store.name,
		sources: new Map(sources)
	};
}
/** The same with the targets compressed; all else (embeddings, norms, biases, unembedding) as it was. */
function compressedPlan(name, base, targets, how) {
	const sources = [...base.sources].map(([tensor, of]) => {
		const channels = targets.get(tensor);
		return [tensor, channels === void 0 ? of : {
			kind: "compressed",
			of,
			channels,
			how
		}];
	});
	return {
		name,
		sources: new Map(sources)
	};
}
/** Do two sources hold the same values, as far as a plan can tell? */
function sameSource(a, b) {
	if (a === void 0 || b === void 0) return false;
	if (a === b) return true;
	if (a.kind === "stored" && b.kind === "stored") return a.store === b.store && a.tensor === b.tensor;
	if (a.kind === "compressed" && b.kind === "compressed") return compressedText(a) === compressedText(b) && sameSource(a.of, b.of);
	if (a.kind !== "joint" || b.kind !== "joint") return false;
	return a.text === b.text && a.of.length === b.of.length && a.of.every((of, i) => sameSource(of, b.of[i]));
}
/** Sides count: the same bits along other channels are other values. */
function compressedText({ channels, how }) {
	return `${compressionText(how)} ${channels.layout} ${channels.out}x${channels.in}`;
}
// src/statistics/features/constant-features.ts
/**
* @file Features that do not vary in the reference, nor in the candidate, at the same level: there is nothing to correlate and
* nothing was lost, so they are counted apart from the active ones.
*/
/**
* Variance at or below this part of the mean square cannot be told from rounding: float32 sums are good to 1e-7 of themselves,
* and ρ of what is left would be off by more than a hundredth.
*/
const SMALL_VARIANCE = 1e-5;
/** Relative difference of two levels that are the same. */
const SAME_LEVEL = 1e-4;
/** (K) 1 where the feature is constant on both sides and equal, parallel to `candidate.features`. */
function constantFeatures(reference, candidate) {
	const { groups, width } = reference;
	const { features } = candidate;
	const n = countedPositions(reference);
	const totals = (sums) => groupTotals(sums, groups, features.length);
	const ofReference = (sums) => totals(columnsOf(sums, groups, width, features));
	const [a, aa] = [ofReference(reference.sum), ofReference(reference.sumOfSquares)];
	const [b, bb] = [totals(candidate.sum), totals(candidate.sumOfSquares)];
	return Uint8Array.from(features, (_, k) => {
		const isFlat = (sum, squares) => squares - sum ** 2 / n <= SMALL_VARIANCE * squares;
		const isSame = Math.abs(b[k] - a[k]) <= SAME_LEVEL * Math.abs(a[k]);
		return isFlat(a[k], aa[k]) && isFlat(b[k], bb[k]) && isSame ? 1 : 0;
	});
}
// src/statistics/features/feature-summary.ts
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
// src/audit/features/feature-evidence.ts
/** Statistics of one candidate at one read-out. Pure. */
function candidateFeatures(seen, { candidate, ...pass }, config) {
	const { readout } = seen;
	const moments = countedMoments(readout, pass.moments, addCandidateMoments);
	const rho = correlations(seen.counted, moments);
	const { varying, constant } = withoutConstant(seen, moments);
	const replicates = featureReplicates(seen.counted, moments, varying);
	const active = {
		rho: correlations(seen.counted, candidateColumns(moments, varying)),
		replicates: replicates.correlations,
		resampling: {
			method: RESAMPLING_METHOD,
			sizes: seen.counted.positions
		},
		accuracy: accuracyOf(seen, varying)
	};
	const neighbours = neighbourCorrelation(replicates.correlations, active.accuracy);
	const { survived, degraded, damaged, ...rest } = summarizeFeatures(active, config.thresholds, config.confidence);
	const file = `features/${candidate}.${readout.id.replace(/[^A-Za-z0-9._-]+/g, "-")}`;
	const table = featureTable({
		...seen,
		active: varying
	}, candidate, {
		ids: moments.features,
		rho,
		intervals: correlationIntervals(active, config.confidence)
	}, config);
	const report = {
		readout: readout.id,
		sae: readout.dictionary.spec,
		hook: readout.hook,
		width: readout.dictionary.d_sae,
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
		meanCorrelationByPositions: meanByPositions({
			...seen,
			active: varying
		}, pass),
		residualError: pass.residualError,
		sensitivity: rest.sensitivity,
		table: `${file}.parquet`,
		replicates: `${file}.groups.parquet`
	};
	const said = constant === 0 ? [] : [constantWarning(readout.id, constant)];
	return {
		report,
		evidence: {
			table,
			replicates
		},
		meanCosine: pass.meanCosine,
		scaling: pass.scaling,
		warnings: [
			...pass.warnings,
			...said,
			...neighbourWarnings(readout.id, neighbours)
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
/** The mean ρ of the same active features with and without position 0. */
function meanByPositions({ moments: { first, rest }, active }, pass) {
	const mean = (a, b) => meanCorrelation(correlations(a, candidateColumns(b, active)), null);
	return {
		all: mean(addReferenceMoments(first, rest), addCandidateMoments(pass.moments.first, pass.moments.rest)),
		skipFirst: mean(rest, pass.moments.rest)
	};
}
function featureTable({ readout, counted, active: activeIds }, candidate, { ids, rho, intervals }, config) {
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
		readout: readout.id,
		width,
		active,
		measured,
		firingRate: firingRates(counted),
		mean: meanActivations(counted),
		meanSquare: meanSquares(counted),
		peak: counted.peak,
		decoderNorm: readout.decoderNorms,
		correlation,
		correlationLow,
		correlationHigh,
		class: classesOf(active, correlation, config.thresholds)
	};
}
// src/models/graph/head.ts
/**
* @file The head of a decoder: hidden states of several models to what their losses need, tiled over the vocabulary so
* that no [tokens, vocabulary] array ever exists.
*
* The first model is the reference. Per tile t of the vocabulary and per token the graph gives, with l the logits,
* A_t = ln Σ_{v∈t} e^{l(v)} and p = e^{l − A_t}:
*   of every model   target_logit  l at the target, clipped into the tile
*   of the reference top_logit     its largest l, and top_share its p: A_t = top_logit − ln top_share
*   of a candidate   target_share  l − A_t at the target; best: its largest l; at_top: its l at the reference's best token
*                    difference    Σ_{v∈t} p_ref (l_ref − l_candidate)
* token-losses.ts puts the tiles together in float64.
*
* Softmax and LogSoftmax over a tile are one pass in cache, 2.3 times quicker than ReduceLogSumExp over the whole
* vocabulary. The sum of differences, rather than two cross-entropies, saves an Exp, a Mul and a product with ones per
* tile and is the more precise: logits of a good candidate differ little. The reference has a matrix product of its own:
* taking its rows out of one that all models share would be a copy. Candidates with the same unembedding share theirs.
*/
/** A tile is a multiple of this wide, where the vocabulary allows: its best token is looked for in so many parts. */
const TOP_PARTS = 16;
/** Half-open column ranges that cover the vocabulary, about `tile` wide each. */
function vocabularyTiles(n_vocab, tile) {
	const count = Math.max(1, Math.round(n_vocab / tile));
	const width = Math.ceil(n_vocab / count / TOP_PARTS) * TOP_PARTS;
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
	const reference = cast(g, hiddenReference, first.type);
	const candidates = layout.unembeddings.map((u, i) => {
		const own = hidden.filter((_, m) => m > 0 && layout.models[m] === i);
		if (own.length === 0) return null;
		const together = typeof rows === "number" ? own.length * rows : `${own.length} ${rows}`;
		return {
			count: own.length,
			x: cast(g, concat(g, own, 0, [together, u.d_model]), u.type)
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
/** A head as a graph of its own: inputs `hidden_M` (rows, d_model) float32 per model M, `targets` (rows, 1) int64; outputs as above. */
function buildHead(layout, rows, tileColumns) {
	const g = new GraphBuilder();
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
	const hidden = cast(g, g.input("hidden_0", "float32", ["n_row", reference.d_model]), reference.type);
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
	const bias = u.bias?.subarray(start, end) ?? null;
	return {
		matrix: g.initializer(name, u.type, [end - start, u.d_model], data),
		bias: bias === null ? null : g.initializer(`${name}_bias`, "float32", [end - start], bias),
		softcap: u.softcap
	};
}
/** (rows, tile) float32 */
function tileLogits(g, x, { matrix, bias, softcap }) {
	let logits = cast(g, gemm(g, x, matrix, null), "float32");
	if (bias !== null) logits = add(g, logits, bias);
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
	if (typeof columns !== "number" || columns % TOP_PARTS !== 0) return top1(g, logits);
	const apart = columns / TOP_PARTS;
	const parts = reshape(g, logits, [
		0,
		TOP_PARTS,
		apart
	], [
		rows,
		TOP_PARTS,
		apart
	]);
	const sets = reshape(g, reduceMax(g, parts, 1), [0, apart], [rows, apart]);
	const { value, index: set } = top1(g, sets);
	const steps = g.integers(Array.from({ length: TOP_PARTS }, (_, part) => part * apart));
	const members = outerAdd(g, set, steps);
	const { index: member } = top1(g, gatherElements(g, logits, members, 1));
	return {
		value,
		index: gatherElements(g, members, member, 1)
	};
}
// src/audit/losses/token-losses.ts
/**
* @file The head over the corpus: per scored token the loss of every model, and for every candidate
* KL(reference‖candidate) and whether both put the same token first. The tiles of the vocabulary are put together here,
* in float64 (definitions in models/graph/head.ts).
*/
/** Results are in the order of the layout's candidates. Errors: ENGINE_FAILED. */
async function tokenLosses({ layout, hidden }, scored, device, onTokens) {
	const total = scored.rows.length;
	const models = layout.models.length;
	const lanes = shareThreads(device, headLoad(layout, total));
	const { headRows, headTile } = runSize(lanes.device);
	const rows = Math.max(64, Math.floor(headRows / models));
	const session = await createLanes(buildHead(layout, rows, headTile), lanes, "the unembedding");
	const tiles = vocabularyTiles(commonVocabulary(layout.unembeddings), headTile);
	const losses = emptyLosses(total, models - 1);
	try {
		const begin = async ([start, end]) => {
			const targets = scored.targets.subarray(start, end);
			return await session.run(await headInputs(hidden, scored.rows.subarray(start, end), targets, rows));
		};
		await inOrder(ranges(total, rows), session.inFlight, begin, (result, [start, end]) => {
			combine(result, {
				targets: scored.targets.subarray(start, end),
				start
			}, tiles, losses);
			onTokens(end);
		});
	} finally {
		await session.release();
	}
	return losses;
}
/** Zeros, for as many tokens and candidates. */
function emptyLosses(tokens, candidates) {
	return {
		reference: new Float64Array(tokens),
		candidates: Array.from({ length: candidates }, () => ({
			loss: new Float64Array(tokens),
			kl: new Float64Array(tokens),
			agrees: new Uint8Array(tokens)
		}))
	};
}
/** 0 to `total` in ranges of `size`, the last one shorter. */
function* ranges(total, size) {
	for (let start = 0; start < total; start += size) yield [start, Math.min(start + size, total)];
}
function headLoad({ unembeddings, models }, rows) {
	const matrix = models.map((of) => present(unembeddings[of]).matrix.length);
	return {
		weightBytes: unembeddings.reduce((sum, { matrix }) => sum + matrix.byteLength, 0),
		operations: matrix.reduce((sum, size) => sum + 2 * size * rows, 0)
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
/** A model's log-normalisers of one row: of each tile and of the whole vocabulary. */
var Normalisers = class {
	/** A_t = ln Σ_{v∈t} e^{l(v)} */
	tiles;
	/** ln Σ_v e^{l(v)} */
	whole = 0;
	constructor(tiles) {
		this.tiles = new Float64Array(tiles);
	}
	/** Fill in the tiles of a row and add them up. */
	set(ofTile) {
		const { tiles } = this;
		let top = Number.NEGATIVE_INFINITY;
		for (let t = 0; t < tiles.length; t++) {
			tiles[t] = ofTile(t);
			top = Math.max(top, present(tiles[t]));
		}
		let sum = 0;
		for (let t = 0; t < tiles.length; t++) sum += Math.exp(present(tiles[t]) - top);
		this.whole = top + Math.log(sum);
	}
};
/** Put the tiles of one run together and write the losses of its rows. */
function combine(result, { targets, start }, tiles, losses) {
	const count = tiles.length;
	const [tileStart, tileEnd] = present(tiles[0]);
	const tileWidth = tileEnd - tileStart;
	const targetLogit = result.float32("target_logit_0");
	const topLogit = result.float32("top_logit_0");
	const topShare = result.float32("top_share_0");
	const candidates = losses.candidates.map((into, c) => ({
		into,
		found: candidateTiles(result, c + 1)
	}));
	const reference = new Normalisers(count);
	const candidate = new Normalisers(count);
	const shares = new Float64Array(count);
	for (let row = 0; row < targets.length; row++) {
		const first = row * count;
		const target = first + Math.floor(present(targets[row]) / tileWidth);
		reference.set((t) => present(topLogit[first + t]) - Math.log(present(topShare[first + t])));
		losses.reference[start + row] = reference.whole - present(targetLogit[target]);
		for (let t = 0; t < count; t++) shares[t] = Math.exp(present(reference.tiles[t]) - reference.whole);
		const top = largest(topLogit, first, count);
		for (const { into, found } of candidates) {
			candidate.set((t) => present(found.targetLogit[first + t]) - present(found.targetShare[first + t]));
			into.loss[start + row] = candidate.whole - present(found.targetLogit[target]);
			let kl = candidate.whole - reference.whole;
			for (let t = 0; t < count; t++) kl += present(shares[t]) * present(found.difference[first + t]);
			into.kl[start + row] = kl;
			const best = present(found.best[largest(found.best, first, count)]);
			into.agrees[start + row] = present(found.atTop[top]) >= best ? 1 : 0;
		}
	}
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
// src/onnx/graph/model-edit.ts
/**
* @file Adds outputs to a model without touching its bytes. A protobuf parser merges a message that occurs twice and
* concatenates its repeated fields, so an edited model is the original file with a second, tiny graph behind it that
* holds only new nodes and outputs (https://protobuf.dev/programming-guides/encoding/#last-one-wins).
*/
const FLOAT = 1;
const ATTRIBUTE_INT = 2;
/** What to append to the model's bytes. */
function addedOutputs(outputs) {
	const graph = new Message();
	for (const { name, addends } of outputs) {
		let [value = ""] = addends;
		for (const [i, addend] of addends.slice(1).entries()) {
			const sum = `${name}_sum_${i}`;
			graph.message(1, node("Add", [value, addend], sum));
			value = sum;
		}
		const to = new Message().string(1, "to").int(3, FLOAT).int(20, ATTRIBUTE_INT);
		graph.message(1, node("Cast", [value], name).message(5, to));
		const type = new Message().message(1, new Message().int(1, FLOAT));
		graph.message(12, new Message().string(1, name).message(2, type));
	}
	return new Message().message(7, graph).finish();
}
function node(op, inputs, output) {
	const message = new Message();
	for (const input of inputs) message.string(1, input);
	return message.string(2, output).string(3, `${output}_${op}`).string(4, op);
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
	if (!data.every((file) => file.path === join$1(folder, file.location))) return false;
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
			const place = join$1(folder, file.location);
			await mkdir(dirname(place), { recursive: true });
			await link(file.path, place).catch(() => copyFile(file.path, place, constants.COPYFILE_FICLONE));
		}
		const path = join$1(folder, "model.onnx");
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
const AS_STORED$1 = {
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
		const session = await createSession(staged.model, device, spec, true, AS_STORED$1).catch((error) => {
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
const ROWS = 2048;
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
		for (let start = 0; start < rows; start += ROWS) {
			const end = Math.min(start + ROWS, rows);
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
// src/audit/losses/logit-losses.ts
/**
* @file Losses of a candidate that yields logits instead of hidden states: reduced at once beside the reference's
* stored hidden states, a few hundred rows at a time, so that logits are never stored.
*/
/** Rows of one run: reference and candidate together are as many as elsewhere. */
const ROWS_PER_RUN$1 = 256;
/** Reduces logits as they come, in the order of the store's rows. */
var LogitLosses = class {
	losses;
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
		this.losses = emptyLosses(scored.rows.length, 1);
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
		const tiles = vocabularyTiles(Math.min(this.#reference.n_vocab, logits.columns), runSize(this.#device).headTile);
		combine(result, {
			targets,
			start
		}, tiles, this.losses);
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
			reference
		};
		const hidden = storeOf(reference.capture.chunked, HIDDEN);
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
async function runPlan({ device, work }, { name, loaded, most, reference }, { plan, scored, hidden, stores }) {
	const { decoder } = reference.model;
	const total = plan.sequences.reduce((sum, { begin, end }) => sum + end - begin, 0);
	const cost = stageCost.body(decoder, total, plan.longest) + stageCost.head(decoder, total, 2);
	const what = plan.rows === total ? "forward pass and losses" : "sliding windows";
	const onTokens = work.stage(`${name}: ${what}`, cost, total);
	const { unembedding } = reference;
	const losses = new LogitLosses(name, {
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
				await losses.add({
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
		return losses.losses;
	} finally {
		await losses.release();
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
// src/audit/sums/group-sums.ts
/**
* @file All that an audit measured, as sums per token group: what features and losses of a report are made from, and nothing
* else. Sums of the same groups add, so that parts measured apart can be put together; what they were measured on travels
* along, and only equal measurements may be put together.
*
* Shapes: G token groups. Losses in nats.
*/
function lossSums({ scored, reference, candidate }) {
	return {
		tokens: groupSums(scored, () => 1),
		referenceLoss: groupSums(scored, (i) => present(reference[i])),
		candidateLoss: groupSums(scored, (i) => present(candidate.loss[i]))
	};
}
function divergenceSums({ scored, candidate }) {
	return {
		tokens: groupSums(scored, () => 1),
		kl: groupSums(scored, (i) => present(candidate.kl[i])),
		klAbove: countsAbove(candidate.kl, scored.tokenGroups, scored.tokenGroupCount),
		agreements: groupSums(scored, (i) => present(candidate.agrees[i])),
		klOfTokens: Float32Array.from(candidate.kl)
	};
}
/** (G) Σ of a value per token group, float64. */
function groupSums({ tokenGroups, tokenGroupCount }, value) {
	const sums = new Array(tokenGroupCount).fill(0);
	for (let i = 0; i < tokenGroups.length; i++) {
		const tokenGroup = present(tokenGroups[i]);
		sums[tokenGroup] = present(sums[tokenGroup]) + value(i);
	}
	return sums;
}
// src/audit/rounds.ts
/**
* @file Candidates in rounds: capture each, then measure the round beside the reference. Candidates that share the
* reference's unembedding go up to four to a round, because the reference's logits and activations are then computed
* once for all of them; one with an unembedding of its own goes alone, because that matrix has to be in memory too, and
* so does a user's ONNX model, which yields logits instead of hidden states.
*/
const MOST_PER_ROUND = 4;
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
	for (const round of await planRounds(run, reference, compiled)) for (const result of await measureRound(run, reference, round)) results.set(result.candidate, result);
	for (const candidate of onnx) results.set(candidate, await measureUser(run, reference, candidate));
	return candidates.map((candidate) => present(results.get(candidate)));
}
async function planRounds(run, reference, candidates) {
	const sharing = [];
	const alone = [];
	for (const candidate of candidates) if (await hasOwnUnembedding(run, reference, candidate)) alone.push({
		candidates: [candidate],
		isShared: false
	});
	else sharing.push(candidate);
	const rounds = [];
	for (let start = 0; start < sharing.length; start += MOST_PER_ROUND) rounds.push({
		candidates: sharing.slice(start, start + MOST_PER_ROUND),
		isShared: true
	});
	return [...rounds, ...alone];
}
/** Is its unembedding another than the reference's? Read here and again in its round: gigabytes are not kept for later. */
async function hasOwnUnembedding({ device }, { captured }, candidate) {
	if (hasSameSources(captured.model, candidate.model)) return false;
	return !sameUnembedding(await loadUnembedding(candidate.model, device), captured.unembedding);
}
/** Do the plans already say that both unembeddings are one? */
function hasSameSources(a, b) {
	if (a.decoder !== b.decoder) return false;
	const { weight, bias } = a.decoder.weights.unembedding;
	return (bias === null ? [weight] : [weight, bias]).every(({ tensor }) => sameSource(a.plan.sources.get(tensor), b.plan.sources.get(tensor)));
}
async function measureRound(run, reference, round) {
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
		const chunked = await roundLosses(run, reference.captured, {
			...round,
			captured
		}, "chunked");
		const sliding = run.tokens.sliding === null ? null : await roundLosses(run, reference.captured, {
			...round,
			captured
		}, "sliding");
		const features = await roundFeatures(run, reference, captured);
		return captured.map(({ candidate }, c) => {
			return candidateResult(run, reference, candidate, sumsOf({
				chunked: present(chunked[c]),
				sliding: sliding === null ? null : present(sliding[c])
			}, present(features[c])));
		});
	} finally {
		for (const { capture } of captured) await closeCapture(capture);
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
		const losses = (of, { scored }) => ({
			scored,
			reference: of.reference,
			candidate: present(of.candidates[0])
		});
		return candidateResult(run, reference, candidate, sumsOf({
			chunked: losses(chunked, run.tokens.chunked),
			sliding: sliding === null ? null : losses(sliding, present(run.tokens.sliding))
		}, present(features)));
	} finally {
		await closeCapture(capture);
	}
}
/** Losses per token become sums here: nothing after it sees a token. */
function sumsOf({ chunked, sliding }, readouts) {
	return {
		losses: lossSums(chunked),
		divergence: divergenceSums(chunked),
		sliding: sliding === null ? null : lossSums(sliding),
		readouts
	};
}
/** What is said of a candidate, from its sums and the reference's alone. */
function candidateResult({ config }, { readouts }, candidate, sums) {
	return {
		candidate,
		sums,
		features: readouts.map((seen, r) => candidateFeatures(seen, {
			candidate: candidate.name,
			...present(sums.readouts[r])
		}, config))
	};
}
/** Losses of a whole round, one entry per candidate. */
async function roundLosses({ tokens, device, work }, reference, round, protocol) {
	const { captured } = round;
	const { scored } = protocol === "chunked" ? tokens.chunked : present(tokens.sliding);
	const hidden = [reference.capture, ...captured.map(({ capture }) => capture)].map((capture) => protocol === "chunked" ? storeOf(capture.chunked, HIDDEN) : present(capture.sliding));
	const cost = stageCost.head(reference.model.decoder, scored.rows.length, captured.length + 1);
	const onTokens = work.stage(`${namesOf(captured)}: ${protocol} losses`, cost, scored.rows.length);
	const losses = await tokenLosses({
		layout: await layoutOf(reference, round, device),
		hidden
	}, scored, device, onTokens);
	return losses.candidates.map((candidate) => ({
		scored,
		reference: losses.reference,
		candidate
	}));
}
async function layoutOf({ unembedding }, { candidates, isShared }, device) {
	const [first] = candidates;
	if (isShared || first === void 0) return {
		unembeddings: [unembedding],
		models: [0, ...candidates.map(() => 0)]
	};
	return {
		unembeddings: [unembedding, await loadUnembedding(first.model, device)],
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
	const { readout, active, closeCalls } = seen;
	const residuals = ({ chunked }) => ({
		store: storeOf(chunked, readout.hook),
		center: readout.center
	});
	const own = residuals(reference.capture);
	const sample = fitRows(rowLayout(run.tokens), readout.positions, FIT_ROWS);
	const scalings = [];
	for (const { capture } of captured) scalings.push(await scalingBetween(own, residuals(capture), sample));
	const scales = scalings.map((found) => run.config.rescale && isRescaled(found) ? 1 / found.factor : 1);
	const models = {
		reference: own,
		candidates: captured.map(({ capture }, c) => ({
			...residuals(capture),
			scale: present(scales[c])
		}))
	};
	const { rows } = models.reference.store;
	const cost = stageCost.features(readout.dictionary.d_in, active.length, rows, captured.length + 1);
	const onTokens = run.work.stage(`${namesOf(captured)}: features at ${readout.id}`, cost, rows);
	const watch = closeCalls?.candidates(active) ?? null;
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
		const warnings = watch === null ? [] : await closeCalls?.settleCandidate(watch, sums);
		features.push({
			...pass,
			scaling: present(scalings[index]),
			warnings: warnings ?? []
		});
	}
	return features;
}
function namesOf(captured) {
	return captured.map(({ candidate }) => candidate.name).join(", ");
}
// src/audit/null-check.ts
/** @file The reference audited against itself: every active feature must correlate with itself to six decimals. */
const TOLERANCE = 1e-6;
/** Run the reference once more as a candidate. Returns what to say in the report. Errors: NULL_CHECK_FAILED. */
async function checkNull(run, reference) {
	const { model } = reference.captured;
	const [result] = await measureRounds(run, reference, [{
		kind: "derived",
		name: "null-check",
		spec: model.name,
		model,
		compression: null
	}]);
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
// src/errors/sae.ts
/** @file What can go wrong with a sparse autoencoder: finding it, reading it, fitting it to the model. */
const shown$1 = (names) => names.length === 0 ? "nothing" : names.slice(0, 8).join(", ");
const saeNotFound = problem("SAE_NOT_FOUND", 2, (spec, names) => ({
	message: `${spec} holds no sparse autoencoder that is known (found: ${shown$1(names)}).`,
	fix: "Name a SAELens folder (cfg.json with sae_weights.safetensors) or a Gemma Scope folder (params.npz)."
}));
const saeAmbiguous = problem("SAE_AMBIGUOUS", 2, (spec, found) => ({
	message: `${spec} holds ${found.length} sparse autoencoders: ${shown$1(found)}${found.length > 8 ? ", …" : ""}.`,
	fix: "Name the folder of one of them; give several with --sae repeated."
}));
const saeUnsupported = problem("SAE_UNSUPPORTED", 2, (where, what) => ({
	message: `${where}: ${what} cannot be used.`,
	fix: "Use a ReLU or JumpReLU autoencoder in SAELens or Gemma Scope layout, without input normalisation."
}));
const saeConfigInvalid = problem("SAE_CONFIG_INVALID", 2, (file, key, found, expected) => ({
	message: `${file}: "${key}" is ${found}; ${expected} was expected.`,
	fix: "Fetch cfg.json again, or correct the key."
}));
const saeScaleMissing = problem("SAE_SCALE_MISSING", 2, (file) => ({
	message: `${file}: normalize_activations is "expected_average_only_in", and the scale it was trained with is not in the folder.`,
	fix: "Fold the scale into the weights with SAELens (fold_activation_norm_scaling_factor) and save, or put activation_scaler.json beside cfg.json."
}));
const saeHookUnknown = problem("SAE_HOOK_UNKNOWN", 2, (where, hook, known) => ({
	message: `${where}: "${hook}" is not a place in the model that can be read.`,
	fix: `Give the hook point with --hook, as blocks.L. and one of ${known.join(", ")}.`
}));
const saeHookUntold = problem("SAE_HOOK_UNTOLD", 2, (where) => ({
	message: `${where}: neither the path nor a config tells which place in the model this autoencoder reads.`,
	fix: "Give it with --hook, for example blocks.12.hook_resid_post."
}));
const saeHookLayer = problem("SAE_HOOK_LAYER", 2, (spec, hook, layers) => ({
	message: `${spec} reads ${hook}, but the model has only blocks 0 to ${layers - 1}.`,
	fix: "Use an autoencoder that was trained on this model, or correct --hook."
}));
const saeHookParallel = problem("SAE_HOOK_PARALLEL", 2, (spec, hook) => ({
	message: `${spec} reads ${hook}, which does not exist: attention and MLP of that block run in parallel.`,
	fix: "Use hook_resid_pre or hook_resid_post of the block."
}));
const saeWidth = problem("SAE_WIDTH", 2, (spec, d_in, hook, width, model) => ({
	message: `${spec} takes ${d_in} inputs, but ${hook} of this model (${model}) has ${width}.`,
	fix: "Use an autoencoder that was trained on this model and this hook point."
}));
const saeShape = problem("SAE_SHAPE", 2, (file, tensor, found, wanted, d_in, d_sae) => ({
	message: `${file}: tensor "${tensor}" has shape [${found.join(", ")}]; [${wanted.join(", ")}] is needed for d_in ${d_in} and d_sae ${d_sae}.`,
	fix: "Check that cfg.json belongs to these weights."
}));
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
	return hook.name === "attn.hook_z" ? zWidth(block) : model.d_model;
}
/** All heads side by side, which need not be d_model wide (Gemma-2-2B: 2048 of 2304). */
function zWidth({ attention }) {
	return attention.heads * attention.headSize;
}
// src/sae/format.ts
/** Files of this name, in whatever folder. */
function named(names, wanted) {
	return names.filter((name) => name === wanted || name.endsWith(`/${wanted}`));
}
/** The folder of a file, with its slash; '' at the top. */
function folderOf(name) {
	return name.slice(0, name.lastIndexOf("/") + 1);
}
// src/archives/npz.ts
/** Enough for the longest header that is read, even where the first bytes of a member did not compress at all. */
const HEADER_READ_BYTES = 12048;
/** Open an archive; closing it closes the source. Errors: NPZ_MALFORMED, NPY_MALFORMED. */
async function openNpz(source) {
	const zip = await openZip(source);
	const members = /* @__PURE__ */ new Map();
	const arrays = /* @__PURE__ */ new Map();
	for (const member of zip.members.values()) {
		if (!member.name.endsWith(".npy")) continue;
		const array = member.name.slice(0, -4);
		const shown = `${source.name}: ${member.name}`;
		const header = readNpyHeader(await zip.readStart(member, HEADER_READ_BYTES), shown);
		const declared = header.dataStart + header.dataBytes;
		if (declared !== member.byteLength) throw npyMalformed(shown, `its header describes ${declared} bytes, but it has ${member.byteLength}`);
		members.set(array, member);
		arrays.set(array, header);
	}
	if (arrays.size === 0) throw npzMalformed(source.name, "it holds no .npy array");
	return {
		name: source.name,
		arrays,
		read: async (array) => {
			const member = members.get(array);
			if (member === void 0) throw tensorMissing(source.name, array);
			return readNpy(await zip.readMember(member), `${source.name}: ${member.name}`);
		},
		close: () => source.close()
	};
}
/** The arrays as float tensors; f8 is rounded to float32. Errors on read: TENSOR_NOT_FLOAT, TENSOR_NOT_FINITE, those of `read`. */
function npzTensors(archive) {
	const entries = /* @__PURE__ */ new Map();
	for (const [name, { dtype, shape, dataBytes }] of archive.arrays) entries.set(name, {
		name,
		shape,
		storedAs: dtype,
		byteLength: dataBytes
	});
	return {
		entries,
		read: async (name) => {
			const data = tensorOf(archive.name, name, await archive.read(name));
			requireFinite(archive.name, name, data);
			return data;
		},
		close: () => archive.close()
	};
}
function tensorOf(file, name, { shape, ...values }) {
	switch (values.dtype) {
		case "f8": return {
			type: "float32",
			shape,
			data: new Float32Array(values.data)
		};
		case "f4": return {
			type: "float32",
			shape,
			data: values.data
		};
		case "f2": return {
			type: "float16",
			shape,
			data: values.data
		};
		default: throw tensorNotFloat(file, name, values.dtype);
	}
}
// src/sae/place.ts
/** @file Where a dictionary lies and where in the model it reads: paths for messages, hook points from what is known. */
/** What to call a file of the dictionary in a message, and where release names are looked for: the spec and the path. */
function placeOf(files, name) {
	return files.localPath(name) ?? `${files.spec}/${name}`;
}
/** The user's hook, else the dictionary's own. Errors: SAE_HOOK_UNKNOWN, SAE_HOOK_UNTOLD. */
function chooseHook(config, own, place) {
	const name = config.hook ?? own;
	if (name === null) throw saeHookUntold(place);
	const hook = parseHookPoint(name);
	if (hook === null) throw saeHookUnknown(config.hook === null ? place : "--hook", name, HOOK_NAMES);
	return hook;
}
// src/sae/weights.ts
/** @file The tensors of an autoencoder, found by name, checked for shape, read as float32. */
/** d_in and d_sae from W_enc. Errors: TENSOR_MISSING, SAE_SHAPE. */
function sizeOf({ file, config, table }, name) {
	const shape = table.entries.get(name)?.shape;
	if (shape === void 0) throw tensorMissing(file, name, config);
	const [d_in = 0, d_sae = 0] = shape;
	if (shape.length !== 2 || d_in === 0 || d_sae === 0) throw saeShape(file, name, shape, [d_in, d_sae], d_in, d_sae);
	return {
		d_in,
		d_sae
	};
}
/** One tensor of exactly this shape. Errors: TENSOR_MISSING, SAE_SHAPE, and those of reading (TENSOR_NOT_FINITE, …). */
async function readShaped({ file, config, table }, name, wanted, { d_in, d_sae }) {
	const shape = table.entries.get(name)?.shape;
	if (shape === void 0) throw tensorMissing(file, name, config);
	if (shape.length !== wanted.length || wanted.some((size, axis) => shape[axis] !== size)) throw saeShape(file, name, shape, wanted, d_in, d_sae);
	return toFloat32(await table.read(name));
}
// src/sae/gemma-scope.ts
/**
* @file Gemma Scope: one params.npz per dictionary, and everything else about it in its path (arXiv 2408.05147).
*
* `gemma-scope-2b-pt-res/layer_12/width_16k/average_l0_82/params.npz`: res reads hook_resid_post of the layer, mlp
* hook_mlp_out, att attn.hook_z. Always JumpReLU, b_dec not applied to the input, no normalisation, no centring. Arrays
* W_enc (d_in, d_sae), b_enc, W_dec, b_dec, threshold; older exports write w_enc and w_dec. Left out: `embedding/`
* dictionaries, transcoders, Gemma Scope 2.
*/
const HOOKS = {
	res: "hook_resid_post",
	mlp: "hook_mlp_out",
	att: "attn.hook_z"
};
/** An npz file that the user names outright may be called anything. */
const gemmaScope = {
	weights: (names) => {
		const [only, ...others] = names;
		if (only?.endsWith(".npz") && others.length === 0) return [only];
		return named(names, "params.npz");
	},
	open: open$1
};
async function open$1(config, files, name) {
	const place = placeOf(files, name);
	const hook = chooseHook(config, hookOfPath(`${config.source}/${name}`) ?? hookOfPath(place), place);
	const { size, encoder, b_dec } = await withTensors$1(files, name, async (tensors) => {
		const W = spelling(tensors, "W_enc");
		const size = sizeOf(tensors, W);
		const { d_in, d_sae } = size;
		return {
			size,
			encoder: {
				activatesBy: "feature",
				W_enc: await readShaped(tensors, W, [d_in, d_sae], size),
				b_enc: await readShaped(tensors, "b_enc", [d_sae], size),
				threshold: await readShaped(tensors, "threshold", [d_sae], size)
			},
			b_dec: await readShaped(tensors, "b_dec", [d_in], size)
		};
	});
	return {
		spec: config.source,
		architecture: "jumprelu",
		d_in: size.d_in,
		d_sae: size.d_sae,
		reads: hook,
		predicts: hook,
		applyBDecToInput: false,
		center: config.center ?? false,
		positions: "all",
		neuronpedia: null,
		sha256: await fileSha256(files, name),
		encoder,
		b_dec,
		warnings: [],
		W_dec: () => withTensors$1(files, name, (tensors) => readShaped(tensors, spelling(tensors, "W_dec"), [size.d_sae, size.d_in], size))
	};
}
/** `…gemma-scope-…-res…/layer_12/…` → `blocks.12.hook_resid_post`; null where the path does not say both. */
function hookOfPath(path) {
	const layer = /(?:^|[\\/])layer_(\d{1,4})(?:[\\/]|$)/.exec(path)?.[1];
	const kind = /gemma-scope-[^\\/]*-(res|mlp|att)(?=[-\\/@]|$)/.exec(path)?.[1];
	if (layer === void 0 || kind === void 0) return null;
	return `blocks.${layer}.${HOOKS[kind]}`;
}
function spelling({ table }, name) {
	const lower = name.toLowerCase();
	return !table.entries.has(name) && table.entries.has(lower) ? lower : name;
}
async function withTensors$1(files, name, use) {
	const source = await files.open(name);
	try {
		return await use({
			file: source.name,
			config: "the path",
			table: npzTensors(await openNpz(source))
		});
	} finally {
		await source.close();
	}
}
// src/sae/saelens-keys.ts
const READ = [
	"architecture",
	"d_in",
	"d_sae",
	"activation_fn",
	"activation_fn_str",
	"activation_fn_kwargs",
	"apply_b_dec_to_input",
	"normalize_activations",
	"finetuning_scaling_factor",
	"hook_name",
	"hook_point",
	"hook_head_index",
	"hook_point_head_index",
	"model_from_pretrained_kwargs",
	"exclude_special_tokens",
	"seqpos_slice",
	"neuronpedia_id",
	"metadata"
];
/** About the model, the data and the file; the features are the same without them. */
const ORIGIN = [
	"dtype",
	"device",
	"type",
	"seed",
	"verbose",
	"resume",
	"streaming",
	"context_size",
	"prepend_bos",
	"tokenizer_name",
	"reshape_activations",
	"d_out",
	"k",
	"rescale_acts_by_decoder_norm",
	"uses_scaling_factor",
	"use_error_term",
	"expansion_factor",
	"from_pretrained_path",
	"is_dataset_tokenized",
	"sparsity",
	"release",
	"sae_id",
	"sae",
	"logger",
	"name",
	"id",
	"license",
	"base_model"
];
/** First words of keys that steer training, logging, evaluation and the cache of activations, or name the hook again. */
const BY_FIRST_WORD = /^(?:sae_lens|hook|llm|prefetch|use_chat|model|dataset|disable_concat|sequence_separator|use_cached|cached|use_ghost|total|training|train|finetuning|feature|dead|resample|resampling|l0|l1|l2|lp|lr|mse|aux|pre_act|sparsity|scale_sparsity|jumprelu|topk|batchtopk|matryoshka|adam|optimizer|max_grad|b_dec_init|init|decoder_init|decoder_orthogonal|decoder_heuristic|normalize_sae_decoder|noise|n|num|eval|run|log|wandb|hf|autocast|compile|sae_compilation|compilation|checkpoint|save|output|resume|act_store|activations_mixing|activations_store|store|tokens_per|min|use_sparsity|use_wandb|push_to_hub)(?:_|$)/;
const KNOWN = /* @__PURE__ */ new Set([...READ, ...ORIGIN]);
/** Keys shown in the warning; the others are counted. */
const SHOWN_KEYS = 8;
/** One warning that names the keys which nobody knows; none where all are known. */
function unknownKeyWarnings(file, cfg) {
	const unknown = Object.keys(cfg).filter((key) => !KNOWN.has(key) && !BY_FIRST_WORD.test(key));
	if (unknown.length === 0) return [];
	const shown = unknown.slice(0, SHOWN_KEYS).map((key) => JSON.stringify(key).slice(0, 60));
	const more = unknown.length > SHOWN_KEYS ? ` and ${unknown.length - SHOWN_KEYS} more` : "";
	const [keys, were] = unknown.length === 1 ? ["the key", "is not known and was"] : ["the keys", "are not known and were"];
	return [`${file}: ${keys} ${shown.join(", ")}${more} ${were} ignored`];
}
// src/sae/saelens-config.ts
/**
* @file cfg.json of SAELens, every layout from 2.x to 6.x, as one plain description.
*
* 6.0 moved everything about the model into `metadata`; before it the file is flat, and before 3.0 the hook is called
* `hook_point`. Defaults of old files are those of SAELens' own `handle_config_defaulting`: architecture standard,
* relu, b_dec applied to the input, no normalisation. What changes the features and is not understood is refused by name.
*/
/** Read cfg.json. Errors: SAE_CONFIG_INVALID, SAE_UNSUPPORTED. */
function readSaeLensConfig(file, cfg) {
	const metadata = isJsonObject(cfg.metadata) ? cfg.metadata : {};
	const about = (key) => metadata[key] ?? cfg[key] ?? null;
	if (about("hook_head_index") !== null) throw saeUnsupported(file, "an autoencoder of a single attention head");
	requireRelu(file, cfg);
	return {
		architecture: readArchitecture(file, cfg),
		d_in: size(file, cfg, "d_in"),
		d_sae: size(file, cfg, "d_sae"),
		hook: text(about("hook_name")) ?? text(about("hook_point")),
		applyBDecToInput: flag(file, cfg, "apply_b_dec_to_input", true),
		scaledInput: readNormalisation(file, cfg),
		center: centersWeights(about("model_from_pretrained_kwargs")),
		positions: skipsFirst(about("exclude_special_tokens"), about("seqpos_slice")) ? "skip-first" : "all",
		neuronpedia: text(about("neuronpedia_id")),
		warnings: [...warningsOf(about), ...unknownKeyWarnings(file, cfg)]
	};
}
function readArchitecture(file, cfg) {
	const architecture = cfg.architecture ?? "standard";
	if (architecture === "standard" || architecture === "jumprelu") return architecture;
	throw saeUnsupported(file, `architecture ${JSON.stringify(architecture)}`);
}
/** Before 6.0 the activation was a key of its own, and top-k was an activation. */
function requireRelu(file, cfg) {
	for (const key of ["activation_fn_str", "activation_fn"]) {
		const activation = cfg[key] ?? "relu";
		if (activation !== "relu") throw saeUnsupported(file, `${key} ${JSON.stringify(activation)}`);
	}
}
/** True: the input is scaled by a number that is not in cfg.json. Old files say true and false. */
function readNormalisation(file, cfg) {
	const value = cfg.normalize_activations ?? "none";
	if (value === "none" || value === false) return false;
	if (value === "expected_average_only_in" || value === true) return true;
	throw saeUnsupported(file, `normalize_activations ${JSON.stringify(value)}`);
}
/** Trained on a model whose writing weights were centred: its residual has no mean over d_model. */
function centersWeights(kwargs) {
	return isJsonObject(kwargs) && kwargs.center_writing_weights === true;
}
/** Trained without special tokens (true, or a list of ids), or without position 0 ([start, stop, step]). */
function skipsFirst(excluded, slice) {
	const withoutSpecial = excluded === true || Array.isArray(excluded) && excluded.length > 0;
	const start = Array.isArray(slice) ? slice[0] : null;
	return withoutSpecial || typeof start === "number" && start >= 1;
}
function warningsOf(about) {
	const slice = about("seqpos_slice");
	const [start = null, ...rest] = Array.isArray(slice) ? slice : [];
	if (!(typeof start === "number" && start > 1 || rest.some((bound) => bound !== null && bound !== 1))) return [];
	return [`It was trained on positions ${JSON.stringify(slice)} of each context only; others are counted all the same.`];
}
function size(file, cfg, key) {
	const value = cfg[key] ?? null;
	if (value === null) return null;
	if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
	throw saeConfigInvalid(file, key, JSON.stringify(value).slice(0, 80), "a positive whole number");
}
function flag(file, cfg, key, otherwise) {
	const value = cfg[key] ?? otherwise;
	if (typeof value === "boolean") return value;
	throw saeConfigInvalid(file, key, describeJson(value), "true or false");
}
function text(value) {
	return typeof value === "string" && value !== "" ? value : null;
}
// src/sae/saelens.ts
/**
* @file A SAELens folder: cfg.json beside sae_weights.safetensors.
*
* Tensors: W_enc (d_in, d_sae), b_enc (d_sae), W_dec (d_sae, d_in), b_dec (d_in); JumpReLU adds threshold (d_sae), or
* log_threshold in training checkpoints. `activation_scaler.json` {scaling_factor: s} belongs to training checkpoints
* whose input was scaled by s: it is folded as SAELens does (W_enc · s, W_dec / s, b_dec / s). `scaling_factor` of old
* folders and `finetuning_scaling_factor` rescale decoding only and are folded into W_dec.
*/
const CONFIG = "cfg.json";
const SCALER = "activation_scaler.json";
const WEIGHTS = "sae_weights.safetensors";
/** Releases whose registry entry, not cfg.json, says center_writing_weights (SAELens' pretrained_saes.yaml). */
const CENTERED_RELEASES = /gpt2-small-res-jb|gpt2-small-mlp-tm|GPT2-Small-SAEs-Reformatted|GPT2-Small-Feature-Splitting-Experiment|gpt2-small-mlp-out-saes/i;
const saeLens = {
	weights: (names) => named(names, WEIGHTS),
	open
};
async function open(config, files, weights) {
	const folder = folderOf(weights);
	const place = placeOf(files, folder + CONFIG);
	const cfg = readSaeLensConfig(place, await readJsonObject(files, folder + CONFIG));
	const hook = chooseHook(config, cfg.hook, place);
	const scale = cfg.scaledInput ? await readScale(files, folder) : 1;
	const read = await withTensors(files, weights, (tensors) => readTensors(tensors, cfg, scale));
	return {
		spec: config.source,
		architecture: cfg.architecture,
		...read.size,
		reads: hook,
		predicts: hook,
		applyBDecToInput: cfg.applyBDecToInput,
		center: config.center ?? (cfg.center || CENTERED_RELEASES.test(place)),
		positions: cfg.positions,
		neuronpedia: cfg.neuronpedia,
		sha256: await fileSha256(files, weights),
		encoder: read.encoder,
		b_dec: read.b_dec,
		warnings: cfg.warnings,
		W_dec: () => withTensors(files, weights, (tensors) => readDecoder(tensors, read.size, scale))
	};
}
async function withTensors(files, name, use) {
	const source = await files.open(name);
	try {
		const raw = await openSafetensors(source);
		return await use({
			file: source.name,
			config: CONFIG,
			table: floatTensors(files.spec, raw)
		});
	} finally {
		await source.close();
	}
}
async function readTensors(tensors, cfg, scale) {
	const size = checkSize(tensors, cfg);
	const { d_in, d_sae } = size;
	const W_enc = await readShaped(tensors, "W_enc", [d_in, d_sae], size);
	const b_enc = await readShaped(tensors, "b_enc", [d_sae], size);
	const b_dec = await readShaped(tensors, "b_dec", [d_in], size);
	const threshold = cfg.architecture === "jumprelu" ? await readThreshold(tensors, size) : null;
	multiply(W_enc, scale);
	multiply(b_dec, 1 / scale);
	return {
		size,
		encoder: {
			activatesBy: "feature",
			W_enc,
			b_enc,
			threshold
		},
		b_dec
	};
}
/** The sizes cfg.json gives must be the tensors'. */
function checkSize(tensors, cfg) {
	const size = sizeOf(tensors, "W_enc");
	const wanted = [cfg.d_in ?? size.d_in, cfg.d_sae ?? size.d_sae];
	if (wanted[0] !== size.d_in || wanted[1] !== size.d_sae) throw saeShape(tensors.file, "W_enc", [size.d_in, size.d_sae], wanted, wanted[0], wanted[1]);
	return size;
}
/** θ itself, or its logarithm (training checkpoints of 4.1 to 6.47). */
async function readThreshold(tensors, size) {
	const isLog = !tensors.table.entries.has("threshold") && tensors.table.entries.has("log_threshold");
	const stored = await readShaped(tensors, isLog ? "log_threshold" : "threshold", [size.d_sae], size);
	return isLog ? stored.map(Math.exp) : stored;
}
async function readDecoder(tensors, size, scale) {
	const W_dec = await readShaped(tensors, "W_dec", [size.d_sae, size.d_in], size);
	multiply(W_dec, 1 / scale);
	for (const name of ["finetuning_scaling_factor", "scaling_factor"]) {
		if (!tensors.table.entries.has(name)) continue;
		const factor = await readShaped(tensors, name, [size.d_sae], size);
		for (let f = 0; f < size.d_sae; f++) multiply(W_dec.subarray(f * size.d_in, (f + 1) * size.d_in), factor[f]);
	}
	return W_dec;
}
function multiply(values, factor) {
	if (factor === 1) return;
	for (let i = 0; i < values.length; i++) values[i] *= factor;
}
async function readScale(files, folder) {
	if (!files.has(folder + SCALER)) throw saeScaleMissing(placeOf(files, folder + CONFIG));
	const { scaling_factor: scale } = await readJsonObject(files, folder + SCALER);
	if (typeof scale === "number" && scale > 0 && Number.isFinite(scale)) return scale;
	const found = JSON.stringify(scale ?? null).slice(0, 80);
	throw saeConfigInvalid(placeOf(files, folder + SCALER), "scaling_factor", found, "a positive number");
}
// src/sae/open.ts
/** Adding a layout: one file beside this one, one line here. */
const FORMATS = [saeLens, gemmaScope];
/** A file that gives a format away, and what to call the format. */
const REFUSED = [
	[/(^|\/)sae\.safetensors$/, "a top-k autoencoder of EleutherAI sparsify"],
	[/(^|\/)params\.safetensors$/, "a Gemma Scope 2 dictionary"],
	[/(^|\/)hyperparams\.json$/, "a Llama Scope dictionary"],
	[/\.(pt|pth|pkl|bin)$/, "a PyTorch pickle (reading one can run any code)"]
];
/**
* Open the dictionary in `files`; they must stay open while its `W_dec` is wanted.
* Errors: those of errors/sae.ts, and of reading JSON, safetensors and npz files.
*/
async function openSae(config, files) {
	const found = FORMATS.flatMap((format) => format.weights(files.names).map((weights) => ({
		format,
		weights
	})));
	const [only, ...others] = found;
	if (only === void 0) throw refusal(files);
	if (others.length > 0) throw saeAmbiguous(config.source, found.map(({ weights }) => placeOfWeights(weights)));
	return await only.format.open(config, files, only.weights);
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
// src/audit/run/open-readouts.ts
/** @file SAE specs, opened and checked against the reference. */
/** Open the SAEs and check hook and width against the reference. Errors: the SAE's own. */
async function openReadouts(opening, decoder) {
	const readouts = [];
	const taken = /* @__PURE__ */ new Set();
	for (const sae of opening.config.saes) readouts.push(await openReadout(opening, sae, decoder, taken));
	return readouts;
}
async function openReadout({ config, open }, sae, decoder, taken) {
	const files = await open(sae.source);
	const dictionary = await openSae(sae, files);
	checkDictionary(dictionary, decoder.spec);
	const hook = hookName(dictionary.reads);
	let id = hook;
	for (let n = 2; taken.has(id); n++) id = `${hook}#${n}`;
	taken.add(id);
	return {
		id,
		hook,
		dictionary,
		encoder: {
			d_in: dictionary.d_in,
			W_enc: dictionary.encoder.W_enc,
			bias: encoderBias(dictionary),
			threshold: dictionary.encoder.threshold,
			activatesBy: dictionary.encoder.activatesBy
		},
		center: dictionary.center && (sae.center === true || decoder.spec.norm.kind === "layer"),
		positions: config.positions === "auto" ? dictionary.positions : config.positions,
		decoderNorms: await decoderNorms(dictionary),
		close: () => files.close()
	};
}
// src/audit/subjects/expected.ts
/**
* Every reference, SAE, corpus and candidate is among those that were named; where nothing was named, anything is. A candidate
* that is made of the reference has no digest, so it cannot stand for one that has. Errors: DIGEST_UNEXPECTED, those of reading.
*/
async function requireExpected({ reference, saes, corpus, candidates }, opened) {
	const require = (what, found, expected) => {
		if (expected.length > 0 && (found === null || !expected.includes(found))) throw digestUnexpected(what, found, expected);
	};
	const { checkpoint } = opened.reference;
	if (reference.length > 0) require(`the reference ${checkpoint.spec}`, await checkpoint.sha256(), reference);
	for (const { id, dictionary } of opened.readouts) require(`the SAE of ${id}`, dictionary.sha256, saes);
	require("the corpus, as token ids,", opened.corpusSha256, corpus);
	if (candidates.length === 0) return;
	for (const candidate of opened.candidates) {
		const sha256 = await artifactOf(candidate)?.sha256();
		require(`the candidate ${candidate.spec}`, sha256 ?? null, candidates);
	}
}
// src/compression/prune.ts
/**
* @file Magnitude pruning: the given fraction of a tensor's smallest weights becomes zero (arXiv 2606.03002).
*
* k = ⌊sparsity · n⌋, the product in float64. Ties at the threshold are common in 16-bit formats; the lower row-major
* index goes first. Nothing is sorted: magnitudes of float32 order as their bit patterns do, so two counting passes
* (upper 16 bits, then the lower 15 within one bucket) find the threshold exactly, in 512 KiB beside the weights.
*/
const MAGNITUDE = 2147483647;
const LOW_BITS = 15;
const LOW_MASK = 32767;
const BUCKETS = 65536;
/** How many of n weights are zeroed. */
function prunedCount(count, sparsity) {
	return Math.floor(sparsity * count);
}
/** A copy of the weight with its prunedCount smallest magnitudes set to 0. NaN counts as larger than any number. */
function pruneMagnitude(weight, sparsity) {
	const pruned = weight.slice();
	const zeros = prunedCount(weight.length, sparsity);
	if (zeros === 0) return pruned;
	const bits = new Uint32Array(pruned.buffer, pruned.byteOffset, pruned.length);
	const { threshold, below } = findThreshold(bits, zeros);
	zeroUpTo(bits, threshold, zeros - below);
	return pruned;
}
function findThreshold(bits, zeros) {
	const high = new Uint32Array(BUCKETS);
	for (let i = 0; i < bits.length; i++) high[(bits[i] & MAGNITUDE) >>> LOW_BITS]++;
	const bucket = bucketOf(high, zeros);
	const low = /* @__PURE__ */ new Uint32Array(32768);
	for (let i = 0; i < bits.length; i++) {
		const magnitude = bits[i] & MAGNITUDE;
		if (magnitude >>> LOW_BITS === bucket.index) low[magnitude & LOW_MASK]++;
	}
	const exact = bucketOf(low, zeros - bucket.before);
	return {
		threshold: bucket.index * 2 ** LOW_BITS + exact.index,
		below: bucket.before + exact.before
	};
}
/** The bucket that holds the `rank`-th smallest (1-based), and how many lie in the buckets before it. */
function bucketOf(counts, rank) {
	let index = 0;
	let before = 0;
	while (before + counts[index] < rank) before += counts[index++];
	return {
		index,
		before
	};
}
/** Zero everything below the threshold, and the first `ties` weights that equal it. */
function zeroUpTo(bits, threshold, ties) {
	let left = ties;
	for (let i = 0; i < bits.length; i++) {
		const magnitude = bits[i] & MAGNITUDE;
		if (magnitude > threshold) continue;
		if (magnitude < threshold || left-- > 0) bits[i] = 0;
	}
}
// src/compression/round-to-nearest.ts
/**
* w′, the weight as it comes back from `bits`-bit integers. Layout as given; the input is left alone.
*
* A group that does not divide the inputs leaves a shorter last group with a scale of its own: refusing would make a
* spec depend on every width in the model, and padding with zeros gives the same numbers.
*/
function roundToNearest(weight, channels, rounding) {
	const rows = channelRows(weight, channels);
	const rounded = new Float32Array(rows.length);
	for (const run of runs(rows, channels, rounding)) if (run.scale > 0) dequantizeRun(rows, rounded, run);
	return storedLayout(rounded, channels);
}
/** w′ − float32(w′): what the last rounding took. Its own rounding leaves w′ with 48 bits. Layout as given. */
function roundingRemainder(weight, channels, rounding) {
	const rows = channelRows(weight, channels);
	const remainder = new Float32Array(rows.length);
	for (const { start, end, scale } of runs(rows, channels, rounding)) {
		if (scale === 0) continue;
		for (let i = start; i < end; i++) {
			const exact = nearestInteger(rows[i] / scale) * scale;
			remainder[i] = exact - Math.fround(exact);
		}
	}
	return storedLayout(remainder, channels);
}
/** Scales that one output channel needs. */
function groupsPerChannel(inputs, group) {
	return group === null ? 1 : Math.ceil(inputs / group);
}
/** (out, in) whatever the layout. Columns are transposed once: walking them in place is five times slower. */
function channelRows(weight, channels) {
	if (channels.layout === "out-in") return weight;
	return transpose(weight, channels.in, channels.out, new Float32Array(weight.length));
}
/** (out, in) back in the layout it came from. */
function storedLayout(rows, channels) {
	if (channels.layout === "out-in") return rows;
	return transpose(rows, channels.out, channels.in, new Float32Array(rows.length));
}
/** Side of the squares that `transpose` moves: both of them stay in the first-level cache. */
const TILE = 32;
/** (height, width) → (width, height) */
function transpose(from, height, width, to) {
	for (let top = 0; top < height; top += TILE) {
		const bottom = Math.min(top + TILE, height);
		for (let left = 0; left < width; left += TILE) {
			const right = Math.min(left + TILE, width);
			for (let x = left; x < right; x++) for (let y = top; y < bottom; y++) to[x * height + y] = from[y * width + x];
		}
	}
	return to;
}
/** Every run of (out, in), channel by channel and group by group within a channel. */
function* runs(rows, channels, rounding) {
	const qmax = 2 ** (rounding.bits - 1) - 1;
	const size = rounding.group ?? channels.in;
	for (let channel = 0; channel < channels.out; channel++) {
		const channelEnd = (channel + 1) * channels.in;
		for (let start = channel * channels.in; start < channelEnd; start += size) {
			const end = Math.min(start + size, channelEnd);
			yield {
				start,
				end,
				scale: largestMagnitude(rows, start, end) / qmax
			};
		}
	}
}
function largestMagnitude(rows, start, end) {
	let largest = 0;
	for (let i = start; i < end; i++) {
		const magnitude = Math.abs(rows[i]);
		if (magnitude > largest) largest = magnitude;
	}
	return largest;
}
/**
* Adding and subtracting 1.5 · 2^52 leaves no room for a fraction, so the processor's own round-half-to-even decides:
* exact for |x| < 2^51. Here |x| ≤ qmax · (1 + 2^−52), which is also why the definition's clamp can never bind.
*/
const ROUND_HALF_EVEN = 1.5 * 2 ** 52;
const nearestInteger = (x) => x + ROUND_HALF_EVEN - ROUND_HALF_EVEN;
function dequantizeRun(rows, rounded, { start, end, scale }) {
	for (let i = start; i < end; i++) rounded[i] = nearestInteger(rows[i] / scale) * scale;
}
/** As it comes back from its compressed form, float32. Errors: COMPRESSION_SHAPE_MISMATCH. */
function compressTensor(target, tensor, how) {
	const weight = matrixOf(target, tensor);
	const data = how.method === "rtn" ? roundToNearest(weight, target.channels, how) : pruneMagnitude(weight, how.sparsity);
	return {
		type: "float32",
		shape: tensor.shape,
		data
	};
}
/** What float32 takes from the rounded values: with it they add up to what the rounding says. */
function remainderOf(target, tensor, rounding) {
	if (rounding.method === "prune") return null;
	const data = roundingRemainder(matrixOf(target, tensor), target.channels, rounding);
	return {
		type: "float32",
		shape: tensor.shape,
		data
	};
}
/** Scales that a rounded matrix needs. */
function scaleCount(channels, group) {
	return channels.out * groupsPerChannel(channels.in, group);
}
/** Bytes: integers and scales of a rounded matrix; of a pruned one those of `dense`, since what zeros save depends on the format. */
function compressedBytes(channels, dense, how) {
	if (how.method === "prune") return dense.byteLength;
	const bits = how.bits * channels.out * channels.in + 16 * scaleCount(channels, how.group);
	return Math.ceil(bits / 8);
}
/** Weights, their shape checked. Errors: COMPRESSION_SHAPE_MISMATCH. */
function matrixOf({ name, channels }, tensor) {
	const expected = channels.layout === "out-in" ? [channels.out, channels.in] : [channels.in, channels.out];
	if (tensor.shape.length !== 2 || tensor.shape[0] !== expected[0] || tensor.shape[1] !== expected[1]) throw compressionShapeMismatch(name, tensor.shape, expected);
	return toFloat32(tensor);
}
// src/compression/plan-table.ts
/** The tensors of a plan. Closing it closes no store. Errors on read: COMPRESSION_SHAPE_MISMATCH, the stores' own. */
function planTensors(plan) {
	return {
		entries: new Map([...plan.sources].map(([name, source]) => [name, entryOf(name, source)])),
		read: async (name) => await read(name, sourceOf(plan, name)),
		close: async () => {}
	};
}
/**
* What float32 took from rounded tensors, for runs in float64: these and the plan's tensors add up to what the plan says. It holds
* rounded tensors only. Null: nothing was taken.
*/
function planRemainder(plan) {
	const rounded = [...plan.sources].filter(([, source]) => isRounded(source));
	if (rounded.length === 0) return null;
	return {
		entries: new Map(rounded.map(([name, source]) => [name, entryOf(name, source)])),
		read: async (name) => {
			const source = sourceOf(plan, name);
			if (!isRounded(source)) throw new RangeError(`${name} has no remainder`);
			const { of, channels, how } = source;
			const remainder = remainderOf({
				name,
				channels
			}, await read(name, of), how);
			if (remainder === null) throw new RangeError(`${name} has no remainder`);
			return remainder;
		},
		close: async () => {}
	};
}
function isRounded(source) {
	return source.kind === "compressed" && source.how.method === "rtn";
}
function sourceOf(plan, name) {
	const source = plan.sources.get(name);
	if (source === void 0) throw new RangeError(`the plan has no ${name}`);
	return source;
}
async function read(name, source) {
	switch (source.kind) {
		case "stored": return await source.store.table.read(source.tensor);
		case "compressed": return compressTensor({
			name,
			channels: source.channels
		}, await read(name, source.of), source.how);
		case "joint": {
			const inputs = [];
			for (const of of source.of) inputs.push(await read(name, of));
			return {
				type: "float32",
				shape: source.shape,
				data: source.make(inputs)
			};
		}
	}
}
function entryOf(name, source) {
	switch (source.kind) {
		case "stored": {
			const entry = source.store.table.entries.get(source.tensor);
			if (entry === void 0) throw new RangeError(`${source.store.name} has no ${source.tensor}`);
			return {
				...entry,
				name
			};
		}
		case "compressed": {
			const dense = entryOf(name, source.of);
			const { channels, how } = source;
			return {
				...dense,
				storedAs: compressionText(how),
				byteLength: compressedBytes(channels, dense, how)
			};
		}
		case "joint": {
			const { shape } = source;
			return {
				name,
				shape,
				storedAs: "F32",
				byteLength: 4 * shape.reduce((product, size) => product * size, 1)
			};
		}
	}
}
// src/audit/subjects/model.ts
/** @file A model as the audit knows it before anything of it is loaded: described and checked, its tensors not yet read. */
/** Describe a checkpoint and check every tensor the decoder needs. `length`: longest sequence that will be run. */
function describeModel(checkpoint, length, activations) {
	const decoder = decoderOf(checkpoint, length);
	requireMemory(checkpoint.spec, decoder.weights, checkpoint.tensors, availableMemory());
	const plan = storedPlan({
		name: checkpoint.spec,
		table: checkpoint.tensors
	});
	return {
		name: checkpoint.spec,
		decoder,
		plan,
		tensors: planTensors(plan),
		remainder: null,
		unpackFrom: checkpoint.packed === null && checkpoint.gguf === null ? null : localPlace(checkpoint),
		activations: activations === "simulate" ? activationsByWeight(checkpoint) : /* @__PURE__ */ new Map(),
		basis: null,
		warnings: decoder.warnings
	};
}
/**
* The path by which another thread can open the same checkpoint; null where a path alone does not say which files are
* meant: parts of a split GGUF, files of the Hub. Those are decoded in place.
*/
function localPlace({ files, gguf, revision }) {
	if (revision !== null) return null;
	if (gguf !== null) return files.names.length === 1 ? files.localPath(present(files.names[0])) : null;
	const config = files.localPath("config.json");
	return config === null ? null : dirname(config);
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
		parameters
	};
	if (how.method === "prune") return {
		method: "prune",
		bits: null,
		sparsity: how.sparsity,
		...counted
	};
	const scales = sides.reduce((sum, side) => sum + scaleCount(side, how.group), 0);
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
// src/audit/subjects/same-rotary.ts
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
// src/audit/subjects/same-model.ts
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
		const { heads, kvHeads, headSize, qkNorm } = attention;
		return [
			layout,
			heads,
			kvHeads,
			headSize,
			qkNorm,
			mlp.gated,
			mlp.activation,
			mlp.size
		];
	});
	const norms = weights.blocks.map((w) => [
		w.preAttention,
		w.postAttention,
		w.preMlp,
		w.postMlp
	].map(Boolean));
	return JSON.stringify([
		spec.norm.kind,
		spec.norm.gainOffset,
		spec.embeddingScale,
		block,
		norms
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
	compare("logit soft-cap", theirs.logitSoftcap, ours.logitSoftcap);
	for (const [layer, block] of theirs.blocks.entries()) {
		const other = ours.blocks[layer];
		if (other !== void 0) compareBlocks(block, other, length, compare);
	}
	return [...differences].map(([what, how]) => `its config differs from the reference's: ${what} is ${how}; it was run with its own`);
}
function compareBlocks(candidate, reference, length, compare) {
	const [a, b] = [candidate.attention, reference.attention];
	const window = (w) => w === null || w >= length ? null : w;
	compare("attention scale", a.scale, b.scale);
	compare("attention soft-cap", a.softcap, b.softcap);
	compare("attention window", window(a.window), window(b.window));
	compare("activation function", candidate.mlp.activation, reference.mlp.activation);
	compare("MLP width", candidate.mlp.size, reference.mlp.size);
	for (const { what, found, expected } of rotaryDifferences(a.rotary, b.rotary, same)) compare(what, found, expected);
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
		for (const spec of opening.config.candidates) {
			const how = parseCompression(spec);
			const named = {
				spec,
				name: uniqueName(spec, taken)
			};
			candidates.push(how === null ? await openArtifact(opening, reference, named) : derived(named, reference, how));
		}
	} catch (error) {
		await closeCandidates(candidates);
		throw error;
	}
	return candidates;
}
function derived({ name, spec }, reference, how) {
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
		compression: describeCompression(how, targets)
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
	const safe = (spec.startsWith("rtn:") || spec.startsWith("prune:") ? spec : basename(spec.replace(/[\\/]+$/, ""))).replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+/, "").slice(0, LONGEST_NAME) || "candidate";
	let name = safe;
	for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${safe}-${n}`;
	taken.add(name.toLowerCase());
	return name;
}
// src/audit/subjects/pinning.ts
/** A branch or tag of the Hub moves when its owner says so; a commit does not. */
function pinWarnings({ reference, saes, corpus, tokenizer }) {
	const named = [
		reference,
		...saes.map(({ source }) => source),
		corpus.source,
		...tokenizer === null ? [] : [tokenizer]
	];
	const moving = [...new Set(named)].filter((spec) => isHubSpec(spec) && !COMMIT.test(parseHubSpec(spec).revision));
	if (moving.length === 0) return [];
	return [`${moving.join(", ")}: not pinned to a commit, so the next audit may measure against another one, and its figures are then not comparable with these; write hf:owner/name@COMMIT (the commit that was used is in the report)`];
}
// src/corpus/vocabulary.ts
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
	const { model, added_tokens: added } = await readJsonObject(files, name);
	return vocabularyOf([...modelEntries(isJsonObject(model) ? model.vocab : void 0), ...addedEntries(added)]);
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
/** {token: id}, or [[token, score], …] of Unigram models. */
function modelEntries(vocab) {
	if (isJsonObject(vocab)) return Object.entries(vocab).flatMap(([token, id]) => typeof id === "number" ? [[token, id]] : []);
	return (Array.isArray(vocab) ? vocab : []).flatMap((entry, id) => {
		const token = Array.isArray(entry) ? entry[0] : void 0;
		return typeof token === "string" ? [[token, id]] : [];
	});
}
function addedEntries(added) {
	return (Array.isArray(added) ? added : []).flatMap((token) => isJsonObject(token) && typeof token.content === "string" && typeof token.id === "number" ? [[token.content, token.id]] : []);
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
// src/audit/subjects/same-tokens.ts
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
// src/audit/measure.ts
/**
* @file One audit from specs to figures: reference once, then candidates in rounds. Nothing is judged here.
*
*     open everything and check it  →  capture the reference  →  SAEs over the reference
*     →  per round: capture each candidate, then losses and features of the whole round beside the reference
*
* A round shares the reference's logits and activations, so a second candidate costs little more than its own forward
* pass. Only one model is in the engine at a time.
*/
/** Run an audit. Errors: every expected failure is a SaegateError; nothing is written. */
async function measure(config, host) {
	const open = sourceOpener(process.env, host.onProgress);
	const files = await open(config.reference);
	try {
		return await measureFrom(files, {
			config,
			open
		}, host);
	} finally {
		await files.close();
	}
}
async function measureFrom(files, opening, host) {
	const { config } = opening;
	const started = host.seconds();
	const checkpoint = await openCheckpoint(config.reference, files);
	try {
		const reference = {
			checkpoint,
			model: describeModel(checkpoint, longestSequence(config), config.activations)
		};
		const results = await measureModels(opening, reference, host);
		await host.keepSums?.(await gatherSums(reference, results, host));
		return await assemble(reference, results, {
			elapsedSeconds: host.seconds() - started,
			createdAt: host.now(),
			toolVersion: host.toolVersion
		});
	} finally {
		await checkpoint.close();
	}
}
async function measureModels(opening, reference, host) {
	const { config } = opening;
	const { model } = reference;
	const readouts = await openReadouts(opening, model.decoder);
	try {
		const candidates = await openCandidates(opening, model);
		try {
			await refuseReference(reference, candidates);
			const tokens = await openTokens(opening, reference);
			const subjects = {
				reference: model,
				readouts,
				candidates,
				tokens
			};
			checkCandidates(config, subjects);
			await compareTokens(opening, reference, candidates, tokens.sequences.ids);
			const corpusSha256 = tokens.sequences.sha256;
			await requireExpected(config.expected ?? ANYTHING, {
				reference,
				readouts,
				candidates,
				corpusSha256
			});
			if (host.baseline !== null) {
				const sha256 = await reference.checkpoint.sha256();
				requireComparable(comparable(config, subjects, sha256), host.baseline);
			}
			return await measureOpened(config, subjects, host);
		} finally {
			await closeCandidates(candidates);
		}
	} finally {
		for (const readout of readouts) await readout.close();
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
		if (candidate.kind === "onnx") checkUserModel(candidate.user, hooksOf(readouts), reference, config);
	}
}
/** What the report will say of these, as far as a baseline has to agree with it. */
function comparable({ thresholds }, { readouts, tokens: { sequences, groupStarts } }, reference) {
	return {
		reference: { sha256: reference },
		corpus: {
			sha256: sequences.sha256,
			blockLength: sequences.blockLength,
			groups: groupStarts.length - 1,
			bos: sequences.bos,
			resampling: RESAMPLING_METHOD
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
async function measureOpened(config, { reference, readouts, candidates, tokens }, host) {
	const run = {
		config,
		device: await chooseDevice(config.device, config.threads, storedType(reference)),
		memory: { bytesLeft: config.memoryBytes },
		work: new Work(auditCost(reference.decoder, readouts, tokens, candidates.length), host.onProgress),
		tokens,
		readouts
	};
	const capture = await captureModel(run, "reference", reference);
	try {
		const captured = {
			model: reference,
			capture,
			unembedding: await loadUnembedding(reference, run.device)
		};
		const seen = [];
		for (const readout of readouts) seen.push(await seeReference(run, captured, readout));
		const measured = {
			captured,
			readouts: seen
		};
		const notes = config.nullCheck ? [await checkNull(run, measured)] : [];
		return {
			run,
			readouts: seen,
			candidates: await measureRounds(run, measured, candidates),
			warnings: [
				...pinWarnings(config),
				...reference.warnings,
				...readouts.flatMap(({ dictionary }) => dictionary.warnings),
				...seen.flatMap((one) => one.warnings),
				...groupWarnings(tokens),
				...tapWarnings(config, candidates)
			],
			notes
		};
	} finally {
		await closeCapture(capture);
	}
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
	if (document === null || document * groups <= tokens) return [];
	return [`a document of this text is ${Math.round(document)} tokens long as a token sees it, a group of ${groups} ${Math.round(tokens / groups)}: groups share documents, and intervals are too narrow; use more text (--tokens)`];
}
/** What the reference's weights are stored as, as far as it matters for the choice of a device. */
function storedType({ tensors, decoder }) {
	const storedAs = tensors.entries.get(decoder.weights.unembedding.weight.tensor)?.storedAs;
	if (storedAs === "BF16") return "bfloat16";
	return storedAs === "F32" ? "float32" : "float16";
}
// src/engine/main.ts
function serveEngine(port) {
	serve(port, { answer: async ({ config, baseline, toolVersion }, onProgress) => await measure(config, {
		onProgress,
		seconds: () => performance.now() / 1e3,
		now: () => (/* @__PURE__ */ new Date()).toISOString(),
		toolVersion,
		baseline
	}) });
}
export { serveEngine };
