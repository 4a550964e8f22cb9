import { A as part, B as packedPartMissing, C as shownJson, D as WORDS, E as INTEGERS, F as readScales, H as packedPartValue, I as readWords, L as requireShape, M as readNumbers, N as readPart, O as matrixShape, P as readScalar, R as packedConfig, S as section, T as FLOATS, U as packedUnsupported, V as packedPartShape, _ as isList, a as dequantizeBytes, b as optionalNumber, c as transposed, d as unpackColumns, f as unpackRows, g as flag, h as finiteNumber, i as readExpertBlocks, j as partBytes, k as optionalPart, l as packedColumns, m as wordsFor, o as dequantizeWords, p as unpackRun, r as float4Weight, s as inputOrder, t as modulesWith, u as packedRows, v as isListed, w as words, x as optionalWord, y as optionalGroupSize, z as packedGroups } from "./shared-modules.js";
import { i as parseJson, r as isJsonObject } from "./shared-json.js";
import { a as INT8, i as E8M0, n as E4M3, o as UINT8, r as E5M2, s as offsetBinary, t as E2M1 } from "./shared-levels.js";
import { n as elementCount, t as DTYPE_BYTES } from "./shared-raw-tensor.js";
import { n as llmInt8Weight, t as llmInt8Input } from "./shared-llm-int8.js";
// src/checkpoints/packed/declared/cache-scheme.ts
/** @file A quantized key/value cache, as configs declare it: not simulated, so it is named, whatever the weights are. */
/** compressed-tensors and newer ModelOpt: `kv_cache_scheme`; ModelOpt: `kv_cache_quant_algo`. Null: none is declared. */
function cacheScheme(quantization) {
	const nested = isJsonObject(quantization.quantization) ? quantization.quantization : quantization;
	const scheme = quantization.kv_cache_scheme ?? nested.kv_cache_scheme;
	const algorithm = nested.kv_cache_quant_algo;
	if (isJsonObject(scheme)) return sentence("kv_cache_scheme", typeof scheme.num_bits === "number" ? `${scheme.num_bits} bits` : "fewer bits");
	return typeof algorithm === "string" ? sentence("kv_cache_quant_algo", algorithm.slice(0, 40)) : null;
}
function sentence(key, how) {
	return `${key} quantizes the key/value cache (${how}); that is not simulated, so the model as it is served is worse than the figures say.`;
}
// src/checkpoints/packed/declared/pattern-syntax.ts
/** Thrown for what is not understood; never leaves module-pattern.ts. */
var UnsupportedPattern = class extends Error {};
function parsePattern(pattern) {
	return new Parser(pattern).parse();
}
const LOOKS = [
	{
		opens: "?=",
		way: "ahead",
		wanted: true
	},
	{
		opens: "?!",
		way: "ahead",
		wanted: false
	},
	{
		opens: "?<=",
		way: "behind",
		wanted: true
	},
	{
		opens: "?<!",
		way: "behind",
		wanted: false
	}
];
const EDGES = /* @__PURE__ */ new Map([
	["A", "start"],
	["Z", "end"],
	["b", "border"],
	["B", "inside"]
]);
var Parser = class {
	at = 0;
	depth = 0;
	text;
	constructor(text) {
		this.text = text;
	}
	parse() {
		const node = this.alternatives();
		if (this.at < this.text.length) throw new UnsupportedPattern();
		return node;
	}
	alternatives() {
		const choices = [this.sequence()];
		while (this.take("|")) choices.push(this.sequence());
		return choices.length === 1 ? choices[0] : {
			kind: "any",
			choices
		};
	}
	sequence() {
		const parts = [];
		while (this.at < this.text.length && !"|)".includes(this.text[this.at])) parts.push(this.repeated());
		return {
			kind: "all",
			parts
		};
	}
	repeated() {
		const body = this.atom();
		const [least, most] = this.quantifier();
		if (least === 1 && most === 1) return body;
		this.take("?");
		if ("*+?{".includes(this.text[this.at] ?? " ")) throw new UnsupportedPattern();
		return {
			kind: "repeat",
			body,
			least,
			most
		};
	}
	quantifier() {
		if (this.take("*")) return [0, null];
		if (this.take("+")) return [1, null];
		if (this.take("?")) return [0, 1];
		const counted = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.text.slice(this.at, this.at + 12));
		if (counted === null) return [1, 1];
		this.at += counted[0].length;
		const least = Number(counted[1]);
		const most = counted[2] === void 0 ? least : counted[3] ? Number(counted[3]) : null;
		if (most !== null && most < least) throw new UnsupportedPattern();
		return [least, most];
	}
	atom() {
		const character = this.text[this.at++];
		switch (character) {
			case "(": return this.group();
			case "[": return {
				kind: "unit",
				accepts: this.characterClass()
			};
			case ".": return {
				kind: "unit",
				accepts: (unit) => unit !== 10
			};
			case "^": return {
				kind: "edge",
				at: "start"
			};
			case "$": return {
				kind: "edge",
				at: "end"
			};
			case "\\": return this.escapedEdge() ?? {
				kind: "unit",
				accepts: this.escaped()
			};
			case "*":
			case "+":
			case "?": throw new UnsupportedPattern();
			default: return literal(character);
		}
	}
	group() {
		const look = LOOKS.find(({ opens }) => this.text.startsWith(opens, this.at));
		if (look !== void 0) this.at += look.opens.length;
		else this.plainOpening();
		if (++this.depth > 50) throw new UnsupportedPattern();
		const node = this.alternatives();
		if (!this.take(")")) throw new UnsupportedPattern();
		this.depth--;
		return look === void 0 ? node : {
			kind: "look",
			way: look.way,
			wanted: look.wanted,
			body: node
		};
	}
	/** `(`, `(?:` or `(?P<name>`: what a group captured is never asked for. */
	plainOpening() {
		if (this.text[this.at] !== "?") return;
		const opening = /^\?(?::|P<[A-Za-z_]\w{0,60}>)/.exec(this.text.slice(this.at, this.at + 66));
		if (opening === null) throw new UnsupportedPattern();
		this.at += opening[0].length;
	}
	escapedEdge() {
		const at = EDGES.get(this.text[this.at] ?? "");
		if (at === void 0) return null;
		this.at++;
		return {
			kind: "edge",
			at
		};
	}
	escaped() {
		const character = this.text[this.at++];
		if (character === void 0) throw new UnsupportedPattern();
		const named = NAMED_CLASSES[character];
		if (named !== void 0) return named;
		if (/[0-9A-Za-z]/.test(character)) throw new UnsupportedPattern();
		const code = character.charCodeAt(0);
		return (unit) => unit === code;
	}
	characterClass() {
		const negated = this.take("^");
		const tests = [];
		for (let first = true; first || this.text[this.at] !== "]"; first = false) {
			if (this.at >= this.text.length) throw new UnsupportedPattern();
			tests.push(this.classItem());
		}
		this.at++;
		return (unit) => tests.some((test) => test(unit)) !== negated;
	}
	classItem() {
		if (this.take("\\")) return this.escaped();
		const low = this.text.charCodeAt(this.at++);
		if (this.text[this.at] !== "-" || (this.text[this.at + 1] ?? "]") === "]") return (unit) => unit === low;
		const high = this.text.charCodeAt(this.at + 1);
		if (this.text[this.at + 1] === "\\" || high < low) throw new UnsupportedPattern();
		this.at += 2;
		return (unit) => unit >= low && unit <= high;
	}
	take(character) {
		if (this.text[this.at] !== character) return false;
		this.at++;
		return true;
	}
};
function literal(character) {
	const code = character.charCodeAt(0);
	return {
		kind: "unit",
		accepts: (unit) => unit === code
	};
}
const oneOf = (pattern, wanted) => {
	return (unit) => pattern.test(String.fromCharCode(unit)) === wanted;
};
const NAMED_CLASSES = {
	d: oneOf(/\d/, true),
	D: oneOf(/\d/, false),
	w: oneOf(/\w/, true),
	W: oneOf(/\w/, false),
	s: oneOf(/\s/, true),
	S: oneOf(/\s/, false)
};
// src/checkpoints/packed/declared/module-pattern.ts
/**
* @file Regular expressions out of a config file, matched in linear time.
*
* compressed-tensors targets (`re:.*q_proj`) and GPTQModel's `dynamic` keys are Python expressions used with `re.match`:
* anchored at the start, free at the end; AutoRound's keys are used with `re.search`. A backtracking engine can be made to
* run for years by such a string, so this is a position-set simulation (Thompson 1968): work is at most pattern length ×
* name length, once more for every look-around, whose answer is kept for each place. Understood: literals, `.`, classes,
* \d \w \s and their opposites, groups (named ones too), alternatives, * + ? {m,n} (lazy ones alike), ^ $ \A \Z \b \B,
* (?= (?! (?<= (?<!. Left out: back references, flags; `compilePattern` returns null for them, and for what Python would
* refuse too.
*/
/** Longest pattern, and largest program after repetition is written out. Real ones have under 200 characters. */
const MAX_PATTERN = 2e3;
const MAX_PROGRAM = 2e4;
/** A test for module names, or null when the expression is not understood. */
function compilePattern(pattern, anchoring = "match") {
	if (pattern.length > MAX_PATTERN) return null;
	try {
		const program = [];
		emit(parsePattern(pattern), {
			program,
			left: { steps: MAX_PROGRAM }
		});
		return (name) => new Matcher(name).begins(program, anchoring);
	} catch (error) {
		if (error instanceof UnsupportedPattern) return null;
		throw error;
	}
}
/** Write a node as steps; a `split` goes on at two places, everything else at the next. */
function emit(node, target) {
	const { program, left } = target;
	if (--left.steps < 0) throw new UnsupportedPattern();
	switch (node.kind) {
		case "unit":
			program.push({
				op: "unit",
				accepts: node.accepts
			});
			return;
		case "edge":
			program.push({
				op: "edge",
				at: node.at
			});
			return;
		case "look": {
			const { way, wanted, body } = node;
			const inner = [];
			emit(body, {
				program: inner,
				left
			});
			program.push({
				op: "look",
				way,
				wanted,
				program: inner
			});
			return;
		}
		case "all":
			for (const inner of node.parts) emit(inner, target);
			return;
		case "any":
			emitChoices(node.choices, target);
			return;
		case "repeat": emitRepeat(node, target);
	}
}
function emitChoices(choices, target) {
	const { program } = target;
	const exits = [];
	choices.forEach((choice, i) => {
		const last = i === choices.length - 1;
		const fork = {
			op: "split",
			to: program.length + 1,
			or: 0
		};
		if (!last) program.push(fork);
		emit(choice, target);
		if (last) return;
		const exit = {
			op: "split",
			to: 0,
			or: 0
		};
		program.push(exit);
		exits.push(exit);
		fork.or = program.length;
	});
	for (const exit of exits) exit.to = exit.or = program.length;
}
function emitRepeat({ body, least, most }, target) {
	const { program } = target;
	for (let i = 0; i < least; i++) emit(body, target);
	const forks = [];
	for (let i = least; i < (most ?? least + 1); i++) {
		const at = program.length;
		const fork = {
			op: "split",
			to: at + 1,
			or: 0
		};
		program.push(fork);
		forks.push(fork);
		emit(body, target);
		if (most === null) program.push({
			op: "split",
			to: at,
			or: at
		});
	}
	for (const fork of forks) fork.or = program.length;
}
/** One name, against a program and the programs of its look-arounds. */
var Matcher = class {
	#name;
	/** Answers of look-arounds, by place. */
	#looked = /* @__PURE__ */ new Map();
	constructor(name) {
		this.#name = name;
	}
	/** Does some beginning of the name match (`search`: some part of it)? */
	begins(program, anchoring) {
		return this.#run(program, 0, null, anchoring === "search");
	}
	/** From `start` on, up to `end` exactly (null: wherever); `floating`: or from any later place. */
	#run(program, start, end, floating) {
		const stop = end ?? this.#name.length;
		let now = /* @__PURE__ */ new Set();
		for (let i = start;; i++) {
			if ((i === start || floating) && this.#follow(program, 0, i, now) && (end === null || i === end)) return true;
			if (i >= stop || now.size === 0 && !floating) return false;
			const unit = this.#name.charCodeAt(i);
			const next = /* @__PURE__ */ new Set();
			for (const at of now) {
				const step = program[at];
				if (step.op !== "unit" || !step.accepts(unit)) continue;
				if (this.#follow(program, at + 1, i + 1, next) && (end === null || i + 1 === end)) return true;
			}
			now = next;
		}
	}
	/** Add what is reached from `first` without reading; true when the end of the program is. */
	#follow(program, first, i, into) {
		const pending = [first];
		let reached = false;
		while (pending.length > 0) {
			const at = pending.pop();
			const step = program[at];
			if (step === void 0) reached = true;
			if (step === void 0 || into.has(at)) continue;
			into.add(at);
			if (step.op === "split") pending.push(step.or, step.to);
			else if (step.op === "edge" && this.#isAt(step.at, i)) pending.push(at + 1);
			else if (step.op === "look" && this.#look(step, i) === step.wanted) pending.push(at + 1);
		}
		return reached;
	}
	#isAt(edge, i) {
		if (edge === "start") return i === 0;
		if (edge === "end") return i === this.#name.length;
		const isWord = (at) => /^\w$/.test(this.#name[at] ?? "");
		return isWord(i - 1) !== isWord(i) === (edge === "border");
	}
	#look(step, i) {
		const known = this.#looked.get(step) ?? /* @__PURE__ */ new Map();
		this.#looked.set(step, known);
		const answer = known.get(i) ?? this.#lookedAt(step, i);
		known.set(i, answer);
		return answer;
	}
	#lookedAt({ way, program }, i) {
		return way === "ahead" ? this.#run(program, i, null, false) : this.#run(program, 0, i, true);
	}
};
// src/checkpoints/packed/declared/layer-rules.ts
/**
* @file Other settings for single layers: GPTQModel's `dynamic`, AutoRound's `extra_config`.
*
* Sources: ModelCloud/GPTQModel gptqmodel/quantization/config.py (`dynamic_get`); intel/auto-round
* auto_round/inference/convert_model.py.
*
*     dynamic        {"+:expression": fields, "-:expression": {}}     re.match; the first that matches counts; "-": left plain
*     extra_config   {name or expression: fields}                     a whole name first, then re.search; bits 16: left plain
*
* An expression that is not understood is refused: its layers would be read by settings that are not theirs.
*/
/** Errors: PACKED_CONFIG for an expression that is not understood. */
function readLayerRules({ dynamic, extra_config: extra }) {
	const rules = [...dynamicRules(dynamic), ...extraRules(extra)];
	return { of: (module) => rules.find(({ matches }) => matches(module))?.says ?? null };
}
function dynamicRules(dynamic) {
	if (!isJsonObject(dynamic)) return [];
	return Object.entries(dynamic).map(([key, fields]) => ({
		matches: compiled("dynamic", key.replace(/^[+-]:/, ""), "match"),
		says: key.startsWith("-:") ? "exempt" : isJsonObject(fields) ? fields : null
	}));
}
function extraRules(extra) {
	if (!isJsonObject(extra)) return [];
	const exact = [];
	const expressions = [];
	for (const [key, fields] of Object.entries(extra)) {
		if (!isJsonObject(fields)) continue;
		const says = fields.bits === 16 ? "exempt" : fields;
		exact.push({
			matches: (module) => module === key,
			says
		});
		if (!(/^[\w.]+$/.test(key) && key.includes("."))) expressions.push({
			matches: compiled("extra_config", key, "search"),
			says
		});
	}
	return [...exact, ...expressions];
}
function compiled(field, pattern, anchoring) {
	const matches = compilePattern(pattern, anchoring);
	if (matches !== null) return matches;
	throw packedConfig(`${field} has the key ${shownJson(pattern)}, which`, "not understood", "regular expressions without back references and flags");
}
// src/checkpoints/packed/methods/awq.ts
/**
* @file AWQ: 4-bit codes in GEMM order (eight outputs interleaved in a word) or GEMV order.
*
* Sources: casper-hansen/AutoAWQ awq/utils/packing_utils.py, awq/modules/linear/gemm.py and gemv.py. With G = K / group:
*
*     gemm   qweight int32 [K, N/8]   qzeros int32 [G, N/8]    scales [G, N]
*            nibble i of word j is output 8j + [0, 2, 4, 6, 1, 3, 5, 7][i]
*     gemv   qweight int32 [N, K/8]   qzeros int32 [N, zw]     scales [N, 8·zw]    nibbles in order, groups padded to zw
*     W[n, k] = (q[k, n] − z[k / group, n]) · scales[k / group, n]
*
* The scales that AWQ searches for are folded into the layers before, so the residual stream keeps its basis.
* Left out: gemv_fast (llm-awq's interleaved int16), Marlin and ExLlama repackings.
*/
/** The output that nibble i of a word holds, of the word's eight. */
const OUTPUT_OF = [
	0,
	2,
	4,
	6,
	1,
	3,
	5,
	7
];
/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*, PACKED_GROUPS. */
async function readAwq(raw, quantization) {
	const modules = modulesWith(raw, ".qweight");
	if (modules.length === 0) return null;
	const version = (optionalWord(quantization, ["version"]) ?? "gemm").toLowerCase();
	if (version !== "gemm" && version !== "gemv") throw packedUnsupported(`awq: ${version.slice(0, 40)}`, "quantization_config.version", "Quantize again with version \"GEMM\", or convert the checkpoint with AutoAWQ.");
	optionalNumber(quantization, ["bits", "w_bit"], [4]);
	const declared = optionalGroupSize(quantization, ["group_size", "q_group_size"]);
	const rules = readLayerRules(quantization);
	const groupSize = (module) => {
		const rule = rules.of(module);
		return optionalGroupSize(rule === "exempt" || rule === null ? {} : rule, ["group_size"]) ?? declared;
	};
	const found = modules.map((module) => locate$3(raw, module, version, groupSize(module)));
	const kept = words(quantization, "modules_to_not_convert");
	return {
		method: "awq",
		weights: found.map((located) => packedWeight$6(raw, located)),
		parts: new Set(found.flatMap(({ qweight, qzeros, scales }) => [
			qweight.name,
			qzeros.name,
			scales.name
		])),
		activations: /* @__PURE__ */ new Map(),
		isExempt: (module) => isListed(kept, module) || rules.of(module) === "exempt",
		warnings: []
	};
}
function locate$3(raw, module, order, declared) {
	const qweight = part(raw, `${module}.qweight`, WORDS, "an AWQ layer needs it");
	const scales = part(raw, `${module}.scales`, FLOATS, `"${qweight.name}" cannot be decoded without it`);
	const qzeros = part(raw, `${module}.qzeros`, WORDS, `"${qweight.name}" cannot be decoded without it`);
	const [rows, columns] = matrixShape(qweight);
	const [scaleRows, scaleColumns] = matrixShape(scales);
	const tensors = {
		module,
		order,
		qweight,
		qzeros,
		scales,
		perChannel: (declared ?? (order === "gemm" && scaleRows > 1 ? 1 : -1)) === -1
	};
	if (order === "gemm") {
		const [K, N, G] = [
			rows,
			columns * 8,
			scaleRows
		];
		requireShape(scales, [G, N], ` (8 outputs per word of "${qweight.name}")`);
		requireShape(qzeros, [G, columns]);
		return {
			...tensors,
			N,
			K,
			G,
			groupSize: groupSizeOf$1(scales, declared, K, G)
		};
	}
	const [N, K] = [rows, columns * 8];
	if (scaleRows !== N) throw packedPartShape(scales.name, scales.shape, `${N} rows, as "${qweight.name}"`);
	requireShape(qzeros, [N, scaleColumns / 8], " (8 groups per word)");
	const groupSize = declared === null || declared === -1 ? K : declared;
	if (Math.ceil(K / groupSize) > scaleColumns) throw packedGroups(scales.name, "group_size", groupSize, K, scaleColumns);
	return {
		...tensors,
		N,
		K,
		G: scaleColumns,
		groupSize
	};
}
function groupSizeOf$1(scales, declared, K, G) {
	const size = declared === null ? Math.ceil(K / G) : declared === -1 ? K : declared;
	if (Math.ceil(K / size) !== G) throw packedGroups(scales.name, "group_size", size, K, G);
	return size;
}
function packedWeight$6(raw, parts) {
	const { module, N, K, groupSize, perChannel } = parts;
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `awq 4-bit ${perChannel ? "per channel" : `g${groupSize}`}`,
		groupSize: perChannel ? null : groupSize,
		byteLength: partBytes([
			parts.qweight,
			parts.qzeros,
			parts.scales
		]),
		decode: () => decode$3(raw, parts)
	};
}
async function decode$3(raw, parts) {
	const { N, K, G, groupSize, order } = parts;
	const qweight = await readWords(raw, parts.qweight);
	const qzeros = await readWords(raw, parts.qzeros);
	const scales = await readNumbers(raw, parts.scales);
	const grid = {
		columns: G,
		blockRows: 1,
		blockColumns: groupSize,
		order: null
	};
	if (order === "gemv") {
		const zeros = new Float64Array(unpackRows(qzeros, N, G, 4, "dense"));
		return dequantizeWords(N, K, packedRows(qweight, K, 4, "dense"), UINT8, {
			...grid,
			scales,
			zeros
		});
	}
	const zeros = new Float64Array(N * G);
	for (let at = 0; at < qzeros.length; at++) {
		const group = Math.floor(at / (N / 8));
		const first = 8 * (at % (N / 8));
		for (let i = 0; i < 8; i++) zeros[(first + OUTPUT_OF[i]) * G + group] = qzeros[at] >>> 4 * i & 15;
	}
	const turned = transposed(scales, G, N, new Float64Array(N * G));
	return dequantizeWords(N, K, gemmRows(qweight, N / 8, K), UINT8, {
		...grid,
		scales: turned,
		zeros
	});
}
/** Word columns turned together: a cache line of them, 128 outputs. */
const TILE = 16;
/** words [K, wide] in GEMM order as rows of K nibbles in order: 8 × 8 nibbles are transposed at a time. */
function gemmRows(qweight, wide, K) {
	const perRow = Math.ceil(K / 8);
	const tile = new Uint32Array(128 * perRow);
	const seek = (row) => {
		const inTile = row % 128;
		if (inTile === 0) turnTile(qweight, wide, K, row / 8, perRow, tile);
		return inTile * perRow;
	};
	return {
		words: tile,
		bits: 4,
		layout: "dense",
		seek
	};
}
function turnTile(qweight, wide, K, first, perRow, tile) {
	const end = Math.min(first + TILE, wide);
	const square = /* @__PURE__ */ new Uint32Array(8);
	for (let k = 0; k < K; k += 8) for (let j = first; j < end; j++) {
		for (let i = 0; i < 8; i++) square[i] = k + i < K ? qweight[(k + i) * wide + j] : 0;
		turnSquare(square);
		const at = (j - first) * 8 * perRow + (k >> 3);
		for (let i = 0; i < 8; i++) tile[at + OUTPUT_OF[i] * perRow] = square[i];
	}
}
/** Transpose 8 × 8 nibbles in three rounds of exchanges (Warren, Hacker's Delight, 7-3): halves, quarters, eighths. */
function turnSquare(square) {
	for (let i = 0; i < 8; i += 2) exchange(square, i, i + 1, 4, 252645135);
	for (let i = 0; i < 8; i += i & 1 ? 3 : 1) exchange(square, i, i + 2, 8, 16711935);
	for (let i = 0; i < 4; i++) exchange(square, i, i + 4, 16, 65535);
}
function exchange(square, low, high, shift, mask) {
	const differing = (square[low] >>> shift ^ square[high]) & mask;
	square[high] ^= differing;
	square[low] ^= differing << shift;
}
// src/checkpoints/packed/codes/groups.ts
/** @file Activation order: which group each input belongs to, where a checkpoint stores that (`g_idx`). */
/** Group of each input [K]. Errors: PACKED_PART_SHAPE; PACKED_PART_VALUE when one is outside [0, groups). */
async function readGroups(raw, tensor, K, groups) {
	requireShape(tensor, [K]);
	const numbers = await readNumbers(raw, tensor);
	for (let k = 0; k < K; k++) {
		const group = numbers[k];
		if (group < 0 || group >= groups) throw packedPartValue(tensor.name, `input ${k} is in group ${group}; there are ${groups}`);
	}
	return Int32Array.from(numbers);
}
/** The same for compressed-tensors, where a −1 anywhere means that no order was set: null. */
async function readOrder(raw, tensor, K, groups) {
	return (await readNumbers(raw, tensor)).includes(-1) ? null : inputOrder(await readGroups(raw, tensor, K, groups), groups);
}
// src/checkpoints/packed/declared/activations.ts
/** float32's epsilon: the smallest scale that compressed-tensors computes (`calculate_qparams`). */
const FLOAT32_EPSILON = 2 ** -23;
/** Dynamic float8 e4m3: scale = amax / 448. */
function float8Input(strategy, groupSize) {
	return {
		type: "float",
		bits: 8,
		symmetric: true,
		strategy,
		groupSize,
		dynamic: true,
		levels: [-448, 448],
		scaleDivisor: 448,
		powerOfTwo: false,
		minimumScale: 2 ** -126,
		scale: null,
		zeroPoint: null,
		globalScale: null,
		outlierThreshold: null,
		largestAmax: null
	};
}
/** Dynamic integers with the full range of two's complement: scale = amax / (2^bits − 1)·2 or (hi − lo) / (2^bits − 1). */
function integerInput(bits, symmetric, strategy, groupSize) {
	const range = 2 ** bits - 1;
	return {
		...float8Input(strategy, groupSize),
		type: "int",
		bits,
		symmetric,
		levels: [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1],
		scaleDivisor: symmetric ? range / 2 : range,
		minimumScale: FLOAT32_EPSILON
	};
}
/** Dynamic FP4 (e2m1): scale = amax / 6, or the two levels of NVFP4 when `globalScale` is given. */
function float4Input(groupSize, globalScale) {
	return {
		...float8Input(globalScale === null ? "group" : "tensor_group", groupSize),
		bits: 4,
		levels: [-6, 6],
		scaleDivisor: 6,
		globalScale
	};
}
/** OCP microscaling inputs, e2m1 (4 bits) or e4m3 (8): scale = power of two of amax / 2^(exponent of the largest level). */
function microscaledInput(bits, groupSize) {
	return {
		...bits === 4 ? float4Input(groupSize, null) : float8Input("group", groupSize),
		powerOfTwo: true,
		scaleDivisor: bits === 4 ? 4 : 256
	};
}
// src/checkpoints/packed/declared/compressed-schemes.ts
/** Errors: PACKED_CONFIG. */
function readSchemes(quantization) {
	const warnings = [];
	const targets = [];
	for (const [name, group] of Object.entries(section(quantization, "config_groups"))) {
		if (!isJsonObject(group)) throw packedConfig(`config_groups.${name.slice(0, 40)}`, shownJson(group), "an object");
		if (isJsonObject(group.output_activations)) warnings.push(`config_groups.${name} quantizes outputs of layers; that is not simulated.`);
		targets.push(...readTargets(name, group, optionalWord(quantization, ["format"]) ?? ""));
	}
	const cache = cacheScheme(quantization);
	if (cache !== null) warnings.push(cache);
	targets.sort((a, b) => a.rank - b.rank);
	const ignored = words(quantization, "ignore").map((target) => readMatch(target, "ignore"));
	const of = (module) => targets.find((target) => target.matches(module))?.scheme ?? null;
	return {
		of,
		ignores: (module) => ignored.some((target) => target.matches(module)),
		activations: (raw, modules) => readActivations(raw, modules, of),
		warnings: (modules) => [...warnings, ...groupWarnings(targets, modules)]
	};
}
/** The targets of one group. Its scheme is read only where a layer can have it: attention has strategies of its own. */
function readTargets(group, fields, wholeFormat) {
	const format = optionalWord(fields, ["format"]) ?? wholeFormat;
	const found = words(fields, "targets").map((target) => readMatch(target, `config_groups.${group.slice(0, 40)}.targets`));
	const scheme = found.every(({ isAttention }) => isAttention) ? {
		weights: null,
		inputs: null
	} : {
		weights: readArgs(fields, "weights", format),
		inputs: readArgs(fields, "input_activations", format)
	};
	return found.map((match) => ({
		...match,
		group,
		scheme
	}));
}
function groupWarnings(targets, modules) {
	const warnings = [];
	for (const group of new Set(targets.map((target) => target.group))) {
		const own = targets.filter((target) => target.group === group);
		const name = `config_groups.${group.slice(0, 40)}`;
		if (own.some(({ isAttention }) => isAttention)) warnings.push(`${name} quantizes queries, keys and values of attention; that is not simulated, so the model as it is served is worse than the figures say.`);
		else if (!modules.some((module) => own.some(({ matches }) => matches(module)))) warnings.push(`${name} names no layer whose weights are stored quantized; its scheme has no effect here.`);
	}
	return warnings;
}
/** Errors: PACKED_CONFIG for what cannot be matched. */
function readMatch(target, field) {
	if (target.startsWith("re:")) {
		const matches = compilePattern(target.slice(3));
		if (matches === null) throw packedConfig(field, `${shownJson(target)}, which is not understood`, "regular expressions without back references and flags");
		const isAttention = /(?:attn|attention)\$?$/.test(target);
		return {
			rank: 1,
			matches: isAttention ? () => false : matches,
			isAttention
		};
	}
	if (target === "Linear") return {
		rank: 2,
		matches: () => true,
		isAttention: false
	};
	if (target === "Embedding") return {
		rank: 1,
		matches: (module) => /(?:^|\.)(?:embed\w*|wte)$/.test(module),
		isAttention: false
	};
	if (/^[A-Z]\w*Attention$/.test(target)) return {
		rank: 2,
		matches: () => false,
		isAttention: true
	};
	if (/^[A-Z]\w*$/.test(target) && field !== "ignore") throw packedConfig(field, shownJson(target), "\"Linear\", \"Embedding\", a name, or an expression after \"re:\"");
	return {
		rank: 0,
		matches: (module) => module === target,
		isAttention: false
	};
}
function readArgs(group, field, format) {
	if (group[field] === void 0 || group[field] === null) return null;
	const args = section(group, field);
	const type = (optionalWord(args, ["type"]) ?? "int").toLowerCase();
	if (type !== "int" && type !== "float") throw packedConfig(`${field}.type`, shownJson(type), "\"int\", \"float\"");
	const allowed = type === "float" ? [4, 8] : [
		1,
		2,
		3,
		4,
		5,
		6,
		7,
		8
	];
	const groupSize = optionalGroupSize(args, ["group_size"]);
	const inferred = groupSize === null ? "tensor" : groupSize > 0 ? "group" : "channel";
	const { dynamic } = args;
	return {
		bits: optionalNumber(args, ["num_bits"], allowed) ?? 8,
		type,
		symmetric: flag(args, "symmetric", true),
		strategy: (optionalWord(args, ["strategy"]) ?? inferred).toLowerCase(),
		groupSize: groupSize === -1 ? null : groupSize,
		block: readBlock(args.block_structure),
		dynamic: dynamic === "local" ? "local" : flag(args, "dynamic", false),
		microscaling: type === "float" && groupSize === 32 && isMicroscaling(args, format)
	};
}
/** Newer files name the type of the scales, older ones only the format. */
function isMicroscaling(args, format) {
	const scales = args.scale_dtype;
	return typeof scales === "string" ? /uint8|e8m0/.test(scales) : /^mxfp[48]/.test(format);
}
/** [rows, columns], or "rowsxcolumns" of older files. */
function readBlock(value) {
	if (value === void 0 || value === null) return null;
	const [rows, columns, more] = typeof value === "string" ? value.split("x").map(Number) : isList(value) ? value : [];
	const isSize = (size) => typeof size === "number" && Number.isSafeInteger(size) && size > 0;
	if (!isSize(rows) || !isSize(columns) || more !== void 0) throw packedConfig("config_groups…block_structure", shownJson(value), "two positive whole numbers");
	return [rows, columns];
}
async function readActivations(raw, modules, of) {
	const activations = /* @__PURE__ */ new Map();
	for (const module of modules) {
		const inputs = of(module)?.inputs ?? null;
		if (inputs !== null) activations.set(module, await inputQuantization$2(raw, module, inputs));
	}
	return activations;
}
/** Errors: PACKED_CONFIG for a strategy that inputs cannot have, PACKED_PART_MISSING for a static scale. */
async function inputQuantization$2(raw, module, args) {
	const why = "input_activations of config.json are not dynamic";
	if (args.strategy === "tensor_group") {
		const stored = part(raw, `${module}.input_global_scale`, FLOATS, "input_activations have the strategy tensor_group");
		return float4Input(args.groupSize ?? 16, await readScalar(raw, stored));
	}
	const { strategy } = args;
	if (strategy !== "tensor" && strategy !== "token" && strategy !== "group") throw packedConfig("config_groups…input_activations.strategy", shownJson(strategy), "\"tensor\", \"token\", \"group\", \"tensor_group\"");
	if (strategy === "group" && args.groupSize === null) throw packedConfig("config_groups…input_activations.group_size", "missing", "a positive whole number");
	const groupSize = strategy === "group" ? args.groupSize : null;
	const bits = args.bits === 8 ? 8 : 4;
	if (args.microscaling && args.dynamic !== false) return microscaledInput(bits, groupSize ?? 32);
	const scheme = args.type === "int" ? integerInput(args.bits, args.symmetric, strategy, groupSize) : args.bits === 8 ? float8Input(strategy, groupSize) : float4Input(groupSize ?? 32, null);
	if (args.dynamic !== false) return scheme;
	const scale = part(raw, `${module}.input_scale`, FLOATS, why);
	const zero = zeroPoint(raw, `${module}.input_zero_point`);
	return {
		...scheme,
		dynamic: false,
		scale: await readScalar(raw, scale),
		zeroPoint: zero === null ? 0 : await readScalar(raw, zero)
	};
}
function zeroPoint(raw, name) {
	const tensor = raw.entries.get(name);
	if (tensor === void 0 || elementCount(tensor.shape) === 0) return null;
	return part(raw, name, [
		...FLOATS,
		...INTEGERS,
		"F8_E4M3"
	], "it was there a moment ago");
}
// src/checkpoints/packed/methods/fp8.ts
const FLOAT8 = ["F8_E4M3", "F8_E5M2"];
/** Blocks of DeepSeek-V3, and transformers' default. */
const DEFAULT_BLOCK = [128, 128];
/** Errors: PACKED_CONFIG, PACKED_PART_*. */
async function readFp8(raw, quantization) {
	const suffix = modulesWith(raw, ".weight_scale_inv").length > 0 ? "weight_scale_inv" : "weight_scale";
	const modules = modulesWith(raw, `.${suffix}`);
	if (modules.length === 0) return null;
	const block = blockSize$1(quantization);
	const parts = /* @__PURE__ */ new Set();
	const weights = modules.map((module) => {
		const weight = part(raw, `${module}.weight`, FLOAT8, `"${module}.${suffix}" is there`);
		const allowed = [
			...FLOATS,
			"F8_E8M0",
			"U8"
		];
		const scale = part(raw, `${module}.${suffix}`, allowed, `"${weight.name}" cannot be decoded without it`);
		parts.add(weight.name).add(scale.name);
		const count = elementCount(scale.shape);
		const extent = suffix === "weight_scale" && count === weight.shape[0] ? [1, weight.shape[1] ?? 1] : block;
		return float8Weight(raw, module, weight, scale, count === 1 && (scale.shape.length < 2 || (quantization.weight_block_size ?? null) === null) ? null : extent);
	});
	const kept = [...words(quantization, "modules_to_not_convert"), ...words(quantization, "ignored_layers")];
	return {
		method: "fp8",
		weights,
		parts,
		activations: await inputs(raw, quantization, weights, parts),
		isExempt: (module) => isListed(kept, module),
		warnings: []
	};
}
function blockSize$1(quantization) {
	const value = quantization.weight_block_size;
	if (value === void 0 || value === null) return DEFAULT_BLOCK;
	const [rows, columns, more] = isList(value) ? value : [];
	const isSize = (size) => typeof size === "number" && Number.isSafeInteger(size) && size > 0;
	if (!isSize(rows) || !isSize(columns) || more !== void 0) throw packedConfig("weight_block_size", shownJson(value), "two positive whole numbers, or null");
	return [rows, columns];
}
/** What FbgemmFp8Config bounds inputs by where a config says nothing. */
const DEFAULT_BOUND = 1200;
/** A bound on inputs is stored beside the weight or, mostly, said by the config. Errors: PACKED_CONFIG, PACKED_PART_*. */
async function readFbgemmFp8(raw, quantization) {
	const modules = modulesWith(raw, ".weight_scale");
	if (modules.length === 0) return null;
	const parts = /* @__PURE__ */ new Set();
	const weights = modules.map((module) => {
		const weight = part(raw, `${module}.weight`, FLOAT8, `"${module}.weight_scale" is there`);
		const scale = part(raw, `${module}.weight_scale`, FLOATS, `"${weight.name}" cannot be decoded without it`);
		parts.add(weight.name).add(scale.name);
		const [N, K] = matrixShape(weight);
		if (elementCount(scale.shape) !== N) throw packedPartShape(scale.name, scale.shape, `[${N}, 1]`);
		return float8Weight(raw, module, weight, scale, [1, K]);
	});
	const declared = finiteNumber(quantization, "activation_scale_ub", DEFAULT_BOUND);
	const activations = /* @__PURE__ */ new Map();
	for (const module of modules) {
		const bound = optionalPart(raw, `${module}.input_scale_ub`, FLOATS);
		if (bound !== null) parts.add(bound.name);
		const largestAmax = bound === null ? declared : await readScalar(raw, bound);
		activations.set(module, {
			...float8Input("token", null),
			largestAmax,
			minimumScale: 1e-12 / 448
		});
	}
	const kept = words(quantization, "modules_to_not_convert");
	return {
		method: "fbgemm_fp8",
		weights,
		parts,
		activations,
		isExempt: (module) => isListed(kept, module),
		warnings: []
	};
}
/** One float8 weight with scales over blocks; `block` null: one scale for all of it. */
function float8Weight(raw, module, weight, scale, block) {
	const [N, K] = matrixShape(weight);
	const [blockRows, blockColumns] = block ?? [N, K];
	const columns = Math.ceil(K / blockColumns);
	const expected = [Math.ceil(N / blockRows), columns];
	if (!(elementCount(scale.shape) === expected[0] * columns && (columns === 1 || scale.shape[0] === expected[0]))) {
		const why = `[${expected.join(", ")}] (weight_block_size [${blockRows}, ${blockColumns}] over [${N}, ${K}])`;
		throw packedPartShape(scale.name, scale.shape, why);
	}
	const extent = block === null ? "per tensor" : blockColumns >= K && blockRows === 1 ? "per channel" : block.join("×");
	return {
		module,
		name: weight.name,
		shape: [N, K],
		storedAs: `fp8 ${weight.dtype === "F8_E5M2" ? "e5m2" : "e4m3"} ${extent}`,
		groupSize: blockRows === 1 && blockColumns < K ? blockColumns : null,
		byteLength: partBytes([weight, scale]),
		decode: async () => {
			const scales = await readScales(raw, scale);
			const levels = weight.dtype === "F8_E5M2" ? E5M2 : E4M3;
			const grid = {
				scales,
				zeros: null,
				columns,
				blockRows,
				blockColumns,
				order: null
			};
			return dequantizeBytes(N, K, await readPart(raw, weight), levels, grid);
		}
	};
}
/** `dynamic`: per token and block of inputs; `static`: one stored scale. */
async function inputs(raw, quantization, weights, parts) {
	const scheme = optionalWord(quantization, ["activation_scheme"]) ?? "dynamic";
	if (scheme !== "dynamic" && scheme !== "static") throw packedConfig("activation_scheme", shownJson(scheme), "\"dynamic\", \"static\"");
	const block = blockSize$1(quantization)[1];
	const activations = /* @__PURE__ */ new Map();
	for (const { module, storedAs } of weights) {
		const stored = optionalPart(raw, `${module}.activation_scale`, FLOATS) ?? optionalPart(raw, `${module}.input_scale`, FLOATS);
		if (stored !== null) parts.add(stored.name);
		if (scheme === "dynamic") {
			const isWhole = / per (tensor|channel)$/.test(storedAs);
			activations.set(module, isWhole ? float8Input("token", null) : float8Input("group", block));
		} else {
			const scale = stored ?? part(raw, `${module}.activation_scale`, FLOATS, "activation_scheme is \"static\"");
			activations.set(module, {
				...float8Input("tensor", null),
				dynamic: false,
				scale: await readScalar(raw, scale),
				zeroPoint: 0
			});
		}
	}
	return activations;
}
// src/checkpoints/packed/methods/pack-quantized.ts
/**
* @file compressed-tensors `pack-quantized`: integers of 1 to 8 bits in int32 words, with an offset of 2^(bits − 1).
*
* Source: neuralmagic/compressed-tensors compressors/quantized_compressors/pack_quantized.py.
*
*     weight_packed int32 [N, words]        weight_shape int [2] = [N, K]
*     weight_scale [N, G], [N, 1] or one    weight_zero_point int32 [words of N, G], packed down the rows; weight_g_idx [K]
*     W = (u − 2^(b−1) − (z − 2^(b−1))) · scale
*
* Words: for widths that do not divide 32, releases before commit 3f01c782 (May 2026) put floor(32/b) fields into a word
* and left the rest of it unused; later ones pack densely. The width of the tensor tells which.
*/
/** Errors: PACKED_CONFIG, PACKED_PART_*, PACKED_GROUPS. */
async function packQuantizedWeight(raw, module, scheme) {
	const parts = await locate$2(raw, module, scheme);
	const { N, K, bits, groupSize, perTensor } = parts;
	const perChannel = parts.G === 1 && (scheme?.weights?.groupSize ?? null) === null;
	const extent = perTensor ? "per tensor" : perChannel ? "per channel" : `g${groupSize}`;
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `compressed-tensors int${bits} ${extent}${parts.zero === null ? "" : " asymmetric"}`,
		groupSize: perTensor || perChannel ? null : groupSize,
		byteLength: partBytes([
			parts.packed,
			parts.shape,
			parts.scale,
			parts.zero,
			parts.order
		]),
		decode: async () => {
			const rows = packedRows(await readWords(raw, parts.packed), K, bits, parts.layout);
			return dequantizeWords(N, K, rows, offsetBinary(bits), await readGrid(raw, parts));
		}
	};
}
async function locate$2(raw, module, scheme) {
	const packed = part(raw, `${module}.weight_packed`, WORDS, "the module has no weight");
	const needed = `"${packed.name}" cannot be decoded without it`;
	const shape = part(raw, `${module}.weight_shape`, INTEGERS, needed);
	const scale = part(raw, `${module}.weight_scale`, FLOATS, needed);
	const zero = optionalPart(raw, `${module}.weight_zero_point`, [
		...WORDS,
		"I8",
		...FLOATS
	]);
	const order = optionalPart(raw, `${module}.weight_g_idx`, INTEGERS);
	if (elementCount(shape.shape) !== 2) throw packedPartShape(shape.name, shape.shape, "[2]");
	const [N = 0, K = 0] = await readNumbers(raw, shape);
	const [rows, width] = matrixShape(packed);
	if (N !== rows) throw packedPartValue(shape.name, `holds [${N}, ${K}], but "${packed.name}" has ${rows} rows`);
	if (!Number.isSafeInteger(K) || K < 1 || K > width * 32) throw packedPartValue(shape.name, `holds [${N}, ${K}], but "${packed.name}" has ${width} words per row`);
	const { bits, layout } = fieldsOf$1(packed, K, scheme);
	const perTensor = elementCount(scale.shape) === 1;
	const [scaleRows, G = 1, more] = scale.shape;
	if (!perTensor && (scaleRows !== N || more !== void 0)) throw packedPartShape(scale.name, scale.shape, `one scale, [${N}, 1] or [${N}, groups]`);
	const groups = perTensor ? 1 : G;
	const declared = scheme?.weights?.groupSize ?? Math.ceil(K / groups);
	if (Math.ceil(K / declared) !== groups) throw packedGroups(scale.name, "config_groups…group_size", declared, K, groups);
	const parts = {
		packed,
		shape,
		scale,
		zero,
		order,
		N,
		K,
		G: groups,
		bits,
		layout,
		groupSize: declared,
		perTensor
	};
	checkZeros(parts);
	return parts;
}
/** Width in bits and layout of the fields, from the config and the number of words per row. */
function fieldsOf$1(packed, K, scheme) {
	const width = packed.shape[1];
	const fits = (bits) => width === wordsFor(K, bits, "dense") ? "dense" : width === wordsFor(K, bits, "padded") ? "padded" : null;
	const declared = scheme?.weights?.bits ?? null;
	if (declared !== null) {
		if (declared > 8) throw packedConfig("config_groups…num_bits", String(declared), "1 to 8");
		const layout = fits(declared);
		if (layout !== null) return {
			bits: declared,
			layout
		};
		const dense = wordsFor(K, declared, "dense");
		throw packedPartShape(packed.name, packed.shape, `${dense} words per row (num_bits ${declared}, ${K} inputs)`);
	}
	const bits = [
		4,
		8,
		2,
		1,
		3,
		5,
		6,
		7
	].find((width) => fits(width) !== null);
	if (bits === void 0) throw packedPartShape(packed.name, packed.shape, `words for ${K} inputs of 1 to 8 bits`);
	return {
		bits,
		layout: fits(bits) ?? "dense"
	};
}
/** Packed along the rows: as many columns as groups, words for N fields. */
function checkZeros({ zero, scale, N, G, bits, layout }) {
	if (zero === null) return;
	if (zero.dtype !== "I32" && zero.dtype !== "U32") {
		if (elementCount(zero.shape) === elementCount(scale.shape)) return;
		throw packedPartShape(zero.name, zero.shape, `as many as "${scale.name}" [${scale.shape.join(", ")}]`);
	}
	const rows = wordsFor(N, bits, layout);
	if (zero.shape.length !== 2 || zero.shape[0] !== rows || zero.shape[1] !== G) throw packedPartShape(zero.name, zero.shape, `[${rows}, ${G}] (${N} rows of ${bits} bits, ${G} groups)`);
}
async function readGrid(raw, parts) {
	const { N, K, G, bits, zero, order } = parts;
	return {
		scales: await readNumbers(raw, parts.scale),
		zeros: zero === null ? null : await readZeros(raw, zero, N, G, bits, parts.layout),
		columns: G,
		blockRows: parts.perTensor ? N : 1,
		blockColumns: parts.groupSize,
		order: order === null ? null : await readOrder(raw, order, K, G)
	};
}
async function readZeros(raw, zero, N, G, bits, layout) {
	if (zero.dtype !== "I32" && zero.dtype !== "U32") return readNumbers(raw, zero);
	const codes = unpackColumns(await readWords(raw, zero), G, N, bits, layout);
	const zeros = new Float64Array(codes.length);
	const offset = 2 ** (bits - 1);
	for (let i = 0; i < zeros.length; i++) zeros[i] = codes[i] - offset;
	return zeros;
}
// src/checkpoints/packed/methods/compressed-tensors.ts
/**
* @file compressed-tensors: the format of llm-compressor and vLLM. Which tensors there are decides; the config's groups
* say how scales are laid out where shapes leave a choice, and what happens to inputs.
*
* Sources: neuralmagic/compressed-tensors compressors/quantized_compressors/*.py, quantization/quant_config.py,
* quantization/lifecycle/forward.py, utils/match.py.
*
*     int-, float-, naive-quantized, mxfp8   weight int8 | float8 [N, K]; weight_scale one | [N, 1] | [N, K/g] | blocks;
*                                            weight_zero_point as the scale; weight_g_idx [K]; E8M0 scales in uint8
*     pack-quantized                         see pack-quantized.ts
*     nvfp4-, mxfp4-pack-quantized           see fp4.ts
*     W = (q − zero) · scale
*
* Left out: sparse formats (refused by name), quantized outputs and key/value caches (a warning).
*/
/** Tables that are looked up, not multiplied with. */
const EMBEDDING = /(?:^|\.)(?:embed\w*|wte|wpe)$/;
/** Scales of queries, keys and values, which are not simulated (a warning says so). */
const CACHE_SCALE = /\.(k|v|q)_(scale|zero_point)$/;
/** Run-time values beside a weight that are not weights. */
const SUFFIXES = [
	"weight_packed",
	"weight_scale",
	"weight_zero_point",
	"weight_g_idx",
	"weight_shape",
	"weight_global_scale",
	"input_scale",
	"input_zero_point",
	"input_global_scale",
	"output_scale",
	"output_zero_point"
];
/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*, PACKED_GROUPS. */
async function readCompressedTensors(raw, quantization) {
	refuseSparse(raw, quantization);
	const packed = modulesWith(raw, ".weight_packed");
	const scaled = modulesWith(raw, ".weight_scale").filter((module) => raw.entries.has(`${module}.weight`));
	const schemes = readSchemes(quantization);
	const modules = [...packed, ...scaled];
	const plain = plainWithInputs(raw, modules, schemes);
	if (modules.length + plain.length + schemes.warnings(modules).length === 0) return null;
	const dense = denseModules(raw, scaled);
	const weights = [];
	for (const module of packed) weights.push(await packedWeight$5(raw, module, schemes.of(module)));
	for (const module of scaled) if (!dense.modules.has(module)) weights.push(scaledWeight(raw, module, schemes.of(module)));
	return {
		method: "compressed-tensors",
		weights,
		parts: partNames(raw, modules, dense.modules),
		activations: await schemes.activations(raw, [...modules, ...plain]),
		isExempt: schemes.ignores,
		warnings: [
			...schemes.warnings(modules),
			...dense.warnings,
			...contradictions(modules, schemes)
		]
	};
}
function refuseSparse(raw, { sparsity_config: sparsity, format }) {
	const fix = "Save the model again without sparse compression (llm-compressor: disable_sparse_compression=True).";
	if (format === "marlin-24") throw packedUnsupported("marlin-24", "quantization_config.format", fix);
	for (const name of raw.entries.keys()) {
		if (!(name.endsWith(".bitmask") || name.endsWith(".compressed") || name.endsWith(".row_offsets"))) continue;
		const named = typeof sparsity === "object" && sparsity !== null && "format" in sparsity ? String(sparsity.format) : "sparse";
		throw packedUnsupported(`compressed-tensors: ${named.slice(0, 40)}`, `tensor "${name}"`, fix);
	}
}
/** Layers whose weights stay as they are and whose inputs are quantized. */
function plainWithInputs(raw, modules, schemes) {
	const quantized = new Set(modules);
	return modulesWith(raw, ".weight").filter((module) => {
		const scheme = schemes.of(module);
		return raw.entries.get(`${module}.weight`)?.shape.length === 2 && !quantized.has(module) && !EMBEDDING.test(module) && !schemes.ignores(module) && scheme !== null && scheme.weights === null && scheme.inputs !== null;
	});
}
/**
* Frozen but not compressed (format `dense`): the rounded weights are stored as floats, and what they were rounded with
* beside them. Inputs are quantized as the scheme says.
*/
function denseModules(raw, scaled) {
	const modules = scaled.filter((module) => {
		const dtype = raw.entries.get(`${module}.weight`)?.dtype;
		return dtype !== void 0 && FLOATS.includes(dtype);
	});
	const warnings = [`${modules.length} ${modules.length === 1 ? "layer is" : "layers are"} stored as floats beside their scales; the floats are read as they are.`];
	return {
		modules: new Set(modules),
		warnings: modules.length === 0 ? [] : warnings
	};
}
/** Everything beside weights; the weights too, but of `dense` modules, whose weights are what they say. */
function partNames(raw, modules, dense) {
	const names = /* @__PURE__ */ new Set();
	for (const module of modules) {
		for (const suffix of SUFFIXES) if (raw.entries.has(`${module}.${suffix}`)) names.add(`${module}.${suffix}`);
		if (!dense.has(module)) names.add(`${module}.weight`);
	}
	for (const name of raw.entries.keys()) if (CACHE_SCALE.test(name)) names.add(name);
	return names;
}
function contradictions(modules, schemes) {
	const strange = modules.filter((module) => !schemes.ignores(module) && schemes.of(module) === null);
	if (strange.length === 0) return [];
	const more = strange.length > 1 ? ` and ${strange.length - 1} more` : "";
	return [`No config group of config.json targets ${strange[0]}${more}, but the tensors are quantized.`];
}
async function packedWeight$5(raw, module, scheme) {
	const packed = part(raw, `${module}.weight_packed`, [
		"I32",
		"U32",
		"U8"
	], "it was there a moment ago");
	if (packed.dtype !== "U8") return packQuantizedWeight(raw, module, scheme);
	return float4Weight(raw, "compressed-tensors", module, packed, `${module}.weight_scale`, {
		globalScale: raw.entries.get(`${module}.weight_global_scale`) ?? null,
		combine: "divide"
	});
}
/** One stored byte per weight. */
function scaledWeight(raw, module, scheme) {
	const weight = part(raw, `${module}.weight`, ["I8", ...FLOAT8], `"${module}.weight_scale" is there`);
	const allowed = [
		...FLOATS,
		"F8_E8M0",
		"F8_E4M3",
		"U8"
	];
	const scale = part(raw, `${module}.weight_scale`, allowed, `"${weight.name}" cannot be decoded without it`);
	const zero = optionalPart(raw, `${module}.weight_zero_point`, [
		...FLOATS,
		...INTEGERS,
		...FLOAT8
	]);
	const order = optionalPart(raw, `${module}.weight_g_idx`, INTEGERS);
	const [N, K] = matrixShape(weight);
	const layout = blocksOf$1(scale, N, K, scheme);
	if (zero !== null && elementCount(zero.shape) !== elementCount(scale.shape)) throw packedPartShape(zero.name, zero.shape, `as many as "${scale.name}" [${scale.shape.join(", ")}]`);
	const isFloat = weight.dtype !== "I8";
	const bits = isFloat ? 8 : scheme?.weights?.bits ?? 8;
	const kind = isFloat ? weight.dtype === "F8_E5M2" ? "fp8 e5m2" : "fp8 e4m3" : `int${bits}`;
	return {
		module,
		name: weight.name,
		shape: [N, K],
		storedAs: `compressed-tensors ${kind} ${layout.words}`,
		groupSize: layout.blockRows === 1 && layout.blockColumns < K ? layout.blockColumns : null,
		byteLength: partBytes([
			weight,
			scale,
			zero,
			order
		]),
		decode: async () => {
			const levels = weight.dtype === "I8" ? INT8 : weight.dtype === "F8_E5M2" ? E5M2 : E4M3;
			return dequantizeBytes(N, K, await readPart(raw, weight), levels, {
				scales: await readScales(raw, scale),
				zeros: zero === null ? null : await readNumbers(raw, zero),
				columns: layout.columns,
				blockRows: layout.blockRows,
				blockColumns: layout.blockColumns,
				order: order === null ? null : await readOrder(raw, order, K, layout.columns)
			});
		}
	};
}
/** What the shape of the scales, and where that is not enough the scheme, says about blocks. */
function blocksOf$1(scale, N, K, scheme) {
	const count = elementCount(scale.shape);
	const [rows, columns, more] = scale.shape;
	if (count === 1) return {
		columns: 1,
		blockRows: N,
		blockColumns: K,
		words: "per tensor"
	};
	if (rows === N && (columns ?? 1) === 1 && more === void 0) return {
		columns: 1,
		blockRows: 1,
		blockColumns: K,
		words: "per channel"
	};
	const block = scheme?.weights?.block ?? null;
	if (block !== null) {
		const [bn, bk] = block;
		const expected = [Math.ceil(N / bn), Math.ceil(K / bk)];
		if (rows !== expected[0] || columns !== expected[1] || more !== void 0) throw packedPartShape(scale.name, scale.shape, `[${expected.join(", ")}] (block_structure [${bn}, ${bk}])`);
		return {
			columns: expected[1],
			blockRows: bn,
			blockColumns: bk,
			words: `${bn}×${bk}`
		};
	}
	if (rows !== N || !columns || more !== void 0) throw packedPartShape(scale.name, scale.shape, `one scale, [${N}, 1] or [${N}, groups]`);
	const size = scheme?.weights?.groupSize ?? Math.ceil(K / columns);
	if (Math.ceil(K / size) !== columns) throw packedGroups(scale.name, "config_groups…group_size", size, K, columns);
	return {
		columns,
		blockRows: 1,
		blockColumns: size,
		words: `g${size}`
	};
}
// src/checkpoints/packed/methods/gptq-zeros.ts
/** Errors: those of reading the parts. Symmetric checkpoints that are as declared cost one layer's zero points. */
async function readZeroOffset(raw, found, { declared, symmetric }) {
	if (!symmetric) return {
		offset: declared,
		warnings: declared === 1 ? await ambiguous(raw, found) : []
	};
	const other = declared === 1 ? 0 : 1;
	for (const stored of found) {
		const codes = await zeroCodes(raw, stored);
		if (codes.every((code) => code === middle(stored) - declared)) return {
			offset: declared,
			warnings: []
		};
		if (!codes.every((code) => code === middle(stored) - other)) return {
			offset: declared,
			warnings: [`${`config.json says that the quantization is symmetric, but the zero points of ${stored.module} differ`}; they are read as they are stored.`]
		};
	}
	const [named, meant] = declared === 1 ? ["\"gptq\" (v1)", "the zero point itself (v2)"] : ["\"gptq_v2\"", "it less one (v1)"];
	return {
		offset: other,
		warnings: [`${`config.json says checkpoint_format ${named}, but symmetric layers store ${meant}`}: the stored values decide.`]
	};
}
function middle({ bits }) {
	return 2 ** (bits - 1);
}
async function zeroCodes(raw, { qzeros, bits, N, G }) {
	return unpackRows(await readWords(raw, qzeros), G, N, bits, "dense");
}
async function ambiguous(raw, found) {
	let modules = 0;
	for (const stored of found) if ((await zeroCodes(raw, stored)).includes(2 ** stored.bits - 1)) modules++;
	if (modules === 0) return [];
	return [`${modules} of ${found.length} layers store a zero point of all ones, which some GPTQ kernels read as 0 and others as 2^bits; it is read as 0 here.`];
}
// src/checkpoints/packed/methods/gptq.ts
/**
* @file GPTQ: codes packed along the inputs, a scale and a zero point per group and output.
*
* Sources: AutoGPTQ auto_gptq/nn_modules/qlinear/qlinear_cuda_old.py; GPTQModel gptqmodel/utils/model_dequant.py.
* Per linear layer, b bits, G = ceil(K / group size):
*
*     qweight int32 [K·b/32, N]   dense bit fields down each column
*     qzeros  int32 [G, N·b/32]   dense bit fields along each row
*     scales  float [G, N]        g_idx int32 [K], the group of each input (may be absent: floor(k / group size))
*     W[n, k] = scales[g, n] · (q[k, n] − z[g, n])        g = g_idx[k]
*
* checkpoint_format `gptq` (v1, also when missing) stores z − 1: z = (stored + 1) & (2^b − 1); `gptq_v2` stores z; see
* gptq-zeros.ts for checkpoints whose zero points say otherwise.
* Left out: planar packing (`gptq_p`), pack_dtype other than int32, the Marlin and BitBLAS repackings.
*/
const BITS$1 = [
	2,
	3,
	4,
	8
];
/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*, PACKED_GROUPS. */
async function readGptq(raw, quantization) {
	return readGptqTensors(raw, quantization, "gptq", zeroOffsetOf(quantization));
}
/** The same tensors under another config (AutoRound's). */
async function readGptqTensors(raw, quantization, method, zeroOffset) {
	const modules = modulesWith(raw, ".qweight");
	if (modules.length === 0) return null;
	const warnings = [];
	const rules = readLayerRules(quantization);
	const found = modules.map((module) => locate$1(raw, quantization, rules, module, warnings));
	const zeros = await readZeroOffset(raw, found, {
		declared: zeroOffset,
		symmetric: flag(quantization, "sym", true)
	});
	warnings.push(...zeros.warnings);
	const actOrder = flag(quantization, "desc_act", false);
	const parts = /* @__PURE__ */ new Set();
	for (const { qweight, qzeros, scales, gIdx } of found) for (const tensor of [
		qweight,
		qzeros,
		scales,
		gIdx
	]) if (tensor !== null) parts.add(tensor.name);
	return {
		method,
		weights: found.map((located) => packedWeight$4(raw, located, {
			method,
			zeroOffset: zeros.offset,
			actOrder
		})),
		parts,
		activations: /* @__PURE__ */ new Map(),
		isExempt: (module) => rules.of(module) === "exempt",
		warnings
	};
}
function zeroOffsetOf(quantization) {
	const format = optionalWord(quantization, ["checkpoint_format", "format"]) ?? "gptq";
	if (format === "gptq" || format === "gemm") return 1;
	if (format === "gptq_v2") return 0;
	throw packedUnsupported(`gptq: ${format}`, "quantization_config.checkpoint_format", "Save the checkpoint with format \"gptq\" or \"gptq_v2\".");
}
function locate$1(raw, quantization, rules, module, warnings) {
	const qweight = part(raw, `${module}.qweight`, WORDS, "a GPTQ layer needs it");
	const scales = part(raw, `${module}.scales`, FLOATS, `"${qweight.name}" cannot be decoded without it`);
	const qzeros = part(raw, `${module}.qzeros`, WORDS, `"${qweight.name}" cannot be decoded without it`);
	const gIdx = optionalPart(raw, `${module}.g_idx`, INTEGERS);
	const [rows, N] = matrixShape(qweight);
	const [G, scaleColumns] = matrixShape(scales);
	if (scaleColumns !== N) throw packedPartShape(scales.name, scales.shape, `[groups, ${N}], as "${qweight.name}"`);
	const declared = declaredFields(quantization, rules.of(module));
	const bits = bitsOf(qzeros, N);
	requireShape(qzeros, [G, N * bits / 32]);
	const K = rows * 32 / bits;
	if (!Number.isInteger(K)) throw packedPartShape(qweight.name, qweight.shape, `a multiple of 3 rows at 3 bits`);
	if (gIdx !== null) requireShape(gIdx, [K], ` (${rows} rows of "${qweight.name}" at ${bits} bits)`);
	if (declared.bits !== null && declared.bits !== bits) warnings.push(`${module}: the tensors hold ${bits}-bit codes; config.json says ${declared.bits}.`);
	return {
		module,
		qweight,
		qzeros,
		scales,
		gIdx,
		bits,
		groupSize: groupSizeOf(scales, declared.groupSize, K, G, gIdx !== null, warnings),
		perChannel: G === 1 && (declared.groupSize ?? -1) === -1,
		N,
		K,
		G
	};
}
/** qzeros [G, N·b/32] tells b without the config. */
function bitsOf(qzeros, N) {
	const [, columns] = matrixShape(qzeros);
	const bits = 32 * columns / N;
	if (BITS$1.includes(bits)) return bits;
	const allowed = BITS$1.map((b) => N * b / 32).filter(Number.isInteger);
	throw packedPartShape(qzeros.name, qzeros.shape, `${allowed.join(" or ")} columns (2, 3, 4 or 8 bits, ${N} outputs)`);
}
function groupSizeOf(scales, declared, K, G, hasIndex, warnings) {
	const inferred = Math.ceil(K / G);
	if (declared === null) {
		if (hasIndex || Math.ceil(K / inferred) === G) return inferred;
		throw packedGroups(scales.name, "group_size", inferred, K, G);
	}
	const size = declared === -1 ? K : declared;
	if (Math.ceil(K / size) === G) return size;
	if (!hasIndex) throw packedGroups(scales.name, "group_size", size, K, G);
	warnings.push(`${scales.name} holds ${G} groups; group_size ${size} of config.json would make ${Math.ceil(K / size)}.`);
	return inferred;
}
/** bits and group_size for this module, rules for single layers applied. */
function declaredFields(quantization, rule) {
	const own = rule === "exempt" || rule === null ? {} : rule;
	return {
		bits: optionalNumber(own, ["bits"], BITS$1) ?? optionalNumber(quantization, ["bits", "w_bit"], BITS$1),
		groupSize: optionalGroupSize(own, ["group_size"]) ?? optionalGroupSize(quantization, ["group_size", "q_group_size"])
	};
}
function packedWeight$4(raw, parts, { method, zeroOffset, actOrder }) {
	const { module, bits, groupSize, perChannel, N, K } = parts;
	const ordered = actOrder && parts.gIdx !== null;
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `${method} ${bits}-bit ${perChannel ? "per channel" : `g${groupSize}`}${ordered ? " act-order" : ""}`,
		groupSize: perChannel ? null : groupSize,
		byteLength: partBytes([
			parts.qweight,
			parts.qzeros,
			parts.scales,
			parts.gIdx
		]),
		decode: () => decode$2(raw, parts, zeroOffset)
	};
}
async function decode$2(raw, parts, zeroOffset) {
	const { bits, N, K, G, groupSize } = parts;
	const mask = 2 ** bits - 1;
	const scales = await readNumbers(raw, parts.scales);
	const stored = unpackRows(await readWords(raw, parts.qzeros), G, N, bits, "dense");
	const zeros = new Float64Array(stored.length);
	for (let i = 0; i < zeros.length; i++) zeros[i] = stored[i] + zeroOffset & mask;
	const groupOf = parts.gIdx === null ? null : await readGroups(raw, parts.gIdx, K, G);
	const regular = groupOf === null || groupOf.every((group, k) => group === Math.floor(k / groupSize));
	const rows = packedColumns(await readWords(raw, parts.qweight), N, K, bits);
	return dequantizeWords(N, K, rows, UINT8, {
		scales: transposed(scales, G, N, new Float64Array(G * N)),
		zeros: transposed(zeros, G, N, new Float64Array(G * N)),
		columns: G,
		blockRows: 1,
		blockColumns: groupSize,
		order: regular || groupOf === null ? null : inputOrder(groupOf, G)
	});
}
// src/checkpoints/packed/methods/auto-round.ts
/**
* @file AutoRound: no packing of its own; `packing_format` says whose it uses.
*
* Source: intel/auto-round auto_round/export/*, auto_round_extension/torch/qlinear_torch_zp.py.
*
*     auto_round:auto_gptq       GPTQ with stored z − 1 (default for symmetric)
*     auto_round, auto_round:…   GPTQ tensors with stored z (asymmetric)
*     auto_round:auto_awq        AWQ GEMM
*     auto_round:llm_compressor, NVFP and MX variants     compressed-tensors
*/
/** Errors: PACKED_UNSUPPORTED, and those of the packing that it uses. */
async function readAutoRound(raw, quantization) {
	const packing = await readBy((optionalWord(quantization, ["packing_format", "backend"]) ?? "auto_round:auto_gptq").toLowerCase(), raw, quantization);
	return packing === null ? null : {
		...packing,
		method: "auto-round"
	};
}
async function readBy(format, raw, quantization) {
	if (/gptq/.test(format)) return readGptqTensors(raw, quantization, "auto-round", 1);
	if (/awq/.test(format)) return readAwq(raw, {
		...quantization,
		version: "gemm"
	});
	if (/llm_compressor|compressed|nv_?fp|mx_?fp|fp8/.test(format)) return readCompressedTensors(raw, quantization);
	if (/^auto_?round/.test(format)) return readGptqTensors(raw, quantization, "auto-round", 0);
	throw packedUnsupported(`auto-round: ${format.slice(0, 60)}`, "quantization_config.packing_format", "Export with format \"auto_round\", \"auto_round:auto_gptq\" or \"auto_round:auto_awq\".");
}
// src/checkpoints/packed/methods/bitsandbytes.ts
/**
* @file bitsandbytes: 4-bit NF4 and FP4, with and without double quantization; LLM.int8() is found here too.
*
* Sources: bitsandbytes/functional.py (`QuantState.as_dict`, `from_dict`, `dequantize_4bit`).
* 4-bit, for a weight X of any shape, i its flat row-major index:
*
*     X                     ceil(total / 2) bytes, in whatever type; the even i in the high half of byte i >> 1
*     X.quant_map           float32 [16]
*     X.absmax              float32 [ceil(total / blocksize)]; with double quantization uint8, and
*                           X.nested_quant_map float32 [256], X.nested_absmax float32
*     X.quant_state.bitsandbytes__nf4 | __fp4     uint8: JSON {blocksize, shape, nested_blocksize, nested_offset, …}
*     W[i] = quant_map[code] · absmax[floor(i / blocksize)]
*     absmax[j] = nested_quant_map[stored[j]] · nested_absmax[floor(j / nested_blocksize)] + nested_offset
*
* 8-bit weights are in llm-int8.ts.
*/
/** The JSON of a quant_state has about 300 bytes. */
const MAX_STATE_BYTES = 65536;
/** What bitsandbytes accepts as blocksize (functional.py `quantize_4bit`), with 32 of newer releases. */
const BLOCK_SIZES = [
	32,
	64,
	128,
	256,
	512,
	1024,
	2048,
	4096
];
const ANY_TYPE = Object.keys(DTYPE_BYTES).filter((word) => word in DTYPE_BYTES);
/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*. */
async function readBitsandbytes(raw, quantization) {
	const four = modulesWith(raw, ".weight.absmax");
	const eight = modulesWith(raw, ".SCB");
	if (four.length + eight.length === 0) return null;
	const weights = [];
	const parts = /* @__PURE__ */ new Set();
	for (const module of four) weights.push(await fourBit(raw, module, parts));
	for (const module of eight) weights.push(await llmInt8Weight(raw, module, parts));
	const kept = words(quantization, "llm_int8_skip_modules");
	const activations = llmInt8Input(finiteNumber(quantization, "llm_int8_threshold", 6));
	return {
		method: "bitsandbytes",
		weights,
		parts,
		activations: new Map(eight.map((module) => [module, activations])),
		isExempt: (module) => isListed(kept, module),
		warnings: []
	};
}
async function fourBit(raw, module, parts) {
	const name = `${module}.weight`;
	const needed = `"${name}" cannot be decoded without it`;
	const codes = part(raw, name, ANY_TYPE, `"${name}.absmax" is there`);
	const absmax = part(raw, `${name}.absmax`, ["F32", "U8"], needed);
	const map = part(raw, `${name}.quant_map`, ["F32"], needed);
	requireShape(map, [16]);
	const described = ["nf4", "fp4"].map((type) => raw.entries.get(`${name}.quant_state.bitsandbytes__${type}`)).find((tensor) => tensor !== void 0);
	if (described === void 0) throw packedPartMissing(`${name}.quant_state.bitsandbytes__nf4`, needed);
	const state = await readState(raw, described);
	const [N, K] = state.shape;
	checkCounts$1(codes, absmax, described, state);
	const nested = state.nested === null ? null : nestedParts(raw, name, absmax, state.nested.blockSize);
	const tensors = [
		codes,
		absmax,
		map,
		described,
		nested?.map ?? null,
		nested?.absmax ?? null
	];
	for (const tensor of tensors) if (tensor !== null) parts.add(tensor.name);
	return {
		module,
		name,
		shape: state.shape,
		storedAs: `bitsandbytes ${state.quantType} b${state.blockSize}${nested === null ? "" : " double"}`,
		groupSize: state.blockSize,
		byteLength: partBytes(tensors),
		decode: async () => {
			const scales = nested === null || state.nested === null ? await readNumbers(raw, absmax) : await nestedScales(raw, absmax, nested, state.nested);
			const swapped = swapNibbles(await readPart(raw, codes));
			return dequantizeWords(1, N * K, packedRows(swapped, N * K, 4, "dense"), await readNumbers(raw, map), {
				scales,
				zeros: null,
				columns: scales.length,
				blockRows: 1,
				blockColumns: state.blockSize,
				order: null
			});
		}
	};
}
/** The JSON in a quant_state tensor. Errors: PACKED_PART_VALUE, naming the field. */
async function readState(raw, tensor) {
	const refuse = (what) => packedPartValue(tensor.name, what);
	if (tensor.end - tensor.start > MAX_STATE_BYTES) throw refuse(`is larger than ${MAX_STATE_BYTES} bytes`);
	const outcome = parseJson(await readPart(raw, tensor));
	if ("reason" in outcome) throw refuse(`is not JSON: ${outcome.reason}`);
	const state = outcome.value;
	if (!isJsonObject(state)) throw refuse("is not a JSON object");
	const { blocksize, shape, nested_blocksize: nestedSize, nested_offset: offset } = state;
	if (typeof blocksize !== "number" || !BLOCK_SIZES.includes(blocksize)) throw refuse(`blocksize must be one of ${BLOCK_SIZES.join(", ")}`);
	const [N, K, more] = isList(shape) ? shape : [];
	if (!isSize(N) || !isSize(K) || more !== void 0 || !Number.isSafeInteger(N * K)) throw refuse("shape must be two positive whole numbers");
	const nested = nestedSize !== void 0 && nestedSize !== null;
	if (nested && !isSize(nestedSize)) throw refuse("nested_blocksize must be a positive whole number");
	if (nested && (typeof offset !== "number" || !Number.isFinite(offset))) throw refuse("nested_offset must be a number");
	return {
		quantType: tensor.name.endsWith("nf4") ? "nf4" : "fp4",
		blockSize: blocksize,
		shape: [N, K],
		nested: isSize(nestedSize) && typeof offset === "number" ? {
			blockSize: nestedSize,
			offset
		} : null
	};
}
function isSize(value) {
	return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
/** The declared shape must need exactly the bytes and block scales that are stored. */
function checkCounts$1(codes, absmax, described, state) {
	const [N, K] = state.shape;
	const bytes = Math.ceil(N * K / 2);
	if (codes.end - codes.start !== bytes) throw packedPartValue(described.name, `shape [${N}, ${K}] needs ${bytes} bytes of codes; "${codes.name}" has ${codes.end - codes.start}`);
	const blocks = Math.ceil(N * K / state.blockSize);
	if (elementCount(absmax.shape) !== blocks) throw packedPartShape(absmax.name, absmax.shape, `${blocks} blocks (blocksize ${state.blockSize} of [${N}, ${K}])`);
	if (absmax.dtype === "U8" !== (state.nested !== null)) throw packedPartValue(described.name, `nested_blocksize and the type ${absmax.dtype} of "${absmax.name}" contradict each other`);
}
function nestedParts(raw, name, stored, blockSize) {
	const why = `"${stored.name}" is quantized itself`;
	const map = part(raw, `${name}.nested_quant_map`, ["F32"], why);
	requireShape(map, [256]);
	const absmax = part(raw, `${name}.nested_absmax`, ["F32"], why);
	const blocks = Math.ceil((elementCount(stored.shape) ?? 0) / blockSize);
	if (elementCount(absmax.shape) !== blocks) throw packedPartShape(absmax.name, absmax.shape, `${blocks} blocks (nested_blocksize ${blockSize})`);
	return {
		map,
		absmax
	};
}
/** Rounded to float32 after the product and after the sum, as the library does. */
async function nestedScales(raw, stored, nested, { blockSize, offset }) {
	const codes = await readPart(raw, stored);
	const map = await readNumbers(raw, nested.map);
	const absmax = await readNumbers(raw, nested.absmax);
	const scales = new Float64Array(codes.length);
	const start = Math.fround(offset);
	for (let j = 0; j < codes.length; j++) scales[j] = Math.fround(Math.fround(map[codes[j]] * absmax[Math.floor(j / blockSize)]) + start);
	return scales;
}
/** Bytes with the first code in the high half as words with the first code in the lowest bits. */
function swapNibbles(bytes) {
	const swapped = new Uint32Array(Math.ceil(bytes.length / 4));
	new Uint8Array(swapped.buffer).set(bytes);
	for (let w = 0; w < swapped.length; w++) {
		const word = swapped[w];
		swapped[w] = (word & 252645135) << 4 | word >>> 4 & 252645135;
	}
	return swapped;
}
// src/checkpoints/packed/methods/hqq.ts
/**
* @file HQQ: planar bit fields, float zero points, groups along either axis.
*
* Sources: mobiusml/hqq hqq/core/bitpack.py, hqq/core/quantize.py (`Quantizer.dequantize`, `HQQLinear.state_dict`).
* Per layer `W_q`, `scale`, `zero`, `shape`, `nbits`, `group_size`, `axis`, `packing`, … ; in safetensors numbers are
* one-element tensors and strings are uint8 character codes. Unpacking concatenates along the first axis, so with L stored
* words, field f of word j is the flat element f·L + j, the first field in the highest bits:
*
*     8bit_u8 1 field   4bit_u8 2   2bit_u8 4   1bit_u8 8 (uint8)     3bit_32 10 (int32, from bit 27 down, cut at the end)
*     W = ((q − zero) · scale).reshape(shape)
*
* axis 1: the flat elements fall into rows of group_size, one scale each; axis 0: into columns, one scale each.
* Left out: quantized scales and zero points (`quant_scale`, `quant_zero`), which HQQ itself cannot write to safetensors
* (`state_dict` raises), and pickled `qmodel.pt` files.
*/
/** Bits and fields per stored word of each packing. */
const PACKINGS = {
	"8bit_u8": {
		bits: 8,
		fields: 1
	},
	"4bit_u8": {
		bits: 4,
		fields: 2
	},
	"3bit_32": {
		bits: 3,
		fields: 10
	},
	"2bit_u8": {
		bits: 2,
		fields: 4
	},
	"1bit_u8": {
		bits: 1,
		fields: 8
	}
};
/** The packing that HQQ chooses for each width, where the layer does not name it. */
const PACKING_OF_BITS = {
	8: "8bit_u8",
	6: "8bit_u8",
	5: "8bit_u8",
	4: "4bit_u8",
	3: "3bit_32",
	2: "2bit_u8",
	1: "1bit_u8"
};
/** Everything that `HQQLinear.state_dict` writes beside the weight. */
const META = [
	"nbits",
	"group_size",
	"shape",
	"scale",
	"zero",
	"axis",
	"packing",
	"unpack_view_dtype",
	"view_as_float",
	"quant_scale",
	"quant_zero",
	"compute_dtype",
	"offload_meta",
	"encoded_state_dict",
	"stores_quant_config",
	"channel_wise",
	"optimize",
	"round_zero"
];
/** Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
async function readHqq(raw, quantization) {
	const modules = modulesWith(raw, ".W_q");
	if (modules.length === 0) return null;
	const weights = [];
	const parts = /* @__PURE__ */ new Set();
	for (const module of modules) {
		for (const field of ["W_q", ...META]) if (raw.entries.has(`${module}.${field}`)) parts.add(`${module}.${field}`);
		weights.push(await packedWeight$3(raw, module));
	}
	const kept = words(quantization, "skip_modules");
	return {
		method: "hqq",
		weights,
		parts,
		activations: /* @__PURE__ */ new Map(),
		isExempt: (module) => isListed(kept, module),
		warnings: []
	};
}
async function packedWeight$3(raw, module) {
	const layer = await readLayer(raw, module);
	const { N, K, bits, axis } = layer;
	const scales = elementCount(layer.scale.shape) ?? 0;
	const groupSize = N * K / scales;
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `hqq ${bits}-bit g${groupSize} axis ${axis}`,
		groupSize,
		byteLength: partBytes([
			layer.codes,
			layer.scale,
			layer.zero
		]),
		decode: () => decode$1(raw, layer)
	};
}
async function readLayer(raw, module) {
	const field = (name, allowed) => part(raw, `${module}.${name}`, allowed, `"${module}.W_q" cannot be decoded without it`);
	const codes = field("W_q", [
		...FLOATS,
		"U8",
		"I32"
	]);
	for (const flagged of ["quant_scale", "quant_zero"]) if (raw.entries.has(`${module}.${flagged}`) && await readScalar(raw, field(flagged, INTEGERS)) !== 0) throw packedUnsupported("hqq with quantized scales", `${module}.${flagged}`, "Quantize again with quant_scale=False and quant_zero=False, which is what safetensors can hold.");
	const scale = field("scale", FLOATS);
	const zero = field("zero", [...FLOATS, "U8"]);
	const [N, K] = await readShape(raw, field("shape", INTEGERS));
	const { bits, fields } = await readPacking$1(raw, module);
	const axis = await readScalar(raw, field("axis", INTEGERS));
	if (axis !== 0 && axis !== 1) throw packedPartValue(`${module}.axis`, `is ${axis}; allowed: 0, 1`);
	const layer = {
		codes,
		scale,
		zero,
		N,
		K,
		bits,
		fields,
		length: (codes.end - codes.start) / (bits === 3 ? 4 : 1),
		axis
	};
	await checkCounts(raw, module, layer);
	return layer;
}
async function readShape(raw, tensor) {
	if (elementCount(tensor.shape) !== 2) throw packedPartShape(tensor.name, tensor.shape, "[2]");
	const [N, K] = await readNumbers(raw, tensor);
	if (!N || !K || N < 0 || K < 0 || !Number.isSafeInteger(N * K)) throw packedPartValue(tensor.name, `holds [${N}, ${K}]; two positive sizes are needed`);
	return [N, K];
}
async function readPacking$1(raw, module) {
	const named = raw.entries.get(`${module}.packing`);
	if (named === void 0) {
		const why = `neither it nor "${module}.packing" tells how "${module}.W_q" is packed`;
		const nbits = await readScalar(raw, part(raw, `${module}.nbits`, [...FLOATS, ...INTEGERS], why));
		const packing = PACKINGS[PACKING_OF_BITS[nbits] ?? ""];
		if (packing === void 0) throw packedPartValue(`${module}.nbits`, `is ${nbits}; allowed: 1, 2, 3, 4, 5, 6, 8`);
		return packing;
	}
	const bytes = named.end - named.start > 64 ? /* @__PURE__ */ new Uint8Array() : await readPart(raw, named);
	const name = new TextDecoder("latin1").decode(bytes);
	const packing = Object.hasOwn(PACKINGS, name) ? PACKINGS[name] : void 0;
	if (packing !== void 0) return packing;
	throw packedPartValue(named.name, `names no known packing; allowed: ${Object.keys(PACKINGS).join(", ")}`);
}
async function checkCounts(raw, module, layer) {
	const { N, K, length, fields, bits, codes, scale, zero } = layer;
	const total = N * K;
	const capacity = length * fields;
	const spare = bits === 3 ? 9 * (length / Math.max(codes.shape[0] ?? 1, 1)) : 0;
	if (!Number.isInteger(length) || capacity < total || capacity > total + spare) throw packedPartShape(codes.name, codes.shape, `room for ${total} codes of ${bits} bits, as ${module}.shape says`);
	const scales = elementCount(scale.shape) ?? 0;
	if (scales === 0 || total % scales !== 0) throw packedPartShape(scale.name, scale.shape, `a number of scales that divides ${total} weights`);
	const zeros = elementCount(zero.shape);
	if (zeros !== scales && zeros !== 1) throw packedPartShape(zero.name, zero.shape, `${scales} zero points, as "${scale.name}"`);
	const declared = raw.entries.get(`${module}.group_size`);
	if (declared === void 0) return;
	const groupSize = await readScalar(raw, declared);
	if (scales !== 1 && total / scales !== groupSize) throw packedPartValue(declared.name, `is ${groupSize}, but "${scale.name}" has one scale per ${total / scales} weights`);
}
async function decode$1(raw, layer) {
	const { N, K, length, bits, fields, axis } = layer;
	const total = N * K;
	const stored = await readPart(raw, layer.codes);
	const codes = bits === 3 ? new Uint32Array(stored.buffer, stored.byteOffset, length) : stored;
	const scales = await readNumbers(raw, layer.scale);
	const stored0 = await readNumbers(raw, layer.zero);
	const zeros = stored0.length === scales.length ? stored0 : new Float64Array(scales.length).fill(stored0[0]);
	const weights = new Float32Array(total);
	for (let field = 0; field < fields; field++) {
		const start = field * length;
		const end = Math.min(start + length, total);
		const shift = bits * (fields - 1 - field);
		if (axis === 1) fillRows(codes, shift, bits, start, end, scales, zeros, weights);
		else fillColumns(codes, shift, bits, start, end, scales, zeros, weights);
	}
	return weights;
}
/** Elements [start, end): one field of all words; consecutive elements share a scale. */
function fillRows(codes, shift, bits, start, end, scales, zeros, weights) {
	const mask = 2 ** bits - 1;
	const size = weights.length / scales.length;
	for (let i = start; i < end;) {
		const group = Math.floor(i / size);
		const stop = Math.min((group + 1) * size, end);
		const scale = scales[group];
		const zero = zeros[group];
		for (; i < stop; i++) weights[i] = ((codes[i - start] >>> shift & mask) - zero) * scale;
	}
}
/** The same with element i in column i mod scales.length. */
function fillColumns(codes, shift, bits, start, end, scales, zeros, weights) {
	const mask = 2 ** bits - 1;
	const columns = scales.length;
	let column = start % columns;
	for (let i = start; i < end; i++) {
		weights[i] = ((codes[i - start] >>> shift & mask) - zeros[column]) * scales[column];
		if (++column === columns) column = 0;
	}
}
// src/checkpoints/packed/methods/mlx.ts
/**
* @file MLX: codes along each row with a scale per group of inputs, affine of 2 to 8 bits with a bias, or floats without.
*
* Source: ml-explore/mlx mlx/backend/cpu/quantized.cpp, python mlx.nn.layers.quantized; ml-explore/mlx-lm mlx_lm/utils.py.
* config.json says `quantization: {group_size, bits, mode}` and, under a module's name, other values for it, or false where
* it is left plain. Per layer or embedding, b bits, G = K / group_size:
*
*     weight uint32 [N, K·b/32]   dense bit fields, low bits first
*     scales, biases float [N, G]
*     W[n, k] = code · scales[n, k / group_size] + biases[n, k / group_size]
*
* Modes without biases, whose bits and group size are their own (mlx.core.quantize's table; fp_quantized.h):
*
*     scales uint8 [N, G]         mxfp4, mxfp8 (groups of 32): E8M0; nvfp4 (groups of 16): e4m3, and no second scale
*     W[n, k] = level[code] · scale    mxfp4, nvfp4: e2m1; mxfp8: e4m3
*/
const BITS = [
	2,
	3,
	4,
	5,
	6,
	8
];
/** What mlx_lm.convert takes where nothing is said. */
const DEFAULT_BITS = 4;
const DEFAULT_GROUP = 64;
/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*. */
async function readMlx(raw, quantization) {
	const modules = modulesWith(raw, ".scales").filter((module) => raw.entries.has(`${module}.weight`));
	if (modules.length === 0) return null;
	const parts = /* @__PURE__ */ new Set();
	return {
		method: "mlx",
		weights: modules.map((module) => {
			const fields = fieldsOf(quantization, module);
			const mode = optionalWord(fields, ["mode"]) ?? "affine";
			if (mode !== "affine") {
				const float = floatWeight(raw, module, mode, fields);
				for (const name of float.parts) parts.add(name);
				return float.weight;
			}
			const located = locate(raw, fields, module);
			for (const { name } of [
				located.codes,
				located.scales,
				located.biases
			]) parts.add(name);
			return packedWeight$2(raw, module, located);
		}),
		parts,
		activations: /* @__PURE__ */ new Map(),
		isExempt: (module) => quantization[module] === false,
		warnings: []
	};
}
/** What a module's own entry says counts before what is said of all. */
function fieldsOf(quantization, module) {
	const own = quantization[module];
	return isJsonObject(own) ? {
		...quantization,
		...own
	} : quantization;
}
function locate(raw, fields, module) {
	const bits = optionalNumber(fields, ["bits"], BITS) ?? DEFAULT_BITS;
	const groupSize = optionalGroupSize(fields, ["group_size"]) ?? DEFAULT_GROUP;
	const needed = `"${module}.weight" cannot be decoded without it`;
	const codes = part(raw, `${module}.weight`, WORDS, `"${module}.scales" is there`);
	const scales = part(raw, `${module}.scales`, FLOATS, needed);
	const biases = part(raw, `${module}.biases`, FLOATS, needed);
	const [N, groups] = matrixShape(scales);
	const K = groups * groupSize;
	const expected = [N, K * bits / 32];
	if (codes.shape.join() !== expected.join()) {
		const why = `[${expected.join(", ")}] (${bits} bits, ${groups} groups of ${groupSize})`;
		throw packedPartShape(codes.name, codes.shape, why);
	}
	requireShape(biases, [N, groups]);
	return {
		codes,
		scales,
		biases,
		bits,
		groupSize,
		N,
		K
	};
}
function packedWeight$2(raw, module, parts) {
	const { codes, scales, biases, bits, groupSize, N, K } = parts;
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `mlx ${bits}-bit g${groupSize}`,
		groupSize,
		byteLength: partBytes([
			codes,
			scales,
			biases
		]),
		decode: () => decode(raw, parts)
	};
}
async function decode(raw, parts) {
	const { bits, groupSize, N, K } = parts;
	const words = await readWords(raw, parts.codes);
	const scales = await readNumbers(raw, parts.scales);
	const biases = await readNumbers(raw, parts.biases);
	const weights = new Float32Array(N * K);
	const row = new Uint8Array(K);
	const wordsPerRow = K * bits / 32;
	for (let n = 0, group = 0; n < N; n++) {
		unpackRun(words, n * wordsPerRow, bits, "dense", row);
		for (let start = 0; start < K; start += groupSize, group++) {
			const scale = scales[group];
			const bias = biases[group];
			const at = n * K;
			for (let k = start; k < start + groupSize; k++) weights[at + k] = row[k] * scale + bias;
		}
	}
	return weights;
}
const MODES = {
	mxfp4: {
		bits: 4,
		groupSize: 32,
		levels: E2M1,
		scales: E8M0
	},
	mxfp8: {
		bits: 8,
		groupSize: 32,
		levels: E4M3,
		scales: E8M0
	},
	nvfp4: {
		bits: 4,
		groupSize: 16,
		levels: E2M1,
		scales: E4M3
	}
};
/** Errors: PACKED_UNSUPPORTED for a mode that is not known or values that are not its own; PACKED_PART_*. */
function floatWeight(raw, module, mode, fields) {
	const known = Object.hasOwn(MODES, mode) ? MODES[mode] : void 0;
	if (known === void 0) throw packedUnsupported(`mlx: ${mode.slice(0, 40)}`, "quantization.mode", "Convert the model with mlx_lm.convert in the affine mode, or give the checkpoint that it was made from.");
	const { bits, groupSize, levels, scales: scaleLevels } = known;
	const declared = [optionalNumber(fields, ["bits"], [bits]), optionalGroupSize(fields, ["group_size"])];
	if (declared[1] !== null && declared[1] !== groupSize) {
		const fix = `The mode has groups of ${groupSize}: give the config.json that the weights came with.`;
		throw packedUnsupported(`mlx: ${mode} in groups of ${declared[1]}`, "quantization.group_size", fix);
	}
	const codes = part(raw, `${module}.weight`, WORDS, `"${module}.scales" is there`);
	const needed = `"${module}.weight" cannot be decoded without it`;
	const scales = part(raw, `${module}.scales`, ["U8"], needed);
	const [N, columns] = matrixShape(scales);
	const K = columns * groupSize;
	const expected = [N, K * bits / 32].join(", ");
	if (codes.shape.join(", ") !== expected) throw packedPartShape(codes.name, codes.shape, `[${expected}] (${mode}, ${columns} groups of ${groupSize})`);
	return {
		weight: {
			module,
			name: codes.name,
			shape: [N, K],
			storedAs: `mlx ${mode} g${groupSize}`,
			groupSize,
			byteLength: partBytes([codes, scales]),
			decode: async () => {
				const words = await readWords(raw, codes);
				const bytes = await readPart(raw, scales);
				return dequantizeWords(N, K, packedRows(words, K, bits, "dense"), levels, {
					scales: Float64Array.from(bytes, (byte) => scaleLevels[byte]),
					zeros: null,
					columns,
					blockRows: 1,
					blockColumns: groupSize,
					order: null
				});
			}
		},
		parts: [codes.name, scales.name]
	};
}
// src/checkpoints/packed/methods/modelopt.ts
const FIX = "Export the model with ModelOpt as FP8, FP8_PER_CHANNEL_PER_TOKEN, FP8_PB_WO or NVFP4 (quant_algo).";
const ALGORITHMS = /* @__PURE__ */ new Map([
	["FP8", "static"],
	["FP8_PER_CHANNEL_PER_TOKEN", "token"],
	["FP8_PB_WO", "plain"],
	["NVFP4", "static"],
	["W4A16_NVFP4", "plain"]
]);
/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*. */
async function readModelOpt(raw, quantization) {
	const modules = modulesWith(raw, ".weight_scale");
	if (modules.length === 0) return null;
	const described = isJsonObject(quantization.quantization) ? quantization.quantization : quantization;
	const weights = [];
	const parts = /* @__PURE__ */ new Set();
	const activations = /* @__PURE__ */ new Map();
	for (const module of modules) {
		for (const suffix of [
			"weight",
			"weight_scale",
			"weight_scale_2",
			"input_scale"
		]) if (raw.entries.has(`${module}.${suffix}`)) parts.add(`${module}.${suffix}`);
		const inputs = inputsOf(described, module);
		weights.push(packedWeight$1(raw, module));
		const quantized = await inputQuantization$1(raw, module, inputs);
		if (quantized !== null) activations.set(module, quantized);
	}
	const caches = [...raw.entries.keys()].filter((name) => /\.[kv]_scale$/.test(name));
	for (const name of caches) parts.add(name);
	const kept = [...words(described, "exclude_modules"), ...words(described, "ignore")];
	return {
		method: "modelopt",
		weights,
		parts,
		activations,
		isExempt: (module) => isListed(kept.map((name) => name.replace(/\*$/, "")), module),
		warnings: cacheWarnings(quantization, caches.length > 0)
	};
}
/** Errors: PACKED_UNSUPPORTED for an algorithm that is not known. */
function inputsOf(described, module) {
	const { quantized_layers: layers } = described;
	const own = isJsonObject(layers) ? layers[module] : void 0;
	const named = optionalWord(isJsonObject(own) ? own : described, ["quant_algo"]);
	if (named === null || named === "MIXED_PRECISION") return "stored";
	const inputs = ALGORITHMS.get(named.toUpperCase());
	if (inputs === void 0) throw packedUnsupported(`modelopt ${named.slice(0, 60)}`, "quant_algo", FIX);
	return inputs;
}
async function inputQuantization$1(raw, module, inputs) {
	if (inputs === "token") return float8Input("token", null);
	if (inputs === "plain") return null;
	const input = optionalPart(raw, `${module}.input_scale`, FLOATS);
	if (input === null && inputs === "stored") return null;
	const scale = await readScalar(raw, input ?? part(raw, `${module}.input_scale`, FLOATS, "quant_algo quantizes the inputs of layers by a stored scale"));
	if (raw.entries.has(`${module}.weight_scale_2`)) return float4Input(16, Math.fround(1 / scale));
	return {
		...float8Input("tensor", null),
		dynamic: false,
		scale,
		zeroPoint: 0
	};
}
/** Declared, or only to be seen by stored scales. */
function cacheWarnings(quantization, stored) {
	const declared = cacheScheme(quantization);
	if (declared !== null) return [declared];
	return stored ? ["The key/value cache is quantized by stored scales; that is not simulated."] : [];
}
function packedWeight$1(raw, module) {
	if (raw.entries.has(`${module}.pre_quant_scale`)) throw packedUnsupported("modelopt with pre_quant_scale (AWQ)", `${module}.pre_quant_scale`, FIX);
	const weight = part(raw, `${module}.weight`, [
		"F8_E4M3",
		"U8",
		"I8"
	], `"${module}.weight_scale" is there`);
	if (weight.dtype === "U8") {
		const second = part(raw, `${module}.weight_scale_2`, FLOATS, `"${weight.name}" holds NVFP4 codes`);
		return float4Weight(raw, "modelopt", module, weight, `${module}.weight_scale`, {
			globalScale: second,
			combine: "multiply"
		});
	}
	if (weight.dtype === "I8") throw packedUnsupported("modelopt int8", `tensor "${weight.name}"`, FIX);
	const scale = part(raw, `${module}.weight_scale`, FLOATS, `"${weight.name}" cannot be decoded without it`);
	const [N, K] = matrixShape(weight);
	const decoded = float8Weight(raw, module, weight, scale, blocksOf(scale, N, K));
	return {
		...decoded,
		storedAs: `modelopt ${decoded.storedAs}`
	};
}
/** [rows, columns] that share a scale; null: all of them. Errors: PACKED_PART_SHAPE. */
function blocksOf(scale, N, K) {
	const [rows, one, columns, last, more] = scale.shape;
	if (columns !== void 0 && one === 1 && last === 1 && more === void 0) {
		if (rows && columns && N % rows === 0 && K % columns === 0) return [N / rows, K / columns];
		throw packedPartShape(scale.name, scale.shape, `[${N} / b, 1, ${K} / b, 1] for blocks of b × b`);
	}
	const count = elementCount(scale.shape);
	if (count !== 1 && count !== N) throw packedPartShape(scale.name, scale.shape, `one scale or [${N}, 1]`);
	return count === 1 ? null : [1, K];
}
// src/checkpoints/packed/methods/torchao.ts
const READABLE = [
	"Float8Tensor",
	"IntxUnpackedToInt8Tensor",
	"Int8Tensor"
];
/** Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
async function readTorchao(raw) {
	const modules = modulesWith(raw, "._weight_qdata");
	if (modules.length === 0) return null;
	const weights = [];
	const parts = /* @__PURE__ */ new Set();
	const activations = /* @__PURE__ */ new Map();
	for (const module of modules) {
		const { type, data } = describedWeight(raw, module);
		for (const name of raw.entries.keys()) if (name.startsWith(`${module}._weight_`)) parts.add(name);
		weights.push(packedWeight(raw, module, type, data));
		const input = await storedScale(raw, module, data) ?? inputQuantization(module, data);
		if (input !== null) activations.set(module, input);
	}
	return {
		method: "torchao",
		weights,
		parts,
		activations,
		isExempt: null,
		warnings: []
	};
}
function describedWeight(raw, module) {
	const name = `${module}.weight`;
	const text = raw.metadata.get(name);
	if (text === void 0) throw packedPartValue(`${module}._weight_qdata`, `the file's metadata does not describe ${name}`);
	const outcome = parseJson(new TextEncoder().encode(text));
	const described = "reason" in outcome ? null : outcome.value;
	if (!isJsonObject(described ?? void 0) || !isObject(described)) throw packedPartValue(name, "its description in the file’s metadata is not a JSON object");
	const { _type: type, _data: data } = described;
	if (typeof type !== "string" || !isJsonObject(data)) throw packedPartValue(name, "its description in the file’s metadata lacks _type or _data");
	if (!READABLE.includes(type) || raw.entries.has(`${module}._weight_act_pre_scale`)) {
		const what = READABLE.includes(type) ? `${type} with act_pre_scale` : type.slice(0, 60);
		const fix = `Quantize with a configuration that stores ${READABLE.join(", ")}, or export to another format.`;
		throw packedUnsupported(`torchao ${what}`, name, fix);
	}
	return {
		type,
		data
	};
}
function isObject(value) {
	return value !== null && isJsonObject(value);
}
function packedWeight(raw, module, type, data) {
	const prefix = `${module}._weight_`;
	const needed = `"${prefix}qdata" cannot be decoded without it`;
	const codes = part(raw, `${prefix}qdata`, type === "Float8Tensor" ? FLOAT8 : ["I8"], needed);
	const scale = part(raw, `${prefix}scale`, FLOATS, needed);
	const zero = optionalPart(raw, `${prefix}zero_point`, [...FLOATS, ...INTEGERS]);
	const [N, K] = matrixShape(codes);
	const [blockRows, blockColumns] = blockSize(module, data.block_size, N, K);
	const columns = K / blockColumns;
	const count = N / blockRows * columns;
	for (const tensor of [scale, zero]) if (tensor !== null && elementCount(tensor.shape) !== count) {
		const because = `block_size [${blockRows}, ${blockColumns}] over [${N}, ${K}]`;
		throw packedPartShape(tensor.name, tensor.shape, `[${N / blockRows}, ${columns}] (${because})`);
	}
	return {
		module,
		name: `${module}.weight`,
		shape: [N, K],
		storedAs: `torchao ${kindOf(type, codes, data)} ${extentOf(blockRows, blockColumns, N, K)}`,
		groupSize: blockRows === 1 && blockColumns < K ? blockColumns : null,
		byteLength: partBytes([
			codes,
			scale,
			zero
		]),
		decode: async () => {
			const levels = codes.dtype === "I8" ? INT8 : codes.dtype === "F8_E5M2" ? E5M2 : E4M3;
			return dequantizeBytes(N, K, await readPart(raw, codes), levels, {
				scales: await readNumbers(raw, scale),
				zeros: zero === null ? null : await readNumbers(raw, zero),
				columns,
				blockRows,
				blockColumns,
				order: null
			});
		}
	};
}
/** Sizes that divide the weight; an empty list means one block, −1 the whole axis. */
function blockSize(module, value, N, K) {
	if (isList(value) && value.length === 0) return [N, K];
	const [rows, columns, more] = isList(value) ? value : [];
	const size = (given, whole) => given === -1 ? whole : given;
	const [blockRows, blockColumns] = [size(rows, N), size(columns, K)];
	const divides = (block, whole) => typeof block === "number" && Number.isSafeInteger(block) && block > 0 && whole % block === 0;
	if (!divides(blockRows, N) || !divides(blockColumns, K) || more !== void 0) throw packedPartValue(`${module}.weight`, `block_size in the file's metadata must divide [${N}, ${K}]`);
	return [blockRows, blockColumns];
}
function kindOf(type, codes, { target_dtype: target }) {
	if (type === "Float8Tensor") return codes.dtype === "F8_E5M2" ? "fp8 e5m2" : "fp8 e4m3";
	const named = isJsonObject(target) && typeof target._data === "string" ? target._data : "int8";
	return /^int[1-8]$/.test(named) ? named : "int8";
}
function extentOf(blockRows, blockColumns, N, K) {
	if (blockRows === N && blockColumns === K) return "per tensor";
	if (blockRows === 1) return blockColumns === K ? "per channel" : `g${blockColumns}`;
	return `${blockRows}×${blockColumns}`;
}
/** Static int8 inputs: one scale, beside the weight. Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
async function storedScale(raw, module, data) {
	const scale = optionalPart(raw, `${module}._weight_act_quant_scale`, FLOATS);
	if (scale === null) return null;
	const dynamic = inputQuantization(module, data);
	if (dynamic?.type !== "int" || elementCount(scale.shape) !== 1) throw packedUnsupported("torchao static activations of this kind", `tensor "${scale.name}"`, "Quantize with one static scale for int8 activations, or with dynamic ones.");
	const zero = optionalPart(raw, `${module}._weight_act_quant_zero_point`, [...FLOATS, ...INTEGERS]);
	return {
		...dynamic,
		strategy: "tensor",
		dynamic: false,
		scale: await readScalar(raw, scale),
		zeroPoint: zero === null ? 0 : await readScalar(raw, zero)
	};
}
/**
* `act_quant_kwargs` of Float8Tensor and Int8Tensor, `activation_quantization` of IntxUnpackedToInt8Tensor, which older
* versions said by a flag.
*/
function inputQuantization(module, data) {
	const { act_quant_kwargs: kwargs, activation_quantization: named } = data;
	const isNamed = isJsonObject(named) ? named._data : named;
	if (typeof isNamed === "string") {
		if (isNamed.toLowerCase() === "int8_asym_per_token") return integerInput(8, false, "token", null);
		throw packedUnsupported(`torchao activations ${isNamed.slice(0, 60)}`, `${module}.weight`, "Quantize again with int8_asym_per_token activations, or without.");
	}
	if (data.apply_int8_act_asym_per_token_quant === true) return integerInput(8, false, "token", null);
	if (!isJsonObject(kwargs)) return null;
	const fields = isJsonObject(kwargs._data) ? kwargs._data : {};
	const strategy = (isJsonObject(fields.granularity) ? fields.granularity._type : "PerRow") === "PerTensor" ? "tensor" : "token";
	if (kwargs._type === "QuantizeTensorToFloat8Kwargs") return boundedFloat8(strategy, fields);
	const { mapping_type: mapping } = fields;
	return integerInput(8, !isJsonObject(mapping) || mapping._data !== "ASYMMETRIC", strategy, null);
}
/** `hp_value_ub` and `hp_value_lb` bound the largest input that a scale is computed from. Errors: PACKED_CONFIG. */
function boundedFloat8(strategy, fields) {
	const input = float8Input(strategy, null);
	const most = finiteNumber(fields, "hp_value_ub", Number.POSITIVE_INFINITY);
	const least = finiteNumber(fields, "hp_value_lb", 0);
	return {
		...input,
		largestAmax: Number.isFinite(most) ? most : null,
		minimumScale: Math.max(input.minimumScale, least / input.scaleDivisor)
	};
}
// src/checkpoints/packed/methods/index.ts
/** Two of them are older names of others. */
const READERS = {
	gptq: readGptq,
	awq: readAwq,
	bitsandbytes: readBitsandbytes,
	"compressed-tensors": readCompressedTensors,
	sparseml: readCompressedTensors,
	fp8: readFp8,
	fbgemm_fp8: readFbgemmFp8,
	hqq: readHqq,
	"auto-round": readAutoRound,
	"intel/auto-round": readAutoRound,
	modelopt: readModelOpt,
	torchao: readTorchao,
	mlx: readMlx,
	mxfp4: readExpertBlocks
};
/** Their names without the older ones: for messages. */
const READABLE_METHODS = Object.keys(READERS).filter((name) => name !== "sparseml" && name !== "intel/auto-round");
// src/checkpoints/packed/declared/method.ts
/** @file What a config says of how its weights are quantized, before any tensor is looked at. */
/** The method that a config names. Errors: PACKED_UNSUPPORTED for one that is not read. */
function declaredMethod(quantization) {
	const { quant_method: method, producer, load_in_4bit, load_in_8bit } = quantization;
	const named = typeof method === "string" ? method.toLowerCase() : null;
	if (named === null) {
		if (isJsonObject(producer) && producer.name === "modelopt") return "modelopt";
		if (load_in_4bit === true || load_in_8bit === true) return "bitsandbytes";
		return null;
	}
	if (Object.hasOwn(READERS, named)) return named;
	if (named === "bitsandbytes_4bit" || named === "bitsandbytes_8bit") return "bitsandbytes";
	const fix = `Use a checkpoint in one of ${READABLE_METHODS.join(", ")}, a GGUF file or an ONNX model.`;
	throw packedUnsupported(named.slice(0, 60), "quantization_config.quant_method", fix);
}
// src/checkpoints/packed/read-packing.ts
/** @file Which packing it is, by the config and by the tensors, and its weights: loaded only where something is packed. */
/** Methods whose tensors may be just a weight of one byte and its `weight_scale`. */
const SCALED = [
	"compressed-tensors",
	"sparseml",
	"fp8",
	"fbgemm_fp8",
	"modelopt",
	"auto-round",
	"intel/auto-round"
];
/**
* The packing of these tensors; `section` is what the config says of it, null where it says nothing, and `seen` what the tensors look
* like. Errors: PACKED_*.
*/
async function readPacking(raw, section, seen) {
	const declared = section === null ? null : declaredMethod(section);
	const quantization = section ?? {};
	const { bits } = quantization;
	if (bits !== void 0 && bits !== null && !(typeof bits === "number" && bits > 0)) throw packedConfig("bits", shownJson(bits), "a number of bits above 0");
	const warnings = [];
	const likely = seen === "scaled" ? "compressed-tensors" : seen;
	let method = declared ?? likely;
	if (declared !== null && seen !== null && !agree(declared, seen)) {
		const cache = cacheScheme(quantization);
		if (cache !== null) warnings.push(cache);
		warnings.push(`config.json says ${declared}, but the tensors are ${likely}; the tensors decide.`);
		method = likely;
	} else if (declared === null && method !== null) warnings.push(`config.json does not say how the weights are quantized; the tensors look like ${method}.`);
	const packing = await (method === null ? void 0 : READERS[method])?.(raw, method === declared || declared === null ? quantization : {}) ?? null;
	if (packing !== null) return {
		packing,
		warnings
	};
	const cache = cacheScheme(quantization);
	if (cache !== null) warnings.push(cache);
	warnings.push(`config.json says ${declared ?? "that the weights are quantized"}, but no tensor is packed.`);
	return {
		packing: nothingPacked(declared ?? "none"),
		warnings
	};
}
function agree(declared, seen) {
	if (seen === "scaled") return SCALED.includes(declared);
	return declared === seen || declared.endsWith("auto-round") || declared === "sparseml" && seen === SCALED[0];
}
function nothingPacked(method) {
	return {
		method,
		weights: [],
		parts: /* @__PURE__ */ new Set(),
		activations: /* @__PURE__ */ new Map(),
		isExempt: null,
		warnings: []
	};
}
export { readPacking };
