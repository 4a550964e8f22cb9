/**
 * @file types/ is what TypeScript is told of the package: written from the source, the same types, and enough by itself.
 *
 * @module-tag slow
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { expect, expectTypeOf, it } from 'vitest'
import type * as Source from '../../src/library/index.ts'
import type * as Declared from '../../types/library/index.js'
import { examples, newProject } from './package.ts'

// The type check of this file is the test: it is part of `npm test`.
it('has the types of the source', () => {
  expectTypeOf<Declared.AuditOptions>().toEqualTypeOf<Source.AuditOptions>()
  expectTypeOf<Declared.Report>().toEqualTypeOf<Source.Report>()
  expectTypeOf<Declared.JudgedReport>().toEqualTypeOf<Source.JudgedReport>()
  expectTypeOf<Declared.FeatureTable>().toEqualTypeOf<Source.FeatureTable>()
  expectTypeOf<Declared.FeatureReplicates>().toEqualTypeOf<Source.FeatureReplicates>()
  expectTypeOf<typeof Declared.audit>().toEqualTypeOf<typeof Source.audit>()
  expectTypeOf<typeof Declared.gate>().toEqualTypeOf<typeof Source.gate>()
  expectTypeOf<typeof Declared.openReport>().toEqualTypeOf<typeof Source.openReport>()
  expectTypeOf<typeof Declared.readFeatures>().toEqualTypeOf<typeof Source.readFeatures>()
})

it('is written from the source, and the check names what is not', () => {
  expect(() => execFileSync(process.execPath, ['scripts/types.mjs', '--check'])).not.toThrow()
  const copy = mkdtempSync(join(tmpdir(), 'saegate-types-'))
  try {
    for (const part of ['scripts', 'schemas', 'src', 'types', 'package.json'])
      cpSync(part, join(copy, part), { recursive: true })
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'), 'junction')
    appendFileSync(join(copy, 'types/library/audit.d.ts'), '\n')
    const { status, stderr } = spawnSync(process.execPath, [join(copy, 'scripts/types.mjs'), '--check'])
    expect(status).toBe(1)
    expect(stderr.toString()).toMatch(/^types\/library\/audit\.d\.ts differs from its source: .*\n$/)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
})

const STRICT: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  // Our declarations are looked at too, not only what uses them.
  skipLibCheck: false,
  types: ['node'],
  typeRoots: [resolve('node_modules/@types')],
  noEmit: true,
}

it('is all that a strict program needs', () => {
  const project = newProject()
  try {
    const files = examples('report').map((code, i) => project.write(`example-${i}.mts`, code))
    const wrong = project.write(
      'wrong.mts',
      "import { audit } from 'saegate'\nawait audit({ candidats: ['rtn:4'] })\nconst { verdict } = await audit({})\nconst no: number = verdict\n",
    )
    const program = ts.createProgram([...files, wrong], STRICT)
    // TypeScript's and Node's own declarations are not ours to check, and take the longest.
    const foreign = (file: ts.SourceFile) =>
      /node_modules\/(@types|typescript|undici-types)\//.test(file.fileName)
    const checked = program.getSourceFiles().filter((file) => !foreign(file))
    expect(checked.some(({ fileName }) => fileName === resolve('types/library/index.d.ts'))).toBe(true)
    const problems = [
      ...program.getOptionsDiagnostics(),
      ...program.getGlobalDiagnostics(),
      ...checked.flatMap((file) => [
        ...program.getSyntacticDiagnostics(file),
        ...program.getSemanticDiagnostics(file),
      ]),
    ].map(({ file, code }) => [file?.fileName, code])
    expect(files.length).toBeGreaterThan(4)
    // An unknown key, and what is no number; nothing else, in our declarations least of all.
    expect(problems).toEqual([
      [wrong, 2561],
      [wrong, 2322],
    ])
  } finally {
    project.remove()
  }
})
