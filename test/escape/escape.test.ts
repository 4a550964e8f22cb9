/** @file Hostile words through every way out: every form of the report, the terminal's text, messages, the words of a policy. */
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problem } from '../../src/errors/problem.ts'
import { jsonText } from '../../src/escape/json-text.ts'
import { plainLines } from '../../src/escape/plain-lines.ts'
import { oneLine, visible } from '../../src/escape/visible.ts'
import { explainPolicy } from '../../src/policy/explain.ts'
import { loadPolicy } from '../../src/policy/reading/load.ts'
import { FORMATS } from '../../src/report/formats/index.ts'
import { shellQuote } from '../../src/report/words/reproduce.ts'
import { sample } from '../report/sample.ts'

/** Right-to-left override, isolate, zero-width space and joiner, byte-order mark, soft hyphen, fillers, a tag, escape, bell, NEL. */
const HIDDEN =
  '\u202e\u2066\u200b\u200d\ufeff\u00ad\u115f\u3164\u{e0041}\u001b]0;x\u0007\u001b[31m\u0085\u2028'
const NASTY = `\n::error::forged ${HIDDEN} ##[error]forged\n ::set-output name=x::y`
/** What a terminal or reader must not meet: our own word joiner and narrow spaces apart. */
const ACTS = /(?![\u2060\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u3164]/u
const COMMAND = /^\s*::|##\[/m

function poisoned() {
  const measurement = sample(64)
  const { report } = measurement
  report.warnings = [NASTY]
  report.reference.spec = NASTY
  report.corpus.spec = NASTY
  for (const [i, candidate] of report.candidates.entries()) {
    const named = `${NASTY}${i}`
    measurement.evidence = measurement.evidence.map((one) =>
      one.table.candidate === candidate.name ? { ...one, table: { ...one.table, candidate: named } } : one,
    )
    Object.assign(candidate, { name: named, spec: `./${named}`, warnings: [NASTY] })
    candidate.dissociation.reason = NASTY
    for (const rule of candidate.rules) {
      Object.assign(rule, { id: `${rule.id}${NASTY}`, message: NASTY, advice: NASTY })
      if (rule.waiver) rule.waiver.reason = NASTY
    }
  }
  return measurement
}

describe('words that act', () => {
  it.each(Object.entries(FORMATS))('leave as %s without acting', (_, format) => {
    const text = format(poisoned())
    expect(text.length).toBeGreaterThan(20)
    expect(ACTS.exec(text)).toBeNull()
    expect(COMMAND.exec(text)).toBeNull()
  })

  it('are the same data in JSON', () => {
    const { report } = poisoned()
    expect(JSON.parse(FORMATS.json({ report, evidence: [] })).reference.spec).toBe(NASTY)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(jsonText({ [text]: text }))).toEqual({ [text]: text })
      }),
    )
  })

  it('stand in messages as what they are', () => {
    const missing = problem('TEST_MISSING', 2, (path: string) => ({
      message: `${path} is not there.`,
      fix: path,
    }))
    const { message, fix } = missing(`/models/${NASTY}`)
    expect(message).not.toMatch(/\n/)
    for (const text of [message, plainLines(message), fix]) expect(ACTS.exec(text)).toBeNull()
    expect(COMMAND.exec(plainLines(`saegate: ${message}\n${fix}`))).toBeNull()
    expect(missing('/models/größe \u{1f600} 模型').message).toBe('/models/größe \u{1f600} 模型 is not there.')
  })

  it('are told in the words of a policy', async () => {
    const rule = { id: 'a', metric: 'features.survived', min: 0.5, description: NASTY }
    const text = JSON.stringify({ version: 1, name: NASTY, description: NASTY, rules: [rule] })
    const written = explainPolicy(await loadPolicy('policy.yaml', async () => text))
    expect(ACTS.exec(written)).toBeNull()
    expect(COMMAND.exec(written)).toBeNull()
  })
})

describe('visible text', () => {
  it('is what it was where nothing is hidden in it', () => {
    for (const text of ['rtn:6', 'größe', '模型', 'a\u{1f469}\ufe0f', 'x\u202fy', '::', 'a ##b[c]'])
      expect([oneLine(text), visible(text)]).toEqual([text, text])
  })

  it('keeps lines and breaks commands', () => {
    expect(plainLines('a\n\tb::c\n')).toBe('a\n b::c\n')
    expect(plainLines('::a\n  ::b')).toBe(':\u2060:a\n  :\u2060:b')
    expect(plainLines('x ##[group]y')).toBe('x ##\u2060[group]y')
  })
})

describe('a command to do it again', () => {
  it('is read by a shell as what was given, on one line', () => {
    for (const text of [NASTY.replaceAll('\u0000', ''), "it's\t\\n", 'a\n\n', '##[x', "$'\\x41'\u200b"]) {
      const quoted = shellQuote(text)
      expect(oneLine(quoted)).toBe(quoted)
      const env = { ...process.env, LC_ALL: 'C.UTF-8' }
      expect(execFileSync('bash', ['-c', `printf %s ${quoted}`], { env }).toString()).toBe(text)
    }
  })
})
