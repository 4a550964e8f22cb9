/** @file What a whole audit costs: an estimate that progress is measured by. */
import type { Decoder } from '../models/decoder-spec.ts'
import { closeCallCost } from './close-calls/close-calls.ts'
import { stageCost } from './machine/stage-cost.ts'
import type { Readout } from './run/readout.ts'
import type { AuditTokens } from './text/tokens.ts'

/** Floating-point operations of the whole audit, before it is known how many features are active. */
export function auditCost(
  decoder: Decoder,
  readouts: readonly Readout[],
  tokens: AuditTokens,
  { candidates, losses }: { readonly candidates: number; readonly losses: boolean },
): number {
  const rows = tokens.chunked.plan.rows
  const windows = tokens.sliding?.plan.sequences.reduce((sum, s) => sum + s.end - s.begin, 0) ?? 0
  const scored = tokens.chunked.scored.rows.length + (tokens.sliding?.scored.rows.length ?? 0)
  const models = candidates + 1
  const perReadout = (readout: Readout): number => {
    const { d_in, d_sae } = readout.dictionary
    return stageCost.features(d_in, d_sae, rows, models) + closeCallCost(readout, decoder, tokens) * models
  }
  return (
    stageCost.body(decoder, rows + windows, tokens.longest) * models +
    (losses ? stageCost.head(decoder, scored, models) : 0) +
    readouts.reduce((sum, readout) => sum + perReadout(readout), 0)
  )
}
