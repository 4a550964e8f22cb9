/** @file How the Hugging Face Hub is reached: from the environment, by the names that its own libraries use. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hubSettingInvalid } from '../errors/hub.ts'

export interface DownloadProgress {
  /** `owner/name/path/to/file` */
  readonly file: string
  readonly receivedBytes: number
  readonly totalBytes: number
}

export interface HubSettings {
  /** Without a slash at the end. */
  readonly endpoint: string
  /** Sent to the endpoint's own origin only; never in a message. */
  readonly token: string | null
  /** Where the cache of the Hugging Face libraries lies: `models--owner--name` folders. */
  readonly cacheFolder: string
  /** Use what the cache has; no request is made. */
  readonly offline: boolean
  readonly fetch: typeof fetch
  readonly wait: (milliseconds: number) => Promise<unknown>
  readonly onProgress: (progress: DownloadProgress) => void
}

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Settings from HF_ENDPOINT, HF_TOKEN, HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME and HF_HUB_OFFLINE (huggingface_hub,
 * "Environment variables"). Errors: HUB_SETTING_INVALID.
 */
export function hubSettings(environment: Environment): HubSettings {
  const given = (name: string) => environment[name]?.trim() || null
  return {
    endpoint: checkedEndpoint(given('HF_ENDPOINT') ?? 'https://huggingface.co'),
    token: checkedToken(given('HF_TOKEN') ?? given('HUGGING_FACE_HUB_TOKEN')),
    cacheFolder: cacheFolder(given),
    offline: /^(1|on|yes|true)$/i.test(given('HF_HUB_OFFLINE') ?? ''),
    fetch: globalThis.fetch,
    wait: sleep,
    onProgress: () => {},
  }
}

function checkedEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw hubSettingInvalid('HF_ENDPOINT', `is "${text}", not an http or https address`)
  }
  if (url.username !== '' || url.password !== '')
    throw hubSettingInvalid('HF_ENDPOINT', 'holds a password; use HF_TOKEN')
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

/** A token with a line break or other control character would be refused by fetch, in a message that quotes it. */
function checkedToken(token: string | null): string | null {
  if (token !== null && !/^[\x21-\x7e]+$/.test(token)) {
    throw hubSettingInvalid('HF_TOKEN', 'holds spaces or characters that no token has')
  }
  return token
}

function cacheFolder(given: (name: string) => string | null): string {
  const explicit = given('HF_HUB_CACHE') ?? given('HUGGINGFACE_HUB_CACHE')
  if (explicit !== null) return explicit
  const home = given('HF_HOME') ?? join(given('XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'huggingface')
  return join(home, 'hub')
}
