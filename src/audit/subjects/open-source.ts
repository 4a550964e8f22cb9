/** @file The one door of an audit to its inputs: local paths and `hf:` specs, with the progress of downloads. */
import { ggufPartNames } from '../../checkpoints/gguf/split.ts'
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import { type Environment, type HubSettings, hubSettings } from '../../sources/hub-settings.ts'
import { openFiles } from '../../sources/open-files.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import type { OnProgress } from '../machine/progress.ts'

/** Resolve a spec. Errors: those of `openFiles`. */
export type OpenSource = (spec: string) => Promise<PinnedFiles>

/** What is asked for, and the doors through which it is opened. */
export interface Opening {
  readonly config: AuditConfig
  /** To models and SAEs: what is met behind it is held against what lies there at the end. */
  readonly open: OpenSource
  /** To texts, which are read once. */
  readonly openText: OpenSource
}

/** Tokens of the longest sequence that is run. */
export function longestSequence({ corpus, perplexity }: Pick<AuditConfig, 'corpus' | 'perplexity'>): number {
  return Math.max(corpus.blockLength, perplexity.sliding?.window ?? corpus.blockLength)
}

/**
 * How the Hub is reached comes from the environment (see hub-settings.ts); SAEGATE_CACHE, which the action sets to a
 * folder that it keeps between runs, stands before HF_HUB_CACHE. Errors: HUB_SETTING_INVALID.
 */
export function sourceOpener(
  environment: Environment,
  onProgress: OnProgress,
  onRanges: NonNullable<HubSettings['onRanges']> = () => {},
): OpenSource {
  const cache = environment.SAEGATE_CACHE?.trim()
  const settings = hubSettings(cache ? { ...environment, HF_HUB_CACHE: cache } : environment)
  const hub = {
    ...settings,
    onRanges,
    onProgress: ({ file, receivedBytes, totalBytes }: Parameters<typeof settings.onProgress>[0]): void =>
      onProgress({
        stage: `download ${file}`,
        done: receivedBytes,
        total: totalBytes,
        unit: 'bytes',
        overall: 0,
      }),
    onWait: ({ seconds, why }: Parameters<NonNullable<typeof settings.onWait>>[0]): void =>
      onProgress({ stage: `${why}: waiting`, done: 0, total: seconds, unit: 'seconds', overall: 0 }),
  }
  return (spec) => openParts(spec, (place) => openFiles(place, hub))
}

/** One part of a split GGUF stands for all: its folder, of which only the parts are seen. */
async function openParts(spec: string, open: OpenSource): Promise<PinnedFiles> {
  const slash = spec.lastIndexOf('/')
  const file = spec.slice(slash + 1)
  if (!/-\d{5}-of-\d{5}\.gguf$/.test(file)) return await open(spec)
  const files = await open(slash < 0 ? '.' : spec.slice(0, slash) || '/')
  if (!files.has(file)) {
    await files.close()
    return await open(spec)
  }
  const parts = ggufPartNames(file).filter((name) => files.has(name))
  return {
    spec,
    revision: files.revision,
    names: parts,
    has: (name) => parts.includes(name),
    open: (name) => files.open(name),
    localPath: (name) => files.localPath(name),
    close: () => files.close(),
  }
}
