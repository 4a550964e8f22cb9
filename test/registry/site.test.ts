/** @file The static site of a registry: what its pages say, that names are only ever words, and whose files are touched. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256Base64 } from '../../src/bytes/sha256.ts'
import { makeSite, type SiteSettings } from '../../src/registry/site/site.ts'
import type { Entry } from '../../src/registry/state/entries.ts'
import { readState, withState } from '../../src/registry/state/open-state.ts'
import { runHere } from '../cli/fake-host.ts'
import { finished, GATED, healthy, item, listed, many, storeReport, verdict } from './site-state.ts'

let root = ''
const at = (name: string): string => join(root, name)
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const note = (...entries: readonly Entry[]) => withState(at('state'), (state) => state.note(...entries))
const make = async (more: Partial<SiteSettings> = {}) =>
  makeSite(await readState(at('state')), {
    state: at('state'),
    out: at('site'),
    title: 'Ours',
    withReports: false,
    tool: '0.1.0',
    ...more,
  })
const read = (path: string): string => readFileSync(at(`site/${path}`), 'utf8')
/** The one file of a folder that is of this model. */
function pageOf(model: string, folder = 'model', ending = '.html'): string {
  const [found] = readdirSync(at(`site/${folder}`)).filter(
    (name) => name.startsWith(model) && name.endsWith(ending),
  )
  if (found === undefined) throw new Error(`no ${folder} of ${model}`)
  return read(`${folder}/${found}`)
}

/** The first is damaged from the beginning, the others from the second audit on. */
const WELL = healthy(3)

/** A state in which one model got worse. */
async function worse(): Promise<void> {
  const [first, second] = [
    await storeReport(at('state'), 'one', WELL.slice(0, 1)),
    await storeReport(at('state'), 'two', WELL),
  ]
  await note(
    listed(item('lab', 'int4'), item('lab', 'int6'), item('lab', 'later'), item('hub', 'acme/gated')),
    finished('lab:int4', verdict(0.95, { report: first, bytes: 4e8 }), { folder: 'one' }),
    finished('lab:int4', verdict(0.8, { report: second, bytes: 4e8 }), { folder: 'two' }),
    finished('lab:int6', verdict(0.97, { bytes: 6e8 })),
    finished('hub:acme/gated', GATED),
  )
}

describe('registry page', () => {
  it('has every model in its index, with the figures of its last audit', async () => {
    await worse()
    expect(await make()).toMatchObject({ models: 4, bases: 1, removed: 0 })
    const index = read('index.html')
    expect(index).toContain('4 models: 1 fail, 1 gated, 1 not yet audited, 1 pass.')
    for (const name of ['int4', 'int6', 'later', 'acme/gated'])
      expect(index).toContain(`<code>${name}</code>`)
    expect(index).toContain('data-value="0.8">80.0')
    expect(index).toContain('400.0 MB')
  })

  it('has a page of each: the trend with intervals, the rules, what was newly damaged', async () => {
    await worse()
    await make()
    const page = pageOf('lab-int4')
    expect(page).toMatch(/<svg role="img" aria-labelledby="survived-title survived-desc"/)
    const numbers = page.slice(page.indexOf('id="survived"'), page.indexOf('id="perplexity"'))
    expect(numbers).toMatch(/<td>pass<\/td><td>95\.0.%<\/td><td>\[[\d., ]+\]<\/td>/)
    expect(numbers).toMatch(/<td>fail<\/td><td>80\.0.%<\/td>/)
    expect(page).toContain('<h2>Rules</h2>')
    const damaged = page.slice(page.indexOf('Newly damaged features'), page.indexOf('<h2>Rules'))
    expect(damaged.match(/\d+ newly damaged, \d+ damaged no longer/g)).toEqual(
      Array(2).fill('2 newly damaged, 0 damaged no longer'),
    )
    const rows = [
      ...damaged.matchAll(/<tr><td>(?:<a [^>]*>)?(\d+)(?:<\/a>)?<\/td><td>0\.9\d\d<\/td><td>0\.125<\/td>/g),
    ]
    expect(new Set(rows.map(([, id]) => Number(id)))).toEqual(new Set(WELL.slice(1)))
    // The history's figures stand without the report.
    expect(pageOf('lab-int6')).toContain('97.0')
    const gated = pageOf('hub-acme-gated')
    expect(gated).toContain('HUB_FORBIDDEN')
    expect(gated).not.toContain('somebody')
  })
})

describe('what models are set beside', () => {
  it('sets what was measured alike beside each other, and marks what none beats', async () => {
    await worse()
    await note(listed(item('lab', 'big')), finished('lab:big', verdict(0.5, { bytes: 9e8 })))
    await note(
      listed(item('lab', 'other')),
      finished('lab:other', verdict(0.99), { inputs: { sae: 'another' } }),
    )
    await make()
    const [name = ''] = readdirSync(at('site/base'))
    const base = read(`base/${name}`)
    const rows = [
      ...base.matchAll(/<tr>(<td data-label="Best at its size">◆<\/td>|<td><\/td>).*?<code>(.*?)<\/code>/g),
    ]
    expect(rows.map(([, mark = '', model]) => [model, mark.includes('◆')])).toEqual([
      ['int4', true],
      ['int6', true],
      ['big', false],
    ])
    expect(base).not.toContain('>other<')
  })

  it('has a badge of each, as a picture and for shields.io', async () => {
    await worse()
    await make()
    expect(JSON.parse(pageOf('lab-int6', 'badge', '.json'))).toEqual({
      schemaVersion: 1,
      label: 'features',
      message: 'pass, 97.0% survive',
      color: 'brightgreen',
      isError: false,
    })
    expect(pageOf('lab-int4', 'badge', '.svg')).toContain('aria-label="features: fail, 80.0% survive"')
    expect(pageOf('hub-acme-gated', 'badge', '.json')).toContain('not audited: gated')
  })

  it('counts the versions of a model as one', async () => {
    await note(
      listed(
        item('ml', 'llama/1', { of: 'llama' }),
        item('ml', 'llama/2', { of: 'llama', when: '2026-11-02T00:00:00Z' }),
      ),
      finished('ml:llama/1', verdict(0.95)),
      finished('ml:llama/2', verdict(0.7)),
    )
    expect(await make()).toMatchObject({ models: 1 })
    expect(pageOf('ml-llama').match(/data-label="Outcome"/g)).toHaveLength(2)
    expect(read('index.html')).toContain('data-verdict="fail"')
  })
})

describe('the site’s files', () => {
  it('takes names for words, whatever they are', async () => {
    const name = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202E/../../etc'
    await note(
      listed(item('lab', name, { base: name, revision: name })),
      finished(`lab:${name}`, verdict(0.9)),
    )
    await make({ title: name })
    for (const folder of ['.', 'model', 'badge'])
      for (const file of readdirSync(at(`site/${folder}`)).filter((one) => /\.(html|svg)$/.test(one))) {
        const text = read(`${folder}/${file}`)
        expect(text).not.toMatch(/<script>alert|<img|\u202E/)
        const script = /<script>([\s\S]*?)<\/script>/.exec(text)?.[1]
        if (script !== undefined) expect(text).toContain(`'sha256-${sha256Base64(script)}'`)
        if (file.endsWith('.html')) expect(text).toContain("default-src 'none'")
      }
  })

  it('writes again what changed, and removes pages of models that are gone, but nobody else’s files', async () => {
    await worse()
    const first = await make()
    writeFileSync(at('site/CNAME'), 'models.acme.dev')
    writeFileSync(at('site/model/mine.html'), 'mine')
    expect(await make()).toMatchObject({ written: 0, unchanged: first.written, removed: 0 })
    rmSync(at('state'), { recursive: true })
    await note(listed(item('lab', 'int6')), finished('lab:int6', verdict(0.97, { bytes: 6e8 })))
    // Three pages with two badges each, and the comparison.
    expect(await make()).toMatchObject({ removed: 10 })
    expect(read('CNAME')).toBe('models.acme.dev')
    expect(readdirSync(at('site/model')).sort()).toEqual([expect.stringMatching(/^lab-int6-/), 'mine.html'])
  })

  it('leaves a page that somebody changed, and refuses a folder with somebody’s index', async () => {
    await worse()
    await make()
    const [page = ''] = readdirSync(at('site/model')).filter((name) => name.startsWith('lab-int4'))
    writeFileSync(at(`site/model/${page}`), 'changed')
    rmSync(at('state'), { recursive: true })
    await note(listed(item('lab', 'int6')), finished('lab:int6', verdict(0.97)))
    await make()
    expect(read(`model/${page}`)).toBe('changed')
    mkdirSync(at('mine'))
    writeFileSync(at('mine/index.html'), 'mine')
    await expect(make({ out: at('mine') })).rejects.toMatchObject({ code: 'REGISTRY_PAGE_FOREIGN' })
    expect(readFileSync(at('mine/index.html'), 'utf8')).toBe('mine')
  })

  it('follows no link out of its folder, and believes no list that names files elsewhere', async () => {
    await worse()
    mkdirSync(at('elsewhere'))
    mkdirSync(at('site'))
    symlinkSync(at('elsewhere'), at('site/model'))
    await expect(make()).rejects.toMatchObject({ code: 'REGISTRY_PAGE_FOREIGN' })
    expect(readdirSync(at('elsewhere'))).toEqual([])
    rmSync(at('site/model'))
    const files = { '../elsewhere/x.html': '0'.repeat(64) }
    writeFileSync(at('site/saegate-site.json'), JSON.stringify({ schema: 'saegate/registry-page@1', files }))
    await expect(make()).rejects.toMatchObject({ code: 'REGISTRY_PAGE_FOREIGN' })
  })
})

describe('the site, written again', () => {
  it('is gone on with where a run was killed between two files', async () => {
    await worse()
    await make()
    const [page = ''] = readdirSync(at('site/model'))
    rmSync(at(`site/model/${page}`))
    rmSync(at('site/index.html'))
    expect(await make()).toMatchObject({ written: 2 })
    expect(existsSync(at(`site/model/${page}`))).toBe(true)
  })

  it('is written by the command, with the pages of reports where they are asked for', async () => {
    await worse()
    const { status, out } = await runHere([
      'registry',
      'page',
      '--state',
      at('state'),
      '--out',
      at('site'),
      '--with-reports',
    ])
    expect(status).toBe(0)
    expect(out).toMatch(/^4 models: \d+ files written/)
    expect(readdirSync(at('site/report'))).toHaveLength(1)
    expect(pageOf('lab-int4')).toMatch(/href="\.\.\/report\/lab-int4-[0-9a-f]+\.html"/)
  })

  it('has thousands of models', async () => {
    await note(...many(1200, 1))
    expect(await make()).toMatchObject({ models: 1200, bases: 20 })
    expect(read('index.html').match(/<tr data-source=/g)).toHaveLength(1200)
  })
})
