/** @file `saegate init`: what it writes is read with our own parsers and the rules for workflows. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { CONFIG_PATH, configYaml, POLICY_PATH, policyYaml } from '../../src/cli/init/files.ts'
import { WORKFLOW_PATH, workflowYaml } from '../../src/cli/init/workflow.ts'
import { resolveRequest } from '../../src/contract/request/audit-request.ts'
import { parseConfig } from '../../src/contract/yaml/config-file.ts'
import { readPolicy } from '../../src/gate/judging.ts'
import { loadPolicy } from '../../src/policy/reading/load.ts'
import { SHIPPED_POLICY_NAMES } from '../../src/policy/reading/shipped.ts'
import { VERSION } from '../../src/version.ts'
import { isWorkflow, lint, type Manifest } from '../action/workflow-lint.ts'
import { runHere } from './fake-host.ts'

const manifest: Manifest = parse(readFileSync('action.yml', 'utf8'))
const GIVEN = ['--reference', './m', '--candidate', './q', '--sae', './s', '--corpus', './c.txt'] as const
const PATHS = [CONFIG_PATH, POLICY_PATH, WORKFLOW_PATH]

/** What YAML would read as something else. */
const ODD_NAMES = [
  'a # b',
  `it's "quoted"`,
  '#',
  '- x',
  '{a: b}',
  '[1]',
  'null',
  '0x10',
  '*alias',
  '&anchor x',
  '!tag',
  'key: value',
  '%',
  '@at',
  '`',
  "'",
  '"',
  '\\',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, not a template.
  '${{ secrets.X }}',
  '=',
  '~',
  'ünï ☃ 𝔸',
  `${'long '.repeat(60)}name`,
]

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saegate-init-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const init = (args: readonly string[], answers: readonly string[] | null = null) =>
  runHere(['init', '--dir', folder, ...args], answers)
const text = (path: string) => readFileSync(join(folder, path), 'utf8')
const config = () => parseConfig(CONFIG_PATH, text(CONFIG_PATH))
const request = () => resolveRequest({ origin: 'flag', values: {} }, config())
const written = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => PATHS.includes(path))
    .sort()

/** The file with every setting switched on. */
const uncommented = (yaml: string) => yaml.replace(/^#(?! )|^#(?= {2,}(?:- |\w+:))/gm, '')

describe('saegate init', () => {
  it('writes what the flags say, and asks nothing', async () => {
    const { status, out, err } = await init([
      ...GIVEN,
      '--candidate',
      'rtn:4,group=128',
      '--sae',
      'hf:a/b/layer 3',
      '--policy',
      'strict',
      '--device',
      'webgpu',
    ])
    expect([status, err]).toEqual([0, ''])
    expect(request()).toMatchObject({
      reference: './m',
      candidates: ['./q', 'rtn:4,group=128'],
      saes: [{ source: './s' }, { source: 'hf:a/b/layer 3' }],
      corpus: { source: './c.txt', tokens: 200_000, blockLength: 512 },
      device: 'webgpu',
      policy: POLICY_PATH,
      out: 'saegate-report',
    })
    const policy = await readPolicy(join(folder, POLICY_PATH))
    expect(policy.confidence).toBe(0.99)
    for (const path of PATHS) expect(out).toContain(`Wrote ${join(folder, path)}\n`)
    expect(out).toContain('Not there yet: ./m, ./q, ./s, ./c.txt\n')
    expect(out.trimEnd().split('\n').at(-1)).toBe(`Next, in ${folder}: saegate audit`)
  })

  it('asks for the rest, with defaults in brackets and a second try after a slip', async () => {
    const answers = ['', 'rtn:99', 'rtn:6', './q', '', '', '', './c.txt', 'sloppy', '', 'cuda']
    const { status, questions, err, out } = await init([], answers)
    expect([status, questions.length]).toEqual([0, answers.length])
    expect(questions[0]).toContain('[hf:EleutherAI/pythia-70m-deduped]: ')
    expect(questions[2]).toBe(questions[1])
    expect(err).toContain('"99" is not a number of bits')
    expect(err).toContain('--policy is "sloppy"; allowed: default, strict or research.')
    expect(request()).toMatchObject({
      reference: 'hf:EleutherAI/pythia-70m-deduped',
      candidates: ['rtn:6', './q'],
      saes: [{ source: 'hf:ctigges/pythia-70m-deduped__res-sm_processed/4-res-sm' }],
      device: 'cuda',
    })
    expect(out).toMatch(/Next, in .*: saegate setup --cuda, then saegate audit\n$/)
  })

  it('leaves the workflow out on request', async () => {
    expect((await init([...GIVEN, '--no-workflow'])).status).toBe(0)
    expect(written()).toEqual([POLICY_PATH, CONFIG_PATH].sort())
  })
})

it('ignores reports, in a .gitignore that nobody has written yet', async () => {
  await init([...GIVEN])
  expect(text('.gitignore')).toContain('\nsaegate-report/\n')
  rmSync(join(folder, CONFIG_PATH))
  writeFileSync(join(folder, '.gitignore'), 'mine')
  expect((await init([...GIVEN])).out).toContain('add saegate-report/ to it')
  expect(text('.gitignore')).toBe('mine')
})

describe('the dry run', () => {
  const own = (sae: string) => [
    ...['--reference', resolve('fixtures/models/neox'), '--candidate', 'rtn:8', '--sae', resolve(sae)],
    ...['--corpus', resolve('fixtures/corpus/eval.txt'), '--yes'],
  ]

  it('says what an audit would take, of sequences that the model holds', async () => {
    const { status, out } = await init(own('fixtures/saes/neox/blocks.4.hook_resid_post'))
    expect(status).toBe(0)
    expect(out).toMatch(/Dry run: an audit can begin\.\nmemory .* at most.*\ntime /)
    expect(request()).toMatchObject({ corpus: { blockLength: 256 } })
  })

  it('says why none can begin: an SAE of another width', async () => {
    const { status, out } = await init(own('fixtures/saes/gemma2'))
    expect(status).toBe(0)
    expect(out).toMatch(/Dry run: an audit cannot begin yet\. /)
  })
})

describe('what lies in the folder', () => {
  const lay = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  beforeEach(() => {
    lay('models/base/config.json', '{"model_type": "llama"}')
    lay('models/base/model.safetensors', '')
    lay('models/int4/config.json', '{"model_type": "llama", "quantization_config": {}}')
    lay('models/int4/model.safetensors', '')
    lay('models/small.gguf', '')
    lay('sae/sae_weights.safetensors', '')
    lay('node_modules/x/sae_weights.safetensors', '')
    lay('eval.txt', 'word '.repeat(5000))
    lay('notes.txt', 'short')
    lay('README.txt', 'word '.repeat(5000))
    lay('odd/config.json', 'no json')
    lay('odd/model.safetensors', '')
    lay('od\u0007d/model.gguf', '')
  })

  it('is offered, and taken with --yes', async () => {
    expect((await init(['--yes'])).status).toBe(0)
    expect(request()).toMatchObject({
      reference: './models/base',
      candidates: ['./models/int4'],
      saes: [{ source: './sae' }],
      corpus: { source: './eval.txt' },
    })
  })

  it('is named where there is more than one', async () => {
    const { questions } = await init([], ['', '', '', '', '', '', '', ''])
    expect(questions[0]).toMatch(/[^)] \[\.\/models\/base\]: $/)
    expect(questions[1]).toContain('(here: ./models/int4, ./models/small.gguf) [./models/int4]: ')
  })
})

describe('defaults', () => {
  it('include no SAE for a model of one’s own', async () => {
    const { questions } = await init([], ['./mine', 'rtn:8', ''])
    expect(questions.at(-1)).toMatch(/^The sparse autoencoder.*[^\]]: $/)
    const refused = await init(['--reference', './mine', '--yes'])
    expect([refused.status, refused.err]).toEqual([2, expect.stringContaining('no default for --sae')])
    expect(written()).toEqual([])
  })

  it('are all taken with --yes', async () => {
    const { status, out } = await init(['--yes'], ['never asked'])
    expect(status).toBe(0)
    expect(out).not.toContain('never asked')
    expect(request()).toMatchObject({ candidates: ['rtn:8'], device: 'auto' })
    expect((await readPolicy(join(folder, POLICY_PATH))).confidence).toBe(0.95)
  })

  it('are not taken unasked where nobody can answer: all missing flags are named at once', async () => {
    const { status, err, out } = await init(['--reference', './m', '--corpus', './c.txt'])
    expect([status, out, written()]).toEqual([2, '', []])
    expect(err).toContain('--candidate, --sae are not given')
    expect(err).not.toContain('--yes')
    expect((await init(['--reference', 'hf:EleutherAI/pythia-70m-deduped'])).err).toContain('or --yes')
  })

  it('are offered five times to a user who goes on answering nonsense', async () => {
    const { status, err } = await init(
      [...GIVEN],
      Array.from({ length: 20 }, () => 'nonsense'),
    )
    expect([status, written()]).toEqual([2, []])
    expect(err.match(/nonsense/g)).toHaveLength(5)
  })
})

describe('existing files', () => {
  const put = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }

  it('are left and named, and only what is missing is asked for and written', async () => {
    put(CONFIG_PATH, 'mine')
    const { status, out, questions } = await init([], ['strict', 'cpu'])
    expect(status).toBe(0)
    expect(questions).toHaveLength(2)
    expect(text(CONFIG_PATH)).toBe('mine')
    expect(out).toContain(`Left ${join(folder, CONFIG_PATH)} as it is.`)
    expect(out).toContain(`Wrote ${join(folder, POLICY_PATH)}`)
    expect(out).toContain(`write policy: ${POLICY_PATH} into ${CONFIG_PATH}`)
    expect(text(POLICY_PATH)).toContain('extends: strict')
  })

  it('end it with 2 where all are there, before any question', async () => {
    for (const path of PATHS) put(path, 'mine')
    const { status, err, questions } = await init([], ['x'])
    expect([status, questions]).toEqual([2, []])
    for (const path of PATHS) {
      expect(err).toContain(join(folder, path))
      expect(text(path)).toBe('mine')
    }
    rmSync(join(folder, WORKFLOW_PATH))
    expect((await init([...GIVEN, '--no-workflow'])).status).toBe(2)
    expect((await init([...GIVEN])).status).toBe(0)
  })

  it('may be links that lead nowhere: they are not written through', async () => {
    symlinkSync(join(folder, 'elsewhere.yaml'), join(folder, CONFIG_PATH))
    expect((await init([...GIVEN])).out).toContain(`Left ${join(folder, CONFIG_PATH)} as it is.`)
    expect(existsSync(join(folder, 'elsewhere.yaml'))).toBe(false)
  })

  it('that stand where a folder must be are a message', async () => {
    put('policies', 'a file')
    const { status, err } = await init([...GIVEN])
    expect([status, err]).toEqual([2, expect.stringContaining(`${POLICY_PATH} cannot be written`)])
  })
})

describe('names', () => {
  it.each(ODD_NAMES)('are kept as they are: %s', async (name) => {
    const { status } = await init(['--reference', name, '--candidate', name, '--sae', name, '--corpus', name])
    expect(status).toBe(0)
    expect(request()).toMatchObject({
      reference: name,
      candidates: [name],
      saes: [{ source: name }],
      corpus: { source: name },
    })
    expect(lint(parse(text(WORKFLOW_PATH)), manifest)).toEqual([])
  })

  it.each(['\u00A0', 'a\u00A0', '\u3000b\u2007'])('may be odd spaces: %j', (odd) => {
    const subjects = { reference: odd, candidates: [odd], saes: [odd], corpus: odd }
    const { values } = parseConfig('c', configYaml(subjects, 'auto', 512))
    expect(values).toMatchObject({ reference: odd, candidates: [odd], saes: [{ source: odd }] })
  })

  it('are kept as they are, whatever they are', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
      .filter((one) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(one))
    fc.assert(
      fc.property(name, fc.array(name, { minLength: 1, maxLength: 4 }), (one, several) => {
        const subjects = { reference: one, candidates: several, saes: several, corpus: one }
        const { values } = parseConfig('c', configYaml(subjects, 'auto', 512))
        expect(values).toMatchObject({
          reference: one,
          candidates: several,
          saes: several.map((source) => ({ source })),
          corpus: { source: one },
        })
        expect(lint(parse(workflowYaml(subjects, 'cpu')), manifest)).toEqual([])
      }),
    )
  })

  it.each(['a\nb', 'a\r', 'a\u0000b', 'a\u001B[2J', 'a\u0085b', 'a\u2028b'])(
    'may not hold line breaks and control characters: %j',
    async (name) => {
      const { status, err } = await init([...GIVEN, '--candidate', name])
      expect([status, written()]).toEqual([2, []])
      expect(err).toContain('--candidate is ')
      expect(err).not.toContain('\u001B')
    },
  )

  it('are refused where they can be seen to be wrong', async () => {
    expect((await init([...GIVEN, '--candidate', 'rtn:1'])).err).toContain('rtn:1')
    expect((await init([...GIVEN, '--sae', 'hf:nobody'])).err).toContain('hf:nobody')
    expect((await init([...GIVEN, '--corpus', ' '])).err).toContain('--corpus')
    expect((await init([...GIVEN, '--policy', 'lax'])).status).toBe(2)
    expect((await init([...GIVEN, '--device', 'tpu'])).status).toBe(2)
    expect(written()).toEqual([])
  })
})

describe('saegate.yaml and the policy', () => {
  it('are valid with every setting switched on', async () => {
    await init([...GIVEN])
    const settings = uncommented(text(CONFIG_PATH))
    expect(settings).not.toBe(text(CONFIG_PATH))
    const on = resolveRequest({ origin: 'flag', values: {} }, parseConfig('c', settings))
    expect(on).toMatchObject({
      candidates: ['./q', 'rtn:6', 'rtn:4,group=128'],
      saes: [{ source: './s', hook: 'blocks.4.hook_resid_post', center: false }],
      baseline: 'baseline/report.json',
      positions: 'auto',
      memoryBytes: 4e9,
    })
  })

  it.each(SHIPPED_POLICY_NAMES)('build on %s and are valid with every setting switched on', async (base) => {
    const load = (yaml: string) =>
      loadPolicy('p/p.yaml', async (path) => {
        expect(path).toBe('p/p.yaml')
        return yaml
      })
    const shipped = await readPolicy(base)
    const plain = await load(policyYaml(base, '2027-02-28'))
    expect(plain.rules).toMatchObject(shipped.rules.map(({ id, limits, level }) => ({ id, limits, level })))
    const on = await load(uncommented(policyYaml(base, '2027-02-28')))
    expect(on.informational).toBe(true)
    expect(on.rules.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['feature-survival', 'features-in-use']),
    )
    expect(on.rules.find(({ id }) => id === 'feature-survival')?.limits).toEqual([
      { operator: 'min', value: 0.85 },
    ])
    expect(on.exceptions).toMatchObject([{ expires: '2027-02-28' }])
  })
})

describe('the workflow', () => {
  it.each([
    ['cuda', ['self-hosted', 'linux', 'x64', 'cuda'], 'cuda'],
    ['cpu', 'ubuntu-24.04', 'cpu'],
    ['auto', 'ubuntu-24.04', 'cpu'],
  ] as const)('is without fault for %s', async (device, runner, onRunner) => {
    await init([...GIVEN, '--device', device])
    const workflow: unknown = parse(text(WORKFLOW_PATH))
    expect(lint(workflow, manifest)).toEqual([])
    if (!isWorkflow(workflow)) throw new Error('no workflow')
    const job = workflow.jobs.gate
    expect(job?.['runs-on']).toEqual(runner)
    expect('if' in (job ?? {})).toBe(device === 'cuda')
    const gate = job?.steps?.find(({ id }) => id === 'gate')
    expect(gate?.uses).toBe(`saegate/saegate@v${VERSION}`)
    expect(gate?.with).toMatchObject({ config: CONFIG_PATH, device: onRunner })
    expect(workflow.on).toEqual({
      pull_request: { paths: [CONFIG_PATH, 'policies/**', WORKFLOW_PATH, 'm/**', 'q/**', 's/**', 'c.txt'] },
    })
  })

  it('pins the same versions as the examples', async () => {
    const uses = (yaml: string) => [...yaml.matchAll(/uses: (actions\/\S+)/g)].map((match) => match[1])
    const known = readdirSync('examples/workflows').flatMap((file) =>
      uses(readFileSync(join('examples/workflows', file), 'utf8')),
    )
    const ours = [...uses(workflowYaml(null, 'cuda')), ...uses(workflowYaml(null, 'auto'))]
    expect(ours.length).toBe(5)
    for (const one of ours) expect(known).toContain(one)
  })

  it('watches no path outside the repository, and none that would be read as a pattern', () => {
    const odd = ['../x', '/abs/model', 'hf:a/b', 'rtn:8', './a*', '!b', 'c[1]', 'd e', './ok/v1.2/', 'm.gguf']
    const workflow: { on: { pull_request: { paths: string[] } } } = parse(
      workflowYaml({ reference: './r', candidates: odd, saes: ['./r'], corpus: 'wikitext-2' }, 'cpu'),
    )
    expect(workflow.on.pull_request.paths.slice(3)).toEqual(['r/**', 'ok/v1.2/**', 'm.gguf'])
  })
})
