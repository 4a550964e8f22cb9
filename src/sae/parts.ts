/** @file A dictionary from what its layout says of it: what most have in common is filled in here. */
import type { HookPoint } from '../contract/hook-point.ts'
import { withoutFirst } from '../contract/options/positions.ts'
import {
  type Architecture,
  type Dictionary,
  type EncoderWeights,
  NO_CLAIMS,
  type ReadFeatures,
  TRAINED_ON_ALL,
} from './dictionary.ts'
import type { FoundWeights } from './format.ts'
import { knownRelease } from './known/releases.ts'
import { pathsOf } from './place.ts'
import type { SaeSize } from './weights.ts'

/** What a layout read of the weights file. */
export interface ReadWeights {
  readonly size: SaeSize
  readonly encoder: EncoderWeights
  /** (d_out) */
  readonly b_dec: Float32Array
}

type Optional = Pick<
  Dictionary,
  | 'input'
  | 'rebuilds'
  | 'applyBDecToInput'
  | 'center'
  | 'untrained'
  | 'neuronpedia'
  | 'claims'
  | 'warnings'
  | 'W_skip'
>

export interface DictionaryParts extends Partial<Optional> {
  readonly architecture: Architecture
  readonly reads: HookPoint
  /** Left out: where it reads. */
  readonly predicts?: HookPoint
  readonly weights: ReadWeights
  readonly W_dec: ReadFeatures
}

/** What stays unsaid is what registries know of it, and what most projects do: plain rows, b_dec not applied, every position. */
export async function dictionaryOf(found: FoundWeights, parts: DictionaryParts): Promise<Dictionary> {
  const { config } = found
  const { size, encoder, b_dec } = parts.weights
  const known = knownRelease(pathsOf(found))
  const claims = parts.claims ?? NO_CLAIMS
  const untrained = parts.untrained ?? TRAINED_ON_ALL
  return {
    spec: config.source,
    architecture: parts.architecture,
    d_in: size.d_in,
    d_sae: size.d_sae,
    reads: parts.reads,
    predicts: parts.predicts ?? parts.reads,
    input: known?.input ?? parts.input ?? 'plain',
    applyBDecToInput: parts.applyBDecToInput ?? false,
    center: config.center ?? (parts.center === true || known?.center === true),
    untrained: { ...untrained, outside: withoutFirst(untrained.outside, known?.skipped ?? 0) },
    neuronpedia: parts.neuronpedia ?? known?.neuronpedia ?? null,
    claims: { ...claims, model: claims.model ?? known?.model ?? null },
    sha256: await found.sha256(),
    encoder,
    b_dec,
    warnings: parts.warnings ?? [],
    rebuilds: parts.rebuilds ?? true,
    W_dec: parts.W_dec,
    W_skip: parts.W_skip ?? (async () => null),
  }
}
