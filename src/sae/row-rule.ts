/** @file How many features of a row fire, checked against the dictionary's width. */
import { saeConfigInvalid, saeKTooLarge } from '../errors/sae.ts'
import type { RowRule } from './dictionary.ts'

/** `found`: what says it, in `file` under `key`. Errors: SAE_CONFIG_INVALID, SAE_K_TOO_LARGE. */
export function rowRule(
  { file, key }: { readonly file: string; readonly key: string },
  kind: RowRule['kind'],
  found: unknown,
  d_sae: number,
): RowRule {
  if (typeof found !== 'number' || !Number.isInteger(found) || found < 1)
    throw saeConfigInvalid(
      file,
      key,
      String(JSON.stringify(found ?? null)).slice(0, 80),
      'a positive whole number',
    )
  if (found > d_sae) throw saeKTooLarge(file, found, d_sae)
  if (kind === 'groupmax' && d_sae % found !== 0)
    throw saeConfigInvalid(file, key, String(found), `a divisor of the ${d_sae} features`)
  return { kind, k: found }
}
