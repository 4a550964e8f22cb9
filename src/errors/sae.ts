/** @file What can go wrong with a sparse autoencoder: finding it, reading it, fitting it to the model. */
import { sentenceEnd } from './did-you-mean.ts'
import { problem } from './problem.ts'

const shown = (names: readonly string[]) => (names.length === 0 ? 'nothing' : names.slice(0, 8).join(', '))

export const saeNotFound = problem('SAE_NOT_FOUND', 2, (spec: string, names: readonly string[]) => ({
  message: `${spec} holds no sparse autoencoder that is known (found: ${shown(names)}).`,
  fix: 'Name the folder or file of one dictionary, in a layout of docs/dictionaries.md: SAELens (cfg.json with sae_weights.safetensors), Gemma Scope (params.npz, params.safetensors), …',
}))

export const saeAmbiguous = problem('SAE_AMBIGUOUS', 2, (spec: string, found: readonly string[]) => ({
  message: `${spec} holds ${found.length} sparse autoencoders: ${shown(found)}${found.length > 8 ? ', …' : ''}.`,
  fix: 'Name the folder of one of them; give several with --sae repeated.',
}))

export const saePatternEmpty = problem(
  'SAE_PATTERN_EMPTY',
  2,
  (pattern: string, names: readonly string[]) => ({
    message: `${pattern} stands for no sparse autoencoder (there is: ${shown(names)}).`,
    fix: 'A * stands for any part of one folder’s name, and "canonical" at the end for the folder average_l0_N of Gemma Scope that is nearest to 100.',
  }),
)

export const saePatternTooMany = problem(
  'SAE_PATTERN_TOO_MANY',
  2,
  (pattern: string, count: number | null, most: number) => ({
    message:
      count === null
        ? `${pattern} has more wildcards than any path has names.`
        : `${pattern} stands for ${count} sparse autoencoders; ${most} can be audited at once.`,
    fix: 'Write more of the path out: fewer layers, one width, "canonical" in place of a *.',
  }),
)

export const saesModelUnknown = problem('SAES_MODEL_UNKNOWN', 2, (model: string, nearest: string) => ({
  message: `No published dictionary is known of ${model}; the model of a name most like it is ${nearest}.`,
  fix: 'List the models with `saegate saes`. A dictionary need not be known to be used: name its folder with --sae.',
}))

export const saeUnsupported = problem('SAE_UNSUPPORTED', 2, (where: string, what: string) => ({
  message: `${where}: ${what} cannot be used.`,
  fix: 'Use a dictionary in one of the layouts of docs/dictionaries.md.',
}))

export const saeConfigInvalid = problem(
  'SAE_CONFIG_INVALID',
  2,
  (file: string, key: string, found: string, expected: string) => ({
    message: `${file}: "${key}" is ${found === 'null' ? 'missing or null' : found}; ${expected} was expected.`,
    fix: 'Fetch that file again, or correct the key.',
  }),
)

export const saeScaleMissing = problem('SAE_SCALE_MISSING', 2, (file: string) => ({
  message: `${file}: normalize_activations is "expected_average_only_in", and the scale it was trained with is not in the folder.`,
  fix: 'Fold the scale into the weights with SAELens (fold_activation_norm_scaling_factor) and save, or put activation_scaler.json beside cfg.json.',
}))

export const saeHookUnknown = problem(
  'SAE_HOOK_UNKNOWN',
  2,
  (where: string, hook: string, near: string | null, known: readonly string[]) => ({
    message: `${where}: "${hook}" is not a place in the model that can be read${sentenceEnd(near)}`,
    fix: `Give the hook point with --hook, as blocks.L. and one of ${known.join(', ')}.`,
  }),
)

export const saeHookUntold = problem('SAE_HOOK_UNTOLD', 2, (where: string) => ({
  message: `${where}: neither the path nor a config tells which place in the model this autoencoder reads.`,
  fix: 'Give it with --hook, for example blocks.12.hook_resid_post.',
}))

export const saeHookLayer = problem('SAE_HOOK_LAYER', 2, (spec: string, hook: string, layers: number) => ({
  message: `${spec} reads ${hook}, but the model has only blocks 0 to ${layers - 1}.`,
  fix: 'Use an autoencoder that was trained on this model, or correct --hook.',
}))

export const saeHookParallel = problem('SAE_HOOK_PARALLEL', 2, (spec: string, hook: string) => ({
  message: `${spec} reads ${hook}, which does not exist: attention and MLP of that block run in parallel.`,
  fix: 'Use hook_resid_pre or hook_resid_post of the block.',
}))

export const saeWidth = problem(
  'SAE_WIDTH',
  2,
  (spec: string, d_in: number, hook: string, width: number, model: string) => ({
    message: `${spec} takes ${d_in} inputs, but ${hook} of this model (${model}) has ${width}.`,
    fix: 'Use an autoencoder that was trained on this model and this hook point.',
  }),
)

export const saeShape = problem(
  'SAE_SHAPE',
  2,
  (
    file: string,
    tensor: string,
    found: readonly number[],
    wanted: readonly number[],
    d_in: number,
    d_sae: number,
  ) => ({
    message: `${file}: tensor "${tensor}" has shape [${found.join(', ')}]; [${wanted.join(', ')}] is needed for d_in ${d_in} and d_sae ${d_sae}.`,
    fix: 'Check that its config belongs to these weights.',
  }),
)

export const saeKTooLarge = problem('SAE_K_TOO_LARGE', 2, (file: string, k: number, d_sae: number) => ({
  message: `${file}: ${k} features of a row are to fire, but the dictionary has ${d_sae}.`,
  fix: 'Check that the config belongs to these weights.',
}))

export const saeKUntold = problem('SAE_K_UNTOLD', 2, (where: string) => ({
  message: `${where}: how many features of a row fire is said by the name of the repository it comes from, which is not in this path.`,
  fix: 'Name it from the Hub (hf:owner/name/file), or keep it in a folder of the repository’s name.',
}))

export const onnxEncoderUnread = problem('SAE_ONNX_UNREAD', 2, (where: string, what: string) => ({
  message: `${where} was not understood as an encoder of one hook's rows: ${what}.`,
  fix: 'Export encode() alone: one input of rows, shifts and factors, one product, and ReLU, a threshold for each feature, a gate or the k largest; without normalisation of the rows. Or use the dictionary’s own files.',
}))

export const onnxEncoderDiffers = problem(
  'SAE_ONNX_DIFFERS',
  2,
  (where: string, row: number, feature: number, found: number, expected: number) => ({
    message: `${where}: run as it is, feature ${feature} of trial row ${row} is ${expected}; as it was read it would be ${found}.`,
    fix: 'Use the dictionary’s own files; this graph does something that is not read.',
  }),
)

export const onnxEncoderData = problem('SAE_ONNX_DATA', 2, (where: string, data: string) => ({
  message: `${where}: its weights lie in "${data}" beside it, and only the file was named.`,
  fix: 'Name the folder in place of the file.',
}))
