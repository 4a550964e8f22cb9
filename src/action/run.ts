/** @file One run of the action: what was asked, by what event, with what at hand. */
import type { ConfigFile } from '../contract/yaml/config-file.ts'
import type { CheckRunContent } from '../delivery/github.ts'
import type { Subject } from './asked/audience.ts'
import type { RunEvent } from './asked/event.ts'
import type { ActionInputs } from './asked/inputs.ts'
import type { Job } from './asked/job.ts'
import type { ActionHost } from './host.ts'
import type { Rules } from './rules/rules.ts'
import type { Tools } from './tools.ts'

export interface CheckReporter {
  /** Warns where it can't; nothing where no check run was asked for. */
  finish(content: CheckRunContent): Promise<void>
}

/** What is known before any file of the repository is read. */
export interface Started {
  readonly host: ActionHost
  readonly tools: Tools
  readonly inputs: ActionInputs
  readonly event: RunEvent
  readonly job: Job
  readonly subject: Subject
}

export interface Run extends Started {
  readonly file: ConfigFile | null
  readonly rules: Rules
}
