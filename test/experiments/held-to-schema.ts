/** @file JSON that a command printed, held against the schema that is shipped for it. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect } from 'vitest'

/** The document in `text`, which fits `schemas/NAME.schema.json`. */
export function held(
  name:
    | 'attribution'
    | 'comparison'
    | 'fragility'
    | 'forecast'
    | 'repair'
    | 'reproduction'
    | 'stability'
    | 'sweep',
  text: string,
) {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true })
  const check = ajv.compile(JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')))
  const document = JSON.parse(text)
  check(document)
  expect(check.errors).toBeNull()
  return document
}
