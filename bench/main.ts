/** @file The bench from its options to its table: everything is measured in processes of its own, one after the other. */
import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { AuditConfig } from '../src/contract/options/audit-config.ts'
import type { Report } from '../src/contract/report/report-schema.ts'
import { auditArguments, auditConfig, type Floor, floorOf } from './case.ts'
import { benchCausal } from './causal.ts'
import type { DecodeRates } from './decode.ts'
import type { GemmRates } from './gemm.ts'
import { benchLarge, isLarge } from './large.ts'
import { benchLlama, type LlamaFiles } from './llama.ts'
import { findTorch, type Peer, runPeer } from './peer.ts'
import { run } from './processes.ts'
import { shapeNamed } from './shapes.ts'
import type { Stages } from './stages.ts'
import { benchSwapTimes } from './swap-times.ts'
import { type BenchData, prepareData } from './synthetic.ts'
import { renderTable, writeTable } from './table.ts'
import { benchTopK } from './top-k.ts'
import { benchWide } from './wide.ts'

/** The whole audit as a process. */
export interface WholeAudit {
  readonly candidates: readonly string[]
  readonly tokens: number
  /** Of the quickest run. */
  readonly seconds: number
  /** Of every run, in order. */
  readonly runs: readonly number[]
  readonly peakBytes: number | null
  readonly floor: Floor
}

/** What is asked of an audit of one candidate beside what it is usually asked. */
export interface Way {
  readonly name: string
  readonly whole: WholeAudit
}

export interface BenchResult {
  readonly date: string
  readonly shape: string
  readonly title: string
  readonly machine: {
    readonly device: string
    readonly cpu: string
    readonly threads: number
    readonly platform: string
    readonly node: string
    readonly onnxruntime: string
    readonly saegate: string
  }
  /** Null on a GPU: the floor is made of the CPU's rate. */
  readonly gemm: GemmRates | null
  readonly stages: Omit<Stages, 'report'> | null
  readonly one: WholeAudit
  readonly two: WholeAudit | null
  /** One candidate, run in other ways. */
  readonly ways: readonly Way[]
  readonly active: number
  readonly width: number
  readonly decode: DecodeRates
  readonly peers: readonly Peer[]
}

const HELP = `npm run bench -- [options]
  --tokens N        tokens of the corpus (default 65536; --quick: 4096)
  --quick           a small run that shows that everything works; its figures mean little
  --shape NAME      pythia-70m (default), small, gemma2-2b (writes 5.5 GB under bench/data/), wide (a dictionary of a million
                    features, in memory and by ranges; writes 2.2 GB), top-k (dictionaries of 32,768 and 131,072 features whose features fire
                    by the row, beside such that do not; writes 1 GB), causal (causal checks beside
                    an audit's forward passes), swaps (attribution beside a candidate, at 8,192 tokens), llama3-8b or llama3-70b (zeros that take no disk, streamed at 256
                    tokens: for their memory alone)
  --device NAME     cpu (default), cuda or webgpu
  --threads N       default: one per core
  --cli FILE        the built program (default dist/cli.js)
  --repeats N       how often the audits and the PyTorch pipelines are run, in turn; the quickest of each counts (default 1)
  --llama FILES     F16.gguf,Q6_K.gguf,text.txt: the audit without an SAE and llama.cpp's llama-perplexity on PATH, on these, in turn
  --skip-peer       do not run the PyTorch pipeline
  --out FILE        where the JSON goes (default bench/results/DATE-DEVICE.json; --quick: bench/data/quick.json)
`

interface Options {
  readonly tokens: number
  readonly quick: boolean
  readonly shape: string
  readonly device: AuditConfig['device']
  readonly threads: number
  readonly cli: string
  readonly peer: boolean
  readonly repeats: number
  readonly out: string | null
  readonly llama: LlamaFiles | null
}

function readOptions(args: readonly string[], root: string): Options {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ tokens: text, shape: text, device: text, threads: text, cli: text, out: text, repeats: text },
      llama: text,
      ...{ quick: flag, 'skip-peer': flag, help: flag },
    },
  })
  if (values.help) throw new Error(HELP)
  const device = values.device ?? 'cpu'
  if (device !== 'cpu' && device !== 'cuda' && device !== 'webgpu')
    throw new Error(`--device ${device}\n${HELP}`)
  return {
    tokens: Number(values.tokens ?? (values.quick ? 4096 : 65_536)),
    quick: values.quick,
    shape: values.shape ?? 'pythia-70m',
    device,
    threads: Number(values.threads ?? availableParallelism()),
    cli: values.cli ?? join(root, 'dist', 'cli.js'),
    peer: !values['skip-peer'],
    repeats: Number(values.repeats ?? 1),
    out: values.out ?? null,
    llama: llamaFiles(values.llama ?? null),
  }
}

/** `F16.gguf,Q6_K.gguf,text.txt` */
function llamaFiles(written: string | null): LlamaFiles | null {
  if (written === null) return null
  const [reference, candidate, text, ...more] = written.split(',')
  if (reference === undefined || candidate === undefined || text === undefined || more.length > 0)
    throw new Error(`--llama ${written}\n${HELP}`)
  return { reference, candidate, text }
}

/** Run the bench; returns the exit status: 1 when the two pipelines disagree. */
export async function main(args: readonly string[], root: string): Promise<number> {
  const options = readOptions(args, root)
  const bench = join(root, 'bench')
  if (isLarge(options.shape)) return await benchLarge({ ...options, name: options.shape }, bench)
  if (options.shape === 'wide') return await benchWide(options, bench)
  if (options.shape === 'causal') return await benchCausal(options, bench)
  if (options.shape === 'swaps') return await benchSwapTimes(options, bench)
  if (options.shape === 'top-k') return await benchTopK(options, bench)
  const { llama } = options
  if (llama !== null) return await benchLlama({ ...options, llama }, bench)
  const data = await prepareData(join(bench, 'data'), shapeNamed(options.shape))
  const result = await measureAll(options, data, bench, root)
  const table = renderTable(result)
  process.stdout.write(`\n${table}\n`)
  const slug = result.machine.device.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const name = `${result.date}-${slug}${options.shape === 'pythia-70m' ? '' : `-${options.shape}`}.json`
  await mkdir(join(bench, 'results'), { recursive: true })
  const out =
    options.out ?? (options.quick ? join(bench, 'data', 'quick.json') : join(bench, 'results', name))
  await writeFile(out, `${JSON.stringify(result, null, 2)}\n`)
  process.stderr.write(`bench: wrote ${out}\n`)
  if (!options.quick) await writeTable(join(bench, 'README.md'), `${result.shape} ${options.device}`, table)
  return result.peers.some(({ agreement }) => agreement.some(({ agrees }) => !agrees)) ? 1 : 0
}

async function measureAll(
  options: Options,
  data: BenchData,
  bench: string,
  root: string,
): Promise<BenchResult> {
  const { tokens, threads, quick, device } = options
  const build = join(bench, 'data', 'build')
  const tell = (what: string): void => void process.stderr.write(`bench: ${what}\n`)
  const node = async (...args: string[]): Promise<string> => (await run(process.execPath, args)).output
  const config = (candidates: readonly string[]): AuditConfig =>
    auditConfig(data, candidates, tokens, threads, device)
  const rates = async (rounds: number): Promise<GemmRates> =>
    JSON.parse(await node(join(build, 'gemm.js'), `${threads}`, `${rounds}`))

  tell('matrix products')
  const before = device === 'cpu' ? await rates(quick ? 5 : 40) : null
  const { one, two, ways, peers } = await measureWhole(options, config, data, bench, tell)
  tell('the audit by stage')
  const configFile = join(bench, 'data', 'config.json')
  await writeFile(configFile, JSON.stringify(config(['rtn:6'])))
  const { report: _, ...stages }: Stages = JSON.parse(await node(join(build, 'stages.js'), configFile))
  // Again at the end: the machine may have been busy the first time.
  const after = before === null ? null : await rates(quick ? 5 : 40)
  tell('decoding of packed weights')
  const decode: DecodeRates = JSON.parse(await node(join(build, 'decode.js'), quick ? '2' : '8'))
  return {
    date: new Date().toISOString().slice(0, 10),
    shape: data.shape.name,
    title: data.shape.title,
    machine: await machine(options, root),
    gemm: before !== null && after !== null && after.best > before.best ? after : before,
    stages,
    one: one.whole,
    two: two.whole,
    ways: ways.map(({ name, whole }) => ({ name, whole })),
    active: one.report.readouts[0]?.active ?? 0,
    width: data.shape.sae.d_sae,
    decode,
    peers,
  }
}

interface Audited {
  readonly whole: WholeAudit
  readonly report: Report
}

/**
 * The audit with one and two candidates and every PyTorch, in turn, `repeats` times: machines have better and worse hours, and
 * nobody should have the better ones alone. The quickest run of each counts.
 */
async function measureWhole(
  options: Options,
  config: (candidates: readonly string[]) => AuditConfig,
  data: BenchData,
  bench: string,
  tell: (what: string) => void,
): Promise<{
  one: Audited
  two: Audited
  ways: readonly (Audited & { name: string })[]
  peers: readonly Peer[]
}> {
  const torches = options.peer ? await findTorch() : []
  if (options.peer && torches.length === 0)
    tell('no torch on this machine (Debian: python3-torch, libopenblas0-pthread): no peer')
  const single = config(['rtn:6'])
  const cases: readonly (readonly [name: string, config: AuditConfig])[] = [
    ['one candidate', single],
    ['two candidates', config(['rtn:6', 'rtn:5'])],
    ['one candidate, weights streamed by block', { ...single, weights: 'stream' }],
    ['one candidate, perplexity and KL alone', { ...single, saes: [] }],
  ]
  const audits: Audited[][] = cases.map(() => [])
  const peers: Peer[][] = torches.map(() => [])
  for (let round = 0; round < Math.max(1, options.repeats); round++) {
    for (const [i, [name, asked]] of cases.entries()) {
      tell(`the audit, ${name}`)
      audits[i]?.push(await auditOnce(options, asked, bench, tell))
    }
    for (const [i, { python, version }] of torches.entries()) {
      tell(`the same audit by PyTorch ${version}`)
      const report = audits[0]?.[0]?.report
      if (report === undefined) throw new Error('nothing to compare with')
      const { tokens, threads, device } = options
      const script = join(bench, 'peer', 'audit.py')
      const peer = await runPeer(python, script, data, { bits: 6, tokens, threads, device }, report)
      tell(`  ${peer.seconds.toFixed(1)} s`)
      peers[i]?.push(peer)
    }
  }
  const [one, two, ...others] = audits.map((runs) => {
    const best = quickest(runs.map(({ whole, report }) => ({ ...whole, report })))
    const { report, ...whole } = best
    return { whole, report }
  })
  if (one === undefined || two === undefined) throw new Error('nothing was run')
  const ways = others.map((audited, i) => ({ ...audited, name: cases[i + 2]?.[0] ?? '' }))
  return { one, two, ways, peers: peers.map(quickest) }
}

/** The quickest run, with the times of all and the most memory that any of them held. */
function quickest<Run extends { readonly seconds: number; readonly peakBytes: number | null }>(
  runs: readonly Run[],
): Run & { readonly runs: readonly number[] } {
  const [best] = [...runs].sort((a, b) => a.seconds - b.seconds)
  if (best === undefined) throw new Error('nothing was run')
  const peak = Math.max(...runs.map(({ peakBytes }) => peakBytes ?? 0))
  return { ...best, runs: runs.map(({ seconds }) => seconds), peakBytes: peak === 0 ? null : peak }
}

async function auditOnce(
  options: Options,
  config: AuditConfig,
  bench: string,
  tell: (what: string) => void,
): Promise<Audited> {
  const out = join(bench, 'data', 'report')
  await rm(out, { recursive: true, force: true })
  const { seconds, peakBytes } = await run(process.execPath, [options.cli, ...auditArguments(config, out)])
  tell(`  ${seconds.toFixed(1)} s`)
  const report: Report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))
  const rows = report.readouts[0]?.tokens ?? report.corpus.tokens
  const floor = await floorOf(config, report.readouts[0]?.active ?? 0, rows)
  const { candidates } = config
  return { whole: { candidates, tokens: rows, seconds, runs: [seconds], peakBytes, floor }, report }
}

async function machine({ threads, device }: Options, root: string): Promise<BenchResult['machine']> {
  const version = async (...path: string[]): Promise<string> =>
    JSON.parse(await readFile(join(root, ...path, 'package.json'), 'utf8')).version
  return {
    device: device === 'cpu' ? `cpu-${threads}-threads` : graphicsCard(device),
    cpu: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores`,
    threads,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    onnxruntime: await version('node_modules', 'onnxruntime-node'),
    saegate: await version(),
  }
}

function graphicsCard(device: string): string {
  try {
    return execFileSync('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader'], {
      encoding: 'utf8',
    }).trim()
  } catch {
    return device
  }
}
