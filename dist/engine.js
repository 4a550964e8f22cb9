import { n as stackOf } from "./shared-crash.js";
import { n as programFile } from "./shared-program-file.js";
import { Worker } from "node:worker_threads";
// src/bridge/process-port.ts
/** @file Inside a process that is a far side: its port, and its end. */
/** The run itself failed. */
const CRASHED = 3;
/** Losing the asker ends the process: nobody would read the answer. So does a failure that nobody caught, which is told first. */
function processPort() {
	const post = (reply, then) => {
		if (process.send === void 0 || !process.connected) then();
		else process.send(reply, void 0, void 0, then);
	};
	process.on("disconnect", () => process.exit(0));
	new Worker(programFile("watchdog"), { workerData: { parent: process.ppid } }).unref();
	process.on("SIGINT", () => {});
	process.on("uncaughtException", (error) => {
		post({
			kind: "crash",
			stack: stackOf(error)
		}, () => process.exit(CRASHED));
	});
	return {
		post: (reply) => post(reply, () => {}),
		listen: (heard) => void process.on("message", (order) => heard(order))
	};
}
// src/engine/index.ts
const port = processPort();
const { serveEngine } = await import("./shared-main.js");
serveEngine(port);
export {};
