/** @file What can be wrong with a compression spec such as `rtn:6` or `prune:0.175`. */
import { problem } from './problem.ts'

/** How each is written, by what it begins with. */
const FORMS: Readonly<Record<string, string>> = {
  rtn: 'rtn:6 (2 to 8 bits), rtn:4,group=128 or rtn:8,scale=tensor; rtn:6 also with ,layout=transformerlens and ,arithmetic=bfloat16',
  prune:
    'prune:0.175 (0 ≤ sparsity < 1), also with ,layout=transformerlens and ,arithmetic=bfloat16, or prune:match=rtn:6',
  wanda: 'wanda:0.5 or wanda:2:4',
  sparsegpt: 'sparsegpt:0.5 or sparsegpt:2:4',
  gptq: 'gptq:4 or gptq:4,group=128 (2 to 8 bits)',
  awq: 'awq:4 or awq:4,group=128 (2 to 8 bits)',
}

const formOf = (spec: string): string =>
  FORMS[/^\w+/.exec(spec)?.[0] ?? ''] ?? 'nf4, int8-outlier or smoothquant:8, with nothing behind it'

export const compressionSpecMalformed = problem(
  'COMPRESSION_SPEC_MALFORMED',
  2,
  (spec: string, reason: string) => ({
    message: `Candidate "${spec}": ${reason}.`,
    fix: `Write ${formOf(spec)}; several candidates each with their own --candidate.`,
  }),
)

export const matchTextMissing = problem(
  'MATCH_TEXT_MISSING',
  2,
  (spec: string, corpus: string, audited: number) => ({
    message: `Candidate "${spec}": ${corpus} has no whole sequence left after the ${audited} tokens that are audited, and the sparsity is to be found on other text.`,
    fix: 'Audit fewer tokens (--tokens), give more text, or find it on the audited tokens themselves (--match-tokens audited).',
  }),
)

export const matchTextShort = problem(
  'MATCH_TEXT_SHORT',
  2,
  (spec: string, tokens: number, sequence: number) => ({
    message: `Candidate "${spec}": --match-tokens gives ${tokens} tokens, less than one sequence of ${sequence}.`,
    fix: 'Give more, for example --match-tokens 50k.',
  }),
)

export const compressionShapeMismatch = problem(
  'COMPRESSION_SHAPE_MISMATCH',
  2,
  (tensor: string, found: readonly number[], expected: readonly number[]) => ({
    message: `Tensor "${tensor}" has shape [${found.join(', ')}]; compression expected [${expected.join(', ')}].`,
    fix: 'Check that config.json belongs to these weights.',
  }),
)

export const layoutNotCentred = problem('LAYOUT_NOT_CENTRED', 2, (spec: string, readout: string) => ({
  message: `Candidate "${spec}": TransformerLens centres what this model writes to its residual stream, and ${readout} is read uncentred.`,
  fix: 'Compare at centred read-outs on both sides (--center true, for an SAE that was trained so), or leave layout=transformerlens out.',
}))

export const layoutElsewhere = problem('LAYOUT_ELSEWHERE', 2, (spec: string, readout: string) => ({
  message: `Candidate "${spec}": ${readout} is inside a block, where TransformerLens' folded weights hold something else than the reference's.`,
  fix: 'Read the residual stream, attn_out or mlp_out, or leave layout=transformerlens out.',
}))

export const layoutOfQuantized = problem('LAYOUT_OF_QUANTIZED', 2, (spec: string) => ({
  message: `Candidate "${spec}": the reference quantizes the inputs of its layers, and norms cannot be folded past that.`,
  fix: 'Give the full-precision model as the reference.',
}))

export const layoutOfExperts = problem('LAYOUT_OF_EXPERTS', 2, (spec: string) => ({
  message: `Candidate "${spec}": the reference has layer norms before experts, a kind of model that TransformerLens does not hold.`,
  fix: 'Leave layout=transformerlens out.',
}))

export const layoutOfDeltaNets = problem('LAYOUT_OF_DELTA_NETS', 2, (spec: string) => ({
  message: `Candidate "${spec}": the reference has gated delta nets in place of attention, which TransformerLens does not hold as heads.`,
  fix: 'Leave layout=transformerlens out.',
}))

export const calibrationTextMissing = problem(
  'CALIBRATION_TEXT_MISSING',
  2,
  (spec: string, text: string, sequence: number) => ({
    message: `Candidate "${spec}": ${text} has no whole sequence of ${sequence} tokens to calibrate on that is not audited.`,
    fix: 'Audit fewer tokens (--tokens), ask for at least one sequence (--calibration-tokens), or name another text (--calibration).',
  }),
)

export const calibrationAudited = problem(
  'CALIBRATION_AUDITED',
  2,
  (spec: string, text: string, sequence: number) => ({
    message: `Candidate "${spec}": at least half of sequence ${sequence} of the calibration text (${text}) is in the text that is audited, too. A compression that was fitted to the audited text would look better than it is.`,
    fix: 'Calibrate on other text (--calibration), or audit another part.',
  }),
)

export const smoothingOfExperts = problem('SMOOTHING_OF_EXPERTS', 2, (spec: string) => ({
  message: `Candidate "${spec}": experts share what a norm gives with the router that chooses among them, and SmoothQuant would scale it for both.`,
  fix: 'Use another compression for a model with experts.',
}))

export const smoothingElsewhere = problem('SMOOTHING_ELSEWHERE', 2, (spec: string, readout: string) => ({
  message: `Candidate "${spec}": ${readout} reads what a norm gives, which SmoothQuant divides by its scales.`,
  fix: 'Read the residual stream, attn_out or mlp_out, or use another compression.',
}))
