/** @file Lanes compute what a session computes, tell failures as it would, and survive them. The threads run the built program. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GraphBuilder, type GraphModel } from '../../src/onnx/graph/graph.ts'
import * as op from '../../src/onnx/graph/ops.ts'
import { createSession, type TensorInput } from '../../src/onnx/sessions/session.ts'
import { inOrder } from '../../src/onnx/threads/in-flight.ts'
import { type LaneThread, startLane } from '../../src/onnx/threads/lane-thread.ts'
import { laneDevice, loadInto } from '../../src/onnx/threads/lanes.ts'

const CPU = { kind: 'cpu', threads: 1, bodyType: 'float32' } as const
const [ROWS, WIDTH] = [7, 600]
let lanes: readonly LaneThread[] = []

beforeAll(() => {
  lanes = [1, 2, 3].map(() => startLane(join(process.cwd(), 'dist', 'lane.js')))
})
afterAll(async () => {
  await Promise.all(lanes.map((lane) => lane.close()))
})

const wave = (length: number, speed: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin(speed * i))

/** y = x · W, z = relu(y); W is too large to be written into the graph. */
function graph(): GraphModel {
  const g = new GraphBuilder()
  const x = g.input('x', 'float32', ['n_row', WIDTH])
  const y = op.matMul(g, x, g.initializer('W', 'float32', [WIDTH, WIDTH], wave(WIDTH * WIDTH, 0.37)))
  g.output('y', y)
  g.output('z', op.relu(g, y))
  return g.build()
}

const rows = (of: number): Record<string, TensorInput> => ({
  x: { type: 'float32', data: wave(ROWS * WIDTH, 0.01 * (of + 1)), dims: [ROWS, WIDTH] },
})

describe('lanes', () => {
  it('compute what a session computes, many runs at a time', async () => {
    const single = await createSession(graph(), CPU, 'a graph')
    const several = await loadInto(lanes, graph(), CPU, 'a graph', true)
    expect(several.inFlight).toBeGreaterThan(lanes.length)
    let used = 0
    await inOrder(
      Array.from({ length: 25 }, (_, i) => i),
      several.inFlight,
      (i) => several.run(rows(i)),
      async (result, i) => {
        const expected = await single.run(rows(i))
        for (const name of ['y', 'z']) expect(result.float32(name)).toEqual(expected.float32(name))
        expect(result.dims('y')).toEqual([ROWS, WIDTH])
        used++
      },
    )
    expect(used).toBe(25)
    const part = await several.run(rows(0), ['z'])
    expect(part.dims('y')).toEqual([])
    expect(() => part.float32('y')).toThrow(/no output y/)
    await several.release()
    await single.release()
  })

  it('hold several graphs apart', async () => {
    const first = await loadInto(lanes, graph(), CPU, 'a graph', true)
    const g = new GraphBuilder()
    g.output('y', op.relu(g, g.input('x', 'float32', ['n_row', WIDTH])))
    const second = await loadInto(lanes.slice(0, 2), g.build(), CPU, 'another', true)
    const before = (await first.run(rows(3))).float32('y')
    expect((await second.run(rows(3))).float32('y')).toEqual(
      wave(ROWS * WIDTH, 0.04).map((v) => Math.max(v, 0)),
    )
    await second.release()
    expect((await first.run(rows(3))).float32('y')).toEqual(before)
    await first.release()
  })

  it('tell a graph that does not load, and take the next one', async () => {
    const broken = { ...graph(), external: [] }
    const code = { code: 'ENGINE_FAILED', message: expect.stringContaining('loading the broken one') }
    await expect(loadInto(lanes, broken, CPU, 'the broken one', true)).rejects.toMatchObject(code)
    const next = await loadInto(lanes, graph(), CPU, 'a graph', true)
    expect((await next.run(rows(0))).float32('y')).toHaveLength(ROWS * WIDTH)
    await next.release()
  })

  it('tell a run that fails, and go on', async () => {
    const session = await loadInto(lanes, graph(), CPU, 'a graph', true)
    const narrow: Record<string, TensorInput> = { x: { type: 'float32', data: wave(4, 1), dims: [2, 2] } }
    const failures = [session.run(narrow), session.run(rows(1)), session.run(narrow), session.run({})]
    const results = await Promise.allSettled(failures)
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'rejected'])
    expect(results[0]).toMatchObject({ reason: { code: 'ENGINE_FAILED' } })
    await session.release()
  })

  it('raise the end of a thread to whoever waits for it, and to whoever comes later', async () => {
    const ending = startLane(join(process.cwd(), 'dist', 'lane.js'))
    const session = await loadInto([ending], graph(), CPU, 'a graph', true)
    const closed = ending.close()
    const waiting = session.run(rows(0))
    await expect(waiting).rejects.toThrow(/closed before its work/)
    await closed
    await expect(session.run(rows(0))).rejects.toThrow(/closed before its work/)
  })
})

it('lanes compute with weights that they are fed, and with others after them', async () => {
  const fedBy = (speed: number): GraphModel => {
    const g = new GraphBuilder(undefined, 'caller')
    const W = g.weight('W', 'float32', [WIDTH, WIDTH], wave(WIDTH * WIDTH, speed))
    g.output('y', op.matMul(g, g.input('x', 'float32', ['n_row', WIDTH]), W))
    return g.build()
  }
  const [one, other] = [fedBy(0.37), fedBy(0.53)]
  expect([one.keeper, one.external, one.inputs]).toEqual(['caller', [], ['x']])
  expect(other.bytes).toEqual(one.bytes)
  const single = await createSession(one, CPU, 'a graph')
  const several = await loadInto(lanes, one, CPU, 'a graph', true)
  const kept = await createSession(graph(), CPU, 'a graph')
  const [wanted, given] = [(await kept.run(rows(0))).float32('y'), (await single.run(rows(0))).float32('y')]
  for (const [i, value] of wanted.entries()) expect(given[i]).toBeCloseTo(value, 3)
  expect((await several.run(rows(0))).float32('y')).toEqual(given)
  for (const session of [single, several]) {
    await session.feed([])
    await expect(session.run(rows(0))).rejects.toMatchObject({ code: 'ENGINE_FAILED' })
    await session.feed(other.fed)
  }
  const changed = (await single.run(rows(0))).float32('y')
  expect(changed).not.toEqual(given)
  const found = await Promise.all([0, 1, 2].map(() => several.run(rows(0))))
  for (const result of found) expect(result.float32('y')).toEqual(changed)
  for (const session of [single, several, kept]) await session.release()
})

it('lanes are a device each, where a device has peers', async () => {
  const cuda = { kind: 'cuda', threads: 4, bodyType: 'float16', index: 1 } as const
  const found = [0, 1, 2].map((l) => laneDevice({ ...cuda, peers: [3, 0] }, l))
  expect(found).toEqual([cuda, { ...cuda, index: 3 }, { ...cuda, index: 0 }])
  expect(laneDevice(CPU, 1)).toEqual(CPU)
  // The CPU stands for all three: the same figures, whichever of them a run fell to.
  const single = await createSession(graph(), CPU, 'a graph')
  const shared = await loadInto(lanes, graph(), { ...CPU, peers: [3, 0] }, 'a graph', true)
  const runs = await Promise.all(Array.from({ length: 9 }, (_, i) => shared.run(rows(i))))
  for (const [i, run] of runs.entries())
    expect(run.float32('z')).toEqual((await single.run(rows(i))).float32('z'))
  await shared.release()
  await single.release()
})
