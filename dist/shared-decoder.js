import { i as checkShapes, t as allRefs } from "./shared-weight-reader.js";
import { t as describeDecoder } from "./shared-families.js";
// src/contract/activation-quantization.ts
/** The scheme in words, for the report: `int8 dynamic per token`. */
function describeActivations(quantization) {
	const { type, bits, symmetric, strategy, groupSize, dynamic, outlierThreshold, powerOfTwo } = quantization;
	const kind = type === "int" ? `int${bits}` : bits === 8 ? "fp8 e4m3" : "fp4 e2m1";
	const extent = groupSize === null ? strategy : `group of ${groupSize}`;
	const outliers = outlierThreshold === null ? "" : `, outlier columns from ${outlierThreshold} kept`;
	return `${kind} ${dynamic ? "dynamic" : "static"} per ${extent}${symmetric ? "" : ", asymmetric"}${powerOfTwo ? ", scales powers of two" : ""}${outliers}`;
}
// src/audit/subjects/activations.ts
/** By the name of the weight tensor, as the graph builder looks it up. */
function activationsByWeight(checkpoint) {
	const declared = checkpoint.packed?.activations ?? /* @__PURE__ */ new Map();
	return new Map([...declared].map(([module, quantization]) => [`${module}.weight`, quantization]));
}
/** `int8 dynamic per token (24 layers)`; null where nothing is declared. */
function activationsInWords(checkpoint, activations) {
	const counts = /* @__PURE__ */ new Map();
	for (const quantization of checkpoint.packed?.activations.values() ?? []) {
		const words = describeActivations(quantization);
		counts.set(words, (counts.get(words) ?? 0) + 1);
	}
	if (counts.size === 0) return null;
	return `${[...counts].map(([words, layers]) => `${words} (${layers} layer${layers === 1 ? "" : "s"})`).join(", ")}${activations === "ignore" ? "; ignored (--activations ignore)" : ""}`;
}
// src/audit/subjects/decoder.ts
/**
* Its warnings are all that can be said without a reference: of the config, and of how the weights are stored.
*
* @param length longest sequence that will be run
* Errors: those of describeDecoder, WEIGHT_MISSING, WEIGHT_SHAPE.
*/
function decoderOf(checkpoint, length) {
	const stored = [...checkpoint.tensors.entries.keys()];
	const names = new Set(stored.filter((name) => !checkpoint.redundant.has(name)));
	const decoder = describeDecoder(checkpoint.config, length, names, checkpoint.spec);
	const { unembedding } = decoder.weights;
	const refs = [...allRefs(decoder.weights), unembedding.weight];
	if (unembedding.bias !== null) refs.push(unembedding.bias);
	checkShapes(checkpoint.tensors, refs, checkpoint.spec);
	return {
		...decoder,
		warnings: [...decoder.warnings, ...checkpoint.warnings]
	};
}
export { describeActivations as i, activationsByWeight as n, activationsInWords as r, decoderOf as t };
