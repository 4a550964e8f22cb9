/**
 * @file Adds outputs to a model without touching its bytes. A protobuf parser merges a message that occurs twice and
 * concatenates its repeated fields, so an edited model is the original file with a second, tiny graph behind it that
 * holds only new nodes and outputs (https://protobuf.dev/programming-guides/encoding/#last-one-wins).
 */
import { Message } from './protobuf.ts'

const FLOAT = 1
const ATTRIBUTE_INT = 2

/** A float32 output called `name`: one value of the model, or the sum of several. */
export interface AddedOutput {
  readonly name: string
  readonly addends: readonly string[]
}

/** What to append to the model's bytes. */
export function addedOutputs(outputs: readonly AddedOutput[]): Uint8Array {
  const graph = new Message()
  for (const { name, addends } of outputs) {
    let [value = ''] = addends
    for (const [i, addend] of addends.slice(1).entries()) {
      const sum = `${name}_sum_${i}`
      graph.message(1, node('Add', [value, addend], sum))
      value = sum
    }
    const to = new Message().string(1, 'to').int(3, FLOAT).int(20, ATTRIBUTE_INT)
    graph.message(1, node('Cast', [value], name).message(5, to))
    const type = new Message().message(1, new Message().int(1, FLOAT))
    graph.message(12, new Message().string(1, name).message(2, type))
  }
  return new Message().message(7, graph).finish()
}

function node(op: string, inputs: readonly string[], output: string): Message {
  const message = new Message()
  for (const input of inputs) message.string(1, input)
  return message.string(2, output).string(3, `${output}_${op}`).string(4, op)
}
