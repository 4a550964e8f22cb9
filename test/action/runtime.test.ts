/** @file The engine's installation, with an npm that lays down a small package where the real one lays down a large one. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EngineFiles } from '../../src/action/engine/check.ts'
import { ENGINE_FILES } from '../../src/action/engine/files.ts'
import type { RuntimeHost } from '../../src/action/engine/host.ts'
import { engineKept } from '../../src/action/engine/kept.ts'
import { ensureRuntime as ensure, RUNTIME_VERSION } from '../../src/action/runtime.ts'
import { SaegateError } from '../../src/errors/problem.ts'

const BINDING = 'onnxruntime_binding.node'

const CUDA_LIBRARIES = [
  'libcuda.so.1',
  'libcudart.so.12',
  'libcublas.so.12',
  'libcublasLt.so.12',
  'libcufft.so.11',
  'libcudnn.so.9',
]
const PLATFORMS = ['linux/x64', 'linux/arm64', 'win32/x64', 'darwin/arm64']
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const SMALL: EngineFiles = {
  'onnxruntime-node': {
    'package.json': sha256(JSON.stringify({ version: RUNTIME_VERSION })),
    ...Object.fromEntries(PLATFORMS.map((at) => [`bin/napi-v6/${at}/${BINDING}`, sha256('native')])),
  },
}
const ensureRuntime = (host: RuntimeHost, device: 'auto' | 'cpu' | 'cuda', path: string | null) =>
  ensure(host, device, path, SMALL)

/** What `npm ci --prefix` leaves behind. */
function layPackage(
  folder: string,
  { version = RUNTIME_VERSION, native = 'native' }: { version?: string; native?: string } = {},
): void {
  const home = join(folder, 'node_modules', 'onnxruntime-node')
  for (const at of PLATFORMS) {
    mkdirSync(join(home, 'bin', 'napi-v6', at), { recursive: true })
    writeFileSync(join(home, 'bin', 'napi-v6', at, BINDING), native)
  }
  writeFileSync(join(home, 'package.json'), JSON.stringify({ version }))
}

interface Machine {
  readonly platform?: string
  readonly arch?: string
  readonly npm?: (folder: string) => void
  readonly cuda?: 'fetched' | 'refused'
  readonly withoutNpm?: boolean
  /** Has it a driver of NVIDIA's? Its libraries lie where the loader looks, but for these. */
  readonly nvidia?: { readonly without: readonly string[] }
}

function machine({
  platform = 'linux',
  arch = 'x64',
  npm = layPackage,
  cuda = 'fetched',
  withoutNpm = false,
  nvidia,
}: Machine = {}) {
  const root = mkdtempSync(join(tmpdir(), 'saegate-runtime-'))
  const execPath = join(root, 'node', 'bin', 'node')
  const script = join(root, 'node', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')
  if (!withoutNpm) {
    mkdirSync(dirname(script), { recursive: true })
    writeFileSync(script, '')
  }
  const libraries = join(root, 'usr', 'lib64')
  mkdirSync(libraries, { recursive: true })
  for (const name of CUDA_LIBRARIES) {
    if (nvidia !== undefined && !nvidia.without.includes(name)) writeFileSync(join(libraries, name), '')
  }
  const commands: string[][] = []
  const told: string[] = []
  const host: RuntimeHost = {
    env: { RUNNER_TOOL_CACHE: join(root, 'tools'), PATH: '' },
    platform,
    arch,
    execPath,
    info: (line) => void told.push(line),
    hasNvidiaDriver: () => nvidia !== undefined,
    root,
    run: async (command, args) => {
      commands.push([command, ...args])
      const prefix = args[args.indexOf('--prefix') + 1]
      if (args.includes('ci') && prefix !== undefined) npm(prefix)
      else if (cuda === 'refused') return { status: 1, output: 'ECONNREFUSED nuget' }
      else {
        const into = join(dirname(args[0] ?? ''), '..', 'bin', 'napi-v6', 'linux', 'x64')
        for (const name of ['cuda', 'shared'])
          writeFileSync(join(into, `libonnxruntime_providers_${name}.so`), '')
      }
      return { status: 0, output: '' }
    },
  }
  return { host, commands, root, told }
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof SaegateError) return error.code
  throw error ?? new Error('nothing was thrown')
}

it('installs once, exactly and without scripts, and finds it afterwards', async () => {
  const { host, commands, root } = machine()
  const folder = await ensureRuntime(host, 'auto', null)
  expect(folder).toBe(join(root, 'tools', 'saegate-runtime', RUNTIME_VERSION, 'x64'))
  expect(commands).toHaveLength(1)
  expect(commands[0]).toEqual(expect.arrayContaining([host.execPath, 'ci', '--ignore-scripts']))
  expect(await ensureRuntime(host, 'cpu', null)).toBe(folder)
  expect(commands).toHaveLength(1)
  expect(existsSync(join(folder, 'node_modules/onnxruntime-node/bin/napi-v6/linux/x64', BINDING))).toBe(true)
  expect(existsSync(join(folder, 'node_modules/onnxruntime-node/bin/napi-v6/linux/arm64'))).toBe(false)
  expect(readdirSync(dirname(folder)).sort()).toEqual(['x64', 'x64.complete'])
})

it('lets two jobs install at once', async () => {
  const { host } = machine()
  const folders = await Promise.all([ensureRuntime(host, 'auto', null), ensureRuntime(host, 'auto', null)])
  expect(folders[0]).toBe(folders[1])
  expect(readdirSync(dirname(folders[0])).sort()).toEqual(['x64', 'x64.complete'])
})

it('fetches the CUDA provider with onnxruntime’s own script, into a folder of its own', async () => {
  const { host, commands } = machine()
  expect(await ensureRuntime(host, 'cuda', null)).toMatch(/x64-cuda12$/)
  expect(commands[1]?.slice(1)).toEqual([
    expect.stringMatching(/onnxruntime-node.script.install\.js$/),
    '--onnxruntime-node-install=cuda12',
  ])
  expect(await codeOf(ensureRuntime(machine({ cuda: 'refused' }).host, 'cuda', null))).toBe(
    'ACTION_RUNTIME_INSTALL',
  )
  expect(await codeOf(ensureRuntime(machine({ platform: 'win32' }).host, 'cuda', null))).toBe(
    'ACTION_RUNTIME_CUDA',
  )
})

describe('auto on a machine with an NVIDIA driver', () => {
  const nvidia = { without: [] }

  it('installs CUDA', async () => {
    const { host } = machine({ nvidia })
    expect(await ensureRuntime(host, 'auto', null)).toMatch(/x64-cuda12$/)
  })

  it.each([
    ['a library is missing', { nvidia: { without: ['libcudnn.so.9'] } }, 'libcudnn.so.9 (cuDNN 9) not found'],
    ['there is no provider for it', { nvidia, arch: 'arm64' }, 'Linux x64 only, not linux arm64'],
    ['the download fails', { nvidia, cuda: 'refused' }, 'ECONNREFUSED nuget'],
  ] as const)('says why not where %s, and takes the CPU', async (_, of, why) => {
    const { host, told } = machine(of)
    expect(await ensureRuntime(host, 'auto', null)).toMatch(/(x64|arm64)$/)
    expect(told.join('\n')).toContain(why)
  })
})

it('leaves nothing behind when something is wrong', async () => {
  const { host, root } = machine({
    npm: (folder) => layPackage(folder, { native: 'another' }),
  })
  expect(await codeOf(ensureRuntime(host, 'auto', null))).toBe('ACTION_RUNTIME_INTEGRITY')
  expect(readdirSync(join(root, 'tools', 'saegate-runtime', RUNTIME_VERSION))).toEqual([])
  expect(await codeOf(ensureRuntime(machine({ platform: 'darwin', arch: 'x64' }).host, 'auto', null))).toBe(
    'ACTION_RUNTIME_PLATFORM',
  )
  expect(await codeOf(ensureRuntime(machine({ withoutNpm: true }).host, 'auto', null))).toBe(
    'ACTION_RUNTIME_NPM',
  )
})

it('takes a preinstalled one of exactly this version, and never installs there', async () => {
  const { host, commands, root } = machine()
  const given = join(root, 'given')
  layPackage(given)
  expect(await ensureRuntime(host, 'auto', given)).toBe(given)
  expect(await codeOf(ensureRuntime(host, 'cuda', given))).toBe('ACTION_RUNTIME_CUDA')
  layPackage(given, { version: '1.29.0' })
  expect(await codeOf(ensureRuntime(host, 'auto', given))).toBe('ACTION_RUNTIME_VERSION')
  expect(await codeOf(ensureRuntime(host, 'auto', join(root, 'nowhere')))).toBe('ACTION_FILE_UNREADABLE')
  expect(commands).toEqual([])
})

describe('a tool cache that others write to', () => {
  const BIN = 'node_modules/onnxruntime-node/bin/napi-v6/linux/x64'

  it.each([
    ['a library is another', (folder: string) => writeFileSync(join(folder, BIN, BINDING), 'planted')],
    [
      'a library is gone',
      (folder: string) => rmSync(join(folder, 'node_modules/onnxruntime-node/package.json')),
    ],
    ['a module was added', (folder: string) => writeFileSync(join(folder, BIN, 'preload.js'), 'planted')],
    ['a link was added', (folder: string) => symlinkSync('/etc/hosts', join(folder, BIN, 'link'))],
    [
      'a library is a link',
      (folder: string) => {
        renameSync(join(folder, BIN, BINDING), join(folder, 'elsewhere'))
        symlinkSync(join(folder, 'elsewhere'), join(folder, BIN, BINDING))
      },
    ],
  ])('is installed anew where %s', async (_, plant) => {
    const { host, commands } = machine()
    const folder = await ensureRuntime(host, 'auto', null)
    plant(folder)
    expect(await ensureRuntime(host, 'auto', null)).toBe(folder)
    expect(commands).toHaveLength(2)
    expect(readFileSync(join(folder, BIN, BINDING), 'utf8')).toBe('native')
    await ensureRuntime(host, 'auto', null)
    expect(commands).toHaveLength(2)
  })

  it('is installed anew where a CUDA library is not the one that was downloaded', async () => {
    const { host, commands } = machine()
    const folder = await ensureRuntime(host, 'cuda', null)
    await ensureRuntime(host, 'cuda', null)
    expect(commands).toHaveLength(2)
    writeFileSync(join(folder, BIN, 'libonnxruntime_providers_cuda.so'), 'planted')
    await ensureRuntime(host, 'cuda', null)
    expect(commands).toHaveLength(4)
    expect(readFileSync(join(folder, BIN, 'libonnxruntime_providers_cuda.so'), 'utf8')).toBe('')
  })

  it('and an engine in the checkout is used only where it is the package, file by file', async () => {
    const { host, root } = machine()
    const inside = { ...host, env: { ...host.env, GITHUB_WORKSPACE: join(root, 'checkout') } }
    const given = join(root, 'checkout', 'engine')
    layPackage(given)
    expect(await ensureRuntime(inside, 'auto', given)).toBe(given)
    const provider = 'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so'
    mkdirSync(dirname(join(given, provider)), { recursive: true })
    writeFileSync(join(given, provider), 'planted')
    expect(await codeOf(ensureRuntime(inside, 'auto', given))).toBe('ACTION_RUNTIME_INTEGRITY')
    // The same outside the checkout is the runner's own.
    expect(await ensureRuntime(host, 'auto', given)).toBe(given)
    rmSync(join(given, provider))
    layPackage(given, { native: 'planted' })
    expect(await codeOf(ensureRuntime(inside, 'auto', given))).toBe('ACTION_RUNTIME_INTEGRITY')
  })
})

describe('an engine that was verified', () => {
  const BIN = 'node_modules/onnxruntime-node/bin/napi-v6/linux/x64'
  /** The system's clock, by which times of change go, moves in ticks of some milliseconds. */
  const aTick = () => new Promise((resolve) => setTimeout(resolve, 20))

  it.each([
    [
      'another for a while',
      (at: string) => {
        renameSync(join(at, BINDING), join(at, 'away'))
        writeFileSync(join(at, BINDING), 'planted')
        renameSync(join(at, 'away'), join(at, BINDING))
      },
    ],
    ['joined by another', (at: string) => writeFileSync(join(at, 'libextra.so'), 'planted')],
    ['gone', (at: string) => rmSync(join(at, BINDING))],
  ])('and is %s between that look and its end: no verdict', async (_, plant) => {
    const folder = await ensureRuntime(machine().host, 'auto', null)
    const requireKept = await engineKept(folder)
    await aTick()
    plant(join(folder, BIN))
    expect(await codeOf(requireKept())).toBe('ACTION_RUNTIME_INTEGRITY')
  })

  it('and is used by nobody else but readers: the honest twin', async () => {
    const folder = await ensureRuntime(machine().host, 'auto', null)
    const requireKept = await engineKept(folder)
    readFileSync(join(folder, BIN, BINDING))
    await expect(requireKept()).resolves.toBeUndefined()
  })
})

it('knows the packages and files as they are locked and installed', { tags: ['slow'] }, () => {
  const written = readFileSync('src/action/engine/files.ts', 'utf8')
  const now = execFileSync(process.execPath, ['scripts/runtime-files.mjs', '--print'], { encoding: 'utf8' })
  // The formatter breaks lines and drops quotes; every hash and version stands in both, in the same order.
  const figures = (text: string): readonly string[] =>
    text.match(/[0-9a-f]{64}|sha512-[\w+/=]+|version: '[^']+'/g) ?? []
  expect(figures(written).length).toBeGreaterThan(60)
  expect(figures(written)).toEqual(figures(now))
  const lock: { packages: Record<string, { version: string }> } = JSON.parse(
    readFileSync('package-lock.json', 'utf8'),
  )
  expect(RUNTIME_VERSION).toBe(lock.packages['node_modules/onnxruntime-node']?.version)
  expect(Object.keys(ENGINE_FILES)).toEqual(['onnxruntime-common', 'onnxruntime-node'])
})
