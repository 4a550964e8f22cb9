import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
// src/bridge/program-file.ts
/** @file Where the programs of threads and processes lie: the bundle puts them beside the one that starts them. */
function programFile(name) {
	return fileURLToPath(new URL(`./${name}.js`, import.meta.url));
}
/** False where the source runs without a bundle (tests): then there are no far sides. */
function isBundled(name) {
	return existsSync(programFile(name));
}
export { programFile as n, isBundled as t };
