import { t as serve } from "./shared-serve.js";
import { n as threadPort } from "./shared-thread.js";
import { n as openCheckpoint, t as openFiles } from "./shared-open-files.js";
import { parentPort, workerData } from "node:worker_threads";
// src/unpacker/main.ts
/** Answer every name that comes through the port with its values. */
function serveUnpacker(port, { path }) {
	const opened = open(path);
	opened.catch(() => {});
	serve(threadPort(port), {
		answer: async (name) => await (await opened).read(name),
		handOver: ownedBuffer
	});
}
async function open(path) {
	const { tensors } = await openCheckpoint(path, await openFiles(path));
	return tensors;
}
/** The values' buffer can be handed over where they fill it; else the message copies them. */
function ownedBuffer({ data }) {
	const { buffer, byteLength } = data;
	return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
// src/unpacker/index.ts
if (parentPort !== null) serveUnpacker(parentPort, workerData);
export {};
