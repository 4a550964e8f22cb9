/** @file The spec of something in an OCI registry: `oci:HOST/REPOSITORY[:TAG][@sha256:DIGEST]`. */
import { ociSpecMalformed } from '../../errors/oci.ts'
import { isLoopback } from '../hub-settings.ts'
import { isHubSpec } from '../hub-spec.ts'

export interface OciSpec {
  /** As the user wrote it. */
  readonly text: string
  /** With the port, where one is named. */
  readonly host: string
  readonly repository: string
  /** Null: it is named by its digest alone. */
  readonly tag: string | null
  /** sha256:HEX */
  readonly digest: string | null
}

const PREFIX = 'oci:'

/** distribution-spec, "Pulling manifests": names of repositories, tags. */
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
export const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/
export const DIGEST = /^sha256:[0-9a-f]{64}$/
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9a-fA-F:]{2,45}\])(?::\d{1,5})?$/
const LONGEST_REPOSITORY = 255

export const isOciSpec = (spec: string): boolean => spec.startsWith(PREFIX)

/** Whether a spec leads to another machine: no path of this one. */
export const isRemoteSpec = (spec: string): boolean => isHubSpec(spec) || isOciSpec(spec)

/** Errors: OCI_SPEC_MALFORMED. */
export function parseOciSpec(text: string): OciSpec {
  const rest = text.slice(PREFIX.length).replace(/^\/\//, '')
  const match = /^([^/]+)\/([^@]+?)(?::([^:@/]*))?(?:@(.*))?$/s.exec(rest)
  if (match === null) throw ociSpecMalformed(text, 'a host and a repository are needed')
  const [, host = '', repository = '', tag, digest] = match
  if (digest !== undefined && !DIGEST.test(digest))
    throw ociSpecMalformed(text, 'what follows @ is sha256: and 64 hexadecimal digits')
  if (tag !== undefined && !TAG.test(tag)) throw ociSpecMalformed(text, `"${tag}" cannot be a tag`)
  return {
    text,
    host: checkedHost(text, host),
    repository: checkedRepository(text, repository),
    tag: tag ?? (digest === undefined ? 'latest' : null),
    digest: digest ?? null,
  }
}

/** Errors: OCI_SPEC_MALFORMED. */
export function checkedRepository(text: string, repository: string): string {
  if (repository.length <= LONGEST_REPOSITORY && REPOSITORY.test(repository)) return repository
  throw ociSpecMalformed(text, `"${repository}" cannot be a repository, which is lower-case`)
}

/** A name without a dot or port is a repository of some default registry to other programs; here there is none. */
export function checkedHost(text: string, host: string): string {
  if (HOST.test(host) && (/[.:]/.test(host) || host === 'localhost')) return host
  throw ociSpecMalformed(text, `"${host}" is no host, which has a dot or a port`)
}

/** Where its API is: over https, but for this machine itself. */
export function registryOrigin(host: string): string {
  const at = host === 'docker.io' || host === 'index.docker.io' ? 'registry-1.docker.io' : host
  const { hostname } = new URL(`http://${at}`)
  return `${isLoopback(hostname) ? 'http' : 'https'}://${at}`
}

/** The folder of a spec's blobs below the cache: by what it is written as, so that what a night deletes is one candidate's. */
export function ociFolderName({ host, repository, tag, digest }: OciSpec): string {
  const which = digest === null ? (tag ?? '') : digest.replace(':', '-').slice(0, 39)
  return `oci--${[host, ...repository.split('/'), which].join('--').replace(/[^A-Za-z0-9._-]/g, '-')}`
}
