/** @file A repository as a runner has it checked out for a pull request: a base, a head upon it, and GitHub's merge of the two. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** By path: a text; a link; null: it is removed. */
export type Files = Readonly<Record<string, string | { readonly link: string } | null>>

export interface PullRepository {
  /** Its merge commit is checked out. */
  readonly folder: string
  readonly base: string
  readonly head: string
  readonly merge: string
}

/** By what it was asked for: a copy takes a tenth of the time. */
const made = new Map<string, PullRepository>()

export function pullRepository(base: Files, head: Files, moved: Files = {}): PullRepository {
  const asked = JSON.stringify([base, head, moved])
  const kept =
    made.get(asked) ?? asPullRequest(mkdtempSync(join(tmpdir(), 'saegate-repository-')), base, head, moved)
  made.set(asked, kept)
  const folder = mkdtempSync(join(tmpdir(), 'saegate-repository-'))
  cpSync(kept.folder, folder, { recursive: true, verbatimSymlinks: true })
  return { ...kept, folder }
}

/** The same in a folder whose files are the base's too. `more`: what else the pull request does to it. */
export function asPullRequest(
  folder: string,
  base: Files,
  head: Files,
  moved: Files = {},
  more = () => {},
): PullRepository {
  const git = gitIn(folder)
  git('init', '-q', '-b', 'main')
  const first = commit(folder, base)
  git('checkout', '-q', '-b', 'candidate')
  more()
  const tip = commit(folder, head)
  git('checkout', '-q', 'main')
  // The base branch may have moved since the pull request was opened.
  const now = Object.keys(moved).length === 0 ? first : commit(folder, moved)
  git('merge', '-q', '--no-ff', '-m', 'merge', 'candidate')
  const merge = git('rev-parse', 'HEAD')
  git('checkout', '-q', '--detach', merge)
  git('branch', '-f', 'main', now)
  return { folder, base: now, head: tip, merge }
}

/** The same as actions/checkout leaves it: one commit, nothing before it. */
export function shallow({ folder, merge }: PullRepository): string {
  const git = gitIn(folder)
  git('branch', '-f', 'merged', merge)
  const into = mkdtempSync(join(tmpdir(), 'saegate-shallow-'))
  execFileSync('git', ['clone', '-q', '--depth', '1', '--branch', 'merged', `file://${folder}`, into], {
    stdio: 'pipe',
  })
  return into
}

export function commit(folder: string, files: Files): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    rmSync(path, { recursive: true, force: true })
    if (content === null) continue
    mkdirSync(dirname(path), { recursive: true })
    if (typeof content === 'string') writeFileSync(path, content)
    else symlinkSync(content.link, path)
  }
  const git = gitIn(folder)
  git('add', '-A')
  git('commit', '-q', '--allow-empty', '-m', 'change')
  return git('rev-parse', 'HEAD')
}

const gitIn =
  (folder: string) =>
  (...args: readonly string[]): string =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    }).trim()
