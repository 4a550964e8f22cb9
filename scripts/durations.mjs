/**
 * @file A reporter of vitest's that writes how long each test file takes to test/durations.json, by which vitest.config.ts begins
 * with the longest. To record it anew, on a machine with nothing else to do:
 *
 *     npm test -- --reporter=./scripts/durations.mjs
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup.mjs'

/** Files that take less are not listed: their order changes nothing. */
const LEAST_SECONDS = 5

export default class Durations {
  onTestRunEnd(modules) {
    const taken = modules
      .map((one) => {
        const { collectDuration, duration } = one.diagnostic()
        return [one.relativeModuleId, Math.round((collectDuration + duration) / 1000)]
      })
      .filter(([, seconds]) => seconds >= LEAST_SECONDS)
      .sort(([a, most], [b, less]) => less - most || a.localeCompare(b))
    writeFileSync(
      join(root, 'test/durations.json'),
      `${JSON.stringify(Object.fromEntries(taken), null, 2)}\n`,
    )
  }
}
