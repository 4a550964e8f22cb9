/** @file What deciding close calls may cost: of a large model a small part of the audit, of a small one what it takes. */
import { expect, it } from 'vitest'
import { shapeNamed } from '../../bench/shapes.ts'
import { allowanceOf } from '../../src/audit/close-calls/referee.ts'
import { stageCost } from '../../src/audit/machine/stage-cost.ts'
import { describeDecoder } from '../../src/models/families/index.ts'

const { config, tensors, sae, blockLength } = shapeNamed('gemma2-2b')
const names = new Set(tensors.map(({ name }) => name))
const gemma = describeDecoder(JSON.parse(JSON.stringify(config)), blockLength, names, 'gemma2-2b')

it.each([16_384, 500_000])('%d tokens through Gemma-2-2B: under 8 %% of the whole', (tokens) => {
  const ids = new Int32Array(blockLength * Math.floor(tokens / blockLength))
  const { mostSequences } = allowanceOf(gemma, sae.layer, { ids, sequenceLength: blockLength })
  expect(mostSequences).toBeGreaterThan(0)
  const run = mostSequences * blockLength
  const exact = stageCost.exactBody(gemma, sae.layer, run, blockLength)
  const model =
    stageCost.body(gemma, ids.length, blockLength) +
    stageCost.head(gemma, ids.length, 1) +
    stageCost.features(sae.d_in, sae.d_sae, ids.length, 1)
  expect(exact / (exact + model)).toBeLessThan(0.08)
  // By the parameters: 4 times half of the blocks' products, against blocks, logits and the SAE.
  const [blocks, head, encoder] = [26 * 78e6, 2304 * 256_000, 2304 * 16_384]
  const byHand = (4 * 0.5 * blocks * run) / ids.length / (blocks + head + encoder)
  expect(byHand).toBeLessThan(0.08)
})

it('of few tokens of it: as many blocks as are cheap, a quarter at most', () => {
  const few = (sequences: number) => {
    const ids = new Int32Array(sequences * blockLength)
    return allowanceOf(gemma, sae.layer, { ids, sequenceLength: blockLength }).mostSequences
  }
  // One block of 256 tokens takes about 2·10¹² operations in float64 up to block 12.
  expect(few(4)).toBe(1)
  expect(few(16)).toBeLessThan(4)
})
