/**
 * @file `saegate attribute` on the NeoX fixture: measured by its flags, told in three forms, and measured again from a report that was
 * audited without.
 *
 * @module-tag slow
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { runHere, saegateHere } from '../cli/fake-host.ts'
import { saegate } from '../cli/program.ts'
import { held } from './held-to-schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-attribute-'))
afterAll(() => rmSync(folder, { recursive: true }))
const out = (name: string) => join(folder, name)
const MEASURING = [
  ...['--reference', 'fixtures/models/neox', '--sae', 'fixtures/saes/neox/blocks.3.hook_resid_post'],
  ...['--corpus', 'fixtures/corpus/eval.txt', '--tokens', '2048', '--block-length', '128', '--threads', '1'],
]

it('attribute lists tensors worst first, and shows a report again', async () => {
  const own = ['--by', 'block', '--restored', '1', '--controls', 'all', '--watch', '5,12']
  const measured = await saegate([
    'attribute',
    ...MEASURING,
    '--candidate',
    'rtn:4',
    ...own,
    '--out',
    out('own'),
  ])
  expect(measured.status, measured.stderr).toBe(0)
  expect(measured.stdout).toMatch(/^4 blocks of rtn-4, each put alone into fixtures\/models\/neox\n/)
  expect(measured.stdout).toContain('8 tensors lie behind the last hook')
  expect(measured.stdout).toMatch(/\nwatched features\n/)
  const report = join(out('own'), 'report.json')
  const shown = await runHere(['attribute', report, '--format', 'json'])
  const told = held('attribution', shown.out)
  expect(told.tensors.map(({ tensor }: { tensor: string }) => tensor).sort()).toEqual([
    'blocks.0',
    'blocks.1',
    'blocks.2',
    'blocks.3',
  ])
  const deltas = told.tensors.map(({ deltaSurvived }: { deltaSurvived: number }) => deltaSurvived)
  expect(deltas).toEqual([...deltas].sort((a, b) => a - b))
  expect(told.places[0].additivity.control).toBeGreaterThan(0)
  expect((await runHere(['attribute', report])).out).toBe(measured.stdout)
  const page = await runHere(['attribute', report, '--format', 'html'])
  expect(page.out).toContain('<table aria-label="Worst first">')
  const again = await runHere(['attribute', report, '--tokens', '1k'])
  expect([again.status, again.err]).toEqual([2, expect.stringContaining('--tokens')])
})

it('attribute measures a report that has none again, one candidate at a time', async () => {
  const audited = await saegateHere([
    ...['audit', ...MEASURING, '--candidate', 'rtn:4', '--candidate', 'rtn:6', '--perplexity', 'none'],
    ...['--out', out('audited')],
  ])
  expect(audited.status, audited.stderr).toBe(0)
  const report = join(out('audited'), 'report.json')
  const unnamed = await runHere(['attribute', report])
  expect([unnamed.status, unnamed.err]).toEqual([2, expect.stringMatching(/rtn-4, rtn-6.*#CANDIDATE/s)])
  const again = await saegateHere([
    ...['attribute', `${report}#rtn-4`, '--by', 'kind', '--restored', '0', '--controls', '0'],
    ...['--out', out('again'), '--format', 'json'],
  ])
  expect(again.status, again.stderr).toBe(0)
  const told = held('attribution', again.stdout)
  expect(told.tensors.map(({ tensor }: { tensor: string }) => tensor).sort()).toEqual([
    'down',
    'o',
    'q+k+v',
    'up',
  ])
  expect(told.candidate).toBe('rtn-4')
})

it('attribute says what it cannot be asked', async () => {
  const several = await runHere(['attribute', ...MEASURING, '--candidate', 'rtn:4', '--candidate', 'rtn:6'])
  expect([several.status, several.err]).toEqual([2, expect.stringContaining('one candidate')])
  const lens = ['--candidate', 'rtn:4,layout=transformerlens', '--center', 'true', '--out', out('lens')]
  const folded = await saegateHere(['attribute', ...MEASURING, ...lens])
  expect([folded.status, folded.stderr]).toEqual([2, expect.stringMatching(/norms are folded/)])
  const without = await runHere([
    ...[
      'attribute',
      ...MEASURING,
      '--candidate',
      'rtn:4',
      '--kl',
      '--perplexity',
      'none',
      '--out',
      out('none'),
    ],
  ])
  expect([without.status, without.err]).toEqual([2, expect.stringContaining('--perplexity')])
})
