import { A as part, E as INTEGERS, L as requireShape, M as readNumbers, N as readPart, O as matrixShape, P as readScalar, U as packedUnsupported, a as dequantizeBytes, j as partBytes, k as optionalPart } from "./shared-modules.js";
import { a as INT8 } from "./shared-levels.js";
// src/checkpoints/packed/methods/llm-int8.ts
/** Adds the names of the tensors to `parts`. Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
async function llmInt8Weight(raw, module, parts) {
	const weight = part(raw, `${module}.weight`, ["I8"], `"${module}.SCB" is there`);
	const scale = part(raw, `${module}.SCB`, ["F32"], `"${weight.name}" cannot be decoded without it`);
	const [N, K] = matrixShape(weight);
	requireShape(scale, [N]);
	const format = optionalPart(raw, `${module}.weight_format`, INTEGERS);
	if (format !== null && await readScalar(raw, format) !== 0) throw packedUnsupported("LLM.int8() in a tiled layout", format.name, "Save the model on a machine with a current bitsandbytes, which stores weights row by row.");
	const tensors = [
		weight,
		scale,
		format
	];
	for (const tensor of tensors) if (tensor !== null) parts.add(tensor.name);
	return {
		module,
		name: weight.name,
		shape: [N, K],
		storedAs: "bitsandbytes int8 per channel",
		groupSize: null,
		byteLength: partBytes(tensors),
		decode: async () => {
			const scales = await readNumbers(raw, scale);
			for (let n = 0; n < N; n++) scales[n] = scales[n] / 127;
			return dequantizeBytes(N, K, await readPart(raw, weight), INT8, {
				scales,
				zeros: null,
				columns: 1,
				blockRows: 1,
				blockColumns: K,
				order: null
			});
		}
	};
}
/** Row-wise symmetric int8; columns with a value of at least `threshold` are kept in 16 bits (0: none are). */
function llmInt8Input(threshold) {
	return {
		type: "int",
		bits: 8,
		symmetric: true,
		strategy: "token",
		groupSize: null,
		dynamic: true,
		levels: [-127, 127],
		scaleDivisor: 127,
		powerOfTwo: false,
		minimumScale: 0,
		scale: null,
		zeroPoint: null,
		globalScale: null,
		outlierThreshold: threshold > 0 ? threshold : null,
		largestAmax: null
	};
}
export { llmInt8Weight as n, llmInt8Input as t };
