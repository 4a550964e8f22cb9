/** @file Secrets that the engine, which reads strangers' files, never sees. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { engineEnvironment } from '../../src/engine/environment.ts'
import { saegate } from '../cli/program.ts'

const ENVIRONMENT = {
  PATH: '/usr/bin',
  HOME: '/home/runner',
  SAEGATE_LANES: '2',
  HF_HUB_CACHE: '/cache',
  HF_TOKEN: 'hf_word',
  GITHUB_TOKEN: 'a',
  GH_TOKEN: 'b',
  'INPUT_GITHUB-TOKEN': 'c',
  ACTIONS_RUNTIME_TOKEN: 'd',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'e',
  NODE_AUTH_TOKEN: 'f',
  npm_config__auth: 'g',
}
const SECRETS = Object.keys(ENVIRONMENT).filter(
  (name) => !/^(PATH|HOME|SAEGATE_LANES|HF_HUB_CACHE)$/.test(name),
)
const LOCAL = {
  reference: './ref',
  candidates: ['rtn:6'],
  saes: [{ source: './sae', hook: null, center: null }],
  corpus: {
    source: './text.txt',
    lines: 'as-is',
    lineEnds: null,
    tokens: null,
    blockLength: 128,
    bos: 'auto',
  },
  tokenizer: null,
} as const

describe('the engine’s environment', () => {
  it('has what an audit of local files needs, and no secret at all', async () => {
    expect(await engineEnvironment(LOCAL, ENVIRONMENT)).toEqual({
      PATH: '/usr/bin',
      HOME: '/home/runner',
      SAEGATE_LANES: '2',
      HF_HUB_CACHE: '/cache',
    })
  })

  it.each([
    ['reference', { ...LOCAL, reference: 'hf:own/name' }],
    ['candidate', { ...LOCAL, candidates: ['rtn:6', 'hf:own/name'] }],
    ['SAE', { ...LOCAL, saes: [{ source: 'hf:own/sae', hook: null, center: null }] }],
    ['tokenizer', { ...LOCAL, tokenizer: 'hf:own/name/tokenizer.json' }],
  ])('has the Hub’s token where the %s is on the Hub, and still no other', async (_, config) => {
    const environment = await engineEnvironment(config, ENVIRONMENT)
    expect(SECRETS.filter((name) => name in environment)).toEqual(['HF_TOKEN'])
  })
})

it('is all that the process sees: it has no token, whatever the program that starts it has', {
  tags: ['slow'],
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'saegate-environment-'))
  try {
    const [spy, seen] = [join(folder, 'spy.cjs'), join(folder, 'seen.json')]
    writeFileSync(
      spy,
      `require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env))`,
    )
    const secrets = Object.fromEntries(SECRETS.map((name) => [name, 'a-secret-word']))
    const { status } = await saegate(
      [
        'audit',
        '--reference',
        './none',
        '--candidate',
        'rtn:6',
        '--sae',
        'none',
        '--corpus',
        'fixtures/corpus/eval_head.txt',
      ],
      { ...secrets, SAEGATE_ENGINE_OPTIONS: `--require ${spy}` },
    )
    expect(status).toBe(2)
    const environment = readFileSync(seen, 'utf8')
    expect(Object.keys(JSON.parse(environment))).toContain('PATH')
    expect(environment).not.toContain('a-secret-word')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
