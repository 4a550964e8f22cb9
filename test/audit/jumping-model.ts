/**
 * @file A tiny model and an encoder whose thresholds are put on pre-activations, so that which side they fall on is
 * often beyond float32. Residuals come from the naive float64 decoder; captured ones are those with float32's error.
 */

import { createRowStore } from '../../src/audit/capture/row-store.ts'
import type { JumpEncoder } from '../../src/audit/close-calls/jumps.ts'
import type { Residuals } from '../../src/audit/rows/residuals.ts'
import { pickFeatures, type StoredEncoder } from '../../src/audit/run/stored-encoder.ts'
import type { Model } from '../../src/audit/subjects/model.ts'
import { naiveForward } from '../oracle/naive-decoder.ts'
import type { NaiveTensor } from '../oracle/pieces.ts'
import { type RandomModel, randomIds, randomModel } from '../oracle/random-model.ts'
import { RandomSource } from '../oracle/random-source.ts'
import { storedOf } from '../sae/stored.ts'
import { modelOf } from './model-of.ts'

export const LENGTH = 10
export const SEQUENCES = 12
export const HOOK = { layer: 1, name: 'hook_resid_post' } as const
const HOOK_NAME = 'blocks.1.hook_resid_post'
/** Few enough that every call of a block is looked into. */
const FEATURES = 24
/** Of a residual, relative: about what a forward pass in float32 gives. */
const ERROR = 1e-7

export interface JumpingModel {
  readonly model: Model
  readonly ids: Int32Array
  /** (n_row, d_model), exact. */
  readonly rows: readonly Float64Array[]
  /** The same as a float32 forward pass would have captured it. */
  readonly residuals: Residuals
}

/** A model with at least two blocks. */
export function drawModel(seed: number): RandomModel {
  for (let s = seed; ; s += 100) {
    const drawn = randomModel('llama', s)
    if (Number(drawn.config.num_hidden_layers) >= 2) return drawn
  }
}

/** The same model with every weight moved a little. */
export function compressed({ config, tensors }: RandomModel, seed: number): RandomModel {
  const random = new RandomSource(seed + 5)
  const moved = [...tensors].map(([name, { shape, data }]): [string, NaiveTensor] => {
    return [name, { shape, data: Float32Array.from(data, (w) => w * (1 + 0.05 * random.normal())) }]
  })
  return { config, tensors: new Map(moved) }
}

export async function runModel({ config, tensors }: RandomModel, seed: number): Promise<JumpingModel> {
  const blocks = Array.from({ length: SEQUENCES }, (_, b) => randomIds(config, LENGTH, 31 * seed + b))
  const rows = blocks.flatMap((ids) => naiveForward(config, tensors, ids).hooks.get(HOOK_NAME) ?? [])
  const width = rows[0]?.length ?? 0
  const random = new RandomSource(seed + 11)
  const store = await createRowStore(rows.length, width, { bytesLeft: 1e9 })
  for (const [row, x] of rows.entries()) {
    await store.write(
      row,
      Float32Array.from(x, (value) => value * (1 + ERROR * random.normal())),
    )
  }
  const model = modelOf({ config, tensors }, LENGTH)
  return { model, ids: Int32Array.from(blocks.flat()), rows, residuals: { store, center: false } }
}

/** An encoder whose weights are at hand. */
export interface DrawnEncoder extends JumpEncoder {
  readonly W_enc: Float32Array
  /** As an audit has it: in ranges of fewer features than there are. */
  readonly stored: StoredEncoder
}

/** z of every row, (n_row, d_sae), by the definition. */
export function naivePreActivations(
  encoder: Pick<DrawnEncoder, 'W_enc' | 'bias'>,
  rows: readonly Float64Array[],
): Float64Array[] {
  const width = encoder.bias.length
  return rows.map((x) =>
    Float64Array.from(encoder.bias, (bias, j) =>
      x.reduce((sum, value, i) => sum + value * (encoder.W_enc[i * width + j] ?? 0), bias),
    ),
  )
}

/**
 * Thresholds on, or 1e-7 beside, a positive pre-activation in the first `blocks` blocks of one of the models in turn. A
 * threshold is a float32, so even "on" it z lies a little above or below.
 */
export function drawEncoder(models: readonly JumpingModel[], blocks: number, seed: number): DrawnEncoder {
  const random = new RandomSource(seed + 23)
  const d_in = models[0]?.rows[0]?.length ?? 0
  const W_enc = Float32Array.from({ length: d_in * FEATURES }, () => random.normal() / Math.sqrt(d_in))
  const bias = Float64Array.from({ length: FEATURES }, () => Math.fround(0.1 * random.normal()))
  const norms = Float64Array.from({ length: FEATURES }, (_, j) =>
    Math.hypot(...Array.from({ length: d_in }, (_, i) => W_enc[i * FEATURES + j] ?? 0)),
  )
  const plain = { d_in, W_enc, bias, norms }
  const readings = models.map(({ rows }) => naivePreActivations(plain, rows.slice(0, blocks * LENGTH)))
  const threshold = Float32Array.from({ length: FEATURES }, (_, j) => {
    const positive = (readings[j % models.length] ?? []).map((z) => z[j] ?? 0).filter((z) => z > 0)
    const z = positive[random.integer(0, positive.length - 1)] ?? 1
    return z * (1 + 1e-7 * ((j % 3) - 1))
  })
  const encoder = { d_in, input: 'plain', W_enc, bias: Float32Array.from(bias), threshold } as const
  const stored = storedOf({ ...encoder, activatesBy: 'feature' }, Math.ceil(FEATURES / 3))
  return { ...plain, threshold, stored, pick: (features) => pickFeatures(stored, features) }
}
