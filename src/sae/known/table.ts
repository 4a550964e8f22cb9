/**
 * @file What nothing in a folder says and only registries know, release by release: which model, how its input was prepared, its
 * name on Neuronpedia. From the registries of SAELens and Neuronpedia, and from the projects' model cards.
 *
 * In a path {L} is the layer, other letters in braces are other numbers, * is any text inside one folder's name, and
 * `canonical` is the folder whose average L0 is nearest to 100 (canonical.ts).
 */
import { gemmaScope, gemmaScope2 } from './gemma-scope.ts'
import {
  ATTN_OUT,
  layers,
  MLP_OUT,
  RESID_MID,
  RESID_POST,
  RESID_PRE,
  type Release,
  WIDTHS,
  Z,
} from './release.ts'
import { saeBench } from './saebench.ts'

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
      layers: layers(0, 31),
      width: WIDTHS[width] ?? 0,
      l0: 50,
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
    layers: layers(0, 31),
    width: 2 ** 15,
    neuronpedia: `deepseek-r1-distill-llama-8b/{L}-llamascope-${set}-res-32k`,
  }))
}

const GPT2 = { model: 'openai-community/gpt2', layers: layers(0, 11) }
const PYTHIA = { model: 'EleutherAI/pythia-70m-deduped', layers: layers(0, 5) }

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
      l0: 32,
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
    layers: layers(0, last),
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
      layers: layers(0, last),
      width,
      l0,
    })),
  )
}

const SINGLE: readonly Release[] = [
  {
    ...GPT2,
    repository: 'jbloom/GPT2-Small-SAEs-Reformatted',
    path: 'blocks.{L}.hook_resid_pre',
    hook: RESID_PRE,
    width: 24_576,
    l0: [10, 10, 18, 23, 31, 41, 51, 54, 60, 70, 52, 56],
    neuronpedia: 'gpt2-small/{L}-res-jb',
    center: true,
  },
  {
    ...GPT2,
    repository: 'jbloom/GPT2-Small-SAEs-Reformatted',
    path: 'blocks.11.hook_resid_post',
    hook: 'blocks.11.hook_resid_post',
    layers: [11],
    width: 24_576,
    l0: 70,
    neuronpedia: 'gpt2-small/12-res-jb',
    center: true,
  },
  ...[768, 1536, 3072, 6144, 12_288, 24_576, 49_152, 98_304].map((width) => ({
    ...GPT2,
    repository: 'jbloom/GPT2-Small-Feature-Splitting-Experiment-Layer-8',
    path: `blocks.8.hook_resid_pre_${width}`,
    hook: 'blocks.8.hook_resid_pre',
    layers: [8],
    width,
    neuronpedia: `gpt2-small/8-res_fs${width}-jb`,
    center: true as const,
  })),
  {
    ...GPT2,
    repository: 'tommmcgrath/gpt2-small-mlp-out-saes',
    path: 'sae_group_gpt2_blocks.{L}.hook_mlp_out_24576:v{N}',
    hook: MLP_OUT,
    width: 24_576,
    l0: [15, 21, 137, 54, 74, 76, 40, 52, 36, 49, 167, 170],
    center: true,
  },
  // Two layers have twice the features; file names hold the rest of the training.
  ...[
    [24_576, [0, 1, 2, 3, 4, 6, 8, 9, 10, 11], [3, 23, 16, 15, 14, 17, 23, 23, 14, 9.4]] as const,
    [49_152, [5, 7], [17, 19]] as const,
  ].map(([width, of, l0]) => ({
    ...GPT2,
    repository: 'ckkissane/attn-saes-gpt2-small-all-layers',
    path: 'gpt2-small_L{L}_Hcat_z_*.pt',
    hook: Z,
    layers: of,
    width,
    l0,
    neuronpedia: 'gpt2-small/{L}-att-kk',
  })),
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
    layers: layers(2, 10, 4),
    width: 46_080,
    neuronpedia: `gpt2-small/{L}-res_${kind}-ajt`,
  })),
  ...(
    [
      [0, '_anthropic', 47, true],
      [6, '_anthropic_fast_lr', 56, true],
      [10, '', 62, true],
      [12, '', 62, true],
      [17, '', 54, false],
    ] as const
  ).map(([layer, how, l0, isShown]) => ({
    repository: 'jbloom/Gemma-2b-Residual-Stream-SAEs',
    path: `gemma_2b_blocks.{L}.hook_resid_post_16384${how}`,
    model: 'google/gemma-2b',
    hook: RESID_POST,
    layers: [layer],
    width: 2 ** 14,
    l0,
    ...(isShown ? { neuronpedia: 'gemma-2b/{L}-res-jb' } : {}),
  })),
  {
    repository: 'jbloom/Gemma-2b-IT-Residual-Stream-SAEs',
    path: 'gemma_2b_it_blocks.{L}.hook_resid_post_16384',
    model: 'google/gemma-2b-it',
    hook: RESID_POST,
    layers: [12],
    width: 2 ** 14,
    neuronpedia: 'gemma-2b-it/{L}-res-jb',
  },
  {
    repository: 'JoshEngels/Mistral-7B-Residual-Stream-SAEs',
    path: 'mistral_7b_layer_{L}',
    model: 'mistralai/Mistral-7B-v0.1',
    hook: RESID_PRE,
    layers: layers(8, 24, 8),
    width: 2 ** 16,
    // Its own cfg.json says that nothing is done.
    input: 'constant_norm_rescale',
    l0: [92, 74, 75],
  },
  {
    repository: 'Juliushanhanhan/llama-3-8b-it-res',
    path: 'blocks.25.hook_resid_post',
    model: 'meta-llama/Meta-Llama-3-8B-Instruct',
    hook: 'blocks.25.hook_resid_post',
    layers: [25],
    width: 2 ** 16,
    neuronpedia: 'llama3-8b-it/25-res-jh',
  },
  {
    repository: 'qresearch/DeepSeek-R1-Distill-Llama-8B-SAE-l19',
    path: 'DeepSeek-R1-Distill-Llama-8B-SAE-l{L}.pt',
    model: 'deepseek-ai/DeepSeek-R1-Distill-Llama-8B',
    hook: RESID_POST,
    layers: [19],
    width: 2 ** 16,
    neuronpedia: 'deepseek-r1-distill-llama-8b/{L}-qresearch-res-65k',
  },
  {
    repository: 'mntss/clt-gemma-2-2b-2.5M',
    path: 'W_enc_{L}.safetensors',
    model: 'google/gemma-2-2b',
    hook: RESID_MID,
    layers: layers(0, 25),
    width: 98_304,
    neuronpedia: 'gemma-2-2b/{L}-clt-hp',
  },
  {
    repository: 'andyrdt/saes-llama-3.1-8b-instruct',
    path: 'resid_post_layer_{L}/trainer_1',
    model: 'meta-llama/Llama-3.1-8B-Instruct',
    hook: RESID_POST,
    layers: layers(3, 27, 4),
    width: 2 ** 17,
    neuronpedia: 'llama3.1-8b-it/{L}-resid-post-aa',
    skipped: 8,
  },
  {
    repository: 'andyrdt/saes-qwen2.5-7b-instruct',
    path: 'resid_post_layer_{L}/trainer_1',
    model: 'Qwen/Qwen2.5-7B-Instruct',
    hook: RESID_POST,
    layers: layers(3, 27, 4),
    width: 2 ** 17,
    neuronpedia: 'qwen2.5-7b-it/{L}-resid-post-aa',
    skipped: 8,
  },
  // Neuronpedia has some layers alone.
  ...[{ of: layers(0, 11) }, { of: layers(12, 24), neuronpedia: 'gemma-2-2b/{L}-res-matryoshka-dc' }].map(
    ({ of, ...shown }) => ({
      repository: 'chanind/gemma-2-2b-batch-topk-matryoshka-saes-w-32k-l0-40',
      path: 'standard/blocks.{L}.hook_resid_post',
      model: 'google/gemma-2-2b',
      hook: RESID_POST,
      layers: of,
      width: 2 ** 15,
      l0: 40,
      ...shown,
    }),
  ),
  {
    repository: 'chanind/gemma-2-2b-batch-topk-matryoshka-saes-w-32k-l0-40',
    path: 'snap/blocks.{L}.hook_resid_post',
    model: 'google/gemma-2-2b',
    hook: RESID_POST,
    layers: layers(0, 24),
    width: 2 ** 15,
    l0: 40,
  },
  ...[
    { of: [20], neuronpedia: 'gemma-2-9b/{L}-res-matryoshka-dc' },
    { of: [...layers(0, 19), ...layers(21, 40)] },
  ].map(({ of, ...shown }) => ({
    repository: 'chanind/gemma-2-9b-batch-topk-matryoshka-saes-w-32k-l0-60',
    path: 'blocks.{L}.hook_resid_post',
    model: 'google/gemma-2-9b',
    hook: RESID_POST,
    layers: of,
    width: 2 ** 15,
    l0: 60,
    ...shown,
  })),
  {
    repository: 'chanind/gemma-3-1b-batch-topk-matryoshka-saes-w-32k-l0-40',
    path: 'blocks.{L}.hook_resid_post',
    model: 'google/gemma-3-1b-pt',
    hook: RESID_POST,
    layers: layers(0, 24),
    width: 2 ** 15,
    l0: 40,
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
