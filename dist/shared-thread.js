import { a as plainProblem, r as SaegateError } from "./shared-system-limits.js";
import { n as engineDied } from "./shared-engine.js";
import { n as stackOf, t as crashed } from "./shared-crash.js";
import { t as FarSide } from "./shared-far-side.js";
import { Worker } from "node:worker_threads";
// src/bridge/serve.ts
/** @file The far side: answers requests one after the other, through whatever port it was given. */
function serve(port, service) {
	let last = Promise.resolve();
	port.listen((order) => {
		last = last.then(() => answerTo(order, port, service));
	});
}
async function answerTo({ call, request }, port, service) {
	try {
		const answer = await service.answer(request, (note) => port.post({
			kind: "note",
			call,
			note
		}, []));
		port.post({
			kind: "answer",
			call,
			answer
		}, service.handOver?.(answer) ?? []);
	} catch (error) {
		if (error instanceof SaegateError) port.post({
			kind: "problem",
			call,
			problem: plainProblem(error)
		}, []);
		else port.post({
			kind: "crash",
			stack: stackOf(error)
		}, []);
	}
}
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
export { threadPort as n, serve as r, startThread as t };
