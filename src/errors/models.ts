/** @file What can be wrong with a model's config.json: a family or a value that we do not know how to compute. */
import { problem } from './problem.ts'

export const familyUnknown = problem('FAMILY_UNKNOWN', 2, (found: string, known: readonly string[]) => ({
  message: `model config: model_type is ${found}; known families: ${known.join(', ')}.`,
  fix: 'Use a checkpoint of a known family, or export the model to ONNX and give that file.',
}))

export const configKeyMissing = problem('CONFIG_KEY_MISSING', 2, (key: string) => ({
  message: `model config: ${key} is missing and has no default.`,
  fix: 'Complete config.json from the original model repository.',
}))

export const configValueUnsupported = problem(
  'CONFIG_VALUE_UNSUPPORTED',
  2,
  (key: string, found: string, allowed: string) => ({
    message: `model config: ${key} is ${found}; allowed: ${allowed}.`,
    fix: 'Compare config.json with the original model repository; a value that is not listed would change the forward pass.',
  }),
)

export const sequenceTooLong = problem('SEQUENCE_TOO_LONG', 2, (length: number, most: number) => ({
  message: `Sequences of ${length} tokens are asked for, but the model was made for at most ${most} positions.`,
  fix: `Choose a block length and a sliding window of at most ${most}.`,
}))
