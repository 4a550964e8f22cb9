/** @file The action's entry with a known measurement in place of the models: bundled and run as a process by the tests. */
import { processHost } from '../../src/action/host.ts'
import { runAction } from '../../src/action/main.ts'
import { toolsWith } from './harness.ts'

process.exitCode = await runAction(processHost(), toolsWith())
