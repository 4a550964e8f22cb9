/**
 * @file Reference and candidates of a round, their head and what SAEs see in them, in one graph: token ids go in, sums and losses come out.
 * The fragments are those of the graphs that are run apart, so that the figures are theirs
 * (docs/decisions/2026-11-29-cuda.md). What sums do not tell is had from few rows, which come out as they are.
 */
import type { PositionSlice } from '../../contract/options/positions.ts'
import type { BodyProgram } from '../../models/body-program.ts'
import { type BodyPart, type BodyValues, bodyFragment, HIDDEN } from '../../models/graph/body.ts'
import { type HeadLayout, headFragment } from '../../models/graph/head.ts'
import { type BodyShape, sequenceInputs } from '../../models/graph/shape.ts'
import { present } from '../../numbers/present.ts'
import { GraphBuilder, type GraphModel, type Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import { type FeatureTiling, featureSums, type WantedSums } from '../encoding/feature-graph.ts'
import type { Encoder } from '../run/readout.ts'

/** An SAE of the round. */
export interface RoundReadout {
  /** Where it reads, as hookName has it. */
  readonly hook: string
  /** Subtract each row's mean first. */
  readonly center: boolean
  readonly encoder: Encoder
  /** `rowParts` divides the rows of a run. */
  readonly tiling: FeatureTiling
  /** Positions that count where a feature fires most; null: that is not asked. */
  readonly highestAt: PositionSlice | null
}

/** A model of the round. */
export interface RoundBody extends Pick<BodyPart, 'model' | 'reader'> {
  /** Has it the reference's token embeddings, so that the device holds them once? */
  readonly sharesEmbedding: boolean
}

export interface RoundPlan {
  /** The same of every model. */
  readonly program: BodyProgram
  /** The reference's first. */
  readonly bodies: readonly RoundBody[]
  readonly shape: BodyShape
  /** Null: no losses. */
  readonly head: { readonly layout: HeadLayout; readonly tile: number } | null
  readonly readouts: readonly RoundReadout[]
  readonly wanted: WantedSums
  /** What of each model is kept on some rows: hooks and HIDDEN. */
  readonly kept: readonly (readonly string[])[]
}

/** Places that are summed: the positions that are kept apart, and the rest. */
export const PLACES = 2

/** ‖x − y‖², x·x, y·y and x·y of a row. */
export const DISTANCES = 4

/** Names of the graph's inputs and outputs that others have to know. Models count from the reference, 0. */
export const roundNames = {
  scoredRows: 'scored_rows',
  keptRows: 'kept_rows',
  ones: (readout: number) => `ones_${readout}`,
  sum: (readout: number, figure: string) => `sae_${readout}.${figure}`,
  distance: (readout: number, candidate: number) => `sae_${readout}.distance_${candidate}`,
  kept: (model: number, place: string) => `kept_${model}.${place}`,
} as const

/**
 * Add a round to a graph. Inputs: those of the body's sequences; `targets` (n_scored, 1) and `scored_rows` (n_scored) int64 with a head; `kept_rows` (n_kept) int64;
 * `ones_R` (rowParts, PLACES, n_part) per read-out R. Outputs: those of headFragment; `sae_R.…` those of featureSums (of an SAE with features), and
 * `sae_R.distance_C` (n_row, DISTANCES) per candidate C ≥ 1; `kept_M.…` (n_kept, width) of model M. Errors: HOOK_MISSING, the readers' own.
 */
export async function addRound(g: GraphBuilder, plan: RoundPlan): Promise<void> {
  const { program, shape, bodies, head, readouts } = plan
  const inputs = sequenceInputs(g, shape, [program])
  const models: BodyValues[] = []
  for (const [m, { sharesEmbedding, ...body }] of bodies.entries()) {
    const embedding = sharesEmbedding ? models[0]?.embedding : null
    const part = {
      ...body,
      program,
      shape,
      ...(embedding === null || embedding === undefined ? {} : { embedding }),
    }
    models.push(await bodyFragment(g, part, inputs, null, `model_${m}.`))
  }
  for (const [r, readout] of readouts.entries()) addReadout(g, plan, { r, readout }, models)
  if (head !== null) addHead(g, head, models)
  addKept(g, plan, models)
}

/** As a graph of its own. */
export async function buildRound(plan: RoundPlan): Promise<GraphModel> {
  const g = new GraphBuilder()
  await addRound(g, plan)
  return g.build()
}

function addHead(
  g: GraphBuilder,
  { layout, tile }: NonNullable<RoundPlan['head']>,
  models: readonly BodyValues[],
): void {
  const rows = g.input(roundNames.scoredRows, 'int64', ['n_scored'])
  const targets = g.input('targets', 'int64', ['n_scored', 1])
  const hidden = models.map(({ end }) => op.gather(g, end, rows))
  g.outputs(headFragment(g, layout, { hidden, targets }, tile))
}

function addReadout(
  g: GraphBuilder,
  { wanted, shape: { sequences } }: RoundPlan,
  { r, readout }: { readonly r: number; readonly readout: RoundReadout },
  models: readonly BodyValues[],
): void {
  const { hook, center, encoder, tiling, highestAt: at } = readout
  const rows = models.map(({ values }) => {
    const x = present(values.get(hook), hook)
    return center ? centred(g, x) : x
  })
  if (encoder.bias.length > 0) {
    const ones = g.input(roundNames.ones(r), 'float32', [tiling.rowParts, PLACES, 'n_part'])
    const sums = { encoder, tiling, name: `sae_${r}.` }
    const figures = at === null ? wanted : { ...wanted, highest: { sequences, at } }
    for (const [name, value] of featureSums(g, sums, { rows, ones }, figures))
      g.output(roundNames.sum(r, name), value)
  }
  const [reference, ...candidates] = rows
  if (reference === undefined || !wanted.candidates) return
  for (const [c, candidate] of candidates.entries())
    g.output(roundNames.distance(r, c + 1), distances(g, reference, candidate))
}

/** Each row without its mean. */
function centred(g: GraphBuilder, x: Value): Value {
  const width = x.shape[1]
  if (typeof width !== 'number') throw new RangeError(`${x.name}: its width is not known`)
  return op.sub(g, x, op.div(g, op.rowSums(g, x), g.scalar('float32', width)))
}

/** (n_row, DISTANCES). The difference is taken before it is squared: x·x + y·y − 2 x·y of float32 would leave little of it. */
function distances(g: GraphBuilder, x: Value, y: Value): Value {
  const apart = op.sub(g, x, y)
  const products = [
    [apart, apart],
    [x, x],
    [y, y],
    [x, y],
  ] as const
  const sums = products.map(([a, b]) => op.rowSums(g, op.mul(g, a, b)))
  return op.concat(g, sums, 1, ['n_row', DISTANCES])
}

function addKept(g: GraphBuilder, { kept }: RoundPlan, models: readonly BodyValues[]): void {
  if (kept.every((places) => places.length === 0)) return
  const rows = g.input(roundNames.keptRows, 'int64', ['n_kept'])
  for (const [m, { end, values }] of models.entries()) {
    for (const place of kept[m] ?? []) {
      const value = place === HIDDEN ? end : present(values.get(place), place)
      g.output(roundNames.kept(m, place), op.gather(g, value, rows))
    }
  }
}
