import { parentPort, workerData } from 'node:worker_threads'
import { serveUnpacker } from './main.ts'

if (parentPort !== null) serveUnpacker(parentPort, workerData)
