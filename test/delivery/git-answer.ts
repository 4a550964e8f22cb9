/** @file What GitHub's API says of a repository's content: its Git database, and the commit that a name stands for. */
import { execFileSync } from 'node:child_process'

const KINDS: Readonly<Record<string, string>> = { commits: 'commit', trees: 'tree', blobs: 'blob' }

/** null: no such question; undefined: no such object. */
export function gitAnswer(repositories: ReadonlyMap<string, string>, path: string): unknown {
  const [, name = '', rest = ''] =
    /^\/repos\/([^/]+\/[^/]+)\/(git\/\w+\/[0-9a-f]{40}|commits\/[^/]+)$/.exec(path) ?? []
  const folder = repositories.get(name)
  if (folder === undefined) return null
  const git = (...args: readonly string[]): Buffer =>
    execFileSync('git', ['-C', folder, ...args], { stdio: 'pipe' })
  try {
    const [first, second = '', id = ''] = rest.split('/')
    if (first === 'commits')
      return git('rev-parse', `${decodeURIComponent(second)}^{commit}`)
        .toString()
        .trim()
    if (git('cat-file', '-t', id).toString().trim() !== KINDS[second]) return undefined
    if (second === 'commits') {
      const [tree = '', ...parents] = git('show', '-s', '--format=%T %P', id).toString().trim().split(' ')
      return {
        sha: id,
        tree: { sha: tree },
        parents: parents.filter((one) => one !== '').map((sha) => ({ sha })),
      }
    }
    if (second === 'blobs')
      return { sha: id, encoding: 'base64', content: git('cat-file', 'blob', id).toString('base64') }
    const lines = git('ls-tree', '-z', id)
      .toString()
      .split('\0')
      .filter((line) => line !== '')
    const tree = lines.map((line) => {
      const [mode = '', type = '', sha = '', name = ''] =
        /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(line)?.slice(1) ?? []
      return { path: name, mode, type, sha }
    })
    return { sha: id, tree, truncated: false }
  } catch {
    return undefined
  }
}
