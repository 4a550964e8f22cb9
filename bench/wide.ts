/**
 * @file A dictionary of a million features, in memory and read a range of features at a time: how much memory each takes, and how near
 * its pass over all features comes to bare products.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AuditConfig } from '../src/contract/options/audit-config.ts'
import { auditArguments, auditConfig, floorOf } from './case.ts'
import type { GemmRates } from './gemm.ts'
import { run } from './processes.ts'
import { shapeNamed } from './shapes.ts'
import type { Stages } from './stages.ts'
import { type BenchData, prepareData } from './synthetic.ts'
import { writeTable } from './table.ts'

/** One way to have the encoder. */
interface WideRun {
  readonly held: 'resident' | 'stream'
  /** --memory */
  readonly memoryBytes: number
  readonly ranges: number
  readonly plannedBytes: number
  readonly peakBytes: number | null
  readonly seconds: number
  /** The reference over all features, ranges read and loaded in between: seconds and FLOP/s. */
  readonly features: { readonly seconds: number; readonly rate: number }
}

interface WideResult {
  readonly width: number
  readonly d_in: number
  readonly tokens: number
  readonly active: number
  /** Of the best bare product. */
  readonly gemmRate: number
  readonly runs: readonly WideRun[]
}

/** More than the encoder takes, and less. */
const MEMORY = [4e9, 256e6] as const

/** What of the bench's options it takes. */
interface WideOptions {
  readonly cli: string
  readonly tokens: number
  readonly threads: number
  readonly quick: boolean
  readonly out: string | null
}

/** Measure, and write JSON and a sentence. Returns the exit status. */
export async function benchWide(options: WideOptions, bench: string): Promise<number> {
  const data = await prepareData(join(bench, 'data'), shapeNamed('wide'))
  const result = await measureWide(options, data, bench)
  const text = wideText(result)
  process.stdout.write(`\n${text}\n`)
  const date = new Date().toISOString().slice(0, 10)
  await mkdir(join(bench, 'results'), { recursive: true })
  const path = options.out ?? join(bench, 'results', `${date}-wide-sae.json`)
  await writeFile(path, `${JSON.stringify(result, null, 2)}\n`)
  if (!options.quick) await writeTable(join(bench, 'README.md'), 'wide sae', `**${date}, cpu** · ${text}`)
  return 0
}

async function measureWide(
  { cli, tokens, threads }: WideOptions,
  data: BenchData,
  bench: string,
): Promise<WideResult> {
  const build = join(bench, 'data', 'build')
  const gemm: GemmRates = JSON.parse(
    (await run(process.execPath, [join(build, 'gemm.js'), `${threads}`, '10'])).output,
  )
  const runs: WideRun[] = []
  let active = 0
  for (const memoryBytes of MEMORY) {
    const config: AuditConfig = {
      ...auditConfig(data, ['rtn:6'], tokens, threads, 'cpu'),
      memoryBytes,
    }
    const configFile = join(bench, 'data', 'wide.json')
    await writeFile(configFile, JSON.stringify(config))
    const planned = JSON.parse((await run(process.execPath, [cli, ...planArguments(config)])).output)
    const { output, seconds, peakBytes } = await run(process.execPath, [join(build, 'stages.js'), configFile])
    const { stages, report }: Stages = JSON.parse(output)
    active = report.readouts[0]?.active ?? 0
    const floor = await floorOf(config, active, tokens)
    const pass = stages.find(({ name }) => name.startsWith('reference: features'))
    if (pass === undefined) throw new Error('the audit told of no pass over the features')
    const flops = (floor.referenceFeatures * pass.tokens) / tokens
    runs.push({
      held: planned.saes.held,
      memoryBytes,
      ranges: planned.saes.ranges,
      plannedBytes: planned.memory.peak,
      peakBytes,
      seconds,
      features: { seconds: pass.seconds, rate: flops / pass.seconds },
    })
  }
  const { d_in, d_sae: width } = data.shape.sae
  return { width, d_in, tokens, active, gemmRate: gemm.best, runs }
}

function planArguments(config: AuditConfig): readonly string[] {
  const [, ...args] = auditArguments(config, '')
  const out = args.indexOf('--out')
  return [
    'plan',
    ...args.slice(0, out),
    ...args.slice(out + 2),
    ...['--memory', `${config.memoryBytes / 1e6}MB`, '--format', 'json'],
  ]
}

/** The figures in sentences, for bench/README.md. */
export function wideText({ width, d_in, tokens, active, gemmRate, runs }: WideResult): string {
  const gigabytes = (bytes: number | null): string =>
    bytes === null ? 'unknown' : `${(bytes / 1e9).toFixed(2)} GB`
  const percent = (part: number): string => `${(100 * part).toFixed(0)} %`
  const each = runs.map(({ held, ranges, memoryBytes, plannedBytes, peakBytes, seconds, features }) => {
    const how = held === 'resident' ? 'in memory' : `in ${ranges} ranges`
    return `${how} (\`--memory\` ${gigabytes(memoryBytes)}): ${gigabytes(peakBytes)} at its peak, ${gigabytes(plannedBytes)} planned; all features of the reference at ${percent(features.rate / gemmRate)} of the GEMM rate, ${seconds.toFixed(0)} s in all`
  })
  const features = width.toLocaleString('en')
  return `A dictionary of ${features} features (${active.toLocaleString('en')} active) on a residual stream of ${d_in}, an encoder of ${gigabytes(4 * width * d_in)}, ${tokens.toLocaleString('en')} tokens, one candidate. ${each.join('. ')}.`
}
