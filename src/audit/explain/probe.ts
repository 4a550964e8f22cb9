/** @file Activations of a few features of an SAE on any rows, whichever way its features fire. */
import { present } from '../../numbers/present.ts'
import { GraphBuilder, type GraphModel } from '../../onnx/graph/graph.ts'
import { createSession, type Device, type Session } from '../../onnx/sessions/session.ts'
import { activate, encoderTile, preActivations } from '../encoding/encoder-graph.ts'
import { prepareRows } from '../encoding/prepared-rows.ts'
import { eachWinners } from '../encoding/row-winners.ts'
import { type Residuals, residualRows } from '../rows/residuals.ts'
import type { Encoder } from '../run/readout.ts'
import { pickFeatures, type StoredEncoder } from '../run/stored-encoder.ts'

/** Rows (ascending) of one model → (row, feature), row-major. */
export type Probe = (residuals: Residuals, rows: Int32Array) => Promise<Float32Array>

/**
 * Hand `use` the activations of `features` as the audit computes them: of features that fire by the row, the whole encoder is run.
 * Errors: ENGINE_FAILED.
 */
export async function withProbe<T>(
  encoder: StoredEncoder,
  features: Int32Array,
  device: Device,
  use: (probe: Probe) => Promise<T>,
): Promise<T> {
  if (encoder.activatesBy === 'feature') return await withColumns(encoder, features, device, use)
  return await use(byRow(encoder, features, device))
}

/** Hand `use` what the features' own columns make of rows: of features that fire by the row, relu of what they fire by. */
export async function withColumns<T>(
  encoder: StoredEncoder,
  features: Int32Array,
  device: Device,
  use: (probe: Probe) => Promise<T>,
): Promise<T> {
  const selected = await pickFeatures(encoder, features)
  return await withSession(columnsGraph(selected), device, (session) =>
    use(async (residuals, rows) => (await session.run(await inputs(residuals, rows))).float32('a')),
  )
}

async function withSession<T>(
  graph: GraphModel,
  device: Device,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await createSession(graph, device, 'the SAE encoder')
  try {
    return await use(session)
  } finally {
    await session.release()
  }
}

/** Input `x_0` (n_row, d_in); output `a` (n_row, features). */
function columnsGraph(encoder: Encoder): GraphModel {
  const g = new GraphBuilder()
  const x = g.input('x_0', 'float32', ['n_row', encoder.d_in])
  const tile = encoderTile(g, encoder, [0, encoder.bias.length])
  const { rows } = prepareRows(g, x, encoder.input)
  g.output('a', activate(g, preActivations(g, rows, tile), tile))
  return g.build()
}

async function inputs(residuals: Residuals, rows: Int32Array) {
  const data = await residualRows(residuals, rows)
  return { x_0: { type: 'float32' as const, data, dims: [rows.length, residuals.store.width] } }
}

/** What fired of each row, looked through for the features. */
function byRow(encoder: StoredEncoder, features: Int32Array, device: Device): Probe {
  const places = new Map([...features].map((feature, column) => [feature, column]))
  return async (residuals, rows) => {
    const out = new Float32Array(rows.length * features.length)
    await eachWinners(
      { encoder, device, models: 1, onRows: () => {} },
      [{ rows }],
      () => inputs(residuals, rows),
      (_, [winners]) => {
        const { k, values, ids } = present(winners)
        for (const [i, value] of values.entries()) {
          const column = places.get(present(ids[i]))
          if (column !== undefined) out[Math.floor(i / k) * features.length + column] = value
        }
      },
    )
    return out
  }
}
