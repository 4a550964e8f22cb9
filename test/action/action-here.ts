/**
 * @file The action with the stages as they are, the engine's work too, in this process: for tests of what it measures, refuses and says,
 * not of how processes begin and end. To start two takes longer than a short audit.
 */
import { runAction } from '../../src/action/main.ts'
import { realTools } from '../../src/action/tools.ts'
import { VERSION } from '../../src/version.ts'
import { withEnvironment } from '../with-environment.ts'
import { hostWith, type Inputs, type Recorded, recorder } from './harness.ts'

export interface ActedHere {
  readonly status: number
  /** What the log and the annotations hold. */
  readonly said: string
  readonly seen: Recorded
}

/** `env`: all that a runner sets. The process is in the workspace while it runs, as a runner's is. */
export async function actionHere(inputs: Inputs, env: Readonly<Record<string, string>>): Promise<ActedHere> {
  const { core, seen } = recorder(inputs)
  const home = process.cwd()
  const host = { ...hostWith(core, seen, { ...env }), enter: (folder: string) => process.chdir(folder) }
  const status = await withEnvironment(env, () => runAction(host, realTools(VERSION))).finally(() =>
    process.chdir(home),
  )
  const told = seen.annotations.map(({ title, message }) => `${title}: ${message}`)
  return { status, said: [...seen.log, ...told].join('\n'), seen }
}
