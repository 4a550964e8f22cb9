import { p as neededLibraries } from "./shared-runtime.js";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
// src/onnx/runtime/cuda-libraries.ts
/**
* @file Which of the libraries that the CUDA provider needs are likely missing: told before a download of 300 MB, and where the
* provider does not load, because onnxruntime then does not say which one it was.
*
* Best effort: the folders of glibc's loader (ld.so(8)) are looked into: LD_LIBRARY_PATH, /etc/ld.so.conf.d, the system's
* own. The loader's cache is not read, ldconfig is not run, nothing is loaded. `saegate doctor` knows for sure.
*/
/** Where a library comes from, by the beginning of its name. */
const SOURCES = [
	["libcuda.so", "NVIDIA driver"],
	["libcudart", "CUDA"],
	["libcublas", "CUDA"],
	["libcufft", "CUDA"],
	["libcurand", "CUDA"],
	["libnvrtc", "CUDA"],
	["libcudnn", "cuDNN"]
];
/** What the provider for CUDA 12 is linked with, as far as it is known before it is there. */
const EXPECTED = [
	"libcuda.so.1",
	"libcudart.so.12",
	"libcublas.so.12",
	"libcublasLt.so.12",
	"libcufft.so.11"
];
/** Opened by name when the first operator asks for it, so that no header tells of it. */
const OPENED_LATER = "libcudnn.so.9";
/** The same libraries of the CUDA that follows. */
const NEIGHBOURS = /* @__PURE__ */ new Map([["libcudart.so.12", "libcudart.so.13"], ["libcublas.so.12", "libcublas.so.13"]]);
const SYSTEM_FOLDERS = [
	"/lib/x86_64-linux-gnu",
	"/usr/lib/x86_64-linux-gnu",
	"/lib64",
	"/usr/lib64",
	"/lib",
	"/usr/lib"
];
/** Where NVIDIA's installers put CUDA without telling the loader. */
const CUDA_FOLDERS = [
	"/usr/local/cuda/lib64",
	"/usr/local/cuda-12/lib64",
	"/opt/cuda/lib64"
];
/** `provider`: the library itself, whose header says what it needs; where it is not there yet, what is expected of it. */
function findCudaLibraries({ libraryPath, root = "" }, provider = null) {
	const nvidias = (provider === null ? null : neededLibraries(provider))?.filter((name) => sourceOf(name) !== null) ?? EXPECTED;
	const needed = [.../* @__PURE__ */ new Set([...nvidias, OPENED_LATER])];
	const searched = [...(libraryPath ?? "").split(":").filter((folder) => folder !== ""), ...[...configuredFolders(root), ...SYSTEM_FOLDERS].map((folder) => root + folder)];
	const others = CUDA_FOLDERS.map((folder) => root + folder).filter((folder) => !searched.includes(folder));
	const everywhere = [
		...searched,
		...others,
		`${root}/usr/local/cuda-13/lib64`
	];
	const lost = needed.filter((name) => !hasFile(searched, name));
	return {
		missing: lost.filter((name) => !hasFile(others, name)).map((name) => `${name} (${sourceOf(name)})`),
		unsearched: others.filter((folder) => lost.some((name) => hasFile([folder], name))),
		otherVersions: lost.flatMap((name) => NEIGHBOURS.get(name) ?? []).filter((name) => hasFile(everywhere, name))
	};
}
/** Null: not of NVIDIA. The version behind `.so.` is CUDA's own for these three. */
function sourceOf(name) {
	const from = SOURCES.find(([begins]) => name.startsWith(begins))?.[1];
	if (from === void 0) return null;
	const version = /^lib(?:cudart|cublas|cublasLt|cudnn)\.so\.(\d+)/.exec(name)?.[1];
	return version === void 0 ? from : `${from} ${version}`;
}
const hasFile = (folders, name) => folders.some((folder) => existsSync(join(folder, name)));
/** /etc/ld.so.conf does nothing but include this folder on every distribution with CUDA packages. */
function configuredFolders(root) {
	const folder = `${root}/etc/ld.so.conf.d`;
	try {
		return readdirSync(folder).filter((file) => file.endsWith(".conf")).flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n")).map((line) => line.replace(/#.*/, "").trim()).filter((line) => line.startsWith("/"));
	} catch {
		return [];
	}
}
export { findCudaLibraries as t };
