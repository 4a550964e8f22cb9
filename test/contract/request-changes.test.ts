/** @file What of saegate.yaml is different, as values: every key that decides something is named, another way to write it is not. */
import { describe, expect, it } from 'vitest'
import { resolveRequest } from '../../src/contract/request/audit-request.ts'
import { requestChanges } from '../../src/contract/request/request-changes.ts'
import { parseConfig } from '../../src/contract/yaml/config-file.ts'

const CONFIG = `reference: ./m
candidates: [./q, rtn:8]
saes:
  - {source: ./s, hook: blocks.4.hook_resid_post}
corpus: {source: ./c.txt, tokens: 200000}
policy: release.yaml
`
const request = (text: string) =>
  resolveRequest({ origin: 'input', values: {} }, parseConfig('saegate.yaml', text))
const words = (head: string, base = CONFIG): readonly string[] =>
  requestChanges(request(base), request(head)).map((one) =>
    'how' in one ? `${one.what}: ${one.how}` : `${one.what} ${one.from} → ${one.to}`,
  )

/** One line of saegate.yaml for each key, other than CONFIG says it. */
const OTHERWISE: Readonly<Record<string, readonly [line: string, said: string]>> = {
  reference: ['reference: ./other', 'reference ./m → ./other'],
  candidates: ['candidates: [rtn:8]', 'candidate ./q: removed'],
  saes: [
    'saes: [{source: ./s, hook: blocks.0.hook_resid_post}]',
    'saes[0].hook blocks.4.hook_resid_post → blocks.0.hook_resid_post',
  ],
  corpus: ['corpus: {source: ./c.txt, tokens: 1k}', 'corpus.tokens 200000 → 1000'],
  tokenizer: ['tokenizer: ./t.json', 'tokenizer none → ./t.json'],
  perplexity: [
    'perplexity: none',
    'perplexity {"chunked":true,"sliding":null} → {"chunked":false,"sliding":null}',
  ],
  precision: ['precision: float16', 'precision auto → float16'],
  positions: ['positions: all', 'positions auto → all'],
  activations: ['activations: ignore', 'activations simulate → ignore'],
  unrotate: ['unrotate: true', 'unrotate false → true'],
  rescale: ['rescale: true', 'rescale false → true'],
  tap: ['tap: add', 'tap none → add'],
  groups: ['groups: 8', 'groups 32 → 8'],
  policy: ['policy: lax.yaml', 'policy release.yaml → lax.yaml'],
  baseline: ['baseline: b.json', 'baseline none → b.json'],
  out: ['out: there', 'out saegate-report → there'],
  device: ['device: cpu', 'device auto → cpu'],
  threads: ['threads: 2', 'threads none → 2'],
  memory: ['memory: 2GB', 'memory 1000000000 → 2000000000'],
  nullCheck: ['nullCheck: true', 'nullCheck false → true'],
  allowBadFit: ['allowBadFit: true', 'allowBadFit false → true'],
}

describe('what saegate.yaml says otherwise', () => {
  it.each(Object.entries(OTHERWISE))('names %s', (key, [line, said]) => {
    const kept = CONFIG.replace(/saes:\n {2}- /, 'saes: ')
      .split('\n')
      .filter((one) => !one.startsWith(`${key}:`))
    const base = kept.join('\n').replace('saes: {', 'saes: [{').replace('post}', 'post}]')
    const whole = key === 'saes' ? `${base}\n${line}\n` : `${base}\n${line}\n`
    expect(words(whole)).toEqual([said])
  })

  it('overlooks no key that a request has', () => {
    const base = request(CONFIG)
    const apart = [
      'candidates',
      'saes',
      'corpus',
      'config',
      'expected',
      'expectPolicy',
      'thresholds',
      'confidence',
    ]
    const keys = Object.keys(base).filter((key) => !apart.includes(key))
    for (const key of keys) expect(requestChanges(base, { ...base, [key]: 'other' }), key).toHaveLength(1)
    expect(keys).toContain('memoryBytes')
  })

  it('names every part of the corpus, and SAEs that come and go', () => {
    const corpus = '{source: d.txt, blockLength: 128, lines: nonempty, lineEnds: lf, bos: never}'
    expect(words(CONFIG.replace('{source: ./c.txt, tokens: 200000}', corpus))).toEqual([
      'corpus.source ./c.txt → d.txt',
      'corpus.lines as-is → nonempty',
      'corpus.lineEnds none → lf',
      'corpus.blockLength 512 → 128',
      'corpus.bos auto → never',
    ])
    const more = CONFIG.replace('post}\n', 'post, center: true}\n  - ./t\n')
    expect(words(more)).toEqual(['saes[0].center none → true', 'saes[1] ./t: added'])
    expect(words(CONFIG, more)).toEqual(['saes[0].center true → none', 'saes[1] ./t: removed'])
  })

  it('is nothing where the same is written another way, and where a candidate is added', () => {
    const same = `# a comment
policy: "release.yaml"
corpus: {tokens: 200k, source: ./c.txt, blockLength: 512, bos: auto}
saes: [{hook: blocks.4.hook_resid_post, source: ./s, center: null}]
candidates:
  - rtn:4
  - rtn:8
  - ./q
reference: ./m
device: auto
`
    expect(words(same)).toEqual([])
  })

  it('shows no more of a value than fits a line, nothing invisible', () => {
    const [said] = words(CONFIG.replace('reference: ./m', `reference: "${'x'.repeat(500)}"`))
    expect(said?.length).toBeLessThan(100)
    expect(words(CONFIG.replace('reference: ./m', 'reference: "a\\u202eb"'))).toEqual([
      'reference ./m → a\uFFFDb',
    ])
  })
})
