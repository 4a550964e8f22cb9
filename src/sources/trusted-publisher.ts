/**
 * @file A token of the Hub without a stored secret: a job's own identity (OpenID Connect) is exchanged for a token that
 * lasts an hour and reads what the Hub's owner allowed that job ("Trusted Publishers" on the Hub).
 *
 * Names and rules are those of huggingface_hub 1.19: HF_OIDC_RESOURCE (a user, or a repository) switches it on;
 * HF_OIDC_ID_TOKEN is the identity where the CI gives one, and GitHub's is asked for where the job has
 * `permissions: id-token: write`. HF_TOKEN, where it is set, stands before it. A failure is an error, never a silent
 * run without a token. The identity is one for the Hub, who could be asked for a token with it by anybody: no mirror is given it.
 */
import { hubIdentityElsewhere, hubIdentityMissing, hubIdentityRefused } from '../errors/hub.ts'
import { SaegateError } from '../errors/problem.ts'
import { hubEndpoint, isLoopback, THE_HUB } from './hub-settings.ts'
import { type Environment, environmentFetch } from './transfer/proxy-fetch.ts'

/** The only audience that the Hub accepts. */
const AUDIENCE = THE_HUB
const TIMEOUT_MS = 30_000
const LONGEST_ANSWER = 65_536

/**
 * The environment with HF_TOKEN in it, where an identity is to be exchanged for one; else as it was. Errors:
 * HUB_IDENTITY_ELSEWHERE, HUB_IDENTITY_MISSING, HUB_IDENTITY_REFUSED, HUB_SETTING_INVALID.
 */
export async function withPublisherToken(
  environment: Environment,
  request: typeof fetch = environmentFetch(environment),
): Promise<Environment> {
  const given = (name: string): string | null => environment[name]?.trim() || null
  const resource = given('HF_OIDC_RESOURCE')
  const hasToken = given('HF_TOKEN') !== null || given('HUGGING_FACE_HUB_TOKEN') !== null
  if (resource === null || hasToken) return environment
  const endpoint = hubEndpoint(environment)
  if (endpoint !== THE_HUB && !isLoopback(new URL(endpoint).hostname)) throw hubIdentityElsewhere(endpoint)
  const identity = given('HF_OIDC_ID_TOKEN') ?? (await githubIdentity(given, request))
  const answer = await asked('the Hub', request, `${endpoint}/oauth/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      subject_token: identity,
      resource,
    }),
  })
  return { ...environment, HF_TOKEN: fieldOf(answer, 'access_token', 'the Hub') }
}

async function githubIdentity(
  given: (name: string) => string | null,
  request: typeof fetch,
): Promise<string> {
  const [url, secret] = [given('ACTIONS_ID_TOKEN_REQUEST_URL'), given('ACTIONS_ID_TOKEN_REQUEST_TOKEN')]
  if (url === null || secret === null || !URL.canParse(url)) throw hubIdentityMissing()
  const address = new URL(url)
  address.searchParams.set('audience', AUDIENCE)
  const answer = await asked('GitHub', request, address.href, {
    headers: { Authorization: `bearer ${secret}`, Accept: 'application/json' },
  })
  return fieldOf(answer, 'value', 'GitHub')
}

/** Neither token nor identity is ever in a message: only who refused, and how. */
async function asked(who: string, request: typeof fetch, url: string, init: RequestInit): Promise<unknown> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await request(url, { ...init, signal, redirect: 'error' })
    const text = (await response.text()).slice(0, LONGEST_ANSWER)
    if (!response.ok) throw hubIdentityRefused(who, `it answered ${response.status}${reasonIn(text)}`)
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SaegateError) throw error
    throw hubIdentityRefused(who, 'it could not be reached, or its answer is not JSON')
  }
}

/** OAuth's error code, which is one of a few known words (RFC 6749, section 5.2). */
function reasonIn(text: string): string {
  const word = /"error"\s*:\s*"([a-z_]{1,40})"/.exec(text)?.[1]
  return word === undefined ? '' : ` (${word})`
}

function fieldOf(answer: unknown, field: string, who: string): string {
  const value =
    typeof answer === 'object' && answer !== null
      ? Object.entries(answer).find(([k]) => k === field)?.[1]
      : null
  if (typeof value !== 'string' || value === '') throw hubIdentityRefused(who, `its answer has no "${field}"`)
  return value
}
