/** @file The bench from its options to its table: everything is measured in processes of its own, one after the other. */
import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { AuditConfig } from '../src/contract/audit-config.ts'
import type { Report } from '../src/contract/report-schema.ts'
import { auditArguments, auditConfig, type Floor, floorOf } from './case.ts'
import type { DecodeRates } from './decode.ts'
import type { GemmRates } from './gemm.ts'
import { findTorch, type Peer, runPeer } from './peer.ts'
import { run } from './processes.ts'
import { shapeNamed } from './shapes.ts'
import type { Stages } from './stages.ts'
import { type BenchData, prepareData } from './synthetic.ts'
import { renderTable, writeTable } from './table.ts'

/** The whole audit as a process. */
export interface WholeAudit {
  readonly candidates: readonly string[]
  readonly tokens: number
  readonly seconds: number
  readonly peakBytes: number | null
  readonly floor: Floor
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
  readonly active: number
  readonly width: number
  readonly decode: DecodeRates
  readonly peers: readonly Peer[]
}

const HELP = `npm run bench -- [options]
  --tokens N        tokens of the corpus (default 65536; --quick: 4096)
  --quick           a small run that shows that everything works; its figures mean little
  --shape NAME      pythia-70m (default) or gemma2-2b (for GPUs: writes 5.5 GB under bench/data/)
  --device NAME     cpu (default), cuda or webgpu
  --threads N       default: one per core
  --cli FILE        the built program (default dist/cli.js)
  --repeats N       how often each audit is run; the quickest counts, as for the matrix products (default 1)
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
}

function readOptions(args: readonly string[], root: string): Options {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ tokens: text, shape: text, device: text, threads: text, cli: text, out: text, repeats: text },
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
  }
}

/** Run the bench; returns the exit status: 1 when the two pipelines disagree. */
export async function main(args: readonly string[], root: string): Promise<number> {
  const options = readOptions(args, root)
  const bench = join(root, 'bench')
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
  tell('the audit, one candidate')
  const one = await auditRepeatedly(options, config(['rtn:6']), bench)
  tell('the audit, two candidates')
  const two = await auditRepeatedly(options, config(['rtn:6', 'rtn:5']), bench)
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
    active: one.report.readouts[0]?.active ?? 0,
    width: data.shape.sae.d_sae,
    decode,
    peers: options.peer ? await peers(options, data, bench, one.report, tell) : [],
  }
}

/** The quickest of `repeats` runs, and the most memory that any of them held. */
async function auditRepeatedly(
  options: Options,
  config: AuditConfig,
  bench: string,
): Promise<{ whole: WholeAudit; report: Report }> {
  const out = join(bench, 'data', 'report')
  const args = [options.cli, ...auditArguments(config, out)]
  let [seconds, peakBytes] = [Number.POSITIVE_INFINITY, 0]
  for (let repeat = 0; repeat < Math.max(1, options.repeats); repeat++) {
    await rm(out, { recursive: true, force: true })
    const ran = await run(process.execPath, args)
    process.stderr.write(`bench:   ${ran.seconds.toFixed(1)} s\n`)
    seconds = Math.min(seconds, ran.seconds)
    peakBytes = Math.max(peakBytes, ran.peakBytes ?? 0)
  }
  const report: Report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))
  const rows = report.readouts[0]?.tokens ?? 0
  const floor = await floorOf(config, report.readouts[0]?.active ?? 0, rows)
  const whole = {
    candidates: config.candidates,
    tokens: rows,
    seconds,
    peakBytes: peakBytes === 0 ? null : peakBytes,
    floor,
  }
  return { whole, report }
}

async function peers(
  { tokens, threads, device }: Options,
  data: BenchData,
  bench: string,
  report: Report,
  tell: (what: string) => void,
): Promise<readonly Peer[]> {
  const found = await findTorch()
  if (found.length === 0)
    tell('no torch on this machine (Debian: python3-torch, libopenblas0-pthread): no peer')
  const all: Peer[] = []
  for (const { python, version } of found) {
    tell(`the same audit by PyTorch ${version}`)
    const script = join(bench, 'peer', 'audit.py')
    all.push(await runPeer(python, script, data, { bits: 6, tokens, threads, device }, report))
  }
  return all
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
