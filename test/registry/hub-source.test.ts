/** @file Models of the Hub as candidates, from a server that speaks its endpoints: pages, faults, cursors, events. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HubSourceSettings, hubSource } from '../../src/registry/sources/hub.ts'
import { hubSettings } from '../../src/sources/hub-settings.ts'
import { COMMIT, type HubServer, refuse, startHub } from '../sources/hub-server.ts'

interface Model {
  readonly id: string
  readonly sha: string
  readonly lastModified: string
  readonly tags: readonly string[]
}
const model = (id: string, day: number, tags: readonly string[] = []): Model => ({
  id,
  sha: COMMIT,
  lastModified: `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`,
  tags,
})

let cache = ''
let hub: HubServer
let models: readonly Model[] = []
let queries: URLSearchParams[] = []
/** Before the list is answered, as often as there are; true: answered. */
let faults: ((response: Parameters<HubServer['interfere']>[1]) => boolean)[] = []
beforeEach(async () => {
  cache = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  const text = (content: string) => ({ content: new TextEncoder().encode(content), lfs: false })
  hub = await startHub(
    { 'config.json': text('{}'), 'README.md': text('card'), 'model.safetensors': text('w') },
    ['acme/a'],
  )
  models = [
    model('acme/c', 9, ['gguf', 'base_model:org/base', 'base_model:quantized:org/base']),
    model('acme/b', 5),
    model('acme/a', 1),
  ]
  ;[queries, faults] = [[], []]
  hub.interfere = (request, response) => {
    const url = new URL(request.url ?? '', hub.endpoint)
    if (url.pathname !== '/api/models') return false
    const fault = faults.shift()
    if (fault?.(response) === true) return true
    queries.push(url.searchParams)
    const from = Number(url.searchParams.get('cursor') ?? 0)
    url.searchParams.set('cursor', String(from + 2))
    const link = from + 2 < models.length ? { Link: `<${url.href}>; rel="next"` } : {}
    const page = models
      .slice(from, from + 2)
      .map((one) => ({ _id: '1', private: false, downloads: 0, likes: 0, gated: false, ...one }))
    response.writeHead(200, { 'Content-Type': 'application/json', ...link }).end(JSON.stringify(page))
    return true
  }
})
afterEach(async () => {
  await hub.close()
  rmSync(cache, { recursive: true, force: true })
})

const open = (changes: Partial<HubSourceSettings> = {}) =>
  hubSource(
    { name: 'hub', author: 'acme', tags: [], base: null, match: ['*'], secret: null, ...changes },
    { ...hubSettings({ HF_ENDPOINT: hub.endpoint, HF_HUB_CACHE: cache }), wait: async () => {} },
  )
const names = async (source = open(), cursor: string | null = null) =>
  (await source.list(cursor)).items.map(({ name }) => name).sort()

describe('a list of models', () => {
  it('comes over pages, with commit, day, tags and base', async () => {
    const { items, cursor, isWhole } = await open().list(null)
    expect(items).toHaveLength(3)
    expect(items.find(({ name }) => name === 'acme/c')).toEqual({
      source: 'hub',
      name: 'acme/c',
      revision: COMMIT,
      when: '2026-01-09T00:00:00.000Z',
      tags: models[0]?.tags,
      base: 'hf:org/base',
    })
    expect([cursor, isWhole]).toEqual(['2026-01-09T00:00:00.000Z', true])
    expect(queries[0]?.get('author')).toBe('acme')
  })

  it('is asked for by tags and by what models were made of, and matched by name', async () => {
    expect(
      await names(
        open({ author: null, tags: ['gguf'], base: 'quantized:org/base', match: ['acme/[ab]', 'acme/a'] }),
      ),
    ).toEqual(['acme/a'])
    expect(queries[0]?.getAll('filter')).toEqual(['gguf', 'base_model:quantized:org/base'])
  })

  it('ends where it comes to what was listed before, an hour apart', async () => {
    const { items, isWhole } = await open().list('2026-01-09T00:00:00.000Z')
    expect(items.map(({ name }) => name)).toEqual(['acme/c', 'acme/b'])
    expect(isWhole).toBe(false)
    expect(queries).toHaveLength(1)
  })

  it('is read to its end where it is in no order, and each model counts as it is newest', async () => {
    models = [
      model('acme/a', 1),
      model('acme/b', 5),
      { ...model('acme/a', 3), sha: 'f'.repeat(40) },
      model('acme/c', 9),
    ]
    const { items } = await open().list('2026-01-04T00:00:00.000Z')
    expect(items).toHaveLength(3)
    expect(items.find(({ name }) => name === 'acme/a')?.revision).toBe('f'.repeat(40))
    models = [model('acme/b', 5), model('acme/c', 9), model('acme/a', 1)]
    expect(await names(open(), '2026-01-04T00:00:00.000Z')).toEqual(['acme/a', 'acme/b', 'acme/c'])
  })

  it.each([
    ['429', (response: Parameters<HubServer['interfere']>[1]) => refuse(response, 429)],
    ['500', (response: Parameters<HubServer['interfere']>[1]) => refuse(response, 500)],
    [
      'a cut connection',
      (response: Parameters<HubServer['interfere']>[1]) => {
        response.destroy()
        return true
      },
    ],
  ])('survives %s between its pages', async (_, fault) => {
    faults = [fault, () => false, fault]
    expect(await names()).toHaveLength(3)
  })

  it.each([
    ['without a commit', { sha: 'main' }],
    ['with a name that climbs', { id: '../../etc' }],
    ['without a date', { lastModified: 'yesterday' }],
  ])('with a model %s is refused', async (_, wrong) => {
    models = [{ ...model('acme/a', 1), ...wrong }]
    await expect(open().list(null)).rejects.toMatchObject({ code: expect.stringMatching(/^HUB_/) })
  })
})

describe('a model', () => {
  it('is audited at the commit that was listed, and opened there', async () => {
    const source = open()
    const item = (await source.list(null)).items.find(({ name }) => name === 'acme/a')
    if (item === undefined) throw new Error('not listed')
    expect(source.specOf(item)).toBe(`hf:acme/a@${COMMIT}`)
    const files = await source.open(item)
    expect(files.names).toContain('model.safetensors')
    expect(files.listedBytes?.('config.json')).toBe(2)
    await files.close()
  })
})

describe('a webhook of the Hub', () => {
  const event = (body: unknown, secret = 'word') => ({
    headers: { 'x-webhook-secret': secret },
    body: JSON.stringify(body),
  })
  const update = {
    event: { action: 'update', scope: 'repo.content' },
    repo: { type: 'model', name: 'acme/a' },
  }
  const source = () => open({ secret: 'word' })

  it('names a model; with another secret it is refused', () => {
    expect(source().read?.(event(update))).toEqual(['acme/a'])
    expect(() => source().read?.(event(update, 'Word'))).toThrow(/secret/)
    expect(source().read?.({ headers: {}, body: '' })).toBeNull()
    expect(open().read?.(event(update))).toBeNull()
  })

  it('of a discussion, our own pull requests among them, or of a dataset, names none', () => {
    expect(source().read?.(event({ ...update, event: { action: 'create', scope: 'discussion' } }))).toEqual(
      [],
    )
    expect(source().read?.(event({ ...update, repo: { type: 'dataset', name: 'acme/d' } }))).toEqual([])
    expect(() => source().read?.({ headers: { 'x-webhook-secret': 'word' }, body: '{' })).toThrow(/JSON/)
  })
})
