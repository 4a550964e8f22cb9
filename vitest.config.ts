import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Audits and generated checkpoints take seconds on two cores; a hang is still found.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each file has its own engine; more at once than cores only makes each slower.
    maxWorkers: 2,
  },
})
