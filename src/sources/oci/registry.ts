/**
 * @file The parts of the OCI distribution specification that reading takes: manifests by tag or digest, lists of tags and of
 * repositories, and blobs, whole or by range. What an answer says is of no type that anybody vouches for.
 */
import { ociAnswer } from '../../errors/oci.ts'
import { bytesOf, jsonOf } from '../transfer/patient-fetch.ts'
import { fieldsOf, MANIFESTS_TAKEN, type Manifest, MOST_MANIFEST_BYTES, readManifest } from './manifest.ts'
import { type OciFetch, type OciSettings, ociFetch } from './oci-fetch.ts'
import { DIGEST, registryOrigin } from './oci-spec.ts'

export interface OciRegistry {
  readonly host: string
  readonly request: OciFetch
  /** `reference`: a tag or a digest. Errors: OCI_*. */
  manifest(repository: string, reference: string): Promise<Manifest>
  /** The digest that a tag stands for, without what it stands for; null: there is none. */
  digestOf(repository: string, tag: string): Promise<string | null>
  tags(repository: string): Promise<readonly string[]>
  /** Every repository, where the registry tells. */
  repositories(): Promise<readonly string[]>
  blobUrl(repository: string, digest: string): URL
  url(path: string): URL
}

const MOST_PAGES = 200
const MOST_NAMES = 100_000
const PAGE = 1_000

export function ociRegistry(host: string, settings: OciSettings): OciRegistry {
  const request = ociFetch(host, settings)
  const origin = registryOrigin(host)
  const url = (path: string): URL => new URL(`${origin}/v2/${path}`)
  const headers = { Accept: MANIFESTS_TAKEN }
  const manifest = async (repository: string, reference: string): Promise<Manifest> => {
    const place = `${host}/${repository}`
    const response = await request(url(`${repository}/manifests/${reference}`), { headers })
    const named = response.headers.get('Docker-Content-Digest')
    const expected = DIGEST.test(reference) ? reference : named !== null && DIGEST.test(named) ? named : null
    return readManifest(`${place}:${reference}`, await bytesOf(host, response, MOST_MANIFEST_BYTES), expected)
  }
  return {
    host,
    request,
    manifest,
    async digestOf(repository, tag) {
      const asked = url(`${repository}/manifests/${tag}`)
      // Only looked at: some registries count every manifest that is read.
      const response = await request(asked, { method: 'HEAD', headers }, [404, 405])
      await response.body?.cancel()
      if (response.status === 404) return null
      const named = response.headers.get('Docker-Content-Digest') ?? ''
      return DIGEST.test(named) ? named : (await manifest(repository, tag)).digest
    },
    tags: (repository) => named(request, url(`${repository}/tags/list?n=${PAGE}`), { host, key: 'tags' }),
    repositories: () => named(request, url(`_catalog?n=${PAGE}`), { host, key: 'repositories' }),
    blobUrl: (repository, digest) => url(`${repository}/blobs/${digest}`),
    url,
  }
}

/** A list over its pages. One that is older than the page before may name something again; one without end is refused. */
async function named(
  request: OciFetch,
  first: URL,
  { host, key }: { readonly host: string; readonly key: 'tags' | 'repositories' },
): Promise<readonly string[]> {
  const found = new Set<string>()
  let next: URL | null = first
  for (let page = 0; next !== null; page++) {
    if (page === MOST_PAGES || found.size > MOST_NAMES) throw ociAnswer(host, 'its list has no end')
    const response: Response = await request(next)
    const list = fieldsOf(await jsonOf(host, response))[key]
    // A repository whose tags were all deleted has null.
    if (list !== null && !Array.isArray(list)) throw ociAnswer(host, `it has no list of ${key}`)
    for (const name of list ?? []) if (typeof name === 'string') found.add(name)
    next = nextPage(response, next, host)
  }
  return [...found].sort()
}

/** RFC 8288, as the distribution specification has it: `</v2/x/tags/list?n=2&last=b>; rel="next"`. */
function nextPage(response: Response, from: URL, host: string): URL | null {
  const link = /<([^>]*)>\s*;\s*rel="?next"?/.exec(response.headers.get('Link') ?? '')?.[1]
  if (link === undefined) return null
  const next = URL.canParse(link, from) ? new URL(link, from) : null
  // Only the path counts: behind a proxy, registries name themselves by another address.
  if (next === null) throw ociAnswer(host, 'its list goes on at no address')
  return new URL(`${from.origin}${next.pathname}${next.search}`)
}
