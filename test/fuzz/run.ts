/** @file One broken input through one reader, and what is wrong with how it ended; null: nothing. */
import { SaegateError } from '../../src/errors/problem.ts'
import { mutated, randomOf } from './mutate.ts'
import { READERS } from './readers.ts'

export const MOST_SECONDS = 5
const MOST_BYTES = 2 ** 30

/** Input number `index` of a reader under a seed: the same on every machine. */
export function inputOf(seed: string, reader: string, index: number): Uint8Array {
  const random = randomOf(`${seed}:${reader}:${index}`)
  const seeds = READERS[reader]?.seeds ?? []
  return mutated(seeds[Math.floor(seeds.length * random())] ?? new Uint8Array(0), random)
}

export async function flawOf(seed: string, reader: string, index: number): Promise<string | null> {
  const input = inputOf(seed, reader, index)
  const started = process.cpuUsage()
  let flaw: string | null = null
  try {
    await READERS[reader]?.read(input)
  } catch (error) {
    if (!(error instanceof SaegateError))
      flaw = error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
  const { user, system } = process.cpuUsage(started)
  const seconds = (user + system) / 1e6
  if (seconds > MOST_SECONDS) flaw ??= `took ${seconds.toFixed(1)} s of the processor`
  // The most that this process ever held: the one who crosses the line is the one.
  if (process.resourceUsage().maxRSS * 1024 > MOST_BYTES) flaw ??= 'took over 1 GB of memory'
  return flaw
}
