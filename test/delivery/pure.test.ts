/** @file The decisions of delivery that need no GitHub: state line, sizes, annotations, waiting. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Report, RuleResult } from '../../src/contract/report/report-schema.ts'
import { type AnnotatedFiles, annotationsOf, MAX_ANNOTATIONS } from '../../src/delivery/annotations.ts'
import { COMMENT_LIMIT, fitComment, fitSummary, SUMMARY_LIMIT } from '../../src/delivery/body-size.ts'
import {
  type CommentState,
  isCommentOf,
  parseState,
  readState,
  type SectionState,
  stateLines,
} from '../../src/delivery/marker.ts'
import { waitBeforeRetry } from '../../src/delivery/patience.ts'
import { sample } from '../report/sample.ts'

const section: SectionState = {
  key: 'a'.repeat(12),
  job: 'b'.repeat(12),
  of: 1,
  title: 'gate',
  commit: 'c'.repeat(40),
  run: 42,
  attempt: 1,
  digest: 'abc',
  verdict: 'fail',
}
const state = (check: string, title = 'gate'): CommentState => ({ check, sections: [{ ...section, title }] })

it('reads back the state of any check name, and only of that check', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (check, other) => {
      const body = `${stateLines(state(check, other))}## fails\n`
      expect(readState(body, check)).toEqual(state(check, other))
      expect(isCommentOf(body, other)).toBe(check === other)
      // No name ends the HTML comment early: exactly two comments, then the text.
      expect(body.split('-->')).toHaveLength(3)
      return body.endsWith('## fails\n')
    }),
  )
})

it('refuses states that are none', () => {
  for (const text of ['', '{', '[]', '{"check":"a"}', '{"check":"a","sections":[{}]}', 'x'.repeat(70_000)])
    expect(parseState(text)).toBeNull()
  expect(readState('<!-- saegate:a -->\n<!-- saegate-state {"check":"a"} -->', 'a')).toBeNull()
  expect(readState('<!-- saegate:a -->\nno state', 'a')).toBeNull()
})

it('keeps every text under its limit, its first line first', () => {
  const part = fc.constantFrom(
    '<details><summary>x</summary>\n',
    '</details>\n',
    'line\n',
    '█'.repeat(30_000),
    '𝜌'.repeat(9_000),
    '\n',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = `verdict: fail\n${parts.join('')}`
      const comment = fitComment(text)
      expect(comment.length).toBeLessThanOrEqual(COMMENT_LIMIT)
      expect(comment.startsWith('verdict: fail\n')).toBe(true)
      expect(() => encodeURIComponent(comment), 'no half characters').not.toThrow()
      return text.length > COMMENT_LIMIT || comment === text
    }),
    { numRuns: 60 },
  )
  const summary = fitSummary(`verdict\n${'█████████\n'.repeat(60_000)}`)
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_LIMIT)
  expect(summary.startsWith('verdict\n█')).toBe(true)
})

const files: AnnotatedFiles = {
  policy: 'policies/default.yaml',
  config: 'saegate.yaml',
  candidateLine: (index) => index + 10,
}
const struck = (id: string, changes: Partial<RuleResult> = {}): RuleResult => ({
  id,
  metric: 'features.survived',
  scope: null,
  status: 'fail',
  level: 'error',
  operator: 'min',
  observed: 0.6,
  ci: null,
  limit: 0.8,
  message: `${id}: 0.6 is below 0.8`,
  ...changes,
})

/** The sample with the rules of each candidate replaced. */
function reportWith(...rules: readonly (readonly RuleResult[])[]): Report {
  const { report } = sample(64)
  const candidates = report.candidates.slice(0, rules.length)
  return {
    ...report,
    candidates: candidates.map((one, index) => ({
      ...one,
      name: `c${index}`,
      dissociation: { flag: false, reason: '' },
      rules: [...(rules[index] ?? [])],
    })),
  }
}

it('annotates the policy’s lines once per rule, the candidate’s where a rule has no line', () => {
  const report = reportWith(
    [struck('a', { line: 4 }), struck('b', { status: 'pass', line: 5 })],
    [struck('a', { line: 4 }), struck('c', { level: 'warning' })],
  )
  expect(annotationsOf(report, files)).toEqual([
    {
      level: 'error',
      title: 'saegate: a fails',
      message: 'c0: a: 0.6 is below 0.8\nc1: a: 0.6 is below 0.8',
      place: { file: 'policies/default.yaml', line: 4 },
    },
    {
      level: 'warning',
      title: 'saegate: c fails',
      message: 'c1: c: 0.6 is below 0.8',
      place: { file: 'saegate.yaml', line: 11 },
    },
  ])
})

it('never makes more than ten, the tenth for the rest', () => {
  const report = reportWith(
    Array.from({ length: 40 }, (_, line) =>
      struck(`r${line}`, { line, level: line < 30 ? 'warning' : 'error' }),
    ),
  )
  const annotations = annotationsOf(report, files)
  expect(annotations).toHaveLength(MAX_ANNOTATIONS)
  expect(annotations.slice(0, 9).map((one) => one.title)).toEqual(
    Array.from({ length: 9 }, (_, i) => `saegate: r${i + 30} fails`),
  )
  expect(annotations[9]).toMatchObject({ level: 'error', place: null })
  expect(annotations[9]!.message).toContain('31 more')
})

it('annotates a dissociation, and never an error where the policy is informational', () => {
  const report = reportWith([struck('a', { line: 1 })])
  const candidate = {
    ...report.candidates[0]!,
    dissociation: { flag: true, reason: 'perplexity −5.6 %, features gone' },
  }
  const informational = { name: 'p', sha256: '', path: 'p.yaml', informational: true }
  const annotations = annotationsOf({ ...report, policy: informational, candidates: [candidate] }, files)
  expect(annotations.map((one) => one.level)).toEqual(['warning', 'warning'])
  expect(annotations[0]!.message).toContain('features gone')
})

it('waits by the rules of GitHub’s documentation', () => {
  const failure = (status: number, headers: Record<string, string> = {}, message = '') => ({
    status,
    headers,
    message,
  })
  const now = 1_000_000
  expect(waitBeforeRetry(failure(502), 3, now)).toBe(4000)
  expect(waitBeforeRetry(failure(403, { 'retry-after': '5' }), 1, now)).toBe(5000)
  expect(
    waitBeforeRetry(failure(429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1030' }), 1, now),
  ).toBe(30_000)
  expect(waitBeforeRetry(failure(403, {}, 'You have exceeded a secondary rate limit'), 2, now)).toBe(120_000)
  for (const status of [400, 401, 403, 404, 422]) expect(waitBeforeRetry(failure(status), 1, now)).toBeNull()
  expect(waitBeforeRetry(null, 1, now)).toBeNull()
})
