/**
 * @file The built program unpacks candidates in a thread of its own: the figures are those of unpacking in place.
 *
 * @module-tag slow
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { neox, Workshop } from '../audit/artifacts/make.ts'
import { candidatesOf, SHORT } from '../audit/artifacts/short.ts'
import { ENCODERS } from '../checkpoints/packed/encoders/index.ts'
import { saegate } from './program.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

/** Losses of each candidate as the built program reports them. */
async function lossesOfProgram(candidates: readonly string[]): Promise<readonly number[]> {
  const out = workshop.at('report')
  const { status, stderr } = await saegate([
    'audit',
    ...[
      '--reference',
      SHORT.reference,
      '--sae',
      SHORT.saes[0]?.source ?? '',
      '--corpus',
      SHORT.corpus.source,
    ],
    ...['--tokens', '1024', '--block-length', '128', '--positions', 'all', '--threads', '1', '--out', out],
    ...candidates.flatMap((candidate) => ['--candidate', candidate]),
  ])
  expect(stderr).not.toMatch(/saegate:/)
  expect(status).toBe(0)
  const report: { candidates: { perplexity: { chunked: { candidateLoss: number } } }[] } = JSON.parse(
    readFileSync(join(out, 'report.json'), 'utf8'),
  )
  return report.candidates.map((candidate) => candidate.perplexity.chunked.candidateLoss)
}

describe('unpacking ahead', () => {
  let candidates: readonly string[] = []
  beforeAll(() => {
    const encoder = ENCODERS.find(({ name }) => /gptq/i.test(name))
    if (encoder === undefined) throw new Error('no GPTQ encoder')
    candidates = [
      workshop.packed(encoder, neox, 'packed'),
      workshop.gguf(neox, 'Q4_0', 'model.gguf'),
      workshop.splitGguf(neox, 'Q8_0', 'split'),
    ]
  })

  it('gives what unpacking in place gives', async () => {
    const inPlace = await candidatesOf({ ...SHORT, candidates })
    const ahead = await lossesOfProgram(candidates)
    for (const [i, candidate] of inPlace.entries()) {
      expect(ahead[i]).toBeCloseTo(candidate.perplexity.chunked?.candidateLoss ?? Number.NaN, 6)
    }
  })

  it('tells a damaged tensor as it would be told in place', async () => {
    const [packed = ''] = candidates
    const file = join(packed, 'model.safetensors')
    const bytes = readFileSync(file)
    const length = Number(bytes.readBigUInt64LE(0))
    const header: Record<string, { dtype: string; data_offsets: [number, number] }> = JSON.parse(
      bytes.subarray(8, 8 + length).toString(),
    )
    const scales = Object.entries(header).find(([name]) => name.endsWith('layers.0.mlp.dense_h_to_4h.scales'))
    if (scales === undefined) throw new Error('no scales')
    bytes.writeUInt16LE(0x7e00, 8 + length + scales[1].data_offsets[0])
    writeFileSync(file, bytes)
    const { status, stderr } = await saegate([
      'audit',
      ...[
        '--reference',
        SHORT.reference,
        '--sae',
        SHORT.saes[0]?.source ?? '',
        '--corpus',
        SHORT.corpus.source,
      ],
      ...[
        '--tokens',
        '1024',
        '--block-length',
        '128',
        '--candidate',
        packed,
        '--out',
        workshop.at('damaged'),
      ],
    ])
    expect(status).toBe(2)
    expect(stderr).toMatch(/dense_h_to_4h/)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})
