import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Report, reportSchema } from '../../src/contract/report/report-schema.ts'
import { SaegateError } from '../../src/errors/problem.ts'
import { MAX_REPORT_CHARACTERS, parseReport, reportJson } from '../../src/report/formats/json.ts'
import { sample } from './sample.ts'

function failure(text: string): SaegateError {
  try {
    parseReport(text, 'r.json')
  } catch (error) {
    if (error instanceof SaegateError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** The sample with one change, as JSON. */
function changed(change: (report: Report) => void): string {
  const { report } = sample(64)
  change(report)
  return JSON.stringify(report)
}

describe('writing', () => {
  test('reads back to the same values', () => {
    const { report } = sample(256)
    expect(parseReport(reportJson(report), 'r.json')).toEqual(report)
  })

  test('does not depend on the order in which keys were set', () => {
    const { report } = sample(64)
    const reversed = JSON.parse(JSON.stringify(report), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as Report
    expect(reportJson(reversed)).toBe(reportJson(report))
    expect(Object.keys(JSON.parse(reportJson(reversed)) as object)).toEqual(
      Object.keys(reportSchema.properties).filter((key) => key in report),
    )
  })

  test('keeps every digit, ends with a newline, indents by two', () => {
    const { report } = sample(64)
    report.tool.elapsedSeconds = 0.1 + 0.2
    const text = reportJson(report)
    expect(text).toContain('"elapsedSeconds": 0.30000000000000004')
    expect(text.endsWith('}\n')).toBe(true)
    expect(text.split('\n')[1]).toBe('  "schema": "saegate/report@1",')
  })

  test('refuses numbers JSON has no word for, and says where', () => {
    const { report } = sample(64)
    const divergence = report.candidates[1]?.divergence
    if (divergence) divergence.klMean = Number.NaN
    expect(() => reportJson(report)).toThrow('/candidates/1/divergence/klMean')
  })
})

describe('reading', () => {
  test.each([
    ['not JSON', '{"schema":', 'REPORT_NOT_JSON', 'r.json is not JSON'],
    ['an array', '[]', 'REPORT_INVALID', 'the report must be a mapping'],
    ['another version', '{"schema":"saegate/report@2"}', 'REPORT_VERSION', '"saegate/report@2"'],
    ['nothing in it', '{"schema":"saegate/report@1"}', 'REPORT_INVALID', 'lacks "verdict"'],
    [
      'a string for a number',
      changed((r) => Object.assign(r.corpus, { tokens: 'x' })),
      'REPORT_INVALID',
      '/corpus/tokens must be a whole number',
    ],
    [
      'an unknown key',
      changed((r) => Object.assign(r.corpus, { tokenz: 1 })),
      'REPORT_INVALID',
      'unknown key "tokenz"',
    ],
    [
      'an unknown verdict',
      changed((r) => Object.assign(r, { verdict: 'great' })),
      'REPORT_INVALID',
      '/verdict',
    ],
    [
      'two candidates of one name',
      changed((r) => Object.assign(r.candidates[1] ?? {}, { name: 'int8' })),
      'REPORT_INVALID',
      '/candidates/1/name repeats /candidates/0/name',
    ],
    [
      'a read-out that is not there',
      changed((r) => Object.assign(r.candidates[0]?.features[0] ?? {}, { readout: 'x' })),
      'REPORT_INVALID',
      'names no read-out',
    ],
    [
      'another width',
      changed((r) => Object.assign(r.candidates[0]?.features[0] ?? {}, { width: 9 })),
      'REPORT_INVALID',
      'is 9, the read-out',
    ],
    [
      'sums of other groups than the tokens',
      changed((r) =>
        Object.assign(r.candidates[0]?.perplexity.chunked?.groups ?? {}, { referenceLoss: [1] }),
      ),
      'REPORT_INVALID',
      '/candidates/0/perplexity/chunked/groups/referenceLoss has 1 groups, tokens has',
    ],
    ...['../x', '/etc/passwd', 'a/../../x', 'C:\\x', 'a//b', '', 'a\u0000b', './x'].map((table) => [
      `a table at ${JSON.stringify(table)}`,
      changed((r) => Object.assign(r.candidates[0]?.features[0] ?? {}, { table })),
      'REPORT_INVALID',
      "/candidates/0/features/0/table must be a path below the report's folder",
    ]),
  ])('refuses %s', (_, text, code, words) => {
    const error = failure(text ?? '')
    expect(error.code).toBe(code)
    expect(error.message).toContain(words)
    expect(error.exitStatus).toBe(2)
  })
})

describe('reading at the edges', () => {
  test('refuses a file too large before parsing it', () => {
    expect(failure(' '.repeat(MAX_REPORT_CHARACTERS + 1)).code).toBe('REPORT_TOO_LARGE')
  })

  test('survives nesting deeper than the stack', () => {
    expect(failure('['.repeat(1e6)).code).toBe('REPORT_NOT_JSON')
  })

  test('takes a byte order mark', () => {
    const { report } = sample(64)
    expect(parseReport(`\uFEFF${reportJson(report)}`, 'r.json')).toEqual(report)
  })
})

test('schemas/report.schema.json is the schema in the source', () => {
  const shipped: unknown = JSON.parse(
    readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'),
  )
  expect(shipped, 'run node scripts/schemas.mjs').toEqual(JSON.parse(JSON.stringify(reportSchema)))
})
