import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../src/bytes/source.ts'
import { isJsonObject, parseJson, readJson, readJsonObject } from '../../src/sources/json.ts'
import { syntaxReason } from '../../src/sources/json-syntax.ts'
import type { PinnedFiles } from '../../src/sources/pinned-files.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

/** A set of one file in memory. */
function filesOf(bytes: Uint8Array): PinnedFiles {
  return {
    spec: 'memory',
    revision: null,
    names: ['a.json'],
    has: (name) => name === 'a.json',
    open: async (name) => bytesSource(name, bytes),
    localPath: () => null,
    close: async () => {},
  }
}

describe('a syntax error', () => {
  it.each([
    ['{"a" 1}', '(line 1, column 6)'],
    ['[\n 1,\n 2', '(line 3, column 3)'],
    ['{\n"a": x}', '(line 2, column 6)'],
    ['[12345678, 12345678,\n 12345678, x, 12345678]', '(line 2, column 12)'],
    ['[1, x, 12345678, 12345678]', '(line 1, column 5)'],
    ['["a", 12345678, 12345678, 12345678,\n x]', '(line 2, column 2)'],
  ])('of %j is placed', (text, place) => {
    expect(parseJson(utf8(text))).toEqual({ reason: expect.stringContaining(place) })
  })
})

describe('parseJson', () => {
  it('gives what JSON.parse gives, for every JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(3), (value, indent) => {
        expect(parseJson(utf8(JSON.stringify(value, null, indent)))).toEqual({
          value: JSON.parse(JSON.stringify(value)),
        })
      }),
    )
  })

  it('refuses exactly what JSON.parse refuses, of near-JSON without repeated keys', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"a"',
      '"b\\"',
      '"',
      '1',
      '-',
      '.',
      'e',
      '0',
      'null',
      ' ',
      '\n',
      '\\',
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
        (text) => {
          const outcome = parseJson(utf8(text))
          let parses = true
          try {
            JSON.parse(text)
          } catch {
            parses = false
          }
          expect(syntaxReason(text) === null).toBe(parses)
          if ('value' in outcome) expect(parses).toBe(true)
          else if (!outcome.reason.includes('occurs twice')) expect(parses).toBe(false)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('what JSON.parse lets pass', () => {
  it.each([
    ['{"a":1,"b":{"a":2},"a":3}', '"a" occurs twice'],
    ['[{"x":1,"\\u0078" : 2}]', '"x" occurs twice'],
    ['{"__proto__":1,"\\u005f_proto__":2}', '"__proto__" occurs twice'],
    ['['.repeat(100_000), 'deeper than 64'],
    ['{"a":'.repeat(100), 'deeper than 64'],
    ['\ufeff{}', 'it begins with a byte order mark; save it as UTF-8 without one'],
    ['', 'it ends where a value should stand'],
    ['"a\\q"', 'it has an escape that JSON does not have (line 1, column 3)'],
    ['["a\n"]', 'it has a control character inside a string'],
    ['["a', 'it ends inside a string'],
    ['[1,]', 'it has "]" where a value should stand (line 1, column 4)'],
    ['{"a":1,}', 'it has "}" where a key in double quotes should stand'],
    ['{} x', 'it has "x" where nothing more should stand'],
    ['[01]', 'it has "1" where "," or "]" should stand'],
  ])('refuses %.30s', (text, reason) => {
    expect(parseJson(utf8(text))).toEqual({ reason: expect.stringContaining(reason) })
  })

  it('reads a key __proto__ as a key, and gives nothing a prototype by it', () => {
    const outcome = parseJson(utf8('{"a":{"__proto__":{"b":1}}}'))
    const value = 'value' in outcome ? outcome.value : null
    expect(JSON.stringify(value)).toBe('{"a":{"__proto__":{"b":1}}}')
    const inner = isJsonObject(value ?? undefined) && value !== null ? Object.values(value)[0] : null
    expect(Object.getPrototypeOf(inner)).toBe(Object.prototype)
  })

  it('allows the same key in different objects, and keys as values', () => {
    expect(parseJson(utf8('[{"a":"a"},{"a":["a","a"]}]'))).toHaveProperty('value')
  })
})

describe('readJson', () => {
  it('has a cap, wants UTF-8, and objects where objects are needed', async () => {
    expect(await readJson(filesOf(utf8('[1]')), 'a.json')).toEqual([1])
    await expect(readJson(filesOf(utf8('[1]')), 'a.json', 2)).rejects.toMatchObject({
      code: 'JSON_TOO_LARGE',
    })
    await expect(readJson(filesOf(Uint8Array.of(0x22, 0xc3, 0x22)), 'a.json')).rejects.toMatchObject({
      code: 'JSON_MALFORMED',
    })
    await expect(readJsonObject(filesOf(utf8('[1]')), 'a.json')).rejects.toMatchObject({
      code: 'JSON_NOT_AN_OBJECT',
      message: expect.stringContaining('a list'),
    })
  })
})
