/**
 * @file The history on disk: journal.jsonl, to which lines are appended and flushed, and from which none is taken. Why it is no
 * database: docs/decisions/2026-11-29-registry-journal.md.
 *
 * A process that is killed while it writes leaves at most one torn line, at the end: readers leave it out, the next writer
 * cuts it off. A run that lost its lock without noticing (lock.ts) may append a line behind one that it has not read; such a
 * line names another line before it, and is left out too. Anything else that does not fit is damage, and refused.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeProblem } from '../../bytes/atomic.ts'
import { readWholeFile } from '../../bytes/whole-file.ts'
import { fileMissing } from '../../errors/bytes.ts'
import { SaegateError } from '../../errors/problem.ts'
import { registryStateDamaged, registryStateVersion } from '../../errors/registry.ts'
import { type Entry, isRecorded, type Recorded } from './entries.ts'
import { GENESIS, readLine, writeLine } from './line.ts'

const NAME = 'journal.jsonl'

/** A million audits. */
const MOST_BYTES = 2 ** 31 - 1

/** What was read of a journal. */
export interface JournalText {
  readonly records: readonly Recorded[]
  /** Digest of the last line. */
  readonly head: string
  /** Up to the end of the last whole line. */
  readonly byteLength: number
  /** Lines of runs that had lost their lock. */
  readonly strays: number
}

export const journalPath = (folder: string): string => join(folder, NAME)

/** All that it says; null: there is none. Errors: REGISTRY_STATE_*, those of reading. */
export async function readJournal(folder: string): Promise<JournalText | null> {
  const path = journalPath(folder)
  try {
    return parseJournal(path, await readWholeFile(path, MOST_BYTES))
  } catch (error) {
    if (error instanceof SaegateError && error.code === fileMissing.code) return null
    throw error
  }
}

const LINE_FEED = 0x0a

function parseJournal(path: string, bytes: Uint8Array): JournalText {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const records: Recorded[] = []
  let [head, start, strays] = [GENESIS, 0, 0]
  for (let number = 1; ; number++) {
    const end = text.indexOf(LINE_FEED, start)
    // Without its line feed a line was never finished, however much of it is there.
    if (end < 0) break
    const line = readLine(text.toString('utf8', start, end))
    if (line === null) {
      if (text.indexOf(LINE_FEED, end + 1) < 0 && end + 1 === text.byteLength) break
      throw registryStateDamaged(`${path}:${number}`, 'the line is not as it was written')
    }
    start = end + 1
    if (line.before !== head) {
      if (number === 1) throw registryStateDamaged(`${path}:1`, 'lines before it are missing')
      strays++
      continue
    }
    if (!isRecorded(line.entry)) throw registryStateVersion(`${path}:${number}`)
    head = line.digest
    records.push(line.entry)
  }
  return { records, head, byteLength: start, strays }
}

export interface Journal {
  readonly text: JournalText
  /** Write entries, all in one go, and flush them. Errors: REGISTRY_LOCK_LOST, DISK_FULL, WRITE_FAILED: then nothing of them is kept. */
  append(...entries: readonly Entry[]): Promise<readonly Recorded[]>
  /** Entries that may be lost: they are written with the next ones, or at the end. */
  later(...entries: readonly Entry[]): readonly Recorded[]
  /** Entries of another machine, with the marks that they have there. */
  adopt(records: readonly Recorded[]): Promise<void>
  close(): Promise<void>
}

/** What a journal is written through: the file itself, or what a test puts in its place. */
export interface JournalFile {
  /** At the end of the file; all of it or an error. */
  append(text: string): Promise<void>
  /** Cut the file off. */
  truncate(byteLength: number): Promise<void>
  close(): Promise<void>
}

export interface JournalWriter {
  /** Unique: the beginning of the marks of its entries. */
  readonly run: string
  /** ISO 8601. */
  now(): string
  /** Throws where the lock is no longer ours. */
  requireHeld(): void
  /** By default the file on disk. */
  open?(path: string): Promise<JournalFile>
}

/** Open for writing, under the lock. Errors: REGISTRY_STATE_*, those of reading and writing. */
export async function openJournal(folder: string, writer: JournalWriter): Promise<Journal> {
  const path = journalPath(folder)
  const text = (await readJournal(folder)) ?? { records: [], head: GENESIS, byteLength: 0, strays: 0 }
  const file = await (writer.open ?? openFile)(path)
  let { head, byteLength } = text
  let count = 0
  let isTorn = false
  const waiting: Recorded[] = []
  let last: Promise<unknown> = Promise.resolve()
  const write = async (records: readonly Recorded[]): Promise<void> => {
    writer.requireHeld()
    if (isTorn) throw registryStateDamaged(path, 'the disk neither took a line nor let it be taken back')
    let [lines, next] = ['', head]
    for (const record of records) {
      const { text: line, digest } = writeLine(next, record)
      ;[lines, next] = [lines + line, digest]
    }
    try {
      await file.append(lines)
    } catch (error) {
      // What is left of it would be a torn line in the middle of the file.
      await file.truncate(byteLength).catch(() => {
        isTorn = true
      })
      throw writeProblem(path, error)
    }
    head = next
    byteLength += Buffer.byteLength(lines)
  }
  /** One after the other, whoever calls; a failed one does not stop the next. */
  const queued = (records: readonly Recorded[]): Promise<void> => {
    const turn = last.then(() => write([...waiting.splice(0), ...records]))
    last = turn.catch(() => {})
    return turn
  }
  const recorded = (what: Entry): Recorded => ({ id: `${writer.run}-${count++}`, at: writer.now(), what })
  try {
    await file.truncate(byteLength)
    if (text.records.length === 0) await queued([recorded({ type: 'history', version: 1 })])
  } catch (error) {
    await file.close()
    throw writeProblem(path, error)
  }
  return {
    text,
    append: async (...entries) => {
      const records = entries.map(recorded)
      if (records.length > 0) await queued(records)
      return records
    },
    later: (...entries) => {
      const records = entries.map(recorded)
      waiting.push(...records)
      return records
    },
    adopt: (records) => (records.length === 0 ? Promise.resolve() : queued(records)),
    close: async () => {
      if (waiting.length > 0) await queued([]).catch(() => {})
      await last
      await file.close()
    },
  }
}

/** Appended by the system at whatever is the end then: two writers never write into each other's lines. */
async function openFile(path: string): Promise<JournalFile> {
  let handle: FileHandle
  try {
    handle = await open(path, 'a', 0o644)
    await flushName(dirname(path))
  } catch (error) {
    throw writeProblem(path, error)
  }
  return {
    append: async (text) => {
      await handle.appendFile(text)
      await handle.datasync()
    },
    truncate: (byteLength) => handle.truncate(byteLength),
    close: () => handle.close(),
  }
}

/** The name of a new file is the folder's; where folders cannot be opened (Windows) the system sees to it. */
async function flushName(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}
