/**
 * @file A process that writes a report into a folder and is killed by SIGKILL just before one of its steps on disk. Bundled
 * and started by killed.test.ts: node write-report-entry.mjs FOLDER CREATED-AT STEP
 */
import { writeReport } from '../../src/gate/report-folder.ts'
import { watchDisk } from './disk-steps.ts'
import { fewFiles } from './few-files.ts'

const [, , folder = '', createdAt = '', last = ''] = process.argv
let steps = 0
await watchDisk(() => {
  steps++
  if (steps === Number(last)) process.kill(process.pid, 'SIGKILL')
  return false
})
await writeReport(fewFiles(createdAt), folder, new AbortController().signal)
