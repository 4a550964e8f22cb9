/**
 * @file The project's own JSON Schemas as checks of values, made when first asked for: to compile them all took a quarter of
 * every start. That each is a schema is held by the tests (test/contract/schemas.test.ts), not looked at again at
 * every start.
 */
import { Ajv, type AnySchema, type Options, type ValidateFunction } from 'ajv'

/** What a check is to tell besides yes and no. */
export type CheckOptions = Pick<Options, 'allErrors' | 'verbose'>

const OPTIONS: Options = {
  strict: false,
  // NaN and ±∞, which YAML can write, are no numbers.
  strictNumbers: true,
  validateSchema: false,
  // What the engine does with the code anyway.
  code: { optimize: false },
}

/** The check of `schema`, compiled at the first call. */
export function schemaCheck<T>(schema: AnySchema, options: CheckOptions = {}): () => ValidateFunction<T> {
  let compiled: ValidateFunction<T> | undefined
  return () => {
    compiled ??= new Ajv({ ...OPTIONS, ...options }).compile<T>(schema)
    return compiled
  }
}
