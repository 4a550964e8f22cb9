import { n as commit, t as boundedAnswers } from "./shared-bounded-answers.js";
import { n as hubAnswerUnusable } from "./shared-pinned-files.js";
import { t as SaegateError } from "./shared-problem.js";
import { c as parseHubSpec, l as repositoryName } from "./shared-hub-settings.js";
import { n as hubFetch } from "./shared-hub-fetch.js";
// src/sources/transfer/hub-commits.ts
/** @file Files written to a repository of the Hugging Face Hub, all in one commit. */
/** Asked once: nobody knows of a request that broke off whether it was heard. Errors: HUB_*. */
async function commitFiles({ repository, files, parent, title }, settings) {
	const spec = parseHubSpec(repository);
	const { type, name } = spec;
	try {
		await commit({
			repo: {
				type,
				name
			},
			operations: files.map(({ path, text }) => ({
				operation: "addOrUpdate",
				path,
				content: new Blob([text])
			})),
			title,
			...parent === null ? {} : { parentCommit: parent },
			hubUrl: settings.endpoint,
			fetch: boundedAnswers(hubFetch(spec, settings, 1), repositoryName(spec))
		});
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		throw hubAnswerUnusable(repositoryName(spec), error instanceof Error ? error.message : String(error));
	}
}
export { commitFiles };
