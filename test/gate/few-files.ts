/** @file A small report of two candidates: what is written of it in few steps, figures that hang on its date. */
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { sample } from '../report/sample.ts'

export function fewFiles(createdAt: string): Measurement {
  const { report, evidence } = sample(createdAt.length)
  const candidates = report.candidates
    .slice(0, 2)
    .map((one) => ({ ...one, features: one.features.slice(0, 1) }))
  const perCandidate = report.candidates[0]?.features.length ?? 1
  return {
    report: { ...report, createdAt, candidates },
    evidence: candidates.flatMap((_, i) => evidence.slice(i * perCandidate, i * perCandidate + 1)),
  }
}
