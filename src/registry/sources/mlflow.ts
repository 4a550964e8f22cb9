/** @file Versions of an MLflow Model Registry as candidates: `model/3`. */
import { createHmac } from 'node:crypto'
import { matchesAny } from '../../contract/glob.ts'
import { registryEventRefused } from '../../errors/registry.ts'
import { fileNotListed } from '../../errors/sources.ts'
import { type PinnedFiles, staysInside } from '../../sources/pinned-files.ts'
import { digestOfWords } from '../content.ts'
import type { Item } from '../item.ts'
import type { Artifact, MlflowClient, ModelVersion } from './mlflow-client.ts'
import { isSameSecret } from './same-secret.ts'
import type { RegistryEvent, Source } from './source.ts'

export interface MlflowSourceSettings {
  readonly name: string
  readonly url: string
  readonly match: readonly string[]
  /** Only versions that have it; null: all. */
  readonly alias: string | null
  /** Only versions that have all of them. */
  readonly tags: Readonly<Record<string, string>>
  /** The folder of the checkpoint among the artifacts; '': all of them. */
  readonly path: string
  /** Null: no webhook speaks for this source. */
  readonly secret: string | null
}

/** Tags that are ours do not speak of the candidate. */
const OWN = 'saegate.'

export function mlflowSource(settings: MlflowSourceSettings, client: MlflowClient): Source {
  const { name, url, match, alias, tags, path, secret } = settings
  const isAsked = (version: ModelVersion): boolean =>
    matchesAny(match, [nameOf(version)]) &&
    (alias === null || version.aliases.includes(alias)) &&
    Object.entries(tags).every(([key, value]) => version.tags[key] === value)
  return {
    name,
    definition: digestOfWords('mlflow', url, alias ?? '', JSON.stringify(tags), path, ...match),
    async list() {
      const asked = (await client.versions()).filter(isAsked)
      const ready = asked.filter(({ status }) => status === 'READY')
      return {
        items: ready.map((version) => itemOf(name, version)),
        cursor: null,
        isWhole: true,
        passedOver: asked.filter(({ status }) => status !== 'READY').map(nameOf),
      }
    },
    open: async (item) => {
      const [model, version] = partsOf(item)
      const prefix = path === '' ? '' : `${path.replace(/\/+$/, '')}/`
      const artifacts = new Map<string, Artifact>()
      for (const artifact of await client.artifacts(model, version)) {
        const below = artifact.name.slice(prefix.length)
        if (artifact.name.startsWith(prefix) && staysInside(below)) artifacts.set(below, artifact)
      }
      return pinned(`${name}:${item.name}`, artifacts, client)
    },
    specOf: () => null,
    read: (event) => (secret === null ? null : namesIn(event, secret, alias)),
  }
}

const nameOf = ({ model, version }: ModelVersion): string => `${model}/${version}`

/** A model's name may have slashes itself. */
export function partsOf({ name }: Pick<Item, 'name'>): readonly [model: string, version: string] {
  const slash = name.lastIndexOf('/')
  return [name.slice(0, slash), name.slice(slash + 1)]
}

/** A version's files stay what they are: where they come from is what it is known by, not its tags, which verdicts change. */
function itemOf(source: string, version: ModelVersion): Item {
  const tags = Object.entries(version.tags).filter(([key]) => !key.startsWith(OWN))
  return {
    source,
    name: nameOf(version),
    revision: digestOfWords(nameOf(version), version.origin),
    when: version.created,
    tags: [...tags.map(([key, value]) => `${key}=${value}`)].sort(),
    base: null,
    of: version.model,
  }
}

function pinned(spec: string, artifacts: ReadonlyMap<string, Artifact>, client: MlflowClient): PinnedFiles {
  return {
    spec,
    revision: null,
    names: [...artifacts.keys()].sort(),
    has: (name) => artifacts.has(name),
    open: async (name) => {
      const artifact = artifacts.get(name)
      if (artifact === undefined) throw fileNotListed(spec, name)
      return client.openArtifact(artifact)
    },
    listedBytes: (name) => artifacts.get(name)?.byteLength ?? null,
    localPath: () => null,
    close: async () => {},
  }
}

/** An event that is older may be one that somebody kept and sends again. Clocks differ a little both ways. */
const FRESH_MS = 300_000

/**
 * A webhook of MLflow: X-MLflow-Signature is `v1,` and the base64 of HMAC-SHA-256 over `delivery-id.timestamp.body`. Null: it is
 * none of MLflow. Our own tags, and an alias that this source does not go by, speak of no candidate. Errors:
 * REGISTRY_EVENT_REFUSED.
 */
function namesIn(
  { headers, body }: RegistryEvent,
  secret: string,
  alias: string | null,
): readonly string[] | null {
  const [signature, id, timestamp] = ['signature', 'delivery-id', 'timestamp'].map(
    (part) => headers[`x-mlflow-${part}`],
  )
  if (signature === undefined) return null
  const made = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  // Several where a secret is being renewed, apart by spaces.
  if (!signature.split(' ').some((one) => isSameSecret(one, `v1,${made}`)))
    throw registryEventRefused('its signature is another one')
  const age = Date.now() - 1000 * Number(timestamp)
  if (!(Math.abs(age) <= FRESH_MS))
    throw registryEventRefused(`it is ${Math.round(age / 60_000)} minutes old`)
  const { entity, action, data } = eventIn(body)
  const [model, version] = [data.name, data.version].map((part) => (part === undefined ? '' : String(part)))
  const isOurs = entity === 'model_version_tag' && String(data.key).startsWith(OWN)
  const isAside = entity === 'model_version_alias' && data.alias !== alias
  const isVersion = entity.startsWith('model_version') && action !== 'deleted'
  return !isVersion || isOurs || isAside || !model || !version ? [] : [`${model}/${version}`]
}

/** Errors: REGISTRY_EVENT_REFUSED. */
function eventIn(body: string): {
  readonly entity: string
  readonly action: unknown
  readonly data: Readonly<Record<string, unknown>>
} {
  try {
    const { entity, action, data }: { entity?: unknown; action?: unknown; data?: unknown } = JSON.parse(body)
    const fields = typeof data === 'object' && data !== null ? Object.fromEntries(Object.entries(data)) : {}
    return { entity: String(entity), action, data: fields }
  } catch {
    throw registryEventRefused('its body is not JSON')
  }
}
