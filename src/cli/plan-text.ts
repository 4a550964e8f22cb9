/** @file A plan as lines for a terminal. */
import type { AuditPlan } from '../contract/plan/plan-schema.ts'
import { visible } from '../escape/visible.ts'

const size = (bytes: number): string =>
  bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`

/** What an hour of the machine costs, in whatever it is paid in; null: nobody said. */
export type HourlyRate = number | null

/** Everything that is held, then what it comes to and how long it takes, ending with a newline. */
export function planText(plan: AuditPlan, perHour: HourlyRate): string {
  const { weights, saes, rounds, memory, held, reading, temporary, time, looks, policy } = plan
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
  return `${[...lines, ...timeLines(time, perHour), ...looksLines(looks), ...policyLines(policy)].join('\n')}\n`
}

function timeLines(time: AuditPlan['time'], perHour: HourlyRate): readonly string[] {
  if (time === undefined) return []
  const { operationsPerSecond, stages, seconds } = time
  const cost =
    perHour === null ? '' : `, ${((seconds / 3600) * perHour).toPrecision(2)} at ${perHour} an hour`
  return [
    `time       about ${duration(seconds)}${cost}: ${(operationsPerSecond / 1e9).toFixed(0)} GFLOP/s of products, measured now`,
    ...stages.map((one) => `  ${visible(one.stage, 50).padEnd(50)}  ${duration(one.seconds).padStart(8)}`),
  ]
}

/** The last is the whole text. */
function looksLines(looks: AuditPlan['looks']): readonly string[] {
  const before = looks?.slice(0, -1) ?? []
  if (looks === undefined) return []
  return [
    before.length === 0
      ? 'looks      at the whole text alone: it has too few token groups to stop before its end'
      : `looks      the audit stops after ${before.map((tokens) => tokens.toLocaleString('en')).join(' or ')} tokens where every rule is decided; the time is that of looking once at all of it`,
  ]
}

function policyLines(policy: AuditPlan['policy']): readonly string[] {
  if (policy === undefined) return []
  const { tokens, decided, undecided } = policy
  const all = decided + undecided.length
  return [
    `policy     ${decided} of ${all} rules were decided on the ${tokens.toLocaleString('en')} tokens of the baseline`,
    ...undecided.map(
      (one) => `  ${visible(`${one.rule} (${one.candidate})`, 80)}: ${visible(one.advice, 300)}`,
    ),
  ]
}

/** 40 s, 12 min, 3.5 h. */
function duration(seconds: number): string {
  if (seconds < 100) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

function roundsText({ inOneGraph, why, candidates, onDevice, deviceFree }: AuditPlan['rounds']): string {
  if (!inOneGraph) return `stage by stage, up to ${candidates} candidates at a time (${visible(why, 120)})`
  const room = deviceFree === null ? '' : `; ${size(onDevice)} of the device, ${size(deviceFree)} free`
  const asked = why === '' ? '' : ` (${visible(why, 120)})`
  return `in one graph, reference and up to ${candidates} candidate${candidates === 1 ? '' : 's'} at a time${asked}${room}`
}
