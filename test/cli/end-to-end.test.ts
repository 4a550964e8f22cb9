/**
 * @file The built command line, as a process, from audit to judged again.
 *
 * @module-tag slow
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FORMATS } from '../../src/report/formats/index.ts'
import { saveAgain } from '../audit/resaved.ts'
import { type Ran, runHere } from './fake-host.ts'
import { type Ended, ended, SHORT_AUDIT, SHORT_ON_ALL_CORES, saegate, start } from './program.ts'

let folder = ''
let out = ''
let audit: Ended

/** Temporary and home folders of its own, in an environment. */
function ownFolders(name: string): {
  readonly TMPDIR: string
  readonly HOME: string
  XDG_CACHE_HOME: string
} {
  const [TMPDIR, HOME] = [join(folder, `tmp-${name}`), join(folder, `home-${name}`)]
  for (const path of [TMPDIR, HOME]) mkdirSync(path)
  return { TMPDIR, HOME, XDG_CACHE_HOME: join(HOME, '.cache') }
}

/** No capture is left in the temporary folder, and no usage records at home. */
function expectNothingLeft({ TMPDIR, HOME }: ReturnType<typeof ownFolders>): void {
  expect(readdirSync(TMPDIR)).toEqual([])
  expect(readdirSync(HOME, { recursive: true })).toEqual([])
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saegate-test-'))
  out = join(folder, 'report')
  const own = ownFolders('two-lanes')
  const judged = ['--candidate', 'rtn:8', '--candidate', 'rtn:4', '--policy', 'default']
  const run = ['--device', 'cpu', '--threads', '2', '--out', out]
  audit = await saegate([...SHORT_ON_ALL_CORES, ...judged, ...run], { ...own, SAEGATE_LANES: '2' })
  expectNothingLeft(own)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('saegate audit', () => {
  it('blocks a damaging quantization with exit status 1', () => {
    expect(audit.stderr).not.toMatch(/saegate:/)
    expect(audit.status).toBe(1)
    expect(audit.stdout).toMatch(/rtn-4/)
    expect(audit.stdout).toMatch(/FAIL/i)
    expect(audit.stdout).toContain(join(out, 'report.json'))
  })

  it('passes a harmless one with exit status 0, quietly and as JSON where that is asked for', async () => {
    const folderB = join(folder, 'harmless')
    const again = saveAgain('fixtures/models/neox', join(folder, 'saved-again'))
    const asked = ['--candidate', again, '--policy', 'strict', '--out', folderB, '--quiet', '--json']
    const own = ownFolders('one-lane')
    const { status, stdout, stderr } = await saegate([...SHORT_AUDIT, ...asked], {
      ...own,
      SAEGATE_LANES: '1',
    })
    expect(status).toBe(0)
    expect(stderr).toBe('')
    expect(stdout).toBe(readFileSync(join(folderB, 'report.json'), 'utf8'))
    expectNothingLeft(own)
  })

  it('writes a report that the shipped schema accepts, its tables, Markdown and the page', () => {
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))
    const schema = JSON.parse(readFileSync('schemas/report.schema.json', 'utf8'))
    const validate = new Ajv({ allowUnionTypes: true }).compile(schema)
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true)
    expect(report.verdict).toBe('fail')
    for (const candidate of report.candidates) {
      for (const features of candidate.features) {
        expect(existsSync(join(out, features.table))).toBe(true)
        expect(existsSync(join(out, features.replicates))).toBe(true)
      }
    }
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('rtn-4')
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('<svg')
    expect(readdirSync(out).filter((name) => name.includes('.tmp'))).toEqual([])
  })

  it('tells progress on standard error only', () => {
    expect(audit.stdout).not.toMatch(/forward pass/)
  })

  it('stops on Ctrl-C, with nothing left', async () => {
    const target = join(folder, 'interrupted')
    const args = ['audit', '--config', 'fixtures/demo-full.yaml', '--out', target]
    const child = start(args)
    const done = ended(child)
    await new Promise((later) => setTimeout(later, 2500))
    const pressed = performance.now()
    child.kill('SIGINT')
    const { status, stderr } = await done
    expect(status).toBe(130)
    // A second on an idle machine; the audit would take minutes.
    expect((performance.now() - pressed) / 1000).toBeLessThan(20)
    expect(stderr).toContain('Interrupted')
    expect(existsSync(target)).toBe(false)
  })
})

describe('a finished report', () => {
  const json = (): string => join(out, 'report.json')

  it('is judged again without a model, with the same verdict', async () => {
    const again = await runHere(['gate', json(), '--policy', 'default'])
    expect(again.status).toBe(1)
    const asJson = await runHere(['gate', json(), '--policy', 'default', '--json'])
    expect(asJson.status).toBe(1)
    expect(JSON.parse(asJson.out)).toMatchObject({ verdict: 'fail' })
    const rules = (text: string): string[] =>
      text.split('\n').filter((line) => /feature-survival|perplexity/.test(line))
    expect(rules(again.out)).toEqual(rules(audit.stdout))
  })

  it('is shown on standard output, alone', async () => {
    const { status, stdout, stderr } = await saegate(['report', json(), '--format', 'json'])
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toBe(readFileSync(json(), 'utf8'))
  })

  it.each(Object.keys(FORMATS))('is shown as %s', async (format) => {
    const { status, out: shown, err } = await runHere(['report', json(), '--format', format])
    expect(err).toBe('')
    expect(status).toBe(0)
    expect(shown.length).toBeGreaterThan(20)
    if (format === 'json') expect(shown).toBe(readFileSync(json(), 'utf8'))
    if (['sarif', 'benchmark', 'badge'].includes(format)) JSON.parse(shown)
  })
})

describe('a report that was tampered with', () => {
  const copy = (name: string): string => {
    const target = join(folder, name)
    cpSync(out, target, { recursive: true })
    return target
  }
  const judged = (target: string): Promise<Ran> =>
    runHere(['gate', join(target, 'report.json'), '--policy', 'default'])

  it('is refused when its figures are not those of its tables', async () => {
    const target = copy('edited')
    const report = JSON.parse(readFileSync(join(target, 'report.json'), 'utf8'))
    report.candidates[1].features[0].survived = { count: 2040, fraction: 0.99, ci: [0.98, 1] }
    writeFileSync(join(target, 'report.json'), JSON.stringify(report))
    const { status, err } = await judged(target)
    expect(status).toBe(2)
    expect(err).toMatch(/survived\.count at blocks\.\d\.hook_resid_post is 2040/)
  })

  it('is refused when its tables are those of another candidate', async () => {
    const target = copy('swapped')
    const { contents } = JSON.parse(readFileSync(join(target, 'report.json'), 'utf8'))
    const [a, b] = ['rtn-8', 'rtn-4'].map((name) =>
      join(target, contents, `features/${name}.blocks.4.hook_resid_post.groups.parquet`),
    )
    if (a === undefined || b === undefined) throw new Error('no tables')
    cpSync(a, `${a}.kept`)
    cpSync(b, a)
    cpSync(`${a}.kept`, b)
    const { status, err } = await judged(target)
    expect(status).toBe(2)
    expect(err).toMatch(/digest differs/)
  })
})

it('says where saegate.yaml is wrong', async () => {
  const path = join(folder, 'wrong.yaml')
  writeFileSync(path, 'reference: x\ncandidats: [y]\n')
  const { status, stderr } = await saegate(['audit', '--config', path])
  expect(status).toBe(2)
  expect(stderr).toMatch(/wrong\.yaml:2:\d+.*candidats.*candidates/s)
})

describe('other commands', () => {
  it('doctor names versions, cores, memory and devices', async () => {
    const { status, stdout } = await saegate(['doctor'])
    expect(status).toBe(0)
    for (const word of ['saegate', 'node', 'onnxruntime-node', 'cores', 'memory', 'cpu', 'cuda', 'webgpu']) {
      expect(stdout).toContain(word)
    }
  })

  it('helps', async () => {
    const { status, stdout } = await saegate(['--help'])
    expect(status).toBe(0)
    expect(stdout).toContain('Usage:')
  })

  it.each(['audit', 'gate', 'report', 'policy', 'doctor'])('%s --help helps', async (command) => {
    const { status, out: said } = await runHere([command, '--help'])
    expect(status).toBe(0)
    expect(said).toContain('Usage:')
  })

  it('policy explain says the default policy in words', async () => {
    const { status, out: said } = await runHere(['policy', 'explain', 'default'])
    expect(status).toBe(0)
    expect(said).toMatch(/surviv/)
  })
})
