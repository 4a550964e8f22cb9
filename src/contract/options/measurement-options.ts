/** @file What is measured of the models, and how what was done to a candidate is undone or kept. Part of the one table in options.ts. */
import { type OptionRow, one, text } from './option-spec.ts'

/** The paper's window and stride, used when sliding perplexity is asked for by name alone. */
const SLIDING = { window: 2048, stride: 512 } as const

export const MEASUREMENT_OPTIONS = {
  perplexity: {
    flag: '--perplexity',
    input: 'perplexity',
    key: 'perplexity',
    type: { kind: 'perplexity', sliding: SLIDING, max: 1_048_576 },
    ...one,
    default: { chunked: true, sliding: null },
    metavar: 'HOW',
    description: `Perplexity protocols: chunked, sliding, both or none (then no KL either: nothing behind the last SAE is run). sliding=WINDOW/STRIDE sets its window, else ${SLIDING.window}, and stride, else ${SLIDING.stride}.`,
    example: 'chunked,sliding',
  },
  hook: {
    flag: '--hook',
    input: null,
    key: 'saes[].hook',
    type: text,
    ...one,
    default: null,
    absent: 'the SAE’s own',
    metavar: 'POINT',
    description: 'Where both models are read, for every SAE, in TransformerLens’ names.',
    example: 'blocks.4.hook_resid_post',
  },
  center: {
    flag: '--center',
    input: null,
    key: 'saes[].center',
    type: { kind: 'boolean' },
    ...one,
    default: null,
    absent: 'as the SAE’s config says',
    metavar: 'BOOLEAN',
    description:
      'Subtract each residual’s mean before encoding, for every SAE (TransformerLens’ centred weights).',
    example: 'true',
  },
  positions: {
    flag: '--positions',
    input: null,
    key: 'positions',
    type: { kind: 'positions', choices: ['auto', 'all', 'skip-first'] },
    ...one,
    default: 'auto',
    metavar: 'WHICH',
    description:
      'Which positions of a sequence count: auto (as the SAE was trained), all, skip-first (all but position 0), or skip-first=N (all but the first N).',
    example: 'all',
  },
  activations: {
    flag: '--activations',
    input: null,
    key: 'activations',
    type: { kind: 'choice', choices: ['simulate', 'ignore'] },
    ...one,
    default: 'simulate',
    metavar: 'HOW',
    description: 'Whether run-time activation quantization that a candidate’s config asks for is simulated.',
    example: 'ignore',
  },
  unrotate: {
    flag: '--unrotate',
    input: null,
    key: 'unrotate',
    type: { kind: 'switch' },
    ...one,
    default: false,
    metavar: '',
    description:
      'Turn the residual stream of a rotated candidate (QuaRot, SpinQuant) back before encoding, where its embedding says how.',
    example: 'true',
  },
  rescale: {
    flag: '--rescale',
    input: null,
    key: 'rescale',
    type: { kind: 'switch' },
    ...one,
    default: false,
    metavar: '',
    description:
      'Divide the residual stream of a candidate by the one factor that it is larger or smaller by, before encoding, where its outputs are the same.',
    example: 'true',
  },
  tap: {
    flag: '--tap',
    input: null,
    key: 'tap',
    type: text,
    ...one,
    default: null,
    absent: 'found from the graph',
    metavar: 'NODE_OUTPUT',
    description:
      'The value of an ONNX candidate that is the SAE’s hook point; `saegate inspect MODEL.onnx` lists them.',
    example: '/model/layers.4/Add_1_output_0',
  },
  explain: {
    flag: '--explain',
    input: null,
    key: 'explain',
    type: { kind: 'count', min: 0, max: 64, all: false },
    ...one,
    default: 8,
    metavar: 'N',
    description:
      'How many of the features that a candidate changed most are explained, for each SAE: where they fire in the text, and which tokens they speak for; as many again of those that a rule of the policy lists; 0: none, and the report quotes nothing of the corpus.',
    example: '8',
  },
  groups: {
    flag: '--groups',
    input: null,
    key: 'groups',
    type: { kind: 'count', min: 2, max: 1024, all: false },
    ...one,
    default: 32,
    metavar: 'N',
    description:
      'Most groups of consecutive sequences whose sums are kept apart for intervals: 32, 16 or 8 are used, as many as the text’s documents allow; below 8 there are no intervals.',
    example: '32',
  },
} as const satisfies Readonly<Record<string, OptionRow>>
