import { workerData } from "node:worker_threads";
// src/watchdog/main.ts
/**
* @file A thread that ends its process when the one that started it is gone. The process itself hears of that too, but not
* while native code or a regular expression keeps its main thread busy, which can be for ever. Started by bridge/process-port.ts.
*/
/** Milliseconds between two looks. */
const INTERVAL = 250;
function watchParent({ parent }) {
	setInterval(() => {
		if (process.ppid !== parent || !isAlive(parent)) process.kill(process.pid, "SIGKILL");
	}, INTERVAL);
}
/** Where orphans keep the number of their parent (Windows). A process of another user is alive too. */
function isAlive(pid) {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return !(error instanceof Error && "code" in error && error.code === "ESRCH");
	}
}
// src/watchdog/index.ts
watchParent(workerData);
export {};
