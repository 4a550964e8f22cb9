import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
// src/onnx/devices/cores.ts
/**
* @file Cores that this process may keep busy: the machine's, or fewer where a container has a quota of processor time. More
* threads than that are all stopped together once the quota of a period is used up, spinning or not.
* https://docs.kernel.org/admin-guide/cgroup-v2.html (cpu.max), https://docs.kernel.org/scheduler/sched-bwc.html (version 1)
*/
const ROOT = "/sys/fs/cgroup";
/** At least one. */
function usableCores() {
	return coresWithin(availableParallelism(), quotas(readText));
}
/** Whole cores within every quota; a part of one is left to the rest of the container. */
function coresWithin(cores, allowed) {
	return Math.max(1, Math.floor(Math.min(cores, ...allowed)));
}
/**
* Quotas that hold for this process, in cores: of its control group and of all above it. `read` gives a file's text, null
* where there is none.
*/
function quotas(read) {
	const own = read("/proc/self/cgroup") ?? "";
	const [, second = "/"] = /^0::(\/.*)$/m.exec(own) ?? [];
	const [, first = "/"] = /^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(\/.*)$/m.exec(own) ?? [];
	const ofSecond = (group) => {
		const [quota = "", period = ""] = (read(join(ROOT, group, "cpu.max")) ?? "").trim().split(/\s+/);
		return coresOf(quota, period);
	};
	const ofFirst = (group) => {
		const file = (name) => read(join(ROOT, "cpu", group, `cpu.cfs_${name}_us`)) ?? "";
		return coresOf(file("quota"), file("period"));
	};
	return [...upwards(second).map(ofSecond), ...upwards(first).map(ofFirst)].filter((cores) => cores !== null);
}
/** A group and those above it. A container sees its own group as the root, whatever it is called outside. */
function upwards(group) {
	return group === dirname(group) ? [group] : [group, ...upwards(dirname(group))];
}
/** Microseconds of processor time per microseconds; null: no quota (`max`, −1, or no such file). */
function coresOf(quota, period) {
	const cores = Number.parseInt(quota, 10) / Number.parseInt(period, 10);
	return cores > 0 && Number.isFinite(cores) ? cores : null;
}
function readText(path) {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return null;
	}
}
export { usableCores as t };
