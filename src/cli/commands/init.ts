/** @file `saegate init`: saegate.yaml, a policy, a workflow and a .gitignore for a repository that has none, and a dry run of the audit. */
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { isDerivedSpec } from '../../compression/derived-spec.ts'
import { AUDIT_OPTIONS } from '../../contract/options/options.ts'
import { initAllExist } from '../../errors/init.ts'
import { oneLine } from '../../escape/visible.ts'
import { SHIPPED_POLICY_NAMES } from '../../policy/reading/shipped.ts'
import { isRemoteSpec } from '../../sources/oci/oci-spec.ts'
import { sharedFlag } from '../flags.ts'
import type { CliHost } from '../host.ts'
import { type InitFlags, interview, type Subjects } from '../init/answers.ts'
import { fittingBlockLength } from '../init/block-length.ts'
import { dryRun } from '../init/dry-run.ts'
import { CONFIG_PATH, configYaml, gitignore, POLICY_PATH, policyYaml, reportFolder } from '../init/files.ts'
import { findHere } from '../init/found-here.ts'
import { exists, writeNewFile } from '../init/new-file.ts'
import { WORKFLOW_PATH, workflowYaml } from '../init/workflow.ts'

/** Three months: what mending a candidate may take. */
const WAIVER_SHOWN_MS = 90 * 86_400_000

type Given = InitFlags & { readonly dir: string; readonly workflow: boolean }

const EXAMPLES = `
Asks for what no flag says, and offers what lies in the folder. An existing file is left as it is. Ends with a dry run of the audit, where
nothing has to be fetched for it.

Examples:
  $ saegate init
  $ saegate init --yes
  $ saegate init --reference ./model --candidate ./model-int8 --sae ./sae --corpus ./eval.txt --policy strict --device cuda
`

export function initCommand(host: CliHost): Command {
  const several = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value]
  return new Command('init')
    .description('Write saegate.yaml, a policy and a GitHub workflow, commented.')
    .addOption(sharedFlag(AUDIT_OPTIONS.reference))
    .addOption(sharedFlag(AUDIT_OPTIONS.candidate).argParser(several))
    .addOption(sharedFlag(AUDIT_OPTIONS.sae).argParser(several))
    .addOption(sharedFlag(AUDIT_OPTIONS.corpus))
    .addOption(sharedFlag(AUDIT_OPTIONS.policy, 'shipped policy to start from').choices(SHIPPED_POLICY_NAMES))
    .addOption(
      sharedFlag(AUDIT_OPTIONS.device, 'where the models run; cuda also chooses a self-hosted runner'),
    )
    .option('--yes', 'ask nothing and take the defaults')
    .option('--dir <DIR>', 'top folder of the repository to write into', '.')
    .option('--no-workflow', 'write no workflow')
    .addHelpText('after', EXAMPLES)
    .action(async (given: Given) => await initialize(host, given))
}

async function initialize(host: CliHost, given: Given): Promise<void> {
  const paths = [CONFIG_PATH, POLICY_PATH, ...(given.workflow ? [WORKFLOW_PATH] : [])]
  const taken = new Set<string>()
  for (const path of paths) if (await exists(join(given.dir, path))) taken.add(path)
  if (taken.size === paths.length) throw initAllExist(paths.map((path) => join(given.dir, path)))

  // Asked is only what some file to be written needs.
  const questions = interview(host, given, await findHere(given.dir))
  const subjects = taken.has(CONFIG_PATH) ? null : await questions.subjects()
  const base = taken.has(POLICY_PATH) ? 'default' : await questions.policy()
  const isDeviceNeeded = subjects !== null || (given.workflow && !taken.has(WORKFLOW_PATH))
  const device = isDeviceNeeded ? await questions.device() : AUDIT_OPTIONS.device.default

  const blockLength =
    subjects === null
      ? AUDIT_OPTIONS.blockLength.default
      : await fittingBlockLength(given.dir, subjects.reference)
  const texts: Readonly<Record<string, string>> = {
    ...(subjects === null ? {} : { [CONFIG_PATH]: configYaml(subjects, device, blockLength) }),
    [POLICY_PATH]: policyYaml(base, new Date(Date.now() + WAIVER_SHOWN_MS).toISOString().slice(0, 10)),
    [WORKFLOW_PATH]: workflowYaml(subjects, device),
  }
  for (const path of paths) {
    const text = taken.has(path) ? undefined : texts[path]
    const isNew = text !== undefined && (await writeNewFile(join(given.dir, path), text))
    host.stdout.write(
      isNew ? `Wrote ${join(given.dir, path)}\n` : `Left ${join(given.dir, path)} as it is.\n`,
    )
  }
  if (taken.has(CONFIG_PATH) && !taken.has(POLICY_PATH))
    host.stdout.write(`To judge by the new policy, write policy: ${POLICY_PATH} into ${CONFIG_PATH}.\n`)
  await ignoreReports(host, given.dir)
  const absent = subjects === null ? [] : await absentFiles(given.dir, subjects)
  if (absent.length > 0) host.stdout.write(`Not there yet: ${absent.join(', ')}\n`)
  else if (subjects !== null)
    for (const line of await dryRun(given.dir, subjects, blockLength)) host.stdout.write(`${oneLine(line)}\n`)
  host.stdout.write(nextStep(given.dir, device))
}

/** Reports are made anew by every run. A .gitignore that is there is its owner's. */
async function ignoreReports(host: CliHost, folder: string): Promise<void> {
  const path = join(folder, '.gitignore')
  if (await writeNewFile(path, gitignore())) host.stdout.write(`Wrote ${path}\n`)
  else host.stdout.write(`Left ${path} as it is; add ${reportFolder()}/ to it unless it is there.\n`)
}

/** What the audit would look for in this folder and not find. */
async function absentFiles(folder: string, subjects: Subjects): Promise<readonly string[]> {
  const { reference, candidates, saes, corpus } = subjects
  const specs = [reference, ...candidates.filter((spec) => !isDerivedSpec(spec)), ...saes, corpus]
  const paths = specs.filter((spec) => !isRemoteSpec(spec)).map((spec) => spec.replace(/^tokens:/, ''))
  const found = await Promise.all(paths.map((path) => exists(resolve(folder, path))))
  return paths.filter((_, index) => found[index] === false)
}

function nextStep(folder: string, device: string): string {
  const command = device === 'cuda' ? 'saegate setup --cuda, then saegate audit' : 'saegate audit'
  return folder === '.' ? `Next: ${command}\n` : `Next, in ${folder}: ${command}\n`
}
