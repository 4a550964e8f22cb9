/**
 * @file What a registry wants to see before it answers, from WWW-Authenticate: a name and password, or a token that another server
 * gives for them.
 *
 * Source: distribution, "Token authentication" and "OAuth2"; RFC 9110, section 11.6.1.
 */
import { ociAnswer, ociRefused } from '../../errors/oci.ts'
import { isLoopback } from '../hub-settings.ts'
import { jsonOf, type PatientFetch } from '../transfer/patient-fetch.ts'
import type { Credentials } from './credentials.ts'

export interface Challenge {
  readonly scheme: 'basic' | 'bearer'
  readonly realm: string
  readonly service: string
  readonly scope: string
}

/** The first that can be met, a token before a password; null: none. */
export function challengeIn(header: string | null): Challenge | null {
  const found: Challenge[] = []
  for (const [, scheme = '', parameters = ''] of (header ?? '').matchAll(
    /\b(basic|bearer)\s+((?:[a-z_]+\s*=\s*(?:"[^"]*"|[^\s,"]+)(?:\s*,\s*(?=[a-z_]+\s*=))?)+)/gi,
  )) {
    const given = new Map<string, string>()
    for (const [, key = '', quoted, plain] of parameters.matchAll(
      /([a-z_]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))/gi,
    ))
      given.set(key.toLowerCase(), quoted ?? plain ?? '')
    found.push({
      scheme: scheme.toLowerCase() === 'basic' ? 'basic' : 'bearer',
      realm: given.get('realm') ?? '',
      service: given.get('service') ?? '',
      scope: given.get('scope') ?? '',
    })
  }
  return found.find(({ scheme }) => scheme === 'bearer') ?? found[0] ?? null
}

export interface Asker {
  readonly host: string
  readonly credentials: Credentials | null
  /** To the server of tokens. */
  readonly request: PatientFetch
}

/** The Authorization that answers it. Errors: OCI_REFUSED, OCI_ANSWER, those of the server of tokens. */
export async function authorization(
  challenge: Challenge,
  { host, credentials, request }: Asker,
): Promise<string> {
  if (challenge.scheme === 'basic') {
    if (credentials === null) throw ociRefused(host, 401, 'whoever is not logged in')
    return basic(credentials)
  }
  const realm = realmOf(challenge, host)
  const own = isSameHouse(realm.hostname, new URL(`http://${host}`).hostname) ? credentials : null
  const { service, scope } = challenge
  const answer =
    own?.isIdentityToken === true
      ? await request(realm, refreshed(own, { service, scope }))
      : await request(asked(realm, { service, scope }), {
          redirect: 'manual',
          headers: own === null ? {} : { Authorization: basic(own) },
        })
  const told = await jsonOf(host, answer, 2 ** 20)
  const entries = typeof told === 'object' && told !== null ? Object.entries(told) : []
  const token: unknown = entries.find(([key, value]) => /^(access_)?token$/.test(key) && value !== '')?.[1]
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token))
    throw ociAnswer(realm.host, 'it gives no token')
  return `Bearer ${token}`
}

const basic = ({ username, password }: Credentials): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

interface Wish {
  readonly service: string
  readonly scope: string
}

function asked(realm: URL, { service, scope }: Wish): URL {
  const url = new URL(realm)
  if (service !== '') url.searchParams.set('service', service)
  // Several are told apart by spaces, and asked for one by one.
  for (const one of scope.split(' ').filter((part) => part !== '')) url.searchParams.append('scope', one)
  return url
}

function refreshed({ password }: Credentials, { service, scope }: Wish): RequestInit {
  const form = { grant_type: 'refresh_token', refresh_token: password, client_id: 'saegate', service, scope }
  return {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  }
}

/** Passwords and tokens travel encrypted, but on this machine. */
function realmOf({ realm }: Challenge, host: string): URL {
  const url = URL.canParse(realm) ? new URL(realm) : null
  if (url === null || !/^https?:$/.test(url.protocol)) throw ociAnswer(host, 'it names no server of tokens')
  if (url.protocol !== 'https:' && !isLoopback(url.hostname))
    throw ociAnswer(host, `its server of tokens, ${url.host}, has no encryption`)
  return url
}

/**
 * Whether a server of tokens may be shown the password of a registry: the same host, or one of the domain around it
 * (registry-1.docker.io and auth.docker.io, registry.gitlab.com and gitlab.com).
 */
function isSameHouse(realm: string, registry: string): boolean {
  if (realm === registry) return true
  const labels = registry.split('.')
  if (labels.length < 3 || /^[\d.]+$/.test(registry)) return realm.endsWith(`.${registry}`)
  const around = labels.slice(1).join('.')
  return realm === around || realm.endsWith(`.${around}`)
}
