/** @file To the nearest integer, halves to even. */

/**
 * Adding and subtracting this leaves no room for a fraction, so the processor's own round-half-to-even decides: exact for |x| < 2^51. What
 * rounds to 0 comes out as +0.
 */
export const NO_FRACTION = 1.5 * 2 ** 52
export const halfToEven = (x: number): number => x + NO_FRACTION - NO_FRACTION
