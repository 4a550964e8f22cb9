/** @file How the Hugging Face Hub is reached: from the environment, by the names that its own libraries use. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hubSettingInvalid } from '../errors/hub.ts'
import { type Environment, environmentFetch } from './transfer/proxy-fetch.ts'

export type { Environment } from './transfer/proxy-fetch.ts'

export interface DownloadProgress {
  /** `owner/name/path/to/file` */
  readonly file: string
  readonly receivedBytes: number
  readonly totalBytes: number
}

export interface HubWait {
  readonly seconds: number
  /** For a person: "the Hub limits requests". */
  readonly why: string
}

export interface HubSettings {
  /** Without a slash at the end. */
  readonly endpoint: string
  /** Sent to the endpoint's own origin only; never in a message. */
  readonly token: string | null
  /** Where the cache of the Hugging Face libraries lies: `models--owner--name` folders. */
  readonly cacheFolder: string
  /** Where it is remembered which large files of the cache were verified: this user's own, never a repository's. Null: nowhere. */
  readonly proofFolder: string | null
  /** Use what the cache has; no request is made. */
  readonly offline: boolean
  readonly fetch: typeof fetch
  readonly wait: (milliseconds: number) => Promise<unknown>
  /** Told before the Hub is waited for, because it limits requests or does not answer. */
  readonly onWait?: (wait: HubWait) => void
  readonly onProgress: (progress: DownloadProgress) => void
  /** Where credentials of other registries are looked for; absent: there are none. */
  readonly environment?: Environment
  /** Told of a file that was read by ranges, when it is closed: were its contents verified, as those of whole files are? */
  readonly onRanges?: (file: string, areVerified: boolean) => void
}

/**
 * Settings from HF_ENDPOINT, HF_TOKEN, HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME and HF_HUB_OFFLINE (huggingface_hub,
 * "Environment variables"), and the proxy's. Errors: HUB_SETTING_INVALID.
 */
export function hubSettings(environment: Environment): HubSettings {
  const given = (name: string) => environment[name]?.trim() || null
  const endpoint = hubEndpoint(environment)
  return {
    endpoint,
    token: checkedToken(given('HF_TOKEN') ?? given('HUGGING_FACE_HUB_TOKEN'), endpoint),
    cacheFolder: cacheFolder(given),
    proofFolder: join(homedir(), '.cache', 'saegate', 'verified'),
    offline: /^(1|on|yes|true)$/i.test(given('HF_HUB_OFFLINE') ?? ''),
    fetch: environmentFetch(environment),
    environment,
    wait: sleep,
    onProgress: () => {},
  }
}

/** Where the Hub is, unless somebody says otherwise. */
export const THE_HUB = 'https://huggingface.co'

/** HF_ENDPOINT, or the Hub itself. Errors: HUB_SETTING_INVALID. */
export function hubEndpoint(environment: Environment): string {
  const text = environment.HF_ENDPOINT?.trim() || THE_HUB
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw hubSettingInvalid('HF_ENDPOINT', `is "${text}", not an http or https address`)
  }
  if (url.username !== '' || url.password !== '')
    throw hubSettingInvalid('HF_ENDPOINT', 'holds a password; use HF_TOKEN')
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

/**
 * A token with a line break or other control character would be refused by fetch, in a message that quotes it. Over http
 * everybody on the way reads it: only this machine itself may be asked so.
 */
function checkedToken(token: string | null, endpoint: string): string | null {
  if (token === null) return null
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw hubSettingInvalid('HF_TOKEN', 'holds spaces or characters that no token has')
  }
  const { protocol, hostname } = new URL(endpoint)
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    throw hubSettingInvalid(
      'HF_ENDPOINT',
      'begins with http:, and HF_TOKEN would travel unencrypted; use https',
    )
  }
  return token
}

/** This machine itself. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/** Where an audit keeps what it downloads: SAEGATE_CACHE stands before what the Hub's libraries go by. */
export function hubCacheFolder(environment: Environment): string {
  return environment.SAEGATE_CACHE?.trim() || cacheFolder((name) => environment[name]?.trim() || null)
}

function cacheFolder(given: (name: string) => string | null): string {
  const explicit = given('HF_HUB_CACHE') ?? given('HUGGINGFACE_HUB_CACHE')
  if (explicit !== null) return explicit
  const home = given('HF_HOME') ?? join(given('XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'huggingface')
  return join(home, 'hub')
}
