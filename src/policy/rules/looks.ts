/** @file Reports of a text that was looked at before its end (`--until-decided`). */
import type { Report } from '../../contract/report/report-schema.ts'

/** Was there another look to come? */
export function isEarlyLook({ looks }: Pick<Report, 'looks'>): boolean {
  return looks !== undefined && looks.taken < looks.planned.length
}

/** Is there nothing that more text could decide? Of a report that was judged. */
export function isDecided({ candidates }: Pick<Report, 'candidates'>): boolean {
  return candidates.every(({ rules }) => rules.every(({ status }) => status !== 'inconclusive'))
}
