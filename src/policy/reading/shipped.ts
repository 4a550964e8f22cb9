/** @file The policies that come with the tool: policies/*.yaml, which people read and copy, bundled as text so that they are at hand wherever the bundle runs. */
import byDefault from '../../../policies/default.yaml'
import research from '../../../policies/research.yaml'
import strict from '../../../policies/strict.yaml'

export const SHIPPED_POLICY_NAMES = ['default', 'strict', 'research'] as const

export type ShippedPolicyName = (typeof SHIPPED_POLICY_NAMES)[number]

export function isShippedPolicy(name: string): name is ShippedPolicyName {
  return SHIPPED_POLICY_NAMES.some((known) => known === name)
}

export const shippedPolicies: Readonly<Record<ShippedPolicyName, string>> = {
  default: byDefault,
  strict,
  research,
}
