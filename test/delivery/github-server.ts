/**
 * @file GitHub's API on loopback, as much of it as is used: comments in pages with Link headers, checks, pull requests,
 * the viewer; rate limits, refusals and breakdowns on demand. It keeps GitHub's rules: pages of at most 100, bodies of at
 * most 65,536 characters.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gitAnswer } from './git-answer.ts'

export interface StoredComment {
  readonly id: number
  readonly issue: number
  body: string
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' }
}

export interface Failure {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly message?: string
  /** The write is done all the same, and only its answer lost. */
  readonly afterwards?: boolean
}

export interface CheckRun {
  id: number
  name: string
  head_sha: string
  status: string
  conclusion?: string
  output?: { title: string; summary: string }
}

export interface Pull {
  readonly number: number
  readonly state: string
  readonly head: { readonly sha: string; readonly label: string }
}

/** A workflow run as the API tells it. */
export interface StoredRun {
  readonly id: number
  readonly path: string
  readonly event: string
  readonly head_sha: string
  readonly head_repository: { readonly full_name: string } | null
  readonly status: string
  readonly conclusion: string | null
}

export interface StoredArtifact {
  readonly id: number
  readonly run: number
  readonly name: string
  readonly zip: Uint8Array
  readonly expired?: boolean
}

const BOT = { login: 'github-actions[bot]', type: 'Bot' } as const
const BODY_LIMIT = 65_536

export class GitHubServer {
  readonly comments: StoredComment[] = []
  readonly checks: CheckRun[] = []
  readonly pulls: Pull[] = []
  readonly runs: StoredRun[] = []
  readonly artifacts: StoredArtifact[] = []
  /** Folders of repositories, by owner/name: their commits, trees and blobs. */
  readonly repositories = new Map<string, string>()
  /** Merge base of every comparison. */
  mergeBase = ''
  /** `METHOD /path?query` of everything asked. */
  readonly requests: string[] = []
  /** Answers given instead, in order, to requests whose line matches. */
  readonly failures: { match: RegExp; failure: Failure }[] = []
  readonly tokens = new Set<string>()
  #nextId = 1000
  #url = ''
  #gathering: { match: RegExp; left: number; together: Promise<void>; open: () => void } | null = null
  readonly #server = createServer((request, response) => void this.#answer(request, response))

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return this.#url
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  add(issue: number, body: string, user: StoredComment['user'] = BOT): StoredComment {
    const comment = { id: this.#nextId++, issue, body, user }
    this.comments.push(comment)
    return comment
  }

  failing(match: RegExp, ...failures: Failure[]): void {
    for (const failure of failures) this.failures.push({ match, failure })
  }

  /** Hold requests that match until `count` of them wait, then answer them all: jobs side by side. */
  gather(match: RegExp, count: number): void {
    let open = () => {}
    const together = new Promise<void>((resolve) => {
      open = resolve
    })
    this.#gathering = { match, left: count, together, open }
  }

  count(match: RegExp): number {
    return this.requests.filter((line) => match.test(line)).length
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = `${request.method} ${request.url}`
    this.requests.push(line)
    this.tokens.add(request.headers.authorization ?? '')
    const body = await bodyOf(request)
    const gathering = this.#gathering
    if (gathering?.match.test(line) && gathering.left > 0) {
      const routed = this.#route(line, body)
      gathering.left -= 1
      if (gathering.left === 0) gathering.open()
      await gathering.together
      return send(response, routed.status, routed.data, routed.headers)
    }
    const index = this.failures.findIndex(({ match }) => match.test(line))
    const failure = index < 0 ? undefined : this.failures.splice(index, 1)[0]!.failure
    if (failure === undefined || failure.afterwards) {
      const { status, data, headers } = this.#route(line, body)
      if (failure === undefined) return send(response, status, data, headers)
    }
    send(response, failure.status, { message: failure.message ?? 'failure' }, failure.headers ?? {})
  }

  #route(line: string, body: Record<string, unknown>): Answer {
    const [method, target] = line.split(' ')
    const url = new URL(target ?? '/', 'http://localhost')
    const path = url.pathname.replace('/repos/octo/models', '')
    const text = typeof body.body === 'string' ? body.body : ''
    const number = Number(/\d+/.exec(path)?.[0] ?? Number.NaN)
    const content = gitAnswer(this.repositories, url.pathname)
    if (content !== null) return found(content)
    if (line === 'POST /graphql') return ok({ data: { viewer: { login: BOT.login } } })
    if (/^\/issues\/\d+\/comments$/.test(path)) {
      if (method === 'GET') return this.#page(number, url)
      return text.length > BODY_LIMIT ? tooLong : ok(shown(this.add(number, text)), 201)
    }
    if (/^\/issues\/comments\/\d+$/.test(path) && method === 'PATCH') return this.#edit(number, text)
    if (/^\/issues\/comments\/\d+$/.test(path) && method === 'DELETE') return this.#remove(number)
    if (path.startsWith('/commits/') || path.startsWith('/compare/') || path.startsWith('/actions/'))
      return this.#history(path, url)
    if (path.startsWith('/blob/'))
      return { status: 200, data: this.artifacts.find((one) => one.id === number)?.zip, headers: {} }
    if (/^\/pulls\/\d+$/.test(path)) return found(this.pulls.find((pull) => pull.number === number))
    if (path === '/pulls')
      return ok(this.pulls.filter((pull) => pull.head.label === url.searchParams.get('head')))
    if (path === '/check-runs') return this.#startCheck(body)
    if (/^\/check-runs\/\d+$/.test(path))
      return found(Object.assign(this.checks.find((one) => one.id === number)!, body))
    return { status: 404, data: { message: 'Not Found' }, headers: {} }
  }

  #page(issue: number, url: URL): Answer {
    const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30))
    const page = Number(url.searchParams.get('page') ?? 1)
    const all = this.comments.filter((comment) => comment.issue === issue)
    const last = Math.max(1, Math.ceil(all.length / size))
    url.searchParams.set('page', String(page + 1))
    const link = page < last ? { link: `<http://localhost${url.pathname}${url.search}>; rel="next"` } : {}
    return { status: 200, data: all.slice((page - 1) * size, page * size).map(shown), headers: link }
  }

  #edit(id: number, text: string): Answer {
    const comment = this.comments.find((one) => one.id === id)
    if (comment === undefined) return found(undefined)
    if (text.length > BODY_LIMIT) return tooLong
    comment.body = text
    return ok(shown(comment))
  }

  #remove(id: number): Answer {
    const at = this.comments.findIndex((one) => one.id === id)
    if (at < 0) return found(undefined)
    this.comments.splice(at, 1)
    return ok(null, 204)
  }

  /** What is known of commits, runs and artifacts. */
  #history(path: string, url: URL): Answer {
    const parts = path.split('/').slice(1)
    const id = Number(parts[2])
    if (parts[0] === 'commits') return ok(this.pulls.filter((pull) => pull.head.sha === parts[1]))
    if (parts[0] === 'compare') return ok({ merge_base_commit: { sha: this.mergeBase }, commits: [] })
    if (path === '/actions/runs') {
      const sha = url.searchParams.get('head_sha')
      const matching = this.runs.filter((run) => run.head_sha === sha && run.status === 'completed')
      return ok({ total_count: matching.length, workflow_runs: matching })
    }
    if (parts[3] === 'artifacts') {
      const all = this.artifacts.filter((one) => one.run === id)
      const shown = all.map(({ zip, ...one }) => ({ expired: false, ...one, size_in_bytes: zip.length }))
      return ok({ total_count: all.length, artifacts: shown })
    }
    // The zip itself lies elsewhere, as GitHub has it.
    if (parts[3] === 'zip') return { ...ok(null, 302), headers: { location: `${this.#url}/blob/${id}` } }
    return found(this.runs.find((run) => run.id === id))
  }

  #startCheck(body: Record<string, unknown>): Answer {
    const run = {
      id: this.#nextId++,
      name: String(body.name),
      head_sha: String(body.head_sha),
      status: String(body.status),
    }
    this.checks.push(run)
    return ok(run, 201)
  }
}

interface Answer {
  readonly status: number
  readonly data: unknown
  readonly headers: Record<string, string>
}

const ok = (data: unknown, status = 200): Answer => ({ status, data, headers: {} })
const found = (data: unknown): Answer =>
  data === undefined ? { ...ok({ message: 'Not Found' }), status: 404 } : ok(data)
const tooLong: Answer = { status: 422, data: { message: 'Validation Failed: body is too long' }, headers: {} }
const shown = (comment: StoredComment) => ({
  ...comment,
  html_url: `https://github.invalid/comment/${comment.id}`,
})

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString())
}

function send(
  response: ServerResponse,
  status: number,
  data: unknown,
  headers: Record<string, string>,
): void {
  const isBytes = data instanceof Uint8Array
  const type = isBytes ? 'application/zip' : 'application/json'
  response.writeHead(status, { 'content-type': type, ...headers })
  response.end(isBytes ? data : status === 204 ? undefined : JSON.stringify(data))
}
