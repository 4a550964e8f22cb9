/** @file Runs begun ahead: never more than allowed, used in order, and none left behind after a failure. */
import { describe, expect, it } from 'vitest'
import { inOrder } from '../../src/onnx/threads/in-flight.ts'

const ITEMS = Array.from({ length: 12 }, (_, i) => i)
/** Later items are ready sooner. */
const ready = (item: number): Promise<void> => new Promise((done) => setTimeout(done, 12 - item))

describe('inOrder', () => {
  it.each([1, 2, 5, 100])('uses results in order with up to %d begun', async (most) => {
    const used: number[] = []
    let [begun, highest] = [0, 0]
    await inOrder(
      ITEMS,
      most,
      async (item) => {
        highest = Math.max(highest, ++begun)
        await ready(item)
        return item * item
      },
      (result, item) => {
        begun--
        expect(result).toBe(item * item)
        used.push(item)
      },
    )
    expect(used).toEqual(ITEMS)
    expect(highest).toBe(Math.min(most, ITEMS.length))
  })

  it('waits for a use that takes time', async () => {
    let using = 0
    await inOrder(ITEMS, 4, ready, async () => {
      expect(++using).toBe(1)
      await ready(8)
      using--
    })
  })

  it.each(['begin', 'use'] as const)(
    'raises a failure to %s when what was begun has ended',
    async (where) => {
      const used: number[] = []
      let [begun, ended] = [0, 0]
      const failed = inOrder(
        ITEMS,
        4,
        async (item) => {
          begun++
          await ready(item)
          ended++
          if (where === 'begin' && item === 5) throw new Error('item 5')
        },
        (_, item) => {
          if (where === 'use' && item === 5) throw new Error('item 5')
          used.push(item)
        },
      )
      await expect(failed).rejects.toThrow('item 5')
      expect(used).toEqual([0, 1, 2, 3, 4])
      expect(ended).toBe(begun)
      expect(begun).toBeLessThan(ITEMS.length)
    },
  )
})
