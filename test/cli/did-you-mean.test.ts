/** @file What is a letter away from something that there is: the message names it. What is not, gets no guess. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nearPath } from '../../src/bytes/near-path.ts'
import { nearSpec } from '../../src/compression/near-spec.ts'
import { readChoice, readPerplexity } from '../../src/contract/options/option-values.ts'
import { auditOptions } from '../../src/contract/options/options.ts'
import { nearest, nearestWord } from '../../src/errors/did-you-mean.ts'
import { hookAt } from '../../src/sae/place.ts'
import { runHere } from './fake-host.ts'
import { SHORT_AUDIT } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-near-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('names', () => {
  it.each([
    ['chunkd', 'chunked'],
    ['Chunked', 'chunked'],
    ['slidign', 'sliding'],
  ])('%s is %s', (written, meant) => {
    expect(nearestWord(written, ['chunked', 'sliding', 'none'])).toBe(meant)
  })

  it('are not guessed where nothing is near, and a swap is one letter', () => {
    expect(nearestWord('gpu', ['cuda', 'auto'])).toBeNull()
    expect(nearestWord('rnt', ['rtn'])).toBe('rtn')
    expect(nearest('x'.repeat(5000), ['chunked'])).toBeNull()
  })
})

describe('specs of candidates', () => {
  it.each([
    ['rtn8', 'rtn:8'],
    ['rtn-8', 'rtn:8'],
    ['RTN:8', 'rtn:8'],
    ['rnt:4,group=128', 'rtn:4,group=128'],
    ['gtpq:4', 'gptq:4'],
    ['awq4', 'awq:4'],
    ['nf5', 'nf4'],
    ['int8_outlier', 'int8-outlier'],
    ['prune0.5', 'prune:0.5'],
    ['wanda2:4', 'wanda:2:4'],
  ])('%s is %s', (written, meant) => {
    expect(nearSpec(written)).toBe(meant)
  })

  it.each(['rtn99', './model', 'model-8', 'q4.gguf', 'llama-3', ''])('%j is none', (written) => {
    expect(nearSpec(written)).toBeNull()
  })
})

describe('paths', () => {
  mkdirSync(join(folder, 'Models', 'neox-int6'), { recursive: true })
  writeFileSync(join(folder, 'Models', 'eval.txt'), 'x')

  it.each([
    [
      ['Models', 'evl.txt'],
      ['Models', 'eval.txt'],
    ],
    [
      ['models', 'eval.txt'],
      ['Models', 'eval.txt'],
    ],
    [
      ['model', 'neox-int7'],
      ['Models', 'neox-int6'],
    ],
  ])('%j is %j', (written, meant) => {
    expect(nearPath(join(folder, ...written))).toBe(join(folder, ...meant))
  })

  it('are not guessed where a folder is another, or names are short', () => {
    writeFileSync(join(folder, 'm'), 'x')
    expect(nearPath(join(folder, 'q'))).toBeNull()
    expect(nearPath(join(folder, 'elsewhere', 'eval.txt'))).toBeNull()
    expect(nearPath(join(folder, 'Models', 'eval.txt', 'inside.txt'))).toBeNull()
  })
})

describe('hooks and choices', () => {
  it.each([
    ['blocks.4.hook_resid_pots', 'blocks.4.hook_resid_post'],
    ['blocks.4.resid_post', 'blocks.4.hook_resid_post'],
    ['blocks.12.mlp_out', 'blocks.12.hook_mlp_out'],
  ])('%s is %s', (written, meant) => {
    expect(() => hookAt(written, '--hook')).toThrow(`did you mean ${meant}?`)
  })

  it('of a hook that is no place at all nothing is guessed', () => {
    expect(() => hookAt('somewhere', '--hook')).toThrow(/can be read\.$/)
  })

  it('are named before what is allowed', () => {
    expect(() => readChoice('--weights', 'strem', ['auto', 'stream'])).toThrow(
      '--weights is "strem"; did you mean stream? Allowed: auto or stream.',
    )
    const row = auditOptions.find(({ name }) => name === 'perplexity')
    if (row?.type.kind !== 'perplexity') throw new Error('no row')
    const { type } = row
    expect(() => readPerplexity('--perplexity', 'chunkd', type)).toThrow('did you mean chunked?')
  })
})

describe('the command line', () => {
  it.each([
    [['--candidate', 'rtn8'], 'rtn8 does not exist; did you mean rtn:8?'],
    [
      ['--candidate', 'fixtures/candidates/neox-int6-repared'],
      'did you mean fixtures/candidates/neox-int6-repaired?',
    ],
    [
      ['--candidate', 'rtn:8', '--policy', 'defalt'],
      'There is no shipped policy "defalt"; did you mean default?',
    ],
    [
      ['--candidate', 'rtn:8', '--hook', 'blocks.4.hook_resid_pots'],
      'did you mean blocks.4.hook_resid_post?',
    ],
  ])('%j', async (args, said) => {
    const { status, err } = await runHere([...SHORT_AUDIT, ...args, '--out', join(folder, 'out')])
    expect([status, err]).toEqual([2, expect.stringContaining(said)])
  })

  it('has one voice, also where an option or a command is unknown', async () => {
    const { err } = await runHere(['adit'])
    expect(err).toMatch(
      /^saegate: Unknown command 'adit'\n\(Did you mean audit\?\)\nRun the command with --help/,
    )
    expect((await runHere(['audit', '--candidte', 'rtn:8'])).err).toMatch(
      /^saegate: Unknown option .*\n\(Did you mean --candidate\?\)/,
    )
  })
})
