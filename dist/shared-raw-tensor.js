// src/tensors/raw-tensor.ts
/** @file Tensors as a file stores them: a type, a shape and a range of bytes, before anybody decodes them. */
/** Bytes per element of each stored type that is known. One that is missing here is refused, not guessed. */
const DTYPE_BYTES = {
	F64: 8,
	F32: 4,
	F16: 2,
	BF16: 2,
	F8_E4M3: 1,
	F8_E5M2: 1,
	F8_E8M0: 1,
	I64: 8,
	I32: 4,
	I16: 2,
	I8: 1,
	U64: 8,
	U32: 4,
	U16: 2,
	U8: 1,
	BOOL: 1
};
function isDtype(word) {
	return typeof word === "string" && Object.hasOwn(DTYPE_BYTES, word);
}
/** Number of elements, or null where the product is not a safe integer. A scalar has one element. */
function elementCount(shape) {
	if (shape.includes(0)) return 0;
	let count = 1;
	for (const size of shape) {
		count *= size;
		if (!Number.isSafeInteger(count)) return null;
	}
	return count;
}
/** [row, column, …] of a flat row-major position: for messages. */
function positionOf(flat, shape) {
	const position = [];
	let rest = flat;
	for (let axis = shape.length - 1; axis >= 0; axis--) {
		const size = shape[axis];
		position.unshift(rest % size);
		rest = Math.floor(rest / size);
	}
	return position;
}
export { positionOf as i, elementCount as n, isDtype as r, DTYPE_BYTES as t };
