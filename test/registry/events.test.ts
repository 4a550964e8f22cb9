/** @file Events as the world sends them: MLflow's signature, GitHub's dispatch, headers beside a body; what is refused, and what is ours. */
import { createHmac } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run.ts'
import { dispatchedItems, eventWith } from '../../src/registry/night/event.ts'
import { mlflowSource } from '../../src/registry/sources/mlflow.ts'
import { mlflowClient } from '../../src/registry/sources/mlflow-client.ts'
import type { RegistryEvent } from '../../src/registry/sources/source.ts'
import { patientFetch } from '../../src/sources/transfer/patient-fetch.ts'
import { fakeHost } from '../cli/fake-host.ts'

const SECRET = 'a secret'

/** As MLflow's documentation has it. */
function signed(
  payload: unknown,
  changes: { readonly secret?: string; readonly age?: number; readonly body?: string } = {},
): RegistryEvent {
  const body = JSON.stringify(payload)
  const [id, time] = ['delivery-1', String(Math.floor(Date.now() / 1000) - (changes.age ?? 0))]
  const hmac = createHmac('sha256', changes.secret ?? SECRET)
    .update(`${id}.${time}.${body}`)
    .digest('base64')
  return eventWith(
    [`X-MLflow-Signature: v1,${hmac}`, `X-MLflow-Delivery-Id: ${id}`, `x-mlflow-timestamp:${time}`],
    changes.body ?? body,
  )
}

describe('a webhook of MLflow', () => {
  const request = patientFetch({ who: 'mlflow', environment: {} })
  const read = (event: RegistryEvent, alias: string | null = null, secret: string | null = SECRET) =>
    mlflowSource(
      { name: 'm', url: 'http://127.0.0.1:1', match: ['*'], alias, tags: {}, path: '', secret },
      mlflowClient('http://127.0.0.1:1', null, request),
    ).read?.(event)
  const event = (entity: string, action: string, data: unknown) => ({
    entity,
    action,
    timestamp: 'now',
    data,
  })
  const version = { name: 'team/llama', version: '3' }

  it('speaks of the version that was made', () => {
    expect(read(signed(event('model_version', 'created', version)))).toEqual(['team/llama/3'])
    expect(
      read(signed(event('model_version_tag', 'set', { ...version, key: 'format', value: 'gguf' }))),
    ).toEqual(['team/llama/3'])
    expect(read(signed(event('registered_model', 'created', { name: 'llama' })))).toEqual([])
  })

  it('is about none where it tells of our own writes', () => {
    expect(read(signed(event('model_version_tag', 'set', { ...version, key: 'saegate.verdict' })))).toEqual(
      [],
    )
    const moved = signed(event('model_version_alias', 'created', { ...version, alias: 'champion' }))
    expect([read(moved), read(moved, 'champion')]).toEqual([[], ['team/llama/3']])
  })

  it('is refused where it is another’s, changed, or old; and is none where nobody has the secret', () => {
    const payload = event('model_version', 'created', version)
    expect(() => read(signed(payload, { secret: 'another' }))).toThrow(/signature/)
    expect(() => read(signed(payload, { body: JSON.stringify({ ...payload, action: 'x' }) }))).toThrow(
      /signature/,
    )
    expect(() => read(signed(payload, { age: 301 }))).toThrow(/5 minutes old/)
    expect(() => read(signed(payload, { age: -301 }))).toThrow(/minutes old/)
    expect(read(signed(payload, { age: 290 }))).toHaveLength(1)
    expect(() => read(signed('x', { body: '{' }))).toThrow(/signature/)
    expect(read(signed(payload), null, null)).toBe(null)
    expect(read(eventWith(['X-Webhook-Secret: x'], '{}'))).toBe(null)
  })
})

describe('a dispatch of GitHub', () => {
  it('names one candidate, or some', () => {
    expect(dispatchedItems('{"client_payload": {"candidate": "hub:a/b"}}')).toEqual(['hub:a/b'])
    expect(dispatchedItems('{"client_payload": {"candidates": ["hub:a/b", "lab:c"]}}')).toEqual([
      'hub:a/b',
      'lab:c',
    ])
  })

  it.each([
    '',
    '[]',
    'null',
    '{}',
    '{"client_payload": {}}',
    '{"client_payload": {"candidates": [1]}}',
    '{"client_payload": {"candidates": []}}',
  ])('%j names none', (text) => {
    expect(() => dispatchedItems(text)).toThrow(/event is not taken/)
  })
})

describe('registry run --event', () => {
  let [root, endpoint] = ['', '']
  /** A Hub that has no models. */
  const hub = createServer((_, response) => void response.end('[]'))
  beforeEach(async () => {
    await new Promise<void>((done) => hub.listen(0, '127.0.0.1', done))
    const address = hub.address()
    endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
    for (const name of ['a', 'b']) {
      mkdirSync(join(root, 'models', name), { recursive: true })
      writeFileSync(join(root, 'models', name, 'model.safetensors'), name)
    }
    writeFileSync(
      join(root, 'registry.yaml'),
      `version: 1
state: ${root}/state
sources: [{name: lab, folder: {path: '${root}/models'}}, {name: hub, hub: {author: acme, webhookSecretEnv: SECRET}}]
audit: {reference: fixtures/models/neox, saes: [none], corpus: {source: fixtures/corpus/eval_head.txt, tokens: 2k}, policy: default}
rules: [{match: '*'}]
`,
    )
    writeFileSync(join(root, 'event.json'), '{"client_payload": {"candidates": ["lab:b", "lab:none"]}}')
  })
  afterEach(async () => {
    hub.closeAllConnections()
    await new Promise((done) => hub.close(done))
    rmSync(root, { recursive: true, force: true })
  })
  const run = async (
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    input: readonly string[] = [],
  ) => {
    const argv = ['registry', 'run', '--dry-run', '--config', join(root, 'registry.yaml'), ...args]
    const host = fakeHost(argv, input, {
      SECRET,
      HF_ENDPOINT: endpoint,
      HOME: root,
      ...env,
    })
    const status = await runCli(host)
    return { status, out: host.out(), err: host.err() }
  }
  const dispatched = () => ({
    GITHUB_EVENT_NAME: 'repository_dispatch',
    GITHUB_EVENT_PATH: join(root, 'event.json'),
  })

  it('takes a dispatch from the file of GitHub’s runner alone', async () => {
    const path = join(root, 'event.json')
    const taken = await run(['--event', path], dispatched())
    expect(taken.out).toContain('Would be audited: lab:b (new)')
    expect(taken.err).toContain('lab:none: the event names it, and no source lists it')
    for (const env of [
      {},
      { ...dispatched(), GITHUB_EVENT_NAME: 'push' },
      { ...dispatched(), GITHUB_EVENT_PATH: join(root, 'other') },
    ]) {
      const refused = await run(['--event', path], env)
      expect([refused.status, refused.err]).toEqual([2, expect.stringContaining('The event is not taken')])
    }
  })

  it('takes headers beside a body, from standard input too', async () => {
    const body = JSON.stringify({
      event: { action: 'update', scope: 'discussion' },
      repo: { type: 'model', name: 'acme/x' },
    })
    const ours = await run(['--event', '-', '--event-header', `X-Webhook-Secret: ${SECRET}`], {}, [body])
    expect(ours.out).toContain('2 are for another shard, or the event does not speak of them')
    const others = await run(['--event', '-', '--event-header', 'X-Webhook-Secret: other'], {}, [body])
    expect([others.status, others.err]).toEqual([2, expect.stringContaining('its secret is another one')])
    const unreadable = await run(['--event', '-', '--event-header', 'no header'], {}, [body])
    expect([unreadable.status, unreadable.err]).toEqual([
      2,
      expect.stringContaining('not written "Name: value"'),
    ])
  })
})
