/**
 * @file Models larger than most machines, for their memory alone: the shapes of Llama-3-8B and 70B in a file without contents (zeros that take no
 * disk), streamed by block, at few tokens. Its time says how quickly weights are read, unpacked and laid out, nothing of products.
 */
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { npy } from './npy.ts'
import { run } from './processes.ts'
import { writeTable } from './table.ts'

interface LargeResult {
  readonly title: string
  readonly parameters: number
  readonly tokens: number
  readonly seconds: number
  readonly peakBytes: number | null
  /** What the plan of the audit said of its peak. */
  readonly plannedBytes: number
  /** --memory */
  readonly rowBytes: number
  readonly streamed: { readonly ranges: number; readonly secondsWaited: number } | null
}

/** What tells one Llama of the bench from another. */
interface LlamaSize {
  readonly title: string
  readonly d: number
  readonly layers: number
  readonly heads: number
  /** Outputs of the key projection: 8 heads of 128. */
  readonly keys: number
  readonly mlp: number
}

const VOCABULARY = 128_256
const SIZES = {
  'llama3-8b': { title: 'Llama-3-8B', d: 4096, layers: 32, heads: 32, keys: 1024, mlp: 14_336 },
  'llama3-70b': { title: 'Llama-3-70B', d: 8192, layers: 80, heads: 64, keys: 1024, mlp: 28_672 },
} as const satisfies Record<string, LlamaSize>
export type LargeName = keyof typeof SIZES

export const isLarge = (name: string): name is LargeName => Object.hasOwn(SIZES, name)

const BLOCK_LENGTH = 128
const ROW_BYTES = 1e9
const MOST_TOKENS = 256

const configOf = ({ d, layers, heads, mlp }: LlamaSize) => ({
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  hidden_size: d,
  num_hidden_layers: layers,
  num_attention_heads: heads,
  num_key_value_heads: 8,
  intermediate_size: mlp,
  vocab_size: VOCABULARY,
  max_position_embeddings: 8192,
  hidden_act: 'silu',
  rms_norm_eps: 1e-5,
  rope_theta: 500_000,
  tie_word_embeddings: false,
  torch_dtype: 'bfloat16',
})

function tensors({
  d,
  layers,
  keys,
  mlp,
}: LlamaSize): readonly (readonly [name: string, shape: readonly number[]])[] {
  const blocks = Array.from({ length: layers }, (_, layer) => {
    const at = (name: string): string => `model.layers.${layer}.${name}.weight`
    return [
      [at('input_layernorm'), [d]],
      [at('post_attention_layernorm'), [d]],
      [at('self_attn.q_proj'), [d, d]],
      [at('self_attn.k_proj'), [keys, d]],
      [at('self_attn.v_proj'), [keys, d]],
      [at('self_attn.o_proj'), [d, d]],
      [at('mlp.gate_proj'), [mlp, d]],
      [at('mlp.up_proj'), [mlp, d]],
      [at('mlp.down_proj'), [d, mlp]],
    ] as const
  })
  const unembedding = [VOCABULARY, d] as const
  return [
    ['model.embed_tokens.weight', unembedding],
    ['lm_head.weight', unembedding],
    ['model.norm.weight', [d]],
    ...blocks.flat(),
  ]
}

/** Header and length; what lies behind it is a hole. Returns the number of weights. */
async function writeHole(path: string, size: LlamaSize): Promise<number> {
  let weights = 0
  const header: Record<string, unknown> = {}
  for (const [name, shape] of tensors(size)) {
    const count = shape.reduce((product, n) => product * n, 1)
    header[name] = { dtype: 'BF16', shape, data_offsets: [2 * weights, 2 * (weights + count)] }
    weights += count
  }
  if (existsSync(path)) return weights
  const text = JSON.stringify(header)
  const json = Buffer.from(text.padEnd(8 * Math.ceil(text.length / 8)))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  const file = await open(path, 'w')
  await file.write(Buffer.concat([length, json]))
  await file.truncate(8 + json.length + 2 * weights)
  await file.close()
  return weights
}

/** Plan and run the audit. `folder`: for the model and the report. */
async function measureLarge(
  cli: string,
  size: LlamaSize,
  folder: string,
  tokens: number,
): Promise<LargeResult> {
  const [model, out] = [join(folder, 'model'), join(folder, 'report')]
  await mkdir(model, { recursive: true })
  await rm(out, { recursive: true, force: true })
  await writeFile(join(model, 'config.json'), JSON.stringify(configOf(size)))
  const parameters = await writeHole(join(model, 'model.safetensors'), size)
  const ids = Int32Array.from({ length: tokens }, (_, i) => (7919 * i) % VOCABULARY)
  await writeFile(join(folder, 'ids.npy'), npy(ids))
  const args = [
    ...['--reference', model, '--candidate', 'rtn:8', '--sae', 'none'],
    ...[
      '--corpus',
      `tokens:${join(folder, 'ids.npy')}`,
      '--block-length',
      `${BLOCK_LENGTH}`,
      '--bos',
      'never',
    ],
    ...['--weights', 'stream', '--memory', `${ROW_BYTES / 1e6}MB`],
  ]
  const plan = JSON.parse((await run(process.execPath, [cli, 'plan', ...args, '--format', 'json'])).output)
  const { seconds, peakBytes } = await run(process.execPath, [cli, 'audit', ...args, '--out', out])
  const { tool } = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))
  const streamed = tool.streamed ?? null
  return {
    title: size.title,
    parameters,
    tokens,
    seconds,
    peakBytes,
    plannedBytes: plan.memory.peak,
    rowBytes: ROW_BYTES,
    streamed,
  }
}

/** The figures in a sentence, for bench/README.md. */
function largeText({
  title,
  parameters,
  tokens,
  seconds,
  peakBytes,
  plannedBytes,
  rowBytes,
  streamed,
}: LargeResult): string {
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`
  const peak =
    peakBytes === null ? 'a peak that this system does not tell' : `${gigabytes(peakBytes)} at its peak`
  const waited =
    streamed === null
      ? ''
      : `, ${streamed.secondsWaited.toFixed(0)} s of it waiting for weights (${streamed.ranges} ranges)`
  return `${title}'s shape (${(parameters / 1e9).toFixed(2)} billion weights, bfloat16), reference and \`rtn:8\`, ${tokens} tokens, perplexity and KL, streamed by block, \`--memory\` ${gigabytes(rowBytes)}: ${peak}, ${gigabytes(plannedBytes)} planned; ${seconds.toFixed(0)} s${waited}.`
}

/** What of the bench's options it takes. */
interface LargeOptions {
  readonly name: LargeName
  readonly cli: string
  readonly tokens: number
  readonly quick: boolean
  readonly out: string | null
}

/** Measure, and write JSON and a sentence. Returns the exit status. */
export async function benchLarge(
  { name, cli, tokens, quick, out }: LargeOptions,
  bench: string,
): Promise<number> {
  const result = await measureLarge(
    cli,
    SIZES[name],
    join(bench, 'data', name),
    Math.min(tokens, MOST_TOKENS),
  )
  const text = largeText(result)
  process.stdout.write(`\n${text}\n`)
  const date = new Date().toISOString().slice(0, 10)
  await mkdir(join(bench, 'results'), { recursive: true })
  const path = out ?? join(bench, 'results', `${date}-${name}-streamed.json`)
  await writeFile(path, `${JSON.stringify(result, null, 2)}\n`)
  if (!quick) await writeTable(join(bench, 'README.md'), `${name} streamed`, `**${date}, cpu** · ${text}`)
  return 0
}
