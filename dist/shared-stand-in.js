import { i as problem } from "./shared-problem.js";
// src/errors/stand-ins.ts
/** @file What lies in a file's place and is not the file. */
const gitLfsPointer = problem("GIT_LFS_POINTER", 2, (file) => ({
	message: `${file} is a git-lfs pointer, not the file itself.`,
	fix: "Run \"git lfs pull\" in the repository that it came from (git-lfs must be installed), or download the file."
}));
const serverAnswer = problem("SERVER_ANSWER", 2, (file, what) => ({
	message: `${file} is ${what}, not the file itself: something saved it under the file's name.`,
	fix: "Download the file again and look at what the download says; where its repository asks for terms to be accepted or for a token, accept them and sign in (an hf: spec uses HF_TOKEN)."
}));
// src/bytes/stand-in.ts
/**
* @file What lies where a binary file should: the pointer of a clone without git-lfs, or what a server answered in its place, saved under
* the file's name (a sign-in page, "Invalid username or password.", a JSON error).
*/
/** As much of the start as tells, and as a message may quote. */
const LOOKED_AT = 200;
/** Answers of the Hugging Face Hub and of object stores to who may not read a file, or to a name that is none. */
const ANSWERS = /^(?:Entry not found|Not Found|Repository not found|Invalid (?:username or password|credentials)|Access to model|Unauthorized|Forbidden|\{"(?:error|message)":|<\?xml)/i;
/**
* Called where a file does not begin as its format does. Returns where nothing is known of it.
* Errors: GIT_LFS_POINTER, SERVER_ANSWER.
*/
async function refuseStandIn(source) {
	const start = await source.read(0, Math.min(source.byteLength, LOOKED_AT));
	const text = new TextDecoder().decode(start).trimStart();
	if (text.startsWith("version https://git-lfs")) throw gitLfsPointer(source.name);
	if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(text)) throw serverAnswer(source.name, "a web page");
	if (ANSWERS.test(text)) throw serverAnswer(source.name, `a server’s answer (${quoted(text)})`);
}
/** Its first line, as far as it can be printed. */
function quoted(text) {
	const [line = ""] = text.split(/[\r\n]/, 1);
	return JSON.stringify(line.replace(/[^\x20-\x7e]/g, "?").slice(0, 60));
}
export { refuseStandIn as t };
