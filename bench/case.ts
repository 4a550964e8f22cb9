/** @file The audit that is measured, as the engine is asked for it and as the command line is, and what it must compute. */

import { FIT_ROWS } from '../src/audit/features/fit-sample.ts'
import { stageCost } from '../src/audit/machine/stage-cost.ts'
import { openReadouts } from '../src/audit/run/open-readouts.ts'
import type { Readout } from '../src/audit/run/readout.ts'
import { describeModel } from '../src/audit/subjects/model.ts'
import { openCheckpoint } from '../src/checkpoints/open.ts'
import type { AuditConfig } from '../src/contract/options/audit-config.ts'
import type { Decoder } from '../src/models/decoder-spec.ts'
import { openFiles } from '../src/sources/open-files.ts'
import type { BenchData } from './synthetic.ts'

export interface Case {
  readonly config: AuditConfig
  readonly decoder: Decoder
  /** Null: perplexity and KL alone. */
  readonly readout: Readout | null
}

export function auditConfig(
  { model, sae, ids, shape }: Pick<BenchData, 'model' | 'sae' | 'ids' | 'shape'>,
  candidates: readonly string[],
  tokens: number,
  threads: number,
  device: AuditConfig['device'],
): AuditConfig {
  return {
    reference: model,
    candidates,
    saes: [{ source: sae, hook: null, center: null }],
    corpus: {
      source: `tokens:${ids}`,
      lines: 'as-is',
      lineEnds: null,
      tokens,
      blockLength: shape.blockLength,
      bos: 'auto',
    },
    tokenizer: null,
    perplexity: { chunked: true, sliding: null },
    positions: 'auto',
    activations: 'simulate',
    unrotate: false,
    rescale: false,
    tap: null,
    thresholds: { survived: 0.9, damaged: 0.5, active: 0.001 },
    confidence: 0.95,
    groups: 32,
    device,
    threads,
    memoryBytes: 4e9,
    weights: 'auto',
    streamRows: 'full',
    nullCheck: false,
    allowBadFit: true,
  }
}

/** The same audit as arguments of the command line. */
export function auditArguments(config: AuditConfig, out: string): readonly string[] {
  const { corpus, reference, candidates, saes, device, threads, weights } = config
  return [
    'audit',
    ...['--reference', reference],
    ...candidates.flatMap((candidate) => ['--candidate', candidate]),
    ...(saes.length === 0 ? ['--sae', 'none'] : saes.flatMap(({ source }) => ['--sae', source])),
    ...['--corpus', corpus.source, '--tokens', `${corpus.tokens}`, '--block-length', `${corpus.blockLength}`],
    ...['--device', device, '--threads', `${threads}`, '--out', out, '--weights', weights],
    ...(saes.length === 0 ? [] : ['--allow-bad-fit']),
  ]
}

/** Matrix-product FLOPs of an audit of one SAE, by stage. */
export interface Floor {
  readonly body: number
  readonly head: number
  readonly referenceFeatures: number
  readonly candidateFeatures: number
  readonly fit: number
  readonly total: number
}

/** What is really computed: the reference over every feature, then all models over the active ones; the fit on a sample. Without an SAE, none of these. */
export async function floorOf(config: AuditConfig, active: number, rows: number): Promise<Floor> {
  const { decoder, readout } = await openCase(config)
  await readout?.close()
  const { blockLength } = config.corpus
  const models = config.candidates.length + 1
  const scored = (rows / blockLength) * (blockLength - 1)
  const { d_in, d_sae } = readout?.dictionary ?? { d_in: 0, d_sae: 0 }
  const parts = {
    body: stageCost.body(decoder, rows, blockLength) * models,
    head: stageCost.head(decoder, scored, models),
    referenceFeatures: stageCost.features(d_in, d_sae, rows, 1),
    candidateFeatures: stageCost.features(d_in, active, rows, models),
    // Encoded and decoded.
    fit: 2 * stageCost.features(d_in, d_sae, Math.min(rows, FIT_ROWS), 1),
  }
  return { ...parts, total: Object.values(parts).reduce((sum, flops) => sum + flops, 0) }
}

export async function openCase(config: AuditConfig): Promise<Case> {
  const open = (spec: string) => openFiles(spec)
  const files = await openFiles(config.reference)
  const checkpoint = await openCheckpoint(config.reference, files)
  const model = describeModel(checkpoint, config.corpus.blockLength, config.activations)
  const [readout] = await openReadouts({ config, open, openText: open }, model)
  await checkpoint.close()
  await files.close()
  return {
    config,
    decoder: model.decoder,
    readout: readout === undefined ? null : { ...readout, positions: 'all' },
  }
}
