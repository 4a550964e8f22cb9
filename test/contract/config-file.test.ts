/** @file saegate.yaml: what is wrong, and where, by line and column; hostile files are refused quickly. */
import { expect, it } from 'vitest'
import { auditOptions } from '../../src/contract/options/options.ts'
import { parseConfig } from '../../src/contract/yaml/config-file.ts'
import { configSchema } from '../../src/contract/yaml/config-schema.ts'
import { nearest } from '../../src/errors/did-you-mean.ts'
import { SaegateError } from '../../src/errors/problem.ts'

function problemOf(text: string): SaegateError {
  try {
    parseConfig('saegate.yaml', text)
  } catch (error) {
    if (error instanceof SaegateError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
for (let i = 1; i < 12; i++)
  bomb.push(
    `a${i}: &a${i} [${Array(10)
      .fill(`*a${i - 1}`)
      .join(', ')}]`,
  )

const wrong: readonly [text: string, code: string, message: string][] = [
  [
    'referense: x',
    'CONFIG_KEY_UNKNOWN',
    'saegate.yaml:1:12: the key "referense" is not known; did you mean "reference"?',
  ],
  [
    'corpus:\n  source: a\n  block-length: 5',
    'CONFIG_KEY_UNKNOWN',
    'the key "corpus.block-length" is not known; did you mean "blockLength"?',
  ],
  ['saes:\n  - {source: a, hoook: b}', 'CONFIG_KEY_UNKNOWN', 'did you mean "hook"?'],
  ['zzzzzzzz: 1', 'CONFIG_KEY_UNKNOWN', 'the key "zzzzzzzz" is not known'],
  ['saes:\n  - {hook: b}', 'CONFIG_INVALID', 'the key "source" in it'],
  ['reference: [1]', 'CONFIG_INVALID', 'saegate.yaml:1:12: reference is [1]; expected text'],
  ['candidates: ./a', 'CONFIG_INVALID', 'candidates is "./a"; expected a list'],
  ['device: gpu', 'CONFIG_INVALID', 'expected auto, cpu, cuda, webgpu, or cuda:N'],
  [
    'perplexity: 5',
    'CONFIG_INVALID',
    'perplexity is 5; expected chunked, sliding, sliding=WINDOW/STRIDE, both (chunked,sliding) or none, or a mapping with the keys chunked, sliding.',
  ],
  [
    'perplexity: {sliding: 7}',
    'CONFIG_INVALID',
    'perplexity.sliding is 7; expected true or false, or null, or a mapping with the keys window, stride.',
  ],
  [
    'perplexity: {sliding: {window: 1, stride: 1}}',
    'CONFIG_INVALID',
    'window is 1; expected a whole number from 2 to 1048576.',
  ],
  ['perplexity: {sliding: {window: 64}}', 'CONFIG_INVALID', 'expected the key "stride" in it'],
  [
    'saes: [5]',
    'CONFIG_INVALID',
    'saes[0] is 5; expected text, or a mapping with the keys source, hook, center.',
  ],
  ['saes: [{source: 5}]', 'CONFIG_INVALID', 'saes[0].source is 5; expected text.'],
  ['saes: [{source: a, center: 3}]', 'CONFIG_INVALID', 'expected true or false or null.'],
  [
    'corpus: {source: a, tokens: []}',
    'CONFIG_INVALID',
    'expected a whole number from 1 to 1000000000000, such as 512 or 200k, or all.',
  ],
  ['corpus: 5', 'CONFIG_INVALID', 'corpus is 5; expected text, or a mapping with the keys source, split,'],
  ['nullCheck: maybe', 'CONFIG_INVALID', 'expected true or false.'],
  ['- a', 'CONFIG_INVALID', 'the file is ["a"]; expected a mapping'],
  ['reference: a\nreference: b', 'YAML_UNREADABLE', 'saegate.yaml:2:1: not readable as YAML'],
  ['reference: "a', 'YAML_UNREADABLE', 'not readable as YAML'],
  ['reference: !!js/function x', 'YAML_UNREADABLE', 'Unresolved tag'],
  ['a: 1\n---\nb: 2', 'YAML_UNREADABLE', 'multiple documents'],
  [
    '['.repeat(200_000),
    'YAML_UNREADABLE',
    'saegate.yaml:1:65: not readable as YAML: it nests deeper than 64',
  ],
  [`a:\n  ${'- '.repeat(20_000)}x\nb: y`, 'YAML_UNREADABLE', 'it nests deeper than 64 levels'],
  [`${'{a: '.repeat(70)}1${'}'.repeat(70)}`, 'YAML_UNREADABLE', 'saegate.yaml:1:257'],
  [`${'['.repeat(60)}1${']'.repeat(60)}`, 'CONFIG_INVALID', 'expected a mapping'],
  [bomb.join('\n'), 'YAML_ALIASES', 'expand to too much data'],
  [`# ${'x'.repeat(600_000)}`, 'YAML_TOO_LARGE', '524288'],
]

it.each(wrong.map((entry) => [entry[0].slice(0, 40), ...entry] as const))(
  'refuses %j',
  (_, text, code, message) => {
    const error = problemOf(text)
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  },
)

it('takes an empty file as an empty configuration', () => {
  expect(parseConfig('saegate.yaml', '# nothing yet\n').values).toEqual({})
})

it('knows the line of what a rule is about', () => {
  const file = parseConfig('saegate.yaml', 'reference: r\ncandidates:\n  - ./a\n  - ./b\n')
  expect(file.lineOf(['candidates', 1])).toBe(4)
  expect(file.lineOf(['candidates', 9])).toBe(3)
})

it('suggests only what is near', () => {
  expect(nearest('Block_Length', ['blockLength', 'bos'])).toBe('blockLength')
  expect(nearest('temperature', ['tokens', 'bos'])).toBeNull()
})

it('has a key for every option that the table says has one', () => {
  const known = new Set(Object.keys(configSchema.properties))
  for (const { key } of auditOptions) if (key !== null) expect(known).toContain(key.split(/[.[]/)[0])
})

it('is published as a JSON Schema for editors', async () => {
  await expect(`${JSON.stringify(configSchema, null, 2)}\n`).toMatchFileSnapshot(
    '../../schemas/config.schema.json',
  )
})
