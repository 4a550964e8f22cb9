import { t as SaegateError } from "./shared-problem.js";
import { r as activationsInWords, t as decoderOf } from "./shared-decoder.js";
// src/audit/subjects/inspection.ts
function inspectCheckpoint(checkpoint) {
	const entries = [...checkpoint.tensors.entries.values()];
	const { model_type: family } = checkpoint.config;
	return {
		spec: checkpoint.spec,
		revision: checkpoint.revision,
		format: checkpoint.gguf === null ? "safetensors" : "gguf",
		family: typeof family === "string" ? family : "unknown",
		parameters: checkpoint.parameters,
		bytes: entries.reduce((sum, { byteLength }) => sum + byteLength, 0),
		storedAs: checkpoint.storedAs,
		types: typeCounts(entries),
		quantization: quantizationOf(checkpoint),
		unquantized: checkpoint.packed?.unquantized ?? (checkpoint.gguf === null ? [] : plainOfGguf(entries)),
		...decoderIn(checkpoint)
	};
}
function typeCounts(entries) {
	const counts = /* @__PURE__ */ new Map();
	for (const { storedAs: type, shape, byteLength } of entries) {
		const { tensors, parameters, bytes } = counts.get(type) ?? {
			tensors: 0,
			parameters: 0,
			bytes: 0
		};
		const values = shape.reduce((product, size) => product * size, 1);
		counts.set(type, {
			type,
			tensors: tensors + 1,
			parameters: parameters + values,
			bytes: bytes + byteLength
		});
	}
	return [...counts.values()].sort((a, b) => b.bytes - a.bytes || (a.type < b.type ? -1 : 1));
}
function quantizationOf(checkpoint) {
	const { packed, gguf } = checkpoint;
	if (packed !== null) {
		const { bits, groupSize, tensors, parameters } = packed.describe;
		const activations = activationsInWords(checkpoint, "simulate");
		const group = {
			groupSize: groupSize ?? null,
			tensors,
			parameters
		};
		return {
			method: packed.method,
			bits,
			...group,
			activations,
			rotation: packed.rotation
		};
	}
	if (gguf === null || [...gguf.types.keys()].every(isPlain)) return null;
	return {
		...gguf.describe,
		groupSize: null,
		activations: null,
		rotation: null
	};
}
/** ggml's names; a file of these alone is not quantized. */
const isPlain = (type) => type === "F32" || type === "F16" || type === "BF16";
function plainOfGguf(entries) {
	const matrices = entries.filter(({ shape }) => shape.length === 2);
	const plain = matrices.filter(({ storedAs }) => isPlain(storedAs));
	if (plain.length === matrices.length) return [];
	return plain.map(({ name }) => name.replace(/\.weight$/, ""));
}
function decoderIn(checkpoint) {
	try {
		const { spec, weights, warnings } = decoderOf(checkpoint, 1);
		return {
			decoder: {
				blocks: spec.blocks.length,
				width: spec.d_model,
				vocabulary: spec.n_vocab,
				maxPositions: spec.maxPositions,
				tiedEmbeddings: weights.unembedding.weight.tensor === weights.embedding.tensor
			},
			problem: null,
			fix: null,
			warnings
		};
	} catch (error) {
		if (!(error instanceof SaegateError)) throw error;
		return {
			decoder: null,
			problem: error.message,
			fix: error.fix,
			warnings: checkpoint.warnings
		};
	}
}
export { inspectCheckpoint };
