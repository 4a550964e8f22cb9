/** @file What a read-out comes to in the reference, taken from the cache where it is there. */
import { EntryDamaged } from '../../sources/kept/entries.ts'
import type { Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import type { ReferenceGroupSums } from '../sums/group-sums.ts'
import { measuredOn } from '../sums/measured-on.ts'
import { groupSumsBytes } from '../sums/write-group-sums.ts'
import { referenceSumsKey } from './keys.ts'
import { readSums, SUMS_PART } from './sums.ts'

/** Taken, or made and kept. Errors: those of `make`. */
export async function keptReferenceSums(
  run: Run,
  readout: Readout,
  make: () => Promise<ReferenceGroupSums>,
): Promise<ReferenceGroupSums> {
  const { kept } = run
  if (kept === null) return await make()
  const key = referenceSumsKey(run, kept, readout)
  const known = await kept.entries.take(key, async (entry) => {
    const { readouts } = await readSums(entry)
    const [sums] = readouts
    if (sums?.moments.rest.width !== readout.dictionary.d_sae)
      throw new EntryDamaged('it is of another dictionary')
    return sums
  })
  if (known !== null) return known
  const sums = await make()
  const measured = measuredOn(run, [readout], [], kept.by)
  const pieces = groupSumsBytes({ measured, readouts: [sums], candidates: [] })
  await kept.entries.put({
    ...key,
    bytes: pieces.reduce((total, { byteLength }) => total + byteLength, 0),
    figures: null,
    write: async (into) => await into.part(SUMS_PART, pieces),
  })
  return sums
}
