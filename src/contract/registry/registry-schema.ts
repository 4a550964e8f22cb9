/**
 * @file registry.yaml: the one source of its type, its check and what editors complete. What an audit may be told is
 * saegate.yaml's business (yaml/config-schema.ts): the same keys, without the candidates, which the sources bring, and
 * without the folder, which the state has.
 */
import type { FromSchema } from 'json-schema-to-ts'
import { configSchema } from '../yaml/config-schema.ts'

const STRING = { type: 'string', minLength: 1, maxLength: 1000 } as const
const NAME = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', title: 'a short name' } as const
const VARIABLE = {
  type: 'string',
  pattern: '^[A-Za-z_][A-Za-z0-9_]{0,99}$',
  title: 'the name of an environment variable',
} as const
const PATTERNS = {
  anyOf: [STRING, { type: 'array', items: STRING, minItems: 1, maxItems: 256 }],
  description: 'Names, with * and ?; one of them is enough. Default: all.',
} as const
const ADDRESS = {
  type: 'string',
  pattern: '^https?://',
  title: 'an address that begins with https://',
} as const

const REPOSITORY = {
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9._-]{1,100}$',
  title: 'owner/name',
} as const

const { candidates: _candidates, out: _out, ...auditProperties } = configSchema.properties

const audit = {
  type: 'object',
  description:
    'What the audit is told, by the keys of saegate.yaml. {base} in reference is the model that the source says it was made of.',
  additionalProperties: false,
  properties: auditProperties,
} as const

const folder = {
  type: 'object',
  description: 'Folders and GGUF or ONNX files on this machine.',
  additionalProperties: false,
  required: ['path'],
  properties: {
    path: STRING,
    match: {
      ...PATTERNS,
      description:
        'Paths below it, as shells have them: *, ?, ** and {a,b}. Default: * (every folder in it).',
    },
  },
} as const

const hub = {
  type: 'object',
  description: 'Models of the Hugging Face Hub.',
  additionalProperties: false,
  properties: {
    author: { ...STRING, description: 'A user or an organisation.' },
    tags: {
      type: 'array',
      items: STRING,
      minItems: 1,
      maxItems: 16,
      description: 'A model has all of them.',
    },
    base: { ...STRING, description: 'quantized:owner/name: what the Hub lists as made of that model.' },
    match: PATTERNS,
    webhookSecretEnv: {
      ...VARIABLE,
      description: 'Holds the secret of webhooks that this source is told by.',
    },
  },
} as const

const mlflow = {
  type: 'object',
  description: 'Versions of an MLflow Model Registry.',
  additionalProperties: false,
  required: ['url'],
  properties: {
    url: ADDRESS,
    match: PATTERNS,
    alias: { ...STRING, description: 'Only versions that have it.' },
    tags: {
      type: 'object',
      additionalProperties: STRING,
      description: 'Only versions that have all of these.',
    },
    path: {
      ...STRING,
      description: 'The folder of the checkpoint among the artifacts. Default: all of them.',
    },
    tokenEnv: { ...VARIABLE, description: 'Holds the token.' },
    webhookSecretEnv: {
      ...VARIABLE,
      description: 'Holds the secret of webhooks that this source is told by.',
    },
  },
} as const

const oci = {
  type: 'object',
  description: 'Tags of repositories in an OCI registry.',
  additionalProperties: false,
  required: ['registry', 'repositories'],
  properties: {
    registry: {
      type: 'string',
      pattern: '^[A-Za-z0-9[][A-Za-z0-9.:[\\]-]{0,255}$',
      title: 'a host, perhaps with a port: ghcr.io',
    },
    repositories: {
      ...PATTERNS,
      description: 'acme/llama, or globs where the registry lists its repositories.',
    },
    match: { ...PATTERNS, description: 'repository:tag, with * and ?. Default: all.' },
  },
} as const

const source = {
  type: 'object',
  description: 'Exactly one of folder, hub, mlflow and oci.',
  additionalProperties: false,
  required: ['name'],
  properties: { name: NAME, folder, hub, mlflow, oci },
} as const

const rule = {
  type: 'object',
  description: 'Of the rules that match a candidate the first one decides. Exactly one of audit and skip.',
  additionalProperties: false,
  properties: {
    match: PATTERNS,
    source: { ...NAME, description: 'Only what this source lists.' },
    tags: {
      type: 'array',
      items: STRING,
      minItems: 1,
      maxItems: 16,
      description: 'Only candidates that have all of them.',
    },
    priority: {
      type: 'integer',
      minimum: -1000,
      maximum: 1000,
      default: 0,
      description: 'Higher comes first; within one, the newest.',
    },
    timeout: { ...STRING, description: 'How long one audit may take: 90m, 6h. Default: 24h.' },
    skip: { ...STRING, description: 'Why these are not audited.' },
    audit,
  },
} as const

const publish = {
  type: 'object',
  description: 'Exactly one of webhook, mlflow, hub, oci, github and dataset.',
  additionalProperties: false,
  properties: {
    webhook: {
      type: 'object',
      additionalProperties: false,
      required: ['url'],
      properties: { url: ADDRESS, secretEnv: { ...VARIABLE, description: 'Holds the key of the HMAC.' } },
    },
    mlflow: {
      type: 'object',
      description: 'Tags saegate.* of the version.',
      additionalProperties: false,
      properties: { alias: { ...STRING, description: 'Moved to a version that passes, and only then.' } },
    },
    hub: {
      type: 'object',
      description: 'A pull request on the model of the Hub, for its card.',
      additionalProperties: false,
      properties: {},
    },
    oci: {
      type: 'object',
      description: 'An artifact beside the candidate in its OCI registry, with it as subject.',
      additionalProperties: false,
      properties: {},
    },
    github: {
      type: 'object',
      description:
        'An issue for each candidate that is blocked, closed when it passes. GITHUB_TOKEN has to be allowed to write issues.',
      additionalProperties: false,
      required: ['repository'],
      properties: {
        repository: REPOSITORY,
        labels: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 50 },
          maxItems: 16,
          description: 'Given to new issues.',
        },
      },
    },
    dataset: {
      type: 'object',
      description: 'A dataset repository of the Hugging Face Hub that keeps every report.',
      additionalProperties: false,
      required: ['repository'],
      properties: { repository: REPOSITORY },
    },
  },
} as const

export const registrySchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/registry.schema.json',
  title: 'registry.yaml',
  description: 'Which candidates are audited every night, against what, and where the verdicts go.',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'sources', 'rules'],
  properties: {
    version: { const: 1 },
    state: {
      ...STRING,
      default: 'saegate-registry',
      description: 'Folder of the history, the reports and the downloads.',
    },
    sources: { type: 'array', items: source, minItems: 1, maxItems: 64 },
    audit: { ...audit, description: 'What holds for every rule that does not say it itself.' },
    rules: { type: 'array', items: rule, minItems: 1, maxItems: 256 },
    ignoreChanges: {
      type: 'array',
      items: { enum: ['tool', 'policy', 'corpus', 'sae'] },
      maxItems: 4,
      description: 'What may change without every candidate being audited again.',
    },
    publish: { type: 'array', items: publish, maxItems: 16 },
  },
} as const

export type RegistryConfig = FromSchema<typeof registrySchema, { keepDefaultedPropertiesOptional: true }>
export type SourceConfig = RegistryConfig['sources'][number]
export type RuleConfig = RegistryConfig['rules'][number]
export type PublishConfig = NonNullable<RegistryConfig['publish']>[number]
/** What of a candidate's inputs may have changed. */
export type IgnoredChange = NonNullable<RegistryConfig['ignoreChanges']>[number]
