import { i as problem } from "./shared-problem.js";
// src/errors/sources.ts
/** @file What can go wrong between a spec string and the files it names: folders, the Hugging Face Hub, JSON files. */
const fileNotListed = problem("FILE_NOT_LISTED", 2, (spec, name) => ({
	message: `${spec} has no file "${name}".`,
	fix: "Check that the folder is complete, and that the spec names the right one."
}));
const nameLeavesFolder = problem("NAME_LEAVES_FOLDER", 2, (spec, name) => ({
	message: `${spec}: the file name "${name}" is absolute or climbs out of the folder.`,
	fix: "Name files relative to the folder, without \"..\". If another file named it, that file is not to be trusted."
}));
const linkLeavesFolder = problem("LINK_LEAVES_FOLDER", 2, (spec, name, target) => ({
	message: `${spec}: "${name}" is a symbolic link to ${target}, outside the folder or git's own.`,
	fix: "Copy the file into the folder. Only links of the Hugging Face cache (snapshots to blobs) are followed."
}));
const fileExchanged = problem("FILE_EXCHANGED", 3, (path, what) => ({
	message: `${path} changed while it was measured: ${what}. Nothing is said of it.`,
	fix: "Run again while nothing else writes there; on a network share that gives its files new numbers, from a copy on a disk of this machine."
}));
const folderTooLarge = problem("FOLDER_TOO_LARGE", 2, (spec, limit) => ({
	message: `${spec} holds more than ${limit} files.`,
	fix: "Name the folder of the model or SAE itself, not one that holds many of them."
}));
const jsonTooLarge = problem("JSON_TOO_LARGE", 2, (name, bytes, limit) => ({
	message: `${name} has ${bytes} bytes; at most ${limit} are read as JSON here.`,
	fix: "Check that it is the file it claims to be."
}));
const jsonMalformed = problem("JSON_MALFORMED", 2, (name, reason) => ({
	message: `${name} cannot be used as JSON: ${reason}.`,
	fix: "Fetch the file again; a web page or a git-lfs pointer in its place is the usual cause."
}));
const jsonNotAnObject = problem("JSON_NOT_AN_OBJECT", 2, (name, found) => ({
	message: `${name} holds ${found}; a JSON object was expected.`,
	fix: "Check that it is the file it claims to be."
}));
export { jsonNotAnObject as a, nameLeavesFolder as c, jsonMalformed as i, fileNotListed as n, jsonTooLarge as o, folderTooLarge as r, linkLeavesFolder as s, fileExchanged as t };
