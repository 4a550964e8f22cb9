/** @file The corpus as one audit runs it: blocks, sliding windows, what of them is scored, and the token groups. */
import type { Checkpoint } from '../checkpoints/open.ts'
import type { AuditConfig } from '../contract/audit-config.ts'
import { loadCorpus } from '../corpus/load.ts'
import type { TokenBlocks } from '../corpus/token-blocks.ts'
import { openTokenizer } from '../corpus/tokenizer.ts'
import { openFiles } from '../sources/open-files.ts'
import { groupCount } from '../statistics/token-groups.ts'
import type { Model } from './model.ts'
import {
  chunkedPlan,
  chunkedScores,
  type ScoredRows,
  type SequencePlan,
  slidingPlan,
  slidingScores,
} from './sequences.ts'

/** What is run, and what of it is scored. */
export interface ScoredPlan {
  readonly plan: SequencePlan
  readonly scored: ScoredRows
}

/** The corpus as the audit runs it. */
export interface AuditTokens {
  readonly blocks: TokenBlocks
  readonly chunked: ScoredPlan
  readonly sliding: ScoredPlan | null
  readonly groups: number
  /** Longest sequence that is run. */
  readonly longest: number
}

/** Tokenize the corpus and plan what is run. Errors: the corpus' own. */
export async function openTokens(
  config: AuditConfig,
  checkpoint: Checkpoint,
  reference: Model,
  longest: number,
): Promise<AuditTokens> {
  const tokenizerFiles = config.tokenizer === null ? checkpoint.files : await openFiles(config.tokenizer)
  const { n_vocab: vocabulary, maxPositions } = reference.decoder.spec
  const tokenizer = config.corpus.source.startsWith('tokens:') ? null : await openTokenizer(tokenizerFiles)
  if (config.tokenizer !== null) await tokenizerFiles.close()
  const blocks = await loadCorpus(config.corpus, tokenizer, { vocabulary, maxPositions })
  const { sliding } = config.perplexity
  return {
    blocks,
    chunked: { plan: chunkedPlan(blocks), scored: chunkedScores(blocks, config.groups) },
    sliding:
      sliding === null
        ? null
        : {
            plan: slidingPlan(blocks.stream, sliding.window, sliding.stride),
            scored: slidingScores(blocks.stream, config.groups),
          },
    groups: groupCount(blocks.blockCount, config.groups),
    longest,
  }
}
