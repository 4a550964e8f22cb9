/** @file report.md: everything a reader may want of a finished audit, unfolded, in the order in which it is asked. */
import type { FeatureEvidence } from '../../contract/report/measurement.ts'
import type { FeaturesReport, Report } from '../../contract/report/report-schema.ts'
import { biasWords } from '../words/bias.ts'
import { bySeverity, ofActive } from '../words/figures.ts'
import * as format from '../words/format.ts'
import { headline, subject } from '../words/headline.ts'
import { code, MARKDOWN } from '../words/markdown-escape.ts'
import { moreTables } from '../words/parts/more-tables.ts'
import { leastSurvivedOf } from '../words/parts/survival-by-kind.ts'
import {
  CONFIDENCE_HEADER,
  confidenceRows,
  KIND_HEADER,
  kindRows,
  worstKindOf,
  worstKindSentence,
} from '../words/parts/token-parts.ts'
import { capital, render } from '../words/phrase.ts'
import { layerTables } from './by-layer.ts'
import { explainedParts } from './explained.ts'
import {
  newlyLost,
  noteList,
  overviewTable,
  rulesTable,
  table,
  VERDICT_ICONS,
  warningList,
  worstFeaturesParts,
} from './markdown-parts.ts'
import { reproduce, setupTable } from './markdown-setup.ts'
import { moreTable } from './more-table.ts'
import { rankingTable } from './ranking.ts'

const FEATURES_PER_TABLE = 20
const FEATURE_TABLES = 200
const EVERYTHING = { features: 64, contexts: 5, pairs: FEATURE_TABLES } as const

/**
 * @param evidence may be empty: a report judged again without its tables has no list of features
 */
export function reportMarkdown(report: Report, evidence: readonly FeatureEvidence[]): string {
  const { verdict, word, reason, dissociations, alarm } = headline(report)
  const worst = worstFeaturesParts(report, evidence, FEATURES_PER_TABLE, FEATURE_TABLES)
  const ordered = bySeverity(report.candidates)
  const worstKinds = [worstKindOf(report), leastSurvivedOf(report)]
  const parts = [
    `# ${capital(subject(report))}: ${verdict === null ? '' : `${VERDICT_ICONS[verdict]} `}${word.toLowerCase()}`,
    ...dissociations.map((one) => `> ⚠️ **${capital(alarm)}.** ${render(one, MARKDOWN)}.`),
    render(reason, MARKDOWN),
    ...worstKinds.map((one) => (one === null ? '' : `${render(one, MARKDOWN)}.`)),
    ...(ordered.length === 0 ? [] : [overviewTable(report, ordered)]),
    section('Rules that did not pass', rulesTable(ordered, Number.POSITIVE_INFINITY)),
    section('Lost since the baseline', newlyLost(ordered, 50)),
    section('Warnings', warningList(report, 1000)),
    section('Notes', noteList(report)),
    section('Bytes and what they keep', rankingTable(report)),
    section('Layer by layer', layerTables(report)),
    section('More figures', figuresTable(report)),
    ...moreTables(report).map((one) => section(one.title, moreTable(one))),
    section('By kind of token', byKind(report)),
    section('By how sure the reference was', byConfidence(report)),
    section('Other thresholds', sensitivity(report)),
    section('Most damaged features', worst.join('\n\n')),
    section('What the most changed features are about', explainedParts(report, EVERYTHING).join('\n\n')),
    section('Set-up', setupTable(report)),
    section('How to reproduce', reproduce(report)),
    section('What the words mean', report.readouts.length === 0 ? OF_BEHAVIOUR : GLOSSARY),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function section(title: string, body: string): string {
  return body === '' ? '' : `## ${title}\n\n${body}`
}

/** Every pair of candidate and read-out, with `row` made of it. */
function pairs(report: Report, row: (features: FeaturesReport) => string[]): string[][] {
  return report.candidates.flatMap((candidate) =>
    candidate.features.map((features) => [code(candidate.name), code(features.readout), ...row(features)]),
  )
}

function figuresTable(report: Report): string {
  const header = [
    'Candidate',
    'Read-out',
    'Mean ρ',
    'Interval',
    'Median ρ',
    'Undefined ρ',
    'Mean ρ, all positions',
    'Mean ρ, first skipped',
    'Residual error',
    'Bias from finite text',
  ]
  const rows = pairs(report, (features) => {
    const active = ofActive(features)
    return [
      format.decimal(active?.meanCorrelation, 4),
      format.decimalInterval(active?.meanCorrelationCi, 4),
      format.decimal(active?.medianCorrelation, 4),
      format.count(features.undefined),
      format.decimal(active?.meanCorrelationByPositions.all, 4),
      format.decimal(active?.meanCorrelationByPositions.skipFirst, 4),
      format.percent(features.residualError),
      biasWords(features) ?? '–',
    ]
  })
  return [rows.length === 0 ? '' : table(header, rows, 'llrlrrrrrl'), firing(report), perplexities(report)]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** How large and where the active features fire; nothing of reports that do not hold it. */
function firing(report: Report): string {
  const header = [
    'Candidate',
    'Read-out',
    'Mean gain',
    'Interval',
    'Firing agreement',
    'Interval',
    'Precision',
    'Recall',
    'Lost',
  ]
  const rows = pairs(report, (features) => {
    const active = ofActive(features)
    return [
      format.decimal(active?.gain?.mean, 3),
      format.decimalInterval(active?.gain?.ci, 3),
      format.decimal(active?.firing?.jaccard, 3),
      format.decimalInterval(active?.firing?.ci, 3),
      format.decimal(active?.firing?.precision, 3),
      format.decimal(active?.firing?.recall, 3),
      active?.firing === undefined ? '–' : format.count(active.firing.lost),
    ]
  })
  const isKnown = report.candidates.some(({ features }) => features.some((one) => one.gain !== undefined))
  return isKnown ? table(header, rows, 'llrlrlrrr') : ''
}

function perplexities(report: Report): string {
  const rows = report.candidates.flatMap((candidate) =>
    (['chunked', 'sliding'] as const).flatMap((protocol) => {
      const figure = candidate.perplexity[protocol]
      if (!figure) return []
      const { divergence } = candidate
      return [
        [
          code(candidate.name),
          figure.window === undefined
            ? protocol
            : `${protocol}, ${figure.window}/${figure.stride ?? figure.window}`,
          format.number(figure.reference, 6),
          format.number(figure.candidate, 6),
          format.signedPercent(figure.deltaPercent, 2),
          format.signedInterval(figure.ci, 2),
          format.decimal(divergence?.klP99, 4),
          format.percent(divergence?.top1Agreement, 2),
        ],
      ]
    }),
  )
  const header = [
    'Candidate',
    'Perplexity',
    'Reference',
    'Candidate',
    'Change',
    'Interval',
    'KL, 99th percentile',
    'Top-1 agreement',
  ]
  return rows.length === 0 ? '' : table(header, rows, 'llrrrlrr')
}

/** Tokens by the probability of the token that the reference thought likeliest. */
function byConfidence(report: Report): string {
  const rows = report.candidates.flatMap((candidate) =>
    confidenceRows(candidate).map((cells) => [code(candidate.name), ...cells]),
  )
  return rows.length === 0 ? '' : table(['Candidate', ...CONFIDENCE_HEADER], rows, 'llrrlrl')
}

/** Which kind each candidate differs most on, then all of them. */
function byKind(report: Report): string {
  const worst = bySeverity(report.candidates).flatMap((candidate) => {
    const sentence = worstKindSentence(candidate)
    return sentence === null ? [] : [`- ${render(sentence, MARKDOWN)}`]
  })
  const rows = report.candidates.flatMap((candidate) =>
    kindRows(candidate).map((cells) => [code(candidate.name), ...cells]),
  )
  const all = rows.length === 0 ? '' : table(['Candidate', ...KIND_HEADER], rows, 'llrrlrl')
  return [worst.join('\n'), all].filter((part) => part !== '').join('\n\n')
}

/** Survived and damaged at every pair of thresholds: does the answer hang on where the line is drawn? */
function sensitivity(report: Report): string {
  const grid = report.candidates[0]?.features[0]?.sensitivity ?? []
  const survivedAt = [...new Set(grid.map((one) => one.survivedAt))]
  const damagedAt = [...new Set(grid.map((one) => one.damagedAt))]
  if (grid.length === 0) return ''
  const header = [
    'Candidate',
    'Read-out',
    ...survivedAt.map((at) => `ρ ≥ ${format.number(at)}`),
    ...damagedAt.map((at) => `ρ &lt; ${format.number(at)}`),
  ]
  const rows = pairs(report, (features) => {
    const cells = ofActive(features)?.sensitivity ?? []
    return [
      ...survivedAt.map((at) => format.percent(cells.find((one) => one.survivedAt === at)?.survived)),
      ...damagedAt.map((at) => format.percent(cells.find((one) => one.damagedAt === at)?.damaged)),
    ]
  })
  return table(header, rows, `ll${'r'.repeat(header.length - 2)}`)
}

/** Words of every report. */
const OF_BEHAVIOUR = `- **KL**: KL(reference ‖ candidate) of the next-token distributions, nats per token.
- **Interval**: from balanced half-samples of the token groups, the bias from finite text included. A rule decides on the
  interval, not on the point. In reports of older versions: delete-one-group jackknife.`

const GLOSSARY = `- **Feature**: one direction of the sparse autoencoder's dictionary, frozen, the same for both models.
- **Active**: fires in the reference more often than the active threshold. Every share is of active features.
- **ρ**: Pearson correlation of a feature's activations in reference and candidate, over the same tokens. A feature that
  no longer varies in the candidate has none and counts as 0.
- **Survived, degraded, damaged**: ρ at or above the first threshold, between the two, below the second.
- **Dissociation**: perplexity says nothing happened, the features say otherwise.
${OF_BEHAVIOUR}
- **Bias**: how far a figure is off on average because the text is finite. It is in the interval and not taken off the
  figure; more tokens make it smaller.`
