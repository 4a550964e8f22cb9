/** @file What an audit measures, as a file of group sums says it. */
import { runtimeVersion } from '../../onnx/runtime/runtime.ts'
import type { Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import type { MeasuredOn } from './group-sums.ts'

/** Whose program measured which reference: its version, and the sha256 of the files that were read. */
export type MeasuredBy = Pick<MeasuredOn, 'toolVersion' | 'reference'>

export function measuredOn(
  { device, tokens }: Pick<Run, 'device' | 'tokens'>,
  readouts: readonly Readout[],
  candidates: MeasuredOn['candidates'],
  { toolVersion, reference }: MeasuredBy,
): MeasuredOn {
  const { sequences, groupStarts } = tokens
  return {
    toolVersion,
    engine: runtimeVersion(),
    device: device.kind,
    operands: device.bodyType,
    reference,
    tokens: sequences.sha256,
    blockLength: sequences.blockLength,
    groups: groupStarts.length - 1,
    bos: JSON.stringify(sequences.bos),
    readouts: readouts.map(({ id, dictionary, center }) => ({ id, sha256: dictionary.sha256, center })),
    candidates,
  }
}
