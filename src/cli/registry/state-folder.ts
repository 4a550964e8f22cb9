/** @file Where the state of a registry is: as it is given, else as registry.yaml says. */
import { join } from 'node:path'
import { parseRegistry, type RegistryFile } from '../../contract/registry/registry-file.ts'
import { readSmallText } from '../../gate/texts.ts'

export const DEFAULT_CONFIG = 'registry.yaml'
export const DEFAULT_STATE = 'saegate-registry'

/** Errors: those of reading, YAML_*, CONFIG_*, REGISTRY_*. */
export const readRegistry = async (path: string): Promise<RegistryFile> =>
  parseRegistry(path, await readSmallText(path))

/** Errors: those of registry.yaml, where it has to be read. */
export async function stateFolder(given: {
  readonly config: string
  readonly state?: string
}): Promise<string> {
  if (given.state !== undefined) return given.state
  return (await readRegistry(given.config)).config.state ?? DEFAULT_STATE
}

export const reportPath = (folder: string, name: string): string =>
  join(folder, 'reports', name, 'report.json')
