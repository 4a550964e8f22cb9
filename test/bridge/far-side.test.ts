/** @file One discipline for every far side: the order of answers, failures, the end, cancelling. Both ends, joined by cloning. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Order, Port, Reply, Wire } from '../../src/bridge/envelope.ts'
import { FarSide } from '../../src/bridge/far-side.ts'
import { type Service, serve } from '../../src/bridge/serve.ts'
import { interrupted } from '../../src/errors/engine.ts'
import { problem } from '../../src/errors/problem.ts'

const odd = problem('ODD', 2, (n: number) => ({ message: `${n} is odd.`, fix: 'Take another.' }))

/** Two ends in one thread; what passes is cloned, as between threads. */
class Joined<Request, Answer, Note> {
  #heard: (reply: Reply<Answer, Note>) => void = () => {}
  #ordered: (order: Order<Request>) => void = () => {}
  end: (why: Error) => void = () => {}
  killed = false
  busy = false
  readonly wire: Wire<Request, Answer, Note> = {
    post: (order) => queueMicrotask(() => this.#ordered(structuredClone(order))),
    listen: (heard, ended) => {
      this.#heard = heard
      this.end = ended
    },
    keepAlive: (busy) => {
      this.busy = busy
    },
    close: async () => {
      this.killed = true
    },
    kill: () => {
      this.killed = true
    },
  }
  readonly port: Port<Request, Answer, Note> = {
    post: (reply, moved) => {
      const cloned = structuredClone(reply, { transfer: [...moved] })
      queueMicrotask(() => {
        if (!this.killed) this.#heard(cloned)
      })
    },
    listen: (heard) => {
      this.#ordered = heard
    },
  }
}

function join<Request, Answer, Note>(service: Service<Request, Answer, Note>) {
  const joined = new Joined<Request, Answer, Note>()
  serve(joined.port, service)
  return { far: new FarSide<Request, Answer, Note>('The far side', joined.wire), joined }
}

const later = (ticks: number): Promise<void> =>
  ticks === 0 ? Promise.resolve() : new Promise((done) => setImmediate(() => done(later(ticks - 1))))

describe('a far side', () => {
  it('answers in the order of the requests, each with its own answer, notes before it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { maxLength: 12 }), async (ticks) => {
        const log: string[] = []
        const { far, joined } = join<{ n: number; wait: number }, number, string>({
          async answer({ n, wait }, note) {
            note(`begun ${n}`)
            await later(wait)
            return n * n
          },
        })
        const asked = ticks.map(async (wait, n) => {
          const answer = await far.ask({ n, wait }, (text) => log.push(text))
          log.push(`${n}: ${answer}`)
        })
        expect(far.waiting).toBe(ticks.length)
        expect(joined.busy).toBe(ticks.length > 0)
        await Promise.all(asked)
        expect(log).toEqual(ticks.flatMap((_, n) => [`begun ${n}`, `${n}: ${n * n}`]))
        expect([far.waiting, joined.busy]).toEqual([0, false])
      }),
      { numRuns: 50 },
    )
  })

  it('raises an expected failure where it was asked, and goes on', async () => {
    const { far } = join<number, number, never>({
      async answer(n) {
        if (n % 2 === 1) throw odd(n)
        return n
      },
    })
    const results = await Promise.allSettled([1, 2, 3, 4].map((n) => far.ask(n)))
    expect(results.map((r) => (r.status === 'fulfilled' ? r.value : r.reason.code))).toEqual([
      'ODD',
      2,
      'ODD',
      4,
    ])
    expect(results[0]).toMatchObject({
      reason: { exitStatus: 2, message: '1 is odd.', fix: 'Take another.' },
    })
  })
})

describe('the end of a far side', () => {
  it('by a defect: all that wait hear it, and all that come later', async () => {
    const { far, joined } = join<number, number, never>({
      async answer(n) {
        if (n === 1) throw new TypeError('a slip')
        return n
      },
    })
    const results = await Promise.allSettled([0, 1, 2].map((n) => far.ask(n)))
    expect(results[0]).toMatchObject({ value: 0 })
    const crash = { code: 'ENGINE_CRASHED', exitStatus: 3, message: expect.stringContaining('a slip') }
    for (const result of results.slice(1)) expect(result).toMatchObject({ reason: crash })
    await expect(far.ask(3)).rejects.toMatchObject(crash)
    expect(joined.killed).toBe(true)
  })

  it('by being cancelled tells why, at once, and is killed', async () => {
    const { far, joined } = join<number, number, never>({ answer: () => new Promise(() => {}) })
    const asked = [far.ask(1), far.ask(2)]
    far.cancel(interrupted())
    for (const one of asked) await expect(one).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(joined.killed).toBe(true)
    joined.end(new Error('killed'))
    await expect(far.ask(3)).rejects.toMatchObject({ code: 'INTERRUPTED' })
  })

  it('of its own or by being closed rejects what waits', async () => {
    for (const how of ['ended', 'closed']) {
      const { far, joined } = join<number, number, never>({ answer: () => new Promise(() => {}) })
      const asked = far.ask(1)
      const caught = expect(asked).rejects.toThrow(/how it ended|closed before its work/)
      if (how === 'ended') joined.end(new Error('how it ended'))
      else await far.close()
      await caught
      await expect(far.ask(2)).rejects.toThrow()
      expect(joined.busy).toBe(false)
    }
  })
})

describe('an answer', () => {
  it('hands over buffers that nothing there reads any more', async () => {
    const data = Float32Array.of(1, 2, 3)
    const { far } = join<null, Float32Array<ArrayBuffer>, never>({
      answer: async () => data,
      handOver: ({ buffer }) => [buffer],
    })
    expect(await far.ask(null)).toEqual(Float32Array.of(1, 2, 3))
    expect(data.byteLength).toBe(0)
  })
})
