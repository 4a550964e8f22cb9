import { n as commit, t as boundedAnswers } from "./shared-bounded-answers.js";
import { n as hubAnswerUnusable } from "./shared-pinned-files.js";
import { t as SaegateError } from "./shared-problem.js";
import { n as parseHubSpec, r as repositoryName } from "./shared-hub-spec.js";
import { n as hubFetch } from "./shared-hub-fetch.js";
import { openAsBlob } from "node:fs";
// src/sources/transfer/hub-commits.ts
/** @file Files written to a repository of the Hugging Face Hub, all in one commit. */
/** Asked once: nobody knows of a request that broke off whether it was heard. Gives the commit; '': the Hub does not say. Errors: HUB_*. */
async function commitFiles({ repository, files, parent, title }, settings) {
	const spec = parseHubSpec(repository);
	const { type, name } = spec;
	try {
		const operations = [];
		for (const file of files) {
			const content = "text" in file ? new Blob([file.text]) : await openAsBlob(file.from);
			operations.push({
				operation: "addOrUpdate",
				path: file.path,
				content
			});
		}
		return (await commit({
			repo: {
				type,
				name
			},
			operations,
			title,
			...parent === null ? {} : { parentCommit: parent },
			hubUrl: settings.endpoint,
			fetch: boundedAnswers(hubFetch(spec, settings, 1), repositoryName(spec))
		}))?.commit.oid ?? "";
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		throw hubAnswerUnusable(repositoryName(spec), error instanceof Error ? error.message : String(error));
	}
}
export { commitFiles };
