import { t as serve } from "./shared-serve.js";
import { n as threadPort } from "./shared-thread.js";
import { t as createSession } from "./shared-session.js";
import { parentPort } from "node:worker_threads";
// src/lane/main.ts
function serveLane(port) {
	const sessions = /* @__PURE__ */ new Map();
	serve(threadPort(port), { answer: (order) => obey(order, sessions) });
}
async function obey(order, sessions) {
	if (order.kind === "load") {
		const { threads, what, fuses } = order.how;
		const device = {
			kind: "cpu",
			threads,
			bodyType: "float32"
		};
		sessions.set(order.session, await createSession(order.graph, device, what, fuses));
		return {};
	}
	const session = sessions.get(order.session);
	if (order.kind === "release") {
		sessions.delete(order.session);
		await session?.release();
		return {};
	}
	if (session === void 0) throw new RangeError(`graph ${order.session} is not loaded`);
	const result = await session.run(order.inputs, order.outputs);
	return Object.fromEntries(order.outputs.map((name) => [name, result.tensor(name)]));
}
// src/lane/index.ts
if (parentPort !== null) serveLane(parentPort);
export {};
