import { parentPort, workerData } from 'node:worker_threads'
import { serveDecoder } from './main.ts'

if (parentPort !== null) serveDecoder(parentPort, workerData)
