/**
 * @file Naive experts: every token by itself, every chosen expert of it, by the published rules.
 *
 * Mixtral (arXiv 2401.04088), eq. in section 2.1: softmax over the top-k logits. Qwen2-MoE (2407.10671): softmax over all experts, then the
 * top k, with norm_topk_prob divided by their sum. Phi-3.5-MoE: SparseMixer (2409.12136) in evaluation.
 */
import type { JsonObject } from '../../src/models/config-reader.ts'
import {
  add,
  at,
  each,
  linear,
  multiply,
  type NaiveTensor,
  type Rows,
  type Tensors,
  tensor,
} from './pieces.ts'
import { num, type Trace } from './trace.ts'

/** One token's experts with their shares, in the order in which they are chosen. */
export type Choice = readonly (readonly [expert: number, share: number])[]
export type Rule = (logits: readonly number[]) => Choice

function softmax(logits: readonly number[]): number[] {
  const peak = Math.max(...logits)
  const exp = logits.map((logit) => Math.exp(logit - peak))
  const total = exp.reduce((sum, value) => sum + value, 0)
  return exp.map((value) => value / total)
}

/** Positions of the k largest, descending; of equal ones the first. */
function largest(values: readonly number[], k: number): number[] {
  return values
    .map((value, i) => ({ value, i }))
    .sort((a, b) => b.value - a.value || a.i - b.i)
    .slice(0, k)
    .map(({ i }) => i)
}

/** Top k, then softmax over these. */
export const softmaxOfChosen =
  (k: number): Rule =>
  (logits) => {
    const chosen = largest(logits, k)
    const shares = softmax(chosen.map((i) => at(logits, i)))
    return chosen.map((i, n) => [i, at(shares, n)])
  }

/** Softmax over all, then top k; divided by their sum where asked. */
export const chosenOfSoftmax =
  (k: number, normalised: boolean): Rule =>
  (logits) => {
    const shares = softmax(logits)
    const chosen = largest(shares, k)
    const total = normalised ? chosen.reduce((sum, i) => sum + at(shares, i), 0) : 1
    return chosen.map((i) => [i, at(shares, i) / total])
  }

/** Two experts, each with its share among the logits that are not masked: (max − l) / max(|l|, max) ≤ 2 ε. */
export const sparseMixer =
  (epsilon: number): Rule =>
  (logits) => {
    const pick = (candidates: readonly number[]): readonly [number, number] => {
      const [best = 0] = largest(
        candidates.map((i) => at(logits, i)),
        1,
      ).map((i) => at(candidates, i))
      const peak = at(logits, best)
      const kept = candidates.filter((i) => {
        const logit = at(logits, i)
        return !((peak - logit) / Math.max(Math.abs(logit), peak) > 2 * epsilon)
      })
      const shares = softmax(kept.map((i) => at(logits, i)))
      return [best, at(shares, kept.indexOf(best))]
    }
    const all = logits.map((_, i) => i)
    const first = pick(all)
    return [first, pick(all.filter((i) => i !== first[0]))]
  }

/** x [position][d] → what the chosen experts make of it. `units`: what the second matrix reads; `back`: that matrix. */
export interface NaiveExperts {
  readonly count: number
  readonly rule: Rule
  readonly units: (expert: number, x: Rows) => Rows
  readonly back: (expert: number, x: Rows) => Rows
}

export function routed(trace: Trace, layer: number, x: Rows, logits: Rows, experts: NaiveExperts): Rows {
  const choices = logits.map((row) => experts.rule([...row]))
  const out = x.map((row) => new Float64Array(row.length))
  for (let expert = 0; expert < experts.count; expert++) {
    const given = choices.flatMap((choice, t) => (choice.some(([chosen]) => chosen === expert) ? [t] : []))
    const rows = given.map((t) => x[t] ?? new Float64Array())
    trace.expertInput(layer, expert, 'up', rows, given)
    const units = trace.expertInput(layer, expert, 'down', experts.units(expert, rows), given)
    for (const [n, row] of experts.back(expert, units).entries()) {
      const t = at(given, n)
      const share = choices[t]?.find(([chosen]) => chosen === expert)?.[1] ?? Number.NaN
      out[t] = (out[t] ?? row).map((value, i) => value + share * at(row, i))
    }
  }
  return out
}

/** Llama's relatives with experts under one module of a block; null: this block has none. */
export function expertsOf(
  config: JsonObject,
  tensors: Tensors,
  block: string,
  act: (value: number) => number,
): ((trace: Trace, layer: number, x: Rows) => Rows) | null {
  const k = num(config, 'num_experts_per_tok', 2)
  const gated =
    (names: (expert: number) => readonly [string, string]) =>
    (expert: number, x: Rows): Rows => {
      const [gate, up] = names(expert)
      return multiply(each(linear(x, tensors, gate), act), linear(x, tensors, up))
    }
  const sparse = `${block}.block_sparse_moe`
  if (tensors.has(`${sparse}.experts.0.w1.weight`)) {
    return (trace, layer, x) =>
      routed(trace, layer, x, linear(x, tensors, `${sparse}.gate`), {
        count: num(config, 'num_local_experts', 8),
        rule:
          config.model_type === 'phimoe'
            ? sparseMixer(num(config, 'router_jitter_noise', 0.01))
            : chosenOfSoftmax(k, true),
        units: gated((expert) => [`${sparse}.experts.${expert}.w1`, `${sparse}.experts.${expert}.w3`]),
        back: (expert, rows) => linear(rows, tensors, `${sparse}.experts.${expert}.w2`),
      })
  }
  if (tensors.has(`${sparse}.input_linear.weight`)) return graniteExperts(config, tensors, block, act)
  const mlp = `${block}.mlp`
  if (tensors.has(`${mlp}.experts.gate_up_proj`)) return stackedExperts(config, tensors, mlp, act)
  if (!tensors.has(`${mlp}.experts.0.gate_proj.weight`)) return null
  return (trace, layer, x) => {
    const chosen = routed(trace, layer, x, linear(x, tensors, `${mlp}.gate`), {
      count: num(config, 'num_experts', 128),
      rule: chosenOfSoftmax(k, config.norm_topk_prob === true),
      units: gated((expert) => [`${mlp}.experts.${expert}.gate_proj`, `${mlp}.experts.${expert}.up_proj`]),
      back: (expert, rows) => linear(rows, tensors, `${mlp}.experts.${expert}.down_proj`),
    })
    if (!tensors.has(`${mlp}.shared_expert.up_proj.weight`)) return chosen
    const shared = `${mlp}.shared_expert`
    trace.input(layer, 'up', x)
    const units = trace.input(layer, 'down', gated(() => [`${shared}.gate_proj`, `${shared}.up_proj`])(0, x))
    const sigmoid = each(linear(x, tensors, `${shared}_gate`), (value) => 1 / (1 + Math.exp(-value)))
    const out = linear(units, tensors, `${shared}.down_proj`)
    return add(
      chosen,
      out.map((row, t) => row.map((value) => value * at(sigmoid[t] ?? [], 0))),
    )
  }
}

/** Qwen3-VL: x · W with W [expert, in, out], of which the first half of the columns is the gate. */
function stackedExperts(
  config: JsonObject,
  tensors: Tensors,
  mlp: string,
  act: (value: number) => number,
): (trace: Trace, layer: number, x: Rows) => Rows {
  const times = (rows: Rows, name: string, expert: number): Rows => {
    const { shape, data } = tensor(tensors, `${mlp}.experts.${name}`)
    const [inputs, outputs] = [at(shape, 1), at(shape, 2)]
    return rows.map((row) =>
      Float64Array.from({ length: outputs }, (_, o) => {
        let sum = 0
        for (let i = 0; i < inputs; i++) sum += at(row, i) * at(data, (expert * inputs + i) * outputs + o)
        return sum
      }),
    )
  }
  return (trace, layer, x) =>
    routed(trace, layer, x, linear(x, tensors, `${mlp}.gate`), {
      count: num(config, 'num_experts', 128),
      rule: chosenOfSoftmax(num(config, 'num_experts_per_tok'), true),
      units: (expert, rows) => halves(times(rows, 'gate_up_proj', expert), act),
      back: (expert, rows) => times(rows, 'down_proj', expert),
    })
}

/** act(first half) · second half */
function halves(both: Rows, act: (value: number) => number): Rows {
  return both.map((row) => {
    const half = row.length / 2
    return Float64Array.from({ length: half }, (_, i) => act(at(row, i)) * at(row, half + i))
  })
}

/** Granite: [expert, out, in] with gate before up; an MLP for every token beside them where one is stored. */
function graniteExperts(
  config: JsonObject,
  tensors: Tensors,
  block: string,
  act: (value: number) => number,
): (trace: Trace, layer: number, x: Rows) => Rows {
  const sparse = `${block}.block_sparse_moe`
  const one = (name: string, expert: number): Tensors => {
    const { shape, data } = tensor(tensors, `${name}.weight`)
    const [out, input] = [at(shape, 1), at(shape, 2)]
    const own = data.subarray(expert * out * input, (expert + 1) * out * input)
    return new Map([[`${name}.weight`, { shape: [out, input], data: own }]])
  }
  const units = (both: Rows): Rows => halves(both, act)
  return (trace, layer, x) => {
    const chosen = routed(trace, layer, x, linear(x, tensors, `${sparse}.router.layer`), {
      count: num(config, 'num_local_experts'),
      rule: softmaxOfChosen(num(config, 'num_experts_per_tok')),
      units: (expert, rows) =>
        units(linear(rows, one(`${sparse}.input_linear`, expert), `${sparse}.input_linear`)),
      back: (expert, rows) => linear(rows, one(`${sparse}.output_linear`, expert), `${sparse}.output_linear`),
    })
    const shared = `${block}.shared_mlp`
    if (!tensors.has(`${shared}.input_linear.weight`)) return chosen
    trace.input(layer, 'up', x)
    const inner = trace.input(layer, 'down', units(linear(x, tensors, `${shared}.input_linear`)))
    return add(chosen, linear(inner, tensors, `${shared}.output_linear`))
  }
}

/** [expert, out, in], gate before up, as a matrix for each. */
export function expertsApart(tensors: Tensors): Tensors {
  const apart = new Map(tensors)
  for (const [name, { shape, data }] of tensors) {
    const [, experts, kind] = /^(.+\.experts)\.(gate_up_proj|down_proj)$/.exec(name) ?? []
    if (experts === undefined) continue
    const [count, rows, columns] = [at(shape, 0), at(shape, 1), at(shape, 2)]
    const part = (expert: number, start: number, end: number): NaiveTensor => ({
      shape: [end - start, columns],
      data: data.slice((expert * rows + start) * columns, (expert * rows + end) * columns),
    })
    for (let expert = 0; expert < count; expert++) {
      const module = `${experts}.${expert}`
      if (kind === 'down_proj') apart.set(`${module}.down_proj.weight`, part(expert, 0, rows))
      else {
        apart.set(`${module}.gate_proj.weight`, part(expert, 0, rows / 2))
        apart.set(`${module}.up_proj.weight`, part(expert, rows / 2, rows))
      }
    }
    apart.delete(name)
  }
  return apart
}
