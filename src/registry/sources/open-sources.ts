/** @file The sources that registry.yaml names, with the secrets that the environment holds for them. */
import { patternsOf, type RegistryFile } from '../../contract/registry/registry-file.ts'
import type { SourceConfig } from '../../contract/registry/registry-schema.ts'
import { registryVariableMissing } from '../../errors/registry.ts'
import type { Environment, HubSettings } from '../../sources/hub-settings.ts'
import { folderSource } from './folder.ts'
import { hubSource } from './hub.ts'
import type { Source } from './source.ts'

export interface SourceDoors {
  readonly environment: Environment
  readonly hub: HubSettings
}

/** Errors: REGISTRY_VARIABLE_MISSING. */
export function openSources(file: RegistryFile, doors: SourceDoors): readonly Source[] {
  return file.config.sources.flatMap((source, i) => openSource(file, { source, index: i }, doors) ?? [])
}

function openSource(
  file: RegistryFile,
  { source, index }: { readonly source: SourceConfig; readonly index: number },
  { environment, hub }: SourceDoors,
): Source | null {
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
  return null
}

/** Errors: REGISTRY_VARIABLE_MISSING. */
export function secretIn(environment: Environment, variable: string, where: string): string {
  const value = environment[variable]?.trim()
  if (value === undefined || value === '') throw registryVariableMissing(where, variable)
  return value
}
