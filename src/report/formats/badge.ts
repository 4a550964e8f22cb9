/**
 * @file A badge for a README: the JSON that https://shields.io/badges/endpoint-badge reads.
 *
 * One badge speaks for all candidates of the report: the verdict, and the smallest survival among them; without SAEs the largest change
 * of perplexity.
 */
import type { Report } from '../../contract/report/report-schema.ts'
import { jsonText } from '../../escape/json-text.ts'
import { activeReadouts, shownPerplexity } from '../words/figures.ts'
import { percent, signedPercent } from '../words/format.ts'
import { dissociated } from '../words/headline.ts'

export const BADGE_COLOURS = { pass: 'brightgreen', fail: 'red', inconclusive: 'yellow' } as const

/** What a badge says, in the words of shields.io's endpoint. */
export interface Badge {
  readonly schemaVersion: 1
  readonly label: string
  readonly message: string
  readonly color: string
  readonly isError: boolean
}

export const endpointJson = (badge: Badge): string => `${jsonText(badge, true)}\n`

export const badgeJson = (report: Report): string => endpointJson(badgeOf(report))

export function badgeOf(report: Report): Badge {
  const fractions = report.candidates.flatMap((one) =>
    activeReadouts(one).map(({ survived }) => survived.fraction),
  )
  const changes = report.candidates.flatMap((one) => shownPerplexity(one)?.figure.deltaPercent ?? [])
  const ofBehaviour = report.readouts.length === 0
  const most = changes.length === 0 ? '' : signedPercent(Math.max(...changes)).replace('\u202F', '')
  const least =
    fractions.length === 0 ? '' : `${percent(Math.min(...fractions)).replace('\u202F', '')} survive`
  const state = report.verdict === 'fail' || report.verdict === 'inconclusive' ? `${report.verdict}` : ''
  const concerned = dissociated(report)
  const sure = concerned.some(({ dissociation }) => dissociation.undecided !== true)
  const alarm = concerned.length === 0 ? '' : sure ? 'dissociated' : 'possibly dissociated'
  const message =
    [state, alarm, ofBehaviour ? most : least].filter((part) => part !== '').join(', ') || 'not measured'
  const colour = report.verdict === null ? 'lightgrey' : BADGE_COLOURS[report.verdict]
  return {
    schemaVersion: 1,
    label: ofBehaviour ? 'perplexity' : 'features',
    message,
    color: alarm !== '' && report.verdict === 'pass' ? 'orange' : colour,
    isError: report.verdict === 'fail',
  }
}
