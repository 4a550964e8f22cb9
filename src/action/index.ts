/** @file The action's entry: the process in, an exit status out. */
import { VERSION } from '../version.ts'
import { processHost } from './host.ts'
import { runAction } from './main.ts'
import { realTools } from './tools.ts'

process.exitCode = await runAction(processHost(), realTools(VERSION))
