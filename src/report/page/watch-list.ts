/** @file Watched features on the page: a table per candidate and read-out, each feature with what is known of it and the way to it. */
import type { FeatureEvidence } from '../../contract/report/measurement.ts'
import type { Report, RuleResult } from '../../contract/report/report-schema.ts'
import { neuronpediaBase, readoutOf } from '../words/figures.ts'
import * as format from '../words/format.ts'
import { type WatchedFeature, type WatchedPair, watchedPairs } from '../words/parts/watched.ts'
import { xml } from '../words/xml-escape.ts'
import { cell, prose, text } from './sections.ts'

/** More rows than this nobody reads; the table of features has every one. */
const MOST_ROWS = 200
/** Candidates and read-outs. */
const MOST_PAIRS = 60

/** What is shown of a pair depends on which of these any of its features has. */
interface Known {
  readonly alarms: boolean
  readonly tensors: boolean
}

/** '' where nothing is watched. `pairIndex` gives the index of the features below, or −1. */
export function watchListSection(
  report: Report,
  evidence: readonly FeatureEvidence[],
  pairIndex: (candidate: string, readout: string) => number,
): string {
  const pairs = watchedPairs(report, evidence)
  if (pairs.length === 0) return ''
  const parts = pairs.slice(0, MOST_PAIRS).map((pair, i) => {
    const { candidate, features } = pair
    const links: Links = {
      pair: pairIndex(candidate.name, features.readout),
      neuronpedia: neuronpediaBase(readoutOf(report, features.readout)),
    }
    return `<details class="more"${i === 0 ? ' open' : ''}><summary>${summary(pair)}</summary>${rulesOf(pair)}${table(pair, links)}</details>`
  })
  const rest =
    pairs.length > MOST_PAIRS
      ? `<p class="small">${format.count(pairs.length - MOST_PAIRS)} more candidates and read-outs: report.json has them.</p>`
      : ''
  return `<section id="watched"><h2>Watched features</h2>
<p class="small">Features that the policy lists, that monitors watch or that were asked for by id: the lowest ρ first.</p>
${parts.join('\n')}${rest}</section>`
}

function summary({ candidate, features, watched }: WatchedPair): string {
  const told = watched.filter((one) => one.class !== null && one.class !== 'inactive')
  const kept = told.filter((one) => one.class === 'survived').length
  const words =
    told.length === 0
      ? `${format.count(watched.length)} watched`
      : `${format.count(kept)} of ${format.count(told.length)} active ones survive`
  return `${text(candidate.name)} at ${text(features.readout)}: ${words}`
}

const RULE_WORDS: Record<RuleResult['status'], string> = {
  pass: 'passes',
  fail: 'fails',
  inconclusive: 'is inconclusive',
  waived: 'is waived',
  skipped: 'was not judged',
}

function rulesOf({ rules }: WatchedPair): string {
  return rules
    .map(
      (rule) =>
        `<p class="small">Rule ${text(rule.id)} ${RULE_WORDS[rule.status]}: ${prose(rule.message)}</p>`,
    )
    .join('')
}

/** Where the rest of a feature is. */
interface Links {
  /** Index on this page; −1: it is not on it. */
  readonly pair: number
  readonly neuronpedia: string | null
}

function table({ watched, features, leftOut, candidate }: WatchedPair, links: Links): string {
  const known: Known = {
    alarms: watched.some(({ alarms }) => alarms !== null),
    tensors: watched.some(({ tensors }) => tensors.length > 0),
  }
  const head = [
    'Feature',
    'ρ',
    'Status',
    'Gain',
    'Firing',
    'Fires on',
    ...(known.alarms ? ['Alarms'] : []),
    ...(known.tensors ? ['Worst tensors'] : []),
  ]
  const firing = watched.filter((one) => one.class !== 'inactive')
  const silent = watched.filter((one) => one.class === 'inactive')
  const rows = firing.slice(0, MOST_ROWS).map((one) => row(one, links, known))
  const more = Math.max(0, firing.length - MOST_ROWS) + leftOut
  const rest =
    more === 0
      ? ''
      : `<p class="small">${format.count(more)} more are not in this table: ${text(features.table)} has every feature.</p>`
  const shown =
    rows.length === 0
      ? ''
      : `<div class="card wide"><table class="watch stacks" aria-label="Watched features of ${xml(candidate.name)} at ${xml(features.readout)}"><thead><tr>${head.map((one) => `<th scope="col">${one}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`
  return `${shown}${silentOnes(silent, links)}${rest}`
}

/** Of features that hardly fire on this text nothing is told but that. */
function silentOnes(silent: readonly WatchedFeature[], links: Links): string {
  if (silent.length === 0) return ''
  const names = silent.slice(0, MOST_ROWS).map((one) => nameOf(one, { ...links, neuronpedia: null }))
  const rest = silent.length > MOST_ROWS ? ` and ${format.count(silent.length - MOST_ROWS)} more` : ''
  return `<p class="small silent">Not active on this text, so that nothing is told of them (${format.count(silent.length)}): ${names.join(', ')}${rest}.</p>`
}

function row(one: WatchedFeature, links: Links, known: Known): string {
  const rho =
    one.correlation === null
      ? one.class === null || one.class === 'inactive'
        ? format.MISSING
        : 'none (counts as 0)'
      : format.decimal(one.correlation, 3)
  const status = one.class === null ? format.MISSING : `<span class="class ${one.class}">${one.class}</span>`
  return `<tr>${cell('Feature', nameOf(one, links))}${cell('ρ', `<b>${rho}</b> <span class="small">${format.decimalInterval(one.ci, 3)}</span>`)}
${cell('Status', status)}${cell('Gain', format.decimal(one.gain, 3))}${cell('Firing', format.decimal(one.jaccard, 3))}${cell('Fires on', format.percent(one.firingRate, 3))}${known.alarms ? cell('Alarms', alarms(one)) : ''}${known.tensors ? cell('Worst tensors', tensors(one)) : ''}</tr>`
}

function nameOf({ feature, label }: WatchedFeature, { pair, neuronpedia }: Links): string {
  const name =
    pair < 0 ? String(feature) : `<a href="#pair=${pair}&amp;show=all&amp;feature=${feature}">${feature}</a>`
  const page =
    neuronpedia === null
      ? ''
      : ` <a class="small" href="${xml(`${neuronpedia}/${feature}`)}" rel="noreferrer" aria-label="Feature ${feature} on Neuronpedia">Neuronpedia</a>`
  return `${name}${page}${label === null ? '' : `<span class="limit">${prose(label)}</span>`}`
}

/** 120 → 96, missed 24.2 % [18.1, 30.3], 5 false */
function alarms({ alarms: one }: WatchedFeature): string {
  if (one === null) return format.MISSING
  const interval = format.percentInterval(one.missedCi)
  const missed = `missed ${format.percent(one.missedRate)} ${interval}`.trim()
  return `${format.count(one.before)} → ${format.count(one.after)}<span class="limit">${missed}, ${format.count(one.falseAlarms)} false; above ${format.number(one.threshold)}</span>`
}

function tensors({ tensors: worst }: WatchedFeature): string {
  if (worst.length === 0) return format.MISSING
  return worst
    .map(({ tensor, correlation }) => `${text(tensor)} ρ ${format.decimal(correlation, 3)}`)
    .join('<br>')
}
