/**
 * @file Every form that a finished report can be shown in.
 *
 * Adding a form: one file beside this one, one line in FORMATS.
 */
import type { Measurement } from '../../contract/report/measurement.ts'
import { pullRequestComment } from '../markdown/comment.ts'
import { reportMarkdown } from '../markdown/markdown.ts'
import { reportHtml } from '../page/page.ts'
import { featureTablesCsv } from '../tables/feature-csv.ts'
import { badgeJson } from './badge.ts'
import { benchmarkJson } from './benchmark.ts'
import { reportJson } from './json.ts'
import { junitXml } from './junit.ts'
import { rankingText } from './ranking.ts'
import { sarif } from './sarif.ts'
import { terminalReport } from './terminal.ts'

/** A form: the text of a report, with the tables of its features where it shows them. */
export type Format = (measurement: Measurement) => string

/** By the name that the command line gives it. */
export const FORMATS = {
  html: ({ report, evidence }) => reportHtml(report, evidence),
  md: ({ report, evidence }) => reportMarkdown(report, evidence),
  json: ({ report }) => reportJson(report),
  text: ({ report }) => terminalReport(report, { colour: false, unicode: true, tokens: true }),
  comment: ({ report, evidence }) =>
    pullRequestComment(report, evidence, { checkName: 'saegate', reportUrl: null }),
  junit: ({ report }) => junitXml(report),
  sarif: ({ report }) => sarif(report),
  benchmark: ({ report }) => benchmarkJson(report, 'smaller'),
  'benchmark-bigger': ({ report }) => benchmarkJson(report, 'bigger'),
  badge: ({ report }) => badgeJson(report),
  ranking: ({ report }) => rankingText(report),
  csv: ({ evidence }) => featureTablesCsv(evidence.map(({ table }) => table)),
} satisfies Readonly<Record<string, Format>>

export type FormatName = keyof typeof FORMATS
