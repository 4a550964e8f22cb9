/** @file Where registry.yaml says that verdicts go, with the secrets that the environment holds for them. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { RegistryFile } from '../../contract/registry/registry-file.ts'
import type { PublishConfig } from '../../contract/registry/registry-schema.ts'
import type { Environment } from '../../sources/hub-settings.ts'
import { patientFetch, requireEncrypted } from '../../sources/transfer/patient-fetch.ts'
import { mlflowOf, type SourceDoors, secretIn } from '../sources/open-sources.ts'
import { datasetTarget } from './dataset.ts'
import { issueTarget } from './github-issue.ts'
import { hubTarget } from './hub.ts'
import { mlflowTarget } from './mlflow.ts'
import { ociTarget } from './oci.ts'
import type { PublishTarget } from './target.ts'
import { webhookTarget } from './webhook.ts'

/** `isNeeded` false: nobody will be told, and no secret has to be there. Errors: REGISTRY_VARIABLE_MISSING, REGISTRY_TOKEN_UNENCRYPTED. */
export function openTargets(
  file: RegistryFile,
  doors: SourceDoors,
  isNeeded: boolean,
): readonly PublishTarget[] {
  const { environment } = doors
  return (file.config.publish ?? []).flatMap(({ webhook, mlflow, hub, oci, github, dataset }, i) => {
    if (hub !== undefined) return hubTargets(file, doors)
    if (oci !== undefined) return ociTargets(file, doors)
    if (dataset !== undefined) return [datasetTarget(dataset.repository, doors.hub)]
    if (github !== undefined) {
      const where = file.where(['publish', i, 'github'])
      const token = isNeeded ? secretIn(environment, 'GITHUB_TOKEN', where) : ''
      return [githubTarget(github, token, environment)]
    }
    if (webhook === undefined) return mlflowTargets(file, mlflow?.alias ?? null, doors)
    const where = file.where(['publish', i, 'webhook'])
    const url = new URL(webhook.url)
    if (webhook.secretEnv !== undefined) requireEncrypted(where, url)
    const secret =
      webhook.secretEnv === undefined || !isNeeded ? null : secretIn(environment, webhook.secretEnv, where)
    return [webhookTarget({ url: webhook.url, secret }, patientFetch({ who: url.host, environment }))]
  })
}

/** One for each source that is of MLflow. */
function mlflowTargets(
  file: RegistryFile,
  alias: string | null,
  doors: SourceDoors,
): readonly PublishTarget[] {
  return file.config.sources.flatMap(({ name, mlflow }, i) =>
    mlflow === undefined ? [] : [mlflowTarget({ source: name, alias }, mlflowOf(file, i, doors))],
  )
}

/** The same for the Hub. */
const hubTargets = (file: RegistryFile, doors: SourceDoors): readonly PublishTarget[] =>
  file.config.sources.flatMap(({ name, hub }) => (hub === undefined ? [] : [hubTarget(name, doors.hub)]))

/** The same for OCI registries. */
const ociTargets = (file: RegistryFile, doors: SourceDoors): readonly PublishTarget[] =>
  file.config.sources.flatMap(({ name, oci }) =>
    oci === undefined ? [] : [ociTarget({ source: name, host: oci.registry }, doors.hub)],
  )

function githubTarget(
  { repository, labels = [] }: NonNullable<PublishConfig['github']>,
  token: string,
  environment: Environment,
): PublishTarget {
  const slash = repository.indexOf('/')
  const place = { owner: repository.slice(0, slash), repo: repository.slice(slash + 1) }
  const apiUrl = environment.GITHUB_API_URL?.trim() || 'https://api.github.com'
  const clock = { now: () => Date.now(), sleep: (milliseconds: number) => sleep(milliseconds) }
  return issueTarget({ repository: place, labels, token, apiUrl }, clock)
}
