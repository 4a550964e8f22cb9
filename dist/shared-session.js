import { n as limitProblem, o as problem } from "./shared-system-limits.js";
import { i as hasCudaProvider, n as engineLibraries, t as cudaLibrary } from "./shared-cuda-provider.js";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
// src/errors/onnx.ts
/** @file Problems of the engine: onnxruntime missing, a device that is not there, a graph that failed. */
const runtimeMissing = problem("RUNTIME_MISSING", 3, (reason) => ({
	message: `The native engine onnxruntime-node could not be loaded: ${reason}`,
	fix: "Run `npm ci` in the saegate folder (or set SAEGATE_RUNTIME to a folder whose node_modules has onnxruntime-node), then `saegate doctor`."
}));
const deviceUnavailable = problem("DEVICE_UNAVAILABLE", 2, (device, reason) => ({
	message: `--device ${device}: ${reason}`,
	fix: "Run `saegate doctor` to see which devices work here and what is missing, or use --device cpu."
}));
const precisionUnavailable = problem("PRECISION_UNAVAILABLE", 2, (device, type) => ({
	message: `--precision ${type} is not to be had on --device ${device}.`,
	fix: "Leave --precision out, or use --device cpu, which emulates 16-bit types, or --device cuda."
}));
const deviceLost = problem("DEVICE_LOST", 3, (what, reason) => ({
	message: `The device stopped working while ${what}: ${reason}`,
	fix: "Nothing was written, and an older report is as it was. Look at `nvidia-smi` and the system log (Xid), and run the audit again; with --device cpu it needs no device."
}));
const engineFailed = problem("ENGINE_FAILED", 3, (what, reason) => ({
	message: `onnxruntime failed while ${what}: ${reason}`,
	fix: "If memory is short, close other programs or lower --memory and --block-length; otherwise run `saegate doctor` and report this message."
}));
// src/onnx/runtime/runtime.ts
/**
* @file The one door to onnxruntime-node. It is a native module, so it stays outside the bundle and is found at run
* time: beside the program, or in the folder named by SAEGATE_RUNTIME (the action installs it into the tool cache).
*/
let loaded = null;
/** Load onnxruntime-node once. Errors: RUNTIME_MISSING, SYSTEM_LIMIT. */
function runtime() {
	loaded ??= load();
	return loaded;
}
/** `require` as seen from the folder that holds the engine. */
function engineRequire() {
	const folder = process.env.SAEGATE_RUNTIME;
	return createRequire(folder === void 0 || folder === "" ? import.meta.url : join(folder, "runtime.js"));
}
function load() {
	process.env.ORT_DISABLE_TELEMETRY = "1";
	process.env.NVIDIA_TF32_OVERRIDE ??= "0";
	process.env.ORT_CUDA_GEMM_OPTIONS ??= "2";
	process.env.CUDA_DEVICE_ORDER ??= "PCI_BUS_ID";
	try {
		const module = engineRequire()("onnxruntime-node");
		module.env.logLevel = "error";
		return module;
	} catch (cause) {
		const [reason = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
		throw limitProblem("The native engine onnxruntime-node", reason) ?? runtimeMissing(reason);
	}
}
/** Version of the loaded engine, for the report. */
function runtimeVersion() {
	return runtime().env.versions.node ?? runtime().env.versions.common;
}
/** Does this build know a provider of that name? CUDA is known on Linux and Windows x64 even before it is installed. */
function knowsProvider(kind) {
	return runtime().listSupportedBackends().some((backend) => backend.name === kind);
}
/** The folder of the package onnxruntime-node in use. Errors: RUNTIME_MISSING. */
function runtimeFolder() {
	runtime();
	return dirname(dirname(engineRequire().resolve("onnxruntime-node")));
}
/** Where the CUDA provider's library lies, or would lie. */
function cudaProviderFile() {
	return join(engineLibraries(runtimeFolder(), process), cudaLibrary(process));
}
/** Is the CUDA provider's library in place? Asked before loading it, because onnxruntime complains loudly. */
function cudaProviderInstalled() {
	return hasCudaProvider(runtimeFolder(), process);
}
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
		extra: { session: settings },
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
	return runner(session, all, what);
}
function runner(session, all, what) {
	return {
		inFlight: 1,
		async run(inputs, outputs = all) {
			const feeds = {};
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
export { knowsProvider as a, runtimeVersion as c, precisionUnavailable as d, cudaProviderInstalled as i, deviceUnavailable as l, runResult as n, runtime as o, cudaProviderFile as r, runtimeFolder as s, createSession as t, engineFailed as u };
