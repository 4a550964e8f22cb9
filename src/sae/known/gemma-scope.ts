/** @file Releases of Gemma Scope 1 and 2: sites by widths by layers. */
import { CANONICAL_L0 } from './canonical.ts'
import { layers, MLP_OUT, RESID_POST, type Release, WIDTHS, Z } from './release.ts'

const SITES: Readonly<Record<string, string>> = {
  res: RESID_POST,
  att: Z,
  mlp: MLP_OUT,
  transcoders: 'blocks.{L}.ln2.hook_normalized',
}

/** Of every repository, the canonical dictionary of each layer and width. */
export function gemmaScope(): readonly Release[] {
  return Object.entries(CANONICAL_L0).flatMap(([name, byWidth]) => {
    const [, size = '', tuned = '', site = ''] = /^gemma-scope-(\w+)-(pt|it)-(\w+)$/.exec(name) ?? []
    const model = `gemma-2-${size}${tuned === 'it' ? '-it' : ''}`
    return Object.entries(byWidth).map(([width, l0]) => {
      const there = [...l0.keys()].filter((layer) => l0[layer] !== 0)
      return {
        repository: `google/${name}`,
        path: `layer_{L}/width_${width}/canonical`,
        model: `google/${model}`,
        hook: SITES[site] ?? '',
        layers: there,
        width: WIDTHS[width] ?? 0,
        l0: there.map((layer) => l0[layer] ?? 0),
        neuronpedia:
          site === 'transcoders'
            ? `${model}/{L}-gemmascope-transcoder-${width}`
            : `${model}/{L}-gemmascope-${site}-${width}`,
      }
    })
  })
}

/** Models of Gemma Scope 2: their size's name, their number of layers. */
const GEMMA_3 = [
  ['270m', 18],
  ['1b', 26],
  ['4b', 34],
  ['12b', 48],
  ['27b', 62],
] as const
/** Depths of the four layers that have every width. */
const DEPTHS = [0.25, 0.5, 0.65, 0.85]

/** Four layers have medium ones of every width, all layers small and big ones of two; Neuronpedia has the former. */
export function gemmaScope2(): readonly Release[] {
  return GEMMA_3.flatMap(([size, count]) =>
    (['pt', 'it'] as const).flatMap((tuned) => ofModel(size, tuned, count)),
  )
}

function ofModel(size: string, tuned: 'pt' | 'it', count: number): readonly Release[] {
  const id = `gemma-3-${size}${tuned === 'it' ? '-it' : ''}`
  const common = {
    repository: `google/gemma-scope-2-${size}-${tuned}`,
    model: `google/gemma-3-${size}-${tuned}`,
  }
  const everywhere = { ...common, layers: layers(0, count - 1) }
  const all = (site: string, hook: string): readonly Release[] =>
    ['16k', '262k'].flatMap((width) =>
      ['small', 'big'].map((l0) => ({
        ...everywhere,
        path: `${site}_all/layer_{L}_width_${width}_l0_${l0}`,
        hook,
        width: WIDTHS[width] ?? 0,
      })),
    )
  return [
    ...['16k', '65k', '262k', '1m'].map((width) => ({
      ...common,
      layers: DEPTHS.map((depth) => Math.round(depth * count)),
      path: `resid_post/layer_{L}_width_${width}_l0_medium`,
      hook: RESID_POST,
      width: WIDTHS[width] ?? 0,
      neuronpedia: `${id}/{L}-gemmascope-2-res-${width}`,
    })),
    ...all('resid_post', RESID_POST),
    ...all('attn_out', Z),
    ...all('mlp_out', MLP_OUT),
    {
      ...everywhere,
      path: 'transcoder_all/layer_{L}_width_262k_l0_small_affine',
      hook: 'blocks.{L}.mlp.hook_in',
      width: 2 ** 18,
      neuronpedia: `${id}/{L}-gemmascope-2-transcoder-262k`,
    },
  ]
}
