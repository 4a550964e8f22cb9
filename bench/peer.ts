/** @file The same audit by bench/peer/audit.py, where a Python with torch is found, and whether the figures agree. */

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Report } from '../src/contract/report/report-schema.ts'
import { run } from './processes.ts'
import type { BenchData } from './synthetic.ts'

export interface PeerResult {
  readonly torch: string
  readonly device: string
  readonly tokens: number
  readonly perplexity: readonly [number, number]
  readonly kl: number
  readonly top1Agreement: number
  readonly active: number
  readonly survived: number
  readonly meanCorrelation: number
  /** By stage: load, body, head, features, statistics. */
  readonly seconds: Readonly<Record<string, number>>
}

export interface Peer extends Pick<PeerResult, 'torch' | 'tokens' | 'device'> {
  readonly python: string
  readonly stages: PeerResult['seconds']
  /** Wall time of the process, of the quickest run. */
  readonly seconds: number
  /** Of every run, in order. */
  readonly runs: readonly number[]
  readonly peakBytes: number | null
  readonly agreement: readonly Agreement[]
}

/** One figure by both pipelines. */
export interface Agreement {
  readonly figure: string
  readonly saegate: number
  readonly peer: number
  readonly agrees: boolean
}

/** Relative for perplexities and KL, absolute for correlations and fractions. */
const TOLERANCE = 1e-3

/** The Pythons on PATH that have torch; the newest torch first. */
export async function findTorch(): Promise<readonly { python: string; version: string }[]> {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = new Map<string, string>()
  for (const python of folders.map((folder) => join(folder, 'python3')).filter((path) => existsSync(path))) {
    try {
      const { output } = await run(python, ['-c', 'import torch; print(torch.__version__)'])
      if (![...found.values()].includes(output.trim())) found.set(python, output.trim())
    } catch {
      // No torch there.
    }
  }
  const all = [...found].map(([python, version]) => ({ python, version }))
  return all.sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }))
}

export async function runPeer(
  python: string,
  script: string,
  { model, sae, ids, shape }: BenchData,
  options: {
    readonly bits: number
    readonly tokens: number
    readonly threads: number
    readonly device: string
  },
  report: Report,
): Promise<Peer> {
  const threads = `${options.threads}`
  const args = [
    ...[script, '--model', model, '--sae', sae, '--ids', ids, '--bits', `${options.bits}`],
    ...['--tokens', `${options.tokens}`, '--threads', threads, '--device', options.device],
    ...['--block-length', `${shape.blockLength}`, '--hook-layer', `${shape.sae.layer}`],
  ]
  const { output, seconds, peakBytes } = await run(python, args, {
    OMP_NUM_THREADS: threads,
    OPENBLAS_NUM_THREADS: threads,
  })
  const result: PeerResult = JSON.parse(output)
  const { torch, device, tokens } = result
  return {
    python,
    torch,
    device,
    tokens,
    stages: result.seconds,
    seconds,
    runs: [seconds],
    peakBytes,
    agreement: compare(report, result),
  }
}

function compare(report: Report, peer: PeerResult): readonly Agreement[] {
  const candidate = report.candidates[0]
  const features = candidate?.features[0]
  const chunked = candidate?.perplexity.chunked
  if (!chunked || !features || !candidate?.divergence)
    throw new Error('the report lacks what the peer measures')
  const { klMean, top1Agreement } = candidate.divergence
  const relative = (figure: string, saegate: number, other: number): Agreement => {
    const agrees = Math.abs(saegate - other) <= TOLERANCE * Math.abs(other)
    return { figure, saegate, peer: other, agrees }
  }
  const absolute = (figure: string, saegate: number, other: number, allowed: number): Agreement => {
    return { figure, saegate, peer: other, agrees: Math.abs(saegate - other) <= allowed }
  }
  const few = Math.ceil(TOLERANCE * features.active)
  return [
    relative('perplexity, reference', chunked.reference, peer.perplexity[0]),
    relative('perplexity, candidate', chunked.candidate, peer.perplexity[1]),
    relative('KL(reference‖candidate)', klMean, peer.kl),
    absolute('top-1 agreement', top1Agreement, peer.top1Agreement, TOLERANCE),
    absolute('active features', features.active, peer.active, few),
    absolute('survived features', features.survived.count, peer.survived, few),
    absolute('mean ρ', features.meanCorrelation, peer.meanCorrelation, TOLERANCE),
  ]
}
