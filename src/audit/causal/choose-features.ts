/** @file Which features are looked at causally: those that are watched, those a candidate changed most, and some of every ρ. Pure. */
import type { FeatureTable } from '../../contract/report/feature-table.ts'
import { present } from '../../numbers/present.ts'
import { countedRho } from '../../statistics/definitions.ts'

export interface ChosenFeature {
  readonly feature: number
  readonly chosen: 'watched' | 'damaged' | 'sampled'
}

/** Of what watched features leave, this part goes to the lowest ρ. */
const DAMAGED_SHARE = 1 / 4

/**
 * At most `count` features that are active or watched, each once: watched ones first, then those of lowest ρ, then features
 * spread evenly over the rest in the order of their ρ.
 */
export function chooseFeatures(
  { active, correlation }: Pick<FeatureTable, 'active' | 'correlation'>,
  watched: ReadonlySet<number>,
  count: number,
): readonly ChosenFeature[] {
  const named = [...watched]
    .filter((feature) => feature < active.length)
    .sort((a, b) => a - b)
    .slice(0, count)
  const rho = (feature: number): number => countedRho(present(correlation[feature]))
  const others = Array.from(active.keys())
    .filter((feature) => active[feature] === 1 && !watched.has(feature))
    .sort((a, b) => rho(a) - rho(b) || a - b)
  const left = count - named.length
  const worst = others.slice(0, Math.ceil(left * DAMAGED_SHARE))
  const rest = others.slice(worst.length)
  const most = Math.min(left - worst.length, rest.length)
  const spread = Array.from({ length: most }, (_, i) =>
    present(rest[Math.floor(((i + 0.5) * rest.length) / most)]),
  )
  return [
    ...named.map((feature) => ({ feature, chosen: 'watched' as const })),
    ...worst.map((feature) => ({ feature, chosen: 'damaged' as const })),
    ...spread.map((feature) => ({ feature, chosen: 'sampled' as const })),
  ]
}
