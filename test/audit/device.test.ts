/** @file GPUs against the CPU: the same audit within the rounding of the 16-bit type. Skipped, and said, where none works. */
import { describe, expect, it } from 'vitest'
import { probeDevice } from '../../src/onnx/device.ts'
import { audit, NEOX } from './golden-audit.ts'

const SHORT = {
  ...NEOX,
  candidates: ['rtn:8', 'rtn:5'],
  corpus: { ...NEOX.corpus, tokens: 16_384 },
} as const

describe.each(['cuda', 'webgpu'] as const)('%s', async (device) => {
  const { problem } = await probeDevice(device)
  const title =
    problem === null ? 'agrees with the CPU' : `agrees with the CPU (skipped: ${problem.slice(0, 80)})`

  it.skipIf(problem !== null)(title, async () => {
    const onCpu = await audit(SHORT)
    const onDevice = await audit({ ...SHORT, device })
    for (const [i, candidate] of onDevice.report.candidates.entries()) {
      const expected = onCpu.report.candidates[i]
      const loss = candidate.perplexity.chunked?.candidateLoss ?? Number.NaN
      // float16 rounds to 5e-4; a loss near 0.6 nats averages thousands of tokens.
      expect(Math.abs(loss - (expected?.perplexity.chunked?.candidateLoss ?? 0))).toBeLessThan(2e-3)
      for (const [k, features] of candidate.features.entries()) {
        const mean = expected?.features[k]?.meanCorrelation ?? Number.NaN
        expect(Math.abs(features.meanCorrelation - mean)).toBeLessThan(5e-3)
      }
    }
  })

  it.skipIf(problem === null)('is refused by name where it does not work', async () => {
    await expect(audit({ ...SHORT, device })).rejects.toMatchObject({
      code: 'DEVICE_UNAVAILABLE',
      exitStatus: 2,
    })
  })
})
