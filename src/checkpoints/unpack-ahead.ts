/**
 * @file Packed tensors read in a thread of their own, ahead of their use: while the engine takes in the tensors of one stage,
 * which blocks this thread, the other unpacks those of the next. It opens the checkpoint for itself, and values come back
 * without being copied.
 */
import type { FarSide } from '../bridge/far-side.ts'
import { isBundled, programFile } from '../bridge/program-file.ts'
import { startThread } from '../bridge/thread.ts'
import type { Sightings } from '../bytes/file-identity.ts'
import type { TensorData, TensorTable } from '../tensors/tensor.ts'

/** Unpacked bytes that may wait for their use: a stage of a body. */
const BYTES_AHEAD = 128e6

/** What the thread is told to open. */
export interface UnpackerData {
  /** A local file or folder. */
  readonly path: string
  /** Which files were met there: the thread has to meet the same. */
  readonly sightings: Sightings
}

/**
 * The same table, with the tensors of `order` unpacked ahead in that order; others are read here. Without a bundle nothing
 * is ahead. `close` ends the thread and leaves the table open. Errors of reading are the table's own.
 */
export function unpackAhead(table: TensorTable, from: UnpackerData, order: readonly string[]): TensorTable {
  if (!isBundled('unpacker')) return { ...table, close: async () => {} }
  const thread = startThread<string, TensorData>(
    'The thread that unpacks weights',
    programFile('unpacker'),
    from,
  )
  const ahead = new Ahead(thread, table, order)
  return { entries: table.entries, read: (name) => ahead.read(name), close: () => thread.close() }
}

interface Begun {
  readonly tensor: Promise<TensorData>
  readonly bytes: number
}

/** Keeps the thread busy with the next tensors of the order, within BYTES_AHEAD. */
class Ahead {
  readonly #thread: FarSide<string, TensorData>
  readonly #table: TensorTable
  readonly #queue: string[]
  readonly #begun = new Map<string, Begun>()
  #bytes = 0

  constructor(thread: FarSide<string, TensorData>, table: TensorTable, order: readonly string[]) {
    this.#thread = thread
    this.#table = table
    this.#queue = [...new Set(order)]
    this.#ask()
  }

  async read(name: string): Promise<TensorData> {
    const begun = this.#begun.get(name)
    if (begun === undefined) {
      const place = this.#queue.indexOf(name)
      if (place >= 0) this.#queue.splice(place, 1)
      return await this.#table.read(name)
    }
    const tensor = await begun.tensor
    this.#begun.delete(name)
    this.#bytes -= begun.bytes
    this.#ask()
    return tensor
  }

  #ask(): void {
    while (this.#bytes < BYTES_AHEAD || this.#begun.size === 0) {
      const name = this.#queue.shift()
      if (name === undefined) return
      const bytes = 4 * (this.#table.entries.get(name)?.shape.reduce((product, dim) => product * dim, 1) ?? 0)
      const tensor = this.#thread.ask(name)
      // A tensor that nobody comes to ask for (the audit was refused meanwhile) is no unhandled failure.
      tensor.catch(() => {})
      this.#begun.set(name, { tensor, bytes })
      this.#bytes += bytes
    }
  }
}
