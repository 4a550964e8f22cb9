/**
 * @file Tags of an OCI registry as candidates, and verdicts as artifacts beside them: from a server that speaks the distribution
 * specification, with the referrers API and without it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseRegistry } from '../../src/contract/registry/registry-file.ts'
import { contentOf } from '../../src/registry/content.ts'
import { downloadNameOf } from '../../src/registry/night/downloads.ts'
import { ociTarget, VERDICT_TYPE } from '../../src/registry/publish/oci.ts'
import { openTargets } from '../../src/registry/publish/open-targets.ts'
import { ociSource } from '../../src/registry/sources/oci.ts'
import { openSources } from '../../src/registry/sources/open-sources.ts'
import { reportJson } from '../../src/report/formats/json.ts'
import { hubSettings } from '../../src/sources/hub-settings.ts'
import { sample } from '../report/sample.ts'
import { type OciServer, push, repositoryIn, sha256, startRegistry } from '../sources/oci/oci-server.ts'
import { bench } from './night-bench.ts'
import { verdictOf } from './verdict-sample.ts'

let server: OciServer
let root = ''
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  server = await startRegistry()
  for (const tag of ['int4', 'int8'])
    push(server, { name: 'acme/llama', tag }, [raw('model.safetensors', tag)])
  push(server, { name: 'tools/proxy', tag: 'v1' }, [raw('a', 'no model')])
})
afterEach(async () => {
  await server.close()
  rmSync(root, { recursive: true, force: true })
})

const raw = (name: string, text: string) => ({
  mediaType: 'application/vnd.cncf.model.weight.v1.raw',
  content: Buffer.from(text),
  annotations: { 'org.cncf.model.filepath': name },
})
const settings = () => ({
  ...hubSettings({ HOME: root, SAEGATE_CACHE: join(root, 'cache') }),
  proofFolder: null,
  wait: async () => {},
})
const source = (repositories: readonly string[], match: readonly string[] = ['*']) =>
  ociSource({ name: 'oci', host: server.host, repositories, match }, settings())

describe('tags as candidates', () => {
  it('are named by repository and tag, and pinned to the digest', async () => {
    const { items, isWhole } = await source(['acme/llama']).list(null)
    expect(isWhole).toBe(true)
    expect(items.map(({ name }) => name)).toEqual(['acme/llama:int4', 'acme/llama:int8'])
    const [first] = items
    expect(first?.revision).toBe(repositoryIn(server, 'acme/llama').tags.get('int4'))
    const spec = source([]).specOf(first ?? expect.fail())
    expect(spec).toBe(`oci:${server.host}/acme/llama:int4@${first?.revision}`)
    expect(downloadNameOf(spec ?? '')).toContain('oci--127.0.0.1')
  })

  it('are found by globs where the registry lists what it has, and by match', async () => {
    expect((await source(['*']).list(null)).items).toHaveLength(3)
    expect((await source(['acme/*'], ['*:int4']).list(null)).items).toHaveLength(1)
    server.settings.hasCatalog = false
    await expect(source(['*']).list(null)).rejects.toMatchObject({ code: 'OCI_ABSENT' })
    expect((await source(['acme/llama']).list(null)).items).toHaveLength(2)
  })

  it('of signatures and verdicts beside a candidate are none', async () => {
    const digest = repositoryIn(server, 'acme/llama').tags.get('int4') ?? ''
    for (const end of ['', '.sig', '.att'])
      repositoryIn(server, 'acme/llama').tags.set(`${digest.replace(':', '-')}${end}`, digest)
    expect((await source(['acme/llama']).list(null)).items).toHaveLength(2)
  })

  it('have a content that is known without fetching a byte of it', async () => {
    const one = source(['acme/llama'])
    const { items } = await one.list(null)
    const contents = await Promise.all(items.map(async (item) => contentOf(await one.open(item))))
    expect(new Set(contents).size).toBe(2)
    expect(server.requests.filter(({ line }) => line.includes('/blobs/'))).toEqual([])
  })

  it('are audited once, by a night that is told of them in registry.yaml; what is moved is due again', async () => {
    const lab = bench()
    const yaml = `version: 1
state: ${lab.state}
sources: [{name: oci, oci: {registry: '${server.host}', repositories: acme/llama}}]
audit:
  reference: fixtures/candidates/neox-int6-repaired/config.json
  saes: [none]
  corpus: {source: fixtures/corpus/eval_head.txt, tokens: 2k, blockLength: 64}
  policy: default
rules: [{match: '*'}]
`
    const sources = openSources(parseRegistry('registry.yaml', yaml), { environment: {}, hub: settings() })
    const first = await lab.night({ yaml, doors: { sources } })
    expect(first.done.map(({ item }) => item).sort()).toEqual(['oci:acme/llama:int4', 'oci:acme/llama:int8'])
    expect((await lab.night({ yaml, doors: { sources } })).unchanged).toBe(2)
    push(server, { name: 'acme/llama', tag: 'int8' }, [raw('model.safetensors', 'another')])
    const third = await lab.night({ yaml, doors: { sources } })
    expect(third.done.map(({ item, why }) => [item, why])).toEqual([
      ['oci:acme/llama:int8', 'the candidate changed'],
    ])
    lab.close()
  })

  it.each([
    [`{registry: ghcr.io, repositories: Acme/X}`, 'OCI_SPEC_MALFORMED'],
    [`{registry: ghcr, repositories: acme/x}`, 'OCI_SPEC_MALFORMED'],
  ])('%s is refused', (oci, code) => {
    const file = parseRegistry(
      'r.yaml',
      `version: 1\nsources: [{name: a, oci: ${oci}}]\nrules: [{match: '*'}]\n`,
    )
    expect(() => openSources(file, { environment: {}, hub: settings() })).toThrow(
      expect.objectContaining({ code }),
    )
  })
})

const { report } = sample(256, { groups: 8, candidates: ['int6'] })
const kept = { report, text: reportJson(report) }
const KEY = '0123456789abcdef0123456789abcdef'

const publish = async (key = KEY) => {
  const [item] = (await source(['acme/llama']).list(null)).items
  const target = ociTarget({ source: 'oci', host: server.host }, settings())
  const one = item ?? expect.fail()
  expect([target.takes(one), target.takes({ ...one, source: 'hub' })]).toEqual([true, false])
  return await target.publish(one, verdictOf(one), key, async () => kept)
}
const artifacts = () =>
  [...repositoryIn(server, 'acme/llama').manifests.values()]
    .map(({ content }) => JSON.parse(Buffer.from(content).toString()))
    .filter(({ artifactType }) => artifactType === VERDICT_TYPE)
const fallback = () => {
  const { tags, manifests } = repositoryIn(server, 'acme/llama')
  const digest = tags.get((tags.get('int4') ?? '').replace(':', '-'))
  return digest === undefined
    ? null
    : JSON.parse(Buffer.from(manifests.get(digest)?.content ?? []).toString())
}

describe.each([true, false])('a verdict beside its candidate (referrers API: %s)', (hasReferrers) => {
  beforeEach(() => {
    server.settings.hasReferrers = hasReferrers
  })

  it('names it as its subject, has the report as layer and the figures as annotations; is told once', async () => {
    const address = await publish()
    const [artifact, ...more] = artifacts()
    const { tags, blobs } = repositoryIn(server, 'acme/llama')
    expect(more).toEqual([])
    expect(artifact.subject.digest).toBe(tags.get('int4'))
    expect(artifact.annotations).toMatchObject({
      'dev.saegate.verdict': 'fail',
      'dev.saegate.idempotency': KEY,
    })
    expect(Buffer.from(blobs.get(artifact.layers[0].digest) ?? []).toString()).toBe(kept.text)
    expect(artifact.config.digest).toBe(sha256('{}'))
    expect(address).toBe(`${server.host}/acme/llama@${sha256(JSON.stringify(artifact))}`)
    expect(fallback()?.manifests.map(({ digest }: { digest: string }) => digest)).toEqual(
      hasReferrers ? undefined : [sha256(JSON.stringify(artifact))],
    )
    const before = server.requests.length
    expect(await publish()).toBe(address)
    expect(server.requests.slice(before).filter(({ line }) => /^P/.test(line))).toEqual([])
    // Beside the candidates, not one of them.
    expect((await source(['acme/llama']).list(null)).items).toHaveLength(2)
  })

  it('another verdict stands beside the first, and what others say stays', async () => {
    const { tags } = repositoryIn(server, 'acme/llama')
    const tag = (tags.get('int4') ?? '').replace(':', '-')
    const other = { mediaType: 'x', digest: sha256('other'), size: 5, artifactType: 'application/spdx+json' }
    if (!hasReferrers) {
      const text = JSON.stringify({ schemaVersion: 2, manifests: [other] })
      repositoryIn(server, 'acme/llama').manifests.set(sha256(text), {
        type: 'application/vnd.oci.image.index.v1+json',
        content: Buffer.from(text),
      })
      tags.set(tag, sha256(text))
    }
    await publish()
    await publish('f'.repeat(32))
    expect(artifacts()).toHaveLength(2)
    if (!hasReferrers) expect(fallback().manifests).toHaveLength(3)
  })

  it('is told whole after a run that was killed between any two requests', async () => {
    for (let killed = 0; killed < 12; killed++) {
      let left = killed
      server.interfere = (_, response) => {
        if (left-- > 0) return false
        response.destroy()
        return true
      }
      await publish().catch(() => {})
    }
    server.interfere = () => false
    await publish()
    expect(artifacts()).toHaveLength(1)
    expect(fallback()?.manifests.length).toBe(hasReferrers ? undefined : 1)
  })
})

it('is a target for every source of an OCI registry', () => {
  const file = parseRegistry(
    'registry.yaml',
    `version: 1\nsources: [{name: a, oci: {registry: ghcr.io, repositories: acme/x}}, {name: b, folder: {path: .}}]\nrules: [{match: '*'}]\npublish: [{oci: {}}]\n`,
  )
  expect(openTargets(file, { environment: {}, hub: settings() }, false).map(({ name }) => name)).toEqual([
    'oci a',
  ])
})
