/** @file Which modules of a checkpoint hold a tensor of a given kind. */
import type { RawTensorTable } from '../../tensors/raw-tensor.ts'

/** Module names X for which a tensor X + suffix is stored, in the order of the file. */
export function modulesWith(raw: RawTensorTable, suffix: string): readonly string[] {
  const modules: string[] = []
  for (const name of raw.entries.keys()) {
    if (name.length > suffix.length && name.endsWith(suffix)) modules.push(name.slice(0, -suffix.length))
  }
  return modules
}
