/** @file A token for a job's identity: who is asked what, and that neither leaks. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hubSettings } from '../../src/sources/hub-settings.ts'
import { withPublisherToken } from '../../src/sources/trusted-publisher.ts'

const JOB_SECRET = 'job-secret-word'
const IDENTITY = 'identity.of.job'

interface Asked {
  readonly path: string
  readonly authorization: string | undefined
  readonly body: string
}

let server: Server
let address = ''
let asked: Asked[] = []
let refusal: string | null = null
beforeEach(async () => {
  asked = []
  refusal = null
  server = createServer(async (request, response) => {
    asked.push({
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: await bodyOf(request),
    })
    if (refusal !== null && request.url === '/oauth/token') {
      response.writeHead(400).end(refusal)
    } else if (request.url === '/oauth/token') {
      response.end(JSON.stringify({ access_token: 'hf_jwt_short', expires_in: 3600 }))
    } else {
      response.end(JSON.stringify({ value: IDENTITY }))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

const github = () => ({
  HF_ENDPOINT: address,
  HF_OIDC_RESOURCE: 'acme',
  ACTIONS_ID_TOKEN_REQUEST_URL: `${address}/id?api-version=2.0`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: JOB_SECRET,
})

describe('a trusted publisher', () => {
  it('exchanges the identity that GitHub gives the job for a token', async () => {
    const environment = await withPublisherToken(github())
    expect(environment.HF_TOKEN).toBe('hf_jwt_short')
    expect(asked.map(({ path }) => path)).toEqual([
      '/id?api-version=2.0&audience=https%3A%2F%2Fhuggingface.co',
      '/oauth/token',
    ])
    expect(asked[0]?.authorization).toBe(`bearer ${JOB_SECRET}`)
    expect(asked[1]?.authorization).toBeUndefined()
    expect(JSON.parse(asked[1]?.body ?? '')).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      subject_token: IDENTITY,
      resource: 'acme',
    })
  })

  it('takes an identity that the CI gives', async () => {
    const environment = { HF_ENDPOINT: address, HF_OIDC_RESOURCE: 'acme', HF_OIDC_ID_TOKEN: 'given' }
    expect((await withPublisherToken(environment)).HF_TOKEN).toBe('hf_jwt_short')
    expect(asked.map(({ path }) => path)).toEqual(['/oauth/token'])
  })

  it('asks nobody where a token is set, or no resource is', async () => {
    const withToken = { ...github(), HF_TOKEN: 'hf_own' }
    expect(await withPublisherToken(withToken)).toBe(withToken)
    const plain = { HF_ENDPOINT: address }
    expect(await withPublisherToken(plain)).toBe(plain)
    expect(asked).toEqual([])
  })

  it('gives the identity to no mirror, over whatever', async () => {
    for (const mirror of [
      'https://mirror.example',
      'http://huggingface.co',
      'https://huggingface.co.example',
    ])
      await expect(withPublisherToken({ ...github(), HF_ENDPOINT: mirror })).rejects.toMatchObject({
        code: 'HUB_IDENTITY_ELSEWHERE',
        exitStatus: 2,
      })
    expect(asked).toEqual([])
  })

  it('says what is missing, and who refused, without quoting a secret', async () => {
    await expect(
      withPublisherToken({ HF_ENDPOINT: address, HF_OIDC_RESOURCE: 'acme' }),
    ).rejects.toMatchObject({ code: 'HUB_IDENTITY_MISSING', exitStatus: 2 })
    refusal = JSON.stringify({ error: 'invalid_grant', error_description: IDENTITY })
    const refused = withPublisherToken(github())
    await expect(refused).rejects.toMatchObject({ code: 'HUB_IDENTITY_REFUSED', exitStatus: 3 })
    await expect(refused).rejects.toThrow(/400 \(invalid_grant\)/)
    await expect(refused).rejects.not.toThrow(new RegExp(`${JOB_SECRET}|${IDENTITY}`))
  })
})

describe('a token', () => {
  it('goes over https, or to this machine itself', () => {
    const over = (endpoint: string) => () => hubSettings({ HF_ENDPOINT: endpoint, HF_TOKEN: 'hf_word' })
    for (const fine of [
      'https://mirror.example',
      'http://localhost:80',
      'http://127.0.0.1:8080',
      'http://[::1]:9',
    ])
      expect(over(fine)).not.toThrow()
    for (const open of ['http://mirror.example', 'http://127.0.0.1.mirror.example', 'http://10.0.0.1'])
      expect(over(open)).toThrow(/unencrypted/)
    expect(() => hubSettings({ HF_ENDPOINT: 'http://mirror.example' })).not.toThrow()
  })
})
