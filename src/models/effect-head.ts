/**
 * @file What edits of the residual stream do to the next token's distribution, tiled over the vocabulary as the head is: of one model,
 * or of a candidate beside the reference.
 *
 * With l the logits without an edit, l' those with it, s a shift of the row and p_t the softmax within tile t, each tile gives, per
 * model m and edit e, u = l' − l − s; what is summed over the tile is weighted by p_t of the model that the sum is named after.
 * statistics/causal/tile-sums.ts puts the tiles together in float64. The shift is the mean of l' − l over the first tile:
 * without it a change that all logits share would drown the rest in float32.
 */
import { GraphBuilder, type GraphModel, type Value } from '../onnx/graph/graph.ts'
import * as op from '../onnx/graph/ops.ts'
import {
  Columns,
  commonVocabulary,
  localTargets,
  operand,
  tileLogits,
  tileWeights,
  type Unembedding,
  vocabularyTiles,
} from './graph/head.ts'

/** The reference's unembedding and, where a candidate stands beside it, the candidate's. */
export interface EffectLayout {
  readonly unembeddings: readonly [Unembedding] | readonly [Unembedding, Unembedding]
  /** Edits of a run: for each, the first that does the same to the reference. Its logits are computed once. */
  readonly edits: readonly number[]
}

/** Names of inputs and outputs. */
export const effectNames = {
  plain: (model: number) => `plain_${model}`,
  edited: (model: number, edit: number) => `edited_${model}_${edit}`,
  top: (model: number) => `top_${model}`,
  topShare: (model: number) => `top_share_${model}`,
  target: (model: number) => `target_${model}`,
  shift: (model: number, edit: number) => `shift_${model}_${edit}`,
  editedTop: (model: number, edit: number) => `edited_top_${model}_${edit}`,
  editedShare: (model: number, edit: number) => `edited_share_${model}_${edit}`,
  editedTarget: (model: number, edit: number) => `edited_target_${model}_${edit}`,
  /** Σ p_m u_m */
  mean: (model: number, edit: number) => `mean_${model}_${edit}`,
  /** Σ p_0 of u_0², of u_0 u_1, of u_1² and of u_1 */
  squares: (edit: number) => `squares_${edit}`,
  product: (edit: number) => `product_${edit}`,
  candidateSquares: (edit: number) => `candidate_squares_${edit}`,
  candidateMean: (edit: number) => `candidate_mean_${edit}`,
} as const

/**
 * Inputs: `plain_M` and `edited_M_E` (rows, d_model) float32, `targets` (rows, 1) int64. Outputs, (rows, tiles) each but for `shift_M_E`
 * (rows, 1): of every model its largest logit, that one's share of the tile and the target's logit, without and with each edit; and
 * the sums.
 */
export function buildEffectHead(layout: EffectLayout, rows: number, tileColumns: number): GraphModel {
  const g = new GraphBuilder()
  const input = (name: string, u: Unembedding): Value =>
    operand(g, g.input(name, 'float32', [rows, u.d_model]), u)
  const models = layout.unembeddings.map((u, m) => ({
    u,
    plain: input(effectNames.plain(m), u),
    edited: ownEdits(layout.edits, m).map((e) => ({ e, rows: input(effectNames.edited(m, e), u) })),
  }))
  const targets = g.input('targets', 'int64', [rows, 1])
  const columns = new Columns(g)
  const shifts = new Map<string, Value>()
  for (const tile of vocabularyTiles(commonVocabulary(layout.unembeddings), tileColumns)) {
    const local = localTargets(g, targets, tile)
    const seen = models.map(({ u, plain, edited }, m) => {
      const weights = tileWeights(g, u, m, tile)
      const logits = tileLogits(g, plain, weights)
      return {
        share: reduced(g, { logits, targets: local }, columns, [
          effectNames.top(m),
          effectNames.topShare(m),
          effectNames.target(m),
        ]),
        moved: new Map(
          edited.map(({ e, rows: x }) => {
            const changed = tileLogits(g, x, weights)
            reduced(g, { logits: changed, targets: local }, columns, [
              effectNames.editedTop(m, e),
              effectNames.editedShare(m, e),
              effectNames.editedTarget(m, e),
            ])
            return [e, shifted(g, op.sub(g, changed, logits), shifts, effectNames.shift(m, e))]
          }),
        ),
      }
    })
    for (const [e, first] of layout.edits.entries()) sumTile(g, seen, { e, first }, columns)
  }
  g.outputs(columns.values(rows))
  for (const [name, value] of shifts) g.output(name, value)
  return g.build()
}

/** The edits whose logits model `m` of a layout has: the reference those that no earlier one stands for. */
export function ownEdits(edits: EffectLayout['edits'], m: number): readonly number[] {
  return [...edits.keys()].filter((e) => m > 0 || edits[e] === e)
}

/** What is kept of a model's logits in a tile: their largest, its share, and the target's. */
type KeptNames = readonly [top: string, share: string, target: string]

/** Keeps them, and gives the shares (rows, tile). */
function reduced(
  g: GraphBuilder,
  { logits, targets }: { readonly logits: Value; readonly targets: Value },
  columns: Columns,
  [top, ofTop, target]: KeptNames,
): Value {
  const share = op.softmax(g, logits)
  columns.push(top, op.reduceMax(g, logits, 1))
  columns.push(ofTop, op.reduceMax(g, share, 1))
  columns.push(target, op.gatherElements(g, logits, targets, 1))
  return share
}

/** Less the mean over the first tile, which is kept under `name`. */
function shifted(g: GraphBuilder, moved: Value, shifts: Map<string, Value>, name: string): Value {
  const width = moved.shape[1]
  if (typeof width !== 'number') throw new RangeError('a tile of unknown width')
  const known = shifts.get(name)
  const shift = known ?? op.div(g, op.rowSums(g, moved), g.scalar('float32', width))
  if (known === undefined) shifts.set(name, shift)
  return op.sub(g, moved, shift)
}

function sumTile(
  g: GraphBuilder,
  seen: readonly { readonly share: Value; readonly moved: ReadonlyMap<number, Value> }[],
  { e, first }: { readonly e: number; readonly first: number },
  columns: Columns,
): void {
  const [reference, candidate] = seen
  const [u, k] = [reference?.moved.get(first), candidate?.moved.get(e)]
  if (reference === undefined || u === undefined) return
  const weighted = op.mul(g, reference.share, u)
  columns.push(effectNames.mean(0, e), op.rowSums(g, weighted))
  if (candidate === undefined || k === undefined) return
  columns.push(effectNames.squares(e), op.rowSums(g, op.mul(g, weighted, u)))
  columns.push(effectNames.product(e), op.rowSums(g, op.mul(g, weighted, k)))
  const other = op.mul(g, reference.share, k)
  columns.push(effectNames.candidateMean(e), op.rowSums(g, other))
  columns.push(effectNames.candidateSquares(e), op.rowSums(g, op.mul(g, other, k)))
  columns.push(effectNames.mean(1, e), op.rowSums(g, op.mul(g, candidate.share, k)))
}
