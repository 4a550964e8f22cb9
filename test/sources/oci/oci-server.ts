/**
 * @file A loopback server that speaks the OCI distribution specification: manifests, blobs by range, tags, catalog, uploads,
 * referrers, tokens; and a second one for the storage that blobs are redirected to. Faults are put in by the test.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

export const sha256 = (content: string | Uint8Array): string =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`

export interface OciServer {
  /** 127.0.0.1:PORT */
  readonly host: string
  readonly repositories: Map<string, Repository>
  /** `METHOD path` of every request to the registry, and Authorization with it. */
  readonly requests: {
    readonly line: string
    readonly authorization: string | undefined
    readonly range: string | undefined
  }[]
  /** The same of the storage. */
  readonly stored: { readonly authorization: string | undefined }[]
  /** How many tokens were given. */
  tokens: number
  /** Called before the normal answer; true when it has answered itself. */
  interfere: (request: IncomingMessage, response: ServerResponse) => boolean
  readonly settings: {
    /** null: nobody has to log in. */
    login: 'bearer' | 'basic' | null
    /** A token is good for so many requests. */
    uses: number
    knowsRanges: boolean
    redirects: boolean
    hasReferrers: boolean
    hasCatalog: boolean
    /** Names on a page. */
    page: number
  }
  close(): Promise<void>
}

export interface Repository {
  readonly blobs: Map<string, Uint8Array>
  readonly manifests: Map<string, { readonly type: string; readonly content: Uint8Array }>
  readonly tags: Map<string, string>
}

export const repositoryIn = (server: Pick<OciServer, 'repositories'>, name: string): Repository => {
  const made = server.repositories.get(name) ?? { blobs: new Map(), manifests: new Map(), tags: new Map() }
  server.repositories.set(name, made)
  return made
}

export interface LayerGiven {
  readonly mediaType: string
  readonly content: Uint8Array
  readonly annotations?: Readonly<Record<string, string>>
}

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'

/** The digest of the manifest. */
export function push(
  server: Pick<OciServer, 'repositories'>,
  { name, tag }: { readonly name: string; readonly tag: string },
  layers: readonly LayerGiven[],
): string {
  const { blobs, manifests, tags } = repositoryIn(server, name)
  const described = layers.map(({ mediaType, content, annotations }) => {
    blobs.set(sha256(content), content)
    return {
      mediaType,
      digest: sha256(content),
      size: content.byteLength,
      ...(annotations === undefined ? {} : { annotations }),
    }
  })
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    artifactType: 'application/vnd.cncf.model.manifest.v1+json',
    config: { mediaType: 'application/vnd.cncf.model.config.v1+json', digest: sha256('{}'), size: 2 },
    layers: described,
  }
  const content = Buffer.from(JSON.stringify(manifest))
  manifests.set(sha256(content), { type: MANIFEST, content })
  tags.set(tag, sha256(content))
  return sha256(content)
}

export const PASSWORD = 'a password'

export async function startRegistry(): Promise<OciServer> {
  const storage = createServer()
  const server = createServer()
  const [storagePort, port] = [await listening(storage), await listening(server)]
  const good = new Map<string, number>()
  const registry: OciServer = {
    host: `127.0.0.1:${port}`,
    repositories: new Map(),
    requests: [],
    stored: [],
    tokens: 0,
    interfere: () => false,
    settings: {
      login: null,
      uses: Infinity,
      knowsRanges: true,
      redirects: false,
      hasReferrers: true,
      hasCatalog: true,
      page: 2,
    },
    close: async () => {
      for (const one of [server, storage]) {
        one.closeAllConnections()
        await new Promise((resolve) => one.close(resolve))
      }
    },
  }
  storage.on('request', (request, response) => {
    registry.stored.push({ authorization: request.headers.authorization })
    const [, name = '', digest = ''] = /^\/(.+)\/(sha256:[0-9a-f]+)/.exec(request.url ?? '') ?? []
    if (!registry.interfere(request, response))
      sendBlob(registry, { request, response }, registry.repositories.get(name)?.blobs.get(digest))
  })
  server.on('request', (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const { authorization, range } = request.headers
      registry.requests.push({ line: `${request.method} ${request.url}`, authorization, range })
      if (registry.interfere(request, response)) return
      if (request.url?.startsWith('/token') === true) return void giveToken(registry, request, response, good)
      if (!isLoggedIn(registry, request, good)) return void refuse(registry, response)
      answer(registry, { request, response }, Buffer.concat(chunks), storagePort)
    })
  })
  return registry
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

const basic = `Basic ${Buffer.from(`somebody:${PASSWORD}`).toString('base64')}`

function giveToken(
  registry: OciServer,
  request: IncomingMessage,
  response: ServerResponse,
  good: Map<string, number>,
): void {
  if (request.headers.authorization !== basic) return void response.writeHead(401).end()
  const token = `token-${++registry.tokens}`
  good.set(token, registry.settings.uses)
  response.end(JSON.stringify({ token }))
}

function isLoggedIn(
  { settings }: OciServer,
  { headers }: IncomingMessage,
  good: Map<string, number>,
): boolean {
  if (settings.login === null) return true
  if (settings.login === 'basic') return headers.authorization === basic
  const token = (headers.authorization ?? '').replace('Bearer ', '')
  const left = good.get(token) ?? 0
  good.set(token, left - 1)
  return left > 0
}

function refuse({ settings, host }: OciServer, response: ServerResponse): void {
  const bearer = `Bearer realm="http://${host}/token",service="registry",scope="repository:acme/llama:pull"`
  response.setHeader('WWW-Authenticate', settings.login === 'basic' ? 'Basic realm="registry"' : bearer)
  response.writeHead(401).end('{"errors":[{"code":"UNAUTHORIZED"}]}')
}

function answer(registry: OciServer, exchange: Exchange, body: Buffer, storagePort: number): void {
  const { request, response } = exchange
  const url = new URL(request.url ?? '/', 'http://registry')
  const path = url.pathname.slice('/v2/'.length)
  const [, name = '', kind = '', rest = ''] =
    /^(.+?)\/(manifests|blobs|tags|referrers)\/(.*)$/.exec(path) ?? []
  const { settings } = registry
  if (path === '_catalog' && settings.hasCatalog)
    return void page(registry, exchange, { names: [...registry.repositories.keys()], key: 'repositories' })
  const repository =
    request.method === 'PUT' || request.method === 'POST'
      ? repositoryIn(registry, name)
      : registry.repositories.get(name)
  if (repository === undefined)
    return void response.writeHead(404).end('{"errors":[{"code":"NAME_UNKNOWN"}]}')
  if (kind === 'tags')
    return void page(registry, exchange, { names: [...repository.tags.keys()], key: 'tags' })
  if (kind === 'manifests') return void manifests(registry, exchange, { repository, reference: rest }, body)
  if (kind === 'referrers' && settings.hasReferrers)
    return void referrers(exchange, repository, { subject: rest, type: url.searchParams.get('artifactType') })
  if (kind === 'blobs' && rest.startsWith('uploads/'))
    return void upload(exchange, { repository, name, digest: url.searchParams.get('digest') }, body)
  if (kind === 'blobs' && settings.redirects && request.method === 'GET')
    return void response
      .writeHead(307, { Location: `http://127.0.0.1:${storagePort}/${name}/${rest}?signed=1` })
      .end()
  if (kind === 'blobs') return void sendBlob(registry, exchange, repository.blobs.get(rest))
  response.writeHead(404).end()
}

function page(
  { settings }: OciServer,
  { request, response }: Exchange,
  { names, key }: { readonly names: readonly string[]; readonly key: string },
): void {
  const url = new URL(request.url ?? '/', 'http://registry')
  const after = url.searchParams.get('last')
  const left = [...names].sort().filter((name) => after === null || name > after)
  const now = left.slice(0, settings.page)
  if (left.length > now.length)
    response.setHeader('Link', `<${url.pathname}?n=${settings.page}&last=${now.at(-1)}>; rel="next"`)
  response.end(JSON.stringify({ name: 'x', [key]: now }))
}

function manifests(
  { settings }: OciServer,
  { request, response }: Exchange,
  { repository, reference }: { readonly repository: Repository; readonly reference: string },
  body: Buffer,
): void {
  if (request.method === 'PUT') {
    const digest = sha256(body)
    repository.manifests.set(digest, { type: request.headers['content-type'] ?? '', content: body })
    if (!reference.startsWith('sha256:')) repository.tags.set(reference, digest)
    const subject = JSON.parse(body.toString()).subject?.digest
    if (subject !== undefined && settings.hasReferrers) response.setHeader('OCI-Subject', subject)
    return void response.writeHead(201).end()
  }
  const digest = repository.tags.get(reference) ?? reference
  const found = repository.manifests.get(digest)
  if (found === undefined) return void response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}')
  response.writeHead(200, { 'Content-Type': found.type, 'Docker-Content-Digest': digest })
  response.end(request.method === 'HEAD' ? undefined : found.content)
}

function referrers(
  { response }: Exchange,
  { manifests: all }: Repository,
  { subject, type }: { readonly subject: string; readonly type: string | null },
): void {
  const found = [...all].flatMap(([digest, { type: mediaType, content }]) => {
    const manifest = JSON.parse(Buffer.from(content).toString())
    if (manifest.subject?.digest !== subject || (type !== null && manifest.artifactType !== type)) return []
    const { artifactType, annotations } = manifest
    return [{ mediaType, digest, size: content.byteLength, artifactType, annotations }]
  })
  response.end(JSON.stringify({ schemaVersion: 2, manifests: found }))
}

function upload(
  { request, response }: Exchange,
  {
    repository,
    name,
    digest,
  }: { readonly repository: Repository; readonly name: string; readonly digest: string | null },
  body: Buffer,
): void {
  if (request.method === 'POST')
    return void response.writeHead(202, { Location: `/v2/${name}/blobs/uploads/1?state=x` }).end()
  if (digest !== sha256(body)) return void response.writeHead(400).end()
  repository.blobs.set(digest, body)
  response.writeHead(201).end()
}

function sendBlob(
  { settings }: OciServer,
  { request, response }: Exchange,
  blob: Uint8Array | undefined,
): void {
  if (blob === undefined) return void response.writeHead(404).end()
  if (request.method === 'HEAD')
    return void response.writeHead(200, { 'Content-Length': blob.byteLength }).end()
  const [, from, to] =
    (settings.knowsRanges ? /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') : null) ?? []
  if (from === undefined) return void response.end(blob)
  const end = to === '' || to === undefined ? blob.byteLength : Math.min(Number(to) + 1, blob.byteLength)
  response.writeHead(206, { 'Content-Range': `bytes ${from}-${end - 1}/${blob.byteLength}` })
  response.end(blob.subarray(Number(from), end))
}
