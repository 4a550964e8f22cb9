import { t as serve } from "./shared-serve.js";
import { n as threadPort } from "./shared-thread.js";
import { n as ownCopies } from "./shared-fed-weight.js";
import { t as createSession } from "./shared-session.js";
import { parentPort } from "node:worker_threads";
// src/lane/main.ts
function serveLane(port) {
	const lane = {
		sessions: /* @__PURE__ */ new Map(),
		spare: []
	};
	serve(threadPort(port), { answer: (order) => obey(order, lane) });
}
async function obey(order, lane) {
	const { sessions } = lane;
	if (order.kind === "load") {
		const { device, what, fuses } = order.how;
		const weights = taken(lane, order.graph.fed);
		const session = await createSession({
			...order.graph,
			fed: weights
		}, device, what, fuses);
		sessions.set(order.session, {
			session,
			weights
		});
		return {};
	}
	const loaded = sessions.get(order.session);
	if (order.kind === "release") {
		sessions.delete(order.session);
		await loaded?.session.release();
		return {};
	}
	if (loaded === void 0) throw new RangeError(`graph ${order.session} is not loaded`);
	const { session } = loaded;
	if (order.kind === "feed") {
		if (order.weights.length === 0) lane.spare = loaded.weights;
		const weights = taken(lane, order.weights);
		await session.feed(weights);
		sessions.set(order.session, {
			session,
			weights
		});
		return {};
	}
	const result = await session.run(order.inputs, order.outputs);
	return Object.fromEntries(order.outputs.map((name) => [name, result.tensor(name)]));
}
function taken(lane, weights) {
	if (weights.length === 0) return [];
	const own = ownCopies(weights, lane.spare);
	lane.spare = [];
	return own;
}
// src/lane/index.ts
if (parentPort !== null) serveLane(parentPort);
export {};
