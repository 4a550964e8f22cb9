/** @file How far the logits of two models lie apart, token by token, tiled over a range of the vocabulary as the head is. */
import { GraphBuilder, type GraphModel, type Value } from '../onnx/graph/graph.ts'
import * as op from '../onnx/graph/ops.ts'
import { operand, tileLogits, tileWeights, type Unembedding, vocabularyTiles } from './graph/head.ts'

/** Sums over the vocabulary, (rows, 1) each: of squared and absolute differences, of products, of both squares. */
export const LOGIT_SUMS = ['squares', 'magnitudes', 'products', 'reference', 'candidate'] as const

/** Inputs `hidden_0` and `hidden_1` (n_row, d_model) float32, the reference's and the candidate's; outputs as LOGIT_SUMS. The unembeddings hold equally many tokens. */
export function buildLogitDifference(
  [reference, candidate]: readonly [Unembedding, Unembedding],
  tileColumns: number,
): GraphModel {
  const g = new GraphBuilder()
  const inputs = [reference, candidate].map((u, m) =>
    operand(g, g.input(`hidden_${m}`, 'float32', ['n_row', u.d_model]), u),
  )
  const sums = new Map<string, Value>()
  const add = (name: (typeof LOGIT_SUMS)[number], values: Value): void => {
    const before = sums.get(name)
    const sum = op.rowSums(g, values)
    sums.set(name, before === undefined ? sum : op.add(g, before, sum))
  }
  for (const tile of vocabularyTiles(Math.min(reference.n_vocab, candidate.n_vocab), tileColumns)) {
    const [own, other] = [reference, candidate].map((u, m) => {
      const x = inputs[m]
      if (x === undefined) throw new RangeError('a model without hidden states')
      return tileLogits(g, x, tileWeights(g, u, m, tile))
    })
    if (own === undefined || other === undefined) continue
    const difference = op.sub(g, other, own)
    add('squares', op.mul(g, difference, difference))
    add('magnitudes', op.abs(g, difference))
    add('products', op.mul(g, own, other))
    add('reference', op.mul(g, own, own))
    add('candidate', op.mul(g, other, other))
  }
  g.outputs(sums)
  return g.build()
}
