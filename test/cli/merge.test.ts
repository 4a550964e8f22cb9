/** @file `saegate merge` as people meet it: a folder or files, wrong ones, missing ones, and Ctrl-C. The shards are written down, not measured. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Shard } from '../../src/audit/shards/shard.ts'
import { writeShard } from '../../src/audit/shards/shard-file.ts'
import { runCli } from '../../src/cli/run.ts'
import { checkShards } from '../../src/cli/shards/check-shards.ts'
import { mergedAgain } from '../../src/cli/shards/merged-again.ts'
import { shardName } from '../../src/contract/shard/shard-number.ts'
import { parseReport } from '../../src/report/formats/json.ts'
import { VERSION } from '../../src/version.ts'
import { SHARD } from '../audit/shard-by-hand.ts'
import { fakeHost, runHere } from './fake-host.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-merge-'))
const at = (...names: readonly string[]): string => join(folder, ...names)
const whole = at('whole', 'shard-1-of-1.safetensors')

/** As that version of saegate would have measured it. */
function measuredBy(version: string, { frame, sums, ...shard }: Shard): Shard {
  return {
    ...shard,
    frame: { ...frame, tool: { ...frame.tool, version } },
    sums: { ...sums, measured: { ...sums.measured, toolVersion: version } },
  }
}

/** The first of so many, in a folder. */
async function firstOf(shards: number, name: string, version = VERSION): Promise<void> {
  await written(name, measuredBy(version, one(1, shards)))
}

function one(shard: number, shards: number): Shard {
  const { groups } = SHARD.sums.measured
  const corpus = { ...SHARD.frame.corpus, groups: groups * shards }
  const firstGroup = groups * (shard - 1)
  return measuredBy(VERSION, { ...SHARD, shard, shards, firstGroup, frame: { ...SHARD.frame, corpus } })
}

async function written(name: string, shard: Shard): Promise<void> {
  mkdirSync(at(name), { recursive: true })
  await writeShard(at(name, shardName(shard)), shard)
}

/** Without its second candidate. */
function withFewer({ frame, sums, ...shard }: Shard): Shard {
  const { measured, candidates } = sums
  return {
    ...shard,
    frame: { ...frame, candidates: frame.candidates.slice(0, 1) },
    sums: {
      ...sums,
      measured: { ...measured, candidates: measured.candidates.slice(0, 1) },
      candidates: candidates.slice(0, 1),
    },
  }
}

beforeAll(async () => {
  await firstOf(1, 'whole')
  await firstOf(3, 'part')
  await firstOf(1, 'mixed')
  await firstOf(3, 'mixed')
  await firstOf(1, 'older', '0.0.0')
  await written('fewer', one(1, 2))
  await written('fewer', withFewer(one(2, 2)))
  mkdirSync(at('empty'))
  writeFileSync(at('empty', 'report.json'), '{}')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('saegate merge', () => {
  it('takes the folder of the shards, or the files', async () => {
    for (const given of [at('whole'), whole]) {
      const out = at('report')
      const { status, err, out: said } = await runHere(['merge', given, '--out', out])
      expect(status, err).toBe(0)
      expect(said).toContain(`Report: ${join(out, 'report.json')}`)
      expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')).corpus.groups).toBe(2)
      rmSync(out, { recursive: true })
    }
  })

  it.each([
    ['nothing', [], /Missing required argument/],
    ['a folder without shards', ['empty'], /holds no shards: none of its files is called like shard-1-of-4/],
    ['what is not there', ['nowhere'], /nowhere does not exist/],
    ['another file', ['empty/report.json'], /report\.json/],
    ['some of the shards', ['part'], /Shards 2, 3 of 3 are missing\.\n.*--shard 2\/3, and so on/],
    ['shards of two audits', ['mixed'], /are not shards of one audit: shards is 1 in the first and 3 in/],
    [
      'shards of other candidates',
      ['fewer'],
      /the list of candidates is "rtn-6, other" in the first and "rtn-6" in/,
    ],
    ['one shard twice', ['whole', 'whole/shard-1-of-1.safetensors'], /are both shard 1 of 1/],
    [
      'shards of another version',
      ['older'],
      new RegExp(`saegate 0\\.0\\.0 measured it, and this is ${VERSION}`),
    ],
  ] as const)('refuses %s', async (_, given, words) => {
    const out = at('refused')
    const { status, err } = await runHere(['merge', ...given.map((name) => at(name)), '--out', out])
    expect(status).toBe(2)
    expect(err).toMatch(words)
    expect(existsSync(out)).toBe(false)
  })

  it('writes nothing after Ctrl-C', async () => {
    const out = at('interrupted')
    const host = { ...fakeHost(['merge', at('whole'), '--out', out]), signal: AbortSignal.abort() }
    expect(await runCli(host)).toBe(130)
    expect(host.err()).toContain('nothing was written')
    expect(existsSync(out)).toBe(false)
  })

  it('passes nothing of a part', async () => {
    const out = at('partly')
    const { status, out: said } = await runHere(['merge', at('part'), '--allow-missing', '--out', out])
    expect(status).toBe(1)
    expect(said).toContain('shards 2, 3 of 3 are missing: 2 of 6 token groups were measured')
  })
})

describe('a merged report, held against its shards', () => {
  const report = at('merged', 'report.json')
  beforeAll(async () => {
    await runHere(['merge', at('whole'), '--policy', 'research', '--out', at('merged')])
    const { sums, ...shard } = one(1, 1)
    const candidates = sums.candidates.map((of) => ({
      ...of,
      losses: of.losses && {
        ...of.losses,
        candidateLoss: of.losses.candidateLoss.map((loss) => loss * 1.001),
      },
    }))
    await written('tampered', { ...shard, sums: { ...sums, candidates } })
  })

  /** The figures of a shard that is written by hand do not hold together, so that no report of it can be opened: its tables are the merge's. */
  async function checked(shards: string) {
    const stored = parseReport(readFileSync(report, 'utf8'), report)
    const { merged } = await mergedAgain(stored, [at(shards)], new AbortController().signal)
    const own = await mergedAgain(stored, [at('whole')], new AbortController().signal)
    return await checkShards({ report: stored, evidence: own.merged.evidence }, merged, 1)
  }

  it('is given again by them, and by no others', async () => {
    expect(await checked('whole')).toEqual({ holds: true, text: 'the shard gives this report again' })
    const { holds, text } = await checked('tampered')
    expect(holds).toBe(false)
    expect(text).toMatch(/do not give this report: candidates\.0\.perplexity\S* is \S+ in it and \S+ by them/)
    await expect(checked('part')).rejects.toMatchObject({ code: 'SHARDS_MISSING' })
  })
})

it('saegate audit --shard has no report to print', async () => {
  const asked = ['--reference', 'none', '--candidate', 'rtn:6', '--sae', 'none', '--corpus', 'none']
  const { status, err } = await runHere(['audit', ...asked, '--explain', '0', '--shard', '1/2', '--json'])
  expect(status).toBe(2)
  expect(err).toContain('--json cannot be measured shard by shard: a shard is no report yet')
})
