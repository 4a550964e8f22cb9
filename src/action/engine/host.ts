/** @file What the installation of the engine needs of the runner. */
import type { ProgramEnd } from '../../onnx/runtime/cuda-provider.ts'

export interface RuntimeHost {
  readonly env: NodeJS.ProcessEnv
  readonly platform: string
  readonly arch: string
  /** The Node that runs this. */
  readonly execPath: string
  readonly info: (line: string) => void
  /** Without a shell. `env`: where it is not this process's own. */
  readonly run: (command: string, args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<ProgramEnd>
  /** Does a driver of NVIDIA's answer? */
  readonly hasNvidiaDriver: () => boolean
  /** Stands before the system's library folders: absent but in tests. */
  readonly root?: string
}
