import { describe, expect, it } from 'vitest'
import { loadProgram } from '../../../src/audit/capture/body-parts.ts'
import { describeModel } from '../../../src/audit/subjects/model.ts'
import { openCheckpoint } from '../../../src/checkpoints/open.ts'
import { type BodyProgram, blockRange, programParts, wholeBody } from '../../../src/models/body-program.ts'
import { HIDDEN } from '../../../src/models/graph/body.ts'
import { openFiles } from '../../../src/sources/open-files.ts'

const CPU = { kind: 'cpu', threads: 1, bodyType: 'float32' } as const
const ONE = { count: 1, device: CPU } as const
const LENGTH = 32
const SHAPE = { sequences: 1, length: LENGTH, type: 'float32', tiling: null, hiddenTile: null } as const
const ids = BigInt64Array.from({ length: LENGTH }, (_, i) => BigInt((i * 37) % 1000))

async function open(folder: string) {
  const files = await openFiles(folder)
  const checkpoint = await openCheckpoint(folder, files)
  return { model: describeModel(checkpoint, LENGTH, 'simulate'), close: () => checkpoint.close() }
}

async function run(folder: string, partBytes: number) {
  const { model, close } = await open(folder)
  const taps = model.decoder.spec.blocks.map((_, layer) => ({ layer, name: 'hook_resid_post' }) as const)
  const session = await loadProgram(model, wholeBody(taps), { shape: SHAPE, lanes: ONE, partBytes })
  const result = await session.run({
    ids: { type: 'int64', data: ids, dims: [1, LENGTH] },
    last_position: { type: 'int32', data: Int32Array.of(LENGTH - 1), dims: [1] },
    length: { type: 'int32', data: Int32Array.of(LENGTH), dims: [] },
  })
  await session.release()
  await close()
  return [HIDDEN, ...taps.map(({ layer }) => `blocks.${layer}.hook_resid_post`)].map((name) =>
    result.float32(name),
  )
}

describe('a body in parts', () => {
  it.each(['fixtures/models/neox', 'fixtures/models/gemma2'])(
    '%s computes what it does in one piece',
    async (folder) => {
      const whole = await run(folder, Number.POSITIVE_INFINITY)
      for (const partBytes of [1, 2e6]) expect(await run(folder, partBytes)).toEqual(whole)
    },
  )

  it('covers every block once, in order, within its size where a block allows it', async () => {
    const { model, close } = await open('fixtures/models/neox')
    const { decoder } = model
    const ranges = (bytes: number, program: BodyProgram = wholeBody([])) =>
      programParts(program, decoder, bytes).map((part) => blockRange(part, decoder))
    // One block has 12 · 128² weights, 786,432 bytes.
    expect(ranges(1)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
      [5, 6],
    ])
    expect(ranges(2 * 786_432)).toEqual([
      [0, 2],
      [2, 4],
      [4, 6],
    ])
    expect(ranges(4 * 786_432 + 1)).toEqual([
      [0, 4],
      [4, 6],
    ])
    expect(ranges(1e12)).toEqual([[0, 6]])
    expect(ranges(2 * 786_432, { ...wholeBody([]), from: 1, to: 4 })).toEqual([
      [1, 3],
      [3, 4],
    ])
    await close()
  })
})
