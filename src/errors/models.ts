/**
 * @file What can be wrong with a model's config.json: a family or a value that we do not know how to compute. `where`: the
 * model's spec and "model config"; an audit has several.
 */
import { problem } from './problem.ts'

export const familyUnknown = problem(
  'FAMILY_UNKNOWN',
  2,
  (where: string, found: string, known: readonly string[]) => ({
    message: `${where}: model_type is ${found}; known families: ${known.join(', ')}.`,
    fix: 'Use a checkpoint of a known family, or export the model to ONNX and give that file.',
  }),
)

/** `missing` ends the sentence "it has …". */
export const familyRefused = problem(
  'FAMILY_REFUSED',
  2,
  (where: string, found: string, models: string, missing: string) => ({
    message: `${where}: model_type is "${found}" (${models}), which cannot be run: it has ${missing}.`,
    fix: 'Use a checkpoint of a family that runs (`saegate doctor --families` lists them), or export the model to ONNX and give that file as a candidate.',
  }),
)

export const configKeyMissing = problem('CONFIG_KEY_MISSING', 2, (where: string, key: string) => ({
  message: `${where}: ${key} is missing and has no default.`,
  fix: 'Complete config.json from the original model repository.',
}))

export const configValueUnsupported = problem(
  'CONFIG_VALUE_UNSUPPORTED',
  2,
  (where: string, key: string, found: string, allowed: string) => ({
    message: `${where}: ${key} is ${found}; allowed: ${allowed}.`,
    fix: 'Compare config.json with the original model repository; a value that is not listed would change the forward pass.',
  }),
)

export const sequenceTooLong = problem(
  'SEQUENCE_TOO_LONG',
  2,
  (where: string, length: number, most: number) => ({
    message: `${where}: sequences of ${length} tokens are asked for, but the model was made for at most ${most} positions.`,
    fix: `Choose a --block-length and a sliding window of at most ${most}.`,
  }),
)

/** Most names that are shown. */
const SHOWN_TENSORS = 4

/** `pairs`: the name that would be read, and the other one. */
export const tensorsTwice = problem(
  'TENSORS_TWICE',
  2,
  (where: string, pairs: readonly { readonly read: string; readonly other: string }[]) => ({
    message:
      `${where}: ${pairs.length} ${pairs.length === 1 ? 'tensor of its blocks is' : 'tensors of its blocks are'} stored twice, ` +
      `under two prefixes: ${pairs[0]?.read} and ${pairs[0]?.other}. ` +
      'Which of the two a runtime loads is not known, so neither can be judged.',
    fix: 'Save the model again with one of the two (a quantizer that added what it took for missing leaves both), and audit that.',
  }),
)

/** `said`: what the config says of its class and code. */
export const tensorsUnread = problem(
  'TENSORS_UNREAD',
  2,
  (where: string, family: string, tensors: readonly string[], said: readonly string[] = []) => ({
    message:
      `${where}: the blocks store tensors that a ${family} with this config does not have: ` +
      `${tensors.slice(0, SHOWN_TENSORS).join(', ')}${tensors.length > SHOWN_TENSORS ? ` and ${tensors.length - SHOWN_TENSORS} more` : ''}` +
      `${said.map((sentence) => `; ${sentence}`).join('')}.`,
    fix: 'They belong to another architecture or to a config.json that switches them on: use that config, merge adapters into the weights, or export the model to ONNX and give that file.',
  }),
)
