/**
 * @file Completion scripts for bash, zsh and fish, written from the commands: names, flags, and the values of flags that have a choice.
 * Everything else completes to files. Nothing of it is run by saegate itself.
 */
import type { Command, Option } from 'commander'

/** What a shell completes of one command. */
interface Completed {
  readonly name: string
  readonly words: string
  readonly flags: readonly CompletedFlag[]
  /** Commands inside it. */
  readonly inner: readonly string[]
}

interface CompletedFlag {
  readonly names: readonly string[]
  readonly words: string
  readonly choices: readonly string[]
  readonly takesValue: boolean
}

const SHELLS = { bash, zsh, fish } as const
export type Shell = keyof typeof SHELLS
export const SHELL_NAMES: readonly string[] = Object.keys(SHELLS)
export const isShell = (name: string): name is Shell => Object.hasOwn(SHELLS, name)

/** The script that `shell` sources. */
export function completionScript(shell: Shell, program: Command): string {
  return SHELLS[shell](program.commands.map(completed))
}

const completed = (command: Command): Completed => ({
  name: command.name(),
  words: firstSentence(command.description()),
  flags: [...command.options.filter(({ hidden }) => !hidden).map(completedFlag), HELP],
  inner: command.commands.map((one) => one.name()),
})

const HELP: CompletedFlag = { names: ['--help'], words: 'display help', choices: [], takesValue: false }

const completedFlag = ({ short, long, description, argChoices, required }: Option): CompletedFlag => ({
  names: [long, short].filter((name) => name !== undefined && name !== null),
  words: firstSentence(description),
  choices: argChoices ?? [],
  takesValue: required,
})

const firstSentence = (text: string): string => text.split(/[.;:\n]/)[0]?.trim() ?? ''
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

function bash(commands: readonly Completed[]): string {
  const cases = commands.map(({ name, flags, inner }) => {
    const words = [...inner, ...flags.flatMap(({ names }) => names)].join(' ')
    const values = flags
      .filter(({ choices }) => choices.length > 0)
      .map(({ names, choices }) => `        ${names.join('|')}) words=${quoted(choices.join(' '))} ;;`)
    const files = flags.filter(({ takesValue, choices }) => takesValue && choices.length === 0)
    const asFile =
      files.length === 0 ? [] : [`        ${files.flatMap(({ names }) => names).join('|')}) words= ;;`]
    return [
      `    ${name})`,
      `      words=${quoted(words)}`,
      '      case "$before" in',
      ...values,
      ...asFile,
      '      esac ;;',
    ].join('\n')
  })
  return `# saegate completion for bash: source <(saegate completion bash)
_saegate() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=${quoted(commands.map(({ name }) => name).join(' '))}
  else
    case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _saegate saegate
`
}

function zsh(commands: readonly Completed[]): string {
  const bracketed = (text: string): string => text.replaceAll(/[[\]\\:]/g, '\\$&')
  const list = commands.map(({ name, words }) => `    ${quoted(`${name}:${bracketed(words)}`)}`)
  const cases = commands.map(({ name, flags, inner }) => {
    const specs = flags.flatMap(({ names, words, choices, takesValue }) => {
      const value = choices.length > 0 ? `:value:(${choices.join(' ')})` : takesValue ? ':value:_files' : ''
      return names.map((flag) => `        ${quoted(`*${flag}[${bracketed(words)}]${value}`)}`)
    })
    const rest = inner.length > 0 ? `'1:command:(${inner.join(' ')})'` : "'*:file:_files'"
    return [
      `    ${name})`,
      '      _arguments \\',
      ...specs.map((one) => `${one} \\`),
      `        ${rest} ;;`,
    ].join('\n')
  })
  return `#compdef saegate
# saegate completion for zsh: source <(saegate completion zsh), or write it into a folder of $fpath as _saegate
_saegate() {
  local -a commands
  commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
compdef _saegate saegate
`
}

function fish(commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ name, words, flags, inner }) => {
    const inside = `__fish_seen_subcommand_from ${name}`
    return [
      `complete -c saegate -n __fish_use_subcommand -f -a ${name} -d ${fishQuoted(words)}`,
      ...(inner.length === 0
        ? []
        : [`complete -c saegate -n ${fishQuoted(inside)} -f -a ${fishQuoted(inner.join(' '))}`]),
      ...flags.map(({ names, words: what, choices, takesValue }) => {
        const spelled = names.map((flag) =>
          flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
        )
        const value = choices.length > 0 ? ` -x -a ${fishQuoted(choices.join(' '))}` : takesValue ? ' -r' : ''
        return `complete -c saegate -n ${fishQuoted(inside)} ${spelled.join(' ')}${value} -d ${fishQuoted(what)}`
      }),
    ]
  })
  return `# saegate completion for fish: saegate completion fish | source\n${lines.join('\n')}\n`
}

const fishQuoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`
