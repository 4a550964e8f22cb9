/** @file The engine's installation, with an npm that lays down a small package where the real one lays down a large one. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import {
  ensureRuntime,
  RUNTIME_INTEGRITY,
  RUNTIME_VERSION,
  type RuntimeHost,
} from '../../src/action/runtime.ts'
import { SaegateError } from '../../src/errors/problem.ts'

const BINDING = 'onnxruntime_binding.node'

/** What `npm install --prefix` leaves behind. */
function layPackage(
  folder: string,
  {
    version = RUNTIME_VERSION,
    integrity = RUNTIME_INTEGRITY,
  }: { version?: string; integrity?: Readonly<Record<string, string>> } = {},
): void {
  const home = join(folder, 'node_modules', 'onnxruntime-node')
  for (const at of ['linux/x64', 'linux/arm64', 'win32/x64', 'darwin/arm64']) {
    mkdirSync(join(home, 'bin', 'napi-v6', at), { recursive: true })
    writeFileSync(join(home, 'bin', 'napi-v6', at, BINDING), 'native')
  }
  writeFileSync(join(home, 'package.json'), JSON.stringify({ version }))
  const packages = Object.fromEntries(
    Object.entries(integrity).map(([name, value]) => [`node_modules/${name}`, { integrity: value }]),
  )
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }))
}

interface Machine {
  readonly platform?: string
  readonly arch?: string
  readonly npm?: (folder: string) => void
  readonly cuda?: 'fetched' | 'refused'
  readonly withoutNpm?: boolean
}

function machine({
  platform = 'linux',
  arch = 'x64',
  npm = layPackage,
  cuda = 'fetched',
  withoutNpm = false,
}: Machine = {}) {
  const root = mkdtempSync(join(tmpdir(), 'saegate-runtime-'))
  const execPath = join(root, 'node', 'bin', 'node')
  const script = join(root, 'node', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')
  if (!withoutNpm) {
    mkdirSync(dirname(script), { recursive: true })
    writeFileSync(script, '')
  }
  const commands: string[][] = []
  const host: RuntimeHost = {
    env: { RUNNER_TOOL_CACHE: join(root, 'tools'), PATH: '' },
    platform,
    arch,
    execPath,
    info: () => {},
    run: async (command, args) => {
      commands.push([command, ...args])
      const prefix = args[args.indexOf('--prefix') + 1]
      if (args.includes('install') && prefix !== undefined) npm(prefix)
      else if (cuda === 'refused') return { status: 1, output: 'ECONNREFUSED nuget' }
      else
        writeFileSync(
          join(
            dirname(args[0] ?? ''),
            '..',
            'bin',
            'napi-v6',
            'linux',
            'x64',
            'libonnxruntime_providers_cuda.so',
          ),
          '',
        )
      return { status: 0, output: '' }
    },
  }
  return { host, commands, root }
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
  expect(commands[0]).toEqual(
    expect.arrayContaining([
      host.execPath,
      'install',
      '--ignore-scripts',
      `onnxruntime-node@${RUNTIME_VERSION}`,
    ]),
  )
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

it('leaves nothing behind when something is wrong', async () => {
  const { host, root } = machine({
    npm: (folder) => layPackage(folder, { integrity: { 'onnxruntime-node': 'sha512-other' } }),
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

it('knows the version and hashes that are locked', () => {
  const lock: { packages: Record<string, { version: string; integrity: string }> } = JSON.parse(
    readFileSync('package-lock.json', 'utf8'),
  )
  expect(RUNTIME_VERSION).toBe(lock.packages['node_modules/onnxruntime-node']?.version)
  for (const [name, integrity] of Object.entries(RUNTIME_INTEGRITY))
    expect(lock.packages[`node_modules/${name}`]?.integrity).toBe(integrity)
})
