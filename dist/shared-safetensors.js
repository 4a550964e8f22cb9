import { t as refuseStandIn } from "./shared-stand-in.js";
import { d as safetensorsMalformed, m as tensorMissing } from "./shared-checkpoints.js";
import { i as parseJson, r as isJsonObject } from "./shared-json.js";
import { n as elementCount, r as isDtype, t as DTYPE_BYTES } from "./shared-raw-tensor.js";
// src/checkpoints/safetensors.ts
/** MAX_HEADER_SIZE of the reference implementation. */
const MAX_HEADER_BYTES = 1e8;
/** PyTorch tensors of models have up to 4 axes; numpy allows 64. Bounds messages and loops. */
const MAX_AXES = 64;
/** Open one file; closing the table closes the source. Errors: SAFETENSORS_MALFORMED, those of `refuseStandIn`. */
async function openSafetensors(source) {
	const dataStart = 8 + await readHeaderLength(source);
	const header = parseHeader(source.name, await source.read(8, dataStart));
	const entries = /* @__PURE__ */ new Map();
	for (const [name, described] of Object.entries(header)) if (name !== "__metadata__") entries.set(name, rawTensor(source, dataStart, name, described));
	requireBackToBack(source, dataStart, entries);
	return {
		entries,
		metadata: metadataOf(source.name, header),
		readBytes: async (name, range) => {
			const tensor = entries.get(name);
			if (tensor === void 0) throw tensorMissing(source.name, name);
			const [start, end] = range ?? [0, tensor.end - tensor.start];
			return source.read(tensor.start + start, Math.min(tensor.start + end, tensor.end));
		},
		close: () => source.close()
	};
}
async function readHeaderLength(source) {
	const { name, byteLength } = source;
	if (byteLength < 8) throw safetensorsMalformed(name, `it has only ${byteLength} bytes`);
	const start = await source.read(0, 8);
	const length = new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true);
	if (length > MAX_HEADER_BYTES) {
		await refuseStandIn(source);
		throw safetensorsMalformed(name, `it declares a header of ${length} bytes, more than ${MAX_HEADER_BYTES}`);
	}
	if (Number(length) > byteLength - 8) throw safetensorsMalformed(name, `it declares a header of ${length} bytes, but has ${byteLength} in all`);
	return Number(length);
}
function parseHeader(file, bytes) {
	if (bytes[0] !== 123) throw safetensorsMalformed(file, "its header does not begin with \"{\"");
	const outcome = parseJson(bytes);
	if ("reason" in outcome) throw safetensorsMalformed(file, `in its header: ${outcome.reason}`);
	if (!isJsonObject(outcome.value)) throw safetensorsMalformed(file, "its header is not a JSON object");
	return outcome.value;
}
function rawTensor(source, dataStart, name, described) {
	const refuse = (reason) => safetensorsMalformed(source.name, `tensor "${name}" ${reason}`);
	if (!isJsonObject(described)) throw refuse("is not described by an object");
	const { dtype, shape, data_offsets: offsets } = described;
	if (!isDtype(dtype)) throw refuse(`has the unknown dtype ${JSON.stringify(dtype)?.slice(0, 40)}`);
	const sizes = wholeNumbers(shape, MAX_AXES);
	if (sizes === null) throw refuse("has a shape that is not a list of whole numbers");
	const [begin, end] = wholeNumbers(offsets, 2) ?? [];
	if (begin === void 0 || end === void 0 || begin > end) throw refuse("has data_offsets that are not two whole numbers [begin, end] with begin ≤ end");
	const dataBytes = source.byteLength - dataStart;
	if (end > dataBytes) throw refuse(`ends at byte ${end} of the data, but the file has only ${dataBytes}`);
	const elements = elementCount(sizes);
	if (elements === null || elements * DTYPE_BYTES[dtype] !== end - begin) throw refuse(`has ${end - begin} bytes, which does not fit ${dtype} of shape [${sizes.join(", ")}]`);
	return {
		name,
		dtype,
		shape: sizes,
		start: dataStart + begin,
		end: dataStart + end,
		file: source.name
	};
}
/** A list of at most `most` safe integers ≥ 0, or null. */
function wholeNumbers(value, most) {
	if (!Array.isArray(value) || value.length > most) return null;
	const numbers = [];
	for (const item of value) {
		if (typeof item !== "number" || !Number.isSafeInteger(item) || item < 0) return null;
		numbers.push(item);
	}
	return numbers;
}
/** No byte of the data belongs to no tensor, or to two. */
function requireBackToBack(source, dataStart, entries) {
	const inOrder = [...entries.values()].sort((a, b) => a.start - b.start || a.end - b.end);
	let end = dataStart;
	for (const tensor of inOrder) {
		if (tensor.start !== end) {
			const how = tensor.start < end ? "overlaps the tensor before it" : "leaves a hole before it";
			const at = `begins at byte ${tensor.start - dataStart} of the data, not ${end - dataStart}`;
			throw safetensorsMalformed(source.name, `tensor "${tensor.name}" ${how} (it ${at})`);
		}
		end = tensor.end;
	}
	if (end !== source.byteLength) throw safetensorsMalformed(source.name, `${source.byteLength - end} bytes follow the last tensor`);
}
function metadataOf(file, header) {
	const described = Object.hasOwn(header, "__metadata__") ? header.__metadata__ : {};
	if (!isJsonObject(described)) throw safetensorsMalformed(file, "__metadata__ is not an object");
	const metadata = /* @__PURE__ */ new Map();
	for (const [key, value] of Object.entries(described)) {
		if (typeof value !== "string") throw safetensorsMalformed(file, `__metadata__ key "${key}" is not a string`);
		metadata.set(key, value);
	}
	return metadata;
}
export { openSafetensors as t };
