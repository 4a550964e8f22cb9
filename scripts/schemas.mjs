/**
 * Writes schemas/*.schema.json from the schemas in src, the one source of type, check and documentation.
 *
 *     node scripts/schemas.mjs           write
 *     node scripts/schemas.mjs --check   exit 1 when a written file differs from its source
 *
 * Node 20 cannot load TypeScript: the module is bundled in memory and imported from a data: address.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const SCHEMAS = [
  {
    module: 'src/contract/experiments/attribution-schema.ts',
    name: 'attributionSchema',
    file: 'schemas/attribution.schema.json',
  },
  {
    module: 'src/contract/experiments/comparison-schema.ts',
    name: 'comparisonSchema',
    file: 'schemas/comparison.schema.json',
  },
  { module: 'src/contract/yaml/config-schema.ts', name: 'configSchema', file: 'schemas/config.schema.json' },
  {
    module: 'src/contract/experiments/forecast-schema.ts',
    name: 'forecastSchema',
    file: 'schemas/forecast.schema.json',
  },
  {
    module: 'src/contract/experiments/fragility-schema.ts',
    name: 'fragilitySchema',
    file: 'schemas/fragility.schema.json',
  },
  { module: 'src/contract/plan/plan-schema.ts', name: 'planSchema', file: 'schemas/plan.schema.json' },
  {
    module: 'src/contract/predictor/predictor-schema.ts',
    name: 'predictorSchema',
    file: 'schemas/predictor.schema.json',
  },
  { module: 'src/policy/reading/policy-schema.ts', name: 'policySchema', file: 'schemas/policy.schema.json' },
  {
    module: 'src/contract/registry/registry-schema.ts',
    name: 'registrySchema',
    file: 'schemas/registry.schema.json',
  },
  {
    module: 'src/contract/experiments/reproduction-schema.ts',
    name: 'reproductionSchema',
    file: 'schemas/reproduction.schema.json',
  },
  {
    module: 'src/contract/experiments/stability-schema.ts',
    name: 'stabilitySchema',
    file: 'schemas/stability.schema.json',
  },
  {
    module: 'src/contract/experiments/sweep-schema.ts',
    name: 'sweepSchema',
    file: 'schemas/sweep.schema.json',
  },
  {
    module: 'src/contract/experiments/repair-schema.ts',
    name: 'repairSchema',
    file: 'schemas/repair.schema.json',
  },
  {
    module: 'src/contract/tensor-plan/tensor-plan-schema.ts',
    name: 'tensorPlanSchema',
    file: 'schemas/tensor-plan.schema.json',
  },
  {
    module: 'src/contract/report/report-schema.ts',
    name: 'reportSchema',
    file: 'schemas/report.schema.json',
  },
]

async function load(module) {
  const bundle = await rolldown({ input: `${root}${module}`, logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'esm' })
  await bundle.close()
  return import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`)
}

let isStale = false
for (const { module, name, file } of SCHEMAS) {
  const text = `${JSON.stringify((await load(module))[name], null, 2)}\n`
  if (!process.argv.includes('--check')) await writeFile(`${root}${file}`, text)
  else if ((await readFile(`${root}${file}`, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${file} differs from ${module}: run node scripts/schemas.mjs\n`)
    isStale = true
  }
}
// They say in TypeScript what the schemas say.
if (!process.argv.includes('--check')) await import('./types.mjs')
process.exitCode = isStale ? 1 : 0
