/** @file One block whose MLP reads after attention: x + a(x), then x + m(x), with the hook points passed. */
import { add, type Rows } from './pieces.ts'
import type { Trace } from './trace.ts'

/** `attention` passes `attn.hook_z` itself. */
export function sequentialBlock(
  x: Rows,
  layer: number,
  trace: Trace,
  attention: (input: Rows) => Rows,
  mlp: (input: Rows) => Rows,
): Rows {
  const pre = trace.pass(layer, 'hook_resid_pre', x)
  const attended = trace.pass(layer, 'hook_attn_out', attention(pre))
  const mid = trace.pass(layer, 'hook_resid_mid', add(pre, attended))
  const mlpOut = trace.pass(layer, 'hook_mlp_out', mlp(mid))
  return trace.pass(layer, 'hook_resid_post', add(mid, mlpOut))
}
