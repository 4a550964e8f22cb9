/**
 * @file What the engine process sees of the environment. It reads files that strangers wrote, with native code: it gets no
 * secret that it has no use for. GitHub's tokens and those of package registries never; the Hub's where a spec names the Hub, an
 * OCI registry's where one names such a registry.
 */
import { corpusRepositories } from '../contract/named-corpora.ts'
import type { AuditConfig } from '../contract/options/audit-config.ts'
import type { Environment } from '../sources/hub-settings.ts'
import { isHubSpec } from '../sources/hub-spec.ts'
import { isOciSpec } from '../sources/oci/oci-spec.ts'
import { withPublisherToken } from '../sources/trusted-publisher.ts'

/** Inputs of the action (INPUT_GITHUB-TOKEN among them), what GitHub's runner gives a job, and other programs' secrets. */
const NEVER =
  /^(INPUT_.*|ACTIONS_.*|GITHUB_TOKEN|GH_TOKEN|GH_ENTERPRISE_TOKEN|GITHUB_ENTERPRISE_TOKEN|NODE_AUTH_TOKEN|NPM_TOKEN|npm_config_.*|AWS_(SECRET_ACCESS_KEY|SESSION_TOKEN)|AZURE_.*|CI_JOB_TOKEN|HF_OIDC_.*)$/i
const OF_THE_HUB = /^(HF_TOKEN|HUGGING_FACE_HUB_TOKEN)$/
const OF_OCI = /^SAEGATE_OCI_(USERNAME|PASSWORD)$/

/** Errors: those of exchanging the job's identity for a token, where the Hub is named and that is asked for. */
export async function engineEnvironment(
  config: Pick<AuditConfig, 'reference' | 'candidates' | 'saes' | 'corpus' | 'tokenizer'>,
  environment: Environment,
): Promise<Environment> {
  const specs = specsOf(config)
  const [needsHub, needsOci] = [specs.some(isHubSpec), specs.some(isOciSpec)]
  const own = needsHub ? await withPublisherToken(environment) : environment
  const kept = Object.entries(own).filter(
    ([name]) => !NEVER.test(name) && (needsHub || !OF_THE_HUB.test(name)) && (needsOci || !OF_OCI.test(name)),
  )
  return Object.fromEntries(kept)
}

function specsOf({
  reference,
  candidates,
  saes,
  corpus,
  tokenizer,
}: Parameters<typeof engineEnvironment>[0]): readonly string[] {
  const corpora = corpusRepositories(corpus.source)
  const named = [reference, ...candidates, ...saes.map(({ source }) => source), ...corpora]
  return tokenizer === null ? named : [...named, tokenizer]
}
