import { i as problem } from "./shared-problem.js";
// src/errors/shards.ts
/** @file Problems of audits that are measured in parts and put together. */
const shardInvalid = problem("SHARD_INVALID", 2, (given) => ({
	message: `--shard ${JSON.stringify(given.slice(0, 40))} does not say which of how many.`,
	fix: "Give --shard 1/4 to the first of four machines, --shard 2/4 to the second, up to 4/4."
}));
const shardsTooMany = problem("SHARDS_TOO_MANY", 2, (shards, groups) => ({
	message: `The text has ${groups} token groups, and ${shards} shards were asked for: a shard is whole token groups.`,
	fix: `Use ${groups} shards at most, more text, or more --groups.`
}));
const shardUnsupported = problem("SHARD_UNSUPPORTED", 2, (what, why) => ({
	message: `${what} cannot be measured shard by shard: ${why}.`,
	fix: "Leave it out, or run this audit on one machine, without --shard."
}));
const shardMalformed = problem("SHARD_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a shard that can be used: ${reason}.`,
	fix: "Give the files that `saegate audit --shard` of this version wrote."
}));
const shardsNone = problem("SHARDS_NONE", 2, (folder) => ({
	message: `${folder} holds no shards: none of its files is called like shard-1-of-4.safetensors.`,
	fix: "Give the folder that `saegate audit --shard` had as --out, or name the files."
}));
const shardTwice = problem("SHARD_TWICE", 2, (shard, shards, one, other) => ({
	message: `${one} and ${other} are both shard ${shard} of ${shards}: its tokens would count twice.`,
	fix: "Give one of them."
}));
const shardsMissing = problem("SHARDS_MISSING", 2, (missing, shards) => ({
	message: `${missing.length === 1 ? "Shard" : "Shards"} ${missing.slice(0, 20).join(", ")}${missing.length > 20 ? " and more" : ""} of ${shards} ${missing.length === 1 ? "is" : "are"} missing.`,
	fix: `Measure with the same flags and --shard ${missing[0] ?? 1}/${shards}${missing.length > 1 ? ", and so on" : ""}, and name all shards again; --allow-missing makes a report of the rest, which passes nothing.`
}));
const shardsDiffer = problem("SHARDS_DIFFER", 2, (one, other, field, values) => ({
	message: `${one} and ${other} are not shards of one audit: ${field} is ${values[0]} in the first and ${values[1]} in the second.`,
	fix: "Measure all shards with the same version, flags and files, on machines of one kind (--threads makes their number the same), and merge again."
}));
export { shardsDiffer as a, shardsTooMany as c, shardUnsupported as i, shardMalformed as n, shardsMissing as o, shardTwice as r, shardsNone as s, shardInvalid as t };
