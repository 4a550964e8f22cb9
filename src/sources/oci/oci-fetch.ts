/**
 * @file One request to an OCI registry: the token where it belongs and a new one where it is over, patience where it helps,
 * redirections to storage without either. Wrapped as a `fetch`, so that downloads use it too.
 */
import { ociAbsent, ociAnswer, ociRefused, ociUnreachable } from '../../errors/oci.ts'
import type { HubSettings } from '../hub-settings.ts'
import { isLoopback } from '../hub-settings.ts'
import { type PatientFetch, type PlaceProblems, patientFetch } from '../transfer/patient-fetch.ts'
import { authorization, challengeIn } from './challenge.ts'
import { type Credentials, credentialsFor } from './credentials.ts'
import { registryOrigin } from './oci-spec.ts'

export type OciSettings = Pick<
  HubSettings,
  'fetch' | 'wait' | 'onProgress' | 'onRanges' | 'proofFolder' | 'offline' | 'environment'
>

/** Answers with a usable response, or throws a SaegateError. `allowed`: statuses that the caller reads itself. */
export type OciFetch = (
  input: URL | RequestInfo,
  init?: RequestInit,
  allowed?: readonly number[],
) => Promise<Response>

export const OCI_PROBLEMS: PlaceProblems = {
  unreachable: ociUnreachable,
  refused: ociRefused,
  absent: ociAbsent,
  answer: ociAnswer,
}

const REDIRECTIONS = [301, 302, 303, 307, 308]
const MOST_HOPS = 5

/** Errors: OCI_*. */
export function ociFetch(host: string, settings: OciSettings): OciFetch {
  const { environment = {} } = settings
  const origin = new URL(registryOrigin(host)).origin
  const patient = patientFetch({ ...settings, environment, who: host, problems: OCI_PROBLEMS })
  let credentials: Promise<Credentials | null> | null = null
  /** By what is done to which repository. */
  const known = new Map<string, string>()
  const login = async (response: Response): Promise<string> => {
    await response.body?.cancel()
    const challenge = challengeIn(response.headers.get('WWW-Authenticate'))
    if (challenge === null) throw ociRefused(host, response.status, 'whoever is not logged in')
    credentials ??= credentialsFor(host, environment)
    return await authorization(challenge, { host, credentials: await credentials, request: patient })
  }
  return async (input, init = {}, allowed = []) => {
    let url = new URL(input instanceof Request ? input.url : input)
    const place = placeOf(url, init.method)
    let isNew = false
    for (let hop = 0; hop <= MOST_HOPS; ) {
      const response = await ask(
        patient,
        url,
        withLogin(init, url.origin === origin ? known.get(place) : undefined),
        allowed,
      )
      if (REDIRECTIONS.includes(response.status)) {
        url = await redirected(response, url, host)
        hop++
      } else if (response.status === 401 && url.origin === origin && !isNew) {
        // None was shown, or it is over by now.
        known.set(place, await login(response))
        isNew = true
      } else if (response.status === 401) throw ociRefused(host, 401, url.pathname)
      else return response
    }
    throw ociAnswer(host, `it redirects more than ${MOST_HOPS} times`)
  }
}

const ask = (
  patient: PatientFetch,
  url: URL,
  init: RequestInit,
  allowed: readonly number[],
): Promise<Response> => patient(url, { ...init, redirect: 'manual' }, [401, ...REDIRECTIONS, ...allowed])

function withLogin(init: RequestInit, shown: string | undefined): RequestInit {
  const headers = new Headers(init.headers)
  if (shown !== undefined) headers.set('Authorization', shown)
  return { ...init, headers }
}

async function redirected(response: Response, from: URL, host: string): Promise<URL> {
  await response.body?.cancel()
  const location = response.headers.get('Location') ?? ''
  const to = URL.canParse(location, from) ? new URL(location, from) : null
  if (to === null) throw ociAnswer(host, 'it redirects to nowhere')
  if (
    to.protocol !== 'https:' &&
    !(to.protocol === 'http:' && isLoopback(to.hostname) && from.protocol === 'http:')
  )
    throw ociAnswer(host, `it leads to ${to.host} without encryption`)
  return to
}

/** A token is for one repository, and for reading or writing. */
function placeOf({ pathname }: URL, method = 'GET'): string {
  const repository = /^\/v2\/(.+?)\/(?:manifests|blobs|tags|referrers)\//.exec(pathname)?.[1] ?? ''
  return `${method === 'GET' || method === 'HEAD' ? 'pull' : 'push'} ${repository}`
}
