import { a as elementName, i as elementBits } from "./shared-model-proto.js";
import { a as typeText, n as openUserModel, s as isQuantized, t as findOnnx } from "./shared-open4.js";
// src/models/user-onnx/describe.ts
/** Describe the ONNX model in `files`; null when they are something else. Errors: those of opening it. */
async function describeOnnx(files, open) {
	const file = findOnnx(files);
	if (file === null) return null;
	const user = await openUserModel(files, file, open);
	try {
		return descriptionOf(user);
	} finally {
		await user.close();
	}
}
/** Names of the values of the residual stream, in order. */
function listTaps({ stream }) {
	return stream.map(({ name }) => name);
}
function descriptionOf(user) {
	const { file, model, quantization } = user;
	const operators = /* @__PURE__ */ new Map();
	for (const { op } of model.nodes) operators.set(op, (operators.get(op) ?? 0) + 1);
	return {
		file,
		producer: model.producer,
		opsets: [...model.opsets].map(([domain, version]) => `${domain === "" ? "ai.onnx" : domain} ${version}`),
		inputs: model.inputs.map((input) => `${input.name} ${typeText(input)}`),
		outputs: model.outputs.map((output) => `${output.name} ${typeText(output)}`),
		operators: [...operators].sort(([, a], [, b]) => b - a),
		types: storedTypes(user),
		quantized: isQuantized(model),
		quantization,
		taps: listTaps(user)
	};
}
function storedTypes({ model }) {
	const types = /* @__PURE__ */ new Map();
	for (const { type, dims } of model.initializers.values()) {
		const name = elementName(type);
		const known = types.get(name) ?? {
			tensors: 0,
			byteLength: 0
		};
		const elements = dims.reduce((product, dim) => product * dim, 1);
		known.tensors++;
		known.byteLength += Math.ceil(elements * elementBits(type) / 8);
		types.set(name, known);
	}
	return [...types].map(([type, counts]) => ({
		type,
		...counts
	})).sort((a, b) => b.byteLength - a.byteLength);
}
export { describeOnnx };
