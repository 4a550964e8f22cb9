// src/numbers/present.ts
/** @file Values that are there by construction, as the compiler cannot know: elements within an array's bounds, parallel arrays. */
/**
* The value; where it is missing after all, an end with a stack trace, because 0 in its place would be a figure that is wrong.
* `what` says which, in words made beforehand: this is called in loops.
*/
function present(value, what = "a value") {
	if (value === void 0 || value === null) throw new RangeError(`${what} is missing`);
	return value;
}
export { present as t };
