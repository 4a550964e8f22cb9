/** @file The state of a registry, opened: by one run at a time for writing, by anybody for reading. */
import { randomBytes } from 'node:crypto'
import { registryNotThere } from '../../errors/registry.ts'
import type { Entry, Recorded } from './entries.ts'
import { historyOf, type LivingHistory } from './history.ts'
import { type JournalFile, openJournal, readJournal } from './journal.ts'
import { acquireLock, type Lock } from './lock.ts'

export interface OpenState {
  /** Unique, and in order within a day. */
  readonly run: string
  readonly history: LivingHistory
  /** Lines of runs that had lost their lock and did not know. */
  readonly strays: number
  note(...entries: readonly Entry[]): Promise<readonly Recorded[]>
  /** Entries that may be lost. */
  later(...entries: readonly Entry[]): readonly Recorded[]
  /** Entries of another machine. */
  adopt(records: readonly Recorded[]): Promise<void>
}

/** What a test puts in place of the disk and the lock. */
export interface StateDoors {
  now(): Date
  acquire(folder: string): Promise<Lock>
  open?(path: string): Promise<JournalFile>
}

const DOORS: StateDoors = { now: () => new Date(), acquire: (folder) => acquireLock(folder) }

/** Open, use, close, whatever happens. Errors: REGISTRY_BUSY, REGISTRY_STATE_*, those of writing and of `use`. */
export async function withState<T>(
  folder: string,
  use: (state: OpenState) => Promise<T>,
  { now, acquire, open }: StateDoors = DOORS,
): Promise<T> {
  const lock = await acquire(folder)
  const run = `${now().toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}-${randomBytes(4).toString('hex')}`
  try {
    const journal = await openJournal(folder, {
      run,
      now: () => now().toISOString(),
      requireHeld: lock.requireHeld,
      ...(open === undefined ? {} : { open }),
    })
    try {
      const history = historyOf(journal.text.records)
      const { strays } = journal.text
      return await use({
        run,
        history,
        strays,
        note: journal.append,
        later: journal.later,
        adopt: journal.adopt,
      })
    } finally {
      await journal.close()
    }
  } finally {
    await lock.release()
  }
}

/** What it says now, without a lock. Errors: REGISTRY_STATE_*. Null: nobody has written one. */
export async function peekState(folder: string): Promise<LivingHistory | null> {
  const text = await readJournal(folder)
  return text === null ? null : historyOf(text.records)
}

/** The same, where there must be one. Errors: REGISTRY_NOT_THERE. */
export async function readState(folder: string): Promise<LivingHistory> {
  const history = await peekState(folder)
  if (history === null) throw registryNotThere(folder)
  return history
}
