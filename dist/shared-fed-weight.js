// src/onnx/graph/fed-weight.ts
/** Null: of a type that JavaScript has no array of, or that its array depends on the version of Node. */
function fedWeight(name, type, dims, data) {
	if (type === "float32" && data instanceof Float32Array) return {
		name,
		type,
		dims,
		data
	};
	if (type === "float64" && data instanceof Float64Array) return {
		name,
		type,
		dims,
		data
	};
	return null;
}
/**
* The same weights in memory that is not shared between threads, of which onnxruntime takes none: in the arrays of `before`, where
* these have the same sizes.
*/
function ownCopies(weights, before) {
	return weights.map((weight, i) => {
		const known = before[i];
		if (weight.type === "float32") {
			const data = known?.type === "float32" && known.data.length === weight.data.length ? known.data : new Float32Array(weight.data.length);
			data.set(weight.data);
			return {
				...weight,
				data
			};
		}
		const data = known?.type === "float64" && known.data.length === weight.data.length ? known.data : new Float64Array(weight.data.length);
		data.set(weight.data);
		return {
			...weight,
			data
		};
	});
}
export { ownCopies as n, fedWeight as t };
