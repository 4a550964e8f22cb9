/**
 * @file The two NeoX fixtures are one function with its damage in two places: spread gains of LayerNorm, which TransformerLens' form takes
 * away by folding, and spread values of heads, which stay through folding and centring.
 *
 * @module-tag slow
 */
import { describe, expect, it } from 'vitest'
import type { AuditConfig } from '../../../src/contract/options/audit-config.ts'
import { candidatesOf, klOf, SHORT, survivalOf } from './short.ts'

const GAINS = 'fixtures/models/neox'
const HEADS = 'fixtures/models/neox-heads'
const SAE = { source: 'fixtures/saes/neox/blocks.3.hook_resid_post', hook: null, center: true }

const through = (reference: string, candidates: readonly string[]): AuditConfig => ({
  ...SHORT,
  reference,
  candidates,
  saes: [SAE],
  corpus: { ...SHORT.corpus, tokens: 4096 },
})

describe('a fixture whose damage survives folding and centring', () => {
  it('is the same function', async () => {
    const [gains] = await candidatesOf(through(HEADS, [GAINS]))
    expect(klOf(gains)).toBeLessThan(1e-5)
    expect(survivalOf(gains)).toBe(1)
  })

  it('is damaged in both layouts, where the other is in one', async () => {
    const specs = ['rtn:6', 'rtn:6,layout=transformerlens']
    const gains = (await candidatesOf(through(GAINS, specs))).map(survivalOf)
    const heads = (await candidatesOf(through(HEADS, specs))).map(survivalOf)
    expect(gains[0]).toBeLessThan(0.85)
    expect(gains[1]).toBeGreaterThan(0.98)
    expect(heads[0]).toBeLessThan(0.9)
    expect(heads[1]).toBeLessThan(0.85)
  })
})
