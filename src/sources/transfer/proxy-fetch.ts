/**
 * @file Requests by way of the proxy that the environment names: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not, the
 * latter first, as curl and Python's tools read them. Node's own fetch looks at none of them before Node 24.
 */
import { hubSettingInvalid } from '../../errors/hub.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** `fetch` itself where no proxy is named. Errors: HUB_SETTING_INVALID. */
export function environmentFetch(environment: Environment): typeof fetch {
  const httpsProxy = proxyNamed(environment, 'HTTPS_PROXY')
  const httpProxy = proxyNamed(environment, 'HTTP_PROXY')
  if (httpsProxy === null && httpProxy === null) return globalThis.fetch
  const noProxy = named(environment, 'NO_PROXY') ?? ''
  const proxied = new Map<string, Promise<typeof fetch>>()
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const proxy = url.protocol === 'https:' ? httpsProxy : httpProxy
    if (proxy === null || isDirect(url, noProxy)) return await globalThis.fetch(input, init)
    const opened = proxied.get(proxy) ?? openProxied(proxy)
    proxied.set(proxy, opened)
    const request = await opened
    return await request(input, init)
  }
}

/** Hosts and their subdomains, with or without a dot in front and a port behind; `*`: all. */
function isDirect({ hostname, port, protocol }: URL, noProxy: string): boolean {
  return noProxy.split(/[\s,]+/).some((entry) => {
    const [, host = '', only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
    if (entry === '*') return true
    const isHost = host !== '' && (hostname === host || hostname.endsWith(`.${host}`))
    return isHost && (only === undefined || only === (port || (protocol === 'https:' ? '443' : '80')))
  })
}

/** Loaded when wanted. */
async function openProxied(proxy: string): Promise<typeof fetch> {
  const { ProxyAgent, fetch: request } = await import('undici')
  const dispatcher = new ProxyAgent(proxy)
  return async (input, init = {}) => {
    const url = input instanceof Request ? input.url : input
    const { method, headers, signal, redirect } = init
    const body = typeof init.body === 'string' ? init.body : undefined
    const asked = { method, headers: [...new Headers(headers)], signal, redirect, body }
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value != null))
    const answer = await request(url, { ...given, dispatcher })
    // Of the library's own class, whose declarations are not those of Node's.
    const response = new Response(answer.body === null ? null : streamed(answer.body.getReader()), {
      status: answer.status,
      statusText: answer.statusText,
      headers: [...answer.headers],
    })
    // Where redirections led, which a response that is made here would not say.
    return Object.defineProperty(response, 'url', { value: answer.url })
  }
}

interface BodyReader {
  read(): Promise<{ done: boolean; value?: Uint8Array }>
  cancel(reason?: unknown): Promise<void>
}

function streamed(reader: BodyReader): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await reader.read()
      if (done || value === undefined) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

function named(environment: Environment, name: string): string | null {
  return environment[name.toLowerCase()]?.trim() || environment[name]?.trim() || null
}

function proxyNamed(environment: Environment, name: string): string | null {
  const text = named(environment, name)
  if (text === null) return null
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = URL.canParse(address) ? new URL(address) : null
  // The address may hold a password: it is not said again.
  if (url === null || !/^https?:$/.test(url.protocol))
    throw hubSettingInvalid(name, 'is not the http or https address of a proxy')
  return address
}
