/** @file Activations of a few features of an SAE on any rows, whichever way its features fire. */
import { GraphBuilder, type GraphModel } from '../../onnx/graph/graph.ts'
import { createSession, type Device, type Session } from '../../onnx/sessions/session.ts'
import { activate, encoderTile, preActivations } from '../encoding/encoder-graph.ts'
import { prepareRows } from '../encoding/prepared-rows.ts'
import { rowTile } from '../encoding/row-features.ts'
import { rowGraph } from '../features/row-pass.ts'
import { runSize } from '../machine/run-size.ts'
import { type Residuals, residualRows } from '../rows/residuals.ts'
import type { Encoder } from '../run/readout.ts'
import { pickFeatures, type StoredEncoder, wholeEncoder } from '../run/stored-encoder.ts'

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
  const graph = rowGraph(await wholeEncoder(encoder), rowTile(encoder.activatesBy, runSize(device)))
  return await withSession(graph, device, (session) => use(byRow(session, features)))
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
function byRow(session: Session, features: Int32Array): Probe {
  const places = new Map([...features].map((feature, k) => [feature, k]))
  return async (residuals, rows) => {
    const result = await session.run(await inputs(residuals, rows))
    const [values, ids] = [result.float32('values'), result.int64('ids')]
    const perRow = values.length / rows.length
    const out = new Float32Array(rows.length * features.length)
    for (const [i, value] of values.entries()) {
      const k = places.get(Number(ids[i]))
      if (k !== undefined) out[Math.floor(i / perRow) * features.length + k] = value
    }
    return out
  }
}
