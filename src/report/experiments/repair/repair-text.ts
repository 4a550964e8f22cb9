/** @file `saegate repair` for a terminal or a log. */
import { visible } from '../../../escape/visible.ts'
import { count, decimal, number, percent } from '../../words/format.ts'
import { textTable } from '../text-table.ts'
import type { Repair, RepairPlan } from './repair.ts'

export function repairText(repair: Repair): string {
  const parts: readonly (readonly string[])[] = [
    answerLines(repair),
    [
      'plans that no other is as cheap and as good as, on the tokens searched on',
      ...textTable(frontierRows(repair)),
    ],
    ...(Object.keys(repair.file.tensors).length === 0 ? [] : exportLines(repair)),
  ]
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

const VERDICTS = { pass: 'passes', fail: 'fails', inconclusive: 'is undecided' } as const

export function answerLines(repair: Repair): readonly string[] {
  const { candidate, policy, plan, judged, tokens, plansTried, exhaustive, becomes, notes } = repair
  const kept = plan.units.length === 0 ? 'nothing' : plan.units.map((name) => visible(name, 60)).join(', ')
  const price = `${count(plan.extraBytes)} bytes more, ${decimal(plan.bitsPerWeight, 3)} bits per weight`
  const found =
    judged === null
      ? `No plan makes ${visible(candidate, 60)} pass ${visible(policy, 60)}. The best found keeps ${kept}: ${price}.`
      : `Keep ${kept} as the ${becomes} has ${plan.units.length === 1 ? 'it' : 'them'}: ${price}.`
  const search = `${count(plansTried)} plans were measured on ${count(tokens.search)} tokens${exhaustive ? ', every cheaper one among them' : ''}`
  const told =
    judged === null
      ? `${search}.`
      : `${search}; on ${count(tokens.judged ?? 0)} others, judged once, the policy ${VERDICTS[judged.verdict]}${judged.failing.length === 0 ? '' : ` (${judged.failing.map((id) => visible(id, 40)).join(', ')})`}.`
  return [
    found,
    told,
    `As a candidate: ${visible(repair.spec, 200)}`,
    ...notes.map((note) => visible(note, 600)),
  ]
}

export function frontierRows({ frontier }: Repair): readonly (readonly string[])[] {
  const row = (plan: RepairPlan): readonly string[] => [
    plan.units.length === 0 ? 'nothing kept' : `${count(plan.units.length)} kept`,
    count(plan.bytes),
    decimal(plan.bitsPerWeight, 3),
    percent(plan.survived, 1),
    number(plan.kl),
    plan.verdict,
  ]
  return [['', 'bytes', 'bits per weight', 'survived', 'KL', 'policy'], ...frontier.map(row)]
}

function exportLines({ exports }: Repair): readonly (readonly string[])[] {
  const { llamaQuantize, llamaQuantizeUnnamed, llmCompressor, gptqModel, autoRound } = exports
  const json = (value: unknown): string => visible(JSON.stringify(value), 4000)
  return [
    [
      'llama-quantize',
      ...llamaQuantize.map((line) => `  ${visible(line, 200)}`),
      ...llamaQuantizeUnnamed.map((name) => `  no name of its own in llama.cpp: ${visible(name, 100)}`),
    ],
    ['llm-compressor', `  ${json(llmCompressor)}`],
    ['GPTQModel', `  ${json(gptqModel)}`],
    ['AutoRound', `  ${json(autoRound)}`],
  ]
}
