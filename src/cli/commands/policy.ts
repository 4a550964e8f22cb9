/** @file `saegate policy check` and `saegate policy explain`. */
import { Command } from 'commander'
import { readPolicy } from '../../gate/judging.ts'
import { checkPolicy } from '../../policy/check.ts'
import { explainPolicy } from '../../policy/explain.ts'
import type { CliHost } from '../host.ts'

export function policyCommand(host: CliHost): Command {
  const command = new Command('policy').description('Check a policy file, or say in words what it demands.')
  command
    .command('check')
    .description('Check a policy: syntax, limits, dates. Exit status 2 when it is wrong.')
    .argument('<file>', 'a YAML file, or default, strict, research')
    .action(async (file: string) => {
      const { summary, hints } = checkPolicy(await readPolicy(file), new Date().toISOString().slice(0, 10))
      host.stdout.write(`${[summary, ...hints].join('\n')}\n`)
    })
  command
    .command('explain')
    .description('Say in words what a policy demands.')
    .argument('<file>', 'a YAML file, or default, strict, research')
    .action(async (file: string) => host.stdout.write(`${explainPolicy(await readPolicy(file)).trimEnd()}\n`))
  return command
}
