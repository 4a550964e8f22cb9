/**
 * @file The ten-second answer: the verdict, its reason in one sentence, and any dissociation, which always comes first.
 */
import type { CandidateReport, Report, RuleResult, Verdict } from '../../contract/report/report-schema.ts'
import { type Metric, PLAIN } from '../../policy/metrics/metric.ts'
import { metricNamed } from '../../policy/metrics/table.ts'
import { nothingRequired } from '../../policy/rules/verdict.ts'
import { VALUE_ALONE } from '../../statistics/intervals/resampling.ts'
import { claimReason, claimWord, holdsEveryRule } from './claim.ts'
import { activeReadouts, bySeverity, rulesToSee, shownPerplexity, worstReadout } from './figures.ts'
import { percent, ruleText, signedPercent } from './format.ts'
import { list, name, type Phrase, phrase } from './phrase.ts'

export interface Headline {
  readonly verdict: Verdict | null
  /** PASS, FAIL, INCONCLUSIVE or, without a policy, MEASURED; of what another run claims, that. */
  readonly word: string
  /** One sentence. */
  readonly reason: Phrase
  /** One sentence per dissociated candidate, the worst first. */
  readonly dissociations: readonly Phrase[]
  /** What to call them: only possible where the intervals leave every one of them undecided. */
  readonly alarm: 'dissociation' | 'possible dissociation'
}

const WORDS = { pass: 'PASS', fail: 'FAIL', inconclusive: 'INCONCLUSIVE' } as const

export function headline(report: Report): Headline {
  const verdict = report.verdict
  return {
    verdict,
    word: wordOf(report),
    reason: reason(report),
    dissociations: dissociated(report).map(dissociation),
    alarm: dissociated(report).every(isUndecided) ? 'possible dissociation' : 'dissociation',
  }
}

/** What a report is about. */
export function subject({ readouts }: Report): string {
  return readouts.length === 0 ? 'perplexity and KL' : 'feature survival'
}

function wordOf({ claim, verdict }: Report): string {
  if (claim !== undefined) return claimWord(claim, verdict)
  return verdict === null ? 'MEASURED' : WORDS[verdict]
}

/** Dissociated candidates, those with the fewest surviving features first. */
export function dissociated(report: Report): CandidateReport[] {
  const survived = (candidate: CandidateReport) => worstReadout(candidate)?.survived.fraction ?? 1
  return report.candidates.filter((one) => one.dissociation.flag).sort((a, b) => survived(a) - survived(b))
}

const isUndecided = ({ dissociation }: CandidateReport): boolean => dissociation.undecided === true

/** `int7`: perplexity −5.6 %, but 18.7 % of active features degraded. The words are the policy's (policy/rules/dissociation.ts). */
export function dissociation(candidate: CandidateReport): Phrase {
  return phrase`${name(candidate.name)}: ${{ sentence: candidate.dissociation.reason }}`
}

function reason(report: Report): Phrase {
  const { candidates, verdict } = report
  if (candidates.length === 0) return phrase`No candidate was audited.`
  if (verdict === null) return phrase`Measured, not judged: no policy was given.`
  const judged = verdict === 'pass' ? passed(report) : notPassed(report, verdict)
  if (report.claim !== undefined) {
    const found = holdsEveryRule(report) ? phrase`By its own figures every rule holds.` : judged
    return phrase`${found} ${claimReason(report.claim)}`
  }
  return report.policy?.informational
    ? phrase`${judged} The policy is informational: it reports and never fails.`
    : judged
}

function passed(report: Report): Phrase {
  const { candidates } = report
  const judged = candidates.filter(({ verdict }) => verdict !== null)
  const fractions = judged.flatMap((one) => activeReadouts(one).map(({ survived }) => survived.fraction))
  const changes = judged.flatMap((one) => shownPerplexity(one)?.figure.deltaPercent ?? [])
  const who = whoPasses(candidates, judged)
  const least =
    fractions.length === 0 ? '' : `at least ${percent(Math.min(...fractions))} of active features survive`
  const most = changes.length === 0 ? '' : `perplexity changes by ${signedPercent(Math.max(...changes))}`
  const figures = [least, judged.length === 1 ? most : most.replace('by', 'by at most')].filter(
    (part) => part !== '',
  )
  return figures.length === 0 ? phrase`${who}.` : phrase`${who}: ${figures.join(', ')}.`
}

/** Candidates that no rule looks at have not passed anything. */
function whoPasses(candidates: readonly CandidateReport[], judged: readonly CandidateReport[]): Phrase {
  const [first] = judged
  if (judged.length < candidates.length) {
    const verb = judged.length === 1 ? 'passes' : 'pass'
    return phrase`${judged.length} of ${candidates.length} candidates ${verb}, no rule looks at the others`
  }
  return judged.length === 1
    ? phrase`${name(first?.name ?? '')} passes`
    : phrase`All ${judged.length} candidates pass`
}

function notPassed(report: Report, verdict: 'fail' | 'inconclusive'): Phrase {
  const concerned = bySeverity(report.candidates.filter((one) => one.verdict === verdict))
  const worst = [...concerned].sort((a, b) => survivedOf(a) - survivedOf(b) || changeOf(b) - changeOf(a))[0]
  if (report.candidates.every((one) => one.verdict === null))
    return phrase`No rule of the policy looks at any candidate.`
  if (!worst) return verdict === 'fail' ? phrase`The policy fails.` : unjudged(report)
  const names = concerned.map((one) => one.name)
  const verb = verdict === 'fail' ? (names.length === 1 ? 'fails' : 'fail') : 'cannot be decided'
  const of =
    report.candidates.length > 1 && names.length > 1
      ? ` (${names.length} of ${report.candidates.length})`
      : ''
  const deciding = decidingRule(worst, verdict)
  const nothing = nothingRequired(worst.rules)
  if (!deciding && nothing !== null)
    return phrase`${list(names, 3)}${of} ${verb}: nothing was required, for ${nothing}.`
  if (!deciding) return phrase`${list(names, 3)}${of} ${verb}.`
  const more = names.length > 1 ? phrase`, worst ${name(worst.name)}:` : phrase`:`
  return phrase`${list(names, 3)}${of} ${verb}${more} ${ruleSentence(deciding, worst)}.`
}

/** Nothing failed, and still not all was judged. */
function unjudged(report: Report): Phrase {
  const names = report.candidates.filter((one) => one.verdict === null).map((one) => one.name)
  return phrase`No rule looks at ${list(names, 3)}, so that nothing was required there.`
}

function survivedOf(candidate: CandidateReport): number {
  return worstReadout(candidate)?.survived.fraction ?? 1
}

/** Where features do not tell them apart. */
function changeOf(candidate: CandidateReport): number {
  return shownPerplexity(candidate)?.figure.deltaPercent ?? 0
}

/** The rule that tells the reason best: about survival where one is concerned, else the first that has a figure. */
function decidingRule(candidate: CandidateReport, verdict: 'fail' | 'inconclusive'): RuleResult | null {
  const concerned = rulesToSee(candidate).filter((rule) => rule.status === verdict && rule.level === 'error')
  const survival = concerned.filter(
    (rule) => rule.metric === 'features.survived' && typeof rule.observed === 'number',
  )
  survival.sort((a, b) => Number(a.observed) - Number(b.observed))
  return survival[0] ?? concerned.find(({ observed }) => observed !== null) ?? concerned[0] ?? null
}

/**
 * 62.4 % of active features survive, the policy asks for at least 80.0 %. A rule that looks at something else than the figure
 * on show (another threshold, features counted by their firing rate, a drop, nothing measured) is told in its own words.
 */
function ruleSentence(rule: RuleResult, candidate: CandidateReport): Phrase {
  if (rule.metric === 'dissociation' && rule.observed === true)
    return phrase`perplexity looks fine and the features are gone`
  const metric = metricNamed(rule.metric)
  // Undecided without an interval: the figure alone would look as if it kept the limit.
  if (rule.status === 'inconclusive' && rule.ci === null) return phrase`${{ sentence: rule.message }}`
  const shown = shownFigure(metric, rule.scope, candidate)
  const verb = { min: 'the policy asks for', max: 'the policy allows' }[String(rule.operator)]
  if (shown === null || shown !== rule.observed || verb === undefined)
    return phrase`${{ sentence: rule.message }}`
  const { observed, limit } = ruleText(rule)
  if (rule.metric === 'features.survived')
    return phrase`${observed} of active features survive, ${verb} ${limit}`
  return phrase`${metric?.words ?? rule.metric} is ${observed}, ${verb} ${limit}`
}

/** What the report itself holds of the metric, if it does. */
function shownFigure(metric: Metric | null, scope: string | null, candidate: CandidateReport): number | null {
  if (metric === null) return null
  if (metric.scope === 'candidate') return metric.estimate(candidate, VALUE_ALONE)?.value ?? null
  const readout = candidate.features.find((one) => one.readout === scope)
  return readout === undefined ? null : (metric.held(readout, PLAIN)?.value ?? null)
}
