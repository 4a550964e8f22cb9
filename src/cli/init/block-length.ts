/** @file How long sequences may be: no longer than the reference's own positions, where its files are at hand. */
import { resolve } from 'node:path'
import { AUDIT_OPTIONS } from '../../contract/options/options.ts'
import { SaegateError } from '../../errors/problem.ts'
import { isRemoteSpec } from '../../sources/oci/oci-spec.ts'

/** The default, or what the reference holds where that is less. A model that cannot be read is the dry run's to tell. */
export async function fittingBlockLength(folder: string, reference: string): Promise<number> {
  const usual = AUDIT_OPTIONS.blockLength.default
  if (isRemoteSpec(reference)) return usual
  // Writing files takes nothing of what reads models.
  const { sourceOpener } = await import('../../audit/subjects/open-source.ts')
  const { inspectCheckpoint } = await import('../../audit/subjects/inspection.ts')
  const { openCheckpoint } = await import('../../checkpoints/open.ts')
  try {
    const files = await sourceOpener({}, () => undefined)(resolve(folder, reference))
    try {
      const checkpoint = await openCheckpoint(reference, files)
      const { decoder } = inspectCheckpoint(checkpoint)
      await checkpoint.close()
      return Math.min(usual, decoder?.maxPositions ?? usual)
    } finally {
      await files.close()
    }
  } catch (error) {
    if (error instanceof SaegateError) return usual
    throw error
  }
}
