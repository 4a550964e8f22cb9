/** @file The action's entry: the process in, an exit status out. */
import { endOnDefect } from '../gate/last-handler.ts'
import { VERSION } from '../version.ts'
import { announceAtOnce } from './announce.ts'
import { processHost } from './host.ts'
import { runAction } from './main.ts'
import { realTools } from './tools.ts'

const host = processHost()
endOnDefect((defect, cause) => announceAtOnce(host, defect, cause))
process.exitCode = await runAction(host, realTools(VERSION))
