import { i as problem } from "./shared-problem.js";
// src/errors/registry.ts
/** @file Problems of nightly audits: registry.yaml, the state on disk, sources, publishing. No message ever holds a token. */
const registryOneOf = problem("REGISTRY_ONE_OF", 2, (where, allowed, found) => ({
	message: `${where} has ${found.length === 0 ? "none" : found.join(" and ")} of ${allowed.join(", ")}; exactly one is needed.`,
	fix: `Give it one of ${allowed.join(", ")}; what has two is two entries.`
}));
const registrySourceRepeated = problem("REGISTRY_SOURCE_REPEATED", 2, (where, name) => ({
	message: `${where}: a source before it is called "${name}" too.`,
	fix: "Give every source a name of its own: the history goes by it."
}));
const registrySourceUnknown = problem("REGISTRY_SOURCE_UNKNOWN", 2, (where, name, known) => ({
	message: `${where} names the source "${name}", and there is none of that name (${known.join(", ")}).`,
	fix: "Correct the name, or add the source."
}));
const registryVariableMissing = problem("REGISTRY_VARIABLE_MISSING", 2, (where, name) => ({
	message: `${where} names the environment variable ${name}, which is not set.`,
	fix: `Set ${name}, or take the key out of registry.yaml.`
}));
const registryTokenUnencrypted = problem("REGISTRY_TOKEN_UNENCRYPTED", 2, (where, host) => ({
	message: `${where}: a secret would travel to ${host} unencrypted.`,
	fix: "Use an address that begins with https:."
}));
const registryBusy = problem("REGISTRY_BUSY", 2, (folder, holder) => ({
	message: `${folder} is in use by another run (${holder}).`,
	fix: "Wait until it has ended; a run that was killed is noticed by itself."
}));
const registryLockLost = problem("REGISTRY_LOCK_LOST", 3, (folder) => ({
	message: `Another run took over ${folder} while this one did not move (a suspended machine, a disk that hung). Nothing more was written.`,
	fix: "Let the other run finish; what this one had finished is kept."
}));
const registryStateDamaged = problem("REGISTRY_STATE_DAMAGED", 2, (where, reason) => ({
	message: `${where}: the history of the registry is damaged: ${reason}. Nothing was changed.`,
	fix: "Restore journal.jsonl from a backup, or delete the lines from there on: what they say is then audited again, unless its report is still there."
}));
const registryStateVersion = problem("REGISTRY_STATE_VERSION", 2, (path) => ({
	message: `${path} is not a history that this version can read.`,
	fix: "Use the version of saegate that wrote it, or a newer one."
}));
const registryItemUnknown = problem("REGISTRY_ITEM_UNKNOWN", 2, (asked, near) => ({
	message: `The history has no candidate that matches "${asked}"${near.length === 0 ? "" : `; it has ${near.join(", ")}`}.`,
	fix: "Name it as `saegate registry status` does: SOURCE:NAME, with * and ? for several."
}));
const registryShardInvalid = problem("REGISTRY_SHARD_INVALID", 2, (given) => ({
	message: `--shard is ${given}; it is written 1/4, 2/4, 3/4 or 4/4.`,
	fix: "Count shards from 1 to their number."
}));
const registryDurationInvalid = problem("REGISTRY_DURATION_INVALID", 2, (where, given) => ({
	message: `${where} is ${given.slice(0, 40)}, which is no length of time.`,
	fix: "Write a number with s, m or h: 90m, 6h."
}));
const registryTimeOut = problem("REGISTRY_TIME_OUT", 3, (item, limit) => ({
	message: `The audit of ${item} was ended after ${limit}.`,
	fix: "Give the rule a longer timeout, or audit fewer tokens."
}));
const registryTooLarge = problem("REGISTRY_TOO_LARGE", 2, (item, bytes, limit) => ({
	message: `${item} has ${bytes} bytes; --max-disk allows ${limit} for all downloads.`,
	fix: "Raise --max-disk, or give a rule that skips it."
}));
problem("REGISTRY_REFERENCE_UNTOLD", 2, (item) => ({
	message: `The rule takes the reference from {base}, and nothing says of which model ${item} was made.`,
	fix: "Name the reference in a rule for it, or tag it base_model:quantized:OWNER/NAME."
}));
const registryAnswer = problem("REGISTRY_ANSWER", 3, (who, reason) => ({
	message: `The answer of ${who} cannot be used: ${reason}.`,
	fix: "Check the address in registry.yaml, and what stands between this machine and it."
}));
const registryRefused = problem("REGISTRY_REFUSED", 2, (who, status, what) => ({
	message: `${who} refuses ${what} (${status}).`,
	fix: "Check the token or password that registry.yaml names, and what it may do."
}));
const registryAbsent = problem("REGISTRY_ABSENT", 2, (who, what) => ({
	message: `${who} has no ${what} (404).`,
	fix: "Check the name; it may have been deleted."
}));
const registryUnreachable = problem("REGISTRY_UNREACHABLE", 3, (who, reason) => ({
	message: `${who} cannot be asked: ${reason}.`,
	fix: "Check the network and the address; the next run tries again."
}));
const registryArtifact = problem("REGISTRY_ARTIFACT", 2, (item, reason) => ({
	message: `${item} is no model that can be audited: ${reason}.`,
	fix: "Give a rule that skips it, or store the model’s files in a form that docs/registry.md lists."
}));
const registryDamaged = problem("REGISTRY_DAMAGED", 3, (what, found, listed) => ({
	message: `${what} arrived with the digest ${found}, and ${listed} was listed. It was not kept.`,
	fix: "Run again. If it stays so, something between this machine and the registry changes the file."
}));
const registryEventRefused = problem("REGISTRY_EVENT_REFUSED", 2, (reason) => ({
	message: `The event is not taken: ${reason}.`,
	fix: "Check the secret of the webhook, and that headers and body were handed on verbatim."
}));
const registryNotThere = problem("REGISTRY_NOT_THERE", 2, (folder) => ({
	message: `${folder} holds no history of a registry.`,
	fix: "Run `saegate registry run` first, or name the folder with --config or --state."
}));
const registryCardUnreadable = problem("REGISTRY_CARD_UNREADABLE", 3, (model, reason) => ({
	message: `The card of ${model} cannot be changed: ${reason}.`,
	fix: "Mend its README.md, above all the lines between the first two \"---\"; the next run tries again."
}));
const registryIssueDenied = problem("REGISTRY_ISSUE_DENIED", 3, (place, status) => ({
	message: `The issue in ${place} was not written (GitHub answered ${status}): the token may not.`,
	fix: "In a workflow, add permissions: {issues: write}; elsewhere, GITHUB_TOKEN has to be allowed to write issues there."
}));
const registryIssueFailed = problem("REGISTRY_ISSUE_FAILED", 3, (place, reason) => ({
	message: `The issue in ${place} was not written: ${reason}.`,
	fix: "The next run with --publish tries again; GitHub’s status page says whether its API is disturbed."
}));
const registryIssuesTooMany = problem("REGISTRY_ISSUES_TOO_MANY", 3, (pages) => ({
	message: `The repository has more than ${pages} pages of issues; saegate’s cannot be found among them, and no second ones are made.`,
	fix: "Name a repository of its own for these issues."
}));
const registryPageForeign = problem("REGISTRY_PAGE_FOREIGN", 2, (path) => ({
	message: `${path} is there, and is none of the files that \`saegate registry page\` wrote; it is left as it is.`,
	fix: "Name an empty folder with --out, or move the file away."
}));
export { registryTimeOut as C, registryVariableMissing as D, registryUnreachable as E, registryStateVersion as S, registryTooLarge as T, registryRefused as _, registryCardUnreadable as a, registrySourceUnknown as b, registryEventRefused as c, registryIssuesTooMany as d, registryItemUnknown as f, registryPageForeign as g, registryOneOf as h, registryBusy as i, registryIssueDenied as l, registryNotThere as m, registryAnswer as n, registryDamaged as o, registryLockLost as p, registryArtifact as r, registryDurationInvalid as s, registryAbsent as t, registryIssueFailed as u, registryShardInvalid as v, registryTokenUnencrypted as w, registryStateDamaged as x, registrySourceRepeated as y };
