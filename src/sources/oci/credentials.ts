/**
 * @file Who one is to an OCI registry: SAEGATE_OCI_HOST, _USERNAME and _PASSWORD, or what `docker login`, `oras login` and
 * `podman login` left: config.json in DOCKER_CONFIG (~/.docker), or the file that REGISTRY_AUTH_FILE names. Each is for one host.
 *
 * Source: docker/cli, "Credential stores" and "Credential helper protocol".
 */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { systemErrorCode } from '../../bytes/file.ts'
import { ociCredentials } from '../../errors/oci.ts'
import type { Environment } from '../hub-settings.ts'

export interface Credentials {
  readonly username: string
  readonly password: string
  /** The password is a token of OAuth 2, with which others are asked for. */
  readonly isIdentityToken: boolean
}

const HELPER_MS = 20_000
const MOST_BYTES = 2 ** 20
/** Helpers and config.json write it for a token in place of a name. */
const TOKEN_NAME = '<token>'

/** Null: nobody logged in. Errors: OCI_CREDENTIALS. */
export async function credentialsFor(host: string, environment: Environment): Promise<Credentials | null> {
  const given = (name: string): string => environment[name]?.trim() ?? ''
  if (given('SAEGATE_OCI_HOST') === host && given('SAEGATE_OCI_PASSWORD') !== '')
    return made(given('SAEGATE_OCI_USERNAME'), given('SAEGATE_OCI_PASSWORD'))
  const home = given('HOME') || homedir()
  const path =
    given('REGISTRY_AUTH_FILE') || join(given('DOCKER_CONFIG') || join(home, '.docker'), 'config.json')
  const config = await configAt(path)
  const helper = textOf(fieldsOf(config.credHelpers)[host]) || textOf(config.credsStore)
  const keys = namesOf(host)
  const auth = Object.entries(fieldsOf(config.auths)).find(([key]) => keys.includes(hostOf(key)))
  const stored = auth === undefined ? null : storedIn(fieldsOf(auth[1]), path)
  if (stored !== null || helper === '') return stored
  return await helped(helper, auth?.[0] ?? host, environment)
}

const made = (username: string, password: string): Credentials => ({
  username,
  password,
  isIdentityToken: username === TOKEN_NAME,
})

/** Docker's own registry is known by an address of its past. */
const namesOf = (host: string): readonly string[] =>
  /^(index\.|registry-1\.)?docker\.io$/.test(host)
    ? ['docker.io', 'index.docker.io', 'registry-1.docker.io']
    : [host]

/** `https://ghcr.io/v2/` → ghcr.io */
const hostOf = (key: string): string => key.replace(/^https?:\/\//, '').replace(/\/.*$/, '')

async function configAt(path: string): Promise<Fields> {
  try {
    const text = await readFile(path, 'utf8')
    if (text.length > MOST_BYTES) throw ociCredentials(path, 'it is too long')
    return fieldsOf(JSON.parse(text))
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT' || systemErrorCode(error) === 'ENOTDIR') return {}
    if (error instanceof SyntaxError) throw ociCredentials(path, 'it is not JSON')
    const code = systemErrorCode(error)
    if (code !== null) throw ociCredentials(path, code)
    throw error
  }
}

/** Null: the entry says that somebody logged in, and a helper knows with what. */
function storedIn(entry: Fields, path: string): Credentials | null {
  const token = textOf(entry.identitytoken)
  if (token !== '') return made(TOKEN_NAME, token)
  const text = Buffer.from(textOf(entry.auth), 'base64').toString('utf8')
  if (text === '') return null
  const colon = text.indexOf(':')
  if (colon < 0) throw ociCredentials(path, 'an entry is no name and password')
  return made(text.slice(0, colon), text.slice(colon + 1).replace(/\0+$/, ''))
}

/** `docker-credential-NAME get`, the host on its standard input. */
async function helped(name: string, host: string, environment: Environment): Promise<Credentials | null> {
  const program = `docker-credential-${name}`
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(name))
    throw ociCredentials('config.json', 'its helper has no plain name')
  const { status, text } = await answerOf(program, host, environment)
  if (/credentials not found/i.test(text)) return null
  if (status !== 0) throw ociCredentials(program, `it ended with ${status}`)
  try {
    const { Username, Secret } = fieldsOf(JSON.parse(text))
    return textOf(Secret) === '' ? null : made(textOf(Username), textOf(Secret))
  } catch {
    throw ociCredentials(program, 'its answer is not JSON')
  }
}

function answerOf(
  program: string,
  host: string,
  environment: Environment,
): Promise<{ readonly status: number | null; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], {
      env: { ...environment },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: HELPER_MS,
    })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (text.length < MOST_BYTES) text += chunk
    })
    child.on('error', (error) =>
      reject(ociCredentials(program, systemErrorCode(error) ?? 'it cannot be started')),
    )
    child.on('close', (status) => resolve({ status, text }))
    child.stdin.on('error', () => {})
    child.stdin.end(host)
  })
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
