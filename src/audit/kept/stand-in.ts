/** @file What of a reference's files an audit reads where its capture is kept, found by reading it, and kept beside the capture. */
import { openCheckpoint } from '../../checkpoints/open.ts'
import { openTokenizer } from '../../corpus/tokenizers/tokenizer.ts'
import { captureWhich } from '../../errors/kept.ts'
import { SaegateError } from '../../errors/problem.ts'
import { digestedFiles, filesSha256 } from '../../sources/file-digests.ts'
import type { KeptEntries } from '../../sources/kept/entries.ts'
import {
  heldBytes,
  type Recorder,
  recorded,
  STAND_IN,
  STAND_IN_PART,
  type StandInFigures,
} from '../../sources/kept/stand-in.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { openUnembedding } from '../capture/unembedding.ts'
import { describeModel } from '../subjects/model.ts'

/** Config, tokenizer and the like: whole, as long as they are small. */
const SMALL = /\.(json|model|txt|jinja|tiktoken)$/i
const MOST_SMALL_BYTES = 2 ** 26

/** Rows of the unembedding at a time. */
const STEP = 4096

/**
 * Keep the stand-in of a reference of which captures are kept. `known`: digests of those references. Gives its digest. Errors:
 * CAPTURE_WHICH (none of them is this one), those of opening a checkpoint.
 */
export async function keepStandIn(
  files: PinnedFiles,
  known: ReadonlySet<string>,
  cache: KeptEntries,
): Promise<string> {
  const reader = recorded(files)
  const reference = await readReference(reader, known)
  const digested = digestedFiles(files)
  const listed: StandInFigures['files'] = []
  for (const name of files.names) {
    const ranges = await rangesOf(files, reader, name)
    // What nobody reads is not even listed with a digest, which would ask for all of it.
    if (ranges.length === 0) continue
    const source = await files.open(name)
    await source.close()
    listed.push({ name, bytes: source.byteLength, sha256: await digested.sha256(name), ranges })
  }
  const figures = { files: listed }
  const bytes = listed
    .flatMap(({ ranges }) => ranges)
    .reduce((sum, [start = 0, end = 0]) => sum + end - start, 0)
  await cache.put({
    kind: STAND_IN,
    key: JSON.stringify({ reference }),
    bytes,
    figures,
    write: async (into) => await into.part(STAND_IN_PART, heldBytes(files, figures)),
  })
  return reference
}

/** Everything that an audit opens of it before a model is run, and the unembedding. */
async function readReference({ files, stop }: Recorder, known: ReadonlySet<string>): Promise<string> {
  const checkpoint = await openCheckpoint(files.spec, files)
  try {
    const model = describeModel(checkpoint, 1, 'simulate')
    const unembedding = await openUnembedding(model, { kind: 'cpu', threads: 1, bodyType: 'float32' })
    for (let start = 0; start < unembedding.n_vocab; start += STEP)
      await unembedding.tokens(start, Math.min(unembedding.n_vocab, start + STEP))
    stop()
    // A text of token ids is read without the tokenizer, and the reference is then known by its other files.
    const bare = await checkpoint.fileDigests()
    await openTokenizer(checkpoint.files).catch((error: unknown) => {
      if (!(error instanceof SaegateError)) throw error
    })
    const found = [bare, await checkpoint.fileDigests()].map(filesSha256).findLast((one) => known.has(one))
    if (found === undefined)
      throw captureWhich(
        filesSha256(bare),
        [...known].map((one) => one.slice(0, 12)),
      )
    return found
  } finally {
    await checkpoint.close()
  }
}

async function rangesOf(files: PinnedFiles, { rangesOf: read }: Recorder, name: string): Promise<number[][]> {
  if (!SMALL.test(name)) return read(name).map((range) => [...range])
  const source = await files.open(name)
  const { byteLength } = source
  await source.close()
  return byteLength === 0 || byteLength > MOST_SMALL_BYTES ? [] : [[0, byteLength]]
}
