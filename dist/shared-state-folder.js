import { r as systemErrorCode, u as fileMissing } from "./shared-file.js";
import { t as oneLine } from "./shared-visible.js";
import { t as SaegateError } from "./shared-problem.js";
import { l as writeProblem, s as writeFileWhole } from "./shared-atomic.js";
import { i as loudnessOf, r as isRewritable } from "./shared-host.js";
import { d as schemaProblem, f as configInvalid, l as readYaml, p as configKeyUnknown, u as keyText } from "./shared-recomputed.js";
import { y as matchesAny } from "./shared-readout-scope.js";
import { O as configSchema, l as readSmallText } from "./shared-version.js";
import { D as prose, w as code } from "./shared-run-audit.js";
import { t as schemaCheck } from "./shared-schema-check.js";
import { n as readWholeFile } from "./shared-whole-file.js";
import { t as makeFolder } from "./shared-make-folder.js";
import { P as duration } from "./shared-shown.js";
import { n as duration$1, t as ProgressText } from "./shared-progress-text.js";
import { S as registryStateVersion, b as registrySourceUnknown, h as registryOneOf, i as registryBusy, m as registryNotThere, p as registryLockLost, s as registryDurationInvalid, v as registryShardInvalid, x as registryStateDamaged, y as registrySourceRepeated } from "./shared-registry.js";
import { l as digestOfWords, n as mark, r as outcomeWord, t as figureWords } from "./shared-figures.js";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import { open, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
// src/registry/item.ts
/** `SOURCE:NAME`: how people name it, and the history. */
const itemId = ({ source, name }) => `${source}:${name}`;
// src/contract/registry/registry-schema.ts
const STRING = {
	type: "string",
	minLength: 1,
	maxLength: 1e3
};
const NAME$1 = {
	type: "string",
	pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$",
	title: "a short name"
};
const VARIABLE = {
	type: "string",
	pattern: "^[A-Za-z_][A-Za-z0-9_]{0,99}$",
	title: "the name of an environment variable"
};
const PATTERNS = {
	anyOf: [STRING, {
		type: "array",
		items: STRING,
		minItems: 1,
		maxItems: 256
	}],
	description: "Names, with * and ?; one of them is enough. Default: all."
};
const ADDRESS = {
	type: "string",
	pattern: "^https?://",
	title: "an address that begins with https://"
};
const REPOSITORY = {
	type: "string",
	pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9._-]{1,100}$",
	title: "owner/name"
};
const { candidates: _candidates, out: _out, ...auditProperties } = configSchema.properties;
const audit = {
	type: "object",
	description: "What the audit is told, by the keys of saegate.yaml. {base} in reference is the model that the source says it was made of.",
	additionalProperties: false,
	properties: auditProperties
};
const source = {
	type: "object",
	description: "Exactly one of folder, hub, mlflow and oci.",
	additionalProperties: false,
	required: ["name"],
	properties: {
		name: NAME$1,
		folder: {
			type: "object",
			description: "Folders and GGUF or ONNX files on this machine.",
			additionalProperties: false,
			required: ["path"],
			properties: {
				path: STRING,
				match: {
					...PATTERNS,
					description: "Paths below it, as shells have them: *, ?, ** and {a,b}. Default: * (every folder in it)."
				}
			}
		},
		hub: {
			type: "object",
			description: "Models of the Hugging Face Hub.",
			additionalProperties: false,
			properties: {
				author: {
					...STRING,
					description: "A user or an organisation."
				},
				tags: {
					type: "array",
					items: STRING,
					minItems: 1,
					maxItems: 16,
					description: "A model has all of them."
				},
				base: {
					...STRING,
					description: "quantized:owner/name: what the Hub lists as made of that model."
				},
				match: PATTERNS,
				webhookSecretEnv: {
					...VARIABLE,
					description: "Holds the secret of webhooks that this source is told by."
				}
			}
		},
		mlflow: {
			type: "object",
			description: "Versions of an MLflow Model Registry.",
			additionalProperties: false,
			required: ["url"],
			properties: {
				url: ADDRESS,
				match: PATTERNS,
				alias: {
					...STRING,
					description: "Only versions that have it."
				},
				tags: {
					type: "object",
					additionalProperties: STRING,
					description: "Only versions that have all of these."
				},
				path: {
					...STRING,
					description: "The folder of the checkpoint among the artifacts. Default: all of them."
				},
				tokenEnv: {
					...VARIABLE,
					description: "Holds the token."
				},
				webhookSecretEnv: {
					...VARIABLE,
					description: "Holds the secret of webhooks that this source is told by."
				}
			}
		},
		oci: {
			type: "object",
			description: "Tags of repositories in an OCI registry.",
			additionalProperties: false,
			required: ["registry", "repositories"],
			properties: {
				registry: {
					type: "string",
					pattern: "^[A-Za-z0-9[][A-Za-z0-9.:[\\]-]{0,255}$",
					title: "a host, perhaps with a port: ghcr.io"
				},
				repositories: {
					...PATTERNS,
					description: "acme/llama, or globs where the registry lists its repositories."
				},
				match: {
					...PATTERNS,
					description: "repository:tag, with * and ?. Default: all."
				}
			}
		}
	}
};
const rule = {
	type: "object",
	description: "Of the rules that match a candidate the first one decides. Exactly one of audit and skip.",
	additionalProperties: false,
	properties: {
		match: PATTERNS,
		source: {
			...NAME$1,
			description: "Only what this source lists."
		},
		tags: {
			type: "array",
			items: STRING,
			minItems: 1,
			maxItems: 16,
			description: "Only candidates that have all of them."
		},
		priority: {
			type: "integer",
			minimum: -1e3,
			maximum: 1e3,
			default: 0,
			description: "Higher comes first; within one, the newest."
		},
		timeout: {
			...STRING,
			description: "How long one audit may take: 90m, 6h. Default: 24h."
		},
		skip: {
			...STRING,
			description: "Why these are not audited."
		},
		audit
	}
};
const publish = {
	type: "object",
	description: "Exactly one of webhook, mlflow, hub, oci, github and dataset.",
	additionalProperties: false,
	properties: {
		webhook: {
			type: "object",
			additionalProperties: false,
			required: ["url"],
			properties: {
				url: ADDRESS,
				secretEnv: {
					...VARIABLE,
					description: "Holds the key of the HMAC."
				}
			}
		},
		mlflow: {
			type: "object",
			description: "Tags saegate.* of the version.",
			additionalProperties: false,
			properties: { alias: {
				...STRING,
				description: "Moved to a version that passes, and only then."
			} }
		},
		hub: {
			type: "object",
			description: "A pull request on the model of the Hub, for its card.",
			additionalProperties: false,
			properties: {}
		},
		oci: {
			type: "object",
			description: "An artifact beside the candidate in its OCI registry, with it as subject.",
			additionalProperties: false,
			properties: {}
		},
		github: {
			type: "object",
			description: "An issue for each candidate that is blocked, closed when it passes. GITHUB_TOKEN has to be allowed to write issues.",
			additionalProperties: false,
			required: ["repository"],
			properties: {
				repository: REPOSITORY,
				labels: {
					type: "array",
					items: {
						type: "string",
						minLength: 1,
						maxLength: 50
					},
					maxItems: 16,
					description: "Given to new issues."
				}
			}
		},
		dataset: {
			type: "object",
			description: "A dataset repository of the Hugging Face Hub that keeps every report.",
			additionalProperties: false,
			required: ["repository"],
			properties: { repository: REPOSITORY }
		}
	}
};
const registrySchema = {
	$schema: "http://json-schema.org/draft-07/schema#",
	$id: "https://saegate.dev/schemas/registry.schema.json",
	title: "registry.yaml",
	description: "Which candidates are audited every night, against what, and where the verdicts go.",
	type: "object",
	additionalProperties: false,
	required: [
		"version",
		"sources",
		"rules"
	],
	properties: {
		version: { const: 1 },
		state: {
			...STRING,
			default: "saegate-registry",
			description: "Folder of the history, the reports and the downloads."
		},
		sources: {
			type: "array",
			items: source,
			minItems: 1,
			maxItems: 64
		},
		audit: {
			...audit,
			description: "What holds for every rule that does not say it itself."
		},
		rules: {
			type: "array",
			items: rule,
			minItems: 1,
			maxItems: 256
		},
		ignoreChanges: {
			type: "array",
			items: { enum: [
				"tool",
				"policy",
				"corpus",
				"sae"
			] },
			maxItems: 4,
			description: "What may change without every candidate being audited again."
		},
		publish: {
			type: "array",
			items: publish,
			maxItems: 16
		}
	}
};
// src/contract/registry/registry-file.ts
/**
* @file registry.yaml, read and checked: every problem is named with file, line, column and key, an unknown key with the one
* that was probably meant. What a rule says of an audit is joined here with what holds for all of them.
*/
const check = schemaCheck(registrySchema, {
	allErrors: true,
	verbose: true
});
const SOURCE_KINDS = [
	"folder",
	"hub",
	"mlflow",
	"oci"
];
const PUBLISH_KINDS = [
	"webhook",
	"mlflow",
	"hub",
	"oci",
	"github",
	"dataset"
];
const RULE_KINDS = ["audit", "skip"];
/** Throws YAML_*, CONFIG_KEY_UNKNOWN, CONFIG_INVALID, REGISTRY_ONE_OF, REGISTRY_SOURCE_*. */
function parseRegistry(name, text) {
	const yaml = readYaml(name, text);
	const value = yaml.value ?? {};
	const validate = check();
	if (!validate(value)) throw told(yaml, schemaProblem(validate.errors ?? []));
	const file = {
		name,
		config: value,
		where: (path) => `${yaml.at(path)}: ${keyText(path)}`
	};
	requireSense(file);
	return file;
}
function told(yaml, problem) {
	const [at, key] = [yaml.at(problem.path), keyText(problem.path)];
	if (problem.kind === "unknown-key") return configKeyUnknown(at, key, problem.near, problem.known);
	const expected = problem.kind === "missing-key" ? `the key "${problem.key}" in it` : problem.expected;
	return configInvalid(at, key, problem.found, expected);
}
/** What a schema cannot say well. */
function requireSense({ config, where }) {
	const requireOne = (path, value, kinds) => {
		const found = kinds.filter((kind) => kind in value);
		if (found.length !== 1) throw registryOneOf(where(path), kinds, found);
	};
	const names = [];
	for (const [i, source] of config.sources.entries()) {
		requireOne(["sources", i], source, SOURCE_KINDS);
		if (names.includes(source.name)) throw registrySourceRepeated(where([
			"sources",
			i,
			"name"
		]), source.name);
		names.push(source.name);
	}
	for (const [i, rule] of config.rules.entries()) {
		if ("skip" in rule) requireOne(["rules", i], rule, RULE_KINDS);
		if (rule.source !== void 0 && !names.includes(rule.source)) throw registrySourceUnknown(where([
			"rules",
			i,
			"source"
		]), rule.source, names);
	}
	for (const [i, target] of (config.publish ?? []).entries()) requireOne(["publish", i], target, PUBLISH_KINDS);
}
/** `{base}` in the reference. */
const BASE = "{base}";
const needsBase = (file, rule) => ({
	...file.config.audit,
	...rule.audit
}).reference?.includes(BASE) === true;
/**
* What rule `index` says of the audit of one candidate, as if it were a saegate.yaml. `base`: what {base} stands for.
* Messages name the place in registry.yaml.
*/
function auditFile(file, index, candidate) {
	const own = file.config.rules[index]?.audit ?? {};
	const joined = {
		...file.config.audit,
		...own
	};
	const { reference } = joined;
	const place = (path) => path[0] !== void 0 && path[0] in own ? [
		"rules",
		index,
		"audit",
		...path
	] : ["audit", ...path];
	return {
		name: file.name,
		values: {
			...joined,
			...reference === void 0 ? {} : { reference: reference.replaceAll(BASE, candidate.base ?? "") },
			candidates: [candidate.spec]
		},
		lineOf: () => 1,
		where: (path) => file.where(place(path))
	};
}
/** As a list, whichever way it was written. */
const patternsOf = (written) => written === void 0 ? ["*"] : typeof written === "string" ? [written] : written;
// src/registry/state/history.ts
/** @file What the journal adds up to: what is known of every candidate, and every audit ever made. Pure. */
const publishedKey = (target, idempotency) => `${target} ${idempotency}`;
function historyOf(records) {
	const grown = {
		items: /* @__PURE__ */ new Map(),
		cursors: /* @__PURE__ */ new Map(),
		contents: /* @__PURE__ */ new Map(),
		audits: [],
		published: /* @__PURE__ */ new Map(),
		ids: /* @__PURE__ */ new Set(),
		used: /* @__PURE__ */ new Map()
	};
	let position = 0;
	const add = (more) => {
		for (const record of more) {
			grown.ids.add(record.id);
			apply(grown, record, position++);
		}
	};
	add(records);
	return {
		...grown,
		add
	};
}
function apply(grown, record, position) {
	const { what } = record;
	const change = (id, changes) => {
		const known = grown.items.get(id);
		if (known !== void 0) grown.items.set(id, {
			...known,
			...changes
		});
	};
	switch (what.type) {
		case "history":
		case "run": return;
		case "listed":
			for (const item of what.items) list(grown, item);
			return;
		case "gone":
			for (const id of what.items) change(id, { isListed: false });
			return;
		case "cursor":
			grown.cursors.set(what.source, {
				definition: what.definition,
				cursor: what.cursor
			});
			return;
		case "content":
			grown.contents.set(what.of, what.digest);
			return;
		case "started":
			grown.used.set(what.item, position);
			change(what.item, { open: what });
			return;
		case "deferred":
			change(what.item, { open: null });
			return;
		case "finished": {
			const last = {
				id: record.id,
				at: record.at,
				what
			};
			grown.used.set(what.item, position);
			grown.audits.push(last);
			change(what.item, {
				last,
				open: null,
				isWanted: false
			});
			return;
		}
		case "retry":
			for (const id of what.items) change(id, { isWanted: true });
			return;
		case "published": grown.published.set(publishedKey(what.target, what.idempotency), what.address);
	}
}
function list(grown, item) {
	const id = itemId(item);
	const known = grown.items.get(id);
	grown.items.set(id, known === void 0 ? {
		item,
		isListed: true,
		last: null,
		open: null,
		isWanted: false
	} : {
		...known,
		item,
		isListed: true
	});
}
/** How many times in a row these inputs have failed with an error, up to now. */
function triesOf(known, key) {
	const last = known.last?.what;
	return last !== void 0 && last.key === key && last.outcome.kind === "error" ? last.tries : 0;
}
// src/registry/night/rules.ts
/** @file Which rule of registry.yaml speaks for a candidate: the first that matches. Pure. */
/** Errors: REGISTRY_DURATION_INVALID. */
function sortByRules(file, items) {
	const [ruled, skipped, unmatched] = [
		[],
		[],
		[]
	];
	const { rules } = file.config;
	const timeouts = rules.map((one, i) => timeoutOf(one, file.where([
		"rules",
		i,
		"timeout"
	])));
	for (const item of items) {
		const index = rules.findIndex((rule) => isMatch(rule, item));
		const rule = rules[index];
		if (rule === void 0) unmatched.push({
			item,
			why: "no rule matches it"
		});
		else if (rule.skip !== void 0) skipped.push({
			item,
			why: rule.skip
		});
		else if (needsBase(file, rule) && item.base === null) unmatched.push({
			item,
			why: "its rule takes the reference from {base}, and nothing says what it was made of"
		});
		else ruled.push({
			item,
			rule: index,
			priority: rule.priority ?? 0,
			timeoutMs: timeouts[index] ?? 0
		});
	}
	return {
		ruled,
		skipped,
		unmatched
	};
}
function isMatch(rule, item) {
	if (rule.source !== void 0 && rule.source !== item.source) return false;
	if (rule.tags?.some((tag) => !item.tags.includes(tag)) === true) return false;
	return matchesAny(patternsOf(rule.match), [item.name]);
}
const DEFAULT_TIMEOUT = "24h";
const timeoutOf = ({ timeout }, where) => durationOf(where, timeout ?? DEFAULT_TIMEOUT);
const UNITS = {
	s: 1e3,
	m: 6e4,
	h: 36e5
};
/** 90m, 6h, 1.5h as milliseconds. Errors: REGISTRY_DURATION_INVALID. */
function durationOf(where, given) {
	const [, count, unit = ""] = /^(\d{1,6}(?:\.\d{1,3})?)\s*([smh])$/.exec(given.trim()) ?? [];
	const milliseconds = Number(count) * (UNITS[unit] ?? NaN);
	if (!(milliseconds > 0)) throw registryDurationInvalid(where, given);
	return milliseconds;
}
/** For people: 90 min, 6 h. */
function durationWords(milliseconds) {
	if (milliseconds < 12e4) return `${Math.round(milliseconds / 1e3)} s`;
	if (milliseconds < 72e5) return `${Math.round(milliseconds / 6e4)} min`;
	return `${(milliseconds / 36e5).toFixed(1).replace(/\.0$/, "")} h`;
}
/** Higher priority first, then the newest, then by name: the same order on every machine. */
function inOrder(ruled) {
	const key = ({ item }) => `${item.source}:${item.name}`;
	return [...ruled].sort((a, b) => b.priority - a.priority || compare(b.item.when ?? "", a.item.when ?? "") || compare(key(a), key(b)));
}
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
// src/registry/night/shard.ts
/** @file A part of the candidates, for one of several machines: by name, so that all agree without asking each other. Pure. */
const MOST_SHARDS = 256;
/** `2/4`. Errors: REGISTRY_SHARD_INVALID. */
function parseShard(given) {
	const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(given.trim()) ?? [];
	const shard = {
		index: Number(index),
		count: Number(count)
	};
	if (!(shard.index >= 1 && shard.index <= shard.count && shard.count <= MOST_SHARDS)) throw registryShardInvalid(given.slice(0, 40));
	return shard;
}
/** `2/4` */
const shardName = ({ index, count }) => `${index}/${count}`;
/** Which of `count` shards a candidate belongs to, from 1: the same in every night, whatever else there is. */
const shardOf = (id, count) => Number.parseInt(digestOfWords(id).slice(0, 12), 16) % count + 1;
// src/registry/state/entries.ts
const TYPES = {
	history: true,
	run: true,
	listed: true,
	gone: true,
	cursor: true,
	content: true,
	started: true,
	finished: true,
	deferred: true,
	retry: true,
	published: true
};
/** Whether a line's entry is of a kind that this version knows; its digest says that we wrote the rest. */
function isRecorded(entry) {
	if (typeof entry !== "object" || entry === null) return false;
	const { id, at, what } = entry;
	if (typeof id !== "string" || typeof at !== "string" || typeof what !== "object" || what === null) return false;
	return "type" in what && typeof what.type === "string" && Object.hasOwn(TYPES, what.type);
}
// src/registry/state/line.ts
/**
* @file One line of the journal: an entry as JSON, with the digest of the line before it and its own, so that a line that was cut,
* changed, lost or put between is told from a whole one. Pure.
*/
/** The digest that stands before the first line. */
const GENESIS = "0".repeat(16);
/** 64 bits: against accidents, not against somebody who writes to the folder. */
const digestOf = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);
/** `{"before":…,"entry":…,"sha256":…}` and a line feed. */
function writeLine(before, entry) {
	const body = `{"before":"${before}","entry":${JSON.stringify(entry)}`;
	const digest = digestOf(body);
	return {
		text: `${body},"sha256":"${digest}"}\n`,
		digest
	};
}
const FORM = /^(\{"before":"([0-9a-f]{16})","entry":.*),"sha256":"([0-9a-f]{16})"\}$/s;
/** `text` without its line feed. Null: it is not whole, or not one of ours. */
function readLine(text) {
	const [, body, before, digest] = FORM.exec(text) ?? [];
	if (body === void 0 || before === void 0 || digest === void 0 || digestOf(body) !== digest) return null;
	try {
		const { entry } = JSON.parse(`${body}}`);
		return {
			before,
			digest,
			entry
		};
	} catch {
		return null;
	}
}
// src/registry/state/journal.ts
/**
* @file The history on disk: journal.jsonl, to which lines are appended and flushed, and from which none is taken. Why it is no
* database: docs/decisions/2026-11-29-registry-journal.md.
*
* A process that is killed while it writes leaves at most one torn line, at the end: readers leave it out, the next writer
* cuts it off. A run that lost its lock without noticing (lock.ts) may append a line behind one that it has not read; such a
* line names another line before it, and is left out too. Anything else that does not fit is damage, and refused.
*/
const NAME = "journal.jsonl";
/** A million audits. */
const MOST_BYTES = 2 ** 31 - 1;
const journalPath = (folder) => join(folder, NAME);
/** All that it says; null: there is none. Errors: REGISTRY_STATE_*, those of reading. */
async function readJournal(folder) {
	const path = journalPath(folder);
	try {
		return parseJournal(path, await readWholeFile(path, MOST_BYTES));
	} catch (error) {
		if (error instanceof SaegateError && error.code === fileMissing.code) return null;
		throw error;
	}
}
const LINE_FEED = 10;
function parseJournal(path, bytes) {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const records = [];
	let [head, start, strays] = [
		GENESIS,
		0,
		0
	];
	for (let number = 1;; number++) {
		const end = text.indexOf(LINE_FEED, start);
		if (end < 0) break;
		const line = readLine(text.toString("utf8", start, end));
		if (line === null) {
			if (text.indexOf(LINE_FEED, end + 1) < 0 && end + 1 === text.byteLength) break;
			throw registryStateDamaged(`${path}:${number}`, "the line is not as it was written");
		}
		start = end + 1;
		if (line.before !== head) {
			if (number === 1) throw registryStateDamaged(`${path}:1`, "lines before it are missing");
			strays++;
			continue;
		}
		if (!isRecorded(line.entry)) throw registryStateVersion(`${path}:${number}`);
		head = line.digest;
		records.push(line.entry);
	}
	return {
		records,
		head,
		byteLength: start,
		strays
	};
}
/** Open for writing, under the lock. Errors: REGISTRY_STATE_*, those of reading and writing. */
async function openJournal(folder, writer) {
	const path = journalPath(folder);
	const text = await readJournal(folder) ?? {
		records: [],
		head: GENESIS,
		byteLength: 0,
		strays: 0
	};
	const file = await (writer.open ?? openFile)(path);
	let { head, byteLength } = text;
	let count = 0;
	let isTorn = false;
	const waiting = [];
	let last = Promise.resolve();
	const write = async (records) => {
		writer.requireHeld();
		if (isTorn) throw registryStateDamaged(path, "the disk neither took a line nor let it be taken back");
		let [lines, next] = ["", head];
		for (const record of records) {
			const { text: line, digest } = writeLine(next, record);
			[lines, next] = [lines + line, digest];
		}
		try {
			await file.append(lines);
		} catch (error) {
			await file.truncate(byteLength).catch(() => {
				isTorn = true;
			});
			throw writeProblem(path, error);
		}
		head = next;
		byteLength += Buffer.byteLength(lines);
	};
	/** One after the other, whoever calls; a failed one does not stop the next. */
	const queued = (records) => {
		const turn = last.then(() => write([...waiting.splice(0), ...records]));
		last = turn.catch(() => {});
		return turn;
	};
	const recorded = (what) => ({
		id: `${writer.run}-${count++}`,
		at: writer.now(),
		what
	});
	try {
		await file.truncate(byteLength);
		if (text.records.length === 0) await queued([recorded({
			type: "history",
			version: 1
		})]);
	} catch (error) {
		await file.close();
		throw writeProblem(path, error);
	}
	return {
		text,
		append: async (...entries) => {
			const records = entries.map(recorded);
			if (records.length > 0) await queued(records);
			return records;
		},
		later: (...entries) => {
			const records = entries.map(recorded);
			waiting.push(...records);
			return records;
		},
		adopt: (records) => records.length === 0 ? Promise.resolve() : queued(records),
		close: async () => {
			if (waiting.length > 0) await queued([]).catch(() => {});
			await last;
			await file.close();
		}
	};
}
/** Appended by the system at whatever is the end then: two writers never write into each other's lines. */
async function openFile(path) {
	let handle;
	try {
		handle = await open(path, "a", 420);
		await flushName(dirname(path));
	} catch (error) {
		throw writeProblem(path, error);
	}
	return {
		append: async (text) => {
			await handle.appendFile(text);
			await handle.datasync();
		},
		truncate: (byteLength) => handle.truncate(byteLength),
		close: () => handle.close()
	};
}
/** The name of a new file is the folder's; where folders cannot be opened (Windows) the system sees to it. */
async function flushName(folder) {
	const handle = await open(folder).catch(() => null);
	await handle?.sync().catch(() => {});
	await handle?.close();
}
// src/registry/state/holder.ts
/**
* @file Who holds a lock, and whether that process is still there. A process number is given again after a while, and means
* nothing in another container: the machine's boot, the container's own counting of processes and the process' start belong to it.
*/
const read = (give) => {
	try {
		return give().trim();
	} catch {
		return null;
	}
};
function thisProcess() {
	const boot = read(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1"));
	const space = read(() => readlinkSync("/proc/self/ns/pid"));
	return {
		host: [
			hostname(),
			boot,
			space
		].filter((part) => part !== null).join(" "),
		pid: process.pid,
		started: startOf(process.pid)
	};
}
/** Field 22 of proc(5)'s stat; the name before it may hold spaces and brackets. */
function startOf(pid) {
	const stat = read(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
	return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}
/** `unknown`: it runs elsewhere, or this system says too little of its processes. */
function stateOf(holder, here = thisProcess()) {
	if (holder.host !== here.host) return "unknown";
	try {
		process.kill(holder.pid, 0);
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ESRCH") return "dead";
	}
	if (holder.started === null) return "unknown";
	return startOf(holder.pid) === holder.started ? "living" : "dead";
}
// src/registry/state/lock.ts
/**
* @file One writer at a time: a lock with a lease, safe when its holder is killed, when clocks are set, and on a disk that several
* machines share.
*
* Locks are counted: lock.7.json is the seventh, and the highest is the one that holds. To take over is to make the next one,
* which the file system lets one alone do; nobody removes a lock that somebody could still go by. A holder on this machine is
* looked up by its process; one elsewhere rewrites its file every few seconds, and whoever waits watches it by a clock that only goes
* forward: no time of day is ever compared. A holder that was taken for dead and is not (a suspended machine) finds a higher lock
* before it writes anything.
*/
const TIMES = {
	beat: 5e3,
	lease: 3e4,
	look: 500
};
/** Errors: REGISTRY_BUSY, WRITE_*. `me`: this process, by default. */
async function acquireLock(folder, me = thisProcess(), times = TIMES) {
	await makeFolder(folder).catch((error) => {
		throw writeProblem(folder, error);
	});
	for (;;) {
		const highest = highestIn(folder);
		if (highest > 0) await requireAbandoned(folder, highest, {
			me,
			times
		});
		const mine = highest + 1;
		const content = {
			free: false,
			holder: me,
			beat: 0,
			since: (/* @__PURE__ */ new Date()).toISOString()
		};
		if (!await made(pathOf(folder, mine), content)) continue;
		if (highestIn(folder) !== mine) {
			await rm(pathOf(folder, mine), { force: true });
			continue;
		}
		for (const older of countsIn(folder)) if (older < mine) await rm(pathOf(folder, older), { force: true });
		return held(folder, mine, content, times);
	}
}
function held(folder, mine, content, times) {
	const path = pathOf(folder, mine);
	let beat = 0;
	let writing = Promise.resolve();
	const isHeld = () => {
		const counts = countsIn(folder);
		return counts.includes(mine) && counts.every((count) => count <= mine);
	};
	const write = (change) => {
		writing = writing.then(async () => {
			if (isHeld()) await writeFileWhole(path, JSON.stringify({
				...content,
				beat,
				...change
			}));
		}).catch(() => {});
		return writing;
	};
	const timer = setInterval(() => {
		beat++;
		write({});
	}, times.beat);
	timer.unref();
	return {
		requireHeld: () => {
			if (!isHeld()) throw registryLockLost(folder);
		},
		release: async () => {
			clearInterval(timer);
			await write({ free: true });
		}
	};
}
/** Returns once nobody holds it. Errors: REGISTRY_BUSY. */
async function requireAbandoned(folder, count, { me, times }) {
	const path = pathOf(folder, count);
	const first = await textOf(path);
	for (let waited = 0;; waited += times.look) {
		const text = await textOf(path);
		const written = text === null ? null : parsed(text);
		if (text === null || written?.free === true) return;
		const state = written === null ? "unknown" : stateOf(written.holder, me);
		if (state === "dead") return;
		if (state === "living" || text !== first) throw registryBusy(folder, words(written));
		if (waited >= times.lease) return;
		await setTimeout(times.look);
	}
}
function words(written) {
	if (written === null) return "which has only just begun";
	const { holder, since } = written;
	return `process ${holder.pid} on ${holder.host.split(" ")[0]}, since ${since}`;
}
/** Null: it is not whole. */
function parsed(text) {
	try {
		const { free, holder, beat, since } = JSON.parse(text);
		if (typeof free !== "boolean" || typeof beat !== "number" || typeof since !== "string") return null;
		if (typeof holder?.host !== "string" || typeof holder.pid !== "number") return null;
		const started = typeof holder.started === "string" ? holder.started : null;
		return {
			free,
			holder: {
				host: holder.host,
				pid: holder.pid,
				started
			},
			beat,
			since
		};
	} catch {
		return null;
	}
}
const textOf = (path) => readFile(path, "utf8").catch(() => null);
/** False: somebody else has made it. */
async function made(path, content) {
	try {
		await writeFile(path, JSON.stringify(content), {
			flag: "wx",
			flush: true
		});
		return true;
	} catch (error) {
		if (systemErrorCode(error) === "EEXIST") return false;
		throw writeProblem(path, error);
	}
}
const pathOf = (folder, count) => join(folder, `lock.${count}.json`);
function countsIn(folder) {
	return readdirSync(folder).flatMap((name) => {
		const count = /^lock\.(\d{1,15})\.json$/.exec(name)?.[1];
		return count === void 0 ? [] : [Number(count)];
	});
}
const highestIn = (folder) => Math.max(0, ...countsIn(folder));
// src/registry/state/open-state.ts
/** @file The state of a registry, opened: by one run at a time for writing, by anybody for reading. */
const DOORS = {
	now: () => /* @__PURE__ */ new Date(),
	acquire: (folder) => acquireLock(folder)
};
/** Open, use, close, whatever happens. Errors: REGISTRY_BUSY, REGISTRY_STATE_*, those of writing and of `use`. */
async function withState(folder, use, { now, acquire, open } = DOORS) {
	const lock = await acquire(folder);
	const run = `${now().toISOString().slice(0, 19).replaceAll(/[-:T]/g, "")}-${randomBytes(4).toString("hex")}`;
	try {
		const journal = await openJournal(folder, {
			run,
			now: () => now().toISOString(),
			requireHeld: lock.requireHeld,
			...open === void 0 ? {} : { open }
		});
		try {
			const history = historyOf(journal.text.records);
			const { strays } = journal.text;
			return await use({
				run,
				history,
				strays,
				note: journal.append,
				later: journal.later,
				adopt: journal.adopt
			});
		} finally {
			await journal.close();
		}
	} finally {
		await lock.release();
	}
}
/** What it says now, without a lock. Errors: REGISTRY_STATE_*. Null: nobody has written one. */
async function peekState(folder) {
	const text = await readJournal(folder);
	return text === null ? null : historyOf(text.records);
}
/** The same, where there must be one. Errors: REGISTRY_NOT_THERE. */
async function readState(folder) {
	const history = await peekState(folder);
	if (history === null) throw registryNotThere(folder);
	return history;
}
// src/report/words/columns.ts
/** @file Text in columns, for a terminal: how wide it is, filled up, cut short, in lines, in ASCII alone. */
/** Columns a text takes: code points, wide East Asian ones twice. Combining marks are not told apart. */
function columns(text) {
	let sum = 0;
	for (const character of text) sum += /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]|[\u{1F300}-\u{1FAFF}]|[\u{20000}-\u{3FFFD}]/u.test(character) ? 2 : 1;
	return sum;
}
function pad(text, width) {
	const clipped = clip(text, width);
	return clipped + " ".repeat(Math.max(0, width - columns(clipped)));
}
function clip(text, width) {
	if (columns(text) <= width) return text;
	let kept = "";
	for (const character of text) {
		if (columns(kept + character) > width - 1) break;
		kept += character;
	}
	return `${kept}…`;
}
/** Lines of at most `width` columns; a number stays with its percent sign. */
function wrap(text, width) {
	const lines = [];
	let line = "";
	for (const word of text.split(/ +(?!%)/).map((one) => clip(one, width))) if (line !== "" && columns(line) + 1 + columns(word) > width) {
		lines.push(line);
		line = word;
	} else line = line === "" ? word : `${line} ${word}`;
	return line === "" ? lines : [...lines, line];
}
const ASCII = {
	"✓": "+",
	"✗": "x",
	"○": "o",
	"–": "-",
	"−": "-",
	"±": "~",
	ρ: "r",
	"…": ".",
	" ": " ",
	"’": "'",
	"∞": "i"
};
/** Every character as exactly one ASCII character, so that columns stay. */
function ascii(text) {
	return Array.from(text, (character) => {
		return (character.codePointAt(0) ?? 0) < 128 ? character : ASCII[character] ?? "?";
	}).join("");
}
// src/registry/words/night-text.ts
/** @file What a run did, for a terminal and for a job's summary. Pure. */
/** More names say less. */
const MOST_NAMES = 20;
const few = (names) => {
	const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
	return `${names.slice(0, MOST_NAMES).join(", ")}${more}`;
};
const named = (found) => few(found.map(({ item, why }) => `${item} (${why})`));
/** What is said of all that was not audited, a sentence each. */
function remarks(night) {
	const { isDryRun, due, unchanged, givenUp, unmatched, skipped, passedOver, elsewhere } = night;
	const lines = [];
	const say = (count, text) => void (count > 0 && lines.push(text));
	say(due.length, `${isDryRun ? "Would be audited" : "Left for the next run"}: ${named(due)}.`);
	say(unchanged, `${unchanged} unchanged since the last audit.`);
	say(givenUp.length, `${givenUp.length} failed before and are as they were: ${few(givenUp.map(({ item }) => item))}.`);
	say(unmatched.length, `No rule: ${named(unmatched)}.`);
	say(skipped.length, `Skipped: ${named(skipped)}.`);
	say(passedOver.length, `No weights in: ${few(passedOver)}.`);
	say(elsewhere, `${elsewhere} are for another shard, or the event does not speak of them.`);
	for (const { source, message } of night.sourceErrors) lines.push(`Source ${source} could not be listed: ${message}`);
	for (const { item, target, what } of night.published) lines.push(`${item} → ${target}: ${what}.`);
	return lines;
}
function headline({ isDryRun, listed, done, shard }) {
	const part = shard === null ? "" : `, shard ${shard}`;
	const audited = isDryRun ? "dry run" : `${done.length} audited`;
	return `${listed} candidate${listed === 1 ? "" : "s"}, ${audited}${part}`;
}
const foundOf = ({ outcome, retry }) => outcome.kind === "verdict" ? figureWords(outcome.figures) : `${outcome.message} (${retry ?? ""})`;
function nightText(night) {
	const width = Math.min(50, Math.max(10, ...night.done.map(({ item }) => item.length)));
	const rows = night.done.map((one) => `${mark(one.outcome)} ${pad(one.item, width)}  ${pad(outcomeWord(one.outcome), 13)} ${foundOf(one)}; ${one.why}, ${one.how === "measured" ? duration(one.seconds) : one.how}`);
	return `${[
		headline(night),
		...rows,
		...remarks(night)
	].join("\n")}\n`;
}
function nightMarkdown(night) {
	const rows = night.done.map((one) => `| ${mark(one.outcome)} ${outcomeWord(one.outcome)} | ${code(one.item)} | ${prose(foundOf(one))} | ${prose(one.why)} |`);
	const table = rows.length === 0 ? [] : [
		"",
		"| verdict | candidate | figures | why |",
		"|---|---|---|---|",
		...rows
	];
	const notes = remarks(night).map((line) => `- ${prose(line, 4e3)}`);
	return `${[
		`### Registry: ${headline(night)}`,
		...table,
		...notes.length === 0 ? [] : ["", ...notes]
	].join("\n")}\n`;
}
// src/cli/progress-display.ts
/** Seconds between two updates. */
const TERMINAL_INTERVAL = .1;
const LOG_INTERVAL = 10;
const BAR_WIDTH = 20;
const CLEAR = "\r\x1B[2K";
function progressTo(host) {
	const loudness = loudnessOf(host);
	if (loudness === "quiet") return {
		show: () => void 0,
		clear: () => void 0
	};
	return new Display(host, loudness === "verbose");
}
var Display = class {
	#host;
	#isVerbose;
	#text;
	#interval;
	#last = Number.NEGATIVE_INFINITY;
	#stage = null;
	#isShown = false;
	constructor(host, isVerbose) {
		this.#host = host;
		this.#isVerbose = isVerbose;
		this.#text = new ProgressText(() => host.seconds());
		this.#interval = isRewritable(host) ? TERMINAL_INTERVAL : LOG_INTERVAL;
	}
	show = (progress) => {
		if (progress.note !== void 0) {
			this.#line(oneLine(progress.note));
			return;
		}
		const line = this.#text.line(progress);
		const now = this.#host.seconds();
		const isNew = progress.stage !== this.#stage?.name;
		if (isNew) this.#enter(progress.stage, now);
		if (now - this.#last < this.#interval && !(isNew && isRewritable(this.#host))) return;
		this.#last = now;
		if (isRewritable(this.#host)) this.#bar(progress.overall, line);
		else this.#host.stderr.write(`${line}\n`);
	};
	clear = () => {
		if (this.#isShown) this.#host.stderr.data(CLEAR);
		this.#isShown = false;
		this.#leave(this.#host.seconds());
		this.#stage = null;
	};
	#enter(name, now) {
		this.#leave(now);
		this.#stage = {
			name,
			since: now
		};
	}
	#leave(now) {
		if (this.#isVerbose && this.#stage !== null) this.#line(oneLine(`${this.#stage.name}: ${duration$1(now - this.#stage.since)}`));
	}
	#bar(overall, line) {
		const { stderr } = this.#host;
		const full = Math.round(overall * BAR_WIDTH);
		const bar = `${"█".repeat(full)}${"░".repeat(BAR_WIDTH - full)}`;
		this.#isShown = true;
		stderr.data(`${CLEAR}${oneLine(`${bar} ${line}`).slice(0, Math.max(20, stderr.columns - 1))}`);
	}
	/** A line that stays, above what is rewritten. */
	#line(text) {
		const { stderr } = this.#host;
		if (isRewritable(this.#host)) stderr.data(CLEAR);
		stderr.write(`${text}\n`);
	}
};
// src/cli/registry/state-folder.ts
/** @file Where the state of a registry is: as it is given, else as registry.yaml says. */
const DEFAULT_CONFIG = "registry.yaml";
const DEFAULT_STATE = "saegate-registry";
/** Errors: those of reading, YAML_*, CONFIG_*, REGISTRY_*. */
const readRegistry = async (path) => parseRegistry(path, await readSmallText(path));
/** Errors: those of registry.yaml, where it has to be read. */
async function stateFolder(given) {
	if (given.state !== void 0) return given.state;
	return (await readRegistry(given.config)).config.state ?? "saegate-registry";
}
const reportPath = (folder, name) => join(folder, "reports", name, "report.json");
export { itemId as A, inOrder as C, triesOf as D, publishedKey as E, auditFile as O, durationWords as S, historyOf as T, readJournal as _, stateFolder as a, shardOf as b, nightText as c, columns as d, pad as f, withState as g, readState as h, reportPath as i, patternsOf as k, ascii as l, peekState as m, DEFAULT_STATE as n, progressTo as o, wrap as p, readRegistry as r, nightMarkdown as s, DEFAULT_CONFIG as t, clip as u, parseShard as v, sortByRules as w, durationOf as x, shardName as y };
