/**
 * `npm run experiments`: the paper's experiments on the fixtures. Writes docs/experiments/NAME.md, each with its command, what that
 * printed, a plot (NAME.svg) and two sentences whose numbers come from the same run; never edited by hand. Needs dist/.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureDependencies, root } from './setup.mjs'

const NEOX = ['--reference', 'fixtures/models/neox']
const SAE = 'fixtures/saes/neox/blocks.4.hook_resid_post'
const TEXT = ['--corpus', 'fixtures/corpus/eval.txt', '--block-length', '128']
const READOUT = 'blocks.4.hook_resid_post'
const percent = (part) => `${(100 * part).toFixed(1)} %`
const change = (value) => `${value >= 0 ? '+' : ''}${value.toFixed(1)} %`

const candidate = (spec) => ['--candidate', spec]

/** `OUT` stands for the folder of a run; `of` names the run whose report is read. */
const EXPERIMENTS = [
  {
    name: 'sweep',
    title: 'Bit-widths and a matched pruning',
    measure: [
      ...['sweep', '--bits', '8,7,6,5,4', '--prune', 'match=rtn:6', ...NEOX, '--sae', SAE, ...TEXT],
      ...['--tokens', '12k', '--match-tokens', '6k', '--perplexity', 'chunked,sliding=256/256'],
      ...['--out', 'OUT'],
    ],
    again: ['sweep', 'OUT/report.json'],
    figure: 'bits',
    words({ conditions }) {
      const six = conditions.find(({ spec }) => spec === 'rtn:6')
      const pruned = conditions.find(({ match }) => match !== null)
      const share = ({ readouts: [one] }) => percent(one.survived.fraction)
      return [
        `At six bits perplexity changes by ${change(six.chunked.deltaPercent)}, and ${share(six)} of the active features survive.`,
        `Pruning that meets its perplexity takes ${percent(pruned.sparsity)} of the weights, and leaves ${share(pruned)}.`,
      ]
    },
  },
  {
    name: 'layouts',
    title: 'What shares a scale',
    measure: [
      ...['sweep', '--bits', '6', '--granularity', 'channel,group=32,tensor,transformerlens'],
      ...['--reference', 'fixtures/models/neox-heads', '--sae', SAE, '--center', 'true', ...TEXT],
      ...['--tokens', '10k', '--out', 'OUT'],
    ],
    again: ['sweep', 'OUT/report.json'],
    figure: 'map',
    words({ conditions }) {
      const share = (spec) => {
        const found = conditions.find((one) => one.spec === spec)
        return percent(found.readouts[0].survived.fraction)
      }
      return [
        `Six bits leave ${share('rtn:6')} of the features with a scale for each row, ${share('rtn:6,group=32')} with one for each 32 inputs, and ${share('rtn:6,scale=tensor')} with one for a whole matrix.`,
        `Weights that are folded and centred first and share scales between heads, as in the paper's code, leave ${share('rtn:6,layout=transformerlens')}.`,
      ]
    },
  },
  {
    name: 'overlap',
    title: 'Do rounding and pruning lose the same features?',
    of: 'sweep',
    again: ['compare', 'OUT/report.json#rtn-6', 'OUT/report.json#prune-match-rtn-6', '--readout', READOUT],
    figure: 'scatter',
    words({ overlap: { nonSurvived, spearman } }) {
      return [
        `Of the ${nonSurvived.either} features that rounding or the matched pruning loses, ${nonSurvived.both} are lost to both: a Jaccard index of ${nonSurvived.jaccard.value.toFixed(3)}, where ${nonSurvived.jaccardExpected.toFixed(3)} would come of chance.`,
        `Their damage scores agree by a rank correlation of ${spearman.value.toFixed(3)}.`,
      ]
    },
  },
  {
    name: 'prediction',
    title: 'Can survival be told from the reference alone?',
    of: 'sweep',
    again: ['predict', 'OUT/report.json#rtn-6', '--readout', READOUT],
    figure: 'roc',
    words({ fragility: { crossValidated, independent, survived, features } }) {
      return [
        `${survived} of ${features} active features survive six bits, and firing rate, mean and peak of the reference tell which with an AUC of ${crossValidated.auc.toFixed(3)}.`,
        `Without log concentration, which the others determine, it is ${independent.crossValidated.auc.toFixed(3)}.`,
      ]
    },
  },
  {
    name: 'layers',
    title: 'What calibrated rules spare the layers',
    measure: [
      ...['diagnose', ...NEOX, ...TEXT, '--tokens', '8k', '--calibration-tokens', '16k'],
      ...['rtn:3,group=64', 'gptq:3,group=64', 'awq:3,group=64', 'rtn:4,group=64', 'nf4'].flatMap(candidate),
      ...['prune:0.5', 'wanda:0.5', 'sparsegpt:0.5'].flatMap(candidate),
      ...['--out', 'OUT'],
    ],
    again: ['diagnose', 'OUT/report.json'],
    figure: 'layers',
    words(diagnoses) {
      const error = (spec) => percent(diagnoses.find((one) => one.spec === spec).diagnosis.weights.output)
      return [
        `On tokens that no rule was calibrated on, outputs of layers are off by ${error('rtn:3,group=64')} of their norm with weights rounded to three bits, by ${error('awq:3,group=64')} with AWQ and by ${error('gptq:3,group=64')} with GPTQ, and at four bits by ${error('rtn:4,group=64')} on even levels and ${error('nf4')} on those of NF4.`,
        `Without half of the weights they are off by ${error('prune:0.5')} if the smallest go, by ${error('wanda:0.5')} with Wanda and by ${error('sparsegpt:0.5')} with SparseGPT.`,
      ]
    },
  },
  {
    name: 'stability',
    title: 'How much text does it take?',
    measure: [
      ...['stability', '--candidate', 'rtn:6', ...NEOX, '--sae', SAE],
      ...['--sae', 'fixtures/saes/neox/blocks.3.hook_resid_post', ...TEXT, '--tokens', '16k'],
      ...['--budgets', '4k,8k,16k', '--subsets', '3', '--subset-tokens', '8k', '--out', 'OUT'],
    ],
    again: ['stability', 'OUT/report.json'],
    figure: 'tokens',
    words({ rows, spread }) {
      const budgets = rows.filter(({ kind, readout }) => kind === 'budget' && readout === READOUT)
      const own = spread.find(({ readout }) => readout === READOUT)
      const [first, last] = [budgets[0], budgets[budgets.length - 1]]
      return [
        `${percent(first.survived.fraction)} of the features survive on ${first.tokens} tokens and ${percent(last.survived.fraction)} on ${last.tokens}: correlations of little text are low.`,
        `Three subsets of ${own.tokens} tokens differ by a standard deviation of ${percent(own.survivedSd)}.`,
      ]
    },
  },
]

function saegate(args) {
  const { status, stdout } = spawnSync(process.execPath, ['dist/cli.js', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`saegate ${args[0]} exited with ${status}`)
  return stdout
}

/** As a user would type it, a flag and its value on a line. */
function typed(args, name) {
  const words = args.map((word) => word.replace('OUT', `experiments/${name}`))
  const lines = [[]]
  for (const word of words) {
    if (word.startsWith('--') && lines.at(-1).join(' ').length > 80) lines.push([])
    lines.at(-1).push(word)
  }
  return `saegate ${lines.map((line) => line.join(' ')).join(' \\\n  ')}`
}

/** One plot of a page as a file of its own, which brings the page's colours along. */
function plotOf(html, id) {
  const [, figure = ''] = new RegExp(`<figure id="${id}">([\\s\\S]*?)</figure>`).exec(html) ?? []
  const [svg] = /<svg [\s\S]*<\/svg>/.exec(figure) ?? []
  if (svg === undefined) throw new Error(`the page has no plot ${id}`)
  const [, light] = /:root\{([^}]*)\}/.exec(html)
  const [, dark] = /prefers-color-scheme:dark\)\{:root:not\([^)]*\)\{([^}]*)\}/.exec(html)
  const style = `<style>svg{${light};color:var(--ink)}@media(prefers-color-scheme:dark){svg{${dark}}}</style>`
  const named = svg.includes('xmlns=')
    ? svg
    : svg.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')
  return `${named.replace(/^(<svg[^>]*>)/, (open) => open + style)}\n`
}

function page({ name, title, measure, again, of }, { text, words }) {
  const commands = [...(measure === undefined ? [] : [typed(measure, name)]), typed(again, of ?? name)]
  return `# ${title}

\`npm run experiments\` wrote this from the fixtures.

\`\`\`sh
${commands.join('\n')}
\`\`\`

${words.join(' ')}

![${title}](${name}.svg)

\`\`\`text
${text.trimEnd()}
\`\`\`
`
}

/** `npm run experiments -- layers`: that one, and what it reads. */
const only = process.argv.slice(2)
const isAsked = ({ name }) =>
  only.length === 0 || EXPERIMENTS.some((one) => only.includes(one.name) && (one.of ?? one.name) === name)

ensureDependencies()
const folder = mkdtempSync(join(tmpdir(), 'saegate-experiments-'))
const docs = join(root, 'docs', 'experiments')
mkdirSync(docs, { recursive: true })
try {
  for (const experiment of EXPERIMENTS.filter((one) => isAsked(one) || only.includes(one.name))) {
    const { name, measure, again, of, figure } = experiment
    const placed = (args, run) => args.map((word) => word.replace('OUT', join(folder, run)))
    console.error(`${name} …`)
    if (measure !== undefined) saegate(placed(measure, name))
    const view = placed(again, of ?? name)
    const text = saegate(view).replaceAll(`${folder}/`, 'experiments/')
    const words = experiment.words(JSON.parse(saegate([...view, '--format', 'json'])))
    writeFileSync(join(docs, `${name}.svg`), plotOf(saegate([...view, '--format', 'html']), figure))
    writeFileSync(join(docs, `${name}.md`), page(experiment, { text, words }))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
