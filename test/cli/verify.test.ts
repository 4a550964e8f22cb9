/**
 * @file Before shipping: the honest model goes through, and whatever was changed after judging does not.
 *
 * @module-tag slow
 */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ran, runHere } from './fake-host.ts'
import { SHORT_AUDIT, saegate } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-verify-'))
const model = join(folder, 'model')
const out = join(folder, 'report')
const policy = join(folder, 'policy.yaml')
const POLICY = `version: 1
name: shipping
rules:
  - {id: kl, metric: divergence.klMean, max: 0.01}
`

beforeAll(async () => {
  writeFileSync(policy, POLICY)
  cpSync('fixtures/models/neox', model, { recursive: true })
  // Another rounding of the last weights: as good as the reference, and not the same file.
  const weights = readFileSync(join(model, 'model.safetensors'))
  for (let at = weights.length - 4000; at < weights.length; at += 2) weights[at] = (weights[at] ?? 0) ^ 1
  writeFileSync(join(model, 'model.safetensors'), weights)
  const { status, stderr } = await saegate([
    ...SHORT_AUDIT,
    '--candidate',
    model,
    '--policy',
    policy,
    '--out',
    out,
  ])
  expect(status, stderr).toBe(0)
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const verify = (...more: string[]): Promise<Ran> =>
  runHere(['verify', join(out, 'report.json'), '--policy', policy, ...more])

/** A copy of the judged model, changed. */
function changed(name: string, change: (path: string) => void): string {
  const copy = join(folder, name)
  cpSync(model, copy, { recursive: true })
  change(copy)
  return copy
}

describe('saegate verify', () => {
  it('lets the model through that was judged, wherever it lies now', async () => {
    const elsewhere = changed('elsewhere', () => {})
    const { status, out: stdout } = await verify(
      '--candidate',
      elsewhere,
      '--reference',
      'fixtures/models/neox',
    )
    expect(stdout).toContain('All of it holds.')
    expect(stdout).toMatch(/candidate .*elsewhere is .* verdict is pass/)
    expect(stdout).toMatch(/reference fixtures\/models\/neox: all \d files as the report has them/)
    expect(status).toBe(0)
  })

  it.each([
    [
      'weights',
      'model.safetensors differs',
      (path: string) => {
        const file = join(path, 'model.safetensors')
        const bytes = readFileSync(file)
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 64
        writeFileSync(file, bytes)
      },
    ],
    [
      'config',
      'config.json differs',
      (path: string) => {
        const file = join(path, 'config.json')
        writeFileSync(file, readFileSync(file, 'utf8').replace(/"rotary_pct": [\d.]+/, '"rotary_pct": 0.5'))
      },
    ],
    [
      'name of the weights',
      'model.safetensors is not there',
      (path: string) => renameSync(join(path, 'model.safetensors'), join(path, 'other.safetensors')),
    ],
    [
      'weights beside them',
      'pytorch_model.bin was not read by the audit',
      (path: string) => writeFileSync(join(path, 'pytorch_model.bin'), 'planted'),
    ],
    [
      'code beside them',
      'modeling.py was not read by the audit',
      (path: string) => writeFileSync(join(path, 'modeling.py'), 'planted'),
    ],
  ])('stops another %s', async (what, said, change) => {
    const { status, out: stdout } = await verify('--candidate', changed(what, change))
    expect(stdout).toContain(said)
    expect(stdout).toContain('Do not ship it.')
    expect(status).toBe(1)
  })
})

describe('files that nobody read', () => {
  it('names what lies beside and was not read, and says what the one digest is of', async () => {
    const beside = changed('beside', (path) => {
      writeFileSync(join(path, 'generation_config.json'), '{"temperature": 9}')
      writeFileSync(join(path, 'chat_template.jinja'), 'planted')
    })
    const { status, out: stdout } = await verify('--candidate', beside)
    expect(stdout).toMatch(
      /^note {2}the audit did not read, .*chat_template\.jinja, generation_config\.json/m,
    )
    expect([status, stdout]).toEqual([0, expect.stringContaining('All of it holds.')])
    const path = join(folder, 'other-digest')
    cpSync(out, path, { recursive: true })
    const json = join(path, 'report.json')
    const report = JSON.parse(readFileSync(json, 'utf8'))
    report.candidates[0].sha256 = '0'.repeat(64)
    writeFileSync(json, JSON.stringify(report))
    const edited = await runHere(['verify', json, '--policy', policy, '--candidate', model])
    expect([edited.status, edited.out]).toEqual([1, expect.stringContaining('its one digest in the report')])
  })
})

describe('a verdict that ships', () => {
  it('is stopped where it is by another policy than the one that is trusted', async () => {
    const weaker = join(folder, 'weaker.yaml')
    writeFileSync(weaker, POLICY.replace('0.01', '10'))
    const { status, out: stdout } = await runHere(['verify', join(out, 'report.json'), '--policy', weaker])
    expect(stdout).toContain('another text of policy shipping')
    expect(status).toBe(1)
  })

  it('is stopped where it was written into the report', async () => {
    const target = join(folder, 'edited')
    cpSync(out, target, { recursive: true })
    const strict = join(folder, 'strict.yaml')
    writeFileSync(strict, POLICY.replace('0.01', '1e-12'))
    const judged = await runHere(['gate', join(out, 'report.json'), '--policy', strict, '--out', target])
    expect(judged.status).toBe(1)
    const path = join(target, 'report.json')
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"verdict": "fail"', '"verdict": "pass"'))
    const { status, out: stdout } = await runHere(['verify', path, '--policy', strict])
    expect(stdout).toContain('the report says pass, and its tables give fail')
    expect(status).toBe(1)
  })

  it('asks for a policy, and says it in JSON', async () => {
    expect((await runHere(['verify', join(out, 'report.json')])).status).toBe(2)
    const { out: stdout } = await verify('--candidate', model, '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      holds: true,
      checks: [{ holds: true }, { holds: true }, { holds: true }],
    })
  })
})
