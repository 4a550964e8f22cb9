/** @file One run of the action: what was asked, by what event, with what at hand. */
import type { ConfigFile } from '../contract/yaml/config-file.ts'
import type { CheckRunContent } from '../delivery/github.ts'
import type { RunEvent } from './event.ts'
import type { ActionHost } from './host.ts'
import type { ActionInputs } from './inputs.ts'
import type { Tools } from './tools.ts'

export interface CheckReporter {
  /** Warns where it can't; nothing where no check run was asked for. */
  finish(content: CheckRunContent): Promise<void>
}

export interface Run {
  readonly host: ActionHost
  readonly tools: Tools
  readonly inputs: ActionInputs
  readonly event: RunEvent
  readonly file: ConfigFile | null
  readonly check: CheckReporter
}
