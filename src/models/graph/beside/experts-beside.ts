/** @file Gemma 4's experts beside an MLP that every token is given to: router and experts read the residual stream itself, each through a norm of its own. */
import type { Value } from '../../../onnx/graph/graph.ts'
import * as op from '../../../onnx/graph/ops.ts'
import type { BesideMlpRef } from '../../beside-stream.ts'
import type { BlockScope } from '../block-scope.ts'
import { type BlockExperts, experts } from '../experts.ts'

/** `stream` and what the MLP gave, (n_row, d_model) wide → both sums of norms, before the norm that a block has behind them. */
export async function besideMlp(
  scope: BlockScope,
  { spec, weights, beside }: BlockExperts & { readonly beside: BesideMlpRef },
  stream: Value,
  ofMlp: Value,
): Promise<Value> {
  const { w, norm, named } = scope
  const { g } = w
  const unoffset = { ...norm, gainOffset: 0 } as const
  const gained = await w.norm(stream, unoffset, { gain: beside.routerGain, bias: null }, named('router_norm'))
  const width = stream.shape.at(-1)
  if (typeof width !== 'number') throw new RangeError(`${stream.name}: its width is not known`)
  const router = op.mul(g, gained, g.scalar(w.wide, 1 / Math.sqrt(width)))
  const read = await w.norm(stream, norm, beside.input, named('experts_norm'))
  const routed = await experts(scope, { spec, weights }, { router, experts: read }, null)
  return op.add(
    g,
    await w.norm(ofMlp, norm, beside.mlpOutput, named('mlp_output_norm')),
    await w.norm(routed, norm, beside.output, named('experts_output_norm')),
  )
}
