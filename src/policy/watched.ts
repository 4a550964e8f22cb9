/** @file The features that a policy names: for an audit to look at, and for the report to name. */
import type { WatchedFeatures } from '../contract/options/audit-config.ts'
import { MOST_WATCHED } from '../contract/report/causal/watched-schema.ts'
import type { Report } from '../contract/report/report-schema.ts'
import type { FeatureList } from './metrics/metric.ts'
import type { Policy } from './policy.ts'

/** One entry for each rule that lists features. */
export function watchedFeatures({ rules }: Policy): readonly WatchedFeatures[] {
  return rules.flatMap(({ features, readouts, layers }) =>
    features === null ? [] : [{ ids: features.ids, ...alarmsOf(features), readouts, layers }],
  )
}

/** The same for report.json, by rule; nothing of policies that list none. */
export function listedFeatures({ rules }: Policy): Pick<NonNullable<Report['policy']>, 'watched'> {
  const watched = rules.flatMap(({ id, features }) => {
    if (features === null) return []
    const { ids, labels } = features
    const named = ids.slice(0, MOST_WATCHED).map((feature) => {
      const label = labels.get(feature)
      return label === undefined ? { feature } : { feature, label }
    })
    return [{ rule: id, count: ids.length, features: named }]
  })
  return watched.length === 0 ? {} : { watched }
}

function alarmsOf({ alarms }: FeatureList): Pick<WatchedFeatures, 'alarms'> {
  return alarms === undefined ? {} : { alarms: [...alarms] }
}
