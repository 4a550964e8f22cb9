/** @file What candidates take, against the tables of contents of their files and sums by hand. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import { audit, GEMMA2, NEOX } from './golden-audit.ts'

interface Entry {
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** Tensors of model.safetensors. */
function stored(
  folder: string,
): ReadonlyMap<string, { readonly parameters: number; readonly bytes: number }> {
  const file = readFileSync(`${folder}/model.safetensors`)
  const header: Record<string, Entry> = JSON.parse(
    file.subarray(8, 8 + Number(file.readBigUInt64LE())).toString(),
  )
  const tensors = Object.entries(header).filter(([name]) => name !== '__metadata__')
  return new Map(
    tensors.map(
      ([
        name,
        {
          shape,
          data_offsets: [start, end],
        },
      ]) => {
        return [name, { parameters: shape.reduce((product, n) => product * n, 1), bytes: end - start }]
      },
    ),
  )
}

const short = (config: AuditConfig, candidates: readonly string[]): AuditConfig => ({
  ...config,
  candidates,
  saes: [],
  corpus: { ...config.corpus, tokens: 256 },
  groups: 2,
})

it('counts a stored candidate as its file does, and one by its bits as its scheme says', async () => {
  const tensors = [...stored('fixtures/models/neox')]
  const total = (of: 'parameters' | 'bytes', isCounted: (name: string) => boolean): number =>
    tensors.reduce((sum, [name, one]) => sum + (isCounted(name) ? one[of] : 0), 0)
  const isTarget = (name: string): boolean => /layers\.\d.*(query_key_value|dense\w*)\.weight$/.test(name)
  const { report } = await audit(
    short(NEOX, ['fixtures/candidates/neox-int6-repaired', 'rtn:6', 'prune:0.5']),
  )
  const [repaired, rounded, pruned] = report.candidates.map(({ size }) => size)
  const plain = {
    parameters: total('parameters', () => true),
    embeddings: {
      parameters: total('parameters', (name) => name === 'gpt_neox.embed_in.weight'),
      bytes: total('bytes', (name) => name === 'gpt_neox.embed_in.weight'),
    },
    head: {
      parameters: total('parameters', (name) => name === 'embed_out.weight'),
      bytes: total('bytes', (name) => name === 'embed_out.weight'),
    },
  }
  const files = [...stored('fixtures/candidates/neox-int6-repaired').values()]
  expect(repaired).toEqual({
    ...plain,
    counted: 'stored',
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  })
  // Six bits a weight and sixteen for each output channel's scale; all else as it is stored.
  const channels = tensors.filter(([name]) => isTarget(name))
  expect(channels.length).toBeGreaterThan(0)
  const scaled = JSON.parse(readFileSync('fixtures/models/neox/config.json', 'utf8'))
  const outputs =
    scaled.num_hidden_layers * (3 * scaled.hidden_size + 2 * scaled.hidden_size + scaled.intermediate_size)
  const bits = 6 * total('parameters', isTarget) + 16 * outputs
  expect(rounded).toEqual({
    ...plain,
    counted: 'by its bits',
    bytes: total('bytes', (name) => !isTarget(name)) + bits / 8,
  })
  expect(pruned?.bytes).toBe(total('bytes', () => true))
})

it('counts an unembedding that is the embedding once', async () => {
  const tensors = stored('fixtures/models/gemma2')
  const { report } = await audit(short(GEMMA2, ['prune:0.5']))
  const size = report.candidates[0]?.size
  const embedding = tensors.get('model.embed_tokens.weight')
  expect(size?.head).toEqual({ parameters: 0, bytes: 0 })
  expect(size?.embeddings).toEqual(embedding)
  expect(size?.bytes).toBe([...tensors.values()].reduce((sum, { bytes }) => sum + bytes, 0))
})

it('leaves out what TransformerLens’ form of the weights would take', async () => {
  const { report } = await audit(short(NEOX, ['rtn:6,layout=transformerlens']))
  expect(report.candidates[0]?.size).toBeUndefined()
})
