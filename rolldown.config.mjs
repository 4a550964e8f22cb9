import { existsSync } from 'node:fs'
import { defineConfig } from 'rolldown'
import { bundledLicenses } from './scripts/bundled-licenses.mjs'

const entries = {
  cli: 'src/cli/index.ts',
  // What the package gives a program that imports it.
  index: 'src/library/index.ts',
  engine: 'src/engine/index.ts',
  unpacker: 'src/unpacker/index.ts',
  lane: 'src/lane/index.ts',
  watchdog: 'src/watchdog/index.ts',
  action: 'src/action/index.ts',
}

export default defineConfig({
  input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
  platform: 'node',
  plugins: [bundledLicenses()],
  // The shipped policies (src/policy/reading/shipped.ts).
  moduleTypes: { '.yaml': 'text' },
  // The native engine is found at run time: see src/onnx/runtime/runtime.ts.
  external: ['onnxruntime-node'],
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    entryFileNames: '[name].js',
    // Beside the entries: src/bridge/program-file.ts looks for them in its own folder.
    chunkFileNames: 'shared-[name].js',
    banner: (chunk) => (chunk.name === 'cli' ? '#!/usr/bin/env node' : ''),
  },
})
