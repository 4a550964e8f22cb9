/**
 * @file Dictionaries whose features fire by the row beside such as fire each by itself: the same weights as a JumpReLU dictionary and as
 * a top-k one, whole audits in turn.
 */
import { existsSync } from 'node:fs'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { auditArguments, auditConfig } from './case.ts'
import { run } from './processes.ts'
import { shapeNamed } from './shapes.ts'
import { type BenchData, prepareData } from './synthetic.ts'
import { writeTable } from './table.ts'

const WIDTHS = [32_768, 131_072] as const
/** As published ones have it: OpenAI's 32, SAEBench's 20 to 640. */
const K = 64
const KINDS = ['jumprelu', 'topk'] as const

interface TopKRun {
  readonly width: number
  readonly kind: (typeof KINDS)[number]
  /** Of every run, in order; the quickest counts. */
  readonly seconds: readonly number[]
  readonly peakBytes: number | null
}

interface TopKResult {
  readonly tokens: number
  readonly k: number
  readonly runs: readonly TopKRun[]
}

interface TopKOptions {
  readonly cli: string
  readonly tokens: number
  readonly threads: number
  readonly quick: boolean
  readonly repeats: number
  readonly out: string | null
}

/** Measure, and write JSON and a sentence. Returns the exit status. */
export async function benchTopK(options: TopKOptions, bench: string): Promise<number> {
  const { tokens, repeats, quick } = options
  const runs: TopKRun[] = []
  for (const width of WIDTHS) {
    const folder = join(bench, 'data', `pythia-70m-${width}`)
    const shape = shapeNamed('pythia-70m')
    const sae = { ...shape.sae, d_sae: width, architecture: 'jumprelu' as const }
    const data = await prepareData(folder, { ...shape, sae })
    const folders = { jumprelu: data.sae, topk: await asTopK(data) }
    const seconds: Record<(typeof KINDS)[number], number[]> = { jumprelu: [], topk: [] }
    const peaks = { jumprelu: 0, topk: 0 }
    for (let round = 0; round < repeats; round++) {
      for (const kind of KINDS) {
        process.stderr.write(`bench: ${kind} of ${width}\n`)
        const ran = await auditOnce(options, { ...data, sae: folders[kind] }, bench)
        seconds[kind].push(ran.seconds)
        peaks[kind] = Math.max(peaks[kind], ran.peakBytes ?? 0)
      }
    }
    for (const kind of KINDS)
      runs.push({ width, kind, seconds: seconds[kind], peakBytes: peaks[kind] || null })
  }
  const result: TopKResult = { tokens, k: K, runs }
  const text = topKText(result)
  process.stdout.write(`\n${text}\n`)
  const date = new Date().toISOString().slice(0, 10)
  await mkdir(join(bench, 'results'), { recursive: true })
  const path = options.out ?? join(bench, 'results', `${date}-top-k-sae.json`)
  await writeFile(path, `${JSON.stringify(result, null, 2)}\n`)
  if (!quick) await writeTable(join(bench, 'README.md'), 'top-k sae', `**${date}, cpu** · ${text}`)
  return 0
}

/** The same weights under a config that says top-k: hard links, no copies. */
async function asTopK({ sae }: BenchData): Promise<string> {
  const folder = `${sae}-topk`
  await mkdir(folder, { recursive: true })
  const cfg: Record<string, unknown> = JSON.parse(await readFile(join(sae, 'cfg.json'), 'utf8'))
  await writeFile(join(folder, 'cfg.json'), JSON.stringify({ ...cfg, architecture: 'topk', k: K }, null, 1))
  const weights = join(folder, 'sae_weights.safetensors')
  if (!existsSync(weights)) await link(join(sae, 'sae_weights.safetensors'), weights)
  return folder
}

async function auditOnce({ cli, tokens, threads }: TopKOptions, data: BenchData, bench: string) {
  const out = join(bench, 'data', 'report')
  await rm(out, { recursive: true, force: true })
  const args = auditArguments(auditConfig(data, ['rtn:6'], tokens, threads, 'cpu'), out)
  return await run(process.execPath, [cli, ...args])
}

/** The figures in sentences, for bench/README.md. */
export function topKText({ tokens, k, runs }: TopKResult): string {
  const each = WIDTHS.map((width) => {
    const [jumps, top] = KINDS.map((kind) => runs.find((one) => one.width === width && one.kind === kind))
    const best = (one: TopKRun | undefined): number => Math.min(...(one?.seconds ?? []))
    const peak = ((top?.peakBytes ?? 0) / 1e9).toFixed(2)
    return `${width.toLocaleString('en')} features: ${best(top).toFixed(1)} s as top-k, ${best(jumps).toFixed(1)} s as JumpReLU, ${(best(top) / best(jumps)).toFixed(2)} ×; ${peak} GB at its peak`
  })
  return `Top-k (k = ${k}) against JumpReLU with the same weights, whole audits of Pythia-70M’s shape with one candidate, ${tokens.toLocaleString('en')} tokens, in turn. ${each.join('. ')}.`
}
