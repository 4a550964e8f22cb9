/** @file What storing rows in 16 bits takes from them. */

/** Rounding of all rows that were written. */
export interface RowRounding {
  /** Σ ‖x − stored x‖² and Σ ‖x‖² */
  error: number
  size: number
}

/** ‖x − stored x‖ / ‖x‖ over all rows. */
export function relativeRounding({ error, size }: RowRounding): number {
  return size === 0 ? 0 : Math.sqrt(error / size)
}
