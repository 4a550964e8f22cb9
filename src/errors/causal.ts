/** @file Problems of looking at what features cause. */
import { problem } from './problem.ts'

export const causalHook = problem('CAUSAL_HOOK', 2, (hook: string, reason: string) => ({
  message: `Features at ${hook} cannot be ablated and steered: ${reason}.`,
  fix: 'Take an SAE of the residual stream before a block (blocks.L.hook_resid_pre) or after one that is not the last (blocks.L.hook_resid_post).',
}))

export const causalTranscoder = problem('CAUSAL_TRANSCODER', 2, (sae: string) => ({
  message: `${sae} reads one place and predicts another: what a feature adds where it is read is not known, so it cannot be taken away there.`,
  fix: 'Take a sparse autoencoder, which rebuilds what it reads.',
}))

export const causalTurned = problem('CAUSAL_TURNED', 2, (name: string) => ({
  message: `${name} is turned back to the reference's basis where it is read; its stored rows are not the ones that its blocks go on with.`,
  fix: 'Leave it out of the causal checks, or give a checkpoint that was quantized without rotation.',
}))

export const causalOnnx = problem('CAUSAL_ONNX', 2, (name: string) => ({
  message: `${name} is an ONNX model, which runs from token ids to logits as a whole: it cannot be started at a hook.`,
  fix: 'Give its checkpoint in place of the ONNX model.',
}))

export const causalLosses = problem('CAUSAL_LOSSES', 2, () => ({
  message:
    'Causal checks compare next-token distributions, and --perplexity leaves out what stands behind the SAE.',
  fix: 'Use --perplexity chunked.',
}))

export const causalStreamed = problem('CAUSAL_STREAMED', 3, (name: string) => ({
  message: `${name} does not fit into memory and is read range by range; causal checks run the blocks behind the SAE many times over and need them there.`,
  fix: 'Use a machine with more memory, or audit without the causal checks.',
}))

export const causalSilent = problem('CAUSAL_SILENT', 2, (readout: string, features: string) => ({
  message: `At ${readout} the reference never fires ${features} on this text, so there is nothing to ablate.`,
  fix: 'Use more or other text, or take them off the list.',
}))
