/** @file What a family file is: a function from a config to a decoder, without warnings. */
import type { ConfigReader } from '../config-reader.ts'
import type { DecoderSpec, WeightMap } from '../decoder-spec.ts'
import type { TensorNames } from './tensor-names.ts'

export interface FamilyInput {
  readonly config: ConfigReader
  /** Longest sequence that will be run: longrope and dynamic rope depend on it. */
  readonly length: number
  readonly names: TensorNames
}

export interface FamilyDecoder {
  readonly spec: DecoderSpec
  readonly weights: WeightMap
  /** Names of tensors that checkpoints store in its blocks and that no published code reads. Absent: there are none. */
  readonly unused?: readonly string[]
}

/** Errors: CONFIG_VALUE_UNSUPPORTED and CONFIG_KEY_MISSING, naming the key. */
export type Family = (input: FamilyInput) => FamilyDecoder
