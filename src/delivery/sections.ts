/**
 * @file What one comment says for all jobs that report under its name: whose sections are kept, and how they are put
 * together. Pure.
 *
 * Sections of the same commit stand side by side; a job's newer run replaces its older one; another commit's sections go
 * when a newer run reports, and a run that is older than what stands there says nothing. The heading is that of the worst
 * section, and never a tick before every place of the matrix has reported.
 */
import { VERDICT_ICONS } from '../report/markdown/markdown-parts.ts'
import { code } from '../report/words/markdown-escape.ts'
import { COMMENT_LIMIT, shortenedTo } from './body-size.ts'
import {
  type CommentState,
  isCommentOf,
  MAX_SECTIONS,
  readState,
  type SectionState,
  stateLines,
} from './marker.ts'

export interface Section {
  readonly state: SectionState
  /** Markdown; empty: there was no room for it. */
  readonly body: string
}

/** The sections of one or several comments of a check: of the same job the newest. */
export function sectionsIn(bodies: readonly string[], checkName: string): readonly Section[] {
  const newest = new Map<string, Section>()
  for (const body of bodies) {
    if (!isCommentOf(body, checkName)) continue
    for (const state of readState(body, checkName)?.sections ?? []) {
      const section = { state, body: bodyOf(body, state.key) }
      const known = newest.get(state.key)
      if (known === undefined || isNewer(state, known.state)) newest.set(state.key, section)
    }
  }
  return [...newest.values()]
}

const isNewer = (a: SectionState, b: SectionState): boolean =>
  a.run === b.run ? a.attempt > b.attempt : a.run > b.run

const begin = (key: string): string => `<!-- saegate-section ${key} -->\n`
const end = (key: string): string => `\n<!-- saegate-end ${key} -->`

/** What a section quotes is no mark of ours: U+2060 WORD JOINER has no width. */
const withoutMarks = (body: string): string => body.replaceAll('<!-- saegate-', '<!--\u2060 saegate-')

function bodyOf(comment: string, key: string): string {
  const from = comment.indexOf(begin(key))
  const to = comment.indexOf(end(key), from)
  return from < 0 || to < 0 ? '' : comment.slice(from + begin(key).length, to)
}

/** What stands there after `own` has reported; null: what stands there is newer, and stays. */
export function merged(there: readonly Section[], own: Section): readonly Section[] | null {
  const { key, commit } = own.state
  const isStale = there.some(
    ({ state }) => (state.commit !== commit || state.key === key) && isNewer(state, own.state),
  )
  if (isStale) return null
  const others = there.filter(({ state }) => state.commit === commit && state.key !== key)
  return [...others, own].sort((a, b) => (a.state.title < b.state.title ? -1 : 1)).slice(0, MAX_SECTIONS)
}

/** Places of the matrix that are yet to report. */
export function awaited(sections: readonly Section[]): number {
  const jobs = new Set(sections.map(({ state }) => state.job))
  return [...jobs].reduce((sum, job) => {
    const legs = sections.filter(({ state }) => state.job === job)
    return sum + Math.max(0, Math.max(...legs.map(({ state }) => state.of)) - legs.length)
  }, 0)
}

type Verdict = SectionState['verdict']

/** From the most serious on. */
const ORDER: readonly Verdict[] = ['fail', 'unfinished', 'inconclusive', null, 'pass']

/** The whole comment, under GitHub's limit: the worst first. */
export function composed(checkName: string, all: readonly Section[]): string {
  const sections = [...all].sort((a, b) => ORDER.indexOf(a.state.verdict) - ORDER.indexOf(b.state.verdict))
  const state: CommentState = { check: checkName, sections: sections.map((one) => one.state) }
  const head = stateLines(state)
  const isAlone = sections.length === 1 && awaited(sections) === 0
  const overall = isAlone ? '' : `${warnings(sections)}${overview(checkName, sections)}`
  const wrapping = sections.reduce(
    (sum, { state }) => sum + begin(state.key).length + end(state.key).length + 8,
    0,
  )
  const bodies = sharing(
    sections.map((one) => withoutMarks(one.body)),
    COMMENT_LIMIT - head.length - overall.length - wrapping,
  )
  const wrapped = sections.flatMap(({ state: { key } }, index) => {
    const body = bodies[index] ?? ''
    return body === '' ? [] : [`${begin(key)}${body}${end(key)}`]
  })
  return `${[head + overall, ...wrapped].join('\n').trimEnd()}\n`
}

/** Least characters that a section is worth. */
const LEAST_SHARE = 300

/** Texts shortened to fit together: what short ones leave, long ones share. Empty where there is not enough for any. */
function sharing(texts: readonly string[], room: number): readonly string[] {
  const shares = new Map<number, number>()
  const byLength = texts.map((text, index) => ({ index, length: text.length }))
  byLength.sort((a, b) => a.length - b.length)
  let [left, remaining] = [room, texts.length]
  for (const { index, length } of byLength) {
    const share = Math.min(length, Math.floor(left / remaining))
    shares.set(index, share)
    left -= share
    remaining -= 1
  }
  return texts.map((text, index) => {
    const share = shares.get(index) ?? 0
    if (text.length <= share) return text
    return share < LEAST_SHARE ? '' : shortenedTo(text, share)
  })
}

/** A section that begins with a quoted line has something to say before any verdict: it comes first. */
const MAX_WARNINGS = 3
const MAX_WARNING = 3000

function warnings(sections: readonly Section[]): string {
  const first = sections.map(({ body }) => (/^> .*/.exec(body)?.[0] ?? '').slice(0, MAX_WARNING))
  const lines = [...new Set(first.filter((line) => line !== ''))].slice(0, MAX_WARNINGS)
  return lines.map((line) => `${line}\n\n`).join('')
}

/** Words and sign of a verdict; `null`: measured, no policy. */
const WORDS: Readonly<Record<Exclude<Verdict, null>, string>> = {
  pass: 'passes',
  fail: 'fails',
  inconclusive: 'is inconclusive',
  unfinished: 'did not finish',
}
const signOf = (verdict: Verdict): string =>
  verdict === null ? '📏' : verdict === 'unfinished' ? '❌' : VERDICT_ICONS[verdict]

function overview(checkName: string, sections: readonly Section[]): string {
  const counts = ORDER.map((verdict) => ({
    verdict,
    count: sections.filter(({ state }) => state.verdict === verdict).length,
  })).filter(({ count }) => count > 0)
  const missing = awaited(sections)
  const worst = counts[0]?.verdict ?? null
  const isRed = worst === 'fail' || worst === 'unfinished'
  const sign = missing > 0 && !isRed ? '⏳' : signOf(worst)
  const words = counts.map(
    ({ verdict, count }) => `${count} ${verdict === null ? 'measured' : WORDS[verdict]}`,
  )
  const wait = missing === 0 ? [] : [`${missing} still to report`]
  const rows = sections.map(
    ({ state }) => `| ${signOf(state.verdict)} | ${code(state.title)} | ${state.verdict ?? 'measured'} |`,
  )
  return `## ${sign} ${code(checkName)}: ${[...words, ...wait].join(', ')}

| | job | verdict |
| --- | --- | --- |
${rows.join('\n')}

`
}
