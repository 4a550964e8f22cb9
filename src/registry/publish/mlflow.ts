/** @file A verdict as tags saegate.* of a model's version, and an alias that is moved to one that passes. */

import { partsOf } from '../sources/mlflow.ts'
import type { MlflowClient } from '../sources/mlflow-client.ts'
import type { PublishTarget } from './target.ts'

export interface MlflowTargetSettings {
  /** Name of the source whose versions it speaks of. */
  readonly source: string
  /** Null: none is moved. */
  readonly alias: string | null
}

/** Tags are set to what they are to be, the verdict last: told again after a crash, nothing is there twice. */
export function mlflowTarget({ source, alias }: MlflowTargetSettings, client: MlflowClient): PublishTarget {
  return {
    name: `mlflow ${source}`,
    takes: (item) => item.source === source,
    async publish(item, { verdict, figures, report, candidate }, idempotency) {
      const [model, version] = partsOf(item)
      const tags: Readonly<Record<string, string | number | null>> = {
        'saegate.survived': figures.survived,
        'saegate.perplexity_delta_percent': figures.perplexityDelta,
        'saegate.kl_mean': figures.klMean,
        'saegate.report_sha256': report,
        'saegate.candidate_sha256': candidate.sha256,
        'saegate.idempotency': idempotency,
        'saegate.verdict': verdict ?? 'measured',
      }
      for (const [key, value] of Object.entries(tags))
        if (value !== null) await client.setTag(model, version, { key, value: String(value) })
      // Never back to an older version, whichever is audited again.
      if (
        alias !== null &&
        verdict === 'pass' &&
        Number(version) >= ((await client.aliased(model, alias)) ?? 0)
      )
        await client.setAlias(model, version, alias)
      return null
    },
  }
}
