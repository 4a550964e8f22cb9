import { t as openCheckpoint, y as openFiles } from "./shared-open2.js";
import { n as plainProblem, t as SaegateError } from "./shared-problem.js";
import { parentPort, workerData } from "node:worker_threads";
// src/decoder/main.ts
/** Answer every name that comes through the port, one after the other. */
function serveDecoder(port, { path }) {
	const opened = open(path);
	let last = Promise.resolve();
	port.on("message", (name) => {
		last = last.then(async () => {
			const answer = await answerTo(name, opened);
			port.postMessage(answer, "tensor" in answer ? ownedBuffer(answer.tensor) : []);
		});
	});
}
async function open(path) {
	const { tensors } = await openCheckpoint(path, await openFiles(path));
	return tensors;
}
async function answerTo(name, opened) {
	try {
		return {
			name,
			tensor: await (await opened).read(name)
		};
	} catch (error) {
		if (!(error instanceof SaegateError)) throw error;
		return {
			name,
			problem: plainProblem(error)
		};
	}
}
/** The values' buffer can be handed over where they fill it; else the message copies them. */
function ownedBuffer({ data }) {
	const { buffer, byteLength } = data;
	return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
// src/decoder/index.ts
if (parentPort !== null) serveDecoder(parentPort, workerData);
export {};
