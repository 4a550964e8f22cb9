/** @file What can be wrong with a quantized Hugging Face checkpoint. */
import { problem } from './problem.ts'

const DAMAGED =
  'Download or quantize the checkpoint again; a tensor file and config.json of different runs do not fit together.'

export const packedPartMissing = problem('PACKED_PART_MISSING', 2, (tensor: string, why: string) => ({
  message: `Tensor "${tensor}" is missing: ${why}.`,
  fix: DAMAGED,
}))

export const packedPartType = problem(
  'PACKED_PART_TYPE',
  2,
  (tensor: string, found: string, allowed: readonly string[]) => ({
    message: `Tensor "${tensor}" is stored as ${found}; this packing stores it as ${allowed.join(' or ')}.`,
    fix: DAMAGED,
  }),
)

export const packedPartShape = problem(
  'PACKED_PART_SHAPE',
  2,
  (tensor: string, found: readonly number[], expected: string) => ({
    message: `Tensor "${tensor}" has shape [${found.join(', ')}]; expected ${expected}.`,
    fix: DAMAGED,
  }),
)

export const packedPartLength = problem(
  'PACKED_PART_LENGTH',
  2,
  (tensor: string, found: number, expected: number) => ({
    message: `Tensor "${tensor}" has ${found} bytes; its shape and type need ${expected}.`,
    fix: DAMAGED,
  }),
)

export const packedPartValue = problem('PACKED_PART_VALUE', 2, (tensor: string, what: string) => ({
  message: `Tensor "${tensor}": ${what}.`,
  fix: DAMAGED,
}))

export const packedConfig = problem('PACKED_CONFIG', 2, (field: string, found: string, allowed: string) => ({
  message: `config.json: quantization_config.${field} is ${found}; allowed: ${allowed}.`,
  fix: `Correct quantization_config.${field} in the checkpoint's config.json, or quantize again.`,
}))

export const packedGroups = problem(
  'PACKED_GROUPS',
  2,
  (tensor: string, field: string, groupSize: number, inputs: number, found: number) => ({
    message:
      `Tensor "${tensor}" has scales for ${found} groups, but quantization_config.${field} ${groupSize} ` +
      `over ${inputs} inputs makes ${Math.ceil(inputs / groupSize)}.`,
    fix: `Set quantization_config.${field} to the group size that the checkpoint was made with.`,
  }),
)

export const packedUnsupported = problem(
  'PACKED_UNSUPPORTED',
  2,
  (format: string, where: string, fix: string) => ({
    message: `Packing "${format}" (${where}) cannot be read.`,
    fix,
  }),
)
