/** @file From a corpus spec to the files it means, in order: paths, folders and globs of this machine, datasets of the Hub, names. */
import { stat } from 'node:fs/promises'
import type { ByteSource } from '../../bytes/source.ts'
import { corpusParts, datasetPart, NAMED_CORPORA, namedPart } from '../../contract/named-corpora.ts'
import { fileMissing } from '../../errors/bytes.ts'
import { corpusNoFiles, corpusUnsupported, datasetChoice } from '../../errors/corpus.ts'
import { nearest } from '../../errors/did-you-mean.ts'
import { SaegateError } from '../../errors/problem.ts'
import { isGlob } from '../../sources/globs.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { type Chosen, globbedFiles, type OpenFiles } from './chosen.ts'
import { type FileKind, kindOf, knownKind, unreadKind } from './formats.ts'

/** One file of a corpus, not yet read. */
export interface CorpusFile {
  /** For messages and the report. */
  readonly name: string
  readonly kind: FileKind
  /** Errors: those of opening. */
  open(): Promise<ByteSource>
}

/** What a spec stands for. */
export interface CorpusFiles {
  readonly files: readonly CorpusFile[]
  /** Commit of the one repository they are of; null: of this machine, or of several. */
  readonly revision: string | null
  /** The field that a named corpus has its text in; null: to be found. */
  readonly field: string | null
  /** The records are lines of one text. */
  readonly ofLines: boolean
  close(): Promise<void>
}

/** Errors: CORPUS_NO_FILES, CORPUS_UNSUPPORTED, DATASET_CHOICE, those of opening. */
export async function corpusFiles(source: string, open: OpenFiles): Promise<CorpusFiles> {
  const opened: PinnedFiles[] = []
  const opening: OpenFiles = async (spec) => {
    const files = await open(spec)
    opened.push(files)
    return files
  }
  const close = async (): Promise<void> => {
    for (const files of opened) await files.close()
  }
  try {
    const parts = (await exists(source)) ? [source] : corpusParts(source)
    const chosen: Chosen[] = []
    for (const part of parts) chosen.push(await chosenFiles(part, opening))
    const named = parts.map((part) => namedPart(part)?.corpus ?? null)
    const revisions = new Set(chosen.map(({ files }) => files.revision))
    const [revision = null] = revisions
    return {
      files: chosen.flatMap((one) => one.names.map((name) => corpusFile(one.files, name))),
      revision: revisions.size === 1 ? revision : null,
      field: named[0]?.field ?? null,
      ofLines: named.length > 0 && named.every((one) => one?.records === 'lines'),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function corpusFile(files: PinnedFiles, name: string): CorpusFile {
  const full = files.localPath(name) ?? `${files.spec}: ${name}`
  return {
    name: files.revision === null ? full : name,
    kind: kindOf(name),
    open: () => (files.openParts === undefined ? files.open(name) : files.openParts(name)),
  }
}

async function chosenFiles(part: string, open: OpenFiles): Promise<Chosen> {
  const named = namedPart(part)
  if (named !== null) {
    const { corpus, split } = named
    const [first = ''] = Object.keys(corpus.splits)
    const pattern = Object.entries(corpus.splits).find(([name]) => name === (split ?? first))?.[1]
    if (pattern === undefined) throw datasetChoice(part, 'split', split, Object.keys(corpus.splits))
    return await globbedFiles(
      part,
      { base: `hf:datasets/${corpus.dataset}@${corpus.revision}/`, pattern },
      open,
    )
  }
  const dataset = datasetPart(part)
  if (dataset !== null) {
    const { datasetFiles } = await import('./hub-dataset.ts')
    return await datasetFiles(part, dataset, open)
  }
  if (isGlob(part) && !(await exists(part)))
    return await globbedFiles(part, { base: '', pattern: part }, open)
  return await localFiles(part, open)
}

/** One file, whatever it is called; of a folder the files whose endings are known. */
async function localFiles(path: string, open: OpenFiles): Promise<Chosen> {
  const files = await open(path).catch((error: unknown) => {
    const near = nearest(path, NAMED_CORPORA.keys())
    const isMissing = error instanceof SaegateError && error.code === fileMissing.code
    throw isMissing && near !== null ? fileMissing(path, near) : error
  })
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) {
    const unread = unreadKind(path)
    if (unread !== null) throw corpusUnsupported(path, unread)
    return { files, names: files.names }
  }
  const names = files.names.filter((name) => knownKind(name) !== null)
  if (names.length === 0) throw corpusNoFiles(path, 'the folder has none of these')
  return { files, names }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
