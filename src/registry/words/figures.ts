/** @file Verdicts and figures of a history in a few words. Pure. */
import { MISSING, number, percent, signedPercent } from '../../report/words/format.ts'
import type { Figures, Outcome } from '../outcome.ts'

export const mark = (outcome: Outcome | null): string => {
  if (outcome === null) return ' '
  if (outcome.kind === 'error') return '!'
  if (outcome.verdict === null) return '·'
  return { pass: '✓', fail: '✗', inconclusive: '?' }[outcome.verdict]
}

export const outcomeWord = (outcome: Outcome | null): string => {
  if (outcome === null) return 'not yet audited'
  return outcome.kind === 'error' ? outcome.class : (outcome.verdict ?? 'measured')
}

/** survived 98.1 %, perplexity +0.4 %, KL 0.0032 */
export function figureWords({ survived, perplexityDelta, klMean }: Figures): string {
  const parts = [
    survived === null ? null : `survived ${percent(survived)}`,
    perplexityDelta === null ? null : `perplexity ${signedPercent(perplexityDelta)}`,
    klMean === null ? null : `KL ${number(klMean, 2)}`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? MISSING : parts.join(', ')
}
