/** @file sparsity.safetensors of SAELens: how often each feature fired at the end of training, as its logarithm to base 10. */
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { toFloat32 } from '../../tensors/float-tensors.ts'
import type { SaeSize } from '../weights.ts'
import { withTensors } from '../weights.ts'

const FILE = 'sparsity.safetensors'

/** The features that fire per position, by the file; null: there is none, or it says something else. */
export async function storedL0(
  files: PinnedFiles,
  folder: string,
  { d_sae }: SaeSize,
): Promise<number | null> {
  const name = folder + FILE
  if (!files.has(name)) return null
  const logs = await withTensors({ files, name, config: 'SAELens' }, async ({ table }) => {
    const shape = table.entries.get('sparsity')?.shape
    return shape?.length === 1 && shape[0] === d_sae ? toFloat32(await table.read('sparsity')) : null
  })
  // A frequency is 1 at most; features that never fired are kept as 1e-10.
  if (logs === null || logs.some((log) => log > 1e-3)) return null
  return logs.reduce((sum, log) => sum + 10 ** log, 0)
}
