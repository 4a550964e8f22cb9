/**
 * @file Objects of a checkout, by one git that stays as long as it is asked: a process for each object is most of what reading rules costs.
 *
 * Nothing is fetched, and no program of the checkout is run.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'

export type ObjectType = 'commit' | 'tree' | 'blob'

export interface GitObjects {
  /** Null: not there, of another type, too large, or there is no git. Not held against its id. */
  read(type: ObjectType, id: string, maxBytes: number): Promise<Uint8Array | null>
}

/** No lazy fetch of a partial clone, no repository that files of the checkout make up, no replaced objects, no refusal because the checkout is somebody else's in a container. */
const SETTINGS = [
  '-c',
  'protocol.allow=never',
  '-c',
  'safe.directory=*',
  '-c',
  'safe.bareRepository=explicit',
] as const
const LIMIT_MS = 60_000
/** Then it is let go; the next object starts another one. */
const IDLE_MS = 100
const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/
/** `ID TYPE SIZE` */
const HEADER = /^[0-9a-f]+ (commit|tree|blob|tag) (\d{1,15})$/
const MOST_HEADER_BYTES = 256

/** One object at a time, in the order asked for. */
export function gitObjects(folder: string): GitObjects {
  let git: RunningGit | null = null
  let last: Promise<unknown> = Promise.resolve()
  const answer = async (type: ObjectType, id: string, maxBytes: number): Promise<Uint8Array | null> => {
    if (!ID.test(id)) return null
    if (git === null || git.isDone()) git = new RunningGit(folder)
    return await git.object(type, id, maxBytes)
  }
  return {
    read(type, id, maxBytes) {
      const next = last.then(() => answer(type, id, maxBytes))
      last = next
      return next
    },
  }
}

interface Asked {
  readonly type: ObjectType
  readonly maxBytes: number
  done(bytes: Uint8Array | null): void
}

/** `git cat-file --batch`: for an id on its input a header, the object, and a line end. */
class RunningGit {
  readonly #child: ChildProcessWithoutNullStreams
  #asked: Asked | null = null
  #arrived: Buffer[] = []
  #size = 0
  #done = false
  #timer: NodeJS.Timeout | null = null

  constructor(folder: string) {
    const env = {
      PATH: process.env.PATH,
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_NO_LAZY_FETCH: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
    }
    this.#child = spawn('git', [...SETTINGS, '-C', folder, 'cat-file', '--batch'], { env })
    this.#child.stdout.on('data', (bytes: Buffer) => this.#take(bytes))
    this.#child.stderr.resume()
    for (const stream of [this.#child, this.#child.stdin]) stream.on('error', () => this.#end())
    this.#child.on('close', () => this.#end())
  }

  isDone(): boolean {
    return this.#done
  }

  object(type: ObjectType, id: string, maxBytes: number): Promise<Uint8Array | null> {
    this.#wait(LIMIT_MS, () => this.#end())
    return new Promise((done) => {
      this.#asked = { type, maxBytes, done }
      this.#child.stdin.write(`${id}\n`)
    })
  }

  #take(bytes: Buffer): void {
    this.#arrived.push(bytes)
    this.#size += bytes.length
    const understood = this.#asked !== null && this.#read(this.#asked)
    if (!understood) this.#end()
  }

  /** False: git is of no more use. What is too large is not waited for. */
  #read({ type, maxBytes }: Asked): boolean {
    const [first = this.#join()] = this.#arrived
    const head = first.includes(0x0a) ? first : this.#join()
    const end = head.indexOf(0x0a)
    if (end < 0) return this.#size < MOST_HEADER_BYTES
    const [, found = null, written = ''] = HEADER.exec(head.toString('latin1', 0, end)) ?? []
    const size = Number(written)
    if (found !== null && (found !== type || size > maxBytes)) return false
    if (found === null) this.#answer(null)
    // A line end stands behind it.
    else if (this.#size > end + 1 + size)
      this.#answer(new Uint8Array(this.#join().subarray(end + 1, end + 1 + size)))
    return true
  }

  #join(): Buffer {
    const whole = Buffer.concat(this.#arrived)
    this.#arrived = [whole]
    return whole
  }

  #answer(bytes: Uint8Array | null): void {
    const asked = this.#asked
    this.#asked = null
    this.#arrived = []
    this.#size = 0
    this.#wait(IDLE_MS, () => {
      this.#done = true
      this.#child.stdin.end()
    })
    asked?.done(bytes)
  }

  /** Nothing more comes of it. */
  #end(): void {
    if (!this.#done) this.#child.kill()
    this.#done = true
    this.#answer(null)
  }

  #wait(milliseconds: number, then: () => void): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (!this.#done) this.#timer = setTimeout(then, milliseconds)
  }
}
