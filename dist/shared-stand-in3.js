import { t as openCheckpoint } from "./shared-open2.js";
import { N as openTokenizer, j as openUnembedding, t as describeModel } from "./shared-model.js";
import { n as STAND_IN_PART, o as recorded, r as heldBytes, t as STAND_IN, v as captureWhich } from "./shared-stand-in2.js";
import { t as SaegateError } from "./shared-problem.js";
import { r as filesSha256, t as digestedFiles } from "./shared-file-digests.js";
// src/audit/kept/stand-in.ts
/** @file What of a reference's files an audit reads where its capture is kept, found by reading it, and kept beside the capture. */
/** Config, tokenizer and the like: whole, as long as they are small. */
const SMALL = /\.(json|model|txt|jinja|tiktoken)$/i;
const MOST_SMALL_BYTES = 2 ** 26;
/** Rows of the unembedding at a time. */
const STEP = 4096;
/**
* Keep the stand-in of a reference of which captures are kept. `known`: digests of those references. Gives its digest. Errors:
* CAPTURE_WHICH (none of them is this one), those of opening a checkpoint.
*/
async function keepStandIn(files, known, cache) {
	const reader = recorded(files);
	const reference = await readReference(reader, known);
	const digested = digestedFiles(files);
	const listed = [];
	for (const name of files.names) {
		const ranges = await rangesOf(files, reader, name);
		if (ranges.length === 0) continue;
		const source = await files.open(name);
		await source.close();
		listed.push({
			name,
			bytes: source.byteLength,
			sha256: await digested.sha256(name),
			ranges
		});
	}
	const figures = { files: listed };
	const bytes = listed.flatMap(({ ranges }) => ranges).reduce((sum, [start = 0, end = 0]) => sum + end - start, 0);
	await cache.put({
		kind: STAND_IN,
		key: JSON.stringify({ reference }),
		bytes,
		figures,
		write: async (into) => await into.part(STAND_IN_PART, heldBytes(files, figures))
	});
	return reference;
}
/** Everything that an audit opens of it before a model is run, and the unembedding. */
async function readReference({ files, stop }, known) {
	const checkpoint = await openCheckpoint(files.spec, files);
	try {
		const model = describeModel(checkpoint, 1, "simulate");
		const unembedding = await openUnembedding(model, {
			kind: "cpu",
			threads: 1,
			bodyType: "float32"
		});
		for (let start = 0; start < unembedding.n_vocab; start += STEP) await unembedding.tokens(start, Math.min(unembedding.n_vocab, start + STEP));
		stop();
		const bare = await checkpoint.fileDigests();
		await openTokenizer(checkpoint.files).catch((error) => {
			if (!(error instanceof SaegateError)) throw error;
		});
		const found = [bare, await checkpoint.fileDigests()].map(filesSha256).findLast((one) => known.has(one));
		if (found === void 0) throw captureWhich(filesSha256(bare), [...known].map((one) => one.slice(0, 12)));
		return found;
	} finally {
		await checkpoint.close();
	}
}
async function rangesOf(files, { rangesOf: read }, name) {
	if (!SMALL.test(name)) return read(name).map((range) => [...range]);
	const source = await files.open(name);
	const { byteLength } = source;
	await source.close();
	return byteLength === 0 || byteLength > MOST_SMALL_BYTES ? [] : [[0, byteLength]];
}
export { keepStandIn };
