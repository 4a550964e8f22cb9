/**
 * @file What nothing in a folder says and only registries know, release by release: which model, how its input was prepared, its
 * name on Neuronpedia. From the registries of SAELens and Neuronpedia, and from the projects' model cards.
 *
 * In a path {L} is the layer, other letters in braces are other numbers, * is any text inside one folder's name, and
 * `canonical` is the folder whose average L0 is nearest to 100 (canonical.ts).
 */
import type { InputRows } from '../dictionary.ts'

/** Dictionaries of one repository that differ by layer alone. */
export interface Release {
  readonly repository: string
  /** Of the dictionary, below the repository. */
  readonly path: string
  /** On the Hugging Face Hub. */
  readonly model: string
  readonly hook: string
  /** Inclusive. */
  readonly layers: readonly [first: number, last: number]
  /** Features. */
  readonly width: number
  /** MODEL/LAYER-SOURCESET */
  readonly neuronpedia?: string
  /** Trained on TransformerLens' centred writing weights. */
  readonly center?: true
  /** What its config does not say, or says wrongly. */
  readonly input?: InputRows
  /** First positions of each context that were left out of training. */
  readonly skipped?: number
}

const RESID_PRE = 'blocks.{L}.hook_resid_pre'
const RESID_MID = 'blocks.{L}.hook_resid_mid'
const RESID_POST = 'blocks.{L}.hook_resid_post'
const ATTN_OUT = 'blocks.{L}.hook_attn_out'
const MLP_OUT = 'blocks.{L}.hook_mlp_out'
const Z = 'blocks.{L}.attn.hook_z'

const WIDTHS: Readonly<Record<string, number>> = {
  '4k': 2 ** 12,
  '16k': 2 ** 14,
  '32k': 2 ** 15,
  '65k': 2 ** 16,
  '131k': 2 ** 17,
  '262k': 2 ** 18,
  '524k': 2 ** 19,
  '1m': 2 ** 20,
}

/** Models of Gemma Scope: their size's name there, on the Hub, and their last layer. */
const GEMMA_2 = [
  { size: '2b-pt', model: 'google/gemma-2-2b', id: 'gemma-2-2b', last: 25, wide: '65k' },
  { size: '9b-pt', model: 'google/gemma-2-9b', id: 'gemma-2-9b', last: 41, wide: '131k' },
] as const
const GEMMA_SITES = [
  ['res', RESID_POST],
  ['att', Z],
  ['mlp', MLP_OUT],
] as const

function gemmaScope(): readonly Release[] {
  return GEMMA_2.flatMap(({ size, model, id, last, wide }) =>
    GEMMA_SITES.flatMap(([site, hook]) =>
      ['16k', wide].map((width) => ({
        repository: `google/gemma-scope-${size}-${site}`,
        path: `layer_{L}/width_${width}/canonical`,
        model,
        hook,
        layers: [0, last] as const,
        width: WIDTHS[width] ?? 0,
        neuronpedia: `${id}/{L}-gemmascope-${site}-${width}`,
      })),
    ),
  )
}

/** Models of Gemma Scope 2, likewise; Neuronpedia has four layers of the medium ones. */
const GEMMA_3 = [
  ['270m', 17],
  ['1b', 25],
  ['4b', 33],
  ['12b', 47],
  ['27b', 61],
] as const

function gemmaScope2(): readonly Release[] {
  return GEMMA_3.flatMap(([size, last]) =>
    (['pt', 'it'] as const).flatMap((tuned) => {
      const id = `gemma-3-${size}${tuned === 'it' ? '-it' : ''}`
      const common = {
        repository: `google/gemma-scope-2-${size}-${tuned}`,
        model: `google/gemma-3-${size}-${tuned}`,
        layers: [0, last] as const,
      }
      const site = (folder: string, hook: string, set: string): readonly Release[] =>
        ['16k', '65k', '262k', '1m'].map((width) => ({
          ...common,
          path: `${folder}/layer_{L}_width_${width}_l0_medium`,
          hook,
          width: WIDTHS[width] ?? 0,
          neuronpedia: `${id}/{L}-gemmascope-2-${set}-${width}`,
        }))
      return [
        ...site('resid_post', RESID_POST, 'res'),
        {
          ...common,
          path: 'transcoder_all/layer_{L}_width_262k_l0_small_affine',
          hook: 'blocks.{L}.mlp.hook_in',
          width: 2 ** 18,
          neuronpedia: `${id}/{L}-gemmascope-2-transcoder-262k`,
        },
      ]
    }),
  )
}

function llamaScope(): readonly Release[] {
  const sites = [
    ['R', RESID_POST, 'res'],
    ['A', ATTN_OUT, 'att'],
    ['M', MLP_OUT, 'mlp'],
  ] as const
  return sites.flatMap(([site, hook, set]) =>
    (
      [
        [8, '32k'],
        [32, '131k'],
      ] as const
    ).map(([expansion, width]) => ({
      repository: `fnlp/Llama3_1-8B-Base-LX${site}-${expansion}x`,
      path: `Llama3_1-8B-Base-L{L}${site}-${expansion}x`,
      model: 'meta-llama/Llama-3.1-8B',
      hook,
      layers: [0, 31] as const,
      width: WIDTHS[width] ?? 0,
      neuronpedia: `llama3.1-8b/{L}-llamascope-${set}-${width}`,
    })),
  )
}

function llamaScopeR1(): readonly Release[] {
  const mixes = [
    ['800M-Slimpajama-0-OpenR1-Math-220k', 'slimpj'],
    ['400M-Slimpajama-400M-OpenR1-Math-220k', 'slimpj-openr1'],
    ['0-Slimpajama-800M-OpenR1-Math-220k', 'openr1'],
  ] as const
  return mixes.map(([folder, set]) => ({
    repository: 'fnlp/Llama-Scope-R1-Distill',
    path: `${folder}/L{L}R`,
    model: 'deepseek-ai/DeepSeek-R1-Distill-Llama-8B',
    hook: RESID_POST,
    layers: [0, 31] as const,
    width: 2 ** 15,
    neuronpedia: `deepseek-r1-distill-llama-8b/{L}-llamascope-${set}-res-32k`,
  }))
}

const GPT2 = { model: 'openai-community/gpt2', layers: [0, 11] as const }
const PYTHIA = { model: 'EleutherAI/pythia-70m-deduped', layers: [0, 5] as const }

/** OpenAI's fifth version in SAELens' layout. */
function openAiV5(): readonly Release[] {
  const sites = [
    ['attn-out', ATTN_OUT, 'att'],
    ['mlp-out', MLP_OUT, 'mlp'],
    ['resid-mid', RESID_MID, 'res_mid'],
    ['resid-post', RESID_POST, 'res_post'],
  ] as const
  return sites.flatMap(([site, hook, set]) =>
    (
      [
        ['32k', 2 ** 15],
        ['128k', 2 ** 17],
      ] as const
    ).map(([width, features]) => ({
      ...GPT2,
      repository: `jbloom/GPT2-Small-OAI-v5-${width}-${site}-SAEs`,
      path: `v5_${width}_layer_{L}${site === 'resid-post' && width === '32k' ? '.pt' : ''}`,
      hook,
      width: features,
      neuronpedia: `gpt2-small/{L}-${set}_${width}-oai`,
    })),
  )
}

function qwen3Transcoders(): readonly Release[] {
  const sizes = [
    ['0.6b', 'Qwen/Qwen3-0.6B', 27, '-lowl0'],
    ['1.7b', 'Qwen/Qwen3-1.7B', 27, '-lowl0'],
    ['4b', 'Qwen/Qwen3-4B', 35, ''],
    ['8b', 'Qwen/Qwen3-8B', 35, ''],
    ['14b', 'Qwen/Qwen3-14B', 39, ''],
    ['14b', 'Qwen/Qwen3-14B', 39, '-lowl0'],
  ] as const
  return sizes.map(([size, model, last, low]) => ({
    repository: `mwhanna/qwen3-${size}-transcoders${low}`,
    path: 'layer_{L}.safetensors',
    model,
    hook: 'blocks.{L}.mlp.hook_in',
    layers: [0, last] as const,
    width: 163_840,
    neuronpedia: `qwen3-${size}/{L}-transcoder-hp${low}`,
  }))
}

function qwenScope(): readonly Release[] {
  const models = [
    ['Qwen3-1.7B-Base', 27, '32K', 2 ** 15],
    ['Qwen3-8B-Base', 35, '64K', 2 ** 16],
    ['Qwen3-30B-A3B-Base', 47, '32K', 2 ** 15],
    ['Qwen3-30B-A3B-Base', 47, '128K', 2 ** 17],
    ['Qwen3.5-2B-Base', 23, '32K', 2 ** 15],
    ['Qwen3.5-9B-Base', 31, '64K', 2 ** 16],
    ['Qwen3.5-27B', 63, '80K', 81_920],
    ['Qwen3.5-35B-A3B-Base', 39, '32K', 2 ** 15],
    ['Qwen3.5-35B-A3B-Base', 39, '128K', 2 ** 17],
  ] as const
  return models.flatMap(([model, last, name, width]) =>
    [50, 100].map((l0) => ({
      repository: `Qwen/SAE-Res-${model}-W${name}-L0_${l0}`,
      path: 'layer{L}.sae.pt',
      model: `Qwen/${model}`,
      hook: RESID_POST,
      layers: [0, last] as const,
      width,
    })),
  )
}

/** Sweeps of dictionary_learning for SAEBench; {T} the trainer, {S} the step of a checkpoint. */
function saeBench(): readonly Release[] {
  const gemma = { model: 'google/gemma-2-2b', hook: RESID_POST, layers: [5, 19] as const }
  const sizes = [
    ['2pow12', '4k'],
    ['2pow14', '16k'],
    ['2pow16', '65k'],
  ] as const
  return sizes.flatMap(([power, width]) =>
    (
      [
        ['topk', 'topk'],
        ['vanilla', 'standard'],
      ] as const
    ).flatMap(([folder, architecture]) => {
      const repository = `canrager/saebench_gemma-2-2b_width-${power}_date-1109`
      const run = `gemma-2-2b_${folder}_width-${power}_date-1109/resid_post_layer_{L}`
      const id = `gemma-2-2b/{L}-sae_bench-${architecture}-res-${width}__trainer_{T}_step_`
      const common = { ...gemma, repository, width: WIDTHS[width] ?? 0 }
      return [
        { ...common, path: `${run}/trainer_{T}`, neuronpedia: `${id}final` },
        { ...common, path: `${run}_checkpoints/trainer_{T}_step_{S}`, neuronpedia: `${id}{S}` },
      ]
    }),
  )
}

const SINGLE: readonly Release[] = [
  {
    ...GPT2,
    repository: 'jbloom/GPT2-Small-SAEs-Reformatted',
    path: 'blocks.{L}.hook_resid_pre',
    hook: RESID_PRE,
    width: 24_576,
    neuronpedia: 'gpt2-small/{L}-res-jb',
    center: true,
  },
  {
    ...GPT2,
    repository: 'jbloom/GPT2-Small-SAEs-Reformatted',
    path: 'blocks.11.hook_resid_post',
    hook: 'blocks.11.hook_resid_post',
    layers: [11, 11],
    width: 24_576,
    neuronpedia: 'gpt2-small/12-res-jb',
    center: true,
  },
  {
    ...GPT2,
    repository: 'jbloom/GPT2-Small-Feature-Splitting-Experiment-Layer-8',
    path: 'blocks.8.hook_resid_pre_{N}',
    hook: 'blocks.8.hook_resid_pre',
    layers: [8, 8],
    width: 98_304,
    neuronpedia: 'gpt2-small/8-res_fs{N}-jb',
    center: true,
  },
  {
    ...GPT2,
    repository: 'tommmcgrath/gpt2-small-mlp-out-saes',
    path: 'sae_group_gpt2_blocks.{L}.hook_mlp_out_24576:v{N}',
    hook: MLP_OUT,
    width: 24_576,
    center: true,
  },
  {
    ...GPT2,
    repository: 'ckkissane/attn-saes-gpt2-small-all-layers',
    path: 'gpt2-small_L{L}_Hcat_z_*.pt',
    hook: Z,
    width: 24_576,
    neuronpedia: 'gpt2-small/{L}-att-kk',
  },
  ...['res', 'mlp', 'att'].map((site) => ({
    ...PYTHIA,
    repository: `ctigges/pythia-70m-deduped__${site}-sm_processed`,
    path: `{L}-${site}-sm`,
    hook: site === 'res' ? RESID_POST : site === 'mlp' ? MLP_OUT : ATTN_OUT,
    width: 2 ** 15,
    neuronpedia: `pythia-70m-deduped/{L}-${site}-sm`,
  })),
  ...['sce', 'scefr', 'scl', 'sle', 'slefr', 'sll'].map((kind) => ({
    ...GPT2,
    repository: `neuronpedia/gpt2-small__res_${kind}-ajt`,
    path: `{L}-res_${kind}-ajt`,
    hook: RESID_PRE,
    layers: [2, 10] as const,
    width: 46_080,
    neuronpedia: `gpt2-small/{L}-res_${kind}-ajt`,
  })),
  {
    repository: 'jbloom/Gemma-2b-Residual-Stream-SAEs',
    path: 'gemma_2b_blocks.{L}.hook_resid_post_16384*',
    model: 'google/gemma-2b',
    hook: RESID_POST,
    layers: [0, 17],
    width: 2 ** 14,
    neuronpedia: 'gemma-2b/{L}-res-jb',
  },
  {
    repository: 'jbloom/Gemma-2b-IT-Residual-Stream-SAEs',
    path: 'gemma_2b_it_blocks.{L}.hook_resid_post_16384',
    model: 'google/gemma-2b-it',
    hook: RESID_POST,
    layers: [12, 12],
    width: 2 ** 14,
    neuronpedia: 'gemma-2b-it/{L}-res-jb',
  },
  {
    repository: 'JoshEngels/Mistral-7B-Residual-Stream-SAEs',
    path: 'mistral_7b_layer_{L}',
    model: 'mistralai/Mistral-7B-v0.1',
    hook: RESID_PRE,
    layers: [8, 24],
    width: 2 ** 16,
    // Its own cfg.json says that nothing is done.
    input: 'constant_norm_rescale',
  },
  {
    repository: 'Juliushanhanhan/llama-3-8b-it-res',
    path: 'blocks.25.hook_resid_post',
    model: 'meta-llama/Meta-Llama-3-8B-Instruct',
    hook: 'blocks.25.hook_resid_post',
    layers: [25, 25],
    width: 2 ** 16,
    neuronpedia: 'llama3-8b-it/25-res-jh',
  },
  {
    repository: 'qresearch/DeepSeek-R1-Distill-Llama-8B-SAE-l19',
    path: 'DeepSeek-R1-Distill-Llama-8B-SAE-l{L}.pt',
    model: 'deepseek-ai/DeepSeek-R1-Distill-Llama-8B',
    hook: RESID_POST,
    layers: [19, 19],
    width: 2 ** 16,
    neuronpedia: 'deepseek-r1-distill-llama-8b/{L}-qresearch-res-65k',
  },
  {
    repository: 'google/gemma-scope-2b-pt-transcoders',
    path: 'layer_{L}/width_16k/canonical',
    model: 'google/gemma-2-2b',
    hook: 'blocks.{L}.ln2.hook_normalized',
    layers: [0, 25],
    width: 2 ** 14,
    neuronpedia: 'gemma-2-2b/{L}-gemmascope-transcoder-16k',
  },
  {
    repository: 'mntss/clt-gemma-2-2b-2.5M',
    path: 'W_enc_{L}.safetensors',
    model: 'google/gemma-2-2b',
    hook: RESID_MID,
    layers: [0, 25],
    width: 98_304,
    neuronpedia: 'gemma-2-2b/{L}-clt-hp',
  },
  {
    repository: 'andyrdt/saes-llama-3.1-8b-instruct',
    path: 'resid_post_layer_{L}/trainer_1',
    model: 'meta-llama/Llama-3.1-8B-Instruct',
    hook: RESID_POST,
    layers: [3, 27],
    width: 2 ** 17,
    neuronpedia: 'llama3.1-8b-it/{L}-resid-post-aa',
    skipped: 8,
  },
  {
    repository: 'andyrdt/saes-qwen2.5-7b-instruct',
    path: 'resid_post_layer_{L}/trainer_1',
    model: 'Qwen/Qwen2.5-7B-Instruct',
    hook: RESID_POST,
    layers: [3, 27],
    width: 2 ** 17,
    neuronpedia: 'qwen2.5-7b-it/{L}-resid-post-aa',
    skipped: 8,
  },
  {
    repository: 'chanind/gemma-2-2b-batch-topk-matryoshka-saes-w-32k-l0-40',
    path: 'standard/blocks.{L}.hook_resid_post',
    model: 'google/gemma-2-2b',
    hook: RESID_POST,
    layers: [0, 24],
    width: 2 ** 15,
    neuronpedia: 'gemma-2-2b/{L}-res-matryoshka-dc',
  },
  {
    repository: 'chanind/gemma-2-9b-batch-topk-matryoshka-saes-w-32k-l0-60',
    path: 'blocks.{L}.hook_resid_post',
    model: 'google/gemma-2-9b',
    hook: RESID_POST,
    layers: [0, 40],
    width: 2 ** 15,
    neuronpedia: 'gemma-2-9b/{L}-res-matryoshka-dc',
  },
]

export const RELEASES: readonly Release[] = [
  ...SINGLE,
  ...gemmaScope(),
  ...gemmaScope2(),
  ...llamaScope(),
  ...llamaScopeR1(),
  ...openAiV5(),
  ...qwen3Transcoders(),
  ...qwenScope(),
  ...saeBench(),
]
