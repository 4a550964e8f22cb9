/** @file A run that is about an event: what it takes, and what it refuses. */
import { describe, expect, it } from 'vitest'
import { itemsOf, parseEvent } from '../../src/registry/night/event.ts'
import type { Source } from '../../src/registry/sources/source.ts'
import { bench } from './night-bench.ts'

const source = (name: string, names: readonly string[] | null): Source => ({
  name,
  definition: '',
  list: () => Promise.reject(new Error('unused')),
  open: () => Promise.reject(new Error('unused')),
  specOf: () => null,
  read: () => names,
})

describe('an event', () => {
  it('is a file of headers and body, whatever their case', () => {
    expect(parseEvent('{"headers": {"X-Secret": "a"}, "body": "b"}')).toEqual({
      headers: { 'x-secret': 'a' },
      body: 'b',
    })
  })

  it.each(['', '[]', 'null', '{"headers": {}}', '{"body": "b"}'])('%j is refused', (text) => {
    expect(() => parseEvent(text)).toThrow(/event is not taken/)
  })

  it('names candidates of the sources that know it; one that none knows is refused', () => {
    const event = { kind: 'webhook', event: { headers: {}, body: '' } } as const
    expect([...itemsOf(event, [source('a', null), source('b', ['x'])])]).toEqual(['b:x'])
    expect(itemsOf(event, [source('a', [])]).size).toBe(0)
    expect(() => itemsOf(event, [source('a', null)])).toThrow(/no source/)
  })

  it('has only these audited', async () => {
    const lab = bench()
    for (const name of ['a', 'b']) lab.candidate(name, name)
    const night = await lab.night({ settings: { only: new Set(['lab:b']) } })
    expect(night.done.map(({ item }) => item)).toEqual(['lab:b'])
    lab.close()
  })
})
