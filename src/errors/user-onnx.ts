/** @file Problems of a user's own ONNX model as a candidate. */
import { problem } from './problem.ts'

const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, 24).join(', ')
  return names.length > 24 ? `${shown}, … (${names.length} in all)` : shown
}

export const onnxMalformed = problem('ONNX_MALFORMED', 2, (file: string, byte: number, reason: string) => ({
  message: `${file} is not a readable ONNX model: at byte ${byte}, ${reason}.`,
  fix: 'Fetch or export the file again; a web page or a git-lfs pointer in its place is the usual cause.',
}))

export const onnxTooLarge = problem('ONNX_TOO_LARGE', 2, (file: string, what: string, most: number) => ({
  message: `${file} has ${what}; at most ${most} are read.`,
  fix: 'Export the model with its weights as external data; a protobuf cannot hold more than 2 GiB.',
}))

export const onnxVersion = problem(
  'ONNX_VERSION_TOO_NEW',
  2,
  (file: string, what: string, found: number, newest: number) => ({
    message: `${file} uses ${what} ${found}; the engine of this release runs up to ${newest}.`,
    fix: `Export the model again with ${what} ${newest} or lower, or use a newer release of saegate.`,
  }),
)

export const onnxSeveral = problem('ONNX_AMBIGUOUS', 2, (spec: string, found: readonly string[]) => ({
  message: `${spec} holds several ONNX models: ${listed(found)}.`,
  fix: 'Name the one to audit, for example ./model/onnx/model_q4.onnx.',
}))

export const onnxInput = problem(
  'ONNX_INPUT',
  2,
  (file: string, input: string, found: string, reason: string) => ({
    message: `${file}: input "${input}" (${found}) ${reason}.`,
    fix: 'Export a decoder that takes input_ids and, if it must, attention_mask, position_ids and past_key_values, with batch and length left open.',
  }),
)

export const onnxNoTokens = problem('ONNX_NO_TOKENS', 2, (file: string, inputs: readonly string[]) => ({
  message: `${file} takes no token ids; its inputs: ${listed(inputs)}.`,
  fix: 'Export the decoder with input_ids [batch, sequence], int64 or int32, as an input.',
}))

export const onnxNoLogits = problem('ONNX_NO_LOGITS', 2, (file: string, outputs: readonly string[]) => ({
  message: `${file} gives no logits [batch, sequence, vocabulary]; its outputs: ${listed(outputs)}.`,
  fix: 'Export the model with its language-model head (Optimum: --task text-generation).',
}))

export const onnxShape = problem(
  'ONNX_SHAPE',
  2,
  (file: string, value: string, found: readonly number[], expected: string) => ({
    message: `${file}: "${value}" came out as [${found.join(', ')}]; ${expected} was expected.`,
    fix: 'Check that the model belongs to this reference and gives logits for every position; with --tap, name a value of the residual stream.',
  }),
)

export const onnxLastLogits = problem('ONNX_LAST_LOGITS', 2, (file: string, name: string, sign: string) => ({
  message: `${file}: "${name}" holds the logits of the last position only (${sign}); perplexity and KL need those of every position.`,
  fix: 'Export it with the logits of every position (onnxruntime-genai: without prune_lm_head; torch: logits_to_keep 0).',
}))

export const onnxFixedLength = problem(
  'ONNX_FIXED_LENGTH',
  2,
  (file: string, found: number, asked: number) => ({
    message: `${file} was exported for sequences of exactly ${found} tokens; the audit runs ${asked}.`,
    fix: `Use --block-length ${found} and chunked perplexity only, or export with an open sequence length.`,
  }),
)

export const onnxDataMissing = problem(
  'ONNX_DATA_MISSING',
  2,
  (file: string, tensor: string, data: string) => ({
    message: `${file}: tensor "${tensor}" lies in "${data}", which is not beside the model.`,
    fix: 'Copy the external data file into the folder of the model, under the name it was exported with.',
  }),
)

export const onnxDataOutside = problem(
  'ONNX_DATA_OUTSIDE',
  2,
  (file: string, tensor: string, data: string) => ({
    message: `${file}: tensor "${tensor}" names the data file "${data}", outside the folder of the model.`,
    fix: 'Nothing outside that folder is read. Export the model again with its data beside it; do not use a model from a source you do not trust.',
  }),
)

export const onnxDataShort = problem(
  'ONNX_DATA_SHORT',
  2,
  (file: string, tensor: string, data: string, end: number, bytes: number) => ({
    message: `${file}: tensor "${tensor}" ends at byte ${end} of "${data}", which has ${bytes}.`,
    fix: 'The download or export was cut short: fetch the data file again.',
  }),
)

export const onnxRefused = problem('ONNX_REFUSED', 2, (file: string, reason: string) => ({
  message: `${file} cannot be loaded: ${reason}`,
  fix: 'Check that the model runs in onnxruntime at all; operators of other engines and prepacked GPU weights do not.',
}))

export const onnxTapUnclear = problem(
  'ONNX_TAP_UNCLEAR',
  2,
  (file: string, hook: string, found: number, expected: number, values: readonly string[]) => ({
    message: `${file}: ${hook} cannot be placed: a model like the reference adds to its residual stream ${expected} times, this one ${found} times. The values of the stream, in order: ${listed(values)}.`,
    fix: 'Name the value that is this hook with --tap (`saegate inspect` lists them).',
  }),
)

export const onnxTapUnknown = problem(
  'ONNX_TAP_UNKNOWN',
  2,
  (file: string, tap: string, values: readonly string[]) => ({
    message: `${file}: --tap ${tap}: no node of the model gives that value. The values of the residual stream: ${listed(values)}.`,
    fix: 'Give one of these, or another node output (`saegate inspect` lists them).',
  }),
)

export const onnxTapHook = problem('ONNX_TAP_HOOK', 2, (file: string, hook: string, reason: string) => ({
  message: `${file}: ${hook}: ${reason}.`,
  fix: 'Use SAEs of hook_resid_pre, hook_resid_mid or hook_resid_post, or name the value with --tap and audit one hook at a time.',
}))

export const onnxFusedAttention = problem('ONNX_FUSED_ATTENTION', 2, (file: string, op: string) => ({
  message: `${file}: its ${op} nodes cannot run on WebGPU: onnxruntime’s fused attention drops soft caps there, and gives wrong results on some drivers.`,
  fix: 'Use --device cpu, or export with attention spelled out (torch: attn_implementation="eager").',
}))

export const onnxSubgraph = problem('ONNX_MERGED', 2, (file: string, node: string) => ({
  message: `${file}: the whole decoder lies inside the branches of the If node "${node}", whose condition is not use_cache_branch; its values cannot be read.`,
  fix: 'Give the export before it was merged (decoder_model.onnx), or a plain one.',
}))
