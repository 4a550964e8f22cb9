/** @file Whether a candidate is made of the reference, by what its spec says. */
import { parsePublished } from './calibrated/spec.ts'
import { parseCompression } from './spec.ts'

/** False: a checkpoint, or something of the Hub. Errors: those of compression specs. */
export const isDerivedSpec = (spec: string): boolean =>
  parsePublished(spec) !== null || parseCompression(spec) !== null
