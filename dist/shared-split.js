import { i as problem } from "./shared-problem.js";
// src/errors/gguf.ts
/** @file What can go wrong with a GGUF file: its container, its split parts, its tensor types, its metadata and its tokenizer. */
const fetchAgain = "Download or convert the file again; a truncated download is the usual cause.";
const notGguf = problem("GGUF_NOT_GGUF", 2, (file, reason) => ({
	message: `${file} is not a GGUF file that can be read: ${reason}.`,
	fix: "Check the path. Files of GGUF version 1, GGML, GGJT and big-endian files must be converted again with a current llama.cpp."
}));
/** A count, length, alignment or nesting beyond what any real file has. */
const ggufLimit = problem("GGUF_LIMIT_EXCEEDED", 2, (file, what, found, limit) => ({
	message: `${file}: ${what} is ${found}; at most ${limit} is allowed.`,
	fix: fetchAgain
}));
/** The header or a tensor ends beyond the end of the file. */
const ggufTruncated = problem("GGUF_TRUNCATED", 2, (file, what, end, byteLength) => ({
	message: `${file}: ${what} would end at byte ${end}, but the file has ${byteLength} bytes.`,
	fix: fetchAgain
}));
const ggufMalformed = problem("GGUF_MALFORMED", 2, (file, what, reason) => ({
	message: `${file}: ${what} ${reason}.`,
	fix: fetchAgain
}));
const ggufTypeUnsupported = problem("GGUF_TYPE_UNSUPPORTED", 2, (file, tensor, type, supported) => ({
	message: `${file}: tensor "${tensor}" is stored as ${type}, which cannot be decoded. Supported: ${supported.join(", ")}.`,
	fix: "Quantize the model to one of the supported types."
}));
const ggufSplitWrong = problem("GGUF_SPLIT_WRONG", 2, (file, reason) => ({
	message: `${file}: the split file cannot be put together: ${reason}.`,
	fix: "Put all parts (name-00001-of-0000N.gguf) of one conversion in one folder and name the first."
}));
const ggufArchitectureUnknown = problem("GGUF_ARCHITECTURE_UNKNOWN", 2, (file, architecture, known) => ({
	message: `${file}: general.architecture is "${architecture}"; known are ${known.join(", ")}.`,
	fix: "Give the model as a Hugging Face folder or as ONNX, or use a GGUF of a known architecture."
}));
const ggufKeyMissing = problem("GGUF_KEY_MISSING", 2, (file, key) => ({
	message: `${file}: the metadata key "${key}" is missing.`,
	fix: "Convert the model again with a current llama.cpp."
}));
const ggufKeyInvalid = problem("GGUF_KEY_INVALID", 2, (file, key, found, allowed) => ({
	message: `${file}: the metadata key "${key}" is ${found}; it must be ${allowed}.`,
	fix: "Convert the model again with a current llama.cpp."
}));
/** The model uses something that its Hugging Face form, or this program, has no words for. */
const ggufModelUnsupported = problem("GGUF_MODEL_UNSUPPORTED", 2, (file, reason) => ({
	message: `${file}: this model cannot be brought to its Hugging Face form: ${reason}.`,
	fix: "Give the model as a Hugging Face folder instead."
}));
const ggufTensorUnknown = problem("GGUF_TENSOR_UNKNOWN", 2, (file, tensor, architecture) => ({
	message: `${file}: tensor "${tensor}" has no place in the architecture "${architecture}".`,
	fix: "The file holds a variant (experts, adapters, another head) that is not supported. Use the plain dense model."
}));
const ggufShapeWrong = problem("GGUF_SHAPE_WRONG", 2, (file, tensor, shape, expected) => ({
	message: `${file}: tensor "${tensor}" has shape (${shape.join(", ")}); ${expected}.`,
	fix: fetchAgain
}));
const ggufTokenizerUnsupported = problem("GGUF_TOKENIZER_UNSUPPORTED", 2, (file, reason) => ({
	message: `${file}: no tokenizer can be built from its metadata: ${reason}.`,
	fix: "Pass the tokenizer of the original model with --tokenizer."
}));
// src/checkpoints/gguf/split.ts
/**
* @file Models split over several GGUF files, as llama.cpp's gguf-split writes them.
*
* Each part is a GGUF file with its own tensors and the keys split.no (0-based), split.count and split.tensors.count;
* the model's metadata stands in part 0. Names end in `-00001-of-0000N.gguf`.
*/
/** All parts that belong with a file name, in order; the name alone when it is not one of a split. */
function ggufPartNames(name) {
	const match = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/s.exec(name);
	const stem = match?.[1];
	const count = Number(match?.[3]);
	if (stem === void 0 || count < 1 || Number(match?.[2]) < 1 || Number(match?.[2]) > count) return [name];
	return Array.from({ length: count }, (_, i) => `${stem}-${padded(i + 1)}-of-${padded(count)}.gguf`);
}
const padded = (number) => String(number).padStart(5, "0");
/** The parts as one file: the metadata of part 0, the tensors of all. Errors: GGUF_SPLIT_WRONG, GGUF_MALFORMED. */
function joinParts(parts) {
	const ordered = [...parts].sort((a, b) => partNumber(a) - partNumber(b));
	const [first] = ordered;
	if (first === void 0) throw new RangeError("joinParts needs at least one file");
	const count = first.metadata.get("split.count") ?? 1;
	if (parts.length === 1 && (count === 1 || count === 0)) return first;
	for (const [i, part] of ordered.entries()) {
		const found = part.metadata.get("split.count");
		if (found !== parts.length) throw ggufSplitWrong(part.source.name, `split.count is ${shown(found)}, but ${parts.length} parts are given`);
		if (partNumber(part) !== i) throw ggufSplitWrong(part.source.name, `part ${i + 1} of ${parts.length} is missing or another is given twice`);
	}
	return {
		...first,
		tensors: joinTensors(ordered, first)
	};
}
function joinTensors(parts, first) {
	const tensors = /* @__PURE__ */ new Map();
	for (const part of parts) for (const [name, tensor] of part.tensors) {
		if (tensors.has(name)) throw ggufMalformed(part.source.name, `tensor "${name}"`, "is in another part as well");
		tensors.set(name, tensor);
	}
	const promised = first.metadata.get("split.tensors.count");
	if (promised !== void 0 && promised !== tensors.size) {
		const reason = `split.tensors.count is ${shown(promised)}, but the parts hold ${tensors.size} tensors`;
		throw ggufSplitWrong(first.source.name, reason);
	}
	return tensors;
}
function partNumber(file) {
	const number = file.metadata.get("split.no");
	return typeof number === "number" ? number : 0;
}
const shown = (value) => value === void 0 ? "missing" : String(value).slice(0, 40);
export { ggufKeyMissing as a, ggufModelUnsupported as c, ggufTokenizerUnsupported as d, ggufTruncated as f, ggufKeyInvalid as i, ggufShapeWrong as l, notGguf as m, joinParts as n, ggufLimit as o, ggufTypeUnsupported as p, ggufArchitectureUnknown as r, ggufMalformed as s, ggufPartNames as t, ggufTensorUnknown as u };
