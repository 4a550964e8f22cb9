/**
 * @file Dictionaries whose features fire by the row: the k largest pre-activations of all, or the largest of each group. What
 * fires is had as k values and k ids per row, and activations of all features never are in memory together
 * (docs/decisions/2026-11-29-row-encoders.md).
 */
import { GraphBuilder, type GraphModel, type Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { ActivatesBy, FeatureRange } from '../../sae/dictionary.ts'
import type { RunSize } from '../machine/run-size.ts'
import type { Encoder } from '../run/readout.ts'
import { featureTiles, preActivations, tileOf } from './encoder-graph.ts'
import { prepareRows } from './prepared-rows.ts'
import { constantWeights, givenWeights, type TileWeights } from './tile-weights.ts'

/** Features of rows of which only so many fire: (n_row, k) both. */
export interface RowFeatures {
  /** Activations, 0 where fewer than k fire. */
  readonly values: Value
  /** int64 */
  readonly ids: Value
}

/** Features at a time: a group gives one whatever the tile, in cache; k of every tile are few where there are few tiles. */
export function rowTile(
  activatesBy: ActivatesBy,
  { featureTile, rankedTile }: Pick<RunSize, 'featureTile' | 'rankedTile'>,
): number {
  return activatesBy !== 'feature' && activatesBy.kind === 'topk' ? rankedTile : featureTile
}

/**
 * A graph of rows as they come in: input `x_0` (n_row, d_in); outputs `values` and `ids`, (n_row, k), those of rowFeatures. `given`: are weights
 * inputs of it (givenWeights)?
 */
export function rowGraph(encoder: Encoder, tile: number, given = false): GraphModel {
  const g = new GraphBuilder()
  const x = g.input('x_0', 'float32', ['n_row', encoder.d_in])
  const of = { encoder, W_dec: null }
  const weights = given ? givenWeights(g, of) : constantWeights(g, of)
  const { values, ids } = rowFeatures(g, prepareRows(g, x, encoder.input).rows, { encoder, weights }, tile)
  g.output('values', values)
  g.output('ids', ids)
  return g.build()
}

/** An encoder, and where a graph has its weights from. */
interface RowWeights {
  readonly encoder: Encoder
  readonly weights: TileWeights
}

/**
 * The features that fire by a row's rule, tile after tile, so that one tile's pre-activations are in memory at a time; of equal ones those of
 * lower index (docs/decisions/2026-11-29-row-encoders.md). The tile changes nothing of what is chosen. `x`: prepared.
 */
function rowFeatures(g: GraphBuilder, x: Value, of: RowWeights, tile: number): RowFeatures {
  const { activatesBy, bias } = of.encoder
  if (activatesBy === 'feature') throw new RangeError('features that activate by themselves')
  const width = bias.length
  const tiles =
    activatesBy.kind === 'topk'
      ? featureTiles(width, Math.max(tile, activatesBy.k))
      : groupTiles(width, width / activatesBy.k, tile)
  const parts = tiles.map((range) => tileWinners(g, x, of, range))
  const count = parts.reduce((sum, { values }) => sum + Number(values.shape[1]), 0)
  const values = op.concat(
    g,
    parts.map((part) => part.values),
    1,
    ['n_row', count],
  )
  const ids = op.concat(
    g,
    parts.map((part) => part.ids),
    1,
    ['n_row', count],
  )
  if (activatesBy.kind === 'groupmax' || parts.length === 1) return { values: op.relu(g, values), ids }
  const best = op.topK(g, values, activatesBy.k)
  return { values: op.relu(g, best.values), ids: op.gatherElements(g, ids, best.indices, 1) }
}

/** Tiles of whole groups of `group` features, about `tile` wide. */
function groupTiles(width: number, group: number, tile: number): readonly FeatureRange[] {
  const size = group * Math.max(1, Math.floor(tile / group))
  return Array.from({ length: Math.ceil(width / size) }, (_, i) => [
    i * size,
    Math.min((i + 1) * size, width),
  ])
}

/** Of one tile what may be among the row's: its k largest, or of each of its groups the largest. */
function tileWinners(
  g: GraphBuilder,
  x: Value,
  { encoder, weights }: RowWeights,
  range: FeatureRange,
): RowFeatures {
  const { activatesBy: rule } = encoder
  if (rule === 'feature') throw new RangeError('features that activate by themselves')
  const [start, end] = range
  const tile = tileOf(weights, range)
  const pre = preActivations(g, x, tile)
  if (rule.kind === 'topk') {
    const { values, indices } = op.topK(g, pre, Math.min(rule.k, tile.size))
    return { values, ids: start === 0 ? indices : op.add(g, indices, g.integers([start])) }
  }
  const group = encoder.bias.length / rule.k
  const groups = (end - start) / group
  const apart = op.reshape(g, pre, [-1, groups, group], ['n_row', groups, group])
  const { value, index } = op.top1(g, apart)
  const flat = (of: Value): Value => op.reshape(g, of, [-1, groups], ['n_row', groups])
  const starts = BigInt64Array.from({ length: groups }, (_, i) => BigInt(start + i * group))
  const first = g.initializer(`groups_${start}`, 'int64', [groups], starts)
  return { values: flat(value), ids: op.add(g, flat(index), first) }
}
