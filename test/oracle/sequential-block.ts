/** @file One block whose MLP reads after attention: x + a(x), then x + m(x), with the hook points written down. */
import { add, type Rows } from './pieces.ts'
import type { Trace } from './trace.ts'

export interface AttentionPart {
  /** Before the output projection. */
  readonly z: Rows
  /** What is added to the residual. */
  readonly out: Rows
}

export function sequentialBlock(
  x: Rows,
  layer: number,
  trace: Trace,
  attention: (input: Rows) => AttentionPart,
  mlp: (input: Rows) => Rows,
): Rows {
  const { z, out } = attention(x)
  const mid = add(x, out)
  const mlpOut = mlp(mid)
  const post = add(mid, mlpOut)
  const hook = `blocks.${layer}`
  trace.set(`${hook}.hook_resid_pre`, x)
  trace.set(`${hook}.attn.hook_z`, z)
  trace.set(`${hook}.hook_attn_out`, out)
  trace.set(`${hook}.hook_resid_mid`, mid)
  trace.set(`${hook}.hook_mlp_out`, mlpOut)
  trace.set(`${hook}.hook_resid_post`, post)
  return post
}
