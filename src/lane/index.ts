import { parentPort } from 'node:worker_threads'
import { serveLane } from './main.ts'

if (parentPort !== null) serveLane(parentPort)
