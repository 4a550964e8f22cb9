import { readdirSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** As rolldown.config.mjs bundles them. */
const yamlAsText = {
  name: 'yaml-as-text',
  enforce: 'pre' as const,
  transform: (text: string, id: string) =>
    id.endsWith('.yaml') ? { code: `export default ${JSON.stringify(text)}`, map: null } : undefined,
}

const ALL = ['test/**/*.test.ts']
/** A file says `@module-tag slow` in its first comment. */
const isSlow = (path: string): boolean => readFileSync(path, 'utf8').includes('@module-tag slow')
/** `npm test -- STAGE --fast` sets it: files that are left out are not even loaded. */
const LEFT_OUT = process.env.SAEGATE_FAST_TESTS === '1' ? testFiles().filter(isSlow) : []

function testFiles(): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => `test/${path.replaceAll('\\', '/')}`)
}
/**
 * Files that replace a module, or look at what loading one does to its process. All others share two processes: to load the
 * program anew for every file took a third of the time.
 */
const APART = ['test/audit/fused-failures.test.ts', 'test/gate/killed.test.ts', 'test/onnx/runtime.test.ts']

/** Seconds of each file that takes long, as scripts/durations.mjs has recorded them. */
const DURATIONS: Readonly<Record<string, number>> = JSON.parse(readFileSync('test/durations.json', 'utf8'))
/** Of a slow file that was not there yet. */
const UNKNOWN_SECONDS = 5

/** Files apart first, for each begins a process anew; then the longest, so that no long one is left at the end with one process idle. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const seconds = ({ moduleId }: TestSpecification): number => {
      const path = relative(this.ctx.config.root, moduleId).replaceAll('\\', '/')
      if (APART.includes(path)) return Number.POSITIVE_INFINITY
      return DURATIONS[path] ?? (isSlow(moduleId) ? UNKNOWN_SECONDS : 0)
    }
    const known = new Map(files.map((file) => [file, seconds(file)]))
    const of = (file: TestSpecification): number => known.get(file) ?? 0
    return (await super.sort(files)).sort((a, b) => (of(a) === of(b) ? 0 : of(b) - of(a)))
  }
}

export default defineConfig({
  plugins: [yamlAsText],
  test: {
    // The longest takes a minute on two idle cores: a machine several times slower passes too, and a hang is still found.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // What a file is turned into is kept between runs (node_modules/.experimental-vitest-cache).
    experimental: { fsModuleCache: true },
    tags: [{ name: 'slow', description: 'whole audits, built programs and browsers: over five seconds' }],
    // Two cores: a test that waits for a process which it started leaves half of one idle.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    projects: [
      { extends: true, test: { name: 'apart', include: APART, exclude: LEFT_OUT } },
      {
        extends: true,
        test: { name: 'together', include: ALL, exclude: [...APART, ...LEFT_OUT], isolate: false },
      },
    ],
  },
})
