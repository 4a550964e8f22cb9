import { t as serve } from "./shared-serve.js";
import { n as threadPort } from "./shared-thread.js";
import { t as openCheckpoint } from "./shared-open2.js";
import { t as fileWatch } from "./shared-file-watch.js";
import { t as openFiles } from "./shared-open-files.js";
import { parentPort, workerData } from "node:worker_threads";
// src/unpacker/main.ts
/** Answer every name that comes through the port with its values. */
function serveUnpacker(port, data) {
	const opened = open(data);
	opened.catch(() => {});
	serve(threadPort(port), {
		answer: async (name) => await (await opened).read(name),
		handOver: ownedBuffer
	});
}
/** Errors: those of opening; FILE_EXCHANGED, where other files lie there than the audit met. */
async function open({ path, sightings }) {
	const watch = fileWatch(sightings);
	const { tensors } = await openCheckpoint(path, watch.watched(await openFiles(path)));
	await watch.requireUnchanged();
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
