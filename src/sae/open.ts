/**
 * @file Finds the one dictionary in a set of files and opens it by its layout.
 *
 * Layouts that are not read are recognised to be refused by name, because several of them look alike and would load into
 * wrong features.
 */
import type { SaeConfig } from '../contract/options/audit-config.ts'
import { saeAmbiguous, saeNotFound, saeUnsupported } from '../errors/sae.ts'
import { digestedFiles, filesSha256 } from '../sources/file-digests.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import type { Dictionary } from './dictionary.ts'
import { folderOf } from './format.ts'
import { LAYOUTS } from './layouts/index.ts'

/** A file that gives a layout away, and what to call the layout. */
const REFUSED: readonly (readonly [pattern: RegExp, format: string])[] = [
  [/(^|\/)(conf\.yaml|latest_ckpt\.safetensors)$/, 'a temporal autoencoder, which attends over the context,'],
  [/\.(pt|pth|pkl|bin)$/, 'a file of PyTorch in no layout that is known'],
]

/**
 * Open the dictionary in `files`; they must stay open while its `W_dec` is wanted.
 * Errors: those of errors/sae.ts, and of reading JSON, safetensors and npz files.
 */
export async function openSae(config: SaeConfig, files: PinnedFiles): Promise<Dictionary> {
  const found = LAYOUTS.flatMap((layout) =>
    layout.weights(files.names).map((weights) => ({ layout, weights })),
  )
  const [only, ...others] = found
  if (only === undefined) throw refusal(files)
  if (others.length > 0)
    throw saeAmbiguous(
      config.source,
      found.map(({ weights }) => placeOfWeights(weights)),
    )
  const digested = digestedFiles(files)
  return await only.layout.open({
    config,
    files: digested.files,
    weights: only.weights,
    sha256: async () => filesSha256(await digested.opened()),
  })
}

/** Its folder; the file itself where it lies in none. */
function placeOfWeights(name: string): string {
  return folderOf(name).replace(/\/$/, '') || name
}

function refusal(files: PinnedFiles): Error {
  for (const name of files.names) {
    const format = REFUSED.find(([pattern]) => pattern.test(name))
    if (format !== undefined) return saeUnsupported(`${files.spec}: ${name}`, format[1])
  }
  return saeNotFound(files.spec, files.names)
}
