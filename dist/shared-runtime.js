import { n as limitProblem } from "./shared-system-limits.js";
import { i as problem } from "./shared-problem.js";
import { createRequire } from "node:module";
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { rm } from "node:fs/promises";
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
// src/onnx/runtime/needed-libraries.ts
/**
* @file Which libraries a shared library needs, read from its own header: the names that the loader will look for, whatever version
* of CUDA it was built with. Of an ELF file for 64-bit little-endian machines the dynamic section alone is read, every length bounded.
* https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html (chapters 4 and 5)
*/
const HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;
const MOST_PROGRAM_HEADERS = 128;
const ENTRY_BYTES = 16;
const MOST_DYNAMIC_BYTES = 65536;
const MOST_STRING_BYTES = 16777216;
const MOST_NAMES = 256;
const MAGIC = 2135247942;
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const [PT_LOAD, PT_DYNAMIC] = [1, 2];
const [DT_NULL, DT_NEEDED, DT_STRTAB, DT_STRSZ] = [
	0,
	1,
	5,
	10
];
/** In the file's order; null: it is no such file, or its header does not hold together. */
function neededLibraries(path) {
	let file;
	try {
		file = openSync(path, "r");
	} catch {
		return null;
	}
	try {
		return namesIn((offset, bytes) => {
			const into = Buffer.alloc(bytes);
			return into.subarray(0, readSync(file, into, 0, bytes, offset));
		});
	} catch {
		return null;
	} finally {
		closeSync(file);
	}
}
/**
* Does a library end before its own table of sections does, as a copy that was cut short? False for what is no library of that
* kind, and for no file at all.
*/
function isCutShort(path) {
	try {
		const file = openSync(path, "r");
		try {
			const header = Buffer.alloc(HEADER_BYTES);
			const read = readSync(file, header, 0, HEADER_BYTES, 0);
			if (read < 4 || header.readUInt32BE(0) !== MAGIC) return false;
			if (read < HEADER_BYTES) return true;
			const end = number(header, 40) + header.readUInt16LE(58) * header.readUInt16LE(60);
			return fstatSync(file).size < end;
		} finally {
			closeSync(file);
		}
	} catch (error) {
		return error instanceof RangeError;
	}
}
function namesIn(read) {
	const header = read(0, HEADER_BYTES);
	if (header.readUInt32BE(0) !== MAGIC || header[4] !== CLASS_64 || header[5] !== LITTLE_ENDIAN) return null;
	const count = header.readUInt16LE(56);
	if (header.readUInt16LE(54) !== PROGRAM_HEADER_BYTES || count > MOST_PROGRAM_HEADERS) return null;
	const segments = segmentsIn(read(number(header, 32), count * PROGRAM_HEADER_BYTES));
	const dynamic = segments.find(({ type }) => type === PT_DYNAMIC);
	if (dynamic === void 0 || dynamic.bytes > MOST_DYNAMIC_BYTES) return null;
	const entries = entriesIn(read(dynamic.offset, dynamic.bytes));
	const value = (tag) => entries.find((entry) => entry.tag === tag)?.value;
	const [address, bytes] = [value(DT_STRTAB), value(DT_STRSZ)];
	const home = segments.find((one) => one.type === PT_LOAD && address !== void 0 && address >= one.address && address < one.address + one.bytes);
	if (home === void 0 || address === void 0 || bytes === void 0 || bytes > MOST_STRING_BYTES) return null;
	const start = home.offset + address - home.address;
	return entries.filter(({ tag }) => tag === DT_NEEDED).slice(0, MOST_NAMES).map((entry) => nameAt(read, start, {
		at: entry.value,
		bytes
	}));
}
function segmentsIn(headers) {
	return Array.from({ length: headers.length / PROGRAM_HEADER_BYTES }, (_, i) => {
		const one = headers.subarray(i * PROGRAM_HEADER_BYTES, (i + 1) * PROGRAM_HEADER_BYTES);
		return {
			type: one.readUInt32LE(0),
			offset: number(one, 8),
			address: number(one, 16),
			bytes: number(one, 32)
		};
	});
}
function entriesIn(dynamic) {
	const entries = [];
	for (let at = 0; at + ENTRY_BYTES <= dynamic.length; at += ENTRY_BYTES) {
		const tag = dynamic.readBigInt64LE(at);
		if (tag === BigInt(DT_NULL)) break;
		if (tag > 0n && tag < 64n) entries.push({
			tag: Number(tag),
			value: number(dynamic, at + 8)
		});
	}
	return entries;
}
/** A name in the table of strings, up to its zero byte. Throws RangeError for a name outside of the table. */
function nameAt(read, table, { at, bytes }) {
	if (at >= bytes) throw new RangeError("a name outside of the table");
	const text = read(table + at, Math.min(256, bytes - at));
	const end = text.indexOf(0);
	if (end < 0) throw new RangeError("a name without an end");
	return text.toString("latin1", 0, end);
}
/** Eight bytes as a number. Throws RangeError beyond what a file can hold. */
function number(bytes, at) {
	const value = Number(bytes.readBigUInt64LE(at));
	if (!Number.isSafeInteger(value)) throw new RangeError("no offset of a file");
	return value;
}
// src/onnx/runtime/cuda-provider.ts
/**
* @file onnxruntime's CUDA provider: where it lies and how it is fetched.
*
* It is too large for npm, so onnxruntime-node brings a script that downloads it (script/install.js; its
* install-metadata.js names Linux x64 as the only platform with a download). The script copies 300 MB into place, and a
* copy cut short would look installed: it is removed here, and one that an ended process left is told and fetched again.
*
* Left out: who runs the script, with which environment, and what a failure is called: the command line and the action
* say that differently.
*/
const SCRIPT_FLAG = "--onnxruntime-node-install=cuda12";
const cudaLibrary = ({ platform }) => platform === "win32" ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";
/** Where the native libraries of the package onnxruntime-node lie. */
const engineLibraries = (packageFolder, { platform, arch }) => join(packageFolder, "bin", "napi-v6", platform, arch);
/** The provider and what it is loaded by: both, and neither cut short. */
function hasCudaProvider(packageFolder, at) {
	return providerFiles(packageFolder, at).every((path) => existsSync(path) && !isCutShort(path));
}
function providerFiles(packageFolder, at) {
	return [cudaLibrary(at), cudaLibrary(at).replace("_cuda", "_shared")].map((name) => join(engineLibraries(packageFolder, at), name));
}
/**
* The environment of the script, which knows proxies by names of its own (https://github.com/gajus/global-agent): those that everybody
* else goes by are passed on under them.
*/
function scriptEnvironment(env) {
	const proxies = Object.entries({
		GLOBAL_AGENT_HTTP_PROXY: env.HTTP_PROXY ?? env.http_proxy,
		GLOBAL_AGENT_HTTPS_PROXY: env.HTTPS_PROXY ?? env.https_proxy,
		GLOBAL_AGENT_NO_PROXY: env.NO_PROXY ?? env.no_proxy
	}).filter(([name, value]) => value !== void 0 && value !== "" && env[name] === void 0);
	const kept = Object.entries(env).filter(([name]) => !OVERRIDES.test(name));
	return {
		...Object.fromEntries(kept),
		...Object.fromEntries(proxies)
	};
}
/** Variables that the script prefers to the flag it is given: a `skip` there would do nothing, quietly. */
const OVERRIDES = /^(?:npm_config_)?onnxruntime_node_install(?:_cuda)?$/i;
/** Is there a CUDA provider to download for this platform? */
function isCudaPlatform({ platform, arch }) {
	return platform === "linux" && arch === "x64";
}
/**
* Run the package's own script, where hasCudaProvider is false. `runNode` runs Node with these arguments. Null: the
* provider is there now. Else how the script ended, which is a failure even when its status is 0.
*/
async function fetchCudaProvider(packageFolder, at, runNode) {
	const { status, output } = await runNode([join(packageFolder, "script", "install.js"), SCRIPT_FLAG]);
	if (status === 0 && hasCudaProvider(packageFolder, at)) return null;
	for (const path of providerFiles(packageFolder, at)) await rm(path, { force: true });
	return {
		status,
		output: status === 0 ? `${output.trimEnd()}\n${cudaLibrary(at)} is not there.` : output
	};
}
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
export { precisionUnavailable as _, runtimeFolder as a, engineLibraries as c, isCudaPlatform as d, scriptEnvironment as f, engineFailed as g, deviceUnavailable as h, runtime as i, fetchCudaProvider as l, deviceLost as m, cudaProviderInstalled as n, runtimeVersion as o, neededLibraries as p, knowsProvider as r, cudaLibrary as s, cudaProviderFile as t, hasCudaProvider as u };
