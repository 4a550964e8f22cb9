/** @file Arrays that were stored with the first axis fastest (Fortran order), brought into row-major order. */

/** Writable places of one kind of value. */
interface Places<T> {
  [index: number]: T
}

/** Bytes of values of `size` bytes (1, 2, 4 or 8) → the same values, last axis fastest, in memory of their own. */
export function inRowOrder(stored: Uint8Array, shape: readonly number[], size: number): Uint8Array {
  // Not slice(): on a Buffer that is a view, not a copy.
  const from = new Uint8Array(stored).buffer
  const rows = new Uint8Array(stored.byteLength)
  const to = rows.buffer
  if (size === 8) reorder(new BigUint64Array(from), new BigUint64Array(to), shape)
  else if (size === 4) reorder(new Uint32Array(from), new Uint32Array(to), shape)
  else if (size === 2) reorder(new Uint16Array(from), new Uint16Array(to), shape)
  else reorder(stored, rows, shape)
  return rows
}

function reorder<T>(from: ArrayLike<T>, to: Places<T>, shape: readonly number[]): void {
  const steps: number[] = []
  let step = 1
  for (const length of shape) {
    steps.push(step)
    step *= length
  }
  const place = shape.map(() => 0)
  for (let i = 0, at = 0; i < from.length; i++) {
    to[i] = from[at]!
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += steps[axis]!
      if (++place[axis]! < shape[axis]!) break
      at -= steps[axis]! * shape[axis]!
      place[axis] = 0
    }
  }
}
