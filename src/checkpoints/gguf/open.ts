/**
 * @file Opens a GGUF file, or the parts of a split one, as a checkpoint in Hugging Face form: config, tensors, tokenizer.
 *
 * The candidate of an audit is usually only asked for `config` and `tensors` (the reference's tokenizer is used for both);
 * a GGUF that is the reference gives its tokenizer as well.
 */
import type { ByteSource } from '../../bytes/source.ts'
import { adapterOnly } from '../../errors/checkpoints.ts'
import { ggufModelUnsupported, ggufShapeWrong } from '../../errors/gguf.ts'
import { toFloat32 } from '../../numbers/half.ts'
import type { JsonObject } from '../../sources/json.ts'
import type { TensorTable } from '../../tensors/tensor.ts'
import { withSingleExperts } from '../single-experts.ts'
import { type GgufFile, type GgufTensor, readGguf } from './container.ts'
import { countTypes, describeGguf, type GgufDescription, type TypeCount } from './description.ts'
import type { GgufModel } from './families/family.ts'
import { ggufConfig, ggufFamily } from './families/index.ts'
import { ModelMetadata } from './model-metadata.ts'
import { ROPE_FACTOR_TENSORS, renameTensors } from './renamed.ts'
import { joinParts } from './split.ts'
import { decodeTensor, ggufTensors, requireDecodable } from './tensors.ts'
import { ggufTokenizer, type TokenizerFiles } from './tokenizer.ts'
import { unreadKeyWarnings } from './unread-keys.ts'

export interface GgufCheckpoint {
  /** As the config.json of the Hugging Face model would be. */
  readonly config: JsonObject
  /** Under Hugging Face names, in Hugging Face layout. Its `close` closes the sources. */
  readonly tensors: TensorTable
  /** ggml type of most of the weights' bytes: `Q4_K`. */
  readonly storedAs: string
  readonly parameters: number
  readonly types: ReadonlyMap<string, TypeCount>
  readonly describe: GgufDescription
  /** The text that its importance matrix was made on, as llama-quantize noted it; null: it did not. */
  readonly calibratedOn: string | null
  /** Tokens in the order of their ids; null where the file has no tokenizer. */
  readonly tokens: readonly string[] | null
  /** The tokenizer in the file, or null where it has none. Errors: GGUF_TOKENIZER_UNSUPPORTED, GGUF_KEY_INVALID. */
  tokenizer(): TokenizerFiles | null
  readonly warnings: readonly string[]
}

/**
 * Open one file, or all parts of a split one in any order (`ggufPartNames` gives their names). On an error the sources
 * stay open: they are the caller's until a checkpoint is returned.
 *
 * Errors: GGUF_* of the container, the parts, the types, the architecture and its metadata; TENSOR_MISSING.
 */
export async function openGguf(sources: ByteSource | readonly ByteSource[]): Promise<GgufCheckpoint> {
  const parts: readonly ByteSource[] = 'read' in sources ? [sources] : sources
  const files: GgufFile[] = []
  for (const part of parts) files.push(await readGguf(part))
  const file = joinParts(files)
  requireModel(file)
  requireDecodable(file.tensors.values())
  const model = await modelOf(file)
  const config = ggufConfig(model)
  const { rules } = ggufFamily(model.file, model.metadata.architecture)
  const stored = ggufTensors(model.file, renameTensors(model, rules), async () => {
    for (const part of parts) await part.close()
  })
  const tensors = withSingleExperts(stored, config)
  const entries = [...tensors.entries.values()]
  return {
    config,
    tensors,
    storedAs: typeWithMostBytes(tensors),
    parameters: entries.reduce(
      (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
      0,
    ),
    types: countTypes(entries),
    describe: describeGguf(entries),
    calibratedOn: calibratedOn(file),
    tokens: model.metadata.tokenizerTexts('tokens'),
    tokenizer: () => ggufTokenizer(model.metadata),
    warnings: [
      ...vocabularyWarnings(model, config),
      ...preTokenizerWarnings(model),
      ...unreadKeyWarnings(model),
    ],
  }
}

/** llama-quantize, tools/quantize: `quantize.imatrix.dataset` is the text, `.file` the matrix. */
function calibratedOn({ metadata }: GgufFile): string | null {
  const named = metadata.get('quantize.imatrix.dataset') ?? metadata.get('quantize.imatrix.file')
  return typeof named === 'string' && named !== '' ? named : null
}

/** Adapters, image projectors and importance matrices are GGUF files too. Errors: ADAPTER_ONLY, GGUF_MODEL_UNSUPPORTED. */
function requireModel({ source, metadata, tensors }: GgufFile): void {
  const type = metadata.get('general.type') ?? 'model'
  const adapter = [...tensors.keys()].find((name) => /\.lora_[ab]$/.test(name))
  if (type === 'adapter' || adapter !== undefined)
    throw adapterOnly(source.name, adapter ?? 'general.type: adapter')
  if (type !== 'model') {
    throw ggufModelUnsupported(
      source.name,
      `general.type is ${JSON.stringify(String(type).slice(0, 40))}, not "model"`,
    )
  }
}

async function modelOf({ source, metadata, tensors }: GgufFile): Promise<GgufModel> {
  const ropeFactors = new Map<string, readonly number[]>()
  for (const name of ROPE_FACTOR_TENSORS) {
    const tensor = tensors.get(`${name}.weight`)
    if (tensor !== undefined) ropeFactors.set(name, await readFactors(tensor))
  }
  return { file: source.name, metadata: new ModelMetadata(source.name, metadata), tensors, ropeFactors }
}

/** One factor per rotated pair of a head: 32 to 128 in practice. */
const MOST_ROPE_FACTORS = 65_536

async function readFactors(tensor: GgufTensor): Promise<readonly number[]> {
  const { source, shape, start, end } = tensor
  if (shape.length !== 1 || (shape[0] ?? 0) > MOST_ROPE_FACTORS) {
    throw ggufShapeWrong(
      source.name,
      tensor.name,
      shape,
      `one dimension of at most ${MOST_ROPE_FACTORS} is expected`,
    )
  }
  return [...toFloat32(decodeTensor(tensor, await source.read(start, end)))]
}

function typeWithMostBytes({ entries }: TensorTable): string {
  const bytes = new Map<string, number>()
  for (const { storedAs, byteLength } of entries.values()) {
    bytes.set(storedAs, (bytes.get(storedAs) ?? 0) + byteLength)
  }
  const [largest] = [...bytes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return largest?.[0] ?? 'none'
}

/** Rows without a token and tokens without a row are both legal; the second kind cannot be run on. */
function vocabularyWarnings(model: GgufModel, config: JsonObject): readonly string[] {
  const tokens = model.metadata.tokenizerTexts('tokens')?.length
  const rows = config.vocab_size
  if (tokens === undefined || typeof rows !== 'number' || tokens <= rows) return []
  return [`${model.file}: the tokenizer has ${tokens} tokens, but the embedding only ${rows} rows`]
}

/** Files from before April 2024 do not say how text is cut into words; llama.cpp warns as well. */
function preTokenizerWarnings({ file, metadata }: GgufModel): readonly string[] {
  const pre = metadata.tokenizerText('pre') ?? 'default'
  if (metadata.tokenizerText('model') !== 'gpt2' || pre !== 'default') return []
  return [
    `${file}: tokenizer.ggml.pre does not name the pre-tokenizer; if this file gives the tokenizer, GPT-2's rule is taken`,
  ]
}
