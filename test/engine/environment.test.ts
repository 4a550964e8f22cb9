/** @file Secrets that the engine, which reads strangers' files, never sees. */
import { describe, expect, it } from 'vitest'
import { engineEnvironment } from '../../src/engine/environment.ts'

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
