import { watchParent } from './main.ts'

watchParent()
