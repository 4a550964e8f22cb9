/** @file Survival layer by layer, on the page, in Markdown and on a terminal: where three blocks are read at one place. */
import { describe, expect, it } from 'vitest'
import { terminalReport } from '../../src/report/formats/terminal.ts'
import { reportMarkdown } from '../../src/report/markdown/markdown.ts'
import { reportHtml } from '../../src/report/page/page.ts'
import { coursesByLayer } from '../../src/report/words/by-layer.ts'
import { sample } from './sample.ts'

const PLAIN = { colour: false, unicode: true }

/** The sample's first read-out at several layers, each with another share of survivors. */
function atLayers(layers: readonly number[]) {
  const { report } = sample()
  const [readout] = report.readouts
  if (readout === undefined) throw new Error('the sample has no read-out')
  const named = (layer: number): string => `blocks.${layer}.hook_resid_post`
  report.readouts = layers.map((layer) => ({ ...readout, id: named(layer), hook: named(layer), layer }))
  for (const candidate of report.candidates) {
    const own = candidate.features.find((one) => one.readout === readout.id) ?? candidate.features[0]
    if (own === undefined) continue
    candidate.features = layers.map((layer) => ({
      ...own,
      readout: named(layer),
      hook: named(layer),
      survived: { ...own.survived, fraction: layer / 100, ci: [layer / 100 - 0.01, layer / 100 + 0.01] },
    }))
  }
  return report
}

describe('survival by layer', () => {
  const report = atLayers([31, 7, 19])

  it('is a course of layers in their order', () => {
    const [course, ...others] = coursesByLayer(report)
    expect(others).toEqual([])
    expect(course?.place).toBe('hook_resid_post')
    expect(course?.rows.map(({ layer }) => layer)).toEqual([7, 19, 31])
    expect(course?.rows.map(({ figures }) => figures[0]?.survived.fraction)).toEqual([0.07, 0.19, 0.31])
  })

  it('is a table in Markdown, a plot on the page, rows on a terminal', () => {
    const markdown = reportMarkdown(report, [])
    expect(markdown).toContain('## Layer by layer')
    expect(markdown).toMatch(/\| *7 *\| *7\.0.%/)
    const page = reportHtml(report, [])
    expect(page).toContain('Survived, layer by layer')
    expect(page.match(/id="layers-0"/g)).toHaveLength(1)
    const terminal = terminalReport(report, PLAIN)
    expect(terminal).toMatch(/survived by layer, hook_resid_post\n {2}layer/)
    expect(terminal).toMatch(/\n {5}19 +19\.0.%/)
  })

  it('is not shown for two layers', () => {
    const two = atLayers([1, 2])
    expect(coursesByLayer(two)).toEqual([])
    expect(reportMarkdown(two, [])).not.toContain('Layer by layer')
    expect(terminalReport(two, PLAIN)).not.toContain('by layer')
  })
})
