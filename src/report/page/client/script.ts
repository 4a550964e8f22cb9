/**
 * @file The script of the page: the classes of this folder as their own source text (`Function.prototype.toString`), then the calls that
 * start it. No dependencies, no network, no framework.
 */
import { Address } from './address.ts'
import { ColumnStore } from './columns.ts'
import { Comparison } from './comparison.ts'
import { ComparisonPlot } from './comparison-plot.ts'
import { Dom } from './dom.ts'
import { Explorer } from './explorer.ts'
import { FeatureDetail } from './feature-detail.ts'
import { Headers } from './headers.ts'
import { Rows } from './rows.ts'
import { openLinks, reachScrolling } from './scrolling.ts'
import { Sorter } from './sorter.ts'
import { type Classes, startPage } from './start.ts'
import { startTheme } from './theme.ts'

const CLASSES: Classes = {
  Address,
  ColumnStore,
  Comparison,
  ComparisonPlot,
  Dom,
  Explorer,
  FeatureDetail,
  Headers,
  Rows,
  Sorter,
}

/** Whatever a bundler has made of their names. */
export function clientScript(): string {
  const classes = Object.entries(CLASSES).map(([name, one]) => `${name}: ${String(one)}`)
  return `'use strict'
const reachScrolling = ${String(reachScrolling)}
;(${String(startTheme)})()
reachScrolling()
;(${String(openLinks)})()
;(${String(startPage)})({ ${classes.join(',\n')} })
addEventListener('resize', reachScrolling)
`
}
