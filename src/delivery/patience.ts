/**
 * @file Trying again, within bounds: which failures of GitHub's API pass by themselves, and how long they take.
 *
 * Source: GitHub, "Rate limits for the REST API" and "Best practices" (retry-after; x-ratelimit-remaining 0 with
 * x-ratelimit-reset; a secondary limit without either: at least a minute, then doubling) and 5xx with short back-off.
 * One Patience is shared by a whole delivery, so that nested tries spend one budget.
 */
import { deliverySlow } from '../errors/delivery.ts'

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  sleep(milliseconds: number): Promise<void>
}

export interface HttpFailure {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly message: string
}

/** Tries of one call, the first included. */
export const MAX_ATTEMPTS = 4
/** All waiting of one delivery together: two one-minute secondary limits and some back-off. */
export const MAX_WAIT_MS = 150_000
/** From the first call of a delivery on; no further call is begun after it. */
export const MAX_ELAPSED_MS = 300_000
const SECONDARY_LIMIT_MS = 60_000
const BACKOFF_MS = 1_000

export interface Patience {
  /** Run until it succeeds, fails for good, or patience is spent. `attempt` counts from 1. */
  with<T>(call: (attempt: number) => Promise<T>): Promise<T>
}

export function patience(clock: Clock, note: (text: string) => void): Patience {
  let waited = 0
  let began: number | null = null
  /** Errors an inner call has given up on: an outer one does not begin again. */
  const final = new WeakSet<object>()
  const worthWaiting = (error: unknown, attempt: number): number | null => {
    if (typeof error === 'object' && error !== null && final.has(error)) return null
    const wait = attempt < MAX_ATTEMPTS ? waitBeforeRetry(httpFailure(error), attempt, clock.now()) : null
    return wait === null || waited + wait > MAX_WAIT_MS ? null : wait
  }
  return {
    async with(call) {
      for (let attempt = 1; ; attempt++) {
        began ??= clock.now()
        if (clock.now() - began > MAX_ELAPSED_MS) throw deliverySlow(MAX_ELAPSED_MS / 1000)
        try {
          return await call(attempt)
        } catch (error) {
          const wait = worthWaiting(error, attempt)
          if (wait === null) {
            if (typeof error === 'object' && error !== null) final.add(error)
            throw error
          }
          waited += wait
          note(`GitHub: ${messageOf(error)}; trying again in ${Math.ceil(wait / 1000)} s`)
          await clock.sleep(wait)
        }
      }
    },
  }
}

/** Milliseconds to wait before trying again; null: it will not pass by itself. */
export function waitBeforeRetry(failure: HttpFailure | null, attempt: number, now: number): number | null {
  if (failure === null) return null
  const doubling = 2 ** (attempt - 1)
  if (isRateLimit(failure)) {
    const after = Number(failure.headers['retry-after'])
    if (after > 0) return after * 1000
    const reset = Number(failure.headers['x-ratelimit-reset'])
    if (failure.headers['x-ratelimit-remaining'] === '0' && reset > 0)
      return Math.max(reset * 1000 - now, BACKOFF_MS)
    return SECONDARY_LIMIT_MS * doubling
  }
  return failure.status >= 500 ? BACKOFF_MS * doubling : null
}

function isRateLimit({ status, headers, message }: HttpFailure): boolean {
  if (status === 429) return true
  if (status !== 403) return false
  const limited = headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0'
  return limited || /secondary rate limit|abuse detection/i.test(message)
}

/** 403 or 404 on a write, and not a rate limit: the token lacks the permission (GitHub hides with 404 what it denies). */
export function isDenied(failure: HttpFailure | null): boolean {
  return failure !== null && !isRateLimit(failure) && (failure.status === 403 || failure.status === 404)
}

/** Status and headers of an Octokit error; null for anything else. Octokit reports a broken connection as 500. */
export function httpFailure(error: unknown): HttpFailure | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  const response: unknown = 'response' in error ? error.response : null
  const headers: unknown = isRecord(response) ? response.headers : null
  const texts = Object.entries(isRecord(headers) ? headers : {}).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ])
  return { status: error.status, headers: Object.fromEntries(texts), message: error.message }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** One line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return (text.split('\n')[0] ?? '').slice(0, 200)
}
