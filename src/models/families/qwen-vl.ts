/**
 * @file The text of Qwen2-VL, Qwen2.5-VL, Qwen3-VL and Qwen3-VL-MoE: Qwen2, Qwen3 and Qwen3-MoE, whose rotation of a text's tokens is the
 * usual one. The text's keys are under text_config, or in older files beside those of the images. Images are left out.
 *
 * Source: configuration_qwen2_vl.py, configuration_qwen3_vl.py and their modeling files in transformers 4.57 and 5.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { type InImageModel, qwen2, qwen3 } from './qwen.ts'
import { qwen3Moe } from './qwen-moe.ts'
import { IMAGE_KINDS, ropeSection } from './rope-scaling.ts'

/** Keys of the image model around the text model. */
const IMAGE_KEYS = [
  'vision_config',
  'image_token_id',
  'video_token_id',
  'vision_start_token_id',
  'vision_end_token_id',
  'vision_token_id',
  'language_model_only',
]

type QwenText = (input: FamilyInput, own: InImageModel) => FamilyDecoder

/** A family whose text model `describe` describes. */
export const textOf =
  (family: string, describe: QwenText) =>
  (input: FamilyInput): FamilyDecoder => {
    const { config } = input
    for (const key of IMAGE_KEYS) config.value(key)
    const text = config.section('text_config') ?? config
    // The name of the text model says nothing that the wrapper's does not.
    text.value('model_type')
    readRope(text)
    if (text !== config) readTied(config, text)
    const tied = config.flag('tie_word_embeddings', false)
    return describe({ ...input, config: text }, { family, ropeKinds: IMAGE_KINDS, tied })
  }

/** The third version's code knows no windows. */
function withoutWindows(describe: QwenText): QwenText {
  return (input, own) => {
    input.config.only('use_sliding_window', false)
    return describe(input, own)
  }
}

/** How pairs are dealt to the three axes of an image. */
export function readRope(text: ConfigReader): void {
  const section = ropeSection(text)
  section?.value('mrope_section')
  section?.value('mrope_interleaved')
}

/** The wrapper's own word on the unembedding must be the text's where both have one. */
function readTied(config: ConfigReader, text: ConfigReader): void {
  if (text.has('tie_word_embeddings'))
    config.only('tie_word_embeddings', text.flag('tie_word_embeddings', false))
}

export const qwen2Vl = textOf('qwen2_vl', qwen2)
export const qwen25Vl = textOf('qwen2_5_vl', qwen2)
export const qwen3Vl = textOf('qwen3_vl', withoutWindows(qwen3))
export const qwen3VlMoe = textOf('qwen3_vl_moe', withoutWindows(qwen3Moe))
