import { i as temporaryMaker, n as isTemporaryOfThisProcess, o as thisHost } from "./shared-atomic.js";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
// src/bytes/leftovers.ts
/**
* @file Temporary files of runs that were killed: what no handler could remove, the next run into the same folder does.
*
* Only what is provably ours and dead goes: a temporary's name carries the host and the process that made it (atomic.ts). Of
* another host nothing can be known; a process that is there, even under a number that was given again, is taken to live.
*/
/** Whether a temporary file of that name may still be in use: false only where its process is known to be gone. */
function isAlive({ host, pid }, path) {
	if (host !== thisHost()) return true;
	if (pid === process.pid) return isTemporaryOfThisProcess(path);
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return !(error instanceof Error && "code" in error && error.code === "ESRCH");
	}
}
/** Temporary files and folders in `folder`, by whether a process may still want them. */
async function temporariesIn(folder) {
	const living = [];
	const dead = [];
	for (const name of await readdir(folder).catch(() => [])) {
		const maker = temporaryMaker(name);
		if (maker === null) continue;
		const path = join(folder, name);
		(isAlive(maker, path) ? living : dead).push(path);
	}
	return {
		living,
		dead
	};
}
/** Remove what killed runs left in `folder`. What cannot be removed stays: it is in nobody's way. */
async function removeDeadTemporaries(folder) {
	const { dead } = await temporariesIn(folder);
	for (const path of dead) await rm(path, {
		recursive: true,
		force: true
	}).catch(() => {});
}
export { temporariesIn as n, removeDeadTemporaries as t };
