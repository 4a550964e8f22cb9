import { defineConfig } from 'vitest/config'

/** As rolldown.config.mjs bundles them. */
const yamlAsText = {
  name: 'yaml-as-text',
  enforce: 'pre' as const,
  transform: (text: string, id: string) =>
    id.endsWith('.yaml') ? { code: `export default ${JSON.stringify(text)}`, map: null } : undefined,
}

export default defineConfig({
  plugins: [yamlAsText],
  test: {
    include: ['test/**/*.test.ts'],
    // The longest takes a minute on two idle cores: a machine several times slower passes too, and a hang is still found.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // A file says `@module-tag slow` in its first comment.
    tags: [{ name: 'slow', description: 'whole audits, built programs and browsers: over five seconds' }],
    // Each file has its own engine; more at once than cores only makes each slower.
    maxWorkers: 2,
  },
})
