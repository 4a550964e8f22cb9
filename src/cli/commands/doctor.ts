/** @file `saegate doctor`: what this machine has, what works, what is missing and how to get it. */
import { arch, availableParallelism, cpus, freemem, platform, totalmem } from 'node:os'
import { Command } from 'commander'
import { availableMemory } from '../../audit/machine/memory.ts'
import { usableCores } from '../../onnx/devices/cores.ts'
import { runtimeFolder, runtimeVersion } from '../../onnx/runtime/runtime.ts'
import { ENGINE_VERSION, VERSION } from '../../version.ts'
import type { CliHost } from '../host.ts'

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`

export function doctorCommand(host: CliHost): Command {
  return new Command('doctor')
    .description('Show versions, cores, memory and devices, and what is missing for CUDA.')
    .option(
      '--families',
      'list the decoder families that can be audited, and of those that cannot what is missing',
    )
    .action(async (given: { families?: boolean }) => {
      if (given.families === true) {
        host.stdout.write(await families())
        return
      }
      for (const [what, found] of machine()) host.stdout.write(`${what.padEnd(12)} ${found}\n`)
      const { probeDevice } = await import('../../onnx/devices/device.ts')
      for (const kind of ['cpu', 'cuda', 'webgpu'] as const) {
        const { problem } = await probeDevice(kind)
        host.stdout.write(`${kind.padEnd(12)} ${problem === null ? 'works' : `not available: ${problem}`}\n`)
      }
    })
}

/** model_type, then which models; and what cannot be run, why. */
async function families(): Promise<string> {
  // Every other command starts without the families.
  const { familyList, REFUSED_FAMILIES } = await import('../../models/families/index.ts')
  const width = Math.max(...familyList.map(({ modelType }) => modelType.length))
  const known = familyList.map(({ modelType, models }) => `  ${modelType.padEnd(width)}  ${models}`)
  const refused = REFUSED_FAMILIES.map(
    ({ modelTypes, models, missing }) => `  ${models} (${modelTypes.join(', ')}): ${missing}`,
  )
  return [
    'model_type of config.json',
    ...known,
    'cannot be run, for what their blocks have',
    ...refused,
    '',
  ].join('\n')
}

/** What the engine may use, and what the machine has where that is more. */
function cores(): string {
  const [usable, all] = [usableCores(), availableParallelism()]
  return usable === all ? `${all}` : `${usable} of ${all}, a quota allows no more`
}

function memory(): string {
  const [usable, all] = [availableMemory(), totalmem()]
  const most =
    usable === all ? gigabytes(all) : `${gigabytes(usable)} of ${gigabytes(all)}, a limit allows no more`
  return `${most}, ${gigabytes(freemem())} free`
}

function machine(): readonly (readonly [string, string])[] {
  const version = runtimeVersion()
  const engine = version === ENGINE_VERSION ? version : `${version} (built and tested with ${ENGINE_VERSION})`
  return [
    ['saegate', VERSION],
    ['node', `${process.version} on ${platform()} ${arch()}`],
    ['engine', `onnxruntime-node ${engine} in ${runtimeFolder()}`],
    ['cores', `${cores()} (${cpus()[0]?.model.trim() ?? 'unknown'})`],
    ['memory', memory()],
  ]
}
