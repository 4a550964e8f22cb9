/** @file A process that reads broken inputs, telling its parent before each one which it is. Started by scripts/fuzz.mjs. */
import { flawOf } from './run.ts'

const [, , seed = '', reader = '', from = '0', to = '0'] = process.argv

// A rejection that nobody hears is a flaw of the input that is being read.
process.on('unhandledRejection', (error) => {
  throw error
})
for (let index = Number(from); index < Number(to); index++) {
  process.send?.({ index })
  const flaw = await flawOf(seed, reader, index)
  if (flaw !== null) process.send?.({ index, flaw })
}
process.disconnect()
