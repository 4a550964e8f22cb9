import { t as require_dist } from "./shared-dist.js";
import { p as corpusNoFiles, x as datasetChoice } from "./shared-corpus.js";
import { t as SaegateError } from "./shared-problem.js";
import { r as isGlob } from "./shared-globs.js";
import { r as knownKind, t as globbedFiles } from "./shared-chosen.js";
// src/corpus/places/hub-dataset.ts
var import_dist = require_dist();
/** What the head of a README may have: fineweb's has 30 kB. */
const MOST_README_BYTES = 4 * 2 ** 20;
/** Where a dataset has several and none is named: text to measure on, not to train on. */
const PREFERRED = [
	"test",
	"validation",
	"train"
];
/** Errors: DATASET_CHOICE, CORPUS_NO_FILES, those of the Hub. */
async function datasetFiles(spec, part, open) {
	const base = `${part.repository}/`;
	if (isGlob(part.path)) return await globbedFiles(spec, {
		base,
		pattern: part.path
	}, open);
	if (knownKind(part.path) !== null) {
		const files = await open(`${base}${part.path}`);
		return {
			files,
			names: files.names
		};
	}
	const declared = await declaredLayout(part, open);
	if (declared !== null) {
		const patterns = choose(spec, declared.layout, part);
		const [first = ""] = patterns;
		const pattern = patterns.length === 1 ? first : `{${patterns.join(",")}}`;
		return await globbedFiles(spec, {
			base: `${pinned(part.repository, declared.revision)}/`,
			pattern
		}, open);
	}
	const files = await open(part.repository);
	const own = layoutOf(files);
	if (own.size > 0) return {
		files,
		names: choose(spec, own, part)
	};
	return await converted(spec, part, open);
}
function pinned(repository, revision) {
	return revision === null ? repository : `${repository.replace(/@.*$/, "")}@${revision}`;
}
/** What stands in the README's head; null: nothing about files. */
async function declaredLayout({ repository }, open) {
	let readme;
	try {
		readme = await open(`${repository}/README.md`);
	} catch (error) {
		if (error instanceof SaegateError && /^HUB_(PATH|OFFLINE)_MISSING$/.test(error.code)) return null;
		throw error;
	}
	const source = await readme.open("README.md");
	try {
		const bytes = await source.read(0, Math.min(source.byteLength, MOST_README_BYTES));
		const head = /^---\r?\n(.*?)\r?\n---/s.exec(new TextDecoder().decode(bytes))?.[1];
		const layout = head === void 0 ? null : declaredIn(head);
		return layout === null ? null : {
			layout,
			revision: readme.revision
		};
	} finally {
		await source.close();
	}
}
function declaredIn(head) {
	let declared;
	try {
		declared = (0, import_dist.parse)(head, { maxAliasCount: 0 });
	} catch {
		return null;
	}
	const layout = /* @__PURE__ */ new Map();
	for (const config of listAt(declared, "configs")) {
		const splits = /* @__PURE__ */ new Map();
		const files = at(config, "data_files");
		for (const entry of Array.isArray(files) ? files : [files]) {
			const patterns = texts(typeof entry === "string" ? entry : at(entry, "path"));
			const split = typeof entry === "string" ? "train" : String(at(entry, "split") ?? "train");
			if (patterns.length > 0) splits.set(split, [...splits.get(split) ?? [], ...patterns]);
		}
		if (splits.size > 0) layout.set(String(at(config, "config_name") ?? "default"), splits);
	}
	return layout.size === 0 ? null : layout;
}
function at(value, key) {
	if (typeof value !== "object" || value === null) return void 0;
	return Object.entries(value).find(([name]) => name === key)?.[1];
}
function listAt(value, key) {
	const found = at(value, key);
	return Array.isArray(found) ? found : [];
}
function texts(value) {
	return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
}
const SPLIT_WORDS = [
	["train", /(^|[^a-z])(train|training)([^a-z]|$)/i],
	["validation", /(^|[^a-z])(validation|valid|val|dev)([^a-z]|$)/i],
	["test", /(^|[^a-z])(test|testing|eval|evaluation)([^a-z]|$)/i]
];
/** What stands beside the data. */
const ABOUT = /(^|\/)(readme[^/]*|license[^/]*|changelog[^/]*|dataset_infos?\.json|\.[^/]*)$/i;
/** By names: a folder that is no split and not "data" is a config; a word for a split makes one, else all is train. */
function layoutOf({ names }) {
	const layout = /* @__PURE__ */ new Map();
	for (const name of names) {
		if (knownKind(name) === null || ABOUT.test(name)) continue;
		const folders = name.split("/").slice(0, -1);
		const split = SPLIT_WORDS.find(([, words]) => words.test(name))?.[0] ?? "train";
		const config = folders.find((folder) => folder !== "data" && splitOf(folder) === null) ?? "default";
		const splits = layout.get(config) ?? /* @__PURE__ */ new Map();
		splits.set(split, [...splits.get(split) ?? [], name]);
		layout.set(config, splits);
	}
	return layout;
}
function splitOf(folder) {
	return SPLIT_WORDS.find(([, words]) => words.test(folder))?.[0] ?? null;
}
/** `refs/convert/parquet`: config/split/0000.parquet, of the newest commit alone. */
async function converted(spec, part, open) {
	if (part.repository.includes("@") || !part.repository.startsWith("hf:datasets/")) throw corpusNoFiles(spec, "the repository has none of these at that revision");
	const files = await open(`${part.repository}@refs/convert/parquet`);
	const layout = /* @__PURE__ */ new Map();
	for (const name of files.names) {
		const [config, split, file, ...deeper] = name.split("/");
		if (config === void 0 || split === void 0 || file === void 0 || deeper.length > 0) continue;
		const splits = layout.get(config) ?? /* @__PURE__ */ new Map();
		const plain = split.replace(/^partial-/, "");
		splits.set(plain, [...splits.get(plain) ?? [], name]);
		layout.set(config, splits);
	}
	if (layout.size === 0) throw corpusNoFiles(spec, "neither the repository nor what the Hub made of it has any");
	return {
		files,
		names: choose(spec, layout, part)
	};
}
/** The patterns of the config and split that are named, or that go without saying. */
function choose(spec, layout, { config, path }) {
	const configs = [...layout.keys()];
	const name = config ?? (configs.length === 1 ? configs[0] : configs.find((one) => one === "default"));
	const splits = name === void 0 ? void 0 : layout.get(name);
	if (splits === void 0) throw datasetChoice(spec, "config", config, configs);
	const names = [...splits.keys()];
	const split = path || PREFERRED.find((one) => splits.has(one)) || (names.length === 1 ? names[0] : void 0);
	const patterns = split === void 0 ? void 0 : splits.get(split);
	if (patterns === void 0) throw datasetChoice(spec, "split", path || null, names);
	return patterns;
}
export { datasetFiles };
