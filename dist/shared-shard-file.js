import { t as beginFile } from "./shared-atomic.js";
import { t as schemaCheck } from "./shared-schema-check.js";
import { S as COUNTED_POSITIONS, a as TOKEN_KINDS, l as nullableNumber, p as CONFIDENCE_EDGES, u as nullableString } from "./shared-causal-schema.js";
import { d as contamination, n as protocolFinding, r as candidate, t as reportSchema } from "./shared-report-schema.js";
import { t as groupsOfShard } from "./shared-shard-number.js";
import { n as shardMalformed } from "./shared-shards.js";
import { t as jsonText } from "./shared-json-text.js";
import { c as DIVERGENCE_LEVELS } from "./shared-losses.js";
import { t as openSafetensors } from "./shared-safetensors.js";
import { s as groupSumsMalformed } from "./shared-audit.js";
import { i as parseJson, r as isJsonObject } from "./shared-json.js";
import { t as SCALES } from "./shared-residual-sums.js";
// src/contract/shard/frame-schema.ts
const { properties: ofReport } = reportSchema;
const { properties: ofCandidate } = candidate;
const texts = {
	type: "array",
	items: { type: "string" }
};
/** How the sums are read. */
const reading = {
	type: "object",
	additionalProperties: false,
	required: [
		"thresholds",
		"allowBadFit",
		"rescale",
		"chunked",
		"sliding"
	],
	properties: {
		thresholds: {
			type: "object",
			additionalProperties: false,
			required: [
				"survived",
				"damaged",
				"active"
			],
			properties: {
				survived: { type: "number" },
				damaged: { type: "number" },
				active: { type: "number" }
			}
		},
		allowBadFit: { type: "boolean" },
		rescale: { type: "boolean" },
		chunked: { type: "boolean" },
		sliding: { anyOf: [{ type: "null" }, {
			type: "object",
			additionalProperties: false,
			required: ["window", "stride"],
			properties: {
				window: { type: "integer" },
				stride: { type: "integer" }
			}
		}] }
	}
};
/** A read-out as it was found; its decoder's norms are a tensor beside it. */
const place = {
	type: "object",
	additionalProperties: false,
	required: [
		"id",
		"hook",
		"pattern",
		"sae",
		"layer",
		"width",
		"modelWidth",
		"architecture",
		"sha256",
		"center",
		"positions",
		"neuronpedia",
		"claims"
	],
	properties: {
		id: { type: "string" },
		hook: { type: "string" },
		pattern: nullableString,
		sae: { type: "string" },
		layer: { type: "integer" },
		width: { type: "integer" },
		modelWidth: { type: "integer" },
		architecture: { type: "string" },
		sha256: { type: "string" },
		center: { type: "boolean" },
		positions: {
			type: "string",
			pattern: `^(?:${COUNTED_POSITIONS})$`
		},
		neuronpedia: nullableString,
		claims: {
			type: "object",
			additionalProperties: false,
			required: [
				"l0",
				"unexplained",
				"model",
				"contextSize"
			],
			properties: {
				l0: nullableNumber,
				unexplained: nullableNumber,
				model: nullableString,
				contextSize: nullableNumber
			}
		}
	}
};
const candidateFrame = {
	type: "object",
	additionalProperties: false,
	required: [
		"kind",
		"isTurnedBack",
		"name",
		"spec",
		"revision",
		"sha256",
		"compression",
		"warnings"
	],
	properties: {
		kind: { enum: [
			"derived",
			"stored",
			"onnx"
		] },
		isTurnedBack: { type: "boolean" },
		name: ofCandidate.name,
		spec: ofCandidate.spec,
		revision: ofCandidate.revision,
		sha256: ofCandidate.sha256,
		files: ofCandidate.files,
		compression: ofCandidate.compression,
		size: ofCandidate.size,
		warnings: texts
	}
};
const frameSchema = {
	type: "object",
	additionalProperties: false,
	required: [
		"asked",
		"tool",
		"confidence",
		"reference",
		"corpus",
		"vocabulary",
		"reading",
		"findings",
		"warnings",
		"places",
		"candidates",
		"contamination"
	],
	properties: {
		asked: ofReport.asked,
		tool: ofReport.tool,
		confidence: ofReport.confidence,
		reference: ofReport.reference,
		corpus: ofReport.corpus,
		vocabulary: { type: "integer" },
		reading,
		findings: {
			type: "array",
			items: protocolFinding
		},
		warnings: {
			type: "object",
			additionalProperties: false,
			required: [
				"before",
				"between",
				"after"
			],
			description: "Around what is said of read-outs, and around what streaming took.",
			properties: {
				before: texts,
				between: texts,
				after: texts
			}
		},
		places: {
			type: "array",
			items: place
		},
		candidates: {
			type: "array",
			items: candidateFrame
		},
		contamination: { anyOf: [{ type: "null" }, {
			type: "object",
			additionalProperties: false,
			required: ["report", "clean"],
			properties: {
				report: contamination,
				clean: { anyOf: [{ type: "null" }, {
					type: "object",
					additionalProperties: false,
					required: ["groups", "of"],
					properties: {
						groups: { type: "integer" },
						of: {
							type: "array",
							items: { type: "integer" }
						}
					}
				}] }
			}
		}] }
	}
};
// src/audit/sums/sums-tensors.ts
var SumsTensors = class SumsTensors {
	#file;
	#table;
	constructor(file, table) {
		this.#file = file;
		this.#table = table;
	}
	/** The source is closed where it cannot be opened, too. Errors: SAFETENSORS_MALFORMED, those of reading. */
	static async open(source) {
		try {
			return new SumsTensors(source.name, await openSafetensors(source));
		} catch (error) {
			await source.close();
			throw error;
		}
	}
	async close() {
		await this.#table.close();
	}
	metadata(key) {
		return this.#table.metadata.get(key) ?? null;
	}
	has(name) {
		return this.#table.entries.has(name);
	}
	/** Half of what was measured is refused where its other half is read. */
	hasAny(prefix) {
		return [...this.#table.entries.keys()].some((name) => name.startsWith(prefix));
	}
	/** Whole numbers from 0 on. `length` null: as many as there are. */
	async counts(name, length) {
		const values = await this.float64(name, length);
		if (values.some((value) => value < 0 || !Number.isSafeInteger(value))) throw this.refuse(`tensor "${name}" holds values that are no counts`);
		return values;
	}
	/** The same as a list of numbers, which a report may hold. */
	async countList(name, length) {
		return [...await this.counts(name, length)];
	}
	async float64(name, length) {
		const bytes = await this.#bytes(name, "F64");
		return this.#finite(name, new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8), length);
	}
	async floatList(name, length) {
		return [...await this.float64(name, length)];
	}
	/** (rows, columns), of as many columns as there are. */
	async matrix(name, rows) {
		const values = await this.float64(name, null);
		if (rows === 0 ? values.length > 0 : values.length % rows !== 0) throw this.refuse(`tensor "${name}" has ${values.length} values, which are no rows of ${rows} groups`);
		return values;
	}
	async float32(name, length) {
		const bytes = await this.#bytes(name, "F32");
		return this.#finite(name, new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4), length);
	}
	/** Ids that ascend within [0, width). */
	async features(name, width) {
		const bytes = await this.#bytes(name, "I32");
		const ids = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
		const wrong = ids.findIndex((id, k) => id <= (k === 0 ? -1 : ids[k - 1] ?? -1) || id >= width);
		if (wrong >= 0) throw this.refuse(`tensor "${name}" does not ascend within 0 to ${width - 1}: it has ${ids[wrong]} at ${wrong}`);
		return ids;
	}
	#finite(name, values, length) {
		if (length !== null && values.length !== length) throw this.refuse(`tensor "${name}" has ${values.length} values, not ${length}`);
		if (values.some((value) => !Number.isFinite(value))) throw this.refuse(`tensor "${name}" holds values that are not finite`);
		return values;
	}
	/** Copied where it does not begin at a multiple of 8. */
	async #bytes(name, dtype) {
		const tensor = this.#table.entries.get(name);
		if (tensor === void 0) throw this.refuse(`tensor "${name}" is missing`);
		if (tensor.dtype !== dtype) throw this.refuse(`tensor "${name}" is ${tensor.dtype}, not ${dtype}`);
		const bytes = await this.#table.readBytes(name);
		return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
	}
	json(key) {
		const outcome = parseJson(new TextEncoder().encode(this.metadata(key) ?? ""));
		if ("reason" in outcome) throw this.refuse(`its metadata "${key}" is not JSON: ${outcome.reason}`);
		return outcome.value;
	}
	object(value, key) {
		if (value === void 0 || !isJsonObject(value)) throw this.refuse(`its metadata does not say what was measured: ${key}`);
		return value;
	}
	text(of, key) {
		const value = of[key];
		if (typeof value !== "string") throw this.refuse(`its metadata does not say what was measured: ${key}`);
		return value;
	}
	count(of, key, most) {
		const value = of[key];
		if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0 || value > most) throw this.refuse(`its metadata gives no whole number from 0 to ${most} for ${key}`);
		return value;
	}
	refuse(reason) {
		return groupSumsMalformed(this.#file, reason);
	}
};
function listOf(value) {
	return Array.isArray(value) ? value : [];
}
const textsOf = (value) => listOf(value).filter((one) => typeof one === "string");
// src/audit/sums/read-measured-on.ts
/** More than any audit has; bounds what is made for a group before its sums are looked at. */
const MOST_GROUPS = 1024;
const MOST_SUBJECTS = 1024;
/** Errors: GROUP_SUMS_MALFORMED. */
function readMeasuredOn(file) {
	const of = file.object(file.json("measured"), "measured");
	return {
		toolVersion: file.text(of, "toolVersion"),
		engine: file.text(of, "engine"),
		device: file.text(of, "device"),
		operands: file.text(of, "operands"),
		reference: file.text(of, "reference"),
		tokens: file.text(of, "tokens"),
		blockLength: file.count(of, "blockLength", Number.MAX_SAFE_INTEGER),
		groups: file.count(of, "groups", MOST_GROUPS),
		bos: file.text(of, "bos"),
		readouts: subjects(file, of, "readouts").map((one) => ({
			id: file.text(one, "id"),
			sha256: file.text(one, "sha256"),
			center: one.center === true
		})),
		candidates: subjects(file, of, "candidates").map((one) => ({
			name: file.text(one, "name"),
			made: file.text(one, "made")
		}))
	};
}
function subjects(file, of, key) {
	const found = listOf(of[key]);
	if (found.length > MOST_SUBJECTS) throw file.refuse(`it has ${found.length} ${key}, more than ${MOST_SUBJECTS}`);
	return found.map((one) => file.object(one, key));
}
// src/audit/sums/read-open-calls.ts
/** Errors: GROUP_SUMS_MALFORMED. */
async function readReferenceCalls(file, at, bounds) {
	const calls = await readCalls(file, at, bounds);
	if (calls === null) return null;
	return {
		...calls,
		threshold: await file.float32(`${at}.threshold`, bounds.width)
	};
}
/** Null: there are none to be decided. Errors: GROUP_SUMS_MALFORMED. */
async function readCalls(file, at, { groups, width }) {
	if (!file.hasAny(`${at}.`)) return null;
	const rows = await file.counts(`${at}.rows`, null);
	const below = async (name, end) => {
		const values = await file.counts(`${at}.${name}`, rows.length);
		if (values.some((value) => value >= end)) throw file.refuse(`tensor "${at}.${name}" holds values above ${end - 1}`);
		return values;
	};
	const [skipped = 0, most = -1] = await file.float64(`${at}.limits`, 2);
	if (skipped < 0) throw file.refuse(`tensor "${at}.limits" holds a count below 0`);
	return {
		rows,
		features: await below("features", width),
		tokenGroups: await below("tokenGroups", groups),
		apart: await below("apart", 2),
		reference: await readReadings(file, `${at}.reference`, rows.length),
		candidate: file.hasAny(`${at}.candidate.`) ? await readReadings(file, `${at}.candidate`, rows.length) : null,
		skipped,
		mostSequences: most < 0 ? null : most
	};
}
async function readReadings(file, at, length) {
	return {
		z: await file.float64(`${at}.z`, length),
		doubt: await file.float64(`${at}.doubt`, length),
		exact: await file.float64(`${at}.exact`, length)
	};
}
// src/audit/sums/write-group-sums.ts
const GROUP_SUMS_FORMAT = "saegate/group-sums@3";
const DTYPES = {
	Float64Array: "F64",
	Float32Array: "F32",
	Int32Array: "I32"
};
const NOTHING = {
	tensors: [],
	metadata: {}
};
/** The bytes of the file, in pieces, to be written one after the other: no copy of the sums is made. */
function groupSumsBytes(sums, beside = NOTHING) {
	const tensors = beside.tensors.map(([name, data]) => [name, data]);
	const put = (name, data) => {
		tensors.push([name, isNumbers(data) ? data : Float64Array.from(data)]);
	};
	for (const [r, reference] of sums.readouts.entries()) putReference(`readouts.${r}`, reference, put);
	for (const [c, candidate] of sums.candidates.entries()) putCandidate(`candidates.${c}`, candidate, put);
	tensors.sort(([, a], [, b]) => b.BYTES_PER_ELEMENT - a.BYTES_PER_ELEMENT);
	const warnings = {
		readouts: sums.readouts.map((one) => one.warnings),
		candidates: sums.candidates.map(({ readouts }) => readouts.map((one) => one.warnings))
	};
	const header = { __metadata__: {
		...beside.metadata,
		format: GROUP_SUMS_FORMAT,
		measured: JSON.stringify(sums.measured),
		warnings: JSON.stringify(warnings)
	} };
	let end = 0;
	for (const [name, data] of tensors) {
		const start = end;
		end += data.byteLength;
		header[name] = {
			dtype: DTYPES[dtypeOf(data)],
			shape: [data.length],
			data_offsets: [start, end]
		};
	}
	const text = JSON.stringify(header);
	const json = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
	const length = /* @__PURE__ */ new Uint8Array(8);
	new DataView(length.buffer).setBigUint64(0, BigInt(json.byteLength), true);
	return [
		length,
		json,
		...tensors.map(([, { buffer, byteOffset, byteLength }]) => new Uint8Array(buffer, byteOffset, byteLength))
	];
}
function isNumbers(data) {
	return data instanceof Float64Array || data instanceof Float32Array || data instanceof Int32Array;
}
function dtypeOf(data) {
	if (data instanceof Float64Array) return "Float64Array";
	return data instanceof Float32Array ? "Float32Array" : "Int32Array";
}
function putByPosition(name, { first, rest }, one, put) {
	one(`${name}.first`, first, put);
	one(`${name}.rest`, rest, put);
}
function putReference(name, { moments, fit, variance, calls }, put) {
	putByPosition(name, moments, putReferenceMoments, put);
	if (fit !== null) {
		putRebuilt(`${name}.fit.own`, fit.own, put);
		if (fit.scaled !== null) putRebuilt(`${name}.fit.scaled`, fit.scaled, put);
	}
	putRows(`${name}.variance.all`, variance.all, put);
	putRows(`${name}.variance.first`, variance.first, put);
	if (calls === null) return;
	putCalls(`${name}.calls`, calls, put);
	put(`${name}.calls.threshold`, calls.threshold);
}
function putCalls(name, calls, put) {
	for (const key of [
		"rows",
		"features",
		"tokenGroups",
		"apart"
	]) put(`${name}.${key}`, calls[key]);
	put(`${name}.limits`, [calls.skipped, calls.mostSequences ?? -1]);
	putReadings(`${name}.reference`, calls.reference, put);
	if (calls.candidate !== null) putReadings(`${name}.candidate`, calls.candidate, put);
}
function putReadings(name, readings, put) {
	for (const key of [
		"z",
		"doubt",
		"exact"
	]) put(`${name}.${key}`, readings[key]);
}
function putRebuilt(name, rebuilt, put) {
	putRows(name, rebuilt, put);
	put(`${name}.errors`, rebuilt.errors);
}
function putRows(name, rows, put) {
	for (const key of [
		"rows",
		"sums",
		"squares"
	]) put(`${name}.${key}`, rows[key]);
}
function putReferenceMoments(name, moments, put) {
	for (const key of [
		"positions",
		"sum",
		"sumOfSquares",
		"firings",
		"peak"
	]) put(`${name}.${key}`, moments[key]);
}
function putMoments(name, moments, put) {
	for (const key of [
		"features",
		"sum",
		"sumOfSquares",
		"product",
		"together",
		"either"
	]) put(`${name}.${key}`, moments[key]);
}
function putCandidate(name, { losses, divergence, sliding, readouts }, put) {
	if (losses !== null) putLosses(`${name}.losses`, losses, put);
	if (sliding !== null) putLosses(`${name}.sliding`, sliding, put);
	if (divergence !== null) putDivergence(name, divergence, put);
	for (const [r, { moments, distance, scaling, calls }] of readouts.entries()) {
		const at = `${name}.readouts.${r}`;
		putByPosition(at, moments, putMoments, put);
		for (const key of [
			"apart",
			"size",
			"cosines",
			"rows"
		]) put(`${at}.distance.${key}`, distance[key]);
		for (const key of [
			"products",
			"sizes",
			"rows"
		]) put(`${at}.scaling.${key}`, scaling[key]);
		if (calls !== null) putCalls(`${at}.calls`, calls, put);
	}
}
const DIVERGENCES = [
	"tokens",
	"kl",
	"agreements"
];
function putDivergence(name, divergence, put) {
	for (const key of DIVERGENCES) put(`${name}.divergence.${key}`, divergence[key]);
	put(`${name}.divergence.klAbove`, divergence.klAbove.flat());
	for (const [b, bucket] of divergence.byConfidence.entries()) for (const key of DIVERGENCES) put(`${name}.byConfidence.${b}.${key}`, bucket[key]);
	for (const { kind, ...groups } of divergence.byKind) for (const key of DIVERGENCES) put(`${name}.byKind.${kind}.${key}`, groups[key]);
	for (const key of [
		"klOfTokens",
		"referenceLossOfTokens",
		"candidateLossOfTokens"
	]) put(`${name}.${key}`, divergence[key]);
}
function putLosses(name, losses, put) {
	for (const key of [
		"tokens",
		"referenceLoss",
		"candidateLoss"
	]) put(`${name}.${key}`, losses[key]);
}
// src/audit/sums/read-group-sums.ts
/** Read the file; closes it. Errors: GROUP_SUMS_MALFORMED, SAFETENSORS_MALFORMED, those of reading. */
async function readGroupSums(source) {
	const file = await SumsTensors.open(source);
	try {
		return await readSums(file);
	} finally {
		await file.close();
	}
}
/** Errors: GROUP_SUMS_MALFORMED, those of reading. */
async function readSums(file) {
	const format = file.metadata("format");
	if (format !== "saegate/group-sums@3") throw file.refuse(`its format is ${JSON.stringify(format)}, not ${GROUP_SUMS_FORMAT}`);
	const measured = readMeasuredOn(file);
	const said = file.object(file.json("warnings"), "warnings");
	const readouts = [];
	for (let r = 0; r < measured.readouts.length; r++) readouts.push({
		...await readReference(file, `readouts.${r}`, measured),
		warnings: textsOf(listOf(said.readouts)[r])
	});
	const candidates = [];
	for (let c = 0; c < measured.candidates.length; c++) candidates.push(await readCandidate(file, `candidates.${c}`, {
		measured,
		readouts
	}, listOf(listOf(said.candidates)[c])));
	return {
		measured,
		readouts,
		candidates
	};
}
async function readReference(file, at, { groups }) {
	const first = await readReferenceMoments(file, `${at}.first`, groups);
	const rest = await readReferenceMoments(file, `${at}.rest`, groups);
	if (first.width !== rest.width) throw file.refuse(`"${at}" has ${first.width} features at first positions and ${rest.width} elsewhere`);
	return {
		moments: {
			first,
			rest
		},
		fit: file.hasAny(`${at}.fit.`) ? await readFit(file, `${at}.fit`, groups) : null,
		variance: {
			all: await readRows(file, `${at}.variance.all`, groups),
			first: await readRows(file, `${at}.variance.first`, groups)
		},
		calls: await readReferenceCalls(file, `${at}.calls`, {
			groups,
			width: first.width
		})
	};
}
async function readReferenceMoments(file, at, groups) {
	const firings = await file.counts(`${at}.firings`, null);
	const width = firings.length;
	return {
		groups,
		width,
		positions: await file.counts(`${at}.positions`, groups),
		sum: await file.float64(`${at}.sum`, groups * width),
		sumOfSquares: await file.float64(`${at}.sumOfSquares`, groups * width),
		firings,
		peak: await file.float64(`${at}.peak`, width)
	};
}
async function readFit(file, at, groups) {
	return {
		own: await readRebuilt(file, `${at}.own`, groups, 1),
		scaled: file.hasAny(`${at}.scaled.`) ? await readRebuilt(file, `${at}.scaled`, groups, SCALES.length) : null
	};
}
async function readRebuilt(file, at, groups, ways) {
	return {
		...await readRows(file, at, groups),
		errors: await file.float64(`${at}.errors`, groups * ways)
	};
}
async function readRows(file, at, groups) {
	const sums = await file.matrix(`${at}.sums`, groups);
	return {
		width: groups === 0 ? 0 : sums.length / groups,
		rows: await file.counts(`${at}.rows`, groups),
		sums,
		squares: await file.float64(`${at}.squares`, groups)
	};
}
async function readCandidate(file, at, { measured: { groups }, readouts: references }, warnings) {
	const readouts = [];
	for (const [r, reference] of references.entries()) readouts.push({
		...await readFeatures(file, `${at}.readouts.${r}`, reference, groups),
		warnings: textsOf(warnings[r])
	});
	return {
		losses: file.hasAny(`${at}.losses.`) ? await readLosses(file, `${at}.losses`, groups) : null,
		divergence: file.hasAny(`${at}.divergence.`) ? await readDivergence(file, at, groups) : null,
		sliding: file.has(`${at}.sliding.tokens`) ? await readLosses(file, `${at}.sliding`, groups) : null,
		readouts
	};
}
async function readFeatures(file, at, { moments: { first, rest } }, groups) {
	const distance = `${at}.distance`;
	const scaling = `${at}.scaling`;
	return {
		moments: {
			first: await readMoments(file, `${at}.first`, first),
			rest: await readMoments(file, `${at}.rest`, rest)
		},
		distance: {
			apart: await file.float64(`${distance}.apart`, groups),
			size: await file.float64(`${distance}.size`, groups),
			cosines: await file.float64(`${distance}.cosines`, groups),
			rows: await file.counts(`${distance}.rows`, groups)
		},
		scaling: {
			products: await file.float64(`${scaling}.products`, groups),
			sizes: await file.float64(`${scaling}.sizes`, groups),
			rows: await file.counts(`${scaling}.rows`, groups)
		},
		calls: await readCalls(file, `${at}.calls`, {
			groups,
			width: first.width
		})
	};
}
/** Of features of a dictionary whose reference moments are given. */
async function readMoments(file, at, { groups, width }) {
	const features = await file.features(`${at}.features`, width);
	const size = groups * features.length;
	return {
		groups,
		features,
		sum: await file.float64(`${at}.sum`, size),
		sumOfSquares: await file.float64(`${at}.sumOfSquares`, size),
		product: await file.float64(`${at}.product`, size),
		together: await file.counts(`${at}.together`, size),
		either: await file.counts(`${at}.either`, size)
	};
}
async function readLosses(file, at, groups) {
	return {
		tokens: await file.countList(`${at}.tokens`, groups),
		referenceLoss: await file.floatList(`${at}.referenceLoss`, groups),
		candidateLoss: await file.floatList(`${at}.candidateLoss`, groups)
	};
}
async function readDivergence(file, at, groups) {
	const levels = DIVERGENCE_LEVELS.length;
	const above = await file.counts(`${at}.divergence.klAbove`, groups * levels);
	const whole = await readDivergenceGroups(file, `${at}.divergence`, groups);
	const total = whole.tokens.reduce((sum, count) => sum + count, 0);
	const byConfidence = [];
	for (let b = 0; b < CONFIDENCE_EDGES.length - 1; b++) byConfidence.push(await readDivergenceGroups(file, `${at}.byConfidence.${b}`, groups));
	return {
		...whole,
		klAbove: Array.from({ length: groups }, (_, g) => [...above.subarray(g * levels, (g + 1) * levels)]),
		byConfidence,
		byKind: await readKinds(file, `${at}.byKind`, groups),
		klOfTokens: await file.float32(`${at}.klOfTokens`, total),
		referenceLossOfTokens: await file.float32(`${at}.referenceLossOfTokens`, total),
		candidateLossOfTokens: await file.float32(`${at}.candidateLossOfTokens`, total)
	};
}
/** Kinds that could not be told have no sums. */
async function readKinds(file, at, groups) {
	const found = [];
	for (const kind of TOKEN_KINDS) if (file.hasAny(`${at}.${kind}.`)) found.push({
		kind,
		...await readDivergenceGroups(file, `${at}.${kind}`, groups)
	});
	return found;
}
async function readDivergenceGroups(file, at, groups) {
	return {
		tokens: await file.countList(`${at}.tokens`, groups),
		kl: await file.floatList(`${at}.kl`, groups),
		agreements: await file.countList(`${at}.agreements`, groups)
	};
}
// src/audit/shards/shard-file.ts
/**
* @file A shard as a file: group sums (sums/write-group-sums.ts) with which shard it is, what a report needs besides (`shard` in its
* metadata, JSON) and the decoder's norms (`places.R.decoderNorms`). Read as hostile input.
*/
const amount = {
	type: "number",
	minimum: 0
};
const check = schemaCheck({
	type: "object",
	additionalProperties: false,
	required: [
		"shard",
		"shards",
		"firstGroup",
		"sequences",
		"frame",
		"took"
	],
	properties: {
		shard: {
			type: "integer",
			minimum: 1,
			maximum: 1024
		},
		shards: {
			type: "integer",
			minimum: 1,
			maximum: 1024
		},
		firstGroup: {
			type: "integer",
			minimum: 0,
			maximum: 1024
		},
		sequences: {
			type: "integer",
			minimum: 1
		},
		frame: frameSchema,
		took: {
			type: "object",
			additionalProperties: false,
			required: ["seconds", "streamed"],
			properties: {
				seconds: amount,
				streamed: {
					type: "object",
					additionalProperties: false,
					required: [
						"ranges",
						"rowBytes",
						"secondsWaited",
						"secondsStreamed",
						"bytesRead",
						"rounding"
					],
					properties: {
						ranges: amount,
						rowBytes: {
							type: "object",
							additionalProperties: false,
							required: ["memory", "file"],
							properties: {
								memory: amount,
								file: amount
							}
						},
						secondsWaited: amount,
						secondsStreamed: amount,
						bytesRead: amount,
						rounding: {
							type: "object",
							additionalProperties: false,
							required: ["error", "size"],
							properties: {
								error: amount,
								size: amount
							}
						}
					}
				}
			}
		}
	}
});
/** Returns how many bytes it has. Errors: those of writing. */
async function writeShard(path, shard) {
	const pieces = shardBytes(shard);
	const file = await beginFile(path);
	for (const piece of pieces) await file.write(piece);
	await file.commit();
	return pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
/** The bytes of the file, in pieces. */
function shardBytes({ sums, decoderNorms, ...header }) {
	return groupSumsBytes(sums, {
		tensors: decoderNorms.map((norms, r) => [`places.${r}.decoderNorms`, norms]),
		metadata: { shard: jsonText(header) }
	});
}
/** Read the file; closes it. Errors: SHARD_MALFORMED, GROUP_SUMS_MALFORMED, SAFETENSORS_MALFORMED, those of reading. */
async function readShard(source) {
	const file = await SumsTensors.open(source);
	try {
		if (file.metadata("shard") === null) throw shardMalformed(source.name, "it does not say which shard it is");
		const header = file.json("shard");
		if (!check()(header)) {
			const [{ instancePath, message } = {
				instancePath: "",
				message: "it is no shard"
			}] = check().errors ?? [];
			throw shardMalformed(source.name, `in its header ${instancePath || "the whole"} ${message}`);
		}
		const sums = await readSums(file);
		const wrong = disagreement(header, sums.measured);
		if (wrong !== null) throw shardMalformed(source.name, wrong);
		const decoderNorms = [];
		for (const [r, { width }] of header.frame.places.entries()) {
			if (sums.readouts[r]?.moments.rest.width !== width) throw shardMalformed(source.name, `read-out ${r} has other features than its header says`);
			if (sums.candidates.some(({ readouts }) => readouts[r]?.moments.rest.features.length !== width)) throw shardMalformed(source.name, `read-out ${r} is not summed over all of its features`);
			decoderNorms.push(await file.float64(`places.${r}.decoderNorms`, width));
		}
		return {
			...header,
			sums,
			decoderNorms
		};
	} finally {
		await file.close();
	}
}
/** What the header says twice has to agree; null: it does. */
function disagreement(header, measured) {
	const { shard, shards, firstGroup, frame } = header;
	if (shard > shards) return `it is shard ${shard} of ${shards}`;
	const [from, to] = groupsOfShard({
		shard,
		shards
	}, frame.corpus.groups);
	if (firstGroup !== from || measured.groups !== to - from || to === from) return `its token groups are not those of shard ${shard} of ${shards}`;
	const clean = frame.contamination?.clean ?? null;
	if (!(clean === null || clean.of.length === frame.corpus.groups && clean.groups <= clean.of.length && clean.of.every((group) => group >= -1 && group < clean.groups))) return "its choice of clean token groups is none of its groups";
	const found = [
		[
			"tool version",
			frame.tool.version,
			measured.toolVersion
		],
		[
			"reference",
			frame.reference.sha256,
			measured.reference
		],
		[
			"tokens",
			frame.corpus.sha256,
			measured.tokens
		],
		[
			"read-outs",
			idsOf(frame),
			measured.readouts.map(({ id, sha256 }) => `${id} ${sha256}`).join()
		],
		[
			"candidates",
			frame.candidates.map(({ name }) => name).join(),
			measured.candidates.map(({ name }) => name).join()
		]
	].find(([, a, b]) => a !== b);
	return found === void 0 ? null : `its header and its sums name other ${found[0]}`;
}
const idsOf = ({ places }) => places.map(({ id, sha256 }) => `${id} ${sha256}`).join();
/** Side by side: the longest of times, all of what was read. */
function addedCost(costs) {
	const all = costs.map(({ streamed }) => streamed);
	const most = (of) => Math.max(0, ...all.map(of));
	const sum = (of) => all.reduce((total, one) => total + of(one), 0);
	return {
		seconds: Math.max(0, ...costs.map(({ seconds }) => seconds)),
		streamed: {
			ranges: most((one) => one.ranges),
			rowBytes: {
				memory: most((one) => one.rowBytes.memory),
				file: most((one) => one.rowBytes.file)
			},
			secondsWaited: sum((one) => one.secondsWaited),
			secondsStreamed: sum((one) => one.secondsStreamed),
			bytesRead: sum((one) => one.bytesRead),
			rounding: {
				error: sum((one) => one.rounding.error),
				size: sum((one) => one.rounding.size)
			}
		}
	};
}
export { readGroupSums as a, writeShard as i, readShard as n, groupSumsBytes as o, shardBytes as r, addedCost as t };
