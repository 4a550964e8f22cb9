import { _ as hubSpecMalformed, t as staysInside } from "./shared-pinned-files.js";
// src/sources/hub-spec.ts
/** @file The spec of something on the Hugging Face Hub: `hf:[datasets/]owner/name[@revision][/sub/path]`. */
const PREFIX = "hf:";
/** Characters that the Hub allows in the names of owners and repositories. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/;
/** What branches, tags, commits and refs/pr/N are made of on the Hub; git allows more (git-check-ref-format). */
const REVISION = /^(?!.*\.\.)[A-Za-z0-9][\w./+=,!#-]{0,254}$/;
function isHubSpec(spec) {
	return spec.startsWith(PREFIX);
}
/** Errors: HUB_SPEC_MALFORMED. A slash inside a revision is written %2F, except in refs/pr/N and refs/convert/NAME. */
function parseHubSpec(text) {
	const isDataset = text.startsWith(`${PREFIX}datasets/`);
	const rest = text.slice(isDataset ? `${PREFIX}datasets/`.length : 3);
	const match = /^([^/@]+)\/([^/@]+)(?:@(refs\/(?:pr|convert)\/[^/]+|[^/]*))?(?:\/(.*))?$/s.exec(rest);
	const [, owner = "", name = "", revision = "main", path = ""] = match ?? [];
	if (match === null) throw hubSpecMalformed(text, "owner/name is needed");
	if (!NAME.test(owner) || !NAME.test(name)) throw hubSpecMalformed(text, "owner and name consist of letters, digits, \".\", \"_\" and \"-\"");
	const decoded = revision.replace(/%2f/gi, "/");
	if (!REVISION.test(decoded) || !staysInside(decoded)) throw hubSpecMalformed(text, `"${revision}" cannot be a revision`);
	const inside = path.replace(/\/+$/, "");
	if (inside !== "" && !staysInside(inside)) throw hubSpecMalformed(text, `the path "${path}" leaves the repository`);
	return {
		text,
		type: isDataset ? "dataset" : "model",
		name: `${owner}/${name}`,
		revision: decoded,
		path: inside
	};
}
/** How messages call it: `owner/name`, or `datasets/owner/name`. */
function repositoryName({ type, name }) {
	return type === "dataset" ? `datasets/${name}` : name;
}
export { parseHubSpec as n, repositoryName as r, isHubSpec as t };
