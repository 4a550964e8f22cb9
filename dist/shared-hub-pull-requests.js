import { n as commit, t as boundedAnswers } from "./shared-bounded-answers.js";
import { n as hubAnswerUnusable } from "./shared-pinned-files.js";
import { t as SaegateError } from "./shared-problem.js";
import { n as parseHubSpec } from "./shared-hub-spec.js";
import { n as hubFetch } from "./shared-hub-fetch.js";
// src/sources/transfer/hub-pull-requests.ts
/**
* @file Pull requests on models of the Hugging Face Hub: ours that are open, and files written to one of them or to a new one.
* Answers are of no type that anybody vouches for.
*/
const MOST_PAGES = 20;
/** `name`: owner/name. Errors of all: HUB_*. */
function hubPullRequests(name, settings) {
	const spec = parseHubSpec(`hf:${name}`);
	const { endpoint } = settings;
	const unusable = (reason) => hubAnswerUnusable(name, reason);
	const request = boundedAnswers(hubFetch(spec, settings), name);
	const get = async (path) => {
		const answer = await request(`${endpoint}/api/${path}`);
		try {
			return fieldsOf(await answer.json());
		} catch {
			throw unusable("it is not JSON");
		}
	};
	const addressOf = (pullRequest) => `${endpoint}/${name}/discussions/${pullRequest}`;
	return {
		addressOf,
		async own(title) {
			const { name: author } = await get("whoami-v2");
			if (typeof author !== "string" || author === "") throw unusable("it does not say whose the token is");
			const asked = new URLSearchParams({
				type: "pull_request",
				status: "open",
				author
			});
			const found = [];
			for (let page = 0, seen = 0; page < MOST_PAGES; page++) {
				const { discussions, count } = await get(`models/${name}/discussions?${asked}&p=${page}`);
				if (!Array.isArray(discussions)) throw unusable("it has no list of discussions");
				const listed = discussions.map(fieldsOf);
				const ours = listed.filter((one) => one.isPullRequest === true && (one.status === "open" || one.status === "draft") && one.title === title && fieldsOf(one.author).name === author);
				for (const { num } of ours) if (typeof num === "number" && Number.isSafeInteger(num)) found.push(num);
				seen += listed.length;
				if (listed.length === 0 || typeof count !== "number" || seen >= count) break;
			}
			return found.sort((a, b) => a - b);
		},
		async write({ path, text, parent, title, description, pullRequest }) {
			const isNew = pullRequest === null;
			try {
				const written = await commit({
					repo: {
						type: "model",
						name
					},
					operations: [{
						operation: "addOrUpdate",
						path,
						content: new Blob([text])
					}],
					title,
					description,
					parentCommit: parent,
					...isNew ? { isPullRequest: true } : { branch: `refs/pr/${pullRequest}` },
					hubUrl: endpoint,
					fetch: boundedAnswers(hubFetch(spec, settings, 1), name)
				});
				if (!isNew) return addressOf(pullRequest);
				const number = /\/discussions\/(\d{1,9})$/.exec(written?.pullRequestUrl ?? "")?.[1];
				if (number === void 0) throw unusable("it names no pull request");
				return addressOf(Number(number));
			} catch (error) {
				if (error instanceof SaegateError) throw error;
				throw unusable(error instanceof Error ? error.message : String(error));
			}
		}
	};
}
const fieldsOf = (value) => typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
export { hubPullRequests };
