/** @file The corpus as one audit runs it: sequences, sliding windows, what of them is scored, and the token groups. */
import { tokenizerFolder } from '../../checkpoints/gguf/tokenizer-folder.ts'
import type { Checkpoint } from '../../checkpoints/open.ts'
import type { PerplexityConfig } from '../../contract/options/audit-config.ts'
import type { Report } from '../../contract/report/report-schema.ts'
import { loadCorpus } from '../../corpus/load.ts'
import type { TokenSequences } from '../../corpus/token-sequences.ts'
import type { TokenText } from '../../corpus/tokenizers/token-text.ts'
import { openTokenizer, type TextTokenizer } from '../../corpus/tokenizers/tokenizer.ts'
import { SaegateError } from '../../errors/problem.ts'
import { dealGroups, groupCount } from '../../statistics/intervals/token-groups.ts'
import type { Reference } from '../subjects/model.ts'
import { longestSequence, type Opening } from '../subjects/open-source.ts'
import { dealtText } from './dealing.ts'
import { halfOf } from './half.ts'
import { type ScoredKinds, scoredKinds } from './scored-kinds.ts'
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

/** Which part of a text these sequences are: all of it, or the token groups of a shard. */
export interface TextPart {
  readonly firstSequence: number
  readonly firstGroup: number
  /** Of the whole text. */
  readonly sequences: number
  readonly groups: number
}

export const wholeText = (sequences: number, groups: number): TextPart => ({
  firstSequence: 0,
  firstGroup: 0,
  sequences,
  groups,
})

/** The corpus as the audit runs it. */
export interface AuditTokens {
  readonly sequences: TokenSequences
  readonly chunked: ScoredPlan
  readonly sliding: ScoredPlan | null
  /** First sequence of each token group, and the number of sequences. */
  readonly groupStarts: Int32Array
  readonly part: TextPart
  /** What the tokenizer puts before a text and the sequences do not begin with; null: nothing is left out, or nobody knows. */
  readonly bosLeftOut: number | null
  /** Tokens as text again; null: nothing here knows their spelling. */
  readonly text: TokenText | null
  /** Of the tokens that `chunked` scores. */
  readonly kinds: ScoredKinds
  /** Longest sequence that is run. */
  readonly longest: number
}

/** Tokenize the corpus and plan what is run. Errors: the corpus' own. */
export async function openTokens(opening: Opening, { checkpoint, model }: Reference): Promise<AuditTokens> {
  const { config } = opening
  const { n_vocab: vocabulary, maxPositions } = model.decoder.spec
  const needed = !config.corpus.source.startsWith('tokens:')
  const tokenizer = needed ? await tokenizerOf(opening, checkpoint) : null
  const loaded = await loadCorpus(config.corpus, tokenizer, {
    vocabulary,
    maxPositions,
    open: opening.openText,
  })
  const sequences = config.half === undefined ? loaded : halfOf(loaded, config.half)
  const known = tokenizer ?? (await tokenizerIfAny(opening, checkpoint))
  const { sliding } = config.perplexity
  const text = dealtText(sequences)
  const groupStarts = dealGroups(text, groupCount(text, config.groups))
  const streamStarts = groupStarts.map((sequence) => sequence * text.tokensPerSequence)
  const scored = chunkedScores(sequences, groupStarts)
  return {
    sequences: sequences,
    chunked: { plan: chunkedPlan(sequences), scored },
    sliding: sliding === null ? null : slidingTokens(sequences, sliding, streamStarts),
    groupStarts,
    part: wholeText(sequences.sequenceCount, groupStarts.length - 1),
    bosLeftOut: leftOut(sequences, known),
    text: known?.text ?? null,
    kinds: scoredKinds(sequences, scored, known),
    longest: longestSequence(config),
  }
}

/** For ids that somebody else made, which need none: what cannot be read is then no matter. */
async function tokenizerIfAny(opening: Opening, checkpoint: Checkpoint): Promise<TextTokenizer | null> {
  try {
    return await tokenizerOf(opening, checkpoint)
  } catch (error) {
    if (error instanceof SaegateError) return null
    throw error
  }
}

/** Ids of somebody else may hold it already. */
function leftOut(
  { ids, sequenceCount, blockLength, bos }: TokenSequences,
  tokenizer: TextTokenizer | null,
): number | null {
  const expected = tokenizer?.bosFromPostProcessor ?? null
  if (expected === null || bos !== null) return null
  const begun = Array.from({ length: sequenceCount }, (_, sequence) => ids[sequence * blockLength]).filter(
    (id) => id === expected,
  )
  return begun.length > sequenceCount / 2 ? null : expected
}

/** The one named, else the reference's own: in its folder, or beside or inside its GGUF file. Errors: those of `openTokenizer`. */
export async function tokenizerOf(
  { config, openText: open }: Opening,
  checkpoint: Checkpoint,
): Promise<TextTokenizer | null> {
  if (config.tokenizer !== null) {
    const files = await open(config.tokenizer)
    try {
      return await openTokenizer(files)
    } finally {
      await files.close()
    }
  }
  const inFile = checkpoint.files.has('tokenizer.json') ? null : (checkpoint.gguf?.tokenizer() ?? null)
  return await openTokenizer(inFile === null ? checkpoint.files : tokenizerFolder(checkpoint.spec, inFile))
}

function slidingTokens(
  { stream, bos }: TokenSequences,
  windows: NonNullable<PerplexityConfig['sliding']>,
  streamStarts: Int32Array,
): ScoredPlan {
  const plan = slidingPlan(stream, windows, bos)
  return { plan, scored: slidingScores(plan, streamStarts) }
}

/** What the report says the ids were made of, where they were not given. */
export function madeFrom({ made }: TokenSequences): Pick<Report['corpus'], 'text' | 'tokenizer'> {
  if (made === undefined) return {}
  const { text, tokenizer } = made
  return { text: { ...text, files: [...text.files] }, tokenizer }
}
