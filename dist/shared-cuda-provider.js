import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
// src/onnx/runtime/cuda-provider.ts
/**
* @file onnxruntime's CUDA provider: where it lies and how it is fetched.
*
* It is too large for npm, so onnxruntime-node brings a script that downloads it (script/install.js; its
* install-metadata.js names Linux x64 as the only platform with a download). The script copies 300 MB into place, and a
* copy cut short would look installed: it is removed here.
*
* Left out: who runs the script, with which environment, and what a failure is called: the command line and the action
* say that differently.
*/
const SCRIPT_FLAG = "--onnxruntime-node-install=cuda12";
const cudaLibrary = ({ platform }) => platform === "win32" ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";
/** Where the native libraries of the package onnxruntime-node lie. */
const engineLibraries = (packageFolder, { platform, arch }) => join(packageFolder, "bin", "napi-v6", platform, arch);
function hasCudaProvider(packageFolder, at) {
	return existsSync(join(engineLibraries(packageFolder, at), cudaLibrary(at)));
}
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
	await rm(join(engineLibraries(packageFolder, at), cudaLibrary(at)), { force: true });
	return {
		status,
		output: status === 0 ? `${output.trimEnd()}\n${cudaLibrary(at)} is not there.` : output
	};
}
export { isCudaPlatform as a, hasCudaProvider as i, engineLibraries as n, fetchCudaProvider as r, cudaLibrary as t };
