/** @file What a report says of a compression. */
import type { CandidateReport } from '../contract/report/report-schema.ts'
import { SCALE_BITS, type ScaledChannels, scaleCount } from './compress-tensor.ts'
import type { Compression } from './spec.ts'

/**
 * What report.json says of the compression. `bits` is the mean stored size of a compressed weight: the integers' bits
 * and a scale of 16 bits per channel or group (rtn:4,group=128 → 4.125); null for pruning, whose size depends on the format.
 */
export function describeCompression(
  how: Compression,
  targets: ReadonlyMap<string, ScaledChannels>,
): NonNullable<CandidateReport['compression']> {
  const sides = [...targets.values()]
  const parameters = sides.reduce((sum, side) => sum + side.out * side.in, 0)
  const counted = {
    tensors: sides.length,
    parameters,
    ...(how.layout === undefined ? {} : { layout: how.layout }),
    ...(how.arithmetic === undefined ? {} : { arithmetic: how.arithmetic }),
    ...(how.method === 'prune' || how.scale === undefined ? {} : { scale: how.scale }),
  }
  if (how.method === 'prune') return { method: 'prune', bits: null, sparsity: how.sparsity, ...counted }
  const scales = sides.reduce((sum, side) => sum + scaleCount(side, how), 0)
  const bits = parameters === 0 ? how.bits : how.bits + (SCALE_BITS * scales) / parameters
  if (how.group === null) return { method: 'rtn', bits, ...counted }
  return { method: 'rtn', bits, groupSize: how.group, ...counted }
}
