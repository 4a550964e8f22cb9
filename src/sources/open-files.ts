/** @file The one door from a spec string to files: a local path or `hf:owner/name[@revision][/sub/path]`. */
import { type HubSettings, hubSettings } from './hub-settings.ts'
import { isHubSpec } from './hub-spec.ts'
import { openLocal } from './local-folder.ts'
import type { PinnedFiles } from './pinned-files.ts'

/**
 * Resolve a spec. `hub` says how the Hugging Face Hub is reached, by default as the environment says.
 * Errors: FILE_MISSING and those of opening a folder; for `hf:` those of the Hub.
 */
export async function openFiles(spec: string, hub?: HubSettings): Promise<PinnedFiles> {
  if (!isHubSpec(spec)) return openLocal(spec)
  // Loaded when wanted: the Hub's library takes a quarter of a second to load.
  const { openHub } = await import('./hub.ts')
  return openHub(spec, hub ?? hubSettings(process.env))
}
