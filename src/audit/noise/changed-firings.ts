/**
 * @file How often a feature fires in one of two residual streams only: what a rounding of the residual does where an activation
 * begins, or jumps.
 */
import { GraphBuilder, type GraphModel } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import { createSession, type Device } from '../../onnx/sessions/session.ts'
import { activate, encoderTile, featureTiles, preActivations } from '../features/encoder-graph.ts'
import { FeatureColumns } from '../features/feature-columns.ts'
import type { FeatureTiling } from '../features/feature-graph.ts'
import { prepareRows } from '../features/prepared-rows.ts'
import { runSize } from '../machine/run-size.ts'
import { passInputs, type Residuals } from '../rows/residuals.ts'
import { type RowLayout, rowBatches } from '../rows/row-batches.ts'
import type { Encoder } from '../run/readout.ts'

export interface Firings {
  /** Of the first, (features). */
  readonly firings: Float64Array
  /** In one of the two only, (features). */
  readonly changed: Float64Array
}

/** For features that activate by themselves. Errors: ENGINE_FAILED. */
export async function changedFirings(
  encoder: Encoder,
  layout: RowLayout,
  residuals: readonly [Residuals, Residuals],
  device: Device,
): Promise<Firings> {
  const width = encoder.bias.length
  const found = { firings: new Float64Array(width), changed: new Float64Array(width) }
  if (width === 0) return found
  const size = runSize(device)
  const session = await createSession(firingsGraph(encoder, size), device, 'the SAE encoder')
  try {
    for (const batch of rowBatches(layout, size.featureRows)) {
      const result = await session.run(await passInputs(residuals, batch, size.rowParts))
      for (const name of ['firings', 'changed'] as const) {
        const sums = result.float32(name)
        for (let j = 0; j < width; j++) found[name][j] = (found[name][j] ?? 0) + (sums[j] ?? 0)
      }
    }
  } finally {
    await session.release()
  }
  return found
}

/** Inputs `x_0`, `x_1` (n_row, d_in) and `ones`; outputs `firings` and `changed` (1, features): whole numbers, exact in float32. */
function firingsGraph(encoder: Encoder, { featureTile, rowParts }: FeatureTiling): GraphModel {
  const g = new GraphBuilder()
  const rows = [0, 1].map((m) => g.input(`x_${m}`, 'float32', ['n_row', encoder.d_in]))
  const columns = new FeatureColumns(g, g.input('ones', 'float32', [rowParts, 1, 'n_part']))
  const prepared = rows.map((x) => prepareRows(g, x, encoder.input).rows)
  for (const range of featureTiles(encoder.bias.length, featureTile)) {
    const tile = encoderTile(g, encoder, range)
    const fires = prepared.map((x) => {
      const a = activate(g, preActivations(g, x, tile), tile)
      return op.cast(g, op.greater(g, a, g.scalar('float32', 0)), 'float32')
    })
    const [one, other] = fires
    if (one === undefined || other === undefined) continue
    columns.sum('firings', one)
    columns.sum('changed', op.abs(g, op.sub(g, one, other)))
  }
  g.outputs(columns.values(encoder.bias.length))
  return g.build()
}
