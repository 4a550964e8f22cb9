import { g as engineFailed, i as runtime, m as deviceLost } from "./shared-runtime.js";
// src/onnx/sessions/run-result.ts
function runResult(outputs) {
	const found = (name) => {
		const output = outputs[name];
		if (output === void 0) throw new TypeError(`there is no output ${name}`);
		return output;
	};
	const float32 = (name) => {
		const { data } = found(name);
		if (!(data instanceof Float32Array)) throw new TypeError(`output ${name} is not float32`);
		return data;
	};
	const float64 = (name) => {
		const { data } = found(name);
		if (!(data instanceof Float64Array)) throw new TypeError(`output ${name} is not float64`);
		return data;
	};
	const int64 = (name) => {
		const { data } = found(name);
		if (!(data instanceof BigInt64Array)) throw new TypeError(`output ${name} is not int64`);
		return data;
	};
	return {
		tensor(name) {
			const { data, dims } = found(name);
			if (data instanceof Float32Array) return {
				data,
				dims
			};
			return {
				data: data instanceof Float64Array ? data : int64(name),
				dims
			};
		},
		float32,
		float64,
		int64,
		dims: (name) => outputs[name]?.dims ?? []
	};
}
// src/onnx/sessions/session.ts
/**
* No thread of a session waits by spinning: for graphs of small products that was a fifth of an audit's processor time, and on a
* machine with other work of its wall time too (docs/decisions/2026-11-29-processor-time.md).
*/
const ASLEEP_WHEN_IDLE = { intra_op: { allow_spinning: "0" } };
/**
* Load a graph. The external buffers may be dropped by the caller afterwards. `fuses`: let onnxruntime put operators together;
* not in a float64 graph, because fused operators hold their factors in float32 (a scale of 1/√d is then off by 1e-8).
* `settings`: onnxruntime's own `session.…` entries (onnxruntime_session_options_config_keys.h).
* Errors: ENGINE_FAILED, RUNTIME_MISSING.
*/
async function createSession(model, device, what, fuses = true, settings = {}) {
	const ort = runtime();
	const options = {
		executionProviders: providersOf(device),
		graphOptimizationLevel: fuses ? "all" : "basic",
		intraOpNumThreads: device.threads,
		logSeverityLevel: 3,
		extra: { session: {
			...ASLEEP_WHEN_IDLE,
			...settings
		} },
		externalData: "path" in model ? [] : model.external.map(({ path, data }) => ({
			path,
			data
		}))
	};
	let session;
	try {
		session = await ("path" in model ? ort.InferenceSession.create(model.path, options) : ort.InferenceSession.create(model.bytes, options));
	} catch (cause) {
		throw failure(`loading ${what}`, cause);
	}
	const { outputs: all } = model;
	return runner(session, all, what, "path" in model ? [] : model.fed);
}
function runner(session, all, what, fed) {
	let weights = fedTensors(fed);
	return {
		inFlight: 1,
		async feed(others) {
			weights = fedTensors(others);
		},
		async run(inputs, outputs = all) {
			const feeds = { ...weights };
			for (const [name, input] of Object.entries(inputs)) feeds[name] = tensorOf(input);
			try {
				return runResult(await session.run(feeds, outputs));
			} catch (cause) {
				throw failure(`running ${what}`, cause);
			}
		},
		release: () => session.release()
	};
}
function fedTensors(weights) {
	return Object.fromEntries(weights.map((weight) => [weight.name, tensorOf(weight)]));
}
function tensorOf(input) {
	const { Tensor } = runtime();
	switch (input.type) {
		case "float32": return new Tensor("float32", input.data, [...input.dims]);
		case "float64": return new Tensor("float64", input.data, [...input.dims]);
		case "int64": return new Tensor("int64", input.data, [...input.dims]);
		case "int32": return new Tensor("int32", input.data, [...input.dims]);
		case "float16": return new Tensor("float16", input.data, [...input.dims]);
		case "bool": return new Tensor("bool", input.data, [...input.dims]);
	}
}
function providersOf({ kind, index = 0 }) {
	if (kind === "cpu") return ["cpu"];
	return [kind === "cuda" ? {
		name: "cuda",
		deviceId: index
	} : kind, "cpu"];
}
/** Codes of CUDA after which the device answers nothing more: taken away, reset, or stopped by a kernel. */
const LOST = /CUDA failure (?:46|214|700|702|709|71[0-9]|720|999)\b/;
function failure(what, cause) {
	const reason = reasonOf(cause);
	return LOST.test(reason) ? deviceLost(what, reason) : engineFailed(what, reason);
}
/** onnxruntime's messages carry build paths and several lines; the first line says what matters, behind its assertion. */
function reasonOf(cause) {
	const text = cause instanceof Error ? cause.message : String(cause);
	const nvidias = /(?:CUDA|CUDNN|CUBLAS|CUFFT|CURAND) failure -?\d+: [^;]{0,200}/.exec(text);
	if (nvidias !== null) return nvidias[0];
	return (text.split("\n")[0] ?? text).replace(/^\[?E:onnxruntime[^\]]*\]?\s*/, "").replace(/^\S+\.(?:cc|h):\d+ .* was false\. (?=\S)/, "").slice(0, 500);
}
export { runResult as n, createSession as t };
