/**
 * @file What axe-core finds on the page, in a real Chromium: on every kind of verdict, wide and narrow, light and dark. Skipped, with the
 * reason in the test's name, where there is no Chromium.
 *
 * @module-tag slow
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportHtml } from '../../src/report/page/page.ts'
import { isAbsent, launch, why } from './chromium.ts'
import { type MutableMeasurement, sample } from './sample.ts'

/** Evaluated by the debugger's protocol: the page's own policy lets no script in. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'saegate-axe-'))
let browser: Browser

beforeAll(async () => {
  if (!isAbsent) browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

const only = (...candidates: string[]): MutableMeasurement => {
  const made = sample(256, { candidates })
  const verdicts = made.report.candidates.map(({ verdict }) => verdict)
  made.report.verdict = verdicts.includes('fail') ? 'fail' : 'pass'
  return made
}

function inconclusive(): MutableMeasurement {
  const made = only('int7')
  made.report.verdict = 'inconclusive'
  for (const candidate of made.report.candidates) {
    candidate.verdict = 'inconclusive'
    for (const rule of candidate.rules) rule.status = 'inconclusive'
    candidate.dissociation = { flag: true, undecided: true, reason: 'perplexity +1.5 %, but perhaps' }
  }
  return made
}

/** Watched features, contexts, a baseline and a waived rule: every part that a page can have. */
function many(): MutableMeasurement {
  const made = sample(256)
  const { report, evidence } = made
  const features = [...(evidence[0]?.table.active.keys() ?? [])]
    .filter((j) => evidence[0]?.table.active[j] === 1)
    .slice(0, 4)
  if (report.policy)
    report.policy.watched = [
      {
        rule: 'feature-survival',
        count: 5,
        features: [...features.map((feature) => ({ feature })), { feature: 1 }],
      },
    ]
  report.baseline = { path: 'base@1b0575f', sha256: 'a'.repeat(64), createdAt: '2026-11-20T10:00:00.000Z' }
  const context = {
    sequence: 1,
    position: 4,
    before: 'on the ',
    token: 'mat',
    after: '.',
    reference: 3,
    candidate: 2,
  }
  for (const candidate of report.candidates)
    for (const one of candidate.features)
      one.explained = features.map((feature) => ({
        feature,
        correlation: 0.5,
        contexts: [context],
        promotes: [' a'],
      }))
  return made
}

const PAGES: readonly (readonly [name: string, made: () => MutableMeasurement])[] = [
  ['passes', () => only('int8')],
  ['fails', () => only('int6', 'int8')],
  ['is inconclusive', inconclusive],
  ['is dissociated', () => only('int6-repaired', 'int8')],
  ['has many candidates', many],
]

describe(`a page that axe-core looks at${why}`, { skip: isAbsent }, () => {
  test.each(PAGES)('%s', async (name, made) => {
    const { report, evidence } = made()
    const path = join(folder, `${name.replaceAll(' ', '-')}.html`)
    writeFileSync(path, reportHtml(report, evidence))
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' })
    await page.goto(pathToFileURL(path).href)
    await page.waitForSelector('html[data-ready]')
    for (const part of await page.locator('#compare').all()) await part.scrollIntoViewIfNeeded()
    await page.evaluate(AXE)
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [400, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      const { violations } = await page.evaluate<AxeResults>(
        'axe.run(document, { resultTypes: ["violations"] })',
      )
      const found = violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 4)
            .map(({ html }) => html.slice(0, 200))
            .join(' ; ')}`,
      )
      expect(found, `at ${width} px, ${colorScheme}`).toEqual([])
    }
    await page.close()
  })
})
