import { serveEngine } from './main.ts'

serveEngine()
