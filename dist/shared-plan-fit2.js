import { l as modelTooLarge, o as diskTooSmall } from "./shared-audit.js";
// src/audit/plan/plan-fit.ts
const gigabytes = (bytes) => bytes < 1e8 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
/** Errors: MODEL_TOO_LARGE, DISK_TOO_SMALL, with the number that is short. */
function requireFit(model, { short, weights, memory, temporary }) {
	if (short === null) return;
	const [needed, available] = [gigabytes(short.needed), gigabytes(short.available)];
	if (short.of === "disk") throw diskTooSmall(temporary.folder, needed, available);
	const isWhole = weights.held === "resident" && memory.peakStreamed <= memory.available;
	throw modelTooLarge(model, {
		needed,
		available,
		limitedBy: memory.limitedBy,
		isWhole
	});
}
/** `weights one block at a time (33 ranges, 1.1 GB the largest), … 3.2 GB of memory at most, 21.4 GB are there`. */
function planSentence({ weights, saes, rounds, memory, reading, temporary }) {
	const held = weights.held === "resident" ? "every model whole in memory" : `weights streamed, one of ${weights.ranges} ranges at a time (${gigabytes(weights.rangeBytes)} the largest)`;
	const spilled = temporary.bytes === 0 ? "" : `; ${gigabytes(temporary.bytes)} of activations in ${temporary.folder}`;
	const time = reading.seconds === null ? "" : `; about ${Math.ceil(reading.seconds)} s to read ${gigabytes(reading.bytes)}`;
	return `plan: ${held}${saes.ranges === 1 ? "" : `; SAEs streamed, one of ${saes.ranges} ranges of features at a time`}${roundsSentence(rounds)}; ${gigabytes(memory.peak)} of memory at most, of ${gigabytes(memory.available)} available${spilled}${time}`;
}
/** Where a GPU is there, or somebody asked: on the CPU nobody expects a round in one graph. */
function roundsSentence({ inOneGraph, why, candidates, onDevice, deviceFree }) {
	if (!inOneGraph) return deviceFree === null ? "" : `; rounds stage by stage (${why})`;
	const room = deviceFree === null ? "" : `, ${gigabytes(onDevice)} of ${gigabytes(deviceFree)} free on the device`;
	return `; reference and ${candidates === 1 ? "a candidate" : `up to ${candidates} candidates`} in one graph${room}`;
}
export { planSentence as n, requireFit as r, gigabytes as t };
