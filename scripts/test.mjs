/**
 * @file `npm test`: set up, then every check there is: format and lint, types, dist/ as built from src/, all tests.
 * Ends with a line `N passed, N failed`, in which each check counts as one and each test as one.
 *
 *     npm test -- audit           the tests of a stage, or of a file, alone; dist/ is built anew where they start it and it is old
 *     npm test -- audit --fast    without those that are tagged slow
 *
 * Everything else is handed to vitest.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { ensureDependencies, root, tool, toolBeside } from './setup.mjs'

ensureDependencies()

const scratch = mkdtempSync(join(tmpdir(), 'saegate-test-'))
// What tests write goes there too, and with it at the end.
for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = scratch
const tally = { passed: 0, failed: 0, skipped: 0 }

function check(name, ok) {
  tally[ok ? 'passed' : 'failed']++
  console.log(`${ok ? '✓' : '✗'} ${name}`)
}

/** dist/ as it is committed against dist/ as src/ builds it now. */
async function distIsCurrent() {
  const before = contents('dist')
  if ((await toolBeside('rolldown', ['-c', 'rolldown.config.mjs', '--logLevel', 'silent'])) !== 0)
    return false
  const after = contents('dist')
  const names = new Set([...before.keys(), ...after.keys()])
  const stale = [...names].filter((name) => before.get(name) !== after.get(name))
  for (const name of stale) console.log(`  dist/${name} did not match src/ (it has been rebuilt; commit it)`)
  return stale.length === 0
}

function contents(folder) {
  try {
    const names = readdirSync(join(root, folder))
    return new Map(names.map((name) => [name, readFileSync(join(root, folder, name), 'utf8')]))
  } catch {
    return new Map()
  }
}

/** Paths that the arguments choose: a stage by its name, else what vitest takes for a part of a path. */
function chosen(args) {
  return args
    .filter((one) => !one.startsWith('-'))
    .map((one) => (existsSync(join(root, 'test', one)) ? `test/${one}` : one))
}

/** Build dist/ where a chosen test starts it, or its helper does, and a source is newer. */
function refreshDist(paths) {
  const startsDist = filesOf('test')
    .filter((file) => file.endsWith('.ts') && paths.some((path) => file.includes(path)))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .some((text) => /dist\/|\/program\.ts'/.test(text) && !(isFast && text.includes('@module-tag slow')))
  if (!startsDist) return
  const built = existsSync(join(root, 'dist/cli.js')) ? statSync(join(root, 'dist/cli.js')).mtimeMs : 0
  if (filesOf('src').every((file) => statSync(join(root, file)).mtimeMs <= built)) return
  console.log('building dist/ …')
  tool('rolldown', ['-c', 'rolldown.config.mjs', '--logLevel', 'silent'])
}

function filesOf(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)).replaceAll('\\', '/'))
}

/** Tests, counted from vitest's own report. */
async function tests(args) {
  const report = join(scratch, 'vitest.json')
  const status = await toolBeside('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  ])
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
    tally.passed += numPassedTests
    tally.failed += numFailedTests
    tally.skipped += numPendingTests
    if (status !== 0 && numFailedTests === 0) check('vitest', false)
  } catch {
    check('vitest', false)
  }
}

const started = performance.now()
const args = process.argv.slice(2)
const isFast = args.includes('--fast')
const paths = chosen(args)
const options = args.filter((one) => one.startsWith('-') && one !== '--fast')
if (isFast) {
  process.env.SAEGATE_FAST_TESTS = '1'
  options.push('--tags-filter=!slow')
}
if (paths.length > 0) {
  refreshDist(paths)
  await tests([...paths, ...options])
} else {
  // First, for tests start it.
  check('dist/ is built from src/', await distIsCurrent())
  // Beside the tests: they leave a core idle now and then, and these two use one for the most part.
  const types = toolBeside('typescript', ['-p', '.'])
  const style = toolBeside('@biomejs/biome', ['check', '--error-on-warnings'])
  await tests(options)
  check('format and lint (biome check)', (await style) === 0)
  check('types (tsc)', (await types) === 0)
}
rmSync(scratch, { recursive: true, force: true })
console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`)
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`)
process.exit(tally.failed === 0 ? 0 : 1)
