/**
 * @file Sessions of parts that are loaded one after the other. Where the caller keeps the weights, blocks of one form (as many heads, the
 * same window, nothing read on the way) are one graph: its session is kept, and given the weights of the next block.
 */
import type { GraphModel } from '../../onnx/graph/graph.ts'
import type { FedSession, Session } from '../../onnx/sessions/session.ts'

/** Forms that are kept: blocks with and without a window take turns in some families. */
const MOST_FORMS = 2

interface Form {
  /** Null: no other graph is the same, for the engine keeps weights of this one. */
  readonly bytes: Uint8Array | null
  readonly session: FedSession
}

export class FormSessions {
  readonly #create: (graph: GraphModel) => Promise<FedSession>
  /** The one used last is the last. */
  readonly #forms: Form[] = []

  constructor(create: (graph: GraphModel) => Promise<FedSession>) {
    this.#create = create
  }

  /** A session with the weights of this graph, until `letGo`. Errors: ENGINE_FAILED. */
  async load(graph: GraphModel): Promise<Session> {
    const at = this.#forms.findIndex(
      ({ bytes }) => bytes !== null && Buffer.compare(bytes, graph.bytes) === 0,
    )
    const [known] = at < 0 ? [] : this.#forms.splice(at, 1)
    if (known !== undefined) {
      this.#forms.push(known)
      await known.session.feed(graph.fed)
      return known.session
    }
    if (this.#forms.length === MOST_FORMS) await this.#forms.shift()?.session.release()
    const session = await this.#create(graph)
    this.#forms.push({ bytes: graph.keeper === 'caller' ? graph.bytes : null, session })
    return session
  }

  /** The weights of the session that was loaded last. */
  async letGo(): Promise<void> {
    const last = this.#forms.at(-1)
    if (last === undefined) return
    if (last.bytes !== null) return await last.session.feed([])
    this.#forms.pop()
    await last.session.release()
  }

  async release(): Promise<void> {
    for (const { session } of this.#forms.splice(0)) await session.release()
  }
}
