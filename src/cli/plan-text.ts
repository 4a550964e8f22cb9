/** @file A plan as lines for a terminal. */
import type { AuditPlan } from '../contract/plan/plan-schema.ts'
import { visible } from '../escape/visible.ts'

const size = (bytes: number): string =>
  bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`

/** Everything that is held, then what it comes to, ending with a newline. */
export function planText({ weights, saes, rounds, memory, held, reading, temporary }: AuditPlan): string {
  const rows = held.map(({ what, bytes, where, detail }) => [
    visible(what, 40).padEnd(40),
    size(bytes).padStart(10),
    where.padEnd(14),
    detail ?? '',
  ])
  const how = weights.held === 'resident' ? 'every model whole' : 'one range of blocks at a time'
  const why = weights.chosen === 'asked' ? 'as --weights says' : 'chosen by the memory there is'
  const lines = [
    ...rows.map((columns) => columns.join('  ').trimEnd()),
    '',
    `weights    ${how} (${why})${weights.readsAhead ? '; the next range is read while one runs' : ''}`,
    ...(saes.ranges === 1 ? [] : [`SAEs       one range of features at a time, of ${saes.ranges} (${why})`]),
    `rounds     ${roundsText(rounds)}`,
    `memory     ${size(memory.peak)} at most, ${size(memory.available)} available${memory.limitedBy === 'container' ? ' under the limit of this container' : ''}; whole ${size(memory.peakResident)}, streamed ${size(memory.peakStreamed)}`,
    `temporary  ${size(temporary.bytes)} in ${visible(temporary.folder, 60)}${temporary.free === null ? '' : `, ${size(temporary.free)} free`}`,
    `reading    ${size(reading.bytes)}${reading.seconds === null || reading.bytesPerSecond === null ? '' : `, about ${Math.ceil(reading.seconds)} s at ${size(reading.bytesPerSecond)}/s, measured now`}`,
  ]
  return `${lines.join('\n')}\n`
}

function roundsText({ inOneGraph, why, candidates, onDevice, deviceFree }: AuditPlan['rounds']): string {
  if (!inOneGraph) return `stage by stage, up to ${candidates} candidates at a time (${visible(why, 120)})`
  const room = deviceFree === null ? '' : `; ${size(onDevice)} of the device, ${size(deviceFree)} free`
  const asked = why === '' ? '' : ` (${visible(why, 120)})`
  return `in one graph, reference and up to ${candidates} candidate${candidates === 1 ? '' : 's'} at a time${asked}${room}`
}
