import { i as problem } from "./shared-problem.js";
// src/errors/user-onnx.ts
/** @file Problems of a user's own ONNX model as a candidate. */
const listed = (names) => {
	const shown = names.slice(0, 24).join(", ");
	return names.length > 24 ? `${shown}, … (${names.length} in all)` : shown;
};
const onnxMalformed = problem("ONNX_MALFORMED", 2, (file, byte, reason) => ({
	message: `${file} is not a readable ONNX model: at byte ${byte}, ${reason}.`,
	fix: "Fetch or export the file again; a web page or a git-lfs pointer in its place is the usual cause."
}));
const onnxTooLarge = problem("ONNX_TOO_LARGE", 2, (file, what, most) => ({
	message: `${file} has ${what}; at most ${most} are read.`,
	fix: "Export the model with its weights as external data; a protobuf cannot hold more than 2 GiB."
}));
const onnxVersion = problem("ONNX_VERSION_TOO_NEW", 2, (file, what, found, newest) => ({
	message: `${file} uses ${what} ${found}; the engine of this release runs up to ${newest}.`,
	fix: `Export the model again with ${what} ${newest} or lower, or use a newer release of saegate.`
}));
const onnxSeveral = problem("ONNX_AMBIGUOUS", 2, (spec, found) => ({
	message: `${spec} holds several ONNX models: ${listed(found)}.`,
	fix: "Name the one to audit, for example ./model/onnx/model_q4.onnx."
}));
const onnxInput = problem("ONNX_INPUT", 2, (file, input, found, reason) => ({
	message: `${file}: input "${input}" (${found}) ${reason}.`,
	fix: "Export a decoder that takes input_ids and, if it must, attention_mask, position_ids and past_key_values, with batch and length left open."
}));
const onnxNoTokens = problem("ONNX_NO_TOKENS", 2, (file, inputs) => ({
	message: `${file} takes no token ids; its inputs: ${listed(inputs)}.`,
	fix: "Export the decoder with input_ids [batch, sequence], int64 or int32, as an input."
}));
const onnxNoLogits = problem("ONNX_NO_LOGITS", 2, (file, outputs) => ({
	message: `${file} gives no logits [batch, sequence, vocabulary]; its outputs: ${listed(outputs)}.`,
	fix: "Export the model with its language-model head (Optimum: --task text-generation)."
}));
const onnxShape = problem("ONNX_SHAPE", 2, (file, value, found, expected) => ({
	message: `${file}: "${value}" came out as [${found.join(", ")}]; ${expected} was expected.`,
	fix: "Check that the model belongs to this reference and gives logits for every position; with --tap, name a value of the residual stream."
}));
const onnxLastLogits = problem("ONNX_LAST_LOGITS", 2, (file, name, sign) => ({
	message: `${file}: "${name}" holds the logits of the last position only (${sign}); perplexity and KL need those of every position.`,
	fix: "Export it with the logits of every position (onnxruntime-genai: without prune_lm_head; torch: logits_to_keep 0)."
}));
const onnxFixedLength = problem("ONNX_FIXED_LENGTH", 2, (file, found, asked) => ({
	message: `${file} was exported for sequences of exactly ${found} tokens; the audit runs ${asked}.`,
	fix: `Use --block-length ${found} and chunked perplexity only, or export with an open sequence length.`
}));
const onnxDataMissing = problem("ONNX_DATA_MISSING", 2, (file, tensor, data) => ({
	message: `${file}: tensor "${tensor}" lies in "${data}", which is not beside the model.`,
	fix: "Copy the external data file into the folder of the model, under the name it was exported with."
}));
const onnxDataOutside = problem("ONNX_DATA_OUTSIDE", 2, (file, tensor, data) => ({
	message: `${file}: tensor "${tensor}" names the data file "${data}", outside the folder of the model.`,
	fix: "Nothing outside that folder is read. Export the model again with its data beside it; do not use a model from a source you do not trust."
}));
const onnxDataShort = problem("ONNX_DATA_SHORT", 2, (file, tensor, data, end, bytes) => ({
	message: `${file}: tensor "${tensor}" ends at byte ${end} of "${data}", which has ${bytes}.`,
	fix: "The download or export was cut short: fetch the data file again."
}));
const onnxRefused = problem("ONNX_REFUSED", 2, (file, reason) => ({
	message: `${file} cannot be loaded: ${reason}`,
	fix: "Check that the model runs in onnxruntime at all; operators of other engines and prepacked GPU weights do not."
}));
const onnxTapUnclear = problem("ONNX_TAP_UNCLEAR", 2, (file, hook, found, expected, values) => ({
	message: `${file}: ${hook} cannot be placed: a model like the reference adds to its residual stream ${expected} times, this one ${found} times. The values of the stream, in order: ${listed(values)}.`,
	fix: "Name the value that is this hook with --tap (`saegate inspect` lists them)."
}));
const onnxTapUnknown = problem("ONNX_TAP_UNKNOWN", 2, (file, tap, values) => ({
	message: `${file}: --tap ${tap}: no node of the model gives that value. The values of the residual stream: ${listed(values)}.`,
	fix: "Give one of these, or another node output (`saegate inspect` lists them)."
}));
const onnxTapHook = problem("ONNX_TAP_HOOK", 2, (file, hook, reason) => ({
	message: `${file}: ${hook}: ${reason}.`,
	fix: "Use SAEs of hook_resid_pre, hook_resid_mid or hook_resid_post, or name the value with --tap and audit one hook at a time."
}));
const onnxFusedAttention = problem("ONNX_FUSED_ATTENTION", 2, (file, op) => ({
	message: `${file}: its ${op} nodes cannot run on WebGPU: onnxruntime’s fused attention drops soft caps there, and gives wrong results on some drivers.`,
	fix: "Use --device cpu, or export with attention spelled out (torch: attn_implementation=\"eager\")."
}));
const onnxSubgraph = problem("ONNX_MERGED", 2, (file, node) => ({
	message: `${file}: the whole decoder lies inside the branches of the If node "${node}", whose condition is not use_cache_branch; its values cannot be read.`,
	fix: "Give the export before it was merged (decoder_model.onnx), or a plain one."
}));
// src/onnx/graph/wire.ts
/**
* @file Reads protobuf's wire format from bytes nobody vouches for: every length is checked against the message it lies
* in, fields are counted against a budget, and nothing is copied. https://protobuf.dev/programming-guides/encoding/
*
* Left out: groups (deprecated since 2008; ONNX never had them).
*/
/**
* Fields that one model may have. The largest exports have about two million; each costs at most some 200 bytes here,
* so a hostile file of tiny messages stays below two gigabytes.
*/
const MOST_FIELDS = 8e6;
/** Names decoded from one model, bytes; a hundred thousand nodes with long paths for names have some 50 MB. */
const MOST_TEXT = 256 * 2 ** 20;
const LONGEST_NAME = 65536;
const text = new TextDecoder("utf-8");
/** The bytes of one file, read as messages. */
var Wire = class {
	file;
	bytes;
	#view;
	#fieldsLeft = MOST_FIELDS;
	#textLeft = MOST_TEXT;
	constructor(file, bytes) {
		this.file = file;
		this.bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}
	/** The fields of the message in [start, end). Errors: ONNX_MALFORMED, ONNX_TOO_LARGE. */
	*fields(start = 0, end = this.bytes.byteLength) {
		for (let at = start; at < end;) {
			if (this.#fieldsLeft-- === 0) throw onnxTooLarge(this.file, "too many protobuf fields", MOST_FIELDS);
			const tag = this.#varint(at, end);
			const field = this.#field(tag.value, tag.next, end);
			at = field.end;
			yield field;
		}
	}
	/** The same, each with its bytes. */
	*rawFields(start = 0, end = this.bytes.byteLength) {
		let at = start;
		for (const field of this.fields(start, end)) {
			yield {
				...field,
				raw: this.bytes.subarray(at, field.end)
			};
			at = field.end;
		}
	}
	/** A name. Errors: ONNX_MALFORMED when it is longer than names are. */
	string({ start, end }) {
		if (end - start > LONGEST_NAME) throw this.malformed(start, `a name has ${end - start} bytes`);
		this.#textLeft -= end - start;
		if (this.#textLeft < 0) throw onnxTooLarge(this.file, "too many bytes of names", MOST_TEXT);
		return text.decode(this.bytes.subarray(start, end));
	}
	/** The integers of a repeated field, whether packed or one at a time. */
	*integers(field) {
		if (field.kind === "varint") yield field.value;
		if (field.kind !== "bytes") return;
		for (let at = field.start; at < field.end;) {
			if (this.#fieldsLeft-- === 0) throw onnxTooLarge(this.file, "too many protobuf fields", MOST_FIELDS);
			const { value, next } = this.#varint(at, field.end);
			at = next;
			yield value;
		}
	}
	malformed(byte, reason) {
		return onnxMalformed(this.file, byte, reason);
	}
	#field(tag, at, end) {
		const number = Math.floor(tag / 8);
		if (number === 0 || number > 536870911) throw this.malformed(at, `a field is numbered ${number}`);
		switch (tag % 8) {
			case 0: {
				const { value, next } = this.#varint(at, end);
				return {
					number,
					kind: "varint",
					value,
					start: at,
					end: next
				};
			}
			case 1: return {
				number,
				kind: "fixed64",
				value: 0,
				start: at,
				end: this.#within(at, 8, end)
			};
			case 2: {
				const { value, next } = this.#varint(at, end);
				return {
					number,
					kind: "bytes",
					value: 0,
					start: next,
					end: this.#within(next, value, end)
				};
			}
			case 5: {
				const past = this.#within(at, 4, end);
				return {
					number,
					kind: "float",
					value: this.#view.getFloat32(at, true),
					start: at,
					end: past
				};
			}
			default: throw this.malformed(at, `wire type ${tag % 8} is not one that ONNX uses`);
		}
	}
	#within(start, length, end) {
		if (!(length >= 0 && length <= end - start)) throw this.malformed(start, `a length of ${length} leaves its message, which ends at byte ${end}`);
		return start + length;
	}
	/** Signed 64-bit; beyond 2^53 rounded. */
	#varint(start, end) {
		let value = 0;
		for (let i = 0; i < 10 && start + i < end; i++) {
			const byte = this.bytes[start + i] ?? 0;
			if (i < 7) value += (byte & 127) * 2 ** (7 * i);
			if (byte < 128) return {
				value: i < 7 ? value : this.#wideVarint(start, i + 1),
				next: start + i + 1
			};
		}
		throw this.malformed(start, "a number does not end");
	}
	#wideVarint(start, length) {
		let value = 0n;
		for (let i = 0; i < length; i++) value |= BigInt((this.bytes[start + i] ?? 0) & 127) << BigInt(7 * i);
		return Number(BigInt.asIntN(64, value));
	}
};
export { onnxTapUnclear as _, onnxFixedLength as a, onnxVersion as b, onnxLastLogits as c, onnxNoTokens as d, onnxRefused as f, onnxTapHook as g, onnxSubgraph as h, onnxDataShort as i, onnxMalformed as l, onnxShape as m, onnxDataMissing as n, onnxFusedAttention as o, onnxSeveral as p, onnxDataOutside as r, onnxInput as s, Wire as t, onnxNoLogits as u, onnxTapUnknown as v, onnxTooLarge as y };
