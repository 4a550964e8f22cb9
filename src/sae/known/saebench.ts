/** @file Releases of SAEBench: sweeps of dictionary_learning over sparsity penalties. */
import { layers, RESID_POST, type Release, WIDTHS } from './release.ts'

/** Sweeps of dictionary_learning for SAEBench; {T} the trainer, {S} the step of a checkpoint. */
export function saeBench(): readonly Release[] {
  return [...ofGemma(), ...ofPythia()]
}

function ofGemma(): readonly Release[] {
  const gemma = { model: 'google/gemma-2-2b', hook: RESID_POST, layers: layers(5, 19, 7) }
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

/** The first two of every four trainers of a sweep are narrow, the others wide. */
function ofPythia(): readonly Release[] {
  const sweeps = [
    ['gated', 'gated_ctx128_0730', 20],
    ['panneal', 'panneal_ctx128_0730', 28],
    ['standard', 'standard_ctx128_0712', 24],
    ['topk', 'topk_ctx128_0730', 24],
  ] as const
  return sweeps.flatMap(([architecture, sweep, trainers]) =>
    layers(0, trainers - 1).map((trainer) => {
      const width = trainer % 4 < 2 ? '4k' : '16k'
      return {
        repository: 'canrager/lm_sae',
        path: `pythia70m_sweep_${sweep}/resid_post_layer_{L}/trainer_${trainer}`,
        model: 'EleutherAI/pythia-70m-deduped',
        hook: RESID_POST,
        layers: architecture === 'standard' && trainer > 19 ? [4] : [3, 4],
        width: WIDTHS[width] ?? 0,
        neuronpedia: `pythia-70m-deduped/{L}-sae_bench-${architecture}-res-${width}__trainer_${trainer}_step_final`,
      }
    }),
  )
}
