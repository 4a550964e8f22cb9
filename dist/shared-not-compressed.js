import { n as __exportAll } from "./shared-rolldown-runtime.js";
import { O as sliceOf } from "./shared-causal-schema.js";
import { $ as GROUP_COUNTS, C as groupTotals, T as meanFiring, ct as isActive, d as activeFeatures, g as columnTotals, h as addReferenceTile, m as addReferenceMoments, p as addCandidateTile, st as firingRate, v as countedPositions, y as deadFeatures } from "./shared-losses.js";
import { f as residualsAlike, g as spillFailed, n as candidateIsReference, t as badFit } from "./shared-audit.js";
import { n as programFile, t as isBundled } from "./shared-program-file.js";
import { t as present } from "./shared-present.js";
import { t as startThread } from "./shared-thread.js";
import { i as runtime } from "./shared-runtime.js";
import { n as runResult, t as createSession } from "./shared-session.js";
import { _ as rangesOf, g as featuresTogether, m as encoderColumns, t as columnsInMemory, v as ruleAmong } from "./shared-forms.js";
import { n as hookName, r as isInStream } from "./shared-hook-point.js";
import { C as targetInputName, D as activationGroups, O as hookMissing, T as attentionOf, _ as programParts, b as sumName, c as besideChannels, h as mixingChannels, n as asFloat32, o as programRefs, p as checkProgram, s as weightReader, u as blockRange, x as wholeBody } from "./shared-weight-reader.js";
import { A as padAxis, B as sigmoid, D as mul, E as min, F as relu, G as splitRows, H as slice, I as reshape, J as tanh, K as sqrt, L as round, M as range, N as reduceMax, O as nonZero, P as reduceMin, Q as where, S as log, T as max, U as softmax, V as sign, W as split, X as topK, Y as top1, Z as transpose, _ as gemm, a as clip, at as simplifiedLayerNormalization, c as div, d as exp, et as groupQueryAttention, g as gatherElements, h as gather, i as cast, j as padLast, l as equal, m as firstRows, n as add, nt as layer_ops_exports, o as columns, ot as GraphBuilder, p as firstOfLast, q as sub, rt as rotaryEmbedding$1, s as concat, t as abs, tt as layerNormalization, w as matMul, x as less, y as greater, z as scatterElements } from "./shared-ops.js";
import { c as fitsOf, o as emptyScalings, r as betterScaleOf, s as firstShareOf } from "./shared-residual-sums.js";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
/** Constants of the rule, made where a graph first needs them; one per graph. */
var DeltaTables = class {
	type;
	chunk;
	chunks;
	#g;
	#length;
	#made = /* @__PURE__ */ new Map();
	/** `longest`: positions of the longest sequence; `length`: of this run, int32 scalar. */
	constructor(g, longest, length, type, chunk = 64) {
		this.#g = g;
		this.#length = length;
		this.type = type;
		this.chunk = Math.min(chunk, 2 ** Math.ceil(Math.log2(longest)));
		this.chunks = Math.ceil(longest / this.chunk);
	}
	/** (1) int64 */
	get length() {
		return this.#once("length", () => {
			const g = this.#g;
			return reshape(g, cast(g, this.#length, "int64"), [1], [1]);
		});
	}
	/** How many positions are missing at the end of this run; (1) int64. */
	get missing() {
		return this.#once("missing", () => sub(this.#g, this.#g.integers([this.chunks * this.chunk]), this.length));
	}
	/** (chunk, chunk · chunk): column i · chunk + j adds up what stands behind j up to i. */
	get between() {
		const c = this.chunk;
		return this.#table("between", c, c * c, (l, pair) => pair % c < l && l <= Math.floor(pair / c));
	}
	/** (chunk, chunk): column i adds up what stands up to i. */
	get upTo() {
		return this.#table("up_to", this.chunk, this.chunk, (l, i) => l <= i);
	}
	/** (chunk, chunk): column i adds up what stands behind i. */
	get behind() {
		return this.#table("behind", this.chunk, this.chunk, (l, i) => l > i);
	}
	/** (chunk, 1): adds up all. */
	get all() {
		return this.#table("all", this.chunk, 1, () => true);
	}
	/** (chunk, chunk): 1 where a query sees a key. */
	get seen() {
		return this.#table("seen", this.chunk, this.chunk, (i, j) => j <= i);
	}
	get identity() {
		return this.#table("identity", this.chunk, this.chunk, (i, j) => i === j);
	}
	/** (chunk, chunk): 1 in the lower left quarter of each diagonal block of twice `size`. */
	corner(size) {
		const inBlock = (x) => x % (2 * size);
		return this.#table(`corner_${size}`, this.chunk, this.chunk, (i, j) => {
			return Math.floor(i / (2 * size)) === Math.floor(j / (2 * size)) && inBlock(i) >= size && inBlock(j) < size;
		});
	}
	#table(name, rows, columns, isOne) {
		return this.#once(name, () => {
			const size = rows * columns;
			const data = this.type === "float64" ? new Float64Array(size) : new Float32Array(size);
			for (let i = 0; i < size; i++) data[i] = isOne(Math.floor(i / columns), i % columns) ? 1 : 0;
			return this.#g.initializer(`delta_${name}`, this.type, [rows, columns], data);
		});
	}
	#once(name, make) {
		const known = this.#made.get(name) ?? make();
		this.#made.set(name, known);
		return known;
	}
};
/** What the heads read: (B, n, H·R·V). */
function gatedDeltaRule(g, rows, shape, tables) {
	const parts = inChunks(g, chunked(g, rows, shape, tables), tables);
	const B = shape.sequences;
	const read = concat(g, throughChunks(g, parts), 3, []);
	const { chunk, chunks, length } = tables;
	const width = shape.valueHeads * shape.valueSize;
	const inOrder = transpose(g, {
		...read,
		shape: [
			"B",
			"H",
			"R",
			"N",
			"c",
			"V"
		]
	}, [
		0,
		3,
		4,
		1,
		2,
		5
	]);
	const whole = reshape(g, inOrder, [
		B,
		chunks * chunk,
		width
	], [
		B,
		chunks * chunk,
		width
	]);
	return {
		...range(g, whole, 1, g.integers([0]), length),
		shape: [
			B,
			"n_token",
			width
		]
	};
}
/** q and k (B, H, 1, N, c, K), v (B, H, R, N, c, V), fade (B, H, R, N, c), write (B, H, R, N, c, 1) */
function chunked(g, rows, shape, tables) {
	const { sequences: B, keyHeads: H, valueHeads, keySize: K, valueSize: V } = shape;
	const R = valueHeads / H;
	const { chunk: c, chunks: N, missing } = tables;
	const cut = (x, share, size) => {
		const filled = padAxis(g, x, 1, g.integers([0]), missing, [
			B,
			N * c,
			H * share * size
		]);
		const split = reshape(g, filled, [
			B,
			N,
			c,
			H,
			share,
			size
		], [
			B,
			N,
			c,
			H,
			share,
			size
		]);
		return transpose(g, split, [
			0,
			3,
			4,
			1,
			2,
			5
		]);
	};
	const { q, k, v, fade, write } = rows;
	return {
		q: cut(q, 1, K),
		k: cut(k, 1, K),
		v: cut(v, R, V),
		fade: reshape(g, cut(fade, R, 1), [
			B,
			H,
			R,
			N,
			c
		], [
			B,
			H,
			R,
			N,
			c
		]),
		write: cut(write, R, 1)
	};
}
function inChunks(g, { q, k, v, fade, write }, tables) {
	const { chunk: c, chunks: count } = tables;
	const [B = 1, H = 1, R = 1, N = 1] = fade.shape;
	const faded = (sums, rows, columns) => {
		const exponents = matMul(g, fade, sums);
		const shaped = reshape(g, exponents, [
			0,
			0,
			0,
			0,
			rows,
			columns
		], [
			B,
			H,
			R,
			N,
			rows,
			columns
		]);
		return exp(g, shaped);
	};
	const within = mul(g, faded(tables.between, c, c), tables.seen);
	const started = faded(tables.upTo, c, 1);
	const turned = transpose(g, k, [
		0,
		1,
		2,
		3,
		5,
		4
	]);
	const solve = unitLowerInverse(g, mul(g, mul(g, within, write), matMul(g, k, turned)), tables);
	return {
		values: matMul(g, solve, mul(g, v, write)),
		remembered: matMul(g, solve, mul(g, mul(g, write, started), k)),
		queries: mul(g, started, q),
		keys: mul(g, faded(tables.behind, 1, c), turned),
		scores: mul(g, within, matMul(g, q, turned)),
		fades: faded(tables.all, 1, 1),
		count
	};
}
/** (I + A)⁻¹ of what is below the diagonal of (…, c, c). */
function unitLowerInverse(g, a, tables) {
	const corner = (size) => mul(g, a, tables.corner(size));
	if (tables.chunk === 1) return tables.identity;
	let inverse = sub(g, tables.identity, corner(1));
	for (let size = 2; size < tables.chunk; size *= 2) inverse = sub(g, inverse, matMul(g, inverse, matMul(g, corner(size), inverse)));
	return inverse;
}
/** What the heads read in each chunk, one after the other. */
function throughChunks(g, parts) {
	const { count } = parts;
	const each = (x) => split(g, x, count, 3, x.shape);
	const [values, remembered, queries, keys, scores, fades] = [
		each(parts.values),
		each(parts.remembered),
		each(parts.queries),
		each(parts.keys),
		each(parts.scores),
		each(parts.fades)
	];
	const read = [];
	let state = null;
	for (let n = 0; n < count; n++) {
		const of = (all) => {
			const one = all[n];
			if (one === void 0) throw new RangeError(`no chunk ${n}`);
			return one;
		};
		const known = state;
		const written = known === null ? of(values) : sub(g, of(values), matMul(g, of(remembered), known));
		const own = matMul(g, of(scores), written);
		read.push(known === null ? own : add(g, matMul(g, of(queries), known), own));
		const added = matMul(g, of(keys), written);
		state = known === null ? added : add(g, mul(g, known, of(fades)), added);
	}
	return read;
}
// src/models/graph/tiled-attention.ts
/** 64 rows are quicker at 512 positions, slower at 2,048. */
const CPU_TILING = {
	rows: 128,
	beyondEnd: "nothing"
};
/** For GPUs. */
const SAFE_TILING = {
	rows: 128,
	beyondEnd: "last row"
};
/** Added to a score that a query may not see: e to its power is 0 beside any score that it may. */
const HIDDEN_SCORE = -3e38;
/** What a tile adds to its scores. One per graph: layers with the same window share. */
var CausalMasks = class {
	#g;
	#tiling;
	#longest;
	#type;
	/** n, as (1) int64 */
	#length;
	#masks = /* @__PURE__ */ new Map();
	#starts = /* @__PURE__ */ new Map();
	/** `type`: of the scores. */
	constructor(g, tiling, longest, length, type = "float32") {
		this.#g = g;
		this.#tiling = tiling;
		this.#longest = longest;
		this.#type = type;
		this.#length = reshape(g, cast(g, length, "int64"), [1], [1]);
	}
	get type() {
		return this.#type;
	}
	/** Tiles of query rows with the first key that any of them sees; `isWhole`: they meet every key that there is. Ends are exclusive. */
	tiles(window) {
		const { rows } = this.#tiling;
		return Array.from({ length: Math.ceil(this.#longest / rows) }, (_, i) => {
			const start = i * rows;
			const [end, firstKey] = [start + rows, Math.max(0, start + 1 - (window ?? 1e400))];
			return {
				start,
				end,
				firstKey,
				isWhole: firstKey === 0 && end >= this.#longest
			};
		});
	}
	/** The results of all tiles, along `axis`, without those beyond the end. */
	trimmed(x, axis) {
		return this.#tiling.beyondEnd === "nothing" || this.#longest <= this.#tiling.rows ? x : range(this.#g, x, axis, this.#g.integers([0]), this.#length);
	}
	/** Where to begin for `position`: there, or if it must exist at the last that does; (1) int64. */
	from(position) {
		const g = this.#g;
		if (position === 0 || this.#tiling.beyondEnd === "nothing") return g.integers([position]);
		const known = this.#starts.get(position) ?? min(g, sub(g, this.#length, g.integers([1])), g.integers([position]));
		this.#starts.set(position, known);
		return known;
	}
	/** (rows of the tile that there are, keys that there are) */
	of(start, end, firstKey, window) {
		const name = `${start} ${window}`;
		const known = this.#masks.get(name) ?? this.#cut(start, end, firstKey, window);
		this.#masks.set(name, known);
		return known;
	}
	/**
	* A mask depends on the distance of key and query only, so all are cut out of one band: its column c is the key that
	* stands c − longest after the tile's first query.
	*/
	#cut(start, end, firstKey, window) {
		const g = this.#g;
		const left = this.#longest - start + firstKey;
		const first = concat(g, [this.from(start), this.from(firstKey)], 0, [2]);
		const sizes = sub(g, min(g, this.#length, g.integers([end, end])), first);
		const ends = add(g, max(g, sizes, g.integers([0, 0])), g.integers([0, left]));
		return slice(g, this.#band(window), g.integers([0, left]), ends, ["n_query", "n_key"]);
	}
	#band(window) {
		const { rows } = this.#tiling;
		const width = this.#longest + rows;
		const size = rows * width;
		const band = this.#type === "float64" ? new Float64Array(size) : new Float32Array(size);
		for (let row = 0; row < rows; row++) for (let column = 0; column < width; column++) {
			const distance = row - (column - this.#longest);
			const visible = distance >= 0 && (window === null || distance < window);
			band[row * width + column] = visible ? 0 : HIDDEN_SCORE;
		}
		const name = `causal_${window}`;
		const known = this.#masks.get(name) ?? this.#g.initializer(name, this.#type, [rows, width], band);
		this.#masks.set(name, known);
		return known;
	}
};
/** q (B, n, H·R·D), k and v (B, n, H·D), of the masks' type → (B, n, H·R·D) */
function tiledAttention(g, q, k, v, masks, shape) {
	const { sequences: B, heads, kvHeads: H, headSize: D, scale, softcap, window, rounded } = shape;
	const sinks = shape.sinks ? reshape(g, shape.sinks, [
		1,
		H,
		heads / H,
		1,
		1
	], [
		1,
		H,
		heads / H,
		1,
		1
	]) : null;
	const R = heads / H;
	const split = (x, repeats) => reshape(g, x, [
		B,
		-1,
		H,
		repeats,
		D
	], [
		B,
		"n_token",
		H,
		repeats,
		D
	]);
	const scaled = scale === 1 ? q : mul(g, q, g.scalar(masks.type, scale));
	const queries = transpose(g, split(scaled, R), [
		0,
		2,
		3,
		1,
		4
	]);
	const keys = transpose(g, split(k, 1), [
		0,
		2,
		3,
		4,
		1
	]);
	const values = transpose(g, split(v, 1), [
		0,
		2,
		3,
		1,
		4
	]);
	const parts = masks.tiles(window).map(({ start, end, firstKey, isWhole }) => {
		const some = (x, axis, from) => range(g, x, axis, masks.from(from), g.integers([end]));
		const met = (x, axis) => isWhole ? x : some(x, axis, firstKey);
		let scores = matMul(g, some(queries, 3, start), met(keys, 4));
		if (softcap !== null) {
			const cap = g.scalar(masks.type, softcap);
			scores = mul(g, tanh(g, div(g, scores, cap)), cap);
		}
		const masked = add(g, scores, masks.of(start, end, firstKey, window));
		const shares = sinks === null ? softmax(g, masked) : withSinks(g, masked, scores, sinks);
		return matMul(g, rounded?.(shares) ?? shares, met(values, 3));
	});
	const attended = masks.trimmed(concat(g, parts, 3, [
		B,
		H,
		R,
		"n_token",
		D
	]), 3);
	const rows = transpose(g, attended, [
		0,
		3,
		1,
		2,
		4
	]);
	return reshape(g, rows, [
		B,
		-1,
		heads * D
	], [
		B,
		"n_token",
		heads * D
	]);
}
/** Softmax over the scores and a sink (1, H, R, 1, 1), without the sink's share. `scores`: the same before they were masked, finite. */
function withSinks(g, masked, scores, sinks) {
	const [B = 1, H = 1, R = 1] = scores.shape;
	const zero = g.scalar(scores.type === "float64" ? "float64" : "float32", 0);
	const column = add(g, mul(g, columns(g, scores, 0, 1), zero), sinks);
	const all = softmax(g, concat(g, [masked, column], 4, [
		B,
		H,
		R,
		"n_query",
		"n_key_and_sink"
	]));
	return range(g, all, 4, g.integers([0]), g.integers([-1]));
}
// src/audit/machine/stage-cost.ts
/** @file Multiply-adds of each stage, ×2: what progress is weighted by, and what the bench divides by the machine's rate. */
/** Keys that a query is multiplied with on average: attention takes its rows in tiles, and keys up to a tile's end. */
function meanKeys(length, window) {
	let products = 0;
	for (let start = 0; start < length; start += CPU_TILING.rows) {
		const end = Math.min(start + CPU_TILING.rows, length);
		products += (end - start) * (end - Math.max(0, start + 1 - (window ?? length)));
	}
	return products / length;
}
/** Per token, beside the projections: scores and values, or a delta net's chunks and its state. */
function mixing(attention, length) {
	if (attention.kind !== "delta") return 4 * attention.heads * attention.headSize * meanKeys(length, attention.window);
	const { valueHeads, keySize, valueSize } = attention;
	const chunk = Math.min(64, length);
	const inverse = 2 * Math.log2(chunk) * chunk;
	return 2 * valueHeads * (chunk * (3 * keySize + 2 * valueSize + inverse) + 3 * keySize * valueSize);
}
/** Per token, before the first block and behind the last: projections of its embedding to vectors of all blocks, and of the streams beside the first. */
function vectorCost({ d_model, blocks, tokenVectors, streams }) {
	const others = (streams?.count ?? 1) - 1;
	return 2 * d_model * ((tokenVectors?.size ?? 0) * blocks.length + 2 * others * d_model);
}
/** float64 against float32, whole bodies on the CPU: 3 to 4 times (measured on the Gemma-2 fixture). */
const FLOAT64_COST = 4;
/** Floating-point operations of the matrix products. */
const stageCost = {
	/** One forward pass without the unembedding over `tokens` in sequences of `length`, as far as block `end` (exclusive). */
	body(decoder, tokens, length, end = decoder.spec.blocks.length) {
		const { spec } = decoder;
		const { d_model, blocks } = spec;
		let perToken = vectorCost(spec);
		for (const block of blocks.slice(0, end)) {
			const { attention, mlp } = block;
			perToken += 2 * d_model * mixingChannels(attention) + mixing(attention, length);
			perToken += 2 * d_model * (mlp.size * (mlp.gated ? 3 : 2) + besideChannels(block, spec));
			if (mlp.experts !== void 0) {
				const { count, perToken: chosen, size } = mlp.experts;
				perToken += 2 * d_model * (count + 3 * chosen * size);
			}
		}
		return perToken * tokens;
	},
	/** The same in float64 on the CPU, up to block `layer`. */
	exactBody(decoder, layer, tokens, length) {
		const share = (layer + 1) / decoder.spec.blocks.length;
		return FLOAT64_COST * share * stageCost.body(decoder, tokens, length);
	},
	/** Logits of `models` models. */
	head(decoder, tokens, models) {
		return 2 * decoder.spec.d_model * decoder.spec.n_vocab * tokens * models;
	},
	/** An SAE's encoder over `models` residuals, on `features` of its features. */
	features(d_in, features, tokens, models) {
		return 2 * d_in * features * tokens * models;
	}
};
// src/models/graph/beside/row-layout.ts
/**
* @file What a row between two blocks holds: the residual stream, or several of them, and, where later blocks need them, the vectors that
* blocks are given of the token and the keys and values of earlier blocks. Of most families the stream alone.
*
*     [streams · d_model | blocks · vector size | keys of a block | values of that block | …]
*
* Every boundary of a model has the same layout, so that rows can be moved on in place; keys that were not computed yet are zeros.
*/
function rowLayout({ spec }) {
	const { blocks, d_model, tokenVectors } = spec;
	const streams = d_model * (spec.streams?.count ?? 1);
	const vectors = blocks.length * (tokenVectors?.size ?? 0);
	const shared = [...new Set(blocks.flatMap((block) => attentionOf(block)?.keysOf ?? []))].sort((a, b) => a - b).map((block) => {
		const own = blocks[block];
		const attention = own === void 0 ? null : attentionOf(own);
		if (attention === null) throw new RangeError(`block ${block} has no keys`);
		return {
			block,
			width: attention.kvHeads * attention.headSize
		};
	});
	return {
		streams,
		vectors,
		shared,
		width: streams + vectors + shared.reduce((sum, one) => sum + 2 * one.width, 0)
	};
}
/** Numbers in a row between two blocks. */
const rowWidth = (decoder) => rowLayout(decoder).width;
// src/audit/capture/row-store.ts
/**
* @file Rows of activations [tokens, width], kept in memory while a budget lasts and in a temporary file beyond it.
* Where the system allows it the file is unlinked as soon as it is open, so that nothing is left behind however the
* process ends.
*/
/** A store of `rows` × `width`, in memory if the budget has room for all of it. Errors: SPILL_FAILED. */
async function createRowStore(rows, width, budget) {
	const bytes = rows * width * 4;
	if (bytes > budget.bytesLeft) return await spilledRows(rows, width);
	budget.bytesLeft -= bytes;
	return memoryRows(rows, width, () => {
		budget.bytesLeft += bytes;
	});
}
function memoryRows(rows, width, onClose) {
	let data = new Float32Array(rows * width);
	return {
		rows,
		width,
		inFile: false,
		write: async (firstRow, values) => data.set(values, firstRow * width),
		read: async (start, end) => data.subarray(start * width, end * width),
		close: async () => {
			if (data.length > 0 || rows === 0) onClose();
			data = /* @__PURE__ */ new Float32Array(0);
		}
	};
}
/** Rounded up to what is worth freeing: no audit needs 0.0 of anything. */
function bytesInWords(bytes) {
	return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
async function spilledRows(rows, width) {
	const needed = bytesInWords(rows * width * 4);
	const failed = (cause) => spillFailed(tmpdir(), needed, cause instanceof Error ? cause.message : String(cause));
	const folder = await mkdtemp(join(tmpdir(), "saegate-")).catch((cause) => {
		throw failed(cause);
	});
	const path = join(folder, "rows.bin");
	const file = await open(path, "w+").catch((cause) => {
		throw failed(cause);
	});
	const unlinked = process.platform !== "win32";
	if (unlinked) await rm(folder, {
		recursive: true,
		force: true
	});
	const bytesOfRow = width * 4;
	return {
		rows,
		width,
		inFile: true,
		async write(firstRow, values) {
			const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
			for (let done = 0; done < bytes.length;) {
				const rest = bytes.subarray(done);
				const { bytesWritten } = await file.write(rest, 0, rest.length, firstRow * bytesOfRow + done).catch((cause) => {
					throw failed(cause);
				});
				done += bytesWritten;
			}
		},
		async read(start, end) {
			const bytes = new Uint8Array((end - start) * bytesOfRow);
			const { bytesRead } = await file.read(bytes, 0, bytes.length, start * bytesOfRow);
			if (bytesRead < bytes.length) bytes.fill(0, bytesRead);
			return new Float32Array(bytes.buffer);
		},
		async close() {
			await file.close();
			if (!unlinked) await rm(folder, {
				recursive: true,
				force: true
			});
		}
	};
}
// src/models/graph/beside/carried.ts
/** What is carried, out of the rows that another graph gave. */
function unpacked(w, rows, { streams, vectors, shared, width }, { sequences, shared: alike }) {
	const { g } = w;
	const keys = /* @__PURE__ */ new Map();
	if (width === streams) return {
		rows,
		vectors: null,
		keys
	};
	const take = (start, size) => columns(g, rows, start, start + size);
	let start = streams + vectors;
	for (const { block, width: size } of shared) {
		const part = (from) => {
			const all = alike === null ? take(from, size) : gather(g, take(from, size), alike.computed);
			return w.operand(reshape(g, all, [
				sequences,
				-1,
				size
			], [
				sequences,
				"n_token",
				size
			]));
		};
		keys.set(block, {
			keys: part(start),
			values: part(start + size)
		});
		start += 2 * size;
	}
	return {
		rows: take(0, streams),
		vectors: vectors === 0 ? null : take(streams, vectors),
		keys
	};
}
/** (n_row, width of the layout) wide. */
function packed(w, { rows, vectors, keys }, layout, { shared: alike }) {
	const { g } = w;
	const { shared, width } = layout;
	if (width === layout.streams) return rows;
	const parts = shared.flatMap(({ block, width: size }) => {
		const own = keys.get(block);
		if (own === void 0) return [zeros(w, rows, `no_keys_${block}`, 2 * size)];
		return [own.keys, own.values].map((value) => {
			const all = reshape(g, cast(g, value, w.wide), [-1, size], ["n_row", size]);
			return alike === null ? all : gather(g, all, alike.places);
		});
	});
	return concat(g, [
		rows,
		...vectors === null ? [] : [vectors],
		...parts
	], 1, ["n_row", width]);
}
/** (n_row, width): as many rows as `like` has. */
function zeros(w, like, name, width) {
	const { g } = w;
	const none = w.constant(name, [1, width], new Float64Array(width));
	const column = mul(g, columns(g, like, 0, 1), g.scalar(w.wide, 0));
	return {
		...add(g, none, column),
		shape: ["n_row", width]
	};
}
// src/models/graph/beside/streams.ts
/**
* @file The residual streams of Gemma 3n (AltUp, arXiv 2301.13310). A block predicts what each of them becomes as a mixture of all, runs on the
* prediction of the first alone, and corrects all by what that prediction missed. As (n_row, count · d_model), the first stream first.
*/
/** Mean squares below this count as this much where a stream is brought to the first one's size (`epsilon_tensor` of Gemma3nTextModel). */
const LEAST_SQUARE = 1e-5;
/** x (n_row, d_model) → all streams: itself, and projections of it of the same root mean square. */
async function begunStreams(w, { spec, weights }, x) {
	if (spec.streams === void 0) return x;
	const others = await sizedLike(w, rootMeanSquare(w, x, 0), present(weights.streams).begin.map((ref) => ({
		x,
		ref
	})), "begin");
	const width = spec.streams.count * spec.d_model;
	return concat(w.g, [x, ...others], 1, ["n_row", width]);
}
/** All streams → (n_row, d_model): the mean of the first and projections of the others of its root mean square. */
async function endedStreams(w, { spec, weights }, rows) {
	if (spec.streams === void 0) return rows;
	const { g } = w;
	const { d_model } = spec;
	const first = firstStream(w, rows, d_model);
	const projected = present(weights.streams).end.map((ref, i) => {
		return {
			x: columns(g, rows, (i + 1) * d_model, (i + 2) * d_model),
			ref
		};
	});
	const sum = (await sizedLike(w, rootMeanSquare(w, first, 0), projected, "end")).reduce((all, one) => add(g, all, one), first);
	return mul(g, sum, g.scalar(w.wide, 1 / spec.streams.count));
}
async function sizedLike(w, size, projected, where) {
	const { g } = w;
	const made = [];
	for (const [i, { x, ref }] of projected.entries()) {
		const y = await w.linear(x, ref, `streams_${where}.${i}`);
		made.push(mul(g, y, div(g, size, rootMeanSquare(w, y, LEAST_SQUARE))));
	}
	return made;
}
/** (n_row, 1) */
function rootMeanSquare(w, x, least) {
	const { g } = w;
	const mean = w.rowMeans(mul(g, x, x));
	return sqrt(g, least === 0 ? mean : max(g, mean, g.scalar(w.wide, least)));
}
/** The stream that blocks read. */
const firstStream = ({ g }, rows, d_model) => columns(g, rows, 0, d_model);
/** The same rows with another first stream. */
function withFirst({ g }, rows, first) {
	const [width, d_model] = [widthOf(rows), widthOf(first)];
	return concat(g, [first, columns(g, rows, d_model, width)], 1, ["n_row", width]);
}
/** The same rows with something added to all streams but the first. */
function addedToOthers({ g }, rows, added) {
	const [width, d_model] = [widthOf(rows), widthOf(added)];
	const count = width / d_model - 1;
	const first = columns(g, rows, 0, d_model);
	const others = reshape(g, columns(g, rows, d_model, width), [
		-1,
		count,
		d_model
	], [
		"n_row",
		count,
		d_model
	]);
	const sum = add(g, others, reshape(g, added, [
		-1,
		1,
		d_model
	], [
		"n_row",
		1,
		d_model
	]));
	const flat = reshape(g, sum, [-1, count * d_model], ["n_row", count * d_model]);
	return concat(g, [first, flat], 1, ["n_row", width]);
}
/** Rows (n_row, count · d_model) → what each stream is predicted to become: stream j + Σ_i c_ji stream i. */
async function predicted(scope, altUp, rows) {
	const { w, named } = scope;
	const { g } = w;
	const d_model = altUp.router.weight.storedShape[1] ?? 0;
	const width = widthOf(rows);
	const count = width / d_model;
	const shares = await routed(scope, altUp, firstStream(w, rows, d_model), "predict");
	const factors = reshape(g, await w.linear(shares, altUp.predict, named("altup_predict")), [
		-1,
		count,
		count
	], [
		"n_row",
		count,
		count
	]);
	const streams = reshape(g, rows, [
		-1,
		count,
		d_model
	], [
		"n_row",
		count,
		d_model
	]);
	const mixed = add(g, matMul(g, factors, streams), streams);
	return reshape(g, mixed, [-1, width], ["n_row", width]);
}
/** Stream j of the prediction, + (1 + c_j) times what `made` (n_row, d_model) is above its first stream. */
async function corrected(scope, altUp, prediction, made) {
	const { w, named } = scope;
	const { g } = w;
	const [width, d_model] = [widthOf(prediction), widthOf(made)];
	const count = width / d_model;
	const missed = sub(g, made, firstStream(w, prediction, d_model));
	const shares = await routed(scope, altUp, made, "correct");
	const factors = add(g, await w.linear(shares, altUp.correct, named("altup_correct")), g.scalar(w.wide, 1));
	const changes = matMul(g, reshape(g, factors, [
		-1,
		count,
		1
	], [
		"n_row",
		count,
		1
	]), reshape(g, missed, [
		-1,
		1,
		d_model
	], [
		"n_row",
		1,
		d_model
	]));
	return add(g, prediction, reshape(g, changes, [-1, width], ["n_row", width]));
}
/** (n_row, count) between −1 and 1, by the one router that both steps have. */
async function routed({ w, norm, named }, altUp, x, step) {
	const { g } = w;
	const d_model = altUp.router.weight.storedShape[1] ?? 0;
	const normed = await w.norm(x, norm, altUp.routerNorm, named(`altup_${step}_norm`));
	const read = mul(g, normed, g.scalar(w.wide, 1 / d_model));
	return tanh(g, await w.linear(read, altUp.router, named(`altup_${step}_router`)));
}
function widthOf(x) {
	const width = x.shape.at(-1);
	if (typeof width !== "number") throw new RangeError(`${x.name}: its width is not known`);
	return width;
}
// src/onnx/graph/double-ops.ts
var double_ops_exports = /* @__PURE__ */ __exportAll({
	erf: () => erf,
	forEpsilon: () => forEpsilon,
	gelu: () => gelu,
	rotaryEmbedding: () => rotaryEmbedding,
	silu: () => silu
});
/** Where Cody's first range ends. */
const SMALL = .46875;
/** erf(x) = x · A(x²) / B(x²) up to SMALL; highest power first. */
const A = [
	.18577770618460315,
	3.1611237438705655,
	113.86415415105016,
	377.485237685302,
	3209.3775891384694
];
const B = [
	1,
	23.601290952344122,
	244.02463793444417,
	1282.6165260773723,
	2844.236833439171
];
/** erfc(y) = e^(−y²) · C(y) / D(y) beyond it. */
const C = [
	2.1531153547440383e-8,
	.5641884969886701,
	8.883149794388377,
	66.11919063714163,
	298.6351381974001,
	881.952221241769,
	1712.0476126340707,
	2051.0783778260716,
	1230.3393547979972
];
const D = [
	1,
	15.744926110709835,
	117.6939508913125,
	537.1811018620099,
	1621.3895745666903,
	3290.7992357334597,
	4362.619090143247,
	3439.3676741437216,
	1230.3393548037495
];
/** Error function, any shape. */
function erf(g, x) {
	const constant = (value) => g.scalar("float64", value);
	const square = mul(g, x, x);
	const near = mul(g, x, div(g, polynomial(g, square, A), polynomial(g, square, B)));
	const y = abs(g, x);
	const ratio = div(g, polynomial(g, y, C), polynomial(g, y, D));
	const complement = mul(g, exp(g, sub(g, constant(0), square)), ratio);
	const far = mul(g, sign(g, x), sub(g, constant(1), complement));
	return where(g, less(g, y, constant(SMALL)), near, far);
}
/** Horner's rule, highest power first. */
function polynomial(g, x, [first = 0, ...rest]) {
	const constant = (value) => g.scalar("float64", value);
	const [second = 0, ...lower] = rest;
	const start = add(g, mul(g, x, constant(first)), constant(second));
	return lower.reduce((sum, coefficient) => add(g, mul(g, sum, x), constant(coefficient)), start);
}
/**
* Normalizations take their epsilon ε as a float32: x and ε with which they give what x and the exact ε would give, both
* scaled. By a factor near 2, because onnxruntime drops products with a factor near 1.
*/
function forEpsilon(g, x, epsilon) {
	if (epsilon === 0) return {
		x,
		epsilon
	};
	const scaled = 4 * Math.fround(epsilon);
	return {
		x: mul(g, x, g.scalar("float64", Math.sqrt(scaled / epsilon))),
		epsilon: scaled
	};
}
/** x · Φ(x), or the approximation by tanh that some models were trained with. */
function gelu(g, x, approximate) {
	const constant = (value) => g.scalar("float64", value);
	const half = mul(g, x, constant(.5));
	const inner = () => {
		const cubic = add(g, mul(g, mul(g, x, x), constant(.044715)), constant(1));
		return tanh(g, mul(g, mul(g, x, cubic), constant(Math.sqrt(2 / Math.PI))));
	};
	const odd = approximate === "tanh" ? inner() : erf(g, mul(g, x, constant(Math.SQRT1_2)));
	return mul(g, half, add(g, odd, constant(1)));
}
/** x · sigmoid(factor · x), written as a quotient: onnxruntime fuses the product into its float32 QuickGelu. */
function silu(g, x, factor = 1) {
	const scaled = factor === 1 ? x : mul(g, x, g.scalar("float64", factor));
	const minus = exp(g, sub(g, g.scalar("float64", 0), scaled));
	return div(g, x, add(g, minus, g.scalar("float64", 1)));
}
/**
* Rotary embedding of (n_block, n_token, heads · headSize) with positions 0, 1, …; `cos` and `sin` are (max positions,
* size/2), `length` is n_token as an int32 scalar.
*/
function rotaryEmbedding(g, x, rotary, heads, length) {
	const { size, interleaved } = rotary;
	const [blocks = 1, , width] = x.shape;
	if (typeof width !== "number" || typeof blocks !== "number") throw new Error(`${x.name} has no fixed width`);
	const pairs = size / 2;
	const headSize = width / heads;
	const split = reshape(g, x, [
		blocks,
		-1,
		heads,
		headSize
	], [
		blocks,
		"n_token",
		heads,
		headSize
	]);
	const table = (whole) => reshape(g, firstRows(g, whole, length), [
		-1,
		1,
		pairs
	], [
		"n_token",
		1,
		pairs
	]);
	const turned = columns(g, split, 0, size);
	const [a, b] = interleaved ? neighbours(g, turned, pairs) : halves(g, turned, pairs);
	const [cos, sin] = [table(rotary.cos), table(rotary.sin)];
	const first = sub(g, mul(g, a, cos), mul(g, b, sin));
	const second = add(g, mul(g, b, cos), mul(g, a, sin));
	const whole = joined(g, [interleaved ? woven(g, first, second, size) : joined(g, [first, second], size), ...size === headSize ? [] : [columns(g, split, size, headSize)]], headSize);
	return reshape(g, whole, [
		blocks,
		-1,
		width
	], x.shape);
}
/** (…, size) → the first and the second half of it. */
function halves(g, x, pairs) {
	return [columns(g, x, 0, pairs), columns(g, x, pairs, 2 * pairs)];
}
/** (…, size) → its even and its odd entries, (…, pairs) both. */
function neighbours(g, x, pairs) {
	const lead = x.shape.slice(0, -1);
	const shape = [...lead, pairs];
	const two = reshape(g, x, [
		...lead.map(() => 0),
		pairs,
		2
	], [...shape, 2]);
	const pick = (i) => reshape(g, columns(g, two, i, i + 1), [...lead.map(() => 0), pairs], shape);
	return [pick(0), pick(1)];
}
/** The inverse of `neighbours`. */
function woven(g, even, odd, size) {
	const lead = even.shape.slice(0, -1);
	const zeros = lead.map(() => 0);
	const column = (x) => reshape(g, x, [
		...zeros,
		size / 2,
		1
	], [...x.shape, 1]);
	const two = concat(g, [column(even), column(odd)], even.shape.length, [...even.shape, 2]);
	return reshape(g, two, [...zeros, size], [...lead, size]);
}
function joined(g, parts, width) {
	const [first] = parts;
	return concat(g, parts, 3, [...first?.shape.slice(0, -1) ?? [], width]);
}
// src/models/graph/activation.ts
/** @file What happens between the matrices of an MLP, plain or gated, in float32 or float64. */
/** gpt-oss: what gate and up are clamped to, and the factor inside its sigmoid (`limit` and `alpha` of transformers' GptOssExperts). */
const CLAMP = 7;
const SIGMOID_FACTOR = 1.702;
/** act(gate) · up, or act(up) where there is no gate; of one shape. */
function activated(g, gate, up, activation) {
	if (gate === null) return activate(g, up, activation);
	if (activation === "clamped_silu") return clampedSilu(g, gate, up);
	return mul(g, activate(g, gate, activation), up);
}
function activate(g, x, activation) {
	const { gelu, silu } = x.type === "float64" ? double_ops_exports : layer_ops_exports;
	switch (activation) {
		case "gelu": return gelu(g, x, "none");
		case "gelu_tanh": return gelu(g, x, "tanh");
		case "silu": return silu(g, x);
		case "relu": return relu(g, x);
		case "clamped_silu": throw new RangeError("clamped_silu is of a gated MLP");
	}
}
/** With a ≤ 7 and |b| ≤ 7: a · sigmoid(1.702 a) · (b + 1). */
function clampedSilu(g, gate, up) {
	const { silu } = gate.type === "float64" ? double_ops_exports : layer_ops_exports;
	const number = (value) => g.scalar(gate.type === "float64" ? "float64" : "float32", value);
	const a = min(g, gate, number(CLAMP));
	const b = clip(g, up, number(-7), number(CLAMP));
	return mul(g, silu(g, a, SIGMOID_FACTOR), add(g, b, number(1)));
}
// src/models/graph/beside/token-vectors.ts
/** @file The vectors that the blocks of Gemma 3n and 4 are given of each token: made once from its id and embedding, taken by every block behind its MLP. */
/** Null where the decoder has none. `embedded` (n_row, d_model) wide → (n_row, blocks · size) wide: both parts in equal shares. */
async function tokenVectors(w, { spec, weights }, ids, embedded) {
	const { tokenVectors: vectors } = spec;
	const refs = weights.tokenVectors;
	if (vectors === void 0 || refs === void 0) return null;
	const { g } = w;
	const width = spec.blocks.length * vectors.size;
	const number = (value) => g.scalar(w.wide, value);
	const table = await w.table(refs.table, "token_vectors");
	const rows = cast(g, gather(g, table, known(w, ids, spec.n_vocab, vectors)), w.wide);
	const own = mul(g, reshape(g, rows, [-1, width], ["n_row", width]), number(Math.sqrt(vectors.size)));
	const projected = mul(g, await w.linear(embedded, refs.projection, "token_projection"), number(1 / Math.sqrt(spec.d_model)));
	const parts = reshape(g, projected, [-1, vectors.size], ["n_vector", vectors.size]);
	const normed = await w.norm(parts, spec.norm, refs.norm, "token_projection_norm");
	const both = add(g, own, reshape(g, normed, [-1, width], ["n_row", width]));
	return mul(g, both, number(Math.SQRT1_2));
}
/** Ids, 0 for those that the table does not have. */
function known({ g }, ids, n_vocab, { n_vocab: rows }) {
	if (rows >= n_vocab) return ids;
	return where(g, less(g, ids, g.scalar("int64", rows)), ids, g.scalar("int64", 0));
}
/** What a block makes of x (n_row, d_model) and its vector: (n_row, d_model), to be added to the stream. Null where it is given none. */
async function fromTokenVector(scope, x) {
	const { w, named, layer, weights, tokenVectors: spec, carried } = scope;
	if (weights.tokenVector === void 0 || spec === null) return null;
	const { g } = w;
	const { gate, back, norm } = weights.tokenVector;
	const own = columns(g, present(carried.vectors), layer * spec.size, (layer + 1) * spec.size);
	const gated = activated(g, await w.linear(x, gate, named("token_gate")), own, spec.activation);
	return await w.norm(await w.linear(gated, back, named("token_back")), scope.norm, norm, named("token_norm"));
}
// src/models/graph/attention.ts
/** @file Attention of one block: projections, norms of q and k, rotation, causal attention, output projection. */
/** x (n_row, d_model) wide, already normed → attention output (n_row, d_model) wide. Taps q, k, v and z. */
async function attention(scope, x) {
	const { w, weights, layer, places } = scope;
	const { heads, headSize } = scope.attention;
	places.read(layer, "qkv", x);
	const q = await shaped(scope, await w.linearTyped(x, weights.q, scope.named("q")), weights.qNorm, heads, "q");
	const { keys, values } = await keysAndValues(scope, x);
	const attended = await attend(scope, q, keys, values);
	const rows = reshape(w.g, attended, [-1, heads * headSize], ["n_row", heads * headSize]);
	const z = places.pass(layer, "attn.hook_z", await gated$1(scope, x, computedRows(scope, rows)));
	places.read(layer, "o", z);
	return await w.linear(z, weights.o, scope.named("o"));
}
/** Its own, which later blocks may read; or those of an earlier one. Taps k and v. */
async function keysAndValues(scope, x) {
	const { w, weights, layer, places, carried } = scope;
	const { keysOf, kvHeads, headSize } = scope.attention;
	if (keysOf !== void 0) return present(carried.keys.get(keysOf), `keys of block ${keysOf}`);
	const ofKeys = await w.linearTyped(x, present(weights.k), scope.named("k"));
	const ofValues = weights.v === null ? ofKeys : await w.linearTyped(x, weights.v, scope.named("v"));
	const own = {
		keys: await shaped(scope, ofKeys, weights.kNorm, kvHeads, "k"),
		values: toSequence(scope, normedValues(scope, allRows(scope, places.pass(layer, "attn.hook_v", ofValues))), kvHeads * headSize)
	};
	carried.keys.set(layer, own);
	return own;
}
/** Each head by its root mean square, where the family does so. */
function normedValues({ w, attention: spec, norm, named }, v) {
	if (spec.valueNorm !== true) return cast(w.g, v, w.type);
	const rows = reshape(w.g, cast(w.g, v, w.wide), [-1, spec.headSize], ["n_group", spec.headSize]);
	return w.operand(w.unitNorm(rows, norm, named("v_norm")));
}
/** What the heads give, by its gate where it has one. */
async function gated$1({ w, weights, named }, x, rows) {
	if (weights.outputGate === void 0) return rows;
	const gate = await w.linear(x, weights.outputGate, named("output_gate"));
	return mul(w.g, cast(w.g, rows, w.wide), sigmoid(w.g, gate));
}
/** q, k, v (sequences, n_token, ·) → (sequences, n_token, heads · headSize) */
async function attend(scope, q, k, v) {
	const { w, inputs, weights } = scope;
	const { g } = w;
	const { masks } = inputs;
	const { heads, kvHeads, headSize, scale, softcap, window } = scope.attention;
	const sinks = weights.sinks === void 0 ? null : await w.wideVector(weights.sinks, scope.named("sinks"));
	if (masks !== null) {
		const shape = {
			sequences: inputs.sequences,
			heads,
			kvHeads,
			headSize,
			scale,
			softcap,
			window,
			sinks
		};
		const rounded = (x) => w.operand(x);
		return rounded(tiledAttention(g, q, k, v, masks, {
			...shape,
			rounded
		}));
	}
	const padded = [
		widened(scope, q, heads),
		widened(scope, k, kvHeads),
		widened(scope, v, kvHeads)
	];
	return narrowed(scope, groupQueryAttention(g, ...padded, inputs, {
		heads,
		kvHeads,
		scale,
		softcap,
		window,
		sinks: sinks && cast(g, sinks, q.type)
	}));
}
/** q or k, as its matrix gives it: (sequences, n_token, heads · headSize), normed and rotated. Taps it. */
async function shaped(scope, typed, norm, heads, role) {
	const { w, layer, inputs } = scope;
	const { g } = w;
	const { headSize, qkNorm, rotary } = scope.attention;
	const width = heads * headSize;
	let projected = allRows(scope, cast(g, scope.places.pass(layer, `attn.hook_${role}`, typed), w.type));
	if (norm !== null && qkNorm !== "none") {
		const groups = qkNorm === "full" ? width : headSize;
		const rows = reshape(g, cast(g, projected, w.wide), [-1, groups], ["n_group", groups]);
		const named = scope.named(`${role}_norm`);
		projected = qkNorm === "layer" ? await layerNormOfHeads(scope, rows, {
			norm,
			heads,
			named
		}) : await w.norm(rows, {
			...scope.norm,
			kind: "rms"
		}, norm, named);
	}
	const sequence = toSequence(scope, projected, width);
	if (rotary === null || scope.rotary === null) return w.operand(sequence);
	const tables = {
		...scope.rotary,
		size: rotary.size,
		interleaved: rotary.pairing === "interleaved"
	};
	const wide = cast(g, sequence, w.wide);
	const turned = w.type === "float64" ? rotaryEmbedding(g, wide, tables, heads, inputs.length) : rotaryEmbedding$1(g, wide, tables, heads);
	return w.operand(role === "q" ? grown(scope, turned) : turned);
}
/** Queries (sequences, n_token, ·), wide, by the factor of their position. */
function grown({ w, attention: spec, named, inputs, rotary }, q) {
	const growth = spec.queryGrowth;
	if (growth === void 0) return q;
	const { beta, every } = growth;
	const length = rotary?.cos.shape[0];
	if (typeof length !== "number") throw new RangeError("queries that grow are rotated");
	const factors = Float64Array.from({ length }, (_, p) => 1 + beta * Math.log(1 + Math.floor(p / every)));
	const table = w.constant(named("query_growth"), [length, 1], factors);
	return mul(w.g, q, firstRows(w.g, table, inputs.length));
}
/** rows (n_row · heads, headSize): each less its mean and by its deviation, then by a gain for each dimension of each head. */
async function layerNormOfHeads(scope, rows, { norm, heads, named }) {
	const { w } = scope;
	const width = heads * scope.attention.headSize;
	const centred = await w.norm(rows, {
		...scope.norm,
		kind: "layer"
	}, {
		gain: null,
		bias: null
	}, named);
	const whole = reshape(w.g, centred, [-1, width], ["n_row", width]);
	if (norm.gain === null) return whole;
	const gain = reshape(w.g, await w.wideVector(norm.gain, `${named}.gains`), [width], [width]);
	return mul(w.g, whole, gain);
}
/** onnxruntime's attention takes head sizes that are multiples of this. */
const HEAD_SIZE_STEP = 8;
/** Zeros behind every head up to a size that the kernel takes (TinyStories-1M has heads of 4): q·k stays the same. */
function widened({ w, attention: spec, inputs: { sequences } }, x, heads) {
	const { g } = w;
	const { headSize } = spec;
	const size = Math.ceil(headSize / HEAD_SIZE_STEP) * HEAD_SIZE_STEP;
	if (size === headSize) return x;
	const split = reshape(g, x, [
		sequences,
		-1,
		heads,
		headSize
	], [
		sequences,
		"n_token",
		heads,
		headSize
	]);
	const shape = [
		sequences,
		"n_token",
		heads,
		size
	];
	const padded = cast(g, padLast(g, cast(g, split, w.wide), size - headSize, shape), x.type);
	return reshape(g, padded, [
		sequences,
		-1,
		heads * size
	], [
		sequences,
		"n_token",
		heads * size
	]);
}
/** The inverse for the attention output, whose padded entries are zero. */
function narrowed({ w: { g }, attention: spec, inputs: { sequences } }, z) {
	const { heads, headSize } = spec;
	const size = Math.ceil(headSize / HEAD_SIZE_STEP) * HEAD_SIZE_STEP;
	if (size === headSize) return z;
	const split = reshape(g, z, [
		sequences,
		-1,
		heads,
		size
	], [
		sequences,
		"n_token",
		heads,
		size
	]);
	return firstOfLast(g, split, headSize, [
		sequences,
		"n_token",
		heads,
		headSize
	]);
}
/** Rows (n_row, ·) as all sequences have them, each as often as it stands there. */
function allRows({ w: { g }, inputs: { shared } }, x) {
	return shared === null ? x : gather(g, x, shared.computed);
}
/** The inverse: each row once. */
function computedRows({ w: { g }, inputs: { shared } }, x) {
	return shared === null ? x : gather(g, x, shared.places);
}
function toSequence({ w: { g }, inputs: { sequences } }, x, width) {
	return reshape(g, x, [
		sequences,
		-1,
		width
	], [
		sequences,
		"n_token",
		width
	]);
}
// src/models/graph/delta/net.ts
/**
* @file A gated delta net in place of attention: projections, a short convolution over positions, norms of q and k, fades and shares, the
* delta rule, a norm under a gate, the output projection.
*
* Source: Qwen3NextGatedDeltaNet and Qwen3_5GatedDeltaNet of transformers 5.18 (arXiv 2412.06464).
*/
/** Added to Σx² before its root: of the kernels that the models were trained with. */
const UNIT_EPSILON = 1e-6;
/** Beyond any sequence. */
const MOST_POSITIONS = 2 ** 31 - 1;
/** x (n_row, d_model) wide, already normed → (n_row, d_model) wide. Taps z. */
async function deltaNet(scope, x) {
	const { w, spec, weights, layer, places, inputs } = scope;
	const { g } = w;
	const { keyHeads, keySize, valueHeads, valueSize } = spec;
	places.read(layer, "qkv", x);
	const all = allRows(scope, x);
	const [q, k, v] = [
		await projected(scope, all, weights.q, "q"),
		await projected(scope, all, present(weights.k), "k"),
		await projected(scope, all, present(weights.v), "v")
	];
	const keys = keyHeads * keySize;
	const read = gatedDeltaRule(g, {
		q: toSequence(scope, unit(scope, q, "q", 1 / keySize), keys),
		k: toSequence(scope, unit(scope, k, "k", keySize ** -.5), keys),
		v,
		...await fadesAndShares(scope, all)
	}, {
		...spec,
		sequences: inputs.sequences
	}, inputs.delta);
	const heads = reshape(g, read, [-1, valueSize], ["n_head_row", valueSize]);
	const norm = {
		kind: "rms",
		epsilon: scope.norm.epsilon,
		gainOffset: 0
	};
	const normed = await w.norm(heads, norm, scope.delta.norm, scope.named("delta_norm"));
	const width = valueHeads * valueSize;
	const z = places.pass(layer, "attn.hook_z", await gated(scope, x, computedRows(scope, reshape(g, normed, [-1, width], ["n_row", width]))));
	places.read(layer, "o", z);
	return await w.linear(z, weights.o, scope.named("o"));
}
/** (sequences, n_token, channels): x through a matrix, then the convolution, then SiLU. */
async function projected(scope, x, linear, role) {
	const { w, named, delta } = scope;
	const rows = await w.linear(x, linear, named(role));
	const width = rows.shape[1];
	if (typeof width !== "number") throw new RangeError(`${rows.name}: its width is not known`);
	const convolved = await convolution(scope, toSequence(scope, rows, width), delta.convolutions[role], role);
	return activated(w.g, null, convolved, "silu");
}
/** Each channel's sum over the last `reach` positions, by a weight for each; before the first there are zeros. */
async function convolution({ w, spec: { reach }, named, inputs: { sequences } }, x, kernel, role) {
	const { g } = w;
	const width = x.shape[2] ?? "width";
	const stored = await w.wideVector(kernel, named(`convolution_${role}`));
	const taps = splitRows(g, transpose(g, stored, [1, 0]), new Array(reach).fill(1));
	const before = g.integers([reach - 1]);
	const padded = padAxis(g, x, 1, before, g.integers([0]), [
		sequences,
		"n_token_and_before",
		width
	]);
	return {
		...taps.map((tap, i) => {
			const end = i === reach - 1 ? MOST_POSITIONS : i - reach + 1;
			return mul(g, range(g, padded, 1, g.integers([i]), g.integers([end])), tap);
		}).reduce((all, term) => add(g, all, term)),
		shape: x.shape
	};
}
/** Each head of x (…, heads · key size) by its length, times `size` · √(key size): (n_row · heads, key size). */
function unit({ w, spec: { keySize }, named }, x, role, size) {
	const heads = reshape(w.g, x, [-1, keySize], ["n_head_row", keySize]);
	return w.unitNorm(heads, { epsilon: UNIT_EPSILON / keySize }, named(role), size);
}
/** How a state fades at each position, and how much is written to it: (sequences, n_token, value heads). */
async function fadesAndShares(scope, x) {
	const { w, delta, named, spec } = scope;
	const { g } = w;
	const share = sigmoid(g, await w.linear(x, delta.write, named("write")));
	const bias = await w.wideVector(delta.fadeBias, named("fade_bias"));
	const rate = exp(g, await w.wideVector(delta.fadeRate, named("fade_rate")));
	const step = softplus(scope, add(g, await w.linear(x, delta.fade, named("fade")), bias));
	return {
		fade: toSequence(scope, mul(g, step, sub(g, g.scalar(w.wide, 0), rate)), spec.valueHeads),
		write: toSequence(scope, share, spec.valueHeads)
	};
}
/** ln(1 + eˣ), which does not overflow. */
function softplus({ w: { g, wide } }, x) {
	const smaller = exp(g, sub(g, g.scalar(wide, 0), abs(g, x)));
	return add(g, relu(g, x), log(g, add(g, smaller, g.scalar(wide, 1))));
}
/** By SiLU of the gate. */
async function gated({ w, weights, named }, x, normed) {
	if (weights.outputGate === void 0) throw new RangeError("a delta net without its output gate");
	const gate = await w.linear(x, weights.outputGate, named("output_gate"));
	return mul(w.g, normed, activated(w.g, null, gate, "silu"));
}
// src/models/graph/routing.ts
/** Subtracted from a logit that takes no part: e to what is left is 0 beside any other. */
const AWAY = 1e30;
/** `logits` are wide. */
function route(g, logits, spec) {
	const { perToken, routing } = spec;
	if (routing === "sparsemixer") return sparseMixer(g, logits, spec);
	const { values, indices } = topK(g, logits, perToken);
	if (routing === "chosen") return {
		chosen: indices,
		shares: softmax(g, values)
	};
	return {
		chosen: indices,
		shares: gatherElements(g, softmax(g, logits), indices, 1)
	};
}
/**
* The largest logit and its share among those near it; then the same of the others. Near: (largest − l) / max(|l|, largest) is not
* above `nearness`.
*/
function sparseMixer(g, logits, { nearness = 0, count, perToken }) {
	const chosen = [];
	const shares = [];
	let left = logits;
	for (let nth = 0; nth < perToken; nth++) {
		const { value: largest, index } = top1(g, left);
		const size = max(g, abs(g, logits), largest);
		const distance = div(g, negative(g, sub(g, logits, largest)), size);
		const isFar = greater(g, distance, scalarOf(g, logits, nearness));
		const near = where(g, isFar, sub(g, left, scalarOf(g, logits, AWAY)), left);
		chosen.push(index);
		shares.push(gatherElements(g, softmax(g, near), index, 1));
		const taken = equal(g, g.integers(Array.from({ length: count }, (_, expert) => expert)), index);
		left = where(g, taken, sub(g, left, scalarOf(g, logits, AWAY)), left);
	}
	const shape = [logits.shape[0] ?? "n_row", perToken];
	return {
		chosen: concat(g, chosen, 1, shape),
		shares: concat(g, shares, 1, shape)
	};
}
function negative(g, x) {
	return sub(g, scalarOf(g, x, 0), x);
}
function scalarOf(g, like, value) {
	return g.scalar(like.type === "float64" ? "float64" : "float32", value);
}
// src/models/graph/experts.ts
/** (n_row, d_model); added to `sum` of the same shape, where the block has an MLP for every token. */
async function experts(scope, { spec, weights }, { router, experts: x }, sum) {
	const { w } = scope;
	const { g } = w;
	const { chosen, shares: routed } = route(g, await w.linear(router, weights.router, scope.named("router")), spec);
	const scales = weights.beside && await w.wideVector(weights.beside.shares, scope.named("router_shares"));
	const shares = scales === void 0 ? routed : mul(g, routed, gather(g, scales, chosen));
	const choices = reshape(g, chosen, [-1], ["n_choice"]);
	const outputs = [];
	const places = [];
	for (const [index, expert] of weights.experts.entries()) {
		const own = whereTrue(g, equal(g, choices, g.scalar("int64", index)), "n_given");
		const rows = spec.perToken === 1 ? own : div(g, own, g.scalar("int64", spec.perToken));
		outputs.push(await runExpert(scope, expert, {
			index,
			rows,
			input: gather(g, x, rows)
		}));
		places.push(own);
	}
	const width = x.shape[1] ?? "width";
	const all = concat(g, outputs, 0, ["n_choice", width]);
	const added = weighted(g, gather(g, all, inverse(g, concat(g, places, 0, ["n_choice"]), choices)), shares, spec.perToken);
	return sum === null ? added : add(g, sum, added);
}
/** Indices (count) of what is true in a vector. */
function whereTrue(g, x, count) {
	return reshape(g, nonZero(g, x, count), [-1], [count]);
}
/** Where each choice stands in `order`, a permutation of all `choices`. */
function inverse(g, order, choices) {
	const all = whereTrue(g, equal(g, choices, choices), "n_choice");
	return scatterElements(g, order, order, all);
}
/** Outputs (n_row · k, width) by their shares (n_row, k), added up for each row: (n_row, width). */
function weighted(g, outputs, shares, k) {
	const width = outputs.shape[1];
	if (typeof width !== "number") throw new RangeError(`${outputs.name}: its width is not known`);
	const ofRow = reshape(g, outputs, [
		-1,
		k,
		width
	], [
		"n_row",
		k,
		width
	]);
	const factors = reshape(g, shares, [
		-1,
		1,
		k
	], [
		"n_row",
		1,
		k
	]);
	return reshape(g, matMul(g, factors, ofRow), [-1, width], ["n_row", width]);
}
async function runExpert(scope, ref, { index, rows, input }) {
	const { w, block, layer, places } = scope;
	const named = (role) => scope.named(`experts.${index}.${role}`);
	places.read(layer, "up", input, {
		expert: index,
		rows
	});
	const gate = await w.linear(input, ref.gate, named("gate"));
	const up = await w.linear(input, ref.up, named("up"));
	const inner = activated(w.g, gate, up, block.mlp.activation);
	places.read(layer, "down", inner, {
		expert: index,
		rows
	});
	return await w.linear(inner, ref.down, named("down"));
}
// src/models/graph/beside/experts-beside.ts
/** `stream` and what the MLP gave, (n_row, d_model) wide → both sums of norms, before the norm that a block has behind them. */
async function besideMlp(scope, { spec, weights, beside }, stream, ofMlp) {
	const { w, norm, named } = scope;
	const { g } = w;
	const unoffset = {
		...norm,
		gainOffset: 0
	};
	const gained = await w.norm(stream, unoffset, {
		gain: beside.routerGain,
		bias: null
	}, named("router_norm"));
	const width = stream.shape.at(-1);
	if (typeof width !== "number") throw new RangeError(`${stream.name}: its width is not known`);
	const router = mul(g, gained, g.scalar(w.wide, 1 / Math.sqrt(width)));
	const read = await w.norm(stream, norm, beside.input, named("experts_norm"));
	const routed = await experts(scope, {
		spec,
		weights
	}, {
		router,
		experts: read
	}, null);
	return add(g, await w.norm(ofMlp, norm, beside.mlpOutput, named("mlp_output_norm")), await w.norm(routed, norm, beside.output, named("experts_output_norm")));
}
// src/models/graph/mlp.ts
/** x (n_row, d_model) wide, already normed → (n_row, d_model) wide. `stream`: the same before the norm. */
async function mlp(scope, x, stream) {
	const { block, weights } = scope;
	const dense = weights.up === null || weights.down === null ? null : {
		up: weights.up,
		down: weights.down
	};
	const forAll = dense === null ? null : await denseMlp(scope, dense, x);
	if (block.mlp.experts !== void 0 && weights.experts !== void 0) {
		const own = {
			spec: block.mlp.experts,
			weights: weights.experts
		};
		if (weights.experts.beside !== void 0 && forAll !== null) return await besideMlp(scope, {
			...own,
			beside: weights.experts.beside
		}, stream, forAll);
		const sum = forAll === null ? null : await shared(scope, forAll, x);
		return await experts(scope, own, {
			router: x,
			experts: x
		}, sum);
	}
	if (forAll === null) throw new RangeError("a block without an MLP");
	return forAll;
}
/** By the factor that a router has for what every token is given to, where it has one. */
async function shared({ w, weights, named }, output, x) {
	const gate = weights.experts?.sharedGate ?? null;
	if (gate === null) return output;
	return mul(w.g, output, sigmoid(w.g, await w.linear(x, gate, named("shared_gate"))));
}
async function denseMlp(scope, dense, x) {
	const { w, layer, hiddenTile } = scope;
	scope.places.read(layer, "up", x);
	const needsRow = w.quantizes(dense.down) || scope.block.mlp.cutAbove !== void 0;
	return hiddenTile === null || w.type !== "float32" || needsRow ? await wholeMlp(scope, dense, x) : await tiledMlp(scope, dense, x);
}
async function wholeMlp(scope, { up, down }, x) {
	const { w, block, weights, layer, named } = scope;
	const all = weights.gate === null ? null : await w.linear(x, weights.gate, named("gate"));
	const gate = all === null ? null : cut(scope, all);
	const inner = activated(w.g, gate, await w.linear(x, up, named("up")), block.mlp.activation);
	scope.places.read(layer, "down", inner);
	return await w.linear(inner, down, named("down"));
}
/** What lies above a row's mean by so many of its deviations, less that; 0 below. */
function cut({ w, block: { mlp } }, gate) {
	if (mlp.cutAbove === void 0) return gate;
	const { g } = w;
	const centred = sub(g, gate, w.rowMeans(gate));
	const deviation = sqrt(g, w.rowMeans(mul(g, centred, centred)));
	return relu(g, sub(g, centred, mul(g, deviation, g.scalar(w.wide, mlp.cutAbove))));
}
async function tiledMlp(scope, dense, x) {
	const { w, block, weights, layer, named, places } = scope;
	const { g } = w;
	const { activation, size } = block.mlp;
	const gate = weights.gate === null ? null : await w.outputTiles(weights.gate, named("gate"));
	const up = await w.outputTiles(dense.up, named("up"));
	const down = await w.inputTiles(dense.down, named("down"));
	const parts = [];
	let sum = null;
	for (const tile of hiddenTiles(size, scope.hiddenTile ?? size)) {
		const part = activated(g, gate?.(x, tile) ?? null, up(x, tile), activation);
		parts.push(part);
		sum = down(part, tile, sum);
	}
	if (sum === null) throw new RangeError("an MLP without hidden units");
	if (places.sums(layer, "down")) places.read(layer, "down", concat(g, parts, 1, ["n_row", size]));
	return sum;
}
/** Tiles that cover `size` units, each at most `tile` wide. */
function hiddenTiles(size, tile) {
	return Array.from({ length: Math.ceil(size / tile) }, (_, i) => [i * tile, Math.min((i + 1) * tile, size)]);
}
// src/models/graph/block.ts
/** @file One block of a body: attention and MLP, their norms and their places, in sequence or side by side. */
/** (n_row, streams · d_model) → the same */
async function runBlock(scope, before) {
	const { altUp } = scope.weights;
	return altUp === void 0 ? await runPlain(scope, before) : await runStreams(scope, altUp, before);
}
/** Of one residual stream. */
async function runPlain(scope, before) {
	const { w, block, weights, layer, named, places } = scope;
	const input = places.pass(layer, "hook_resid_pre", before);
	const { added } = await fromAttention(scope, input);
	let middle = add(w.g, input, added);
	if (block.layout === "sequential") middle = places.pass(layer, "hook_resid_mid", middle);
	const mlpInput = block.layout === "parallel" ? input : middle;
	let after = add(w.g, middle, await fromMlp(scope, mlpInput));
	const ofToken = await fromTokenVector(scope, after);
	if (ofToken !== null) after = add(w.g, after, ofToken);
	if (weights.outputScale !== void 0) after = mul(w.g, after, await w.wideVector(weights.outputScale, named("output_scale")));
	return places.pass(layer, "hook_resid_post", after);
}
/** Of several (Gemma 3n): hooks see the first as it enters, what attention, MLP and LAuReL make of its prediction, and the first as it leaves. */
async function runStreams(scope, altUp, before) {
	const { w, weights, layer, named, places, norm } = scope;
	const { g } = w;
	const d_model = altUp.router.weight.storedShape[1] ?? 0;
	const first = firstStream(w, before, d_model);
	const passed = places.pass(layer, "hook_resid_pre", first);
	const prediction = await predicted(scope, altUp, passed === first ? before : withFirst(w, before, passed));
	const input = firstStream(w, prediction, d_model);
	const { added, normed } = await fromAttention(scope, input);
	const laurel = present(weights.laurel);
	const lowRank = add(g, normed, await w.norm(await low(scope, laurel, normed), norm, laurel.norm, named("laurel_norm")));
	const both = add(g, add(g, input, added), lowRank);
	const middle = places.pass(layer, "hook_resid_mid", mul(g, both, g.scalar(w.wide, Math.SQRT1_2)));
	const after = await corrected(scope, altUp, prediction, add(g, middle, await fromMlp(scope, middle)));
	const own = firstStream(w, after, d_model);
	const scale = altUp.scale === null ? null : await w.wideVector(altUp.scale, named("altup_scale"));
	const ofToken = await fromTokenVector(scope, scale === null ? own : mul(g, own, scale));
	const rows = ofToken === null ? after : addedToOthers(w, after, ofToken);
	const left = places.pass(layer, "hook_resid_post", own);
	return left === own ? rows : withFirst(w, rows, left);
}
async function low({ w, named }, { left, right }, x) {
	return await w.linear(await w.linear(x, left, named("laurel_left")), right, named("laurel_right"));
}
/** What attention adds to the stream, and what it read. */
async function fromAttention(scope, input) {
	const { w, norm, weights, layer, named, places } = scope;
	const normed = weights.preAttention ? await w.norm(input, norm, weights.preAttention, named("pre_attention")) : input;
	let attended = places.pass(layer, "attn.hook_out", await mixed(scope, normed));
	if (weights.postAttention) attended = await w.norm(attended, norm, weights.postAttention, named("post_attention"));
	return {
		added: places.pass(layer, "hook_attn_out", scaled(scope, attended)),
		normed
	};
}
/** What the MLP adds to the stream. */
async function fromMlp(scope, input) {
	const { w, norm, weights, layer, named, places } = scope;
	const normed = weights.preMlp ? await w.norm(input, norm, weights.preMlp, named("pre_mlp")) : input;
	await places.aside(layer, "ln2.hook_normalized", async () => norm.kind === "rms" ? w.unitNorm(input, norm, named("pre_mlp")) : normed);
	let out = await mlp(scope, places.pass(layer, "mlp.hook_in", normed), input);
	out = places.pass(layer, "mlp.hook_out", out);
	if (weights.postMlp) out = await w.norm(out, norm, weights.postMlp, named("post_mlp"));
	return places.pass(layer, "hook_mlp_out", scaled(scope, out));
}
/** What a token takes from those before it: by attention, or from the state of a delta net. */
async function mixed(scope, x) {
	const { attention: spec } = scope.block;
	const { delta } = scope.weights;
	if (spec.kind !== "delta") return await attention({
		...scope,
		attention: spec
	}, x);
	if (delta === void 0) throw new RangeError("a delta net without its weights");
	return await deltaNet({
		...scope,
		spec,
		delta
	}, x);
}
/** As it is added to the residual stream. */
function scaled({ w, residualScale }, added) {
	return residualScale === 1 ? added : mul(w.g, added, w.g.scalar(w.wide, residualScale));
}
// src/models/graph/places.ts
/** @file The places of a body where a program reads, changes or sums: what it has to do there, and what came of it. */
/** The embeddings tell how the residual stream was turned, not how the heads were, and a norm's gain is not turned with it. */
const OTHER_TURNED = "the candidate is rotated, and this place is not in the residual stream that the rotation is known of";
/** Modules' outputs are added to the stream, and an RMS norm without its gain turns with what it reads. */
const turnsWithStream = (name, norm) => isInStream({
	layer: 0,
	name
}) || name === "attn.hook_out" || name === "mlp.hook_out" || name === "ln2.hook_normalized" && norm.kind === "rms";
/** A row of zeros before (n_given, width): an expert may be given no row, and there is no largest of none. */
function withZeros(g, x) {
	const width = x.shape.at(-1);
	if (typeof width !== "number") throw new RangeError(`${x.name}: its width is not known`);
	const [type, zero] = x.type === "float64" ? ["float64", new Float64Array(width)] : ["float32", new Float32Array(width)];
	const row = g.initializer(`zeros_before_${x.name}`, type, [1, width], zero);
	return concat(g, [row, x], 0, ["n_given_and_one", width]);
}
var BodyPlaces = class {
	/** By hook, and by sum. */
	values = /* @__PURE__ */ new Map();
	#w;
	#taps;
	#edits;
	#program;
	#countedRows;
	#norm;
	/** (d_model, d_model); null: rows are read as they are. */
	#turn;
	constructor(w, program, { basis, decoder }, countedRows) {
		this.#w = w;
		this.#program = program;
		this.#countedRows = countedRows;
		this.#taps = new Set(program.taps.map(hookName));
		this.#edits = new Map(program.edits.map(({ hook, apply }) => [hookName(hook), apply]));
		const { d_model, norm } = decoder.spec;
		this.#norm = norm;
		this.#turn = basis === null ? null : w.constant("basis", [d_model, d_model], basis);
	}
	/** What goes on from a hook where `value` arrives: itself, or what the edit makes of it. */
	pass(layer, name, value) {
		const { g, wide } = this.#w;
		const hook = hookName({
			layer,
			name
		});
		const edit = this.#edits.get(hook);
		const isTapped = this.#taps.has(hook);
		if (edit === void 0 && !isTapped) return value;
		if (this.#turn !== null && !turnsWithStream(name, this.#norm)) throw hookMissing(hook, OTHER_TURNED);
		const arrived = cast(g, value, wide);
		const rows = this.#turn === null ? arrived : matMul(g, arrived, this.#turn);
		const read = edit === void 0 ? rows : edit(g, rows);
		if (isTapped) this.values.set(hook, read);
		if (edit === void 0) return value;
		return this.#turn === null ? read : matMul(g, read, transpose(g, this.#turn, [1, 0]));
	}
	/** A value that the model itself does not make: it is made where it is read, and cannot be changed. */
	async aside(layer, name, make) {
		const hook = hookName({
			layer,
			name
		});
		if (this.#edits.has(hook)) throw hookMissing(hook, "the model does not go on with it, so it cannot be changed");
		if (this.#taps.has(hook)) this.pass(layer, name, await make());
	}
	/** Is the input of this matrix summed? */
	sums(layer, name) {
		return this.#program.sums.some(({ input }) => input.layer === layer && input.name === name);
	}
	/** Sum x (n_row, width), which the matrices of that name read; of an expert, with the rows that it was given. */
	read(layer, name, x, given = null) {
		const wanted = targetInputName({
			layer,
			name,
			...given === null ? {} : { expert: given.expert }
		});
		for (const sum of this.#program.sums) {
			if (targetInputName(sum.input) !== wanted) continue;
			this.values.set(sumName(sum), this.#summed(x, sum.of, given?.rows ?? null));
		}
	}
	#summed(value, of, rows) {
		const { g, wide } = this.#w;
		if (this.#countedRows === null) throw new RangeError("sums without counted rows");
		const counted = rows === null ? this.#countedRows : gather(g, this.#countedRows, rows);
		const x = cast(g, value, wide);
		if (of === "products") return matMul(g, transpose(g, mul(g, x, counted), [1, 0]), x);
		if (of === "largest") {
			const sizes = abs(g, mul(g, x, counted));
			return reduceMax(g, rows === null ? sizes : withZeros(g, sizes), 0);
		}
		const each = of === "squares" ? mul(g, x, x) : abs(g, x);
		return matMul(g, transpose(g, counted, [1, 0]), each);
	}
};
// src/models/graph/shape.ts
const COMPUTED_ROW = "computed_row";
const ROW_PLACES = "row_places";
/** (n_row, 1), with programs that sum: 1 for rows that count, 0 for those that fill up. */
const COUNTED_ROWS = "counted_rows";
/** Residual stream, norms and masks are in this type. */
function wideType(type) {
	return type === "float64" ? "float64" : "float32";
}
/** Inputs `ids` (where a program begins with them), `last_position`, `length`, `counted_rows` (where one sums), and which rows are shared. */
function sequenceInputs(g, shape, programs) {
	const { sequences, tiling, length: longest, sharesRows = false } = shape;
	const wide = wideType(shape.type);
	const hasSums = programs.some(({ sums }) => sums.length > 0);
	const hasIds = programs.some(({ from }) => from === "ids");
	const lastPosition = g.input("last_position", "int32", [sequences]);
	const length = g.input("length", "int32", []);
	return {
		sequences,
		ids: hasIds ? g.input("ids", "int64", [sequences, "n_token"]) : null,
		lastPosition,
		length,
		shared: sharesRows ? {
			computed: g.input(COMPUTED_ROW, "int64", ["n_place"]),
			places: g.input(ROW_PLACES, "int64", ["n_row"])
		} : null,
		countedRows: hasSums ? g.input(COUNTED_ROWS, wide, ["n_row", 1]) : null,
		masks: tiling === null ? null : new CausalMasks(g, tiling, longest, length, wide),
		delta: new DeltaTables(g, longest, length, wide)
	};
}
// src/models/graph/fake-quantize.ts
/** x (n_row, K) float32 → the values it stands for after quantization, (n_row, K). `weight` names the layer in messages. */
function fakeQuantize(g, x, quantization, weight) {
	const K = x.shape.at(-1);
	const { groupSize, strategy } = quantization;
	if (!(groupSize !== null && (strategy === "group" || strategy === "tensor_group")) || typeof K !== "number") return quantizeExtents(g, x, quantization);
	if (K % groupSize !== 0) throw activationGroups(weight, K, groupSize);
	const rows = reshape(g, x, [-1, groupSize], ["n_group", groupSize]);
	return reshape(g, quantizeExtents(g, rows, quantization), [-1, K], x.shape);
}
/** The last axis, or all of x, is one extent. */
function quantizeExtents(g, x, q) {
	const { outlierThreshold } = q;
	if (outlierThreshold === null) return dequantized(g, x, scales(g, x, q), q);
	const threshold = g.scalar("float32", outlierThreshold);
	const magnitude = abs(g, x);
	const small = where(g, less(g, magnitude, threshold), x, g.scalar("float32", 0));
	const isQuantized = less(g, reduceMax(g, magnitude, 0), threshold);
	return where(g, isQuantized, dequantized(g, x, scales(g, small, q), q), x);
}
function scales(g, x, q) {
	const constant = (value) => g.scalar("float32", Math.fround(value));
	if (!q.dynamic && q.scale !== null) return {
		scale: constant(q.scale),
		zero: q.zeroPoint ? constant(q.zeroPoint) : null
	};
	const axis = q.strategy === "tensor" ? null : -1;
	if (!q.symmetric) return asymmetricScales(g, x, q, axis);
	let amax = reduceMax(g, abs(g, x), axis);
	if (q.largestAmax !== null) amax = min(g, amax, constant(q.largestAmax));
	if (q.globalScale !== null) return {
		scale: blockScale(g, amax, q, q.globalScale),
		zero: null
	};
	const size = q.powerOfTwo ? roundedPower(g, amax) : amax;
	const scale = div(g, size, constant(q.scaleDivisor));
	return {
		scale: max(g, scale, constant(q.minimumScale)),
		zero: null
	};
}
/**
* The power of two at amax or below it, twice that from 1.75 times it on: amax without its fraction once a quarter was added
* to that (compressed-tensors, `round_to_power_2`). t − (t − x) with t = (2²³ + 1) x is x rounded to one bit (Veltkamp);
* what was rounded up is halved again.
*/
function roundedPower(g, amax) {
	const constant = (value) => g.scalar("float32", value);
	const wide = mul(g, amax, constant(2 ** 23 + 1));
	const nearest = sub(g, wide, sub(g, wide, amax));
	const below = where(g, greater(g, nearest, amax), mul(g, nearest, constant(.5)), nearest);
	const stays = less(g, amax, mul(g, below, constant(1.75)));
	return where(g, stays, below, mul(g, below, constant(2)));
}
function asymmetricScales(g, x, q, axis) {
	const constant = (value) => g.scalar("float32", Math.fround(value));
	const low = min(g, reduceMin(g, x, axis), constant(0));
	const high = max(g, reduceMax(g, x, axis), constant(0));
	const span = div(g, sub(g, high, low), constant(q.scaleDivisor));
	const scale = max(g, span, constant(q.minimumScale));
	const [bottom, top] = q.levels;
	const zero = sub(g, constant(bottom), div(g, low, scale));
	return {
		scale,
		zero: round(g, clip(g, zero, constant(bottom), constant(top)))
	};
}
/** NVFP4: the scale of a group is itself a float8, relative to the tensor's. */
function blockScale(g, amax, q, globalScale) {
	const constant = (value) => g.scalar("float32", Math.fround(value));
	const wanted = div(g, mul(g, constant(globalScale), amax), constant(q.scaleDivisor));
	const block = toFloat8(g, clip(g, wanted, constant(-448), constant(448)));
	const nonZero = where(g, greater(g, block, constant(0)), block, constant(.125));
	return div(g, nonZero, constant(globalScale));
}
/** (round(clamp(x / scale + zero, levels)) − zero) · scale */
function dequantized(g, x, { scale, zero }, q) {
	const [bottom, top] = q.levels;
	const divided = div(g, x, scale);
	const shifted = zero === null ? divided : add(g, divided, zero);
	const level = nearestLevel(g, clip(g, shifted, g.scalar("float32", bottom), g.scalar("float32", top)), q);
	return mul(g, zero === null ? level : sub(g, level, zero), scale);
}
function nearestLevel(g, x, { type, bits }) {
	if (type === "int") return round(g, x);
	return bits === 8 ? toFloat8(g, x) : toFloat4(g, x);
}
/** To the nearest float8 e4m3fn, ties to even; |x| ≤ 448. */
function toFloat8(g, x) {
	return cast(g, cast(g, x, "float8e4m3fn"), "float32");
}
/** To the nearest of ±{0, ½, 1, 1½, 2, 3, 4, 6}: steps of ½ below 2, 1 below 4, 2 above; ties to even mantissa. */
function toFloat4(g, x) {
	const constant = (value) => g.scalar("float32", value);
	const magnitude = abs(g, x);
	const step = where(g, less(g, magnitude, constant(2)), constant(.5), where(g, less(g, magnitude, constant(4)), constant(1), constant(2)));
	return mul(g, round(g, div(g, x, step)), step);
}
// src/models/graph/weights.ts
var GraphWeights = class {
	g;
	#reader;
	#type;
	#rounding;
	#activations;
	#name;
	/** Inputs that were quantized already: q, k and v read the same one. */
	#quantized = /* @__PURE__ */ new Map();
	#means = /* @__PURE__ */ new Map();
	/** `name` is put before the names of all constants, so that two models fit into one graph. */
	constructor(g, reader, { type, rounding = null }, activations, name = "") {
		this.g = g;
		this.#reader = reader;
		this.#type = type;
		this.#rounding = rounding;
		this.#activations = activations;
		this.#name = name;
	}
	/** Type of the operands of matrix products. */
	get type() {
		return this.#type;
	}
	/** Type of the residual stream, of norms and of activation functions. */
	get wide() {
		return this.#type === "float64" ? "float64" : "float32";
	}
	/** A value as operands are: in their type, and rounded where the rounding is emulated. */
	operand(x) {
		const { g } = this;
		if (this.#rounding === null) return cast(g, x, this.#type);
		return cast(g, cast(g, x, this.#rounding), "float32");
	}
	/** A stored value as a constant of the graph, in the operand type. */
	async #operandOf(ref, name) {
		if (this.#type === "float64") return this.#vector(name, await this.#wideData(ref));
		const stored = await this.#reader.read(ref, this.#rounding ?? this.#type);
		if (this.#rounding === null) return this.#stored(name, stored);
		return this.#vector(name, {
			shape: stored.shape,
			data: asFloat32(stored)
		});
	}
	async #wideData(ref) {
		if (this.wide === "float64") return await this.#reader.readExact(ref);
		const stored = await this.#reader.read(ref, "float32");
		return {
			shape: stored.shape,
			data: asFloat32(stored)
		};
	}
	#vector(name, { shape, data }) {
		return this.g.weight(this.#name + name, this.wide, shape, data);
	}
	#stored(name, { type, shape, data }) {
		return this.g.weight(this.#name + name, type, shape, data);
	}
	/** Numbers that are no weight of the checkpoint, wide. */
	constant(name, shape, data) {
		const wide = this.wide === "float64" ? new Float64Array(data) : new Float32Array(data);
		return this.#vector(name, {
			shape,
			data: wide
		});
	}
	/** A vector that no layer multiplies by, wide. */
	async wideVector(ref, name) {
		return this.#vector(name, await this.#wideData(ref));
	}
	/** A matrix of which only rows are taken: stays in the type it is stored in. */
	async table(ref, name) {
		return this.#stored(name, await this.#reader.read(ref, "stored"));
	}
	/** x (n_row, in) → (n_row, out), wide: rounded to the operand type on the way in. */
	async linear(x, ref, name) {
		return cast(this.g, await this.linearTyped(x, ref, name), this.wide);
	}
	/** Like `linear`, but the result stays in the operand type (for q, k, v on their way into attention). */
	async linearTyped(x, ref, name) {
		const g = this.g;
		const matrix = await this.#operandOf(ref.weight, `${name}.weight`);
		const bias = ref.bias === null ? null : await this.#operandOf(ref.bias, `${name}.bias`);
		const input = this.quantizedInput(x, ref.weight.tensor);
		const product = gemm(g, this.operand(input), matrix, bias);
		return this.#rounding === null ? product : this.operand(product);
	}
	/** Does this layer quantize its input? */
	quantizes(ref) {
		return this.#activations.has(ref.weight.tensor);
	}
	/** A float32 layer whose outputs [start, end) can be had apart: x (n_row, in) → (n_row, end − start). */
	async outputTiles(ref, name) {
		const g = this.g;
		const { shape, data } = await this.#wideData(ref.weight);
		const bias = ref.bias === null ? null : (await this.#wideData(ref.bias)).data;
		const [, inputs = 0] = shape;
		return (x, [start, end]) => {
			const named = (part) => `${name}.${part}.${start}`;
			const rows = data.subarray(start * inputs, end * inputs);
			const matrix = this.#vector(named("weight"), {
				shape: [end - start, inputs],
				data: rows
			});
			const offset = bias === null ? null : this.#vector(named("bias"), {
				shape: [end - start],
				data: bias.subarray(start, end)
			});
			return gemm(g, this.quantizedInput(x, ref.weight.tensor), matrix, offset);
		};
	}
	/**
	* A float32 layer that is summed over its inputs a tile at a time: x (n_row, end − start) and the sum so far (null at
	* first: the bias) → (n_row, out). Not for layers that quantize their input.
	*/
	async inputTiles(ref, name) {
		const g = this.g;
		const { shape, data } = await this.#wideData(ref.weight);
		const bias = ref.bias === null ? null : this.#vector(`${name}.bias`, await this.#wideData(ref.bias));
		const [outputs = 0, inputs = 0] = shape;
		return (x, [start, end], sum) => {
			const columns = this.#reader.allocate(outputs * (end - start));
			for (let row = 0; row < outputs; row++) columns.set(data.subarray(row * inputs + start, row * inputs + end), row * (end - start));
			const tile = {
				shape: [outputs, end - start],
				data: columns
			};
			return gemm(g, x, this.#vector(`${name}.weight.${start}`, tile), sum ?? bias);
		};
	}
	/** x (n_row, in) wide, quantized and dequantized (float32 only) as the layer of that weight declares. */
	quantizedInput(x, weightTensor) {
		const quantization = this.#activations.get(weightTensor);
		if (quantization === void 0) return x;
		const key = `${x.name} ${JSON.stringify(quantization)}`;
		const known = this.#quantized.get(key) ?? fakeQuantize(this.g, x, quantization, weightTensor);
		this.#quantized.set(key, known);
		return known;
	}
	/** A norm over the last axis, wide. */
	async norm(x, spec, ref, name) {
		const g = this.g;
		const gain = ref.gain === null ? this.#ones(x, `${name}.gain`) : await this.#gain(ref.gain, spec, `${name}.gain`);
		const { epsilon } = spec;
		const input = this.wide === "float64" ? forEpsilon(g, x, epsilon) : {
			x,
			epsilon
		};
		if (spec.kind === "rms") return simplifiedLayerNormalization(g, input.x, gain, input.epsilon);
		const bias = ref.bias === null ? null : this.#vector(`${name}.bias`, await this.#wideData(ref.bias));
		return layerNormalization(g, input.x, gain, bias, input.epsilon);
	}
	async #gain(ref, { gainOffset }, name) {
		const { shape, data } = await this.#wideData(ref);
		const centred = gainOffset === 0 ? data : data.map((gain) => gain + gainOffset);
		return this.#vector(name, {
			shape,
			data: centred
		});
	}
	/** As many as x is wide. */
	#ones(x, name, value = 1) {
		const width = x.shape.at(-1);
		if (typeof width !== "number") throw new RangeError(`${x.name}: its width is not known`);
		return this.constant(name, [width], new Float64Array(width).fill(value));
	}
	/** The mean of each row: (n_row, n) → (n_row, 1) */
	rowMeans(x) {
		const width = x.shape.at(-1);
		if (typeof width !== "number") throw new RangeError(`${x.name}: its width is not known`);
		const shares = this.#means.get(width) ?? this.constant(`mean_of_${width}`, [width, 1], new Float64Array(width).fill(1 / width));
		this.#means.set(width, shares);
		return matMul(this.g, x, shares);
	}
	/** An RMS norm over the last axis without its gain, times `size`. */
	unitNorm(x, { epsilon }, name, size = 1) {
		const g = this.g;
		const gain = this.#ones(x, `${name}.unit_gain`, size);
		const input = this.wide === "float64" ? forEpsilon(g, x, epsilon) : {
			x,
			epsilon
		};
		return simplifiedLayerNormalization(g, input.x, gain, input.epsilon);
	}
	/**
	* cos and sin tables (length, size/2), one pair per distinct rotary spec. Angles are computed in float64 and rounded
	* once at most: float32 angles would be off by 1e-4 at position 2,000.
	*/
	rotaryTables(blocks, length) {
		const tables = /* @__PURE__ */ new Map();
		for (const block of blocks) {
			const rotary = attentionOf(block)?.rotary ?? null;
			if (rotary === null || tables.has(JSON.stringify(rotary))) continue;
			const name = `rotary_${tables.size}`;
			const shape = [length, rotary.size / 2];
			const [cos, sin] = angles(rotary, length);
			const table = (part, exact) => {
				const data = this.wide === "float64" ? exact : new Float32Array(exact);
				return this.#vector(`${name}.${part}`, {
					shape,
					data
				});
			};
			tables.set(JSON.stringify(rotary), {
				cos: table("cos", cos),
				sin: table("sin", sin)
			});
		}
		return (rotary) => rotary === null ? null : tables.get(JSON.stringify(rotary)) ?? null;
	}
};
function angles(rotary, length) {
	const pairs = rotary.size / 2;
	const cos = new Float64Array(length * pairs);
	const sin = new Float64Array(length * pairs);
	for (let position = 0; position < length; position++) for (let pair = 0; pair < pairs; pair++) {
		const angle = position * (rotary.inverseFrequency[pair] ?? 0);
		cos[position * pairs + pair] = Math.cos(angle) * rotary.amplitude;
		sin[position * pairs + pair] = Math.sin(angle) * rotary.amplitude;
	}
	return [cos, sin];
}
// src/models/graph/body.ts
/**
* @file The body of a decoder as a fragment of an ONNX graph, or as a graph of its own: from token ids or stored rows to
* rows or the final normed hidden state, with what a program reads and changes on the way (body-program.ts).
*
* Shapes: sequences of n_token tokens run together; n_row = sequences · n_token rows of the residual stream.
* The residual stream, norms and activation functions are float32 on every device; on a GPU only what goes into a
* matrix product or attention is rounded to the checkpoint's 16-bit type. So the CPU graph is the same graph without
* the casts. With operands in float64 everything is float64 ("wide"), on the CPU only and with tiled attention only: what
* float32 is checked against (audit/close-calls/close-calls.ts). The unembedding is not here: see head.ts.
*/
const HIDDEN = "hidden";
/** The residual stream between two parts of a body: an output of one is an input of the next. */
const RESIDUAL = "residual";
const RESIDUAL_BEFORE = "residual_before";
/**
* Add a body to a graph. `before`: the rows that it starts from, wide; null where it starts from the ids. `name` tells its weights
* from those of another body in the same graph. Errors: HOOK_MISSING, the reader's own.
*/
async function bodyFragment(g, { model, program, shape, reader, embedding: other }, inputs, before, name = "") {
	const { decoder } = model;
	const { spec, weights } = decoder;
	checkProgram(program, decoder);
	if (before === null && inputs.shared !== null) throw new RangeError("shared rows of a body that starts from the ids");
	const w = new GraphWeights(g, reader, shape, model.activations, name);
	const places = new BodyPlaces(w, program, model, inputs.countedRows);
	const embedding = before === null ? other ?? await w.table(weights.embedding, "embedding") : null;
	const layout = rowLayout(decoder);
	const carried = before === null ? await begun({
		w,
		places,
		table: present(embedding)
	}, decoder, inputs) : unpacked(w, before, layout, inputs);
	let { rows } = carried;
	const rotary = w.rotaryTables(spec.blocks, shape.length);
	const [first, end] = blockRange(program, decoder);
	for (let layer = first; layer < end; layer++) {
		const [block, blockWeights] = [spec.blocks[layer], weights.blocks[layer]];
		if (block === void 0 || blockWeights === void 0) throw new RangeError(`no block ${layer}`);
		const { hiddenTile } = shape;
		const tables = rotary(attentionOf(block)?.rotary ?? null);
		const { norm, residualScale } = spec;
		const named = (role) => `blocks.${layer - first}.${role}`;
		const ofBlock = {
			norm,
			residualScale,
			block,
			weights: blockWeights,
			layer,
			named
		};
		const { tokenVectors = null } = spec;
		rows = await runBlock({
			w,
			...ofBlock,
			inputs,
			rotary: tables,
			hiddenTile,
			places,
			carried,
			tokenVectors
		}, rows);
	}
	const { values } = places;
	if (program.to !== "hidden") return {
		end: packed(w, {
			...carried,
			rows
		}, layout, inputs),
		values,
		embedding
	};
	const merged = await endedStreams(w, decoder, rows);
	const normed = await w.norm(merged, spec.norm, weights.finalNorm, "final_norm");
	return {
		end: w.quantizedInput(normed, weights.unembedding.weight.tensor),
		values,
		embedding
	};
}
/**
* A body as a graph of its own: besides the inputs of its sequences it takes `residual_before` where it starts from rows. Outputs: its
* taps under their hooks' names, its sums, and `residual` (n_row, row width) or `hidden` (n_row, d_model). `keeper`: of the model's weights. Errors: HOOK_MISSING, the reader's own.
*/
async function buildBody(part, keeper = "engine") {
	const { program, shape, model } = part;
	const g = new GraphBuilder(void 0, keeper);
	const { end, values } = await bodyFragment(g, part, sequenceInputs(g, shape, [program]), program.from === "ids" ? null : g.input(RESIDUAL_BEFORE, wideType(shape.type), ["n_row", rowWidth(model.decoder)]));
	g.outputs(values);
	g.output(program.to === "hidden" ? HIDDEN : RESIDUAL, end);
	return g.build();
}
/** What the first block is given. */
async function begun(of, decoder, inputs) {
	const { w } = of;
	const embedded = await embed(of, decoder, inputs);
	const vectors = await tokenVectors(w, decoder, present(inputs.ids), embedded);
	return {
		rows: await begunStreams(w, decoder, embedded),
		vectors,
		keys: /* @__PURE__ */ new Map()
	};
}
/** (n_row, d_model) wide: the embedding rows, scaled, plus learned positions. */
async function embed({ w, places, table }, decoder, { ids, length, sequences }) {
	const { g } = w;
	const { spec, weights } = decoder;
	if (ids === null) throw new RangeError("a body without ids or rows to start from");
	let rows = cast(g, gather(g, table, ids), w.wide);
	if (spec.embeddingScale !== 1) rows = mul(g, rows, g.scalar(w.wide, spec.embeddingScale));
	const tokens = reshape(g, rows, [-1, spec.d_model], ["n_row", spec.d_model]);
	const passed = places.pass(0, "hook_embed", tokens);
	if (weights.positions === null) return passed;
	rows = reshape(g, passed, [
		sequences,
		-1,
		spec.d_model
	], [
		sequences,
		"n_token",
		spec.d_model
	]);
	const positions = cast(g, await w.table(weights.positions, "positions"), w.wide);
	rows = add(g, rows, firstRows(g, positions, length));
	return reshape(g, rows, [-1, spec.d_model], ["n_row", spec.d_model]);
}
// src/checkpoints/unpack-ahead.ts
/** Unpacked bytes that may wait for their use: a stage of a body. */
const BYTES_AHEAD = 128e6;
/**
* The same table, with the tensors of `order` unpacked ahead in that order; others are read here. Without a bundle nothing
* is ahead. `close` ends the thread and leaves the table open. Errors of reading are the table's own.
*/
function unpackAhead(table, from, order) {
	if (!isBundled("unpacker")) return {
		...table,
		close: async () => {}
	};
	const thread = startThread("The thread that unpacks weights", programFile("unpacker"), from);
	const ahead = new Ahead(thread, table, order);
	return {
		entries: table.entries,
		read: (name) => ahead.read(name),
		close: () => thread.close()
	};
}
/** Keeps the thread busy with the next tensors of the order, within BYTES_AHEAD. */
var Ahead = class {
	#thread;
	#table;
	#queue;
	#begun = /* @__PURE__ */ new Map();
	#bytes = 0;
	constructor(thread, table, order) {
		this.#thread = thread;
		this.#table = table;
		this.#queue = [...new Set(order)];
		this.#ask();
	}
	async read(name) {
		const begun = this.#begun.get(name);
		if (begun === void 0) {
			const place = this.#queue.indexOf(name);
			if (place >= 0) this.#queue.splice(place, 1);
			return await this.#table.read(name);
		}
		const tensor = await begun.tensor;
		this.#begun.delete(name);
		this.#bytes -= begun.bytes;
		this.#ask();
		return tensor;
	}
	#ask() {
		while (this.#bytes < BYTES_AHEAD || this.#begun.size === 0) {
			const name = this.#queue.shift();
			if (name === void 0) return;
			const bytes = 4 * (this.#table.entries.get(name)?.shape.reduce((product, dim) => product * dim, 1) ?? 0);
			const tensor = this.#thread.ask(name);
			tensor.catch(() => {});
			this.#begun.set(name, {
				tensor,
				bytes
			});
			this.#bytes += bytes;
		}
	}
};
// src/models/weight-buffers.ts
/** `shared`: in memory that other threads see. */
var WeightBuffers = class {
	#shared;
	#free = [];
	constructor(shared) {
		this.#shared = shared;
	}
	/** Buffers of earlier sets that the new one does not take until it is given back are let go. */
	set() {
		const taken = [];
		return {
			allocate: (length) => {
				const at = this.#free.findIndex((buffer) => buffer.length === length);
				const [known] = at < 0 ? [] : this.#free.splice(at, 1);
				const buffer = known ?? this.#fresh(length);
				taken.push(buffer);
				return buffer;
			},
			giveBack: () => {
				this.#free = taken.splice(0);
			}
		};
	}
	#fresh(length) {
		return this.#shared ? new Float32Array(new SharedArrayBuffer(4 * length)) : new Float32Array(length);
	}
};
// src/onnx/threads/lane-thread.ts
function startLane(file = programFile("lane")) {
	return startThread("A thread that runs graphs", file);
}
// src/onnx/threads/lanes.ts
/** Runs begun per lane: while one is worked on, the next has arrived. */
const BEGUN = 2;
/** Threads are started once and serve every graph of the process. */
const threads = [];
let sessions = 0;
/**
* Load a graph once per lane. A single lane is a session in this thread. `fuses`: as createSession has it.
* Errors: ENGINE_FAILED, RUNTIME_MISSING.
*/
async function createLanes(model, lanes, what, fuses = true) {
	if (lanes.count === 1) return await createSession(model, lanes.device, what, fuses);
	runtime();
	return await loadInto(lanes.threads ?? started(lanes.count), model, lanes.device, what, fuses);
}
function started(count) {
	while (threads.length < count) threads.push(startLane());
	return threads.slice(0, count);
}
/** Load a graph into each of these threads. */
async function loadInto(lanes, model, device, what, fuses) {
	const session = sessions++;
	const release = () => allOf(lanes.map((lane) => lane.ask({
		kind: "release",
		session
	})));
	try {
		await load(lanes, session, model, {
			device,
			what,
			fuses
		});
	} catch (error) {
		await release();
		throw error;
	}
	return laneSession(lanes, session, model.outputs, release);
}
/** In a function of its own, so that nothing that lives on remembers the weights. */
async function load(lanes, session, model, how) {
	const [external, fed] = [model.external.map(inSharedMemory), model.fed.map(fedInSharedMemory)];
	const graph = {
		...model,
		external,
		fed
	};
	const ofLane = (l) => ({
		...how,
		device: laneDevice(how.device, l)
	});
	await allOf(lanes.map((lane, l) => lane.ask({
		kind: "load",
		session,
		graph,
		how: ofLane(l)
	})));
}
/** What lane `l` runs on: of a device with peers the first lane has itself, every other one of them. */
function laneDevice({ peers = [], ...own }, l) {
	const index = peers[l - 1];
	return index === void 0 ? own : {
		...own,
		index
	};
}
function laneSession(lanes, session, all, release) {
	return {
		inFlight: BEGUN * lanes.length,
		async feed(weights) {
			const shared = weights.map(fedInSharedMemory);
			await allOf(lanes.map((lane) => lane.ask({
				kind: "feed",
				session,
				weights: shared
			})));
		},
		async run(inputs, outputs = all) {
			const lane = lanes.reduce((least, other) => other.waiting < least.waiting ? other : least);
			return runResult(await lane.ask({
				kind: "run",
				session,
				inputs,
				outputs
			}));
		},
		release
	};
}
/** Wait for every one, then raise the first failure: none goes on behind the caller's back. */
async function allOf(promises) {
	for (const result of await Promise.allSettled(promises)) if (result.status === "rejected") throw result.reason;
}
/** Bytes that every thread can read without a copy of its own. */
function inSharedMemory({ path, data }) {
	if (data.buffer instanceof SharedArrayBuffer) return {
		path,
		data
	};
	const shared = new Uint8Array(new SharedArrayBuffer(data.byteLength));
	shared.set(data);
	return {
		path,
		data: shared
	};
}
function fedInSharedMemory(weight) {
	const { data } = weight;
	if (data.buffer instanceof SharedArrayBuffer) return weight;
	const memory = new SharedArrayBuffer(data.byteLength);
	if (weight.type === "float32") {
		const shared = new Float32Array(memory);
		shared.set(weight.data);
		return {
			...weight,
			data: shared
		};
	}
	const shared = new Float64Array(memory);
	shared.set(weight.data);
	return {
		...weight,
		data: shared
	};
}
// src/audit/capture/form-sessions.ts
/** Forms that are kept: blocks with and without a window take turns in some families. */
const MOST_FORMS = 2;
var FormSessions = class {
	#create;
	/** The one used last is the last. */
	#forms = [];
	constructor(create) {
		this.#create = create;
	}
	/** A session with the weights of this graph, until `letGo`. Errors: ENGINE_FAILED. */
	async load(graph) {
		const at = this.#forms.findIndex(({ bytes }) => bytes !== null && Buffer.compare(bytes, graph.bytes) === 0);
		const [known] = at < 0 ? [] : this.#forms.splice(at, 1);
		if (known !== void 0) {
			this.#forms.push(known);
			await known.session.feed(graph.fed);
			return known.session;
		}
		if (this.#forms.length === MOST_FORMS) await this.#forms.shift()?.session.release();
		const session = await this.#create(graph);
		this.#forms.push({
			bytes: graph.keeper === "caller" ? graph.bytes : null,
			session
		});
		return session;
	}
	/** The weights of the session that was loaded last. */
	async letGo() {
		const last = this.#forms.at(-1);
		if (last === void 0) return;
		if (last.bytes !== null) return await last.session.feed([]);
		this.#forms.pop();
		await last.session.release();
	}
	async release() {
		for (const { session } of this.#forms.splice(0)) await session.release();
	}
};
// src/audit/capture/body-parts.ts
/**
* @file A body program in parts of neighbouring blocks: all of them loaded and run one after the other as if they were one graph, or
* one loaded at a time. Where the engine keeps the weights it copies them into its own layout while a session is made, so that the
* buffers given to it and its copies are in memory together; with parts that is so for one part at a time, and loading a model needs
* little more than the model. Parts that are used one at a time are fed to it instead, out of memory that the next ones are read into.
*/
/** Weights of a part in float32. Smaller parts save nothing: reading and decoding one tensor needs as much. */
const PART_BYTES$1 = 128e6;
/** A program in the engine, every part of it. Errors: HOOK_MISSING, ENGINE_FAILED, the checkpoint's own. */
async function loadProgram(model, program, loading) {
	const parts = [];
	const release = async () => {
		for (const { session } of parts) await session.release();
	};
	try {
		await readParts(model, programParts(program, model.decoder, loading.partBytes ?? PART_BYTES$1), {
			...loading,
			keeper: "engine"
		}, {
			load: async (graph) => await createLanes(graph, loading.lanes, model.name, fuses(loading)),
			use: async (part) => void parts.push(part)
		});
	} catch (error) {
		await release();
		throw error;
	}
	return {
		inFlight: Math.max(...parts.map(({ session }) => session.inFlight)),
		run: (inputs, outputs) => runParts(parts, inputs, outputs ?? null),
		release
	};
}
/** Give `use` these parts of a program one after the other; the weights of a part are let go before the next is loaded. Errors: as above. */
async function partByPart(model, parts, loading, use) {
	const { lanes } = loading;
	const forms = new FormSessions((graph) => createLanes(graph, lanes, model.name, fuses(loading)));
	const keeper = lanes.device.kind === "cpu" ? "caller" : "engine";
	try {
		await readParts(model, parts, {
			...loading,
			keeper
		}, {
			load: (graph) => forms.load(graph),
			async use(part) {
				try {
					await use(part);
				} finally {
					await forms.letGo();
				}
			}
		});
	} finally {
		await forms.release();
	}
}
/** Fused operators hold their factors in float32. */
const fuses = ({ shape }) => shape.type !== "float64";
async function readParts(model, parts, { shape, lanes, keeper, readsAhead = false, onWaited }, { load, use }) {
	await withTensors(model, parts, async (tensors) => {
		const buffers = new WeightBuffers(lanes.count > 1);
		const begin = (program) => {
			const memory = buffers.set();
			const refs = programRefs(program, model.decoder);
			const graph = buildBody({
				model,
				program,
				shape,
				reader: weightReader(tensors, refs, model.remainder, memory.allocate)
			}, keeper);
			graph.catch(() => {});
			return {
				memory,
				graph
			};
		};
		let next = null;
		try {
			for (const [i, program] of parts.entries()) {
				const { memory, graph } = next ?? begin(program);
				const part = await loadPart(program, graph, load, onWaited);
				const following = parts[i + 1];
				next = readsAhead && following !== void 0 ? begin(following) : null;
				await use(part);
				memory.giveBack();
			}
		} finally {
			await next?.graph.catch(() => {});
		}
	});
}
/** Give `use` what reads the weights of these parts, once and in their order. Errors: the checkpoint's own. */
async function withReader(model, parts, use) {
	const refs = parts.flatMap((part) => programRefs(part, model.decoder));
	return await withTensors(model, parts, async (tensors) => await use(weightReader(tensors, refs, model.remainder)));
}
/** Give `use` the model's tensors: those of these parts, where they are packed, unpacked ahead in their order. */
async function withTensors({ decoder, tensors, unpackFrom }, parts, use) {
	const order = parts.flatMap((part) => programRefs(part, decoder)).map(({ tensor }) => tensor);
	const ahead = unpackFrom === null ? null : unpackAhead(tensors, unpackFrom, order);
	try {
		return await use(ahead ?? tensors);
	} finally {
		await ahead?.close();
	}
}
/** In a function of its own, so that the graph's buffers are let go before the next part is read. */
async function loadPart(program, read, load, onWaited) {
	const begun = performance.now();
	const graph = await read;
	onWaited?.((performance.now() - begun) / 1e3);
	return {
		program,
		session: await load(graph),
		inputs: graph.inputs,
		outputs: graph.outputs
	};
}
/** What of `inputs` a part takes, and what it gives. */
async function runPart({ session, inputs: taken }, inputs, outputs) {
	const own = Object.entries(inputs).filter(([name]) => taken.includes(name));
	return await session.run(Object.fromEntries(own), outputs);
}
/** `outputs` null: all. Parts behind the last one that has any of them are not run. */
async function runParts(parts, inputs, outputs) {
	const wanted = (part) => part.outputs.filter((name) => outputs?.includes(name) ?? true);
	const last = parts.findLastIndex((part) => wanted(part).length > 0);
	const found = {};
	let passed = inputs;
	for (const [i, part] of parts.slice(0, last + 1).entries()) {
		const fetched = i < last ? [.../* @__PURE__ */ new Set([...wanted(part), RESIDUAL])] : wanted(part);
		const result = await runPart(part, passed, fetched);
		for (const name of fetched) found[name] = result.tensor(name);
		if (i < last) passed = {
			...inputs,
			[RESIDUAL_BEFORE]: residualInput(result.tensor(RESIDUAL))
		};
	}
	return runResult(found);
}
/** Rows that one part gave, for the next. */
function residualInput({ data, dims }) {
	if (data instanceof Float32Array) return {
		type: "float32",
		data,
		dims
	};
	if (data instanceof Float64Array) return {
		type: "float64",
		data,
		dims
	};
	throw new TypeError("rows of the residual stream are not integers");
}
// src/audit/machine/stream-tally.ts
function emptyTally() {
	return {
		ranges: 0,
		rowBytes: {
			memory: 0,
			file: 0
		},
		secondsWaited: 0,
		secondsStreamed: 0,
		bytesRead: 0,
		rounding: {
			error: 0,
			size: 0
		}
	};
}
/** Add what one model or round came to. */
function addTally(to, more) {
	to.ranges = Math.max(to.ranges, more.ranges);
	to.rowBytes.memory = Math.max(to.rowBytes.memory, more.rowBytes.memory);
	to.rowBytes.file = Math.max(to.rowBytes.file, more.rowBytes.file);
	to.secondsWaited += more.secondsWaited;
	to.secondsStreamed += more.secondsStreamed;
	to.bytesRead += more.bytesRead;
	to.rounding.error += more.rounding.error;
	to.rounding.size += more.rounding.size;
}
/** ‖x − stored x‖ / ‖x‖ over all rows; null: none was stored in 16 bits. */
function relativeRounding({ error, size }) {
	return size === 0 ? null : Math.sqrt(error / size);
}
/** Below this nobody minds what waiting cost. */
const LEAST_SECONDS = 60;
/** Of the time, that waiting may take before it is told. */
const MOST_WAITED = .5;
/** What a reader of the report should know of it; sentences. */
function streamWarnings(tally) {
	const { secondsWaited, secondsStreamed, bytesRead, rounding } = tally;
	const moved = relativeRounding(rounding);
	const warnings = [];
	if (moved !== null) warnings.push(`between two ranges of blocks the residual stream was stored in 16 bits (--stream-rows half), which moved it by ${moved.toExponential(1)} of its length each time (root mean square)`);
	if (secondsWaited > LEAST_SECONDS && secondsWaited > MOST_WAITED * secondsStreamed) warnings.push(`of ${Math.round(secondsStreamed)} s that models took range by range, ${Math.round(secondsWaited)} s went by waiting for weights: ${(bytesRead / 1e9).toFixed(1)} GB were read and unpacked at ${Math.round(bytesRead / 1e6 / secondsWaited)} MB/s. A quicker disk helps; so do more tokens, which cost only the rest of the time`);
	return warnings;
}
// src/audit/rows/gather-rows.ts
/** @file Some rows of a store, one after the other. */
/** Rows that are read in vain sooner than that a store is asked once more. */
const MOST_BETWEEN = 64;
/** The named rows (ascending), one after the other, then zeros up to `size` rows. */
async function gatherRows(store, rows, size) {
	const { width } = store;
	const out = new Float32Array(size * width);
	for (let from = 0, to = 1; from < rows.length; from = to, to++) {
		while (to < rows.length && rows[to] - rows[to - 1] <= MOST_BETWEEN) to++;
		const near = rows.subarray(from, to);
		copyRows(await store.read(present(near[0]), present(near.at(-1)) + 1), near, out.subarray(from * width, to * width));
	}
	return out;
}
/** Out of a span that begins with the first of them. Neighbours are copied at once: of most batches that is all of them. */
function copyRows(span, rows, out) {
	const width = out.length / rows.length;
	const first = present(rows[0]);
	for (let from = 0, to = 1; from < rows.length; from = to, to++) {
		while (to < rows.length && rows[to] - rows[from] === to - from) to++;
		const at = (rows[from] - first) * width;
		out.set(span.subarray(at, at + (to - from) * width), from * width);
	}
}
// src/audit/rows/residuals.ts
/** @file Stored rows of the residual stream on their way into an SAE: gathered, centred, filled up to parts of equal size. */
/** Inputs of one batch, filled up with its last row (which counts once) to parts of equal size. */
async function passInputs(models, batch, parts) {
	const count = Math.ceil(batch.rows.length / parts) * parts;
	const rows = new Int32Array(count).fill(present(batch.rows.at(-1)));
	rows.set(batch.rows);
	const inputs = { ones: {
		type: "float32",
		data: new Float32Array(count).fill(1, 0, batch.rows.length),
		dims: [
			parts,
			1,
			count / parts
		]
	} };
	for (const [m, residuals] of models.entries()) {
		const data = await residualRows(residuals, rows);
		inputs[`x_${m}`] = {
			type: "float32",
			data,
			dims: [count, residuals.store.width]
		};
	}
	return inputs;
}
/** Rows of the store (ascending) one after the other, centred where the read-out is. */
async function residualRows({ store, center, scale = 1 }, rows) {
	const out = await gatherRows(store, rows, rows.length);
	if (center) centerRows(out, store.width);
	if (scale !== 1) scaleRows(out, scale);
	return out;
}
/** Multiply all, in place. */
function scaleRows(values, scale) {
	for (let i = 0; i < values.length; i++) values[i] = present(values[i]) * scale;
}
/** Subtract each row's mean, in place: what TransformerLens' centred writing weights do to the residual. */
function centerRows(values, width) {
	for (let start = 0; start < values.length; start += width) {
		let sum = 0;
		for (let i = start; i < start + width; i++) sum += present(values[i]);
		const mean = sum / width;
		for (let i = start; i < start + width; i++) values[i] = present(values[i]) - mean;
	}
}
// src/audit/features/scaling.ts
/**
* @file Is a candidate's residual stream the reference's but for one factor? Norms undo such a factor, so the model computes the
* same, while a dictionary of the reference would see every activation moved. Rows count the same, however long they
* are: a first position a hundred times as long as the rest would else decide alone.
*/
/** Rows that are read at a time. */
const ROWS = 512;
/** Errors: those of reading rows. */
async function scalingBetween(reference, candidate, { rows, tokenGroups, groups }) {
	const into = emptyScalings(groups);
	const { width } = reference.store;
	for (let start = 0; start < rows.length; start += ROWS) {
		const batch = rows.subarray(start, start + ROWS);
		const x = await residualRows(reference, batch);
		const y = await residualRows(candidate, batch);
		for (let row = 0; row < batch.length; row++) {
			const { xx, yy, xy } = rowProducts(x, y, row * width, (row + 1) * width);
			if (xx === 0) continue;
			const group = present(tokenGroups[start + row]);
			into.products[group] += xy / xx;
			into.sizes[group] += yy / xx;
			into.rows[group] += 1;
		}
	}
	return into;
}
/** x·x, y·y and x·y over [start, end). */
function rowProducts(x, y, start, end) {
	let xx = 0;
	let yy = 0;
	let xy = 0;
	for (let i = start; i < end; i++) {
		const a = x[i];
		const b = y[i];
		xx += a * a;
		yy += b * b;
		xy += a * b;
	}
	return {
		xx,
		yy,
		xy
	};
}
/** A factor nearer to 1 is what rounding does to lengths. */
const LEAST_CHANGE = .02;
/** What the factor leaves is at most this part of what it explains. */
const MOST_LEFT = 1 / 4;
/** One global factor, and little else. */
function isRescaled({ factor, error }) {
	const change = Math.abs(factor - 1);
	return factor > 0 && change > LEAST_CHANGE && error < MOST_LEFT * change;
}
// src/audit/run/stored-encoder.ts
/**
* @file The encoder of an SAE as an audit has it: its weights in memory, or in their file, from where a range of features is read
* at a time. Whoever goes over features goes range by range; where all are in memory there is one.
*/
/** Weights of a range in float32: eight ranges of a million features on a residual stream of 512. */
const RANGE_BYTES = 256e6;
/** Features that a graph goes over at most: the engine takes 1.3 s of a core to load as many in tiles, and four times that for twice as many. */
const MOST_LOADED = 65536;
/** Read what its columns are like; what one range takes is kept, anything larger stays in its file. Errors: those of reading W_enc. */
async function storedEncoder(dictionary) {
	const { d_in, d_sae, input, encoder } = dictionary;
	const isSmall = 4 * d_in * d_sae <= RANGE_BYTES;
	const together = featuresTogether(encoder.activatesBy, d_sae);
	const W_enc = isSmall ? heldMatrix(await encoder.W_enc(), d_in) : encoder.W_enc;
	const atOnce = isSmall ? RANGE_BYTES : void 0;
	const exact = await encoderColumns({
		...dictionary,
		encoder: {
			...encoder,
			W_enc
		}
	}, atOnce);
	return {
		d_in,
		input,
		W_enc,
		bias: Float32Array.from(exact.bias),
		exact,
		threshold: encoder.threshold,
		activatesBy: encoder.activatesBy,
		rangeFeatures: isSmall ? d_sae : wholeGroups(RANGE_BYTES / (4 * d_in), together, d_sae),
		isWide: !isSmall || d_sae > MOST_LOADED
	};
}
/** As many whole groups of features as make no more than `most` features; one at least, and no more than all. */
function wholeGroups(most, together, all) {
	return Math.min(all, together * Math.max(1, Math.floor(most / together)));
}
/** With all its weights in memory. Errors: those of reading W_enc. */
async function heldEncoder(encoder) {
	const { d_in, bias, rangeFeatures } = encoder;
	if (rangeFeatures === bias.length) return encoder;
	return {
		...encoder,
		W_enc: heldMatrix(await encoder.W_enc(), d_in),
		rangeFeatures: bias.length
	};
}
/** All of it is given without a copy. */
function heldMatrix(matrix, rows) {
	const width = matrix.length / rows;
	const columns = columnsInMemory(matrix, rows);
	return async (range = [0, width]) => range[0] === 0 && range[1] === width ? matrix : await columns(range);
}
/** Its features in order, as many as are in memory at once. */
function encoderRanges({ bias, rangeFeatures }) {
	return rangesOf(bias.length, rangeFeatures);
}
/** Features of one range, in memory, and what of them alone may fire. Errors: those of reading W_enc. */
async function encoderOf(encoder, range) {
	const { d_in, input, bias, threshold, activatesBy } = encoder;
	return {
		d_in,
		input,
		W_enc: await encoder.W_enc(range),
		bias: bias.subarray(...range),
		threshold: threshold?.subarray(...range) ?? null,
		activatesBy: ruleAmong(activatesBy, bias.length, range[1] - range[0])
	};
}
/** All of them, in memory. */
async function wholeEncoder(encoder) {
	return await encoderOf(encoder, [0, encoder.bias.length]);
}
/** Ascending features, as many at a time as are in memory at once. */
function featureChunks(features, { rangeFeatures }) {
	return Array.from({ length: Math.ceil(features.length / rangeFeatures) }, (_, i) => features.subarray(i * rangeFeatures, (i + 1) * rangeFeatures));
}
/**
* Columns of an encoder, in the order of `features` (ascending), each as it activates by itself: of one that fires by the row, what it
* fires by. Errors: those of reading W_enc.
*/
async function pickFeatures(encoder, features) {
	const { d_in, input, bias, threshold } = encoder;
	const count = features.length;
	const W_enc = new Float32Array(d_in * count);
	let from = 0;
	for (const range of encoderRanges(encoder)) {
		const [start, end] = range;
		let to = from;
		while (to < count && present(features[to]) < end) to++;
		if (to === from) continue;
		const columns = await encoder.W_enc(range);
		const width = end - start;
		for (let row = 0; row < d_in; row++) for (let k = from; k < to; k++) W_enc[row * count + k] = present(columns[row * width + present(features[k]) - start]);
		from = to;
	}
	const pick = (values) => Float32Array.from(features, (j) => present(values[j]));
	return {
		d_in,
		input,
		W_enc,
		bias: pick(bias),
		threshold: threshold === null ? null : pick(threshold),
		activatesBy: "feature"
	};
}
// src/statistics/features/constant-features.ts
/**
* @file Features that do not vary in the reference, nor in the candidate, at the same level: there is nothing to correlate and
* nothing was lost, so they are counted apart from the active ones.
*/
/**
* Variance at or below this part of the mean square cannot be told from rounding: float32 sums are good to 1e-7 of themselves,
* and ρ of what is left would be off by more than a hundredth.
*/
const SMALL_VARIANCE = 1e-5;
/** Relative difference of two levels that are the same. */
const SAME_LEVEL = 1e-4;
/** (K) 1 where the feature is constant on both sides and equal, parallel to `candidate.features`. */
function constantFeatures(reference, candidate) {
	const { groups, width } = reference;
	const { features } = candidate;
	const n = countedPositions(reference);
	const totals = (sums) => groupTotals(sums, groups, features.length);
	const ofReference = (sums) => columnTotals(sums, groups, width, features);
	const [a, aa] = [ofReference(reference.sum), ofReference(reference.sumOfSquares)];
	const [b, bb] = [totals(candidate.sum), totals(candidate.sumOfSquares)];
	return Uint8Array.from(features, (_, k) => {
		const isFlat = (sum, squares) => squares - sum ** 2 / n <= SMALL_VARIANCE * squares;
		const isSame = Math.abs(b[k] - a[k]) <= SAME_LEVEL * Math.abs(a[k]);
		return isFlat(a[k], aa[k]) && isFlat(b[k], bb[k]) && isSame ? 1 : 0;
	});
}
// src/audit/close-calls/exact-rows.ts
/** Weights of a part, counted in float32: twice that in float64. */
const PART_BYTES = 64e6;
/** Can a model's rows be had in float64? Simulated rounding is not to be undone, and GPUs have no kernels. */
function hasExactRows(model, { kind, bodyType }) {
	return kind === "cpu" && bodyType === "float32" && model.activations.size === 0;
}
/** Give the visitor the wanted rows. Errors: ENGINE_FAILED, SPILL_FAILED, the checkpoint's own. */
async function exactRows(source, { hook, rows }, { visit, onTokens }, partBytes = PART_BYTES) {
	const { model, memory } = source;
	const sequences = sequencesTo(rows, source.sequenceLength);
	const program = {
		...wholeBody([hook]),
		to: hook.layer + 1
	};
	const between = new ExactRowsBetween(tokenCount(sequences), rowWidth(model.decoder), memory);
	const parts = programParts(program, model.decoder, partBytes);
	const lanes = {
		count: 1,
		device: source.device
	};
	let done = 0;
	try {
		await partByPart(model, parts, {
			shape: exactShape(source),
			lanes
		}, async (part) => {
			const last = part.program.to === program.to ? {
				hook,
				visit
			} : null;
			for (const sequence of sequences) {
				await runSequence(source, sequence, {
					part,
					between,
					last
				});
				done += sequence.length;
				onTokens(done / parts.length);
			}
		});
	} finally {
		await between.close();
	}
}
/** Tokens that `exactRows` runs. */
function exactTokens(rows, sequenceLength) {
	return tokenCount(sequencesTo(rows, sequenceLength));
}
const tokenCount = (sequences) => sequences.reduce((sum, { length }) => sum + length, 0);
function sequencesTo(rows, sequenceLength) {
	const bySequence = /* @__PURE__ */ new Map();
	for (const row of [...new Set(rows)].sort((a, b) => a - b)) {
		const sequence = Math.floor(row / sequenceLength);
		bySequence.set(sequence, [...bySequence.get(sequence) ?? [], row]);
	}
	let storeRow = 0;
	return [...bySequence].map(([sequence, wanted]) => {
		const begin = sequence * sequenceLength;
		const length = (wanted.at(-1) ?? begin) - begin + 1;
		storeRow += length;
		return {
			begin,
			length,
			storeRow: storeRow - length,
			rows: wanted
		};
	});
}
function exactShape({ sequenceLength }) {
	return {
		sequences: 1,
		length: sequenceLength,
		type: "float64",
		tiling: CPU_TILING,
		hiddenTile: null
	};
}
/**
* Rows of float64 between two parts, from when there are any. A float64 is kept as the two halves of its bytes, each of which
* passes for a float32 that nothing is computed with.
*/
var ExactRowsBetween = class {
	#rows;
	#width;
	#memory;
	#store = null;
	constructor(rows, width, memory) {
		this.#rows = rows;
		this.#width = width;
		this.#memory = memory;
	}
	async write(firstRow, values) {
		this.#store ??= await createRowStore(this.#rows, 2 * this.#width, this.#memory);
		const halves = new Float32Array(values.buffer, values.byteOffset, 2 * values.length);
		await this.#store.write(firstRow, halves);
	}
	async read(start, end) {
		if (this.#store === null) throw new RangeError("nothing lies between two parts yet");
		const halves = await this.#store.read(start, end);
		return new Float64Array(halves.buffer, halves.byteOffset, halves.length / 2);
	}
	async close() {
		await this.#store?.close();
	}
};
async function runSequence({ model, ids }, { begin, length, storeRow, rows }, { part, between, last }) {
	const inputs = {
		last_position: {
			type: "int32",
			data: Int32Array.of(length - 1),
			dims: [1]
		},
		length: {
			type: "int32",
			data: Int32Array.of(length),
			dims: []
		}
	};
	if (part.program.from !== "ids") {
		const data = await between.read(storeRow, storeRow + length);
		inputs[RESIDUAL_BEFORE] = {
			type: "float64",
			data,
			dims: [length, rowWidth(model.decoder)]
		};
	} else inputs.ids = {
		type: "int64",
		data: BigInt64Array.from(ids.subarray(begin, begin + length), BigInt),
		dims: [1, length]
	};
	const output = last === null ? RESIDUAL : hookName(last.hook);
	const values = (await runPart(part, inputs, [output])).float64(output);
	if (last === null) {
		await between.write(storeRow, values);
		return;
	}
	const width = values.length / length;
	for (const row of rows) last.visit(row, values.subarray((row - begin) * width, (row - begin + 1) * width));
}
// src/audit/close-calls/jumps.ts
/**
* @file Activations that jump: a JumpReLU gives 0 up to its threshold θ and the pre-activation z beyond it. Where z lies
* nearer to θ than float32 can tell, a sum over tokens is off by a whole θ, and ρ of a feature that fires n times by up to
* 1 / n. Such pairs of a row and a feature are close calls: feature-graph.ts finds where they are, close-cells.ts which
* they are, referee.ts has them decided in float64.
*
* Shapes: (d_sae). z = x · W_enc + bias, x as the encoder sees it (centred or not); columns of W_enc are read when they are wanted.
*/
/** Does any activation of it jump? */
function canJump({ threshold }) {
	return threshold?.some((theta) => theta > 0) ?? false;
}
/** Null: nothing jumps, or rows are normalised first, which is float32's own. */
function jumpEncoder(encoder) {
	const { d_in, input, threshold, exact } = encoder;
	if (input !== "plain" || threshold === null || !canJump(encoder)) return null;
	return {
		d_in,
		...exact,
		threshold,
		pick: (features) => pickFeatures(encoder, features)
	};
}
/** What a z stands for. */
function jumpRelu(z, threshold) {
	return z > Math.max(threshold, 0) ? z : 0;
}
/** Distance of z from its threshold in units of ‖x‖ · ‖w_j‖: below `error.band` it is a close call. */
function distance(jumps, feature, z, rowNorm) {
	const theta = present(jumps.threshold[feature]);
	const unit = rowNorm * present(jumps.norms[feature]);
	return theta <= 0 || unit === 0 ? Number.POSITIVE_INFINITY : Math.abs(z - theta) / unit;
}
/** Column k of weights, (d_in). */
function columnOf({ d_in, W_enc }, k) {
	const width = W_enc.length / d_in;
	return Float64Array.from({ length: d_in }, (_, i) => present(W_enc[i * width + k]));
}
/** z of row `row` of x (n_row, d_in), summed in float64. */
function preActivation(column, bias, x, row) {
	const width = column.length;
	let z = bias;
	for (let i = 0, at = row * width; i < width; i++, at++) z += present(column[i]) * present(x[at]);
	return z;
}
/** ‖x‖ of each row. */
function rowNorms(x, width) {
	const norms = new Float64Array(x.length / width);
	for (let i = 0; i < x.length; i++) {
		const row = Math.floor(i / width);
		norms[row] = present(norms[row]) + present(x[i]) ** 2;
	}
	return norms.map(Math.sqrt);
}
/** Unit roundoff of float32. */
const ROUNDOFF = 2 ** -24;
/** Products of d terms are off by about √d roundings of ‖x‖ · ‖w‖ at most (Higham and Mary 2019, SIAM J. Sci. Comput. 41). */
const productError = ({ d_in }) => Math.sqrt(d_in) * ROUNDOFF;
/** Bands of a graph over features of the encoder, by their ids: they hold its own rounding too. */
function graphBands({ bias, threshold, norms }, ids) {
	const slack = (j) => {
		const theta = present(threshold[j]);
		return theta <= 0 ? -1 : 4 * ROUNDOFF * (theta + Math.abs(present(bias[j])));
	};
	return {
		slack: Float32Array.from(ids, slack),
		scale: Float32Array.from(ids, (j) => present(threshold[j]) <= 0 ? 0 : present(norms[j]))
	};
}
/** How far the bands reach in a batch of rows of these norms. */
function graphReach(jumps, norms) {
	return norms.reduce((most, norm) => Math.max(most, norm), 0) * (jumps.error.band + productError(jumps));
}
// src/audit/close-calls/choose.ts
/**
* @file Which close calls are decided in float64, and where they go once they are. Pure.
*
* A call that falls the wrong way moves ρ of its feature by about θ² / Σa²: much where the feature is rare. Deciding one
* means running its sequence again, so the sequences whose calls could do most harm come first.
*/
/** Calls that move ρ by less are left to float32: half of what float32 sums move it by (docs/method.md). */
const LEAST_EFFECT = 1e-6;
/**
* At most this share of the sequences is run again for one read-out of one model, and fewer where that would cost more than it may
* (referee.ts). float64 takes three to four times as long as float32.
*/
const MOST_SEQUENCES_SHARE = 1 / 4;
const pairKey = (width, row, feature) => row * width + feature;
/** (d_sae) effect of one call, 0 below LEAST_EFFECT and for features that cannot be active whatever is decided. */
function callEffects({ threshold }, counted, calls, activeRate) {
	const { groups, width } = counted;
	const positions = countedPositions(counted);
	const sums = groupTotals(counted.sum, groups, width);
	const squares = groupTotals(counted.sumOfSquares, groups, width);
	const undecided = new Float64Array(width);
	for (const { feature } of calls) undecided[feature] = present(undecided[feature]) + 1;
	return Float64Array.from(threshold, (theta, j) => {
		const firings = present(counted.firings[j]) + present(undecided[j]);
		if (!isActive(firingRate(firings, positions), activeRate)) return 0;
		const variance = present(squares[j]) - present(sums[j]) ** 2 / positions;
		const effect = variance > 0 ? theta * theta / variance : 1;
		return effect < LEAST_EFFECT ? 0 : Math.min(effect, 1);
	});
}
/** Calls in at most `mostSequences` sequences: those of the largest harm, which is effect times the chance of falling wrong. */
function chooseCalls(calls, readingOf, effects, { sequenceLength, mostSequences }) {
	const weighed = calls.flatMap((call) => {
		const { doubt } = readingOf(call);
		const effect = present(effects[call.feature]);
		return doubt === null || effect === 0 ? [] : [{
			call,
			harm: effect * Math.exp(-doubt)
		}];
	});
	weighed.sort((a, b) => b.harm - a.harm || a.call.row - b.call.row || a.call.feature - b.call.feature);
	const sequenceOf = (call) => Math.floor(call.row / sequenceLength);
	const sequences = /* @__PURE__ */ new Set();
	for (const { call } of weighed) if (sequences.size < mostSequences) sequences.add(sequenceOf(call));
	const isChosen = ({ call }) => sequences.has(sequenceOf(call));
	return {
		chosen: weighed.filter(isChosen).map(({ call }) => call),
		left: weighed.filter((one) => !isChosen(one)).map(({ call }) => call)
	};
}
/** Add every call to the reference's sums: by its float64 z where there is one. In place. */
function settleReference({ threshold }, moments, calls, exact) {
	for (const { row, feature, tokenGroup, place, reference } of calls) {
		const a = jumpRelu(exact.get(pairKey(threshold.length, row, feature)) ?? reference.z, present(threshold[feature]));
		addReferenceTile(moments[place], tokenGroup, feature, {
			sum: Float64Array.of(a),
			sumOfSquares: Float64Array.of(a * a),
			firings: Float64Array.of(a > 0 ? 1 : 0),
			peak: Float64Array.of(a)
		});
	}
}
/** Add every call to a candidate's sums, likewise. `exact`: of both models. In place. */
function settleCandidate({ threshold }, moments, calls, exact) {
	for (const { row, feature, column, tokenGroup, place, reference, candidate } of calls) {
		const key = pairKey(threshold.length, row, feature);
		const theta = present(threshold[feature]);
		const a = jumpRelu(exact.reference.get(key) ?? reference.z, theta);
		const b = jumpRelu(exact.candidate.get(key) ?? candidate.z, theta);
		addCandidateTile(moments[place], tokenGroup, column, {
			sum: Float64Array.of(b),
			sumOfSquares: Float64Array.of(b * b),
			product: Float64Array.of(a * b),
			together: Float64Array.of(a > 0 && b > 0 ? 1 : 0),
			either: Float64Array.of(a > 0 || b > 0 ? 1 : 0)
		});
	}
}
/** What is said of calls that were left to float32. `skipped`: features of a batch in which one is left, or more. */
function leftWarnings(name, { id }, { left, skipped }) {
	if (left + skipped === 0) return [];
	return [`${name} at ${id}: ${skipped === 0 ? `${left}` : `${left + skipped} or more`} activations lie too near their threshold for float32 to tell and were left to it: deciding all of them in float64 would take too long`];
}
// src/audit/close-calls/referee.ts
/** Blocks and features on which float32 is measured: 100,000 pairs and more. */
const SAMPLE_SEQUENCES = 2;
const SAMPLE_FEATURES = 512;
/**
* Nothing is taken to be farther off than this many times the worst pair of the sample. On the Gemma-2 fixture the worst of
* all pairs, 76 million in each of the reference and seven candidates, is 1.8 to 2.8 times the worst of the sample.
*/
const BAND_MARGIN = 6;
/** Which sequences of so many it is measured on. */
function float32Sequences(sequences) {
	const sampled = Math.min(SAMPLE_SEQUENCES, sequences);
	return Array.from({ length: sampled }, (_, s) => Math.floor(s * sequences / sampled));
}
/** Measure what float32 can tell at a read-out, on the reference. */
async function measureFloat32(encoder, place, residuals, referee) {
	const { name, source } = referee;
	const { sequenceLength } = source;
	const { store } = residuals;
	const captured = /* @__PURE__ */ new Map();
	for (const sequence of float32Sequences(store.rows / sequenceLength)) {
		const begin = sequence * sequenceLength;
		for (let row = begin; row < begin + sequenceLength; row++) {
			const x = Float32Array.from(await store.read(row, row + 1));
			if (place.center) centerRows(x, store.width);
			captured.set(row, x);
		}
	}
	const width = encoder.bias.length;
	const step = Math.ceil(width / SAMPLE_FEATURES);
	const features = Array.from({ length: Math.floor(width / step) }, (_, k) => k * step);
	const sample = new ErrorSample(encoder, features, await encoder.pick(Int32Array.from(features)));
	const rows = [...captured.keys()];
	await exactStage(`${name}: float32 against float64 at ${place.id}`, place, rows, referee)((row, exact) => sample.add(present(captured.get(row)), exact));
	return {
		...encoder,
		error: sample.error()
	};
}
/** Differences of z of the same row in float32 and in float64. */
var ErrorSample = class {
	#columns;
	#worst = 0;
	#squares = 0;
	#count = 0;
	/** `weights`: of these features. */
	constructor(encoder, features, weights) {
		this.#columns = features.map((j, k) => ({
			column: columnOf(weights, k),
			norm: present(encoder.norms[j])
		})).filter(({ norm }) => norm > 0);
	}
	add(x, exact) {
		const [norm = 0] = rowNorms(exact, exact.length);
		if (norm === 0) return;
		for (const { column, norm: scale } of this.#columns) {
			const error = Math.abs(preActivation(column, 0, x, 0) - preActivation(column, 0, exact, 0));
			this.#worst = Math.max(this.#worst, error / (norm * scale));
			this.#squares += (error / (norm * scale)) ** 2;
			this.#count++;
		}
	}
	error() {
		return {
			typical: Math.sqrt(this.#squares / Math.max(1, this.#count)),
			band: BAND_MARGIN * this.#worst
		};
	}
};
/** Decide the reference's close calls and add all of them to its sums, in place. */
async function decideReference(watched, { calls, skipped }, { moments, counted, activeRate }, referee) {
	const { jumps, place } = watched;
	const effects = callEffects(jumps, counted, calls, activeRate);
	const allowance = allowanceOf(referee.source.model.decoder, place.dictionary.reads.layer, referee.source);
	const { chosen, left } = chooseCalls(calls, ({ reference }) => reference, effects, allowance);
	const exact = await exactPairs(watched, chosen, referee);
	settleReference(jumps, moments, calls, exact);
	return {
		effects,
		exact,
		leftSequences: new Set(left.map(({ row }) => Math.floor(row / allowance.sequenceLength))),
		warnings: leftWarnings(referee.name, place, {
			left: left.length,
			skipped
		})
	};
}
/** Decide a candidate's close calls and add all of them to its sums, in place. Returns warnings. */
async function decideCandidate(watched, { effects, exact, leftSequences }, { calls, skipped }, { moments, referee }) {
	const { jumps, place } = watched;
	if (referee === null) {
		settleCandidate(jumps, moments, calls, {
			reference: exact,
			candidate: /* @__PURE__ */ new Map()
		});
		return [];
	}
	const allowance = allowanceOf(referee.source.model.decoder, place.dictionary.reads.layer, referee.source);
	const { chosen, left } = chooseCalls(calls.filter(({ row }) => !leftSequences.has(Math.floor(row / allowance.sequenceLength))), ({ candidate }) => candidate, effects, allowance);
	settleCandidate(jumps, moments, calls, {
		reference: exact,
		candidate: await exactPairs(watched, chosen, referee)
	});
	return leftWarnings(referee.name, place, {
		left: left.length,
		skipped
	});
}
/** What deciding may cost of what one model of the audit costs. */
const MOST_COST = .06;
/** So many operations are allowed whatever the audit costs: ten seconds of two cores. */
const CHEAP_OPERATIONS = 0xe8d4a51000;
/** The sequences that may be run again up to block `layer`. */
function allowanceOf(decoder, layer, { ids, sequenceLength }) {
	const tokens = ids.length;
	const all = stageCost.exactBody(decoder, layer, tokens, sequenceLength);
	const model = stageCost.body(decoder, tokens, sequenceLength) + stageCost.head(decoder, tokens, 1);
	const share = Math.min(MOST_SEQUENCES_SHARE, Math.max(CHEAP_OPERATIONS, MOST_COST * model) / all);
	return {
		sequenceLength,
		mostSequences: Math.ceil(tokens / sequenceLength * share)
	};
}
/** z of the calls in float64. Errors: those of running a model. */
async function exactPairs({ jumps, place }, calls, referee) {
	const pairs = /* @__PURE__ */ new Map();
	if (calls.length === 0) return pairs;
	const byRow = /* @__PURE__ */ new Map();
	for (const { row, feature } of calls) byRow.set(row, [...byRow.get(row) ?? [], feature]);
	const rows = [...byRow.keys()];
	const features = Int32Array.from(new Set(calls.map(({ feature }) => feature))).sort();
	const weights = await jumps.pick(features);
	const at = new Map([...features].map((feature, k) => [feature, k]));
	await exactStage(`${referee.name}: close calls at ${place.id}`, place, rows, referee)((row, x) => {
		for (const feature of byRow.get(row) ?? []) {
			const z = preActivation(columnOf(weights, present(at.get(feature))), present(jumps.bias[feature]), x, 0);
			pairs.set(pairKey(jumps.bias.length, row, feature), z);
		}
	});
	return pairs;
}
/** Rows in float64 as the SAE sees them, as a stage of the audit. */
function exactStage(stage, { center, dictionary: { reads: hook } }, rows, { source, work, scale }) {
	const tokens = exactTokens(rows, source.sequenceLength);
	const cost = stageCost.exactBody(source.model.decoder, hook.layer, tokens, source.sequenceLength);
	const onTokens = work.stage(stage, cost, tokens);
	const seen = (values) => {
		if (!center && scale === 1) return values;
		const x = Float64Array.from(values);
		if (center) centerRows(x, x.length);
		if (scale !== 1) scaleRows(x, scale);
		return x;
	};
	return (visit) => exactRows(source, {
		hook,
		rows
	}, {
		visit: (row, values) => visit(row, seen(values)),
		onTokens
	});
}
// src/audit/close-calls/close-cells.ts
/**
* @file Sums of one feature over one batch, where the graph found a pre-activation near the threshold: made in float64 from
* the float32 rows, in place of the graph's, with the close calls left out and put on a list.
*/
function batchRows(x, width) {
	return {
		x,
		norms: rowNorms(x, width)
	};
}
const nothingUndecided = () => ({
	calls: [],
	skipped: 0
});
/** Reads one feature off rows. */
function reader({ jumps, feature, weights: column }) {
	const bias = present(jumps.bias[feature]);
	const { typical, band } = jumps.error;
	return ({ x, norms }, i) => {
		const z = preActivation(column, bias, x, i);
		const apart = distance(jumps, feature, z, present(norms[i]));
		return {
			z,
			doubt: apart < band ? apart / typical : null
		};
	};
}
/** Sums of the reference over the sure rows of a batch; close calls are added to `calls`. */
function referenceCell(cell, rows, batch, calls) {
	const { jumps, feature } = cell;
	const read = reader(cell);
	const theta = present(jumps.threshold[feature]);
	let [sum, squares, firings, peak] = [
		0,
		0,
		0,
		0
	];
	for (const [i, row] of batch.rows.entries()) {
		const reference = read(rows, i);
		if (reference.doubt !== null) {
			calls.push({
				row,
				feature,
				tokenGroup: batch.tokenGroup,
				place: batch.place,
				reference
			});
			continue;
		}
		const a = jumpRelu(reference.z, theta);
		sum += a;
		squares += a * a;
		firings += a > 0 ? 1 : 0;
		peak = Math.max(peak, a);
	}
	return {
		sum,
		squares,
		firings,
		peak
	};
}
/** Sums of a candidate beside the reference, likewise. `column`: of the feature among those measured. */
function candidateCell(cell, [reference, candidate], batch, calls) {
	const { jumps, feature, column } = cell;
	const read = reader(cell);
	const theta = present(jumps.threshold[feature]);
	let [sum, squares, product, together, either] = [
		0,
		0,
		0,
		0,
		0
	];
	for (const [i, row] of batch.rows.entries()) {
		const call = {
			reference: read(reference, i),
			candidate: read(candidate, i)
		};
		if (call.reference.doubt !== null || call.candidate.doubt !== null) {
			calls.push({
				row,
				feature,
				column,
				tokenGroup: batch.tokenGroup,
				place: batch.place,
				...call
			});
			continue;
		}
		const b = jumpRelu(call.candidate.z, theta);
		sum += b;
		squares += b * b;
		const a = jumpRelu(call.reference.z, theta);
		product += a * b;
		together += a > 0 && b > 0 ? 1 : 0;
		either += a > 0 || b > 0 ? 1 : 0;
	}
	return {
		sum,
		squares,
		product,
		together,
		either
	};
}
/** One run is allowed this share of its features as cells, and a few: one takes as long as 100 features in the graph. */
const MOST_CELLS_SHARE = 1 / 64;
const FEW_CELLS = 16;
/**
* Columns with a row that is near in one of the models, whose sums are then made here: at most so many that they take about twice as long as the
* graph. Beyond that (thresholds that lie everywhere near) the graph's own sums stay, and they are `skipped`, once for each model.
*/
function closeColumns(near, undecided) {
	const width = present(near[0]).length;
	const most = FEW_CELLS + width * MOST_CELLS_SHARE;
	const columns = [];
	for (let k = 0; k < width; k++) {
		const count = near.reduce((sum, of) => sum + of[k], 0);
		if (count === 0) continue;
		if (columns.length < most) columns.push(k);
		else undecided.skipped += count;
	}
	return columns;
}
// src/audit/close-calls/record-calls.ts
/**
* @file Close calls of a part of a text, written down with what float32 and float64 say of each: which of them count as decided, all
* parts together tell (settle-open.ts). So all are decided here that float32 cannot tell, more than a single run would.
*/
/** Errors: those of running a model in float64. */
async function recordReference(watched, undecided, referee, part) {
	const of = {
		watched,
		undecided,
		readingOf: ({ reference }) => reference
	};
	const { calls, exact } = await recorded(of, referee, part);
	const reference = readings(undecided.calls, of.readingOf, exact);
	return {
		...calls,
		reference,
		candidate: null,
		threshold: watched.jumps.threshold
	};
}
/** `referee` null: nothing of the candidate can be had in float64. Errors: those of running a model in float64. */
async function recordCandidate(watched, undecided, referee, part) {
	const of = {
		watched,
		undecided,
		readingOf: ({ candidate }) => candidate
	};
	const { calls, exact } = await recorded(of, referee, part);
	return {
		...calls,
		reference: readings(undecided.calls, ({ reference }) => reference, null),
		candidate: readings(undecided.calls, of.readingOf, exact)
	};
}
async function recorded({ watched, undecided: { calls, skipped }, readingOf }, referee, { firstRow, tokens }) {
	const { jumps, place } = watched;
	const open = calls.filter((call) => readingOf(call).doubt !== null);
	const pairs = referee === null ? null : await exactPairs(watched, open, referee);
	const width = jumps.threshold.length;
	const allowance = referee && allowanceOf(referee.source.model.decoder, place.dictionary.reads.layer, {
		ids: { length: tokens },
		sequenceLength: referee.source.sequenceLength
	});
	return {
		exact: pairs && ((call) => pairs.get(pairKey(width, call.row, call.feature))),
		calls: {
			rows: Float64Array.from(calls, ({ row }) => firstRow + row),
			features: Float64Array.from(calls, ({ feature }) => feature),
			tokenGroups: Float64Array.from(calls, ({ tokenGroup }) => tokenGroup),
			apart: Float64Array.from(calls, ({ place: where }) => where === "first" ? 1 : 0),
			skipped,
			mostSequences: allowance?.mostSequences ?? null
		}
	};
}
function readings(calls, readingOf, exact) {
	return {
		z: Float64Array.from(calls, (call) => readingOf(call).z),
		doubt: Float64Array.from(calls, (call) => readingOf(call).doubt ?? -1),
		exact: Float64Array.from(calls, (call) => {
			const { z, doubt } = readingOf(call);
			return exact === null || doubt === null ? z : present(exact(call), "a close call in float64");
		})
	};
}
// src/audit/close-calls/watch.ts
/**
* @file Watches over the passes of one read-out whose activations jump: what the graph is to mark, the sums of a batch made
* again where it marked something, and in the end every close call decided and added to the sums that it belongs to.
*/
/** Of the reference's pass over every feature. */
var ReferenceWatch = class {
	#watched;
	#undecided = nothingUndecided();
	constructor(watched) {
		this.#watched = watched;
	}
	/** Where these features come too near to their thresholds. */
	bands(ids) {
		return graphBands(this.#watched.jumps, ids);
	}
	/** Close calls found, which are in no sum until they are decided. */
	get calls() {
		return this.#undecided.calls;
	}
	look(inputs) {
		return sighting(this.#watched.jumps, inputs, 1);
	}
	/** Make the sums of features with a close call in the batch again, in place. */
	mend(tile, { result, sighting, batch, held, first }) {
		const { jumps } = this.#watched;
		const rows = present(sighting.rows[0]);
		const near = nearOf({
			held,
			first,
			sighting
		}, [result.float32("near_0")], [0]);
		for (const k of closeColumns(near, this.#undecided)) {
			const cell = referenceCell({
				jumps,
				feature: present(held.ids[first + k], "a feature"),
				weights: columnOf(held.encoder, first + k)
			}, rows, batch, this.#undecided.calls);
			tile.sum[k] = cell.sum;
			tile.sumOfSquares[k] = cell.squares;
			tile.firings[k] = cell.firings;
			tile.peak[k] = cell.peak;
		}
	}
	/** Decide what is open and add it to the sums, in place. */
	async decide(sums, referee) {
		return await decideReference(this.#watched, this.#undecided, sums, referee);
	}
	/** Write down what is open. */
	async record(referee, part) {
		return await recordReference(this.#watched, this.#undecided, referee, part);
	}
};
/** Of a pass of candidates beside the reference. */
var CandidateWatch = class {
	#watched;
	#decided;
	#undecided = /* @__PURE__ */ new Map();
	/** `decided` null: calls are written down, and decided elsewhere. */
	constructor(watched, decided) {
		this.#watched = watched;
		this.#decided = decided;
	}
	/** Where these features come too near to their thresholds. */
	bands(ids) {
		return graphBands(this.#watched.jumps, ids);
	}
	/** Close calls of candidate `c` (0 is the first), which are in no sum until they are decided. */
	callsOf(c) {
		return this.#of(c).calls;
	}
	look(inputs, candidates) {
		return sighting(this.#watched.jumps, inputs, candidates + 1);
	}
	/** Make the sums of candidate `c` again where it or the reference has a close call in the batch, in place. */
	mend(c, tile, { result, sighting, batch, held, first }) {
		const { jumps } = this.#watched;
		const undecided = this.#of(c);
		const rows = [present(sighting.rows[0]), present(sighting.rows[c + 1])];
		const least = [result.float32("near_0"), result.float32(`near_${c + 1}`)];
		for (const k of closeColumns(nearOf({
			held,
			first,
			sighting
		}, least, [0, c + 1]), undecided)) {
			const cell = candidateCell({
				jumps,
				feature: present(held.ids[first + k], "a feature"),
				column: held.firstColumn + first + k,
				weights: columnOf(held.encoder, first + k)
			}, rows, batch, undecided.calls);
			tile.sum[k] = cell.sum;
			tile.sumOfSquares[k] = cell.squares;
			tile.product[k] = cell.product;
			tile.together[k] = cell.together;
			tile.either[k] = cell.either;
		}
	}
	/** Decide what is open of candidate `c` and add it to its sums, in place. Returns warnings. */
	async decide(c, sums) {
		if (this.#decided === null) throw new RangeError("the reference comes first");
		return await decideCandidate(this.#watched, this.#decided, this.#of(c), sums);
	}
	/** Write down what is open of candidate `c`; `referee` null: float32 decides. */
	async record(c, referee, part) {
		return await recordCandidate(this.#watched, this.#of(c), referee, part);
	}
	#of(c) {
		const known = this.#undecided.get(c);
		if (known !== void 0) return known;
		const fresh = nothingUndecided();
		this.#undecided.set(c, fresh);
		return fresh;
	}
};
/** The rows of each model in a batch, and how far the graph's bands reach there. */
function sighting(jumps, inputs, models) {
	const rows = Array.from({ length: models }, (_, m) => {
		const x = inputs[`x_${m}`];
		if (x?.type !== "float32") throw new RangeError(`x_${m} is missing`);
		return batchRows(x.data, jumps.d_in);
	});
	return {
		rows,
		reaches: rows.map(({ norms }) => graphReach(jumps, norms))
	};
}
/** Of the run's features, by model: does one of its rows lie in the band? `least`: the smallest |z − θ| of its rows. */
function nearOf({ held, first, sighting }, least, models) {
	const { slack, scale } = present(held.bands);
	return least.map((of, i) => {
		const reach = present(sighting.reaches[present(models[i])]);
		return Uint8Array.from(of, (apart, k) => Number(apart < slack[first + k] + scale[first + k] * reach));
	});
}
// src/audit/close-calls/close-calls.ts
/** Close calls at one read-out: the reference's are decided first, then candidates' likewise. */
var CloseCalls = class {
	reference;
	#run;
	#watched;
	#referee;
	#decided = null;
	constructor(run, watched, referee) {
		this.#run = run;
		this.#watched = watched;
		this.#referee = referee;
		this.reference = new ReferenceWatch(watched);
	}
	/** Decide the reference's calls and add them to its sums, in place. Returns warnings. */
	async settleReference(sums) {
		const { active: activeRate } = this.#run.config.thresholds;
		this.#decided = await this.reference.decide({
			...sums,
			activeRate
		}, this.#referee);
		return this.#decided.warnings;
	}
	/** For a pass of candidates. */
	candidates() {
		return new CandidateWatch(this.#watched, this.#decided);
	}
	/** Of a part of a text: the reference's calls, written down; they stay out of its sums. Errors: those of running a model. */
	async recordReference() {
		return await this.reference.record(this.#referee, this.#part());
	}
	/** One candidate's calls, likewise. */
	async recordCandidate(watch, index, of) {
		return await watch.record(index, refereeOf(this.#run, of), this.#part());
	}
	#part() {
		const { part, sequences } = this.#run.tokens;
		const { blockLength } = sequences;
		return {
			firstRow: part.firstSequence * blockLength,
			tokens: part.sequences * blockLength
		};
	}
	/** Decide one candidate's calls and add them to its sums, in place. Returns warnings. */
	async settleCandidate(watch, sums) {
		const referee = refereeOf(this.#run, sums);
		return await watch.decide(sums.index, {
			moments: sums.moments,
			referee
		});
	}
};
/** Null: nothing jumps there, or the reference cannot be had in float64 and float32 decides. */
async function closeCallsAt(run, readout, reference, { residuals, tokens }) {
	const referee = refereeOf(run, reference);
	const sampled = refereeOf({
		...run,
		tokens
	}, reference);
	const encoder = referee === null ? null : jumpEncoder(readout.encoder);
	if (encoder === null || referee === null || sampled === null) return null;
	return new CloseCalls(run, {
		jumps: await measureFloat32(encoder, readout, residuals, sampled),
		place: readout
	}, referee);
}
function refereeOf({ tokens, device, memory, work }, { name, model, scale }) {
	if (model === null || !hasExactRows(model, device)) return null;
	const { ids, blockLength: sequenceLength } = tokens.sequences;
	return {
		name,
		scale,
		source: {
			model,
			ids,
			sequenceLength,
			device,
			memory
		},
		work
	};
}
/** Would rows of this model be decided in float64 at that read-out? */
function hasCloseCalls({ encoder }, model, device) {
	return hasExactRows(model, device) && jumpEncoder(encoder) !== null;
}
/** Tokens that are run again in float64 for an SAE whose activations jump, at most what is allowed: 8 % of the Gemma-2 fixture's. */
const EXACT_SHARE = .08;
/** An estimate, before anything is known of the activations. */
function closeCallCost({ dictionary: { encoder, reads } }, decoder, tokens) {
	if (!canJump(encoder)) return 0;
	const { ids, blockLength: sequenceLength } = tokens.sequences;
	const { mostSequences } = allowanceOf(decoder, reads.layer, {
		ids,
		sequenceLength
	});
	const rows = Math.min(EXACT_SHARE * tokens.chunked.plan.rows, mostSequences * sequenceLength);
	return stageCost.exactBody(decoder, reads.layer, rows, tokens.longest);
}
// src/audit/run/claims.ts
/** L0 depends on the text: a factor of two either way is common between a training corpus and another. */
const L0_FACTOR = 2.5;
/** Variance unexplained likewise; a claim may be about other positions. */
const UNEXPLAINED_MARGIN = .15;
/** Sentences without the read-out's name. */
function claimWarnings(claims, measured) {
	const { l0, unexplained, model, contextSize } = claims;
	const found = [];
	if (l0 !== null && (measured.l0 > l0 * L0_FACTOR || measured.l0 < l0 / L0_FACTOR)) found.push(`${measured.l0.toFixed(1)} features fire per position, where the SAE's own files say ${l0}: check its hook, --center and a factor on its input`);
	if (unexplained !== null && (measured.unexplained ?? 0) > unexplained + UNEXPLAINED_MARGIN) found.push(`it leaves ${percent(measured.unexplained ?? 0)} of the variance unexplained, where its own files say ${percent(unexplained)}`);
	if (model !== null && isOtherModel(model, measured.reference)) found.push(`it was trained on ${model}, and the reference is ${measured.reference}`);
	if (contextSize !== null && measured.end > contextSize) found.push(`it was trained on contexts of ${contextSize} tokens, and sequences have ${measured.blockLength}: positions beyond are new to it, and --block-length ${contextSize} makes none`);
	return found;
}
const percent = (part) => `${(100 * part).toFixed(0)} %`;
/** Names of the same model differ by owner, by `-small` and by how it was tuned; a path on this machine says nothing. */
function isOtherModel(claimed, reference) {
	const match = /^hf:[^/]+\/([^/@]+)/.exec(reference);
	if (match === null) return false;
	const plain = (name) => (name.split("/").at(-1) ?? name).toLowerCase().replace(/-(small|pt|base|hf|v0\.1)$/, "").replaceAll(/[^a-z0-9.]/g, "");
	const [a, b] = [plain(claimed), plain(match[1] ?? "")];
	return !(a.includes(b) || b.includes(a));
}
// src/audit/features/fit-figures.ts
/** @file Does the SAE fit this model? How much of the residual's variance it leaves unexplained. Pure. */
/** A dictionary that leaves this much unexplained is the wrong one: trained SAEs leave 0.05 to 0.4. */
const WORST_FIT = .9;
/** A variance of less than this part of the mean square is the rounding of residuals that are all the same. */
const LEAST_SPREAD = 1e-6;
function fitFigures(groups) {
	return {
		...present(fitsOf(groups.own)[0]),
		better: betterScaleOf(groups)
	};
}
/** SAE_BAD_FIT, or RESIDUALS_ALIKE where it is the text's fault and not the SAE's; null: it fits. */
function misfitOf({ sae, hook }, { unexplained, spread }, l0, corpus) {
	if (unexplained >= 0 && unexplained <= WORST_FIT) return null;
	if (!(spread >= LEAST_SPREAD)) return residualsAlike(corpus, hook);
	return badFit(sae, hook, `${(100 * unexplained).toFixed(0)} %`, l0.toFixed(1));
}
// src/audit/features/readout-figures.ts
/** Errors: SAE_BAD_FIT, RESIDUALS_ALIKE. */
function readoutFigures(place, { moments, fit: groups, variance, warnings: undecided }, config) {
	const counted = countedMoments(place, moments, addReferenceMoments);
	const active = activeFeatures(counted, config.thresholds.active);
	const fit = groups === null ? null : fitFigures(groups);
	const report = {
		...readoutReport(place, counted),
		varianceUnexplained: fit?.unexplained ?? null,
		active: active.length,
		thresholds: { ...config.thresholds }
	};
	const misfit = fit === null ? null : misfitOf(place, fit, report.l0, config.corpus.source);
	if (misfit !== null && !config.allowBadFit) throw misfit;
	const allowed = misfit === null ? [] : [`${place.id}: ${misfit.message} Audited all the same, by --allow-bad-fit`];
	const loaded = [...claimWarnings(place.claims, {
		l0: report.l0,
		unexplained: report.varianceUnexplained,
		reference: config.reference,
		blockLength: config.corpus.blockLength,
		end: sliceOf(place.positions).end ?? config.corpus.blockLength
	}), ...scaleWarnings(fit)].map((said) => `${place.id}: ${said}`);
	const warnings = [
		...undecided,
		...allowed,
		...silentWarnings(report),
		...placeWarnings(report),
		...loaded
	];
	return {
		place,
		moments,
		counted,
		active,
		report,
		firstShare: firstShareOf(variance),
		warnings
	};
}
/** An SAE whose input was scaled in training by a factor that its files do not say. */
function scaleWarnings(fit) {
	if (fit === null || fit.better === null) return [];
	const { better } = fit;
	const left = (part) => `${(100 * part).toFixed(0)} %`;
	return [`with its input times ${better.scale.toPrecision(2)} the SAE would leave ${left(better.unexplained)} of the variance unexplained, not ${left(fit.unexplained)}: a factor that it was trained with may be missing`];
}
/** Where nothing counts as active, fractions are 0 of 0: said, because a table cannot. */
function silentWarnings({ id, active, thresholds }) {
	if (active > 0) return [];
	return [`${id}: no feature fires on more than ${100 * thresholds.active} % of the reference's tokens, so nothing can be said of survival; use more text, or check that this SAE was trained on this model`];
}
/** Trained SAEs leave 0.05 to 0.4 of the variance where they were trained. */
const MUCH_UNEXPLAINED = .5;
const MANY_DEAD = .2;
/** An SAE at another place than it was trained for: it may run, and says little. */
function placeWarnings({ id, varianceUnexplained, dead, width, tokens }) {
	const signs = [...varianceUnexplained !== null && varianceUnexplained > MUCH_UNEXPLAINED ? [`it leaves ${(100 * varianceUnexplained).toFixed(0)} % of the residual's variance unexplained`] : [], ...dead / width > MANY_DEAD ? [`${dead} of its ${width} features (${(100 * dead / width).toFixed(0)} %) fire nowhere in ${tokens} tokens`] : []];
	if (signs.length === 0) return [];
	return [`${id}: the SAE may be at the wrong place, or of another model: ${signs.join(", and ")}; check its hook, --center and --positions`];
}
/** The sums over the positions that count at this read-out. */
function countedMoments(readout, moments, add) {
	return readout.positions === "all" ? add(moments.first, moments.rest) : moments.rest;
}
function readoutReport({ sae, pattern, claims: _, decoderNorms: _n, ...place }, counted) {
	const { id, hook, layer, width, modelWidth, architecture, sha256, center, positions, neuronpedia } = place;
	return {
		id,
		sae,
		...pattern === null ? {} : { pattern },
		hook,
		layer,
		width,
		modelWidth,
		architecture,
		sha256,
		center,
		positions,
		tokens: countedPositions(counted),
		l0: meanFiring(counted),
		dead: deadFeatures(counted),
		neuronpedia
	};
}
// src/statistics/intervals/chosen-groups.ts
/**
* @file Sums over some of the token groups, in as many groups as intervals can be made of: neighbours are put together, since sums
* add. Half-samples ask for a number of groups, not for equal sizes.
*/
/** The largest number of groups there can be from those that are kept; null: too few for an interval. */
function chooseGroups(kept) {
	const count = kept.filter((one) => one).length;
	const groups = GROUP_COUNTS.find((possible) => possible <= count);
	if (groups === void 0) return null;
	let seen = 0;
	return {
		groups,
		of: Int32Array.from(kept, (one) => one ? Math.floor(seen++ * groups / count) : -1)
	};
}
/** (G, columns) sums → (groups, columns) sums of the chosen ones. */
function chosenSums(sums, { groups, of }, columns = 1) {
	const chosen = new Float64Array(groups * columns);
	for (const [g, to] of of.entries()) {
		if (to < 0) continue;
		for (let k = 0; k < columns; k++) chosen[to * columns + k] += sums[g * columns + k];
	}
	return chosen;
}
// src/audit/subjects/candidate.ts
/** A kind that no branch knows: the compiler refuses the call. */
function unknownKind(candidate) {
	throw new RangeError(`a candidate of no known kind: ${JSON.stringify(candidate)}`);
}
/** Token ids that it knows are below this. */
function vocabularyOf(candidate) {
	switch (candidate.kind) {
		case "derived":
		case "stored": return candidate.model.decoder.spec.n_vocab;
		case "onnx": return candidate.vocabulary;
		default: return unknownKind(candidate);
	}
}
/** What the user should know about it. */
function warningsOf(candidate) {
	switch (candidate.kind) {
		case "derived":
		case "stored": return candidate.model.warnings;
		case "onnx": return candidate.warnings;
		default: return unknownKind(candidate);
	}
}
/** Was its residual stream turned back into the reference's basis? */
function isTurnedBack(candidate) {
	switch (candidate.kind) {
		case "derived":
		case "stored": return candidate.model.basis !== null;
		case "onnx": return false;
		default: return unknownKind(candidate);
	}
}
/** Files of its own; null: it is made of the reference's. */
function artifactOf(candidate) {
	switch (candidate.kind) {
		case "derived": return null;
		case "stored": return candidate.checkpoint;
		case "onnx": return candidate.user;
		default: return unknownKind(candidate);
	}
}
/** Close what was opened for the candidates. */
async function closeCandidates(candidates) {
	for (const candidate of candidates) await closeCandidate(candidate);
}
async function closeCandidate(candidate) {
	switch (candidate.kind) {
		case "derived":
			if (candidate.base !== void 0) await closeCandidate(candidate.base);
			return;
		case "stored":
			await candidate.checkpoint.close();
			return await candidate.checkpoint.files.close();
		case "onnx":
			await candidate.user.close();
			return await candidate.user.files.close();
		default: return unknownKind(candidate);
	}
}
// src/audit/subjects/not-compressed.ts
/** Refuse a candidate whose weights and config are the reference's files. Errors: CANDIDATE_IS_REFERENCE, those of reading. */
async function refuseReference({ checkpoint }, candidates) {
	for (const candidate of candidates) {
		const artifact = artifactOf(candidate);
		if (artifact === null || await artifact.weightsSha256() !== await checkpoint.weightsSha256()) continue;
		const [own, theirs] = [await artifact.fileDigests(), await checkpoint.fileDigests()];
		if (configOf(own) === configOf(theirs)) throw candidateIsReference(candidate.spec, checkpoint.spec);
	}
}
const configOf = (files) => files["config.json"];
/** Said before anything is measured: as many bytes as the reference's, or rounded values that only simulate a packing. */
function plainFloatWarnings(candidate) {
	if (candidate.kind !== "stored" || candidate.compression !== null) return [];
	return [`its weights are stored as ${candidate.checkpoint.storedAs} and none is quantized: nothing was compressed, or the compression is only simulated, and what is shipped has to be audited itself`];
}
/** Not a bit of difference that could be seen: then this says nothing of the compressed model. */
function noDamageWarnings(klMean, features) {
	if (!(features.length > 0 && features.every(({ survived }) => survived.fraction === 1)) || klMean === null || !(klMean < LEAST_KL)) return [];
	return [`every active feature survives at a mean KL of ${klMean.toExponential(1)}: nothing was compressed, as far as can be measured; check that this is the compressed model`];
}
/** Nats. Rounding to 8 bits gives 1e-4 to 1e-2; float32 against float32 about 1e-12. */
const LEAST_KL = 1e-6;
export { ROW_PLACES as $, storedEncoder as A, relativeRounding as B, settleReference as C, featureChunks as D, encoderRanges as E, passInputs as F, withReader as G, loadProgram as H, residualRows as I, RESIDUAL as J, createLanes as K, gatherRows as L, wholeGroups as M, isRescaled as N, heldEncoder as O, scalingBetween as P, COUNTED_ROWS as Q, addTally as R, settleCandidate as S, encoderOf as T, partByPart as U, streamWarnings as V, runPart as W, bodyFragment as X, RESIDUAL_BEFORE as Y, COMPUTED_ROW as Z, float32Sequences as _, closeCandidates as a, SAFE_TILING as at, leftWarnings as b, vocabularyOf as c, chosenSums as d, sequenceInputs as et, countedMoments as f, hasCloseCalls as g, closeCallsAt as h, artifactOf as i, CPU_TILING as it, wholeEncoder as j, pickFeatures as k, warningsOf as l, closeCallCost as m, plainFloatWarnings as n, rowWidth as nt, isTurnedBack as o, readoutFigures as p, HIDDEN as q, refuseReference as r, stageCost as rt, unknownKind as s, noDamageWarnings as t, createRowStore as tt, chooseGroups as u, callEffects as v, constantFeatures as w, pairKey as x, chooseCalls as y, emptyTally as z };
