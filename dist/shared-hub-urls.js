// src/contract/hub-urls.ts
/** @file Addresses of pages of the Hugging Face Hub, as people copy them, turned into `hf:` specs. */
const PAGE = /^https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/(datasets\/)?([^/?#]+)\/([^/?#]+)(?:\/(?:tree|blob|resolve|raw)\/([^?#]*))?\/?(?:[?#].*)?$/;
/** `https://huggingface.co/owner/name/tree/main/x` is `hf:owner/name/x`; anything else is as it was. */
function hubSpecOf(text) {
	const match = PAGE.exec(text.trim());
	if (match === null) return text;
	const [, datasets = "", owner = "", name = "", rest = ""] = match;
	const [, revision = "main", path = ""] = /^(refs(?:\/|%2F)(?:pr|convert)(?:\/|%2F)[^/]+|[^/]*)\/?(.*)$/.exec(rest) ?? [];
	const at = revision === "main" || revision === "" ? "" : `@${revision.replaceAll("%2F", "/")}`;
	const inside = path.replace(/\/+$/, "");
	return `hf:${datasets}${owner}/${name}${at}${inside === "" ? "" : `/${decoded(inside)}`}`;
}
function decoded(path) {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
export { hubSpecOf as t };
