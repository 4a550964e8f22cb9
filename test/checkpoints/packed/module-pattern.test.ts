/** @file Patterns of config files: agree with JavaScript's engine where both understand, and never take long. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../src/checkpoints/packed/declared/module-pattern.ts'

/** Python's re.match: anchored at the start. */
const oracle = (pattern: string, name: string) => new RegExp(`^(?:${pattern})`).test(name)

const NAMES = [
  'lm_head',
  'model.layers.0.self_attn.q_proj',
  'model.layers.12.mlp.down_proj',
  'model.layers.3.mlp.experts.7.gate_proj',
  'gpt_neox.layers.1.attention.query_key_value',
  '',
]

const PATTERNS = [
  '.*lm_head',
  '.*q_proj$',
  'model\\.layers\\.(0|1|3)\\..*',
  'model\\.layers\\.[0-9]{1,2}\\.mlp\\..*proj$',
  '.*mlp.experts\\.\\d+.*',
  '^lm_head$',
  '.*[^a-z]down_proj',
  '(?:model|gpt_neox)\\.layers\\.\\d+\\.(self_attn|attention)\\.\\w+',
  '.*\\.(gate|up|down)_proj',
  '',
  'a|',
  'model.*?proj',
  '(a*)*model',
  'x{0}lm_head',
  '(lm|model)+_?head?',
  '^(?!.*lm_head).*$',
  '.*mlp\\.(?!gate|up)\\w+',
  '(?=.*proj)model',
  '.*(?<=self_attn)\\.q',
  '.*(?<!down)_proj$',
  '(?:(?!mlp).)*q_proj',
  '.*\\bmlp\\b.*',
  '.*\\Bproj',
]

describe('compilePattern', () => {
  it.each(PATTERNS)('matches as re.match does: %s', (pattern) => {
    const matches = compilePattern(pattern)
    expect(matches).not.toBeNull()
    for (const name of NAMES) expect([name, matches!(name)]).toEqual([name, oracle(pattern, name)])
  })

  it('agrees with a backtracking engine on random small patterns', () => {
    const looks = ['(?=a)', '(?!ab)', '(?=.b)', '(?<=a)', '(?<!b)', '(?<=(?!ab)a.)', '\\b', '\\B']
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(a|b)', '(?:ab|a)', '^', '$', ...looks)
    const quantifier = fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '{0,}')
    const pattern = fc
      .array(fc.tuple(atom, quantifier), { maxLength: 5 })
      .map((parts) =>
        parts
          .map(([body, times]) => (/^(?:[$^]|\(\?[=!<]|\\[bB])/.test(body) ? body : body + times))
          .join(''),
      )
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.'), maxLength: 8 })
    fc.assert(
      fc.property(pattern, text, (expression, name) => {
        expect(compilePattern(expression)!(name)).toBe(oracle(expression, name))
        expect(compilePattern(expression, 'search')!(name)).toBe(new RegExp(expression).test(name))
      }),
      { numRuns: 2000, seed: 5 },
    )
  })

  it.each([
    '(?P=x)',
    '(?P<x>a',
    '(?i)a',
    '(?>a)',
    '\\1',
    '(',
    ')',
    '[',
    '*a',
    'a**',
    '\\',
    'a{3,1}',
    'a'.repeat(2001),
    '[\\b]',
  ])('does not pretend to understand %s', (pattern) => {
    expect(compilePattern(pattern)).toBeNull()
  })

  it('reads named groups as groups', () => {
    expect(compilePattern('.*layers\\.(?P<i>\\d+)\\.mlp')!('model.layers.12.mlp.down_proj')).toBe(true)
  })

  it('takes no time over expressions that make other engines hang', () => {
    const name = `${'a'.repeat(500)}!`
    const start = performance.now()
    for (const pattern of ['(a+)+$', '(a|a)*$', '(.*)*b', '.*.*.*.*.*.*.*.*b$', '((a{1,50}){1,50})$']) {
      expect(compilePattern(pattern)?.(name)).not.toBe(true)
    }
    for (const pattern of ['((?=(a+)+b)a)*b', '(.*(?<!(a+)+))*b']) {
      expect(compilePattern(pattern)?.(name.slice(-60))).toBe(false)
    }
    expect(compilePattern('(((a{99}){99}){99}){99}')).toBeNull()
    expect(compilePattern('(?=((?=((?=a{99}){99})){99})){99}')).toBeNull()
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})
