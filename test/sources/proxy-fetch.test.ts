/** @file Requests by way of a proxy: which go there, which do not, and what a proxy that cannot be is told. */
import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { environmentFetch } from '../../src/sources/transfer/proxy-fetch.ts'

let target: Server
let proxy: Server
let asked: string[] = []
const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
beforeEach(async () => {
  asked = []
  target = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () =>
      response
        .writeHead(request.url === '/none' ? 404 : 200, {
          'X-Method': request.method,
          'Content-Type': 'text/plain',
        })
        .end(`${request.url} ${body} ${request.headers.authorization ?? ''}`),
    )
  })
  // Tunnels to whatever is asked for, as proxies of companies do.
  proxy = createServer()
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    const onward = connect(portOf(target), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(socket)
      socket.pipe(onward)
    })
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
  })
  await listen(target)
  await listen(proxy)
})
afterEach(() => {
  for (const server of [target, proxy]) {
    server.closeAllConnections()
    server.close()
  }
})
const address = () => `http://127.0.0.1:${portOf(proxy)}`

describe('a proxy', () => {
  it.each(['HTTP_PROXY', 'http_proxy'])('of %s is asked, with method, headers and body', async (name) => {
    const request = environmentFetch({ [name]: address() })
    const response = await request('http://hub.invalid/a', {
      method: 'POST',
      body: '{"b":1}',
      headers: { Authorization: 'Bearer t' },
    })
    expect(await response.text()).toBe('/a {"b":1} Bearer t')
    expect(response.headers.get('X-Method')).toBe('POST')
    expect(asked).toEqual(['hub.invalid:80'])
    expect((await request('http://hub.invalid/none')).status).toBe(404)
  })

  it('is passed by for the hosts of NO_PROXY, and where none is named', async () => {
    const here = `http://127.0.0.1:${portOf(target)}/direct`
    const request = environmentFetch({ HTTP_PROXY: address(), NO_PROXY: 'example.org,127.0.0.1' })
    expect(await (await request(here)).text()).toContain('/direct')
    expect(asked).toEqual([])
    expect(environmentFetch({})).toBe(globalThis.fetch)
    expect(environmentFetch({ HTTPS_PROXY: ' ' })).toBe(globalThis.fetch)
  })

  it('that is no address is refused without being quoted', () => {
    for (const HTTPS_PROXY of ['socks5://user:secret@host', 'http://[bad:secret'])
      expect(() => environmentFetch({ HTTPS_PROXY })).toThrow(
        expect.objectContaining({
          code: 'HUB_SETTING_INVALID',
          message: expect.not.stringContaining('secret'),
        }),
      )
  })

  it('that does not answer is a broken connection', async () => {
    const request = environmentFetch({ HTTP_PROXY: 'http://127.0.0.1:1' })
    await expect(request('http://hub.invalid/a')).rejects.toThrow()
  })
})
