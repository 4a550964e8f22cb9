/** @file Where registry.yaml says that verdicts go, with the secrets that the environment holds for them. */
import type { RegistryFile } from '../../contract/registry/registry-file.ts'
import { type SourceDoors, secretIn } from '../sources/open-sources.ts'
import { patientFetch, requireEncrypted } from '../sources/patient-fetch.ts'
import type { PublishTarget } from './target.ts'
import { webhookTarget } from './webhook.ts'

/** `isNeeded` false: nobody will be told, and no secret has to be there. Errors: REGISTRY_VARIABLE_MISSING, REGISTRY_TOKEN_UNENCRYPTED. */
export function openTargets(
  file: RegistryFile,
  { environment }: SourceDoors,
  isNeeded: boolean,
): readonly PublishTarget[] {
  return (file.config.publish ?? []).flatMap(({ webhook }, i) => {
    if (webhook === undefined) return []
    const where = file.where(['publish', i, 'webhook'])
    const url = new URL(webhook.url)
    if (webhook.secretEnv !== undefined) requireEncrypted(where, url)
    const secret =
      webhook.secretEnv === undefined || !isNeeded ? null : secretIn(environment, webhook.secretEnv, where)
    return [webhookTarget({ url: webhook.url, secret }, patientFetch({ who: url.host, environment }))]
  })
}
