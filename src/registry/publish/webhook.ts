/**
 * @file A verdict to an address of one's own, as JSON, signed: `X-Saegate-Signature: sha256=HEX` is the HMAC-SHA-256 over the body,
 * and `Idempotency-Key` is the same for the same verdict on the same content, so that a receiver can leave a second one unread.
 */
import { createHmac } from 'node:crypto'
import type { PatientFetch } from '../../sources/transfer/patient-fetch.ts'
import { digestOfWords } from '../content.ts'
import type { PublishTarget } from './target.ts'

export interface WebhookSettings {
  readonly url: string
  readonly secret: string | null
}

export function webhookTarget({ url, secret }: WebhookSettings, request: PatientFetch): PublishTarget {
  return {
    // The address may hold a secret: the history names it by its digest.
    name: `webhook ${new URL(url).host} ${digestOfWords(url).slice(0, 8)}`,
    takes: () => true,
    async publish(_, verdict, idempotency) {
      const body = JSON.stringify(verdict)
      const signature = secret === null ? null : createHmac('sha256', secret).update(body).digest('hex')
      const response = await request(new URL(url), {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'Idempotency-Key': idempotency,
          ...(signature === null ? {} : { 'X-Saegate-Signature': `sha256=${signature}` }),
        },
        body,
      })
      await response.body?.cancel()
      return null
    },
  }
}
