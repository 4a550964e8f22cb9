/** @file The job summary: the comment with room for more, under GitHub's 1 MiB per step (above it the upload fails). */
import type { FeatureEvidence } from '../../contract/report/measurement.ts'
import type { Report } from '../../contract/report/report-schema.ts'
import { type CommentPlace, commentMarker, fitted } from './comment.ts'

/** 1 MiB counts bytes; a character of ours is at most 4. Half of it leaves room for other writers of the same step. */
const MAX_SUMMARY_CHARACTERS = 2 ** 17

export function jobSummary(
  report: Report,
  evidence: readonly FeatureEvidence[],
  place: CommentPlace,
): string {
  const text = fitted(report, evidence, place, MAX_SUMMARY_CHARACTERS)
  return text.slice(commentMarker(place.checkName).length).trimStart()
}
