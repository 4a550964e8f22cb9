/** @file What a release is made by: the workflow that publishes, the file of the image, the version that everything names. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { VERSION } from '../src/version.ts'
import { isWorkflow, type Job } from './action/workflow-lint.ts'

const read = (path: string) => readFileSync(path, 'utf8')

function jobsOf(name: string): Readonly<Record<string, Job>> {
  const value: unknown = parse(read(`.github/workflows/${name}.yml`))
  if (!isWorkflow(value)) throw new Error(`${name} is no workflow`)
  return value.jobs
}
const scriptsOf = (job: Job | undefined): string => (job?.steps ?? []).map(({ run = '' }) => run).join('\n')

describe('the release', () => {
  const { check, publish } = jobsOf('release')

  it('publishes after every check, from a tag that is the version', () => {
    expect(publish?.needs).toBe('check')
    const checks = scriptsOf(check)
    for (const part of ['$GITHUB_REF_NAME', 'npm run bundle', 'git diff --exit-code', 'npm test'])
      expect(checks).toContain(part)
    expect(parse(read('.github/workflows/release.yml')).on).toEqual({
      push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] },
    })
  })

  it('publishes with provenance, runs no script there, and holds no token', () => {
    expect(scriptsOf(publish)).toMatch(/^npm publish --provenance --access public --ignore-scripts$/m)
    expect(scriptsOf(publish)).not.toMatch(/npm (ci|install)/)
    expect(publish?.permissions).toEqual({ contents: 'read', 'id-token': 'write' })
    expect(check?.permissions).toBeUndefined()
    expect(read('.github/workflows/release.yml')).not.toContain('secrets.')
  })

  it('has scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json'))
    const named = [...scriptsOf(check).matchAll(/npm run (\S+)/g)].map((match) => match[1] ?? '')
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('needs one version to be named everywhere', () => {
    const files = ['examples', 'docs', '.github'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(md|ya?ml)$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    const others = ['README.md', ...files].flatMap((file) =>
      [...read(file).matchAll(/saegate\/saegate(?:\/setup)?@v(\d+\.\d+\.\d+)/g)]
        .filter((match) => match[1] !== VERSION)
        .map(([uses]) => `${file}: ${uses}`),
    )
    expect(others).toEqual([])
  })
})

/** Instructions with their continued lines, comments left out. */
const instructions = read('Containerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [word = '', ...rest] = line.trim().split(/\s+/)
    return { word, rest }
  })
const all = (word: string) => instructions.filter((one) => one.word === word).map(({ rest }) => rest)

describe('the image', () => {
  it('has only instructions that there are', () => {
    const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'USER', 'ENTRYPOINT', 'CMD', 'ARG', 'ENV', 'LABEL']
    expect(instructions.filter(({ word }) => !known.includes(word))).toEqual([])
  })

  it('is built on one whole version of a base', () => {
    const bases = all('FROM').map(([image]) => image ?? '')
    expect(new Set(bases).size).toBe(1)
    for (const base of bases)
      expect(base).toMatch(/^docker\.io\/library\/node:\d+\.\d+\.\d+-\w+-slim$|@sha256:/)
  })

  it('copies what is there, and what the build is given', () => {
    const given = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
    const copied = all('COPY')
      .filter(([first]) => !first?.startsWith('--from='))
      .flatMap((words) => words.slice(0, -1))
    expect([...copied].sort()).toEqual([...given].sort())
    expect(copied.filter((path) => !existsSync(path))).toEqual([])
    expect(read('.dockerignore')).toMatch(/^\*$/m)
  })

  it('has everything that the package has', () => {
    const { files } = JSON.parse(read('package.json'))
    const copied = all('COPY').flat()
    expect(files.filter((path: string) => !copied.includes(path))).toEqual([])
  })

  it('runs no script of a package, not as root, and knows no secret', () => {
    const runs = all('RUN').map((words) => words.join(' '))
    const installs = runs.filter((run) => /\bnpm\b/.test(run))
    expect(installs).toHaveLength(1)
    expect(installs[0]).toMatch(/^npm ci --omit=dev --ignore-scripts\b/)
    expect(all('USER').at(-1)).toEqual(['node'])
    expect(all('ARG').concat(all('ENV'))).toEqual([])
    expect(read('Containerfile')).not.toMatch(/token|password|secret/i)
    expect(all('ENTRYPOINT')).toEqual([['["saegate"]']])
  })

  it('keeps the engine’s build of its platform, where the engine’s package has it', () => {
    const [removal = ''] = all('RUN')
      .map((words) => words.join(' '))
      .filter((run) => run.startsWith('find '))
    const [, folder = '', kept = ''] = /^find (\S+) .*! -path "\*\/(\w+)\//.exec(removal) ?? []
    expect(readdirSync(join(folder, kept)).sort()).toEqual(['arm64', 'x64'])
  })

  it('is built and started by a workflow that pushes it nowhere', () => {
    const { build } = jobsOf('container')
    const scripts = scriptsOf(build)
    expect(scripts).toContain('docker build --file Containerfile')
    expect(scripts).toContain('docker run --rm --network none')
    expect(scripts).not.toMatch(/docker (login|push)/)
    expect(build?.permissions).toBeUndefined()
  })
})
