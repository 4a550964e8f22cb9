/** @file `saegate doctor`: what this machine has, what works, what is missing and how to get it. */
import { arch, availableParallelism, cpus, freemem, platform, totalmem } from 'node:os'
import { Command } from 'commander'
import { knownFamilies } from '../../models/families/index.ts'
import { probeDevice } from '../../onnx/device.ts'
import { runtimeFolder, runtimeVersion } from '../../onnx/runtime.ts'
import { ENGINE_VERSION, VERSION } from '../../version.ts'
import type { CliHost } from '../host.ts'

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`

export function doctorCommand(host: CliHost): Command {
  return new Command('doctor')
    .description('Show versions, cores, memory and devices, and what is missing for CUDA.')
    .option('--families', 'list the decoder families that can be audited')
    .action(async (given: { families?: boolean }) => {
      if (given.families === true) {
        host.stdout.write(`${knownFamilies.join('\n')}\n`)
        return
      }
      for (const [what, found] of machine()) host.stdout.write(`${what.padEnd(12)} ${found}\n`)
      for (const kind of ['cpu', 'cuda', 'webgpu'] as const) {
        const { problem } = await probeDevice(kind)
        host.stdout.write(`${kind.padEnd(12)} ${problem === null ? 'works' : `not available: ${problem}`}\n`)
      }
    })
}

function machine(): readonly (readonly [string, string])[] {
  const version = runtimeVersion()
  const engine = version === ENGINE_VERSION ? version : `${version} (built and tested with ${ENGINE_VERSION})`
  return [
    ['saegate', VERSION],
    ['node', `${process.version} on ${platform()} ${arch()}`],
    ['engine', `onnxruntime-node ${engine} in ${runtimeFolder()}`],
    ['cores', `${availableParallelism()} (${cpus()[0]?.model.trim() ?? 'unknown'})`],
    ['memory', `${gigabytes(totalmem())}, ${gigabytes(freemem())} free`],
  ]
}
