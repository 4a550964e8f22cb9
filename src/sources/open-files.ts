/**
 * @file The one door from a spec string to files: a local path, `hf:owner/name[@revision][/sub/path]` or that page's address,
 * `oci:host/repository[:tag][@digest]`, `capture:SHA256`.
 */
import { hubSpecOf } from '../contract/hub-urls.ts'
import { hubPrefixMissing } from '../errors/hub.ts'
import { SaegateError } from '../errors/problem.ts'
import { type HubSettings, hubSettings } from './hub-settings.ts'
import { isHubSpec } from './hub-spec.ts'
import { isCaptureSpec, openStandIn } from './kept/stand-in.ts'
import { openLocal } from './local-folder.ts'
import { isOciSpec } from './oci/oci-spec.ts'
import type { PinnedFiles } from './pinned-files.ts'

/**
 * Resolve a spec. `hub` says how the Hugging Face Hub is reached, by default as the environment says.
 * Errors: FILE_MISSING and those of opening a folder; for `hf:` those of the Hub, for `oci:` OCI_*.
 */
export async function openFiles(given: string, hub?: HubSettings): Promise<PinnedFiles> {
  const spec = hubSpecOf(given)
  if (isOciSpec(spec)) {
    const { openOci } = await import('./oci/oci.ts')
    return openOci(spec, hub ?? hubSettings(process.env))
  }
  if (isCaptureSpec(spec)) return await openStandIn(spec, process.env)
  if (!isHubSpec(spec)) return await openPath(spec)
  // Loaded when wanted: the Hub's library takes a quarter of a second to load.
  const { openHub } = await import('./hub.ts')
  return openHub(spec, hub ?? hubSettings(process.env))
}

/** Errors: those of opening; HUB_PREFIX_MISSING where nothing is there and the path reads like a repository. */
async function openPath(path: string): Promise<PinnedFiles> {
  try {
    return await openLocal(path)
  } catch (error) {
    const isAbsent = error instanceof SaegateError && error.code === 'FILE_MISSING'
    if (isAbsent && LIKE_REPOSITORY.test(path)) throw hubPrefixMissing(path)
    throw error
  }
}

/** `owner/name`, and no more than that. */
const LIKE_REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9._-]*\/[A-Za-z0-9][A-Za-z0-9._-]*(?:@[^/]+)?$/
