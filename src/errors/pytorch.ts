/** @file What can go wrong with a file of PyTorch: it is damaged, or it asks for more than tensors and plain values. */
import { problem } from './problem.ts'

export const pytorchMalformed = problem('PYTORCH_MALFORMED', 2, (file: string, reason: string) => ({
  message: `${file} is not a usable file of PyTorch: ${reason}.`,
  fix: 'Fetch it again, or write it again with torch.save.',
}))

export const pytorchRefused = problem('PYTORCH_REFUSED', 2, (file: string, what: string) => ({
  message: `${file} asks for ${what}, which is neither a tensor nor a plain value: loading it could run any code, so it is not done.`,
  fix: 'Save the tensors alone where Python is at hand: safetensors.torch.save_file, or torch.save of a dict of tensors.',
}))
