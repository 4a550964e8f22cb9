/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub, not templates. */
/**
 * @file The workflow that `saegate init` writes: the gate in front of a pull request, on GitHub's own CPU runners or on a
 * self-hosted one with CUDA. The same as examples/workflows/gate-pull-request.yml in all that matters.
 */
import type { DeviceChoice } from '../../contract/options/audit-config.ts'
import { isRemoteSpec } from '../../sources/oci/oci-spec.ts'
import { VERSION } from '../../version.ts'
import type { Subjects } from './answers.ts'

export const WORKFLOW_PATH = '.github/workflows/saegate.yml'

/** `subjects` null: saegate.yaml was there already, and says itself what is compared. */
export function workflowYaml(subjects: Subjects | null, device: DeviceChoice): string {
  return device === 'cuda' ? selfHosted(pathsOf(subjects)) : hosted(pathsOf(subjects))
}

const hosted = (
  paths: string,
): string => `# A pull request that changes what ships is measured on GitHub's CPU runners and judged by the policy in saegate.yaml.
# The job's own exit status is the gate. Pull requests from forks get a token that only reads: there the verdict stands
# without a comment.
${opening(paths)}
jobs:
  gate:
    runs-on: ubuntu-24.04
    timeout-minutes: 180
    steps:
${CHECKOUT}
      - name: Keep downloads and the last report between runs
        uses: actions/cache@668228422ae6a00e4ad889ee87cd7109ec5666a7 # v5.0.4
        with:
          path: \${{ runner.temp }}/saegate-cache
          key: saegate-\${{ runner.os }}-\${{ github.run_id }}
          restore-keys: saegate-\${{ runner.os }}-

${gate('cpu', '${{ runner.temp }}/saegate-cache')}`

const selfHosted = (
  paths: string,
): string => `# A pull request that changes what ships is measured on a self-hosted CUDA runner and judged by the policy in saegate.yaml.
# The job's own exit status is the gate. The runner needs an NVIDIA driver, CUDA 12 and cuDNN 9; the engine is installed
# into its tool cache by the first run. Pull requests from forks are left out: their code has no business on your machine.
${opening(paths)}
jobs:
  gate:
    if: github.event.pull_request.head.repo.full_name == github.repository
    runs-on: [self-hosted, linux, x64, cuda]
    timeout-minutes: 120
    steps:
${CHECKOUT}
${gate('cuda', '${{ runner.temp }}/../saegate-cache')}`

const opening = (paths: string): string => `name: saegate

on:
  pull_request:
    # GitHub leaves a required check waiting for ever when paths skip its workflow: take them away before requiring this.
    paths:
${paths}

permissions:
  # skip-unchanged asks GitHub for the run that measured last, and for its report.
  actions: read
  contents: read
  pull-requests: write

concurrency:
  group: saegate-\${{ github.event.pull_request.number }}
  cancel-in-progress: true
`

const CHECKOUT = `      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          lfs: true
          persist-credentials: false
`

const gate = (device: 'cpu' | 'cuda', cache: string): string => `      - name: Measure and judge
        id: gate
        uses: saegate/saegate@v${VERSION}
        with:
          config: saegate.yaml
          # saegate.yaml and the policy decide as the base branch has them: merge these files first, they count from then on.
          config-from: base
          device: ${device}
          skip-unchanged: true
          cache-path: ${cache}
          # Only for gated or private repositories of the Hugging Face Hub.
          hf-token: \${{ secrets.HF_TOKEN }}

      - name: Keep the report
        if: always() && steps.gate.outputs.report-path != ''
        uses: actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0
        with:
          name: saegate-report
          path: \${{ steps.gate.outputs.report-path }}
          retention-days: 30
`

/** What a pull request must touch for the gate to run. */
function pathsOf(subjects: Subjects | null): string {
  const specs = subjects === null ? [] : [subjects.reference, ...subjects.candidates, ...subjects.saes]
  const corpus = subjects === null || !/[/\\]|\.\w+$/.test(subjects.corpus) ? [] : [subjects.corpus]
  const own = [...specs, ...corpus].flatMap((spec) => localPattern(spec) ?? [])
  const patterns = new Set(['saegate.yaml', 'policies/**', '.github/workflows/saegate.yml', ...own])
  return [...patterns].map((pattern) => `      - ${pattern}`).join('\n')
}

const FILE = /\.(?:gguf|onnx|safetensors|npz|npy|txt|jsonl|parquet|json|gz)$/i

/** A pattern for a path inside the repository; null for anything else, or where a name would not mean itself. */
function localPattern(spec: string): string | null {
  const path = spec
    .replace(/^tokens:/, '')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '')
  if (isRemoteSpec(spec) || path.startsWith('-') || path.split('/').includes('..')) return null
  if (!/^\w[\w.-]*(?:\/[\w.-]+)*$/.test(path)) return null
  return FILE.test(path) ? path : `${path}/**`
}
