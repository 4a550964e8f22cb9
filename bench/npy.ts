/** @file Token ids as a file of NumPy. */

/** 1-D, int32. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
export function npy(ids: Int32Array): Buffer {
  const text = `{'descr': '<i4', 'fortran_order': False, 'shape': (${ids.length},), }`
  const header = `${text.padEnd(128 - 10 - 1, ' ')}\n`
  const head = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0])
  return Buffer.concat([head, Buffer.from(header), Buffer.from(ids.buffer)])
}
