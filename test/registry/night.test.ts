/**
 * @file A night: what is due and why, what a failing candidate does to others (nothing), and what a killed run leaves.
 *
 * @module-tag slow
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engineDied } from '../../src/errors/engine.ts'
import { hubForbidden } from '../../src/errors/hub.ts'
import { familyUnknown } from '../../src/errors/models.ts'
import { nightStatus } from '../../src/registry/night/result.ts'
import type { JournalFile } from '../../src/registry/state/journal.ts'
import { acquireLock } from '../../src/registry/state/lock.ts'
import { readState, type StateDoors } from '../../src/registry/state/open-state.ts'
import { historyText } from '../../src/registry/words/history-text.ts'
import { AUDIT, type Bench, bench } from './night-bench.ts'

let lab: Bench
beforeEach(() => {
  lab = bench()
})
afterEach(() => lab.close())

const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `m${String(i).padStart(3, '0')}`)
const verdicts = async (): Promise<readonly string[]> =>
  [...(await readState(lab.state)).items.values()]
    .map(
      ({ item, last }) =>
        `${item.name} ${last?.what.outcome.kind === 'verdict' ? last.what.outcome.verdict : last?.what.outcome.kind}`,
    )
    .sort()

describe('a night over 200 candidates', () => {
  it('audits all, then none, then the three that changed, and says why', async () => {
    for (const name of names(200)) lab.candidate(name, name)
    const first = await lab.night()
    expect([first.listed, first.done.length, first.unchanged]).toEqual([200, 200, 0])
    expect(new Set(lab.audited).size).toBe(200)
    const second = await lab.night()
    expect([second.done.length, second.unchanged, lab.audited.length]).toEqual([0, 200, 200])
    for (const name of ['m003', 'm100', 'm199']) lab.candidate(name, `${name} changed`)
    // Written anew, the same as before: no other content.
    lab.candidate('m050', 'm050')
    const third = await lab.night()
    expect(third.done.map(({ item }) => item).sort()).toEqual(['lab:m003', 'lab:m100', 'lab:m199'])
    expect(new Set(third.done.map(({ why }) => why))).toEqual(new Set(['the candidate changed']))
    expect([third.unchanged, lab.audited.length]).toEqual([197, 203])
  })
})

describe('what is due', () => {
  it('follows the text, the policy, the rule and the tool, each by name, unless that is ignored', async () => {
    lab.candidate('a', '1')
    const text = join(lab.root, 'text.txt')
    const policy = join(lab.root, 'policy.yaml')
    const write = (limit: number): void =>
      writeFileSync(
        policy,
        `version: 1\nname: p\nrules: [{id: a, metric: perplexity.chunked.deltaPercent, max: ${limit}}]\n`,
      )
    writeFileSync(text, 'one')
    write(1)
    const yaml = (more = '', tokens = '2k'): string => `
version: 1
sources: [{name: lab, folder: {path: x}}]
audit:
  reference: fixtures/candidates/neox-int6-repaired/config.json
  saes: [none]
  corpus: {source: ${text}, tokens: ${tokens}}
  policy: ${policy}
rules: [{match: '*'}]
${more}`
    const why = async (given = yaml(), tool = '1'): Promise<readonly string[]> =>
      (await lab.night({ yaml: given, settings: { tool } })).done.map((one) => one.why)
    expect(await why()).toEqual(['new'])
    expect(await why()).toEqual([])
    writeFileSync(text, 'another')
    expect(await why()).toEqual(['the text changed'])
    write(2)
    expect(await why()).toEqual(['the policy changed'])
    expect(await why(yaml('', '3k'))).toEqual(['the text changed'])
    expect(await why(yaml('', '3k'), '2')).toEqual(['saegate changed'])
    expect(await why(yaml('ignoreChanges: [tool]', '3k'), '3')).toEqual([])
    expect(await why(yaml('', '3k'), '3')).toEqual(['saegate changed'])
  })

  it('is judged again, and not measured, where the policy alone is another and its report holds what it asks for', async () => {
    lab.candidate('a', '1')
    const policy = join(lab.root, 'policy.yaml')
    const yaml = `
version: 1
sources: [{name: lab, folder: {path: x}}]
audit:
  reference: fixtures/candidates/neox-int6-repaired/config.json
  saes: [none]
  corpus: {source: fixtures/corpus/eval_head.txt, tokens: 2k}
  policy: ${policy}
rules: [{match: '*'}]`
    const night = async (metric: string, limit: number) => {
      writeFileSync(policy, `version: 1\nname: p\nrules: [{id: a, metric: ${metric}, max: ${limit}}]\n`)
      return (await lab.night({ yaml })).done.map(({ how, why }) => [how, why])
    }
    expect(await night('divergence.klMean', 1)).toEqual([['measured', 'new']])
    expect(await night('divergence.klMean', 2)).toEqual([['judged again', 'the policy changed']])
    expect(lab.audited).toHaveLength(1)
    const { audits } = await readState(lab.state)
    expect(audits.map(({ what }) => what.isJudgedAgain)).toEqual([undefined, true])
    expect(historyText(audits).match(/judged again by another policy/g)).toHaveLength(1)
    expect(await night('divergence.klMean', 2)).toEqual([])
    // The bench's report speaks of nothing but its verdict.
    expect(await night('divergence.klP99', 2)).toEqual([
      ['measured', 'the policy changed, and its report does not hold what rule a asks for'],
    ])
    expect(lab.audited).toHaveLength(2)
  })

  it('is said by a dry run, which leaves no trace', async () => {
    lab.candidate('a', '1')
    await lab.night()
    lab.candidate('a', '2')
    lab.candidate('b', '1')
    const before = readFileSync(join(lab.state, 'journal.jsonl'), 'utf8')
    const dry = await lab.night({ isDryRun: true })
    expect(dry.due).toEqual(
      expect.arrayContaining([
        { item: 'lab:a', why: 'the candidate changed' },
        { item: 'lab:b', why: 'new' },
      ]),
    )
    expect([dry.done, lab.audited.length]).toEqual([[], 1])
    expect(readFileSync(join(lab.state, 'journal.jsonl'), 'utf8')).toBe(before)
  })
})

describe('a candidate', () => {
  it('goes by the first rule that matches; what none matches is listed, what one skips says why', async () => {
    for (const name of ['keep', 'draft-1', 'other']) lab.candidate(name, name)
    const yaml = `
version: 1
sources: [{name: lab, folder: {path: x}}]
${AUDIT}
rules:
  - {match: 'draft-*', skip: drafts are not shipped}
  - {match: [keep, 'draft-*']}
`
    const night = await lab.night({ yaml })
    expect(night.done.map(({ item }) => item)).toEqual(['lab:keep'])
    expect(night.skipped).toEqual([{ item: 'lab:draft-1', why: 'drafts are not shipped' }])
    expect(night.unmatched).toEqual([{ item: 'lab:other', why: 'no rule matches it' }])
  })

  it('is audited by priority, then the newest first', async () => {
    for (const name of ['a', 'b', 'urgent']) {
      lab.candidate(name, name)
      await new Promise((done) => setTimeout(done, 15))
    }
    const yaml = `
version: 1
sources: [{name: lab, folder: {path: x}}]
${AUDIT}
rules: [{match: 'a', priority: 5}, {match: '*'}]
`
    const night = await lab.night({ yaml })
    expect(night.done.map(({ item }) => item)).toEqual(['lab:a', 'lab:urgent', 'lab:b'])
  })

  it('is measured once where two candidates hold the same', async () => {
    lab.candidate('a', 'same')
    lab.candidate('b', 'same')
    const night = await lab.night()
    expect([night.done.length, lab.audited.length]).toEqual([2, 1])
    expect(night.done[1]?.how).toBe('measured earlier')
  })

  it('knows what its source lists no more', async () => {
    lab.candidate('a', '1')
    lab.candidate('b', '2')
    await lab.night()
    rmSync(join(lab.root, 'models', 'a'), { recursive: true })
    expect((await lab.night()).listed).toBe(1)
    expect((await readState(lab.state)).items.get('lab:a')?.isListed).toBe(false)
  })
})

describe('a candidate that fails', () => {
  it('stops no other; its error has a class, and is tried again as that class is', async () => {
    for (const name of ['gated', 'huge', 'strange', 'fine', 'bad']) lab.candidate(name, name)
    lab.faults.set('gated', () => hubForbidden('gated', 'https://hub/gated', false))
    lab.faults.set('huge', () => engineDied('The engine process', 'signal SIGKILL'))
    lab.faults.set('strange', () => familyUnknown('config.json', 'strange', ['llama']))
    const first = await lab.night()
    const classes = (night: typeof first) =>
      Object.fromEntries(
        night.done.map(({ item, outcome }) => [
          item,
          outcome.kind === 'error' ? outcome.class : outcome.verdict,
        ]),
      )
    expect(classes(first)).toEqual({
      'lab:gated': 'gated',
      'lab:huge': 'out of memory',
      'lab:strange': 'unsupported',
      'lab:fine': 'pass',
      'lab:bad': 'fail',
    })
    expect(nightStatus(first)).toBe(1)
    const second = await lab.night()
    expect(classes(second)).toEqual({ 'lab:gated': 'gated', 'lab:huge': 'out of memory' })
    expect([second.givenUp.map(({ item }) => item), second.unchanged]).toEqual([['lab:strange'], 2])
    const third = await lab.night()
    expect(classes(third)).toEqual({ 'lab:gated': 'gated' })
    expect(nightStatus(third)).toBe(3)
    // Other files: another try.
    lab.candidate('strange', 'mended')
    lab.faults.delete('strange')
    expect(classes(await lab.night())).toMatchObject({ 'lab:strange': 'pass' })
  })

  it('and never answers is ended after its rule’s timeout, and the next begins', async () => {
    lab.candidate('hangs', '1')
    lab.candidate('fine', '2')
    lab.faults.set(
      'hangs',
      ({ signal }) =>
        new Promise((_, no) => signal.addEventListener('abort', () => no(new Error('aborted')))),
    )
    const yaml = `
version: 1
sources: [{name: lab, folder: {path: x}}]
${AUDIT}
rules: [{match: hangs, priority: 1, timeout: 0.1s}, {match: '*'}]
`
    const night = await lab.night({ yaml })
    expect(
      night.done.map(({ item, outcome }) => [
        item,
        outcome.kind === 'error' ? outcome.class : outcome.verdict,
      ]),
    ).toEqual([
      ['lab:hangs', 'time-out'],
      ['lab:fine', 'pass'],
    ])
  })
})

describe('a night that is over', () => {
  it('begins nothing more: what is left is due the next time', async () => {
    for (const name of names(5)) lab.candidate(name, name)
    let now = 0
    const night = await lab.night({
      settings: { most: 100 },
      doors: { clock: () => now },
      afterReport: () => {
        now += 60
      },
    })
    expect([night.done.length, night.due.length]).toEqual([2, 3])
    expect((await lab.night()).done).toHaveLength(3)
    expect(lab.audited).toHaveLength(5)
  })
})

/** Dies at the nth write to the journal: nothing of it, a part, or all of it is there; then nothing is ever written again. */
const dying = (at: number, part: number): { state: StateDoors; writes: () => number } => {
  let count = 0
  const open = async (path: string): Promise<JournalFile> => ({
    append: async (text) => {
      count++
      if (count > at) throw new Error('killed')
      const written = count === at ? text.slice(0, Math.floor(text.length * part)) : text
      writeFileSync(path, written, { flag: 'a' })
      if (count === at) throw new Error('killed')
    },
    truncate: async () => {
      writeFileSync(path, '', { flag: 'a' })
    },
    close: async () => {},
  })
  return {
    state: { now: () => new Date(), acquire: (folder) => acquireLock(folder), open },
    writes: () => count,
  }
}

describe('a run that is killed', () => {
  const prepare = (): void => {
    for (const name of ['a', 'bad', 'c']) lab.candidate(name, name)
  }

  it('at any write, goes on where it was: the same end, nothing finished audited twice, no half a report', {
    timeout: 120_000,
  }, async () => {
    prepare()
    const whole = dying(Number.POSITIVE_INFINITY, 1)
    await lab.night({ state: whole.state })
    const expected = await verdicts()
    const points = whole.writes()
    expect(points).toBeGreaterThan(8)
    lab.close()
    for (let at = 1; at <= points; at++)
      for (const part of [0, 0.5, 1]) {
        lab = bench()
        prepare()
        await expect(lab.night({ state: dying(at, part).state })).rejects.toThrow()
        const finishedBefore = existsSync(join(lab.state, 'journal.jsonl')) ? [...lab.reports().whole] : []
        const auditedBefore = lab.audited.length
        expect(finishedBefore).toHaveLength(auditedBefore)
        await lab.night()
        expect([at, part, await verdicts()]).toEqual([at, part, expected])
        expect([at, part, lab.audited.length]).toEqual([at, part, 3])
        expect(lab.reports()).toMatchObject({ others: [] })
        expect(lab.reports().whole).toHaveLength(3)
        // And once more: nothing is left to do.
        expect((await lab.night()).done).toEqual([])
        lab.close()
      }
    lab = bench()
  })
})

describe('a candidate that kills runs', () => {
  it('three times, is given up, and the others are audited', async () => {
    lab.candidate('kills', '1')
    lab.candidate('fine', '2')
    const yaml = `
version: 1
sources: [{name: lab, folder: {path: x}}]
${AUDIT}
rules: [{match: kills, priority: 1}, {match: '*'}]
`
    // Each run says that it begins, and no more.
    for (let i = 0; i < 3; i++) {
      let isDead = false
      const open = dying(Number.POSITIVE_INFINITY, 1).state.open
      await expect(
        lab.night({
          yaml,
          doors: {
            port: {
              earlier: async () => null,
              judgeAgain: async () => ({ why: 'nothing is kept' }),
              audit: async () => {
                isDead = true
                throw new Error('killed')
              },
            },
          },
          state: {
            now: () => new Date(),
            acquire: (folder) => acquireLock(folder),
            open: async (path) => {
              const file = await open?.(path)
              if (file === undefined) throw new Error('no file')
              return {
                ...file,
                append: async (text) => {
                  if (isDead) throw new Error('killed')
                  await file.append(text)
                },
              }
            },
          },
        }),
      ).rejects.toThrow()
    }
    const night = await lab.night({ yaml })
    expect(
      night.done.map(({ item, outcome }) => [
        item,
        outcome.kind === 'error' ? outcome.class : outcome.verdict,
      ]),
    ).toEqual([
      ['lab:kills', 'interrupted'],
      ['lab:fine', 'pass'],
    ])
    expect((await lab.night({ yaml })).givenUp.map(({ item }) => item)).toEqual(['lab:kills'])
  })
})

describe('two runs at once', () => {
  it('one audits, the other is told who does', async () => {
    for (const name of names(3)) lab.candidate(name, name)
    const [one, other] = await Promise.allSettled([lab.night(), lab.night()])
    const refused = [one, other].filter((ended) => ended.status === 'rejected')
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatchObject({ reason: { code: 'REGISTRY_BUSY' } })
    expect(lab.audited).toHaveLength(3)
  })
})

describe('several at once', () => {
  it('give the same, and all of it is written down', async () => {
    for (const name of names(12)) lab.candidate(name, name)
    const night = await lab.night({ settings: { atOnce: 4 } })
    expect(night.done).toHaveLength(12)
    expect((await lab.night()).unchanged).toBe(12)
  })
})
