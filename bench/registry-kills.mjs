/**
 * A night that is killed (SIGKILL) at 25 points spread over it, each time from an empty state, and run again: is the end the same as
 * without a kill, is nothing that was finished audited twice, is every report whole? Then two runs at once.
 *
 * `node bench/registry-kills.mjs [POINTS]`, with dist/ as built. Prints a line a point; exits 1 where one ends otherwise.
 */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const POINTS = Number(process.argv[2] ?? 25)
const root = mkdtempSync(join(tmpdir(), 'saegate-kills-'))
cpSync('fixtures/candidates', join(root, 'models'), { recursive: true })
writeFileSync(
  join(root, 'registry.yaml'),
  `version: 1
sources: [{name: lab, folder: {path: '${join(root, 'models')}'}}]
audit:
  reference: fixtures/models/neox
  saes: [none]
  corpus: {source: fixtures/corpus/eval_head.txt, tokens: 1024, blockLength: 64}
  policy: fixtures/policies/release.yaml
  threads: 1
rules: [{match: '*'}]
`,
)

/** A run, killed after so many milliseconds; null: not. */
function night(state, killAfter = null) {
  const child = spawn(
    process.execPath,
    ['dist/cli.js', 'registry', 'run', '--config', join(root, 'registry.yaml'), '--state', state],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  const timer = killAfter === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfter)
  return new Promise((resolve) =>
    child.on('close', (status) => {
      if (timer !== null) clearTimeout(timer)
      resolve({ status, stderr })
    }),
  )
}

function journal(state) {
  const path = join(state, 'journal.jsonl')
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  return lines.flatMap((line) => {
    try {
      const parsed = JSON.parse(line)
      return [parsed.entry.what]
    } catch {
      return []
    }
  })
}

const verdicts = (state) =>
  journal(state).filter((one) => one.type === 'finished' && one.outcome.kind === 'verdict')

/** What a night leaves, but for times and names of runs. */
function endOf(state) {
  const found = verdicts(state).map(({ item, key, folder, inputs, outcome }) => {
    const report = JSON.parse(readFileSync(join(state, 'reports', folder, 'report.json'), 'utf8'))
    return {
      item,
      key,
      folder,
      inputs,
      verdict: outcome.verdict,
      figures: outcome.figures,
      candidates: report.candidates.map(({ name, verdict, rules, perplexity }) => ({
        name,
        verdict,
        rules,
        perplexity,
      })),
    }
  })
  return JSON.stringify(found.sort((a, b) => (a.item < b.item ? -1 : 1)))
}

/** Folders without a whole report, temporary ones among them. */
const halves = (state) =>
  readdirSync(join(state, 'reports')).filter((name) => {
    const path = join(state, 'reports', name, 'report.json')
    try {
      return JSON.parse(readFileSync(path, 'utf8')).schema === undefined
    } catch {
      return true
    }
  })

/** Candidates that were begun again behind their verdict. */
function twice(state) {
  const done = new Set()
  const again = new Set()
  for (const one of journal(state)) {
    if (one.type === 'started' && done.has(one.item)) again.add(one.item)
    if (one.type === 'finished' && one.outcome.kind === 'verdict') {
      if (done.has(one.item)) again.add(one.item)
      done.add(one.item)
    }
  }
  return [...again]
}

const plain = join(root, 'plain')
const began = performance.now()
const { status: expected, stderr: told } = await night(plain)
const whole = performance.now() - began
const end = endOf(plain)
if (verdicts(plain).length < 2) throw new Error(`the night itself failed: ${told}`)
console.log(
  `a night without a kill: ${verdicts(plain).length} verdicts, exit ${expected}, ${(whole / 1000).toFixed(1)} s`,
)
let failures = 0
const stages = new Map()
for (let point = 1; point <= POINTS; point++) {
  const state = join(root, `killed-${point}`)
  const after = Math.round((whole * point) / (POINTS + 1))
  await night(state, after)
  const finished = existsSync(state) ? verdicts(state).length : 0
  const open = existsSync(state)
    ? journal(state).filter(({ type }) => type === 'started').length - finished
    : 0
  const again = await night(state)
  // Which has nothing to do.
  const third = await night(state)
  const same = endOf(state) === end
  const faults = [
    same ? null : 'another end',
    twice(state).length > 0 ? `audited twice: ${twice(state)}` : null,
    halves(state).length > 0 ? `half reports: ${halves(state)}` : null,
    third.status === 0 ? null : `third run: ${third.status}`,
  ]
  const said = faults.filter((one) => one !== null)
  if (said.length > 0) failures++
  const stage = `${finished} finished, ${open} begun`
  stages.set(stage, (stages.get(stage) ?? 0) + 1)
  console.log(
    `killed after ${String(after).padStart(5)} ms (${stage}): rerun exit ${again.status}, ${said.length === 0 ? 'same end' : said.join('; ')}`,
  )
  rmSync(state, { recursive: true, force: true })
}
const shared = join(root, 'shared')
const first = night(shared)
await sleep(whole / 4)
const second = await night(shared)
const both = [(await first).status, second.status]
const isRefused = second.status === 2 && /in use by another run/.test(second.stderr)
if (!isRefused || endOf(shared) !== end) failures++
console.log(
  `two at once: exits ${both.join(' and ')}${isRefused ? ', the second was told who holds the state' : ''}`,
)
console.log(`where they were killed: ${[...stages].map(([stage, count]) => `${stage} ${count}×`).join('; ')}`)
rmSync(root, { recursive: true, force: true })
process.exitCode = failures === 0 ? 0 : 1
