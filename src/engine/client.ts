/** @file Starts the engine process, hears its progress, and gives its measurement. */
import { dirname } from 'node:path'
import type { OnProgress, Progress } from '../audit/machine/progress.ts'
import { startProcess } from '../bridge/process.ts'
import { isBundled, programFile } from '../bridge/program-file.ts'
import { removeDeadTemporaries } from '../bytes/leftovers.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import { interrupted } from '../errors/engine.ts'
import { present } from '../numbers/present.ts'
import type { Environment } from '../sources/hub-settings.ts'
import { engineEnvironment } from './environment.ts'
import { MEMORY_KEPT } from './memory-kept.ts'
import type { EngineAnswer, EngineRequest, WrittenShard } from './protocol.ts'

export interface EngineOptions {
  readonly onProgress: OnProgress
  /** Aborting kills the engine at once and rejects with INTERRUPTED. */
  readonly signal: AbortSignal
  /** What the engine is given a part of; by default what this process has. */
  readonly environment?: Environment
}

/** Measure in a process of its own; in this one where the source runs without a bundle. Errors: whatever the audit raises, ENGINE_DIED, ENGINE_CRASHED, INTERRUPTED, HUB_IDENTITY_*. */
export async function measureInEngine(
  request: Omit<EngineRequest, 'shard'>,
  options: EngineOptions,
): Promise<Measurement> {
  return present((await askEngine(request, options)).measurement, 'a measurement')
}

/** One shard, likewise, which is then on disk. Errors: as well those of writing, SHARD_UNSUPPORTED, SHARDS_TOO_MANY. */
export async function shardInEngine(
  request: EngineRequest & Required<Pick<EngineRequest, 'shard'>>,
  options: EngineOptions,
): Promise<WrittenShard> {
  try {
    return present((await askEngine(request, options)).shard, 'a shard')
  } catch (error) {
    // A process that is killed leaves what it was writing.
    await removeDeadTemporaries(dirname(request.shard.path))
    throw error
  }
}

async function askEngine(
  request: EngineRequest,
  { onProgress, signal, environment: given = process.env }: EngineOptions,
): Promise<EngineAnswer> {
  if (signal.aborted) throw interrupted()
  const environment = await engineEnvironment(request.config, given)
  if (signal.aborted) throw interrupted()
  // Loaded here alone: the program that starts a process for it does without.
  if (!isBundled('engine')) return await (await import('./answer.ts')).answer(request, onProgress)
  const nodeOptions = debugOptions(process.env.SAEGATE_ENGINE_OPTIONS)
  const engine = startProcess<EngineRequest, EngineAnswer, Progress>('The engine process', {
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
