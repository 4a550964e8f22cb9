/** @file Writes pickles of protocol 2, opcode by opcode, as PyTorch writes its own. */

export class Pickler {
  readonly #out: number[] = [0x80, 2]

  raw(...bytes: readonly number[]): this {
    this.#out.push(...bytes)
    return this
  }

  text(value: string): this {
    const bytes = new TextEncoder().encode(value)
    const length = new Uint8Array(Uint32Array.of(bytes.length).buffer)
    return this.raw(0x58, ...length, ...bytes)
  }

  integer(value: number): this {
    return this.raw(0x4a, ...new Uint8Array(Int32Array.of(value).buffer))
  }

  global(module: string, name: string): this {
    return this.raw(0x63, ...new TextEncoder().encode(`${module}\n${name}\n`))
  }

  /** Of the last `count` values, three at most. */
  tuple(count: 0 | 1 | 2 | 3): this {
    return this.raw(count === 0 ? 0x29 : 0x84 + count)
  }

  integers(values: readonly number[]): this {
    this.raw(0x28)
    for (const value of values) this.integer(value)
    return this.raw(0x74)
  }

  reduce(): this {
    return this.raw(0x52)
  }

  /** A view of a storage of `elements` from its first element on. */
  tensor(
    shape: readonly number[],
    stride: readonly number[],
    {
      key = '0',
      elements = 4,
      type = 'FloatStorage',
    }: { key?: string; elements?: number; type?: string } = {},
  ): this {
    this.global('torch._utils', '_rebuild_tensor_v2').raw(0x28)
    this.raw(0x28)
      .text('storage')
      .global('torch', type)
      .text(key)
      .text('cpu')
      .integer(elements)
      .raw(0x74, 0x51)
    this.integer(0).integers(shape).integers(stride).raw(0x89)
    return this.global('collections', 'OrderedDict').tuple(0).reduce().raw(0x74).reduce()
  }

  /** {name: value} */
  dict(name: string, write: (pickler: this) => void): this {
    this.raw(0x7d).text(name)
    write(this)
    return this.raw(0x73)
  }

  /** name: {key: value}, into the dict that is being written. */
  dictItem(name: string, key: string, value: number): this {
    return this.text(name).raw(0x7d).text(key).integer(value).raw(0x73, 0x73)
  }

  bytes(): Uint8Array {
    return Uint8Array.from([...this.#out, 0x2e])
  }
}
