/**
 * @file An SAE that never fires on this model: a report that says so, not a crash and not a survival of 0 %.
 *
 * @module-tag slow
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { bytesOf, safetensorsOf } from '../checkpoints/write-safetensors.ts'
import { runHere, saegateHere } from './fake-host.ts'
import { SHORT_AUDIT } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('is measured, warned of, and fails the rules that ask for survival', async () => {
  const sae = join(folder, 'sae')
  mkdirSync(sae)
  const fixture = 'fixtures/saes/neox/blocks.4.hook_resid_post'
  copyFileSync(join(fixture, 'cfg.json'), join(sae, 'cfg.json'))
  const { d_in, d_sae } = JSON.parse(readFileSync(join(fixture, 'cfg.json'), 'utf8'))
  const filled = (value: number, ...shape: number[]) => {
    const length = shape.reduce((product, size) => product * size, 1)
    return { dtype: 'F32', shape, bytes: bytesOf(new Float32Array(length).fill(value)) }
  }
  const weights = safetensorsOf({
    W_enc: filled(0, d_in, d_sae),
    b_enc: filled(-1, d_sae),
    W_dec: filled(0.01, d_sae, d_in),
    b_dec: filled(0, d_in),
  })
  writeFileSync(join(sae, 'sae_weights.safetensors'), weights)
  const audit = SHORT_AUDIT.map((word) => (word === fixture ? sae : word))
  const out = join(folder, 'report')
  const { status, stdout, stderr } = await saegateHere([
    ...audit,
    ...['--candidate', 'rtn:8', '--allow-bad-fit', '--policy', 'default', '--out', out],
  ])
  expect(stderr).not.toMatch(/defect/)
  expect(status).toBe(1)
  expect(stdout).toContain('rtn-8 fails: not measured: no feature is active')
  // A share of nothing is no number: neither 0 % nor 100 %.
  expect(stdout).toMatch(/rtn-8 .*–\s+–\s+–\s+–/)
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))
  expect(report.warnings).toContainEqual(expect.stringContaining('nothing can be said of survival'))
  const [features] = report.candidates[0].features
  expect(features.active).toBe(0)
  const markdown = readFileSync(join(out, 'report.md'), 'utf8')
  expect(markdown).toContain('| **–**')
  expect(markdown).not.toMatch(/\| \*\*0\.0/)
  const badge = await runHere(['report', join(out, 'report.json'), '--format', 'badge'])
  expect(JSON.parse(badge.out).message).toBe('fail')
  // How far apart the residuals lie does not depend on the SAE.
  expect(features.residualError).toBeGreaterThan(0.001)
})
