/** @file Are the features that somebody lists features of the dictionaries that are there? */
import { hookName } from '../../contract/hook-point.ts'
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import { inScope } from '../../contract/readout-scope.ts'
import { watchedUnknown } from '../../errors/attribution.ts'
import type { Readout } from '../run/readout.ts'

/** Errors: WATCHED_UNKNOWN. */
export function requireKnownFeatures(
  { watched = [] }: Pick<AuditConfig, 'watched'>,
  readouts: readonly Pick<Readout, 'id' | 'hook' | 'dictionary'>[],
): void {
  for (const { id, hook, dictionary } of readouts) {
    const names = [id, hook, hookName(dictionary.reads), dictionary.spec]
    const here = watched.filter((scope) => inScope(scope, names, dictionary.reads.layer))
    const unknown = here.flatMap(({ ids }) => ids).find((feature) => feature >= dictionary.d_sae)
    if (unknown !== undefined) throw watchedUnknown(unknown, id, dictionary.d_sae)
  }
}
