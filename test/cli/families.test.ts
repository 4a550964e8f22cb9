/** @file `saegate doctor --families`, the list of docs/inputs.md and the message for a family that is refused: one table, said three times. */
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  describeDecoder,
  familyList,
  knownFamilies,
  REFUSED_FAMILIES,
} from '../../src/models/families/index.ts'
import { randomFamilies } from '../oracle/random-model.ts'
import { runHere } from './fake-host.ts'

const DOCUMENT = new URL('../../docs/inputs.md', import.meta.url)
const [BEGIN, END] = ['<!-- families:begin -->', '<!-- families:end -->']

/** What it says between its marks. */
function sentence(): string {
  const known = familyList.map(({ models }) => models).join(', ')
  const refused = REFUSED_FAMILIES.map(({ models }) => models).join('; ')
  return `Families: ${known}.\n\`saegate doctor --families\` has them by model_type, and what the blocks of these have that cannot be run: ${refused}.`
}

it('docs/inputs.md names every family (UPDATE_DOCS=1 writes it)', () => {
  const before = readFileSync(DOCUMENT, 'utf8')
  const [start, end] = [before.indexOf(BEGIN) + BEGIN.length, before.indexOf(END)]
  expect(start).toBeLessThan(end)
  const after = `${before.slice(0, start)}\n${sentence()}\n${before.slice(end)}`
  if (process.env.UPDATE_DOCS === '1') writeFileSync(DOCUMENT, after)
  expect(readFileSync(DOCUMENT, 'utf8')).toBe(after)
})

it('doctor lists what runs, and what is missing of the others', async () => {
  const { status, out } = await runHere(['doctor', '--families'])
  expect(status).toBe(0)
  const lines = out.split('\n')
  for (const { modelType, models } of familyList)
    expect(lines.some((line) => line.trim().startsWith(modelType) && line.endsWith(models))).toBe(true)
  for (const { modelTypes, missing } of REFUSED_FAMILIES)
    expect(lines.some((line) => line.includes(`(${modelTypes.join(', ')}): ${missing}`))).toBe(true)
})

describe('families that are refused', () => {
  const types = REFUSED_FAMILIES.flatMap(({ modelTypes, missing }) =>
    modelTypes.map((type) => [type, missing] as const),
  )

  it.each(types)('%s: with what is missing', (model_type, missing) => {
    expect(() => describeDecoder({ model_type }, 16)).toThrow(
      expect.objectContaining({ code: 'FAMILY_REFUSED', message: expect.stringContaining(missing) }),
    )
  })

  it('are named once, and none of them runs', () => {
    const named = types.map(([type]) => type)
    expect(new Set(named).size).toBe(named.length)
    expect(named.filter((type) => [...knownFamilies, ...randomFamilies].includes(type))).toEqual([])
  })
})
