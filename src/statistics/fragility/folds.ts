/** @file Stratified folds: each class shuffled by a seed and dealt to the folds in turn, so that all hold as many of it, within one. */
import { seeded, shuffled } from '../shuffle.ts'

/** (K) fold of each row, 0 to folds − 1. */
export function stratifiedFolds(isOne: Uint8Array, folds: number, seed: number): Uint8Array {
  const next = seeded(seed)
  const fold = new Uint8Array(isOne.length)
  let dealt = 0
  for (const wanted of [0, 1]) {
    const rows = [...isOne.keys()].filter((k) => isOne[k] === wanted)
    for (const row of shuffled(rows, next)) fold[row] = dealt++ % folds
  }
  return fold
}
