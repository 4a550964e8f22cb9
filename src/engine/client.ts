/** @file Starts the engine process, hears its progress, and gives its measurement. */
import type { OnProgress, Progress } from '../audit/machine/progress.ts'
import { startProcess } from '../bridge/process.ts'
import { programFile } from '../bridge/program-file.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import { interrupted } from '../errors/engine.ts'
import { engineEnvironment } from './environment.ts'
import type { EngineRequest } from './protocol.ts'

/**
 * glibc gives allocations of the first size and more back to the system at once, and of smaller ones what lies free beyond the
 * second at the end of its heap. By default it comes to keep blocks of up to 32 MiB, which is what tensors are, and a model
 * then takes 1.3 times its weights in float32; gave it back all that it can, every run would touch new pages, which on a
 * virtual machine take longer than the run (docs/decisions/2026-11-29-processor-time.md). For the same reason it asks for pages of
 * 2 MiB, which Linux gives where it is asked; a glibc that has no such setting (before 2.35) leaves it unread.
 */
const MEMORY_KEPT = {
  MALLOC_MMAP_THRESHOLD_: String(2 ** 23),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 26),
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
}

export interface EngineOptions {
  readonly onProgress: OnProgress
  /** Aborting kills the engine at once and rejects with INTERRUPTED. */
  readonly signal: AbortSignal
}

/** Measure in a process of its own. Errors: whatever the audit raises, ENGINE_DIED, ENGINE_CRASHED, INTERRUPTED, HUB_IDENTITY_*. */
export async function measureInEngine(
  request: EngineRequest,
  { onProgress, signal }: EngineOptions,
): Promise<Measurement> {
  if (signal.aborted) throw interrupted()
  const environment = await engineEnvironment(request.config, process.env)
  if (signal.aborted) throw interrupted()
  const nodeOptions = debugOptions(process.env.SAEGATE_ENGINE_OPTIONS)
  const engine = startProcess<EngineRequest, Measurement, Progress>('The engine process', {
    file: programFile('engine'),
    env: { ...MEMORY_KEPT, ...environment },
    nodeOptions,
    showsOutput: nodeOptions.length > 0,
  })
  const onAbort = (): void => engine.cancel(interrupted())
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await engine.ask(request, onProgress)
  } finally {
    signal.removeEventListener('abort', onAbort)
    await engine.close()
  }
}

/** Node's options for the engine as SAEGATE_ENGINE_OPTIONS lists them, apart by spaces. None: it runs undisturbed and unheard. */
function debugOptions(listed = ''): readonly string[] {
  return listed.split(/\s+/).filter((option) => option !== '')
}
