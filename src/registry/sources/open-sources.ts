/** @file The sources that registry.yaml names, with the secrets that the environment holds for them. */
import { patternsOf, type RegistryFile } from '../../contract/registry/registry-file.ts'
import type { SourceConfig } from '../../contract/registry/registry-schema.ts'
import { registryVariableMissing } from '../../errors/registry.ts'
import { isGlob } from '../../sources/globs.ts'
import type { Environment, HubSettings } from '../../sources/hub-settings.ts'
import { checkedHost, checkedRepository } from '../../sources/oci/oci-spec.ts'
import { patientFetch, requireEncrypted } from '../../sources/transfer/patient-fetch.ts'
import { folderSource } from './folder.ts'
import { hubSource } from './hub.ts'
import { mlflowSource } from './mlflow.ts'
import { type MlflowClient, mlflowClient } from './mlflow-client.ts'
import { ociSource } from './oci.ts'
import type { Source } from './source.ts'

export interface SourceDoors {
  readonly environment: Environment
  readonly hub: HubSettings
}

/** Errors: REGISTRY_VARIABLE_MISSING, REGISTRY_TOKEN_UNENCRYPTED, OCI_SPEC_MALFORMED. */
export function openSources(file: RegistryFile, doors: SourceDoors): readonly Source[] {
  return file.config.sources.map((source, i) => openSource(file, { source, index: i }, doors))
}

function openSource(
  file: RegistryFile,
  { source, index }: { readonly source: SourceConfig; readonly index: number },
  doors: SourceDoors,
): Source {
  const { environment, hub } = doors
  const { name } = source
  const secret = (kind: string, key: string, variable: string | undefined): string | null =>
    variable === undefined ? null : secretIn(environment, variable, file.where(['sources', index, kind, key]))
  if (source.folder !== undefined) {
    const { path, match } = source.folder
    return folderSource({ name, path, match: patternsOf(match) })
  }
  if (source.hub !== undefined) {
    const { author = null, tags = [], base = null, match, webhookSecretEnv } = source.hub
    const webhook = secret('hub', 'webhookSecretEnv', webhookSecretEnv)
    return hubSource({ name, author, tags, base, match: patternsOf(match), secret: webhook }, hub)
  }
  if (source.oci !== undefined) {
    const where = file.where(['sources', index, 'oci', 'registry'])
    const { registry, repositories, match } = source.oci
    const settings = { name, host: checkedHost(where, registry), match: patternsOf(match) }
    return ociSource(
      { ...settings, repositories: repositoriesOf(file, index, patternsOf(repositories)) },
      hub,
    )
  }
  const { url = '', match, alias = null, tags = {}, path = '', webhookSecretEnv } = source.mlflow ?? {}
  const client = mlflowOf(file, index, doors)
  const webhook = secret('mlflow', 'webhookSecretEnv', webhookSecretEnv)
  return mlflowSource({ name, url, match: patternsOf(match), alias, tags, path, secret: webhook }, client)
}

/** Errors: OCI_SPEC_MALFORMED for a name that is no repository's. */
function repositoriesOf(file: RegistryFile, index: number, names: readonly string[]): readonly string[] {
  const where = file.where(['sources', index, 'oci', 'repositories'])
  return names.map((one) => (isGlob(one) ? one : checkedRepository(where, one)))
}

/** The client of the source at a place of registry.yaml, which is one of MLflow. Errors: REGISTRY_VARIABLE_MISSING, REGISTRY_TOKEN_UNENCRYPTED. */
export function mlflowOf(file: RegistryFile, index: number, { environment }: SourceDoors): MlflowClient {
  const { url = '', tokenEnv } = file.config.sources[index]?.mlflow ?? {}
  const where = file.where(['sources', index, 'mlflow', 'tokenEnv'])
  const token = tokenEnv === undefined ? null : secretIn(environment, tokenEnv, where)
  if (token !== null) requireEncrypted(where, new URL(url))
  return mlflowClient(url, token, patientFetch({ who: new URL(url).host, environment }))
}

/** Errors: REGISTRY_VARIABLE_MISSING. */
export function secretIn(environment: Environment, variable: string, where: string): string {
  const value = environment[variable]?.trim()
  if (value === undefined || value === '') throw registryVariableMissing(where, variable)
  return value
}
