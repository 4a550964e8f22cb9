/** @file Progress on standard error: one line that is rewritten on a terminal, plain lines now and then elsewhere. */
import type { OnProgress } from '../audit/machine/progress.ts'
import { oneLine } from '../escape/visible.ts'
import { ProgressText } from '../gate/progress-text.ts'
import type { CliHost } from './host.ts'

/** Seconds between two updates. */
const TERMINAL_INTERVAL = 0.1
const LOG_INTERVAL = 10
const BAR_WIDTH = 20

export interface ProgressDisplay {
  readonly show: OnProgress
  /** Take the line away. */
  readonly clear: () => void
}

export function progressTo(host: CliHost): ProgressDisplay {
  const { stderr } = host
  const text = new ProgressText(() => host.seconds())
  const interval = stderr.isTTY ? TERMINAL_INTERVAL : LOG_INTERVAL
  let [last, stage, shown] = [Number.NEGATIVE_INFINITY, '', false]
  return {
    show(progress) {
      if (progress.note !== undefined) {
        if (stderr.isTTY) stderr.data('\r\u001B[2K')
        stderr.write(`${oneLine(progress.note)}\n`)
        return
      }
      const line = text.line(progress)
      const now = host.seconds()
      const due = now - last >= interval || (stderr.isTTY ? progress.stage !== stage : false)
      if (!due) return
      ;[last, stage, shown] = [now, progress.stage, true]
      if (!stderr.isTTY) {
        stderr.write(`${line}\n`)
        return
      }
      const full = Math.round(progress.overall * BAR_WIDTH)
      const bar = `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`
      stderr.data(`\r\u001B[2K${oneLine(`${bar} ${line}`).slice(0, Math.max(20, stderr.columns - 1))}`)
    },
    clear() {
      if (shown && stderr.isTTY) stderr.data('\r\u001B[2K')
      shown = false
    },
  }
}
