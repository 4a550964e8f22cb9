/** @file What can go wrong with a GGUF file: its container, its split parts, its tensor types, its metadata and its tokenizer. */
import { problem } from './problem.ts'

const fetchAgain = 'Download or convert the file again; a truncated download is the usual cause.'

export const notGguf = problem('GGUF_NOT_GGUF', 2, (file: string, reason: string) => ({
  message: `${file} is not a GGUF file that can be read: ${reason}.`,
  fix: 'Check the path. Files of GGUF version 1, GGML, GGJT and big-endian files must be converted again with a current llama.cpp.',
}))

/** A count, length, alignment or nesting beyond what any real file has. */
export const ggufLimit = problem(
  'GGUF_LIMIT_EXCEEDED',
  2,
  (file: string, what: string, found: number | bigint, limit: number) => ({
    message: `${file}: ${what} is ${found}; at most ${limit} is allowed.`,
    fix: fetchAgain,
  }),
)

/** The header or a tensor ends beyond the end of the file. */
export const ggufTruncated = problem(
  'GGUF_TRUNCATED',
  2,
  (file: string, what: string, end: number, byteLength: number) => ({
    message: `${file}: ${what} would end at byte ${end}, but the file has ${byteLength} bytes.`,
    fix: fetchAgain,
  }),
)

export const ggufMalformed = problem('GGUF_MALFORMED', 2, (file: string, what: string, reason: string) => ({
  message: `${file}: ${what} ${reason}.`,
  fix: fetchAgain,
}))

export const ggufTypeUnsupported = problem(
  'GGUF_TYPE_UNSUPPORTED',
  2,
  (file: string, tensor: string, type: string, supported: readonly string[]) => ({
    message: `${file}: tensor "${tensor}" is stored as ${type}, which cannot be decoded. Supported: ${supported.join(', ')}.`,
    fix: 'Quantize the model to one of the supported types.',
  }),
)

export const ggufSplitWrong = problem('GGUF_SPLIT_WRONG', 2, (file: string, reason: string) => ({
  message: `${file}: the split file cannot be put together: ${reason}.`,
  fix: 'Put all parts (name-00001-of-0000N.gguf) of one conversion in one folder and name the first.',
}))

export const ggufArchitectureUnknown = problem(
  'GGUF_ARCHITECTURE_UNKNOWN',
  2,
  (file: string, architecture: string, known: readonly string[]) => ({
    message: `${file}: general.architecture is "${architecture}"; known are ${known.join(', ')}.`,
    fix: 'Give the model as a Hugging Face folder or as ONNX, or use a GGUF of a known architecture.',
  }),
)

export const ggufKeyMissing = problem('GGUF_KEY_MISSING', 2, (file: string, key: string) => ({
  message: `${file}: the metadata key "${key}" is missing.`,
  fix: 'Convert the model again with a current llama.cpp.',
}))

export const ggufKeyInvalid = problem(
  'GGUF_KEY_INVALID',
  2,
  (file: string, key: string, found: string, allowed: string) => ({
    message: `${file}: the metadata key "${key}" is ${found}; it must be ${allowed}.`,
    fix: 'Convert the model again with a current llama.cpp.',
  }),
)

/** The model uses something that its Hugging Face form, or this program, has no words for. */
export const ggufModelUnsupported = problem('GGUF_MODEL_UNSUPPORTED', 2, (file: string, reason: string) => ({
  message: `${file}: this model cannot be brought to its Hugging Face form: ${reason}.`,
  fix: 'Give the model as a Hugging Face folder instead.',
}))

export const ggufTensorUnknown = problem(
  'GGUF_TENSOR_UNKNOWN',
  2,
  (file: string, tensor: string, architecture: string) => ({
    message: `${file}: tensor "${tensor}" has no place in the architecture "${architecture}".`,
    fix: 'The file holds a variant (experts, adapters, another head) that is not supported. Use the plain dense model.',
  }),
)

export const ggufShapeWrong = problem(
  'GGUF_SHAPE_WRONG',
  2,
  (file: string, tensor: string, shape: readonly number[], expected: string) => ({
    message: `${file}: tensor "${tensor}" has shape (${shape.join(', ')}); ${expected}.`,
    fix: fetchAgain,
  }),
)

export const ggufTokenizerUnsupported = problem(
  'GGUF_TOKENIZER_UNSUPPORTED',
  2,
  (file: string, reason: string) => ({
    message: `${file}: no tokenizer can be built from its metadata: ${reason}.`,
    fix: 'Pass the tokenizer of the original model with --tokenizer.',
  }),
)
