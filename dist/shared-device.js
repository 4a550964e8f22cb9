import { n as cudaIndices } from "./shared-cuda-device.js";
import { _ as precisionUnavailable, h as deviceUnavailable, n as cudaProviderInstalled, r as knowsProvider, t as cudaProviderFile } from "./shared-runtime.js";
import { t as findCudaLibraries } from "./shared-cuda-libraries.js";
import { $ as gelu, C as logSoftmax, D as mul, I as reshape, J as tanh, N as reduceMax, U as softmax, Y as top1, _ as gemm, at as simplifiedLayerNormalization, et as groupQueryAttention, g as gatherElements, i as cast, it as silu, o as columns, ot as GraphBuilder, rt as rotaryEmbedding, tt as layerNormalization, w as matMul } from "./shared-ops.js";
import { t as createSession } from "./shared-session.js";
import { t as usableCores } from "./shared-cores.js";
import { i as visibleDevice, n as nvidiaDevices, r as unlikeProblem, t as leastFree } from "./shared-nvidia.js";
// src/onnx/devices/arithmetic-check.ts
/**
* @file Does a device compute what the CPU does? The operators of a decoder block in one small graph, run on both, in the type that
* the audit would run them in. A driver or a kernel that is wrong or missing shows here, before an audit whose figures would look
* plausible, or that would fail after an hour; what differs by rounding only passes.
*/
/** Positions and width: more than one step of any kernel, and no whole number of larger ones. */
const ROWS = 72;
const HEADS = 4;
const KEY_HEADS = 2;
const HEAD_SIZE = 16;
const WIDTH = 64;
/** Visible keys, and a cap that scores of −4 to 4 are bent by. */
const WINDOW = 9;
const SOFTCAP = 2;
/**
* Of the largest value. float32 kernels differ by 1e-6, fast approximations of exp and tanh by 1e-5; a 16-bit result is rounded
* once, and so is what attention multiplies with in between. A window or a cap that is left out is off by more than a tenth.
*/
const TOLERANCES = {
	float32: 1e-4,
	float16: .004,
	bfloat16: .03
};
const INPUT = "x";
const LAST = "last_position";
const LENGTH = "length";
/** What the device computes wrongly; null: nothing, up to rounding. Errors: ENGINE_FAILED. */
async function arithmeticProblem(device) {
	const { bodyType } = device;
	const cpu = {
		kind: "cpu",
		threads: device.threads,
		bodyType
	};
	return disagreement(await run(blockOperators(cpu, device.kind === "cuda"), cpu), await run(blockOperators(device, device.kind === "cuda"), device), bodyType);
}
/** The first output that differs by more than rounding. */
function disagreement(expected, found, type = "float32") {
	for (const [name, right] of expected) {
		const values = found.get(name);
		const size = right.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
		const error = right.reduce((most, x, i) => Math.max(most, Math.abs(x - (values?.[i] ?? NaN))), 0) / size;
		const tolerance = name.startsWith(SIXTEEN_BIT) ? TOLERANCES[type] : TOLERANCES.float32;
		if (!(error <= tolerance)) return `its ${name} differs from the CPU’s by ${error.toExponential(1)} of the largest value, where ${tolerance} is rounding`;
	}
	return null;
}
/** Begins the names of outputs of operators that run in the device's own type. */
const SIXTEEN_BIT = "operand ";
async function run(graph, device) {
	const session = await createSession(graph, device, "a probe");
	try {
		const data = Float32Array.from({ length: 4608 }, (_, i) => 2 * Math.sin(i * i));
		const sequence = {
			[LAST]: {
				type: "int32",
				data: Int32Array.of(71),
				dims: [1]
			},
			[LENGTH]: {
				type: "int32",
				data: Int32Array.of(ROWS),
				dims: []
			}
		};
		const result = await session.run({
			[INPUT]: {
				type: "float32",
				data,
				dims: [ROWS, WIDTH]
			},
			...graph.inputs.includes(LAST) ? sequence : {}
		});
		return new Map(graph.outputs.map((name) => [name, result.float32(name)]));
	} finally {
		await session.release();
	}
}
/** `fused`: with the operators of a block in the device's own type, attention among them. */
function blockOperators(device, fused) {
	const g = new GraphBuilder();
	const x = g.input(INPUT, "float32", [ROWS, WIDTH]);
	const ones = g.initializer("gain", "float32", [WIDTH], new Float32Array(WIDTH).fill(1));
	const normed = layerNormalization(g, x, ones, null, 1e-5);
	const scaled = mul(g, gemm(g, normed, x, null), g.scalar("float32", WIDTH ** -.5));
	const capped = mul(g, tanh(g, scaled), g.scalar("float32", 4));
	const attention = matMul(g, softmax(g, capped), x);
	const { value, index } = top1(g, attention);
	g.output("LayerNormalization", normed);
	g.output("SimplifiedLayerNormalization", simplifiedLayerNormalization(g, x, ones, 1e-6));
	g.output("Gelu", gelu(g, x, "none"));
	g.output("QuickGelu", silu(g, x));
	g.output("Gemm", scaled);
	g.output("Softmax", attention);
	g.output("LogSoftmax", logSoftmax(g, attention));
	g.output("TopK", value);
	g.output("GatherElements", gatherElements(g, attention, index, 1));
	g.output("ReduceMax", reduceMax(g, attention, 0));
	if (fused) operandOperators(g, x, device);
	return g.build();
}
/** Products, rotation and attention with a window and a cap in the type of operands: on the CPU in float32, of operands rounded to it. */
function operandOperators(g, x, { kind, bodyType }) {
	const isWide = kind === "cpu" || bodyType === "float32";
	const operand = (value) => {
		const rounded = cast(g, value, bodyType);
		return isWide ? cast(g, rounded, "float32") : rounded;
	};
	const out = (name, value) => g.output(`${SIXTEEN_BIT}${name}`, cast(g, value, "float32"));
	const rows = operand(x);
	out("Gemm", gemm(g, rows, rows, null));
	if (bodyType === "float32") return;
	const sequence = (columns, width) => reshape(g, columns, [
		1,
		ROWS,
		width
	], [
		1,
		ROWS,
		width
	]);
	const angle = (part) => {
		const half = HEAD_SIZE / 2;
		const data = Float32Array.from({ length: 576 }, (_, i) => Math[part](Math.floor(i / half) / 10 ** (i % half)));
		return operand(g.initializer(part, "float32", [ROWS, half], data));
	};
	const tables = {
		cos: angle("cos"),
		sin: angle("sin"),
		size: HEAD_SIZE,
		interleaved: false
	};
	const q = rotaryEmbedding(g, sequence(rows, WIDTH), tables, HEADS);
	out("RotaryEmbedding", q);
	const keyWidth = 32;
	const keys = sequence(columns(g, rows, 0, keyWidth), keyWidth);
	const values = sequence(columns(g, rows, 32, WIDTH), keyWidth);
	const length = {
		lastPosition: g.input(LAST, "int32", [1]),
		length: g.input(LENGTH, "int32", [])
	};
	const shape = {
		heads: HEADS,
		kvHeads: KEY_HEADS,
		scale: HEAD_SIZE ** -.5
	};
	const plain = groupQueryAttention(g, q, keys, values, length, {
		...shape,
		softcap: null,
		window: null
	});
	const bent = groupQueryAttention(g, q, keys, values, length, {
		...shape,
		softcap: SOFTCAP,
		window: WINDOW
	});
	out("GroupQueryAttention", plain);
	out("GroupQueryAttention with a cap and a window", bent);
}
// src/onnx/devices/missing-package.ts
/** In the order in which they are asked: a library that is named first, then what a call of it answers. */
const PACKAGES = [
	{
		says: /cudnn/i,
		missing: "cuDNN 9",
		fix: "install the package cudnn9-cuda-12 (or nvidia-cudnn-cu12 of PyPI, its lib folder in LD_LIBRARY_PATH)"
	},
	{
		says: /libcublas|CUBLAS_/i,
		missing: "cuBLAS of CUDA 12",
		fix: "install the package libcublas-12-8 or cuda-libraries-12-8 (or nvidia-cublas-cu12 of PyPI)"
	},
	{
		says: /libcudart/,
		missing: "the runtime of CUDA 12",
		fix: "install the package cuda-cudart-12-8 or cuda-libraries-12-8 (or nvidia-cuda-runtime-cu12 of PyPI)"
	},
	{
		says: /libcufft/,
		missing: "cuFFT of CUDA 12",
		fix: "install the package libcufft-12-8 or cuda-libraries-12-8 (or nvidia-cufft-cu12 of PyPI)"
	},
	{
		says: /libcurand/,
		missing: "cuRAND",
		fix: "install the package libcurand-12-8 or cuda-libraries-12-8 (or nvidia-curand-cu12 of PyPI)"
	},
	{
		says: /driver version is insufficient|CUDA failure 35\b/i,
		missing: "a driver that is new enough for CUDA 12",
		fix: "update the NVIDIA driver to version 525 or later"
	},
	{
		says: /libcuda\.so|no CUDA-capable device|CUDA failure 100\b/i,
		missing: "an NVIDIA driver with a device",
		fix: "install the NVIDIA driver; in a container, start it with --gpus all"
	},
	{
		says: /invalid device ordinal|CUDA failure 101\b/i,
		missing: "a device of that number",
		fix: "nvidia-smi -L lists what there is"
	},
	{
		says: /no kernel image|CUDA failure 209\b/i,
		missing: "kernels for this device’s compute capability in onnxruntime’s provider",
		fix: "use a device of another generation, or --device cpu"
	}
];
/** In words, with what the engine said; null: nothing that is known to be missing. */
function missingPackage(said) {
	const found = PACKAGES.find(({ says }) => says.test(said));
	return found === void 0 ? null : `${found.missing} is missing: ${found.fix}. The engine said: ${said}`;
}
// src/onnx/devices/device.ts
/**
* @file Which device the graphs run on, and in which number type. A device that was named and is not there is an error; `auto` takes
* CUDA, then the CPU (WebGPU only when named: its kernels round differently from one driver to the next).
*/
/** From this compute capability on there are products of bfloat16. https://docs.nvidia.com/cuda/cuda-c-programming-guide/ */
const BFLOAT16_FROM = 8;
/** Choose the device. `storedType`: of the reference's weights. Errors: DEVICE_UNAVAILABLE, PRECISION_UNAVAILABLE. */
async function chooseDevice({ device: choice, precision, threads }, storedType) {
	const cores = threads ?? usableCores();
	const cpu = {
		kind: "cpu",
		threads: cores,
		bodyType: precision === "auto" ? "float32" : precision
	};
	if (choice === "cpu") return {
		device: cpu,
		nvidia: null
	};
	if (choice === "webgpu") return {
		device: await webgpu(cores, precision),
		nvidia: null
	};
	if (choice === "auto" && !isBundled("cuda")) return {
		device: cpu,
		nvidia: null
	};
	const [index, ...peers] = choice === "auto" ? [0] : cudaIndices(choice);
	const all = [index, ...peers].map(nvidiaDevice);
	const nvidia = leastFree(all);
	const bodyType = precision === "auto" ? typeOnCuda(storedType, nvidia) : precision;
	const device = {
		kind: "cuda",
		threads: cores,
		bodyType,
		index,
		...peers.length === 0 ? {} : { peers }
	};
	const problem = typeProblem(bodyType, nvidia) ?? unlikeProblem(all) ?? await problemOfAll(device);
	if (problem === null) return {
		device,
		nvidia
	};
	if (choice === "auto") return {
		device: cpu,
		nvidia: null
	};
	throw deviceUnavailable(choice, problem);
}
/** Of the first of several that has one. */
async function problemOfAll(device) {
	const { index = 0, peers = [] } = device;
	for (const one of [index, ...peers]) {
		const problem = await problemOf({
			...device,
			index: one
		});
		if (problem !== null) return peers.length === 0 ? problem : `cuda:${one}: ${problem}`;
	}
	return null;
}
async function webgpu(threads, precision) {
	if (precision !== "auto" && precision !== "float32") throw precisionUnavailable("webgpu", precision);
	const device = {
		kind: "webgpu",
		threads,
		bodyType: "float32"
	};
	const problem = await problemOf(device);
	if (problem !== null) throw deviceUnavailable("webgpu", problem);
	return device;
}
/** The checkpoint's own 16-bit type where the device has products of it; a float32 checkpoint is rounded to float16. */
function typeOnCuda(stored, nvidia) {
	return stored === "bfloat16" && typeProblem("bfloat16", nvidia) === null ? "bfloat16" : "float16";
}
/** Why the device cannot compute in that type; null: it can, or nobody knows, and the probe tells. */
function typeProblem(type, nvidia) {
	if (type !== "bfloat16" || nvidia === null || nvidia.capability === 0) return null;
	if (nvidia.capability >= BFLOAT16_FROM) return null;
	return `${nvidia.name} has compute capability ${nvidia.capability}, and bfloat16 takes ${BFLOAT16_FROM}.0: use --precision float16`;
}
/** What nvidia-smi tells of the device that CUDA counts as `index`. */
function nvidiaDevice(index) {
	return visibleDevice(nvidiaDevices() ?? [], index, process.env.CUDA_VISIBLE_DEVICES);
}
/**
* Does a device compute what the CPU does, in the type that an audit would take there? The operators of a decoder are run on both.
* `choice`: a kind, or one of several CUDA devices.
*/
async function probeDevice(choice) {
	if (choice === "cpu" || choice === "webgpu") return {
		kind: choice,
		problem: await problemOf({
			kind: choice,
			threads: 1,
			bodyType: "float32"
		})
	};
	const [index, ...peers] = cudaIndices(choice);
	return {
		kind: "cuda",
		problem: await problemOfAll({
			kind: "cuda",
			threads: 1,
			bodyType: typeOnCuda("bfloat16", nvidiaDevice(index)),
			index,
			peers
		})
	};
}
/** In words; null: it works. */
async function problemOf(device) {
	const { kind } = device;
	if (kind !== "cpu" && !isBundled(kind)) return missingProvider(kind);
	try {
		return await arithmeticProblem(device);
	} catch (cause) {
		const said = cause instanceof Error ? cause.message : String(cause);
		return kind === "cuda" ? cudaProblem(said) : said;
	}
}
/** What is behind a failure on CUDA. Of a provider that does not load the engine does not say what is missing: its header does. */
function cudaProblem(said) {
	if (!/load shared library/i.test(said)) return missingPackage(said) ?? said;
	const { missing, unsearched } = findCudaLibraries({ libraryPath: process.env.LD_LIBRARY_PATH }, cudaProviderFile());
	const [first] = missing;
	if (first !== void 0) return missingPackage(missing.join(", ")) ?? `missing: ${missing.join(", ")}`;
	const [folder] = unsearched;
	if (folder !== void 0) return `the loader does not look into ${folder}: export LD_LIBRARY_PATH=${folder}`;
	return said;
}
function isBundled(kind) {
	return knowsProvider(kind) && (kind !== "cuda" || cudaProviderInstalled());
}
function missingProvider(kind) {
	if (kind === "webgpu") return "this build of onnxruntime-node carries no WebGPU provider for this platform";
	return "the CUDA provider of onnxruntime-node is not installed (`saegate setup --cuda` downloads it; Linux x64 only, with an NVIDIA driver, CUDA 12 and cuDNN 9)";
}
export { typeOnCuda as i, nvidiaDevice as n, probeDevice as r, chooseDevice as t };
