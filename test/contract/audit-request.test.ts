/** @file Flags, inputs and saegate.yaml become one request; every bad value is one clear error. */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EVERY_RECORD } from '../../src/contract/options/audit-config.ts'
import { cudaIndices } from '../../src/contract/options/cuda-device.ts'
import { readCount, readPerplexity, readSize } from '../../src/contract/options/option-values.ts'
import { auditOptions, optionNamed } from '../../src/contract/options/options.ts'
import { type Overrides, resolveRequest } from '../../src/contract/request/audit-request.ts'
import { parseConfig } from '../../src/contract/yaml/config-file.ts'
import { SaegateError } from '../../src/errors/problem.ts'

const YAML = `reference: ./reference
candidates: [./int6, "rtn:8"]
saes:
  - source: ./sae
    hook: blocks.4.hook_resid_post
    center: false
  - ./other-sae
corpus: {source: wikitext-2, split: test, tokens: 200k, blockLength: 256, bos: never}
perplexity: {chunked: true, sliding: {window: 1024, stride: 256}}
policy: policies/default.yaml
memory: 8GiB
`
const file = parseConfig('saegate.yaml', YAML)
const flags = (values: Overrides['values']): Overrides => ({ origin: 'flag', values })
const full = { reference: 'r', candidate: ['rtn:6'], sae: ['s'], corpus: 'c.txt' }

function problemOf(run: () => unknown): SaegateError {
  try {
    run()
  } catch (error) {
    if (error instanceof SaegateError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

it('reads the whole of saegate.yaml', () => {
  expect(resolveRequest(flags({}), file)).toEqual({
    reference: './reference',
    candidates: ['./int6', 'rtn:8'],
    saes: [
      { source: './sae', hook: 'blocks.4.hook_resid_post', center: false },
      { source: './other-sae', hook: null, center: null },
    ],
    corpus: {
      source: 'wikitext-2:test',
      lines: 'nonempty',
      lineEnds: null,
      tokens: 200_000,
      blockLength: 256,
      bos: 'never',
      records: EVERY_RECORD,
    },
    tokenizer: null,
    perplexity: { chunked: true, sliding: { window: 1024, stride: 256 } },
    matchTokens: { where: 'held-out', tokens: 50_000 },
    calibration: { source: null, tokens: 65_536 },
    positions: 'auto',
    activations: 'simulate',
    unrotate: false,
    rescale: false,
    tap: null,
    thresholds: { survived: 0.9, damaged: 0.5, active: 0.001 },
    confidence: 0.95,
    explain: 8,
    lossRecovered: false,
    newFeatures: false,
    survivalByKind: false,
    latentScaling: false,
    groups: 32,
    device: 'auto',
    precision: 'auto',
    threads: null,
    memoryBytes: 8 * 2 ** 30,
    weights: 'auto',
    streamRows: 'full',
    nullCheck: false,
    noiseFloor: 'none',
    noiseNull: false,
    allowBadFit: false,
    policy: 'policies/default.yaml',
    baseline: null,
    out: 'saegate-report',
    config: 'saegate.yaml',
    expected: { reference: [], saes: [], corpus: [], candidates: [] },
    expectPolicy: [],
  })
})

it.each([
  ['100k', { where: 'held-out', tokens: 100_000 }],
  ['audited', { where: 'audited', tokens: null }],
  ['audited=100k', { where: 'audited', tokens: 100_000 }],
])('reads --match-tokens %s', (matchTokens, expected) => {
  expect(resolveRequest(flags({ ...full, matchTokens }), null).matchTokens).toEqual(expected)
})

it('takes a page’s address for the repository that it is of, wherever it is written', () => {
  const page = 'https://huggingface.co/own/name/tree/main/layer_4'
  const written = YAML.replace(/saes:[\s\S]*?corpus/, `saes: [${page}, {source: ${page}}]\ncorpus`)
  const inFile = resolveRequest(flags({ reference: page }), parseConfig('saegate.yaml', written))
  const own = 'hf:own/name/layer_4'
  expect([inFile.reference, ...inFile.saes.map(({ source }) => source)]).toEqual([own, own, own])
})

it('lets the call override the file, and the file the defaults', () => {
  const request = resolveRequest(
    flags({
      corpus: './a.txt',
      tokens: 'all',
      candidate: ['prune:0.2'],
      hook: 'blocks.1.hook_resid_post',
      perplexity: 'none',
    }),
    file,
  )
  expect(request.corpus).toEqual({
    source: './a.txt',
    lines: 'as-is',
    lineEnds: null,
    tokens: null,
    blockLength: 256,
    bos: 'never',
    records: EVERY_RECORD,
  })
  expect(request.candidates).toEqual(['prune:0.2'])
  expect(request.saes.map((sae) => sae.hook)).toEqual([
    'blocks.1.hook_resid_post',
    'blocks.1.hook_resid_post',
  ])
  expect(request.saes.map((sae) => sae.center)).toEqual([false, null])
  expect(request.perplexity).toEqual({ chunked: false, sliding: null })
})

it('needs the four subjects and says which are missing, in the words of the call', () => {
  expect(problemOf(() => resolveRequest(flags({ reference: 'r' }), null)).message).toContain(
    '--candidate, --sae, --corpus are missing',
  )
  const inputs = { origin: 'input', values: { reference: 'r', candidate: ['c'], sae: ['s'] } } as const
  expect(problemOf(() => resolveRequest(inputs, null)).message).toContain('input corpus is missing')
})

it('takes the word both for both perplexity protocols', () => {
  const perplexity = { chunked: true, sliding: { window: 2048, stride: 512 } }
  expect(resolveRequest(flags({ ...full, perplexity: 'both' }), null).perplexity).toEqual(perplexity)
  const said = parseConfig('saegate.yaml', YAML.replace(/perplexity: .*/, 'perplexity: both'))
  expect(resolveRequest(flags({}), said).perplexity).toEqual(perplexity)
})

const bad: readonly [Overrides['values'], string][] = [
  [{ tokens: 'abc' }, '--tokens is "abc"'],
  [{ tokens: '0' }, '--tokens is "0"'],
  [{ tokens: '1.5' }, '--tokens is "1.5"'],
  [{ matchTokens: 'held-out' }, '--match-tokens is "held-out"'],
  [{ matchTokens: 'audited=0' }, 'audited or audited=N'],
  [{ blockLength: '-1' }, '--block-length is "-1"'],
  [{ blockLength: 'all' }, '--block-length is "all"'],
  [{ memory: '8' }, '--memory is "8"'],
  [{ memory: '8XB' }, '--memory is "8XB"'],
  [{ memory: '99999999TB' }, 'allowed: a size from 64 MiB to 1000 TB'],
  [{ memory: '1001TB' }, 'allowed: a size from 64 MiB to 1000 TB'],
  [{ groups: '1' }, 'allowed: a whole number from 2 to 1024, such as 8 or 32.'],
  [{ threads: '0' }, 'allowed: a whole number from 1 to 1024, such as 8 or 32.'],
  [{ tokens: '-1' }, 'such as 512 or 200k, or all.'],
  [{ device: 'gpu' }, 'allowed: auto, cpu, cuda, webgpu, or cuda:N for the NVIDIA device'],
  [{ device: 'cuda:01' }, 'allowed: auto, cpu, cuda, webgpu, or cuda:N for the NVIDIA device'],
  [{ device: 'cuda:0,1' }, '--device is "cuda:0,1", a list of devices that is not understood'],
  [{ device: 'cuda:1,cuda:1' }, '--device is "cuda:1,cuda:1", a list of devices'],
  [{ device: 'cuda:0, 1' }, '--device is "cuda:0, 1", a list of devices'],
  [{ device: 'cuda:0-3' }, '--device is "cuda:0-3", a list of devices'],
  [{ device: 'cuda:all' }, '--device is "cuda:all", a list of devices'],
  [{ device: 'cuda-0' }, 'allowed: auto, cpu, cuda, webgpu, or cuda:N for the NVIDIA device'],
  [{ center: 'yes' }, '--center is "yes"; allowed: true or false'],
  [{ perplexity: 'chunked,chunked' }, '--perplexity is "chunked,chunked"'],
  [{ perplexity: 'sliding=512/1024' }, 'stride is 1024, longer than the window of 512'],
  [{ policy: ' ' }, '--policy is " "'],
  [{ policy: ['a', 'b'] }, '--policy is given 2 times'],
]
it.each(bad)('refuses %j', (values, message) => {
  const error = problemOf(() => resolveRequest(flags({ ...full, ...values }), null))
  expect(error.message).toContain(message)
  expect(error.exitStatus).toBe(2)
})

it('takes several devices by name', () => {
  const { device } = resolveRequest(flags({ ...full, device: 'cuda:2,cuda:0' }), null)
  expect(device).toBe('cuda:2,cuda:0')
  expect(cudaIndices('cuda:2,cuda:0')).toEqual([2, 0])
  const inFile = parseConfig('saegate.yaml', `${YAML}\ndevice: cuda:0,cuda:1\n`)
  expect(resolveRequest(flags({}), inFile).device).toBe('cuda:0,cuda:1')
})

it('names the place in the file', () => {
  const broken = parseConfig('saegate.yaml', YAML.replace('tokens: 200k', 'tokens: lots'))
  const error = problemOf(() => resolveRequest(flags({}), broken))
  expect(error.message).toContain('saegate.yaml:8:51: corpus.tokens is "lots"')
  expect(error.fix).toMatch(/^Change corpus\.tokens to a whole number/)
})

it.each(['fixtures/corpus/eval.txt', 'tokens:ids.npy'])('knows no split of %s', (source) => {
  const local = parseConfig('saegate.yaml', YAML.replace('source: wikitext-2', `source: "${source}"`))
  const error = problemOf(() => resolveRequest(flags({}), local))
  expect(error.code).toBe('CORPUS_SPLIT')
  expect(error.message).toMatch(/^saegate\.yaml:8:\d+: corpus\.split is "test", but .* only named datasets/)
  // The call's corpus stands for the file's, split and all.
  expect(resolveRequest(flags({ corpus: 'b.txt' }), local).corpus.source).toBe('b.txt')
})

const count = { kind: 'count', min: 1, max: 1e12, all: true } as const
const size = { kind: 'size', min: 1, max: 1e15 } as const

it('reads counts with units as the number they stand for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), (n) => readCount('x', `${n}k`, count) === n * 1000),
  )
  expect(['200_000', '200k', '0.2M', 200000].map((value) => readCount('x', value, count))).toEqual(
    Array(4).fill(200_000),
  )
})

it('tells GB from GiB', () => {
  expect([readSize('x', '8GB', size), readSize('x', '8 GiB', size), readSize('x', 1024, size)]).toEqual([
    8e9,
    2 ** 33,
    1024,
  ])
})

it('never returns something that is not a number in range', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      let value: number | null
      try {
        value = readCount('x', text, count)
      } catch (error) {
        return error instanceof SaegateError
      }
      return value === null ? text === 'all' : Number.isSafeInteger(value) && value >= 1 && value <= 1e12
    }),
  )
})

it('reads every example of the table', () => {
  for (const option of auditOptions) {
    if (option.type.kind === 'perplexity') readPerplexity('x', option.example, option.type)
    const values =
      option.name === 'config'
        ? full
        : { ...full, [option.name]: option.multi ? [option.example] : option.example }
    expect(() => resolveRequest(flags(values), null), option.name).not.toThrow()
  }
  expect(optionNamed('blockLength').flag).toBe('--block-length')
})

it('takes none for SAEs, at the call over those of the file, and in the file', () => {
  expect(resolveRequest(flags({ ...full, sae: ['none'] }), null).saes).toEqual([])
  expect(resolveRequest(flags({ sae: ['none'] }), file).saes).toEqual([])
  const said = (saes: string) =>
    parseConfig('saegate.yaml', YAML.replace(/saes:[\s\S]*?corpus/, `${saes}\ncorpus`))
  expect(resolveRequest(flags({}), said('saes: [none]')).saes).toEqual([])
  expect(problemOf(() => resolveRequest(flags({}), said('saes: [none, ./s]')))).toMatchObject({
    code: 'SAE_OR_NONE',
    exitStatus: 2,
    message: expect.stringContaining('saegate.yaml:3:7: saes'),
  })
  expect(problemOf(() => resolveRequest(flags({ ...full, sae: ['none', 's'] }), null)).message).toContain(
    '--sae',
  )
  expect(
    problemOf(() => resolveRequest(flags({ ...full, sae: ['none'], perplexity: 'none' }), null)),
  ).toMatchObject({ code: 'NOTHING_MEASURED', exitStatus: 2 })
})
