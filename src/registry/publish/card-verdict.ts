/** @file What a model's card is told of an audit: figures for `model-index`, and a section for people. Pure. */
import { corpusParts, corpusRepositories } from '../../contract/named-corpora.ts'
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import { count, MISSING, number, percent, signedPercent } from '../../report/words/format.ts'
import { code } from '../../report/words/markdown-escape.ts'
import { isHubSpec } from '../../sources/hub-spec.ts'
import type { PublishedVerdict } from '../verdict.ts'
import type { CardResult } from './card.ts'

/** A spec as others may see it: a path of this machine says nothing to them, and is none of their business. */
const named = (spec: string, sha256: string): string =>
  isHubSpec(spec) ? spec : `sha256:${sha256.slice(0, 16)}`

/** The same of a text, with the repository of the Hub that it is of. */
function textOf({ corpus: { spec, sha256 } }: Report): { readonly name: string; readonly type: string } {
  const repositories = corpusParts(spec).map((part) => corpusRepositories(part)[0])
  const [first] = repositories
  if (first === undefined || repositories.includes(undefined))
    return { name: `text sha256:${sha256.slice(0, 16)}`, type: 'text' }
  return { name: spec, type: first.replace(/^hf:(?:datasets\/)?/, '').replace(/@.*$/s, '') }
}

/** The text, with the words of how it was run. */
function protocolOf({ corpus }: Report, positions: string | null): string {
  const counted = positions === null ? '' : `, positions ${positions}`
  return `${corpus.tokens} tokens in sequences of ${corpus.blockLength}${counted}`
}

const DAMAGE = [
  ['saegate_survived', 'Active features that survive', 'survived'],
  ['saegate_degraded', 'Active features that are degraded', 'degraded'],
  ['saegate_damaged', 'Active features that are damaged', 'damaged'],
] as const

/** A result for each read-out, and one for the figures of the whole model. */
export function cardResults(report: Report): readonly CardResult[] {
  const [candidate] = report.candidates
  if (candidate === undefined) return []
  const dataset = textOf(report)
  const readouts = candidate.features.map(({ readout, sae, hook, ...shares }): CardResult => {
    const { sha256 = '', positions = null } = report.readouts.find(({ id }) => id === readout) ?? {}
    return {
      dataset: {
        ...dataset,
        config: `${named(sae, sha256)} at ${hook}`,
        split: protocolOf(report, positions),
      },
      metrics: DAMAGE.flatMap(([type, name, key]) => metric(type, name, shares[key].fraction)),
    }
  })
  const whole = wholeModel(candidate)
  const config = `against ${named(report.reference.spec, report.reference.sha256)}`
  const others = { dataset: { ...dataset, config, split: protocolOf(report, null) }, metrics: whole }
  return [...readouts, ...(whole.length === 0 ? [] : [others])].filter(({ metrics }) => metrics.length > 0)
}

const wholeModel = ({ perplexity, divergence }: CandidateReport): CardResult['metrics'] => [
  ...metric('perplexity', 'Perplexity', perplexity.chunked?.candidate),
  ...metric('saegate_perplexity_change', 'Change of perplexity, percent', perplexity.chunked?.deltaPercent),
  ...metric('kl_divergence', 'Mean KL divergence, nats per token', divergence?.klMean),
]

const metric = (type: string, name: string, value: number | null | undefined): CardResult['metrics'] =>
  value === null || value === undefined || !Number.isFinite(value)
    ? []
    : [{ type, name, value: Number(value.toPrecision(6)) }]

const SIGNS = { pass: '✅ pass', fail: '❌ fail', inconclusive: '⚠️ inconclusive' } as const

/** Markdown. */
export function cardSection(
  report: Report,
  { verdict, candidate, report: digest }: PublishedVerdict,
): string {
  const [measured] = report.candidates
  const rows = (measured?.features ?? []).map(({ readout, sae, hook, survived, damaged, active }) => {
    const { sha256 = '' } = report.readouts.find(({ id }) => id === readout) ?? {}
    return `| ${code(named(sae, sha256))} | ${code(hook)} | ${count(active)} | ${percent(survived.fraction)} | ${percent(damaged.fraction)} |`
  })
  const { policy, reference, tool } = report
  const by = policy === null ? '' : `, by the policy ${code(policy.name)}`
  const perplexity = signedPercent(measured?.perplexity.chunked?.deltaPercent)
  const kl = measured?.divergence === undefined ? MISSING : number(measured.divergence?.klMean, 3)
  const table = ['| SAE | hook | active features | survived | damaged |', '|---|---|---:|---:|---:|', ...rows]
  return [
    '## Features under quantization',
    '',
    `**${verdict === null ? 'measured' : SIGNS[verdict]}**${by}. Held against ${code(named(reference.spec, reference.sha256))} through frozen sparse autoencoders by [saegate](https://github.com/saegate/saegate) ${code(tool.version)}, on ${protocolOf(report, null)} of ${code(textOf(report).name)}.`,
    '',
    ...(rows.length === 0 ? [] : [...table, '']),
    `Perplexity ${perplexity}, mean KL divergence ${kl}. Revision ${code(candidate.revision)}, content ${code(`sha256:${candidate.sha256}`)}, report ${code(`sha256:${digest}`)}.`,
  ].join('\n')
}
