/** @file A loopback server that plays the endpoints of the Hugging Face Hub which saegate uses. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export const COMMIT = '0123456789abcdef0123456789abcdef01234567'

export interface ServedFile {
  readonly content: Uint8Array
  /** Large files are named by sha256, as git-lfs does. */
  readonly lfs: boolean
}

export interface HubServer {
  readonly endpoint: string
  /** `METHOD path` of every request so far. */
  readonly requests: string[]
  /** Authorization headers seen. */
  readonly authorizations: Set<string>
  /** Called before the normal answer; true when it has answered itself. */
  interfere: (request: IncomingMessage, response: ServerResponse) => boolean
  close(): Promise<void>
}

export const NAME = 'own/name'

/** `names`: repositories that all hold the same files. */
export async function startHub(
  files: Readonly<Record<string, ServedFile>>,
  names: readonly string[] = [NAME],
): Promise<HubServer> {
  const requests: string[] = []
  const authorizations = new Set<string>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://hub')
    requests.push(`${request.method} ${decodeURIComponent(url.pathname)}`)
    if (request.headers.authorization) authorizations.add(request.headers.authorization)
    if (!hub.interfere(request, response)) void answer(files, url, { request, response, names })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const hub: HubServer = {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    authorizations,
    interfere: () => false,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return hub
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly names: readonly string[]
}

async function answer(
  files: Readonly<Record<string, ServedFile>>,
  url: URL,
  { request, response, names }: Exchange,
): Promise<void> {
  // Data sets have the same endpoints under other names.
  const path = names
    .reduce((text, name) => text.replace(name, NAME), decodeURIComponent(url.pathname))
    .replace('/api/datasets/', '/api/models/')
    .replace(/^\/datasets/, '')
    // Every commit has these files.
    .replace(/\/(tree|resolve|paths-info)\/[0-9a-f]{40}/, `/$1/${COMMIT}`)
  const below = (prefix: string) => (path.startsWith(prefix) ? path.slice(prefix.length) : null)
  const tree = below(`/api/models/${NAME}/tree/${COMMIT}`)
  const wanted = below(`/${NAME}/resolve/${COMMIT}/`)
  if (path.startsWith(`/api/models/${NAME}/revision/`)) {
    const isKnown = /\/(main|v1\.0|refs\/pr\/3|[0-9a-f]{40})$/.test(path)
    const sha = /\/([0-9a-f]{40})$/.exec(path)?.[1] ?? COMMIT
    if (isKnown) json(response, { _id: '1', id: NAME, sha, lastModified: '2026-01-01T00:00:00Z' })
    else refuse(response, 404, 'RevisionNotFound')
  } else if (path === `/api/models/${NAME}/paths-info/${COMMIT}`) {
    json(response, pathsInfo(files, await bodyOf(request)))
  } else if (tree !== null) {
    page(files, tree.replace(/^\//, ''), url, response)
  } else if (wanted !== null && files[wanted]) {
    send(files[wanted].content, request, response)
  } else {
    refuse(response, 404, wanted === null ? 'RepoNotFound' : 'EntryNotFound')
  }
}

export function refuse(response: ServerResponse, status: number, code?: string): boolean {
  response.writeHead(status, code ? { 'X-Error-Code': code } : {}).end(JSON.stringify({ error: 'no' }))
  return true
}

function json(response: ServerResponse, body: unknown, headers = {}): void {
  response.writeHead(200, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))
}

function entry(path: string, { content, lfs }: ServedFile) {
  const size = content.byteLength
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  // In git lies what is small, or a pointer to what is large.
  const large = lfs ? { oid: sha256(content), size, pointerSize: 130 } : null
  const inGit = large === null ? content : new TextEncoder().encode(`oid sha256:${large.oid}`)
  const oid = createHash('sha1').update(`blob ${inGit.byteLength}\0`).update(inGit).digest('hex')
  return { type: 'file', path, size, oid, ...(large === null ? {} : { lfs: large }) }
}

function pathsInfo(files: Readonly<Record<string, ServedFile>>, body: string) {
  const { paths }: { paths: string[] } = JSON.parse(body)
  return paths.flatMap((path) => {
    const file = files[path]
    if (file) return [entry(path, file)]
    const isFolder = Object.keys(files).some((name) => name.startsWith(`${path}/`))
    return isFolder ? [{ type: 'directory', path, size: 0, oid: COMMIT }] : []
  })
}

/** Two entries a page, so that following pages is part of every test. */
function page(
  files: Readonly<Record<string, ServedFile>>,
  folder: string,
  url: URL,
  response: ServerResponse,
): void {
  const prefix = folder === '' ? '' : `${folder}/`
  const entries = Object.entries(files).filter(([path]) => path.startsWith(prefix))
  const start = Number(url.searchParams.get('cursor') ?? 0)
  const next = new URL(url)
  next.searchParams.set('cursor', String(start + 2))
  next.host = response.req.headers.host ?? ''
  const link = start + 2 < entries.length ? { Link: `<${next.href}>; rel="next"` } : {}
  json(
    response,
    entries.slice(start, start + 2).map(([path, file]) => entry(path, file)),
    link,
  )
}

function send(content: Uint8Array, request: IncomingMessage, response: ServerResponse): void {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  const from = Number(first ?? 0)
  const end = last ? Number(last) + 1 : content.byteLength
  const headers = { 'Content-Length': end - from }
  if (first === undefined) response.writeHead(200, headers)
  else
    response.writeHead(206, {
      ...headers,
      'Content-Range': `bytes ${from}-${end - 1}/${content.byteLength}`,
    })
  response.end(content.subarray(from, end))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}
