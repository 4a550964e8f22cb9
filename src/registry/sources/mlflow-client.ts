/**
 * @file The parts of MLflow's REST API 2.0 that nightly audits use: versions of models, their artifacts through the tracking
 * server's proxy, tags and aliases. What an answer holds is of no type that anybody vouches for.
 */

import type { ByteSource } from '../../bytes/source.ts'
import { registryAnswer, registryArtifact } from '../../errors/registry.ts'
import { jsonOf, type PatientFetch } from '../../sources/transfer/patient-fetch.ts'
import { streamedSource } from './streamed-source.ts'

export interface ModelVersion {
  readonly model: string
  readonly version: string
  /** READY, PENDING_REGISTRATION, FAILED_REGISTRATION */
  readonly status: string
  /** Where it was registered from, and by which run: both stay as they are. */
  readonly origin: string
  /** ISO 8601 */
  readonly created: string | null
  readonly tags: Readonly<Record<string, string>>
  readonly aliases: readonly string[]
}

export interface Artifact {
  /** Below the version's artifacts. */
  readonly name: string
  readonly path: string
  readonly byteLength: number
}

export interface MlflowClient {
  versions(): Promise<readonly ModelVersion[]>
  artifacts(model: string, version: string): Promise<readonly Artifact[]>
  openArtifact(artifact: Artifact): ByteSource
  setTag(model: string, version: string, tag: { readonly key: string; readonly value: string }): Promise<void>
  /** The version that has it; null: none. */
  aliased(model: string, alias: string): Promise<number | null>
  setAlias(model: string, version: string, alias: string): Promise<void>
}

const MOST_PAGES = 1_000
const MOST_FILES = 20_000
const PAGE = 200

export function mlflowClient(base: string, token: string | null, request: PatientFetch): MlflowClient {
  const who = new URL(base).host
  const root = base.replace(/\/+$/, '')
  const headers: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` }
  const address = (path: string, query: Readonly<Record<string, string>> = {}): URL => {
    const url = new URL(`${root}/api/2.0/${path}`)
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value)
    return url
  }
  const get = async (path: string, query: Readonly<Record<string, string>>): Promise<Fields> =>
    fieldsOf(who, await jsonOf(who, await request(address(path, query), { headers })))
  const post = async (path: string, body: unknown): Promise<void> => {
    const sent = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' } }
    const response = await request(address(path), { ...sent, body: JSON.stringify(body) })
    await response.body?.cancel()
  }
  return {
    async versions() {
      const found: ModelVersion[] = []
      let token = ''
      for (let page = 0; page < MOST_PAGES; page++) {
        const asked = { max_results: String(PAGE), ...(token === '' ? {} : { page_token: token }) }
        const answer = await get('mlflow/model-versions/search', asked)
        for (const one of listOf(answer.model_versions)) found.push(versionOf(who, fieldsOf(who, one)))
        token = textOf(answer.next_page_token)
        if (token === '') return found
      }
      throw registryAnswer(who, `its list goes on after ${MOST_PAGES} pages`)
    },
    async artifacts(model, version) {
      const { artifact_uri } = await get('mlflow/model-versions/get-download-uri', { name: model, version })
      const top = proxiedPath(`${model}/${version}`, textOf(artifact_uri))
      const found: Artifact[] = []
      const pending = [top]
      for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
        const { files } = await get('mlflow-artifacts/artifacts', { path: folder })
        for (const one of listOf(files)) {
          const { path, is_dir, file_size } = fieldsOf(who, one)
          // Relative to the folder that was asked for.
          const below = `${folder}/${textOf(path)}`
          if (is_dir === true) pending.push(below)
          else
            found.push({ name: below.slice(top.length + 1), path: below, byteLength: sizeOf(who, file_size) })
          if (found.length + pending.length > MOST_FILES)
            throw registryArtifact(`${model}/${version}`, 'it has too many files')
        }
      }
      return found
    },
    openArtifact: ({ path, byteLength }) =>
      streamedSource({
        name: `${who}: ${path}`,
        byteLength,
        request: (start) =>
          request(
            address(`mlflow-artifacts/artifacts/${path.split('/').map(encodeURIComponent).join('/')}`),
            {
              headers: start === 0 ? headers : { ...headers, Range: `bytes=${start}-` },
            },
          ),
      }),
    setTag: (name, version, { key, value }) =>
      post('mlflow/model-versions/set-tag', { name, version, key, value }),
    async aliased(name, alias) {
      // A name that nobody has is answered with 404, or with 400 by some versions.
      const url = address('mlflow/registered-models/alias', { name, alias })
      const response = await request(url, { headers }, [400, 404])
      const answer = fieldsOf(who, await jsonOf(who, response))
      if (!response.ok) return null
      return Number(fieldsOf(who, answer.model_version).version)
    },
    setAlias: (name, version, alias) => post('mlflow/registered-models/alias', { name, version, alias }),
  }
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(who: string, value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw registryAnswer(who, 'an object was expected')
  return Object.fromEntries(Object.entries(value))
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function sizeOf(who: string, value: unknown): number {
  const size = Number(value)
  if (!Number.isSafeInteger(size) || size < 0) throw registryAnswer(who, 'a file has no size')
  return size
}

function versionOf(who: string, fields: Fields): ModelVersion {
  const [model, version] = [textOf(fields.name), String(fields.version ?? '')]
  if (model === '' || !/^\d{1,15}$/.test(version))
    throw registryAnswer(who, 'a version has no name or number')
  const created = Number(fields.creation_timestamp)
  const tags = listOf(fields.tags).map((tag) => fieldsOf(who, tag))
  return {
    model,
    version,
    status: textOf(fields.status),
    origin: [textOf(fields.source), textOf(fields.run_id), String(fields.creation_timestamp ?? '')].join(' '),
    created:
      Number.isSafeInteger(created) && created > 0 && created < 8e15 ? new Date(created).toISOString() : null,
    tags: Object.fromEntries(tags.map(({ key, value }) => [textOf(key), textOf(value)])),
    aliases: listOf(fields.aliases).map(textOf),
  }
}

/** `mlflow-artifacts:/0/RUN/artifacts/model`, or with a host. Others are not served by the tracking server. Errors: REGISTRY_ARTIFACT. */
function proxiedPath(item: string, uri: string): string {
  const [, path] = /^mlflow-artifacts:(?:\/\/[^/]*)?\/+(.+?)\/*$/.exec(uri) ?? []
  if (path === undefined)
    throw registryArtifact(
      item,
      `its artifacts are not served through the tracking server (${uri.split(':')[0]}:)`,
    )
  return path
}
