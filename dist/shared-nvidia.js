import { spawnSync } from "node:child_process";
// src/onnx/devices/nvidia.ts
/**
* @file NVIDIA's devices as nvidia-smi tells them: it comes with the driver, so where it answers there is a driver, and only it knows
* names, compute capability and free memory before anything is loaded. What it prints is bounded and read as plain fields.
* https://docs.nvidia.com/deploy/nvidia-smi/
*/
const FIELDS = [
	"index",
	"uuid",
	"name",
	"driver_version",
	"compute_cap",
	"memory.total",
	"memory.free"
];
const LIMIT_MS = 2e4;
const LONGEST_ANSWER = 65536;
const LONGEST_FIELD = 80;
const MOST_DEVICES = 64;
const MIB = 2 ** 20;
/** Null: there is no driver that answers. */
function nvidiaDevices(program = "nvidia-smi") {
	const args = [`--query-gpu=${FIELDS.join(",")}`, "--format=csv,noheader,nounits"];
	const { status, stdout } = spawnSync(program, args, {
		encoding: "utf8",
		timeout: LIMIT_MS,
		maxBuffer: LONGEST_ANSWER
	});
	return status === 0 ? parseNvidiaSmi(stdout) : null;
}
/** One line a device, fields apart by commas; a line that is not so is left out. */
function parseNvidiaSmi(answer) {
	return answer.split(/\r?\n/).slice(0, MOST_DEVICES).flatMap((line) => {
		const fields = line.split(",").map((field) => plain(field));
		const [index = "", uuid = "", name = "", driver = "", capability = "", total = "", free = ""] = fields;
		if (fields.length !== FIELDS.length || !/^\d+$/.test(index)) return [];
		const memory = (mebibytes) => /^\d+$/.test(mebibytes) ? Number(mebibytes) * MIB : 0;
		const known = /^\d{1,2}\.\d{1,2}$/.test(capability) ? Number(capability) : 0;
		return {
			index: Number(index),
			uuid,
			name,
			driver,
			capability: known,
			totalMemory: memory(total),
			freeMemory: memory(free)
		};
	});
}
/**
* The device that this process sees as number `index`: CUDA_VISIBLE_DEVICES hides others and says the order, by number or UUID.
* Null: there is none, or the variable names a part of a device (MIG), of which nvidia-smi's fields do not tell.
*/
function visibleDevice(devices, index, visible) {
	if (visible === void 0) return devices.find((device) => device.index === index) ?? null;
	const named = visible.split(",")[index]?.trim();
	if (named === void 0 || named === "") return null;
	if (/^\d+$/.test(named)) return devices.find((device) => device.index === Number(named)) ?? null;
	return devices.find(({ uuid }) => named.startsWith("GPU-") && uuid.startsWith(named)) ?? null;
}
/** Of several what the one with the least memory free is like, which decides what fits; null: of one of them nothing is known. */
function leastFree(devices) {
	const known = devices.flatMap((device) => device ?? []);
	if (known.length < devices.length) return null;
	return known.reduce((least, device) => device.freeMemory < least.freeMemory ? device : least);
}
/** Why devices cannot share a text: their kernels would add up in different orders. */
function unlikeProblem(devices) {
	const names = new Set(devices.flatMap((device) => device?.name ?? []));
	return names.size < 2 ? null : `the devices are not alike: ${[...names].join(", ")}`;
}
const plain = (field) => field.replaceAll(/\p{C}/gu, "").trim().slice(0, LONGEST_FIELD);
export { visibleDevice as i, nvidiaDevices as n, unlikeProblem as r, leastFree as t };
