/** @file An installed Chromium for the tests that open pages in it, and what keeps it from asking anything of a network. */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const CHROMIUM = '/usr/bin/chromium'
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const isAbsent = !existsSync(CHROMIUM)
/** What is said where the tests are skipped. */
export const why = isAbsent ? ` (skipped: no ${CHROMIUM}; apt install chromium)` : ''

export const launch = async (): Promise<Browser> =>
  await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
