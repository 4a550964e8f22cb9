/** @file Token ids that somebody else made: `tokens:FILE.npy`, one stream or blocks. */
import type { CorpusConfig } from '../contract/audit-config.ts'
import { corpusUnsupported } from '../errors/corpus.ts'
import type { TokenBlocks } from './token-blocks.ts'

export async function loadTokenIds(path: string, config: CorpusConfig): Promise<TokenBlocks> {
  throw corpusUnsupported(config.source, `the token file ${path}`)
}
