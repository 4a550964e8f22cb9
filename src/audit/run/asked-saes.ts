/** @file The SAEs that are asked for, each by its own spec: what a pattern stands for is looked up where it points. */
import { existsSync } from 'node:fs'
import type { SaeConfig } from '../../contract/options/audit-config.ts'
import { saePatternEmpty, saePatternTooMany } from '../../errors/sae.ts'
import { isSaePattern, MOST_OF_A_PATTERN, patternMatches, patternRoot } from '../../sae/patterns.ts'
import { isRemoteSpec } from '../../sources/oci/oci-spec.ts'
import type { Opening } from '../subjects/open-source.ts'

export interface AskedSae extends SaeConfig {
  /** The pattern that it was found by; null: it was named. */
  readonly pattern: string | null
}

/** In the order they were asked for; a dictionary that two specs name comes twice. Errors: SAE_PATTERN_*, and those of listing. */
export async function askedSaes({
  config,
  open,
}: Pick<Opening, 'config' | 'open'>): Promise<readonly AskedSae[]> {
  const all: AskedSae[] = []
  for (const sae of config.saes) {
    const { source } = sae
    if (!isSaePattern(source) || (!isRemoteSpec(source) && existsSync(source))) {
      all.push({ ...sae, pattern: null })
      continue
    }
    const found = await expanded(source, open)
    all.push(...found.map((spec) => ({ ...sae, source: spec, pattern: source })))
  }
  return all
}

async function expanded(pattern: string, open: Opening['open']): Promise<readonly string[]> {
  const files = await open(patternRoot(pattern))
  try {
    const found = matches(pattern, files.names)
    if (found.length === 0) throw saePatternEmpty(pattern, files.names)
    if (found.length > MOST_OF_A_PATTERN) throw saePatternTooMany(pattern, found.length, MOST_OF_A_PATTERN)
    return found
  } finally {
    await files.close()
  }
}

function matches(pattern: string, names: readonly string[]): readonly string[] {
  try {
    return patternMatches(pattern, names)
  } catch (error) {
    if (error instanceof RangeError) throw saePatternTooMany(pattern, null, MOST_OF_A_PATTERN)
    throw error
  }
}
