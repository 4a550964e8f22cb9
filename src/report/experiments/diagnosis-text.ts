/** @file What `saegate diagnose` tells, as text. */
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import { visible } from '../../escape/visible.ts'
import { decimal, MISSING, number, percent, signedPercent } from '../words/format.ts'
import { textTable } from './text-table.ts'

type Diagnosis = NonNullable<CandidateReport['diagnosis']>
type Spread = NonNullable<Diagnosis['logits']>['cosine']

export function diagnosisText(report: Report): string {
  const tables = diagnosisTables(report).map(([title, rows]) => [title, ...textTable(rows)].join('\n'))
  return `${tables.join('\n\n')}\n`
}

/** Title and rows, the first of them their header. */
export function diagnosisTables({
  candidates,
  corpus,
}: Report): readonly (readonly [title: string, rows: readonly (readonly string[])[]])[] {
  return [
    [
      'weights, means over the tensors; output: ‖X(ŵ − w)ᵀ‖ over ‖Xwᵀ‖ on the reference’s inputs',
      weightRows(candidates),
    ],
    [`logits and loss, mean and standard deviation over ${corpus.blocks} sequences`, logitRows(candidates)],
    [subsetTitle(candidates), subsetRows(candidates)],
  ]
}

type Candidates = Report['candidates']

const named = ({ name }: CandidateReport): string => visible(name, 40)

function weightRows(candidates: Candidates): string[][] {
  const header = ['candidate', 'tensors', 'MSE', 'MAE', 'relative MAE', 'cosine', 'output', 'codes']
  const rows = candidates.map((candidate) => {
    const of = candidate.diagnosis?.weights
    if (of == null) return [named(candidate), ...header.slice(1).map(() => MISSING)]
    const codes = of.codes === null ? MISSING : `${number(of.codes[0])} to ${number(of.codes[1])}`
    return [
      named(candidate),
      String(of.tensors),
      number(of.meanSquared),
      number(of.meanAbsolute),
      number(of.relative),
      decimal(of.cosine, 6),
      of.output === undefined ? MISSING : percent(of.output, 2),
      codes,
    ]
  })
  return [header, ...rows]
}

function logitRows(candidates: Candidates): string[][] {
  const header = ['candidate', 'MSE', 'MAE', 'cosine', 'loss change, nats']
  const rows = candidates.map((candidate) => {
    const of = candidate.diagnosis?.logits
    if (of == null) return [named(candidate), ...header.slice(1).map(() => MISSING)]
    return [
      named(candidate),
      ...[of.meanSquared, of.meanAbsolute].map((one) => spread(one, (value) => number(value))),
      ...[of.cosine, of.lossChange].map((one) => spread(one, (value) => decimal(value, 5))),
    ]
  })
  return [header, ...rows]
}

function subsetTitle(candidates: Candidates): string {
  const first = candidates.find(({ diagnosis }) => diagnosis?.subsets != null)?.diagnosis?.subsets
  const drawn = first == null ? '' : `: ${first.seeds} draws of ${first.sequences} sequences`
  return `chunked perplexity on parts of the text${drawn}`
}

function subsetRows(candidates: Candidates): string[][] {
  const header = ['candidate', 'reference', 'candidate', 'change']
  const rows = candidates.map((candidate) => {
    const of = candidate.diagnosis?.subsets
    if (of == null) return [named(candidate), ...header.slice(1).map(() => MISSING)]
    return [
      named(candidate),
      spread(of.reference, (value) => number(value, 5)),
      spread(of.candidate, (value) => number(value, 5)),
      spread(of.deltaPercent, (value) => signedPercent(value, 2)),
    ]
  })
  return [header, ...rows]
}

function spread({ mean, sd }: Spread, show: (value: number) => string): string {
  return sd === null ? show(mean) : `${show(mean)} ± ${number(sd, 3)}`
}
