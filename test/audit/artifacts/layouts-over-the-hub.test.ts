/**
 * @file An audit through one dictionary of every layout that is read, all of them on a Hub that fails in every way it can: the same
 * figures as from files on disk.
 *
 * @module-tag slow
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { LAYOUTS } from '../../../src/sae/layouts/index.ts'
import { safetensors } from '../../sae/dictionary-files.ts'
import type { Files } from '../../sae/layouts/expect-naive.ts'
import { randomTensors } from '../../sae/naive.ts'
import { npz } from '../../sae/npz-files.ts'
import { ptFile } from '../../sae/pt-files.ts'
import { type HubServer, type ServedFile, startHub } from '../../sources/hub-server.ts'
import { audit } from '../golden-audit.ts'
import { Workshop } from './make.ts'
import { SHORT } from './short.ts'

/** The model's width, and features. */
const [D, F] = [128, 48]
const { W_enc, b_enc, W_dec, b_dec, threshold } = randomTensors(1, {
  W_enc: [D, F],
  b_enc: [F],
  W_dec: [F, D],
  b_dec: [D],
  threshold: [F],
})
const across = { shape: [F, D], values: W_enc.values }
const back = { shape: [D, F], values: W_dec.values }
const linear = {
  'encoder.weight': across,
  'encoder.bias': b_enc,
  'decoder.weight': back,
  'decoder.bias': b_dec,
}
const plain = { W_enc, b_enc, W_dec, b_dec }
const HOOK = 'blocks.2.hook_resid_post'
const norms = { norm_activation: 'dataset-wise', dataset_average_activation_norm: { in: 3, out: 3 } }
const openMoss = {
  act_fn: 'jumprelu',
  jump_relu_threshold: 0.5,
  ...norms,
  hook_point_in: HOOK,
  hook_point_out: HOOK,
  d_model: D,
}
const json = (value: object): string => JSON.stringify(value)

/** By the name that the table of layouts has: the dictionary's folder in its repository, and its files. */
const CASES: Readonly<
  Record<string, { readonly folder: string; readonly files: Files; readonly hook?: string }>
> = {
  'SAELens 2 to 6': {
    folder: 'saelens',
    files: {
      'cfg.json': json({ d_in: D, d_sae: F, hook_name: HOOK }),
      'sae_weights.safetensors': safetensors(plain),
    },
  },
  'Gemma Scope': {
    folder: 'layer_2/width_16k/average_l0_82',
    files: { 'params.npz': npz({ ...plain, threshold }) },
    hook: HOOK,
  },
  'Gemma Scope 2': {
    folder: 'resid_post/layer_2_width_16k_l0_medium',
    files: {
      'params.safetensors': safetensors({ w_enc: W_enc, b_enc, w_dec: W_dec, b_dec, threshold }),
      'config.json': json({
        architecture: 'jump_relu',
        hf_hook_point_in: 'model.layers.2.output',
        hf_hook_point_out: 'model.layers.2.output',
      }),
    },
  },
  'dictionary_learning, SAEBench, andyrdt': {
    folder: 'resid_post_layer_2/trainer_1',
    files: {
      'config.json': json({ trainer: { layer: 2, dict_class: 'AutoEncoder' }, buffer: {} }),
      'ae.pt': ptFile({
        'encoder.weight': across,
        'encoder.bias': b_enc,
        'decoder.weight': back,
        bias: b_dec,
      }),
    },
  },
  'Qwen-Scope': {
    folder: 'SAE-Res-W1K-L0_6',
    files: { 'layer2.sae.pt': ptFile({ W_enc: across, b_enc, W_dec: back, b_dec }) },
  },
  'EleutherAI sparsify': {
    folder: 'layers.2',
    files: {
      'cfg.json': json({ k: 6, num_latents: F, d_in: D, expansion_factor: 0, normalize_decoder: true }),
      'sae.safetensors': safetensors({ 'encoder.weight': across, 'encoder.bias': b_enc, W_dec, b_dec }),
    },
  },
  'Llama Scope': {
    folder: 'L2R-8x',
    files: { 'hyperparams.json': json(openMoss), 'checkpoints/final.safetensors': safetensors(linear) },
  },
  'Llama Scope R1, Llama-Scope-2': {
    folder: 'second/L2R',
    files: { 'config.json': json(openMoss), 'sae_weights.safetensors': safetensors(linear) },
  },
  'circuit-tracer, per layer (mwhanna’s Qwen3 transcoders)': {
    folder: 'per-layer',
    files: {
      'layer_2.safetensors': safetensors({ W_enc: across, b_enc, W_dec, b_dec }),
      'config.yaml': 'feature_input_hook: "mlp.hook_in"\nfeature_output_hook: mlp.hook_out\n',
    },
  },
  'circuit-tracer, across layers (mntss)': {
    folder: 'across-layers',
    files: {
      'W_enc_2.safetensors': safetensors({ W_enc_2: across, b_enc_2: b_enc, b_dec_2: b_dec }),
      'W_dec_2.safetensors': '-',
      // The model has no place between attention and MLP: they run side by side.
      'config.yaml': 'feature_input_hook: "mlp.hook_in"\n',
    },
  },
  'OpenAI, Goodfire, connor_rob, qresearch': {
    folder: 'plain',
    files: { 'sae-l2.pt': ptFile(linear) },
  },
  'ONNX export of an encoder': {
    folder: 'exported',
    files: {
      'encoder.onnx': readFileSync(new URL('../../sae/layouts/onnx-exports/wide.onnx', import.meta.url)),
      'cfg.json': json({ hook_name: HOOK }),
    },
  },
}

const workshop = new Workshop()
const served = new Map<string, Uint8Array>()
let hub: HubServer

beforeAll(async () => {
  const files: Record<string, ServedFile> = {}
  for (const one of Object.values(CASES)) {
    for (const [name, content] of Object.entries(one.files)) {
      const path = workshop.at(join('local', one.folder, name))
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      const whole = `${one.folder}/${name}`
      served.set(whole, bytes)
      files[whole] = { content: bytes, lfs: /\.(safetensors|npz|pt|onnx)$/.test(name) }
    }
  }
  hub = await startHub(files)
})
afterEach(() => vi.unstubAllEnvs())
afterAll(async () => {
  await hub.close()
  workshop.remove()
})

/** What happens to the first request for a file. */
const FAULTS: readonly ((request: IncomingMessage, response: ServerResponse) => void)[] = [
  (_, response) => response.destroy(),
  (_, response) => response.writeHead(503).end(),
  (_, response) => response.writeHead(429, { RateLimit: '"resolvers";r=0;t=0' }).end(),
  (request, response) => {
    // Fewer bytes than were promised.
    const content = served.get(decodeURIComponent(request.url ?? '').replace(/^.*\/resolve\/[0-9a-f]+\//, ''))
    response.writeHead(200, { 'Content-Length': String(content?.byteLength ?? 0) })
    response.write(content?.subarray(0, 40))
    setTimeout(() => response.destroy(), 20)
  },
  (request, response) =>
    response.writeHead(302, { Location: `http://localhost:${request.socket.localPort}${request.url}` }).end(),
]

it('every layout has a case', () => {
  expect(Object.keys(CASES).sort()).toEqual(LAYOUTS.map(({ name }) => name).sort())
})

it('measures through every layout over a faulty Hub what it measures from disk', async () => {
  vi.stubEnv('HF_ENDPOINT', hub.endpoint)
  vi.stubEnv('SAEGATE_CACHE', workshop.at('cache'))
  const met = new Set<string>()
  const struck = new Set<number>()
  hub.interfere = (request, response) => {
    const url = request.url ?? ''
    if (!url.includes('/resolve/') || met.has(url)) return false
    const fault = met.size % FAULTS.length
    met.add(url)
    struck.add(fault)
    FAULTS[fault]?.(request, response)
    return true
  }
  const through = async (place: (folder: string) => string) => {
    const saes = Object.values(CASES).map(({ folder, hook = null }) => ({
      source: place(folder),
      hook,
      center: null,
    }))
    const config = { ...SHORT, saes, candidates: ['rtn:6'], allowBadFit: true }
    const { report } = await audit(config)
    return report
  }
  const remote = await through((folder) => `hf:own/name/${folder}`)
  const local = await through((folder) => workshop.at(join('local', folder)))
  expect(struck.size).toBe(FAULTS.length)
  expect(remote.readouts.length).toBe(LAYOUTS.length)
  for (const [i, readout] of remote.readouts.entries()) {
    expect(readout.active).toBeGreaterThan(0)
    expect(readout.sha256).toBe(local.readouts[i]?.sha256)
    const { sae: _, ...found } = remote.candidates[0]?.features[i] ?? {}
    const { sae: __, ...wanted } = local.candidates[0]?.features[i] ?? {}
    expect(found).toEqual(wanted)
  }
})
