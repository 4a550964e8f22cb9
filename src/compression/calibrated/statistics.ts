/** @file What is known of the inputs of target matrices from calibration tokens, and the place where plans that were made before it was known find it. */

/** Per input of a matrix, over the calibration's rows: Σx², Σ|x|, the largest |x|; or Σxᵀx, symmetric. */
export type InputFigure = 'squares' | 'magnitudes' | 'largest' | 'products'

/** (in), or (in, in) row-major. `input`: a name that matrices with the same input share. */
export type ReadFigure = (input: string, figure: InputFigure) => Promise<Float32Array | Float64Array>

export interface CalibrationSlot {
  readonly read: ReadFigure
  /** What calibration found. */
  fill(found: ReadFigure): void
}

export function calibrationSlot(): CalibrationSlot {
  let found: ReadFigure | null = null
  return {
    read: async (input, figure) => {
      if (found === null) throw new RangeError('a calibrated tensor was read before the calibration')
      return await found(input, figure)
    },
    fill: (figures) => {
      found = figures
    },
  }
}
