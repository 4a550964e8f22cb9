/**
 * @file The manifests of examples/kubernetes against the fields of Kubernetes' batch/v1 Job that they use, as its API reference has
 * them: names, types, what is required, and what goes only together. A field that is not listed here is a fault.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseShard } from '../../src/contract/shard/shard-number.ts'

const object = (properties: Readonly<Record<string, object>>, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
})
const list = (items: object) => ({ type: 'array', items, minItems: 1 })
const [text, count, truth] = [{ type: 'string' }, { type: 'integer', minimum: 0 }, { type: 'boolean' }]
/** DNS-1123 */
const name = { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$' }
const metadata = object({ name, labels: { type: 'object', additionalProperties: text } })
const quantity = { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$' }
const amounts = object({ cpu: quantity, memory: quantity })

const container = object(
  {
    name,
    image: text,
    workingDir: text,
    command: list(text),
    args: list(text),
    securityContext: object({
      allowPrivilegeEscalation: truth,
      readOnlyRootFilesystem: truth,
      capabilities: object({ drop: list(text) }),
    }),
    resources: object({ requests: amounts, limits: amounts }),
    volumeMounts: list(object({ name, mountPath: text, readOnly: truth }, ['name', 'mountPath'])),
  },
  ['name', 'image'],
)
const podSpec = object(
  {
    // A Job's pods may not be restarted always.
    restartPolicy: { enum: ['Never', 'OnFailure'] },
    automountServiceAccountToken: truth,
    securityContext: object({
      runAsNonRoot: truth,
      runAsUser: count,
      fsGroup: count,
      seccompProfile: object({ type: { enum: ['RuntimeDefault', 'Unconfined', 'Localhost'] } }, ['type']),
    }),
    containers: list(container),
    volumes: list(
      object({ name, persistentVolumeClaim: object({ claimName: text, readOnly: truth }, ['claimName']) }, [
        'name',
      ]),
    ),
  },
  ['containers', 'restartPolicy'],
)
const failureRule = object(
  {
    action: { enum: ['FailJob', 'Ignore', 'Count', 'FailIndex'] },
    onExitCodes: object(
      {
        containerName: text,
        operator: { enum: ['In', 'NotIn'] },
        values: list({ type: 'integer', minimum: 1 }),
      },
      ['operator', 'values'],
    ),
    onPodConditions: list(object({ type: text, status: text }, ['type'])),
  },
  ['action'],
)
const job = object(
  {
    apiVersion: { const: 'batch/v1' },
    kind: { const: 'Job' },
    metadata,
    spec: object(
      {
        completionMode: { enum: ['NonIndexed', 'Indexed'] },
        completions: count,
        parallelism: count,
        backoffLimit: count,
        podFailurePolicy: object({ rules: list(failureRule) }, ['rules']),
        template: object({ metadata, spec: podSpec }, ['spec']),
      },
      ['template'],
    ),
  },
  ['apiVersion', 'kind', 'metadata', 'spec'],
)

interface Manifest {
  readonly spec: {
    readonly completionMode?: string
    readonly completions?: number
    readonly podFailurePolicy?: object
    readonly template: {
      readonly spec: {
        readonly restartPolicy: string
        readonly containers: readonly {
          readonly name: string
          readonly args: readonly string[]
          readonly volumeMounts: readonly { readonly name: string }[]
        }[]
        readonly volumes: readonly { readonly name: string }[]
      }
    }
  }
}

const check = new Ajv({ allErrors: true, strict: false }).compile<Manifest>(job)
const files = readdirSync('examples/kubernetes')

it.each(files)('%s is a Job as the API knows it', (file) => {
  const manifest: unknown = parse(readFileSync(`examples/kubernetes/${file}`, 'utf8'))
  expect(check(manifest) ? [] : check.errors).toEqual([])
  if (!check(manifest)) return
  const { template, podFailurePolicy, completionMode, completions } = manifest.spec
  const { containers, volumes, restartPolicy } = template.spec
  const known = volumes.map((volume) => volume.name)
  for (const { volumeMounts } of containers)
    for (const mount of volumeMounts) expect(known).toContain(mount.name)
  // The API takes a failure policy with Never alone, and indices where it is known how many.
  if (podFailurePolicy !== undefined) expect(restartPolicy).toBe('Never')
  if (completionMode === 'Indexed') expect(completions).toBeGreaterThan(0)
})

it('measures every shard once, counted from 1', () => {
  const manifest: unknown = parse(readFileSync('examples/kubernetes/shards.yaml', 'utf8'))
  if (!check(manifest)) throw new Error('no Job')
  const [{ args } = { args: [] }] = manifest.spec.template.spec.containers
  const [, shard = '', shards = ''] =
    /--shard "\$\(\((JOB_COMPLETION_INDEX \+ 1)\)\)\/(\d+)"/.exec(args.join(' ')) ?? []
  expect(shard).toBe('JOB_COMPLETION_INDEX + 1')
  expect(Number(shards)).toBe(manifest.spec.completions)
  expect(parseShard(`${shards}/${shards}`)).not.toBeNull()
})

it('refuses a field that the API does not know', () => {
  const manifest = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec: { completion: 4 } }
  expect(check(manifest)).toBe(false)
})
