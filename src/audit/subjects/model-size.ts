/** @file What a model's tensors take: those that its decoder reads, each once, embeddings and unembedding apart. */
import { planBytes } from '../../compression/plan-table.ts'
import type { CandidateReport } from '../../contract/report/report-schema.ts'
import { allRefs } from '../../models/weight-reader.ts'
import { elementCount } from '../../tensors/raw-tensor.ts'
import type { Candidate } from './candidate.ts'
import type { Model } from './model.ts'

export type ModelSize = NonNullable<CandidateReport['size']>

/** Null: a graph of its own, or weights in a form that nothing stores. */
export function candidateSize(candidate: Candidate): ModelSize | null {
  if (candidate.kind === 'onnx' || candidate.compression?.layout !== undefined) return null
  return modelSize(candidate.model, candidate.kind === 'stored' ? 'stored' : 'by its bits')
}

export function modelSize({ decoder, plan, tensors }: Model, counted: ModelSize['counted']): ModelSize {
  const { embedding, positions, unembedding } = decoder.weights
  const bytes = planBytes(plan)
  const of = (names: ReadonlySet<string>): { parameters: number; bytes: number } => {
    let sum = { parameters: 0, bytes: 0 }
    for (const name of names) {
      const parameters = elementCount(tensors.entries.get(name)?.shape ?? []) ?? 0
      sum = { parameters: sum.parameters + parameters, bytes: sum.bytes + (bytes.get(name) ?? 0) }
    }
    return sum
  }
  const embeddings = new Set(
    [embedding, ...(positions === null ? [] : [positions])].map(({ tensor }) => tensor),
  )
  const { weight, bias } = unembedding
  const head = new Set([weight, ...(bias === null ? [] : [bias])].map(({ tensor }) => tensor))
  for (const name of embeddings) head.delete(name)
  const all = new Set([...embeddings, ...head, ...[...allRefs(decoder.weights)].map(({ tensor }) => tensor)])
  return { ...of(all), counted, embeddings: of(embeddings), head: of(head) }
}
