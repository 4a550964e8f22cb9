/**
 * @file Are the models of a round run in one graph (fused/), and how many candidates at once? By arithmetic, from sizes alone: where it does not
 * fit, or something is asked for that looks at stored activations, a round goes stage by stage, and the plan says why.
 */

import type { AuditConfig } from '../../contract/options/audit-config.ts'
import type { AuditPlan } from '../../contract/plan/plan-schema.ts'
import { roundsInvalid } from '../../errors/audit.ts'
import { bodyBytes } from '../../models/body-program.ts'
import type { ChosenDevice } from '../../onnx/devices/device.ts'
import { hasCloseCalls } from '../close-calls/close-calls.ts'
import { deviceRangeBytes, roundBytes } from '../machine/device-memory.ts'
import type { Subjects } from '../open-subjects.ts'
import { MOST_PER_ROUND } from '../run/run.ts'

/** Bytes of weights, as they are multiplied. */
export interface RoundSizes {
  readonly reference: number
  /** Of each candidate that is run from its weights: none, and there is no round. */
  readonly candidates: readonly number[]
  /** Of all models of a round together. */
  readonly unembeddings: number
  readonly encoders: number
}

/** Where a round would run. */
export interface RoundPlace {
  readonly kind: 'cpu' | 'cuda' | 'webgpu'
  /** Bytes of the device; null: not known. */
  readonly deviceFree: number | null
  /** Bytes of this machine, through which weights come. */
  readonly available: number
  /** Devices that share the text. */
  readonly devices: number
  /** SAEGATE_ROUNDS, for developers: on the CPU the graph can be had as well. */
  readonly asked: 'graph' | 'stages' | null
}

/**
 * What is read for the engine lies in this machine's memory until a device has it; for several, once more where all their threads see it. On
 * the CPU the engine keeps a copy.
 */
const COPIES_OF_LANES = 2

export interface PlannedRounds {
  readonly rounds: AuditPlan['rounds']
  /** Bytes of this machine's memory while the graph is loaded; 0: rounds go stage by stage. */
  readonly loading: number
}

/** `needsRows`: what looks at stored activations, in words; null: nothing does. */
export function planRoundsHeld(
  sizes: RoundSizes,
  place: RoundPlace,
  needsRows: string | null,
): PlannedRounds {
  const { deviceFree } = place
  const count = Math.min(MOST_PER_ROUND, sizes.candidates.length)
  const staged = (why: string): PlannedRounds => ({
    rounds: { inOneGraph: false, why, candidates: MOST_PER_ROUND, onDevice: 0, deviceFree },
    loading: 0,
  })
  if (place.asked === 'stages') return staged('SAEGATE_ROUNDS says so')
  if (needsRows !== null) return staged(needsRows)
  if (count === 0) return staged('no candidate is run from its weights')
  if (place.kind !== 'cuda') {
    if (place.asked === null)
      return staged(place.kind === 'cpu' ? 'on the CPU stages are quicker' : 'not on WebGPU')
    return {
      rounds: { inOneGraph: true, why: 'SAEGATE_ROUNDS says so', candidates: count, onDevice: 0, deviceFree },
      loading: COPIES_OF_LANES * weightsOf(sizes, count),
    }
  }
  if (deviceFree === null) return staged('how much memory the device has is not known (nvidia-smi)')
  for (let candidates = count; candidates > 0; candidates--) {
    const weights = weightsOf(sizes, candidates)
    const onDevice = roundBytes(weights)
    const loading = (place.devices > 1 ? COPIES_OF_LANES : 1) * weights
    if (onDevice <= deviceFree && loading <= place.available)
      return { rounds: { inOneGraph: true, why: '', candidates, onDevice, deviceFree }, loading }
  }
  const weights = weightsOf(sizes, 1)
  return staged(
    weights > place.available
      ? `${inGigabytes(weights)} of weights do not fit into this machine's memory at once`
      : `it takes ${inGigabytes(roundBytes(weights))} of the device, which has ${inGigabytes(deviceFree)} free`,
  )
}

/** With so many candidates, the largest of them. */
function weightsOf({ reference, candidates, unembeddings, encoders }: RoundSizes, count: number): number {
  const largest = [...candidates].sort((a, b) => b - a).slice(0, count)
  return largest.reduce((sum, bytes) => sum + bytes, reference + unembeddings + encoders)
}

const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`

/** What SAEGATE_ROUNDS says. Errors: ROUNDS_INVALID. */
export function askedRounds(value: string | undefined): RoundPlace['asked'] {
  if (value === undefined || value === '') return null
  if (value === 'graph' || value === 'stages') return value
  throw roundsInvalid(value)
}

/** What of an audit looks at stored activations, or cannot be in the graph; null: nothing. */
export function needsRows(
  {
    diagnose = false,
    causal,
    lossRecovered = false,
    newFeatures = false,
    survivalByKind = false,
    latentScaling = false,
    watched = [],
    stability,
    attribution,
    rescale,
    weights,
  }: AuditConfig,
  { reference, readouts, candidates }: Pick<Subjects, 'reference' | 'readouts' | 'candidates'>,
  { device, nvidia }: ChosenDevice,
): string | null {
  if (candidates.some(({ kind }) => kind === 'onnx')) return 'an ONNX candidate runs by itself'
  if (readouts.some(({ encoder }) => encoder.activatesBy !== 'feature'))
    return 'features of an SAE fire by the row'
  if (readouts.some((readout) => hasCloseCalls(readout, reference, device)))
    return 'activations that jump are decided in float64'
  if (diagnose) return 'a diagnosis reads stored activations'
  if (watched.some(({ alarms = [] }) => alarms.length > 0)) return 'alarms are read off stored activations'
  if (causal !== undefined) return 'causal checks start from stored activations'
  if (latentScaling) return 'latent scaling reads stored activations'
  if (newFeatures) return 'new features are looked for in stored activations'
  if (survivalByKind) return 'survival by kind of token is read off stored activations'
  if (lossRecovered) return 'models are run on from stored activations (--loss-recovered)'
  if (stability !== undefined) return 'parts of the text are measured on stored activations'
  if (attribution !== undefined) return 'swaps of tensors are set beside stored activations'
  if (rescale) return '--rescale is told from stored activations'
  if (weights === 'stream' || deviceRangeBytes(device, nvidia, bodyBytes(reference.decoder)) !== null)
    return 'models are run one range of blocks at a time'
  return null
}
