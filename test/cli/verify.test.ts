/**
 * @file Before shipping: the honest model goes through, and whatever was changed after judging does not.
 *
 * @module-tag slow
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { statementSchema } from './attestation-schemas.ts'
import { type Ran, runHere, saegateHere } from './fake-host.ts'
import { SHORT_AUDIT } from './program.ts'

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
  const { status, stderr } = await saegateHere([
    ...SHORT_AUDIT,
    '--groups',
    '8',
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

  it('is made again by gate and verify alike: three edited numbers pass no rule about perplexity', async () => {
    const path = join(folder, 'numbers')
    cpSync(out, path, { recursive: true })
    const json = join(path, 'report.json')
    const report = JSON.parse(readFileSync(json, 'utf8'))
    const { chunked } = report.candidates[0].perplexity
    const { reference, referenceLoss } = chunked
    Object.assign(chunked, { candidate: reference, candidateLoss: referenceLoss, deltaPercent: 0 })
    writeFileSync(json, JSON.stringify(report))
    const by = join(folder, 'perplexity.yaml')
    writeFileSync(
      by,
      POLICY.replace(/metric: .*max: 0\.01/, 'metric: perplexity.chunked.deltaPercent, max: -50'),
    )
    for (const command of ['gate', 'verify']) {
      const edited = await runHere([command, json, '--policy', by])
      expect([edited.status, edited.err], command).toEqual([
        2,
        expect.stringContaining('perplexity.chunked.'),
      ])
    }
    const honest = await runHere([
      'gate',
      join(out, 'report.json'),
      '--policy',
      by,
      '--out',
      join(folder, 'by'),
    ])
    expect(honest.status, honest.err).toBe(1)
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

/** The step of examples/deploy/deploy.yml whose script has some words. */
function deployScript(words: string): string {
  const { jobs } = parse(readFileSync('examples/deploy/deploy.yml', 'utf8'))
  const steps: readonly { run?: string }[] = Object.values<{ steps: [] }>(jobs).flatMap((job) => job.steps)
  return steps.find(({ run }) => run?.includes(words))?.run ?? ''
}

/** What examples/deploy/admission.yaml asks of an attestation, with the policy's digest filled in. */
function conditions(policySha256: string): readonly { key: string; operator: string; value: string }[] {
  const text = readFileSync('examples/deploy/admission.yaml', 'utf8').replace(
    /\bPOLICY_SHA256$/m,
    policySha256,
  )
  const attestations = parse(text).spec.rules[0].verifyImages[0].attestations
  return attestations.flatMap((one: { conditions: [{ all: [] }] }) =>
    one.conditions.flatMap(({ all }) => all),
  )
}

/** A path of JMESPath that has names and indices alone. */
function at(value: unknown, expression: string): unknown {
  const path = /^\{\{ ([\w.[\]]+) \}\}$/.exec(expression)?.[1]
  if (path === undefined) throw new Error(`${expression} is no plain path`)
  return path
    .split(/[.[\]]+/)
    .filter((name) => name !== '')
    .reduce<unknown>((found, name) => Object(found)[name], value)
}

describe('the job that deploys', () => {
  const judgedBy = async (name: string, text: string): Promise<string> => {
    const [path, into] = [join(folder, `${name}.yaml`), join(folder, name)]
    writeFileSync(path, text)
    cpSync(out, into, { recursive: true })
    await runHere(['gate', join(out, 'report.json'), '--policy', path, '--out', into])
    return join(into, 'report.json')
  }
  const STRICT = POLICY.replace('0.01', '1e-12')
  const INFORMATIONAL = POLICY.replace('rules:', 'informational: true\nrules:')

  it('refuses, by the command of the example, a candidate without a passing verdict for its digest', async () => {
    const command = /saegate (verify .*)$/m.exec(deployScript('saegate verify'))?.[1] ?? ''
    expect(command).toContain('--candidate ./quantized')
    const deploy = async (report: string, by: string, candidate: string): Promise<number> => {
      const words = command
        .replace('"$REPORT"', report)
        .replace('policies/release.yaml', by)
        .replace('./quantized', candidate)
      return (await runHere(words.split(/\s+/))).status
    }
    const report = join(out, 'report.json')
    expect(await deploy(report, policy, model)).toBe(0)
    expect(await deploy(report, policy, 'fixtures/candidates/neox-int6-repaired')).toBe(1)
    for (const [name, text] of [
      ['failed', STRICT],
      ['reporting', INFORMATIONAL],
    ] as const)
      expect(await deploy(await judgedBy(name, text), join(folder, `${name}.yaml`), model), name).toBe(1)
    expect(await deploy(await judgedBy('other', STRICT), policy, model)).toBe(1)
  })

  it('attests what the admission policy asks for where the report passes, and nothing that it lets through elsewhere', async () => {
    const trusted = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')).policy.sha256
    const admits = (report: string): boolean => {
      const place = mkdtempSync(join(folder, 'predicate-'))
      const env = { ...process.env, REPORT: report }
      // As the set-up action has it on PATH.
      const onPath = `saegate() { "${process.execPath}" "${resolve('dist/cli.js')}" "$@"; }`
      const script = `${onPath}\n${deployScript('predicate.json')}`
      execFileSync('bash', ['-e', '-c', script], { cwd: place, env })
      const predicate: unknown = JSON.parse(readFileSync(join(place, 'predicate.json'), 'utf8'))
      return conditions(trusted).every(({ key, operator, value }) => {
        expect([operator, typeof at(predicate, key)]).toEqual(['Equals', 'string'])
        return at(predicate, key) === value
      })
    }
    expect(conditions(trusted)).toHaveLength(2)
    expect(admits(join(out, 'report.json'))).toBe(true)
    for (const [name, text] of [
      ['attested-failed', STRICT],
      ['attested-informational', INFORMATIONAL],
      ['attested-by-another', POLICY.replace('0.01', '10')],
    ] as const)
      expect(admits(await judgedBy(name, text)), name).toBe(false)
  })
})

describe('saegate attest', () => {
  const attest = (...more: string[]): Promise<Ran> => runHere(['attest', join(out, 'report.json'), ...more])
  it.each(['test-result', 'svr'] as const)('%s: a statement of its specification', async (type) => {
    const { out: text, status } = await attest('--type', type)
    expect(status).toBe(0)
    const valid = new Ajv().compile(statementSchema(type))
    expect(valid(JSON.parse(text)), JSON.stringify(valid.errors)).toBe(true)
  })

  it('names the rules, what they hang on, and the run', async () => {
    const { predicate } = JSON.parse((await attest('--url', 'https://example.org/runs/7')).out)
    expect(predicate).toMatchObject({
      result: 'PASSED',
      url: 'https://example.org/runs/7',
      passedTests: ['kl'],
      warnedTests: [],
      failedTests: [],
    })
    const names = predicate.configuration.map(({ name }: { name: string }) => name.split(' ')[0])
    expect(names.slice(0, 3)).toEqual(['policy', 'reference', 'corpus'])
    const policyDigest = createHash('sha256').update(POLICY).digest('hex')
    expect(predicate.configuration[0]).toEqual({ name: 'policy shipping', digest: { sha256: policyDigest } })
  })

  it('its subjects are what sha256sum finds in the model’s folder', async () => {
    const { out: lines } = await attest('--part', 'subjects')
    const checked = execFileSync('sha256sum', ['--check', '--strict', '-'], { cwd: model, input: lines })
    expect(String(checked)).toContain('model.safetensors: OK')
    expect(String(checked)).toContain('config.json: OK')
  })

  it('a failing or informational verdict passes nothing on', async () => {
    const judged = async (name: string, change: (text: string) => string) => {
      const [path, into] = [join(folder, `${name}.yaml`), join(folder, name)]
      writeFileSync(path, change(POLICY))
      cpSync(out, into, { recursive: true })
      await runHere(['gate', join(out, 'report.json'), '--policy', path, '--out', into])
      const of = async (type: string) =>
        JSON.parse((await runHere(['attest', join(into, 'report.json'), '--type', type])).out).predicate
      return { result: await of('test-result'), svr: await of('svr') }
    }
    const failing = await judged('attest-failed', (text) => text.replace('0.01', '1e-12'))
    expect(failing.result).toMatchObject({ result: 'FAILED', passedTests: [], failedTests: ['kl'] })
    expect(failing.svr.properties).toEqual([])
    const telling = await judged('attest-told', (text) =>
      text.replace('rules:', 'informational: true\nrules:'),
    )
    expect(telling.result.result).toBe('FAILED')
    expect(telling.svr.properties).not.toContain('SAEGATE_POLICY_PASSED_shipping')
  })

  it('refuses a candidate that is not there, and one that has no files', async () => {
    const missing = await attest('--candidate', 'nobody')
    expect(missing.status).toBe(2)
    expect(missing.err).toContain('has no candidate "nobody"; it judges model')
    const derived = join(folder, 'derived')
    cpSync(out, derived, { recursive: true })
    const report = JSON.parse(readFileSync(join(derived, 'report.json'), 'utf8'))
    const [candidate] = report.candidates
    candidate.sha256 = null
    candidate.files = undefined
    writeFileSync(join(derived, 'report.json'), JSON.stringify(report))
    const none = await runHere(['attest', join(derived, 'report.json')])
    expect([none.status, none.err]).toEqual([2, expect.stringContaining('has no files with digests')])
  })
})
