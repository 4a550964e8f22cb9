/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub, not templates. */
/** @file Our workflows and the examples, each under the rules of workflow-lint.ts; action.yml and its tables. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { readInputs } from '../../src/action/asked/inputs.ts'
import { workflowYaml } from '../../src/cli/init/workflow.ts'
import {
  actionYaml,
  inputsTable,
  outputsTable,
  withSection,
} from '../../src/contract/options/action-manifest.ts'
import { auditOptions, options } from '../../src/contract/options/options.ts'
import {
  calledOf,
  inputsOf,
  isWorkflow,
  lint,
  type Manifest,
  stepsOf,
  type Workflow,
} from './workflow-lint.ts'

const manifest: Manifest & { readonly runs: unknown } = parse(readFileSync('action.yml', 'utf8'))
const files = ['.github/workflows', 'examples/workflows', 'examples/deploy'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .map((file) => join(folder, file)),
)
const load = (file: string): unknown => parse(readFileSync(file, 'utf8'))

function workflow(file: string): Workflow {
  const value = load(join('examples/workflows', file))
  if (!isWorkflow(value)) throw new Error(`${file} is no workflow`)
  return value
}

it.each(files)('%s is a workflow without fault', (file) => {
  expect(lint(load(file), manifest)).toEqual([])
})

it.each(files)('%s gives our action values that it takes', (file) => {
  const value = load(file)
  if (!isWorkflow(value)) throw new Error(file)
  const steps = Object.values(value.jobs).flatMap(stepsOf)
  for (const { uses, with: inputs = {} } of steps) {
    if (!uses?.startsWith('saegate/saegate@')) continue
    const given = (name: string) => String(inputs[name] ?? '')
    expect(() =>
      readInputs({
        getInput: (name) => (given(name).includes('${{') ? '' : given(name)),
        setSecret: () => {},
      }),
    ).not.toThrow()
  }
})

it.each(files)('%s calls workflows that are there with what they take', (file) => {
  const value = load(file)
  if (!isWorkflow(value)) throw new Error(file)
  for (const job of Object.values(value.jobs)) {
    const called = calledOf(job)
    if (called === null) continue
    const other = load(join('.github/workflows', called))
    if (!isWorkflow(other)) throw new Error(called)
    expect(inputsOf(other)).toEqual(expect.arrayContaining(Object.keys(job.with ?? {})))
    // A called workflow has no permission that the caller does not give it.
    for (const one of Object.values(other.jobs))
      expect({ ...value.permissions, ...job.permissions }).toMatchObject({
        ...other.permissions,
        ...one.permissions,
      })
  }
})

/** What it says of where the gate's rules come from: the input in every step of ours, or the reason why not. */
const saysWhoseRules = (text: string): boolean => {
  const steps = text.split(/^ *- (?=\w+:)/m).filter((step) => step.includes('uses: saegate/saegate@'))
  const reason = /^(?:#|\/\/) config-from: .{20,}$/m.test(text)
  return reason || (steps.length > 0 && steps.every((step) => /^ +config-from: base$/m.test(step)))
}

it('takes the gate’s rules from the base in every example, or says why not', () => {
  const examples = readdirSync('examples', { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
  expect(examples.length).toBeGreaterThan(9)
  expect(examples.filter((file) => !saysWhoseRules(readFileSync(file, 'utf8')))).toEqual([])
  const subjects = { reference: './m', candidates: ['./q'], saes: ['./s'], corpus: './c.txt' }
  for (const device of ['cpu', 'cuda'] as const)
    for (const given of [subjects, null]) expect(saysWhoseRules(workflowYaml(given, device))).toBe(true)
  expect(
    saysWhoseRules('steps:\n  - uses: saegate/saegate@v1\n    with:\n      config: saegate.yaml\n'),
  ).toBe(false)
})

it('keeps the fork recipe apart: no secret and no write where a stranger’s code runs, none of it where one may write', () => {
  const [measure, comment] = [workflow('fork-measure.yml'), workflow('fork-comment.yml')]
  expect(Object.values(measure.permissions)).toEqual(['read'])
  expect(readFileSync('examples/workflows/fork-measure.yml', 'utf8')).not.toMatch(
    /secrets\.|self-hosted|write/,
  )
  expect(measure.jobs.measure?.steps?.find((step) => step.uses?.startsWith('saegate/'))?.with?.comment).toBe(
    'never',
  )
  expect(comment.on).toEqual({ workflow_run: { workflows: [measure.name], types: ['completed'] } })
  const steps = Object.values(comment.jobs).flatMap(stepsOf)
  const checkout = steps.find((step) => step.uses?.startsWith('actions/checkout'))
  expect(Object.keys(checkout?.with ?? {})).toEqual(['persist-credentials'])
  expect(steps.some((step) => step.run !== undefined)).toBe(false)
  expect(steps.at(-1)?.with).toMatchObject({
    report: expect.stringContaining('report.json'),
    config: expect.any(String),
  })
  const uploaded = measure.jobs.measure?.steps?.at(-1)?.with?.name
  expect(steps.find((step) => step.uses?.startsWith('actions/download-artifact'))?.with?.name).toBe(uploaded)
})

const good = {
  name: 'w',
  on: { push: null },
  permissions: { contents: 'read' },
  jobs: {
    a: {
      'runs-on': 'ubuntu-24.04',
      'timeout-minutes': 5,
      steps: [{ id: 'g', uses: 'saegate/saegate@v0.1.0' }, { run: 'true' }],
    },
  },
}
const withStep = (step: object) => ({
  ...good,
  jobs: { a: { ...good.jobs.a, steps: [...good.jobs.a.steps, step] } },
})
const faults: readonly [string, unknown, RegExp][] = [
  ['no permissions', { ...good, permissions: undefined }, /permissions/],
  ['write-all', { ...good, permissions: 'write-all' }, /permissions/],
  ['pull_request_target', { ...good, on: { pull_request_target: null } }, /additional properties/],
  ['an unknown key', withStep({ run: 'true', whit: {} }), /additional properties/],
  ['script injection', withStep({ run: 'echo ${{ github.event.pull_request.title }}' }), /inside a script/],
  ['a floating version', withStep({ uses: 'actions/checkout@v6' }), /not pinned/],
  ['a tag of others', withStep({ uses: 'actions/checkout@v6.0.2' }), /not pinned/],
  [
    'an unknown input',
    withStep({ uses: 'saegate/saegate@v0.1.0', with: { candidates: 'x' } }),
    /no input candidates/,
  ],
  [
    'an unknown output',
    withStep({ run: 'true', if: "steps.g.outputs.verdikt == 'pass'" }),
    /no output verdikt/,
  ],
  ['a later step', withStep({ run: 'true', if: 'steps.later.outcome' }), /no earlier step later/],
  ['an unknown context', withStep({ run: 'true', env: { A: '${{ githb.sha }}' } }), /no context githb/],
  ['an unknown function', withStep({ run: 'true', if: 'allways()' }), /no function allways/],
  [
    'a job that is not needed',
    withStep({ run: 'true', if: "needs.b.result == 'success'" }),
    /b is not needed/,
  ],
  ['a missing job', { ...good, jobs: { a: { ...good.jobs.a, needs: 'b' } } }, /needs b/],
  [
    'an input that nobody gives',
    withStep({ run: 'true', env: { A: '${{ inputs.size }}' } }),
    /no input size/,
  ],
  [
    'a workflow of others',
    { ...good, jobs: { a: { uses: 'octo/other/.github/workflows/x.yml@main' } } },
    /no workflow of saegate/,
  ],
  ['a missing axis', withStep({ run: 'true', env: { A: '${{ matrix.os }}' } }), /no os in the matrix/],
]
it.each(faults)('finds %s', (_, value, message) => {
  expect(lint(good, manifest)).toEqual([])
  expect(lint(value, manifest).join('\n')).toMatch(message)
})

it('has an action.yml written from the table of options', () => {
  expect(readFileSync('action.yml', 'utf8'), 'run node scripts/action-table.mjs').toBe(actionYaml())
  expect(manifest.runs).toEqual({ using: 'node24', main: 'dist/action.js' })
  expect(Object.keys(manifest.inputs).sort()).toEqual(options.flatMap(({ input }) => input ?? []).sort())
})

it('has tables in docs/action.md written from the table of options', () => {
  const docs = readFileSync('docs/action.md', 'utf8')
  const sections = [
    ['action-inputs', inputsTable()],
    ['action-outputs', outputsTable()],
  ] as const
  for (const [name, table] of sections) {
    expect(withSection(docs, name, table), 'run node scripts/action-table.mjs').toBe(docs)
    for (const line of table.split('\n')) expect(line).toMatch(/^\|.*\|$/)
  }
  expect(withSection('a <!-- x:begin -->old<!-- x:end --> b', 'x', 'new')).toBe(
    'a <!-- x:begin -->\n\nnew\n\n<!-- x:end --> b',
  )
  expect(withSection('a', 'x', 'new')).toBeNull()
})

it('shows only flags that the command line has, in every other system’s example', () => {
  const known = new Set([...auditOptions.map((option) => option.flag), '--format'])
  for (const file of ['examples/gitlab-ci.yml', 'examples/Jenkinsfile', 'examples/buildkite.yml']) {
    const text = readFileSync(file, 'utf8')
    if (file.endsWith('.yml')) expect(() => parse(text)).not.toThrow()
    const commands = [...text.matchAll(/npx saegate (audit|report|gate) [^\n'"]*/g)].map((match) => match[0])
    expect(commands.length).toBeGreaterThan(0)
    for (const flag of commands.flatMap((command) => command.match(/--[a-z-]+/g) ?? []))
      expect(known, file).toContain(flag)
  }
})
