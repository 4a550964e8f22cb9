// src/contract/options/cuda-device.ts
/** What such a name looks like, for readers and the schema. */
const CUDA_DEVICE = "cuda:(?:0|[1-9][0-9]?)";
function isCudaDevice(text) {
	return new RegExp(`^${CUDA_DEVICE}$`).test(text);
}
/** Devices of one list, at most. */
const MOST_DEVICES = 16;
/** Is it a list of different devices? */
function isCudaDevices(text) {
	const names = text.split(",");
	return names.length > 1 && names.length <= MOST_DEVICES && names.every(isCudaDevice) && new Set(names).size === names.length;
}
/** Are several named in another way: `cuda:0,1`, `cuda:0-3`, `cuda:all`, one of them twice? */
function listsDevices(text) {
	return /^(?:cuda|cpu|webgpu)[\w:]*\s*[,;+ ]\s*\w/.test(text) || /^cuda:(?:\d+-\d+|all|\*)$/.test(text);
}
/** Which devices are meant, as nvidia-smi counts them; `cuda` alone is the first. */
function cudaIndices(choice) {
	const [first = 0, ...others] = choice === "cuda" ? [] : choice.split(",").map((name) => Number(name.slice(5)));
	return [first, ...others];
}
export { listsDevices as a, isCudaDevices as i, cudaIndices as n, isCudaDevice as r, CUDA_DEVICE as t };
