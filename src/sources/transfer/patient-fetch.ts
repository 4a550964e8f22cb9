/**
 * @file Requests to registries other than the Hub: 429, 5xx and broken connections are tried again, every other refusal is a
 * problem at once. A secret goes to the origin it is meant for and nowhere else, and over https unless that is this machine.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { SaegateError } from '../../errors/problem.ts'
import {
  registryAbsent,
  registryAnswer,
  registryRefused,
  registryTokenUnencrypted,
  registryUnreachable,
} from '../../errors/registry.ts'
import { isLoopback } from '../hub-settings.ts'
import { type Environment, environmentFetch } from './proxy-fetch.ts'

/** Answers with a usable response, or throws a SaegateError. `allowed`: statuses that the caller reads itself. */
export type PatientFetch = (url: URL, init?: RequestInit, allowed?: readonly number[]) => Promise<Response>

/** What is said when a place cannot be asked, or says no. */
export interface PlaceProblems {
  unreachable(who: string, reason: string): SaegateError
  refused(who: string, status: number, what: string): SaegateError
  absent(who: string, what: string): SaegateError
  answer(who: string, reason: string): SaegateError
}

const OF_REGISTRIES: PlaceProblems = {
  unreachable: registryUnreachable,
  refused: registryRefused,
  absent: registryAbsent,
  answer: registryAnswer,
}

export interface PatientSettings {
  /** How messages call the place. */
  readonly who: string
  /** By default as the environment says. */
  readonly fetch?: typeof fetch
  readonly environment: Environment
  readonly wait?: (milliseconds: number) => Promise<unknown>
  readonly problems?: PlaceProblems
}

const ATTEMPTS = 5
const LONGEST_WAIT_MS = 300_000
const ANSWER_MS = 60_000

export function patientFetch({
  who,
  environment,
  fetch: request = environmentFetch(environment),
  wait = sleep,
  problems = OF_REGISTRIES,
}: PatientSettings): PatientFetch {
  return async (url, init = {}, allowed = []) => {
    for (let attempt = 1; ; attempt++) {
      const response = await answered(request, url, init).catch((error: unknown) => {
        if (attempt === ATTEMPTS) throw problems.unreachable(who, reasonOf(error))
        return null
      })
      if (response !== null && (response.ok || allowed.includes(response.status))) return response
      if (response !== null && !isPassing(response.status)) throw refusal(who, url, response.status, problems)
      if (response !== null && attempt === ATTEMPTS)
        throw problems.unreachable(who, `it answered ${response.status} ${ATTEMPTS} times in a row`)
      await response?.body?.cancel()
      await wait(retryAfter(response) ?? 1000 * 2 ** (attempt - 1))
    }
  }
}

async function answered(request: typeof fetch, url: URL, init: RequestInit): Promise<Response> {
  const aborter = new AbortController()
  const timer = setTimeout(() => aborter.abort(new Error('no answer in time')), ANSWER_MS)
  try {
    return await request(url, {
      ...init,
      signal: AbortSignal.any([aborter.signal, ...(init.signal ? [init.signal] : [])]),
    })
  } finally {
    clearTimeout(timer)
  }
}

const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500

/** The path alone: a query may hold a secret. */
function refusal(
  who: string,
  { pathname }: URL,
  status: number,
  { absent, refused, answer }: PlaceProblems,
): SaegateError {
  if (status === 404) return absent(who, pathname)
  if (status === 401 || status === 403) return refused(who, status, pathname)
  return answer(who, `${pathname} is answered with ${status}`)
}

export function reasonOf(error: unknown): string {
  if (error instanceof SaegateError) return error.message
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message
  return String(cause)
}

function retryAfter(response: Response | null): number | null {
  const header = response?.headers.get('Retry-After')
  if (!header || !/^\d{1,6}$/.test(header)) return null
  return Math.min(1000 * Number(header), LONGEST_WAIT_MS)
}

/** Errors: REGISTRY_TOKEN_UNENCRYPTED. */
export function requireEncrypted(where: string, url: URL): void {
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) throw registryTokenUnencrypted(where, url.host)
}

/** A JSON object of bounded length. Errors: REGISTRY_ANSWER. */
export async function jsonOf(who: string, response: Response, mostBytes = 2 ** 25): Promise<unknown> {
  const text = await textOf(who, response, mostBytes)
  try {
    return JSON.parse(text)
  } catch {
    throw registryAnswer(who, 'it is not JSON')
  }
}

/** Errors: REGISTRY_ANSWER, REGISTRY_UNREACHABLE. */
export const textOf = async (who: string, response: Response, mostBytes: number): Promise<string> =>
  Buffer.from(await bytesOf(who, response, mostBytes)).toString('utf8')

/** The whole of an answer, within bounds. Errors: REGISTRY_ANSWER, REGISTRY_UNREACHABLE. */
export async function bytesOf(who: string, response: Response, mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let left = mostBytes
  try {
    for await (const chunk of response.body ?? []) {
      left -= chunk.byteLength
      if (left < 0) break
      chunks.push(chunk)
    }
  } catch (error) {
    throw registryUnreachable(who, reasonOf(error))
  }
  if (left < 0) throw registryAnswer(who, `it has more than ${mostBytes} bytes`)
  return Buffer.concat(chunks)
}
