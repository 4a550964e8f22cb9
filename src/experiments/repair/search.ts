/**
 * @file The cheapest set of tensors to give back with which a policy passes: greedy by benefit per byte, then exchanges; of ten pieces or
 * fewer every cheaper set is tried too, so that the answer is the best there is on the text that is searched on. Nothing
 * here knows a model: sets are measured by whoever calls.
 */

/** What is given back together. */
export interface Piece {
  readonly name: string
  readonly tensors: readonly string[]
  /** More than the candidate takes for it. */
  readonly bytes: number
  /** What the attribution says that giving it back mends; more is better. */
  readonly benefit: number
}

/** A set of pieces, measured. */
export interface Tried {
  readonly pieces: readonly Piece[]
  readonly bytes: number
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  /** The least survived fraction of the read-outs; null: there are none. */
  readonly survived: number | null
  readonly kl: number | null
  /** Ids of rules that did not pass. */
  readonly failing: readonly string[]
}

export type Measured = Pick<Tried, 'verdict' | 'survived' | 'kl' | 'failing'>
/** Measure sets, in order. */
export type MeasureSets = (sets: readonly (readonly Piece[])[]) => Promise<readonly Measured[]>

export interface Search {
  /** The cheapest with which the policy passes; null: none was found. */
  readonly best: Tried | null
  /** Everything given back. */
  readonly all: Tried
  readonly tried: readonly Tried[]
  /** Was every cheaper set tried? */
  readonly isExhaustive: boolean
}

/** Of so many pieces all sets can be tried: 1,024. */
export const MOST_EXHAUSTIVE = 10
/** Sets that are measured at once. */
const TOGETHER = 16
/** Points between two prefixes that are looked at at once. */
const POINTS = 4
/** Rounds of exchanges: each makes the set cheaper. */
const MOST_EXCHANGES = 6

export const bytesOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { bytes }) => sum + bytes, 0)

/** Most benefit per byte first; what costs nothing before all. */
export function byBenefit(pieces: readonly Piece[]): readonly Piece[] {
  const worth = ({ benefit, bytes }: Piece): number => benefit / Math.max(1, bytes)
  return [...pieces].sort((a, b) => worth(b) - worth(a) || a.bytes - b.bytes)
}

/** Errors: those of measuring. */
export async function searchPlan(pieces: readonly Piece[], measure: MeasureSets): Promise<Search> {
  const memory = new SetMemory(pieces, measure)
  const order = byBenefit(pieces)
  const prefix = (length: number): readonly Piece[] => order.slice(0, length)
  const [none, all] = await memory.tryAll([prefix(0), prefix(order.length)])
  if (none === undefined || all === undefined) throw new RangeError('no set was measured')
  if (none.verdict === 'pass') return { best: none, all, tried: memory.tried, isExhaustive: true }
  if (all.verdict !== 'pass') return { best: null, all, tried: memory.tried, isExhaustive: false }
  let best = await cheapestPrefix(memory, prefix, order.length, all)
  best = await exchanged(memory, order, best)
  const isExhaustive = pieces.length <= MOST_EXHAUSTIVE
  if (isExhaustive) best = await cheapestOfAll(memory, pieces, best)
  return { best, all, tried: memory.tried, isExhaustive }
}

class SetMemory {
  readonly #known = new Map<string, Tried>()
  readonly #order: ReadonlyMap<Piece, number>
  readonly #measure: MeasureSets

  constructor(pieces: readonly Piece[], measure: MeasureSets) {
    this.#order = new Map(pieces.map((piece, i) => [piece, i]))
    this.#measure = measure
  }

  get tried(): readonly Tried[] {
    return [...this.#known.values()]
  }

  #key(set: readonly Piece[]): string {
    return set
      .map((piece) => this.#order.get(piece) ?? -1)
      .sort((a, b) => a - b)
      .join()
  }

  /** Each set is measured once. */
  async tryAll(sets: readonly (readonly Piece[])[]): Promise<readonly Tried[]> {
    const unknown = [...new Map(sets.map((set) => [this.#key(set), set])).entries()].filter(
      ([key]) => !this.#known.has(key),
    )
    for (let start = 0; start < unknown.length; start += TOGETHER) {
      const some = unknown.slice(start, start + TOGETHER)
      const found = await this.#measure(some.map(([, set]) => set))
      for (const [i, [key, pieces]] of some.entries()) {
        const measured = found[i]
        if (measured === undefined) throw new RangeError('a set was not measured')
        this.#known.set(key, { pieces, bytes: bytesOf(pieces), ...measured })
      }
    }
    return sets.flatMap((set) => this.#known.get(this.#key(set)) ?? [])
  }
}

/** The shortest prefix that passes, where longer ones do; a few points between the last that fails and the first that passes at a time. */
async function cheapestPrefix(
  memory: SetMemory,
  prefix: (length: number) => readonly Piece[],
  length: number,
  all: Tried,
): Promise<Tried> {
  let [fails, passes, best] = [0, length, all]
  while (passes - fails > 1) {
    const step = (passes - fails) / (POINTS + 1)
    const between = Array.from({ length: POINTS }, (_, i) => Math.round(fails + step * (i + 1)))
    const lengths = [...new Set(between)].filter((at) => at > fails && at < passes)
    const tried = await memory.tryAll(lengths.map(prefix))
    const first = tried.findIndex(({ verdict }) => verdict === 'pass')
    const found = tried[first]
    if (found === undefined) fails = lengths.at(-1) ?? passes
    else {
      best = found
      passes = lengths[first] ?? passes
      fails = lengths[first - 1] ?? fails
    }
  }
  return best
}

/** One piece left out, or one for a cheaper one, as long as the policy passes and it costs less. */
async function exchanged(memory: SetMemory, pieces: readonly Piece[], start: Tried): Promise<Tried> {
  let best = start
  for (let round = 0; round < MOST_EXCHANGES; round++) {
    const { pieces: own } = best
    const outside = pieces.filter((piece) => !own.includes(piece))
    const without = (left: Piece): readonly Piece[] => own.filter((piece) => piece !== left)
    const largest = [...own].sort((a, b) => b.bytes - a.bytes)
    const steps = [
      ...largest.map(without),
      ...largest.flatMap((left) =>
        outside.filter(({ bytes }) => bytes < left.bytes).map((taken) => [...without(left), taken]),
      ),
    ]
    const cheaper = await memory.tryAll(steps.slice(0, 2 * TOGETHER))
    const found = cheapest(cheaper.filter(({ verdict, bytes }) => verdict === 'pass' && bytes < best.bytes))
    if (found === null) return best
    best = found
  }
  return best
}

function cheapest(sets: readonly Tried[]): Tried | null {
  const [first] = [...sets].sort((a, b) => a.bytes - b.bytes || (b.survived ?? 0) - (a.survived ?? 0))
  return first ?? null
}

/** Every set that costs less, cheapest first: the first that passes is the answer. */
async function cheapestOfAll(memory: SetMemory, pieces: readonly Piece[], best: Tried): Promise<Tried> {
  const sets = Array.from({ length: 2 ** pieces.length }, (_, bits) =>
    pieces.filter((_, i) => (bits >> i) & 1),
  )
  const cheaper = sets.filter((set) => bytesOf(set) < best.bytes).sort((a, b) => bytesOf(a) - bytesOf(b))
  for (let start = 0; start < cheaper.length; start += TOGETHER) {
    const tried = await memory.tryAll(cheaper.slice(start, start + TOGETHER))
    const found = cheapest(tried.filter(({ verdict }) => verdict === 'pass'))
    if (found !== null) return found
  }
  return best
}

/** Those that no other is both as cheap and as good as; cheapest first. */
export function frontierOf(tried: readonly Tried[]): readonly Tried[] {
  const sorted = [...tried].sort((a, b) => a.bytes - b.bytes || worth(b) - worth(a))
  const kept: Tried[] = []
  for (const one of sorted) {
    const before = kept.at(-1)
    if (before === undefined || worth(one) > worth(before)) kept.push(one)
  }
  return kept
}

/** By what survives; where no feature is looked at, by KL. */
const worth = ({ survived, kl }: Tried): number => survived ?? -(kl ?? 0)
