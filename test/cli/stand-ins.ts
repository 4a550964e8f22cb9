/** @file The fixtures as what presets ask the Hub for: a server of our own gives them under the published names. */
import { readFileSync } from 'node:fs'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { type HubServer, type ServedFile, startHub } from '../sources/hub-server.ts'

type Files = Readonly<Record<string, ServedFile>>

const stored = (path: string, lfs = false): ServedFile => ({ content: readFileSync(path), lfs })
const made = (content: Uint8Array, lfs = true): ServedFile => ({ content, lfs })

export const NEOX_MODEL = 'fixtures/models/neox'
export const NEOX_SAE = 'fixtures/saes/neox/blocks.4.hook_resid_post'
export const NEOX_OTHER_SAE = 'fixtures/saes/neox/blocks.3.hook_resid_post'
export const GEMMA_MODEL = 'fixtures/models/gemma2'
export const GEMMA_SAE = 'fixtures/saes/gemma2/layer_2/width_1k/average_l0_16'

/** Rows of WikiText end in a line end. */
const wikitext = (split: string): Files => ({
  [`wikitext-2-raw-v1/${split}-00000-of-00001.parquet`]: made(
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          {
            name: 'text',
            data: readFileSync('fixtures/corpus/eval.txt', 'utf8').split(/(?<=\n)/),
            type: 'STRING',
          },
        ],
      }),
    ),
  ),
})

/** The NeoX fixture as Pythia-70M, its SAEs as those of layers 4 and 2. */
export async function pythiaHub(): Promise<HubServer> {
  const files: Files = {
    'config.json': stored(`${NEOX_MODEL}/config.json`),
    'tokenizer.json': stored(`${NEOX_MODEL}/tokenizer.json`),
    'model.safetensors': stored(`${NEOX_MODEL}/model.safetensors`, true),
    '4-res-sm/cfg.json': stored(`${NEOX_SAE}/cfg.json`),
    '4-res-sm/sae_weights.safetensors': stored(`${NEOX_SAE}/sae_weights.safetensors`, true),
    '2-res-sm/cfg.json': stored(`${NEOX_OTHER_SAE}/cfg.json`),
    '2-res-sm/sae_weights.safetensors': stored(`${NEOX_OTHER_SAE}/sae_weights.safetensors`, true),
    ...wikitext('train'),
  }
  return await startHub(files, [
    'EleutherAI/pythia-70m-deduped',
    'ctigges/pythia-70m-deduped__res-sm_processed',
    'Salesforce/wikitext',
  ])
}

/**
 * The Gemma 2 fixture as Gemma-2-2B, and its SAE as that of layer 12, which it does not have: --hook has to say where it reads.
 */
export async function gemmaHub(): Promise<HubServer> {
  const config = JSON.parse(readFileSync(`${GEMMA_MODEL}/config.json`, 'utf8'))
  // Windows of 2,048 positions are longer than the fixture's own sequences.
  const longer = JSON.stringify({ ...config, max_position_embeddings: 2048 })
  const files: Files = {
    'config.json': made(Buffer.from(longer), false),
    'tokenizer.json': stored(`${GEMMA_MODEL}/tokenizer.json`),
    'tokenizer_config.json': stored(`${GEMMA_MODEL}/tokenizer_config.json`),
    'model.safetensors': stored(`${GEMMA_MODEL}/model.safetensors`, true),
    'layer_12/width_16k/average_l0_82/params.npz': stored(`${GEMMA_SAE}/params.npz`, true),
    ...wikitext('train'),
    ...wikitext('test'),
  }
  return await startHub(files, ['google/gemma-2-2b', 'google/gemma-scope-2b-pt-res', 'Salesforce/wikitext'])
}
