/**
 * @file A model larger than most machines, for its memory alone: Llama-3-8B's shape in a file without contents (zeros that take no
 * disk), streamed by block, at few tokens. Its time says how quickly weights are read, unpacked and laid out, nothing of products.
 */
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { npy } from './npy.ts'
import { run } from './processes.ts'
import { writeTable } from './table.ts'

interface LargeResult {
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

const [D, LAYERS, KEYS, MLP, VOCABULARY] = [4096, 32, 1024, 14_336, 128_256]
const BLOCK_LENGTH = 128
const ROW_BYTES = 1e9
const MOST_TOKENS = 256

const CONFIG = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  hidden_size: D,
  num_hidden_layers: LAYERS,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  intermediate_size: MLP,
  vocab_size: VOCABULARY,
  max_position_embeddings: 8192,
  hidden_act: 'silu',
  rms_norm_eps: 1e-5,
  rope_theta: 500_000,
  tie_word_embeddings: false,
  torch_dtype: 'bfloat16',
}

function tensors(): readonly (readonly [name: string, shape: readonly number[]])[] {
  const blocks = Array.from({ length: LAYERS }, (_, layer) => {
    const at = (name: string): string => `model.layers.${layer}.${name}.weight`
    return [
      [at('input_layernorm'), [D]],
      [at('post_attention_layernorm'), [D]],
      [at('self_attn.q_proj'), [D, D]],
      [at('self_attn.k_proj'), [KEYS, D]],
      [at('self_attn.v_proj'), [KEYS, D]],
      [at('self_attn.o_proj'), [D, D]],
      [at('mlp.gate_proj'), [MLP, D]],
      [at('mlp.up_proj'), [MLP, D]],
      [at('mlp.down_proj'), [D, MLP]],
    ] as const
  })
  const unembedding = [VOCABULARY, D] as const
  return [
    ['model.embed_tokens.weight', unembedding],
    ['lm_head.weight', unembedding],
    ['model.norm.weight', [D]],
    ...blocks.flat(),
  ]
}

/** Header and length; what lies behind it is a hole. Returns the number of weights. */
async function writeHole(path: string): Promise<number> {
  let weights = 0
  const header: Record<string, unknown> = {}
  for (const [name, shape] of tensors()) {
    const size = shape.reduce((product, n) => product * n, 1)
    header[name] = { dtype: 'BF16', shape, data_offsets: [2 * weights, 2 * (weights + size)] }
    weights += size
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
async function measureLarge(cli: string, folder: string, tokens: number): Promise<LargeResult> {
  const [model, out] = [join(folder, 'model'), join(folder, 'report')]
  await mkdir(model, { recursive: true })
  await rm(out, { recursive: true, force: true })
  await writeFile(join(model, 'config.json'), JSON.stringify(CONFIG))
  const parameters = await writeHole(join(model, 'model.safetensors'))
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
  return `Llama-3-8B's shape (${(parameters / 1e9).toFixed(2)} billion weights, bfloat16), reference and \`rtn:8\`, ${tokens} tokens, perplexity and KL, streamed by block, \`--memory\` ${gigabytes(rowBytes)}: ${peak}, ${gigabytes(plannedBytes)} planned; ${seconds.toFixed(0)} s${waited}.`
}

/** What of the bench's options it takes. */
interface LargeOptions {
  readonly cli: string
  readonly tokens: number
  readonly quick: boolean
  readonly out: string | null
}

/** Measure, and write JSON and a sentence. Returns the exit status. */
export async function benchLarge({ cli, tokens, quick, out }: LargeOptions, bench: string): Promise<number> {
  const result = await measureLarge(cli, join(bench, 'data', 'llama3-8b'), Math.min(tokens, MOST_TOKENS))
  const text = largeText(result)
  process.stdout.write(`\n${text}\n`)
  const date = new Date().toISOString().slice(0, 10)
  await mkdir(join(bench, 'results'), { recursive: true })
  const path = out ?? join(bench, 'results', `${date}-llama3-8b-streamed.json`)
  await writeFile(path, `${JSON.stringify(result, null, 2)}\n`)
  if (!quick) await writeTable(join(bench, 'README.md'), 'llama3-8b streamed', `**${date}, cpu** · ${text}`)
  return 0
}
