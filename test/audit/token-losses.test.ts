/**
 * @file Losses token by token against float64 PyTorch.
 *
 * @module-tag slow
 */
import { describe, expect, it } from 'vitest'
import { capture } from '../../src/audit/capture/capture.ts'
import { loadBody } from '../../src/audit/capture/load-body.ts'
import { createRowStore } from '../../src/audit/capture/row-store.ts'
import { openUnembedding } from '../../src/audit/capture/unembedding.ts'
import { tokenLosses } from '../../src/audit/losses/token-losses.ts'
import { describeModel } from '../../src/audit/subjects/model.ts'
import { chunkedPlan, chunkedScores } from '../../src/audit/text/sequences.ts'
import { openCheckpoint } from '../../src/checkpoints/open.ts'
import type { TokenSequences } from '../../src/corpus/token-sequences.ts'
import { wholeBody } from '../../src/models/body-program.ts'
import { HIDDEN } from '../../src/models/graph/body.ts'
import type { Device } from '../../src/onnx/sessions/session.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { readGolden } from './golden-audit.ts'

const CPU: Device = { kind: 'cpu', threads: 2, bodyType: 'float32' }
const quiet = (): void => {}

interface GoldenTokens {
  readonly input_ids: readonly (readonly number[])[]
  readonly nll: readonly (readonly number[])[]
}

function blocksOf(ids: readonly (readonly number[])[]): TokenSequences {
  const blockLength = ids[0]?.length ?? 0
  const flat = Int32Array.from(ids.flat())
  const rest = {
    bos: null,
    stream: flat,
    sha256: '',
    droppedTokens: 0,
    lineEnds: null,
    documents: null,
    specialIds: [],
  }
  return { ids: flat, sequenceCount: ids.length, blockLength, ...rest }
}

describe.each(['neox.plain', 'gemma2.nobos', 'gemma2.bos127', 'gemma2.bos128'])('%s', (name) => {
  it('has every token’s loss within 1e-4', async () => {
    const golden = readGolden<GoldenTokens>(`${name}.tokens`)
    const sequences = blocksOf(golden.input_ids)
    const spec = `fixtures/models/${name.split('.')[0]}`
    const files = await openFiles(spec)
    const checkpoint = await openCheckpoint(spec, files)
    const model = describeModel(checkpoint, sequences.blockLength, 'simulate')
    const { blockLength, sequenceCount } = sequences
    const body = await loadBody(
      model,
      wholeBody([]),
      { blockLength, longest: blockLength, count: sequenceCount },
      CPU,
    )
    const plan = chunkedPlan(sequences)
    const hidden = await createRowStore(plan.rows, model.decoder.spec.d_model, { bytesLeft: 1e9 })
    await capture(body, plan, new Map([[HIDDEN, hidden]]), quiet)
    const head = { unembeddings: [await openUnembedding(model, CPU)], models: [0] }
    const { reference } = await tokenLosses(
      { head, hidden: [hidden], rangeBytes: 256e6 },
      chunkedScores(sequences, Int32Array.of(0, sequences.sequenceCount)),
      CPU,
      quiet,
    )
    const expected = golden.nll.flat()
    expect(reference).toHaveLength(expected.length)
    const worst = Math.max(...expected.map((nll, i) => Math.abs(nll - (reference[i] ?? Number.NaN))))
    expect(worst, 'largest |loss − golden loss|').toBeLessThan(1e-4)
    await body.session.release()
    await checkpoint.close()
    await files.close()
  })
})
