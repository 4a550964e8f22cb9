/** @file Values that are there by construction, as the compiler cannot know: elements within an array's bounds, parallel arrays. */

/**
 * The value; where it is missing after all, an end with a stack trace, because 0 in its place would be a figure that is wrong.
 * `what` says which, in words made beforehand: this is called in loops.
 */
export function present<T>(value: T | null | undefined, what = 'a value'): T {
  if (value === undefined || value === null) throw new RangeError(`${what} is missing`)
  return value
}
