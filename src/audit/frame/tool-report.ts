/** @file By what, on what and in which arithmetic an audit was made, in its report. */
import type { Report } from '../../contract/report/report-schema.ts'
import { runtimeVersion } from '../../onnx/runtime/runtime.ts'
import { relativeRounding, type StreamTally } from '../machine/stream-tally.ts'
import type { EngineNoise } from '../noise/engine-noise.ts'
import type { Run } from '../run/run.ts'

/** What was run, and how far it is from float32; null: it was computed in float32 on the CPU. */
interface Computed {
  readonly run: Pick<Run, 'device' | 'nvidia'>
  readonly noise: EngineNoise | null
  readonly toolVersion: string
}

/** Without what it took, which is not known yet. */
export function toolReport(computed: Computed): Report['tool'] {
  const { device } = computed.run
  return {
    name: 'saegate',
    version: computed.toolVersion,
    engine: `onnxruntime-node ${runtimeVersion()}`,
    device: device.kind,
    threads: device.threads,
    ...arithmeticOf(computed),
    elapsedSeconds: 0,
  }
}

/** In which arithmetic the models were computed, on what, and how far that is from float32. */
function arithmeticOf({ run: { device, nvidia }, noise }: Computed): Partial<Report['tool']> {
  return {
    operands: device.bodyType,
    accumulation: 'float32',
    ...(device.kind === 'cpu' && device.bodyType !== 'float32' ? { emulated: true } : {}),
    ...(nvidia === null
      ? {}
      : {
          accelerator: {
            name: nvidia.name,
            capability: nvidia.capability.toFixed(1),
            driver: nvidia.driver,
            ...(device.peers === undefined ? {} : { count: 1 + device.peers.length }),
          },
        }),
    ...(noise === null ? {} : { engineNoise: noise }),
  }
}

/** Nothing where every model was whole in memory. */
export function streamedReport({
  rounding,
  secondsStreamed,
  ...rest
}: StreamTally): Pick<Report['tool'], 'streamed'> {
  if (rest.ranges === 0) return {}
  const error = relativeRounding(rounding)
  return { streamed: { ...rest, seconds: secondsStreamed, ...(error === null ? {} : { rowError: error }) } }
}
