/** @file What was asked for of features beside their sums, as a kept round has it: parts of the report, and columns of the active features. */
import type { FeatureTable } from '../../contract/report/feature-table.ts'
import type { FeaturesReport } from '../../contract/report/report-schema.ts'
import type { CandidateFeatures } from '../features/evidence/feature-evidence.ts'
import type { BesideSums } from '../kept/rounds.ts'
import { type Latents, withLatents } from '../rebuilt/latent-scaling.ts'

type KeptParts = BesideSums['features'][number]
type KeptLatents = NonNullable<KeptParts['latents']>
type Table = Pick<FeatureTable, 'active' | 'latents' | 'width'>

export function keptParts({ report, evidence: { table } }: CandidateFeatures): KeptParts {
  const { causal, monitors, lossRecovered, newFeatures, survivalByKind, latentScaling } = report
  return {
    ...(causal === undefined ? {} : { causal }),
    ...(lossRecovered === undefined ? {} : { lossRecovered }),
    ...(newFeatures === undefined ? {} : { newFeatures }),
    ...(survivalByKind === undefined ? {} : { survivalByKind }),
    ...(monitors === undefined ? {} : { monitors }),
    ...keptLatents(table, latentScaling),
  }
}

/** The inverse, into features as their sums make them. */
export function withParts(features: CandidateFeatures, { latents, ...parts }: KeptParts): CandidateFeatures {
  const asked = { ...features, report: { ...features.report, ...parts } }
  return latents === undefined ? asked : withLatents(asked, latentsOf(features.evidence.table, latents))
}

function keptLatents(
  { active, latents }: Table,
  report: FeaturesReport['latentScaling'],
): { readonly latents?: KeptLatents } {
  if (latents === undefined || report === undefined) return {}
  const kept = (column: Float64Array): (number | null)[] => {
    const ofActive = [...column].filter((_, j) => active[j] === 1)
    return ofActive.map((value) => (Number.isNaN(value) ? null : value))
  }
  return {
    latents: { report, reconstruction: kept(latents.reconstruction), error: kept(latents.error) },
  }
}

function latentsOf({ active, width }: Table, { report, reconstruction, error }: KeptLatents): Latents {
  const column = (values: readonly (number | null)[]): Float64Array => {
    const left = values.values()
    return Float64Array.from({ length: width }, (_, j) => {
      return active[j] === 1 ? (left.next().value ?? Number.NaN) : Number.NaN
    })
  }
  return { report, columns: { reconstruction: column(reconstruction), error: column(error) } }
}
