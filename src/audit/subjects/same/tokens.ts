/** @file Do the reference and a candidate number their tokens alike, where both say how they do? */
import type { Checkpoint } from '../../../checkpoints/open.ts'
import {
  disagreement,
  listedVocabulary,
  readVocabulary,
  type Vocabulary,
} from '../../../corpus/tokenizers/vocabulary.ts'
import { tokensDiffer } from '../../../errors/graph.ts'
import { type Candidate, unknownKind } from '../candidate.ts'
import type { Reference } from '../model.ts'
import type { Opening } from '../open-source.ts'

/** Errors: TOKENS_DIFFER for an id of the corpus that means another token to a candidate, those of reading JSON. */
export async function compareTokens(
  opening: Opening,
  { checkpoint }: Reference,
  candidates: readonly Candidate[],
  ids: Int32Array,
): Promise<void> {
  const artifacts = candidates.filter(({ kind }) => kind !== 'derived')
  const ours = artifacts.length === 0 ? null : await referenceVocabulary(opening, checkpoint)
  if (ours === null) return
  for (const candidate of artifacts) {
    const theirs = await vocabularyIn(candidate)
    const found = theirs === null ? null : disagreement(ours, theirs, ids)
    if (found !== null) throw tokensDiffer(candidate.spec, found)
  }
}

/** Of --tokenizer, else of the reference itself. */
async function referenceVocabulary(
  { config, open }: Opening,
  checkpoint: Checkpoint,
): Promise<Vocabulary | null> {
  if (config.tokenizer === null) return await checkpointVocabulary(checkpoint)
  const files = await open(config.tokenizer)
  try {
    return await readVocabulary(files)
  } finally {
    await files.close()
  }
}

async function vocabularyIn(candidate: Candidate): Promise<Vocabulary | null> {
  switch (candidate.kind) {
    case 'derived':
      return null
    case 'stored':
      return await checkpointVocabulary(candidate.checkpoint)
    case 'onnx':
      return await readVocabulary(candidate.user.files)
    default:
      return unknownKind(candidate)
  }
}

/** A GGUF file's own list counts over a tokenizer.json beside it: it is what the file is run with. */
async function checkpointVocabulary({ gguf, files }: Checkpoint): Promise<Vocabulary | null> {
  const listed = gguf?.tokens ?? null
  return listed === null ? await readVocabulary(files) : listedVocabulary(listed)
}
