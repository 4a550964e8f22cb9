/**
 * @file One request to the Hub: the token where it belongs, patience where it helps, a clear message where it does not.
 *
 * 429 and 5xx answers and broken connections are tried again after 1, 2, 4 and 8 s, or what Retry-After or the Hub's own
 * RateLimit header asks for; where that header says that nothing is left of the window, the next request waits for the next
 * one. Every other refusal becomes its problem at once. Wrapped as a `fetch`, so that @huggingface/hub uses it too.
 * RateLimit: `"resolvers";r=0;t=137`, requests left and seconds until more (IETF draft-ietf-httpapi-ratelimit-headers).
 */
import {
  hubAnswerUnusable,
  hubBusy,
  hubForbidden,
  hubNotFound,
  hubRefused,
  hubUnauthorized,
  hubUnreachable,
} from '../../errors/hub.ts'
import { SaegateError } from '../../errors/problem.ts'
import { type HubSettings, isLoopback } from '../hub-settings.ts'
import { type HubSpec, repositoryName } from '../hub-spec.ts'

export const ATTEMPTS = 5

/** The Hub asks for at most 5 minutes (its rate limits are counted in windows of 5 minutes). */
const LONGEST_WAIT_MS = 300_000

/** No answer within this time counts as a broken connection. */
const ANSWER_TIMEOUT_MS = 60_000

/** Milliseconds before attempt `next` (the second is 1). */
export function backOff(next: number): number {
  return 1000 * 2 ** (next - 1)
}

/**
 * A `fetch` that answers with a usable response or throws a SaegateError. `attempts`: 1 for what must not happen twice. Errors:
 * HUB_*.
 */
export function hubFetch(spec: HubSpec, settings: HubSettings, attempts = ATTEMPTS): typeof fetch {
  let freeAt = 0
  const wait = async (milliseconds: number, why: string): Promise<void> => {
    settings.onWait?.({ seconds: Math.ceil(milliseconds / 1000), why })
    await settings.wait(milliseconds)
  }
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const headers = new Headers(init?.headers)
    // Answers may name other hosts (pages of a list, a mirror's storage): those never see the token.
    const isHub = url.origin === new URL(settings.endpoint).origin
    if (settings.token !== null && isHub) headers.set('Authorization', `Bearer ${settings.token}`)
    for (let attempt = 1; ; attempt++) {
      if (isHub && freeAt > Date.now())
        await wait(Math.min(freeAt - Date.now(), LONGEST_WAIT_MS), 'the Hub limits requests')
      freeAt = 0
      const response = await ask(settings, url, { ...init, headers }, attempt === attempts)
      requireEncrypted(spec, settings, response?.url || url.href)
      if (response?.ok) {
        const limit = isHub ? rateLimit(response) : null
        if (limit?.left === 0) freeAt = Date.now() + limit.milliseconds
        return response
      }
      if (response !== null && !isPassing(response.status)) throw refusal(spec, settings, response)
      if (response !== null && attempt === attempts)
        throw hubBusy(repositoryName(spec), response.status, attempts)
      await response?.body?.cancel()
      const limit = response?.status === 429 ? rateLimit(response) : null
      const asked = retryAfter(response) ?? limit?.milliseconds ?? backOff(attempt)
      await wait(asked, reasonToWait(response))
    }
  }
}

/** What is asked over https leads nowhere else: over http anybody on the way could answer. This machine itself may. */
function requireEncrypted(spec: HubSpec, { endpoint }: HubSettings, answered: string): void {
  const { protocol, hostname } = new URL(answered)
  if (new URL(endpoint).protocol === 'https:' && protocol !== 'https:' && !isLoopback(hostname))
    throw hubAnswerUnusable(repositoryName(spec), `it leads to ${hostname} without encryption (${protocol})`)
}

/** The response, or null when the connection failed and another attempt is left. */
async function ask(
  settings: HubSettings,
  url: URL,
  init: RequestInit,
  isLast: boolean,
): Promise<Response | null> {
  const aborter = new AbortController()
  const timer = setTimeout(() => aborter.abort(new Error('no answer in time')), ANSWER_TIMEOUT_MS)
  try {
    return await settings.fetch(url, {
      ...init,
      signal: AbortSignal.any([aborter.signal, ...(init.signal ? [init.signal] : [])]),
    })
  } catch (error) {
    if (isLast) throw unreachable(url, error)
    return null
  } finally {
    clearTimeout(timer)
  }
}

/** Say why a connection failed; fetch hides the reason in `cause`. */
export function unreachable(url: URL, error: unknown): SaegateError {
  if (error instanceof SaegateError) return error
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null
  return hubUnreachable(url.host, code ?? (cause instanceof Error ? cause.message : String(cause)))
}

function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

function refusal(spec: HubSpec, { endpoint, token }: HubSettings, response: Response): SaegateError {
  const repository = repositoryName(spec)
  const isGated = response.headers.get('X-Error-Code') === 'GatedRepo'
  if (response.status === 403 || isGated)
    return hubForbidden(repository, `${endpoint}/${repository}`, token !== null)
  if (response.status === 401) return hubUnauthorized(repository, token !== null)
  if (response.status !== 404) return hubRefused(repository, response.status)
  switch (response.headers.get('X-Error-Code')) {
    case 'RevisionNotFound':
      return hubNotFound(repository, `revision: "${spec.revision}"`)
    case 'EntryNotFound':
      return hubNotFound(repository, `file or folder: "${spec.path}"`)
    default:
      return hubNotFound(repository, `repository, or no revision "${spec.revision}"`)
  }
}

function reasonToWait(response: Response | null): string {
  if (response === null) return 'the Hub did not answer'
  return response.status === 429 ? 'the Hub limits requests' : `the Hub answered ${response.status}`
}

/** Requests left in the window, and milliseconds until the next; null: not said. */
function rateLimit(response: Response): { readonly left: number; readonly milliseconds: number } | null {
  const header = response.headers.get('RateLimit') ?? ''
  const left = /;\s*r=(\d{1,9})(?:;|,|\s|$)/.exec(header)?.[1]
  const seconds = /;\s*t=(\d{1,9})(?:;|,|\s|$)/.exec(header)?.[1]
  if (left === undefined || seconds === undefined) return null
  return { left: Number(left), milliseconds: Math.min(1000 * Number(seconds), LONGEST_WAIT_MS) }
}

/** Retry-After as milliseconds: seconds or a date; null when absent. */
function retryAfter(response: Response | null): number | null {
  const header = response?.headers.get('Retry-After')
  if (!header) return null
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds * 1000), LONGEST_WAIT_MS) : null
}
