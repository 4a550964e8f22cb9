/** @file Does the SAE fit this model? How much of the residual's variance it leaves unexplained. */
import { createSession, type Device } from '../onnx/session.ts'
import { type Encoder, rebuildGraph } from './feature-graph.ts'
import { type Residuals, residualRows } from './residuals.ts'
import { runSize } from './run-size.ts'

/** Fraction of the residual's variance that the SAE does not rebuild, over at most `sampleRows` rows spread evenly. */
export async function varianceUnexplained(
  encoder: Encoder,
  decoder: { readonly W_dec: Float32Array; readonly b_dec: Float32Array },
  reference: Residuals,
  sampleRows: number,
  device: Device,
): Promise<number> {
  const session = await createSession(
    rebuildGraph(encoder, decoder.W_dec, decoder.b_dec),
    device,
    'the SAE decoder',
  )
  const { rows, width } = reference.store
  const { featureRows } = runSize(device)
  const sampled = Math.min(rows, sampleRows)
  const sums = new Float64Array(width)
  let [squares, errors] = [0, 0]
  try {
    for (let start = 0; start < sampled; start += featureRows) {
      const count = Math.min(featureRows, sampled - start)
      const batch = Int32Array.from({ length: count }, (_, i) => Math.floor(((start + i) * rows) / sampled))
      const x = await residualRows(reference, batch)
      const result = await session.run({ x_0: { type: 'float32', data: x, dims: [count, width] } })
      const rebuilt = result.float32('rebuilt')
      for (let i = 0; i < x.length; i++) {
        const value = x[i] ?? 0
        sums[i % width] = (sums[i % width] ?? 0) + value
        squares += value * value
        errors += (value - (rebuilt[i] ?? 0)) ** 2
      }
    }
  } finally {
    await session.release()
  }
  const variance = squares - sums.reduce((total, sum) => total + sum * sum, 0) / sampled
  return errors / variance
}
