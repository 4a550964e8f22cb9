import { existsSync } from 'node:fs'
import { defineConfig } from 'rolldown'

const entries = {
  cli: 'src/cli/index.ts',
  engine: 'src/engine/index.ts',
  decoder: 'src/decoder/index.ts',
  lane: 'src/lane/index.ts',
  action: 'src/action/index.ts',
}

export default defineConfig({
  input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
  platform: 'node',
  // The native engine is found at run time: see src/onnx/sessions/runtime.ts.
  external: ['onnxruntime-node'],
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    entryFileNames: '[name].js',
    // Beside the entries: src/engine/client.ts looks for engine.js in its own folder.
    chunkFileNames: 'shared-[name].js',
    banner: (chunk) => (chunk.name === 'cli' ? '#!/usr/bin/env node' : ''),
  },
})
