import { a as listModels, t as boundedAnswers } from "./shared-bounded-answers.js";
import { n as hubAnswerUnusable } from "./shared-pinned-files.js";
import { t as SaegateError } from "./shared-problem.js";
import { t as COMMIT } from "./shared-hub-cache.js";
import { n as parseHubSpec } from "./shared-hub-spec.js";
import { n as hubFetch } from "./shared-hub-fetch.js";
// src/sources/hub-models.ts
/** @file Lists of models on the Hugging Face Hub: what is published, by whom, made of what, and at which commit. */
/** How messages call it. */
const THE_LIST = {
	text: "the list of models",
	type: "model",
	revision: "main",
	path: ""
};
/**
* The models that a search finds, those that changed last first. `since`: ISO 8601; the list ends where it comes to older ones, as
* long as it is in that order. Errors: HUB_*.
*/
async function hubModels({ owner, tags }, since, settings) {
	const name = owner === null ? THE_LIST.text : `${THE_LIST.text} of ${owner}`;
	const request = boundedAnswers(hubFetch({
		...THE_LIST,
		name
	}, settings), name);
	const found = /* @__PURE__ */ new Map();
	let last = null;
	let isOrdered = true;
	try {
		const listed = listModels({
			search: {
				...owner === null ? {} : { owner },
				tags: [...tags]
			},
			additionalFields: ["sha", "tags"],
			sort: "lastModified",
			hubUrl: settings.endpoint,
			fetch: request
		});
		for await (const entry of listed) {
			const model = checked(entry, name);
			isOrdered &&= last === null ? since === null || model.modified >= since : model.modified <= last;
			last = model.modified;
			if ((found.get(model.name)?.modified ?? "") < model.modified) found.set(model.name, model);
			if (isOrdered && since !== null && model.modified < since) break;
		}
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		throw hubAnswerUnusable(name, error instanceof Error ? error.message : String(error));
	}
	return [...found.values()];
}
/** An entry as an answer has it: of no type that anybody vouches for. Errors: HUB_ANSWER_UNUSABLE. */
function checked(entry, list) {
	const { name, sha, updatedAt, tags } = entry;
	if (typeof name !== "string" || typeof sha !== "string" || !COMMIT.test(sha)) throw hubAnswerUnusable(list, "a model has no name or no commit");
	if (Number.isNaN(updatedAt.getTime())) throw hubAnswerUnusable(list, `${name} has no date`);
	return {
		name: parseHubSpec(`hf:${name}`).name,
		commit: sha,
		modified: updatedAt.toISOString(),
		tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string").slice(0, 1e3) : []
	};
}
export { hubModels };
