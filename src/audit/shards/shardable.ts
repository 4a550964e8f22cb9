/** @file What of an audit cannot be had shard by shard, refused by its name before anything is run. */
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import { shardUnsupported } from '../../errors/shards.ts'
import type { Device } from '../../onnx/sessions/session.ts'

/** Each with why; what an option is called, where the audit has it. */
function refused(config: AuditConfig): readonly (readonly [what: string, why: string] | null)[] {
  const { explain = 0, nullCheck, noiseFloor = 'none', noiseNull = false, rescale, watched = [] } = config
  const hasAlarms = watched.some(({ alarms = [] }) => alarms.length > 0)
  return [
    explain > 0
      ? [
          '--explain',
          'which features a candidate changed most only all shards together tell; say --explain 0',
        ]
      : null,
    nullCheck ? ['--null-check', 'it holds the whole text against itself'] : null,
    noiseFloor === 'none' ? null : ['--noise-floor', 'it measures five references more on the whole text'],
    noiseNull ? ['--noise-null', 'it is drawn for what all shards together give'] : null,
    rescale ? ['--rescale', 'the factor is that of the whole text, and is wanted before it is read'] : null,
    hasAlarms ? ['A policy with monitors', 'alarms are looked at by sequence, over the whole text'] : null,
    config.stability === undefined ? null : ['Stability', 'it looks at the whole text again'],
    config.diagnose === true ? ['A diagnosis', 'it looks at the whole text again'] : null,
    config.attribution === undefined ? null : ['An attribution', 'it goes by the features of the whole text'],
    config.causal === undefined ? null : ['A causal check', 'it goes by the features of the whole text'],
    config.lossRecovered === true ? ['--loss-recovered', 'it is read off the whole text'] : null,
    config.newFeatures === true
      ? ['--new-features', 'which features are not active only all shards together tell']
      : null,
    config.latentScaling === true ? ['--latent-scaling', 'it is read off the whole text'] : null,
    config.untilDecided === true
      ? ['--until-decided', 'only all shards together tell whether rules are decided']
      : null,
    config.captures === undefined ? null : ['--capture-cache-size', 'what is kept is of whole texts'],
    config.batchSequences === undefined ? null : ['Perplexity by batches', 'batches cross shards'],
    config.half === undefined ? null : ['One half of a text', 'a half is a part already'],
  ]
}

/** Errors: SHARD_UNSUPPORTED. */
export function requireShardable(config: AuditConfig): void {
  const found = refused(config).find((one) => one !== null)
  if (found !== undefined && found !== null) throw shardUnsupported(...found)
}

/** Errors: SHARD_UNSUPPORTED. */
export function requireFloat32({ kind, bodyType }: Device): void {
  if (kind === 'cpu' && bodyType === 'float32') return
  const asked = kind === 'cpu' ? `--precision ${bodyType}` : `--device ${kind}`
  throw shardUnsupported(
    asked,
    'how far its arithmetic is from float32 is measured on the whole text; say --device cpu --precision float32',
  )
}
