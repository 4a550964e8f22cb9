/**
 * @file One candidate seen through one SAE, feature by feature: the rows of the Parquet table beside report.json.
 *
 * Columns have d_sae entries, index = feature id. ρ is NaN where it was not measured (inactive features whose
 * reference never fired often enough) or is undefined (no variance on one side); see `measured`.
 */
export type FeatureClass = 'survived' | 'degraded' | 'damaged' | 'inactive';
export interface FeatureTable {
    readonly candidate: string;
    readonly readout: string;
    readonly width: number;
    /** Reference: firing rate above the active threshold. */
    readonly active: Uint8Array;
    /** ρ was computed for this feature (all active ones; inactive ones only where the audit was asked for them). */
    readonly measured: Uint8Array;
    /** Reference: fraction of counted positions with activation > 0. */
    readonly firingRate: Float64Array;
    /** Reference: mean activation over all counted positions. */
    readonly mean: Float64Array;
    /** Reference: mean square of the activation over all counted positions; NaN in tables that do not hold it. */
    readonly meanSquare: Float64Array;
    /** Reference: largest activation. */
    readonly peak: Float64Array;
    /** ‖W_dec row‖, for weighting; NaN where the SAE has no decoder. */
    readonly decoderNorm: Float64Array;
    /** Pearson ρ between reference and candidate; NaN: undefined or not measured. Never rounded. */
    readonly correlation: Float64Array;
    readonly correlationLow: Float64Array;
    readonly correlationHigh: Float64Array;
    /** Class at the report's thresholds; an active feature with undefined ρ is `damaged` (its ρ counts as 0). */
    readonly class: readonly FeatureClass[];
    /** Absent in tables of before. */
    readonly firing?: FiringColumns;
    /** Latent scaling ν of the active features; NaN elsewhere. Absent: not asked for. */
    readonly latents?: LatentColumns;
}
/** By how much of itself a feature's direction is still there in what the SAE rebuilds of the candidate, and in what it leaves with the feature's own part. */
export interface LatentColumns {
    readonly reconstruction: Float64Array;
    readonly error: Float64Array;
}
/** How large the candidate's activations are beside the reference's, and where they fire; NaN: not measured, or nothing to divide by. */
export interface FiringColumns {
    /** Σab / Σa²: the factor between the activations. */
    readonly gain: Float64Array;
    readonly gainLow: Float64Array;
    readonly gainHigh: Float64Array;
    /** Positions where both fire, of those where either does. */
    readonly firingJaccard: Float64Array;
    readonly firingJaccardLow: Float64Array;
    readonly firingJaccardHigh: Float64Array;
    /** Positions where both fire, of those where the candidate does. */
    readonly firingPrecision: Float64Array;
    /** Positions where both fire, of those where the reference does. */
    readonly firingRecall: Float64Array;
    /** Fraction of counted positions where the candidate fires. */
    readonly candidateFiringRate: Float64Array;
}
/** How replicates weight the token groups. A report keeps the method that it was measured with, whichever version judges it. */
export type ResamplingMethod = 'delete-one' | 'half-samples';
/** How many degrees of freedom an interval of half-samples has (statistics/intervals/degrees.ts). */
export type DegreesRule = 'shared-part';
/** ρ of the active features under each weighting of the token groups: what every interval is made from. */
export interface FeatureReplicates {
    readonly method: ResamplingMethod;
    /** Feature ids, ascending: the active features. */
    readonly features: Int32Array;
    /**
     * Parallel to `features`. Half-samples: float32, in the order of the halves, NaN where the reference does not vary in a
     * half. Delete-one: one per group, undefined ρ already counted as 0. Empty: too few groups.
     */
    readonly correlations: readonly (Float32Array | Float64Array)[];
    /** Absent in reports of before. */
    readonly firing?: FiringHalves;
}
/**
 * (2(G − 1))(K) gain and Jaccard's index of firing on every half of the token groups, in the order of the halves and parallel to
 * the features; none where the groups cannot be halved. NaN where a half says nothing of the feature.
 */
export interface FiringHalves {
    readonly gain: readonly Float32Array[];
    readonly jaccard: readonly Float32Array[];
}
