/** @file The action as the runner starts it: the process in, an exit status out. */
import { VERSION } from '../version.ts'
import { processHost } from './host.ts'
import { runAction } from './main.ts'
import { realTools } from './tools.ts'

export async function start(): Promise<void> {
  process.exitCode = await runAction(processHost(), realTools(VERSION))
}
