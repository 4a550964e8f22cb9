/** @file Every layout of SAE files that is read: one file beside this one and one line here. */
import type { SaeFormat } from '../format.ts'
import { gemmaScope } from './gemma-scope.ts'
import { gemmaScope2 } from './gemma-scope-2.ts'
import { saeLens } from './saelens.ts'

export const LAYOUTS: readonly SaeFormat[] = [saeLens, gemmaScope, gemmaScope2]
