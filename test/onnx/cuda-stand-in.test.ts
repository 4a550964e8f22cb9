/**
 * @file The same graphs in onnxruntime's real CUDA provider, over libraries that stand in for NVIDIA's: they allocate and copy and compute
 * nothing. What the provider says of placement is then checked, and what was copied and allocated.
 *
 * SAEGATE_CUDA_STAND_IN names a folder with node_modules (onnxruntime-node with its CUDA provider) and lib (the stand-ins, which write
 * `MALLOC bytes live bytes peak bytes` and `COPY H2D bytes` to FAKE_CUDA_LOG). Without it this is skipped.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import type { GraphModel } from '../../src/onnx/graph/graph.ts'
import type { TensorInput } from '../../src/onnx/sessions/session.ts'
import { LENGTH, ROWS, SEQUENCES } from '../models/run-program.ts'
import { randomFamilies, randomModel } from '../oracle/random-model.ts'
import { cudaBody, cudaHead, cudaRound, cudaSums, KEPT_ROWS } from './cuda-graphs.ts'

const STAND_IN = process.env.SAEGATE_CUDA_STAND_IN ?? ''
const skipped = STAND_IN === '' ? ' (skipped: SAEGATE_CUDA_STAND_IN names none)' : ''
const folder = mkdtempSync(join(tmpdir(), 'saegate-stand-in-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Loads model.onnx, runs it once for warmth and once between two marks in the log. Inputs are zeros. */
const RUN = `
const { appendFileSync } = require('node:fs')
const ort = require(process.argv[1])
ort.env.logLevel = 'verbose'
const inputs = JSON.parse(process.argv[2])
const ARRAYS = { float32: Float32Array, int64: BigInt64Array, int32: Int32Array }
const feeds = Object.fromEntries(Object.entries(inputs).map(([name, { type, dims, last }]) => {
  const data = new ARRAYS[type](dims.reduce((n, d) => n * d, 1))
  if (last !== undefined) data.fill(last)
  return [name, new ort.Tensor(type, data, dims)]
}))
;(async () => {
  const options = { executionProviders: ['cuda', 'cpu'], graphOptimizationLevel: 'all', logSeverityLevel: 0, logVerbosityLevel: 1 }
  const session = await ort.InferenceSession.create(process.argv[3], options)
  const own = Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]]))
  await session.run(own)
  appendFileSync(process.env.FAKE_CUDA_LOG, '@@ RUN\\n')
  const outputs = await session.run(own)
  appendFileSync(process.env.FAKE_CUDA_LOG, '@@ DONE\\n')
  const bytes = (tensors) => Object.values(tensors).reduce((sum, { data }) => sum + data.byteLength, 0)
  console.log(JSON.stringify({ given: bytes(own), got: bytes(outputs) }))
})()
`

type Fed = Readonly<Record<string, { type: TensorInput['type']; dims: readonly number[]; last?: number }>>

interface Seen {
  /** Provider → nodes on it. */
  readonly placed: ReadonlyMap<string, number>
  /** Nodes that copy between host and device. */
  readonly copies: number
  /** Bytes, of the second run. */
  readonly toDevice: number
  readonly fromDevice: number
  readonly given: number
  readonly got: number
  readonly peak: number
  readonly weights: number
}

function runOnStandIn({ bytes, external }: GraphModel, inputs: Fed): Seen {
  for (const { path, data } of external) writeFileSync(join(folder, path), data)
  const model = join(folder, 'model.onnx')
  const log = join(folder, 'log')
  writeFileSync(model, bytes)
  writeFileSync(log, '')
  const package_ = join(STAND_IN, 'node_modules', 'onnxruntime-node')
  const env = { ...process.env, LD_LIBRARY_PATH: join(STAND_IN, 'lib'), FAKE_CUDA_LOG: log, FAKE_QUIET: '1' }
  const args = ['-e', RUN, package_, JSON.stringify(inputs), model]
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', env, maxBuffer: 1e9 })
  expect(child.status, child.stderr.slice(-2000)).toBe(0)
  const written = readFileSync(log, 'utf8')
  const second = written.slice(written.indexOf('@@ RUN'), written.indexOf('@@ DONE'))
  const copied = (way: string): number =>
    [...second.matchAll(new RegExp(`^COPY ${way} (\\d+)`, 'gm'))].reduce((sum, [, n]) => sum + Number(n), 0)
  const peaks = [...written.matchAll(/ peak (\d+)$/gm)].map(([, peak]) => Number(peak))
  return {
    ...placement(`${child.stderr}\n${child.stdout}`),
    toDevice: copied('H2D'),
    fromDevice: copied('D2H'),
    ...JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '{}'),
    peak: Math.max(0, ...peaks),
    weights: external.reduce((sum, { data }) => sum + data.byteLength, 0),
  }
}

/** What a session of the lowest severity says of its nodes, and of copies that it put between them. */
function placement(said: string): Pick<Seen, 'placed' | 'copies'> {
  const lines = stripVTControlCharacters(said)
  const on = lines.matchAll(/(?:Node\(s\)|All nodes) placed on \[(\w+)\]\. Number of nodes: (\d+)/g)
  const copies = lines.matchAll(/(\d+) Memcpy nodes are added/g)
  return {
    placed: new Map([...on].map(([, provider = '', count]) => [provider, Number(count)])),
    copies: [...copies].reduce((sum, [, count]) => sum + Number(count), 0),
  }
}

/**
 * Learned positions are cut to the length of the run, which the host has to know: two nodes bring the number over, and the compiler of
 * the graph counts them as copies. Everything else stays where it is.
 */
const LENGTH_KNOWN = 2
/** That number, and the sizes and offsets that kernels of Concat and Split are started with. */
const SMALL_BYTES = 1024

/** Every node on the device, and nothing copied in a run but what goes in and comes out. */
function expectWhole(
  { placed, copies, toDevice, fromDevice, given, got, peak, weights }: Seen,
  positions = false,
): void {
  expect([...placed.keys()]).toEqual(['CUDAExecutionProvider'])
  expect(placed.get('CUDAExecutionProvider')).toBeGreaterThan(10)
  expect(copies).toBeLessThanOrEqual(positions ? LENGTH_KNOWN : 0)
  expect(toDevice).toBeLessThanOrEqual(given + SMALL_BYTES)
  expect(fromDevice).toBeLessThanOrEqual(got + SMALL_BYTES)
  // Arenas grow by powers of two from a megabyte; weights of these models are far below that.
  expect(peak).toBeLessThan(1.3 * weights + 128e6)
}

const BODY: Fed = {
  ids: { type: 'int64', dims: [SEQUENCES, LENGTH] },
  last_position: { type: 'int32', dims: [SEQUENCES], last: LENGTH - 1 },
  length: { type: 'int32', dims: [], last: LENGTH },
}

describe.skipIf(STAND_IN === '')(`on the stand-in${skipped}`, () => {
  it.each(randomFamilies.flatMap((family) => [[family, 'bfloat16'] as const, [family, 'float16'] as const]))(
    'a body of %s in %s',
    async (family, type) => {
      for (const seed of [0, 1]) {
        const graph = (await cudaBody(randomModel(family, seed), type)).build()
        expectWhole(runOnStandIn(graph, BODY), family === 'gpt2' || family === 'gpt_neo')
      }
    },
    120_000,
  )

  it.each(['gemma2', 'gpt_neox', 'llama'])(
    'a round of %s in one graph',
    async (family) => {
      const graph = (await cudaRound(randomModel(family, 1), 'bfloat16')).build()
      const scored = SEQUENCES * (LENGTH - 1)
      const seen = runOnStandIn(graph, {
        ...BODY,
        targets: { type: 'int64', dims: [scored, 1] },
        scored_rows: { type: 'int64', dims: [scored] },
        kept_rows: { type: 'int64', dims: [KEPT_ROWS] },
        ones_0: { type: 'float32', dims: [2, 2, ROWS / 2] },
      })
      expectWhole(seen)
    },
    120_000,
  )

  it.each(['bfloat16', 'float16', 'float32'] as const)('a head in %s', (type) => {
    const d_model = 32
    const rows = (m: number) => [`hidden_${m}`, { type: 'float32', dims: [ROWS, d_model] }] as const
    const targets = { type: 'int64', dims: [ROWS, 1] } as const
    expectWhole(
      runOnStandIn(cudaHead(type, d_model).build(), { ...Object.fromEntries([0, 1].map(rows)), targets }),
    )
  })

  it('the sums of an SAE', () => {
    const rows = { type: 'float32', dims: [ROWS, 32] } as const
    const ones = { type: 'float32', dims: [2, 1, ROWS / 2] } as const
    const feeds = { x_0: rows, x_1: rows, ones }
    expectWhole(runOnStandIn(cudaSums(32).build(), feeds))
  })
})
