/** @file A hostile tokenizer.json is ended by time and size, with a message that names the step; an honest one gives its ids. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { GENEROUS } from '../../src/corpus/tokenizers/bounded-tokenizer.ts'
import { openTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { openLocal } from '../../src/sources/local-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const VOCABULARY = Object.fromEntries([...'abcdefgh '].map((letter, id) => [letter, id]))
const SLOW = '(a|aa)+$'

async function open(parts: Readonly<Record<string, unknown>>, seconds: number) {
  const path = join(folder, 'tokenizer.json')
  const model = { type: 'BPE', vocab: VOCABULARY, merges: [] }
  const definition = { added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null }
  writeFileSync(path, JSON.stringify({ ...definition, decoder: null, model, ...parts }))
  const tokenizer = await openTokenizer(await openLocal(path), { seconds, secondsPerMillion: 0 })
  if (tokenizer === null) throw new Error('no tokenizer')
  return tokenizer
}

const replace = (Regex: string, content: string) => ({ type: 'Replace', pattern: { Regex }, content })
const sequence = (...normalizers: readonly unknown[]) => ({ normalizer: { type: 'Sequence', normalizers } })

describe('a regular expression without end', () => {
  it.each([
    [
      'in the normalizer',
      sequence({ type: 'NFC' }, replace(SLOW, 'h')),
      'its normalizer[1] (Replace, pattern "(a|aa)+$")',
    ],
    [
      'in the pre-tokenizer',
      { pre_tokenizer: { type: 'Split', pattern: { Regex: SLOW }, behavior: 'Isolated', invert: false } },
      'its pre_tokenizer (Split, pattern "(a|aa)+$")',
    ],
  ])('%s is ended and named', async (_, parts, step) => {
    const tokenizer = await open(parts, 0.5)
    expect(() => tokenizer.encode(`${'a'.repeat(60)}b`)).toThrow(
      expect.objectContaining({
        code: 'TOKENIZER_TOO_SLOW',
        exitStatus: 2,
        message: expect.stringContaining(step),
      }),
    )
    // The next text is none the worse for it.
    expect([...tokenizer.encode('ab')]).toEqual([0, 1])
  })

  it('is found on the added tokens, which the library normalizes by itself', async () => {
    const added = [{ id: 20, content: `${'a'.repeat(60)}b`, special: false, normalized: true }]
    await expect(open({ ...sequence(replace(SLOW, 'h')), added_tokens: added }, 0.5)).rejects.toMatchObject({
      code: 'TOKENIZER_TOO_SLOW',
    })
  })
})

describe('growth', () => {
  const doubled = Array.from({ length: 17 }, () => replace('c', 'cc'))
  const grows = { code: 'TOKENIZER_GROWS', exitStatus: 2 }

  it('by a chain of replacements is refused', async () => {
    const tokenizer = await open(sequence(...doubled), 20)
    expect([...tokenizer.encode('b')]).toEqual([1])
    expect(() => tokenizer.encode('c'.repeat(32_768))).toThrow(
      expect.objectContaining({ ...grows, message: expect.stringContaining('its normalizer[3] (Replace') }),
    )
  })

  it('by one replacement is refused before it is made', async () => {
    const tokenizer = await open(sequence(replace('c', 'b'.repeat(100_000))), 20)
    expect(() => tokenizer.encode('c'.repeat(32_768))).toThrow(expect.objectContaining(grows))
  })

  it('of an added token, and in the pre-tokenizer, too', async () => {
    const added = [{ id: 20, content: 'cccc', special: false, normalized: true }]
    await expect(open({ ...sequence(...doubled), added_tokens: added }, 20)).rejects.toMatchObject(grows)
    const words = Array.from({ length: 12 }, () => ({ ...replace('c', 'ccc'), behavior: 'Isolated' }))
    const tokenizer = await open({ pre_tokenizer: { type: 'Sequence', pretokenizers: words } }, 20)
    expect(() => tokenizer.encode('c'.repeat(32_768))).toThrow(expect.objectContaining(grows))
  })

  it('that is the tokenizer’s way of writing is none', async () => {
    const tokenizer = await open(sequence(replace(' ', 'gh'), { type: 'Prepend', prepend: 'h' }), 20)
    expect(tokenizer.encode('a b '.repeat(20_000))).toHaveLength(20_000 * 6 + 1)
  })
})

it('an honest tokenizer whose steps are not known gives the ids that it gives without bounds', async () => {
  const definition = JSON.parse(readFileSync('fixtures/models/neox/tokenizer.json', 'utf8'))
  const text = readFileSync('fixtures/corpus/eval.txt', 'utf8').slice(0, 50_000)
  const known = await openTokenizer(await openLocal('fixtures/models/neox'))
  const path = join(folder, 'tokenizer.json')
  // The same words by a pattern that is none of those known: the text is then encoded whole, within bounds.
  const [split] = [definition.pre_tokenizer]
  const unknown = { type: 'Sequence', pretokenizers: [split, { type: 'Digits', individual_digits: false }] }
  writeFileSync(path, JSON.stringify({ ...definition, pre_tokenizer: unknown }))
  const bounded = await openTokenizer(await openLocal(path), GENEROUS)
  expect(bounded?.cut).toBeNull()
  const letters = text.replaceAll(/\d/g, '')
  expect(bounded?.encode(letters)).toEqual(known?.encode(letters))
})
