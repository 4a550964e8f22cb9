import { Tokenizer } from '@huggingface/tokenizers'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { GgufValue } from '../../../src/checkpoints/gguf/metadata.ts'
import { ModelMetadata } from '../../../src/checkpoints/gguf/model-metadata.ts'
import { PRE_TOKENIZERS } from '../../../src/checkpoints/gguf/pre-tokenizers.ts'
import { ggufTokenizer } from '../../../src/checkpoints/gguf/tokenizer.ts'

interface PreTokenizing {
  readonly pre_tokenizer: { pre_tokenize(text: string): readonly string[] } | null
}

/** The words that the library cuts a text into, back from GPT-2's printable bytes. */
function wordsOf(pre: string, sample: string): string[] {
  const metadata = new Map<string, GgufValue>([
    ['general.architecture', 'llama'],
    ['tokenizer.ggml.model', 'gpt2'],
    ['tokenizer.ggml.pre', pre],
    ['tokenizer.ggml.tokens', ['a']],
    ['tokenizer.ggml.merges', ['a a']],
  ])
  const files = ggufTokenizer(new ModelMetadata('t.gguf', metadata))
  const library: PreTokenizing = new Tokenizer(files?.tokenizer ?? {}, files?.config ?? {})
  const words = library.pre_tokenizer?.pre_tokenize(sample) ?? []
  return words.map((word) => Buffer.from([...word].map((c) => BYTE_OF.get(c) ?? 0)).toString('utf8'))
}

/** GPT-2's bytes_to_unicode, backwards: printable bytes stand for themselves, the others for 256, 257, … */
const BYTE_OF = new Map<string, number>()
for (let byte = 0, next = 256; byte < 256; byte++) {
  const printable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173)
  BYTE_OF.set(String.fromCharCode(printable ? byte : next), byte)
  if (!printable) next++
}

/** By hand from each pattern; words between bars. */
const SAMPLE = "It's 12345 o'CLOCK, mixedCase  x\n\n  y"
it.each([
  ['gpt-2', "It|'s| 12345| o|'|CLOCK|,| mixedCase| | x|\n\n | y"],
  ['smollm', "It|'s| |1|2|3|4|5| o|'|CLOCK|,| mixedCase| | x|\n\n | y"],
  ['llama-bpe', "It|'s| |123|45| o|'CLOCK|,| mixedCase| | x|\n\n| | y"],
  ['qwen2', "It|'s| |1|2|3|4|5| o|'CLOCK|,| mixedCase| | x|\n\n| | y"],
  ['tekken', "It|'s| |1|2|3|4|5| o|'CLOCK|,| mixed|Case| | x|\n\n| | y"],
  ['gpt-4o', "It's| |123|45| o|'CLOCK|,| mixed|Case| | x|\n\n| | y"],
])('%s cuts words by its rule', (name, words) => {
  expect(wordsOf(name, SAMPLE)).toEqual(words.split('|'))
})

it.each([...PRE_TOKENIZERS.keys()])('%s loses no byte of any text', (name) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (sample) => {
      expect(wordsOf(name, sample).join('')).toBe(sample)
    }),
    { numRuns: 25 },
  )
})
