/** @file The version of this program, from package.json. */
import packageJson from '../package.json' with { type: 'json' }

export const VERSION: string = packageJson.version
/** The engine this version was built and tested with. */
export const ENGINE_VERSION: string = packageJson.dependencies['onnxruntime-node']
