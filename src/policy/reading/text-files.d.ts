/** @file YAML files are imported as the text they hold: rolldown.config.mjs and vitest.config.ts see to it. */
declare module '*.yaml' {
  const text: string
  export default text
}
