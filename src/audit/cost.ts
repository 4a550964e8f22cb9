/** @file What a whole audit costs: an estimate that progress is measured by. */
import type { AuditConfig } from '../contract/options/audit-config.ts'
import type { Decoder } from '../models/decoder-spec.ts'
import { kindCost } from './by-kind/survival-by-kind.ts'
import { closeCallCost } from './close-calls/close-calls.ts'
import { stageCost } from './machine/stage-cost.ts'
import { latentCost } from './rebuilt/latent-scaling.ts'
import { recoveredCost } from './rebuilt/loss-recovered.ts'
import type { Readout } from './run/readout.ts'
import { wantsLosses } from './run/run.ts'
import type { AuditTokens } from './text/tokens.ts'

/** What a stage multiplies. */
export interface StageOperations {
  readonly stage: string
  /** Floating-point operations. */
  readonly operations: number
}

/** What of an audit decides which stages it has. */
type MeasuredFor = Pick<
  AuditConfig,
  'perplexity' | 'lossRecovered' | 'newFeatures' | 'survivalByKind' | 'latentScaling'
>

/** Every stage of an audit over all of its models, before it is known how many features are active. */
export function auditStages(
  decoder: Decoder,
  readouts: readonly Readout[],
  tokens: AuditTokens,
  { candidates, config }: { readonly candidates: number; readonly config: MeasuredFor },
): readonly StageOperations[] {
  const rows = tokens.chunked.plan.rows
  const windows = tokens.sliding?.plan.sequences.reduce((sum, s) => sum + s.end - s.begin, 0) ?? 0
  const scored = tokens.chunked.scored.rows.length + (tokens.sliding?.scored.rows.length ?? 0)
  const models = candidates + 1
  const body = stageCost.body(decoder, rows + windows, tokens.longest)
  const ofReadouts = readouts.flatMap((readout) => {
    const { d_in, d_sae } = readout.dictionary
    return [
      { stage: `features at ${readout.id}`, operations: stageCost.features(d_in, d_sae, rows, models) },
      {
        stage: `latent scaling at ${readout.id}`,
        operations: config.latentScaling === true ? latentCost(readout.dictionary, rows) * models : 0,
      },
      {
        stage: `new features at ${readout.id}`,
        operations: config.newFeatures === true ? stageCost.features(d_in, d_sae, rows, candidates) : 0,
      },
      {
        stage: `survival by kind of token at ${readout.id}`,
        operations: config.survivalByKind === true ? kindCost(d_in, rows) * candidates : 0,
      },
      { stage: `close calls at ${readout.id}`, operations: closeCallCost(readout, decoder, tokens) * models },
    ]
  })
  const recovered = recoveredCost(decoder, readouts, {
    rows,
    scored: tokens.chunked.scored.rows.length,
    longest: tokens.longest,
  })
  const stages = [
    { stage: 'forward pass: reference', operations: body },
    {
      stage: candidates === 1 ? 'forward pass: candidate' : `forward passes: ${candidates} candidates`,
      operations: body * candidates,
    },
    {
      stage: 'losses',
      operations: wantsLosses(config) ? stageCost.head(decoder, scored, models) : 0,
    },
    ...ofReadouts,
    { stage: 'loss recovered', operations: config.lossRecovered === true ? models * recovered : 0 },
  ]
  return stages.filter(({ operations }) => operations > 0)
}

/** Floating-point operations of all of these together. */
export function auditCost(...what: Parameters<typeof auditStages>): number {
  return auditStages(...what).reduce((sum, { operations }) => sum + operations, 0)
}
