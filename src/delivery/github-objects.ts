/** @file A repository's content as GitHub keeps it: commits, trees and blobs by their ids, and the commit that a name stands for. */
import { limited, type Octokit, type Repository } from './github-request.ts'

/** One line of a tree, as the API tells it. */
export interface TreeLine {
  readonly path: string
  /** 100644, 100755, 040000, 120000, 160000 */
  readonly mode: string
  readonly sha: string
}

/** A blob may have 100 MB. */
const DOWNLOAD_LIMIT_MS = 120_000

export function objects(octokit: Octokit, repository: Repository) {
  const { git, repos } = octokit.rest
  return {
    /** The id of the commit that a branch (`heads/main`), a tag or a commit's id stands for. */
    async commitOf(ref: string): Promise<string> {
      const headers = { accept: 'application/vnd.github.sha' }
      const sha: unknown = (await repos.getCommit({ ...repository, ref, headers, ...limited() })).data
      return String(sha)
    },

    async commitObject(sha: string): Promise<{ readonly tree: string; readonly parents: readonly string[] }> {
      const { data } = await git.getCommit({ ...repository, commit_sha: sha, ...limited() })
      return { tree: data.tree.sha, parents: data.parents.map((parent) => parent.sha) }
    },

    /** `whole` false: GitHub has left some out. */
    async treeObject(sha: string): Promise<{ readonly lines: readonly TreeLine[]; readonly whole: boolean }> {
      const { data } = await git.getTree({ ...repository, tree_sha: sha, ...limited() })
      return {
        lines: data.tree.map(({ path, mode, sha }) => ({
          path: path ?? '',
          mode: mode ?? '',
          sha: sha ?? '',
        })),
        whole: !data.truncated,
      }
    },

    async blobObject(sha: string): Promise<Uint8Array> {
      const { data } = await git.getBlob({ ...repository, file_sha: sha, ...limited(DOWNLOAD_LIMIT_MS) })
      return new Uint8Array(Buffer.from(data.content, 'base64'))
    },
  }
}
