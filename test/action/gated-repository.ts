/** @file A repository whose base has a gate, and a pull request to it: what is brought is up to the test. */
import type { Ended } from './action-process.ts'
import type { Gate, Start } from './gate.ts'
import { pullRequestEvent } from './harness.ts'
import type { Files, PullRepository } from './pull-request-repository.ts'

export const CONFIG = `reference: ./reference
candidates: [./quantized]
saes: [{source: ./sae, hook: blocks.4.hook_resid_post}]
corpus: ./text.txt
policy: policies/release.yaml
out: report
`
export const rule = (limit: string) =>
  `version: 1\nname: release\nextends: ./house.yaml\nrules:\n  - {id: feature-survival, metric: features.survived, readouts: ['*blocks.4*'], min: ${limit}}\n`
export const HOUSE =
  'version: 1\nname: house\nrules:\n  - {id: listed, metric: features.correlation, features: {file: list.csv}, level: warning, min: -1}\n'
export const weights = (text: string) => `${text} `.repeat(100)

/** A gate that the measurement of the tests does not pass. */
export const BASE: Files = {
  'saegate.yaml': CONFIG,
  'policies/release.yaml': rule('0.80'),
  'policies/house.yaml': HOUSE,
  'policies/list.csv': '1\n2\n3\n4\n',
  'reference/model.safetensors': weights('reference'),
  'sae/sae.npz': weights('sae'),
  'text.txt': weights('text'),
  'quantized/model.safetensors': weights('int8'),
}
/** One that it passes. */
export const LENIENT: Files = { ...BASE, 'policies/release.yaml': rule('0.01') }
export const CANDIDATE: Files = { 'quantized/model.safetensors': weights('int4') }

/** The bundled action on a pull request's checkout, by the base's rules, judged by its policy. */
export const gated =
  (said: Gate) =>
  (repository: PullRepository, given: Start = {}): Promise<Ended> =>
    said.act({
      folder: repository.folder,
      isRepository: true,
      event: pullRequestEvent('octo/models', { sha: repository.head }),
      ...given,
      env: { GITHUB_SHA: repository.merge, TEST_VERDICT: 'judged', ...given.env },
      inputs: { 'config-from': 'base', ...given.inputs },
    })

export const asked = ({ stdout }: Ended): unknown =>
  JSON.parse(/^TEST asked (.*)$/m.exec(stdout)?.[1] ?? 'null')
export const banner = (body: string | undefined): string => /^> ⚠️ .*$/m.exec(body ?? '')?.[0] ?? ''
export const AS_BASE = {
  reference: './reference',
  candidates: ['./quantized'],
  saes: [{ source: './sae', hook: 'blocks.4.hook_resid_post', center: null }],
  corpus: './text.txt',
}
