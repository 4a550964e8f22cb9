/** @file What the installation of the engine needs of the runner. */
import type { ProgramEnd } from '../../onnx/runtime/cuda-provider.ts'

export interface RuntimeHost {
  readonly env: NodeJS.ProcessEnv
  readonly platform: string
  readonly arch: string
  /** The Node that runs this. */
  readonly execPath: string
  readonly info: (line: string) => void
  /** Without a shell. */
  readonly run: (command: string, args: readonly string[]) => Promise<ProgramEnd>
}
