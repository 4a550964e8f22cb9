/**
 * @file How often a feature fires in one of two residual streams only: what a rounding of the residual does where an activation
 * begins, or jumps.
 */
import { GraphBuilder, type GraphModel } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import { createSession, type Device } from '../../onnx/sessions/session.ts'
import { activate, encoderTile, featureTiles, preActivations } from '../encoding/encoder-graph.ts'
import { FeatureColumns } from '../encoding/feature-columns.ts'
import type { FeatureTiling } from '../encoding/feature-graph.ts'
import { prepareRows } from '../encoding/prepared-rows.ts'
import { runSize } from '../machine/run-size.ts'
import { passInputs, type Residuals } from '../rows/residuals.ts'
import { type RowLayout, rowBatches } from '../rows/row-batches.ts'
import type { Encoder } from '../run/readout.ts'
import { featureChunks, pickFeatures, type StoredEncoder } from '../run/stored-encoder.ts'

/** Of all features together. */
export interface Firings {
  /** Of the first. */
  readonly firings: number
  /** In one of the two only. */
  readonly changed: number
}

/** Features (ascending) that activate by themselves. */
export interface Watched {
  readonly encoder: StoredEncoder
  readonly features: Int32Array
}

/** Errors: ENGINE_FAILED. */
export async function changedFirings(
  { encoder, features }: Watched,
  layout: RowLayout,
  residuals: readonly [Residuals, Residuals],
  device: Device,
): Promise<Firings> {
  const found = { firings: 0, changed: 0 }
  for (const ids of featureChunks(features, encoder)) {
    const some = await changedOf(await pickFeatures(encoder, ids), layout, residuals, device)
    found.firings += some.firings
    found.changed += some.changed
  }
  return found
}

async function changedOf(
  encoder: Encoder,
  layout: RowLayout,
  residuals: readonly [Residuals, Residuals],
  device: Device,
): Promise<Firings> {
  const found = { firings: 0, changed: 0 }
  const size = runSize(device)
  const session = await createSession(firingsGraph(encoder, size), device, 'the SAE encoder')
  try {
    for (const batch of rowBatches(layout, size.featureRows)) {
      const result = await session.run(await passInputs(residuals, batch, size.rowParts))
      for (const name of ['firings', 'changed'] as const) {
        found[name] += result.float32(name).reduce((sum, count) => sum + count, 0)
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
