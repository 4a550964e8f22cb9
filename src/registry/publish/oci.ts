/**
 * @file A verdict as an artifact beside the candidate, in the same repository of the OCI registry: a manifest of its own type whose
 * subject is the candidate's manifest, with the report as its layer and the figures as annotations.
 *
 * Found by the referrers API, and where a registry has none, by the tag that the specification has for it (sha256-HEX), an index
 * that is read, added to and written again. Source: distribution-spec, "Listing Referrers", "Pushing Manifests with Subject".
 */
import { createHash } from 'node:crypto'
import { ociAnswer } from '../../errors/oci.ts'
import {
  type Descriptor,
  descriptorOf,
  fieldsOf,
  type Manifest,
  MOST_MANIFEST_BYTES,
  OCI_INDEX,
  OCI_MANIFEST,
  textOf,
} from '../../sources/oci/manifest.ts'
import type { OciSettings } from '../../sources/oci/oci-fetch.ts'
import { type OciRegistry, ociRegistry } from '../../sources/oci/registry.ts'
import { jsonOf } from '../../sources/transfer/patient-fetch.ts'
import type { Item } from '../item.ts'
import { repositoryOf } from '../sources/oci.ts'
import type { PublishedVerdict } from '../verdict.ts'
import type { KeptReport } from './audit-report.ts'
import type { PublishTarget } from './target.ts'

export const VERDICT_TYPE = 'application/vnd.saegate.verdict.v1+json'
const REPORT_TYPE = 'application/vnd.saegate.report.v1+json'
const EMPTY_TYPE = 'application/vnd.oci.empty.v1+json'
const KEY = 'dev.saegate.idempotency'

export interface OciTargetSettings {
  /** Name of the source whose candidates it speaks of. */
  readonly source: string
  readonly host: string
}

export function ociTarget({ source, host }: OciTargetSettings, settings: OciSettings): PublishTarget {
  const registry = ociRegistry(host, settings)
  return {
    name: `oci ${source}`,
    takes: (item) => item.source === source,
    async publish(item, verdict, idempotency, report) {
      const repository = repositoryOf(item)
      const place: Place = { registry, repository }
      const subject = await registry.manifest(repository, item.revision)
      const { known, hasReferrers } = await referrers(place, subject.digest)
      const told = known.find(({ annotations }) => annotations[KEY] === idempotency)
      if (told !== undefined) return addressOf(place, told.digest)
      const { text, json } = artifactOf({ item, verdict, idempotency, subject }, await report())
      await pushBlob(place, EMPTY)
      await pushBlob(place, json)
      const digest = digestOf(text)
      const answer = await pushManifest(place, digest, { type: OCI_MANIFEST, text })
      await answer.body?.cancel()
      if (!hasReferrers && answer.headers.get('OCI-Subject') === null)
        await pushFallback(place, subject.digest, descriptor(text, verdict, idempotency))
      return addressOf(place, digest)
    },
  }
}

interface Place {
  readonly registry: OciRegistry
  readonly repository: string
}

const addressOf = ({ registry, repository }: Place, digest: string): string =>
  `${registry.host}/${repository}@${digest}`

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

const EMPTY = '{}'

/** What is said in few words, where the artifact is listed. */
function annotationsOf({ verdict, figures, report, candidate }: PublishedVerdict, idempotency: string) {
  const told: Readonly<Record<string, string | number | null>> = {
    [KEY]: idempotency,
    'dev.saegate.verdict': verdict ?? 'measured',
    'dev.saegate.survived': figures.survived,
    'dev.saegate.damaged': figures.damaged,
    'dev.saegate.perplexity_delta_percent': figures.perplexityDelta,
    'dev.saegate.kl_mean': figures.klMean,
    'dev.saegate.report_sha256': report,
    'dev.saegate.candidate_sha256': candidate.sha256,
  }
  return Object.fromEntries(
    Object.entries(told).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])),
  )
}

interface Told {
  readonly item: Item
  readonly verdict: PublishedVerdict
  readonly idempotency: string
  readonly subject: Manifest
}

/** The same bytes for the same report: whoever pushes it again pushes the same artifact. */
function artifactOf(
  { verdict, idempotency, subject }: Told,
  { report, text: json }: KeptReport,
): { readonly text: string; readonly json: string } {
  const blob = (mediaType: string, content: string) => ({
    mediaType,
    digest: digestOf(content),
    size: Buffer.byteLength(content),
  })
  const manifest = {
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    artifactType: VERDICT_TYPE,
    config: blob(EMPTY_TYPE, EMPTY),
    layers: [
      { ...blob(REPORT_TYPE, json), annotations: { 'org.opencontainers.image.title': 'report.json' } },
    ],
    subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.size },
    annotations: {
      'org.opencontainers.image.created': report.createdAt,
      ...annotationsOf(verdict, idempotency),
    },
  }
  return { text: JSON.stringify(manifest), json }
}

const descriptor = (text: string, verdict: PublishedVerdict, idempotency: string) => ({
  mediaType: OCI_MANIFEST,
  digest: digestOf(text),
  size: Buffer.byteLength(text),
  artifactType: VERDICT_TYPE,
  annotations: annotationsOf(verdict, idempotency),
})

/** Ours that speak of a manifest, by the API or else by the tag. */
async function referrers(
  { registry, repository }: Place,
  digest: string,
): Promise<{ readonly known: readonly Descriptor[]; readonly hasReferrers: boolean }> {
  const asked = registry.url(`${repository}/referrers/${digest}`)
  asked.searchParams.set('artifactType', VERDICT_TYPE)
  const response = await registry.request(asked, { headers: { Accept: OCI_INDEX } }, [400, 404, 405])
  if (response.ok) {
    const index = await jsonOf(registry.host, response, MOST_MANIFEST_BYTES)
    return { known: oursIn(registry.host, index), hasReferrers: true }
  }
  await response.body?.cancel()
  const index = await fallbackIndex({ registry, repository }, digest)
  return { known: oursIn(registry.host, { manifests: index }), hasReferrers: false }
}

/** A registry may know no filter. */
function oursIn(host: string, index: unknown): readonly Descriptor[] {
  const { manifests } = fieldsOf(index)
  if (!Array.isArray(manifests)) throw ociAnswer(host, 'it has no list of referrers')
  return manifests
    .filter((one) => fieldsOf(one).artifactType === VERDICT_TYPE)
    .map((one) => descriptorOf(host, one))
}

const fallbackTag = (digest: string): string => digest.replace(':', '-')

/** What it lists, whosoever it is. */
async function fallbackIndex({ registry, repository }: Place, digest: string): Promise<readonly unknown[]> {
  const url = registry.url(`${repository}/manifests/${fallbackTag(digest)}`)
  const response = await registry.request(url, { headers: { Accept: OCI_INDEX } }, [404])
  if (!response.ok) {
    await response.body?.cancel()
    return []
  }
  const { manifests } = fieldsOf(await jsonOf(registry.host, response, MOST_MANIFEST_BYTES))
  if (!Array.isArray(manifests))
    throw ociAnswer(registry.host, `the tag ${fallbackTag(digest)} of ${repository} is no index of referrers`)
  return manifests
}

/** Read again just before it is written: another program may have added to it. */
async function pushFallback(
  place: Place,
  subject: string,
  added: { readonly digest: string },
): Promise<void> {
  const standing = await fallbackIndex(place, subject)
  const others = standing.filter((one) => textOf(fieldsOf(one).digest) !== added.digest)
  const index = { schemaVersion: 2, mediaType: OCI_INDEX, manifests: [...others, added] }
  const answer = await pushManifest(place, fallbackTag(subject), {
    type: OCI_INDEX,
    text: JSON.stringify(index),
  })
  await answer.body?.cancel()
}

async function pushManifest(
  { registry, repository }: Place,
  reference: string,
  { type, text }: { readonly type: string; readonly text: string },
): Promise<Response> {
  return await registry.request(registry.url(`${repository}/manifests/${reference}`), {
    method: 'PUT',
    headers: { 'Content-Type': type },
    body: text,
  })
}

/** What the registry has already is not sent again. */
async function pushBlob({ registry, repository }: Place, content: string): Promise<void> {
  const digest = digestOf(content)
  const standing = await registry.request(registry.blobUrl(repository, digest), { method: 'HEAD' }, [404])
  if (standing.ok) return
  const begun = await registry.request(registry.url(`${repository}/blobs/uploads/`), { method: 'POST' })
  await begun.body?.cancel()
  const location = begun.headers.get('Location') ?? ''
  const base = registry.url('')
  if (!URL.canParse(location, base)) throw ociAnswer(registry.host, 'it says nowhere to upload to')
  const to = new URL(location, base)
  to.searchParams.set('digest', digest)
  const answer = await registry.request(to, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: content,
  })
  await answer.body?.cancel()
}
