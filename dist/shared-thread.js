import { n as engineDied } from "./shared-engine.js";
import { n as stackOf, t as crashed } from "./shared-crash.js";
import { t as FarSide } from "./shared-far-side.js";
import { Worker } from "node:worker_threads";
// src/bridge/thread.ts
/** @file A worker thread as a far side: both ends of its wire. */
/** Start the program `file` in a thread. `data` is its workerData. */
function startThread(who, file, data = null) {
	return new FarSide(who, threadWire(who, new Worker(file, { workerData: data })));
}
function threadWire(who, worker) {
	return {
		post: (order) => worker.postMessage(order),
		listen(heard, ended) {
			worker.on("message", (reply) => heard(reply));
			worker.on("error", (error) => ended(crashed(who, stackOf(error))));
			worker.on("exit", (status) => ended(engineDied(who, `exit status ${status}`)));
		},
		keepAlive: (busy) => busy ? worker.ref() : worker.unref(),
		close: async () => void await worker.terminate(),
		kill: () => void worker.terminate()
	};
}
/** Inside the thread. */
function threadPort(port) {
	return {
		post(reply, handedOver) {
			const moved = [...handedOver];
			port.postMessage(reply, moved);
		},
		listen: (heard) => void port.on("message", (order) => heard(order))
	};
}
export { threadPort as n, startThread as t };
