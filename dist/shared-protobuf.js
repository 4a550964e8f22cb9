// src/onnx/graph/protobuf.ts
/** @file The protobuf wire encodings that ONNX needs. https://protobuf.dev/programming-guides/encoding/ */
const utf8 = new TextEncoder();
const WIRE_VARINT = 0;
const WIRE_BYTES = 2;
const WIRE_FIXED32 = 5;
/** A protobuf message under construction. Field numbers are those of onnx.proto. */
var Message = class {
	#parts = [];
	int(field, value) {
		return this.#push(tag(field, WIRE_VARINT), value < 0 ? signedVarint(value) : varint(value));
	}
	float(field, value) {
		const bytes = /* @__PURE__ */ new Uint8Array(4);
		new DataView(bytes.buffer).setFloat32(0, value, true);
		return this.#push(tag(field, WIRE_FIXED32), bytes);
	}
	bytes(field, value) {
		return this.#push(tag(field, WIRE_BYTES), varint(value.byteLength), value);
	}
	string(field, value) {
		return this.bytes(field, utf8.encode(value));
	}
	message(field, value) {
		return this.bytes(field, value.finish());
	}
	finish() {
		return Buffer.concat(this.#parts);
	}
	#push(...parts) {
		this.#parts.push(...parts);
		return this;
	}
};
function tag(field, wireType) {
	return varint(field * 8 + wireType);
}
/** Unsigned LEB128. `>>>` would cut at 32 bits, so this divides. */
function varint(value) {
	if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`varint of ${value}`);
	const bytes = [];
	let rest = value;
	for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(rest % 128 | 128);
	bytes.push(rest);
	return Uint8Array.from(bytes);
}
/** Negative int64: ten bytes of two's complement. */
function signedVarint(value) {
	const bytes = [];
	let rest = BigInt.asUintN(64, BigInt(value));
	for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
	bytes.push(Number(rest));
	return Uint8Array.from(bytes);
}
export { Message as t };
