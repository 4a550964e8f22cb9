/**
 * @file GPUs against the CPU: the same audit, within what the device's numbers allow. Skipped, and said, where none works.
 * Two fixtures: NeoX, and Gemma 2 with its soft caps, windows and shared key heads. Sliding windows are longer than blocks
 * here and the last is cut short, so that sequences of three lengths run in one graph.
 *
 * @module-tag slow
 */
import { describe, expect, it } from 'vitest'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { CandidateReport } from '../../src/contract/report/report-schema.ts'
import { probeDevice } from '../../src/onnx/devices/device.ts'
import { audit, GEMMA2, NEOX } from './golden-audit.ts'

const short = (config: AuditConfig): AuditConfig => ({
  ...config,
  candidates: ['rtn:5'],
  corpus: { ...config.corpus, tokens: 1000, blockLength: 100 },
  groups: 5,
  perplexity: { chunked: true, sliding: { window: 192, stride: 96 } },
})

/** The largest differences allowed. */
interface Tolerance {
  readonly loss: number
  readonly kl: number
  /** Of the scored tokens. */
  readonly top1: number
  readonly meanCorrelation: number
  /** Of the active features. */
  readonly survived: number
}

/**
 * WebGPU computes in float32: measured are 2e-7 of loss, 2e-6 of KL, 1e-8 of mean ρ, and the same tokens and features, but
 * drivers round differently. CUDA computes in 16 bit: float16 rounds to 5e-4.
 */
const TOLERANCES: Record<'cuda' | 'webgpu', Tolerance> = {
  cuda: { loss: 2e-3, kl: 2e-3, top1: 1e-2, meanCorrelation: 5e-3, survived: 2e-2 },
  webgpu: { loss: 1e-5, kl: 2e-5, top1: 1e-3, meanCorrelation: 1e-5, survived: 2e-3 },
}

/** What is compared, with its place in a message. */
function figures({ perplexity, divergence, features }: CandidateReport) {
  const list: (readonly [kind: keyof Tolerance, place: string, value: number])[] = [
    ['kl', 'klMean', divergence?.klMean ?? Number.NaN],
    ['top1', 'top1Agreement', divergence?.top1Agreement ?? Number.NaN],
  ]
  for (const protocol of ['chunked', 'sliding'] as const) {
    list.push(['loss', `${protocol} reference`, perplexity[protocol]?.referenceLoss ?? Number.NaN])
    list.push(['loss', `${protocol} candidate`, perplexity[protocol]?.candidateLoss ?? Number.NaN])
  }
  for (const { readout, meanCorrelation, survived } of features) {
    list.push(['meanCorrelation', `mean ρ at ${readout}`, meanCorrelation])
    list.push(['survived', `survived at ${readout}`, survived.fraction])
  }
  return list
}

describe.each(['cuda', 'webgpu'] as const)('%s', async (device) => {
  const { problem } = await probeDevice(device)
  const skipped = problem === null ? '' : ` (skipped: ${problem.slice(0, 80)})`

  it.skipIf(problem !== null).each([
    ['NeoX', short(NEOX)],
    ['Gemma 2', short(GEMMA2)],
  ])(`agrees with the CPU on %s${skipped}`, async (_, config) => {
    const [expected] = (await audit(config)).report.candidates
    const [found] = (await audit({ ...config, device })).report.candidates
    if (expected === undefined || found === undefined) throw new RangeError('a candidate is missing')
    const values = figures(found)
    for (const [i, [kind, place, value]] of figures(expected).entries()) {
      const difference = Math.abs((values[i]?.[2] ?? Number.NaN) - value)
      expect(difference, `${place}: ${value} on the CPU`).toBeLessThan(TOLERANCES[device][kind])
    }
  })

  it.skipIf(problem === null)('is refused by name where it does not work', async () => {
    await expect(audit({ ...short(NEOX), device })).rejects.toMatchObject({
      code: 'DEVICE_UNAVAILABLE',
      exitStatus: 2,
    })
  })
})
