/** @file Runs begun ahead of being used, so that every lane has work; used in the order of their items all the same. */

/**
 * `begin` each item, with up to `most` begun and not yet used, and `use` the results in order: sums do not depend on which
 * was ready first. A failure is raised when the others that were begun have ended.
 */
export async function inOrder<Item, Result>(
  items: Iterable<Item>,
  most: number,
  begin: (item: Item) => Promise<Result>,
  use: (result: Result, item: Item) => Promise<void> | void,
): Promise<void> {
  const begun: { readonly item: Item; readonly result: Promise<Result> }[] = []
  const useFirst = async (): Promise<void> => {
    const first = begun.shift()
    if (first !== undefined) await use(await first.result, first.item)
  }
  try {
    for (const item of items) {
      if (begun.length >= most) await useFirst()
      const result = begin(item)
      // Its failure is raised when its turn comes; until then it is no unhandled one.
      result.catch(() => {})
      begun.push({ item, result })
    }
    while (begun.length > 0) await useFirst()
  } finally {
    await Promise.allSettled(begun.map(({ result }) => result))
  }
}
