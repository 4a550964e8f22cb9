import { t as serve } from "./shared-serve.js";
import { t as answer } from "./shared-answer.js";
// src/engine/main.ts
function serveEngine(port) {
	serve(port, { answer });
}
export { serveEngine };
