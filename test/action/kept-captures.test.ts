/** @file What earlier audits kept has no say on pull requests. */
import { expect, it } from 'vitest'
import { ownCaptures } from '../../src/action/asked/kept-captures.ts'
import { resolveRequest } from '../../src/contract/request/audit-request.ts'

const values = { reference: './r', candidate: ['rtn:6'], sae: ['./s'], corpus: './t.txt' }

it('is used where nobody brings files; where somebody does that it is not is told', () => {
  const asked = { ...values, captureCacheSize: '20GB' }
  const request = resolveRequest({ origin: 'input', values: asked }, null)
  expect(request.captures).toEqual({ bytes: 20e9, rows: 'full' })
  const told: string[] = []
  const on = (name: string) => ownCaptures(request, { name, pullRequest: null }, (one) => void told.push(one))
  expect(on('schedule')).toBe(request)
  expect(told).toEqual([])
  expect(on('merge_group')).not.toHaveProperty('captures')
  expect(told).toHaveLength(1)
})
