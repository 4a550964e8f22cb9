/**
 * @file The prefixes under which the same model is stored by different exporters.
 *
 * `AutoModel` saves the body alone (`layers.0…`), `AutoModelForCausalLM` puts it into a module (`model.layers.0…`), image
 * models nest it once more. The names that are there decide; where they are not known, the commonest prefix is taken.
 */
export class TensorNames {
  readonly #names: ReadonlySet<string>

  constructor(names: ReadonlySet<string>) {
    this.#names = names
  }

  has(name: string): boolean {
    return this.#names.has(name)
  }

  /** Nothing is known of what is stored. */
  get isEmpty(): boolean {
    return this.#names.size === 0
  }

  [Symbol.iterator](): Iterator<string> {
    return this.#names[Symbol.iterator]()
  }

  /** The first prefix with which the probe exists; none does: the first, so that the error names the usual tensor. */
  prefix(probe: string, prefixes: readonly [string, ...string[]]): string {
    return prefixes.find((prefix) => this.#names.has(prefix + probe)) ?? prefixes[0]
  }
}
