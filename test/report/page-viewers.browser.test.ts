/**
 * @file The page as viewers of artifacts show it, in a real Chromium: in a frame without an address or a store of its own, and where no
 * script may run. Skipped, with the reason in the test's name, where there is no Chromium.
 *
 * @module-tag slow
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Frame } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportHtml } from '../../src/report/page/page.ts'
import { xml } from '../../src/report/words/xml-escape.ts'
import { isAbsent, launch, why } from './chromium.ts'
import { sample } from './sample.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-viewers-'))
const { report, evidence } = sample(64)
let browser: Browser

beforeAll(async () => {
  if (!isAbsent) browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

/** The page in a frame with these permissions, and what went wrong in it so far. */
async function framed(sandbox: string): Promise<{ frame: Frame; trouble: string[] }> {
  const path = join(folder, `frame-${sandbox || 'nothing'}.html`)
  const srcdoc = xml(reportHtml(report, evidence))
  writeFileSync(
    path,
    `<!doctype html><title>viewer</title><iframe sandbox="${sandbox}" width="1280" height="900" srcdoc="${srcdoc}"></iframe>`,
  )
  const page = await browser.newPage({ viewport: { width: 1300, height: 950 } })
  const trouble: string[] = []
  page.on('pageerror', (error) => trouble.push(error.message))
  await page.goto(pathToFileURL(path).href)
  const [, frame] = page.frames()
  if (frame === undefined) throw new Error('the viewer has no frame')
  return { frame, trouble }
}

describe(`the page in a viewer of artifacts${why}`, { skip: isAbsent }, () => {
  test('works in a frame without an address of its own', async () => {
    const { frame, trouble } = await framed('allow-scripts')
    await frame.waitForSelector('html[data-ready]')
    await frame.locator('#feature-filter').selectOption('all')
    expect(await frame.locator('#feature-count').textContent()).toMatch(/^64 of 64|^32 of 32/)
    await frame.locator('#feature-table tbody tr[data-index="2"]').click()
    expect(await frame.locator('#feature-detail h4').textContent()).toMatch(/^Feature \d+$/)
    expect(await frame.locator('.unscripted').first().isVisible()).toBe(false)
    expect(trouble).toEqual([])
  })

  test('says what needs scripts where none runs, and shows all else', async () => {
    const { frame } = await framed('')
    await frame.waitForSelector('footer')
    expect(await frame.locator('.unscripted').count()).toBe(2)
    expect(await frame.locator('.unscripted').last().isVisible()).toBe(true)
    expect(await frame.locator('#feature-table').isVisible()).toBe(false)
    expect(await frame.locator('#compare-plot').isVisible()).toBe(false)
    expect(await frame.locator('#map svg').isVisible()).toBe(true)
    expect(await frame.locator('.overview').first().isVisible()).toBe(true)
  })
})
