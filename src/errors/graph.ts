/** @file Problems of joining a checkpoint to a decoder: tensors that are not there or do not fit, models that do not agree. */
import { problem } from './problem.ts'

const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`

export const weightMissing = problem(
  'WEIGHT_MISSING',
  2,
  (where: string, tensor: string, shape: readonly number[], nearest: string | null = null) => ({
    message:
      `${where}: the config asks for tensor "${tensor}" ${shapeText(shape)}, and the checkpoint has none of that name` +
      `${nearest === null ? '' : `; the nearest that is stored is "${nearest}"`}.`,
    fix: 'Check that the config belongs to these weights and that all their files are there.',
  }),
)

export const weightShape = problem(
  'WEIGHT_SHAPE',
  2,
  (where: string, tensor: string, found: readonly number[], expected: readonly number[]) => ({
    message: `${where}: tensor "${tensor}" is ${shapeText(found)}, and the config makes it ${shapeText(expected)}.`,
    fix: 'Check that config.json belongs to these weights.',
  }),
)

export const modelsDiffer = problem(
  'MODELS_DIFFER',
  2,
  (candidate: string, what: string, found: string | number, reference: string | number) => ({
    message: `${candidate} is not a version of the reference: its ${what} is ${found}, the reference's is ${reference}.`,
    fix: 'Give a candidate made from this reference: same family, layers, width and vocabulary.',
  }),
)

/** Longest token that is shown. */
const SHOWN_TOKEN = 40

const tokenText = (token: string): string => JSON.stringify(token.slice(0, SHOWN_TOKEN))

/** Both models read the reference's ids. */
export const tokensDiffer = problem(
  'TOKENS_DIFFER',
  2,
  (
    candidate: string,
    found: { readonly count: number; readonly id: number; readonly ours: string; readonly theirs: string },
  ) => ({
    message:
      `${candidate} numbers its tokens otherwise than the reference: id ${found.id} is ${tokenText(found.theirs)} to it and ` +
      `${tokenText(found.ours)} to the reference, and so on for ${found.count} ids of the corpus.`,
    fix: 'Give a candidate with the reference’s tokenizer; run on the same ids it would read another text. A tokenizer.json that was left beside it from another model can be removed.',
  }),
)

export const activationGroups = problem(
  'ACTIVATION_GROUPS',
  2,
  (weight: string, inputs: number, groupSize: number) => ({
    message: `The inputs of "${weight}" are to be quantized in groups of ${groupSize}, but it has ${inputs} inputs, which is no multiple.`,
    fix: 'Check group_size of input_activations in config.json, or pass --activations ignore.',
  }),
)

export const hookMissing = problem('HOOK_MISSING', 2, (hook: string, reason: string) => ({
  message: `Hook point ${hook}: ${reason}.`,
  fix: 'Give the hook the SAE was trained on with --hook, for example blocks.4.hook_resid_post.',
}))
