/** @file `saegate completion`: the script by which a shell completes commands, flags and their choices. */
import { Argument, Command } from 'commander'
import { completionScript, isShell, SHELL_NAMES } from '../completion/scripts.ts'
import type { CliHost } from '../host.ts'

const EXAMPLES = `
Examples:
  $ source <(saegate completion bash)                                    # in ~/.bashrc
  $ saegate completion zsh > "\${fpath[1]}/_saegate"
  $ saegate completion fish > ~/.config/fish/completions/saegate.fish
`

export function completionCommand(host: CliHost): Command {
  const command = new Command('completion')
    .description('Print the script by which bash, zsh or fish completes commands and flags.')
    .addArgument(new Argument('<shell>', 'the shell').choices([...SHELL_NAMES]))
    .addHelpText('after', EXAMPLES)
  return command.action((shell: string) => {
    if (command.parent !== null && isShell(shell)) host.stdout.data(completionScript(shell, command.parent))
  })
}
