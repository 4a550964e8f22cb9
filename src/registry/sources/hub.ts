/** @file Models of the Hugging Face Hub as candidates, each at the commit that the list names. */
import { matchesAny } from '../../contract/glob.ts'
import { registryEventRefused } from '../../errors/registry.ts'
import type { HubSettings } from '../../sources/hub-settings.ts'
import { openFiles } from '../../sources/open-files.ts'
import { digestOfWords } from '../content.ts'
import type { Item } from '../item.ts'
import { isSameSecret } from './same-secret.ts'
import type { RegistryEvent, Source } from './source.ts'

export interface HubSourceSettings {
  readonly name: string
  readonly author: string | null
  readonly tags: readonly string[]
  /** `quantized:owner/name`; null: whatever they were made of. */
  readonly base: string | null
  readonly match: readonly string[]
  /** Null: no webhook speaks for this source. */
  readonly secret: string | null
}

const BASE = 'base_model:'

/** Lists are put together from copies that lag behind one another: what changed shortly before is looked at again. */
const OVERLAP_MS = 3_600_000

export function hubSource(settings: HubSourceSettings, hub: HubSettings): Source {
  const { name, author, match, secret } = settings
  const base = settings.base === null ? [] : [`${BASE}${settings.base.replace(BASE, '')}`]
  const tags = [...settings.tags, ...base]
  const specOf = (item: Item): string => `hf:${item.name}@${item.revision}`
  return {
    name,
    definition: digestOfWords('hub', hub.endpoint, author ?? '', ...tags, '', ...match),
    async list(cursor) {
      const since = cursor === null ? null : new Date(Date.parse(cursor) - OVERLAP_MS).toISOString()
      // Loaded when wanted: the Hub's library takes a quarter of a second to load.
      const { hubModels } = await import('../../sources/hub-models.ts')
      const models = await hubModels({ owner: author, tags }, since, hub)
      const items = models
        .filter((model) => matchesAny(match, [model.name]))
        .map(
          (model): Item => ({
            source: name,
            name: model.name,
            revision: model.commit,
            when: model.modified,
            tags: model.tags,
            base: baseIn(model.tags),
          }),
        )
      const times = models.map(({ modified }) => modified).sort()
      return { items, cursor: times.at(-1) ?? cursor, isWhole: since === null, passedOver: [] }
    },
    open: (item) => openFiles(specOf(item), hub),
    specOf,
    read: (event) => (secret === null ? null : namesIn(event, secret)),
  }
}

/** The Hub writes base_model:owner/name, and again with the relation between: base_model:quantized:owner/name. */
function baseIn(tags: readonly string[]): string | null {
  const bases = tags.filter((tag) => tag.startsWith(BASE)).map((tag) => tag.slice(BASE.length))
  const base = bases.find((one) => one.startsWith('quantized:')) ?? bases[0]
  return base === undefined ? null : `hf:${base.slice(base.lastIndexOf(':') + 1)}`
}

/** Events of a repository's content have this scope; those of pull requests and comments, ours among them, another. */
const CONTENT = 'repo.content'

/**
 * A webhook of the Hub: the secret stands in X-Webhook-Secret, verbatim. Null: it is no webhook of the Hub. Errors:
 * REGISTRY_EVENT_REFUSED.
 */
function namesIn({ headers, body }: RegistryEvent, secret: string): readonly string[] | null {
  const given = headers['x-webhook-secret']
  if (given === undefined) return null
  if (!isSameSecret(given, secret)) throw registryEventRefused('its secret is another one')
  try {
    const {
      event,
      repo,
    }: { event?: { scope?: unknown; action?: unknown }; repo?: { name?: unknown; type?: unknown } } =
      JSON.parse(body)
    const isContent = typeof event?.scope === 'string' && (event.scope === CONTENT || event.scope === 'repo')
    if (repo?.type !== 'model' || typeof repo.name !== 'string' || !isContent || event?.action === 'delete')
      return []
    return [repo.name]
  } catch {
    throw registryEventRefused('its body is not JSON')
  }
}
