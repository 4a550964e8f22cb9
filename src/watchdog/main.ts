/**
 * @file A thread that ends its process when the one that started it is gone. The process itself hears of that too, but not
 * while native code or a regular expression keeps its main thread busy, which can be for ever. Started by bridge/process-port.ts.
 */

/** Milliseconds between two looks. */
const INTERVAL = 250

/** As the process saw it when it began: by the time that this thread runs it may be gone. */
export interface WatchdogData {
  readonly parent: number
}

export function watchParent({ parent }: WatchdogData): void {
  setInterval(() => {
    if (process.ppid !== parent || !isAlive(parent)) process.kill(process.pid, 'SIGKILL')
  }, INTERVAL)
}

/** Where orphans keep the number of their parent (Windows). A process of another user is alive too. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}
