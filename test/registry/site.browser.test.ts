/**
 * @file The registry's site in a real Chromium, opened from files: a thousand models are sorted, filtered and turned over; nothing
 * overflows at 1280 and at 400 pixels; nothing is asked of a network.
 *
 * @module-tag slow
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeSite } from '../../src/registry/site/site.ts'
import { readState, withState } from '../../src/registry/state/open-state.ts'
import { finished, GATED, healthy, item, listed, many, storeReport, verdict } from './site-state.ts'

const CHROMIUM = '/usr/bin/chromium'
const isAbsent = !existsSync(CHROMIUM)
const why = isAbsent ? ` (skipped: no ${CHROMIUM}; apt install chromium)` : ''
const folder = mkdtempSync(join(tmpdir(), 'saegate-site-'))
const out = join(folder, 'site')
/** Where somebody wants to look at the pages. */
const shots = process.env.SAEGATE_SITE_SHOTS
const trouble: string[] = []
let browser: Browser
const HOSTILE = '<img src=x onerror=alert(1)>-a-very-long-name-without-any-place-to-break-it-'.repeat(2)

beforeAll(async () => {
  if (isAbsent) return
  const state = join(folder, 'state')
  const well = healthy(40)
  const [one, two] = [await storeReport(state, 'one'), await storeReport(state, 'two', well)]
  await withState(state, ({ note }) =>
    note(
      listed(
        item('lab', 'int4', { base: 'hf:acme/base' }),
        item('lab', HOSTILE),
        item('hub', 'acme/gated'),
        item('lab', 'later'),
      ),
      finished('lab:int4', verdict(0.96, { report: one }), { folder: 'one' }),
      finished('lab:int4', verdict(0.82, { report: two }), { folder: 'two' }),
      finished(`lab:${HOSTILE}`, verdict(0.91, { bytes: 5e8 })),
      finished('hub:acme/gated', GATED),
      ...many(996, 2),
    ),
  )
  await makeSite(await readState(state), {
    state,
    out,
    title: 'Models of the lab',
    withReports: false,
    tool: '0.1.0',
  })
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

async function open(path: string, width = 1280): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: 'light' })
  page.on('console', (message) => trouble.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (!/^(?:file|data):/.test(request.url())) trouble.push(`request: ${request.url()}`)
  })
  await page.goto(pathToFileURL(join(out, path)).href)
  return page
}

const names = (page: Page): Promise<string[]> => page.locator('#models tr a').allTextContents()
const pageOf = (kind: string, begin: string): string =>
  join(kind, readdirSync(join(out, kind)).find((name) => name.startsWith(begin)) ?? '')

describe(`the index in Chromium${why}`, { skip: isAbsent }, () => {
  test('shows a hundred of a thousand, and turns over', async () => {
    const page = await open('index.html')
    expect(await names(page)).toHaveLength(100)
    expect(await page.locator('#shown').textContent()).toBe('1,000 of 1,000')
    const [first] = await names(page)
    await page.locator('#later').click()
    expect(await page.locator('#place').textContent()).toBe('101 to 200')
    expect((await names(page))[0]).not.toBe(first)
    await page.locator('#earlier').click()
    expect((await names(page))[0]).toBe(first)
    expect(await page.locator('#earlier').isDisabled()).toBe(true)
  })

  test('sorts by every column, what has no value last, by click and by keyboard', async () => {
    const page = await open('index.html')
    const values = async (column: number) =>
      (
        await page
          .locator(`#models td:nth-child(${column + 1})`)
          .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-value')))
      ).map(Number)
    for (const column of [2, 3, 4, 5]) {
      await page.locator(`th button[data-column="${column}"]`).click()
      const up = await values(column)
      expect(up).toEqual([...up].sort((a, b) => a - b))
      await page.keyboard.press('Enter')
      const down = await values(column)
      expect(down).toEqual([...down].sort((a, b) => b - a))
      expect(await page.locator('th').nth(column).getAttribute('aria-sort')).toBe('descending')
    }
    await page.locator('#order').selectOption('blocked first')
    expect((await page.locator('#models tr').first().textContent())?.toLowerCase()).toContain('fail')
  })

  test('finds by name, verdict and source', async () => {
    const page = await open('index.html')
    await page.locator('#find').fill('ACME/LLAMA-0007')
    expect(await names(page)).toEqual(['acme/llama-0007-int6'])
    await page.locator('#find').fill('')
    await page.locator('#verdict').selectOption('gated')
    expect(await names(page)).toEqual(['acme/gated'])
    await page.locator('#verdict').selectOption('')
    await page.locator('#source').selectOption('lab')
    expect((await names(page)).sort()).toEqual([`${HOSTILE.slice(0, 99)}…`, 'int4', 'later'].sort())
    expect(await page.locator('.pager').isHidden()).toBe(true)
  })

  test('prints every row that was asked for', async () => {
    const page = await open('index.html')
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await page.locator('#models tr').count()).toBe(1000)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    expect(await page.locator('#models tr').count()).toBe(100)
  })
})

describe(`the site in Chromium${why}`, { skip: isAbsent }, () => {
  test.each([1280, 400])('has no page wider than %i pixels', async (width) => {
    const base = pageOf('base', '')
    for (const path of ['index.html', pageOf('model', 'lab-int4'), pageOf('model', 'lab-img'), base]) {
      const page = await open(path, width)
      const widest = await page.evaluate(() => document.documentElement.scrollWidth)
      if (shots !== undefined) {
        mkdirSync(shots, { recursive: true })
        await page.screenshot({
          path: join(shots, `${path.replaceAll(/\W+/g, '-')}-${width}.png`),
          fullPage: path !== 'index.html',
        })
      }
      expect([path, widest]).toEqual([path, width])
      await page.close()
    }
  })

  test('leads from the index to a model and back, and asks nothing of a network', async () => {
    const page = await open('index.html')
    await page.locator('#source').selectOption('lab')
    await page.locator('#models a', { hasText: /^int4$/ }).click()
    expect(await page.locator('h1').textContent()).toBe('int4')
    expect(await page.locator('.verdict').textContent()).toContain('FAIL')
    await page.locator('header a').click()
    expect(await page.locator('h1').textContent()).toBe('Models of the lab')
    expect(trouble).toEqual([])
  })
})
