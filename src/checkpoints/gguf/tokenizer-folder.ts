/** @file A tokenizer that was read out of a GGUF file, as the folder of files it would be in a Hugging Face checkpoint. */
import { bytesSource } from '../../bytes/source.ts'
import { fileNotListed } from '../../errors/sources.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import type { TokenizerFiles } from './tokenizer.ts'

/** tokenizer.json and tokenizer_config.json in memory. */
export function tokenizerFolder(spec: string, files: TokenizerFiles): PinnedFiles {
  const texts = new Map([
    ['tokenizer.json', JSON.stringify(files.tokenizer)],
    ['tokenizer_config.json', JSON.stringify(files.config)],
  ])
  return {
    spec,
    revision: null,
    names: [...texts.keys()],
    has: (name) => texts.has(name),
    open: async (name) => {
      const text = texts.get(name)
      if (text === undefined) throw fileNotListed(spec, name)
      return bytesSource(`${spec}: ${name}`, new TextEncoder().encode(text))
    },
    localPath: () => null,
    close: async () => {},
  }
}
