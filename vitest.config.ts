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
    // Audits and generated checkpoints take seconds on two cores; a hang is still found.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each file has its own engine; more at once than cores only makes each slower.
    maxWorkers: 2,
  },
})
