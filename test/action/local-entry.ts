/** @file The action as @github/local-action starts it: a module with `run`, the toolkit's stubs in place of the runner. */
import { processHost } from '../../src/action/host.ts'
import { runAction } from '../../src/action/main.ts'
import { toolsWith } from './harness.ts'

export async function run(): Promise<void> {
  process.exitCode = await runAction(processHost(), toolsWith())
}
