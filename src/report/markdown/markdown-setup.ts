/** @file What was measured, on what, with what, and how to do it again: the reference part of every Markdown document. */
import type { CalibrationReport } from '../../contract/report/compression/calibration-schema.ts'
import type { MatchReport } from '../../contract/report/compression/match-schema.ts'
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import { fewestGroups, methodOf } from '../../statistics/intervals/resampling.ts'
import { computingRows } from '../words/computing.ts'
import * as format from '../words/format.ts'
import { code, fenced } from '../words/markdown-escape.ts'
import { methodWords } from '../words/method.ts'
import { reproduceCommand } from '../words/reproduce.ts'
import { table } from './markdown-parts.ts'

/** What was measured, on what, with what. */
export function setupTable(report: Report): string {
  const { reference, corpus, policy, baseline, tool, confidence } = report
  const fewest = fewestGroups(methodOf(corpus))
  const revision = reference.revision === null ? '' : ` at ${code(format.shortHash(reference.revision))}`
  const rows = [
    [
      'Reference',
      `${code(reference.spec)}${revision}, ${code(reference.family)}, ${format.count(reference.parameters)} parameters, ${code(reference.storedAs)}, sha256 ${code(format.shortHash(reference.sha256))}`,
    ],
    ...report.candidates.map((one) => ['Candidate', candidateSource(one)]),
    ...report.readouts.map((one) => [
      'Read-out',
      `${code(one.sae)} at ${code(one.hook)}: ${format.count(one.active)} of ${format.count(one.width)} features active, ${format.count(one.dead)} dead, L0 ${format.number(one.l0, 3)}, variance unexplained ${format.percent(one.varianceUnexplained)}, positions ${one.positions}${one.center ? ', centred' : ''}`,
    ]),
    [
      'Corpus',
      `${code(corpus.spec)}: ${format.count(corpus.tokens)} tokens in ${format.count(corpus.blocks)} sequences of ${corpus.blockLength}${corpus.bos === null ? ', no beginning-of-sequence token' : `, each after token ${corpus.bos}`}`,
    ],
    [
      'Policy',
      policy === null
        ? 'none'
        : `${code(policy.name)}, sha256 ${code(format.shortHash(policy.sha256))}${policy.informational ? ', informational' : ''}`,
    ],
    ...(baseline === null ? [] : [['Baseline', `${code(baseline.path)} of ${code(baseline.createdAt)}`]]),
    [
      'Intervals',
      corpus.groups < fewest
        ? `none: ${corpus.groups} of at least ${fewest} groups of sequences`
        : `${format.percent(confidence, 0)}, ${methodWords(corpus)}`,
    ],
    [
      'Run',
      `saegate ${code(tool.version)}, ${code(tool.engine)}, ${code(tool.device)}, ${tool.threads} threads, ${format.duration(tool.elapsedSeconds)}, ${code(report.createdAt)}`,
    ],
    ...computingRows(tool, code),
  ]
  return table(
    ['', ''],
    rows.map(([key = '', value = '']) => [`**${key}**`, value]),
    'll',
  )
}

function candidateSource(candidate: CandidateReport): string {
  const { compression, sha256, revision } = candidate
  const bits = compression?.bits == null ? '' : `, ${format.number(compression.bits, 3)} bits per weight`
  const sparsity =
    compression?.sparsity === undefined
      ? ''
      : `, ${format.percent(compression.sparsity)} pruned${matchWords(compression.match)}`
  const layout = compression?.layout === undefined ? '' : `, laid out as ${code(compression.layout)}`
  const arithmetic = compression?.arithmetic === undefined ? '' : `, in ${code(compression.arithmetic)}`
  const what =
    compression === null
      ? ''
      : `, ${code(compression.method)}${bits}${sparsity} in ${format.count(compression.tensors)} tensors${layout}${arithmetic}`
  const where = revision === null ? '' : ` at ${code(format.shortHash(revision))}`
  const hash = sha256 === null ? '' : `, sha256 ${code(format.shortHash(sha256))}`
  const inputs = compression?.activations == null ? '' : `, inputs ${code(compression.activations)}`
  return `${code(candidate.name)} from ${code(candidate.spec)}${where}${what}${inputs}${calibrationWords(compression?.calibration)}${hash}`
}

function calibrationWords(text: CalibrationReport | undefined): string {
  if (text === undefined) return ''
  const where = text.where === 'after-audited' ? ' after those that are audited' : ''
  return `, calibrated on ${format.count(text.tokens)} tokens of ${code(text.source)}${where}, sha256 ${code(format.shortHash(text.sha256))}`
}

/** How the sparsity was come by, every step. */
function matchWords(match: MatchReport | undefined): string {
  if (match === undefined) return ''
  const { target, targetPerplexity, perplexity, reached, tokens, trace } = match
  const steps = trace.map((step) => `${format.percent(step.sparsity)} → ${format.number(step.perplexity, 4)}`)
  const met = reached ? 'to meet' : 'which does not meet'
  return ` ${met} ${code(target)} (perplexity ${format.number(perplexity, 4)} for ${format.number(targetPerplexity, 4)} on ${format.count(tokens.count)} ${tokens.where === 'audited' ? 'audited' : 'other'} tokens; tried ${steps.join(', ')})`
}

export function reproduce(report: Report): string {
  return fenced(reproduceCommand(report), 'sh')
}
