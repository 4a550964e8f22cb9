/**
 * @file What entries are kept by: digests of all that their content depends on, and nothing that a name says. Where the machine's
 * threads and the memory that it has do not decide what is computed, they are not part of it.
 */
import { createHash } from 'node:crypto'
import { hookName } from '../../contract/hook-point.ts'
import { hashIds } from '../../corpus/cut-sequences.ts'
import type { KeptKey } from '../../sources/kept/manifest.ts'
import type { Keeping } from '../run/keeping.ts'
import { hooksOf, type Readout } from '../run/readout.ts'
import { type Run, wantsLosses } from '../run/run.ts'

/** All that decides which rows the reference gives. */
function captureOf(run: Run, { by, rows }: Keeping) {
  const { config, device, nvidia, tokens, weights } = run
  const { sequences, sliding } = tokens
  return {
    ...by,
    device: device.kind,
    accelerator: nvidia?.name ?? null,
    operands: device.bodyType,
    tokens: sequences.sha256,
    blockLength: sequences.blockLength,
    bos: sequences.bos,
    windows: sliding === null ? null : { ...config.perplexity.sliding, ids: hashIds(sequences.stream) },
    hooks: hooksOf(run.readouts).map(hookName),
    hidden: wantsLosses(config),
    activations: config.activations,
    weights: weights.kind === 'stream' ? `stream ${weights.rows}` : weights.kind,
    rows,
  }
}

export function captureKey(run: Run, keeping: Keeping): KeptKey {
  return { kind: 'the capture of the reference', key: JSON.stringify(captureOf(run, keeping)) }
}

/** Of the sums of every feature at a read-out. */
export function referenceSumsKey(run: Run, keeping: Keeping, readout: Readout): KeptKey {
  const key = { ...captureOf(run, keeping), ...groupsOf(run), readout: readoutOf(readout) }
  return { kind: `sums of the reference at ${readout.id}`, key: JSON.stringify(key) }
}

const groupsOf = ({ tokens: { groupStarts, part } }: Run) => ({ groups: hashIds(groupStarts), part })

const readoutOf = ({ id, hook, center, positions, dictionary }: Readout) => ({
  ...{ id, hook, center, positions },
  sae: dictionary.sha256,
})

/**
 * Of a round: what its candidates are (each by digests, in the order in which they are run), and all that was asked. What merely runs
 * before or beside it is left out.
 */
export function roundKey(run: Run, keeping: Keeping, candidates: readonly RoundMember[]): KeptKey {
  const { config, rounds, readouts, tokens } = run
  const { candidates: _c, threads: _t, memoryBytes: _m, nullCheck: _n, noiseNull: _l, ...rest } = config
  const { captures: _k, ...asked } = rest
  const key = {
    ...captureOf(run, keeping),
    ...groupsOf(run),
    kinds: sha256(JSON.stringify([tokens.kinds.told, hashIds(Int32Array.from(tokens.kinds.bits))])),
    readouts: readouts.map(readoutOf),
    inOneGraph: rounds.inOneGraph,
    asked,
    candidates,
  }
  return { kind: candidates.map(({ name }) => name).join(', '), key: JSON.stringify(key) }
}

/** A candidate by what it holds. */
export interface RoundMember {
  readonly name: string
  /** sha256 of its files, or of how its tensors are made of those of others. */
  readonly sha256: string
  readonly made: string
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
