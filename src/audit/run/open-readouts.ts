/** @file SAE specs, opened and checked against the reference. */
import { hookName } from '../../contract/hook-point.ts'
import { checkDictionary } from '../../sae/check.ts'
import { decoderNorms } from '../../sae/dictionary.ts'
import { openSae } from '../../sae/open.ts'
import type { Model } from '../subjects/model.ts'
import type { Opening } from '../subjects/open-source.ts'
import { type AskedSae, askedSaes } from './asked-saes.ts'
import type { OpenedReadout } from './readout.ts'
import { storedEncoder } from './stored-encoder.ts'
import { withoutGain } from './without-gain.ts'

/** Open the SAEs and check hook and width against the reference. Errors: the SAE's own. */
export async function openReadouts(opening: Opening, model: Model): Promise<readonly OpenedReadout[]> {
  const readouts: OpenedReadout[] = []
  const taken = new Set<string>()
  for (const sae of await askedSaes(opening)) readouts.push(await openReadout(opening, sae, model, taken))
  return readouts
}

async function openReadout(
  { open }: Opening,
  sae: AskedSae,
  model: Model,
  taken: Set<string>,
): Promise<OpenedReadout> {
  const files = await open(sae.source)
  const opened = await openSae(sae, files)
  checkDictionary(opened, model.decoder.spec)
  const dictionary = await withoutGain(opened, model)
  const hook = hookName(dictionary.reads)
  let id = hook
  for (let n = 2; taken.has(id); n++) id = `${hook}#${n}`
  taken.add(id)
  return {
    id,
    hook,
    pattern: sae.pattern,
    dictionary,
    encoder: await storedEncoder(dictionary),
    center: dictionary.center && (sae.center === true || model.decoder.spec.norm.kind === 'layer'),
    decoderNorms: await decoderNorms(dictionary),
    close: () => files.close(),
  }
}
