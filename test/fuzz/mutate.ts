/** @file Broken files from whole ones: a function of the seed, the reader and the number of the input alone. */

/** Uniform in [0, 1), from any text: FNV-1a into mulberry32. */
export function randomOf(text: string): () => number {
  let state = 0x811c9dc5
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Words that parsers stumble over. */
const WORDS = [
  '-1',
  '0',
  '1e999',
  '9007199254740993',
  'null',
  '[]',
  '{}',
  '"',
  '\u0000',
  '__proto__',
  '../x',
  '&a *a',
  '<<: *a',
].map((word) => new TextEncoder().encode(word))

/** Whole numbers at the ends of their types. */
const INTEGERS = [
  0n,
  1n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0xffffn,
  0x7fffffffn,
  0xffffffffn,
  2n ** 53n,
  2n ** 63n,
  2n ** 64n - 1n,
]

/** One to four changes of `seed`, or of a part of it. */
export function mutated(seed: Uint8Array, random: () => number): Uint8Array {
  let bytes = seed
  const changes = 1 + Math.floor(4 * random())
  for (let i = 0; i < changes; i++) bytes = changed(bytes, random)
  return bytes
}

function changed(bytes: Uint8Array, random: () => number): Uint8Array {
  const below = (most: number): number => Math.floor(most * random())
  // Headers stand at either end of most formats: half of the changes are there.
  const near = (): number => {
    const where = random()
    const span = Math.min(bytes.length, 512)
    if (where < 0.3) return below(span)
    return where < 0.5 ? bytes.length - 1 - below(span) : below(bytes.length)
  }
  const at = Math.max(0, near())
  const copy = (): Uint8Array => Uint8Array.from(bytes)
  const spliced = (end: number, middle: Uint8Array): Uint8Array =>
    Uint8Array.from(
      Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(Math.min(bytes.length, end))]),
    )
  switch (below(7)) {
    case 0: {
      const out = copy()
      if (out.length > 0) out[at] = below(256)
      return out
    }
    case 1: {
      const out = copy()
      if (out.length > 0) out[at] = (out[at] ?? 0) ^ (1 << below(8))
      return out
    }
    case 2:
      return bytes.slice(0, at)
    case 3:
      return spliced(at + 1 + below(64), new Uint8Array(0))
    case 4:
      return spliced(at, bytes.subarray(at, at + 1 + below(256)))
    case 5:
      return spliced(at + below(4), WORDS[below(WORDS.length)] ?? new Uint8Array(0))
    default:
      return withInteger(copy(), at, INTEGERS[below(INTEGERS.length)] ?? 0n, 1 << below(4))
  }
}

/** Little-endian, over what is there. */
function withInteger(bytes: Uint8Array, at: number, value: bigint, width: number): Uint8Array {
  for (let i = 0; i < width && at + i < bytes.length; i++)
    bytes[at + i] = Number((value >> BigInt(8 * i)) & 0xffn)
  return bytes
}
