import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/policy/check.ts'
import { explainPolicy } from '../../src/policy/explain.ts'
import { loadPolicy } from '../../src/policy/reading/load.ts'
import { policySchema } from '../../src/policy/reading/policy-schema.ts'
import { SHIPPED_POLICY_NAMES, shippedPolicies } from '../../src/policy/reading/shipped.ts'

const root = new URL('../../', import.meta.url)
const readText = async (path: string) => readFileSync(new URL(path, root), 'utf8')

describe('shipped policies', () => {
  it('are all the files of policies/', async () => {
    // Presets of experiments are no policies: a folder beside them.
    const files = readdirSync(new URL('policies', root)).filter((name) => name !== 'presets')
    expect(files.sort()).toEqual(SHIPPED_POLICY_NAMES.map((name) => `${name}.yaml`).sort())
    for (const name of SHIPPED_POLICY_NAMES)
      expect(shippedPolicies[name]).toBe(await readText(`policies/${name}.yaml`))
  })

  it.each(SHIPPED_POLICY_NAMES)(
    '%s is the same by name and by path, and has nothing doubtful',
    async (name) => {
      const byName = await loadPolicy(name, readText)
      const byPath = await loadPolicy(`policies/${name}.yaml`, readText)
      const rules = (policy: typeof byName) => policy.rules.map(({ path: _path, ...rule }) => rule)
      expect(byName.path).toBeNull()
      expect(rules(byName)).toEqual(rules(byPath))
      expect(byName.name).toBe(name)
      const hints = checkPolicy(byName, '2026-11-20').hints
      expect(hints).toEqual(name === 'research' ? ['informational is on: this policy never fails.'] : [])
    },
  )

  it('explain every number: each line with one has a comment above it', async () => {
    for (const name of SHIPPED_POLICY_NAMES) {
      const lines = shippedPolicies[name].split('\n')
      lines.forEach((line, index) => {
        if (!/^[^#]*:.*\d/.test(line) || line.startsWith('version')) return
        const before = lines.slice(0, index).reverse()
        const stop = before.findIndex((other) => other.trim() === '' || other.trim().startsWith('#'))
        expect(before[stop]?.trim().startsWith('#'), `${name}.yaml:${index + 1}`).toBe(true)
      })
    }
  })

  it('default: 80 % survive at 0.90, 1 % damaged, 2 % of perplexity, dissociation warns; strict fails on it', async () => {
    const byId = async (name: string) =>
      Object.fromEntries((await loadPolicy(name, readText)).rules.map((rule) => [rule.id, rule]))
    const rules = await byId('default')
    expect(rules['feature-survival']).toMatchObject({
      at: 0.9,
      limits: [{ operator: 'min', value: 0.8 }],
      level: 'error',
    })
    expect(rules['no-damage']).toMatchObject({ limits: [{ operator: 'max', value: 0.01 }] })
    expect(rules.perplexity).toMatchObject({
      metric: 'perplexity.chunked.deltaPercent',
      limits: [{ value: 2 }],
    })
    expect(rules.dissociation?.level).toBe('warning')
    expect((await byId('strict')).dissociation?.level).toBe('error')
  })

  it('default in words', async () => {
    expect(explainPolicy(await loadPolicy('default', readText))).toMatchInlineSnapshot(`
      "Policy "default": Most features survive, none to speak of is damaged, and perplexity stays close to the reference's.

      Features count when they fire in more than 0.1 % of the reference's positions. They survive at ρ ≥ 0.9, are damaged below ρ = 0.5 and degraded between.
      A rule passes when its whole 95 % interval keeps the limit and fails when the whole interval breaks it. Anything between fails the gate. A number exactly on its limit passes falsely in 2.5 % of audits, and fails falsely in 2.5 %.
      A candidate is dissociated when its perplexity changes by +2.0 % or less while fewer than 90 % of the features survive.

      Rules (4):
        feature-survival: For every candidate and every read-out, the fraction of active features that survive (ρ ≥ 0.9) must be at least 80.0 %.
        no-damage: For every candidate and every read-out, the fraction of active features that are damaged (ρ < 0.5) must be at most 1.0 %.
        perplexity: For every candidate, the change of chunked perplexity must be at most +2.0 %.
        dissociation: For every candidate, behaviour and features must not be dissociated. A warning: it never fails the gate.
      "
    `)
  })
})

describe('schemas/policy.schema.json', () => {
  const text = readFileSync(new URL('schemas/policy.schema.json', root), 'utf8')

  it('is written from the source', () => expect(text).toBe(`${JSON.stringify(policySchema, null, 2)}\n`))

  it('is a valid JSON Schema in which every key is described', () => {
    new Ajv({ allowUnionTypes: true }).compile(JSON.parse(text))
    const undescribed: string[] = []
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return
      for (const [key, value] of Object.entries(node)) {
        const isProperty = path.endsWith('/properties')
        if (isProperty && typeof value === 'object' && !('description' in value))
          undescribed.push(`${path}/${key}`)
        visit(value, `${path}/${key}`)
      }
    }
    visit(policySchema, '')
    expect(undescribed).toEqual([])
  })
})
