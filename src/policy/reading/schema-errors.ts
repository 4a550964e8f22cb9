/**
 * @file What the schema finds wrong with a policy, with file, line, column and key.
 */
import { schemaCheck } from '../../contract/schema-check.ts'
import { keyText, schemaProblem } from '../../contract/schema-problem.ts'
import type { YamlText } from '../../contract/yaml/yaml-text.ts'
import { policyInvalid, policyKeyUnknown } from '../../errors/policy.ts'
import { type PolicyDocument, policySchema } from './policy-schema.ts'

const check = schemaCheck<PolicyDocument>(policySchema, { allErrors: true, verbose: true })

/** The YAML's value as a policy document. Throws POLICY_INVALID or POLICY_KEY_UNKNOWN. */
export function checkedDocument(yaml: YamlText): PolicyDocument {
  const validate = check()
  if (validate(yaml.value)) return yaml.value
  const problem = schemaProblem(validate.errors ?? [])
  const [at, key] = [yaml.at(problem.path), keyText(problem.path)]
  if (problem.kind === 'unknown-key') throw policyKeyUnknown(at, key, problem.near, problem.known)
  const expected = problem.kind === 'missing-key' ? `the key "${problem.key}" in it` : problem.expected
  throw policyInvalid(at, key, problem.found, expected)
}
