/** @file What calibrating takes: sums over the inputs of target matrices while the reference runs, what is kept of them, and what a weight is made with. */
import type { InputFigure } from '../../compression/calibrated/statistics.ts'
import type { Decoder, LinearRef } from '../../models/decoder-spec.ts'
import { rowWidth } from '../../models/graph/beside/row-layout.ts'
import { targetInputName, targets } from '../../models/target-inputs.ts'

/** Bytes. */
export interface CalibrationSize {
  /** Sums of the block that runs, float64, and what its graph gives of them, float32. */
  readonly running: number
  /** Σxᵀx of all inputs, float32, as long as weights are made from them. */
  readonly kept: number
  /** Rows between two blocks of the calibration text, float32. */
  readonly between: number
  /** The factor of the largest Σxᵀx, float64, with that itself, and errors or scaled weights of the largest matrix beside what comes out. */
  readonly making: number
}

/** A pass over the inputs of target matrices: what is asked of them, over how many positions. */
export interface InputsPass {
  readonly figures: readonly InputFigure[]
  readonly rows: number
}

/** Of passes one after the other, each of whose products are kept. Null: there is none. */
export function calibrationSize(decoder: Decoder, passes: readonly InputsPass[]): CalibrationSize | null {
  const sizes = passes.map((pass) => passSize(decoder, pass))
  if (sizes.length === 0) return null
  const most = (of: (size: CalibrationSize) => number): number => Math.max(...sizes.map(of))
  return {
    running: most(({ running }) => running),
    kept: sizes.reduce((sum, { kept }) => sum + kept, 0),
    between: most(({ between }) => between),
    making: most(({ making }) => making),
  }
}

function passSize(decoder: Decoder, { figures, rows }: InputsPass): CalibrationSize {
  const widths = new Map<string, { readonly layer: number; readonly width: number }>()
  let largest = 0
  for (const { linear, input } of targets(decoder)) {
    const { out, width } = sidesOf(linear)
    widths.set(targetInputName(input), { layer: input.layer, width })
    largest = Math.max(largest, out * width)
  }
  const hasProducts = figures.includes('products')
  const vectors = figures.filter((figure) => figure !== 'products').length
  const ofBlock = new Map<number, number>()
  let [kept, widest] = [0, 0]
  for (const { layer, width } of widths.values()) {
    const square = hasProducts ? width * width : 0
    ofBlock.set(layer, (ofBlock.get(layer) ?? 0) + (FLOAT64 + FLOAT32) * (square + vectors * width))
    kept += FLOAT32 * square
    widest = Math.max(widest, width)
  }
  return {
    running: Math.max(0, ...ofBlock.values()),
    kept,
    between: FLOAT32 * rowWidth(decoder) * rows,
    making: hasProducts ? (FLOAT64 + FLOAT32) * (widest * widest + largest) : 0,
  }
}

const FLOAT64 = 8
const FLOAT32 = 4

/** Of the part that a target takes of its stored tensor. */
function sidesOf({ weight: { storedShape, layout, channels } }: LinearRef): { out: number; width: number } {
  const [rows = 1, columns = 1] = storedShape
  const [all, width] = layout === 'out-in' ? [rows, columns] : [columns, rows]
  return {
    out: channels === null ? all : channels.reduce((sum, [start, end]) => sum + end - start, 0),
    width,
  }
}
