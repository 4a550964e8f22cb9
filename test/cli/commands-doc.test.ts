/**
 * @file docs/commands.md: every command with its arguments, options and examples, in the order of `saegate --help`, written from the commands
 * themselves. An option that `saegate audit` has in the same words stands there alone. UPDATE_DOCS=1 writes it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Command, Option } from 'commander'
import { expect, it } from 'vitest'
import { buildProgram } from '../../src/cli/program.ts'
import { fakeHost } from './fake-host.ts'

const DOCUMENT = 'docs/commands.md'

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** What --help says of an option, with its choices and default where the words do not have them yet. */
function wordsOf({ description, argChoices, defaultValue }: Option): string {
  const choices = argChoices === undefined ? '' : `; one of ${argChoices.join(', ')}`
  const preset = typeof defaultValue === 'string' && defaultValue !== '' ? ` (default: ${defaultValue})` : ''
  return cell(
    `${description}${description.includes('One of') ? '' : choices}${description.includes('(default') ? '' : preset}`,
  )
}

const rowOf = (option: Option): string => `| \`${cell(option.flags)}\` | ${wordsOf(option)} |`

/** What stands behind the options in --help: words and examples. */
function epilogueOf(command: Command): string {
  const printed: string[] = []
  command.configureOutput({ writeOut: (text) => void printed.push(text) })
  command.outputHelp()
  return printed.join('').slice(command.helpInformation().length).trim()
}

/** `inherited`: rows of `saegate audit`. */
function section(command: Command, path: string, inherited: ReadonlySet<string>): readonly string[] {
  const name = `${path} ${command.name()}`
  const visible = command.options.filter(({ hidden }) => !hidden)
  const shared = visible.filter((option) => inherited.has(rowOf(option)))
  const own = visible.filter((option) => !shared.includes(option))
  const epilogue = epilogueOf(command)
  return [
    `### \`${name}\`\n`,
    `${command.description()}\n`,
    `    ${name} ${command.usage()}\n`,
    ...command.registeredArguments.map((one) => `- \`${one.name()}\`: ${one.description}\n`),
    ...(own.length === 0 ? [] : [`| option | |\n|---|---|\n${own.map(rowOf).join('\n')}\n`]),
    ...(shared.length === 0
      ? []
      : [`As in \`saegate audit\`: ${shared.map(({ long }) => `\`${long}\``).join(', ')}.\n`]),
    ...(epilogue === '' ? [] : [`\`\`\`text\n${epilogue}\n\`\`\`\n`]),
    ...command.commands
      .filter((one) => one.name() !== 'help')
      .flatMap((one) => section(one, name, inherited)),
  ]
}

function document(): string {
  const program = buildProgram(fakeHost([]), () => undefined)
  const audit = program.commands.find((command) => command.name() === 'audit')
  const rows = new Set((audit?.options ?? []).map(rowOf))
  const groups = [...new Set(program.commands.map((command) => command.helpGroup()))]
  const texts = groups.flatMap((group) => [
    `## ${group.replace(/:$/, '')}\n`,
    ...program.commands
      .filter((command) => command.helpGroup() === group)
      .flatMap((one) => section(one, 'saegate', one === audit ? new Set() : rows)),
  ])
  return [
    '# Every command\n',
    'Written from the commands themselves (`UPDATE_DOCS=1 npx vitest run test/cli/commands-doc.test.ts`); `saegate COMMAND --help` says the same.\n',
    ...texts,
  ].join('\n')
}

it(`${DOCUMENT} has every command as its --help says it`, () => {
  const written = document()
  if (process.env.UPDATE_DOCS === '1') writeFileSync(DOCUMENT, written)
  expect(readFileSync(DOCUMENT, 'utf8'), 'run with UPDATE_DOCS=1').toBe(written)
})
