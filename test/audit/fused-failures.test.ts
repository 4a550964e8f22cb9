/**
 * @file A round in one graph on a device whose memory is short, and on one that goes away: the engine is the CPU's, and says what CUDA's has
 * said.
 */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fusedRound } from '../../src/audit/fused/fused-round.ts'
import type { AskedRound } from '../../src/audit/fused/load-round.ts'
import type { RoundText } from '../../src/audit/fused/round-batches.ts'
import { chunkedPlan, chunkedScores } from '../../src/audit/text/sequences.ts'
import { deviceLost, engineFailed } from '../../src/errors/onnx.ts'
import { asFloat32, weightReader } from '../../src/models/weight-reader.ts'
import { createSession, type Device } from '../../src/onnx/sessions/session.ts'
import { createLanes } from '../../src/onnx/threads/lanes.ts'
import { type RandomModel, randomIds, tableOfModel } from '../oracle/random-model.ts'
import { compressed, drawModel } from './jumping-model.ts'
import { modelOf } from './model-of.ts'

vi.mock('../../src/onnx/threads/lanes.ts', { spy: true })

const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
/** Of a GPU's sizes, with graphs that the CPU can run. */
const GPU: Device = { ...CPU, kind: 'webgpu' }
const [SEQUENCES, LENGTH] = [60, 40]
const OUT_OF_MEMORY = 'CUDA failure 2: out of memory'

const drawn = drawModel(3)
const memory = { bytesLeft: 1e9 }
let released = 0

/** Graphs run on the CPU; `fails` says what goes wrong, by how many runs there were before. */
function onGpu(fails: (rows: number, runs: number) => Error | null): number[] {
  const tried: number[] = []
  let runs = 0
  vi.mocked(createLanes).mockImplementation(async (graph, { device }, what) => {
    tried.push(device.rows ?? 4096)
    const session = await createSession(graph, CPU, what)
    return {
      ...session,
      run: async (inputs, outputs) => {
        const failure = fails(device.rows ?? 4096, runs++)
        if (failure !== null) throw failure
        return await session.run(inputs, outputs)
      },
      release: async () => {
        released++
        await session.release()
      },
    }
  })
  return tried
}

beforeEach(() => {
  released = 0
})
afterEach(() => vi.mocked(createLanes).mockReset())

async function headOf(model: RandomModel): Promise<AskedRound['head']> {
  const { decoder } = modelOf(model, LENGTH)
  const { spec, weights } = decoder
  const { weight } = weights.unembedding
  const matrix = asFloat32(await weightReader(tableOfModel(model), [weight]).read(weight, 'float32'))
  const { n_vocab, d_model, logitScale: scale, logitSoftcap: softcap } = spec
  const form = { n_vocab, d_model, type: 'float32', bias: null, scale, softcap } as const
  return { unembeddings: [{ ...form, tokens: async () => ({ ...form, matrix }) }], models: [0, 0] }
}

async function asked(): Promise<AskedRound> {
  return {
    models: [
      { name: 'reference', model: modelOf(drawn, LENGTH) },
      { name: 'candidate', model: modelOf(compressed(drawn, 1), LENGTH) },
    ],
    head: await headOf(drawn),
    readouts: [],
    wanted: { reference: true, candidates: true },
    keeps: true,
  }
}

function text(): RoundText {
  const all = Array.from({ length: SEQUENCES }, (_, s) => randomIds(drawn.config, LENGTH, s)).flat()
  const ids = Int32Array.from(all)
  const sequences = {
    ...{ ids, sequenceCount: SEQUENCES, blockLength: LENGTH, bos: null, stream: ids, sha256: '' },
    ...{ droppedTokens: 0, lineEnds: null, documents: null, specialIds: [] },
  }
  const groupStarts = Int32Array.of(0, 33, SEQUENCES)
  const plan = { plan: chunkedPlan(sequences), scored: chunkedScores(sequences, groupStarts) }
  return { text: plan, groupStarts, kept: Int32Array.of(7, 1500) }
}

it('is done again with half the rows until it fits, and counts nothing twice', async () => {
  onGpu(() => null)
  const whole = await fusedRound({ device: GPU, memory }, await asked(), text(), () => {})
  // It fits at first and not from the third run on, as where an arena grows.
  const tried = onGpu((rows, runs) =>
    rows > 512 && runs > 2 ? engineFailed('running a', OUT_OF_MEMORY) : null,
  )
  const done: number[] = []
  const halved = await fusedRound({ device: { ...GPU, rows: 1024 }, memory }, await asked(), text(), (n) =>
    done.push(n),
  )
  expect(tried).toEqual([1024, 512])
  expect(done.at(-1)).toBe(SEQUENCES * LENGTH)
  const [mine, theirs] = [halved.losses?.candidates[0], whole.losses?.candidates[0]]
  expect(mine?.kl).toHaveLength(SEQUENCES * (LENGTH - 1))
  for (const [i, kl] of (mine?.kl ?? []).entries()) expect(kl).toBeCloseTo(theirs?.kl[i] ?? Number.NaN, 5)
  const rowOf = async ({ captures }: typeof whole, row: number) =>
    await captures[0]?.chunked.get('hidden')?.read(row, row + 1)
  expect(await rowOf(halved, 1500)).toEqual(await rowOf(whole, 1500))
  expect((await rowOf(halved, 1499))?.every(Number.isNaN)).toBe(true)
  for (const { captures } of [halved, whole])
    for (const { chunked } of captures) for (const store of chunked.values()) await store.close()
  expect([released, memory.bytesLeft]).toEqual([3, 1e9])
})

it('ends with exit status 3 where the device goes away midway, and leaves nothing', async () => {
  const tried = onGpu((_, runs) =>
    runs === 2 ? deviceLost('running a', 'CUDA failure 719: launch failure') : null,
  )
  const round = fusedRound({ device: { ...GPU, rows: 512 }, memory }, await asked(), text(), () => {})
  await expect(round).rejects.toMatchObject({ code: 'DEVICE_LOST', exitStatus: 3 })
  expect([tried, released, memory.bytesLeft]).toEqual([[512], 1, 1e9])
})
