/** @file The features that a policy names, for an audit to look at. */
import type { WatchedFeatures } from '../contract/options/audit-config.ts'
import type { FeatureList } from './metrics/metric.ts'
import type { Policy } from './policy.ts'

/** One entry for each rule that lists features. */
export function watchedFeatures({ rules }: Policy): readonly WatchedFeatures[] {
  return rules.flatMap(({ features, readouts, layers }) =>
    features === null ? [] : [{ ids: features.ids, ...alarmsOf(features), readouts, layers }],
  )
}

function alarmsOf({ alarms }: FeatureList): Pick<WatchedFeatures, 'alarms'> {
  return alarms === undefined ? {} : { alarms: [...alarms] }
}
