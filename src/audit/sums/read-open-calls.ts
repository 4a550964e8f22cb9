/** @file Close calls of a file of group sums: as many of each array, in the file's groups and the dictionary's features. */
import type { OpenCalls, OpenReading, OpenReference } from './open-calls.ts'
import type { SumsTensors } from './sums-tensors.ts'

/** What the calls lie in. */
interface Bounds {
  readonly groups: number
  readonly width: number
}

/** Errors: GROUP_SUMS_MALFORMED. */
export async function readReferenceCalls(
  file: SumsTensors,
  at: string,
  bounds: Bounds,
): Promise<OpenReference | null> {
  const calls = await readCalls(file, at, bounds)
  if (calls === null) return null
  return { ...calls, threshold: await file.float32(`${at}.threshold`, bounds.width) }
}

/** Null: there are none to be decided. Errors: GROUP_SUMS_MALFORMED. */
export async function readCalls(
  file: SumsTensors,
  at: string,
  { groups, width }: Bounds,
): Promise<OpenCalls | null> {
  if (!file.hasAny(`${at}.`)) return null
  const rows = await file.counts(`${at}.rows`, null)
  const below = async (name: string, end: number): Promise<Float64Array> => {
    const values = await file.counts(`${at}.${name}`, rows.length)
    if (values.some((value) => value >= end))
      throw file.refuse(`tensor "${at}.${name}" holds values above ${end - 1}`)
    return values
  }
  const [skipped = 0, most = -1] = await file.float64(`${at}.limits`, 2)
  if (skipped < 0) throw file.refuse(`tensor "${at}.limits" holds a count below 0`)
  return {
    rows,
    features: await below('features', width),
    tokenGroups: await below('tokenGroups', groups),
    apart: await below('apart', 2),
    reference: await readReadings(file, `${at}.reference`, rows.length),
    candidate: file.hasAny(`${at}.candidate.`)
      ? await readReadings(file, `${at}.candidate`, rows.length)
      : null,
    skipped,
    mostSequences: most < 0 ? null : most,
  }
}

async function readReadings(file: SumsTensors, at: string, length: number): Promise<OpenReading> {
  return {
    z: await file.float64(`${at}.z`, length),
    doubt: await file.float64(`${at}.doubt`, length),
    exact: await file.float64(`${at}.exact`, length),
  }
}
