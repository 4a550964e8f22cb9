/** @file `saegate setup`: a small script stands where onnxruntime's own is, and runs as that does. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Installation, setupCommand } from '../../src/cli/commands/setup.ts'
import { SaegateError } from '../../src/errors/problem.ts'
import { findCudaLibraries } from '../../src/onnx/runtime/cuda-libraries.ts'
import {
  cudaLibrary,
  engineLibraries,
  isCudaPlatform,
  scriptEnvironment,
} from '../../src/onnx/runtime/cuda-provider.ts'
import { fakeHost, runHere } from './fake-host.ts'

const LINUX = { platform: 'linux', arch: 'x64' } as const
const LOADER_FOLDER = 'usr/lib/x86_64-linux-gnu'
const LIBRARIES = ['cuda.so.1', 'cudart.so.12', 'cublas.so.12', 'cublasLt.so.12', 'cufft.so.11', 'cudnn.so.9']

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'saegate-setup-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const put = (path: string, content = '') => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}
const engine = () => join(root, 'onnxruntime-node')
const provider = () => join(engineLibraries(engine(), LINUX), cudaLibrary(LINUX))

/** Install `body` as the package's script; it may use `library`, the path it has to fill. */
function machine(body: string): Installation {
  mkdirSync(engineLibraries(engine(), LINUX), { recursive: true })
  put(
    'onnxruntime-node/script/install.js',
    `const { writeFileSync } = require('node:fs')
const library = ${JSON.stringify(provider())}
writeFileSync(library.replace('_cuda', '_shared'), '')
writeFileSync(library + '.args', JSON.stringify([process.argv.slice(2), Object.keys(process.env)]))
${body}\n`,
  )
  return { ...LINUX, engineFolder: engine, node: process.execPath, root }
}

async function setup(installation: Installation, args: readonly string[] = ['--cuda'], env = {}) {
  const host = fakeHost([], null, env)
  const command = setupCommand(host, installation).exitOverride()
  const error = await command.parseAsync([...args], { from: 'user' }).then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error !== null && !(error instanceof SaegateError)) throw error
  return { error, out: host.out(), err: host.err() }
}

describe('saegate setup --cuda', () => {
  it('runs onnxruntime’s script with its flag, shows nothing of it, and names the next command', async () => {
    const { error, out, err } = await setup(
      machine(`console.log('Downloading'); writeFileSync(library, 'native')`),
      ['--cuda'],
      { PATH: '/bin', ONNXRUNTIME_NODE_INSTALL: 'skip', npm_config_onnxruntime_node_install_cuda: 'skip' },
    )
    expect(error).toBeNull()
    expect(out).toContain(`The CUDA provider is installed: ${provider()}\nNext: saegate doctor\n`)
    expect(err).toMatch(/^Downloading the CUDA provider of onnxruntime-node [\d.]+ \(300 MB\) …\n$/)
    const [args, environment] = JSON.parse(readFileSync(`${provider()}.args`, 'utf8'))
    expect(args).toEqual(['--onnxruntime-node-install=cuda12'])
    expect(environment).toContain('PATH')
    expect(environment.join()).not.toMatch(/onnxruntime/i)
  })

  it('does not run it again', async () => {
    const installation = machine(`throw new Error('not again')`)
    writeFileSync(provider(), 'native')
    writeFileSync(provider().replace('_cuda', '_shared'), 'native')
    const { error, out } = await setup(installation)
    expect(error).toBeNull()
    expect(out).toContain(`already installed: ${provider()}\n`)
    expect(out).toMatch(/Next: saegate doctor\n$/)
  })

  it.each([
    ['without its other half', () => writeFileSync(provider(), 'native')],
    [
      'cut short',
      () => {
        const whole = readFileSync('node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1')
        writeFileSync(provider(), whole.subarray(0, whole.length / 2))
        writeFileSync(provider().replace('_cuda', '_shared'), 'native')
      },
    ],
  ])('completes a download that lies there %s', async (_, put) => {
    const installation = machine(`writeFileSync(library, 'whole')`)
    put()
    const { out } = await setup(installation)
    expect(out).toContain(`The CUDA provider is installed: ${provider()}`)
    expect(readFileSync(provider(), 'utf8')).toBe('whole')
  })

  it('goes through the proxy that everybody goes through', () => {
    const env = {
      HTTPS_PROXY: 'http://proxy:3128',
      no_proxy: 'localhost',
      GLOBAL_AGENT_HTTP_PROXY: 'http://own',
    }
    expect(scriptEnvironment({ ...env, HTTP_PROXY: 'http://other' })).toEqual({
      ...env,
      HTTP_PROXY: 'http://other',
      GLOBAL_AGENT_HTTPS_PROXY: 'http://proxy:3128',
      GLOBAL_AGENT_NO_PROXY: 'localhost',
    })
  })
})

describe('the script of saegate setup --cuda', () => {
  it('shows its output when it fails, and says in one line why', async () => {
    const { error, err } = await setup(
      machine(`console.log('\\x1b[31mDownloading\\x07'); throw new Error('getaddrinfo ENOTFOUND somewhere')`),
    )
    expect(error).toMatchObject({ code: 'SETUP_FAILED', exitStatus: 3 })
    expect(error?.message).toContain('ended with 1: Error: getaddrinfo ENOTFOUND somewhere.')
    expect(error?.fix).toContain('network')
    expect(err).toContain('  | [31mDownloading\n')
    expect(err).toContain('  | Error: getaddrinfo ENOTFOUND somewhere\n')
  })

  it('leaves no half of a library behind', async () => {
    const { error } = await setup(machine(`writeFileSync(library, 'half'); process.exit(7)`))
    expect(error?.message).toContain('ended with 7: it said nothing')
    expect(existsSync(provider())).toBe(false)
  })

  it('does not believe a script that succeeds and brings nothing', async () => {
    const { error } = await setup(machine(`console.log('all good')`))
    expect(error).toMatchObject({ code: 'SETUP_FAILED' })
    expect(error?.message).toContain(`${cudaLibrary(LINUX)} is not there`)
  })

  it('says so when there is no script, or no Node to run it', async () => {
    const installation = machine('')
    rmSync(join(engine(), 'script'), { recursive: true })
    expect((await setup(installation)).error?.message).toContain('Cannot find module')
    const missing = await setup({ ...installation, node: join(root, 'no-node') })
    expect(missing.error?.message).toContain('ENOENT')
  })
})

describe('saegate setup --cuda does not begin', () => {
  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('where it may not write', async () => {
    const installation = machine('')
    chmodSync(engineLibraries(engine(), LINUX), 0o555)
    expect((await setup(installation)).error?.code).toBe('SETUP_FOLDER_REFUSED')
    chmodSync(engineLibraries(engine(), LINUX), 0o755)
  })

  it('where the engine’s folder is not there', async () => {
    const installation = machine('')
    rmSync(join(engine(), 'bin'), { recursive: true })
    expect((await setup(installation)).error?.code).toBe('SETUP_FOLDER_REFUSED')
  })

  it.each([
    ['win32', 'x64'],
    ['darwin', 'arm64'],
    ['linux', 'arm64'],
  ])('on %s %s, which has no CUDA provider', async (platform, arch) => {
    const { error, out } = await setup({ ...machine('process.exit(1)'), platform, arch })
    expect(error).toMatchObject({ code: 'SETUP_NO_CUDA', exitStatus: 2 })
    expect(error?.message).toContain(`this is ${platform} ${arch}`)
    expect([out, existsSync(`${provider()}.args`)]).toEqual(['', false])
  })

  it('on platforms without a download in onnxruntime’s own list, and on those only', () => {
    const metadata = readFileSync('node_modules/onnxruntime-node/script/install-metadata.js', 'utf8')
    const listed = [...metadata.matchAll(/'(\w+)\/(\w+)': \[(.*)\]/g)]
    expect(listed.length).toBeGreaterThan(4)
    for (const [, platform = '', arch = '', downloads = ''] of listed)
      expect(isCudaPlatform({ platform, arch }), `${platform}/${arch}`).toBe(downloads.includes('cuda12'))
  })
})

describe('the libraries that CUDA needs', () => {
  const putAll = (folder: string) => {
    for (const name of LIBRARIES) put(`${folder}/lib${name}`)
  }

  it('are not mentioned where the loader finds them', async () => {
    putAll(LOADER_FOLDER)
    expect(findCudaLibraries({ libraryPath: undefined, root })).toEqual({
      missing: [],
      unsearched: [],
      otherVersions: [],
    })
    const { out } = await setup(machine(`writeFileSync(library, 'native')`))
    expect(out).toMatch(/^The CUDA provider is installed/)
  })

  it('are named where they are not found, and do not stop anything', async () => {
    putAll(LOADER_FOLDER)
    rmSync(join(root, LOADER_FOLDER, 'libcudnn.so.9'))
    const { error, out } = await setup(machine(`writeFileSync(library, 'native')`))
    expect(error).toBeNull()
    expect(out).toMatch(/^Probably missing on this machine: libcudnn\.so\.9 \(cuDNN 9\)\./)
  })

  it('may be there of another CUDA only', async () => {
    for (const name of ['cudart.so.13', 'cublas.so.13']) put(`usr/local/cuda-13/lib64/lib${name}`)
    const { out } = await setup(machine(`writeFileSync(library, 'native')`))
    expect(out).toContain('This machine has libcudart.so.13, libcublas.so.13, and the provider')
  })

  it('are looked for in LD_LIBRARY_PATH and where ld.so.conf.d says', () => {
    putAll('opt/somewhere')
    expect(findCudaLibraries({ libraryPath: undefined, root }).missing).toHaveLength(LIBRARIES.length)
    expect(findCudaLibraries({ libraryPath: `:${join(root, 'opt/somewhere')}`, root }).missing).toEqual([])
    put('etc/ld.so.conf.d/cuda.conf', '# comment\n/opt/somewhere # there\n')
    expect(findCudaLibraries({ libraryPath: undefined, root })).toEqual({
      missing: [],
      unsearched: [],
      otherVersions: [],
    })
  })

  it('are pointed at where they lie unseen', async () => {
    putAll('usr/local/cuda/lib64')
    const folder = join(root, 'usr/local/cuda/lib64')
    expect(findCudaLibraries({ libraryPath: '', root })).toEqual({
      missing: [],
      unsearched: [folder],
      otherVersions: [],
    })
    const { out } = await setup(machine(`writeFileSync(library, 'native')`))
    expect(out).toContain(`export LD_LIBRARY_PATH=${folder} before saegate`)
    expect(findCudaLibraries({ libraryPath: folder, root })).toEqual({
      missing: [],
      unsearched: [],
      otherVersions: [],
    })
  })
})

describe('saegate setup', () => {
  it('without a flag says what it can do, and does nothing', async () => {
    const { status, out, err } = await runHere(['setup'])
    expect([status, err]).toEqual([0, ''])
    expect(out).toContain('saegate setup --cuda')
    expect(out).toContain('saegate doctor')
  })
})
