/**
 * @file The page in a real Chromium: it is opened from a file, as from a downloaded artifact.
 * Skipped, with the reason in the test's name, where there is no Chromium (chromium.ts).
 *
 * @module-tag slow
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256Base64 } from '../../src/bytes/sha256.ts'
import type { FeatureTable } from '../../src/contract/report/feature-table.ts'
import { clientScript } from '../../src/report/page/client/script.ts'
import { reportHtml } from '../../src/report/page/page.ts'
import { isAbsent, launch, why } from './chromium.ts'
import { sample } from './sample.ts'

const options = { skip: isAbsent }

const { report, evidence } = sample(32_768)
const folder = mkdtempSync(join(tmpdir(), 'saegate-page-'))
const file = pathToFileURL(join(folder, 'report.html')).href
const trouble: string[] = []
let browser: Browser
let page: Page

beforeAll(async () => {
  if (isAbsent) return
  writeFileSync(join(folder, 'report.html'), reportHtml(report, evidence))
  browser = await launch()
  page = await open('report.html')
})

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

async function open(html: string): Promise<Page> {
  const opened = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' })
  opened.on('console', (message) => trouble.push(`console: ${message.text()}`))
  opened.on('pageerror', (error) => trouble.push(`error: ${error.message}`))
  opened.on('request', (request) => {
    if (!/^(?:file|data):/.test(request.url())) trouble.push(`request: ${request.url()}`)
  })
  await opened.goto(pathToFileURL(join(folder, html)).href)
  await opened.waitForSelector('html[data-ready]', { timeout: 120_000 }).catch((reason: unknown) => {
    throw new Error(`the page did not start: ${trouble.join('; ')}`, { cause: reason })
  })
  return opened
}

/** Start a test from a known state: no test leans on the one before. */
async function choose(pair: string, filter: string): Promise<void> {
  await page.locator('#pair-choice').selectOption({ label: pair })
  await page.locator('#feature-filter').selectOption(filter)
  await page.locator('#feature-search').fill('')
}

async function sortedBy(key: string, direction: string): Promise<void> {
  const head = page.locator(`#feature-table th[data-key=${key}]`)
  for (let i = 0; i < 2 && (await head.getAttribute('aria-sort')) !== direction; i++)
    await header(key).click()
  expect(await head.getAttribute('aria-sort')).toBe(direction)
}

const WIDE = 'int4 at blocks.4.hook_resid_post'

/** The table of the pair that is on show. */
async function shownTable(): Promise<FeatureTable> {
  const label = await page.locator('#pair-choice option:checked').textContent()
  const found = evidence.find(({ table }) => label === `${table.candidate} at ${table.readout}`)
  if (!found) throw new Error(`no table for ${label}`)
  return found.table
}

const cells = (column: number) =>
  page.locator(`#feature-table tbody tr[data-index] td:nth-child(${column})`).allInnerTexts()
const ids = async () => (await cells(1)).map(Number)
const ofClass = (table: FeatureTable, kind: string) =>
  table.class.flatMap((one, j) => (one === kind ? [j] : []))
const header = (key: string) => page.locator(`#feature-table th[data-key=${key}] button`)

describe(`the table of features in Chromium${why}`, options, () => {
  test('sorts by every column; an undefined ρ counts as 0', async () => {
    await choose(WIDE, 'active')
    await sortedBy('rho', 'ascending')
    const table = await shownTable()
    const active = [...table.active.keys()].filter((j) => table.active[j] === 1)
    const rho = (j: number) => Math.fround(table.correlation[j] || 0)
    const expected = [...active].sort((a, b) => rho(a) - rho(b) || a - b)
    expect(await ids()).toEqual(expected.slice(0, (await ids()).length))
    expect(await page.locator('#feature-table th[data-key=rho]').getAttribute('aria-sort')).toBe('ascending')
    for (const [key, column] of [
      ['peak', table.peak],
      ['rate', table.firingRate],
      ['mean', table.mean],
    ] as const) {
      await header(key).click()
      expect(await page.locator(`#feature-table th[data-key=${key}]`).getAttribute('aria-sort')).toBe(
        'descending',
      )
      const values = (await ids()).map((j) => Math.fround(column[j] ?? 0))
      expect(values).toEqual([...values].sort((a, b) => b - a))
      expect(values[0]).toBe(Math.fround(Math.max(...active.map((j) => column[j] ?? 0))))
    }
    await header('feature').click()
    expect((await ids())[0]).toBe(active[0])
    expect(await page.locator('#feature-table th[data-key=rate]').getAttribute('aria-sort')).toBe('none')
  })

  test('filters by class and counts', async () => {
    const table = await shownTable()
    for (const kind of ['survived', 'degraded', 'damaged', 'inactive']) {
      await page.locator('#feature-filter').selectOption(kind)
      expect(new Set(await cells(2))).toEqual(new Set([kind]))
      expect(await page.locator('#feature-count').textContent()).toBe(
        `${ofClass(table, kind).length.toLocaleString('en')} of ${table.width.toLocaleString('en')} features`,
      )
    }
    await page.locator('#feature-filter').selectOption('active')
  })

  test('searches by id: the beginning of one, or several', async () => {
    await page.locator('#feature-filter').selectOption('all')
    await page.locator('#feature-search').fill('1204, 88')
    expect((await ids()).sort((a, b) => a - b)).toEqual([88, 1204])
    await page.locator('#feature-search').fill('120')
    for (const id of await ids()) expect(String(id)).toMatch(/^120/)
    await page.locator('#feature-search').fill('')
    await page.locator('#feature-filter').selectOption('active')
  })
})

describe(`the table of all features in Chromium${why}`, options, () => {
  test('scrolls through 32,768 rows, drawing few of them', async () => {
    await choose(WIDE, 'all')
    await sortedBy('feature', 'ascending')
    const box = page.locator('#feature-scroll')
    for (const share of [0.25, 0.5, 1]) {
      const milliseconds = await box.evaluate(async (element, part) => {
        const started = performance.now()
        element.scrollTop = part * element.scrollHeight
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
        return performance.now() - started
      }, share)
      expect(milliseconds).toBeLessThan(500)
      const shown = await ids()
      expect(shown.length).toBeLessThan(80)
      expect(shown).toEqual(shown.map((_, i) => (shown[0] ?? 0) + i))
      expect(Math.abs((shown[0] ?? 0) / 32_768 - share)).toBeLessThan(0.01)
    }
    expect((await ids()).at(-1)).toBe(32_767)
    await box.evaluate((element) => {
      element.scrollTop = 0
    })
  })
})

describe(`the choice and the keyboard in Chromium${why}`, options, () => {
  test('shows another candidate and read-out with its plots', async () => {
    await choose(WIDE, 'active')
    await page.locator('button[data-pair]').last().click()
    const table = await shownTable()
    expect(await page.locator('.pair:visible').count()).toBe(1)
    expect(await page.locator('.pair:visible').getAttribute('id')).toBe(
      `pair-${await page.locator('#pair-choice').inputValue()}`,
    )
    const active =
      ofClass(table, 'survived').length + ofClass(table, 'degraded').length + ofClass(table, 'damaged').length
    expect(await page.locator('#feature-count').textContent()).toContain(active.toLocaleString('en'))
    await page.locator('#pair-choice').selectOption({ label: 'int4 at blocks.4.hook_resid_post' })
    expect((await shownTable()).candidate).toBe('int4')
  })

  test('is used by keyboard alone', async () => {
    await choose(WIDE, 'all')
    await sortedBy('feature', 'ascending')
    await page.locator('#feature-table').focus()
    const selected = () => page.locator('#feature-table tr[aria-selected=true] td:first-child').textContent()
    await page.keyboard.press('ArrowDown')
    expect(await selected()).toBe('0')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('PageDown')
    expect(Number(await selected())).toBeGreaterThan(10)
    await page.keyboard.press('End')
    expect(await selected()).toBe('32767')
    expect(await page.locator('#feature-table tr[aria-selected=true]').getAttribute('aria-rowindex')).toBe(
      '32769',
    )
    expect(await page.locator('#feature-table tr[aria-selected=true]').isVisible()).toBe(true)
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    expect(await selected()).toBe('0')
    await page.keyboard.press('Escape')
    expect(await page.locator('#feature-table tr[aria-selected=true]').count()).toBe(0)
    expect(await page.locator('#feature-detail').textContent()).toMatch(/^Select a row/)
    // One header is a stop of the tab key; arrows reach the others.
    expect(await page.locator('#feature-table th button[tabindex="0"]').count()).toBe(1)
    await header('feature').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    expect(await page.locator('#feature-table th[data-key=rho]').getAttribute('aria-sort')).toBe('ascending')
  })

  test('describes a feature in every candidate, with its page', async () => {
    await choose(WIDE, 'all')
    await page.locator('#feature-search').fill('3')
    await sortedBy('feature', 'ascending')
    await page.locator('#feature-table tbody tr[data-index="0"]').click()
    const detail = page.locator('#feature-detail')
    expect(await detail.locator('h4').textContent()).toBe('Feature 3')
    expect(await detail.locator('tbody tr').count()).toBe(report.candidates.length)
    expect(await detail.locator('a').getAttribute('href')).toBe(
      'https://www.neuronpedia.org/pythia-70m-deduped/4-res-sm/3',
    )
    await page.locator('#feature-search').fill('')
  })
})

describe(`a page that was tampered with, in Chromium${why}`, options, () => {
  test('runs no script but its own', async () => {
    const html = readFileSync(join(folder, 'report.html'), 'utf8')
    const foreign = '<script>document.title = "ran"</script><img src="x" onerror="document.title = \'ran\'">'
    writeFileSync(
      join(folder, 'foreign.html'),
      html.replace('<main>', () => `${foreign}<main>`),
    )
    const other = await browser.newPage()
    await other.goto(pathToFileURL(join(folder, 'foreign.html')).href)
    await other.waitForSelector('html[data-ready]')
    expect(await other.title()).toMatch(/^saegate/)
    await other.close()
  })
})

describe(`the page at every width, and sent on${why}`, options, () => {
  test.each([1280, 900, 400])('cuts nothing that decides at %i px', async (width) => {
    await page.setViewportSize({ width, height: 900 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('.stacks td')].flatMap((cell) => {
        const { left, right } = cell.getBoundingClientRect()
        return right > innerWidth || left < 0 ? [cell.textContent] : []
      }),
    )
    expect(cut).toEqual([])
    expect(await page.locator('.wide[data-scrolls] .overview').count()).toBe(0)
    const labels = await page
      .locator('.overview td[data-label=Survived]')
      .first()
      .evaluate((cell) => {
        const { content } = getComputedStyle(cell, '::before')
        return content
      })
    expect(labels).toBe(width > 1200 ? 'none' : '"Survived"')
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  test('boxes that scroll sideways are reached by keyboard, and named', async () => {
    await page.setViewportSize({ width: 400, height: 900 })
    await page.waitForFunction(() => document.querySelector('.wide[data-scrolls]') !== null)
    const boxes = await page.evaluate(() =>
      [...document.querySelectorAll('.wide')].map((box) => ({
        scrolls: box.scrollWidth > box.clientWidth,
        named: box.getAttribute('tabindex') === '0' && (box.getAttribute('aria-label') ?? '') !== '',
      })),
    )
    expect(boxes.some(({ scrolls }) => scrolls)).toBe(true)
    for (const { scrolls, named } of boxes) expect(named).toBe(scrolls)
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  test('has what it shows in its address, and shows what its address says', async () => {
    await choose(WIDE, 'damaged')
    await sortedBy('peak', 'ascending')
    await page.locator('#feature-table tbody tr[data-index]').nth(2).click()
    await expect.poll(() => page.url()).toMatch(/#pair=\d+&show=damaged&sort=peak&feature=\d+$/)
    const [shown, address] = [await ids(), page.url()]
    const again = await open('report.html')
    await again.goto('about:blank')
    await again.goto(address)
    await again.waitForSelector('html[data-ready]')
    const selected = await again.locator('#feature-table tr[aria-selected=true] td').first().textContent()
    expect(selected).toBe(/feature=(\d+)/.exec(address)?.[1])
    expect(await again.locator('#feature-filter').inputValue()).toBe('damaged')
    expect(
      (await again.locator('#feature-table tbody tr[data-index] td:nth-child(1)').allInnerTexts()).map(
        Number,
      ),
    ).toEqual(shown)
    // What the page does not have is passed over.
    await again.goto('about:blank')
    await again.goto(`${address.split('#')[0]}#pair=99&show=<b>&sort=constructor&feature=-1`)
    await again.waitForSelector('html[data-ready]')
    expect(await again.locator('#feature-filter').inputValue()).toBe('active')
    await again.close()
  })
})

describe(`two candidates beside one another in Chromium${why}`, options, () => {
  const chosen = ['int6', 'int8'].map((name) => `${name} at blocks.4.hook_resid_post`)
  const tableOf = (name: string) => {
    const found = evidence.find(
      ({ table }) => table.candidate === name && table.readout === 'blocks.4.hook_resid_post',
    )
    if (!found) throw new Error(`no table of ${name}`)
    return found.table
  }
  const keeps = (table: FeatureTable, j: number) => table.class[j] === 'survived'
  const quadrant = (inA: boolean, inB: boolean) => {
    const [a, b] = [tableOf('int6'), tableOf('int8')]
    return [...a.active.keys()].filter((j) => a.active[j] === 1 && keeps(a, j) === inA && keeps(b, j) === inB)
  }
  const listed = async () =>
    (await page.locator('#compare-table tbody tr[data-index] td:nth-child(1)').allInnerTexts()).map(Number)

  test('counts what each keeps, as the tables have it', async () => {
    await page.locator('#compare-a').selectOption({ label: chosen[0] ?? '' })
    await page.locator('#compare-b').selectOption({ label: chosen[1] ?? '' })
    for (const [which, inA, inB] of [
      ['lost', true, false],
      ['gained', false, true],
      ['neither', false, false],
      ['both', true, true],
    ] as const) {
      const count = quadrant(inA, inB).length.toLocaleString('en')
      expect(await page.locator(`#compare-count-${which}`).textContent()).toBe(count)
    }
    expect(await page.locator('#compare-plot desc').textContent()).toContain(
      `B keeps and A loses ${quadrant(false, true).length}`,
    )
    expect(await page.locator('#compare-plot path').count()).toBeGreaterThan(2)
  })

  test('lists what B alone keeps, the largest difference first, and swaps the two', async () => {
    await page.locator('[data-quadrant=gained]').click()
    const [a, b] = [tableOf('int6'), tableOf('int8')]
    const difference = (j: number) => Math.fround(b.correlation[j] || 0) - Math.fround(a.correlation[j] || 0)
    const expected = quadrant(false, true).sort((i, j) => difference(j) - difference(i) || i - j)
    expect(await listed()).toEqual(expected.slice(0, (await listed()).length))
    await page.locator('#compare-table th[data-key=difference] button').click()
    const smallest = [...expected].sort((i, j) => difference(i) - difference(j) || i - j)
    expect(await listed()).toEqual(smallest.slice(0, (await listed()).length))
    await page.locator('#compare-swap').click()
    await page.locator('[data-quadrant=lost]').click()
    expect(await listed()).toEqual(smallest.slice(0, (await listed()).length))
    await expect.poll(() => page.url()).toMatch(/&a=\d+&b=\d+&which=lost&by=difference$/)
    const address = page.url()
    const again = await open('report.html')
    await again.goto('about:blank')
    await again.goto(address)
    await again.waitForSelector('html[data-ready]')
    expect(await again.locator('[data-quadrant=lost]').getAttribute('aria-pressed')).toBe('true')
    expect(await again.locator('#compare-count').textContent()).toBe(
      await page.locator('#compare-count').textContent(),
    )
    await again.close()
    await page.goto(`${address.split('#')[0]}`)
    await page.waitForSelector('html[data-ready]')
  })
})

describe(`the page in Chromium${why}`, options, () => {
  test('follows the system’s theme until told otherwise, and remembers', async () => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await background()
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await background()
    expect(dark).not.toBe(light)
    await page.locator('#theme').click()
    expect(await page.locator('#theme').textContent()).toBe('Theme: light')
    expect(await background()).toBe(light)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.locator('#theme').click()
    expect(await background()).toBe(dark)
    await page.reload()
    expect(await page.locator('#theme').textContent()).toBe('Theme: dark')
    expect(await background()).toBe(dark)
    await page.locator('#theme').click()
    expect(await background()).toBe(light)
  })

  test('prints its rows without the scroll box', async () => {
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('#feature-table tbody tr').count()).toBe(60)
    expect(await page.locator('#feature-table tr.spacer').count()).toBe(0)
    expect(await page.locator('#theme').isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    expect(await page.locator('#feature-table tr.spacer').count()).toBe(1)
  })

  test('runs the same when its script was bundled and minified', async () => {
    const bundle = await rolldown({ input: 'src/report/page/client/script.ts', logLevel: 'silent' })
    const { output } = await bundle.generate({ format: 'esm', minify: true })
    await bundle.close()
    const source = `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`
    const bundled = (await import(/* @vite-ignore */ source)) as { clientScript: typeof clientScript }
    const html = reportHtml(report, evidence)
    expect(bundled.clientScript()).not.toBe(clientScript())
    writeFileSync(
      join(folder, 'bundled.html'),
      html
        .replace(clientScript(), () => bundled.clientScript())
        .replace(sha256Base64(clientScript()), sha256Base64(bundled.clientScript())),
    )
    const other = await open('bundled.html')
    expect(await other.locator('#feature-table tbody tr[data-index]').count()).toBeGreaterThan(10)
    await other.close()
  })

  test('had no console message, no error and no request in all of this', () => {
    expect(file).toMatch(/^file:/)
    expect(trouble).toEqual([])
  })
})
