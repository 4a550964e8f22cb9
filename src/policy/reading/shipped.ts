/**
 * @file The policies that come with the tool, as text, so that they are at hand wherever the bundle runs.
 *
 * Written from policies/*.yaml, which are what people read and copy; test/policy/shipped.test.ts holds the two together
 * byte for byte.
 */

export const SHIPPED_POLICY_NAMES = ['default', 'strict', 'research'] as const

export type ShippedPolicyName = (typeof SHIPPED_POLICY_NAMES)[number]

export function isShippedPolicy(name: string): name is ShippedPolicyName {
  return SHIPPED_POLICY_NAMES.some((known) => known === name)
}

export const shippedPolicies: Readonly<Record<ShippedPolicyName, string>> = {
  default: `# The policy for most releases. It keeps the features, and does not ask for more than a good 8-bit or 7-bit scheme gives.
# Copy it, or start yours with \`extends: default\`. \`saegate policy explain default\` says all of it in words.
version: 1
name: default
description: Most features survive, none to speak of is damaged, and perplexity stays close to the reference's.

# The classes of the method (arXiv 2606.03002): a feature survives when its activations in the candidate correlate with those
# in the reference at 0.90 or more, and is damaged below 0.50. Active: it fires at more than one position in a thousand of the
# reference's text; below that, 200,000 tokens hold fewer than 200 firings and a correlation says little.
features: {survived: 0.90, damaged: 0.50, active: 0.001}

# 19 times in 20 the interval holds what more text of the same kind would show. A rule decides on the whole interval.
confidence: 0.95

# An interval across the limit is no pass: measure more tokens (the report says how many), or move the limit on purpose.
onInconclusive: fail

# Dissociation: perplexity says fine (at most 2 % worse: the change people wave through), yet fewer than 90 % of the features
# survive.
dissociation: {perplexityDeltaPercent: 2.0, survived: 0.90}

rules:
  # In the method's measurements on Pythia-70M and Gemma-2-2B, simulated INT8 kept 98-99 % of the features, INT7 81-86 %,
  # INT6 51-62 %. 80 % lets 7 bits pass and stops 6.
  - {id: feature-survival, metric: features.survived, at: 0.90, min: 0.80}

  # Damaged means unrecognisable. INT8 and INT7 damaged none there, INT6 up to 1.0 %, INT5 6-13 %: more than 1 % is too many.
  - {id: no-damage, metric: features.damaged, max: 0.01}

  # The same 2 % as above. Perplexity alone can improve while features go, so this rule never stands alone.
  - {id: perplexity, metric: perplexity.chunked.deltaPercent, max: 2.0}

  # Shown, not failed: survival above has the last word here. The strict policy makes it an error.
  - {id: dissociation, metric: dissociation, equals: false, level: warning}
`,
  strict: `# For models whose features people rely on: steering, monitoring, published interpretability work.
version: 1
name: strict
description: Nearly every feature survives, none that is in use is damaged, and dissociation fails the gate.
extends: default

# One false verdict in a hundred rather than one in twenty. Intervals are a third wider, so plan for more tokens.
confidence: 0.99

# Tighter than default's 2 % and 90 %: what looks this good must be this good.
dissociation: {perplexityDeltaPercent: 1.0, survived: 0.95}

rules:
  # Simulated INT8 kept 98-99 % of the features in arXiv 2606.03002; INT7 (81-86 %) does not pass.
  - {id: feature-survival, metric: features.survived, at: 0.90, min: 0.95}

  # One in a thousand: room for a few odd features, none for a group of them.
  - {id: no-damage, metric: features.damaged, max: 0.001}

  # The same for features weighted by how often they fire, so that rare ones do not outvote those in use.
  - {id: features-in-use, metric: features.survived, weight: firing-rate, min: 0.95}

  # The worst twentieth of the features: even there ρ stays above 0.80.
  - {id: weakest-features, metric: features.correlation, quantile: 0.05, min: 0.80}

  # INT8 changed perplexity by 1.0-2.6 % in simulation; schemes in use stay below 1 %.
  - {id: perplexity, metric: perplexity.chunked.deltaPercent, max: 1.0}

  # Mean KL in nats per token sees changes that perplexity averages away. Rounding this project's small fixture model costs
  # 0.003 at 8 bits, 0.014 at 7 and 0.063 at 6.
  - {id: divergence, metric: divergence.klMean, max: 0.02}

  # Against --baseline, when there is one: two points of survival are more than the noise of 200,000 tokens.
  - {id: no-regression, metric: features.survived, maxDrop: 0.02}

  # What this tool exists to stop.
  - {id: dissociation, metric: dissociation, equals: false}
`,
  research: `# For studies: everything is measured and shown, nothing fails. Also for the first weeks in a repository, to learn what is normal.
version: 1
name: research
description: The method's own thresholds as landmarks. Reports which candidates would pass; never fails.

# Reports, never fails.
informational: true

# The method's classes (arXiv 2606.03002).
features: {survived: 0.90, damaged: 0.50, active: 0.001}

# The usual level of published intervals.
confidence: 0.95

# An interval across a landmark is a finding here, not a failure.
onInconclusive: warn

# As in the default policy, so that flags compare.
dissociation: {perplexityDeltaPercent: 2.0, survived: 0.90}

rules:
  # Landmarks of the default policy, to see where a candidate would stand.
  - {id: feature-survival, metric: features.survived, at: 0.90, min: 0.80, level: warning}
  - {id: no-damage, metric: features.damaged, max: 0.01, level: warning}

  # Looser and stricter definitions of survival, as in the method's sensitivity table: 0.80 and 0.95 are its ends.
  - {id: survival-at-080, metric: features.survived, at: 0.80, min: 0.80, level: warning}
  - {id: survival-at-095, metric: features.survived, at: 0.95, min: 0.80, level: warning}

  # Survival of the features in use: counted by how often they fire.
  - {id: survival-in-use, metric: features.survived, weight: firing-rate, min: 0.80, level: warning}

  # Half of the features above the survival threshold, and all but the worst twentieth above the damage threshold.
  - {id: median-correlation, metric: features.medianCorrelation, min: 0.90, level: warning}
  - {id: weakest-features, metric: features.correlation, quantile: 0.05, min: 0.50, level: warning}

  # Behaviour: 2 % of perplexity, 0.1 nats of mean KL, the same top token 9 times in 10.
  - {id: perplexity, metric: perplexity.chunked.deltaPercent, max: 2.0, level: warning}
  - {id: divergence, metric: divergence.klMean, max: 0.1, level: warning}
  - {id: agreement, metric: divergence.top1Agreement, min: 0.90, level: warning}
  - {id: dissociation, metric: dissociation, equals: false, level: warning}
`,
}
