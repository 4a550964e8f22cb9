/** @file A plan held against what there is, and said in one line before an audit begins. */
import type { AuditPlan } from '../../contract/plan/plan-schema.ts'
import { diskTooSmall, modelTooLarge } from '../../errors/audit.ts'

export const gigabytes = (bytes: number): string =>
  bytes < 1e8 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`

/** Errors: MODEL_TOO_LARGE, DISK_TOO_SMALL, with the number that is short. */
export function requireFit(model: string, { short, weights, memory, temporary }: AuditPlan): void {
  if (short === null) return
  const [needed, available] = [gigabytes(short.needed), gigabytes(short.available)]
  if (short.of === 'disk') throw diskTooSmall(temporary.folder, needed, available)
  const isWhole = weights.held === 'resident' && memory.peakStreamed <= memory.available
  throw modelTooLarge(model, { needed, available, limitedBy: memory.limitedBy, isWhole })
}

/** `weights one block at a time (33 ranges, 1.1 GB the largest), … 3.2 GB of memory at most, 21.4 GB are there`. */
export function planSentence({ weights, saes, rounds, memory, reading, temporary }: AuditPlan): string {
  const held =
    weights.held === 'resident'
      ? 'every model whole in memory'
      : `weights streamed, one of ${weights.ranges} ranges at a time (${gigabytes(weights.rangeBytes)} the largest)`
  const spilled =
    temporary.bytes === 0 ? '' : `; ${gigabytes(temporary.bytes)} of activations in ${temporary.folder}`
  const time =
    reading.seconds === null
      ? ''
      : `; about ${Math.ceil(reading.seconds)} s to read ${gigabytes(reading.bytes)}`
  const encoders =
    saes.ranges === 1 ? '' : `; SAEs streamed, one of ${saes.ranges} ranges of features at a time`
  return `plan: ${held}${encoders}${roundsSentence(rounds)}; ${gigabytes(memory.peak)} of memory at most, of ${gigabytes(memory.available)} available${spilled}${time}`
}

/** Where a GPU is there, or somebody asked: on the CPU nobody expects a round in one graph. */
function roundsSentence({ inOneGraph, why, candidates, onDevice, deviceFree }: AuditPlan['rounds']): string {
  if (!inOneGraph) return deviceFree === null ? '' : `; rounds stage by stage (${why})`
  const room =
    deviceFree === null ? '' : `, ${gigabytes(onDevice)} of ${gigabytes(deviceFree)} free on the device`
  return `; reference and ${candidates === 1 ? 'a candidate' : `up to ${candidates} candidates`} in one graph${room}`
}
