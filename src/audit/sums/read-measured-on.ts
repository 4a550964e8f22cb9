/** @file What a file of group sums says that it was measured on. */
import type { JsonObject } from '../../sources/json.ts'
import type { MeasuredOn } from './group-sums.ts'
import { listOf, type SumsTensors } from './sums-tensors.ts'

/** More than any audit has; bounds what is made for a group before its sums are looked at. */
export const MOST_GROUPS = 1024
const MOST_SUBJECTS = 1024

/** Errors: GROUP_SUMS_MALFORMED. */
export function readMeasuredOn(file: SumsTensors): MeasuredOn {
  const of = file.object(file.json('measured'), 'measured')
  return {
    toolVersion: file.text(of, 'toolVersion'),
    engine: file.text(of, 'engine'),
    device: file.text(of, 'device'),
    operands: file.text(of, 'operands'),
    reference: file.text(of, 'reference'),
    tokens: file.text(of, 'tokens'),
    blockLength: file.count(of, 'blockLength', Number.MAX_SAFE_INTEGER),
    groups: file.count(of, 'groups', MOST_GROUPS),
    bos: file.text(of, 'bos'),
    readouts: subjects(file, of, 'readouts').map((one) => ({
      id: file.text(one, 'id'),
      sha256: file.text(one, 'sha256'),
      center: one.center === true,
    })),
    candidates: subjects(file, of, 'candidates').map((one) => ({
      name: file.text(one, 'name'),
      made: file.text(one, 'made'),
    })),
  }
}

function subjects(file: SumsTensors, of: JsonObject, key: string): readonly JsonObject[] {
  const found = listOf(of[key])
  if (found.length > MOST_SUBJECTS)
    throw file.refuse(`it has ${found.length} ${key}, more than ${MOST_SUBJECTS}`)
  return found.map((one) => file.object(one, key))
}
