/** @file Debian's docker-registry as a source and as a place for verdicts: what the specification says, as a real server does it. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ociTarget } from '../../src/registry/publish/oci.ts'
import { ociSource } from '../../src/registry/sources/oci.ts'
import { reportJson } from '../../src/report/formats/json.ts'
import { hubSettings } from '../../src/sources/hub-settings.ts'
import { ociRegistry } from '../../src/sources/oci/registry.ts'
import { sample } from '../report/sample.ts'
import { MANIFEST, PASSWORD, sha256 } from '../sources/oci/oci-server.ts'
import { type DebianRegistry, startRegistry, withoutRegistry } from './debian-registry.ts'
import { verdictOf } from './verdict-sample.ts'

const reason = withoutRegistry()
const REPOSITORY = 'acme/llama'

let registry: DebianRegistry
const root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
const weights = Array.from({ length: 50_000 }, (_, i) => String(i)).join(' ')

async function sent(
  method: string,
  path: string,
  { body, type }: { readonly body?: string | Buffer<ArrayBuffer>; readonly type?: string } = {},
): Promise<Response> {
  const url = path.startsWith('http') ? path : `http://${registry.host}/v2/${REPOSITORY}/${path}`
  const headers = {
    Authorization: registry.authorization,
    Accept: `${MANIFEST}, application/vnd.oci.image.index.v1+json`,
    ...(type === undefined ? {} : { 'Content-Type': type }),
  }
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
  expect(response.status).toBeLessThan(300)
  return response
}

async function pushBlob(content: Buffer<ArrayBuffer>, mediaType: string) {
  const begun = await sent('POST', 'blobs/uploads/')
  const to = new URL(begun.headers.get('Location') ?? '', `http://${registry.host}`)
  to.searchParams.set('digest', sha256(content))
  await sent('PUT', to.href, { body: content, type: 'application/octet-stream' })
  return { mediaType, digest: sha256(content), size: content.byteLength }
}

const settings = () => ({
  ...hubSettings({
    HOME: root,
    SAEGATE_CACHE: join(root, 'cache'),
    SAEGATE_OCI_HOST: registry.host,
    SAEGATE_OCI_USERNAME: 'somebody',
    SAEGATE_OCI_PASSWORD: PASSWORD,
  }),
  proofFolder: null,
  wait: async () => {},
})
const source = () =>
  ociSource({ name: 'oci', host: registry.host, repositories: ['acme/*'], match: ['*'] }, settings())

describe.skipIf(reason !== null)(`docker-registry${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  beforeAll(async () => {
    registry = await startRegistry()
    mkdirSync(join(root, 'model'))
    writeFileSync(join(root, 'model', 'model.safetensors'), weights)
    const tar = execFileSync('tar', ['-C', join(root, 'model'), '-cf', '-', 'model.safetensors'])
    const config = await pushBlob(Buffer.from('{}'), 'application/vnd.cncf.model.config.v1+json')
    const layers = [
      {
        ...(await pushBlob(Buffer.from('{"a": 1}'), 'application/vnd.cncf.model.weight.config.v1.raw')),
        annotations: { 'org.cncf.model.filepath': 'config.json' },
      },
      await pushBlob(Buffer.from(tar), 'application/vnd.cncf.model.weight.v1.tar'),
    ]
    const artifactType = 'application/vnd.cncf.model.manifest.v1+json'
    const manifest = { schemaVersion: 2, mediaType: MANIFEST, artifactType, config, layers }
    await sent('PUT', `manifests/int4`, { body: JSON.stringify(manifest), type: MANIFEST })
  })
  afterAll(async () => {
    await registry.stop()
    rmSync(root, { recursive: true, force: true })
  })

  it('is listed, and opened: raw layers, files in a tar, ranges', async () => {
    const { items } = await source().list(null)
    expect(items.map(({ name }) => name)).toEqual(['acme/llama:int4'])
    const [item = expect.fail()] = items
    const files = await source().open(item)
    expect(files.names).toEqual(['config.json', 'model.safetensors'])
    const file = await files.open('model.safetensors')
    expect(Buffer.from(await file.read(0, file.byteLength)).toString()).toBe(weights)
    await files.close()
    const asked = ociRegistry(registry.host, settings())
    const blob = sha256('{"a": 1}')
    const part = await asked.request(asked.blobUrl(REPOSITORY, blob), { headers: { Range: 'bytes=1-3' } })
    expect([part.status, await part.text()]).toEqual([206, '"a"'])
  })

  it('keeps a verdict beside the candidate, told once', async () => {
    const [item = expect.fail()] = (await source().list(null)).items
    const { report } = sample(256, { groups: 8, candidates: ['int6'] })
    const target = ociTarget({ source: 'oci', host: registry.host }, settings())
    const kept = async () => ({ report, text: reportJson(report) })
    const tell = (key: string) => target.publish(item, verdictOf(item), key, kept)
    const address = await tell('a'.repeat(32))
    expect(await tell('a'.repeat(32))).toBe(address)
    const other = await tell('b'.repeat(32))
    const asked = ociRegistry(registry.host, settings())
    const artifact = await asked.manifest(REPOSITORY, address?.split('@')[1] ?? '')
    expect(artifact.annotations['dev.saegate.verdict']).toBe('fail')
    expect(artifact.layers).toHaveLength(1)
    const index = await sent('GET', `manifests/${item.revision.replace(':', '-')}`, {})
    const { manifests } = JSON.parse(await index.text())
    expect(
      manifests.map(({ digest }: { digest: string }) => `${registry.host}/${REPOSITORY}@${digest}`),
    ).toEqual([address, other])
    // What is beside a candidate is none.
    expect((await source().list(null)).items).toEqual([item])
  })

  it('refuses whoever is not logged in', async () => {
    const nobody = ociSource(
      { name: 'oci', host: registry.host, repositories: [REPOSITORY], match: ['*'] },
      { ...settings(), environment: { HOME: root } },
    )
    await expect(nobody.list(null)).rejects.toMatchObject({ code: 'OCI_REFUSED' })
  })
})
