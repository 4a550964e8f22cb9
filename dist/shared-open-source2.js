import { t as ggufPartNames } from "./shared-split.js";
import { i as hubSettings } from "./shared-hub-settings.js";
import { t as openFiles } from "./shared-open-files.js";
// src/audit/subjects/open-source.ts
/** @file The one door of an audit to its inputs: local paths and `hf:` specs, with the progress of downloads. */
/** Tokens of the longest sequence that is run. */
function longestSequence({ corpus, perplexity }) {
	return Math.max(corpus.blockLength, perplexity.sliding?.window ?? corpus.blockLength);
}
/**
* How the Hub is reached comes from the environment (see hub-settings.ts); SAEGATE_CACHE, which the action sets to a
* folder that it keeps between runs, stands before HF_HUB_CACHE. Errors: HUB_SETTING_INVALID.
*/
function sourceOpener(environment, onProgress, onRanges = () => {}) {
	const cache = environment.SAEGATE_CACHE?.trim();
	const hub = {
		...hubSettings(cache ? {
			...environment,
			HF_HUB_CACHE: cache
		} : environment),
		onRanges,
		onProgress: ({ file, receivedBytes, totalBytes }) => onProgress({
			stage: `download ${file}`,
			done: receivedBytes,
			total: totalBytes,
			unit: "bytes",
			overall: 0
		}),
		onWait: ({ seconds, why }) => onProgress({
			stage: `${why}: waiting`,
			done: 0,
			total: seconds,
			unit: "seconds",
			overall: 0
		})
	};
	return (spec) => openParts(spec, (place) => openFiles(place, hub));
}
/** One part of a split GGUF stands for all: its folder, of which only the parts are seen. */
async function openParts(spec, open) {
	const slash = spec.lastIndexOf("/");
	const file = spec.slice(slash + 1);
	if (!/-\d{5}-of-\d{5}\.gguf$/.test(file)) return await open(spec);
	const files = await open(slash < 0 ? "." : spec.slice(0, slash) || "/");
	if (!files.has(file)) {
		await files.close();
		return await open(spec);
	}
	const parts = ggufPartNames(file).filter((name) => files.has(name));
	return {
		spec,
		revision: files.revision,
		names: parts,
		has: (name) => parts.includes(name),
		open: (name) => files.open(name),
		localPath: (name) => files.localPath(name),
		close: () => files.close()
	};
}
export { sourceOpener as n, longestSequence as t };
