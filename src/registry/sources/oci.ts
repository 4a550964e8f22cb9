/** @file Tags of repositories in an OCI registry as candidates, `repository:tag`, each at the digest that the tag stands for now. */
import { matchesAny } from '../../contract/glob.ts'
import { isGlob } from '../../sources/globs.ts'
import type { HubSettings } from '../../sources/hub-settings.ts'
import type { OciRegistry } from '../../sources/oci/registry.ts'
import { openFiles } from '../../sources/open-files.ts'
import { digestOfWords } from '../content.ts'
import type { Item } from '../item.ts'
import type { Source } from './source.ts'

export interface OciSourceSettings {
  readonly name: string
  readonly host: string
  /** Names, or globs of what the registry lists. */
  readonly repositories: readonly string[]
  /** Globs of `repository:tag`. */
  readonly match: readonly string[]
}

/** Requests at once. */
const AT_ONCE = 8

/**
 * Tags that other programs keep beside an artifact, verdicts and signatures among them: `sha256-HEX`, `sha256-HEX.sig`
 * (distribution-spec, "Referrers Tag Schema"; cosign).
 */
const OF_ANOTHER = /^sha256-[0-9a-f]{64}(?:\.[a-z]+)?$/

export function ociSource(settings: OciSourceSettings, hub: HubSettings): Source {
  const { name, host, repositories, match } = settings
  const specOf = (item: Item): string => `oci:${host}/${item.name}@${item.revision}`
  return {
    name,
    definition: digestOfWords('oci', host, ...repositories, '', ...match),
    async list() {
      // Loaded when wanted.
      const { ociRegistry } = await import('../../sources/oci/registry.ts')
      const registry = ociRegistry(host, hub)
      const tagged: { readonly repository: string; readonly tag: string }[] = []
      for (const repository of await named(registry, repositories))
        for (const tag of await registry.tags(repository))
          if (!OF_ANOTHER.test(tag) && matchesAny(match, [`${repository}:${tag}`]))
            tagged.push({ repository, tag })
      const items: Item[] = []
      for (let i = 0; i < tagged.length; i += AT_ONCE) {
        const found = tagged.slice(i, i + AT_ONCE).map(async ({ repository, tag }) => {
          const digest = await registry.digestOf(repository, tag)
          // Deleted since it was listed.
          return digest === null ? [] : [itemOf(name, `${repository}:${tag}`, digest)]
        })
        items.push(...(await Promise.all(found)).flat())
      }
      return { items, cursor: null, isWhole: true, passedOver: [] }
    },
    open: (item) => openFiles(specOf(item), hub),
    specOf,
  }
}

const itemOf = (source: string, name: string, digest: string): Item => ({
  source,
  name,
  revision: digest,
  when: null,
  tags: [],
  base: null,
})

/** The registry is asked for all of its repositories only where a glob needs them: many do not tell. */
async function named(registry: OciRegistry, repositories: readonly string[]): Promise<readonly string[]> {
  const plain = repositories.filter((one) => !isGlob(one))
  const globs = repositories.filter(isGlob)
  const listed = globs.length === 0 ? [] : await registry.repositories()
  return [...new Set([...plain, ...listed.filter((one) => matchesAny(globs, [one]))])].sort()
}

/** `acme/llama:int4` → the repository and the tag. */
export function repositoryOf({ name }: Pick<Item, 'name'>): string {
  return name.slice(0, name.lastIndexOf(':'))
}
