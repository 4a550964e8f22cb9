/** @file Rows of a store as a sample of one token group. */
import type { FitSample, SampledRows } from '../../src/audit/features/fit-sample.ts'

export function sampled(rows: Int32Array): SampledRows {
  return { rows, tokenGroups: rows.map(() => 0), groups: 1 }
}

/** Factors are tried on 512 of them at most. */
export function fitted(rows: Int32Array): FitSample {
  const every = Math.max(1, Math.floor(rows.length / 512))
  return { all: sampled(rows), scanned: sampled(rows.filter((_, i) => i % every === 0)) }
}
