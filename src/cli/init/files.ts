/**
 * @file The files that `saegate init` writes, as text. What the user named goes through a YAML writer; the rest is fixed.
 *
 * `#` and one space explain; `#` before a key, or before the two spaces of an entry, is a setting to switch on by taking
 * the mark away. All of them together are valid, which the tests check.
 */
import { stringify } from 'yaml'
import type { DeviceChoice } from '../../contract/options/audit-config.ts'
import { CONFIG_NAME } from '../../contract/options/audit-options.ts'
import { writtenDefault } from '../../contract/options/option-values.ts'
import { type AuditOptionName, optionNamed } from '../../contract/options/options.ts'
import type { ShippedPolicyName } from '../../policy/reading/shipped.ts'
import type { Subjects } from './answers.ts'

/** .gitignore, where there is none. */
export const gitignore = (): string => `# What saegate writes.\n${reportFolder()}/\n`
/** Where an audit writes unless it is told otherwise. */
export const reportFolder = (): string => preset('out')

export const CONFIG_PATH = CONFIG_NAME
export const POLICY_PATH = 'policies/saegate-policy.yaml'

/** One YAML scalar on one line, quoted where it needs to be. Only the line's end goes: a no-break space may end a name. */
const scalar = (value: string): string => stringify(value, { lineWidth: 0 }).replace(/\n$/, '')

const preset = (name: AuditOptionName): string => writtenDefault(optionNamed(name)) ?? ''
const explained = (name: AuditOptionName): string => `# ${optionNamed(name).description}`

/** saegate.yaml. `blockLength`: tokens of a sequence. */
export function configYaml(subjects: Subjects, device: DeviceChoice, blockLength: number): string {
  return `# What \`saegate audit\` measures. Flags override this file; \`saegate audit --help\` lists them.
# Paths start from the folder that the command runs in.

${explained('reference')}
# Pin a model of the Hub to a commit (hf:owner/name@COMMIT), so that the same audit gives the same figures next year.
reference: ${scalar(subjects.reference)}

${explained('candidate')}
candidates:
${subjects.candidates.map((candidate) => `  - ${scalar(candidate)}`).join('\n')}
#  - rtn:6
#  - rtn:4,group=128

${explained('sae')}
saes:
${subjects.saes.map((source) => `  - source: ${scalar(source)}`).join('\n')}
    # Where both models are read, and whether residuals are centred; without these the SAE's own config says.
#    hook: ${optionNamed('hook').example}
#    center: false

${explained('corpus')}
corpus:
  source: ${scalar(subjects.corpus)}
  # More tokens give narrower intervals. The report says how many an inconclusive rule needs.
  tokens: ${preset('tokens')}
  blockLength: ${blockLength}
#  bos: ${preset('bos')}

${explained('perplexity')}
perplexity: ${preset('perplexity')}

${explained('positions')}
#positions: ${preset('positions')}

${explained('policy')}
policy: ${POLICY_PATH}

${explained('baseline')}
#baseline: baseline/report.json

# Where the models run: auto takes CUDA where it works, else the CPU.
device: ${device}

${explained('memory')}
#memory: 4GB

${explained('out')}
out: ${preset('out')}
`
}

/** A policy of the repository's own, which builds on a shipped one. `waivedUntil` (YYYY-MM-DD) is the day that its example of a waiver shows. */
export function policyYaml(base: ShippedPolicyName, waivedUntil: string): string {
  return `# The policy that decides whether a candidate ships. It begins as the shipped one named below; what is written here
# overrides that. In words: saegate policy explain ${POLICY_PATH}
version: 1
name: saegate-policy
extends: ${base}

# Report everything and never fail: for the first weeks, to learn what is normal.
#informational: true

# What the gate does when an interval straddles a limit: fail, warn or pass.
#onInconclusive: fail

# A rule with an inherited id replaces that rule; any other is added.
#rules:
  # How many of the active features must survive.
#  - {id: feature-survival, metric: features.survived, at: 0.90, min: 0.85}
  # The same for the features in use, counted by how often they fire.
#  - {id: features-in-use, metric: features.survived, weight: firing-rate, min: 0.90}
  # Against an earlier report, given with --baseline.
#  - {id: no-regression, metric: features.survived, maxDrop: 0.02}
  # Fail what looks fine by perplexity and has lost its features.
#  - {id: dissociation, metric: dissociation, equals: false}

# A rule can be waived for a candidate, with a reason and a last day. Waivers are counted and shown, run for a year at
# most, and fail once expired.
#exceptions:
#  - {rule: feature-survival, candidate: 'rtn:6', reason: why it may pass, expires: '${waivedUntil}'}
`
}
