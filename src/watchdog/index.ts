import { workerData } from 'node:worker_threads'
import { watchParent } from './main.ts'

watchParent(workerData)
