import { t as transposedMatrix } from "./shared-transposed.js";
// src/tensors/tensor-rows.ts
/** Read rows of one tensor. What cannot be read apart is kept whole as long as the reader is. Errors: the table's own. */
function tensorRows(table, name) {
	const apart = table.rowsOf?.(name) ?? null;
	if (apart !== null) return apart;
	let whole = null;
	return async (range) => {
		whole ??= table.read(name);
		return cutRows(await whole, range);
	};
}
/** Can rows of the tensor be read without the others? */
function hasRows(table, name) {
	return (table.rowsOf?.(name) ?? null) !== null;
}
function cutRows(tensor, [start, end]) {
	const [, ...rest] = tensor.shape;
	const width = rest.reduce((product, size) => product * size, 1);
	const shape = [end - start, ...rest];
	if (tensor.type === "float32") return {
		type: tensor.type,
		shape,
		data: tensor.data.subarray(start * width, end * width)
	};
	return {
		type: tensor.type,
		shape,
		data: tensor.data.subarray(start * width, end * width)
	};
}
// src/checkpoints/single-experts.ts
/** Published: 512. A file that says more is left as it is, and its tensors then fit no family. */
const MOST_EXPERTS = 4096;
/** Families that store an expert as [in, out]. */
const TURNED = ["gpt_oss", "qwen3_vl_moe"];
/** Modules of all experts, and what of them is stored. */
const TOGETHER = /^(.+\.experts)\.(gate_up_proj|gate_proj|up_proj|down_proj|w[123])(_bias|\.bias|\.weight|)$/;
const GRANITE = /^(.+\.block_sparse_moe)\.((?:input|output)_linear)\.weight$/;
/** The same tensors, experts apart; the table itself where none are stored together. Errors on read: the table's own. */
function withSingleExperts(table, { model_type }) {
	const turned = typeof model_type === "string" && TURNED.includes(model_type);
	const all = [...table.entries.values()].flatMap((entry) => fusedOf(entry, turned) ?? []);
	if (all.length === 0) return table;
	const fused = new Map(all.map((each) => [each.entry.name, each]));
	const entries = /* @__PURE__ */ new Map();
	const parts = /* @__PURE__ */ new Map();
	for (const entry of table.entries.values()) {
		const of = fused.get(entry.name);
		if (of === void 0) entries.set(entry.name, entry);
		for (let expert = 0; of !== void 0 && expert < countOf(entry); expert++) {
			const name = of.nameOf(expert);
			entries.set(name, partOf(of, name));
			parts.set(name, {
				of,
				expert
			});
		}
	}
	const readers = lastReader(table);
	return {
		entries,
		read: async (name) => {
			const part = parts.get(name);
			if (part === void 0) return await table.read(name);
			const { of, expert } = part;
			return single(await readers(of.entry.name)([expert, expert + 1]), of.turned);
		},
		rowsOf: (name) => parts.has(name) ? null : table.rowsOf?.(name) ?? null,
		close: () => table.close()
	};
}
const countOf = ({ shape }) => shape[0] ?? 0;
/** Null: no experts together. */
function fusedOf(entry, turned) {
	const { name, shape } = entry;
	if (countOf(entry) < 1 || countOf(entry) > MOST_EXPERTS) return null;
	const granite = GRANITE.exec(name);
	if (granite !== null && shape.length === 3) {
		const [, module = "", matrix = ""] = granite;
		return {
			entry,
			nameOf: (expert) => `${module}.experts.${expert}.${matrix}.weight`,
			turned: false
		};
	}
	const [, module, matrix, ending] = TOGETHER.exec(name) ?? [];
	const isBias = ending === "_bias" || ending === ".bias";
	const isOwn = ending === "";
	if (module === void 0 || shape.length !== (isBias ? 2 : 3)) return null;
	const kind = isBias ? "bias" : "weight";
	return {
		entry,
		nameOf: (expert) => `${module}.${expert}.${matrix}.${kind}`,
		turned: turned && isOwn
	};
}
function partOf({ entry, turned }, name) {
	const [experts = 1, ...rest] = entry.shape;
	const shape = turned ? rest.reverse() : rest;
	return {
		...entry,
		name,
		shape,
		byteLength: entry.byteLength / experts
	};
}
/** Readers of rows; what can only be read whole is kept for the expert after this one. */
function lastReader(table) {
	let last = null;
	return (name) => {
		if (last?.name !== name) last = {
			name,
			rows: tensorRows(table, name)
		};
		return last.rows;
	};
}
/** [1, out, in] or [1, in, out] → [out, in]; [1, out] → [out] */
function single(rows, turned) {
	const [, ...shape] = rows.shape;
	const [height = 1, width = 1] = shape;
	if (!turned) return rows.type === "float32" ? {
		...rows,
		shape
	} : {
		...rows,
		shape
	};
	const turnedShape = [width, height];
	return rows.type === "float32" ? {
		...rows,
		shape: turnedShape,
		data: transposedMatrix(rows.data, height, width)
	} : {
		...rows,
		shape: turnedShape,
		data: transposedMatrix(rows.data, height, width)
	};
}
export { hasRows as n, tensorRows as r, withSingleExperts as t };
