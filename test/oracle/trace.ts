/** @file Where a naive forward pass writes what it sees, and how it reads its config. */
import type { JsonObject, JsonValue } from '../../src/models/config-reader.ts'
import type { Rows } from './pieces.ts'

/** What a pass does to the rows at a hook point, written down as a formula. */
export type NaiveEdit = (rows: Rows) => Rows

/** What a pass saw, and where it is told to go on with something else. */
export class Trace {
  /** TransformerLens hook point → [position][width], after the edit there. */
  readonly hooks = new Map<string, Rows>()
  /** `blocks.0.down.input` and the like: what matrices are multiplied by. */
  readonly inputs = new Map<string, Rows>()
  /** For inputs that not every position reaches: the positions that do. */
  readonly given = new Map<string, readonly number[]>()
  /** TransformerLens hook point → rows that the pass does not go on with. */
  readonly asides = new Map<string, Rows>()
  readonly #edits: ReadonlyMap<string, NaiveEdit>

  constructor(edits: ReadonlyMap<string, NaiveEdit>) {
    this.#edits = edits
  }

  pass(layer: number, name: string, rows: Rows): Rows {
    return this.#passed(`blocks.${layer}.${name}`, rows)
  }

  /** The rows of the embedding, before positions are added. */
  embed(rows: Rows): Rows {
    return this.#passed('hook_embed', rows)
  }

  /** What a router reads, and no matrix that is compressed. */
  routedInput(layer: number, normed: Rows, unitNormed: Rows = normed): Rows {
    this.asides.set(`blocks.${layer}.ln2.hook_normalized`, unitNormed)
    return this.pass(layer, 'mlp.hook_in', normed)
  }

  /** What an MLP reads, normed; a LayerNorm's result is what TransformerLens hooks at the norm, too. */
  mlpInput(layer: number, normed: Rows, unitNormed: Rows = normed): Rows {
    return this.input(layer, 'up', this.routedInput(layer, normed, unitNormed))
  }

  #passed(hook: string, rows: Rows): Rows {
    const passed = this.#edits.get(hook)?.(rows) ?? rows
    this.hooks.set(hook, passed)
    return passed
  }

  /** The rows of one expert, and which of the pass's rows they are. */
  expertInput(
    layer: number,
    expert: number,
    name: 'up' | 'down',
    rows: Rows,
    given: readonly number[],
  ): Rows {
    const input = `blocks.${layer}.experts.${expert}.${name}.input`
    this.inputs.set(input, rows)
    this.given.set(input, given)
    return rows
  }

  input(layer: number, name: 'qkv' | 'o' | 'up' | 'down', rows: Rows): Rows {
    this.inputs.set(`blocks.${layer}.${name}.input`, rows)
    return rows
  }
}

export function num(config: JsonObject, key: string, fallback?: number): number {
  const value = config[key] ?? fallback
  if (typeof value !== 'number') throw new Error(`the oracle needs a number for ${key}`)
  return value
}

/** A number, or null where the key is null; the fallback where it is absent. */
export function numOrNull(config: JsonObject, key: string, fallback: number | null): number | null {
  const value = key in config ? (config[key] ?? null) : fallback
  if (value !== null && typeof value !== 'number') throw new Error(`the oracle needs a number for ${key}`)
  return value
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function object(config: JsonObject, key: string): JsonObject | null {
  const value = config[key]
  return isObject(value) ? value : null
}

/** The first of the names under which a tensor is stored. */
export function firstOf(tensors: ReadonlyMap<string, unknown>, names: readonly string[]): string {
  const found = names.find((name) => tensors.has(name))
  if (found === undefined) throw new Error(`the oracle needs one of ${names.join(', ')}`)
  return found
}
