/** @file Problems of putting what an SAE rebuilds in place of what it reads. */
import { problem } from './problem.ts'

export const recoveredHook = problem('RECOVERED_HOOK', 2, (hook: string, reason: string) => ({
  message: `A model cannot go on with what an SAE rebuilds at ${hook}: ${reason}.`,
  fix: 'Take an SAE of the residual stream or of what attention or MLP add to it, or audit without --loss-recovered.',
}))

export const nothingRebuilt = problem('NOTHING_REBUILT', 2, (sae: string, asked: string) => ({
  message: `${sae} has no decoder, so it rebuilds nothing that ${asked} could look at.`,
  fix: `Give the SAE with its decoder, or audit without ${asked}.`,
}))

export const recoveredLosses = problem('RECOVERED_LOSSES', 2, () => ({
  message:
    '--loss-recovered compares losses, and --perplexity leaves out what stands behind the SAE, or the sequences that it reads.',
  fix: 'Use --perplexity chunked.',
}))

export const recoveredOnnx = problem('RECOVERED_ONNX', 2, (name: string) => ({
  message: `${name} is an ONNX model, which runs from token ids to logits as a whole: nothing can be put in place of what passes a hook of it.`,
  fix: 'Give its checkpoint in place of the ONNX model, or audit it without --loss-recovered.',
}))

export const recoveredTurned = problem('RECOVERED_TURNED', 2, (name: string) => ({
  message: `${name} is turned back to the reference's basis where it is read; its stored rows are not the ones that its blocks go on with.`,
  fix: 'Audit it without --loss-recovered, or give a checkpoint that was quantized without rotation.',
}))

export const scalingByRow = problem('SCALING_BY_ROW', 2, (sae: string) => ({
  message: `The features of ${sae} fire by the row (the k largest of all), and latent scaling is measured of features that fire by themselves.`,
  fix: 'Audit without --latent-scaling.',
}))
