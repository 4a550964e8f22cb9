import { i as problem } from "./shared-problem.js";
import { i as widenFloat16, r as widenBfloat16 } from "./shared-float16.js";
// src/errors/checkpoints.ts
/** @file What can be wrong with a checkpoint: its folder, its container format, one of its tensors. */
const shown = (shape) => `[${shape.join(", ")}]`;
const safetensorsMalformed = problem("SAFETENSORS_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a valid safetensors file: ${reason}.`,
	fix: "Fetch the file again; if it stays the same, whoever wrote it has to write it anew."
}));
/** `config`: what said that there would be such a tensor. */
const tensorMissing = problem("TENSOR_MISSING", 2, (checkpoint, tensor, config = "config.json") => ({
	message: `${checkpoint} has no tensor "${tensor}".`,
	fix: `Check that ${config} belongs to these weights and that the file is complete.`
}));
const tensorNotFloat = problem("TENSOR_NOT_FLOAT", 2, (file, tensor, dtype) => ({
	message: `${file}: tensor "${tensor}" is stored as ${dtype}, which is not a floating-point weight by itself.`,
	fix: "If the model is quantized, its config.json must say how (quantization_config)."
}));
const tensorNotFinite = problem("TENSOR_NOT_FINITE", 2, (file, tensor, value, index) => ({
	message: `${file}: tensor "${tensor}" has ${value} at ${shown(index)}.`,
	fix: "Weights must be finite numbers, and below 2^60, so that their products are. Write the checkpoint again; overflow while converting is the usual cause."
}));
const indexMalformed = problem("SHARD_INDEX_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a usable index of shards: ${reason}.`,
	fix: "Fetch the index again from where the checkpoint came from."
}));
const shardMissing = problem("SHARD_MISSING", 2, (index, shard, tensors) => ({
	message: `${index} names the shard "${shard}" for ${tensors} tensors, but the file is not there.`,
	fix: "Download the missing shard into the same folder."
}));
const partMissing = problem("PART_MISSING", 2, (file, part, parts) => ({
	message: `${file} is one of ${parts} parts of a model, but "${part}" is not beside it.`,
	fix: "Download all parts into one folder, and name that folder."
}));
const tensorNotInShard = problem("TENSOR_NOT_IN_SHARD", 2, (index, tensor, shard) => ({
	message: `${index} says that tensor "${tensor}" is in "${shard}", but that file does not have it.`,
	fix: "The index and the shards are of different versions. Fetch all of them again."
}));
const npyMalformed = problem("NPY_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a usable .npy array: ${reason}.`,
	fix: "Write it again, for example with numpy.save(file, a) and a little-endian dtype of numbers."
}));
const npzMalformed = problem("NPZ_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a usable .npz archive: ${reason}.`,
	fix: "Fetch it again, or write it again with numpy.savez."
}));
/** `deeper`: folders inside that hold one. */
const noConfig = problem("NO_CONFIG", 2, (spec, deeper) => ({
	message: `${spec} has no config.json, so nothing says what model the weights make${deeper.length === 0 ? "" : `; there is one in ${deeper.slice(0, 8).join(", ")}${deeper.length > 8 ? ", …" : ""}`}.`,
	fix: deeper.length === 0 ? "Name the Hugging Face folder that holds config.json, tokenizer.json and the *.safetensors files." : `Name that folder: ${spec.replace(/\/+$/, "")}/${deeper[0]}.`
}));
const noWeights = problem("NO_WEIGHTS", 2, (spec, found) => ({
	message: `${spec} has no weights that can be read (*.safetensors, *.gguf)${found.length ? `; it has ${found.slice(0, 8).join(", ")}` : ""}.`,
	fix: "Check that the download is complete, and that the spec names the folder with the weights."
}));
const pickleRefused = problem("PICKLE_REFUSED", 2, (spec, file) => ({
	message: `${spec} has its weights only as ${file}, a Python pickle: reading one can run any code, so it is never done.`,
	fix: "Convert it once where Python is at hand: AutoModelForCausalLM.from_pretrained(folder).save_pretrained(out, safe_serialization=True)."
}));
const adapterOnly = problem("ADAPTER_ONLY", 2, (spec, sign) => ({
	message: `${spec} holds an adapter (${sign}), not a whole model.`,
	fix: "Merge the adapter into its base model, save the result, and audit that."
}));
const adapterUnmerged = problem("ADAPTER_UNMERGED", 2, (spec, tensor) => ({
	message: `${spec} stores an adapter beside the weights ("${tensor}"), which are not the model's without it.`,
	fix: "Merge the adapter into the weights (PEFT: merge_and_unload), save the result, and audit that folder."
}));
const severalWeights = problem("WEIGHTS_AMBIGUOUS", 2, (spec, files) => ({
	message: `${spec} has several weight files and no index that says which belong together: ${files.slice(0, 8).join(", ")}.`,
	fix: "Add model.safetensors.index.json, or name a folder with one checkpoint only."
}));
const notACheckpoint = problem("NOT_A_CHECKPOINT", 2, (spec, name) => ({
	message: `${spec}: "${name}" is not a checkpoint that can be read.`,
	fix: "Name a Hugging Face folder (config.json and *.safetensors), or a .gguf file."
}));
// src/numbers/finite.ts
/**
* @file Where an array stops being finite: a test of exponent bits, quick enough to run on every weight that is read.
*
* A value is NaN or infinite exactly when all its exponent bits are set, and at least 2^e in size exactly when they are
* those of 2^e or more. Adding what is missing from there to the sign's place carries into it, so a whole run of values
* is tested by OR-ing the sums, without a branch per value; 16-bit patterns go two at a time. Only a run that fails is
* searched.
*/
/**
* Weights of this size and more are as useless as infinities: two of them overflow float32 when they are multiplied. The
* largest of real models are below 10⁴.
*/
const LARGEST_WEIGHT = 2 ** 60;
const FLOAT32_LARGEST = 187 << 23;
const BFLOAT16_LARGEST = 23936;
const FLOAT32_EXPONENT = 2139095040;
const FLOAT16_EXPONENT = 31744;
const BFLOAT16_EXPONENT = 32640;
/** Words tested between two looks at the result; keeps the search after a hit short. */
const RUN = 4096;
/** Index of the first NaN or infinity, or -1. */
function firstNonFinite(values) {
	return firstFrom(values, FLOAT32_EXPONENT, (x) => !Number.isFinite(x));
}
/** Index of the first value that no weight may have: NaN, infinite, or 2^60 and more in size; or -1. */
function firstUnusable(values) {
	return firstFrom(values, FLOAT32_LARGEST, (x) => !(Math.abs(x) < LARGEST_WEIGHT));
}
/** `least`: exponent bits from which on a value is bad. */
function firstFrom(values, least, isBad) {
	const missing = 2147483648 - least;
	const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
	for (let start = 0; start < bits.length; start += RUN) {
		const end = Math.min(start + RUN, bits.length);
		let carried = 0;
		for (let i = start; i < end; i++) carried |= (bits[i] & FLOAT32_EXPONENT) + missing;
		if (carried < 0) return start + values.subarray(start, end).findIndex(isBad);
	}
	return -1;
}
/** The same among 16-bit patterns; no finite float16 is that large. */
function firstUnusable16(patterns, type) {
	const exponent = type === "float16" ? FLOAT16_EXPONENT : BFLOAT16_EXPONENT;
	const least = type === "float16" ? FLOAT16_EXPONENT : BFLOAT16_LARGEST;
	const isBad = (pattern) => (pattern & exponent) >= least;
	if (patterns.length === 0) return -1;
	const head = patterns.byteOffset % 4 === 0 ? 0 : 1;
	if (head === 1 && isBad(patterns[0])) return 0;
	const pairCount = patterns.length - head >> 1;
	const run = firstBadRun(new Int32Array(patterns.buffer, patterns.byteOffset + 2 * head, pairCount), exponent, least);
	const start = head + 2 * (run ?? pairCount);
	const at = patterns.subarray(start, run === null ? patterns.length : start + 2 * RUN).findIndex(isBad);
	return at < 0 ? -1 : start + at;
}
/** First pair of the first run of pairs that has a value which is bad, or null. */
function firstBadRun(pairs, exponent, least) {
	const mask = exponent | exponent << 16;
	const missing = 32768 - least;
	const step = missing | missing << 16;
	for (let start = 0; start < pairs.length; start += RUN) {
		const end = Math.min(start + RUN, pairs.length);
		let carried = 0;
		for (let i = start; i < end; i++) carried |= (pairs[i] & mask) + step | 0;
		if ((carried & 2147516416) !== 0) return start;
	}
	return null;
}
// src/numbers/half.ts
/** @file Values of any of the three float types as float32, exactly: every float16 and bfloat16 is a float32. */
/** Values as float32: the same array when they are already, a new one otherwise. */
function toFloat32(values) {
	if (values.type === "float32") return values.data;
	const wide = new Float32Array(values.data.length);
	if (values.type === "float16") widenFloat16(values.data, wide);
	else widenBfloat16(values.data, wide);
	return wide;
}
export { shardMissing as _, adapterOnly as a, tensorNotFloat as b, noConfig as c, npyMalformed as d, npzMalformed as f, severalWeights as g, safetensorsMalformed as h, firstUnusable16 as i, noWeights as l, pickleRefused as m, firstNonFinite as n, adapterUnmerged as o, partMissing as p, firstUnusable as r, indexMalformed as s, toFloat32 as t, notACheckpoint as u, tensorMissing as v, tensorNotInShard as x, tensorNotFinite as y };
