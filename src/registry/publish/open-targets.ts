/** @file Where registry.yaml says that verdicts go, with the secrets that the environment holds for them. */
import type { RegistryFile } from '../../contract/registry/registry-file.ts'
import { mlflowOf, type SourceDoors, secretIn } from '../sources/open-sources.ts'
import { patientFetch, requireEncrypted } from '../sources/patient-fetch.ts'
import { hubTarget } from './hub.ts'
import { mlflowTarget } from './mlflow.ts'
import type { PublishTarget } from './target.ts'
import { webhookTarget } from './webhook.ts'

/** `isNeeded` false: nobody will be told, and no secret has to be there. Errors: REGISTRY_VARIABLE_MISSING, REGISTRY_TOKEN_UNENCRYPTED. */
export function openTargets(
  file: RegistryFile,
  doors: SourceDoors,
  isNeeded: boolean,
): readonly PublishTarget[] {
  const { environment } = doors
  return (file.config.publish ?? []).flatMap(({ webhook, mlflow, hub }, i) => {
    if (hub !== undefined) return hubTargets(file, doors)
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
