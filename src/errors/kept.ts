/** @file Problems with what audits keep for later ones. */
import { problem } from './problem.ts'

export const keptInCheckout = problem('KEPT_IN_CHECKOUT', 2, (folder: string, checkout: string) => ({
  message: `${folder}, where captures are to be kept, lies in the checkout ${checkout}: whoever commits files there would decide what was measured.`,
  fix: 'Set SAEGATE_CACHE to a folder outside the checkout, or leave --capture-cache-size out.',
}))
