/**
 * @file Families that people deploy or have dictionaries for and that cannot be run, each with what its blocks have and the graph does not. Sources:
 * their modeling files in transformers 5 (mpt and the like: 4.57).
 */

export interface RefusedFamily {
  readonly modelTypes: readonly string[]
  readonly models: string
  /** Ends the sentence "cannot be run: it has …". */
  readonly missing: string
}

const STATE_SPACE = 'state space layers (Mamba), whose state is carried from token to token'
const LATENT = 'attention over a compressed latent of keys and values, a part of which alone is rotated (MLA)'
const ALIBI = 'attention scores that fall with distance (ALiBi) in place of positions'

export const REFUSED_FAMILIES: readonly RefusedFamily[] = [
  {
    modelTypes: ['deepseek_v2', 'deepseek_v3', 'deepseek_v32', 'kimi_k2', 'mistral4'],
    models: 'DeepSeek-V2, V3 and R1, Kimi K2, Mistral 4',
    missing: LATENT,
  },
  {
    modelTypes: ['llama4', 'llama4_text'],
    models: 'Llama 4',
    missing: 'attention in chunks of the sequence, and a router whose factor is on the input of an expert',
  },
  {
    modelTypes: ['glm4_moe', 'glm4v', 'glm4v_moe'],
    models: 'GLM-4.5 and later',
    missing: 'a router by sigmoids with a correction for balance, or image rotation',
  },
  {
    modelTypes: [
      'granitemoehybrid',
      'bamba',
      'falcon_h1',
      'falcon_mamba',
      'jamba',
      'mamba',
      'mamba2',
      'nemotron_h',
      'zamba2',
    ],
    models: 'Granite 4, Bamba, Falcon H1, Jamba, Mamba, Nemotron-H, Zamba',
    missing: STATE_SPACE,
  },
  { modelTypes: ['bloom', 'mpt'], models: 'BLOOM and MPT', missing: ALIBI },
]
