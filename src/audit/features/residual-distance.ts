/** @file How far two residual streams lie apart, row by row. */
import { present } from '../../numbers/present.ts'
import type { TensorInput } from '../../onnx/sessions/session.ts'
import type { DistanceGroups } from '../sums/residual-sums.ts'

/** Add the first `rows` rows of both, which are of one token group, in place; others fill up. */
export function addDistances(
  into: DistanceGroups,
  group: number,
  [reference, candidate]: readonly [TensorInput | undefined, TensorInput | undefined],
  rows: number,
): void {
  if (reference?.type !== 'float32' || candidate?.type !== 'float32') return
  const [, width = 0] = reference.dims
  const x = reference.data
  const y = candidate.data
  let [apart, size, cosines] = [0, 0, 0]
  for (let row = 0; row < rows; row++) {
    let [xx, yy, xy] = [0, 0, 0]
    for (let i = row * width; i < (row + 1) * width; i++) {
      const a = present(x[i])
      const b = present(y[i])
      xx += a * a
      yy += b * b
      xy += a * b
    }
    apart += xx + yy - 2 * xy
    size += xx
    cosines += xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0
  }
  into.apart[group]! += apart
  into.size[group]! += size
  into.cosines[group]! += cosines
  into.rows[group]! += rows
}
