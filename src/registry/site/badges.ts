/** @file A model's badge: its last verdict and how much survives. */
import { BADGE_COLOURS, type Badge } from '../../report/formats/badge.ts'
import { percent, signedPercent } from '../../report/words/format.ts'
import type { Outcome } from '../outcome.ts'

export function modelBadge(outcome: Outcome | null): Badge {
  if (outcome === null) return badge('not yet audited', 'lightgrey')
  if (outcome.kind === 'error') return badge(`not audited: ${outcome.class}`, 'lightgrey')
  const { verdict, figures } = outcome
  const { survived, perplexityDelta } = figures
  const figure =
    survived !== null
      ? `${percent(survived)} survive`
      : perplexityDelta === null
        ? null
        : `perplexity ${signedPercent(perplexityDelta)}`
  const said = [...(verdict === null ? [] : [verdict]), ...(figure === null ? [] : [figure])]
  return badge(
    said.join(', ').replaceAll('\u202F', '') || 'measured',
    verdict === null ? 'lightgrey' : BADGE_COLOURS[verdict],
    verdict === 'fail',
  )
}

const badge = (message: string, color: string, isError = false): Badge => ({
  schemaVersion: 1,
  label: 'features',
  message,
  color,
  isError,
})
