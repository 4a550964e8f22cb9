/** @file The presets that come with the tool, and the paper's figures: policies/presets/*.yaml, bundled as text. */

import figures from '../../policies/presets/figures.yaml'
import gemma from '../../policies/presets/gemma-2-2b.yaml'
import pythia from '../../policies/presets/pythia-70m.yaml'
import {
  figuresSchema,
  type PaperTable,
  type Preset,
  presetSchema,
} from '../contract/presets/preset-schema.ts'
import { schemaCheck } from '../contract/schema-check.ts'
import { readYaml } from '../contract/yaml/yaml-text.ts'

export const PRESET_NAMES = ['pythia-70m', 'gemma-2-2b'] as const
export type PresetName = (typeof PRESET_NAMES)[number]

const TEXTS: Readonly<Record<PresetName, string>> = { 'pythia-70m': pythia, 'gemma-2-2b': gemma }

const isPreset = schemaCheck<Preset>(presetSchema)

/** RangeError where the shipped text is no preset, which the tests hold it to be. */
export function presetNamed(name: PresetName): Preset {
  const { value } = readYaml(`${name}.yaml`, TEXTS[name])
  if (!isPreset()(value)) throw new RangeError(`${name}.yaml is no preset`)
  return value
}

/** A table of the paper: columns, and for each condition its figures as they are printed. */
export interface PrintedTable {
  readonly columns: readonly string[]
  readonly rows: ReadonlyMap<string, readonly string[]>
}

type Figures = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>

const isFigures = schemaCheck<Figures>(figuresSchema)

/** Null: the paper has no such table of that model. */
export function printedTable(name: string, table: PaperTable): PrintedTable | null {
  const { value } = readYaml('figures.yaml', figures)
  if (!isFigures()(value)) throw new RangeError('figures.yaml holds no figures')
  const found = value[name]?.[table]
  if (found === undefined) return null
  const { columns = [], ...rows } = found
  return { columns, rows: new Map(Object.entries(rows)) }
}
