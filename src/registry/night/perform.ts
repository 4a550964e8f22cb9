/** @file The audits of a night, one after the other or a few at once: each ends in an outcome that is written down at once. */
import { SaegateError } from '../../errors/problem.ts'
import { registryTimeOut } from '../../errors/registry.ts'
import { problemOf } from '../../gate/last-handler.ts'
import { errorOutcome, INTERRUPTED, isWorthRetrying, type Outcome, retryWords } from '../outcome.ts'
import type { Entry, Recorded } from '../state/entries.ts'
import { type LivingHistory, triesOf } from '../state/history.ts'
import type { AuditPort } from './audit-port.ts'
import type { Asked } from './inputs.ts'
import type { Done } from './result.ts'
import { durationWords } from './rules.ts'
import type { Job } from './work.ts'

export interface PerformDoors {
  readonly run: string
  readonly history: LivingHistory
  readonly port: AuditPort
  /** Write down. */
  note(...entries: readonly Entry[]): Promise<readonly Recorded[]>
  /** Bring what an audit needs that is not here, and make room for it. Errors: those of the place, REGISTRY_TOO_LARGE. */
  provide(job: Job, signal: AbortSignal): Promise<void>
  /** Tell of a candidate that is begun or done. */
  tell(line: string): void
  /** Milliseconds on a clock that only goes forward. */
  clock(): number
}

export interface Limits {
  readonly atOnce: number
  /** Milliseconds of the whole night; null: none. */
  readonly most: number | null
  /** Ctrl-C. */
  readonly signal: AbortSignal
}

export interface Performed {
  readonly done: readonly Done[]
  /** No time was left. */
  readonly deferred: readonly Job[]
}

/** Errors: those of writing the history, which end the night; no failing audit does. */
export async function perform(jobs: readonly Job[], limits: Limits, doors: PerformDoors): Promise<Performed> {
  const began = doors.clock()
  const waiting = [...jobs]
  const done: Done[] = []
  const deferred: Job[] = []
  const stop = new AbortController()
  const timeLeft = (): number => (limits.most === null ? Infinity : limits.most - (doors.clock() - began))
  const worker = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const isOver = limits.signal.aborted || stop.signal.aborted || timeLeft() <= 0
      const ended = isOver
        ? null
        : await one(job, { ...limits, stop: stop.signal, timeLeft: timeLeft() }, doors)
      if (ended === null) deferred.push(job)
      else done.push(ended)
    }
  }
  const workers = Array.from({ length: Math.max(1, limits.atOnce) }, async () => {
    try {
      await worker()
    } catch (error) {
      // What cannot be written down must not be done: the others end too.
      stop.abort()
      throw error
    }
  })
  const ends = await Promise.allSettled(workers)
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return { done, deferred }
}

type OneLimits = Limits & { readonly stop: AbortSignal; readonly timeLeft: number }

/** Null: it was given up without an outcome. */
async function one(job: Job, limits: OneLimits, doors: PerformDoors): Promise<Done | null> {
  const began = doors.clock()
  const { asked } = job
  let why = job.why
  const finish = async (outcome: Outcome, how: Done['how']): Promise<Done> => {
    const tries = triesOf(doors.history.items.get(job.id) ?? job.known, job.key) + 1
    const seconds = Math.round((doors.clock() - began) / 100) / 10
    const folder = outcome.kind === 'verdict' ? job.folder : null
    const { id: item, key, inputs } = job
    const { revision } = job.ruled.item
    const isNews = !isAsBefore(job, outcome)
    const entry = {
      type: 'finished',
      item,
      revision,
      key,
      folder,
      inputs,
      run: doors.run,
      tries,
      seconds,
      outcome,
      ...(how === 'judged again' ? { isJudgedAgain: true } : {}),
    } as const
    if (isNews) doors.history.add(await doors.note(entry))
    const retry = outcome.kind === 'error' ? retryWords(outcome.class, tries) : null
    doors.tell(`${item}: ${outcomeWords(outcome)}`)
    return { item, why, outcome, folder, seconds, how, retry }
  }
  if (asked === null) return finish(errorOutcome(job.problem ?? problemOf(null)), 'measured')
  const folder = asked.request.out
  const earlier = await doors.port.earlier({ criteria: asked.criteria, folder })
  if (earlier !== null) return finish(earlier, 'measured earlier')
  if (job.judgedBefore !== null) {
    const { criteria } = asked
    const again = await doors.port.judgeAgain({ criteria, folder, signal: limits.signal }, job.judgedBefore)
    if ('kind' in again) return finish(again, 'judged again')
    why = `${why}, and ${again.why}`
  }
  const interruptedBefore = job.known.open?.key === job.key
  if (interruptedBefore) {
    const ended = await finish(INTERRUPTED, 'measured')
    const tries = triesOf(doors.history.items.get(job.id) ?? job.known, job.key)
    if (!isWorthRetrying('interrupted', tries)) return ended
  }
  doors.history.add(await doors.note({ type: 'started', item: job.id, key: job.key, run: doors.run }))
  doors.tell(`${job.id}: ${why}`)
  const outcome = await attempt(job, asked, limits, doors)
  if (outcome !== null) return finish(outcome, 'measured')
  doors.history.add(await doors.note({ type: 'deferred', item: job.id, key: job.key, run: doors.run }))
  return null
}

/** Null: it was ended because the night is over. */
async function attempt(
  job: Job,
  { request, criteria }: Asked,
  { signal, stop, timeLeft }: OneLimits,
  { provide, port }: PerformDoors,
): Promise<Outcome | null> {
  const { timeoutMs } = job.ruled
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), Math.min(timeoutMs, timeLeft, MOST_TIMER_MS))
  const all = AbortSignal.any([signal, stop, limit.signal])
  try {
    await provide(job, all)
    return await port.audit({ request, criteria, folder: request.out, signal: all })
  } catch (error) {
    if (!all.aborted) return errorOutcome(error instanceof SaegateError ? error : problemOf(error))
    const isNight = signal.aborted || stop.aborted || timeLeft <= timeoutMs
    return isNight ? null : errorOutcome(registryTimeOut(job.id, durationWords(timeoutMs)))
  } finally {
    clearTimeout(timer)
  }
}

/** A timer of Node's counts to 2³¹ − 1. */
const MOST_TIMER_MS = 2 ** 31 - 1

/** The same error of the same inputs every night, which is tried without end, is written down once. */
function isAsBefore({ known, key }: Job, outcome: Outcome): boolean {
  const last = known.last?.what
  if (last?.outcome.kind !== 'error' || outcome.kind !== 'error' || last.key !== key || known.isWanted)
    return false
  return last.outcome.code === outcome.code && isWorthRetrying(outcome.class, Infinity)
}

export function outcomeWords(outcome: Outcome): string {
  if (outcome.kind === 'verdict') return outcome.verdict ?? 'measured'
  return `${outcome.class}: ${outcome.message}`
}
