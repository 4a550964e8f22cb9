/** @file What is compared: models, dictionary. Part of the one table in options.ts. */
import { type OptionRow, one, text } from './option-spec.ts'

export const SUBJECT_OPTIONS = {
  reference: {
    flag: '--reference',
    input: 'reference',
    key: 'reference',
    type: text,
    ...one,
    default: null,
    metavar: 'SPEC',
    description:
      'The full-precision model: a Hugging Face folder, a GGUF file, hf:owner/name[@revision] or oci:host/repository:tag.',
    example: 'hf:EleutherAI/pythia-70m-deduped',
  },
  candidate: {
    flag: '--candidate',
    input: 'candidate',
    key: 'candidates',
    type: text,
    multi: true,
    default: null,
    metavar: 'SPEC',
    description:
      'The compressed model: a folder, a GGUF or ONNX file, hf:owner/name, oci:host/repository:tag; or made of the reference: rtn:BITS (2 to 8), prune:SPARSITY, prune:match=SPEC (an rtn or a prune), nf4, int8-outlier, or calibrated (--calibration) wanda:SPARSITY, sparsegpt:SPARSITY (or N:M), gptq:BITS, awq:BITS (with or without ,group=N) or smoothquant:8. Several may be given.',
    example: './quantized/int6',
  },
  sae: {
    flag: '--sae',
    input: 'sae',
    key: 'saes',
    type: text,
    multi: true,
    default: null,
    metavar: 'SPEC',
    description:
      'The sparse autoencoder that names the features: a folder or hf:owner/name/path. Several may be given, or one pattern (hf:owner/name/layer_*/width_16k/canonical); none measures perplexity and KL alone.',
    example: 'hf:ctigges/pythia-70m-deduped__res-sm_processed/4-res-sm',
  },
} as const satisfies Readonly<Record<string, OptionRow>>
