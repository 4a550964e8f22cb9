/** @file schemas/*.schema.json are what scripts/schemas.mjs writes, and the script sees it when they are not. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import { originSchema } from '../../src/action/earlier/origin.ts'
import { comparisonSchema } from '../../src/contract/experiments/comparison-schema.ts'
import { forecastSchema } from '../../src/contract/experiments/forecast-schema.ts'
import { fragilitySchema } from '../../src/contract/experiments/fragility-schema.ts'
import { predictorSchema } from '../../src/contract/predictor/predictor-schema.ts'
import { registrySchema } from '../../src/contract/registry/registry-schema.ts'
import { reportSchema } from '../../src/contract/report/report-schema.ts'
import { configSchema } from '../../src/contract/yaml/config-schema.ts'
import { stateSchema } from '../../src/delivery/marker.ts'
import { policySchema } from '../../src/policy/reading/policy-schema.ts'

it.each([
  ['saegate.yaml', configSchema],
  ['registry.yaml', registrySchema],
  ['a policy', policySchema],
  ['report.json', reportSchema],
  ['a predictor', predictorSchema],
  ['a comparison', comparisonSchema],
  ['a fit', fragilitySchema],
  ['a forecast', forecastSchema],
  ['a comment’s state', stateSchema],
  ['a kept report’s origin', originSchema],
])('of %s is a schema without a mistake, as ajv is not asked at run time', (_, schema) => {
  expect(() => new Ajv({ strict: true, allowUnionTypes: true }).compile(schema)).not.toThrow()
})

it('agree with their sources', () => {
  expect(() => execFileSync(process.execPath, ['scripts/schemas.mjs', '--check'])).not.toThrow()
})

it('are all written by the script', () => {
  const script = readFileSync('scripts/schemas.mjs', 'utf8')
  for (const file of readdirSync('schemas')) expect(script).toContain(`'schemas/${file}'`)
})

it('fail the check when they differ, each by name', () => {
  const copy = mkdtempSync(join(tmpdir(), 'saegate-schemas-'))
  try {
    for (const part of ['scripts', 'schemas', 'src', 'package.json'])
      cpSync(part, join(copy, part), { recursive: true })
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'), 'junction')
    writeFileSync(join(copy, 'schemas', 'policy.schema.json'), '{}\n')
    const { status, stderr } = spawnSync(process.execPath, [join(copy, 'scripts/schemas.mjs'), '--check'])
    expect(status).toBe(1)
    expect(stderr.toString()).toMatch(/^schemas\/policy\.schema\.json differs from .*\n$/)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
})
