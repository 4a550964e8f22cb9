/** @file `saegate setup`: what this program needs beyond npm's packages. So far: onnxruntime's CUDA provider. */
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { interrupted } from '../../errors/engine.ts'
import { setupFailed, setupFolderRefused, setupNoCuda } from '../../errors/setup.ts'
import { runProgram } from '../../gate/run-program.ts'
import { findCudaLibraries } from '../../onnx/runtime/cuda-libraries.ts'
import {
  cudaLibrary,
  type EnginePlatform,
  engineLibraries,
  fetchCudaProvider,
  hasCudaProvider,
  isCudaPlatform,
  type ProgramEnd,
  scriptEnvironment,
} from '../../onnx/runtime/cuda-provider.ts'
import { runtimeFolder } from '../../onnx/runtime/runtime.ts'
import { ENGINE_VERSION } from '../../version.ts'
import type { CliHost } from '../host.ts'

/** Where the engine is installed. */
export interface Installation extends EnginePlatform {
  /** Folder of the package onnxruntime-node. Errors: RUNTIME_MISSING. */
  readonly engineFolder: () => string
  /** The Node that runs the script. */
  readonly node: string
  /** Stands before the system's library folders: '' but in tests. */
  readonly root: string
}

const NEXT = 'Next: saegate doctor\n'
const SUMMARY = `Nothing to do without a flag. What can be set up:

  saegate setup --cuda   download onnxruntime's CUDA provider (300 MB, Linux x64)

CPU works as installed, and WebGPU where there is a GPU driver. saegate doctor shows what works on this machine.
`

const thisInstallation = (): Installation => ({
  platform: process.platform,
  arch: process.arch,
  engineFolder: runtimeFolder,
  node: process.execPath,
  root: '',
})

export function setupCommand(host: CliHost, installation: Installation = thisInstallation()): Command {
  return new Command('setup')
    .description('Install what npm does not bring: the CUDA provider.')
    .option('--cuda', 'download onnxruntime’s CUDA provider (Linux x64, CUDA 12)')
    .addHelpText('after', '\nExamples:\n  $ saegate setup --cuda\n')
    .action(async (given: { cuda?: boolean }) => {
      if (given.cuda === true) await setUpCuda(host, installation)
      else host.stdout.write(SUMMARY)
    })
}

async function setUpCuda(host: CliHost, installation: Installation): Promise<void> {
  const { platform, arch } = installation
  if (!isCudaPlatform(installation)) throw setupNoCuda(ENGINE_VERSION, `${platform} ${arch}`)
  const engine = installation.engineFolder()
  const folder = engineLibraries(engine, installation)
  host.stdout.write(libraryNotes(host, installation, join(folder, cudaLibrary(installation))))
  if (hasCudaProvider(engine, installation)) {
    host.stdout.write(
      `The CUDA provider is already installed: ${join(folder, cudaLibrary(installation))}\nRemove that file to download it again.\n${NEXT}`,
    )
    return
  }
  await access(folder, constants.W_OK).catch(() => {
    throw setupFolderRefused(folder)
  })
  host.stderr.write(`Downloading the CUDA provider of onnxruntime-node ${ENGINE_VERSION} (300 MB) …\n`)
  const failure = await fetchCudaProvider(engine, installation, (args) =>
    runProgram(installation.node, args, scriptEnvironment(host.env)),
  )
  if (host.signal.aborted) throw interrupted()
  if (failure !== null) throw failed(host, engine, failure)
  host.stdout.write(`The CUDA provider is installed: ${join(folder, cudaLibrary(installation))}\n${NEXT}`)
}

/** Empty where everything is found. */
function libraryNotes(host: CliHost, { root }: Installation, provider: string): string {
  const paths = { libraryPath: host.env.LD_LIBRARY_PATH, root }
  const { missing, unsearched, otherVersions } = findCudaLibraries(paths, provider)
  const notes = [
    ...(missing.length === 0
      ? []
      : [
          `Probably missing on this machine: ${missing.join(', ')}. CUDA will not work until they are installed.`,
        ]),
    ...(otherVersions.length === 0
      ? []
      : [
          `This machine has ${otherVersions.join(', ')}, and the provider of onnxruntime-node ${ENGINE_VERSION} is built for CUDA 12: install the runtime libraries of CUDA 12 beside them (cuda-libraries-12-8 of NVIDIA’s repositories); the driver serves both.`,
        ]),
    ...unsearched.map(
      (folder) => `The loader does not look into ${folder}: export LD_LIBRARY_PATH=${folder} before saegate.`,
    ),
  ]
  return notes.map((note) => `${note}\n`).join('')
}

/** What the script wrote is shown as it came, but for control characters. */
function failed(host: CliHost, engine: string, { status, output }: ProgramEnd) {
  const lines = output
    .split(/\r?\n/)
    .map((line) => line.replaceAll(/(?!\t)\p{Cc}/gu, '').trimEnd())
    .filter((line) => line !== '')
  for (const line of lines) host.stderr.write(`  | ${line}\n`)
  const reason =
    lines.find((line) => /^(?:\w*Error|npm error)\b/.test(line)) ?? lines.at(-1) ?? 'it said nothing'
  return setupFailed(join(engine, 'script', 'install.js'), status, reason.replace(/[.]$/, ''))
}
