/**
 * @file The same work by llama.cpp: its `llama-perplexity`, where one is on PATH, on the F16 model alone, and its procedure for KL (logits of
 * the F16 model kept in a file, a quantized one held against them). Both programs read the same GGUF files and the same text, through the
 * tokenizer that lies in them, with as many threads, in turn.
 *
 * It scores the second half of every chunk and no SAE; an audit scores all of it.
 */
import { existsSync, statSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Report } from '../src/contract/report/report-schema.ts'
import { run } from './processes.ts'
import { writeTable } from './table.ts'

/** What llama-perplexity says of one model. */
export interface LlamaPerplexity {
  readonly chunks: number
  readonly perplexity: number
}

/** What it says of a model beside the base. */
export interface LlamaDivergence {
  readonly klMean: number
  readonly top1Agreement: number
}

/** Of everything that was printed: `[1]4.21,[2]4.55,` and `Final estimate: PPL = 5.9066 +/- 0.03221`. */
export function readPerplexity(printed: string): LlamaPerplexity {
  const perplexity = numberIn(printed, /Final estimate: PPL = ([\d.]+)/)
  const chunks = [...printed.matchAll(/\[(\d+)\][\d.]+,/g)].map(([, chunk]) => Number(chunk))
  if (chunks.length === 0) throw new Error('llama-perplexity told of no chunk')
  return { chunks: Math.max(...chunks), perplexity }
}

/** `Mean    KLD:   0.017475 ±   0.000763` and `Same top p: 92.123 ± 0.074 %`. */
export function readDivergence(printed: string): LlamaDivergence {
  return {
    klMean: numberIn(printed, /Mean\s+KLD:\s+(-?[\d.]+)/),
    top1Agreement: numberIn(printed, /Same top p:\s+([\d.]+)/) / 100,
  }
}

function numberIn(printed: string, pattern: RegExp): number {
  const found = Number(pattern.exec(printed)?.[1] ?? Number.NaN)
  if (Number.isNaN(found)) throw new Error(`llama-perplexity printed nothing like ${pattern.source}`)
  return found
}

/** Files that both read. */
export interface LlamaFiles {
  /** GGUF, F16. */
  readonly reference: string
  /** GGUF of the same model, such as Q6_K. */
  readonly candidate: string
  readonly text: string
}

/** What of the bench's options it takes. */
interface LlamaOptions {
  readonly cli: string
  readonly tokens: number
  readonly threads: number
  readonly repeats: number
  readonly out: string | null
  readonly llama: LlamaFiles
}

/** Seconds of every run, in order. */
interface LlamaResult {
  readonly tokens: number
  readonly chunks: number
  readonly audit: readonly number[]
  readonly perplexityAlone: readonly number[]
  readonly divergence: readonly number[]
  readonly figures: {
    readonly saegate: { readonly klMean: number | null; readonly top1Agreement: number | null }
    readonly llama: LlamaDivergence & LlamaPerplexity
  }
}

/** As both call a sequence's length. */
const CONTEXT = 512

/** Measure, and write JSON and a sentence. Returns the exit status: 2 where llama-perplexity is not on PATH. */
export async function benchLlama(options: LlamaOptions, bench: string): Promise<number> {
  const program = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'llama-perplexity'))
    .find((path) => existsSync(path) && statSync(path).isFile())
  if (program === undefined) {
    process.stderr.write('bench: no llama-perplexity on PATH\n')
    return 2
  }
  const folder = join(bench, 'data', 'llama')
  await mkdir(folder, { recursive: true })
  const result = await measureLlama(program, options, folder)
  const text = llamaText(result)
  process.stdout.write(`\n${text}\n`)
  const date = new Date().toISOString().slice(0, 10)
  await mkdir(join(bench, 'results'), { recursive: true })
  await writeFile(
    options.out ?? join(bench, 'results', `${date}-beside-llama-cpp.json`),
    `${JSON.stringify(result, null, 2)}\n`,
  )
  await writeTable(join(bench, 'README.md'), 'llama.cpp', `**${date}, cpu** · ${text}`)
  return 0
}

async function measureLlama(
  program: string,
  { cli, tokens, threads, repeats, llama }: LlamaOptions,
  folder: string,
): Promise<LlamaResult> {
  const [out, logits] = [join(folder, 'report'), join(folder, 'logits.kld')]
  const shared = ['-c', `${CONTEXT}`, '-t', `${threads}`, '--chunks', `${Math.floor(tokens / CONTEXT)}`]
  const perplexityOf = async (model: string, more: readonly string[]) => {
    const { seconds, output, errors } = await run(program, ['-m', model, ...shared, ...more])
    return { seconds, printed: `${output}\n${errors}` }
  }
  const seconds: { audit: number[]; alone: number[]; divergence: number[] } = {
    audit: [],
    alone: [],
    divergence: [],
  }
  let report: Report | null = null
  let [alone, beside] = ['', '']
  for (let round = 0; round < Math.max(1, repeats); round++) {
    await rm(out, { recursive: true, force: true })
    const audit = await run(process.execPath, [
      ...[cli, 'audit', '--reference', llama.reference, '--candidate', llama.candidate, '--sae', 'none'],
      ...['--corpus', llama.text, '--tokens', `${tokens}`, '--block-length', `${CONTEXT}`],
      ...['--device', 'cpu', '--threads', `${threads}`, '--out', out],
    ])
    seconds.audit.push(audit.seconds)
    report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))
    const own = await perplexityOf(llama.reference, ['-f', llama.text])
    seconds.alone.push(own.seconds)
    alone = own.printed
    await rm(logits, { force: true })
    const base = await perplexityOf(llama.reference, ['-f', llama.text, '--kl-divergence-base', logits])
    const against = await perplexityOf(llama.candidate, ['--kl-divergence-base', logits, '--kl-divergence'])
    seconds.divergence.push(base.seconds + against.seconds)
    beside = against.printed
    await rm(logits, { force: true })
  }
  const divergence = report?.candidates[0]?.divergence ?? null
  const perplexity = readPerplexity(alone)
  return {
    tokens,
    chunks: perplexity.chunks,
    audit: seconds.audit,
    perplexityAlone: seconds.alone,
    divergence: seconds.divergence,
    figures: {
      saegate: {
        klMean: divergence?.klMean ?? null,
        top1Agreement: divergence?.top1Agreement ?? null,
      },
      llama: { ...perplexity, ...readDivergence(beside) },
    },
  }
}

/** The figures in sentences, for bench/README.md; the quickest run of each counts. */
export function llamaText({ tokens, audit, perplexityAlone, divergence, figures }: LlamaResult): string {
  const [own, alone, procedure] = [audit, perplexityAlone, divergence].map((runs) => Math.min(...runs))
  const seconds = (value = Number.NaN): string => `${value.toFixed(1)} s`
  const times = (value = Number.NaN): string => `${((own ?? Number.NaN) / value).toFixed(2)} ×`
  const { saegate, llama } = figures
  return `${tokens.toLocaleString('en')} tokens in sequences of ${CONTEXT}, the same GGUF files, text and threads, in turn: the audit without an SAE ${seconds(own)}; \`llama-perplexity\` on the F16 model alone ${seconds(alone)} (the audit takes ${times(alone)} that), its procedure for KL ${seconds(procedure)} (${times(procedure)}). KL ${saegate.klMean?.toPrecision(4) ?? 'not measured'} over all positions, llama.cpp's ${llama.klMean} over the second half of every chunk; top-1 agreement ${saegate.top1Agreement?.toFixed(4) ?? 'not measured'} and ${llama.top1Agreement.toFixed(4)}.`
}
