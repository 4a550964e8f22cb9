/**
 * @file The report that a run uploaded, out of its artifacts: only the jobs of a run can add to them, so that who writes into
 * caches or comments has no say in what it measured.
 */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Artifact } from '../../delivery/github-history.ts'
import { messageOf } from '../../delivery/patience.ts'
import type { Connection } from '../../delivery/sticky-comment.ts'
import { sha256File } from '../digest.ts'
import type { Run } from '../run.ts'
import { MAX_ARTIFACT_BYTES, unpackReport } from './artifact.ts'
import type { Origin } from './origin.ts'

/** Whose report is looked for, in how many artifacts at most. */
export interface Wanted {
  readonly run: number
  readonly isOwn: (origin: Origin) => boolean
  readonly most: number
}

export interface Uploaded {
  readonly json: string
  readonly origin: Origin
  /** Name of the artifact. */
  readonly artifact: string
}

/** Of one run's artifacts. */
export interface Looked {
  /** null: none of them is it. */
  readonly found: Uploaded | null
  /** Artifacts that were looked into. */
  readonly count: number
}

/** Artifacts of other runs are never looked into. Throws what GitHub's refusal to list them throws. */
export async function uploadedBy(run: Run, link: Connection, wanted: Wanted): Promise<Looked> {
  const { github, patience } = link
  const artifacts = await patience.with(() => github.artifactsOf(wanted.run))
  let count = 0
  for (const artifact of likeliest(artifacts, run.inputs.checkName).slice(0, wanted.most)) {
    count += 1
    const found = await inArtifact(run, link, artifact, wanted)
    if (found !== null) return { found, count }
  }
  return { found: null, count }
}

/** Those whose name tells of us first: each is downloaded whole to see what is in it. */
function likeliest(artifacts: readonly Artifact[], checkName: string): readonly Artifact[] {
  const rank = ({ name }: Artifact) => (name.includes(checkName) || /saegate/i.test(name) ? 0 : 1)
  return artifacts
    .filter(({ byteLength }) => byteLength <= MAX_ARTIFACT_BYTES)
    .sort((a, b) => rank(a) - rank(b) || b.id - a.id)
}

async function inArtifact(
  run: Run,
  { github, patience }: Connection,
  artifact: Artifact,
  wanted: Wanted,
): Promise<Uploaded | null> {
  try {
    const zip = await patience.with(() => github.artifactZip(artifact.id))
    const into = await mkdtemp(join(run.host.env.RUNNER_TEMP || tmpdir(), 'saegate-earlier-'))
    let origin: Origin | null = null
    const isWanted = (one: Origin): boolean => {
      if (one.run !== wanted.run || !wanted.isOwn(one)) return false
      origin = one
      return true
    }
    const folder = await unpackReport(zip, `artifact ${artifact.name}`, into, isWanted)
    return folder === null || origin === null ? null : await asStored(folder, origin, artifact.name)
  } catch (error) {
    run.host.core.info(`artifact ${artifact.name} of run ${wanted.run} is passed over: ${messageOf(error)}`)
    return null
  }
}

/** null: it is another report than its origin speaks of. */
async function asStored(folder: string, origin: Origin, artifact: string): Promise<Uploaded | null> {
  const json = join(folder, 'report.json')
  return (await sha256File(json)) === origin.reportSha256 ? { json, origin, artifact } : null
}
