/** @file Every layout of SAE files that is read: one file beside this one and one line here. */
import type { SaeFormat } from '../format.ts'
import { crossLayerTranscoder, perLayerTranscoder } from './circuit-tracer.ts'
import { dictionaryLearning } from './dictionary-learning.ts'
import { gemmaScope } from './gemma-scope.ts'
import { gemmaScope2 } from './gemma-scope-2.ts'
import { onnxEncoder } from './onnx-encoder.ts'
import { llamaScope, openMoss } from './openmoss.ts'
import { plainPytorch } from './plain-pytorch.ts'
import { qwenScope } from './qwen-scope.ts'
import { saeLens } from './saelens.ts'
import { sparsify } from './sparsify.ts'

export const LAYOUTS: readonly SaeFormat[] = [
  saeLens,
  gemmaScope,
  gemmaScope2,
  dictionaryLearning,
  qwenScope,
  sparsify,
  llamaScope,
  openMoss,
  perLayerTranscoder,
  crossLayerTranscoder,
  plainPytorch,
  onnxEncoder,
]
